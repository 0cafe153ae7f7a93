"""How values are shown: masks, sizes and dates. Pure; what does not fit is given back as it came."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

DIAS = ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo")
MESES = (
    *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
    *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
)


def mascara(valor: object, padrao: str, tamanho: int) -> str:
    """`padrao` with one `#` for each character: mascara("30130000", "#####-###", 8)."""
    texto = str(valor or "")
    if len(texto) != tamanho:
        return texto
    letras = iter(texto)
    return "".join(next(letras) if casa == "#" else casa for casa in padrao)


def cpf(valor: object) -> str:
    return mascara(valor, "###.###.###-##", 11)


def cnpj(valor: object) -> str:
    return mascara(valor, "##.###.###/####-##", 14)


def nit(valor: object) -> str:
    return mascara(valor, "###.#####.##-#", 11)


def cep(valor: object) -> str:
    return mascara(valor, "#####-###", 8)


def beneficio(valor: object) -> str:
    """The number of a benefit (NB)."""
    return mascara(valor, "###.###.###-#", 10)


def telefone(valor: object) -> str:
    texto = str(valor or "")
    return mascara(texto, "(##) #####-####", 11) if len(texto) == 11 else mascara(texto, "(##) ####-####", 10)


def discar(valor: object) -> str:
    """The first whole number of "(31) 3249-4415 / 4420" as `tel:` wants it, or "" when there is no area code."""
    achado = re.search(r"\(?\b0?([1-9]{2})\)?\s*(9?\d{4})[-\s]?(\d{4})\b", str(valor or ""))
    return f"+55{achado[1]}{achado[2]}{achado[3]}" if achado else ""


def protocolo(valor: object) -> str:
    """Long numbers in groups of three, to be read aloud; anything else as it is."""
    texto = str(valor or "")
    if not re.fullmatch(r"\d{7,}", texto):
        return texto
    inicio = len(texto) % 3
    grupos = [texto[:inicio]] if inicio else []
    return ".".join(grupos + [texto[i : i + 3] for i in range(inicio, len(texto), 3)])


def tamanho(tamanho_bytes: int | None) -> str:
    """Bytes in words, 1 MB = 1,000,000 bytes as in the limits of INSS (`arquivos/limites.toml`): 3250586 → "3,3 MB"."""
    valor = float(tamanho_bytes or 0)
    for unidade in ("bytes", "kB", "MB"):
        if valor < 1000 or unidade == "MB":
            break
        valor /= 1000
    casas = 1 if unidade == "MB" else 0
    return f"{valor:.{casas}f}".replace(".", ",").removesuffix(",0") + f" {unidade}"


def no_meio_da_frase(rotulo: str) -> str:
    """A label inside a sentence: "E-mail" → "e-mail"; "SMS" and "WhatsApp" stay as they are written."""
    primeira, _, resto = rotulo.partition(" ")
    nome_proprio = any(letra.isupper() for letra in primeira[1:])
    return rotulo if nome_proprio else " ".join(filter(None, [primeira.lower(), resto]))


def dinheiro(valor: Decimal | str) -> str:
    """Reais: Decimal("1621") or "1621.00" → "R$ 1.621,00"."""
    try:
        inteiro = f"{Decimal(valor):,.2f}"
    except InvalidOperation:
        return str(valor)
    return "R$ " + inteiro.translate(str.maketrans(",.", ".,"))


def data_longa(dia: date | None) -> str:
    """ "quinta-feira, 26 de novembro de 2026"."""
    if not dia:
        return ""
    return f"{DIAS[dia.weekday()]}, {_ordinal(dia.day)} de {MESES[dia.month - 1]} de {dia.year}"


def data_curta(dia: date) -> str:
    """ "qui., 26/11" for a column."""
    return f"{DIAS[dia.weekday()][:3]}., {dia:%d/%m}"


def _ordinal(dia: int) -> str:
    return "1º" if dia == 1 else str(dia)
