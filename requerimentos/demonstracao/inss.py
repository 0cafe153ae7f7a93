"""Tell the pretend INSS what the portal already knows of it, so that asking about a demonstration request finds it.

The plan is read from the portal's own rows, and only what INSS does not have is told: safe to repeat at any time.
"""

from __future__ import annotations

import time as relogio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import httpx
from django.conf import settings
from django.utils.timezone import now

from act_portal.demonstracao.lugares import MUNICIPIOS
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import calendario_de, hoje_em
from act_portal.territorio.models import Municipio
from requerimentos.acompanhamento import ronda
from requerimentos.demonstracao.montar import existe
from requerimentos.demonstracao.roteiros import PEDE_RESIDENCIA
from requerimentos.models import Agendamento, Exigencia, Requerimento, Resultado
from requerimentos.situacoes import Etapa, SituacaoExigencia, SituacaoInss

PACIENCIA_SEGUNDOS = 60.0
# Long enough ago for the date of INSS to be the one that counts, and within the term of the norm.
ANTES = timedelta(days=22)
TIPO_NO_INSS = {Agendamento.Tipo.PERICIA: "PERICIA_MEDICA", Agendamento.Tipo.AVALIACAO: "AVALIACAO_SOCIAL"}


def plantar() -> int:
    """Plant what is missing; returns how many tasks. Waits a while for the pretend INSS to answer."""
    if not _pode():
        return 0
    with _no_inss() as http:
        conhecidas = _conhecidas(http)
        return sum(_plantar(http, pedido, conhecidas.get(pedido.protocolo)) for pedido in _pedidos())


def exigir_para_amanha() -> int:
    """In each town something ends on the next working day: where nothing does any more, INSS asks for a document.

    Returns how many were asked. The portal hears of it as always, by asking, and is told to ask soon.
    """
    if not _pode():
        return 0
    feitas = 0
    with _no_inss() as http:
        for municipio in Municipio.objects.filter(pk__in=MUNICIPIOS):
            hoje = hoje_em(municipio)
            amanha = calendario_de(municipio).proximo_dia_util(hoje + timedelta(days=1))
            pedido = _a_exigir(municipio, hoje, amanha)
            if pedido is None:
                continue
            emissao = max(amanha - ANTES, pedido.der or hoje)
            _mandar(
                http,
                f"/_treino/{pedido.protocolo}/exigencias",
                texto=PEDE_RESIDENCIA,
                prazo=amanha.isoformat(),
                quando=f"{emissao.isoformat()}T17:00",
            )
            ronda.pedir_consulta(pedido.pk)
            feitas += 1
    return feitas


def _a_exigir(municipio: Municipio, hoje: date, amanha: date) -> Requerimento | None:
    """The oldest request of an invented person under analysis, when nothing of theirs ends by `amanha`."""
    inventados = Requerimento.objects.filter(municipio=municipio, pessoa__ficticia=True)
    perto = Exigencia.objects.filter(
        requerimento__in=inventados, situacao=SituacaoExigencia.ABERTA, prazo__gt=hoje, prazo__lte=amanha
    )
    if perto.exists():
        return None
    antigos = inventados.filter(
        etapa=Etapa.ACOMPANHANDO, situacao_inss=SituacaoInss.EM_ANALISE, protocolado_em__lt=now() - timedelta(days=2)
    )
    return antigos.order_by("protocolado_em", "pk").first()


def _pode() -> bool:
    return not settings.PRODUCAO and settings.DADOS_FICTICIOS and existe()


@contextmanager
def _no_inss() -> Iterator[httpx.Client]:
    cabecalhos = {"Authorization": f"Bearer {settings.INSS_TOKEN}"}
    with httpx.Client(base_url=settings.INSS_ENDERECO, headers=cabecalhos, timeout=20, trust_env=False) as http:
        try:
            yield http
        except httpx.HTTPError as erro:
            raise ErroDeDominio("O INSS de treino não respondeu como esperado.") from erro


def _pedidos() -> Iterator[Requerimento]:
    pedidos = Requerimento.objects.filter(municipio__in=MUNICIPIOS, pessoa__ficticia=True).exclude(protocolo="")
    return (
        pedidos.select_related("pessoa", "municipio", "servico", "resultado")
        .prefetch_related("exigencias", "agendamentos")
        .order_by("pk")
        .iterator(chunk_size=200)
    )


