"""The first administrator comes from the terminal: nobody inside the portal could invite them."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from act_portal.auditoria.models import Evento
from act_portal.contas.models import Usuario, Vinculo
from tests.act_portal.contas import DEFINIR, NOVA, entrar
from tests.fabricas import MunicipioFabrica, UsuarioFabrica, com_papel

pytestmark = pytest.mark.django_db


def criar(email: str = "Ana@exemplo.invalid", nome: str = "Ana Teste") -> str:
    saida = StringIO()
    call_command("criar_administrador", email, nome, stdout=saida)
    return saida.getvalue()


def test_do_terminal_ao_painel_tecnico(client):
    link = re.search(r"http://localhost:\d+(/\S+)", criar())[1]
    client.get(link)
    client.post(DEFINIR, {"nova": NOVA, "repetida": NOVA})

    assert entrar(client, Usuario.objects.get(email="ana@exemplo.invalid"), NOVA)["Location"] == "/painel/"

    assert client.get("/admin/contas/usuario/").status_code == 200
    assert client.get("/equipe/convidar/").status_code == 200
    assert Evento.objects.get(acao="contas.administrador_criado").autor is None


def test_quem_ja_tem_conta_e_senha_ganha_so_o_papel():
    pessoa = com_papel("gestor", MunicipioFabrica(), email="ana@exemplo.invalid")

    saida = criar()

    assert "http" not in saida
    assert pessoa.vinculos.filter(papel=Vinculo.Papel.ADMINISTRADOR).count() == 1


@pytest.mark.parametrize(
    ("prepara", "email", "frase"),
    [
        (lambda: com_papel("administrador", email="ana@exemplo.invalid"), "ana@exemplo.invalid", "já é administradora"),
        (lambda: UsuarioFabrica(email="ana@exemplo.invalid", is_active=False), "ana@exemplo.invalid", "desativada"),
        (lambda: None, "sem-arroba", "Confira o e-mail"),
    ],
)
def test_o_que_nao_serve_e_dito_em_uma_frase(prepara, email, frase):
    prepara()
    antes = Vinculo.objects.count()

    with pytest.raises(CommandError, match=frase):
        criar(email)

    assert Vinculo.objects.count() == antes
