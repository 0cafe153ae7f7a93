"""Taking the powers back, and registering a death."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from act_portal.telas.formatos import no_meio_da_frase
from act_portal.telas.forms import CampoData, FormularioBase, Linha
from requerimentos.mandato.consultas import Ato
from requerimentos.papeis.forms import QuemAssinaForm, RogoForm

TUDO = "total"
ALCANCES = [(TUDO, "O termo inteiro"), *((ato.value, f"Só isto: {no_meio_da_frase(ato.label)}") for ato in Ato)]


def ato_de(alcance: str) -> Ato | None:
    """The act of a chosen reach; None is the whole term."""
    return None if alcance == TUDO else Ato(alcance)


class RevogarForm(QuemAssinaForm):
    """What is taken back and who signs it; nothing is asked about why. `revogaveis`: the acts that may go alone."""

    rotulo_enviar = "Revogar"
    icone_enviar = "papel"

    alcance = forms.ChoiceField(
        label="O que a pessoa quer revogar?",
        choices=ALCANCES,
        widget=forms.RadioSelect,
        error_messages={"required": "Pergunte à pessoa se é o termo inteiro ou só uma parte."},
    )
    ciente = forms.BooleanField(
        label="Li para a pessoa o que acontece depois da revogação, e ela confirma",
        error_messages={"required": "Leia com a pessoa o que acontece depois e marque que ela confirmou."},
    )

    def __init__(self, *args: Any, revogaveis: list[Ato], **kwargs: Any) -> None:
        self.revogaveis = revogaveis
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        super().leiaute()
        for campo in ("lido_em_voz_alta", "assistente"):
            self.fields.pop(campo, None)
        self.rotulo_enviar, self.icone_enviar = "Revogar", "papel"
        alcance: Any = self.fields["alcance"]
        alcance.choices = [(valor, texto) for valor, texto in ALCANCES if valor == TUDO or valor in self.revogaveis]
        if not self.revogaveis:
            # One choice only is no question.
            alcance.widget, self.initial["alcance"] = forms.HiddenInput(), TUDO
        return ["versao", "alcance", "quem", "ciente"]

    def escolha(self) -> dict[str, Any]:
        """The arguments of `servicos.revogar` (without the three people of a rogo)."""
        quem = self.cleaned_data["quem"]
        if quem.startswith("rep-"):
            return {"quem": "representante", "representante_id": int(quem.removeprefix("rep-"))}
        return {"quem": quem}


class RogoDaRevogacaoForm(RogoForm):
    """The three people who sign today: perhaps others than those of the term. `alcance`: what was chosen before."""

    rotulo_enviar = "Revogar"

    alcance = forms.ChoiceField(choices=ALCANCES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, alcance: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"versao": kwargs["requerimento"].versao, "alcance": alcance}, **kwargs)

    def leiaute(self) -> list:
        return ["alcance", *super().leiaute()]

    def escolha(self) -> dict[str, Any]:
        return {chave: valor for chave, valor in super().escolha().items() if chave != "versao"}


class RenunciarForm(FormularioBase, forms.Form):
    rotulo_enviar = "Renunciar"

    motivo = forms.CharField(label="Por que o município renuncia?", max_length=280)
    ciente = forms.BooleanField(
        label="A pessoa foi avisada e sabe dos prazos que correm",
        error_messages={"required": "Avise a pessoa antes: ela precisa de tempo para achar outra ajuda."},
    )


class ObitoForm(FormularioBase, forms.Form):
    rotulo_enviar = "Registrar o óbito"

    em = CampoData(passado=True, label="Data do óbito")
    documento = forms.CharField(
        label="Certidão de óbito",
        max_length=120,
        help_text="A matrícula de 32 números, ou o cartório, o livro e a folha.",
    )
    ciente = forms.BooleanField(
        label="Conferi a certidão, o nome e o CPF",
        error_messages={"required": "Confira a certidão com o cadastro antes de registrar."},
    )

    def __init__(self, *args: Any, hoje: date, **kwargs: Any) -> None:
        self.hoje = hoje
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        return [Linha("em", "documento"), "ciente"]


class DesfazerObitoForm(FormularioBase, forms.Form):
    rotulo_enviar = "Desfazer o registro"

    motivo = forms.CharField(label="Por que o registro estava errado?", max_length=300)
