"""Who signs: one question, one option for each who may; the three people of a rogo have a page of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from act_portal.telas.forms import CampoCPF, CampoData, Coluna, FormularioBase, Linha
from requerimentos.demanda.forms import CampoSimNao
from requerimentos.models import Representante, Requerimento
from requerimentos.papeis.consultas import assistentes_de, problemas_do_rogo, representantes_vigentes
from requerimentos.papeis.regras import (
    CAMPOS_DO_ROGO,
    PAPEIS_DO_ROGO,
    problema_de_quem_assina,
    problema_do_assistente,
    problema_do_procurador,
)
from requerimentos.recepcao.consultas import em_valores, problemas_de
from requerimentos.recepcao.regras import aviso_da_validade

Quem = Requerimento.QuemAssina
NOTA_DO_ROGO = "Alguém de confiança assina por ela, com duas testemunhas, depois da leitura em voz alta."


class QuemAssinaForm(FormularioBase, forms.Form):
    """Only who may sign is offered; each one who may not is told apart, with the reason (`impedidos`)."""

    rotulo_enviar = "Salvar e fazer os papéis"
    icone_enviar = "papel"

    versao = forms.IntegerField(widget=forms.HiddenInput)
    quem = forms.ChoiceField(label="Quem assina?", widget=forms.RadioSelect)
    assistente = forms.ChoiceField(
        label="Alguém assina junto, ciente e de acordo?",
        widget=forms.RadioSelect,
        required=False,
        help_text="Com 16 ou 17 anos a pessoa assina; o pai, a mãe, o tutor ou o guardião pode assinar junto, sem "
        "representar.",
    )
    lido_em_voz_alta = CampoSimNao(label="Quem assina pediu a leitura em voz alta?")

    def __init__(self, *args: Any, requerimento: Requerimento, hoje: date, **kwargs: Any) -> None:
        self.requerimento, self.hoje = requerimento, hoje
        self.impedidos: list[str] = []
        self.avisos: list[str] = []
        atual = requerimento.quem_assina
        if atual == Quem.REPRESENTANTE:
            atual = f"rep-{requerimento.representante_id}"
        inicial = {
            "versao": requerimento.versao,
            "quem": atual,
            "assistente": requerimento.rogo.get("assistente", ""),
            "lido_em_voz_alta": requerimento.rogo.get("lido_em_voz_alta"),
        }
        kwargs.setdefault("initial", inicial)
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        opcoes, notas = self._opcoes()
        quem: Any = self.fields["quem"]
        quem.choices, quem.notas = opcoes, notas
        if len(opcoes) == 1 and not self.initial.get("quem"):
            self.initial["quem"] = opcoes[0][0]
        campos = ["versao", "quem", *self._assistente(opcoes), "lido_em_voz_alta"]
        if [valor for valor, _ in opcoes] == [Quem.ROGO]:
            # A rogo the papers are always read aloud: nothing to ask but the three people, on the next page.
            del self.fields["lido_em_voz_alta"]
            self.rotulo_enviar, self.icone_enviar = "Continuar", ""
            return ["versao", "quem"]
        return campos

    def _assistente(self, opcoes: list[tuple[str, str]]) -> list[str]:
        """Asked only of who is 16 or 17 and signs: nobody is chosen beforehand."""
        idade = self.requerimento.pessoa.idade_em(self.hoje)
        pode = Quem.TITULAR in dict(opcoes) and not problema_do_assistente(idade_titular=idade)
        campo: Any = self.fields["assistente"]
        campo.choices = [(str(r.pk), str(r)) for r in assistentes_de(self.requerimento.pessoa)] if pode else []
        if not campo.choices:
            del self.fields["assistente"]
            return []
        campo.choices = [*campo.choices, ("", "Ninguém assina junto")]
        return ["assistente"]

    def _opcoes(self) -> tuple[list[tuple[str, str]], dict[str, str]]:
        pessoa = self.requerimento.pessoa
        opcoes, notas = [], {}
        idade = pessoa.idade_em(self.hoje)
        if impedida := problema_de_quem_assina(quem=Quem.TITULAR, idade_titular=idade, assina=pessoa.assina):
            self.impedidos.append(impedida)
        else:
            opcoes.append((Quem.TITULAR.value, pessoa.nome))
            notas[Quem.TITULAR.value] = "A própria pessoa."
        for representante in representantes_vigentes(pessoa):
            if impedido := self._impedimento(representante):
                self.impedidos.append(impedido)
                continue
            if aviso := aviso_da_validade(em_valores(representante, self.hoje), hoje=self.hoje):
                self.avisos.append(aviso)
            opcoes.append((f"rep-{representante.pk}", representante.nome))
            notas[f"rep-{representante.pk}"] = f"{representante.get_tipo_display()}. {representante.titulo}."
        if not problema_de_quem_assina(quem=Quem.ROGO, idade_titular=idade, assina=pessoa.assina):
            opcoes.append((Quem.ROGO.value, "Outra pessoa assina a rogo"))
            notas[Quem.ROGO.value] = NOTA_DO_ROGO
        return opcoes, notas

    def _impedimento(self, representante: Representante) -> str:
        if problemas := problemas_de(representante, pessoa=self.requerimento.pessoa, hoje=self.hoje):
            return " ".join(problemas)
        problema = problema_do_procurador(
            procurador=representante.procurador, substabelece=representante.procuracao_substabelece
        )
        return problema and f"{representante.nome}: {problema}"

    def escolha(self) -> dict[str, Any]:
        """The arguments of `servicos.escolher_quem_assina` (without the three people of a rogo)."""
        quem = self.cleaned_data["quem"]
        representante = int(quem.removeprefix("rep-")) if quem.startswith("rep-") else None
        return {
            "quem": Quem.REPRESENTANTE.value if representante else quem,
            "representante_id": representante,
            "rogo": {
                "lido_em_voz_alta": self.cleaned_data["lido_em_voz_alta"],
                "assistente": self.cleaned_data.get("assistente"),
            },
            "versao": self.cleaned_data["versao"],
        }


class RogoForm(FormularioBase, forms.Form):
    """Who signs in the person's place and the two witnesses; all of it is printed."""

    rotulo_enviar = "Salvar e fazer os papéis"
    icone_enviar = "papel"
    mostrar_opcional = False

    versao = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, requerimento: Requerimento, agente_cpf: str, hoje: date, **kwargs: Any) -> None:
        self.requerimento, self.agente_cpf, self.hoje = requerimento, agente_cpf, hoje
        kwargs.setdefault("initial", {**requerimento.rogo, "versao": requerimento.versao})
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        blocos = []
        for prefixo, papel in PAPEIS_DO_ROGO.items():
            self.fields[f"{prefixo}_nome"] = forms.CharField(label="Nome", max_length=120)
            self.fields[f"{prefixo}_cpf"] = CampoCPF()
            self.fields[f"{prefixo}_documento"] = forms.CharField(label="Documento (tipo e número)", max_length=60)
            self.fields[f"{prefixo}_nascimento"] = CampoData(passado=True, label="Nascimento")
            linhas = [
                Linha(Coluna(f"{prefixo}_nome", largura=4), f"{prefixo}_cpf"),
                Linha(f"{prefixo}_documento", f"{prefixo}_nascimento"),
            ]
            blocos.append(Fieldset(papel.removeprefix("a ").capitalize(), *linhas))
        return ["versao", *blocos]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        problemas = problemas_do_rogo(self.requerimento, dados, agente_cpf=self.agente_cpf, hoje=self.hoje)
        for problema in problemas:
            self.add_error(None, problema)
        return dados

    def escolha(self) -> dict[str, Any]:
        """The arguments of `servicos.escolher_quem_assina`; `rogo` is JSON-safe."""
        chaves = [f"{prefixo}_{campo}" for prefixo in PAPEIS_DO_ROGO for campo in CAMPOS_DO_ROGO]
        limpos = {chave: self.cleaned_data[chave] for chave in chaves if self.cleaned_data[chave]}
        rogo = {k: v.isoformat() if isinstance(v, date) else v for k, v in limpos.items()}
        return {"quem": Quem.ROGO.value, "rogo": rogo, "versao": self.cleaned_data["versao"]}
