"""How an occupation ends: notice of misuse, revocation with notice, leaving early, overstay, the keys back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.contas.identificacao import de_quem_decide
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao import leis, regras, reservas, sem_termo
from cessao.analise.servicos import SEM_COMPETENCIA
from cessao.avisos import avisar_logistica, avisar_requerente
from cessao.models import Decisao, Ocorrencia, Retomada, Termo, Vistoria
from cessao.ocupacao.servicos.comum import registrar_publicacao, travar_do_termo, travar_para, travar_termo
from cessao.ocupacao.servicos.encerramento import exigir_quem_assina
from cessao.ocupacao.servicos.prorrogacao import caducar_abertos
from cessao.papeis.servicos import fazer, tirar_valor
from cessao.servicos import anotar, decidir, exigir_texto, mover_termo
from cessao.situacoes import ADITIVO_ABERTO, OCUPANDO, Ocupacao, Quem, SituacaoEncerramento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

UM_DIA = timedelta(days=1)
Desfecho = Ocorrencia.Desfecho


@transaction.atomic
def notificar(termo_id: int, *, texto: str, prazo: date | None = None, autor: Usuario) -> Ocorrencia:
    """Tell who has the space what is wrong and until when to answer."""
    termo = travar_para("notificar", termo_id, autor=autor)
    hoje = hoje_em(termo.pedido.municipio)
    minimo = hoje + timedelta(days=leis.parametro("prazo_corrigir_dias", hoje).valor)
    prazo = prazo or minimo
    if prazo < minimo:
        raise ErroDeDominio(f"O prazo para responder vai pelo menos até {minimo:%d/%m/%Y}.")
    if frase := regras.problema_do_prazo_de_resposta(prazo, hoje):
        raise ErroDeDominio(frase)
    quem = de_quem_decide(autor)
    ocorrencia = Ocorrencia.objects.create(
        termo=termo, texto=exigir_texto(texto, "Escreva o que foi visto e o que corrigir.", 2000), prazo=prazo,
        autor=autor, nome=quem.nome, cargo=quem.cargo, matricula=quem.matricula,
    )  # fmt: skip
    fazer(termo.pedido, "notificacao", autor=autor, sobre=ocorrencia)
    evento = mover_termo(termo, "notificar", autor=autor, motivo=ocorrencia.texto)
    avisar_requerente(termo.pedido, "notificar", chave=str(evento.pk))
    return ocorrencia


@transaction.atomic
def responder(termo_id: int, *, texto: str, autor: Usuario) -> Ocorrencia:
    """The answer to the notice; late, it is still kept and read."""
    termo = travar_do_termo(termo_id, Quem.REQUERENTE, autor=autor)
    ocorrencia = _aberta(termo)
    if ocorrencia.respondida_em:
        raise ErroDeDominio("Esta notificação já foi respondida. Espere o INSS ler.")
    ocorrencia.resposta = exigir_texto(texto, "Escreva a resposta.", 2000)
    ocorrencia.respondida_por, ocorrencia.respondida_em = autor, now()
    ocorrencia.save(update_fields=["resposta", "respondida_por", "respondida_em"])
    evento = anotar("cessao.notificacao_respondida", termo.pedido, autor, ocorrencia=ocorrencia.pk)
    avisar_logistica(termo.pedido, "responder", chave=str(evento.pk))
    return ocorrencia


def _aberta(termo: Termo) -> Ocorrencia:
    ocorrencia = termo.ocorrencias.filter(desfecho="").first()
    if ocorrencia is None:
        raise ErroDeDominio("Não há notificação aberta. Atualize a página.")
    return ocorrencia


def _encerrar_ocorrencia(termo: Termo, desfecho: str, texto: str) -> None:
    termo.ocorrencias.filter(desfecho="").update(desfecho=desfecho, desfecho_texto=texto[:1000], encerrada_em=now())


@transaction.atomic
def acolher(termo_id: int, *, texto: str, autor: Usuario) -> Termo:
    termo = travar_para("acolher", termo_id, autor=autor)
    texto = exigir_texto(texto, "Escreva por que a notificação se encerra.", 1000)
    _encerrar_ocorrencia(termo, Desfecho.ACOLHIDA, texto)
    evento = mover_termo(termo, "acolher", autor=autor)
    avisar_requerente(termo.pedido, "acolher", chave=str(evento.pk))
    return termo


@transaction.atomic
def revogar(termo_id: int, *, texto: str, competencia: str, devolver_ate: date | None = None, autor: Usuario) -> Termo:
    """INSS takes the space back, with reasons and notice (term, clause 8). A misuse is answered before."""
    termo = travar_para("revogar", termo_id, autor=autor)
    hoje = hoje_em(termo.pedido.municipio)
    if termo.estado == Ocupacao.NOTIFICADO:
        ocorrencia = _aberta(termo)
        if not ocorrencia.respondida_em and hoje <= ocorrencia.prazo:
            raise ErroDeDominio(f"O prazo de resposta à notificação vai até {ocorrencia.prazo:%d/%m/%Y}. Espere.")
        if ocorrencia.autor_id == autor.pk:
            raise ErroDeDominio("Quem notificou não revoga: passe a outra pessoa.")
    aviso = hoje + timedelta(days=leis.parametro("aviso_retomada_dias", hoje).valor)
    minimo = min(aviso, termo.fim)
    devolver_ate = devolver_ate or minimo
    if devolver_ate > termo.fim:
        raise ErroDeDominio(
            f"A cessão termina antes, em {termo.fim:%d/%m/%Y}: o espaço volta até esse dia. Escolha um dia até lá."
        )
    if devolver_ate < minimo:
        raise ErroDeDominio(f"O aviso de retomada vai pelo menos até {minimo:%d/%m/%Y}.")
    texto = exigir_texto(texto, "Escreva o motivo de interesse público.", 1000)
    decidir(
        termo.pedido, Decisao.Ato.REVOGACAO, texto, autor=autor,
        competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200),
    )  # fmt: skip
    _encerrar_ocorrencia(termo, Desfecho.REVOGADO, texto)
    _retomar(termo, "revogar", devolver_ate, texto, autor, "revogar")
    fazer(termo.pedido, "revogacao", autor=autor)
    _fazer_extrato(termo, autor)
    return termo


def _fazer_extrato(termo: Termo, autor: Usuario) -> Retomada:
    fazer(termo.pedido, "retomada", autor=autor)
    return Retomada.objects.create(termo=termo)


@transaction.atomic
def fazer_extrato(termo_id: int, *, autor: Usuario) -> Retomada:
    """Of a revocation from before the portal made the extract with it."""
    termo = travar_do_termo(termo_id, Quem.LOGISTICA, autor=autor)
    if not sem_extrato(termo):
        raise ErroDeDominio("Não há retomada sem extrato. Atualize a página.")
    return _fazer_extrato(termo, autor)


def sem_extrato(termo: Termo) -> bool:
    """INSS took the space back, and nothing says so to who reads the Diário Oficial."""
    revogada = termo.pedido.decisoes.filter(ato=Decisao.Ato.REVOGACAO).exists()
    return revogada and not Retomada.objects.filter(termo=termo).exists()


@transaction.atomic
def publicar_retomada(termo_id: int, *, dou_data: date, dou_secao: str, dou_pagina: str, autor: Usuario) -> Retomada:
    """The extract of the revocation came out."""
    termo = travar_do_termo(termo_id, Quem.LOGISTICA, autor=autor)
    retomada = Retomada.objects.filter(termo=termo, dou_data=None).first()
    if retomada is None:
        raise ErroDeDominio("Não há retomada por publicar. Atualize a página.")
    decisao = termo.pedido.decisoes.filter(ato=Decisao.Ato.REVOGACAO).latest("em", "pk")
    decidida_em = decisao.em.astimezone(termo.pedido.municipio.fuso).date()
    registrar_publicacao(
        retomada, desde=decidida_em, de="a decisão", hoje=hoje_em(termo.pedido.municipio), dou_data=dou_data,
        dou_secao=dou_secao, dou_pagina=dou_pagina,
    )  # fmt: skip
    evento = anotar("cessao.retomada_publicada", termo.pedido, autor, termo=termo.pk)
    avisar_requerente(termo.pedido, "retomada_publicada", chave=str(evento.pk))
    return retomada


@transaction.atomic
def devolver_antes(termo_id: int, *, texto: str, devolver_ate: date, autor: Usuario) -> Termo:
    """Who has the space says when it leaves."""
    termo = travar_para("devolver_antes", termo_id, autor=autor)
    if devolver_ate < hoje_em(termo.pedido.municipio):
        raise ErroDeDominio("O dia da saída já passou. Confira a data.")
    if devolver_ate > termo.fim:
        raise ErroDeDominio(f"O prazo termina antes, em {termo.fim:%d/%m/%Y}.")
    texto = exigir_texto(texto, "Escreva por que sai antes.", 1000)
    _encerrar_ocorrencia(termo, Desfecho.ACOLHIDA, "Quem ocupa avisou que sai.")
    _retomar(termo, "devolver_antes", devolver_ate, texto, autor, "")
    return termo


def _retomar(termo: Termo, verbo: str, ate: date, texto: str, autor: Usuario, aviso: str) -> None:
    caducar_abertos(termo, motivo="A cessão termina antes.")
    evento = mover_termo(termo, verbo, autor=autor, motivo=texto, devolver_ate=ate)
    if aviso:
        avisar_requerente(termo.pedido, aviso, chave=str(evento.pk))
    else:
        avisar_logistica(termo.pedido, "sair", chave=str(evento.pk))


@transaction.atomic
def cancelar(termo_id: int, *, texto: str, autor: Usuario) -> Termo:
    """A published term whose keys were never given: without effect, and the days are free."""
    termo = travar_para("cancelar", termo_id, autor=autor)
    texto = exigir_texto(texto, "Escreva por que o termo fica sem efeito.", 1000)
    caducar_abertos(termo, motivo="O termo ficou sem efeito.")
    reservas.travar_imovel(termo.espaco)
    reservas.liberar(termo)
    mover_termo(termo, "cancelar", autor=autor, motivo=texto)
    # Of a regularisation: who was inside before is still there.
    sem_termo.abrir(termo.pedido, autor=autor)
    tirar_valor(termo.pedido, motivo="O termo ficou sem efeito.", autor=autor)
    return termo


@transaction.atomic
def encerrar(termo_id: int, *, chaves: int, assina: Usuario | None = None, autor: Usuario) -> Termo:
    """The space and the keys are back: the final inspection, compared photo by photo, is signed, or its refusal is
    noted. The days that are left are free. `assina`: who signs the closing for INSS; None, who decided last.
    """
    termo = travar_para("encerrar", termo_id, autor=autor)
    final = termo.vistorias.filter(tipo=Vistoria.Tipo.DEVOLUCAO, assinada_em__isnull=False).order_by("dia", "pk").last()
    if final is None:
        raise ErroDeDominio("Antes de encerrar, faça a vistoria de devolução, com a assinatura dos dois lados.")
    if chaves > termo.chaves_entregues:
        raise ErroDeDominio(
            f"Foram entregues {termo.chaves_entregues} chaves: não voltam {chaves}. Confira o número, e anote na "
            "vistoria o que veio a mais."
        )
    if chaves != final.chaves:
        raise ErroDeDominio(
            f"Chaves na vistoria de devolução, já assinada: {final.chaves}. Aqui: {chaves}. Confira o número: o termo "
            "de encerramento repete o da vistoria."
        )
    if chaves < termo.chaves_entregues and not final.danos.exists():
        raise ErroDeDominio(
            f"Foram entregues {termo.chaves_entregues} chaves e voltam {chaves}. Anote a falta nos danos da vistoria."
        )
    quem = exigir_quem_assina(termo.pedido, assina)
    causa = _causa(termo, final.dia)
    caducar_abertos(termo, motivo="A cessão terminou.")
    _encerrar_ocorrencia(termo, Desfecho.ACOLHIDA, "O espaço foi devolvido.")
    reservas.travar_imovel(termo.espaco)
    reservas.liberar(termo, desde=final.dia + UM_DIA)
    evento = mover_termo(
        termo, "encerrar", autor=autor, motivo=causa, encerrado_em=final.dia, chaves_devolvidas=chaves,
        encerramento=SituacaoEncerramento.ASSINATURA, assina_encerramento=quem,
    )  # fmt: skip
    fazer(termo.pedido, "encerramento", autor=autor)
    tirar_valor(termo.pedido, motivo=f"A cessão terminou em {final.dia:%d/%m/%Y}.", autor=autor)
    avisar_requerente(termo.pedido, "encerrar", chave=str(evento.pk))
    return termo


def _causa(termo: Termo, dia: date) -> str:
    """Why a term that is about to end ended, for the closing paper."""
    if termo.estado == Ocupacao.VENCIDO or dia > termo.vence_em:
        return f"Devolvido depois do prazo, que era {termo.vence_em:%d/%m/%Y}"
    if termo.estado == Ocupacao.RETOMADA:
        retomada = termo.pedido.decisoes.filter(ato=Decisao.Ato.REVOGACAO).exists()
        quem = "Retomada pelo INSS" if retomada else "Saída antes do fim, avisada por quem ocupa"
        return f"{quem}: {termo.motivo.rstrip(' .')}"
    if dia < termo.fim:
        return f"Devolvido antes do fim do prazo, que era {termo.fim:%d/%m/%Y}"
    return f"Fim do prazo, em {termo.fim:%d/%m/%Y}"


# --- What the portal sees by itself -------------------------------------------------------------------------------


def vigiar() -> None:
    """Every night: overstays, extensions not signed in time, warnings before the end. Each term on its town's clock."""
    for termo_id in Termo.objects.ocupando().order_by("pk").values_list("pk", flat=True):
        rever(termo_id)
    abertos = Termo.objects.filter(situacao=Ocupacao.A_ENTREGAR, aditivos__situacao__in=ADITIVO_ABERTO)
    for termo_id in abertos.values_list("pk", flat=True).distinct():
        rever(termo_id)


