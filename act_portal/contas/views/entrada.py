"""Sign in, second factor, role, what was parked, sign out."""

from __future__ import annotations

from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from act_portal.contas import segundo_fator as fator
from act_portal.contas import servicos, sessao
from act_portal.contas.bloqueio import nome_opaco
from act_portal.contas.forms import FormularioEntrada, FormularioSegundoFator
from act_portal.contas.models import Usuario, Vinculo
from act_portal.contas.permissoes import sem_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.cotas.servicos import consumir, ip
from act_portal.telas.respostas import vezes_demais

# A town hall leaves by one address: the limit per address is for robots, the one per account and address is axes'.
JANELA = timedelta(minutes=15)
POR_ENDERECO = 120
POR_CONTA = 60
POR_SEGUNDO_FATOR = 10


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def entrar(request: HttpRequest) -> HttpResponse:
    depois = sessao.destino_seguro(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated and request.method == "GET":
        return redirect(sessao.depois_de_entrar(request, depois))
    form = FormularioEntrada(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not consumir("entrar", ip(request), maximo=POR_ENDERECO, janela=JANELA):
            return vezes_demais(request, espera=JANELA, esqueceu=True)
        if form.is_valid():
            email = form.cleaned_data["email"].strip().lower()
            if not _cabe_na_conta(request, email):
                return vezes_demais(request, espera=JANELA, esqueceu=True)
            usuario = _conferir_senha(request, email, form.cleaned_data["senha"])
            if usuario:
                return _abrir(request, usuario, depois)
            form.add_error(None, "E-mail ou senha não conferem. Confira os dois e tente de novo.")
    situacao = 422 if form.is_bound else 200
    return render(request, "contas/entrar.html", {"form": form, "depois": depois}, status=situacao)


def _cabe_na_conta(request: HttpRequest, email: str) -> bool:
    """Many addresses against one account: axes counts by account and address, so it would not notice.

    What axes refuses is not counted here, or a single address would shut the account for everybody. An e-mail that
    nobody has is counted and answered alike.
    """
    if not AxesProxyHandler.is_allowed(request, {"username": email}):
        return True
    if consumir("entrar-conta", nome_opaco(email), maximo=POR_CONTA, janela=JANELA):
        return True
    servicos.registrar_recusa(Usuario.objects.filter(email=email).first(), etapa="limite")
    return False


def _conferir_senha(request: HttpRequest, email: str, senha: str) -> Usuario | None:
    usuario = authenticate(request, username=email, password=senha)
    if usuario is None:
        servicos.registrar_recusa(Usuario.objects.filter(email=email).first(), etapa="senha")
    return usuario


def _abrir(request: HttpRequest, usuario: Usuario, depois: str) -> HttpResponse:
    if fator.aparelho(usuario):
        sessao.pedir_segundo_fator(request, usuario, depois)
        return redirect("contas:segundo_fator")
    sessao.entrar(request, usuario)
    servicos.registrar_entrada(usuario, usuario.vinculo, segundo_fator=False)
    return redirect(sessao.depois_de_entrar(request, depois))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def segundo_fator(request: HttpRequest) -> HttpResponse:
    usuario, depois = sessao.a_espera_do_segundo_fator(request)
    if usuario is None:
        messages.info(request, "Comece de novo: digite o e-mail e a senha.")
        return redirect("contas:entrar")
    form = FormularioSegundoFator(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not consumir("segundo-fator", str(usuario.pk), maximo=POR_SEGUNDO_FATOR, janela=JANELA):
            return vezes_demais(request, espera=JANELA, esqueceu=True)
        dispositivo = fator.conferir(usuario, form.cleaned_data["codigo"]) if form.is_valid() else None
        if dispositivo:
            usuario.otp_device = dispositivo  # type: ignore[attr-defined] # django-otp keeps it in the session
            sessao.entrar(request, usuario)
            servicos.registrar_entrada(usuario, usuario.vinculo, segundo_fator=True)
            return redirect(sessao.depois_de_entrar(request, depois))
        if form.is_valid():
            servicos.registrar_recusa(usuario, etapa="segundo_fator")
            form.add_error("codigo", "O código não confere. Espere o próximo código do aplicativo e digite de novo.")
    return render(request, "contas/segundo_fator.html", {"form": form}, status=422 if form.is_bound else 200)


@sem_papel
@login_required
@require_POST
def sair(request: RequestDeUsuario) -> HttpResponse:
    servicos.registrar_saida(request.user, request.user.vinculo)
    logout(request)
    messages.success(request, "Você saiu do portal.")
    resposta = redirect("contas:entrar")
    # On a shared computer the next person presses Back; also without JavaScript the pages must be gone.
    # Not "storage": files of others wait there, encrypted. Those of who leaves were erased by the page.
    resposta["Clear-Site-Data"] = '"cache"'
    return resposta


@sem_papel
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def papel(request: RequestDeUsuario) -> HttpResponse:
    vigentes = list(request.user.vinculos.vigentes(localdate()).select_related("municipio", "unidade"))
    depois = sessao.destino_seguro(request, request.POST.get("next") or request.GET.get("next"))
    erro = ""
    if request.method == "POST":
        escolhido = next((v for v in vigentes if str(v.pk) == request.POST.get("vinculo")), None)
        if escolhido:
            return _usar_papel(request, escolhido, depois)
        erro = "Escolha um dos papéis da lista."
    contexto = {"vigentes": vigentes, "depois": depois, "erro": erro, "gestores": _a_quem_pedir(request.user)}
    return render(request, "contas/papel.html", contexto, status=422 if erro else 200)


def _usar_papel(request: RequestDeUsuario, vinculo: Vinculo, depois: str) -> HttpResponse:
    servicos.registrar_papel(request.user, vinculo)
    sessao.ativar(request, vinculo)
    return redirect(sessao.depois_de_entrar(request, depois))


def _a_quem_pedir(usuario: Usuario) -> list[Usuario]:
    """Managers of the towns where this person once had a role."""
    municipios = usuario.vinculos.filter(municipio__isnull=False).values("municipio")
    gestores = Vinculo.objects.vigentes(localdate()).filter(papel=Vinculo.Papel.GESTOR, municipio__in=municipios)
    return list(Usuario.objects.filter(pk__in=gestores.values("usuario")).exclude(pk=usuario.pk)[:5])


@sem_papel
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def retomar(request: RequestDeUsuario) -> HttpResponse:
    """Show who came back what they had typed; a POST here throws it away."""
    guardado = sessao.guardado_de(request)
    if request.method == "POST":
        sessao.descartar_guardado(request)
        messages.info(request, "O que estava guardado foi descartado.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    if guardado is None:
        messages.info(request, "Não há nada guardado. O prazo é de 30 minutos.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "contas/retomar.html", {"guardado": guardado})
