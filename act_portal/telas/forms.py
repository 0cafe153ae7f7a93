"""What every form stands on: one look, one set of sentences, and the fields that Brazil writes with masks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from validate_docbr import CNPJ, CPF, PIS

from act_portal.telas import formatos
from act_portal.telas.mensagens import falar_portugues


class Linha(Div):
    """A row of the six-column grid. A field takes two columns; another width: `Coluna("nome", largura=3)`."""

    def __init__(self, *campos: Any, **atributos: Any) -> None:
        super().__init__(*campos, css_class="grade grade--6", **atributos)


class Coluna(Div):
    def __init__(self, *campos: Any, largura: int = 2, **atributos: Any) -> None:
        super().__init__(*campos, css_class=f"c{largura} pilha", **atributos)


class Botoes(LayoutObject):
    """The submit buttons, from the attributes of the form."""

    template = "%s/layout/botoes.html"
    fields: list = []

    def render(self, form: Any, context: Any, template_pack: str = "govbr", **kwargs: Any) -> str:
        return render_to_string(self.get_template_name(template_pack), {**context.flatten(), "form": form})


class FormularioBase:
    """Each form declares its `leiaute()`; the frame is one only (`includes/formulario.html`).

    `rotulo_enviar` empty: the page draws its own buttons. `outros_envios`: (name, value, label) of more buttons.
    """

    rotulo_enviar = "Salvar"
    icone_enviar = ""
    outros_envios: list[tuple[str, str, str]] = []
    mostrar_opcional = True
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campos = self.leiaute()
        # After the layout: it may have added fields of its own.
        for campo in self.fields.values():
            falar_portugues(campo)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False
        self.helper.layout = Layout(*campos, Botoes())

    def leiaute(self) -> list:
        return list(self.fields)


class CampoNumerado(forms.CharField):
    """A number that people write with a mask: read with or without it, kept without it."""

    nome = ""
    tamanhos: tuple[int, ...] = (11,)
    aceitos = r"[\d.\-/\s]*"
    conferir: Callable[[str], bool] | None = None
    mascara: Callable[[object], str]
    errado = ""
    rolante = "numeric"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", self.nome)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", self.rolante)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        texto = (super().to_python(value) or "").strip()
        if not texto:
            return ""
        if not re.fullmatch(self.aceitos, texto, re.IGNORECASE):
            raise ValidationError(self.frase_de_letras(), code="letras")
        limpo = self.limpar(texto)
        if len(limpo) not in self.tamanhos:
            raise ValidationError(self.frase_de_tamanho(len(limpo)), code="tamanho")
        if not self.confere(limpo):
            raise ValidationError(self.errado, code="digitos")
        return limpo

    def limpar(self, texto: str) -> str:
        return re.sub(r"\D", "", texto)

    def confere(self, limpo: str) -> bool:
        return True

    def frase_de_letras(self) -> str:
        return f"O {self.nome} só tem números."

    def frase_de_tamanho(self, digitados: int) -> str:
        return f"O {self.nome} tem {self.tamanhos[0]} números. Você digitou {digitados}."

    def prepare_value(self, value: Any) -> Any:
        return type(self).mascara(value) if isinstance(value, str) else value


class CampoCPF(CampoNumerado):
    nome = "CPF"
    mascara = staticmethod(formatos.cpf)
    errado = "Os números deste CPF não conferem. Olhe de novo no documento."

    def confere(self, limpo: str) -> bool:
        return CPF().validate(limpo)


class CampoNIT(CampoNumerado):
    """NIT, PIS, PASEP and NIS share one numbering."""

    nome = "NIT"
    mascara = staticmethod(formatos.nit)
    errado = "Os números deste NIT não conferem. Olhe de novo na carteira de trabalho ou no cartão do PIS."

    def confere(self, limpo: str) -> bool:
        return PIS().validate(limpo)


class CampoCNPJ(CampoNumerado):
    """Fourteen of [0-9A-Z], the last two digits: companies registered since July 2026 may have letters."""

    nome = "CNPJ"
    tamanhos = (14,)
    aceitos = r"[0-9a-z.\-/\s]*"
    mascara = staticmethod(formatos.cnpj)
    errado = "As letras e os números deste CNPJ não conferem. Olhe de novo no documento."
    rolante = "text"

    def limpar(self, texto: str) -> str:
        return re.sub(r"[^0-9A-Z]", "", texto.upper())

    def confere(self, limpo: str) -> bool:
        return limpo[12:].isdecimal() and CNPJ().validate(limpo)

    def frase_de_letras(self) -> str:
        return "O CNPJ só tem letras sem acento e números."

    def frase_de_tamanho(self, digitados: int) -> str:
        return f"O CNPJ tem 14 letras ou números. Você digitou {digitados}."


class CampoCEP(CampoNumerado):
    nome = "CEP"
    tamanhos = (8,)
    mascara = staticmethod(formatos.cep)


class CampoTelefone(CampoNumerado):
    nome = "telefone"
    tamanhos = (10, 11)
    aceitos = r"[\d.\-()+\s]*"
    mascara = staticmethod(formatos.telefone)
    errado = "Confira o DDD: são os dois primeiros números, e nenhum deles é zero."
    rolante = "tel"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Telefone")
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("type", "tel")

    def limpar(self, texto: str) -> str:
        numeros = super().limpar(texto)
        if texto.startswith("+55") or (numeros.startswith("55") and len(numeros) > 11):
            numeros = numeros[2:]
        return numeros[1:] if numeros.startswith("0") and len(numeros) > 10 else numeros

    def confere(self, limpo: str) -> bool:
        return "0" not in limpo[:2]

    def frase_de_tamanho(self, digitados: int) -> str:
        return f"Escreva o telefone com o DDD: 10 ou 11 números. Você digitou {digitados}."


class CampoDecimal(forms.DecimalField):
    """`1.234,56` as people write it. A dot before three digits is the thousand's, never the cents'."""

    widget = forms.TextInput

    def __init__(self, **opcoes: Any) -> None:
        super().__init__(**opcoes)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = value.replace("R$", "").strip()
            if re.search("[a-z]", value, re.IGNORECASE):
                # Python would read 1e3 as a thousand.
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            if "," in value or re.fullmatch(r"\d{1,3}(\.\d{3})+", value):
                value = value.replace(".", "").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        guardado = isinstance(value, Decimal) or (isinstance(value, str) and re.fullmatch(r"\d+\.\d{2}", value))
        return str(value).replace(".", ",") if guardado else value


class EntradaData(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class CampoData(forms.DateField):
    """A day: the browser's calendar, or d/m/Y typed by hand. `passado`: tomorrow is refused."""

    widget = EntradaData
    input_formats = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d%m%Y")
    # Months are added to days: what is near the end of the calendar would run out of it.
    ano_minimo, ano_maximo = 1900, 2999

    def __init__(self, *, passado: bool = False, **kwargs: Any) -> None:
        self.passado = passado
        kwargs.setdefault("input_formats", self.input_formats)
        super().__init__(**kwargs)
        if passado:
            self.error_messages["futuro"] = "Esta data ainda não chegou. Confira o dia, o mês e o ano."

    def clean(self, value: Any) -> date | None:
        dia = super().clean(value)
        if dia is None:
            return None
        if not self.ano_minimo <= dia.year <= self.ano_maximo:
            raise ValidationError(f"Confira o ano: você escreveu {dia.year}.", code="ano")
        if self.passado and dia > localdate():
            raise ValidationError(self.error_messages["futuro"], code="futuro")
        return dia
