"""Who comes about an illness and is at an age to retire, and what "combines" may be said of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from requerimentos.demanda.fatos import Fatos
from requerimentos.demanda.tempo import data_da_idade
from requerimentos.demanda.triagem.folha import _caminho
from requerimentos.demanda.triagem.regras import Lugar
from tests.requerimentos.test_triagem_regras import HOJE, ROTEIRO, andar, lugares, pessoa, resultado

DOENTE_NA_ROCA = {"assunto": "doenca", "doenca_como": "longa", "vinculo": "roca"}
RURAL, HIBRIDA, URBANA = "aposentadoria-idade-rural", "aposentadoria-hibrida", "aposentadoria-idade-urbana"
AUXILIO, INVALIDEZ, TEMPO = (
    "auxilio-incapacidade-temporaria", "aposentadoria-incapacidade-permanente", "aposentadoria-tempo-contribuicao",
)  # fmt: skip


def de_nascimento(nascimento: date, sexo: str = "F") -> Fatos:
    return Fatos(nascimento=nascimento, sexo=sexo, marcas={"menor": False})


def achar(achado, codigo):
    return next((i for i in achado.indicacoes if i.servico.codigo == codigo), None)


@pytest.mark.parametrize("como", ["longa", "sempre"])
def test_quem_adoece_na_roca_com_60_anos_ouve_primeiro_da_aposentadoria_por_idade(como):
    respostas = {**DOENTE_NA_ROCA, "doenca_como": como, "anos_de_roca": "sim"}

    achado = resultado(de_nascimento(date(1966, 6, 1)), respostas)

    assert achado.indicacoes[0].servico.codigo == RURAL and achado.indicacoes[0].lugar == Lugar.CABE
    assert lugares(achado)[AUXILIO] == Lugar.CABE
    assert (INVALIDEZ in lugares(achado)) is (como == "sempre")


def test_quem_completa_55_em_oito_dias_le_quando():
    achado = achar(resultado(de_nascimento(date(1971, 12, 5)), {**DOENTE_NA_ROCA, "anos_de_roca": "sim"}), RURAL)

    assert achado.lugar == Lugar.AINDA_NAO and achado.quando == date(2026, 12, 5)
    assert "Completa 55 anos em 05/12/2026" in " ".join(parecer.frase for parecer in achado.nao)


@pytest.mark.parametrize(("dias", "aparece"), [(-1, True), (0, True), (1, False)])
def test_perto_da_idade_na_vespera_no_dia_e_no_dia_seguinte(dias, aparece):
    completa = data_da_idade(HOJE, 0, getattr(ROTEIRO, "perto", 24)) + timedelta(days=dias)

    achado = resultado(de_nascimento(date(completa.year - 55, completa.month, completa.day)), DOENTE_NA_ROCA)

    assert (RURAL in lugares(achado)) is aparece


@pytest.mark.parametrize(("vinculo", "codigo"), [("carteira", URBANA), ("parou", URBANA), ("parou", RURAL)])
def test_tambem_quem_trabalha_na_cidade_ou_parou(vinculo, codigo):
    assert codigo in lugares(resultado(pessoa(65), {**DOENTE_NA_ROCA, "vinculo": vinculo}))
    assert codigo not in lugares(resultado(pessoa(40), {**DOENTE_NA_ROCA, "vinculo": vinculo}))


def test_com_65_anos_e_doente_ou_com_deficiencia_tambem_o_bpc_da_pessoa_idosa():
    assert "bpc-idoso" in lugares(resultado(pessoa(66), {**DOENTE_NA_ROCA, "vinculo": "nunca"}))
    assert "bpc-idoso" in lugares(resultado(pessoa(66), {"assunto": "deficiencia", "origem": "outra"}))
    assert "bpc-idoso" not in lugares(resultado(pessoa(50), {**DOENTE_NA_ROCA, "vinculo": "nunca"}))


@pytest.mark.parametrize("codigo", [AUXILIO, INVALIDEZ])
def test_segurado_especial_prova_o_tempo_de_roca_em_vez_de_contribuicao(codigo):
    achado = achar(resultado(pessoa(40), {**DOENTE_NA_ROCA, "doenca_como": "sempre"}), codigo)

    assert achado.caminho.id == "roca"
    ditos = (*achado.sim, *achado.falta)
    ditas = " ".join(p.frase for p in ditos)
    assert "12 meses de trabalho na roça" in ditas and "12 meses de contribuição" not in ditas
    assert any(p.condicao.grau != "verificado" for p in ditos)


def test_quem_tem_carteira_ou_nao_disse_le_os_12_meses_de_contribuicao():
    for vinculo in ("carteira", "parou"):
        achado = achar(resultado(pessoa(40), {**DOENTE_NA_ROCA, "vinculo": vinculo}), AUXILIO)
        assert achado.caminho.id == "contribuicao"


def test_sem_o_tempo_nada_combina_ainda():
    achado = resultado(pessoa(54), {"assunto": "idade", "onde": "cidade", "tempo": "nao_sei", "trabalho": "nenhum"})

    assert lugares(achado)[TEMPO] == Lugar.FALTA_SABER
    assert not achado.em(Lugar.CABE)


def test_roca_e_cidade_pergunta_o_tempo_de_contribuicao_e_lista_as_da_cidade():
    base = pessoa(65, "M")
    respostas = {"assunto": "idade", "onde": "ambos", "ainda_na_roca": "sim", "anos_de_roca": "nao"}
    digitadas = {"tempo_somado": "36 anos", "tempo": "8 anos"}
    perguntas = []
    while (proxima := andar(base, respostas).proxima) is not None:
        perguntas.append(proxima.id)
        respostas = {**respostas, proxima.id: digitadas.get(proxima.id, proxima.opcoes[-1].id)}
    achado = resultado(base, respostas)

    assert {"tempo_somado", "tempo"} <= set(perguntas)
    assert {RURAL, HIBRIDA, URBANA, TEMPO} <= set(lugares(achado))
    # The years on the land add up for the hybrid, and are not taken for contributions.
    assert "8 anos de contribuição" in " ".join(p.frase for p in achar(achado, TEMPO).nao)
    assert "36 anos somando roça e cidade" in " ".join(p.frase for p in achar(achado, HIBRIDA).sim)


@pytest.mark.parametrize(("dias", "pergunta"), [(-1, True), (0, True), (1, False)])
def test_a_quem_esta_perto_da_idade_se_pergunta_do_trabalho_na_roca(dias, pergunta):
    completa = data_da_idade(HOJE, 0, ROTEIRO.perto) + timedelta(days=dias)
    base = de_nascimento(date(completa.year - 60, completa.month, completa.day), "M")

    proxima = andar(base, {"assunto": "idade", "onde": "roca"}).proxima

    assert (proxima is not None and proxima.id == "ainda_na_roca") is pergunta


def test_a_quem_faz_62_em_seis_semanas_se_pergunta_o_tempo_somado():
    base = de_nascimento(date(HOJE.year - 62, HOJE.month, HOJE.day) + timedelta(days=43))
    ditas = {"assunto": "idade", "onde": "ambos", "ainda_na_roca": "sim", "anos_de_roca": "nao"}

    assert andar(base, ditas).proxima.id == "tempo_somado"

    achado = achar(resultado(base, {**ditas, "tempo_somado": "14 anos 11 meses"}), HIBRIDA)
    assert achado.lugar == Lugar.AINDA_NAO and not any("somado" in p.frase for p in achado.falta)


@pytest.mark.parametrize(("dias", "prepara"), [(0, True), (1, False)])
def test_quem_esta_perto_da_idade_leva_o_que_trazer_e_aonde_ir_antes(dias, prepara):
    completa = data_da_idade(HOJE, 0, ROTEIRO.perto) + timedelta(days=dias)
    base = de_nascimento(date(completa.year - 60, completa.month, completa.day), "M")
    ditas = {"assunto": "idade", "onde": "roca", "ainda_na_roca": "sim", "anos_de_roca": "sim", "biometria": "nao"}

    achado = resultado(replace(base, marcas={**base.marcas, "biometria": False}), ditas)

    rural = achar(achado, RURAL)
    assert rural.lugar == Lugar.AINDA_NAO and rural.prepara is prepara
    assert any("CIN" in ida.aonde for ida in achado.idas) is prepara
    assert any("rural" in nome for nome in _caminho(rural)["levar"]) is prepara
