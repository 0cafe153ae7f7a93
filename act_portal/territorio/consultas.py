"""Reads of the territory: for those who count days, and for those who look for a town or for who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from act_portal.territorio.models import Entidade, Feriado, Municipio, UnidadeInss
from act_portal.territorio.regras import Calendario
from act_portal.territorio.texto import normalizar
from act_portal.territorio.ufs import UFS

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
        return UnidadeInss.objects.get(pk=vizinho.unidade.linhagem[0])
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


def procurar_municipios(texto: str, uf: str = "") -> list[Municipio]:
    """Municípios whose name has `texto` ("Água Branca", "agua branca/AL"), the same name first, or of that IBGE code.

    A UF at the end of the text counts when none was chosen. An empty or one-letter text finds nothing.
    """
    nome, do_texto = _separar_uf(normalizar(texto))
    if len(nome) < 2:
        return []
    achados = Municipio.objects.filter(pk=nome) | Municipio.objects.buscar(nome)
    if uf or do_texto:
        achados = achados.filter(uf=uf or do_texto)
    return sorted(achados, key=lambda m: (m.nome_busca != nome, not m.nome_busca.startswith(nome), m.nome_busca, m.uf))


def o_procurado(texto: str, achados: list[Municipio]) -> Municipio | None:
    """The one that `texto` means among those found: the only one, or the only one of that very name."""
    nome, _ = _separar_uf(normalizar(texto))
    iguais = [m for m in achados if m.nome_busca == nome]
    return achados[0] if len(achados) == 1 else iguais[0] if len(iguais) == 1 else None


def _separar_uf(texto: str) -> tuple[str, str]:
    """ "serra/es", "serra - es", "serra (es)" → ("serra", "ES"); without a UF at the end: (text, "")."""
    partes = re.fullmatch(r"(.+?)\s*[/(,–-]\s*([a-z]{2})\s*\)?", texto)
    if partes and partes[2].upper() in UFS:
        return partes[1], partes[2].upper()
    return texto, ""


def unidades_de(municipio: Municipio) -> list[UnidadeInss]:
    """Who answers for the town at INSS, the nearest first: agencies in it, then the unit above and all above that."""
    responsavel = unidade_responsavel(municipio)
    caminho = responsavel.caminho if responsavel else ""
    acima = Q(pk__in=[int(pk) for pk in caminho.strip("/").split("/") if pk])
    na_cidade = Q(municipio=municipio, tipo=UnidadeInss.Tipo.AGENCIA)
    unidades = UnidadeInss.objects.filter(acima | na_cidade).prefetch_related("contatos")
    return sorted(unidades, key=lambda u: (-u.caminho.count("/"), u.nome))
