"""The checks of the packs: pure functions over the answers of one pack.

Each takes the answers, the check as the pack writes it, and the `Contexto`; and gives what it found, with the numbers
that fill the braces of the check's text. The law (norm, article) stands with the check, in the pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from act_portal.telas.formatos import dinheiro
from requerimentos.fichas.pacote import Conferencia

Item = Mapping[str, Any]
SEM_FIM = date.max


@dataclass(frozen=True, kw_only=True)
class Contexto:
    """What the checks know beside the answers. `numero(chave, dia)`: a dated value of the catalogue, or None."""

    hoje: date
    nascimento: date | None = None
    cpf: str = ""
    numero: Callable[[str, date], Decimal | None] = lambda chave, dia: None


@dataclass(frozen=True, kw_only=True)
class Respostas:
    """The valid answers of a pack: `soltas` by question; `blocos`, a list of items by block (index kept)."""

    soltas: Item = field(default_factory=dict)
    blocos: Mapping[str, Sequence[Item]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Achado:
    """One failure: `item` and `pergunta` say where, `valores` fill the text."""

    item: int | None = None
    pergunta: str = ""
    valores: tuple[str, ...] = ()


Regra = Callable[[Respostas, Conferencia, Contexto], Iterator[Achado]]


def _itens(respostas: Respostas, conferencia: Conferencia) -> list[tuple[int, Item]]:
    return list(enumerate(respostas.blocos.get(conferencia.bloco, ())))


def fim_depois_do_inicio(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {inicio, fim}. The end on the very day of the beginning is right."""
    for n, item in _itens(respostas, c):
        inicio, fim = item.get(c.de["inicio"]), item.get(c.de["fim"])
        if inicio and fim and fim < inicio:
            yield Achado(item=n, pergunta=c.de["fim"])


