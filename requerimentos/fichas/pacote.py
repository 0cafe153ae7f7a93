"""A question pack as plain values that a request can keep: read from TOML, stored as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from act_portal.catalogos.fonte import Fonte, em_json, montar, versao_de


class Tipo(StrEnum):
    SIM_NAO = "sim_nao"
    OPCAO = "opcao"
    VARIAS = "varias"
    TEXTO = "texto"
    TEXTO_LONGO = "texto_longo"
    DATA = "data"
    DINHEIRO = "dinheiro"
    INTEIRO = "inteiro"
    MEDIDA = "medida"
    CPF = "cpf"
    CNPJ = "cnpj"
    CEP = "cep"
    TELEFONE = "telefone"


class Tom(StrEnum):
    """What a check says: `impede` must be mended before sending, `aviso` is told, `conta` shows a sum."""

    IMPEDE = "impede"
    AVISO = "aviso"
    CONTA = "conta"


# `se`: the answer (text, true or false), any of these, or `{ mais_de = 0 }`, that another question of the pack must
# have.
Se = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Secao:
    """One page. `se` says when it is asked at all."""

    id: str
    titulo: str
    ajuda: str = ""
    se: Se = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Bloco:
    """A list inside a section: as many `item` (one word for people) as there are, from `minimo` to `maximo`."""

    id: str
    secao: str
    item: str
    titulo: str
    ajuda: str = ""
    minimo: int = 0
    maximo: int = 40
    se: Se = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Pergunta:
    """One question. Inside a `bloco` it is asked of each item. The chosen option is kept as its own text, which is how
    PAT writes it. `curto`: the head of its column on paper.
    """

    id: str
    secao: str
    texto: str
    tipo: str
    bloco: str = ""
    opcoes: tuple[str, ...] = ()
    ajuda: str = ""
    curto: str = ""
    obrigatoria: bool = True
    passado: bool = False
    minimo: int | None = None
    maximo: int | None = None
    se: Se = field(default_factory=dict)

    @property
    def coluna(self) -> str:
        return self.curto or self.texto.rstrip("?:")


@dataclass(frozen=True, kw_only=True)
class Conferencia(Fonte):
    """A check of the answers: `regra` names a pure function of `fichas.regras`, `de` what it looks at.

    `texto` is said when it fails; `{}` in it is filled by the rule. `secao` is where to mend it.
    """

    regra: str
    secao: str
    texto: str
    tom: str = Tom.IMPEDE
    bloco: str = ""
    de: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Pacote(Fonte):
    """A pack: its pages in order, and what is checked. `versao` is the hash of all the rest."""

    codigo: str
    nome: str
    secoes: tuple[Secao, ...] = ()
    blocos: tuple[Bloco, ...] = ()
    perguntas: tuple[Pergunta, ...] = ()
    conferencias: tuple[Conferencia, ...] = ()

    @cached_property
    def versao(self) -> str:
        return versao_de(em_json(self))

    def secao(self, id: str) -> Secao | None:
        return next((secao for secao in self.secoes if secao.id == id), None)

    def soltas(self, secao: str) -> list[Pergunta]:
        """The questions of a page that are asked once."""
        return [p for p in self.perguntas if p.secao == secao and not p.bloco]

    def blocos_da(self, secao: str) -> list[Bloco]:
        return [bloco for bloco in self.blocos if bloco.secao == secao]

    def do_bloco(self, bloco: str) -> list[Pergunta]:
        return [p for p in self.perguntas if p.bloco == bloco]

    def como_dados(self) -> dict[str, Any]:
        """JSON-safe content, for the snapshot that a request keeps. `de_dados` brings the same pack back."""
        return em_json(self)

    @classmethod
    def de_dados(cls, dados: Mapping[str, Any]) -> Self:
        partes = {
            "secoes": Secao, "blocos": Bloco, "perguntas": Pergunta, "conferencias": Conferencia,
        }  # fmt: skip
        valores = {nome: tuple(montar(classe, d) for d in dados.get(nome, ())) for nome, classe in partes.items()}
        return montar(cls, {**dados, **valores})


def vale(se: Se, *respostas: Mapping[str, Any]) -> bool:
    """True when each condition holds; the first of `respostas` that knows the question answers it."""
    for pergunta, esperado in se.items():
        dada = next((r[pergunta] for r in respostas if r.get(pergunta) is not None), None)
        if isinstance(esperado, Mapping):
            if dada is None or dada <= esperado["mais_de"]:
                return False
            continue
        aceitas = esperado if isinstance(esperado, list | tuple) else [esperado]
        dadas = dada if isinstance(dada, list) else [dada]
        if not any(d == a and d is not None for d in dadas for a in aceitas):
            return False
    return True
