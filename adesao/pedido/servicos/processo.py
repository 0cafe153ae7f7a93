"""Begin an adhesion, send it, answer a return, give it up."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio
from act_portal.telas import formatos
from act_portal.territorio.consultas import acordo_em_vigor, hoje_em, unidade_responsavel
from act_portal.territorio.models import Entidade, Municipio
from adesao.acordo.servicos.comum import cancelar_acordo
from adesao.avisos.servicos import avisar_pessoa
from adesao.checklist.catalogo import checklist
from adesao.models import Acordo, ChecklistVersao, GuardaChuva, Processo, Solicitacao
from adesao.pedido.servicos.itens import criar_itens, reavaliar
from adesao.permissoes import exigir_gestor
from adesao.servicos import exigir_processo_na_versao, mover, travar_para, travar_para_editar
from adesao.situacoes import Instrumento, Regime, Situacao, SituacaoItem, SituacaoSolicitacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

JA_EXISTE = "O município já tem um pedido aberto. Continue nele."


@transaction.atomic
def comecar(
    municipio: Municipio,
    *,
    instrumento: Instrumento | str,
    regime: Regime | str,
    cnpj: str,
    guarda_chuva: GuardaChuva | None = None,
    autor: Usuario,
    codigo: uuid.UUID | None = None,
) -> Processo:
    """Open an adhesion. `codigo`, made with the page, makes a double click one process."""
    exigir_gestor(autor, municipio)
    # Whoever begins first holds the town: the second finds the process of the first.
    municipio = Municipio.objects.select_for_update().get(pk=municipio.pk)
    if codigo and (repetido := Processo.objects.filter(codigo=codigo, municipio=municipio).first()):
        return repetido
    _exigir_livre(municipio, cnpj)
    unidade = unidade_responsavel(municipio)
    if unidade is None:
        raise ErroDeDominio("Nenhuma unidade do INSS responde por este município ainda. Ligue 135.")
    try:
        with transaction.atomic():
            processo = Processo.objects.create(
                **({"codigo": codigo} if codigo else {}),
                municipio=municipio,
                unidade=unidade,
                instrumento=instrumento,
                guarda_chuva=guarda_chuva,
                regime=regime,
                cnpj=cnpj,
                checklist=versao_de_hoje(),
                criado_por=autor,
                editado_por=autor,
            )
    except IntegrityError as erro:
        raise ErroDeDominio(JA_EXISTE) from erro
    criar_itens(processo)
    registrar("adesao.comecada", municipio=municipio, autor=autor, alvo=processo)
    return processo


def _exigir_livre(municipio: Municipio, cnpj: str) -> None:
    """One town never has two in force for the same object, and never another town's number."""
    if Processo.objects.abertos().filter(municipio=municipio).exists():
        raise ErroDeDominio(JA_EXISTE)
    if acordo := Acordo.objects.filter(municipio=municipio, encerrado_em__isnull=True).first():
        raise ErroDeDominio(f"O município já tem o {acordo}.")
    if entidade := acordo_em_vigor(municipio, hoje_em(municipio)):
        raise ErroDeDominio(
            f"O município já tem o acordo {entidade.acordo_numero}, que vai até {entidade.acordo_fim:%d/%m/%Y}."
        )
    exigir_cnpj(municipio, cnpj)
    _exigir_cnpj_do_acesso(municipio, cnpj)


def _exigir_cnpj_do_acesso(municipio: Municipio, cnpj: str) -> None:
    """INSS looked at a CNPJ when it gave the access: the town asks with that one, or asks for the access again."""
    vistos = set(
        Solicitacao.objects.filter(municipio=municipio, situacao=SituacaoSolicitacao.APROVADA).values_list(
            "cnpj", flat=True
        )
    )
    if vistos and cnpj not in vistos:
        antes = " ou ".join(formatos.cnpj(visto) for visto in sorted(vistos))
        raise ErroDeDominio(
            f"O INSS aprovou o acesso do município com o CNPJ {antes}. Use esse. Se está errado, peça outro acesso, "
            "com o CNPJ certo."
        )


