"""The agreement in the list of conference: what INSS and the town did to each other after the signature, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from adesao.habilitacao.catalogo import comprovante
from adesao.indicadores.catalogo import conferivel, indicador
from adesao.models import Acordo, Habilitacao, Processo

Dados = dict[str, Any]


def do_acordo(processo: Processo) -> Dados | None:
    """None before there is a published agreement."""
    acordo = Acordo.objects.publicados().filter(processo=processo).first()
    if acordo is None:
        return None
    return {
        "numero": acordo.numero,
        "situacao": acordo.estado.label,
        "publicacao": f"DOU de {acordo.dou_data:%d/%m/%Y}, seção {acordo.dou_secao}, página {acordo.dou_pagina}",
        "inicio": acordo.inicio,
        "fim": acordo.fim,
        "encerrado_em": acordo.encerrado_em,
        "servicos": acordo.servicos.filter(ate__isnull=True).count(),
        "pessoas": [_pessoa(h) for h in acordo.habilitacoes.select_related("representante")],
        "documentos": _documentos(acordo),
        "notificacoes": _notificacoes(acordo),
        "prorrogacoes": _prorrogacoes(acordo),
        "atos": _atos(acordo),
    }


def _pessoa(habilitacao: Habilitacao) -> Dados:
    provas = habilitacao.comprovacoes.filter(situacao="confirmada").order_by("em", "pk")
    return {
        "nome": str(habilitacao),
        "papel": habilitacao.representante.get_papel_display(),
        "situacao": habilitacao.estado.label,
        "ate": habilitacao.acesso_ate,
        "provas": [f"{_do_pedido(c.requisito)}, {c.em:%d/%m/%Y}" for c in provas],
    }


def _do_pedido(codigo: str) -> str:
    pedido = comprovante(codigo)
    return pedido.nome if pedido else codigo


def _documentos(acordo: Acordo) -> list[Dados]:
    linhas = []
    for c in acordo.conferencias.order_by("enviada_em", "pk"):
        pedido = conferivel(c.documento)
        nome, situacao = pedido.nome if pedido else c.documento, c.get_situacao_display()
        linhas.append({"nome": nome, "texto": c.texto, "em": c.em, "ate": c.ate, "situacao": situacao,
                       "quem": c.conferente})  # fmt: skip
    return linhas


def _notificacoes(acordo: Acordo) -> list[Dados]:
    return [
        {
            "numero": n.numero,
            "em": _dia(acordo, n.em),
            "motivos": ", ".join(indicador(codigo).nome for codigo in n.indicadores),
            "fatos": n.fatos,
            "providencias": n.providencias,
            "prazo": n.prazo,
            "resposta": n.resposta,
            "respondida_em": _dia(acordo, n.respondida_em),
            "avaliacao": n.avaliacao,
            "avaliador": n.avaliador,
            "situacao": n.estado.label,
        }
        for n in acordo.notificacoes.order_by("em", "pk")
    ]


def _prorrogacoes(acordo: Acordo) -> list[Dados]:
    return [
        {
            "nome": str(p),
            "pedida_em": _dia(acordo, p.pedida_em),
            "justificativa": p.justificativa,
            "decisao": p.decisao,
            "quem": f"{p.decisor_nome}, {p.decisor_cargo}, matrícula {p.decisor_matricula}" if p.decisor_nome else "",
            "novo_fim": p.novo_fim,
            "dou_data": p.dou_data,
            "dou_pagina": p.dou_pagina,
            "situacao": p.estado.label,
        }
        for p in acordo.prorrogacoes.order_by("pedida_em", "pk")
    ]


def _atos(acordo: Acordo) -> list[Dados]:
    return [
        {
            "em": _dia(acordo, a.em),
            "ato": a.nome_do_verbo,
            "texto": a.texto,
            "competencia": a.competencia,
            "quem": f"{a.nome}{', ' + a.cargo if a.cargo else ''}{', matrícula ' + a.matricula if a.matricula else ''}",
        }
        for a in acordo.atos.order_by("em", "pk")
    ]


def _dia(acordo: Acordo, momento: datetime | None) -> date | None:
    return momento.astimezone(acordo.municipio.fuso).date() if momento else None
