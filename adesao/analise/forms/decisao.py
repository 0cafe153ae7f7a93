"""The decision of the authority, the signatures, the publication."""

from __future__ import annotations

from typing import Any

from django import forms

from act_portal.emissao.forms import campo_declaracao
from act_portal.telas.forms import CampoData, Coluna, Linha
from adesao.analise.forms.base import AtoForm, paragrafo
from adesao.models import Assinatura, Decisao, Formulario
from adesao.papeis.preenchimento import Incompleto, Material


class _DecisaoForm(AtoForm):
    texto = paragrafo("Fundamento", 3000, 4)
    competencia = forms.CharField(
        label="Ato que dá a você competência", max_length=200, help_text="Exemplo: Portaria nº 1, de 05/01/2026."
    )


class AprovarForm(_DecisaoForm):
    rotulo_enviar = "Aprovar"
    condicoes = paragrafo("Condições", 2000, 2, required=False, help_text="Se houver.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parecer = self.processo.decisoes.filter(tipo=Decisao.Tipo.PARECER).order_by("em", "pk").last()
        if parecer:
            self.fields["condicoes"].initial = parecer.condicoes


class IndeferirForm(_DecisaoForm):
    rotulo_enviar = "Não aprovar"


class _AssinadoForm(AtoForm):
    """A PDF that came back signed, and what it says of itself."""

    arquivo = forms.FileField(label="PDF assinado", help_text="Como saiu do assinador, sem imprimir.")
    assinado_em = CampoData(label="Assinado em", passado=True)
    signatario = forms.CharField(label="Quem assinou", max_length=120)
    signatario_cargo = forms.CharField(label="Cargo", max_length=80)
    nivel = forms.ChoiceField(label="Assinatura", choices=Assinatura.Nivel.choices, widget=forms.RadioSelect)
    declaracao = campo_declaracao()

    def leiaute(self) -> list:
        return [
            "arquivo",
            Linha(Coluna("signatario", largura=3), Coluna("signatario_cargo", largura=3)),
            "assinado_em",
            "nivel",
            "declaracao",
        ]


class AssinarMunicipioForm(_AssinadoForm):
    rotulo_enviar = "Enviar assinado"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            municipio = Material(self.processo).formulario(Formulario.Tipo.MUNICIPIO)
        except Incompleto:
            return
        self.fields["signatario"].initial = municipio["rl_nome"]
        self.fields["signatario_cargo"].initial = municipio["rl_cargo"]


class AssinarInssForm(_AssinadoForm):
    rotulo_enviar = "Juntar o acordo assinado"
    conferido_em = CampoData(
        label="Conferido no validador em", passado=True, help_text="As duas assinaturas apareceram como válidas."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aprovacao = self.processo.decisoes.filter(tipo=Decisao.Tipo.APROVACAO).order_by("em", "pk").last()
        if aprovacao:
            self.fields["signatario"].initial = aprovacao.nome
            self.fields["signatario_cargo"].initial = aprovacao.cargo

    def leiaute(self) -> list:
        return [*super().leiaute(), "conferido_em"]


class ConferirAssinaturaForm(AtoForm):
    rotulo_enviar = "A assinatura é válida"
    conferido_em = CampoData(label="Conferido no validador em", passado=True)
    observacao = paragrafo("Observação", 600, 2, required=False, help_text="Se houver.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conferido_em"].initial = self.hoje


class RecusarAssinaturaForm(AtoForm):
    rotulo_enviar = "Devolver para assinar de novo"
    resultado = forms.ChoiceField(
        label="O que o validador disse", choices=Assinatura.Resultado.choices, widget=forms.RadioSelect
    )
    conferido_em = CampoData(label="Conferido no validador em", passado=True)
    observacao = paragrafo("O que o município precisa fazer", 600, 2, help_text="O município lê este texto.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conferido_em"].initial = self.hoje


class PublicarForm(AtoForm):
    rotulo_enviar = "Registrar a publicação"
    dou_data = CampoData(label="Data no Diário Oficial da União", passado=True)
    dou_secao = forms.ChoiceField(label="Seção", choices=[("1", "1"), ("2", "2"), ("3", "3")], initial="3")
    dou_pagina = forms.CharField(label="Página", max_length=10)

    def leiaute(self) -> list:
        return ["dou_data", Linha(Coluna("dou_secao", largura=3), Coluna("dou_pagina", largura=3))]
