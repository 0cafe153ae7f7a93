"""The trainer's buttons as HTTP calls (`/_treino`, `/_falhas`), for demonstrations and automatic tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from act_portal.simulador_inss import agendamentos, demonstracao, falhas, servicos
from act_portal.simulador_inss.api import PedidoRuim, api, corpo_json
from act_portal.simulador_inss.apresentacao import agendamento_json, exigencia_json, tarefa_json
from act_portal.simulador_inss.models import AnexoDaTarefa, Falha, Tarefa
from act_portal.simulador_inss.nucleo import Recusa
from act_portal.simulador_inss.regras import ULTIMO_ANO, Leitura
from act_portal.simulador_inss.situacoes import DO_DIA, Rota, TipoAgendamento, TipoFalha


def _ler(request: HttpRequest) -> Leitura:
    return Leitura(corpo_json(request))


def _conferir(leitura: Leitura) -> None:
    if leitura.motivos:
        raise Recusa(*leitura.motivos)


def _mostrar(protocolo: str) -> JsonResponse:
    return JsonResponse(tarefa_json(Tarefa.objects.para_mostrar().get(protocolo=protocolo)))


@api("POST")
def exigir(request: HttpRequest, protocolo: str) -> HttpResponse:
    """`texto`, and `prazo` (AAAA-MM-DD) or `dias`; `quando` (ISO 8601) dates it back."""
    leitura = _ler(request)
    texto = leitura.texto("texto", maximo=10_000)
    prazo = leitura.dia("prazo") if leitura.corpo.get("prazo") else None
    quando = _quando(leitura)
    dias = leitura.inteiro("dias", 0, 365) if "dias" in leitura.corpo else servicos.PRAZO_EXIGENCIA_DIAS
    _conferir(leitura)
    return JsonResponse(
        exigencia_json(servicos.exigir(protocolo, texto, dias=dias, prazo=prazo, quando=quando)), status=201
    )


@api("POST")
def decidir(request: HttpRequest, protocolo: str) -> HttpResponse:
    """`resultado`, `motivos` (list of sentences), `texto`; `quando` (ISO 8601) and `nb` are for demonstrations."""
    leitura = _ler(request)
    resultado = leitura.texto("resultado", maximo=20)
    texto = leitura.texto("texto", maximo=10_000, obrigatorio=False)
    motivos: Any = leitura.corpo.get("motivos", [])
    if not isinstance(motivos, list) or not all(isinstance(motivo, str) for motivo in motivos):
        leitura.recusar("formato", "Os motivos são uma lista de frases.", "motivos")
    quando = _quando(leitura)
    nb = leitura.texto("nb", maximo=10, obrigatorio=False)
    _conferir(leitura)
    servicos.decidir(protocolo, resultado, motivos=motivos, texto=texto, quando=quando, nb=nb)
    return _mostrar(protocolo)


@api("POST")
def analisar(request: HttpRequest, protocolo: str) -> HttpResponse:
    servicos.analisar(protocolo)
    return _mostrar(protocolo)


@api("POST")
def agendar(request: HttpRequest, protocolo: str) -> HttpResponse:
    """`tipo` and `dataHora` (ISO 8601); a second one of the same kind reschedules the first.

    `protocolo` names it, `unidade` (code) places it, `remarcacao` says that the person asked for the change.
    """
    leitura = _ler(request)
    tipo = leitura.texto("tipo", maximo=20)
    if tipo not in TipoAgendamento.values:
        leitura.recusar("formato", f"O tipo é um destes: {', '.join(TipoAgendamento.values)}.", "tipo")
    quando = _momento(leitura.texto("dataHora", maximo=40))
    numero = leitura.texto("protocolo", maximo=10, obrigatorio=False)
    unidade = leitura.texto("unidade", maximo=8, obrigatorio=False)
    _conferir(leitura)
    marcado = agendamentos.agendar(
        protocolo, tipo, quando, numero=numero, unidade=unidade, remarcacao=leitura.corpo.get("remarcacao") is True
    )
    return JsonResponse(agendamento_json(marcado), status=201)


def _quando(leitura: Leitura) -> datetime | None:
    texto = leitura.texto("quando", maximo=40, obrigatorio=False)
    return _momento(texto) if texto else None


def _momento(texto: str) -> datetime:
    try:
        lido = parse_datetime(texto)
    except ValueError:
        lido = None
    if lido is None or not 1900 <= lido.year <= ULTIMO_ANO:
        raise PedidoRuim("Escreva dia e hora como 2026-12-01T09:00.")
    return lido if timezone.is_aware(lido) else timezone.make_aware(lido)


@api("POST")
def registrar(request: HttpRequest, protocolo: str, numero: str) -> HttpResponse:
    """`situacao`: CUMPRIDO, FALTOU or CANCELADO."""
    leitura = _ler(request)
    situacao = leitura.texto("situacao", maximo=12)
    if situacao not in DO_DIA:
        leitura.recusar("formato", f"A situação é uma destas: {', '.join(DO_DIA)}.", "situacao")
    _conferir(leitura)
    agendamentos.registrar(protocolo, numero, DO_DIA[situacao])
    return _mostrar(protocolo)


@api("GET", "POST")
def tarefas(request: HttpRequest) -> HttpResponse:
    """GET: what arrived, with CPF and documents, for a test to look at. POST: plants a demonstration task."""
    if request.method == "POST":
        tarefa = demonstracao.plantar(corpo_json(request))
        return JsonResponse(tarefa_json(tarefa), status=201)
    return JsonResponse({"tarefas": [_por_dentro(tarefa) for tarefa in Tarefa.objects.order_by("pk")[:1000]]})


def _por_dentro(tarefa: Tarefa) -> dict[str, Any]:
    papeis = AnexoDaTarefa.objects.filter(tarefa=tarefa).select_related("exigencia", "anexo")
    return {
        "protocolo": tarefa.protocolo,
        "cpf": tarefa.cpf,
        "servico": tarefa.servico,
        "situacao": tarefa.situacao,
        "pedido": tarefa.pedido,
        "anexos": [
            {
                "slot": papel.slot,
                "nome": papel.nome,
                "sha256": papel.anexo_id,
                "bytes": papel.anexo.bytes,
                "exigencia": papel.exigencia.codigo if papel.exigencia else None,
            }
            for papel in papeis
        ],
        "respostas": {e.codigo: e.resposta for e in tarefa.exigencias.all()},
    }


@api("POST")
def automatico(request: HttpRequest) -> HttpResponse:
    leitura = _ler(request)
    segundos = leitura.inteiro("segundosPorPasso", 0, 86_400)
    _conferir(leitura)
    modo = servicos.ajustar_automatico(ligado=leitura.corpo.get("ligado") is True, segundos_por_passo=segundos)
    return JsonResponse({"ligado": modo.ligado, "segundosPorPasso": modo.segundos_por_passo})


@api("GET", "POST", "DELETE")
def falhas_de_proposito(request: HttpRequest) -> HttpResponse:
    """POST turns one on: `tipo`, `vezes` or `porcento` or `porSegundos`, `segundos`, `operacao`. DELETE clears all."""
    if request.method == "DELETE":
        falhas.desligar()
    elif request.method == "POST":
        _ligar_falha(_ler(request))
    ativas = Falha.objects.ativas(timezone.now())
    return JsonResponse({"falhas": [_falha_json(falha) for falha in ativas]})


def _ligar_falha(leitura: Leitura) -> None:
    tipo = leitura.texto("tipo", maximo=20)
    operacao = leitura.texto("operacao", maximo=20, obrigatorio=False)
    if tipo not in TipoFalha.values:
        leitura.recusar("formato", f"A falha é uma destas: {', '.join(TipoFalha.values)}.", "tipo")
    if operacao and operacao not in Rota.values:
        leitura.recusar("formato", f"A operação é uma destas: {', '.join(Rota.values)}.", "operacao")
    medidas = {
        nome: leitura.inteiro(nome, 0, maximo) if nome in leitura.corpo else 0
        for nome, maximo in (("vezes", 100_000), ("porcento", 100), ("porSegundos", 86_400))
    }
    segundos = leitura.corpo.get("segundos", 5)
    if isinstance(segundos, bool) or not isinstance(segundos, int | float) or not 0 <= segundos <= 86_400:
        leitura.recusar("formato", "Os segundos são um número de 0 a 86400.", "segundos")
    if not any(medidas.values()):
        medidas["vezes"] = 1
    _conferir(leitura)
    falhas.ligar(
        tipo,
        vezes=medidas["vezes"],
        porcento=medidas["porcento"],
        por_segundos=medidas["porSegundos"],
        segundos=segundos,
        operacao=operacao,
    )


def _falha_json(falha: Falha) -> dict[str, Any]:
    return {
        "tipo": falha.tipo,
        "operacao": falha.operacao,
        "vezes": falha.restam,
        "porcento": falha.porcento,
        "segundos": falha.segundos,
        "ate": falha.ate.isoformat() if falha.ate else None,
    }
