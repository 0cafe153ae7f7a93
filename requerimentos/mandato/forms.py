"""Taking the powers back, and registering a death."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from act_portal.telas.forms import CampoData, FormularioBase, Linha
from requerimentos.papeis.forms import QuemAssinaForm, RogoForm


class RevogarForm(QuemAssinaForm):
    """Who signs the revocation; nothing is asked about why."""

    rotulo_enviar = "Revogar o termo"
    icone_enviar = "papel"

    ciente = forms.BooleanField(
        label="Li para a pessoa o que acontece depois da revogação, e ela confirma",
        error_messages={"required": "Leia com a pessoa o que acontece depois e marque que ela confirmou."},
    )

    def leiaute(self) -> list:
        super().leiaute()
        for campo in ("lido_em_voz_alta", "assistente"):
            self.fields.pop(campo, None)
        self.rotulo_enviar, self.icone_enviar = "Revogar o termo", "papel"
        return ["versao", "quem", "ciente"]

    def escolha(self) -> dict[str, Any]:
        """The arguments of `servicos.revogar` (without the three people of a rogo)."""
        quem = self.cleaned_data["quem"]
        if quem.startswith("rep-"):
            return {"quem": "representante", "representante_id": int(quem.removeprefix("rep-"))}
        return {"quem": quem}


class RogoDaRevogacaoForm(RogoForm):
    """The three people who sign today: perhaps others than those of the term."""

    rotulo_enviar = "Revogar o termo"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"versao": kwargs["requerimento"].versao}, **kwargs)

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
