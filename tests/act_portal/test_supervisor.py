"""The supervisor, with small real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]

# A supervisor over two children: one says its number and stays (with a child of its own), the other follows `argv[1]`.
PROGRAMA = """
import sys
from act_portal.supervisor import Processo, Supervisor, python

dorme = "import time; time.sleep(600)"
firme = f"import os, subprocess, sys; n = subprocess.Popen([sys.executable, '-c', '{dorme}']);" \\
    f"print('firme', os.getpid(), n.pid); {dorme}"
Supervisor(
    [Processo("um", python("-c", firme)), Processo("dois", python("-c", sys.argv[1]))],
    sys.stdout,
    paciencia_segundos=float(sys.argv[2]),
).rodar()
print("fim")
"""
DORME = "import os, time; print('dois', os.getpid()); time.sleep(600)"
TEIMOSO = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {DORME}"


def vivo(pid: int) -> bool:
    """Running, and not just a zombie that nobody has collected yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def esperar(condicao, segundos: float = 15.0) -> bool:
    limite = time.monotonic() + segundos
    while time.monotonic() < limite:
        if condicao():
            return True
        time.sleep(0.02)
    return False


def sumiram(pids: list[int]) -> bool:
    """The kernel ends a grandchild in its own time: the supervisor, who is not its parent, cannot wait for it."""
    return esperar(lambda: not any(vivo(pid) for pid in pids))


@pytest.fixture
def iniciar():
    abertos: list[subprocess.Popen[str]] = []

    def _iniciar(segundo: str = DORME, paciencia: float = 10.0) -> subprocess.Popen[str]:
        processo = subprocess.Popen(
            [sys.executable, "-c", PROGRAMA, segundo, str(paciencia)],
            cwd=RAIZ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        abertos.append(processo)
        return processo

    yield _iniciar
    for processo in abertos:
        processo.kill()
        processo.communicate()


def pids(supervisor: subprocess.Popen[str], quantos: int = 2) -> dict[str, list[int]]:
    """Read lines until each of `quantos` children has told its number."""
    achados: dict[str, list[int]] = {}
    assert supervisor.stdout
    while len(achados) < quantos:
        linha = supervisor.stdout.readline()
        assert linha, "o supervisor terminou antes da hora"
        palavras = linha.split("|", 1)[1].split()
        if palavras and palavras[0] in {"firme", "dois"}:
            achados[palavras[0]] = [int(p) for p in palavras[1:]]
    return achados


@pytest.mark.parametrize("sinal", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_um_sinal_encerra_todos_e_os_filhos_deles(iniciar, sinal):
    supervisor = iniciar()
    todos = [p for grupo in pids(supervisor).values() for p in grupo]

    supervisor.send_signal(sinal)
    saida, _ = supervisor.communicate(timeout=30)

    assert supervisor.returncode == 0
    assert saida.endswith("fim\n")
    assert sumiram(todos)


def test_kill_9_no_supervisor_nao_deixa_orfaos(iniciar):
    supervisor = iniciar()
    achados = pids(supervisor)

    supervisor.kill()

    filhos = [achados["firme"][0], achados["dois"][0]]
    assert esperar(lambda: not any(vivo(p) for p in filhos))
    os.kill(achados["firme"][1], signal.SIGKILL)


def test_quem_nao_obedece_e_morto_no_fim_da_paciencia(iniciar):
    supervisor = iniciar(TEIMOSO, paciencia=0.5)
    todos = [p for grupo in pids(supervisor).values() for p in grupo]

    supervisor.terminate()
    supervisor.communicate(timeout=30)

    assert sumiram(todos)


def test_segundo_ctrl_c_nao_espera(iniciar):
    supervisor = iniciar(TEIMOSO, paciencia=600)
    achados = pids(supervisor)

    supervisor.send_signal(signal.SIGINT)
    assert esperar(lambda: not vivo(achados["firme"][0]))
    supervisor.send_signal(signal.SIGINT)
    supervisor.communicate(timeout=30)

    assert sumiram(achados["dois"])


def test_quem_cai_volta_e_o_que_deixou_para_tras_nao_fica(iniciar):
    supervisor = iniciar()
    antes = pids(supervisor)["firme"]

    os.kill(antes[0], signal.SIGKILL)
    depois = pids(supervisor, 1)["firme"]

    assert depois[0] != antes[0]
    assert esperar(lambda: not vivo(antes[1]))


def test_quem_so_tem_uma_coisa_a_fazer_nao_volta_depois_de_feita(tmp_path):
    feito = tmp_path / "feito"
    # Fails the first time, as when the other side is not there yet.
    codigo = f"import pathlib, sys; p = pathlib.Path({str(feito)!r}); n = len(p.read_text()) if p.exists() else 0;"
    codigo += "p.write_text('x' * (n + 1)); sys.exit(0 if n else 1)"
    programa = (
        "import sys; from act_portal.supervisor import Processo, Supervisor, python\n"
        "s = Supervisor([Processo('vez', python('-c', sys.argv[1]), uma_vez=True)], sys.stdout)\n"
        "s.rodar(lambda: s.processos or s._pedir_parada(0, None))"
    )

    saida = subprocess.run(
        [sys.executable, "-c", programa, codigo], cwd=RAIZ, capture_output=True, text=True, timeout=60, check=True
    ).stdout

    assert feito.read_text() == "xx"
    assert saida.count("parou") == 1


def test_quem_cai_sempre_volta_cada_vez_mais_devagar(iniciar):
    supervisor = iniciar("raise SystemExit(3)")
    assert supervisor.stdout
    avisos: list[str] = []

    while len(avisos) < 2:
        linha = supervisor.stdout.readline()
        if "parou" in linha:
            avisos.append(linha.split("|", 1)[1].strip())

    assert avisos == ["parou (código 3); volta em 1 s", "parou (código 3); volta em 2 s"]


def test_quem_tem_filhos_os_encerra_ele_mesmo(iniciar, tmp_path):
    # Celery's pool hangs when its processes get SIGTERM together with the one that leads them.
    sentiu, neto_pronto = tmp_path / "sentiu", tmp_path / "pronto"
    neto = (
        "import pathlib, signal, time;"
        f"signal.signal(signal.SIGTERM, lambda *_: pathlib.Path({str(sentiu)!r}).touch());"
        f"pathlib.Path({str(neto_pronto)!r}).touch(); time.sleep(600)"
    )
    supervisor = iniciar(
        f"import os, subprocess, sys, time; n = subprocess.Popen([sys.executable, '-c', {neto!r}]);"
        "print('dois', os.getpid(), n.pid); time.sleep(600)"
    )
    do_neto = pids(supervisor)["dois"][1]
    assert esperar(neto_pronto.exists)

    supervisor.terminate()
    supervisor.communicate(timeout=30)

    assert not sentiu.exists()
    assert sumiram([do_neto])
