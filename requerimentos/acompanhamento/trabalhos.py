"""Outbox handlers of the follow-up. Each may run any number of times."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from act_portal.arquivos.models import nome_inventado
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from requerimentos.acompanhamento import servicos
from requerimentos.envio.inss import InssConflito, InssForaDoAr, InssRecusou, inss
from requerimentos.envio.servicos import COMPROVANTE
from requerimentos.models import Resultado


@tratador(COMPROVANTE)
def comprovante(saida: Saida) -> None:
    servicos.guardar_comprovante(saida.carga["requerimento"])


@tratador(servicos.CARTA)
def carta(saida: Saida) -> None:
    """The letter is fetched outside the lock and kept once; a second copy leaves no file behind."""
    resultado = Resultado.objects.select_related("requerimento").get(pk=saida.carga["resultado"])
    if resultado.carta:
        return
    try:
        pdf = inss().carta(resultado.requerimento.protocolo)
    except InssForaDoAr as erro:
        raise TentarDepois(erro.motivo, erro.espera) from erro
    except (InssRecusou, InssConflito) as erro:
        raise TentarDepois("O INSS ainda não tem a carta desta decisão.") from erro
    nome = default_storage.save(nome_inventado(resultado, ""), ContentFile(pdf))
    guardada = False
    try:
        guardada = servicos.guardar_carta(
            resultado.pk,
            recebido_em=resultado.recebido_em,
            nome=nome,
            sha256=hashlib.sha256(pdf).hexdigest(),
        )
    finally:
        if not guardada:
            default_storage.delete(nome)
