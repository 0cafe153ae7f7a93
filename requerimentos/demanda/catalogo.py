"""The catalogue of services: read from `catalogo/*.toml` once per process, checked, searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from act_portal.territorio.texto import normalizar
from requerimentos.demanda.leitura import ErroDoCatalogo, Vocabulario, ler_comum, ler_servico, ler_vocabulario
from requerimentos.demanda.servico import Acordo, Analise, Condicao, Fonte, Pat, Servico, Vaga

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

    def buscar(self, texto: str) -> list[Servico]:
        """Services with every word of `texto` in name, description or synonyms; the closest names first."""
        palavras = normalizar(texto).split()
        achados = [s for s in self.servicos if all(palavra in s.texto_busca for palavra in palavras)]
        return sorted(achados, key=lambda s: _distancia(palavras, normalizar(s.nome)))

    def em(self, dia: date) -> Catalogo:
        """The catalogue as it stood on `dia`."""
        return Catalogo(tuple(s.em(dia) for s in self.servicos if s.vigente(dia)), self.vocabulario)

    def vencidos(self, hoje: date) -> list[Servico]:
        """Services that nobody has checked for a year."""
        return [s for s in self.servicos if s.conferido_em + UM_ANO < hoje]


def _distancia(palavras: list[str], nome: str) -> int:
    """0: the name begins with the words' first; 1: it has them all; 2: they are elsewhere."""
    if not all(palavra in nome for palavra in palavras):
        return 2
    return 0 if palavras and nome.startswith(palavras[0]) else 1


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
    return Catalogo(tuple(sorted(servicos, key=lambda s: normalizar(s.nome))), vocabulario)
