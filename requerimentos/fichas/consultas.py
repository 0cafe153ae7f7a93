"""The packs of a request with what was typed into them, in three queries however many pages there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from act_portal.territorio.consultas import calendario_de, hoje_em
from requerimentos.demanda import valores
from requerimentos.demanda.consultas import servico_do
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.leitura import Lida, ler_pacote
from requerimentos.fichas.pacote import Pacote, Secao
from requerimentos.fichas.regras import Contexto
from requerimentos.models import PaginaDaFicha, Requerimento


@dataclass(frozen=True, kw_only=True)
class FichaVista:
    """One pack of the request: as it was read, and the stored pages by section."""

    lida: Lida
    paginas: Mapping[str, PaginaDaFicha] = field(default_factory=dict)

    @property
    def pacote(self) -> Pacote:
        return self.lida.pacote

    def cru(self, secao: str) -> dict[str, Any]:
        return dict(self.paginas[secao].dados) if secao in self.paginas else {}

    def versao(self, secao: str) -> int:
        return self.paginas[secao].versao if secao in self.paginas else 0


@dataclass(frozen=True)
class PaginaVista:
    """A page in the list: how far it is. `estado`: "feita", "comecada" or "vazia"."""

    ficha: FichaVista
    secao: Secao
    estado: str
    faltam: int
    erros: int
    avisos: int


def fichas_do(requerimento: Requerimento) -> list[FichaVista]:
    """In the order of the service; a pack that was begun stays in the version that it began under."""
    guardadas = {f.codigo: f for f in requerimento.fichas.select_related("pacote").prefetch_related("paginas")}
    # The relation answers for all pages at once.
    vistas: list[FichaVista] = []
    contexto, todos = contexto_de(requerimento), pacotes()
    servico = servico_do(requerimento)
    for codigo in servico.perguntas:
        if (fato := servico.perguntas_se.get(codigo)) and requerimento.respostas.get(fato) is not True:
            continue
        guardada = guardadas.get(codigo)
        # What has left shows what was answered then, and asks nothing more.
        if guardada is None and (codigo not in todos or not requerimento.editavel):
            continue
        pacote = Pacote.de_dados(guardada.pacote.dados) if guardada else todos[codigo]
        paginas = {p.secao: p for p in guardada.paginas.all()} if guardada else {}
        cru = {secao: pagina.dados for secao, pagina in paginas.items()}
        lida = ler_pacote(pacote, cru, contexto)
        vistas.append(FichaVista(lida=lida, paginas=paginas))
        contexto = replace(contexto, outras={**contexto.outras, codigo: lida.respostas})
    return vistas


def contexto_de(requerimento: Requerimento) -> Contexto:
    pessoa = requerimento.pessoa
    return Contexto(
        hoje=hoje_em(requerimento.municipio),
        nascimento=pessoa.nascimento,
        sexo=pessoa.sexo,
        cpf=pessoa.cpf,
        numero=valores.numero,
        calendario=calendario_de(requerimento.municipio),
    )


def paginas_de(fichas: list[FichaVista]) -> list[PaginaVista]:
    """Every page that this case has, in order."""
    linhas = []
    for ficha in fichas:
        for secao in ficha.lida.secoes():
            problemas = ficha.lida.da_secao(secao.id)
            impedem = [p for p in problemas if p.tom == "impede"]
            faltam = sum(1 for p in impedem if p.falta)
            comecou = ficha.lida.comecou(secao.id)
            # A page with nothing that must be answered is done once somebody has seen it.
            feita = not impedem and (secao.id in ficha.paginas)
            linhas.append(
                PaginaVista(
                    ficha,
                    secao,
                    "feita" if feita else "comecada" if comecou else "vazia",
                    faltam,
                    len(impedem) - faltam,
                    sum(1 for p in problemas if p.tom == "aviso"),
                )
            )
    return linhas
