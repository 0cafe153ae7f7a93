"""A point of service and the answers of its declaration of structure."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.timezone import localdate

from act_portal.datas import problema_do_dia
from act_portal.telas.forms import CampoCEP, CampoData, CampoTelefone, Coluna, FormularioBase, Linha
from act_portal.territorio.regras import somar_meses
from adesao.checklist.catalogo import parametro
from adesao.formularios.campos import de_dois, inteiro, par, sim_nao, texto
from adesao.models import Ponto

# What the declaration asks with yes or no, by the part of the form.
PERGUNTAS: dict[str, dict[str, str]] = {
    "espaco": {
        "sala_reservada": "Há onde conversar em reserva?",
        "painel_senha": "A espera tem assentos e chamada por senha?",
    },
    "acessibilidade": {
        "acess_rampa": "Rampa ou entrada sem degrau?",
        "acess_banheiro": "Banheiro adaptado?",
        "acess_piso": "Piso tátil?",
        "acess_balcao": "Mesa ou balcão baixo?",
        "acess_libras": "Atendimento em Libras?",
    },
    "equipamentos": {
        "leitor_certificado": "Leitor de certificado digital?",
        "autenticador_mfa": "Celular ou chave para o segundo fator?",
        "nobreak": "Nobreak?",
    },
    "seguranca": {
        "rede_separada": "Rede separada da dos visitantes?",
        "usuario_individual": "Usuário individual e bloqueio de tela?",
        "antivirus_atualizado": "Antivírus atualizado?",
    },
}
SIM_OU_NAO = {nome: pergunta for parte in PERGUNTAS.values() for nome, pergunta in parte.items()}


class PontoForm(FormularioBase, forms.ModelForm):
    """Where and what the point has. The answers of the declaration are kept together in `estrutura`."""

    rotulo_enviar = "Salvar o ponto"

    versao = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cep = CampoCEP(label="CEP")
    telefone = CampoTelefone(required=False)
    area_m2 = inteiro("Área em m²", min_value=1, max_value=100_000)
    salas = inteiro("Salas", min_value=1, max_value=100)
    acess_prazo = CampoData(
        label="Até quando completa a acessibilidade", required=False, help_text="Se respondeu “não” a alguma."
    )
    computadores = inteiro("Computadores", min_value=1, max_value=100)
    scanner_modelo = texto("Digitalizador (modelo)", 80)
    scanner_dpi = inteiro("Resolução do digitalizador, em DPI", min_value=150, max_value=2400)
    impressora = texto("Impressora (modelo)", 80)
    internet_mbps = inteiro("Internet, em Mbps", min_value=1, max_value=100_000)
    internet_reserva = texto("Internet de reserva", 80, required=False, help_text="Se houver. Exemplo: 4G.")
    guarda_documentos = texto("Onde ficam guardados os papéis", 160)
    servidores_por_turno = inteiro("Servidores por turno", min_value=1, max_value=100)
    postos = inteiro("Mesas de atendimento", min_value=1, max_value=100)
    substitutos = texto("Quem substitui nas faltas e férias", 160)
    canal_reclamacao = texto("Onde o cidadão reclama", 160, help_text="Exemplo: ouvidoria, telefone e horário.")
    data_pronta = CampoData(
        label="Ainda não está pronto? Em que dia fica", required=False, help_text="Deixe vazio se já está pronto."
    )

    class Meta:
        model = Ponto
        fields = ["nome", "endereco", "cep", "telefone", "dias", "horario"]

    NA_ESTRUTURA = (
        "area_m2", "salas", "acess_prazo", "computadores", "scanner_modelo", "scanner_dpi", "impressora",
        "internet_mbps", "internet_reserva", "guarda_documentos", "servidores_por_turno", "postos", "substitutos",
        "canal_reclamacao", "data_pronta", *SIM_OU_NAO,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        ponto: Ponto | None = kwargs.get("instance")
        if ponto:
            kwargs["initial"] = {**ponto.estrutura, "versao": ponto.versao, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for nome, exemplo in (("dias", "Segunda a sexta"), ("horario", "8h às 12h e 13h às 17h")):
            self.fields[nome].help_text = f"Exemplo: {exemplo}."

    def leiaute(self) -> list:
        for nome, pergunta in SIM_OU_NAO.items():
            self.fields[nome] = sim_nao(pergunta)
        return [
            "versao",
            Fieldset("O lugar", "nome", Linha(Coluna("endereco", largura=4), Coluna("cep")), par("telefone", "dias"),
                     par("horario", "data_pronta")),
            Fieldset("Espaço", par("area_m2", "salas"), *de_dois(PERGUNTAS["espaco"])),
            Fieldset("Acessibilidade", *de_dois(PERGUNTAS["acessibilidade"]), "acess_prazo"),
            Fieldset("Equipamentos", par("computadores", "impressora"), par("scanner_modelo", "scanner_dpi"),
                     *de_dois(PERGUNTAS["equipamentos"])),
            Fieldset("Rede e segurança", par("internet_mbps", "internet_reserva"), *de_dois(PERGUNTAS["seguranca"]),
                     "guarda_documentos"),
            Fieldset("Pessoas", par("postos", "servidores_por_turno"), par("substitutos", "canal_reclamacao")),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        falta_acesso = any(dados.get(nome) == "nao" for nome in PERGUNTAS["acessibilidade"])
        if falta_acesso and not dados.get("acess_prazo") and "acess_prazo" not in self.errors:
            self.add_error("acess_prazo", "Diga até quando o município completa o que falta na acessibilidade.")
        hoje = localdate()
        ate = somar_meses(hoje, parametro("ponto_meses", hoje).valor)
        for nome in ("acess_prazo", "data_pronta"):
            if frase := problema_do_dia("Este dia", dados.get(nome), de=hoje, ate=ate):
                self.add_error(nome, frase)
        return dados

    def estrutura(self) -> dict[str, Any]:
        """The answers of the declaration, safe for JSON."""
        dados = {nome: self.cleaned_data[nome] for nome in self.NA_ESTRUTURA}
        return {nome: valor.isoformat() if hasattr(valor, "isoformat") else valor for nome, valor in dados.items()}
