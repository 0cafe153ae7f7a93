"""The first page and "Onde ser atendido" with 2,000 desks against a bare Django view that reads twenty of them.

Same gunicorn, same database, same machine. BENCH_MOTORES (sqlite,postgres); BENCH_RODADAS (7) rounds, interleaved.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
from collections import Counter

from bench import _carga, _dados

PONTOS = 2_000
RODADAS = int(os.environ.get("BENCH_RODADAS", "7"))
POR_RODADA = int(os.environ.get("BENCH_POR_RODADA", "600"))
# Processor of one page, in times that of the bare view: whole pages with header, menu and map against a line of text.
METAS = {"first page": 8, "towns": 25, "towns of a UF": 30, "search": 25, "by distance": 30, "a town": 25}


def principal() -> None:
    for motor in _dados.motores():
        # Django takes its settings once in a process.
        subprocess.run([sys.executable, __file__, motor], check=True, env={**os.environ, "PYTHONPATH": "."})


def medir(motor: str) -> None:
    with _dados.portal(motor):
        print(f"\n{motor}: {PONTOS:,} desks, gunicorn gthread 2 x 4, {RODADAS} rounds of {POR_RODADA} each")
        cidades = _pontos()
        enderecos = {
            "bare": ["/pontos/"],
            "first page": ["/"],
            "towns": ["/onde-ser-atendido/"],
            "towns of a UF": [f"/onde-ser-atendido/?uf={uf}" for uf in ("MG", "BA", "SP", "AM")],
            "search": [f"/onde-ser-atendido/?q={nome}" for nome in ("serra", "agua%20branca", "santa", "bom")],
            "by distance": [f"/onde-ser-atendido/?perto={codigo}" for codigo in cidades],
            "a town": [f"/onde-ser-atendido/{codigo}/" for codigo in cidades],
        }
        with _carga.servir("bench._nua:application") as nua, _carga.servir("act_portal.wsgi") as nossa:
            _comparar(nua, nossa, enderecos)


def _pontos() -> list[str]:
    """The territory, and desks in towns drawn by lot: some suspended. Returns codes of towns with and without one."""
    from django.core.management import call_command
    from django.db import connections

    from act_portal.territorio.models import Balcao, Entidade, Municipio

    call_command("carregar_territorio", verbosity=0)
    sorteio = random.Random(20261126)  # noqa: S311
    todos = list(Municipio.objects.order_by("pk"))
    escolhidos = sorteio.sample(todos, PONTOS)
    entidades = Entidade.objects.bulk_create(
        [
            Entidade(
                municipio=m, nome=f"Município de {m.nome}", cnpj=f"{m.pk:0<14}", endereco="Praça da Matriz, 1",
                telefone="3133330000", email="prefeitura@exemplo.invalid", encarregado="Ouvidoria",
                encarregado_contato="ouvidoria@exemplo.invalid", acordo_numero="1/2026", acordo_inicio="2026-01-01",
                acordo_fim="2031-01-01",
            )
            for m in escolhidos
        ],
        batch_size=500,
    )  # fmt: skip
    Balcao.objects.bulk_create(
        [
            Balcao(
                municipio=e.municipio, entidade=e, nome="Balcão Central", endereco="Rua das Flores, 10, Centro",
                telefone="3133330001", horario="Segunda a sexta, das 8h às 17h", acessibilidade="Rampa",
                situacao="suspenso" if n % 25 == 0 else "aberto",
            )
            for n, e in enumerate(entidades)
        ],
        batch_size=500,
    )  # fmt: skip
    connections.close_all()
    return [m.pk for m in sorteio.sample(todos, 200)]


def _comparar(nua: _carga.Servidor, nossa: _carga.Servidor, enderecos: dict[str, list[str]]) -> None:
    rodadas: dict[str, list[_carga.Rodada]] = {tipo: [] for tipo in enderecos}
    for vez in range(-1, RODADAS):
        for tipo, caminhos in enderecos.items():
            pedidos = [_carga.get(c) for c in random.choices(caminhos, k=POR_RODADA)]  # noqa: S311
            rodada = _carga.disparar(nua if tipo == "bare" else nossa, pedidos)
            if vez >= 0:
                rodadas[tipo].append(rodada)
    print(f"{'':<16} {'req/s med':>10} {'CPU ms':>8} {'of bare':>9}   answers")
    for tipo, feitas in rodadas.items():
        cpu = statistics.median(r.cpu_ms for r in feitas)
        razao = statistics.median(r.cpu_ms / n.cpu_ms for r, n in zip(feitas, rodadas["bare"], strict=True))
        respostas = sum((r.respostas for r in feitas), start=Counter())
        meta = METAS.get(tipo)
        veredito = "" if meta is None else f"goal <= {meta}x: {'ok' if razao <= meta else 'ABOVE THE GOAL'}"
        por_segundo = statistics.median(r.por_segundo for r in feitas)
        print(f"{tipo:<16} {por_segundo:10.0f} {cpu:8.2f} {razao:8.1f}x   {dict(respostas)} {veredito}")
    print("CPU is that of the server alone; req/s also pays for the client, which runs on the same machine.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        medir(sys.argv[1])
    else:
        principal()
