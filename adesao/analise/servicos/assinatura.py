"""Both parties sign outside the portal; what comes back is kept as it came, checked by a person, and published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.contas.identificacao import de_quem_decide
from act_portal.emissao.assinados import Assinado, exigir_o_mesmo, receber_assinado
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio
from act_portal.publicacao import exigir_publicacao
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Entidade
from act_portal.territorio.regras import somar_meses
from act_portal.territorio.servicos import AcordoFirmado, mudar_servicos, registrar_acordo
from adesao.acordo.servicos.comum import mover_acordo
from adesao.analise.papeis import fazer
from adesao.analise.servicos.comum import anotar, decidir, exigir_texto, travar_do_inss
from adesao.avisos.servicos import avisar_municipio, avisar_pessoa
from adesao.checklist.catalogo import parametro
from adesao.checklist.catalogo import servicos as servicos_possiveis
from adesao.habilitacao.servicos.fichas import abrir_fichas
from adesao.models import Acordo, Assinatura, Decisao, Papel, Processo, ServicoAutorizado
from adesao.papeis.consultas import vigente
from adesao.papeis.preenchimento import Material
from adesao.servicos import mover, travar_para
from adesao.situacoes import Instrumento, Quem, Situacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Parte, Resultado = Assinatura.Parte, Assinatura.Resultado
TIPO_DO_ACORDO = {
    Instrumento.ACT: Entidade.TipoAcordo.ACT,
    Instrumento.TERMO: Entidade.TipoAcordo.ADESAO,
    Instrumento.COOPERACAO: Entidade.TipoAcordo.COOPERACAO,
}


# --- The town -----------------------------------------------------------------------------------------------------


def assinar_municipio(
    processo_id: int,
    enviado: UploadedFile,
    *,
    assinado_em: date,
    signatario: str,
    signatario_cargo: str,
    nivel: Assinatura.Nivel | str,
    declaracao: str = "",
    autor: Usuario,
) -> Processo:
    """The town gives the signed agreement. Call it outside `atomic()`: the bytes are stored before their row."""
    with transaction.atomic():
        processo = travar_para("assinar_municipio", processo_id, autor=autor)
        _exigir_data(processo, assinado_em, desde=processo.acordo.aprovado_em)
        papel = _papel(processo)
    assinado = receber_assinado(
        enviado, documento=papel, municipio=processo.municipio, usuario=autor, declaracao=declaracao
    )
    return _assinar_municipio(
        processo_id, assinado, papel, autor=autor, assinado_em=assinado_em, signatario=signatario,
        signatario_cargo=signatario_cargo, nivel=nivel,
    )  # fmt: skip


@transaction.atomic
def _assinar_municipio(
    processo_id: int, assinado: Assinado, papel: Documento, *, autor: Usuario, **dados: Any
) -> Processo:
    processo = travar_para("assinar_municipio", processo_id, autor=autor)
    exigir_o_mesmo(_papel(processo), papel)
    _guardar_assinatura(processo.acordo, Parte.MUNICIPIO, assinado, autor=autor, **dados)
    evento = mover(processo, "assinar_municipio", autor=autor)
    avisar_pessoa(processo, processo.responsavel, "assinar_municipio", chave=str(evento.pk))
    return processo


def _papel(processo: Processo) -> Documento:
    """What both sign, as it stands."""
    papel = vigente(processo, Papel.Especie.INSTRUMENTO)
    assert papel  # noqa: S101 - made by the approval
    return papel.documento


def _exigir_data(processo: Processo, assinado_em: date, *, desde: date) -> None:
    """Nobody signs before the approval, which comes after the acceptance of the text."""
    if assinado_em > hoje_em(processo.municipio):
        raise ErroDeDominio("A data da assinatura ainda não chegou. Confira no arquivo assinado.")
    aceites = processo.aceites.filter(perdido_em__isnull=True).values_list("em", flat=True)
    aceito_em = max((em.astimezone(processo.municipio.fuso).date() for em in aceites), default=desde)
    if assinado_em < max(desde, aceito_em):
        raise ErroDeDominio(
            f"O arquivo foi assinado antes do aceite e da aprovação ({max(desde, aceito_em):%d/%m/%Y}). "
            "Baixe o acordo do portal e assine esse arquivo."
        )


def _guardar_assinatura(
    acordo: Acordo,
    parte: Assinatura.Parte,
    assinado: Assinado,
    *,
    assinado_em: date,
    signatario: str,
    signatario_cargo: str,
    nivel: Assinatura.Nivel | str,
    autor: Usuario,
) -> Assinatura:
    acordo.assinaturas.filter(parte=parte, substituida_em__isnull=True).update(substituida_em=now())
    return Assinatura.objects.create(
        acordo=acordo,
        parte=parte,
        arquivo=assinado.arquivo,
        sha256=assinado.arquivo.sha256,
        declaracao=assinado.declaracao,
        assinado_em=assinado_em,
        signatario=exigir_texto(signatario, "Escreva o nome de quem assinou.", 120),
        signatario_cargo=exigir_texto(signatario_cargo, "Escreva o cargo de quem assinou.", 80),
        nivel=nivel,
        enviado_por=autor,
    )


def outro_signatario(assinatura: Assinatura) -> str:
    """What both sides read when somebody else signed for the town, or ""."""
    return assinatura.quem_mais(Material(assinatura.acordo.processo).municipio["rl_nome"])


# --- INSS ---------------------------------------------------------------------------------------------------------


def _do_municipio(processo: Processo) -> Assinatura:
    return processo.acordo.assinaturas.get(parte=Parte.MUNICIPIO, substituida_em__isnull=True)


@transaction.atomic
def conferir_assinatura(processo_id: int, *, conferido_em: date, observacao: str = "", autor: Usuario) -> Assinatura:
    """The validator said that the town's signature is good."""
    processo = travar_do_inss(processo_id, Quem.ANALISTA, Quem.AUTORIDADE, autor=autor)
    if processo.estado != Situacao.CONFERENCIA:
        raise ErroDeDominio(f"Este pedido está em “{processo.estado.label}”. Atualize a página.")
    assinatura = _do_municipio(processo)
    if (frase := outro_signatario(assinatura)) and not observacao.strip():
        raise ErroDeDominio(f"{frase} Escreva na observação por que a assinatura serve, ou devolva.")
    _registrar_conferencia(processo, assinatura, Resultado.VALIDA, conferido_em, observacao, autor)
    anotar("adesao.assinatura_conferida", processo, autor, assinatura=assinatura.pk)
    return assinatura


