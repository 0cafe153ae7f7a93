"""A town whose agreement was suspended or ended: nothing new begins, and no open case is left behind."""

from __future__ import annotations

import pytest
from django.urls import reverse

from act_portal.erros import ErroDeDominio
from act_portal.territorio.servicos import fechar_balcao, suspender_balcao
from requerimentos.recepcao.servicos import dar_senha
from requerimentos.situacoes import SituacaoExigencia
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import ExigenciaFabrica, PessoaFabrica

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("parar", [suspender_balcao, fechar_balcao])
@pytest.mark.parametrize("papel", ["atendente", "gestor"])
def test_o_caso_aberto_se_le_e_a_exigencia_se_responde(client, fila_anotada, parar, papel):
    exigencia = ExigenciaFabrica()
    requerimento = exigencia.requerimento
    parar(requerimento.balcao_id, autor=None, motivo="O acordo está suspenso.")
    client.force_login(com_papel(papel, requerimento.municipio))

    for rota, codigo in (("caso", requerimento.codigo), ("exigencia", exigencia.codigo)):
        assert client.get(reverse(f"requerimentos:{rota}", args=[codigo]), follow=True).status_code == 200, rota
    endereco = reverse("requerimentos:responder-exigencia", args=[exigencia.codigo])
    client.post(endereco, {"texto": "Segue o documento.", "acao": "responder"})

    exigencia.refresh_from_db()
    assert exigencia.estado == SituacaoExigencia.RESPONDENDO


@pytest.mark.parametrize("parar", [suspender_balcao, fechar_balcao])
def test_ninguem_novo_entra_na_fila(parar):
    exigencia = ExigenciaFabrica()
    balcao = exigencia.requerimento.balcao
    parar(balcao.pk, autor=None, motivo="O acordo está suspenso.")
    balcao.refresh_from_db()
    pessoa = PessoaFabrica(municipio=balcao.municipio)

    with pytest.raises(ErroDeDominio):
        dar_senha(
            pessoa.pk, balcao=balcao, prioridade="normal", motivo="pedido",
            autor=com_papel("atendente", balcao.municipio),
        )  # fmt: skip
