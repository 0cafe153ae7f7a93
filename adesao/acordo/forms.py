"""The form of each act on an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from act_portal.telas.forms import CampoData, FormularioBase
from act_portal.territorio.consultas import hoje_em
from adesao.analise.forms.base import paragrafo
from adesao.models import Acordo, Ponto

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class AtoDoAcordoForm(FormularioBase, forms.Form):
    """`prefixo`: several stand on one page, and each needs ids of its own."""

    mostrar_opcional = False

    def __init__(self, *args: Any, acordo: Acordo, usuario: Usuario, prefixo: str = "", **kwargs: Any) -> None:
        self.acordo, self.usuario = acordo, usuario
        self.hoje = hoje_em(acordo.municipio)
        kwargs.setdefault("auto_id", f"{prefixo or 'id'}_%s")
        super().__init__(*args, **kwargs)


class ConfirmarPontoForm(AtoDoAcordoForm):
    rotulo_enviar = "Confirmar a estrutura"
    ponto = forms.ModelChoiceField(label="Ponto", queryset=Ponto.objects.none())
    em = CampoData(label="Conferido em", passado=True)
    texto = paragrafo("Como foi conferida", 600, 2, help_text="Exemplo: visita, fotos, videochamada.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pontos = self.acordo.processo.pontos.vivos().filter(confirmado_em__isnull=True)
        campo = self.fields["ponto"]
        assert isinstance(campo, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        campo.queryset = pontos
        if len(pontos) == 1:
            campo.initial = pontos[0]
        self.fields["em"].initial = self.hoje
