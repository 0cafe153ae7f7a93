from django.apps import AppConfig


class EmissaoConfig(AppConfig):
    name = "act_portal.emissao"
    verbose_name = "Emissão"
