"""Suspend, reinstate, denounce, take back, rescind, record the end: by a person, with a reason, never by a timer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from act_portal.contas import servicos as contas
from act_portal.contas.identificacao import Identificacao, de_quem_decide
from act_portal.contas.models import Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.territorio import servicos as territorio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Balcao
from act_portal.territorio.situacoes import SituacaoBalcao
from adesao import permissoes
from adesao.acordo.servicos.comum import MOTIVO_MAX, avancar, exigir_passo, mover_acordo, travar_acordo
from adesao.acordo.servicos.notificacao import dar_por_resolvidas
from adesao.acordo.servicos.prorrogacao import encerrar_pedidos
from adesao.avisos.servicos import avisar_autoridades, avisar_municipio
from adesao.checklist.catalogo import parametro
from adesao.habilitacao.servicos.acesso import reavaliar, uma
from adesao.models import Acordo, AtoDoAcordo
from adesao.regras import primeiro_dia_sem_novos
from adesao.situacoes import PASSO_DO_ACORDO, SituacaoAcordo, SituacaoNotificacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

A = SituacaoAcordo
SUSPENSO_PELO_INSS = "O INSS suspendeu novos pedidos. Os que já estão abertos continuam."
CONTINUA = "A suspensão é de antes da denúncia e continua."
# Days before the end of an agreement on which both sides hear of it, the last first.
MARCOS_DO_FIM = (10, 30, 60, 90, 180)


@transaction.atomic
def suspender(acordo_id: int, *, texto: str, competencia: str, cautelar: bool = False, autor: Usuario) -> Acordo:
    """No new request at the desk. Accounts stay: whoever attends goes on reading and answering open cases.

    After a notice that was not solved; `cautelar`: a risk that cannot wait for one.
    """
    acordo = _travar_para("suspender", acordo_id, autor)
    _exigir_no_prazo(acordo)
    if not cautelar:
        _exigir_notificado(acordo)
    texto = _assinar(acordo, "suspender", texto, autor, competencia=_exigir_competencia(competencia))
    for balcao in _balcoes(acordo).filter(situacao=SituacaoBalcao.ABERTO):
        territorio.suspender_balcao(balcao.pk, autor=None, motivo=SUSPENSO_PELO_INSS)
    evento = mover_acordo(acordo, "suspender", autor=autor, motivo=texto)
    avisar_municipio(acordo.processo, "acordo_suspenso", chave=str(evento.pk))
    return acordo


@transaction.atomic
def reintegrar(acordo_id: int, *, texto: str, competencia: str, autor: Usuario) -> Acordo:
    """The desk receives again; one that stopped for a reason of its own stays as it is."""
    acordo = _travar_para("reintegrar", acordo_id, autor)
    _exigir_no_prazo(acordo)
    texto = _assinar(acordo, "reintegrar", texto, autor, competencia=_exigir_competencia(competencia))
    parados = _balcoes(acordo).filter(situacao=SituacaoBalcao.SUSPENSO, situacao_motivo=SUSPENSO_PELO_INSS)
    for balcao in parados:
        territorio.abrir_balcao(balcao.pk, autor=None)
    dar_por_resolvidas(acordo, texto, autor)
    evento = mover_acordo(acordo, "reintegrar", autor=autor)
    _rever_pessoas(acordo, autor)
    avisar_municipio(acordo.processo, "acordo_reintegrado", chave=str(evento.pk))
    return acordo


@transaction.atomic
def denunciar(acordo_id: int, *, termina_em: date, texto: str, autor: Usuario) -> Acordo:
    """One side wants out: notice now, the end later. Until then open cases go on; in the last days none begins."""
    acordo = _travar_para("denunciar", acordo_id, autor)
    hoje = hoje_em(acordo.municipio)
    dias = parametro("aviso_denuncia_dias", hoje).valor
    cedo = hoje + timedelta(days=dias)
    if termina_em < cedo:
        raise ErroDeDominio(f"O aviso é de {dias} dias: o fim não pode vir antes de {cedo:%d/%m/%Y}.")
    if acordo.fim and termina_em > acordo.fim:
        raise ErroDeDominio(f"O acordo já acaba antes disso, em {acordo.fim:%d/%m/%Y}.")
    texto = _assinar(acordo, "denunciar", texto, autor)
    evento = mover_acordo(acordo, "denunciar", autor=autor, motivo=texto, termina_em=termina_em)
    desde = primeiro_dia_sem_novos(termina_em, parametro("dias_sem_novos", hoje).valor)
    territorio.parar_pedidos_novos(acordo.municipio_id, desde, autor=autor)
    _rever_pessoas(acordo, autor)
    avisar_municipio(acordo.processo, "acordo_denunciado", chave=str(evento.pk))
    avisar_autoridades(acordo.processo, "acordo_denunciado", chave=str(evento.pk))
    return acordo


@transaction.atomic
def retratar(acordo_id: int, *, texto: str, autor: Usuario) -> Acordo:
    """Whoever denounced takes it back, before the end. With everything in place it is in operation again at once."""
    acordo = _travar_para("retratar", acordo_id, autor)
    _exigir_no_prazo(acordo)
    denuncia = acordo.atos.filter(verbo="denunciar").latest("em", "pk")
    if denuncia.do_municipio != _do_municipio(autor):
        raise ErroDeDominio("Só quem denunciou volta atrás.")
    _assinar(acordo, "retratar", texto, autor)
    evento = mover_acordo(acordo, "retratar", autor=autor, termina_em=None)
    territorio.parar_pedidos_novos(acordo.municipio_id, None, autor=autor)
    _rever_pessoas(acordo, autor)
    # A desk that was suspended before stays so: its reason is another.
    if _balcoes(acordo).filter(situacao=SituacaoBalcao.SUSPENSO).exists():
        mover_acordo(acordo, "entrar_em_operacao", autor=None)
        ato = acordo.atos.filter(verbo="suspender").order_by("em", "pk").last()
        # The sentence first: a long reason is what is cut.
        motivo = f"{ato.texto[: MOTIVO_MAX - len(CONTINUA) - 1]} {CONTINUA}" if ato else CONTINUA
        mover_acordo(acordo, "suspender", autor=autor, motivo=motivo)
    else:
        avancar(acordo, autor=autor)
    avisar_municipio(acordo.processo, "acordo_retratado", chave=str(evento.pk))
    return acordo


@transaction.atomic
def rescindir(acordo_id: int, *, texto: str, competencia: str, autor: Usuario) -> Acordo:
    """The end for breach, after the town was heard."""
    acordo = _travar_para("rescindir", acordo_id, autor)
    _exigir_notificado(acordo)
    texto = _assinar(acordo, "rescindir", texto, autor, competencia=_exigir_competencia(competencia))
    return _encerrar(acordo, "rescindir", Acordo.Causa.RESCISAO, hoje_em(acordo.municipio), texto, autor)


@transaction.atomic
def encerrar(acordo_id: int, *, texto: str, autor: Usuario) -> Acordo:
    """Record that the agreement came to its end: of its term, or of the notice. It ended then, not on this day."""
    acordo = _travar_para("encerrar", acordo_id, autor)
    fim = acordo.ate
    assert fim  # noqa: S101 - published
    if fim >= hoje_em(acordo.municipio):
        raise ErroDeDominio(f"O acordo vale até {fim:%d/%m/%Y}. Antes disso, só por denúncia ou rescisão.")
    causa = Acordo.Causa.DENUNCIA if acordo.estado == A.DENUNCIADO else Acordo.Causa.PRAZO
    return _encerrar(acordo, "encerrar", causa, fim, _assinar(acordo, "encerrar", texto, autor), autor)


def _encerrar(acordo: Acordo, verbo: str, causa: Acordo.Causa, ultimo_dia: date, texto: str, autor: Usuario) -> Acordo:
    """Desks close and clerks go out; the town's managers stay, for every case that is still open."""
    hoje = hoje_em(acordo.municipio)
    evento = mover_acordo(acordo, verbo, autor=autor, motivo=texto, encerrado_em=ultimo_dia, causa_do_fim=causa)
    for balcao in _balcoes(acordo).exclude(situacao=SituacaoBalcao.FECHADO):
        territorio.fechar_balcao(balcao.pk, autor=None, motivo="O acordo com o INSS acabou.")
    _rever_pessoas(acordo, autor)
    # Whoever attended before the agreement was in the portal has no proofs here, and goes out too.
    sem_ficha = Vinculo.objects.abertos(hoje).filter(papel=Vinculo.Papel.ATENDENTE, municipio=acordo.municipio_id)
    for pk in sem_ficha.order_by("pk").values_list("pk", flat=True):
        contas.fechar_atendente(pk, autor=autor)
    encerrar_pedidos(acordo, autor)
    territorio.encerrar_acordo(acordo.municipio_id, ultimo_dia, autor=autor)
    avisar_municipio(acordo.processo, "acordo_encerrado", chave=str(evento.pk))
    return acordo


