from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.utils.timezone import now

from act_portal.auditoria import servicos
from act_portal.auditoria.models import PORTAL, Acesso, Corrente, Evento
from act_portal.auditoria.selos import guardavel, instante, selar
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UsuarioFabrica

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipio():
    return MunicipioFabrica()


def registrar(municipio=None, acao: str = "teste.feito", **dados) -> Evento:
    with transaction.atomic():
        return servicos.registrar(acao, municipio=municipio, autor=None, **dados)


def mexer(sql: str, *valores) -> None:
    """What somebody with the database in hand can do: the triggers are in their way only for a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for tabela in ("auditoria_evento", "auditoria_acesso"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {tabela} DISABLE TRIGGER so_acrescenta")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {tabela}_so_acrescenta")
        cursor.execute(sql, valores)


def conferir(*args: str) -> tuple[int, str]:
    saida = StringIO()
    try:
        call_command("conferir_trilha", *args, stdout=saida)
    except SystemExit as fim:
        return int(fim.code), saida.getvalue()
    return 0, saida.getvalue()


def quebras(*args: str) -> list[tuple[str, int | None, str]]:
    codigo, texto = conferir("--json", *args)
    achado = json.loads(texto)
    assert codigo == (0 if achado["integra"] else 1)
    return [(q["corrente"], q["numero"], q["tipo"]) for q in achado["quebras"]]


# --- Writing ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_registrar_fora_da_transacao_do_fato_e_erro_de_programa():
    with pytest.raises(RuntimeError):
        servicos.registrar("x", municipio=None, autor=None)


def test_cada_municipio_tem_a_sua_corrente_e_o_portal_lembra_de_todas(municipio):
    outro = MunicipioFabrica()

    eventos = [registrar(municipio), registrar(outro), registrar(municipio), registrar()]

    assert [(e.corrente, e.numero) for e in eventos] == [
        (municipio.pk, 1), (outro.pk, 1), (municipio.pk, 2), (PORTAL, 3)
    ]  # fmt: skip
    abertas = Evento.objects.filter(acao=servicos.CORRENTE_ABERTA)
    assert [evento.dados["corrente"] for evento in abertas] == [municipio.pk, outro.pk]


@pytest.mark.django_db(transaction=True)
def test_fato_desfeito_nao_deixa_buraco(municipio):
    registrar(municipio)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        servicos.registrar("x", municipio=municipio, autor=None)
        raise ZeroDivisionError

    assert registrar(municipio).numero == 2
    assert quebras() == []


@pytest.mark.django_db(transaction=True)
def test_seis_escrevem_na_mesma_corrente_sem_buraco_e_sem_bifurcar(municipio):
    def varios(_) -> list[int]:
        return [registrar(municipio, vez=vez).numero for vez in range(4)]

    numeros = [numero for lista in correr(varios, range(6)) for numero in lista]

    assert sorted(numeros) == list(range(1, 25))
    assert quebras() == []
    assert Evento.objects.filter(acao=servicos.CORRENTE_ABERTA).count() == 1


def test_evento_e_acesso_nao_se_alteram_nem_se_apagam(municipio):
    evento = registrar(municipio)
    servicos.registrar_acesso(UsuarioFabrica(), "abriu", municipio, titular_id=None, municipio=municipio)
    acesso = Acesso.objects.get()

    for linha in (evento, acesso):
        todas = type(linha)._default_manager
        with pytest.raises(TypeError):
            linha.save()
        with pytest.raises(TypeError):
            linha.delete()
        with pytest.raises(TypeError):
            todas.update(acao="x")
        with pytest.raises(TypeError):
            todas.filter(pk=1).delete()
        with pytest.raises(TypeError):
            todas.bulk_update([linha], ["acao"])


def test_o_banco_tambem_recusa(municipio):
    registrar(municipio)
    comandos = ["UPDATE auditoria_evento SET acao = 'x'"]
    if connection.vendor == "postgresql":
        comandos.append("DELETE FROM auditoria_evento")

    for sql in comandos:
        with pytest.raises(Error, match="so se acrescenta"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    assert Evento.objects.filter(acao="teste.feito").count() == 1


# --- The normal form ----------------------------------------------------------------------------------------------
def test_o_selo_resiste_a_ida_e_volta_ao_banco(municipio):
    registrar(
        municipio,
        texto="ação “ímpar” \u0301 💡",
        inteiro=2**53 + 1,
        grande=1e20,
        pequeno=1e-7,
        meio=0.1 + 0.2,
        redondo=3.0,
        menos_zero=-0.0,
        quando=datetime(2026, 11, 23, 4, 5, 6, 7, tzinfo=timezone(timedelta(hours=-3))),
        dia=date(2026, 11, 23),
        valor=Decimal("1.10"),
        codigo=UUID(int=7),
        lista=(1, None, True, {"b": 1, "a": [2]}),
        conjunto={"b", "a"},
        chaves={2: "dois"},
    )

    dados = Evento.objects.get(acao="teste.feito").dados

    assert quebras() == []
    assert dados["quando"] == "2026-11-23T07:05:06.000007+00:00"
    assert (dados["grande"], dados["redondo"], dados["menos_zero"]) == (10**20, 3, 0)
    assert (dados["lista"], dados["conjunto"]) == ([1, None, True, {"b": 1, "a": [2]}], ["a", "b"])


@pytest.mark.parametrize("valor", [float("nan"), float("inf"), "a\0b", "\ud800"])
def test_o_que_um_banco_recusaria_e_recusado_antes(valor):
    with pytest.raises(ValueError):
        guardavel({"x": valor})


def test_objeto_inteiro_nao_cabe_na_trilha(municipio):
    with pytest.raises(TypeError):
        registrar(municipio, quem=municipio)


def test_o_mesmo_instante_tem_um_so_texto():
    instante_utc = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    assert instante(instante_utc) == instante(instante_utc.astimezone(timezone(timedelta(hours=-3))))
    assert instante(instante_utc).endswith("05.000000+00:00")


def test_o_selo_depende_da_chave_de_fora_do_banco(settings):
    antes = selar("a")
    settings.AUDITORIA_CHAVE = "outra"

    assert selar("a") != antes


# --- Checking -----------------------------------------------------------------------------------------------------
@pytest.fixture
def corrente(municipio) -> str:
    for vez in range(1, 6):
        registrar(municipio, vez=vez)
    return municipio.pk


def test_trilha_integra(corrente):
    assert conferir() == (0, "A trilha está íntegra: 6 eventos em 2 correntes.\n")


def test_trilha_vazia_e_integra():
    assert conferir() == (0, "A trilha está íntegra: 0 eventos em 0 correntes.\n")


@pytest.mark.parametrize(
    ("coluna", "valor"),
    [("acao", "outra"), ("dados", '{"vez": 9}'), ("alvo_id", "7"), ("alvo_tipo", "x"), ("selo", "0" * 64)],
)
def test_acha_alteracao(corrente, coluna, valor):
    sql = f"UPDATE auditoria_evento SET {coluna} = %s WHERE corrente = %s AND numero = 3"  # noqa: S608
    mexer(sql, valor, corrente)

    assert (corrente, 3, "alterado") in quebras()


def test_acha_mudanca_de_autor_e_de_data(corrente):
    mexer("UPDATE auditoria_evento SET autor_id = %s WHERE corrente = %s AND numero = 2", UsuarioFabrica().pk, corrente)
    ontem = connection.ops.adapt_datetimefield_value(now() - timedelta(days=1))
    mexer("UPDATE auditoria_evento SET criado_em = %s WHERE corrente = %s AND numero = 4", ontem, corrente)

    assert quebras() == [(corrente, 2, "alterado"), (corrente, 4, "alterado")]


def test_acha_apagado_no_meio_e_o_diz_em_palavras(corrente):
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s AND numero IN (2, 3)", corrente)

    codigo, texto = conferir()

    assert codigo == 1
    assert texto.splitlines() == [
        f"Município {corrente}: Faltam os eventos 2 a 3.",
        "A trilha foi mexida em 1 lugar: 4 eventos em 2 correntes.",
    ]


def test_acha_apagado_e_renumerado(corrente):
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s AND numero = 3", corrente)
    mexer("UPDATE auditoria_evento SET numero = 3 WHERE corrente = %s AND numero = 4", corrente)
    mexer("UPDATE auditoria_evento SET numero = 4 WHERE corrente = %s AND numero = 5", corrente)

    assert (corrente, 3, "alterado") in quebras()


def test_acha_troca_de_lugar(corrente):
    for de, para in [(2, 99), (3, 2), (99, 3)]:
        mexer("UPDATE auditoria_evento SET numero = %s WHERE corrente = %s AND numero = %s", para, corrente, de)

    assert {(corrente, 2, "alterado"), (corrente, 3, "alterado")} <= set(quebras())


def test_acha_corte_no_fim(corrente):
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s AND numero > 3", corrente)

    assert (corrente, 4, "apagado") in quebras()


def test_acha_corte_no_fim_com_a_ponta_forjada(corrente):
    terceiro = Evento.objects.get(corrente=corrente, numero=3)
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s AND numero > 3", corrente)
    Corrente.objects.filter(nome=corrente).update(numero=3, ultimo_selo=terceiro.selo)

    assert quebras() == [(corrente, None, "ponta")]


def test_acha_volta_a_uma_copia_antiga_com_ponta_e_tudo_depois_de_um_marco(corrente):
    copia = Corrente.objects.get(nome=corrente)
    registrar(corrente)
    servicos.marcar()
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s AND numero > 5", corrente)
    copia.save()

    assert quebras() == [(corrente, 6, "marca")]


def test_acha_evento_posto_depois_do_fim(corrente):
    mexer("UPDATE auditoria_evento SET corrente = %s, numero = 6 WHERE corrente = %s AND numero = 1", corrente, PORTAL)

    assert (corrente, 6, "sobra") in quebras()


def test_acha_corrente_inteira_apagada_com_a_ponta(corrente):
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s", corrente)
    Corrente.objects.filter(nome=corrente).delete()

    assert quebras() == [(corrente, None, "ponta")]


def test_acha_corrente_inteira_apagada_e_sua_abertura_tambem(corrente):
    mexer("DELETE FROM auditoria_evento")
    Corrente.objects.filter(nome=corrente).delete()

    assert quebras() == [(PORTAL, 1, "apagado")]


def test_acha_a_corrente_do_portal_apagada(corrente):
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s", PORTAL)
    Corrente.objects.filter(nome=PORTAL).delete()

    assert quebras() == [(corrente, None, "abertura")]


def test_uma_conferencia_guardada_fora_acha_o_banco_inteiro_zerado(corrente, tmp_path):
    guardada = tmp_path / "ontem.json"
    guardada.write_text(conferir("--json")[1])
    mexer("DELETE FROM auditoria_evento")
    Corrente.objects.all().delete()

    assert quebras() == []
    achadas = quebras("--anterior", str(guardada))

    assert (corrente, 5, "marca") in achadas
    assert (PORTAL, 1, "marca") in achadas


def test_so_um_municipio(corrente):
    outro = registrar(MunicipioFabrica()).corrente
    mexer("DELETE FROM auditoria_evento WHERE corrente = %s AND numero = 2", corrente)

    assert quebras("--municipio", outro) == []
    assert quebras("--municipio", corrente) == [(corrente, 2, "apagado")]


def test_arquivo_anterior_que_nao_presta_e_dito(tmp_path):
    (tmp_path / "x.json").write_text("[]")

    with pytest.raises(CommandError, match="não é o resultado"):
        conferir("--anterior", str(tmp_path / "x.json"))


def test_marcar_so_escreve_quando_algo_mudou(corrente, caplog):
    with caplog.at_level("INFO"):
        marco = servicos.marcar()

    assert marco.dados["pontas"][corrente][0] == 5
    assert marco.selo in caplog.text
    assert servicos.marcar() is None
    registrar(MunicipioFabrica())
    assert corrente not in servicos.marcar().dados["pontas"], "só o que mudou"
    assert quebras() == []


# --- Who looked at whose data -------------------------------------------------------------------------------------
def test_o_mesmo_olhar_em_cinco_minutos_conta_uma_vez(municipio, monkeypatch):
    usuario, outro = UsuarioFabrica(), UsuarioFabrica()

    def ver(quem=usuario, acao="abriu"):
        servicos.registrar_acesso(quem, acao, municipio, titular_id=7, municipio=municipio)

    ver()
    ver()
    ver(outro)
    ver(acao="baixou")
    assert Acesso.objects.count() == 3

    monkeypatch.setattr(servicos, "now", lambda: now() + timedelta(minutes=6))
    ver()
    assert Acesso.objects.count() == 4
    primeiro = Acesso.objects.order_by("pk").first()
    assert (primeiro.usuario, primeiro.titular_id, primeiro.alvo_tipo) == (usuario, 7, "territorio.municipio")
