"""What waits for whoever looks: counts, each with the list that it opens into."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.telas.esperas import Espera, com_algo
from act_portal.territorio.consultas import acordo_em_vigor, hoje_em
from adesao.acordo.consultas import pessoas
from adesao.analise.consultas import fila
from adesao.models import Acordo, AcordoAnterior, Comprovacao, Conferencia, Habilitacao, Item, Processo, Solicitacao
from adesao.situacoes import (
    ANTES_DA_APROVACAO,
    Nivel,
    Situacao,
    SituacaoAcordo,
    SituacaoAnterior,
    SituacaoComprovacao,
    SituacaoEncerramento,
    SituacaoHabilitacao,
    SituacaoItem,
    SituacaoNotificacao,
    SituacaoProrrogacao,
    SituacaoSolicitacao,
)

if TYPE_CHECKING:
    from datetime import date

    from act_portal.contas.models import Usuario

S, N, R, F = Situacao, SituacaoNotificacao, SituacaoProrrogacao, SituacaoEncerramento
PERTO = timedelta(days=60)
# Accounts that do not work, of people who are still under the agreement.
FECHADAS = {SituacaoHabilitacao.FALTA, SituacaoHabilitacao.FECHADA}
DE_UM = {
    "acessos acabam em 60 dias": "acesso acaba em 60 dias",
    "acordos anteriores ao portal para conferir": "acordo anterior ao portal para conferir",
    "acordos assinados para conferir": "acordo assinado para conferir",
    "acordos com comprovante para conferir": "acordo com comprovante para conferir",
    "acordos para publicar": "acordo para publicar",
    "acordos que acabaram, sem o fim registrado": "acordo que acabou, sem o fim registrado",
    "adesões para decidir": "adesão para decidir",
    "adesões para tomar": "adesão para tomar",
    "certidões acabam em 60 dias": "certidão acaba em 60 dias",
    "itens irregulares do acompanhamento": "item irregular do acompanhamento",
    "itens da adesão devolvidos": "item da adesão devolvido",
    "notificações não resolvidas": "notificação não resolvida",
    "notificações para responder": "notificação para responder",
    "pessoas com comprovante por enviar": "pessoa com comprovante por enviar",
    "pedidos de acesso de gestor": "pedido de acesso de gestor",
    "prorrogações para assinar e publicar": "prorrogação para assinar e publicar",
    "prorrogações para decidir": "prorrogação para decidir",
    "respostas a notificações para avaliar": "resposta a notificação para avaliar",
    "segundas leituras pedidas a você": "segunda leitura pedida a você",
    "suas, em análise": "sua, em análise",
    "termos de encerramento por concluir": "termo de encerramento por concluir",
}


# --- INSS ---------------------------------------------------------------------------------------------------------


def do_analista(usuario: Usuario) -> list[Espera]:
    """Applications to take and to go on with, then what agreements in force bring."""
    processos = Processo.objects.visiveis_para(usuario)
    meus, leituras = (fila(usuario, etapa=S.EM_ANALISE, de_quem=de_quem) for de_quem in ("meus", "leituras"))
    return com_algo(
        [
            Espera(processos.filter(situacao=S.ENVIADO).count(), "adesões para tomar", _fila(etapa=S.ENVIADO)),
            Espera(meus.count(), "suas, em análise", _fila(etapa=S.EM_ANALISE, de_quem="meus")),
            Espera(
                leituras.count(), "segundas leituras pedidas a você", _fila(etapa=S.EM_ANALISE, de_quem="leituras"),
                "atencao",
            ),
            Espera(
                processos.filter(situacao=S.CONFERENCIA).count(), "acordos assinados para conferir",
                _fila(etapa=S.CONFERENCIA),
            ),
            Espera(processos.filter(situacao=S.ASSINADO).count(), "acordos para publicar", _fila(etapa=S.ASSINADO)),
            _dos_acessos(usuario),
            _dos_anteriores(usuario),
            *_dos_acordos(usuario, "respondida", "comprovante", "aditivo", "vencido", "encerramento"),
        ],
        DE_UM,
    )  # fmt: skip


def da_autoridade(usuario: Usuario) -> list[Espera]:
    """What only somebody with the competence decides."""
    para_decidir = Processo.objects.visiveis_para(usuario).filter(situacao=S.INSTRUIDO).count()
    return com_algo(
        [
            Espera(para_decidir, "adesões para decidir", _fila(etapa=S.INSTRUIDO), "atencao"),
            _dos_acessos(usuario),
            _dos_anteriores(usuario),
            *_dos_acordos(usuario, "prorrogacao", "nao-resolvida", "vencido", "encerramento"),
        ],
        DE_UM,
    )


def _dos_acessos(usuario: Usuario) -> Espera:
    """Either decides: some units have nobody else."""
    pedidos = Solicitacao.objects.visiveis_para(usuario).filter(situacao=SituacaoSolicitacao.PENDENTE)
    return Espera(pedidos.count(), "pedidos de acesso de gestor", reverse("adesao:acessos"))


def _dos_anteriores(usuario: Usuario) -> Espera:
    """Registered by somebody else: nobody confirms their own."""
    visiveis = AcordoAnterior.objects.visiveis_para(usuario).filter(situacao=SituacaoAnterior.REGISTRADO)
    quantos = visiveis.exclude(registrado_por=usuario).count()
    return Espera(quantos, "acordos anteriores ao portal para conferir", reverse("adesao:anteriores"))


def _fila(**filtros: str) -> str:
    return f"{reverse('adesao:fila')}?{'&'.join(f'{nome}={valor}' for nome, valor in filtros.items())}"


def _dos_acordos(usuario: Usuario, *esperas: str) -> list[Espera]:
    meus, hoje = Acordo.objects.visiveis_para(usuario).publicados(), localdate()
    regiao = reverse("adesao:regiao")
    return [
        Espera(meus.filter(filtro_de(espera, hoje)).count(), NOMES[espera], f"{regiao}?vence={espera}#acordos",
               "atencao" if espera == "vencido" else "")
        for espera in esperas
    ]  # fmt: skip


NOMES = {
    "respondida": "respostas a notificações para avaliar",
    "comprovante": "acordos com comprovante para conferir",
    "aditivo": "prorrogações para assinar e publicar",
    "prorrogacao": "prorrogações para decidir",
    "nao-resolvida": "notificações não resolvidas",
    "vencido": "acordos que acabaram, sem o fim registrado",
    "encerramento": "termos de encerramento por concluir",
}


def filtro_de(espera: str, hoje: date) -> Q:
    """Agreements with something of this kind waiting for INSS; the region's list filters by the same words."""
    if espera == "respondida":
        return Q(notificacoes_de(N.RESPONDIDA))
    if espera == "comprovante":
        enviadas = Comprovacao.objects.filter(situacao=SituacaoComprovacao.ENVIADA).values("habilitacao__acordo")
        conferir = Conferencia.objects.filter(situacao=SituacaoComprovacao.ENVIADA).values("acordo")
        return Q(pk__in=enviadas) | Q(pk__in=conferir)
    if espera == "vencido":
        return Q(situacao__in=VIVAS) & (Q(fim__lt=hoje) | Q(termina_em__lt=hoje))
    if espera == "encerramento":
        return Q(situacao=SituacaoAcordo.ENCERRADO) & (
            Q(encerramento__isnull=True) | Q(encerramento__situacao__in=[F.EMITIDO, F.ASSINADO])
        )
    if espera == "nao-resolvida":
        return Q(notificacoes_de(N.NAO_ACOLHIDA)) & Q(situacao=SituacaoAcordo.OPERACAO)
    return Q(pk__in=_prorrogacoes(R.ASSINADA if espera == "aditivo" else R.PEDIDA))


