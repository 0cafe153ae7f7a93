"""Reads of the trail, shaped for the manager's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from act_portal.auditoria.models import Acesso, Evento
from act_portal.auditoria.rotulos import estado, rotulo
from act_portal.contas.models import Usuario, Vinculo


@dataclass(frozen=True)
class Linha:
    """One row of the page: who did what to what, and when."""

    quando: datetime
    quem: str
    frase: str
    alvo: str
    detalhe: str


def linha_do_evento(evento: Evento) -> Linha:
    return Linha(
        quando=evento.criado_em,
        quem=str(evento.autor) if evento.autor_id else "Cidadão ou sistema",
        frase=rotulo(evento.acao),
        alvo=nome_do_alvo(evento.alvo_tipo, evento.alvo_id),
        detalhe=_detalhe(evento),
    )


def linha_do_acesso(acesso: Acesso) -> Linha:
    return Linha(
        quando=acesso.criado_em,
        quem=str(acesso.usuario),
        frase=rotulo(acesso.acao),
        alvo=nome_do_alvo(acesso.alvo_tipo, acesso.alvo_id),
        detalhe=f"cadastro {acesso.titular_id}" if acesso.titular_id else "",
    )


def nome_do_alvo(tipo: str, chave: str) -> str:
    """`"requerimentos.requerimento", "12"` as "requerimento 12". Never the object's own text, which may be a name."""
    if not tipo:
        return ""
    try:
        nome = str(apps.get_model(tipo)._meta.verbose_name)
    except LookupError:
        nome = tipo
    return f"{nome} {chave}"


def _detalhe(evento: Evento) -> str:
    de, para = (_estado(evento.acao, evento.alvo_tipo, evento.dados.get(lado)) for lado in ("de", "para"))
    if de and para:
        return f"de “{de}” para “{para}”"
    return f"estava “{de}”" if de else ""


def _estado(acao: str, tipo: str, valor: Any) -> str:
    """The label that the target's own model gives to a state, unless the action is about a part of it."""
    if not isinstance(valor, str) or not valor:
        return ""
    if nome := estado(acao, valor):
        return nome
    try:
        campos = apps.get_model(tipo)._meta.concrete_fields
    except (LookupError, ValueError):
        return valor
    for campo in campos:
        for opcao, nome in campo.flatchoices:
            if opcao == valor:
                return str(nome)
    return valor


def filtrar(linhas: QuerySet, filtros: dict[str, Any], *, pessoa: str, fuso: ZoneInfo | None) -> QuerySet:
    """`filtros`: `pessoa` (Usuario), `acao` and `dia`, each optional; `pessoa` names the field of the row."""
    if filtros.get("pessoa"):
        linhas = linhas.filter(**{pessoa: filtros["pessoa"]})
    if filtros.get("acao"):
        linhas = linhas.filter(acao=filtros["acao"])
    if filtros.get("dia"):
        inicio, fim = do_dia(filtros["dia"], fuso)
        linhas = linhas.filter(criado_em__gte=inicio, criado_em__lt=fim)
    return linhas


def do_dia(dia: date, fuso: ZoneInfo | None) -> tuple[datetime, datetime]:
    """The moments between which it is `dia` in the town's own time."""
    zona = fuso or get_default_timezone()
    return datetime.combine(dia, time.min, zona), datetime.combine(dia + timedelta(days=1), time.min, zona)


def pessoas(usuario: Usuario) -> QuerySet[Usuario]:
    """Who may appear in the trail that `usuario` reads: everybody who ever had a role in that place."""
    vinculo = usuario.vinculo
    if vinculo is None:
        return Usuario.objects.none()
    onde = {"municipio": vinculo.municipio_id} if vinculo.municipio_id else {"papel": "administrador"}
    return Usuario.objects.filter(pk__in=Vinculo.objects.filter(**onde, por_aceitar=False).values("usuario"))
