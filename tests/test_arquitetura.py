"""Rules of the house that a machine can check. Import directions are in the import-linter contracts."""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import models
from django.template import Template
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from act_portal.telas.ajuda import SLUGS

RAIZ = Path(__file__).resolve().parents[1]
PACOTES = ["act_portal", "requerimentos", "adesao", "cessao"]
FONTES = [
    fonte for pacote in PACOTES for fonte in sorted((RAIZ / pacote).rglob("*.py")) if "migrations" not in fonte.parts
]
PAGINAS = sorted((RAIZ / "templates").rglob("*.html")) + [
    pagina for pacote in PACOTES for pagina in sorted((RAIZ / pacote).rglob("templates/**/*.html"))
]
# Papers go to WeasyPrint with their own styles inside, and the pretend INSS is another site.
FORA_DAS_TELAS = (RAIZ / "templates" / "papeis", RAIZ / "act_portal" / "simulador_inss")
TELAS = [pagina for pagina in PAGINAS if not any(pagina.is_relative_to(pasta) for pasta in FORA_DAS_TELAS)]
MODELOS = [
    modelo
    for config in apps.get_app_configs()
    if config.name.split(".")[0] in PACOTES
    for modelo in config.get_models()
]
# Everything else asks for a sign-in. A new public address is a decision: it is written here.
PUBLICAS = {
    "telas:inicio",
    "telas:icone",
    "telas:ajuda",
    "telas:ajuda_pagina",
    "adesao:inicio",
    "adesao:posso-aderir",
    "adesao:posso-aderir-lista",
    "adesao:posso-aderir-pdf",
    "adesao:posso-aderir-comecar",
    "adesao:contatos",
    "onde:inicio",
    "onde:cidade",
    "adesao:pedir-acesso",
    "adesao:confirmar-acesso",
    "celular:abrir",
    "celular:fotos",
    "celular:juntar",
    "celular:abrir-remessa",
    "celular:pedaco",
    "celular:desistir-da-remessa",
    "celular:vereditos",
    "cessao:inicio",
    "cessao:imovel",
    "cessao:imagem",
    "cessao:posso-pedir",
    "emissao:conferir",
    "consulta:inicio",
    "consulta:resultado",
    "contas:entrar",
    "contas:segundo_fator",
    "contas:esqueci_a_senha",
    "contas:definir_senha",
    "saidas:saude",
}
# Changes nothing, sets no cookie and refuses other sites by itself: why is written above the view.
SEM_TOKEN = {"templates/requerimentos/consulta/inicio.html"}
# These say by themselves all there is to say, or are the help: the manual has no page of theirs to show.
SEM_AJUDA = {
    "telas/inicio.html",
    "telas/ajuda.html",
    "telas/ajuda_pagina.html",
    # A borrowed telephone is led nowhere else.
    "requerimentos/celular/abrir.html",
    "requerimentos/celular/acabou.html",
    "requerimentos/celular/fotos.html",
}
QUEM_ESCREVE_ESTADO = {"servicos.py"}
ESTADOS = {"situacao", "etapa"}
IMPUROS = ("django.conf", "django.db", "django.http", "django.shortcuts", "django.utils.timezone", "time.", "os.")


def rotas(resolvedor=None, espaco: str = "") -> Iterator[tuple[str, URLPattern]]:
    for item in (resolvedor or get_resolver()).url_patterns:
        if hasattr(item, "url_patterns"):
            if item.namespace != "admin":
                yield from rotas(item, f"{item.namespace}:" if item.namespace else espaco)
        else:
            yield f"{espaco}{item.name}", item


def nome_de(caminho: Path) -> str:
    return str(caminho.relative_to(RAIZ))


@pytest.mark.django_db
def test_modelos_e_migracoes_andam_juntos():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("modelo", MODELOS, ids=str)
def test_texto_vazio_e_texto_vazio_nunca_nulo(modelo):
    nulos = [
        campo.name
        for campo in modelo._meta.local_fields
        if isinstance(campo, models.CharField | models.TextField) and campo.null
    ]

    assert nulos == []


