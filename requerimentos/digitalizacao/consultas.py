"""The slots of a request as the screen shows them, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch

from act_portal.arquivos.models import Arquivo
from requerimentos.models import Exigencia, Pagina, Peca, Requerimento


@dataclass
class PecaNaTela:
    peca: Peca
    paginas: list[Pagina]
    tiradas: list[Pagina]

    @property
    def preparando(self) -> bool:
        return self.peca.arquivo.situacao == Arquivo.Situacao.RECEBIDO

    @property
    def recusada(self) -> bool:
        return self.peca.arquivo.situacao == Arquivo.Situacao.RECUSADO

    @property
    def bytes(self) -> int:
        return sum(p.folha.bytes for p in self.paginas)


@dataclass
class Documentos:
    """All documents of a request (or of the answer to one exigência), by slot."""

    por_vaga: dict[str, list[PecaNaTela]] = field(default_factory=lambda: defaultdict(list))
    lixeira: list[Peca] = field(default_factory=list)

    @property
    def todas(self) -> list[PecaNaTela]:
        return [p for pecas in self.por_vaga.values() for p in pecas]

    @property
    def preparando(self) -> bool:
        return any(p.preparando for p in self.todas)

    @property
    def bytes(self) -> int:
        return sum(p.bytes for p in self.todas)

    @property
    def paginas(self) -> int:
        return sum(len(p.paginas) for p in self.todas)


def documentos(requerimento: Requerimento, exigencia: Exigencia | None = None) -> Documentos:
    """Two queries, whatever the number of slots, documents and pages."""
    paginas = Pagina.objects.select_related("folha").order_by("ordem", "pk")
    pecas = (
        Peca.objects.filter(requerimento=requerimento, exigencia=exigencia)
        .select_related("arquivo", "criado_por")
        .prefetch_related(Prefetch("paginas", queryset=paginas))
        .order_by("vaga", "ordem", "pk")
    )
    achados = Documentos()
    for peca in pecas:
        if peca.removida_em:
            achados.lixeira.append(peca)
            continue
        todas = list(peca.paginas.all())
        achados.por_vaga[peca.vaga].append(
            PecaNaTela(
                peca,
                [p for p in todas if p.removida_em is None],
                [p for p in todas if p.removida_em is not None],
            )
        )
    return achados
