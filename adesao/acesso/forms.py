"""Forms of the first account of a town."""

from __future__ import annotations

from typing import Any

from django import forms

from act_portal.telas.forms import CampoCNPJ, CampoCPF, CampoTelefone, Coluna, FormularioBase, Linha
from act_portal.territorio.campos import CampoMunicipio
from adesao.emails import problema_do_setor
from adesao.regras import ROTULOS, DonoDoCnpj, problema_do_cnpj, problema_do_dono


class SolicitacaoForm(FormularioBase, forms.Form):
    rotulo_enviar = "Pedir acesso"
    mostrar_opcional = False

    municipio = CampoMunicipio(help_text="Nome e UF, como Serra do Ipê/MG, ou o código IBGE.")
    cnpj = CampoCNPJ(label="CNPJ da prefeitura", help_text="O da matriz. Letras também valem.")
    dono = forms.ChoiceField(
        label="De quem é este CNPJ?",
        choices=[(dono.value, rotulo) for dono, rotulo in ROTULOS.items()],
        widget=forms.RadioSelect(attrs={"class": "opcoes--compacta"}),
    )
    nome = forms.CharField(
        label="Seu nome completo", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    cpf = CampoCPF(label="Seu CPF")
    cargo = forms.CharField(label="Seu cargo na prefeitura", max_length=80)
    email = forms.EmailField(
        label="Seu e-mail de trabalho",
        help_text="Só seu: um e-mail do setor ou da prefeitura não serve.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telefone = CampoTelefone(label="Telefone")

    def leiaute(self) -> list:
        return [
            Linha(Coluna("municipio", largura=3), Coluna("cnpj", largura=3)),
            "dono",
            Linha(Coluna("nome", largura=4), Coluna("cpf")),
            Linha(Coluna("cargo", largura=3), Coluna("telefone", largura=3)),
            "email",
        ]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if problema := problema_do_setor(email):
            raise forms.ValidationError(problema)
        return email

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if (dono := dados.get("dono")) and dono != DonoDoCnpj.PREFEITURA:
            self.add_error("cnpj", problema_do_dono(dono))
        elif (cnpj := dados.get("cnpj")) and (problema := problema_do_cnpj(cnpj)):
            self.add_error("cnpj", problema)
        return dados


class ProvaForm(FormularioBase, forms.Form):
    rotulo_enviar = "Confirmar e mandar ao INSS"
    mostrar_opcional = False

    prova = forms.FileField(
        label="Prova de que você trabalha na prefeitura",
        help_text="Portaria de nomeação, termo de posse ou contracheque. PDF ou foto nítida, até 40 MB.",
    )


class RecusaForm(FormularioBase, forms.Form):
    rotulo_enviar = "Recusar o pedido"
    mostrar_opcional = False

    motivo = forms.CharField(
        label="Por que não pode ser aprovado",
        max_length=600,
        help_text="A pessoa recebe este texto por e-mail.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
