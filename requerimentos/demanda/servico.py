"""What the catalogue says of a service, as plain values that a case can keep: read from TOML, stored as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Self

from act_portal.catalogos.fonte import VERIFICADO, Fonte, em_json, montar, versao_de

# A condition of this kind is told to the person and never checked: what is paid, for how long.
INFORMACAO = "informacao"


@dataclass(frozen=True, kw_only=True)
class Condicao(Fonte):
    """One thing the law asks. `texto` may name dated values as `{salario_minimo}`; `regra` is what a machine can check.

    `regra` has one key: `idade`, `tempo` or `tempo_somado` ({"F": [anos, meses], "M": ...}), `tabela_idade` or `pontos`
    (key of a table by year), `na_reforma` ({"mais_de" or "ao_menos": {"F": ..., "M": ...}}), `pedagio` ({"percentual":
    50, "tempo": {...}}), `renda_ate` (key of a value), `cadunico` (key of a value in months) or `fato` (a word of the
    vocabulary).
    `caminho`: the one of the service's alternative ways that it belongs to; empty, it is asked on all of them.
    """

    id: str
    texto: str
    tipo: str
    caminho: str = ""
    regra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pede_idade(self) -> bool:
        return not {"idade", "tabela_idade"}.isdisjoint(self.regra)


@dataclass(frozen=True, kw_only=True)
class Vaga(Fonte):
    """A slot for a document. `caixa` is the upload box of PAT that it goes to; `papel` the paper of ours that fills it.

    `quando`: "sempre", "opcional", or "se" any of the facts in `se` holds (`se_texto` says it to people). `pede`: what
    is said of each document beside its file, "titular" (in whose name) and "periodo" (the time it tells of).
    """

    id: str
    nome: str
    caixa: str
    quando: str
    se: tuple[str, ...] = ()
    se_texto: str = ""
    papel: str = ""
    ajuda: str = ""
    pede: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pat(Fonte):
    """How the service is called inside INSS's own desk system."""

    codigo: str = ""
    sigla: str = ""


@dataclass(frozen=True, kw_only=True)
class Acordo(Fonte):
    """Whether a municipality may ask for it under the agreement: `permitido`, `duvidoso` or `nao`."""

    situacao: str
    motivo: str = ""


@dataclass(frozen=True, kw_only=True)
class Analise(Fonte):
    """How long INSS has to decide, in days; None when nobody knows."""

    dias: int | None = None


# What the appeal of a first decision is against.
DO_INSS = "inss"


@dataclass(frozen=True, kw_only=True)
class Recorre(Fonte):
    """Of an appeal: whose decision it is against, `inss` or the code of the appeal that was lost."""

    de: str = ""


@dataclass(frozen=True, kw_only=True)
class Servico:
    """A service, with everything the desk needs to ask for it. `versao` is the hash of all the rest.

    `modo`: "requerer"; "orientar", when the desk only explains `aonde` to go; "regra", one rule of the service
    `pedido_como`, which is what is opened. `caminhos`: alternative ways, of which one is enough, by id.
    `perguntas_se`: packs that are only asked once a fact is true.
    """

    codigo: str
    nome: str
    grupo: str
    modo: str
    descricao: str
    conferido_em: date
    pedido_como: str = ""
    quem_pode: tuple[str, ...] = ()
    sinonimos: tuple[str, ...] = ()
    especies: tuple[str, ...] = ()
    papel_grupo: str = "outro"
    papel_clientela: str = ""
    dados: tuple[str, ...] = ()
    perguntas: tuple[str, ...] = ()
    perguntas_se: Mapping[str, str] = field(default_factory=dict)
    formularios: tuple[str, ...] = ()
    agendamentos: tuple[str, ...] = ()
    canais: tuple[str, ...] = ()
    aonde: tuple[str, ...] = ()
    avisos: tuple[str, ...] = ()
    espera_novo_pedido: str = ""
    cabe_recurso: bool = True
    vigente_de: date | None = None
    vigente_ate: date | None = None
    pat: Pat = field(default_factory=Pat)
    acordo: Acordo
    analise: Analise = field(default_factory=Analise)
    recorre: Recorre = field(default_factory=Recorre)
    caminhos: Mapping[str, str] = field(default_factory=dict)
    condicoes: tuple[Condicao, ...] = ()
    vagas: tuple[Vaga, ...] = ()

    @cached_property
    def versao(self) -> str:
        """16 hexadecimal digits that name this very content."""
        return versao_de(em_json(self))

    @property
    def orientar(self) -> bool:
        """True when the desk only explains and refers: no request is opened."""
        return self.modo == "orientar"

    @property
    def pedivel(self) -> bool:
        """True when a request may be opened under this very code."""
        return self.modo == "requerer"

    @property
    def pede_biometria(self) -> bool:
        return any(vaga.caixa == "biometria_titular" for vaga in self.vagas)

    def vaga(self, id: str) -> Vaga | None:
        return next((vaga for vaga in self.vagas if vaga.id == id), None)

    def vigente(self, dia: date) -> bool:
        return (self.vigente_de is None or self.vigente_de <= dia) and (
            self.vigente_ate is None or dia <= self.vigente_ate
        )

    def em(self, dia: date) -> Self:
        """The service with only the conditions and slots in force on `dia`."""
        return replace(
            self,
            condicoes=tuple(c for c in self.condicoes if c.vigente(dia)),
            vagas=tuple(v for v in self.vagas if v.vigente(dia)),
        )

    def a_conferir(self) -> list[str]:
        """What somebody still has to read in the norm itself, in words."""
        return [nome for nome, parte in self.partes() if parte.grau != VERIFICADO]

    def partes(self) -> list[tuple[str, Fonte]]:
        """Everything that has a source, with its name for people."""
        partes: list[tuple[str, Fonte]] = [(f"condição “{c.id}”", c) for c in self.condicoes]
        partes += [(f"vaga “{v.id}”", v) for v in self.vagas]
        partes += [("código no Portal de Atendimento", self.pat)] if self.pat.codigo or self.pat.sigla else []
        partes += [("prazo de análise", self.analise)] if self.analise.dias else []
        partes += [("contra que decisão", self.recorre)] if self.recorre.de else []
        partes += [("cabimento no acordo", self.acordo)]
        return partes

    def como_dados(self) -> dict[str, Any]:
        """JSON-safe content, for the snapshot that a case keeps. `de_dados` brings the same service back."""
        return em_json(self) | {"versao": self.versao}

    @classmethod
    def de_dados(cls, dados: Mapping[str, Any]) -> Self:
        """The service of a snapshot. Keys that this release does not know are left out, so old cases still open."""
        valores = {
            **dados,
            "pat": montar(Pat, dados.get("pat", {})),
            "acordo": montar(Acordo, dados["acordo"]),
            "analise": montar(Analise, dados.get("analise", {})),
            "recorre": montar(Recorre, dados.get("recorre", {})),
            "condicoes": tuple(montar(Condicao, c) for c in dados.get("condicoes", ())),
            "vagas": tuple(montar(Vaga, v) for v in dados.get("vagas", ())),
        }
        return montar(cls, valores)
