"""Keep the answers of the conversation of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime, now

from act_portal.auditoria.servicos import registrar
from act_portal.emissao import servicos as emissao
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from requerimentos import permissoes
from requerimentos.demanda.triagem.consultas import Andamento, andamento
from requerimentos.demanda.triagem.folha import conteudo, resumo
from requerimentos.models import Atendimento, Triagem
from requerimentos.papeis.modelos import ORIENTACAO
from requerimentos.recepcao import servicos as recepcao
from requerimentos.situacoes import SituacaoAtendimento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def responder(atendimento_id: int, pergunta: str, resposta: Any, *, autor: Usuario, versao: int) -> Triagem:
    """Store one answer (JSON-safe). The same answer again is one answer; the others stay, also those off the path.

    `versao` is what the page showed. Whoever goes on alone may go back and forth freely; an answer that another clerk
    has given since then is shown before it is changed. The trail tells which question, never what was said.
    """
    atendimento = travar(atendimento_id, autor)
    triagem, _ = Triagem.objects.get_or_create(atendimento=atendimento)
    guardada = triagem.respostas.get(pergunta)
    if guardada == resposta:
        return triagem
    de_outro = triagem.editado_por_id not in {None, autor.pk}
    if guardada is not None and de_outro and triagem.versao != versao:
        quando = localtime(triagem.alterado_em, atendimento.municipio.fuso)
        raise OutroChegouAntes(
            f"{triagem.editado_por} respondeu às {quando:%H:%M}, depois que você abriu a página. "
            "Confira a resposta e, se for preciso, mude e continue."
        )
    triagem.respostas = {**triagem.respostas, pergunta: resposta}
    triagem.versao += 1
    triagem.editado_por, triagem.alterado_em = autor, now()
    triagem.save(update_fields=["respostas", "versao", "editado_por", "alterado_em"])
    registrar("triagem.respondida", municipio=atendimento.municipio, autor=autor, alvo=atendimento, pergunta=pergunta)
    return triagem


@transaction.atomic
def guardar_folha(atendimento_id: int, *, autor: Usuario) -> Documento:
    """The sheet of the conversation as it stands; one that says the same is not made again, the older loses its value.

    ErroDeDominio while a question is still open.
    """
    atendimento = travar(atendimento_id, autor)
    return _folha(atendimento, andamento(atendimento), autor)


@transaction.atomic
def concluir(atendimento_id: int, *, autor: Usuario) -> Documento:
    """End the visit as orientation, with the sheet."""
    atendimento = travar(atendimento_id, autor)
    atual = andamento(atendimento)
    documento = _folha(atendimento, atual, autor)
    recepcao.concluir(
        atendimento.pk, autor=autor, desfecho=Atendimento.Desfecho.ORIENTACAO, orientacao=resumo(atual.indicar())
    )
    return documento


def _folha(atendimento: Atendimento, atual: Andamento, autor: Usuario) -> Documento:
    triagem = atual.triagem
    if triagem is None or not atual.conversa.terminou:
        raise ErroDeDominio("A conversa ainda não terminou. Responda ao que falta, ou marque que a pessoa não sabe.")
    dados, antiga = conteudo(atual, autor), triagem.folha
    if antiga and antiga.dados == emissao.conteudo.congelar(dados):
        return antiga
    if antiga and not Situacao(antiga.situacao).final:
        motivo = "A conversa mudou depois desta folha."
        triagem.folha = emissao.substituir(antiga.pk, dados, motivo=motivo, autor=autor)
    else:
        triagem.folha = emissao.pedir(ORIENTACAO, dados, municipio=atendimento.municipio, autor=autor)
    triagem.save(update_fields=["folha"])
    registrar("triagem.folha", municipio=atendimento.municipio, autor=autor, alvo=atendimento)
    return triagem.folha


def travar(atendimento_id: int, autor: Usuario) -> Atendimento:
    """The visit in progress, locked, for a clerk of its município."""
    atendimento = (
        Atendimento.objects.select_for_update(of=("self",))
        .select_related("municipio", "balcao__entidade", "pessoa", "atendente")
        .get(pk=atendimento_id)
    )
    permissoes.exigir_atendente(autor, atendimento.municipio_id)
    if atendimento.situacao != SituacaoAtendimento.EM_ATENDIMENTO:
        raise ErroDeDominio("Este atendimento não está em andamento. As respostas ficam como estão.")
    return atendimento