@transaction.atomic
def recusar_assinatura(
    processo_id: int, *, resultado: Assinatura.Resultado | str, conferido_em: date, observacao: str, autor: Usuario
) -> Processo:
    """The signed file does not serve: it goes back to the town, and stays in the process as it came."""
    processo = travar_para("recusar_assinatura", processo_id, autor=autor)
    if resultado == Resultado.VALIDA and not observacao:
        raise ErroDeDominio("A assinatura é válida: escreva por que o arquivo não serve.")
    observacao = exigir_texto(observacao, "Escreva o que o município precisa fazer.")
    assinatura = _do_municipio(processo)
    _registrar_conferencia(processo, assinatura, resultado, conferido_em, observacao, autor)
    assinatura.substituida_em = now()
    assinatura.save(update_fields=["substituida_em"])
    evento = mover(processo, "recusar_assinatura", autor=autor, motivo=observacao)
    avisar_municipio(processo, "recusar_assinatura", chave=str(evento.pk))
    return processo


def _registrar_conferencia(
    processo: Processo,
    assinatura: Assinatura,
    resultado: Assinatura.Resultado | str,
    em: date,
    observacao: str,
    autor: Usuario,
) -> None:
    quem = de_quem_decide(autor)
    if not assinatura.assinado_em <= em <= hoje_em(processo.municipio):
        raise ErroDeDominio("O dia da conferência fica entre o da assinatura e hoje. Confira a data.")
    assinatura.resultado, assinatura.conferido_em, assinatura.conferido_por = resultado, em, autor
    assinatura.conferente_nome, assinatura.conferente_cargo = quem.nome, quem.cargo
    assinatura.conferente_matricula = quem.matricula
    assinatura.observacao = " ".join(observacao.split())[:600]
    assinatura.save(
        update_fields=[
            "resultado", "conferido_em", "conferido_por", "conferente_nome", "conferente_cargo",
            "conferente_matricula", "observacao",
        ]
    )  # fmt: skip


