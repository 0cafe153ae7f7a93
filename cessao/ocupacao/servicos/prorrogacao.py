"""Extend a term: asked before the end, inside the limit, signed before the end. Never by silence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.regras import somar_meses
from cessao import leis, permissoes, regras, reservas
from cessao.analise.servicos import SEM_COMPETENCIA
from cessao.avisos import avisar_diretoria, avisar_logistica, avisar_requerente
from cessao.models import Aditivo, Decisao, Termo
from cessao.ocupacao.servicos.comum import mover_aditivo, travar_aditivo, travar_do_termo
from cessao.papeis.servicos import fazer, tirar_valor
from cessao.servicos import anotar, decidir, exigir_condicoes, exigir_texto
from cessao.situacoes import ADITIVO_ABERTO, PRORROGAVEIS, Ocupacao, Quem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Ato, Conclusao = Decisao.Ato, Decisao.Conclusao
UM_DIA = timedelta(days=1)


@transaction.atomic
def pedir(termo_id: int, *, meses: int, justificativa: str, autor: Usuario) -> Aditivo:
    termo = travar_do_termo(termo_id, Quem.REQUERENTE, autor=autor)
    hoje = hoje_em(termo.pedido.municipio)
    limite = leis.parametro("prazo_total_meses", hoje).valor
    # First of all the end: a term that is over is told so, whatever its state.
    if frase := regras.problema_da_prorrogacao(
        hoje=hoje, fim=termo.fim, meses=meses, somados=termo.meses, limite=limite
    ):
        raise ErroDeDominio(frase)
    if termo.estado == Ocupacao.A_ENTREGAR:
        raise ErroDeDominio("A prorrogação se pede depois de receber as chaves, enquanto o espaço é usado.")
    if termo.estado not in PRORROGAVEIS:
        raise ErroDeDominio(f"Esta cessão está em “{termo.estado.label}”: não cabe prorrogação agora.")
    if termo.aditivos.filter(situacao__in=ADITIVO_ABERTO).exists():
        raise ErroDeDominio("Já há uma prorrogação em andamento. Espere a decisão dela.")
    novo_fim = somar_meses(termo.fim + UM_DIA, meses) - UM_DIA
    if frase := regras.problema_da_janela(termo.inicio, novo_fim, None, termo.espaco.disponivel_ate):
        raise ErroDeDominio(frase)
    reservas.exigir_livre(termo.espaco, termo.fim + UM_DIA, novo_fim, exceto=termo)
    aditivo = Aditivo.objects.create(
        termo=termo, meses=meses, fim_anterior=termo.fim, novo_fim=novo_fim,
        justificativa=exigir_texto(justificativa, "Escreva por que precisa de mais tempo.", 1000), pedido_em=hoje,
        pedido_por=autor,
    )  # fmt: skip
    evento = anotar("cessao.aditivo_pedido", termo.pedido, autor, aditivo=aditivo.pk, meses=meses)
    avisar_logistica(termo.pedido, "prorrogar", chave=str(evento.pk))
    return aditivo


@transaction.atomic
def opinar(aditivo_id: int, *, conclusao: str, texto: str, condicoes: str = "", autor: Usuario) -> Aditivo:
    aditivo = travar_aditivo("opinar", aditivo_id, autor=autor)
    pedido = aditivo.termo.pedido
    if autor.pk == aditivo.pedido_por_id:
        raise ErroDeDominio("Você pediu esta prorrogação em nome do órgão. Outra pessoa da logística opina.")
    texto = exigir_texto(texto, "Escreva o parecer.", 2000)
    condicoes = exigir_condicoes(conclusao, condicoes, "Escreva as condições do parecer.")
    decidir(pedido, Ato.ADITIVO, texto, autor=autor, conclusao=conclusao, condicoes=condicoes)
    evento = mover_aditivo(aditivo, "opinar", autor=autor)
    avisar_diretoria(pedido, "prorrogar_opinado", chave=str(evento.pk))
    return aditivo


@transaction.atomic
def aprovar(aditivo_id: int, *, texto: str, competencia: str, condicoes: str = "", autor: Usuario) -> Aditivo:
    """Keep the days and make the paper, with the conditions. Whoever gave the opinion, or asked, does not approve."""
    aditivo = travar_aditivo("aprovar", aditivo_id, autor=autor)
    termo, pedido = aditivo.termo, aditivo.termo.pedido
    permissoes.exigir_outra_pessoa(autor, pedido, aditivo.pedido_por_id)
    if hoje_em(pedido.municipio) > aditivo.fim_anterior:
        raise ErroDeDominio("O prazo já terminou. Depois do fim não há prorrogação: é preciso um pedido novo.")
    parecer = pedido.decisoes.filter(ato=Ato.ADITIVO).latest("em", "pk")
    if parecer.conclusao == Conclusao.DESFAVORAVEL:
        raise ErroDeDominio("O parecer é desfavorável. Não aprove a prorrogação.")
    condicoes = exigir_condicoes(
        parecer.conclusao, condicoes, "O parecer põe condições. Escreva as que valem: saem no termo aditivo."
    )
    decidir(
        pedido, Ato.PRORROGACAO, exigir_texto(texto, "Escreva o fundamento da decisão.", 3000), autor=autor,
        competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200), condicoes=condicoes,
    )  # fmt: skip
    reservas.reservar(termo, aditivo.fim_anterior + UM_DIA, aditivo.novo_fim)
    # The term is locked: nobody else numbers an extension of it now.
    ultimo = termo.aditivos.aggregate(ultimo=Max("ordem"))["ultimo"] or 0
    evento = mover_aditivo(aditivo, "aprovar", autor=autor, ordem=ultimo + 1, condicoes=condicoes)
    fazer(pedido, "aditivo", autor=autor, sobre=aditivo)
    avisar_requerente(pedido, "prorrogacao_aprovada", chave=str(evento.pk))
    return aditivo


@transaction.atomic
def negar(aditivo_id: int, *, texto: str, competencia: str, autor: Usuario) -> Aditivo:
    aditivo = travar_aditivo("negar", aditivo_id, autor=autor)
    pedido = aditivo.termo.pedido
    permissoes.exigir_outra_pessoa(autor, pedido, aditivo.pedido_por_id)
    texto = exigir_texto(texto, "Escreva o fundamento da decisão.", 1000)
    decidir(pedido, Ato.PRORROGACAO, texto, autor=autor, competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200))
    evento = mover_aditivo(aditivo, "negar", autor=autor, motivo=texto)
    avisar_requerente(pedido, "prorrogacao_negada", chave=str(evento.pk))
    return aditivo


def caducar(aditivo: Aditivo, *, motivo: str, autor: Usuario | None = None) -> None:
    """An extension that was not signed in time, of a locked term: its days and its number are free again."""
    reservas.travar_imovel(aditivo.termo.espaco)
    reservas.liberar(aditivo.termo, desde=aditivo.fim_anterior + UM_DIA)
    tirar_valor(aditivo.termo.pedido, motivo=motivo, autor=autor, aditivo=aditivo)
    evento = mover_aditivo(aditivo, "caducar", autor=autor, motivo=motivo, ordem=None)
    avisar_requerente(aditivo.termo.pedido, "prorrogacao_caduca", chave=str(evento.pk))


def caducar_abertos(termo: Termo, *, motivo: str) -> None:
    """Before a term ends for another reason."""
    for aditivo in termo.aditivos.filter(situacao__in=ADITIVO_ABERTO):
        aditivo.termo = termo
        caducar(aditivo, motivo=motivo)
