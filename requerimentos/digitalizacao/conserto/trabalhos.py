"""Outbox handler: the worker repairs the page that somebody asked for."""

from __future__ import annotations

from datetime import timedelta

from act_portal.arquivos import caixa, deposito
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.trabalhos import MORTES_TOLERADAS, consertar
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from requerimentos.digitalizacao.conserto import servicos
from requerimentos.models import Conserto

NAO_DEU = "Não deu para consertar esta página. Fotografe ou digitalize de novo."


@tratador(servicos.CONSERTAR)
def fazer(saida: Saida) -> None:
    conserto = (
        Conserto.objects.select_related("de__arquivo", "de__origem__arquivo")
        .filter(pk=saida.carga["conserto"], situacao=Conserto.Situacao.PEDIDO)
        .first()
    )
    if conserto is None:
        return
    guardados: list[str] = []
    ficou = False
    try:
        feita = consertar(conserto.de.origem or conserto.de, conserto.receita or None, guardados)
        ficou = servicos.concluir(conserto.pk, feita)
    except deposito.DepositoIndisponivel as erro:
        raise TentarDepois(str(erro), timedelta(minutes=1)) from erro
    except caixa.CaixaMorreu as erro:
        if saida.tentativas <= MORTES_TOLERADAS:
            raise TentarDepois("O processo que conserta páginas parou no meio.") from erro
        servicos.concluir(conserto.pk, None, motivo=NAO_DEU)
    except (ArquivoRecusado, ErroDeDominio) as motivo:
        servicos.concluir(conserto.pk, None, motivo=str(motivo)[:300])
    finally:
        if not ficou:
            deposito.esquecer(guardados)
