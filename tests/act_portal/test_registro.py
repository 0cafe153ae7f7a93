"""The log tells where and what kind of error, and nobody's data."""

from __future__ import annotations

import logging
from logging.config import DictConfigurator

from celery.app.trace import build_tracer
from django.conf import settings
from django.db import IntegrityError
from gunicorn.config import Config

from act_portal.celery import app
from act_portal.gunicorn import Registro

CPF = "11144477735"
LINHA = DictConfigurator({}).configure_formatter(dict(settings.LOGGING["formatters"]["linha"]))


def gravar_pessoa() -> None:
    raise IntegrityError(f"Key (cpf)=({CPF}) already exists.")


def registro_de(funcao) -> str:
    try:
        funcao()
    except Exception as erro:  # noqa: BLE001 - whatever it is goes to the log
        info = (type(erro), erro, erro.__traceback__)
        return LINHA.format(logging.LogRecord("django.request", logging.ERROR, "", 0, "falhou: /x/", (), info))
    raise AssertionError("não falhou")


def test_o_registro_diz_onde_e_o_que_mas_nao_repete_a_linha_recusada():
    texto = registro_de(gravar_pessoa)

    assert "falhou: /x/" in texto
    assert "gravar_pessoa" in texto
    assert "IntegrityError" in texto
    assert CPF not in texto


def test_nem_a_causa_do_erro_repete():
    def traduzir() -> None:
        try:
            gravar_pessoa()
        except IntegrityError as erro:
            raise RuntimeError(f"pessoa {CPF}") from erro

    texto = registro_de(traduzir)

    assert texto.index("IntegrityError") < texto.index("RuntimeError")
    assert CPF not in texto


def test_a_mensagem_que_repete_o_erro_fica_so_com_a_classe():
    erro = IntegrityError(f"Key (cpf)=({CPF}) already exists.")
    info = (type(erro), erro, None)

    for mensagem, args in [(f"falhou: {erro}", ()), ("falhou: %s", (erro,)), ("falhou: %r", (erro,))]:
        texto = LINHA.format(logging.LogRecord("x", logging.ERROR, "", 0, mensagem, args, info))
        assert "falhou: " in texto
        assert CPF not in texto


def test_erro_citado_sem_ser_o_do_registro_tambem_perde_as_palavras():
    registro = logging.LogRecord("x", logging.WARNING, "", 0, "falhou: %s", (ValueError(CPF),), None)

    assert LINHA.format(registro).endswith("falhou: ValueError")


def test_tarefa_que_falha_no_trabalhador_nao_conta_o_que_o_banco_disse(caplog):
    @app.task(name="teste.falha", shared=False)
    def falhar() -> None:
        gravar_pessoa()

    pedido = {"id": "1", "is_eager": False, "delivery_info": {}, "retries": 0}
    build_tracer("teste.falha", falhar, app=app)("1", (), {}, request=pedido)

    (registro,) = [r for r in caplog.records if r.name == "celery.app.trace"]
    assert CPF in registro.getMessage(), "o Celery escreve o erro na mensagem"
    texto = LINHA.format(registro)
    assert CPF not in texto
    assert "teste.falha" in texto
    assert "gravar_pessoa" in texto


def test_o_servidor_nao_anota_endereco_pergunta_nem_palavras_do_erro(tmp_path):
    arquivo = tmp_path / "erros.log"
    config = Config()
    config.set("errorlog", str(arquivo))
    servidor = Registro(config)

    servidor.warning(f"Invalid request from ip=203.0.113.77: Invalid HTTP request line: 'GET /?cpf={CPF}'")
    try:
        gravar_pessoa()
    except IntegrityError:
        servidor.exception("Error handling request %s", f"/conferir/?cpf={CPF}")
    for porta in servidor.error_log.handlers:
        porta.close()

    texto = arquivo.read_text()
    assert "Invalid request" in texto
    assert "Error handling request /conferir/" in texto
    assert "gravar_pessoa" in texto
    assert CPF not in texto
    assert "203.0.113.77" not in texto
