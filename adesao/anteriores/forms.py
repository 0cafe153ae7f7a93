"""What the papers of an agreement of before the portal say."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.http import QueryDict

from act_portal.erros import ErroDeDominio
from act_portal.publicacao import exigir_numero, exigir_pagina, exigir_sei
from act_portal.telas.forms import CampoCEP, CampoCNPJ, CampoData, CampoTelefone, Coluna, Linha
from act_portal.territorio.campos import CampoMunicipio
from act_portal.territorio.models import Balcao
from adesao.analise.forms.base import paragrafo
from adesao.formularios.campos import par, por_grupo_de_servicos, texto
from adesao.formularios.leitura import ler_enviado
from adesao.formularios.longos import FormularioLongo, MunicipioForm
from adesao.models import AcordoAnterior, Formulario, GuardaChuva
from adesao.regras import problema_do_cnpj
from adesao.situacoes import Instrumento, Regime

COLUNAS = (
    "municipio", "instrumento", "guarda_chuva", "regime", "cnpj", "numero", "processo_sei", "assinado_em", "dou_data",
    "dou_secao", "dou_pagina", "inicio", "fim",
)  # fmt: skip
DO_PONTO = ("nome", "endereco", "cep", "telefone", "dias", "horario")


class AnteriorForm(MunicipioForm):
    """The agreement, then the town hall as in any application."""

    rotulo_enviar = "Registrar, para outra pessoa conferir"
    mostrar_opcional = False

    municipio = CampoMunicipio(help_text="Nome e UF, como Serra do Ipê/MG, ou o código IBGE.")
    instrumento = forms.ChoiceField(label="Instrumento", choices=Instrumento.choices)
    guarda_chuva = forms.ModelChoiceField(
        GuardaChuva.objects.all(),
        label="Acordo principal",
        empty_label="Nenhum",
        required=False,
        help_text="Só para o Termo de Adesão.",
    )
    regime = forms.ChoiceField(label="Previdência dos servidores", choices=Regime.choices)
    cnpj = CampoCNPJ(label="CNPJ da prefeitura", help_text="O da matriz, que tem 0001 depois da barra.")
    numero = texto("Número do acordo", 12, help_text="Exemplo: 007/2024.")
    processo_sei = texto("Processo SEI", 30, required=False, help_text="Se houver.")
    assinado_em = CampoData(label="Assinado em", passado=True)
    dou_data = CampoData(label="Data no Diário Oficial da União", passado=True)
    dou_secao = forms.ChoiceField(label="Seção", choices=[("1", "1"), ("2", "2"), ("3", "3")], initial="3")
    dou_pagina = texto("Página", 10, help_text="Só o número.")
    inicio = CampoData(label="Início", passado=True)
    fim = CampoData(label="Fim", help_text="Com as prorrogações já publicadas.")
    arquivo = forms.FileField(label="Acordo assinado", help_text="PDF, com todas as páginas e as assinaturas.")
    ponto_nome = texto("Nome do ponto", 80, required=False)
    ponto_endereco = texto("Endereço do ponto", 200, required=False)
    ponto_cep = CampoCEP(label="CEP do ponto", required=False)
    ponto_telefone = CampoTelefone(label="Telefone do ponto", required=False, help_text="Se houver.")
    ponto_dias = texto("Dias", 60, required=False, help_text="Exemplo: Segunda a sexta.")
    ponto_horario = texto("Horário", 60, required=False, help_text="Exemplo: 8h às 12h e 13h às 17h.")

    def __init__(self, *args: Any, anterior: AcordoAnterior | None = None, **kwargs: Any) -> None:
        """`anterior`: the registration that came back, to be corrected."""
        self.anterior = anterior
        super().__init__(*args, initial=_do_registro(anterior) if anterior else None, **kwargs)
        # Old papers may not name them. The citizen's papers do name who answers for the data: that one is asked.
        self.fields["suplente"].required = False
        self.fields["suplente"].help_text = "Se o acordo não diz, deixe em branco."
        do_encarregado = (
            "Quem responde pela LGPD. Se o acordo não diz, pergunte à prefeitura: sai nos papéis do cidadão."
        )
        self.fields["encarregado"].help_text = do_encarregado
        if anterior:
            self.fields["arquivo"].required = False
            self.fields[
                "arquivo"
            ].help_text = f"Sem outro arquivo, fica o que já foi enviado: {anterior.arquivo.nome_original}."

    def leiaute(self) -> list:
        self.grupos = por_grupo_de_servicos(self, self.anterior.servicos if self.anterior else ())
        return [
            Fieldset(
                "O acordo",
                par("municipio", "cnpj"),
                par("instrumento", "guarda_chuva"),
                Linha(Coluna("numero"), Coluna("processo_sei"), Coluna("regime")),
                Linha(Coluna("assinado_em"), Coluna("inicio"), Coluna("fim")),
                Linha(Coluna("dou_data"), Coluna("dou_secao"), Coluna("dou_pagina")),
                "arquivo",
            ),
            Fieldset("Serviços autorizados", *self.grupos),
            *super().leiaute(),
            Fieldset(
                "Ponto de atendimento, se o município ainda não tem balcão no portal",
                par("ponto_nome", "ponto_endereco"),
                Linha(Coluna("ponto_cep"), Coluna("ponto_telefone"), Coluna("ponto_dias")),
                "ponto_horario",
            ),
        ]

    def clean_cnpj(self) -> str:
        cnpj = self.cleaned_data["cnpj"]
        if problema := problema_do_cnpj(cnpj):
            raise forms.ValidationError(problema)
        return cnpj

    def clean_numero(self) -> str:
        return _como_campo(exigir_numero, self.cleaned_data["numero"])

    def clean_processo_sei(self) -> str:
        numero = self.cleaned_data["processo_sei"]
        return _como_campo(exigir_sei, numero) if numero else ""

    def clean_dou_pagina(self) -> str:
        return _como_campo(exigir_pagina, self.cleaned_data["dou_pagina"])

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("instrumento") != Instrumento.TERMO:
            dados["guarda_chuva"] = None
        elif not dados.get("guarda_chuva"):
            self.add_error("guarda_chuva", "Escolha o acordo principal a que o município aderiu.")
        if not any(dados.get(grupo) for grupo in self.grupos):
            self.add_error(self.grupos[0], "Marque pelo menos um serviço.")
        municipio = dados.get("municipio")
        if municipio and not Balcao.objects.filter(municipio=municipio).exists():
            for nome in DO_PONTO:
                if nome != "telefone" and not dados.get(f"ponto_{nome}"):
                    self.add_error(f"ponto_{nome}", "Este município ainda não tem balcão no portal: preencha.")
        return dados

    def argumentos(self) -> dict[str, Any]:
        """Those of the service."""
        dados = self.cleaned_data
        ponto = {nome: dados[f"ponto_{nome}"] for nome in DO_PONTO} if dados["ponto_nome"] else {}
        assert isinstance(self.data, QueryDict)  # noqa: S101 - it came from the page
        return {
            **{nome: dados[nome] for nome in COLUNAS},
            "servicos": [codigo for grupo in self.grupos for codigo in dados[grupo]],
            "prefeitura": ler_enviado(Formulario.Tipo.MUNICIPIO, self.data),
            "ponto": ponto,
        }


def _como_campo(exigir: Any, texto: str) -> str:
    try:
        return str(exigir(texto))
    except ErroDeDominio as erro:
        raise forms.ValidationError(str(erro)) from erro


def _do_registro(anterior: AcordoAnterior) -> dict[str, Any]:
    ponto = {f"ponto_{nome}": valor for nome, valor in anterior.ponto.items()}
    return {**anterior.prefeitura, **ponto, **{nome: getattr(anterior, nome) for nome in COLUNAS}}


class DevolverForm(FormularioLongo):
    rotulo_enviar = "Devolver para corrigir"
    mostrar_opcional = False
    motivo = paragrafo("O que está diferente do papel", 600, 3)
