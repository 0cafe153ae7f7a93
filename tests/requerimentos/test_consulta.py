"""The citizen's look-up: the pair opens it, anything else is one and the same no."""

from __future__ import annotations

import hmac
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Acesso, Evento
from act_portal.cotas import servicos as cotas
from act_portal.cotas.models import Cota
from requerimentos.consulta import chaves, views
from requerimentos.consulta.chaves import CONSULTA, chave_publica
from requerimentos.models import Requerimento
from requerimentos.situacoes import SituacaoInss, TipoResultado
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import AgendamentoFabrica, ExigenciaFabrica, RequerimentoFabrica, ResultadoFabrica

pytestmark = pytest.mark.django_db
ENDERECO = "/consulta/"


def chave(requerimento: Requerimento) -> str:
    return chave_publica(requerimento.segredo, CONSULTA)


def consultar(client: Client, protocolo: str, digitada: str, **mais):
    return client.post(ENDERECO, {"protocolo": protocolo, "chave": digitada}, **mais)


def abrir(client: Client, requerimento: Requerimento) -> str:
    resposta = consultar(client, requerimento.protocolo, chave(requerimento))
    assert resposta.status_code == 200
    return resposta.content.decode()


# --- Wrong pairs --------------------------------------------------------------------------------------------------
def pares_errados() -> dict[str, tuple[str, str]]:
    certo, outro = RequerimentoFabrica.create_batch(2, protocolado=True)
    rascunho = RequerimentoFabrica()
    return {
        "protocolo desconhecido": ("9999999999", chave(certo)),
        "chave errada": (certo.protocolo, "0000-0000-0000"),
        "chave de outro pedido": (certo.protocolo, chave(outro)),
        "chave de outra finalidade": (certo.protocolo, chave_publica(certo.segredo, "outra")),
        "uma letra a mais": (certo.protocolo, chave(certo) + "0"),
        "uma letra a menos": (certo.protocolo, chave(certo)[:-1]),
        "chave vazia": (certo.protocolo, ""),
        "protocolo vazio": ("", chave(rascunho)),
        "rascunho": (rascunho.protocolo, chave(rascunho)),
        "codigo do rascunho": (str(rascunho.codigo), chave(rascunho)),
        "protocolo mal escrito": ("não é número", chave(certo)),
        "protocolo comprido": ("1" * 5000, chave(certo)),
        "chave comprida": (certo.protocolo, chave(certo) + "A" * 5000),
        "com marcas": ("<script>alert(1)</script>", '"><b>'),
        "com nulos": ("\x00", "\x00\x1f"),
        "o segredo": (certo.protocolo, certo.segredo),
    }


def sem_o_digitado(corpo: str) -> str:
    return re.sub(r' value="[^"]*"', "", corpo)


def test_todo_par_errado_recebe_a_mesma_resposta(client):
    respostas = {nome: consultar(Client(), *par) for nome, par in pares_errados().items()}

    corpos = {sem_o_digitado(r.content.decode()) for r in respostas.values()}
    cabecalhos = {tuple((k, v) for k, v in r.items() if k != "Content-Length") for r in respostas.values()}
    assert {r.status_code for r in respostas.values()} == {404}
    assert len(corpos) == 1
    assert len(cabecalhos) == 1
    assert "<script>" not in respostas["com marcas"].content.decode()
    assert "Não achamos este pedido" in corpos.pop()


def test_todo_par_errado_da_o_mesmo_trabalho(client, monkeypatch):
    comparacoes: list[int] = []
    original = hmac.compare_digest

    def contar(a, b):
        comparacoes.append(len(a))
        return original(a, b)

    monkeypatch.setattr(chaves.hmac, "compare_digest", contar)
    trabalhos = set()
    for par in pares_errados().values():
        comparacoes.clear()
        with CaptureQueriesContext(connection) as consultas:
            consultar(client, *par)
        trabalhos.add((tuple(re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in consultas), tuple(comparacoes)))

    assert len(trabalhos) == 1
    ((consultas, comparadas),) = trabalhos
    assert len(consultas) == 2  # count, search
    assert len(comparadas) == 1


