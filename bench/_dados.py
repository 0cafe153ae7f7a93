"""A database of its own, in a temporary folder, full of invented requests: one row made by the ORM, then multiplied."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")
NOME = f"bench_act_{os.getpid()}"


def motores() -> list[str]:
    """What to measure on: SQLite always, PostgreSQL where it answers (BENCH_MOTORES=sqlite for one of them)."""
    pedidos = os.environ.get("BENCH_MOTORES", "sqlite,postgres").split(",")
    return [m for m in ("sqlite", "postgres") if m in pedidos and (m == "sqlite" or _postgres_responde())]


def _postgres_responde() -> bool:
    import psycopg2

    try:
        psycopg2.connect(f"{POSTGRES}/postgres", connect_timeout=3).close()
    except psycopg2.OperationalError:
        print("PostgreSQL does not answer: left out.")
        return False
    return True


@contextmanager
def portal(motor: str) -> Iterator[Path]:
    """Set up Django over an empty, migrated database that goes away at the end. Once in a process."""
    # Told to stop, it still cleans up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    var = Path(tempfile.mkdtemp(prefix="act-bench-"))
    os.environ["VAR"] = str(var)
    os.environ["DADOS_FICTICIOS"] = "0"
    os.environ["DATABASE_URL"] = f"sqlite:///{var}/portal.sqlite3" if motor == "sqlite" else f"{POSTGRES}/{NOME}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "act_portal.settings"
    if motor == "postgres":
        _no_postgres(f"CREATE DATABASE {NOME}")
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield var
    finally:
        from django.db import connections

        connections.close_all()
        if motor == "postgres":
            _no_postgres(f"DROP DATABASE IF EXISTS {NOME} WITH (FORCE)")
        shutil.rmtree(var, ignore_errors=True)


def _no_postgres(comando: str) -> None:
    import psycopg2

    with suppress(psycopg2.errors.InvalidCatalogName):
        conexao = psycopg2.connect(f"{POSTGRES}/postgres")
        conexao.autocommit = True
        with conexao.cursor() as cursor:
            cursor.execute(comando)
        conexao.close()


# --- Rows ---------------------------------------------------------------------------------------------------------
def cidade(codigo_ibge: str, nome: str) -> dict[str, Any]:
    """One town with a desk, a clerk, a service and one filed request: the rows that the others are copies of."""
    from django.utils.timezone import localdate, now

    from act_portal.contas.models import Usuario, Vinculo
    from act_portal.territorio.models import Balcao, Entidade, Municipio
    from requerimentos.models import Pessoa, Requerimento, ServicoVersao

    municipio = Municipio.objects.create(
        codigo_ibge=codigo_ibge, nome=nome, uf="MG", latitude=-19.9, longitude=-43.9, fuso_horario="America/Sao_Paulo"
    )
    entidade = Entidade.objects.create(
        municipio=municipio, nome=f"Município de {nome}", cnpj=f"{codigo_ibge:0<14}", endereco="Praça da Matriz, 1",
        telefone="3133330000", email="prefeitura@exemplo.invalid", encarregado="Ouvidoria",
        encarregado_contato="ouvidoria@exemplo.invalid", acordo_numero="1/2026", acordo_inicio="2026-01-01",
        acordo_fim="2031-01-01",
    )  # fmt: skip
    balcao = Balcao.objects.create(
        municipio=municipio, entidade=entidade, nome="Balcão Central", endereco="Rua das Flores, 10",
        telefone="3133330001", horario="Segunda a sexta, das 8h às 17h", situacao="aberto",
    )  # fmt: skip
    usuario = Usuario.objects.create(
        email=f"atendente@{codigo_ibge}.invalid", nome="Atendente Fictícia", cpf=codigo_ibge.ljust(11, "0"),
        matricula=codigo_ibge, tcms_em=localdate(),
    )  # fmt: skip
    Vinculo.objects.create(usuario=usuario, papel="atendente", municipio=municipio)
    servico, _ = ServicoVersao.objects.get_or_create(
        codigo="aposentadoria-idade-urbana",
        versao="1",
        defaults={"nome": "Aposentadoria por idade urbana", "dados": {}},
    )
    pessoa = Pessoa.objects.create(
        municipio=municipio, nome_civil="Pessoa Fictícia", cpf="00000000000", nascimento="1960-01-01", sexo="F"
    )
    pedido = Requerimento.objects.create(
        municipio=municipio, balcao=balcao, pessoa=pessoa, servico=servico, servico_codigo=servico.codigo,
        atendente=usuario, etapa="acompanhando", situacao_inss="EM_ANALISE", protocolo=f"9{codigo_ibge:0<10}",
        der=localdate(), protocolado_em=now(), situacao_desde=now(),
    )  # fmt: skip
    return {"municipio": municipio, "usuario": usuario, "pessoa": pessoa, "pedido": pedido}


def multiplicar(linha: Any, de: int, ate: int, **mudam: str) -> None:
    """Copy `linha` once for each i in [de, ate); `mudam`: column -> SQL expression of n.i."""
    from django.db import connection, transaction

    colunas = [c.column for c in linha._meta.local_concrete_fields if not c.primary_key]
    expressoes = [mudam.get(c, f't."{c}"') for c in colunas]
    serie = "WITH RECURSIVE n(i) AS (SELECT %s UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %s)"
    nomes = ", ".join(f'"{c}"' for c in colunas)
    tabela = linha._meta.db_table
    sql = (
        f"INSERT INTO {tabela} ({nomes}) {serie} SELECT {', '.join(expressoes)} "  # noqa: S608 - names of our own models
        f"FROM n CROSS JOIN {tabela} t WHERE t.id = {linha.pk}"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [de, ate])


def expressoes() -> dict[str, str]:
    """SQL, in the words of this engine, of what must differ from row to row."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return {
            "sqlite": "sim",
            "uuid": "lower(hex(randomblob(16)))",
            "segredo": "lower(hex(randomblob(32)))",
            "antes": "datetime(t.criado_em, '-' || n.i || ' seconds')",
            "numero": "printf('%011d', n.i)",
        }
    return {
        "sqlite": "",
        "uuid": "gen_random_uuid()",
        "segredo": "md5(random()::text || n.i) || md5(random()::text)",
        "antes": "t.criado_em - n.i * interval '1 second'",
        "numero": "lpad(n.i::text, 11, '0')",
    }


