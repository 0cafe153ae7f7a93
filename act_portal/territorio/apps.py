from django.apps import AppConfig


class TerritorioConfig(AppConfig):
    name = "act_portal.territorio"
    verbose_name = "Território"
