from django.apps import AppConfig


class ContasConfig(AppConfig):
    name = "act_portal.contas"
    verbose_name = "Contas"
