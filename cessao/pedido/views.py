"""A request, from "may I?" to the term: one page for both sides, each with its own acts."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.arquivos.entrega import entregar, entregar_miniatura
from act_portal.arquivos.envio import contar_na_tela, em_json, juntar_enviados
from act_portal.arquivos.limites import tecnicos
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Entidade, Municipio
from cessao import leis, permissoes
from cessao.analise import obras as analise_das_obras
from cessao.analise import servicos as analise
from cessao.analise import vistoria
from cessao.atos import cartoes, executar, formulario
from cessao.consultas import concorrencia, historia, outro_escolhido, problema_do_espaco
from cessao.models import Assinatura, Espaco, Obra, Papel, Peca, Pedido
from cessao.pedido import consultas, obras, servicos
from cessao.pedido.atos import ATOS, Cena
from cessao.pedido.forms import FilaForm, JulgarForm, JulgarObraForm, PedidoForm, PossoPedirForm
from cessao.pedido.quem import ja_aberto
from cessao.permissoes import GESTOR, INSS, LOGISTICA
from cessao.regras import parte_da_area
from cessao.situacoes import Natureza, Quem, Situacao

POR_PAGINA = 20
IMOVEIS = [*Natureza.choices, ("nao_operacional", "Não operacional")]


@require_safe
def posso_pedir(request: HttpRequest) -> HttpResponse:
    """Who may ask for what, said before any paper. Nothing is kept."""
    form = PossoPedirForm(request.GET or None, imoveis=IMOVEIS)
    regra = None
    if form.is_valid():
        dados = form.cleaned_data
        regra = leis.elegibilidade(dados["imovel"], dados["esfera"], dados["finalidade"], localdate())
    return render(request, "cessao/publico/posso_pedir.html", {"form": form, "regra": regra})


@login_required
@exige_papel(*GESTOR, *INSS)
@require_safe
def lista(request: RequestDeUsuario) -> HttpResponse:
    form = FilaForm(request.GET or None, usuario=request.user, etapas=consultas.etapas(request.user))
    filtros = form.cleaned_data if form.is_valid() else {}
    pagina = Paginator(consultas.lista(request.user, **filtros), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "form": form, "pagina": pagina, "filtrada": any(filtros.values()), "hoje": localdate(),
        "unidade": filtros.get("unidade"),
    }  # fmt: skip
    return render(request, "cessao/pedido/lista.html", contexto)


# --- Beginning and filling in -------------------------------------------------------------------------------------


@login_required
@exige_papel(*GESTOR, *LOGISTICA)
@require_http_methods(["GET", "HEAD", "POST"])
def pedir(request: RequestDeUsuario, espaco: uuid.UUID) -> HttpResponse:
    """First the answer of the table; the form only for who may ask."""
    achado = _espaco(request, espaco)
    municipio = _municipio(request)
    regra = _resposta(request, achado, municipio)
    if request.method != "POST" and (regra is None or regra.nao):
        return _pergunta(request, achado, municipio, regra)
    dados = request.POST if request.method == "POST" else None
    form = PedidoForm(dados, espaco=achado, municipio=municipio, initial=_inicial(request, achado, municipio))
    if request.method == "POST" and form.is_valid():
        limpos = dict(form.cleaned_data)
        lugar = limpos.pop("municipio", municipio)
        try:
            feito = servicos.comecar(
                achado.pk, limpos, municipio=lugar, autor=request.user, codigo=_codigo(request.POST.get("codigo", ""))
            )
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Pedido guardado. Agora os documentos.")
            return redirect(feito)
    contexto = {
        "form": form, "espaco": achado, "regra": regra, "codigo": request.POST.get("codigo") or uuid.uuid4(),
        "ja_pediu": _ja_pediu(achado, municipio),
    }  # fmt: skip
    return render(request, "cessao/pedido/formulario.html", contexto, status=422 if form.errors else 200)


def _espaco(request: RequestDeUsuario, codigo: uuid.UUID) -> Espaco:
    espaco = get_object_or_404(Espaco.objects.no_catalogo().select_related("imovel__municipio", "imovel__unidade"),
                               codigo=codigo)  # fmt: skip
    vinculo = request.user.vinculo
    if vinculo and vinculo.unidade and not vinculo.alcanca_unidade(espaco.imovel.unidade):
        raise Http404
    return espaco


def _municipio(request: RequestDeUsuario) -> Municipio | None:
    return request.user.vinculo.municipio if request.user.vinculo else None


def _ja_pediu(espaco: Espaco, municipio: Municipio | None) -> Pedido | None:
    """What the town has open for this space, to be opened instead of asking twice."""
    return ja_aberto(espaco, municipio=municipio, cnpj="", pelo_inss=False) if municipio else None


def _codigo(texto: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(texto)
    except ValueError:
        return None


def _resposta(request: RequestDeUsuario, espaco: Espaco, municipio: Municipio | None) -> leis.Regra | None:
    """What the table says of the sphere and purpose in the address or in the form; None before they are told."""
    dados = request.POST if request.method == "POST" else request.GET
    try:
        return leis.elegibilidade(
            espaco.imovel.especie, dados.get("esfera", ""), dados.get("finalidade", ""), localdate()
        )
    except LookupError:
        return None


def _pergunta(
    request: RequestDeUsuario, espaco: Espaco, municipio: Municipio | None, regra: leis.Regra | None
) -> HttpResponse:
    dados = {
        "imovel": espaco.imovel.especie,
        "esfera": request.GET.get("esfera") or ("municipal" if municipio else ""),
        "finalidade": request.GET.get("finalidade") or "",
    }
    form = PossoPedirForm(
        dados if regra or request.GET else None, initial=dados, imoveis=[i for i in IMOVEIS if i[0] == dados["imovel"]]
    )
    contexto = {"form": form, "espaco": espaco, "regra": regra, "ja_pediu": _ja_pediu(espaco, municipio)}
    return render(request, "cessao/pedido/pergunta.html", contexto)


def _inicial(request: RequestDeUsuario, espaco: Espaco, municipio: Municipio | None) -> dict[str, Any]:
    inicial: dict[str, Any] = {
        "esfera": request.GET.get("esfera", ""), "finalidade": request.GET.get("finalidade", ""),
        "area_m2": espaco.area_m2,
        "rateio_percentual": parte_da_area(espaco.area_m2, espaco.imovel.area_m2),
        "meses": leis.parametro("prazo_meses", localdate()).valor,
    }  # fmt: skip
    if municipio and (entidade := Entidade.objects.filter(municipio=municipio).first()):
        inicial |= {"orgao": entidade.nome[:160], "cnpj": entidade.cnpj}
    return inicial


def achar(request: RequestDeUsuario, codigo: uuid.UUID, *, quieto: bool = False) -> Pedido:
    """The request in scope of who asks, or 404. It holds somebody's papers: opening it is noted."""
    visiveis = Pedido.objects.visiveis_para(request.user).select_related(
        "municipio", "unidade", "espaco__imovel__municipio", "espaco__dentro_de", "responsavel", "balcao", "termo"
    )
    pedido = get_object_or_404(visiveis, codigo=codigo)
    if not quieto:
        registrar_acesso(request.user, "abriu um pedido de cessão", pedido, titular_id=None, municipio=pedido.municipio)
    return pedido


