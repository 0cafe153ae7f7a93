"""Files that arrive in pieces: begin, take one more piece, put together, forget. A dropped line costs one piece.

The promise of the first request (size, SHA-256) is kept to at the end; what does not keep it never becomes a file.
Limits fail closed: size, uploads begun by one person, and the time that half a file is kept.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos import deposito
from act_portal.arquivos.inspecao import ArquivoRecusado, conferir_tamanho
from act_portal.arquivos.limites import tecnicos
from act_portal.arquivos.models import Pedaco, Remessa
from act_portal.erros import ErroDeDominio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

SHA256 = re.compile("[0-9a-f]{64}")
LOTE = 200


class RemessaQueNaoServe(ArquivoRecusado):
    """The page asked for something that it never asks for."""

    def __init__(self) -> None:
        super().__init__("remessa", "O envio não foi entendido. Atualize a página e escolha o arquivo de novo.")


class ForaDeOrdem(Exception):
    """The piece does not begin where the file ends; `recebidos` says where that is."""

    def __init__(self, recebidos: int) -> None:
        super().__init__(recebidos)
        self.recebidos = recebidos


def abrir(
    codigo: uuid.UUID, *, usuario: Usuario, aparelho: uuid.UUID | None = None, nome: str, tamanho: int, sha256: str
) -> Remessa:
    """Begin an upload, or find it where it stopped. Raises ErroDeDominio when it may not begin."""
    conferir_tamanho(tamanho)
    if not SHA256.fullmatch(sha256):
        raise RemessaQueNaoServe
    with transaction.atomic():
        # One at a time for each person, or two could pass the limit together.
        get_user_model().objects.select_for_update().get(pk=usuario.pk)
        if existente := Remessa.objects.filter(codigo=codigo).first():
            if not _mesma(existente, usuario, aparelho, tamanho, sha256):
                raise RemessaQueNaoServe
            return existente
        if Remessa.objects.filter(usuario=usuario).abertas().count() >= tecnicos().remessas_abertas:
            raise ErroDeDominio(
                "Há arquivos demais pela metade em seu nome. Espere os que estão a caminho, ou tire da fila os que não "
                "vai mais enviar."
            )
        return Remessa.objects.create(
            codigo=codigo,
            usuario=usuario,
            aparelho=aparelho,
            nome=nome[:255] or "arquivo",
            bytes=tamanho,
            sha256=sha256,
        )


def _mesma(remessa: Remessa, usuario: Usuario, aparelho: uuid.UUID | None, tamanho: int, sha256: str) -> bool:
    prometido = (remessa.usuario_id, remessa.aparelho, remessa.bytes, remessa.sha256)
    return prometido == (usuario.pk, aparelho, tamanho, sha256)


def receber_pedaco(remessa: Remessa, *, inicio: int, conteudo: bytes) -> int:
    """Keep one more piece and say how many bytes there are now. Call it outside `atomic()`.

    Raises ForaDeOrdem, RemessaQueNaoServe and DepositoIndisponivel; then nothing of the piece was kept.
    """
    if not 0 < len(conteudo) <= tecnicos().pedaco_bytes or inicio + len(conteudo) > remessa.bytes:
        raise RemessaQueNaoServe
    if inicio != remessa.recebidos or remessa.entregue_em:
        raise ForaDeOrdem(remessa.recebidos)
    nome = deposito.guardar(conteudo)
    ficou = False
    try:
        recebidos = _anotar_pedaco(remessa.pk, inicio, len(conteudo), nome)
        ficou = True
    finally:
        if not ficou:
            deposito.esquecer([nome])
    return recebidos


@transaction.atomic
def _anotar_pedaco(remessa_id: int, inicio: int, tamanho: int, nome: str) -> int:
    remessa = Remessa.objects.select_for_update().filter(pk=remessa_id).first()
    if remessa is None:
        raise RemessaQueNaoServe
    if inicio != remessa.recebidos or remessa.entregue_em:
        raise ForaDeOrdem(remessa.recebidos)
    Pedaco.objects.create(remessa=remessa, inicio=inicio, bytes=tamanho, conteudo=nome)
    remessa.recebidos += tamanho
    remessa.mexida_em = now()
    remessa.save(update_fields=["recebidos", "mexida_em"])
    return remessa.recebidos


@contextmanager
def inteira(remessa: Remessa) -> Iterator[UploadedFile]:
    """The whole file, checked against its promise, as any upload. Raises ErroDeDominio when it is not whole.

    What arrived different is thrown away, so the next attempt begins at the first byte.
    """
    if remessa.recebidos != remessa.bytes:
        raise ErroDeDominio("O arquivo ainda não chegou inteiro. O envio continua de onde parou.")
    with ExitStack() as aberta:
        with deposito.traduzindo_falhas():
            copia = aberta.enter_context(tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR))
            sha256 = _copiar(remessa, copia)
        if sha256 != remessa.sha256:
            _recomecar(remessa)
            raise ErroDeDominio("O arquivo chegou diferente do que saiu. O envio começa de novo.")
        yield UploadedFile(copia, remessa.nome, size=remessa.bytes)


def _copiar(remessa: Remessa, copia: IO[bytes]) -> str:
    """The pieces, in their order, into `copia`; returns the SHA-256 of the whole."""
    resumo = hashlib.sha256()
    for pedaco in remessa.pedacos.order_by("inicio"):
        with pedaco.conteudo.storage.open(str(pedaco.conteudo.name), "rb") as aberto:
            conteudo = aberto.read()
        resumo.update(conteudo)
        copia.write(conteudo)
    copia.flush()
    copia.seek(0)
    return resumo.hexdigest()


def _recomecar(remessa: Remessa) -> None:
    with transaction.atomic():
        Remessa.objects.select_for_update().get(pk=remessa.pk)
        _esquecer_pedacos([remessa.pk])
        Remessa.objects.filter(pk=remessa.pk).update(recebidos=0)


def entregue(remessa: Remessa) -> None:
    """The file has its place: the pieces go, the row stays until it is old."""
    with transaction.atomic():
        _esquecer_pedacos([remessa.pk])
        Remessa.objects.filter(pk=remessa.pk).update(entregue_em=now())


def desistir(remessa: Remessa) -> None:
    with transaction.atomic():
        _esquecer_pedacos([remessa.pk])
        Remessa.objects.filter(pk=remessa.pk).delete()


def limpar_paradas() -> int:
    """Throw away what nobody went on with; says how many."""
    velhas = Remessa.objects.paradas_desde(now() - timedelta(hours=tecnicos().remessa_horas))
    apagadas = 0
    while lote := list(velhas.values_list("pk", flat=True)[:LOTE]):
        with transaction.atomic():
            _esquecer_pedacos(lote)
            Remessa.objects.filter(pk__in=lote).delete()
        apagadas += len(lote)
    return apagadas


def _esquecer_pedacos(remessas: list[int]) -> None:
    """The rows now, the bytes once that is certain; what the storage does not delete `apagar_orfaos` finds."""
    pedacos = Pedaco.objects.filter(remessa__in=remessas)
    nomes = [str(nome) for nome in pedacos.values_list("conteudo", flat=True)]
    pedacos.delete()
    transaction.on_commit(lambda: deposito.esquecer(nomes))
