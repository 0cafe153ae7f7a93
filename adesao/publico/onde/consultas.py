"""Towns with a desk, for the public: constant number of queries, nothing that is not on the door of the desk."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from act_portal.mapas.geometria import BRASIL, Lugar, Ponto, distancia_km
from act_portal.territorio.models import Balcao, Municipio
from adesao.models import Acordo, ServicoAutorizado

ABERTO, SUSPENSO = Balcao.Situacao.ABERTO, Balcao.Situacao.SUSPENSO
# A desk in preparation promises nothing yet, and a closed one is gone.
A_VISTA = [ABERTO, SUSPENSO]
FRESCOR_SEGUNDOS = 5


@dataclass(frozen=True)
class Cidade:
    """A town with desks that the public may know of. `no_pais`: where it is on the map of the country.

    `abertos`: desks that take new requests; `parados`: those that are open and only go on with what was begun, in the
    last days of the agreement.
    """

    codigo: str
    nome: str
    uf: str
    lugar: Lugar
    abertos: int
    parados: int
    suspensos: int
    no_pais: Ponto

    def __str__(self) -> str:
        return f"{self.nome}/{self.uf}"


def _a_vista() -> QuerySet[Balcao]:
    """Nobody travels to a desk whose agreement is over, also while INSS has not recorded the end."""
    hoje = localdate()
    acabaram = Acordo.objects.acabam_ate(hoje - timedelta(days=1))
    return Balcao.objects.filter(situacao__in=A_VISTA, entidade__acordo_fim__gte=hoje).exclude(
        municipio__in=acabaram.values("municipio")
    )


def lugar_de(municipio: Municipio) -> Lugar:
    return Lugar(municipio.latitude, municipio.longitude)


def cidades() -> tuple[Cidade, ...]:
    """Every town with an open or a suspended desk, in the order of the names.

    Read again after FRESCOR_SEGUNDOS: many visitors share one reading. A town's own page never uses it for the town.
    """
    return _cidades(int(time.monotonic() // FRESCOR_SEGUNDOS))


@lru_cache(maxsize=1)
def _cidades(_vez: int) -> tuple[Cidade, ...]:
    aberto, acaba = Q(situacao=ABERTO), Q(entidade__sem_novos_desde__lte=localdate())
    linhas = (
        _a_vista()
        .values_list(
            *("municipio_id", "municipio__nome", "municipio__uf", "municipio__latitude", "municipio__longitude"),
        )
        .annotate(
            abertos=Count("pk", filter=aberto & ~acaba),
            parados=Count("pk", filter=aberto & acaba),
            suspensos=Count("pk", filter=Q(situacao=SUSPENSO)),
        )
        .order_by("municipio__nome_busca", "municipio__uf")
    )
    return tuple(
        Cidade(codigo, nome, uf, lugar := Lugar(latitude, longitude), abertos, parados, suspensos, BRASIL.por(lugar))
        for codigo, nome, uf, latitude, longitude, abertos, parados, suspensos in linhas
    )


def a_partir_de(municipio: Municipio, cidades: Iterable[Cidade]) -> list[Cidade]:
    """The nearest to `municipio` first."""
    daqui = lugar_de(municipio)
    return sorted(cidades, key=lambda c: distancia_km(daqui, c.lugar))


def com_balcoes(codigos: Sequence[str]) -> dict[str, list[Balcao]]:
    """The desks of these towns, open ones first."""
    por_cidade: dict[str, list[Balcao]] = {codigo: [] for codigo in codigos}
    for balcao in _a_vista().filter(municipio__in=codigos).select_related("entidade").order_by("situacao", "nome"):
        por_cidade[balcao.municipio_id].append(balcao)
    return por_cidade


def recebe_novos(balcao: Balcao, hoje: date) -> bool:
    """Open, and not in the last days of a notice to end. `balcao` comes with its entity."""
    return balcao.situacao == ABERTO and balcao.entidade.abre_novos(hoje)


def servicos_do_acordo(municipio: Municipio, hoje: date) -> list[str]:
    """What the agreement in force lets the town ask for; empty for an agreement that was not made in this portal."""
    autorizados = ServicoAutorizado.objects.filter(
        acordo__municipio=municipio, acordo__inicio__lte=hoje, acordo__encerrado_em__isnull=True, ate__isnull=True
    )
    return list(autorizados.order_by("nome").values_list("nome", flat=True))
