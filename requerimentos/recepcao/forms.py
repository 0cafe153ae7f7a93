"""What the reception types: a person, who acts for them, a ticket, the end of a visit."""

from __future__ import annotations

import uuid
from typing import Any

from crispy_forms.layout import Field, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from act_portal.telas.forms import (
    CampoCEP,
    CampoCPF,
    CampoData,
    CampoNIT,
    CampoTelefone,
    Coluna,
    FormularioBase,
    Linha,
)
from act_portal.territorio.models import Municipio
from act_portal.territorio.texto import normalizar
from requerimentos.models import Atendimento, Contato, Pessoa, Representante

UFS = [
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA", "PB", "PE", "PI", "PR", "RJ",
    "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
]  # fmt: skip
TIPOS_DE_CONTATO = [
    (Contato.Tipo.CELULAR, CampoTelefone),
    (Contato.Tipo.WHATSAPP, CampoTelefone),
    (Contato.Tipo.TELEFONE, CampoTelefone),
    (Contato.Tipo.EMAIL, forms.EmailField),
]
CANAL_PRECISA_DE: dict[Any, list[Contato.Tipo]] = {
    Pessoa.Canal.EMAIL: [Contato.Tipo.EMAIL],
    Pessoa.Canal.SMS: [Contato.Tipo.CELULAR],
    Pessoa.Canal.WHATSAPP: [Contato.Tipo.WHATSAPP],
}


