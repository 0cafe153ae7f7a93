"""Requests as the lists show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from act_portal.telas.formatos import cnpj
from act_portal.territorio.models import Entidade, UnidadeInss
from act_portal.territorio.texto import normalizar
from cessao.models import Pedido
from cessao.models.pedido import PedidoQuerySet
from cessao.pedido.quem import RAIZ
from cessao.situacoes import COM_O_INSS, COM_O_REQUERENTE, DIRETORIA, SEM_TERMO, Esfera, Situacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

SE_PRIVADA = "Se for de empresa ou entidade privada, devolva com esse motivo: o CNPJ fica recusado."


def etapas(usuario: Usuario) -> list[tuple[str, str]]:
    primeira = ("", "Todos") if usuario.vinculo and usuario.vinculo.municipio_id else ("", "Esperam por você")
    do_inss = [("sem-termo", "Ocupação sem termo")] if usuario.vinculo and usuario.vinculo.unidade_id else []
    return [
        primeira, ("inss", "Com o INSS"), *((s.value, s.label) for s in Situacao), *do_inss, ("todas", "Todas"),
    ]  # fmt: skip


def lista(usuario: Usuario, *, etapa: str = "", busca: str = "", unidade: UnidadeInss | None = None) -> PedidoQuerySet:
    """The requests in reach, oldest in its stage first."""
    pedidos = Pedido.objects.visiveis_para(usuario).select_related(
        "municipio", "espaco__imovel__municipio", "responsavel", "unidade"
    )
    if etapa in Situacao.values:
        pedidos = pedidos.filter(situacao=etapa)
    elif etapa == "inss":
        pedidos = pedidos.filter(situacao__in=COM_O_INSS)
    elif etapa == "sem-termo":
        pedidos = pedidos.filter(desocupacao__situacao__in=SEM_TERMO)
    elif not etapa:
        pedidos = pedidos.filter(_da_vez(usuario))
    if unidade:
        pedidos = pedidos.filter(espaco__imovel__unidade=unidade)
    if busca:
        pedidos = pedidos.filter(
            Q(municipio__nome_busca__contains=normalizar(busca))
            | Q(orgao__icontains=busca)
            | Q(espaco__imovel__nome__icontains=busca)
        )
    return pedidos.order_by("situacao_desde", "pk")


def cnpj_a_conferir(pedido: Pedido) -> str:
    """What whoever reviews checks of the CNPJ of a municipal request, or "". A town's autarchies have CNPJs of their
    own, so another one is not wrong by itself.
    """
    if pedido.esfera != Esfera.MUNICIPAL:
        return f"O portal não sabe de quem é este CNPJ. Veja a natureza jurídica na Receita Federal. {SE_PRIVADA}"
    entidade = Entidade.objects.filter(municipio=pedido.municipio_id).first()
    if entidade is None:
        return (
            "O portal não conhece o CNPJ deste município. Veja na Receita Federal de quem é o do pedido. " + SE_PRIVADA
        )
    if pedido.cnpj[:RAIZ] == entidade.cnpj[:RAIZ]:
        return ""
    return (
        f"O CNPJ do pedido não é o do município no acordo, {cnpj(entidade.cnpj)}. Veja na Receita Federal se ele é de "
        f"uma autarquia ou fundação do município. {SE_PRIVADA}"
    )


def _da_vez(usuario: Usuario) -> Q:
    """What waits for this role."""
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.unidade is None:
        return Q()
    if vinculo.papel == "logistica_inss":
        # For a body without an account, the logistics also answers, signs and appeals.
        pelo_orgao = Q(pelo_inss=True, situacao__in=[*COM_O_REQUERENTE, Situacao.ASSINATURA, Situacao.INDEFERIDO])
        do_inss = [Situacao.ENVIADO, Situacao.EM_ANALISE, Situacao.CONFERENCIA, Situacao.ASSINADO]
        return Q(situacao__in=do_inss) | pelo_orgao
    if vinculo.unidade.codigo == DIRETORIA:
        return Q(situacao__in=[Situacao.DIRETORIA, Situacao.RECURSO])
    if vinculo.unidade.tipo == UnidadeInss.Tipo.SUPERINTENDENCIA:
        return Q(situacao=Situacao.SUPERINTENDENCIA)
    # The authority of another unit looks at its region, and has no act of its own here.
    return Q(pk__in=[])
