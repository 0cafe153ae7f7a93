"""Reception: find or register, ticket, queue, visit."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from requerimentos import permissoes
from requerimentos.models import Atendimento, Pessoa, Representante, Requerimento
from requerimentos.recepcao import consultas, regras, servicos
from requerimentos.recepcao.forms import ConcluirForm, PessoaForm, RepresentanteForm, SenhaForm
from requerimentos.situacoes import SituacaoAtendimento


@login_required
@require_safe
def recepcao(request: RequestDeUsuario) -> HttpResponse:
    texto = request.GET.get("q", "")[:120]
    return render(
        request,
        "requerimentos/recepcao/procurar.html",
        {
            "texto": texto,
            "achadas": consultas.procurar(request.user, texto),
            "balcao": permissoes.balcao_de(request.user),
            "maximo": consultas.MAXIMO_DE_ACHADOS,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cadastrar(request: RequestDeUsuario) -> HttpResponse:
    balcao = permissoes.balcao_de(request.user)
    if balcao is None:
        return _sem_balcao(request)
    form = PessoaForm(request.POST or None, municipio=balcao.municipio)
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
    achada = _achar_pessoa(request, pk)
    permissoes.exigir_atendente(request.user, achada.municipio_id)
    form = PessoaForm(request.POST or None, instance=achada, municipio=achada.municipio)
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
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Cadastro salvo.")
            return redirect("requerimentos:pessoa", pk=achada.pk)
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/recepcao/cadastrar.html", {"form": form, "pessoa": achada}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def representar(request: RequestDeUsuario, pk: int) -> HttpResponse:
    achada = _achar_pessoa(request, pk)
    permissoes.exigir_atendente(request.user, achada.municipio_id)
    form = RepresentanteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            servicos.juntar_representante(achada.pk, form.cleaned_data, autor=request.user)
        except ErroDeDominio as erro:
            form.add_error("cpf", str(erro))
        else:
            messages.success(request, "Pronto: já pode agir por ela nos pedidos.")
            return redirect("requerimentos:pessoa", pk=achada.pk)
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/recepcao/representar.html", {"form": form, "pessoa": achada}, status=status)


@login_required
@require_POST
def encerrar_representacao(request: RequestDeUsuario, pk: int) -> HttpResponse:
    visiveis = Pessoa.objects.visiveis_para(request.user)
    representante = get_object_or_404(Representante, pk=pk, pessoa__in=visiveis, encerrado_em__isnull=True)
    hoje = hoje_em(representante.pessoa.municipio)
    servicos.encerrar_representante(representante.pk, autor=request.user, em=hoje)
    messages.success(request, f"{representante.nome} não age mais nos próximos pedidos.")
    return redirect("requerimentos:pessoa", pk=representante.pessoa_id)


@login_required
@require_POST
def dar_senha(request: RequestDeUsuario, pk: int) -> HttpResponse:
    achada = _achar_pessoa(request, pk)
    balcao = permissoes.balcao_de(request.user)
    if balcao is None:
        return _sem_balcao(request)
    form = SenhaForm(request.POST)
    if not form.is_valid():
        return _tela_da_pessoa(request, achada, form=form, status=422)
    try:
        dada = servicos.dar_senha(achada.pk, balcao=balcao, autor=request.user, **form.cleaned_data)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("requerimentos:pessoa", pk=achada.pk)
    return redirect("requerimentos:senha", codigo=dada.codigo)


@login_required
@require_safe
def senha(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The ticket, ready for the printer of the desk."""
    return render(request, "requerimentos/recepcao/senha.html", {"atendimento": _achar(request, codigo)})


@login_required
@require_safe
def fila(request: RequestDeUsuario) -> HttpResponse:
    balcao = permissoes.balcao_de(request.user)
    if balcao is None:
        return _sem_balcao(request)
    hoje = hoje_em(balcao.municipio)
    de_hoje = consultas.do_dia(balcao, hoje)
    contexto = {
        "balcao": balcao,
        "fila": consultas.fila(balcao, hoje),
        "chamados": de_hoje.filter(situacao__in=[SituacaoAtendimento.CHAMADO, SituacaoAtendimento.EM_ATENDIMENTO]),
        "ausentes": de_hoje.filter(situacao=SituacaoAtendimento.AUSENTE),
        "concluidos": de_hoje.filter(situacao=SituacaoAtendimento.CONCLUIDO).count(),
    }
    return render(request, "requerimentos/recepcao/fila.html", contexto)


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
    verbos = {
        "chamar": servicos.chamar,
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
    return render(request, "requerimentos/recepcao/orientacao.html", {"atendimento": achado})


def _achar_pessoa(request: RequestDeUsuario, pk: int) -> Pessoa:
    visiveis = Pessoa.objects.visiveis_para(request.user).select_related("municipio", "cidade")
    achada = get_object_or_404(visiveis, pk=pk)
    registrar_acesso(request.user, "abriu o cadastro", achada, titular_id=achada.pk, municipio=achada.municipio)
    return achada


def _achar(request: RequestDeUsuario, codigo: uuid.UUID) -> Atendimento:
    visiveis = Atendimento.objects.visiveis_para(request.user).select_related(
        "pessoa", "balcao__entidade", "municipio", "atendente"
    )
    return get_object_or_404(visiveis, codigo=codigo)


def _tela_da_pessoa(
    request: RequestDeUsuario, achada: Pessoa, *, form: SenhaForm | None = None, status: int = 200
) -> HttpResponse:
    hoje = hoje_em(achada.municipio)
    pela_idade = regras.prioridade_por_idade(achada.nascimento, hoje)
    contexto = {
        "pessoa": achada,
        "idade": achada.idade_em(hoje),
        "atende": permissoes.atende(request.user, achada.municipio_id),
        "representantes": achada.representantes.filter(encerrado_em__isnull=True),
        "pedidos": Requerimento.objects.visiveis_para(request.user)
        .filter(pessoa=achada)
        .select_related("servico")
        .order_by("-criado_em")[:20],
        "visitas": achada.atendimentos.order_by("-chegada_em")[:5],
        "form": form or SenhaForm(initial={"prioridade": pela_idade}),
    }
    return render(request, "requerimentos/recepcao/pessoa.html", contexto, status=status)


def _tela_do_atendimento(
    request: RequestDeUsuario, achado: Atendimento, *, form: ConcluirForm | None = None, status: int = 200
) -> HttpResponse:
    contexto = {
        "atendimento": achado,
        "pessoa": achado.pessoa,
        "idade": achado.pessoa.idade_em(achado.dia),
        "abertos": Requerimento.objects.visiveis_para(request.user)
        .filter(pessoa=achado.pessoa)
        .em_aberto()
        .select_related("servico"),
        "desta_visita": achado.requerimentos.select_related("servico"),
        "form": form or ConcluirForm(),
    }
    return render(request, "requerimentos/recepcao/atendimento.html", contexto, status=status)


def _sem_balcao(request: RequestDeUsuario) -> HttpResponse:
    """No open desk: the clerk cannot receive anybody, and is told whom to ask."""
    return render(request, "requerimentos/recepcao/sem_balcao.html", status=409)
