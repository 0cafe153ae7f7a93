"""What the occupation's services share: lock a term or an extension and move it along its table of states."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from act_portal.auditoria.models import Evento
from act_portal.erros import TransicaoInvalida
from act_portal.publicacao import exigir_publicacao
from cessao import permissoes
from cessao.models import Aditivo, Termo
from cessao.models.termo import Publicado
from cessao.servicos import anotar, exigir_passo_do_termo, travar
from cessao.situacoes import DA_OCUPACAO, DO_ADITIVO, DO_ENCERRAMENTO, Quem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def travar_termo(termo_id: int) -> Termo:
    """The term, under the lock of its request: everything of one cession waits in one line."""
    pedido = travar(Termo.objects.values_list("pedido_id", flat=True).get(pk=termo_id))
    termo = Termo.objects.select_for_update(of=("self",)).select_related("espaco__imovel").get(pk=termo_id)
    termo.pedido = pedido
    pedido.termo = termo
    return termo


def travar_do_termo(termo_id: int, *quem: Quem, autor: Usuario) -> Termo:
    termo = travar_termo(termo_id)
    permissoes.exigir(autor, termo.pedido, *quem)
    return termo


def travar_para(verbo: str, termo_id: int, *, autor: Usuario) -> Termo:
    termo = travar_do_termo(termo_id, *DA_OCUPACAO[verbo].quem, autor=autor)
    exigir_passo_do_termo(termo, verbo)
    return termo


def travar_encerrado(verbo: str, termo_id: int, *, autor: Usuario) -> Termo:
    """A term whose closing paper is being signed."""
    termo = travar_do_termo(termo_id, *DO_ENCERRAMENTO[verbo].quem, autor=autor)
    exigir_passo_do_encerramento(termo, verbo)
    return termo


def exigir_passo_do_encerramento(termo: Termo, verbo: str) -> None:
    estado = termo.estado_do_encerramento
    if estado not in DO_ENCERRAMENTO[verbo].de:
        onde = f"está em “{estado.label}”" if estado else "não espera assinatura no portal"
        raise TransicaoInvalida(f"O termo de encerramento {onde}, e isto não pode ser feito. Atualize a página.")


def mover_encerramento(termo: Termo, verbo: str, *, autor: Usuario) -> Evento:
    """The cause of the end, which the term keeps, does not change with who signs."""
    exigir_passo_do_encerramento(termo, verbo)
    origem, destino = termo.encerramento, DO_ENCERRAMENTO[verbo].para
    termo.encerramento = destino
    termo.versao += 1
    termo.save(update_fields=["encerramento", "versao"])
    return anotar(f"cessao.encerramento_{verbo}", termo.pedido, autor, de=origem, para=destino, termo=termo.pk)


def registrar_publicacao(
    publicado: Publicado, *, desde: date, de: str, hoje: date, dou_data: date, dou_secao: str, dou_pagina: str
) -> None:
    """Where the extract came out, no sooner than what it tells: `de` names it ("a assinatura do INSS")."""
    campos = exigir_publicacao(dou_data, dou_secao, dou_pagina, desde=desde, de=de, hoje=hoje)
    for nome, valor in campos.items():
        setattr(publicado, nome, valor)
    publicado.save(update_fields=list(campos))


def travar_aditivo(verbo: str, aditivo_id: int, *, autor: Usuario) -> Aditivo:
    termo = travar_do_termo(
        Aditivo.objects.values_list("termo_id", flat=True).get(pk=aditivo_id), *DO_ADITIVO[verbo].quem, autor=autor
    )
    aditivo = Aditivo.objects.get(pk=aditivo_id)
    aditivo.termo = termo
    exigir_passo_do_aditivo(aditivo, verbo)
    return aditivo


def exigir_passo_do_aditivo(aditivo: Aditivo, verbo: str) -> None:
    if aditivo.estado not in DO_ADITIVO[verbo].de:
        raise TransicaoInvalida(
            f"Esta prorrogação está em “{aditivo.estado.label}” e isto já não pode ser feito. Atualize a página."
        )


def mover_aditivo(aditivo: Aditivo, verbo: str, *, autor: Usuario | None, motivo: str = "", **campos: Any) -> Evento:
    exigir_passo_do_aditivo(aditivo, verbo)
    origem, destino = aditivo.estado, DO_ADITIVO[verbo].para
    aditivo.situacao, aditivo.motivo = destino, motivo[:1000]
    for nome, valor in campos.items():
        setattr(aditivo, nome, valor)
    aditivo.save(update_fields=["situacao", "motivo", *campos])
    pedido = aditivo.termo.pedido
    return anotar(f"cessao.aditivo_{verbo}", pedido, autor, de=origem, para=destino, aditivo=aditivo.pk)
