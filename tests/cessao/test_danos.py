"""Damages row by row, from the inspection to the closing paper, with the reservation and the cause of the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio
from cessao.models import Dano, Termo, Vistoria
from cessao.ocupacao.servicos import saida, vistorias
from tests.cessao.fabricas import DECISAO, dados_da_vistoria, foto_direta, ocupado, publicado

pytestmark = pytest.mark.django_db
HOJE = localdate()


def _aberta(termo: Termo, elenco, tipo: str = "devolucao") -> Vistoria:
    vistoria = vistorias.abrir(termo.pk, tipo=tipo, dados=dados_da_vistoria(), autor=elenco.logistica)
    ambiente = vistorias.guardar_ambiente(vistoria.pk, nome="Sala", estado="ruim", autor=elenco.logistica)
    for par in ambiente.antes.fotos.all() if ambiente.antes else [None]:
        foto_direta(ambiente, par=par)
    return vistoria


def _encerrado(termo: Termo, elenco, vistoria: Vistoria, **aceite) -> str:
    """The closing paper, in one line."""
    vistorias.fechar(vistoria.pk, autor=elenco.logistica)
    vistorias.assinar(vistoria.pk, **aceite, autor=termo.pedido.criado_por)
    saida.encerrar(termo.pk, chaves=2, autor=elenco.logistica)
    return " ".join(montar_html(termo.pedido.papeis.get(especie="encerramento").documento).split())


def test_cada_dano_diz_onde_quem_quanto_e_ate_quando_da_vistoria_ao_encerramento(client):
    termo, elenco = ocupado()
    vistoria = _aberta(termo, elenco)
    client.force_login(elenco.logistica)
    endereco = f"/cessao/vistorias/{vistoria.codigo}/"
    ate = HOJE + timedelta(days=30)

    sem_prazo = client.post(f"{endereco}fazer/dano/", {"descricao": "Vidro", "quem": "cessionario"})
    feito = client.post(f"{endereco}fazer/dano/", {
        "onde": "Sala", "descricao": "Vidro quebrado", "quem": "cessionario", "valor": "1.350,50",
        "ate": f"{ate:%Y-%m-%d}",
    })  # fmt: skip
    client.post(f"{endereco}fazer/dano/", {"descricao": "Parede manchada", "quem": "apurar"})
    tela = client.get(endereco).text

    assert sem_prazo.status_code == 422
    assert "Diga até quando quem responde repara." in sem_prazo.text
    assert feito.status_code == 302
    for trecho in ("Vidro quebrado", "R$ 1.350,50", f"{ate:%d/%m/%Y}", "Parede manchada", "No espaço todo"):
        assert trecho in tela
    papel = _encerrado(termo, elenco, vistoria, aceite="ressalva", ressalva="O vidro já veio trincado.")
    linha = f"<td>Vidro quebrado</td><td>Quem ocupa</td><td>R$ 1.350,50</td><td>{ate:%d/%m/%Y}</td>"
    assert linha in papel
    assert "<td>Parede manchada</td><td>A apurar</td><td>a apurar</td><td>a apurar</td>" in papel
    assert "<b>Ressalva do CESSIONÁRIO.</b> O vidro já veio trincado." in papel
    documento = termo.pedido.papeis.filter(especie="vistoria", substituido_em=None).latest("pk").documento
    da_vistoria = " ".join(montar_html(documento).split())
    assert linha in da_vistoria
    assert "com ressalva</b>, registrado por" in da_vistoria
    assert ". O vidro já veio trincado.</p>" in da_vistoria


def test_dano_posto_por_engano_sai_antes_de_fechar(client):
    termo, elenco = ocupado()
    vistoria = _aberta(termo, elenco)
    dano = vistorias.anotar_dano(vistoria.pk, descricao="Engano", quem="apurar", autor=elenco.logistica)
    client.force_login(elenco.logistica)

    client.post(f"/cessao/vistorias/{vistoria.codigo}/danos/{dano.pk}/tirar/")

    assert not Dano.objects.exists()
    vistorias.fechar(vistoria.pk, autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="já foi fechada"):
        vistorias.anotar_dano(vistoria.pk, descricao="X", quem="apurar", autor=elenco.logistica)


@pytest.mark.parametrize("dias", [-1, 9000])
def test_o_prazo_de_reparar_tem_limites(dias):
    termo, elenco = ocupado()
    vistoria = _aberta(termo, elenco)

    with pytest.raises(ErroDeDominio, match="entre o dia da vistoria e 24 meses depois"):
        vistorias.anotar_dano(
            vistoria.pk, descricao="X", quem="inss", ate=HOJE + timedelta(days=dias), autor=elenco.logistica
        )


def test_na_entrega_nao_ha_dano_a_reparar():
    termo, elenco = publicado()
    vistoria = _aberta(termo, elenco, "entrega")

    with pytest.raises(ErroDeDominio, match="Anote ali"):
        vistorias.anotar_dano(vistoria.pk, descricao="X", quem="apurar", autor=elenco.logistica)


@pytest.mark.parametrize(
    ("como", "causa"),
    [
        ("retomada", "Retomada pelo INSS: Acolho o parecer."),
        ("saida", "Saída antes do fim, avisada por quem ocupa: Temos outra sala."),
        ("antes", "Devolvido antes do fim do prazo, que era"),
    ],
)
def test_o_encerramento_diz_a_causa_e_que_nao_ha_danos_nem_ressalva(como, causa):
    termo, elenco = ocupado()
    if como == "retomada":
        saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)
    elif como == "saida":
        saida.devolver_antes(termo.pk, texto="Temos outra sala.", devolver_ate=HOJE, autor=termo.pedido.criado_por)

    papel = _encerrado(termo, elenco, _aberta(termo, elenco), aceite="pleno")

    assert f"<b>Causa:</b> {causa}" in papel
    assert "Danos e diferenças.</b> Não há." in papel
    assert "Nenhuma: assinou a vistoria de acordo." in papel
