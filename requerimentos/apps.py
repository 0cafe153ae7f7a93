from django.apps import AppConfig


class RequerimentosConfig(AppConfig):
    name = "requerimentos"
    verbose_name = "Requerimentos"
