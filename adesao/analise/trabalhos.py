"""What the review leaves to the worker."""

from __future__ import annotations

from datetime import timedelta

from act_portal.arquivos.deposito import DepositoIndisponivel
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from adesao.analise.servicos import exportacao as servicos
from adesao.analise.servicos.partes import PapelPorFazer
from adesao.models import Exportacao


@tratador(servicos.EXPORTAR)
def exportar(saida: Saida) -> None:
    pedida = (
        Exportacao.objects.select_related("processo__municipio", "processo__checklist", "autor")
        .filter(pk=saida.carga["exportacao"], pronta_em__isnull=True)
        .first()
    )
    if pedida is None:
        return
    try:
        servicos.fazer_arquivo(pedida)
    except PapelPorFazer as erro:
        raise TentarDepois(f"Ainda está sendo feito: {erro}.", timedelta(seconds=5)) from erro
    except DepositoIndisponivel as erro:
        raise TentarDepois(str(erro), timedelta(minutes=1)) from erro
