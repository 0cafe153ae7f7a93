"""Reads shaped for the public page. Nothing here touches `dados`, where the people are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from act_portal.emissao import conteudo, modelos
from act_portal.emissao.models import Documento, Impressao
from act_portal.emissao.situacoes import Situacao


@dataclass(frozen=True)
class ConjuntoPublico:
    """A file in which this paper was given out with others; `vale` when all of them still count."""

    sha256: str
    papeis: int
    vale: bool


@dataclass(frozen=True)
class FichaPublica:
    """All that a stranger may know of a paper: what it is, whose desk made it, when, and whether it still counts."""

    codigo: str
    especie: str
    versao: str
    municipio: str
    emitido_em: datetime
    encerrado_em: datetime | None
    situacao: Situacao
    paginas: int
    hash_conteudo: str
    sha256: str
    conjuntos: tuple[ConjuntoPublico, ...]


def ficha_publica(digitado: str) -> FichaPublica | None:
    """The record of a code as typed; None for one that is malformed, unknown or not issued yet, all alike."""
    codigo = conteudo.normalizar_codigo(digitado)
    documento = Documento.objects.select_related("municipio").defer("dados", "motivo").filter(codigo=codigo).first()
    # Before it is issued nobody holds the paper.
    if documento is None or documento.emitido_em is None:
        return None
    modelo = modelos.MODELOS.get((documento.modelo, documento.versao))
    fuso = documento.municipio.fuso
    return FichaPublica(
        codigo=documento.codigo,
        especie=modelo.titulo if modelo else documento.modelo,
        versao=documento.versao,
        municipio=str(documento.municipio),
        # The day printed on the paper: the PDF may be drawn after it.
        emitido_em=documento.pedido_em.astimezone(fuso),
        encerrado_em=documento.encerrado_em.astimezone(fuso) if documento.encerrado_em else None,
        situacao=Situacao(documento.situacao),
        paginas=documento.paginas,
        hash_conteudo=documento.hash_conteudo,
        sha256=documento.sha256,
        conjuntos=_conjuntos(documento),
    )


def _conjuntos(documento: Documento) -> tuple[ConjuntoPublico, ...]:
    # By a subquery: a filter on the same join would count only the paper that was asked for.
    impressoes = Impressao.objects.filter(pk__in=documento.impressoes.values("pk")).annotate(
        papeis=Count("documentos"),
        validos=Count("documentos", filter=Q(documentos__situacao=Situacao.EMITIDO)),
    )
    return tuple(ConjuntoPublico(i.sha256, i.papeis, i.validos == i.papeis) for i in impressoes)
