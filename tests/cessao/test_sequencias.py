"""Whatever happens, in whatever order: no space is lent twice on one day, and no occupation passes its limit.

Judged from the terms and the ground that each space had when it was lent, not from the reservations that hold the line:
a room taken out of its floor on paper is still on that floor.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal.demonstracao.relogio import relogio_em
from act_portal.erros import ErroDeDominio
from act_portal.territorio.regras import somar_meses
from cessao import leis
from cessao.analise import servicos as analise
from cessao.imoveis import servicos as imoveis
from cessao.models import Aditivo, Espaco, Termo
from cessao.ocupacao.servicos import assinatura, prorrogacao, saida, vistorias
from cessao.pedido import servicos as pedidos
from cessao.publico.consultas import livres_em
from cessao.situacoes import OCUPANDO, SituacaoAditivo
from tests.adesao.fabricas import pdf_assinado
from tests.cessao.fabricas import (
    DECISAO,
    Elenco,
    EspacoFabrica,
    dados_da_assinatura,
    dados_do_inss,
    para_decisao,
    sala,
    vistoriar,
)

pytestmark = pytest.mark.django_db
UM_DIA = timedelta(days=1)
# What was approved and not undone binds INSS.
DE_PE = ("assinatura", "conferencia", "assinado", "cedido")


class Predio:
    """A floor with two rooms, one of them with a corner, and a town that wants them all."""

    def __init__(self) -> None:
        self.andar = sala(nome="Andar", area_m2=Decimal(90))
        self.sala = EspacoFabrica(imovel=self.andar.imovel, nome="Sala", dentro_de=self.andar)
        self.canto = EspacoFabrica(imovel=self.andar.imovel, nome="Canto", dentro_de=self.sala, area_m2=Decimal(10))
        self.outra = EspacoFabrica(imovel=self.andar.imovel, nome="Outra", area_m2=Decimal(30))
        self.espacos = [self.andar, self.sala, self.canto, self.outra]
        self.elenco = Elenco(self.andar)
        self.agora = now()
        self.feitos: set[str] = set()
        # Of each term, the spaces that shared ground with its own when it was approved.
        self.chao: dict[int, set[int]] = {}

    # --- What may happen. `a` and `b` are any numbers: which one, and how much.

    def pedir(self, a: int, b: int) -> None:
        espaco = self.espacos[a % 4]
        espaco.refresh_from_db()
        dados = {"inicio": localdate() + timedelta(days=b % 3 * 40), "meses": 1 + (a * 5 + b) % 26}
        pedido, _ = para_decisao(espaco, self.elenco, **dados)
        analise.aprovar(pedido.pk, **DECISAO, **dados, escolha="Atende mais gente.", autor=self.elenco.diretor)

    def avancar(self, a: int, b: int) -> None:
        """One more step of a term that was not handed over yet."""
        termo = self._termo(a, situacao__in=["preparo", "a_entregar"])
        pedido, quem = termo.pedido, termo.pedido.criado_por
        if pedido.situacao == "assinatura":
            papel = pedido.papeis.get(especie="termo", substituido_em=None).documento
            assinatura.assinar(pedido.pk, pdf_assinado(1, papel), **dados_da_assinatura(), autor=quem)
            conferida = dados_do_inss("termo", pedido)
            assinatura.assinar_inss(pedido.pk, pdf_assinado(2, papel), **conferida, autor=self.elenco.logistica)
            publicacao = {"dou_data": localdate(), "dou_secao": "3", "dou_pagina": "9"}
            assinatura.publicar(pedido.pk, **publicacao, autor=self.elenco.logistica)
        if localdate() < termo.inicio:
            return
        vistoria = vistoriar(termo, "entrega", self.elenco)
        vistorias.assinar(vistoria.pk, aceite="pleno", autor=quem)

    def prorrogar(self, a: int, b: int) -> None:
        termo = self._termo(a, situacao__in=["a_entregar", "ocupado"])
        quem = termo.pedido.criado_por
        aditivo = prorrogacao.pedir(termo.pk, meses=1 + b * 4, justificativa="Mais gente.", autor=quem)
        prorrogacao.opinar(aditivo.pk, conclusao="favoravel", texto="Sim.", autor=self.elenco.logistica)
        prorrogacao.aprovar(aditivo.pk, **DECISAO, autor=self.elenco.diretor)
        if b % 3:
            assinada = dados_da_assinatura(aditivo_id=aditivo.pk)
            assinatura.assinar(termo.pedido_id, pdf_assinado(), **assinada, autor=quem)
            conferida = dados_do_inss("aditivo", termo.pedido, aditivo_id=aditivo.pk)
            assinatura.assinar_inss(termo.pedido_id, pdf_assinado(2), **conferida, autor=self.elenco.colega)

    def revogar(self, a: int, b: int) -> None:
        saida.revogar(self._termo(a, situacao__in=OCUPANDO).pk, **DECISAO, autor=self.elenco.superintendente)

    def devolver(self, a: int, b: int) -> None:
        termo = self._termo(a, situacao__in=OCUPANDO)
        vistoria = vistoriar(termo, "devolucao", self.elenco)
        vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)
        saida.encerrar(termo.pk, chaves=2, autor=self.elenco.logistica)

    def desfazer(self, a: int, b: int) -> None:
        termo = self._termo(a, situacao__in=["preparo", "a_entregar"])
        if termo.situacao == "preparo":
            pedidos.desistir(termo.pedido_id, motivo="Mudou de ideia.", autor=termo.pedido.criado_por)
        else:
            saida.cancelar(termo.pk, texto="Ninguém veio.", autor=self.elenco.logistica)

    def dividir(self, a: int, b: int) -> None:
        """The room becomes a part of the other one, of the floor, or stands alone."""
        maior = [None, self.andar, self.outra][b % 3]
        dados = {"nome": "Sala", "area_m2": Decimal(20), "dentro_de": maior, "descricao": ""}
        janela = {"disponivel_de": None, "disponivel_ate": None}
        imovel = self.andar.imovel_id
        imoveis.guardar_espaco(imovel, {**dados, **janela}, espaco_id=self.sala.pk, autor=self.elenco.logistica)

    def soltar(self, a: int, b: int) -> None:
        """What is inside another space stands alone, to be asked for apart."""
        espaco = [self.sala, self.canto][a % 2]
        espaco.refresh_from_db()
        if espaco.dentro_de is None:
            raise ErroDeDominio("Já está solto.")
        dados = {"nome": espaco.nome, "area_m2": espaco.area_m2, "dentro_de": None, "descricao": ""}
        janela = {"disponivel_de": None, "disponivel_ate": None}
        imovel = self.andar.imovel_id
        imoveis.guardar_espaco(imovel, {**dados, **janela}, espaco_id=espaco.pk, autor=self.elenco.logistica)

    def esperar(self, a: int, b: int) -> None:
        self.agora += timedelta(days=20 + 60 * b)
        with relogio_em(self.agora):
            saida.vigiar()

    def _termo(self, a: int, **quais) -> Termo:
        termos = list(Termo.objects.filter(pedido__situacao__in=DE_PE, **quais).order_by("pk"))
        if not termos:
            raise ErroDeDominio("Nada.")
        return termos[a % len(termos)]

    def fazer(self, nome: str, a: int, b: int) -> None:
        verbo: Callable[[int, int], None] = getattr(self, nome)
        try:
            with transaction.atomic(), relogio_em(self.agora):
                verbo(a, b)
        except ErroDeDominio:
            return
        self.feitos.add(nome)
        dentro_de = dict(Espaco.objects.values_list("pk", "dentro_de"))
        for termo in Termo.objects.exclude(pk__in=self.chao):
            self.chao[termo.pk] = {e for e in dentro_de if _toca(e, termo.espaco_id, dentro_de)}

    # --- What may never be true

    def conferir(self) -> None:
        dentro_de = dict(Espaco.objects.values_list("pk", "dentro_de"))
        limite = leis.parametro("prazo_total_meses", localdate()).valor
        termos = list(Termo.objects.filter(pedido__situacao__in=DE_PE).exclude(situacao="cancelado"))
        for termo in termos:
            assert termo.meses <= limite
            assert termo.fim == somar_meses(termo.inicio, termo.meses) - UM_DIA
        for um, outro in combinations(termos, 2):
            juntos = um.espaco_id in self.chao[outro.pk] or outro.espaco_id in self.chao[um.pk]
            if not juntos and not _toca(um.espaco_id, outro.espaco_id, dentro_de):
                continue
            (de, ate), (outro_de, outro_ate) = _dias(um), _dias(outro)
            assert ate < outro_de or outro_ate < de, f"{um} {de} {ate} e {outro} {outro_de} {outro_ate}"
            assert not (um.situacao in OCUPANDO and outro.situacao in OCUPANDO), f"{um} e {outro} com as chaves"
        with relogio_em(self.agora):
            self._conferir_o_que_esta_livre(localdate(), termos, dentro_de)

    def _conferir_o_que_esta_livre(self, hoje: date, termos: list[Termo], dentro_de: dict[int, int | None]) -> None:
        """The catalogue says free exactly of what no term has today."""
        com_alguem = [t for t in termos if _dias(t)[0] <= hoje <= _dias(t)[1] or _atrasado(t, hoje)]
        devidos = {e for e in dentro_de if not any(_toca(e, t.espaco_id, dentro_de) for t in com_alguem)}
        assert set(livres_em(hoje).values_list("pk", flat=True)) == devidos


def _dias(termo: Termo) -> tuple[date, date]:
    """The days lent: to the end, to that of an extension that INSS approved, or to the keys given back."""
    if termo.encerrado_em:
        return termo.inicio, min(termo.fim, termo.encerrado_em)
    aprovados = (SituacaoAditivo.ASSINATURA, SituacaoAditivo.CONFERENCIA)
    aditivo = Aditivo.objects.filter(termo=termo, situacao__in=aprovados).first()
    return termo.inicio, aditivo.novo_fim if aditivo else termo.fim


def _atrasado(termo: Termo, hoje: date) -> bool:
    if termo.situacao not in OCUPANDO:
        return False
    return termo.fim < hoje or (termo.situacao == "retomada" and termo.devolver_ate < hoje)


def _toca(um: int, outro: int, dentro_de: dict[int, int | None]) -> bool:
    return um in _ate_a_raiz(outro, dentro_de) or outro in _ate_a_raiz(um, dentro_de)


def _ate_a_raiz(espaco: int | None, dentro_de: dict[int, int | None]) -> list[int]:
    return [] if espaco is None else [espaco, *_ate_a_raiz(dentro_de[espaco], dentro_de)]


@contextmanager
def _que_se_desfaz():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# What matters more comes up more often.
VERBOS = (
    "pedir", "pedir", "pedir", "avancar", "avancar", "prorrogar", "revogar", "devolver", "desfazer", "dividir",
    "soltar", "esperar",
)  # fmt: skip


def test_nenhum_espaco_duas_vezes_no_mesmo_dia_nem_alem_do_limite():
    feitos: set[str] = set()
    for semente in (7, 19):
        sorteio = random.Random(semente)  # noqa: S311 - the same sequences at every run
        with _que_se_desfaz():
            predio = Predio()
            # Somebody is in, up to the limit, so that there is something to revoke and give back.
            predio.fazer("pedir", 3, 3)
            predio.fazer("avancar", 0, 0)
            predio.fazer("prorrogar", 0, 1)
            predio.conferir()
            for _ in range(24):
                predio.fazer(sorteio.choice(VERBOS), sorteio.randrange(6), sorteio.randrange(6))
                predio.conferir()
        feitos |= predio.feitos
    assert feitos == set(VERBOS)
