from django.apps import AppConfig

from act_portal.telas import navegacao


class AuditoriaConfig(AppConfig):
    name = "act_portal.auditoria"
    verbose_name = "Auditoria"

    def ready(self) -> None:
        navegacao.registrar_item(
            "Auditoria", "auditoria:eventos", ordem=90, icone="cadeado", papeis={"gestor", "administrador"}
        )
