"""The pretend INSS keeps to its own description, whatever is thrown at it."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi import checks

from tests.simulador import Simulador


@pytest.fixture
def contrato(simulador: Simulador):
    descricao = httpx.get(f"{simulador.base_url}/api/openapi.json", trust_env=False).json()
    esquema = schemathesis.openapi.from_dict(descricao)
    esquema.config.update(base_url=simulador.base_url)
    return esquema


esquema = schemathesis.pytest.from_fixture("contrato")


@esquema.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_cada_resposta_segue_a_descricao(case, simulador):
    # Well-formed nonsense is refused for what it says (422), so acceptance of valid data is not asked for.
    case.call_and_validate(
        headers={"Authorization": f"Bearer {simulador.token}"},
        checks=[
            schemathesis.checks.not_a_server_error,
            checks.status_code_conformance,
            checks.content_type_conformance,
            checks.response_schema_conformance,
            checks.negative_data_rejection,
            checks.unsupported_method,
        ],
    )
