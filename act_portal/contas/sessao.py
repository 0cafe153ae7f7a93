"""What the session remembers of who signed in: the active role, the last sign of life, a form that came too late."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.timezone import localdate

from act_portal.contas.models import Usuario, Vinculo
from act_portal.contas.permissoes import View

VINCULO = "contas.vinculo"
VISTO_EM = "contas.visto_em"
ENTROU_EM = "contas.entrou_em"
GUARDADO = "contas.guardado"
PENDENTE = "contas.segundo_fator"

BACKEND = "django.contrib.auth.backends.ModelBackend"
TOQUE_SEGUNDOS = 60
GUARDADO_MAXIMO_BYTES = 200_000
GUARDADO_VALIDADE = timedelta(minutes=30)
PENDENTE_VALIDADE = timedelta(minutes=10)
_SAL = "contas.guardado"
DE_MAQUINA = re.compile(r"^[0-9a-f]{16}$|^[0-9a-f-]{36}$")
DATA_ISO = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")

OCIOSA = "Você ficou um tempo sem usar o portal e a sessão terminou. Entre de novo."
LONGA = "A sessão chegou ao tempo máximo. Entre de novo."
RECUSADA = "Seu acesso mudou: a senha foi trocada ou a conta foi desativada. Entre de novo ou fale com o gestor."
VINCULO_ENCERRADO = "Seu vínculo terminou. Se ainda trabalha no balcão, fale com o gestor do município."


@dataclass(frozen=True)
class Fim:
    """Why the session of `usuario_id` ended, already written for the person."""

    usuario_id: str
    vinculo_id: int | None
    motivo: str


@dataclass(frozen=True)
class Guardado:
    """A form that arrived after the session ended; only the person who typed it gets it back."""

    usuario_id: str
    vinculo_id: int | None
    caminho: str
    campos: list[tuple[str, str]]

    @property
    def visiveis(self) -> list[tuple[str, str]]:
        """What is worth showing: texts that somebody typed, not the page's own marks."""
        return [
            (nome.replace("_", " ").replace("-", " ").capitalize(), DATA_ISO.sub(r"\3/\2/\1", valor))
            for nome, valor in self.campos
            if valor.strip() and nome not in {"next", "versao", "acao"} and not DE_MAQUINA.match(valor)
        ]


# --- Start and end ------------------------------------------------------------------------------------------------
def entrar(request: HttpRequest, usuario: Usuario) -> None:
    """Open the session. Whatever somebody else left in it goes away first."""
    guardado = ler_guardado(request)
    if guardado and guardado.usuario_id != str(usuario.pk):
        descartar_guardado(request)
        guardado = None
    request.session.pop(PENDENTE, None)
    login(request, usuario, backend=BACKEND)
    agora = int(time.time())
    request.session[ENTROU_EM] = request.session[VISTO_EM] = agora
    ativar(request, _vinculo_de_entrada(usuario, guardado))


def _vinculo_de_entrada(usuario: Usuario, guardado: Guardado | None) -> Vinculo | None:
    vigentes = list(usuario.vinculos.vigentes(localdate()).select_related("municipio", "unidade"))
    if len(vigentes) == 1:
        return vigentes[0]
    # Back after an expiry: the role in use then, or the parked form would land in another town.
    return next((v for v in vigentes if guardado and v.pk == guardado.vinculo_id), None)


def ativar(request: HttpRequest, vinculo: Vinculo | None) -> None:
    usuario = request.user
    usuario.vinculo = vinculo  # type: ignore[union-attr]
    if vinculo is None:
        request.session.pop(VINCULO, None)
    else:
        request.session[VINCULO] = vinculo.pk


def abrir(request: HttpRequest) -> Fim | None:
    """Read the session of this request: put the role in `request.user`, or say why the session ended."""
    usuario_id = request.session.get(SESSION_KEY)
    if usuario_id is None:
        return None
    vinculo_id = request.session.get(VINCULO)
    agora = int(time.time())
    if agora - request.session.get(VISTO_EM, agora) > settings.SESSION_IDLE.total_seconds():
        return Fim(usuario_id, vinculo_id, OCIOSA)
    if agora - request.session.get(ENTROU_EM, agora) > settings.SESSION_COOKIE_AGE:
        return Fim(usuario_id, vinculo_id, LONGA)
    # Reading request.user empties the session when the password changed or the account was closed.
    if not request.user.is_authenticated:
        return Fim(usuario_id, vinculo_id, RECUSADA)
    return _por_vinculo(request, usuario_id, vinculo_id)


def _por_vinculo(request: HttpRequest, usuario_id: str, vinculo_id: int | None) -> Fim | None:
    vigentes = (
        Vinculo.objects.vigentes(localdate())
        .filter(usuario=int(usuario_id))
        .select_related("municipio", "unidade__municipio")
    )
    if vinculo_id is None:
        achados = list(vigentes[:2])
        ativar(request, achados[0] if len(achados) == 1 else None)
        return None
    vinculo = vigentes.filter(pk=vinculo_id).first()
    if vinculo is None:
        return Fim(usuario_id, vinculo_id, VINCULO_ENCERRADO)
    request.user.vinculo = vinculo  # type: ignore[union-attr]
    return None


