"""Who may do what with property. Seeing is decided by `visiveis_para`; this is about acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from act_portal.contas.models import Vinculo
from act_portal.contas.permissoes import exigir_isento
from act_portal.erros import ErroDeDominio
from act_portal.territorio.models import UnidadeInss
from cessao.models import Decisao, Imovel, Pedido
from cessao.models.imovel import DO_INSS
from cessao.situacoes import DIRETORIA, Quem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# Roles by name, for the pages that are of one side only.
INSS = tuple(sorted(DO_INSS))
LOGISTICA = (Vinculo.Papel.LOGISTICA.value,)
GESTOR = (Vinculo.Papel.GESTOR.value,)


def exigir_logistica(usuario: Usuario, unidade: UnidadeInss) -> None:
    """Whoever keeps the catalogue of `unidade`."""
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel != Vinculo.Papel.LOGISTICA or not vinculo.alcanca_unidade(unidade):
        raise PermissionDenied


def age_como(usuario: Usuario, pedido: Pedido, *quem: Quem) -> bool:
    """The active role is one of `quem` before this very request."""
    return any(_e(usuario, pedido, um) for um in quem)


def _e(usuario: Usuario, pedido: Pedido, quem: Quem) -> bool:
    vinculo = usuario.vinculo
    if vinculo is None:
        return False
    if quem == Quem.REQUERENTE and not pedido.pelo_inss:
        return vinculo.papel == Vinculo.Papel.GESTOR and vinculo.municipio_id == pedido.municipio_id
    if vinculo.unidade is None or not vinculo.alcanca_unidade(pedido.unidade):
        return False
    if quem in {Quem.LOGISTICA, Quem.REQUERENTE}:
        return vinculo.papel == Vinculo.Papel.LOGISTICA
    if vinculo.papel != Vinculo.Papel.AUTORIDADE:
        return False
    if quem == Quem.DIRETORIA:
        return vinculo.unidade.codigo == DIRETORIA
    return quem == Quem.SUPERINTENDENCIA and vinculo.unidade.tipo == UnidadeInss.Tipo.SUPERINTENDENCIA


def exigir(usuario: Usuario, pedido: Pedido, *quem: Quem) -> None:
    """403 for who may not act here; a sentence for who would judge what is their own."""
    if not age_como(usuario, pedido, *quem):
        raise PermissionDenied
    if Quem.REQUERENTE not in quem or not age_como(usuario, pedido, Quem.REQUERENTE):
        exigir_isento(usuario, pedido.municipio_id)


def quem_opinou(pedido: Pedido) -> set[int]:
    """Everybody who asked, gave an opinion or decided since the analysis last began: they decide nothing here."""
    decisoes = list(pedido.decisoes.order_by("em", "pk").values_list("ato", "autor"))
    atos = Decisao.Ato
    comeco = max((n for n, (ato, _) in enumerate(decisoes) if ato == atos.RETOMADA), default=-1)
    instrucao = {atos.PARECER, atos.MANIFESTACAO, atos.ADITIVO}
    return {autor for n, (ato, autor) in enumerate(decisoes) if n > comeco and ato in instrucao}


def exigir_outra_pessoa(usuario: Usuario, pedido: Pedido, *outros: int | None) -> None:
    """Nobody decides on what they said or asked themselves."""
    if usuario.pk in {*quem_opinou(pedido), *outros}:
        raise ErroDeDominio("Você já opinou neste pedido. Quem opina não decide: passe a outra pessoa.")
    exigir_que_nao_pediu(usuario, pedido)


def exigir_que_nao_pediu(usuario: Usuario, pedido: Pedido) -> None:
    if usuario.pk == pedido.criado_por_id:
        raise ErroDeDominio("Você registrou este pedido em nome do órgão. Outra pessoa do INSS precisa fazer isto.")


def quem_recusou(pedido: Pedido) -> int | None:
    recusas = pedido.decisoes.filter(ato=Decisao.Ato.INDEFERIMENTO).order_by("em", "pk")
    return recusas.values_list("autor", flat=True).last()


def exigir_que_julgue(usuario: Usuario, pedido: Pedido) -> None:
    """An appeal is for somebody who neither refused nor gave an opinion."""
    if usuario.pk == quem_recusou(pedido):
        raise ErroDeDominio("Foi você quem não aprovou. Quem não aprovou não julga o recurso: passe a outra pessoa.")
    exigir_outra_pessoa(usuario, pedido)


def pode_pedir(usuario: Usuario, imovel: Imovel) -> bool:
    """Whether the button is on the page."""
    vinculo = usuario.vinculo
    if vinculo is None:
        return False
    if vinculo.papel == Vinculo.Papel.GESTOR:
        return True
    return vinculo.papel == Vinculo.Papel.LOGISTICA and vinculo.alcanca_unidade(imovel.unidade)
