"""From a request to the contents of what ends its term (`papeis.contrato.RevogacaoTermo`, `RenunciaTermo`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime, now

from act_portal.telas.formatos import no_meio_da_frase
from requerimentos.mandato.consultas import Ato, pendencias
from requerimentos.mandato.regras import POR_CONTA_PROPRIA
from requerimentos.models import Papel, Requerimento
from requerimentos.papeis.preenchimento import comum

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def revogacao(
    requerimento: Requerimento, termo: Papel | None, agente: Usuario, *, ato: Ato | None = None
) -> dict[str, Any]:
    """`requerimento` carries who signs the revocation, which may be somebody else than who signed the term. `ato`: the
    only one taken back; without it, the whole term.
    """
    dados = {**_fim_do_termo(requerimento, termo, agente), "alcance": ato.value if ato else "total"}
    if ato:
        dados |= {"alcance_texto": no_meio_da_frase(ato.label), "por_conta": POR_CONTA_PROPRIA[ato]}
    return dados


def renuncia(requerimento: Requerimento, termo: Papel | None, agente: Usuario, *, motivo: str) -> dict[str, Any]:
    return {**_fim_do_termo(requerimento, termo, agente), "motivo": motivo}


def _fim_do_termo(requerimento: Requerimento, termo: Papel | None, agente: Usuario) -> dict[str, Any]:
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
