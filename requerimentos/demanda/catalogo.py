"""The catalogue of services: read from `catalogo/*.toml` once per process, checked, searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from act_portal.catalogos.folha import ErroDoCatalogo
from act_portal.territorio.texto import normalizar
from requerimentos.demanda.busca import Indice, indexar, procurar
from requerimentos.demanda.conferencia import conferir
from requerimentos.demanda.leitura import Vocabulario, ler_comum, ler_servico, ler_vocabulario
from requerimentos.demanda.servico import DO_INSS, Acordo, Analise, Condicao, Fonte, Pat, Servico, Vaga

__all__ = [
    "Acordo", "Analise", "Catalogo", "Condicao", "ErroDoCatalogo", "Fonte", "Pat", "Servico", "Vaga", "Vocabulario",
    "carregar",
]  # fmt: skip

PASTA = Path(__file__).parent / "catalogo"
UM_ANO = timedelta(days=365)


@dataclass(frozen=True)
class Catalogo:
    """All services by code, in name order."""

    servicos: tuple[Servico, ...]
    vocabulario: Vocabulario

    def __iter__(self) -> Iterator[Servico]:
        return iter(self.servicos)

    def __len__(self) -> int:
        return len(self.servicos)

    @cached_property
    def _por_codigo(self) -> dict[str, Servico]:
        return {servico.codigo: servico for servico in self.servicos}

    def servico(self, codigo: str, versao: str | None = None) -> Servico:
        """The service of `codigo`. LookupError when there is none, or when its content is no longer `versao`:
        an older version lives in the case (`ServicoVersao.dados`, `Servico.de_dados`).
        """
        servico = self._por_codigo.get(codigo)
        if servico is None:
            raise LookupError(f"Serviço fora do catálogo: {codigo!r}.")
        if versao is not None and servico.versao != versao:
            raise LookupError(f"O catálogo já não tem a versão {versao} de {codigo!r}.")
        return servico

    def pedido_por(self, codigo: str) -> Servico:
        """The service under which `codigo` is asked for: itself or, of a rule, the whole service. LookupError."""
        servico = self.servico(codigo)
        return self.servico(servico.pedido_como) if servico.pedido_como else servico

    @cached_property
    def _recursos(self) -> dict[str, Servico]:
        return {servico.recorre.de: servico for servico in self.servicos if servico.recorre.de}

    def recurso_contra(self, codigo: str) -> Servico | None:
        """The appeal against the refusal of `codigo`; None when nobody knows of one, as after the last appeal."""
        recorrido = self._por_codigo.get(codigo)
        if codigo not in self._recursos and recorrido is not None and recorrido.recorre.de:
            return None
        return self._recursos.get(codigo) or self._recursos.get(DO_INSS)

    @cached_property
    def _indice(self) -> Indice:
        return indexar(self.servicos)

    def buscar(self, texto: str) -> list[Servico]:
        """Services by name, synonyms and description, as people say them; the nearest first."""
        return procurar(self._indice, texto)

    def vigentes(self, dia: date) -> list[Servico]:
        """The services that exist on `dia`, each as the files have it."""
        return [servico for servico in self.servicos if servico.vigente(dia)]

    def por_grupo(self, servicos: Iterable[Servico]) -> list[tuple[str, list[Servico]]]:
        """(title, services) of each group that has any, in the order of the vocabulary."""
        lista = list(servicos)
        separados = [(nome, [s for s in lista if s.grupo == grupo]) for grupo, nome in self.vocabulario.grupos.items()]
        return [(nome, seus) for nome, seus in separados if seus]

    def em(self, dia: date) -> Catalogo:
        """The catalogue as it stood on `dia`."""
        return Catalogo(tuple(s.em(dia) for s in self.servicos if s.vigente(dia)), self.vocabulario)

    def vencidos(self, hoje: date) -> list[Servico]:
        """Services that nobody has checked for a year."""
        return [s for s in self.servicos if s.conferido_em + UM_ANO < hoje]


@cache
def carregar(pasta: Path = PASTA) -> Catalogo:
    """Read and check every file of `pasta`. Raises ErroDoCatalogo with file, line and what is wrong."""
    vocabulario = ler_vocabulario(pasta / "_vocabulario.toml")
    comum = ler_comum(pasta / "_comum.toml", vocabulario)
    servicos = [
        ler_servico(arquivo, vocabulario, comum)
        for arquivo in sorted(pasta.glob("*.toml"))
        if not arquivo.name.startswith("_")
    ]
    conferir(pasta, servicos, comum)
    return Catalogo(tuple(sorted(servicos, key=lambda s: normalizar(s.nome))), vocabulario)
