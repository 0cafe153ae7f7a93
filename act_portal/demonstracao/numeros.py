"""Invented numbers with the right digits."""

from __future__ import annotations

PESOS_DO_CNPJ = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


def cnpj_de(raiz: int) -> str:
    """The CNPJ of the head office (0001) whose first eight digits are `raiz`."""
    digitos = f"{raiz:08d}0001"
    for _ in range(2):
        soma = sum(int(n) * peso for n, peso in zip(digitos, PESOS_DO_CNPJ[-len(digitos) :], strict=True))
        resto = soma % 11
        digitos += str(0 if resto < 2 else 11 - resto)
    return digitos


def cpf_de(base: int) -> str:
    """The CPF whose first nine digits are `base`."""
    digitos = f"{base:09d}"
    for tamanho in (9, 10):
        soma = sum(int(n) * (tamanho + 1 - casa) for casa, n in enumerate(digitos))
        digitos += str(soma * 10 % 11 % 10)
    return digitos
