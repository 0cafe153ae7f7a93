"""Settings of the pretend INSS: another site, another database, another process, nothing shared with the portal."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.Env()
PASTA = Path(__file__).resolve().parent
VAR = Path(env("VAR", default=str(PASTA.parent.parent / "var")))
VAR.mkdir(parents=True, exist_ok=True, mode=0o700)


def segredo(nome: str) -> str:
    """The value of `nome`, or one made once and kept in a file. The portal reads the same file for INSS_TOKEN."""
    if valor := os.environ.get(nome):
        return valor
    arquivo = VAR / "segredos" / nome.lower()
    if not arquivo.exists():
        arquivo.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        rascunho = arquivo.with_name(f"{arquivo.name}.{os.getpid()}.{secrets.token_hex(4)}")
        rascunho.touch(mode=0o600)
        rascunho.write_text(secrets.token_urlsafe(50))
        # A hard link never replaces: when portal and simulator start together, both read what the first one wrote.
        with suppress(FileExistsError):
            os.link(rascunho, arquivo)
        rascunho.unlink()
    return arquivo.read_text()


INSS_TOKEN = segredo("INSS_TOKEN")
SECRET_KEY = segredo("SIMULADOR_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.list("SIMULADOR_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "simulador"])

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "act_portal.simulador_inss",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "act_portal.simulador_inss.falhas.FalhasDeProposito",
]
ROOT_URLCONF = "act_portal.simulador_inss.urls"
WSGI_APPLICATION = "act_portal.simulador_inss.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": env.db_url_config(env("SIMULADOR_DATABASE_URL", default=f"sqlite:///{VAR / 'simulador.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASTA_ANEXOS = VAR / "simulador" / "anexos"
# Above the 5 MB of one file, so that a file too large is refused with a reason and not with a broken connection.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

STATIC_URL = "/estatico/"
WHITENOISE_USE_FINDERS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Browsers share cookies between ports: two copies on one machine would sign each other's trainers out.
PORTA = env("PORT", default="8000")
SESSION_COOKIE_NAME = f"simulador_sessao_{PORTA}"
CSRF_COOKIE_NAME = f"simulador_csrf_{PORTA}"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "pt-br"
TIME_ZONE = "America/Sao_Paulo"
USE_I18N = True
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linha": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "linha"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Refusals and deliberate failures are this site's daily bread, not news for the log.
    "loggers": {"django.request": {"level": "CRITICAL"}},
}
