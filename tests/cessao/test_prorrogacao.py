"""An extension signed by both: its extract and its publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import get_template
from django.utils.timezone import localdate

from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from cessao.models import Aditivo, Termo
from cessao.ocupacao.servicos import assinatura, prorrogacao
from cessao.publico.consultas import periodos
from cessao.situacoes import Ocupacao, SituacaoAditivo
from tests.cessao.fabricas import DECISAO, assinar_aditivo, ocupado, prorrogar

pytestmark = pytest.mark.django_db
HOJE = localdate()


def dou() -> dict[str, object]:
    return {"dou_data": HOJE, "dou_secao": "3", "dou_pagina": "98"}


def test_quem_decide_a_prorrogacao_le_o_parecer_com_quem_o_deu(client):
    termo, elenco = ocupado()
    aditivo = prorrogacao.pedir(termo.pk, meses=3, justificativa="Mais tempo.", autor=termo.pedido.criado_por)
    prorrogacao.opinar(
        aditivo.pk, conclusao="condicao", texto="O balcão segue cheio.", condicoes="Trocar a lâmpada.",
        autor=elenco.logistica,
    )  # fmt: skip
    client.force_login(elenco.diretor)

    (opiniao,) = client.get(termo.get_absolute_url()).context["decisoes"]
    tela = client.get(termo.get_absolute_url()).text
    assert f"{elenco.logistica.nome}, {elenco.logistica.cargo}, matrícula {elenco.logistica.matricula}" in tela
    assert "O balcão segue cheio." in tela
    assert opiniao.condicoes == "Trocar a lâmpada."


def test_prorrogacao_assinada_tem_extrato_e_se_publica_como_o_termo(client):
    termo, elenco = ocupado()
    do_termo, fim = termo.publicacao, termo.fim
    termo.assinaturas.update(signatario="Quem assinou o termo")
    aditivo = prorrogar(termo, elenco)
    assinar_aditivo(aditivo, elenco)
    client.force_login(elenco.logistica)
    pagina = client.get(termo.get_absolute_url())
    dados = termo.pedido.papeis.get(especie="extrato", referencia=str(aditivo.pk)).documento.dados

    recusada = client.post(f"{termo.get_absolute_url()}fazer/publicar-prorrogacao/", dou() | {"dou_pagina": "p. 98"})
    feita = client.post(f"{termo.get_absolute_url()}fazer/publicar-prorrogacao/", dou())

    assert "Registrar a publicação da prorrogação" in pagina.text
    assert "Extrato do 1º aditivo" in pagina.text
    assert (dados["ordem"], dados["fim_anterior"], dados["meses_a_mais"]) == (1, fim.isoformat(), 6)
    assert "Quem assinou o termo" not in [s["nome"] for s in dados["signatarios"]]
    assert (recusada.status_code, feita.status_code) == (422, 302)
    aditivo.refresh_from_db()
    termo.refresh_from_db()
    assert aditivo.estado == SituacaoAditivo.VIGENTE
    assert aditivo.publicacao == f"DOU de {HOJE:%d/%m/%Y}, seção 3, página 98"
    assert (termo.publicacao, termo.estado) == (do_termo, Ocupacao.OCUPADO)
    assert aditivo.publicacao in client.get(termo.get_absolute_url()).text
    assert termo.pedido.papeis.filter(especie="extrato", substituido_em=None).count() == 2


def test_extrato_do_aditivo_diz_o_que_muda_e_o_do_termo_o_prazo():
    dados = {"termo_numero": "001/2026", "inicio": HOJE, "fim": HOJE, "data_assinatura": HOJE, "signatarios": []}
    mais = {"ordem": 1, "meses_a_mais": 6, "fim_anterior": date(2026, 12, 31), "novo_fim": date(2027, 6, 30)}

    do_termo = get_template("papeis/cessao/extrato.html").render(dados)
    do_aditivo = get_template("papeis/cessao/extrato.html").render(dados | mais)

    assert "EXTRATO DE TERMO DE CESSÃO" in do_termo
    assert "VIGÊNCIA" in do_termo
    assert "ALTERAÇÃO" not in do_termo
    assert "EXTRATO DO 1º TERMO ADITIVO AO TERMO DE CESSÃO DE OCUPAÇÃO E USO Nº 001/2026." in do_aditivo
    assert "ALTERAÇÃO: prorroga o prazo por 6 meses, de 31/12/2026 para 30/06/2027." in do_aditivo
    assert "VIGÊNCIA" not in do_aditivo


def test_publicacao_da_prorrogacao_nao_vem_antes_da_assinatura_nem_duas_vezes():
    termo, elenco = ocupado()
    aditivo = prorrogar(termo, elenco)
    assinar_aditivo(aditivo, elenco)
    quem = {"aditivo_id": aditivo.pk, "autor": elenco.logistica}

    with pytest.raises(ErroDeDominio, match="fica entre a assinatura do INSS"):
        assinatura.publicar(termo.pedido_id, **dou() | {"dou_data": HOJE - timedelta(days=1)}, **quem)
    with pytest.raises(PermissionDenied):
        assinatura.publicar(termo.pedido_id, **dou(), **quem | {"autor": termo.pedido.criado_por})
    assinatura.publicar(termo.pedido_id, **dou(), **quem)
    with pytest.raises(TransicaoInvalida):
        assinatura.publicar(termo.pedido_id, **dou(), **quem)


def test_nova_prorrogacao_nao_espera_a_publicacao_da_anterior(client):
    termo, elenco = ocupado()
    primeira = prorrogar(termo, elenco, 3)
    assinar_aditivo(primeira, elenco)
    segunda = prorrogar(termo, elenco, 3)
    client.force_login(elenco.logistica)

    client.post(f"{termo.get_absolute_url()}fazer/publicar-prorrogacao/", dou())

    primeira.refresh_from_db()
    segunda.refresh_from_db()
    assert (primeira.estado, segunda.estado) == (SituacaoAditivo.VIGENTE, SituacaoAditivo.ASSINATURA)


def _negada(termo, elenco) -> Aditivo:
    pedida = prorrogacao.pedir(termo.pk, meses=1, justificativa="X", autor=termo.pedido.criado_por)
    prorrogacao.opinar(pedida.pk, conclusao="desfavoravel", texto="Não cabe.", autor=elenco.logistica)
    return prorrogacao.negar(pedida.pk, **DECISAO, autor=elenco.diretor)


def test_o_numero_do_aditivo_nao_conta_a_prorrogacao_negada(client):
    termo, elenco = ocupado()
    negada = _negada(termo, elenco)

    aprovada = prorrogar(termo, elenco, 3)

    assert (negada.ordem, aprovada.ordem) == (None, 1)
    papel = termo.pedido.papeis.get(especie="aditivo", referencia=str(aprovada.pk)).documento
    assert "1º TERMO ADITIVO" in montar_html(papel)
    client.force_login(elenco.logistica)
    tela = " ".join(client.get(termo.get_absolute_url()).text.split())
    assert tela.index("1º aditivo: 3 meses") < tela.index("Prorrogação: 1 mês")


def test_a_prorrogacao_que_caduca_solta_o_numero_e_o_papel_dela_fica_sem_valor():
    termo, elenco = ocupado()
    caduca = prorrogar(termo, elenco, 3)
    papel = termo.pedido.papeis.get(especie="aditivo").documento
    prorrogacao.caducar(caduca, motivo="O prazo terminou antes da assinatura.")

    segunda = prorrogar(termo, elenco, 2)

    caduca.refresh_from_db()
    papel.refresh_from_db()
    assert (caduca.estado, caduca.ordem, segunda.ordem) == (SituacaoAditivo.CADUCO, None, 1)
    assert papel.situacao == "revogado"
    assinar_aditivo(segunda, elenco)
    assert prorrogar(Termo.objects.get(pk=termo.pk), elenco, 1).ordem == 2


def test_o_catalogo_conta_o_termo_e_a_prorrogacao_como_um_periodo_so():
    termo, elenco = ocupado()
    inicio = termo.inicio
    aditivo = prorrogar(termo, elenco)

    assert periodos(termo.espaco.imovel, HOJE)[termo.espaco_id] == [(inicio, aditivo.novo_fim)]
