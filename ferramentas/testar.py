"""Everything this machine can check, in one go; at the end a table says what passed, failed and was skipped, and why.

usage: testar.py [--so-analise]

Environment: CI=true turns every skip into a failure. TESTE_DATABASE_URL and TESTE_CELERY_BROKER_URL choose the second
pair of engines; without them PostgreSQL and Redis are used where they answer on 127.0.0.1, else started for this run
where their programs are installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

RAIZ = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI") == "true"
# Two checkouts tested at the same time must not share a database or a queue.
MARCA = hashlib.sha256(str(RAIZ).encode()).hexdigest()[:8]
LINHA_FINAL = re.compile(r"^=* ?((?:\d+ \w+(?:, )?)+) in [\d.]+s.*$")

# Values that only look like production: `check --deploy` must be silent with them.
PRODUCAO = {
    "AMBIENTE": "producao",
    "SECRET_KEY": "k3Yx9-so-para-conferir-a-configuracao-Qw8_zR5tLm2Vn7Bp4Hj6",
    "AUDITORIA_CHAVE": "a7Tq2-so-para-conferir-a-configuracao-Zx5_cV8bNm1Kj4Hg9Fd3",
    "ALLOWED_HOSTS": "portal.exemplo.invalid",
    "ENDERECO_PUBLICO": "https://portal.exemplo.invalid",
    "DATABASE_URL": "postgres://portal:senha@banco.invalid/portal",
    "CELERY_BROKER_URL": "redis://fila.invalid:6379/0",
    "S3_BUCKET": "portal",
    "S3_ENDPOINT": "https://arquivos.invalid",
    "S3_ACCESS_KEY": "chave",
    "S3_SECRET_KEY": "segredo",
    "INSS_ENDERECO": "https://inss.invalid",
    "INSS_TOKEN": "segredo",
    "EMAIL_URL": "smtp+tls://portal:senha@correio.invalid:587",
    "REMETENTE": "Portal ACT <portal@exemplo.invalid>",
    "PROXIES_A_FRENTE": "1",
}


@dataclass(frozen=True)
class Passo:
    nome: str
    comando: Sequence[str]
    ambiente: Mapping[str, str]


@dataclass(frozen=True)
class Resultado:
    nome: str
    estado: str
    detalhe: str
    segundos: float = 0.0


def python(*argumentos: str) -> list[str]:
    return [sys.executable, *argumentos]


def analise(var: str) -> Iterator[Passo]:
    """Checks that read the code; the quickest first."""
    limpo = {"VAR": var}
    yield Passo("ruff check", [str(BIN / "ruff"), "check", "."], {})
    yield Passo("ruff format", [str(BIN / "ruff"), "format", "--check", "."], {})
    yield Passo("mypy", [str(BIN / "mypy")], limpo)
    mypy_inss = ["--config-file", "act_portal/simulador_inss/mypy.ini"]
    yield Passo("mypy (INSS)", [str(BIN / "mypy"), *mypy_inss], limpo)
    yield Passo("lint-imports", [str(BIN / "lint-imports")], {})
    yield Passo("migrations", python("manage.py", "makemigrations", "--check", "--dry-run"), limpo)
    # The pretend INSS is a site of its own, with its own tables.
    simulador = "--settings=act_portal.simulador_inss.settings"
    comando = python("-m", "django", "makemigrations", "--check", "--dry-run", simulador)
    yield Passo("migrations (INSS)", comando, limpo)
    yield Passo("check", python("manage.py", "check", "--fail-level", "WARNING"), limpo)
    yield Passo(
        "check --deploy", python("manage.py", "check", "--deploy", "--fail-level", "WARNING"), {**limpo, **PRODUCAO}
    )


def pytest(nome: str, *argumentos: str, ambiente: Mapping[str, str] | None = None) -> Passo:
    return Passo(nome, python("-m", "pytest", "-q", *argumentos), {"TESTES": "1", **(ambiente or {})})


def rodar(passo: Passo) -> Resultado:
    print(f"\n== {passo.nome}: {' '.join(passo.comando)}", flush=True)
    inicio = time.monotonic()
    detalhe = ""
    with subprocess.Popen(
        passo.comando,
        cwd=RAIZ,
        env={**os.environ, **passo.ambiente},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as processo:
        assert processo.stdout
        for linha in processo.stdout:
            sys.stdout.write(linha)
            sys.stdout.flush()
            if achado := LINHA_FINAL.match(linha.strip()):
                detalhe = achado[1]
    if detalhe:
        detalhe = contagem(detalhe)
    elif processo.returncode:
        detalhe = f"exit {processo.returncode}"
    estado = "ok" if processo.returncode == 0 else "FAILED"
    return Resultado(passo.nome, estado, detalhe, time.monotonic() - inicio)


def contagem(linha: str) -> str:
    """pytest's last line as "N passed, N failed, N skipped"; errors count as failures."""
    numeros = {palavra: int(n) for n, palavra in re.findall(r"(\d+) (\w+)", linha)}
    falhas = sum(numeros.get(p, 0) for p in ("failed", "error", "errors"))
    return f"{numeros.get('passed', 0)} passed, {falhas} failed, {numeros.get('skipped', 0)} skipped"


def responde(endereco: str, porta_padrao: int) -> bool:
    partes = urlsplit(endereco)
    try:
        with socket.create_connection((partes.hostname or "127.0.0.1", partes.port or porta_padrao), timeout=2):
            return True
    except OSError:
        return False


