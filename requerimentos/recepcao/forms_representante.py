"""Who acts for the person, in two steps: first the kind, then only what that kind must prove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from act_portal.telas.formatos import no_meio_da_frase
from act_portal.telas.forms import CampoCPF, CampoData, CampoTelefone, Coluna, FormularioBase, Linha
from requerimentos.demanda.forms import CampoSimNao
from requerimentos.models import Representante

Tipo = Representante.Tipo
DA_DECISAO = ("titulo_data", "processo", "juizo", "validade")
DA_PROCURACAO = (
    "titulo_data", "procuracao_forma", "procuracao_cartorio", "validade", "procuracao_substabelece", "procuracao_oab",
)  # fmt: skip


@dataclass(frozen=True)
class Prova:
    """What one kind of representative shows: the paper, the fields asked, and those that may not be missing."""

    papel: str
    campos: tuple[str, ...] = ()
    exige: tuple[str, ...] = ()


PROVAS: dict[str, Prova] = {
    Tipo.PAI_MAE: Prova("Certidão de nascimento ou documento do filho com o nome do pai ou da mãe"),
    Tipo.TUTOR: Prova("Termo de tutela", DA_DECISAO, ("titulo_data", "processo", "juizo")),
    Tipo.CURADOR: Prova("Termo de curatela", (*DA_DECISAO, "limites"), ("titulo_data", "processo", "juizo", "limites")),
    Tipo.GUARDIAO: Prova("Termo de guarda", DA_DECISAO, ("titulo_data", "processo", "juizo")),
    Tipo.ADM_PROVISORIO: Prova(
        "Declaração de administração provisória",
        ("parentesco", "titulo_data", "validade", "processo"),
        ("titulo_data", "validade", "parentesco"),
    ),
    Tipo.DIRIGENTE: Prova("Declaração de acolhimento", ("titulo_data", "validade")),
    Tipo.PROCURADOR: Prova("Procuração", DA_PROCURACAO, ("titulo_data", "procuracao_forma", "procuracao_substabelece")),
}


class TipoDeRepresentanteForm(FormularioBase, forms.Form):
    """The first step. It travels by GET: a kind is no personal data."""

    rotulo_enviar = "Continuar"

    tipo = forms.ChoiceField(label="Quem vai agir por ela?", choices=Tipo.choices, widget=forms.RadioSelect)

    def leiaute(self) -> list:
        tipo: Any = self.fields["tipo"]
        tipo.notas = {valor: f"Traz: {prova.papel[0].lower()}{prova.papel[1:]}." for valor, prova in PROVAS.items()}
        return ["tipo"]


class RepresentanteForm(FormularioBase, forms.ModelForm):
    """The second step, with the fields of one kind only. `hoje` is the day in the município."""

    rotulo_enviar = "Salvar quem representa"

    cpf = CampoCPF(label="CPF de quem representa")
    telefone = CampoTelefone(required=False)
    titulo_data = CampoData(passado=True, required=False, label="Data do documento")
    validade = CampoData(required=False, label="Válido até")
    procuracao_substabelece = CampoSimNao(label="A procuração deixa passar os poderes adiante (substabelecer)?")

    class Meta:
        model = Representante
        fields = [
            "nome", "cpf", "documento", "endereco", "telefone", "titulo", "titulo_data", "processo", "juizo",
            "validade", "limites", "parentesco", "procuracao_forma", "procuracao_cartorio",
            "procuracao_substabelece", "procuracao_oab",
        ]  # fmt: skip
        labels = {"documento": "Documento (tipo e número)"}
        widgets = {"limites": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "limites": "O que a decisão permite ao curador fazer.",
            "parentesco": "O que é da pessoa: filha, irmão, companheira…",
        }

    def __init__(self, *args: Any, tipo: str, hoje: date, **kwargs: Any) -> None:
        self.tipo, self.hoje, self.prova = tipo, hoje, PROVAS[tipo]
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        fora = {"nome", "cpf", "documento", "endereco", "telefone", "titulo", *self.prova.campos}
        for campo in set(self.fields) - fora:
            del self.fields[campo]
        for campo in self.prova.exige:
            # Told to the eye only; the sentence of `clean` says why.
            self.fields[campo].required = campo != "procuracao_substabelece"
        if not self.instance.pk:
            self.fields[
                "titulo"
            ].help_text = f"Escreva o que foi mostrado. Em geral: {no_meio_da_frase(self.prova.papel)}."
        else:
            self.fields["cpf"].disabled = True
        pares = [self.prova.campos[i : i + 3] for i in range(0, len(self.prova.campos), 3)]
        return [
            Fieldset(
                "Quem representa",
                Linha(Coluna("nome", largura=4), "cpf"),
                Linha("documento", "telefone", "endereco"),
            ),
            Fieldset("O que prova", "titulo", *[Linha(*par) for par in pares]),
        ]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        for campo in self.prova.exige:
            if dados.get(campo) in (None, "") and campo not in self.errors:
                self.add_error(campo, "Responda: faz parte da prova desta representação.")
        validade = dados.get("validade")
        if validade and validade < self.hoje:
            self.add_error("validade", "Este documento já venceu. Peça um novo à pessoa.")
        return {**dados, "tipo": self.tipo}
