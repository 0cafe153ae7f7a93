"""Where a scanned page of a signed paper goes, and which pages are still missing. Pure functions over plain values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from act_portal.emissao.folhas import CodigoDaFolha, ler
from requerimentos.situacoes import MotivoDaBandeja as Motivo


@dataclass(frozen=True)
class PapelVisto:
    """The paper that a code names. `vaga` is the slot of its request that it fills, "" when there is none."""

    pk: int
    requerimento: int
    paginas: int
    vale: bool
    vaga: str


@dataclass(frozen=True)
class Dono:
    """Whose a document of the portal is; `especie` is empty for what is not a paper to sign (a receipt)."""

    requerimento: int
    pessoa: int
    especie: str = ""


@dataclass(frozen=True)
class Destino:
    """`motivo` is empty for a page that files itself as page `numero`."""

    motivo: Motivo | None
    numero: int = 0


def codigo_da_pagina(textos: Sequence[str]) -> CodigoDaFolha | Motivo:
    """What the codes on one picture say together; the foot wins over the head, which only knows the first page."""
    nossos = codigos_nossos(textos)
    if not nossos:
        return Motivo.DE_FORA if textos else Motivo.ILEGIVEL
    inteiros = {codigo for codigo in nossos if codigo.paginas}
    if len({codigo.codigo for codigo in nossos}) > 1 or len(inteiros) > 1:
        return Motivo.DUAS
    return next(iter(inteiros)) if inteiros else max(nossos, key=lambda codigo: codigo.pagina)


def codigos_nossos(textos: Sequence[str]) -> list[CodigoDaFolha]:
    return [codigo for codigo in map(ler, textos) if codigo]


def e_alheio(codigo: CodigoDaFolha, dono: Dono | None, *, requerimento: int, pessoa: int) -> bool:
    """Whether a page with this code may not be in a slot of the request.

    A paper to sign belongs to one request; a receipt proves something in any request of the same person. Where the
    code says nothing (`dono` None), the code of a foot is of a paper that this portal does not know.
    """
    if dono is None:
        return bool(codigo.paginas)
    return dono.requerimento != requerimento if dono.especie else dono.pessoa != pessoa


# From a slot a page goes to the tray for these; for the others it stays where the clerk put it.
NAO_FICA_NA_VAGA = {Motivo.ANTIGA, Motivo.REPETIDA}


def fica_na_vaga(para: Destino, *, na_resposta: bool) -> bool:
    """A paper of this very request, put in a slot: it stays there, or goes where its code says. INSS may ask for a
    signed paper once more: in the answer to an exigência it stays.
    """
    return na_resposta or (para.motivo is not None and para.motivo not in NAO_FICA_NA_VAGA)


def destino(
    codigo: CodigoDaFolha, papel: PapelVisto | None, *, requerimento: int, aberto: bool, arquivadas: Collection[int]
) -> Destino:
    """Judge a page dropped on `requerimento`. `arquivadas`: the pages of this paper that are in their slot already.

    A paper of another request never goes on from here, whatever else is true of it.
    """
    if papel is None:
        return Destino(Motivo.ALHEIO)
    numero = codigo.pagina or (1 if papel.paginas == 1 else 0)
    if papel.requerimento != requerimento:
        return Destino(Motivo.OUTRO, numero)
    if not aberto:
        return Destino(Motivo.FECHADO, numero)
    if not papel.vale:
        return Destino(Motivo.ANTIGA, numero)
    if not papel.vaga:
        return Destino(Motivo.SEM_VAGA, numero)
    if not numero:
        return Destino(Motivo.SEM_NUMERO)
    if numero > papel.paginas or codigo.paginas not in {0, papel.paginas}:
        return Destino(Motivo.ILEGIVEL)
    return Destino(Motivo.REPETIDA if numero in arquivadas else None, numero)


def faltam(paginas: int, arquivadas: Collection[int]) -> list[int]:
    return [numero for numero in range(1, paginas + 1) if numero not in arquivadas]


def frase_do_que_falta(numeros: Sequence[int]) -> str:
    """`[2, 3]` → `Faltam as folhas 2 e 3.`"""
    if not numeros:
        return ""
    if len(numeros) == 1:
        return f"Falta a folha {numeros[0]}."
    return f"Faltam as folhas {', '.join(map(str, numeros[:-1]))} e {numeros[-1]}."
