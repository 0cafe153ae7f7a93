"""The portal's Celery application with two brakes: before a delivery is frozen, and after INSS wrote it.

`python -m tests.trabalhador.app_envio` makes the database and one request on its way.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from act_portal.celery import app  # noqa: E402
from requerimentos.envio import servicos  # noqa: E402
from requerimentos.envio.inss_http import InssHttp  # noqa: E402

__all__ = ["app"]
PASTA = Path(os.environ["TESTE_PASTA"])


def parar_em(lugar: str) -> None:
    (PASTA / f"chegou-{lugar}").touch()
    while not (PASTA / f"soltar-{lugar}").exists():
        time.sleep(0.05)


def com_freio(lugar: str, funcao: Callable[..., Any], *, depois: bool) -> Callable[..., Any]:
    def freada(*args: Any, **kwargs: Any) -> Any:
        if not depois:
            parar_em(lugar)
        resultado = funcao(*args, **kwargs)
        if depois:
            parar_em(lugar)
        return resultado

    return freada


servicos.congelar = com_freio("montagem", servicos.congelar, depois=False)
InssHttp.requerer = com_freio("entrega", InssHttp.requerer, depois=True)  # type: ignore[method-assign]

if __name__ == "__main__":
    # The builders need the database's tables.
    call_command("migrate", verbosity=0)
    from tests.requerimentos.fabricas_envio import pedido_completo

    pedido = pedido_completo()
    servicos.enviar(pedido.pk, autor=pedido.atendente)
    (PASTA / "cpf").write_text(pedido.pessoa.cpf)