# --- What they share ----------------------------------------------------------------------------------------------


def _travar_para(verbo: str, acordo_id: int, autor: Usuario) -> Acordo:
    acordo = travar_acordo(acordo_id)
    permissoes.exigir(autor, acordo.processo, *PASSO_DO_ACORDO[verbo].quem)
    exigir_passo(acordo, verbo)
    return acordo


def _exigir_no_prazo(acordo: Acordo) -> None:
    if acordo.vencido(hoje_em(acordo.municipio)):
        raise ErroDeDominio(f"O acordo acabou em {acordo.ate:%d/%m/%Y}. Só resta registrar o fim.")


def _exigir_notificado(acordo: Acordo) -> None:
    if not acordo.notificacoes.filter(situacao=SituacaoNotificacao.NAO_ACOLHIDA).exists():
        raise ErroDeDominio("Antes, o município precisa ser notificado e ter o prazo para responder.")


def _exigir_competencia(competencia: str) -> str:
    competencia = " ".join(competencia.split())
    if not competencia:
        raise ErroDeDominio("Escreva o ato que dá a você competência. Exemplo: portaria, número e data.")
    return competencia[:200]


def _do_municipio(autor: Usuario) -> bool:
    return bool(autor.vinculo and autor.vinculo.municipio_id)


