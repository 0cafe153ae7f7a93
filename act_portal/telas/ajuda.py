"""The manual (`docs/manual/*.md`) as pages of `/ajuda/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown

PASTA = settings.RAIZ / "docs" / "manual"
GRUPOS: list[tuple[str, list[str]]] = [
    ("Comece por aqui", ["primeiros-passos", "entrar", "painel"]),
    (
        "Do balcão ao envio",
        [
            "recepcao",
            "conversa",
            "demanda",
            "ficha",
            "formularios",
            "digitalizacao",
            "papeis-assinados",
            "conferencia-e-envio",
        ],
    ),
    ("Depois do envio", ["acompanhamento", "agenda", "exigencia", "resultado", "avisos", "comprovante", "mandato"]),
    (
        "Para o cidadão",
        ["onde-ser-atendido", "consulta-do-cidadao", "conferir-documento", "privacidade", "acessibilidade"],
    ),
    (
        "Adesão ao acordo",
        [
            *("para-prefeituras", "posso-aderir", "adesao-pedir-acesso", "adesao-pedido", "adesao-documentos"),
            *("adesao-assinatura", "adesao-acordo", "adesao-acompanhamento", "adesao-acessos", "adesao-analise"),
            *("adesao-decisao", "adesao-anteriores", "numeros"),
        ],
    ),
    ("Imóveis do INSS", ["cessao-catalogo", "cessao-pedido", "cessao-ocupacao", "cessao-analise", "cessao-imoveis"]),
    ("Quem cuida do portal", ["equipe", "auditoria", "saidas", "catalogo"]),
]
SLUGS = [slug for _, slugs in GRUPOS for slug in slugs]


@dataclass(frozen=True)
class Pagina:
    slug: str
    titulo: str
    resumo: str
    corpo: SafeString


@cache
def pagina(slug: str) -> Pagina:
    """Raises `KeyError` for a page that the manual does not have: `slug` never reaches the disk unchecked."""
    if slug not in SLUGS:
        raise KeyError(slug)
    texto = (PASTA / f"{slug}.md").read_text(encoding="utf-8")
    titulo, resumo, corpo = texto.split("\n\n", 2)
    return Pagina(slug, titulo.removeprefix("# ").strip(), resumo.replace("\n", " ").strip(), _desenhar(corpo))


def indice() -> list[tuple[str, list[Pagina]]]:
    return [(nome, [pagina(slug) for slug in slugs]) for nome, slugs in GRUPOS]


def _desenhar(texto: str) -> SafeString:
    markdown = Markdown(extensions=["tables", "sane_lists", "toc"], output_format="html")
    # Without these two a tag written in the text comes out as text: the page holds nothing but Markdown.
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    return mark_safe(markdown.convert(texto))
