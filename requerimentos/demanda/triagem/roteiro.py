"""The conversation of the guided identification as data: read from `roteiro.toml` once per process, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import ErroDoCatalogo, Folha
from requerimentos.demanda import catalogo, tempo, valores
from requerimentos.demanda.catalogo import Catalogo
from requerimentos.demanda.verificadores import VERIFICADORES

ARQUIVO = Path(__file__).parent / "roteiro.toml"
# What the record answers by itself, for `quando`: "sim" or "nao".
DERIVADAS = frozenset({"menor", "tem_pedido", "perto_da_idade", "idosa"})
BIOMETRIA = "biometria"

# Any of the lines, each with all of its answers: `{"onde": ["roca", "ambos"]}`.
Quando = tuple[Mapping[str, list[str]], ...]


class Tipo(StrEnum):
    ESCOLHA = "escolha"
    DATA = "data"
    TEMPO = "tempo"
    RENDA = "renda"


# The measure that each kind of typed answer may be.
MEDIDA_DO_TIPO = {
    Tipo.DATA: {"", "cadunico_em"},
    Tipo.TEMPO: {"tempo_contribuicao", "tempo_somado", "tempo_na_reforma"},
    Tipo.RENDA: {"renda_por_pessoa"},
    Tipo.ESCOLHA: {""},
}


@dataclass(frozen=True, kw_only=True)
class Opcao:
    """An answer to choose. `valor`: what it means as a number. `passos`: what to do, whatever the service.

    `condicoes`: true, false, or what to find out before the service can be said to fit.
    """

    id: str
    texto: str
    nota: str = ""
    valor: str = ""
    fatos: Mapping[str, Any] = field(default_factory=dict)
    condicoes: Mapping[str, Any] = field(default_factory=dict)
    passos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pergunta:
    """One screen. `quando` and `precisa`: when it is asked (head of `roteiro.toml`). `prazo`: the answer is the day
    when the term `valor`, or that of the appeal (`recurso`), begins, which meets `condicoes` while it lasts; `passou`:
    what else there is once it is over.
    """

    id: str
    texto: str
    tipo: str = Tipo.ESCOLHA
    ajuda: str = ""
    porque: str = ""
    medida: str = ""
    quando: Quando = ()
    precisa: tuple[str, ...] = ()
    prazo: Mapping[str, Any] = field(default_factory=dict)
    se_couber: bool = False
    opcoes: tuple[Opcao, ...] = ()

    def opcao(self, id: object) -> Opcao | None:
        return next((opcao for opcao in self.opcoes if opcao.id == id), None)

    @property
    def fatos(self) -> frozenset[str]:
        """The facts that its answers settle."""
        return frozenset(fato for opcao in self.opcoes for fato in opcao.fatos)


@dataclass(frozen=True, kw_only=True)
class Candidato:
    """A service and the answers that bring it into play; `perto`: only once its age is met or near. `empresa`: what to
    tell where, by the answers `na_empresa`, it is the employer who is asked first.
    """

    codigo: str
    quando: Quando = ()
    perto: Quando = ()
    na_empresa: Quando = ()
    empresa: str = ""


@dataclass(frozen=True)
class Roteiro:
    """`perto`: the months before an age in which it is near. `idosa`: the service whose age makes somebody elderly."""

    limite: int
    reforma: date
    perto: int
    idosa: str
    perguntas: tuple[Pergunta, ...]
    candidatos: tuple[Candidato, ...]

    def pergunta(self, id: str) -> Pergunta | None:
        return next((pergunta for pergunta in self.perguntas if pergunta.id == id), None)


@cache
def carregar(arquivo: Path = ARQUIVO) -> Roteiro:
    """Raises ErroDoCatalogo with file, line and what is wrong."""
    folha, servicos = Folha(arquivo), catalogo.carregar()
    for nome in folha.dados.keys() - {"limite", "reforma", "perto", "idosa", "pergunta", "servico"}:
        raise folha.erro(f"não conheço a chave “{nome}”.", nome)
    limite, perto, reforma = (folha.dados.get(chave) for chave in ("limite", "perto", "reforma"))
    if type(limite) is not int or limite < 1:
        raise folha.erro("“limite” é um número inteiro, sem aspas.", "limite")
    if type(perto) is not int or perto < 0:
        raise folha.erro("“perto” é um número inteiro de meses, sem aspas.", "perto")
    if type(reforma) is not date:
        raise folha.erro("“reforma” é uma data, sem aspas.", "reforma")
    idosa = folha.dados.get("idosa")
    if not any(s.codigo == idosa and any(c.pede_idade for c in s.condicoes) for s in servicos):
        raise folha.erro("“idosa” é um serviço que pede idade.", "idosa")
    vistas: dict[str, Pergunta] = {}
    for indice, dados in enumerate(folha.blocos("pergunta")):
        pergunta = _pergunta(folha, indice, dados, vistas, servicos)
        vistas[pergunta.id] = pergunta
    candidatos = [_candidato(folha, n, d, vistas, servicos) for n, d in enumerate(folha.blocos("servico"))]
    return Roteiro(limite, reforma, perto, str(idosa), tuple(vistas.values()), tuple(candidatos))


def _pergunta(
    folha: Folha, indice: int, dados: Mapping[str, Any], vistas: Mapping[str, Pergunta], servicos: Catalogo
) -> Pergunta:
    def erro(frase: str, chave: str = "id") -> ErroDoCatalogo:
        return folha.erro(frase, chave, "pergunta", indice)

    lidas = _opcoes(folha, indice, dados.get("opcoes"))
    pergunta: Pergunta = folha.instanciar(Pergunta, {**dados, "opcoes": lidas}, "pergunta", indice)
    if pergunta.id in vistas:
        raise erro(f"“{pergunta.id}” aparece duas vezes.")
    if pergunta.tipo not in set(Tipo) or pergunta.medida not in MEDIDA_DO_TIPO[Tipo(pergunta.tipo)]:
        raise erro(f"tipo “{pergunta.tipo}” com medida “{pergunta.medida}” não existe.", "tipo")
    if any(not valores.existe(chave) for chave in valores.chaves_de(pergunta.texto)):
        raise erro("o texto cita um valor que não está em valores.toml.", "texto")
    if frase := _erro_no_quando(pergunta.quando, vistas):
        raise erro(frase, "quando")
    if frase := _erro_no_que_precisa(pergunta.precisa, servicos):
        raise erro(frase, "precisa")
    if pergunta.prazo and not _prazo_certo(pergunta.prazo, servicos):
        raise erro("o prazo se escreve { valor = ..., condicoes = [...] } ou { recurso = true, ... }.", "prazo")
    for opcao in lidas:
        if frase := _erro_na_opcao(opcao, pergunta, servicos):
            raise erro(f"opção “{opcao.id}”: {frase}", "opcoes")
    return pergunta


def _opcoes(folha: Folha, indice: int, opcoes: Any) -> list[Opcao]:
    if not isinstance(opcoes, list) or not opcoes or not all(isinstance(opcao, dict) for opcao in opcoes):
        raise folha.erro("“opcoes” é uma lista, cada opção entre chaves { }.", "opcoes", "pergunta", indice)
    lidas = [folha.instanciar(Opcao, opcao, "pergunta", indice) for opcao in opcoes]
    if len({opcao.id for opcao in lidas}) < len(lidas):
        raise folha.erro("há duas opções com o mesmo nome.", "opcoes", "pergunta", indice)
    return lidas


def _erro_no_quando(quando: Any, vistas: Mapping[str, Pergunta]) -> str:
    if not all(isinstance(linha, dict) and linha for linha in quando):
        return "“quando” é uma lista de linhas { pergunta = [respostas] }."
    for linha in quando:
        for id, respostas in linha.items():
            if not isinstance(respostas, list) or not respostas:
                return "“quando” é uma lista de linhas { pergunta = [respostas] }."
            if id in DERIVADAS:
                conhecidas = {"sim", "nao"}
            elif id in vistas:
                conhecidas = {opcao.id for opcao in vistas[id].opcoes}
            else:
                return f"“{id}” não é uma pergunta feita antes desta."
            if sobra := set(respostas) - conhecidas:
                return f"“{min(sobra)}” não é resposta de “{id}”."
    return ""


def _erro_no_que_precisa(precisa: tuple[str, ...], servicos: Catalogo) -> str:
    for alvo in precisa:
        tipo, _, nome = alvo.partition(":")
        conhecido = {
            "fato": nome in servicos.vocabulario.fatos,
            "condicao": nome in _condicoes(servicos),
            BIOMETRIA: not nome,
        }.get(tipo, not nome and tipo in VERIFICADORES)
        if not conhecido:
            return f"nenhuma regra precisa de “{alvo}”."
    return ""


def _prazo_certo(prazo: Mapping[str, Any], servicos: Catalogo) -> bool:
    condicoes = prazo.get("condicoes")
    return (
        set(prazo) <= {"valor", "recurso", "condicoes", "passou"}
        and isinstance(condicoes, list)
        and set(condicoes) <= _condicoes(servicos)
        and isinstance(prazo.get("passou", ""), str)
        and (prazo.get("recurso") is True) != valores.tem_numero(str(prazo.get("valor")))
    )


def _erro_na_opcao(opcao: Opcao, pergunta: Pergunta, servicos: Catalogo) -> str:
    if sobra := set(opcao.fatos) - set(servicos.vocabulario.fatos):
        return f"o fato “{min(sobra)}” não está no vocabulário."
    if sobra := set(opcao.condicoes) - _condicoes(servicos):
        return f"a condição “{min(sobra)}” não está no catálogo."
    if not all(isinstance(dito, bool) for dito in opcao.fatos.values()):
        return "fatos são true ou false."
    if not all(isinstance(dito, bool | str) and dito != "" for dito in opcao.condicoes.values()):
        return "condições são true, false ou o que falta descobrir, entre aspas."
    if opcao.valor and not pergunta.medida:
        return "“valor” é só de pergunta que mede."
    if opcao.valor and pergunta.tipo == Tipo.TEMPO:
        tempo.ler(opcao.valor)
    return ""


def _condicoes(servicos: Catalogo) -> frozenset[str]:
    return frozenset(condicao.id for servico in servicos for condicao in servico.condicoes)


def _candidato(
    folha: Folha, indice: int, dados: Mapping[str, Any], vistas: Mapping[str, Pergunta], servicos: Catalogo
) -> Candidato:
    lido: Candidato = folha.instanciar(Candidato, dados, "servico", indice)
    try:
        servico = servicos.servico(lido.codigo)
    except LookupError as erro:
        raise folha.erro(f"o serviço “{lido.codigo}” não está no catálogo.", "codigo", "servico", indice) from erro
    if servico.pedido_como:
        raise folha.erro(f"“{lido.codigo}” é só uma regra de outro serviço.", "codigo", "servico", indice)
    if not lido.quando and not lido.perto:
        raise folha.erro("diga em “quando” que respostas trazem o serviço.", "quando", "servico", indice)
    if lido.perto and not any(condicao.pede_idade for condicao in servico.condicoes):
        raise folha.erro(f"“{lido.codigo}” não tem idade que possa estar perto.", "perto", "servico", indice)
    if bool(lido.na_empresa) != bool(lido.empresa):
        raise folha.erro("“na_empresa” e “empresa” andam juntas.", "na_empresa", "servico", indice)
    for chave, linhas in (("quando", lido.quando), ("perto", lido.perto), ("na_empresa", lido.na_empresa)):
        if frase := _erro_no_quando(linhas, vistas):
            raise folha.erro(frase, chave, "servico", indice)
    return lido
