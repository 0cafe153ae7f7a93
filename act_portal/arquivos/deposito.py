"""The private storage: keep under an invented name, fetch to a local path, forget, and never leave a half file."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models.fields.files import FieldFile

from act_portal.arquivos.models import nome_inventado
from act_portal.erros import ErroDeDominio
from act_portal.suporte import suporte

SEM_ESPACO = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DepositoIndisponivel(ErroDeDominio):
    """Nothing was kept; the text says so to whoever was sending."""

    def __init__(self, *, sem_espaco: bool = False) -> None:
        causa = (
            "Não há mais espaço para guardar arquivos" if sem_espaco else "O lugar onde os arquivos ficam não responde"
        )
        super().__init__(f"{causa}. Nada foi guardado. Avise {suporte()} e envie de novo mais tarde.")


@cache
def falhas() -> tuple[type[Exception], ...]:
    """What the storage raises when it cannot keep or give a file."""
    if not settings.S3_BUCKET:
        return (OSError,)
    # Slow to import, and only there when files live in a bucket.
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    return (OSError, Boto3Error, BotoCoreError, ClientError)


@contextmanager
def traduzindo_falhas() -> Iterator[None]:
    try:
        yield
    except falhas() as erro:
        raise DepositoIndisponivel(sem_espaco=getattr(erro, "errno", None) in SEM_ESPACO) from erro


def guardar(conteudo: bytes | File) -> str:
    """Keep and return the invented name. Raises DepositoIndisponivel, and then nothing is left behind."""
    nome = nome_inventado()
    arquivo = ContentFile(conteudo) if isinstance(conteudo, bytes) else conteudo
    guardado = False
    try:
        with traduzindo_falhas():
            guardado = default_storage.save(nome, arquivo) == nome
        if not guardado:
            raise DepositoIndisponivel
    finally:
        if not guardado:
            # Django leaves the part that was written before the disk was full.
            esquecer([nome])
    return nome


def esquecer(nomes: list[str]) -> None:
    """Delete what can be deleted; what cannot is found by `apagar_orfaos` another day."""
    for nome in nomes:
        with suppress(*falhas()):
            default_storage.delete(nome)


@contextmanager
def em_disco(campo: FieldFile) -> Iterator[Path]:
    """A local path with the content, for those who need one. Raises DepositoIndisponivel."""
    if isinstance(campo.storage, FileSystemStorage):
        yield Path(campo.path)
        return
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copia:
        with traduzindo_falhas(), campo.storage.open(str(campo.name), "rb") as remoto:
            shutil.copyfileobj(remoto, copia)
            copia.flush()
        yield Path(copia.name)
