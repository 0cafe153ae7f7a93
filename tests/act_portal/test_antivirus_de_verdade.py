"""The same four outcomes from ClamAV itself, with one signature of our own; where it is not installed, left out."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest

from act_portal.arquivos import antivirus
from act_portal.arquivos.inspecao import ArquivoRecusado
from tests.act_portal.arquivos_fabricados import em_arquivo, pdf, pdf_em_bytes
from tests.act_portal.clamd_falso import VIRUS

CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(not CLAMD, reason="clamd is not installed (Debian: clamav-daemon)")
PACIENCIA_SEGUNDOS = 60


@contextmanager
def clamd(pasta: Path) -> Iterator[tuple[str, str]]:
    """Its addresses, by file and by TCP. It takes 1 MB, so that what is too large need not be large."""
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        porta = tomada.getsockname()[1]
    (pasta / "assinaturas").mkdir()
    (pasta / "assinaturas" / "teste.ndb").write_text(f"Teste.Mentira:0:*:{VIRUS.hex()}\n")
    (pasta / "clamd.conf").write_text(
        f"Foreground yes\nDatabaseDirectory {pasta}/assinaturas\nLocalSocket {pasta}/clamd\nTCPSocket {porta}\n"
        "TCPAddr 127.0.0.1\nStreamMaxLength 1M\nMaxFileSize 500K\nAlertExceedsMax yes\nAlertEncrypted yes\n"
    )
    assert CLAMD
    with (pasta / "saida").open("wb") as saida:
        processo = subprocess.Popen([CLAMD, "-c", str(pasta / "clamd.conf")], stdout=saida, stderr=saida)
    try:
        fim = time.monotonic() + PACIENCIA_SEGUNDOS
        while not (pasta / "clamd").exists():
            assert processo.poll() is None and time.monotonic() < fim, (pasta / "saida").read_text()
            time.sleep(0.1)
        yield f"unix:{pasta}/clamd", f"tcp:127.0.0.1:{porta}"
    finally:
        processo.terminate()
        processo.wait(PACIENCIA_SEGUNDOS)


def com_senha() -> bytes:
    saida = io.BytesIO()
    pdf().save(saida, encryption=pikepdf.Encryption(owner="dono", user="senha"))
    return saida.getvalue()


def test_os_quatro_desfechos_do_clamav(tmp_path, settings):
    bom = em_arquivo(tmp_path, pdf_em_bytes(pdf()), "bom")
    ruim = em_arquivo(tmp_path, pdf_em_bytes(pdf()) + VIRUS, "ruim")
    sem_exame = [
        em_arquivo(tmp_path, os.urandom(600_000), "maior do que ele abre"),
        em_arquivo(tmp_path, os.urandom(3_000_000), "maior do que ele recebe"),
        em_arquivo(tmp_path, com_senha(), "com senha"),
    ]
    with clamd(tmp_path) as enderecos:
        for endereco in enderecos:
            settings.ANTIVIRUS = endereco
            antivirus.examinar(bom)
            with pytest.raises(ArquivoRecusado) as recusa:
                antivirus.examinar(ruim)
            assert recusa.value.codigo == "infectado"
            for caminho in sem_exame:
                with pytest.raises(ArquivoRecusado) as recusa:
                    antivirus.examinar(caminho)
                assert recusa.value.codigo == "sem_exame", caminho.name
    for endereco in enderecos:
        settings.ANTIVIRUS = endereco
        with pytest.raises(antivirus.AntivirusForaDoAr):
            antivirus.examinar(bom)
