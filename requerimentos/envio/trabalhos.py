"""Outbox handlers of the delivery: assemble the files, then talk to INSS. Each may run any number of times."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.models import nome_inventado
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from act_portal.territorio.consultas import hoje_em
from requerimentos.envio import servicos
from requerimentos.envio.inss import InssConflito, InssForaDoAr, InssRecusou, MotivoInss, inss
from requerimentos.envio.pacote import anexos_de, montar_partes, pedido_de, pedido_guardado
from requerimentos.models import Envio
from requerimentos.situacoes import SituacaoEnvio


@tratador(servicos.MONTAR)
def montar(saida: Saida) -> None:
    """Slow work outside the lock; the record of it inside, once."""
    envio = _achar(saida)
    if envio.estado != SituacaoEnvio.MONTANDO:
        return
    partes: list[dict[str, Any]] = []
    guardados: list[str] = []
    for vaga, natureza, parte in montar_partes(envio):
        nome = default_storage.save(nome_inventado(envio, ""), ContentFile(parte.conteudo))
        guardados.append(nome)
        partes.append(
            {
                "vaga": vaga, "natureza": natureza, "nome": parte.nome, "conteudo": nome, "bytes": parte.bytes,
                "sha256": parte.sha256, "paginas": parte.paginas,
            }
        )  # fmt: skip
    limite = limites_em(hoje_em(envio.requerimento.municipio)).requerimento_bytes
    if sum(parte["bytes"] for parte in partes) > limite:
        _jogar_fora(guardados)
        servicos.registrar_recusa(
            envio.pk,
            [MotivoInss("tamanho", "Os documentos passam do limite do INSS para um pedido. Tire páginas repetidas.")],
        )
        return
    pedido = None if envio.exigencia_id else pedido_de(envio.requerimento)
    if not servicos.congelar(envio.pk, partes, pedido):
        _jogar_fora(guardados)


@tratador(servicos.TRANSMITIR)
def transmitir(saida: Saida) -> None:
    """Files first, each safe to repeat, then the request under its key: a lost answer is asked for again."""
    envio = _achar(saida)
    if envio.estado != SituacaoEnvio.NA_FILA:
        return
    try:
        _entregar(envio)
    except InssRecusou as erro:
        servicos.registrar_recusa(envio.pk, erro.motivos)
    except InssConflito as erro:
        servicos.registrar_recusa(envio.pk, [MotivoInss("conflito", str(erro))])
    except InssForaDoAr as erro:
        servicos.anotar_falha(envio.pk, erro.motivo)
        raise TentarDepois(erro.motivo, erro.espera) from erro


def _entregar(envio: Envio) -> None:
    canal = inss()
    for parte in envio.partes.all():
        with parte.conteudo.open("rb") as conteudo:
            canal.enviar_anexo(parte.sha256, cast(BinaryIO, conteudo))
    anexos = anexos_de(envio)
    if envio.exigencia is None:
        recibo = canal.requerer(envio.chave, pedido_guardado(envio.pacote, anexos))
        servicos.registrar_protocolo(envio.pk, recibo)
    else:
        situacao = canal.cumprir_exigencia(
            envio.chave,
            envio.requerimento.protocolo,
            envio.exigencia.numero_inss,
            envio.exigencia.resposta,
            anexos,
        )
        servicos.registrar_resposta(envio.pk, situacao)


def _achar(saida: Saida) -> Envio:
    return Envio.objects.select_related(
        "exigencia", "requerimento__pessoa", "requerimento__municipio", "requerimento__servico",
        "requerimento__representante", "requerimento__balcao__entidade",
    ).get(pk=saida.carga["envio"])  # fmt: skip


def _jogar_fora(nomes: list[str]) -> None:
    for nome in nomes:
        default_storage.delete(nome)
