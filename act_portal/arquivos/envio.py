"""Many files sent at once, by `envio.js` or by a plain form: each good one is kept, each refusal is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse

from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.erros import ErroDeDominio

Recusas = list[tuple[str, ErroDeDominio]]
Juntar = Callable[[UploadedFile, uuid.UUID | None], Any]


def juntar_enviados(request: HttpRequest, lugar: str, juntar: Juntar) -> Recusas:
    """Call `juntar` with each file of the request and the id that makes a repeated send the same file.

    `lugar` names where the files go. Returns what was refused: the short name of the file ("" when none came) and why.
    """
    recusas: Recusas = []
    enviados = request.FILES.getlist("arquivos")
    for ordem, enviado in enumerate(enviados):
        try:
            juntar(enviado, _codigo_do_envio(request, lugar, ordem, enviado))
        except ErroDeDominio as erro:
            recusas.append((_nome_curto(enviado), erro))
    if not enviados:
        recusas.append(("", ErroDeDominio("Escolha um arquivo antes de enviar.")))
    return recusas


def em_json(request: HttpRequest, recusas: Recusas) -> HttpResponse | None:
    """The answer that the script waits for; None for a plain form. `tentar`: the same file may go later."""
    if request.headers.get("Accept") != "application/json":
        return None
    corpo = {
        "recusas": [str(erro) for _, erro in recusas],
        "tentar": bool(recusas) and not any(isinstance(erro, ArquivoRecusado) for _, erro in recusas),
    }
    return JsonResponse(corpo, status=422 if recusas else 200)


def contar_na_tela(request: HttpRequest, recusas: Recusas) -> None:
    """Messages of the next page: what was not kept and why, and how many were."""
    for nome, recusa in recusas:
        messages.error(request, f"“{nome}” não foi guardado. {recusa}" if nome else str(recusa))
    if quantos := len(request.FILES.getlist("arquivos")) - len([nome for nome, _ in recusas if nome]):
        plural = "s" if quantos > 1 else ""
        messages.success(request, f"{quantos} arquivo{plural} guardado{plural}.")


def ler_codigo(texto: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(texto)
    except ValueError:
        return None


def _codigo_do_envio(request: HttpRequest, lugar: str, ordem: int, enviado: UploadedFile) -> uuid.UUID | None:
    """An id made by the script for each file, or one derived from the form that was sent."""
    if codigo := ler_codigo(request.POST.get("codigo", "")):
        return codigo if ordem == 0 else None
    lote = ler_codigo(request.POST.get("lote", ""))
    return uuid.uuid5(lote, f"{lugar}/{ordem}/{enviado.name}/{enviado.size}") if lote else None


def _nome_curto(enviado: UploadedFile) -> str:
    nome = enviado.name or "arquivo"
    return nome if len(nome) <= 40 else f"{nome[:25]}…{nome[-12:]}"
