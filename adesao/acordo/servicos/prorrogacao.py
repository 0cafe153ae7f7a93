"""The agreement goes on: asked by the town, decided by the authority, signed by both, published before the old end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.emissao import servicos as emissao
from act_portal.emissao.assinados import Assinado, exigir_o_mesmo, receber_assinado
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.publicacao import exigir_dia_da_publicacao, exigir_secao_e_pagina
from act_portal.territorio import servicos as territorio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.regras import somar_meses
from adesao import permissoes
from adesao.acordo.papeis import do_aditivo
from adesao.acordo.servicos.comum import guardar_versao, travar_acordo
from adesao.avisos.servicos import avisar_autoridades, avisar_municipio, avisar_pessoa
from adesao.habilitacao.servicos.acesso import reavaliar, uma
from adesao.indicadores.catalogo import indicadores
from adesao.models import Acordo, Prorrogacao
from adesao.papeis.modelos import codigo_de
from adesao.situacoes import Nivel, Quem, SituacaoAcordo, SituacaoNotificacao, SituacaoProrrogacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

R, A, N = SituacaoProrrogacao, SituacaoAcordo, SituacaoNotificacao
PRORROGAVEIS = {A.PREPARACAO, A.OPERACAO}
ABERTAS = [R.PEDIDA, R.APROVADA, R.ASSINADA]
# Of the ten, those that a certificate or a document proves.
PROVAM = ("fiscal", "previdenciaria", "representante")
VENCIDO = "O acordo acabou em {fim:%d/%m/%Y}. Acordo vencido não se prorroga: comece uma adesão nova."


@transaction.atomic
def pedir(acordo_id: int, *, meses: int, justificativa: str, autor: Usuario) -> Prorrogacao:
    acordo = _travar(acordo_id, autor, Quem.GESTOR)
    if acordo.prorrogacoes.filter(situacao__in=ABERTAS).exists():
        raise ErroDeDominio("Já há um pedido de prorrogação em andamento.")
    justificativa = " ".join(justificativa.split())
    if not justificativa:
        raise ErroDeDominio("Escreva por que o acordo deve continuar.")
    if acordo.guarda_chuva and acordo.fim and somar_meses(acordo.fim, meses) > acordo.guarda_chuva.fim:
        raise ErroDeDominio(f"O acordo principal vai só até {acordo.guarda_chuva.fim:%d/%m/%Y}. Peça menos meses.")
    feita = Prorrogacao.objects.create(acordo=acordo, meses=meses, justificativa=justificativa[:2000], pedida_por=autor)
    evento = _anotar("adesao.prorrogacao_pedida", feita, autor)
    avisar_autoridades(acordo.processo, "prorrogacao_pedida", chave=str(evento.pk))
    return feita


@transaction.atomic
def decidir(
    acordo_id: int, *, aprova: bool, texto: str, competencia: str, apesar: str = "", autor: Usuario
) -> Prorrogacao:
    """The authority decides; approved, the portal makes the amendment that both sign.

    `apesar`: why it goes on although something is irregular (clause 9 asks for proved regularity).
    """
    acordo = _travar(acordo_id, autor, Quem.AUTORIDADE)
    feita = _aberta(acordo, R.PEDIDA)
    texto, competencia = " ".join(texto.split()), " ".join(competencia.split())
    if not texto or not competencia:
        raise ErroDeDominio("Escreva o fundamento e o ato que dá a você competência.")
    if aprova and (pendencias := o_que_pende(acordo)):
        apesar = " ".join(apesar.split())
        if not apesar:
            raise ErroDeDominio(f"{pendencias} Escreva por que aprova assim mesmo.")
        texto = f"{texto} {pendencias} Aprovada assim mesmo: {apesar}"
    quem = de_quem_decide(autor)
    feita.situacao = R.APROVADA if aprova else R.RECUSADA
    feita.decisao, feita.competencia, feita.decidida_em = texto[:2000], competencia[:200], now()
    feita.decisor_nome, feita.decisor_cargo, feita.decisor_matricula = quem.nome, quem.cargo, quem.matricula
    if aprova:
        assert acordo.fim  # noqa: S101 - published
        feita.fim_anterior, feita.novo_fim = acordo.fim, somar_meses(acordo.fim, feita.meses)
        feita.documento = emissao.pedir(
            codigo_de("aditivo"), do_aditivo(feita), municipio=acordo.municipio, autor=autor
        )
    feita.save()
    evento = _anotar(f"adesao.prorrogacao_{feita.situacao}", feita, autor)
    avisar_municipio(acordo.processo, f"prorrogacao_{feita.situacao}", chave=str(evento.pk))
    return feita


def o_que_pende(acordo: Acordo) -> str:
    """What speaks against the proved regularity that an extension asks for, in one sentence, or ""."""
    atuais = acordo.medicoes.filter(ate__isnull=True)
    irregulares = atuais.filter(nivel=Nivel.IRREGULAR).count()
    # What nobody looked at is not proved.
    sem_prova = atuais.filter(nivel=Nivel.SEM_DADOS, indicador__in=PROVAM).values_list("indicador", flat=True)
    nomes = [i.nome for i in indicadores() if i.codigo in set(sem_prova)]
    notificacoes = acordo.notificacoes.filter(situacao__in=[N.EMITIDA, N.RESPONDIDA, N.NAO_ACOLHIDA]).count()
    partes = [
        f"{irregulares} de 10 itens irregulares no acompanhamento" if irregulares else "",
        f"{notificacoes} {'notificação' if notificacoes == 1 else 'notificações'} sem solução" if notificacoes else "",
    ]
    achadas = " e ".join(parte for parte in partes if parte)
    frases = [
        f"A prorrogação pede regularidade comprovada (cláusula 9ª){f', e há {achadas}' if achadas else ''}.",
        f"Ainda não conferido: {', '.join(nomes)}." if nomes else "",
    ]
    return " ".join(frase for frase in frases if frase) if achadas or nomes else ""


def assinar(
    acordo_id: int, arquivo: UploadedFile, *, assinado_em: date, declaracao: str = "", autor: Usuario
) -> Prorrogacao:
    """The town sends the amendment that it signed outside. Call it outside `atomic()`."""
    with transaction.atomic():
        acordo = _travar(acordo_id, autor, Quem.GESTOR)
        feita = _aberta(acordo, R.APROVADA)
        _exigir_assinatura(acordo, feita, assinado_em)
        assert feita.documento  # noqa: S101 - it was approved
    guardado = receber_assinado(
        arquivo, documento=feita.documento, municipio=acordo.municipio, usuario=autor, declaracao=declaracao
    )
    return _guardar_assinado(acordo_id, guardado, feita.documento, assinado_em, autor)


def _exigir_assinatura(acordo: Acordo, feita: Prorrogacao, assinado_em: date) -> None:
    hoje = hoje_em(acordo.municipio)
    decidida = feita.decidida_em.astimezone(acordo.municipio.fuso).date() if feita.decidida_em else hoje
    if not decidida <= assinado_em <= hoje:
        raise ErroDeDominio(f"A assinatura fica entre a aprovação ({decidida:%d/%m/%Y}) e hoje. Confira a data.")


@transaction.atomic
def _guardar_assinado(
    acordo_id: int, assinado: Assinado, papel: Documento, assinado_em: date, autor: Usuario
) -> Prorrogacao:
    acordo = _travar(acordo_id, autor, Quem.GESTOR)
    feita = _aberta(acordo, R.APROVADA)
    assert feita.documento  # noqa: S101 - it was approved
    exigir_o_mesmo(feita.documento, papel)
    feita.situacao, feita.arquivo, feita.sha256 = R.ASSINADA, assinado.arquivo, assinado.arquivo.sha256
    feita.assinado_em = assinado_em
    feita.save(update_fields=["situacao", "arquivo", "sha256", "assinado_em"])
    guardar_versao(assinado, assinado_em, autor, do_municipio=True, prorrogacao=feita)
    evento = _anotar("adesao.prorrogacao_assinada", feita, autor)
    avisar_pessoa(acordo.processo, acordo.processo.responsavel, "prorrogacao_assinada", chave=str(evento.pk))
    return feita


def efetivar(
    acordo_id: int,
    arquivo: UploadedFile,
    *,
    assinado_em: date,
    dou_data: date,
    dou_pagina: str,
    declaracao: str = "",
    autor: Usuario,
) -> Prorrogacao:
    """Signed by both before the old end, and published: the agreement goes on. Call it outside `atomic()`.

    Everybody signs the terms again within the days that the parameter gives; until then the accounts stay.
    """
    with transaction.atomic():
        acordo = _travar(acordo_id, autor, Quem.ANALISTA)
        feita = _aberta(acordo, R.ASSINADA)
        _exigir_publicacao(acordo, feita, assinado_em, dou_data, dou_pagina)
        assert feita.documento  # noqa: S101 - it was approved
    guardado = receber_assinado(
        arquivo, documento=feita.documento, municipio=acordo.municipio, usuario=autor, declaracao=declaracao,
        antes=feita.arquivo,
    )  # fmt: skip
    return _efetivar(acordo_id, guardado, feita.documento, autor, assinado_em, dou_data, dou_pagina)


def _exigir_publicacao(acordo: Acordo, feita: Prorrogacao, assinado_em: date, dou_data: date, dou_pagina: str) -> None:
    if feita.assinado_em and assinado_em < feita.assinado_em:
        raise ErroDeDominio(f"O município assinou em {feita.assinado_em:%d/%m/%Y}: o INSS assina depois.")
    if acordo.fim and assinado_em > acordo.fim:
        raise ErroDeDominio(VENCIDO.format(fim=acordo.fim))
    hoje = hoje_em(acordo.municipio)
    exigir_dia_da_publicacao(dou_data, desde=assinado_em, de="a assinatura do INSS", hoje=hoje)
    exigir_secao_e_pagina(dou_pagina)


@transaction.atomic
def _efetivar(
    acordo_id: int,
    assinado: Assinado,
    papel: Documento,
    autor: Usuario,
    assinado_em: date,
    dou_data: date,
    dou_pagina: str,
) -> Prorrogacao:
    acordo = _travar(acordo_id, autor, Quem.ANALISTA)
    feita = _aberta(acordo, R.ASSINADA)
    assert feita.documento  # noqa: S101 - it was approved
    exigir_o_mesmo(feita.documento, papel)
    _exigir_publicacao(acordo, feita, assinado_em, dou_data, dou_pagina)
    feita.situacao, feita.arquivo, feita.sha256 = R.EFETIVADA, assinado.arquivo, assinado.arquivo.sha256
    feita.dou_data, feita.dou_pagina = dou_data, exigir_secao_e_pagina(dou_pagina)
    feita.save(update_fields=["situacao", "arquivo", "sha256", "dou_data", "dou_pagina"])
    guardar_versao(assinado, assinado_em, autor, do_municipio=False, prorrogacao=feita)
    assert feita.novo_fim  # noqa: S101 - approved
    acordo.fim, acordo.prorrogado_em = feita.novo_fim, dou_data
    acordo.versao += 1
    acordo.save(update_fields=["fim", "prorrogado_em", "versao"])
    territorio.prorrogar_acordo(acordo.municipio_id, feita.novo_fim, autor=autor)
    for pk in acordo.habilitacoes.vivas().order_by("pk").values_list("pk", flat=True):
        reavaliar(uma(pk), autor=autor)
    evento = _anotar("adesao.prorrogacao_efetivada", feita, autor)
    avisar_municipio(acordo.processo, "prorrogacao_efetivada", chave=str(evento.pk))
    return feita


@transaction.atomic
def desistir(acordo_id: int, *, autor: Usuario) -> Prorrogacao:
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, Quem.GESTOR)
    feita = _aberta(acordo, *ABERTAS)
    feita.situacao = R.DESISTIDA
    feita.save(update_fields=["situacao"])
    _anotar("adesao.prorrogacao_desistida", feita, autor)
    return feita


def encerrar_pedidos(acordo: Acordo, autor: Usuario) -> None:
    """The agreement has ended: what was still asked of it waits for nobody. The caller holds the agreement."""
    for feita in acordo.prorrogacoes.filter(situacao__in=ABERTAS).order_by("pk"):
        feita.situacao = R.DESISTIDA
        feita.save(update_fields=["situacao"])
        _anotar("adesao.prorrogacao_encerrada", feita, autor)


def _travar(acordo_id: int, autor: Usuario, quem: Quem) -> Acordo:
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, quem)
    if acordo.estado not in PRORROGAVEIS:
        raise ErroDeDominio(f"O acordo está “{acordo.estado.label}” e não pode ser prorrogado agora.")
    if acordo.fim and acordo.fim < hoje_em(acordo.municipio) and quem != Quem.ANALISTA:
        raise ErroDeDominio(VENCIDO.format(fim=acordo.fim))
    return acordo


def _aberta(acordo: Acordo, *em: SituacaoProrrogacao) -> Prorrogacao:
    feita = acordo.prorrogacoes.filter(situacao__in=em).first()
    if feita is None:
        raise TransicaoInvalida("A prorrogação já não está neste ponto. Atualize a página.")
    return feita


def _anotar(acao: str, feita: Prorrogacao, autor: Usuario) -> Any:
    acordo = feita.acordo
    return registrar(acao, municipio=acordo.municipio, autor=autor, alvo=acordo, prorrogacao=feita.pk)
