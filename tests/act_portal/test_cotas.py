"""Limits counted in the database: exact under a race, and closed when the database is gone."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.test import Client, RequestFactory

from act_portal.cotas import servicos
from act_portal.cotas.models import Cota
from act_portal.cotas.servicos import Limite, consumir, espera_por, ip
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, com_papel

JANELA = timedelta(minutes=15)


@pytest.fixture
def relogio(monkeypatch) -> list[datetime]:
    """The clock of the counters, in the middle of a window: no test depends on the minute it runs."""
    agora = [datetime(2026, 11, 23, 10, 7, tzinfo=UTC)]
    monkeypatch.setattr(servicos, "now", lambda: agora[0])
    return agora


@pytest.mark.django_db
@pytest.mark.usefixtures("relogio")
def test_cabe_ate_o_maximo_e_mais_nada():
    assert [consumir("prova", "a", maximo=3, janela=JANELA) for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
@pytest.mark.usefixtures("relogio")
def test_cada_nome_e_cada_parte_conta_em_separado():
    assert consumir("prova", "a", "b", maximo=1, janela=JANELA)
    assert consumir("prova", "ab", maximo=1, janela=JANELA)
    assert consumir("outra", "a", "b", maximo=1, janela=JANELA)
    assert not consumir("prova", "a", "b", maximo=1, janela=JANELA)


@pytest.mark.django_db
def test_a_janela_seguinte_comeca_do_zero(relogio):
    assert consumir("prova", "a", maximo=1, janela=JANELA)
    assert not consumir("prova", "a", maximo=1, janela=JANELA)

    relogio[0] += JANELA

    assert consumir("prova", "a", maximo=1, janela=JANELA)


@pytest.mark.django_db
@pytest.mark.usefixtures("relogio")
def test_o_que_se_conta_nao_fica_em_claro():
    consumir("entrar", "203.0.113.77", maximo=1, janela=JANELA)

    chave = Cota.objects.get().chave
    assert "203.0.113.77" not in chave
    # Whoever holds the table alone cannot try all addresses.
    assert hashlib.sha256(b"203.0.113.77").hexdigest()[:32] not in chave


@pytest.mark.django_db
@pytest.mark.usefixtures("relogio")
def test_a_contagem_depende_da_chave_desta_instalacao(settings):
    consumir("entrar", "203.0.113.77", maximo=1, janela=JANELA)
    settings.SECRET_KEY = "outra"

    consumir("entrar", "203.0.113.77", maximo=1, janela=JANELA)

    assert Cota.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("relogio")
def test_oito_ao_mesmo_tempo_e_passam_exatamente_tres():
    resultados = correr(lambda _: consumir("prova", "a", maximo=3, janela=JANELA), range(8))

    assert resultados.count(True) == 3, resultados
    assert resultados.count(False) == 5
    assert Cota.objects.get().usos == 3


@pytest.mark.django_db
def test_sem_banco_nao_libera(monkeypatch):
    def quebrado(self, *args, **kwargs):
        raise DatabaseError("fora do ar")

    monkeypatch.setattr(CursorWrapper, "execute", quebrado)

    with pytest.raises(DatabaseError):
        consumir("prova", "a", maximo=10, janela=JANELA)


@pytest.mark.django_db
def test_sem_banco_a_entrada_nao_confere_senha(client, monkeypatch):
    from act_portal.contas.views import entrada

    def quebrado(*args, **kwargs):
        raise DatabaseError("fora do ar")

    monkeypatch.setattr(entrada, "consumir", quebrado)
    monkeypatch.setattr(entrada, "authenticate", lambda *a, **k: pytest.fail("conferiu a senha sem contar"))

    with pytest.raises(DatabaseError):
        client.post("/entrar/", {"email": "a@exemplo.invalid", "senha": "x"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("relogio")
def test_a_contagem_nao_se_perde_com_a_recusa():
    assert not connection.in_atomic_block

    aceitas = [consumir("prova", "a", maximo=2, janela=JANELA) for _ in range(3)]

    assert aceitas == [True, True, False]
    assert Cota.objects.get().usos == 2


@pytest.mark.django_db
def test_varios_limites_contam_juntos_e_a_espera_e_a_do_mais_longo(relogio):
    curto, longo = (
        Limite("curto", ("a",), 2, timedelta(minutes=1)),
        Limite("longo", ("b",), 3, timedelta(hours=1)),
    )
    relogio[0] = datetime(2026, 11, 23, 10, 7, 20, tzinfo=UTC)

    esperas = [espera_por(curto, longo) for _ in range(4)]

    # The third is over the short one only, but it took the last place of the long one: before that ends, none fits.
    assert esperas == [None, None, timedelta(minutes=52, seconds=40), timedelta(minutes=52, seconds=40)]
    assert dict(Cota.objects.values_list("chave", "usos")) == {curto.chave: 2, longo.chave: 3}


@pytest.mark.django_db
@pytest.mark.usefixtures("relogio")
def test_o_limite_de_um_nao_aperta_o_do_outro():
    """The greatest allowance belongs to its own row, whatever the order they are written in."""
    folgado, apertado = Limite("a", ("x",), 9, JANELA), Limite("z", ("x",), 1, JANELA)

    assert espera_por(folgado, apertado) is None
    assert all(espera_por(folgado) is None for _ in range(8))
    assert espera_por(folgado) is not None
    assert espera_por(apertado) is not None


def test_o_endereco_vem_da_conexao_e_nao_do_cabecalho():
    pedido = RequestFactory().get("/", REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR="198.51.100.1")

    assert ip(pedido) == "203.0.113.5"


@pytest.mark.parametrize(
    ("um", "outro", "juntos"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.5", "203.0.113.5", True),
        ("::ffff:203.0.113.5", "::ffff:203.0.113.6", False),
        ("", "", True),
    ],
)
def test_uma_casa_com_ipv6_e_um_endereco_so(um, outro, juntos):
    enderecos = {ip(RequestFactory().get("/", REMOTE_ADDR=endereco)) for endereco in (um, outro)}

    assert (len(enderecos) == 1) == juntos


@pytest.mark.django_db
def test_um_endereco_so_nao_fecha_a_conta_para_os_outros(client, settings, monkeypatch):
    from act_portal.contas.views import entrada

    atendente = com_papel("atendente", MunicipioFabrica())
    monkeypatch.setattr(entrada, "POR_CONTA", settings.AXES_FAILURE_LIMIT + 2)
    for _ in range(settings.AXES_FAILURE_LIMIT * 2):
        Client(REMOTE_ADDR="203.0.113.9").post("/entrar/", {"email": atendente.email, "senha": "errada"})

    resposta = client.post("/entrar/", {"email": atendente.email, "senha": "senha-de-teste-123"})

    assert resposta.status_code == 302
