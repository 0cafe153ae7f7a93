"""What the journeys of the cession find when they begin: the catalogue, and two towns that want the same wing."""

from __future__ import annotations

from django.core.management import call_command
from django.utils.timezone import localdate

from act_portal.contas.models import Usuario
from act_portal.demonstracao.contas import CONTAS, SENHA, criar_contas
from cessao.models import Espaco
from tests.cessao.fabricas import Elenco, enviado, para_decisao

DIRETORA = "diretora@exemplo.invalid"
PREFEITURAS = (("carla", "Prefeitura de Jaboticatubas"), ("renata", "Prefeitura de Rio Acima"))


def preparar() -> None:
    quem = ("otavio@exemplo.invalid", "carla@exemplo.invalid")
    criar_contas(localdate(), [conta for conta in CONTAS if conta.email in quem])
    call_command("demonstracao_cessao")
    ala = Espaco.objects.get(nome="Ala norte")
    um, outro = (
        {"gestor": Usuario.objects.get(email=f"{gestor}@exemplo.invalid"), "orgao": orgao}
        for gestor, orgao in PREFEITURAS
    )
    elenco = Elenco(ala)
    elenco.diretor.email = DIRETORA
    elenco.diretor.set_password(SENHA)
    elenco.diretor.save()
    para_decisao(ala, elenco, **um)
    enviado(ala, **outro)
