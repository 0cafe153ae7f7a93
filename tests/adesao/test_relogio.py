"""Days with INSS and days with the town, from the moves."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from adesao.relogio import contar
from adesao.situacoes import Parte, Situacao

FUSO = ZoneInfo("America/Sao_Paulo")
S = Situacao


def dia(n: int, hora: int = 12) -> datetime:
    return datetime(2026, 11, n, hora, tzinfo=FUSO)


def test_sem_envio_nada_conta():
    relogio = contar([], dia(10), FUSO)

    assert (relogio.inss, relogio.municipio, relogio.correndo) == (0, 0, None)


def test_os_dias_vao_para_quem_tem_o_pedido():
    moves = [(dia(1), S.ENVIADO), (dia(3), S.EM_ANALISE), (dia(6), S.DEVOLVIDO), (dia(10), S.EM_ANALISE)]

    relogio = contar(moves, dia(11), FUSO)

    assert (relogio.inss, relogio.municipio, relogio.total) == (6, 4, 10)
    assert relogio.correndo == Parte.INSS


def test_o_relogio_para_no_fim():
    relogio = contar([(dia(1), S.ENVIADO), (dia(4), S.DESISTIDO)], dia(20), FUSO)

    assert (relogio.inss, relogio.municipio, relogio.correndo) == (3, 0, None)


def test_o_dia_vira_a_meia_noite_do_municipio():
    vespera = datetime(2026, 11, 2, 2, 30, tzinfo=ZoneInfo("UTC"))  # still 1 November in the town

    assert contar([(vespera, S.ENVIADO)], dia(2, hora=1), FUSO).inss == 1
