"""The dashboards: numbers from the daily counts, each with a table, its export and the list behind it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal import graficos
from act_portal.contagens.models import ContagemDiaria
from act_portal.contagens.servicos import contar
from act_portal.graficos import Barra
from act_portal.territorio.models import Balcao
from act_portal.territorio.regras import somar_meses
from adesao.acordo.servicos import notificacao
from adesao.indicadores.servicos import medir_todos
from adesao.models import Acordo, Processo
from tests.adesao.fabricas import (
    SolicitacaoFabrica,
    comprovar,
    devolvido,
    em_analise,
    em_operacao,
    instruido,
    pronto_para_enviar,
    vigente_hoje,
)
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def operando():
    processo, inss = em_operacao()
    hoje = localdate()
    balcao = Balcao.objects.get()
    with transaction.atomic():
        contar("protocolado", balcao=balcao, dia=hoje, chave="salario-maternidade-rural", quantidade=3, soma=3 * 86400)
        contar("protocolado", balcao=balcao, dia=somar_meses(hoje.replace(day=1), -7), chave="bpc-idoso", quantidade=5)
        contar("exigencia", balcao=balcao, dia=hoje, chave="residencia", quantidade=2)
        contar("resultado", balcao=balcao, dia=hoje, chave="deferido", quantidade=4)
        contar("espera", balcao=balcao, dia=hoje, chave="normal", quantidade=2, soma=1800)
    return processo, inss, processo.criado_por


def test_os_numeros_do_municipio_sao_os_das_contagens_do_periodo(operando, client):
    processo, _, gestor = operando
    client.force_login(gestor)
    endereco = f"/adesao/municipios/{processo.municipio_id}/numeros/"

    seis = client.get(endereco)
    doze = client.get(f"{endereco}?meses=12")

    por_slug = {q.slug: q for q, _ in seis.context["quadros"]}
    assert [linha.celulas[1] for linha in por_slug["pedidos-por-servico"].linhas] == [3]
    assert por_slug["da-chegada-ao-envio"].linhas[-1].celulas[1:] == [1, 3]
    assert por_slug["espera"].linhas[-1].celulas[1:] == [15, 2]
    assert len(por_slug["pedidos-por-mes"].linhas) == 6
    maiores = {q.slug: q for q, _ in doze.context["quadros"]}
    assert sum(linha.celulas[1] for linha in maiores["pedidos-por-mes"].linhas) == 8
    texto = seis.content.decode()
    ate = Acordo.objects.get().habilitacoes.get(situacao="aberta").acesso_ate
    assert f"<td>{ate:%d/%m/%Y}</td>" in texto
    assert "Comprovante de endereço" in texto
    assert "servico=salario-maternidade-rural" in texto
    desenhos = texto.count("<svg viewBox") + texto.count('<ol class="barras"')
    assert texto.count("<figure") == desenhos == 6


def test_cada_numero_leva_o_lugar_o_periodo_e_a_causa(operando, client):
    processo, inss, gestor = operando
    balcao, hoje = Balcao.objects.get(), localdate()
    endereco = f"/adesao/municipios/{processo.municipio_id}/numeros/"
    de = somar_meses(hoje.replace(day=1), -2)

    def elos(quem, consulta: str = "") -> dict[str, str]:
        client.force_login(quem)
        quadros = client.get(f"{endereco}{consulta}").context["quadros"]
        return {q.slug: q.linhas[-1].href for q, _ in quadros if q.linhas}

    tres = elos(gestor, f"?meses=3&balcao={balcao.pk}")
    lugar = f"municipio={processo.municipio_id}&balcao={balcao.pk}"
    servico = "fato=protocolado&servico=salario-maternidade-rural"
    dias = f"de={de}&ate={hoje}"
    assert tres["pedidos-por-servico"] == f"/requerimentos/?{servico}&{lugar}&{dias}"
    assert tres["resultados"] == f"/requerimentos/?fato=resultado&resultado=deferido&{lugar}&{dias}"
    assert tres["exigencias"] == f"/requerimentos/exigencias/?causa=residencia&{lugar}&{dias}"
    do_mes = f"fato=protocolado&{lugar}&de={hoje.replace(day=1)}&ate={hoje}"
    assert tres["pedidos-por-mes"] == f"/requerimentos/?{do_mes}"
    assert not any(elos(inss.autoridade)[slug] for slug in ("pedidos-por-servico", "resultados", "exigencias"))
    assert "municipio=" in elos(inss.analista)["pedidos-por-mes"]
    client.force_login(inss.analista)
    (regiao,) = (q for q in client.get("/adesao/regiao/").context["quadros"] if q.slug == "pedidos")
    assert f"fato=protocolado&de={hoje.replace(day=1)}" in regiao.barras[-1].href


def test_o_filtro_diz_o_periodo_que_os_graficos_mostram(operando, client):
    processo, _, gestor = operando
    client.force_login(gestor)
    for consulta in ("", "?meses=0", "?meses=6"):
        pagina = client.get(f"/adesao/municipios/{processo.municipio_id}/numeros/{consulta}").content.decode()
        assert '<option value="6" selected>' in pagina


def test_o_grafico_soma_o_que_nao_cabe_e_a_media_curta_tem_unidade(operando, client):
    processo, _, gestor = operando
    balcao = Balcao.objects.get()
    with transaction.atomic():
        for n in range(14):
            contar("protocolado", balcao=balcao, dia=localdate(), chave=f"s{n}")
    ContagemDiaria.objects.update(soma=0)
    client.force_login(gestor)

    def quadros() -> dict:
        pagina = client.get(f"/adesao/municipios/{processo.municipio_id}/numeros/")
        return {q.slug: q for q, _ in pagina.context["quadros"]}

    achados = quadros()
    barras = achados["pedidos-por-servico"].barras
    assert (len(barras), barras[-1].nome, sum(b.valor for b in barras)) == (12, "Os outros 4", 17)
    assert not achados["da-chegada-ao-envio"].nada
    ContagemDiaria.objects.filter(fato="protocolado").update(soma=7200)
    assert quadros()["da-chegada-ao-envio"].titulo.endswith("média em horas")


def test_numeros_de_outra_cidade_e_de_outra_regiao_nao_existem(operando, client):
    processo, inss, _ = operando
    endereco = f"/adesao/municipios/{processo.municipio_id}/numeros/"
    outro, _ = em_operacao(cnpj="99000202000109")

    for quem, situacao in (
        (com_papel("gestor", outro.municipio), 404),
        (com_papel("analista_inss", outro.unidade), 404),
        (com_papel("atendente", processo.municipio), 404),
        (inss.autoridade, 200),
    ):
        client.force_login(quem)
        assert client.get(endereco).status_code == situacao


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_cada_tabela_vai_para_a_planilha_com_o_filtro(operando, client, formato):
    processo, _, gestor = operando
    client.force_login(gestor)

    base = f"/adesao/municipios/{processo.municipio_id}/numeros"
    resposta = client.get(f"{base}/pedidos-por-mes/{formato}/?meses=12")

    assert resposta["Content-Disposition"].endswith(f'.{formato}"')
    if formato == "csv":
        assert len(resposta.content.decode().splitlines()) == 13
    else:
        assert zipfile.ZipFile(io.BytesIO(resposta.content)).testzip() is None
    assert client.get(f"{base}/nao-existe/{formato}/").status_code == 404
    assert client.get(f"{base}/pedidos-por-mes/pdf/").status_code == 404


def test_filtro_estranho_no_endereco_nao_quebra(operando, client):
    processo, inss, gestor = operando
    client.force_login(gestor)
    for consulta in ("meses=0", "meses=x", "balcao=abc", "balcao=999999", "meses=99999999999"):
        assert client.get(f"/adesao/municipios/{processo.municipio_id}/numeros/?{consulta}").status_code == 200
    client.force_login(inss.analista)
    for consulta in ("situacao=xx", "indicador=xx", "uf=XX", "vence=x", "pagina=abc", "busca=%00"):
        assert client.get(f"/adesao/regiao/?{consulta}").status_code in {200, 400}


def test_a_regiao_mostra_e_cada_numero_abre_a_sua_lista(operando, client):
    processo, inss, _ = operando
    Acordo.objects.update(em_operacao_desde=somar_meses(localdate(), -9))

    ContagemDiaria.objects.all().delete()
    medir_todos()
    client.force_login(inss.analista)

    pagina = client.get("/adesao/regiao/")
    numeros = {n.nome: n for n in pagina.context["numeros"]}
    assert numeros["Em operação"].valor == 1
    assert numeros["Esvaziados"].valor == 1
    for numero in numeros.values():
        lista = client.get(numero.href.split("#")[0])
        assert lista.context["pagina"].paginator.count == numero.valor
    assert processo.municipio.nome in pagina.content.decode()


def test_com_filtro_cada_numero_ainda_abre_lista_do_seu_tamanho(operando, client):
    processo, inss, _ = operando
    vigente_hoje(municipio=MunicipioFabrica(nome="Vila Nova", unidade=processo.unidade), cnpj="00394460005887")
    medir_todos()
    client.force_login(inss.analista)

    for consulta in ("busca=vila", "situacao=suspenso", "busca=vila&vence=acesso&indicador=cadastro"):
        pagina = client.get(f"/adesao/regiao/?{consulta}")
        for numero in pagina.context["numeros"]:
            lista = client.get(numero.href.split("#")[0])
            assert lista.context["pagina"].paginator.count == numero.valor, (consulta, numero.nome)
        valores = {n.nome: n.valor for n in pagina.context["numeros"]}
        assert (valores["Em operação"], valores["Em preparação"]) == (1, 1)


@pytest.mark.parametrize(("dias", "codigo"), [(0, "30"), (30, "30"), (31, "31"), (90, "31"), (91, "mais")])
def test_cada_conta_por_idade_abre_a_fila_so_com_ela(client, dias, codigo):
    processo, inss = em_analise()
    Processo.objects.filter(pk=processo.pk).update(situacao_desde=now() - timedelta(days=dias, hours=23))
    client.force_login(inss.analista)

    pagina = client.get("/adesao/regiao/").content.decode()
    fila = f"/adesao/fila/?etapa=em_analise&amp;idade={codigo}"
    assert f'<td><a href="{fila}">1</a></td>' in pagina
    assert pagina.count("&amp;idade=") == 1
    for idade in ("30", "31", "mais"):
        lista = client.get(f"/adesao/fila/?etapa=em_analise&idade={idade}").context["pagina"]
        assert lista.paginator.count == (1 if idade == codigo else 0)


def test_outra_regiao_nao_ve_nada_e_a_direcao_ve_tudo(operando, client):
    outro = pronto_para_enviar()
    client.force_login(com_papel("analista_inss", outro.unidade))

    assert client.get("/adesao/regiao/").context["pagina"].paginator.count == 0


def test_a_regiao_tem_consultas_constantes(operando, client, django_assert_max_num_queries):
    _, inss, _ = operando
    client.force_login(inss.analista)
    client.get("/adesao/regiao/")

    with django_assert_max_num_queries(34):
        client.get("/adesao/regiao/")


def test_acordo_que_acaba_logo_entra_no_numero(operando, client):
    _, inss, _ = operando
    Acordo.objects.update(inicio=localdate() - timedelta(days=9), fim=localdate() + timedelta(days=180))
    client.force_login(inss.analista)

    assert client.get("/adesao/regiao/?vence=acordo").context["pagina"].paginator.count == 1


def test_o_fim_que_a_denuncia_deu_entra_no_numero_e_na_planilha(operando, client):
    _, inss, _ = operando
    termina_em = localdate() + timedelta(days=40)
    Acordo.objects.update(situacao="denunciado", termina_em=termina_em)
    client.force_login(inss.analista)

    assert client.get("/adesao/regiao/?vence=acordo").context["pagina"].paginator.count == 1
    planilha = client.get("/adesao/regiao/acordos/csv/").content.decode("utf-8-sig").splitlines()
    assert "Vale até" in planilha[0]
    assert f"{termina_em:%d/%m/%Y}" in planilha[1]


def test_o_grafico_escapa_o_que_escreve_e_aguenta_nada():
    assert "&lt;b&gt;" in graficos.barras([Barra("<b>", 1)])
    assert graficos.colunas([]).startswith("<svg")
    # On a telephone the names of twelve months do not fit side by side; those of six do.
    doze = graficos.colunas([graficos.Barra(f"m{n}", n) for n in range(12)])
    assert doze.count('class="g-larga"') == 8
    assert "g-larga" not in graficos.colunas([graficos.Barra(f"m{n}", n) for n in range(6)])
    assert "NaN" not in graficos.barras([Barra("zero", 0)])


# --- What waits, on /painel/ ------------------------------------------------------------------------------------


def no_painel(client, quem) -> str:
    client.force_login(quem)
    return client.get("/painel/").content.decode()


def test_o_painel_mostra_a_quem_decide_e_a_quem_analisa_o_que_espera(client):
    processo, inss = instruido()

    decide = no_painel(client, inss.autoridade)

    assert "adesão para decidir" in decide
    assert "?etapa=instruido" in decide
    assert "para decidir" not in no_painel(client, inss.analista)
    assert "para decidir" not in no_painel(client, com_papel("autoridade_inss", UnidadeFabrica()))
    assert "da adesão devolvido" not in no_painel(client, processo.criado_por)


def test_o_gestor_ve_os_itens_devolvidos(client):
    assert "item da adesão devolvido" in no_painel(client, devolvido("lei-criacao").criado_por)


def test_o_gestor_ve_a_notificacao_e_o_analista_a_resposta(operando, client):
    processo, inss, gestor = operando
    aviso = notificacao.notificar(
        processo.acordo.pk, indicadores_falhos=["esvaziado"], fatos="F.", providencias="P.",
        prazo=localdate() + timedelta(days=30), autor=inss.analista,
    )  # fmt: skip
    assert "notificação para responder" in no_painel(client, gestor)
    assert "para avaliar" not in no_painel(client, inss.analista)

    notificacao.responder(processo.acordo.pk, notificacao=aviso.pk, texto="R.", autor=gestor)

    assert "para responder" not in no_painel(client, gestor)
    assert "resposta a notificação para avaliar" in no_painel(client, inss.analista)
    lista = client.get("/adesao/regiao/?vence=respondida")
    assert [a.pk for a in lista.context["pagina"]] == [processo.acordo.pk]
    for vazia in ("comprovante", "aditivo", "prorrogacao", "nao-resolvida", "vencido", "encerramento"):
        assert not client.get(f"/adesao/regiao/?vence={vazia}").context["pagina"].object_list


def test_o_painel_do_gestor_diz_quem_falta_o_que_esta_irregular_e_a_suspensao(client):
    processo, _ = vigente_hoje()
    acordo, gestor = processo.acordo, processo.criado_por
    pessoas = list(acordo.habilitacoes.all())
    assert '2</span><span class="numero__nome">pessoas com comprovante por enviar' in no_painel(client, gestor)
    comprovar(pessoas[0], gestor)
    assert "pessoa com comprovante por enviar" in no_painel(client, gestor)
    comprovar(pessoas[1], gestor)
    assert "por enviar" not in no_painel(client, gestor)

    medir_todos()
    irregulares = acordo.medicoes.filter(ate__isnull=True, nivel="irregular")
    irregulares.update(nivel="regular")
    assert "do acompanhamento" not in no_painel(client, gestor)
    acordo.medicoes.filter(indicador="esvaziado").update(nivel="irregular")
    assert "item irregular do acompanhamento" in no_painel(client, gestor)
    assert "suspenso" not in no_painel(client, gestor)
    Acordo.objects.filter(pk=acordo.pk).update(situacao="suspenso", motivo="Risco.")
    assert "acordo suspenso pelo INSS" in no_painel(client, gestor)


def test_a_autoridade_ve_no_painel_o_pedido_de_acesso_que_so_a_sua_unidade_tem(client):
    pedido = SolicitacaoFabrica()

    assert "pedido de acesso de gestor" in no_painel(client, com_papel("autoridade_inss", pedido.unidade))
    assert "pedido de acesso" not in no_painel(client, com_papel("autoridade_inss", UnidadeFabrica()))
