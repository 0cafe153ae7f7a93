"""What a person proves before the account opens, read once from `catalogo/_habilitacao.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte

PASTA = Path(__file__).parents[1] / "catalogo"
CAMPOS = {"arquivo", "em", "ate", "texto", "horas"}


@dataclass(frozen=True, kw_only=True)
class Comprovante(Fonte):
    """One requirement. `papel`: the paper made here for it. `do_acordo`: signed under this very agreement.

    `validade_meses` 0: it does not end by itself. `maximo_meses`: it never lasts longer. `antes_meses`: what is older
    than this was typed wrong. `papeis` empty: asked of everybody who gets an account.
    """

    codigo: str
    nome: str
    explica: str
    campos: tuple[str, ...]
    rotulo_em: str
    rotulo_ate: str = ""
    rotulo_texto: str = ""
    papeis: tuple[str, ...] = ()
    papel: str = ""
    do_acordo: bool = False
    obrigatorio: bool = True
    validade_meses: int = 0
    maximo_meses: int = 0
    antes_meses: int = 120


@cache
def comprovantes(pasta: Path = PASTA) -> tuple[Comprovante, ...]:
    folha = Folha(pasta / "_habilitacao.toml")
    lidos: list[Comprovante] = []
    for n, dados in enumerate(folha.blocos("comprovante")):
        lido = folha.bloco(Comprovante, {"conferido_em": folha.dados["conferido_em"], **dados}, "comprovante", n)
        if estranhos := set(lido.campos) - CAMPOS:
            raise folha.erro(f"não conheço o campo “{min(estranhos)}”.", "campos", "comprovante", n)
        if any(outro.codigo == lido.codigo for outro in lidos):
            raise folha.erro(f"“{lido.codigo}” aparece duas vezes.", "codigo", "comprovante", n)
        lidos.append(lido)
    return tuple(lidos)


def pedidos_a(papel: str, hoje: date) -> list[Comprovante]:
    """What is asked of somebody with this role in the agreement, on this day."""
    return [c for c in comprovantes() if c.vigente(hoje) and (not c.papeis or papel in c.papeis)]


def comprovante(codigo: str) -> Comprovante | None:
    return next((c for c in comprovantes() if c.codigo == codigo), None)
