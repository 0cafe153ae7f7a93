"""Open a request for a service, keep its answers, change the service, give it up."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import contar
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from requerimentos import permissoes
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import fatos_da_pessoa
from requerimentos.demanda.regras import Fatos, Tom, avisos_da_pessoa
from requerimentos.demanda.servico import Servico
from requerimentos.demanda.triagem.consultas import respostas_para
from requerimentos.mandato.consultas import exigir_vida
from requerimentos.models import Atendimento, Pessoa, Requerimento, ServicoVersao
from requerimentos.recepcao.novos import exigir_autorizado, exigir_que_abra
from requerimentos.servicos import (
    exigir_editavel,
    exigir_versao,
    marcar_edicao,
    mover,
    travar_para_agir,
    travar_para_editar,
)
from requerimentos.situacoes import Etapa, SituacaoAtendimento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def abrir(
    atendimento_id: int, servico_codigo: str, *, autor: Usuario, codigo: uuid.UUID, excecao: str = ""
) -> Requerimento:
    """Open a request in a visit. `codigo` comes with the form: a double click is one request.

    With a request of the same kind still open, or decided a short while ago, `excecao` must say why the person asks all
    the same, and is kept: INSS itself may refuse it (IN 128/2022, art. 576-A: conferir norma vigente).
    """
    atendimento = (
        Atendimento.objects.select_for_update(of=("self",))
        .select_related("municipio", "balcao", "pessoa")
        .get(pk=atendimento_id)
    )
    permissoes.exigir_atendente(autor, atendimento.municipio_id)
    # Two visits of one person, at two desks, open one after the other: each sees what the other opened.
    Pessoa.objects.select_for_update().get(pk=atendimento.pessoa_id)
    exigir_vida(atendimento.pessoa_id)
    if repetido := atendimento.requerimentos.filter(codigo=codigo).first():
        return repetido
    if atendimento.estado != SituacaoAtendimento.EM_ATENDIMENTO:
        raise ErroDeDominio("Este atendimento não está em andamento. Comece o atendimento antes de abrir o pedido.")
    agora = now()
    hoje = localdate(agora, atendimento.municipio.fuso)
    servico = _servico_pedivel(servico_codigo, hoje)
    exigir_que_abra(atendimento.balcao.entidade_id, servico.codigo, hoje)
    motivo_repetido = _exigir_excecao(servico, fatos_da_pessoa(atendimento.pessoa, hoje), hoje, excecao)
    requerimento = Requerimento.objects.create(
        codigo=codigo,
        municipio=atendimento.municipio,
        balcao=atendimento.balcao,
        pessoa=atendimento.pessoa,
        atendimento=atendimento,
        servico=guardar_versao(servico),
        servico_codigo=servico.codigo,
        respostas=respostas_para(servico, atendimento),
        atendente=autor,
        editado_por=autor,
        criado_em=agora,
        repetido_motivo=motivo_repetido,
    )
    registrar(
        "requerimento.aberto", municipio=atendimento.municipio, autor=autor, alvo=requerimento, servico=servico.codigo
    )
    if motivo_repetido:
        registrar("requerimento.repetido", municipio=atendimento.municipio, autor=autor, alvo=requerimento)
    contar("aberto", balcao=atendimento.balcao, dia=hoje, chave=servico.codigo)
    return requerimento


@transaction.atomic
def trocar_servico(
    requerimento_id: int, servico_codigo: str, *, autor: Usuario, versao: int | None = None, excecao: str = ""
) -> Requerimento:
    """Another service for the same request, before it leaves: answers stay, papers made so far no longer match."""
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    hoje = hoje_em(requerimento.municipio)
    if servico_codigo == requerimento.servico_codigo:
        return requerimento
    exigir_versao(requerimento, versao)
    servico = _servico_pedivel(servico_codigo, hoje)
    exigir_autorizado(requerimento.balcao.entidade_id, servico.codigo)
    fatos = fatos_da_pessoa(requerimento.pessoa, hoje, exceto=requerimento.pk)
    requerimento.repetido_motivo = _exigir_excecao(servico, fatos, hoje, excecao)
    aberto_em = localdate(requerimento.criado_em, requerimento.municipio.fuso)
    contar("aberto", balcao=requerimento.balcao, dia=aberto_em, chave=requerimento.servico_codigo, quantidade=-1)
    contar("aberto", balcao=requerimento.balcao, dia=aberto_em, chave=servico.codigo)
    requerimento.servico = guardar_versao(servico)
    requerimento.servico_codigo = servico.codigo
    marcar_edicao(requerimento, autor=autor, campos=["servico", "servico_codigo", "repetido_motivo"])
    registrar(
        "requerimento.servico_trocado",
        municipio=requerimento.municipio,
        autor=autor,
        alvo=requerimento,
        servico=servico.codigo,
    )
    return requerimento


@transaction.atomic
def responder(requerimento_id: int, respostas: dict[str, Any], *, autor: Usuario, versao: int) -> Requerimento:
    """Keep the answers (JSON-safe). An answer taken back (None) disappears: it is "not answered" again."""
    requerimento = travar_para_editar(requerimento_id, autor=autor, versao=versao)
    juntas = {**requerimento.respostas, **respostas}
    requerimento.respostas = {chave: valor for chave, valor in juntas.items() if valor is not None}
    marcar_edicao(requerimento, autor=autor, campos=["respostas"])
    registrar(
        "requerimento.respondido",
        municipio=requerimento.municipio,
        autor=autor,
        alvo=requerimento,
        respondidas=len(requerimento.respostas),
    )
    return requerimento


@transaction.atomic
def desistir(requerimento_id: int, *, motivo: str, autor: Usuario) -> Requerimento:
    """The person gives the request up before it leaves. What was scanned stays until the retention date."""
    requerimento = travar_para_agir(requerimento_id, autor=autor)
    if requerimento.estado == Etapa.CANCELADO:
        return requerimento
    exigir_editavel(requerimento)
    if not motivo.strip():
        raise ErroDeDominio("Escreva por que a pessoa desistiu.")
    agora = now()
    mover(
        requerimento,
        Etapa.CANCELADO,
        acao="requerimento.desistido",
        autor=autor,
        motivo=motivo.strip()[:500],
        encerrado_em=agora,
    )
    contar("desistido", balcao=requerimento.balcao, dia=localdate(agora, requerimento.municipio.fuso))
    return requerimento


def guardar_versao(servico: Servico) -> ServicoVersao:
    """The row of this very content: the same version is one row, whoever opens first."""
    guardada, _ = ServicoVersao.objects.get_or_create(
        codigo=servico.codigo,
        versao=servico.versao,
        defaults={"nome": servico.nome, "dados": servico.como_dados()},
    )
    return guardada


@transaction.atomic
def guardar_catalogo() -> list[str]:
    """Keep today's version of every service, also of those that nobody asked for; codes of the new ones. May repeat."""
    guardadas = set(ServicoVersao.objects.values_list("codigo", "versao"))
    novas = [servico for servico in carregar() if (servico.codigo, servico.versao) not in guardadas]
    for servico in novas:
        guardar_versao(servico)
    codigos = [servico.codigo for servico in novas]
    if codigos:
        registrar("catalogo.guardado", municipio=None, autor=None, servicos=codigos)
    return codigos


def _exigir_excecao(servico: Servico, fatos: Fatos, hoje: date, excecao: str) -> str:
    """The reason to keep: empty when nothing stands against the request."""
    impedem = [aviso.texto for aviso in avisos_da_pessoa(servico, fatos, hoje) if aviso.tom == Tom.IMPEDE]
    if impedem and not excecao.strip():
        raise ErroDeDominio(" ".join([*impedem, "Se a pessoa quer pedir assim mesmo, escreva por quê."]))
    return excecao.strip()[:300] if impedem else ""


def _servico_pedivel(codigo: str, hoje: date) -> Servico:
    """The service that is opened for `codigo`: of a rule, the service that it is a rule of."""
    try:
        servico = carregar().pedido_por(codigo)
    except LookupError as erro:
        raise ErroDeDominio("Este serviço não está no catálogo. Escolha um da lista.") from erro
    if not servico.pedivel:
        raise ErroDeDominio("Este serviço não é pedido aqui: oriente a pessoa e conclua o atendimento.")
    if not servico.vigente(hoje):
        raise ErroDeDominio("Este serviço não existe nesta data. Escolha outro da lista.")
    return servico
