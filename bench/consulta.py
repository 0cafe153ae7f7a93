"""`/consulta/` against a bare Django view that does one indexed SELECT: same gunicorn, same database, same machine.

BENCH_PEDIDOS (1000000) rows stored; BENCH_MOTORES (sqlite,postgres); BENCH_RODADAS (9) rounds, interleaved.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
from collections import Counter
from urllib.parse import urlencode

from bench import _carga, _dados

META = 0.40
PEDIDOS = int(os.environ.get("BENCH_PEDIDOS", "1000000"))
RODADAS = int(os.environ.get("BENCH_RODADAS", "9"))
POR_RODADA = int(os.environ.get("BENCH_POR_RODADA", "2400"))


def principal() -> None:
    for motor in _dados.motores():
        # Django takes its settings once in a process.
        subprocess.run([sys.executable, __file__, motor], check=True, env={**os.environ, "PYTHONPATH": "."})


def medir(motor: str) -> None:
    with _dados.portal(motor):
        print(f"\n{motor}: {PEDIDOS:,} requests, gunicorn gthread 2 x 4, {RODADAS} rounds of {POR_RODADA} each")
        with _dados.cronometrado("rows written in"):
            _dados.encher(_dados.cidade("9900001", "Serra do Teste"), PEDIDOS)
        pares = _sortear(20_000)
        with _carga.servir("bench._nua:application") as nua, _carga.servir("act_portal.wsgi") as nossa:
            _comparar(nua, nossa, pares)


def _sortear(quantos: int) -> list[tuple[str, str, str]]:
    """(protocol, right key, key of another) of requests all over the table."""
    from django.db import connections

    from requerimentos.consulta.chaves import CONSULTA, chave_publica
    from requerimentos.models import Requerimento

    escolhidos = [f"{n:011d}" for n in random.sample(range(1, PEDIDOS), min(quantos, PEDIDOS - 1))]
    linhas = list(Requerimento.objects.filter(protocolo__in=escolhidos).order_by().values_list("protocolo", "segredo"))
    random.shuffle(linhas)
    connections.close_all()
    chaves = [(protocolo, chave_publica(segredo, CONSULTA)) for protocolo, segredo in linhas]
    return [(p, chave, chaves[i - 1][1]) for i, (p, chave) in enumerate(chaves)]


def _comparar(nua: _carga.Servidor, nossa: _carga.Servidor, pares: list[tuple[str, str, str]]) -> None:
    def pedidos(tipo: str) -> list[bytes]:
        escolhidos = random.choices(pares, k=POR_RODADA)  # noqa: S311
        if tipo == "bare":
            return [_carga.get(f"/{p}/") for p, _, _ in escolhidos]
        if tipo == "form":
            return [_carga.get("/consulta/")] * POR_RODADA
        chave = {"right key": lambda c: c[1], "wrong key": lambda c: c[2], "unknown protocol": lambda c: c[2]}[tipo]
        desvio = "7" if tipo == "unknown protocol" else ""
        return [
            _carga.post("/consulta/", urlencode({"protocolo": desvio + c[0][len(desvio) :], "chave": chave(c)}))
            for c in escolhidos
        ]

    tipos = ["bare", "form", "right key", "wrong key", "unknown protocol"]
    rodadas: dict[str, list[_carga.Rodada]] = {tipo: [] for tipo in tipos}
    for vez in range(-1, RODADAS):
        for tipo in tipos:
            rodada = _carga.disparar(nua if tipo == "bare" else nossa, pedidos(tipo))
            if vez >= 0:
                rodadas[tipo].append(rodada)
    print(f"{'':<18} {'req/s med':>10} {'max':>7} {'of bare':>9} {'CPU ms':>8} {'of bare':>9}   answers")
    for tipo in tipos:
        _linha(tipo, rodadas[tipo], rodadas["bare"])
    certas = statistics.median(r.cpu_ms for r in rodadas["wrong key"])
    erradas = statistics.median(r.cpu_ms for r in rodadas["unknown protocol"])
    print(f"wrong key against unknown protocol: {(certas - erradas) * 1000:+.0f} µs of processor in a request")
    print("Every limit was counted with its real values: each visitor came from an address of its own in 127.0.0.0/8.")
    print("CPU is that of the server alone; req/s also pays for the client, which runs on the same machine.")


def _linha(tipo: str, rodadas: list[_carga.Rodada], nuas: list[_carga.Rodada]) -> None:
    razao = statistics.median(r.por_segundo / n.por_segundo for r, n in zip(rodadas, nuas, strict=True))
    razao_cpu = statistics.median(n.cpu_ms / r.cpu_ms for r, n in zip(rodadas, nuas, strict=True))
    respostas = sum((r.respostas for r in rodadas), start=Counter())
    veredito = "" if tipo in {"bare", "form"} else "ok" if razao >= META else "BELOW THE GOAL"
    print(
        f"{tipo:<18} {statistics.median(r.por_segundo for r in rodadas):10.0f} "
        f"{max(r.por_segundo for r in rodadas):7.0f} {razao:9.0%} "
        f"{statistics.median(r.cpu_ms for r in rodadas):8.2f} {razao_cpu:9.0%}   {dict(respostas)} "
        f"{f'goal >= {META:.0%}: {veredito}' if veredito else ''}"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        medir(sys.argv[1])
    else:
        principal()