VIVAS = [s.value for s in SituacaoAcordo if s.vivo]


def notificacoes_de(situacao: SituacaoNotificacao) -> Q:
    return Q(pk__in=Acordo.objects.filter(notificacoes__situacao=situacao).values("pk"))


def _prorrogacoes(situacao: SituacaoProrrogacao) -> QuerySet:
    return Acordo.objects.filter(prorrogacoes__situacao=situacao).values("pk")


# --- The town -----------------------------------------------------------------------------------------------------


def do_gestor(usuario: Usuario) -> list[Espera]:
    """Of the application that is open, then of the agreement."""
    processo = Processo.objects.visiveis_para(usuario).abertos().select_related("municipio").first()
    acordo = (
        Acordo.objects.visiveis_para(usuario)
        .publicados()
        .select_related("processo", "municipio")
        .order_by("-aprovado_em", "-pk")
        .first()
    )
    return com_algo(
        [
            *(_por_comecar(usuario) if processo is None and acordo is None else ()),
            *(_do_pedido(processo) if processo else ()),
            *(_do_acordo(acordo) if acordo else ()),
        ],
        DE_UM,
    )


def _por_comecar(usuario: Usuario) -> list[Espera]:
    """The town never asked and nothing is in force: what its manager came for."""
    municipio = usuario.vinculo.municipio if usuario.vinculo else None
    pediu = Processo.objects.visiveis_para(usuario).exists()
    if municipio is None or pediu or acordo_em_vigor(municipio, hoje_em(municipio)):
        return []
    return [Espera(1, "adesão para começar", reverse("adesao:pedido"))]


