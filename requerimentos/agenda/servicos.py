"""Appointments: ask INSS for them, record what it answers, remind. The only writer of `Agendamento` and `Marcacao`.

INSS is the authority over its hours. What the desk wants is first a row (`Marcacao`) and a promise in the outbox, so a
fallen INSS loses nothing, and what INSS has arrives by one way only (`receber`), whoever asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.emissao import servicos as emissao
from act_portal.emissao.situacoes import Situacao as SituacaoDoPapel
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.servicos import apressar, prometer
from act_portal.territorio.consultas import hoje_em
from requerimentos.agenda import normas, regras
from requerimentos.agenda.preenchimento import comprovante
from requerimentos.avisos.servicos import avisar
from requerimentos.envio.inss import AgendamentoInss, Marcada, MotivoInss, Tarefa
from requerimentos.envio.servicos import COMPROVANTE as COMPROVANTE_DO_PEDIDO
from requerimentos.mandato.consultas import Ato, atos_revogados, fim_do_ato, termo_em_vigor
from requerimentos.models import Agendamento, Aviso, Marcacao, Requerimento
from requerimentos.papeis.modelos import COMPROVANTE_AGENDAMENTO
from requerimentos.servicos import travar, travar_para_agir
from requerimentos.situacoes import Etapa, SituacaoMarcacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

MARCAR = "requerimentos.marcar"
COMPROVANTE = "requerimentos.comprovante_agendamento"
COM_O_INSS = frozenset({Etapa.ACOMPANHANDO, Etapa.EXIGENCIA})
TIPO_NO_INSS = {Agendamento.Tipo.PERICIA: "PERICIA_MEDICA", Agendamento.Tipo.AVALIACAO: "AVALIACAO_SOCIAL"}
DO_INSS = {nome: tipo for tipo, nome in TIPO_NO_INSS.items()}
DO_CATALOGO = {"pericia_medica": Agendamento.Tipo.PERICIA, "avaliacao_social": Agendamento.Tipo.AVALIACAO}
S = Agendamento.Situacao
# Why a receipt lost its value, as the page that checks papers says it.
SEM_VALOR = {
    S.REMARCADO: "A data foi remarcada: vale só o comprovante da data nova.",
    S.CANCELADO: "A data foi desmarcada.",
    S.FALTOU: "O INSS registrou que a pessoa não compareceu.",
}
SEM_PODER = (
    "No termo assinado, a pessoa não autorizou o município a marcar perícia e avaliação. Ela marca pelo 135 ou pelo "
    "Meu INSS."
)
JA_MARCADA = (
    "O INSS já marcou {tipo} neste pedido: a data está aqui. Se precisar de outra, remarque; diga na própria data se a "
    "pessoa leva acompanhante ou precisa de transporte."
)
FICOU_NA_DATA = "O INSS já marcou {tipo} neste pedido. A data está aqui, e nela ficou guardado como a pessoa vai."
MUDOU = "O INSS mudou o dia ou a hora: vale só o comprovante novo."
# Brazil's clocks lie at most five hours apart from UTC's day; each row is judged by its own town's today.
FOLGA = timedelta(days=1)


class JaMarcada(ErroDeDominio):
    """INSS set a date of its own before the hour chosen was asked for."""


@dataclass(frozen=True)
class Escolha:
    """An hour as it was offered: `vaga` is its name at INSS."""

    tipo: Agendamento.Tipo
    vaga: str
    quando: datetime
    unidade: str


# --- What the desk asks for ---------------------------------------------------------------------------------------
@transaction.atomic
def pedir_marcacao(
    requerimento_id: int, escolha: Escolha, *, acompanhante: bool, transporte: bool, autor: Usuario
) -> Marcacao:
    """Promise to book the hour. A second click, or a second clerk, finds the act that is already under way."""
    requerimento = _travar_para_marcar(requerimento_id, autor)
    if aberta := _aberta(requerimento, escolha.tipo):
        return aberta
    if escolha.tipo not in por_marcar(requerimento):
        raise JaMarcada(JA_MARCADA.format(tipo=escolha.tipo.label.lower()))
    return _pedir(
        requerimento, Marcacao.Ato.MARCAR, escolha.tipo, autor, escolha=escolha,
        acompanhante=acompanhante, transporte=transporte,
    )  # fmt: skip


@transaction.atomic
def pedir_remarcacao(
    agendamento_id: int, escolha: Escolha, *, acompanhante: bool, transporte: bool, autor: Usuario
) -> Marcacao:
    """Promise to leave one date for another, within the rule of the service."""
    agendamento = Agendamento.objects.get(pk=agendamento_id)
    requerimento = _travar_para_marcar(agendamento.requerimento_id, autor)
    agendamento.refresh_from_db()
    if aberta := _aberta(requerimento, agendamento.tipo):
        return aberta
    if escolha.tipo != agendamento.tipo:
        raise ErroDeDominio("O horário escolhido é de outro atendimento. Escolha de novo.")
    if frase := por_que_nao_remarcar(requerimento, agendamento):
        raise ErroDeDominio(frase)
    return _pedir(
        requerimento, Marcacao.Ato.REMARCAR, escolha.tipo, autor, agendamento=agendamento, escolha=escolha,
        acompanhante=acompanhante, transporte=transporte,
    )  # fmt: skip


@transaction.atomic
def pedir_desmarcacao(agendamento_id: int, *, motivo: str, autor: Usuario) -> Marcacao:
    agendamento = Agendamento.objects.get(pk=agendamento_id)
    requerimento = _travar_para_marcar(agendamento.requerimento_id, autor)
    agendamento.refresh_from_db()
    if aberta := _aberta(requerimento, agendamento.tipo):
        return aberta
    if not agendamento.vale:
        raise ErroDeDominio("Esta data não vale mais.")
    if not motivo.strip():
        raise ErroDeDominio("Escreva por que a pessoa não vai.")
    return _pedir(
        requerimento, Marcacao.Ato.DESMARCAR, Agendamento.Tipo(agendamento.tipo), autor, agendamento=agendamento,
        motivo=motivo.strip()[:200],
    )  # fmt: skip


@transaction.atomic
def tentar_agora(marcacao_id: int, *, autor: Usuario) -> bool:
    """The clerk does not want to wait for the next attempt; False when there is nothing waiting."""
    marcacao = Marcacao.objects.get(pk=marcacao_id)
    travar_para_agir(marcacao.requerimento_id, autor=autor, ato=Ato.AGENDA)
    return marcacao.estado == SituacaoMarcacao.NA_FILA and apressar(chave_do_trabalho(marcacao))


@transaction.atomic
def dizer_como_vai(agendamento_id: int, *, acompanhante: bool, transporte: bool, autor: Usuario) -> Agendamento:
    """Companion and transport of a date that stands; the receipt is made again with it."""
    agendamento = Agendamento.objects.get(pk=agendamento_id)
    requerimento = travar_para_agir(agendamento.requerimento_id, autor=autor)
    agendamento.refresh_from_db()
    if not agendamento.vale:
        raise ErroDeDominio("Esta data não vale mais.")
    if (agendamento.acompanhante, agendamento.transporte) == (acompanhante, transporte):
        return agendamento
    agendamento.acompanhante, agendamento.transporte = acompanhante, transporte
    agendamento.save(update_fields=["acompanhante", "transporte"])
    registrar(
        "agenda.como_vai", municipio=requerimento.municipio, autor=autor, alvo=requerimento, agendamento=agendamento.pk,
        acompanhante=acompanhante, transporte=transporte,
    )  # fmt: skip
    _prometer_comprovante(agendamento, f"ida:{now():%Y%m%d%H%M%S%f}")
    return agendamento


def levar_como_vai(
    requerimento: Requerimento, tipo: str, *, acompanhante: bool, transporte: bool, autor: Usuario
) -> bool:
    """To the date that INSS set by itself, what was ticked beside the hour chosen. Returns whether there was one."""
    data = requerimento.agendamentos.valendo().filter(tipo=tipo).order_by("pk").last()
    if data is None or not (acompanhante or transporte):
        return False
    dizer_como_vai(
        data.pk, acompanhante=acompanhante or data.acompanhante, transporte=transporte or data.transporte, autor=autor
    )
    return True


def por_marcar(requerimento: Requerimento) -> list[Agendamento.Tipo]:
    """The kinds that the service needs and that have no date."""
    tipos = [DO_CATALOGO[nome] for nome in requerimento.servico.dados.get("agendamentos", ()) if nome in DO_CATALOGO]
    faltam = regras.a_marcar(tipos, requerimento.agendamentos.values_list("tipo", "situacao"))
    return [tipo for tipo in tipos if tipo in faltam]


def por_que_nao_remarcar(requerimento: Requerimento, agendamento: Agendamento) -> str:
    hoje = hoje_em(requerimento.municipio)
    return regras.por_que_nao_remarcar(
        situacao=agendamento.situacao,
        dia=agendamento.quando.astimezone(requerimento.municipio.fuso).date(),
        hoje=hoje,
        remarcacoes=requerimento.agendamentos.filter(tipo=agendamento.tipo, remarcacao=True).count(),
        regra=normas.remarcacao_de(requerimento.servico_codigo, hoje),
    )


def chave_do_trabalho(marcacao: Marcacao) -> str:
    return f"{MARCAR}:{marcacao.pk}"


def _travar_para_marcar(requerimento_id: int, autor: Usuario) -> Requerimento:
    requerimento = travar_para_agir(requerimento_id, autor=autor, ato=Ato.AGENDA)
    if requerimento.estado not in COM_O_INSS:
        raise ErroDeDominio(f"Este pedido está em “{requerimento.estado.label}”: não há o que marcar agora.")
    if frase := sem_poder_de_marcar(requerimento):
        raise ErroDeDominio(frase)
    return requerimento


def sem_poder_de_marcar(requerimento: Requerimento) -> str:
    """Why the town may not book: the person kept this act out of the term that they signed, or took it back since."""
    if frase := atos_revogados(requerimento).get(Ato.AGENDA):
        return frase
    termo = termo_em_vigor(requerimento)
    ditos = termo.documento.dados if termo else requerimento.respostas
    return SEM_PODER if ditos.get("atos_agendamento") is False else ""


def _aberta(requerimento: Requerimento, tipo: str) -> Marcacao | None:
    return requerimento.marcacoes.filter(tipo=tipo, situacao=SituacaoMarcacao.NA_FILA).first()


def _pedir(
    requerimento: Requerimento, ato: Marcacao.Ato, tipo: Agendamento.Tipo, autor: Usuario, *,
    escolha: Escolha | None = None, **campos: Any,
) -> Marcacao:  # fmt: skip
    if escolha:
        campos |= {"vaga": escolha.vaga, "quando": escolha.quando, "unidade": escolha.unidade[:120]}
    marcacao = Marcacao.objects.create(requerimento=requerimento, ato=ato, tipo=tipo, autor=autor, **campos)
    registrar(
        f"agenda.{ato}", municipio=requerimento.municipio, autor=autor, alvo=requerimento, marcacao=marcacao.pk,
        tipo=tipo,
    )  # fmt: skip
    prometer(MARCAR, chave=chave_do_trabalho(marcacao), marcacao=marcacao.pk)
    return marcacao


@transaction.atomic
def pode_sair(marcacao_id: int) -> bool:
    """The last look before anything leaves: nothing is asked of INSS after the power to book ended."""
    marcacao, requerimento = _travar(marcacao_id)
    if marcacao.estado != SituacaoMarcacao.NA_FILA:
        return False
    if fim := fim_do_ato(requerimento, Ato.AGENDA):
        registrar_recusa(marcacao_id, [MotivoInss("mandato", fim)], {})
        return False
    return True


# --- What INSS answered -------------------------------------------------------------------------------------------
@transaction.atomic
def registrar_marcada(marcacao_id: int, marcada: Marcada) -> None:
    """INSS did it. Once, however often called."""
    marcacao, requerimento = _travar(marcacao_id)
    if marcacao.estado != SituacaoMarcacao.NA_FILA:
        return
    _mover(marcacao, SituacaoMarcacao.FEITA, encerrado_em=now(), falha="")
    receber(requerimento, marcada.tarefa)
    novo = requerimento.agendamentos.filter(numero_inss=marcada.agendamento.protocolo).first()
    if novo and marcacao.ato != Marcacao.Ato.DESMARCAR:
        novo.acompanhante, novo.transporte = marcacao.acompanhante, marcacao.transporte
        novo.save(update_fields=["acompanhante", "transporte"])
        _prometer_comprovante(novo, f"marcacao:{marcacao.pk}")
    registrar(
        f"agenda.{marcacao.ato}_feito", municipio=requerimento.municipio, autor=None, alvo=requerimento,
        marcacao=marcacao.pk, tipo=marcacao.tipo,
    )  # fmt: skip
    _perguntar_logo(requerimento)


@transaction.atomic
def registrar_recusa(marcacao_id: int, motivos: Sequence[MotivoInss], oferta: dict[str, str]) -> None:
    """INSS said no. `oferta`: the next free hour, when somebody else took the one chosen."""
    marcacao, requerimento = _travar(marcacao_id)
    if marcacao.estado != SituacaoMarcacao.NA_FILA:
        return
    _mover(
        marcacao,
        SituacaoMarcacao.RECUSADA,
        encerrado_em=now(),
        oferta=oferta,
        motivos=[{"codigo": m.codigo, "mensagem": m.mensagem} for m in motivos],
    )
    registrar(
        "agenda.recusado", municipio=requerimento.municipio, autor=None, alvo=requerimento, marcacao=marcacao.pk,
        motivos=[m.codigo for m in motivos],
    )  # fmt: skip
    _perguntar_logo(requerimento)


@transaction.atomic
def anotar_falha(marcacao_id: int, motivo: str) -> None:
    """What went wrong this time, for the screen; the next attempt is the outbox's business."""
    Marcacao.objects.filter(pk=marcacao_id, situacao=SituacaoMarcacao.NA_FILA).update(falha=motivo[:300])


