"""Ask for the papers of a request: one in force of each kind and subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.emissao import servicos as emissao
from act_portal.emissao.conteudo import congelar
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from cessao.models import Aditivo, Papel, Pedido
from cessao.papeis.conteudo import MONTADORES, comum

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

MUDOU = "O que o papel diz mudou."
# As of the moment of printing: no change of what the paper says.
DO_MOMENTO = {"data_documento"}


def fazer(pedido: Pedido, especie: str, *, autor: Usuario, sobre: Any = None) -> Papel:
    """Ask for one paper of a locked request, unless the one in force says the very same.

    `sobre`: the extension, the inspection or the notice that the paper is about.
    """
    qual = Papel.Especie(especie)
    dados = congelar({**comum(pedido), **MONTADORES[qual](pedido, sobre)})
    referencia = str(sobre.pk) if sobre is not None else ""
    antigo = (
        pedido.papeis.filter(especie=qual, referencia=referencia, substituido_em=None)
        .select_related("documento")
        .first()
    )
    if antigo and _iguais(antigo.documento.dados, dados) and antigo.documento.situacao != SituacaoDocumento.REVOGADO:
        return antigo
    if antigo:
        antigo.substituido_em = now()
        antigo.save(update_fields=["substituido_em"])
    if antigo and antigo.documento.situacao != SituacaoDocumento.REVOGADO:
        documento = emissao.substituir(antigo.documento_id, dados, motivo=MUDOU, autor=autor)
    else:
        documento = emissao.pedir(f"cessao-{qual}", dados, municipio=pedido.municipio, autor=autor)
    papel = Papel.objects.create(pedido=pedido, especie=qual, referencia=referencia, documento=documento, autor=autor)
    registrar(
        "cessao.papel_feito", municipio=pedido.municipio, autor=autor, alvo=pedido, papel=papel.pk, especie=str(qual)
    )
    return papel


def tirar_valor(pedido: Pedido, *, motivo: str, autor: Usuario | None, aditivo: Aditivo | None = None) -> None:
    """The term and its extensions, or only one of these, are over or without effect: who checks their code reads so."""
    do_termo = pedido.papeis.filter(especie__in=[Papel.Especie.TERMO, Papel.Especie.ADITIVO])
    if aditivo is not None:
        do_termo = pedido.papeis.filter(especie=Papel.Especie.ADITIVO, referencia=str(aditivo.pk))
    emissao.revogar_varios(do_termo.values_list("documento", flat=True), motivo=motivo, autor=autor)


def _iguais(antes: dict[str, Any], agora: dict[str, Any]) -> bool:
    def sem(dados: dict[str, Any]) -> dict[str, Any]:
        return {nome: valor for nome, valor in dados.items() if nome not in DO_MOMENTO}

    return sem(antes) == sem(agora)
