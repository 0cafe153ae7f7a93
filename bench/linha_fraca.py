"""20 files over a line of 256 kbit/s that is cut every 20 s: do all arrive, and how much is sent twice?

The real page in Chromium, the real portal, and between them a line of our own: a token bucket each way, shared by all
connections, which every 20 s breaks them all and stays away for 2 s. Rate, cuts and pieces are those of the real line;
nothing is sped up. Only the files are smaller, so that it ends in minutes: BENCH_MB (5) in all. BENCH_MB=100, the 20
files of 5 MB of the goal, takes about an hour, on a machine with nothing else to do. Sending is no sign of life, so
the clerk goes on working in another tab: else the session would end, and the queue would wait for them. What is sent
twice is a part of one piece for each cut, whatever the size of the file, so the share of bytes sent again is that of
the whole.
"""

from __future__ import annotations

import asyncio
import http.client
import io
import os
import random
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench import _carga, _dados

ARQUIVOS = 20
MB = float(os.environ.get("BENCH_MB", "5"))
BYTES_POR_SEGUNDO = 256_000 // 8
CORTE_SEGUNDOS, FORA_SEGUNDOS = 20.0, 2.0
META = 0.10
# Well below the minutes after which an idle session ends.
SINAL_DE_VIDA_SEGUNDOS = 300
GOLE = 2048
PEDACO = re.compile(rb"POST /envios/[0-9a-f-]{36}/ ")
COMPRIMENTO = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


class Balde:
    """So many bytes a second, in one direction, for all connections together."""

    def __init__(self) -> None:
        self.livre_em = 0.0

    async def tomar(self, quantos: int) -> None:
        agora = time.monotonic()
        self.livre_em = max(agora, self.livre_em) + quantos / BYTES_POR_SEGUNDO
        await asyncio.sleep(self.livre_em - agora)


class Contador:
    """Counts the bytes of pieces in what one connection sends up: bodies of POST /envios/<id>/."""

    def __init__(self, somar: Callable[[int], None]) -> None:
        self.somar, self.cabeca, self.falta, self.e_pedaco = somar, b"", 0, False

    def passou(self, dados: bytes) -> None:
        while dados:
            if self.falta:
                agora, dados = dados[: self.falta], dados[self.falta :]
                self.falta -= len(agora)
                if self.e_pedaco:
                    self.somar(len(agora))
                continue
            self.cabeca += dados
            cabeca, fim, dados = self.cabeca.partition(b"\r\n\r\n")
            if not fim:
                return
            comprimento = COMPRIMENTO.search(cabeca)
            self.falta, self.e_pedaco = int(comprimento[1]) if comprimento else 0, bool(PEDACO.match(cabeca))
            self.cabeca = b""


class Linha:
    def __init__(self, porta_do_portal: int) -> None:
        self.destino, self.porta, self.fraca = porta_do_portal, 0, False
        self.de_pedacos = self.subiram = self.cortes = 0
        self.caida = False
        self.abertas: set[asyncio.StreamWriter] = set()
        self.pronta = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._viver()), daemon=True).start()
        self.pronta.wait()

    async def _viver(self) -> None:
        self.baldes = Balde(), Balde()
        # Small: what waits in the machine between the browser and the line must not count as sent.
        servidor = await asyncio.start_server(self._atender, "127.0.0.1", 0, limit=GOLE)
        self.porta = servidor.sockets[0].getsockname()[1]
        self.pronta.set()
        ate = time.monotonic() + CORTE_SEGUNDOS
        while True:
            await asyncio.sleep(0.05)
            if not self.fraca:
                ate = time.monotonic() + CORTE_SEGUNDOS
            elif time.monotonic() > ate:
                self.cortes, self.caida = self.cortes + 1, True
                for ponta in list(self.abertas):
                    ponta.transport.abort()
                await asyncio.sleep(FORA_SEGUNDOS)
                self.caida, ate = False, time.monotonic() + CORTE_SEGUNDOS

    async def _atender(self, de: asyncio.StreamReader, para: asyncio.StreamWriter) -> None:
        if self.caida:
            para.transport.abort()
            return
        la, ca = await asyncio.open_connection("127.0.0.1", self.destino, limit=GOLE)
        self.abertas |= {para, ca}
        contador = Contador(self._somar_pedaco)
        try:
            await asyncio.gather(
                self._levar(de, ca, self.baldes[0], contador), self._levar(la, para, self.baldes[1], None)
            )
        finally:
            self.abertas -= {para, ca}

    def _somar_pedaco(self, quantos: int) -> None:
        self.de_pedacos += quantos

    async def _levar(
        self, de: asyncio.StreamReader, para: asyncio.StreamWriter, balde: Balde, contador: Contador | None
    ) -> None:
        try:
            while dados := await de.read(GOLE):
                if self.fraca:
                    await balde.tomar(len(dados))
                if contador:
                    self.subiram += len(dados) if self.fraca else 0
                    contador.passou(dados)
                para.write(dados)
                await para.drain()
        except OSError:
            pass
        finally:
            para.transport.abort() if self.caida else para.close()


