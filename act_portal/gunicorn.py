"""How gunicorn serves the portal; every number can be set from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from act_portal.registro import SemPalavrasDoErro

wsgi_app = "act_portal.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Loaded once and then forked: less memory, and a broken set-up stops the start instead of a loop of dying workers.
preload_app = True

# A photo over a weak line may take a while; the thread pool keeps the others going meanwhile.
timeout = 120
graceful_timeout = 30
keepalive = 15
# A slow leak in a library never grows old; the jitter keeps the workers from leaving together.
max_requests = 5000
max_requests_jitter = 500
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190
if Path("/dev/shm").is_dir():  # noqa: S108 - a heartbeat on a slow disk would look like a dead worker
    worker_tmp_dir = "/dev/shm"  # noqa: S108


class Registro(Logger):
    """gunicorn quotes the address, the query and the words of what went wrong below it; the log must not keep them."""

    def _set_handler(self, log: Any, output: Any, fmt: Any, stream: Any = None) -> None:
        super()._set_handler(log, output, SemPalavrasDoErro(fmt._fmt, fmt.datefmt), stream)

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        super().warning(str(msg).partition(" from ip=")[0], *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        super().exception(msg, *(str(arg).partition("?")[0] for arg in args), **kwargs)


logger_class = Registro
# Neither address nor query string: the path carries only random codes, so the log tells nothing about a person.
accesslog = os.environ.get("LOG_ACESSO") or None
access_log_format = "%(m)s %(U)s %(s)s %(B)sB %(M)sms"
errorlog = "-"
loglevel = os.environ.get("LOG_NIVEL", "warning")
