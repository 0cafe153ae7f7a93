"""The self-check: what each answer means, at the edges, and what goes on to the application."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from act_portal.catalogos.folha import ErroDoCatalogo
from act_portal.catalogos.fonte import VERIFICADO
from adesao.checklist.catalogo import checklist
from adesao.publico import autoavaliacao, requisitos
from adesao.publico.autoavaliacao import DISPENSA, Estado, Item, Respostas, avaliar
from adesao.publico.forms import PossoAderirForm
from adesao.situacoes import Instrumento, Regime

HOJE = date(2026, 11, 26)
REQUISITOS = requisitos.requisitos(HOJE)
EM_UM_ANO_QUASE = (HOJE + timedelta(days=170)).isoformat()


def respostas(**mudam) -> Respostas:
    """Of a town with its own regime that has everything."""
    tudo: Respostas = {
        "municipio": "3134608", "regime": "rpps", "oficio": "sim", "lei_criacao": "sim", "quem_assina": "prefeito",
        "poderes": "sim", "documento": "sim", "crp": "sim", "crp_fim": EM_UM_ANO_QUASE, "certidao": "cnd",
        "certidao_fim": EM_UM_ANO_QUASE, "minuta": "sim", "sala": "pronta",
        "equipamentos": ["computador", "digitalizador", "impressora"], "internet": "sim", "acessibilidade": "sim",
        "servidores": 2, "emails": "sim", "curso": "sim",
    }  # fmt: skip
    return {**tudo, **mudam}  # type: ignore[typeddict-item]


def avaliados(**mudam) -> dict[str, Item]:
    itens = avaliar(respostas(**mudam), REQUISITOS, hoje=HOJE, aviso_dias=60)
    return {item.requisito.codigo: item for item in itens}


def estado(codigo: str, **mudam) -> Estado:
    return avaliados(**mudam)[codigo].estado


# --- Meaning ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("regime", Regime.values)
def test_municipio_que_tem_tudo_nao_tem_nada_a_fazer(regime):
    assert {item.estado for item in avaliados(regime=regime).values()} == {Estado.PRONTO}


@pytest.mark.parametrize(
    ("regime", "pedidas"),
    [
        ("rpps", {"crp", "certidao_com_rpps"}),
        ("rpps_extincao", {"crp", "certidao_com_rpps"}),
        ("rgps", {"certidao"}),
        ("nao_sei", {"crp", "certidao"}),
    ],
)
def test_o_regime_decide_a_prova_de_regularidade(regime, pedidas):
    assert avaliados(regime=regime).keys() & {"crp", "certidao", "certidao_com_rpps"} == pedidas


def test_de_quem_tem_regime_proprio_a_certidao_de_debitos_e_cuidado_e_nao_falta():
    assert estado("certidao_com_rpps", certidao="nao") == Estado.ATENCAO
    assert estado("certidao", regime="rgps", certidao="nao") == Estado.FALTA


@pytest.mark.parametrize(
    ("especie", "esperado"),
    [("cnd", Estado.PRONTO), ("cpend", Estado.PRONTO), ("cpd", Estado.FALTA), ("cnd_inss", Estado.FALTA)],
)
def test_cada_especie_de_certidao_vale_o_que_a_lista_de_conferencia_diz(especie, esperado):
    item = avaliados(regime="rgps", certidao=especie)["certidao"]
    frase = checklist().requisito("regularidade-federal").especie(especie).frase

    assert item.estado == esperado
    assert item.nota == (frase or "Vale até 15/05/2027.")


@pytest.mark.parametrize(
    ("dias", "esperado", "nota"),
    [
        (-1, Estado.FALTA, "Venceu em 25/11/2026."),
        (0, Estado.FALTA, "Vale só até hoje: renove antes de enviar."),
        (1, Estado.ATENCAO, "Vale até 27/11/2026."),
        (60, Estado.ATENCAO, "Vale até 25/01/2027."),
        (61, Estado.PRONTO, "Vale até 26/01/2027."),
        (180, Estado.PRONTO, "Vale até 25/05/2027."),
        (181, Estado.ATENCAO, "Você disse que vale até 26/05/2027."),
    ],
)
@pytest.mark.parametrize(("codigo", "regime"), [("crp", "rpps"), ("certidao", "rgps")])
def test_a_validade_conta_ate_a_beira(codigo, regime, dias, esperado, nota):
    fim = (HOJE + timedelta(days=dias)).isoformat()

    item = avaliados(regime=regime, crp_fim=fim, certidao_fim=fim)[codigo]

    assert (item.estado, item.nota) == (esperado, nota)


def test_certidao_sem_data_pede_a_data():
    item = avaliados(crp_fim="")["crp"]

    assert (item.estado, item.nota) == (Estado.ATENCAO, "Confira até que dia vale.")


def test_data_de_certidao_que_nao_ha_nao_conta():
    assert estado("crp", crp="nao", crp_fim=EM_UM_ANO_QUASE) == Estado.FALTA


@pytest.mark.parametrize(("quantos", "esperado"), [(0, Estado.FALTA), (1, Estado.ATENCAO), (2, Estado.PRONTO)])
def test_quantas_pessoas_bastam(quantos, esperado):
    assert estado("servidores", servidores=quantos) == esperado


def test_equipamento_que_falta_e_dito_pelo_nome():
    item = avaliados(equipamentos=["computador"])["equipamentos"]

    assert item.estado == Estado.FALTA
    assert item.nota == "Falta: digitalizador, impressora."


def test_o_ato_que_delega_so_aparece_quando_quem_assina_e_outra_pessoa():
    assert "delegacao" not in avaliados(quem_assina="prefeito")
    assert estado("delegacao", quem_assina="outra") == Estado.ATENCAO
    assert estado("delegacao", quem_assina="nao_sei") == Estado.FALTA


def test_sem_resposta_tudo_o_que_cabe_falta_e_nada_quebra():
    itens = avaliar({}, REQUISITOS, hoje=HOJE, aviso_dias=60)

    assert itens
    assert {item.estado for item in itens} == {Estado.FALTA}


# --- The data -----------------------------------------------------------------------------------------------------
def _valores(pergunta: str) -> set[str]:
    campo = PossoAderirForm().fields[pergunta]
    return {valor for valor, _ in getattr(campo, "choices", [])}


@pytest.mark.parametrize("requisito", REQUISITOS, ids=lambda r: r.codigo)
def test_cada_resposta_possivel_tem_estado_e_frase(requisito):
    especies = {e.codigo for e in requisito.especies}
    if requisito.estados or especies:
        conhecidas = requisito.estados.keys() | especies
        assert _valores(requisito.pergunta) - conhecidas == set()
        assert requisito.estados.keys() - _valores(requisito.pergunta) == set()
    if requisito.todos:
        assert requisito.todos.keys() == _valores(requisito.pergunta)
    estados = set(requisito.estados.values()) - {DISPENSA} or {"pronto", "falta"}
    assert estados | ({"pronto", "falta"} if requisito.data else set()) <= requisito.frases.keys()
    assert requisito.frases.keys() <= set(Estado)


@pytest.mark.parametrize("requisito", REQUISITOS, ids=lambda r: r.codigo)
def test_o_que_ninguem_leu_na_norma_diz_conferir_norma_vigente(requisito):
    assert (requisito.grau == VERIFICADO) != ("onferir norma vigente" in requisito.base)


def test_todo_papel_que_a_adesao_pede_de_todos_esta_na_autoavaliacao():
    perguntados = {r.item for r in REQUISITOS}
    pedidos = {
        r.codigo for regime in Regime for r in checklist().para(regime, Instrumento.ACT, HOJE) if r.tipo != "fotos"
    }

    assert pedidos - perguntados == set()


def test_norma_e_validade_vem_da_lista_de_conferencia():
    crp = next(r for r in REQUISITOS if r.codigo == "crp")
    item = checklist().requisito("crp")

    assert (crp.nome, crp.base, crp.validade_dias) == (item.nome, item.base, item.validade_dias)


def test_item_que_a_lista_nao_tem_e_erro_com_arquivo_e_linha(tmp_path, monkeypatch):
    errado = tmp_path / "requisitos.toml"
    errado.write_text(requisitos.ARQUIVO.read_text().replace('item = "lei-criacao"', 'item = "lei"'))
    monkeypatch.setattr(requisitos, "ARQUIVO", errado)
    requisitos._folha.cache_clear()

    with pytest.raises(ErroDoCatalogo, match=r"requisitos\.toml:\d+: a lista de conferência não tem “lei”"):
        requisitos.requisitos(HOJE)


# --- To the application -------------------------------------------------------------------------------------------
def test_as_respostas_vao_e_voltam_pela_sessao():
    sessao: dict = {}
    autoavaliacao.guardar(sessao, respostas(), hoje=HOJE)

    assert autoavaliacao.retomar(sessao) == respostas()
    assert sessao[autoavaliacao.CHAVE_DA_SESSAO]["feita_em"] == "2026-11-26"


@pytest.mark.parametrize("guardado", [None, "x", {}, {"versao": 0, "respostas": {}}])
def test_o_que_nao_e_desta_versao_nao_volta(guardado):
    assert autoavaliacao.retomar({autoavaliacao.CHAVE_DA_SESSAO: guardado}) is None


def test_o_pedido_recebe_as_palavras_da_lista_de_conferencia():
    dados = autoavaliacao.preenchimento(respostas(quem_assina="outra"))

    assert dados["municipio"] == "3134608"
    assert dados["regime"] in Regime.values
    assert {c["item"] for c in dados["certidoes"]} == {"crp", "regularidade-federal"}
    assert all(checklist().requisito(c["item"]) for c in dados["certidoes"])
    assert (dados["quem_assina"], dados["servidores"]) == ("outra", 2)


def test_o_pedido_nao_recebe_o_que_nao_se_sabe_nem_o_que_nao_ha():
    dados = autoavaliacao.preenchimento(respostas(regime="nao_sei", crp="nao_sei", certidao="nao"))

    assert dados["regime"] == ""
    assert dados["certidoes"] == []
