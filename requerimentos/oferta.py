"""The catalogue as the public pages tell it."""

from __future__ import annotations

from django.utils.timezone import localdate

from act_portal.telas.oferta import Grupo
from requerimentos.demanda import catalogo


def oferta() -> list[Grupo]:
    """What a desk may ask INSS for today.

    Not promised: what it only explains, what is one rule of another service, what the agreement may not allow.
    """
    hoje, todos = localdate(), catalogo.carregar()
    servicos = [s for s in todos if s.vigente(hoje) and s.modo == "requerer" and s.acordo.situacao == "permitido"]
    return [
        Grupo(codigo, nome, tuple(s.nome for s in servicos if s.grupo == codigo))
        for codigo, nome in todos.vocabulario.grupos.items()
        if any(s.grupo == codigo for s in servicos)
    ]
