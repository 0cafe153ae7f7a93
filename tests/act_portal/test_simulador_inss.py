"""The pretend INSS from outside, as the portal and the trainer meet it."""

from __future__ import annotations

import hashlib
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pikepdf
import pypdfium2
import pytest

from tests.simulador import RAIZ, Simulador, ambiente, cpf_novo

PAPEL = b"%PDF-1.4 papel"
RESUMO = hashlib.sha256(PAPEL).hexdigest()


def pedido(**mudancas: Any) -> dict[str, Any]:
    anexo = {"nome": "a.pdf", "sha256": RESUMO, "bytes": len(PAPEL), "paginas": 1, "natureza": "original"}
    base = {
        "codigoServico": "bpc-idoso",
        "requerente": {"cpf": cpf_novo(), "nome": "João Fictício", "nascimento": "1950-01-02"},
        "municipio": {"ibge": "3550308", "nome": "São Paulo", "uf": "SP"},
        "entidade": {"nome": "Prefeitura de Teste"},
        "anexos": [anexo | {"slot": slot} for slot in ("termo_representacao", "id_interessado")],
    }
    return base | mudancas


def requerer(simulador: Simulador, corpo: dict[str, Any], chave: str) -> httpx.Response:
    simulador.http.put(f"/api/anexos/{RESUMO}", content=PAPEL).raise_for_status()
    return simulador.http.post("/api/requerimentos", json=corpo, headers={"Idempotency-Key": chave})


def nova_tarefa(simulador: Simulador, **mudancas: Any) -> str:
    corpo = pedido(**mudancas)
    resposta = requerer(simulador, corpo, f"chave-{corpo['requerente']['cpf']}")
    assert resposta.status_code == 201, resposta.text
    protocolo: str = resposta.json()["protocolo"]
    return protocolo


# --- Border -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("cabecalho", [{}, {"Authorization": "Bearer errado"}, {"Authorization": "Basic eDp5"}])
@pytest.mark.parametrize("caminho", ["/api/requerimentos", "/api/situacao", "/_falhas", "/_treino/tarefas"])
def test_sem_o_codigo_certo_nada_responde(simulador, caminho, cabecalho):
    resposta = httpx.get(simulador.base_url + caminho, headers=cabecalho, trust_env=False)

    assert resposta.status_code == 401
    assert resposta.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "corpo",
    [b"", b"[]", b"{", b'"a"', b'{"a": NaN}', b'{"a": "\\u0000"}', b'{"a": "\\ud800"}', b"[" * 100_000, b"\xff"],
)
def test_corpo_que_nao_e_json_e_400(simulador, corpo):
    resposta = simulador.http.post("/api/requerimentos", content=corpo, headers={"Idempotency-Key": "chave-qualquer"})

    assert resposta.status_code == 400


def test_sem_chave_de_idempotencia_nada_e_gravado(simulador):
    corpo = pedido()

    resposta = simulador.http.post("/api/requerimentos", json=corpo)

    assert resposta.status_code == 400
    assert simulador.recebidas(corpo["requerente"]["cpf"]) == []


def test_respostas_nao_trazem_nome_nem_cpf(simulador):
    corpo = pedido()
    protocolo = requerer(simulador, corpo, f"chave-{corpo['requerente']['cpf']}").json()["protocolo"]

    texto = simulador.http.get(f"/api/requerimentos/{protocolo}").text

    assert corpo["requerente"]["cpf"] not in texto
    assert "João" not in texto


# --- Races --------------------------------------------------------------------------------------------------------
def test_a_mesma_chave_ao_mesmo_tempo_da_um_so_protocolo(simulador):
    corpo = pedido()
    chave = f"corrida-{corpo['requerente']['cpf']}"

    with ThreadPoolExecutor(6) as fila:
        respostas = list(fila.map(lambda _: requerer(simulador, corpo, chave), range(6)))

    assert sorted(r.status_code for r in respostas) == [200] * 5 + [201]
    assert len({r.json()["protocolo"] for r in respostas}) == 1


