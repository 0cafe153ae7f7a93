from django.apps import AppConfig

from act_portal.telas import navegacao


class SaidasConfig(AppConfig):
    name = "act_portal.saidas"
    verbose_name = "Saídas"

    def ready(self) -> None:
        # Loading the Celery application makes it the default one, for shared tasks in the web process too.
        import act_portal.celery  # noqa: F401

        navegacao.registrar_item("Tarefas", "saidas:painel", ordem=91, icone="girar", papeis={"administrador"})
