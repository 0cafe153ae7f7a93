"""The tools around the code: locks, decisions, container files, the CI rule about skips."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

RAIZ = Path(__file__).resolve().parent.parent
LISTAS = ["requirements.txt", "requirements-dev.txt"]
PROJETO = tomllib.loads((RAIZ / "pyproject.toml").read_text())
DEPENDENCIAS = [*PROJETO["project"]["dependencies"], *PROJETO["dependency-groups"]["dev"]]


def nome(requisito: str) -> str:
    return re.split(r"[\[<>=!~; ]", requisito)[0].lower()


def pinos(lista: str) -> dict[str, str]:
    linhas = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", (RAIZ / lista).read_text(), re.MULTILINE)
    return dict(linhas)


@pytest.mark.parametrize("lista", LISTAS)
def test_lista_travada_nao_cita_endereco_de_indice(lista):
    texto = (RAIZ / lista).read_text()

    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", texto)


@pytest.mark.parametrize("lista", LISTAS)
def test_todo_pacote_travado_tem_resumo(lista):
    blocos = re.split(r"^(?=[a-z0-9])", (RAIZ / lista).read_text(), flags=re.MULTILINE)[1:]

    assert blocos
    assert [b.split("==")[0] for b in blocos if "--hash=sha256:" not in b] == []


@pytest.mark.parametrize("lista", LISTAS)
def test_lista_serve_ao_python_do_debian(lista):
    # redis needs it before 3.11.3; a list compiled on a newer 3.11 would not install on Debian 12.
    assert "async-timeout" in pinos(lista)


def test_lista_de_desenvolvimento_tem_os_mesmos_pinos():
    de_uso = pinos("requirements.txt")

    assert de_uso.items() <= pinos("requirements-dev.txt").items()


def test_toda_dependencia_esta_travada():
    assert {nome(d) for d in DEPENDENCIAS} <= set(pinos("requirements-dev.txt"))
    assert {nome(d) for d in PROJETO["project"]["dependencies"]} <= set(pinos("requirements.txt"))


def test_a_ajuda_do_make_conta_todos_os_alvos():
    makefile = (RAIZ / "Makefile").read_text()
    alvos = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())
    contados = set(re.findall(r'@echo "make (\S+)', makefile))

    assert alvos
    assert contados == alvos


def test_operacao_conta_todo_comando_do_portal():
    operacao = (RAIZ / "docs/operacao.md").read_text()
    comandos = {
        arquivo.stem
        for pacote in ("act_portal", "requerimentos", "adesao", "cessao")
        for arquivo in (RAIZ / pacote).rglob("management/commands/*.py")
        if arquivo.stem != "__init__" and "simulador_inss" not in arquivo.parts
    }

    assert len(comandos) >= 8
    assert sorted(c for c in comandos if f"`{c}" not in operacao) == []


def test_toda_dependencia_tem_sua_linha_nas_decisoes():
    linhas = set(re.findall(r"^\| ([a-z0-9-]+) \|", (RAIZ / "docs/decisoes.md").read_text(), re.MULTILINE))

    assert linhas - {"package"} == {nome(d) for d in DEPENDENCIAS}


def test_makefile_e_ci_chamam_o_que_existe():
    makefile = (RAIZ / "Makefile").read_text()
    citados = set(re.findall(r"ferramentas/[a-z]+\.(?:sh|py)", makefile))

    assert citados
    assert [c for c in citados if not (RAIZ / c).is_file()] == []
    assert os.access(RAIZ / ".ci/run", os.X_OK)


class TestContainers:
    compose = yaml.safe_load((RAIZ / "docker-compose.yml").read_text())
    servicos = compose["services"]

    def test_descreve_a_instalacao_inteira(self):
        assert {"migracao", "web", "worker", "beat", "banco", "fila", "arquivos", "balde"} <= set(self.servicos)

    def test_tudo_que_fica_no_ar_diz_se_esta_bem(self):
        ficam = {n: s for n, s in self.servicos.items() if s.get("restart") == "unless-stopped"}

        assert len(ficam) >= 6
        assert [n for n, s in ficam.items() if "test" not in s.get("healthcheck", {})] == []

    def test_dependencias_e_volumes_existem(self):
        for servico in self.servicos.values():
            assert set(servico.get("depends_on", {})) <= set(self.servicos)
            nomeados = {v.split(":")[0] for v in servico.get("volumes", []) if not v.startswith(("/", "."))}
            assert nomeados <= set(self.compose["volumes"])
            assert set(servico.get("networks", [])) <= set(self.compose["networks"])

    def test_nenhum_segredo_escrito(self):
        segredo = re.compile(r"SECRET|PASSWORD|TOKEN|CHAVE|ACCESS_KEY|DATABASE_URL|BROKER_URL|EMAIL_URL|REDISCLI")
        for servico in self.servicos.values():
            for variavel, valor in servico.get("environment", {}).items():
                if segredo.search(variavel):
                    assert "${" in valor and ":?}" in valor, variavel

    def test_passa_tudo_que_a_producao_exige(self):
        settings = (RAIZ / "act_portal/settings.py").read_text()
        exigidos = set(re.findall(r'(?:exigido|segredo)\("([A-Z0-9_]+)"', settings))

        assert exigidos
        assert exigidos <= set(self.servicos["web"]["environment"])

    def test_operacao_explica_cada_valor_do_ambiente(self):
        fontes = ("settings.py", "gunicorn.py", "simulador_inss/settings.py")
        texto = "".join((RAIZ / "act_portal" / fonte).read_text() for fonte in fontes)
        lidos = set(re.findall(r'(?:env(?:\.\w+)?|exigido|segredo|environ\.get)\(\s*"([A-Z0-9_]+)"', texto))
        operacao = (RAIZ / "docs/operacao.md").read_text()

        assert len(lidos) > 30
        # Of whoever develops; in production they stop the start.
        assert sorted(e for e in lidos - {"DEBUG", "TESTES"} if f"`{e}" not in operacao) == []

    def test_dockerfile_copia_o_que_o_dockerignore_deixa_passar(self):
        deixa = set(re.findall(r"^!(\S+)", (RAIZ / ".dockerignore").read_text(), re.MULTILINE))
        copia = set(re.findall(r"^COPY (?!--from)(\S+)", (RAIZ / "Dockerfile").read_text(), re.MULTILINE))

        assert copia == deixa
        assert [c for c in copia if not (RAIZ / c).exists()] == []

    def test_imagem_nao_roda_como_root(self):
        linhas = (RAIZ / "Dockerfile").read_text().splitlines()

        assert linhas.index("USER portal") < next(i for i, linha in enumerate(linhas) if linha.startswith("CMD"))


@pytest.mark.parametrize(("ci", "codigo"), [("true", 1), ("", 0)])
def test_com_ci_um_teste_pulado_reprova(tmp_path, ci, codigo):
    (tmp_path / "conftest.py").write_text((RAIZ / "conftest.py").read_text())
    (tmp_path / "test_dois.py").write_text(
        "import pytest\n\ndef test_passa():\n    assert True\n\n@pytest.mark.skip(reason='sem navegador')\n"
        "def test_pula():\n    assert True\n"
    )
    ambiente = {**os.environ, "CI": ci}
    for variavel in ("PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", "DJANGO_SETTINGS_MODULE"):
        ambiente.pop(variavel, None)

    rodada = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:randomly", "--rootdir", str(tmp_path), "."],
        cwd=tmp_path,
        env=ambiente,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "1 passed, 1 skipped" in rodada.stdout
    assert rodada.returncode == codigo, rodada.stdout
