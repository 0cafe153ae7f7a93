"""Count with the fact, in the transaction of the fact; count again from the facts, and prove both equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction

from act_portal.contagens.models import ContagemDiaria
from act_portal.territorio.models import Balcao

# Both engines speak this upsert; the addition happens inside the database, so two clerks at once lose nothing.
SQL = """
    INSERT INTO contagens_contagemdiaria (municipio_id, balcao_id, dia, fato, chave, quantidade, soma)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (balcao_id, dia, fato, chave) DO UPDATE SET
        quantidade = contagens_contagemdiaria.quantidade + excluded.quantidade,
        soma = contagens_contagemdiaria.soma + excluded.soma
"""


def contar(fato: str, *, balcao: Balcao, dia: date, chave: str = "", quantidade: int = 1, soma: int = 0) -> None:
    """Add `quantidade` (negative undoes) and `soma` to the day's count of `fato` at `balcao`.

    `dia` is the day in the municipality's own time zone. The row stays locked until the caller commits: count last.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("contar() só dentro de transaction.atomic().")
    valores: list[Any] = [
        balcao.municipio_id,
        balcao.pk,
        connection.ops.adapt_datefield_value(dia),
        fato,
        chave,
        quantidade,
        soma,
    ]
    with connection.cursor() as cursor:
        cursor.execute(SQL, valores)


class Parcela(NamedTuple):
    """One fact seen again: what a recount function yields, in this order."""

    municipio_id: str
    balcao_id: int
    dia: date
    chave: str
    quantidade: int
    soma: int


Recontagem = Callable[[], Iterable[tuple[str, int, date, str, int, int]]]
RECONTAGENS: dict[str, Recontagem] = {}


def registrar_recontagem(fato: str, funcao: Recontagem) -> None:
    """`funcao()` reads the facts and yields the fields of a `Parcela`, in its order; repeats add up."""
    if fato in RECONTAGENS:
        raise ValueError(f"Já existe recontagem de {fato!r}.")
    RECONTAGENS[fato] = funcao


class Lugar(NamedTuple):
    fato: str
    dia: date
    municipio_id: str
    balcao_id: int
    chave: str


@dataclass(frozen=True)
class Diferenca:
    lugar: Lugar
    guardado: tuple[int, int]
    certo: tuple[int, int]


def conferir() -> list[Diferenca]:
    """Where the stored counts differ from the facts; empty when they are equal."""
    with _parada():
        return _diferencas()


def recontar() -> list[Diferenca]:
    """Put the stored counts right; returns what was wrong."""
    with _parada():
        diferencas = _diferencas()
        for diferenca in diferencas:
            lugar, (quantidade, soma) = diferenca.lugar, diferenca.certo
            chave = {"balcao_id": lugar.balcao_id, "dia": lugar.dia, "fato": lugar.fato, "chave": lugar.chave}
            ContagemDiaria.objects.filter(**chave).delete()
            if quantidade or soma:
                ContagemDiaria.objects.create(
                    **chave, municipio_id=lugar.municipio_id, quantidade=quantidade, soma=soma
                )
        return diferencas


def sem_recontagem() -> list[str]:
    """Facts that are stored and that nobody can count again."""
    guardados = ContagemDiaria.objects.order_by("fato").values_list("fato", flat=True).distinct()
    return [fato for fato in guardados if fato not in RECONTAGENS]


@contextmanager
def _parada() -> Iterator[None]:
    """Nobody counts while we count: a count waiting for us was not seen by us, and adds itself afterwards.

    On SQLite the immediate transaction is already that lock.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE contagens_contagemdiaria IN EXCLUSIVE MODE")
        yield


def _diferencas() -> list[Diferenca]:
    certos, guardados = _dos_fatos(), _guardados()
    return [
        Diferenca(lugar, guardados.get(lugar, (0, 0)), certos.get(lugar, (0, 0)))
        for lugar in sorted(certos.keys() | guardados.keys())
        if guardados.get(lugar, (0, 0)) != certos.get(lugar, (0, 0))
    ]


def _dos_fatos() -> dict[Lugar, tuple[int, int]]:
    somas: dict[Lugar, list[int]] = defaultdict(lambda: [0, 0])
    for fato, funcao in RECONTAGENS.items():
        for linha in funcao():
            parcela = Parcela(*linha)
            lugar = Lugar(fato, parcela.dia, parcela.municipio_id, parcela.balcao_id, parcela.chave)
            somas[lugar][0] += parcela.quantidade
            somas[lugar][1] += parcela.soma
    return {lugar: (quantidade, soma) for lugar, (quantidade, soma) in somas.items()}


def _guardados() -> dict[Lugar, tuple[int, int]]:
    linhas = ContagemDiaria.objects.filter(fato__in=RECONTAGENS).order_by()
    campos = linhas.values_list("fato", "dia", "municipio_id", "balcao_id", "chave", "quantidade", "soma")
    return {Lugar(*linha[:5]): (linha[5], linha[6]) for linha in campos.iterator()}
