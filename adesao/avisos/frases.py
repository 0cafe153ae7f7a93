"""What each e-mail says: subject and one sentence. The details are behind the sign-in."""

from __future__ import annotations

FRASES: dict[str, tuple[str, str]] = {
    # To the town.
    "devolver": (
        "O INSS devolveu itens da adesão",
        "O INSS conferiu o pedido e devolveu alguns itens. Cada um diz o que corrigir.",
    ),
    "aprovar": (
        "A adesão foi aprovada: falta assinar",
        "O INSS aprovou a adesão. Baixe o acordo no portal, assine com conta gov.br prata ou ouro ou com certificado "
        "digital, e envie o PDF assinado.",
    ),
    "indeferir": ("A adesão não foi aprovada", "O INSS não aprovou a adesão. A decisão e o motivo estão no portal."),
    "retomar": (
        "A adesão voltou para a análise",
        "O INSS voltou a analisar a adesão. Não assine o acordo que já foi baixado: espere o novo.",
    ),
    "reconsiderar": (
        "O INSS vai analisar a adesão de novo",
        "O INSS reconsiderou a decisão e voltou a analisar a adesão. Por enquanto, nada a fazer.",
    ),
    "recusar_assinatura": (
        "O acordo assinado voltou",
        "O INSS conferiu o PDF assinado e ele não serviu. O motivo está no portal. Assine de novo e envie.",
    ),
    "assinar_inss": (
        "O INSS assinou o acordo",
        "O acordo está assinado pelas duas partes. Falta só publicar no Diário Oficial da União.",
    ),
    "publicar": (
        "O acordo está em vigor",
        "O acordo foi publicado no Diário Oficial da União e está em vigor. O portal mostra o começo e o fim.",
    ),
    "anterior_confirmado": (
        "O acordo do município está no portal",
        "O INSS registrou no portal o acordo que o município já tinha. Confira os dados na página do acordo e indique "
        "ali as pessoas que atendem.",
    ),
    "arquivar": (
        "A adesão foi arquivada",
        "O INSS arquivou a adesão. O motivo está no portal. Para continuar, fale com a unidade do INSS.",
    ),
    "desarquivar": ("A adesão foi desarquivada", "O INSS desarquivou a adesão e voltou a analisar."),
    "reaberto": (
        "Um documento da adesão precisa ser trocado",
        "Um item que estava pronto abriu de novo: uma certidão venceu ou um texto mudou. Veja no portal.",
    ),
    "validade": (
        "Uma certidão da adesão está perto do fim",
        "Uma certidão enviada vence logo. Emita outra já, para o pedido não parar. Veja qual é no portal.",
    ),
    "validade_do_acordo": (
        "Um documento do acordo está perto do fim",
        "Uma certidão ou outra prova que o acordo pede vence logo. Emita outra e envie na página do acordo. Veja qual "
        "é no portal.",
    ),
    "acesso_aberta": (
        "Um acesso ao balcão abriu",
        "Tudo foi comprovado e o acesso de uma pessoa abriu. O convite com a senha foi para o e-mail dela.",
    ),
    "acesso_fechada": (
        "Um acesso ao balcão fechou",
        "O acesso de uma pessoa fechou, porque algo acabou ou deixou de valer. Os pedidos abertos continuam à vista "
        "do gestor. O portal mostra o que falta.",
    ),
    "acesso_perto": (
        "Um acesso ao balcão está perto do fim",
        "O certificado, um termo ou a autorização de uma pessoa acaba logo. Renove já, para o acesso não fechar.",
    ),
    "comprovacao_recusada": (
        "O INSS recusou um comprovante",
        "O INSS conferiu o comprovante de uma pessoa e ele não serviu. O motivo está no portal.",
    ),
    "em_operacao": (
        "O acordo está em operação",
        "O balcão do município abriu e já aparece na lista pública de onde ser atendido.",
    ),
    "acordo_suspenso": (
        "O INSS suspendeu novos pedidos",
        "O acordo está suspenso: o balcão não abre pedidos novos. Os que já estão abertos continuam, e as exigências "
        "precisam de resposta no prazo. O motivo está no portal.",
    ),
    "acordo_reintegrado": ("O acordo foi reintegrado", "O balcão volta a receber pedidos novos."),
    "acordo_denunciado": (
        "O acordo tem data para acabar",
        "O acordo foi denunciado. O portal mostra o motivo, o último dia e o dia em que param os pedidos novos. O que "
        "já estiver aberto pode ser enviado e acompanhado até o último dia.",
    ),
    "acordo_retratado": ("A denúncia foi retirada", "O acordo continua até o fim do prazo dele."),
    "acordo_encerrado": (
        "O acordo foi encerrado",
        "O acordo acabou e o balcão fechou. O gestor ainda acompanha os pedidos abertos e responde às exigências.",
    ),
    "encerramento_feito": (
        "Falta assinar o termo de encerramento",
        "O INSS fez o termo de encerramento do acordo. Baixe no portal, assine e envie o PDF assinado.",
    ),
    "encerramento_juntado": (
        "O termo de encerramento está assinado",
        "O INSS juntou o termo de encerramento assinado. O processo do acordo está completo no portal.",
    ),
    "acordo_perto_do_fim": (
        "O acordo está perto do fim",
        "O acordo acaba logo. Para continuar, a prorrogação é pedida, assinada e publicada antes do último dia.",
    ),
    "acordo_denunciado_perto_do_fim": (
        "O acordo denunciado está perto do fim",
        "O acordo foi denunciado e acaba logo. O portal mostra o último dia e desde quando não se abrem pedidos novos. "
        "Envie o que já está aberto, cumpra as exigências e diga a cada cidadão como acompanhar o seu pedido.",
    ),
    "acordo_passou_do_fim": (
        "O prazo do acordo acabou",
        "O último dia do acordo passou e quem atende já não entra. O INSS vai registrar o fim. O gestor continua a ver "
        "os pedidos abertos e a responder às exigências.",
    ),
    "notificado": (
        "O INSS notificou o município",
        "O INSS enviou uma notificação sobre o acordo. O portal mostra o que foi verificado, o que se pede e o prazo.",
    ),
    "notificacao_avaliada": ("O INSS avaliou a notificação", "O INSS avaliou a resposta. O resultado está no portal."),
    "notificacao_cancelada": (
        "O INSS cancelou uma notificação",
        "O INSS cancelou uma notificação do acordo: ela não pede mais nada. O motivo está no portal.",
    ),
    "prorrogacao_aprovada": (
        "A prorrogação foi aprovada: falta assinar",
        "O INSS aprovou a prorrogação. Baixe o termo aditivo no portal, assine e envie o PDF assinado.",
    ),
    "prorrogacao_recusada": ("A prorrogação não foi aprovada", "O INSS não aprovou a prorrogação. Veja o motivo."),
    "prorrogacao_efetivada": (
        "O acordo foi prorrogado",
        "O acordo continua. Cada pessoa assina os termos de novo no prazo que o portal mostra, para não perder o "
        "acesso.",
    ),
    # To INSS.
    "acordo_vencido": ("Um acordo acabou", "O prazo de um acordo acabou. Registre o fim, com o motivo."),
    "conferencia_enviada": ("O município enviou um documento", "O município enviou um documento do acordo. Confira."),
    "encerramento_assinado": ("O termo de encerramento chegou", "O município assinou o termo de encerramento. Junte."),
    "notificacao_respondida": ("O município respondeu à notificação", "O município respondeu à notificação. Avalie."),
    "prorrogacao_pedida": ("Pedido de prorrogação", "Um município pediu a prorrogação do acordo. Decida."),
    "prorrogacao_assinada": ("O aditivo chegou assinado", "O município enviou o termo aditivo assinado. Confira."),
    "comprovacao_enviada": ("O município enviou um comprovante", "O município enviou o comprovante de uma pessoa."),
    "reenviar": ("O município respondeu", "O município respondeu aos itens devolvidos."),
    "assinar_municipio": ("O município enviou o acordo assinado", "O município enviou o acordo assinado. Confira."),
    "repassar": ("Uma adesão passou para você", "Uma adesão foi passada para você."),
    "ler": ("Pedido de segunda leitura", "Pediram a sua leitura de uma adesão antes do parecer."),
    "leitura_feita": ("A segunda leitura voltou", "Um colega leu a adesão que está com você. Veja o que disse."),
    "instruir": ("Uma adesão espera decisão", "Uma adesão tem parecer e espera a sua decisão."),
}
