"""The text of the papers, asserted on the HTML, and how many sheets they take."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import get_type_hints

import pikepdf
import pytest
from django.conf import settings

from act_portal.emissao import conteudo, modelos, render
from act_portal.emissao.models import Documento
from act_portal.territorio.models import Municipio
from requerimentos.papeis import contrato
from requerimentos.papeis import modelos as papeis
from tests.requerimentos import papeis as exemplos
from tests.requerimentos import papeis_da_ficha

MUNICIPIO = Municipio(codigo_ibge="9900001", nome="Serra do Exemplo", uf="MG", fuso_horario="America/Sao_Paulo")
LONGOS = {
    "titular_nome": exemplos.NOME_LONGO,
    "titular_nome_social": exemplos.SOCIAL_LONGO,
    "titular_endereco": "Linha 3, km 14, após a ponte de madeira do Córrego Fundo, ao lado do grupo escolar",
    "titular_bairro": "Zona Rural, Comunidade São Sebastião do Rio Abaixo",
}
EXEMPLOS = {
    papeis.TERMO_REPRESENTACAO: (exemplos.termo, contrato.TermoRepresentacao),
    papeis.AUTORIZACAO_DADOS: (exemplos.autorizacao, contrato.AutorizacaoDados),
    papeis.REQUERIMENTO_SERVICO: (exemplos.requerimento, contrato.RequerimentoServico),
    papeis.COMPROVANTE: (exemplos.comprovante, contrato.Comprovante),
    papeis.COMPROVANTE_AGENDAMENTO: (exemplos.data_no_inss, contrato.ComprovanteAgendamento),
    papeis.ORIENTACAO: (exemplos.orientacao, contrato.FolhaOrientacao),
    papeis.TERMO_ENTREGA: (exemplos.entrega, contrato.TermoEntrega),
    papeis.AUTODECLARACAO_RURAL: (papeis_da_ficha.autodeclaracao, contrato.PapelDaFicha),
    papeis.DECLARACAO_BPC: (papeis_da_ficha.declaracao_bpc, contrato.PapelDaFicha),
    papeis.RAZOES_RECURSO: (papeis_da_ficha.recurso, contrato.PapelDaFicha),
    papeis.DECLARACAO_ACUMULACAO: (papeis_da_ficha.acumulacao, contrato.PapelDaFicha),
    papeis.DECLARACAO_DESISTENCIA: (papeis_da_ficha.desistencia, contrato.PapelDaFicha),
    papeis.TERMO_SALARIO_FAMILIA: (papeis_da_ficha.salario_familia, contrato.PapelDaFicha),
    papeis.REVOGACAO: (exemplos.revogacao, contrato.RevogacaoTermo),
    papeis.RENUNCIA: (exemplos.renuncia, contrato.RenunciaTermo),
}
CHEIO = {
    "agendamentos": [
        {
            "tipo": tipo,
            "data": "2026-12-15",
            "hora": "13h30",
            "unidade": "Agência da Previdência Social Serra do Exemplo",
            "endereco": "Rua da Agência, 1, Centro",
            "levar": "documento com foto, laudos, exames e receitas",
        }
        for tipo in ("Perícia médica", "Avaliação social")
    ],
    "orientacao_extra": "Traga na próxima visita a certidão de casamento com a averbação do divórcio.",
}
ASSINAVEIS = [
    papeis.TERMO_REPRESENTACAO,
    papeis.AUTORIZACAO_DADOS,
    papeis.REQUERIMENTO_SERVICO,
    papeis.TERMO_ENTREGA,
    papeis.AUTODECLARACAO_RURAL,
    papeis.DECLARACAO_BPC,
    papeis.RAZOES_RECURSO,
    papeis.DECLARACAO_ACUMULACAO,
    papeis.DECLARACAO_DESISTENCIA,
    papeis.TERMO_SALARIO_FAMILIA,
    papeis.REVOGACAO,
]


PASTA = settings.RAIZ / "templates" / "papeis"
HOJE = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def html(modelo: str, dados: dict, *, versao: str = "") -> str:
    documento = Documento(
        pk=1,
        codigo="K7PM-2XQA-9TBD",
        modelo=modelo,
        versao=versao or modelos.vigente(modelo, HOJE.date()).versao,
        municipio=MUNICIPIO,
        dados=conteudo.congelar(dados),
        pedido_em=HOJE,
    )
    return conteudo.montar_html(documento)


def texto(modelo: str, dados: dict, *, versao: str = "") -> str:
    corpo = html(modelo, dados, versao=versao).split("</head>")[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", corpo)))


def paginas(modelo: str, dados: dict) -> int:
    with pikepdf.open(io.BytesIO(render.renderizar(html(modelo, dados)))) as pdf:
        return len(pdf.pages)


def test_todo_papel_do_balcao_esta_registrado_e_tem_exemplo():
    assert {m.codigo for m in papeis.MODELOS} == set(EXEMPLOS)
    for modelo in papeis.MODELOS:
        assert modelos.obter(modelo.codigo, modelo.versao) == modelo


@pytest.mark.parametrize("modelo", EXEMPLOS)
def test_exemplo_cumpre_o_contrato_e_o_modelo_nao_deixa_buraco(modelo):
    exemplo, tipo = EXEMPLOS[modelo]
    dados = exemplo()

    assert tipo.__required_keys__ <= set(dados)
    if modelo not in ASSINAVEIS:
        assert set(dados) <= set(get_type_hints(tipo))
    assert not re.search(r"\bNone\b|\[conferir|†|\{\{|\{%", texto(modelo, dados))


@pytest.mark.parametrize("fonte", sorted(PASTA.rglob("*.html")), ids=lambda p: str(p.relative_to(PASTA)))
def test_marcas_de_quem_redige_nunca_vao_para_o_papel(fonte: Path):
    assert not re.search(r"conferir\]|†|\|safe|<script|style=\"(?!width)", fonte.read_text())


@pytest.mark.parametrize("modelo", EXEMPLOS)
def test_todo_papel_traz_titulo_codigo_e_marca_de_treinamento(modelo, settings):
    settings.DADOS_FICTICIOS = True

    feito = html(modelo, EXEMPLOS[modelo][0]())

    assert '<html lang="pt-BR">' in feito
    assert f"<title>{modelos.vigente(modelo, HOJE.date()).titulo}</title>" in feito
    assert "K7PM-2XQA-9TBD" in feito
    assert "SEM VALOR" in feito


def test_fora_do_treinamento_nao_ha_marca(settings):
    settings.DADOS_FICTICIOS = False

    assert "SEM VALOR" not in html(papeis.COMPROVANTE, exemplos.comprovante())


@pytest.mark.parametrize("modelo", ASSINAVEIS)
def test_html_no_nome_sai_como_texto(modelo):
    feito = html(modelo, EXEMPLOS[modelo][0](titular_nome='<img src="file:///etc/passwd">'))

    assert "&lt;img src=" in feito
    assert 'src="file' not in feito


def test_declaracao_nao_respondida_sai_com_as_duas_caixas_vazias():
    feito = texto(
        papeis.REQUERIMENTO_SERVICO,
        {
            **exemplos.requerimento(),
            "reafirmar_der": None,
            "aceita_outro_beneficio": True,
            "acompanha_eletronico": False,
        },
    )

    assert "☐ sim ☐ não Se eu ainda não tiver o direito" in feito
    assert "☒ sim ☐ não Se eu não tiver direito ao que pedi" in feito
    assert "☐ sim ☒ não Aceito acompanhar" in feito


def test_termo_marca_so_o_pedido_feito():
    feito = texto(papeis.TERMO_REPRESENTACAO, exemplos.termo())

    assert "☒ I Aposentadoria por idade: ☐ urbana ☒ rural" in feito
    assert feito.count("☒") == 2


def test_poder_nao_dado_nao_aparece_no_termo():
    feito = texto(papeis.TERMO_REPRESENTACAO, {**exemplos.termo(), "atos_recurso": False, "atos_agendamento": None})

    assert "apresentar recurso ordinário" not in feito
    assert "remarcar perícia" not in feito


def test_numeros_saem_com_os_sinais():
    feito = texto(papeis.TERMO_REPRESENTACAO, exemplos.termo())

    for numero in ("111.444.777-35", "12.ABC.345/01DE-35", "120.61840.54-1", "35000-000", "03/05/1961"):
        assert numero in feito


def test_campo_facultativo_vazio_some_com_o_rotulo():
    dados = {
        **exemplos.requerimento(),
        "titular_nit": "",
        "titular_mae": "",
        "titular_telefone": "",
        "titular_email": "",
    }

    feito = texto(papeis.REQUERIMENTO_SERVICO, dados)

    for rotulo in ("NIT", "Mãe", "Telefone", "E-mail"):
        assert rotulo not in feito


@pytest.mark.parametrize("modelo", ASSINAVEIS)
@pytest.mark.parametrize(
    ("quem", "frases"),
    [
        ({}, ["Maria Aparecida dos Santos Oliveira – CPF 111.444.777-35"]),
        (
            exemplos.rogo(),
            ["Assina a rogo: José Pereira Lima", "1ª testemunha: Ana Paula", "2ª testemunha: Pedro Rocha"],
        ),
        (exemplos.representante("pai_mae"), ["Joana Lima", "na qualidade de mãe – certidão", "não exige interdição"]),
        (exemplos.representante("tutor"), ["tutor(a) – termo de tutela de 01/03/2024"]),
        (
            exemplos.representante("curador"),
            ["curador(a) provisório(a) até 01/03/2027", "limites fixados na decisão: atos"],
        ),
        (exemplos.representante("guardiao"), ["guardião(ã) – termo de guarda de 01/03/2024"]),
        (exemplos.representante("adm_provisorio"), ["administrador(a) provisório(a) – filha do titular"]),
        (exemplos.representante("dirigente"), ["dirigente de decisão judicial – guia de acolhimento"]),
        (exemplos.procurador(), ["Paulo Braga", "procurador(a) de Maria", "procuração pública de 10/01/2025"]),
        ({"quem_assina": "jovem_16_17", "idade_titular": 17}, ["nascimento 03/05/1961 (17 anos)"]),
    ],
    ids=["titular", "rogo", "mae", "tutor", "curador", "guardiao", "adm", "dirigente", "procurador", "jovem"],
)
def test_assina_quem_deve_assinar(modelo, quem, frases):
    feito = texto(modelo, {**EXEMPLOS[modelo][0](), **quem})

    for frase in frases:
        assert frase in feito
    assert ("Assina a rogo" in feito) == (quem.get("quem_assina") == "rogo")


def test_nome_social_vem_em_evidencia_e_sozinho_no_comprovante():
    social = {"titular_nome_social": "Marina Alves"}

    assinado = texto(papeis.REQUERIMENTO_SERVICO, exemplos.requerimento(**social))
    levado = texto(papeis.COMPROVANTE, exemplos.comprovante())

    assert "Marina Alves (nome social) Maria Aparecida dos Santos Oliveira" in assinado
    assert "Olá, Marina Alves" in levado
    assert "Maria" not in levado
    assert "111.444" not in levado


def test_comprovante_sem_protocolo_diz_que_ainda_nao_ha_numero():
    dados = {**exemplos.comprovante(situacao_envio="na_fila"), "protocolo_inss": "", "chave_acesso": ""}

    feito = texto(papeis.COMPROVANTE, dados)

    assert "Ainda não há número" in feito
    assert "Número do pedido" not in feito


def test_comprovante_diz_tudo_o_que_a_pessoa_precisa_levar():
    feito = texto(papeis.COMPROVANTE, exemplos.comprovante())

    for frase in ("1234567890", "K7PM-2XQA", "exigência", "30 dias", "135", "Meu INSS", "gratuito", "Não conte senha"):
        assert frase in feito


def test_requerimento_nomeia_os_documentos_que_o_acompanham_e_diz_que_os_originais_voltam():
    feito = texto(papeis.REQUERIMENTO_SERVICO, exemplos.requerimento(2))

    assert (
        "6. Documentos que acompanham este pedido – Certidão de casamento com averbação, nº 1"
        "– Certidão de casamento com averbação, nº 2 (se tiver) Os originais voltam na hora"
    ) in feito


def test_comprovante_diz_o_que_foi_enviado_com_paginas_e_natureza():
    feito = texto(papeis.COMPROVANTE, exemplos.comprovante(2))

    assert "O que foi enviado ao INSS: 3 documentos, 3 páginas. Os originais voltaram com você." in feito
    assert "Original: Autodeclaração do segurado especial (rural), nº 0 (1 página)." in feito
    assert "Cópia simples: Autodeclaração do segurado especial (rural), nº 1 (2 documentos, 2 páginas)." in feito


@pytest.mark.parametrize(("versao", "perguntam"), [("3", True), ("4", False)])
def test_o_que_nao_se_perguntou_nao_sai_em_branco_para_assinar(versao, perguntam):
    dados = {**exemplos.requerimento(), "nao_perguntadas": ["aceita_outro_beneficio", "reafirmar_der"]}

    feito = texto(papeis.REQUERIMENTO_SERVICO, dados, versao=versao)

    assert ("reafirmação da DER" in feito) is ("o INSS o analise" in feito) is perguntam
    assert "reafirmação da DER" in texto(papeis.REQUERIMENTO_SERVICO, exemplos.requerimento())


@pytest.mark.parametrize(("versao", "aparece"), [("1", True), ("2", False)])
def test_aviso_por_ligacao_que_ninguem_perguntou_nao_sai(versao, aparece):
    dados = {**exemplos.autorizacao(), "aviso_ligacao": None}

    assert ("ligação" in texto(papeis.AUTORIZACAO_DADOS, dados, versao=versao)) is aparece


def test_o_requerimento_tem_lugar_de_rubrica_em_cada_folha_tambem_a_rogo():
    assert 'rubricada"' in html(papeis.REQUERIMENTO_SERVICO, exemplos.requerimento())
    assert 'rubricada-a-rogo"' in html(papeis.REQUERIMENTO_SERVICO, exemplos.requerimento(**exemplos.rogo()))


def test_papel_pedido_na_versao_1_ainda_sai_como_era():
    linha = {"ordem": 1, "posicao_pat": "Identificação", "descricao": "RG", "de_quem": "", "tipo": "O", "paginas": 2}
    antigo = {**exemplos.requerimento(), "documentos": [linha], "total_docs": 1, "total_paginas_docs": 2}

    revogacao = exemplos.revogacao()
    revogacao.pop("alcance")
    assert "revogo por completo o Termo" in texto(papeis.REVOGACAO, revogacao, versao="1")
    requerimento = texto(papeis.REQUERIMENTO_SERVICO, antigo, versao="1")
    comprovante = texto(papeis.COMPROVANTE, {**exemplos.comprovante(), "docs_entregues_qtd": 5}, versao="1")

    assert "6. Documentos entregues" in requerimento
    assert "Total: 1 documentos, 2 páginas" in requerimento
    assert "Você entregou 5 documentos" in comprovante


def test_a_revogacao_diz_se_e_do_termo_inteiro_ou_de_uma_parte():
    inteira = texto(papeis.REVOGACAO, exemplos.revogacao())
    parte = texto(papeis.REVOGACAO, exemplos.revogacao_parcial())

    assert "revogo por completo o Termo" in inteira
    assert "o resto do termo" not in inteira
    assert "revogo só uma parte do Termo" in parte
    assert "O que eu revogo" in parte
    assert "marcar e remarcar perícia e avaliação social" in parte
    assert "o resto do termo continua valendo" in parte
    assert "por completo" not in parte


@pytest.mark.parametrize(
    ("modelo", "dados", "folhas"),
    [
        (papeis.TERMO_REPRESENTACAO, exemplos.termo(), 1),
        (papeis.TERMO_REPRESENTACAO, exemplos.termo(**LONGOS), 1),
        (papeis.TERMO_REPRESENTACAO, exemplos.termo(**exemplos.rogo()), 1),
        (papeis.TERMO_REPRESENTACAO, exemplos.termo(**LONGOS, **exemplos.rogo(exemplos.LONGOS)), 2),
        (papeis.AUTORIZACAO_DADOS, exemplos.autorizacao(**LONGOS), 1),
        (papeis.AUTORIZACAO_DADOS, exemplos.autorizacao(**exemplos.rogo()), 1),
        (papeis.REQUERIMENTO_SERVICO, exemplos.requerimento(12), 1),
        (papeis.REQUERIMENTO_SERVICO, exemplos.requerimento(6, **exemplos.rogo()), 1),
        (papeis.REQUERIMENTO_SERVICO, exemplos.requerimento(25, **LONGOS), 2),
        (papeis.COMPROVANTE, exemplos.comprovante(), 1),
        (papeis.COMPROVANTE, exemplos.comprovante(15), 1),
        (papeis.COMPROVANTE, exemplos.comprovante(15, **CHEIO), 1),
        (papeis.COMPROVANTE, exemplos.comprovante(40, **CHEIO), 2),
        (papeis.TERMO_ENTREGA, exemplos.entrega(**LONGOS, **exemplos.rogo(exemplos.LONGOS)), 1),
        (papeis.REVOGACAO, exemplos.revogacao(**LONGOS, **exemplos.rogo(exemplos.LONGOS)), 1),
        (papeis.REVOGACAO, exemplos.revogacao_parcial(**LONGOS, **exemplos.rogo(exemplos.LONGOS)), 1),
        (papeis.RENUNCIA, exemplos.renuncia(**LONGOS, motivo="Motivo comprido. " * 17), 1),
    ],
    ids=lambda valor: valor if isinstance(valor, str) else "",
)
def test_cabe_nas_folhas_combinadas(modelo, dados, folhas):
    assert paginas(modelo, dados) == folhas


def test_a_folha_de_orientacao_diz_em_palavras_o_que_falta_e_o_que_ja_se_cumpre():
    feito = texto(papeis.ORIENTACAO, exemplos.orientacao())

    assert "Já cumpre: Tem 66 anos" in feito
    assert "Ainda falta: Completa 62 anos em 03/2027." in feito
    assert "conferir norma vigente" not in feito
