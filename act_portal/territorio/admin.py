"""Units, contacts and holidays are edited here; municípios and desks are only looked at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from act_portal.territorio.models import Balcao, ContatoUnidade, Entidade, Feriado, Municipio, UnidadeInss


class SoLeitura(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


class ContatosInline(admin.TabularInline):
    model = ContatoUnidade
    extra = 0


@admin.register(UnidadeInss)
class UnidadeInssAdmin(admin.ModelAdmin):
    list_display = ["nome", "codigo", "tipo", "acima", "grau"]
    list_filter = ["tipo", "grau"]
    list_select_related = ["acima"]
    search_fields = ["nome", "codigo"]
    autocomplete_fields = ["acima", "municipio"]
    readonly_fields = ["caminho"]
    inlines = [ContatosInline]


@admin.register(Feriado)
class FeriadoAdmin(admin.ModelAdmin):
    list_display = ["data", "nome", "uf", "municipio", "norma"]
    list_filter = ["uf"]
    list_select_related = ["municipio"]
    date_hierarchy = "data"
    search_fields = ["nome"]
    autocomplete_fields = ["municipio"]


@admin.register(Municipio)
class MunicipioAdmin(admin.ModelAdmin):
    """Facts of IBGE come from the file; only the INSS unit above the town is chosen here."""

    list_display = ["nome", "uf", "codigo_ibge", "unidade"]
    list_filter = ["uf", "capital"]
    list_select_related = ["unidade"]
    search_fields = ["nome_busca", "codigo_ibge"]
    autocomplete_fields = ["unidade"]
    readonly_fields = ["codigo_ibge", "nome", "uf", "latitude", "longitude", "fuso_horario", "ddd", "capital"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Municipio], search_term: str
    ) -> tuple[QuerySet[Municipio], bool]:
        if search_term.isdigit():
            return queryset.filter(codigo_ibge__startswith=search_term), False
        return queryset.buscar(search_term), False  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Municipio | None = None) -> bool:
        return False


@admin.register(Balcao)
class BalcaoAdmin(SoLeitura):
    list_display = ["nome", "municipio", "situacao"]
    list_filter = ["situacao"]
    list_select_related = ["municipio"]


@admin.register(Entidade)
class EntidadeAdmin(SoLeitura):
    list_display = ["nome", "municipio", "acordo_numero", "acordo_fim"]
    list_select_related = ["municipio"]
