"""A task as the API tells it. No name and no CPF: whoever asks knows whose protocol it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from act_portal.simulador_inss.agenda import Unidade, Vaga
from act_portal.simulador_inss.catalogo import servicos
from act_portal.simulador_inss.models import Agendamento, Exigencia, Tarefa


def momento(valor: datetime) -> str:
    return timezone.localtime(valor).isoformat(timespec="seconds")


def agendamento_json(agendamento: Agendamento) -> dict[str, Any]:
    return {
        "protocolo": agendamento.protocolo,
        "tipo": agendamento.tipo,
        "situacao": agendamento.estado,
        "dataHora": momento(agendamento.quando),
        "unidade": agendamento.unidade,
        "endereco": agendamento.endereco,
        "municipio": agendamento.ibge,
        "remarcacao": agendamento.remarcacao,
    }


def unidade_json(unidade: Unidade) -> dict[str, Any]:
    return {
        "codigo": unidade.codigo,
        "nome": unidade.nome,
        "endereco": unidade.endereco,
        "municipio": unidade.ibge,
    }


def vaga_json(vaga: Vaga) -> dict[str, Any]:
    return {"id": vaga.id, "unidade": vaga.unidade.codigo, "tipo": vaga.tipo, "dataHora": momento(vaga.quando)}


def exigencia_json(exigencia: Exigencia) -> dict[str, Any]:
    return {
        "id": exigencia.codigo,
        "texto": exigencia.texto,
        "situacao": exigencia.estado,
        "dataEmissao": momento(exigencia.emitida_em),
        "prazo": exigencia.prazo.isoformat(),
        "dataCumprimento": momento(exigencia.cumprida_em) if exigencia.cumprida_em else None,
    }


def decisao_json(tarefa: Tarefa) -> dict[str, Any] | None:
    if not tarefa.resultado or tarefa.decidida_em is None:
        return None
    servico = servicos().get(tarefa.servico)
    return {
        "resultado": tarefa.resultado,
        "motivos": tarefa.motivos,
        "texto": tarefa.despacho,
        "nb": tarefa.nb,
        "especie": servico.especie if servico and tarefa.nb else "",
        "data": timezone.localdate(tarefa.decidida_em).isoformat(),
        "prazoRecurso": tarefa.prazo_recurso.isoformat() if tarefa.prazo_recurso else None,
        "carta": f"/api/requerimentos/{tarefa.protocolo}/carta",
    }


def tarefa_json(tarefa: Tarefa) -> dict[str, Any]:
    return {
        "protocolo": tarefa.protocolo,
        "servico": {"codigo": tarefa.servico, "nome": tarefa.servico_nome},
        "situacao": tarefa.situacao,
        "dataEntradaRequerimento": momento(tarefa.entrada_em),
        "dataUltimaAtualizacao": momento(tarefa.atualizada_em),
        "versao": tarefa.versao,
        "unidade": tarefa.unidade,
        "exigencias": [exigencia_json(e) for e in tarefa.exigencias.all()],
        "decisao": decisao_json(tarefa),
        "agendamentos": [agendamento_json(a) for a in tarefa.agendamentos.all()],
    }


def recibo_json(tarefa: Tarefa) -> dict[str, Any]:
    return {
        "protocolo": tarefa.protocolo,
        "situacao": tarefa.situacao,
        "dataEntradaRequerimento": momento(tarefa.entrada_em),
        "unidade": tarefa.unidade,
        "agendamentos": [agendamento_json(a) for a in tarefa.agendamentos.all()],
    }
