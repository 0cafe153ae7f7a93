"""Scanned documents: put in a slot, turn, order, move, declare, take out. Nothing uploaded is ever deleted here."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import localtime, now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.saidas.servicos import prometer
from requerimentos.digitalizacao.consultas import VAGA_DA_EXIGENCIA
from requerimentos.mandato.consultas import Ato
from requerimentos.models import Conserto, Exigencia, Pagina, Peca, Requerimento
from requerimentos.servicos import travar_para_agir
from requerimentos.situacoes import SituacaoExigencia

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

PAGINAR = "requerimentos.paginar"
MOTIVO_MAXIMO = 200
# Whoever goes on writing within this time is still at the same draft.
SENTADA = timedelta(hours=1)


class MotivoQueNaoServe(ErroDeDominio):
    """The reason to keep a page: told at its field."""


def juntar(
    requerimento_id: int,
    *,
    vaga: str,
    enviado: UploadedFile,
    autor: Usuario,
    codigo: uuid.UUID | None = None,
    exigencia_id: int | None = None,
) -> Peca:
    """Put one uploaded file in a slot. `codigo` is made by the browser: the same upload again is the same document.

    Raises ArquivoRecusado, with what to do, when the file does not serve. Call it outside `atomic()`: the bytes are
    stored before the row that names them.
    """
    codigo = codigo or uuid.uuid4()
    with transaction.atomic():
        requerimento = travar_para_juntar(requerimento_id, autor, exigencia_id)
        if repetida := _ja_junta(codigo, requerimento):
            return repetida
        _exigir_vaga(vaga, requerimento, exigencia_id)
    arquivo = receber(
        enviado, municipio=requerimento.municipio, usuario=autor, depois=PAGINAR, codigo=codigo, reparar=True
    )
    return _por_na_vaga(requerimento_id, arquivo, vaga=vaga, autor=autor, codigo=codigo, exigencia_id=exigencia_id)


def _ja_junta(codigo: uuid.UUID, requerimento: Requerimento) -> Peca | None:
    peca = Peca.objects.filter(codigo=codigo).first()
    if peca and peca.requerimento_id != requerimento.pk:
        raise ErroDeDominio("Este arquivo já foi enviado em outro pedido. Atualize a página e escolha de novo.")
    return peca


@transaction.atomic
def _por_na_vaga(
    requerimento_id: int,
    arquivo: Arquivo,
    *,
    vaga: str,
    autor: Usuario,
    codigo: uuid.UUID,
    exigencia_id: int | None,
) -> Peca:
    requerimento = travar_para_juntar(requerimento_id, autor, exigencia_id)
    peca, nova = Peca.objects.get_or_create(
        codigo=codigo,
        requerimento=requerimento,
        defaults={
            "exigencia_id": exigencia_id,
            "vaga": vaga,
            "arquivo": arquivo,
            "ordem": proxima_ordem(requerimento, vaga),
            "criado_por": autor,
        },
    )
    if nova:
        # The worker may have made the pages before this row was there to be told.
        prometer(PAGINAR, chave=f"{PAGINAR}:peca:{peca.pk}", arquivo=arquivo.pk)
        registrar(
            "peca.juntada", municipio=requerimento.municipio, autor=autor, alvo=requerimento, peca=peca.pk, vaga=vaga
        )
    return peca


@transaction.atomic
def girar(pagina_id: int, *, autor: Usuario) -> Pagina:
    """A quarter turn clockwise, which "Desfazer" takes back."""
    pagina = travar_pagina(pagina_id, autor)
    if pagina.consertando:
        raise ErroDeDominio("Esta página está sendo consertada. Espere alguns segundos e gire.")
    Conserto.objects.create(
        pagina=pagina, de_id=pagina.folha_id, para_id=pagina.folha_id, giro_antes=pagina.giro, pedido_por=autor
    )
    pagina.giro = (pagina.giro + 90) % 360
    pagina.save(update_fields=["giro"])
    _anotar("pagina.girada", pagina, autor)
    return pagina


@transaction.atomic
def manter(pagina_id: int, *, por_que: str, autor: Usuario) -> Pagina:
    """Let a page go although it is hard to read, for a reason in the clerk's words; an empty reason is refused."""
    por_que = " ".join(por_que.split())
    if not por_que:
        raise MotivoQueNaoServe(
            "Escreva por que a página fica assim mesmo. Por exemplo: o papel original está apagado."
        )
    if len(por_que) > MOTIVO_MAXIMO:
        raise MotivoQueNaoServe(f"O motivo passa de {MOTIVO_MAXIMO} letras. Escreva mais curto.")
    pagina = travar_pagina(pagina_id, autor)
    if pagina.mantida_por_que != por_que:
        pagina.mantida_por_que = por_que
        pagina.save(update_fields=["mantida_por_que"])
        _anotar("pagina.mantida", pagina, autor, defeitos=",".join(d["codigo"] for d in pagina.defeitos))
    return pagina


