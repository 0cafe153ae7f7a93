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

from act_portal.territorio.regras import Calendario, Canal, prazo_recurso
from requerimentos.fichas.pacote import Conferencia, vale

Item = Mapping[str, Any]
SEM_FIM = date.max


@dataclass(frozen=True, kw_only=True)
class Contexto:
    """What the checks know beside the answers. `numero(chave, dia)`: a dated value of the catalogue, or None."""

    hoje: date
    nascimento: date | None = None
    sexo: str = ""
    cpf: str = ""
    numero: Callable[[str, date], Decimal | None] = lambda chave, dia: None
    calendario: Calendario = field(default_factory=Calendario)
    # The packs that come before this one in the same request.
    outras: Mapping[str, Respostas] = field(default_factory=dict)


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


def itens_de(respostas: Respostas, conferencia: Conferencia) -> list[tuple[int, Item]]:
    return list(enumerate(respostas.blocos.get(conferencia.bloco, ())))


def fim_depois_do_inicio(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {inicio, fim}. The end on the very day of the beginning is right."""
    for n, item in itens_de(respostas, c):
        inicio, fim = item.get(c.de["inicio"]), item.get(c.de["fim"])
        if inicio and fim and fim < inicio:
            yield Achado(item=n, pergunta=c.de["fim"])


def sem_sobreposicao(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {inicio, fim}. A day belongs to one item only; without an end it goes on until today."""
    vistos: list[tuple[date, date, int]] = []
    for n, item in itens_de(respostas, c):
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
    for n, item in itens_de(respostas, c):
        parte, todo = item.get(c.de["parte"]), item.get(c.de["todo"])
        if parte is not None and todo is not None and parte > todo:
            yield Achado(item=n, pergunta=c.de["parte"])


def cpf_uma_vez(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {cpf}. Nobody twice; the person of the request is not on the list of the others (`titular` = false)."""
    vistos = set() if c.de.get("titular") else {contexto.cpf}
    for n, item in itens_de(respostas, c):
        cpf = item.get(c.de["cpf"])
        if cpf in vistos:
            yield Achado(item=n, pergunta=c.de["cpf"])
        if cpf:
            vistos.add(cpf)


def nao(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, quando}: warn when the answer is `quando` (in the block, of each item). `se`: only when loose
    questions have these answers.
    """
    if not vale(c.de.get("se", {}), respostas.soltas):
        return
    quando = c.de["quando"]
    aceitas = quando if isinstance(quando, list | tuple) else [quando]
    if c.bloco:
        for n, item in itens_de(respostas, c):
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
    """`de`: {pergunta, valor}: the last day: so many days (the dated value) after the one answered.

    `passou = true` only speaks once it has passed; `passou = false`, while it runs.
    """
    dia = respostas.soltas.get(c.de["pergunta"])
    dias = contexto.numero(c.de["valor"], contexto.hoje)
    if not dia or dias is None:
        return
    ultimo = dia + timedelta(days=int(dias))
    if (ultimo < contexto.hoje) == c.de["passou"]:
        yield Achado(pergunta=c.de["pergunta"], valores=(f"{ultimo:%d/%m/%Y}",))


def numero_fora(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, valores, acima}: more than the first of the dated values that has a row today (`acima = true`),
    or not more than it (`acima = false`). {answer, value}.
    """
    dito = respostas.soltas.get(c.de["pergunta"])
    limites = (contexto.numero(chave, contexto.hoje) for chave in c.de["valores"])
    limite = next((numero for numero in limites if numero is not None), None)
    if dito is not None and limite is not None and (dito > limite) == c.de["acima"]:
        yield Achado(pergunta=c.de["pergunta"], valores=(str(dito), str(int(limite))))


def anos_ate_hoje(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, valor}: more than so many years (the dated value) have passed since the day answered."""
    dia, anos = respostas.soltas.get(c.de["pergunta"]), contexto.numero(c.de["valor"], contexto.hoje)
    if dia and anos is not None and dia < meses_antes(contexto.hoje, int(anos) * 12):
        yield Achado(pergunta=c.de["pergunta"], valores=(str(int(anos)),))


def prazo_do_recurso(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {decisao, ciencia, passou}: until when the decision may be appealed (`territorio.regras.prazo_recurso`)."""
    decisao, ciencia = respostas.soltas.get(c.de["decisao"]), respostas.soltas.get(c.de["ciencia"])
    if not decisao or not ciencia:
        return
    try:
        prazo = prazo_recurso(decisao, Canal.PRESENCIAL, calendario=contexto.calendario, conhecida_em=ciencia)
    except LookupError:
        return  # older than the rules that are kept
    if (prazo.fim < contexto.hoje) == c.de["passou"]:
        yield Achado(pergunta=c.de["ciencia"], valores=(f"{prazo.fim:%d/%m/%Y}", prazo.base))


def igual_a_outra(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, em: {pack: question}}: not what another page of the request says of the same thing."""
    dito = respostas.soltas.get(c.de["pergunta"])
    for pacote, pergunta in c.de["em"].items():
        outro = contexto.outras[pacote].soltas.get(pergunta) if pacote in contexto.outras else None
        if dito is not None and outro is not None and dito != outro:
            yield Achado(pergunta=c.de["pergunta"])


def ordem_das_datas(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {antes, depois}: the second day does not come before the first."""
    antes, depois = respostas.soltas.get(c.de["antes"]), respostas.soltas.get(c.de["depois"])
    if antes and depois and depois < antes:
        yield Achado(pergunta=c.de["depois"])


def idade_no_dia(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, menos, mais, nascimento, quando}: too young or too old on the day answered. {age}.

    `nascimento`: the question that tells the birth; without it, that of the person of the request. `quando`: asked only
    when these other questions have one of these answers.
    """
    for chave, aceitas in c.de.get("quando", {}).items():
        if respostas.soltas.get(chave) not in aceitas:
            return
    dia = respostas.soltas.get(c.de["pergunta"])
    nascimento = respostas.soltas.get(c.de["nascimento"]) if "nascimento" in c.de else contexto.nascimento
    if not dia or not nascimento:
        return
    anos = anos_entre(nascimento, dia)
    if anos < c.de.get("menos", anos) or anos > c.de.get("mais", anos):
        yield Achado(pergunta=c.de["pergunta"], valores=(str(anos),))


def antes_de_nascer(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {inicio}: a day before the birth of the person of the request. Of somebody else's life (`sobre_si`: no) it
    says nothing.
    """
    if contexto.nascimento is None or respostas.soltas.get("sobre_si") is False:
        return
    onde: list[tuple[int | None, Item]] = [*itens_de(respostas, c)] if c.bloco else [(None, respostas.soltas)]
    for n, item in onde:
        if (dia := item.get(c.de["inicio"])) and dia < contexto.nascimento:
            yield Achado(item=n, pergunta=c.de["inicio"])


def ja_passou(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta}: a day that was to come is before today."""
    dia = respostas.soltas.get(c.de["pergunta"])
    if dia and dia < contexto.hoje:
        yield Achado(pergunta=c.de["pergunta"])


def de_sexo(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {sexo, pergunta, se}: the record of the person of the request says so, and others have these answers."""
    if contexto.sexo == c.de["sexo"] and vale(c.de["se"], respostas.soltas):
        yield Achado(pergunta=c.de["pergunta"])


def longe_demais(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, dias}: the day answered is more than so many days away from today, before or after."""
    dia = respostas.soltas.get(c.de["pergunta"])
    if dia and abs((dia - contexto.hoje).days) > c.de["dias"]:
        yield Achado(pergunta=c.de["pergunta"])


def anos_entre(nascimento: date, dia: date) -> int:
    """Whole years lived on that day; negative before the birth."""
    return dia.year - nascimento.year - ((dia.month, dia.day) < (nascimento.month, nascimento.day))


def meses_antes(dia: date, meses: int) -> date:
    """The same day of the month that many months before; the last day when the month is shorter."""
    ano, mes = divmod(dia.year * 12 + dia.month - 1 - meses, 12)
    numero = dia.day
    while True:
        try:
            return date(ano, mes + 1, numero)
        except ValueError:
            numero -= 1
