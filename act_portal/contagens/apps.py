from django.apps import AppConfig


class ContagensConfig(AppConfig):
    name = "act_portal.contagens"
    verbose_name = "Contagens"
