from __future__ import annotations

from django.contrib import admin

from act_portal.contagens.models import ContagemDiaria
from act_portal.contas.admin import SomenteLeitura


@admin.register(ContagemDiaria)
class ContagemDiariaAdmin(SomenteLeitura):
    list_display = ["dia", "municipio", "balcao", "fato", "chave", "quantidade", "soma"]
    list_filter = ["fato"]
    list_select_related = ["municipio", "balcao"]
    date_hierarchy = "dia"
    show_full_result_count = False
