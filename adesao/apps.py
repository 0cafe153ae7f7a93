from django.apps import AppConfig


class AdesaoConfig(AppConfig):
    name = "adesao"
    verbose_name = "Adesão"

    def ready(self) -> None:
        from act_portal.telas.navegacao import VISITANTE, registrar_item

        registrar_item("Onde ser atendido", "onde:inicio", ordem=20, icone="lugar", papeis=[VISITANTE])
        papeis = [VISITANTE, "gestor", "analista_inss"]
        registrar_item("Para prefeituras", "adesao:inicio", ordem=60, icone="predio", papeis=papeis)
