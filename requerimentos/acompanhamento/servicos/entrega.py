"""The decision goes from the desk to the person, with proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.contagens.servicos import contar
from act_portal.emissao import servicos as emissao
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import calendario_de, hoje_em
from requerimentos.acompanhamento import regras
from requerimentos.acompanhamento.preenchimento import termo_de_entrega
from requerimentos.models import Resultado
from requerimentos.papeis.modelos import TERMO_ENTREGA
from requerimentos.servicos import mover, travar_para_agir
from requerimentos.situacoes import Etapa

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def entregar_resultado(requerimento_id: int, *, a_quem: str, como: str, autor: Usuario) -> Resultado:
    """Record the handing over: the person knows the decision from today, and a paper to sign is promised.

    A second click finds it handed over and changes nothing.
    """
    requerimento = travar_para_agir(requerimento_id, autor=autor)
    resultado = Resultado.objects.select_for_update(of=("self",)).filter(requerimento=requerimento).first()
    if resultado is None or requerimento.estado not in {Etapa.RESULTADO, Etapa.ENTREGUE}:
        raise ErroDeDominio("O INSS ainda não decidiu este pedido.")
    if requerimento.estado == Etapa.ENTREGUE:
        return resultado
    if not a_quem.strip():
        raise ErroDeDominio("Escreva o nome de quem recebeu o resultado.")
    hoje = hoje_em(requerimento.municipio)
    resultado.ciencia_em = hoje
    if regras.cabe_recurso(resultado.tipo):
        prazo = regras.prazo_do_recurso(
            resultado.decidido_em, calendario=calendario_de(requerimento.municipio), conhecida_em=hoje
        )
        resultado.ciencia_em, resultado.prazo_base = prazo.ciencia, prazo.base
        resultado.recorrer_ate, resultado.prazo_recurso = prazo.alerta, prazo.fim
    resultado.entregue_em = now()
    resultado.entregue_a = a_quem.strip()[:120]
    resultado.entregue_como = como[:40]
    resultado.entregue_por = autor
    dados = termo_de_entrega(requerimento, resultado, autor)
    resultado.prova = emissao.pedir(TERMO_ENTREGA, dados, municipio=requerimento.municipio, autor=autor)
    resultado.save(
        update_fields=[
            "ciencia_em", "recorrer_ate", "prazo_recurso", "prazo_base",
            "entregue_em", "entregue_a", "entregue_como", "entregue_por", "prova",
        ]
    )  # fmt: skip
    mover(
        requerimento,
        Etapa.ENTREGUE,
        acao="resultado.entregue",
        autor=autor,
        encerrado_em=now(),
        proxima_consulta_em=None,
    )
    contar("entregue", balcao=requerimento.balcao, dia=hoje, chave=resultado.tipo)
    return resultado