@pytest.mark.parametrize("modelo", MODELOS, ids=str)
def test_todo_modelo_diz_quem_e_com_nome_em_portugues_e_ordem(modelo):
    assert "__str__" in {nome for classe in modelo.__mro__[:-2] for nome in vars(classe)}
    assert modelo._meta.ordering, "sem ordem explícita"
    assert modelo._meta.original_attrs.get("verbose_name"), "sem verbose_name"


@pytest.mark.parametrize(("nome", "rota"), list(rotas()), ids=[nome for nome, _ in rotas()])
def test_toda_rota_exige_entrada_ou_e_declarada_publica(nome, rota):
    # login_required leaves `login_url` on the view, under whatever stands above it.
    protegida = hasattr(rota.callback, "login_url")

    assert protegida != (nome in PUBLICAS), nome


@pytest.mark.parametrize(("nome", "rota"), list(rotas()), ids=[nome for nome, _ in rotas()])
def test_toda_view_diz_que_metodos_aceita(nome, rota, rf):
    request = rf.generic("TRACE", "/")
    request.user = SimpleNamespace(is_authenticated=True, vinculo=None)

    try:
        resposta = rota.callback(request, **dict.fromkeys(rota.pattern.converters, "x"))
    except PermissionDenied:
        return  # The role is asked first; the access matrix tries these with each role.

    assert resposta.status_code == 405, nome


@pytest.mark.parametrize("pagina", TELAS, ids=nome_de)
def test_tela_cabe_na_csp(pagina):
    texto = pagina.read_text()

    for proibido in (r"\|\s*safe\b", r"\bautoescape off", r"\son[a-z]+\s*=", r"\sstyle\s*=", r"<style", r"javascript:"):
        assert not re.search(proibido, texto, re.IGNORECASE), proibido
    for marca in re.findall(r"<script[^>]*>", texto):
        assert "src=" in marca or 'type="application/json"' in marca, marca
    for endereco in re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]+", texto):
        assert not endereco.startswith(("src", "action")), endereco


@pytest.mark.parametrize("pagina", TELAS, ids=nome_de)
def test_toda_pagina_e_em_portugues_com_titulo_e_conteudo(pagina):
    texto = pagina.read_text()
    if "<html" in texto:
        assert re.search(r'<html lang="pt-BR"', texto)
    if pagina.parent.name not in {"includes", "govbr", "layout"} and not pagina.name.startswith("_"):
        inteira = "<html" in texto or "{% extends" in texto
        if inteira and pagina.name not in {"base.html", "publico.html", "500.html"}:
            assert "{% block titulo %}" in texto or "block.super" in texto, "página sem título"


@pytest.mark.parametrize("pagina", TELAS, ids=nome_de)
def test_toda_tela_compila(pagina):
    assert isinstance(get_template(_relativo(pagina)).template, Template)


def _relativo(pagina: Path) -> str:
    partes = pagina.parts
    ultima = len(partes) - 1 - partes[::-1].index("templates")
    return "/".join(partes[ultima + 1 :])


@pytest.mark.parametrize("pagina", TELAS, ids=nome_de)
def test_formulario_que_muda_algo_leva_o_token(pagina):
    for formulario in re.findall(r"<form\b.*?(?:</form>|\Z)", pagina.read_text(), re.DOTALL):
        abertura = formulario.split(">", 1)[0]
        posta = 'method="post"' in abertura.lower()  # a search by name or CPF is posted, to stay out of the address
        if re.search(r'method="get"', abertura, re.IGNORECASE) or ('role="search"' in abertura and not posta):
            assert "csrf_token" not in formulario, "o token iria para o endereço"
        elif nome_de(pagina) not in SEM_TOKEN:
            assert "{% csrf_token %}" in formulario, abertura


