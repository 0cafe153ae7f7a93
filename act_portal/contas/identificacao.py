"""Who decided, as every decision keeps it: the name, post and registration of that day, whatever changes later."""

from __future__ import annotations

from dataclasses import dataclass

from act_portal.contas.models import Usuario
from act_portal.erros import ErroDeDominio


@dataclass(frozen=True)
class Identificacao:
    nome: str
    cargo: str
    matricula: str


def de_quem_decide(usuario: Usuario) -> Identificacao:
    """Raises ErroDeDominio, with what to do, while the account lacks what a decision must say."""
    if not (usuario.cargo and usuario.matricula):
        raise ErroDeDominio("Antes de decidir, preencha seu cargo e sua matrícula em “Minha conta”: a decisão os leva.")
    return Identificacao(usuario.nome, usuario.cargo, usuario.matricula)
