from django.apps import AppConfig


class ArquivosConfig(AppConfig):
    name = "act_portal.arquivos"
    verbose_name = "Arquivos"