def _mudancas_de_estado(fonte: Path) -> Iterator[int]:
    """Lines that write a status: `x.situacao = ...`, alone or among others, and `.update(situacao=...)`."""
    for no in ast.walk(ast.parse(fonte.read_text())):
        if isinstance(no, ast.Attribute) and isinstance(no.ctx, ast.Store) and no.attr in ESTADOS:
            yield no.lineno
        if isinstance(no, ast.Call) and isinstance(no.func, ast.Attribute) and no.func.attr == "update":
            yield from (no.lineno for palavra in no.keywords if palavra.arg in ESTADOS)


def test_so_os_servicos_mudam_a_situacao():
    infratores = [
        f"{nome_de(fonte)}:{linha}"
        for fonte in FONTES
        if fonte.name not in QUEM_ESCREVE_ESTADO
        and "simulador_inss" not in fonte.parts
        and "servicos" not in fonte.parts
        for linha in _mudancas_de_estado(fonte)
    ]

    assert infratores == []


@pytest.mark.parametrize(
    "linha",
    ["p.situacao = 'a'", "p.situacao, p.motivo = 'a', ''", "P.objects.filter(pk=1).update(etapa='a')", "p.etapa += 1"],
)
def test_a_busca_acha_cada_jeito_de_mudar_a_situacao(tmp_path, linha):
    fonte = tmp_path / "views.py"
    fonte.write_text(linha)

    assert list(_mudancas_de_estado(fonte)) == [1]


PROGRAMAS = [*FONTES, *(fonte for pasta in ("tests", "bench", "ferramentas") for fonte in (RAIZ / pasta).rglob("*.py"))]


@pytest.mark.parametrize("fonte", PROGRAMAS, ids=nome_de)
def test_arquivo_cabe_na_cabeca(fonte):
    assert len(fonte.read_text().splitlines()) <= 500


@pytest.mark.parametrize("fonte", FONTES, ids=nome_de)
def test_regras_e_situacoes_sao_puras(fonte):
    if fonte.name not in {"regras.py", "situacoes.py"}:
        return
    importados = [m for m in _importados(ast.parse(fonte.read_text())) if not m.startswith("django.db.models")]

    assert [m for m in importados if m.startswith(IMPUROS) or {"models", "servicos"} & set(m.split("."))] == []


def _importados(no: ast.AST) -> Iterator[str]:
    """Full names of what is imported when the code runs: for `from a import b`, `a.b`."""
    for filho in ast.iter_child_nodes(no):
        if isinstance(filho, ast.ImportFrom):
            yield from (f"{filho.module}.{nome.name}" for nome in filho.names)
        elif isinstance(filho, ast.Import):
            yield from (nome.name for nome in filho.names)
        elif not (isinstance(filho, ast.If) and ast.unparse(filho.test) == "TYPE_CHECKING"):
            yield from _importados(filho)


def test_folha_de_estilo_e_icones_cabem_no_orcamento():
    estilo = (RAIZ / "static" / "css" / "portal.css").read_bytes()
    publico = (RAIZ / "static" / "css" / "publico.css").read_bytes()
    icones = (RAIZ / "static" / "img" / "icones.svg").read_bytes()

    assert len(gzip.compress(estilo, 9)) <= 12_000
    assert len(gzip.compress(publico, 9)) <= 2_000
    assert len(gzip.compress(icones, 9)) <= 2_000


def test_nome_de_lugar_da_moldura_nao_se_repete_no_que_vai_dentro():
    """What every page has is pointed at by the scripts and by labels: another thing of that name would be taken."""
    moldura = {p for p in TELAS if p.name == "base.html" and p.parent.name == "templates"}
    moldura |= {p for p in TELAS if p.parent.name == "includes" and p.name in {"fila.html", "sessao.html", "menu.html"}}
    textos = {p: p.read_text() for p in TELAS}
    # A page with a frame of its own is not inside this one.
    de = {p: set(re.findall(r'\sid="([\w-]+)"', t)) for p, t in textos.items() if p in moldura or "<html" not in t}
    da_moldura = set().union(*(de[p] for p in moldura))

    assert {"fila", "coberta", "conteudo"} <= da_moldura
    assert {p.name: nomes & da_moldura for p, nomes in de.items() if p not in moldura and nomes & da_moldura} == {}


