"""The papers' page: what it offers to print."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse

from act_portal.auditoria.models import Acesso
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from requerimentos.papeis.servicos import fazer_conjunto, receber_assinados
from tests.requerimentos.fabricas_envio import pedido_sem_documentos

pytestmark = pytest.mark.django_db


@pytest.fixture
def conjunto(client):
    """Three papers really drawn, of a request that is open before its clerk."""
    pedido = pedido_sem_documentos()
    conjunto = fazer_conjunto(pedido.pk, autor=pedido.atendente)
    while saida := Saida.objects.filter(estado=Saida.Estado.PENDENTE).order_by("pk").first():
        saidas.executar(saida.pk)
    client.force_login(pedido.atendente)
    return conjunto


def test_cada_papel_se_baixa_sozinho_com_a_impressao_digital_que_se_confere(client, conjunto):
    pagina = client.get(reverse("requerimentos:formularios", args=[conjunto.requerimento.codigo])).text

    for papel in conjunto.papeis.all():
        endereco = reverse("requerimentos:imprimir-um-papel", args=[conjunto.requerimento.codigo, papel.especie])
        assert f'href="{endereco}"' in pagina
        baixado = b"".join(client.get(endereco).streaming_content)
        assert hashlib.sha256(baixado).hexdigest() == papel.documento.sha256
    assert Acesso.objects.filter(acao="imprimiu um papel").exists()


def test_o_passo_dos_formularios_fica_feito_quando_os_tres_voltam_assinados(client, conjunto):
    endereco = reverse("requerimentos:conferencia", args=[conjunto.requerimento.codigo])

    def feitos() -> set[str]:
        return {passo.nome for passo in client.get(endereco).context["passos"] if passo.estado == "feito"}

    assert "Formulários" not in feitos()
    especies = [papel.especie for papel in conjunto.papeis.all()]
    receber_assinados(conjunto.requerimento_id, especies, autor=conjunto.autor)
    assert "Formulários" in feitos()
    assert "Documentos" not in feitos()


def test_o_conjunto_impresso_se_confere_pelo_codigo_de_cada_papel(client, conjunto):
    impresso = client.get(reverse("requerimentos:imprimir-papeis", args=[conjunto.requerimento.codigo])).content

    for papel in conjunto.papeis.all():
        publica = client.get(reverse("emissao:conferir"), {"c": papel.documento.codigo}).text
        assert hashlib.sha256(impresso).hexdigest() in publica
