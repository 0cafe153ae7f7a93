"""Second factor: set-up, sign-in with it, recovery, and the roles that must have it."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.utils.timezone import now
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from act_portal.auditoria.models import Evento
from act_portal.contas import segundo_fator, servicos, sessao
from act_portal.contas.models import Usuario
from tests.act_portal.contas import SENHA, codigo_do_aplicativo, entrar, ligar_segundo_fator
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def analista() -> Usuario:
    return com_papel("analista_inss", UnidadeFabrica())


def test_so_a_senha_nao_entra_quando_ha_segundo_fator(client, analista):
    ligar_segundo_fator(analista)

    assert entrar(client, analista)["Location"] == "/entrar/segundo-fator/"

    assert "_auth_user_id" not in client.session
    assert client.get("/minha-conta/").status_code == 302


def test_o_codigo_do_aplicativo_completa_a_entrada(client, analista):
    aparelho = ligar_segundo_fator(analista)
    entrar(client, analista, next="/minha-conta/")

    resposta = client.post("/entrar/segundo-fator/", {"codigo": codigo_do_aplicativo(aparelho)})

    assert resposta["Location"] == "/minha-conta/"
    assert client.get("/minha-conta/").wsgi_request.user.is_verified()
    assert Evento.objects.get(acao="contas.entrou").dados["segundo_fator"] is True


def test_o_mesmo_codigo_nao_serve_duas_vezes(client, analista):
    aparelho = ligar_segundo_fator(analista)
    usado = codigo_do_aplicativo(aparelho)
    entrar(client, analista)
    client.post("/entrar/segundo-fator/", {"codigo": usado})
    client.post("/sair/")
    entrar(client, analista)

    resposta = client.post("/entrar/segundo-fator/", {"codigo": usado})

    assert resposta.status_code == 422
    assert "_auth_user_id" not in client.session


def test_codigo_errado_e_recusado_e_deixa_rastro(client, analista):
    aparelho = ligar_segundo_fator(analista)
    entrar(client, analista)
    errado = f"{(int(codigo_do_aplicativo(aparelho)) + 500_000) % 1_000_000:06d}"

    resposta = client.post("/entrar/segundo-fator/", {"codigo": errado})

    assert resposta.status_code == 422
    assert Evento.objects.get(acao="contas.entrada_recusada").dados == {"etapa": "segundo_fator"}


def test_codigos_demais_recebem_429(client, analista, monkeypatch):
    from act_portal.contas.views import entrada

    monkeypatch.setattr(entrada, "POR_SEGUNDO_FATOR", 2)
    aparelho = ligar_segundo_fator(analista)
    entrar(client, analista)
    for _ in range(2):
        client.post("/entrar/segundo-fator/", {"codigo": "abc"})

    assert client.post("/entrar/segundo-fator/", {"codigo": codigo_do_aplicativo(aparelho)}).status_code == 429


def test_a_espera_do_codigo_vence_e_morre_com_a_troca_da_senha(client, analista):
    aparelho = ligar_segundo_fator(analista)
    entrar(client, analista)
    servicos.trocar_senha(Usuario.objects.get(pk=analista.pk), "outra-senha-bem-comprida")

    resposta = client.post("/entrar/segundo-fator/", {"codigo": codigo_do_aplicativo(aparelho)})

    assert resposta["Location"] == "/entrar/"
    assert "_auth_user_id" not in client.session


def test_espera_vencida_volta_ao_comeco(client, analista):
    ligar_segundo_fator(analista)
    entrar(client, analista)
    guardada = client.session
    guardada[sessao.PENDENTE] = {**guardada[sessao.PENDENTE], "ate": int(time.time()) - 1}
    guardada.save()

    assert client.get("/entrar/segundo-fator/")["Location"] == "/entrar/"


def test_codigo_de_recuperacao_entra_uma_vez(client, analista):
    ligar_segundo_fator(analista)
    codigos = segundo_fator.novos_codigos(analista)
    entrar(client, analista)
    assert client.post("/entrar/segundo-fator/", {"codigo": codigos[3].upper()}).status_code == 302
    assert StaticToken.objects.count() == 9
    client.post("/sair/")

    entrar(client, analista)
    assert client.post("/entrar/segundo-fator/", {"codigo": codigos[3]}).status_code == 422


def test_o_banco_nao_guarda_os_codigos_em_claro(analista):
    codigos = segundo_fator.novos_codigos(analista)

    guardados = set(StaticToken.objects.values_list("token", flat=True))
    assert len(codigos) == len(guardados) == 10
    assert not guardados & {c.replace("-", "") for c in codigos}


def test_ligar_pede_o_primeiro_codigo_e_mostra_os_de_recuperacao_uma_vez(client, analista):
    client.force_login(analista)
    pagina = client.get("/minha-conta/segundo-fator/").content.decode()
    assert 'src="data:image/svg+xml' in pagina
    assert client.get("/minha-conta/segundo-fator/").status_code == 200
    aparelho = TOTPDevice.objects.get(user=analista, confirmed=False)

    assert client.post("/minha-conta/segundo-fator/", {"codigo": "12", "senha": SENHA}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0)
    resposta = client.post("/minha-conta/segundo-fator/", {"codigo": codigo_do_aplicativo(aparelho), "senha": SENHA})

    codigos = re.findall(r"<code>([\w-]+)</code>", resposta.content.decode())
    assert len(codigos) == 10
    assert TOTPDevice.objects.get(user=analista).confirmed
    assert client.get("/minha-conta/segundo-fator/")["Location"] == "/minha-conta/"
    assert client.get("/minha-conta/").wsgi_request.user.is_verified()
    assert Evento.objects.filter(acao="contas.segundo_fator_ligado").count() == 1


@pytest.mark.parametrize("senha", ["", "senha-de-outra-pessoa"])
def test_quem_acha_a_sessao_aberta_nao_liga_o_seu_celular(client, analista, senha):
    client.force_login(analista)
    client.get("/minha-conta/segundo-fator/")
    aparelho = TOTPDevice.objects.get(user=analista)

    resposta = client.post("/minha-conta/segundo-fator/", {"codigo": codigo_do_aplicativo(aparelho), "senha": senha})

    assert resposta.status_code == 422
    assert not segundo_fator.aparelho(analista)


def test_ligar_tambem_conta_as_senhas_erradas(client, analista, monkeypatch):
    from act_portal.contas.views import conta

    monkeypatch.setattr(conta, "TENTATIVAS", 1)
    client.force_login(analista)
    client.post("/minha-conta/segundo-fator/", {"codigo": "123456", "senha": "errada"})

    assert client.post("/minha-conta/segundo-fator/", {"codigo": "123456", "senha": SENHA}).status_code == 429


def test_papel_que_exige_segundo_fator_so_alcanca_as_telas_de_ligar(client, analista, settings):
    settings.SEGUNDO_FATOR_OBRIGATORIO = ["analista_inss"]
    entrar(client, analista)

    for caminho in ("/painel/", "/minha-conta/", "/minha-conta/senha/", "/requerimentos/"):
        assert client.get(caminho)["Location"] == "/minha-conta/segundo-fator/", caminho

    client.get("/minha-conta/segundo-fator/")
    aparelho = TOTPDevice.objects.get(user=analista)
    client.post("/minha-conta/segundo-fator/", {"codigo": codigo_do_aplicativo(aparelho), "senha": SENHA})

    assert client.get("/minha-conta/").status_code == 200


def test_papel_sem_exigencia_entra_so_com_a_senha(client, settings):
    settings.SEGUNDO_FATOR_OBRIGATORIO = ["analista_inss"]
    atendente = com_papel("atendente", MunicipioFabrica())

    assert entrar(client, atendente)["Location"] == "/painel/"
    assert client.get("/minha-conta/").status_code == 200


def test_o_painel_tecnico_exige_o_segundo_fator_quando_o_papel_exige(client, settings):
    administrador = com_papel("administrador", is_staff=True, is_superuser=True)
    client.force_login(administrador)
    assert client.get("/admin/").status_code == 200

    settings.SEGUNDO_FATOR_OBRIGATORIO = ["administrador"]

    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/login/").status_code == 403


def test_o_painel_tecnico_nao_mostra_segredos_nem_deixa_mudar(client):
    administrador = com_papel("administrador", is_staff=True, is_superuser=True)
    client.force_login(administrador)

    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    pagina = client.get(f"/admin/contas/usuario/{administrador.pk}/change/")
    assert pagina.status_code == 200
    assert administrador.password not in pagina.content.decode()
    assert client.post(f"/admin/contas/usuario/{administrador.pk}/change/", {"nome": "x"}).status_code == 403
    assert client.get("/admin/contas/usuario/add/").status_code == 403


def _entrar_com_os_dois(client, usuario) -> TOTPDevice:
    aparelho = ligar_segundo_fator(usuario)
    entrar(client, usuario)
    client.post("/entrar/segundo-fator/", {"codigo": codigo_do_aplicativo(aparelho)})
    return aparelho


def test_retirar_pede_a_senha(client, analista):
    _entrar_com_os_dois(client, analista)

    assert client.post("/minha-conta/segundo-fator/retirar/", {"senha": "errada"}).status_code == 422
    assert TOTPDevice.objects.filter(user=analista).exists()

    assert client.post("/minha-conta/segundo-fator/retirar/", {"senha": SENHA}).status_code == 302
    assert not TOTPDevice.objects.filter(user=analista).exists()
    assert Evento.objects.filter(acao="contas.segundo_fator_retirado").count() == 1


def test_codigos_novos_matam_os_antigos(client, analista):
    _entrar_com_os_dois(client, analista)
    antigos = segundo_fator.novos_codigos(analista)

    resposta = client.post("/minha-conta/segundo-fator/codigos/", {"senha": SENHA})

    assert len(re.findall(r"<code>", resposta.content.decode())) == 10
    assert segundo_fator.conferir(analista, antigos[0]) is None


def test_adivinhar_a_senha_em_sessao_aberta_recebe_429(client, analista, monkeypatch):
    from act_portal.contas.views import conta

    monkeypatch.setattr(conta, "TENTATIVAS", 2)
    _entrar_com_os_dois(client, analista)
    for _ in range(2):
        client.post("/minha-conta/segundo-fator/retirar/", {"senha": "errada"})

    assert client.post("/minha-conta/segundo-fator/retirar/", {"senha": SENHA}).status_code == 429
    assert client.post("/minha-conta/senha/", {"atual": SENHA}).status_code == 429


def test_o_gestor_retira_o_segundo_fator_do_seu_atendente_e_de_mais_ninguem(client):
    municipio = MunicipioFabrica()
    gestor, atendente = com_papel("gestor", municipio), com_papel("atendente", municipio)
    de_fora = com_papel("atendente", MunicipioFabrica())
    ligar_segundo_fator(atendente), ligar_segundo_fator(de_fora)
    client.force_login(gestor)

    assert client.post(f"/equipe/{atendente.pk}/segundo-fator/").status_code == 302
    assert client.post(f"/equipe/{de_fora.pk}/segundo-fator/").status_code == 404

    assert list(TOTPDevice.objects.values_list("user", flat=True)) == [de_fora.pk]


def test_aplicativo_nunca_confirmado_e_apagado_na_limpeza(analista):
    from act_portal.contas.tarefas import apagar_vencidos

    segundo_fator.preparar(analista)
    assert apagar_vencidos()["aplicativos"] == 0
    TOTPDevice.objects.update(created_at=now() - timedelta(days=2))

    assert apagar_vencidos()["aplicativos"] == 1


def test_trocar_a_senha_e_sair_do_painel_tecnico_usam_as_portas_do_portal(client):
    administrador = com_papel("administrador", is_staff=True, is_superuser=True)
    client.force_login(administrador)

    assert client.get("/admin/password_change/")["Location"] == "/minha-conta/senha/"
    assert client.post("/admin/logout/")["Location"] == "/entrar/"
    assert Evento.objects.filter(acao="contas.saiu").count() == 1
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_varias_abas_abertas_juntas_preparam_um_aplicativo_so():
    gestor = com_papel("gestor", MunicipioFabrica())

    aparelhos = correr(segundo_fator.preparar, [gestor] * 6)

    assert len({aparelho.pk for aparelho in aparelhos}) == 1
    assert TOTPDevice.objects.filter(user=gestor).count() == 1


def test_aplicativo_preparado_em_dobro_nao_derruba_a_tela(client, analista):
    for _ in range(2):
        TOTPDevice.objects.create(user=analista, confirmed=False, name="portal")
    client.force_login(analista)

    assert client.get("/minha-conta/segundo-fator/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_codigos_pedidos_varias_vezes_juntas_deixam_uma_lista_que_abre():
    gestor = com_papel("gestor", MunicipioFabrica())
    ligar_segundo_fator(gestor)

    listas = correr(segundo_fator.novos_codigos, [gestor] * 6)

    guardados = set(StaticToken.objects.filter(device__user=gestor).values_list("token", flat=True))
    resumos = [{segundo_fator._resumo(codigo.replace("-", "")) for codigo in lista} for lista in listas]
    assert resumos.count(guardados) == 1
