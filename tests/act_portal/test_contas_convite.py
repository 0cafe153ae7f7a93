"""Invitations: who gives which role to whom."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import localdate

from act_portal.contas import servicos
from act_portal.contas.models import Usuario, Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from tests.act_portal.contas import DEFINIR, NOVA, SENHA, link_do_email
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

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


def convite(**campos) -> dict:
    return {
        "email": "nova@exemplo.invalid",
        "nome": "Nova Pessoa",
        "papel": "atendente",
        "inicio": localdate().isoformat(),
        **campos,
    }


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
