from __future__ import annotations

import os
import signal
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from PIL import Image

from act_portal.arquivos import caixa, tipos
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.limites import tecnicos
from tests.act_portal.arquivos_fabricados import em_arquivo, em_bytes, foto, pdf, pdf_em_bytes

NADA = pikepdf.StreamDecodeLevel.none


@pytest.fixture(autouse=True)
def estoque_vazio():
    caixa.ESTOQUE.encerrar()
    yield
    caixa.ESTOQUE.encerrar()


def pid_da_ociosa() -> int:
    (ociosa,) = caixa.ESTOQUE.livres
    return ociosa.processo.pid


def bomba_flate() -> bytes:
    """Four gigabytes of zeros that fit in four megabytes."""
    documento = pdf(1)
    compressor = zlib.compressobj(9)
    cabeca = compressor.compress(bytes(10_000_000)) + compressor.flush(zlib.Z_FULL_FLUSH)
    bloco = compressor.compress(bytes(10_000_000)) + compressor.flush(zlib.Z_FULL_FLUSH)
    # Adler-32 of n zeros is (n mod 65521) and 1: no need to run through them.
    soma = (4_000_000_000 % 65521 << 16 | 1).to_bytes(4, "big")
    dados = cabeca + bloco * 399 + b"\x03\x00" + soma
    documento.pages[0].obj["/Contents"] = pikepdf.Stream(documento, dados, Filter=pikepdf.Name.FlateDecode)
    return pdf_em_bytes(documento, compress_streams=False, stream_decode_level=NADA)


def test_o_mesmo_processo_morno_serve_a_varios_arquivos(tmp_path):
    foto_jpg = em_arquivo(tmp_path, em_bytes(foto()), "foto")
    documento = em_arquivo(tmp_path, pdf_em_bytes(pdf(3)), "pdf")
    assert caixa.inspecionar(foto_jpg).tipo == tipos.JPEG
    primeiro = pid_da_ociosa()
    assert len(list(caixa.normalizar(documento, tipos.PDF))) == 3
    with pytest.raises(ArquivoRecusado):
        caixa.inspecionar(em_arquivo(tmp_path, b"", "vazio"))
    assert len(list(caixa.normalizar(foto_jpg, tipos.JPEG))) == 1
    assert pid_da_ociosa() == primeiro


def test_bomba_de_compressao_e_recusada_e_o_trabalhador_continua(tmp_path):
    bomba = em_arquivo(tmp_path, bomba_flate(), "bomba")
    with pytest.raises(ArquivoRecusado) as recusado:
        list(caixa.normalizar(bomba, tipos.PDF))
    assert recusado.value.codigo in {"memoria", "demorado"}
    assert len(list(caixa.normalizar(em_arquivo(tmp_path, em_bytes(foto()), "boa"), tipos.JPEG))) == 1


def test_o_que_gasta_processador_demais_e_recusado(tmp_path, monkeypatch):
    # A page that repeats a large picture for ever and ever.
    documento = pdf(1)
    documento.pages[0].obj["/Contents"] = documento.make_stream(b"0 0 m 500 500 l 3 w S " * 4_000_000)
    pesado = em_arquivo(tmp_path, pdf_em_bytes(documento), "pesado")
    iniciar = caixa.subprocess.Popen

    def com_menos_tempo(comando, **opcoes):
        trecho = (
            "import dataclasses as d;from act_portal.arquivos import limites as l, caixa_processo as p;"
            "t=d.replace(l.tecnicos(), cpu_segundos=0);l.tecnicos=lambda:t;p.principal()"
        )
        return iniciar([comando[0], "-c", trecho], **opcoes)

    monkeypatch.setattr(caixa.subprocess, "Popen", com_menos_tempo)
    with pytest.raises(ArquivoRecusado) as recusado:
        list(caixa.normalizar(pesado, tipos.PDF))
    assert recusado.value.codigo == "demorado"


def test_morto_de_fora_enquanto_ocioso_ninguem_nota(tmp_path):
    boa = em_arquivo(tmp_path, em_bytes(foto()), "boa")
    caixa.inspecionar(boa)
    os.kill(pid_da_ociosa(), signal.SIGKILL)
    caixa.ESTOQUE.livres[0].processo.wait()
    assert caixa.inspecionar(boa).paginas == 1


