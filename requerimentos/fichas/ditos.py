"""Facts that the person has told already, for the pages that ask them again: written, marked, and theirs to confirm.

Told in the conversation of this very visit, in the short questions of this request or in another of its pages, or known
from a denial that the desk followed. Nothing here is an answer until somebody saves the page with the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import ErroDoCatalogo, Folha
from act_portal.telas.formatos import protocolo
from requerimentos.demanda.consultas import servico_do
from requerimentos.demanda.triagem import roteiro
from requerimentos.demanda.triagem.consultas import Andamento, andamento, fatos_ditos
from requerimentos.demanda.triagem.forms import em_palavras
from requerimentos.fichas.catalogo import pacotes
from requerimentos.models import PaginaDaFicha, Requerimento, Resultado, Triagem
from requerimentos.situacoes import TipoResultado

ARQUIVO = Path(__file__).parent / "ditos.toml"
# Stands for any answer that was typed, not chosen.
DIGITADA = "*"
NA_CONVERSA, NAS_PERGUNTAS = "na conversa", "nas perguntas do pedido"
NEGADOS = [TipoResultado.INDEFERIDO, TipoResultado.PARCIAL]

Onde = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Ponte:
    """From where the fact was told to the question that asks it again. See the head of `ditos.toml`."""

    pacote: str
    secao: str
    pergunta: str
    conversa: str = ""
    resposta: str = ""
    ficha: str = ""
    parte: str = ""
    valores: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Lembrete:
    pacote: str
    secao: str
    conversa: str


@dataclass(frozen=True)
class Dito:
    """What is written in the field, as it would be typed, and where it comes from."""

    valor: str
    de: str


@dataclass(frozen=True)
class Ditos:
    """By page (pack, section): by question what is written, and what is only told beside it. `fatos`: what the
    conversation told of the answers that decide, by their key; `pacotes`: the packs that the service asks.
    """

    campos: Mapping[Onde, Mapping[str, Dito]] = field(default_factory=dict)
    lembretes: Mapping[Onde, list[str]] = field(default_factory=dict)
    fatos: Mapping[str, Any] = field(default_factory=dict)
    pacotes: tuple[str, ...] = ()


@cache
def pontes(arquivo: Path = ARQUIVO) -> tuple[tuple[Ponte, ...], tuple[Lembrete, ...]]:
    """Raises ErroDoCatalogo with file, line and what is wrong."""
    folha, lidas, lembretes = Folha(arquivo), [], []
    for indice, dados in enumerate(folha.blocos("dito")):
        ponte: Ponte = folha.instanciar(Ponte, dados, "dito", indice)
        _conferir(folha, "dito", indice, ponte)
        pacote = pacotes()[ponte.pacote]
        if ponte.pergunta not in {pergunta.id for pergunta in pacote.soltas(ponte.secao)}:
            raise folha.erro(f"“{ponte.pergunta}” não é pergunta desta página.", "pergunta", "dito", indice)
        if ponte.ficha and not _existe(*ponte.ficha.partition(".")[::2]):
            raise folha.erro(f"“{ponte.ficha}” não é pergunta de nenhuma ficha.", "ficha", "dito", indice)
        lidas.append(ponte)
    for indice, dados in enumerate(folha.blocos("lembrete")):
        lembrete: Lembrete = folha.instanciar(Lembrete, dados, "lembrete", indice)
        _conferir(folha, "lembrete", indice, lembrete)
        lembretes.append(lembrete)
    return tuple(lidas), tuple(lembretes)


def _existe(pacote: str, pergunta: str) -> bool:
    return pacote in pacotes() and pergunta in {p.id for p in pacotes()[pacote].perguntas if not p.bloco}


def _conferir(folha: Folha, tabela: str, indice: int, lida: Ponte | Lembrete) -> None:
    def erro(frase: str, chave: str) -> ErroDoCatalogo:
        return folha.erro(frase, chave, tabela, indice)

    if lida.pacote not in pacotes() or pacotes()[lida.pacote].secao(lida.secao) is None:
        raise erro("esta página não existe em nenhuma ficha.", "secao")
    if lida.conversa and roteiro.carregar().pergunta(lida.conversa) is None:
        raise erro(f"“{lida.conversa}” não é pergunta da conversa.", "conversa")


def ditos_de(requerimento: Requerimento) -> Ditos:
    """Empty once the request has left: what was answered then is shown, and nothing more is asked."""
    if not requerimento.editavel:
        return Ditos()
    conversa = _conversa(requerimento)
    campos: dict[Onde, dict[str, Dito]] = {}
    ditos = [*_da_recusa(requerimento), *_das_pontes(requerimento, conversa), *_da_ficha(requerimento)]
    for onde, pergunta, dito in ditos:
        campos.setdefault(onde, {})[pergunta] = dito
    lembretes: dict[Onde, list[str]] = {}
    for lembrete in pontes()[1]:
        resposta = conversa.conversa.dadas.get(lembrete.conversa) if conversa else None
        if conversa and resposta is not None and (feita := conversa.roteiro.pergunta(lembrete.conversa)):
            frase = f"{feita.texto} {em_palavras(feita, resposta)}"
            lembretes.setdefault((lembrete.pacote, lembrete.secao), []).append(frase)
    servico = servico_do(requerimento)
    fatos = fatos_ditos(servico, conversa) if conversa else {}
    return Ditos(campos, lembretes, fatos, tuple(servico.perguntas))


def _conversa(requerimento: Requerimento) -> Andamento | None:
    """The conversation of the visit that opened this request: always of the same person."""
    atendimento = requerimento.atendimento
    if atendimento is None or not Triagem.objects.filter(atendimento=atendimento).exists():
        return None
    return andamento(atendimento, como_foi=True)


def _das_pontes(requerimento: Requerimento, conversa: Andamento | None) -> Iterator[tuple[Onde, str, Dito]]:
    """The short questions come after the conversation in time, so their answer goes over it."""
    ditas = conversa.conversa.dadas if conversa else {}
    for ponte in sorted((p for p in pontes()[0] if not p.ficha), key=lambda ponte: bool(ponte.resposta)):
        if ponte.resposta:
            valor, de = _escrito(ponte, _em_texto(requerimento.respostas.get(ponte.resposta))), NAS_PERGUNTAS
        else:
            valor, de = _escrito(ponte, ditas.get(ponte.conversa)), NA_CONVERSA
        if valor:
            yield (ponte.pacote, ponte.secao), ponte.pergunta, Dito(valor, de)


def _da_ficha(requerimento: Requerimento) -> Iterator[tuple[Onde, str, Dito]]:
    """What another page of this request was told, as it was typed."""
    escritas: dict[str, dict[str, Any]] = {ponte.ficha.partition(".")[0]: {} for ponte in pontes()[0] if ponte.ficha}
    paginas = PaginaDaFicha.objects.filter(ficha__requerimento=requerimento, ficha__codigo__in=escritas)
    for codigo, dados in paginas.values_list("ficha__codigo", "dados"):
        escritas[codigo].update(dados)
    for ponte in pontes()[0]:
        pacote, _, pergunta = ponte.ficha.partition(".")
        if pacote and (valor := escritas[pacote].get(pergunta)):
            yield (ponte.pacote, ponte.secao), ponte.pergunta, Dito(str(valor), f"em “{pacotes()[pacote].nome}”")


def _em_texto(resposta: Any) -> Any:
    return {True: "sim", False: "nao"}.get(resposta, resposta) if isinstance(resposta, bool) else resposta


def _escrito(ponte: Ponte, resposta: Any) -> str:
    """What the answer writes in the page; empty when it says nothing about it."""
    if isinstance(resposta, dict):
        resposta = resposta.get(ponte.parte)
    if resposta is None:
        return ""
    texto = str(resposta)
    pergunta = roteiro.carregar().pergunta(ponte.conversa) if ponte.conversa else None
    escolhida = bool(pergunta and pergunta.opcao(texto))
    if texto in ponte.valores:
        return ponte.valores[texto]
    if escolhida or ponte.valores:
        return "" if escolhida else ponte.valores.get(DIGITADA, "")
    return texto


def _da_recusa(requerimento: Requerimento) -> Iterator[tuple[Onde, str, Dito]]:
    """Of the last denial of this person that the desk followed: what the letter says, for the appeal and the copy."""
    da_pessoa = Resultado.objects.filter(requerimento__pessoa=requerimento.pessoa_id, tipo__in=NEGADOS)
    achado = da_pessoa.select_related("requerimento__servico").order_by("-decidido_em", "-pk").first()
    if achado is None:
        return
    numero = achado.requerimento.protocolo
    de = f"no pedido {protocolo(numero)}"
    comuns = {"servico": achado.requerimento.servico.nome}
    decisao = {
        **comuns,
        "protocolo": numero,
        "beneficio": achado.beneficio,
        "decisao_em": f"{achado.decidido_em:%Y-%m-%d}",
        "soube_em": f"{achado.ciencia_em:%Y-%m-%d}" if achado.ciencia_em else "",
        "motivo_inss": " ".join(achado.motivos),
    }
    for onde, valores in ((("recurso", "decisao"), decisao), (("copia", "copia"), {**comuns, "numero": numero})):
        for pergunta, valor in valores.items():
            if valor:
                yield onde, pergunta, Dito(valor, de)
