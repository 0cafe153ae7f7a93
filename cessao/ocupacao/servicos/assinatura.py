"""Both parties sign outside the portal; what comes back is kept as it came, checked by a person, and published.

The same for the term, for each extension (`aditivo_id` says which) and for the closing paper (`encerramento`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.contas.identificacao import de_quem_decide
from act_portal.emissao.assinados import Assinado, exigir_o_mesmo, receber_assinado
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.texto import normalizar
from cessao.avisos import avisar_logistica, avisar_requerente
from cessao.models import Aditivo, Assinatura, Papel, Pedido, Termo
from cessao.ocupacao.servicos.comum import (
    mover_aditivo,
    mover_encerramento,
    registrar_publicacao,
    travar_aditivo,
    travar_encerrado,
)
from cessao.papeis.servicos import fazer
from cessao.servicos import exigir_texto, mover, mover_termo, travar_para

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Parte, Resultado = Assinatura.Parte, Assinatura.Resultado


@dataclass(frozen=True)
class Alvo:
    """What is signed of a locked request: its term, an extension, or the closing paper."""

    pedido: Pedido
    aditivo: Aditivo | None = None
    encerramento: bool = False

    @property
    def termo(self) -> Termo:
        return self.pedido.termo

    def avancar(self, verbo: str, autor: Usuario, **campos: Any) -> Evento:
        if self.aditivo is not None:
            return mover_aditivo(self.aditivo, verbo, autor=autor, **campos)
        if self.encerramento:
            return mover_encerramento(self.termo, verbo, autor=autor)
        return mover(self.pedido, verbo, autor=autor, **campos)

    def vivas(self) -> QuerySet[Assinatura]:
        return self.termo.assinaturas.filter(aditivo=self.aditivo, encerramento=self.encerramento, substituida_em=None)

    def papel(self) -> Documento:
        """What both sign, as it stands."""
        especie, referencia = Papel.Especie.TERMO, ""
        if self.aditivo is not None:
            especie, referencia = Papel.Especie.ADITIVO, str(self.aditivo.pk)
        elif self.encerramento:
            especie = Papel.Especie.ENCERRAMENTO
        vigentes = self.pedido.papeis.select_related("documento").filter(substituido_em=None)
        return vigentes.get(especie=especie, referencia=referencia).documento

    def desde(self) -> date:
        """Nobody signed it before."""
        if self.aditivo is not None:
            return self.aditivo.pedido_em
        if self.encerramento and self.termo.encerrado_em:
            return self.termo.encerrado_em
        return self.termo.aprovado_em


def _travar(verbo: str, pedido_id: int, aditivo_id: int | None, encerramento: bool, autor: Usuario) -> Alvo:
    """The request whose term is being signed, or the extension that is, or the term that is being closed."""
    if encerramento:
        termo_id = Termo.objects.values_list("pk", flat=True).get(pedido=pedido_id)
        return Alvo(travar_encerrado(verbo, termo_id, autor=autor).pedido, encerramento=True)
    if aditivo_id is None:
        return Alvo(travar_para(verbo, pedido_id, autor=autor))
    aditivo = travar_aditivo(verbo, aditivo_id, autor=autor)
    return Alvo(aditivo.termo.pedido, aditivo)


def _exigir_data(alvo: Alvo, assinado_em: date, *, desde: date) -> None:
    if assinado_em > hoje_em(alvo.pedido.municipio):
        raise ErroDeDominio("A data da assinatura ainda não chegou. Confira no arquivo assinado.")
    if assinado_em < desde and alvo.encerramento:
        raise ErroDeDominio(f"O encerramento é de {desde:%d/%m/%Y}: não foi assinado antes. Confira a data.")
    if assinado_em < desde:
        raise ErroDeDominio(
            f"O arquivo foi assinado antes da aprovação ({desde:%d/%m/%Y}). Baixe o termo do portal e assine esse."
        )


def assinar(
    pedido_id: int,
    enviado: UploadedFile,
    *,
    assinado_em: date,
    declaracao: str = "",
    aditivo_id: int | None = None,
    encerramento: bool = False,
    autor: Usuario,
    **dados: Any,
) -> Assinatura:
    """Who takes the space gives the signed paper. Call it outside `atomic()`: the bytes are stored before their row."""
    with transaction.atomic():
        alvo = _travar("assinar", pedido_id, aditivo_id, encerramento, autor)
        _exigir_data(alvo, assinado_em, desde=alvo.desde())
        papel = alvo.papel()
    assinado = receber_assinado(
        enviado, documento=papel, municipio=alvo.pedido.municipio, usuario=autor, declaracao=declaracao
    )
    with transaction.atomic():
        alvo = _travar("assinar", pedido_id, aditivo_id, encerramento, autor)
        exigir_o_mesmo(alvo.papel(), papel)
        assinatura = _guardar(alvo, Parte.REQUERENTE, assinado, assinado_em, autor, **dados)
        evento = alvo.avancar("assinar", autor)
        avisar_logistica(alvo.pedido, "assinar", chave=str(evento.pk))
    return assinatura


def _guardar(
    alvo: Alvo,
    parte: Assinatura.Parte,
    assinado: Assinado,
    assinado_em: date,
    autor: Usuario,
    *,
    signatario: str,
    signatario_cargo: str,
    nivel: str,
) -> Assinatura:
    alvo.vivas().filter(parte=parte).update(substituida_em=now())
    return Assinatura.objects.create(
        termo=alvo.termo, aditivo=alvo.aditivo, encerramento=alvo.encerramento, parte=parte, arquivo=assinado.arquivo,
        sha256=assinado.arquivo.sha256, declaracao=assinado.declaracao, assinado_em=assinado_em,
        nivel=nivel, enviado_por=autor,
        signatario=exigir_texto(signatario, "Escreva o nome de quem assinou.", 120),
        signatario_cargo=exigir_texto(signatario_cargo, "Escreva o cargo de quem assinou.", 80),
    )  # fmt: skip


@transaction.atomic
def recusar_assinatura(
    pedido_id: int,
    *,
    resultado: str,
    conferido_em: date,
    observacao: str,
    aditivo_id: int | None = None,
    encerramento: bool = False,
    autor: Usuario,
) -> Assinatura:
    """The signed file does not serve: it goes back, and stays in the request as it came."""
    alvo = _travar("recusar_assinatura", pedido_id, aditivo_id, encerramento, autor)
    assinatura = alvo.vivas().get(parte=Parte.REQUERENTE)
    observacao = exigir_texto(observacao, "Escreva o que precisa ser feito.")
    _conferir(alvo, assinatura, resultado, conferido_em, observacao, autor)
    assinatura.substituida_em = now()
    assinatura.save(update_fields=["substituida_em"])
    evento = alvo.avancar("recusar_assinatura", autor, motivo=observacao)
    avisar_requerente(alvo.pedido, "recusar_assinatura", chave=str(evento.pk))
    return assinatura


def _conferir(alvo: Alvo, assinatura: Assinatura, resultado: str, em: date, observacao: str, autor: Usuario) -> None:
    de_quem_decide(autor)
    if not assinatura.assinado_em <= em <= hoje_em(alvo.pedido.municipio):
        raise ErroDeDominio("O dia da conferência fica entre o da assinatura e hoje. Confira a data.")
    assinatura.resultado, assinatura.conferido_em, assinatura.conferido_por = resultado, em, autor
    assinatura.observacao = " ".join(observacao.split())[:600]
    assinatura.save(update_fields=["resultado", "conferido_em", "conferido_por", "observacao"])


def assinar_inss(
    pedido_id: int,
    enviado: UploadedFile,
    *,
    assinado_em: date,
    conferido_em: date,
    declaracao: str = "",
    aditivo_id: int | None = None,
    encerramento: bool = False,
    autor: Usuario,
    **dados: Any,
) -> Assinatura:
    """The paper with both signatures, found valid at the validator. Call it outside `atomic()`."""
    with transaction.atomic():
        alvo = _travar("assinar_inss", pedido_id, aditivo_id, encerramento, autor)
        do_orgao = alvo.vivas().select_related("arquivo").get(parte=Parte.REQUERENTE)
        _exigir_data(alvo, assinado_em, desde=do_orgao.assinado_em)
        de_quem_decide(autor)
        papel = alvo.papel()
        _exigir_a_autoridade(papel, dados["signatario"])
    assinado = receber_assinado(
        enviado, documento=papel, municipio=alvo.pedido.municipio, usuario=autor, declaracao=declaracao,
        antes=do_orgao.arquivo,
    )  # fmt: skip
    with transaction.atomic():
        alvo = _travar("assinar_inss", pedido_id, aditivo_id, encerramento, autor)
        exigir_o_mesmo(alvo.papel(), papel)
        _conferir(alvo, alvo.vivas().get(parte=Parte.REQUERENTE), Resultado.VALIDA, conferido_em, "", autor)
        assinatura = _guardar(alvo, Parte.INSS, assinado, assinado_em, autor, **dados)
        _conferir(alvo, assinatura, Resultado.VALIDA, conferido_em, "", autor)
        if alvo.aditivo is not None:
            _valer(alvo.aditivo, assinado_em)
        if not alvo.encerramento:
            fazer(alvo.pedido, "extrato", autor=autor, sobre=alvo.aditivo)
        evento = alvo.avancar("assinar_inss", autor)
        if alvo.aditivo is not None:
            avisar_requerente(alvo.pedido, "prorrogacao_assinada", chave=str(evento.pk))
        elif alvo.encerramento:
            avisar_requerente(alvo.pedido, "encerramento_assinado", chave=str(evento.pk))
    return assinatura


def assinar_so_inss(
    pedido_id: int,
    enviado: UploadedFile,
    *,
    assinado_em: date,
    texto: str,
    declaracao: str = "",
    autor: Usuario,
    **dados: Any,
) -> Assinatura:
    """The body does not sign the end, which holds all the same: `texto` says why. Call it outside `atomic()`."""
    with transaction.atomic():
        alvo = _travar("assinar_so_inss", pedido_id, None, True, autor)
        texto = exigir_texto(texto, "Escreva por que o órgão não assina, e quando foi chamado.")
        _exigir_data(alvo, assinado_em, desde=alvo.desde())
        de_quem_decide(autor)
        papel = alvo.papel()
        _exigir_a_autoridade(papel, dados["signatario"])
    assinado = receber_assinado(
        enviado, documento=papel, municipio=alvo.pedido.municipio, usuario=autor, declaracao=declaracao
    )
    with transaction.atomic():
        alvo = _travar("assinar_so_inss", pedido_id, None, True, autor)
        exigir_o_mesmo(alvo.papel(), papel)
        assinatura = _guardar(alvo, Parte.INSS, assinado, assinado_em, autor, **dados)
        _conferir(alvo, assinatura, Resultado.VALIDA, hoje_em(alvo.pedido.municipio), texto, autor)
        evento = alvo.avancar("assinar_so_inss", autor)
        avisar_requerente(alvo.pedido, "encerramento_so_inss", chave=str(evento.pk))
    return assinatura


def _exigir_a_autoridade(papel: Documento, signatario: str) -> None:
    quem = papel.dados["autoridade"]
    if normalizar(" ".join(signatario.split())) != normalizar(quem["nome"]):
        raise ErroDeDominio(
            f"Pelo INSS assina {quem['nome']}, {quem['cargo']}, como está no papel. Se foi outra pessoa, devolva: o "
            "papel precisa sair com o nome de quem assina."
        )


def _valer(aditivo: Aditivo, assinado_em: date) -> None:
    """The extension is in force: the days were kept since its approval."""
    termo = aditivo.termo
    if assinado_em > aditivo.fim_anterior:
        raise ErroDeDominio("A prorrogação só vale assinada antes do fim do prazo. Faça um pedido novo.")
    termo.fim, termo.meses = aditivo.novo_fim, termo.meses + aditivo.meses
    termo.versao += 1
    termo.save(update_fields=["fim", "meses", "versao"])


@transaction.atomic
def publicar(
    pedido_id: int,
    *,
    dou_data: date,
    dou_secao: str,
    dou_pagina: str,
    aditivo_id: int | None = None,
    autor: Usuario,
) -> Termo | Aditivo:
    """The extract came out. That of the term makes the cession, and the keys can be handed over."""
    alvo = _travar("publicar", pedido_id, aditivo_id, False, autor)
    pedido, aditivo = alvo.pedido, alvo.aditivo
    assinado_em = alvo.vivas().get(parte=Parte.INSS).assinado_em
    publicado: Termo | Aditivo = aditivo or pedido.termo
    registrar_publicacao(
        publicado, desde=assinado_em, de="a assinatura do INSS", hoje=hoje_em(pedido.municipio), dou_data=dou_data,
        dou_secao=dou_secao, dou_pagina=dou_pagina,
    )  # fmt: skip
    if aditivo is None:
        mover_termo(pedido.termo, "liberar", autor=autor)
    evento = alvo.avancar("publicar", autor)
    avisar_requerente(pedido, "prorrogacao_vigente" if aditivo else "publicar", chave=str(evento.pk))
    return publicado
