"""What the desk puts on `/painel/` and in the menu."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest

from act_portal.contas.models import Vinculo
from act_portal.contas.requests import RequestDeUsuario
from act_portal.telas.navegacao import VISITANTE, registrar_item
from act_portal.telas.painel import Cartao, registrar_cartao
from act_portal.territorio.consultas import hoje_em
from requerimentos.acompanhamento.consultas import quadro
from requerimentos.agenda.consultas import para_o_painel as datas_do_painel
from requerimentos.models import Agendamento, Atendimento, Aviso, Exigencia, FolhaDevolvida, Requerimento
from requerimentos.recepcao import balcoes
from requerimentos.recepcao.consultas import fila
from requerimentos.recepcao.novos import fim_dos_novos
from requerimentos.situacoes import Etapa, SituacaoAtendimento, SituacaoAviso, SituacaoExigencia

BALCAO = [Vinculo.Papel.ATENDENTE, Vinculo.Papel.GESTOR]
REGIAO = [Vinculo.Papel.ANALISTA]
NO_CARTAO = 5
# More than this says only "a lot", and counting on would cost.
MAXIMO_NO_MENU = 100


def registrar() -> None:
    registrar_cartao(proxima_pessoa, ordem=10, papeis=BALCAO)
    registrar_cartao(exigencias, ordem=20, papeis=BALCAO)
    registrar_cartao(agenda, ordem=25, papeis=BALCAO)
    registrar_cartao(devolvidos, ordem=30, papeis=BALCAO)
    registrar_cartao(resultados, ordem=40, papeis=BALCAO)
    registrar_cartao(bandeja, ordem=35, papeis=BALCAO)
    registrar_cartao(avisos_que_falharam, ordem=10, papeis=BALCAO, lado=True)
    registrar_cartao(rascunhos, ordem=20, papeis=BALCAO, lado=True)
    registrar_cartao(regiao, ordem=10, papeis=REGIAO)
    registrar_item("Ver meu pedido", "consulta:inicio", ordem=10, icone="lupa", papeis=[VISITANTE])
    registrar_item(
        "Recepção",
        "requerimentos:recepcao",
        ordem=10,
        icone="pessoa",
        papeis=BALCAO,
        ramos=["requerimentos/pessoas/", "requerimentos/representantes/"],
    )
    registrar_item(
        "Fila",
        "requerimentos:fila",
        ordem=20,
        icone="fila",
        papeis=BALCAO,
        contador=esperando,
        ramos=["requerimentos/atendimentos/"],
    )
    registrar_item("Pedidos", "requerimentos:lista", ordem=30, icone="pasta", papeis=[*BALCAO, *REGIAO])
    registrar_item(
        "Exigências",
        "requerimentos:exigencias",
        ordem=40,
        icone="alerta",
        papeis=[*BALCAO, *REGIAO],
        contador=exigencias_abertas,
    )
    registrar_item("Agenda", "requerimentos:agenda", ordem=45, icone="agenda", papeis=[*BALCAO, *REGIAO])
    registrar_item(
        "Catálogo", "requerimentos:catalogo", ordem=75, icone="papel", papeis=[Vinculo.Papel.ADMINISTRADOR, *REGIAO]
    )


# --- Counters of the menu: one cheap query each -------------------------------------------------------------------
def esperando(request: HttpRequest) -> int:
    balcao = balcoes.atual(cast(RequestDeUsuario, request))
    if balcao is None:
        return 0
    hoje = hoje_em(balcao.municipio)
    return Atendimento.objects.filter(balcao=balcao, dia=hoje, situacao=SituacaoAtendimento.AGUARDANDO).count()


def exigencias_abertas(request: HttpRequest) -> int:
    # Requests with one, found by the town's own index: the open ones of the whole country are not read for one town.
    pedidos = Requerimento.objects.visiveis_para(_usuario(request)).filter(
        Exists(Exigencia.objects.abertas().filter(requerimento=OuterRef("pk"))), etapa=Etapa.EXIGENCIA
    )
    return pedidos.order_by()[:MAXIMO_NO_MENU].count()


# --- Cards --------------------------------------------------------------------------------------------------------
def proxima_pessoa(request: HttpRequest) -> Cartao | None:
    balcao = balcoes.atual(cast(RequestDeUsuario, request))
    if balcao is None:
        return None
    hoje = hoje_em(balcao.municipio)
    na_fila = fila(balcao, hoje)
    atendimento, lugar = na_fila[0] if na_fila else (None, None)
    contexto = {
        "atendimento": atendimento,
        "lugar": lugar,
        "esperando": len(na_fila),
        "balcao": balcao,
        "novos": fim_dos_novos(balcao.entidade, hoje),
    }
    return "requerimentos/painel/proxima_pessoa.html", contexto


def exigencias(request: HttpRequest) -> Cartao | None:
    todas = quadro(_usuario(request)).exclude(situacao=SituacaoExigencia.RESPONDENDO)
    linhas = list(todas[:NO_CARTAO])
    if not linhas:
        return None
    hoje = hoje_em(linhas[0].requerimento.municipio)
    return "requerimentos/painel/exigencias.html", {"linhas": linhas, "total": todas.count(), "hoje": hoje}


def agenda(request: HttpRequest) -> Cartao | None:
    """Dates of the next seven days, and the missed ones of requests that still run."""
    usuario = _usuario(request)
    hoje = hoje_em(usuario.vinculo.municipio)
    proximas = datas_do_painel(usuario, hoje)
    linhas, total = list(proximas[:NO_CARTAO]), proximas.count()
    perdidas = Agendamento.objects.visiveis_para(usuario).filter(
        situacao=Agendamento.Situacao.FALTOU, requerimento__etapa__in=[Etapa.ACOMPANHANDO, Etapa.EXIGENCIA]
    )
    faltas = perdidas.count()
    if not linhas and not faltas:
        return None
    return "requerimentos/painel/agenda.html", {"linhas": linhas, "total": total, "faltas": faltas}


def bandeja(request: HttpRequest) -> Cartao | None:
    """Scanned pages that wait for somebody to say where they go."""
    total = FolhaDevolvida.objects.visiveis_para(_usuario(request)).na_bandeja().count()
    return ("requerimentos/painel/bandeja.html", {"total": total}) if total else None


def devolvidos(request: HttpRequest) -> Cartao | None:
    return _pedidos(request, "devolvidos", Q(etapa=Etapa.DEVOLVIDO))


def resultados(request: HttpRequest) -> Cartao | None:
    return _pedidos(request, "resultados", Q(etapa=Etapa.RESULTADO))


def rascunhos(request: HttpRequest) -> Cartao | None:
    return _pedidos(request, "rascunhos", Q(etapa=Etapa.PREPARO, atendente=_usuario(request)))


def _pedidos(request: HttpRequest, nome: str, filtro: Q) -> Cartao | None:
    pedidos = Requerimento.objects.visiveis_para(_usuario(request)).filter(filtro)
    linhas = list(
        pedidos.select_related("pessoa", "servico", "resultado", "municipio").order_by("-alterado_em")[:NO_CARTAO]
    )
    if not linhas:
        return None
    return f"requerimentos/painel/{nome}.html", {"linhas": linhas, "total": pedidos.count()}


def avisos_que_falharam(request: HttpRequest) -> Cartao | None:
    falhos = Aviso.objects.filter(
        situacao=SituacaoAviso.FALHOU,
        visto_em__isnull=True,
        requerimento__in=Requerimento.objects.visiveis_para(_usuario(request)),
    )
    linhas = list(falhos.select_related("requerimento__pessoa").order_by("-criado_em", "-pk")[:NO_CARTAO])
    if not linhas:
        return None
    return "requerimentos/painel/avisos.html", {"linhas": linhas, "total": falhos.count()}


def regiao(request: HttpRequest) -> Cartao | None:
    """The totals of the analyst's region: numbers and town names, nobody's data."""
    usuario = _usuario(request)
    por_municipio = (
        Requerimento.objects.visiveis_para(usuario)
        .em_aberto()
        .values("municipio__nome", "municipio__uf")
        .annotate(
            abertos=Count("pk"),
            com_inss=Count("pk", filter=Q(etapa__in=[Etapa.ACOMPANHANDO, Etapa.EXIGENCIA])),
            em_exigencia=Count("pk", filter=Q(etapa=Etapa.EXIGENCIA)),
        )
        .order_by("-abertos", "municipio__nome")
    )
    linhas = list(por_municipio[:50])
    vencidas = Exigencia.objects.visiveis_para(usuario).filter(situacao=SituacaoExigencia.VENCIDA).count()
    totais: dict[str, Any] = {
        campo: sum(linha[campo] for linha in linhas) for campo in ("abertos", "com_inss", "em_exigencia")
    }
    return "requerimentos/painel/regiao.html", {"linhas": linhas, "totais": totais, "vencidas": vencidas}


def _usuario(request: HttpRequest) -> Any:
    return cast(RequestDeUsuario, request).user
