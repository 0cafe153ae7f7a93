"""Who signs each paper: one table, person × paper → the lines to sign. Pure data.

Source: IN PRES/INSS 128/2022, arts. 527, 532 and 542; Portaria DIRBEN/INSS 993/2022, art. 43, § 3º (wording of Portaria
1.081/2022); Código Civil, art. 654. What nobody could read in the norm itself carries the mark, in `DUVIDAS`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from act_portal.catalogos.fonte import CONFERIR
from requerimentos.papeis import modelos


class Bloco(StrEnum):
    """One line to sign."""

    TITULAR = "a própria pessoa"
    ROGO = "quem assina a rogo"
    TESTEMUNHA_1 = "1ª testemunha"
    TESTEMUNHA_2 = "2ª testemunha"
    REPRESENTANTE = "representante legal"
    PROCURADOR = "procurador(a)"
    ASSISTENTE = "quem assina junto, sem representar"
    AGENTE = "atendente do município"


class Lado(NamedTuple):
    """`conferir`: the doubt that is open about this signature, in words; empty when there is none."""

    blocos: tuple[Bloco, ...]
    conferir: str = ""


B = Bloco
LEGAL = ("pai_mae", "tutor", "curador", "guardiao", "adm_provisorio", "dirigente")
DO_CIDADAO: dict[str, tuple[Bloco, ...]] = {
    "titular": (B.TITULAR,),
    "rogo": (B.ROGO, B.TESTEMUNHA_1, B.TESTEMUNHA_2),
    **dict.fromkeys(LEGAL, (B.REPRESENTANTE,)),
    "procurador": (B.PROCURADOR,),
    "jovem_16_17": (B.TITULAR,),
    "jovem_16_17_assistido": (B.TITULAR, B.ASSISTENTE),
}
# What the clerk does beside the citizen: signs, or nothing. Papers that nobody signs are not here.
COM_AGENTE = {
    modelos.TERMO_REPRESENTACAO: True,
    modelos.AUTORIZACAO_DADOS: False,
    modelos.REQUERIMENTO_SERVICO: True,
    modelos.TERMO_ENTREGA: True,
    modelos.AUTODECLARACAO_RURAL: True,
    modelos.DECLARACAO_BPC: True,
    modelos.RAZOES_RECURSO: True,
    modelos.DECLARACAO_ACUMULACAO: True,
    modelos.DECLARACAO_DESISTENCIA: True,
    modelos.TERMO_SALARIO_FAMILIA: True,
    modelos.REVOGACAO: True,
    modelos.RENUNCIA: True,
}
# The town speaks to the person, who has nothing to agree to.
SO_O_MUNICIPIO = frozenset({modelos.RENUNCIA})
NAO_SE_ASSINA = frozenset({modelos.COMPROVANTE, modelos.COMPROVANTE_AGENDAMENTO, modelos.ORIENTACAO})

A_ROGO = f"A regra lida fala de procuração a advogado: confirme se o INSS a aceita no termo da entidade ({CONFERIR})."
JOVEM = f"Confirme se o INSS aceita só a assinatura de quem tem 16 ou 17 anos neste papel ({CONFERIR})."
INCAPAZ = (
    "A norma fala em pessoa capaz: confirme com o INSS a representação por entidade com este representante "
    f"({CONFERIR})."
)
DUVIDAS: dict[tuple[str, str], str] = {
    (modelos.TERMO_REPRESENTACAO, "rogo"): A_ROGO,
    (modelos.TERMO_REPRESENTACAO, "jovem_16_17"): JOVEM,
    (modelos.TERMO_REPRESENTACAO, "jovem_16_17_assistido"): JOVEM,
    **{(modelos.TERMO_REPRESENTACAO, quem): INCAPAZ for quem in LEGAL},
}


def lado(papel: str, quem: str) -> Lado:
    """The cell of the table. `quem`: a key of `DO_CIDADAO`. KeyError for an unknown paper or signer."""
    if papel in NAO_SE_ASSINA:
        return Lado(())
    if papel in SO_O_MUNICIPIO:
        return Lado((B.AGENTE,))
    agente = (B.AGENTE,) if COM_AGENTE[papel] else ()
    return Lado((*DO_CIDADAO[quem], *agente), DUVIDAS.get((papel, quem), ""))
