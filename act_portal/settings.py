"""Settings of the portal: one file, everything from the environment.

With no environment at all the embedded defaults serve (SQLite, files, a Celery broker on disk, all under `var/`).
With `AMBIENTE=producao` every value that would be unsafe to guess is required, and the start stops with its name.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
RAIZ = Path(__file__).resolve().parent.parent
VAR = Path(env("VAR", default=str(RAIZ / "var")))
# The database, the files and the queue of everybody who came to the desk: of no other account on this machine.
VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
AMBIENTE = env("AMBIENTE", default="embutido")
if AMBIENTE not in {"embutido", "producao"}:
    # A slip of the pen must not start the demonstration where production was meant.
    raise ImproperlyConfigured(f"AMBIENTE={AMBIENTE!r} não existe: use producao, ou deixe vazio para o modo embutido.")
PRODUCAO = AMBIENTE == "producao"
TESTES = env.bool("TESTES", default=False)


_faltam: list[str] = []


def exigido(nome: str, embutido: str) -> str:
    """The value of `nome`; in production it has no default (all that is missing is named at once, at the end)."""
    valor = env(nome, default="")
    if PRODUCAO and not valor:
        _faltam.append(nome)
    return valor or embutido


def segredo_embutido(nome: str) -> str:
    """A secret made on the first start and kept beside the data it protects."""
    arquivo = VAR / "segredos" / nome
    if not arquivo.exists():
        arquivo.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        provisorio = arquivo.with_suffix(f".{os.getpid()}")
        provisorio.write_text(secrets.token_urlsafe(50))
        provisorio.chmod(0o600)
        # link() fails when the name exists: of two processes starting together, the first one wins.
        with suppress(FileExistsError):
            os.link(provisorio, arquivo)
        provisorio.unlink()
    return arquivo.read_text()


def segredo(nome: str, minimo: int = 0) -> str:
    """`minimo`: of what only this installation makes; a key that can be guessed signs for anybody."""
    if PRODUCAO:
        valor = exigido(nome, "")
        if valor and len(valor) < minimo:
            raise ImproperlyConfigured(f"{nome} precisa de {minimo} caracteres ou mais, sorteados.")
        return valor
    return env(nome, default="") or segredo_embutido(nome.lower())


SECRET_KEY = segredo("SECRET_KEY", 50)
# Outside the database on purpose: whoever can rewrite the audit rows cannot re-sign them.
AUDITORIA_CHAVE = segredo("AUDITORIA_CHAVE", 32)
DEBUG = env.bool("DEBUG", default=False)
# Error pages full of data, and passwords hashed in a hurry.
if PRODUCAO and (DEBUG or TESTES):
    raise ImproperlyConfigured("DEBUG e TESTES não podem estar ligados em produção.")
try:
    PORTA = env.int("PORT", default=8000)
except ValueError as _erro:
    raise ImproperlyConfigured("PORT deve ser um número de porta, como 8000.") from _erro
# The pretend INSS answers on the next port.
if not 0 < PORTA < 65535:
    raise ImproperlyConfigured("PORT deve ficar entre 1 e 65534.")
ALLOWED_HOSTS = [h.strip() for h in exigido("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")]
ENDERECO_PUBLICO = exigido("ENDERECO_PUBLICO", f"http://localhost:{PORTA}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [ENDERECO_PUBLICO]
HTTPS = ENDERECO_PUBLICO.startswith("https://")
DADOS_FICTICIOS = env.bool("DADOS_FICTICIOS", default=not PRODUCAO)
if PRODUCAO and not (HTTPS or DADOS_FICTICIOS or _faltam):
    raise ImproperlyConfigured("ENDERECO_PUBLICO começa com https:// em produção: sem TLS as senhas passam às claras.")
if PRODUCAO and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS diz os nomes deste portal; * aceitaria qualquer um.")

INSTALLED_APPS = [
    "act_portal.contas.apps.PainelTecnicoConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # FORM_RENDERER looks for its templates there
    "axes",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "act_portal.telas",
    "act_portal.cotas",
    "act_portal.territorio",
    "act_portal.contas.apps.ContasConfig",
    "act_portal.saidas",
    "act_portal.auditoria",
    "act_portal.arquivos",
    "act_portal.emissao",
    "act_portal.contagens",
    "requerimentos",
    "adesao",
    "cessao",
]

MIDDLEWARE = [
    "act_portal.proxy.EnderecoDeQuemPede",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "act_portal.compressao.ComprimirPaginas",
    "csp.middleware.CSPMiddleware",
    "act_portal.cabecalhos.PoliticaDePermissoes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "act_portal.contas.middleware.VinculoAtivo",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "act_portal.telas.middleware.NuloNaoEntra",
    "requerimentos.mandato.middleware.MandatoEncerradoNaTela",
]

ROOT_URLCONF = "act_portal.urls"
WSGI_APPLICATION = "act_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RAIZ / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "act_portal.telas.contexto.portal",
            ],
            "builtins": ["act_portal.telas.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govbr"
CRISPY_TEMPLATE_PACK = "govbr"
CRISPY_FAIL_SILENTLY = False

# --- Database -----------------------------------------------------------------------------------------------------
DATABASE_URL = exigido("DATABASE_URL", f"sqlite:///{VAR / 'portal.sqlite3'}")
DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
        ),
    }
    # A file, as in real life: in memory the threads of a race would share one connection's locks.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "testes.sqlite3")}
else:
    # A dead server is noticed in seconds.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A new connection per request costs six times the throughput; on SQLite closing the last one also empties the WAL.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Work outside the request -------------------------------------------------------------------------------------
CELERY_BROKER_URL = exigido("CELERY_BROKER_URL", "filesystem://")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "America/Sao_Paulo"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is away for the weekend is waited for.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A slow leak in a library (PDF, images) never grows old.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if CELERY_BROKER_URL.startswith("filesystem://"):
    FILA = VAR / "fila"
    for _pasta in ("mensagens", "controle"):
        (FILA / _pasta).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(FILA / "mensagens"),
        "data_folder_out": str(FILA / "mensagens"),
        "control_folder": str(FILA / "controle"),
        "polling_interval": 0.1,
    }
    # Nobody talks to the worker through this broker, and its mailboxes would keep what nobody reads.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
    # A polling transport with prefetch 1 runs three tasks a second.
    CELERY_WORKER_PREFETCH_MULTIPLIER = 8
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_interval": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        # Several installations may share one Redis.
        "global_keyprefix": env("FILA_PREFIXO", default=""),
    }
    CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Publishing must not hold a request: with the broker down the sweep finds the row.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "agenda-celery")
# A running task renews its lease three times as often, so this is how long a dead worker goes unnoticed.
SAIDAS_RESERVA = timedelta(seconds=env.int("SAIDAS_RESERVA_SEGUNDOS", default=45))
SAIDAS_VARREDURA = timedelta(seconds=env.int("SAIDAS_VARREDURA_SEGUNDOS", default=15))
SAIDAS_IDADE_MAXIMA = timedelta(minutes=15)
# Finished work that old is forgotten; the trail keeps what was done.
SAIDAS_GUARDADAS = timedelta(days=env.int("SAIDAS_GUARDADAS_DIAS", default=90))
SAIDAS_BATIMENTO = timedelta(seconds=env.int("SAIDAS_BATIMENTO_SEGUNDOS", default=15))
SAIDAS_BATIMENTO_MAXIMO = 4 * SAIDAS_BATIMENTO
# Every message dies before the next one of its kind: a worker that comes back finds no heap of old ones.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "varrer": {
        "task": "saidas.varrer",
        "schedule": SAIDAS_VARREDURA,
        "options": {"expires": SAIDAS_VARREDURA.total_seconds()},
    },
    "batimento": {
        "task": "saidas.batimento",
        "schedule": SAIDAS_BATIMENTO,
        "options": {"expires": SAIDAS_BATIMENTO.total_seconds()},
    },
    "marcar-trilha": {"task": "auditoria.marcar", "schedule": crontab(hour=2, minute=50)},
    "apagar-orfaos": {"task": "arquivos.apagar_orfaos", "schedule": crontab(hour=3, minute=30)},
    "limpar-remessas": {"task": "arquivos.limpar_remessas", "schedule": crontab(minute=25)},
    "podar-saidas": {"task": "saidas.podar", "schedule": crontab(hour=3, minute=20)},
    "limpar-contas": {"task": "contas.limpar", "schedule": crontab(hour=3, minute=10)},
}

# --- Files --------------------------------------------------------------------------------------------------------
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
S3_BUCKET = exigido("S3_BUCKET", "")
S3_ACCESS_KEY = exigido("S3_ACCESS_KEY", "")
S3_SECRET_KEY = exigido("S3_SECRET_KEY", "")
if S3_BUCKET:
    from botocore.config import Config as BotoConfig  # slow to import, and only needed here

    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env("S3_ENDPOINT", default="") or None,
            "access_key": S3_ACCESS_KEY,
            "secret_key": S3_SECRET_KEY,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
            # Larger files go to disk while they pass through, not to memory.
            "max_memory_size": 5_242_880,
            "client_config": BotoConfig(
                region_name=env("S3_REGIAO", default="us-east-1"),
                signature_version="s3v4",
                # "path" for MinIO and most town data centres, "virtual" for the large clouds.
                s3={"addressing_style": env("S3_ESTILO", default="path")},
                # A storage that hangs holds the thread of a page for these seconds, and a server has few threads.
                connect_timeout=5,
                read_timeout=20,
                retries={"total_max_attempts": 2, "mode": "standard"},
                # Other makers' servers do not know the checksums that newer clients send unasked.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    }
else:
    STORAGES["default"]["OPTIONS"] = {
        "location": str(VAR / "arquivos"),
        "base_url": None,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    }
# Path prefix that the front server serves from the private storage (X-Accel-Redirect); empty: the portal streams it.
ENTREGA_INTERNA = env("ENTREGA_INTERNA", default="")
# ClamAV: `unix:/path` or `tcp:host:port`; empty, nothing is scanned.
ANTIVIRUS = env("ANTIVIRUS", default="")
ANTIVIRUS_SEGUNDOS = env.int("ANTIVIRUS_SEGUNDOS", default=60)
if ANTIVIRUS and not re.fullmatch(r"unix:/.+|tcp:[^:]+:\d+", ANTIVIRUS):
    raise ImproperlyConfigured("ANTIVIRUS é unix:/caminho ou tcp:servidor:porta.")
# How long a telephone may photograph for a case, from the code or from its last photo; four times that in all.
CELULAR_MINUTOS = env.int("CELULAR_MINUTOS", default=15)
CELULAR_VALE = timedelta(minutes=CELULAR_MINUTOS)
if CELULAR_MINUTOS < 1:
    raise ImproperlyConfigured("CELULAR_MINUTOS é o número de minutos que o celular fica ligado ao pedido: 15.")
MEDIA_ROOT = ""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
FILE_UPLOAD_HANDLERS = [
    "act_portal.arquivos.porteiro.Porteiro",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = VAR / "temporarios"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
DATA_UPLOAD_MAX_NUMBER_FILES = 60

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [RAIZ / "static"]
WHITENOISE_MAX_AGE = 3600

# --- People who log in --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "contas.Usuario"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
SENHA_MINIMA = 10
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": SENHA_MINIMA}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "contas:entrar"
LOGIN_REDIRECT_URL = "telas:painel"
LOGOUT_REDIRECT_URL = "contas:entrar"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
# What is locked opens when the page said it would, and no table or log keeps the e-mail that was typed.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "act_portal.contas.bloqueio.bloqueado"
AXES_USERNAME_CALLABLE = "act_portal.contas.bloqueio.nome_das_credenciais"
AXES_CLIENT_STR_CALLABLE = "act_portal.contas.bloqueio.sem_identificacao"
AXES_CLIENT_IP_CALLABLE = "act_portal.contas.bloqueio.endereco"
AXES_SENSITIVE_PARAMETERS = ["username", "email", "senha", "next", "csrfmiddlewaretoken"]
AXES_PASSWORD_FORM_FIELD = "senha"  # noqa: S105 - the name of a field
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SEGUNDO_FATOR_OBRIGATORIO = env.list(
    "SEGUNDO_FATOR_OBRIGATORIO",
    default=["analista_inss", "autoridade_inss", "logistica_inss", "administrador"] if PRODUCAO else [],
)
_PAPEIS = {"atendente", "gestor", "analista_inss", "autoridade_inss", "logistica_inss", "administrador"}
if _estranhos := set(SEGUNDO_FATOR_OBRIGATORIO) - _PAPEIS:
    # A slip of the pen would leave the role without its second factor, and nobody would notice.
    raise ImproperlyConfigured(
        f"SEGUNDO_FATOR_OBRIGATORIO tem papéis que não existem: {', '.join(sorted(_estranhos))}."
    )
OTP_TOTP_ISSUER = "Portal ACT"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_IDLE = timedelta(minutes=env.int("SESSAO_OCIOSA_MINUTOS", default=30))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# With this prefix the browser takes the cookie only from this very host: other sites of the town hall share our domain.
# Without TLS, browsers share cookies between ports: two copies on one machine would sign each other's people out.
SESSION_COOKIE_NAME = "__Host-sessao" if HTTPS else f"sessao_{PORTA}"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else f"csrf_{PORTA}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

# --- Headers ------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=()"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS and PRODUCAO
# Health probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^saude/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# How many front servers of our own stand before the portal; each must write X-Forwarded-For and X-Forwarded-Proto.
PROXIES_A_FRENTE = env.int("PROXIES_A_FRENTE", default=0)
if PROXIES_A_FRENTE < 0:
    raise ImproperlyConfigured("PROXIES_A_FRENTE é o número de servidores à frente do portal: 0, 1, 2...")
if PROXIES_A_FRENTE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- INSS and notices ---------------------------------------------------------------------------------------------
INSS_ADAPTADOR = env("INSS_ADAPTADOR", default="requerimentos.envio.inss_http.InssHttp")
INSS_ENDERECO = exigido("INSS_ENDERECO", f"http://127.0.0.1:{PORTA + 1}").rstrip("/")
INSS_TOKEN = segredo("INSS_TOKEN")
INSS_ESPERA_SEGUNDOS = env.float("INSS_ESPERA_SEGUNDOS", default=20.0)
# One of the naming rules of requerimentos/envio/nomes.toml.
NOME_DOS_ARQUIVOS = env("NOME_DOS_ARQUIVOS", default="nome-cpf-tipo")
INSS_CONSULTA = timedelta(seconds=env.int("INSS_CONSULTA_SEGUNDOS", default=60))
CELERY_BEAT_SCHEDULE["consultar-inss"] = {
    "task": "acompanhamento.consultar_inss",
    "schedule": INSS_CONSULTA,
    "options": {"expires": INSS_CONSULTA.total_seconds()},
}
# After midnight in every time zone of Brazil, before the desks open.
CELERY_BEAT_SCHEDULE["prazos"] = {"task": "acompanhamento.prazos", "schedule": crontab(hour=6, minute=20)}
CELERY_BEAT_SCHEDULE["limpar-adesao"] = {"task": "adesao.limpar", "schedule": crontab(hour=3, minute=40)}
# After midnight in every time zone of Brazil: an end is seen on the day after it.
CELERY_BEAT_SCHEDULE["vigiar-cessao"] = {"task": "cessao.vigiar", "schedule": crontab(hour=5, minute=40)}
CELERY_BEAT_SCHEDULE["vigiar-adesao"] = {"task": "adesao.vigiar", "schedule": crontab(hour=5, minute=10)}
EMAIL_URL = exigido("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "avisos" / "email")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = exigido("REMETENTE", "Portal ACT <nao-responda@portal-act.invalid>")

# --- Language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "pt-br"
TIME_ZONE = "America/Sao_Paulo"
USE_I18N = True
USE_TZ = True

# Whom the pages tell people to call when the portal fails; written to follow "Avise".
SUPORTE_NOME = env("SUPORTE_NOME", default="").strip(" .") or "quem cuida do portal na sua prefeitura"
SUPORTE_CONTATO = env("SUPORTE_CONTATO", default="").strip(" .")

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "linha": {
            "()": "act_portal.registro.SemPalavrasDoErro",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    # Whoever watches /saude/ reads its answer; the log would only repeat it every few seconds.
    "filters": {
        "sem_saude": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda registro: getattr(getattr(registro, "request", None), "path", "") != "/saude/",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "linha", "filters": ["sem_saude"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        # Says at every start that the broker on disk has no host name.
        "kombu.connection": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

if TESTES:
    # WhiteNoise warns about a missing folder, and a warning fails the test.
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if _faltam:
    raise ImproperlyConfigured(f"Faltam em produção: {', '.join(_faltam)}. Veja docs/operacao.md.")
