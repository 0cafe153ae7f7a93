"""The nightly look: what ended, what is about to end, what a new template undid."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from act_portal.emissao import modelos
from act_portal.territorio.consultas import hoje_em
from adesao.avisos.servicos import avisar_municipio
from adesao.checklist.catalogo import checklist
from adesao.checklist.regras import MARCOS, marco
from adesao.models import Aceite, Formulario, Item, Papel, Peca
from adesao.papeis.modelos import codigo_de
from adesao.pedido.servicos.itens import reavaliar
from adesao.servicos import travar
from adesao.situacoes import ABERTAS, ANTES_DA_APROVACAO, SituacaoItem

DADOS_POR_BOM = [SituacaoItem.PRONTO, SituacaoItem.ACEITO]


def rever() -> int:
    """Open again what has ended or changed since it was given. Returns how many processes were looked at."""
    processos = sorted(_com_certidao_vencida() | _com_aceite_de_outro_modelo() | _sem_o_que_prova())
    for processo_id in processos:
        _rever_um(processo_id)
    return len(processos)


def _com_certidao_vencida() -> set[int]:
    # Some towns are already in tomorrow and some still in yesterday: each is judged by its own clock.
    vencidos = Item.objects.filter(valido_ate__lt=localdate(), situacao__in=DADOS_POR_BOM)
    return set(vencidos.filter(processo__situacao__in=ANTES_DA_APROVACAO).values_list("processo", flat=True))


def _com_aceite_de_outro_modelo() -> set[int]:
    hoje = localdate()
    de_hoje = [modelos.vigente(codigo_de(Papel.Especie(texto)), hoje).sha256() for texto in Aceite.Texto]
    antigos = Aceite.objects.filter(perdido_em__isnull=True).exclude(modelo_sha256__in=de_hoje)
    return set(antigos.filter(processo__situacao__in=ANTES_DA_APROVACAO).values_list("processo", flat=True))


def _sem_o_que_prova() -> set[int]:
    """Their files came before the portal kept what the form said then: from now on it is compared."""
    codigos = [r.codigo for r in checklist().requisitos if r.prova]
    itens = Item.objects.filter(codigo__in=codigos, provado={}, pk__in=Peca.objects.vivas().values("item"))
    preenchidos = Formulario.objects.filter(tipo=Formulario.Tipo.MUNICIPIO).values("processo")
    abertos = itens.filter(processo__situacao__in=ANTES_DA_APROVACAO, processo__in=preenchidos)
    return set(abertos.values_list("processo", flat=True))


@transaction.atomic
def _rever_um(processo_id: int) -> None:
    processo = travar(processo_id)
    reabertos = [linha.item for linha in reavaliar(processo) if linha.item.estado == SituacaoItem.REABERTO]
    for item in reabertos:
        ultima = item.anotacoes.order_by("-pk").values_list("pk", flat=True).first()
        avisar_municipio(processo, "reaberto", chave=f"reaberto:{item.pk}:{ultima}")


def avisar_validades() -> None:
    """Warn of certificates that end in 60, 30 and 10 days, once each."""
    ate = localdate() + timedelta(days=MARCOS[-1])
    perto = Item.objects.filter(
        processo__situacao__in=ABERTAS, situacao__in=DADOS_POR_BOM, valido_ate__range=(localdate(), ate)
    )
    for item in perto.select_related("processo__municipio"):
        dias = item.valido_ate and marco(item.valido_ate, hoje_em(item.processo.municipio))
        if dias:
            with transaction.atomic():
                chave = f"validade:{item.pk}:{item.valido_ate:%Y%m%d}:{dias}"
                avisar_municipio(item.processo, "validade", chave=chave)
