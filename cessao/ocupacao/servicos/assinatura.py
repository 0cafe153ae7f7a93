"""Both parties sign outside the portal; what comes back is kept as it came, checked by a person, and published.

The same for the term and for each extension: `aditivo_id` says which.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.contas.identificacao import de_quem_decide
from act_portal.emissao.assinados import Assinado, exigir_o_mesmo, receber_assinado
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio
from act_portal.publicacao import exigir_pagina
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.texto import normalizar
from cessao.avisos import avisar_logistica, avisar_requerente
from cessao.models import Aditivo, Assinatura, Papel, Pedido, Termo
from cessao.ocupacao.servicos.comum import mover_aditivo, travar_aditivo
from cessao.papeis.servicos import fazer
from cessao.servicos import exigir_texto, mover, mover_termo, travar_para

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Parte, Resultado = Assinatura.Parte, Assinatura.Resultado
Alvo = tuple[Pedido, Aditivo | None]


def _travar(verbo: str, pedido_id: int, aditivo_id: int | None, autor: Usuario) -> Alvo:
    """The request whose term is being signed, or the extension that is."""
    if aditivo_id is None:
        return travar_para(verbo, pedido_id, autor=autor), None
    aditivo = travar_aditivo(verbo, aditivo_id, autor=autor)
    return aditivo.termo.pedido, aditivo


def _avancar(alvo: Alvo, verbo: str, autor: Usuario, **campos: Any) -> Any:
    pedido, aditivo = alvo
    if aditivo is None:
        return mover(pedido, verbo, autor=autor, **campos)
    return mover_aditivo(aditivo, verbo, autor=autor, **campos)


def _vivas(alvo: Alvo) -> Any:
    pedido, aditivo = alvo
    return pedido.termo.assinaturas.filter(aditivo=aditivo, substituida_em=None)


def _papel(alvo: Alvo) -> Documento:
    """What both sign, as it stands."""
    pedido, aditivo = alvo
    especie, referencia = (Papel.Especie.ADITIVO, str(aditivo.pk)) if aditivo else (Papel.Especie.TERMO, "")
    vigentes = pedido.papeis.select_related("documento").filter(substituido_em=None)
    return vigentes.get(especie=especie, referencia=referencia).documento


def _aprovado_em(alvo: Alvo) -> date:
    pedido, aditivo = alvo
    return aditivo.pedido_em if aditivo else pedido.termo.aprovado_em


def _exigir_data(alvo: Alvo, assinado_em: date, *, desde: date) -> None:
    if assinado_em > hoje_em(alvo[0].municipio):
        raise ErroDeDominio("A data da assinatura ainda não chegou. Confira no arquivo assinado.")
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
    autor: Usuario,
    **dados: Any,
) -> Assinatura:
    """Who takes the space gives the signed paper. Call it outside `atomic()`: the bytes are stored before their row."""
    with transaction.atomic():
        alvo = _travar("assinar", pedido_id, aditivo_id, autor)
        _exigir_data(alvo, assinado_em, desde=_aprovado_em(alvo))
        papel = _papel(alvo)
    assinado = receber_assinado(
        enviado, documento=papel, municipio=alvo[0].municipio, usuario=autor, declaracao=declaracao
    )
    with transaction.atomic():
        alvo = _travar("assinar", pedido_id, aditivo_id, autor)
        exigir_o_mesmo(_papel(alvo), papel)
        assinatura = _guardar(alvo, Parte.REQUERENTE, assinado, assinado_em, autor, **dados)
        evento = _avancar(alvo, "assinar", autor)
        avisar_logistica(alvo[0], "assinar", chave=str(evento.pk))
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
    pedido, aditivo = alvo
    _vivas(alvo).filter(parte=parte).update(substituida_em=now())
    return Assinatura.objects.create(
        termo=pedido.termo, aditivo=aditivo, parte=parte, arquivo=assinado.arquivo,
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
    autor: Usuario,
) -> Assinatura:
    """The signed file does not serve: it goes back, and stays in the request as it came."""
    alvo = _travar("recusar_assinatura", pedido_id, aditivo_id, autor)
    assinatura = _vivas(alvo).get(parte=Parte.REQUERENTE)
    observacao = exigir_texto(observacao, "Escreva o que precisa ser feito.")
    _conferir(alvo, assinatura, resultado, conferido_em, observacao, autor)
    assinatura.substituida_em = now()
    assinatura.save(update_fields=["substituida_em"])
    evento = _avancar(alvo, "recusar_assinatura", autor, motivo=observacao)
    avisar_requerente(alvo[0], "recusar_assinatura", chave=str(evento.pk))
    return assinatura


def _conferir(alvo: Alvo, assinatura: Assinatura, resultado: str, em: date, observacao: str, autor: Usuario) -> None:
    de_quem_decide(autor)
    if not assinatura.assinado_em <= em <= hoje_em(alvo[0].municipio):
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
    autor: Usuario,
    **dados: Any,
) -> Assinatura:
    """The paper with both signatures, found valid at the validator. Call it outside `atomic()`."""
    with transaction.atomic():
        alvo = _travar("assinar_inss", pedido_id, aditivo_id, autor)
        do_orgao = _vivas(alvo).select_related("arquivo").get(parte=Parte.REQUERENTE)
        _exigir_data(alvo, assinado_em, desde=do_orgao.assinado_em)
        de_quem_decide(autor)
        papel = _papel(alvo)
        _exigir_a_autoridade(papel, dados["signatario"])
    assinado = receber_assinado(
        enviado, documento=papel, municipio=alvo[0].municipio, usuario=autor, declaracao=declaracao,
        antes=do_orgao.arquivo,
    )  # fmt: skip
    with transaction.atomic():
        alvo = _travar("assinar_inss", pedido_id, aditivo_id, autor)
        exigir_o_mesmo(_papel(alvo), papel)
        _conferir(alvo, _vivas(alvo).get(parte=Parte.REQUERENTE), Resultado.VALIDA, conferido_em, "", autor)
        assinatura = _guardar(alvo, Parte.INSS, assinado, assinado_em, autor, **dados)
        _conferir(alvo, assinatura, Resultado.VALIDA, conferido_em, "", autor)
        if alvo[1] is not None:
            _valer(alvo[1], assinado_em)
        fazer(alvo[0], "extrato", autor=autor, sobre=alvo[1])
        evento = _avancar(alvo, "assinar_inss", autor)
        if alvo[1] is not None:
            avisar_requerente(alvo[0], "prorrogacao_assinada", chave=str(evento.pk))
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
    alvo = _travar("publicar", pedido_id, aditivo_id, autor)
    pedido, aditivo = alvo
    assinado_em = _vivas(alvo).get(parte=Parte.INSS).assinado_em
    if not assinado_em <= dou_data <= hoje_em(pedido.municipio):
        raise ErroDeDominio(
            f"A publicação fica entre a assinatura do INSS ({assinado_em:%d/%m/%Y}) e hoje. Confira a data."
        )
    publicado: Termo | Aditivo = aditivo or pedido.termo
    publicado.dou_data, publicado.dou_secao = dou_data, exigir_texto(dou_secao, "Diga a seção.", 3)
    publicado.dou_pagina = exigir_pagina(dou_pagina)
    publicado.save(update_fields=["dou_data", "dou_secao", "dou_pagina"])
    if aditivo is None:
        mover_termo(pedido.termo, "liberar", autor=autor)
    evento = _avancar(alvo, "publicar", autor)
    avisar_requerente(pedido, "prorrogacao_vigente" if aditivo else "publicar", chave=str(evento.pk))
    return publicado
