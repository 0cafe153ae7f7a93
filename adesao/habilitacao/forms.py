"""What the town types to prove one requirement; the fields are those that the catalogue asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from act_portal.emissao.forms import campo_declaracao
from act_portal.telas.forms import CampoData, FormularioBase
from adesao.analise.forms.base import paragrafo
from adesao.habilitacao.catalogo import Comprovante


class ComprovacaoForm(FormularioBase, forms.Form):
    rotulo_enviar = "Enviar ao INSS"
    mostrar_opcional = False

    def __init__(self, *args: Any, pedido: Comprovante, **kwargs: Any) -> None:
        self.pedido = pedido
        kwargs.setdefault("auto_id", f"{pedido.codigo}_%s")
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        pedido = self.pedido
        assinado = forms.FileField(label="PDF assinado", help_text="Como saiu do assinador, sem imprimir.")
        possiveis: dict[str, forms.Field] = {
            "arquivo": assinado
            if pedido.papel
            else forms.FileField(label="Arquivo", help_text="PDF ou imagem digitalizada."),
            "texto": forms.CharField(label=pedido.rotulo_texto, max_length=160),
            "horas": forms.IntegerField(label="Carga horária, em horas", min_value=1, max_value=999),
            "em": CampoData(label=pedido.rotulo_em, passado=True),
            "ate": CampoData(label=pedido.rotulo_ate),
        }
        for nome, campo in possiveis.items():
            if nome in pedido.campos:
                self.fields[nome] = campo
        if pedido.papel:
            self.fields["declaracao"] = campo_declaracao()
        return list(self.fields)


class RecusarForm(FormularioBase, forms.Form):
    rotulo_enviar = "Recusar"
    mostrar_opcional = False
    motivo = paragrafo("O que o município precisa fazer", 600, 2)


class DesligarForm(FormularioBase, forms.Form):
    rotulo_enviar = "Desligar a pessoa"
    mostrar_opcional = False
    motivo = paragrafo("Por que a pessoa sai", 300, 2, help_text="O acesso fecha na hora.")
