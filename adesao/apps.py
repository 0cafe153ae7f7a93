from django.apps import AppConfig


class AdesaoConfig(AppConfig):
    name = "adesao"
    verbose_name = "Adesão"

    def ready(self) -> None:
        # The handlers register themselves with the outbox when their module is loaded.
        from act_portal.contas.servicos import TRAVAS_DO_CONVITE
        from adesao import painel, rotulos
        from adesao.acesso import trabalhos as _acesso  # noqa: F401
        from adesao.analise import trabalhos as _analise  # noqa: F401
        from adesao.avisos import trabalhos as _avisos  # noqa: F401
        from adesao.habilitacao.servicos.fichas import travar_convite
        from adesao.papeis import modelos
        from adesao.pedido import trabalhos as _pedido  # noqa: F401

        modelos.registrar()
        rotulos.registrar()
        painel.registrar()
        TRAVAS_DO_CONVITE.append(travar_convite)
