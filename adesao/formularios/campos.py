"""Fields that the forms of the application share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from act_portal.telas.forms import Coluna, Linha
from adesao.checklist.catalogo import servicos

SIM_NAO = [("sim", "Sim"), ("nao", "Não")]


def texto(rotulo: str, tamanho: int = 120, **opcoes: Any) -> forms.CharField:
    return forms.CharField(label=rotulo, max_length=tamanho, **opcoes)


def longo(rotulo: str, linhas: int = 4, **opcoes: Any) -> forms.CharField:
    return forms.CharField(label=rotulo, widget=forms.Textarea(attrs={"rows": linhas}), **opcoes)


def inteiro(rotulo: str, **opcoes: Any) -> forms.IntegerField:
    opcoes.setdefault("min_value", 0)
    opcoes.setdefault("max_value", 100_000_000)
    return forms.IntegerField(label=rotulo, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **opcoes)


def sim_nao(rotulo: str, **opcoes: Any) -> forms.ChoiceField:
    widget = forms.RadioSelect(attrs={"class": "opcoes--lado opcoes--compacta"})
    return forms.ChoiceField(label=rotulo, choices=SIM_NAO, widget=widget, **opcoes)


def par(um: str, outro: str) -> Linha:
    return Linha(Coluna(um, largura=3), Coluna(outro, largura=3))


def de_dois(nomes: Iterable[str]) -> list[Linha]:
    """The fields two by two."""
    lista = list(nomes)
    return [Linha(*[Coluna(nome, largura=3) for nome in lista[i : i + 2]]) for i in range(0, len(lista), 2)]


def por_grupo_de_servicos(form: forms.BaseForm, marcados: Collection[str] = ()) -> list[str]:
    """Give `form` one field for each group of services; returns their names. `marcados`: ticked from the start."""
    nomes = []
    for n, (grupo, possiveis) in enumerate(servicos().por_grupo()):
        campo = forms.MultipleChoiceField(
            label=grupo,
            required=False,
            choices=[(s.codigo, s.nome) for s in possiveis],
            initial=[s.codigo for s in possiveis if s.codigo in marcados],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "opcoes--compacta opcoes--duas"}),
        )
        campo.notas = {s.codigo: "O INSS confirma se pode." for s in possiveis if s.duvidoso}  # type: ignore[attr-defined]
        form.fields[f"servicos_{n}"] = campo
        nomes.append(f"servicos_{n}")
    return nomes
