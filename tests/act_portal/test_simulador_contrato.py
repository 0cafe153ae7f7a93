"""The pretend INSS keeps to its own description, whatever is thrown at it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi import checks

from act_portal.simulador_inss.openapi import DESCRICAO

ESQUEMA = schemathesis.openapi.from_dict(DESCRICAO)
OPERACOES = {operacao.ok().label: operacao.ok() for operacao in ESQUEMA.get_all_operations()}
# Well-formed nonsense is refused for what it says (422), so that valid data be accepted is not asked for.
EXIGENCIAS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


def test_a_descricao_servida_e_a_conferida(simulador):
    assert simulador.http.get("/api/openapi.json", headers={"Authorization": ""}).json() == DESCRICAO


@pytest.mark.parametrize("nome", OPERACOES)
def test_cada_resposta_segue_a_descricao(simulador, nome):
    modos = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    casos = st.one_of([OPERACOES[nome].as_strategy(generation_mode=modo) for modo in modos])

    @settings(max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(caso=casos)
    def conferir(caso: Case) -> None:
        cabecalhos = {"Authorization": f"Bearer {simulador.token}"}
        caso.call_and_validate(base_url=simulador.base_url, headers=cabecalhos, checks=EXIGENCIAS)

    conferir()