def _travar(marcacao_id: int) -> tuple[Marcacao, Requerimento]:
    requerimento = travar(Marcacao.objects.values_list("requerimento", flat=True).get(pk=marcacao_id))
    return Marcacao.objects.select_for_update().get(pk=marcacao_id), requerimento


def _mover(marcacao: Marcacao, destino: SituacaoMarcacao, **campos: Any) -> None:
    if not marcacao.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"Isto está em “{marcacao.estado.label}” e não pode ir para “{destino.label}”.")
    marcacao.situacao = destino
    for nome, valor in campos.items():
        setattr(marcacao, nome, valor)
    marcacao.save(update_fields=["situacao", *campos])


def _perguntar_logo(requerimento: Requerimento) -> None:
    """The rest of what changed at INSS comes with the next question, which is now."""
    Requerimento.objects.filter(pk=requerimento.pk, proxima_consulta_em__isnull=False).update(proxima_consulta_em=now())


# --- What INSS has ------------------------------------------------------------------------------------------------
def receber(requerimento: Requerimento, tarefa: Tarefa) -> bool:
    """Rows as INSS has them, of a locked request. Returns whether one changed; then the receipt is made again."""
    locais = {a.numero_inss: a for a in requerimento.agendamentos.select_for_update().order_by("pk")}
    mudou = False
    for vindo in tarefa.agendamentos:
        if vindo.tipo in DO_INSS and vindo.situacao in S.values:
            mudou |= _receber(requerimento, locais.get(vindo.protocolo), vindo, tarefa.versao)
    if mudou:
        chave = f"{COMPROVANTE_DO_PEDIDO}:{requerimento.pk}:{tarefa.versao}"
        prometer(COMPROVANTE_DO_PEDIDO, chave=chave, requerimento=requerimento.pk)
    return mudou


