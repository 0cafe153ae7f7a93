"""The papers of the cession and their versions. A new text of a clause is a new version."""

from __future__ import annotations

from act_portal.emissao.fotos import fotos_do_papel
from act_portal.emissao.modelos import Modelo, registrar_modelo
from cessao.models import Papel

MODELOS = (
    *(
        Modelo(
            codigo=f"cessao-{especie}", versao="1", titulo=str(especie.label),
            template=f"papeis/cessao/{especie}.html",
        )
        for especie in Papel.Especie
        if especie != Papel.Especie.VISTORIA
    ),
    Modelo(
        codigo="cessao-vistoria", versao="1", titulo="Termo de vistoria", template="papeis/cessao/vistoria.html",
        recursos=fotos_do_papel,
    ),
)  # fmt: skip


def registrar() -> None:
    for modelo in MODELOS:
        registrar_modelo(modelo)
