"""The papers of a process as the screens show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from adesao.models import Aceite, Item, Papel, Processo
from adesao.papeis.preenchimento import Material, bases

E = Papel.Especie


def vigente(processo: Processo, especie: Papel.Especie) -> Papel | None:
    papeis = processo.papeis.filter(especie=especie, substituido_em__isnull=True)
    return papeis.select_related("documento").first()


def vigentes(processo: Processo) -> dict[str, Papel]:
    """All papers in force, by kind, in one query."""
    papeis = processo.papeis.filter(substituido_em__isnull=True).select_related("documento")
    return {papel.especie: papel for papel in papeis}


def item_do_papel(processo: Processo, especie: Papel.Especie) -> Item | None:
    """The item for which the paper is made; the minute and the plan belong to that of their acceptance."""
    papel = E.ACEITE if especie in {E.MINUTA, E.PLANO} else especie
    codigos = [r.codigo for r in processo.checklist.checklist.requisitos if r.papel == papel]
    item = processo.itens.filter(codigo__in=codigos).first()
    if item:
        item.processo = processo
    return item


def estado_do_papel(papel: Papel | None, base: str) -> str:
    """ "" (not made yet), "feito" or "desatualizado" (what it says has changed: `base` is what it would say now)."""
    if papel is None:
        return ""
    return "feito" if papel.base == base else "desatualizado"


def aceites_que_faltam(processo: Processo, bases: Mapping[str, str]) -> tuple[str, ...]:
    """The texts whose very present version nobody has accepted."""
    validos = {a.texto: a.base for a in processo.aceites.filter(perdido_em__isnull=True)}
    return tuple(texto.label for texto in Aceite.Texto if validos.get(texto) != bases[texto])


@dataclass
class PapelNaTela:
    """One paper on its page: what exists of it and what may be done."""

    especie: Papel.Especie
    papel: Papel | None
    estado: str
    aceite: Aceite | None = None

    @property
    def pronto(self) -> bool:
        return self.papel is not None and self.papel.documento.situacao == SituacaoDocumento.EMITIDO

    @property
    def sendo_feito(self) -> bool:
        return self.papel is not None and self.papel.documento.situacao == SituacaoDocumento.PEDIDO


def na_tela(processo: Processo, *especies: Papel.Especie) -> list[PapelNaTela]:
    """The papers of the town, as its pages show them."""
    achados, dizem = vigentes(processo), bases(Material(processo))
    aceites = {a.texto: a for a in processo.aceites.filter(perdido_em__isnull=True)}
    return [PapelNaTela(e, achados.get(e), estado_do_papel(achados.get(e), dizem[e]), aceites.get(e)) for e in especies]