def test_dois_pedidos_iguais_ao_mesmo_tempo_so_um_entra(simulador):
    corpo = pedido()
    cpf = corpo["requerente"]["cpf"]

    with ThreadPoolExecutor(6) as fila:
        respostas = list(fila.map(lambda n: requerer(simulador, corpo, f"corrida-{cpf}-{n}"), range(6)))

    assert sorted(r.status_code for r in respostas) == [201] + [422] * 5
    assert len(simulador.recebidas(cpf)) == 1


# --- Faults on the wire -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tipo", ["derrubar_antes", "derrubar_depois"])
def test_a_conexao_cai_sem_um_byte_de_resposta(simulador, tipo):
    simulador.falha(tipo, operacao="situacao")
    destino = urlsplit(simulador.base_url)

    with socket.create_connection((destino.hostname, destino.port), timeout=10) as conexao:
        conexao.sendall(
            f"GET /api/situacao HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {simulador.token}\r\n\r\n".encode()
        )
        recebido = conexao.recv(1000)

    assert recebido == b""


def test_falha_em_todas_as_chamadas_dura_ate_desligar(simulador):
    simulador.falha("erro_500", vezes=0, porcento=100)

    assert [simulador.http.get("/api/situacao").status_code for _ in range(3)] == [500] * 3
    simulador.limpar()
    assert simulador.http.get("/api/situacao").status_code == 200


def test_janela_de_manutencao_diz_quanto_falta(simulador):
    simulador.falha("manutencao", vezes=0, porSegundos=600)

    resposta = simulador.http.get("/api/situacao")

    assert resposta.status_code == 503
    assert 590 <= int(resposta.headers["Retry-After"]) <= 600


def test_falha_desconhecida_e_recusada(simulador):
    resposta = simulador.http.post("/_falhas", json={"tipo": "terremoto"})

    assert resposta.status_code == 422


# --- Automatic mode -----------------------------------------------------------------------------------------------
def andar_ate(simulador: Simulador, protocolo: str, situacoes: set[str]) -> dict[str, Any]:
    for _ in range(200):
        tarefa = simulador.tarefa(protocolo)
        if tarefa["situacao"] in situacoes:
            return tarefa
    raise AssertionError(tarefa["situacao"])


def acelerar(simulador: Simulador) -> None:
    """Every turn of the mode gives the open tasks a step that is already due."""
    simulador.http.post("/_treino/automatico", json={"ligado": True, "segundosPorPasso": 0}).raise_for_status()


def test_no_modo_automatico_a_tarefa_chega_a_um_fim(simulador):
    acelerar(simulador)
    protocolo = nova_tarefa(simulador)

    tarefa = andar_ate(simulador, protocolo, {"CONCLUIDA", "CUMPRIMENTO_DE_EXIGENCIA"})

    assert tarefa["decisao"] or tarefa["exigencias"]


def test_modo_automatico_nao_encurta_o_prazo_da_exigencia_e_arquiva_depois_dele(simulador):
    no_prazo, vencida = nova_tarefa(simulador), nova_tarefa(simulador)
    for protocolo, prazo in ((no_prazo, "2999-01-01"), (vencida, "2020-01-01")):
        simulador.analisar(protocolo)
        simulador.exigir(protocolo, "Mande o RG.", prazo=prazo)

    acelerar(simulador)
    fim = andar_ate(simulador, vencida, {"CONCLUIDA"})

    assert fim["decisao"]["resultado"] == "arquivado"
    assert fim["decisao"]["prazoRecurso"] is None
    assert simulador.tarefa(no_prazo)["situacao"] == "CUMPRIMENTO_DE_EXIGENCIA"