@transaction.atomic
def subir(pagina_id: int, *, autor: Usuario) -> Pagina:
    return _trocar(pagina_id, autor, sentido=-1)


@transaction.atomic
def descer(pagina_id: int, *, autor: Usuario) -> Pagina:
    return _trocar(pagina_id, autor, sentido=1)


@transaction.atomic
def tirar(pagina_id: int, *, autor: Usuario) -> Pagina:
    """To the bin of the request: it leaves the document and may come back."""
    pagina = travar_pagina(pagina_id, autor)
    if pagina.removida_em is None:
        pagina.removida_em = now()
        pagina.save(update_fields=["removida_em"])
        _anotar("pagina.tirada", pagina, autor)
    return pagina


@transaction.atomic
def devolver(pagina_id: int, *, autor: Usuario) -> Pagina:
    pagina = travar_pagina(pagina_id, autor)
    if pagina.removida_em is not None:
        pagina.removida_em = None
        pagina.save(update_fields=["removida_em"])
        _anotar("pagina.devolvida", pagina, autor)
    return pagina


@transaction.atomic
def mudar_pagina_de_vaga(pagina_id: int, *, vaga: str, autor: Usuario) -> Pagina:
    """Move one page to another slot, into the document there that came from the same file, or a new one."""
    pagina = travar_pagina(pagina_id, autor)
    peca = pagina.peca
    if vaga == peca.vaga:
        return pagina
    _exigir_vaga(vaga, peca.requerimento, peca.exigencia_id)
    irmas = Peca.objects.vivas().filter(requerimento=peca.requerimento, exigencia=peca.exigencia, vaga=vaga)
    destino = irmas.filter(arquivo=peca.arquivo).first() or Peca.objects.create(
        requerimento=peca.requerimento,
        exigencia=peca.exigencia,
        vaga=vaga,
        arquivo=peca.arquivo,
        natureza=peca.natureza,
        ordem=proxima_ordem(peca.requerimento, vaga),
        criado_por=autor,
    )
    pagina.peca = destino
    pagina.ordem = (destino.paginas.aggregate(m=Max("ordem"))["m"] or 0) + 1
    pagina.save(update_fields=["peca", "ordem"])
    if not peca.paginas.exists():
        peca.removida_em = now()
        peca.save(update_fields=["removida_em"])
    _anotar("pagina.mudou_de_vaga", pagina, autor, vaga=vaga)
    return pagina


@transaction.atomic
def mudar_de_vaga(peca_id: int, *, vaga: str, autor: Usuario) -> Peca:
    peca = travar_peca(peca_id, autor)
    if vaga == peca.vaga:
        return peca
    _exigir_vaga(vaga, peca.requerimento, peca.exigencia_id)
    peca.vaga = vaga
    peca.ordem = proxima_ordem(peca.requerimento, vaga)
    peca.save(update_fields=["vaga", "ordem"])
    registrar(
        "peca.mudou_de_vaga", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento,
        peca=peca.pk, vaga=vaga,
    )  # fmt: skip
    return peca


@transaction.atomic
def declarar(peca_id: int, *, natureza: str, autor: Usuario) -> Peca:
    """Original, simple copy, or copy authenticated by others: the clerk's word, never a default."""
    peca = travar_peca(peca_id, autor)
    _exigir_natureza(natureza)
    # Whoever compared it with the original vouched for the other word.
    caem = peca.esquecer_conferencia() if peca.natureza != natureza else ()
    peca.natureza = natureza
    peca.save(update_fields=["natureza", *caem])
    registrar(
        "peca.declarada", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento,
        peca=peca.pk, natureza=natureza,
    )  # fmt: skip
    return peca


