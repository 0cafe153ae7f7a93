from django.apps import AppConfig


class AuditoriaConfig(AppConfig):
    name = "act_portal.auditoria"
    verbose_name = "Auditoria"
