"""Keep the papers of a process: one in force of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.emissao import servicos as emissao
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from adesao.models import Aceite, Papel, Processo
from adesao.papeis.consultas import vigente
from adesao.papeis.modelos import codigo_de

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

MUDOU = "O que o papel diz mudou."


def guardar(processo: Processo, especie: Papel.Especie, dados: dict[str, Any], *, base: str, autor: Usuario) -> Papel:
    """Ask for the paper of a locked process, unless the one in force says the very same."""
    antigo = vigente(processo, especie)
    if antigo and antigo.base == base and antigo.documento.situacao != SituacaoDocumento.REVOGADO:
        return antigo
    if antigo:
        antigo.substituido_em = now()
        antigo.save(update_fields=["substituido_em"])
        documento = emissao.substituir(antigo.documento_id, dados, motivo=MUDOU, autor=autor)
    else:
        documento = emissao.pedir(codigo_de(especie), dados, municipio=processo.municipio, autor=autor)
    papel = Papel.objects.create(processo=processo, especie=especie, documento=documento, base=base, autor=autor)
    registrar(
        "adesao.papel_feito", municipio=processo.municipio, autor=autor, alvo=processo, papel=papel.pk, especie=especie
    )
    return papel


def perder(aceite: Aceite, motivo: str) -> None:
    aceite.perdido_em, aceite.perdido_motivo = now(), motivo
    aceite.save(update_fields=["perdido_em", "perdido_motivo"])
