"""The data of `catalogo/*.toml`, read once per process: checklist, services that may be asked for, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte
from act_portal.catalogos.parametros import Parametro, em_vigor, ler
from act_portal.datas import exigir_dia
from act_portal.territorio.regras import somar_meses
from adesao.checklist.leitura import ler_checklist
from adesao.checklist.requisito import Checklist

PASTA = Path(__file__).parents[1] / "catalogo"
SITUACOES = {"permitido", "duvidoso"}


@dataclass(frozen=True, kw_only=True)
class ServicoPossivel(Fonte):
    """A service that a town may ask for under the agreement, by the code of the desk."""

    codigo: str
    nome: str
    grupo: str
    situacao: str
    sigla: str = ""
    observacao: str = ""

    @property
    def duvidoso(self) -> bool:
        return self.situacao == "duvidoso"


@dataclass(frozen=True)
class Servicos:
    grupos: Mapping[str, str]
    todos: tuple[ServicoPossivel, ...]

    def por_grupo(self) -> list[tuple[str, list[ServicoPossivel]]]:
        return [(nome, [s for s in self.todos if s.grupo == grupo]) for grupo, nome in self.grupos.items()]

    def escolhidos(self, codigos: list[str]) -> list[ServicoPossivel]:
        """Those of `codigos` that exist, in the order of the list."""
        return [s for s in self.todos if s.codigo in codigos]


@cache
def checklist(pasta: Path = PASTA) -> Checklist:
    return ler_checklist(pasta)


@cache
def servicos(pasta: Path = PASTA) -> Servicos:
    folha = Folha(pasta / "_servicos.toml")
    lidos: list[ServicoPossivel] = []
    for n, dados in enumerate(folha.dados["servico"]):
        servico = folha.bloco(ServicoPossivel, {"conferido_em": folha.dados["conferido_em"], **dados}, "servico", n)
        if servico.grupo not in folha.dados["grupos"]:
            raise folha.erro(f"o grupo “{servico.grupo}” não existe.", "grupo", "servico", n)
        if servico.situacao not in SITUACOES:
            raise folha.erro(f"situação é {' ou '.join(sorted(SITUACOES))}.", "situacao", "servico", n)
        if any(outro.codigo == servico.codigo for outro in lidos):
            raise folha.erro(f"“{servico.codigo}” aparece duas vezes.", "codigo", "servico", n)
        lidos.append(servico)
    return Servicos(folha.dados["grupos"], tuple(lidos))


@cache
def parametros(pasta: Path = PASTA) -> tuple[Parametro, ...]:
    return ler(pasta / "_parametros.toml")


def parametro(chave: str, em: date) -> Parametro:
    """The row of `chave` in force on `em`. Raises LookupError when there is none."""
    return em_vigor(parametros(), chave, em)


def exigir_prazo(prazo: date | None, hoje: date) -> None:
    """A deadline given to the town: after today, and not for ever. Raises ErroDeDominio."""
    maximo = parametro("prazo_maximo_dias", hoje).valor
    exigir_dia("O prazo", prazo, de=hoje + timedelta(days=1), ate=hoje + timedelta(days=maximo))


def mandato_ate(hoje: date) -> date:
    """The last day that a mandate already begun may have."""
    return somar_meses(hoje, parametro("mandato_meses", hoje).valor)
