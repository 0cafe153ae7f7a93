"""Text as it is searched: without accents, case or doubled spaces."""

import unicodedata


def normalizar(texto: str) -> str:
    """`"  José  D'Ávila "` → `"jose d'avila"`: the form stored in search columns, the same on both databases."""
    sem_acento = "".join(c for c in unicodedata.normalize("NFKD", texto) if not unicodedata.combining(c))
    return " ".join(sem_acento.casefold().split())
