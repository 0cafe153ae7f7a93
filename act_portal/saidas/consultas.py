"""Reads of the queue, for pages and for /saude/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, Min
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime, now

from act_portal.saidas.models import Batimento, Saida, SaidaQuerySet
from act_portal.saidas.rotulos import frase, rotulo
from act_portal.suporte import suporte

CACHE_SEGUNDOS = 5


def trabalhador_vivo() -> bool:
    """Whether some worker gave a sign lately (remembered for 5 s, so that every page may ask)."""
    vivo = cache.get("saidas.trabalhador_vivo")
    if vivo is None:
        vivo = visto_em() >= now() - settings.SAIDAS_BATIMENTO_MAXIMO
        cache.set("saidas.trabalhador_vivo", vivo, CACHE_SEGUNDOS)
    return vivo


def visto_em() -> datetime:
    """The worker's last sign of life; the beginning of time when there was none."""
    batimento = Batimento.objects.filter(quem=Batimento.Quem.TRABALHADOR).first()
    return batimento.em if batimento else datetime.fromtimestamp(0, tz=localtime().tzinfo)


def idade_da_mais_antiga(agora: datetime) -> timedelta:
    """How long the oldest due piece of work has been waiting for somebody; zero when none is."""
    # A row whose worker died waits since its lease ran out.
    desde = Saida.objects.atrasadas(agora).aggregate(desde=Min(Coalesce("reservada_ate", "proxima_em")))["desde"]
    return agora - desde if desde else timedelta()


@dataclass(frozen=True)
class FalhaPorTipo:
    tipo: str
    erro: str
    estado: str
    quantas: int
    ultima: datetime

    @property
    def rotulo(self) -> str:
        return rotulo(self.tipo)

    @property
    def frase(self) -> str:
        return frase(self.erro)

    @property
    def parada(self) -> bool:
        return self.estado == Saida.Estado.MORTA


@dataclass(frozen=True)
class EstadoDaFila:
    vivo: bool
    espera: timedelta
    na_fila: int
    em_andamento: int
    paradas: int
    feitas_na_ultima_hora: int
    falhas: list[FalhaPorTipo]

    @property
    def atrasada(self) -> bool:
        return self.espera > settings.SAIDAS_IDADE_MAXIMA

    @property
    def espera_em_minutos(self) -> int:
        return int(self.espera.total_seconds() // 60)


def estado_da_fila() -> EstadoDaFila:
    """Everything that the administrators' page shows of the queue."""
    agora = now()
    abertas = Saida.objects.exclude(estado=Saida.Estado.FEITA)
    contagem = dict(abertas.order_by().values_list("estado").annotate(Count("pk")))
    falhas = abertas.exclude(erro="").order_by().values("tipo", "erro", "estado")
    falhas = falhas.annotate(quantas=Count("pk"), ultima=Max("criada_em")).order_by("-quantas", "tipo")[:50]
    return EstadoDaFila(
        vivo=trabalhador_vivo(),
        espera=idade_da_mais_antiga(agora),
        na_fila=contagem.get(Saida.Estado.PENDENTE, 0),
        em_andamento=contagem.get(Saida.Estado.EXECUTANDO, 0),
        paradas=contagem.get(Saida.Estado.MORTA, 0),
        feitas_na_ultima_hora=Saida.objects.filter(
            estado=Saida.Estado.FEITA, feita_em__gte=agora - timedelta(hours=1)
        ).count(),
        falhas=[FalhaPorTipo(**linha) for linha in falhas],
    )


@dataclass(frozen=True)
class Parada:
    """One buried row, in words."""

    pk: int
    rotulo: str
    frase: str
    tentativas: int
    criada_em: datetime


def paradas() -> SaidaQuerySet:
    return Saida.objects.filter(estado=Saida.Estado.MORTA).order_by("tipo", "criada_em")


def em_palavras(saidas: Iterable[Saida]) -> list[Parada]:
    return [Parada(s.pk, rotulo(s.tipo), frase(s.erro), s.tentativas, s.criada_em) for s in saidas]


@dataclass(frozen=True)
class SituacaoDoTrabalho:
    """How one promised piece of work is doing, for the page of whoever waits for it."""

    estado: str
    proxima_em: datetime
    erro: str
    falhou: bool
    trabalhador_vivo: bool

    @property
    def feito(self) -> bool:
        return self.estado == Saida.Estado.FEITA

    @property
    def parado(self) -> bool:
        return self.estado == Saida.Estado.MORTA

    @property
    def frase(self) -> str:
        if self.feito:
            return "Pronto."
        if self.parado:
            return f"Parou depois de várias tentativas. {self.erro} Avise {suporte()}.".replace("  ", " ")
        if not self.trabalhador_vivo:
            return "A parte do portal que faz isto está parada. O pedido está guardado e continua quando ela voltar."
        if self.estado == Saida.Estado.EXECUTANDO:
            return "Está sendo feito agora."
        if self.erro and self.proxima_em > now():
            return f"Ainda não deu certo. {self.erro} Nova tentativa às {localtime(self.proxima_em):%H:%M}."
        return "Está na fila e começa em instantes."


def situacao_de(chave: str) -> SituacaoDoTrabalho | None:
    """The state of the work promised under `chave`; None when nothing was promised."""
    saida = Saida.objects.filter(chave=chave).first()
    if saida is None:
        return None
    return SituacaoDoTrabalho(
        estado=saida.estado,
        proxima_em=saida.proxima_em,
        erro=frase(saida.erro),
        falhou=bool(saida.erro),
        trabalhador_vivo=trabalhador_vivo(),
    )
