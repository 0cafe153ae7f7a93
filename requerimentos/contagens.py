"""The desk's daily counts, counted again from the facts themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localdate

from act_portal.contagens.servicos import Parcela, registrar_recontagem
from requerimentos.models import Atendimento, Requerimento
from requerimentos.recepcao.regras import espera_em_segundos
from requerimentos.situacoes import Etapa, SituacaoAtendimento


def chegadas() -> Iterator[Parcela]:
    """Tickets given, by class of priority."""
    linhas = Atendimento.objects.order_by().values_list("municipio_id", "balcao_id", "dia", "prioridade")
    for municipio, balcao, dia, prioridade in linhas.iterator():
        yield Parcela(municipio, balcao, dia, prioridade, 1, 0)


def esperas() -> Iterator[Parcela]:
    """Visits begun and the seconds waited before them, by class of priority."""
    comecadas = Atendimento.objects.filter(iniciado_em__isnull=False).order_by()
    campos = comecadas.values_list("municipio_id", "balcao_id", "dia", "prioridade", "chegada_em", "iniciado_em")
    for municipio, balcao, dia, prioridade, chegada, inicio in campos.iterator():
        yield Parcela(municipio, balcao, dia, prioridade, 1, espera_em_segundos(chegada, inicio))  # type: ignore[arg-type]


def atendimentos() -> Iterator[Parcela]:
    """Visits finished, by how they ended."""
    concluidos = Atendimento.objects.filter(situacao=SituacaoAtendimento.CONCLUIDO).order_by()
    for municipio, balcao, dia, desfecho in concluidos.values_list(
        "municipio_id", "balcao_id", "dia", "desfecho"
    ).iterator():
        yield Parcela(municipio, balcao, dia, desfecho, 1, 0)


def abertos() -> Iterator[Parcela]:
    """Requests opened, by the service that they ask for now."""
    pedidos = Requerimento.objects.select_related("municipio").only(
        "municipio__fuso_horario", "balcao_id", "criado_em", "servico_codigo"
    )
    for pedido in pedidos.order_by().iterator():
        dia = localdate(pedido.criado_em, pedido.municipio.fuso)
        yield Parcela(pedido.municipio_id, pedido.balcao_id, dia, pedido.servico_codigo, 1, 0)


def desistidos() -> Iterator[Parcela]:
    """Requests given up before they left: once at INSS there is a protocol."""
    pedidos = Requerimento.objects.filter(etapa=Etapa.CANCELADO, protocolo="", encerrado_em__isnull=False)
    for pedido in pedidos.select_related("municipio").order_by().iterator():
        dia = localdate(pedido.encerrado_em, pedido.municipio.fuso)
        yield Parcela(pedido.municipio_id, pedido.balcao_id, dia, "", 1, 0)


def registrar() -> None:
    for fato, funcao in (
        ("chegada", chegadas),
        ("espera", esperas),
        ("atendimento", atendimentos),
        ("aberto", abertos),
        ("desistido", desistidos),
    ):
        registrar_recontagem(fato, funcao)
