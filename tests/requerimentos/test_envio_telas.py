"""What the clerk reads while a request is on its way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from act_portal.saidas.models import Batimento, Saida
from act_portal.saidas.servicos import bater
from requerimentos.envio import servicos
from requerimentos.envio.consultas import TRANSMITIR
from requerimentos.envio.inss import MotivoInss, Recibo
from requerimentos.models import Envio
from tests.requerimentos.fabricas_envio import pedido_completo

pytestmark = pytest.mark.django_db


@pytest.fixture
def envio(fila_anotada) -> Envio:
    """Assembled, waiting to be transmitted."""
    pedido = pedido_completo(atendimento__balcao__entidade__municipio__fuso_horario="America/Rio_Branco")
    envio = servicos.enviar(pedido.pk, autor=pedido.atendente)
    servicos.congelar(envio.pk, [], None)
    bater(Batimento.Quem.TRABALHADOR)
    return envio


@pytest.fixture
def navegador(envio) -> Client:
    navegador = Client()
    navegador.force_login(envio.autor)
    return navegador


def ler(navegador: Client, envio: Envio, rota: str = "envio", **cabecalhos: str):
    return navegador.get(reverse(f"requerimentos:{rota}", args=[envio.requerimento.codigo]), headers=cabecalhos)


def texto(navegador: Client, envio: Envio, rota: str = "envio") -> str:
    return " ".join(ler(navegador, envio, rota).content.decode().split())


def saida(envio: Envio):
    return Saida.objects.filter(chave=f"{TRANSMITIR}:{envio.pk}")


def test_na_fila_diz_que_pode_sair_da_pagina(navegador, envio):
    assert "Pode sair desta página" in texto(navegador, envio)


def test_falha_diz_a_hora_da_nova_tentativa_no_relogio_da_cidade(navegador, envio):
    quando = datetime.combine(localdate() + timedelta(days=1), datetime.min.time(), UTC).replace(hour=15, minute=40)
    servicos.anotar_falha(envio.pk, "O INSS está em manutenção.")
    saida(envio).update(proxima_em=quando, erro="O INSS está em manutenção.")

    tela = texto(navegador, envio)

    assert "O INSS está em manutenção." in tela
    assert "Nova tentativa às <b>10:40</b>" in tela
    assert "Tentar agora" in tela


def test_tentar_agora_adianta_o_trabalho(navegador, envio):
    saida(envio).update(proxima_em=now() + timedelta(hours=1), falhas=3)

    navegador.post(reverse("requerimentos:tentar-envio", args=[envio.requerimento.codigo]))

    assert saida(envio).get().proxima_em <= now()


def test_trabalho_enterrado_nao_promete_nova_tentativa(navegador, envio):
    servicos.anotar_falha(envio.pk, "Não deu para ler ou guardar os arquivos.")
    saida(envio).update(estado=Saida.Estado.MORTA, erro="x")

    tela = texto(navegador, envio)

    assert "parou depois de várias tentativas" in tela
    assert "Nova tentativa às" not in tela


def test_trabalhador_parado_aparece_na_tela(navegador, envio):
    Batimento.objects.update(em=now() - timedelta(hours=1))

    assert "O serviço que envia está parado" in texto(navegador, envio)


def test_recebido_mostra_protocolo_e_a_espera_recarrega_a_pagina(navegador, envio):
    recibo = Recibo("1234567890", "PENDENTE", now(), "APS de Teste", ())
    servicos.registrar_protocolo(envio.pk, recibo)
    servicos.registrar_protocolo(envio.pk, recibo)

    assert "1.234.567.890" in texto(navegador, envio)
    assert ler(navegador, envio, "andamento", **{"HX-Request": "true"})["HX-Refresh"] == "true"
    # The back button after INSS took it.
    resposta = navegador.post(reverse("requerimentos:enviar", args=[envio.requerimento.codigo]))
    assert resposta["Location"] == reverse("requerimentos:envio", args=[envio.requerimento.codigo])


def test_devolvido_diz_quem_devolveu_e_por_que(navegador, envio):
    servicos.registrar_recusa(envio.pk, [MotivoInss("cpf_invalido", "Este CPF não existe.")])

    assert "O INSS devolveu" in texto(navegador, envio)
    assert "Este CPF não existe." in texto(navegador, envio, "conferencia")


def test_o_que_nem_saiu_nao_e_culpa_do_inss(navegador, envio):
    servicos.registrar_recusa(envio.pk, [MotivoInss(Envio.MONTAGEM, "A página 2 não cabe.")])

    tela = texto(navegador, envio)

    assert "O pedido não saiu" in tela
    assert "O INSS devolveu" not in tela
