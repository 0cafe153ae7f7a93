"""Pages, menu, cards, tags and the manual."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client
from django.urls import resolve, reverse
from django.utils.timezone import localdate

from act_portal.telas import ajuda, formatos, navegacao, painel
from act_portal.telas.navegacao import VISITANTE
from act_portal.telas.respostas import vezes_demais
from act_portal.telas.templatetags.portal import norma
from tests.fabricas import MunicipioFabrica, UsuarioFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def atendente():
    return com_papel("atendente", MunicipioFabrica(nome="Serra do Ipê"), nome="Luciana Prado")


@pytest.fixture
def menu(monkeypatch) -> dict:
    itens: dict = {}
    monkeypatch.setattr(navegacao, "_itens", itens)
    return itens


@pytest.fixture
def registros(monkeypatch) -> list:
    lista: list = []
    monkeypatch.setattr(painel, "_registros", lista)
    return lista


def desenhar(modelo: str, **contexto) -> str:
    return Template(modelo).render(Context(contexto))


def pedido(rf, usuario, caminho="/"):
    request = rf.get(caminho)
    request.user = usuario
    return request


# --- Pages --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rota", ["telas:inicio", "telas:ajuda", "adesao:inicio", "cessao:inicio"])
def test_pagina_publica_abre_sem_entrar_e_sem_script(client, rota):
    resposta = client.get(reverse(rota))

    html = resposta.content.decode()
    assert resposta.status_code == 200
    assert 'class="publico"' in html
    assert "<script" not in html
    assert html.count("<h1") == 1
    assert "Não é uma agência do INSS" in html
    assert "gratuito" in html
    assert 'href="tel:135"' in html


def test_todo_elo_da_pagina_publica_leva_a_algum_lugar(client):
    enderecos = set()
    for rota in ("telas:inicio", "adesao:inicio", "cessao:inicio", "telas:ajuda"):
        enderecos |= set(re.findall(r'href="(/[^"#]*)"', client.get(reverse(rota)).content.decode()))

    assert len(enderecos) > 10
    for endereco in enderecos:
        if not endereco.startswith("/static/"):
            assert resolve(endereco)


def test_dados_ficticios_aparecem_so_na_demonstracao(client, settings):
    settings.DADOS_FICTICIOS = True
    assert "dados fictícios" in client.get("/").content.decode()

    settings.DADOS_FICTICIOS = False
    assert "dados fictícios" not in client.get("/").content.decode()


def test_painel_pede_entrada(client, settings):
    settings.LOGIN_URL = "/entrar/"

    resposta = client.get(reverse("telas:painel"))

    assert resposta.status_code == 302
    assert "next=/painel/" in resposta["Location"]


def test_painel_vazio_diz_que_nada_espera(client, atendente, registros):
    client.force_login(atendente)

    html = client.get(reverse("telas:painel")).content.decode()

    assert "Nada espera por você agora" in html
    assert "Luciana Prado" in html
    assert "Atendente" in html
    assert "Prefeitura de Serra do Ipê" in html
    assert "htmx-config" in html
    assert 'data-ociosa="1800"' in html


def test_continuar_renova_a_sessao_e_so_por_post(client, atendente):
    client.force_login(atendente)

    assert client.post(reverse("telas:continuar")).status_code == 204
    assert client.get(reverse("telas:continuar")).status_code == 405


def test_continuar_sem_token_e_recusado_com_pagina_em_portugues(atendente):
    client = Client(enforce_csrf_checks=True)
    client.force_login(atendente)

    resposta = client.post(reverse("telas:continuar"))

    assert resposta.status_code == 403
    assert "A página ficou aberta por muito tempo" in resposta.content.decode()


def test_continuar_nunca_e_guardado_como_formulario():
    assert resolve(reverse("telas:continuar")).func.sem_papel is True


def test_pagina_que_nao_existe_diz_o_que_fazer(client):
    resposta = client.get("/nao-ha/")

    assert resposta.status_code == 404
    assert "Não achamos esta página" in resposta.content.decode()


@pytest.mark.parametrize("modelo", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_pagina_de_erro_sai_sem_pedido_e_sem_banco(modelo, django_assert_num_queries):
    from django.template.loader import get_template

    with django_assert_num_queries(0):
        html = get_template(modelo).render()

    assert "<h1" in html
    assert 'lang="pt-BR"' in html


def test_pagina_500_so_depende_de_quem_chamar():
    fonte = (settings.RAIZ / "templates" / "500.html").read_text()

    assert re.findall(r"{[%{#].*?[%}#]}", fonte) == ["{% suporte %}"]


def test_vezes_demais_diz_quanto_esperar(rf):
    resposta = vezes_demais(pedido(rf, None), espera=timedelta(seconds=61))

    assert resposta.status_code == 429
    assert resposta["Retry-After"] == "61"
    assert "2 minutos" in resposta.content.decode()


# --- Menu and cards -----------------------------------------------------------------------------------------------
def test_menu_mostra_o_que_o_papel_alcanca_na_ordem(rf, atendente, menu):
    navegacao.registrar_item("Ajuda", "telas:ajuda", ordem=9, icone="ajuda")
    navegacao.registrar_item("Painel", "telas:painel", ordem=1, icone="casa", papeis=["atendente"])
    navegacao.registrar_item("Adesão", "adesao:inicio", ordem=2, icone="predio", papeis=["gestor"])
    navegacao.registrar_item("Início", "telas:inicio", ordem=0, icone="casa", papeis=[VISITANTE])
    navegacao.registrar_item("Futuro", "nao:existe", ordem=3, icone="casa")

    entradas = navegacao.entradas(pedido(rf, atendente, "/painel/"))

    assert [(e.nome, e.atual) for e in entradas] == [("Painel", True), ("Ajuda", False)]


def test_menu_do_visitante_marca_a_pagina_mais_proxima(rf, menu):
    from django.contrib.auth.models import AnonymousUser

    navegacao.registrar_item("Início", "telas:inicio", ordem=0, icone="casa", papeis=[VISITANTE])
    navegacao.registrar_item("Ajuda", "telas:ajuda", ordem=1, icone="ajuda", papeis=[VISITANTE])

    entradas = navegacao.entradas(pedido(rf, AnonymousUser(), "/ajuda/entrar/"))

    assert [(e.nome, e.atual) for e in entradas] == [("Início", False), ("Ajuda", True)]


def test_contador_so_aparece_quando_ha_o_que_contar(client, atendente, menu):
    navegacao.registrar_item("Painel", "telas:painel", ordem=1, icone="casa", contador=lambda request: 7)
    navegacao.registrar_item("Ajuda", "telas:ajuda", ordem=2, icone="ajuda", contador=lambda request: 0)
    client.force_login(atendente)

    html = client.get(reverse("telas:painel")).content.decode()

    assert html.count('class="nav__conta">7<') == 2
    assert html.count("nav__conta") == 2


def test_cartoes_saem_por_ordem_papel_e_coluna(rf, atendente, registros):
    painel.registrar_cartao(lambda r: ("b.html", {}), ordem=2)
    painel.registrar_cartao(lambda r: ("a.html", {}), ordem=1, papeis=["atendente"])
    painel.registrar_cartao(lambda r: ("c.html", {}), ordem=0, papeis=["gestor"])
    painel.registrar_cartao(lambda r: ("d.html", {}), ordem=3, lado=True)
    painel.registrar_cartao(lambda r: None, ordem=4)

    colunas = painel.cartoes(pedido(rf, atendente))

    assert [modelo for modelo, _ in colunas["principal"]] == ["a.html", "b.html"]
    assert [modelo for modelo, _ in colunas["lado"]] == ["d.html"]


def test_cartao_recebe_o_seu_contexto_e_o_da_pagina(client, atendente, registros):
    dados = {"icone": "info", "texto": "Três exigências vencem hoje.", "titulo": "", "tom": "atencao"}
    painel.registrar_cartao(lambda request: ("includes/aviso.html", dados), ordem=1)
    client.force_login(atendente)

    html = client.get(reverse("telas:painel")).content.decode()

    assert "Três exigências vencem hoje." in html
    assert "Nada espera por você agora" not in html


def test_quem_nao_tem_papel_nao_ve_menu_de_trabalho(rf, menu):
    navegacao.registrar_item("Painel", "telas:painel", ordem=1, icone="casa", papeis=["atendente"])

    assert navegacao.entradas(pedido(rf, UsuarioFabrica())) == []


# --- Manual -------------------------------------------------------------------------------------------------------
def test_indice_e_pasta_do_manual_sao_os_mesmos():
    assert sorted(ajuda.SLUGS) == sorted(p.stem for p in ajuda.PASTA.glob("*.md"))


@pytest.mark.parametrize("slug", ajuda.SLUGS)
def test_pagina_do_manual_abre_e_seus_elos_tambem(client, slug):
    resposta = client.get(reverse("telas:ajuda_pagina", args=[slug]))

    html = resposta.content.decode()
    assert resposta.status_code == 200
    assert html.count("<h1") == 1
    corpo = html.split('<article class="cartao manual">')[1].split("</article>")[0]
    for elo in re.findall(r'href="([^"]+)"', corpo):
        assert re.fullmatch(r"\.\./[a-z-]+/", elo), elo
        assert elo.strip("./") in ajuda.SLUGS, elo


def test_no_manual_so_o_administrador_ve_o_que_falta_ler_na_norma(client):
    endereco = reverse("telas:ajuda_pagina", args=["mandato"])
    de_todos = client.get(endereco).text
    client.force_login(com_papel("administrador"))

    assert "art. 682." in de_todos
    assert "conferir norma" not in de_todos
    assert "art. 682 (conferir norma vigente)." in client.get(endereco).text


@pytest.mark.parametrize(
    ("texto", "de_todos"),
    [
        ("Lei 1 (conferir norma vigente).", "Lei 1."),
        ("O prazo acabou (Conferir norma vigente).", "O prazo acabou."),
        ("Conferir norma vigente", ""),
        ("Lei 1", "Lei 1"),
    ],
)
def test_a_marca_sai_para_o_administrador_e_para_mais_ninguem(texto, de_todos):
    administrador, visitante = com_papel("administrador"), AnonymousUser()

    assert (norma(texto, administrador), norma(texto, visitante)) == (texto, de_todos)


def test_slug_inventado_e_404(client):
    assert client.get("/ajuda/settings/").status_code == 404


def test_marca_escrita_no_manual_sai_como_texto():
    html = ajuda._desenhar('Veja <script>alert(1)</script> e <b>isto</b>\n\n<div onclick="x">bloco</div>')

    assert "<script" not in html
    assert "<b>" not in html
    assert "<div" not in html


# --- Tags and formats ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("filtro", "valor", "esperado"),
    [
        ("cpf", "52998224725", "529.982.247-25"),
        ("cpf", "123", "123"),
        ("cpf", None, ""),
        ("cnpj", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("nit", "29141777638", "291.41777.63-8"),
        ("cep", "30130000", "30130-000"),
        ("beneficio", "7123456789", "712.345.678-9"),
        ("telefone", "31999990000", "(31) 99999-0000"),
        ("telefone", "3133330000", "(31) 3333-0000"),
        ("discar", "(31) 3249-4415 / 4420", "+553132494415"),
        ("discar", "31 99999-0000 (recado)", "+5531999990000"),
        ("discar", "3313-4546", ""),
        ("discar", None, ""),
        ("protocolo", "1029384756", "1.029.384.756"),
        ("protocolo", "2026.000123", "2026.000123"),
        ("tamanho", 3_250_586, "3,3 MB"),
        ("tamanho", 50_000_000, "50 MB"),
        ("tamanho", 800, "800 bytes"),
        ("tamanho", 2048, "2 kB"),
        ("data_longa", date(2026, 11, 26), "quinta-feira, 26 de novembro de 2026"),
        ("data_longa", date(2026, 12, 1), "terça-feira, 1º de dezembro de 2026"),
        ("data_longa", None, ""),
    ],
)
def test_filtros_mostram_como_se_le(filtro, valor, esperado):
    assert desenhar(f"{{{{ valor|{filtro} }}}}", valor=valor) == esperado


@pytest.mark.parametrize(
    ("rotulo", "dito"),
    [("E-mail", "e-mail"), ("Telefone fixo", "telefone fixo"), ("SMS", "SMS"), ("WhatsApp", "WhatsApp"), ("", "")],
)
def test_rotulo_dentro_da_frase_so_guarda_a_maiuscula_de_nome_proprio(rotulo, dito):
    assert formatos.no_meio_da_frase(rotulo) == dito


def test_momento_perto_da_meia_noite_e_mostrado_no_dia_daqui():
    utc = datetime(2026, 11, 27, 1, 30, tzinfo=timezone.utc)  # noqa: UP017

    assert "26 de novembro" in desenhar("{{ valor|data_longa }}", valor=utc)


@pytest.mark.parametrize(
    ("dias", "tom", "texto"),
    [
        (-3, "prazo--perigo", "<b>3</b>dias atrás"),
        (-1, "prazo--perigo", "<b>1</b>dia atrás"),
        (0, "prazo--perigo", "<b>hoje</b>"),
        (1, "prazo--perigo", "<b>1</b>dia<"),
        (7, "prazo--atencao", "<b>7</b>dias"),
        (8, 'class="prazo"', "<b>8</b>dias"),
    ],
)
def test_prazo_diz_numero_data_e_tom(dias, tom, texto):
    html = desenhar("{% prazo ate %}", ate=localdate() + timedelta(days=dias))

    assert tom in html
    assert texto in html
    assert "<time datetime=" in html


def test_selo_tem_sempre_icone_e_palavra():
    html = desenhar("{% selo estado %}", estado=SimpleNamespace(label="Em análise", tom="andamento"))

    assert "selo--andamento" in html
    assert "icones.svg#relogio" in html
    assert "Em análise" in html


def test_passos_contam_de_verdade():
    lista = [("Recepção", "/a/", "feito"), ("Demanda", None, "atual"), ("Envio", None, "depois")]

    html = desenhar("{% passos lista %}", lista=lista)

    assert "Passo 2 de 3: " in html
    assert html.count('aria-current="step"') == 1
    assert html.count("passos__item--feito") == 1


def test_medidor_diz_quanto_cabe_e_quanto_passou():
    assert "Ainda cabem 2 MB." in desenhar("{% medidor 'Total' 3000000 5000000 %}")
    assert "Passou 1 MB do limite." in desenhar("{% medidor 'Total' 6000000 5000000 %}")


def test_paginacao_guarda_os_filtros_e_troca_a_pagina(rf):
    html = desenhar(
        "{% paginacao pagina %}",
        request=rf.get("/lista/?q=Moura%20%26&pagina=3"),
        pagina=Paginator(range(200), 20).page(3),
    )

    assert 'href="?q=Moura+%26&amp;pagina=4"' in html
    assert "pagina=3&amp;pagina" not in html
    assert "Mostrando 41 a 60 de 200" in html
    assert html.count('aria-current="page"') == 1


def test_botao_que_muda_algo_e_post_com_token():
    html = desenhar(
        "{% botao_post '/x/' 'Chamar' icone='fila' oculto='Ana' versao=3 %}", csrf_token="a" * 64
    )  # fmt: skip

    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html
    assert '<input type="hidden" name="versao" value="3">' in html
    assert '<span class="oculto"> Ana</span>' in html


def test_textos_dos_tags_saem_escapados():
    html = desenhar("{% vazio titulo %}{% aviso titulo %}{% selo_texto titulo %}", titulo="<b>x</b>")

    assert "<b>x</b>" not in html


def test_valor_que_nao_cabe_na_mascara_volta_como_veio():
    assert formatos.mascara("12", "#-#-#", 3) == "12"


@pytest.mark.django_db
def test_nenhuma_pagina_liga_microfone_nem_pergunta_onde_se_esta(client):
    assert client.get("/")["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"
