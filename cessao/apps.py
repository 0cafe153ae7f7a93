from django.apps import AppConfig


class CessaoConfig(AppConfig):
    name = "cessao"
    verbose_name = "Cessão"

    def ready(self) -> None:
        from cessao import painel, rotulos

        rotulos.registrar()
        painel.registrar()
