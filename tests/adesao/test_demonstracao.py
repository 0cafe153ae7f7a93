"""The demonstration of the adhesion: every state, by the real services."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from act_portal.auditoria.conferencia import conferir as conferir_trilha
from act_portal.contas.models import Usuario
from act_portal.demonstracao.contas import UNIDADES, criar_contas, tabela
from act_portal.demonstracao.lugares import criar_balcoes
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Entidade, Municipio
from adesao.demonstracao.historias import ANTERIORES, HISTORIAS
from adesao.demonstracao.montar import PEDEM_ACESSO
from adesao.models import AcordoAnterior, Processo, Solicitacao
from adesao.situacoes import Situacao, SituacaoItem
from tests.adesao.fabricas import ProcessoFabrica
from tests.fabricas import MunicipioFabrica, UnidadeFabrica

pytestmark = pytest.mark.django_db


@pytest.fixture
def territorio(db) -> None:
    for codigo in UNIDADES:
        UnidadeFabrica(codigo=codigo)
    for codigo in [*(h.municipio for h in (*HISTORIAS, *ANTERIORES)), *(codigo for codigo, _ in PEDEM_ACESSO)]:
        MunicipioFabrica(codigo_ibge=codigo, nome=f"Cidade {codigo}")


@pytest.fixture
def balcoes(territorio) -> None:
    """The desks that the other demonstration opens first."""
    comeco = localdate() - timedelta(days=185)
    criar_balcoes(comeco)
    criar_contas(comeco)


def test_a_demonstracao_tem_todas_as_situacoes_e_so_se_cria_uma_vez(balcoes, client):
    nos_papeis = ("municipio", "nome", "cnpj", "endereco", "telefone", "encarregado", "encarregado_contato",
                  "acordo_tipo", "acordo_numero", "acordo_processo", "acordo_fim")  # fmt: skip
    antes = list(Entidade.objects.order_by("municipio").values(*nos_papeis))
    for _ in range(2):
        call_command("demonstracao_adesao", stdout=StringIO())

    # What the desk has printed by then names them so: another name would take the value of every paper.
    dos_balcoes = Entidade.objects.filter(municipio__in=[h.municipio for h in ANTERIORES])
    assert list(dos_balcoes.order_by("municipio").values(*nos_papeis)) == antes
    situacoes = list(Processo.objects.values_list("situacao", flat=True))
    assert set(situacoes) == set(Situacao.values)
    assert len(situacoes) == len(HISTORIAS) + len(ANTERIORES)
    for anterior in AcordoAnterior.objects.select_related("processo__acordo"):
        assert (anterior.situacao, anterior.processo.acordo.situacao) == ("confirmado", "operacao")
        assert set(anterior.processo.acordo.habilitacoes.values_list("situacao", flat=True)) == {"aberta"}
    itens = set(Processo.objects.values_list("itens__situacao", flat=True))
    assert {SituacaoItem.DEVOLVIDO, SituacaoItem.ACEITO, SituacaoItem.PRONTO, SituacaoItem.FALTA} <= itens
    assert set(Solicitacao.objects.values_list("situacao", flat=True)) == {"pendente", "recusada"}
    assert not Saida.objects.filter(tipo="adesao.avisar", estado="pendente").exists()
    assert conferir_trilha().integra
    _as_paginas_abrem(client)
    assert any("renata@exemplo.invalid" in linha for linha in tabela())


def _as_paginas_abrem(client) -> None:
    client.force_login(Usuario.objects.get(email="gilda@exemplo.invalid"))
    assert client.get("/adesao/fila/?etapa=todas").status_code == 200
    for processo in Processo.objects.filter(enviado_em__isnull=False):
        assert client.get(f"/adesao/{processo.codigo}/analise/").status_code == 200


def test_onde_ja_ha_adesao_a_demonstracao_nao_mexe(territorio):
    ProcessoFabrica(municipio=Municipio.objects.get(pk=HISTORIAS[0].municipio))

    with pytest.raises(CommandError, match="não mexe no que não é dela"):
        call_command("demonstracao_adesao", stdout=StringIO())


def test_em_producao_nao_existe(settings):
    settings.PRODUCAO = True

    with pytest.raises(CommandError, match="fora da produção"):
        call_command("demonstracao_adesao", stdout=StringIO())
