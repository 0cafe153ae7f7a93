"""Keep what is typed into a page of a pack. Nothing is judged here: half an answer is kept as half an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime, now

from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from requerimentos.demanda.consultas import servico_do
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.consultas import contexto_de, fichas_do
from requerimentos.fichas.fatos import ditos_pela, fatos
from requerimentos.fichas.pacote import Pacote
from requerimentos.models import Ficha, PacoteVersao, PaginaDaFicha, Requerimento
from requerimentos.servicos import travar_para_editar

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def guardar(
    requerimento_id: int,
    codigo: str,
    secao: str,
    dados: Mapping[str, Any],
    *,
    versao: int,
    janela: str,
    autor: Usuario,
    sozinha: bool = False,
) -> PaginaDaFicha:
    """Keep one page. `versao` and `janela` come from it: when another window saved in between, OutroChegouAntes says
    who and when, and nothing is overwritten.

    `sozinha`: the page saves by itself while somebody types. It leaves one event for each window, and a save that a
    later one of the same window has already passed is dropped.
    """
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    ficha = _ficha(requerimento, codigo)
    if Pacote.de_dados(ficha.pacote.dados).secao(secao) is None:
        raise ErroDeDominio("Esta página não existe mais nesta ficha. Volte ao resumo.")
    pagina = ficha.paginas.filter(secao=secao).first() or PaginaDaFicha(ficha=ficha, secao=secao)
    mesma = bool(janela) and pagina.janela == janela
    if pagina.versao != versao and not mesma:
        _outro_chegou(pagina, requerimento)
    if sozinha and (pagina.versao > versao or pagina.dados == dados):
        return pagina
    pagina.dados, pagina.janela = dict(dados), janela
    pagina.versao += 1
    pagina.editado_por, pagina.alterado_em = autor, now()
    pagina.save()
    _contar_fatos(requerimento, codigo)
    if not (sozinha and mesma):
        registrar(
            "ficha.guardada", municipio=requerimento.municipio, autor=autor, alvo=requerimento, pacote=codigo,
            secao=secao,
        )  # fmt: skip
    return pagina


def _contar_fatos(requerimento: Requerimento, codigo: str) -> None:
    """What the pack now tells goes to the answers of the request, which decide its slots."""
    if codigo not in {um.pacote for um in fatos()}:
        return
    vista = next((v for v in fichas_do(requerimento) if v.pacote.codigo == codigo), None)
    ditos = ditos_pela(vista.lida, contexto_de(requerimento)) if vista else {}
    juntas = {**requerimento.respostas, **ditos}
    respostas = {chave: valor for chave, valor in juntas.items() if valor is not None}
    if respostas != requerimento.respostas:
        requerimento.respostas = respostas
        requerimento.save(update_fields=["respostas"])


def _ficha(requerimento: Requerimento, codigo: str) -> Ficha:
    """The pack of the request; the first page saved fixes its version."""
    if guardada := requerimento.fichas.filter(codigo=codigo).select_related("pacote").first():
        return guardada
    if codigo not in pacotes() or codigo not in servico_do(requerimento).perguntas:
        raise ErroDeDominio("Este serviço não pede esta ficha. Volte ao resumo.")
    return Ficha.objects.create(requerimento=requerimento, codigo=codigo, pacote=guardar_versao(pacotes()[codigo]))


def guardar_versao(pacote: Pacote) -> PacoteVersao:
    """The row of this very content, made once."""
    guardada, _ = PacoteVersao.objects.get_or_create(
        codigo=pacote.codigo, versao=pacote.versao, defaults={"dados": pacote.como_dados()}
    )
    return guardada


def _outro_chegou(pagina: PaginaDaFicha, requerimento: Requerimento) -> None:
    quando = localtime(pagina.alterado_em, requerimento.municipio.fuso)
    raise OutroChegouAntes(
        f"{pagina.editado_por} mudou esta página em {quando:%d/%m às %H:%M}, depois que você a abriu. Nada foi salvo "
        "por cima. Confira o que mudou e salve de novo."
    )
