"""Builders of scanned documents and of requests ready to leave."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from act_portal.arquivos.models import Arquivo, Folha, nome_inventado
from requerimentos.demanda.consultas import vagas_do
from requerimentos.demanda.perguntas import Tipo, perguntas_do
from requerimentos.demanda.servico import Servico
from requerimentos.models import Conjunto, Pagina, Peca, Requerimento
from requerimentos.papeis.preenchimento import base
from requerimentos.situacoes import SituacaoConjunto
from tests.act_portal.arquivos_fabricados import pdf, pdf_em_bytes
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import preencher
from tests.simulador import cpf_novo

FOLHA = pdf_em_bytes(pdf())


def guardado(conteudo: bytes) -> str:
    return default_storage.save(nome_inventado(), ContentFile(conteudo))


def peca_pronta(
    requerimento: Requerimento,
    vaga: str,
    *,
    paginas: int = 1,
    natureza: str = Peca.Natureza.ORIGINAL,
    conteudo: bytes = FOLHA,
) -> Peca:
    """A document whose pages are made, each with `conteudo` for its PDF."""
    arquivo = Arquivo.objects.create(
        municipio=requerimento.municipio, nome_original="papel.pdf", tipo="application/pdf", bytes=len(conteudo),
        sha256=hashlib.sha256(conteudo).hexdigest(), original=guardado(conteudo), situacao=Arquivo.Situacao.PRONTO,
        enviado_por=requerimento.atendente,
    )  # fmt: skip
    peca = Peca.objects.create(
        requerimento=requerimento, vaga=vaga, arquivo=arquivo, natureza=natureza, criado_por=requerimento.atendente,
        ordem=requerimento.pecas.count() + 1,
    )  # fmt: skip
    for ordem in range(1, paginas + 1):
        folha = Folha.objects.create(
            arquivo=arquivo, ordem=ordem, pdf=guardado(conteudo), miniatura=guardado(b"x"), bytes=len(conteudo),
            sha256=arquivo.sha256, codigos=[],
        )  # fmt: skip
        Pagina.objects.create(peca=peca, folha=folha, ordem=ordem)
    return peca


def respostas_de(servico: Servico) -> dict:
    """An answer for every question of the service: no to all, and something where a number or a day is asked."""
    respostas = {Tipo.DATA: "2026-06-01", Tipo.DINHEIRO: "300.00", Tipo.TEMPO: "20 anos"}
    return {p.chave: respostas.get(p.tipo, False) for p in perguntas_do(servico)}


def papeis_recebidos(requerimento: Requerimento) -> None:
    Conjunto.objects.create(
        requerimento=requerimento, numero=1, base=base(requerimento, requerimento.atendente),
        autor=requerimento.atendente, situacao=SituacaoConjunto.PRONTO,
    )  # fmt: skip


def pedido_sem_documentos(servico_codigo: str = "bpc-idoso", **campos) -> Requerimento:
    """Answered, signed and with its papers received: only the scans are missing."""
    requerimento = RequerimentoFabrica(
        servico_codigo=servico_codigo, quem_assina="titular", atendimento__pessoa__cpf=cpf_novo(), **campos
    )
    requerimento.respostas = respostas_de(Servico.de_dados(requerimento.servico.dados))
    requerimento.save(update_fields=["respostas"])
    preencher(requerimento)
    papeis_recebidos(requerimento)
    return requerimento


def pedido_completo(servico_codigo: str = "bpc-idoso", **campos) -> Requerimento:
    """Nothing is missing: a page in each slot that this case must fill."""
    requerimento = pedido_sem_documentos(servico_codigo, **campos)
    for exigida in vagas_do(requerimento):
        if exigida.obrigatoria:
            peca_pronta(requerimento, exigida.vaga.id)
    return requerimento
