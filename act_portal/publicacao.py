"""The numbers of an agreement and of its process, and where an act came out in the Diário Oficial da União. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from act_portal.erros import ErroDeDominio

# Three digits at least, with no zero to spare: 007/2026, 1024/2026.
SEI = re.compile(r"\d{5}\.\d{6}/(?:19|20)\d{2}-\d{2}")
NUMERO = re.compile(r"(?:\d{3}|[1-9]\d{3,4})/(?:19|20)\d{2}")
PAGINA = re.compile(r"[1-9]\d{0,3}")
SECAO_E_PAGINA = re.compile(r"(?:se[cç][aã]o\s+)?[1-3]\D{1,12}[1-9]\d{0,3}", re.IGNORECASE)


def exigir_numero(texto: str) -> str:
    """NNN/AAAA, as it is kept. Raises ErroDeDominio."""
    texto = texto.strip()
    if not NUMERO.fullmatch(texto):
        raise ErroDeDominio("Escreva o número do acordo com três algarismos, barra e ano. Exemplo: 007/2026.")
    return texto


def exigir_pagina(texto: str) -> str:
    """The number of the page, as it is kept. Raises ErroDeDominio."""
    texto = texto.strip()
    if not PAGINA.fullmatch(texto):
        raise ErroDeDominio("Escreva só o número da página do Diário Oficial. Exemplo: 120.")
    return texto


def exigir_secao_e_pagina(texto: str) -> str:
    """Section (1 to 3) and page in one line, as they are kept. Raises ErroDeDominio."""
    texto = " ".join(texto.split())
    if not SECAO_E_PAGINA.fullmatch(texto):
        raise ErroDeDominio("Escreva a seção e o número da página do Diário Oficial. Exemplo: 3, página 98.")
    return texto


def exigir_dia_da_publicacao(dia: date, *, desde: date, de: str, hoje: date) -> None:
    """No sooner than what came out, which `de` names ("a assinatura do INSS"). Raises ErroDeDominio."""
    if not desde <= dia <= hoje:
        raise ErroDeDominio(f"A publicação fica entre {de} ({desde:%d/%m/%Y}) e hoje. Confira a data.")


def exigir_publicacao(
    dou_data: date, dou_secao: str, dou_pagina: str, *, desde: date, de: str, hoje: date
) -> dict[str, Any]:
    """Where an act came out, by the names under which every row keeps it. Raises ErroDeDominio."""
    exigir_dia_da_publicacao(dou_data, desde=desde, de=de, hoje=hoje)
    secao = dou_secao.strip()
    if not secao:
        raise ErroDeDominio("Diga a seção.")
    return {"dou_data": dou_data, "dou_secao": secao[:3], "dou_pagina": exigir_pagina(dou_pagina)}


def exigir_sei(texto: str) -> str:
    """The number of a process in SEI, as it is kept. Raises ErroDeDominio."""
    texto = texto.strip()
    if not SEI.fullmatch(texto):
        raise ErroDeDominio("Escreva o número inteiro do processo no SEI. Exemplo: 35014.000000/2026-00.")
    return texto
