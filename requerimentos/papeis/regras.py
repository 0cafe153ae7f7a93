"""Who may sign and what must be true before papers are made. Pure functions over plain values.

Source: Portaria DIRBEN/INSS 993/2022, art. 43, § 3º (wording of Portaria 1.081/2022): a rogo with two witnesses; IN
PRES/INSS 128/2022, art. 527, I: the legal representative signs for who is incapable (conferir norma vigente).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

ASSINA_SOZINHO = 16
MAIORIDADE = 18


@dataclass(frozen=True)
class Assinante:
    """Somebody who signs beside or instead of the person: a rogo or as witness."""

    papel: str  # one of PAPEIS_DO_ROGO
    cpf: str
    nascimento: date | None


def idade(nascimento: date, hoje: date) -> int:
    return hoje.year - nascimento.year - ((hoje.month, hoje.day) < (nascimento.month, nascimento.day))


PAPEIS_DO_ROGO = {"rogo": "quem assina a rogo", "test1": "a 1ª testemunha", "test2": "a 2ª testemunha"}
CAMPOS_DO_ROGO = ("nome", "cpf", "documento", "nascimento")


def assinantes_do_rogo(dados: Mapping[str, Any]) -> list[Assinante]:
    """The three people of a signature a rogo, from the keys of the papers (birth dates as ISO text)."""
    return [
        Assinante(papel, dados.get(f"{prefixo}_cpf", ""), _dia(dados.get(f"{prefixo}_nascimento")))
        for prefixo, papel in PAPEIS_DO_ROGO.items()
    ]


def faltas_do_rogo(dados: Mapping[str, Any]) -> list[str]:
    """One sentence for each of the three people who is not whole: the papers print all of it."""
    return [
        f"Complete os dados {_de(papel)}: nome, CPF, documento e nascimento."
        for prefixo, papel in PAPEIS_DO_ROGO.items()
        if not all(dados.get(f"{prefixo}_{campo}") for campo in CAMPOS_DO_ROGO)
    ]


def _de(papel: str) -> str:
    """`a 1ª testemunha` → `da 1ª testemunha`."""
    return f"d{papel}" if papel.startswith("a ") else f"de {papel}"


def _dia(valor: date | str | None) -> date | None:
    return date.fromisoformat(valor) if isinstance(valor, str) and valor else valor or None


def problemas_do_rogo(
    assinantes: list[Assinante],
    *,
    titular_cpf: str,
    agente_cpf: str,
    hoje: date,
    representantes: Iterable[str] = (),
    do_balcao: Iterable[str] = (),
) -> list[str]:
    """Sentences for what may not be: the same person twice, the citizen, who represents them, the clerk or another
    who works at a desk (`do_balcao`) among them, somebody under 18.
    """
    problemas = []
    vistos = dict.fromkeys(do_balcao, "o de quem trabalha no balcão do acordo, e quem atende não assina pelo cidadão")
    vistos |= dict.fromkeys(representantes, "o de quem representa a pessoa, que assina como representante")
    vistos |= {titular_cpf: "o mesmo da própria pessoa", agente_cpf: "o seu, e quem atende não assina por ela"}
    for assinante in assinantes:
        if assinante.cpf in vistos:
            problemas.append(f"O CPF {_de(assinante.papel)} é {vistos[assinante.cpf]}. Tem de ser outra pessoa.")
        elif assinante.cpf:
            vistos[assinante.cpf] = f"o mesmo {_de(assinante.papel)}"
        if assinante.nascimento and idade(assinante.nascimento, hoje) < MAIORIDADE:
            papel = assinante.papel[0].upper() + assinante.papel[1:]
            problemas.append(f"{papel} precisa ter 18 anos ou mais.")
    return problemas


def problema_de_quem_assina(*, quem: str, idade_titular: int, assina: str) -> str:
    """The one sentence that forbids this signer, or nothing."""
    if quem != "representante" and idade_titular < ASSINA_SOZINHO:
        return "Com menos de 16 anos quem assina é o pai, a mãe ou outro representante legal."
    if quem == "titular" and assina != "sim":
        return "O cadastro diz que a pessoa não assina. Escolha “a rogo” ou corrija o cadastro."
    return ""


def problema_do_agente(*, nome: str, cpf: str, agente_cpf: str) -> str:
    """The clerk receives the papers in the name of the town: whoever signs them is somebody else."""
    if cpf != agente_cpf:
        return ""
    return f"{nome} é você: quem assina pela pessoa não recebe os papéis pelo município. Peça a outro atendente."


def problema_do_assistente(*, idade_titular: int) -> str:
    if ASSINA_SOZINHO <= idade_titular < MAIORIDADE:
        return ""
    return "Só quem tem 16 ou 17 anos assina com alguém junto."


def problema_do_procurador(*, procurador: bool, substabelece: bool | None) -> str:
    if procurador and not substabelece:
        return (
            "A procuração não permite passar os poderes ao município (substabelecer). O procurador pode pedir sozinho "
            "pelo Meu INSS, com a ajuda do balcão, ou trazer outra procuração."
        )
    return ""
