"""Where to be served: what the public sees of the desks, and what it never sees."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.territorio.models import Balcao, Entidade
from adesao.models import Acordo, ChecklistVersao, Processo, ServicoAutorizado
from adesao.publico.onde import consultas, mapas, views
from adesao.situacoes import SituacaoAcordo
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, UsuarioFabrica

pytestmark = pytest.mark.django_db

ABERTO, SUSPENSO = Balcao.Situacao.ABERTO, Balcao.Situacao.SUSPENSO


def ponto(nome: str, uf: str = "MG", *, em: tuple[float, float] = (-19.9, -43.9), **campos) -> Balcao:
    municipio = MunicipioFabrica(nome=nome, uf=uf, latitude=em[0], longitude=em[1])
    return BalcaoFabrica(entidade__municipio=municipio, **campos)


def lista(client, **parametros) -> str:
    return client.get(reverse("onde:inicio"), parametros).content.decode()


def pagina_de(client, municipio) -> str:
    return client.get(reverse("onde:cidade", args=[municipio.pk])).content.decode()


def nomes(html: str) -> list[str]:
    """The towns of the list, in order."""
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', html)


# --- The list -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("situacao", "aparece"),
    [(ABERTO, True), (SUSPENSO, True), (Balcao.Situacao.PREPARO, False), (Balcao.Situacao.FECHADO, False)],
)
def test_a_lista_mostra_o_que_esta_aberto_ou_suspenso_e_so(client, situacao, aparece):
    ponto("Serra do Ipê", situacao=situacao)

    assert (nomes(lista(client)) == ["Serra do Ipê/MG"]) == aparece


def test_balcao_de_acordo_que_acabou_sai_da_lista_antes_de_alguem_registrar(client):
    ontem = localdate() - timedelta(days=1)
    ultimo_dia, acabou = (
        ponto(nome, endereco=f"Rua de {nome}, 9", entidade__acordo_inicio=date(2020, 1, 1), entidade__acordo_fim=fim)
        for nome, fim in (("Serra do Ipê", localdate()), ("Vale do Ipê", ontem))
    )
    denunciado = ponto("Morro do Ipê", endereco="Rua de Morro do Ipê, 9")
    acordo = Acordo.objects.filter(pk=_acordo(denunciado).pk)
    acordo.update(situacao=SituacaoAcordo.DENUNCIADO, termina_em=localdate())
    assert nomes(lista(client)) == ["Morro do Ipê/MG", "Serra do Ipê/MG"]
    acordo.update(termina_em=ontem)
    consultas._cidades.cache_clear()

    assert nomes(lista(client)) == ["Serra do Ipê/MG"]
    for balcao in (acabou, denunciado):
        assert balcao.endereco not in pagina_de(client, balcao.municipio)
    assert ultimo_dia.endereco in pagina_de(client, ultimo_dia.municipio)


def test_cada_cidade_diz_endereco_horario_e_telefone(client):
    ponto("Serra do Ipê", endereco="Rua do Sol, 9", horario="Terça, das 9h às 11h", telefone="3133330001")

    html = lista(client)

    assert "Rua do Sol, 9" in html
    assert "Terça, das 9h às 11h" in html
    assert 'href="tel:3133330001">(31) 3333-0001<' in html


def test_cidade_com_dois_pontos_aparece_uma_vez_e_diz_que_sao_dois(client):
    balcao = ponto("Serra do Ipê")
    BalcaoFabrica(entidade=balcao.entidade)

    html = lista(client)

    assert nomes(html) == ["Serra do Ipê/MG"]
    assert "São 2 pontos nesta cidade." in html


def test_suspenso_sai_com_selo_e_sem_endereco_e_o_motivo_nunca_aparece(client):
    balcao = ponto("Serra do Ipê", situacao=SUSPENSO, situacao_motivo="Inquérito 12", endereco="Rua do Sol, 9")

    for html in (lista(client), pagina_de(client, balcao.municipio)):
        assert "Atendimento suspenso" in html
        assert "Inquérito" not in html
    assert "Rua do Sol" not in lista(client)


def test_procura_sem_acento_mostra_homonimos_com_a_uf(client):
    ponto("Água Branca", "AL")
    ponto("Água Branca", "PB")
    MunicipioFabrica(nome="Água Branca", uf="PI")

    html = lista(client, q="agua branca")

    assert nomes(html) == ["Água Branca/AL", "Água Branca/PB"]
    assert "2 cidades com ponto" in html
    assert ">Água Branca/PI<" in html.split("Cidades ainda sem ponto")[1]


def test_procura_com_estado_deixa_so_o_do_estado(client):
    ponto("Água Branca", "AL")
    ponto("Água Branca", "PB")

    assert nomes(lista(client, q="agua branca", uf="PB")) == ["Água Branca/PB"]
    assert nomes(lista(client, uf="AL")) == ["Água Branca/AL"]


@pytest.mark.parametrize(
    ("parametros", "frase"),
    [
        ({"uf": "ZZ"}, "Este estado não existe. Mostramos o Brasil inteiro."),
        ({"q": "a"}, "Escreva pelo menos duas letras do nome da cidade."),
        ({"perto": "9999999"}, "Não achamos a cidade de onde medir a distância."),
        ({"q": "cidade que não há"}, "Não achamos cidade com este nome"),
        ({"uf": "AC"}, "Este estado ainda não tem ponto aberto"),
        ({"pagina": "abc"}, "Todas as cidades com ponto"),
        ({"pagina": "999"}, "Todas as cidades com ponto"),
    ],
)
def test_pedido_torto_recebe_uma_frase_que_diz_o_que_fazer(client, parametros, frase):
    ponto("Serra do Ipê")

    resposta = client.get(reverse("onde:inicio"), parametros)

    assert resposta.status_code == 200
    assert frase in resposta.content.decode()


def test_portal_sem_ponto_nenhum_diz_por_onde_ir(client):
    html = lista(client)

    assert "Ainda não há ponto aberto" in html
    assert "135" in html


def test_o_que_foi_digitado_volta_no_campo_escapado(client):
    html = lista(client, q='serra"><b>')

    assert 'value="serra&quot;&gt;&lt;b&gt;"' in html


def test_por_distancia_o_mais_perto_vem_primeiro(client):
    ponto("Longe", em=(-10.0, -40.0))
    ponto("Perto", em=(-19.8, -43.8))
    ponto("Meio", em=(-18.0, -43.0))
    daqui = MunicipioFabrica(nome="Daqui", latitude=-19.9, longitude=-43.9)

    html = lista(client, perto=daqui.pk)

    assert nomes(html) == ["Perto/MG", "Meio/MG", "Longe/MG"]
    assert "<b>15 km</b>" in html
    assert "Distância em linha reta" in html


def test_quem_procura_cidade_sem_ponto_recebe_logo_os_mais_perto(client):
    ponto("Longe", em=(-10.0, -40.0))
    ponto("Perto", em=(-19.8, -43.8))
    daqui = MunicipioFabrica(nome="Serra", latitude=-19.9, longitude=-43.9)
    MunicipioFabrica(nome="Serra Alta")

    html = lista(client, q="serra")

    assert "Serra/MG ainda não tem ponto. Os mais perto:" in html
    assert nomes(html) == ["Perto/MG", "Longe/MG"]
    assert f'href="/onde-ser-atendido/{daqui.pk}/"' in html
    sem_ponto = html.split("Cidades ainda sem ponto")[1].split("</section>")[0]
    assert ">Serra Alta/MG<" in sem_ponto
    assert ">Serra/MG<" not in sem_ponto


def test_quem_procura_cidade_sem_ponto_num_portal_sem_ponto_ouve_dos_outros_canais(client):
    MunicipioFabrica(nome="Serra")

    html = lista(client, q="serra")

    assert "Serra/MG ainda não tem ponto." in html
    assert "Os mais perto" not in html
    assert "ligue 135 ou use o Meu INSS" in html


def test_muitas_cidades_vem_por_estado_e_em_paginas(client, monkeypatch):
    monkeypatch.setattr(views, "POR_PAGINA", 2)
    for nome in ("A", "B", "C"):
        ponto(f"Serra {nome}", "MG")
    ponto("Serra D", "PR")
    ponto("Serra E", "PR", situacao=SUSPENSO)

    primeira, segunda = lista(client), lista(client, pagina=2)

    assert nomes(primeira) == ["Serra A/MG", "Serra B/MG"]
    assert nomes(segunda) == ["Serra C/MG", "Serra D/PR"]
    por_estado = primeira.split('class="ufs"')[1].split("</ul>")[0]
    assert re.findall(r'\?uf=(\w\w)">[^<]+</a> <span class="suave">(\d+)', por_estado) == [("MG", "3"), ("PR", "1")]
    assert "Escolha o estado" not in lista(client, uf="MG")


@pytest.mark.parametrize("parametros", [{}, {"uf": "MG"}, {"q": "serra"}, {"perto": "9900001"}])
def test_mais_pontos_nao_custam_mais_consultas(client, django_assert_max_num_queries, parametros):
    MunicipioFabrica(codigo_ibge="9900001", nome="Daqui")
    for n in range(3):
        ponto(f"Serra {n}")
    with django_assert_max_num_queries(4) as poucas:
        lista(client, **parametros)
    for n in range(3, 12):
        ponto(f"Serra {n}")
    consultas._cidades.cache_clear()

    with django_assert_max_num_queries(len(poucas)):
        assert len(nomes(lista(client, **parametros))) == 12


def test_muitos_visitantes_repartem_uma_leitura_e_o_que_mudou_nao_engana(client, monkeypatch):
    aberto, fechado = ponto("Serra A"), ponto("Serra B")
    assert nomes(lista(client)) == ["Serra A/MG", "Serra B/MG"]
    Balcao.objects.filter(pk=aberto.pk).update(situacao=SUSPENSO)
    Balcao.objects.filter(pk=fechado.pk).update(situacao=Balcao.Situacao.FECHADO)

    logo = lista(client)
    monkeypatch.setattr(consultas, "FRESCOR_SEGUNDOS", 1e-9)
    depois = lista(client)

    assert nomes(logo) == nomes(depois) == ["Serra A/MG"]
    assert "Atendimento suspenso" in logo
    assert "Rua das Flores" not in logo


# --- The last days of an agreement --------------------------------------------------------------------------------
def acabando(nome, dias, **outros):
    balcao = ponto(nome, **outros)
    desde = localdate() + timedelta(days=dias)
    Entidade.objects.filter(pk=balcao.entidade_id).update(sem_novos_desde=desde)
    return balcao, desde


def test_antes_do_dia_a_lista_e_a_pagina_dizem_ate_quando_se_pede(client):
    balcao, desde = acabando("Serra A", 1)

    for html in (lista(client), pagina_de(client, balcao.municipio)):
        assert f"Pedidos novos só até {desde - timedelta(days=1):%d/%m/%Y}." in html
        assert "Sem pedidos novos" not in html


def test_do_dia_em_diante_o_ponto_so_acompanha_e_a_pagina_diz_aonde_ir(client):
    balcao, desde = acabando("Serra A", 0, endereco="Rua do Sol, 9")
    vizinha = ponto("Vizinha", em=(-19.8, -43.8))

    na_lista, na_pagina = lista(client), pagina_de(client, balcao.municipio)

    assert "O ponto só acompanha quem já tem pedido nele" in na_lista
    assert "<title>Serra A/MG (sem pedidos novos)</title>" in na_lista
    assert f"Desde {desde:%d/%m/%Y} este ponto não abre pedidos novos:" in na_pagina
    assert "Rua do Sol, 9" in na_pagina
    assert "Vizinha/MG, a 15 km em linha reta." in na_pagina
    assert 'href="tel:135"' in na_pagina.split("O que fazer")[1]
    # Nobody is sent there to ask for something new.
    assert "Serra A" not in pagina_de(client, vizinha.municipio)


# --- The map ------------------------------------------------------------------------------------------------------
def do_mapa(html: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', html.split("mapa__desenho")[1].split("</svg>")[0]))


def test_cada_ponto_do_mapa_e_um_elo_que_a_lista_tambem_tem(client):
    for nome, uf in (("Serra A", "MG"), ("Serra B", "MG"), ("Serra C", "PR")):
        ponto(nome, uf)

    for parametros in ({}, {"uf": "MG"}, {"q": "serra"}):
        html = lista(client, **parametros)
        elos = {elo for elo in do_mapa(html) if elo.startswith("/onde-ser-atendido/9")}
        fora_do_mapa = html.split("mapa__desenho")[0]

        assert len(elos) == len(nomes(html))
        assert [elo for elo in elos if f'href="{elo}"' not in fora_do_mapa] == []


def test_os_elos_do_mapa_abrem(client):
    ponto("Serra A", "MG")
    ponto("Serra B", "PR")

    for elo in do_mapa(lista(client)) - {"/static/img/mapa-brasil.svg"}:
        assert client.get(elo).status_code == 200, elo


def test_com_pontos_demais_o_pais_mostra_a_nuvem_e_os_estados_levam_a_lista(client, monkeypatch):
    monkeypatch.setattr(mapas, "MAIS_PONTOS", 1)
    ponto("Serra A", "MG")
    ponto("Serra B", "PR")

    html = lista(client)

    assert do_mapa(html) == {"/static/img/mapa-brasil.svg", "/onde-ser-atendido/?uf=MG", "/onde-ser-atendido/?uf=PR"}
    assert 'class="mapa__pontos"' in html


def test_no_mapa_o_suspenso_tem_outra_forma_e_o_diz(client):
    ponto("Serra A", situacao=SUSPENSO)

    html = lista(client)

    assert "mapa__marca--suspenso" in html
    assert "<title>Serra A/MG (atendimento suspenso)</title>" in html


# --- A town's page ------------------------------------------------------------------------------------------------
def test_pagina_da_cidade_diz_tudo_da_porta_do_ponto(client):
    balcao = ponto("Serra do Ipê", endereco="Rua do Sol, 9", cep="30130000", telefone="3133330001",
                   horario="Terça, das 9h às 11h", acessibilidade="Rampa e banheiro adaptado")  # fmt: skip

    html = pagina_de(client, balcao.municipio)

    for texto in (
        "Ponto de atendimento do município – INSS Digital", "Rua do Sol, 9", "30130-000", "(31) 3333-0001",
        "Terça, das 9h às 11h", "Rampa e banheiro adaptado", "O que dá para pedir", "O que levar",
    ):  # fmt: skip
        assert texto in html, texto


def test_o_que_o_ponto_nao_informou_nao_some_calado(client):
    balcao = ponto("Serra do Ipê", telefone="", acessibilidade="")

    html = pagina_de(client, balcao.municipio)

    assert "Não informado. Ligue para a prefeitura." in html
    assert "Não informada. Ligue antes, se precisar." in html


def test_suspenso_diz_o_ponto_aberto_mais_perto_e_que_o_pedido_continua(client):
    balcao = ponto("Serra A", situacao=SUSPENSO)
    ponto("Longe", em=(-10.0, -40.0))
    ponto("Vizinha", em=(-19.8, -43.8))
    ponto("Fechada também", em=(-19.9, -43.9), situacao=SUSPENSO)

    html = pagina_de(client, balcao.municipio)

    assert "Este ponto não recebe pedidos novos por enquanto." in html
    assert "Vizinha/MG, a 15 km em linha reta." in html
    assert "Ele continua a andar no INSS." in html
    assert "Fechada também" not in html


def test_suspenso_sem_outro_ponto_manda_aos_canais_do_inss(client):
    balcao = ponto("Serra A", situacao=SUSPENSO)

    fazer = pagina_de(client, balcao.municipio).split("O que fazer")[1].split("</section>")[0]

    assert 'href="tel:135"' in fazer
    assert "Use o Meu INSS" in fazer
    assert "Vá ao ponto mais perto" not in fazer


def test_cidade_com_outro_ponto_aberto_nao_manda_ninguem_para_longe(client):
    balcao = ponto("Serra A", situacao=SUSPENSO)
    BalcaoFabrica(entidade=balcao.entidade)

    html = pagina_de(client, balcao.municipio)

    assert "O outro ponto desta cidade está aberto." in html
    assert "O que fazer" not in html


def test_cidade_sem_ponto_mostra_os_mais_perto_e_fala_com_a_prefeitura(client):
    daqui = MunicipioFabrica(nome="Daqui")
    for n in range(views.PERTO + 2):
        ponto(f"Serra {n}", em=(-19.8 + n, -43.9))

    html = pagina_de(client, daqui)

    assert "ainda não tem ponto de atendimento do município – INSS Digital" in html
    assert re.findall(r">(Serra \d)/MG</a>", html) == [f"Serra {n}" for n in range(views.PERTO)]
    assert "Posso aderir?" in html


def test_servicos_do_acordo_da_cidade_valem_mais_que_a_lista_geral(client):
    balcao = ponto("Serra do Ipê")
    acordo = _acordo(balcao)
    autor = UsuarioFabrica()
    comum = {"acordo": acordo, "desde": date(2026, 1, 5), "incluido_por": autor}
    ServicoAutorizado.objects.create(codigo="ctc", nome="Certidão de Tempo de Contribuição", **comum)
    ServicoAutorizado.objects.create(codigo="x", nome="Já saiu", ate=date(2026, 2, 1), **comum)

    html = pagina_de(client, balcao.municipio)

    assert "Estes são os serviços do acordo desta cidade." in html
    assert ">Certidão de Tempo de Contribuição<" in html
    assert "Já saiu" not in html
    assert "Benefícios previdenciários" not in html


def _acordo(balcao: Balcao) -> Acordo:
    hoje = localdate()
    processo = Processo.objects.create(
        municipio=balcao.municipio, unidade=balcao.municipio.unidade, cnpj=balcao.entidade.cnpj,
        checklist=ChecklistVersao.objects.create(versao="1", dados={}), criado_por=UsuarioFabrica(),
    )  # fmt: skip
    return Acordo.objects.create(
        processo=processo, municipio=balcao.municipio, objeto="inss_digital", instrumento="act", numero="1/2026",
        aprovado_em=hoje, dou_data=hoje, dou_secao="3", dou_pagina="1", inicio=hoje - timedelta(days=30),
        fim=hoje + timedelta(days=900),
    )  # fmt: skip


@pytest.mark.parametrize("codigo", ["0000000", "abc", "31346080"])
def test_codigo_que_nao_e_de_municipio_e_404(client, codigo):
    assert client.get(f"/onde-ser-atendido/{codigo}/").status_code == 404


def test_nenhuma_pagina_pede_a_posicao_nem_traz_script(client):
    balcao = ponto("Serra A")

    for html in (lista(client), pagina_de(client, balcao.municipio)):
        assert "<script" not in html
        assert "geolocation" not in html
