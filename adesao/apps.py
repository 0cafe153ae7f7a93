from django.apps import AppConfig


class AdesaoConfig(AppConfig):
    name = "adesao"
    verbose_name = "Adesão"

    def ready(self) -> None:
        # The handlers register themselves with the outbox when their module is loaded.
        from adesao import painel, rotulos
        from adesao.acesso import trabalhos as _acesso  # noqa: F401

        rotulos.registrar()
        painel.registrar()
