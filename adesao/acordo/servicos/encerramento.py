"""The closing term: made by INSS once the agreement has ended, signed by the town, then by INSS, and kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.datas import exigir_dia
from act_portal.emissao import servicos as emissao
from act_portal.emissao.assinados import Assinado, exigir_o_mesmo, receber_assinado
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.territorio.consultas import hoje_em
from adesao import permissoes
from adesao.acordo.papeis import do_encerramento
from adesao.acordo.servicos.comum import guardar_versao, travar_acordo
from adesao.avisos.servicos import avisar_municipio, avisar_pessoa
from adesao.models import Acordo, Encerramento
from adesao.papeis.modelos import codigo_de
from adesao.papeis.servicos import MUDOU
from adesao.situacoes import Quem, SituacaoAcordo, SituacaoEncerramento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

F = SituacaoEncerramento
INSS = (Quem.ANALISTA, Quem.AUTORIDADE)


@transaction.atomic
def fazer(
    acordo_id: int,
    *,
    casos_abertos: int,
    exigencias_abertas: int,
    avisos_enviados: int,
    destino_casos: str,
    dados_destino: str,
    guarda_ate: date | None = None,
    pendencias: str = "",
    novo_instrumento: str = "",
    autor: Usuario,
) -> Encerramento:
    """Make the term, or make it again with other words: then the town signs the new one."""
    acordo = _travar(acordo_id, autor, *INSS)
    destino_casos, dados_destino = " ".join(destino_casos.split()), " ".join(dados_destino.split())
    if not destino_casos or not dados_destino:
        raise ErroDeDominio("Escreva o destino dos casos e o dos dados e documentos.")
    if guarda_ate and acordo.encerrado_em and guarda_ate < acordo.encerrado_em:
        raise ErroDeDominio("A guarda não pode acabar antes do fim do acordo.")
    antes = Encerramento.objects.filter(acordo=acordo).first()
    if antes and antes.estado == F.JUNTADO:
        raise TransicaoInvalida("O termo de encerramento já está assinado e não muda mais.")
    quem = de_quem_decide(autor)
    termo = antes or Encerramento(acordo=acordo)
    termo.acordo = acordo
    termo.casos_abertos, termo.exigencias_abertas, termo.avisos_enviados = (
        casos_abertos, exigencias_abertas, avisos_enviados,
    )  # fmt: skip
    termo.destino_casos, termo.dados_destino, termo.guarda_ate = destino_casos[:600], dados_destino[:600], guarda_ate
    termo.pendencias, termo.novo_instrumento = pendencias.strip()[:2000], " ".join(novo_instrumento.split())[:160]
    termo.autor, termo.nome, termo.cargo, termo.matricula = autor, quem.nome, quem.cargo, quem.matricula
    termo.em, termo.situacao = now(), F.EMITIDO
    termo.arquivo, termo.sha256, termo.assinado_em = None, "", None
    termo.documento = _documento(antes, termo, autor)
    termo.save()
    evento = _anotar("adesao.encerramento_feito", termo, autor)
    avisar_municipio(acordo.processo, "encerramento_feito", chave=str(evento.pk))
    return termo


def _documento(antes: Encerramento | None, termo: Encerramento, autor: Usuario) -> Any:
    dados = do_encerramento(termo)
    if antes:
        return emissao.substituir(antes.documento_id, dados, motivo=MUDOU, autor=autor)
    return emissao.pedir(codigo_de("encerramento"), dados, municipio=termo.acordo.municipio, autor=autor)


def assinar(
    acordo_id: int, arquivo: UploadedFile, *, assinado_em: date, declaracao: str = "", autor: Usuario
) -> Encerramento:
    """The town sends the term that it signed outside. Call it outside `atomic()`."""
    with transaction.atomic():
        acordo = _travar(acordo_id, autor, Quem.GESTOR)
        termo = _o(acordo, F.ASSINADO)
        _exigir_dia(acordo, termo, assinado_em)
    guardado = receber_assinado(
        arquivo, documento=termo.documento, municipio=acordo.municipio, usuario=autor, declaracao=declaracao
    )
    return _assinar(acordo_id, guardado, termo.documento, assinado_em, autor)


@transaction.atomic
def _assinar(acordo_id: int, assinado: Assinado, papel: Documento, assinado_em: date, autor: Usuario) -> Encerramento:
    acordo = _travar(acordo_id, autor, Quem.GESTOR)
    termo = _o(acordo, F.ASSINADO)
    exigir_o_mesmo(termo.documento, papel)
    termo = _guardar(termo, F.ASSINADO, assinado.arquivo, assinado_em)
    guardar_versao(assinado, assinado_em, autor, do_municipio=True, encerramento=termo)
    evento = _anotar("adesao.encerramento_assinado", termo, autor)
    avisar_pessoa(acordo.processo, termo.autor, "encerramento_assinado", chave=str(evento.pk))
    return termo


def juntar(
    acordo_id: int,
    arquivo: UploadedFile,
    *,
    assinado_em: date,
    sem_municipio: str = "",
    declaracao: str = "",
    autor: Usuario,
) -> Encerramento:
    """INSS files the term with every signature; without the town's, with the reason. Call it outside `atomic()`."""
    sem_municipio = " ".join(sem_municipio.split())
    with transaction.atomic():
        acordo = _travar(acordo_id, autor, *INSS)
        termo = _o(acordo, F.JUNTADO)
        _exigir_completo(acordo, termo, assinado_em, sem_municipio)
    guardado = receber_assinado(
        arquivo, documento=termo.documento, municipio=acordo.municipio, usuario=autor, declaracao=declaracao,
        antes=termo.arquivo if termo.estado == F.ASSINADO else None,
    )  # fmt: skip
    return _juntar(acordo_id, guardado, termo.documento, assinado_em, sem_municipio, autor)


