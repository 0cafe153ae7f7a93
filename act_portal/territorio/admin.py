"""Units, contacts and holidays are edited here; municípios and desks are only looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from act_portal.auditoria.servicos import registrar
from act_portal.contas.admin import SomenteLeitura
from act_portal.territorio.models import Balcao, ContatoUnidade, Entidade, Feriado, Municipio, UnidadeInss


class ComTrilha(admin.ModelAdmin):
    """Edited here, so the trail is written here: a unit moved in the tree changes who sees whose cases."""

    # Deleting in bulk would go around the trail.
    actions = None

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._registrar("territorio.cadastro_criado", request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        campos = [campo for parte in message if isinstance(parte, dict) for campo in _campos(parte)]
        self._registrar("territorio.cadastro_alterado", request, obj, campos=campos)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> Any:
        for obj in queryset:
            self._registrar("territorio.cadastro_apagado", request, obj)
        return super().log_deletions(request, queryset)

    def _registrar(self, acao: str, request: HttpRequest, obj: Model, **dados: Any) -> None:
        registrar(acao, municipio=None, autor=request.user, alvo=obj, **dados)  # type: ignore[arg-type]


def _campos(parte: dict[str, Any]) -> list[str]:
    return [str(campo) for mudanca in parte.values() for campo in mudanca.get("fields", [])]


class ContatosInline(admin.TabularInline):
    model = ContatoUnidade
    extra = 0


@admin.register(UnidadeInss)
class UnidadeInssAdmin(ComTrilha):
    list_display = ["nome", "codigo", "tipo", "acima", "grau"]
    list_filter = ["tipo", "grau"]
    list_select_related = ["acima"]
    search_fields = ["nome", "codigo"]
    autocomplete_fields = ["acima", "municipio"]
    readonly_fields = ["caminho"]
    inlines = [ContatosInline]


@admin.register(Feriado)
class FeriadoAdmin(ComTrilha):
    list_display = ["data", "nome", "uf", "municipio", "norma"]
    list_filter = ["uf"]
    list_select_related = ["municipio"]
    date_hierarchy = "data"
    search_fields = ["nome"]
    autocomplete_fields = ["municipio"]


@admin.register(Municipio)
class MunicipioAdmin(ComTrilha):
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
class BalcaoAdmin(SomenteLeitura):
    list_display = ["nome", "municipio", "situacao"]
    list_filter = ["situacao"]
    list_select_related = ["municipio"]


@admin.register(Entidade)
class EntidadeAdmin(SomenteLeitura):
    list_display = ["nome", "municipio", "acordo_numero", "acordo_fim"]
    list_select_related = ["municipio"]
