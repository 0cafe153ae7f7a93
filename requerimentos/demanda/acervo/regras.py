"""The catalogue in words for who keeps it, pure: what a machine checks, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from requerimentos.demanda.leitura import Vocabulario
from requerimentos.demanda.servico import Servico
from requerimentos.demanda.valores import ano_e_meses, tabela

CAMPOS = {
    "nome": "Nome", "grupo": "Grupo", "modo": "Modo", "descricao": "Descrição", "pedido_como": "Pedido como",
    "conferido_em": "Conferido em", "quem_pode": "Quem pode pedir", "sinonimos": "Jeitos de dizer",
    "especies": "Espécies", "papel_grupo": "Quadro do termo", "papel_clientela": "Clientela do termo",
    "dados": "Dados tratados", "perguntas": "Fichas", "formularios": "Formulários", "agendamentos": "Agendamentos",
    "canais": "Canais", "aonde": "Aonde ir", "avisos": "Avisos", "espera_novo_pedido": "Espera por novo pedido",
    "cabe_recurso": "Cabe recurso", "vigente_de": "Vale desde", "vigente_ate": "Vale até", "caminhos": "Caminhos",
    "pat": "Portal de Atendimento", "acordo": "Cabimento no acordo", "analise": "Prazo de análise",
    "recorre": "Recurso contra",
}  # fmt: skip
BLOCOS = {"condicoes": "Condição", "vagas": "Vaga"}
NA_PARTE = {
    "texto": "texto", "tipo": "tipo", "caminho": "caminho", "regra": "o que o portal confere", "norma": "norma",
    "artigo": "artigo", "fonte": "fonte", "grau": "grau", "vigente_de": "vale desde", "vigente_ate": "vale até",
    "conferido_em": "conferido em", "nome": "nome", "caixa": "caixa", "quando": "quando", "se": "fatos",
    "se_texto": "quando se pede", "papel": "papel", "ajuda": "ajuda", "codigo": "código", "sigla": "sigla",
    "situacao": "situação", "motivo": "motivo", "dias": "dias", "de": "decisão",
}  # fmt: skip


@dataclass(frozen=True)
class Mudanca:
    """`antes` empty: it came in; `depois` empty: it went out."""

    onde: str
    antes: str
    depois: str


def mudancas(antes: Servico, depois: Servico) -> list[Mudanca]:
    """What differs between two versions of a service, in the order of the fields."""
    um, outro = antes.como_dados(), depois.como_dados()
    lista: list[Mudanca] = []
    for campo, nome in CAMPOS.items():
        lista += _no_campo(nome, um[campo], outro[campo])
    for campo, nome in BLOCOS.items():
        lista += _nos_blocos(nome, um[campo], outro[campo])
    return lista


def _no_campo(nome: str, antes: Any, depois: Any) -> Iterator[Mudanca]:
    if antes == depois:
        return
    if isinstance(antes, Mapping) and isinstance(depois, Mapping):
        for chave in dict.fromkeys([*antes, *depois]):
            if antes.get(chave) != depois.get(chave):
                onde = f"{nome}: {NA_PARTE.get(chave, chave)}"
                yield Mudanca(onde, _texto(antes.get(chave)), _texto(depois.get(chave)))
    else:
        yield Mudanca(nome, _texto(antes), _texto(depois))


def _nos_blocos(nome: str, antes: list[dict], depois: list[dict]) -> Iterator[Mudanca]:
    um, outro = ({bloco["id"]: bloco for bloco in lista} for lista in (antes, depois))
    for id in dict.fromkeys([*um, *outro]):
        onde = f"{nome} “{id}”"
        if id not in outro:
            yield Mudanca(onde, _resumo(um[id]), "")
        elif id not in um:
            yield Mudanca(onde, "", _resumo(outro[id]))
        else:
            yield from _no_campo(onde, um[id], outro[id])
    if set(um) == set(outro) and list(um) != list(outro):
        yield Mudanca(f"{nome}: ordem", _texto(list(um)), _texto(list(outro)))


def _resumo(bloco: Mapping[str, Any]) -> str:
    return str(bloco.get("texto") or bloco.get("nome"))


def _texto(valor: Any) -> str:
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, list):
        return "; ".join(_texto(item) for item in valor)
    if isinstance(valor, Mapping):
        return "; ".join(f"{chave}: {_texto(item)}" for chave, item in sorted(valor.items()))
    return "" if valor is None else str(valor)


def em_palavras(regra: Mapping[str, Any], palavras: Vocabulario) -> str:
    """What the portal checks by itself, or an empty text when only a person can."""
    if not regra:
        return ""
    [(nome, conteudo)] = regra.items()
    frases = {
        "idade": lambda: f"a idade: {_por_sexo(conteudo)}",
        "tempo": lambda: f"o tempo de contribuição: {_por_sexo(conteudo)}",
        "tempo_somado": lambda: f"o tempo de roça e cidade somado: {_por_sexo(conteudo)}",
        "na_reforma": lambda: f"o tempo que tinha na reforma: {_na_reforma(conteudo)}",
        "pedagio": lambda: f"o pedágio de {conteudo['percentual']}% sobre {_por_sexo(conteudo['tempo'])}",
        "tabela_idade": lambda: f"a idade do ano, na tabela “{_tabela(conteudo)}”",
        "pontos": lambda: f"os pontos do ano, na tabela “{_tabela(conteudo)}”",
        "renda_ate": lambda: "a renda por pessoa, contra o valor do dia",
        "cadunico": lambda: "a data do CadÚnico, contra o prazo do dia",
        "fato": lambda: f"a resposta a “{palavras.fatos.get(conteudo, conteudo)}”",
    }
    return frases[nome]() if nome in frases else nome


def _tabela(chave: str) -> str:
    return tabela(chave).descricao.rstrip(".")


def _por_sexo(idades: Mapping[str, list[int]]) -> str:
    mulher, homem = (ano_e_meses((idades[sexo][0], idades[sexo][1])) for sexo in ("F", "M"))
    return mulher if mulher == homem else f"mulher, {mulher}; homem, {homem}"


def _na_reforma(conteudo: Mapping[str, Any]) -> str:
    [(como, idades)] = conteudo.items()
    return f"{'mais de' if como == 'mais_de' else 'ao menos'} {_por_sexo(idades)}"
