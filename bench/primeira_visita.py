"""First visit of the main pages: bytes over the wire, heads included, and requests.

A visit is the page and all that it names: styles, scripts, images, and what the styles name in turn.
"""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

from bench import _carga, _dados

META_BYTES = 60_000
CODIFICACOES = "br, gzip"


@dataclass
class Item:
    endereco: str
    tipo: str
    codificacao: str
    na_linha: int
    corpo: bytes


def principal() -> None:
    with _dados.portal("sqlite"):
        base = _dados.cidade("9900001", "Serra do Teste")
        _dados.encher(base, 1_000)
        cookie = _entrar(base["usuario"])
        with _carga.servir("act_portal.wsgi") as servidor:
            _visita(servidor.porta, "/entrar/")
            _visita(servidor.porta, "/requerimentos/", cookie)
            _visita(servidor.porta, "/consulta/")
            _visita(servidor.porta, "/")
            _visita(servidor.porta, "/onde-ser-atendido/")
            _visita(servidor.porta, "/adesao/posso-aderir/")


def _entrar(usuario: object) -> str:
    from django.db import connections
    from django.test import Client

    cliente = Client(headers={"host": "localhost"})
    cliente.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")
    connections.close_all()
    return SimpleCookie({nome: marca.value for nome, marca in cliente.cookies.items()}).output(
        attrs=[], header="", sep=";"
    )


def _visita(porta: int, caminho: str, cookie: str = "") -> None:
    vistos: dict[str, Item] = {}
    fila = [caminho]
    while fila:
        endereco = fila.pop(0)
        if endereco in vistos:
            continue
        item = _pegar(porta, endereco, cookie)
        vistos[endereco] = item
        fila += _citados(item)
    total = sum(item.na_linha for item in vistos.values())
    print(f"\n{caminho}: {total / 1000:.1f} kB, {len(vistos)} requests   goal <= {META_BYTES / 1000:.0f} kB: ", end="")
    print("ok" if total <= META_BYTES else "ABOVE THE GOAL")
    for item in vistos.values():
        print(f"  {item.na_linha:7,} B  {len(item.corpo):7,} B plain  {item.codificacao or '-':<5} {item.endereco}")


def _pegar(porta: int, endereco: str, cookie: str) -> Item:
    conexao = http.client.HTTPConnection("127.0.0.1", porta, timeout=30)
    cabecalhos = {"Host": "localhost", "Accept-Encoding": CODIFICACOES} | ({"Cookie": cookie} if cookie else {})
    conexao.request("GET", endereco, headers=cabecalhos)
    resposta = conexao.getresponse()
    if resposta.status != 200:
        raise SystemExit(f"{endereco}: {resposta.status}")
    corpo = resposta.read()
    cabeca = sum(len(f"{nome}: {valor}\r\n") for nome, valor in resposta.getheaders()) + len("HTTP/1.1 200 OK\r\n\r\n")
    conexao.close()
    codificacao = resposta.headers.get("Content-Encoding", "")
    return Item(
        endereco, resposta.headers.get_content_type(), codificacao, cabeca + len(corpo), _abrir(corpo, codificacao)
    )


def _abrir(corpo: bytes, codificacao: str) -> bytes:
    if codificacao == "br":
        import brotli

        return brotli.decompress(corpo)
    if codificacao == "gzip":
        import gzip

        return gzip.decompress(corpo)
    return corpo


def _citados(item: Item) -> list[str]:
    """What a browser asks for because of `item`; an address with #part is asked for once."""
    texto = item.corpo.decode("utf-8", "replace")
    if item.tipo == "text/html":
        achados = re.findall(r'<(?:script|img|source)\b[^>]*?\ssrc="([^"]+)"', texto)
        achados += re.findall(r'<link\b[^>]*?rel="(?:stylesheet|icon|manifest|preload)"[^>]*?href="([^"]+)"', texto)
        achados += re.findall(r'<(?:use|image)\b[^>]*?href="([^"]+)"', texto)
    elif item.tipo == "text/css":
        achados = re.findall(r"url\(['\"]?([^'\")]+)", texto)
    else:
        return []
    caminhos = (urlsplit(urljoin(item.endereco, achado)) for achado in achados if not achado.startswith("data:"))
    return list(dict.fromkeys(caminho.path for caminho in caminhos if caminho.path))


if __name__ == "__main__":
    principal()
