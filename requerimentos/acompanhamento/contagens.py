"""What became of the requests sent to INSS, counted again from the facts themselves.

What a later change overwrites in its row (a deadline moved, a decision taken back) is read from the trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from act_portal.auditoria.models import Evento
from act_portal.contagens.servicos import Parcela, registrar_recontagem
from act_portal.territorio.models import Municipio
from requerimentos.envio.regras import segundos_ate_o_envio
from requerimentos.models import Envio, Exigencia, Requerimento, Resultado
from requerimentos.situacoes import SituacaoEnvio, SituacaoExigencia

ALVO = Requerimento._meta.label_lower


def registrar() -> None:
    for fato, funcao in {
        "protocolado": _protocolados,
        "devolvido": _devolvidos,
        "cancelado": lambda: _eventos("requerimento.cancelado_no_inss"),
        "exigencia": _exigencias,
        "exigencia_cumprida": _cumpridas,
        "exigencia_vencida": _vencidas,
        "resultado": _resultados,
        "entregue": _entregues,
    }.items():
        registrar_recontagem(fato, funcao)


def _dia(momento: datetime, municipio: Municipio) -> date:
    return momento.astimezone(municipio.fuso).date()


# --- Requests -----------------------------------------------------------------------------------------------------
def _parcela(r: Requerimento, momento: datetime, chave: str = "") -> Parcela:
    return Parcela(r.municipio_id, r.balcao_id, _dia(momento, r.municipio), chave, 1, 0)


def _da_trilha(*acoes: str) -> Iterator[tuple[Evento, Requerimento]]:
    requerimentos = Requerimento.objects.select_related("municipio").in_bulk()
    eventos = Evento.objects.filter(alvo_tipo=ALVO, acao__in=acoes).order_by("corrente", "numero")
    for evento in eventos.iterator():
        if requerimento := requerimentos.get(int(evento.alvo_id)):
            yield evento, requerimento


def _eventos(acao: str) -> Iterator[Parcela]:
    for evento, requerimento in _da_trilha(acao):
        yield _parcela(requerimento, evento.criado_em)


def _envios(situacao: SituacaoEnvio) -> Iterator[tuple[Requerimento, datetime]]:
    envios = Envio.objects.filter(situacao=situacao, exigencia__isnull=True, encerrado_em__isnull=False)
    for envio in envios.select_related("requerimento__municipio", "requerimento__atendimento").order_by().iterator():
        if envio.encerrado_em:
            yield envio.requerimento, envio.encerrado_em


def _protocolados() -> Iterator[Parcela]:
    for requerimento, quando in _envios(SituacaoEnvio.RECEBIDO):
        feita = _parcela(requerimento, quando, requerimento.servico_codigo)
        yield feita._replace(soma=segundos_ate_o_envio(requerimento.chegada_em, quando))


def _devolvidos() -> Iterator[Parcela]:
    for requerimento, quando in _envios(SituacaoEnvio.RECUSADO):
        yield _parcela(requerimento, quando)


# --- Exigências and results ---------------------------------------------------------------------------------------
def _exigencias() -> Iterator[Parcela]:
    for e in Exigencia.objects.select_related("requerimento__municipio").order_by().iterator():
        yield _parcela(e.requerimento, e.criado_em, e.causa)


def _cumpridas() -> Iterator[Parcela]:
    cumpridas = Exigencia.objects.filter(situacao=SituacaoExigencia.CUMPRIDA, encerrada_em__isnull=False)
    for e in cumpridas.select_related("requerimento__municipio").order_by().iterator():
        if e.encerrada_em:
            yield _parcela(e.requerimento, e.encerrada_em, e.causa)


def _vencidas() -> Iterator[Parcela]:
    causas = dict(Exigencia.objects.values_list("pk", "causa"))
    for evento, requerimento in _da_trilha("exigencia.vencida"):
        yield _parcela(requerimento, evento.criado_em, causas[evento.dados["exigencia"]])


def _resultados() -> Iterator[Parcela]:
    for r in Resultado.objects.select_related("requerimento__municipio").order_by().iterator():
        yield _parcela(r.requerimento, r.recebido_em, r.tipo)


def _entregues() -> Iterator[Parcela]:
    """What was handed over was the decision last received before it."""
    tipos: dict[int, str] = {}
    for evento, requerimento in _da_trilha("resultado.recebido", "resultado.entregue"):
        if evento.acao == "resultado.recebido":
            tipos[requerimento.pk] = evento.dados["resultado"]
        else:
            yield _parcela(requerimento, evento.criado_em, tipos.get(requerimento.pk, ""))
