"""How the log writes errors: where and what kind, never the words."""

from __future__ import annotations

import logging
from traceback import format_tb
from types import TracebackType


class SemPalavrasDoErro(logging.Formatter):
    """A database quotes the row that it refused, CPF and all, so of an exception only its class and lines are kept."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        partes: list[str] = []
        erro = ei[1]
        while erro is not None:
            partes.append("".join([*format_tb(erro.__traceback__), f"{type(erro).__module__}.{type(erro).__name__}"]))
            erro = erro.__cause__ or (None if erro.__suppress_context__ else erro.__context__)
        return "\n".join(reversed(partes))
