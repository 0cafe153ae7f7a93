"""Serve stored files as inert downloads. Who may see the owner of the file is the caller's question."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import parse_etags

from act_portal.arquivos import caixa
from act_portal.arquivos.deposito import DepositoIndisponivel, traduzindo_falhas
from act_portal.arquivos.models import Arquivo, Folha

PEDACO_BYTES = 65_536
FAIXA = re.compile(r"bytes=(\d*)-(\d*)")


def entregar(campo: FieldFile, *, nome: str, tipo: str, request: HttpRequest) -> HttpResponse | FileResponse:
    """`campo` as a download called `nome` that no browser will run or keep. Single byte ranges; ETag is the SHA-256.

    With `ENTREGA_INTERNA` the front server sends the bytes, and only for files on disk.
    """
    exigir_sem_perigo(campo.instance)
    etiqueta = f'"{getattr(campo.instance, "sha256", "")}"'
    if settings.ENTREGA_INTERNA and isinstance(campo.storage, FileSystemStorage):
        resposta: HttpResponse | StreamingHttpResponse = HttpResponse()
        resposta["X-Accel-Redirect"] = f"{settings.ENTREGA_INTERNA.rstrip('/')}/{quote(campo.name or '')}"
    else:
        try:
            resposta = _bytes(campo, request, etiqueta)
        except DepositoIndisponivel:
            return _fora_do_ar(request)
    resposta["Content-Type"] = tipo
    resposta["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(nome, safe='')}"
    resposta["Cache-Control"] = "private, no-store"
    return _inerte(resposta, etiqueta)


def exigir_sem_perigo(instancia: Model) -> None:
    """What the scanner found is kept as evidence and handed to nobody, nor the pages that were made of it."""
    arquivo = instancia.arquivo if isinstance(instancia, Folha) else instancia
    if getattr(arquivo, "exame", "") in {Arquivo.Exame.INFECTADO, Arquivo.Exame.IMPOSSIVEL}:
        raise Http404


def entregar_miniatura(folha: Folha, *, request: HttpRequest) -> HttpResponse:
    """The page's thumbnail, shown in place and never as anything but an image. The browser asks again each time."""
    exigir_sem_perigo(folha)
    etiqueta = f'"m{folha.sha256}"'
    if etiqueta in parse_etags(request.headers.get("If-None-Match", "")):
        resposta: HttpResponse = HttpResponseNotModified()
    else:
        try:
            with traduzindo_falhas(), _aberto(folha.miniatura) as miniatura:
                resposta = HttpResponse(miniatura.read(), content_type="image/jpeg")
        except DepositoIndisponivel:
            return _fora_do_ar(request)
        resposta["Content-Disposition"] = "inline"
    resposta["Cache-Control"] = "private, no-cache"
    return _inerte(resposta, etiqueta)


def entregar_vista(folha: Folha, *, request: HttpRequest) -> HttpResponse:
    """What the page shows, large enough to work on, drawn in the box: for whoever repairs it."""
    exigir_sem_perigo(folha)
    etiqueta = f'"v{folha.sha256}"'
    if etiqueta in parse_etags(request.headers.get("If-None-Match", "")):
        resposta: HttpResponse = HttpResponseNotModified()
    else:
        try:
            with traduzindo_falhas(), _aberto(folha.pdf) as pdf:
                resposta = HttpResponse(caixa.mostrar(pdf.read()), content_type="image/jpeg")
        except (DepositoIndisponivel, caixa.CaixaMorreu):
            return _fora_do_ar(request)
        resposta["Content-Disposition"] = "inline"
    resposta["Cache-Control"] = "private, no-cache"
    return _inerte(resposta, etiqueta)


def _fora_do_ar(request: HttpRequest) -> HttpResponse:
    """The storage does not answer: nothing is lost, so the page says to come back."""
    resposta = render(request, "503.html", status=503)
    resposta["Retry-After"] = "60"
    return resposta


def _inerte(resposta, etiqueta: str):
    resposta["ETag"] = etiqueta
    resposta["X-Content-Type-Options"] = "nosniff"
    # django-csp leaves a policy that is already there.
    resposta["Content-Security-Policy"] = "sandbox; default-src 'none'"
    resposta["Cross-Origin-Resource-Policy"] = "same-origin"
    return resposta


def _bytes(campo: FieldFile, request: HttpRequest, etiqueta: str) -> HttpResponse | StreamingHttpResponse:
    tamanho = _tamanho(campo)
    try:
        faixa = _faixa(request, etiqueta, tamanho)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{tamanho}", "Accept-Ranges": "bytes"})
    inicio, fim = (0, tamanho - 1) if faixa is None else faixa
    resposta = StreamingHttpResponse(_pedacos(campo, inicio, fim), status=200 if faixa is None else 206)
    resposta["Accept-Ranges"] = "bytes"
    resposta["Content-Length"] = str(fim - inicio + 1)
    if faixa is not None:
        resposta["Content-Range"] = f"bytes {inicio}-{fim}/{tamanho}"
    return resposta


def _faixa(request: HttpRequest, etiqueta: str, tamanho: int) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole file; ValueError when it lies outside.

    Several ranges, or a form that we do not read, get the whole file, as RFC 9110 allows (14.2).
    """
    pedido = FAIXA.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    condicao = request.headers.get("If-Range")
    if not pedido or request.method != "GET" or pedido[0] == "bytes=-" or (condicao and condicao != etiqueta):
        return None
    primeiro, ultimo = pedido.groups()
    if not primeiro:
        inicio, fim = max(0, tamanho - int(ultimo)), tamanho - 1
    else:
        inicio, fim = int(primeiro), min(int(ultimo or tamanho), tamanho - 1)
        if ultimo and int(ultimo) < inicio:
            return None
    if inicio >= tamanho:
        raise ValueError("faixa fora do arquivo")
    return inicio, fim


def _tamanho(campo: FieldFile) -> int:
    with traduzindo_falhas():
        try:
            return campo.size
        except FileNotFoundError as erro:
            raise Http404 from erro


def _aberto(campo: FieldFile) -> IO[bytes]:
    if not campo:
        raise Http404
    try:
        return campo.storage.open(campo.name or "", "rb")
    except FileNotFoundError as erro:
        raise Http404 from erro


def _pedacos(campo: FieldFile, inicio: int, fim: int) -> Iterator[bytes]:
    # Opened here: an answer that is never read (HEAD, a client that left) leaves no file open.
    with _aberto(campo) as aberto:
        aberto.seek(inicio, io.SEEK_SET)
        resta = fim - inicio + 1
        while resta > 0 and (pedaco := aberto.read(min(PEDACO_BYTES, resta))):
            resta -= len(pedaco)
            yield pedaco
