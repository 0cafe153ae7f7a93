"""The same benefit asked twice, and the same file in two requests."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio
from act_portal.telas.formatos import data_longa
from act_portal.territorio.regras import Calendario
from requerimentos.demanda import servicos
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import fatos_da_pessoa
from requerimentos.demanda.regras import Fatos, PedidoAnterior, Tom, avisos_da_pessoa
from requerimentos.models import Peca, Requerimento
from requerimentos.situacoes import Etapa
from tests.requerimentos.fabricas import AtendimentoFabrica, PessoaFabrica, RequerimentoFabrica, ResultadoFabrica
from tests.requerimentos.fabricas_envio import peca_pronta

HOJE = localdate()
PEDIVEIS = [s for s in carregar() if s.pedivel]


def anterior(velho: str, **campos) -> PedidoAnterior:
    servico = carregar().servico(velho)
    especies = servico.especies if servico.espera_novo_pedido else ()
    return PedidoAnterior(servico_codigo=velho, especies=especies, nome=servico.nome, **campos)


def impede(novo: str, *pedidos: PedidoAnterior) -> list:
    avisos = avisos_da_pessoa(carregar().servico(novo), Fatos(pedidos=pedidos), HOJE)
    return [a for a in avisos if a.tom == Tom.IMPEDE]


# --- By espécie ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("novo", PEDIVEIS, ids=lambda s: s.codigo)
def test_so_a_mesma_especie_ou_o_mesmo_servico_impede(novo):
    for velho in PEDIVEIS:
        beneficios = novo.espera_novo_pedido and velho.espera_novo_pedido
        mesma = velho.codigo == novo.codigo or bool(beneficios and set(velho.especies) & set(novo.especies))

        avisos = impede(novo.codigo, anterior(velho.codigo, codigo=str(uuid.uuid4())))

        assert bool(avisos) == mesma, (novo.codigo, velho.codigo)
        assert all("art. 576-A" in a.base and a.pedido for a in avisos)


@pytest.mark.parametrize(("dias", "quantos"), [(29, 1), (30, 1), (31, 0)])
def test_negado_ha_pouco_por_outra_porta_aponta_o_recurso_ate_o_ultimo_dia(dias, quantos):
    velho = anterior("aposentadoria-idade-rural", decidido_em=HOJE - timedelta(days=dias), protocolo="123")

    avisos = impede("aposentadoria-idade-urbana", velho)

    assert len(avisos) == quantos
    assert all(a.recurso and "da mesma espécie" in a.texto and "(protocolo 123)" in a.texto for a in avisos)


# --- The exception, with its reason -------------------------------------------------------------------------------
def abrir(atendimento, codigo, **campos):
    return servicos.abrir(atendimento.pk, codigo, autor=atendimento.atendente, codigo=uuid.uuid4(), **campos)


@pytest.mark.django_db
def test_excecao_escrita_abre_guarda_o_motivo_e_deixa_rastro():
    atendimento = AtendimentoFabrica()
    abrir(atendimento, "salario-maternidade-urbano")

    for vazio in ("", "  "):
        with pytest.raises(ErroDeDominio, match="escreva por quê"):
            abrir(atendimento, "salario-maternidade-rural", excecao=vazio)
    pedido = abrir(atendimento, "salario-maternidade-rural", excecao=" Outro filho, nascido depois. ")

    assert pedido.repetido_motivo == "Outro filho, nascido depois."
    assert Evento.objects.filter(acao="requerimento.repetido", alvo_id=str(pedido.pk)).count() == 1


@pytest.mark.django_db
def test_sem_pedido_igual_o_motivo_digitado_nao_fica():
    assert abrir(AtendimentoFabrica(), "ctc", excecao="Por nada.").repetido_motivo == ""


@pytest.mark.django_db
def test_a_pagina_do_servico_leva_ao_pedido_e_ao_recurso():
    negado = ResultadoFabrica(
        decidido_em=HOJE - timedelta(days=3), requerimento__servico_codigo="aposentadoria-idade-rural"
    ).requerimento
    atendimento = negado.atendimento
    client = Client()
    client.force_login(atendimento.atendente)

    pagina = client.get(reverse("requerimentos:servico", args=[atendimento.codigo, "aposentadoria-idade-urbana"])).text

    assert reverse("requerimentos:caso", args=[negado.codigo]) in pagina
    assert reverse("requerimentos:servico", args=[atendimento.codigo, "recurso-ordinario"]) in pagina
    assert "Por que pedir assim mesmo?" in pagina
    # The mark is for administrators, and an empty reason is refused in words, not by the browser alone.
    assert "art. 576-A" in pagina and "conferir norma vigente" not in pagina.lower()
    abrir = reverse("requerimentos:abrir", args=[atendimento.codigo, "aposentadoria-idade-urbana"])
    assert f'action="{abrir}" novalidate' in pagina
    assert "escreva por quê" in client.post(abrir, {"codigo": str(uuid.uuid4())}, follow=True).text


# --- The same file ------------------------------------------------------------------------------------------------
def documentos(pedido: Requerimento) -> str:
    client = Client()
    client.force_login(pedido.atendente)
    return client.get(reverse("requerimentos:documentos", args=[pedido.codigo])).text


@pytest.mark.django_db
def test_o_mesmo_arquivo_em_outro_pedido_da_cidade_aparece_so_com_o_protocolo():
    um = RequerimentoFabrica(protocolado=True, atendimento__pessoa__nome_civil="Zulmira Fictícia")
    outro = RequerimentoFabrica(atendimento__balcao=um.balcao)
    mesmo = RequerimentoFabrica(atendimento=outro.atendimento, servico_codigo="ctc", etapa=Etapa.CANCELADO)
    for pedido in (um, outro, mesmo):
        peca_pronta(pedido, "termo_representacao", conteudo=b"o mesmo papel")

    pagina = documentos(outro)

    assert pagina.count("Este mesmo arquivo já está em outro pedido") == 2
    assert reverse("requerimentos:caso", args=[um.codigo]) in pagina
    assert "de outra pessoa. Confira" in pagina
    assert f"{mesmo.servico.nome}, da mesma pessoa" in pagina
    assert "Zulmira" not in pagina


@pytest.mark.django_db
def test_o_mesmo_arquivo_duas_vezes_no_mesmo_pedido_aparece_no_que_veio_depois():
    pedido = RequerimentoFabrica()
    peca_pronta(pedido, "documento_identidade", conteudo=b"o mesmo papel")
    assert "Este mesmo arquivo já está neste pedido" not in documentos(pedido)

    peca_pronta(pedido, "termo_representacao", conteudo=b"o mesmo papel")

    pagina = documentos(pedido)
    assert pagina.count("Este mesmo arquivo já está neste pedido") == 1
    assert "em “Documento com foto e CPF da pessoa”" in pagina
    assert "tire um dos dois" in pagina
    # Sent, nothing can be taken away any more.
    Requerimento.objects.filter(pk=pedido.pk).update(etapa=Etapa.NA_FILA)
    assert "tire um dos dois" not in documentos(pedido)


@pytest.mark.django_db
def test_as_paginas_de_um_arquivo_em_dois_documentos_nao_sao_o_mesmo_arquivo_duas_vezes():
    pedido = RequerimentoFabrica()
    peca = peca_pronta(pedido, "documento_identidade")
    Peca.objects.create(
        requerimento=pedido, vaga="termo_representacao", arquivo=peca.arquivo, natureza=peca.natureza,
        criado_por=peca.criado_por, ordem=2,
    )  # fmt: skip

    assert "Este mesmo arquivo já está neste pedido" not in documentos(pedido)


@pytest.mark.django_db
def test_arquivo_de_outra_cidade_ou_tirado_ou_diferente_nao_aparece():
    pedido = RequerimentoFabrica()
    peca_pronta(pedido, "termo_representacao", conteudo=b"o mesmo papel")
    peca_pronta(RequerimentoFabrica(), "termo_representacao", conteudo=b"o mesmo papel")
    vizinho = RequerimentoFabrica(atendimento__balcao=pedido.balcao)
    peca_pronta(vizinho, "termo_representacao", conteudo=b"outro papel")
    tirada = peca_pronta(vizinho, "termo_representacao", conteudo=b"o mesmo papel")
    tirada.removida_em = pedido.criado_em
    tirada.save()

    assert "Este mesmo arquivo" not in documentos(pedido)


@pytest.mark.django_db
def test_pessoa_so_com_o_mesmo_cpf_em_outra_cidade_nao_conta_como_repetido():
    negado = RequerimentoFabrica(servico_codigo="bpc-idoso")
    atendimento = AtendimentoFabrica()
    gemea = PessoaFabrica(municipio=atendimento.municipio, cpf=negado.pessoa.cpf)
    atendimento.pessoa = gemea
    atendimento.save()

    assert abrir(atendimento, "bpc-idoso").repetido_motivo == ""


# --- One last day for the appeal, wherever it is told -----------------------------------------------------------------
@pytest.mark.parametrize(("depois", "quantos"), [(0, 1), (1, 0)])
def test_a_espera_acaba_no_ultimo_dia_do_recurso_que_o_resultado_mostra(depois, quantos):
    ate = HOJE - timedelta(days=depois)
    velho = anterior("bpc-pcd", decidido_em=ate - timedelta(days=38), recurso_ate=ate)

    avisos = impede("bpc-pcd", velho)

    assert len(avisos) == quantos
    assert all(f"Até {ate:%d/%m/%Y} o caminho é o recurso" in a.texto for a in avisos)


def test_o_alerta_e_o_da_conta_mais_curta_e_diz_que_pode_ser_mais():
    decisao = HOJE - timedelta(days=5)
    curto = Calendario().prazo_em_dias(decisao, 30)
    ate = curto + timedelta(days=5)

    [aviso] = impede("bpc-pcd", anterior("bpc-pcd", decidido_em=decisao, recorrer_ate=curto, recurso_ate=ate))

    assert f"até {curto:%d/%m/%Y}: não passe dele. Pode ser mais" in aviso.texto
    assert f"Até {ate:%d/%m/%Y} o caminho é o recurso" in aviso.texto


@pytest.mark.django_db
def test_o_painel_e_o_resultado_mostram_a_conta_mais_curta_e_que_pode_ser_mais():
    decisao = HOJE - timedelta(days=5)
    curto = Calendario().prazo_em_dias(decisao, 30)
    ate = curto + timedelta(days=5)
    resultado = ResultadoFabrica(
        tipo="indeferido",
        decidido_em=decisao,
        recorrer_ate=curto,
        prazo_recurso=ate,
        requerimento__etapa=Etapa.RESULTADO,
    )
    requerimento = resultado.requerimento
    client = Client()
    client.force_login(requerimento.atendente)

    assert f"recurso até {curto:%d/%m/%Y} (pode ser até {ate:%d/%m/%Y})" in client.get(reverse("telas:painel")).text
    tela = client.get(reverse("requerimentos:resultado", args=[requerimento.codigo])).text
    assert f"pode recorrer até <b>{data_longa(curto)}</b>" in tela
    assert f"contado da ciência, o prazo vai até {data_longa(ate)}" in tela


@pytest.mark.django_db
def test_o_prazo_do_recurso_vem_do_resultado_guardado():
    resultado = ResultadoFabrica(tipo="indeferido", prazo_recurso=HOJE + timedelta(days=31))

    [pedido] = fatos_da_pessoa(resultado.requerimento.pessoa, HOJE).pedidos

    assert pedido.recurso_ate == HOJE + timedelta(days=31)
    assert pedido.recorrer_ate == resultado.recorrer_ate
