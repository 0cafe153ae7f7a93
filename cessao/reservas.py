"""The days that terms take of spaces. Always under the lock of the property: two lendings wait for each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import now

from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao.models import Espaco, Imovel, Reserva, Termo
from cessao.regras import abaixo_de, acima_de, metros, sobrepoe, tocados_por


def arvore(imovel_id: int) -> dict[int, int | None]:
    """Each space of the property and the one around it."""
    return dict(Espaco.objects.filter(imovel=imovel_id).values_list("pk", "dentro_de"))


def travar_imovel(espaco: Espaco) -> None:
    Imovel.objects.select_for_update().get(pk=espaco.imovel_id)


def vivas(espacos: set[int], inicio: date, fim: date) -> list[Reserva]:
    """The reservations that take a day of the span from one of these spaces."""
    return list(
        Reserva.objects.filter(espaco__in=espacos, liberada_em=None, inicio__lte=fim, fim__gte=inicio).select_related(
            "termo", "espaco"
        )
    )


def exigir_livre(espaco: Espaco, inicio: date, fim: date, *, exceto: Termo | None = None) -> None:
    """Raises ErroDeDominio when a day of the span is taken, or somebody has not left the space yet."""
    dentro_de = arvore(espaco.imovel_id)
    tomadas = [r for r in vivas(abaixo_de(espaco.pk, dentro_de), inicio, fim) if r.termo_id != getattr(exceto, "pk", 0)]
    if tomadas:
        r = tomadas[0]
        if r.termo.devolver_ate and r.termo.devolver_ate < inicio:
            raise ErroDeDominio(
                f"“{r.espaco.nome}” deve voltar até {r.termo.devolver_ate:%d/%m/%Y} ({r.termo}). Espere a devolução: "
                "só depois dela os dias ficam livres."
            )
        raise ErroDeDominio(
            f"“{r.espaco.nome}” já está cedido de {r.inicio:%d/%m/%Y} a {r.fim:%d/%m/%Y} ({r.termo}). Nenhum espaço é "
            "cedido duas vezes no mesmo dia: mude o período."
        )
    vencidos = Termo.objects.atrasados(hoje_em(espaco.imovel.municipio))
    vencidos = vencidos.filter(espaco__in=tocados_por(espaco.pk, dentro_de))
    if vencido := vencidos.exclude(pk=getattr(exceto, "pk", 0)).first():
        raise ErroDeDominio(f"O espaço ainda não foi devolvido ({vencido}, vencido). Espere a devolução.")


def reservar(termo: Termo, inicio: date, fim: date) -> None:
    """Take the days for the term, in its space and in all inside it."""
    travar_imovel(termo.espaco)
    exigir_livre(termo.espaco, inicio, fim, exceto=None)
    _criar(termo, abaixo_de(termo.espaco_id, arvore(termo.espaco.imovel_id)), inicio, fim)


def _criar(termo: Termo, espacos: set[int], inicio: date, fim: date) -> None:
    try:
        with transaction.atomic():
            for espaco in sorted(espacos):
                Reserva.objects.create(espaco_id=espaco, termo=termo, inicio=inicio, fim=fim)
    except IntegrityError as erro:
        raise ErroDeDominio(
            "Outro pedido ficou com este espaço agora mesmo, em dias que se cruzam. Mude o período, ou escolha outro."
        ) from erro


def liberar(termo: Termo, *, desde: date | None = None) -> None:
    """Give the days back: those from `desde` on, or all of them."""
    for reserva in termo.reservas.filter(liberada_em=None):
        if desde is not None and reserva.inicio < desde:
            if reserva.fim >= desde:
                reserva.fim = _vespera(desde)
                reserva.save(update_fields=["fim"])
        else:
            reserva.liberada_em = now()
            reserva.save(update_fields=["liberada_em"])


def _vespera(dia: date) -> date:
    return date.fromordinal(dia.toordinal() - 1)


@dataclass(frozen=True)
class Compromisso:
    """Days that a term holds of the space it lends. Whoever has not left holds it without end."""

    termo: Termo
    inicio: date
    fim: date


def compromissos(espacos: set[int], hoje: date) -> list[Compromisso]:
    """What binds INSS from today on, of terms that lend one of these very spaces."""
    dias = Reserva.objects.filter(espaco__in=espacos, espaco=F("termo__espaco"), liberada_em=None, fim__gte=hoje)
    vencidos = Termo.objects.atrasados(hoje).filter(espaco__in=espacos).select_related("espaco")
    return [
        *(Compromisso(r.termo, r.inicio, r.fim) for r in dias.select_related("termo__espaco")),
        *(Compromisso(t, t.inicio, date.max) for t in vencidos),
    ]


def exigir_mudanca(espaco: Espaco, maior: Espaco | None, area: Decimal, hoje: date) -> None:
    """Before a space of a locked property changes its size or its place among the others.

    Two spaces that share ground must know it for as long as one of them is lent: what leaves a larger space would be
    lent again with it, and what joins one may be lent already. Raises ErroDeDominio.
    """
    cedido = max((c.termo.area_m2 for c in compromissos({espaco.pk}, hoje)), default=Decimal(0))
    if area < cedido:
        raise ErroDeDominio(
            f"“{espaco.nome}” está cedido com {metros(cedido)} m². Enquanto a cessão durar, a área não fica "
            "menor que isso."
        )
    antes = arvore(espaco.imovel_id)
    depois = {**antes, espaco.pk: maior.pk if maior else None}
    partes = abaixo_de(espaco.pk, antes)
    de, para = acima_de(espaco.pk, antes), acima_de(espaco.pk, depois)
    if (de - para) and (presos := compromissos(partes | (de - para), hoje)):
        raise ErroDeDominio(
            f"“{presos[0].termo.espaco.nome}” está cedido ({presos[0].termo}). Enquanto a cessão durar, "
            f"“{espaco.nome}” continua onde está: fora dali, a mesma área poderia ser cedida duas vezes."
        )
    de_cima = compromissos(para - de, hoje)
    for um in compromissos(partes, hoje) if de_cima else []:
        for outro in de_cima:
            if sobrepoe(um.inicio, um.fim, outro.inicio, outro.fim):
                raise ErroDeDominio(
                    f"“{um.termo.espaco.nome}” já está cedido ({um.termo}), e “{outro.termo.espaco.nome}” também "
                    f"({outro.termo}). Enquanto as duas cessões durarem, um não pode fazer parte do outro."
                )


def acompanhar(imovel: Imovel, hoje: date) -> None:
    """After the spaces of a locked property were divided or joined: who has a space has its parts from now on."""
    dentro_de = arvore(imovel.pk)
    cedidos = Termo.objects.filter(espaco__imovel=imovel, reservas__liberada_em=None, reservas__fim__gte=hoje)
    for termo in cedidos.select_related("espaco").distinct():
        devidos = abaixo_de(termo.espaco_id, dentro_de)
        periodos = set(termo.reservas.filter(espaco=termo.espaco_id, liberada_em=None).values_list("inicio", "fim"))
        tidos = set(termo.reservas.filter(liberada_em=None).values_list("espaco", flat=True))
        termo.reservas.filter(espaco__in=tidos - devidos, liberada_em=None).update(liberada_em=now())
        for inicio, fim in sorted(periodos):
            _criar(termo, devidos - tidos, inicio, fim)


def exigir_sem_cessao(espaco: Espaco, hoje: date) -> None:
    """Before a space leaves the catalogue."""
    tomadas = Reserva.objects.filter(espaco=espaco, liberada_em=None, fim__gte=hoje).select_related("termo")
    if r := tomadas.first():
        raise ErroDeDominio(f"O espaço está cedido até {r.fim:%d/%m/%Y} ({r.termo}). Encerre a cessão antes.")
    maiores = acima_de(espaco.pk, arvore(espaco.imovel_id))
    if vencido := Termo.objects.atrasados(hoje).filter(espaco__in={espaco.pk, *maiores}).first():
        raise ErroDeDominio(f"O espaço ainda não foi devolvido ({vencido}, vencido). Espere a devolução.")
