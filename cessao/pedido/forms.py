"""What who asks fills in, and the acts of both sides on a request."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from act_portal.emissao.forms import campo_declaracao
from act_portal.telas.formatos import cnpj
from act_portal.telas.forms import (
    CampoCNPJ,
    CampoCPF,
    CampoData,
    CampoDecimal,
    Coluna,
    FormularioBase,
    Linha,
)
from act_portal.territorio.campos import CampoMunicipio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Balcao, Entidade, Municipio
from cessao import leis
from cessao.analise.servicos import condicoes_sugeridas, fiscal_sugerido
from cessao.atos import AtoForm, paragrafo
from cessao.imoveis.forms import PorUnidade, area
from cessao.models import Achado, Assinatura, Decisao, Espaco, Pedido
from cessao.pedido.servicos import PARA_ENVIAR
from cessao.regras import depois_do_prazo, em_meses, metros, parte_da_area
from cessao.situacoes import Desfaz, Devolucao, Esfera, Finalidade, Pessoa, SituacaoObra, Tipo

LADO = "opcoes--compacta opcoes--lado"


# Of a public body; the other one is a question of its own.
DO_ORGAO = [(esfera.value, esfera.label) for esfera in Esfera if esfera != Esfera.PRIVADA]
# Whole sentences, one under the other.
UMA_A_UMA = "opcoes--compacta"


class SimNao(forms.TypedChoiceField):
    def __init__(self, **opcoes: Any) -> None:
        super().__init__(
            choices=[("sim", "Sim"), ("nao", "Não")], coerce=lambda valor: valor == "sim",
            widget=forms.RadioSelect(attrs={"class": LADO}), **opcoes,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        return {True: "sim", False: "nao"}.get(value, value)


class PossoPedirForm(FormularioBase, forms.Form):
    """Three questions, in the address: nothing about a person."""

    rotulo_enviar = "Ver a resposta"
    mostrar_opcional = False
    imovel = forms.ChoiceField(label="Como está o imóvel?")
    esfera = forms.ChoiceField(
        label="Quem pede?",
        choices=[
            (Pessoa.PUBLICA.label, DO_ORGAO),
            ("Não é órgão público", [(Esfera.PRIVADA.value, Esfera.PRIVADA.label)]),
        ],
    )
    finalidade = forms.ChoiceField(
        label="Para que é o espaço?", choices=Finalidade.choices, widget=forms.RadioSelect(attrs={"class": UMA_A_UMA})
    )

    def __init__(self, *args: Any, imoveis: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["imovel"].choices = imoveis  # type: ignore[attr-defined]


class PedidoForm(FormularioBase, forms.Form):
    """`municipio`: the town that asks; None for who takes in the papers of another body."""

    rotulo_enviar = "Salvar o pedido"

    tipo = forms.ChoiceField(label="Tipo do pedido", choices=Tipo.choices)
    ocupado_desde = CampoData(label="Ocupado desde", passado=True, required=False, help_text="Só para regularizar.")
    municipio = CampoMunicipio(label="Município do órgão", help_text="Nome e UF, como Serra do Ipê/MG.")
    orgao = forms.CharField(label="Órgão ou entidade", max_length=160)
    cnpj = CampoCNPJ()
    pessoa = forms.ChoiceField(
        label="O CNPJ é de", choices=Pessoa.choices, widget=forms.RadioSelect(attrs={"class": UMA_A_UMA})
    )
    esfera = forms.ChoiceField(label="Esfera", choices=DO_ORGAO)
    # A list would cut its words on a phone.
    finalidade = forms.ChoiceField(
        label="Finalidade", choices=Finalidade.choices, widget=forms.RadioSelect(attrs={"class": UMA_A_UMA})
    )
    dificulta_devolucao = SimNao(label="O uso exige obra ou mudança que dificulte devolver o espaço como está?")
    uso = forms.CharField(label="O que vai funcionar", max_length=200, help_text="Uma frase: ela vai para o termo.")
    plano = paragrafo(
        "Plano de uso", 4000, 5, required=False, help_text="Para quem, como, que interesse público atende."
    )
    publico_mes = forms.IntegerField(label="Atendimentos por mês", min_value=0, max_value=10**6, required=False)
    horario = forms.CharField(label="Dias e horário", max_length=120, required=False)
    equipe = forms.IntegerField(label="Pessoas na equipe", min_value=0, max_value=9999, required=False)
    balcao = forms.ModelChoiceField(
        Balcao.objects.none(), label="Ponto de apoio ao INSS Digital", required=False, empty_label="Não é para ponto",
        help_text="Se o espaço é para o ponto do acordo, diga qual.",
    )  # fmt: skip
    area_m2 = area()
    inicio = CampoData(label="Início")
    meses = forms.IntegerField(label="Prazo em meses", min_value=-99, max_value=999)
    despesas = paragrafo("Despesas: quem paga o quê", 1000, 2, required=False)
    rateio_percentual = CampoDecimal(
        label="Parte nas despesas comuns, em %", required=False, min_value=Decimal(0), max_value=Decimal(100),
        max_digits=5, decimal_places=2,
    )  # fmt: skip
    rateio_motivo = forms.CharField(
        label="Por que não é a parte da área", max_length=300, required=False, help_text="Vai para o termo."
    )
    cronograma = paragrafo(
        "Cronograma", 2000, 3, required=False, help_text="Vistoria, mudança, início, revisão e devolução, com as datas."
    )
    bens = paragrafo(
        "Bens que o órgão leva", 2000, 2, required=False, help_text="Móveis e equipamentos. Se não há, deixe vazio."
    )
    riscos = paragrafo(
        "Riscos e seguro", 2000, 2, required=False, help_text="O que pode dar errado, e como o órgão evita ou cobre."
    )
    devolucao = forms.CharField(
        label="Como o espaço volta",
        max_length=500,
        required=False,
        help_text="O que se retira e repara, em quantos dias.",
    )
    oficio_numero = forms.CharField(
        label="Número do ofício", max_length=30, required=False, help_text="O do órgão, como 12/2026."
    )
    rl_nome = forms.CharField(label="Quem assina pelo órgão", max_length=120, required=False)
    rl_cpf = CampoCPF(label="CPF de quem assina", required=False)
    rl_cargo = forms.CharField(label="Cargo", max_length=80, required=False)
    rl_ato = forms.CharField(
        label="Ato que dá poderes", max_length=160, required=False, help_text="Diploma, posse, portaria."
    )
    fiscal_nome = forms.CharField(
        label="Quem fiscaliza o espaço pelo órgão", max_length=120, required=False,
        help_text="Recebe as chaves e assina as vistorias.",
    )  # fmt: skip
    fiscal_cargo = forms.CharField(label="Cargo de quem fiscaliza", max_length=80, required=False)
    contato = forms.CharField(label="Telefone ou e-mail do fiscal", max_length=160, required=False)
    versao = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, espaco: Espaco, municipio: Municipio | None, pedido: Pedido | None = None, **kwargs: Any
    ) -> None:
        if pedido is not None:
            de_fora = {"pessoa": Pessoa.PUBLICA}
            kwargs["initial"] = {n: getattr(pedido, n) for n in self.base_fields if n not in de_fora} | de_fora
        self.espaco, self.de_quem_pede, self.pedido = espaco, municipio, pedido
        super().__init__(*args, **kwargs)

    def _ajustar(self) -> None:
        """Before the layout: the fields of this side only, with what is known of the space and of the limit."""
        for nome in PARA_ENVIAR:
            # A draft may lack it, and yet it is not "if there is one".
            self.fields[nome].marca = "antes de enviar"  # type: ignore[attr-defined]
        self.fields["area_m2"].help_text = f"O espaço tem {metros(self.espaco.area_m2)} m²."
        self.fields["rateio_percentual"].help_text = self._parte_da_area()
        hoje = hoje_em(self.espaco.imovel.municipio)
        maximo, somados = leis.prazos(hoje)
        self.fields[
            "meses"
        ].help_text = (
            f"Até {em_meses(maximo)}. {depois_do_prazo(maximo, somados)} {leis.parametro('prazo_meses', hoje).base}."
        )
        if self.de_quem_pede is not None:
            del self.fields["municipio"]
            if entidade := Entidade.objects.filter(municipio=self.de_quem_pede).first():
                self.fields[
                    "cnpj"
                ].help_text = f"O do acordo é {cnpj(entidade.cnpj)}. Outro, só se o órgão tem o seu, como a autarquia."
            self.fields["balcao"].queryset = Balcao.objects.filter(municipio=self.de_quem_pede)  # type: ignore[attr-defined]
        else:
            del self.fields["balcao"]
            self.fields["municipio"].disabled = self.pedido is not None

    def _parte_da_area(self) -> str:
        """Of the area typed, or of the whole space before that."""
        area, total = self.pedido.area_m2 if self.pedido else self.espaco.area_m2, self.espaco.imovel.area_m2
        if self.is_bound:
            with suppress(forms.ValidationError):
                area = self.fields["area_m2"].clean(self.data.get("area_m2"))
        parte = metros(parte_da_area(area, total))
        return f"Na proporção da área, {metros(area)} m² de {metros(total)} m² são {parte}%. Vazio: não há parte em %."

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        dados.setdefault("balcao", None)
        if (area := dados.get("area_m2")) and dados.get("rateio_percentual") in {
            None, parte_da_area(area, self.espaco.imovel.area_m2),
        }:  # fmt: skip
            # There is nothing to explain.
            dados["rateio_motivo"] = ""
        if dados.pop("pessoa", "") == Pessoa.PRIVADA:
            # Said at once, whatever else is missing, with what would be a yes.
            finalidade = dados.get("finalidade") or Finalidade.OUTRA
            hoje = hoje_em(self.espaco.imovel.municipio)
            regra = leis.elegibilidade(self.espaco.imovel.especie, Esfera.PRIVADA, finalidade, hoje)
            self.add_error("pessoa", f"{regra.frase} O que seria um sim: {regra.seria_sim} {regra.base}.")
        return dados

    def leiaute(self) -> list:
        self._ajustar()
        return [
            Fieldset(
                "O pedido", Linha(Coluna("tipo", largura=4), Coluna("ocupado_desde")), "esfera", "finalidade",
                "dificulta_devolucao", "uso", "plano",
                Linha(Coluna("publico_mes"), Coluna("horario"), Coluna("equipe")),
                *(["balcao"] if "balcao" in self.fields else []),
            ),
            Fieldset("Etapas, bens e riscos", "cronograma", "bens", "riscos", "devolucao"),
            Fieldset("Espaço e prazo", Linha(Coluna("area_m2"), Coluna("inicio"), Coluna("meses"))),
            Fieldset("Despesas", "despesas",
                Linha(Coluna("rateio_percentual", largura=3), Coluna("rateio_motivo", largura=3)),
            ),
            Fieldset(
                "Quem pede", *(["municipio"] if "municipio" in self.fields else []),
                Linha(Coluna("orgao", largura=4), Coluna("cnpj")), "pessoa", "oficio_numero",
                Linha(Coluna("rl_nome"), Coluna("rl_cpf"), Coluna("rl_cargo")), "rl_ato",
                Linha(Coluna("fiscal_nome"), Coluna("fiscal_cargo"), Coluna("contato")),
            ),
            "versao",
        ]  # fmt: skip


# --- Acts of who asks ---------------------------------------------------------------------------------------------


class EnviarForm(AtoForm):
    rotulo_enviar = "Enviar ao INSS"


class OficioForm(AtoForm):
    rotulo_enviar = "Fazer o ofício"


class ObraForm(AtoForm):
    rotulo_enviar = "Pôr na lista"
    descricao = forms.CharField(label="O que se quer fazer", max_length=300)
    desfaz = forms.ChoiceField(
        label="Dá para desfazer?", choices=Desfaz.choices, widget=forms.RadioSelect(attrs={"class": LADO})
    )
    como = forms.CharField(
        label="Como se desfaz", max_length=300, required=False, help_text="O que se retira e repara."
    )
    dias = forms.IntegerField(label="Dias de obra", min_value=1, max_value=730, required=False)

    def leiaute(self) -> list:
        return ["descricao", "desfaz", Linha(Coluna("como", largura=4), Coluna("dias"))]


class ReenviarForm(AtoForm):
    rotulo_enviar = "Enviar a resposta"


class DesistirForm(AtoForm):
    rotulo_enviar = "Desistir do pedido"
    motivo = paragrafo("Por que desiste", 1000, 2)


class RecorrerForm(AtoForm):
    rotulo_enviar = "Recorrer"
    texto = paragrafo("Por que a decisão precisa mudar", 1000, 4)


class _AssinadoForm(AtoForm):
    """A PDF that came back signed, and what it says of itself."""

    arquivo = forms.FileField(label="PDF assinado", help_text="Como saiu do assinador, sem imprimir.")
    signatario = forms.CharField(label="Quem assinou", max_length=120)
    signatario_cargo = forms.CharField(label="Cargo", max_length=80)
    assinado_em = CampoData(label="Assinado em", passado=True)
    nivel = forms.ChoiceField(label="Assinatura", choices=Assinatura.Nivel.choices)
    declaracao = campo_declaracao()


class AssinarForm(_AssinadoForm):
    rotulo_enviar = "Enviar assinado"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signatario"].initial = self.pedido.rl_nome
        self.fields["signatario_cargo"].initial = self.pedido.rl_cargo


# --- Acts of INSS -------------------------------------------------------------------------------------------------


class AssinarInssForm(_AssinadoForm):
    rotulo_enviar = "Juntar assinado"
    conferido_em = CampoData(
        label="Conferido no validador em", passado=True, help_text="As duas assinaturas apareceram como válidas."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        atos = Decisao.Ato
        # On the page of the term it is an extension that is signed.
        ato = atos.PRORROGACAO if self.sobre is not None else atos.APROVACAO
        if quem := self.pedido.ultima_decisao(ato):
            self.fields["signatario"].initial, self.fields["signatario_cargo"].initial = quem.nome, quem.cargo


class RecusarAssinaturaForm(AtoForm):
    rotulo_enviar = "Devolver para assinar de novo"
    resultado = forms.ChoiceField(label="O que o validador disse", choices=Assinatura.Resultado.choices)
    conferido_em = CampoData(label="Conferido no validador em", passado=True)
    observacao = paragrafo("O que precisa ser feito", 600, 2, help_text="Quem pediu lê este texto.")


class PublicarForm(AtoForm):
    rotulo_enviar = "Registrar a publicação"
    dou_data = CampoData(label="Data no Diário Oficial da União", passado=True)
    dou_secao = forms.ChoiceField(label="Seção", choices=[("1", "1"), ("2", "2"), ("3", "3")], initial="3")
    dou_pagina = forms.CharField(label="Página", max_length=10)


class TomarForm(AtoForm):
    rotulo_enviar = "Tomar"


class AssumirForm(AtoForm):
    rotulo_enviar = "Assumir"


class SoltarForm(AtoForm):
    rotulo_enviar = "Soltar"


class DevolverForm(AtoForm):
    rotulo_enviar = "Devolver"
    codigo = forms.ChoiceField(
        label="Por que volta", choices=Devolucao.choices, initial=Devolucao.CORRIGIR,
        widget=forms.RadioSelect(attrs={"class": UMA_A_UMA}),
    )  # fmt: skip
    recado = paragrafo("Recado", 1000, 2, required=False, help_text="O que corrigir no pedido, além dos documentos.")
    prazo = CampoData(label="Responder até", required=False)


class AchadoForm(AtoForm):
    rotulo_enviar = "Pôr na vistoria"
    ambiente = forms.CharField(label="Ambiente", max_length=80)
    elemento = forms.ChoiceField(label="Elemento", choices=Achado.Elemento.choices)
    estado = forms.ChoiceField(label="Estado", choices=Achado.Estado.choices)
    descricao = paragrafo("O que se vê", 600, 2, required=False)
    arquivo = forms.FileField(label="Foto", required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))

    def leiaute(self) -> list:
        return [Linha(Coluna("ambiente"), Coluna("elemento"), Coluna("estado")), "descricao", "arquivo"]


class OpinarForm(AtoForm):
    rotulo_enviar = "Dar o parecer"
    dia = CampoData(label="Dia da vistoria", passado=True)
    acompanhante = forms.CharField(label="Quem acompanhou a vistoria", max_length=120, required=False)
    medidores = forms.CharField(label="Medidores", max_length=200, required=False, help_text="Energia, água: leitura.")
    achados = paragrafo(
        "O que a vistoria achou", 2000, 3, help_text="O resumo. Cada elemento vai na lista da vistoria."
    )
    dispensavel = SimNao(label="O espaço é não utilizado e dispensável?")
    uso_previsto = SimNao(label="O INSS prevê usar o espaço?")
    previdenciaria = SimNao(label="A atividade é ligada ou auxiliar à previdência?")
    dificulta_devolucao = SimNao(label="O uso dificulta a devolução?")
    rateio = paragrafo("Despesas e rateio sugerido", 1000, 2, required=False)
    conclusao = forms.ChoiceField(label="Conclusão", choices=Decisao.Conclusao.choices)
    condicoes = paragrafo("Condições", 2000, 2, required=False)
    texto = paragrafo("Análise", 4000, 4)

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        nomes = ("dia", "achados", "dispensavel", "uso_previsto", "previdenciaria", "dificulta_devolucao", "rateio",
                 "acompanhante", "medidores")  # fmt: skip
        return {
            "vistoria": {nome: dados.get(nome) for nome in nomes},
            **{nome: valor for nome, valor in dados.items() if nome not in nomes},
        }


class ManifestarForm(AtoForm):
    rotulo_enviar = "Manifestar"
    conclusao = forms.ChoiceField(label="Conclusão", choices=Decisao.Conclusao.choices)
    condicoes = paragrafo("Condições", 2000, 2, required=False, help_text="Vão escritas para quem decide.")
    texto = paragrafo("Manifestação", 3000, 4)


class TextoForm(AtoForm):
    rotulo_enviar = "Confirmar"
    texto = paragrafo("Motivo", 1000, 2)


class DecisaoForm(AtoForm):
    rotulo_enviar = "Decidir"
    texto = paragrafo("Fundamento", 3000, 4)
    competencia = forms.CharField(
        label="Ato que dá a você competência", max_length=200, help_text="Exemplo: Portaria nº 1, de 05/01/2026."
    )


class AprovarForm(DecisaoForm):
    rotulo_enviar = "Aprovar"
    inicio = CampoData(label="Início da cessão")
    meses = forms.IntegerField(label="Prazo em meses", min_value=1, max_value=999)
    condicoes = paragrafo("Condições", 2000, 2, required=False, help_text="Saem na decisão e no termo.")
    fiscal = forms.CharField(
        label="Fiscal do termo pelo INSS", max_length=240, help_text="Nome, cargo e matrícula. Sai no termo."
    )
    escolha = paragrafo(
        "Por que este e não o outro", 2000, 2, required=False, help_text="Só quando outro órgão pediu o mesmo espaço."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inicio"].initial = max(self.pedido.inicio, self.hoje)
        self.fields["meses"].initial = self.pedido.meses
        self.fields["fiscal"].initial = fiscal_sugerido(self.pedido)
        self.fields["condicoes"].initial = condicoes_sugeridas(self.pedido)


class AvisoDeSaidaForm(AtoForm):
    rotulo_enviar = "Avisar para sair"
    texto = paragrafo("O que se pede e por quê", 2000, 4, help_text="Vai para o aviso. Confira a norma vigente.")
    sair_ate = CampoData(label="Sair até", required=False, help_text="Vazio: o menor prazo.")


class CobrarForm(AvisoDeSaidaForm):
    rotulo_enviar = "Enviar o aviso"


class DesocupadoForm(AtoForm):
    rotulo_enviar = "Registrar a saída"
    dia = CampoData(label="Dia em que ficou vazio", passado=True)
    texto = paragrafo("Como o espaço foi encontrado", 1000, 2, help_text="Estado, chaves e contas.")


class SeiForm(AtoForm):
    rotulo_enviar = "Guardar o número"
    numero = forms.CharField(label="Número do processo no SEI", max_length=30)


class JulgarForm(AtoForm):
    rotulo_enviar = "Guardar"
    decisao = forms.ChoiceField(
        label="Decisão", widget=forms.RadioSelect(attrs={"class": LADO}),
        choices=[("aceito", "Aceito"), ("devolvido", "Devolver"), ("dispensado", "Não se aplica")],
    )  # fmt: skip
    motivo = paragrafo("O que corrigir, ou por que não se aplica", 600, 2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.sobre.exigencia.minimo or leis.para_decidir(self.sobre.codigo):
            self.fields["decisao"].choices = self.fields["decisao"].choices[:-1]  # type: ignore[attr-defined]
            self.fields["motivo"].label = "O que corrigir"


class JulgarObraForm(AtoForm):
    rotulo_enviar = "Guardar"
    desfaz = forms.ChoiceField(
        label="Dá para desfazer?", choices=Desfaz.choices, widget=forms.RadioSelect(attrs={"class": LADO})
    )
    decisao = forms.ChoiceField(
        label="Decisão", widget=forms.RadioSelect(attrs={"class": LADO}),
        choices=[("aceita", "Aceitar"), ("recusada", "Recusar")],
    )  # fmt: skip
    motivo = paragrafo("Por que não, ou em que condição", 600, 2, required=False, help_text="Sai na decisão.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        obra = self.sobre
        self.fields["desfaz"].initial = obra.inss_desfaz or obra.desfaz
        self.fields["motivo"].initial = obra.motivo
        if obra.estado != SituacaoObra.PEDIDA:
            self.fields["decisao"].initial = obra.situacao


class FilaForm(PorUnidade):
    """The filters of the list, kept in the address."""

    rotulo_enviar = "Filtrar"
    mostrar_opcional = False
    etapa = forms.ChoiceField(label="Etapa", required=False)
    busca = forms.CharField(label="Município, órgão ou imóvel", max_length=80, required=False)

    def __init__(self, *args: Any, etapas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etapa"].choices = etapas  # type: ignore[attr-defined]

    def leiaute(self) -> list:
        return [Linha(Coluna("etapa", largura=3), Coluna("busca", largura=3)), "unidade"]
