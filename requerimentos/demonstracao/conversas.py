"""Visits told with their guided identification: some end as orientation with the sheet, one opens a request, one waits
half-way for whoever goes on with it.
"""

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
# What was asked before the clerk was called away; the rest is still to be asked.
PELA_METADE = {"assunto": "idade", "onde": "ambos"}
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


def pela_metade(mesa: Mesa, visita: Visita) -> Historia:
    """A conversation of today that somebody left in the middle: anybody of the desk opens the visit and goes on."""
    yield visita.chegada
    atendimento = historias.chegar(mesa, visita)
    yield visita.chegada + visita.espera
    recepcao.chamar(atendimento.pk, autor=visita.autor)
    recepcao.iniciar(atendimento.pk, autor=visita.autor)
    yield visita.chegada + visita.espera + timedelta(minutes=2)
    responder(atendimento, visita, PELA_METADE, so_estas=True)


def antes_do_pedido(atendimento: Atendimento, visita: Visita, servico: str) -> None:
    """What was said before the request was opened, for the service that has its conversation told."""
    if servico == "bpc-idoso":
        atualizado = atendimento.dia - timedelta(days=200)
        responder(atendimento, visita, {**DO_BPC, "cadunico": atualizado.isoformat()})


def responder(
    atendimento: Atendimento, visita: Visita, respostas: dict[str, Any], *, so_estas: bool = False
) -> None:  # fmt: skip
    """Answer whatever is asked, in the order in which it is asked; `so_estas`: stop where `respostas` ends."""
    achado = Atendimento.objects.select_related("pessoa", "municipio", "balcao__entidade").get(pk=atendimento.pk)
    while (proxima := (atual := andamento(achado)).conversa.proxima) is not None:
        if so_estas and proxima.id not in respostas:
            return
        resposta = respostas.get(proxima.id, proxima.opcoes[-1].id)
        triagem.responder(achado.pk, proxima.id, resposta, autor=visita.autor, versao=atual.versao)
