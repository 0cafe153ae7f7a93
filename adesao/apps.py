from django.apps import AppConfig


class AdesaoConfig(AppConfig):
    name = "adesao"
    verbose_name = "Adesão"

    def ready(self) -> None:
        # The handlers register themselves with the outbox when their module is loaded.
        from adesao import painel, rotulos
        from adesao.acesso import trabalhos as _acesso  # noqa: F401
        from adesao.avisos import trabalhos as _avisos  # noqa: F401
        from adesao.papeis import modelos
        from adesao.pedido import trabalhos as _pedido  # noqa: F401

        modelos.registrar()
        rotulos.registrar()
        painel.registrar()
