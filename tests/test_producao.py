"""The whole portal as in production: several processes on PostgreSQL, Redis and S3, with the production settings."""

from __future__ import annotations

import http.client
import json
import logging
import os
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import boto3
import psycopg2
import pytest
import redis
from moto.server import ThreadedMotoServer

from act_portal.saidas import saude

pytestmark = pytest.mark.producao
RAIZ = Path(__file__).resolve().parent.parent
PRODUCAO: dict[str, str] = runpy.run_path(str(RAIZ / "ferramentas/testar.py"), run_name="testar")["PRODUCAO"]
BALDE = "portal-producao"

# A client in a process of its own: sends a photo in, and waits for a worker elsewhere to make its page.
ENVIAR_FOTO = """
import io, json, sys, time
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.territorio.models import Municipio

municipio = Municipio.objects.get(codigo_ibge="3106200")
fotos = []
for n in range(4):
    foto = io.BytesIO()
    Image.new("RGB", (900, 1200), (40 * n, 90, 160)).save(foto, "JPEG")
    enviado = SimpleUploadedFile(f"foto{n}.jpg", foto.getvalue(), "image/jpeg")
    fotos.append(receber(enviado, municipio=municipio, usuario=None).pk)
limite = time.monotonic() + 60
while time.monotonic() < limite and Arquivo.objects.filter(pk__in=fotos, situacao="recebido").exists():
    time.sleep(0.1)
arquivos = Arquivo.objects.filter(pk__in=fotos)
folha = arquivos[0].folhas.get()
with folha.pdf.open() as pdf:
    comeco = pdf.read(5).decode()
print(json.dumps({"situacoes": [a.situacao for a in arquivos], "folhas": sum(a.folhas.count() for a in arquivos),
                  "comeco": comeco, "original": arquivos[0].original.name}))
"""


@dataclass
class Producao:
    porta: int
    ambiente: dict[str, str]
    s3: object

    def pedir(self, caminho: str, **cabecalhos: str) -> tuple[int, dict[str, str], bytes]:
        conexao = http.client.HTTPConnection("127.0.0.1", self.porta, timeout=20)
        try:
            cabecalhos = {"Host": PRODUCAO["ALLOWED_HOSTS"], "X-Forwarded-Proto": "https", **cabecalhos}
            conexao.request("GET", caminho, headers=cabecalhos)
            resposta = conexao.getresponse()
            return resposta.status, {n.lower(): v for n, v in resposta.getheaders()}, resposta.read()
        finally:
            conexao.close()

    def python(self, *argumentos: str) -> str:
        rodada = subprocess.run(
            [sys.executable, *argumentos], cwd=RAIZ, env=self.ambiente, capture_output=True, text=True, check=False
        )
        assert rodada.returncode == 0, rodada.stderr[-3000:]
        return rodada.stdout


def porta_livre() -> int:
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        return int(tomada.getsockname()[1])


@pytest.fixture(scope="module")
def banco() -> Iterator[str]:
    """A fresh PostgreSQL database beside the one of the tests."""
    endereco = os.environ.get("DATABASE_URL", "")
    if not endereco.startswith("postgres"):
        pytest.skip("DATABASE_URL não aponta para PostgreSQL")
    partes = urlsplit(endereco)
    nome = f"{partes.path.strip('/')}_producao"
    administrador = psycopg2.connect(urlunsplit(partes._replace(path="/postgres")))
    administrador.autocommit = True
    with administrador.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{nome}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{nome}"')
    yield urlunsplit(partes._replace(path=f"/{nome}"))
    with administrador.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{nome}" WITH (FORCE)')
    administrador.close()


