"""Receive a file and record what became of it; the only writer of `Arquivo.situacao`."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from act_portal.arquivos import caixa, deposito
from act_portal.arquivos.inspecao import ArquivoRecusado, Inspecao, conferir_tamanho, tipo_aceito
from act_portal.arquivos.models import Arquivo, Folha
from act_portal.arquivos.tipos import COMECO_BYTES
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.saidas.servicos import prometer

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Municipio

NORMALIZAR = "arquivos.normalizar"


@dataclass(frozen=True)
class FolhaGuardada:
    """A page already in the storage, waiting for its row."""

    pdf: str
    miniatura: str
    bytes: int
    sha256: str
    dpi: int
    defeitos: list[dict[str, str]] = field(default_factory=list)
    receita: dict[str, Any] = field(default_factory=dict)
    consertada: FolhaGuardada | None = None


def receber(
    enviado: UploadedFile,
    *,
    municipio: Municipio,
    usuario: Usuario | None,
    depois: str = "",
    codigo: UUID | None = None,
    reparar: bool = False,
    avisos: Sequence[str] = (),
) -> Arquivo:
    """Take an upload in: inspected, hashed, kept as it came; its pages are promised to the worker.

    `depois` names the outbox handler told when the pages are ready or the file is refused (`arquivo=<pk>` in its
    load). `codigo`, made by the browser, makes a repeated send the same file. `reparar` has a sheet photographed on a
    table straightened by the way. `avisos`: what the caller saw in it. Call it outside `atomic()`.
    Raises ArquivoRecusado and deposito.DepositoIndisponivel, and then nothing was kept.
    """
    if codigo and (repetido := _ja_recebido(codigo, municipio, usuario)):
        return repetido
    conferir_tamanho(enviado.size or 0)
    with _copia_local(enviado) as (copia, sha256):
        inspecao = _inspecionar(Path(copia.name), enviado.name or "")
        inspecao = replace(inspecao, avisos=[*inspecao.avisos, *avisos])
        copia.seek(0)
        nome = deposito.guardar(File(copia))
    gravado = False
    try:
        arquivo = _gravar(enviado, inspecao, sha256, nome, municipio, usuario, depois, codigo, reparar)
        gravado = True
    except IntegrityError:
        # Two sends of the same code at once: the second finds the first.
        if not (codigo and (primeiro := _ja_recebido(codigo, municipio, usuario))):
            raise
        arquivo = primeiro
    finally:
        if not gravado:
            deposito.esquecer([nome])
    return arquivo


@transaction.atomic
def _gravar(
    enviado: UploadedFile,
    inspecao: Inspecao,
    sha256: str,
    nome: str,
    municipio: Municipio,
    usuario: Usuario | None,
    depois: str,
    codigo: UUID | None,
    reparar: bool,
) -> Arquivo:
    opcionais: dict[str, Any] = {"codigo": codigo} if codigo else {}
    arquivo = Arquivo.objects.create(
        municipio=municipio,
        nome_original=_nome_curto(enviado.name or ""),
        tipo=inspecao.tipo,
        bytes=enviado.size or 0,
        sha256=sha256,
        original=nome,
        avisos=inspecao.avisos,
        digitalizado=inspecao.digitalizado,
        enviado_por=usuario,
        depois=depois,
        reparar=reparar,
        **opcionais,
    )
    registrar(
        "arquivo.recebido", municipio=municipio, autor=usuario, alvo=arquivo,
        sha256=sha256, bytes=arquivo.bytes, tipo=inspecao.tipo,
    )  # fmt: skip
    prometer(NORMALIZAR, chave=f"normalizar:{arquivo.pk}", arquivo=arquivo.pk)
    return arquivo


def _ja_recebido(codigo: UUID, municipio: Municipio, usuario: Usuario | None) -> Arquivo | None:
    arquivo = Arquivo.objects.filter(codigo=codigo).first()
    if arquivo and (arquivo.enviado_por_id != getattr(usuario, "pk", None) or arquivo.municipio_id != municipio.pk):
        raise OutroChegouAntes("Este envio já foi feito por outra pessoa. Atualize a página e envie de novo.")
    return arquivo


@contextmanager
def _copia_local(enviado: UploadedFile) -> Iterator[tuple[IO[bytes], str]]:
    """The upload on disk, where the box can read it, and its SHA-256. A disguise stops at the first bytes."""
    resumo = hashlib.sha256()
    enviado.seek(0)
    tipo_aceito(enviado.read(COMECO_BYTES), enviado.name or "")
    enviado.seek(0)
    with ExitStack() as aberto:
        with deposito.traduzindo_falhas():
            copia = aberto.enter_context(tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR))
            for pedaco in enviado.chunks():
                resumo.update(pedaco)
                copia.write(pedaco)
            copia.flush()
        yield copia, resumo.hexdigest()


def _inspecionar(caminho: Path, nome: str) -> Inspecao:
    try:
        return caixa.inspecionar(caminho, nome)
    except caixa.CaixaMorreu as erro:
        raise ErroDeDominio("Não deu para abrir o arquivo agora. Espere um minuto e envie de novo.") from erro


def _nome_curto(nome: str) -> str:
    """The name that the person knows, without folders, short enough for the column, the extension kept."""
    so_nome = nome.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "").strip() or "arquivo"
    if len(so_nome) <= 255:
        return so_nome
    extensao = Path(so_nome).suffix[:12]
    return so_nome[: 255 - len(extensao)] + extensao


# --- What the worker found ----------------------------------------------------------------------------------------


@transaction.atomic
def aprontar(arquivo_id: int, folhas: list[FolhaGuardada], avisos: list[str]) -> bool:
    """Record the pages. False when somebody else already did: then the caller's files have no row."""
    arquivo = _travar(arquivo_id)
    if arquivo is None:
        return False
    feitas = [_folha(arquivo, ordem, folha) for ordem, folha in enumerate(folhas, start=1)]
    Folha.objects.bulk_create(feitas)
    Folha.objects.bulk_create(
        _folha(arquivo, base.ordem, folha.consertada, base)
        for base, folha in zip(feitas, folhas, strict=True)
        if folha.consertada
    )
    arquivo.avisos = [*arquivo.avisos, *(aviso for aviso in avisos if aviso not in arquivo.avisos)]
    _mover(arquivo, Arquivo.Situacao.PRONTO, folhas=len(folhas))
    return True


