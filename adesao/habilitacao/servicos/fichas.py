"""Who acts under the agreement: those indicated in the application, and whoever comes and goes afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.contas.models import Vinculo
from act_portal.erros import ErroDeDominio
from adesao import permissoes
from adesao.acordo.servicos.comum import travar_acordo
from adesao.emails import exigir_email_so_seu, exigir_matricula_so_sua
from adesao.habilitacao.servicos.acesso import desligar_da_ficha, travar_pessoa
from adesao.models import Acordo, Habilitacao, Representante
from adesao.situacoes import Quem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# The manager of the agreement has the manager's account of the portal; these get the clerk's.
COM_ACESSO = frozenset({Representante.Papel.CADASTRADOR, Representante.Papel.ATENDENTE})


def abrir_fichas(acordo: Acordo) -> None:
    """One for each person whom the town indicated."""
    indicados = Representante.objects.vivos().filter(
        processo=acordo.processo_id, papel__in=COM_ACESSO, habilitacao__isnull=True
    )
    Habilitacao.objects.bulk_create(Habilitacao(acordo=acordo, representante=pessoa) for pessoa in indicados)


@transaction.atomic
def indicar(acordo_id: int, campos: Mapping[str, Any], *, autor: Usuario) -> Habilitacao:
    """One more person, after the agreement began."""
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.GESTOR)
    if not acordo.estado.vivo:
        raise ErroDeDominio(f"O acordo está “{acordo.estado.label}”: ninguém mais é indicado.")
    exigir_email_so_seu(campos["email"], acordo.processo, cpf=campos["cpf"], nome=campos["nome"])
    vivos = Representante.objects.vivos().filter(processo=acordo.processo_id)
    if vivos.filter(cpf=campos["cpf"]).exists():
        raise ErroDeDominio("Esta pessoa já foi indicada. Abra o nome dela na lista.")
    exigir_matricula_so_sua(campos["matricula"], vivos)
    pessoa = Representante.objects.create(
        processo=acordo.processo, editado_por=autor, **{n: v for n, v in campos.items() if n != "versao"}
    )
    if pessoa.papel not in COM_ACESSO:
        raise ErroDeDominio("O gestor do acordo entra pela Equipe do portal. Indique cadastrador ou atendente.")
    habilitacao = Habilitacao.objects.create(acordo=acordo, representante=pessoa)
    registrar(
        "adesao.pessoa_indicada", municipio=acordo.municipio, autor=autor, alvo=acordo, habilitacao=habilitacao.pk
    )
    return habilitacao


@transaction.atomic
def desligar(habilitacao_id: int, *, motivo: str, autor: Usuario) -> Habilitacao:
    """The person leaves: the account closes at once, and what was proved stays in the process."""
    habilitacao = travar_pessoa(habilitacao_id)
    permissoes.exigir(autor, habilitacao.acordo.processo, Quem.GESTOR, Quem.ANALISTA)
    motivo = " ".join(motivo.split())
    if not motivo:
        raise ErroDeDominio("Escreva por que a pessoa sai.")
    desligar_da_ficha(habilitacao, motivo, autor=autor)
    pessoa = habilitacao.representante
    pessoa.removido_em = now()
    pessoa.save(update_fields=["removido_em"])
    return habilitacao


def travar_convite(vinculo: Vinculo) -> None:
    """Where an agreement of this portal is alive, a clerk's account opens by what the person proved, not by a hand."""
    if vinculo.papel != Vinculo.Papel.ATENDENTE or vinculo.municipio_id is None:
        return
    if Acordo.objects.vivos().filter(municipio=vinculo.municipio_id).exists():
        raise ErroDeDominio(
            "Neste município o acesso de quem atende abre pela página do acordo: indique a pessoa lá e envie os termos."
        )