def test_a_busca_usa_o_indice_e_nao_le_a_tabela_inteira():
    from requerimentos.consulta.consultas import ACHAR

    explicar = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It would read a table of no rows whole, whatever the index.
            cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute(f"{explicar} {ACHAR}", ["1029384756"])
        plano = str(cursor.fetchall())

    assert "requerimento_protocolo_unico" in plano
    assert "SCAN " not in plano


# --- The right pair -----------------------------------------------------------------------------------------------
def test_o_par_certo_abre_com_servico_balcao_e_caminhos(client):
    requerimento = RequerimentoFabrica(protocolado=True, atendimento__balcao__telefone="3133334444")
    balcao = requerimento.balcao

    texto = abrir(client, requerimento)

    esperados = [requerimento.servico.nome, balcao.nome, balcao.endereco, balcao.horario, "(31) 3333-4444", "135"]
    for esperado in [*esperados, "Meu INSS", requerimento.municipio.nome, "O INSS recebeu o seu pedido"]:
        assert esperado in texto


@pytest.mark.parametrize(
    "jeito",
    [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} ", lambda c: c.replace("0", "o").replace("1", "l")],
)
def test_a_chave_pode_ser_digitada_de_qualquer_jeito(client, jeito):
    requerimento = RequerimentoFabrica(protocolado=True)

    resposta = consultar(
        client, f" {requerimento.protocolo[:4]}.{requerimento.protocolo[4:]}", jeito(chave(requerimento))
    )

    assert resposta.status_code == 200


def fatos(requerimento: Requerimento) -> list[str]:
    pessoa, atendente = requerimento.pessoa, requerimento.atendente
    contatos = [c.valor for c in pessoa.contatos.all()]
    mascarado = f"{pessoa.cpf[:3]}.{pessoa.cpf[3:6]}.{pessoa.cpf[6:9]}-{pessoa.cpf[9:]}"
    return [
        *(pessoa.nome_civil, pessoa.mae, pessoa.cpf, mascarado, pessoa.documento_numero, pessoa.endereco, *contatos),
        *(atendente.nome, atendente.email, requerimento.segredo, chave(requerimento), str(requerimento.codigo)),
    ]


def estados() -> list:
    nomes = [f"{s}-{r}" for s in SituacaoInss.values for r in ("", *TipoResultado.values)]
    return [pytest.param(*nome.split("-"), id=nome) for nome in nomes]


@pytest.mark.parametrize(("situacao", "resultado"), estados())
def test_nunca_diz_de_quem_e_nem_o_que_esta_escrito(client, situacao, resultado):
    requerimento = RequerimentoFabrica(em_exigencia=True, situacao_inss=situacao)
    ExigenciaFabrica(requerimento=requerimento, texto="Traga o laudo de Benedita Fictícia", causa="saude")
    AgendamentoFabrica(requerimento=requerimento)
    if resultado:
        ResultadoFabrica(requerimento=requerimento, tipo=resultado, motivos=["Renda da família de Benedita"])

    texto = abrir(client, requerimento)

    for segredo in [*fatos(requerimento), "Benedita", "laudo", "Renda da família", "perícia", "Perícia", "médic"]:
        assert segredo not in texto, segredo


def test_exigencia_mostra_o_dia_por_extenso_e_nao_o_texto(client):
    exigencia = ExigenciaFabrica(prazo=localdate() + timedelta(days=20))

    texto = abrir(client, exigencia.requerimento)

    assert "Leve ao balcão o que o INSS pediu até" in texto
    assert f"de {exigencia.prazo.year}" in texto
    assert "uma certidão" in texto
    assert exigencia.texto not in texto


def test_a_hora_marcada_e_a_do_lugar_e_a_remarcada_nao_aparece(client):
    requerimento = RequerimentoFabrica(
        protocolado=True, atendimento__balcao__entidade__municipio__fuso_horario="America/Rio_Branco"
    )
    marcado = AgendamentoFabrica(requerimento=requerimento, quando=datetime(2099, 11, 26, 13, 30, tzinfo=UTC))
    AgendamentoFabrica(requerimento=requerimento, unidade="APS Abandonada", situacao="REMARCADO")
    AgendamentoFabrica(requerimento=requerimento, unidade="APS de Ontem", quando=now() - timedelta(days=2))

    texto = abrir(client, requerimento)

    assert "quinta-feira, 26 de novembro de 2099, às 08:30" in texto
    assert marcado.unidade in texto
    assert marcado.endereco in texto
    assert "APS Abandonada" not in texto
    assert "APS de Ontem" not in texto