def guardar_consertada(origem: Folha, folha: FolhaGuardada) -> Folha:
    """The row of a page that was repaired later, at a person's wish."""
    feita = _folha(origem.arquivo, origem.ordem, folha, origem)
    feita.save()
    return feita


def _folha(arquivo: Arquivo, ordem: int, folha: FolhaGuardada, origem: Folha | None = None) -> Folha:
    return Folha(
        arquivo=arquivo, ordem=ordem, pdf=folha.pdf, miniatura=folha.miniatura, bytes=folha.bytes,
        sha256=folha.sha256, dpi=folha.dpi, defeitos=folha.defeitos, origem=origem, receita=folha.receita,
    )  # fmt: skip


@transaction.atomic
def recusar(arquivo_id: int, motivo: ArquivoRecusado) -> bool:
    """Record that the file does not serve, and why. The original stays: the person may ask about it."""
    arquivo = _travar(arquivo_id)
    if arquivo is None:
        return False
    arquivo.motivo = str(motivo)[:300]
    _mover(arquivo, Arquivo.Situacao.RECUSADO, codigo=motivo.codigo)
    return True


def _travar(arquivo_id: int) -> Arquivo | None:
    """The row, locked, while it still waits for its pages."""
    return (
        Arquivo.objects.select_for_update(of=("self",))
        .filter(pk=arquivo_id, situacao=Arquivo.Situacao.RECEBIDO)
        .first()
    )


def _mover(arquivo: Arquivo, destino: Arquivo.Situacao, **dados: object) -> None:
    arquivo.situacao = destino
    arquivo.save(update_fields=["situacao", "motivo", "avisos"])
    registrar(f"arquivo.{destino}", municipio=arquivo.municipio, autor=None, alvo=arquivo, **dados)
    if arquivo.depois:
        prometer(arquivo.depois, chave=f"{arquivo.depois}:{arquivo.pk}", arquivo=arquivo.pk)
