"""The catalogue as its keeper works on it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from cessao.imoveis import importacao, servicos
from cessao.imoveis.listas import LISTAS
from cessao.models import Espaco, Imovel
from cessao.situacoes import Natureza
from tests.cessao.fabricas import EspacoFabrica, ImovelFabrica, dados_do_imovel
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def cidade():
    return MunicipioFabrica(unidade=UnidadeFabrica(acima=UnidadeFabrica(tipo="sr")))


@pytest.fixture
def guarda(cidade):
    return com_papel("logistica_inss", cidade.unidade)


def _espaco(**mais) -> dict:
    return {
        "nome": "Sala 1", "area_m2": Decimal(40), "dentro_de": None, "descricao": "", "disponivel_de": None,
        "disponivel_ate": None, **mais,
    }  # fmt: skip


def _csv(cidade, *linhas: str) -> str:
    cabeca = "codigo;nome;natureza;operacional;endereco;municipio;unidade;area_m2;custo_mensal"
    return "\n".join([cabeca, *(linha.format(m=cidade.pk, u=cidade.unidade.codigo) for linha in linhas)])


def test_imovel_em_reserva_nasce_com_o_espaco_inteiro(client, guarda, cidade):
    client.force_login(guarda)
    dados = dados_do_imovel(ImovelFabrica.build(municipio=cidade, codigo="MG-NOVO"), custo_mensal="1.234,56")

    resposta = client.post("/cessao/catalogo/novo/", dados)

    assert resposta.status_code == 302, resposta.context["form"].errors
    imovel = Imovel.objects.get(codigo="MG-NOVO")
    assert imovel.custo_mensal == Decimal("1234.56")
    assert [(e.nome, e.area_m2) for e in imovel.espacos.all()] == [("Imóvel inteiro", Decimal("400.00"))]
    assert Evento.objects.filter(acao="cessao.imovel_cadastrado", alvo_id=str(imovel.pk)).exists()


def test_quem_abriu_antes_nao_salva_por_cima(guarda, cidade):
    imovel = ImovelFabrica(municipio=cidade)
    servicos.corrigir(imovel.pk, {"nome": "Outro nome"}, versao=1, autor=guarda)

    with pytest.raises(OutroChegouAntes, match="Nada foi salvo por cima"):
        servicos.corrigir(imovel.pk, {"nome": "Terceiro"}, versao=1, autor=guarda)


def test_so_a_logistica_da_unidade_mexe(cidade):
    imovel = ImovelFabrica(municipio=cidade)
    for intruso in (com_papel("logistica_inss", UnidadeFabrica()), com_papel("autoridade_inss", cidade.unidade)):
        with pytest.raises(PermissionDenied):
            servicos.retirar(imovel.pk, motivo="X", autor=intruso)


def test_partes_nunca_somam_mais_que_o_todo(guarda, cidade):
    imovel = ImovelFabrica(municipio=cidade, natureza=Natureza.EM_USO, area_m2=100)
    andar = servicos.guardar_espaco(imovel.pk, _espaco(nome="Andar", area_m2=Decimal(80)), autor=guarda)
    servicos.guardar_espaco(imovel.pk, _espaco(dentro_de=andar, area_m2=Decimal(50)), autor=guarda)

    with pytest.raises(ErroDeDominio, match="Sobram 30,00 m² de “Andar”"):
        servicos.guardar_espaco(imovel.pk, _espaco(nome="Sala 2", dentro_de=andar), autor=guarda)
    with pytest.raises(ErroDeDominio, match="Sobram 20,00 m² do imóvel"):
        servicos.guardar_espaco(imovel.pk, _espaco(nome="Sala 2"), autor=guarda)
    with pytest.raises(ErroDeDominio, match="somam mais que esta área"):
        servicos.guardar_espaco(imovel.pk, _espaco(nome="Andar", area_m2=Decimal(45)), espaco_id=andar.pk, autor=guarda)


def test_espaco_nao_faz_parte_de_uma_parte_sua(guarda, cidade):
    imovel = ImovelFabrica(municipio=cidade, natureza=Natureza.EM_USO)
    andar = servicos.guardar_espaco(imovel.pk, _espaco(nome="Andar", area_m2=Decimal(80)), autor=guarda)
    sala = servicos.guardar_espaco(imovel.pk, _espaco(dentro_de=andar), autor=guarda)

    with pytest.raises(ErroDeDominio, match="parte de si mesmo"):
        servicos.guardar_espaco(imovel.pk, _espaco(nome="Andar", dentro_de=sala), espaco_id=andar.pk, autor=guarda)


def test_espaco_com_partes_nao_sai_antes_delas(guarda, cidade):
    andar = EspacoFabrica(imovel__municipio=cidade)
    EspacoFabrica(imovel=andar.imovel, dentro_de=andar, area_m2=10)

    with pytest.raises(ErroDeDominio, match="Retire as partes"):
        servicos.retirar_espaco(andar.pk, motivo="Reforma", autor=guarda)


def test_retirar_pede_motivo_e_repor_traz_de_volta(client, guarda, cidade):
    imovel = ImovelFabrica(municipio=cidade)
    client.force_login(guarda)

    recusada = client.post(f"/cessao/catalogo/imovel/{imovel.codigo}/retirar/", {"motivo": ""})
    feita = client.post(f"/cessao/catalogo/imovel/{imovel.codigo}/retirar/", {"motivo": "Vai a leilão"})

    assert (recusada.status_code, feita.status_code) == (422, 302)
    assert client.get(f"/cessao/imovel/{imovel.codigo}/").status_code == 404
    assert client.post(f"/cessao/catalogo/imovel/{imovel.codigo}/repor/").status_code == 302
    assert client.get(f"/cessao/imovel/{imovel.codigo}/").status_code == 200


# --- Lists --------------------------------------------------------------------------------------------------------


def test_importar_conta_linha_por_linha(guarda, cidade):
    alheio = ImovelFabrica(codigo="ALHEIO")
    texto = _csv(
        cidade,
        "A1;Prédio;reserva;sim;Rua 1;{m};{u};1.200,50;",
        "A2;Prédio;palacio;sim;Rua 1;{m};{u};10;",
        "A3;Prédio;terreno;talvez;Rua 1;{m};{u};10;",
        "A4;Prédio;terreno;sim;Rua 1;{m};NADA;10;",
        "A5;Prédio;terreno;sim;Rua 1;{m};{u};-3;",
        "A1;De novo;reserva;sim;Rua 1;{m};{u};10;",
        "ALHEIO;Tomado;reserva;sim;Rua 1;{m};{u};10;",
        "A6;Velho;terreno;nao;Rua 1;{m};{u};10;;sobra",
        ";;;;;;;;",
    )

    feita = importacao.importar("lista.csv", texto, autor=guarda)

    assert [(x["linha"], x["codigo"], x["resultado"]) for x in feita.linhas] == [
        (2, "A1", "criado"), (3, "A2", "recusado"), (4, "A3", "recusado"), (5, "A4", "recusado"),
        (6, "A5", "recusado"), (7, "A1", "recusado"), (8, "ALHEIO", "recusado"), (9, "A6", "recusado"),
    ]  # fmt: skip
    assert Imovel.objects.get(codigo="A1").area_m2 == Decimal("1200.50")
    assert "Deixe um só" in feita.linhas[5]["frase"]
    alheio.refresh_from_db()
    assert alheio.nome != "Tomado"


def test_o_mesmo_arquivo_de_novo_nada_muda_e_o_corrigido_muda(guarda, cidade):
    linha = "A1;Prédio;reserva;sim;Rua 1;{m};{u};10;"
    importacao.importar("a.csv", _csv(cidade, linha), autor=guarda)

    igual = importacao.importar("a.csv", _csv(cidade, linha), autor=guarda)
    mudado = importacao.importar("a.csv", _csv(cidade, linha.replace("Rua 1", "Rua 2")), autor=guarda)

    assert [igual.linhas[0]["resultado"], mudado.linhas[0]["resultado"]] == ["igual", "mudado"]


@pytest.mark.parametrize(
    ("conteudo", "frase"),
    [
        (b"nome;codigo\nX;1", "Falta: area_m2"),
        (b"", "nomes das colunas"),
        (b"PK\x03\x04\0\0", "não é CSV"),
        (b"codigo;nome;natureza;endereco;municipio;unidade;area_m2;cor\n", "cor"),
    ],
)
def test_arquivo_que_nao_serve_diz_o_que_fazer(client, guarda, conteudo, frase):
    client.force_login(guarda)

    resposta = client.post("/cessao/catalogo/importar/", {"arquivo": SimpleUploadedFile("x.csv", conteudo or b" ")})

    assert resposta.status_code == 422
    assert frase in resposta.text


def test_csv_do_windows_tambem_entra(guarda, cidade):
    texto = importacao.ler(_csv(cidade, "A1;Prédio São João;reserva;não;Rua 1;{m};{u};10;").encode("cp1252"))

    importacao.importar("a.csv", texto, autor=guarda)

    assert Imovel.objects.get(codigo="A1").nome == "Prédio São João"
    assert not Imovel.objects.get(codigo="A1").operacional


def test_o_que_sai_em_csv_entra_de_novo_sem_mudar(client, guarda, cidade):
    ImovelFabrica(municipio=cidade, nome="=1+1", cep="30130000")
    client.force_login(guarda)

    saiu = client.get("/cessao/catalogo/exportar.csv")
    xlsx = client.get("/cessao/catalogo/exportar.xlsx")
    feita = importacao.importar("volta.csv", importacao.ler(saiu.content), autor=guarda)

    # A name that a spreadsheet would run goes out marked, and comes back without the mark.
    assert "'=1+1" in saiu.content.decode()
    assert [linha["resultado"] for linha in feita.linhas] == ["igual"]
    with zipfile.ZipFile(io.BytesIO(xlsx.content)) as pacote:
        assert "Rua do Teste" in pacote.read("xl/worksheets/sheet1.xml").decode()


def _csv_de_espacos(*linhas: str, colunas: str = "imovel;nome;dentro_de;area_m2;disponivel_ate") -> str:
    return "\n".join([colunas, *linhas])


def test_os_espacos_entram_por_lista_linha_por_linha(guarda, cidade):
    ImovelFabrica(municipio=cidade, codigo="A1", natureza=Natureza.EM_USO, area_m2=100)
    ImovelFabrica(codigo="ALHEIO")
    texto = _csv_de_espacos(
        "A1;Andar;;80;", "A1;Sala 1;Andar;30,5;31/12/2030", "A1;Sala 2;Andar;60;", "A1;Sala 3;Porão;10;",
        "NADA;Sala;;10;", "ALHEIO;Sala;;10;", "A1;Sala 1;Andar;10;", "A1;Sala 4;Andar;dez;",
    )  # fmt: skip

    feita = importacao.importar("espacos.csv", texto, autor=guarda)

    assert [(x["linha"], x["codigo"], x["resultado"]) for x in feita.linhas] == [
        (2, "A1 · Andar", "criado"), (3, "A1 · Sala 1", "criado"), (4, "A1 · Sala 2", "recusado"),
        (5, "A1 · Sala 3", "recusado"), (6, "NADA · Sala", "recusado"), (7, "ALHEIO · Sala", "recusado"),
        (8, "A1 · Sala 1", "recusado"), (9, "A1 · Sala 4", "recusado"),
    ]  # fmt: skip
    assert [x["frase"] for x in feita.linhas[2:7]] == [
        "Sobram 49,50 m² de “Andar”. Diminua a área, ou corrija os outros espaços antes.",
        "O imóvel não tem o espaço “Porão”. Ponha a linha do espaço maior antes.",
        "Não achamos o imóvel com este código. Cadastre o imóvel antes.",
        "Este código já é de um imóvel de outra unidade.",
        "O espaço já está na linha 3. Deixe um só.",
    ]
    sala = Espaco.objects.get(imovel__codigo="A1", nome="Sala 1")
    assert (sala.dentro_de.nome, sala.area_m2, sala.disponivel_ate) == ("Andar", Decimal("30.50"), date(2030, 12, 31))


def test_lista_de_espacos_corrige_e_retira_sem_tocar_no_que_nao_diz(guarda, cidade):
    sala = EspacoFabrica(imovel__municipio=cidade, imovel__codigo="A1", nome="Sala 1", descricao="Com janela")
    texto = _csv_de_espacos("A1;Sala 1;25;", colunas="imovel;nome;area_m2;disponivel_de")
    saida = _csv_de_espacos("A1;Sala 1;25;Obra no prédio", colunas="imovel;nome;area_m2;retirado_motivo")

    mudado = importacao.importar("a.csv", texto, autor=guarda)
    sala.refresh_from_db()
    retirado, de_novo = (importacao.importar("b.csv", saida, autor=guarda) for _ in range(2))

    assert mudado.linhas[0]["frase"] == "Mudou área em m²: de “40,00” para “25,00”."
    assert (sala.area_m2, sala.descricao) == (Decimal(25), "Com janela")
    assert (retirado.linhas[0]["resultado"], retirado.linhas[0]["frase"]) == (
        "mudado", "Retirado do catálogo: “Obra no prédio”.",
    )  # fmt: skip
    assert de_novo.linhas[0]["resultado"] == "igual"
    sala.refresh_from_db()
    assert (sala.retirado_em is not None, sala.retirado_motivo) == (True, "Obra no prédio")


def test_espacos_que_saem_em_csv_entram_de_novo_sem_mudar(client, guarda, cidade):
    sala = EspacoFabrica(
        imovel__municipio=cidade, imovel__codigo="A1", nome="=Sala 1", area_m2=Decimal("12.50"),
        descricao="Com janela; de canto", disponivel_de=date(2026, 1, 2),
    )  # fmt: skip
    # The larger space was put in after its part.
    andar = EspacoFabrica(imovel=sala.imovel, nome="'=Andar", area_m2=90)
    sala.dentro_de = andar
    sala.save()
    EspacoFabrica(imovel=sala.imovel, retirado_em=sala.imovel.criado_em, retirado_motivo="X")
    EspacoFabrica()
    client.force_login(guarda)

    saiu = client.get("/cessao/catalogo/espacos.csv", {"busca": "A1"})
    xlsx = client.get("/cessao/catalogo/espacos.xlsx")
    igual = importacao.importar("volta.csv", importacao.ler(saiu.content), autor=guarda)
    sala.delete()
    andar.delete()
    criado = importacao.importar("volta.csv", importacao.ler(saiu.content), autor=guarda)
    outra = client.get("/cessao/catalogo/espacos.csv", {"busca": "A1"})

    assert saiu.text.splitlines()[0].endswith("imovel;nome;dentro_de;area_m2;descricao;disponivel_de;disponivel_ate;"
                                              "retirado_motivo")  # fmt: skip
    assert [(x["codigo"], x["resultado"]) for x in igual.linhas] == [
        ("A1 · '=Andar", "igual"), ("A1 · =Sala 1", "igual"),
    ]  # fmt: skip
    assert [x["resultado"] for x in criado.linhas] == ["criado", "criado"]
    assert outra.content == saiu.content
    assert xlsx.status_code == 200


def test_texto_em_varias_linhas_sai_e_volta_igual(client, guarda, cidade):
    client.force_login(guarda)
    dados = dados_do_imovel(
        ImovelFabrica.build(municipio=cidade, codigo="MG-N"), descricao="Dois andares.\r\nElevador."
    )
    client.post("/cessao/catalogo/novo/", dados)

    feita = importacao.importar(
        "v.csv", importacao.ler(client.get("/cessao/catalogo/exportar.csv").content), autor=guarda
    )

    assert [x["resultado"] for x in feita.linhas] == ["igual"], feita.linhas


def test_pagina_diz_as_colunas_das_duas_listas(client, guarda):
    client.force_login(guarda)
    tela = client.get("/cessao/catalogo/importar/").text

    assert all(f"<li>{coluna}" in tela for lista in LISTAS.values() for coluna in lista.colunas)


def test_coluna_que_nao_vem_fica_como_esta_e_celula_vazia_apaga(guarda, cidade):
    imovel = ImovelFabrica(
        municipio=cidade, codigo="A1", matricula="M-9", cartorio="1º Ofício", acessibilidade="Rampa", operacional=False
    )
    cabeca = "codigo;nome;natureza;endereco;municipio;unidade;area_m2"
    linha = f"A1;{imovel.nome};reserva;Rua Nova, 1;{cidade.pk};{cidade.unidade.codigo};400"

    so_o_obrigatorio = importacao.importar("a.csv", f"{cabeca}\n{linha}", autor=guarda)
    imovel.refresh_from_db()
    guardado = (imovel.matricula, imovel.cartorio, imovel.acessibilidade, imovel.custo_mensal, imovel.seguranca)
    com_vazias = importacao.importar("a.csv", f"{cabeca};matricula;custo_mensal\n{linha};;", autor=guarda)
    imovel.refresh_from_db()

    assert guardado == ("M-9", "1º Ofício", "Rampa", Decimal("1000.00"), "Alarme na porta dos fundos.")
    assert not imovel.operacional
    assert so_o_obrigatorio.linhas[0]["frase"] == "Mudou endereço: de “Rua do Teste, 10, Centro” para “Rua Nova, 1”."
    assert com_vazias.linhas[0]["frase"] == (
        "Mudou matrícula no cartório: de “M-9” para vazio; custo mensal em reais: de “1000,00” para vazio."
    )
    assert (imovel.matricula, imovel.custo_mensal, imovel.cartorio) == ("", None, "1º Ofício")


def test_aspas_abertas_nao_levam_as_linhas_de_baixo(guarda, cidade):
    """Every line of the file is in the report, once, with its own number."""
    texto = _csv(
        cidade,
        "A1;Prédio;terreno;sim;Rua 1;{m};{u};10;",
        'A2;"Prédio;terreno;sim;Rua 1;{m};{u};10;',
        "A3;Prédio;terreno;sim;Rua 1;{m};{u};10;",
        "A4;Prédio;terreno;sim;Rua 1;{m};{u};10;",
        'A5;Prédio "novo";terreno;sim;"Rua 1";{m};{u};10;',
        'A6;Prédio;terreno;sim;"Rua 1\nfundos";{m};{u};10;',
        "A7;Prédio;terreno;sim;Rua 1;{m}",
    )

    feita = importacao.importar("a.csv", texto, autor=guarda)

    assert [(x["linha"], x["codigo"], x["resultado"]) for x in feita.linhas] == [
        (2, "A1", "criado"), (3, "A2", "recusado"), (4, "A3", "criado"), (5, "A4", "criado"), (6, "A5", "criado"),
        (7, "A6", "criado"), (9, "A7", "recusado"),
    ]  # fmt: skip
    assert "aspas abertas nesta linha" in feita.linhas[1]["frase"]
    assert "colunas de menos" in feita.linhas[6]["frase"]
    assert "\n" in Imovel.objects.get(codigo="A6").endereco or "fundos" in Imovel.objects.get(codigo="A6").endereco


# --- The public ---------------------------------------------------------------------------------------------------


def test_publico_acha_por_municipio_e_nao_ve_o_que_e_sensivel(client):
    cidade = MunicipioFabrica(nome="Serra Azul do Teste")
    sala = EspacoFabrica(imovel__municipio=cidade, imovel__nome="Prédio da Serra")
    ImovelFabrica(nome="Longe")
    ImovelFabrica(municipio=cidade, nome="Velho", operacional=False)

    lista = client.get("/cessao/", {"q": "serra azul"})
    pagina = client.get(sala.imovel.get_absolute_url())
    client.force_login(com_papel("gestor", cidade))
    dentro = client.get(sala.imovel.get_absolute_url())

    assert "Prédio da Serra" in lista.text
    assert "Longe" not in lista.text
    assert "Velho" not in lista.text
    assert "Alarme" not in pagina.text
    assert "Alarme" in dentro.text


def test_filtros_da_lista_publica(client):
    sr = UnidadeFabrica(tipo="sr")
    daqui = ImovelFabrica(municipio=MunicipioFabrica(unidade=UnidadeFabrica(acima=sr), uf="BA"), nome="Daqui")
    ImovelFabrica(nome="Dali", natureza=Natureza.TERRENO)
    Espaco.objects.create(imovel=daqui, nome="Sala", area_m2=10)

    def nomes(**filtro):
        return {linha.imovel.nome for linha in client.get("/cessao/", filtro).context["linhas"]}

    assert nomes(regiao=sr.codigo) == {"Daqui"}
    assert nomes(uf="BA") == {"Daqui"}
    assert nomes(natureza="terreno") == {"Dali"}
    assert nomes(livre="1") == {"Daqui"}
    assert nomes(uf="ZZ", natureza="x", regiao="x") == {"Daqui", "Dali"}


def test_lista_publica_em_consultas_contadas(client, django_assert_max_num_queries):
    for _ in range(14):
        EspacoFabrica()

    with django_assert_max_num_queries(8):
        client.get("/cessao/")


def test_a_linha_recusada_conta_tudo_o_que_corrigir_de_uma_vez(guarda, cidade):
    texto = _csv(cidade, "A1;Prédio;palacio;talvez;Rua 1;{m};NADA;1e3;")

    [linha] = importacao.importar("lista.csv", texto, autor=guarda).linhas

    for frase in (
        "Em “operacional”, escreva sim ou não.", "Não achamos a unidade do INSS com este código.",
        "Como está: Esta opção não está na lista. Escolha uma da lista.", "Área em m²:",
    ):  # fmt: skip
        assert frase in linha["frase"]
    assert "Unidade responsável" not in linha["frase"]
    assert not Imovel.objects.exists()


@pytest.mark.parametrize("area", ["1e3", "1E+2", "NaN", "mil"])
def test_area_escrita_de_outro_jeito_nao_entra(guarda, cidade, area):
    linhas = importacao.importar(
        "lista.csv", _csv(cidade, f"A1;Prédio;reserva;sim;Rua 1;{{m}};{{u}};{area};"), autor=guarda
    ).linhas

    assert (linhas[0]["resultado"], Imovel.objects.count()) == ("recusado", 0)
