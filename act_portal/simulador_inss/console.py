"""The trainers' console: what an INSS analyst would do to a task, by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.simulador_inss import agendamentos, anexos, carta, falhas, servicos
from act_portal.simulador_inss.forms import (
    AgendarForm,
    AutomaticoForm,
    DecidirForm,
    EntrarForm,
    ExigirForm,
    FalhaForm,
    FiltroForm,
)
from act_portal.simulador_inss.models import Agendamento, AnexoDaTarefa, Falha, Tarefa
from act_portal.simulador_inss.nucleo import Recusa
from act_portal.simulador_inss.situacoes import DO_DIA, EstadoAgendamento, Situacao

POR_PAGINA = 50
View = Callable[..., HttpResponseBase]


def _marca() -> str:
    """What a session proves: a new token ends every session."""
    return hashlib.sha256(settings.INSS_TOKEN.encode()).hexdigest()


def so_treinador(view: View) -> View:
    @wraps(view)
    def guardada(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not constant_time_compare(request.session.get("treinador", ""), _marca()):
            return redirect("entrar")
        resposta = view(request, *args, **kwargs)
        resposta["Cache-Control"] = "private, no-store"
        return resposta

    return guardada


@require_http_methods(["GET", "HEAD", "POST"])
def entrar(request: HttpRequest) -> HttpResponse:
    form = EntrarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if constant_time_compare(form.cleaned_data["token"].strip(), settings.INSS_TOKEN):
            request.session.cycle_key()
            request.session["treinador"] = _marca()
            return redirect("tarefas")
        form.add_error("token", "Este código não confere.")
    return render(request, "simulador_inss/entrar.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def sair(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return redirect("entrar")


@so_treinador
@require_safe
def tarefas(request: HttpRequest) -> HttpResponse:
    servicos.andar()
    filtro = FiltroForm(request.GET, label_suffix="")
    linhas = Tarefa.objects.order_by("-entrada_em", "-pk")
    if filtro.is_valid():
        if busca := filtro.cleaned_data["busca"].strip():
            linhas = linhas.filter(protocolo__contains=busca)
        if situacao := filtro.cleaned_data["situacao"]:
            linhas = linhas.filter(situacao=situacao)
    modo = servicos.automatico()
    inicial = {"ligado": modo.ligado, "segundos_por_passo": modo.segundos_por_passo}
    contexto = {
        "filtro": filtro,
        "pagina": Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "modo": modo,
        "form_automatico": AutomaticoForm(initial=inicial),
        "falhas": Falha.objects.ativas(timezone.now()),
    }
    return render(request, "simulador_inss/tarefas.html", contexto)


@so_treinador
@require_safe
def tarefa(request: HttpRequest, protocolo: str) -> HttpResponse:
    servicos.andar()
    return _tela(request, protocolo)


def _tela(request: HttpRequest, protocolo: str, form: Form | None = None) -> HttpResponse:
    """The page of a task; `form` is the one that was refused, shown with its errors."""
    tarefa = get_object_or_404(Tarefa.objects.para_mostrar(), protocolo=protocolo)
    formularios = {
        classe.__name__: form if isinstance(form, classe) else classe()
        for classe in (ExigirForm, DecidirForm, AgendarForm)
    }
    contexto = {
        "tarefa": tarefa,
        "anexos": AnexoDaTarefa.objects.filter(tarefa=tarefa).select_related("exigencia", "anexo"),
        "pode_analisar": tarefa.estado.pode_ir_para(Situacao.EM_ANALISE),
        "ativo": EstadoAgendamento.AGENDADO,
        "form_exigir": formularios["ExigirForm"],
        "form_decidir": formularios["DecidirForm"],
        "form_agendar": formularios["AgendarForm"],
    }
    return render(request, "simulador_inss/tarefa.html", contexto, status=422 if form else 200)


def _agir(
    request: HttpRequest, protocolo: str, ato: Callable[[], object], feito: str, form: Form | None = None
) -> HttpResponse:
    """Does the act, and tells what came of it; a refused `form` comes back with what was typed in it."""
    get_object_or_404(Tarefa, protocolo=protocolo)
    try:
        ato()
    except Recusa as recusa:
        if form:
            for motivo in recusa.motivos:
                form.add_error(motivo.campo if motivo.campo in form.fields else None, motivo.mensagem)
            return _tela(request, protocolo, form)
        messages.error(request, str(recusa))
    else:
        messages.success(request, feito)
    return redirect("tarefa", protocolo)


@so_treinador
@require_POST
def analisar(request: HttpRequest, protocolo: str) -> HttpResponse:
    return _agir(request, protocolo, lambda: servicos.analisar(protocolo), "A tarefa está em análise.")


@so_treinador
@require_POST
def exigir(request: HttpRequest, protocolo: str) -> HttpResponse:
    form = ExigirForm(request.POST)
    if not form.is_valid():
        return _tela(request, protocolo, form)
    dados = form.cleaned_data
    return _agir(
        request,
        protocolo,
        lambda: servicos.exigir(protocolo, dados["texto"], dias=dados["dias"]),
        "Exigência emitida.",
        form,
    )


@so_treinador
@require_POST
def decidir(request: HttpRequest, protocolo: str) -> HttpResponse:
    form = DecidirForm(request.POST)
    if not form.is_valid():
        return _tela(request, protocolo, form)
    dados = form.cleaned_data
    motivos = dados["motivos"].splitlines()
    return _agir(
        request,
        protocolo,
        lambda: servicos.decidir(protocolo, dados["resultado"], motivos=motivos, texto=dados["texto"]),
        "Decisão registrada.",
        form,
    )


@so_treinador
@require_POST
def agendar(request: HttpRequest, protocolo: str) -> HttpResponse:
    form = AgendarForm(request.POST)
    if not form.is_valid():
        return _tela(request, protocolo, form)
    dados = form.cleaned_data
    return _agir(
        request,
        protocolo,
        lambda: agendamentos.agendar(protocolo, dados["tipo"], dados["quando"]),
        "Agendamento marcado.",
        form,
    )


@so_treinador
@require_POST
def registrar(request: HttpRequest, protocolo: str, agendamento: str) -> HttpResponse:
    """What became of an appointment: the button pressed says which of `DO_DIA`."""
    estado = DO_DIA.get(request.POST.get("situacao", ""))
    if estado is None or not Agendamento.objects.filter(tarefa__protocolo=protocolo, protocolo=agendamento).exists():
        raise Http404
    feito = f"Registrado: {estado.label.lower()}."
    return _agir(request, protocolo, lambda: agendamentos.registrar(protocolo, agendamento, estado), feito)


@so_treinador
@require_safe
def ver_carta(request: HttpRequest, protocolo: str) -> HttpResponse:
    tarefa = get_object_or_404(Tarefa, protocolo=protocolo, decidida_em__isnull=False)
    resposta = HttpResponse(carta.carta(tarefa), content_type="application/pdf")
    resposta["Content-Disposition"] = f'attachment; filename="carta-{tarefa.protocolo}.pdf"'
    return resposta


@so_treinador
@require_safe
def ver_anexo(request: HttpRequest, protocolo: str, pk: int) -> HttpResponseBase:
    """A part as it arrived, as an inert download."""
    papel = get_object_or_404(AnexoDaTarefa.objects.select_related("anexo"), pk=pk, tarefa__protocolo=protocolo)
    return FileResponse(
        anexos.caminho(papel.anexo_id).open("rb"),
        as_attachment=True,
        filename=papel.nome,
        content_type=papel.anexo.tipo,
    )


@so_treinador
@require_POST
def automatico(request: HttpRequest) -> HttpResponse:
    form = AutomaticoForm(request.POST)
    if form.is_valid():
        modo = servicos.ajustar_automatico(**form.cleaned_data)
        messages.success(request, f"O modo automático está {modo}.")
    else:
        messages.error(request, "O tempo entre os passos é um número de 0 a 86400.")
    return redirect("tarefas")


@so_treinador
@require_http_methods(["GET", "HEAD", "POST"])
def falhas_de_proposito(request: HttpRequest) -> HttpResponse:
    form = FalhaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        falhas.ligar(**form.cleaned_data)
        messages.success(request, "Falha ligada.")
        return redirect("falhas")
    contexto = {"form": form, "falhas": Falha.objects.ativas(timezone.now())}
    return render(request, "simulador_inss/falhas.html", contexto, status=422 if form.errors else 200)


@so_treinador
@require_POST
def desligar_falhas(request: HttpRequest) -> HttpResponse:
    falhas.desligar()
    messages.success(request, "Nenhuma falha está ligada.")
    return redirect("falhas")
