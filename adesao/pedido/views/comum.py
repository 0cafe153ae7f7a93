"""What the pages of the application share."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.territorio.consultas import hoje_em
from adesao import permissoes
from adesao.models import Processo
from adesao.passos import passos
from adesao.situacoes import Quem


def achar(request: RequestDeUsuario, codigo: uuid.UUID, *, quieto: bool = False) -> Processo:
    """The process in scope of who asks, or 404. It holds a mayor's papers: opening it is noted."""
    visiveis = Processo.objects.visiveis_para(request.user).select_related(
        "municipio", "unidade__acima__acima", "checklist", "guarda_chuva", "responsavel"
    )
    processo = get_object_or_404(visiveis, codigo=codigo)
    if not quieto:
        registrar_acesso(request.user, "abriu a adesão", processo, titular_id=None, municipio=processo.municipio)
    return processo


def achar_do_municipio(request: RequestDeUsuario, codigo: uuid.UUID, *, quieto: bool = False) -> Processo:
    """A page of the town's own: INSS looks at the same things elsewhere, and is refused here."""
    processo = achar(request, codigo, quieto=quieto)
    permissoes.exigir(request.user, processo, Quem.GESTOR)
    return processo


def contexto(processo: Processo, pagina: str, **mais: Any) -> dict[str, Any]:
    """What `adesao/pedido/processo_base.html` needs, plus what the page adds."""
    return {
        "processo": processo,
        "hoje": hoje_em(processo.municipio),
        "passos": passos(processo, pagina) if processo.editavel else None,
        "pagina": pagina,
        **mais,
    }


def inteiro(request: HttpRequest, nome: str) -> int:
    valor = request.POST.get(nome, "")
    return int(valor) if valor.isdecimal() else 0
