"""What people read: until when a space is taken, photos side by side, and words that agree with the number."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.template.loader import get_template
from django.utils.timezone import localdate

from act_portal.arquivos.models import Folha
from cessao.consultas import linha_do_tempo
from cessao.imoveis.forms import EspacoForm
from cessao.models import Importacao, Termo, Vistoria
from cessao.ocupacao.servicos import vistorias
from cessao.papeis.conteudo import MONTADORES, comum, em_ordem
from cessao.pedido import obras
from cessao.servicos import anotar
from tests.cessao.fabricas import (
    Elenco,
    EspacoFabrica,
    aprovado,
    dados_da_vistoria,
    enviado,
    foto_direta,
    ocupado,
    para_decisao,
    rascunho,
    sala,
    vistoriar,
)
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate()


def test_o_catalogo_diz_ate_quando_o_espaco_e_a_parte_dele_estao_cedidos(client):
    andar = sala(nome="Andar", area_m2=80)
    parte = EspacoFabrica(imovel=andar.imovel, dentro_de=andar, area_m2=30, nome="Parte")
    livre = EspacoFabrica(imovel=andar.imovel, nome="Outra", area_m2=30)
    pedido, _ = aprovado(parte, inicio=HOJE + timedelta(days=10))

    dias = f"cedido de {pedido.termo.inicio:%d/%m/%Y} a {pedido.termo.fim:%d/%m/%Y}"
    tela = client.get(andar.imovel.get_absolute_url())
    assert tela.text.count(dias) == 2
    assert [(e.nome, len(periodos)) for e, _, periodos in tela.context["espacos"]] == [
        ("Andar", 1), (livre.nome, 0), ("Parte", 1),
    ]  # fmt: skip


def test_a_foto_da_entrega_comeca_a_linha_e_a_de_agora_fica_ao_lado():
    termo, elenco = ocupado()
    vistoria = vistoriar(termo, "devolucao", elenco)
    for ambiente in vistoria.ambientes.all():
        foto_direta(ambiente)

    fotos = em_ordem(vistoria)
    assert [antes for _, antes in fotos] == [True, False, False]
    assert fotos[0][0] == fotos[1][0].par


def test_uma_importacao_conta_no_singular():
    assert Importacao(linhas=[{"resultado": "criado"}, {"resultado": "recusado"}]).resumo == "1 novo, 1 recusado"


def test_a_area_nos_papeis_tem_ponto_nos_milhares():
    pedido = rascunho(sala(imovel__area_m2=2000))

    assert comum(pedido)["imovel_area"] == "2.000,00"


def test_duas_frases_do_termo_nao_se_juntam():
    pedido = rascunho(despesas="Energia e água, na proporção da área", rateio_percentual=Decimal("7.5"))

    assert comum(pedido)["despesas"].endswith("área.")
    obras.por(pedido.pk, descricao="Divisória leve.", desfaz="sim", como="Desmontar.", autor=pedido.criado_por)
    assert comum(pedido)["adaptacoes"][0]["descricao"] == "Divisória leve"
    pedido.rateio_percentual = None
    assert comum(pedido)["despesas"].endswith("área")


def test_o_que_o_portal_faz_sozinho_nao_e_do_cidadao():
    pedido = rascunho()
    anotar("cessao.termo_vencer", pedido, None)

    assert linha_do_tempo(pedido, do_inss=True)[0].quem == "O portal"


def test_a_area_pequena_demais_e_dita_em_portugues():
    form = EspacoForm({"nome": "Sala", "area_m2": "0"}, imovel=sala().imovel)

    assert form.errors["area_m2"] == ["A área precisa ser maior que zero."]


def test_quem_recebe_as_chaves_nao_as_entrega():
    termo, _ = ocupado()

    frases = [linha.frase for linha in linha_do_tempo(termo.pedido, do_inss=True)]
    assert "Recebeu as chaves" in frases


def test_quem_assina_pela_diretoria_nao_vem_com_o_nome_da_gerencia():
    """The directorate signs: the unit that keeps the property is not the one that lends it."""
    dados = {"unidade": "Gerência-Executiva Fictícia", "meses": 12, "prazo_total_meses": 24, "termo_numero": "1/2026"}

    for papel in ("termo", "extrato"):
        assert "por sua" not in get_template(f"papeis/cessao/{papel}.html").render(dados)
    assert "por sua Gerência-Executiva" in get_template("papeis/cessao/v2/termo.html").render(dados)


def test_cada_numero_da_regiao_abre_a_lista_do_que_contou(client):
    """A vacant room of one unit, a room in use of another and one that should have been given back."""
    livre = sala()
    (termo, elenco), (vencido, _) = ocupado(), ocupado()
    Termo.objects.filter(pk=vencido.pk).update(situacao="vencido", inicio=HOJE - timedelta(9), fim=HOJE - timedelta(1))
    client.force_login(com_papel("autoridade_inss", elenco.diretor.vinculo.unidade))
    tela = client.get("/cessao/regiao/").content.decode()

    for unidade, o_que, quantos in (
        (livre.imovel.unidade, "catalogo/?natureza=livre", 1),
        (termo.espaco.imovel.unidade, "cessoes/?quais=ocupando", 1),
        (vencido.espaco.imovel.unidade, "cessoes/?quais=vencido", 1),
    ):  # fmt: skip
        endereco = f"/cessao/{o_que}&amp;unidade={unidade.codigo}"
        assert f'<a href="{endereco}">{quantos}</a>' in tela
        aberta = client.get(endereco.replace("&amp;", "&"))
        assert aberta.context["pagina"].paginator.count == quantos
        assert str(unidade) in aberta.text
    assert client.get("/cessao/cessoes/?quais=ocupando").context["pagina"].paginator.count == 2


def test_o_termo_de_vistoria_poe_as_fotos_sob_o_seu_ambiente():
    termo, elenco = ocupado()
    vistoria = vistoriar(termo, "devolucao", elenco)
    outro = vistoria.ambientes.create(nome="Copa", estado="bom")
    foto_direta(outro)
    for foto, _ in em_ordem(vistoria):
        Folha.objects.create(arquivo=foto.arquivo, ordem=1, bytes=1, sha256="0" * 64)
    dados = MONTADORES["vistoria"](termo.pedido, vistoria)
    texto = " ".join(get_template("papeis/cessao/vistoria.html").render(dados).split())

    assert [(f["numero"], f["ambiente"], f["antes"]) for f in dados["fotos"]] == [
        (1, "Sala", True), (2, "Sala", False), (3, "Copa", False),
    ]  # fmt: skip
    assert (
        texto.index("Fotos – Sala") < texto.index("(na entrega)") < texto.index("Fotos – Copa") < texto.index("3. Copa")
    )
    assert f"fechada</b> por {vistoria.nome} em {HOJE:%d/%m/%Y}" in texto


def test_ambiente_posto_por_engano_sai_enquanto_nao_tem_foto(client):
    termo, elenco = ocupado()
    vistoria = vistorias.abrir(termo.pk, tipo="devolucao", dados=dados_da_vistoria(), autor=elenco.logistica)
    vistorias.guardar_ambiente(vistoria.pk, nome="Slaa", estado="bom", autor=elenco.logistica)
    com_foto = vistorias.guardar_ambiente(vistoria.pk, nome="Copa", estado="bom", autor=elenco.logistica)
    foto_direta(com_foto)
    client.force_login(elenco.logistica)
    tela = client.get(f"/cessao/vistorias/{vistoria.codigo}/")

    assert tela.text.count("Tirar o ambiente") == 1
    for ambiente in vistoria.ambientes.all():
        client.post(f"/cessao/vistorias/{vistoria.codigo}/ambientes/{ambiente.pk}/tirar/")
    assert [a.nome for a in vistoria.ambientes.all()] == ["Sala", "Copa"]


def test_quem_decide_le_que_o_outro_pedido_e_de_quem_ja_ocupa(client):
    espaco = sala()
    elenco = Elenco(espaco)
    um, _ = para_decisao(espaco, elenco)
    desde = HOJE - timedelta(days=400)
    gestor = com_papel("gestor", MunicipioFabrica(unidade=espaco.imovel.unidade))
    enviado(espaco, gestor=gestor, tipo="regularizacao", ocupado_desde=desde)
    client.force_login(elenco.diretor)

    assert f"Já ocupa desde {desde:%d/%m/%Y} · " in client.get(f"/cessao/pedidos/{um.codigo}/").content.decode()


def test_o_nome_da_vistoria_e_o_da_esfera_no_meio_da_frase():
    termo, _ = ocupado()

    assert str(Vistoria(termo=termo, tipo="periodica", dia=HOJE)) == f"Vistoria periódica em {HOJE:%d/%m/%Y}"
    assert str(Vistoria(termo=termo, tipo="entrega", dia=HOJE)) == f"Vistoria de entrega em {HOJE:%d/%m/%Y}"
    esfera = get_template("papeis/cessao/_imovel.html").render({"esfera": "Federal, custeado pelo orçamento da União"})
    assert "federal, custeado pelo orçamento da União" in esfera
