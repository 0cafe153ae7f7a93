"""Where what was told first and what was written later differ. The later counts; the clerk asks the person which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from act_portal.telas.formatos import dinheiro
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.forms import DIVERGE
from requerimentos.demanda.perguntas import MEDIDAS, Tipo
from requerimentos.fichas.campos import em_palavras, ler
from requerimentos.fichas.consultas import FichaVista
from requerimentos.fichas.ditos import NA_CONVERSA, NAS_PERGUNTAS, Ditos, Onde
from requerimentos.fichas.fatos import fatos
from requerimentos.models import Requerimento

NA_FICHA = "na ficha"
TIPOS = {chave: tipo for chave, tipo, *_ in MEDIDAS}


@dataclass(frozen=True)
class Divergencia:
    """`onde`: the page that says otherwise, and `pergunta` its question; both empty when it is a short question."""

    texto: str
    de: str
    dito: str
    agora: str
    onde: Onde | None = None
    pergunta: str = ""

    @property
    def frase(self) -> str:
        lugar = NA_FICHA if self.onde else NAS_PERGUNTAS
        return DIVERGE.format(self.de.capitalize(), self.dito, lugar, self.agora)

    @property
    def inteira(self) -> str:
        """Away from the field, with the question that it is about."""
        return f"{self.texto.rstrip('?:')}: {self.frase[0].lower()}{self.frase[1:]}"


def divergencias(requerimento: Requerimento, fichas: list[FichaVista], ditos: Ditos) -> list[Divergencia]:
    """Field by field, then the facts that no field repeats: sums, and the short questions. None once it has left."""
    dos_campos = [achada for ficha in fichas for achada in _dos_campos(ficha, ditos)]
    vistas = {(d.onde[0], d.pergunta) for d in dos_campos if d.onde}
    return [*dos_campos, *_dos_fatos(requerimento, ditos, vistas)]


def _dos_campos(ficha: FichaVista, ditos: Ditos) -> Iterator[Divergencia]:
    for secao in ficha.lida.secoes():
        onde = (ficha.pacote.codigo, secao.id)
        for pergunta in ficha.lida.perguntas(secao.id):
            dito, agora = ditos.campos.get(onde, {}).get(pergunta.id), ficha.lida.respostas.soltas.get(pergunta.id)
            if dito is None or dito.de not in {NA_CONVERSA, NAS_PERGUNTAS} or agora is None:
                continue
            try:
                antes = ler(pergunta, dito.valor)
            except ValidationError:
                continue
            if antes != agora:
                palavras = em_palavras(pergunta, antes), em_palavras(pergunta, agora)
                yield Divergencia(pergunta.texto, dito.de, *palavras, onde, pergunta.id)


def _dos_fatos(requerimento: Requerimento, ditos: Ditos, vistas: set[tuple[str, str]]) -> Iterator[Divergencia]:
    vocabulario = carregar().vocabulario
    textos = {**vocabulario.fatos, **vocabulario.medidas}
    for chave, antes in ditos.fatos.items():
        agora = requerimento.respostas.get(chave)
        if agora is None or agora == antes:
            continue
        contam = [um for um in fatos() if um.fato == chave and um.pacote in ditos.pacotes]
        if any((um.pacote, pergunta) in vistas for um in contam for pergunta in um.perguntas):
            continue
        onde = (contam[0].pacote, "") if contam else None
        palavras = _em_palavras(chave, antes), _em_palavras(chave, agora)
        yield Divergencia(textos[chave], NA_CONVERSA, *palavras, onde, "" if contam else chave)


def _em_palavras(chave: str, valor: Any) -> str:
    if isinstance(valor, bool):
        return "Sim" if valor else "Não"
    if TIPOS.get(chave) == Tipo.DATA:
        return f"{date.fromisoformat(valor):%d/%m/%Y}"
    return dinheiro(valor) if TIPOS.get(chave) == Tipo.DINHEIRO else str(valor)
