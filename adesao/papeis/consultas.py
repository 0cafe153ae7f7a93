"""The papers of a process as the screens show them."""

from __future__ import annotations

from dataclasses import dataclass

from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from adesao.models import Aceite, Item, Papel, Processo
from adesao.papeis.preenchimento import base

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


def estado_do_papel(processo: Processo, papel: Papel | None, especie: Papel.Especie) -> str:
    """ "" (not made yet), "feito" or "desatualizado" (what it says has changed)."""
    if papel is None:
        return ""
    return "feito" if papel.base == base(processo, especie) else "desatualizado"


def aceites_que_faltam(processo: Processo) -> tuple[str, ...]:
    """The texts whose very present version nobody has accepted."""
    validos = {a.texto: a for a in processo.aceites.filter(perdido_em__isnull=True)}
    faltam = []
    for texto in Aceite.Texto:
        aceite = validos.get(texto)
        if aceite is None or aceite.base != base(processo, E(texto)):
            faltam.append(texto.label)
    return tuple(faltam)


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
    achados = vigentes(processo)
    aceites = {a.texto: a for a in processo.aceites.filter(perdido_em__isnull=True)}
    return [
        PapelNaTela(
            especie,
            achados.get(especie),
            estado_do_papel(processo, achados.get(especie), especie),
            aceites.get(especie),
        )
        for especie in especies
    ]
