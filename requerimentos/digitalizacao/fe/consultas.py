"""What the case knows about whose a document is and from when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from act_portal.territorio.consultas import hoje_em
from requerimentos.digitalizacao.consultas import Documentos
from requerimentos.fichas.consultas import FichaVista
from requerimentos.fichas.pacote import Conferencia
from requerimentos.fichas.rural import documento_do_periodo, fora_dos_periodos
from requerimentos.models import Peca, Requerimento


def nomes_do_caso(requerimento: Requerimento, fichas: Sequence[FichaVista]) -> list[str]:
    """Who may be on a document: the person, who represents, and whoever the packs name."""
    nomes = [requerimento.pessoa.nome_civil]
    if requerimento.representante:
        nomes.append(requerimento.representante.nome)
    for ficha in fichas:
        for itens in ficha.lida.respostas.blocos.values():
            nomes += [str(item["nome"]) for item in itens if item.get("nome")]
    return list(dict.fromkeys(nomes))


def marcar_epoca(requerimento: Requerimento, docs: Documentos, fichas: Sequence[FichaVista]) -> None:
    """Say on each document that it is from outside the time that was declared."""
    hoje = hoje_em(requerimento.municipio)
    for item in docs.todas:
        achada = fora_da_epoca(item.peca, fichas, hoje)
        item.fora_da_epoca = achada.texto if achada else ""


def fora_da_epoca(peca: Peca, fichas: Sequence[FichaVista], hoje: date) -> Conferencia | None:
    """The check of a pack that the document's period fails: the one that the pack's own list of proofs goes through."""
    if peca.periodo_de is None or peca.periodo_ate is None:
        return None
    for ficha in fichas:
        for c in ficha.pacote.conferencias:
            if c.regra == documento_do_periodo.__name__ and fora_dos_periodos(
                peca.periodo_de, peca.periodo_ate, ficha.lida.respostas, c, hoje
            ):
                return c
    return None
