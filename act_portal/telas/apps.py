from django.apps import AppConfig


class TelasConfig(AppConfig):
    name = "act_portal.telas"
    verbose_name = "Telas"
