"""The town hall's CNPJ, as far as its digits tell, and the last days of a notice to end. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

MATRIZ = "0001"
CNPJ_DO_INSS = "29979036000140"


class DonoDoCnpj(StrEnum):
    """Whose CNPJ it is, as the person says."""

    PREFEITURA = "prefeitura"
    CAMARA = "camara"
    FUNDO = "fundo"
    OUTRO = "outro"


ROTULOS = {
    DonoDoCnpj.PREFEITURA: "Da prefeitura (o município)",
    DonoDoCnpj.CAMARA: "Da Câmara de Vereadores",
    DonoDoCnpj.FUNDO: "De um fundo municipal ou instituto de previdência",
    DonoDoCnpj.OUTRO: "De outro órgão ou autarquia",
}
DE_QUEM = {
    DonoDoCnpj.CAMARA: "da Câmara",
    DonoDoCnpj.FUNDO: "de um fundo ou instituto",
    DonoDoCnpj.OUTRO: "de outro órgão",
}


def problema_do_dono(dono: str) -> str:
    """Why a CNPJ of this owner does not serve, or ""."""
    if dono == DonoDoCnpj.PREFEITURA:
        return ""
    return (
        f"O acordo é com o município: o CNPJ {DE_QUEM[DonoDoCnpj(dono)]} não serve. "
        "Use o CNPJ da prefeitura, que está no cartão do CNPJ."
    )


def problema_do_cnpj(cnpj: str) -> str:
    """Why a valid CNPJ is not that of the head office of a town, or ""."""
    if cnpj[:8] == CNPJ_DO_INSS[:8]:
        return "Este CNPJ é o do INSS. Use o da prefeitura, que está no cartão do CNPJ."
    if cnpj[8:12] == MATRIZ:
        return ""
    return "Este CNPJ é de uma filial. Use o da matriz, que tem 0001 depois da barra."


# Words that give away whose certificate it is, in the name without accents.
ALHEIOS = {
    "camara": "da Câmara",
    "fundo ": "de um fundo",
    "instituto de previdencia": "do instituto de previdência",
    "autarquia": "de uma autarquia",
    "fundacao": "de uma fundação",
    "consorcio": "de um consórcio",
    "servico autonomo": "de uma autarquia",
}


def alheio(nome_sem_acento: str) -> str:
    """Whose the name is, when it is not that of a town hall: "da Câmara"; else ""."""
    return next((de_quem for palavra, de_quem in ALHEIOS.items() if palavra in f"{nome_sem_acento} "), "")


def primeiro_dia_sem_novos(ultimo_dia: date, dias: int) -> date | None:
    """The first of the last `dias` days of a notice, the last one included; None when there are none."""
    return ultimo_dia - timedelta(days=dias - 1) if dias > 0 else None
