"""An hour on offer, as a page carries it there and back."""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from requerimentos.agenda.servicos import Escolha
from requerimentos.models import Agendamento, Requerimento

# An offer is good for as long as somebody may take to choose in front of the page.
OFERTA_VALE_SEGUNDOS = 3600


def assinar(requerimento: Requerimento, escolha: Escolha) -> str:
    """The offer as the page carries it: nobody writes another hour or place into it on the way back."""
    dados = {"t": escolha.tipo, "v": escolha.vaga, "q": escolha.quando.isoformat(), "u": escolha.unidade}
    return signing.dumps(dados, salt=_sal(requerimento), compress=True)


def abrir(requerimento: Requerimento, assinada: str) -> Escolha:
    """Raises signing.BadSignature, also when it is too old or of another request."""
    dados = signing.loads(assinada, salt=_sal(requerimento), max_age=OFERTA_VALE_SEGUNDOS)
    return Escolha(Agendamento.Tipo(dados["t"]), dados["v"], datetime.fromisoformat(dados["q"]), dados["u"])


def _sal(requerimento: Requerimento) -> str:
    return f"agenda:{requerimento.codigo}"