@transaction.atomic
def _juntar(
    acordo_id: int, assinado: Assinado, papel: Documento, assinado_em: date, sem_municipio: str, autor: Usuario
) -> Encerramento:
    acordo = _travar(acordo_id, autor, *INSS)
    termo = _o(acordo, F.JUNTADO)
    exigir_o_mesmo(termo.documento, papel)
    _exigir_completo(acordo, termo, assinado_em, sem_municipio)
    termo.sem_municipio = sem_municipio[:600] if termo.estado == F.EMITIDO else ""
    termo = _guardar(termo, F.JUNTADO, assinado.arquivo, assinado_em)
    guardar_versao(assinado, assinado_em, autor, do_municipio=False, encerramento=termo)
    evento = _anotar("adesao.encerramento_juntado", termo, autor)
    avisar_municipio(acordo.processo, "encerramento_juntado", chave=str(evento.pk))
    return termo


def _exigir_completo(acordo: Acordo, termo: Encerramento, assinado_em: date, sem_municipio: str) -> None:
    if termo.estado == F.EMITIDO and not sem_municipio:
        raise ErroDeDominio("O município ainda não assinou. Espere, ou escreva por que o termo fica sem a assinatura.")
    _exigir_dia(acordo, termo, assinado_em)


def _exigir_dia(acordo: Acordo, termo: Encerramento, assinado_em: date) -> None:
    feito = termo.assinado_em or termo.em.astimezone(acordo.municipio.fuso).date()
    exigir_dia("A assinatura", assinado_em, de=feito, ate=hoje_em(acordo.municipio))


def _guardar(termo: Encerramento, destino: F, arquivo: Arquivo, assinado_em: date) -> Encerramento:
    termo.situacao, termo.arquivo, termo.sha256, termo.assinado_em = destino, arquivo, arquivo.sha256, assinado_em
    termo.save(update_fields=["situacao", "arquivo", "sha256", "assinado_em", "sem_municipio"])
    return termo


def _travar(acordo_id: int, autor: Usuario, *quem: Quem) -> Acordo:
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, *quem)
    if acordo.estado != SituacaoAcordo.ENCERRADO:
        raise ErroDeDominio(f"O acordo está “{acordo.estado.label}”: o termo de encerramento vem depois do fim.")
    return acordo


def _o(acordo: Acordo, destino: F) -> Encerramento:
    termo = Encerramento.objects.select_related("autor").filter(acordo=acordo).first()
    if termo is None or not termo.estado.pode_ir_para(destino):
        raise TransicaoInvalida("O termo de encerramento já não está neste ponto. Atualize a página.")
    return termo


def _anotar(acao: str, termo: Encerramento, autor: Usuario) -> Any:
    acordo = termo.acordo
    return registrar(acao, municipio=acordo.municipio, autor=autor, alvo=acordo, encerramento=termo.pk)
