"""The key printed on the receipt: what lets a citizen ask about one request without an account."""

from __future__ import annotations

import hmac

# 32 letters and digits that do not look alike on paper: no I, L, O (read as 1, 1, 0) and no U.
ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAMANHO = 12
CONSULTA = "consulta"

_PARECIDAS = str.maketrans("OIL", "011", " -.\t\u00a0\u2010\u2011\u2012\u2013\u2014")


def chave_publica(segredo: str, finalidade: str) -> str:
    """The key of the row with this `segredo` for one purpose: "K7PM-42TQ-9BDX", 60 bits.

    It depends on the secret of the row alone: a new SECRET_KEY leaves every printed receipt good, and a new `segredo`
    makes the old receipt worthless. A key of one purpose says nothing about the key of another.
    """
    resumo = hmac.digest(segredo.encode(), f"requerimentos.chave:{finalidade}".encode(), "sha256")
    numero = int.from_bytes(resumo[:8], "big") >> 4
    letras = "".join(ALFABETO[numero >> 5 * casa & 31] for casa in range(TAMANHO))
    return f"{letras[:4]}-{letras[4:8]}-{letras[8:]}"


def normalizar_chave(digitada: str) -> str:
    """As `chave_publica` writes it, from what somebody typed; what cannot be a key becomes something no key equals."""
    limpa = digitada.upper().translate(_PARECIDAS)
    return f"{limpa[:4]}-{limpa[4:8]}-{limpa[8:]}"


def chave_confere(segredo: str, finalidade: str, digitada: str) -> bool:
    """Compare in constant time. Bytes, because a typed key may have any letter in it."""
    esperada = chave_publica(segredo, finalidade)
    return hmac.compare_digest(esperada.encode(), normalizar_chave(digitada).encode(errors="replace"))
