"""The account opens when everything is in place and closes when something lapses: nobody presses a button for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal.auditoria.servicos import registrar
from act_portal.contas import servicos as contas
from act_portal.contas.models import Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao.acordo.servicos.comum import avancar, travar_acordo
from adesao.avisos.servicos import avisar_municipio
from adesao.checklist.catalogo import parametro
from adesao.checklist.regras import MARCOS, marco
from adesao.habilitacao.catalogo import pedidos_a
from adesao.habilitacao.regras import Prova, Regras, pendencias, ultimo_dia
from adesao.models import Acordo, Comprovacao, Habilitacao
from adesao.situacoes import SituacaoAcordo, SituacaoComprovacao, SituacaoHabilitacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

H = SituacaoHabilitacao
ENCERRADO_A_MAO = "O gestor encerrou este acesso na Equipe. Para voltar, desligue a pessoa e indique de novo."


def regras_de(acordo: Acordo, hoje: date) -> Regras:
    assert acordo.inicio and acordo.fim  # noqa: S101 - published
    dias = parametro("dias_renovar_termos", hoje).valor
    return Regras(
        hoje=hoje,
        desde=acordo.prorrogado_em or acordo.inicio,
        fim=acordo.termina_em or acordo.fim,
        horas_minimas=parametro("capacitacao_horas", hoje).valor,
        tolera_ate=acordo.prorrogado_em and acordo.prorrogado_em + timedelta(days=dias),
    )


def provas_de(habilitacao: Habilitacao) -> dict[str, Prova]:
    confirmadas = Comprovacao.objects.filter(habilitacao=habilitacao, situacao=SituacaoComprovacao.CONFIRMADA)
    return {c.requisito: Prova(c.em, c.ate, c.horas) for c in confirmadas}


def pendencias_de(habilitacao: Habilitacao, hoje: date, *, menos: Collection[str] = ()) -> list[str]:
    """What keeps the account closed, in words; empty when nothing does. `menos`: requirements left out of it."""
    acordo = habilitacao.acordo
    pedidos = [p for p in pedidos_a(habilitacao.representante.papel, hoje) if p.codigo not in menos]
    frases = pendencias(pedidos, provas_de(habilitacao), regras_de(acordo, hoje))
    if not acordo.estado.vivo:
        frases.append("O acordo acabou.")
    elif acordo.estado == SituacaoAcordo.SUSPENSO and habilitacao.estado != H.ABERTA:
        frases.append("O acordo está suspenso: nenhum acesso novo abre.")
    if habilitacao.vinculo and habilitacao.vinculo.encerrado_em:
        frases.append(ENCERRADO_A_MAO)
    return frases


def reavaliar(habilitacao: Habilitacao, *, autor: Usuario | None = None) -> None:
    """Open, close or give another last day, as of today. The agreement's row is locked by the caller."""
    if habilitacao.estado == H.DESLIGADA:
        return
    hoje = hoje_em(habilitacao.acordo.municipio)
    falta = pendencias_de(habilitacao, hoje)
    if habilitacao.estado == H.ABERTA and falta:
        fechar(habilitacao, falta[0], autor=autor)
    elif not falta:
        _abrir_ou_ajustar(habilitacao, hoje, autor)


def _abrir_ou_ajustar(habilitacao: Habilitacao, hoje: date, autor: Usuario | None) -> None:
    acordo, pessoa, provas = habilitacao.acordo, habilitacao.representante, provas_de(habilitacao)
    ate = ultimo_dia(pedidos_a(pessoa.papel, hoje), provas, regras_de(acordo, hoje))
    if habilitacao.estado == H.ABERTA:
        if habilitacao.acesso_ate != ate and habilitacao.vinculo_id:
            contas.mudar_fim(habilitacao.vinculo_id, ate)
            habilitacao.acesso_ate = ate
            habilitacao.save(update_fields=["acesso_ate"])
        return
    dados = contas.DadosDeTrabalho(
        email=pessoa.email,
        nome=pessoa.nome,
        cpf=pessoa.cpf,
        cargo=pessoa.cargo,
        matricula=pessoa.matricula,
        tcms_em=provas["tcms"].em,
    )
    vinculo = contas.abrir_atendente(municipio=acordo.municipio, pessoa=dados, ate=ate, autor=None)
    _mudar(habilitacao, H.ABERTA, "", autor, vinculo=vinculo, acesso_ate=ate)
    avancar(acordo, autor=autor)


