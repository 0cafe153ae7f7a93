"""One question of the conversation: options to choose, or something to type with options beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from act_portal.telas.formatos import dinheiro
from act_portal.telas.forms import CampoData, FormularioBase
from requerimentos.demanda import tempo
from requerimentos.demanda.forms import CampoDinheiro, CampoTempo
from requerimentos.demanda.triagem.regras import MAXIMO_DE_PESSOAS, por_pessoa
from requerimentos.demanda.triagem.roteiro import Pergunta, Tipo

ESCOLHA = "Escolha uma resposta. Se a pessoa não sabe, há uma opção para isso."


class RespostaForm(FormularioBase, forms.Form):
    """`resposta` is what is stored for the question, if anything: going back shows it again."""

    rotulo_enviar = ""

    versao = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        pergunta: Pergunta,
        nascimento: date,
        hoje: date,
        resposta: Any = None,
        versao: int = 0,
        **kwargs: Any,
    ) -> None:
        self.pergunta, self.nascimento, self.hoje = pergunta, nascimento, hoje
        kwargs["initial"] = {"versao": versao, **_inicial(pergunta, resposta)}
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        self.fields |= _campos(self.pergunta)
        return list(self.fields)

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        opcao = self.data.get("opcao", "")
        if self.pergunta.tipo != Tipo.ESCOLHA and self.pergunta.opcao(opcao):
            # Beside the field there was a button that says it all: what was half typed is no mistake.
            for campo in list(self.errors):
                del self.errors[campo]
            dados["resposta"] = opcao
        elif not self.errors and (frase := self._impossivel(dados.get("resposta"))):
            self.add_error("resposta", frase)
        elif not self.errors:
            dados["resposta"] = self._digitada(dados)
        return dados

    def _impossivel(self, resposta: Any) -> str:
        """What cannot be of this person, by the date of birth in the record; empty when it can."""
        if self.pergunta.tipo == Tipo.DATA and not self.pergunta.medida and resposta < self.nascimento:
            return f"A pessoa nasceu em {self.nascimento:%d/%m/%Y}: este dia é anterior. Confira os dois."
        if self.pergunta.tipo == Tipo.TEMPO and tempo.ler(resposta) > tempo.decorrido(self.nascimento, self.hoje):
            anos = tempo.idade(self.nascimento, self.hoje)
            return f"A pessoa tem {anos} anos: não pode ter mais tempo do que isso. Confira."
        return ""

    def _digitada(self, dados: dict[str, Any]) -> Any:
        if self.pergunta.tipo == Tipo.RENDA:
            return {"pessoas": dados["pessoas"], "total": f"{dados['total']:.2f}"}
        valor = dados["resposta"]
        return valor.isoformat() if self.pergunta.tipo == Tipo.DATA else valor

    @property
    def digitados(self) -> list[forms.BoundField]:
        return [self[nome] for nome in self.fields if nome not in {"versao", "resposta"} or self._um_so(nome)]

    def _um_so(self, nome: str) -> bool:
        return nome == "resposta" and self.pergunta.tipo != Tipo.ESCOLHA


def _campos(pergunta: Pergunta) -> dict[str, forms.Field]:
    if pergunta.tipo == Tipo.RENDA:
        pessoas = forms.IntegerField(label="Pessoas que moram na casa", min_value=1, max_value=MAXIMO_DE_PESSOAS)
        total = CampoDinheiro(label="Total por mês, em reais", min_value=Decimal(0), max_digits=9, decimal_places=2)
        return {"pessoas": pessoas, "total": total}
    if pergunta.tipo == Tipo.DATA:
        return {"resposta": CampoData(label="Dia", passado=True)}
    if pergunta.tipo == Tipo.TEMPO:
        return {"resposta": CampoTempo(label="Anos, meses e dias", max_length=60)}
    escolhas = [(opcao.id, opcao.texto) for opcao in pergunta.opcoes]
    campo = forms.ChoiceField(
        label=pergunta.texto,
        choices=escolhas,
        widget=forms.RadioSelect,
        error_messages={"required": ESCOLHA, "invalid_choice": ESCOLHA},
    )
    campo.notas = {opcao.id: opcao.nota for opcao in pergunta.opcoes}  # type: ignore[attr-defined]
    return {"resposta": campo}


def _inicial(pergunta: Pergunta, resposta: Any) -> dict[str, Any]:
    if resposta is None or (pergunta.tipo != Tipo.ESCOLHA and pergunta.opcao(resposta)):
        return {}
    if isinstance(resposta, dict):
        return dict(resposta)
    return {"resposta": resposta}


def em_palavras(pergunta: Pergunta, resposta: Any) -> str:
    """A stored answer as people read it."""
    if isinstance(resposta, str) and (opcao := pergunta.opcao(resposta)):
        return opcao.texto
    if pergunta.tipo == Tipo.DATA:
        return "/".join(reversed(str(resposta).split("-")))
    if pergunta.tipo == Tipo.RENDA:
        pessoas = int(resposta["pessoas"])
        casa = f"{dinheiro(resposta['total'])} para {pessoas} pessoa{'s' if pessoas > 1 else ''}"
        if pessoas == 1:
            return casa
        cada = por_pessoa(resposta)
        # Said, so that nobody takes the cent for a mistake (`por_pessoa` says why).
        para_cima = " (o centavo que sobra conta inteiro)" if cada * pessoas != Decimal(resposta["total"]) else ""
        return f"{casa}: {dinheiro(cada)} por pessoa{para_cima}"
    return str(resposta)
