"""Reception: find or register, ticket, queue, visit."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.telas import buscas
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Balcao
from requerimentos import permissoes
from requerimentos.formularios import pegar_versao
from requerimentos.mandato.consultas import exigir_vida, fim_da_pessoa, obito_de
from requerimentos.models import Atendimento, Pessoa, Representante, Requerimento
from requerimentos.recepcao import balcoes, consultas, regras, servicos
from requerimentos.recepcao.balcoes import com_balcao
from requerimentos.recepcao.forms import ConcluirForm, PessoaForm, SenhaForm
from requerimentos.recepcao.forms_representante import PROVAS, RepresentanteForm, TipoDeRepresentanteForm
from requerimentos.recepcao.novos import FimDosNovos, fim_dos_novos
from requerimentos.recepcao.voltas import de_volta, proximo
from requerimentos.situacoes import Prioridade, SituacaoAtendimento
from requerimentos.views import so_com_pedidos

ASSINA_SOZINHO = 16


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@so_com_pedidos
def recepcao(request: RequestDeUsuario) -> HttpResponse:
    """Search. One person found by the full number opens at once: there is nothing to choose."""
    if request.method == "POST":
        texto = request.POST.get("q", "")
        codigo = buscas.guardar(request, texto)
        if unica := consultas.unica(request.user, texto):
            return redirect("requerimentos:pessoa", pk=unica.pk)
        return redirect(f"{reverse('requerimentos:recepcao')}{f'?busca={codigo}' if codigo else ''}")
    texto, aqui = buscas.ler(request), balcoes.atual(request)
    contexto = {
        "texto": texto,
        "codigo": request.GET.get("busca", "") if texto else "",
        "achadas": consultas.procurar(request.user, texto),
        "balcao": aqui,
        "novos": _novos(aqui),
        "balcoes": permissoes.balcoes_de(request.user),
        "maximo": consultas.MAXIMO_DE_ACHADOS,
        "no_balcao": permissoes.no_balcao(request.user),
    }
    return render(request, "requerimentos/recepcao/procurar.html", contexto)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def balcao(request: RequestDeUsuario) -> HttpResponse:
    """Say at which desk one works today, when the município has several open."""
    permissoes.exigir_balcao(request.user)
    if request.method != "POST":
        return balcoes.pedir_balcao(request)
    numero = request.POST.get("balcao", "")
    escolhido = permissoes.balcoes_de(request.user).filter(pk=numero if numero.isdecimal() else 0).first()
    if escolhido is None:
        messages.error(request, "Este balcão não está aberto. Escolha outro.")
        return redirect("requerimentos:balcao")
    balcoes.escolher(request, escolhido)
    messages.success(request, f"Você está no {escolhido.nome}.")
    return redirect(de_volta(request, "requerimentos:recepcao"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@com_balcao
def cadastrar(request: RequestDeUsuario, *, balcao: Balcao) -> HttpResponse:
    procurado = PessoaForm.do_que_se_procurou(buscas.ler(request))
    form = PessoaForm(request.POST if request.method == "POST" else None, municipio=balcao.municipio, initial=procurado)
    if request.method == "POST" and form.is_valid():
        try:
            pessoa = servicos.cadastrar_pessoa(
                form.cleaned_data,
                municipio=balcao.municipio,
                autor=request.user,
                nits=form.cleaned_data["nits"],
                contatos=form.cleaned_data["contatos"],
            )
        except servicos.PessoaJaCadastrada as erro:
            messages.warning(request, str(erro))
            return redirect("requerimentos:pessoa", pk=erro.pessoa.pk)
        messages.success(request, "Cadastro salvo.")
        if pessoa.idade_em(hoje_em(balcao.municipio)) < ASSINA_SOZINHO:
            messages.info(request, "Com menos de 16 anos, outra pessoa age por ela. Diga quem é.")
            return redirect("requerimentos:representar", pk=pessoa.pk)
        return redirect("requerimentos:pessoa", pk=pessoa.pk)
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/recepcao/cadastrar.html", {"form": form}, status=status)


@login_required
@require_safe
def pessoa(request: RequestDeUsuario, pk: int) -> HttpResponse:
    """One person: data, who acts for them, what they asked, and the ticket."""
    achada = _achar_pessoa(request, pk)
    return _tela_da_pessoa(request, achada)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alterar(request: RequestDeUsuario, pk: int) -> HttpResponse:
    """Correct the record. `volta` is the code of the request where the clerk was."""
    achada = _achar_pessoa(request, pk)
    permissoes.exigir_atendente(request.user, achada.municipio_id)
    exigir_vida(pk)
    form = PessoaForm(request.POST if request.method == "POST" else None, instance=achada, municipio=achada.municipio)
    guardado: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            servicos.alterar_pessoa(
                achada.pk,
                form.cleaned_data,
                autor=request.user,
                versao=form.cleaned_data["versao"] or 0,
                nits=form.cleaned_data["nits"],
                contatos=form.cleaned_data["contatos"],
            )
        except OutroChegouAntes as erro:
            atual = Pessoa.objects.get(pk=pk)
            guardado = form.diferencas(atual)
            pegar_versao(form, atual.versao)
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Cadastro salvo.")
            return redirect(de_volta(request, "requerimentos:pessoa", achada.pk))
    contexto = {"form": form, "pessoa": achada, "guardado": guardado, "proximo": proximo(request)}
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/recepcao/cadastrar.html", contexto, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def representar(request: RequestDeUsuario, pk: int) -> HttpResponse:
    """First the kind of representative (`?tipo=`), then what that kind must show."""
    achada = _achar_pessoa(request, pk)
    permissoes.exigir_atendente(request.user, achada.municipio_id)
    exigir_vida(pk)
    tipo = request.GET.get("tipo", "")
    if tipo not in PROVAS:
        form = TipoDeRepresentanteForm(request.GET if "tipo" in request.GET else None)
        return render(request, "requerimentos/recepcao/representar.html", {"form": form, "pessoa": achada})
    return _tela_do_representante(request, Representante(pessoa=achada, tipo=tipo))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alterar_representante(request: RequestDeUsuario, pk: int) -> HttpResponse:
    representante = _achar_representante(request, pk)
    permissoes.exigir_atendente(request.user, representante.pessoa.municipio_id)
    exigir_vida(representante.pessoa_id)
    return _tela_do_representante(request, representante)


def _tela_do_representante(request: RequestDeUsuario, representante: Representante) -> HttpResponse:
    achada, tipo = representante.pessoa, Representante.Tipo(representante.tipo)
    form = RepresentanteForm(
        request.POST if request.method == "POST" else None,
        instance=representante,
        tipo=tipo,
        hoje=hoje_em(achada.municipio),
    )
    if request.method == "POST" and form.is_valid():
        try:
            servicos.juntar_representante(achada.pk, form.cleaned_data, autor=request.user)
        except ErroDeDominio as erro:
            form.add_error("cpf", str(erro))
        else:
            messages.success(request, f"Pronto: {form.cleaned_data['nome']} já pode agir por {achada.nome}.")
            return redirect(de_volta(request, "requerimentos:pessoa", achada.pk))
    contexto = {"form": form, "pessoa": achada, "tipo": tipo, "proximo": proximo(request)}
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/recepcao/representar.html", contexto, status=status)


@login_required
@require_POST
def encerrar_representacao(request: RequestDeUsuario, pk: int) -> HttpResponse:
    representante = _achar_representante(request, pk)
    hoje = hoje_em(representante.pessoa.municipio)
    servicos.encerrar_representante(representante.pk, autor=request.user, em=hoje)
    messages.success(request, f"{representante.nome} não age mais nos próximos pedidos.")
    return redirect("requerimentos:pessoa", pk=representante.pessoa_id)


@login_required
@require_POST
def dar_senha(request: RequestDeUsuario, pk: int) -> HttpResponse:
    """Give the ticket; with nobody waiting the same button may start the visit at once."""
    achada = _achar_pessoa(request, pk)
    permissoes.exigir_atendente(request.user, achada.municipio_id)
    exigir_vida(pk)
    balcao = balcoes.atual(request)
    if balcao is None:
        return balcoes.pedir_balcao(request)
    form = SenhaForm(request.POST, pela_idade=_pela_idade(achada))
    if not form.is_valid():
        return _tela_da_pessoa(request, achada, form=form, status=422)
    agora = form.cleaned_data.pop("atender")
    try:
        dada = servicos.dar_senha(achada.pk, balcao=balcao, autor=request.user, **form.cleaned_data)
        if agora:
            servicos.iniciar(dada.pk, autor=request.user)
            return redirect("requerimentos:atendimento", codigo=dada.codigo)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("requerimentos:pessoa", pk=achada.pk)
    return redirect("requerimentos:senha", codigo=dada.codigo)


@login_required
@require_safe
def senha(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The ticket, ready for the printer of the desk."""
    achado = _achar(request, codigo)
    contexto = {
        "atendimento": achado,
        "na_frente": consultas.na_frente(achado),
        "atende": permissoes.atende(request.user, achado.municipio_id),
    }
    return render(request, "requerimentos/recepcao/senha.html", contexto)