# --- Demonstration tasks and the letter ---------------------------------------------------------------------------
def test_plantar_duas_vezes_a_mesma_tarefa_nao_muda_nada(simulador):
    corpo = {
        "protocolo": "9" + cpf_novo()[:9],
        "codigoServico": "bpc-idoso",
        "cpf": cpf_novo(),
        "nome": "Pessoa Fictícia",
        "entrada": "2026-05-04T10:00:00-03:00",
        "municipio": {"nome": "Recife", "uf": "PE", "ibge": "2611606"},
    }
    primeira = simulador.http.post("/_treino/tarefas", json=corpo)
    segunda = simulador.http.post("/_treino/tarefas", json=corpo)

    assert (primeira.status_code, segunda.json()) == (201, primeira.json())
    assert primeira.json()["dataEntradaRequerimento"] == "2026-05-04T10:00:00-03:00"


def test_demonstracao_pode_ter_exigencia_e_decisao_no_passado(simulador):
    protocolo = nova_tarefa(simulador)

    exigencia = simulador.exigir(protocolo, "Mande o RG.", quando="2026-03-02T09:00-03:00")
    decisao = simulador.decidir(protocolo, "indeferido", motivos=["Renda."], quando="2026-04-10T09:00-03:00")["decisao"]

    assert (exigencia["dataEmissao"], exigencia["prazo"]) == ("2026-03-02T09:00:00-03:00", "2026-04-01")
    assert (decisao["data"], decisao["prazoRecurso"]) == ("2026-04-10", "2026-05-10")


def test_pagina_que_nao_existe_fala_com_gente_e_api_fala_com_programa(simulador):
    assert "Esta página não existe" in simulador.http.get("/nada/").text
    assert simulador.http.get("/api/nada").json()["erro"] == "Este endereço não existe."


def test_a_carta_e_um_pdf_que_se_le(simulador, tmp_path):
    protocolo = nova_tarefa(simulador)
    simulador.decidir(protocolo, "indeferido", motivos=["Renda (do grupo) acima do limite."], texto="linha\n" * 80)
    arquivo = tmp_path / "carta.pdf"
    arquivo.write_bytes(simulador.http.get(f"/api/requerimentos/{protocolo}/carta").content)

    with pikepdf.open(arquivo) as carta:
        assert carta.check_pdf_syntax() == []
    with pypdfium2.PdfDocument(arquivo) as carta:
        texto = "".join(pagina.get_textpage().get_text_bounded() for pagina in carta)
    assert protocolo in texto
    assert "Renda (do grupo) acima do limite." in texto
    assert "Desta decisão cabe recurso até" in texto


# --- Console ------------------------------------------------------------------------------------------------------
class Treinador:
    """A trainer's browser: follows forms and carries cookies."""

    def __init__(self, simulador: Simulador) -> None:
        self.simulador = simulador
        self.http = httpx.Client(base_url=simulador.base_url, follow_redirects=True, trust_env=False)

    def enviar(self, caminho: str, pagina: str, **dados: Any) -> httpx.Response:
        ficha = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.http.get(pagina).text)
        assert ficha
        return self.http.post(caminho, data={"csrfmiddlewaretoken": ficha[1], **dados})

    def entrar(self, token: str | None = None) -> httpx.Response:
        return self.enviar("/entrar/", "/entrar/", **{"entrarform-token": token or self.simulador.token})


@pytest.fixture
def treinador(simulador: Simulador):
    navegador = Treinador(simulador)
    yield navegador
    navegador.http.close()


@pytest.mark.parametrize("caminho", ["/", "/falhas/", "/tarefas/1234567890/", "/tarefas/1234567890/carta/"])
def test_console_pede_o_codigo(treinador, caminho):
    resposta = treinador.http.get(caminho)

    assert resposta.url.path == "/entrar/"


def test_codigo_errado_nao_entra(treinador):
    resposta = treinador.entrar("errado")

    assert resposta.status_code == 422
    assert "Este código não confere." in resposta.text
    assert treinador.http.get("/").url.path == "/entrar/"


