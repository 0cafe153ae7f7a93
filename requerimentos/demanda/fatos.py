"""What is known of a person, and what the catalogue says of them: the plain values that the rules take and give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from requerimentos.demanda.servico import Condicao, Vaga


class Estado(StrEnum):
    OK = "ok"
    NAO = "nao"
    FALTA_SABER = "falta_saber"


class Tom(StrEnum):
    INFO = "info"
    ATENCAO = "atencao"
    IMPEDE = "impede"


@dataclass(frozen=True, kw_only=True)
class PedidoAnterior:
    """A request of the same person that the portal knows. `decidido_em` is empty while it runs; `especies` only of a
    benefit, whose new requests the norm limits; `recorrer_ate`: the day to keep to for an appeal; `recurso_ate`: the
    last one of any reading; `recurso_revogado_em`: the person took the power to appeal out of its term.
    """

    servico_codigo: str
    protocolo: str = ""
    decidido_em: date | None = None
    ciencia_em: date | None = None
    recorrer_ate: date | None = None
    recurso_ate: date | None = None
    recurso_revogado_em: date | None = None
    especies: tuple[str, ...] = ()
    # To say it and to go there; two requests are the same by the rest.
    nome: str = field(default="", compare=False)
    codigo: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Fatos:
    """What is known of the person and the case. `marcas` holds words of the vocabulary: true, false or absent.

    `contribuicao` (until today), `contribuicao_na_reforma` (until 13/11/2019) and `tempo_somado` (with the years on the
    land) are in the days of `tempo`.
    """

    nascimento: date | None = None
    sexo: str = ""
    marcas: Mapping[str, bool] = field(default_factory=dict)
    cadunico_em: date | None = None
    renda_por_pessoa: Decimal | None = None
    contribuicao: int | None = None
    contribuicao_na_reforma: int | None = None
    tempo_somado: int | None = None
    pedidos: tuple[PedidoAnterior, ...] = ()

    def sabe(self, fato: str) -> bool | None:
        """True, False, or None when nobody asked yet."""
        return self.marcas.get(fato)


@dataclass(frozen=True, kw_only=True)
class Parecer:
    """How one condition stands. `quando` is the day on which it will be met, when time alone is missing: contribution
    time on the supposition that the person goes on contributing. `decisiva`: while it is not known, nothing fits.
    """

    condicao: Condicao
    estado: Estado
    frase: str
    quando: date | None = None
    decisiva: bool = False


@dataclass(frozen=True, kw_only=True)
class Caminho:
    """One of the alternative ways of a service, with the opinions on its own conditions. One way is enough."""

    id: str
    nome: str
    pareceres: tuple[Parecer, ...]

    @property
    def estado(self) -> Estado:
        estados = {parecer.estado for parecer in self.pareceres}
        return next((estado for estado in (Estado.NAO, Estado.FALTA_SABER) if estado in estados), Estado.OK)


@dataclass(frozen=True, kw_only=True)
class Aviso:
    """Something to tell before opening the request. `base` is the norm, as it is shown.

    The ways out: `pedido`, the code of the request to follow, and `recurso`, when an appeal may be what they need.
    """

    codigo: str
    tom: Tom
    texto: str
    base: str = ""
    pedido: str = ""
    recurso: bool = False


@dataclass(frozen=True, kw_only=True)
class VagaExigida:
    """A slot in this case: `obrigatoria` true, false, or None while the fact that decides is unknown."""

    vaga: Vaga
    obrigatoria: bool | None
    motivo: str
