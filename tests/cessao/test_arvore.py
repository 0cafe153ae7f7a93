"""The tree of spaces while spaces are lent: what shares ground stays known to share it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from act_portal.erros import ErroDeDominio
from cessao.analise import servicos as analise
from cessao.imoveis import servicos
from cessao.models import Reserva, Termo
from tests.cessao.fabricas import DECISAO, Elenco, EspacoFabrica, aprovado, ocupado, para_decisao, sala

pytestmark = pytest.mark.django_db
HOJE = localdate()


def _predio():
    andar = sala(nome="Andar", area_m2=Decimal(100))
    parte = EspacoFabrica(imovel=andar.imovel, nome="Sala A", dentro_de=andar, area_m2=Decimal(60))
    return andar, parte, Elenco(andar)


def _guardar(espaco, elenco, **mais):
    espaco.refresh_from_db()
    dados = {
        "nome": espaco.nome, "area_m2": espaco.area_m2, "dentro_de": espaco.dentro_de, "descricao": "",
        "disponivel_de": None, "disponivel_ate": None, **mais,
    }  # fmt: skip
    return servicos.guardar_espaco(espaco.imovel_id, dados, espaco_id=espaco.pk, autor=elenco.logistica)


def test_a_sala_cedida_nao_sai_do_andar_para_o_andar_ser_cedido_com_ela():
    andar, parte, elenco = _predio()
    aprovado(parte, elenco)
    outro, _ = para_decisao(andar, elenco)

    with pytest.raises(ErroDeDominio, match="“Sala A” está cedido"):
        _guardar(parte, elenco, dentro_de=None)
    with pytest.raises(ErroDeDominio, match="já está cedido"):
        analise.aprovar(outro.pk, **DECISAO, inicio=HOJE, meses=12, escolha="Chegou antes.", autor=elenco.diretor)


def test_a_sala_nao_sai_do_andar_cedido_para_ser_cedida_a_outro():
    andar, parte, elenco = _predio()
    aprovado(andar, elenco)

    with pytest.raises(ErroDeDominio, match="“Andar” está cedido"):
        _guardar(parte, elenco, dentro_de=None)


def test_nem_o_canto_passa_por_cima_da_sala_que_o_tem():
    andar, parte, elenco = _predio()
    canto = EspacoFabrica(imovel=andar.imovel, nome="Canto", dentro_de=parte, area_m2=Decimal(10))
    aprovado(parte, elenco)

    with pytest.raises(ErroDeDominio, match="“Sala A” está cedido"):
        _guardar(canto, elenco, dentro_de=andar)


def test_enquanto_ninguem_devolve_o_espaco_nao_muda_de_lugar_nem_sai():
    """Past its end the reservation is over, and the people are still in."""
    _, parte, elenco = _predio()
    termo, _ = ocupado(parte, elenco)
    ontem = HOJE - timedelta(days=1)
    Reserva.objects.filter(termo=termo).update(inicio=ontem, fim=ontem)
    Termo.objects.filter(pk=termo.pk).update(inicio=ontem, fim=ontem)

    with pytest.raises(ErroDeDominio, match="está cedido"):
        _guardar(parte, elenco, dentro_de=None)
    with pytest.raises(ErroDeDominio, match="não foi devolvido"):
        servicos.retirar_espaco(parte.pk, motivo="Reforma", autor=elenco.logistica)


def test_quem_nao_devolveu_nao_passa_para_dentro_de_um_espaco_cedido():
    andar, _, elenco = _predio()
    solta = EspacoFabrica(imovel=andar.imovel, nome="Solta", area_m2=Decimal(20))
    termo, _ = ocupado(solta, elenco)
    ontem = HOJE - timedelta(days=1)
    Reserva.objects.filter(termo=termo).update(inicio=ontem, fim=ontem)
    Termo.objects.filter(pk=termo.pk).update(inicio=ontem, fim=ontem)
    aprovado(andar, elenco)

    with pytest.raises(ErroDeDominio, match="um não pode fazer parte do outro"):
        _guardar(solta, elenco, dentro_de=andar)


def test_a_area_nao_fica_menor_que_a_cedida():
    _, parte, elenco = _predio()
    aprovado(parte, elenco, area_m2=Decimal(50))

    with pytest.raises(ErroDeDominio, match="está cedido com 50 m²"):
        _guardar(parte, elenco, area_m2=Decimal(49))
    assert _guardar(parte, elenco, area_m2=Decimal(50)).area_m2 == 50


def test_sem_cessao_a_sala_sai_do_andar_e_os_dois_sao_cedidos():
    andar, parte, elenco = _predio()
    _guardar(parte, elenco, dentro_de=None)

    aprovado(parte, elenco)
    outro, _ = para_decisao(andar, elenco)
    analise.aprovar(outro.pk, **DECISAO, inicio=HOJE, meses=12, autor=elenco.diretor)

    assert Termo.objects.count() == 2
