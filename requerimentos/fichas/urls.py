from django.urls import path

from requerimentos.fichas import views

urlpatterns = [
    path("<uuid:codigo>/ficha/", views.ficha, name="ficha"),
    path("<uuid:codigo>/ficha/<slug:pacote>/<slug:secao>/", views.pagina, name="pagina-da-ficha"),
    path("<uuid:codigo>/ficha/<slug:pacote>/<slug:secao>/guardar/", views.guardar, name="guardar-pagina-da-ficha"),
]
