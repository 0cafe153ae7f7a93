"""The facts of every agreement in a constant number of queries, and the present measures for the pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from act_portal.contagens.models import ContagemDiaria
from act_portal.territorio.regras import somar_meses
from adesao.checklist.catalogo import parametro
from adesao.indicadores.catalogo import conferiveis
from adesao.indicadores.regras import Fatos, Limites, meses_antes
from adesao.models import Acordo, Conferencia, Habilitacao, Item
from adesao.situacoes import SituacaoComprovacao, SituacaoHabilitacao, SituacaoItem

MESES = 6
# Keys of the fact "resultado" that tell of a request that did not serve.
NEGADOS = ("indeferido", "arquivado")


def limites(hoje: date) -> Limites:
    return Limites(*(parametro(f.name, hoje).valor for f in fields(Limites)))


def fatos(acordos: QuerySet[Acordo], hoje: date) -> dict[int, Fatos]:
    """By agreement. Counts come from the ground floor, whose days are those of each town's own clock."""
    linhas = acordos.select_related("processo", "guarda_chuva").order_by("pk")
    municipios = acordos.values("municipio")
    por_mes, somas = _contagens(municipios, hoje)
    provas = _provas(acordos)
    abertas = dict(
        Habilitacao.objects.filter(acordo__in=acordos, situacao=SituacaoHabilitacao.ABERTA)
        .order_by()
        .values_list("acordo")
        .annotate(quantas=Count("pk"))
    )
    prontos = {}
    for acordo in linhas:
        soma = somas[acordo.municipio_id]
        regime, instrumento = acordo.processo.regime, acordo.instrumento
        prontos[acordo.pk] = Fatos(
            hoje=hoje,
            em_operacao_desde=acordo.em_operacao_desde,
            protocolados_por_mes=por_mes[acordo.municipio_id],
            protocolados=soma["protocolado"][0],
            exigencias=soma["exigencia"][0],
            resultados=soma["resultado"][0],
            negados=soma["negados"][0],
            esperas=soma["espera"][0],
            espera_segundos=soma["espera"][1],
            conferiveis=tuple(c for c in conferiveis() if c.vale_para(regime, instrumento)),
            provas=provas[acordo.pk],
            fim_do_principal=acordo.guarda_chuva.fim if acordo.guarda_chuva else None,
            acessos_abertos=abertas.get(acordo.pk, 0),
        )
    return prontos


Somas = dict[str, dict[str, tuple[int, int]]]


def _contagens(municipios: QuerySet, hoje: date) -> tuple[dict[str, dict[date, int]], Somas]:
    desde = meses_antes(hoje, MESES)[-1]
    linhas = ContagemDiaria.objects.filter(municipio__in=municipios, dia__range=(desde, hoje)).order_by()
    por_mes: dict[str, dict[date, int]] = defaultdict(dict)
    # The month that runs and those that a sleeping agreement is told by; one sum each, in one reading.
    meses = [hoje.replace(day=1), *meses_antes(hoje, limites(hoje).esvaziado_meses)]
    recentes = linhas.filter(fato="protocolado", dia__gte=meses[-1]).values("municipio")
    somas_dos_meses = {
        f"mes_{n}": Sum("quantidade", filter=Q(dia__gte=mes, dia__lt=somar_meses(mes, 1)), default=0)
        for n, mes in enumerate(meses)
    }
    for municipio, *quantos_por_mes in recentes.annotate(**somas_dos_meses).values_list("municipio", *somas_dos_meses):
        por_mes[municipio] = dict(zip(meses, quantos_por_mes, strict=True))
    somas: Somas = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    fatos_somados = linhas.filter(fato__in=["protocolado", "exigencia", "resultado", "espera"])
    for municipio, fato, quantos, medida in fatos_somados.values_list("municipio", "fato").annotate(
        q=Sum("quantidade"), s=Sum("soma")
    ):
        somas[municipio][fato] = (quantos, medida)
    negados = linhas.filter(fato="resultado", chave__in=NEGADOS).values_list("municipio")
    for municipio, quantos in negados.annotate(q=Sum("quantidade")):
        somas[municipio]["negados"] = (quantos, 0)
    return por_mes, somas


def _provas(acordos: QuerySet[Acordo]) -> dict[int, dict[str, date | None]]:
    """Confirmed afterwards; failing that, what the application had proved."""
    provas: dict[int, dict[str, date | None]] = defaultdict(dict)
    por_item = defaultdict(list)
    for conferivel in conferiveis():
        if conferivel.item:
            por_item[conferivel.item].append(conferivel)
    itens = Item.objects.filter(
        processo__acordo__in=acordos, codigo__in=list(por_item), situacao=SituacaoItem.ACEITO
    ).values_list("processo__acordo", "codigo", "valido_ate", "mandato_fim", "verificado_em")
    for acordo, codigo, valido_ate, mandato_fim, verificado_em in itens.order_by():
        for c in por_item[codigo]:
            fim = valido_ate or mandato_fim
            if fim is None and c.validade_meses and verificado_em:
                fim = somar_meses(verificado_em, c.validade_meses)
            provas[acordo][c.codigo] = fim
    confirmadas = Conferencia.objects.filter(acordo__in=acordos, situacao=SituacaoComprovacao.CONFIRMADA)
    validades = {c.codigo: c.validade_meses for c in conferiveis()}
    for acordo, documento, em, ate in confirmadas.order_by().values_list("acordo", "documento", "em", "ate"):
        meses = validades.get(documento, 0)
        provas[acordo][documento] = ate or (somar_meses(em, meses) if meses else None)
    return provas
