from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from act_portal.contagens import consultas, servicos
from act_portal.contagens.models import ContagemDiaria
from act_portal.territorio.models import Municipio
from tests.corridas import correr
from tests.fabricas import BalcaoFabrica, com_papel

pytestmark = pytest.mark.django_db
DIA = date(2026, 11, 20)


@pytest.fixture
def balcao():
    return BalcaoFabrica()


@pytest.fixture
def fatos(monkeypatch) -> list[tuple]:
    """The rows that the recount of "pedido" sees."""
    fatos: list[tuple] = []
    monkeypatch.setattr(servicos, "RECONTAGENS", {})
    servicos.registrar_recontagem("pedido", lambda: iter(fatos))
    return fatos


def contar(fato="pedido", *, balcao, dia=DIA, **campos) -> None:
    with transaction.atomic():
        servicos.contar(fato, balcao=balcao, dia=dia, **campos)


def comando(*args: str) -> tuple[int, str]:
    saida = StringIO()
    try:
        call_command("recontar", *args, stdout=saida)
    except SystemExit as fim:
        return int(fim.code), saida.getvalue()
    return 0, saida.getvalue()


@pytest.mark.django_db(transaction=True)
def test_contar_fora_da_transacao_do_fato_e_erro_de_programa(balcao):
    with pytest.raises(RuntimeError):
        servicos.contar("pedido", balcao=balcao, dia=DIA)


def test_o_mesmo_dia_soma_e_outro_lugar_nao_se_mistura(balcao):
    contar(balcao=balcao, chave="bpc", soma=60)
    contar(balcao=balcao, chave="bpc", quantidade=2, soma=30)
    contar(balcao=balcao, chave="pensao")
    contar(balcao=balcao, dia=date(2026, 11, 21), chave="bpc")
    contar(balcao=BalcaoFabrica(), chave="bpc")

    linha = ContagemDiaria.objects.get(balcao=balcao, dia=DIA, chave="bpc")
    assert (linha.quantidade, linha.soma, linha.municipio) == (3, 90, balcao.municipio)
    assert ContagemDiaria.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_contagem_se_desfaz_com_o_fato(balcao):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        servicos.contar("pedido", balcao=balcao, dia=DIA)
        raise ZeroDivisionError

    assert not ContagemDiaria.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_seis_contam_juntos_e_nada_se_perde(balcao):
    def varias(_) -> None:
        for _vez in range(5):
            contar(balcao=balcao, soma=2)

    assert correr(varias, range(6)) == [None] * 6

    linha = ContagemDiaria.objects.get()
    assert (linha.quantidade, linha.soma) == (30, 60)


def test_conferir_acha_a_diferenca_e_recontar_acerta(balcao, fatos):
    contar(balcao=balcao, chave="bpc")
    contar(balcao=balcao, chave="sobra")
    fatos += [(balcao.municipio_id, balcao.pk, DIA, "bpc", 1, 0)] * 2
    fatos += [(balcao.municipio_id, balcao.pk, DIA, "falta", 1, 7)]

    codigo, texto = comando("--conferir")

    assert codigo == 1
    assert len(texto.splitlines()) == 3
    assert "pedido [bpc]: estava 1 (soma 0), os fatos dão 2 (soma 0)." in texto
    assert ContagemDiaria.objects.get(chave="bpc").quantidade == 1, "conferir não muda nada"

    codigo, texto = comando()
    assert (codigo, "3 contagens acertadas." in texto) == (0, True)
    assert comando("--conferir") == (0, "As contagens são iguais aos fatos.\n")
    assert set(ContagemDiaria.objects.values_list("chave", "quantidade", "soma")) == {("bpc", 2, 0), ("falta", 1, 7)}


def test_contagem_que_voltou_a_zero_e_igual_a_nenhuma(balcao, fatos):
    contar(balcao=balcao)
    contar(balcao=balcao, quantidade=-1)

    assert comando("--conferir")[0] == 0


def test_fato_que_ninguem_sabe_recontar_nao_passa_por_provado(balcao, fatos):
    contar("outro", balcao=balcao)

    codigo, texto = comando("--conferir")

    assert (codigo, texto) == (1, "outro: ninguém sabe recontar este fato.\n")


def test_um_fato_tem_uma_so_recontagem(fatos):
    with pytest.raises(ValueError):
        servicos.registrar_recontagem("pedido", list)


@pytest.mark.django_db(transaction=True)
def test_recontar_no_meio_do_movimento_nao_perde_nem_dobra(balcao, monkeypatch):
    """The counts are their own facts here: what is committed when the recount looks is what it must find."""

    def dos_fatos():
        linhas = ContagemDiaria.objects.filter(fato="fato").values_list(
            "municipio_id", "balcao_id", "dia", "chave", "quantidade", "soma"
        )
        return list(linhas)

    monkeypatch.setattr(servicos, "RECONTAGENS", {"espelho": dos_fatos})

    def passo(n: int):
        if n == 0:
            return len(servicos.recontar())
        with transaction.atomic():
            servicos.contar("fato", balcao=balcao, dia=DIA)
            servicos.contar("espelho", balcao=balcao, dia=DIA)
        return None

    fins = correr(passo, range(5))

    assert fins == [0, None, None, None, None]
    assert servicos.conferir() == []


def test_series_e_totais_por_municipio_e_periodo(balcao, django_assert_num_queries):
    outro = BalcaoFabrica()
    for dia, chave, soma in [(20, "a", 10), (20, "b", 20), (22, "a", 30)]:
        contar(balcao=balcao, dia=date(2026, 11, dia), chave=chave, soma=soma)
    contar(balcao=balcao, dia=date(2026, 12, 1), chave="a", soma=5)
    contar(balcao=outro, dia=DIA, chave="a", soma=1000)
    meus = Municipio.objects.visiveis_para(com_papel("gestor", balcao.municipio))
    periodo = {"municipios": meus, "inicio": date(2026, 11, 1), "fim": date(2026, 11, 30)}

    with django_assert_num_queries(1):
        serie = consultas.serie("pedido", **periodo)

    assert [(p.dia.day, p.quantidade, p.soma, p.media) for p in serie] == [(20, 2, 30, 15), (22, 1, 30, 30)]
    assert consultas.total("pedido", **periodo) == consultas.Total(3, 60)
    assert consultas.total("pedido", **periodo, chave="a").media == 20
    assert consultas.total("nada", **periodo).media is None
    assert consultas.por_chave("pedido", **periodo) == {"a": consultas.Total(2, 40), "b": consultas.Total(1, 20)}
    ano = periodo | {"fim": date(2026, 12, 31)}
    assert [(p.dia, p.quantidade) for p in consultas.serie("pedido", **ano, por_mes=True)] == [
        (date(2026, 11, 1), 3), (date(2026, 12, 1), 1)
    ]  # fmt: skip
    todos = periodo | {"municipios": Municipio.objects.all()}
    assert consultas.por_municipio("pedido", **todos)[outro.municipio_id] == consultas.Total(1, 1000)
    assert consultas.total("pedido", **todos, balcao_id=outro.pk).quantidade == 1