def fechar(habilitacao: Habilitacao, motivo: str, *, autor: Usuario | None) -> None:
    """The clerk is out at the next click. The town's managers still read and answer every open case."""
    if habilitacao.vinculo_id:
        contas.fechar_atendente(habilitacao.vinculo_id, autor=autor)
    a_mao = motivo == ENCERRADO_A_MAO
    _mudar(habilitacao, H.FECHADA, motivo, autor, vinculo=habilitacao.vinculo if a_mao else None)


def desligar_da_ficha(habilitacao: Habilitacao, motivo: str, *, autor: Usuario | None) -> None:
    if habilitacao.vinculo_id:
        contas.fechar_atendente(habilitacao.vinculo_id, autor=autor)
    _mudar(habilitacao, H.DESLIGADA, motivo, autor)


def _mudar(
    habilitacao: Habilitacao, destino: H, motivo: str, autor: Usuario | None, **campos: Vinculo | date | None
) -> None:
    if not habilitacao.estado.pode_ir_para(destino):
        raise ErroDeDominio(f"{habilitacao} está “{habilitacao.estado.label}”. Atualize a página.")
    habilitacao.situacao, habilitacao.situacao_desde, habilitacao.motivo = destino, now(), motivo[:300]
    for nome, valor in campos.items():
        setattr(habilitacao, nome, valor)
    habilitacao.save(update_fields=["situacao", "situacao_desde", "motivo", *campos])
    acordo = habilitacao.acordo
    evento = registrar(
        f"adesao.acesso_{destino}",
        municipio=acordo.municipio,
        autor=autor,
        alvo=acordo,
        habilitacao=habilitacao.pk,
    )
    if destino in {H.ABERTA, H.FECHADA}:
        avisar_municipio(acordo.processo, f"acesso_{destino}", chave=str(evento.pk))


# --- Every night --------------------------------------------------------------------------------------------------


def rever_acessos() -> int:
    """Close what lapsed, and what a manager closed by hand. The link's own end has already kept the person out."""
    # Some towns are already in tomorrow: each is judged by its own clock.
    vencidas = Habilitacao.objects.filter(situacao=H.ABERTA)
    vencidas = vencidas.filter(acesso_ate__lte=localdate()) | vencidas.filter(vinculo__encerrado_em__isnull=False)
    achadas = list(vencidas.order_by("acordo", "pk").values_list("pk", flat=True))
    for habilitacao_id in achadas:
        with transaction.atomic():
            reavaliar(travar_pessoa(habilitacao_id))
    return len(achadas)


def avisar_fins() -> None:
    """Warn the town 60, 30 and 10 days before an account closes, once each."""
    ate = localdate() + timedelta(days=MARCOS[-1])
    perto = Habilitacao.objects.filter(situacao=H.ABERTA, acesso_ate__range=(localdate(), ate))
    for habilitacao in perto.select_related("acordo__processo__municipio"):
        processo = habilitacao.acordo.processo
        fim = habilitacao.acesso_ate
        dias = fim and marco(fim, hoje_em(processo.municipio))
        if dias:
            with transaction.atomic():
                avisar_municipio(processo, "acesso_perto", chave=f"acesso:{habilitacao.pk}:{fim:%Y%m%d}:{dias}")


def uma(habilitacao_id: int) -> Habilitacao:
    """With all that is asked of it."""
    return Habilitacao.objects.select_related(
        "representante", "vinculo", "acordo__municipio", "acordo__processo__municipio", "acordo__processo__unidade"
    ).get(pk=habilitacao_id)


def travar_pessoa(habilitacao_id: int) -> Habilitacao:
    """Hold the agreement, then read the person: two who act on one agreement go one after the other."""
    acordo_id = Habilitacao.objects.values_list("acordo", flat=True).get(pk=habilitacao_id)
    travar_acordo(acordo_id)
    return uma(habilitacao_id)
