from django.apps import AppConfig


class CotasConfig(AppConfig):
    name = "act_portal.cotas"
    verbose_name = "Cotas"
