"""What a request asks for and what INSS may waive, and what happens when its space changes on the way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate, now

from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from cessao.analise import servicos as analise
from cessao.imoveis import servicos as imoveis
from cessao.models import Pedido
from cessao.pedido import servicos
from cessao.situacoes import SituacaoItem
from tests.cessao.fabricas import (
    DECISAO,
    VISTORIA,
    Elenco,
    arquivar_direto,
    dados_do_pedido,
    em_analise,
    enviado,
    para_decisao,
    rascunho,
    sala,
)
from tests.cessao.test_telas import _enviado
from tests.fabricas import EntidadeFabrica, MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


def avisos(qual: str) -> set[int]:
    return {s.carga["usuario"] for s in Saida.objects.filter(tipo="cessao.avisar") if s.carga["qual"] == qual}


# --- Only what can be undone --------------------------------------------------------------------------------------


def test_obra_que_dificulta_devolver_nao_se_pede_nem_na_sala():
    with pytest.raises(ErroDeDominio, match=r"se desfaz.*O que seria um sim"):
        rascunho(dificulta_devolucao=True)


def test_parecer_favoravel_nao_combina_com_uso_que_dificulta_devolver():
    pedido, elenco = em_analise()
    vistoria = {**VISTORIA, "dificulta_devolucao": True}

    with pytest.raises(ErroDeDominio, match="dificulta a devolução"):
        analise.opinar(pedido.pk, conclusao="favoravel", texto="X", vistoria=vistoria, autor=elenco.logistica)


# --- The text to sign, before it is sent --------------------------------------------------------------------------


def test_o_oficio_sai_antes_de_enviar_e_acompanha_o_que_muda(client):
    pedido = rascunho()
    client.force_login(pedido.criado_por)
    tela = client.get(pedido.get_absolute_url())
    assert "Fazer o ofício" in tela.text

    assert client.post(f"{pedido.get_absolute_url()}fazer/oficio/").status_code == 302
    papel = pedido.papeis.get(especie="solicitacao")
    assert pedido.estado == "rascunho"
    servicos.editar(
        pedido.pk, dados_do_pedido(pedido.espaco, uso="outro uso"), versao=pedido.versao, autor=pedido.criado_por
    )
    novo = pedido.papeis.get(especie="solicitacao", substituido_em=None)
    assert (novo.pk != papel.pk, novo.documento.dados["uso"]) == (True, "outro uso")
    arquivar_direto(pedido)
    servicos.enviar(pedido.pk, autor=pedido.criado_por)
    assert pedido.papeis.get(especie="solicitacao", substituido_em=None).pk == novo.pk


def test_o_oficio_espera_o_que_ele_diz():
    pedido = rascunho(plano="")

    with pytest.raises(ErroDeDominio, match="plano de uso"):
        servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)


# --- What INSS asks of everybody ----------------------------------------------------------------------------------


def test_o_minimo_do_inss_nao_se_dispensa(client):
    pedido, elenco = em_analise()
    pedido.itens.exclude(situacao="dispensado").update(situacao="pronto")
    plano, fiscal = (pedido.itens.get(codigo=codigo) for codigo in ("plano-de-uso", "regularidade-fiscal"))

    with pytest.raises(ErroDeDominio, match="mínimo do INSS"):
        analise.julgar_item(plano.pk, decisao="dispensado", motivo="x", autor=elenco.logistica)
    assert analise.julgar_item(
        fiscal.pk, decisao="dispensado", motivo="Vista no SICAF.", autor=elenco.logistica
    ).estado == SituacaoItem.DISPENSADO  # fmt: skip
    client.force_login(elenco.logistica)
    assert 'value="dispensado"' not in client.get(f"{pedido.get_absolute_url()}documentos/plano-de-uso/").text
    assert 'value="dispensado"' in client.get(f"{pedido.get_absolute_url()}documentos/declaracao-dotacao/").text


# --- What was typed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mais", [{"pessoa": "privada"}, {"finalidade": "outra"}])
def test_o_nao_do_formulario_completo_devolve_o_que_foi_digitado(client, mais):
    espaco = sala()
    client.force_login(com_papel("gestor", espaco.imovel.municipio))

    resposta = client.post(f"/cessao/pedir/{espaco.codigo}/", _enviado(espaco, plano="Plano digitado.", **mais))

    assert resposta.status_code == 422
    assert "Plano digitado." in resposta.text
    assert "O que seria um sim" in resposta.text


# --- The space changes on the way ---------------------------------------------------------------------------------


def _dados(espaco, **mais) -> dict:
    nomes = ("nome", "area_m2", "dentro_de", "descricao", "disponivel_de", "disponivel_ate")
    return {**{nome: getattr(espaco, nome) for nome in nomes}, **mais}


def test_espaco_que_encolhe_avisa_quem_pediu_mais(client):
    pedido = enviado(sala())
    elenco = Elenco(pedido.espaco)
    client.force_login(pedido.criado_por)
    espaco = pedido.espaco
    imoveis.guardar_espaco(espaco.imovel_id, _dados(espaco, area_m2=Decimal(35)), espaco_id=espaco.pk,
                           autor=elenco.logistica)  # fmt: skip
    assert avisos("espaco_mudou") == set()

    imoveis.guardar_espaco(espaco.imovel_id, _dados(espaco, area_m2=Decimal(10)), espaco_id=espaco.pk,
                           autor=elenco.logistica)  # fmt: skip

    assert pedido.criado_por_id in avisos("espaco_mudou")
    assert "O espaço tem 10 m²" in client.get(pedido.get_absolute_url()).text


def test_imovel_que_deixa_de_ser_operacional_avisa_quem_pediu(client):
    pedido = enviado(sala())
    elenco = Elenco(pedido.espaco)
    imoveis.corrigir(pedido.espaco.imovel_id, {"operacional": False}, autor=elenco.logistica)

    assert pedido.criado_por_id in avisos("espaco_mudou")
    client.force_login(pedido.criado_por)
    assert "Imóvel não operacional não é cedido" in client.get(pedido.get_absolute_url()).text


def test_imovel_que_sai_do_catalogo_avisa_quem_pediu():
    pedido = enviado(sala())
    imoveis.retirar(pedido.espaco.imovel_id, motivo="Vai a leilão", autor=Elenco(pedido.espaco).logistica)

    assert pedido.criado_por_id in avisos("espaco_mudou")


# --- Who asks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("do_acordo", "do_pedido", "frase"),
    [
        ("99000101000120", "99000101000120", ""),
        ("99000101000120", "00000000000191", "não é o do município no acordo"),
        ("", "00000000000191", "não conhece o CNPJ deste município"),
    ],
)
def test_quem_analisa_ve_que_o_cnpj_nao_e_o_do_municipio(client, do_acordo, do_pedido, frase):
    espaco = sala()
    if do_acordo:
        EntidadeFabrica(municipio=espaco.imovel.municipio, cnpj=do_acordo)
    pedido, elenco = em_analise(espaco, cnpj=do_pedido)
    client.force_login(elenco.logistica)
    tela = client.get(pedido.get_absolute_url()).text

    assert frase in tela
    assert ("Confira o CNPJ" in tela) == bool(frase)


def test_o_que_a_logistica_responde_pelo_orgao_espera_por_ela(client):
    espaco = sala()
    elenco = Elenco(espaco)
    pedido = servicos.comecar(
        espaco.pk, dados_do_pedido(espaco, esfera="federal_uniao", finalidade="outra", orgao="Órgão Federal"),
        municipio=espaco.imovel.municipio, autor=elenco.colega,
    )  # fmt: skip
    client.force_login(elenco.logistica)

    for situacao in ("rascunho", "assinatura", "indeferido"):
        Pedido.objects.filter(pk=pedido.pk).update(situacao=situacao, enviado_em=now())
        assert "Órgão Federal" in client.get("/cessao/pedidos/").text, situacao


# --- One clear sentence -------------------------------------------------------------------------------------------


def test_area_que_nao_cabe_se_diz_sem_falar_da_parte_nas_despesas():
    espaco = sala()
    with pytest.raises(ErroDeDominio) as erro:
        rascunho(espaco, area_m2=Decimal(41), rateio_percentual=Decimal(10))

    assert str(erro.value) == "O espaço tem 40 m². Peça até essa área, ou escolha outro espaço."


def test_devolvido_sem_croqui_diz_que_ele_falta_e_nao_volta_sem_ele(client):
    pedido = rascunho()
    arquivar_direto(pedido)
    pedido.itens.filter(codigo="croqui").update(situacao="falta")
    assert servicos.faltas(pedido) == []
    pedido = servicos.enviar(pedido.pk, autor=pedido.criado_por)
    elenco = Elenco(pedido.espaco)
    analise.tomar(pedido.pk, autor=elenco.logistica)
    ate = localdate() + timedelta(days=10)
    analise.devolver(pedido.pk, recado="Falta o croqui.", prazo=ate, autor=elenco.logistica)
    client.force_login(pedido.criado_por)

    tela = client.get(pedido.get_absolute_url())
    assert tela.context["faltas"] == ["Croqui do espaço"]
    assert f"Responda até {ate:%d/%m/%Y}." in tela.text
    with pytest.raises(ErroDeDominio, match="Antes de enviar, falta: Croqui do espaço"):
        servicos.reenviar(pedido.pk, autor=pedido.criado_por)


def test_depois_do_prazo_de_recurso_nao_se_oferece_recorrer(client):
    pedido, elenco = para_decisao()
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)
    client.force_login(pedido.criado_por)
    assert "Recorrer da decisão" in client.get(pedido.get_absolute_url()).text

    Pedido.objects.update(situacao_desde=now() - timedelta(days=40))
    tela = client.get(pedido.get_absolute_url()).text
    assert "Recorrer da decisão" not in tela
    assert "O prazo de recurso terminou em" in tela


def test_quem_foi_recusado_sabe_do_outro_escolhido_sem_ler_que_ainda_espera(client):
    espaco = sala()
    recusado, elenco = para_decisao(espaco)
    analise.indeferir(recusado.pk, **DECISAO, autor=elenco.diretor)
    vizinho = com_papel("gestor", MunicipioFabrica(unidade=espaco.imovel.unidade))
    escolhido, _ = para_decisao(espaco, elenco, gestor=vizinho)
    analise.aprovar(
        escolhido.pk, **DECISAO, inicio=escolhido.inicio, meses=12, escolha="Cabe.", autor=elenco.diretor
    )  # fmt: skip
    client.force_login(recusado.criado_por)

    tela = client.get(recusado.get_absolute_url()).text
    assert "O INSS escolheu outro pedido para este espaço" in tela
    assert "ainda espera a decisão" not in tela
