"""Form fields of places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from act_portal.territorio.models import Municipio
from act_portal.territorio.texto import normalizar

SUGESTOES = 5


class CampoMunicipio(forms.CharField):
    """A town as people write it, "Serra do Ipê/MG", or its IBGE code; cleans to the `Municipio`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Município")
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> Municipio | None:
        texto = super().clean(value).strip()
        return self._achar(texto) if texto else None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Municipio) else value

    def _achar(self, texto: str) -> Municipio:
        nome, barra, uf = texto.rpartition("/")
        nome = normalizar(nome if barra else texto)
        achados = list(Municipio.objects.filter(pk=texto)) or list(
            Municipio.objects.de_nome(nome).filter(**({"uf": uf.strip().upper()} if barra else {}))[: SUGESTOES + 1]
        )
        if len(achados) == 1:
            return achados[0]
        if achados:
            raise ValidationError(
                f"Há mais de um com este nome: {_lista(achados)}. Escreva também a UF.", code="homonimo"
            )
        parecidos = list(Municipio.objects.buscar(nome)[: SUGESTOES + 1]) if nome else []
        dica = f" Será {_lista(parecidos)}?" if parecidos else ""
        faca = "Confira a escrita." if self.required else "Confira a escrita, ou deixe em branco."
        raise ValidationError(f"Não achamos este nome de município. {faca}{dica}", code="desconhecido")


def _lista(municipios: list[Municipio]) -> str:
    nomes = [str(municipio) for municipio in municipios[:SUGESTOES]]
    return ", ".join(nomes) + (" ou outro" if len(municipios) > SUGESTOES else "")