def sem_sobreposicao(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {inicio, fim}. A day belongs to one item only; without an end it goes on until today."""
    vistos: list[tuple[date, date, int]] = []
    for n, item in _itens(respostas, c):
        inicio, fim = item.get(c.de["inicio"]), item.get(c.de["fim"]) or SEM_FIM
        if not inicio or fim < inicio:
            continue
        for de, ate, outro in vistos:
            if inicio <= ate and de <= fim:
                yield Achado(item=n, pergunta=c.de["inicio"], valores=(str(outro + 1),))
                break
        vistos.append((inicio, fim, n))


def ate(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {parte, todo}: the first is not more than the second."""
    for n, item in _itens(respostas, c):
        parte, todo = item.get(c.de["parte"]), item.get(c.de["todo"])
        if parte is not None and todo is not None and parte > todo:
            yield Achado(item=n, pergunta=c.de["parte"])


def cpf_uma_vez(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {cpf}. Nobody twice; the person of the request is not on the list of the others (`titular` = false)."""
    vistos = set() if c.de.get("titular") else {contexto.cpf}
    for n, item in _itens(respostas, c):
        cpf = item.get(c.de["cpf"])
        if cpf in vistos:
            yield Achado(item=n, pergunta=c.de["cpf"])
        if cpf:
            vistos.add(cpf)


def nao(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, quando}: warn when the answer is `quando` (in the block, of each item)."""
    quando = c.de["quando"]
    aceitas = quando if isinstance(quando, list | tuple) else [quando]
    if c.bloco:
        for n, item in _itens(respostas, c):
            if item.get(c.de["pergunta"]) in aceitas:
                yield Achado(item=n, pergunta=c.de["pergunta"], valores=(str(item.get(c.de.get("nome", ""), "")),))
    elif respostas.soltas.get(c.de["pergunta"]) in aceitas:
        yield Achado(pergunta=c.de["pergunta"])


def meses_ate_hoje(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, limite}: the day is no older than the dated value `limite`, in months before today."""
    dia, limite = respostas.soltas.get(c.de["pergunta"]), contexto.numero(c.de["limite"], contexto.hoje)
    if dia and limite is not None and dia < meses_antes(contexto.hoje, int(limite)):
        yield Achado(pergunta=c.de["pergunta"], valores=(str(int(limite)),))


def prazo_em_dias(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, dias | valor}: says the last day, counted from the day answered, and whether it has passed.

    `tom = "conta"` tells the day; `passou = true` only speaks once it has passed. Weekends and holidays are for INSS's
    own count: the text must say so.
    """
    dia = respostas.soltas.get(c.de["pergunta"])
    dias = contexto.numero(c.de["valor"], contexto.hoje) if "valor" in c.de else Decimal(c.de["dias"])
    if not dia or dias is None:
        return
    ultimo = dia + timedelta(days=int(dias))
    if not c.de.get("passou") or ultimo < contexto.hoje:
        yield Achado(pergunta=c.de["pergunta"], valores=(f"{ultimo:%d/%m/%Y}",))


def meses_antes(dia: date, meses: int) -> date:
    """The same day of the month that many months before; the last day when the month is shorter."""
    ano, mes = divmod(dia.year * 12 + dia.month - 1 - meses, 12)
    numero = dia.day
    while True:
        try:
            return date(ano, mes + 1, numero)
        except ValueError:
            numero -= 1


# --- BPC ----------------------------------------------------------------------------------------------------------

SEMPRE_CONTAM = frozenset({"Cônjuge", "Companheiro(a)", "Pai/Mãe/Padrasto/Madrasta", "Menor Tutelado"})
CONTAM_SOLTEIROS = frozenset({"Filho(a)", "Irmão/Irmã", "Enteado"})


def conta_para_o_bpc(pessoa: Item) -> bool:
    """Lei 8.742/1993, art. 20, § 1º: under the same roof; siblings, children and stepchildren only unmarried."""
    if not pessoa.get("mesmo_teto"):
        return False
    parentesco = pessoa.get("parentesco")
    return parentesco in SEMPRE_CONTAM or (parentesco in CONTAM_SOLTEIROS and pessoa.get("estado_civil") == "Solteiro")


def renda_que_conta(quem: Item, rendas: Sequence[str], fora: str) -> Decimal:
    """The sum of the kinds `rendas`; the benefit counts unless the question `fora` takes it out."""
    soma = sum((quem.get(renda) or Decimal(0) for renda in rendas), Decimal(0))
    return soma - (quem.get("renda_beneficio") or Decimal(0)) if quem.get(fora) else soma


def por_pessoa(respostas: Respostas, c: Conferencia) -> tuple[Decimal, int]:
    """(income of who counts, how many they are), the person of the request among them."""
    rendas, fora = c.de["rendas"], c.de["fora"]
    contam = [p for p in respostas.blocos.get(c.bloco, ()) if conta_para_o_bpc(p)]
    # The person's own benefit, if any, is another matter: it is told in the pack of benefits.
    total = renda_que_conta(respostas.soltas, rendas, fora)
    return total + sum((renda_que_conta(p, rendas, fora) for p in contam), Decimal(0)), len(contam) + 1


def _da_para_somar(respostas: Respostas, c: Conferencia) -> bool:
    """Half a family gives no sum: every income and every kinship is known."""
    familia = respostas.blocos.get(c.bloco, ())
    todos = [respostas.soltas, *familia]
    sabidas = all(quem.get(renda) is not None for quem in todos for renda in c.de["rendas"])
    parentes = all(p.get("parentesco") and p.get("estado_civil") and p.get("mesmo_teto") is not None for p in familia)
    so = respostas.soltas.get("mora_sozinha")
    return sabidas and parentes and (so is True or (so is False and bool(familia)))


def renda_por_pessoa(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """The sum, told whatever it is: {total, people, per person, limit}. `de`: {rendas, fora, limite}."""
    limite = contexto.numero("salario_minimo", contexto.hoje)
    if limite is None or not _da_para_somar(respostas, c):
        return
    total, pessoas = por_pessoa(respostas, c)
    yield Achado(valores=(dinheiro(total), str(pessoas), dinheiro(_centavos(total / pessoas)), dinheiro(limite / 4)))


def renda_acima(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """Above a quarter of the minimum wage of the day: equal is within (Lei 8.742/1993, art. 20, § 3º)."""
    minimo = contexto.numero("salario_minimo", contexto.hoje)
    if minimo is None or not _da_para_somar(respostas, c):
        return
    total, pessoas = por_pessoa(respostas, c)
    # Compared whole: a rounded quotient would let a cent through.
    if total * 4 > minimo * pessoas:
        yield Achado(valores=(dinheiro(_centavos(total / pessoas)), dinheiro(minimo / 4)))


def _centavos(valor: Decimal) -> Decimal:
    return valor.quantize(Decimal("0.01"))


def quem_conta(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """Each one who does not enter the sum, by name."""
    for n, pessoa in _itens(respostas, c):
        if pessoa.get("parentesco") and pessoa.get("mesmo_teto") is not None and not conta_para_o_bpc(pessoa):
            yield Achado(item=n, pergunta="parentesco", valores=(str(pessoa.get("nome", "")),))


REGRAS: dict[str, Regra] = {
    regra.__name__: regra
    for regra in (
        fim_depois_do_inicio, sem_sobreposicao, ate, cpf_uma_vez, nao, meses_ate_hoje, prazo_em_dias, renda_por_pessoa,
        renda_acima, quem_conta,
    )
}  # fmt: skip
