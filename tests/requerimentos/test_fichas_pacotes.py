"""Every pack of the catalogue, end to end, and the mistakes that stop a pack from loading."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from act_portal.catalogos.folha import ErroDoCatalogo
from requerimentos.demanda import valores
from requerimentos.demanda.catalogo import carregar
from requerimentos.envio.pacote import pedido_de
from requerimentos.fichas.catalogo import PASTA, ler_pacote, pacotes
from requerimentos.fichas.consultas import fichas_do
from requerimentos.fichas.leitura import ler_pacote as ler
from requerimentos.fichas.pacote import Pacote
from requerimentos.fichas.regras import Contexto
from requerimentos.fichas.resumo import resumo
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import preencher, respostas_completas

CONTEXTO = Contexto(hoje=date(2026, 11, 27), nascimento=date(1960, 1, 1), numero=valores.numero)
# Asked elsewhere: in the record, by who signs, among the short questions of the request.
EM_OUTRO_LUGAR = {"identificacao", "contatos", "representacao", "reafirmacao_der", "biometria"}
TODAS = frozenset(p.id for pacote in pacotes().values() for p in pacote.perguntas if p.tipo == "sim_nao")


@pytest.mark.parametrize("servico", [s for s in carregar() if s.pedivel], ids=lambda s: s.codigo)
def test_cada_assunto_do_servico_se_pergunta_em_algum_lugar(servico):
    assert [palavra for palavra in servico.perguntas if palavra not in pacotes()] == [
        palavra for palavra in servico.perguntas if palavra in EM_OUTRO_LUGAR
    ]


@pytest.mark.parametrize("codigo", pacotes())
@pytest.mark.parametrize("sim", [frozenset(), TODAS], ids=["nao a tudo", "sim a tudo"])
def test_todo_pacote_se_preenche_ate_o_fim_e_volta_igual_do_banco(codigo, sim):
    pacote = pacotes()[codigo]
    guardado = Pacote.de_dados(json.loads(json.dumps(pacote.como_dados(), sort_keys=True)))
    assert guardado.versao == pacote.versao

    cru = respostas_completas(guardado, CONTEXTO, sim=sim)
    lida = ler(guardado, cru, CONTEXTO)

    assert [p for p in lida.impedem if p.falta] == []
    assert lida.impedem == []
    # Every answer is a word of the summary.
    ditas = [dita for parte in resumo(lida) for dita in parte.ditas if dita.pergunta.obrigatoria]
    assert all(dita.resposta for dita in ditas)


@pytest.mark.parametrize("codigo", pacotes())
def test_nenhum_pacote_vem_respondido_e_nenhum_quebra_pela_metade(codigo):
    pacote = pacotes()[codigo]
    vazia = ler(pacote, {}, CONTEXTO)
    assert vazia.respostas.soltas == {}
    assert vazia.impedem

    cru = respostas_completas(pacote, CONTEXTO, sim=TODAS)
    for secao, dados in cru.items():
        for chave, valor in dados.items():
            for outro in ("", "lixo", [{}] if isinstance(valor, list) else "0"):
                if isinstance(valor, list) != isinstance(outro, list):
                    continue
                ler(pacote, {**cru, secao: {**dados, chave: outro}}, CONTEXTO)


@pytest.mark.django_db
@pytest.mark.parametrize("codigo", [s.codigo for s in carregar() if s.pedivel])
def test_a_ficha_de_cada_servico_vai_ao_inss_com_as_palavras_do_pat(codigo):
    requerimento = RequerimentoFabrica(servico_codigo=codigo)
    preencher(requerimento, sim=TODAS)

    formularios = pedido_de(requerimento).respostas["formularios"]

    fichas = fichas_do(requerimento)
    assert all(ficha.lida.completa for ficha in fichas)
    assert [f["codigo"] for f in formularios] == [f.pacote.codigo for f in fichas]
    for formulario in formularios:
        assert any(p["respostas"] or any(lista["itens"] for lista in p["listas"]) for p in formulario["paginas"])


ERROS = [
    ('tipo = "sim_nao"', 'tipo = "talvez"', "o tipo “talvez” não existe"),
    ('secao = "pedido"', 'secao = "outra"', "a seção “outra” não existe"),
    ("se = { ja_pediu = true }", "se = { jamais = true }", "“se” fala de “jamais”"),
    ('regra = "nao"', 'regra = "talvez"', "a regra “talvez” não existe"),
    ('tom = "aviso"', 'tom = "grito"', "“tom” é um destes"),
    ('id = "protocolo"', 'id = "ja_pediu"', "“ja_pediu” aparece duas vezes"),
    ('codigo = "processo_anterior"', 'codigo = "outro"', "precisa ser o nome do arquivo"),
    ('opcoes = ["Ainda', 'opcoes = []\nx = ["Ainda', "não conheço a chave “x”"),
]


@pytest.mark.parametrize(("de", "para", "frase"), ERROS)
def test_erro_no_pacote_para_a_carga_com_arquivo_e_linha(tmp_path, de, para, frase):
    arquivo = tmp_path / "processo_anterior.toml"
    shutil.copy(PASTA / arquivo.name, arquivo)
    arquivo.write_text(arquivo.read_text().replace(de, para, 1))

    with pytest.raises(ErroDoCatalogo, match=frase) as erro:
        ler_pacote(arquivo)

    assert erro.value.arquivo == arquivo
    assert erro.value.linha > 1 or "codigo" in de
