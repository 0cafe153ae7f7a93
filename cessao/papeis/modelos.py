"""The papers of the cession and their versions. A new text of a clause is a new version."""

from __future__ import annotations

from act_portal.emissao.fotos import fotos_do_papel
from act_portal.emissao.modelos import Modelo, registrar_modelo
from cessao.models import Papel

E = Papel.Especie
# The first one promised an extension also to a term that already had every month of the limit; the second one named
# the unit that keeps the property where the directorate that decides signs; the third one called any share of the
# costs that of the area, printed a telephone for the inspector of the body and did not name its annexes; the fourth
# one took any work that was asked for as authorised.
DO_TERMO = (
    ("1", "v1/termo.html"), ("2", "v2/termo.html"), ("3", "v3/termo.html"), ("4", "v4/termo.html"), ("5", "termo.html"),
)  # fmt: skip
# Before each work, photo and condition had its row in them, and who signs the end was who received the keys.
DE_DUAS_VERSOES = (E.SOLICITACAO, E.PARECER, E.DECISAO, E.ADITIVO, E.EXTRATO, E.ENCERRAMENTO)
MODELOS = (
    *(
        Modelo(
            codigo=f"cessao-{especie}", versao="1", titulo=str(especie.label),
            template=f"papeis/cessao/{especie}.html",
        )
        for especie in E
        if especie not in {E.TERMO, E.VISTORIA, *DE_DUAS_VERSOES}
    ),
    *(
        Modelo(
            codigo=f"cessao-{especie}", versao=versao, titulo=str(especie.label),
            template=f"papeis/cessao/{pasta}{especie}.html",
            recursos=fotos_do_papel if especie == E.PARECER else None,
        )
        for especie in DE_DUAS_VERSOES
        for versao, pasta in (("1", "v1/"), ("2", ""))
    ),
    *(
        Modelo(codigo=f"cessao-{E.TERMO}", versao=versao, titulo=str(E.TERMO.label), template=f"papeis/cessao/{texto}")
        for versao, texto in DO_TERMO
    ),
    Modelo(
        codigo="cessao-vistoria", versao="1", titulo="Termo de vistoria", template="papeis/cessao/vistoria.html",
        recursos=fotos_do_papel,
    ),
)  # fmt: skip


def registrar() -> None:
    for modelo in MODELOS:
        registrar_modelo(modelo)
