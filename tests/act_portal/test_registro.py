"""The log tells where and what kind of error, and nobody's data."""

from __future__ import annotations

import logging
from logging.config import DictConfigurator

from django.conf import settings
from django.db import IntegrityError

CPF = "11144477735"
LINHA = DictConfigurator({}).configure_formatter(dict(settings.LOGGING["formatters"]["linha"]))


def gravar_pessoa() -> None:
    raise IntegrityError(f"Key (cpf)=({CPF}) already exists.")


def registro_de(funcao) -> str:
    try:
        funcao()
    except Exception as erro:  # noqa: BLE001 - whatever it is goes to the log
        info = (type(erro), erro, erro.__traceback__)
        return LINHA.format(logging.LogRecord("django.request", logging.ERROR, "", 0, "falhou: /x/", (), info))
    raise AssertionError("não falhou")


def test_o_registro_diz_onde_e_o_que_mas_nao_repete_a_linha_recusada():
    texto = registro_de(gravar_pessoa)

    assert "falhou: /x/" in texto
    assert "gravar_pessoa" in texto
    assert "IntegrityError" in texto
    assert CPF not in texto


def test_nem_a_causa_do_erro_repete():
    def traduzir() -> None:
        try:
            gravar_pessoa()
        except IntegrityError as erro:
            raise RuntimeError(f"pessoa {CPF}") from erro

    texto = registro_de(traduzir)

    assert texto.index("IntegrityError") < texto.index("RuntimeError")
    assert CPF not in texto
