"""Where an act came out in the Diário Oficial."""

from __future__ import annotations

from datetime import date

import pytest

from act_portal.erros import ErroDeDominio
from act_portal.publicacao import exigir_publicacao

ASSINADO, HOJE = date(2026, 11, 10), date(2026, 11, 28)


def saiu(dia: date, secao: str = "3", pagina: str = " 120 "):
    return exigir_publicacao(dia, secao, pagina, desde=ASSINADO, de="a assinatura do INSS", hoje=HOJE)


@pytest.mark.parametrize("dia", [ASSINADO, HOJE])
def test_sai_do_dia_da_assinatura_ate_hoje(dia):
    assert saiu(dia) == {"dou_data": dia, "dou_secao": "3", "dou_pagina": "120"}


@pytest.mark.parametrize(
    ("dados", "frase"),
    [
        ((date(2026, 11, 9),), r"entre a assinatura do INSS \(10/11/2026\) e hoje"),
        ((date(2026, 11, 29),), "Confira a data"),
        ((HOJE, " "), "Diga a seção"),
        ((HOJE, "3", "p. 120"), "só o número da página"),
    ],
)
def test_o_resto_volta_com_o_motivo(dados, frase):
    with pytest.raises(ErroDeDominio, match=frase):
        saiu(*dados)
