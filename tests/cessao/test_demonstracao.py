from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from act_portal.demonstracao.contas import CONTAS, criar_contas
from act_portal.territorio.carga import carregar
from cessao.models import Aditivo, Desocupacao, Foto, Imovel, Papel, Pedido, Termo

pytestmark = pytest.mark.django_db


def test_demonstracao_da_cessao_uma_vez_so():
    carregar()
    criar_contas(localdate(), CONTAS)

    for _ in range(2):
        call_command("demonstracao_cessao")

    assert Imovel.objects.count() == 5
    assert Pedido.objects.count() == 10
    situacoes = Counter(Termo.objects.values_list("situacao", flat=True))
    assert situacoes == {"ocupado": 3, "vencido": 1, "retomada": 1, "encerrado": 1}
    assert Foto.objects.filter(par__isnull=False, arquivo__situacao="pronto").count() == 2
    perto = localdate() + timedelta(days=60)
    assert Termo.objects.filter(situacao="ocupado", fim__lte=perto, aditivos__situacao="assinatura").count() == 1
    prorrogada = Aditivo.objects.filter(termo__espaco__nome="Sala de reuniões").values_list("situacao", flat=True)
    assert list(prorrogada) == ["vigente", "assinado"]
    assert Desocupacao.objects.get().situacao == "vencido"
    assert set(Papel.objects.values_list("especie", flat=True)) == set(Papel.Especie.values)
