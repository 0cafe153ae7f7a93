"""When the town may no longer act for somebody, in words. Pure.

Source: Código Civil, art. 682, I (revocation) and II (death); IN PRES/INSS 128/2022, arts. 527 and 542; LGPD, art. 8º,
§ 5º (conferir norma vigente).
"""

from __future__ import annotations

from datetime import date, timedelta

AVISO_DE_VALIDADE = timedelta(days=30)
BASE = "Código Civil, art. 682, I e II"


def frase_da_revogacao(*, nome: str, em: date, protocolo: str, renuncia: str = "") -> str:
    """`renuncia`: why the town gave the powers up; empty when the person took them back."""
    depois = (
        "O pedido continua no INSS, e a pessoa acompanha pelo Meu INSS ou pelo 135."
        if protocolo
        else "O pedido não saiu do balcão."
    )
    motivo = renuncia.rstrip(". ")
    quem = (
        f"O município renunciou à representação de {nome} neste pedido em {em:%d/%m/%Y} ({motivo}): não"
        if renuncia
        else f"{nome} revogou o termo deste pedido em {em:%d/%m/%Y}: o município não"
    )
    return f"{quem} age mais nele. {depois} Para ter ajuda de novo, abra um pedido novo, com termo novo."


# What the person does alone from then on, by act (`RevogacaoParcial.Ato`).
POR_CONTA_PROPRIA = {
    "agenda": "A própria pessoa marca pelo 135 ou pelo Meu INSS.",
    "exigencia": "A própria pessoa responde pelo Meu INSS ou em uma agência do INSS.",
    "recurso": "A própria pessoa recorre pelo Meu INSS ou pelo 135; a Defensoria Pública ajuda de graça.",
    "avisos": "A própria pessoa acompanha pela consulta, pelo Meu INSS ou pelo 135.",
}


def frase_do_ato(*, nome: str, em: date, ato: str, o_que: str) -> str:
    """Why one act is nobody's here any more, while the rest of the term goes on. `o_que`: the act, in words."""
    return (
        f"{nome} revogou em {em:%d/%m/%Y} só uma parte do termo, “{o_que}”: o município não faz mais isso neste "
        f"pedido. {POR_CONTA_PROPRIA[ato]} O resto do termo continua valendo."
    )


def frase_do_obito(*, nome: str, em: date) -> str:
    return (
        f"Está registrado o óbito de {nome} em {em:%d/%m/%Y}: ninguém mais age em nome dessa pessoa. "
        "Quem dependia dela pede a pensão por morte no próprio cadastro, e os herdeiros pedem ali os valores não "
        "recebidos em vida. Se o registro está errado, o gestor do município desfaz."
    )


def problema_do_obito(*, em: date, nascimento: date, hoje: date) -> str:
    """Why this date of death cannot be, or nothing."""
    if em > hoje:
        return "A data do óbito está no futuro. Confira na certidão."
    if em < nascimento:
        return "A data do óbito é anterior ao nascimento. Confira o cadastro e a certidão."
    return ""