@pytest.fixture(scope="module")
def producao(banco, tmp_path_factory) -> Iterator[Producao]:
    fila = os.environ.get("CELERY_BROKER_URL", "")
    if not fila.startswith("redis"):
        pytest.skip("CELERY_BROKER_URL não aponta para Redis")
    pasta = tmp_path_factory.mktemp("producao")
    with ExitStack() as pilha:
        servidor = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        # Its access log would bury the reason of a failure.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        servidor.start()
        pilha.callback(servidor.stop)
        s3_endereco = "http://{}:{}".format(*servidor.get_host_and_port())
        s3 = boto3.client(
            "s3", endpoint_url=s3_endereco, aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1"
        )
        s3.create_bucket(Bucket=BALDE)
        porta = porta_livre()
        limpo = {n: v for n, v in os.environ.items() if n not in {"TESTES", "DJANGO_SETTINGS_MODULE"}}
        ambiente = {
            **limpo,
            **PRODUCAO,
            "DJANGO_SETTINGS_MODULE": "act_portal.settings",
            "DATABASE_URL": banco,
            "CELERY_BROKER_URL": fila,
            # Never somebody else's messages.
            "FILA_PREFIXO": f"{os.environ.get('FILA_PREFIXO', '')}producao-{porta}:",
            "S3_BUCKET": BALDE,
            "S3_ENDPOINT": s3_endereco,
            "VAR": str(pasta),
            "PORT": str(porta),
            "LOG_ACESSO": "-",
        }
        pilha.callback(esquecer_fila, fila, ambiente["FILA_PREFIXO"])
        portal = Producao(porta, ambiente, s3)
        portal.python("manage.py", "migrate", "--noinput", "-v", "0")
        portal.python("manage.py", "carregar_territorio")
        portal.python("manage.py", "catalogo", "--guardar")
        portal.python("manage.py", "collectstatic", "--noinput", "-v", "0")
        celery = ["celery", "--app", "act_portal", "--quiet"]
        # No gossip between our two workers is needed; each has its own name as on its own machine.
        trabalhador = [*celery, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "--hostname"]
        comandos = {
            "web": ["gunicorn", "--config", "python:act_portal.gunicorn"],
            "um": [*trabalhador, f"um{porta}@%h"],
            "dois": [*trabalhador, f"dois{porta}@%h"],
            "agenda": [*celery, "beat", "--schedule", str(pasta / "agenda"), "--pidfile", ""],
        }
        for nome, comando in comandos.items():
            registro = pilha.enter_context((pasta / f"{nome}.log").open("w"))
            processo = subprocess.Popen(
                [sys.executable, "-m", *comando],
                cwd=RAIZ,
                env=ambiente,
                stdin=subprocess.DEVNULL,
                stdout=registro,
                stderr=registro,
            )
            pilha.callback(processo.wait, 30)
            pilha.callback(processo.terminate)
        esperar_saude(portal)
        yield portal


def esquecer_fila(endereco: str, prefixo: str) -> None:
    with redis.Redis.from_url(endereco) as servidor:
        for chave in servidor.scan_iter(f"{prefixo}*"):
            servidor.delete(chave)


def esperar_saude(portal: Producao) -> None:
    """Until every part is well, which includes a heartbeat that came from the scheduler through Redis to a worker."""
    limite = time.monotonic() + 90
    bem_desde = None
    while time.monotonic() < limite:
        estado = None
        with suppress(OSError):
            estado = portal.pedir("/saude/")[0]
        if estado != http.HTTPStatus.OK:
            bem_desde = None
        # Each web process remembers its own last look: until all have forgotten the start, one may still say 503.
        elif time.monotonic() - (bem_desde := bem_desde or time.monotonic()) > saude.CACHE_SEGUNDOS + 1:
            return
        time.sleep(0.3)


def test_tudo_responde_bem_com_varios_processos(producao):
    estado, _, corpo = producao.pedir("/saude/")

    assert estado == 200, corpo
    assert not json.loads(corpo)["falhas"]


def test_foto_enviada_vira_folha_no_s3_por_um_trabalhador(producao):
    resposta = json.loads(producao.python("-c", ENVIAR_FOTO))

    assert resposta["situacoes"] == ["pronto"] * 4
    assert resposta["folhas"] == 4
    assert resposta["comeco"] == "%PDF-"
    guardados = {o["Key"] for o in producao.s3.list_objects_v2(Bucket=BALDE)["Contents"]}
    assert resposta["original"] in guardados
    assert len(guardados) == 4 * 3  # original, page, thumbnail


def test_paginas_saem_com_https_e_cookies_seguros(producao):
    estado, cabecalhos, corpo = producao.pedir("/entrar/")

    assert estado == 200
    assert "max-age=31536000" in cabecalhos["strict-transport-security"]
    assert "secure" in cabecalhos["set-cookie"].lower()
    assert "'unsafe-inline'" not in cabecalhos["content-security-policy"]
    assert b"/static/" in corpo


def test_sem_https_so_a_sonda_passa(producao):
    assert producao.pedir("/entrar/", **{"X-Forwarded-Proto": "http"})[0] == 301
    assert producao.pedir("/saude/", **{"X-Forwarded-Proto": "http"})[0] == 200


def test_outro_nome_de_servidor_e_recusado(producao):
    assert producao.pedir("/entrar/", Host="outro.invalid")[0] == 400


def test_sonda_do_container_diz_que_o_portal_responde(producao):
    producao.python("-m", "act_portal.sonda", "web")


def test_sonda_do_trabalhador_distingue_o_vivo_do_que_nao_existe(producao):
    producao.python("-m", "act_portal.sonda", "trabalhador", f"um{producao.porta}@{socket.gethostname()}")

    with pytest.raises(AssertionError):
        producao.python("-m", "act_portal.sonda", "trabalhador", "ninguem@aqui")


def test_registro_de_acesso_nao_guarda_endereco_nem_pergunta(producao):
    arquivo = Path(producao.ambiente["VAR"]) / "web.log"

    producao.pedir("/conferir/?cpf=52998224725", **{"X-Forwarded-For": "203.0.113.77"})

    # The line is written after the answer has left.
    limite = time.monotonic() + 10
    while "GET /conferir/ " not in (registro := arquivo.read_text()) and time.monotonic() < limite:
        time.sleep(0.05)
    assert "GET /conferir/ " in registro
    assert "52998224725" not in registro
    assert "203.0.113.77" not in registro
