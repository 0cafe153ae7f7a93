"""The catalogue, to look at: it changes only on its own pages, which leave a trail."""

from __future__ import annotations

from django.contrib import admin

from act_portal.contas.admin import SomenteLeitura
from cessao.models import Espaco, Imovel


@admin.register(Imovel)
class ImovelAdmin(SomenteLeitura):
    list_display = ["codigo", "nome", "natureza", "operacional", "municipio", "unidade", "area_m2", "retirado_em"]
    list_filter = ["natureza", "operacional"]
    list_select_related = ["municipio", "unidade"]
    search_fields = ["codigo", "nome"]
    exclude = ["seguranca"]


@admin.register(Espaco)
class EspacoAdmin(SomenteLeitura):
    list_display = ["nome", "imovel", "area_m2", "dentro_de", "retirado_em"]
    list_select_related = ["imovel", "dentro_de"]
    search_fields = ["imovel__codigo", "nome"]