def exigir_cnpj(municipio: Municipio, cnpj: str) -> None:
    """Never another town's number."""
    de_outro = Processo.objects.exclude(municipio=municipio).filter(cnpj=cnpj, enviado_em__isnull=False).exists()
    if de_outro or Entidade.objects.exclude(municipio=municipio).filter(cnpj=cnpj).exists():
        raise ErroDeDominio("Este CNPJ é o da prefeitura de outro município. Confira no cartão do CNPJ.")


def versao_de_hoje() -> ChecklistVersao:
    lista = checklist()
    return ChecklistVersao.objects.get_or_create(versao=lista.versao, defaults={"dados": lista.como_dados()})[0]


@transaction.atomic
def mudar_tipo(
    processo_id: int,
    *,
    instrumento: Instrumento | str,
    regime: Regime | str,
    cnpj: str,
    guarda_chuva: GuardaChuva | None = None,
    versao: int | None = None,
    autor: Usuario,
) -> Processo:
    """Change what decides the checklist, while nothing was sent. Later only whoever reviews corrects the regime."""
    processo = travar_para_editar(processo_id, autor=autor)
    if processo.estado != Situacao.RASCUNHO:
        raise ErroDeDominio("O tipo do pedido só muda antes do envio. Fale com a unidade do INSS.")
    exigir_processo_na_versao(processo, versao)
    exigir_cnpj(processo.municipio, cnpj)
    _exigir_cnpj_do_acesso(processo.municipio, cnpj)
    processo.instrumento, processo.guarda_chuva = instrumento, guarda_chuva
    processo.regime, processo.cnpj = regime, cnpj
    processo.versao += 1
    processo.editado_por, processo.alterado_em = autor, now()
    processo.save(
        update_fields=["instrumento", "guarda_chuva", "regime", "cnpj", "versao", "editado_por", "alterado_em"]
    )
    criar_itens(processo)
    registrar("adesao.tipo_mudado", municipio=processo.municipio, autor=autor, alvo=processo)
    return processo


@transaction.atomic
def enviar(processo_id: int, *, autor: Usuario) -> Processo:
    """Send the application to INSS, whole."""
    processo = travar_para("enviar", processo_id, autor=autor)
    exigir_cnpj(processo.municipio, processo.cnpj)
    _exigir_cnpj_do_acesso(processo.municipio, processo.cnpj)
    _exigir_prontos(processo)
    mover(processo, "enviar", autor=autor, enviado_em=now())
    return processo


@transaction.atomic
def reenviar(processo_id: int, *, autor: Usuario) -> Processo:
    """Give the answered items back to INSS."""
    processo = travar_para("reenviar", processo_id, autor=autor)
    _exigir_prontos(processo)
    evento = mover(processo, "reenviar", autor=autor, prazo=None)
    avisar_pessoa(processo, processo.responsavel, "reenviar", chave=str(evento.pk))
    return processo


def _exigir_prontos(processo: Processo) -> None:
    """Every item that is the town's to answer is ready, as of today."""
    abertos = [linha for linha in reavaliar(processo) if linha.item.aberto_ao_municipio]
    faltam = [linha.item.nome for linha in abertos if linha.item.estado != SituacaoItem.PRONTO]
    if faltam:
        raise ErroDeDominio(f"Ainda falta: {'; '.join(faltam)}.")


@transaction.atomic
def desistir(processo_id: int, *, motivo: str, autor: Usuario) -> Processo:
    """The town gives up. What was sent stays; a new application may begin at any time."""
    processo = travar_para("desistir", processo_id, autor=autor)
    motivo = " ".join(motivo.split())
    if not motivo:
        raise ErroDeDominio("Escreva por que o município desiste.")
    cancelar_acordo(processo, autor=autor)
    mover(processo, "desistir", autor=autor, motivo=motivo[:1000])
    return processo
