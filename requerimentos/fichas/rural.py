"""The checks of the self-declaration of the special insured. Pure functions of `fichas.regras`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from requerimentos.fichas.pacote import Conferencia
from requerimentos.fichas.regras import Achado, Contexto, Respostas, anos_entre, itens_de

IDADE_MINIMA = 16


def acima_dos_modulos(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """More than the limit in módulos fiscais; exactly the limit is within. `de`: {modulo, area, limite}.

    The módulo fiscal is of each município: the one told on the page. Lei 8.213/1991, art. 11, VII, a, 1.
    """
    modulo = respostas.soltas.get(c.de["modulo"])
    limite = contexto.numero(c.de["limite"], contexto.hoje)
    if not modulo or limite is None:
        return
    areas = [(n, item.get(c.de["area"]) or Decimal(0)) for n, item in itens_de(respostas, c)]
    grandes = [(n, area) for n, area in areas if area > limite * modulo]
    for n, area in grandes:
        yield Achado(item=n, pergunta=c.de["area"], valores=(_numero(area), _numero(limite * modulo)))
    soma = sum((area for _, area in areas), Decimal(0))
    if not grandes and soma > limite * modulo:
        yield Achado(valores=(_numero(soma), _numero(limite * modulo)))


def cedeu_mais_da_metade(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """More than half of all the land, added up; half is within. `de`: {cedida, terras, area}."""
    cedida = sum((item.get(c.de["cedida"]) or Decimal(0) for _, item in itens_de(respostas, c)), Decimal(0))
    total = sum((t.get(c.de["area"]) or Decimal(0) for t in respostas.blocos.get(c.de["terras"], ())), Decimal(0))
    if total and cedida * 2 > total:
        yield Achado(valores=(_numero(cedida), _numero(total)))


def dias_de_empregados(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """More than the limit of person-days in a calendar year, all people added. `de`: {inicio, fim, dias, limite}.

    Each one's days a year count in every year that the employment touched. Lei 8.213/1991, art. 11, § 7º.
    """
    limite = contexto.numero(c.de["limite"], contexto.hoje)
    if limite is None:
        return
    por_ano: dict[int, int] = {}
    for _, item in itens_de(respostas, c):
        inicio, fim = item.get(c.de["inicio"]), item.get(c.de["fim"]) or contexto.hoje
        if inicio:
            for ano in range(inicio.year, fim.year + 1):
                por_ano[ano] = por_ano.get(ano, 0) + (item.get(c.de["dias"]) or 0)
    for ano, dias in sorted(por_ano.items()):
        if dias > limite:
            yield Achado(valores=(str(dias), str(ano), str(int(limite))))


def mais_dias_que(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {pergunta, dias}: a number of days above `dias`."""
    dias = respostas.soltas.get(c.de["pergunta"])
    if dias is not None and dias > c.de["dias"]:
        yield Achado(pergunta=c.de["pergunta"], valores=(str(dias),))


def documento_do_periodo(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """The document was issued inside one of the periods, ends included. `de`: {emissao, periodos, inicio, fim}."""
    for n, item in itens_de(respostas, c):
        emissao = item.get(c.de["emissao"])
        if emissao and fora_dos_periodos(emissao, emissao, respostas, c, contexto.hoje):
            yield Achado(item=n, pergunta=c.de["emissao"])


def fora_dos_periodos(de: date, ate: date, respostas: Respostas, c: Conferencia, hoje: date) -> bool:
    """`de`..`ate` touches none of the periods that were told, ends included; False when none was."""
    periodos = [
        (p[c.de["inicio"]], p.get(c.de["fim"]) or hoje)
        for p in respostas.blocos.get(c.de["periodos"], ())
        if p.get(c.de["inicio"])
    ]
    return bool(periodos) and not any(inicio <= ate and de <= fim for inicio, fim in periodos)


def comecou_crianca(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """A period that begins before the person is sixteen. `de`: {inicio}. Of somebody else's life it says nothing."""
    if contexto.nascimento is None or respostas.soltas.get("sobre_si") is not True:
        return
    for n, item in itens_de(respostas, c):
        inicio = item.get(c.de["inicio"])
        if inicio and inicio >= contexto.nascimento and anos_entre(contexto.nascimento, inicio) < IDADE_MINIMA:
            yield Achado(item=n, pergunta=c.de["inicio"], valores=(str(anos_entre(contexto.nascimento, inicio)),))


def passa_da_morte(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """Work of who died that goes on after the death, or has no end. `de`: {inicio, fim, morte}; the death may have been
    told in the pack about it.
    """
    morte = respostas.soltas.get(c.de["morte"]) or _morte(contexto)
    if respostas.soltas.get("sobre_si") is not False or morte is None:
        return
    for n, item in itens_de(respostas, c):
        if item.get(c.de["inicio"]) and (item.get(c.de["fim"]) or date.max) > morte:
            yield Achado(item=n, pergunta=c.de["fim"], valores=(f"{morte:%d/%m/%Y}",))


def e_de_quem_pede(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """In a pension, or because of a prison, the declaration is about the other person. `de`: {pacotes}."""
    if respostas.soltas.get("sobre_si") is True and not contexto.outras.keys().isdisjoint(c.de["pacotes"]):
        yield Achado(pergunta="sobre_si")


def _morte(contexto: Contexto) -> date | None:
    obito = contexto.outras.get("obito")
    return obito.soltas.get("quando") if obito else None


def _numero(valor: Decimal) -> str:
    return f"{valor.normalize():f}".replace(".", ",")
