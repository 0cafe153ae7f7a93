"""The checklist as data: what it asks of whom, mistakes told with file and line, the version that a process keeps."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from act_portal.catalogos.folha import ErroDoCatalogo
from act_portal.catalogos.fonte import VERIFICADO
from adesao.checklist import catalogo
from adesao.checklist.catalogo import PASTA, checklist, parametro, parametros, servicos
from adesao.checklist.leitura import CAMPOS, ler_checklist
from adesao.checklist.requisito import Checklist
from adesao.models import Anotacao, Item
from adesao.situacoes import Instrumento, Regime
from requerimentos.demanda.catalogo import carregar

HOJE = date(2026, 11, 26)
DE_TODOS = {
    "oficio-manifestacao", "lei-criacao", "poderes-representante", "documento-representante", "fotos-local",
    "estrutura-minima", "indicacao-representantes", "aceite-minuta-plano",
}  # fmt: skip


@pytest.fixture
def pasta(tmp_path):
    """A copy of the files that a test may spoil."""
    return shutil.copytree(PASTA, tmp_path / "catalogo")


def estragar(pasta, arquivo: str, antes: str, depois: str) -> int:
    """Change one text; returns its line."""
    caminho = pasta / arquivo
    texto = caminho.read_text(encoding="utf-8")
    assert antes in texto
    caminho.write_text(texto.replace(antes, depois, 1), encoding="utf-8")
    return texto[: texto.index(antes)].count("\n") + 1


@pytest.mark.parametrize(
    ("regime", "instrumento", "a_mais"),
    [
        (Regime.RGPS, Instrumento.ACT, {"regularidade-federal"}),
        (Regime.RPPS, Instrumento.ACT, {"crp"}),
        (Regime.RPPS_EXTINCAO, Instrumento.COOPERACAO, {"crp"}),
        (Regime.RGPS, Instrumento.TERMO, {"regularidade-federal", "vinculo-guarda-chuva"}),
    ],
)
def test_cada_municipio_recebe_so_o_que_lhe_cabe(regime, instrumento, a_mais):
    pedidos = {r.codigo for r in checklist().para(regime, instrumento, HOJE)}

    assert pedidos == DE_TODOS | a_mais


def test_o_que_so_se_pede_na_analise_nao_entra_sozinho():
    assert {r.codigo for r in checklist().requisitos if r.sob_pedido} == {"crf-fgts", "cndt"}


def test_das_certidoes_federais_servem_a_negativa_e_a_positiva_com_efeitos_de_negativa():
    especies = {e.codigo: e for e in checklist().requisito("regularidade-federal").especies}

    assert {codigo for codigo, e in especies.items() if e.aceita} == {"cnd", "cpend"}
    assert "deixou de existir em novembro de 2014" in especies["cnd_inss"].frase
    assert "não serve" in especies["cpd"].frase


def test_o_que_nao_foi_lido_na_norma_diz_que_falta_conferir():
    fontes = [*checklist().requisitos, *servicos().todos, *parametros()]

    assert all("onferir norma vigente" in fonte.base for fonte in fontes if fonte.grau != VERIFICADO)
    assert all(fonte.conferido_em for fonte in [*checklist().requisitos, *parametros()])


def test_o_retrato_guardado_no_processo_volta_igual():
    dados = json.loads(json.dumps(checklist().como_dados()))

    assert Checklist.de_dados(dados) == checklist()
    assert Checklist.de_dados(dados).versao == checklist().versao


def test_retrato_de_outra_versao_do_portal_ainda_abre():
    dados = json.loads(json.dumps(checklist().como_dados()))
    dados["requisitos"][0]["campo_que_nao_existe_mais"] = "x"

    assert Checklist.de_dados(dados) == checklist()


def test_mudar_uma_palavra_muda_a_versao(pasta):
    estragar(pasta, "crp.toml", "CADPREV e envie", "CADPREV e mande")

    assert ler_checklist(pasta).versao != checklist().versao


def test_tudo_cabe_nas_colunas():
    for requisito in checklist().requisitos:
        assert len(requisito.codigo) <= Item._meta.get_field("codigo").max_length
        assert len(requisito.nome) <= Item._meta.get_field("nome").max_length
    assert all(len(m) <= Anotacao._meta.get_field("motivo").max_length for m in checklist().motivos)
    assert set(CAMPOS) <= {campo.name for campo in Item._meta.get_fields()}


def test_todo_motivo_escrito_e_usado():
    usados = {motivo for requisito in checklist().requisitos for motivo in requisito.motivos}

    assert set(checklist().motivos) - usados == {"outro", "pedido"}


def test_servico_que_o_balcao_tambem_tem_leva_o_mesmo_nome():
    do_balcao = {servico.codigo: servico.nome for servico in carregar()}
    iguais = {s.codigo: s.nome for s in servicos().todos if s.codigo in do_balcao}

    assert len(iguais) > 10
    assert iguais == {codigo: do_balcao[codigo] for codigo in iguais}


def test_servico_duvidoso_diz_por_que():
    assert all(s.observacao for s in servicos().todos if s.duvidoso)


def test_parametro_desconhecido_e_defeito():
    assert parametro("vigencia_meses", HOJE).valor == 60
    with pytest.raises(LookupError):
        parametro("nao_existe", HOJE)


@pytest.mark.parametrize(
    ("arquivo", "antes", "depois", "frase"),
    [
        ("crp.toml", 'tipo = "certidao"', 'tipo = "papelada"', "“papelada” não serve em “tipo”"),
        ("crp.toml", 'grau = "secundario"', 'grau = "talvez"', "grau “talvez” não existe"),
        ("crp.toml", 'grau = "secundario"', 'grau = ""', "grau “” não existe"),
        ("crp.toml", 'codigo = "crp"', 'codigo = "crp2"', "precisa ser o nome do arquivo"),
        ("crp.toml", 'regimes = ["rpps", "rpps_extincao"]', 'regimes = ["rpp"]', "“rpp” não serve em “regimes”"),
        ("crp.toml", "validade_dias = 180", 'validade_dias = "180"', "é um número inteiro"),
        ("crp.toml", "conferido_em = 2026-11-22", 'conferido_em = "2026-11-22"', "é uma data, sem aspas"),
        ("crp.toml", 'motivos = ["certidao_vencida"', 'motivos = ["certidao_vencido"', "não serve em “motivos”"),
        ("crp.toml", '"valido_ate", ', "", "uma certidão diz até quando vale"),
        ("lei-criacao.toml", 'nome = "Lei', 'nomi = "Lei', "não conheço a chave “nomi”"),
        ("fotos-local.toml", "minimo = 4", "minimo = 0", "“minimo” é pelo menos 1"),
        ("regularidade-federal.toml", "aceita = false", "aceita = 0", "é true ou false"),
        ("cndt.toml", "sob_pedido = true", "sob_pedido = ", "não é TOML válido"),
    ],
)
def test_cada_erro_diz_arquivo_linha_e_o_que_fazer(pasta, arquivo, antes, depois, frase):
    linha = estragar(pasta, arquivo, antes, depois)

    with pytest.raises(ErroDoCatalogo, match=frase) as erro:
        ler_checklist(pasta)

    assert str(erro.value).startswith(f"{arquivo}:{linha}: ")


@pytest.mark.parametrize(
    ("arquivo", "antes", "frase", "linha"),
    [
        ("crp.toml", '"emitido_em", ', "“validade_dias” conta de “emitido_em”", "validade_dias = 180"),
        ("oficio-manifestacao.toml", 'papel = "oficio"', "“papel” diz o papel que o portal faz", "codigo ="),
        ("lei-criacao.toml", "conferir =", "falta a chave “conferir”", "codigo ="),
    ],
)
def test_o_que_falta_e_dito_onde_se_espera(pasta, arquivo, antes, frase, linha):
    estragar(pasta, arquivo, antes, "" if antes.endswith(" ") else f"# {antes}")

    with pytest.raises(ErroDoCatalogo, match=frase) as erro:
        ler_checklist(pasta)

    assert (pasta / arquivo).read_text().splitlines()[erro.value.linha - 1].startswith(linha)


def test_erro_numa_especie_aponta_o_bloco(pasta):
    estragar(pasta, "regularidade-federal.toml", 'frase = "A certidão positiva', 'frases = "A certidão positiva')
    texto = (pasta / "regularidade-federal.toml").read_text()

    with pytest.raises(ErroDoCatalogo) as erro:
        ler_checklist(pasta)

    assert texto.splitlines()[erro.value.linha - 1].startswith("frases =")


def test_servico_repetido_e_dito(pasta):
    with (pasta / "_servicos.toml").open("a") as arquivo:
        arquivo.write('\n[[servico]]\ncodigo = "ctc"\nnome = "x"\ngrupo = "servico"\nsituacao = "permitido"\n')

    with pytest.raises(ErroDoCatalogo, match="aparece duas vezes"):
        catalogo.servicos(pasta)
