from django.urls import path

from requerimentos.agenda import views

urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("<uuid:codigo>/agenda/<slug:tipo>/horarios/", views.horarios, name="horarios"),
    path("<uuid:codigo>/agenda/<int:pk>/remarcar/", views.remarcar, name="remarcar"),
    path("<uuid:codigo>/agenda/<int:pk>/desmarcar/", views.desmarcar, name="desmarcar"),
    path("<uuid:codigo>/agenda/<int:pk>/como-vai/", views.como_vai, name="como-vai"),
    path("<uuid:codigo>/agenda/<int:pk>/comprovante/", views.comprovante, name="comprovante-da-data"),
    path("<uuid:codigo>/agenda/pedidos/<int:pk>/tentar/", views.tentar, name="tentar-marcar"),
]
