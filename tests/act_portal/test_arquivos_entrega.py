from __future__ import annotations

import errno

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.http import Http404
from django.test import RequestFactory

from act_portal.arquivos.entrega import entregar, entregar_miniatura
from act_portal.arquivos.models import Arquivo, Folha

CONTEUDO = bytes(range(256)) * 1000


@pytest.fixture
def folha(tmp_path, settings) -> Folha:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }
    folha = Folha(arquivo=Arquivo(), sha256="ab" * 32)
    folha.pdf.save("x", ContentFile(CONTEUDO), save=False)
    folha.miniatura.save("y", ContentFile(b"\xff\xd8\xffmini"), save=False)
    return folha


def pedir(folha: Folha, **cabecalhos):
    request = RequestFactory().get("/", headers=cabecalhos)
    resposta = entregar(folha.pdf, nome="certidão nº 1.pdf", tipo="application/pdf", request=request)
    corpo = b"".join(resposta.streaming_content) if resposta.streaming else resposta.content
    return resposta, corpo


def test_e_um_download_que_nenhum_navegador_executa(folha):
    resposta, corpo = pedir(folha)
    assert resposta.status_code == 200
    assert corpo == CONTEUDO
    assert resposta["Content-Type"] == "application/pdf"
    assert resposta["Content-Disposition"] == "attachment; filename*=utf-8''certid%C3%A3o%20n%C2%BA%201.pdf"
    assert resposta["X-Content-Type-Options"] == "nosniff"
    assert resposta["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert resposta["Cache-Control"] == "private, no-store"
    assert resposta["ETag"] == f'"{folha.sha256}"'
    assert int(resposta["Content-Length"]) == len(CONTEUDO)
    assert resposta["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("faixa", "inicio", "fim"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=200000-", 200_000, 255_999),
        ("bytes=-10", 255_990, 255_999),
        ("bytes=255999-999999999", 255_999, 255_999),
        ("bytes=-999999999", 0, 255_999),
    ],
)
def test_uma_faixa(folha, faixa, inicio, fim):
    resposta, corpo = pedir(folha, range=faixa)
    assert resposta.status_code == 206
    assert corpo == CONTEUDO[inicio : fim + 1]
    assert resposta["Content-Range"] == f"bytes {inicio}-{fim}/256000"
    assert int(resposta["Content-Length"]) == len(corpo)


@pytest.mark.parametrize("faixa", ["bytes=256000-", "bytes=-0", "bytes=999999-9999999"])
def test_faixa_fora_do_arquivo(folha, faixa):
    resposta, _ = pedir(folha, range=faixa)
    assert resposta.status_code == 416
    assert resposta["Content-Range"] == "bytes */256000"


@pytest.mark.parametrize("faixa", ["bytes=0-1,5-6", "bytes=9-2", "bytes=-", "linhas=1-2", "bytes=a-b"])
def test_faixa_que_nao_se_le_da_o_arquivo_inteiro(folha, faixa):
    resposta, corpo = pedir(folha, range=faixa)
    assert (resposta.status_code, corpo) == (200, CONTEUDO)


def test_retomada_so_do_mesmo_conteudo(folha):
    igual, _ = pedir(folha, range="bytes=0-9", **{"if-range": f'"{folha.sha256}"'})
    outro, corpo = pedir(folha, range="bytes=0-9", **{"if-range": '"outro"'})
    assert igual.status_code == 206
    assert (outro.status_code, len(corpo)) == (200, len(CONTEUDO))


def test_o_servidor_da_frente_entrega_quando_ha_um(folha, settings):
    settings.ENTREGA_INTERNA = "/interno/"
    resposta, corpo = pedir(folha)
    assert corpo == b""
    assert resposta["X-Accel-Redirect"] == f"/interno/{folha.pdf.name}"
    assert resposta["Content-Disposition"].startswith("attachment")
    assert resposta["Content-Security-Policy"].startswith("sandbox")


def test_miniatura_so_como_imagem_e_revalidada(folha):
    resposta = entregar_miniatura(folha, request=RequestFactory().get("/"))
    assert resposta.content == b"\xff\xd8\xffmini"
    assert resposta["Content-Type"] == "image/jpeg"
    assert resposta["Content-Disposition"] == "inline"
    assert resposta["Cache-Control"] == "private, no-cache"
    assert resposta["X-Content-Type-Options"] == "nosniff"
    outra_vez = entregar_miniatura(
        folha, request=RequestFactory().get("/", headers={"if-none-match": resposta["ETag"]})
    )
    assert outra_vez.status_code == 304


def test_arquivo_que_sumiu_e_404(folha):
    folha.pdf.storage.delete(folha.pdf.name)
    folha.miniatura.storage.delete(folha.miniatura.name)
    with pytest.raises(Http404):
        pedir(folha)
    with pytest.raises(Http404):
        entregar_miniatura(folha, request=RequestFactory().get("/"))


def _fora_do_ar(*_args, **_opcoes):
    raise OSError(errno.EIO, "sem resposta")


@pytest.mark.parametrize("onde", ["size", "_open"])
def test_deposito_fora_do_ar_e_uma_frase_e_nao_um_erro(folha, monkeypatch, onde):
    monkeypatch.setattr(FileSystemStorage, onde, _fora_do_ar)
    request = RequestFactory().get("/")

    if onde == "size":
        resposta = entregar(folha.pdf, nome="a.pdf", tipo="application/pdf", request=request)
    else:
        resposta = entregar_miniatura(folha, request=request)

    assert resposta.status_code == 503
    assert resposta["Retry-After"] == "60"
    assert "continua guardado" in resposta.content.decode()
    assert "ETag" not in resposta