def test_instrutor_exige_agenda_e_decide(treinador, simulador):
    protocolo = nova_tarefa(simulador)
    pagina = f"/tarefas/{protocolo}/"
    treinador.entrar()

    treinador.enviar(f"{pagina}analise/", pagina)
    treinador.enviar(f"{pagina}exigencia/", pagina, **{"exigirform-texto": "Mande o RG.", "exigirform-dias": "12"})
    treinador.enviar(
        f"{pagina}agendamento/",
        pagina,
        **{"agendarform-tipo": "PERICIA_MEDICA", "agendarform-quando": "2026-12-10T09:30"},
    )
    sem_motivo = treinador.enviar(f"{pagina}decisao/", pagina, **{"decidirform-resultado": "indeferido"})
    fim = treinador.enviar(
        f"{pagina}decisao/", pagina, **{"decidirform-resultado": "indeferido", "decidirform-motivos": "Renda.\nIdade."}
    )

    assert "Escreva por que o pedido não foi atendido." in sem_motivo.text
    assert "Decisão registrada." in fim.text
    tarefa = simulador.tarefa(protocolo)
    assert tarefa["exigencias"][0]["texto"] == "Mande o RG."
    assert tarefa["agendamentos"][0]["dataHora"] == "2026-12-10T09:30:00-03:00"
    assert tarefa["decisao"]["motivos"] == ["Renda.", "Idade."]
    assert protocolo in treinador.http.get("/", params={"busca": protocolo}).text


@pytest.mark.parametrize("vazio", ["  ", "\u200b", " \n\t", "..."])
def test_motivo_que_nada_diz_e_recusado_na_api(simulador, vazio):
    protocolo = nova_tarefa(simulador)

    exigencia = simulador.http.post(f"/_treino/{protocolo}/exigencias", json={"texto": vazio})
    decisao = simulador.http.post(
        f"/_treino/{protocolo}/decisao", json={"resultado": "indeferido", "motivos": [vazio, ""]}
    )

    assert [resposta.status_code for resposta in (exigencia, decisao)] == [422, 422]
    assert decisao.json()["motivos"][0]["mensagem"] == "Escreva por que o pedido não foi atendido."
    tarefa = simulador.tarefa(protocolo)
    assert (tarefa["exigencias"], tarefa["decisao"]) == ([], None)


def test_motivo_que_nada_diz_volta_ao_instrutor_com_o_que_ele_digitou(treinador, simulador):
    protocolo = nova_tarefa(simulador)
    pagina = f"/tarefas/{protocolo}/"
    treinador.entrar()

    exigencia = treinador.enviar(
        f"{pagina}exigencia/", pagina, **{"exigirform-texto": "\u200b", "exigirform-dias": "12"}
    )
    decisao = treinador.enviar(
        f"{pagina}decisao/",
        pagina,
        **{"decidirform-resultado": "parcial", "decidirform-motivos": " \n.", "decidirform-texto": "Falta a prova."},
    )

    assert (exigencia.status_code, decisao.status_code) == (422, 422)
    assert "Escreva o que se pede." in exigencia.text
    assert "Escreva por que o pedido não foi atendido." in decisao.text
    assert "Falta a prova." in decisao.text
    assert simulador.tarefa(protocolo)["decisao"] is None


def test_instrutor_liga_e_desliga_falhas(treinador, simulador):
    treinador.entrar()
    campos = {"tipo": "erro_500", "operacao": "situacao", "vezes": "1", "porcento": "0", "por_segundos": "0"}
    treinador.enviar(
        "/falhas/", "/falhas/", **{f"falhaform-{k}": v for k, v in campos.items()}, **{"falhaform-segundos": "5"}
    )
    assert "Erro 500" in treinador.http.get("/falhas/").text

    treinador.enviar("/falhas/desligar/", "/falhas/")

    assert simulador.http.get("/api/situacao").status_code == 200


