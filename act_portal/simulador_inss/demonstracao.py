"""Tasks planted for demonstrations: a past that never went through the counter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from act_portal.simulador_inss import catalogo, servicos
from act_portal.simulador_inss.models import Tarefa
from act_portal.simulador_inss.nucleo import Recusa, proxima_versao
from act_portal.simulador_inss.regras import Leitura, Motivo


@transaction.atomic
def plantar(corpo: Mapping[str, Any]) -> Tarefa:
    """Makes a task with a given protocol, skipping the checks of a request. Planting it again changes nothing.

    `protocolo`, `codigoServico`, `cpf`, `nome`, `entrada` (ISO 8601), `municipio` {nome, uf, ibge}; then the trainer's
    calls move it along.
    """
    leitura = Leitura(corpo)
    protocolo = leitura.texto("protocolo", maximo=10)
    servico = catalogo.servicos().get(leitura.texto("codigoServico", maximo=60))
    cpf, nome = leitura.texto("cpf", maximo=11), leitura.texto("nome")
    municipio = leitura.objeto("municipio")
    lugar = [municipio.texto(campo) for campo in ("nome", "uf", "ibge")] if municipio else ["", "", ""]
    if protocolo and not re.fullmatch(r"\d{8,10}", protocolo, re.ASCII):
        leitura.recusar("formato", "O protocolo tem de 8 a 10 números.", "protocolo")
    try:
        entrada = parse_datetime(leitura.texto("entrada", maximo=40, obrigatorio=False))
    except ValueError:
        entrada = None
    if servico is None:
        leitura.motivos.append(Motivo("servico_desconhecido", "Este código de serviço não existe.", "codigoServico"))
    if leitura.motivos or servico is None:
        raise Recusa(*leitura.motivos)
    entrada = entrada or timezone.now()
    tarefa, _ = Tarefa.objects.get_or_create(
        protocolo=protocolo,
        defaults={
            "servico": servico.codigo,
            "servico_nome": servico.nome,
            "cpf": cpf,
            "nome": nome,
            "pedido": {"demonstracao": True},
            "unidade": servicos.unidade(*lugar),
            "entrada_em": entrada if timezone.is_aware(entrada) else timezone.make_aware(entrada),
            "versao": proxima_versao(),
        },
    )
    return tarefa
