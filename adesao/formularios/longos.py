"""The three long forms. They are kept as they are typed (`leitura`): being valid is being complete."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.timezone import localdate

from act_portal.datas import problema_do_dia
from act_portal.telas.forms import CampoCEP, CampoCPF, CampoData, CampoTelefone, Coluna, FormularioBase, Linha
from act_portal.territorio.texto import normalizar
from adesao.checklist.catalogo import mandato_ate, parametro
from adesao.formularios.campos import inteiro, longo, par, por_grupo_de_servicos, sim_nao, texto
from adesao.models import Formulario
from adesao.regras import alheio


class FormularioLongo(FormularioBase, forms.Form):
    """Drawn without its own buttons: the page has them, and saves by itself."""

    rotulo_enviar = ""


class MunicipioForm(FormularioLongo):
    nome = texto("Nome do município como está no CNPJ", help_text="Exemplo: Município de Serra do Ipê.")
    endereco = texto("Endereço da prefeitura", 200)
    cep = CampoCEP(label="CEP")
    telefone = CampoTelefone()
    email = forms.EmailField(label="E-mail da prefeitura")
    area = texto("Secretaria ou setor responsável pelo acordo")
    rl_nome = texto("Nome de quem assina pelo município", help_text="Em geral, o prefeito ou a prefeita.")
    rl_cpf = CampoCPF(label="CPF de quem assina")
    rl_documento = texto("Documento de identidade", 60, help_text="Tipo, número, órgão e UF.")
    rl_cargo = texto("Cargo", 80, help_text="Prefeito(a) Municipal, ou outro.")
    rl_ato = texto(
        "Ato que dá os poderes", 160, help_text="Exemplo: diploma da Justiça Eleitoral e ata de posse de 01/01/2025."
    )
    rl_mandato_fim = CampoData(label="Fim do mandato", help_text="O último dia.")
    gestor_nome = texto("Gestor do acordo no município")
    gestor_cargo = texto("Cargo do gestor", 80)
    gestor_contato = texto("Telefone ou e-mail do gestor", 120)
    suplente = texto("Suplente do gestor (nome e cargo)", 200)
    encarregado = texto("Encarregado de dados (nome ou setor)", 120, help_text="Quem responde pela LGPD.")
    encarregado_contato = texto("Contato do encarregado", 120)

    def leiaute(self) -> list:
        return [
            Fieldset(
                "A prefeitura",
                "nome",
                Linha(Coluna("endereco", largura=4), Coluna("cep")),
                par("telefone", "email"),
                "area",
            ),
            Fieldset(
                "Quem assina pelo município",
                Linha(Coluna("rl_nome", largura=4), Coluna("rl_cpf")),
                par("rl_documento", "rl_cargo"),
                Linha(Coluna("rl_ato", largura=4), Coluna("rl_mandato_fim")),
            ),
            Fieldset(
                "Quem cuida do acordo",
                par("gestor_nome", "gestor_cargo"),
                par("gestor_contato", "suplente"),
                par("encarregado", "encarregado_contato"),
            ),
        ]

    def clean_nome(self) -> str:
        nome = self.cleaned_data["nome"]
        if de_quem := alheio(normalizar(nome)):
            raise forms.ValidationError(f"Este nome é {de_quem}. O acordo é com o município.")
        return nome

    def clean_rl_mandato_fim(self) -> Any:
        fim = self.cleaned_data["rl_mandato_fim"]
        if fim < localdate():
            raise forms.ValidationError("Este mandato já acabou. Informe quem está no cargo agora.")
        if frase := problema_do_dia("O fim do mandato", fim, ate=mandato_ate(localdate())):
            raise forms.ValidationError(frase)
        return fim


class OficioForm(FormularioLongo):
    numero = texto("Número do ofício", 30, required=False, help_text="Se a prefeitura numera. Exemplo: 012/2026.")
    justificativa = longo("Por que o município precisa do acordo", 5)
    aps_referencia = texto("Agência do INSS que atende o município hoje", required=False)
    distancia_km = inteiro("Distância até ela, em km", required=False, max_value=5000)
    populacao = inteiro("População", required=False)
    demanda_mes = inteiro("Atendimentos por mês que o município espera", required=False)
    interesse_imovel = sim_nao("O município também vai pedir espaço num imóvel do INSS?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minimo = parametro("justificativa_letras", localdate()).valor
        justificativa = self.fields["justificativa"]
        justificativa.help_text = f"Pelo menos {minimo} letras: distância, transporte, quem mais precisa."
        self.minimo = minimo

    def leiaute(self) -> list:
        self.campos_de_servicos = por_grupo_de_servicos(self)
        return [
            Fieldset("O pedido", "numero", "justificativa", par("aps_referencia", "distancia_km"),
                     par("populacao", "demanda_mes"), "interesse_imovel"),
            Fieldset("Serviços que o município quer oferecer", *self.campos_de_servicos),
        ]  # fmt: skip

    def clean_justificativa(self) -> str:
        texto = self.cleaned_data["justificativa"].strip()
        if len(texto) < self.minimo:
            raise forms.ValidationError(f"Escreva um pouco mais: há {len(texto)} letras e o mínimo é {self.minimo}.")
        return texto

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        dados["servicos"] = [codigo for nome in self.campos_de_servicos for codigo in dados.get(nome, [])]
        if not dados["servicos"]:
            self.add_error(self.campos_de_servicos[0], "Escolha pelo menos um serviço.")
        return dados


class PlanoForm(FormularioLongo):
    """The proposed targets come filled in; the town changes what it will."""

    diagnostico = longo("Como é hoje o atendimento do INSS para quem mora no município", 4)
    alvo_exigencia = inteiro("Pedidos com exigência por documento faltante ou ilegível: no máximo (%)", max_value=100)
    alvo_exig_prazo = inteiro("Exigências respondidas no prazo: pelo menos (%)", max_value=100)
    alvo_espera = inteiro("Espera até a chamada: no máximo (minutos)", max_value=600)
    alvo_satisfacao = inteiro("Notas 4 e 5 na pesquisa: pelo menos (%)", max_value=100)
    e1 = inteiro("Publicar o extrato e designar gestores", max_value=730)
    e2 = inteiro("Cadastrar o acordo no SAG Gestão", max_value=730)
    e3 = inteiro("Indicar representantes e colher os termos", max_value=730)
    e4 = inteiro("Capacitar os representantes", max_value=730)
    e5 = inteiro("Criar os acessos", max_value=730)
    e6 = inteiro("Abrir o atendimento", max_value=730)
    e9 = inteiro("Relatório final, depois do fim do acordo", max_value=730)
    relatorio = forms.ChoiceField(
        label="O município faz relatório",
        choices=[("mensal", "Todo mês"), ("trimestral", "A cada três meses"), ("anual", "Uma vez por ano")],
    )
    riscos = longo("O que pode dar errado e o que fazer", 7, help_text="Um por linha: o risco, dois pontos, a medida.")

    def leiaute(self) -> list:
        return [
            Fieldset("Diagnóstico", "diagnostico"),
            Fieldset("Metas", par("alvo_exigencia", "alvo_exig_prazo"), par("alvo_espera", "alvo_satisfacao")),
            Fieldset(
                "Etapas: em quantos dias depois da publicação",
                par("e1", "e2"), par("e3", "e4"), par("e5", "e6"), par("e9", "relatorio"),
            ),
            Fieldset("Riscos", "riscos"),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        dias = [dados[nome] for nome in ("e1", "e2", "e3", "e4", "e5", "e6") if dados.get(nome) is not None]
        if dias != sorted(dias):
            self.add_error("e1", "As etapas estão fora de ordem: cada uma vem no mesmo dia da anterior ou depois.")
        return dados


PROPOSTAS: dict[str, Any] = {
    "alvo_exigencia": 10,
    "alvo_exig_prazo": 95,
    "alvo_espera": 30,
    "alvo_satisfacao": 80,
    "e1": 30,
    "e2": 40,
    "e3": 45,
    "e4": 75,
    "e5": 90,
    "e6": 100,
    "e9": 60,
    "relatorio": "trimestral",
    "riscos": "\n".join(
        [
            "Queda do sistema do INSS: anotar a falha, marcar volta e avisar a pessoa.",
            "Saída de servidor: manter um substituto já capacitado e tirar o acesso no mesmo dia.",
            "Troca de gestão: atualizar o representante legal e confirmar o interesse.",
            "Vazamento de dados: parar, avisar o INSS e o encarregado, registrar.",
            "Intermediário que cobra: placa de serviço gratuito e denúncia.",
            "Acordo sem pedidos: divulgar nos bairros e na zona rural.",
            "Certidão vencida: acompanhar os avisos do portal e renovar antes.",
        ]
    ),
}
LONGOS: dict[Formulario.Tipo, type[FormularioLongo]] = {
    Formulario.Tipo.MUNICIPIO: MunicipioForm,
    Formulario.Tipo.OFICIO: OficioForm,
    Formulario.Tipo.PLANO: PlanoForm,
}
INICIAIS: dict[Formulario.Tipo, dict[str, Any]] = {Formulario.Tipo.PLANO: PROPOSTAS}
