"""From the signed agreement to an open desk: INSS confirms the structure, point by point."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao import permissoes
from adesao.acordo.servicos.comum import avancar, travar_acordo
from adesao.models import Acordo, Ponto
from adesao.situacoes import Quem, SituacaoAcordo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def confirmar_ponto(acordo_id: int, *, ponto: Ponto, em: date, texto: str, autor: Usuario) -> Acordo:
    """What the town declared of this point is there. The desk opens now, or with the first trained person."""
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.ANALISTA)
    if acordo.estado not in {SituacaoAcordo.PREPARACAO, SituacaoAcordo.OPERACAO}:
        raise ErroDeDominio(f"O acordo está “{acordo.estado.label}”: nenhum balcão abre agora.")
    ponto = Ponto.objects.vivos().filter(processo=acordo.processo_id).get(pk=ponto.pk)
    if ponto.confirmado_em:
        raise ErroDeDominio("A estrutura deste ponto já foi confirmada. Atualize a página.")
    if em > hoje_em(acordo.municipio):
        raise ErroDeDominio("O dia da conferência ainda não chegou. Confira a data.")
    enviado = acordo.processo.enviado_em
    if enviado and em < (desde := localdate(enviado, timezone=acordo.municipio.fuso)):
        raise ErroDeDominio(f"Este dia é de antes de o município enviar o pedido ({desde:%d/%m/%Y}). Confira a data.")
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio("Escreva como a estrutura foi conferida. Exemplo: visita, fotos, videochamada.")
    ponto.confirmado_em, ponto.confirmado_por, ponto.confirmacao = em, autor, texto[:600]
    ponto.save(update_fields=["confirmado_em", "confirmado_por", "confirmacao"])
    registrar("adesao.estrutura_confirmada", municipio=acordo.municipio, autor=autor, alvo=acordo, ponto=ponto.pk)
    avancar(acordo, autor=autor)
    return acordo
