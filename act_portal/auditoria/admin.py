"""Only the heads: the events speak of cases, which administrators do not see."""

from __future__ import annotations

from django.contrib import admin

from act_portal.auditoria.models import Corrente
from act_portal.contas.admin import SomenteLeitura


@admin.register(Corrente)
class CorrenteAdmin(SomenteLeitura):
    list_display = ["nome", "numero"]
    search_fields = ["nome"]
