"""What the terms say of whoever signs them."""

from __future__ import annotations

from typing import Any

from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao.checklist.catalogo import parametro
from adesao.habilitacao.catalogo import Comprovante
from adesao.models import Habilitacao, Representante
from adesao.papeis.preenchimento import Material, comum
from adesao.situacoes import SituacaoComprovacao

SISTEMAS = ("Portal de Atendimento do INSS", "GERID", "este portal")


def conteudo(habilitacao: Habilitacao, pedido: Comprovante) -> dict[str, Any]:
    """Raises ErroDeDominio when the term speaks of something that is not proved yet."""
    acordo, pessoa = habilitacao.acordo, habilitacao.representante
    hoje = hoje_em(acordo.municipio)
    partes = comum(acordo.processo, Material(acordo.processo).municipio)
    return {
        **partes,
        "agente_nome": pessoa.nome,
        "agente_cpf": pessoa.cpf,
        "agente_nacionalidade": pessoa.nacionalidade,
        "agente_matricula": pessoa.matricula,
        "agente_cargo": pessoa.cargo,
        "agente_email": pessoa.email,
        "agente_endereco": pessoa.ponto.endereco if pessoa.ponto else partes["endereco"],
        "perfil": pessoa.get_papel_display(),
        "gestao_acesso": pessoa.papel == Representante.Papel.CADASTRADOR,
        "act_tipo": acordo.get_instrumento_display(),
        "act_numero_ano": acordo.numero,
        "act_publicacao": f"Diário Oficial da União de {acordo.dou_data:%d/%m/%Y}, seção {acordo.dou_secao}, "
        f"página {acordo.dou_pagina}",
        "sistemas": list(SISTEMAS),
        "renovar_meses": pedido.validade_meses,
        "codigo_caso": f"acordo {acordo.numero}",
        "horas_minimas": parametro("capacitacao_horas", hoje).valor,
        **(_do_aceite(habilitacao) if pedido.codigo == "aceite" else {}),
    }


def _do_aceite(habilitacao: Habilitacao) -> dict[str, Any]:
    provas = {
        c.requisito: c
        for c in habilitacao.comprovacoes.exclude(
            situacao__in=[SituacaoComprovacao.RECUSADA, SituacaoComprovacao.SUBSTITUIDA]
        ).order_by("pk")
    }
    for codigo, nome in (("capacitacao", "a capacitação"), ("tcms", "o TCMS"), ("seguranca", "o termo de segurança")):
        if codigo not in provas:
            raise ErroDeDominio(f"O aceite fala do que já foi feito: envie antes {nome}.")
    curso = provas["capacitacao"]
    return {
        "capacitacao_nome": curso.texto,
        "capacitacao_horas": curso.horas,
        "capacitacao_data": curso.em,
        "tcms_em": provas["tcms"].em,
        "seguranca_em": provas["seguranca"].em,
    }
