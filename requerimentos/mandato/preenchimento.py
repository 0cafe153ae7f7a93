"""From a request to the contents of the revocation (`papeis.contrato.RevogacaoTermo`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime, now

from requerimentos.mandato.consultas import pendencias
from requerimentos.models import Papel, Requerimento
from requerimentos.papeis.preenchimento import comum

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def revogacao(requerimento: Requerimento, termo: Papel | None, agente: Usuario) -> dict[str, Any]:
    """`requerimento` carries who signs the revocation, which may be somebody else than who signed the term."""
    agora = localtime(now(), requerimento.municipio.fuso)
    dados = {
        **comum(requerimento, agente),
        "servico_nome": requerimento.servico.nome,
        "protocolo_inss": requerimento.protocolo,
        "pendencias": pendencias(requerimento),
        "recebido_em": f"{agora:%d/%m/%Y às %H:%M}",
    }
    if termo is not None:
        dados["termo_codigo"] = termo.documento.codigo
        dados["termo_data"] = localtime(termo.documento.pedido_em, requerimento.municipio.fuso).date()
    return dados
