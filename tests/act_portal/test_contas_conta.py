"""The own account: the password by e-mail, the own data, and the daily clean-up."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.contas import chaves, servicos
from act_portal.contas.models import Usuario
from act_portal.contas.tarefas import apagar_vencidos
from act_portal.contas.views import senha
from act_portal.cotas.models import Cota
from act_portal.saidas.models import Saida
from tests.act_portal.contas import DEFINIR, NOVA, SENHA, link_do_email
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipio():
    return MunicipioFabrica()


@pytest.fixture
def gestor(municipio) -> Usuario:
    return com_papel("gestor", municipio)


@pytest.fixture
def administrador() -> Usuario:
    return com_papel("administrador", is_staff=True, is_superuser=True)


# --- Forgotten password ---------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("fila_na_hora")
def test_a_resposta_e_o_trabalho_sao_iguais_para_email_desconhecido(
    client, gestor, django_assert_num_queries, django_capture_on_commit_callbacks
):
    corpos, contas = [], []
    for email in (gestor.email, "ninguem@exemplo.invalid"):
        with CaptureQueriesContext(connection) as consultas:
            resposta = client.post("/esqueci-a-senha/", {"email": email})
        contas.append(len(consultas))
        corpos.append(client.get(resposta["Location"]).content.decode())

    assert contas[0] == contas[1]
    assert re.sub(r'name="csrf\S+ value="\w+"', "", corpos[0]) == re.sub(r'name="csrf\S+ value="\w+"', "", corpos[1])
    assert Saida.objects.filter(tipo="contas.enviar_nova_senha").count() == 2


@pytest.mark.usefixtures("fila_na_hora")
def test_o_link_abre_um_formulario_e_serve_uma_vez(client, gestor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/esqueci-a-senha/", {"email": gestor.email.upper()})
        client.post("/esqueci-a-senha/", {"email": "ninguem@exemplo.invalid"})
    assert [m.to for m in mail.outbox] == [[gestor.email]]
    antes = Usuario.objects.get(pk=gestor.pk).password
    link = link_do_email()

    # A mail scanner that only looks does not use it up.
    assert client.get(link).status_code == 302
    assert client.get(link)["Location"] == DEFINIR
    assert Usuario.objects.get(pk=gestor.pk).password == antes

    assert client.post(DEFINIR, {"nova": NOVA, "repetida": "outra"}).status_code == 422
    assert client.post(DEFINIR, {"nova": "1234567890", "repetida": "1234567890"}).status_code == 422
    assert client.post(DEFINIR, {"nova": NOVA, "repetida": NOVA}).status_code == 302
    assert client.post(DEFINIR, {"nova": SENHA, "repetida": SENHA}).status_code == 410
    assert client.get(link).status_code == 410
    assert Usuario.objects.get(pk=gestor.pk).check_password(NOVA)
    assert Evento.objects.filter(acao="contas.senha_redefinida").count() == 1


@pytest.mark.usefixtures("fila_na_hora")
def test_a_chave_nunca_fica_no_caminho_que_os_registros_guardam(client, gestor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/esqueci-a-senha/", {"email": gestor.email})
    link = link_do_email()

    pagina = client.get(link, follow=True)

    assert link.partition("?")[0] == pagina.wsgi_request.get_full_path() == DEFINIR
    assert link.partition("chave=")[2] not in pagina.content.decode()


def test_chave_forjada_nao_abre_sessao(client):
    assert client.get(DEFINIR, {"chave": "forjada"}).status_code == 410
    assert client.get(DEFINIR).status_code == 410
    assert not client.cookies


def test_pedir_duas_vezes_seguidas_manda_um_email_so(client, gestor, monkeypatch):
    agora = now()
    monkeypatch.setattr(servicos, "now", lambda: agora)
    for _ in range(2):
        client.post("/esqueci-a-senha/", {"email": gestor.email})

    assert Saida.objects.filter(tipo="contas.enviar_nova_senha").count() == 1


def test_pedidos_demais_recebem_429(client, monkeypatch):
    monkeypatch.setattr(senha, "POR_ENDERECO", 1)
    client.post("/esqueci-a-senha/", {"email": "a@exemplo.invalid"})

    assert client.post("/esqueci-a-senha/", {"email": "a@exemplo.invalid"}).status_code == 429


@pytest.mark.parametrize(("finalidade", "horas"), [(chaves.SENHA, 3), (chaves.CONVITE, 24 * 8)])
def test_o_link_vence(gestor, monkeypatch, finalidade, horas):
    chave = chaves.nova(gestor, finalidade)
    assert chaves.conferir(chave) == gestor

    agora = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: agora + horas * 3600)

    assert chaves.conferir(chave) is None


def test_chave_forjada_ou_de_conta_fechada_nao_abre(gestor):
    chave = chaves.nova(gestor, chaves.SENHA)

    assert chaves.conferir(chave[:-1] + ("a" if chave[-1] != "a" else "b")) is None
    assert chaves.conferir("qualquer") is None
    Usuario.objects.filter(pk=gestor.pk).update(is_active=False)
    assert chaves.conferir(chave) is None


@pytest.mark.usefixtures("fila_na_hora")
def test_a_nova_senha_abre_a_conta_que_as_falhas_fecharam(client, gestor):
    for _ in range(6):
        client.post("/entrar/", {"email": gestor.email, "senha": "errada"})
    chave = chaves.nova(gestor, chaves.SENHA)

    client.get(DEFINIR, {"chave": chave})
    client.post(DEFINIR, {"nova": NOVA, "repetida": NOVA})

    assert client.post("/entrar/", {"email": gestor.email, "senha": NOVA}).status_code == 302


# --- Own data and clean-up ------------------------------------------------------------------------------------------
def test_os_proprios_dados_mudam_com_rastro_sem_o_conteudo(client, gestor):
    client.force_login(gestor)

    client.post("/minha-conta/", {"nome": "Nome Novo", "cpf": "", "matricula": gestor.matricula, "cargo": "Diretora"})

    gestor.refresh_from_db()
    assert (gestor.nome, gestor.cargo) == ("Nome Novo", "Diretora")
    assert Evento.objects.get(acao="contas.dados_alterados").dados == {"campos": ["cargo", "cpf", "nome"]}


def test_cpf_errado_nos_proprios_dados_e_recusado(client, gestor):
    client.force_login(gestor)

    resposta = client.post("/minha-conta/", {"nome": "N", "cpf": "111.444.777-00"})

    assert resposta.status_code == 422


def test_a_limpeza_apaga_so_o_vencido():
    Session.objects.create(session_key="velha", session_data="", expire_date=now() - timedelta(minutes=1))
    Session.objects.create(session_key="viva", session_data="", expire_date=now() + timedelta(minutes=1))
    Cota.objects.create(chave="velha", janela=now() - timedelta(days=3))
    Cota.objects.create(chave="viva", janela=now())

    feito = apagar_vencidos()

    assert (feito["sessoes"], feito["cotas"]) == (1, 1)
    assert list(Session.objects.values_list("pk", flat=True)) == ["viva"]
    assert list(Cota.objects.values_list("chave", flat=True)) == ["viva"]
