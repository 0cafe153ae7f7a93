"""A telephone lent to one case: offer a code, let the first telephone take it, count its photos, switch it off."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.timezone import localdate, now

from act_portal.arquivos.models import Arquivo
from act_portal.auditoria.servicos import registrar
from act_portal.contas.models import Vinculo
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.celular.consultas import ASSINADOS
from requerimentos.digitalizacao.retorno.servicos import receber_retorno
from requerimentos.digitalizacao.servicos import juntar, travar_para_juntar
from requerimentos.models import Celular, Exigencia
from requerimentos.servicos import travar_para_agir
from requerimentos.situacoes import SituacaoCelular

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

LIGADOS_POR_PEDIDO = 4
# Photos keep it alive, but not for the whole day.
TETO = 4
PECA_OUTRO = "Peça outro código no balcão."


class CelularQueNaoVale(ErroDeDominio):
    """Why this telephone may not photograph, and what to do."""

    def __init__(self, motivo: str) -> None:
        super().__init__(f"{motivo} {PECA_OUTRO}")


FRASES = {
    SituacaoCelular.VENCIDO: "O tempo deste código acabou.",
    SituacaoCelular.DESLIGADO: "O balcão desligou este código.",
}


@transaction.atomic
def oferecer(requerimento_id: int, *, autor: Usuario, exigencia_id: int | None = None) -> tuple[Celular, str]:
    """A new code for one telephone, and its key, which is told only now. A code that nobody used yet dies.

    The telephone photographs for the request, or for the answer to one exigência of it.
    """
    requerimento = travar_para_juntar(requerimento_id, autor, exigencia_id)
    agora = now()
    vivos = Celular.objects.filter(requerimento=requerimento).vivos(agora)
    vivos.filter(ligado_em__isnull=True, vinculo__usuario=autor).update(desligado_em=agora)
    if vivos.count() >= LIGADOS_POR_PEDIDO:
        raise ErroDeDominio("Já há celulares demais ligados a este pedido. Desligue um deles antes.")
    chave = secrets.token_urlsafe(32)
    celular = Celular.objects.create(
        requerimento=requerimento,
        exigencia_id=exigencia_id,
        vinculo=autor.vinculo,  # type: ignore[misc] # who acts has a role
        chave_sha256=_resumo(chave),
        criado_em=agora,
        vale_ate=agora + settings.CELULAR_VALE,
    )
    registrar("celular.oferecido", municipio=requerimento.municipio, autor=autor, alvo=requerimento, celular=celular.pk)
    return celular, chave


@transaction.atomic
def ligar(chave: str) -> tuple[Celular, str]:
    """The telephone that brings the key first owns the code; returns its secret. Raises CelularQueNaoVale."""
    celular = _com_tudo().select_for_update(of=("self",)).filter(chave_sha256=_resumo(chave)).first()
    if celular is None:
        raise CelularQueNaoVale("Este código não vale.")
    if celular.ligado_em:
        raise CelularQueNaoVale("Este código já foi usado por outro celular.")
    _exigir_que_valha(celular, now())
    segredo = secrets.token_urlsafe(32)
    celular.ligado_em, celular.dono_sha256 = now(), _resumo(segredo)
    celular.save(update_fields=["ligado_em", "dono_sha256"])
    _anotar("celular.ligado", celular)
    return celular, segredo


def do_dono(codigo: Any, segredo: str) -> Celular:
    """The living code that this telephone owns, with `vinculo.usuario` in that role. Raises CelularQueNaoVale."""
    celular = _com_tudo().filter(codigo=codigo, ligado_em__isnull=False).first()
    if celular is None or not constant_time_compare(celular.dono_sha256, _resumo(segredo)):
        raise CelularQueNaoVale("Este celular não está ligado a nenhum pedido.")
    _exigir_que_valha(celular, now())
    celular.vinculo.usuario.vinculo = celular.vinculo
    return celular


def e_a_chave(celular: Celular, chave: str) -> bool:
    return constant_time_compare(celular.chave_sha256, _resumo(chave))


def _com_tudo() -> Any:
    return Celular.objects.select_related(
        "requerimento__municipio", "requerimento__servico", "vinculo__usuario", "vinculo__municipio"
    )


def _exigir_que_valha(celular: Celular, agora: datetime) -> None:
    if frase := FRASES.get(celular.em(agora)):
        raise CelularQueNaoVale(frase)
    # Whoever offered it may have lost the account or the role since.
    if not Vinculo.objects.vigentes(localdate()).filter(pk=celular.vinculo_id).exists():
        raise CelularQueNaoVale("Quem fez este código não atende mais no balcão.")
    if celular.exigencia_id:
        if not Exigencia.objects.abertas().filter(pk=celular.exigencia_id).exists():
            raise CelularQueNaoVale("Esta exigência não recebe mais documentos.")
    elif not celular.requerimento.editavel:
        raise CelularQueNaoVale("Este pedido já foi enviado e não recebe mais documentos.")


def renovar(celular: Celular) -> None:
    """It is in use: some more minutes, never past the ceiling. Whoever switched it off meanwhile has the last word."""
    agora = now()
    ate = min(agora + settings.CELULAR_VALE, celular.criado_em + TETO * settings.CELULAR_VALE)
    Celular.objects.filter(pk=celular.pk).vivos(agora).filter(vale_ate__lt=ate).update(vale_ate=ate)


def receber_foto(celular: Celular, *, vaga: str, enviado: UploadedFile, codigo: uuid.UUID | None) -> None:
    """The photo goes where the telephone says, in the name of who offered the code. Call it outside `atomic()`."""
    quem = celular.vinculo.usuario
    if vaga == ASSINADOS and celular.exigencia_id is None:
        retorno = receber_retorno(celular.requerimento_id, enviado=enviado, autor=quem, codigo=codigo)
        _contar_foto(celular, retorno.arquivo, retorno=retorno.pk)
        return
    peca = juntar(
        celular.requerimento_id, vaga=vaga, enviado=enviado, autor=quem, codigo=codigo,
        exigencia_id=celular.exigencia_id,
    )  # fmt: skip
    _contar_foto(celular, peca.arquivo, peca=peca.pk)


@transaction.atomic
def _contar_foto(celular: Celular, arquivo: Arquivo, **qual: int) -> None:
    celular.arquivos.add(arquivo)
    Celular.objects.filter(pk=celular.pk).update(fotos=F("fotos") + 1)
    _anotar("celular.fotografou", celular, None, **qual)


@transaction.atomic
def desligar(celular_id: int, *, autor: Usuario) -> None:
    celular = Celular.objects.get(pk=celular_id)
    travar_para_agir(celular.requerimento_id, autor=autor)
    celular = _com_tudo().select_for_update(of=("self",)).get(pk=celular_id)
    if celular.desligado_em is None:
        celular.desligado_em = now()
        celular.save(update_fields=["desligado_em"])
        _anotar("celular.desligado", celular, autor=autor)


def desligar_ao_sair(sender: Any, request: Any, user: Usuario | None, **mais: Any) -> None:
    """Who leaves the desk leaves no telephone behind that sends in their name."""
    if user is None:
        return
    with transaction.atomic():
        for celular in _com_tudo().filter(vinculo__usuario=user).vivos(now()).select_for_update(of=("self",)):
            celular.desligado_em = now()
            celular.save(update_fields=["desligado_em"])
            _anotar("celular.desligado", celular)


def _anotar(acao: str, celular: Celular, autor: Usuario | None = None, **dados: int) -> None:
    pedido = celular.requerimento
    quem = autor or celular.vinculo.usuario
    registrar(acao, municipio=pedido.municipio, autor=quem, alvo=pedido, celular=celular.pk, **dados)


def _resumo(segredo: str) -> str:
    # 256 random bits need no slow digest.
    return hashlib.sha256(segredo.encode()).hexdigest()