@login_required
@require_safe
@com_balcao
def fila(request: RequestDeUsuario, *, balcao: Balcao) -> HttpResponse:
    """The queue of the desk. Asked by htmx it answers with the moving part alone."""
    hoje = hoje_em(balcao.municipio)
    de_hoje = consultas.do_dia(balcao, hoje)
    contexto = {
        "balcao": balcao,
        "novos": _novos(balcao),
        "fila": consultas.fila(balcao, hoje),
        "balcoes": permissoes.balcoes_de(request.user),
        "chamados": consultas.em_curso(balcao, hoje),
        "hoje": hoje,
        "ausentes": de_hoje.filter(situacao=SituacaoAtendimento.AUSENTE),
        "concluidos": de_hoje.filter(situacao=SituacaoAtendimento.CONCLUIDO).count(),
    }
    parte = bool(request.headers.get("HX-Request"))
    modelo = "requerimentos/recepcao/_fila.html" if parte else "requerimentos/recepcao/fila.html"
    return render(request, modelo, contexto)


@login_required
@require_POST
@com_balcao
def proximo_da_fila(request: RequestDeUsuario, *, balcao: Balcao) -> HttpResponse:
    chamado = servicos.chamar_proximo(balcao, autor=request.user)
    if chamado is None:
        messages.info(request, "Ninguém está esperando agora.")
    return redirect("requerimentos:fila")


