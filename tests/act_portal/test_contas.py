"""Sign-in, sign-out and roles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Evento
from act_portal.contas import sessao
from act_portal.contas.models import Usuario, Vinculo
from act_portal.territorio.models import Municipio, UnidadeInss
from tests.act_portal.contas import ENTRAR, SENHA, entrar, mudar_sessao
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, UsuarioFabrica, com_papel

pytestmark = pytest.mark.django_db


def acoes() -> list[str]:
    return list(Evento.objects.order_by("pk").values_list("acao", flat=True))


@pytest.fixture
def atendente() -> Usuario:
    return com_papel("atendente", MunicipioFabrica())


# --- Sign-in --------------------------------------------------------------------------------------------------------
def test_quem_tem_um_papel_so_entra_direto(client, atendente):
    resposta = entrar(client, atendente)

    assert resposta.status_code == 302
    assert resposta["Location"] == "/painel/"
    assert client.session[sessao.VINCULO] == atendente.vinculos.get().pk
    assert Evento.objects.get(acao="contas.entrou").corrente == atendente.vinculos.get().municipio_id


def test_o_email_entra_com_qualquer_caixa_de_letra(client, atendente):
    resposta = client.post(ENTRAR, {"email": f" {atendente.email.upper()} ", "senha": SENHA})

    assert resposta.status_code == 302


@pytest.mark.parametrize("quem", ["senha_errada", "desconhecido", "desativado"])
def test_a_recusa_nao_diz_se_a_conta_existe(client, atendente, quem):
    email, senha = atendente.email, SENHA
    if quem == "senha_errada":
        senha = "outra-senha-qualquer"
    elif quem == "desconhecido":
        email = "ninguem@exemplo.invalid"
    else:
        Usuario.objects.filter(pk=atendente.pk).update(is_active=False)

    resposta = client.post(ENTRAR, {"email": email, "senha": senha})

    assert resposta.status_code == 422
    assert "E-mail ou senha não conferem." in resposta.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_falha_vai_para_a_trilha_sem_o_que_foi_digitado(client, atendente):
    entrar(client, atendente, "senha-errada-mesmo")
    client.post(ENTRAR, {"email": "ninguem@exemplo.invalid", "senha": "x"})

    eventos = Evento.objects.filter(acao="contas.entrada_recusada").order_by("pk")
    assert [(e.alvo_id, e.dados) for e in eventos] == [
        (str(atendente.pk), {"etapa": "senha"}),
        ("", {"etapa": "senha"}),
    ]


def test_o_axes_nao_guarda_email_nem_senha_nem_historico(client, atendente):
    entrar(client, atendente, "senha-errada-mesmo", next="/requerimentos/")
    tentativa = AccessAttempt.objects.get()
    entrar(client, atendente)

    guardado = " ".join(str(valor) for valor in vars(tentativa).values())
    assert atendente.email not in guardado
    assert "senha-errada-mesmo" not in guardado
    assert not AccessLog.objects.exists()


def test_a_sexta_falha_fecha_por_quinze_minutos_e_diz_isso(client, atendente):
    for _ in range(5):
        assert entrar(client, atendente, "errada").status_code == 422

    resposta = entrar(client, atendente, "errada")

    assert resposta.status_code == 429
    assert "Espere <strong>15 minutos</strong>" in resposta.content.decode()
    assert 0 < int(resposta["Retry-After"]) <= 900


def test_com_a_conta_fechada_nem_a_senha_certa_entra_ate_passar_o_prazo(client, atendente):
    for _ in range(6):
        entrar(client, atendente, "errada")
    assert entrar(client, atendente).status_code == 429

    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=16))

    assert entrar(client, atendente).status_code == 302


def test_insistir_com_a_conta_fechada_nao_estica_o_prazo(client, atendente):
    for _ in range(6):
        entrar(client, atendente, "errada")
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=10))

    resposta = entrar(client, atendente, "errada")

    assert "Espere <strong>5 minutos</strong>" in resposta.content.decode()


def test_conta_que_nao_existe_fecha_igual(client):
    for _ in range(6):
        resposta = client.post(ENTRAR, {"email": "ninguem@exemplo.invalid", "senha": "x"})

    assert resposta.status_code == 429


def test_a_conta_fechada_de_um_endereco_abre_de_outro(client, atendente):
    for _ in range(6):
        entrar(client, atendente, "errada")

    resposta = Client(REMOTE_ADDR="203.0.113.9").post(ENTRAR, {"email": atendente.email, "senha": SENHA})

    assert resposta.status_code == 302


def test_de_uma_casa_em_ipv6_a_conta_fecha_de_qualquer_endereco(client, atendente):
    for n in range(6):
        client.post(ENTRAR, {"email": atendente.email, "senha": "errada"}, REMOTE_ADDR=f"2001:db8:1:2::{n + 1}")

    da_mesma_casa = client.post(ENTRAR, {"email": atendente.email, "senha": SENHA}, REMOTE_ADDR="2001:db8:1:2::99")
    de_outra = Client().post(ENTRAR, {"email": atendente.email, "senha": SENHA}, REMOTE_ADDR="2001:db8:1:3::1")

    assert (da_mesma_casa.status_code, de_outra.status_code) == (429, 302)


@pytest.mark.parametrize("conhecida", [True, False])
def test_muitos_enderecos_contra_uma_conta_recebem_429_exista_ela_ou_nao(client, atendente, monkeypatch, conhecida):
    from act_portal.contas.views import entrada

    monkeypatch.setattr(entrada, "POR_CONTA", 3)
    email = atendente.email if conhecida else "ninguem@exemplo.invalid"
    situacoes = [
        Client(REMOTE_ADDR=f"203.0.113.{n}").post(ENTRAR, {"email": email, "senha": "errada"}).status_code
        for n in range(3)
    ]

    resposta = client.post(ENTRAR, {"email": email, "senha": SENHA})

    assert [*situacoes, resposta.status_code] == [422, 422, 422, 429]
    assert "Espere <strong>15 minutos</strong>" in resposta.content.decode()
    assert resposta["Retry-After"] == "900"


def test_um_endereco_com_tentativas_demais_recebe_429(client, monkeypatch):
    from act_portal.contas.views import entrada

    monkeypatch.setattr(entrada, "POR_ENDERECO", 2)
    for n in range(2):
        client.post(ENTRAR, {"email": f"a{n}@exemplo.invalid", "senha": "x"})

    resposta = client.post(ENTRAR, {"email": "outro@exemplo.invalid", "senha": "x"}, HTTP_X_FORWARDED_FOR="1.2.3.4")

    assert resposta.status_code == 429


@pytest.mark.parametrize(
    ("pedido", "destino"),
    [
        ("/minha-conta/", "/minha-conta/"),
        ("https://outro.exemplo.invalid/x", "/painel/"),
        ("//outro.exemplo.invalid/x", "/painel/"),
        ("javascript:alert(1)", "/painel/"),
    ],
)
def test_depois_de_entrar_so_vai_para_pagina_do_portal(client, atendente, pedido, destino):
    resposta = entrar(client, atendente, next=pedido)

    assert resposta["Location"] == destino


def test_a_chave_da_sessao_muda_ao_entrar(client, atendente):
    mudar_sessao(client, qualquer=1)
    antes = client.session.session_key

    entrar(client, atendente)

    assert client.session.session_key != antes


def test_sair_so_por_post_e_deixa_rastro(client, atendente):
    entrar(client, atendente)

    assert client.get("/sair/").status_code == 405
    assert client.post("/sair/")["Location"] == ENTRAR
    assert "_auth_user_id" not in client.session
    assert "contas.saiu" in acoes()


def test_a_pagina_de_quem_entrou_nao_vale_sem_perguntar_ao_portal(client, atendente):
    entrar(client, atendente)

    cuidado = client.get("/painel/")["Cache-Control"]

    # Without `no-store`: going back must find what was typed.
    assert set(cuidado.split(", ")) == {"private", "no-cache"}
    assert not Client().get("/").has_header("Cache-Control")


def test_sair_manda_o_navegador_esquecer_as_paginas(client, atendente):
    entrar(client, atendente)

    assert client.post("/sair/")["Clear-Site-Data"] == '"cache"'


# --- Roles ----------------------------------------------------------------------------------------------------------
def test_quem_tem_varios_papeis_escolhe_antes_de_qualquer_tela(client):
    usuario = com_papel("atendente", MunicipioFabrica())
    outro = Vinculo.objects.create(usuario=usuario, papel="gestor", municipio=MunicipioFabrica(), inicio=localdate())

    assert entrar(client, usuario, next="/equipe/")["Location"] == "/papel/?next=%2Fequipe%2F"
    assert client.get("/equipe/")["Location"].startswith("/papel/")

    resposta = client.post("/papel/", {"vinculo": outro.pk, "next": "/equipe/"})

    assert resposta["Location"] == "/equipe/"
    assert client.get("/equipe/").status_code == 200
    assert Evento.objects.get(acao="contas.papel_escolhido").corrente == outro.municipio_id


def test_ninguem_escolhe_o_papel_de_outro(client, atendente):
    alheio = com_papel("administrador").vinculos.get()
    client.force_login(atendente)

    resposta = client.post("/papel/", {"vinculo": alheio.pk})

    assert resposta.status_code == 422
    assert client.session[sessao.VINCULO] == atendente.vinculos.get().pk


@pytest.mark.parametrize("caso", ["terminado", "futuro", "encerrado"])
def test_quem_nao_tem_papel_em_vigor_ve_a_quem_pedir(client, caso):
    municipio = MunicipioFabrica()
    gestor = com_papel("gestor", municipio)
    usuario = com_papel("atendente", municipio)
    hoje = localdate()
    campos = {
        "terminado": {"fim": hoje - timedelta(days=1)},
        "futuro": {"inicio": hoje + timedelta(days=3)},
        "encerrado": {"encerrado_em": now()},
    }[caso]
    usuario.vinculos.update(**campos)

    assert entrar(client, usuario)["Location"] == "/papel/"
    pagina = client.get("/papel/").content.decode()

    assert "Você ainda não tem acesso" in pagina
    assert gestor.email in pagina


# --- Reach ----------------------------------------------------------------------------------------------------------
def test_analista_alcanca_a_sua_regiao_e_mais_nada():
    sr = UnidadeFabrica(tipo="sr")
    gex = UnidadeFabrica(acima=sr)
    dentro, fora = MunicipioFabrica(unidade=gex), MunicipioFabrica()
    analista = com_papel("analista_inss", sr)

    assert list(Municipio.objects.visiveis_para(analista)) == [dentro]
    assert fora not in Municipio.objects.visiveis_para(analista)


def test_unidade_sem_caminho_nao_alcanca_o_pais_inteiro():
    gex = UnidadeFabrica()
    MunicipioFabrica(unidade=gex), MunicipioFabrica()
    UnidadeInss.objects.filter(pk=gex.pk).update(caminho="")

    assert not Municipio.objects.visiveis_para(com_papel("analista_inss", UnidadeInss.objects.get(pk=gex.pk))).exists()


def test_usuario_sem_vinculo_nao_alcanca_ninguem():
    MunicipioFabrica()
    assert not Municipio.objects.visiveis_para(UsuarioFabrica()).exists()
