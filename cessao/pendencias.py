"""What waits for whoever looks: counts, each with the list that it opens into."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.contas.models import Vinculo
from act_portal.telas.esperas import Espera, com_algo
from cessao import leis
from cessao.models import Aditivo, Decisao, Ocorrencia, Pedido, Retomada, Termo, Vistoria
from cessao.models.termo import ate_o_dia
from cessao.situacoes import DIRETORIA, OCUPANDO, SEM_TERMO, Ocupacao, Situacao, SituacaoAditivo, SituacaoEncerramento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

S, A, U, E = Situacao, SituacaoAditivo, Ocupacao, SituacaoEncerramento
DE_UM = {
    "cessões para publicar": "cessão para publicar",
    "cessões perto do fim": "cessão perto do fim",
    "encerramentos para assinar": "encerramento para assinar",
    "encerramentos para conferir": "encerramento para conferir",
    "notificações de uso irregular para responder": "notificação de uso irregular para responder",
    "ocupações vencidas": "ocupação vencida",
    "ocupações sem termo": "ocupação sem termo",
    "pedidos de cessão devolvidos": "pedido de cessão devolvido",
    "pedidos de cessão em preenchimento": "pedido de cessão em preenchimento",
    "pedidos de cessão para decidir": "pedido de cessão para decidir",
    "pedidos de cessão para manifestar": "pedido de cessão para manifestar",
    "pedidos de cessão para tomar": "pedido de cessão para tomar",
    "pedidos de cessão que você analisa": "pedido de cessão que você analisa",
    "prorrogações de cessão para assinar": "prorrogação de cessão para assinar",
    "prorrogações de cessão para conferir": "prorrogação de cessão para conferir",
    "prorrogações de cessão para decidir": "prorrogação de cessão para decidir",
    "prorrogações de cessão para dar parecer": "prorrogação de cessão para dar parecer",
    "prorrogações de cessão para publicar": "prorrogação de cessão para publicar",
    "recursos de cessão para julgar": "recurso de cessão para julgar",
    "retomadas para publicar": "retomada para publicar",
    "respostas de quem ocupa para ler": "resposta de quem ocupa para ler",
    "termos assinados para conferir": "termo assinado para conferir",
    "termos de cessão para assinar": "termo de cessão para assinar",
    "vistorias para assinar": "vistoria para assinar",
    "vistorias de entrega para fazer": "vistoria de entrega para fazer",
}
# Lists of terms by what waits in them: the cards count by the same words that the list filters by.
DOS_TERMOS = {
    "prorrogacao-parecer": Q(pk__in=Aditivo.objects.filter(situacao=A.PEDIDO).values("termo")),
    "prorrogacao-decidir": Q(pk__in=Aditivo.objects.filter(situacao=A.INSTRUIDO).values("termo")),
    "prorrogacao-assinar": Q(pk__in=Aditivo.objects.filter(situacao=A.ASSINATURA).values("termo")),
    "prorrogacao-conferir": Q(pk__in=Aditivo.objects.filter(situacao=A.CONFERENCIA).values("termo")),
    "prorrogacao-publicar": Q(pk__in=Aditivo.objects.filter(situacao=A.ASSINADO).values("termo")),
    "encerramento-assinar": Q(encerramento=E.ASSINATURA),
    "encerramento-conferir": Q(encerramento=E.CONFERENCIA),
    "retomada-publicar": Q(pk__in=Retomada.objects.filter(dou_data=None).values("termo")),
    "resposta": Q(pk__in=Ocorrencia.objects.filter(desfecho="", respondida_em__isnull=False).values("termo")),
    "notificacao": Q(pk__in=Ocorrencia.objects.filter(desfecho="", respondida_em=None).values("termo")),
    "vistoria": Q(
        pk__in=Vistoria.objects.filter(fechada_em__isnull=False, assinada_em=None, desfeita_em=None).values("termo")
    ),
}
NOMES_NA_LISTA = [
    ("prorrogacao-parecer", "Prorrogação para dar parecer"), ("prorrogacao-decidir", "Prorrogação para decidir"),
    ("prorrogacao-assinar", "Prorrogação para assinar"), ("prorrogacao-conferir", "Prorrogação para conferir"),
    ("prorrogacao-publicar", "Prorrogação para publicar"), ("notificacao", "Notificação para responder"),
    ("resposta", "Resposta para ler"), ("retomada-publicar", "Retomada para publicar"),
    ("encerramento-assinar", "Encerramento para assinar"), ("encerramento-conferir", "Encerramento para conferir"),
    ("vistoria", "Vistoria para assinar"),
]  # fmt: skip


def maior_aviso() -> int:
    return max(aviso.dias for aviso in leis.avisos())


def terminando(hoje: date) -> Q:
    """In use, and near the last day with the space."""
    perto = ate_o_dia(hoje + timedelta(days=maior_aviso()))
    return Q(situacao__in=sorted(OCUPANDO - {U.VENCIDO})) & perto


def de(usuario: Usuario) -> list[Espera]:
    """What the role in use has to do next."""
    vinculo = usuario.vinculo
    if vinculo is None:
        return []
    if vinculo.papel == Vinculo.Papel.GESTOR:
        return com_algo(_do_gestor(usuario), DE_UM)
    if vinculo.papel == Vinculo.Papel.LOGISTICA:
        return com_algo(_da_logistica(usuario), DE_UM)
    if vinculo.unidade and vinculo.unidade.codigo == DIRETORIA:
        return com_algo(_da_diretoria(usuario), DE_UM)
    return com_algo(_da_superintendencia(usuario), DE_UM)


def _da_logistica(usuario: Usuario) -> list[Espera]:
    analisa = Q(situacao=S.EM_ANALISE, responsavel=usuario)
    return [
        _vencidas(usuario),
        _sem_termo(usuario),
        _pedidos(usuario, S.ENVIADO, "pedidos de cessão para tomar"),
        _pedidos(usuario, S.EM_ANALISE, "pedidos de cessão que você analisa", analisa),
        _pedidos(usuario, S.CONFERENCIA, "termos assinados para conferir"),
        _pedidos(usuario, S.ASSINADO, "cessões para publicar"),
        # What the logistics took in for a body without an account.
        _pedidos(usuario, S.DEVOLVIDO, "pedidos de cessão devolvidos", Q(situacao=S.DEVOLVIDO, pelo_inss=True)),
        _pedidos(usuario, S.ASSINATURA, "termos de cessão para assinar", Q(situacao=S.ASSINATURA, pelo_inss=True)),
        _termos(usuario, U.A_ENTREGAR, "vistorias de entrega para fazer", Q(situacao=U.A_ENTREGAR)),
        _termos(usuario, "resposta", "respostas de quem ocupa para ler"),
        _termos(usuario, "prorrogacao-parecer", "prorrogações de cessão para dar parecer"),
        _termos(usuario, "prorrogacao-conferir", "prorrogações de cessão para conferir"),
        _termos(usuario, "prorrogacao-publicar", "prorrogações de cessão para publicar"),
        _termos(usuario, "retomada-publicar", "retomadas para publicar"),
        _termos(usuario, "encerramento-conferir", "encerramentos para conferir"),
        _perto_do_fim(usuario),
    ]


def _da_superintendencia(usuario: Usuario) -> list[Espera]:
    e_sr = usuario.vinculo and usuario.vinculo.unidade and usuario.vinculo.unidade.tipo == "sr"
    # Only the superintendence speaks of requests: the authority of another unit looks at its region.
    dela = [_pedidos(usuario, S.SUPERINTENDENCIA, "pedidos de cessão para manifestar", tom="atencao")] if e_sr else []
    return [*dela, _vencidas(usuario), _sem_termo(usuario)]


def _da_diretoria(usuario: Usuario) -> list[Espera]:
    recusados = Decisao.objects.filter(ato=Decisao.Ato.INDEFERIMENTO, autor=usuario).values("pedido")
    alheios = Q(situacao=S.RECURSO) & ~Q(pk__in=recusados)
    return [
        _pedidos(usuario, S.DIRETORIA, "pedidos de cessão para decidir", tom="atencao"),
        _pedidos(usuario, S.RECURSO, "recursos de cessão para julgar", alheios, tom="atencao"),
        _termos(usuario, "prorrogacao-decidir", "prorrogações de cessão para decidir", tom="atencao"),
        _vencidas(usuario),
    ]


def _do_gestor(usuario: Usuario) -> list[Espera]:
    return [
        _vencidas(usuario),
        _termos(usuario, "notificacao", "notificações de uso irregular para responder", tom="perigo"),
        _pedidos(usuario, S.RASCUNHO, "pedidos de cessão em preenchimento"),
        _pedidos(usuario, S.DEVOLVIDO, "pedidos de cessão devolvidos", tom="perigo"),
        _pedidos(usuario, S.ASSINATURA, "termos de cessão para assinar", tom="atencao"),
        _termos(usuario, "prorrogacao-assinar", "prorrogações de cessão para assinar", tom="atencao"),
        _termos(usuario, "vistoria", "vistorias para assinar", tom="atencao"),
        _termos(usuario, "encerramento-assinar", "encerramentos para assinar", tom="atencao"),
        _perto_do_fim(usuario),
    ]


def _pedidos(usuario: Usuario, etapa: str, nome: str, quais: Q | None = None, *, tom: str = "") -> Espera:
    achados = Pedido.objects.visiveis_para(usuario).filter(quais if quais is not None else Q(situacao=etapa))
    return Espera(achados.order_by().count(), nome, f"{reverse('cessao:pedidos')}?etapa={etapa}", tom)


def _termos(usuario: Usuario, quais: str, nome: str, filtro: Q | None = None, *, tom: str = "") -> Espera:
    achados = Termo.objects.visiveis_para(usuario).filter(filtro if filtro is not None else DOS_TERMOS[quais])
    return Espera(achados.order_by().count(), nome, f"{reverse('cessao:cessoes')}?quais={quais}", tom)


def _sem_termo(usuario: Usuario) -> Espera:
    abertas = Q(desocupacao__situacao__in=SEM_TERMO)
    return _pedidos(usuario, "sem-termo", "ocupações sem termo", abertas, tom="perigo")


def _vencidas(usuario: Usuario) -> Espera:
    return _termos(usuario, U.VENCIDO, "ocupações vencidas", Q(situacao=U.VENCIDO), tom="perigo")


def _perto_do_fim(usuario: Usuario) -> Espera:
    return _termos(usuario, "terminando", "cessões perto do fim", terminando(localdate()))
