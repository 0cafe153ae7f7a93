"""The agreement of a town, as the papers of the desk name it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import acordo_em_vigor
from act_portal.territorio.models import Entidade
from act_portal.territorio.servicos import AcordoFirmado, registrar_acordo
from tests.corridas import correr
from tests.fabricas import EntidadeFabrica, MunicipioFabrica

pytestmark = pytest.mark.django_db

FIRMADO = AcordoFirmado(
    nome="Município de Serra do Teste",
    cnpj="99000101000120",
    endereco="Praça da Matriz, 1",
    telefone="3133330000",
    email="prefeitura@exemplo.invalid",
    encarregado="Ouvidoria",
    encarregado_contato="ouvidoria@exemplo.invalid",
    acordo_tipo=Entidade.TipoAcordo.ACT,
    acordo_numero="007/2026",
    acordo_processo="35014.000007/2026-00",
    acordo_inicio=date(2026, 3, 2),
    acordo_fim=date(2031, 3, 1),
    servicos=["ctc"],
)


def test_o_primeiro_acordo_cria_a_entidade_e_deixa_rastro():
    municipio = MunicipioFabrica()

    entidade = registrar_acordo(municipio.pk, FIRMADO, autor=None)

    assert (entidade.municipio, entidade.acordo_numero, entidade.cnpj) == (municipio, "007/2026", "99000101000120")
    assert acordo_em_vigor(municipio, date(2031, 3, 1)) == entidade
    assert acordo_em_vigor(municipio, date(2031, 3, 2)) is None
    assert Evento.objects.filter(corrente=municipio.pk, acao="territorio.acordo_registrado").count() == 1


def test_o_acordo_seguinte_fica_na_mesma_entidade():
    antiga = EntidadeFabrica(acordo_fim=date(2026, 3, 1), acordo_inicio=date(2021, 3, 1), prazo_guarda="20 anos")

    registrar_acordo(antiga.municipio_id, FIRMADO, autor=None)

    antiga.refresh_from_db()
    assert (antiga.acordo_numero, antiga.acordo_fim, antiga.prazo_guarda) == ("007/2026", date(2031, 3, 1), "20 anos")


def test_o_acordo_seguinte_volta_a_abrir_pedidos_novos():
    antiga = EntidadeFabrica(
        acordo_fim=date(2026, 3, 1), acordo_inicio=date(2021, 3, 1), sem_novos_desde=date(2026, 2, 15)
    )

    registrar_acordo(antiga.municipio_id, FIRMADO, autor=None)

    antiga.refresh_from_db()
    assert antiga.sem_novos_desde is None


def test_registrar_de_novo_o_mesmo_acordo_nao_e_conflito():
    municipio = MunicipioFabrica()
    registrar_acordo(municipio.pk, FIRMADO, autor=None)

    entidade = registrar_acordo(municipio.pk, replace(FIRMADO, telefone="3132220000"), autor=None)

    assert entidade.telefone == "3132220000"


def test_dois_acordos_nao_valem_ao_mesmo_tempo():
    antiga = EntidadeFabrica(acordo_inicio=date(2024, 1, 1), acordo_fim=date(2029, 1, 1), acordo_numero="001/2024")

    with pytest.raises(ErroDeDominio, match="já tem o acordo 001/2024, que vai até 01/01/2029"):
        registrar_acordo(antiga.municipio_id, FIRMADO, autor=None)


def test_o_cnpj_de_outra_prefeitura_e_dito():
    EntidadeFabrica(cnpj=FIRMADO.cnpj)

    with pytest.raises(ErroDeDominio, match="CNPJ já é o da prefeitura de outro município"):
        registrar_acordo(MunicipioFabrica().pk, FIRMADO, autor=None)


@pytest.mark.django_db(transaction=True)
def test_dois_registros_ao_mesmo_tempo_deixam_um_so():
    municipio = MunicipioFabrica()

    def registrar(numero: int) -> str:
        try:
            firmado = replace(FIRMADO, acordo_numero=f"00{numero}/2026")
            return registrar_acordo(municipio.pk, firmado, autor=None).acordo_numero
        except ErroDeDominio as erro:
            return str(erro)[:30]

    feitos = correr(registrar, [1, 2])

    assert sum(feito in {"001/2026", "002/2026"} for feito in feitos) == 1
    assert Entidade.objects.filter(municipio=municipio).count() == 1
