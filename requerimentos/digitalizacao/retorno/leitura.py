"""Look for codes on pages, outside any transaction: the worker's part of knowing whose paper a page is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from act_portal.arquivos import caixa
from act_portal.arquivos.deposito import falhas
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Arquivo, Folha
from act_portal.emissao import folhas as codigos_das_folhas
from act_portal.saidas.servicos import TentarDepois


@dataclass(frozen=True)
class Leitura:
    """The codes found on one page, and the turn that puts it upright."""

    folha: int
    textos: tuple[str, ...]
    giro: int = 0


def ler_arquivo(arquivo: Arquivo, *, insistir: bool) -> list[Leitura]:
    """One reading for each page that came, in order. Each picture is looked at once; what was found stays on its row.

    `insistir`: when the process that reads dies, ask the outbox to come back; else the page counts as one without code.
    """
    folhas = list(arquivo.folhas.order_by("ordem", "pk"))
    for folha in folhas:
        if folha.codigos is None:
            folha.codigos = _procurar(folha, insistir=insistir)
            Folha.objects.filter(pk=folha.pk).update(codigos=folha.codigos)
    # The repair that came with the page is the first.
    consertadas = {folha.origem_id: folha for folha in reversed(folhas) if folha.origem_id}
    return [_a_melhor(folha, consertadas.get(folha.pk)) for folha in folhas if folha.origem_id is None]


def _a_melhor(folha: Folha, consertada: Folha | None) -> Leitura:
    """A sheet photographed on a table goes in straightened, unless that lost its code."""
    melhor = folha if consertada is None or (folha.codigos and not consertada.codigos) else consertada
    codigos = melhor.codigos or []
    return Leitura(melhor.pk, tuple(codigo["texto"] for codigo in codigos), codigos[0]["giro"] if codigos else 0)


def _procurar(folha: Folha, *, insistir: bool) -> list[dict[str, Any]]:
    try:
        with folha.pdf.open("rb") as pdf:
            achados = caixa.ler_codigos(pdf.read())
    except ArquivoRecusado:
        return []
    except falhas() as erro:
        raise TentarDepois("O lugar onde os arquivos ficam não responde.") from erro
    except caixa.CaixaMorreu as erro:
        if insistir:
            raise TentarDepois("O processo que lê as páginas parou no meio.") from erro
        return []
    return [{**codigo, "texto": _nosso(codigo["texto"])} for codigo in achados]


def _nosso(texto: str) -> str:
    """Of a code that is not ours only that it was there is kept: people's papers carry their data in such codes."""
    return texto if codigos_das_folhas.ler(texto) else ""