def _do_pedido(processo: Processo) -> list[Espera]:
    pagina, hoje = reverse("adesao:processo", args=[processo.codigo]), hoje_em(processo.municipio)
    itens = Item.objects.filter(processo=processo)
    voltaram = itens.filter(situacao__in=[SituacaoItem.DEVOLVIDO, SituacaoItem.REABERTO]).count()
    perto = itens.filter(
        situacao__in=[SituacaoItem.PRONTO, SituacaoItem.ACEITO], valido_ate__range=(hoje, hoje + PERTO)
    )
    no_municipio = processo.estado == S.DEVOLVIDO
    return [
        Espera(int(processo.estado == S.RASCUNHO), "adesão em preenchimento", pagina),
        Espera(voltaram if no_municipio else 0, "itens da adesão devolvidos", pagina, "perigo"),
        Espera(int(processo.estado == S.ASSINATURA), "acordo para assinar", pagina, "atencao"),
        Espera(
            perto.count() if processo.estado in ANTES_DA_APROVACAO else 0, "certidões acabam em 60 dias", pagina,
            "atencao",
        ),
    ]  # fmt: skip


def _do_acordo(acordo: Acordo) -> list[Espera]:
    pagina, hoje = reverse("adesao:acordo", args=[acordo.processo.codigo]), hoje_em(acordo.municipio)
    acessos = Habilitacao.objects.filter(
        acordo=acordo, situacao=SituacaoHabilitacao.ABERTA, acesso_ate__lte=hoje + PERTO
    )
    validades = acordo.conferencias.filter(situacao=SituacaoComprovacao.CONFIRMADA, ate__lte=hoje + PERTO)
    termo = Acordo.objects.filter(pk=acordo.pk, encerramento__situacao=F.EMITIDO)
    vivo = acordo.estado.vivo
    por_enviar = (
        sum(bool(p.faltam and p.habilitacao.situacao in FECHADAS) for p in pessoas(acordo, hoje)) if vivo else 0
    )
    irregulares = acordo.medicoes.filter(ate__isnull=True, nivel=Nivel.IRREGULAR)
    return [
        Espera(int(acordo.estado == SituacaoAcordo.SUSPENSO), "acordo suspenso pelo INSS", pagina, "perigo"),
        Espera(acordo.notificacoes.filter(situacao=N.EMITIDA).count(), "notificações para responder",
               f"{pagina}#responder", "perigo"),
        Espera(acordo.prorrogacoes.filter(situacao=R.APROVADA).count(), "termo aditivo para assinar",
               f"{pagina}#assinar-aditivo", "atencao"),
        Espera(termo.count(), "termo de encerramento para assinar", f"{pagina}#assinar-encerramento", "atencao"),
        Espera(por_enviar, "pessoas com comprovante por enviar", f"{pagina}#t-pessoas", "atencao"),
        Espera(irregulares.count() if vivo else 0, "itens irregulares do acompanhamento",
               f"{pagina}#t-indicadores", "perigo"),
        Espera(acessos.count() if vivo else 0, "acessos acabam em 60 dias", f"{pagina}#t-pessoas", "atencao"),
        Espera(validades.count() if vivo else 0, "certidões acabam em 60 dias", f"{pagina}#t-indicadores", "atencao"),
    ]  # fmt: skip
