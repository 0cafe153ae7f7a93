"""Is this container alive? `python -m act_portal.sonda web`, or `trabalhador [name]` for the worker.

Exit 0 says yes. Whoever runs containers kills those that say no, so the question is about this process alone: a
database, storage or broker that hangs is told by /saude/; killing healthy processes for it would make things worse.
"""

from __future__ import annotations

import http.client
import os
import socket
import sys

# Neither database nor storage nor broker is needed to draw it.
PAGINA = "/entrar/"
ESPERA_SEGUNDOS = 8
ESPERA_DO_TRABALHADOR_SEGUNDOS = 5


def servidor_responde() -> bool:
    """Ask on the loopback, under a host name that the portal accepts and as if TLS had ended in front of it."""
    anfitriao = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".") or "localhost"
    conexao = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=ESPERA_SEGUNDOS)
    try:
        conexao.request("GET", PAGINA, headers={"Host": anfitriao, "X-Forwarded-Proto": "https"})
        return conexao.getresponse().status < http.HTTPStatus.BAD_REQUEST
    except OSError:
        return False
    finally:
        conexao.close()


def trabalhador_responde(nome: str = "") -> bool:
    """Celery answers through the broker only; while that one is away it is not to blame."""
    # Heavy, and the web server's probe does without them.
    import django
    from kombu.exceptions import OperationalError

    django.setup()
    from act_portal.celery import app
    from act_portal.saidas.saude import fila

    destino = nome or f"celery@{socket.gethostname()}"
    try:
        if app.control.ping(destination=[destino], timeout=ESPERA_DO_TRABALHADOR_SEGUNDOS):
            return True
    except (OperationalError, OSError):
        pass
    return not fila()


SONDAS = {"web": servidor_responde, "trabalhador": trabalhador_responde}

if __name__ == "__main__":
    sys.exit(0 if SONDAS[sys.argv[1]](*sys.argv[2:]) else 1)
