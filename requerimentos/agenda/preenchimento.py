"""From an appointment to the contents of its receipt (`papeis.contrato`)."""

from __future__ import annotations

from typing import Any

from act_portal.catalogos.fonte import sem_marca
from act_portal.telas.formatos import no_meio_da_frase
from act_portal.territorio.consultas import hoje_em
from requerimentos.agenda import normas, regras
from requerimentos.agenda.distancias import da_pessoa
from requerimentos.models import Agendamento
from requerimentos.papeis.preenchimento import comum

Dados = dict[str, Any]
HORARIO_135 = "segunda a sábado, das 7h às 22h de Brasília"


def levar(agendamento: Agendamento) -> list[str]:
    return list(normas.ler().levar.get(agendamento.tipo, ()))


def resumo(agendamento: Agendamento) -> Dados:
    """Its lines in the receipt of the request."""
    return {
        "tipo": agendamento.get_tipo_display(),
        "data": agendamento.momento.date(),
        "hora": f"{agendamento.momento:%Hh%M}",
        "unidade": agendamento.unidade,
        "endereco": agendamento.endereco,
        "levar": ", ".join(levar(agendamento)),
    }


def comprovante(agendamento: Agendamento) -> Dados:
    """What the citizen takes along: the name to call them by, and never the CPF."""
    requerimento = agendamento.requerimento
    conhecidos = comum(requerimento, requerimento.atendente)
    dados = {
        **{k: v for k, v in conhecidos.items() if k.startswith(("entidade_", "ponto_", "act_", "codigo_caso"))},
        "ponto_horario": no_meio_da_frase(conhecidos["ponto_horario"]),
        "nome_tratamento": requerimento.pessoa.nome,
        "servico_nome_simples": requerimento.servico.nome,
        "protocolo_inss": requerimento.protocolo,
        "agendamento_numero": agendamento.numero_inss,
        **resumo(agendamento),
        "levar": levar(agendamento),
        "acompanhante": agendamento.acompanhante,
        "transporte": agendamento.transporte,
        "horario_135": HORARIO_135,
        **_remarcar(agendamento),
    }
    if distancia := da_pessoa(requerimento, [agendamento.ibge]).get(agendamento.ibge):
        dados["distancia_km"] = distancia
    return dados


def _remarcar(agendamento: Agendamento) -> Dados:
    """As the rule stood when the paper was made; it does not follow the calendar, so that the paper stays the same."""
    requerimento = agendamento.requerimento
    dia = agendamento.momento.date()
    regra = normas.remarcacao_de(requerimento.servico_codigo, hoje_em(requerimento.municipio))
    feitas = requerimento.agendamentos.filter(tipo=agendamento.tipo, remarcacao=True).count()
    nao = regras.por_que_nao_remarcar(
        situacao=agendamento.situacao, dia=dia, hoje=dia, remarcacoes=feitas, regra=regra
    )  # fmt: skip
    if nao:
        return {"remarcar_nao": nao, "remarcar_norma": sem_marca(regra.base)}
    return {"remarcar_ate": regras.ultimo_dia(dia, regra), "remarcar_norma": sem_marca(regra.base)}
