"""Settings: what production demands, and what the embedded defaults promise. Each start is a process of its own."""

from __future__ import annotations

import os
import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

from act_portal.proxy import EnderecoDeQuemPede

RAIZ = Path(__file__).resolve().parents[2]
PRODUCAO: dict[str, str] = runpy.run_path(str(RAIZ / "ferramentas/testar.py"), run_name="testar")["PRODUCAO"]
EXIGIDOS = sorted(set(PRODUCAO) - {"AMBIENTE", "S3_ENDPOINT", "PROXIES_A_FRENTE"})


def gerir(var: Path, *argumentos: str, **ambiente: str) -> subprocess.CompletedProcess[str]:
    limpo = {
        n: v for n, v in os.environ.items() if n not in {*PRODUCAO, "TESTES", "PORT", "DEBUG", "DJANGO_SETTINGS_MODULE"}
    }
    return subprocess.run(
        [sys.executable, "manage.py", *argumentos],
        cwd=RAIZ,
        env={**limpo, "VAR": str(var), **ambiente},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("falta", EXIGIDOS)
def test_em_producao_cada_valor_que_falta_para_o_inicio_pelo_nome(tmp_path, falta):
    ambiente = {n: v for n, v in PRODUCAO.items() if n != falta}

    rodada = gerir(tmp_path, "check", **ambiente)

    assert rodada.returncode != 0
    assert f"Faltam em produção: {falta}." in rodada.stderr
    assert "Traceback" not in rodada.stderr


def test_o_que_falta_e_dito_de_uma_vez(tmp_path):
    rodada = gerir(tmp_path, "check", AMBIENTE="producao")

    assert rodada.returncode != 0
    assert [n for n in EXIGIDOS if n not in rodada.stderr] == []


@pytest.mark.parametrize("ligado", ["DEBUG", "TESTES"])
def test_em_producao_o_que_e_de_desenvolvimento_para_o_inicio(tmp_path, ligado):
    rodada = gerir(tmp_path, "check", **PRODUCAO, **{ligado: "1"})

    assert rodada.returncode != 0
    assert ligado in rodada.stderr
    assert "Traceback" not in rodada.stderr


def test_producao_completa_passa_na_conferencia_de_implantacao(tmp_path):
    rodada = gerir(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCAO)

    assert rodada.returncode == 0, rodada.stderr


def test_com_tls_os_cookies_sao_so_deste_endereco(tmp_path):
    rodada = gerir(tmp_path, "diffsettings", **PRODUCAO)

    assert "SESSION_COOKIE_NAME = '__Host-sessao'" in rodada.stdout
    assert "CSRF_COOKIE_NAME = '__Host-csrf'" in rodada.stdout
    # The browser drops the cookie of that name unless all three hold.
    assert "SESSION_COOKIE_SECURE = True" in rodada.stdout
    assert "CSRF_COOKIE_SECURE = True" in rodada.stdout
    assert not re.search(r"^(SESSION|CSRF)_COOKIE_(DOMAIN|PATH) ", rodada.stdout, re.MULTILINE)


def test_deposito_que_nao_responde_prende_um_pedido_por_menos_de_um_minuto(tmp_path):
    programa = (
        "from django.conf import settings; c = settings.STORAGES['default']['OPTIONS']['client_config'];"
        "print((c.connect_timeout + c.read_timeout) * c.retries['total_max_attempts'])"
    )

    rodada = gerir(tmp_path, "shell", "--no-imports", "-c", programa, **PRODUCAO)

    assert int(rodada.stdout) < 60, rodada.stderr


def test_sem_nada_no_ambiente_o_portal_inicia(tmp_path):
    rodada = gerir(tmp_path, "check", "--fail-level", "WARNING")

    assert rodada.returncode == 0, rodada.stderr
    segredos = list((tmp_path / "segredos").iterdir())
    assert segredos
    assert [s.name for s in segredos if s.stat().st_mode & 0o077] == []


def test_o_que_e_das_pessoas_nao_se_abre_a_outras_contas_da_maquina(tmp_path):
    for modulo in ("act_portal.settings", "act_portal.simulador_inss.settings"):
        gerir(tmp_path / modulo, "check", DJANGO_SETTINGS_MODULE=modulo)

        assert (tmp_path / modulo).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("ambiente", "frase"),
    [
        ({"SECRET_KEY": "curta"}, "SECRET_KEY precisa de 50"),
        ({"AUDITORIA_CHAVE": "curta"}, "AUDITORIA_CHAVE precisa de 32"),
        ({"ENDERECO_PUBLICO": "http://portal.exemplo.invalid"}, "ENDERECO_PUBLICO começa com https://"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS diz os nomes"),
        ({"SEGUNDO_FATOR_OBRIGATORIO": "analista,administrador"}, "papéis que não existem: analista"),
        ({"PROXIES_A_FRENTE": "-1"}, "PROXIES_A_FRENTE é o número"),
    ],
)
def test_em_producao_valor_inseguro_para_o_inicio_com_uma_frase(tmp_path, ambiente, frase):
    rodada = gerir(tmp_path, "check", **{**PRODUCAO, **ambiente})

    assert rodada.returncode != 0
    assert frase in rodada.stderr
    assert "Traceback" not in rodada.stderr


def test_so_o_treino_dispensa_tls_em_producao(tmp_path):
    rodada = gerir(
        tmp_path, "check", **{**PRODUCAO, "ENDERECO_PUBLICO": "http://treino.exemplo.invalid", "DADOS_FICTICIOS": "1"}
    )

    assert rodada.returncode == 0, rodada.stderr


@pytest.mark.parametrize("porta", ["abc", "0", "65535", "-1"])
def test_porta_impossivel_e_dita_em_uma_frase(tmp_path, porta):
    rodada = gerir(tmp_path, "check", PORT=porta)

    assert rodada.returncode != 0
    assert "PORT" in rodada.stderr
    assert "Traceback" not in rodada.stderr


def test_porta_ocupada_e_dita_em_uma_frase_antes_de_tocar_nos_dados(tmp_path):
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        tomada.listen()
        porta = tomada.getsockname()[1]

        rodada = gerir(tmp_path, "servir", PORT=str(porta))

    assert rodada.returncode != 0
    assert "make run PORT=" in rodada.stderr
    assert rodada.stderr.count("\n") == 1
    assert not (tmp_path / "portal.sqlite3").exists()


@pytest.mark.parametrize(
    ("proxies", "cabecalho", "esperado"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 192.0.2.7", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9:50123", "203.0.113.9"),
        (1, "[2001:db8::9]:50123", "2001:db8::9"),
        (1, "2001:db8::9", "2001:db8::9"),
        (1, "unknown", "192.0.2.1"),
        (1, "203.0.113.9:x", "192.0.2.1"),
    ],
)
def test_endereco_de_quem_pede_vem_so_dos_nossos_servidores(settings, rf, proxies, cabecalho, esperado):
    settings.PROXIES_A_FRENTE = proxies
    pedido = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": cabecalho})

    EnderecoDeQuemPede(lambda request: HttpResponse())(pedido)

    assert pedido.META["REMOTE_ADDR"] == esperado


def test_sem_proxy_o_cabecalho_nao_vale_nada(settings):
    settings.PROXIES_A_FRENTE = 0

    with pytest.raises(MiddlewareNotUsed):
        EnderecoDeQuemPede(lambda request: HttpResponse())
