"""What the tests of the agenda share: towns with units of the pretend INSS, a request that may book, the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import now

from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from requerimentos.agenda import consultas, servicos
from requerimentos.agenda.servicos import Escolha
from requerimentos.models import Agendamento, Marcacao, Requerimento
from tests.fabricas import MunicipioFabrica
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.simulador import Simulador

PERICIA, AVALIACAO = Agendamento.Tipo.PERICIA, Agendamento.Tipo.AVALIACAO
# From the invented town of the factories (-19.9, -43.9): Betim is the nearest of these, Sete Lagoas the farthest.
CIDADES = {
    "3106705": ("Betim", -19.9668, -44.2008),
    "3137601": ("Lagoa Santa", -19.6397, -43.8932),
    "3167202": ("Sete Lagoas", -19.4569, -44.2413),
}


def cidades() -> None:
    for codigo, (nome, latitude, longitude) in CIDADES.items():
        MunicipioFabrica(codigo_ibge=codigo, nome=nome, latitude=latitude, longitude=longitude)


def pedido_no_inss(inss: Simulador, servico: str = "bpc-pcd", **campos) -> Requerimento:
    """Known to both sides, with no date yet."""
    protocolo = inss.plantar(servico)
    requerimento: Requerimento = RequerimentoFabrica(
        protocolado=True, servico_codigo=servico, protocolo=protocolo, **campos
    )
    return requerimento


def escolha(requerimento: Requerimento, tipo: Agendamento.Tipo = PERICIA, *, n: int = 0) -> Escolha:
    """The `n`-th free hour of the nearest unit."""
    oferta = consultas.ofertas(requerimento, tipo)[0]
    return Escolha(tipo, oferta.vagas[n].id, oferta.vagas[n].quando, oferta.unidade.nome)


def marcar(requerimento: Requerimento, qual: Escolha, **como) -> Marcacao:
    como = {"acompanhante": False, "transporte": False, **como}
    return servicos.pedir_marcacao(requerimento.pk, qual, autor=requerimento.atendente, **como)


def trabalhar(vezes: int = 1, tipo: str = servicos.MARCAR) -> None:
    """What the worker does, waits included."""
    for _ in range(vezes):
        pendentes = Saida.objects.filter(tipo=tipo, estado="pendente")
        pendentes.update(proxima_em=now() - timedelta(seconds=1))
        for pk in list(pendentes.values_list("pk", flat=True)):
            saidas.executar(pk)


def marcado(requerimento: Requerimento, tipo: Agendamento.Tipo = PERICIA, *, n: int = 0) -> Agendamento:
    marcar(requerimento, escolha(requerimento, tipo, n=n))
    trabalhar()
    return requerimento.agendamentos.valendo().get(tipo=tipo)
