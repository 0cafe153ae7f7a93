"""The classes of dependants (Lei 8.213/1991, art. 16). Pure functions of `fichas.regras`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from requerimentos.demanda.regras import ASSINA_SOZINHO
from requerimentos.fichas.pacote import Conferencia
from requerimentos.fichas.regras import Achado, Contexto, Item, Respostas, itens_de

CLASSES = {
    "Cônjuge": 1,
    "Companheiro(a)": 1,
    "Ex-cônjuge ou ex-companheiro(a) com pensão": 1,
    "Filho(a)": 1,
    "Enteado(a)": 1,
    "Menor Tutelado": 1,
    "Pai ou mãe": 2,
    "Irmão ou irmã": 3,
}
# These stop being dependants at 21, unless invalid or with a disability.
ATE_21 = frozenset({"Filho(a)", "Enteado(a)", "Menor Tutelado", "Irmão ou irmã"})
MAIORIDADE_DO_DEPENDENTE = 21


def dia_do_fato(contexto: Contexto) -> date | None:
    """The day of the death or of the prison, as the pack before says."""
    for pacote, pergunta in (("obito", "quando"), ("falecido", "quando"), ("prisao", "preso_em")):
        if pacote in contexto.outras and (dia := contexto.outras[pacote].soltas.get(pergunta)):
            return dia
    return None


def idade_em(nascimento: date, dia: date) -> int:
    return dia.year - nascimento.year - ((dia.month, dia.day) < (nascimento.month, nascimento.day))


def e_dependente(quem: Item, dia: date) -> bool:
    """False from the very birthday of 21 on."""
    nascimento = quem.get("nascimento")
    if quem.get("parentesco") not in ATE_21 or quem.get("invalido") or nascimento is None:
        return True
    return idade_em(nascimento, dia) < MAIORIDADE_DO_DEPENDENTE


def classes(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """The class of each, by name."""
    for n, quem in itens_de(respostas, c):
        if (classe := CLASSES.get(quem.get("parentesco", ""))) and quem.get("nome"):
            yield Achado(item=n, pergunta="parentesco", valores=(str(quem["nome"]), str(classe)))


def classe_excluida(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """A class with anybody in it excludes those after it (art. 16, § 1º)."""
    dia = dia_do_fato(contexto) or contexto.hoje
    validas = {
        CLASSES[quem["parentesco"]]
        for _, quem in itens_de(respostas, c)
        if quem.get("parentesco") in CLASSES and e_dependente(quem, dia)
    }
    for n, quem in itens_de(respostas, c):
        classe = CLASSES.get(quem.get("parentesco", ""))
        if classe and validas and classe > min(validas):
            yield Achado(item=n, pergunta="parentesco", valores=(str(quem.get("nome", "")), str(min(validas))))


def maior_de_21(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    dia = dia_do_fato(contexto) or contexto.hoje
    for n, quem in itens_de(respostas, c):
        if not e_dependente(quem, dia):
            yield Achado(item=n, pergunta="nascimento", valores=(str(quem.get("nome", "")),))


def passou_da_idade(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """`de`: {anos}: so many years are complete today, of who is said to be able to work."""
    for n, quem in itens_de(respostas, c):
        nascimento = quem.get("nascimento")
        if nascimento and quem.get("invalido") is False and idade_em(nascimento, contexto.hoje) >= c.de["anos"]:
            yield Achado(item=n, pergunta="nascimento", valores=(str(quem.get("nome", "")),))


def falta_quem_pede(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """Who makes the request is one of the dependants: the list says kin and class of them too."""
    cpfs = [quem.get("cpf") for _, quem in itens_de(respostas, c)]
    if all(cpfs) and cpfs and contexto.cpf and contexto.cpf not in cpfs:
        yield Achado(item=0, pergunta="cpf")


def menor_sem_representante(respostas: Respostas, c: Conferencia, contexto: Contexto) -> Iterator[Achado]:
    """Who asks, is under 16 today and has nobody named to act for them."""
    for n, quem in itens_de(respostas, c):
        nascimento = quem.get("nascimento")
        if nascimento is None or not quem.get("tambem_requer") or quem.get("quem_representa"):
            continue
        if idade_em(nascimento, contexto.hoje) < ASSINA_SOZINHO:
            yield Achado(item=n, pergunta="quem_representa", valores=(str(quem.get("nome", "")),))
