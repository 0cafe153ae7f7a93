"""The public catalogue of property, the calendar of ends and the region's overview over 10,000 properties and 100,000
terms, against a bare Django query that reads twenty rows of the same database.

BENCH_MOTORES (sqlite,postgres); BENCH_VEZES (30) views of each page, the bare one taking turns with them.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from bench import _dados

IMOVEIS, TERMOS, ESPACOS = 10_000, 100_000, 2
VEZES = int(os.environ.get("BENCH_VEZES", "30"))
META_P95_MS = 300


def principal() -> None:
    for motor in _dados.motores():
        # Django takes its settings once in a process.
        subprocess.run([sys.executable, __file__, motor], check=True, env={**os.environ, "PYTHONPATH": "."})


def medir(motor: str) -> None:
    with _dados.portal(motor):
        with _dados.cronometrado("rows written in"):
            _encher()
        print(f"\n{motor}: {IMOVEIS:,} properties, {TERMOS:,} terms, {VEZES} views of each page")
        cabeca = f"{'':<34} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'of bare':>9} {'queries':>8}"
        print(f"{cabeca}   goal p95 <= {META_P95_MS} ms")
        for nome, abrir in _paginas():
            _linha(nome, abrir)


def _paginas() -> list[tuple[str, Callable[[], object]]]:
    from act_portal.contas.models import Usuario, Vinculo
    from act_portal.territorio.models import UnidadeInss
    from cessao.models import Imovel, Termo

    def leitor(papel: str, unidade: UnidadeInss | None) -> Callable[[str], object]:
        from django.test import Client

        cliente = Client(headers={"host": "localhost"})
        if unidade:
            usuario = Usuario.objects.create(email=f"{papel}{unidade.pk}@exemplo.invalid", nome="Leitora Fictícia")
            Vinculo.objects.create(usuario=usuario, papel=papel, unidade=unidade)
            cliente.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")

        def abrir(endereco: str) -> None:
            resposta = cliente.get(endereco)
            if resposta.status_code != 200:
                raise RuntimeError(f"{endereco}: {resposta.status_code}")

        return abrir

    publico = leitor("", None)
    pais = leitor("autoridade_inss", UnidadeInss.objects.get(codigo="DIROFL"))
    regiao = leitor("logistica_inss", UnidadeInss.objects.filter(tipo="sr").order_by("pk")[0])
    imovel = Imovel.objects.publicos().order_by("pk")[77].get_absolute_url()
    termo = Termo.objects.filter(situacao="ocupado").order_by("pk")[77].get_absolute_url()
    return [
        ("catalogue", lambda: publico("/cessao/")),
        ("catalogue, page 100", lambda: publico("/cessao/?pagina=100")),
        ("catalogue, a UF", lambda: publico("/cessao/?uf=MG")),
        ("catalogue, a region", lambda: publico("/cessao/?regiao=SRSE2")),
        ("catalogue, by name", lambda: publico("/cessao/?q=santa")),
        ("catalogue, free today", lambda: publico("/cessao/?livre=1")),
        ("a property", lambda: publico(imovel)),
        ("calendar, country", lambda: pais("/cessao/cessoes/")),
        ("calendar, country, all", lambda: pais("/cessao/cessoes/?quais=todas")),
        ("calendar, region, ending", lambda: regiao("/cessao/cessoes/?quais=terminando")),
        ("calendar, region, by name", lambda: regiao("/cessao/cessoes/?busca=serra")),
        ("a term", lambda: pais(termo)),
        ("overview, country", lambda: pais("/cessao/regiao/")),
        ("overview, region", lambda: regiao("/cessao/regiao/")),
    ]


def _nua() -> None:
    from cessao.models import Imovel

    list(Imovel.objects.filter(natureza="reserva").order_by("pk").values_list("nome", "endereco")[:20])


def _linha(nome: str, abrir: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    abrir()
    with CaptureQueriesContext(connection) as consultas:
        abrir()
    # Read now: the next request empties the log.
    quantas = len(consultas)
    tempos: tuple[list[float], list[float]] = ([], [])
    # What a busy machine does not change: of this process, so without the server of PostgreSQL.
    cpu: list[float] = []
    for _ in range(VEZES):
        for lado, funcao in enumerate((_nua, abrir)):
            inicio, cpu_antes = time.perf_counter(), time.process_time()
            funcao()
            tempos[lado].append(1000 * (time.perf_counter() - inicio))
            if lado:
                cpu.append(1000 * (time.process_time() - cpu_antes))
    p95 = statistics.quantiles(tempos[1], n=20)[-1]
    razao = statistics.median(nossa / nua for nua, nossa in zip(*tempos, strict=True))
    aviso = "" if p95 <= META_P95_MS else "   OVER"
    medianas = f"{statistics.median(tempos[1]):>8.0f} {p95:>8.0f} {statistics.median(cpu):>8.0f}"
    print(f"{nome:<34} {medianas} {razao:>8.0f}x {quantas:>8}{aviso}")


# --- Rows ---------------------------------------------------------------------------------------------------------


def _encher() -> None:
    """Two rooms to a property; of each room's terms one may still run, and the others are history."""
    from django.core.management import call_command
    from django.utils.timezone import localdate, now

    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Municipio
    from cessao.models import Espaco, Imovel, Pedido, Reserva, Termo

    call_command("carregar_territorio", verbosity=0)
    sorteio, hoje = random.Random(20261127), localdate()  # noqa: S311
    dono = Usuario.objects.create(email="dona@exemplo.invalid", nome="Dona Fictícia")
    cidades = list(Municipio.objects.exclude(unidade=None).order_by("pk"))
    onde = [sorteio.choice(cidades) for _ in range(IMOVEIS)]
    imoveis = Imovel.objects.bulk_create(
        [
            Imovel(
                codigo=f"BENCH-{n:05d}", nome=f"Prédio {n} de {m.nome}", municipio=m, unidade_id=m.unidade_id,
                natureza=("em_uso", "reserva", "terreno")[n % 3], operacional=n % 20 != 0, endereco="Rua Fictícia, 1",
                area_m2=Decimal(400), custo_mensal=Decimal(4200),
            )
            for n, m in enumerate(onde)
        ],
        batch_size=1000,
    )  # fmt: skip
    espacos = Espaco.objects.bulk_create(
        [Espaco(imovel=i, nome=f"Sala {s}", area_m2=Decimal(40)) for i in imoveis for s in range(ESPACOS)],
        batch_size=1000,
    )
    vezes = TERMOS // len(espacos)
    pedidos = Pedido.objects.bulk_create(
        [
            Pedido(
                espaco=e, municipio_id=e.imovel.municipio_id, unidade_id=e.imovel.unidade_id,
                orgao="Prefeitura Fictícia",
                cnpj="99000101000120", esfera="municipal", finalidade="previdenciaria", uso="Ponto fictício",
                area_m2=Decimal(40), inicio=hoje, meses=12, rateio_percentual=Decimal(8), situacao="cedido",
                criado_por=dono, enviado_em=now(), encerrado_em=now(),
            )
            for e in espacos
            for _ in range(vezes)
        ],
        batch_size=500,
    )  # fmt: skip
    termos, reservas = [], []
    for n, pedido in enumerate(pedidos):
        inicio, fim, situacao = _dias(n % vezes, n // vezes, hoje)
        termos.append(
            Termo(
                pedido=pedido, espaco_id=pedido.espaco_id, numero=f"{n:06d}/2026", inicio=inicio, fim=fim, meses=12,
                area_m2=Decimal(40), aprovado_em=inicio, situacao=situacao, dou_data=inicio,
                encerrado_em=fim if situacao == "encerrado" else None,
            )
        )  # fmt: skip
    for termo in Termo.objects.bulk_create(termos, batch_size=500):
        reservas.append(Reserva(espaco_id=termo.espaco_id, termo=termo, inicio=termo.inicio, fim=termo.fim))
    Reserva.objects.bulk_create(reservas, batch_size=1000)
    _dados.contar_linhas()


def _dias(vez: int, espaco: int, hoje: date) -> tuple[date, date, str]:
    """The newest of a room's terms: in use, overdue or given back; the older ones a year apart, all given back."""
    fim = hoje + timedelta(days=espaco % 350) - timedelta(days=366 * vez)
    if vez:
        return fim - timedelta(days=360), fim, "encerrado"
    if espaco % 50 == 0:
        return hoje - timedelta(days=15), hoje - timedelta(days=5), "vencido"
    if espaco % 3 == 0:
        return hoje - timedelta(days=6), hoje - timedelta(days=2), "encerrado"
    return fim - timedelta(days=360), fim, "ocupado"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        medir(sys.argv[1])
    else:
        principal()