def assinar_inss(
    processo_id: int,
    enviado: UploadedFile,
    *,
    assinado_em: date,
    signatario: str,
    signatario_cargo: str,
    nivel: Assinatura.Nivel | str,
    conferido_em: date,
    declaracao: str = "",
    autor: Usuario,
) -> Processo:
    """The agreement with both signatures, found valid. Call it outside `atomic()`."""
    with transaction.atomic():
        processo = travar_para("assinar_inss", processo_id, autor=autor)
        _exigir_pronto_para_o_inss(processo)
        _exigir_data(processo, assinado_em, desde=_do_municipio(processo).assinado_em)
        de_quem_decide(autor)
        papel = _papel(processo)
    assinado = receber_assinado(
        enviado, documento=papel, municipio=processo.municipio, usuario=autor, declaracao=declaracao,
        antes=_do_municipio(processo).arquivo,
    )  # fmt: skip
    return _assinar_inss(
        processo_id, assinado, papel, conferido_em, autor=autor, assinado_em=assinado_em, signatario=signatario,
        signatario_cargo=signatario_cargo, nivel=nivel,
    )  # fmt: skip


def _exigir_pronto_para_o_inss(processo: Processo) -> None:
    if _do_municipio(processo).resultado != Resultado.VALIDA:
        raise ErroDeDominio("Confira antes a assinatura do município no validador.")
    hoje = hoje_em(processo.municipio)
    vencidos = [item.nome for item in processo.itens.filter(situacao="aceito") if item.vencido(hoje)]
    if vencidos:
        raise ErroDeDominio(
            f"Venceu depois da aprovação: {'; '.join(vencidos)}. A autoridade volta o pedido à análise, e o município "
            "envia outra certidão."
        )


@transaction.atomic
def _assinar_inss(
    processo_id: int, assinado: Assinado, papel: Documento, conferido_em: date, *, autor: Usuario, **dados: Any
) -> Processo:
    processo = travar_para("assinar_inss", processo_id, autor=autor)
    exigir_o_mesmo(_papel(processo), papel)
    _exigir_pronto_para_o_inss(processo)
    assinatura = _guardar_assinatura(processo.acordo, Parte.INSS, assinado, autor=autor, **dados)
    _registrar_conferencia(processo, assinatura, Resultado.VALIDA, conferido_em, "", autor)
    fazer(processo, Papel.Especie.EXTRATO, autor=autor)
    evento = mover(processo, "assinar_inss", autor=autor)
    avisar_municipio(processo, "assinar_inss", chave=str(evento.pk))
    return processo


# --- Publication and what the agreement authorises ----------------------------------------------------------------


@transaction.atomic
def publicar(processo_id: int, *, dou_data: date, dou_secao: str, dou_pagina: str, autor: Usuario) -> Processo:
    """The extract came out: the agreement is in force, always with an end, and the desk's papers name it."""
    processo = travar_para("publicar", processo_id, autor=autor)
    acordo = processo.acordo
    assinado_em = acordo.assinaturas.get(parte=Parte.INSS, substituida_em__isnull=True).assinado_em
    hoje = hoje_em(processo.municipio)
    saiu = exigir_publicacao(dou_data, dou_secao, dou_pagina, desde=assinado_em, de="a assinatura do INSS", hoje=hoje)
    mover_acordo(acordo, "publicar", autor=autor, inicio=dou_data, fim=_fim(acordo, dou_data), **saiu)
    autorizar_servicos(acordo, processo.servicos, autor=autor)
    registrar_acordo(processo.municipio_id, firmado(processo, acordo), autor=autor)
    abrir_fichas(acordo)
    evento = mover(processo, "publicar", autor=autor)
    avisar_municipio(processo, "publicar", chave=str(evento.pk))
    return processo


