"""What a paper says: its verification code, its fingerprint and its HTML."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.urls import reverse

from act_portal.emissao import modelos

if TYPE_CHECKING:
    from act_portal.emissao.models import Documento

# Read aloud and copied by hand, so nothing that looks like something else (0/O, 1/I/L, U/V). 30^12 > 2^58.
ALFABETO = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GRUPOS, LETRAS = 3, 4


def novo_codigo() -> str:
    """A verification code such as `K7PM-2XQA-9TBD`."""
    return "-".join("".join(secrets.choice(ALFABETO) for _ in range(LETRAS)) for _ in range(GRUPOS))


def normalizar_codigo(digitado: str) -> str:
    """The code as it is stored, or "" when what was typed cannot be one."""
    letras = re.sub(r"[\s.–-]", "", digitado[:60]).upper()
    if len(letras) != GRUPOS * LETRAS or not set(letras) <= set(ALFABETO):
        return ""
    return "-".join(letras[i : i + LETRAS] for i in range(0, len(letras), LETRAS))


def congelar(dados: Any) -> dict:
    """`dados` as plain JSON values, so that what is hashed, stored and drawn is one and the same."""
    return json.loads(json.dumps(dados, cls=DjangoJSONEncoder, allow_nan=False))


def hash_do_documento(documento: Documento) -> str:
    """SHA-256 (64 hex digits) of the legal content in canonical JSON: the template's text and the values in it."""
    partes = {nome: getattr(documento, nome) for nome in ("modelo", "versao", "modelo_sha256", "dados")}
    texto = json.dumps(partes, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(texto.encode()).hexdigest()


def montar_html(documento: Documento) -> str:
    """The page of `documento`: its frozen data and what the portal itself knows of the paper (group G-SISTEMA)."""
    modelo = modelos.obter(documento.modelo, documento.versao)
    recursos = modelo.recursos(documento.dados) if modelo.recursos else {}
    return render_to_string(modelo.template, {**documento.dados, **recursos, **_do_sistema(documento, modelo)})


def endereco_de_conferencia(codigo: str) -> str:
    return f"{settings.ENDERECO_PUBLICO}{reverse('emissao:conferir')}?c={codigo}"


def _do_sistema(documento: Documento, modelo: modelos.Modelo) -> dict[str, Any]:
    momento = documento.pedido_em.astimezone(documento.municipio.fuso)
    url = endereco_de_conferencia(documento.codigo)
    return {
        "titulo": modelo.titulo,
        "codigo_documento": documento.pk,
        "codigo_modelo": documento.modelo,
        "versao_modelo": documento.versao,
        "codigo_verificacao": documento.codigo,
        "url_verificacao": f"{settings.ENDERECO_PUBLICO}{reverse('emissao:conferir')}",
        "data_emissao": momento.date().isoformat(),
        "hora_emissao": f"{momento:%H:%M}",
        "momento_emissao": momento.isoformat(timespec="seconds"),
        "qr": qr(url),
        "sem_valor": settings.DADOS_FICTICIOS,
    }


def qr(texto: str) -> str:
    """A QR code as the `data:` address of an SVG, sized by the style sheet."""
    # Readers take any of the eight masks; trying them all to pick the prettiest costs four fifths of the code's time.
    return segno.make(texto, error="m", micro=False, mask=3).svg_data_uri(
        border=2, omitsize=True, svgclass=None, lineclass=None
    )
