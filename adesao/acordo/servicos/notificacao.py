"""A formal notice: what was found, a deadline, the town's answer, what INSS makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.emissao import servicos as emissao
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.territorio.consultas import hoje_em
from adesao import permissoes
from adesao.acordo.papeis import da_notificacao
from adesao.acordo.servicos.comum import travar_acordo
from adesao.avisos.servicos import avisar_municipio, avisar_pessoa
from adesao.checklist.catalogo import exigir_prazo
from adesao.indicadores.catalogo import indicadores
from adesao.models import Acordo, Notificacao, Sequencia
from adesao.papeis.modelos import codigo_de
from adesao.situacoes import Nivel, Quem, SituacaoNotificacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

N = SituacaoNotificacao


@transaction.atomic
def notificar(
    acordo_id: int, *, indicadores_falhos: Sequence[str], fatos: str, providencias: str, prazo: date, autor: Usuario
) -> Notificacao:
    """Send the notice, numbered, with its paper."""
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.ANALISTA, Quem.AUTORIDADE)
    if not acordo.estado.vivo:
        raise ErroDeDominio(f"O acordo está “{acordo.estado.label}”: não há a quem notificar.")
    conhecidos = [i.codigo for i in indicadores() if i.codigo in indicadores_falhos]
    if not conhecidos:
        raise ErroDeDominio("Marque pelo menos um item do acompanhamento.")
    hoje = hoje_em(acordo.municipio)
    exigir_prazo(prazo, hoje)
    medidos = o_que_se_mediu(acordo)
    fatos = " ".join([*(medidos[c] for c in conhecidos if c in medidos), *fatos.split()])
    providencias = " ".join(providencias.split())
    if not fatos or not providencias:
        raise ErroDeDominio("Escreva o que foi verificado e o que se pede.")
    quem = de_quem_decide(autor)
    notificacao = Notificacao(
        acordo=acordo, numero=_proximo_numero(hoje.year), indicadores=conhecidos, fatos=fatos[:3000],
        providencias=providencias[:2000], prazo=prazo, autor=autor, nome=quem.nome, cargo=quem.cargo,
        matricula=quem.matricula,
    )  # fmt: skip
    notificacao.documento = emissao.pedir(
        codigo_de("notificacao"), da_notificacao(notificacao), municipio=acordo.municipio, autor=autor
    )
    notificacao.save()
    evento = _anotar("adesao.notificada", notificacao, autor)
    avisar_municipio(acordo.processo, "notificado", chave=str(evento.pk))
    return notificacao


def o_que_se_mediu(acordo: Acordo) -> dict[str, str]:
    """What the last night found wrong, by indicator."""
    return dict(acordo.medicoes.filter(ate__isnull=True, nivel=Nivel.IRREGULAR).values_list("indicador", "frase"))


def _proximo_numero(ano: int) -> str:
    nome = f"notificacao-{ano}"
    Sequencia.objects.get_or_create(nome=nome)
    sequencia = Sequencia.objects.select_for_update().get(nome=nome)
    sequencia.valor += 1
    sequencia.save(update_fields=["valor"])
    return f"{sequencia.valor:03d}/{ano}"


def responder(
    acordo_id: int, arquivo: UploadedFile | None = None, *, notificacao: int, texto: str, autor: Usuario
) -> Notificacao:
    """The town answers, also after the deadline: until INSS has judged it, a late answer is still one.

    Call it outside `atomic()`.
    """
    acordo = Acordo.objects.select_related("municipio", "processo__municipio", "processo__unidade").get(pk=acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.GESTOR)
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio("Escreva a resposta.")
    guardado = receber(arquivo, municipio=acordo.municipio, usuario=autor) if arquivo else None
    return _responder(acordo_id, notificacao, texto[:3000], guardado, autor)


@transaction.atomic
def _responder(acordo_id: int, notificacao_id: int, texto: str, arquivo: Arquivo | None, autor: Usuario) -> Notificacao:
    acordo = travar_acordo(acordo_id)
    linha = _uma(acordo, notificacao_id)
    _exigir_que_va(linha, N.RESPONDIDA)
    linha.situacao, linha.resposta, linha.resposta_arquivo = N.RESPONDIDA, texto, arquivo
    linha.respondida_em, linha.respondida_por = now(), autor
    linha.save(update_fields=["situacao", "resposta", "resposta_arquivo", "respondida_em", "respondida_por"])
    evento = _anotar("adesao.notificacao_respondida", linha, autor)
    avisar_pessoa(acordo.processo, linha.autor, "notificacao_respondida", chave=str(evento.pk))
    return linha


@transaction.atomic
def avaliar(acordo_id: int, *, notificacao: int, resolvida: bool, texto: str, autor: Usuario) -> Notificacao:
    """Solved, or not: only then may an authority suspend or rescind. Silence counts only after the deadline."""
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.ANALISTA, Quem.AUTORIDADE)
    linha = _uma(acordo, notificacao)
    destino = N.ACOLHIDA if resolvida else N.NAO_ACOLHIDA
    _exigir_que_va(linha, destino)
    if destino == N.NAO_ACOLHIDA and linha.estado == N.EMITIDA and linha.prazo >= hoje_em(acordo.municipio):
        raise ErroDeDominio(f"O município ainda tem prazo para responder: até {linha.prazo:%d/%m/%Y}.")
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio("Escreva a avaliação.")
    _concluir(linha, destino, texto, autor)
    evento = _anotar("adesao.notificacao_avaliada", linha, autor)
    avisar_municipio(acordo.processo, "notificacao_avaliada", chave=str(evento.pk))
    return linha


@transaction.atomic
def cancelar(acordo_id: int, *, notificacao: int, texto: str, autor: Usuario) -> Notificacao:
    """It should not have been sent: it asks nothing of the town any more, and its paper loses its value."""
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.ANALISTA, Quem.AUTORIDADE)
    linha = _uma(acordo, notificacao)
    _exigir_que_va(linha, N.CANCELADA)
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio("Escreva por que a notificação é cancelada.")
    _concluir(linha, N.CANCELADA, texto, autor)
    if linha.documento_id:
        emissao.revogar_varios([linha.documento_id], motivo="A notificação foi cancelada.", autor=autor)
    evento = _anotar("adesao.notificacao_cancelada", linha, autor)
    avisar_municipio(acordo.processo, "notificacao_cancelada", chave=str(evento.pk))
    return linha


def _concluir(linha: Notificacao, destino: N, texto: str, autor: Usuario) -> None:
    quem = de_quem_decide(autor)
    linha.situacao, linha.avaliacao, linha.avaliada_em = destino, texto[:2000], now()
    linha.avaliador = f"{quem.nome}, {quem.cargo}, matrícula {quem.matricula}"
    linha.save(update_fields=["situacao", "avaliacao", "avaliada_em", "avaliador"])


def dar_por_resolvidas(acordo: Acordo, texto: str, autor: Usuario) -> None:
    """Reinstated, the town does not stay under a notice that could suspend it again. The caller holds the agreement."""
    for linha in acordo.notificacoes.filter(situacao=N.NAO_ACOLHIDA).order_by("pk"):
        _concluir(linha, N.ACOLHIDA, f"{linha.avaliacao} Reintegrado: {texto}", autor)
        _anotar("adesao.notificacao_avaliada", linha, autor)


def _uma(acordo: Acordo, pk: int) -> Notificacao:
    linha = acordo.notificacoes.select_related("autor").filter(pk=pk).first()
    if linha is None:
        raise ErroDeDominio("Esta notificação não é deste acordo. Atualize a página.")
    return linha


def _exigir_que_va(linha: Notificacao, destino: N) -> None:
    if not linha.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"A notificação está “{linha.estado.label}”. Atualize a página.")


def _anotar(acao: str, linha: Notificacao, autor: Usuario) -> Any:
    acordo = linha.acordo
    return registrar(acao, municipio=acordo.municipio, autor=autor, alvo=acordo, notificacao=linha.pk)
