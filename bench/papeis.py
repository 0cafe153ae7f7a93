"""The set of three papers: our worker's whole path against bare WeasyPrint on the same HTML. Goal: at most 1.15 times.

Our path: read the row, fill the template, draw, store the file, re-check under the lock, write, audit, next promise.
Bare: the finished HTML in memory, PDF bytes out, with the fonts and the style already loaded (its best case); the
second bare line loads them for each paper, as the WeasyPrint manual does. The rounds take turns, so that a slow phase
of the machine hits all of them.

    python -m bench.papeis [rounds]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

META = 1.15
# Content by template code, made anew for each round.
Conteudos = Callable[[], dict]


def main(rodadas: int, nome: str = "three-paper set", conteudos: Conteudos | None = None) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-papeis-") as pasta:
        os.environ["VAR"] = pasta
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(pasta) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
        import django

        django.setup()
        medir(rodadas, nome, conteudos or _conjunto)


def _conjunto() -> dict:
    from tests.requerimentos.papeis import conjunto

    return conjunto()


def medir(rodadas: int, nome: str, conteudos: Conteudos) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from act_portal.emissao import conteudo, render
    from act_portal.emissao.models import Documento

    render.aquecer()
    primeiro = _pedir(conteudos)
    htmls = [conteudo.montar_html(d) for d in Documento.objects.filter(pk__in=primeiro)]
    cru_pronto, cru_do_zero = _cru_pronto(), _cru_do_zero()
    cru_pronto(htmls)

    tempos: dict[str, list[float]] = {"nosso": [], "cru": [], "cru do zero": []}
    for _ in range(rodadas):
        saidas = _promessas(_pedir(conteudos))
        tempos["nosso"].append(_cronometrar(lambda saidas=saidas: _cumprir(saidas)))
        tempos["cru"].append(_cronometrar(lambda: cru_pronto(htmls)))
        tempos["cru do zero"].append(_cronometrar(lambda: cru_do_zero(htmls)))
    _mostrar(tempos, nome)


def _mostrar(tempos: dict[str, list[float]], o_que: str) -> None:
    nomes = {
        "nosso": "our worker, whole path",
        "cru": "bare WeasyPrint, warm",
        "cru do zero": "bare WeasyPrint, style and fonts each time",
    }
    print(f"{o_que:<46}{'min ms':>8}{'p50 ms':>8}{'p95 ms':>8}")
    for chave, nome in nomes.items():
        valores = sorted(tempos[chave])
        p95 = valores[min(len(valores) - 1, int(len(valores) * 0.95))]
        print(f"{nome:<46}{valores[0]:>8.0f}{statistics.median(valores):>8.0f}{p95:>8.0f}")
    # Each round against its own neighbour: what slows the machine down slows both.
    razao = statistics.median(n / c for n, c in zip(tempos["nosso"], tempos["cru"], strict=True))
    minimos = min(tempos["nosso"]) / min(tempos["cru"])
    print(f"ratio whole path / bare warm: {razao:.2f} (median of the rounds), {minimos:.2f} (of the fastest)", end="; ")
    print(f"goal <= {META}: {'reached' if razao <= META else 'MISSED'}")


def _pedir(conteudos: Conteudos) -> list[int]:
    from act_portal.emissao import servicos
    from act_portal.territorio.models import Municipio

    municipio, _ = Municipio.objects.get_or_create(
        codigo_ibge="9900001",
        defaults={
            "nome": "Serra do Exemplo", "uf": "MG", "latitude": -19.9, "longitude": -43.9,
            "fuso_horario": "America/Sao_Paulo",
        },
    )  # fmt: skip
    return [servicos.pedir(modelo, dados, municipio=municipio, autor=None).pk for modelo, dados in conteudos().items()]


def _promessas(documentos: list[int]) -> list[int]:
    from act_portal.saidas.models import Saida

    chaves = [f"emissao.renderizar:{pk}" for pk in documentos]
    return list(Saida.objects.filter(chave__in=chaves).values_list("pk", flat=True))


def _cumprir(saidas: list[int]) -> None:
    from act_portal.saidas.servicos import executar

    for pk in saidas:
        executar(pk)


def _cru_pronto() -> Callable[[list[str]], None]:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from act_portal.emissao import render

    fontes = FontConfiguration()
    css = CSS(string=render.texto_css(), font_config=fontes)

    def desenhar(htmls: list[str]) -> None:
        for html in htmls:
            HTML(string=html).write_pdf(stylesheets=[css], font_config=fontes, pdf_variant=render.VARIANTE)

    return desenhar


def _cru_do_zero() -> Callable[[list[str]], None]:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from act_portal.emissao import render

    texto = render.texto_css()

    def desenhar(htmls: list[str]) -> None:
        for html in htmls:
            fontes = FontConfiguration()
            css = CSS(string=texto, font_config=fontes)
            HTML(string=html).write_pdf(stylesheets=[css], font_config=fontes, pdf_variant=render.VARIANTE)

    return desenhar


def _cronometrar(funcao: Callable[[], None]) -> float:
    inicio = time.perf_counter()
    funcao()
    return (time.perf_counter() - inicio) * 1000


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
