from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ContasConfig(AppConfig):
    name = "act_portal.contas"
    verbose_name = "Contas"

    def ready(self) -> None:
        from act_portal.contas import trabalhos  # noqa: F401 - registers the outbox handlers
        from act_portal.telas.navegacao import registrar_item

        registrar_item("Equipe", "contas:equipe", ordem=80, icone="pessoa", papeis=["gestor", "administrador"])


class PainelTecnicoConfig(AdminConfig):
    default_site = "act_portal.contas.painel_tecnico.PainelTecnico"