@transaction.atomic
def declarar_vaga(
    requerimento_id: int, *, vaga: str, natureza: str, autor: Usuario, exigencia_id: int | None = None
) -> int:
    """The same word for every document of a slot that has none yet; what was declared one by one stays."""
    requerimento = travar_para_juntar(requerimento_id, autor, exigencia_id)
    _exigir_natureza(natureza)
    calados = Peca.objects.vivas().filter(requerimento=requerimento, exigencia=exigencia_id, vaga=vaga, natureza="")
    pecas = list(calados.exclude(arquivo__situacao=Arquivo.Situacao.RECUSADO).values_list("pk", flat=True))
    if pecas:
        Peca.objects.filter(pk__in=pecas).update(natureza=natureza)
        registrar(
            "vaga.declarada", municipio=requerimento.municipio, autor=autor, alvo=requerimento,
            vaga=vaga, natureza=natureza, pecas=pecas,
        )  # fmt: skip
    return len(pecas)


@transaction.atomic
def tirar_peca(peca_id: int, *, autor: Usuario) -> Peca:
    peca = travar_peca(peca_id, autor)
    if peca.removida_em is None:
        peca.removida_em = now()
        peca.save(update_fields=["removida_em"])
        registrar(
            "peca.tirada", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento, peca=peca.pk
        )
    return peca


@transaction.atomic
def devolver_peca(peca_id: int, *, autor: Usuario) -> Peca:
    peca = travar_peca(peca_id, autor)
    if peca.removida_em is not None:
        peca.removida_em = None
        peca.save(update_fields=["removida_em"])
        registrar(
            "peca.devolvida", municipio=peca.requerimento.municipio, autor=autor, alvo=peca.requerimento, peca=peca.pk
        )
    return peca


@transaction.atomic
def guardar_rascunho(exigencia_id: int, *, texto: str, versao: int | None, autor: Usuario) -> Exigencia:
    """Keep the text of an answer beside its documents until it is sent. `versao`: the one that the page was drawn from.

    The trail hears of it once for each writer and sitting, not at every pause in typing.
    """
    texto = texto.replace("\r\n", "\n")
    requerimento = travar_para_agir(
        Exigencia.objects.values_list("requerimento_id", flat=True).get(pk=exigencia_id), autor=autor, ato=Ato.EXIGENCIA
    )
    exigencia = Exigencia.objects.select_for_update(of=("self",)).select_related("rascunho_por").get(pk=exigencia_id)
    exigencia.requerimento = requerimento
    if exigencia.estado not in {SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA}:
        raise ErroDeDominio(f"Esta exigência está em “{exigencia.estado.label}” e não recebe mais resposta.")
    if texto == exigencia.texto_em_preparo:
        return exigencia
    exigir_texto_atual(exigencia, texto, versao)
    agora = now()
    sentado = exigencia.rascunho_por_id == autor.pk and agora - (exigencia.rascunho_em or agora) < SENTADA
    exigencia.rascunho, exigencia.rascunho_por, exigencia.rascunho_em = texto, autor, agora
    exigencia.versao += 1
    exigencia.save(update_fields=["rascunho", "rascunho_por", "rascunho_em", "versao"])
    if not sentado:
        registrar(
            "exigencia.rascunho", municipio=requerimento.municipio, autor=autor, alvo=requerimento,
            exigencia=exigencia.pk,
        )  # fmt: skip
    return exigencia


def exigir_texto_atual(exigencia: Exigencia, texto: str, versao: int | None) -> None:
    """Somebody else's text is never written over, nor sent by whoever has not seen it."""
    if versao in {None, exigencia.versao} or texto == exigencia.texto_em_preparo:
        return
    quando = localtime(exigencia.rascunho_em or exigencia.respondida_em, exigencia.requerimento.municipio.fuso)
    raise OutroChegouAntes(
        f"{exigencia.rascunho_por or exigencia.respondida_por} mudou o texto da resposta em {quando:%d/%m às %H:%M}, "
        "depois que você abriu a página. Nada foi salvo por cima. Confira o que mudou e salve de novo."
    )


