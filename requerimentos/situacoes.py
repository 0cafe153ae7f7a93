"""The states of the desk's nouns and the moves allowed between them. No ORM, no HTTP."""

from __future__ import annotations

from django.db.models import TextChoices

from act_portal.estados import CAMINHOS, TONS, ComCaminhos


class SituacaoAtendimento(ComCaminhos):
    """A visit: the ticket from arrival to the end."""

    AGUARDANDO = "aguardando", "Aguardando"
    CHAMADO = "chamado", "Chamado"
    EM_ATENDIMENTO = "em_atendimento", "Em atendimento"
    AUSENTE = "ausente", "Não compareceu"
    CONCLUIDO = "concluido", "Concluído"


class Prioridade(TextChoices):
    """The classes of Lei 10.048/2000, art. 1º (Lei 14.626/2023), and of Lei 10.741/2003, art. 3º, § 2º."""

    OITENTA = "80", "80 anos ou mais"
    SESSENTA = "60", "60 a 79 anos"
    DEFICIENCIA = "deficiencia", "Pessoa com deficiência ou autismo (TEA)"
    GESTANTE = "gestante", "Gestante, lactante ou com criança de colo"
    MOBILIDADE = "mobilidade", "Mobilidade reduzida ou pessoa obesa"
    DOADOR = "doador", "Doador(a) de sangue (prova de até 120 dias)"
    NENHUMA = "nenhuma", "Sem prioridade"


class Etapa(ComCaminhos):
    """The desk's own stage of a request. INSS's situation is another field and never mixes with it."""

    PREPARO = "preparo", "Em preparo"
    NA_FILA = "na_fila", "Na fila para o INSS"
    DEVOLVIDO = "devolvido", "Devolvido para corrigir"
    ACOMPANHANDO = "acompanhando", "Com o INSS"
    EXIGENCIA = "exigencia", "Exigência aberta"
    RESULTADO = "resultado", "Resultado para entregar"
    ENTREGUE = "entregue", "Resultado entregue"
    CANCELADO = "cancelado", "Cancelado"


class SituacaoInss(TextChoices):
    """The five situations of a PAT task."""

    PENDENTE = "PENDENTE", "Pendente"
    EM_ANALISE = "EM_ANALISE", "Em análise"
    CUMPRIMENTO_DE_EXIGENCIA = "CUMPRIMENTO_DE_EXIGENCIA", "Exigência"
    CONCLUIDA = "CONCLUIDA", "Concluída"
    CANCELADA = "CANCELADA", "Cancelada"

    @property
    def tom(self) -> str:
        return TONS_INSS[self]


class SituacaoConjunto(ComCaminhos):
    """A set of the three papers."""

    FAZENDO = "fazendo", "Sendo feito"
    PRONTO = "pronto", "Pronto para assinar"
    SUBSTITUIDO = "substituido", "Substituído"


class SituacaoFolha(ComCaminhos):
    """A page of a signed paper that came back through the scanner."""

    BANDEJA = "bandeja", "Na bandeja"
    NA_VAGA = "na_vaga", "Na vaga"
    FORA = "fora", "Descartada"


class MotivoDaBandeja(TextChoices):
    """Why a page could not file itself; `conselho` says what to do about it."""

    ILEGIVEL = "ilegivel", "Não deu para ler o código do rodapé"
    DUAS = "duas", "Há dois papéis na mesma imagem"
    DE_FORA = "de_fora", "Não é um papel que volta assinado"
    ALHEIO = "alheio", "O código não é de um papel deste município"
    OUTRO = "outro", "É papel de outro pedido"
    ANTIGA = "antiga", "É de uma versão antiga do papel, que não vale mais"
    REPETIDA = "repetida", "Esta folha já está na vaga"
    SEM_NUMERO = "sem_numero", "O código não diz qual é a folha"
    SEM_VAGA = "sem_vaga", "Este pedido não tem vaga para este papel"
    FECHADO = "fechado", "O pedido já não recebe documentos"

    @property
    def conselho(self) -> str:
        return CONSELHOS[self]


class SituacaoCelular(TextChoices):
    """Follows from the moments that the row keeps; nobody writes it."""

    ESPERANDO = "esperando", "Esperando o celular"
    LIGADO = "ligado", "Ligado"
    VENCIDO = "vencido", "O tempo acabou"
    DESLIGADO = "desligado", "Desligado"

    @property
    def tom(self) -> str:
        return {"esperando": "andamento", "ligado": "sucesso"}.get(self.value, "")


