"""What somebody still has to prove, and until when what they proved lasts. Pure: the day is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from act_portal.datas import problema_do_dia
from act_portal.territorio.regras import somar_meses
from adesao.habilitacao.catalogo import Comprovante


@dataclass(frozen=True)
class Prova:
    """A proof that INSS confirmed: the day it is of, its own end, its hours."""

    em: date
    ate: date | None = None
    horas: int | None = None


@dataclass(frozen=True)
class Regras:
    """`desde`: no term signed before it counts (the agreement began, or was extended). `fim`: of the agreement.

    `tolera_ate`: after an extension, the last day on which the terms signed before it still count.
    """

    hoje: date
    desde: date
    fim: date
    horas_minimas: int
    tolera_ate: date | None = None


def vale_ate(pedido: Comprovante, prova: Prova) -> date | None:
    """The last day on which the proof counts; None when it does not end by itself."""
    fins = [prova.ate] if prova.ate else []
    if pedido.validade_meses:
        fins.append(somar_meses(prova.em, pedido.validade_meses))
    return min(fins, default=None)


def problema(pedido: Comprovante, prova: Prova | None, regras: Regras) -> str:
    """Why the requirement is not met on `regras.hoje`, in words that say what to do; "" when it is."""
    if prova is None:
        return f"Falta: {pedido.nome}."
    fim = vale_ate(pedido, prova)
    if fim and fim < regras.hoje:
        return f"{pedido.nome}: acabou em {fim:%d/%m/%Y}. Envie outro."
    if _antigo(pedido, prova, regras) and (regras.tolera_ate is None or regras.hoje > regras.tolera_ate):
        return f"{pedido.nome}: foi assinado antes de {regras.desde:%d/%m/%Y}. A pessoa assina de novo."
    return problema_das_horas(pedido, prova.horas, regras.horas_minimas)


def problema_das_horas(pedido: Comprovante, horas: int | None, minimas: int) -> str:
    """A course shorter than what the agreement asks, or ""."""
    if "horas" not in pedido.campos or (horas or 0) >= minimas:
        return ""
    feitas = f" Aqui {'está 1 hora' if horas == 1 else f'estão {horas} horas'}." if horas else ""
    return f"{pedido.nome}: são pelo menos {minimas} horas.{feitas}"


def _antigo(pedido: Comprovante, prova: Prova, regras: Regras) -> bool:
    return pedido.do_acordo and prova.em < regras.desde


def pendencias(pedidos: Iterable[Comprovante], provas: Mapping[str, Prova], regras: Regras) -> list[str]:
    """All that keeps the account closed; empty: it opens."""
    frases = [problema(p, provas.get(p.codigo), regras) for p in pedidos if p.obrigatorio]
    if regras.fim < regras.hoje:
        frases.append(f"O acordo acabou em {regras.fim:%d/%m/%Y}.")
    return [frase for frase in frases if frase]


def ultimo_dia(pedidos: Sequence[Comprovante], provas: Mapping[str, Prova], regras: Regras) -> date:
    """The last day of an open account: when the first thing that it rests on ends."""
    dados = [(p, provas[p.codigo]) for p in pedidos if p.obrigatorio and p.codigo in provas]
    fins = [vale_ate(p, prova) for p, prova in dados]
    fins += [regras.tolera_ate for p, prova in dados if _antigo(p, prova, regras)]
    return min([regras.fim, *(fim for fim in fins if fim)])


def problema_da_data(pedido: Comprovante, em: date, ate: date | None, hoje: date) -> str:
    """What is wrong with the days typed for a proof, or ""."""
    if em > hoje:
        return "Esta data ainda não chegou. Confira o dia, o mês e o ano."
    if "ate" in pedido.campos and ate is None:
        return f"Preencha: {pedido.rotulo_ate.lower()}."
    if ate and ate < em:
        return "O fim vem antes do começo. Confira as datas."
    if ate == hoje:
        return "Termina hoje: amanhã o acesso fecharia. Renove antes e envie o novo."
    if ate and ate < hoje:
        return f"Acabou em {ate:%d/%m/%Y}. Envie o que está valendo."
    maximo = somar_meses(em, pedido.maximo_meses) if pedido.maximo_meses else None
    return problema_do_dia(f"“{pedido.rotulo_em}”", em, de=somar_meses(hoje, -pedido.antes_meses), ate=hoje) or (
        problema_do_dia(f"“{pedido.rotulo_ate}”", ate, ate=maximo)
    )
