"""The people, the place and the short forms of the access tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from act_portal.contas.models import Usuario
from act_portal.territorio.models import Municipio, UnidadeInss
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

PESSOAS = (
    "anonimo",
    "atendente",
    "atendente_de_outra_cidade",
    "gestor",
    "analista_da_regiao",
    "analista_de_outra_regiao",
    "autoridade_da_regiao",
    "logistica_da_regiao",
    "administrador",
)
# Who else a table may speak of: `{..., "gestor_de_outra_cidade": 404}`.
OUTRAS_PESSOAS = (
    "gestor_de_outra_cidade",
    "autoridade_de_outra_regiao",
    "superintendente",
    "dirofl",
    "logistica_de_outra_regiao",
)
# What an anonymous visitor gets from a closed page: 302 to the sign-in page.
ENTRADA = -302


@dataclass
class Cenario:
    """Two towns of two regions. `eu` is whoever asks (None: anonymous)."""

    regiao: UnidadeInss
    municipio: Municipio
    outro_municipio: Municipio
    pessoas: dict[str, Usuario | None]
    quem: str = "anonimo"
    olharam_quem: bool = False

    @property
    def eu(self) -> Usuario | None:
        self.olharam_quem = True
        return self.pessoas[self.quem]

    @cached_property
    def colega(self) -> Usuario:
        """Somebody else of `municipio`, to act upon."""
        return com_papel("atendente", self.municipio)


def montar() -> Cenario:
    sr = UnidadeFabrica(tipo="sr")
    regiao, outra_regiao = UnidadeFabrica(acima=sr), UnidadeFabrica(acima=UnidadeFabrica(tipo="sr"))
    municipio, outro = MunicipioFabrica(unidade=regiao), MunicipioFabrica(unidade=outra_regiao)
    pessoas = {
        "anonimo": None,
        "atendente": com_papel("atendente", municipio),
        "atendente_de_outra_cidade": com_papel("atendente", outro),
        "gestor": com_papel("gestor", municipio),
        # Of the superintendence: "its unit and all below".
        "analista_da_regiao": com_papel("analista_inss", sr),
        "analista_de_outra_regiao": com_papel("analista_inss", outra_regiao),
        "autoridade_da_regiao": com_papel("autoridade_inss", regiao),
        "autoridade_de_outra_regiao": com_papel("autoridade_inss", outra_regiao),
        "logistica_da_regiao": com_papel("logistica_inss", regiao),
        "gestor_de_outra_cidade": com_papel("gestor", outro),
        "superintendente": com_papel("autoridade_inss", sr),
        "dirofl": com_papel("autoridade_inss", UnidadeFabrica(tipo="dir", codigo="DIROFL")),
        "logistica_de_outra_regiao": com_papel("logistica_inss", outra_regiao),
        "administrador": com_papel("administrador", is_staff=True, is_superuser=True),
    }
    return Cenario(regiao, municipio, outro, pessoas)


Argumentos = Callable[[Cenario], Mapping[str, Any]]
Esperado = Mapping[str, int]


def _nada(cenario: Cenario) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Caso:
    """One method of one route: the status that each person gets."""

    metodo: str
    esperado: Esperado
    args: Argumentos = _nada
    dados: Argumentos = field(default=_nada)


TABELA_DE_CASOS = dict[str, list[Caso]]


def get(esperado: Esperado, *, args: Argumentos = _nada, dados: Argumentos = _nada) -> Caso:
    return Caso("GET", esperado, args, dados)


def post(esperado: Esperado, *, args: Argumentos = _nada, dados: Argumentos = _nada) -> Caso:
    return Caso("POST", esperado, args, dados)


def publico(situacao: int, **exceto: int) -> Esperado:
    """Everybody, signed in or not."""
    return dict.fromkeys(PESSOAS, situacao) | exceto


def equipe(situacao: int, **exceto: int) -> Esperado:
    """Everybody who signed in; a page without an object of a town."""
    return publico(situacao) | {"anonimo": ENTRADA} | exceto


def papeis(situacao: int, *quem: str, outros: int = 403, **exceto: int) -> Esperado:
    """`situacao` for `quem`; the others are known but not allowed."""
    return publico(outros) | {"anonimo": ENTRADA} | dict.fromkeys(quem, situacao) | exceto


def da_cidade(situacao: int, **exceto: int) -> Esperado:
    """An object of `cenario.municipio`: its people and the analyst of the region; for all others it does not exist."""
    return papeis(situacao, "atendente", "gestor", "analista_da_regiao", outros=404) | exceto


def so_da_cidade(situacao: int, **exceto: int) -> Esperado:
    """An object of `cenario.municipio` that INSS has not received: it exists for the town's people alone."""
    return papeis(situacao, "atendente", "gestor", outros=404) | exceto
