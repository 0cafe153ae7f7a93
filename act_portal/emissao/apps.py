from django.apps import AppConfig


class EmissaoConfig(AppConfig):
    name = "act_portal.emissao"
    verbose_name = "Emissão"

    def ready(self) -> None:
        from act_portal.emissao import aquecimento, trabalhos  # noqa: F401 - registers the handler and the warm-up
