"""The region's dashboard and the nightly indicators over 5,571 agreements and 1,000,000 requests counted day by day.

BENCH_MOTORES (sqlite,postgres); BENCH_VEZES (20) page views. Readers: the country, a superintendence, a town.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from bench import _dados

# One request a day at each of the desks that are awake: a million in all.
DIAS = 196
VEZES = int(os.environ.get("BENCH_VEZES", "20"))
META_P95 = 3.0
META_DA_NOITE = 120.0


def principal() -> None:
    for motor in _dados.motores():
        # Django takes its settings once in a process.
        subprocess.run([sys.executable, __file__, motor], check=True, env={**os.environ, "PYTHONPATH": "."})


def medir(motor: str) -> None:
    with _dados.portal(motor):
        with _dados.cronometrado("rows written in"):
            _encher()
        from act_portal.contagens.models import ContagemDiaria
        from adesao.models import Acordo

        contagens = ContagemDiaria.objects.filter(fato="protocolado").count()
        print(f"\n{motor}: {Acordo.objects.count():,} agreements, {contagens:,} rows of requests")
        _noite()
        print(f"{'':<34} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8}   goal p95 <= {META_P95:.0f} s")
        for nome, abrir in _paginas():
            _linha(nome, abrir)
            _linha(f"{nome}, first view", abrir, primeira=True)


def _noite() -> None:
    from adesao.indicadores.servicos import medir_todos

    for vez in ("first night", "ordinary night"):
        inicio = time.perf_counter()
        mudaram = medir_todos()
        levou = time.perf_counter() - inicio
        aviso = "" if levou <= META_DA_NOITE else "   OVER"
        print(f"{vez:<34} {levou:>8.1f} s, {mudaram:,} levels changed, goal <= {META_DA_NOITE:.0f} s{aviso}")


def _paginas() -> list[tuple[str, Callable[[], None]]]:
    from act_portal.territorio.models import Municipio, UnidadeInss

    sr = UnidadeInss.objects.filter(tipo="sr").order_by("pk")[0]
    pais = _Leitor("analista_inss", unidade=UnidadeInss.objects.get(codigo="DIRBEN"))
    regiao = _Leitor("analista_inss", unidade=sr)
    gestor = _Leitor("gestor", municipio=Municipio.objects.order_by("pk")[100])
    cidade = f"/adesao/municipios/{gestor.municipio_id}/numeros/"
    return [
        ("country", lambda: pais.abrir("/adesao/regiao/")),
        ("country, asleep", lambda: pais.abrir("/adesao/regiao/?indicador=esvaziado")),
        ("superintendence", lambda: regiao.abrir("/adesao/regiao/")),
        ("superintendence, by UF", lambda: regiao.abrir("/adesao/regiao/?uf=SP&situacao=operacao")),
        ("a town, 12 months", lambda: gestor.abrir(f"{cidade}?meses=12")),
    ]


class _Leitor:
    def __init__(self, papel: str, **lugar: object) -> None:
        from django.test import Client

        from act_portal.contas.models import Usuario, Vinculo

        usuario = Usuario.objects.create(email=f"{papel}{time.monotonic_ns()}@exemplo.invalid", nome="Leitora Fictícia")
        vinculo = Vinculo.objects.create(usuario=usuario, papel=papel, **lugar)
        self.municipio_id = vinculo.municipio_id
        self.cliente = Client(headers={"host": "localhost"})
        self.cliente.force_login(usuario, backend="django.contrib.auth.backends.ModelBackend")

    def abrir(self, endereco: str) -> None:
        resposta = self.cliente.get(endereco)
        if resposta.status_code != 200:
            raise RuntimeError(f"{endereco}: {resposta.status_code}")


def _linha(nome: str, abrir: Callable[[], None], *, primeira: bool = False) -> None:
    """`primeira`: nothing was kept from an earlier view."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    abrir()
    if primeira:
        cache.clear()
    with CaptureQueriesContext(connection) as consultas:
        abrir()
    # Read now: the next request empties the log.
    quantas = len(consultas)
    tempos = []
    for _ in range(VEZES):
        if primeira:
            cache.clear()
        inicio = time.perf_counter()
        abrir()
        tempos.append(1000 * (time.perf_counter() - inicio))
    p95 = statistics.quantiles(tempos, n=20)[-1]
    aviso = "" if p95 <= 1000 * META_P95 else "   OVER"
    print(f"{nome:<34} {statistics.median(tempos):>8.0f} {p95:>8.0f} {quantas:>8}{aviso}")


