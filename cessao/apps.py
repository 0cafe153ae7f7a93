from django.apps import AppConfig


class CessaoConfig(AppConfig):
    name = "cessao"
    verbose_name = "Cessão"

    def ready(self) -> None:
        from act_portal.telas.navegacao import VISITANTE, registrar_item

        papeis = [VISITANTE, "gestor", "analista_inss"]
        registrar_item("Imóveis do INSS", "cessao:inicio", ordem=70, icone="chave", papeis=papeis)
