"""Who has the process: take, hand over, send to another unit, second reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.contas.models import Usuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.models import UnidadeInss
from adesao import permissoes
from adesao.analise.consultas import colegas, unidades_para
from adesao.analise.servicos.comum import anotar, decidir, exigir_texto, travar_do_inss, travar_para_analisar
from adesao.avisos.servicos import avisar_pessoa
from adesao.models import Decisao, Leitura, Processo
from adesao.servicos import mover, travar
from adesao.situacoes import Quem, Situacao

if TYPE_CHECKING:
    from collections.abc import Iterable

# While INSS has it.
DISTRIBUIVEIS = frozenset({Situacao.ENVIADO, Situacao.EM_ANALISE, Situacao.DEVOLVIDO, Situacao.CONFERENCIA,
                           Situacao.ASSINADO, Situacao.INSTRUIDO, Situacao.ASSINATURA})  # fmt: skip


@transaction.atomic
def tomar(processo_id: int, *, autor: Usuario) -> Processo:
    """Become who reviews. Taking what is already one's own does nothing; what is another's is refused."""
    processo = travar_do_inss(processo_id, Quem.ANALISTA, autor=autor)
    _exigir_distribuivel(processo)
    if processo.responsavel_id == autor.pk:
        return processo
    if processo.responsavel_id:
        raise ErroDeDominio(f"{processo.responsavel} já está com este pedido. Peça que passe para você.")
    if processo.estado == Situacao.ENVIADO:
        mover(processo, "tomar", autor=autor, responsavel=autor)
    else:
        _passar(processo, autor)
        anotar("adesao.assumida", processo, autor)
    return processo


@transaction.atomic
def repassar(processo_id: int, *, para: Usuario | None, autor: Usuario) -> Processo:
    """Hand the process to a colleague, or back to the queue (`para` None). The authority may do it for who is away."""
    processo = travar_do_inss(processo_id, Quem.ANALISTA, Quem.AUTORIDADE, autor=autor)
    _exigir_distribuivel(processo)
    if processo.estado == Situacao.ENVIADO:
        raise ErroDeDominio("Ninguém está com este pedido ainda. Quem for analisar aperta “Tomar”.")
    if not permissoes.age_como(autor, processo, Quem.AUTORIDADE) and processo.responsavel_id not in {None, autor.pk}:
        raise ErroDeDominio(
            f"Este pedido está com {processo.responsavel}. Só essa pessoa ou a autoridade passa adiante."
        )
    _exigir_entre(para, colegas(processo), "Esta pessoa não analisa os pedidos desta unidade. Escolha outra.")
    _passar(processo, para)
    anotar("adesao.repassada", processo, autor, para=para.pk if para else None)
    avisar_pessoa(processo, para, "repassar", chave=f"repassar:{processo.pk}:{processo.versao}")
    return processo


@transaction.atomic
def encaminhar(processo_id: int, *, unidade: UnidadeInss, motivo: str, autor: Usuario) -> Processo:
    """Send the process to another unit of the same region, or to the Direção Central. Nobody there has it yet."""
    processo = travar_do_inss(processo_id, Quem.ANALISTA, Quem.AUTORIDADE, autor=autor)
    _exigir_distribuivel(processo)
    if not unidades_para(processo).filter(pk=unidade.pk).exists():
        raise ErroDeDominio("Este pedido não pode ir para essa unidade. Escolha uma da lista.")
    decidir(
        processo, Decisao.Tipo.ENCAMINHAMENTO, exigir_texto(motivo, "Escreva por que o pedido muda de unidade."),
        autor=autor,
    )  # fmt: skip
    _desfazer_leituras(processo)
    processo.unidade = unidade
    _passar(processo, None, "unidade")
    anotar("adesao.encaminhada", processo, autor, unidade=unidade.pk)
    return processo


def _exigir_distribuivel(processo: Processo) -> None:
    if processo.estado not in DISTRIBUIVEIS:
        raise ErroDeDominio(f"Este pedido está em “{processo.estado.label}” e não muda mais de mãos.")


def _passar(processo: Processo, para: Usuario | None, *mais: str) -> None:
    processo.responsavel = para
    processo.versao += 1
    processo.save(update_fields=["responsavel", "versao", *mais])


def _exigir_entre(alguem: Usuario | None, possiveis: Iterable[Usuario], frase: str) -> None:
    if alguem is not None and alguem.pk not in {u.pk for u in possiveis}:
        raise ErroDeDominio(frase)


# --- Second reading -----------------------------------------------------------------------------------------------


@transaction.atomic
def pedir_leitura(processo_id: int, *, leitor: Usuario, autor: Usuario) -> Leitura:
    """Ask a colleague to look before the opinion is given."""
    processo = travar_para_analisar(processo_id, autor=autor)
    if leitor.pk == autor.pk:
        raise ErroDeDominio("A segunda leitura é de outra pessoa. Escolha um colega.")
    _exigir_entre(leitor, colegas(processo), "Esta pessoa não analisa os pedidos desta unidade. Escolha outra.")
    _desfazer_leituras(processo)
    leitura = Leitura.objects.create(processo=processo, leitor=leitor, pedida_por=autor)
    anotar("adesao.leitura_pedida", processo, autor, leitor=leitor.pk)
    avisar_pessoa(processo, leitor, "ler", chave=f"ler:{leitura.pk}")
    return leitura


@transaction.atomic
def ler(processo_id: int, *, concorda: bool, observacao: str = "", autor: Usuario) -> Leitura:
    """The reader says what they think. Who disagrees says why."""
    processo = travar(processo_id)
    permissoes.exigir(autor, processo, Quem.ANALISTA)
    leitura = _pendente(processo)
    if leitura is None or leitura.leitor_id != autor.pk:
        raise ErroDeDominio("Não há leitura pedida a você neste pedido.")
    observacao = " ".join(observacao.split())[:1000]
    if not concorda and not observacao:
        raise ErroDeDominio("Escreva com o que você não concorda.")
    leitura.concorda, leitura.observacao, leitura.feita_em = concorda, observacao, now()
    leitura.save(update_fields=["concorda", "observacao", "feita_em"])
    anotar("adesao.leitura_feita", processo, autor, concorda=concorda)
    avisar_pessoa(processo, processo.responsavel, "leitura_feita", chave=f"leitura_feita:{leitura.pk}")
    return leitura


@transaction.atomic
def dispensar_leitura(processo_id: int, *, autor: Usuario) -> None:
    """Go on without waiting for the reader."""
    processo = travar_para_analisar(processo_id, autor=autor)
    if _desfazer_leituras(processo):
        anotar("adesao.leitura_desfeita", processo, autor)


def _pendente(processo: Processo) -> Leitura | None:
    return processo.leituras.filter(feita_em__isnull=True, desfeita_em__isnull=True).first()


def _desfazer_leituras(processo: Processo) -> int:
    return processo.leituras.filter(feita_em__isnull=True, desfeita_em__isnull=True).update(desfeita_em=now())