def test_todo_icone_usado_existe_no_desenho():
    desenho = (RAIZ / "static" / "img" / "icones.svg").read_text()
    existentes = set(re.findall(r'<symbol id="([^"]+)"', desenho))
    textos = [p.read_text() for p in PAGINAS]
    usados = {nome for texto in textos for nome in re.findall(r'{% icone "([^"]+)"', texto)}
    usados |= {nome for texto in textos for nome in re.findall(r'icone="([^"{]+)"', texto)}
    usados |= {nome for fonte in FONTES for nome in re.findall(r'icone="([^"{]+)"', fonte.read_text())}

    assert usados - existentes == set()


def test_toda_classe_do_estilo_usada_nas_telas_existe():
    estilo = "".join(folha.read_text() for folha in (RAIZ / "static" / "css").glob("*.css"))
    existentes = set(re.findall(r"\.([a-zA-Z][\w-]*)", estilo))
    usadas = {
        (classe, nome_de(pagina))
        for pagina in TELAS
        for valor in re.findall(r'class="([^"{]*)"', pagina.read_text())
        for classe in valor.split()
    }

    assert sorted((c, p) for c, p in usadas if c not in existentes) == []


def test_toda_ajuda_citada_esta_no_manual():
    citadas = {
        (slug, nome_de(pagina))
        for pagina in PAGINAS
        for slug in re.findall(r"{% (?:ajuda|url 'telas:ajuda_pagina') [\"']([^\"']+)", pagina.read_text())
    }

    assert citadas
    assert [c for c in sorted(citadas) if c[0] not in SLUGS] == []


MOLDURAS = {
    "base.html",
    "publico.html",
    "adesao/acordo/base.html",
    "adesao/analise/base.html",
    "adesao/pedido/base.html",
    "requerimentos/caso.html",
    "requerimentos/celular/base.html",
    "requerimentos/consulta/base.html",
}
TELAS_INTEIRAS = [
    pagina
    for pagina in TELAS
    if "/" in _relativo(pagina)  # without a folder: frames and the pages of errors
    and _relativo(pagina) not in MOLDURAS | SEM_AJUDA
    and "{% extends" in pagina.read_text()
]


def _ajudas(nome: str) -> list[str]:
    """The pages of the manual that a screen links: its own or, without any, those of the frame that it extends."""
    texto = (RAIZ / "templates" / nome).read_text()
    proprias = re.findall(r"{% ajuda [\"']([^\"']+)", texto)
    moldura = re.search(r"{% extends [\"']([^\"']+)", texto)
    return proprias or (_ajudas(moldura[1]) if moldura and "{% block ajuda %}" not in texto else [])


@pytest.mark.parametrize("pagina", TELAS_INTEIRAS, ids=nome_de)
def test_toda_tela_inteira_leva_a_sua_ajuda(pagina):
    ajudas = _ajudas(_relativo(pagina))

    assert ajudas, "a tela não leva a nenhuma página do manual"
    assert set(ajudas) <= set(SLUGS)


def test_todo_botao_que_o_manual_manda_apertar_existe():
    telas = " ".join(p.read_text() for p in [*PAGINAS, *FONTES, *(RAIZ / "static" / "js").glob("*.js")]).lower()
    mandados = {
        (pagina.name, " ".join(nome.split()))
        for pagina in (RAIZ / "docs" / "manual").glob("*.md")
        for nome in re.findall(r"\b(?:aperte|use|abra)\s+\*\*([^*]+)\*\*", pagina.read_text(), re.IGNORECASE)
    }
    # The keys of the keyboard are no buttons of ours.
    inexistentes = {m for m in mandados if m[1].lower() not in telas} - {("acessibilidade.md", "Ctrl")}

    assert len(mandados) > 50
    assert sorted(inexistentes) == []