def _receber(requerimento: Requerimento, local: Agendamento | None, vindo: AgendamentoInss, versao: int) -> bool:
    dados = {
        "tipo": DO_INSS[vindo.tipo],
        "quando": vindo.quando,
        "unidade": vindo.unidade[:120],
        "endereco": vindo.endereco[:200],
        "ibge": vindo.municipio[:7],
        "situacao": vindo.situacao,
        "remarcacao": vindo.remarcacao,
    }
    if local is not None:
        if versao < local.inss_versao or all(getattr(local, nome) == valor for nome, valor in dados.items()):
            return False
        antes, mexida = local.situacao, local.quando != vindo.quando
        for nome, valor in {**dados, "inss_versao": versao}.items():
            setattr(local, nome, valor)
        local.save(update_fields=[*dados, "inss_versao"])
    else:
        antes, mexida = "", True
        local = Agendamento.objects.create(
            requerimento=requerimento, numero_inss=vindo.protocolo, inss_versao=versao, **dados,
            **_como_ia(requerimento, vindo),
        )  # fmt: skip
    registrar(
        "inss.agendamento", municipio=requerimento.municipio, autor=None, alvo=requerimento, agendamento=local.pk,
        situacao=vindo.situacao,
    )  # fmt: skip
    _tirar_valor(local, mexida=mexida)
    _prometer_comprovante(local, str(versao))
    _dizer(requerimento, local, antes, mexida=mexida)
    return True