@login_required
@exige_papel(*GESTOR, *LOGISTICA)
@require_http_methods(["GET", "HEAD", "POST"])
def editar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    pedido = achar(request, codigo)
    permissoes.exigir(request.user, pedido, Quem.REQUERENTE)
    municipio = None if pedido.pelo_inss else pedido.municipio
    dados = request.POST if request.method == "POST" else None
    form = PedidoForm(dados, espaco=pedido.espaco, municipio=municipio, pedido=pedido)
    if request.method == "POST" and form.is_valid():
        limpos = dict(form.cleaned_data)
        limpos.pop("municipio", None)
        try:
            servicos.editar(pedido.pk, limpos, versao=limpos.pop("versao") or 0, autor=request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Guardado.")
            return redirect(pedido)
    contexto = {"form": form, "espaco": pedido.espaco, "pedido": pedido}
    return render(request, "cessao/pedido/formulario.html", contexto, status=422 if form.errors else 200)


# --- The page of a request ----------------------------------------------------------------------------------------


@login_required
@require_safe
def pedido(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela(request, achar(request, codigo))


def _tela(request: RequestDeUsuario, pedido: Pedido, recusado: Any = None) -> HttpResponse:
    """`recusado`: the act that was refused and its form, with what was typed."""
    cena = Cena(pedido, request.user)
    contexto = {
        "pedido": pedido,
        "cena": cena,
        "hoje": hoje_em(pedido.municipio),
        "itens": pedido.itens.prefetch_related("pecas"),
        "achados": pedido.achados.filter(tirado_em=None).select_related("arquivo")
        if cena.inss or pedido.encerrado_em
        else [],
        "obras": [(o, _julgar_obra(o, cena)) for o in pedido.obras.vivas().select_related("julgada_por")],
        "faltas": servicos.faltas(pedido) if cena.requerente and pedido.editavel else [],
        "concorrencia": concorrencia(pedido, request.user),
        "de_outro": outro_escolhido(pedido, quem_pede=cena.requerente),
        "avisos_de_saida": pedido.avisos_de_saida.all() if cena.desocupacao else [],
        "espaco_mudou": "" if pedido.encerrado_em else problema_do_espaco(pedido),
        "cnpj_a_conferir": consultas.cnpj_a_conferir(pedido) if cena.inss else "",
        "papeis": pedido.papeis.filter(substituido_em=None).select_related("documento").order_by("criado_em"),
        "decisoes": pedido.decisoes.order_by("-em", "-pk") if cena.inss or pedido.encerrado_em else
        pedido.decisoes.exclude(ato__in=["parecer", "manifestacao"]).order_by("-em", "-pk"),
        **historia(pedido, do_inss=cena.inss, toda=request.GET.get("historia") == "toda"),
        "assinaturas": Assinatura.objects.filter(termo__pedido=pedido).select_related("arquivo", "aditivo"),
        "recorrer_ate": servicos.recorrer_ate(pedido) if pedido.estado == Situacao.INDEFERIDO else None,
        **cartoes(ATOS, cena, pedido, request.user, None, recusado),
    }  # fmt: skip
    return render(request, "cessao/pedido/pedido.html", contexto, status=422 if recusado else 200)


def _julgar_obra(obra: Obra, cena: Cena) -> JulgarObraForm | None:
    if not cena.julga_obras:
        return None
    return JulgarObraForm(pedido=cena.pedido, usuario=cena.usuario, sobre=obra, prefixo=f"obra-{obra.pk}")


@login_required
@exige_papel(*INSS)
@require_POST
def julgar_obra(request: RequestDeUsuario, codigo: uuid.UUID, obra: int) -> HttpResponse:
    pedido = achar(request, codigo, quieto=True)
    achada = get_object_or_404(pedido.obras.vivas(), pk=obra)
    form = JulgarObraForm(request.POST, pedido=pedido, usuario=request.user, sobre=achada)
    try:
        if not form.is_valid():
            raise ErroDeDominio("Diga se dá para desfazer, escolha aceitar ou recusar e confira o tamanho do texto.")
        analise_das_obras.julgar(achada.pk, autor=request.user, **form.cleaned_data)
    except ErroDeDominio as erro:
        messages.error(request, f"“{achada}”: {erro}")
    else:
        messages.success(request, f"“{achada}”: decisão guardada.")
    return redirect(pedido)


@login_required
@require_safe
def foto_do_parecer(request: RequestDeUsuario, codigo: uuid.UUID, achado: uuid.UUID) -> HttpResponse:
    """Who asked sees it with the opinion: once it was decided."""
    alvo = achar(request, codigo, quieto=True)
    if not Cena(alvo, request.user).inss and not alvo.encerrado_em:
        raise Http404
    achada = get_object_or_404(alvo.achados.select_related("arquivo"), codigo=achado, arquivo__isnull=False)
    folha = achada.arquivo.folhas.first() if achada.arquivo else None
    if folha is None:
        raise Http404
    return entregar_miniatura(folha, request=request)


@login_required
@exige_papel(*LOGISTICA)
@require_POST
def tirar_achado(request: RequestDeUsuario, codigo: uuid.UUID, achado: uuid.UUID) -> HttpResponse:
    pedido = achar(request, codigo, quieto=True)
    achada = get_object_or_404(pedido.achados.filter(tirado_em=None), codigo=achado)
    try:
        vistoria.tirar(achada.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect(pedido)


@login_required
@require_POST
def tirar_obra(request: RequestDeUsuario, codigo: uuid.UUID, obra: int) -> HttpResponse:
    pedido = achar(request, codigo, quieto=True)
    achada = get_object_or_404(pedido.obras.vivas(), pk=obra)
    try:
        obras.tirar(achada.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect(pedido)


@login_required
@require_POST
def agir(request: RequestDeUsuario, codigo: uuid.UUID, ato: str) -> HttpResponse:
    """One act of the table. Refused, the page comes back with the reason and with what was typed."""
    alvo, pedida = achar(request, codigo, quieto=True), ATOS.get(ato)
    if pedida is None:
        raise Http404
    form = formulario(pedida, alvo, request.user, None, request)
    if form.is_valid():
        try:
            executar(pedida, form, alvo.pk, request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, pedida.feito)
            return redirect(alvo)
    return _tela(request, achar(request, codigo, quieto=True), (pedida, form))


# --- Documents ----------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    """One document: what it is, its files; POST sends more of them."""
    pedido = achar(request, codigo, quieto=request.method == "POST")
    achado = get_object_or_404(pedido.itens, codigo=item)
    achado.pedido = pedido
    if request.method == "POST":
        permissoes.exigir(request.user, pedido, Quem.REQUERENTE)

        def juntar(enviado: UploadedFile, codigo_do_envio: uuid.UUID | None) -> Peca:
            return servicos.juntar(achado.pk, enviado, autor=request.user, codigo=codigo_do_envio)

        recusas = juntar_enviados(request, item, juntar)
        if resposta := em_json(request, recusas):
            return resposta
        contar_na_tela(request, recusas)
        return redirect("cessao:item", codigo=codigo, item=item)
    cena = Cena(pedido, request.user)
    contexto = {
        "pedido": pedido,
        "item": achado,
        "pecas": achado.pecas.filter(removida_em=None).select_related("arquivo", "criado_por"),
        "aberto": achado.aberto and cena.requerente,
        "julgar": JulgarForm(pedido=pedido, usuario=request.user, sobre=achado, prefixo="julgar")
        if cena.analisa
        else None,
        "papeis": pedido.papeis.filter(especie=achado.exigencia.papel, substituido_em=None).select_related("documento"),
        "maximo_bytes": tecnicos().envio_bytes,
        "lote": uuid.uuid4(),
    }
    return render(request, "cessao/pedido/item.html", contexto)


@login_required
@exige_papel(*INSS)
@require_POST
def julgar(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    pedido = achar(request, codigo, quieto=True)
    achado = get_object_or_404(pedido.itens, codigo=item)
    form = JulgarForm(request.POST, pedido=pedido, usuario=request.user, sobre=achado)
    try:
        if not form.is_valid():
            raise ErroDeDominio("Escolha a decisão e confira o tamanho do texto.")
        analise.julgar_item(achado.pk, autor=request.user, **form.cleaned_data)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("cessao:item", codigo=codigo, item=item)
    messages.success(request, f"“{achado}”: decisão guardada.")
    seguinte = pedido.itens.filter(situacao="pronto").first()
    return redirect("cessao:item", codigo=codigo, item=seguinte.codigo) if seguinte else redirect(pedido)


def _peca(request: RequestDeUsuario, codigo: uuid.UUID) -> Peca:
    return get_object_or_404(
        Peca.objects.select_related("arquivo", "item__pedido__municipio"),
        codigo=codigo,
        item__pedido__in=Pedido.objects.visiveis_para(request.user),
    )


@login_required
@require_safe
def abrir_peca(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """The file as it came; who opened it is noted."""
    peca = _peca(request, codigo)
    municipio = peca.item.pedido.municipio
    registrar_acesso(request.user, "abriu um documento da cessão", peca, titular_id=None, municipio=municipio)
    arquivo = peca.arquivo
    return entregar(arquivo.original, nome=arquivo.nome_original, tipo=arquivo.tipo, request=request)


@login_required
@require_POST
def tirar_peca(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    peca = _peca(request, codigo)
    try:
        servicos.tirar(peca.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect("cessao:item", codigo=peca.item.pedido.codigo, item=peca.item.codigo)


@login_required
@require_safe
def papel(request: RequestDeUsuario, codigo: uuid.UUID, papel: int) -> HttpResponse | FileResponse:
    alvo = achar(request, codigo, quieto=True)
    feito = get_object_or_404(alvo.papeis.select_related("documento"), pk=papel, substituido_em=None)
    # The opinion is read by who asked once it was decided.
    if feito.especie == Papel.Especie.PARECER and not Cena(alvo, request.user).inss and not alvo.encerrado_em:
        raise Http404
    if feito.documento.emitido_em is None:
        messages.info(request, "O papel ainda está sendo feito. Espere alguns segundos.")
        return redirect(alvo)
    registrar_acesso(request.user, "baixou um papel da cessão", feito, titular_id=None, municipio=alvo.municipio)
    nome = f"{feito.especie}-cessao-{alvo.pk}.pdf"
    return entregar(feito.documento.pdf, nome=nome, tipo="application/pdf", request=request)


@login_required
@require_safe
def assinado(request: RequestDeUsuario, codigo: uuid.UUID, assinatura: int) -> HttpResponse | FileResponse:
    """The PDF as it came, signatures and all."""
    alvo = achar(request, codigo, quieto=True)
    achada = get_object_or_404(Assinatura.objects.select_related("arquivo", "termo"), pk=assinatura, termo__pedido=alvo)
    registrar_acesso(request.user, "baixou um papel da cessão", achada, titular_id=None, municipio=alvo.municipio)
    papel = "encerramento" if achada.encerramento else "tcou"
    nome = f"{papel}-{achada.termo.numero.replace('/', '-')}-{achada.parte}.pdf"
    return entregar(achada.arquivo.original, nome=nome, tipo=achada.arquivo.tipo, request=request)
