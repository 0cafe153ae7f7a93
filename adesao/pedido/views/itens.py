"""One item: its explanation, its paper, its fields, its files, its answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.arquivos.entrega import entregar, entregar_miniatura
from act_portal.arquivos.envio import contar_na_tela, em_json, juntar_enviados
from act_portal.arquivos.limites import tecnicos
from act_portal.arquivos.models import Folha
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.saidas.consultas import trabalhador_vivo
from act_portal.territorio.consultas import hoje_em
from adesao.models import Aceite, Item, Papel, Peca, Processo
from adesao.papeis import consultas as papeis
from adesao.pedido.consultas import ItemNaTela, marca, um_item, valores
from adesao.pedido.forms.item import AssinadoForm, ItemForm
from adesao.pedido.servicos import itens as servicos
from adesao.pedido.servicos import papeis as servicos_de_papeis
from adesao.pedido.views.comum import achar, achar_do_municipio, contexto, inteiro
from adesao.publico.autoavaliacao import preenchimento, retomar

E = Papel.Especie
# Who may download which paper: the town, those that were told to it.
DO_MUNICIPIO = frozenset({E.OFICIO, E.ESTRUTURA, E.INDICACAO, E.MINUTA, E.PLANO, E.ACEITE, E.DECISAO, E.INSTRUMENTO,
                          E.EXTRATO})  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    """POST keeps what the certificate says of itself, even when that shows that it does not serve."""
    adesao = achar_do_municipio(request, codigo)
    linha = _linha(adesao, item)
    ja_dito = _da_autoavaliacao(request, linha.item)
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        requisito=linha.requisito,
        initial=valores(linha.item) | ja_dito | {"visto": marca(linha.item)},
    )
    guardado: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            visto = form.cleaned_data["visto"]
            servicos.preencher(linha.item.pk, form.cleaned_data, visto=visto, autor=request.user)
        except OutroChegouAntes as erro:
            linha = _linha(adesao, item)
            guardado = form.outros_valores(valores(linha.item))
            # The next save counts from what is kept now.
            form.data = request.POST.copy()
            form.data["visto"] = marca(linha.item)
            form.add_error(None, str(erro))
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            linha = _linha(adesao, item)
            if not linha.problemas:
                if linha.avisos:
                    messages.warning(request, f"Guardado. {' '.join(linha.avisos)}")
                else:
                    messages.success(request, "Guardado.")
                return redirect("adesao:item", codigo=codigo, item=item)
            for problema in linha.problemas:
                form.add_error(problema.campo, problema.frase)
    return _tela(request, adesao, linha, form, bool(ja_dito), guardado)


def _da_autoavaliacao(request: RequestDeUsuario, item: Item) -> dict[str, Any]:
    """What "Posso aderir?" heard of this certificate, while nobody has written anything of it in the item."""
    if item.valido_ate or item.numero:
        return {}
    respostas = preenchimento(retomar(request.session) or {})
    if respostas["municipio"] not in {"", item.processo.municipio_id}:
        return {}
    ditas: dict[str, Any] = next((c for c in respostas["certidoes"] if c["item"] == item.codigo), {})
    return {nome: ditas[nome] for nome in ("especie", "valido_ate") if ditas.get(nome)}


def _tela(
    request: RequestDeUsuario,
    adesao: Processo,
    linha: ItemNaTela,
    form: ItemForm,
    ja_dito: bool,
    guardado: list[tuple[str, str]],
) -> HttpResponse:
    dados = contexto(
        adesao, "itens", form=form, ja_dito=ja_dito and not form.is_bound, guardado=guardado, **_partes(adesao, linha)
    )
    status = 422 if form.is_bound else 200
    return render(request, "adesao/pedido/item.html", dados, status=status)


@login_required
@require_safe
def partes(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    """Only the papers and files: what the page asks for while they are being made ready."""
    adesao = achar_do_municipio(request, codigo, quieto=True)
    dados = contexto(adesao, "itens", sozinha=True, **_partes(adesao, _linha(adesao, item)))
    return render(request, "adesao/pedido/_item.html", dados)


def _partes(adesao: Processo, linha: ItemNaTela) -> dict[str, Any]:
    feitos = papeis.na_tela(adesao, *_papeis_do(linha))
    esperando = linha.preparando or any(p.sendo_feito for p in feitos)
    return {
        "linha": linha,
        "papeis": feitos,
        "form_assinado": AssinadoForm(),
        "aberto": linha.item.aberto_ao_municipio,
        "esperando": esperando,
        "trabalhador_parado": esperando and not trabalhador_vivo(),
        "maximo_bytes": tecnicos().envio_bytes,
        "lote": uuid.uuid4(),
    }


def _papeis_do(linha: ItemNaTela) -> list[Papel.Especie]:
    """The papers of an item: before the declaration of acceptance, what is accepted."""
    if linha.requisito.tipo == "aceite":
        return [E.MINUTA, E.PLANO, E.ACEITE]
    return [E(linha.requisito.papel)] if linha.requisito.papel else []


def _linha(adesao: Processo, codigo: str) -> ItemNaTela:
    achado = get_object_or_404(adesao.itens, codigo=codigo)
    return um_item(adesao, achado, hoje_em(adesao.municipio))


# --- Files --------------------------------------------------------------------------------------------------------


@login_required
@require_POST
def juntar(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo, quieto=True)
    achado = get_object_or_404(adesao.itens, codigo=item)

    declaracao = request.POST.get("declaracao", "")

    def juntar_um(enviado: UploadedFile, codigo_do_envio: uuid.UUID | None) -> Peca:
        return servicos.juntar(achado.pk, enviado, autor=request.user, codigo=codigo_do_envio, declaracao=declaracao)

    recusas = juntar_enviados(request, item, juntar_um)
    if resposta := em_json(request, recusas):
        return resposta
    linha = _linha(adesao, item)
    if recusas and linha.requisito.papel:
        return _assinado_recusado(request, adesao, linha, [erro for _, erro in recusas])
    contar_na_tela(request, recusas)
    return redirect("adesao:item", codigo=codigo, item=item)


def _assinado_recusado(
    request: RequestDeUsuario, adesao: Processo, linha: ItemNaTela, erros: list[ErroDeDominio]
) -> HttpResponse:
    """The page with the reason, and with the sentence that was typed."""
    form = AssinadoForm(request.POST, request.FILES)
    for erro in erros:
        form.add_error("arquivos", str(erro))
    partes = _partes(adesao, linha) | {"form_assinado": form}
    dados = contexto(adesao, "itens", form=ItemForm(requisito=linha.requisito), **partes)
    return render(request, "adesao/pedido/item.html", dados, status=422)


@login_required
@require_POST
def mexer_na_peca(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    peca = _peca(request, codigo)
    adesao = achar_do_municipio(request, peca.item.processo.codigo, quieto=True)
    verbos: dict[str, Callable[..., Any]] = {"tirar": servicos.tirar, "devolver": servicos.devolver}
    try:
        if (verbo := verbos.get(request.POST.get("acao", ""))) is None:
            raise ErroDeDominio("Escolha um dos botões da página.")
        verbo(peca.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    if request.htmx:
        return redirect("adesao:item-partes", codigo=adesao.codigo, item=peca.item.codigo)
    return redirect("adesao:item", codigo=adesao.codigo, item=peca.item.codigo)


@login_required
@require_safe
def abrir_peca(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """The file as it came, signatures and all; who opened it is noted."""
    peca = _peca(request, codigo)
    registrar_acesso(
        request.user, "abriu um documento da adesão", peca, titular_id=None, municipio=peca.item.processo.municipio
    )
    arquivo = peca.arquivo
    return entregar(arquivo.original, nome=arquivo.nome_original, tipo=arquivo.tipo, request=request)


@login_required
@require_safe
def miniatura(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    visiveis = Peca.objects.filter(item__processo__in=Processo.objects.visiveis_para(request.user))
    folha = get_object_or_404(Folha, codigo=codigo, arquivo__in=visiveis.values("arquivo"))
    return entregar_miniatura(folha, request=request)


def _peca(request: RequestDeUsuario, codigo: uuid.UUID) -> Peca:
    return get_object_or_404(
        Peca.objects.select_related("arquivo", "item__processo__municipio"),
        codigo=codigo,
        item__processo__in=Processo.objects.visiveis_para(request.user),
    )


# --- Papers and answers -------------------------------------------------------------------------------------------


@login_required
@require_POST
def fazer_papel(request: RequestDeUsuario, codigo: uuid.UUID, especie: str) -> HttpResponse:
    adesao, qual = achar_do_municipio(request, codigo), _especie(especie)
    return _fazer(request, adesao, qual, lambda: servicos_de_papeis.fazer(adesao.pk, qual, autor=request.user))


@login_required
@require_POST
def aceitar(request: RequestDeUsuario, codigo: uuid.UUID, especie: str) -> HttpResponse:
    adesao, qual = achar_do_municipio(request, codigo), _especie(especie)
    if qual not in {E.MINUTA, E.PLANO}:
        raise Http404

    def aceitar_um() -> None:
        ressalvas = request.POST.get("ressalvas", "")[:1000]
        try:
            if request.POST.get("li") != "1":
                raise ErroDeDominio("Marque que leu o texto antes de aceitar.")
            servicos_de_papeis.aceitar(
                adesao.pk,
                Aceite.Texto(qual),
                papel_id=inteiro(request, "papel"),
                ressalvas=ressalvas,
                autor=request.user,
            )
        except ErroDeDominio as erro:
            # The page is drawn anew: what was typed goes along.
            raise ErroDeDominio(f"{erro} Você tinha escrito: “{ressalvas}”" if ressalvas else str(erro)) from erro
        messages.success(request, f"{qual.label}: aceite registrado.")

    return _fazer(request, adesao, qual, aceitar_um)


def _fazer(
    request: RequestDeUsuario, adesao: Processo, especie: Papel.Especie, fazer: Callable[[], Any]
) -> HttpResponse:
    try:
        fazer()
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    item = papeis.item_do_papel(adesao, especie)
    if item is None:
        return redirect(adesao)
    return redirect(f"{reverse('adesao:item', args=[adesao.codigo, item.codigo])}#papeis")


@login_required
@require_safe
def baixar_papel(request: RequestDeUsuario, codigo: uuid.UUID, especie: str) -> HttpResponse | FileResponse:
    adesao, qual = achar(request, codigo, quieto=True), _especie(especie)
    do_municipio = bool(request.user.vinculo and request.user.vinculo.municipio_id)
    papel = papeis.vigente(adesao, qual) if qual in DO_MUNICIPIO or not do_municipio else None
    if papel is None:
        raise Http404
    if papel.documento.situacao != SituacaoDocumento.EMITIDO:
        messages.info(request, "O papel ainda está sendo feito. Espere alguns segundos.")
        return redirect(adesao)
    registrar_acesso(request.user, "baixou um papel da adesão", papel, titular_id=None, municipio=adesao.municipio)
    return entregar(papel.documento.pdf, nome=f"{qual}-adesao-{adesao.pk}.pdf", tipo="application/pdf", request=request)


def _especie(especie: str) -> Papel.Especie:
    try:
        return E(especie)
    except ValueError as erro:
        raise Http404 from erro


@login_required
@require_POST
def responder(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    achado: Item = get_object_or_404(adesao.itens, codigo=item)
    try:
        servicos.responder(achado.pk, texto=request.POST.get("texto", "")[:600], autor=request.user)
    except ErroDeDominio as erro:
        linha = _linha(adesao, item)
        messages.error(request, str(erro))
        form = ItemForm(requisito=linha.requisito, initial=valores(linha.item) | {"visto": marca(linha.item)})
        dados = contexto(adesao, "itens", form=form, resposta=request.POST.get("texto", ""), **_partes(adesao, linha))
        return render(request, "adesao/pedido/item.html", dados, status=422)
    messages.success(request, f"“{achado.nome}” respondido.")
    return redirect(adesao)
