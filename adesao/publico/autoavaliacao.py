"""The self-check "Posso aderir?": answers in, a to-do list out. Pure; the data are in `requisitos.toml`.

The account of a town (`municipio`) and the application take the answers over like this, so that nobody types twice:

    respostas = retomar(request.session)          # None: no self-check in this session
    inicial = preenchimento(respostas) if respostas else {}

`comecar` (views) is the only one that puts them there, when somebody asks to start. They hold no personal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypedDict

from adesao.publico.requisitos import Requisito

CHAVE_DA_SESSAO = "adesao.autoavaliacao"
VERSAO = 1


class Respostas(TypedDict, total=False):
    """What the form cleans to, as JSON values. Dates are ISO text; what was not asked or answered is absent or ""."""

    municipio: str  # IBGE code
    regime: str  # as in `situacoes.Regime`, or nao_sei
    oficio: str  # sim, nao
    lei_criacao: str
    quem_assina: str  # prefeito, outra, nao_sei
    poderes: str
    documento: str
    crp: str  # sim, nao, nao_sei
    crp_fim: str
    certidao: str  # a kind of the item `regularidade-federal`, or nao
    certidao_fim: str
    minuta: str
    sala: str  # pronta, prevista, nao
    equipamentos: list[str]  # computador, digitalizador, impressora
    internet: str
    acessibilidade: str  # sim, parcial, nao
    servidores: int
    emails: str
    curso: str


class Estado(StrEnum):
    FALTA = "falta"
    ATENCAO = "atencao"
    PRONTO = "pronto"


@dataclass(frozen=True)
class Item:
    """One line of the list. `nota` is about this very answer: a date, what is missing."""

    requisito: Requisito
    estado: Estado
    frase: str
    nota: str = ""


# State of what this answer makes needless: it is not in the list at all.
DISPENSA = "dispensa"


def avaliar(respostas: Respostas, requisitos: Iterable[Requisito], *, hoje: date, aviso_dias: int) -> list[Item]:
    """The requirements that apply to the town, in their order, each with its state on `hoje` and what to do."""
    itens = (
        _avaliar(requisito, respostas, hoje, aviso_dias) for requisito in requisitos if _cabe(requisito, respostas)
    )
    return [item for item in itens if item]


def _cabe(requisito: Requisito, respostas: Respostas) -> bool:
    return not requisito.regimes or respostas.get("regime") in requisito.regimes


def _avaliar(requisito: Requisito, respostas: Mapping[str, Any], hoje: date, aviso_dias: int) -> Item | None:
    resposta, nota = respostas.get(requisito.pergunta), ""
    if requisito.todos:
        faltam = [nome for chave, nome in requisito.todos.items() if chave not in (resposta or [])]
        estado, nota = ("falta", f"Falta: {', '.join(faltam)}.") if faltam else ("pronto", "")
    elif requisito.minimo:
        quantos = int(resposta or 0)
        estado = "falta" if quantos < requisito.minimo else "atencao" if quantos < requisito.recomendado else "pronto"
    elif especie := next((e for e in requisito.especies if e.codigo == resposta), None):
        estado, nota = ("pronto", "") if especie.aceita else ("falta", especie.frase)
    else:
        estado = requisito.estados.get(str(resposta), "falta")
    if estado == DISPENSA:
        return None
    if requisito.data and estado == Estado.PRONTO:
        return _pela_validade(requisito, str(respostas.get(requisito.data) or ""), hoje, aviso_dias)
    return Item(requisito, Estado(estado), requisito.frases[estado], nota)


def _pela_validade(requisito: Requisito, fim: str, hoje: date, aviso_dias: int) -> Item:
    """A paper that is good today may be worth nothing on the day INSS reads it."""
    falta = requisito.frases["falta"]
    if not fim:
        return Item(requisito, Estado.ATENCAO, requisito.frases["pronto"], "Confira até que dia vale.")
    dia = date.fromisoformat(fim)
    if dia < hoje:
        return Item(requisito, Estado.FALTA, falta, f"Venceu em {dia:%d/%m/%Y}.")
    if dia == hoje:
        return Item(requisito, Estado.FALTA, falta, "Vale só até hoje: renove antes de enviar.")
    if dia <= hoje + timedelta(days=aviso_dias):
        return Item(
            requisito,
            Estado.ATENCAO,
            "Pode vencer enquanto o INSS analisa. Se der, renove antes.",
            f"Vale até {dia:%d/%m/%Y}.",
        )
    if dia > hoje + timedelta(days=requisito.validade_dias):
        return Item(
            requisito,
            Estado.ATENCAO,
            f"Esta certidão costuma valer {requisito.validade_dias} dias. Olhe a data de novo no documento.",
            f"Você disse que vale até {dia:%d/%m/%Y}.",
        )
    return Item(requisito, Estado.PRONTO, requisito.frases["pronto"], f"Vale até {dia:%d/%m/%Y}.")


# --- To the application -------------------------------------------------------------------------------------------
def guardar(sessao: MutableMapping[str, Any], respostas: Respostas, *, hoje: date) -> None:
    sessao[CHAVE_DA_SESSAO] = {"versao": VERSAO, "feita_em": hoje.isoformat(), "respostas": dict(respostas)}


def retomar(sessao: Mapping[str, Any]) -> Respostas | None:
    """The answers kept in this session; None when there are none, or they are of another release."""
    guardado = sessao.get(CHAVE_DA_SESSAO)
    if not isinstance(guardado, dict) or guardado.get("versao") != VERSAO:
        return None
    return guardado["respostas"]


def preenchimento(respostas: Respostas) -> dict[str, Any]:
    """What the application may fill in from them, for somebody to confirm. `item` and `especie` are the checklist's."""
    certidoes = []
    if respostas.get("crp") == "sim":
        certidoes.append({"item": "crp", "especie": "", "valido_ate": respostas.get("crp_fim", "")})
    especie = respostas.get("certidao", "nao")
    if especie != "nao":
        certidoes.append(
            {"item": "regularidade-federal", "especie": especie, "valido_ate": respostas.get("certidao_fim", "")}
        )
    regime = respostas.get("regime", "")
    return {
        "municipio": respostas.get("municipio", ""),
        "regime": "" if regime == "nao_sei" else regime,
        "certidoes": certidoes,
        "quem_assina": respostas.get("quem_assina", ""),
        "equipamentos": list(respostas.get("equipamentos", [])),
        "servidores": respostas.get("servidores", 0),
    }