def _como_ia(requerimento: Requerimento, vindo: AgendamentoInss) -> dict[str, bool]:
    """Who needed a car for the date left behind, or for the hour that INSS did not take, needs one for the new date."""
    tipo = DO_INSS[vindo.tipo]
    pedida = requerimento.marcacoes.filter(tipo=tipo).exclude(ato=Marcacao.Ato.DESMARCAR).order_by("-pk").first()
    ultimo = requerimento.agendamentos.filter(tipo=tipo).order_by("-pk").first() or pedida
    if pedida and pedida.estado == SituacaoMarcacao.NA_FILA:
        ultimo = pedida
    return {"acompanhante": ultimo.acompanhante, "transporte": ultimo.transporte} if ultimo else {}


def _tirar_valor(agendamento: Agendamento, *, mexida: bool) -> None:
    """In the same transaction: a date left behind has no paper that says otherwise."""
    papel = agendamento.comprovante
    motivo = SEM_VALOR.get(agendamento.estado) or (MUDOU if mexida else "")
    if papel and motivo and not SituacaoDoPapel(papel.situacao).final:
        emissao.revogar(papel.pk, motivo=motivo, autor=None)


def _dizer(requerimento: Requerimento, agendamento: Agendamento, antes: str, *, mexida: bool) -> None:
    """A new date, one taken back by INSS, or a miss: told once. What the person asked for at the desk, they know."""
    momento = int(agendamento.quando.timestamp())
    if agendamento.vale and agendamento.quando > now() and (mexida or antes != agendamento.situacao):
        avisar(requerimento, Aviso.Assunto.AGENDAMENTO, chave=f"agendamento:{agendamento.pk}:{momento}")
    elif antes != S.AGENDADO:
        return
    elif agendamento.situacao == S.FALTOU:
        avisar(requerimento, Aviso.Assunto.FALTA, chave=f"falta:{agendamento.pk}")
    elif agendamento.situacao == S.CANCELADO and not _a_pedido(agendamento):
        avisar(requerimento, Aviso.Assunto.DESMARCADO, chave=f"desmarcado:{agendamento.pk}")


