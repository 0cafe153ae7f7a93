"""The ten indicators: pure rules over plain facts, and the nightly measure from the daily counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from act_portal.contagens.servicos import contar
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Balcao
from act_portal.territorio.regras import somar_meses
from adesao.indicadores import servicos
from adesao.indicadores.catalogo import conferiveis, indicadores
from adesao.indicadores.regras import REGRAS, Fatos, Limites, medir, meses_antes
from adesao.models import Acordo, Medicao
from adesao.situacoes import Nivel
from tests.adesao.fabricas import em_operacao, pdf_assinado

HOJE = date(2026, 11, 27)
LIMITES = Limites(3, 2, 10, 30, 50, 60)
BOM, ATENCAO, RUIM, SEM = Nivel.EM_ORDEM, Nivel.ATENCAO, Nivel.IRREGULAR, Nivel.SEM_DADOS
AGO, SET, OUT, NOV = (date(2026, m, 1) for m in (8, 9, 10, 11))


def nivel(codigo: str, **fatos) -> Nivel:
    return medir(codigo, Fatos(hoje=HOJE, **fatos), LIMITES).nivel


def test_sao_dez_e_todos_tem_regra():
    assert {i.codigo for i in indicadores()} == set(REGRAS)
    assert [i.inciso for i in indicadores()] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


def test_meses_inteiros_antes_de_hoje():
    assert meses_antes(date(2026, 1, 31), 2) == [date(2025, 12, 1), date(2025, 11, 1)]


@pytest.mark.parametrize(
    ("desde", "por_mes", "esperado"),
    [
        (None, {}, SEM),
        (date(2026, 1, 5), {}, RUIM),
        (date(2026, 1, 5), {SET: 1}, ATENCAO),
        (date(2026, 1, 5), {OUT: 1}, BOM),
        (date(2026, 1, 5), {AGO: 1}, ATENCAO),
        # This month counts in favour, but three empty months are three empty months.
        (date(2026, 1, 5), {SET: 1, NOV: 2}, BOM),
        (date(2026, 1, 5), {NOV: 2}, RUIM),
        # The grace of two months after the opening, then three whole months.
        (date(2026, 6, 1), {}, RUIM),
        (date(2026, 6, 2), {}, ATENCAO),
        (date(2026, 9, 20), {}, BOM),
    ],
)
def test_esvaziado(desde, por_mes, esperado):
    assert nivel("esvaziado", em_operacao_desde=desde, protocolados_por_mes=por_mes) == esperado


@pytest.mark.parametrize(
    ("exigencias", "negados", "esperado"),
    [(0, 0, BOM), (23, 0, BOM), (24, 0, ATENCAO), (30, 0, RUIM), (0, 40, ATENCAO), (0, 50, RUIM)],
)
def test_qualidade_dos_pedidos(exigencias, negados, esperado):
    fatos = {"protocolados": 100, "exigencias": exigencias, "resultados": 100, "negados": negados}

    assert nivel("requerimentos", **fatos) == esperado


def test_com_poucos_pedidos_nao_se_julga():
    assert nivel("requerimentos", protocolados=9, exigencias=9) == SEM
    # Few results say nothing, even with many requests.
    assert nivel("requerimentos", protocolados=100, resultados=9, negados=9) == BOM


@pytest.mark.parametrize(("minutos", "esperado"), [(10, BOM), (48, ATENCAO), (60, RUIM)])
def test_espera(minutos, esperado):
    assert nivel("atendimento", esperas=20, espera_segundos=20 * 60 * minutos) == esperado


def test_sem_ninguem_com_acesso():
    assert nivel("acessos", em_operacao_desde=HOJE) == RUIM


@pytest.mark.parametrize(
    ("fim", "esperado"),
    [(HOJE - timedelta(1), RUIM), (HOJE, ATENCAO), (HOJE + timedelta(60), ATENCAO), (HOJE + timedelta(61), BOM)],
)
def test_certidao_que_vence(fim, esperado):
    pedidos = tuple(c for c in conferiveis() if c.vale_para("rpps", "act"))

    assert nivel("previdenciaria", conferiveis=pedidos, provas={"crp": fim}) == esperado


def test_rpps_pede_crp_e_rgps_prova_de_debitos():
    for regime, codigo in (("rpps", "crp"), ("rgps", "debitos-previdenciarios")):
        pedidos = tuple(c for c in conferiveis() if c.vale_para(regime, "act"))
        assert [c.codigo for c in pedidos if c.indicador == "previdenciaria"] == [codigo]
        assert nivel("previdenciaria", conferiveis=pedidos) == SEM


def test_vinculo_so_para_termo_de_adesao():
    do_act = tuple(c for c in conferiveis() if c.vale_para("rgps", "act"))

    assert nivel("vinculo", conferiveis=do_act) == BOM
    assert nivel("vinculo", conferiveis=do_act, fim_do_principal=HOJE - timedelta(1)) == RUIM


# --- Every night ----------------------------------------------------------------------------------------------------


@pytest.fixture
def operando(db):
    processo, inss = em_operacao()
    return processo.acordo, inss, processo.criado_por


def atual(acordo, indicador: str) -> Medicao:
    return Medicao.objects.get(acordo=acordo, indicador=indicador, ate__isnull=True)


def test_mede_das_contagens_e_guarda_so_o_que_mudou(operando):
    acordo, *_ = operando
    hoje = localdate()
    Acordo.objects.filter(pk=acordo.pk).update(em_operacao_desde=somar_meses(hoje, -8))

    assert servicos.medir_todos() == 10
    assert atual(acordo, "esvaziado").nivel == RUIM
    assert servicos.medir_todos() == 0
    with transaction.atomic():
        contar("protocolado", balcao=Balcao.objects.get(), dia=meses_antes(hoje, 1)[0], chave="bpc")
    assert servicos.medir_todos() == 1

    assert atual(acordo, "esvaziado").nivel == BOM
    assert Medicao.objects.filter(acordo=acordo, indicador="esvaziado").count() == 2


def test_o_que_a_adesao_provou_ja_conta(operando):
    acordo, *_ = operando
    servicos.medir_todos()

    assert atual(acordo, "previdenciaria").nivel == BOM
    assert atual(acordo, "representante").nivel == BOM
    assert atual(acordo, "cadastro").nivel == SEM


def test_mede_com_poucas_consultas(operando, django_assert_max_num_queries):
    servicos.medir_todos()
    with django_assert_max_num_queries(16):
        servicos.medir_todos()


def test_o_documento_do_municipio_so_conta_confirmado_e_o_do_inss_conta_logo(operando):
    acordo, inss, gestor = operando
    hoje = localdate()
    acordo.processo.itens.update(valido_ate=None, mandato_fim=hoje - timedelta(days=1))
    servicos.medir_todos()
    assert atual(acordo, "representante").nivel == RUIM

    enviada = servicos.enviar(
        acordo.pk, pdf_assinado(), documento="mandato", em=hoje, ate=hoje + timedelta(days=900), texto="Posse",
        autor=gestor,
    )  # fmt: skip
    assert atual(acordo, "representante").nivel == RUIM
    servicos.avaliar(acordo.pk, conferencia=enviada.pk, aceita=True, autor=inss.analista)
    assert atual(acordo, "representante").nivel == BOM

    servicos.enviar(acordo.pk, documento="sag", em=hoje, texto="SAG Gestão", autor=inss.analista)
    assert atual(acordo, "cadastro").nivel == BOM


@pytest.mark.parametrize(("dias", "quantos"), [(61, 0), (60, 1), (31, 1), (10, 1), (0, 1), (-1, 0)])
def test_o_municipio_ouve_uma_vez_em_cada_marco_que_uma_certidao_do_acordo_acaba(operando, dias, quantos):
    acordo, _, gestor = operando
    acordo.processo.itens.update(valido_ate=None, mandato_fim=None)
    acordo.processo.itens.filter(codigo="regularidade-federal").update(valido_ate=localdate() + timedelta(days=dias))

    for _ in range(2):
        servicos.medir_todos()

    avisos = Saida.objects.filter(tipo="adesao.avisar", carga__qual="validade_do_acordo")
    assert [a.carga["usuario"] for a in avisos] == [gestor.pk] * quantos


def test_o_que_o_inss_ainda_vai_conferir_nao_e_cobrado_de_novo(operando):
    acordo, _, gestor = operando
    hoje = localdate()
    acordo.processo.itens.update(valido_ate=None, mandato_fim=None)
    acordo.processo.itens.filter(codigo="poderes-representante").update(mandato_fim=hoje + timedelta(days=5))
    servicos.enviar(
        acordo.pk, pdf_assinado(), documento="mandato", em=hoje, ate=hoje + timedelta(days=900), texto="Posse",
        autor=gestor,
    )  # fmt: skip

    servicos.medir_todos()

    assert not Saida.objects.filter(carga__qual="validade_do_acordo").exists()


@pytest.mark.parametrize(
    ("dados", "frase"),
    [
        ({"documento": "crp"}, "não é pedido neste acordo"),
        ({"documento": "mandato", "ate": None}, "até quando vale"),
        ({"documento": "mandato", "ate": localdate() - timedelta(days=1)}, "Acabou em"),
        ({"documento": "mandato", "em": localdate() + timedelta(days=1)}, "ainda não chegou"),
        ({"documento": "mandato", "texto": " "}, "número do documento"),
        ({"documento": "mandato"}, "Envie o arquivo"),
    ],
)
def test_documento_ruim_e_recusado_com_o_que_fazer(operando, dados, frase):
    acordo, _, gestor = operando
    hoje = localdate()
    base = {"em": hoje, "ate": hoje + timedelta(days=100), "texto": "123"}

    with pytest.raises(ErroDeDominio, match=frase):
        servicos.enviar(acordo.pk, autor=gestor, **{**base, **dados})
