"""What decides what is asked: instrument, regime and CNPJ."""

from __future__ import annotations

from typing import Any

from django import forms

from act_portal.telas.forms import CampoCNPJ, FormularioBase
from adesao.models import GuardaChuva
from adesao.regras import problema_do_cnpj
from adesao.situacoes import Instrumento, Regime


class TipoForm(FormularioBase, forms.Form):
    rotulo_enviar = "Começar"

    instrumento = forms.ChoiceField(
        label="O que o município quer assinar", choices=Instrumento.choices, widget=forms.RadioSelect
    )
    guarda_chuva = forms.ModelChoiceField(
        GuardaChuva.objects.none(),
        label="Acordo principal",
        required=False,
        help_text="Só para o Termo de Adesão: o acordo da associação ou confederação.",
    )
    regime = forms.ChoiceField(
        label="Previdência dos servidores do município", choices=Regime.choices, widget=forms.RadioSelect
    )
    cnpj = CampoCNPJ(label="CNPJ da prefeitura", help_text="O da matriz, que tem 0001 depois da barra.")

    def __init__(self, *args: Any, uf: str, hoje: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nome, notas in NOTAS.items():
            self.fields[nome].notas = notas  # type: ignore[attr-defined] # shown under each option
        vigentes = GuardaChuva.objects.filter(inicio__lte=hoje, fim__gte=hoje)
        aqui = [g.pk for g in vigentes if not g.ufs or uf in g.ufs.split()]
        self.fields["guarda_chuva"].queryset = vigentes.filter(pk__in=aqui)  # type: ignore[attr-defined]

    def clean_cnpj(self) -> str:
        cnpj = self.cleaned_data["cnpj"]
        if problema := problema_do_cnpj(cnpj):
            raise forms.ValidationError(problema)
        return cnpj

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("instrumento") == Instrumento.TERMO:
            if not dados.get("guarda_chuva") and "guarda_chuva" not in self.errors:
                self.add_error("guarda_chuva", "Escolha o acordo principal a que o município adere.")
        else:
            dados["guarda_chuva"] = None
        return dados


NOTAS = {
    "instrumento": {
        "act": "O caso comum: município e INSS assinam direto.",
        "termo_adesao": "Quando uma associação ou confederação já assinou um acordo com o INSS.",
        "acordo_cooperacao": "Para entidade que não é da administração pública direta.",
    },
    "regime": {
        "rgps": "Todos os servidores contribuem para o INSS. O INSS vai pedir a CND ou a CPEND.",
        "rpps": "O município tem instituto ou fundo próprio. O INSS vai pedir o CRP.",
        "rpps_extincao": "O regime próprio acabou, mas ainda paga quem já tinha direito. O INSS vai pedir o CRP.",
    },
}
