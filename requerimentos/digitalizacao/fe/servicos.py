"""What the clerk vouches for: compared with the original, whose and from when, and what is wrong with it.

Source of the comparison: Lei 13.726/2018, art. 3º, II (conferir norma vigente).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.servicos import travar_peca, vagas_aceitas
from requerimentos.models import Peca, Requerimento, Ressalva
from requerimentos.servicos import travar_para_editar

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

TRAZER_MAXIMO = 200
E = Ressalva.Estado
# What is asked for when the clerk wrote nothing of their own.
REMEDIOS = {
    E.AUSENTE: "este documento",
    E.ILEGIVEL: "o mesmo papel, inteiro e que dê para ler",
    E.INVALIDO: "o documento que o serviço pede",
    E.VENCIDO: "o documento dentro da validade",
    E.DE_OUTRA_PESSOA: "o mesmo documento, da pessoa deste pedido",
}


@transaction.atomic
def conferir(peca_id: int, *, autor: Usuario) -> Peca:
    """The clerk compared every page with the original, and signs for it. It stands for these pages only."""
    peca = travar_peca(peca_id, autor)
    if not peca.natureza:
        raise ErroDeDominio("Diga primeiro se o documento é original, cópia simples ou cópia autenticada.")
    vivas = list(peca.paginas.filter(removida_em__isnull=True).select_related("folha").prefetch_related("consertos"))
    if not vivas or any(pagina.consertando for pagina in vivas):
        raise ErroDeDominio("As páginas ainda não estão prontas. Espere alguns segundos e confira de novo.")
    peca.conferido_folhas = sorted(pagina.folha_id for pagina in vivas)
    peca.conferido_em, peca.conferido_por = now(), autor
    peca.save(update_fields=["conferido_folhas", "conferido_em", "conferido_por"])
    registrar(
        "peca.conferida", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento, peca=peca.pk,
        folhas=sorted(pagina.folha.sha256 for pagina in vivas),
    )  # fmt: skip
    return peca


@transaction.atomic
def desconferir(peca_id: int, *, autor: Usuario) -> Peca:
    peca = travar_peca(peca_id, autor)
    if peca.conferido_em:
        peca.save(update_fields=peca.esquecer_conferencia())
        registrar(
            "peca.desconferida", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento,
            peca=peca.pk,
        )  # fmt: skip
    return peca


@transaction.atomic
def identificar(peca_id: int, *, titular: str, de: date | None, ate: date | None, autor: Usuario) -> Peca:
    """In whose name the document is and the time it tells of. One day alone is both ends."""
    peca = travar_peca(peca_id, autor)
    de, ate = de or ate, ate or de
    if de and ate and ate < de:
        raise ErroDeDominio("O fim do período vem antes do começo. Confira as duas datas.")
    peca.titular, peca.periodo_de, peca.periodo_ate = " ".join(titular.split()), de, ate
    peca.save(update_fields=["titular", "periodo_de", "periodo_ate"])
    registrar(
        "peca.identificada", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento, peca=peca.pk
    )
    return peca


@transaction.atomic
def ressalvar(peca_id: int, *, estado: str, trazer: str, autor: Usuario) -> Ressalva:
    """The document does not serve: how, and what the person should bring. Another word replaces the one before."""
    if estado not in E.values or estado == E.AUSENTE:
        raise ErroDeDominio("Escolha o que há com o documento: ilegível, inválido, vencido ou de outra pessoa.")
    peca = travar_peca(peca_id, autor)
    _retirar(peca.requerimento, peca=peca)
    return _marcar(peca.requerimento, peca.vaga, peca, estado, trazer, autor)


@transaction.atomic
def faltou(requerimento_id: int, *, vaga: str, trazer: str, autor: Usuario) -> Ressalva:
    """Nobody brought the document of this slot. It is heard of only while the slot is empty."""
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    if vaga not in vagas_aceitas(requerimento, None):
        raise ErroDeDominio("Este serviço não tem esta vaga. Escolha uma das vagas da página.")
    _retirar(requerimento, vaga=vaga, peca=None)
    return _marcar(requerimento, vaga, None, E.AUSENTE, trazer, autor)


@transaction.atomic
def tirar_ressalva(peca_id: int, *, autor: Usuario) -> None:
    peca = travar_peca(peca_id, autor)
    if _retirar(peca.requerimento, peca=peca):
        registrar(
            "ressalva.retirada", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento,
            peca=peca.pk,
        )  # fmt: skip


@transaction.atomic
def nao_faltou(requerimento_id: int, *, vaga: str, autor: Usuario) -> None:
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    if _retirar(requerimento, vaga=vaga, peca=None):
        registrar("ressalva.retirada", municipio=requerimento.municipio, autor=autor, alvo=requerimento, vaga=vaga)


def _retirar(requerimento: Requerimento, **quais: object) -> int:
    return requerimento.ressalvas.abertas().filter(**quais).update(retirada_em=now())


def _marcar(
    requerimento: Requerimento, vaga: str, peca: Peca | None, estado: str, trazer: str, autor: Usuario
) -> Ressalva:
    trazer = " ".join(trazer.split())
    if len(trazer) > TRAZER_MAXIMO:
        raise ErroDeDominio(f"O que trazer passa de {TRAZER_MAXIMO} letras. Escreva mais curto.")
    ressalva = Ressalva.objects.create(
        requerimento=requerimento,
        vaga=vaga,
        peca=peca,
        estado=estado,
        autor=autor,
        trazer=trazer or REMEDIOS[E(estado)],
    )  # fmt: skip
    registrar(
        "ressalva.feita", municipio=requerimento.municipio, autor=autor, alvo=requerimento, vaga=vaga, estado=estado,
        peca=peca.pk if peca else None,
    )  # fmt: skip
    return ressalva
