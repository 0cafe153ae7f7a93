"""What the papers say: the share of the costs, the period, the process, the annexes, who signs the inspection."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.template.loader import get_template

from act_portal.emissao.conteudo import montar_html
from act_portal.emissao.templatetags.papeis import em_linhas
from act_portal.erros import ErroDeDominio
from cessao import regras
from cessao.analise import obras as das_obras
from cessao.analise import servicos as analise
from cessao.models import Pedido
from cessao.ocupacao.servicos import saida
from cessao.papeis.conteudo import comum
from cessao.pedido import servicos
from tests.cessao.fabricas import (
    DECISAO,
    VISTORIA,
    aprovado,
    dados_do_pedido,
    em_analise,
    ocupado,
    para_decisao,
    rascunho,
    sala,
)
from tests.cessao.test_telas import _enviado
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db


def _texto(pedido: Pedido, especie: str) -> str:
    """As it is drawn, in one line. The room of the tests has 30 m² asked of a building of 400 m²: 7,5%."""
    papel = pedido.papeis.filter(especie=especie, substituido_em=None).latest("pk")
    return " ".join(montar_html(papel.documento).split())


# --- The share of the costs ---------------------------------------------------------------------------------------


def test_a_parte_da_area_tem_duas_casas_e_nao_passa_de_cem():
    assert regras.parte_da_area(Decimal(30), Decimal(400)) == Decimal("7.50")
    assert regras.parte_da_area(Decimal(1), Decimal(3)) == Decimal("33.33")
    assert regras.parte_da_area(Decimal(500), Decimal(400)) == 100


def test_parte_que_nao_e_a_da_area_precisa_de_motivo_e_o_termo_diz_o_que_e():
    frase = r"\(30 m² de 400 m²\), a parte nas despesas comuns é de 7,50%\. Use essa, ou escreva por que é outra"
    with pytest.raises(ErroDeDominio, match=frase):
        rascunho(rateio_percentual=Decimal(10))

    da_area, _ = aprovado(rateio_percentual=Decimal("7.5"))
    outra, _ = aprovado(rateio_percentual=Decimal(10), rateio_motivo="O ponto usa a sala de espera.")
    sem, _ = aprovado()

    assert "é de 7,50%, na proporção da área (30,00 m² de 400,00 m²). O pagamento vai até" in _texto(da_area, "termo")
    assert "é de 10%, e não a da área (7,50%): O ponto usa a sala de espera. O pagamento" in _texto(outra, "termo")
    assert "na proporção da área (" not in _texto(outra, "termo")
    assert "A parte nas despesas comuns" not in _texto(sem, "termo")
    assert "Por que é outra: O ponto usa a sala de espera." in _texto(outra, "parecer")


def test_o_formulario_mostra_a_parte_da_area_e_nao_guarda_motivo_a_toa(client):
    espaco = sala()
    client.force_login(com_papel("gestor", espaco.imovel.municipio))
    endereco = f"/cessao/pedir/{espaco.codigo}/"

    tela = client.get(endereco, {"esfera": "municipal", "finalidade": "previdenciaria"})
    outra = client.post(endereco, _enviado(espaco) | {"rateio_percentual": "9"})
    client.post(endereco, _enviado(espaco) | {"rateio_motivo": "Sem motivo."})

    assert "40 m² de 400 m² são 10%" in tela.text
    assert outra.status_code == 422
    assert "30 m² de 400 m² são 7,50%" in outra.text
    assert "Use essa, ou escreva por que é outra." in outra.text
    pedido = Pedido.objects.get()
    assert (pedido.rateio_percentual, pedido.rateio_motivo) == (Decimal("7.50"), "")
    assert "7,50% das comuns, na proporção da área" in client.get(pedido.get_absolute_url()).text


# --- Period, process, annexes -------------------------------------------------------------------------------------


def test_a_decisao_diz_o_periodo():
    aprovada, _ = aprovado()
    recusada, elenco = para_decisao()
    analise.indeferir(recusada.pk, **DECISAO, autor=elenco.diretor)

    for pedido, fim in ((aprovada, aprovada.termo.fim), (recusada, regras.fim_do_prazo(recusada.inicio, 12))):
        periodo = f"por 12 meses, de {pedido.inicio:%d/%m/%Y} a {fim:%d/%m/%Y}"
        assert periodo in _texto(pedido, "decisao")


def test_o_numero_do_sei_esta_em_cada_papel_feito_depois_dele():
    termo, elenco = ocupado()
    analise.numerar_sei(termo.pedido_id, numero="35014.000007/2026-00", autor=elenco.logistica)
    saida.notificar(termo.pk, texto="Lanchonete na sala.", autor=elenco.logistica)
    pedido = rascunho()
    Pedido.objects.filter(pk=pedido.pk).update(processo_sei="35014.000008/2026-00")
    servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)

    assert "35014.000007/2026-00" in _texto(termo.pedido, "notificacao")
    assert "35014.000008/2026-00" in _texto(pedido, "solicitacao")


def test_o_extrato_diz_os_recursos_e_o_termo_os_anexos():
    termo, _ = ocupado()

    assert "RECURSOS: cessão não onerosa, sem transferência de recursos, com rateio de despesas." in _texto(
        termo.pedido, "extrato"
    )
    assert "I – croqui do espaço; II – termo de vistoria de entrega" in _texto(termo.pedido, "termo")


def test_na_vistoria_o_fiscal_do_orgao_tem_nome_e_cargo_e_nao_o_telefone():
    termo, _ = ocupado()
    papel = _texto(termo.pedido, "vistoria")

    assert "<b>Rita Fictícia</b></p><p>Coordenadora – Prefeitura Fictícia" in papel
    assert "3133330000" not in papel
    assert "designar fiscal: Rita Fictícia, Coordenadora." in _texto(termo.pedido, "termo")


def test_pedido_antigo_sem_fiscal_nao_deixa_lacuna():
    pedido = rascunho(fiscal_nome="", fiscal_cargo="")

    assert comum(pedido)["fiscal_nome"] == ""
    with pytest.raises(ErroDeDominio, match="quem fiscaliza o espaço pelo órgão; cargo de quem fiscaliza"):
        servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)
    dados = dados_do_pedido(pedido.espaco)
    servicos.editar(pedido.pk, dados, versao=pedido.versao, autor=pedido.criado_por)
    servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)


# --- Conditions ---------------------------------------------------------------------------------------------------


def test_a_condicao_do_parecer_vai_para_a_decisao_e_para_o_termo(client):
    pedido, elenco = em_analise(obras=["Divisória na entrada"])
    das_obras.julgar(pedido.obras.get().pk, decisao="aceita", desfaz="sim", autor=elenco.logistica)
    analise.opinar(
        pedido.pk, conclusao="condicao", texto="Cabe.", condicoes="Parede só removível.", vistoria=VISTORIA,
        autor=elenco.logistica,
    )  # fmt: skip
    analise.manifestar(pedido.pk, conclusao="favoravel", texto="De acordo.", autor=elenco.superintendente)
    sim = {**DECISAO, "inicio": pedido.inicio, "meses": pedido.meses, "autor": elenco.diretor}
    with pytest.raises(ErroDeDominio, match="O parecer põe condições"):
        analise.aprovar(pedido.pk, **sim)
    client.force_login(elenco.diretor)
    assert "Parede só removível.</textarea>" in client.get(f"/cessao/pedidos/{pedido.codigo}/").text

    analise.aprovar(pedido.pk, **sim, condicoes="Parede só removível.")

    pedido = Pedido.objects.get(pk=pedido.pk)
    assert "Condições: Parede só removível." in _texto(pedido, "decisao")
    termo = _texto(pedido, "termo")
    assert "Ficam autorizadas, nas condições da decisão, as do quadro, e nenhuma outra." in termo
    assert '<th scope="row">Divisória na entrada</th>' in termo
    assert "<b>Condições da decisão.</b> Parede só removível." in termo


def test_a_condicao_da_superintendencia_vai_com_a_do_parecer_para_a_decisao_e_o_termo(client):
    pedido, elenco = em_analise()
    analise.opinar(
        pedido.pk, conclusao="condicao", texto="Cabe.", condicoes="Parede só removível.", vistoria=VISTORIA,
        autor=elenco.logistica,
    )  # fmt: skip
    client.force_login(elenco.superintendente)
    manifestar = f"{pedido.get_absolute_url()}fazer/manifestar/"
    sem = client.post(manifestar, {"conclusao": "condicao", "texto": "De acordo."})
    assert "Escreva as condições da manifestação." in sem.text
    com = {"conclusao": "condicao", "texto": "De acordo.", "condicoes": "Sem uso aos sábados"}
    assert client.post(manifestar, com).status_code == 302
    client.force_login(elenco.diretor)
    assert "Parede só removível; Sem uso aos sábados</textarea>" in client.get(pedido.get_absolute_url()).text

    sim = {**DECISAO, "inicio": pedido.inicio, "meses": pedido.meses, "autor": elenco.diretor}
    analise.aprovar(pedido.pk, **sim, condicoes="Parede só removível; Sem uso aos sábados")

    pedido = Pedido.objects.get(pk=pedido.pk)
    assert "Condições: Parede só removível; Sem uso aos sábados.</p>" in _texto(pedido, "decisao")
    assert "<b>Condições da decisão.</b> Parede só removível; Sem uso aos sábados.</p>" in _texto(pedido, "termo")


def test_so_a_superintendencia_poe_condicao_e_ninguem_aprova_sem_ela():
    pedido, elenco = em_analise()
    analise.opinar(pedido.pk, conclusao="favoravel", texto="Cabe.", vistoria=VISTORIA, autor=elenco.logistica)
    analise.manifestar(
        pedido.pk, conclusao="condicao", texto="Sim.", condicoes="Só de dia.", autor=elenco.superintendente
    )

    with pytest.raises(ErroDeDominio, match="A Superintendência põe condições"):
        analise.aprovar(
            pedido.pk, **DECISAO, inicio=pedido.inicio, meses=pedido.meses, condicoes=" ", autor=elenco.diretor
        )


def test_o_plano_de_uso_sai_com_as_linhas_em_que_foi_escrito():
    pedido = rascunho(plano="Atender de manhã.\nDigitalizar à tarde.")
    servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)

    assert "Atender de manhã.<br>Digitalizar à tarde." in _texto(pedido, "solicitacao")


# --- Photos -------------------------------------------------------------------------------------------------------


def test_as_fotos_vao_duas_a_duas_e_o_titulo_com_as_primeiras():
    so, antes, depois, outra = ({"legenda": n, "antes": n == "antes"} for n in ("só", "antes", "depois", "outra"))
    assert em_linhas([so, antes, depois, outra]) == [[so], [antes, depois], [outra]]

    folha = get_template("papeis/_fotos.html").render({"titulo": "Fotos – Sala", "fotos": [antes, depois, outra]})
    primeira, segunda = folha.split('<div class="fotos linha-de-fotos">')[1:]
    assert "Fotos – Sala" in primeira
    assert "depois" in primeira
    assert "<h2>" not in segunda