def porta_livre() -> int:
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        return int(tomada.getsockname()[1])


@contextmanager
def postgres_proprio(programas: Path) -> Iterator[str]:
    """A PostgreSQL for this run only, without durability: what it holds is worth nothing."""
    with tempfile.TemporaryDirectory(prefix="act-postgres-") as pasta:
        como: list[str] = []
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root; its package brings a user.
            shutil.chown(pasta, "postgres")
            como = ["runuser", "-u", "postgres", "--"]
        porta = porta_livre()
        dados = f"{pasta}/dados"
        subprocess.run(
            [*como, programas / "initdb", "-D", dados, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=pasta,
        )
        ajustes = f"-c listen_addresses=127.0.0.1 -c port={porta} -c unix_socket_directories= -c fsync=off"
        pg_ctl = [*como, str(programas / "pg_ctl"), "-D", dados, "-w"]
        subprocess.run(
            [*pg_ctl, "-l", f"{pasta}/registro", "-o", ajustes, "start"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=pasta,
        )
        try:
            yield f"postgres://postgres@127.0.0.1:{porta}/act_{MARCA}"
        finally:
            subprocess.run([*pg_ctl, "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, cwd=pasta, check=False)


@contextmanager
def redis_proprio(programa: str) -> Iterator[str]:
    porta = porta_livre()
    with subprocess.Popen(
        [programa, "--port", str(porta), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    ) as servidor:
        endereco = f"redis://127.0.0.1:{porta}/0"
        while not responde(endereco, porta) and servidor.poll() is None:
            time.sleep(0.05)
        try:
            yield endereco
        finally:
            servidor.terminate()


def achar_postgres(pilha: ExitStack) -> str:
    """The address of a PostgreSQL for the tests, or empty when this machine has none."""
    pedido = os.environ.get("TESTE_DATABASE_URL", "")
    endereco = pedido or f"postgres://postgres@127.0.0.1:5432/act_{MARCA}"
    if responde(endereco, 5432) and (pedido or entra_no_postgres(endereco)):
        return endereco
    programas = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if programas and not pedido:
        return pilha.enter_context(postgres_proprio(programas[0]))
    return ""


def entra_no_postgres(endereco: str) -> bool:
    """Somebody's own PostgreSQL, with a password we do not know, is not ours to use."""
    import psycopg2  # only here: the rest of this file runs before anything is installed

    try:
        psycopg2.connect(endereco.rsplit("/", 1)[0] + "/postgres", connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def achar_redis(pilha: ExitStack) -> str:
    pedido = os.environ.get("TESTE_CELERY_BROKER_URL", "")
    endereco = pedido or "redis://127.0.0.1:6379/15"
    if responde(endereco, 6379):
        return endereco
    programa = shutil.which("redis-server")
    return pilha.enter_context(redis_proprio(programa)) if programa and not pedido else ""


def suites(pilha: ExitStack) -> Iterator[Passo | Resultado]:
    paralelo = ("-n", "2", "--dist", "loadfile")
    jornadas = sorted((RAIZ / "tests/jornadas").glob("test_*.py"))
    yield pytest("tests (SQLite)", *paralelo, "-m", "not producao", "--ignore=tests/jornadas")
    if jornadas:
        yield pytest("journeys (SQLite)", "-n", "2", "--dist", "loadscope", "tests/jornadas")
    else:
        yield Resultado("journeys (SQLite)", "skipped", "no journey is written yet")

    postgres, redis = achar_postgres(pilha), achar_redis(pilha)
    nome = "tests (PostgreSQL + Redis)"
    faltam = [n for n, e in (("PostgreSQL", postgres), ("Redis", redis)) if not e]
    if faltam:
        yield Resultado(nome, "skipped", f"{' and '.join(faltam)} neither answers on 127.0.0.1 nor is installed")
        return
    ambiente = {"DATABASE_URL": postgres, "CELERY_BROKER_URL": redis, "FILA_PREFIXO": f"{MARCA}:"}
    # What uses no engine ran above, and would run the same again.
    yield pytest(nome, *paralelo, "-m", "motores", "--ignore=tests/jornadas", ambiente=ambiente)


def mostrar(resultados: Sequence[Resultado]) -> int:
    print("\n" + "=" * 100)
    largura = max(len(r.nome) for r in resultados)
    for r in resultados:
        print(f"{r.nome:<{largura}}  {r.estado:<8} {r.segundos:6.1f} s  {r.detalhe}")
    falhas = [r for r in resultados if r.estado == "FAILED"]
    pulados = [r for r in resultados if r.estado == "skipped"]
    if pulados and CI:
        print("\nCI=true: nothing may be skipped.")
    bom = not falhas and not (pulados and CI)
    print("\nEverything passed." if bom else "\nNOT everything passed.", flush=True)
    return 0 if bom else 1


def main() -> int:
    resultados: list[Resultado] = []
    with ExitStack() as pilha:
        var = pilha.enter_context(tempfile.TemporaryDirectory(prefix="act-analise-"))
        passos: list[Iterator[Passo | Resultado]] = [analise(var)]
        if "--so-analise" not in sys.argv:
            passos.append(suites(pilha))
        for grupo in passos:
            for passo in grupo:
                resultados.append(rodar(passo) if isinstance(passo, Passo) else passo)
    return mostrar(resultados)


if __name__ == "__main__":
    sys.exit(main())
