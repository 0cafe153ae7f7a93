"""The words and the states of the cession, and who moves them. No ORM, no HTTP."""

from __future__ import annotations

from django.db.models import TextChoices

# The directorate of INSS that looks after property.
DIRETORIA = "DIROFL"


class Natureza(TextChoices):
    """How INSS has an operational property."""

    RESERVA = "reserva", "Reserva técnica"
    EM_USO = "em_uso", "Em uso pelo INSS"
    TERRENO = "terreno", "Terreno sem construção"
