"""E-mails of the cession: who asks, and who at INSS has to act. Personal data stays in the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from act_portal.contas.models import Vinculo
from act_portal.saidas.servicos import prometer
from cessao.models import Pedido
from cessao.situacoes import DIRETORIA

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

AVISAR = "cessao.avisar"
# What happened: subject and one sentence. The details are behind the sign-in.
FRASES: dict[str, tuple[str, str]] = {
    # To who asks.
    "devolver": ("O INSS devolveu itens do pedido", "Cada item devolvido diz o que corrigir."),
    "aprovar": ("O pedido foi aprovado: falta assinar", "Baixe o termo, assine fora do portal e envie o PDF assinado."),
    "aprovar_sem_obra": (
        "O pedido foi aprovado, sem alguma das adaptações",
        "A decisão diz quais adaptações foram recusadas e por quê. Baixe o termo, assine e envie o PDF assinado.",
    ),
    "indeferir": ("O pedido não foi aprovado", "A decisão e o motivo estão no portal. Cabe recurso."),
    "retomar": ("O pedido voltou para a análise", "Não assine o termo que já foi baixado: espere o novo."),
    "prover": ("O recurso foi acolhido", "O pedido voltou à análise."),
    "manter": ("O recurso foi julgado", "A decisão foi mantida. O motivo está no portal."),
    "recusar_assinatura": ("O termo assinado voltou", "O PDF não serviu. O motivo está no portal. Assine de novo."),
    "publicar": ("A cessão foi publicada", "Combine com a logística do INSS a vistoria de entrega das chaves."),
    "arquivar": ("O pedido foi arquivado", "O motivo está no portal."),
    "desarquivar": ("O pedido foi desarquivado", "O INSS voltou a analisar."),
    "vistoria": ("Há uma vistoria para assinar", "Confira as fotos e assine no portal."),
    "notificar": ("Notificação de uso irregular", "Leia o que foi visto e responda no prazo, no portal."),
    "acolher": ("A resposta foi acolhida", "A notificação foi encerrada."),
    "revogar": ("O INSS vai retomar o espaço", "O motivo e o prazo para sair estão no portal."),
    "fim": ("A cessão está perto do fim", "Peça a prorrogação antes do fim, se couber, ou prepare a devolução."),
    "vencer": ("A cessão terminou e o espaço não foi devolvido", "Devolva o espaço. Não há prorrogação automática."),
    "encerrar": (
        "A cessão foi encerrada: falta assinar",
        "Baixe o termo de encerramento, assine e envie o PDF assinado.",
    ),
    "encerramento_refeito": (
        "O termo de encerramento foi refeito",
        "Mudou quem assina pelo INSS. Não use o que já foi baixado: baixe o novo, assine e envie.",
    ),
    "encerramento_assinado": ("O encerramento está assinado", "O termo de encerramento tem as duas assinaturas."),
    "encerramento_so_inss": ("O INSS assinou o encerramento sozinho", "O motivo está no portal."),
    "retomada_publicada": ("A retomada foi publicada", "A data e a página do Diário Oficial estão no portal."),
    "prorrogacao_aprovada": ("A prorrogação foi aprovada: falta assinar", "Assine antes do fim do prazo atual."),
    "prorrogacao_negada": ("A prorrogação não foi aprovada", "O motivo está no portal."),
    "prorrogacao_assinada": ("A prorrogação foi assinada", "O novo fim está no portal. Falta o INSS publicar."),
    "prorrogacao_vigente": ("A prorrogação foi publicada", "O novo fim e a publicação estão no portal."),
    "prorrogacao_caduca": ("A prorrogação ficou sem efeito", "O prazo terminou antes da assinatura."),
    "espaco_mudou": ("O espaço pedido mudou", "Do jeito que está, o pedido não pode seguir. O motivo está no portal."),
    "outro_escolhido": (
        "O espaço foi para outro pedido, em dias que se cruzam com os seus",
        "O seu pedido ainda espera a decisão do INSS. Para outros dias ou outro espaço, fale com a logística, ou "
        "desista e faça um pedido novo.",
    ),
    "desocupar": ("Aviso para desocupar o espaço", "O motivo e o dia de sair estão no portal."),
    "cobrar": ("O INSS pede o espaço de volta", "O aviso e o dia de sair estão no portal."),
    "desocupacao_vencida": ("O prazo para sair passou", "O espaço não foi desocupado. Combine a saída com o INSS."),
    "desocupado": ("O INSS registrou a saída do espaço", "O dia e o estado do espaço estão no portal."),
    # To INSS.
    "sem_termo": ("Um espaço continua ocupado, sem termo", "O pedido de regularização acabou. Avise quem ocupa."),
    "enviar": ("Um pedido de cessão chegou", "Tome o pedido para analisar."),
    "reenviar": ("O órgão respondeu", "O órgão respondeu aos itens devolvidos."),
    "desistir": ("O órgão desistiu do pedido", "O motivo está no portal."),
    "recorrer": ("O órgão recorreu da decisão", "O recurso espera a DIROFL."),
    "opinar": ("Um pedido tem parecer", "O pedido espera a manifestação da Superintendência."),
    "manifestar": ("Um pedido espera decisão", "O pedido espera a decisão da DIROFL."),
    "assinar": ("O órgão enviou o termo assinado", "Confira a assinatura no validador."),
    "vistoria_assinada": ("A vistoria foi assinada", "Quem ocupa assinou a vistoria."),
    "entrega_recusada": ("O órgão não recebeu o espaço", "O motivo está na vistoria. Resolva e abra outra vistoria."),
    "responder": ("Resposta à notificação", "Quem ocupa respondeu à notificação."),
    "prorrogar": ("Pedido de prorrogação", "Um órgão pediu prorrogação. Dê o parecer."),
    "prorrogar_opinado": ("Uma prorrogação espera decisão", "A prorrogação tem parecer."),
    "prazo_fim": ("Uma cessão da região está perto do fim", "Veja o calendário."),
    "prazo_vencido": ("Uma ocupação da região venceu", "O espaço não foi devolvido no prazo."),
    "sair": ("Quem ocupa avisou que vai sair", "Marque a vistoria de devolução."),
}


def avisar_requerente(pedido: Pedido, qual: str, *, chave: str) -> None:
    """The town's managers or, for a body without an account, the logistics that took its papers in."""
    if pedido.pelo_inss:
        avisar_logistica(pedido, qual, chave=chave)
        return
    _avisar(pedido, qual, chave, Q(papel=Vinculo.Papel.GESTOR, municipio=pedido.municipio_id))


