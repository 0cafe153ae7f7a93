"""The papers of a process as the screens show them."""

from __future__ import annotations

from dataclasses import dataclass

from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from adesao.models import Aceite, Item, Papel, Processo
from adesao.papeis.preenchimento import Material

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


def estado_do_papel(papel: Papel | None, material: Material) -> str:
    """ "" (not made yet), "feito" or "desatualizado" (what it would say now is something else)."""
    if papel is None:
        return ""
    return "feito" if papel.base == material.base(E(papel.especie)) else "desatualizado"


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
    achados, material = vigentes(processo), Material(processo)
    aceites = material.aceites
    return [PapelNaTela(e, achados.get(e), estado_do_papel(achados.get(e), material), aceites.get(e)) for e in especies]