def tocar(request: HttpRequest) -> None:
    """Note a sign of life, at most once a minute: a write per click would be a write too many."""
    if SESSION_KEY not in request.session or "X-Segundo-Plano" in request.headers:
        return
    agora = int(time.time())
    request.session.setdefault(ENTROU_EM, agora)
    if agora - request.session.get(VISTO_EM, 0) >= TOQUE_SEGUNDOS:
        request.session[VISTO_EM] = agora


def encerrar(request: HttpRequest, guardado: str = "") -> None:
    request.session.flush()
    request.user = AnonymousUser()
    if guardado:
        request.session[GUARDADO] = guardado


# --- A form that came too late ------------------------------------------------------------------------------------
def guarda_digitado(*campos: str) -> Callable[[View], View]:
    """Mark a view whose form has files: they cannot wait for somebody to sign in, but these typed fields can."""

    def marcar(view: View) -> View:
        view.digitados = frozenset(campos)  # type: ignore[attr-defined]
        return view

    return marcar


def guardar(request: HttpRequest, fim: Fim, digitados: frozenset[str] = frozenset()) -> str:
    """The signed form of this POST, or "" when it is not one that can be sent again by hand."""
    sem_arquivo = request.content_type == "application/x-www-form-urlencoded"
    if request.method != "POST" or not (sem_arquivo or digitados):
        return ""
    campos = [
        [nome, valor]
        for nome, valores in request.POST.lists()
        if nome != "csrfmiddlewaretoken" and (sem_arquivo or nome in digitados)
        for valor in valores
        if isinstance(valor, str)
    ]
    tamanho = sum(len(nome.encode()) + len(valor.encode()) for nome, valor in campos)
    if not 0 < tamanho <= GUARDADO_MAXIMO_BYTES:
        return ""
    return signing.dumps([fim.usuario_id, fim.vinculo_id, request.get_full_path(), campos], salt=_SAL, compress=True)


def ler_guardado(request: HttpRequest) -> Guardado | None:
    assinado = request.session.get(GUARDADO)
    if not assinado:
        return None
    try:
        usuario_id, vinculo_id, caminho, campos = signing.loads(assinado, salt=_SAL, max_age=GUARDADO_VALIDADE)
    except signing.BadSignature:
        descartar_guardado(request)
        return None
    return Guardado(usuario_id, vinculo_id, caminho, [(nome, valor) for nome, valor in campos])


def guardado_de(request: HttpRequest) -> Guardado | None:
    """The parked form of whoever is signed in now."""
    guardado = ler_guardado(request)
    return guardado if guardado and guardado.usuario_id == str(request.user.pk) else None


def descartar_guardado(request: HttpRequest) -> None:
    request.session.pop(GUARDADO, None)


# --- Between the password and the second factor -------------------------------------------------------------------
def pedir_segundo_fator(request: HttpRequest, usuario: Usuario, depois: str) -> None:
    request.session.cycle_key()
    request.session[PENDENTE] = {
        "usuario": usuario.pk,
        "marca": usuario.get_session_auth_hash(),
        "ate": int(time.time() + PENDENTE_VALIDADE.total_seconds()),
        "depois": depois,
    }


def a_espera_do_segundo_fator(request: HttpRequest) -> tuple[Usuario | None, str]:
    """Who already gave the right password and where they were going."""
    pendente: dict[str, Any] = request.session.get(PENDENTE) or {}
    if pendente.get("ate", 0) < time.time():
        return None, ""
    usuario = Usuario.objects.filter(pk=pendente["usuario"], is_active=True).first()
    if usuario is None or usuario.get_session_auth_hash() != pendente["marca"]:
        return None, ""
    return usuario, pendente["depois"]


# --- Where to ------------------------------------------------------------------------------------------------------
def destino_seguro(request: HttpRequest, destino: str | None) -> str:
    """`destino` when it is a page of this portal, else ""."""
    if destino and url_has_allowed_host_and_scheme(destino, {request.get_host()}, require_https=request.is_secure()):
        return destino
    return ""


def pagina_de_entrada(request: HttpRequest) -> str:
    """Sign-in page that afterwards leads to where this request was going (a GET) or came from (a POST)."""
    depois = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        veio = urlsplit(destino_seguro(request, request.headers.get("referer")))
        depois = veio._replace(scheme="", netloc="").geturl()
    entrada = reverse("contas:entrar")
    return f"{entrada}?{urlencode({'next': depois})}" if depois else entrada


def depois_de_entrar(request: HttpRequest, depois: str) -> str:
    """First the role, then what was parked, then the page that was asked for."""
    depois = destino_seguro(request, depois)
    if guardado_de(request):
        depois = reverse("contas:retomar")
    if request.user.vinculo is None:  # type: ignore[union-attr]
        papel = reverse("contas:papel")
        return f"{papel}?{urlencode({'next': depois})}" if depois else papel
    return depois or _inicio()


def _inicio() -> str:
    caminho = "/painel/"
    try:
        resolve(caminho)
    except Resolver404:
        return reverse("contas:minha_conta")
    return caminho
