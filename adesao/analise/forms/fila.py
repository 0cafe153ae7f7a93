"""The filters of the queue, kept in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from act_portal.telas.forms import Coluna, FormularioBase, Linha
from act_portal.territorio.models import UnidadeInss
from adesao.analise.consultas import IDADES
from adesao.situacoes import Situacao

ETAPAS = [
    ("", "Com o INSS"),
    ("municipio", "Com o município"),
    *((s.value, s.label) for s in Situacao if s != Situacao.RASCUNHO),
    ("todas", "Todas"),
]


class FilaForm(FormularioBase, forms.Form):
    rotulo_enviar = "Filtrar"
    mostrar_opcional = False

    etapa = forms.ChoiceField(label="Etapa", choices=ETAPAS, required=False)
    de_quem = forms.ChoiceField(
        label="De quem",
        choices=[("", "De todos"), ("meus", "Meus"), ("leituras", "Para eu ler"), ("livres", "De ninguém")],
        required=False,
    )
    unidade = forms.ChoiceField(label="Unidade", required=False)
    idade = forms.ChoiceField(
        label="Na etapa há",
        choices=[("", "Tanto faz"), *((i.codigo, i.nome.capitalize()) for i in IDADES)],
        required=False,
    )
    busca = forms.CharField(label="Município", max_length=80, required=False)

    def __init__(self, *args: Any, unidades: QuerySet[UnidadeInss], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        escolhas = [("", "Todas"), *((str(u.pk), u.nome) for u in unidades)]
        self.fields["unidade"].choices = escolhas  # type: ignore[attr-defined]

    def leiaute(self) -> list:
        return [
            Linha(Coluna("etapa"), Coluna("de_quem"), Coluna("unidade")),
            Linha(Coluna("idade"), Coluna("busca", largura=2)),
        ]
