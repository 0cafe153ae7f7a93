"""The demonstration of the cession: invented properties, and requests and occupations in every stage."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from act_portal.contas.models import Usuario
from act_portal.erros import ErroDeDominio
from cessao.demonstracao import historias, imoveis
from cessao.models import Imovel


def existe() -> bool:
    return Imovel.objects.filter(codigo=imoveis.IMOVEIS[0][0]).exists()


def ha_quem_faca() -> bool:
    """The people of the demonstration of the desk."""
    return Usuario.objects.filter(email__in=historias.PRECISA).count() == len(historias.PRECISA)


@transaction.atomic
def criar() -> None:
    if settings.PRODUCAO or not settings.DADOS_FICTICIOS:
        raise ErroDeDominio("A demonstração só existe fora da produção, com DADOS_FICTICIOS ligado.")
    imoveis.criar()
    historias.criar()