def encher(base: dict[str, Any], quantos: int, *, de: int = 1, por_pessoa: int = 4) -> None:
    """`quantos` requests of people with ordinary names, in every stage, back in time second by second."""

    from requerimentos.models import Pessoa

    e = expressoes()
    nomes = ["Maria", "Jose", "Ana", "Joao", "Antonio", "Francisca", "Carlos", "Paulo", "Adriana", "Lucas", "Geraldo"]
    sobrenomes = ["Silva", "Santos", "Oliveira", "Souza", "Pereira", "Ferreira", "Alves", "Ribeiro", "Gomes", "Rocha"]

    def sorteio(lista: list[str], conta: str) -> str:
        return "CASE " + " ".join(f"WHEN {conta} = {i} THEN '{v}'" for i, v in enumerate(lista)) + " END"

    quantos_nomes, quantos_sobrenomes = len(nomes), len(sobrenomes)
    nome = (
        f"({sorteio(nomes, f'n.i %% {quantos_nomes}')}"
        f" || ' ' || {sorteio(sobrenomes, f'(n.i / {quantos_nomes}) %% {quantos_sobrenomes}')}"
        f" || ' ' || {sorteio(sobrenomes, f'(n.i / {quantos_nomes * quantos_sobrenomes}) %% {quantos_sobrenomes}')})"
    )
    pessoas = max(1, quantos // por_pessoa)
    numero = e["numero"].replace("%", "%%")
    multiplicar(base["pessoa"], de, de + pessoas, cpf=numero, nome_civil=nome, nome_busca=f"lower({nome})")
    primeira = Pessoa.objects.filter(municipio=base["municipio"]).exclude(pk=base["pessoa"].pk).order_by("pk")[0].pk
    balcoes, servicos = _variar(base, e)
    etapas = ["exigencia", "acompanhando", "acompanhando", "acompanhando", "resultado", *["entregue"] * 5]
    situacoes = ["CUMPRIMENTO_DE_EXIGENCIA", "PENDENTE", *["EM_ANALISE"] * 2, *["CONCLUIDA"] * 6]
    multiplicar(
        base["pedido"], de, de + quantos,
        codigo=e["uuid"], segredo=e["segredo"], protocolo=numero, criado_em=e["antes"],
        pessoa_id=f"{primeira} + n.i %% {pessoas}", etapa=sorteio(etapas, "n.i %% 10"),
        situacao_inss=sorteio(situacoes, "n.i %% 10"),
        balcao_id=f"{balcoes[0]} + n.i %% {len(balcoes)}", servico_id=f"{servicos[0]} + n.i %% {len(servicos)}",
    )  # fmt: skip
    _exigencias_e_resultados(base, quantos, de)
    contar_linhas()


def contar_linhas() -> None:
    """A server does it by itself after so many new rows; without autovacuum it would plan for empty tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _variar(base: dict[str, Any], e: dict[str, str]) -> tuple[list[int], list[int]]:
    """200 desks and 20 services: what the portal keeps drawn is then no more likely to fit than in real life."""
    from act_portal.territorio.models import Balcao
    from requerimentos.models import ServicoVersao

    pedido = base["pedido"]
    if not Balcao.objects.filter(municipio=base["municipio"], nome__startswith="Balcão 0").exists():
        multiplicar(pedido.balcao, 0, 200, nome=f"'Balcão ' || {e['numero'].replace('%', '%%')}")
    if ServicoVersao.objects.count() < 20:
        multiplicar(pedido.servico, 0, 20, versao=e["numero"].replace("%", "%%"))
    balcoes = Balcao.objects.filter(municipio=base["municipio"]).exclude(pk=pedido.balcao.pk).order_by("pk")
    servicos = ServicoVersao.objects.exclude(versao="1").order_by("pk")
    return list(balcoes.values_list("pk", flat=True)), list(servicos.values_list("pk", flat=True))


def _exigencias_e_resultados(base: dict[str, Any], quantos: int, de: int) -> None:
    """One request in ten has an open exigência, six have a decision."""
    from datetime import timedelta

    from django.utils.timezone import localdate

    from requerimentos.models import Exigencia, Requerimento, Resultado

    hoje, e = localdate(), expressoes()
    primeiro = Requerimento.objects.filter(municipio=base["municipio"]).exclude(pk=base["pedido"].pk).order_by("pk")[0]
    # The id of the copy number i is `zero` + i.
    zero = primeiro.pk - de
    exigencia = Exigencia.objects.create(
        requerimento=base["pedido"], numero_inss="1", texto="Fictícia", emitida_em=hoje, ciencia_em=hoje,
        prazo=hoje + timedelta(days=30), prazo_base="Fictícia",
    )  # fmt: skip
    resultado = Resultado.objects.create(requerimento=base["pedido"], tipo="deferido", decidido_em=hoje)
    dezenas = range(-(-de // 10), (de + quantos) // 10)
    multiplicar(
        exigencia, dezenas.start, dezenas.stop, codigo=e["uuid"], requerimento_id=f"{zero} + n.i * 10",
        prazo="date(t.prazo, '-' || (n.i %% 29) || ' days')" if e["sqlite"] else "t.prazo - (n.i %% 29)::int",
    )  # fmt: skip
    for resto, tipo in enumerate(["deferido", "indeferido", "deferido", "parcial", "arquivado", "deferido"], 4):
        multiplicar(
            resultado, dezenas.start, dezenas.stop - 1, requerimento_id=f"{zero} + n.i * 10 + {resto}", tipo=f"'{tipo}'"
        )


def cronometrado(rotulo: str) -> Any:
    @contextmanager
    def _medir() -> Iterator[None]:
        inicio = time.perf_counter()
        yield
        print(f"{rotulo}: {time.perf_counter() - inicio:.0f} s")

    return _medir()
