"""`/painel/` tells each side what waits for it."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from cessao import pendencias
from cessao.analise import servicos as analise
from cessao.models import Termo
from cessao.ocupacao.servicos import prorrogacao, saida
from cessao.pedido import servicos as pedidos
from tests.cessao.fabricas import DECISAO, Elenco, aprovado, enviado, ocupado, para_decisao
from tests.fabricas import UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate()


def _o_que_espera(usuario) -> dict[str, int]:
    return {espera.nome: espera.quantos for espera in pendencias.de(usuario)}


def test_o_pedido_enviado_espera_a_logistica_no_painel(client):
    pedido = enviado()
    elenco = Elenco(pedido.espaco)
    client.force_login(elenco.logistica)

    pagina = client.get("/painel/").text

    assert "pedido de cessão para tomar" in pagina
    assert "Nada espera por você" not in pagina
    analise.tomar(pedido.pk, autor=elenco.logistica)
    assert _o_que_espera(elenco.logistica) == {"pedido de cessão que você analisa": 1}
    assert _o_que_espera(elenco.colega) == {}
    assert client.get("/cessao/pedidos/?etapa=em_analise").status_code == 200


def test_a_superintendencia_a_diretoria_e_o_municipio_sabem_da_sua_vez():
    pedido, elenco = para_decisao()
    assert _o_que_espera(elenco.diretor) == {"pedido de cessão para decidir": 1}
    assert _o_que_espera(elenco.superintendente) == {}
    outro, _ = aprovado()
    assert _o_que_espera(outro.criado_por) == {"termo de cessão para assinar": 1}
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)
    pedidos.recorrer(pedido.pk, texto="Preciso.", autor=pedido.criado_por)
    # Who refused does not judge: nothing waits for them.
    assert _o_que_espera(elenco.diretor) == {}
    assert _o_que_espera(elenco.outro_diretor) == {"recurso de cessão para julgar": 1}


def test_quem_ocupa_e_a_regiao_veem_o_que_venceu_e_o_que_responder(client):
    termo, elenco = ocupado()
    gestor = termo.pedido.criado_por
    saida.notificar(termo.pk, texto="Lanchonete na sala.", autor=elenco.logistica)
    assert _o_que_espera(gestor) == {"notificação de uso irregular para responder": 1}
    client.force_login(gestor)
    assert str(termo) in client.get("/cessao/cessoes/?quais=notificacao").text
    saida.responder(termo.pk, texto="Saiu.", autor=gestor)
    assert _o_que_espera(elenco.logistica) == {"resposta de quem ocupa para ler": 1}
    saida.acolher(termo.pk, texto="Certo.", autor=elenco.logistica)
    aditivo = prorrogacao.pedir(termo.pk, meses=3, justificativa="Mais.", autor=gestor)
    assert _o_que_espera(elenco.logistica) == {"prorrogação de cessão para dar parecer": 1}
    prorrogacao.opinar(aditivo.pk, conclusao="favoravel", texto="Sim.", autor=elenco.logistica)
    assert _o_que_espera(elenco.diretor) == {"prorrogação de cessão para decidir": 1}
    Termo.objects.filter(pk=termo.pk).update(situacao="vencido")
    for quem in (gestor, elenco.logistica, elenco.superintendente, elenco.diretor):
        assert _o_que_espera(quem)["ocupação vencida"] == 1
    assert _o_que_espera(com_papel("logistica_inss", UnidadeFabrica())) == {}
