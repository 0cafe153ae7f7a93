from __future__ import annotations

from django.contrib import admin

from act_portal.contas.admin import SomenteLeitura
from act_portal.saidas.models import Batimento, Saida


@admin.register(Saida)
class SaidaAdmin(SomenteLeitura):
    list_display = ["tipo", "chave", "estado", "tentativas", "proxima_em", "criada_em"]
    list_filter = ["estado", "tipo"]
    search_fields = ["chave"]
    show_full_result_count = False


@admin.register(Batimento)
class BatimentoAdmin(SomenteLeitura):
    list_display = ["quem", "em"]
