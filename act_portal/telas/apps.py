from django.apps import AppConfig


class TelasConfig(AppConfig):
    name = "act_portal.telas"
    verbose_name = "Telas"

    def ready(self) -> None:
        from act_portal.telas.navegacao import VISITANTE, registrar_item

        registrar_item("Painel", "telas:painel", ordem=0, icone="casa")
        registrar_item("Início", "telas:inicio", ordem=0, icone="casa", papeis=[VISITANTE])
        registrar_item("Ajuda", "telas:ajuda", ordem=90, icone="ajuda", papeis=[VISITANTE])
