"""What the journeys of the cession find when they begin: the catalogue, two towns that want the same wing, keys to be
handed over, one space in use and one that should have been given back.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate, now

from act_portal.contas.models import Usuario, Vinculo
from act_portal.demonstracao.contas import CONTAS, SENHA, criar_contas
from act_portal.demonstracao.relogio import relogio_em
from cessao.demonstracao import imoveis
from cessao.models import Espaco
from cessao.ocupacao.servicos import saida
from tests.cessao.fabricas import Elenco, enviado, ocupado, para_decisao, publicado

DIRETORA, SUPERINTENDENTE, COLEGA = (f"{quem}@exemplo.invalid" for quem in ("diretora", "superintendente", "colega"))
PREFEITURAS = (("carla", "Prefeitura de Jaboticatubas"), ("renata", "Prefeitura de Rio Acima"))
PONTO, USUARIA, ATRASADA = "Secretaria de Assistência", "Fundação de Cultura", "Autarquia de Águas"
FEDERAL = "Superintendência Federal do Trabalho"
# How long before today the one that should have left was let in, for a year.
HA_DIAS = 400


def preparar() -> None:
    quem = ("otavio@exemplo.invalid", "carla@exemplo.invalid")
    criar_contas(localdate() - timedelta(days=HA_DIAS), [conta for conta in CONTAS if conta.email in quem])
    imoveis.criar()
    ala = Espaco.objects.get(nome="Ala norte")
    um, outro = (
        {"gestor": Usuario.objects.get(email=f"{gestor}@exemplo.invalid"), "orgao": orgao}
        for gestor, orgao in PREFEITURAS
    )
    elenco = Elenco(ala)
    for pessoa, endereco in (
        (elenco.diretor, DIRETORA), (elenco.superintendente, SUPERINTENDENTE), (elenco.colega, COLEGA),
    ):  # fmt: skip
        pessoa.email = endereco
        pessoa.set_password(SENHA)
        pessoa.save()
    ha_tempo = localdate() - timedelta(days=HA_DIAS)
    Vinculo.objects.filter(papel__in=["logistica_inss", "autoridade_inss"]).update(inicio=ha_tempo)
    para_decisao(ala, elenco, **um)
    enviado(ala, **outro)
    publicado(Espaco.objects.get(nome="Sala 4"), elenco, **um | {"orgao": PONTO})
    ocupado(Espaco.objects.get(nome="Ala sul"), elenco, **outro | {"orgao": USUARIA})
    with relogio_em(now() - timedelta(days=HA_DIAS)):
        termo, _ = ocupado(Espaco.objects.get(nome="Ala leste"), elenco, **um | {"orgao": ATRASADA})
    saida.rever(termo.pk)
