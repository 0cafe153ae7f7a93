"""Reads of the reception, each with a constant number of queries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, QuerySet

from act_portal.territorio.models import Balcao
from requerimentos.models import Atendimento, Pessoa, Requerimento
from requerimentos.recepcao import regras
from requerimentos.situacoes import SituacaoAtendimento as S

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

MAXIMO_DE_ACHADOS = 20


def procurar(usuario: Usuario, texto: str) -> list[Pessoa]:
    """People found by CPF, name (no accents needed) or INSS protocol; at most 20, with the last visit and open ones."""
    texto = texto.strip()
    if not texto:
        return []
    visiveis = Pessoa.objects.visiveis_para(usuario)
    digitos = "".join(c for c in texto if c.isdigit())
    if 8 <= len(digitos) <= 10 and not any(c.isalpha() for c in texto):
        achadas = visiveis.filter(requerimentos__protocolo=digitos).distinct()
    else:
        achadas = visiveis.buscar(texto)
    abertos = Requerimento.objects.em_aberto().filter(pessoa=OuterRef("pk"))
    anotadas = achadas.annotate(ultima_visita=Max("atendimentos__dia"), tem_aberto=Exists(abertos))
    return list(anotadas.order_by("nome_busca")[:MAXIMO_DE_ACHADOS])


def fila(balcao: Balcao, hoje: date) -> list[tuple[Atendimento, regras.Lugar]]:
    """Who waits, in legal order with the reason."""
    esperando = do_dia(balcao, hoje).filter(situacao=S.AGUARDANDO)
    return regras.ordenar(esperando)


def do_dia(balcao: Balcao, hoje: date) -> QuerySet[Atendimento]:
    return Atendimento.objects.filter(balcao=balcao, dia=hoje).select_related("pessoa", "atendente", "municipio")
