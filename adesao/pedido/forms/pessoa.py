"""Somebody whom the town indicates."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from act_portal.telas.forms import CampoCPF, CampoTelefone, FormularioBase
from adesao.formularios.campos import par, sim_nao
from adesao.models import Representante


class RepresentanteForm(FormularioBase, forms.ModelForm):
    rotulo_enviar = "Salvar a pessoa"

    versao = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cpf = CampoCPF(label="CPF")
    celular = CampoTelefone(label="Celular", required=False)
    acesso_em_outra = sim_nao("Já tem acesso aos sistemas do INSS por outra entidade?")

    class Meta:
        model = Representante
        fields = [
            "nome", "nome_social", "cpf", "nacionalidade", "matricula", "cargo", "vinculo", "lotacao", "papel", "email",
            "celular", "ponto",
        ]  # fmt: skip
        widgets = {"papel": forms.RadioSelect, "vinculo": forms.RadioSelect(attrs={"class": "opcoes--lado"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pessoa: Representante = kwargs["instance"]
        if pessoa.pk:
            inicial = {"versao": pessoa.versao, "acesso_em_outra": "sim" if pessoa.acesso_em_outra else "nao"}
            kwargs["initial"] = {**inicial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["ponto"].queryset = pessoa.processo.pontos.vivos()  # type: ignore[attr-defined]
        self.fields["nacionalidade"].required = True
        self.fields["nacionalidade"].help_text = "Como “brasileira”. Vai no termo de sigilo (TCMS)."
        self.fields["email"].help_text = "Só desta pessoa. O INSS manda a senha para ele."
        # A blank choice of radios would look like one more answer.
        for nome in ("papel", "vinculo"):
            campo = self.fields[nome]
            campo.choices = [opcao for opcao in campo.choices if opcao[0]]  # type: ignore[attr-defined]

    def leiaute(self) -> list:
        return [
            "versao",
            Fieldset(
                "A pessoa", par("nome", "nome_social"), par("cpf", "email"), par("celular", "nacionalidade"), "ponto"
            ),
            Fieldset("Na prefeitura", par("cargo", "matricula"), "lotacao", "vinculo"),
            Fieldset("No acordo", "papel", "acesso_em_outra"),
        ]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_acesso_em_outra(self) -> bool:
        return self.cleaned_data["acesso_em_outra"] == "sim"
