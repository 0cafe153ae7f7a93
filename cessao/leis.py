"""The law of `catalogo/*.toml`, read once per process: who may ask for what, documents, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from act_portal.catalogos import parametros as numeros
from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte
from cessao.situacoes import Esfera, Finalidade, Natureza, Resposta, Tipo

PASTA = Path(__file__).parent / "catalogo"
ESPECIES = (*Natureza.values, "nao_operacional")


@dataclass(frozen=True, kw_only=True)
class Regra(Fonte):
    """One answer of art. 2º, for every combination of its lists."""

    imoveis: tuple[str, ...]
    esferas: tuple[str, ...]
    finalidades: tuple[str, ...]
    resposta: str
    frase: str
    seria_sim: str = ""
    depende_de: str = ""

    @property
    def nao(self) -> bool:
        return self.resposta == Resposta.NAO

    @property
    def estado(self) -> Resposta:
        return Resposta(self.resposta)


@dataclass(frozen=True, kw_only=True)
class Requisito(Fonte):
    """One document of a request. `origem`: "minimo" of INSS or "configuravel"; empty `tipos`: every kind of case."""

    codigo: str
    nome: str
    ordem: int
    explica: str
    origem: str
    tipos: tuple[str, ...] = ()
    papel: str = ""
    # May be missing when the request is sent, and not when it is decided.
    para_decidir: bool = False
    # Not asked of a town whose CNPJ the portal knows from its agreement.
    cnpj_desconhecido: bool = False

    @property
    def minimo(self) -> bool:
        return self.origem == "minimo"


@dataclass(frozen=True, kw_only=True)
class Aviso(Fonte):
    """One warning before the end of an occupation."""

    dias: int
    nome: str


@cache
def regras(pasta: Path = PASTA) -> tuple[Regra, ...]:
    folha = Folha(pasta / "elegibilidade.toml")
    lidas: list[Regra] = []
    dominios = (("imoveis", ESPECIES), ("esferas", Esfera.values), ("finalidades", Finalidade.values))
    for n, dados in enumerate(folha.blocos("regra")):
        regra: Regra = folha.bloco(Regra, dados, "regra", n)
        for chave, dominio in dominios:
            if estranhas := set(getattr(regra, chave)) - set(dominio):
                raise folha.erro(f"não conheço “{sorted(estranhas)[0]}”.", chave, "regra", n)
        if regra.resposta not in Resposta.values:
            raise folha.erro(f"resposta é {', '.join(Resposta.values)}.", "resposta", "regra", n)
        if regra.resposta == Resposta.NAO and not regra.seria_sim:
            raise folha.erro("um não diz o que seria um sim.", "resposta", "regra", n)
        if (regra.resposta == Resposta.DEPENDE) != bool(regra.depende_de):
            raise folha.erro("“depende” diz de quê, e só ele.", "resposta", "regra", n)
        lidas.append(regra)
    return tuple(lidas)


def elegibilidade(imovel: str, esfera: str, finalidade: str, dia: date) -> Regra:
    """The answer for one combination on `dia` (IN PRES/INSS 132/2022, art. 2º). Raises LookupError outside it."""
    achadas = [
        r
        for r in regras()
        if imovel in r.imoveis and esfera in r.esferas and finalidade in r.finalidades and r.vigente(dia)
    ]
    if len(achadas) != 1:
        raise LookupError(f"{len(achadas)} respostas para {imovel}, {esfera}, {finalidade}.")
    return achadas[0]


@cache
def requisitos(pasta: Path = PASTA) -> tuple[Requisito, ...]:
    folha = Folha(pasta / "requisitos.toml")
    lidos: list[Requisito] = []
    for n, dados in enumerate(folha.blocos("requisito")):
        requisito: Requisito = folha.bloco(Requisito, dados, "requisito", n)
        if requisito.origem not in {"minimo", "configuravel"}:
            raise folha.erro("origem é minimo ou configuravel.", "origem", "requisito", n)
        if estranhos := set(requisito.tipos) - set(Tipo.values):
            raise folha.erro(f"não conheço “{sorted(estranhos)[0]}”.", "tipos", "requisito", n)
        if any(outro.codigo == requisito.codigo for outro in lidos):
            raise folha.erro(f"“{requisito.codigo}” aparece duas vezes.", "codigo", "requisito", n)
        lidos.append(requisito)
    return tuple(sorted(lidos, key=lambda r: r.ordem))


def para_decidir(codigo: str) -> bool:
    """Whether the request is not decided without this document, as the list stands today."""
    return any(r.codigo == codigo and r.para_decidir for r in requisitos())


def requisitos_para(tipo: str, dia: date, *, cnpj_conhecido: bool = False) -> list[Requisito]:
    return [
        r
        for r in requisitos()
        if r.vigente(dia) and (not r.tipos or tipo in r.tipos) and not (r.cnpj_desconhecido and cnpj_conhecido)
    ]


@cache
def parametros(pasta: Path = PASTA) -> tuple[numeros.Parametro, ...]:
    return numeros.ler(pasta / "parametros.toml")


def parametro(chave: str, dia: date) -> numeros.Parametro:
    """Raises LookupError when there is none in force on `dia`."""
    return numeros.em_vigor(parametros(), chave, dia)


def prazos(dia: date) -> tuple[int, int]:
    """The months of one cession, and those of a cession with all its extensions."""
    return parametro("prazo_meses", dia).valor, parametro("prazo_total_meses", dia).valor


@cache
def avisos(pasta: Path = PASTA) -> tuple[Aviso, ...]:
    folha = Folha(pasta / "parametros.toml")
    return tuple(folha.bloco(Aviso, dados, "aviso", n) for n, dados in enumerate(folha.blocos("aviso")))
