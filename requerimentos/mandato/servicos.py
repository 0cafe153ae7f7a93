"""The end of the powers: taken back by the person, or by a registered death. Nothing is sent after it."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import contar
from act_portal.emissao import servicos as emissao
from act_portal.erros import ErroDeDominio
from act_portal.saidas.servicos import apressar
from act_portal.territorio.consultas import hoje_em
from requerimentos import permissoes
from requerimentos.avisos.servicos import avisar
from requerimentos.envio.consultas import chave_do_trabalho
from requerimentos.mandato import regras
from requerimentos.mandato.consultas import Ato, exigir_mandato, exigir_vida, termo_de, termo_em_vigor
from requerimentos.mandato.preenchimento import renuncia, revogacao
from requerimentos.models import Aviso, Obito, Papel, Pessoa, Requerimento, Revogacao, RevogacaoParcial
from requerimentos.papeis.modelos import RENUNCIA, REVOGACAO
from requerimentos.papeis.servicos import por_quem_assina
from requerimentos.servicos import mover, travar
from requerimentos.situacoes import Etapa, SituacaoEnvio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

COM_O_INSS = [Etapa.ACOMPANHANDO, Etapa.EXIGENCIA, Etapa.RESULTADO]
REVOGADOS = [Papel.Especie.REPRESENTACAO, Papel.Especie.DADOS]
MOTIVO_DA_REVOGACAO = "A pessoa revogou o termo no balcão."
MOTIVO_DA_RENUNCIA = "O município renunciou à representação."


@transaction.atomic
def revogar(
    requerimento_id: int,
    *,
    quem: str,
    autor: Usuario,
    representante_id: int | None = None,
    rogo: dict[str, Any] | None = None,
) -> Revogacao:
    """The person takes back the powers given for this request: no reason asked, no cost, from this very moment.

    `quem`, `representante_id`, `rogo`: who signs the revocation, as in `papeis.servicos.escolher_quem_assina`. A second
    click finds the first and changes nothing.
    """
    requerimento = travar(requerimento_id)
    permissoes.exigir_atendente(autor, requerimento.municipio_id)
    if ja := Revogacao.objects.filter(requerimento=requerimento).first():
        return ja
    termo = _termo_que_acaba(requerimento)
    assinante = _assinante(requerimento, quem=quem, representante_id=representante_id, rogo=rogo, autor=autor)
    _tirar_o_valor(termo, motivo=MOTIVO_DA_REVOGACAO, autor=autor)
    documento = emissao.pedir(
        REVOGACAO, revogacao(assinante, termo, autor), municipio=requerimento.municipio, autor=autor
    )
    feita = Revogacao.objects.create(requerimento=requerimento, termo=termo, documento=documento, autor=autor)
    registrar("mandato.revogado", municipio=requerimento.municipio, autor=autor, alvo=requerimento, quem=quem)
    _parar(requerimento, autor=autor, motivo=MOTIVO_DA_REVOGACAO)
    return feita


@transaction.atomic
def revogar_ato(
    requerimento_id: int,
    *,
    ato: Ato,
    quem: str,
    autor: Usuario,
    representante_id: int | None = None,
    rogo: dict[str, Any] | None = None,
) -> RevogacaoParcial:
    """The person takes one act out of the term of this request; the rest goes on. Twice is once.

    Who signs, as in `revogar`. Source of the form: none seen (conferir norma vigente).
    """
    requerimento = travar(requerimento_id)
    permissoes.exigir_atendente(autor, requerimento.municipio_id)
    if ja := RevogacaoParcial.objects.filter(requerimento=requerimento, ato=ato).first():
        return ja
    exigir_mandato(requerimento)
    termo = _termo_que_acaba(requerimento)
    if ato not in termo_de(requerimento).revogaveis:
        raise ErroDeDominio(
            "Este poder não está no termo, ou o pedido ainda não saiu do balcão. Antes do envio, mude a resposta na "
            "etapa Demanda e faça os papéis de novo."
        )
    assinante = _assinante(requerimento, quem=quem, representante_id=representante_id, rogo=rogo, autor=autor)
    documento = emissao.pedir(
        REVOGACAO, revogacao(assinante, termo, autor, ato=ato), municipio=requerimento.municipio, autor=autor
    )
    feita = RevogacaoParcial.objects.create(
        requerimento=requerimento, ato=ato, termo=termo, documento=documento, autor=autor
    )
    registrar(
        "mandato.revogado_em_parte", municipio=requerimento.municipio, autor=autor, alvo=requerimento, ato=ato.value,
        quem=quem,
    )  # fmt: skip
    if ato == Ato.EXIGENCIA:
        _olhar_de_novo(requerimento)
    return feita


def _assinante(
    requerimento: Requerimento, *, quem: str, representante_id: int | None, rogo: dict[str, Any] | None, autor: Usuario
) -> Requerimento:
    """The request with who signs now, on a copy: who signed the request stays on record as it was."""
    assinante = copy.copy(requerimento)
    por_quem_assina(assinante, quem=quem, representante_id=representante_id, rogo=rogo or {}, autor=autor)
    return assinante


@transaction.atomic
def renunciar(requerimento_id: int, *, motivo: str, autor: Usuario) -> Revogacao:
    """The manager gives up, for the town, the powers of this request, and says why. Twice is once.

    The person is told by whoever does it (Código Civil, art. 688; conferir norma vigente), gets the paper, and a notice
    by the channel that they chose.
    """
    requerimento = travar(requerimento_id)
    if not permissoes.gere(autor, requerimento.municipio_id):
        raise PermissionDenied
    if ja := Revogacao.objects.filter(requerimento=requerimento).first():
        return ja
    motivo = motivo.strip()[:300]
    if not motivo:
        raise ErroDeDominio("Escreva por que o município renuncia.")
    termo = _termo_que_acaba(requerimento)
    _tirar_o_valor(termo, motivo=MOTIVO_DA_RENUNCIA, autor=autor)
    documento = emissao.pedir(
        RENUNCIA, renuncia(requerimento, termo, autor, motivo=motivo), municipio=requerimento.municipio, autor=autor
    )
    # The last notice of this request: once the row is there, none is promised any more.
    avisar(requerimento, Aviso.Assunto.RENUNCIA, chave=f"renuncia:{requerimento.pk}")
    feita = Revogacao.objects.create(
        requerimento=requerimento, termo=termo, documento=documento, renuncia=motivo, autor=autor
    )
    registrar("mandato.renunciado", municipio=requerimento.municipio, autor=autor, alvo=requerimento)
    _parar(requerimento, autor=autor, motivo=MOTIVO_DA_RENUNCIA)
    return feita


def _termo_que_acaba(requerimento: Requerimento) -> Papel | None:
    exigir_vida(requerimento.pessoa_id)
    termo = termo_em_vigor(requerimento)
    if requerimento.estado == Etapa.CANCELADO:
        raise ErroDeDominio("Este pedido já foi cancelado: não há mais o que revogar.")
    if not requerimento.protocolo and (termo is None or termo.assinado_em is None):
        raise ErroDeDominio(
            "O termo deste pedido ainda não foi assinado, e por isso não há o que revogar. Se a pessoa não quer mais "
            "o pedido, use a desistência, na etapa Demanda."
        )
    return termo


def _tirar_o_valor(termo: Papel | None, *, motivo: str, autor: Usuario) -> None:
    """Before any event: whoever makes one of these papers holds it and waits for the trail."""
    if termo is not None:
        velhos = Papel.objects.filter(conjunto=termo.conjunto_id, especie__in=REVOGADOS)
        emissao.revogar_varios(velhos.values_list("documento_id", flat=True), motivo=motivo, autor=autor)


@transaction.atomic
def registrar_obito(pessoa_id: int, *, em: date, documento: str, autor: Usuario) -> Obito:
    """Record the death of somebody: from now on nobody acts in any of their requests. Twice is once."""
    pessoa = Pessoa.objects.select_for_update(of=("self",)).select_related("municipio").get(pk=pessoa_id)
    permissoes.exigir_atendente(autor, pessoa.municipio_id)
    if ja := Obito.objects.vigentes().filter(pessoa=pessoa).first():
        return ja
    problema = regras.problema_do_obito(em=em, nascimento=pessoa.nascimento, hoje=hoje_em(pessoa.municipio))
    if problema:
        raise ErroDeDominio(problema)
    if not documento.strip():
        raise ErroDeDominio("Escreva o número da certidão de óbito: a matrícula, ou o cartório, o livro e a folha.")
    vivos = Requerimento.objects.filter(pessoa=pessoa).exclude(etapa=Etapa.CANCELADO).order_by("pk")
    requerimentos = [travar(pk) for pk in vivos.values_list("pk", flat=True)]
    obito = Obito.objects.create(pessoa=pessoa, em=em, documento=documento.strip()[:120], autor=autor)
    registrar("obito.registrado", municipio=pessoa.municipio, autor=autor, alvo=pessoa, pedidos=len(requerimentos))
    for requerimento in requerimentos:
        _parar(requerimento, autor=autor, motivo="Foi registrado o óbito da pessoa.")
    return obito


@transaction.atomic
def desfazer_obito(pessoa_id: int, *, motivo: str, autor: Usuario) -> None:
    """The manager takes back a death put in the wrong record; requests at INSS are followed again."""
    pessoa = Pessoa.objects.select_for_update(of=("self",)).select_related("municipio").get(pk=pessoa_id)
    if not permissoes.gere(autor, pessoa.municipio_id):
        raise PermissionDenied
    obito = Obito.objects.vigentes().filter(pessoa=pessoa).first()
    if obito is None:
        return
    if not motivo.strip():
        raise ErroDeDominio("Escreva por que o registro estava errado.")
    obito.desfeito_em, obito.desfeito_por, obito.desfeito_motivo = now(), autor, motivo.strip()[:300]
    obito.save(update_fields=["desfeito_em", "desfeito_por", "desfeito_motivo"])
    seguem = Requerimento.objects.filter(pessoa=pessoa, etapa__in=COM_O_INSS, revogacao__isnull=True)
    seguem.update(proxima_consulta_em=now())
    registrar("obito.desfeito", municipio=pessoa.municipio, autor=autor, alvo=pessoa)


def _parar(requerimento: Requerimento, *, autor: Usuario, motivo: str) -> None:
    """INSS is asked no more; what did not leave is cancelled; what waits to leave is looked at now, and stopped."""
    Requerimento.objects.filter(pk=requerimento.pk).update(proxima_consulta_em=None)
    if requerimento.editavel:
        agora = now()
        mover(
            requerimento,
            Etapa.CANCELADO,
            acao="mandato.encerrado",
            autor=autor,
            motivo=motivo,
            encerrado_em=agora,
        )
        contar("desistido", balcao=requerimento.balcao, dia=localdate(agora, requerimento.municipio.fuso))
        return
    _olhar_de_novo(requerimento)


def _olhar_de_novo(requerimento: Requerimento) -> None:
    """What waits to leave is looked at now, not at its next attempt."""
    abertos = requerimento.envios.filter(situacao__in=[SituacaoEnvio.MONTANDO, SituacaoEnvio.NA_FILA])
    for envio in abertos:
        apressar(chave_do_trabalho(envio))
