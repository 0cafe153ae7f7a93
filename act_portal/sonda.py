"""`python -m act_portal.sonda [/path/]`: exit 0 when the portal here answers; the image carries no curl."""

from __future__ import annotations

import http.client
import os
import sys


def responde(caminho: str) -> bool:
    """Ask on the loopback, under a host name that the portal accepts and as if TLS had ended in front of it."""
    anfitriao = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".") or "localhost"
    conexao = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=8)
    try:
        conexao.request("GET", caminho, headers={"Host": anfitriao, "X-Forwarded-Proto": "https"})
        return conexao.getresponse().status < http.HTTPStatus.BAD_REQUEST
    except OSError:
        return False
    finally:
        conexao.close()


if __name__ == "__main__":
    sys.exit(0 if responde(sys.argv[1] if len(sys.argv) > 1 else "/saude/") else 1)
