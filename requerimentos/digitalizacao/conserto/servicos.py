"""Ask for a repair of a page, record what came of it, take it back. The page as it came is never touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from act_portal.arquivos.receita import Receita, receita_de
from act_portal.arquivos.servicos import FolhaGuardada, guardar_consertada
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio
from act_portal.saidas.servicos import prometer
from requerimentos.digitalizacao.servicos import PAGINAR, travar_pagina
from requerimentos.models import Conserto, FolhaDevolvida, Pagina
from requerimentos.servicos import travar

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

CONSERTAR = "requerimentos.consertar"
NADA_A_FAZER = "O portal não achou o que consertar sozinho nesta página. Use os campos para consertar à mão."
S = Conserto.Situacao


@transaction.atomic
def pedir(pagina_id: int, *, receita: Receita | None, autor: Usuario) -> Conserto:
    """Have the worker repair the page by `receita`; None lets the portal find out what is wrong.

    The recipe counts from the page as it came, its turn included: what was turned by hand before is part of it.
    """
    pagina = travar_pagina(pagina_id, autor)
    if pagina.consertos.filter(situacao=S.PEDIDO).exists():
        raise ErroDeDominio("Esta página já está sendo consertada. Espere alguns segundos.")
    if receita is not None and receita.vazia:
        return _como_veio(pagina, autor)
    conserto = Conserto.objects.create(
        pagina=pagina, de=pagina.folha, giro_antes=pagina.giro, situacao=S.PEDIDO, pedido_por=autor,
        receita=receita.como_dicionario() if receita else {}, automatico=receita is None,
    )  # fmt: skip
    _anotar("pagina.conserto_pedido", pagina, autor)
    prometer(CONSERTAR, chave=f"{CONSERTAR}:{conserto.pk}", conserto=conserto.pk)
    return conserto


def _como_veio(pagina: Pagina, autor: Usuario) -> Conserto:
    """An empty recipe is the page as it came: nothing to work out, and undone like any other repair."""
    conserto = Conserto.objects.create(
        pagina=pagina, de=pagina.folha, giro_antes=pagina.giro, para=pagina.folha.origem or pagina.folha,
        pedido_por=autor,
    )  # fmt: skip
    _mostrar(conserto, autor)
    return conserto


@transaction.atomic
def concluir(conserto_id: int, feita: FolhaGuardada | None, *, motivo: str = "") -> bool:
    """Record what the worker made, or why it made nothing. False when the repair was taken back meanwhile."""
    pagina_id = Conserto.objects.values_list("pagina", flat=True).get(pk=conserto_id)
    travar(Pagina.objects.values_list("peca__requerimento", flat=True).get(pk=pagina_id))
    conserto = Conserto.objects.select_related("pagina__peca__requerimento__municipio", "de", "pedido_por").get(
        pk=conserto_id
    )
    if conserto.situacao != S.PEDIDO:
        return False
    if feita is None:
        conserto.situacao, conserto.motivo = S.FALHOU, motivo or NADA_A_FAZER
        conserto.save(update_fields=["situacao", "motivo"])
        _anotar("pagina.conserto_falhou", conserto.pagina, None)
        return False
    conserto.para = guardar_consertada(conserto.de.origem or conserto.de, feita)
    conserto.receita, conserto.situacao = feita.receita, S.FEITO
    conserto.save(update_fields=["para", "receita", "situacao"])
    # A code that was too crooked to read may be clear now.
    prometer(PAGINAR, chave=f"{PAGINAR}:conserto:{conserto.pk}", arquivo=conserto.para.arquivo_id)
    _mostrar(conserto, conserto.pedido_por)
    return True


def para_onde_foi(pagina: Pagina) -> str:
    """Why a page is no longer in its slot and what to do; empty while it is."""
    devolvida = FolhaDevolvida.objects.filter(pagina=pagina).first() if pagina.recolhida_em else None
    if devolvida is None or devolvida.causa is None:
        return ""
    causa = devolvida.causa
    return f"A página saiu da vaga e está na bandeja. {causa.label}, pelo código do rodapé. {causa.conselho}"


def _mostrar(conserto: Conserto, autor: Usuario | None) -> None:
    pagina = conserto.pagina
    # The reason to keep a page was about another picture.
    pagina.folha, pagina.giro, pagina.mantida_por_que = conserto.para, 0, ""  # type: ignore[assignment]
    pagina.save(update_fields=["folha", "giro", "mantida_por_que"])
    _anotar("pagina.consertada", pagina, autor)


@transaction.atomic
def desfazer(pagina_id: int, *, autor: Usuario) -> Pagina:
    """The last repair or turn taken back, one step each time; a repair that still waits is called off."""
    pagina = travar_pagina(pagina_id, autor)
    conserto = pagina.consertos.filter(situacao__in=[S.PEDIDO, S.FEITO]).order_by("pk").last()
    if conserto is None:
        return pagina
    if conserto.situacao == S.FEITO:
        pagina.folha, pagina.giro = conserto.de, conserto.giro_antes
        if not conserto.so_girou:
            # A reason was given for the picture that is gone.
            pagina.mantida_por_que = ""
        pagina.save(update_fields=["folha", "giro", "mantida_por_que"])
    conserto.situacao = S.DESFEITO
    conserto.save(update_fields=["situacao"])
    _anotar("pagina.giro_desfeito" if conserto.so_girou else "pagina.conserto_desfeito", pagina, autor)
    return pagina


def receita_atual(pagina: Pagina) -> Receita:
    """The recipe behind the page as it shows, with the quarter turns that were made since."""
    dados = pagina.folha.receita
    return receita_de({**dados, "giro": dados.get("giro", 0) + pagina.giro})


def _anotar(acao: str, pagina: Pagina, autor: Usuario | None) -> None:
    requerimento = pagina.peca.requerimento
    registrar(acao, municipio=requerimento.municipio, autor=autor, alvo=requerimento, pagina=pagina.pk)
