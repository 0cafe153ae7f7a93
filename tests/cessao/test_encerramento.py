"""The closing paper, signed as the term is; the extract of a revocation; the condition of an extension."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from cessao.models import Assinatura, Pedido, Termo
from cessao.ocupacao.servicos import assinatura, encerramento, prorrogacao, saida, vistorias
from tests.adesao.fabricas import pdf_assinado
from tests.cessao.fabricas import (
    DECISAO,
    aprovado,
    assinar_aditivo,
    dados_da_assinatura,
    dados_do_inss,
    ocupado,
    vistoriar,
)
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate()


def _texto(pedido: Pedido, especie: str) -> str:
    papel = pedido.papeis.filter(especie=especie, substituido_em=None).latest("pk")
    return " ".join(montar_html(papel.documento).split())


def _encerrado(**mais) -> tuple[Termo, object]:
    termo, elenco = ocupado()
    vistoria = vistoriar(termo, "devolucao", elenco)
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)
    saida.encerrar(termo.pk, chaves=2, autor=elenco.logistica, **mais)
    return Termo.objects.get(pk=termo.pk), elenco


def _do_orgao(termo: Termo) -> Assinatura:
    return assinatura.assinar(
        termo.pedido_id, pdf_assinado(), **dados_da_assinatura(), encerramento=True, autor=termo.pedido.criado_por
    )


# --- Closing ------------------------------------------------------------------------------------------------------


def test_o_encerramento_traz_quem_assina_pelo_inss_e_nao_a_logistica():
    termo, elenco = _encerrado()

    papel = _texto(termo.pedido, "encerramento")
    assert termo.encerramento == "assinatura"
    assert termo.assina_encerramento == elenco.diretor
    assert f"<p><b>{elenco.diretor.nome}</b></p>" in papel
    assert f"<p><b>{elenco.logistica.nome}</b></p>" not in papel


def test_quem_ja_saiu_do_cargo_nao_assina_e_outro_e_escolhido():
    termo, elenco = ocupado()
    vistoria = vistoriar(termo, "devolucao", elenco)
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)
    elenco.diretor.vinculos.update(fim=HOJE - timedelta(days=1))

    for quem in (None, elenco.logistica, elenco.diretor):
        with pytest.raises(ErroDeDominio, match="Escolha quem assina o encerramento pelo INSS"):
            saida.encerrar(termo.pk, chaves=2, assina=quem, autor=elenco.logistica)
    saida.encerrar(termo.pk, chaves=2, assina=elenco.superintendente, autor=elenco.logistica)
    assert elenco.superintendente.nome in _texto(termo.pedido, "encerramento")


def test_as_duas_partes_assinam_o_encerramento_no_portal():
    termo, elenco = _encerrado()
    with pytest.raises(PermissionDenied):
        assinatura.assinar(
            termo.pedido_id, pdf_assinado(), **dados_da_assinatura(), encerramento=True, autor=elenco.colega
        )
    with pytest.raises(ErroDeDominio, match="não foi assinado antes"):
        assinatura.assinar(
            termo.pedido_id, pdf_assinado(), **dados_da_assinatura(assinado_em=HOJE - timedelta(days=2)),
            encerramento=True, autor=termo.pedido.criado_por,
        )  # fmt: skip
    _do_orgao(termo)
    assinatura.recusar_assinatura(
        termo.pedido_id, resultado="invalida", conferido_em=HOJE, observacao="Assine com gov.br prata.",
        encerramento=True, autor=elenco.logistica,
    )  # fmt: skip
    assert Termo.objects.get(pk=termo.pk).encerramento == "assinatura"
    _do_orgao(termo)
    dados = dados_do_inss("encerramento", termo.pedido)
    with pytest.raises(ErroDeDominio, match=f"Pelo INSS assina {elenco.diretor.nome}"):
        assinatura.assinar_inss(
            termo.pedido_id, pdf_assinado(2), **dados | {"signatario": "Outra Pessoa"}, encerramento=True,
            autor=elenco.logistica,
        )  # fmt: skip
    assinatura.assinar_inss(termo.pedido_id, pdf_assinado(2), **dados, encerramento=True, autor=elenco.logistica)

    termo = Termo.objects.get(pk=termo.pk)
    assert (termo.situacao, termo.encerramento) == ("encerrado", "assinado")
    assert termo.motivo.startswith("Devolvido antes do fim")
    assert termo.assinaturas.filter(encerramento=True, substituida_em=None).count() == 2
    # The signatures of the term are others, and stay.
    assert termo.assinaturas.filter(encerramento=False, substituida_em=None).count() == 2
    with pytest.raises(TransicaoInvalida):
        _do_orgao(termo)


def test_orgao_que_nao_assina_nao_impede_o_fim():
    termo, elenco = _encerrado()
    dados = dados_da_assinatura(signatario=elenco.diretor.nome, signatario_cargo=elenco.diretor.cargo)

    with pytest.raises(ErroDeDominio, match="por que o órgão não assina"):
        assinatura.assinar_so_inss(termo.pedido_id, pdf_assinado(), **dados, texto=" ", autor=elenco.logistica)
    assinatura.assinar_so_inss(
        termo.pedido_id, pdf_assinado(), **dados, texto="Chamado em duas cartas, não veio.", autor=elenco.logistica
    )

    assert Termo.objects.get(pk=termo.pk).encerramento == "so_inss"
    assert termo.assinaturas.get(encerramento=True).observacao == "Chamado em duas cartas, não veio."


def test_trocar_quem_assina_refaz_o_papel_e_tira_o_valor_do_que_veio():
    termo, elenco = _encerrado()
    _do_orgao(termo)
    with pytest.raises(ErroDeDominio, match="Já é"):
        encerramento.trocar_quem_assina(termo.pk, assina=elenco.diretor, autor=elenco.logistica)
    encerramento.trocar_quem_assina(termo.pk, assina=elenco.outro_diretor, autor=elenco.logistica)

    assert Termo.objects.get(pk=termo.pk).encerramento == "assinatura"
    assert not termo.assinaturas.filter(encerramento=True, substituida_em=None).exists()
    assert elenco.outro_diretor.nome in _texto(termo.pedido, "encerramento")
    encerramento.trocar_quem_assina(termo.pk, assina=elenco.superintendente, autor=elenco.logistica)
    assert termo.pedido.papeis.filter(especie="encerramento").count() == 3


def test_encerrado_antes_desta_assinatura_nao_espera_ninguem(client):
    termo, _ = _encerrado()
    Termo.objects.filter(pk=termo.pk).update(encerramento="", assina_encerramento=None)

    with pytest.raises(TransicaoInvalida, match="não espera assinatura no portal"):
        _do_orgao(termo)
    client.force_login(termo.pedido.criado_por)
    assert "Enviar o encerramento assinado" not in client.get(termo.get_absolute_url()).text


def test_a_tela_do_encerramento_pede_a_cada_um_o_que_e_seu(client):
    termo, elenco = _encerrado()
    endereco = termo.get_absolute_url()
    client.force_login(termo.pedido.criado_por)
    assert "Enviar o encerramento assinado" in client.get(endereco).text
    assert "encerramento para assinar" in client.get("/painel/").text
    _do_orgao(termo)
    client.force_login(elenco.logistica)
    tela = client.get(endereco).text
    assert "Juntar o encerramento assinado pelo INSS" in tela
    assert f'value="{elenco.diretor.nome}"' in tela
    assert client.get("/cessao/cessoes/?quais=encerramento-conferir").text.count(str(termo)) >= 1


def test_a_escolha_de_quem_assina_so_oferece_a_superintendencia_e_a_dirofl(client):
    termo, elenco = ocupado()
    vistoria = vistoriar(termo, "devolucao", elenco)
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)
    com_papel("autoridade_inss", termo.pedido.unidade, nome="Autoridade da Gerência")
    client.force_login(elenco.logistica)

    tela = client.get(termo.get_absolute_url()).text
    for quem in (elenco.superintendente, elenco.diretor, elenco.outro_diretor):
        assert quem.nome in tela
    assert "Autoridade da Gerência" not in tela


# --- Revocation ---------------------------------------------------------------------------------------------------


def test_a_retomada_tem_extrato_e_a_publicacao_dele():
    termo, elenco = ocupado()
    texto = "O INSS volta a atender ali."
    saida.revogar(termo.pk, texto=texto, competencia="Portaria 1", autor=elenco.superintendente)
    termo = Termo.objects.get(pk=termo.pk)

    extrato = _texto(termo.pedido, "retomada")
    assert f"EXTRATO DE REVOGAÇÃO DO TERMO DE CESSÃO DE OCUPAÇÃO E USO Nº {termo.numero}" in extrato
    assert "MOTIVO: O INSS volta a atender ali." in extrato
    assert f"até {termo.devolver_ate:%d/%m/%Y}" in extrato
    assert elenco.superintendente.nome in extrato

    dou = {"dou_secao": "3", "dou_pagina": "44", "autor": elenco.logistica}
    with pytest.raises(ErroDeDominio, match="entre a decisão"):
        saida.publicar_retomada(termo.pk, dou_data=HOJE - timedelta(days=1), **dou)
    with pytest.raises(PermissionDenied):
        saida.publicar_retomada(termo.pk, dou_data=HOJE, **dou | {"autor": elenco.diretor})
    saida.publicar_retomada(termo.pk, dou_data=HOJE, **dou)
    assert Termo.objects.get(pk=termo.pk).retomada.publicacao == f"DOU de {HOJE:%d/%m/%Y}, seção 3, página 44"
    with pytest.raises(ErroDeDominio, match="Não há retomada por publicar"):
        saida.publicar_retomada(termo.pk, dou_data=HOJE, **dou)


def test_retomada_antiga_sem_extrato_ganha_o_extrato_e_a_publicacao(client):
    termo, elenco = ocupado()
    saida.revogar(termo.pk, texto="O INSS vai usar.", competencia="Portaria 1", autor=elenco.superintendente)
    # As those from before the extract was made with it.
    termo.retomada.delete()
    termo.pedido.papeis.filter(especie="retomada").delete()
    client.force_login(elenco.superintendente)
    assert "Fazer o extrato da retomada" not in client.get(termo.get_absolute_url()).text
    client.force_login(elenco.logistica)
    assert "Registrar a publicação da retomada" not in client.get(termo.get_absolute_url()).text

    assert client.post(f"{termo.get_absolute_url()}fazer/extrato-retomada/").status_code == 302

    assert "O INSS vai usar." in _texto(termo.pedido, "retomada")
    tela = client.get(termo.get_absolute_url()).text
    assert "Fazer o extrato da retomada" not in tela
    assert "Registrar a publicação da retomada" in tela
    with pytest.raises(ErroDeDominio, match="Não há retomada sem extrato"):
        saida.fazer_extrato(termo.pk, autor=elenco.logistica)


def test_a_retomada_por_publicar_espera_na_logistica(client):
    termo, elenco = ocupado()
    saida.revogar(termo.pk, **DECISAO, autor=elenco.diretor)
    client.force_login(elenco.logistica)

    assert "retomada para publicar" in client.get("/painel/").text
    assert str(termo) in client.get("/cessao/cessoes/?quais=retomada-publicar").text
    dados = {"dou_data": f"{HOJE:%Y-%m-%d}", "dou_secao": "3", "dou_pagina": "7"}
    assert client.post(f"{termo.get_absolute_url()}fazer/publicar-retomada/", dados).status_code == 302
    assert "seção 3, página 7" in client.get(termo.get_absolute_url()).text


# --- The condition of an extension --------------------------------------------------------------------------------


def test_a_condicao_do_parecer_da_prorrogacao_vai_para_o_aditivo(client):
    termo, elenco = ocupado()
    aditivo = prorrogacao.pedir(termo.pk, meses=6, justificativa="Mais.", autor=termo.pedido.criado_por)
    dados = {"conclusao": "condicao", "texto": "Cabe.", "autor": elenco.logistica}
    with pytest.raises(ErroDeDominio, match="Escreva as condições do parecer"):
        prorrogacao.opinar(aditivo.pk, **dados)
    prorrogacao.opinar(aditivo.pk, **dados, condicoes="Trocar a fiação até março.")
    client.force_login(elenco.diretor)
    assert "Trocar a fiação até março.</textarea>" in client.get(termo.get_absolute_url()).text
    with pytest.raises(ErroDeDominio, match="saem no termo aditivo"):
        prorrogacao.aprovar(aditivo.pk, **DECISAO, autor=elenco.diretor)
    prorrogacao.aprovar(aditivo.pk, **DECISAO, condicoes="Trocar a fiação até março", autor=elenco.diretor)

    papel = _texto(termo.pedido, "aditivo")
    assert "<b>3ª</b> A prorrogação vale nestas condições, da decisão: Trocar a fiação até março." in papel
    assert "<b>4ª</b> Ficam confirmadas as demais cláusulas." in papel
    client.force_login(termo.pedido.criado_por)
    assert "Trocar a fiação até março" in client.get(termo.get_absolute_url()).text


def test_sem_condicao_o_aditivo_nao_abre_clausula_vazia():
    termo, elenco = ocupado()
    aditivo = prorrogacao.pedir(termo.pk, meses=6, justificativa="Mais.", autor=termo.pedido.criado_por)
    prorrogacao.opinar(aditivo.pk, conclusao="favoravel", texto="Cabe.", autor=elenco.logistica)
    aditivo = prorrogacao.aprovar(aditivo.pk, **DECISAO, autor=elenco.diretor)
    assinar_aditivo(aditivo, elenco)

    papel = _texto(termo.pedido, "aditivo")
    assert "nestas condições" not in papel
    assert "<b>3ª</b> Ficam confirmadas" in papel


# --- Who inspects, and where it belongs ---------------------------------------------------------------------------


def test_o_termo_diz_o_fiscal_do_inss_e_a_superintendencia():
    pedido, elenco = aprovado()
    sr = pedido.unidade.acima

    termo = _texto(pedido, "termo")
    assert f"designar fiscal: {elenco.logistica.nome}, {elenco.logistica.cargo}, matrícula" in termo
    assert sr.nome in termo
    assert f"À {sr.nome} do INSS, pela {pedido.unidade.nome}." in _texto(pedido, "solicitacao")
