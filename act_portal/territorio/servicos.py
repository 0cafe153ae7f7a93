"""The agreement of a town, and the state of its desks: the only writer of both.

A desk that is not open receives nobody: see `Balcao.objects.abertos()`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.publicacao import exigir_numero
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Balcao, Entidade, Municipio
from act_portal.territorio.permissoes import pode_mudar_balcao
from act_portal.territorio.situacoes import SituacaoBalcao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

MOTIVO_MAX = 200  # Balcao.situacao_motivo


@dataclass(frozen=True, kw_only=True)
class AcordoFirmado:
    """What the papers of the desk say of the town hall and of its agreement; the names are those of `Entidade`."""

    nome: str
    cnpj: str
    endereco: str
    telefone: str
    email: str
    encarregado: str
    encarregado_contato: str
    acordo_tipo: Entidade.TipoAcordo
    acordo_numero: str
    acordo_processo: str
    acordo_inicio: date
    acordo_fim: date
    servicos: list[str]


@transaction.atomic
def registrar_acordo(municipio_id: str, firmado: AcordoFirmado, *, autor: Usuario | None) -> Entidade:
    """A new agreement is in force: from now on every paper of the desk names it. Whoever calls has authorised it."""
    exigir_numero(firmado.acordo_numero)
    municipio = Municipio.objects.select_for_update().get(pk=municipio_id)
    entidade = Entidade.objects.filter(municipio=municipio).first()
    if entidade and entidade.acordo_numero != firmado.acordo_numero and entidade.acordo_fim >= firmado.acordo_inicio:
        raise ErroDeDominio(
            f"O município já tem o acordo {entidade.acordo_numero}, que vai até {entidade.acordo_fim:%d/%m/%Y}. "
            "Encerre o anterior antes."
        )
    if Entidade.objects.filter(cnpj=firmado.cnpj).exclude(municipio=municipio).exists():
        raise ErroDeDominio("Este CNPJ já é o da prefeitura de outro município. Confira no cartão do CNPJ.")
    # The notice of the agreement before says nothing of this one.
    defaults = {**asdict(firmado), "sem_novos_desde": None}
    entidade, nova = Entidade.objects.update_or_create(municipio=municipio, defaults=defaults)
    registrar("territorio.acordo_registrado", municipio=municipio, autor=autor, alvo=entidade, nova=nova)
    return entidade


@dataclass(frozen=True, kw_only=True)
class NovoBalcao:
    """A desk as the public list shows it; the names are those of `Balcao`."""

    nome: str
    endereco: str
    cep: str
    telefone: str
    horario: str
    acessibilidade: str


@transaction.atomic
def criar_balcao(entidade: Entidade, novo: NovoBalcao, *, autor: Usuario | None) -> Balcao:
    """A desk in preparation; the one of the same name goes on, with its history. Whoever calls has authorised it."""
    balcao, criado = Balcao.objects.update_or_create(
        municipio=entidade.municipio, nome=novo.nome, defaults={**asdict(novo), "entidade": entidade}
    )
    registrar("territorio.balcao_criado", municipio=entidade.municipio, autor=autor, alvo=balcao, novo=criado)
    return balcao


@transaction.atomic
def encerrar_acordo(municipio_id: str, ultimo_dia: date, *, autor: Usuario | None) -> None:
    """The agreement ends before its time: its papers say so, and a new one may begin afterwards."""
    entidade = Entidade.objects.select_for_update(of=("self",)).select_related("municipio").get(municipio=municipio_id)
    if ultimo_dia >= entidade.acordo_fim:
        return
    # An agreement lasts at least one day.
    entidade.acordo_fim = max(ultimo_dia, entidade.acordo_inicio + timedelta(days=1))
    entidade.save(update_fields=["acordo_fim"])
    registrar("territorio.acordo_encerrado", municipio=entidade.municipio, autor=autor, alvo=entidade, ate=ultimo_dia)


@transaction.atomic
def prorrogar_acordo(municipio_id: str, novo_fim: date, *, autor: Usuario | None) -> None:
    """The agreement lasts longer. Whoever calls has authorised it."""
    entidade = Entidade.objects.select_for_update(of=("self",)).select_related("municipio").get(municipio=municipio_id)
    entidade.acordo_fim = novo_fim
    entidade.save(update_fields=["acordo_fim"])
    registrar("territorio.acordo_prorrogado", municipio=entidade.municipio, autor=autor, alvo=entidade, ate=novo_fim)


@transaction.atomic
def mudar_servicos(municipio_id: str, servicos: list[str], *, autor: Usuario | None) -> None:
    """What the agreement authorises from now on. Whoever calls has authorised it."""
    entidade = Entidade.objects.select_for_update(of=("self",)).select_related("municipio").get(municipio=municipio_id)
    entidade.servicos = servicos
    entidade.save(update_fields=["servicos"])
    registrar("territorio.servicos_mudados", municipio=entidade.municipio, autor=autor, alvo=entidade)


@transaction.atomic
def parar_pedidos_novos(municipio_id: str, desde: date | None, *, autor: Usuario | None) -> None:
    """From `desde` on no new request begins at the desks of the town; None: they begin as always."""
    entidade = Entidade.objects.select_for_update(of=("self",)).select_related("municipio").get(municipio=municipio_id)
    if entidade.sem_novos_desde == desde:
        return
    entidade.sem_novos_desde = desde
    entidade.save(update_fields=["sem_novos_desde"])
    acao = "territorio.novos_ate_um_dia" if desde else "territorio.novos_de_volta"
    registrar(acao, municipio=entidade.municipio, autor=autor, alvo=entidade, desde=desde)


@transaction.atomic
def abrir_balcao(balcao_id: int, *, autor: Usuario | None) -> Balcao:
    """Let the desk receive people. Only while its agreement is in force."""
    balcao = _travar(balcao_id, autor)
    entidade, hoje = balcao.entidade, hoje_em(balcao.municipio)
    if not entidade.acordo_inicio <= hoje <= entidade.acordo_fim:
        raise ErroDeDominio(
            f"O balcão não pode abrir: o acordo {entidade.acordo_numero} vale de {entidade.acordo_inicio:%d/%m/%Y} "
            f"a {entidade.acordo_fim:%d/%m/%Y}."
        )
    return _mover(balcao, SituacaoBalcao.ABERTO, autor=autor, motivo="")


@transaction.atomic
def suspender_balcao(balcao_id: int, *, autor: Usuario | None, motivo: str) -> Balcao:
    """Stop receiving for a while; `motivo` is shown to the clerks."""
    return _mover(_travar(balcao_id, autor), SituacaoBalcao.SUSPENSO, autor=autor, motivo=_exigir_motivo(motivo))


@transaction.atomic
def fechar_balcao(balcao_id: int, *, autor: Usuario | None, motivo: str) -> Balcao:
    """Stop receiving for good: end of the agreement, change of address."""
    return _mover(_travar(balcao_id, autor), SituacaoBalcao.FECHADO, autor=autor, motivo=_exigir_motivo(motivo))


def _travar(balcao_id: int, autor: Usuario | None) -> Balcao:
    balcao = Balcao.objects.select_for_update(of=("self",)).select_related("municipio", "entidade").get(pk=balcao_id)
    if not pode_mudar_balcao(autor, balcao):
        raise PermissionDenied
    return balcao


def _exigir_motivo(motivo: str) -> str:
    motivo = " ".join(motivo.split())
    if not motivo:
        raise ErroDeDominio("Diga o motivo: ele aparece para quem atende no balcão.")
    if len(motivo) > MOTIVO_MAX:
        raise ErroDeDominio(f"O motivo é longo demais: use até {MOTIVO_MAX} letras.")
    return motivo


def _mover(balcao: Balcao, destino: SituacaoBalcao, *, autor: Usuario | None, motivo: str) -> Balcao:
    origem = SituacaoBalcao(balcao.situacao)
    if not origem.pode_ir_para(destino):
        raise TransicaoInvalida(
            f"O balcão está “{origem.label.lower()}” e não pode passar para “{destino.label.lower()}”."
        )
    balcao.situacao, balcao.situacao_motivo = destino, motivo
    balcao.save(update_fields=["situacao", "situacao_motivo"])
    registrar(f"territorio.balcao_{destino}", municipio=balcao.municipio, autor=autor, alvo=balcao, de=origem)
    return balcao