def test_morto_de_fora_no_meio_do_trabalho_nao_vira_recusa(tmp_path):
    documento = em_arquivo(tmp_path, pdf_em_bytes(pdf(60)), "pdf")
    with pytest.raises(caixa.CaixaMorreu):
        for numero, _ in enumerate(caixa.normalizar(documento, tipos.PDF)):
            if numero == 0:
                (filho,) = _filhos()
                os.kill(filho, signal.SIGKILL)


def test_quem_para_no_meio_nao_deixa_o_resto_para_o_proximo(tmp_path):
    documento = em_arquivo(tmp_path, pdf_em_bytes(pdf(30)), "pdf")
    folhas = caixa.normalizar(documento, tipos.PDF)
    next(folhas)
    folhas.close()
    assert caixa.ESTOQUE.livres == []
    assert caixa.inspecionar(documento).paginas == 30
    assert len(_filhos()) == 1


def test_varias_linhas_ao_mesmo_tempo_nao_se_misturam(tmp_path):
    fotos = [em_arquivo(tmp_path, em_bytes(foto(400 + 50 * n, 1000)), f"f{n}") for n in range(4)]
    juntas = threading.Barrier(4, timeout=20)

    def larguras(caminho):
        juntas.wait()
        return [caixa.inspecionar(caminho).tipo, len(next(caixa.normalizar(caminho, tipos.JPEG)).pdf)]

    sozinhas = [len(next(caixa.normalizar(caminho, tipos.JPEG)).pdf) for caminho in fotos]
    with ThreadPoolExecutor(4) as linhas:
        assert list(linhas.map(larguras, fotos)) == [[tipos.JPEG, tamanho] for tamanho in sozinhas]
    assert len(caixa.ESTOQUE.livres) <= caixa.OCIOSAS


def test_depois_do_fork_o_filho_comeca_sem_caixas(tmp_path):
    caixa.inspecionar(em_arquivo(tmp_path, em_bytes(foto()), "boa"))
    leitura, escrita = os.pipe()
    filho = os.fork()
    if filho == 0:
        os.write(escrita, bytes([len(caixa.ESTOQUE.livres)]))
        os._exit(0)
    os.waitpid(filho, 0)
    assert os.read(leitura, 1) == b"\x00"
    os.close(leitura)
    os.close(escrita)
    assert len(caixa.ESTOQUE.livres) == 1


def test_o_processo_tem_teto_de_memoria_e_nenhum_segredo(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "segredo-do-portal")
    caixa.inspecionar(em_arquivo(tmp_path, em_bytes(foto()), "boa"))
    raiz = f"/proc/{pid_da_ociosa()}"
    with open(f"{raiz}/limits") as limites:  # noqa: PTH123 - /proc
        memoria = next(linha for linha in limites if linha.startswith("Max address space"))
    assert str(tecnicos().memoria_bytes) in memoria
    with open(f"{raiz}/environ", "rb") as ambiente:  # noqa: PTH123 - /proc
        assert b"segredo-do-portal" not in ambiente.read()


def test_a_maior_imagem_permitida_cabe_na_memoria(tmp_path):
    lado = int(tecnicos().pontos ** 0.5)
    dados = em_bytes(Image.new("RGBA", (lado, lado), (10, 20, 30, 200)), "PNG", compress_level=1)
    assert len(list(caixa.normalizar(em_arquivo(tmp_path, dados), tipos.PNG))) == 1


def _filhos() -> list[int]:
    """Live decoding processes started by this one."""
    with open(f"/proc/self/task/{threading.get_native_id()}/children") as filhos:  # noqa: PTH123 - /proc
        pids = [int(pid) for pid in filhos.read().split()]
    nossos = []
    for pid in pids:
        with open(f"/proc/{pid}/cmdline", "rb") as comando:  # noqa: PTH123 - /proc
            if b"caixa_processo" in comando.read():
                nossos.append(pid)
    return nossos
