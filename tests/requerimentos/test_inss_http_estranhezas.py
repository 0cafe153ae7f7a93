"""Answers that no INSS should give: the client turns each into "out of order" or a refusal, never into a crash."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from requerimentos.envio import inss_http
from requerimentos.envio.inss import ErroDoInss, InssForaDoAr, InssRecusou, PedidoInss
from requerimentos.envio.inss_http import InssHttp

MOMENTO = "2026-11-20T10:00:00-03:00"
AGENDAMENTO = {
    "protocolo": "1234567891",
    "tipo": "PERICIA_MEDICA",
    "situacao": "AGENDADO",
    "dataHora": MOMENTO,
    "unidade": "APS",
    "endereco": "Rua A",
    "municipio": "3134608",
    "remarcacao": False,
}
TAREFA: dict[str, Any] = {
    "protocolo": "1234567890",
    "situacao": "CONCLUIDA",
    "dataEntradaRequerimento": MOMENTO,
    "dataUltimaAtualizacao": MOMENTO,
    "versao": 7,
    "unidade": {"nome": "APS"},
    "exigencias": [
        {
            "id": "E1",
            "texto": "Mande o RG.",
            "situacao": "CUMPRIDA",
            "dataEmissao": MOMENTO,
            "prazo": "2026-12-20",
            "dataCumprimento": MOMENTO,
        }
    ],
    "decisao": {
        "resultado": "indeferido",
        "motivos": ["Renda."],
        "texto": "Não.",
        "nb": "",
        "especie": "",
        "data": "2026-11-21",
        "prazoRecurso": "2026-12-21",
    },
    "agendamentos": [AGENDAMENTO],
}
PEDIDO = PedidoInss(
    servico="bpc-idoso",
    cpf="11144477735",
    nome="Fulana de Tal Sigilosa",
    nascimento=date(1950, 1, 1),
    municipio_ibge="3550308",
    municipio_nome="São Paulo",
    uf="SP",
    entidade_nome="Prefeitura",
    anexos=(),
)


@pytest.fixture
def respondendo(monkeypatch) -> Callable[[httpx.Response], InssHttp]:
    """A client whose INSS always gives this answer."""

    def montar(resposta: httpx.Response) -> InssHttp:
        def cliente(*_: object) -> httpx.Client:
            return httpx.Client(base_url="http://inss.invalid", transport=httpx.MockTransport(lambda _: resposta))

        monkeypatch.setattr(inss_http, "_cliente", cliente)
        return InssHttp()

    return montar


def lugares(valor: Any, caminho: tuple = ()) -> Iterator[tuple]:
    """Every place of a JSON value."""
    itens = valor.items() if isinstance(valor, dict) else enumerate(valor) if isinstance(valor, list) else ()
    for chave, filho in itens:
        yield (*caminho, chave)
        yield from lugares(filho, (*caminho, chave))


def trocar(valor: Any, caminho: tuple, novo: Any) -> Any:
    copia = copy.deepcopy(valor)
    alvo = copia
    for passo in caminho[:-1]:
        alvo = alvo[passo]
    if novo is KeyError:
        del alvo[caminho[-1]]
    else:
        alvo[caminho[-1]] = novo
    return copia


def test_a_resposta_certa_e_lida(respondendo):
    tarefa = respondendo(httpx.Response(200, json=TAREFA)).consultar("1234567890")

    assert tarefa.decisao is not None
    assert tarefa.decisao.prazo_recurso == date(2026, 12, 21)


@pytest.mark.parametrize("caminho", [c for c in lugares(TAREFA) if isinstance(c[-1], str)], ids=str)
def test_campo_que_falta_e_inss_fora_do_ar(respondendo, caminho):
    cliente = respondendo(httpx.Response(200, json=trocar(TAREFA, caminho, KeyError)))

    with pytest.raises(InssForaDoAr):
        cliente.consultar("1234567890")


@pytest.mark.parametrize("estranho", [None, [], {}, 3, "x", True, [[]], "9" * 400], ids=repr)
def test_campo_trocado_nunca_quebra_quem_chama(respondendo, estranho):
    lidas = 0
    for caminho in lugares(TAREFA):
        cliente = respondendo(httpx.Response(200, json=trocar(TAREFA, caminho, estranho)))
        try:
            tarefa = cliente.consultar("1234567890")
        except InssForaDoAr:
            continue
        lidas += 1
        assert tarefa.protocolo == "1234567890"
    assert lidas < len(list(lugares(TAREFA)))


def test_tarefa_de_outro_protocolo_nao_e_aceita(respondendo):
    cliente = respondendo(httpx.Response(200, json=TAREFA | {"protocolo": "9999999999"}))

    with pytest.raises(InssForaDoAr):
        cliente.consultar("1234567890")


@pytest.mark.parametrize(
    "resposta",
    [
        httpx.Response(404, text="<h1>Not Found</h1>"),
        httpx.Response(422, json={"erro": 3, "motivos": "x"}),
        httpx.Response(400, json=[]),
        httpx.Response(204),
        httpx.Response(302, headers={"Location": "/login"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, content=json.dumps(TAREFA | {"versao": float("inf")})),
        httpx.Response(200, content=b"\xff\xfe"),
        httpx.Response(418),
    ],
    ids=lambda resposta: str(resposta.status_code),
)
def test_resposta_que_nao_e_do_contrato_e_inss_fora_do_ar(respondendo, resposta):
    with pytest.raises(InssForaDoAr):
        respondendo(resposta).consultar("1234567890")


def test_recusa_sem_motivos_leva_a_frase_do_inss(respondendo):
    with pytest.raises(InssRecusou, match="Corpo ruim"):
        respondendo(httpx.Response(400, json={"erro": "Corpo ruim.", "motivos": []})).consultar("1234567890")


@pytest.mark.parametrize(
    ("cabecalho", "espera"),
    [
        ("120", timedelta(seconds=120)),
        ("999999999999", timedelta(hours=6)),
        ("Wed, 01 Jan 2020 00:00:00 GMT", timedelta()),
        ("amanhã".encode("latin-1"), None),
        ("", None),
    ],
)
def test_retry_after_em_qualquer_forma(respondendo, cabecalho, espera):
    with pytest.raises(InssForaDoAr) as queda:
        respondendo(httpx.Response(503, headers={"Retry-After": cabecalho})).consultar("1234567890")

    assert queda.value.espera == espera


def test_identificador_vindo_de_fora_nao_muda_o_endereco(monkeypatch):
    pedidos: list[str] = []

    def responder(pedido: httpx.Request) -> httpx.Response:
        pedidos.append(pedido.url.raw_path.decode())
        return httpx.Response(500)

    transporte = httpx.MockTransport(responder)
    monkeypatch.setattr(
        inss_http, "_cliente", lambda *_: httpx.Client(base_url="http://inss.invalid", transport=transporte)
    )

    with pytest.raises(InssForaDoAr):
        InssHttp().cumprir_exigencia("chave-1", "1234567890", "../../cancelamento?x", "", [])

    assert pedidos == ["/api/requerimentos/1234567890/exigencias/..%2F..%2Fcancelamento%3Fx/cumprimento"]


@pytest.mark.parametrize("resposta", [httpx.Response(500, text="ops"), httpx.Response(200, text="<html>")])
def test_nada_do_pedido_vai_para_o_registro(respondendo, caplog, resposta):
    caplog.set_level(logging.DEBUG)

    with pytest.raises(ErroDoInss) as erro:
        respondendo(resposta).requerer("chave-1", PEDIDO)

    tudo = caplog.text + repr(erro.value)
    assert PEDIDO.cpf not in tudo
    assert "Sigilosa" not in tudo
