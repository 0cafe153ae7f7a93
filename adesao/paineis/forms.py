"""The filters of the dashboards, kept in the address."""

from __future__ import annotations

from typing import Any

from django import forms

from act_portal.telas.forms import Coluna, FormularioBase, Linha
from act_portal.territorio.models import Balcao, Municipio
from act_portal.territorio.ufs import UFS
from adesao.indicadores.catalogo import indicadores
from adesao.pendencias import NOMES
from adesao.situacoes import Nivel, SituacaoAcordo

MESES = [("3", "3 meses"), ("6", "6 meses"), ("12", "12 meses"), ("24", "24 meses")]
PADRAO = 6


class NumerosForm(FormularioBase, forms.Form):
    rotulo_enviar = "Ver"
    mostrar_opcional = False

    meses = forms.TypedChoiceField(label="Período", choices=MESES, coerce=int, required=False, empty_value=None)
    balcao = forms.TypedChoiceField(label="Balcão", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, municipio: Municipio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        balcoes = Balcao.objects.filter(municipio=municipio).order_by("nome")
        self.fields["balcao"].choices = [("", "Todos"), *((b.pk, b.nome) for b in balcoes)]  # type: ignore[attr-defined]
        self.fields["meses"].initial = str(PADRAO)

    def leiaute(self) -> list:
        return [Linha(Coluna("meses"), Coluna("balcao"))]


class RegiaoForm(FormularioBase, forms.Form):
    rotulo_enviar = "Filtrar"
    mostrar_opcional = False

    uf = forms.ChoiceField(label="UF", choices=[("", "Todas"), *((uf, uf) for uf in sorted(UFS))], required=False)
    situacao = forms.ChoiceField(
        label="Situação",
        choices=[
            ("", "Todas"),
            *((s.value, s.label) for s in SituacaoAcordo if s.vivo or s == SituacaoAcordo.ENCERRADO),
        ],
        required=False,
    )
    indicador = forms.ChoiceField(label="Item do acompanhamento", required=False)
    nivel = forms.ChoiceField(
        label="Como está nele",
        choices=[("", Nivel.IRREGULAR.label), *((n.value, n.label) for n in Nivel if n != Nivel.IRREGULAR)],
        required=False,
    )
    vence = forms.ChoiceField(
        label="Acaba logo ou espera",
        choices=[
            ("", "Tanto faz"),
            ("acordo", "O acordo, em 180 dias"),
            ("acesso", "Acesso ou certificado, em 60 dias"),
            ("notificacao", "Tem notificação aberta"),
            *((espera, nome.capitalize()) for espera, nome in NOMES.items()),
        ],
        required=False,
    )
    busca = forms.CharField(label="Município", max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        itens = [("", "Tanto faz"), *((i.codigo, f"{i.inciso}. {i.nome}") for i in indicadores())]
        self.fields["indicador"].choices = itens  # type: ignore[attr-defined]

    def leiaute(self) -> list:
        return [
            Linha(Coluna("uf"), Coluna("situacao"), Coluna("vence")),
            Linha(Coluna("indicador"), Coluna("nivel"), Coluna("busca", largura=2)),
        ]
