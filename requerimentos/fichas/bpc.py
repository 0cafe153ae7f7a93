"""Who counts as the family of BPC, and the income of each. Pure functions of `fichas.regras`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from act_portal.telas.formatos import dinheiro
from requerimentos.fichas.pacote import Conferencia
from requerimentos.fichas.regras import Achado, Contexto, Item, Respostas, itens_de

SEMPRE_CONTAM = frozenset({"Cônjuge", "Companheiro(a)", "Pai/Mãe/Padrasto/Madrasta", "Menor Tutelado"})
CONTAM_SOLTEIROS = frozenset({"Filho(a)", "Irmão/Irmã", "Enteado"})


def conta_para_o_bpc(pessoa: Item) -> bool:
    """Lei 8.742/1993, art. 20, § 1º: under the same roof; siblings, children and stepchildren only unmarried."""
    if not pessoa.get("mesmo_teto"):
        return False
    parentesco = pessoa.get("parentesco")
    return parentesco in SEMPRE_CONTAM or (parentesco in CONTAM_SOLTEIROS and pessoa.get("estado_civil") == "Solteiro")


RENDAS = ("renda_salario", "renda_propria", "renda_beneficio", "renda_pensao", "renda_outra")


def soma_da_renda(pessoa: Item) -> Decimal:
    """All that this person has, whatever counts of it."""
    return sum((pessoa.get(renda) or Decimal(0) for renda in RENDAS), Decimal(0))


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


def renda_da_casa(respostas: Respostas, c: Conferencia) -> tuple[Decimal, int] | None:
    """`por_pessoa`, once the whole family is told."""
    return por_pessoa(respostas, c) if _da_para_somar(respostas, c) else None


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


DESCONTOS = {
    "Medicamentos": "bpc_deducao_medicamentos",
    "Consultas e tratamentos": "bpc_deducao_consultas_tratamentos",
    "Fraldas": "bpc_deducao_fraldas",
    "Alimentação especial": "bpc_deducao_alimentacao_especial",
    "Centro-Dia": "bpc_deducao_centro_dia",
}


def descontos(respostas: Respostas, c: Conferencia, contexto: Contexto) -> dict[str, Decimal] | None:
    """What may be taken from the income, by kind of expense: what goes on every month and was denied by SUS or SUAS, by
    the table of the day (once a kind) or, when the person chose to prove it, as spent. None when the table has no row.
    """
    somados: dict[str, Decimal] = {}
    for gasto in respostas.blocos.get(c.bloco, ()):
        categoria = gasto.get("categoria", "")
        if categoria not in DESCONTOS or not gasto.get("continuo") or not gasto.get("negado"):
            continue
        if respostas.soltas.get("aceita_valor_medio"):
            tabela = contexto.numero(DESCONTOS[categoria], contexto.hoje)
            if tabela is None:
                return None
            somados[categoria] = tabela
        else:
            somados[categoria] = somados.get(categoria, Decimal(0)) + gasto.get("valor_mensal", Decimal(0))
    return somados


def renda_com_descontos(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """The sum before and after: {per person before, what is taken, of what, per person after, limit}.

    `de`: {pacote, familia}: the pack and the block of the family; {rendas, fora} as in `renda_por_pessoa`.
    """
    familia, minimo = contexto.outras.get(c.de["pacote"]), contexto.numero("salario_minimo", contexto.hoje)
    tirados = descontos(respostas, c, contexto)
    if familia is None or minimo is None or not tirados:
        return
    casa = renda_da_casa(familia, replace(c, bloco=c.de["familia"]))
    if casa is None:
        return
    total, pessoas = casa
    depois = max(total - sum(tirados.values(), Decimal(0)), Decimal(0))
    ditos = ", ".join(f"{categoria} {dinheiro(valor)}" for categoria, valor in tirados.items())
    yield Achado(
        valores=(
            dinheiro(_centavos(total / pessoas)), dinheiro(total - depois), ditos,
            dinheiro(_centavos(depois / pessoas)), dinheiro(minimo / 4),
        )
    )  # fmt: skip


def _centavos(valor: Decimal) -> Decimal:
    return valor.quantize(Decimal("0.01"))


def filho_mais_velho(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """A child is born after its parent; who is older is kin by another name."""
    for n, pessoa in itens_de(respostas, c):
        nascimento = pessoa.get("nascimento")
        if not nascimento or contexto.nascimento is None or pessoa.get("parentesco") != "Filho(a)":
            continue
        if nascimento <= contexto.nascimento:
            yield Achado(item=n, pergunta="nascimento")


def estado_civil_do_par(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {kin: [marital status]}: a spouse is married, and a companion is not single."""
    for n, pessoa in itens_de(respostas, c):
        esperado, dito = c.de.get(pessoa.get("parentesco", "")), pessoa.get("estado_civil")
        if esperado and dito and dito not in esperado:
            yield Achado(item=n, pergunta="estado_civil", valores=(str(pessoa.get("nome", "")), str(dito)))


def quem_conta(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """Each one who does not enter the sum, by name."""
    for n, pessoa in itens_de(respostas, c):
        if pessoa.get("parentesco") and pessoa.get("mesmo_teto") is not None and not conta_para_o_bpc(pessoa):
            yield Achado(item=n, pergunta="parentesco", valores=(str(pessoa.get("nome", "")),))
