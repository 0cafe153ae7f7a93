"""The process as a whole under review: return it, give the opinion, correct it, file it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.erros import ErroDeDominio
from act_portal.publicacao import exigir_sei
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Municipio
from adesao.acordo.servicos.comum import cancelar_acordo
from adesao.analise.consultas import ultima_leitura
from adesao.analise.papeis import fazer
from adesao.analise.servicos.comum import (
    anotar,
    decidir,
    exigir_responsavel,
    exigir_texto,
    travar_do_inss,
    travar_para_analisar,
)
from adesao.avisos.servicos import avisar_autoridades, avisar_municipio
from adesao.checklist.catalogo import exigir_prazo
from adesao.checklist.catalogo import servicos as servicos_possiveis
from adesao.models import Anotacao, Decisao, Item, Papel, Processo
from adesao.pedido.consultas import ItemNaTela
from adesao.pedido.servicos.itens import criar_itens, reavaliar
from adesao.servicos import mover, travar_para
from adesao.situacoes import Quem, Regime, Situacao, SituacaoItem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

A_DEVOLVER = (SituacaoItem.DEVOLVIDO, SituacaoItem.REABERTO, SituacaoItem.FALTA)
Conclusao = Decisao.Conclusao


@transaction.atomic
def devolver(
    processo_id: int, *, prazo: date | None = None, recado: str = "", parcial: bool = False, autor: Usuario
) -> Processo:
    """Give all that is wrong back to the town at once; what nobody looked at yet is told first."""
    processo = travar_para("devolver", processo_id, autor=autor)
    exigir_responsavel(processo, autor)
    reavaliar(processo)
    itens = list(processo.itens.all())
    voltam = [item for item in itens if item.estado in A_DEVOLVER]
    if not voltam:
        raise ErroDeDominio("Nenhum item para devolver. Devolva um item, ou peça um documento, antes.")
    por_ver = [item.nome for item in itens if item.estado == SituacaoItem.PRONTO]
    if por_ver and not parcial:
        raise ErroDeDominio(
            f"Ainda não conferido: {'; '.join(por_ver)}. Confira tudo, para o município corrigir de uma vez só, "
            "ou marque que devolve assim mesmo."
        )
    exigir_prazo(prazo, hoje_em(processo.municipio))
    rodada, momento = processo.rodada + 1, now()
    for item in voltam:
        item.rodada = rodada
        item.save(update_fields=["rodada"])
        _publicar(item, momento)
    evento = mover(
        processo, "devolver", autor=autor, motivo=" ".join(recado.split())[:1000], rodada=rodada, prazo=prazo
    )
    avisar_municipio(processo, "devolver", chave=str(evento.pk))
    return processo


def _publicar(item: Item, momento: datetime) -> None:
    """Show the town why the item is open: the last return or request. What the reviewer wrote before stays inside."""
    motivo = item.anotacoes.filter(tipo__in=[Anotacao.Tipo.DEVOLUCAO, Anotacao.Tipo.PEDIDO]).order_by("em", "pk").last()
    if motivo and motivo.publicada_em is None and item.estado != SituacaoItem.REABERTO:
        motivo.publicada_em = momento
        motivo.save(update_fields=["publicada_em"])


@transaction.atomic
def instruir(
    processo_id: int,
    *,
    conclusao: Conclusao | str,
    texto: str,
    condicoes: str = "",
    resposta: str = "",
    autor: Usuario,
) -> Processo:
    """Give the opinion, on which somebody else decides. A favourable one needs every item settled as of today.

    `resposta`: to a second reader who disagreed; the opinion carries both.
    """
    processo = travar_para("instruir", processo_id, autor=autor)
    exigir_responsavel(processo, autor)
    if processo.leituras.filter(feita_em__isnull=True, desfeita_em__isnull=True).exists():
        raise ErroDeDominio("A segunda leitura ainda não voltou. Espere, ou dispense a leitura.")
    texto = exigir_texto(texto, "Escreva a análise do pedido.", 6000)
    texto = _com_a_leitura(processo, texto, " ".join(resposta.split()), autor)
    condicoes = " ".join(condicoes.split())[:2000]
    linhas = reavaliar(processo)
    if conclusao != Conclusao.DESFAVORAVEL and (pendencias := pendencias_dos_itens(linhas)):
        raise ErroDeDominio(f"Um parecer favorável precisa de todos os itens resolvidos. Falta: {pendencias}.")
    if conclusao == Conclusao.COM_CONDICAO and not condicoes:
        raise ErroDeDominio("Escreva as condições do parecer.")
    decisao, _ = decidir(processo, Decisao.Tipo.PARECER, texto, autor=autor, conclusao=conclusao, condicoes=condicoes)
    fazer(processo, Papel.Especie.PARECER, autor=autor)
    evento = mover(processo, "instruir", autor=autor)
    avisar_autoridades(processo, "instruir", chave=str(evento.pk))
    anotar("adesao.parecer", processo, autor, decisao=decisao.pk, conclusao=str(conclusao))
    return processo


def _com_a_leitura(processo: Processo, texto: str, resposta: str, autor: Usuario) -> str:
    """The analysis with what the last second reader said of it. Whoever read gives no opinion on their own reading."""
    leitura = ultima_leitura(processo)
    if leitura is None or leitura.feita_em is None:
        return texto
    if leitura.leitor_id == autor.pk:
        raise ErroDeDominio(
            "Você fez a segunda leitura deste pedido: o parecer é de outra pessoa. Passe o pedido a um colega, ou peça "
            "a leitura de outra pessoa."
        )
    discorda = leitura.concorda is False
    if discorda and not resposta:
        raise ErroDeDominio("Quem fez a segunda leitura não concordou. Responda ao que essa pessoa escreveu.")
    dia = leitura.feita_em.astimezone(processo.municipio.fuso).date()
    frase = f"Segunda leitura de {leitura.leitor}, em {dia:%d/%m/%Y}: {'não concorda' if discorda else 'concorda'}."
    partes = [texto, frase, leitura.observacao, f"Resposta: {resposta[:1000]}" if discorda else ""]
    return " ".join(parte for parte in partes if parte)


def pendencias_dos_itens(linhas: Sequence[ItemNaTela]) -> str:
    """The items neither accepted nor dispensed, by name; "" when there is none."""
    resolvidos = {SituacaoItem.ACEITO, SituacaoItem.DISPENSADO}
    return "; ".join(linha.item.nome for linha in linhas if linha.item.estado not in resolvidos)


@transaction.atomic
def corrigir_regime(processo_id: int, *, regime: Regime | str, autor: Usuario) -> Processo:
    """The town said the wrong regime: the certificate that is asked for changes, and goes back with the next return."""
    processo = travar_para_analisar(processo_id, autor=autor)
    if processo.regime != regime:
        processo.regime = regime
        processo.versao += 1
        processo.save(update_fields=["regime", "versao"])
        criar_itens(processo)
        anotar("adesao.regime_corrigido", processo, autor, regime=str(regime))
    return processo


@transaction.atomic
def mudar_servicos(processo_id: int, *, servicos: Sequence[str], texto: str, autor: Usuario) -> Processo:
    """Change which services the agreement will have. The minute and the plan then say something else, and the town
    accepts them again.
    """
    processo = travar_para_analisar(processo_id, autor=autor)
    escolhidos = [s.codigo for s in servicos_possiveis().escolhidos(list(servicos))]
    if not escolhidos:
        raise ErroDeDominio("Deixe pelo menos um serviço.")
    if set(escolhidos) == set(processo.servicos):
        raise ErroDeDominio("A lista de serviços é a mesma. Mude algum antes de guardar.")
    texto = exigir_texto(texto, "Escreva por que a lista muda.", 1000)
    saem, entram = sorted(set(processo.servicos) - set(escolhidos)), sorted(set(escolhidos) - set(processo.servicos))
    processo.servicos = escolhidos
    processo.versao += 1
    processo.save(update_fields=["servicos", "versao"])
    decidir(processo, Decisao.Tipo.SERVICOS, texto, autor=autor)
    reavaliar(processo)
    anotar("adesao.servicos_mudados", processo, autor, saem=saem, entram=entram)
    return processo


@transaction.atomic
def numerar_sei(processo_id: int, *, numero: str, autor: Usuario) -> Processo:
    processo = travar_do_inss(processo_id, Quem.ANALISTA, Quem.AUTORIDADE, autor=autor)
    numero = exigir_sei(numero)
    if processo.processo_sei != numero:
        processo.processo_sei = numero
        processo.versao += 1
        processo.save(update_fields=["processo_sei", "versao"])
        anotar("adesao.sei", processo, autor)
    return processo


@transaction.atomic
def arquivar(processo_id: int, *, texto: str, autor: Usuario) -> Processo:
    """Put aside what the town stopped answering. It comes back by `desarquivar`."""
    processo = travar_para("arquivar", processo_id, autor=autor)
    texto = exigir_texto(texto, "Escreva por que o pedido é arquivado.", 1000)
    decidir(processo, Decisao.Tipo.ARQUIVAMENTO, texto, autor=autor)
    cancelar_acordo(processo, autor=autor)
    evento = mover(processo, "arquivar", autor=autor, motivo=texto)
    avisar_municipio(processo, "arquivar", chave=str(evento.pk))
    return processo


@transaction.atomic
def desarquivar(processo_id: int, *, texto: str, autor: Usuario) -> Processo:
    processo = travar_para("desarquivar", processo_id, autor=autor)
    exigir_lugar(processo)
    texto = exigir_texto(texto, "Escreva por que o pedido é desarquivado.", 1000)
    decidir(processo, Decisao.Tipo.DESARQUIVAMENTO, texto, autor=autor)
    evento = mover(processo, "desarquivar", autor=autor, responsavel=autor)
    avisar_municipio(processo, "desarquivar", chave=str(evento.pk))
    return processo


def exigir_lugar(processo: Processo) -> None:
    """Before a closed process opens again: the town has no other one meanwhile."""
    # Whoever begins another one waits for this lock.
    Municipio.objects.select_for_update().get(pk=processo.municipio_id)
    if Processo.objects.abertos().filter(municipio=processo.municipio_id, objeto=processo.objeto).exists():
        raise ErroDeDominio("O município já começou outro pedido para o mesmo objeto. Siga por ele.")
    vigentes = Processo.objects.filter(
        municipio=processo.municipio_id, objeto=processo.objeto, situacao=Situacao.VIGENTE,
        acordo__encerrado_em__isnull=True,
    )  # fmt: skip
    if vigentes.exists():
        raise ErroDeDominio("O município já tem acordo em vigor para o mesmo objeto.")
