from django.urls import path

from adesao.acordo import views

urlpatterns = [
    path("acordo/", views.meu_acordo, name="meu-acordo"),
    path("<uuid:codigo>/acordo/", views.acordo, name="acordo"),
    path("<uuid:codigo>/acordo/arquivos/<slug:de>/<int:pk>/", views.arquivo, name="arquivo-do-acordo"),
    path("<uuid:codigo>/acordo/atos/<slug:ato>/", views.agir, name="agir-acordo"),
]
