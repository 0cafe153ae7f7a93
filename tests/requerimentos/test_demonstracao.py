"""The demonstration: made once for this file's long test, because making it takes seconds."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils.timezone import localtime, now

from act_portal.auditoria.conferencia import conferir as conferir_trilha
from act_portal.auditoria.models import Evento
from act_portal.contagens.servicos import conferir as conferir_contagens
from act_portal.contas.models import Usuario
from act_portal.demonstracao.contas import UNIDADES
from act_portal.demonstracao.lugares import BELO_VALE, JABOTICATUBAS
from act_portal.demonstracao.relogio import relogio_em
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Municipio
from requerimentos.acompanhamento import ronda
from requerimentos.demonstracao import inss, montar
from requerimentos.models import Atendimento, Aviso, Exigencia, Pessoa, Requerimento, Resultado
from requerimentos.situacoes import Etapa, SituacaoAviso, SituacaoExigencia, SituacaoInss, TipoResultado
from tests.fabricas import EntidadeFabrica, MunicipioFabrica, UnidadeFabrica


@pytest.fixture
def territorio(db) -> None:
    for codigo in UNIDADES:
        UnidadeFabrica(codigo=codigo)
    MunicipioFabrica(codigo_ibge=JABOTICATUBAS, nome="Jaboticatubas")
    MunicipioFabrica(codigo_ibge=BELO_VALE, nome="Belo Vale")


def retrato() -> dict:
    """What a poll of INSS could change."""
    return {
        "pedidos": list(Requerimento.objects.order_by("pk").values_list("etapa", "situacao_inss", "unidade_analise")),
        "exigencias": list(Exigencia.objects.order_by("pk").values_list("situacao", "prazo", "prazo_inss")),
        "resultados": list(Resultado.objects.order_by("pk").values_list("tipo", "beneficio", "decidido_em")),
        "avisos": Aviso.objects.count(),
    }


def test_demonstracao_tem_de_tudo_e_o_inss_de_treino_concorda(territorio, simulador, settings):
    simulador.usar(settings)

    call_command("demonstracao", stdout=StringIO())

    for municipio in (JABOTICATUBAS, BELO_VALE):
        pedidos = Requerimento.objects.filter(municipio=municipio)
        assert set(pedidos.values_list("etapa", flat=True)) == set(Etapa.values)
        assert set(pedidos.values_list("situacao_inss", flat=True)) == {*SituacaoInss.values, ""}
        resultados = Resultado.objects.filter(requerimento__municipio=municipio)
        assert set(resultados.values_list("tipo", flat=True)) == set(TipoResultado.values)
        exigencias = Exigencia.objects.filter(requerimento__municipio=municipio)
        assert {SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA, SituacaoExigencia.CUMPRIDA} <= set(
            exigencias.values_list("situacao", flat=True)
        )
        fila = Atendimento.objects.filter(municipio=municipio, dia=localtime().date()).na_fila()
        assert len(set(fila.values_list("prioridade", flat=True))) >= 4
        assert Pessoa.objects.filter(municipio=municipio).count() == 60
    assert not Pessoa.objects.filter(ficticia=False).exists()
    assert Aviso.objects.filter(situacao=SituacaoAviso.FALHOU).exists()
    assert not Aviso.objects.filter(situacao=SituacaoAviso.PENDENTE).exists()
    assert conferir_trilha().quebras == []
    assert conferir_contagens() == []
    # Nothing is late: the portal is healthy from its first second.
    assert not Saida.objects.atrasadas(now() - timedelta(minutes=1)).exists()
    momentos = list(
        Evento.objects.filter(corrente=JABOTICATUBAS).order_by("numero").values_list("criado_em", flat=True)
    )
    assert momentos == sorted(momentos)

    antes = retrato(), Usuario.objects.count()
    call_command("demonstracao", stdout=StringIO())
    assert (retrato(), Usuario.objects.count()) == antes

    assert inss.plantar() == Requerimento.objects.exclude(protocolo="").count()
    assert inss.plantar() == 0, "o que o INSS já tem não é contado de novo"
    vivos = Requerimento.objects.filter(proxima_consulta_em__isnull=False)
    vivos.update(proxima_consulta_em=now())
    assert ronda.consultar_vencidos(lote=200) == vivos.count() > 0
    assert not Requerimento.objects.exclude(inss_falha="").exists()
    assert retrato() == antes[0], "a primeira consulta não muda nada"


def test_contas_saem_com_a_senha(territorio):
    with relogio_em(now() - timedelta(days=90)):
        montar.criar_balcoes(now().date())
        montar.criar_contas(now().date())
    saida = StringIO()

    call_command("demonstracao", contas=True, stdout=saida)

    assert "demonstracao-123" in saida.getvalue()
    assert "ana@exemplo.invalid" in saida.getvalue()
    assert "(conta desativada)" in saida.getvalue()
    assert Usuario.objects.get(email="ana@exemplo.invalid").check_password("demonstracao-123")
    assert Usuario.objects.annotate(n=Count("vinculos")).filter(n=2).count() == 1
    # With the mark of staff alone the technical panel opens, and every table in it answers 403.
    assert Usuario.objects.get(email="ivone@exemplo.invalid").is_superuser


def test_sem_dados_ficticios_nada_e_criado(territorio, settings):
    settings.DADOS_FICTICIOS = False

    with pytest.raises(CommandError, match="fora da produção"):
        call_command("demonstracao", stdout=StringIO())

    assert not Usuario.objects.exists()


def test_municipio_que_ja_tem_entidade_fica_como_esta(territorio):
    EntidadeFabrica(municipio=Municipio.objects.get(pk=JABOTICATUBAS), nome="Prefeitura de verdade")

    with pytest.raises(CommandError, match="já tem uma entidade"):
        call_command("demonstracao", stdout=StringIO())

    assert not Usuario.objects.exists()
    assert not montar.existe()


def test_relogio_anda_so_dentro_do_bloco():
    ontem = now() - timedelta(days=1)

    with relogio_em(ontem):
        assert now() == ontem
        assert localtime() == ontem

    assert now() - ontem > timedelta(hours=23)
