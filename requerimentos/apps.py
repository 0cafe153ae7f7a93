from django.apps import AppConfig


class RequerimentosConfig(AppConfig):
    name = "requerimentos"
    verbose_name = "Requerimentos"

    def ready(self) -> None:
        from requerimentos.papeis import modelos

        modelos.registrar()