def _a_pedido(agendamento: Agendamento) -> bool:
    return agendamento.marcacoes.filter(ato=Marcacao.Ato.DESMARCAR).exists()


# --- The receipt of one date --------------------------------------------------------------------------------------
def _prometer_comprovante(agendamento: Agendamento, marca: str) -> None:
    if agendamento.vale:
        prometer(COMPROVANTE, chave=f"{COMPROVANTE}:{agendamento.pk}:{marca}", agendamento=agendamento.pk)


@transaction.atomic
def guardar_comprovante(agendamento_id: int) -> None:
    """Ask for the receipt of a date that stands; one that says the same is not made again."""
    agendamento = Agendamento.objects.get(pk=agendamento_id)
    requerimento = travar(agendamento.requerimento_id)
    agendamento = (
        Agendamento.objects.select_for_update(of=("self",)).select_related("comprovante").get(pk=agendamento_id)
    )
    agendamento.requerimento = requerimento
    if not agendamento.vale:
        return
    dados = comprovante(agendamento)
    atual = agendamento.comprovante
    if atual is not None and not SituacaoDoPapel(atual.situacao).final:
        if atual.dados == emissao.conteudo.congelar(dados):
            return
        novo = emissao.substituir(atual.pk, dados, motivo="Mudou o que o comprovante diz.", autor=None)
    else:
        novo = emissao.pedir(COMPROVANTE_AGENDAMENTO, dados, municipio=requerimento.municipio, autor=None)
    agendamento.comprovante = novo
    agendamento.save(update_fields=["comprovante"])


# --- Reminders ----------------------------------------------------------------------------------------------------
def lembrar() -> int:
    """Remind of each date on the days that `normas.toml` names; returns how many notices were new."""
    limite = now() + timedelta(days=max(normas.ler().lembretes)) + FOLGA
    perto = Agendamento.objects.valendo().filter(quando__gt=now(), quando__lte=limite)
    return sum(_lembrar(pk) for pk in perto.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _lembrar(agendamento_id: int) -> bool:
    requerimento = travar(Agendamento.objects.values_list("requerimento_id", flat=True).get(pk=agendamento_id))
    agendamento = Agendamento.objects.get(pk=agendamento_id)
    dia = agendamento.quando.astimezone(requerimento.municipio.fuso).date()
    marco = regras.lembrete_devido((dia - hoje_em(requerimento.municipio)).days, normas.ler().lembretes)
    if not agendamento.vale or marco is None or requerimento.estado not in COM_O_INSS:
        return False
    chave = f"lembrete:{agendamento.pk}:{dia}:{marco}"
    if Aviso.objects.filter(chave=chave).exists():
        return False
    return avisar(requerimento, Aviso.Assunto.LEMBRETE, chave=chave) is not None
