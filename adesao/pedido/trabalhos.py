"""What the application leaves to the worker."""

from __future__ import annotations

from django.utils.timezone import localdate

from act_portal import correio
from act_portal.contas.models import Usuario
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from adesao.models import Processo
from adesao.pedido.servicos import itens, processo


@tratador(itens.REAVALIAR)
def reavaliar(saida: Saida) -> None:
    itens.reavaliar_arquivo(saida.carga["arquivo"])


@tratador(processo.AVISAR_INSS)
def avisar_inss(saida: Saida) -> None:
    """The town answered: whoever reviews hears of it."""
    adesao = Processo.objects.select_related("municipio", "responsavel").filter(pk=saida.carga["processo"]).first()
    if adesao is None or adesao.responsavel is None or not _atua(adesao.responsavel):
        return
    contexto = {"processo": adesao, "link": correio.endereco("adesao:processo", adesao.codigo)}
    assunto = f"{adesao.municipio} respondeu"
    correio.enviar(saida, adesao.responsavel.email, assunto, "adesao/email/respondida.txt", contexto)


def _atua(usuario: Usuario) -> bool:
    return usuario.is_active and usuario.vinculos.vigentes(localdate()).exists()
