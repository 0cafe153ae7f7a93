"""E-mails about the own access. The link is made here, so that no secret ever lies in the outbox."""

from __future__ import annotations

from act_portal import correio
from act_portal.contas import chaves
from act_portal.contas.models import Usuario, Vinculo
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador


@tratador("contas.enviar_nova_senha")
def enviar_nova_senha(saida: Saida) -> None:
    usuario = Usuario.objects.filter(pk=saida.carga["usuario"], is_active=True).first()
    if usuario is None:  # an address that nobody has: the promise was only made to cost the same
        return
    _enviar(saida, usuario, "Nova senha do Portal ACT", "nova_senha", chaves.SENHA)


@tratador("contas.enviar_convite")
def enviar_convite(saida: Saida) -> None:
    vinculo = Vinculo.objects.select_related("usuario", "municipio", "unidade").get(pk=saida.carga["vinculo"])
    if vinculo.encerrado_em or not vinculo.usuario.is_active:
        return
    _enviar(saida, vinculo.usuario, "Convite para o Portal ACT", "convite", chaves.CONVITE, vinculo=vinculo)


def _enviar(saida: Saida, usuario: Usuario, assunto: str, modelo: str, finalidade: str, **contexto: object) -> None:
    validade = chaves.VALIDADE[finalidade]
    dados = {
        "usuario": usuario,
        "link": correio.endereco("contas:definir_senha", chave=chaves.nova(usuario, finalidade)),
        "entrada": correio.endereco("contas:entrar"),
        "validade": f"{validade.days} dias" if validade.days else f"{validade.seconds // 3600} horas",
        **contexto,
    }
    correio.enviar(saida, usuario.email, assunto, f"contas/email/{modelo}.txt", dados)
