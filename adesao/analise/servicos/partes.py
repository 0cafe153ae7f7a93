"""The files of a process, from its first letter to its closing term, in the order in which SEI shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db.models.fields.files import FieldFile

from act_portal.arquivos.models import Arquivo
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from adesao.habilitacao.catalogo import comprovante
from adesao.indicadores.catalogo import conferivel
from adesao.models import (
    Acordo,
    AcordoAnterior,
    Comprovacao,
    Encerramento,
    Habilitacao,
    Papel,
    Peca,
    Processo,
    Prorrogacao,
    TermoAssinado,
)
from adesao.papeis.consultas import vigentes

E = Papel.Especie
# The papers of the town stand beside what it signed.
ANTES = (E.CONFERENCIA, E.PARECER, E.DECISAO)
DEPOIS = (E.OFICIO, E.ESTRUTURA, E.INDICACAO, E.MINUTA, E.PLANO, E.ACEITE, E.INSTRUMENTO, E.EXTRATO)


@dataclass(frozen=True)
class Parte:
    """One file of the ZIP, and its row in the index."""

    nome: str
    titulo: str
    campo: FieldFile
    sha256: str
    # The code of a paper of the portal; "enviado" for what came from outside.
    origem: str = "enviado"


class PapelPorFazer(Exception):
    """A paper of the process is still being drawn."""


def partes(processo: Processo) -> list[Parte]:
    """Everything. Raises PapelPorFazer while one of the papers has no PDF yet."""
    papeis = vigentes(processo)
    acordo = Acordo.objects.filter(processo=processo).first()
    return [
        *(_do_papel(papeis[especie]) for especie in ANTES if especie in papeis),
        *(_da_peca(peca) for peca in _pecas(processo)),
        *(_do_papel(papeis[especie]) for especie in DEPOIS if especie in papeis),
        *(_do_acordo(acordo) if acordo else ()),
    ]


def _pecas(processo: Processo) -> list[Peca]:
    vivas = Peca.objects.vivas().filter(item__processo=processo).select_related("arquivo", "item")
    return list(vivas.order_by("item__ordem", "item", "pk"))


def _da_peca(peca: Peca) -> Parte:
    return _enviado(peca.item.codigo, f"{peca.item.nome}: {peca.arquivo.nome_original}", peca.arquivo)


def _do_papel(papel: Papel) -> Parte:
    return _feito(f"portal-{papel.especie}", papel.get_especie_display(), papel.documento)


# --- After the approval -------------------------------------------------------------------------------------------


def _do_acordo(acordo: Acordo) -> Iterator[Parte]:
    """Signatures, people, what was checked since, notices, renewals, the end: as they came about."""
    for anterior in AcordoAnterior.objects.filter(processo=acordo.processo_id).select_related("arquivo"):
        yield _enviado("acordo-anterior", f"{anterior}, assinado antes do portal", anterior.arquivo)
    yield from _assinaturas(acordo)
    for habilitacao in acordo.habilitacoes.select_related("representante"):
        yield from _da_pessoa(habilitacao)
    yield from _conferencias(acordo)
    yield from _notificacoes(acordo)
    yield from _prorrogacoes(acordo)
    yield from _encerramento(acordo)


def _assinaturas(acordo: Acordo) -> Iterator[Parte]:
    for assinatura in acordo.assinaturas.select_related("arquivo"):
        parte = assinatura.get_parte_display()
        titulo = f"Acordo assinado: {parte}{', recusado' if assinatura.substituida_em else ''}"
        yield _enviado(f"acordo-assinado-{parte}", titulo, assinatura.arquivo)


def _conferencias(acordo: Acordo) -> Iterator[Parte]:
    for feita in acordo.conferencias.select_related("arquivo").order_by("enviada_em", "pk"):
        if feita.arquivo:
            pedido = conferivel(feita.documento)
            nome = pedido.nome if pedido else feita.documento
            titulo = f"{nome}, {feita.texto}: {feita.get_situacao_display().lower()}"
            yield _enviado(f"acompanhamento-{feita.documento}", titulo, feita.arquivo)


def _notificacoes(acordo: Acordo) -> Iterator[Parte]:
    for notificacao in acordo.notificacoes.select_related("documento", "resposta_arquivo").order_by("em", "pk"):
        if notificacao.documento:
            yield _feito("notificacao", str(notificacao), notificacao.documento)
        if notificacao.resposta_arquivo:
            yield _enviado("notificacao-resposta", f"{notificacao}: anexo da resposta", notificacao.resposta_arquivo)


def _prorrogacoes(acordo: Acordo) -> Iterator[Parte]:
    for prorrogacao in acordo.prorrogacoes.select_related("documento", "arquivo").order_by("pedida_em", "pk"):
        if prorrogacao.documento:
            yield from _versoes("termo-aditivo", f"Termo aditivo: {prorrogacao}", prorrogacao.documento)
        titulo = f"Termo aditivo: {prorrogacao}, {prorrogacao.get_situacao_display().lower()}"
        yield from _assinados("termo-aditivo-assinado", titulo, prorrogacao)


def _encerramento(acordo: Acordo) -> Iterator[Parte]:
    for termo in Encerramento.objects.filter(acordo=acordo).select_related("documento", "arquivo"):
        yield from _versoes("termo-de-encerramento", str(termo), termo.documento)
        yield from _assinados("termo-de-encerramento-assinado", str(termo), termo)


def _assinados(nome: str, titulo: str, de: Prorrogacao | Encerramento) -> Iterator[Parte]:
    """Each file as it came, the first first. Older agreements kept only the last one."""
    dele = {"prorrogacao": de} if isinstance(de, Prorrogacao) else {"encerramento": de}
    versoes = list(TermoAssinado.objects.filter(**dele).select_related("arquivo"))
    for versao in versoes:
        yield _enviado(nome, f"{titulo}, {versao}", versao.arquivo)
    if de.arquivo and de.arquivo_id not in {versao.arquivo_id for versao in versoes}:
        yield _enviado(nome, f"{titulo}, assinado", de.arquivo)


def _versoes(nome: str, titulo: str, documento: Documento) -> Iterator[Parte]:
    """The paper of the portal with those that it took the place of, the oldest first."""
    antigo = Documento.objects.filter(substituido_por=documento).first()
    if antigo:
        # One that was replaced before it was drawn was never seen by anybody.
        yield from (parte for parte in _versoes(nome, f"{titulo}, versão anterior", antigo) if parte.campo)
    yield _feito(nome, titulo, documento)


def _da_pessoa(habilitacao: Habilitacao) -> Iterator[Parte]:
    """The terms as they came back signed and every other proof; a term nobody has sent back, as it was made."""
    comprovacoes = list(habilitacao.comprovacoes.select_related("arquivo").order_by("enviada_em", "pk"))
    assinados = {c.requisito for c in comprovacoes if c.arquivo}
    for termo in _ultimos_termos(habilitacao):
        if termo.requisito not in assinados:
            yield _feito(f"pessoa-{termo.requisito}", f"{habilitacao}: {_nome(termo.requisito)}", termo.documento)
    for comprovacao in comprovacoes:
        if comprovacao.arquivo:
            yield _enviado(f"pessoa-{comprovacao.requisito}", _titulo(habilitacao, comprovacao), comprovacao.arquivo)


def _ultimos_termos(habilitacao: Habilitacao) -> list[Any]:
    por_requisito = {t.requisito: t for t in habilitacao.termos.select_related("documento").order_by("criado_em", "pk")}
    return list(por_requisito.values())


def _titulo(habilitacao: Habilitacao, comprovacao: Comprovacao) -> str:
    return f"{habilitacao}: {_nome(comprovacao.requisito)}, {comprovacao.get_situacao_display().lower()}"


def _nome(requisito: str) -> str:
    pedido = comprovante(requisito)
    return pedido.nome if pedido else requisito


# --- One file -----------------------------------------------------------------------------------------------------


def _enviado(nome: str, titulo: str, arquivo: Arquivo) -> Parte:
    fim = PurePath(arquivo.nome_original).suffix.lower()[:6] or ".pdf"
    return Parte(f"{nome}{fim}", titulo, arquivo.original, arquivo.sha256)


def _feito(nome: str, titulo: str, documento: Documento) -> Parte:
    if documento.situacao == SituacaoDocumento.PEDIDO:
        raise PapelPorFazer(titulo)
    return Parte(f"{nome}.pdf", titulo, documento.pdf, documento.sha256, documento.codigo)
