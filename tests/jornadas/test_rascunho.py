"""The answer to an exigência while it is written, in a real browser, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.jornadas.balcao import Balcao, fotografia
from tests.jornadas.portal import Portal

Janelas = Callable[..., Page]


@pytest.fixture
def entrar(demonstracao: Portal, navegador: Browser) -> Iterator[Janelas]:
    """Windows of clerks of the demonstration, on its first open exigência."""
    with ExitStack() as abertas:

        def abrir(email: str, *, scripts: bool = True) -> Page:
            contexto = abertas.enter_context(
                closing(
                    navegador.new_context(base_url=demonstracao.endereco, java_script_enabled=scripts, locale="pt-BR")
                )
            )
            janela = contexto.new_page()
            Balcao(janela).entrar(email)
            janela.goto("/requerimentos/exigencias/")
            janela.get_by_role("link", name=re.compile("^Abrir a exigência de ")).first.click()
            return janela

        yield abrir


def test_o_texto_se_guarda_sozinho_e_o_segundo_a_escrever_e_avisado(entrar: Janelas):
    ana, bruno = entrar("ana@exemplo.invalid"), entrar("bruno@exemplo.invalid")

    ana.get_by_label("Resposta ao INSS").fill("Segue o documento.")
    expect(ana.get_by_text(re.compile(r"^Guardado às \d\d:\d\d"))).to_be_visible()
    # Left in the middle of a word.
    ana.get_by_label("Resposta ao INSS").press_sequentially(" E a cert")
    ana.goto("/painel/")
    ana.go_back()
    ana.reload()
    expect(ana.get_by_label("Resposta ao INSS")).to_have_value("Segue o documento. E a cert")
    expect(ana.get_by_text("Escrito por Ana")).to_be_visible()

    bruno.get_by_label("Resposta ao INSS").fill("Outro texto.")
    expect(bruno.get_by_text("Ana Beatriz Fictícia mudou o texto da resposta")).to_be_visible()
    bruno.get_by_role("button", name="Guardar o texto").click()
    expect(bruno.get_by_label("Resposta ao INSS")).to_have_value("Outro texto.")
    expect(bruno.get_by_text("Segue o documento. E a cert")).to_be_visible()


def test_o_que_se_escreve_antes_de_o_script_chegar_se_guarda_tambem(entrar: Janelas):
    janela = entrar("fabio@exemplo.invalid")
    presos: list[Route] = []
    janela.route(re.compile(r"/rascunho\b.*\.js"), lambda rota: presos.append(rota))

    janela.goto(janela.url, wait_until="commit")
    janela.get_by_label("Resposta ao INSS").fill("Escrito com a linha fraca.")
    janela.wait_for_timeout(500)
    [script] = presos
    script.continue_()

    expect(janela.get_by_text(re.compile(r"^Guardado às \d\d:\d\d"))).to_be_visible()
    janela.unroute_all()
    janela.reload()
    expect(janela.get_by_label("Resposta ao INSS")).to_have_value("Escrito com a linha fraca.")


def test_coberta_a_pagina_nao_manda_o_texto_e_manda_quando_quem_escreveu_volta(entrar: Janelas):
    ana = entrar("elisa@exemplo.invalid")
    mandados: list[str] = []
    ana.on("request", lambda pedido: mandados.append(pedido.url) if pedido.method == "POST" else None)
    ana.context.clear_cookies()
    ana.get_by_label("Resposta ao INSS").fill("Escrito depois do fim da sessão.")
    expect(ana.get_by_role("heading", name="Sua sessão terminou")).to_be_visible()
    ate_aqui = len(mandados)
    # Somebody else at the same computer: their key must never carry this text.
    outra = ana.context.new_page()
    Balcao(outra).entrar("daniel@exemplo.invalid")
    expect(ana.get_by_role("heading", name="Outra pessoa entrou neste computador")).to_be_visible()
    # The page tries again ten seconds after a failure.
    ana.wait_for_timeout(11_000)
    assert len(mandados) == ate_aqui

    outra.get_by_role("button", name="Sair").first.click()
    outra.wait_for_url(re.compile("/entrar/"))
    Balcao(outra).entrar("elisa@exemplo.invalid")
    expect(ana.get_by_text(re.compile(r"^Guardado às \d\d:\d\d"))).to_be_visible()
    expect(ana.get_by_label("Resposta ao INSS")).to_have_value("Escrito depois do fim da sessão.")


def test_sem_script_o_arquivo_leva_o_texto_e_enter_na_data_registra_a_ciencia(entrar: Janelas):
    janela = entrar("daniel@exemplo.invalid", scripts=False)

    janela.get_by_label("Resposta ao INSS").fill("Escrito antes do arquivo.")
    janela.locator("input[type=file]").set_input_files([fotografia("certidao")])
    janela.get_by_role("button", name="Enviar arquivos").click()
    expect(janela.get_by_text("1 arquivo guardado.")).to_be_visible()
    expect(janela.get_by_label("Resposta ao INSS")).to_have_value("Escrito antes do arquivo.")

    janela.get_by_label("Resposta ao INSS").fill("Escrito antes da data.")
    janela.get_by_text("Registrar quando a pessoa soube").click()
    janela.get_by_label("Quando a pessoa soube").press("Enter")
    expect(janela.get_by_text("Anotado. O último dia para responder é")).to_be_visible()
    expect(janela.get_by_label("Resposta ao INSS")).to_have_value("Escrito antes da data.")
