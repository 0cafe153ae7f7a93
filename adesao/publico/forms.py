"""The questions of "Posso aderir?". They travel in the address: no name, no document, nothing about a person."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Fieldset
from django import forms

from act_portal.telas.forms import CampoData, Coluna, FormularioBase, Linha
from act_portal.territorio.campos import CampoMunicipio
from act_portal.territorio.models import Municipio
from adesao.checklist.catalogo import checklist
from adesao.publico.autoavaliacao import Respostas
from adesao.situacoes import Regime

SIM_NAO = [("sim", "Sim"), ("nao", "Ainda não")]
LADO_A_LADO = "opcoes--compacta opcoes--lado"


def especies_de_certidao() -> list[tuple[str, str]]:
    item = checklist().requisito("regularidade-federal")
    return [(especie.codigo, especie.nome) for especie in item.especies] if item else []


class Escolha(forms.ChoiceField):
    """One of few, all in sight; nothing is chosen beforehand."""

    widget = forms.RadioSelect

    def __init__(self, opcoes: list[tuple[str, str]], *, lado: bool = True, **kwargs: Any) -> None:
        super().__init__(choices=opcoes, **kwargs)
        self.widget.attrs["class"] = LADO_A_LADO if lado else "opcoes--compacta"


class PossoAderirForm(FormularioBase, forms.Form):
    rotulo_enviar = "Ver a minha lista"
    icone_enviar = "certo"
    mostrar_opcional = False

    municipio = CampoMunicipio(
        required=False, help_text="Nome e UF, como Serra do Ipê/MG. Só para dizer com quem falar no INSS."
    )
    regime = Escolha(
        [*Regime.choices, ("nao_sei", "Não sei")], lado=False, label="Qual é a previdência dos servidores efetivos?"
    )
    oficio = Escolha(SIM_NAO, label="O ofício de manifestação de interesse está escrito?")
    lei_criacao = Escolha(SIM_NAO, label="A lei que criou o município está à mão?")
    quem_assina = Escolha(
        [("prefeito", "A prefeita ou o prefeito"), ("outra", "Outra pessoa"), ("nao_sei", "Não sei")],
        label="Quem assina o acordo pelo município?",
    )
    poderes = Escolha(
        SIM_NAO,
        label="O documento que dá poderes a quem assina está à mão?",
        help_text="Como o diploma da Justiça Eleitoral ou o termo de posse.",
    )
    documento = Escolha(SIM_NAO, label="E o documento pessoal de quem assina?")
    crp = Escolha(
        [*SIM_NAO, ("nao_sei", "Não sei")],
        required=False,
        label="Há CRP à mão?",
        help_text="Certificado de Regularidade Previdenciária. Só de quem tem regime próprio.",
    )
    crp_fim = CampoData(required=False, label="O CRP vale até")
    certidao = Escolha(
        [], lado=False,
        label="Qual certidão de débitos federais o município tem?",
        help_text="É a do CNPJ da prefeitura, tirada no site da Receita Federal.",
    )  # fmt: skip
    certidao_fim = CampoData(required=False, label="A certidão vale até")
    minuta = Escolha(SIM_NAO, label="A minuta do acordo e o plano de trabalho foram lidos e aceitos?")
    sala = Escolha([("pronta", "Sim"), ("prevista", "Prevista"), ("nao", "Ainda não")], label="Há sala para atender?")
    equipamentos = forms.MultipleChoiceField(
        label="O que a sala já tem?",
        choices=[("computador", "Computador"), ("digitalizador", "Digitalizador"), ("impressora", "Impressora")],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "opcoes--compacta"}),
        required=False,
    )
    internet = Escolha(SIM_NAO, label="Há internet na sala?")
    acessibilidade = Escolha(
        [("sim", "Sim"), ("parcial", "Em parte"), ("nao", "Ainda não")],
        label="Quem usa cadeira de rodas entra sem ajuda?",
    )
    servidores = forms.IntegerField(
        label="Quantos servidores efetivos podem atender?", min_value=0, max_value=99, widget=forms.NumberInput
    )
    emails = Escolha(SIM_NAO, label="Cada um tem um e-mail que só ele abre?")
    curso = Escolha(SIM_NAO, label="Eles terão tempo para o curso on-line do INSS?")

    def leiaute(self) -> list:
        certidao: Any = self.fields["certidao"]
        certidao.choices = [*especies_de_certidao(), ("nao", "Nenhuma, ou não sei")]
        return [
            Fieldset("O município", "municipio", "regime"),
            Fieldset(
                "Documentos",
                Linha(Coluna("oficio", largura=3), Coluna("lei_criacao", largura=3)),
                "quem_assina",
                Linha(Coluna("poderes", largura=3), Coluna("documento", largura=3)),
                Linha(Coluna("crp", largura=4), Coluna("crp_fim", largura=2)),
                Linha(Coluna("certidao", largura=4), Coluna("certidao_fim", largura=2)),
                "minuta",
            ),
            Fieldset(
                "Sala e equipamentos",
                "sala",
                "equipamentos",
                Linha(Coluna("internet", largura=3), Coluna("acessibilidade", largura=3)),
            ),
            Fieldset(
                "Pessoas que vão atender",
                Linha(Coluna("servidores", largura=3)),
                Linha(Coluna("emails", largura=3), Coluna("curso", largura=3)),
            ),
        ]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("regime") not in {None, "", Regime.RGPS} and not dados.get("crp") and "crp" not in self.errors:
            self.add_error("crp", "Diga se há CRP. Na dúvida, escolha “Não sei”.")
        return dados

    def respostas(self) -> Respostas:
        """The cleaned answers as JSON values."""
        return cast(Respostas, {nome: _json(valor) for nome, valor in self.cleaned_data.items()})


def _json(valor: Any) -> Any:
    if isinstance(valor, Municipio):
        return valor.pk
    return valor.isoformat() if isinstance(valor, date) else "" if valor is None else valor
