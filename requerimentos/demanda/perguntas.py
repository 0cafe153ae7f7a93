"""The questions of a request: what the slots and conditions of the service need to know, and what the papers declare.

No answer is ever filled in for the person: an unanswered question is absent from `respostas`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.servico import Servico


class Tipo(StrEnum):
    SIM_NAO = "sim_nao"
    DATA = "data"
    DINHEIRO = "dinheiro"
    TEMPO = "tempo"


@dataclass(frozen=True)
class Pergunta:
    """`chave` is the key in `Requerimento.respostas`. `declara`: the answer is printed on the request paper."""

    chave: str
    texto: str
    tipo: Tipo = Tipo.SIM_NAO
    ajuda: str = ""
    declara: bool = False


# Known from the record or from who signs: never asked again.
SABIDOS = frozenset({"representante_legal", "procurador", "rogo", "menor"})
DO_REQUERIMENTO = (
    Pergunta("recebe_beneficio_inss", "A pessoa já recebe benefício do INSS?", declara=True),
    Pergunta("recebe_outro_regime", "Recebe benefício de outro regime (prefeitura, estado, militar)?", declara=True),
    Pergunta("acao_judicial_mesmo_tema", "Há processo na Justiça sobre este mesmo assunto?", declara=True),
)
AUTORIZACOES = (
    Pergunta(
        "acompanha_eletronico",
        "Aceita acompanhar o pedido por Meu INSS, 135 e e-mail?",
        ajuda="Se não, o INSS manda carta.",
    ),
    Pergunta(
        "reafirmar_der",
        "Autoriza mudar a data do pedido, se completar as regras depois?",
        ajuda="Pode adiar o começo do pagamento.",
    ),
    Pergunta("aceita_outro_beneficio", "Aceita outro benefício, se for melhor e tiver direito?"),
    Pergunta("atos_agendamento", "Autoriza o balcão a marcar perícia e avaliação social?"),
    Pergunta("atos_recurso", "Autoriza o balcão a apresentar recurso, depois de ouvir a pessoa?"),
)
# Numbers and dates that the rules compare, with the kinds of rule that need each. The text is in the vocabulary.
EXTRATO = (
    "Está no extrato do CNIS ou na simulação do Meu INSS. Professor: só o magistério. Assim: 29 anos 7 meses 2 dias."
)
MEDIDAS = (
    ("cadunico_em", Tipo.DATA, {"cadunico"}, ""),
    ("renda_por_pessoa", Tipo.DINHEIRO, {"renda_ate"}, "Some o que todos ganham e divida pelo número de pessoas."),
    ("tempo_contribuicao", Tipo.TEMPO, {"tempo", "pontos", "pedagio"}, EXTRATO),
    ("tempo_somado", Tipo.TEMPO, {"tempo_somado"}, "Some o extrato do CNIS com os anos de roça."),
    ("tempo_na_reforma", Tipo.TEMPO, {"na_reforma", "pedagio"}, "Serve para o pedágio e o direito adquirido."),
)
BENEFICIOS = frozenset({"beneficio_previdenciario", "beneficio_assistencial"})


def perguntas_do(servico: Servico) -> list[Pergunta]:
    """In the order of the screen: the service's own facts, then the declarations and choices of the papers."""
    return [*_fatos(servico), *_numeros(servico), *_declaracoes(servico), *_autorizacoes(servico)]


def abertas(servico: Servico, respostas: Mapping[str, Any]) -> list[Pergunta]:
    """Questions without an answer. The facts that only settle a slot may stay open: the slot then says so."""
    indispensaveis = {p.chave for p in [*_declaracoes(servico), *_autorizacoes(servico)]}
    return [p for p in perguntas_do(servico) if p.chave in indispensaveis and respostas.get(p.chave) is None]


def _fatos(servico: Servico) -> list[Pergunta]:
    textos = carregar().vocabulario.fatos
    das_vagas = [fato for vaga in servico.vagas for fato in vaga.se]
    das_regras = [str(c.regra["fato"]) for c in servico.condicoes if "fato" in c.regra]
    chaves = dict.fromkeys([*das_regras, *das_vagas])
    sabidos = SABIDOS | set(da_ficha(servico))
    return [Pergunta(chave, textos[chave]) for chave in chaves if chave not in sabidos and chave in textos]


def da_ficha(servico: Servico) -> list[str]:
    """Facts and measures that the packs of this service tell: not asked here."""
    vocabulario = carregar().vocabulario
    return [chave for chave in vocabulario.na_ficha if not set(vocabulario.contam(chave)).isdisjoint(servico.perguntas)]


def decidem_papel(servico: Servico, respostas: Mapping[str, Any]) -> list[Pergunta]:
    """Questions still blank that make a document mandatory or not."""
    decidem = {fato for vaga in servico.vagas for fato in vaga.se}
    return [p for p in _fatos(servico) if p.chave in decidem and respostas.get(p.chave) is None]


def _numeros(servico: Servico) -> list[Pergunta]:
    regras = {nome for condicao in servico.condicoes for nome in condicao.regra}
    textos, na_ficha = carregar().vocabulario.medidas, da_ficha(servico)
    medidas = [medida for medida in MEDIDAS if medida[2] & regras and medida[0] not in na_ficha]
    return [Pergunta(chave, textos[chave], tipo, ajuda) for chave, tipo, _, ajuda in medidas]


def _declaracoes(servico: Servico) -> list[Pergunta]:
    """Without those that a pack of the service asks in full: the paper prints that answer, and never two."""
    return [p for p in DO_REQUERIMENTO if p.chave not in da_ficha(servico)]


def _autorizacoes(servico: Servico) -> list[Pergunta]:
    """Without those that mean nothing to this service: what only a benefit has, and a date nobody books."""
    fora = set() if servico.grupo in BENEFICIOS else {"reafirmar_der", "aceita_outro_beneficio"}
    fora |= set() if servico.agendamentos else {"atos_agendamento"}
    return [p for p in AUTORIZACOES if p.chave not in fora]
