"""Read-only tables of the accounts, for administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from act_portal.contas.models import Usuario, Vinculo


class SomenteLeitura(admin.ModelAdmin):
    """Changes go through the services, which leave a trail."""

    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class VinculoNaLinha(admin.TabularInline):
    model = Vinculo
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Usuario)
class UsuarioAdmin(SomenteLeitura):
    list_display = ["nome", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "vinculos__papel"]
    search_fields = ["nome", "email"]
    exclude = ["password", "user_permissions", "groups"]
    inlines = [VinculoNaLinha]


@admin.register(Vinculo)
class VinculoAdmin(SomenteLeitura):
    list_display = ["usuario", "papel", "municipio", "unidade", "inicio", "fim", "encerrado_em"]
    list_filter = ["papel"]
    list_select_related = ["usuario", "municipio", "unidade"]
    search_fields = ["usuario__nome", "usuario__email", "municipio__nome_busca"]


# Groups are not used, and the secrets of the second factor are nobody's to read.
for _modelo in (Group, StaticDevice, TOTPDevice):
    if admin.site.is_registered(_modelo):
        admin.site.unregister(_modelo)