@login_required
@require_safe
def atendimento(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The visit in progress: what to do with this person now."""
    return _tela_do_atendimento(request, _achar(request, codigo))


@login_required
@require_POST
def andar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Call, start, mark absent or put back in the queue."""
    achado = _achar(request, codigo)
    permissoes.exigir_atendente(request.user, achado.municipio_id)
    vez = request.POST.get("vez", "")
    verbos: dict[str, Callable[..., Atendimento]] = {
        "chamar": partial(servicos.chamar, vez=int(vez) if vez.isdecimal() else None),
        "iniciar": servicos.iniciar,
        "ausentar": servicos.ausentar,
        "devolver": servicos.devolver_a_fila,
    }
    acao = request.POST.get("acao", "")
    if acao not in verbos:
        messages.error(request, "Escolha um dos botões da fila.")
        return redirect("requerimentos:fila")
    try:
        verbos[acao](achado.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("requerimentos:fila")
    if acao == "iniciar":
        return redirect("requerimentos:atendimento", codigo=codigo)
    return redirect("requerimentos:fila")


@login_required
@require_POST
def concluir(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    achado = _achar(request, codigo)
    permissoes.exigir_atendente(request.user, achado.municipio_id)
    form = ConcluirForm(request.POST)
    if not form.is_valid():
        return _tela_do_atendimento(request, achado, form=form, status=422)
    try:
        servicos.concluir(achado.pk, autor=request.user, **form.cleaned_data)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("requerimentos:atendimento", codigo=codigo)
    messages.success(request, f"Atendimento da senha {achado.senha} concluído.")
    if form.cleaned_data["desfecho"] in {Atendimento.Desfecho.ORIENTACAO, Atendimento.Desfecho.ENCAMINHADO}:
        return redirect("requerimentos:orientacao", codigo=codigo)
    return redirect("requerimentos:fila")


@login_required
@require_safe
def orientacao(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The sheet that the person takes home when the visit ends as orientation only."""
    achado = _achar(request, codigo)
    contexto = {"atendimento": achado, "atende": permissoes.atende(request.user, achado.municipio_id)}
    return render(request, "requerimentos/recepcao/orientacao.html", contexto)


def _achar_pessoa(request: RequestDeUsuario, pk: int) -> Pessoa:
    visiveis = Pessoa.objects.visiveis_para(request.user).select_related("municipio", "cidade")
    achada = get_object_or_404(visiveis, pk=pk)
    registrar_acesso(request.user, "abriu o cadastro", achada, titular_id=achada.pk, municipio=achada.municipio)
    return achada


def _achar_representante(request: RequestDeUsuario, pk: int) -> Representante:
    vigentes = Representante.objects.filter(
        pessoa__in=Pessoa.objects.visiveis_para(request.user), encerrado_em__isnull=True
    )
    return get_object_or_404(vigentes.select_related("pessoa__municipio"), pk=pk)


def _achar(request: RequestDeUsuario, codigo: uuid.UUID) -> Atendimento:
    visiveis = Atendimento.objects.visiveis_para(request.user).select_related(
        "pessoa", "balcao__entidade", "municipio", "atendente"
    )
    return get_object_or_404(visiveis, codigo=codigo)


def _novos(balcao: Balcao | None) -> FimDosNovos | None:
    return fim_dos_novos(balcao.entidade, hoje_em(balcao.municipio)) if balcao else None


def _pela_idade(pessoa: Pessoa) -> Prioridade:
    return regras.prioridade_por_idade(pessoa.nascimento, hoje_em(pessoa.municipio))


def _tela_da_pessoa(
    request: RequestDeUsuario, achada: Pessoa, *, form: SenhaForm | None = None, status: int = 200
) -> HttpResponse:
    hoje = hoje_em(achada.municipio)
    obito = obito_de(achada)
    aqui = balcoes.atual(request)
    idade, representantes = achada.idade_em(hoje), list(achada.representantes.filter(encerrado_em__isnull=True))
    contexto = {
        "pessoa": achada,
        "idade": idade,
        "atende": permissoes.atende(request.user, achada.municipio_id) and not obito,
        "obito": obito,
        "fim_da_pessoa": fim_da_pessoa(achada.pk) if obito else "",
        "gere": permissoes.gere(request.user, achada.municipio_id),
        "representantes": representantes,
        "precisa_representante": idade < ASSINA_SOZINHO and not representantes,
        "pedidos": Requerimento.objects.visiveis_para(request.user)
        .filter(pessoa=achada)
        .com_revogacao()
        .select_related("servico")
        .order_by("-criado_em")[:20],
        "visitas": achada.atendimentos.order_by("-chegada_em")[:5],
        "form": form or SenhaForm(pela_idade=_pela_idade(achada)),
        "aberta": achada.atendimentos.filter(situacao__in=servicos.ABERTOS).order_by("-chegada_em").first(),
        "balcao": aqui,
        "novos": _novos(aqui),
    }
    return render(request, "requerimentos/recepcao/pessoa.html", contexto, status=status)


def _tela_do_atendimento(
    request: RequestDeUsuario, achado: Atendimento, *, form: ConcluirForm | None = None, status: int = 200
) -> HttpResponse:
    contexto = {
        "atendimento": achado,
        "pessoa": achado.pessoa,
        "idade": achado.pessoa.idade_em(achado.dia),
        "atende": permissoes.atende(request.user, achado.municipio_id),
        "abertos": Requerimento.objects.visiveis_para(request.user)
        .filter(pessoa=achado.pessoa)
        .em_aberto()
        .select_related("servico"),
        "desta_visita": achado.requerimentos.select_related("servico"),
        "form": form or ConcluirForm(),
        "novos": _novos(achado.balcao),
    }
    return render(request, "requerimentos/recepcao/atendimento.html", contexto, status=status)