def test_indeferido_mostra_ate_quando_recorrer(client):
    resultado = ResultadoFabrica(tipo="indeferido")

    texto = abrir(client, resultado.requerimento)

    assert "O INSS não aprovou o seu pedido" in texto
    assert "Você pode pedir recurso até" in texto


def test_balcao_parado_diz_que_nao_atende(client):
    requerimento = RequerimentoFabrica(protocolado=True, atendimento__balcao__situacao="suspenso")

    assert "Este balcão não está atendendo agora" in abrir(client, requerimento)


def test_texto_do_balcao_entra_escapado(client):
    requerimento = RequerimentoFabrica(protocolado=True, atendimento__balcao__endereco="Rua <b>A</b> & B")

    assert "Rua &lt;b&gt;A&lt;/b&gt; &amp; B" in abrir(client, requerimento)


def test_o_par_certo_custa_tres_leituras_ou_quase(client, django_assert_num_queries):
    requerimento = RequerimentoFabrica(protocolado=True)
    abrir(client, requerimento)

    # Count, search, record: desk and service are remembered for a minute.
    with django_assert_num_queries(3):
        abrir(client, requerimento)


# --- The border ---------------------------------------------------------------------------------------------------
def test_endereco_com_parametros_so_mostra_o_formulario(client):
    requerimento = RequerimentoFabrica(protocolado=True)

    paginas = [
        client.get(ENDERECO, {"protocolo": requerimento.protocolo, "chave": chave(requerimento)}),
        client.get(ENDERECO),
    ]

    assert paginas[0].content == paginas[1].content
    assert requerimento.servico.nome not in paginas[0].content.decode()
    assert not Cota.objects.exists()


def test_par_no_endereco_de_um_post_nao_vale(client):
    requerimento = RequerimentoFabrica(protocolado=True)

    resposta = client.post(f"{ENDERECO}?protocolo={requerimento.protocolo}&chave={chave(requerimento)}", {})

    assert resposta.status_code == 404


def test_consultar_nao_muda_nada_nem_deixa_cookie(client):
    requerimento = RequerimentoFabrica(protocolado=True)
    antes = Requerimento.objects.values().get(), Evento.objects.count()

    respostas = [
        client.get(ENDERECO),
        consultar(client, "1", "2"),
        consultar(client, requerimento.protocolo, chave(requerimento)),
    ]

    assert (Requerimento.objects.values().get(), Evento.objects.count()) == antes
    assert not Acesso.objects.exists()
    assert [dict(r.cookies) for r in respostas] == [{}, {}, {}]


def test_a_resposta_nao_fica_guardada_nem_vai_para_buscadores(client):
    requerimento = RequerimentoFabrica(protocolado=True)

    for resposta in (consultar(client, "1", "2"), consultar(client, requerimento.protocolo, chave(requerimento))):
        assert "no-store" in resposta["Cache-Control"]
        assert resposta["Referrer-Policy"] == "no-referrer"
        assert "noindex" in resposta["X-Robots-Tag"]
        assert 'name="robots" content="noindex' in resposta.content.decode()


def test_quem_entrou_no_portal_ve_a_mesma_pagina_sem_o_seu_nome(client):
    requerimento = RequerimentoFabrica(protocolado=True)
    anonima = abrir(Client(), requerimento)
    client.force_login(com_papel("atendente", requerimento.municipio, nome="Servidora Conectada"))

    assert abrir(client, requerimento) == anonima
    assert 'class="publico"' in anonima


def test_sem_token_de_formulario_a_consulta_vale_mas_nao_de_outro_site():
    requerimento = RequerimentoFabrica(protocolado=True)
    rigoroso = Client(enforce_csrf_checks=True)

    daqui = consultar(rigoroso, requerimento.protocolo, chave(requerimento), headers={"Sec-Fetch-Site": "same-origin"})
    de_fora = consultar(rigoroso, requerimento.protocolo, chave(requerimento), headers={"Sec-Fetch-Site": "cross-site"})

    assert requerimento.servico.nome in daqui.content.decode()
    assert requerimento.servico.nome not in de_fora.content.decode()
    assert list(Cota.objects.values_list("usos", flat=True)) == [1, 1], "o outro site gastou a cota da pessoa"


