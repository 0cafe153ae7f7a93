from django.apps import AppConfig


class ArquivosConfig(AppConfig):
    name = "act_portal.arquivos"
    verbose_name = "Arquivos"

    def ready(self) -> None:
        from act_portal.arquivos import trabalhos  # noqa: F401 - registers the handlers
