"""The recipe as fields: everything that can be done with the mouse is a number or a box that a keyboard reaches."""

from __future__ import annotations

from typing import Any

from django import forms

from act_portal.arquivos.receita import CANTOS, CORTE_MAXIMO, INCLINACAO_MAXIMA, LADOS, Receita, receita_de
from act_portal.erros import ErroDeDominio
from act_portal.telas.mensagens import falar_portugues

GIROS = (("0", "Não girar"), ("90", "90° para a direita"), ("180", "Meia-volta"), ("270", "90° para a esquerda"))
EIXOS = (("x", "da esquerda"), ("y", "de cima"))


class ReceitaForm(forms.Form):
    """Percentages of the picture as it came; empty corners leave the whole picture."""

    giro = forms.ChoiceField(label="Girar", choices=GIROS, required=False)
    inclinacao = forms.FloatField(
        label="Desentortar (graus para a direita)",
        required=False,
        min_value=-int(INCLINACAO_MAXIMA),
        max_value=int(INCLINACAO_MAXIMA),
        step_size=0.1,
    )
    luz = forms.BooleanField(label="Igualar a luz", required=False)
    branco = forms.BooleanField(label="Fundo branco (página de texto)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lado in LADOS:
            self.fields[f"corte_{lado}"] = _porcentagem(f"{lado.capitalize()} (%)", 0, round(100 * CORTE_MAXIMO))
        for numero, canto in enumerate(CANTOS):
            for eixo, de_onde in EIXOS:
                self.fields[f"canto_{numero}_{eixo}"] = _porcentagem(f"Canto {canto}: % {de_onde}", -5, 105)
        for campo in self.fields.values():
            falar_portugues(campo)

    @property
    def basicos(self) -> list[forms.BoundField]:
        return [self[nome] for nome in ("giro", "inclinacao", "luz", "branco")]

    @property
    def cortes(self) -> list[forms.BoundField]:
        return [self[f"corte_{lado}"] for lado in LADOS]

    @property
    def cantos(self) -> list[forms.BoundField]:
        return [self[f"canto_{numero}_{eixo}"] for numero in range(len(CANTOS)) for eixo, _ in EIXOS]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or self.cleaned_data
        if self.errors:
            return dados
        partes = [dados[campo.name] for campo in self.cantos]
        vazias = partes.count(None)
        if vazias not in {0, len(partes)}:
            raise forms.ValidationError("Preencha os quatro cantos da folha, ou deixe todos vazios.")
        pares = [] if vazias else [(x / 100, y / 100) for x, y in zip(partes[::2], partes[1::2], strict=True)]
        try:
            dados["receita"] = receita_de(
                {
                    "giro": dados["giro"],
                    "inclinacao": dados["inclinacao"],
                    "luz": dados["luz"],
                    "branco": dados["branco"],
                    "corte": [(dados[campo.name] or 0) / 100 for campo in self.cortes],
                    "cantos": pares,
                }
            )
        except ErroDeDominio as erro:
            raise forms.ValidationError(str(erro)) from erro
        return dados


def _porcentagem(nome: str, minimo: int, maximo: int) -> forms.FloatField:
    return forms.FloatField(label=nome, required=False, min_value=minimo, max_value=maximo)


def em_campos(receita: Receita) -> dict[str, Any]:
    """The recipe as first values of the fields."""
    campos: dict[str, Any] = {
        "giro": str(receita.giro),
        "inclinacao": receita.inclinacao or "",
        "luz": receita.luz,
        "branco": receita.branco,
    }
    for lado, parte in zip(LADOS, receita.corte, strict=True):
        campos[f"corte_{lado}"] = round(100 * parte, 2) if parte else ""
    for numero, canto in enumerate(receita.cantos):
        for (eixo, _), parte in zip(EIXOS, canto, strict=True):
            campos[f"canto_{numero}_{eixo}"] = round(100 * parte, 2)
    return campos
