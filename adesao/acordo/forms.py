"""The form of each act on an agreement."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from act_portal.emissao.forms import campo_declaracao
from act_portal.telas.forms import CampoData, FormularioBase
from act_portal.territorio.consultas import hoje_em
from adesao.acordo.resultados import em_aberto
from adesao.acordo.servicos.notificacao import o_que_se_mediu
from adesao.acordo.servicos.prorrogacao import o_que_pende
from adesao.analise.forms.base import paragrafo
from adesao.checklist.catalogo import parametro
from adesao.formularios.campos import sim_nao
from adesao.indicadores.catalogo import conferiveis, conferivel, indicadores
from adesao.models import Acordo, Encerramento, Ponto
from adesao.situacoes import SituacaoComprovacao, SituacaoEncerramento, SituacaoNotificacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class AtoDoAcordoForm(FormularioBase, forms.Form):
    """`prefixo`: several stand on one page, and each needs ids of its own."""

    mostrar_opcional = False

    def __init__(self, *args: Any, acordo: Acordo, usuario: Usuario, prefixo: str = "", **kwargs: Any) -> None:
        self.acordo, self.usuario = acordo, usuario
        self.hoje = hoje_em(acordo.municipio)
        kwargs.setdefault("auto_id", f"{prefixo or 'id'}_%s")
        super().__init__(*args, **kwargs)


class ConfirmarPontoForm(AtoDoAcordoForm):
    rotulo_enviar = "Confirmar a estrutura"
    ponto = forms.ModelChoiceField(label="Ponto", queryset=Ponto.objects.none())
    em = CampoData(label="Conferido em", passado=True)
    texto = paragrafo("Como foi conferida", 600, 2, help_text="Exemplo: visita, fotos, videochamada.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pontos = self.acordo.processo.pontos.vivos().filter(confirmado_em__isnull=True)
        campo = self.fields["ponto"]
        assert isinstance(campo, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        campo.queryset = pontos
        if len(pontos) == 1:
            campo.initial = pontos[0]
        self.fields["em"].initial = self.hoje


COMPETENCIA = "Ato que dá a você competência"


def _competencia() -> forms.CharField:
    return forms.CharField(label=COMPETENCIA, max_length=200, help_text="Exemplo: Portaria nº 1, de 05/01/2026.")


class NotificarForm(AtoDoAcordoForm):
    rotulo_enviar = "Notificar o município"
    indicadores_falhos = forms.MultipleChoiceField(label="O que falhou", widget=forms.CheckboxSelectMultiple)
    fatos = paragrafo(
        "O que mais foi verificado", 2000, 4, required=False,
        help_text="O que o portal mediu dos itens marcados entra sozinho. Diga o período e de onde vem a informação.",
    )  # fmt: skip
    providencias = paragrafo("O que se pede", 2000, 2)
    prazo = CampoData(label="Prazo para resolver ou responder")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["indicadores_falhos"]
        assert isinstance(campo, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        campo.choices = [(i.codigo, f"{i.inciso}. {i.nome}") for i in indicadores()]
        medidos = o_que_se_mediu(self.acordo)
        campo.initial = list(medidos)
        campo.notas = medidos  # type: ignore[attr-defined] # shown under each option
        self.fields["prazo"].initial = self.hoje + timedelta(days=parametro("prazo_regularizar_dias", self.hoje).valor)


class _DaNotificacaoForm(AtoDoAcordoForm):
    """`estados`: those of the notices that the act is for."""

    estados: tuple[SituacaoNotificacao, ...] = ()
    notificacao = forms.TypedChoiceField(label="Notificação", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["notificacao"]
        assert isinstance(campo, forms.TypedChoiceField)  # noqa: S101 - for the type checker
        campo.choices = [(n.pk, str(n)) for n in self.acordo.notificacoes.filter(situacao__in=self.estados)]


class ResponderForm(_DaNotificacaoForm):
    rotulo_enviar = "Enviar a resposta"
    estados = (SituacaoNotificacao.EMITIDA,)
    texto = paragrafo("Resposta", 3000, 4)
    arquivo = forms.FileField(label="Documento", required=False, help_text="Se houver.")


class AvaliarForm(_DaNotificacaoForm):
    rotulo_enviar = "Guardar a avaliação"
    estados = (SituacaoNotificacao.EMITIDA, SituacaoNotificacao.RESPONDIDA, SituacaoNotificacao.NAO_ACOLHIDA)
    resolvida = sim_nao("A falha foi resolvida?")
    texto = paragrafo("Avaliação", 2000, 3)

    def clean_resolvida(self) -> bool:
        return self.cleaned_data["resolvida"] == "sim"


class CancelarNotificacaoForm(_DaNotificacaoForm):
    rotulo_enviar = "Cancelar a notificação"
    estados = (SituacaoNotificacao.EMITIDA, SituacaoNotificacao.RESPONDIDA)
    texto = paragrafo("Motivo", 1000, 2, help_text="O município lê este texto.")


class ReintegrarForm(AtoDoAcordoForm):
    rotulo_enviar = "Reintegrar"
    texto = paragrafo("Motivo", 1000, 2)
    competencia = _competencia()


class SuspenderForm(AtoDoAcordoForm):
    rotulo_enviar = "Suspender"
    texto = paragrafo("Motivo", 1000, 3, help_text="O município lê este texto.")
    competencia = _competencia()
    cautelar = forms.BooleanField(
        label="É um risco que não pode esperar a notificação", required=False, help_text="Explique o risco no motivo."
    )


class RescindirForm(AtoDoAcordoForm):
    rotulo_enviar = "Rescindir o acordo"
    texto = paragrafo("Motivo", 1000, 3)
    competencia = _competencia()


class DenunciarForm(AtoDoAcordoForm):
    rotulo_enviar = "Denunciar o acordo"
    termina_em = CampoData(label="Último dia do acordo")
    texto = paragrafo("Motivo", 1000, 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dias = parametro("aviso_denuncia_dias", self.hoje).valor
        self.fields["termina_em"].initial = self.hoje + timedelta(days=dias)
        sem_novos = parametro("dias_sem_novos", self.hoje).valor
        self.fields["termina_em"].help_text = (
            f"O aviso é de pelo menos {dias} dias. Nos últimos {sem_novos}, o balcão não abre pedidos novos "
            "(conferir norma vigente)."
        )


class MotivoForm(AtoDoAcordoForm):
    rotulo_enviar = "Confirmar"
    texto = paragrafo("Motivo", 1000, 2)


class PedirProrrogacaoForm(AtoDoAcordoForm):
    rotulo_enviar = "Pedir a prorrogação"
    meses = forms.IntegerField(label="Por quantos meses", min_value=1, max_value=60)
    justificativa = paragrafo("Por que o acordo deve continuar", 2000, 3)


class DecidirProrrogacaoForm(AtoDoAcordoForm):
    rotulo_enviar = "Guardar a decisão"
    aprova = sim_nao("Aprovar a prorrogação?")
    texto = paragrafo("Fundamento", 2000, 3)
    competencia = _competencia()
    apesar = paragrafo("Por que aprovar assim mesmo", 1000, 2, required=False)

    def leiaute(self) -> list:
        # Before the layout is made: it names every field that is still there.
        if pendencias := o_que_pende(self.acordo):
            self.fields["apesar"].help_text = pendencias
        else:
            del self.fields["apesar"]
        return super().leiaute()

    def clean_aprova(self) -> bool:
        return self.cleaned_data["aprova"] == "sim"


class AssinarAditivoForm(AtoDoAcordoForm):
    rotulo_enviar = "Enviar o aditivo assinado"
    arquivo = forms.FileField(label="PDF assinado", help_text="Como saiu do assinador, sem imprimir.")
    assinado_em = CampoData(label="Assinado em", passado=True)
    declaracao = campo_declaracao()


class EfetivarForm(AtoDoAcordoForm):
    rotulo_enviar = "Registrar a prorrogação"
    arquivo = forms.FileField(label="PDF com as duas assinaturas", help_text="Confira no validador antes.")
    assinado_em = CampoData(label="O INSS assinou em", passado=True)
    declaracao = campo_declaracao()
    dou_data = CampoData(label="Data no Diário Oficial da União", passado=True)
    dou_pagina = forms.CharField(label="Seção e página", max_length=30, help_text="Exemplo: 3, página 98.")


def _quantos(rotulo: str, **mais: Any) -> forms.IntegerField:
    return forms.IntegerField(label=rotulo, min_value=0, max_value=1_000_000, **mais)


class EncerramentoForm(AtoDoAcordoForm):
    """What the closing term says beyond what the portal knows; the counts come proposed, and INSS corrects them."""

    rotulo_enviar = "Fazer o termo"
    casos_abertos = _quantos("Casos de cidadãos em andamento", help_text="Proposto pelas contagens do balcão. Confira.")
    exigencias_abertas = _quantos("Exigências com prazo correndo", help_text="Proposto pelas contagens. Confira.")
    avisos_enviados = _quantos("Pessoas avisadas do fim do acordo")
    destino_casos = paragrafo("Para onde vão os casos", 600, 2, help_text="Novo acordo, agência ou cidadão avisado.")
    dados_destino = paragrafo("Para onde vão os dados e os documentos", 600, 2)
    guarda_ate = CampoData(label="Guarda até", required=False)
    pendencias = paragrafo(
        "Pendências", 2000, 3, required=False, help_text="Uma por linha: o quê, quem e até quando. Nenhuma: em branco."
    )
    novo_instrumento = forms.CharField(label="Instrumento que sucede a este", max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        termo = Encerramento.objects.filter(acordo=self.acordo).first()
        if termo:
            self.rotulo_enviar = "Fazer o termo de novo"
        propostas = em_aberto(self.acordo, self.hoje)
        for nome, campo in self.fields.items():
            campo.initial = getattr(termo, nome) if termo else propostas.get(nome, campo.initial)


class AssinarEncerramentoForm(AtoDoAcordoForm):
    rotulo_enviar = "Enviar o termo assinado"
    arquivo = forms.FileField(label="PDF assinado", help_text="Como saiu do assinador, sem imprimir.")
    assinado_em = CampoData(label="Assinado em", passado=True)
    declaracao = campo_declaracao()


class JuntarEncerramentoForm(AtoDoAcordoForm):
    rotulo_enviar = "Juntar o termo assinado"
    arquivo = forms.FileField(label="PDF assinado", help_text="Confira no validador antes.")
    assinado_em = CampoData(label="O INSS assinou em", passado=True)
    declaracao = campo_declaracao()
    sem_municipio = paragrafo("Por que sem a assinatura do município", 600, 2, required=False)

    def leiaute(self) -> list:
        # Before the layout is made: it names every field that is still there.
        if Encerramento.objects.filter(acordo=self.acordo, situacao=SituacaoEncerramento.ASSINADO).exists():
            del self.fields["sem_municipio"]
        return super().leiaute()


class SemCamposForm(AtoDoAcordoForm):
    rotulo_enviar = "Desistir da prorrogação"


class DocumentoForm(AtoDoAcordoForm):
    """What is checked outside the portal; each side sees what is its own to bring."""

    rotulo_enviar = "Guardar"
    documento = forms.ChoiceField(label="Documento")
    em = CampoData(label="Emitido ou conferido em", passado=True)
    ate = CampoData(label="Vale até", required=False, help_text="Se o documento disser.")
    texto = forms.CharField(label="Número, ou onde foi conferido", max_length=300)
    arquivo = forms.FileField(label="Arquivo", required=False, help_text="PDF como veio do site.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quem = "municipio" if self.usuario.vinculo and self.usuario.vinculo.municipio_id else "inss"
        processo = self.acordo.processo
        pedidos = [c for c in conferiveis() if c.vale_para(processo.regime, self.acordo.instrumento)]
        campo = self.fields["documento"]
        assert isinstance(campo, forms.ChoiceField)  # noqa: S101 - for the type checker
        campo.choices = [(c.codigo, c.nome) for c in pedidos if c.quem == quem]


class AvaliarDocumentoForm(AtoDoAcordoForm):
    rotulo_enviar = "Guardar"
    conferencia = forms.TypedChoiceField(label="Documento enviado", coerce=int)
    aceita = sim_nao("O documento está certo?")
    motivo = paragrafo("Se não está, o que o município precisa fazer", 600, 2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["conferencia"]
        assert isinstance(campo, forms.TypedChoiceField)  # noqa: S101 - for the type checker
        enviadas = self.acordo.conferencias.filter(situacao=SituacaoComprovacao.ENVIADA)
        campo.choices = [(c.pk, f"{nome_do_documento(c.documento)}, {c.texto}") for c in enviadas]

    def clean_aceita(self) -> bool:
        return self.cleaned_data["aceita"] == "sim"


def nome_do_documento(codigo: str) -> str:
    pedido = conferivel(codigo)
    return pedido.nome if pedido else codigo
