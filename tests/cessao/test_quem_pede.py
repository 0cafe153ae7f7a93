"""Only a public body asks, and once at a time for the same days of a space."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.erros import ErroDeDominio
from cessao.analise import servicos as analise
from cessao.models import Pedido
from cessao.pedido import servicos
from tests.cessao.fabricas import Elenco, dados_do_pedido, em_analise, enviado, rascunho, sala
from tests.cessao.test_telas import _enviado
from tests.fabricas import EntidadeFabrica, MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate()
EMPRESA = "11222333000181"


def _devolvido_por_ser_privado(espaco=None) -> tuple[Pedido, Elenco]:
    pedido, elenco = em_analise(espaco, cnpj=EMPRESA)
    analise.devolver(pedido.pk, codigo="privada", autor=elenco.logistica)
    return Pedido.objects.get(pk=pedido.pk), elenco


def test_o_formulario_pergunta_se_o_cnpj_e_de_orgao_publico_e_recusa_a_empresa(client):
    espaco = sala()
    client.force_login(com_papel("gestor", espaco.imovel.municipio))
    endereco = f"/cessao/pedir/{espaco.codigo}/"

    sem_dizer = client.post(endereco, {k: v for k, v in _enviado(espaco).items() if k != "pessoa"})
    da_empresa = client.post(endereco, _enviado(espaco, pessoa="privada", plano="Plano digitado."))

    assert sem_dizer.context["form"].errors["pessoa"] == ["Escolha uma das opções."]
    assert da_empresa.status_code == 422
    assert "Empresa, associação ou entidade privada não pode. O que seria um sim:" in da_empresa.text
    assert "Fale com a prefeitura" in da_empresa.text
    pela_metade = client.post(endereco, _enviado(espaco, pessoa="privada", uso="", inicio=HOJE) | {"meses": ""})
    assert "entidade privada não pode" in pela_metade.context["form"].errors["pessoa"][0]
    assert "Plano digitado." in da_empresa.text
    assert not Pedido.objects.exists()


def test_a_pergunta_de_antes_separa_quem_e_publico_de_quem_nao_e(client):
    tela = client.get("/cessao/posso-pedir/").text
    nao = client.get("/cessao/posso-pedir/", {"imovel": "reserva", "esfera": "privada", "finalidade": "previdenciaria"})

    assert '<optgroup label="Órgão ou entidade pública">' in tela
    assert "Empresa, associação ou outra entidade privada" in tela
    assert "Fale com a prefeitura" in nao.text


def test_a_logistica_devolve_por_ser_privado_e_o_cnpj_fica_recusado(client):
    espaco = sala()
    pedido, elenco = _devolvido_por_ser_privado(espaco)
    frase = r"11\.222\.333/0001-81 é de empresa ou entidade privada, que não pode pedir: use o CNPJ do órgão"

    assert "só instituição pública pede: corrija o CNPJ" in pedido.motivo
    with pytest.raises(ErroDeDominio, match=frase):
        servicos.reenviar(pedido.pk, autor=pedido.criado_por)
    with pytest.raises(ErroDeDominio, match=frase):
        servicos.editar(pedido.pk, dados_do_pedido(espaco, cnpj=EMPRESA), versao=pedido.versao, autor=pedido.criado_por)
    # Another town, another space, another branch of the company.
    with pytest.raises(ErroDeDominio, match="entidade privada"):
        rascunho(sala(), cnpj="11222333000262")
    servicos.editar(pedido.pk, dados_do_pedido(espaco), versao=pedido.versao, autor=pedido.criado_por)
    pedido.itens.exclude(situacao="dispensado").update(situacao="pronto")
    assert servicos.reenviar(pedido.pk, autor=pedido.criado_por).estado == "em_analise"
    client.force_login(elenco.logistica)
    assert "Aceitar o CNPJ recusado" in client.get(pedido.get_absolute_url()).text


def test_cnpj_recusado_por_engano_volta_a_ser_aceito(client):
    pedido, elenco = _devolvido_por_ser_privado()
    client.force_login(elenco.logistica)

    feito = client.post(
        f"{pedido.get_absolute_url()}fazer/cnpj-publico/", {"texto": "A lei de criação mostra que é autarquia."}
    )

    assert feito.status_code == 302
    assert rascunho(sala(), cnpj=EMPRESA).cnpj == EMPRESA


def test_o_cnpj_do_municipio_do_acordo_nao_se_recusa():
    espaco = sala()
    EntidadeFabrica(municipio=espaco.imovel.municipio, cnpj="99000101000120")
    pedido, elenco = em_analise(espaco)

    with pytest.raises(ErroDeDominio, match="é de órgão público"):
        analise.devolver(pedido.pk, codigo="privada", autor=elenco.logistica)


def test_so_quem_o_portal_nao_conhece_prova_que_e_publico():
    espaco = sala()
    EntidadeFabrica(municipio=espaco.imovel.municipio, cnpj="99000101000120")

    do_acordo = rascunho(espaco)
    de_fora = rascunho(sala(), cnpj="99000202000109")

    assert not do_acordo.itens.filter(codigo="orgao-publico").exists()
    assert de_fora.itens.filter(codigo="orgao-publico").exists()


def test_quem_analisa_orgao_federal_ve_que_o_cnpj_nao_e_conhecido(client):
    espaco = sala()
    elenco = Elenco(espaco)
    pedido = servicos.comecar(
        espaco.pk, dados_do_pedido(espaco, esfera="federal_uniao", finalidade="outra", cnpj=EMPRESA),
        municipio=espaco.imovel.municipio, autor=elenco.colega,
    )  # fmt: skip
    client.force_login(elenco.logistica)

    assert "Veja a natureza jurídica na Receita Federal" in client.get(pedido.get_absolute_url()).text


# --- One at a time ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("situacao", ["rascunho", "enviado"])
def test_o_mesmo_municipio_nao_pede_duas_vezes_os_mesmos_dias(client, situacao):
    espaco = sala()
    gestor = com_papel("gestor", espaco.imovel.municipio)
    aberto = (enviado if situacao == "enviado" else rascunho)(espaco, gestor=gestor)
    client.force_login(com_papel("gestor", espaco.imovel.municipio))
    endereco = f"/cessao/pedir/{espaco.codigo}/"

    tela = client.get(endereco, {"esfera": "municipal", "finalidade": "previdenciaria"})
    segundo = client.post(endereco, _enviado(espaco, inicio=HOJE + timedelta(days=60)))

    assert f'href="{aberto.get_absolute_url()}"' in tela.text
    assert segundo.status_code == 422
    assert "O município já tem um pedido aberto para este espaço em dias que se cruzam" in segundo.text
    assert f'href="{aberto.get_absolute_url()}"' in segundo.text
    assert Pedido.objects.count() == 1


def test_outros_dias_outra_cidade_ou_depois_de_desistir_cabe():
    espaco = sala()
    um = rascunho(espaco)
    depois = rascunho(espaco, inicio=HOJE + timedelta(days=400))
    outra = rascunho(espaco, gestor=com_papel("gestor", MunicipioFabrica(unidade=espaco.imovel.unidade)))

    with pytest.raises(ErroDeDominio, match="dias que se cruzam"):
        servicos.editar(depois.pk, dados_do_pedido(espaco), versao=depois.versao, autor=depois.criado_por)
    servicos.desistir(um.pk, motivo="Outra sala.", autor=um.criado_por)
    servicos.editar(depois.pk, dados_do_pedido(espaco), versao=depois.versao, autor=depois.criado_por)
    assert outra.pk


def test_a_logistica_nao_registra_duas_vezes_o_oficio_do_mesmo_orgao():
    espaco = sala()
    elenco = Elenco(espaco)
    federal = {"esfera": "federal_uniao", "finalidade": "outra"}

    def registrar(cnpj: str) -> Pedido:
        dados = dados_do_pedido(espaco, **federal, cnpj=cnpj)
        return servicos.comecar(espaco.pk, dados, municipio=espaco.imovel.municipio, autor=elenco.colega)

    registrar("99000301000182")
    with pytest.raises(ErroDeDominio, match="Este órgão já tem um pedido aberto"):
        registrar("99000301000263")
    assert registrar("99000202000109").pk


def test_quem_nao_diz_para_que_e_le_o_que_falta(client):
    espaco = sala()
    client.force_login(com_papel("gestor", espaco.imovel.municipio))
    endereco = f"/cessao/pedir/{espaco.codigo}/"

    assert "Escolha uma das opções." not in client.get(endereco).content.decode()
    sem_finalidade = client.get(endereco, {"imovel": espaco.imovel.especie, "esfera": "municipal"})
    assert "Escolha uma das opções." in sem_finalidade.content.decode()
