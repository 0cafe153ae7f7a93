"""Who signs: the person, a rogo with two witnesses, or a representative."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from act_portal.telas.forms import CampoCPF, CampoData, Coluna, FormularioBase, Linha
from requerimentos.demanda.forms import CampoSimNao
from requerimentos.models import Requerimento
from requerimentos.papeis.regras import Assinante, problemas_do_rogo

Quem = Requerimento.QuemAssina
PAPEIS_DO_ROGO = {"rogo": "quem assina a rogo", "test1": "a 1ª testemunha", "test2": "a 2ª testemunha"}


class QuemAssinaForm(FormularioBase, forms.Form):
    rotulo_enviar = "Salvar quem assina"

    versao = forms.IntegerField(widget=forms.HiddenInput)
    quem = forms.ChoiceField(label="Quem assina os papéis?", choices=Quem.choices, widget=forms.RadioSelect)
    representante = forms.ChoiceField(label="Quem representa", required=False)
    lido_em_voz_alta = CampoSimNao(label="Os papéis vão ser lidos em voz alta, a pedido da pessoa?")

    def __init__(self, *args: Any, requerimento: Requerimento, agente_cpf: str, hoje: date, **kwargs: Any) -> None:
        self.requerimento, self.agente_cpf, self.hoje = requerimento, agente_cpf, hoje
        kwargs.setdefault(
            "initial",
            {
                **requerimento.rogo,
                "versao": requerimento.versao,
                "quem": requerimento.quem_assina,
                "representante": requerimento.representante_id,
            },
        )
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        vigentes = self.requerimento.pessoa.representantes.filter(encerrado_em__isnull=True)
        escolha: Any = self.fields["representante"]
        escolha.choices = [("", "Ninguém"), *[(r.pk, str(r)) for r in vigentes]]
        blocos = []
        for prefixo, papel in PAPEIS_DO_ROGO.items():
            titulo = papel[0].upper() + papel[1:]
            self.fields[f"{prefixo}_nome"] = forms.CharField(label=f"Nome: {papel}", max_length=120, required=False)
            self.fields[f"{prefixo}_cpf"] = CampoCPF(required=False, label=f"CPF: {papel}")
            self.fields[f"{prefixo}_documento"] = forms.CharField(label="Documento", max_length=60, required=False)
            self.fields[f"{prefixo}_nascimento"] = CampoData(passado=True, required=False, label="Nascimento")
            linhas: list[Any] = [
                Linha(Coluna(f"{prefixo}_nome", largura=3), Coluna(f"{prefixo}_cpf", largura=3)),
                Linha(Coluna(f"{prefixo}_documento", largura=3), Coluna(f"{prefixo}_nascimento", largura=3)),
            ]
            if prefixo == "rogo":
                self.fields["rogo_vinculo"] = forms.CharField(
                    label="O que é da pessoa", max_length=40, required=False, help_text="Filha, vizinho, amiga…"
                )
                linhas.append("rogo_vinculo")
            blocos.append(Fieldset(f"Só para assinatura a rogo: {titulo.lower()}", *linhas))
        return ["versao", "quem", "representante", "lido_em_voz_alta", *blocos]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("quem") == Quem.REPRESENTANTE and not dados.get("representante"):
            self.add_error("representante", "Escolha quem representa. Se não está na lista, cadastre na recepção.")
        if dados.get("quem") == Quem.ROGO:
            self._conferir_rogo(dados)
        return dados

    def _conferir_rogo(self, dados: dict[str, Any]) -> None:
        assinantes = []
        for prefixo, papel in PAPEIS_DO_ROGO.items():
            for campo in ("nome", "cpf", "documento", "nascimento"):
                if not dados.get(f"{prefixo}_{campo}") and f"{prefixo}_{campo}" not in self.errors:
                    self.add_error(f"{prefixo}_{campo}", "Preencha: sai no papel ao lado da assinatura.")
            assinantes.append(Assinante(papel, dados.get(f"{prefixo}_cpf", ""), dados.get(f"{prefixo}_nascimento")))
        problemas = problemas_do_rogo(
            assinantes, titular_cpf=self.requerimento.pessoa.cpf, agente_cpf=self.agente_cpf, hoje=self.hoje
        )
        for problema in problemas:
            self.add_error(None, problema)

    def rogo(self) -> dict[str, Any]:
        """JSON-safe keys of the papers (`rogo_*`, `test1_*`, `test2_*`)."""
        limpos = {k: v for k, v in self.cleaned_data.items() if k.startswith(("rogo_", "test")) and v}
        limpos["lido_em_voz_alta"] = self.cleaned_data["lido_em_voz_alta"]
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in limpos.items()}