class SituacaoEnvio(ComCaminhos):
    """One delivery to INSS: the request itself, or the answer to an exigência."""

    MONTANDO = "montando", "Montando os arquivos"
    NA_FILA = "na_fila", "Na fila"
    RECEBIDO = "recebido", "Recebido pelo INSS"
    RECUSADO = "recusado", "Recusado pelo INSS"


class SituacaoExigencia(ComCaminhos):
    ABERTA = "aberta", "Aberta"
    RESPONDENDO = "respondendo", "Resposta na fila"
    CUMPRIDA = "cumprida", "Cumprida"
    VENCIDA = "vencida", "Prazo vencido"
    ENCERRADA = "encerrada", "Encerrada pelo INSS"


class TipoResultado(TextChoices):
    DEFERIDO = "deferido", "Deferido"
    PARCIAL = "parcial", "Deferido em parte"
    INDEFERIDO = "indeferido", "Indeferido"
    ARQUIVADO = "arquivado", "Arquivado sem análise"
    DESISTENCIA = "desistencia", "Desistência"

    @property
    def tom(self) -> str:
        return {"deferido": "sucesso", "parcial": "atencao", "indeferido": "perigo"}.get(self, "")


class SituacaoMarcacao(ComCaminhos):
    """One act asked of INSS about an appointment: booking, changing the date, giving up."""

    NA_FILA = "na_fila", "Pedindo ao INSS"
    FEITA = "feita", "Feita"
    RECUSADA = "recusada", "Recusada pelo INSS"


class SituacaoAviso(ComCaminhos):
    PENDENTE = "pendente", "Na fila"
    ENVIADO = "enviado", "Enviado"
    FALHOU = "falhou", "Não foi entregue"


M = SituacaoMarcacao
A, E, J, V, X, N = SituacaoAtendimento, Etapa, SituacaoConjunto, SituacaoEnvio, SituacaoExigencia, SituacaoAviso
F, B = SituacaoFolha, MotivoDaBandeja

CAMINHOS |= {
    SituacaoAtendimento: {
        A.AGUARDANDO: frozenset({A.CHAMADO, A.EM_ATENDIMENTO, A.AUSENTE}),
        A.CHAMADO: frozenset({A.EM_ATENDIMENTO, A.AUSENTE, A.AGUARDANDO}),
        A.EM_ATENDIMENTO: frozenset({A.CONCLUIDO, A.AGUARDANDO}),
        A.AUSENTE: frozenset({A.AGUARDANDO, A.EM_ATENDIMENTO}),
        A.CONCLUIDO: frozenset(),
    },
    Etapa: {
        E.PREPARO: frozenset({E.NA_FILA, E.CANCELADO}),
        # Cancelled: the powers ended before it left.
        E.NA_FILA: frozenset({E.ACOMPANHANDO, E.DEVOLVIDO, E.CANCELADO}),
        E.DEVOLVIDO: frozenset({E.NA_FILA, E.CANCELADO}),
        E.ACOMPANHANDO: frozenset({E.EXIGENCIA, E.RESULTADO, E.CANCELADO}),
        E.EXIGENCIA: frozenset({E.ACOMPANHANDO, E.RESULTADO, E.CANCELADO}),
        E.RESULTADO: frozenset({E.ENTREGUE, E.ACOMPANHANDO}),
        E.ENTREGUE: frozenset({E.ACOMPANHANDO}),
        E.CANCELADO: frozenset(),
    },
    SituacaoConjunto: {
        J.FAZENDO: frozenset({J.PRONTO, J.SUBSTITUIDO}),
        J.PRONTO: frozenset({J.SUBSTITUIDO}),
        J.SUBSTITUIDO: frozenset(),
    },
    SituacaoFolha: {
        F.BANDEJA: frozenset({F.NA_VAGA, F.FORA}),
        # From the slot a page leaves by the bin of its request, or back to the tray when it turns out to be another's.
        F.NA_VAGA: frozenset({F.BANDEJA}),
        F.FORA: frozenset({F.BANDEJA}),
    },
    SituacaoEnvio: {
        V.MONTANDO: frozenset({V.NA_FILA, V.RECUSADO}),
        V.NA_FILA: frozenset({V.RECEBIDO, V.RECUSADO}),
        V.RECEBIDO: frozenset(),
        V.RECUSADO: frozenset(),
    },
    SituacaoExigencia: {
        # The person may answer alone, in Meu INSS.
        X.ABERTA: frozenset({X.RESPONDENDO, X.CUMPRIDA, X.VENCIDA, X.ENCERRADA}),
        X.RESPONDENDO: frozenset({X.CUMPRIDA, X.ABERTA, X.ENCERRADA}),
        X.CUMPRIDA: frozenset(),
        # INSS may move the deadline.
        X.VENCIDA: frozenset({X.RESPONDENDO, X.ABERTA, X.CUMPRIDA, X.ENCERRADA}),
        X.ENCERRADA: frozenset(),
    },
    SituacaoMarcacao: {
        M.NA_FILA: frozenset({M.FEITA, M.RECUSADA}),
        M.FEITA: frozenset(),
        M.RECUSADA: frozenset(),
    },
    SituacaoAviso: {
        N.PENDENTE: frozenset({N.ENVIADO, N.FALHOU}),
        N.ENVIADO: frozenset(),
        N.FALHOU: frozenset({N.PENDENTE}),
    },
}

