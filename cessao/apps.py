from django.apps import AppConfig


class CessaoConfig(AppConfig):
    name = "cessao"
    verbose_name = "Cessão"
