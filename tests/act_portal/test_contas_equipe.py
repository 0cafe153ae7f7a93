"""Team: who reaches whom, ended links, closed accounts."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.contas import servicos
from act_portal.contas.models import Usuario, Vinculo
from act_portal.erros import ErroDeDominio
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, UsuarioFabrica, com_papel

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


def test_a_lista_do_gestor_so_tem_a_gente_do_municipio(client, gestor, municipio, administrador):
    daqui = com_papel("atendente", municipio, nome="Daqui Mesmo")
    com_papel("atendente", MunicipioFabrica(), nome="Outra Cidade")
    com_papel("analista_inss", UnidadeFabrica(), nome="Gente do INSS")
    client.force_login(gestor)

    pagina = client.get("/equipe/").content.decode()

    assert daqui.nome in pagina
    for alheio in ("Outra Cidade", "Gente do INSS", administrador.nome):
        assert alheio not in pagina


def test_procurar_na_equipe_acha_sem_por_o_nome_no_endereco(client, gestor, municipio):
    com_papel("atendente", municipio, nome="Ana Procurada", email="ana@exemplo.invalid")
    com_papel("atendente", municipio, nome="Bruno Fora da Busca")
    client.force_login(gestor)

    for texto in ("procurada", "ana@exemplo"):
        resposta = client.post("/equipe/", {"q": texto}, follow=True)

        ((endereco, _),) = resposta.redirect_chain
        assert re.fullmatch(r"/equipe/\?busca=[0-9a-f]+", endereco)
        assert "Ana Procurada" in resposta.content.decode()
        assert "Bruno Fora da Busca" not in resposta.content.decode()
    assert "Bruno Fora da Busca" in client.post("/equipe/", {"q": ""}, follow=True).content.decode()


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
    segundo = Vinculo.objects.create(usuario=administrador, papel="administrador", fim=localdate())

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


def test_usuario_sem_papel_nao_ve_ninguem():
    com_papel("atendente", MunicipioFabrica())

    assert not Usuario.objects.visiveis_para(UsuarioFabrica()).exists()
