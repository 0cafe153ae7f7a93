"""Examinations and assessments: the desk books, the analyst of the region looks."""

from __future__ import annotations

from django.utils.timezone import now

from requerimentos.agenda.escolhas import assinar
from requerimentos.agenda.servicos import Escolha, guardar_comprovante, pedir_desmarcacao
from requerimentos.models import Agendamento
from tests.acesso.acompanhamento import _daqui, _imprimir, _protocolado, faz, ve
from tests.acesso.base import TABELA_DE_CASOS, Caso, Cenario, da_cidade, equipe, get, post
from tests.requerimentos.fabricas import AgendamentoFabrica

PERICIA = Agendamento.Tipo.PERICIA


def _marcado(c: Cenario) -> dict:
    agendamento = AgendamentoFabrica(requerimento=_daqui(c, protocolado=True, servico_codigo="bpc-pcd"))
    return {"codigo": agendamento.requerimento.codigo, "pk": agendamento.pk}


def _impresso(c: Cenario) -> dict:
    caso = _marcado(c)
    guardar_comprovante(caso["pk"])
    documento = Agendamento.objects.get(pk=caso["pk"]).comprovante
    assert documento
    _imprimir(documento)
    return caso


def _desmarcando(c: Cenario) -> dict:
    agendamento = Agendamento.objects.get(pk=_marcado(c)["pk"])
    pedido = agendamento.requerimento
    marcacao = pedir_desmarcacao(agendamento.pk, motivo="Vai viajar.", autor=pedido.atendente)
    return {"codigo": pedido.codigo, "pk": marcacao.pk}


def _a_marcar(c: Cenario) -> dict:
    return {"codigo": _daqui(c, protocolado=True, servico_codigo="bpc-pcd").codigo, "tipo": PERICIA}


def _sem_data(c: Cenario) -> dict:
    return {"codigo": _protocolado(c)["codigo"], "pk": 0}


def _marca() -> Caso:
    """The value of the page is signed for that very request: made here, it is of another one, and is refused."""
    escolha = Escolha(PERICIA, "T3106705-PM-202701041000", now(), "APS")
    outro = type("Outro", (), {"codigo": "outro"})()
    return post(
        da_cidade(422, analista_da_regiao=403), args=_a_marcar, dados=lambda c: {"horario": assinar(outro, escolha)}
    )


TABELA: TABELA_DE_CASOS = {
    "requerimentos:agenda": [get(equipe(200))],
    "requerimentos:horarios": [ve(_a_marcar), _marca()],
    "requerimentos:remarcar": [ve(_marcado), faz(422, _marcado)],
    "requerimentos:desmarcar": [faz(302, _marcado, motivo="Vai viajar.")],
    "requerimentos:como-vai": [faz(302, _marcado, transporte="on")],
    "requerimentos:comprovante-da-data": [ve(_impresso), get(da_cidade(404), args=_sem_data)],
    "requerimentos:tentar-marcar": [faz(302, _desmarcando)],
}
