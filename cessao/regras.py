"""Rules of the cession over plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from act_portal.territorio.regras import somar_meses

UM_DIA = timedelta(days=1)
# Limits of the portal against a wrong year, not of a norm.
MESES_PARA_REPARAR = 24
MAIOR_RESPOSTA_DIAS = 180
ANOS_DE_JANELA = 10


def abaixo_de(espaco: int, dentro_de: Mapping[int, int | None]) -> set[int]:
    """`espaco` and all that it contains. `dentro_de`: each space of the property and the one around it."""
    achados = {espaco}
    while novos := {e for e, maior in dentro_de.items() if maior in achados} - achados:
        achados |= novos
    return achados


def acima_de(espaco: int, dentro_de: Mapping[int, int | None]) -> set[int]:
    """All that contain `espaco`."""
    achados: set[int] = set()
    atual = dentro_de.get(espaco)
    while atual is not None and atual not in achados:
        achados.add(atual)
        atual = dentro_de.get(atual)
    return achados


def tocados_por(espaco: int, dentro_de: Mapping[int, int | None]) -> set[int]:
    """Every space that cannot be lent together with `espaco`: what it contains, itself and what contains it."""
    return acima_de(espaco, dentro_de) | abaixo_de(espaco, dentro_de)


def area_que_sobra(total: Decimal, partes: Iterable[Decimal]) -> Decimal:
    """What is left of `total` after `partes`, in m²; negative when they do not fit."""
    return total - sum(partes, Decimal(0))


def fim_do_prazo(inicio: date, meses: int) -> date:
    """The last day of `meses` months that begin on `inicio`: 01/01/2026 and 12 give 31/12/2026."""
    return somar_meses(inicio, meses) - UM_DIA


def sobrepoe(inicio: date, fim: date, outro_inicio: date, outro_fim: date) -> bool:
    """The two spans, both ends included, share a day."""
    return inicio <= outro_fim and outro_inicio <= fim


def metros(area: Decimal) -> str:
    return f"{area:.2f}".replace(".", ",").removesuffix(",00")


def parte_da_area(area: Decimal, total: Decimal) -> Decimal:
    """The share of `area` in a building of `total` m², in % with two decimals, never above 100."""
    return min(Decimal(100), (area * 100 / total).quantize(Decimal("0.01"), ROUND_HALF_UP))


def problema_do_rateio(parte: Decimal | None, area: Decimal, total: Decimal, motivo: str) -> str:
    """Why a share of the common costs, in %, other than that of the area cannot go without a reason, or ""."""
    da_area = parte_da_area(area, total)
    if parte is None or parte == da_area or motivo:
        return ""
    return (
        f"Na proporção da área ({metros(area)} m² de {metros(total)} m²), a parte nas despesas comuns é de "
        f"{metros(da_area)}%. Use essa, ou escreva por que é outra."
    )


def problema_da_area(area: Decimal, livre: Decimal) -> str:
    """Why `area` cannot be asked for in a space of `livre` m², or ""."""
    if area <= livre:
        return ""
    return f"O espaço tem {metros(livre)} m². Peça até essa área, ou escolha outro espaço."


def problema_do_prazo(meses: int, maximo: int, somados: int) -> str:
    """Why a cession of `meses` months cannot be asked for, or "". `somados`: the limit with the extensions."""
    if meses < 1:
        return f"O fim ficaria antes do começo. Escreva de 1 a {maximo} meses."
    if meses > maximo:
        return f"A cessão vai até {maximo} meses. Diminua o prazo. {depois_do_prazo(maximo, somados)}"
    return ""


def depois_do_prazo(meses: int, somados: int) -> str:
    """What is possible after a term of `meses` months, when all together may have `somados`."""
    if sobra := max(0, somados - meses):
        return f"Depois dá para pedir prorrogação de até {em_meses(sobra)}: ao todo, {somados} meses."
    return f"Com {meses} meses não sobra prorrogação: para continuar depois do fim, faça um pedido novo."


def em_meses(quantos: int) -> str:
    return f"{quantos} {'mês' if quantos == 1 else 'meses'}"


def problema_do_inicio(inicio: date, hoje: date, *, regularizacao: bool) -> str:
    if inicio < hoje and not regularizacao:
        return "O início já passou. Escolha hoje ou um dia depois."
    if inicio > somar_meses(hoje, 24):
        return "O início fica longe demais. Peça com até 24 meses de antecedência."
    return ""


def problema_da_janela(inicio: date, fim: date, de: date | None, ate: date | None) -> str:
    """Why the days do not fit in those in which INSS does without the space."""
    if de and inicio < de:
        return f"O espaço só está disponível a partir de {de:%d/%m/%Y}."
    if ate and fim > ate:
        return f"O espaço só está disponível até {ate:%d/%m/%Y}. Diminua o prazo."
    return ""


def problema_da_prorrogacao(*, hoje: date, fim: date, meses: int, somados: int, limite: int) -> str:
    """Why a term that ends on `fim`, with `somados` months so far, is not extended by `meses`, or ""."""
    if hoje > fim:
        return "O prazo já terminou. Depois do fim não há prorrogação: faça um pedido novo."
    if meses < 1:
        return "Escreva quantos meses a mais."
    if somados + meses > limite:
        resta = max(0, limite - somados)
        sobra = f"Peça até {em_meses(resta)}." if resta else "Para continuar depois do fim, faça um pedido novo."
        return f"Com isso a cessão passaria de {limite} meses somados. {sobra}"
    return ""


def problema_do_prazo_de_resposta(ate: date, hoje: date) -> str:
    """Why nobody is given until `ate` to answer, or ""."""
    maior = hoje + timedelta(days=MAIOR_RESPOSTA_DIAS)
    return f"O prazo para responder vai no máximo até {maior:%d/%m/%Y}. Confira o ano." if ate > maior else ""


def problema_do_dano(*, quem: str, ate: date | None, dia: date) -> str:
    """Why a damage seen on `dia` cannot be noted with this deadline for who answers, or ""."""
    if quem != "apurar" and ate is None:
        return "Diga até quando quem responde repara."
    if ate and not dia <= ate <= somar_meses(dia, MESES_PARA_REPARAR):
        return f"O prazo para reparar fica entre o dia da vistoria e {MESES_PARA_REPARAR} meses depois."
    return ""


def problema_da_foto(tirada_em: date | None, *, pedido_em: date, dia: date) -> str:
    """Why a photo does not serve for an inspection of `dia` of a request sent on `pedido_em`, or "".

    One without a date serves: it is marked so, and a person answers for it.
    """
    if tirada_em is None:
        return ""
    if tirada_em < pedido_em:
        return f"Esta foto é de {tirada_em:%d/%m/%Y}, antes do pedido. Tire outra no dia da vistoria."
    if tirada_em > dia + UM_DIA:
        return f"Esta foto é de {tirada_em:%d/%m/%Y}, depois da vistoria. Confira o relógio da câmera."
    return ""
