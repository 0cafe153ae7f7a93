from django.urls import include, path

app_name = "adesao"
urlpatterns = [path("", include("adesao.publico.urls"))]