def avisar_logistica(pedido: Pedido, qual: str, *, chave: str) -> None:
    """Who has it or, while nobody does, the logistics of the nearest unit that has any."""
    if pedido.responsavel_id and not pedido.pelo_inss:
        _prometer(pedido, pedido.responsavel_id, qual, chave)
        return
    _ao_mais_perto(pedido, qual, chave, Q(papel=Vinculo.Papel.LOGISTICA))


def avisar_superintendencia(pedido: Pedido, qual: str, *, chave: str) -> None:
    _ao_mais_perto(pedido, qual, chave, Q(papel=Vinculo.Papel.AUTORIDADE, unidade__tipo="sr"))


def avisar_diretoria(pedido: Pedido, qual: str, *, chave: str) -> None:
    _avisar(pedido, qual, chave, Q(papel=Vinculo.Papel.AUTORIDADE, unidade__codigo=DIRETORIA))


def _ao_mais_perto(pedido: Pedido, qual: str, chave: str, quem: Q) -> None:
    for unidade_id in reversed(pedido.unidade.linhagem):
        if _avisar(pedido, qual, chave, quem & Q(unidade=unidade_id)):
            return


def _avisar(pedido: Pedido, qual: str, chave: str, quem: Q) -> bool:
    vigentes = Vinculo.objects.vigentes(localdate()).filter(quem, por_aceitar=False)
    usuarios = list(vigentes.order_by("usuario").values_list("usuario", flat=True).distinct())
    for usuario_id in usuarios:
        _prometer(pedido, usuario_id, qual, chave)
    return bool(usuarios)


def _prometer(pedido: Pedido, usuario_id: int, qual: str, chave: str) -> None:
    if qual not in FRASES:
        raise LookupError(f"Sem frase para {qual!r}.")
    prometer(AVISAR, chave=f"{AVISAR}:{qual}:{chave}:{usuario_id}", pedido=pedido.pk, usuario=usuario_id, qual=qual)


def ainda_atua(usuario: Usuario, pedido: Pedido) -> bool:
    """The person still acts for the town, or at INSS."""
    do_lado = Q(papel=Vinculo.Papel.GESTOR, municipio=pedido.municipio_id) | Q(unidade__isnull=False)
    return usuario.vinculos.vigentes(localdate()).filter(do_lado).exists()