def test_documento_recebido_sai_como_copia_inerte(treinador, simulador):
    protocolo = nova_tarefa(simulador)
    treinador.entrar()
    achado = re.search(r'href="(/tarefas/\d+/anexos/\d+/)"', treinador.http.get(f"/tarefas/{protocolo}/").text)
    assert achado

    resposta = treinador.http.get(achado[1])

    assert resposta.content == PAPEL
    assert resposta.headers["Content-Disposition"].startswith("attachment")
    assert resposta.headers["X-Content-Type-Options"] == "nosniff"


def test_console_so_muda_por_post_com_csrf(treinador, simulador):
    protocolo = nova_tarefa(simulador)
    treinador.entrar()

    assert treinador.http.get(f"/tarefas/{protocolo}/analise/").status_code == 405
    assert treinador.http.post(f"/tarefas/{protocolo}/analise/").status_code == 403
    assert simulador.tarefa(protocolo)["situacao"] == "PENDENTE"


@pytest.mark.parametrize("caminho", ["/", "/falhas/", "/api/"])
def test_paginas_nao_levam_nada_embutido(treinador, caminho):
    treinador.entrar()

    resposta = treinador.http.get(caminho)

    assert resposta.status_code == 200
    assert "default-src 'none'" in resposta.headers["Content-Security-Policy"]
    assert "unsafe" not in resposta.headers["Content-Security-Policy"]
    assert not re.search(r"<style|<script| style=| on\w+=", resposta.text)


def test_folha_de_estilo_e_servida(simulador):
    endereco = re.search(r'href="(/estatico/[^"]+\.css)"', httpx.get(f"{simulador.base_url}/api/").text)

    assert endereco
    assert simulador.http.get(endereco[1]).status_code == 200


# --- Start --------------------------------------------------------------------------------------------------------
def test_portal_e_simulador_subindo_juntos_leem_o_mesmo_codigo(tmp_path: Path):
    env = {nome: valor for nome, valor in ambiente(tmp_path, "").items() if nome != "INSS_TOKEN"}
    modulos = ["act_portal.settings", "act_portal.simulador_inss.settings"] * 2
    comandos = [[sys.executable, "-c", f"import {m} as s; print(s.INSS_TOKEN)"] for m in modulos]

    processos = [subprocess.Popen(c, cwd=RAIZ, env=env, stdout=subprocess.PIPE, text=True) for c in comandos]
    lidos = {processo.communicate()[0].strip() for processo in processos}

    assert len(lidos) == 1
    assert len(lidos.pop()) > 40
    assert [p.name for p in (tmp_path / "segredos").glob("inss_token*")] == ["inss_token"]


def test_duas_copias_na_mesma_maquina_nao_tiram_o_instrutor_uma_da_outra(tmp_path: Path):
    programa = "import act_portal.simulador_inss.settings as s; print(s.SESSION_COOKIE_NAME); print(s.CSRF_COOKIE_NAME)"
    nomes = [
        subprocess.run(
            [sys.executable, "-c", programa], cwd=RAIZ, env={**ambiente(tmp_path, "x"), "PORT": porta},
            capture_output=True, text=True, check=True,
        ).stdout.split()
        for porta in ("8000", "9000")
    ]  # fmt: skip

    assert len({*nomes[0], *nomes[1]}) == 4


def test_quem_perde_a_corrida_pelo_codigo_le_o_do_outro(tmp_path: Path):
    (tmp_path / "segredos").mkdir()
    (tmp_path / "segredos" / "inss_token").write_text("o que chegou primeiro")
    env = {nome: valor for nome, valor in ambiente(tmp_path, "").items() if nome != "INSS_TOKEN"}
    # The moment between "is it there?" and the write: the question still gets "no".
    programa = (
        "from pathlib import Path; Path.exists = lambda self: False\n"
        "import act_portal.simulador_inss.settings as s; print(s.INSS_TOKEN)"
    )

    lido = subprocess.run(
        [sys.executable, "-c", programa], cwd=RAIZ, env=env, capture_output=True, text=True, check=True
    )

    assert lido.stdout.strip() == "o que chegou primeiro"