def fotografia(n: int, tamanho: int) -> bytes:
    """A valid JPEG of exactly so many bytes: the rest is comment, and does not compress."""
    from PIL import Image

    saida = io.BytesIO()
    Image.new("RGB", (620, 877), (250, 250, 240 - n)).save(saida, "JPEG")
    imagem, acaso = saida.getvalue(), random.Random(n)  # noqa: S311 - filling
    sobra, comentarios = tamanho - len(imagem), b""
    while sobra > 4:
        miolo = min(sobra, 60_000) - 4
        comentarios += b"\xff\xfe" + (miolo + 2).to_bytes(2, "big") + acaso.randbytes(miolo)
        sobra -= miolo + 4
    return imagem[:2] + comentarios + imagem[2:]


def principal() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("Chromium is not installed: left out.")
        return
    with _dados.portal("sqlite"), tempfile.TemporaryDirectory() as pasta:
        caminhos = []
        for n in range(ARQUIVOS):
            caminho = Path(pasta) / f"pagina-{n:02}.jpg"
            caminho.write_bytes(fotografia(n, int(MB * 1_000_000 / ARQUIVOS)))
            caminhos.append(caminho)
        pagina, biscoito = _mesa()
        with _carga.servir("act_portal.wsgi") as portal:
            linha = Linha(portal.porta)
            segundos = _enviar(chromium, linha, pagina, biscoito, caminhos, portal.porta)
        _contar(linha, caminhos, segundos)


def _mesa() -> tuple[str, dict[str, str]]:
    """A clerk who has signed in, and the documents page of a case."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from tests.fabricas import BalcaoFabrica, MunicipioFabrica, com_papel
    from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica

    municipio = MunicipioFabrica()
    ana = com_papel("atendente", municipio)
    visita = AtendimentoFabrica(balcao=BalcaoFabrica(entidade__municipio=municipio))
    pedido = RequerimentoFabrica(atendimento=visita)
    navegador = Client()
    navegador.force_login(ana)
    nome = settings.SESSION_COOKIE_NAME
    biscoito = {"name": nome, "value": navegador.cookies[nome].value}
    return reverse("requerimentos:documentos", args=[pedido.codigo]), biscoito


def _enviar(
    chromium: str, linha: Linha, pagina: str, biscoito: dict[str, str], caminhos: list[Path], porta: int
) -> float:
    from playwright.sync_api import sync_playwright

    endereco = f"http://localhost:{linha.porta}"
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        contexto = navegador.new_context(base_url=endereco, locale="pt-BR")
        contexto.add_cookies([{**biscoito, "url": endereco}])
        janela = contexto.new_page()
        janela.goto(pagina)
        feitos = "window.feitos = 0; document.addEventListener('fila:enviado', () => { window.feitos += 1; });"
        janela.evaluate(feitos)
        linha.fraca = True
        comeco = time.monotonic()
        vivo_ate = comeco + SINAL_DE_VIDA_SEGUNDOS
        janela.locator("details.vaga input[type=file]").first.set_input_files(caminhos)
        paciencia = 60 + 3 * MB * 1_000_000 / BYTES_POR_SEGUNDO
        # Asked from outside: the policy of the page lets nobody evaluate a condition in it.
        while janela.evaluate("window.feitos") < ARQUIVOS and time.monotonic() - comeco < paciencia:
            time.sleep(0.5)
            if time.monotonic() > vivo_ate:
                vivo_ate += SINAL_DE_VIDA_SEGUNDOS
                _olhar_outra_pagina(porta, biscoito)
        segundos = time.monotonic() - comeco
        linha.fraca = False
        navegador.close()
    return segundos


def _olhar_outra_pagina(porta: int, biscoito: dict[str, str]) -> None:
    """Beside the line: these bytes are not of the files."""
    outra = http.client.HTTPConnection("localhost", porta)
    outra.request("GET", "/minha-conta/", headers={"Cookie": f"{biscoito['name']}={biscoito['value']}"})
    outra.getresponse().read()
    outra.close()


def _contar(linha: Linha, caminhos: list[Path], segundos: float) -> None:
    import hashlib

    from requerimentos.models import Peca

    chegaram = set(Peca.objects.values_list("arquivo__sha256", flat=True))
    inteiros = sum(hashlib.sha256(c.read_bytes()).hexdigest() in chegaram for c in caminhos)
    dos_arquivos = sum(c.stat().st_size for c in caminhos)
    de_novo = linha.de_pedacos - dos_arquivos
    kbit = BYTES_POR_SEGUNDO * 8 // 1000
    print(f"{ARQUIVOS} files, {dos_arquivos / 1e6:.1f} MB, {kbit} kbit/s, {linha.cortes} cuts in {segundos:.0f} s")
    print(f"arrived whole (SHA-256): {inteiros} of {ARQUIVOS}")
    print(f"bytes of files sent again: {de_novo:,} ({de_novo / dos_arquivos:.1%}; goal: {META:.0%} or less)")
    resto = linha.subiram - linha.de_pedacos
    print(f"all else sent up (headers, forms, the list drawn again): {resto:,} ({resto / dos_arquivos:.1%})")


if __name__ == "__main__":
    principal()
