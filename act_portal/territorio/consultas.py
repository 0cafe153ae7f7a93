"""Reads of the territory shaped for those who count days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from act_portal.territorio.models import Entidade, Feriado, Municipio, UnidadeInss
from act_portal.territorio.regras import Calendario

# The directorate that keeps the agreements.
ATENDIMENTO = "DIRBEN"


def hoje_em(municipio: Municipio) -> date:
    """Today on the municipality's own clock: Acre and Fernando de Noronha are not Brasília."""
    return localdate(timezone=municipio.fuso)


def unidade_responsavel(municipio: Municipio) -> UnidadeInss | None:
    """The INSS unit that answers for the town: its own; for a town that stands under none yet, the superintendence of
    its state; failing that, the Direção Central. None only in a portal without units.
    """
    if municipio.unidade is not None:
        return municipio.unidade
    ligados = Municipio.objects.filter(uf=municipio.uf, unidade__isnull=False)
    vizinho = ligados.exclude(unidade__tipo=UnidadeInss.Tipo.DIRECAO).select_related("unidade").first()
    if vizinho and vizinho.unidade:
        # The first id of the path is the top of the tree.
        return UnidadeInss.objects.get(pk=vizinho.unidade.caminho.split("/")[1])
    return UnidadeInss.objects.filter(codigo=ATENDIMENTO).first()


def acordo_em_vigor(municipio: Municipio, hoje: date) -> Entidade | None:
    """The town hall, while its agreement lasts."""
    return Entidade.objects.filter(municipio=municipio, acordo_fim__gte=hoje).first()


def calendario_de(municipio: Municipio, anos: Iterable[int] = (), *, pontos_facultativos: bool = False) -> Calendario:
    """The working days of `municipio`, with its own and its state's holidays of `anos`, in one query.

    Without `anos`: last year to two years ahead, enough for any term that is running now.
    """
    escolhidos = set(anos) or set(range(hoje_em(municipio).year - 1, hoje_em(municipio).year + 3))
    linhas = Feriado.objects.filter(
        Q(municipio=municipio) | Q(uf=municipio.uf, municipio__isnull=True),
        data__range=(date(min(escolhidos), 1, 1), date(max(escolhidos), 12, 31)),
    )
    locais = {data: nome for data, nome in linhas.values_list("data", "nome") if data.year in escolhidos}
    return Calendario(locais=locais, pontos_facultativos=pontos_facultativos)
