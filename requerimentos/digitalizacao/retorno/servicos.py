"""Signed papers scanned back: keep the file, file each page by its code, or put it in the tray. The only writer of
`FolhaDevolvida.situacao`.

A page goes into the request that its own code names, never into the one it was dropped on because it was dropped there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo, Folha
from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.servicos import prometer
from requerimentos.digitalizacao.retorno import consultas, regras
from requerimentos.digitalizacao.servicos import proxima_ordem
from requerimentos.mandato.consultas import fim_do_mandato
from requerimentos.models import Conserto, FolhaDevolvida, Pagina, Papel, Peca, Requerimento, Retorno
from requerimentos.papeis.servicos import marcar_assinados
from requerimentos.servicos import travar, travar_para_editar
from requerimentos.situacoes import MotivoDaBandeja, SituacaoFolha

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

LER = "requerimentos.ler_retorno"


@dataclass(frozen=True)
class Leitura:
    """The codes found on one page, and the turn that puts it upright."""

    folha: int
    textos: tuple[str, ...]
    giro: int = 0


def receber_retorno(
    requerimento_id: int, *, enviado: UploadedFile, autor: Usuario, codigo: uuid.UUID | None = None
) -> Retorno:
    """Keep one file of signed papers. Call it outside `atomic()`. Raises ArquivoRecusado with what to do."""
    codigo = codigo or uuid.uuid4()
    with transaction.atomic():
        requerimento = travar_para_editar(requerimento_id, autor=autor)
        if repetido := Retorno.objects.filter(codigo=codigo).first():
            if repetido.requerimento_id != requerimento.pk:
                raise ErroDeDominio("Este arquivo já foi enviado em outro pedido. Atualize a página e escolha de novo.")
            return repetido
    arquivo = receber(enviado, municipio=requerimento.municipio, usuario=autor, depois=LER, codigo=codigo, reparar=True)
    return _guardar(requerimento_id, arquivo, autor=autor, codigo=codigo)


@transaction.atomic
def _guardar(requerimento_id: int, arquivo: Arquivo, *, autor: Usuario, codigo: uuid.UUID) -> Retorno:
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    retorno, novo = Retorno.objects.get_or_create(
        arquivo=arquivo, defaults={"codigo": codigo, "requerimento": requerimento, "autor": autor}
    )
    if novo:
        registrar(
            "retorno.recebido", municipio=requerimento.municipio, autor=autor, alvo=requerimento, retorno=retorno.pk
        )
        # The worker may have made the pages before this row was there to be told.
        prometer(LER, chave=f"{LER}:retorno:{retorno.pk}", arquivo=arquivo.pk)
    return retorno


@transaction.atomic
def arquivar(retorno_id: int, leituras: list[Leitura]) -> None:
    """Put each page where its code says, once. Papers of which all pages are back count as received signed."""
    retorno = Retorno.objects.select_related("autor").get(pk=retorno_id)
    requerimento = travar(retorno.requerimento_id)
    if Retorno.objects.filter(pk=retorno_id, lido_em__isnull=True).update(lido_em=now()) == 0:
        return
    codigos = {leitura.folha: regras.codigo_da_pagina(leitura.textos) for leitura in leituras}
    lidos = {codigo.codigo for codigo in codigos.values() if not isinstance(codigo, MotivoDaBandeja)}
    papeis = consultas.papeis_por_codigo(lidos, requerimento)
    arquivadas = consultas.arquivadas_de([papel.pk for papel in papeis.values()])
    aberto = requerimento.editavel and not fim_do_mandato(requerimento)
    tocados: set[int] = set()
    for leitura in leituras:
        codigo = codigos[leitura.folha]
        devolvida = FolhaDevolvida(retorno=retorno, folha_id=leitura.folha, giro=leitura.giro)
        if isinstance(codigo, MotivoDaBandeja):
            devolvida.motivo = codigo
            devolvida.save()
            continue
        papel = papeis.get(codigo.codigo)
        ja = arquivadas[papel.pk] if papel else ()
        para = regras.destino(codigo, papel, requerimento=requerimento.pk, aberto=aberto, arquivadas=ja)
        devolvida.papel_id, devolvida.numero = papel.pk if papel else None, para.numero
        if para.motivo or papel is None:
            devolvida.motivo = para.motivo or MotivoDaBandeja.ALHEIO
            devolvida.save()
            continue
        _na_vaga(devolvida, requerimento, vaga=papel.vaga, autor=retorno.autor)
        devolvida.save()
        arquivadas[papel.pk].add(para.numero)
        tocados.add(papel.pk)
    _receber_completos(requerimento, tocados, autor=retorno.autor)
    na_bandeja = retorno.folhas.na_bandeja().count()
    registrar(
        "retorno.lido", municipio=requerimento.municipio, autor=retorno.autor, alvo=requerimento, retorno=retorno.pk,
        folhas=len(leituras), na_bandeja=na_bandeja,
    )  # fmt: skip


@transaction.atomic
def por_na_vaga(folha_id: int, *, vaga: str, autor: Usuario) -> FolhaDevolvida:
    """The clerk read what the machine could not: the page goes into a slot of the request where it was dropped.

    Refused for a page whose code names another request, or a paper that lost its value.
    """
    devolvida, requerimento = _travar_na_bandeja(folha_id, autor)
    if devolvida.causa not in consultas.A_MAO:
        raise _recusa(MotivoDaBandeja(devolvida.motivo))
    if vaga not in {v["id"] for v in requerimento.servico.dados["vagas"]}:
        raise ErroDeDominio("Este serviço não tem esta vaga. Escolha uma das vagas da lista.")
    return _resolver(devolvida, requerimento, vaga=vaga, autor=autor)


@transaction.atomic
def por_no_dono(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    """A paper of another request goes to that request, when it may still receive it; the code is judged again there."""
    devolvida, _ = _travar_na_bandeja(folha_id, autor, editar=False)
    papel = devolvida.papel
    if devolvida.causa != MotivoDaBandeja.OUTRO or papel is None:
        raise ErroDeDominio("Esta folha não é de outro pedido.")
    dono = travar_para_editar(papel.conjunto.requerimento_id, autor=autor)
    visto = consultas.papeis_por_codigo([papel.documento.codigo], dono)[papel.documento.codigo]
    ja = consultas.arquivadas_de([papel.pk])[papel.pk]
    codigo = regras.CodigoDaFolha(papel.documento.codigo, devolvida.numero)
    para = regras.destino(codigo, visto, requerimento=dono.pk, aberto=True, arquivadas=ja)
    if para.motivo:
        raise ErroDeDominio(f"No pedido dele: {para.motivo.label}.")
    return _resolver(devolvida, dono, vaga=visto.vaga, autor=autor)


@transaction.atomic
def trocar(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    """This picture of the page instead of the one in the slot, which goes to the bin of the request."""
    devolvida, requerimento = _travar_na_bandeja(folha_id, autor)
    if devolvida.causa != MotivoDaBandeja.REPETIDA or devolvida.papel is None:
        raise ErroDeDominio("Não há outra imagem desta folha para trocar.")
    antigas = FolhaDevolvida.objects.na_vaga().filter(papel=devolvida.papel, numero=devolvida.numero)
    Pagina.objects.filter(pk__in=antigas.values_list("pagina", flat=True)).update(removida_em=now())
    visto = consultas.papeis_por_codigo([devolvida.papel.documento.codigo], requerimento)
    papel = visto[devolvida.papel.documento.codigo]
    if not papel.vale or not papel.vaga:
        raise _recusa(MotivoDaBandeja.ANTIGA)
    return _resolver(devolvida, requerimento, vaga=papel.vaga, autor=autor)


@transaction.atomic
def descartar(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    devolvida, requerimento = _travar_na_bandeja(folha_id, autor, editar=False)
    return _encerrar(devolvida, SituacaoFolha.FORA, requerimento, autor)


@transaction.atomic
def recuperar(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    """What was discarded goes back to the tray, for the reason that it was there for."""
    requerimento = travar(FolhaDevolvida.objects.values_list("retorno__requerimento", flat=True).get(pk=folha_id))
    devolvida = FolhaDevolvida.objects.get(pk=folha_id)
    if devolvida.estado != SituacaoFolha.FORA:
        raise TransicaoInvalida(f"Esta folha já está como “{devolvida.estado.label}”. Atualize a página.")
    devolvida.situacao, devolvida.resolvida_em, devolvida.resolvida_por = SituacaoFolha.BANDEJA, None, None
    devolvida.save(update_fields=["situacao", "resolvida_em", "resolvida_por"])
    registrar(
        "retorno.recuperada", municipio=requerimento.municipio, autor=autor, alvo=requerimento, folha=devolvida.pk
    )
    return devolvida


def _recusa(motivo: MotivoDaBandeja) -> ErroDeDominio:
    return ErroDeDominio(f"{motivo.label}. {motivo.conselho}")


def _resolver(devolvida: FolhaDevolvida, destino: Requerimento, *, vaga: str, autor: Usuario) -> FolhaDevolvida:
    _na_vaga(devolvida, destino, vaga=vaga, autor=autor)
    _encerrar(devolvida, SituacaoFolha.NA_VAGA, destino, autor)
    if devolvida.papel_id and devolvida.numero:
        _receber_completos(destino, {devolvida.papel_id}, autor=autor)
    return devolvida


def _encerrar(
    devolvida: FolhaDevolvida, destino: SituacaoFolha, requerimento: Requerimento, autor: Usuario
) -> FolhaDevolvida:
    devolvida.situacao, devolvida.resolvida_em, devolvida.resolvida_por = destino, now(), autor
    devolvida.save(update_fields=["situacao", "pagina", "resolvida_em", "resolvida_por"])
    registrar(
        f"retorno.{destino}", municipio=requerimento.municipio, autor=autor, alvo=requerimento, folha=devolvida.pk
    )
    return devolvida


def _na_vaga(devolvida: FolhaDevolvida, requerimento: Requerimento, *, vaga: str, autor: Usuario) -> None:
    """Make the page of the request. Pages of one paper form one document, in the order of their numbers."""
    papel_id = devolvida.papel_id if devolvida.numero else None
    folha = Folha.objects.select_related("arquivo", "origem").get(pk=devolvida.folha_id)
    irmas = Peca.objects.vivas().filter(requerimento=requerimento, exigencia=None, vaga=vaga, papel=papel_id)
    peca = irmas.first() if papel_id else irmas.filter(arquivo=folha.arquivo).first()
    if peca is None:
        peca = Peca.objects.create(
            requerimento=requerimento, vaga=vaga, arquivo=folha.arquivo, papel_id=papel_id,
            # Printed here and signed: what was scanned is the original itself. Anything else the clerk says.
            natureza=Peca.Natureza.ORIGINAL if papel_id else "",
            ordem=proxima_ordem(requerimento, vaga), criado_por=autor,
        )  # fmt: skip
    devolvida.pagina = Pagina.objects.create(
        peca=peca, folha=folha, ordem=devolvida.numero or folha.ordem, giro=devolvida.giro
    )
    if folha.origem:
        antes = (devolvida.giro + folha.receita.get("giro", 0)) % 360
        Conserto.objects.create(
            pagina=devolvida.pagina, de=folha.origem, para=folha, giro_antes=antes, receita=folha.receita,
            automatico=True,
        )  # fmt: skip
    devolvida.situacao = SituacaoFolha.NA_VAGA


def _receber_completos(requerimento: Requerimento, papeis: set[int], *, autor: Usuario) -> None:
    voltaram = consultas.arquivadas_de(papeis)
    completos = [
        papel.especie
        for papel in Papel.objects.filter(pk__in=papeis).select_related("documento")
        if not regras.faltam(papel.documento.paginas, voltaram[papel.pk])
    ]
    if completos:
        marcar_assinados(requerimento, completos, autor=autor)


def _travar_na_bandeja(folha_id: int, autor: Usuario, *, editar: bool = True) -> tuple[FolhaDevolvida, Requerimento]:
    pedido = FolhaDevolvida.objects.values_list("retorno__requerimento", flat=True).get(pk=folha_id)
    requerimento = travar_para_editar(pedido, autor=autor) if editar else travar(pedido)
    devolvida = FolhaDevolvida.objects.select_related("papel__conjunto", "papel__documento").get(pk=folha_id)
    if devolvida.estado != SituacaoFolha.BANDEJA:
        raise TransicaoInvalida(f"Esta folha já está como “{devolvida.estado.label}”. Atualize a página.")
    return devolvida, requerimento
