from django.apps import AppConfig


class AdesaoConfig(AppConfig):
    name = "adesao"
    verbose_name = "Adesão"
