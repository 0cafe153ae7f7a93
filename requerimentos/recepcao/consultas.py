"""Reads of the reception, each with a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from act_portal.contas.models import Vinculo
from act_portal.territorio.models import Balcao
from requerimentos.models import Atendimento, Pessoa, Representante, Requerimento
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
        achadas = visiveis.filter(requerimentos__in=Requerimento.objects.por_protocolo(digitos)).distinct()
    else:
        achadas = visiveis.buscar(texto)
    abertos = Requerimento.objects.em_aberto().filter(pessoa=OuterRef("pk"))
    anotadas = achadas.annotate(ultima_visita=Max("atendimentos__dia"), tem_aberto=Exists(abertos))
    return list(anotadas.order_by("nome_busca")[:MAXIMO_DE_ACHADOS])


def unica(usuario: Usuario, texto: str) -> Pessoa | None:
    """The one person that a full CPF or a protocol names; None for a name, which may be several people's."""
    if any(c.isalpha() for c in texto):
        return None
    achadas = procurar(usuario, texto)
    return achadas[0] if len(achadas) == 1 else None


def fila(balcao: Balcao, hoje: date) -> list[tuple[Atendimento, regras.Lugar]]:
    """Who waits, in legal order with the reason."""
    esperando = do_dia(balcao, hoje).filter(situacao=S.AGUARDANDO)
    return regras.ordenar(esperando)


def na_frente(atendimento: Atendimento) -> int | None:
    """How many people are served before this one; None when it does not wait."""
    if atendimento.estado != S.AGUARDANDO:
        return None
    lugares = {esperando.pk: lugar.posicao for esperando, lugar in fila(atendimento.balcao, atendimento.dia)}
    return lugares[atendimento.pk] - 1


def em_curso(balcao: Balcao, hoje: date) -> QuerySet[Atendimento]:
    """Called or being served now, and visits of other days that nobody finished."""
    vivas = Q(dia=hoje, situacao__in=[S.CHAMADO, S.EM_ATENDIMENTO]) | Q(dia__lt=hoje, situacao=S.EM_ATENDIMENTO)
    return Atendimento.objects.filter(vivas, balcao=balcao).select_related("pessoa", "atendente", "municipio")


def do_dia(balcao: Balcao, hoje: date) -> QuerySet[Atendimento]:
    return Atendimento.objects.filter(balcao=balcao, dia=hoje).select_related("pessoa", "atendente", "municipio")


def do_acordo(cpf: str, hoje: date) -> bool:
    """Whether this CPF works at the desk of some town: as clerk or manager, today."""
    return bool(os_do_acordo([cpf], hoje))


def os_do_acordo(cpfs: Iterable[str], hoje: date) -> set[str]:
    """Those of `cpfs` that work at the desk of some town today."""
    papeis = [Vinculo.Papel.ATENDENTE, Vinculo.Papel.GESTOR]
    procurados = {cpf for cpf in cpfs if cpf}
    vinculos = Vinculo.objects.vigentes(hoje).filter(usuario__cpf__in=procurados, papel__in=papeis)
    return set(vinculos.values_list("usuario__cpf", flat=True))


def problemas_de(representante: Representante, *, pessoa: Pessoa, hoje: date) -> list[str]:
    """Why this person may not act for `pessoa` today; empty when they may."""
    quem = em_valores(representante, hoje)
    return regras.problemas_da_representacao(quem, idade_titular=pessoa.idade_em(hoje), hoje=hoje)


def em_valores(representante: Representante, hoje: date) -> regras.QuemRepresenta:
    return regras.QuemRepresenta(
        nome=representante.nome,
        tipo=representante.tipo,
        titulo_data=representante.titulo_data,
        validade=representante.validade,
        processo=representante.processo,
        substabelece=representante.procuracao_substabelece,
        do_acordo=representante.procurador and do_acordo(representante.cpf, hoje),
    )
