"""What both sides read of an adhesion: its clock and its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.timezone import now

from act_portal.auditoria.consultas import Linha, linha_do_evento
from act_portal.auditoria.models import Evento
from act_portal.territorio.models import UnidadeInss
from adesao.models import Acordo, Formulario, Papel, Processo
from adesao.relogio import Relogio, contar
from adesao.situacoes import POR_VERBO, Situacao

MOVES = [f"adesao.{verbo}" for verbo in POR_VERBO]
# What the town does not see in the history: how INSS works inside.
SO_DO_INSS = frozenset(
    {"adesao.assumida", "adesao.repassada", "adesao.leitura_pedida", "adesao.leitura_feita", "adesao.leitura_desfeita",
     "adesao.item_aceito", "adesao.item_devolvido", "adesao.item_dispensado", "adesao.item_desfeito",
     "adesao.documento_pedido", "adesao.exportada", "adesao.sei", "adesao.parecer", "adesao.encaminhada"}
)  # fmt: skip


def relogio(processo: Processo, ate: datetime | None = None) -> Relogio:
    moves = _eventos(processo).filter(acao__in=MOVES).order_by("numero").values_list("criado_em", "dados")
    return contar([(em, Situacao(dados["para"])) for em, dados in moves], ate or now(), processo.municipio.fuso)


def linha_do_tempo(processo: Processo, *, do_inss: bool, quantas: int | None = None) -> list[Linha]:
    """What happened, in words, newest first."""
    eventos = _eventos(processo).select_related("autor").order_by("-numero")
    if not do_inss:
        eventos = eventos.exclude(acao__in=SO_DO_INSS)
    nomes = dict(processo.itens.values_list("codigo", "nome"))
    return [_com_detalhe(_linha(evento), evento.dados, nomes) for evento in eventos[:quantas]]


def linha_do_acordo(acordo: Acordo, quantas: int | None = None) -> list[Linha]:
    """What happened to an agreement, newest first."""
    eventos = Evento.objects.filter(alvo_tipo=acordo._meta.label_lower, alvo_id=str(acordo.pk))
    return [_linha(e) for e in eventos.select_related("autor").order_by("-numero")[:quantas]]


def _linha(evento: Evento) -> Linha:
    """No citizen acts on an adhesion: what has no author the portal did by itself."""
    linha = linha_do_evento(evento)
    return linha if evento.autor_id else replace(linha, quem="Portal")


def _com_detalhe(linha: Linha, dados: dict[str, Any], itens: dict[str, str]) -> Linha:
    """With the item, the form or the paper that the event speaks of, in words."""
    papel = dict(Papel.Especie.choices).get(dados.get("especie") or dados.get("texto") or "", "")
    formulario = dict(Formulario.Tipo.choices).get(dados.get("formulario", ""), "")
    detalhe = linha.detalhe or itens.get(dados.get("item", ""), "") or str(formulario or papel)
    return replace(linha, detalhe=detalhe)


def _eventos(processo: Processo) -> Any:
    return Evento.objects.filter(alvo_tipo=processo._meta.label_lower, alvo_id=str(processo.pk))


@dataclass(frozen=True)
class Contato:
    """Whom the town calls in its region."""

    unidade: str
    setor: str
    telefone: str
    email: str


def contatos(processo: Processo) -> list[Contato]:
    """Of the unit that has the process; failing that, of the nearest unit above it."""
    unidade: UnidadeInss | None = processo.unidade
    while unidade is not None:
        if achados := list(unidade.contatos.all()):
            return [Contato(unidade.nome, c.setor, c.telefone, c.email) for c in achados]
        unidade = unidade.acima
    return []
