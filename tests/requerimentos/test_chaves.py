"""The key of the receipt: readable, one per purpose, good for ever."""

from __future__ import annotations

import pytest

from requerimentos.consulta.chaves import ALFABETO, CONSULTA, chave_confere, chave_publica, normalizar_chave

SEGREDO = "5e" * 32


def test_a_chave_dos_comprovantes_ja_impressos_nao_muda():
    # Written down: whoever changes the recipe makes every receipt in people's drawers worthless.
    assert chave_publica(SEGREDO, CONSULTA) == "0YZX-TF23-00ZT"


def test_a_chave_nao_depende_da_secret_key(settings):
    antes = chave_publica(SEGREDO, CONSULTA)

    settings.SECRET_KEY = "outra"

    assert chave_publica(SEGREDO, CONSULTA) == antes


def test_cada_finalidade_e_cada_linha_tem_a_sua_chave():
    chaves = {chave_publica(s, f) for s in (SEGREDO, "ab" * 32) for f in (CONSULTA, "entrega")}

    assert len(chaves) == 4


def test_sao_doze_letras_que_nao_se_confundem_usadas_todas():
    chaves = [chave_publica(f"{n:064x}", CONSULTA).replace("-", "") for n in range(400)]

    assert {len(chave) for chave in chaves} == {12}
    assert set("".join(chaves)) == set(ALFABETO)
    assert len(set(ALFABETO)) == 32
    assert not set(ALFABETO) & set("ILOU")
    # Every place of the key changes from one row to the next.
    assert all(len({chave[casa] for chave in chaves}) == 32 for casa in range(12))


@pytest.mark.parametrize(
    "digitada",
    ["0011-ABCD-EFGH", "0011abcdefgh", " oo1l ABCD efgh ", "OOIL–ABCD–EFGH", "0.0.1.1.ABCDEFGH"],
)
def test_o_que_a_pessoa_digita_vira_a_chave_escrita(digitada):
    assert normalizar_chave(digitada) == "0011-ABCD-EFGH"


@pytest.mark.parametrize("errada", ["", " ", "0011-ABCD", "ç" * 12, "0" * 5000, "😀", "\x00" * 12, "\ud800" * 12])
def test_chave_mal_escrita_nao_confere_nem_quebra(errada):
    assert not chave_confere(SEGREDO, CONSULTA, errada)


def test_a_chave_certa_confere_e_com_uma_letra_a_mais_nao():
    certa = chave_publica(SEGREDO, CONSULTA)

    assert chave_confere(SEGREDO, CONSULTA, certa.lower().replace("-", ""))
    assert not chave_confere(SEGREDO, CONSULTA, certa + "0")
    assert not chave_confere(SEGREDO, CONSULTA, certa[:-1])