class CampoNits(forms.CharField):
    """One or more NITs, with or without mask, separated by comma or space; cleans to a list without repeats."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        texto = super().to_python(value) or ""
        um_nit = CampoNIT(required=False)
        limpos = [um_nit.clean(pedaco) for pedaco in texto.replace(";", ",").replace(" ", ",").split(",") if pedaco]
        return list(dict.fromkeys(limpos))

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


class PessoaForm(FormularioBase, forms.ModelForm):
    rotulo_enviar = "Salvar cadastro"

    cpf = CampoCPF()
    nascimento = CampoData(passado=True, label="Data de nascimento")
    cep = CampoCEP(required=False)
    nits = CampoNits(
        required=False, label="NIT, PIS, PASEP ou NIS", help_text="Se tiver mais de um, separe por vírgula."
    )
    cidade_nome = forms.CharField(required=False, label="Cidade onde mora", max_length=80)
    cidade_uf = forms.ChoiceField(required=False, label="UF", choices=[("", "---"), *[(uf, uf) for uf in UFS]])
    versao = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Pessoa
        fields = [
            "nome_civil", "nome_social", "cpf", "nascimento", "sexo", "mae", "estado_civil", "nacionalidade",
            "profissao", "documento_tipo", "documento_numero", "documento_orgao", "cep", "endereco", "bairro",
            "assina", "canal",
        ]  # fmt: skip
        help_texts = {
            "nome_civil": "Como está no documento.",
            "nome_social": "Se a pessoa usa. É por ele que o balcão chama.",
            "endereco": "Na roça, escreva um ponto de referência: “km 14, depois da ponte”.",
            "canal": "Os avisos só trazem o número do pedido, nunca o assunto.",
        }

    def __init__(self, *args: Any, municipio: Municipio, **kwargs: Any) -> None:
        self.municipio = municipio
        super().__init__(*args, **kwargs)

    def _campos_de_contato(self) -> None:
        atuais = {c.tipo: c for c in self.instance.contatos.all()} if self.instance.pk else {}
        for tipo, classe in TIPOS_DE_CONTATO:
            atual = atuais.get(tipo)
            self.fields[f"{tipo}_valor"] = classe(required=False, label=tipo.label, initial=atual and atual.valor)
            self.fields[f"{tipo}_de_quem"] = forms.ChoiceField(
                label=f"{tipo.label}: de quem é",
                choices=Contato.DeQuem.choices,
                required=False,
                initial=atual.de_quem if atual else Contato.DeQuem.PROPRIO,
            )
            self.fields[f"{tipo}_nome_recado"] = forms.CharField(
                label="Falar com", max_length=80, required=False, initial=atual.nome_recado if atual else ""
            )

    def leiaute(self) -> list:
        self._campos_de_contato()
        if self.instance.pk:
            self.fields["cpf"].disabled = True
            self.fields["nits"].initial = ", ".join(self.instance.nits.values_list("numero", flat=True))
            self.fields["versao"].initial = self.instance.versao
        cidade = self.instance.cidade if self.instance.pk else self.municipio
        if cidade:
            self.fields["cidade_nome"].initial, self.fields["cidade_uf"].initial = cidade.nome, cidade.uf
        return [
            "versao",
            Fieldset(
                "Quem é",
                Linha(Coluna("nome_civil", largura=3), Coluna("nome_social", largura=3)),
                Linha("cpf", "nascimento", "sexo"),
                Linha(Coluna("mae", largura=3), Coluna("nits", largura=3)),
                Linha("documento_tipo", "documento_numero", "documento_orgao"),
                Linha("estado_civil", "nacionalidade", "profissao"),
            ),
            Fieldset(
                "Onde mora",
                Linha(Coluna("cep", largura=1), Coluna("endereco", largura=3), "bairro"),
                Linha(Coluna("cidade_nome", largura=3), Coluna("cidade_uf", largura=1)),
            ),
            Fieldset(
                "Como falar com ela",
                *[
                    Linha(Field(f"{tipo}_valor"), Field(f"{tipo}_de_quem"), Field(f"{tipo}_nome_recado"))
                    for tipo, _ in TIPOS_DE_CONTATO
                ],
                Linha(Coluna("canal", largura=3), Coluna("assina", largura=3)),
            ),
        ]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        dados["cidade"] = self._cidade(dados)
        dados["contatos"] = [
            {
                "tipo": tipo,
                "valor": dados[f"{tipo}_valor"],
                "de_quem": dados.get(f"{tipo}_de_quem") or Contato.DeQuem.PROPRIO,
                "nome_recado": dados.get(f"{tipo}_nome_recado", ""),
            }
            for tipo, _ in TIPOS_DE_CONTATO
            if dados.get(f"{tipo}_valor")
        ]
        tem = {c["tipo"] for c in dados["contatos"]}
        for tipo in CANAL_PRECISA_DE.get(dados.get("canal"), []):
            if tipo not in tem and f"{tipo}_valor" not in self.errors:
                self.add_error(f"{tipo}_valor", f"Escreva o {tipo.label} ou escolha outra forma de avisar.")
        return dados

    def _cidade(self, dados: dict[str, Any]) -> Municipio | None:
        nome, uf = dados.get("cidade_nome", ""), dados.get("cidade_uf", "")
        if not nome:
            return None
        achadas = list(Municipio.objects.filter(nome_busca=normalizar(nome), **({"uf": uf} if uf else {}))[:2])
        if len(achadas) == 1:
            return achadas[0]
        campo = "cidade_uf" if achadas else "cidade_nome"
        frase = "Há mais de uma cidade com este nome: escolha a UF." if achadas else "Não achamos esta cidade na UF."
        self.add_error(campo, frase)
        return None


class RepresentanteForm(FormularioBase, forms.ModelForm):
    """Who acts for the person; each kind must say what proves it."""

    rotulo_enviar = "Salvar quem representa"

    cpf = CampoCPF(label="CPF de quem representa")
    telefone = CampoTelefone(required=False)
    titulo_data = CampoData(passado=True, required=False, label="Data do documento")
    validade = CampoData(required=False, label="Válido até")
    procuracao_substabelece = forms.NullBooleanField(
        required=False,
        label="A procuração deixa passar os poderes adiante (substabelecer)?",
        widget=forms.Select(choices=[("", "Não se aplica"), ("true", "Sim"), ("false", "Não")]),
    )

    class Meta:
        model = Representante
        fields = [
            "tipo", "nome", "cpf", "documento", "endereco", "telefone", "titulo", "titulo_data", "processo", "juizo",
            "validade", "limites", "parentesco", "procuracao_forma", "procuracao_cartorio",
            "procuracao_substabelece", "procuracao_oab",
        ]  # fmt: skip
        widgets = {"limites": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "documento": "Tipo e número. Por exemplo: RG 12.345.678 SSP/MG.",
            "titulo": "Certidão de nascimento, termo de tutela, guarda ou curatela, procuração.",
            "limites": "Só para curador: o que a decisão permite.",
        }

    def leiaute(self) -> list:
        return [
            Fieldset(
                "Quem representa",
                Linha("tipo", Coluna("nome", largura=4)),
                Linha("cpf", "documento", "telefone"),
                "endereco",
            ),
            Fieldset(
                "O que prova a representação",
                Linha(Coluna("titulo", largura=4), "titulo_data"),
                Linha("processo", "juizo", "validade"),
                "limites",
                "parentesco",
            ),
            Fieldset(
                "Só para procurador",
                Linha("procuracao_forma", "procuracao_cartorio", "procuracao_oab"),
                "procuracao_substabelece",
            ),
        ]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        exigidos: dict[Any, list[str]] = {
            Representante.Tipo.TUTOR: ["titulo_data", "processo", "juizo"],
            Representante.Tipo.CURADOR: ["titulo_data", "processo", "juizo", "limites"],
            Representante.Tipo.GUARDIAO: ["titulo_data", "processo", "juizo"],
            Representante.Tipo.ADM_PROVISORIO: ["titulo_data", "validade", "parentesco"],
            Representante.Tipo.PROCURADOR: ["titulo_data", "procuracao_forma", "procuracao_substabelece"],
        }
        exige = exigidos.get(dados.get("tipo"), [])
        for campo in exige:
            if dados.get(campo) in (None, "") and campo not in self.errors:
                self.add_error(campo, "Preencha: faz parte da prova desta representação.")
        validade = dados.get("validade")
        if validade and validade < localdate():
            self.add_error("validade", "Este documento já venceu. Peça um novo à pessoa.")
        return dados


class SenhaForm(FormularioBase, forms.Form):
    rotulo_enviar = "Dar senha"
    icone_enviar = "imprimir"

    codigo = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    prioridade = forms.ChoiceField(
        label="Prioridade por lei",
        choices=Atendimento.Prioridade.choices,
        widget=forms.RadioSelect,
        help_text="A idade já foi contada pela data de nascimento.",
    )
    motivo = forms.ChoiceField(label="O que veio fazer?", choices=Atendimento.Motivo.choices)
    ajuda = forms.CharField(
        label="Ajuda de que precisa",
        required=False,
        max_length=120,
        help_text="Por exemplo: Libras, leitura em voz alta, acompanhante.",
    )

    def leiaute(self) -> list:
        return ["codigo", Linha(Coluna("prioridade", largura=3), Coluna("motivo", "ajuda", largura=3))]


class ConcluirForm(FormularioBase, forms.Form):
    rotulo_enviar = "Concluir atendimento"

    desfecho = forms.ChoiceField(label="Como terminou?", choices=Atendimento.Desfecho.choices, widget=forms.RadioSelect)
    orientacao = forms.CharField(
        label="O que foi dito à pessoa",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Sai na folha de orientação. Não escreva diagnóstico nem dado de outra pessoa.",
    )

    def leiaute(self) -> list:
        return ["desfecho", "orientacao"]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("desfecho") == Atendimento.Desfecho.ORIENTACAO and not dados.get("orientacao", "").strip():
            self.add_error("orientacao", "Escreva a orientação: é o que a pessoa leva para casa.")
        return dados
