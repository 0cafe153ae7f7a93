"""Files sent by the queue of the page or by a plain form: each good one is kept, each refusal is told.

The queue sends a file in pieces first (`remessas`); then the same form comes with `remessa` instead of the file.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from act_portal.arquivos import remessas
from act_portal.arquivos.fila import recusado
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Remessa
from act_portal.erros import ErroDeDominio

Recusas = list[tuple[str, ErroDeDominio]]
Juntar = Callable[[UploadedFile, uuid.UUID | None], Any]


def juntar_enviados(
    request: HttpRequest, lugar: str, juntar: Juntar, minhas: QuerySet[Remessa] | None = None
) -> Recusas:
    """Call `juntar` with each file of the request and the id that makes a repeated send the same file.

    `lugar` names where the files go; `minhas` are the uploads of whoever asks (without it, of who has signed in).
    Returns what was refused: the short name of the file ("" when none came) and why.
    """
    if codigo := ler_codigo(request.POST.get("remessa", "")):
        minhas = Remessa.objects.de(request.user) if minhas is None else minhas  # type: ignore[arg-type]
        return _juntar_remessa(get_object_or_404(minhas, codigo=codigo), juntar)
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


def _juntar_remessa(remessa: Remessa, juntar: Juntar) -> Recusas:
    """Hand over a file that came in pieces. Handed over already: the answer was lost, and this one is the same."""
    if remessa.entregue_em:
        return []
    try:
        with remessas.inteira(remessa) as enviado:
            juntar(enviado, remessa.codigo)
    except ArquivoRecusado as erro:
        remessas.desistir(remessa)
        return [(remessa.nome, erro)]
    except ErroDeDominio as erro:
        return [(remessa.nome, erro)]
    remessas.entregue(remessa)
    return []


def em_json(request: HttpRequest, recusas: Recusas) -> HttpResponse | None:
    """The answer that the script waits for; None for a plain form."""
    if request.headers.get("Accept") != "application/json":
        return None
    return recusado(*(erro for _, erro in recusas)) if recusas else JsonResponse({"recusas": [], "tentar": False})


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
