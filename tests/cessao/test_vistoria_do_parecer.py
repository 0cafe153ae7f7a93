"""The inspection of the technical opinion: a row for each element, with its photo, on the paper too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.arquivos.models import Arquivo
from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from cessao.analise import servicos as analise
from cessao.analise import vistoria
from cessao.consultas import historia
from cessao.demonstracao import fotos
from cessao.models import Achado, Pedido
from cessao.pedido.consultas import lista
from cessao.servicos import anotar
from tests.adesao.fabricas import pdf_assinado
from tests.cessao.fabricas import VISTORIA, em_analise, para_decisao
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate()
ITEM = {"ambiente": "Recepção", "elemento": "paredes", "estado": "regular", "descricao": "Mancha no canto."}


def _opinar(pedido: Pedido, elenco, conclusao: str = "favoravel") -> None:
    visto = {**VISTORIA, "dia": HOJE, "acompanhante": "Rita Fictícia", "medidores": "energia 123"}
    analise.opinar(pedido.pk, conclusao=conclusao, texto="Cabe.", vistoria=visto, autor=elenco.logistica)


def _parecer(pedido: Pedido):
    return pedido.papeis.get(especie="parecer", substituido_em=None).documento


def test_parecer_favoravel_precisa_de_ao_menos_um_item():
    pedido, elenco = em_analise()
    Achado.objects.all().delete()

    with pytest.raises(ErroDeDominio, match="ponha o que a vistoria viu"):
        _opinar(pedido, elenco)
    _opinar(pedido, elenco, "desfavoravel")


def test_a_tabela_do_parecer_tem_item_estado_e_o_numero_da_foto():
    pedido, elenco = em_analise()
    achado = vistoria.por(pedido.pk, fotos.do_ambiente("Recepção", HOJE), **ITEM, autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="ainda prepara a foto de “Recepção: paredes e pintura”"):
        _opinar(pedido, elenco)
    saidas.executar(Saida.objects.get(chave=f"normalizar:{achado.arquivo_id}").pk)
    _opinar(pedido, elenco)

    html = " ".join(montar_html(_parecer(pedido)).split())
    linha = '<th scope="row">Recepção</th><td>Paredes e pintura</td><td>Regular</td><td>Mancha no canto</td><td>1</td>'
    assert linha in html
    assert '<th scope="row">Sala</th><td>Piso</td><td>Bom</td><td>–</td><td>–</td>' in html
    assert 'src="data:image/jpeg' in html
    assert "acompanhada por Rita Fictícia" in html
    assert "Medidores: energia 123." in html


def test_so_entra_foto_e_nao_de_antes_do_pedido():
    pedido, elenco = em_analise()

    with pytest.raises(ErroDeDominio, match="não é uma foto"):
        vistoria.por(pedido.pk, pdf_assinado(), **ITEM, autor=elenco.logistica)
    velha = fotos.do_ambiente("Recepção", HOJE - timedelta(days=40))
    with pytest.raises(ErroDeDominio, match="antes do pedido"):
        vistoria.por(pedido.pk, velha, **ITEM, autor=elenco.logistica)
    assert not Arquivo.objects.filter(nome_original="Recepção.jpg").exists()


def test_o_mesmo_elemento_entra_uma_vez_e_quem_nao_analisa_nao_mexe():
    pedido, elenco = em_analise()
    achado = vistoria.por(pedido.pk, **ITEM, autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="já está na lista"):
        vistoria.por(pedido.pk, **ITEM, autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="está com"):
        vistoria.tirar(achado.pk, autor=elenco.colega)
    vistoria.tirar(achado.pk, autor=elenco.logistica)
    vistoria.por(pedido.pk, **ITEM, autor=elenco.logistica)
    assert pedido.achados.count() == 3


def test_a_foto_que_nao_serve_segura_o_parecer():
    pedido, elenco = em_analise()
    achado = vistoria.por(pedido.pk, fotos.do_ambiente("Recepção", HOJE), **ITEM, autor=elenco.logistica)
    Arquivo.objects.filter(pk=achado.arquivo_id).update(situacao="recusado", motivo="Ilegível.")

    with pytest.raises(ErroDeDominio, match="A foto de “Recepção: paredes e pintura” não serve"):
        _opinar(pedido, elenco)


def test_a_tela_poe_e_tira_item_e_quem_pediu_so_ve_depois_da_decisao(client):
    pedido, elenco = em_analise()
    endereco = pedido.get_absolute_url()
    client.force_login(elenco.logistica)
    dados = {**ITEM, "arquivo": fotos.do_ambiente("Recepção", HOJE)}
    assert client.post(f"{endereco}fazer/item-vistoria/", dados).status_code == 302
    tela = client.get(endereco).text
    assert "Vistoria do parecer" in tela
    achado = pedido.achados.latest("pk")
    saidas.executar(Saida.objects.get(chave=f"normalizar:{achado.arquivo_id}").pk)
    assert client.get(f"{endereco}vistoria/{achado.codigo}/foto/").status_code == 200

    client.force_login(pedido.criado_por)
    assert "Vistoria do parecer" not in client.get(endereco).text
    assert client.get(f"{endereco}vistoria/{achado.codigo}/foto/").status_code == 404
    client.force_login(elenco.logistica)
    assert client.post(f"{endereco}vistoria/{achado.codigo}/tirar/").status_code == 302
    assert pedido.achados.filter(tirado_em=None).count() == 1


# --- Small ones ---------------------------------------------------------------------------------------------------


def test_autoridade_de_gerencia_nao_ve_como_seu_o_que_e_da_superintendencia(client):
    pedido, elenco = em_analise()
    _opinar(pedido, elenco)
    da_gerencia = com_papel("autoridade_inss", pedido.unidade)
    for quem, espera in ((elenco.superintendente, [pedido]), (da_gerencia, [])):
        client.force_login(quem)
        painel = client.get("/painel/")
        assert ("para manifestar" in painel.text) is bool(espera)
        assert list(lista(painel.wsgi_request.user)) == espera


def test_o_historico_inteiro_esta_a_um_toque(client):
    pedido, elenco = para_decisao()
    for _ in range(20):
        anotar("cessao.editado", pedido, pedido.criado_por)
    client.force_login(elenco.logistica)

    curta = client.get(pedido.get_absolute_url())
    toda = client.get(pedido.get_absolute_url(), {"historia": "toda"})
    assert len(curta.context["historia"]) == 12
    assert "Ver o histórico inteiro" in curta.text
    assert len(toda.context["historia"]) > 20
    assert "Ver o histórico inteiro" not in toda.text
    assert not historia(pedido, do_inss=True, toda=True)["ha_mais_historia"]


def test_o_mapa_e_por_unidade_como_a_tabela(client):
    pedido, elenco = em_analise()
    client.force_login(elenco.logistica)
    tela = client.get("/cessao/regiao/")

    unidade = pedido.espaco.imovel.unidade
    assert [m.nome.partition(" (")[0] for m in tela.context["mapa"].marcas] == [unidade.nome]
    assert tela.context["mapa"].marcas[0].href.endswith(f"unidade={unidade.codigo}")
