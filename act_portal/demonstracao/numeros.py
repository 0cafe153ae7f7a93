"""Invented numbers with the right digits."""

from __future__ import annotations


def cpf_de(base: int) -> str:
    """The CPF whose first nine digits are `base`."""
    digitos = f"{base:09d}"
    for tamanho in (9, 10):
        soma = sum(int(n) * (tamanho + 1 - casa) for casa, n in enumerate(digitos))
        digitos += str(soma * 10 % 11 % 10)
    return digitos
