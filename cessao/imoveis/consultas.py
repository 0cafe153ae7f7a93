"""The catalogue as the keeper's pages and the exports read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from act_portal.planilhas import Celula
from act_portal.territorio.texto import normalizar
from cessao.imoveis.listas import DosEspacos, DosImoveis
from cessao.models import Espaco, Imovel
from cessao.models.imovel import ImovelQuerySet
from cessao.publico.consultas import livres_em

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import UnidadeInss


def lista(
    usuario: Usuario, hoje: date, *, busca: str = "", natureza: str = "", unidade: UnidadeInss | None = None
) -> ImovelQuerySet:
    """The properties in reach. `busca`: part of the town, name or code; `natureza`: a kind, what is free or is out."""
    imoveis = Imovel.objects.visiveis_para(usuario).select_related("municipio", "unidade")
    # Said again: an annotated count forgets the order of the model.
    imoveis = imoveis.order_by("municipio__nome_busca", "nome", "pk")
    if busca:
        imoveis = imoveis.filter(
            Q(municipio__nome_busca__contains=normalizar(busca)) | Q(nome__icontains=busca) | Q(codigo__iexact=busca)
        )
    if unidade:
        imoveis = imoveis.filter(unidade=unidade)
    if natureza == "retirado":
        return imoveis.filter(retirado_em__isnull=False)
    if natureza == "nao_operacional":
        imoveis = imoveis.filter(operacional=False)
    elif natureza == "livre":
        imoveis = imoveis.filter(pk__in=livres_em(hoje).order_by().values("imovel"))
    elif natureza:
        imoveis = imoveis.filter(natureza=natureza, operacional=True)
    return imoveis.filter(retirado_em__isnull=True).annotate(
        n_espacos=Count("espacos", filter=Q(espacos__retirado_em=None))
    )


def em_linhas(imoveis: ImovelQuerySet) -> Iterator[list[Celula]]:
    """Each property as the import reads it: what goes out comes back in."""
    for imovel in imoveis.iterator(chunk_size=1000):
        valores: dict[str, Celula] = {nome: getattr(imovel, nome) for nome in DosImoveis.colunas}
        valores |= {
            "operacional": "sim" if imovel.operacional else "nao",
            "municipio": imovel.municipio_id,
            "unidade": imovel.unidade.codigo,
        }
        yield list(valores.values())


def espacos_em_linhas(imoveis: ImovelQuerySet) -> Iterator[list[Celula]]:
    """Each space in the catalogue of these properties as the import reads it: the larger one before its parts."""
    espacos = Espaco.objects.filter(imovel__in=imoveis.order_by().values("pk"), retirado_em=None)
    espacos = espacos.select_related("imovel").order_by(
        *(f"imovel__{campo}" for campo in ("municipio__nome_busca", "nome", "pk")), "pk"
    )
    for _, do_imovel in groupby(espacos.iterator(chunk_size=1000), key=lambda espaco: espaco.imovel_id):
        dentro: dict[int | None, list[Espaco]] = {}
        for espaco in do_imovel:
            dentro.setdefault(espaco.dentro_de_id, []).append(espaco)
        yield from _em_arvore(dentro, None)


def _em_arvore(dentro: dict[int | None, list[Espaco]], maior: Espaco | None) -> Iterator[list[Celula]]:
    for espaco in dentro.get(maior.pk if maior else None, []):
        valores: dict[str, Celula] = {nome: getattr(espaco, nome) for nome in DosEspacos.colunas}
        valores |= {"imovel": espaco.imovel.codigo, "dentro_de": maior.nome if maior else ""}
        yield list(valores.values())
        yield from _em_arvore(dentro, espaco)
