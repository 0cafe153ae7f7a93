"""The verbs of the pretend INSS, and the only writer of a task's situation."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from act_portal.simulador_inss import agendamentos, catalogo, regras
from act_portal.simulador_inss.apresentacao import exigencia_json, recibo_json
from act_portal.simulador_inss.models import (
    Anexo,
    AnexoDaTarefa,
    Automatico,
    Exigencia,
    Tarefa,
)
from act_portal.simulador_inss.nucleo import Recusa, novo_protocolo, proxima_versao, tocar, travar, uma_vez
from act_portal.simulador_inss.regras import AnexoPedido, Leitura, Motivo, Pedido
from act_portal.simulador_inss.situacoes import (
    EstadoAgendamento,
    EstadoExigencia,
    Resultado,
    Situacao,
)

PRAZO_RECURSO_DIAS = 30
PRAZO_EXIGENCIA_DIAS = 30


# --- Request ------------------------------------------------------------------------------------------------------
def requerer(chave: str, corpo: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """Takes a request once. Returns the receipt, and whether it was made now."""
    return uma_vez(chave, "requerer", corpo, lambda: _requerer(corpo))


def _requerer(corpo: Mapping[str, Any]) -> dict[str, Any]:
    # First of all: the lock on the counter puts two requests for the same person in a line.
    versao = proxima_versao()
    hoje = timezone.localdate()
    pedido, motivos = regras.ler_pedido(corpo, hoje)
    servico = catalogo.servicos().get(pedido.servico)
    if not motivos:
        motivos = regras.conferir_servico(pedido, servico, catalogo.caixas())
        motivos += _conferir_anexos(pedido.anexos)
        motivos += _conferir_repetido(pedido, hoje)
    if motivos or servico is None:
        raise Recusa(*motivos)
    tarefa = Tarefa.objects.create(
        protocolo=novo_protocolo(),
        servico=servico.codigo,
        servico_nome=servico.nome,
        cpf=pedido.cpf,
        nome=pedido.nome,
        pedido=dict(corpo),
        unidade=unidade(pedido.municipio_nome, pedido.uf, pedido.municipio_ibge),
        versao=versao,
        proximo_passo_em=_daqui_a_um_passo(),
    )
    _guardar_anexos(tarefa, pedido.anexos)
    tipos = [tipo.upper() for tipo in servico.agendamentos]
    agendamentos.nascer(tarefa, tipos, ibge=pedido.municipio_ibge, uf=pedido.uf, hoje=hoje)
    return recibo_json(tarefa)


def _conferir_anexos(anexos: tuple[AnexoPedido, ...]) -> list[Motivo]:
    guardados = Anexo.objects.filter(sha256__in={a.sha256 for a in anexos}).values_list("sha256", "bytes")
    return regras.conferir_anexos(anexos, dict(guardados), catalogo.caixas())


def _conferir_repetido(pedido: Pedido, hoje: date) -> list[Motivo]:
    do_mesmo = Tarefa.objects.filter(cpf=pedido.cpf, servico=pedido.servico)
    if em_curso := do_mesmo.em_curso().first():
        frase = f"Esta pessoa já tem este pedido em curso no INSS (protocolo {em_curso.protocolo})."
        return [Motivo("pedido_em_curso", frase, "codigoServico")]
    if negado := do_mesmo.filter(prazo_recurso__gte=hoje).first():
        frase = f"O pedido anterior foi negado e o prazo de recurso vai até {negado.prazo_recurso:%d/%m/%Y}."
        return [Motivo("prazo_de_recurso_aberto", frase, "codigoServico")]
    return []


def _guardar_anexos(tarefa: Tarefa, anexos: tuple[AnexoPedido, ...], exigencia: Exigencia | None = None) -> None:
    AnexoDaTarefa.objects.bulk_create(
        AnexoDaTarefa(
            tarefa=tarefa,
            exigencia=exigencia,
            anexo_id=anexo.sha256,
            ordem=n,
            slot=anexo.slot,
            nome=anexo.nome,
            paginas=anexo.paginas,
            natureza=anexo.natureza,
        )
        for n, anexo in enumerate(anexos)
    )


# --- Exigência ----------------------------------------------------------------------------------------------------
@transaction.atomic
def exigir(
    protocolo: str,
    texto: str,
    *,
    dias: int = PRAZO_EXIGENCIA_DIAS,
    prazo: date | None = None,
    quando: datetime | None = None,
) -> Exigencia:
    """Issues an exigência; `quando` dates it back, for demonstrations."""
    quando = quando or timezone.now()
    tarefa = travar(protocolo)
    if not regras.diz_algo(texto):
        raise Recusa(Motivo("obrigatorio", "Escreva o que se pede.", "texto"))
    exigencia = Exigencia.objects.create(
        tarefa=tarefa,
        numero=tarefa.exigencias.count() + 1,
        texto=texto.strip(),
        emitida_em=quando,
        prazo=prazo or timezone.localdate(quando) + timedelta(days=dias),
    )
    _mover(tarefa, Situacao.CUMPRIMENTO_DE_EXIGENCIA)
    return exigencia


def cumprir_exigencia(chave: str, protocolo: str, codigo: str, corpo: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    alvo = f"cumprir:{protocolo}:{codigo}"
    return uma_vez(chave, alvo, corpo, lambda: _cumprir_exigencia(protocolo, codigo, corpo))


def _cumprir_exigencia(protocolo: str, codigo: str, corpo: Mapping[str, Any]) -> dict[str, Any]:
    tarefa = travar(protocolo)
    exigencia = next((e for e in tarefa.exigencias.all() if e.codigo == codigo), None)
    if exigencia is None:
        raise Exigencia.DoesNotExist
    leitura = Leitura(corpo)
    texto = leitura.texto("texto", maximo=10_000, obrigatorio=False)
    anexos = regras.ler_anexos(leitura)
    motivos = leitura.motivos or _conferir_anexos(anexos)
    if exigencia.estado != EstadoExigencia.ABERTA:
        motivos = [Motivo("exigencia_encerrada", "Esta exigência já foi cumprida ou encerrada.", "id")]
    elif not motivos and not texto and not anexos:
        motivos = [Motivo("obrigatorio", "Escreva uma resposta ou junte um documento.", "texto")]
    if motivos:
        raise Recusa(*motivos)
    exigencia.estado = EstadoExigencia.CUMPRIDA
    exigencia.cumprida_em = timezone.now()
    exigencia.resposta = texto
    exigencia.save(update_fields=["estado", "cumprida_em", "resposta"])
    _guardar_anexos(tarefa, anexos, exigencia)
    outras = tarefa.exigencias.filter(estado=EstadoExigencia.ABERTA).exists()
    _mover(tarefa, Situacao.CUMPRIMENTO_DE_EXIGENCIA if outras else Situacao.EM_ANALISE)
    return {"protocolo": protocolo, "situacao": tarefa.situacao, "exigencia": exigencia_json(exigencia)}


# --- Analysis and decision ----------------------------------------------------------------------------------------
@transaction.atomic
def analisar(protocolo: str) -> Tarefa:
    tarefa = travar(protocolo)
    _mover(tarefa, Situacao.EM_ANALISE)
    return tarefa


@transaction.atomic
def decidir(
    protocolo: str,
    resultado: str,
    *,
    motivos: Iterable[str] = (),
    texto: str = "",
    quando: datetime | None = None,
    nb: str = "",
) -> Tarefa:
    """Decides a task; `quando` dates it back and `nb` gives its number, for demonstrations."""
    quando = quando or timezone.now()
    tarefa = travar(protocolo)
    try:
        fim = Resultado(resultado)
    except ValueError:
        opcoes = ", ".join(Resultado.values)
        raise Recusa(Motivo("formato", f"O resultado é um destes: {opcoes}.", "resultado")) from None
    negou = fim in {Resultado.INDEFERIDO, Resultado.PARCIAL}
    frases = [frase.strip() for frase in motivos if regras.diz_algo(frase)]
    if negou and not frases:
        raise Recusa(Motivo("obrigatorio", "Escreva por que o pedido não foi atendido.", "motivos"))
    servico = catalogo.servicos().get(tarefa.servico)
    concede = servico is not None and servico.beneficio and fim in {Resultado.DEFERIDO, Resultado.PARCIAL}
    tarefa.exigencias.filter(estado=EstadoExigencia.ABERTA).update(estado=EstadoExigencia.ENCERRADA)
    _mover(
        tarefa,
        Situacao.CONCLUIDA,
        resultado=fim,
        motivos=frases,
        despacho=texto.strip() or f"{fim.label}: {tarefa.servico_nome}.",
        nb=(nb or _novo_nb()) if concede else "",
        decidida_em=quando,
        # Filed without merit has no appeal; the term here runs from the decision, INSS counts it from knowledge.
        prazo_recurso=timezone.localdate(quando) + timedelta(days=PRAZO_RECURSO_DIAS) if negou else None,
        proximo_passo_em=None,
    )
    return tarefa


def cancelar(chave: str, protocolo: str, corpo: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    return uma_vez(chave, f"cancelar:{protocolo}", corpo, lambda: _cancelar(protocolo, corpo))


def _cancelar(protocolo: str, corpo: Mapping[str, Any]) -> dict[str, Any]:
    tarefa = travar(protocolo)
    leitura = Leitura(corpo)
    leitura.texto("motivo", maximo=2000, obrigatorio=False)
    if leitura.motivos:
        raise Recusa(*leitura.motivos)
    _mover(tarefa, Situacao.CANCELADA, proximo_passo_em=None)
    tarefa.exigencias.filter(estado=EstadoExigencia.ABERTA).update(estado=EstadoExigencia.ENCERRADA)
    tarefa.agendamentos.filter(estado=EstadoAgendamento.AGENDADO).update(estado=EstadoAgendamento.CANCELADO)
    return {"protocolo": protocolo, "situacao": tarefa.situacao}


# --- Automatic mode -----------------------------------------------------------------------------------------------
def andar(agora: datetime | None = None, limite: int = 200) -> int:
    """Moves along the tasks whose step fell due. Called on every read, so that no loop is needed."""
    agora = agora or timezone.now()
    vencidas = Tarefa.objects.filter(proximo_passo_em__lte=agora).order_by("proximo_passo_em")
    protocolos = list(vencidas.values_list("protocolo", flat=True)[:limite])
    return sum(_andar(protocolo, agora) for protocolo in protocolos)


@transaction.atomic
def _andar(protocolo: str, agora: datetime) -> int:
    tarefa = travar(protocolo)
    if tarefa.proximo_passo_em is None or tarefa.proximo_passo_em > agora:
        return 0
    sorte = int(hashlib.sha256(protocolo.encode()).hexdigest(), 16) % 10
    aberta = tarefa.exigencias.filter(estado=EstadoExigencia.ABERTA).order_by("prazo").last()
    if tarefa.estado is Situacao.PENDENTE:
        _mover(tarefa, Situacao.EM_ANALISE)
    elif aberta is not None:
        if aberta.prazo >= timezone.localdate(agora):
            # The citizen's term is never shortened, however fast the mode goes.
            tarefa.proximo_passo_em = timezone.make_aware(datetime.combine(aberta.prazo, time.max))
            tarefa.save(update_fields=["proximo_passo_em"])
            return 0
        decidir(protocolo, Resultado.ARQUIVADO, texto="A exigência não foi cumprida no prazo.")
    elif sorte < 3 and not tarefa.exigencias.exists():
        exigir(protocolo, "Apresente documento de identificação legível, frente e verso.")
    elif sorte in {3, 4}:
        decidir(protocolo, Resultado.INDEFERIDO, motivos=["Não foram comprovados todos os requisitos."])
    else:
        decidir(protocolo, Resultado.DEFERIDO)
    return 1


@transaction.atomic
def ajustar_automatico(*, ligado: bool, segundos_por_passo: int) -> Automatico:
    modo, _ = Automatico.objects.update_or_create(
        pk=1, defaults={"ligado": ligado, "segundos_por_passo": segundos_por_passo}
    )
    Tarefa.objects.em_curso().update(proximo_passo_em=_daqui_a_um_passo())
    return modo


def automatico() -> Automatico:
    return Automatico.objects.filter(pk=1).first() or Automatico(pk=1)


def _daqui_a_um_passo() -> datetime | None:
    modo = automatico()
    return timezone.now() + timedelta(seconds=modo.segundos_por_passo) if modo.ligado else None


# --- Tools --------------------------------------------------------------------------------------------------------
def _mover(tarefa: Tarefa, destino: Situacao, **campos: Any) -> None:
    if not tarefa.estado.pode_ir_para(destino):
        frase = f"A tarefa está “{tarefa.estado.label}” e não passa a “{destino.label}”."
        raise Recusa(Motivo("situacao_nao_permite", frase, "situacao"))
    tarefa.situacao = destino
    campos.setdefault("proximo_passo_em", _daqui_a_um_passo())
    for nome, valor in campos.items():
        setattr(tarefa, nome, valor)
    tocar(tarefa, "situacao", *campos)


def _novo_nb() -> str:
    return str(1_000_000_000 + secrets.randbelow(8_999_999_999))


def unidade(nome: str, uf: str, ibge: str) -> dict[str, str]:
    return {
        "codigo": f"T{ibge}",
        "nome": f"Agência da Previdência Social {nome} (treinamento)",
        "endereco": f"Praça do Treinamento, 100, {nome}-{uf}",
    }
