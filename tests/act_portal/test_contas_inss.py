"""People of INSS: what each role reaches, who gives a town its manager, what a decision must say of who decided."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.contas import servicos
from act_portal.contas.identificacao import Identificacao, de_quem_decide
from act_portal.contas.models import Usuario, Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Municipio, UnidadeInss
from act_portal.territorio.servicos import fechar_balcao
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db

DO_INSS = ["analista_inss", "autoridade_inss", "logistica_inss"]


@pytest.fixture
def unidade() -> UnidadeInss:
    return UnidadeFabrica()


@pytest.fixture
def municipio(unidade) -> Municipio:
    return MunicipioFabrica(unidade=unidade)


def pedido(**campos) -> dict:
    return {
        "email": "nova@exemplo.invalid",
        "nome": "Nova Pessoa",
        "cpf": "11144477735",
        "cargo": "Secretária de administração",
        **campos,
    }


# --- What each role reaches -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("papel", "alcanca"), [("analista_inss", True), ("autoridade_inss", False)])
def test_so_o_analista_alcanca_os_casos_dos_cidadaos(papel, alcanca, unidade, municipio):
    usuario = com_papel(papel, unidade)

    assert Municipio.objects.visiveis_para(usuario).filter(pk=municipio.pk).exists() == alcanca


def test_quem_cuida_dos_imoveis_nao_ve_caso_de_cidadao_nem_da_direcao_central(municipio):
    usuario = com_papel("logistica_inss", UnidadeFabrica(tipo="dir"))

    assert not Municipio.objects.visiveis_para(usuario).exists()
    assert Municipio.objects.filter(usuario.vinculo.alcance_da_unidade()).filter(pk=municipio.pk).exists()


@pytest.mark.parametrize("papel", DO_INSS)
def test_a_unidade_alcanca_a_si_mesma_e_as_de_baixo(papel):
    sr = UnidadeFabrica(tipo="sr")
    gex, outra = UnidadeFabrica(acima=sr), UnidadeFabrica(tipo="sr")
    da_sr, da_gex = com_papel(papel, sr).vinculo, com_papel(papel, gex).vinculo

    assert da_sr.alcanca_unidade(gex)
    assert not da_gex.alcanca_unidade(sr)
    assert not da_sr.alcanca_unidade(outra)
    assert set(UnidadeInss.objects.filter(da_sr.alcance_da_unidade("acima"))) == {gex}


def test_a_direcao_central_alcanca_o_pais_e_tambem_quem_nao_esta_sob_unidade_nenhuma():
    sem_unidade = MunicipioFabrica(unidade=None)
    nacional = com_papel("analista_inss", UnidadeFabrica(tipo="dir"))

    assert Municipio.objects.visiveis_para(nacional).filter(pk=sem_unidade.pk).exists()
    assert nacional.vinculo.alcanca_unidade(UnidadeFabrica(tipo="sr"))


def test_quem_nao_e_do_inss_nao_alcanca_unidade(unidade, municipio):
    for vinculo in (com_papel("gestor", municipio).vinculo, com_papel("administrador").vinculo):
        assert not vinculo.alcanca_unidade(unidade)
        assert not Municipio.objects.filter(vinculo.alcance_da_unidade()).exists()


@pytest.mark.parametrize("papel", DO_INSS)
def test_papel_do_inss_so_existe_numa_unidade(papel, municipio):
    usuario = com_papel("atendente", municipio)

    with pytest.raises(IntegrityError), transaction.atomic():
        Vinculo.objects.create(usuario=usuario, papel=papel, municipio=municipio)


def test_a_autoridade_nao_mexe_no_balcao(unidade, municipio):
    balcao = BalcaoFabrica(entidade__municipio=municipio)

    with pytest.raises(PermissionDenied):
        fechar_balcao(balcao.pk, autor=com_papel("autoridade_inss", unidade), motivo="Mudou de endereço.")


# --- Invitations ----------------------------------------------------------------------------------------------------


def convite(**campos) -> dict:
    return {"email": "nova@exemplo.invalid", "nome": "Nova Pessoa", "inicio": localdate().isoformat(), **campos}


@pytest.mark.parametrize("papel", ["autoridade_inss", "logistica_inss"])
def test_o_administrador_convida_gente_do_inss(client, papel, unidade):
    client.force_login(com_papel("administrador", is_staff=True, is_superuser=True))

    client.post("/equipe/convidar/", convite(papel=papel, unidade=unidade.codigo, cargo="Gerente", matricula="123"))

    assert Vinculo.objects.get(usuario__email="nova@exemplo.invalid").unidade == unidade


def test_convite_de_autoridade_pede_cargo_e_matricula(client, unidade):
    client.force_login(com_papel("administrador", is_staff=True, is_superuser=True))

    resposta = client.post("/equipe/convidar/", convite(papel="autoridade_inss", unidade=unidade.codigo))

    assert resposta.status_code == 422
    assert set(resposta.context["form"].errors) == {"cargo", "matricula"}


@pytest.mark.parametrize("papel", DO_INSS)
def test_gente_do_inss_nao_convida_pela_equipe(client, papel, unidade):
    client.force_login(com_papel(papel, unidade))

    assert client.get("/equipe/convidar/").status_code == 403


# --- The manager of a town, given by INSS ---------------------------------------------------------------------------


@pytest.mark.parametrize("papel", ["analista_inss", "autoridade_inss"])
def test_o_inss_da_ao_municipio_o_seu_gestor(papel, unidade, municipio):
    autor = com_papel(papel, unidade)

    vinculo = servicos.abrir_gestor(autor=autor, municipio=municipio, **pedido())

    novo = Usuario.objects.get(email="nova@exemplo.invalid")
    assert (vinculo.usuario, vinculo.papel, vinculo.municipio) == (novo, "gestor", municipio)
    assert (novo.cpf, novo.cargo, novo.has_usable_password()) == ("11144477735", "Secretária de administração", False)
    assert Saida.objects.filter(tipo="contas.enviar_convite").count() == 1
    assert Evento.objects.filter(corrente=municipio.pk, acao="contas.convidou", autor=autor).count() == 1


def test_quem_ja_tem_conta_ganha_o_papel_por_aceitar_e_fica_com_os_seus_dados(unidade, municipio):
    antiga = com_papel("atendente", MunicipioFabrica(), email="nova@exemplo.invalid", cargo="Outro cargo")

    vinculo = servicos.abrir_gestor(autor=com_papel("analista_inss", unidade), municipio=municipio, **pedido())

    antiga.refresh_from_db()
    assert (vinculo.usuario, vinculo.por_aceitar, antiga.cargo) == (antiga, True, "Outro cargo")


def test_so_a_unidade_que_responde_pelo_municipio_da_o_gestor(unidade, municipio):
    de_fora = [
        com_papel("analista_inss", UnidadeFabrica()),
        com_papel("logistica_inss", unidade),
        com_papel("gestor", municipio),
        com_papel("administrador"),
    ]
    for autor in de_fora:
        with pytest.raises(ErroDeDominio, match="não é da sua unidade"):
            servicos.abrir_gestor(autor=autor, municipio=municipio, **pedido())

    assert not Usuario.objects.filter(email="nova@exemplo.invalid").exists()


# --- What a decision says -------------------------------------------------------------------------------------------


def test_a_decisao_leva_nome_cargo_e_matricula(unidade):
    autoridade = com_papel("autoridade_inss", unidade, nome="Otávio Fictício", cargo="Gerente", matricula="7654321")

    assert de_quem_decide(autoridade) == Identificacao("Otávio Fictício", "Gerente", "7654321")


@pytest.mark.parametrize("falta", ["cargo", "matricula"])
def test_sem_cargo_ou_matricula_ninguem_decide(unidade, falta):
    with pytest.raises(ErroDeDominio, match="preencha seu cargo e sua matrícula"):
        de_quem_decide(com_papel("autoridade_inss", unidade, **{falta: ""}))
