from django.apps import AppConfig


class SimuladorInssConfig(AppConfig):
    name = "act_portal.simulador_inss"
    label = "simulador_inss"
    verbose_name = "Simulador do INSS"
