"""What a form of a signed paper asks, whichever the app."""

from __future__ import annotations

from django import forms

from act_portal.emissao.assinados import DECLARACAO_MAXIMA


def campo_declaracao() -> forms.CharField:
    return forms.CharField(
        label="Se o portal não reconhecer o arquivo",
        max_length=DECLARACAO_MAXIMA,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Só nesse caso: por que ele é o mesmo papel. Fica guardado com o seu nome.",
    )