TONS |= {
    SituacaoAtendimento: {
        A.AGUARDANDO: "andamento",
        A.CHAMADO: "atencao",
        A.EM_ATENDIMENTO: "andamento",
        A.CONCLUIDO: "sucesso",
    },
    Etapa: {
        E.PREPARO: "andamento",
        E.NA_FILA: "andamento",
        E.DEVOLVIDO: "perigo",
        E.ACOMPANHANDO: "andamento",
        E.EXIGENCIA: "atencao",
        E.RESULTADO: "atencao",
        E.ENTREGUE: "sucesso",
    },
    SituacaoConjunto: {
        J.FAZENDO: "andamento",
        J.PRONTO: "sucesso",
    },
    SituacaoFolha: {
        F.BANDEJA: "atencao",
        F.NA_VAGA: "sucesso",
    },
    SituacaoEnvio: {
        V.MONTANDO: "andamento",
        V.NA_FILA: "andamento",
        V.RECEBIDO: "sucesso",
        V.RECUSADO: "perigo",
    },
    SituacaoExigencia: {
        X.ABERTA: "atencao",
        X.RESPONDENDO: "andamento",
        X.CUMPRIDA: "sucesso",
        X.VENCIDA: "perigo",
    },
    SituacaoMarcacao: {
        M.NA_FILA: "andamento",
        M.FEITA: "sucesso",
        M.RECUSADA: "perigo",
    },
    SituacaoAviso: {
        N.PENDENTE: "andamento",
        N.ENVIADO: "sucesso",
        N.FALHOU: "perigo",
    },
}

TONS_INSS: dict[SituacaoInss, str] = {
    SituacaoInss.PENDENTE: "andamento",
    SituacaoInss.EM_ANALISE: "andamento",
    SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA: "atencao",
    SituacaoInss.CONCLUIDA: "sucesso",
    SituacaoInss.CANCELADA: "",
}

CONSELHOS: dict[MotivoDaBandeja, str] = {
    B.ILEGIVEL: "Veja a imagem: se o papel é deste pedido, ponha na vaga, ou digitalize de novo com a folha inteira.",
    B.DUAS: "Digitalize cada folha sozinha e descarte esta imagem.",
    B.DE_FORA: "Se é documento deste pedido, ponha na vaga. Se entrou por engano, descarte.",
    B.ALHEIO: "Não entra em nenhum pedido daqui. Descarte a imagem e devolva o papel a quem o trouxe.",
    B.OUTRO: "Não entra neste pedido. Ponha no pedido dele, ou descarte e devolva o papel à pilha certa.",
    B.ANTIGA: "Imprima os papéis de hoje, peça a assinatura de novo e descarte esta folha.",
    B.REPETIDA: "Se esta imagem ficou melhor, troque; se não, descarte.",
    B.SEM_NUMERO: "Leia no rodapé qual é a página e ponha na vaga.",
    B.SEM_VAGA: "Escolha a vaga onde ele serve, ou descarte.",
    B.FECHADO: "Se o INSS pedir, junte à resposta da exigência. Aqui, descarte.",
}
