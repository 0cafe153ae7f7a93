"""The inspection of the technical opinion: one row for each element that was looked at, with its photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao.analise.travas import travar_para_analisar
from cessao.fotos import dia_da_foto, exigir_dia, exigir_foto
from cessao.models import Achado, Pedido
from cessao.servicos import anotar, exigir_texto

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# Against a list that no paper would hold.
MAIS_ITENS = 120


def por(
    pedido_id: int,
    enviado: UploadedFile | None = None,
    *,
    ambiente: str,
    elemento: str,
    estado: str,
    descricao: str = "",
    autor: Usuario,
) -> Achado:
    """Note one element, with its photo when there is one. Call it outside `atomic()`: the bytes are stored before."""
    dia = None
    with transaction.atomic():
        pedido = _exigir(pedido_id, ambiente, elemento, autor)
        if enviado:
            exigir_foto(enviado)
            dia = dia_da_foto(enviado)
            exigir_dia(dia, pedido, ate=hoje_em(pedido.municipio))
    arquivo = receber(enviado, municipio=pedido.municipio, usuario=autor) if enviado else None
    with transaction.atomic():
        pedido = _exigir(pedido_id, ambiente, elemento, autor)
        achado = Achado.objects.create(
            pedido=pedido, ambiente=exigir_texto(ambiente, "Diga o ambiente.", 80), elemento=elemento, estado=estado,
            descricao=" ".join(descricao.split())[:600], arquivo=arquivo, tirada_em=dia, criado_por=autor,
        )  # fmt: skip
        anotar("cessao.achado_posto", pedido, autor, achado=achado.pk, com_foto=arquivo is not None)
    return achado


def _exigir(pedido_id: int, ambiente: str, elemento: str, autor: Usuario) -> Pedido:
    pedido = travar_para_analisar(pedido_id, None, autor)
    vivos = pedido.achados.filter(tirado_em=None)
    ambiente = exigir_texto(ambiente, "Diga o ambiente.", 80)
    if elemento != Achado.Elemento.OUTRO and vivos.filter(ambiente=ambiente, elemento=elemento).exists():
        raise ErroDeDominio("Este elemento deste ambiente já está na lista. Para corrigir, tire e ponha de novo.")
    if vivos.count() >= MAIS_ITENS:
        raise ErroDeDominio(f"A vistoria leva até {MAIS_ITENS} itens. Junte os parecidos.")
    return pedido


@transaction.atomic
def tirar(achado_id: int, *, autor: Usuario) -> Achado:
    pedido = travar_para_analisar(Achado.objects.values_list("pedido_id", flat=True).get(pk=achado_id), None, autor)
    achado = Achado.objects.get(pk=achado_id)
    if achado.tirado_em is None:
        achado.tirado_em = now()
        achado.save(update_fields=["tirado_em"])
        anotar("cessao.achado_tirado", pedido, autor, achado=achado.pk)
    return achado


def exigir_vistoriado(pedido: Pedido) -> None:
    """A favourable opinion says in what state the place is, and shows the photos that it speaks of."""
    vivos = list(pedido.achados.filter(tirado_em=None).select_related("arquivo"))
    if not vivos:
        raise ErroDeDominio("Antes do parecer favorável, ponha o que a vistoria viu: um item para cada elemento.")
    for achado in vivos:
        situacao = achado.arquivo.situacao if achado.arquivo else Arquivo.Situacao.PRONTO
        if situacao == Arquivo.Situacao.RECUSADO:
            raise ErroDeDominio(f"A foto de “{achado}” não serve. Tire o item e ponha de novo, com outra.")
        if situacao == Arquivo.Situacao.RECEBIDO:
            raise ErroDeDominio(f"O portal ainda prepara a foto de “{achado}”. Espere alguns segundos.")


def itens(pedido: Pedido) -> list[dict]:
    return [achado.como_dados() for achado in pedido.achados.filter(tirado_em=None)]
