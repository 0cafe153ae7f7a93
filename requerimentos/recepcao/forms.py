"""What the reception types: a person, who acts for them, a ticket, the end of a visit."""

from __future__ import annotations

import uuid
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError

from act_portal.telas import formatos
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
from act_portal.territorio.ufs import UFS
from requerimentos.formularios import Dobra, em_palavras
from requerimentos.models import Atendimento, Contato, Pessoa
from requerimentos.recepcao.regras import POR_IDADE
from requerimentos.situacoes import Prioridade

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


def _linha_de_contato(tipo: Contato.Tipo) -> Linha:
    return Linha(f"{tipo}_valor", f"{tipo}_de_quem", f"{tipo}_nome_recado")


class CampoNits(forms.CharField):
    """One or more NITs, with or without mask, separated by comma or space; cleans to a list without repeats."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        texto = super().to_python(value) or ""
        um_nit = CampoNIT(required=False)
        limpos = [um_nit.clean(pedaco) for pedaco in texto.replace(";", ",").replace(" ", ",").split(",") if pedaco]
        return list(dict.fromkeys(limpos))

    def em_palavras(self, valor: list[str]) -> str:
        return ", ".join(formatos.nit(numero) for numero in valor)

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
    cidade_uf = forms.ChoiceField(required=False, label="UF", choices=[("", "---"), *[(uf, uf) for uf in sorted(UFS)]])
    whatsapp_mesmo = forms.BooleanField(required=False, label="Este celular tem WhatsApp")
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
            "canal": "Pergunte. A resposta sai no papel de autorização, e os avisos só trazem o número do pedido.",
        }
        widgets = {"canal": forms.RadioSelect, "assina": forms.RadioSelect}

    def __init__(self, *args: Any, municipio: Municipio, **kwargs: Any) -> None:
        self.municipio = municipio
        super().__init__(*args, **kwargs)

    @staticmethod
    def do_que_se_procurou(texto: str) -> dict[str, str]:
        """What the search already typed, put in its field: a CPF or a name."""
        digitos = "".join(c for c in texto if c.isdigit())
        if len(digitos) == 11 and not any(c.isalpha() for c in texto):
            return {"cpf": digitos}
        return {"nome_civil": texto.strip().title()} if texto and not digitos else {}

    def diferencas(self, atual: Pessoa) -> list[tuple[str, str]]:
        """(label, stored value) of what this form says differently from what somebody else has just stored."""
        guardados: dict[str, Any] = {nome: getattr(atual, nome) for nome in self.Meta.fields}
        guardados["nits"] = list(atual.nits.values_list("numero", flat=True))
        contatos = {contato.tipo: contato.valor for contato in atual.contatos.all()}
        guardados |= {f"{tipo}_valor": contatos.get(tipo, "") for tipo, _ in TIPOS_DE_CONTATO}
        linhas = [
            (str(self.fields[nome].label), em_palavras(self.fields[nome], guardado))
            for nome, guardado in guardados.items()
            if nome in self.cleaned_data and self.cleaned_data[nome] != guardado
        ]
        if self.cleaned_data["cidade"] != atual.cidade:
            linhas.append((str(self.fields["cidade_nome"].label), str(atual.cidade or "em branco")))
        return linhas

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
                label="Se for de outra pessoa, falar com",
                max_length=80,
                required=False,
                initial=atual.nome_recado if atual else "",
            )

    def leiaute(self) -> list:
        self._campos_de_contato()
        if self.instance.pk:
            self.fields["cpf"].disabled = True
            numeros = self.instance.nits.values_list("numero", flat=True)
            self.fields["nits"].initial = ", ".join(formatos.nit(numero) for numero in numeros)
            self.fields["versao"].initial = self.instance.versao
        canal: Any = self.fields["canal"]
        canal.choices = Pessoa.Canal.choices
        canal.widget.attrs["class"] = assina_lado = "opcoes--compacta opcoes--lado"
        self.fields["assina"].widget.attrs["class"] = assina_lado
        if not self.instance.pk:
            # Nobody answers for the person: how to be told, and whether they sign, start empty.
            self.initial["canal"] = self.initial["assina"] = ""
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
                "assina",
                Dobra("Estado civil, nacionalidade e profissão", Linha("estado_civil", "nacionalidade", "profissao")),
            ),
            Fieldset(
                "Onde mora",
                Linha(Coluna("cep", largura=1), Coluna("endereco", largura=3), "bairro"),
                Linha(Coluna("cidade_nome", largura=3), Coluna("cidade_uf", largura=1)),
            ),
            Fieldset(
                "Como falar com ela",
                _linha_de_contato(Contato.Tipo.CELULAR),
                "whatsapp_mesmo",
                _linha_de_contato(Contato.Tipo.EMAIL),
                Dobra(
                    "WhatsApp de outro número, telefone fixo",
                    _linha_de_contato(Contato.Tipo.WHATSAPP),
                    _linha_de_contato(Contato.Tipo.TELEFONE),
                ),
                "canal",
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
        if dados.get("whatsapp_mesmo"):
            self._repetir_no_whatsapp(dados)
        tem = {c["tipo"] for c in dados["contatos"]}
        for tipo in CANAL_PRECISA_DE.get(dados.get("canal"), []):
            if tipo not in tem and f"{tipo}_valor" not in self.errors:
                nome = formatos.no_meio_da_frase(tipo.label)
                self.add_error(f"{tipo}_valor", f"Escreva o {nome} ou escolha outra forma de avisar.")
        return dados

    def _repetir_no_whatsapp(self, dados: dict[str, Any]) -> None:
        """The same number by the other way, unless another WhatsApp was written."""
        if dados.get("whatsapp_valor"):
            return
        celular = next((c for c in dados["contatos"] if c["tipo"] == Contato.Tipo.CELULAR), None)
        if celular:
            dados["contatos"].append({**celular, "tipo": Contato.Tipo.WHATSAPP})
        elif "celular_valor" not in self.errors:
            self.add_error("celular_valor", "Escreva o celular que tem WhatsApp.")

    def _cidade(self, dados: dict[str, Any]) -> Municipio | None:
        nome, uf = dados.get("cidade_nome", ""), dados.get("cidade_uf", "")
        if not nome:
            return None
        achadas = list(Municipio.objects.filter(nome_busca=normalizar(nome), **({"uf": uf} if uf else {}))[:2])
        if len(achadas) == 1:
            return achadas[0]
        campo = "cidade_uf" if achadas else "cidade_nome"
        frase = (
            "Há mais de uma cidade com este nome: escolha a UF."
            if achadas
            else "Não achamos esta cidade. Confira a escrita e a UF."
        )
        self.add_error(campo, frase)
        return None


class SenhaForm(FormularioBase, forms.Form):
    rotulo_enviar = "Dar senha"
    icone_enviar = "imprimir"
    outros_envios = [("atender", "1", "Atender agora, sem esperar")]

    codigo = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    atender = forms.BooleanField(required=False, widget=forms.HiddenInput)
    prioridade = forms.ChoiceField(
        label="Prioridade por lei",
        choices=Atendimento.Prioridade.choices,
        widget=forms.RadioSelect(attrs={"class": "opcoes--compacta"}),
        help_text="A idade já foi contada pela data de nascimento.",
    )
    motivo = forms.ChoiceField(label="O que veio fazer?", choices=Atendimento.Motivo.choices)
    ajuda = forms.CharField(
        label="Ajuda de que precisa",
        required=False,
        max_length=120,
        help_text="Por exemplo: Libras, leitura em voz alta, acompanhante.",
    )

    def __init__(self, *args: Any, pela_idade: Prioridade, **kwargs: Any) -> None:
        self.pela_idade = pela_idade
        super().__init__(*args, initial={"prioridade": pela_idade}, **kwargs)

    def leiaute(self) -> list:
        escolha: Any = self.fields["prioridade"]
        escolha.choices = [(p.value, p.label) for p in Prioridade if p not in POR_IDADE or p == self.pela_idade]
        return ["codigo", "atender", Linha(Coluna("prioridade", largura=3), Coluna("motivo", "ajuda", largura=3))]


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