@transaction.atomic
def rever(termo_id: int) -> Termo:
    """One term as of today. Seen again on the same day, nothing is told twice."""
    termo = travar_termo(termo_id)
    hoje = hoje_em(termo.pedido.municipio)
    if hoje > termo.fim:
        caducar_abertos(termo, motivo="O prazo terminou antes da assinatura.")
    ate = termo.vence_em
    if hoje > ate and termo.estado in OCUPANDO - {Ocupacao.VENCIDO}:
        evento = mover_termo(termo, "vencer", autor=None, motivo=f"Devia ter sido devolvido até {ate:%d/%m/%Y}.")
        avisar_requerente(termo.pedido, "vencer", chave=str(evento.pk))
        avisar_logistica(termo.pedido, "prazo_vencido", chave=str(evento.pk))
    elif termo.estado in OCUPANDO and termo.dias_para_o_fim(hoje) >= 0:
        _avisar_do_fim(termo, hoje)
    return termo


def _avisar_do_fim(termo: Termo, hoje: date) -> None:
    """The nearest warning that is due: a portal that slept some days does not send all of them at once."""
    devidos = [aviso.dias for aviso in leis.avisos() if termo.dias_para_o_fim(hoje) <= aviso.dias]
    if devidos:
        chave = f"{termo.pk}:{termo.vence_em:%Y%m%d}:{min(devidos)}"
        avisar_requerente(termo.pedido, "fim", chave=chave)
        avisar_logistica(termo.pedido, "prazo_fim", chave=chave)
