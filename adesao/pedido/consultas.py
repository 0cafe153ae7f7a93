"""An application as the screens show it, in a constant number of queries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from act_portal.arquivos import tipos
from act_portal.arquivos.models import Arquivo
from act_portal.territorio.texto import normalizar
from adesao.checklist import regras
from adesao.checklist.catalogo import checklist, mandato_ate
from adesao.checklist.requisito import Requisito
from adesao.models import Anotacao, Item, Papel, Peca, Processo
from adesao.papeis.consultas import estado_do_papel, vigentes
from adesao.papeis.preenchimento import Material

CAMPOS = ("especie", "numero", "emitido_em", "valido_ate", "origem", "titular_cnpj", "titular_nome", "mandato_fim")


@dataclass
class ItemNaTela:
    """One item with its requirement, its files and what was said of it."""

    item: Item
    requisito: Requisito
    pecas: list[Peca] = field(default_factory=list)
    tiradas: list[Peca] = field(default_factory=list)
    anotacoes: list[Anotacao] = field(default_factory=list)
    faltas: list[str] = field(default_factory=list)
    problemas: list[regras.Problema] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    papel: str = ""
    aceites_que_faltam: tuple[str, ...] = ()
    # What the form of the town says now of what its files prove, and what of that is not what they proved.
    provado: dict[str, str] = field(default_factory=dict)
    mudaram: tuple[str, ...] = ()

    @property
    def preparando(self) -> bool:
        return any(p.arquivo.situacao == Arquivo.Situacao.RECEBIDO for p in self.pecas)

    @property
    def completo(self) -> bool:
        return not self.faltas and not self.problemas


def requisito_de(item: Item, processo: Processo) -> Requisito:
    """That of the process's own checklist; what was asked for during the review brings its own words."""
    achado = processo.checklist.checklist.requisito(item.codigo)
    if achado and not achado.prova and (de_hoje := checklist().requisito(item.codigo)):
        # What the portal compares is no demand on the town: older lists, that did not say it, are compared as well.
        return replace(achado, prova=de_hoje.prova)
    return achado or Requisito(
        codigo=item.codigo,
        nome=item.nome,
        tipo="documento",
        ordem=item.ordem,
        explica=item.pedido_motivo,
        conferir="É o documento que foi pedido.",
    )


def itens(processo: Processo, hoje: date) -> list[ItemNaTela]:
    """The whole checklist, judged as of `hoje`."""
    return _julgar(processo, processo.itens.all(), hoje)


def um_item(processo: Processo, item: Item, hoje: date) -> ItemNaTela:
    return _julgar(processo, processo.itens.filter(pk=item.pk), hoje)[0]


def _julgar(processo: Processo, escolhidos: QuerySet[Item], hoje: date) -> list[ItemNaTela]:
    pecas = Peca.objects.select_related("arquivo", "criado_por").prefetch_related("arquivo__folhas").order_by("pk")
    anotacoes = Anotacao.objects.select_related("autor").order_by("em", "pk")
    linhas = escolhidos.prefetch_related(Prefetch("pecas", pecas), Prefetch("anotacoes", anotacoes))
    material, papeis = Material(processo), vigentes(processo)
    feitos = []
    for item in linhas.order_by("ordem", "pk"):
        item.processo = processo
        requisito = requisito_de(item, processo)
        feitos.append(_na_tela(item, requisito, papeis.get(requisito.papel), material, hoje))
    return feitos


def _de_prova(requisito: Requisito, municipio: Mapping[str, Any]) -> dict[str, str]:
    """What the form of the town says of what this item proves; what is not filled in is not there."""
    ditos = {nome: normalizar(str(municipio.get(nome) or "")) for nome in requisito.prova}
    return {nome: dito for nome, dito in ditos.items() if dito}


def _na_tela(item: Item, requisito: Requisito, vigente: Papel | None, material: Material, hoje: date) -> ItemNaTela:
    """`vigente`: the paper in force, which a signed file must be of."""
    agora = material.municipio
    provado = _de_prova(requisito, agora)
    papel = estado_do_papel(vigente, material)
    aceites = material.aceites_que_faltam if requisito.tipo == "aceite" else ()
    todas = list(item.pecas.all())
    vivas = [p for p in todas if p.removida_em is None]
    campos, mudaram = valores(item), regras.que_mudou(item.provado, provado) if vivas else ()
    prontas = [p for p in vivas if p.arquivo.situacao == Arquivo.Situacao.PRONTO]
    servem = [p for p in prontas if not requisito.papel or (vigente and p.papel_id == vigente.pk)]
    fatos = regras.Fatos(
        campos=campos,
        arquivos=len(servem),
        antigos=len(prontas) - len(servem),
        preparando=sum(1 for p in vivas if p.arquivo.situacao == Arquivo.Situacao.RECEBIDO),
        recusados=sum(1 for p in vivas if p.arquivo.situacao == Arquivo.Situacao.RECUSADO),
        papel=papel,
        aceites_que_faltam=aceites,
        mudaram=mudaram,
    )
    return ItemNaTela(
        item=item,
        requisito=requisito,
        pecas=vivas,
        tiradas=[p for p in todas if p.removida_em is not None],
        anotacoes=list(item.anotacoes.all()),
        faltas=regras.faltas(requisito, fatos),
        problemas=regras.problemas(
            requisito,
            campos,
            cnpj=item.processo.cnpj,
            hoje=hoje,
            mandato=regras.Mandato(agora.get("rl_mandato_fim"), mandato_ate(hoje)),
        ),
        avisos=regras.avisos(
            requisito,
            campos,
            municipio=item.processo.municipio.nome,
            hoje=hoje,
            imagens=[
                p.arquivo.nome_original for p in vivas if p.arquivo.tipo != tipos.PDF and not p.arquivo.digitalizado
            ],
        ),
        papel=papel,
        aceites_que_faltam=aceites,
        provado=provado,
        mudaram=mudaram,
    )


def valores(item: Item) -> dict[str, Any]:
    return {nome: getattr(item, nome) for nome in CAMPOS}


def marca(item: Item) -> str:
    """Names what is kept of the certificate: a page that was drawn before somebody changed it has another."""
    return hashlib.sha256(repr([str(valor) for valor in valores(item).values()]).encode()).hexdigest()[:16]
