"""From the side of who asks: begin, fill in, send, answer, appeal, give up. Nothing that was sent is ever deleted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.catalogos.fonte import em_json
from act_portal.contas.models import Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Municipio
from cessao import leis, permissoes, regras, reservas, sem_termo
from cessao.avisos import avisar_logistica
from cessao.models import Espaco, Item, Papel, Peca, Pedido
from cessao.papeis.servicos import fazer, tirar_valor
from cessao.pedido import quem
from cessao.servicos import (
    anotar,
    exigir_texto,
    exigir_versao,
    mover,
    mover_item,
    mover_termo,
    travar_para,
    travar_para_editar,
)
from cessao.situacoes import Esfera, Natureza, Ocupacao, SituacaoItem, Tipo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# What the form fills in.
CAMPOS = (
    "tipo", "orgao", "cnpj", "esfera", "rl_nome", "rl_cpf", "rl_cargo", "rl_ato", "fiscal_nome",
    "fiscal_cargo", "contato", "finalidade",
    "dificulta_devolucao", "uso", "plano", "publico_mes", "horario", "equipe", "area_m2", "inicio", "meses", "despesas",
    "rateio_percentual", "rateio_motivo", "oficio_numero", "cronograma", "bens", "riscos", "devolucao", "ocupado_desde",
    "balcao",
)  # fmt: skip
# Without these nobody can read a request; a draft may lack them.
PARA_ENVIAR = {
    "rl_nome": "quem assina pelo órgão", "rl_cpf": "CPF de quem assina", "rl_cargo": "cargo de quem assina",
    "rl_ato": "ato que dá poderes", "fiscal_nome": "quem fiscaliza o espaço pelo órgão",
    "fiscal_cargo": "cargo de quem fiscaliza", "contato": "contato do fiscal", "plano": "plano de uso",
    "horario": "dias e horário", "despesas": "despesas", "oficio_numero": "número do ofício",
    "cronograma": "cronograma", "riscos": "riscos e seguro", "devolucao": "como o espaço volta",
}  # fmt: skip


def exigir_elegivel(espaco: Espaco, dados: Mapping[str, Any], dia: date) -> leis.Regra:
    """What art. 2º answers. Raises ErroDeDominio for a no, with what would be a yes."""
    regra = leis.elegibilidade(espaco.imovel.especie, dados["esfera"], dados["finalidade"], dia)
    if regra.nao:
        raise ErroDeDominio(f"{regra.frase} O que seria um sim: {regra.seria_sim} ({regra.base})")
    if dados["dificulta_devolucao"]:
        if espaco.imovel.natureza == Natureza.TERRENO:
            raise ErroDeDominio(
                f"{regra.frase} O que seria um sim: um uso que se desfaz sem deixar marca, como tenda ou estrutura "
                f"móvel. ({regra.base})"
            )
        raise ErroDeDominio(
            "No espaço cedido só se faz obra que se desfaz. O que seria um sim: divisória leve, pintura, rede "
            "aparente, o que sai sem deixar marca. Mude as adaptações e responda “Não”."
        )
    return regra


def _exigir_que_caiba(espaco: Espaco, dados: Mapping[str, Any], hoje: date) -> None:
    fim = regras.fim_do_prazo(dados["inicio"], max(1, dados["meses"]))
    da_area = regras.problema_da_area(dados["area_m2"], espaco.area_m2)
    regularizacao = dados["tipo"] == Tipo.REGULARIZACAO
    problemas = (
        da_area,
        regras.problema_do_prazo(dados["meses"], *leis.prazos(hoje)),
        regras.problema_do_inicio(dados["inicio"], hoje, regularizacao=regularizacao),
        regras.problema_da_janela(dados["inicio"], fim, espaco.disponivel_de, espaco.disponivel_ate),
        # Of an area that does not fit there is no share to speak of.
        da_area
        or regras.problema_do_rateio(
            dados["rateio_percentual"], dados["area_m2"], espaco.imovel.area_m2, dados["rateio_motivo"]
        ),
        "“Ocupado desde” é só para regularizar. Apague a data, ou mude o tipo do pedido."
        if dados["ocupado_desde"] and not regularizacao
        else "",
        "Diga desde quando o espaço é ocupado." if regularizacao and not dados["ocupado_desde"] else "",
    )
    if frases := [frase for frase in dict.fromkeys(problemas) if frase]:
        raise ErroDeDominio(" ".join(frases))


def exigir_no_catalogo(espaco: Espaco) -> None:
    if espaco.imovel.retirado_em or espaco.retirado_em:
        motivo = espaco.imovel.retirado_motivo or espaco.retirado_motivo
        raise ErroDeDominio(f"Este espaço saiu do catálogo: {motivo}. Escolha outro.")


@transaction.atomic
def comecar(
    espaco_id: int, dados: Mapping[str, Any], *, municipio: Municipio, autor: Usuario, codigo: uuid.UUID | None = None
) -> Pedido:
    """Begin a request. A town's manager asks for the town; the logistics takes in the papers of any other body.

    `codigo` is made by the page: a double click finds the request just begun. Whoever may not have the space learns it
    here, before any paper.
    """
    if codigo and (repetido := Pedido.objects.filter(codigo=codigo, criado_por=autor).first()):
        return repetido
    espaco = Espaco.objects.select_related("imovel__municipio", "imovel__unidade").get(pk=espaco_id)
    pelo_inss = _lado(autor, municipio, espaco)
    exigir_no_catalogo(espaco)
    if not pelo_inss and dados["esfera"] != Esfera.MUNICIPAL:
        # The answer of the table first: whoever may never have the space is not sent elsewhere in vain.
        exigir_elegivel(espaco, dados, hoje_em(municipio))
        raise ErroDeDominio(
            "O gestor do município pede pelo município. Órgão estadual ou federal entrega o ofício à logística do "
            "INSS da região, que registra o pedido."
        )
    exigir_elegivel(espaco, dados, hoje_em(municipio))
    quem.exigir_publico(dados["cnpj"])
    _exigir_que_caiba(espaco, dados, hoje_em(municipio))
    # Of two at once, the second finds the first.
    reservas.travar_imovel(espaco)
    quem.exigir_um_so(espaco, dados, municipio=municipio, pelo_inss=pelo_inss)
    pedido = Pedido.objects.create(
        espaco=espaco, municipio=municipio, unidade=espaco.imovel.unidade, pelo_inss=pelo_inss, criado_por=autor,
        editado_por=autor, **({"codigo": codigo} if codigo else {}), **{nome: dados[nome] for nome in CAMPOS},
    )  # fmt: skip
    criar_itens(pedido)
    anotar("cessao.comecado", pedido, autor, espaco=espaco.pk)
    return pedido


def _lado(autor: Usuario, municipio: Municipio, espaco: Espaco) -> bool:
    """Whether INSS stands at the place of who asks."""
    vinculo = autor.vinculo
    if vinculo is not None and vinculo.papel == Vinculo.Papel.GESTOR and vinculo.municipio_id == municipio.pk:
        return False
    if vinculo is not None and vinculo.papel == Vinculo.Papel.LOGISTICA:
        permissoes.exigir_logistica(autor, espaco.imovel.unidade)
        return True
    raise PermissionDenied


def criar_itens(pedido: Pedido) -> None:
    """The documents that this kind of case is asked for, as the list stands today."""
    conhecido = quem.e_de_municipio(pedido.cnpj)
    pedidos = leis.requisitos_para(pedido.tipo, hoje_em(pedido.municipio), cnpj_conhecido=conhecido)
    atuais = {item.codigo: item for item in pedido.itens.all()}
    for requisito in pedidos:
        if requisito.codigo not in atuais:
            Item.objects.create(
                pedido=pedido, codigo=requisito.codigo, ordem=requisito.ordem, requisito=em_json(requisito),
                rodada=pedido.rodada,
            )  # fmt: skip
    devidos = {r.codigo for r in pedidos}
    for codigo, item in atuais.items():
        if codigo not in devidos and item.estado != SituacaoItem.DISPENSADO:
            mover_item(item, SituacaoItem.DISPENSADO, motivo="Não se pede a este tipo de pedido.")
        elif codigo in devidos and item.motivo == "Não se pede a este tipo de pedido.":
            mover_item(item, SituacaoItem.FALTA)


@transaction.atomic
def editar(pedido_id: int, dados: Mapping[str, Any], *, versao: int, autor: Usuario) -> Pedido:
    pedido = travar_para_editar(pedido_id, autor=autor)
    exigir_versao(pedido, versao)
    exigir_elegivel(pedido.espaco, dados, hoje_em(pedido.municipio))
    if not pedido.pelo_inss and dados["esfera"] != Esfera.MUNICIPAL:
        raise ErroDeDominio("O gestor do município pede pelo município: a esfera é municipal.")
    quem.exigir_publico(dados["cnpj"])
    _exigir_que_caiba(pedido.espaco, dados, hoje_em(pedido.municipio))
    quem.exigir_um_so(
        pedido.espaco, dados, municipio=pedido.municipio, pelo_inss=pedido.pelo_inss, exceto=pedido
    )  # fmt: skip
    mudam = [nome for nome in CAMPOS if getattr(pedido, nome) != dados[nome]]
    if mudam:
        for nome in mudam:
            setattr(pedido, nome, dados[nome])
        pedido.versao += 1
        pedido.editado_por, pedido.alterado_em = autor, now()
        pedido.save(update_fields=[*mudam, "versao", "editado_por", "alterado_em"])
        criar_itens(pedido)
        anotar("cessao.editado", pedido, autor, campos=mudam)
        refazer_oficio(pedido, autor=autor)
    return pedido


def refazer_oficio(pedido: Pedido, *, autor: Usuario) -> None:
    """What is signed next says what the request says now."""
    if pedido.papeis.filter(especie=Papel.Especie.SOLICITACAO, substituido_em=None).exists():
        fazer(pedido, Papel.Especie.SOLICITACAO, autor=autor)
        _pedir_assinado_de_novo(pedido)


def _pedir_assinado_de_novo(pedido: Pedido) -> None:
    """The signed paper that INSS has from before the return says what the request no longer says."""
    for item in pedido.itens.exclude(rodada=pedido.rodada):
        if item.exigencia.papel == Papel.Especie.SOLICITACAO and item.estado in {
            SituacaoItem.PRONTO, SituacaoItem.ACEITO,
        }:  # fmt: skip
            motivo = "O pedido mudou depois da assinatura: junte o papel novo, assinado."
            mover_item(item, SituacaoItem.DEVOLVIDO, motivo=motivo, rodada=pedido.rodada)


@transaction.atomic
def fazer_oficio(pedido_id: int, *, autor: Usuario) -> Pedido:
    """The text to sign, before sending: the signed one is a document that sending asks for."""
    pedido = travar_para_editar(pedido_id, autor=autor)
    exigir_elegivel(pedido.espaco, {nome: getattr(pedido, nome) for nome in CAMPOS}, hoje_em(pedido.municipio))
    if falta := _campos_que_faltam(pedido):
        raise ErroDeDominio(f"O ofício diz o que está no pedido. Preencha antes: {'; '.join(falta)}.")
    fazer(pedido, Papel.Especie.SOLICITACAO, autor=autor)
    return pedido


def _campos_que_faltam(pedido: Pedido) -> list[str]:
    return [nome for campo, nome in PARA_ENVIAR.items() if not getattr(pedido, campo)]


def faltas(pedido: Pedido) -> list[str]:
    """What keeps the request from being sent, in words."""
    abertos = [
        str(item)
        for item in pedido.itens.all()
        if item.rodada == pedido.rodada and item.estado in {SituacaoItem.FALTA, SituacaoItem.DEVOLVIDO}
        and (item.exigencia.minimo or item.estado == SituacaoItem.DEVOLVIDO or _falta_para_decidir(pedido, item))
    ]  # fmt: skip
    return [*_campos_que_faltam(pedido), *abertos]


def _falta_para_decidir(pedido: Pedido, item: Item) -> bool:
    """The first time it may come later. In an answer to INSS it is what INSS waits for."""
    return pedido.rodada > 0 and leis.para_decidir(item.codigo)


@transaction.atomic
def enviar(pedido_id: int, *, autor: Usuario) -> Pedido:
    """Send it to INSS, with the answer of art. 2º as it stands today."""
    pedido = travar_para("enviar", pedido_id, autor=autor)
    regra = _conferir_antes(pedido)
    fazer(pedido, "solicitacao", autor=autor)
    evento = mover(pedido, "enviar", autor=autor, enviado_em=now(), enquadramento=em_json(regra))
    avisar_logistica(pedido, "enviar", chave=str(evento.pk))
    return pedido


@transaction.atomic
def reenviar(pedido_id: int, *, autor: Usuario) -> Pedido:
    pedido = travar_para("reenviar", pedido_id, autor=autor)
    regra = _conferir_antes(pedido)
    fazer(pedido, "solicitacao", autor=autor)
    evento = mover(pedido, "reenviar", autor=autor, prazo=None, enquadramento=em_json(regra))
    avisar_logistica(pedido, "reenviar", chave=str(evento.pk))
    return pedido


def _conferir_antes(pedido: Pedido) -> leis.Regra:
    hoje = hoje_em(pedido.municipio)
    dados = {nome: getattr(pedido, nome) for nome in CAMPOS}
    exigir_no_catalogo(pedido.espaco)
    regra = exigir_elegivel(pedido.espaco, dados, hoje)
    quem.exigir_publico(pedido.cnpj)
    _exigir_que_caiba(pedido.espaco, dados, hoje)
    if falta := faltas(pedido):
        raise ErroDeDominio(f"Antes de enviar, falta: {'; '.join(falta)}.")
    return regra


@transaction.atomic
def desistir(pedido_id: int, *, motivo: str, autor: Usuario) -> Pedido:
    """Give up before the term is published. The days that were kept for it are free again."""
    pedido = travar_para("desistir", pedido_id, autor=autor)
    motivo = exigir_texto(motivo, "Escreva por que desiste.", 1000)
    desfazer_termo(pedido, motivo="Quem pediu desistiu.", autor=autor)
    evento = mover(pedido, "desistir", autor=autor, motivo=motivo)
    sem_termo.abrir(pedido, autor=autor)
    if pedido.enviado_em:
        avisar_logistica(pedido, "desistir", chave=str(evento.pk))
    return pedido


def desfazer_termo(pedido: Pedido, *, motivo: str, autor: Usuario) -> None:
    """A term that is not published yet goes with its request: its days are free, and approved again it keeps its
    number.
    """
    termo = getattr(pedido, "termo", None)
    if termo is not None and termo.estado == Ocupacao.PREPARO:
        reservas.travar_imovel(pedido.espaco)
        reservas.liberar(termo)
        termo.assinaturas.filter(substituida_em=None).update(substituida_em=now())
        # The locked row and this one are the same request.
        termo.pedido = pedido
        mover_termo(termo, "desfazer", autor=autor, motivo=motivo)
        tirar_valor(pedido, motivo=motivo, autor=autor)


@transaction.atomic
def recorrer(pedido_id: int, *, texto: str, autor: Usuario) -> Pedido:
    """Appeal against a refusal, inside the term of the law (Lei 9.784/1999, art. 59: conferir norma vigente)."""
    pedido = travar_para("recorrer", pedido_id, autor=autor)
    hoje = hoje_em(pedido.municipio)
    ate = recorrer_ate(pedido)
    if hoje > ate:
        raise ErroDeDominio(f"O prazo de recurso terminou em {ate:%d/%m/%Y}. Faça um pedido novo.")
    texto = exigir_texto(texto, "Escreva por que a decisão precisa mudar.", 1000)
    evento = mover(pedido, "recorrer", autor=autor, motivo=texto)
    avisar_logistica(pedido, "recorrer", chave=str(evento.pk))
    return pedido


def recorrer_ate(pedido: Pedido) -> date:
    desde = pedido.situacao_desde.astimezone(pedido.municipio.fuso).date()
    return desde + timedelta(days=leis.parametro("recurso_dias", desde).valor)


# --- Files --------------------------------------------------------------------------------------------------------


def juntar(item_id: int, enviado: UploadedFile, *, autor: Usuario, codigo: uuid.UUID | None = None) -> Peca:
    """Put one uploaded file in a document. `codigo` is made by the browser: the same upload again is the same file.

    Raises ArquivoRecusado, with what to do, when the file does not serve. Call it outside `atomic()`.
    """
    codigo = codigo or uuid.uuid4()
    with transaction.atomic():
        item = _travar_item(item_id, autor)
        if repetida := Peca.objects.filter(codigo=codigo, item=item).first():
            return repetida
        if Peca.objects.filter(codigo=codigo).exists():
            raise ErroDeDominio("Este arquivo já foi enviado em outro lugar. Atualize a página e escolha de novo.")
        municipio = item.pedido.municipio
    arquivo = receber(enviado, municipio=municipio, usuario=autor, codigo=codigo)
    return _por_no_item(item_id, arquivo, codigo, autor)


@transaction.atomic
def _por_no_item(item_id: int, arquivo: Arquivo, codigo: uuid.UUID, autor: Usuario) -> Peca:
    item = _travar_item(item_id, autor)
    peca, nova = Peca.objects.get_or_create(
        codigo=codigo, item=item, defaults={"arquivo": arquivo, "criado_por": autor}
    )
    if nova:
        mover_item(item, SituacaoItem.PRONTO)
        anotar("cessao.peca_juntada", item.pedido, autor, item=item.codigo, peca=peca.pk)
    return peca


@transaction.atomic
def tirar(peca_id: int, *, autor: Usuario) -> Peca:
    """It leaves the document and stays in the request."""
    item = _travar_item(Peca.objects.values_list("item_id", flat=True).get(pk=peca_id), autor)
    peca = Peca.objects.get(pk=peca_id)
    if peca.removida_em is None:
        peca.removida_em = now()
        peca.save(update_fields=["removida_em"])
        if item.estado == SituacaoItem.PRONTO and not item.pecas.filter(removida_em=None).exists():
            mover_item(item, SituacaoItem.FALTA)
        anotar("cessao.peca_tirada", item.pedido, autor, item=item.codigo, peca=peca.pk)
    return peca


def _travar_item(item_id: int, autor: Usuario) -> Item:
    """The document, under the lock of its request, while who asks may change it."""
    pedido = travar_para_editar(Item.objects.values_list("pedido_id", flat=True).get(pk=item_id), autor=autor)
    item = Item.objects.get(pk=item_id)
    item.pedido = pedido
    if not item.aberto:
        raise ErroDeDominio("Este documento já foi conferido e não muda agora.")
    return item
