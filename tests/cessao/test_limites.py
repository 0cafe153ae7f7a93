"""Days and people that must agree: a revocation in the catalogue, deadlines, who signs for INSS, the keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate

from act_portal.erros import ErroDeDominio
from cessao.analise import servicos as analise
from cessao.imoveis.forms import EspacoForm
from cessao.models import Pedido, Termo
from cessao.ocupacao.servicos import assinatura, prorrogacao, saida, vistorias
from cessao.publico.consultas import livres_em, periodos
from cessao.situacoes import Ocupacao
from tests.adesao.fabricas import pdf_assinado
from tests.cessao.fabricas import (
    DECISAO,
    aprovado,
    dados_da_assinatura,
    dados_do_inss,
    em_analise,
    ocupado,
    publicado,
    sala,
    vistoriar,
)

pytestmark = pytest.mark.django_db
HOJE = localdate()
LONGE = HOJE.replace(year=2099, month=1, day=1)


# --- The catalogue ------------------------------------------------------------------------------------------------


def test_o_catalogo_mostra_o_espaco_retomado_ate_o_dia_de_devolver(client):
    termo, elenco = ocupado()
    saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)
    ate = HOJE + timedelta(days=30)

    assert periodos(termo.espaco.imovel, HOJE)[termo.espaco_id] == [(termo.inicio, ate)]
    assert (
        f"cedido de {termo.inicio:%d/%m/%Y} a {ate:%d/%m/%Y}" in client.get(termo.espaco.imovel.get_absolute_url()).text
    )
    # Whoever does not leave still has it, and nobody is told a day that passed.
    depois = ate + timedelta(days=1)
    assert periodos(termo.espaco.imovel, depois)[termo.espaco_id] == []
    assert termo.espaco not in livres_em(depois)


def test_quem_nao_devolveu_se_acha_pelo_indice_e_nao_em_todos_os_termos():
    """The catalogue asks it of every page, over all the terms there ever were."""
    sql, valores = Termo.objects.atrasados(HOJE).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It would read a table of no rows whole, whatever the index.
            cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}", valores)
        plano = str(cursor.fetchall())

    assert ("COVERING INDEX termo_por_fim" if connection.vendor == "sqlite" else "termo_por_fim") in plano


def test_quem_decide_le_que_o_espaco_retomado_ainda_precisa_voltar():
    espaco = sala()
    termo, elenco = ocupado(espaco)
    saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)

    with pytest.raises(ErroDeDominio, match=r"deve voltar até .+ Espere a devolução"):
        aprovado(espaco, elenco, inicio=HOJE + timedelta(days=60), meses=2)


# --- Deadlines ----------------------------------------------------------------------------------------------------


def test_prazo_de_resposta_tem_um_maximo():
    pedido, elenco = em_analise()
    frase = f"no máximo até {HOJE + timedelta(days=180):%d/%m/%Y}"
    with pytest.raises(ErroDeDominio, match=frase):
        analise.devolver(pedido.pk, recado="X", prazo=LONGE, autor=elenco.logistica)
    termo, elenco = ocupado()
    with pytest.raises(ErroDeDominio, match=frase):
        saida.notificar(termo.pk, texto="X", prazo=LONGE, autor=elenco.logistica)


def test_a_janela_do_espaco_nao_vai_a_2099():
    form = EspacoForm(
        {"nome": "Sala", "area_m2": "10", "disponivel_ate": f"{LONGE:%d/%m/%Y}"}, imovel=sala().imovel
    )  # fmt: skip

    assert "Sem data para acabar, deixe vazio." in form.errors["disponivel_ate"][0]


# --- Who signs for INSS -------------------------------------------------------------------------------------------


def test_pelo_inss_assina_quem_o_termo_diz(client):
    pedido, elenco = aprovado()
    assinatura.assinar(pedido.pk, pdf_assinado(), **dados_da_assinatura(), autor=pedido.criado_por)
    outra = dados_do_inss("termo", pedido) | {"signatario": "Outra Pessoa"}

    with pytest.raises(ErroDeDominio, match=f"Pelo INSS assina {elenco.diretor.nome}, {elenco.diretor.cargo}"):
        assinatura.assinar_inss(pedido.pk, pdf_assinado(2), **outra, autor=elenco.logistica)
    client.force_login(elenco.logistica)
    assert f'value="{elenco.diretor.nome}"' in client.get(pedido.get_absolute_url()).text
    certa = dados_do_inss("termo", pedido) | {"signatario": elenco.diretor.nome.upper()}
    assinatura.assinar_inss(pedido.pk, pdf_assinado(2), **certa, autor=elenco.logistica)
    assert Pedido.objects.get(pk=pedido.pk).situacao == "assinado"


# --- The keys -----------------------------------------------------------------------------------------------------


def test_antes_das_chaves_nao_se_pede_prorrogacao(client):
    termo, _ = publicado()
    client.force_login(termo.pedido.criado_por)

    with pytest.raises(ErroDeDominio, match="depois de receber as chaves"):
        prorrogacao.pedir(termo.pk, meses=1, justificativa="X", autor=termo.pedido.criado_por)
    assert "Pedir prorrogação" not in client.get(termo.get_absolute_url()).text


def test_quem_vai_ocupar_pode_nao_receber_o_espaco_e_diz_por_que(client):
    termo, elenco = publicado()
    vistoria = vistoriar(termo, "entrega", elenco)
    client.force_login(termo.pedido.criado_por)
    endereco = f"/cessao/vistorias/{vistoria.codigo}/"

    tela = client.get(endereco).text
    sem_motivo = client.post(f"{endereco}fazer/assinar/", {"aceite": "nao_quis"})
    feito = client.post(f"{endereco}fazer/assinar/", {"aceite": "nao_quis", "ressalva": "O teto está caindo."})

    assert "Não recebo o espaço assim" in tela
    assert "Escreva por que não recebe o espaço." in sem_motivo.text
    assert feito.status_code == 302
    termo.refresh_from_db()
    assert (termo.estado, termo.chaves_entregues) == (Ocupacao.A_ENTREGAR, 0)
    assert "O teto está caindo." in client.get(endereco).text
    # INSS mends it and hands it over again: this is the delivery to which a return is compared.
    outra = vistoriar(termo, "entrega", elenco)
    vistorias.assinar(outra.pk, aceite="pleno", autor=termo.pedido.criado_por)
    assert vistorias.da_entrega(termo) == outra
    assert Termo.objects.get(pk=termo.pk).estado == Ocupacao.OCUPADO


def test_na_devolucao_nao_ha_o_que_recusar():
    termo, elenco = ocupado()
    vistoria = vistoriar(termo, "devolucao", elenco)

    with pytest.raises(ErroDeDominio, match="Só na entrega"):
        vistorias.assinar(vistoria.pk, aceite="nao_quis", ressalva="X", autor=termo.pedido.criado_por)


# --- The delivery -------------------------------------------------------------------------------------------------


def test_na_entrega_nao_se_pergunta_do_uso_nem_de_contas(client):
    termo, elenco = publicado()
    client.force_login(elenco.logistica)
    assert "O uso segue o plano?" not in client.get(termo.get_absolute_url()).text
    dados = {"tipo": "entrega", "dia": f"{HOJE:%Y-%m-%d}", "chaves": "2", "presentes": "As duas partes"}

    aberta = client.post(f"{termo.get_absolute_url()}fazer/vistoria/", dados)
    assert "O uso segue o plano?" not in client.get(aberta.url).text
    corrigida = client.post(f"{aberta.url}fazer/corrigir/", dados | {"chaves": "3"})

    assert corrigida.status_code == 302
    assert (termo.vistorias.get().chaves, termo.vistorias.get().conforme) == (3, None)
    usado, dele = ocupado()
    client.force_login(dele.logistica)
    assert "O uso segue o plano?" in client.get(usado.get_absolute_url()).text


def test_a_periodica_diz_antes_do_botao_que_falta_o_uso_e_onde_se_diz(client):
    termo, elenco = ocupado()
    client.force_login(elenco.logistica)
    dados = {"tipo": "periodica", "dia": f"{HOJE:%Y-%m-%d}", "chaves": "2", "presentes": "As duas partes"}
    aberta = client.post(f"{termo.get_absolute_url()}fazer/vistoria/", dados).url
    vistorias.guardar_ambiente(
        termo.vistorias.get(tipo="periodica").pk, nome="Sala", estado="bom", autor=elenco.logistica
    )

    assert "dizer em “Corrigir os dados” se o uso segue o plano" in client.get(aberta).text
    assert client.post(f"{aberta}fazer/fechar/").status_code == 422

    client.post(f"{aberta}fazer/corrigir/", dados | {"conforme": "sim"})
    assert client.post(f"{aberta}fazer/fechar/").status_code == 302