def _fim(acordo: Acordo, inicio: date) -> date:
    """The length that is data, whose last day is the eve of the first; never beyond the umbrella."""
    fim = somar_meses(inicio, parametro("vigencia_meses", inicio).valor) - timedelta(days=1)
    if acordo.guarda_chuva is None:
        return fim
    if acordo.guarda_chuva.fim <= inicio:
        raise ErroDeDominio(
            f"O acordo principal acaba em {acordo.guarda_chuva.fim:%d/%m/%Y}: depois disso não se publica termo dele."
        )
    return min(fim, acordo.guarda_chuva.fim)


def autorizar_servicos(acordo: Acordo, codigos: list[str], *, autor: Usuario) -> None:
    """Those of a new agreement, from its first day."""
    assert acordo.inicio  # noqa: S101 - published
    ServicoAutorizado.objects.bulk_create(
        ServicoAutorizado(acordo=acordo, codigo=s.codigo, nome=s.nome, desde=acordo.inicio, incluido_por=autor)
        for s in servicos_possiveis().escolhidos(codigos)
    )


def firmado(processo: Processo, acordo: Acordo) -> AcordoFirmado:
    """What the papers of the desk will say."""
    municipio = Material(processo).municipio
    assert acordo.inicio and acordo.fim  # noqa: S101 - just set
    return AcordoFirmado(
        nome=municipio["nome"],
        cnpj=processo.cnpj,
        endereco=municipio["endereco"],
        telefone=municipio["telefone"],
        email=municipio["email"],
        encarregado=municipio["encarregado"],
        encarregado_contato=municipio["encarregado_contato"],
        acordo_tipo=TIPO_DO_ACORDO[Instrumento(acordo.instrumento)],
        acordo_numero=acordo.numero,
        acordo_processo=processo.processo_sei,
        acordo_inicio=acordo.inicio,
        acordo_fim=acordo.fim,
        servicos=sorted(acordo.servicos.filter(ate__isnull=True).values_list("codigo", flat=True)),
    )


@transaction.atomic
def mudar_servicos_do_acordo(processo_id: int, *, servicos: Sequence[str], texto: str, autor: Usuario) -> Acordo:
    """Include and take out services of an agreement in force: a recorded act, not an amendment. Nothing is erased."""
    processo = travar_do_inss(processo_id, Quem.ANALISTA, Quem.AUTORIDADE, autor=autor)
    acordo = Acordo.objects.vivos().filter(processo=processo).first()
    if acordo is None:
        raise ErroDeDominio("Só um acordo em vigor muda os seus serviços.")
    hoje = hoje_em(processo.municipio)
    escolhidos = {s.codigo: s.nome for s in servicos_possiveis().escolhidos(list(servicos))}
    atuais = set(acordo.servicos.filter(ate__isnull=True).values_list("codigo", flat=True))
    entram, saem = sorted(set(escolhidos) - atuais), sorted(atuais - set(escolhidos))
    if not escolhidos:
        raise ErroDeDominio("Deixe pelo menos um serviço.")
    if not entram and not saem:
        raise ErroDeDominio("A lista de serviços é a mesma. Mude algum antes de guardar.")
    texto = exigir_texto(texto, "Escreva por que a lista muda.", 300)
    acordo.servicos.filter(codigo__in=saem, ate__isnull=True).update(ate=hoje, motivo_fim=texto, excluido_por=autor)
    ServicoAutorizado.objects.bulk_create(
        ServicoAutorizado(acordo=acordo, codigo=c, nome=escolhidos[c], desde=hoje, incluido_por=autor) for c in entram
    )
    processo.servicos = list(escolhidos)
    processo.save(update_fields=["servicos"])
    mudar_servicos(processo.municipio_id, sorted(escolhidos), autor=autor)
    decidir(processo, Decisao.Tipo.SERVICOS, texto, autor=autor)
    anotar("adesao.servicos_do_acordo", processo, autor, entram=entram, saem=saem)
    return acordo
