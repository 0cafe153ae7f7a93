"""What the notice and the amendment say."""

from __future__ import annotations

from typing import Any

from act_portal.territorio.consultas import hoje_em
from adesao.analise.papeis import comum_do_inss
from adesao.checklist.catalogo import parametro
from adesao.indicadores.catalogo import indicador
from adesao.models import Acordo, Notificacao, Prorrogacao


def _comum(acordo: Acordo) -> dict[str, Any]:
    return {
        **comum_do_inss(acordo.processo),
        "act_tipo": acordo.get_instrumento_display(),
        "act_numero_ano": acordo.numero,
        "codigo_caso": f"acordo {acordo.numero}",
    }


def da_notificacao(notificacao: Notificacao) -> dict[str, Any]:
    achados = [indicador(codigo) for codigo in notificacao.indicadores]
    return {
        **_comum(notificacao.acordo),
        "numero": notificacao.numero,
        "motivos": [{"inciso": i.inciso, "nome": i.nome} for i in achados],
        "fatos": notificacao.fatos,
        "providencias": notificacao.providencias,
        "prazo": notificacao.prazo,
        "quem": {"nome": notificacao.nome, "cargo": notificacao.cargo, "matricula": notificacao.matricula},
    }


def do_aditivo(feita: Prorrogacao) -> dict[str, Any]:
    acordo = feita.acordo
    ordem = acordo.prorrogacoes.filter(situacao="efetivada").count() + 1
    return {
        **_comum(acordo),
        "ordem": ordem,
        "meses": feita.meses,
        "fim_atual": feita.fim_anterior,
        "novo_fim": feita.novo_fim,
        "pedida_em": feita.pedida_em.astimezone(acordo.municipio.fuso).date(),
        "justificativa": feita.justificativa,
        "dias_renovar": parametro("dias_renovar_termos", hoje_em(acordo.municipio)).valor,
        "quem": {
            "nome": feita.decisor_nome,
            "cargo": feita.decisor_cargo,
            "matricula": feita.decisor_matricula,
            "unidade": acordo.processo.unidade.nome,
        },
    }
