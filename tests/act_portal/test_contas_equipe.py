"""Team: invitations, ended links, closed accounts, and the password by e-mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Evento
from act_portal.contas import chaves, servicos
from act_portal.contas.models import Usuario, Vinculo
from act_portal.contas.tarefas import apagar_vencidos
from act_portal.cotas.models import Cota
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, UsuarioFabrica, com_papel

pytestmark = pytest.mark.django_db

SENHA = "senha-de-teste-123"
NOVA = "cavalo-bateria-grampo"


@pytest.fixture
def municipio():
    return MunicipioFabrica()


@pytest.fixture
def gestor(municipio) -> Usuario:
    return com_papel("gestor", municipio)


@pytest.fixture
def administrador() -> Usuario:
    return com_papel("administrador", is_staff=True, is_superuser=True)


def convite(**campos) -> dict:
    return {
        "email": "nova@exemplo.invalid",
        "nome": "Nova Pessoa",
        "papel": "atendente",
        "inicio": localdate().isoformat(),
        **campos,
    }


def link_do_email() -> str:
    return re.search(r"http://localhost:\d+(/esqueci-a-senha/\S+)", str(mail.outbox[-1].body))[1]


DEFINIR = "/esqueci-a-senha/nova/"


# --- Invitation -----------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("fila_na_hora")
def test_do_convite_a_primeira_entrada(client, gestor, municipio, django_capture_on_commit_callbacks):
    client.force_login(gestor)
    with django_capture_on_commit_callbacks(execute=True):
        resposta = client.post("/equipe/convidar/", convite())
    nova = Usuario.objects.get(email="nova@exemplo.invalid")
    assert resposta["Location"] == f"/equipe/{nova.pk}/"
    assert nova.vinculos.get().municipio == municipio
    assert mail.outbox[0].to == ["nova@exemplo.invalid"]
    client.post("/sair/")

    link = link_do_email()
    assert client.get(link, follow=True).status_code == 200
    assert not Usuario.objects.get(pk=nova.pk).has_usable_password()
    assert client.post(DEFINIR, {"nova": NOVA, "repetida": NOVA})["Location"] == "/entrar/"

    assert client.post("/entrar/", {"email": nova.email, "senha": NOVA})["Location"] == "/painel/"
    assert client.get(link).status_code == 410


def test_a_carga_da_saida_nao_leva_dados_pessoais(gestor, municipio):
    servicos.convidar(
        autor=gestor, email="nova@exemplo.invalid", nome="Nova Pessoa", papel="atendente", lugar=municipio,
        inicio=localdate(),
    )  # fmt: skip
    servicos.pedir_nova_senha("nova@exemplo.invalid")

    for saida in Saida.objects.all():
        assert "nova" not in f"{saida.chave} {saida.carga}".replace("nova_senha", "").lower()


@pytest.mark.parametrize("papel", ["administrador", "analista_inss"])
def test_gestor_nao_da_papel_acima_do_seu(client, gestor, papel):
    client.force_login(gestor)

    assert client.post("/equipe/convidar/", convite(papel=papel)).status_code == 422

    assert not Usuario.objects.filter(email="nova@exemplo.invalid").exists()


def test_o_servico_tambem_recusa_lugar_e_papel_alheios(gestor):
    for papel, lugar in [
        ("atendente", MunicipioFabrica()),
        ("analista_inss", UnidadeFabrica()),
        ("administrador", None),
    ]:
        with pytest.raises(ErroDeDominio):
            servicos.convidar(
                autor=gestor, email="x@exemplo.invalid", nome="X", papel=papel, lugar=lugar, inicio=localdate()
            )
    assert not Usuario.objects.filter(email="x@exemplo.invalid").exists()


def test_o_municipio_digitado_pelo_gestor_e_ignorado(client, gestor, municipio):
    client.force_login(gestor)

    client.post("/equipe/convidar/", convite(municipio=MunicipioFabrica().pk))

    assert Vinculo.objects.get(usuario__email="nova@exemplo.invalid").municipio == municipio


def test_quem_ja_tem_conta_ganha_so_o_papel(client, gestor, municipio):
    antiga = com_papel("atendente", MunicipioFabrica(), email="nova@exemplo.invalid", nome="Nome Antigo")
    client.force_login(gestor)

    client.post("/equipe/convidar/", convite(nome="Outro Nome"))

    antiga.refresh_from_db()
    assert antiga.nome == "Nome Antigo"
    assert antiga.vinculos.filter(municipio=municipio).count() == 1


def test_o_convite_nao_conta_de_quem_e_o_email_ate_a_pessoa_entrar(client, gestor, municipio):
    antiga = com_papel("atendente", MunicipioFabrica(), email="nova@exemplo.invalid", nome="Nome Secreto")
    client.force_login(gestor)

    resposta = client.post("/equipe/convidar/", convite(nome="Qualquer"), follow=True)

    assert resposta.redirect_chain == [("/equipe/", 302)]
    pagina = resposta.content.decode()
    assert "nova@exemplo.invalid" in pagina
    assert "Nome Secreto" not in pagina
    assert client.get(f"/equipe/{antiga.pk}/").status_code == 404
    assert "Nome Secreto" not in client.get("/auditoria/").content.decode()

    novo = antiga.vinculos.get(municipio=municipio)
    outro = Client()
    outro.post("/entrar/", {"email": antiga.email, "senha": SENHA})
    outro.post("/papel/", {"vinculo": novo.pk})

    assert "Nome Secreto" in client.get("/equipe/").content.decode()
    assert client.get(f"/equipe/{antiga.pk}/").status_code == 200


def test_convite_de_quem_ja_tem_conta_pode_ser_desfeito_antes_de_aceito(client, gestor, municipio):
    antiga = com_papel("atendente", MunicipioFabrica(), email="nova@exemplo.invalid")
    client.force_login(gestor)
    client.post("/equipe/convidar/", convite())
    novo = antiga.vinculos.get(municipio=municipio)

    resposta = client.post(f"/equipe/vinculo/{novo.pk}/encerrar/")

    assert resposta["Location"] == "/equipe/"
    novo.refresh_from_db()
    assert novo.encerrado_em
    assert "Convites por aceitar" not in client.get("/equipe/").content.decode()


def test_o_mesmo_papel_nao_se_da_duas_vezes(client, gestor):
    client.force_login(gestor)
    client.post("/equipe/convidar/", convite())

    resposta = client.post("/equipe/convidar/", convite())

    assert resposta.status_code == 422
    assert "já tem este papel" in resposta.content.decode()


@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"fim": "2020-01-01"}, "O fim vem antes do começo."),
        ({"email": "sem-arroba"}, "Confira o e-mail"),
        ({"nome": ""}, "Falta preencher"),
    ],
)
def test_convite_errado_diz_o_que_falta(client, gestor, campos, frase):
    client.force_login(gestor)

    resposta = client.post("/equipe/convidar/", convite(**campos))

    assert resposta.status_code == 422
    assert frase in resposta.content.decode()


def test_o_administrador_convida_para_municipio_e_unidade(client, administrador):
    municipio, unidade = MunicipioFabrica(nome="Serra do Ipê", uf="MG"), UnidadeFabrica()
    client.force_login(administrador)

    client.post("/equipe/convidar/", convite(email="a@exemplo.invalid", papel="gestor", municipio="serra do ipe/mg"))
    client.post("/equipe/convidar/", convite(email="b@exemplo.invalid", papel="analista_inss", unidade=unidade.codigo))
    client.post("/equipe/convidar/", convite(email="c@exemplo.invalid", papel="administrador"))

    assert Vinculo.objects.get(usuario__email="a@exemplo.invalid").municipio == municipio
    assert Vinculo.objects.get(usuario__email="b@exemplo.invalid").unidade == unidade
    assert Usuario.objects.get(email="c@exemplo.invalid").is_staff


def test_nome_de_municipio_repetido_pede_a_uf(client, administrador):
    MunicipioFabrica(nome="Bom Jesus", uf="PI"), MunicipioFabrica(nome="Bom Jesus", uf="RS")
    client.force_login(administrador)

    resposta = client.post("/equipe/convidar/", convite(papel="gestor", municipio="Bom Jesus"))

    assert "Há mais de um" in resposta.content.decode()


@pytest.mark.usefixtures("fila_na_hora")
def test_reenviar_o_convite_so_para_quem_ainda_nao_criou_a_senha(
    client, gestor, municipio, django_capture_on_commit_callbacks
):
    com_senha = com_papel("atendente", municipio)
    sem_senha = com_papel("atendente", municipio)
    Usuario.objects.filter(pk=sem_senha.pk).update(password="!")
    client.force_login(gestor)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/equipe/vinculo/{com_senha.vinculos.get().pk}/convite/")
        client.post(f"/equipe/vinculo/{sem_senha.vinculos.get().pk}/convite/")

    assert [m.to for m in mail.outbox] == [[sem_senha.email]]


# --- Who reaches whom -------------------------------------------------------------------------------------------------
def test_a_lista_do_gestor_so_tem_a_gente_do_municipio(client, gestor, municipio, administrador):
    daqui = com_papel("atendente", municipio, nome="Daqui Mesmo")
    com_papel("atendente", MunicipioFabrica(), nome="Outra Cidade")
    com_papel("analista_inss", UnidadeFabrica(), nome="Gente do INSS")
    client.force_login(gestor)

    pagina = client.get("/equipe/").content.decode()

    assert daqui.nome in pagina
    for alheio in ("Outra Cidade", "Gente do INSS", administrador.nome):
        assert alheio not in pagina


def test_a_lista_nao_conta_o_papel_que_a_pessoa_tem_em_outra_cidade(client, gestor, municipio):
    daqui = com_papel("atendente", municipio)
    Vinculo.objects.create(usuario=daqui, papel="analista_inss", unidade=UnidadeFabrica(nome="Gerência Longe"))
    client.force_login(gestor)

    for caminho in ("/equipe/", f"/equipe/{daqui.pk}/"):
        assert "Gerência Longe" not in client.get(caminho).content.decode()


def test_o_numero_de_consultas_da_lista_nao_cresce(client, gestor, municipio, django_assert_max_num_queries):
    for _ in range(15):
        com_papel("atendente", municipio)
    client.force_login(gestor)
    client.get("/equipe/")

    with django_assert_max_num_queries(12):
        client.get("/equipe/")


def test_gestor_nao_desativa_quem_tambem_trabalha_fora(client, gestor, municipio):
    daqui = com_papel("atendente", municipio)
    Vinculo.objects.create(usuario=daqui, papel="atendente", municipio=MunicipioFabrica())
    client.force_login(gestor)

    resposta = client.post(f"/equipe/{daqui.pk}/desativar/", follow=True)

    assert "Você não pode mexer no acesso desta pessoa." in resposta.content.decode()
    assert Usuario.objects.get(pk=daqui.pk).is_active


def test_gestor_desativa_e_reativa_o_seu_atendente(client, gestor, municipio):
    daqui = com_papel("atendente", municipio)
    client.force_login(gestor)

    client.post(f"/equipe/{daqui.pk}/desativar/")
    assert not Usuario.objects.get(pk=daqui.pk).is_active

    client.post(f"/equipe/{daqui.pk}/reativar/")
    assert Usuario.objects.get(pk=daqui.pk).is_active
    assert Evento.objects.filter(acao__startswith="contas.conta_", corrente=municipio.pk).count() == 2


def test_so_o_administrador_reativa_o_que_o_administrador_desativou(client, gestor, municipio, administrador):
    daqui = com_papel("atendente", municipio)
    servicos.desativar(daqui.pk, autor=gestor)
    servicos.desativar(daqui.pk, autor=administrador)
    client.force_login(gestor)

    assert f"/equipe/{daqui.pk}/reativar/" not in client.get(f"/equipe/{daqui.pk}/").content.decode()
    resposta = client.post(f"/equipe/{daqui.pk}/reativar/", follow=True)

    assert "Um administrador do portal desativou esta conta." in resposta.content.decode()
    assert not Usuario.objects.get(pk=daqui.pk).is_active

    servicos.reativar(daqui.pk, autor=administrador)
    servicos.desativar(daqui.pk, autor=gestor)
    servicos.reativar(daqui.pk, autor=gestor)
    assert Usuario.objects.get(pk=daqui.pk).is_active


def test_ninguem_desativa_a_si_mesmo_nem_encerra_o_papel_em_uso(client, gestor):
    client.force_login(gestor)

    client.post(f"/equipe/{gestor.pk}/desativar/")
    client.post(f"/equipe/vinculo/{gestor.vinculos.get().pk}/encerrar/")

    assert Usuario.objects.get(pk=gestor.pk).is_active
    assert gestor.vinculos.get().encerrado_em is None


def test_encerrar_deixa_as_datas_e_o_rastro(client, gestor, municipio):
    vinculo = com_papel("atendente", municipio).vinculos.get()
    client.force_login(gestor)

    client.post(f"/equipe/vinculo/{vinculo.pk}/encerrar/")

    depois = Vinculo.objects.get(pk=vinculo.pk)
    assert (depois.inicio, depois.fim) == (vinculo.inicio, vinculo.fim)
    assert depois.encerrado_em is not None
    assert Evento.objects.get(acao="contas.vinculo_encerrado").corrente == municipio.pk


def test_encerrar_de_novo_e_recusado_com_frase(gestor, municipio):
    vinculo = com_papel("atendente", municipio).vinculos.get()
    servicos.encerrar_vinculo(vinculo.pk, autor=gestor)

    with pytest.raises(ErroDeDominio, match="já tinha terminado"):
        servicos.encerrar_vinculo(vinculo.pk, autor=gestor)


def test_o_ultimo_administrador_fica(administrador):
    outro = com_papel("administrador", is_staff=True, is_superuser=True)
    servicos.desativar(outro.pk, autor=administrador)
    segundo = Vinculo.objects.create(usuario=administrador, papel="administrador", inicio=localdate())

    with pytest.raises(ErroDeDominio, match="pelo menos um administrador"):
        servicos.encerrar_vinculo(segundo.pk, autor=administrador)


@pytest.mark.django_db(transaction=True)
def test_dois_administradores_nao_se_tiram_ao_mesmo_tempo():
    um, outro = com_papel("administrador"), com_papel("administrador")

    fins = correr(lambda par: servicos.desativar(par[1].pk, autor=par[0]), [(um, outro), (outro, um)])

    assert sum(isinstance(fim, ErroDeDominio) for fim in fins) == 1, fins
    assert Usuario.objects.filter(is_active=True).count() == 1


def test_sem_papel_de_administrador_o_painel_tecnico_fecha(administrador):
    outro = com_papel("administrador", is_staff=True, is_superuser=True)

    servicos.encerrar_vinculo(outro.vinculos.get().pk, autor=administrador)

    outro.refresh_from_db()
    assert not outro.is_staff
    assert not outro.is_superuser


# --- Forgotten password ---------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("fila_na_hora")
def test_a_resposta_e_o_trabalho_sao_iguais_para_email_desconhecido(
    client, gestor, django_assert_num_queries, django_capture_on_commit_callbacks
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

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


def test_pedir_duas_vezes_seguidas_manda_um_email_so(client, gestor):
    for _ in range(2):
        client.post("/esqueci-a-senha/", {"email": gestor.email})

    assert Saida.objects.filter(tipo="contas.enviar_nova_senha").count() == 1


def test_pedidos_demais_recebem_429(client, monkeypatch):
    from act_portal.contas.views import senha

    monkeypatch.setattr(senha, "POR_ENDERECO", 1)
    client.post("/esqueci-a-senha/", {"email": "a@exemplo.invalid"})

    assert client.post("/esqueci-a-senha/", {"email": "a@exemplo.invalid"}).status_code == 429


@pytest.mark.parametrize(("finalidade", "horas"), [(chaves.SENHA, 3), (chaves.CONVITE, 24 * 8)])
def test_o_link_vence(gestor, monkeypatch, finalidade, horas):
    chave = chaves.nova(gestor, finalidade)
    assert chaves.conferir(chave) == gestor

    import time

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


def test_usuario_sem_papel_nao_ve_ninguem():
    com_papel("atendente", MunicipioFabrica())

    assert not Usuario.objects.visiveis_para(UsuarioFabrica()).exists()


@pytest.mark.django_db(transaction=True)
def test_dois_convites_iguais_ao_mesmo_tempo_dao_um_papel_so():
    municipio = MunicipioFabrica()
    gestores = [com_papel("gestor", municipio) for _ in range(4)]
    pessoa = com_papel("atendente", MunicipioFabrica())

    fins = correr(
        lambda gestor: servicos.convidar(
            autor=gestor, email=pessoa.email, nome="", papel="atendente", lugar=municipio, inicio=localdate()
        ),
        gestores,
    )

    assert sorted(type(fim).__name__ for fim in fins) == ["ErroDeDominio"] * 3 + ["Vinculo"]
    assert pessoa.vinculos.filter(municipio=municipio).count() == 1
