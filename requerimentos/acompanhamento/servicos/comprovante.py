"""The receipt, the key printed on it, and the letter of INSS."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.emissao import servicos as emissao
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao
from act_portal.erros import ErroDeDominio
from act_portal.saidas.servicos import prometer
from requerimentos.acompanhamento.preenchimento import comprovante
from requerimentos.envio.servicos import COMPROVANTE
from requerimentos.models import Comprovante, Requerimento, Resultado
from requerimentos.models.requerimento import novo_segredo
from requerimentos.papeis.modelos import COMPROVANTE as MODELO
from requerimentos.servicos import travar, travar_para_agir

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def guardar_comprovante(requerimento_id: int) -> Documento | None:
    """Ask for the receipt as things stand; one that says the same is not made again. The older one loses its value."""
    requerimento = travar(requerimento_id)
    if not requerimento.protocolo:
        return None
    dados = comprovante(requerimento)
    ultimo = requerimento.comprovantes.select_related("documento").first()
    if ultimo is None:
        documento = emissao.pedir(MODELO, dados, municipio=requerimento.municipio, autor=None)
    else:
        if ultimo.documento.dados == emissao.conteudo.congelar(dados):
            return ultimo.documento
        if not Situacao(ultimo.documento.situacao).final:
            documento = emissao.substituir(
                ultimo.documento_id, dados, motivo="Mudou o que vem a seguir no pedido.", autor=None
            )
        else:
            documento = emissao.pedir(MODELO, dados, municipio=requerimento.municipio, autor=None)
    Comprovante.objects.create(requerimento=requerimento, documento=documento)
    return documento


@transaction.atomic
def trocar_chave(requerimento_id: int, *, autor: Usuario) -> Requerimento:
    """A new access key, because somebody may have seen the old one: the old receipt opens nothing from now on."""
    requerimento = travar_para_agir(requerimento_id, autor=autor)
    if not requerimento.protocolo:
        raise ErroDeDominio("Este pedido ainda não tem protocolo, e por isso não tem chave.")
    requerimento.segredo = novo_segredo()
    requerimento.save(update_fields=["segredo"])
    registrar("requerimento.chave_trocada", municipio=requerimento.municipio, autor=autor, alvo=requerimento)
    prometer(
        COMPROVANTE, chave=f"{COMPROVANTE}:{requerimento.pk}:chave:{now():%Y%m%d%H%M%S%f}", requerimento=requerimento.pk
    )  # fmt: skip
    return requerimento


@transaction.atomic
def guardar_carta(resultado_id: int, *, recebido_em: datetime, nome: str, sha256: str) -> bool:
    """Record the letter stored under `nome`. False when it is already there, or is of a decision that changed."""
    requerimento = travar(Resultado.objects.values_list("requerimento_id", flat=True).get(pk=resultado_id))
    resultado = Resultado.objects.select_for_update(of=("self",)).get(pk=resultado_id)
    if resultado.carta or resultado.recebido_em != recebido_em:
        return False
    resultado.carta.name, resultado.carta_sha256 = nome, sha256
    resultado.save(update_fields=["carta", "carta_sha256"])
    registrar(
        "resultado.carta_guardada", municipio=requerimento.municipio, autor=None, alvo=requerimento, sha256=sha256
    )
    return True
