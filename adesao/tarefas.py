"""The periodic tasks of the adhesion (Celery looks for this module in each installed app)."""

from __future__ import annotations

from celery import shared_task

from adesao.acesso import servicos as acesso
from adesao.acordo.servicos import supervisao
from adesao.analise.servicos import exportacao
from adesao.habilitacao.servicos import acesso as habilitacao
from adesao.indicadores import servicos as indicadores
from adesao.pedido.servicos import vigilia


@shared_task(name="adesao.limpar")
def limpar() -> None:
    acesso.apagar_nao_confirmadas()
    exportacao.apagar_antigas()


@shared_task(name="adesao.vigiar")
def vigiar() -> None:
    vigilia.rever()
    vigilia.avisar_validades()
    habilitacao.rever_acessos()
    habilitacao.avisar_fins()
    supervisao.avisar_fins_dos_acordos()
    indicadores.medir_todos()
