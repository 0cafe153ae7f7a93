"""Put the demonstration together: places, accounts, then four months of stories, in one transaction."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import PORTAL, Evento
from act_portal.auditoria.servicos import registrar
from act_portal.contas.models import Usuario
from act_portal.demonstracao import imagens
from act_portal.demonstracao.contas import criar_contas
from act_portal.demonstracao.lugares import BELO_VALE, CEPS, JABOTICATUBAS, MUNICIPIOS, criar_balcoes
from act_portal.demonstracao.relogio import relogio_em
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.territorio.consultas import calendario_de, hoje_em
from act_portal.territorio.models import Balcao
from requerimentos.acompanhamento import servicos as acompanhamento
from requerimentos.demonstracao import conversas, direto, fotos, historias
from requerimentos.demonstracao.agenda import Relogio, fila_de_hoje
from requerimentos.demonstracao.historias import Historia, Mesa
from requerimentos.demonstracao.pessoas import QUANTAS, dar_perfil, inventar
from requerimentos.demonstracao.roteiros import EM_DESTAQUE, ORIENTACOES, roteiros, vestir
from requerimentos.mandato import servicos as mandato
from requerimentos.models import Atendimento, Requerimento, RevogacaoParcial
from requerimentos.situacoes import Etapa

CRIADA = "demonstracao.criada"
DIAS = 125
ATENDENTES = {JABOTICATUBAS: ("ana", "bruno"), BELO_VALE: ("daniel", "elisa")}
# Eight digits, where the pretend INSS gives ten: the two never meet.
PROTOCOLOS = {JABOTICATUBAS: 71_000_000, BELO_VALE: 72_000_000}


def existe() -> bool:
    return Evento.objects.filter(corrente=PORTAL, acao=CRIADA).exists()


def criar() -> None:
    """All or nothing. Refuses in production and wherever the two towns already have something of their own."""
    if settings.PRODUCAO or not settings.DADOS_FICTICIOS:
        raise ErroDeDominio("A demonstração só existe fora da produção, com DADOS_FICTICIOS ligado.")
    direto.calar_campainha()
    with transaction.atomic():
        _criar(now())


def _criar(agora: datetime) -> None:
    comeco = agora - timedelta(days=DIAS + 60)
    with relogio_em(comeco):
        balcoes = criar_balcoes(localdate(comeco))
        usuarios = criar_contas(localdate(comeco))
    ana = usuarios["ana"]
    with relogio_em(agora - timedelta(days=DIAS)):
        folhas = imagens.preparar(balcoes[JABOTICATUBAS].municipio, ana)
    mesas = [_mesa(balcoes[codigo], usuarios, folhas) for codigo in MUNICIPIOS]
    historias.correr((h for mesa in mesas for h in _historias(mesa, agora)), agora)
    acompanhamento.vencer_exigencias()
    for mesa in mesas:
        fotos.mostrar(mesa)
        _revogar_um(mesa)
        _revogar_so_a_agenda(mesa)
    _renunciar_a_um(mesas[0], usuarios["carla"])
    historias.escoar()
    direto.deixar_para_o_trabalhador(_primeiras(), depois_de=0)
    direto.espalhar_consultas(comeco)
    registrar(CRIADA, municipio=None, autor=None, municipios=list(MUNICIPIOS))


def _revogar_um(mesa: Mesa) -> None:
    """In each town somebody who follows a request alone took the powers back."""
    candidatos = Requerimento.objects.filter(
        municipio=mesa.balcao.municipio, etapa=Etapa.ACOMPANHANDO, quem_assina=Requerimento.QuemAssina.TITULAR,
        conjuntos__isnull=False,
    )  # fmt: skip
    # Not among the first that the look-ups and the tours of the demonstration open.
    escolhido = candidatos.order_by("-protocolado_em", "-pk").first()
    if escolhido is not None:
        mandato.revogar(escolhido.pk, quem=Requerimento.QuemAssina.TITULAR, autor=mesa.atendentes[0])


def _revogar_so_a_agenda(mesa: Mesa) -> None:
    """Somebody goes on with the desk and books the examination alone."""
    com_data = Requerimento.objects.filter(
        municipio=mesa.balcao.municipio, etapa=Etapa.ACOMPANHANDO, quem_assina=Requerimento.QuemAssina.TITULAR,
        conjuntos__isnull=False, revogacao__isnull=True, agendamentos__situacao="FALTOU",
    )  # fmt: skip
    escolhido = com_data.order_by("pk").first()
    if escolhido is not None:
        mandato.revogar_ato(
            escolhido.pk,
            ato=RevogacaoParcial.Ato.AGENDA,
            quem=Requerimento.QuemAssina.TITULAR,
            autor=mesa.atendentes[0],
        )


def _renunciar_a_um(mesa: Mesa, gestora: Usuario) -> None:
    """Once the town gave the powers up, with its reason, and told the person."""
    seguem = Requerimento.objects.filter(
        municipio=mesa.balcao.municipio, etapa=Etapa.ACOMPANHANDO, revogacao__isnull=True, conjuntos__isnull=False,
        servico_codigo="atualizar-cadastro",
    )  # fmt: skip
    escolhido = seguem.order_by("pk").first()
    if escolhido is not None:
        motivo = "O servidor que cuidava deste pedido é parente da pessoa, e não há outro habilitado."
        mandato.renunciar(escolhido.pk, motivo=motivo, autor=gestora)


def _mesa(balcao: Balcao, usuarios: dict[str, Usuario], folhas: dict) -> Mesa:
    codigo = balcao.municipio_id
    return Mesa(balcao, [usuarios[n] for n in ATENDENTES[codigo]], folhas, PROTOCOLOS[codigo])


def _historias(mesa: Mesa, agora: datetime) -> Iterator[Historia]:
    municipio = mesa.balcao.municipio
    hoje = hoje_em(municipio)
    fichas = inventar(municipio, CEPS[municipio.pk], hoje)
    sorte = random.Random(f"historias:{municipio.pk}")  # noqa: S311 - repeatable on purpose
    relogio = Relogio(municipio, agora, sorte)
    feitos = roteiros(hoje, calendario_de(municipio))
    vestir(fichas, feitos, hoje)
    for numero, (quem, roteiro) in enumerate(feitos):
        visita = relogio.visita(mesa, quem, fichas[quem], roteiro.dias, numero)
        yield historias.pedido(mesa, visita, roteiro, antes=conversas.antes_do_pedido)
    usados = {quem for quem, _ in feitos}
    livres = [n for n in range(QUANTAS) if n not in usados]
    for numero, quem in enumerate(livres[:-7]):
        visita = relogio.visita(mesa, quem, fichas[quem], sorte.randint(1, DIAS - 10), numero)
        visita.motivo = Atendimento.Motivo.NAO_SABE
        if numero < len(conversas.CONVERSAS):
            yield conversas.conversa(mesa, visita, conversas.CONVERSAS[numero])
        elif numero % 9 == 4:
            yield historias.faltou(mesa, visita)
        else:
            yield historias.orientacao(mesa, visita, ORIENTACOES[numero % len(ORIENTACOES)])
    no_meio = livres[-7]
    dar_perfil(fichas[no_meio], "F", 61, hoje)
    yield conversas.pela_metade(mesa, relogio.visita(mesa, no_meio, fichas[no_meio], 0, 7))
    yield from fila_de_hoje(mesa, relogio, {n: fichas[n] for n in livres[-6:]})


def _primeiras() -> list[int]:
    """The drawing that the first visitor will look at: papers and receipts of the requests in the limelight."""
    pendentes = Saida.objects.filter(estado=Saida.Estado.PENDENTE, tipo="emissao.renderizar").order_by("-pk")
    return list(pendentes.values_list("pk", flat=True)[:EM_DESTAQUE])
