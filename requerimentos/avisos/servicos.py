"""Notices to the citizen: promised with the change that causes them, delivered by the channel that the person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.erros import TransicaoInvalida
from act_portal.saidas.servicos import prometer
from act_portal.telas.formatos import no_meio_da_frase
from requerimentos import permissoes
from requerimentos.mandato.consultas import Ato, fim_do_ato
from requerimentos.models import Aviso, Contato, Pessoa, Requerimento
from requerimentos.situacoes import SituacaoAviso

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

AVISAR = "requerimentos.avisar"
CONTATO_DO_CANAL = {
    Pessoa.Canal.EMAIL: Contato.Tipo.EMAIL,
    Pessoa.Canal.SMS: Contato.Tipo.CELULAR,
    Pessoa.Canal.WHATSAPP: Contato.Tipo.WHATSAPP,
}


def avisar(requerimento: Requerimento, assunto: Aviso.Assunto, *, chave: str) -> Aviso | None:
    """Promise one notice, in the transaction of the fact. The same `chave` is the same notice.

    None when the person asked to hear only at the desk, or took back notices or the whole term. Without a contact the
    notice is born failed, so that the desk sees it.
    """
    canal = Pessoa.Canal(requerimento.pessoa.canal)
    if canal == Pessoa.Canal.BALCAO or fim_do_ato(requerimento, Ato.AVISOS):
        return None
    tipo = CONTATO_DO_CANAL[canal]
    contato = requerimento.pessoa.contatos.filter(tipo=tipo).first()
    aviso, novo = Aviso.objects.get_or_create(
        chave=chave,
        defaults={
            "requerimento": requerimento,
            "assunto": assunto,
            "canal": canal,
            "contato": contato,
            "situacao": SituacaoAviso.PENDENTE if contato else SituacaoAviso.FALHOU,
            "falha": "" if contato else f"O cadastro não tem {no_meio_da_frase(tipo.label)} da pessoa.",
        },
    )
    if novo and contato:
        prometer(AVISAR, chave=f"{AVISAR}:{aviso.pk}", aviso=aviso.pk)
    return aviso


@transaction.atomic
def marcar_enviado(aviso_id: int) -> None:
    _mover(Aviso.objects.select_for_update().get(pk=aviso_id), SituacaoAviso.ENVIADO, enviado_em=now(), falha="")


@transaction.atomic
def marcar_falha(aviso_id: int, motivo: str) -> None:
    _mover(Aviso.objects.select_for_update().get(pk=aviso_id), SituacaoAviso.FALHOU, falha=motivo[:200])


@transaction.atomic
def marcar_visto(aviso_id: int, *, autor: Usuario) -> None:
    """The desk knows that this notice reached nobody and will tell the person some other way."""
    aviso = Aviso.objects.select_for_update().select_related("requerimento__municipio").get(pk=aviso_id)
    permissoes.exigir_atendente(autor, aviso.requerimento.municipio_id)
    if aviso.visto_em is None:
        aviso.visto_em = now()
        aviso.save(update_fields=["visto_em"])
        registrar(
            "aviso.falha_vista", municipio=aviso.requerimento.municipio, autor=autor, alvo=aviso.requerimento,
            aviso=aviso.pk,
        )  # fmt: skip


def _mover(aviso: Aviso, destino: SituacaoAviso, **campos: object) -> None:
    origem = SituacaoAviso(aviso.situacao)
    if not origem.pode_ir_para(destino):
        raise TransicaoInvalida(f"O aviso está em “{origem.label}”.")
    aviso.situacao = destino
    for nome, valor in campos.items():
        setattr(aviso, nome, valor)
    aviso.save(update_fields=["situacao", *campos])
