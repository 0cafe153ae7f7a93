"""Whoever meets a failure reads whom to call, by the name that this installation gave."""

from __future__ import annotations

import errno
import re

import pytest
from django.template import Context, Template
from django.utils.timezone import now

from act_portal.arquivos.deposito import DepositoIndisponivel
from act_portal.saidas.consultas import SituacaoDoTrabalho
from act_portal.telas import views
from tests.act_portal.test_configuracao import gerir
from tests.fabricas import MunicipioFabrica, com_papel
from tests.test_arquitetura import FONTES, PAGINAS, nome_de

pytestmark = pytest.mark.django_db

NOMEADO = "Avise o setor de tecnologia (ramal 210)"


@pytest.fixture
def nomeado(settings):
    settings.SUPORTE_NOME, settings.SUPORTE_CONTATO = "o setor de tecnologia", "ramal 210"


@pytest.fixture
def pagina_quebrada(client, monkeypatch):
    def falhar(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(views, "render", falhar)
    client.raise_request_exception = False


def test_sem_configurar_o_pe_da_pagina_nao_inventa_um_nome(client):
    assert "Avise quem cuida do portal na sua prefeitura." in client.get("/").content.decode()


@pytest.mark.usefixtures("nomeado")
def test_o_pe_da_pagina_diz_quem_e_e_como_chamar(client):
    assert f"{NOMEADO}." in client.get("/entrar/").content.decode()
    client.force_login(com_papel("atendente", MunicipioFabrica()))
    assert f"{NOMEADO}." in client.get("/painel/").content.decode()


@pytest.mark.usefixtures("nomeado", "pagina_quebrada")
def test_a_pagina_de_falha_diz_quem_chamar_sem_precisar_do_banco(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        resposta = client.get("/")

    assert resposta.status_code == 500
    assert f"{NOMEADO.replace('Avise', 'avise')}." in resposta.content.decode()


@pytest.mark.usefixtures("nomeado")
def test_as_frases_de_falha_dizem_quem_chamar():
    parado = SituacaoDoTrabalho("morta", now(), "Faltou o arquivo.", falhou=True, trabalhador_vivo=True)

    assert NOMEADO in str(DepositoIndisponivel(sem_espaco=bool(errno.ENOSPC)))
    assert NOMEADO in parado.frase
    assert Template('{% aviso "Parou."|avise_o_suporte %}').render(Context()).count(f"Parou. {NOMEADO}.") == 1


def test_o_que_vem_do_ambiente_nao_vira_marca_na_pagina(settings):
    settings.SUPORTE_NOME, settings.SUPORTE_CONTATO = "a <b>equipe</b>", "<i>"

    html = Template('{% suporte %} {% aviso "Parou."|avise_o_suporte %}').render(Context())

    assert "<b>" not in html
    assert "<i>" not in html


def test_valor_vazio_no_ambiente_vale_como_ausente(tmp_path):
    rodada = gerir(tmp_path, "diffsettings", SUPORTE_NOME=" ", SUPORTE_CONTATO="")

    assert "SUPORTE_NOME = 'quem cuida do portal na sua prefeitura'" in rodada.stdout


def test_nenhuma_frase_manda_chamar_um_suporte_sem_nome():
    vagas = re.compile(r"(?:avise|chame|procure) (?:o suporte|quem cuida do portal)", re.IGNORECASE)

    assert [nome_de(fonte) for fonte in [*FONTES, *PAGINAS] if vagas.search(fonte.read_text())] == []