def _conhecidas(http: httpx.Client) -> dict[str, str]:
    """Protocol and situation of every task that INSS has."""
    limite = relogio.monotonic() + PACIENCIA_SEGUNDOS
    while True:
        try:
            resposta = http.get("/_treino/tarefas")
            resposta.raise_for_status()
            return {tarefa["protocolo"]: tarefa["situacao"] for tarefa in resposta.json()["tarefas"]}
        except httpx.TransportError:
            if relogio.monotonic() > limite:
                raise
            relogio.sleep(0.5)


def _plantar(http: httpx.Client, pedido: Requerimento, situacao: str | None) -> int:
    # A task once moved never is pending again: what is still pending may have been left half told.
    if situacao is not None and (situacao != SituacaoInss.PENDENTE or pedido.situacao_inss == SituacaoInss.PENDENTE):
        return 0
    _mandar(
        http,
        "/_treino/tarefas",
        protocolo=pedido.protocolo,
        codigoServico=pedido.servico_codigo,
        cpf=pedido.pessoa.cpf,
        nome=pedido.pessoa.nome_civil,
        entrada=_iso(pedido.protocolado_em),
        municipio={"nome": pedido.municipio.nome, "uf": pedido.municipio.uf, "ibge": pedido.municipio_id},
    )
    _agendar(http, pedido)
    for exigencia in pedido.exigencias.all():
        _exigir(http, pedido, exigencia)
    _terminar(http, pedido)
    return 1


def _agendar(http: httpx.Client, pedido: Requerimento) -> None:
    for marcado in sorted(pedido.agendamentos.all(), key=lambda a: a.pk):
        _mandar(
            http,
            f"/_treino/{pedido.protocolo}/agendamentos",
            tipo=TIPO_NO_INSS[Agendamento.Tipo(marcado.tipo)],
            dataHora=_iso(marcado.quando),
            protocolo=marcado.numero_inss,
            unidade=f"T{marcado.ibge}",
            remarcacao=marcado.remarcacao,
        )
        if marcado.situacao in {Agendamento.Situacao.CUMPRIDO, Agendamento.Situacao.FALTOU}:
            _mandar(
                http, f"/_treino/{pedido.protocolo}/agendamentos/{marcado.numero_inss}", situacao=marcado.situacao
            )  # fmt: skip


def _exigir(http: httpx.Client, pedido: Requerimento, exigencia: Exigencia) -> None:
    _mandar(
        http,
        f"/_treino/{pedido.protocolo}/exigencias",
        texto=exigencia.texto,
        prazo=(exigencia.prazo_inss or exigencia.prazo).isoformat(),
        quando=f"{exigencia.emitida_em.isoformat()}T10:00",
    )
    if exigencia.situacao == SituacaoExigencia.CUMPRIDA:
        caminho = f"/api/requerimentos/{pedido.protocolo}/exigencias/{exigencia.numero_inss}/cumprimento"
        chave = {"Idempotency-Key": f"demonstracao-{exigencia.codigo}"}
        resposta = http.post(caminho, json={"texto": exigencia.resposta, "anexos": []}, headers=chave)
        resposta.raise_for_status()


def _terminar(http: httpx.Client, pedido: Requerimento) -> None:
    resultado: Resultado | None = getattr(pedido, "resultado", None)
    if resultado is not None:
        _mandar(
            http,
            f"/_treino/{pedido.protocolo}/decisao",
            resultado=resultado.tipo,
            motivos=resultado.motivos,
            texto=resultado.texto,
            nb=resultado.beneficio,
            quando=f"{resultado.decidido_em.isoformat()}T15:00",
        )
    elif pedido.situacao_inss == SituacaoInss.CANCELADA:
        chave = {"Idempotency-Key": f"demonstracao-{pedido.codigo}"}
        resposta = http.post(f"/api/requerimentos/{pedido.protocolo}/cancelamento", json={}, headers=chave)
        resposta.raise_for_status()
    elif pedido.situacao_inss == SituacaoInss.EM_ANALISE and not pedido.exigencias.all():
        _mandar(http, f"/_treino/{pedido.protocolo}/analise")


def _mandar(http: httpx.Client, caminho: str, **corpo: Any) -> None:
    http.post(caminho, json=corpo).raise_for_status()


def _iso(momento: datetime | None) -> str:
    return momento.isoformat() if momento else ""
