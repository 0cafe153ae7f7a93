"""The reason to keep a page that is hard to read, when it does not serve: told at its field, with what was typed."""

from __future__ import annotations

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.consultas import Documentos

RECUSADO = "pagina.motivo_recusado"


def lido(request: RequestDeUsuario, pagina_id: int) -> str:
    """In the answer to an exigência all fields belong to one form, so each carries the number of its page."""
    return request.POST.get(f"por_que-{pagina_id}", request.POST.get("por_que", ""))


def recusar(request: RequestDeUsuario, pagina_id: int, erro: ErroDeDominio) -> None:
    request.session[RECUSADO] = {
        "pagina": pagina_id, "erro": str(erro), "por_que": lido(request, pagina_id), "parte": bool(request.htmx),
    }  # fmt: skip


def aceitar(request: RequestDeUsuario) -> None:
    request.session.pop(RECUSADO, None)


def devolver(request: RequestDeUsuario, docs: Documentos) -> None:
    """Once on a whole page; in its parts, which are drawn again and again, until a reason is taken."""
    recusado = request.session.get(RECUSADO)
    if not recusado:
        return
    if not request.htmx:
        aceitar(request)
    if bool(request.htmx) == recusado["parte"]:
        for item in docs.todas:
            item.motivo_recusado = recusado
