"""The only place where the demonstration writes rows past the services, and why each time.

What a service would do slowly (drawing, decoding, waiting for INSS) is taken as done; constraints hold as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo, Folha
from act_portal.auditoria.servicos import registrar
from act_portal.contas.models import Usuario
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import CHAVE_MUDA
from requerimentos.envio.servicos import TRANSMITIR
from requerimentos.models import Conjunto, Envio, Exigencia, Pagina, Papel, Peca, Pessoa, Requerimento
from requerimentos.papeis.consultas import conjunto_vigente
from requerimentos.servicos import mover
from requerimentos.situacoes import Etapa

MANUTENCAO_DO_INSS = timedelta(hours=3)


def calar_campainha() -> None:
    """Hundreds of rings for work that is already done would wait in the broker; the sweep finds what is not."""
    cache.set(CHAVE_MUDA, True, timedelta(minutes=10).total_seconds())


def marcar_ficticia(pessoa: Pessoa) -> None:
    Pessoa.objects.filter(pk=pessoa.pk).update(ficticia=True)


def juntar_paginas(
    requerimento: Requerimento,
    folhas: Sequence[tuple[str, Arquivo]],
    autor: Usuario,
    exigencia: Exigencia | None = None,
) -> None:
    """A document in each of these slots, with the bytes and pages of one that went through the whole pipeline once.

    By the services it would take a third of the time that the whole demonstration takes.
    """
    copias = [_copia(modelo, requerimento, autor) for _, modelo in folhas]
    Arquivo.objects.bulk_create(copias)
    pecas = [
        Peca(
            requerimento=requerimento, exigencia=exigencia, vaga=vaga, arquivo=copia, natureza="original", ordem=1,
            criado_por=autor,
        )
        for (vaga, _), copia in zip(folhas, copias, strict=True)
    ]  # fmt: skip
    Peca.objects.bulk_create(pecas)
    for peca in pecas:
        registrar(
            "peca.juntada", municipio=requerimento.municipio, autor=autor, alvo=requerimento, peca=peca.pk,
            vaga=peca.vaga,
        )  # fmt: skip
    feitas = []
    dos_papeis = _codigos_dos_papeis(requerimento)
    for (_, modelo), copia, peca in zip(folhas, copias, pecas, strict=True):
        feitas += [(peca, folha) for folha in _folhas(modelo, copia, dos_papeis.get(peca.vaga, []))]
    Folha.objects.bulk_create(folha for _, folha in feitas)
    Pagina.objects.bulk_create(Pagina(peca=peca, folha=folha, ordem=folha.ordem) for peca, folha in feitas)


def _copia(modelo: Arquivo, requerimento: Requerimento, autor: Usuario) -> Arquivo:
    return Arquivo(
        municipio=requerimento.municipio,
        nome_original=modelo.nome_original,
        tipo=modelo.tipo,
        bytes=modelo.bytes,
        # Each copy stands for a paper of its own: else the desk would read everywhere that the file was used before.
        sha256=hashlib.sha256(f"{modelo.sha256}:{requerimento.codigo}:{modelo.pk}".encode()).hexdigest(),
        original=modelo.original.name,
        situacao=Arquivo.Situacao.PRONTO,
        enviado_por=autor,
    )


def _codigos_dos_papeis(requerimento: Requerimento) -> dict[str, list[dict[str, Any]]]:
    """By slot: what the reader would have found on the signed paper that the page stands for."""
    conjunto = conjunto_vigente(requerimento)
    papeis = {p.especie: p.documento.codigo for p in conjunto.papeis.select_related("documento")} if conjunto else {}
    return {
        vaga["id"]: [{"texto": papeis[vaga["papel"]], "giro": 0}]
        for vaga in requerimento.servico.dados["vagas"]
        if vaga.get("papel") in papeis
    }


def _folhas(modelo: Arquivo, copia: Arquivo, codigos: list[dict[str, Any]]) -> list[Folha]:
    return [
        Folha(
            arquivo=copia, ordem=f.ordem, pdf=f.pdf.name, miniatura=f.miniatura.name, bytes=f.bytes, sha256=f.sha256,
            dpi=f.dpi, codigos=codigos,
        )
        for f in modelo.folhas.como_vieram()
    ]  # fmt: skip


def assinar_papeis(conjunto: Conjunto, autor: Usuario) -> None:
    """The papers came back signed before the worker has drawn them: it draws them when the portal starts."""
    quantos = Papel.objects.filter(conjunto=conjunto).update(assinado_em=now(), assinado_por=autor)
    requerimento = conjunto.requerimento
    registrar("papeis.assinados", municipio=requerimento.municipio, autor=autor, alvo=requerimento, quantos=quantos)


def abrir_envio(requerimento: Requerimento, autor: Usuario) -> Envio:
    """What `envio.servicos.enviar` writes, for a request whose papers are not drawn."""
    envio = Envio.objects.create(requerimento=requerimento, chave=f"{requerimento.codigo}-1", autor=autor)
    mover(requerimento, Etapa.NA_FILA, acao="requerimento.enviado", autor=autor)
    return envio


def deixar_envio_esperando(envio: Envio) -> None:
    """INSS was closed for maintenance."""
    Saida.objects.filter(chave=f"{TRANSMITIR}:{envio.pk}").update(
        tentativas=1, falhas=1, erro="O INSS está em manutenção."
    )


def quitar(saidas: QuerySet[Saida]) -> None:
    """This work was done long ago, in the story."""
    saidas.update(estado=Saida.Estado.FEITA, feita_em=now())


def deixar_para_o_trabalhador(primeiras: list[int], *, depois_de: int) -> None:
    """What is left is drawn and fetched when the portal runs: what people look at first, then the rest, bit by bit.

    Work promised up to the row `depois_de` is not of these stories.
    """
    pendentes = Saida.objects.filter(pk__gt=depois_de, estado=Saida.Estado.PENDENTE, proxima_em__lte=now())
    # There must be something to see in the queue.
    pendentes.filter(tipo=TRANSMITIR).update(proxima_em=now() + MANUTENCAO_DO_INSS, criada_em=now())
    resto = pendentes.exclude(tipo=TRANSMITIR)
    resto.filter(pk__in=primeiras).update(proxima_em=now(), criada_em=now())
    for n, pk in enumerate(resto.exclude(pk__in=primeiras).order_by("-pk").values_list("pk", flat=True)):
        Saida.objects.filter(pk=pk).update(proxima_em=now() + timedelta(seconds=30 + n), criada_em=now())


def espalhar_consultas(desde: datetime) -> None:
    """The first round of questions to INSS about what was opened since, spread over the coming minutes: it has to hear
    of these requests before it is asked.
    """
    vivos = Requerimento.objects.filter(pessoa__ficticia=True, criado_em__gte=desde, proxima_consulta_em__lte=now())
    for n, pk in enumerate(vivos.order_by("pk").values_list("pk", flat=True)):
        Requerimento.objects.filter(pk=pk).update(proxima_consulta_em=now() + timedelta(seconds=60 + 40 * n))