def vagas_aceitas(requerimento: Requerimento, exigencia_id: int | None) -> set[str]:
    """The slots where a document may go: those of the service, or the only one of an answer to an exigência."""
    if exigencia_id:
        return {VAGA_DA_EXIGENCIA}
    return {vaga["id"] for vaga in requerimento.servico.dados["vagas"]}


def _exigir_vaga(vaga: str, requerimento: Requerimento, exigencia_id: int | None) -> None:
    if vaga not in vagas_aceitas(requerimento, exigencia_id):
        raise ErroDeDominio("Este serviço não tem esta vaga. Escolha uma das vagas da página.")


def _exigir_natureza(natureza: str) -> None:
    if natureza not in Peca.Natureza.values:
        raise ErroDeDominio("Diga se o documento é original, cópia simples ou cópia autenticada.")


def recebe_documentos(requerimento: Requerimento, exigencia: Exigencia | None) -> bool:
    """Whether the documents of the request, or those of its answer to `exigencia`, may still change."""
    if exigencia is None:
        return requerimento.editavel
    return exigencia.estado in {SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA}


def travar_para_juntar(requerimento_id: int, autor: Usuario, exigencia_id: int | None) -> Requerimento:
    """The request, locked, when `autor` may still change its documents (or those of an open exigência)."""
    requerimento = travar_para_agir(requerimento_id, autor=autor, ato=Ato.EXIGENCIA if exigencia_id else None)
    if exigencia_id is None:
        if not recebe_documentos(requerimento, None):
            raise ErroDeDominio("Este pedido já foi enviado: os documentos não mudam mais.")
        return requerimento
    exigencia = Exigencia.objects.get(pk=exigencia_id, requerimento=requerimento)
    if not recebe_documentos(requerimento, exigencia):
        raise ErroDeDominio(f"Esta exigência está em “{exigencia.estado.label}”: os documentos não mudam mais.")
    return requerimento


def travar_peca(peca_id: int, autor: Usuario) -> Peca:
    peca = Peca.objects.get(pk=peca_id)
    requerimento = travar_para_juntar(peca.requerimento_id, autor, peca.exigencia_id)
    # Read again under the request's lock.
    peca = Peca.objects.get(pk=peca_id)
    peca.requerimento = requerimento
    return peca


def travar_pagina(pagina_id: int, autor: Usuario) -> Pagina:
    pagina = Pagina.objects.get(pk=pagina_id)
    peca = travar_peca(pagina.peca_id, autor)
    pagina = Pagina.objects.get(pk=pagina_id)
    pagina.peca = peca
    if pagina.recolhida_em is not None:
        raise ErroDeDominio("Esta página foi para a bandeja: pelo código do rodapé, é papel de outro pedido.")
    return pagina


def _trocar(pagina_id: int, autor: Usuario, *, sentido: int) -> Pagina:
    """Swap places with the page before (-1) or after (+1) in the same document; at the end nothing happens."""
    pagina = travar_pagina(pagina_id, autor)
    vivas = list(pagina.peca.paginas.filter(removida_em__isnull=True).order_by("ordem", "pk"))
    lugar = next((i for i, p in enumerate(vivas) if p.pk == pagina.pk), None)
    if lugar is None or not 0 <= lugar + sentido < len(vivas):
        return pagina
    vivas[lugar], vivas[lugar + sentido] = vivas[lugar + sentido], vivas[lugar]
    for ordem, p in enumerate(vivas, start=1):
        Pagina.objects.filter(pk=p.pk).exclude(ordem=ordem).update(ordem=ordem)
    _anotar("pagina.reordenada", pagina, autor)
    return pagina


def proxima_ordem(requerimento: Requerimento, vaga: str) -> int:
    return (requerimento.pecas.filter(vaga=vaga).aggregate(m=Max(F("ordem")))["m"] or 0) + 1


def _anotar(acao: str, pagina: Pagina, autor: Usuario, **dados: str) -> None:
    requerimento = pagina.peca.requerimento
    registrar(acao, municipio=requerimento.municipio, autor=autor, alvo=requerimento, pagina=pagina.pk, **dados)