# --- Limits -------------------------------------------------------------------------------------------------------
@pytest.fixture
def no_meio_da_hora(monkeypatch) -> None:
    monkeypatch.setattr(cotas, "now", lambda: datetime(2026, 11, 23, 10, 7, 20, tzinfo=UTC))


@pytest.mark.usefixtures("no_meio_da_hora")
def test_o_mesmo_endereco_espera_depois_do_limite_mesmo_com_o_par_certo(client, monkeypatch):
    monkeypatch.setattr(views, "POR_ENDERECO", 2)
    requerimento = RequerimentoFabrica(protocolado=True)
    consultar(client, "1", "x"), consultar(client, "2", "x")

    resposta = consultar(client, requerimento.protocolo, chave(requerimento))

    assert resposta.status_code == 429
    assert resposta["Retry-After"] == "40"
    assert "1 minuto<" in resposta.content.decode()
    assert "no-store" in resposta["Cache-Control"]
    assert requerimento.servico.nome not in resposta.content.decode()
    assert consultar(Client(REMOTE_ADDR="203.0.113.9"), "3", "x").status_code == 404


@pytest.mark.usefixtures("no_meio_da_hora")
def test_cabecalho_inventado_nao_faz_outro_endereco(client, monkeypatch):
    monkeypatch.setattr(views, "POR_ENDERECO", 2)

    situacoes = [
        consultar(
            client, str(n), "x", headers={"X-Forwarded-For": f"203.0.113.{n}", "Forwarded": f"for=203.0.113.{n}"}
        ).status_code
        for n in range(1, 4)
    ]

    assert situacoes == [404, 404, 429]


@pytest.mark.usefixtures("no_meio_da_hora")
def test_um_protocolo_so_aguenta_algumas_chaves_venham_de_onde_vierem(monkeypatch):
    monkeypatch.setattr(views, "POR_PROTOCOLO", 2)
    requerimento = RequerimentoFabrica(protocolado=True)

    situacoes = [
        consultar(Client(REMOTE_ADDR=f"203.0.113.{n}"), protocolo, "0000-0000-0000").status_code
        for n, protocolo in enumerate([requerimento.protocolo, f" {requerimento.protocolo}."])
    ]
    ultima = consultar(Client(REMOTE_ADDR="203.0.113.77"), requerimento.protocolo, chave(requerimento))

    assert situacoes == [404, 404]
    assert ultima.status_code == 429
    assert ultima["Retry-After"] == str(52 * 60 + 40)


@pytest.mark.usefixtures("no_meio_da_hora")
def test_o_formulario_nao_gasta_o_limite(client, monkeypatch):
    monkeypatch.setattr(views, "POR_ENDERECO", 1)

    assert [client.get(ENDERECO).status_code for _ in range(3)] == [200, 200, 200]


def test_o_que_foi_digitado_nao_fica_no_contador(client):
    consultar(client, "1029384756", "K7PM-42TQ-9BDX", REMOTE_ADDR="203.0.113.5")

    guardado = " ".join(Cota.objects.values_list("chave", flat=True))
    assert not any(segredo in guardado for segredo in ("1029384756", "K7PM", "203.0.113.5"))


@pytest.mark.parametrize("quebra", ["cotas_cota", "requerimentos_requerimento"])
def test_sem_banco_ninguem_passa_e_a_pagina_diz_o_que_fazer(client, monkeypatch, quebra):
    requerimento = RequerimentoFabrica(protocolado=True)
    original = CursorWrapper.execute

    def quebrado(self, sql, params=None):
        if quebra in sql:
            raise DatabaseError("fora do ar")
        return original(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", quebrado)

    resposta = consultar(client, requerimento.protocolo, chave(requerimento))

    texto = resposta.content.decode()
    assert resposta.status_code == 503
    assert resposta["Retry-After"] == "60"
    assert "ligue 135" in texto
    assert "fora do ar" in texto
    assert requerimento.servico.nome not in texto
    assert client.get(ENDERECO).status_code == 200
