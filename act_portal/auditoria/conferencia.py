"""Reads the whole trail again and says where it was touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from django.db.models import Max

from act_portal.auditoria.models import PORTAL, Corrente, Evento
from act_portal.auditoria.selos import confere, selo_da_ponta, selo_do_evento
from act_portal.auditoria.servicos import CORRENTE_ABERTA, marcas


@dataclass(frozen=True)
class Quebra:
    """One broken place. `numero` is the event's number in its chain; None when it is the chain's head or the whole."""

    corrente: str
    numero: int | None
    tipo: str
    frase: str


@dataclass
class Resultado:
    eventos: int = 0
    pontas: dict[str, list] = field(default_factory=dict)
    quebras: list[Quebra] = field(default_factory=list)

    @property
    def integra(self) -> bool:
        return not self.quebras

    def como_dicionario(self) -> dict:
        return {"integra": self.integra, **asdict(self)}


def conferir(nome: str | None = None, *, anteriores: dict[str, list] | None = None) -> Resultado:
    """Check the chain `nome`, or all of them, also against heads noted before (`{name: [number, seal]}`).

    Takes no lock: the head is read before its events, and an event written meanwhile has a later head.
    """
    resultado = Resultado()
    abertas = _abertas()
    for corrente in [nome] if nome else _nomes(abertas, anteriores or {}):
        _conferir_corrente(corrente, resultado, abertas)
    for notadas in (marcas(), anteriores or {}):
        for corrente, (numero, selo) in notadas.items():
            if corrente in resultado.pontas:
                _conferir_marca(corrente, numero, selo, resultado)
    return resultado


def _abertas() -> set[str]:
    abertura = Evento.objects.filter(corrente=PORTAL, acao=CORRENTE_ABERTA)
    return {dados.get("corrente", "") for dados in abertura.values_list("dados", flat=True)}


def _nomes(abertas: set[str], anteriores: dict[str, list]) -> list[str]:
    """Every chain that exists or that somebody remembers."""
    com_eventos = Evento.objects.order_by().values_list("corrente", flat=True).distinct()
    com_ponta = Corrente.objects.values_list("nome", flat=True)
    return sorted({*com_eventos, *com_ponta, *abertas, *marcas(), *anteriores})


def _conferir_corrente(nome: str, resultado: Resultado, abertas: set[str]) -> None:
    ponta = Corrente.objects.filter(nome=nome).first()
    resultado.pontas[nome] = [ponta.numero, ponta.ultimo_selo] if ponta else [0, ""]
    quebras = list(_eventos_quebrados(nome, ponta.numero if ponta else None, resultado))
    if nome != PORTAL and nome not in abertas:
        quebras.append(
            Quebra(nome, None, "abertura", "O registro de abertura desta corrente sumiu da corrente do portal.")
        )
    quebras += _ponta_quebrada(nome, ponta)
    resultado.quebras += quebras


def _eventos_quebrados(nome: str, ate: int | None, resultado: Resultado) -> Iterator[Quebra]:
    eventos = Evento.objects.filter(corrente=nome).order_by("numero")
    if ate is not None:
        eventos = eventos.filter(numero__lte=ate)
    esperado, anterior = 1, ""
    for evento in eventos.iterator(chunk_size=2000):
        resultado.eventos += 1
        if evento.numero > esperado:
            yield _falta(nome, esperado, evento.numero - 1)
        elif not confere(evento.selo, selo_do_evento(evento, anterior)):
            yield Quebra(nome, evento.numero, "alterado", f"O evento {evento.numero} foi alterado ou trocado de lugar.")
        esperado, anterior = evento.numero + 1, evento.selo
    if ate is not None and esperado <= ate:
        yield _falta(nome, esperado, ate)


def _falta(nome: str, de: int, ate: int) -> Quebra:
    quais = f"o evento {de}" if de == ate else f"os eventos {de} a {ate}"
    return Quebra(nome, de, "apagado", f"Falta {quais}." if de == ate else f"Faltam {quais}.")


def _ponta_quebrada(nome: str, ponta: Corrente | None) -> Iterator[Quebra]:
    if ponta is None:
        yield Quebra(nome, None, "ponta", "A ponta da corrente foi apagada.")
        return
    # A chain is opened together with its first event, so a blank head is a broken one.
    if not confere(ponta.selo, selo_da_ponta(nome, ponta.numero, ponta.ultimo_selo)):
        yield Quebra(nome, None, "ponta", "A ponta da corrente foi alterada.")
    ultimo = Evento.objects.filter(corrente=nome, numero=ponta.numero).first()
    if ultimo and not confere(ultimo.selo, ponta.ultimo_selo):
        yield Quebra(nome, ponta.numero, "ponta", f"O evento {ponta.numero} não é o último que a corrente guardou.")
    maior = Evento.objects.filter(corrente=nome).aggregate(maior=Max("numero"))["maior"] or 0
    # Read again after the events: what came in meanwhile moved the head too.
    depois = Corrente.objects.filter(nome=nome).values_list("numero", flat=True).first() or 0
    if maior > depois:
        yield Quebra(nome, depois + 1, "sobra", f"Há eventos depois do número {depois}, onde a corrente termina.")


def _conferir_marca(nome: str, numero: int, selo: str, resultado: Resultado) -> None:
    """The event that was once the head must still be there, as it was."""
    guardado = Evento.objects.filter(corrente=nome, numero=numero).values_list("selo", flat=True).first()
    if guardado is not None and confere(guardado, selo):
        return
    frase = (
        f"O evento {numero} existia quando a trilha foi marcada e não está mais."
        if guardado is None
        else f"O evento {numero} não é o que existia quando a trilha foi marcada."
    )
    quebra = Quebra(nome, numero, "marca", frase)
    if quebra not in resultado.quebras:
        resultado.quebras.append(quebra)
