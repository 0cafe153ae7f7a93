"""Measure every agreement, every night; keep what changed. What is checked outside is sent and confirmed here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.datas import exigir_dia
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.regras import somar_meses
from adesao import permissoes
from adesao.acordo.servicos.comum import travar_acordo
from adesao.avisos.servicos import avisar_municipio, avisar_pessoa
from adesao.checklist.regras import marco
from adesao.indicadores.catalogo import Conferivel, conferivel, indicadores
from adesao.indicadores.consultas import fatos, limites
from adesao.indicadores.regras import Fatos, medir
from adesao.models import Acordo, Conferencia, Medicao, Processo
from adesao.situacoes import Quem, SituacaoComprovacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

C = SituacaoComprovacao
LOTE = 500


def medir_todos(hoje: date | None = None) -> int:
    """Measure every living agreement; returns how many levels changed. The town hears of what is about to end."""
    hoje = hoje or localdate()
    vivos = Acordo.objects.vivos().order_by("pk")
    codigos = list(vivos.values_list("pk", flat=True))
    return sum(_medir_lote(codigos[i : i + LOTE], hoje) for i in range(0, len(codigos), LOTE))


def medir_um(acordo: Acordo) -> None:
    """At once, after something was checked."""
    _medir_lote([acordo.pk], hoje_em(acordo.municipio))


@transaction.atomic
def _medir_lote(pks: list[int], hoje: date) -> int:
    achados = fatos(Acordo.objects.filter(pk__in=pks), hoje)
    atuais = {(m.acordo_id, m.indicador): m for m in Medicao.objects.filter(acordo__in=pks, ate__isnull=True)}
    lim = limites(hoje)
    novas: list[Medicao] = []
    encerradas: list[Medicao] = []
    revistas: list[Medicao] = []
    for pk, f in achados.items():
        for nova in _medidas(pk, f, lim, hoje):
            atual = atuais.get((pk, nova.indicador))
            if atual is None:
                novas.append(nova)
            elif atual.nivel != nova.nivel:
                # On the day itself there is nothing to keep: the last one of a day counts.
                atual.ate = max(atual.desde, hoje - timedelta(days=1))
                encerradas.append(atual)
                novas.append(nova)
            elif (atual.frase, atual.valor) != (nova.frase, nova.valor):
                atual.frase, atual.valor = nova.frase, nova.valor
                revistas.append(atual)
    Medicao.objects.bulk_update(encerradas, ["ate"], batch_size=LOTE)
    Medicao.objects.bulk_update(revistas, ["frase", "valor"], batch_size=LOTE)
    Medicao.objects.bulk_create(novas, batch_size=LOTE)
    Medicao.objects.filter(acordo__in=pks, ate__isnull=True).update(medida_em=hoje)
    _avisar_validades(achados, hoje)
    return len(novas)


def _avisar_validades(achados: Mapping[int, Fatos], hoje: date) -> None:
    """Warn the town 60, 30 and 10 days before the end of what it has to prove, once each, unless a new one waits for
    INSS.
    """
    perto = {
        (pk, c.codigo): (fim, dias)
        for pk, f in achados.items()
        for c in f.conferiveis
        if c.quem == "municipio" and (fim := f.provas.get(c.codigo)) and (dias := marco(fim, hoje))
    }
    acordos = {pk for pk, _ in perto}
    chegaram = set(
        Conferencia.objects.filter(acordo__in=acordos, situacao=C.ENVIADA).values_list("acordo", "documento")
    )
    processos = {p.acordo.pk: p for p in Processo.objects.filter(acordo__in=acordos).select_related("acordo")}
    # One certificate may prove two things: it is one warning.
    for pk, fim, dias in sorted({(pk, *quando) for (pk, d), quando in perto.items() if (pk, d) not in chegaram}):
        avisar_municipio(processos[pk], "validade_do_acordo", chave=f"validade-do-acordo:{pk}:{fim:%Y%m%d}:{dias}")


def _medidas(pk: int, f: Fatos, lim: Any, hoje: date) -> list[Medicao]:
    medidas = [(i.codigo, medir(i.codigo, f, lim)) for i in indicadores()]
    return [
        Medicao(
            acordo_id=pk, indicador=codigo, nivel=m.nivel, valor=m.valor[:40], frase=m.frase[:300], desde=hoje,
            medida_em=hoje,
        )
        for codigo, m in medidas
    ]  # fmt: skip


# --- What is checked outside --------------------------------------------------------------------------------------


def enviar(
    acordo_id: int,
    arquivo: UploadedFile | None = None,
    *,
    documento: str,
    em: date,
    ate: date | None = None,
    texto: str,
    autor: Usuario,
) -> Conferencia:
    """The town sends a certificate, or INSS records what it looked at. Call it outside `atomic()`.

    What INSS itself records is confirmed at once; what the town sends waits for INSS.
    """
    acordo = Acordo.objects.select_related("municipio", "processo__municipio", "processo__unidade").get(pk=acordo_id)
    pedido = _pedido(acordo, documento)
    _exigir_quem(acordo, pedido, autor)
    _exigir_datas(pedido, em, ate, hoje_em(acordo.municipio))
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio("Escreva o número do documento, ou onde foi conferido.")
    guardado = receber(arquivo, municipio=acordo.municipio, usuario=autor) if arquivo else None
    if guardado is None and pedido.quem == "municipio" and pedido.com_fim:
        raise ErroDeDominio("Envie o arquivo.")
    return _guardar(acordo_id, pedido, guardado, autor=autor, em=em, ate=ate, texto=texto[:300])


def _pedido(acordo: Acordo, documento: str) -> Conferivel:
    pedido = conferivel(documento)
    if pedido is None or not pedido.vale_para(acordo.processo.regime, acordo.instrumento):
        raise ErroDeDominio("Este documento não é pedido neste acordo.")
    if not acordo.estado.vivo:
        raise ErroDeDominio(f"O acordo está “{acordo.estado.label}”.")
    return pedido


def _exigir_quem(acordo: Acordo, pedido: Conferivel, autor: Usuario) -> None:
    permissoes.exigir(autor, acordo.processo, Quem.GESTOR if pedido.quem == "municipio" else Quem.ANALISTA)


def _exigir_datas(pedido: Conferivel, em: date, ate: date | None, hoje: date) -> None:
    if em > hoje:
        raise ErroDeDominio("Esta data ainda não chegou. Confira o dia, o mês e o ano.")
    if pedido.com_fim and ate is None:
        raise ErroDeDominio("Diga até quando vale.")
    if ate and ate < max(em, hoje):
        raise ErroDeDominio(f"Acabou em {ate:%d/%m/%Y}. Envie o que está valendo.")
    exigir_dia("O fim da validade", ate, ate=somar_meses(hoje, pedido.maximo_meses))


@transaction.atomic
def _guardar(
    acordo_id: int, pedido: Conferivel, arquivo: Arquivo | None, *, autor: Usuario, **dados: Any
) -> Conferencia:
    acordo = travar_acordo(acordo_id)
    do_inss = pedido.quem == "inss"
    # What was good until now goes on counting until INSS confirms the new one.
    antes = Conferencia.objects.filter(acordo=acordo, documento=pedido.codigo)
    antes.filter(situacao=C.ENVIADA).update(situacao=C.SUBSTITUIDA)
    nova = Conferencia(acordo=acordo, documento=pedido.codigo, arquivo=arquivo, enviada_por=autor, **dados)
    if do_inss:
        antes.filter(situacao=C.CONFIRMADA).update(situacao=C.SUBSTITUIDA)
        nova.situacao, nova.conferente, nova.conferida_em = C.CONFIRMADA, _quem(autor), now()
    nova.save()
    evento = registrar(
        "adesao.conferencia_enviada", municipio=acordo.municipio, autor=autor, alvo=acordo, documento=pedido.codigo
    )
    if do_inss:
        medir_um(acordo)
    else:
        avisar_pessoa(acordo.processo, acordo.processo.responsavel, "conferencia_enviada", chave=str(evento.pk))
    return nova


def _quem(autor: Usuario) -> str:
    quem = de_quem_decide(autor)
    return f"{quem.nome}, {quem.cargo}, matrícula {quem.matricula}"


@transaction.atomic
def avaliar(acordo_id: int, *, conferencia: int, aceita: bool, motivo: str = "", autor: Usuario) -> Conferencia:
    """INSS confirms or refuses what the town sent; the measures follow at once."""
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.ANALISTA)
    linha = acordo.conferencias.get(pk=conferencia)
    if linha.estado != C.ENVIADA:
        raise TransicaoInvalida(f"Isto já está “{linha.estado.label}”. Atualize a página.")
    motivo = " ".join(motivo.split())
    if not aceita and not motivo:
        raise ErroDeDominio("Escreva o que o município precisa fazer.")
    if aceita:
        anteriores = Conferencia.objects.filter(acordo=acordo, documento=linha.documento, situacao=C.CONFIRMADA)
        anteriores.update(situacao=C.SUBSTITUIDA)
    linha.situacao = C.CONFIRMADA if aceita else C.RECUSADA
    linha.motivo, linha.conferente, linha.conferida_em = motivo[:600], _quem(autor), now()
    linha.save(update_fields=["situacao", "motivo", "conferente", "conferida_em"])
    acao = "adesao.conferencia_confirmada" if aceita else "adesao.conferencia_recusada"
    evento = registrar(acao, municipio=acordo.municipio, autor=autor, alvo=acordo, documento=linha.documento)
    if aceita:
        medir_um(acordo)
    else:
        avisar_municipio(acordo.processo, "comprovacao_recusada", chave=str(evento.pk))
    return linha
