"""An act that one person may do now: its form, its service, and when its card is on the page.

The services decide who may do what; the tables only keep buttons that would be refused out of sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest

from act_portal.telas.forms import FormularioBase
from act_portal.territorio.consultas import hoje_em
from cessao.models import Pedido

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class AtoForm(FormularioBase, forms.Form):
    """Alone it is one button. `prefixo`: several stand on one page, and each needs ids of its own. `sobre`: the term,
    extension or inspection that the act is about, when it is not the request itself.
    """

    mostrar_opcional = False

    def __init__(
        self, *args: Any, pedido: Pedido, usuario: Usuario, sobre: Any = None, prefixo: str = "", **kwargs: Any
    ) -> None:
        self.pedido, self.usuario, self.sobre = pedido, usuario, sobre
        self.hoje = hoje_em(pedido.municipio)
        kwargs.setdefault("auto_id", f"{prefixo or 'id'}_%s")
        super().__init__(*args, **kwargs)


def paragrafo(rotulo: str, maximo: int, linhas: int = 3, **opcoes: Any) -> forms.CharField:
    return forms.CharField(label=rotulo, max_length=maximo, widget=forms.Textarea(attrs={"rows": linhas}), **opcoes)


@dataclass(frozen=True)
class Ato:
    """`principal`: what the person came for, open on the page; the others are folded. `feito`: said afterwards."""

    slug: str
    titulo: str
    feito: str
    form: type[AtoForm]
    servico: Callable[..., Any]
    quando: Callable[[Any], bool]
    explica: str = ""
    principal: bool = False
    # The service takes the uploaded file as its second argument.
    com_arquivo: bool = False


def indexar(atos: Iterable[Ato]) -> dict[str, Ato]:
    return {ato.slug: ato for ato in atos}


def formulario(ato: Ato, pedido: Pedido, usuario: Usuario, sobre: Any, request: HttpRequest | None = None) -> AtoForm:
    dados = (request.POST, request.FILES) if request else (None, None)
    return ato.form(*dados, pedido=pedido, usuario=usuario, sobre=sobre, prefixo=ato.slug)


def cartoes(
    atos: dict[str, Ato], cena: Any, pedido: Pedido, usuario: Usuario, sobre: Any, recusado: Any = None
) -> dict[str, Any]:
    """For the page: the cards that are possible now. `recusado`: (act, its form with what was typed)."""
    ato, form = recusado or (None, None)
    todos = [
        (a, form if a is ato else formulario(a, pedido, usuario, sobre))
        for a in atos.values()
        if a is ato or a.quando(cena)
    ]
    return {
        "principais": [(a, f) for a, f in todos if a.principal],
        "outros": [(a, f) for a, f in todos if not a.principal],
        "aberto": ato.slug if ato else "",
    }


def executar(ato: Ato, form: AtoForm, alvo: int, usuario: Usuario) -> None:
    """Call the service with what was typed. Raises ErroDeDominio."""
    dados: dict[str, Any] = dict(form.cleaned_data)
    enviado = [dados.pop("arquivo")] if ato.com_arquivo else []
    ato.servico(alvo, *enviado, autor=usuario, **dados)
