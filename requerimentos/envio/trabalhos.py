"""Outbox handlers of the delivery: assemble the files, then talk to INSS. Each may run any number of times."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.db.models import Q

from act_portal.arquivos import caixa, deposito
from act_portal.arquivos.antivirus import AntivirusForaDoAr
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.montagem import NaoCabe
from act_portal.arquivos.trabalhos import examinar
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from act_portal.suporte import suporte
from act_portal.territorio.consultas import hoje_em
from requerimentos.envio import servicos
from requerimentos.envio.consultas import MONTAR, TRANSMITIR, falta_ler, o_que_impede_de_sair
from requerimentos.envio.inss import InssConflito, InssForaDoAr, InssRecusou, MotivoInss, inss
from requerimentos.envio.pacote import anexos_de, montar_partes, pedido_de, pedido_guardado
from requerimentos.models import Envio, Pagina, Peca
from requerimentos.situacoes import SituacaoEnvio

PASSA_DO_LIMITE = "Os documentos passam do limite do INSS para um pedido. Tire páginas repetidas e envie de novo."
A_LER = "O código do rodapé de uma página ainda não foi lido."
LEITURA_FALHOU = "Não deu para ler ou guardar os arquivos."


@tratador(MONTAR)
def montar(saida: Saida) -> None:
    """Slow work outside the lock; the record of it inside, once."""
    envio = _achar(saida)
    if envio.estado != SituacaoEnvio.MONTANDO or not servicos.pode_sair(envio.pk):
        return
    if falta_ler(envio):
        raise TentarDepois(A_LER)
    if motivo := o_que_impede_de_sair(envio):
        servicos.registrar_recusa(envio.pk, [MotivoInss(Envio.MONTAGEM, motivo)])
        return
    guardados: list[str] = []
    ficou = False
    try:
        _examinar(envio)
        partes = _guardar_partes(envio, guardados)
        if sum(parte["bytes"] for parte in partes) > _limite_bytes(envio):
            servicos.registrar_recusa(envio.pk, [MotivoInss(Envio.MONTAGEM, PASSA_DO_LIMITE)])
            return
        pedido = None if envio.exigencia_id else pedido_de(envio.requerimento)
        ficou = servicos.congelar(envio.pk, partes, pedido)
    except (NaoCabe, ArquivoRecusado) as erro:
        servicos.registrar_recusa(envio.pk, [MotivoInss(Envio.MONTAGEM, str(erro))])
    except AntivirusForaDoAr as erro:
        servicos.anotar_falha(envio.pk, str(erro))
        raise TentarDepois(str(erro), timedelta(minutes=1)) from erro
    except (deposito.DepositoIndisponivel, caixa.CaixaMorreu) as erro:
        servicos.anotar_falha(envio.pk, LEITURA_FALHOU)
        raise TentarDepois(LEITURA_FALHOU) from erro
    finally:
        if not ficou:
            deposito.esquecer(guardados)


def _examinar(envio: Envio) -> None:
    """Nothing leaves unscanned while there is a scanner: what came before it was turned on is scanned now."""
    pecas = Peca.objects.vivas().filter(requerimento=envio.requerimento, exigencia=envio.exigencia)
    # A document may hold pages of several files: signed papers come back in more than one.
    de_paginas = Pagina.objects.filter(peca__in=pecas, removida_em=None).values("folha__arquivo")
    for arquivo in Arquivo.objects.filter(Q(pk__in=pecas.values("arquivo")) | Q(pk__in=de_paginas)).order_by("pk"):
        try:
            examinar(arquivo)
        except ArquivoRecusado as erro:
            raise ArquivoRecusado(erro.codigo, f"Em “{arquivo.nome_original}”: {erro}") from erro


def _guardar_partes(envio: Envio, guardados: list[str]) -> list[dict[str, Any]]:
    """Every part into the storage; its name goes into `guardados` as soon as it exists."""
    partes = []
    with deposito.traduzindo_falhas():
        for vaga, natureza, parte in montar_partes(envio):
            nome = deposito.guardar(parte.conteudo)
            guardados.append(nome)
            partes.append(
                {
                    "vaga": vaga, "natureza": natureza, "nome": parte.nome, "conteudo": nome, "bytes": parte.bytes,
                    "sha256": parte.sha256, "paginas": parte.paginas,
                }
            )  # fmt: skip
    return partes


def _limite_bytes(envio: Envio) -> int:
    return limites_em(hoje_em(envio.requerimento.municipio)).requerimento_bytes


@tratador(TRANSMITIR)
def transmitir(saida: Saida) -> None:
    """Files first, each safe to repeat, then the request under its key: a lost answer is asked for again."""
    envio = _achar(saida)
    if envio.estado != SituacaoEnvio.NA_FILA or not servicos.pode_sair(envio.pk):
        return
    try:
        _entregar(envio)
    except InssRecusou as erro:
        servicos.registrar_recusa(envio.pk, erro.motivos)
    except InssConflito as erro:
        servicos.registrar_recusa(envio.pk, [MotivoInss("conflito", f"{erro} Avise {suporte()} antes de reenviar.")])
    except InssForaDoAr as erro:
        servicos.anotar_falha(envio.pk, erro.motivo)
        # An outage of INSS is nobody's failure here: however long it lasts, the row is never buried for it.
        raise TentarDepois(erro.motivo, erro.espera or saida.espera_da_vez) from erro
    except deposito.falhas() as erro:
        servicos.anotar_falha(envio.pk, LEITURA_FALHOU)
        raise TentarDepois(LEITURA_FALHOU) from erro


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
