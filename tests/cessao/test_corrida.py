"""Two at once: the database holds one, on PostgreSQL and on SQLite."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from act_portal.erros import ErroDeDominio
from cessao.analise import servicos as analise
from cessao.imoveis import servicos as imoveis
from cessao.models import Aditivo, Espaco, Reserva, Termo
from cessao.ocupacao.servicos import prorrogacao, saida, vistorias
from cessao.pedido.servicos import desfazer_termo
from tests.cessao.fabricas import (
    DECISAO,
    Elenco,
    EspacoFabrica,
    aprovado,
    ocupado,
    para_decisao,
    sala,
    vistoriar,
)
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db(transaction=True)
HOJE = localdate()


def test_dois_aprovam_ao_mesmo_tempo_o_mesmo_espaco_e_um_so_fica_com_ele():
    andar = sala(nome="Andar", area_m2=80)
    parte = EspacoFabrica(imovel=andar.imovel, dentro_de=andar, area_m2=20)
    elenco = Elenco(andar)
    pedidos = [
        para_decisao(espaco, elenco, gestor=com_papel("gestor", MunicipioFabrica(unidade=andar.imovel.unidade)))[0]
        for espaco in (andar, andar, parte)
    ]

    def aprovar(pedido):
        return analise.aprovar(
            pedido.pk, **DECISAO, inicio=HOJE, meses=12, escolha="Chegou antes.", autor=elenco.diretor
        )

    fins = correr(aprovar, pedidos)

    erros = [f for f in fins if isinstance(f, Exception)]
    assert len(erros) == 2
    assert all(isinstance(e, ErroDeDominio) for e in erros), erros
    assert Termo.objects.count() == 1


def test_dois_diretores_aprovam_o_mesmo_pedido_e_um_so_vale():
    pedido, elenco = para_decisao()

    def aprovar(autor):
        return analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=12, autor=autor)

    fins = correr(aprovar, [elenco.diretor, elenco.outro_diretor])

    assert sum(isinstance(f, ErroDeDominio) for f in fins) == 1
    assert pedido.decisoes.filter(ato="aprovacao").count() == 1


def test_prorrogar_e_ceder_a_outro_os_mesmos_dias_um_so_vale():
    termo, elenco = ocupado()
    depois = termo.fim + timedelta(days=1)
    outro, _ = para_decisao(termo.espaco, elenco, inicio=depois, meses=6)
    aditivo = _para_aprovar(termo, elenco)

    def decidir(qual):
        if qual == "prorrogar":
            return prorrogacao.aprovar(aditivo.pk, **DECISAO, autor=elenco.diretor)
        return analise.aprovar(
            outro.pk, **DECISAO, inicio=depois, meses=6, escolha="Atende mais.", autor=elenco.outro_diretor
        )

    fins = correr(decidir, ["prorrogar", "ceder"])

    assert sum(isinstance(f, ErroDeDominio) for f in fins) == 1, fins
    assert Reserva.objects.filter(espaco=termo.espaco, liberada_em=None, fim__gte=depois).count() == 1


def test_ceder_o_andar_enquanto_a_sala_ja_cedida_passa_a_ser_parte_dele():
    andar = sala(nome="Andar", area_m2=80)
    pequena = EspacoFabrica(imovel=andar.imovel, nome="Sala", area_m2=20)
    elenco = Elenco(andar)
    aprovado(pequena, elenco)
    pedido, _ = para_decisao(andar, elenco)
    dados = {"nome": "Sala", "area_m2": 20, "dentro_de": andar, "descricao": ""}
    janela = {"disponivel_de": None, "disponivel_ate": None}

    def fazer(qual):
        if qual == "juntar":
            return imoveis.guardar_espaco(
                andar.imovel_id, {**dados, **janela}, espaco_id=pequena.pk, autor=elenco.logistica
            )
        return analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=12, autor=elenco.diretor)

    fins = correr(fazer, ["juntar", "ceder"])

    # Before or after: the floor never goes to one while its part is with another.
    dentro = Espaco.objects.get(pk=pequena.pk).dentro_de_id is not None
    cedido = Termo.objects.filter(espaco=andar).exists()
    assert not (dentro and cedido), fins
    assert sum(isinstance(f, ErroDeDominio) for f in fins) == 1, fins


@pytest.mark.parametrize("como", ["devolver", "retomar"])
def test_prorrogar_enquanto_o_espaco_volta_nao_guarda_dia_de_ninguem(como):
    termo, elenco = ocupado()
    if como == "devolver":
        vistoria = vistoriar(termo, "devolucao", elenco)
        vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)
    aditivo = _para_aprovar(termo, elenco)

    def fazer(qual):
        if qual == "prorrogar":
            return prorrogacao.aprovar(aditivo.pk, **DECISAO, autor=elenco.diretor)
        if como == "devolver":
            return saida.encerrar(termo.pk, chaves=2, autor=elenco.logistica)
        return saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)

    fins = correr(fazer, ["prorrogar", "sair"])

    assert not isinstance(fins[1], Exception), fins
    ultimo = HOJE if como == "devolver" else termo.fim
    assert not Reserva.objects.filter(liberada_em=None, fim__gt=ultimo).exists(), fins
    assert Termo.objects.get(pk=termo.pk).fim == termo.fim


def _para_aprovar(termo: Termo, elenco: Elenco) -> Aditivo:
    aditivo = prorrogacao.pedir(termo.pk, meses=6, justificativa="Mais gente.", autor=termo.pedido.criado_por)
    return prorrogacao.opinar(aditivo.pk, conclusao="favoravel", texto="Sim.", autor=elenco.logistica)


def test_sem_a_trava_o_banco_ainda_recusa():
    """The constraint alone, as if the lock of the property did not exist."""
    espaco = sala()
    termo = Termo.objects.get(pedido=aprovado(espaco)[0])
    with transaction.atomic():
        desfazer_termo(termo.pedido, motivo="Ensaio.", autor=termo.pedido.criado_por)

    def reservar(dias):
        with transaction.atomic():
            return Reserva.objects.create(espaco=espaco, termo=termo, inicio=HOJE, fim=HOJE + timedelta(days=dias))

    fins = correr(reservar, [10, 20, 30])

    assert sum(isinstance(f, IntegrityError) for f in fins) == 2, fins
    assert Reserva.objects.filter(liberada_em=None).count() == 1
