from django.urls import path

from cessao.publico import views

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("imovel/<str:codigo>/", views.imovel, name="imovel"),
    path("imagem/<uuid:codigo>/", views.imagem, name="imagem"),
]
