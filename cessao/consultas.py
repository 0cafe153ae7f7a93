"""What both sides read of a request: who else asks for the space, and its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from act_portal.auditoria.consultas import Linha, linha_do_evento
from act_portal.auditoria.models import Evento
from act_portal.territorio.consultas import hoje_em
from cessao import leis
from cessao.models import Papel, Pedido
from cessao.regras import (
    abaixo_de,
    fim_do_prazo,
    metros,
    problema_da_area,
    problema_da_janela,
    sobrepoe,
    tocados_por,
)
from cessao.reservas import arvore, vivas
from cessao.situacoes import ABERTOS, Situacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# What who asks does not see in the history: how INSS works inside.
SO_DO_INSS = frozenset(
    {"cessao.achado_posto", "cessao.achado_tirado", "cessao.solto", "cessao.assumido", "cessao.item_aceito",
     "cessao.item_devolvido", "cessao.item_dispensado", "cessao.obra_aceita", "cessao.obra_recusada", "cessao.sei"}
)  # fmt: skip
# Sent and not settled yet.
NA_FRENTE = sorted((ABERTOS - {Situacao.RASCUNHO}) | {Situacao.INDEFERIDO})


def concorrentes(pedido: Pedido, inicio: date | None = None, fim: date | None = None) -> list[Pedido]:
    """The other requests for the same space, for a larger one that has it, or for a part of it, in days that cross.

    Drafts are nobody's business but their author's.
    """
    de = inicio or pedido.inicio
    ate = fim or fim_do_prazo(de, pedido.meses)
    tocados = tocados_por(pedido.espaco_id, arvore(pedido.espaco.imovel_id))
    outros = (
        Pedido.objects.filter(espaco__in=tocados, situacao__in=NA_FRENTE)
        .exclude(pk=pedido.pk)
        .select_related("espaco", "municipio")
        .order_by("enviado_em", "pk")
    )
    return [o for o in outros if sobrepoe(de, ate, o.inicio, fim_do_prazo(o.inicio, o.meses))]


def problema_do_espaco(pedido: Pedido) -> str:
    """Why the request no longer fits its space, as the catalogue stands today, or ""."""
    espaco, imovel = pedido.espaco, pedido.espaco.imovel
    motivo = imovel.retirado_motivo if imovel.retirado_em else espaco.retirado_motivo if espaco.retirado_em else ""
    if motivo:
        return f"O espaço saiu do catálogo: {motivo}"
    regra = leis.elegibilidade(imovel.especie, pedido.esfera, pedido.finalidade, hoje_em(pedido.municipio))
    if regra.nao:
        return f"{regra.frase} ({regra.base})"
    if frase := problema_da_area(pedido.area_m2, espaco.area_m2):
        return f"O pedido é de {metros(pedido.area_m2)} m². {frase}"
    fim = fim_do_prazo(pedido.inicio, pedido.meses)
    return problema_da_janela(pedido.inicio, fim, espaco.disponivel_de, espaco.disponivel_ate)


def outro_escolhido(pedido: Pedido, *, quem_pede: bool) -> str:
    """What to tell when INSS gave days of a request that is not settled to another one meanwhile, or ""."""
    if not (dias := _dias_de_outro(pedido)):
        return ""
    quando = f"de {dias[0]:%d/%m/%Y} a {dias[1]:%d/%m/%Y}"
    frase = f"O INSS escolheu outro pedido para este espaço, {quando}." if quem_pede else f"Está cedido {quando}."
    if pedido.estado == Situacao.INDEFERIDO:
        return frase
    if quem_pede:
        return (
            f"{frase} O seu ainda espera a decisão. Para outros dias ou outro espaço, fale com a logística, ou desista "
            "e faça um pedido novo."
        )
    return f"{frase} Este pedido precisa de outros dias, de outro espaço, ou da decisão que não aprova."


def _dias_de_outro(pedido: Pedido) -> tuple[date, date] | None:
    if pedido.estado not in NA_FRENTE:
        return None
    fim = fim_do_prazo(pedido.inicio, pedido.meses)
    tomadas = vivas(abaixo_de(pedido.espaco_id, arvore(pedido.espaco.imovel_id)), pedido.inicio, fim)
    de_outro = [r for r in tomadas if r.termo.pedido_id != pedido.pk]
    return (de_outro[0].inicio, de_outro[0].fim) if de_outro else None


@dataclass(frozen=True)
class Concorrencia:
    """`visiveis`: those that the reader may open; the others only count."""

    visiveis: list[Pedido]
    outros: int


def concorrencia(pedido: Pedido, usuario: Usuario) -> Concorrencia:
    todos = concorrentes(pedido)
    ids = [p.pk for p in todos]
    vistos = set(Pedido.objects.visiveis_para(usuario).filter(pk__in=ids).values_list("pk", flat=True))
    visiveis = [p for p in todos if p.pk in vistos]
    return Concorrencia(visiveis, len(todos) - len(visiveis))


# What a page shows before somebody asks for the rest.
LINHAS = 12


def historia(pedido: Pedido, *, do_inss: bool, toda: bool) -> dict[str, Any]:
    """For the page: the newest lines, or all of them, and whether there are more."""
    linhas = linha_do_tempo(pedido, do_inss=do_inss, quantas=None if toda else LINHAS + 1)
    return {"historia": linhas if toda else linhas[:LINHAS], "ha_mais_historia": not toda and len(linhas) > LINHAS}


def linha_do_tempo(pedido: Pedido, *, do_inss: bool, quantas: int | None = None) -> list[Linha]:
    """What happened, in words, newest first."""
    eventos = (
        Evento.objects.filter(alvo_tipo=pedido._meta.label_lower, alvo_id=str(pedido.pk))
        .select_related("autor")
        .order_by("-numero")
    )
    if not do_inss:
        eventos = eventos.exclude(acao__in=SO_DO_INSS)
    nomes = {item.codigo: str(item) for item in pedido.itens.all()}
    nomes |= {f"obra:{obra.pk}": str(obra) for obra in pedido.obras.all()}
    return [_da_cessao(evento, nomes) for evento in eventos[:quantas]]


def _da_cessao(evento: Evento, itens: dict[str, str]) -> Linha:
    linha, dados = linha_do_evento(evento), evento.dados
    papel = dict(Papel.Especie.choices).get(dados.get("especie", ""), "")
    # No citizen acts on a cession.
    quem = linha.quem if evento.autor_id else "O portal"
    sobre = itens.get(dados.get("item", ""), "") or itens.get(f"obra:{dados.get('obra')}", "")
    return replace(linha, quem=quem, detalhe=linha.detalhe or sobre or str(papel))
