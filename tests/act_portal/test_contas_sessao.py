"""The end of sessions, and what was typed too late."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.contas import servicos, sessao
from act_portal.contas.models import Usuario, Vinculo
from tests.act_portal.contas import ENTRAR, SENHA, entrar, mudar_sessao
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


def acoes() -> list[str]:
    return list(Evento.objects.order_by("pk").values_list("acao", flat=True))


@pytest.fixture
def atendente() -> Usuario:
    return com_papel("atendente", MunicipioFabrica())


# --- Access that ends at once ---------------------------------------------------------------------------------------
def test_vinculo_encerrado_poe_para_fora_no_pedido_seguinte(client, atendente):
    entrar(client, atendente)
    assert client.get("/minha-conta/").status_code == 200

    gestor = com_papel("gestor", atendente.vinculos.get().municipio)
    servicos.encerrar_vinculo(atendente.vinculos.get().pk, autor=gestor)

    resposta = client.get("/minha-conta/", follow=True)
    assert resposta.redirect_chain[0][0].startswith(ENTRAR)
    assert "Seu vínculo terminou." in resposta.content.decode()
    assert "_auth_user_id" not in client.session


def test_conta_desativada_sai_no_pedido_seguinte(client, atendente):
    entrar(client, atendente)

    servicos.desativar(atendente.pk, autor=com_papel("administrador"))

    resposta = client.get("/minha-conta/", follow=True)
    assert resposta.redirect_chain[0][0].startswith(ENTRAR)
    assert "a conta foi desativada" in resposta.content.decode()


def test_trocar_a_senha_derruba_as_outras_sessoes_e_guarda_esta(client, atendente):
    outra = Client()
    entrar(client, atendente)
    entrar(outra, atendente)

    nova = "outra-senha-bem-comprida"
    resposta = client.post("/minha-conta/senha/", {"atual": SENHA, "nova": nova, "repetida": nova})

    assert resposta["Location"] == "/minha-conta/"
    assert client.get("/minha-conta/").status_code == 200
    assert outra.get("/minha-conta/").status_code == 302
    assert "contas.senha_trocada" in acoes()


def test_sessao_parada_termina_no_servidor(client, atendente, settings):
    settings.SESSION_IDLE = timedelta(minutes=30)
    entrar(client, atendente)
    mudar_sessao(client, **{sessao.VISTO_EM: int(time.time()) - 31 * 60})

    resposta = client.get("/minha-conta/", follow=True)

    assert resposta.redirect_chain[0][0] == "/entrar/?next=%2Fminha-conta%2F"
    assert "ficou um tempo sem usar o portal" in resposta.content.decode()


def test_sessao_velha_demais_termina_mesmo_em_uso(client, atendente):
    entrar(client, atendente)
    mudar_sessao(client, **{sessao.ENTROU_EM: int(time.time()) - 11 * 3600})

    assert client.get("/minha-conta/")["Location"].startswith(ENTRAR)


def test_o_sinal_de_vida_e_escrito_no_maximo_uma_vez_por_minuto(client, atendente):
    entrar(client, atendente)
    visto = int(time.time()) - 10
    mudar_sessao(client, **{sessao.VISTO_EM: visto})
    client.get("/minha-conta/")
    assert client.session[sessao.VISTO_EM] == visto

    mudar_sessao(client, **{sessao.VISTO_EM: visto - 60})
    client.get("/minha-conta/")
    assert client.session[sessao.VISTO_EM] > visto


def test_pagina_que_se_atualiza_sozinha_nao_conta_como_uso(client, atendente):
    entrar(client, atendente)
    visto = int(time.time()) - 300
    mudar_sessao(client, **{sessao.VISTO_EM: visto})

    client.get("/minha-conta/", headers={"X-Segundo-Plano": "1"})

    assert client.session[sessao.VISTO_EM] == visto


def test_script_recebe_401_com_o_endereco_da_entrada(client, atendente):
    entrar(client, atendente)
    mudar_sessao(client, **{sessao.VISTO_EM: 1})

    resposta = client.get("/minha-conta/", headers={"HX-Request": "true"})

    assert resposta.status_code == 401
    assert resposta["HX-Redirect"].startswith(ENTRAR)


def test_sessao_vencida_em_pagina_publica_vira_visita(client, atendente):
    entrar(client, atendente)
    mudar_sessao(client, **{sessao.VISTO_EM: 1})

    resposta = client.get("/esqueci-a-senha/")

    assert resposta.status_code == 200
    assert atendente.nome not in resposta.content.decode()
    assert "_auth_user_id" not in client.session


# --- A form that came too late --------------------------------------------------------------------------------------
@pytest.fixture
def gestor() -> Usuario:
    return com_papel("gestor", MunicipioFabrica())


CONVITE = {"email": "nova@exemplo.invalid", "nome": "Nova Pessoa", "papel": "atendente", "inicio": "2026-01-05"}


def _perder_a_sessao(client, gestor, dados=CONVITE):
    entrar(client, gestor)
    mudar_sessao(client, **{sessao.VISTO_EM: 1})
    return client.post("/equipe/convidar/", urlencode(dados), content_type="application/x-www-form-urlencoded")


def test_o_que_chegou_tarde_volta_para_quem_digitou(client, gestor):
    _perder_a_sessao(client, gestor)
    assert not Usuario.objects.filter(email="nova@exemplo.invalid").exists()

    assert entrar(client, gestor)["Location"] == "/entrar/retomar/"
    pagina = client.get("/entrar/retomar/").content.decode()
    assert "Guardamos o que você digitou" in pagina
    assert 'action="/equipe/convidar/"' in pagina
    assert 'name="email" value="nova@exemplo.invalid"' in pagina
    assert pagina.count('name="csrfmiddlewaretoken"') >= 2

    client.post("/equipe/convidar/", CONVITE)
    assert Usuario.objects.filter(email="nova@exemplo.invalid").exists()
    assert sessao.GUARDADO not in client.session


def test_outra_pessoa_nunca_ve_o_que_ficou_guardado(client, gestor):
    _perder_a_sessao(client, gestor)
    outra = com_papel("gestor", MunicipioFabrica())

    assert entrar(client, outra)["Location"] == "/painel/"
    assert sessao.GUARDADO not in client.session
    assert client.get("/entrar/retomar/").status_code == 302

    client.post("/sair/")
    assert entrar(client, gestor)["Location"] == "/painel/"


def test_o_guardado_de_um_nao_se_mostra_a_outro_nem_na_mesma_sessao(client, gestor):
    _perder_a_sessao(client, gestor)
    guardado = client.session[sessao.GUARDADO]
    entrar(client, com_papel("gestor", MunicipioFabrica()))
    mudar_sessao(client, **{sessao.GUARDADO: guardado})

    assert client.get("/entrar/retomar/").status_code == 302


def test_o_guardado_vale_trinta_minutos(client, gestor, monkeypatch):
    _perder_a_sessao(client, gestor)
    monkeypatch.setattr("django.core.signing.time.time", lambda agora=time.time: agora() + 31 * 60)

    assert entrar(client, gestor)["Location"] == "/painel/"


def test_arquivos_e_formularios_enormes_nao_sao_guardados(client, gestor):
    entrar(client, gestor)
    mudar_sessao(client, **{sessao.VISTO_EM: 1})
    client.post("/equipe/convidar/", CONVITE)  # multipart

    assert sessao.GUARDADO not in client.session

    _perder_a_sessao(client, gestor, {**CONVITE, "nome": "x" * 200_001})
    assert sessao.GUARDADO not in client.session


def test_senhas_nunca_sao_guardadas(client, gestor):
    entrar(client, gestor)
    mudar_sessao(client, **{sessao.VISTO_EM: 1})

    client.post("/minha-conta/senha/", "atual=segredo&nova=segredo2", content_type="application/x-www-form-urlencoded")

    assert sessao.GUARDADO not in client.session


def test_sem_csrf_nada_e_guardado(gestor):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(gestor)
    mudar_sessao(cliente, **{sessao.VISTO_EM: 1})

    resposta = cliente.post(
        "/equipe/convidar/", "email=a@exemplo.invalid", content_type="application/x-www-form-urlencoded"
    )

    assert resposta.status_code == 403
    assert sessao.GUARDADO not in cliente.session


def test_quem_volta_retoma_com_o_papel_que_usava(client, gestor):
    antigo = gestor.vinculos.get()
    Vinculo.objects.create(usuario=gestor, papel="gestor", municipio=MunicipioFabrica(), inicio=localdate())
    entrar(client, gestor)
    client.post("/papel/", {"vinculo": antigo.pk})
    mudar_sessao(client, **{sessao.VISTO_EM: 1})
    client.post("/equipe/convidar/", "email=a%40b.invalid", content_type="application/x-www-form-urlencoded")

    assert entrar(client, gestor)["Location"] == "/entrar/retomar/"
    assert client.session[sessao.VINCULO] == antigo.pk


def test_descartar_o_guardado(client, gestor):
    _perder_a_sessao(client, gestor)
    entrar(client, gestor)

    client.post("/entrar/retomar/")

    assert sessao.GUARDADO not in client.session


# --- Own pages ------------------------------------------------------------------------------------------------------
def test_as_paginas_da_conta_respondem(client, atendente):
    client.force_login(atendente)

    for nome in ("minha_conta", "trocar_senha", "ativar_segundo_fator", "papel"):
        assert client.get(reverse(f"contas:{nome}")).status_code == 200, nome
