"""The Django admin of the portal, behind the portal's own door."""

from __future__ import annotations

from typing import Any

from django.contrib import auth
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from act_portal.contas import servicos
from act_portal.contas.permissoes import pode_usar_painel_tecnico


class PainelTecnico(AdminSite):
    site_header = site_title = "Portal ACT · painel técnico"
    index_title = "Tabelas"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return pode_usar_painel_tecnico(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One door only: the portal's sign-in, with its limits and its second factor."""
        if request.user.is_authenticated:
            raise PermissionDenied
        depois = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('contas:entrar')}?{urlencode({'next': depois})}")

    def logout(  # type: ignore[override] # the portal answers with a redirect
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if request.user.is_authenticated:
            servicos.registrar_saida(request.user, request.user.vinculo)
        auth.logout(request)
        return redirect("contas:entrar")

    def password_change(  # type: ignore[override] # idem
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("contas:trocar_senha")
