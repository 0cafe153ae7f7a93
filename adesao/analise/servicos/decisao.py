"""The decision of who is competent, who is never who instructed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.emissao import servicos as emissao
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao.acordo.servicos.comum import mover_acordo
from adesao.analise.papeis import fazer
from adesao.analise.servicos.comum import decidir, exigir_texto, quem_instruiu
from adesao.analise.servicos.processo import exigir_lugar, pendencias_dos_itens
from adesao.avisos.servicos import avisar_municipio
from adesao.models import Acordo, Decisao, Papel, Processo, Sequencia
from adesao.papeis.consultas import vigente
from adesao.pedido.servicos.itens import reavaliar
from adesao.servicos import mover, travar_para
from adesao.situacoes import SituacaoAcordo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Tipo, E = Decisao.Tipo, Papel.Especie
SEM_SEI = (
    "Guarde antes o número do processo no SEI, em “Número do processo no SEI”: ele sai no acordo e no extrato do "
    "Diário Oficial."
)
SEM_COMPETENCIA = "Escreva o ato que dá a você competência para decidir. Exemplo: portaria, número e data."


@transaction.atomic
def aprovar(processo_id: int, *, texto: str, competencia: str, condicoes: str = "", autor: Usuario) -> Processo:
    """Approve, number the agreement and make the paper that the parties sign."""
    processo = travar_para("aprovar", processo_id, autor=autor)
    _exigir_que_nao_instruiu(processo, autor)
    parecer = processo.decisoes.filter(tipo=Tipo.PARECER).latest("em", "pk")
    if parecer.conclusao == Decisao.Conclusao.DESFAVORAVEL:
        raise ErroDeDominio("O parecer é desfavorável. Não aprove, ou volte o pedido à análise com o que falta.")
    if pendencias := pendencias_dos_itens(reavaliar(processo)):
        raise ErroDeDominio(f"Depois do parecer, abriu de novo: {pendencias}. Volte o pedido à análise.")
    if not processo.processo_sei:
        raise ErroDeDominio(SEM_SEI)
    decidir(
        processo, Tipo.APROVACAO, exigir_texto(texto, "Escreva o fundamento da decisão.", 3000), autor=autor,
        competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200),
        condicoes=" ".join((condicoes or parecer.condicoes).split())[:2000],
    )  # fmt: skip
    acordo = _numerar(processo, autor)
    for especie in (E.DECISAO, E.INSTRUMENTO):
        fazer(processo, especie, autor=autor)
    evento = mover(processo, "aprovar", autor=autor)
    avisar_municipio(processo, "aprovar", chave=f"{evento.pk}:{acordo.pk}")
    return processo


def _exigir_que_nao_instruiu(processo: Processo, autor: Usuario) -> None:
    if autor.pk in quem_instruiu(processo):
        raise ErroDeDominio(
            "Você conferiu itens ou deu parecer neste pedido. Quem instrui não decide: passe a outra pessoa."
        )


def _numerar(processo: Processo, autor: Usuario) -> Acordo:
    """The number is given once: a process approved again keeps it."""
    hoje = hoje_em(processo.municipio)
    campos = {
        "municipio": processo.municipio,
        "objeto": processo.objeto,
        "instrumento": processo.instrumento,
        "guarda_chuva": processo.guarda_chuva,
        "aprovado_em": hoje,
    }
    if acordo := Acordo.objects.filter(processo=processo).first():
        for nome, valor in campos.items():
            setattr(acordo, nome, valor)
        acordo.save(update_fields=list(campos))
        if acordo.estado == SituacaoAcordo.CANCELADO:
            mover_acordo(acordo, "renumerar", autor=autor, encerrado_em=None)
        return acordo
    return Acordo.objects.create(processo=processo, numero=_proximo_numero(hoje.year), **campos)


def _proximo_numero(ano: int) -> str:
    """NNN/AAAA: the row of the year is locked until the agreement exists, so that two never get the same."""
    nome = f"acordo-{ano}"
    Sequencia.objects.get_or_create(nome=nome)
    sequencia = Sequencia.objects.select_for_update().get(nome=nome)
    sequencia.valor += 1
    # An agreement of before the portal may have taken the number.
    while Acordo.objects.filter(numero=f"{sequencia.valor:03d}/{ano}").exists():
        sequencia.valor += 1
    sequencia.save(update_fields=["valor"])
    return f"{sequencia.valor:03d}/{ano}"


@transaction.atomic
def indeferir(processo_id: int, *, texto: str, competencia: str, autor: Usuario) -> Processo:
    processo = travar_para("indeferir", processo_id, autor=autor)
    _exigir_que_nao_instruiu(processo, autor)
    texto = exigir_texto(texto, "Escreva o fundamento da decisão.", 3000)
    decidir(
        processo, Tipo.INDEFERIMENTO, texto, autor=autor, competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200)
    )
    fazer(processo, E.DECISAO, autor=autor)
    evento = mover(processo, "indeferir", autor=autor, motivo=texto[:1000])
    avisar_municipio(processo, "indeferir", chave=str(evento.pk))
    return processo


@transaction.atomic
def retomar(processo_id: int, *, texto: str, autor: Usuario) -> Processo:
    """Back to the review: something changed, or the opinion left something out. What was signed stops counting."""
    processo = travar_para("retomar", processo_id, autor=autor)
    texto = exigir_texto(texto, "Escreva por que o pedido volta à análise.", 1000)
    decidir(processo, Tipo.RETOMADA, texto, autor=autor)
    da_aprovacao = Acordo.objects.filter(processo=processo).first()
    if da_aprovacao:
        da_aprovacao.assinaturas.filter(substituida_em__isnull=True).update(substituida_em=now())
        _tirar_o_valor_do_instrumento(processo, autor)
    evento = mover(processo, "retomar", autor=autor, motivo=texto)
    reavaliar(processo)
    if da_aprovacao:
        avisar_municipio(processo, "retomar", chave=str(evento.pk))
    return processo


def _tirar_o_valor_do_instrumento(processo: Processo, autor: Usuario) -> None:
    if papel := vigente(processo, E.INSTRUMENTO):
        papel.substituido_em = now()
        papel.save(update_fields=["substituido_em"])
        emissao.revogar_varios([papel.documento_id], motivo="O pedido voltou à análise.", autor=autor)


@transaction.atomic
def reconsiderar(processo_id: int, *, texto: str, autor: Usuario) -> Processo:
    """Take back a refusal: the review goes on, in the same process."""
    processo = travar_para("reconsiderar", processo_id, autor=autor)
    exigir_lugar(processo)
    texto = exigir_texto(texto, "Escreva por que a decisão é reconsiderada.", 1000)
    decidir(processo, Tipo.RECONSIDERACAO, texto, autor=autor)
    evento = mover(processo, "reconsiderar", autor=autor, motivo=texto)
    reavaliar(processo)
    avisar_municipio(processo, "reconsiderar", chave=str(evento.pk))
    return processo
