from django.apps import AppConfig


class CessaoConfig(AppConfig):
    name = "cessao"
    verbose_name = "Cessão"

    def ready(self) -> None:
        # The handlers register themselves with the outbox when their module is loaded.
        from cessao import painel, rotulos
        from cessao import trabalhos as _avisos  # noqa: F401
        from cessao.papeis import modelos

        modelos.registrar()
        rotulos.registrar()
        painel.registrar()
