"""Visits told with their guided identification: some end as orientation with the sheet, one opens a request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from requerimentos.demanda.triagem import servicos as triagem
from requerimentos.demanda.triagem.consultas import andamento
from requerimentos.demonstracao import historias
from requerimentos.demonstracao.historias import Historia, Mesa, Visita
from requerimentos.models import Atendimento
from requerimentos.recepcao import servicos as recepcao

DEFESO = {"assunto": "defeso"}
DA_IDADE = {
    "assunto": "idade",
    "onde": "cidade",
    "tempo": "13 anos e 6 meses",
    "trabalho": "nenhum",
    "filiado": "sim",
    "renda": {"pessoas": 3, "total": "1100.00"},
    "cadunico": "nao_tem",
    "biometria": "nao",
    "antes": "nunca",
}
DO_BPC = {
    "assunto": "idade",
    "onde": "nunca",
    "renda": {"pessoas": 4, "total": "1280.00"},
    "biometria": "sim",
    "antes": "nunca",
}
CONVERSAS = (DEFESO, DA_IDADE)


def conversa(mesa: Mesa, visita: Visita, respostas: dict[str, Any]) -> Historia:
    """A conversation that ends the visit as orientation, with the sheet."""
    yield visita.chegada
    atendimento = historias.chegar(mesa, visita)
    yield visita.chegada + visita.espera
    recepcao.chamar(atendimento.pk, autor=visita.autor)
    recepcao.iniciar(atendimento.pk, autor=visita.autor)
    yield visita.chegada + visita.espera + timedelta(minutes=2)
    responder(atendimento, visita, respostas)
    yield visita.chegada + visita.espera + visita.conversa
    triagem.concluir(atendimento.pk, autor=visita.autor)


def antes_do_pedido(atendimento: Atendimento, visita: Visita, servico: str) -> None:
    """What was said before the request was opened, for the service that has its conversation told."""
    if servico == "bpc-idoso":
        atualizado = atendimento.dia - timedelta(days=200)
        responder(atendimento, visita, {**DO_BPC, "cadunico": atualizado.isoformat()})


def responder(atendimento: Atendimento, visita: Visita, respostas: dict[str, Any]) -> None:
    """Answer whatever is asked, in the order in which it is asked."""
    achado = Atendimento.objects.select_related("pessoa", "municipio", "balcao__entidade").get(pk=atendimento.pk)
    while (proxima := (atual := andamento(achado)).conversa.proxima) is not None:
        resposta = respostas.get(proxima.id, proxima.opcoes[-1].id)
        triagem.responder(achado.pk, proxima.id, resposta, autor=visita.autor, versao=atual.versao)
