"""The checklist from the town's side: files, fields, answers. Nothing that was sent is ever deleted here."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.servicos import receber
from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.emissao.assinados import Assinado, exigir_o_mesmo, receber_assinado
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.territorio.consultas import hoje_em
from adesao.checklist.regras import TROCADAS, quem_assina_mudou, trocadas
from adesao.models import Anotacao, Item, Papel, Peca, Processo
from adesao.papeis.consultas import vigente
from adesao.pedido.consultas import CAMPOS, ItemNaTela, itens, marca, requisito_de, um_item
from adesao.servicos import mover_item, reabrir_item, travar, travar_para_editar
from adesao.situacoes import ANTES_DA_APROVACAO, SituacaoItem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

REAVALIAR = "adesao.reavaliar"
# What the town does to an item, in the trail.
MEXEM = ("adesao.peca_juntada", "adesao.peca_tirada", "adesao.peca_devolvida", "adesao.item_preenchido")
TEXTO_MUDOU = "O que este papel diz mudou depois de feito. Faça o papel de novo e envie o assinado."
ACEITE_MUDOU = "A minuta ou o plano mudou depois do aceite. Leia, aceite de novo e envie a declaração assinada."

OUTRO_MUDOU = (
    "Outra pessoa mudou estes dados depois que você abriu a página. Nada foi salvo por cima. Confira o que está "
    "guardado e guarde de novo."
)


def criar_itens(processo: Processo) -> None:
    """The items that this town is asked for, of a process that is being filled in. What no longer applies stays, with
    what was sent in it, marked so.
    """
    hoje = hoje_em(processo.municipio)
    pedidos = {r.codigo: r for r in processo.checklist.checklist.para(processo.regime, processo.instrumento, hoje)}
    atuais = {item.codigo: item for item in processo.itens.all()}
    Item.objects.bulk_create(
        Item(processo=processo, codigo=r.codigo, nome=r.nome, ordem=r.ordem, rodada=processo.rodada)
        for codigo, r in pedidos.items()
        if codigo not in atuais
    )
    for codigo, item in atuais.items():
        # What whoever reviews dispensed stays so.
        if codigo in pedidos and item.estado == SituacaoItem.DISPENSADO and item.decidido_por_id is None:
            mover_item(item, SituacaoItem.FALTA, rodada=processo.rodada)
        elif codigo not in pedidos and not item.extra and item.estado != SituacaoItem.DISPENSADO:
            mover_item(item, SituacaoItem.DISPENSADO, motivo="Não se pede a municípios deste tipo.", decidido_por=None)
    reavaliar(processo)


def juntar(
    item_id: int,
    enviado: UploadedFile,
    *,
    autor: Usuario,
    codigo: uuid.UUID | None = None,
    declaracao: str = "",
) -> Peca:
    """Put one uploaded file in an item. `codigo` is made by the browser: the same upload again is the same document.

    Where the portal makes the paper, the file is that paper, signed (`receber_assinado`, with its `declaracao`).

    Raises ArquivoRecusado, with what to do, when the file does not serve. Call it outside `atomic()`: the bytes are
    stored before the row that names them.
    """
    codigo = codigo or uuid.uuid4()
    with transaction.atomic():
        item = _travar_item(item_id, autor)
        if repetida := Peca.objects.filter(codigo=codigo, item=item).first():
            return repetida
        if Peca.objects.filter(codigo=codigo).exists():
            raise ErroDeDominio("Este arquivo já foi enviado em outro item. Atualize a página e escolha de novo.")
        if item.pecas.vivas().filter(arquivo__sha256=_resumo(enviado)).exists():
            raise ErroDeDominio(f"“{enviado.name}” já está neste item. Escolha outro arquivo.")
        municipio = item.processo.municipio
        especie = requisito_de(item, item.processo).papel
        papel = _papel_para_assinar(item.processo, Papel.Especie(especie)) if especie else None
    if papel is None:
        recebido = Assinado(
            receber(enviado, municipio=municipio, usuario=autor, depois=REAVALIAR, codigo=codigo), declaracao=""
        )
    else:
        recebido = receber_assinado(
            enviado, documento=papel.documento, municipio=municipio, usuario=autor, declaracao=declaracao,
            depois=REAVALIAR, codigo=codigo,
        )  # fmt: skip
    return _por_no_item(item_id, recebido, papel, autor=autor, codigo=codigo)


def _resumo(enviado: UploadedFile) -> str:
    resumo = hashlib.sha256()
    for parte in enviado.chunks():
        resumo.update(parte)
    enviado.seek(0)
    return resumo.hexdigest()


def _papel_para_assinar(processo: Processo, especie: Papel.Especie) -> Papel:
    papel = vigente(processo, especie)
    if papel is None:
        raise ErroDeDominio("Faça antes o papel no portal. Depois baixe, assine e envie esse arquivo.")
    return papel


@transaction.atomic
def _por_no_item(item_id: int, recebido: Assinado, papel: Papel | None, *, autor: Usuario, codigo: uuid.UUID) -> Peca:
    item = _travar_item(item_id, autor)
    if papel:
        exigir_o_mesmo(_papel_para_assinar(item.processo, Papel.Especie(papel.especie)).documento, papel.documento)
    dados = {"arquivo": recebido.arquivo, "papel": papel, "declaracao": recebido.declaracao, "criado_por": autor}
    peca, nova = Peca.objects.get_or_create(codigo=codigo, item=item, defaults=dados)
    if nova:
        _julgar_de_novo(item)
        _anotar("adesao.peca_juntada", item, autor, peca=peca.pk)
    return peca


@transaction.atomic
def tirar(peca_id: int, *, autor: Usuario) -> Peca:
    """It leaves the item and stays in the process; `devolver` brings it back."""
    return _por_ou_tirar(peca_id, autor, tirada=True)


@transaction.atomic
def devolver(peca_id: int, *, autor: Usuario) -> Peca:
    return _por_ou_tirar(peca_id, autor, tirada=False)


def _por_ou_tirar(peca_id: int, autor: Usuario, *, tirada: bool) -> Peca:
    item = _travar_item(Peca.objects.values_list("item_id", flat=True).get(pk=peca_id), autor)
    # Read again under the lock of the process.
    peca = Peca.objects.get(pk=peca_id)
    if (peca.removida_em is not None) != tirada:
        peca.removida_em = now() if tirada else None
        peca.save(update_fields=["removida_em"])
        _julgar_de_novo(item)
        _anotar("adesao.peca_tirada" if tirada else "adesao.peca_devolvida", item, autor, peca=peca.pk)
    return peca


@transaction.atomic
def preencher(item_id: int, campos: Mapping[str, Any], *, visto: str = "", autor: Usuario) -> Item:
    """What the certificate says of itself. It is kept even when it shows that the certificate does not serve.

    `visto`: the `marca` of what the page showed; when somebody saved in between, nothing is written over it.
    """
    item = _travar_item(item_id, autor)
    if visto and visto != marca(item):
        raise OutroChegouAntes(OUTRO_MUDOU)
    mudam = {nome: valor for nome, valor in campos.items() if nome in CAMPOS and getattr(item, nome) != valor}
    if mudam:
        for nome, valor in mudam.items():
            setattr(item, nome, valor)
        if trocadas(item.emitido_em, item.valido_ate):
            raise ErroDeDominio(TROCADAS)
        item.save(update_fields=list(mudam))
        reavaliar(item.processo)
        _anotar("adesao.item_preenchido", item, autor, campos=sorted(mudam))
    return item


@transaction.atomic
def responder(item_id: int, *, texto: str, autor: Usuario) -> Item:
    """The town says that a returned item is mended. What still lacks is told, and nothing is answered."""
    item = _travar_item(item_id, autor)
    linha = um_item(item.processo, item, hoje_em(item.processo.municipio))
    if not linha.completo:
        raise ErroDeDominio(" ".join([*linha.faltas, *(p.frase for p in linha.problemas)]))
    texto = " ".join(texto.split())
    if not texto and item.estado == SituacaoItem.DEVOLVIDO and not _mexido(item):
        raise ErroDeDominio("Nada mudou neste item desde que ele voltou. Corrija, ou escreva um recado a quem confere.")
    Anotacao.objects.create(
        item=item, tipo=Anotacao.Tipo.RESPOSTA, texto=texto, autor=autor, nome=autor.nome, cargo=autor.cargo,
        publicada_em=now(),
    )  # fmt: skip
    if item.estado != SituacaoItem.PRONTO:
        mover_item(item, SituacaoItem.PRONTO)
    _anotar("adesao.item_respondido", item, autor)
    return item


def _mexido(item: Item) -> bool:
    """The town touched the item after INSS returned it."""
    volta = item.anotacoes.filter(tipo=Anotacao.Tipo.DEVOLUCAO).order_by("em", "pk").last()
    eventos = Evento.objects.filter(
        alvo_tipo=item.processo._meta.label_lower,
        alvo_id=str(item.processo_id),
        acao__in=MEXEM,
        dados__item=item.codigo,
    )
    return volta is None or eventos.filter(criado_em__gt=volta.em).exists()


def _julgar_de_novo(item: Item) -> None:
    """Other files: what they prove is what the form of the town says now."""
    item.provado = {}
    item.save(update_fields=["provado"])
    reavaliar(item.processo)


def reavaliar(processo: Processo) -> list[ItemNaTela]:
    """Judge the items of a locked process again, as of today.

    What the town fills in now is ready when complete. What it gave away opens again when its certificate has ended,
    its text is no longer what it would say, or it is of somebody who signs no more, until the approval.
    """
    hoje = hoje_em(processo.municipio)
    linhas = itens(processo, hoje)
    for linha in linhas:
        item = linha.item
        _guardar_o_que_prova(linha)
        if item.aberto_ao_municipio and item.estado in {SituacaoItem.FALTA, SituacaoItem.PRONTO}:
            destino = SituacaoItem.PRONTO if linha.completo else SituacaoItem.FALTA
            if item.estado != destino:
                mover_item(item, destino)
        elif item.estado in {SituacaoItem.PRONTO, SituacaoItem.ACEITO} and processo.estado in ANTES_DA_APROVACAO:
            _reabrir_se_perdeu_o_valor(linha, hoje)
    return linhas


def _guardar_o_que_prova(linha: ItemNaTela) -> None:
    """With the first files, and as the form of the town is filled in: what was kept stays, to be compared."""
    provado = {**linha.provado, **linha.item.provado} if linha.pecas else {}
    if linha.item.provado != provado:
        linha.item.provado = provado
        linha.item.save(update_fields=["provado"])


def _reabrir_se_perdeu_o_valor(linha: ItemNaTela, hoje: date) -> None:
    item = linha.item
    if item.vencido(hoje):
        frase = f"A certidão venceu em {item.valido_ate:%d/%m/%Y}. Emita outra e envie."
    elif linha.aceites_que_faltam:
        frase = ACEITE_MUDOU
    elif linha.papel == "desatualizado":
        frase = TEXTO_MUDOU
    elif linha.mudaram:
        frase = f"{quem_assina_mudou(linha.mudaram)} Envie o de quem assina agora."
    else:
        return
    item.rodada = item.processo.rodada
    reabrir_item(item, frase)


@transaction.atomic
def reavaliar_arquivo(arquivo_id: int) -> None:
    """A file became ready or was refused: look at its item again. Safe to repeat."""
    peca = Peca.objects.select_related("item").filter(arquivo=arquivo_id).first()
    if peca:
        reavaliar(travar(peca.item.processo_id))


def _travar_item(item_id: int, autor: Usuario) -> Item:
    """The item of a locked process, when the town may change it now."""
    processo = travar_para_editar(Item.objects.values_list("processo_id", flat=True).get(pk=item_id), autor=autor)
    item = Item.objects.get(pk=item_id)
    item.processo = processo
    if not item.aberto_ao_municipio:
        raise ErroDeDominio(f"Este item está em “{item.estado.label}” e não muda agora.")
    return item


def _anotar(acao: str, item: Item, autor: Usuario, **dados: Any) -> None:
    processo = item.processo
    registrar(acao, municipio=processo.municipio, autor=autor, alvo=processo, item=item.codigo, **dados)
