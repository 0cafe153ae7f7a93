"""Sign-in, sign-out, roles and the end of sessions."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from act_portal.auditoria.models import Evento
from act_portal.contas import servicos, sessao
from act_portal.contas.models import Usuario, Vinculo
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, UsuarioFabrica, com_papel

pytestmark = pytest.mark.django_db

SENHA = "senha-de-teste-123"
ENTRAR = "/entrar/"


def entrar(cliente: Client, usuario: Usuario, senha: str = SENHA, **campos):
    return cliente.post(ENTRAR, {"email": usuario.email, "senha": senha, **campos})


def acoes() -> list[str]:
    return list(Evento.objects.order_by("pk").values_list("acao", flat=True))


def mudar_sessao(cliente: Client, **valores) -> None:
    guardada = cliente.session
    guardada.update(valores)
    guardada.save()


def codigo_do_aplicativo(aparelho: TOTPDevice) -> str:
    totp = TOTP(aparelho.bin_key, aparelho.step, aparelho.t0, aparelho.digits, aparelho.drift)
    totp.time = time.time()
    return f"{totp.token():06d}"


def ligar_segundo_fator(usuario: Usuario) -> TOTPDevice:
    return TOTPDevice.objects.create(user=usuario, name="portal", confirmed=True)


@pytest.fixture
def atendente() -> Usuario:
    return com_papel("atendente", MunicipioFabrica())


# --- Sign-in ------------------------------------------------------------------------------------------------------
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


# --- Roles --------------------------------------------------------------------------------------------------------
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


# --- Visibility -----------------------------------------------------------------------------------------------------
def test_analista_alcanca_a_sua_regiao_e_mais_nada():
    sr = UnidadeFabrica(tipo="sr")
    gex = UnidadeFabrica(acima=sr)
    dentro, fora = MunicipioFabrica(unidade=gex), MunicipioFabrica()
    analista = com_papel("analista_inss", sr)

    from act_portal.territorio.models import Municipio

    assert list(Municipio.objects.visiveis_para(analista)) == [dentro]
    assert fora not in Municipio.objects.visiveis_para(analista)


def test_usuario_sem_vinculo_nao_alcanca_ninguem():
    from act_portal.territorio.models import Municipio

    MunicipioFabrica()
    assert not Municipio.objects.visiveis_para(UsuarioFabrica()).exists()


def test_as_paginas_da_conta_respondem(client, atendente):
    client.force_login(atendente)

    for nome in ("minha_conta", "trocar_senha", "ativar_segundo_fator", "papel"):
        assert client.get(reverse(f"contas:{nome}")).status_code == 200, nome
