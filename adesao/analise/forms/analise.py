"""Distribution, return, opinion, corrections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from act_portal.contas.models import Usuario
from act_portal.telas.forms import CampoData
from act_portal.territorio.models import UnidadeInss
from adesao.analise.consultas import colegas, ultima_leitura, unidades_para
from adesao.analise.forms.base import AtoForm, paragrafo
from adesao.checklist.catalogo import parametro
from adesao.formularios.campos import por_grupo_de_servicos
from adesao.models import Decisao, ServicoAutorizado
from adesao.situacoes import Regime


class TomarForm(AtoForm):
    rotulo_enviar = "Tomar"


class PessoaField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.cargo}" if obj.cargo else str(obj)


class RepassarForm(AtoForm):
    rotulo_enviar = "Passar"
    para = PessoaField(Usuario.objects.none(), label="Para quem", required=False, empty_label="Ninguém: volta à fila")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outros = colegas(self.processo).exclude(pk=self.processo.responsavel_id or 0)
        self.fields["para"].queryset = outros  # type: ignore[attr-defined]


class EncaminharForm(AtoForm):
    rotulo_enviar = "Mandar à outra unidade"
    unidade = forms.ModelChoiceField(UnidadeInss.objects.none(), label="Unidade", empty_label="Escolha")
    motivo = paragrafo("Por quê", 600, 2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unidade"].queryset = unidades_para(self.processo)  # type: ignore[attr-defined]


class PedirLeituraForm(AtoForm):
    rotulo_enviar = "Pedir a leitura"
    leitor = PessoaField(Usuario.objects.none(), label="Quem lê", empty_label="Escolha")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leitor"].queryset = colegas(self.processo).exclude(pk=self.usuario.pk)  # type: ignore[attr-defined]


class LerForm(AtoForm):
    rotulo_enviar = "Guardar a leitura"
    concorda = forms.TypedChoiceField(
        label="O que você achou",
        choices=[("sim", "Concordo com a conferência"), ("nao", "Não concordo")],
        coerce=lambda valor: valor == "sim",
        widget=forms.RadioSelect,
    )
    observacao = paragrafo("Observação", 1000, required=False, help_text="Se não concorda, diga com o quê.")


class DispensarLeituraForm(AtoForm):
    rotulo_enviar = "Seguir sem a leitura"


class PedirDocumentoForm(AtoForm):
    rotulo_enviar = "Pedir o documento"
    codigo = forms.ChoiceField(label="Documento", required=False)
    nome = forms.CharField(label="Outro documento", max_length=160, required=False)
    motivo = paragrafo("Por que é preciso", 600, 2, help_text="O município lê este texto.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ja_pedidos = set(self.processo.itens.values_list("codigo", flat=True))
        possiveis = [
            (r.codigo, r.nome)
            for r in self.processo.checklist.checklist.requisitos
            if r.sob_pedido and r.codigo not in ja_pedidos and r.vigente(self.hoje)
        ]
        self.fields["codigo"].choices = [("", "Outro, escrito abaixo"), *possiveis]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if not dados.get("codigo") and not dados.get("nome"):
            self.add_error("nome", "Escolha um documento da lista ou escreva o nome de outro.")
        return dados


class RegimeForm(AtoForm):
    rotulo_enviar = "Corrigir"
    regime = forms.ChoiceField(label="Previdência dos servidores", choices=Regime.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime"].initial = self.processo.regime


class ServicosForm(AtoForm):
    """Which services the agreement will have, or has."""

    rotulo_enviar = "Guardar a lista"
    texto = paragrafo("Por que a lista muda", 300, 2, help_text="O município lê este texto.")

    def atuais(self) -> list[str]:
        return self.processo.servicos

    def leiaute(self) -> list:
        self.grupos = por_grupo_de_servicos(self, self.atuais())
        return [*self.grupos, "texto"]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        return {
            "servicos": [codigo for grupo in self.grupos for codigo in dados.get(grupo, [])],
            "texto": dados.get("texto", ""),
        }


class ServicosDoAcordoForm(ServicosForm):
    def atuais(self) -> list[str]:
        vivos = ServicoAutorizado.objects.filter(acordo__processo=self.processo, ate__isnull=True)
        return list(vivos.values_list("codigo", flat=True))


class SeiForm(AtoForm):
    rotulo_enviar = "Guardar o número"
    numero = forms.CharField(label="Processo no SEI", max_length=30, help_text="Exemplo: 35014.000000/2026-00.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numero"].initial = self.processo.processo_sei


class DevolverForm(AtoForm):
    rotulo_enviar = "Devolver ao município"
    prazo = CampoData(
        label="Até quando responder", help_text="É uma sugestão: nada se cancela sozinho quando ela passa."
    )
    recado = paragrafo(
        "Recado ao município", 1000, 2, required=False, help_text="Se houver. Cada item já leva o seu motivo."
    )
    parcial = forms.BooleanField(label="Devolver mesmo com itens por conferir", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dias = parametro("prazo_pendencia_dias", self.hoje).valor
        self.fields["prazo"].initial = self.hoje + timedelta(days=dias)


class ParecerForm(AtoForm):
    rotulo_enviar = "Dar o parecer"
    conclusao = forms.ChoiceField(label="Conclusão", choices=Decisao.Conclusao.choices, widget=forms.RadioSelect)
    texto = paragrafo(
        "Análise", 6000, 6, help_text="Interesse das duas partes, estrutura, serviços, proteção de dados e riscos."
    )
    condicoes = paragrafo("Condições", 2000, 2, required=False, help_text="Só no parecer com condição.")
    resposta = paragrafo("Resposta à segunda leitura", 1000, 2, required=False)

    def leiaute(self) -> list:
        # Before the layout is made: it names every field that is still there.
        leitura = ultima_leitura(self.processo)
        if leitura is not None and leitura.concorda is False:
            self.fields["resposta"].help_text = f"{leitura.leitor} não concordou: {leitura.observacao}"
        else:
            del self.fields["resposta"]
        return super().leiaute()


class TextoForm(AtoForm):
    """One reason, and the act."""

    rotulo = "Por quê"

    def leiaute(self) -> list:
        self.fields["texto"] = paragrafo(self.rotulo, 1000, 3, help_text="O município lê este texto.")
        return ["texto"]


class ArquivarForm(TextoForm):
    rotulo_enviar = "Arquivar"
    rotulo = "Por que o pedido é arquivado"


class DesarquivarForm(TextoForm):
    rotulo_enviar = "Desarquivar"
    rotulo = "Por que o pedido é desarquivado"


class RetomarForm(TextoForm):
    rotulo_enviar = "Voltar à análise"
    rotulo = "Por que o pedido volta à análise"


class ReconsiderarForm(TextoForm):
    rotulo_enviar = "Reconsiderar"
    rotulo = "Por que a decisão é reconsiderada"


class ExportarForm(AtoForm):
    rotulo_enviar = "Preparar o pacote"
