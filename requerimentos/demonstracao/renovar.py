"""One more day at the desks of the demonstration: what was "today" when it was made is past by now.

The services write it, with the clock at the hours before now. Nothing that is there changes but the visits that nobody
finished, and only invented people take part. What INSS did meanwhile the pretend INSS is told (`inss`), and the portal
learns it by asking.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import PORTAL, Evento
from act_portal.auditoria.servicos import registrar
from act_portal.contas.models import Usuario
from act_portal.demonstracao import imagens
from act_portal.demonstracao.lugares import ENTIDADES, JABOTICATUBAS, MUNICIPIOS
from act_portal.demonstracao.relogio import relogio_em
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Balcao, Municipio
from requerimentos import permissoes
from requerimentos.demonstracao import conversas, direto, historias
from requerimentos.demonstracao.agenda import ESPERAS_MINUTOS, Relogio, fila_de_hoje
from requerimentos.demonstracao.historias import Historia, Mesa, Roteiro
from requerimentos.demonstracao.montar import ATENDENTES, CRIADA, PROTOCOLOS
from requerimentos.demonstracao.roteiros import ORIENTACOES
from requerimentos.models import Atendimento, Pessoa, Requerimento
from requerimentos.recepcao import servicos as recepcao
from requerimentos.situacoes import SituacaoAtendimento

logger = logging.getLogger(__name__)

RENOVADA = "demonstracao.renovada"
# Services that fit people of any age, and how far each got today.
PEDIDOS_DE_HOJE = (
    Roteiro("ctc", 0, "respondido"),
    Roteiro("copia-processo", 0, "papeis"),
    Roteiro("atualizar-vinculos", 0, "documentos"),
    Roteiro("atualizar-cadastro", 0),
)
SEM_FIM = (SituacaoAtendimento.AGUARDANDO, SituacaoAtendimento.CHAMADO, SituacaoAtendimento.EM_ATENDIMENTO)


def renovar() -> bool:
    """True when a day was added: never on the day when the demonstration was made, and once on each later day."""
    if settings.PRODUCAO or not settings.DADOS_FICTICIOS or not _de_outro_dia():
        return False
    agora = now()
    ultima = Saida.objects.aggregate(m=Max("pk"))["m"] or 0
    with transaction.atomic():
        for codigo in MUNICIPIOS:
            try:
                with transaction.atomic():
                    _um_dia(codigo, agora)
            except ErroDeDominio:
                # Somebody changed what the stories stand on (a clerk without TCMS, say): that town stays as it is.
                logger.warning("demonstracao_sem_dia_novo municipio=%s", codigo)
        direto.deixar_para_o_trabalhador([], depois_de=ultima)
        registrar(RENOVADA, municipio=None, autor=None)
    return True


def _de_outro_dia() -> bool:
    feitas = Evento.objects.filter(corrente=PORTAL, acao__in=[CRIADA, RENOVADA])
    ultima = feitas.order_by("numero").last()
    return ultima is not None and localdate(ultima.criado_em) < localdate()


def _um_dia(codigo: str, agora: datetime) -> None:
    balcao = Balcao.objects.abertos().filter(municipio=codigo, entidade__cnpj=ENTIDADES[codigo]["cnpj"]).first()
    emails = [f"{nome}@exemplo.invalid" for nome in ATENDENTES[codigo]]
    contas = Usuario.objects.filter(email__in=emails, is_active=True).order_by("pk")
    atendentes = [usuario for usuario in contas if permissoes.atende(usuario, codigo)]
    if balcao is None or not atendentes:
        return
    ultimo = Evento.objects.filter(corrente=codigo).order_by("numero").last()
    sorte = random.Random(f"renovar:{codigo}:{agora:%Y%m%d}")  # noqa: S311 - repeatable on purpose
    relogio = Relogio(balcao.municipio, agora, sorte, desde=ultimo.criado_em if ultimo else None)
    with relogio_em(relogio.desde):
        _terminar_os_outros_dias(balcao, atendentes)
    folhas = imagens.guardadas(Municipio.objects.get(pk=JABOTICATUBAS))
    mesa = Mesa(balcao, atendentes, folhas, _ultimo_protocolo(codigo), dict(enumerate(_livres(codigo))))
    historias.correr(_historias(mesa, relogio), agora)
    direto.espalhar_consultas(datetime.combine(relogio.hoje, time.min, relogio.fuso))


def _historias(mesa: Mesa, relogio: Relogio) -> Iterator[Historia]:
    """Requests first, then words only, then who waits: as many as there are people without anything open."""
    lugares = list(mesa.pessoas)
    esperam, vieram = lugares[: len(ESPERAS_MINUTOS)], lugares[len(ESPERAS_MINUTOS) :]
    for n, (numero, roteiro) in enumerate(zip(vieram, PEDIDOS_DE_HOJE, strict=False)):
        yield historias.pedido(mesa, relogio.visita(mesa, numero, None, 0, n), roteiro)
    for n, numero in enumerate(vieram[len(PEDIDOS_DE_HOJE) :][:2], start=len(PEDIDOS_DE_HOJE)):
        visita = relogio.visita(mesa, numero, None, 0, n)
        visita.motivo = Atendimento.Motivo.NAO_SABE
        yield historias.orientacao(mesa, visita, ORIENTACOES[n % len(ORIENTACOES)])
    for numero in vieram[len(PEDIDOS_DE_HOJE) + 2 :][:1]:
        yield conversas.pela_metade(mesa, relogio.visita(mesa, numero, None, 0, len(PEDIDOS_DE_HOJE) + 2))
    yield from fila_de_hoje(mesa, relogio, dict.fromkeys(esperam))


def _livres(codigo: str) -> list[Pessoa]:
    """Invented grown-ups who sign for themselves and have nothing open; who came last comes last."""
    abertos = Requerimento.objects.em_aberto().filter(municipio=codigo)
    adultos = Pessoa.objects.filter(
        municipio=codigo, ficticia=True, assina=Pessoa.Assina.SIM, representantes=None,
        nascimento__lt=localdate() - timedelta(days=25 * 365),
    )  # fmt: skip
    livres = adultos.exclude(requerimentos__in=abertos).annotate(ultima=Max("atendimentos__dia"))
    return list(livres.order_by("ultima", "pk")[:13])


def _terminar_os_outros_dias(balcao: Balcao, atendentes: list[Usuario]) -> None:
    """The day ended with people waiting or at the table of these clerks: the evening that nobody told."""
    hoje = localdate(timezone=balcao.municipio.fuso)
    velhas = Atendimento.objects.filter(
        Q(atendente__in=atendentes) | Q(atendente=None),
        balcao=balcao, pessoa__ficticia=True, situacao__in=SEM_FIM, dia__lt=hoje,
    )  # fmt: skip
    for visita in velhas.order_by("pk"):
        autor = next((a for a in atendentes if a.pk == visita.atendente_id), atendentes[0])
        if visita.situacao == SituacaoAtendimento.EM_ATENDIMENTO:
            recepcao.concluir(visita.pk, autor=autor, desfecho=Atendimento.Desfecho.PEDIDO)
        else:
            recepcao.ausentar(visita.pk, autor=autor)


def _ultimo_protocolo(codigo: str) -> int:
    """The numbers of the demonstration have eight digits, those of the pretend INSS ten."""
    inicio = str(PROTOCOLOS[codigo])[:2]
    usados = Requerimento.objects.filter(municipio=codigo, protocolo__regex=rf"^{inicio}[0-9]{{6}}$")
    return int(usados.aggregate(m=Max("protocolo"))["m"] or PROTOCOLOS[codigo])