# --- Rows ---------------------------------------------------------------------------------------------------------


def _encher() -> None:
    from django.core.management import call_command
    from django.utils.timezone import localdate, now

    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Balcao, Entidade, Municipio, UnidadeInss
    from adesao.models import Acordo, Processo
    from adesao.pedido.servicos.processo import versao_de_hoje

    call_command("carregar_territorio", verbosity=0)
    hoje, dono = localdate(), Usuario.objects.create(email="dona@exemplo.invalid", nome="Dona Fictícia")
    unidades = {u.pk: u for u in UnidadeInss.objects.all()}
    central = UnidadeInss.objects.get(codigo="DIRBEN")
    inicio, fim = hoje - timedelta(days=600), hoje + timedelta(days=1200)
    municipios = list(Municipio.objects.order_by("pk"))
    entidades = Entidade.objects.bulk_create(
        [
            Entidade(municipio=m, nome=m.nome, cnpj=f"{m.pk:0<14}", acordo_numero="1", acordo_inicio=inicio,
                     acordo_fim=fim)
            for m in municipios
        ],
        batch_size=500,
    )  # fmt: skip
    Balcao.objects.bulk_create(
        [Balcao(municipio=e.municipio, entidade=e, nome="Balcão", situacao="aberto") for e in entidades],
        batch_size=500,
    )
    lista = versao_de_hoje()
    processos = Processo.objects.bulk_create(
        [
            Processo(
                municipio=m, unidade=unidades.get(m.unidade_id or 0, central), regime="rgps", cnpj=f"{m.pk:0<14}",
                checklist=lista, situacao="vigente", criado_por=dono, enviado_em=now(),
            )
            for m in municipios
        ],
        batch_size=500,
    )  # fmt: skip
    Acordo.objects.bulk_create(
        [
            Acordo(
                processo=p, municipio=p.municipio, objeto=p.objeto, instrumento="act", numero=f"{n}/2025",
                aprovado_em=inicio, dou_data=inicio, dou_secao="3", dou_pagina="1", inicio=inicio,
                fim=fim - timedelta(days=n % 1300), em_operacao_desde=inicio,
                situacao="preparacao" if n % 9 == 0 else "suspenso" if n % 50 == 1 else "operacao",
            )
            for n, p in enumerate(processos)
        ],
        batch_size=500,
    )  # fmt: skip
    _contagens()


def _contagens() -> None:
    """One request a day at each desk that is awake; of ten, one brings an exigência; each has waited."""
    from django.db import connection, transaction

    dia = "date('now', '-' || n.i || ' days')" if connection.vendor == "sqlite" else "current_date - n.i"
    # One town in twelve sleeps.
    for fato, chave, passo, soma in (
        ("protocolado", "'servico-' || (n.i % 20)", 1, 86400),
        ("espera", "'normal'", 6, 900),
        ("exigencia", "'residencia'", 10, 0),
        ("resultado", "CASE WHEN n.i % 3 = 0 THEN 'indeferido' ELSE 'deferido' END", 5, 0),
    ):
        sql = (
            "INSERT INTO contagens_contagemdiaria (municipio_id, balcao_id, dia, fato, chave, quantidade, soma) "  # noqa: S608
            f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {DIAS}) "
            f"SELECT b.municipio_id, b.id, {dia}, '{fato}', {chave}, 1, {soma} FROM territorio_balcao b CROSS JOIN n "
            f"WHERE b.id % 12 <> 0 AND n.i % {passo} = 0"
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    _dados.contar_linhas()


if __name__ == "__main__":
    medir(sys.argv[1]) if len(sys.argv) > 1 else principal()
