"""In one case of each town, to be seen at once: a page that cannot be read, a page put right, a page in the tray.

By the services and through the whole pipeline: what the pages say of them is what the portal found.
"""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from act_portal.demonstracao import imagens
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from requerimentos.demanda.consultas import vagas_do
from requerimentos.demonstracao.historias import Mesa
from requerimentos.digitalizacao import servicos as digitalizacao
from requerimentos.digitalizacao.retorno.servicos import receber_retorno
from requerimentos.models import Requerimento
from requerimentos.situacoes import Etapa

# A file is received, its pages are made, and then somebody hears of it.
VOLTAS = 3


def mostrar(mesa: Mesa) -> None:
    pedido = (
        Requerimento.objects.filter(municipio=mesa.balcao.municipio, etapa=Etapa.PREPARO, pecas__isnull=False)
        .order_by("pk")
        .first()
    )
    if pedido is None:
        return
    autor = next(quem for quem in mesa.atendentes if quem.pk == pedido.atendente_id)
    antes = Saida.objects.order_by("pk").last()
    vagas = [exigida.vaga.id for exigida in vagas_do(pedido)]
    residencia = next((vaga for vaga in vagas if "residencia" in vaga), vagas[-1])
    for vaga, nome, foto in (
        (vagas[0], "verso-do-documento.jpg", imagens.tremida()),
        (residencia, "comprovante-na-mesa.jpg", imagens.na_mesa()),
    ):
        digitalizacao.juntar(pedido.pk, vaga=vaga, enviado=_enviado(nome, foto), autor=autor)
    receber_retorno(pedido.pk, enviado=_enviado("termo-sem-rodape.jpg", imagens.sem_codigo()), autor=autor)
    for _ in range(VOLTAS):
        prontas = Saida.objects.filter(pk__gt=antes.pk if antes else 0, estado=Saida.Estado.PENDENTE)
        for pk in list(prontas.order_by("pk").values_list("pk", flat=True)):
            saidas.executar(pk)


def _enviado(nome: str, foto: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, foto, "image/jpeg")
