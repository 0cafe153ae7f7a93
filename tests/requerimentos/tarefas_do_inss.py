"""Answers of INSS, built by hand: what the client gives to the follow-up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, now

from requerimentos.envio.inss import AgendamentoInss, DecisaoInss, ExigenciaInss, Tarefa
from requerimentos.models import Requerimento


def tarefa(requerimento: Requerimento, *, versao: int = 1, **campos: Any) -> Tarefa:
    padrao: dict[str, Any] = {
        "protocolo": requerimento.protocolo,
        "situacao": "PENDENTE",
        "entrada_em": requerimento.protocolado_em or now(),
        "atualizada_em": now(),
        "versao": versao,
        "unidade": "CEAB Teste",
        "exigencias": (),
        "decisao": None,
        "agendamentos": (),
    }
    return Tarefa(**{**padrao, **campos})


def pedida(numero: str = "1", *, emissao: date | None = None, prazo: date | None = None, **mais: Any) -> ExigenciaInss:
    """An exigência as INSS shows it; noon in Brasília, so that the day is the same in every town."""
    dia = emissao or localdate()
    padrao: dict[str, Any] = {
        "id": numero,
        "texto": "Apresentar certidão de casamento atualizada.",
        "situacao": "ABERTA",
        "emitida_em": datetime(dia.year, dia.month, dia.day, 15, tzinfo=UTC),
        "prazo": prazo or dia + timedelta(days=30),
        "cumprida_em": None,
    }
    return ExigenciaInss(**{**padrao, **mais})


def em_exigencia(requerimento: Requerimento, *exigencias: ExigenciaInss, versao: int = 2, **campos: Any) -> Tarefa:
    return tarefa(
        requerimento,
        versao=versao,
        situacao="CUMPRIMENTO_DE_EXIGENCIA",
        exigencias=exigencias or (pedida(),),
        **campos,
    )


def decidida(
    requerimento: Requerimento,
    resultado: Any = "indeferido",
    *,
    versao: int = 5,
    data: date | None = None,
    **campos: Any,
) -> Tarefa:
    motivos = ("Renda acima do limite.",) if resultado in {"indeferido", "parcial"} else ()
    decisao = DecisaoInss(
        resultado=resultado,
        motivos=motivos,
        texto="Decisão de teste.",
        nb="" if resultado == "indeferido" else "1234567890",
        especie="",
        data=localdate(),
        prazo_recurso=None,
    )
    return tarefa(requerimento, versao=versao, situacao="CONCLUIDA", decisao=decisao, **campos)


def marcado(numero: str = "900", *, quando: datetime | None = None, situacao: str = "AGENDADO") -> AgendamentoInss:
    return AgendamentoInss(
        protocolo=numero,
        tipo="PERICIA_MEDICA",
        situacao=situacao,
        quando=quando or now() + timedelta(days=12),
        unidade="APS Teste",
        endereco="Rua da Agência, 1",
    )
