"""The stored parts: files named by their hash, so that sending the same part again changes nothing."""

from __future__ import annotations

import hashlib
import re
import secrets
from pathlib import Path

from django.conf import settings

from act_portal.simulador_inss import regras
from act_portal.simulador_inss.models import Anexo
from act_portal.simulador_inss.regras import Motivo
from act_portal.simulador_inss.servicos import Recusa


def caminho(sha256: str) -> Path:
    return Path(settings.PASTA_ANEXOS) / sha256[:2] / sha256


def guardar(sha256: str, conteudo: bytes) -> tuple[Anexo, bool]:
    """Keeps the part when it is what its name says. Returns it, and whether it is new."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256, re.ASCII):
        raise Recusa(Motivo("sha256_invalido", "O endereço leva o SHA-256 do arquivo.", "sha256"))
    if not conteudo:
        raise Recusa(Motivo("arquivo_vazio", "O arquivo chegou vazio.", "arquivo"))
    if len(conteudo) > regras.MAXIMO_ARQUIVO_BYTES:
        raise Recusa(Motivo("arquivo_grande", "O arquivo passa de 5 MB.", "arquivo"))
    if hashlib.sha256(conteudo).hexdigest() != sha256:
        raise Recusa(Motivo("sha256_difere", "O arquivo chegou diferente do que saiu. Envie de novo.", "sha256"))
    tipo = regras.tipo_do_conteudo(conteudo)
    if not tipo:
        raise Recusa(Motivo("tipo_nao_aceito", "O INSS aceita PDF, PNG, JPEG e BMP.", "arquivo"))
    _gravar(caminho(sha256), conteudo)
    return Anexo.objects.get_or_create(sha256=sha256, defaults={"bytes": len(conteudo), "tipo": tipo})


def _gravar(destino: Path, conteudo: bytes) -> None:
    destino.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    rascunho = destino.with_name(f".{destino.name}.{secrets.token_hex(4)}")
    rascunho.write_bytes(conteudo)
    rascunho.replace(destino)
