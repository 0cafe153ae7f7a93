"""The worklist: one page read with a constant number of queries, however many requests there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q

from act_portal.auditoria.consultas import Linha, linha_do_evento
from act_portal.auditoria.models import Evento
from act_portal.territorio.texto import normalizar
from requerimentos.models import Envio, Pessoa, Requerimento, Resultado
from requerimentos.models.requerimento import RequerimentoQuerySet
from requerimentos.recorte import Recorte
from requerimentos.situacoes import Etapa, SituacaoEnvio, TipoResultado

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

POR_PAGINA = 25
NO_CASO = "requerimento__"
# Of a short timeline: how many events are read for each line that it shows.
LIDOS_POR_LINHA = 5
FATOS = {"protocolado": "Enviados ao INSS", "resultado": "Com resultado do INSS"}
# From this many people on, a name is a common one.
MUITAS = 200


@dataclass(frozen=True)
class Filtros:
    """What the clerk asked for. `texto`: CPF, name or INSS protocol."""

    texto: str = ""
    etapa: str = ""
    servico: str = ""
    so_meus: bool = False
    abertos: bool = False
    # What a number of a dashboard counted: those sent, or those decided, on these days in this place.
    fato: str = ""
    resultado: str = ""
    recorte: Recorte = field(default_factory=Recorte)

    @property
    def do_painel(self) -> str:
        """In words, what the number counted; empty when the list came from no number."""
        if self.fato not in FATOS and not self.recorte:
            return ""
        return " · ".join(filter(None, [FATOS.get(self.fato, ""), str(self.recorte), self._do_resultado()]))

    def _do_resultado(self) -> str:
        return TipoResultado(self.resultado).label if self.resultado in TipoResultado.values else ""


@dataclass(frozen=True)
class PaginaDaLista:
    linhas: list[Requerimento]
    proxima: str  # the cursor of the next page; empty on the last one
    # Of a list that a number opened, how many there are in all.
    total: int | None = None


def lista(usuario: Usuario, filtros: Filtros, *, cursor: str = "") -> PaginaDaLista:
    """Requests newest first, paged by key and not by offset: page 4,000 costs what page 1 costs."""
    linhas = _filtrar(Requerimento.objects.visiveis_para(usuario), usuario, filtros)
    total = linhas.count() if filtros.do_painel else None
    if marco := _ler_cursor(cursor):
        criado_em, pk = marco
        linhas = linhas.filter(Q(criado_em__lt=criado_em) | Q(criado_em=criado_em, pk__lt=pk))
    linhas = linhas.com_revogacao().select_related("pessoa", "servico", "atendente", "municipio").only(
        "codigo", "etapa", "situacao_inss", "protocolo", "criado_em", "alterado_em", "servico__nome",
        "pessoa__nome_civil", "pessoa__nome_social", "atendente__nome", "municipio__nome", "municipio__uf",
        "municipio__fuso_horario",
    )  # fmt: skip
    pagina = list(linhas.order_by("-criado_em", "-pk")[: POR_PAGINA + 1])
    sobra = len(pagina) > POR_PAGINA
    pagina = pagina[:POR_PAGINA]
    proxima = f"{pagina[-1].criado_em.isoformat()}_{pagina[-1].pk}" if sobra else ""
    return PaginaDaLista(pagina, proxima, total)


def linha_do_tempo(requerimento: Requerimento, quantos: int | None = None) -> list[Linha]:
    """What happened to a request, in words, newest first. A short one (`quantos`) tells six uploads in a row once."""
    eventos = Evento.objects.filter(alvo_tipo=requerimento._meta.label_lower, alvo_id=str(requerimento.pk))
    lidos = quantos * LIDOS_POR_LINHA if quantos else None
    linhas = []
    for evento in eventos.select_related("autor").order_by("-numero")[:lidos]:
        linha = linha_do_evento(evento)
        # Only the desk acts on a request: what has no author came from INSS, through the portal.
        linhas.append(linha if evento.autor_id else replace(linha, quem="Portal"))
    return _sem_repetir(linhas)[:quantos] if quantos else linhas


def _sem_repetir(linhas: list[Linha]) -> list[Linha]:
    juntas = []
    for _, grupo in groupby(linhas, key=lambda linha: (linha.quem, linha.frase, linha.detalhe)):
        iguais = list(grupo)
        vezes = f"{len(iguais)} vezes" if len(iguais) > 1 else ""
        juntas.append(replace(iguais[0], detalhe=", ".join(filter(None, [iguais[0].detalhe, vezes]))))
    return juntas


def _filtrar(linhas: RequerimentoQuerySet, usuario: Usuario, filtros: Filtros) -> RequerimentoQuerySet:
    if filtros.etapa in Etapa.values:
        linhas = linhas.filter(etapa=filtros.etapa)
    if filtros.abertos:
        linhas = linhas.exclude(etapa__in=[Etapa.ENTREGUE, Etapa.CANCELADO])
    if filtros.servico:
        linhas = linhas.filter(servico_codigo=filtros.servico)
    linhas = _do_painel(linhas, filtros)
    if filtros.so_meus:
        linhas = linhas.filter(atendente=usuario)
    digitos = "".join(c for c in filtros.texto if c.isdigit())
    if digitos and not normalizar(filtros.texto).strip("0123456789.-/ "):
        # First the ids, each by its own index: an OR across the two tables reads the whole town.
        achados = set(linhas.por_protocolo(digitos).values_list("pk", flat=True))
        if len(digitos) == 11:
            donas = list(Pessoa.objects.visiveis_para(usuario).filter(cpf=digitos))
            achados |= set(linhas.filter(pessoa__in=donas).values_list("pk", flat=True))
        return linhas.filter(pk__in=achados)
    if filtros.texto.strip():
        return _por_nome(linhas, usuario, filtros.texto)
    return linhas


def _do_painel(linhas: RequerimentoQuerySet, filtros: Filtros) -> RequerimentoQuerySet:
    """By the same fact, moment and place as the daily counts, so that a number and its list agree."""
    recorte = filtros.recorte
    linhas = recorte.do_lugar(linhas)
    if filtros.fato == "protocolado":
        enviados = Envio.objects.filter(situacao=SituacaoEnvio.RECEBIDO, exigencia__isnull=True)
        enviados = recorte.dos_dias(recorte.do_lugar(enviados, NO_CASO), "encerrado_em", NO_CASO)
        return linhas.filter(pk__in=enviados.values("requerimento"))
    if filtros.fato == "resultado":
        decididos = Resultado.objects.all()
        if filtros.resultado:
            decididos = decididos.filter(tipo=filtros.resultado)
        decididos = recorte.dos_dias(recorte.do_lugar(decididos, NO_CASO), "recebido_em", NO_CASO)
        return linhas.filter(pk__in=decididos.values("requerimento"))
    return recorte.dos_dias(linhas, "criado_em")


def _por_nome(linhas: RequerimentoQuerySet, usuario: Usuario, texto: str) -> RequerimentoQuerySet:
    """A rare name: its few people, then their requests. A common one: the newest requests until the page is full."""
    achadas = Pessoa.objects.visiveis_para(usuario).buscar(texto).order_by()
    pessoas = list(achadas.values_list("pk", flat=True)[:MUITAS])
    if len(pessoas) < MUITAS:
        return linhas.filter(pessoa__in=pessoas)
    for pedaco in normalizar(texto).split():
        linhas = linhas.filter(pessoa__nome_busca__contains=pedaco)
    return linhas


def _ler_cursor(cursor: str) -> tuple[datetime, int] | None:
    momento, _, pk = cursor.rpartition("_")
    try:
        criado_em = datetime.fromisoformat(momento)
        return (criado_em, int(pk)) if criado_em.tzinfo else None
    except ValueError:
        return None
