"""Lock an agreement, move it along its table, and let it go into operation once everything is there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.emissao.assinados import Assinado
from act_portal.erros import TransicaoInvalida
from act_portal.territorio import servicos as territorio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Entidade
from act_portal.territorio.situacoes import SituacaoBalcao
from adesao.avisos.servicos import avisar_municipio
from adesao.models import Acordo, Encerramento, Habilitacao, Ponto, Processo, Prorrogacao, TermoAssinado
from adesao.situacoes import PASSO_DO_ACORDO, SituacaoAcordo, SituacaoHabilitacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

MOTIVO_MAX = 1000


def travar_acordo(acordo_id: int) -> Acordo:
    """The row, held until the end of the transaction, with its process and town."""
    return (
        Acordo.objects.select_for_update(of=("self",))
        .select_related("municipio", "processo__municipio", "processo__unidade", "processo__responsavel")
        .get(pk=acordo_id)
    )


def guardar_versao(
    assinado: Assinado,
    assinado_em: date,
    autor: Usuario,
    *,
    do_municipio: bool,
    prorrogacao: Prorrogacao | None = None,
    encerramento: Encerramento | None = None,
) -> None:
    """Keep the signed file beside those that came before it."""
    TermoAssinado.objects.create(
        prorrogacao=prorrogacao,
        encerramento=encerramento,
        do_municipio=do_municipio,
        arquivo=assinado.arquivo,
        sha256=assinado.arquivo.sha256,
        declaracao=assinado.declaracao,
        assinado_em=assinado_em,
        enviado_por=autor,
    )


def exigir_passo(acordo: Acordo, verbo: str) -> None:
    if acordo.estado not in PASSO_DO_ACORDO[verbo].de:
        raise TransicaoInvalida(
            f"Este acordo está “{acordo.estado.label}” e isto já não pode ser feito. Atualize a página."
        )


def mover_acordo(acordo: Acordo, verbo: str, *, autor: Usuario | None, motivo: str = "", **valores: Any) -> Evento:
    """Apply one already authorised move and leave its trail. `valores`: fields that change along."""
    exigir_passo(acordo, verbo)
    origem, destino = acordo.estado, PASSO_DO_ACORDO[verbo].para
    acordo.situacao, acordo.situacao_desde, acordo.motivo = destino, now(), motivo[:MOTIVO_MAX]
    acordo.versao += 1
    for nome, valor in valores.items():
        setattr(acordo, nome, valor)
    acordo.save(update_fields=["situacao", "situacao_desde", "motivo", "versao", *valores])
    return registrar(
        f"adesao.acordo_{verbo}", municipio=acordo.municipio, autor=autor, alvo=acordo, de=origem, para=destino
    )


def cancelar_acordo(processo: Processo, *, autor: Usuario) -> None:
    """A number given to an agreement that will not be is not used again."""
    acordo = Acordo.objects.filter(processo=processo, situacao=SituacaoAcordo.A_PUBLICAR).first()
    if acordo:
        mover_acordo(acordo, "cancelar", autor=autor, encerrado_em=hoje_em(processo.municipio))


def avancar(acordo: Acordo, *, autor: Usuario | None) -> bool:
    """Open every desk whose structure was confirmed, once somebody trained may attend. True: it is in operation now.

    Called by whatever may have been the last thing missing: a confirmed structure, an account that opened.
    """
    if acordo.estado not in {SituacaoAcordo.PREPARACAO, SituacaoAcordo.OPERACAO}:
        return False
    prontos = Ponto.objects.vivos().filter(processo=acordo.processo_id, confirmado_em__isnull=False)
    abertas = Habilitacao.objects.filter(acordo=acordo, situacao=SituacaoHabilitacao.ABERTA)
    if not abertas.exists() or not prontos.exists():
        return False
    for ponto in prontos.select_related("balcao"):
        _abrir(ponto, acordo)
    if acordo.estado == SituacaoAcordo.OPERACAO:
        return False
    desde = acordo.em_operacao_desde or hoje_em(acordo.municipio)
    evento = mover_acordo(acordo, "entrar_em_operacao", autor=None, em_operacao_desde=desde)
    avisar_municipio(acordo.processo, "em_operacao", chave=str(evento.pk))
    return True


def _abrir(ponto: Ponto, acordo: Acordo) -> None:
    """By the portal itself: whoever confirmed the structure is kept with the point."""
    if ponto.balcao is None:
        ponto.balcao = territorio.criar_balcao(
            Entidade.objects.get(municipio=acordo.municipio_id), _do_ponto(ponto), autor=None
        )
        ponto.save(update_fields=["balcao"])
    if ponto.balcao.situacao in {SituacaoBalcao.PREPARO, SituacaoBalcao.FECHADO}:
        territorio.abrir_balcao(ponto.balcao.pk, autor=None)


ACESSIBILIDADE = {
    "acess_rampa": "rampa",
    "acess_balcao": "balcão acessível",
    "acess_libras": "Libras",
    "acess_banheiro": "banheiro adaptado",
    "acess_piso": "piso tátil",
}


def _do_ponto(ponto: Ponto) -> territorio.NovoBalcao:
    tem = [nome for chave, nome in ACESSIBILIDADE.items() if ponto.estrutura.get(chave) == "sim"]
    return territorio.NovoBalcao(
        nome=ponto.nome,
        endereco=ponto.endereco,
        cep=ponto.cep,
        telefone=ponto.telefone,
        horario=f"{ponto.dias}, {ponto.horario}"[:120],
        acessibilidade=", ".join(tem).capitalize(),
    )
