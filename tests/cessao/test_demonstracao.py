from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from act_portal.demonstracao.contas import CONTAS, criar_contas
from act_portal.territorio.carga import carregar
from cessao.models import Imovel, Pedido

pytestmark = pytest.mark.django_db


def test_demonstracao_da_cessao_uma_vez_so():
    carregar()
    criar_contas(localdate(), CONTAS)

    for _ in range(2):
        call_command("demonstracao_cessao")

    assert Imovel.objects.count() == 5
    assert Pedido.objects.count() == 1
