"""The administrators' page of the outbox and the managers' pages of the trail."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client

from act_portal.auditoria import rotulos as rotulos_da_trilha
from act_portal.auditoria import servicos as trilha
from act_portal.auditoria.models import Evento
from act_portal.saidas import rotulos
from act_portal.saidas.models import Saida
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipio():
    return MunicipioFabrica()


def como(papel: str, lugar=None) -> Client:
    cliente = Client()
    cliente.force_login(com_papel(papel, lugar), backend="django.contrib.auth.backends.ModelBackend")
    return cliente


def parada(chave: str = "a", **campos) -> Saida:
    return Saida.objects.create(tipo="teste.papel", chave=chave, estado="morta", erro="ConnectError", **campos)


# --- Who gets in --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("papel", "saidas", "eventos", "acessos"),
    [
        ("atendente", 403, 403, 403),
        ("gestor", 403, 200, 200),
        ("analista_inss", 403, 403, 403),
        ("administrador", 200, 200, 403),
    ],
)
def test_quem_entra_em_cada_pagina(municipio, papel, saidas, eventos, acessos):
    lugar = {"administrador": None, "analista_inss": UnidadeFabrica()}.get(papel, municipio)
    cliente = como(papel, lugar)

    assert cliente.get("/saidas/").status_code == saidas
    assert cliente.get("/auditoria/").status_code == eventos
    assert cliente.get("/auditoria/acessos/").status_code == acessos


@pytest.mark.parametrize("endereco", ["/saidas/", "/auditoria/", "/auditoria/acessos/"])
def test_sem_entrar_vai_para_a_entrada(client, endereco):
    resposta = client.get(endereco)

    assert (resposta.status_code, resposta["Location"].split("?")[0]) == (302, "/entrar/")


def test_so_o_administrador_manda_tentar_de_novo_e_so_por_post(municipio):
    saida = parada()

    for endereco in (f"/saidas/{saida.pk}/tentar/", "/saidas/tentar/"):
        assert como("gestor", municipio).post(endereco).status_code == 403
        assert como("administrador").get(endereco).status_code == 405

    saida.refresh_from_db()
    assert saida.estado == Saida.Estado.MORTA


# --- The outbox ---------------------------------------------------------------------------------------------------
def test_a_pagina_diz_o_que_falhou_em_palavras(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setitem(rotulos.TIPOS, "teste.papel", "Fazer os papéis")
    for n in range(35):
        parada(str(n))
    cliente = como("administrador")

    with django_assert_max_num_queries(20):
        texto = cliente.get("/saidas/").content.decode()

    assert "O trabalhador está parado." in texto
    assert "Fazer os papéis" in texto
    assert "O outro sistema não respondeu." in texto
    assert "ConnectError" not in texto
    assert "Tentar todas" in texto
    assert texto.count("/tentar/") == 31, "30 por página, e todas"


def test_fila_sem_problema_diz_que_esta_tudo_bem():
    texto = como("administrador").get("/saidas/").content.decode()

    assert "Nada parado" in texto
    assert "Tentar todas" not in texto


def test_tentar_de_novo_devolve_a_fila(fila_anotada):
    saida, outra = parada("a"), parada("b")
    cliente = como("administrador")

    resposta = cliente.post(f"/saidas/{saida.pk}/tentar/", follow=True)
    assert "voltou para a fila" in resposta.content.decode()
    assert list(Saida.objects.filter(estado="pendente")) == [saida]

    cliente.post("/saidas/tentar/")
    assert set(Saida.objects.filter(estado="pendente")) == {saida, outra}
    assert Evento.objects.filter(acao="saidas.tentar_de_novo", autor__isnull=False).count() == 2
    assert cliente.post("/saidas/999999/tentar/").status_code == 404
    assert "já não estava parada" in cliente.post(f"/saidas/{saida.pk}/tentar/", follow=True).content.decode()


# --- The trail ----------------------------------------------------------------------------------------------------
def registrar(municipio, acao="teste.enviou", autor=None, **dados) -> Evento:
    with transaction.atomic():
        return trilha.registrar(acao, municipio=municipio, autor=autor, alvo=autor, **dados)


def test_o_gestor_ve_so_o_seu_municipio_e_o_administrador_so_o_portal(municipio, monkeypatch):
    monkeypatch.setattr(rotulos_da_trilha, "ACOES", rotulos_da_trilha.ACOES | {
        "teste.enviou": "Enviou o pedido", "teste.outro": "Ação alheia", "teste.portal": "Ação do portal"
    })  # fmt: skip
    registrar(municipio)
    registrar(MunicipioFabrica(), "teste.outro")
    registrar(None, "teste.portal")

    do_gestor, do_administrador = (
        quem.get("/auditoria/").content.decode().partition("<tbody")[2]
        for quem in (como("gestor", municipio), como("administrador"))
    )

    assert [frase in do_gestor for frase in ("Enviou o pedido", "Ação alheia", "Ação do portal")] == [
        True,
        False,
        False,
    ]
    assert [frase in do_administrador for frase in ("Enviou o pedido", "Ação alheia", "Ação do portal")] == [
        False, False, True
    ]  # fmt: skip


def test_filtros_por_pessoa_acao_e_dia_no_fuso_da_cidade(municipio, monkeypatch):
    monkeypatch.setitem(rotulos_da_trilha.ACOES, "teste.sistema", "teste.sistema")
    municipio.fuso_horario = "America/Rio_Branco"
    municipio.save()
    ana, gestor = com_papel("atendente", municipio), como("gestor", municipio)
    # 23:30 of the 22nd in Rio Branco is already the 23rd in Brasília.
    monkeypatch.setattr(trilha, "now", lambda: datetime(2026, 11, 23, 4, 30, tzinfo=UTC))
    registrar(municipio, "teste.dela", autor=ana, de="rascunho", para="enviado")
    monkeypatch.setattr(trilha, "now", lambda: datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    registrar(municipio, "teste.sistema")

    def ve(**filtros) -> list[bool]:
        texto = gestor.get("/auditoria/", filtros).content.decode().split("<tbody")[-1]
        return ["teste.dela" in texto, "teste.sistema" in texto]

    assert ve() == [True, True]
    assert ve(pessoa=ana.pk) == [True, False]
    assert ve(acao="teste.sistema") == [False, True]
    assert ve(dia=date(2026, 11, 22).isoformat()) == [True, False]
    assert ve(dia=date(2026, 11, 23).isoformat()) == [False, True]
    texto = gestor.get("/auditoria/").content.decode()
    assert "22/11/2026 23:30:00" in texto
    assert "de “rascunho” para “enviado”" in texto
    assert "Cidadão ou sistema" in texto
    assert gestor.get("/auditoria/", {"dia": "ontem"}).status_code == 422
    assert gestor.get("/auditoria/", {"pessoa": com_papel("atendente", MunicipioFabrica()).pk}).status_code == 422


def test_acessos_so_do_municipio(municipio):
    outro = MunicipioFabrica()
    ana, eva = com_papel("atendente", municipio, nome="Ana Teste"), com_papel("atendente", outro, nome="Eva Teste")
    trilha.registrar_acesso(ana, "abriu", municipio, titular_id=41, municipio=municipio)
    trilha.registrar_acesso(eva, "abriu", outro, titular_id=42, municipio=outro)

    texto = como("gestor", municipio).get("/auditoria/acessos/").content.decode()

    assert "Ana Teste" in texto
    assert "cadastro 41" in texto
    assert "Eva Teste" not in texto
    assert "cadastro 42" not in texto


def test_muitos_eventos_em_paginas_e_com_poucas_consultas(municipio, django_assert_max_num_queries):
    ana = com_papel("atendente", municipio)
    for _ in range(60):
        registrar(municipio, autor=ana)
    gestor = como("gestor", municipio)

    with django_assert_max_num_queries(14):
        primeira = gestor.get("/auditoria/").content.decode()

    assert primeira.count("<tr role") == 51
    assert gestor.get("/auditoria/", {"pagina": 2}).content.decode().count("<tr role") == 11


def test_os_filtros_nao_varrem_a_trilha_atras_de_acoes(client, municipio, django_assert_max_num_queries):
    client.force_login(com_papel("gestor", municipio))
    with django_assert_max_num_queries(20) as consultas:
        eventos = client.get("/auditoria/").content.decode()
        acessos = client.get("/auditoria/acessos/").content.decode()

    assert not [c["sql"] for c in consultas.captured_queries if "DISTINCT" in c["sql"]]
    assert '<option value="contas.conta_desativada">' in eventos
    assert '<option value="abriu o pedido">' in acessos
    assert '<option value="abriu o pedido">' not in eventos
    assert '<option value="contas.entrou">' not in acessos