def quem_assina(autor: Usuario) -> Identificacao:
    """INSS always with post and registration; a town's manager as the account says."""
    if _do_municipio(autor):
        return Identificacao(autor.nome, autor.cargo, autor.matricula)
    return de_quem_decide(autor)


def _assinar(acordo: Acordo, verbo: str, texto: str, autor: Usuario, *, competencia: str = "") -> str:
    """Keep the act with its reason and its author; returns the reason as it was kept."""
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio("Escreva o motivo.")
    quem = quem_assina(autor)
    AtoDoAcordo.objects.create(
        acordo=acordo,
        verbo=verbo,
        texto=texto[:3000],
        competencia=competencia,
        do_municipio=_do_municipio(autor),
        autor=autor,
        nome=quem.nome,
        cargo=quem.cargo,
        matricula=quem.matricula,
    )
    return texto


def _balcoes(acordo: Acordo) -> QuerySet[Balcao]:
    """The desks that this agreement opened."""
    pontos = acordo.processo.pontos.filter(balcao__isnull=False)
    return Balcao.objects.filter(pk__in=pontos.values("balcao")).order_by("pk")


def _rever_pessoas(acordo: Acordo, autor: Usuario) -> None:
    for pk in acordo.habilitacoes.vivas().order_by("pk").values_list("pk", flat=True):
        reavaliar(uma(pk), autor=autor)


# --- Every night --------------------------------------------------------------------------------------------------


def avisar_fins_dos_acordos() -> None:
    """Tell both sides that an agreement comes to its end, and that one has: nothing ends by itself."""
    ate = localdate() + timedelta(days=MARCOS_DO_FIM[-1])
    perto = Acordo.objects.acabam_ate(ate).select_related("processo__municipio", "processo__unidade")
    for acordo in perto:
        fim = acordo.ate
        assert fim  # noqa: S101 - published
        dias = (fim - hoje_em(acordo.processo.municipio)).days
        with transaction.atomic():
            if dias < 0:
                chave = f"vencido:{acordo.pk}:{fim:%Y%m%d}"
                avisar_municipio(acordo.processo, "acordo_passou_do_fim", chave=chave)
                avisar_autoridades(acordo.processo, "acordo_vencido", chave=chave)
                continue
            marco = next(m for m in MARCOS_DO_FIM if dias <= m)
            chave = f"fim-do-acordo:{acordo.pk}:{fim:%Y%m%d}:{marco}"
            denunciado = acordo.estado == A.DENUNCIADO
            qual = "acordo_denunciado_perto_do_fim" if denunciado else "acordo_perto_do_fim"
            avisar_municipio(acordo.processo, qual, chave=chave)
            avisar_autoridades(acordo.processo, qual, chave=chave)
