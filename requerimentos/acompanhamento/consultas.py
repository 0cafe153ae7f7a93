"""Reads of the follow-up, shaped for its screens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.timezone import now

from act_portal.auditoria.consultas import Linha
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.saidas.consultas import SituacaoDoTrabalho, situacao_de
from requerimentos.acompanhamento.ronda import RESERVA
from requerimentos.agenda.consultas import NoCaso
from requerimentos.envio.servicos import MONTAR, TRANSMITIR
from requerimentos.models import Atendimento, Aviso, Envio, Exigencia, Requerimento
from requerimentos.recorte import Recorte
from requerimentos.situacoes import SituacaoAtendimento, SituacaoAviso, SituacaoEnvio, SituacaoExigencia, SituacaoInss

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# INSS's words in everyday ones, and what the person has to do.
EM_PALAVRAS = {
    SituacaoInss.PENDENTE: "O INSS recebeu e ainda não começou a olhar. Não é preciso fazer nada.",
    SituacaoInss.EM_ANALISE: "O INSS está olhando o pedido. Não é preciso fazer nada.",
    SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA: "O INSS pediu mais alguma coisa e espera a resposta até o fim do prazo.",
    SituacaoInss.CONCLUIDA: "O INSS terminou. Falta ler e entregar o resultado.",
    SituacaoInss.CANCELADA: "O pedido foi cancelado no INSS e não anda mais.",
}
RESULTADO_EM_PALAVRAS = {
    "deferido": "O INSS concedeu o que foi pedido.",
    "parcial": "O INSS concedeu uma parte do que foi pedido.",
    "indeferido": "O INSS negou o pedido.",
    "arquivado": "O INSS arquivou sem decidir. Não há recurso: a pessoa pode pedir de novo.",
    "desistencia": "O pedido terminou porque a pessoa desistiu.",
}


@dataclass(frozen=True)
class EstadoDoInss:
    """How INSS stands, when it was last asked, and when it will be asked again."""

    situacao: SituacaoInss | None
    palavras: str
    visto_em: datetime | None
    falha: str
    proxima_em: datetime | None
    consultando: bool
    acompanha: bool  # an answer may come at any moment


def estado_do_inss(requerimento: Requerimento) -> EstadoDoInss:
    situacao = SituacaoInss(requerimento.situacao_inss) if requerimento.situacao_inss else None
    proxima, agora = requerimento.proxima_consulta_em, now()
    return EstadoDoInss(
        situacao=situacao,
        palavras=EM_PALAVRAS[situacao] if situacao else "",
        visto_em=requerimento.inss_visto_em,
        falha=requerimento.inss_falha,
        proxima_em=proxima,
        consultando=proxima is not None and proxima <= agora,
        acompanha=proxima is not None and proxima <= agora + RESERVA,
    )


def comprovante_atual(requerimento: Requerimento) -> Documento | None:
    ultimo = requerimento.comprovantes.select_related("documento").first()
    return ultimo.documento if ultimo else None


def espera_da_pagina(
    inss: EstadoDoInss, avisos: list[Aviso], comprovante: Documento | None, agenda: list[NoCaso]
) -> int:  # fmt: skip
    """In how many seconds the page looks again by itself; 0 when nothing that it shows is about to change."""
    papeis = [comprovante, *(item.atual.comprovante for item in agenda if item.atual)]
    fazendo = any(papel and papel.situacao == SituacaoDocumento.PEDIDO for papel in papeis)
    if inss.consultando or fazendo or any(item.esperando for item in agenda):
        return 3
    return 20 if inss.acompanha or any(a.situacao == SituacaoAviso.PENDENTE for a in avisos) else 0


def retrato(
    requerimento: Requerimento,
    *,
    exigencias: list[Exigencia],
    agenda: list[NoCaso],
    avisos: list[Aviso],
    comprovante: Documento | None,
    linhas: list[Linha],
) -> str:
    """A short mark of what the page shows beside the card of INSS: another mark, another page."""
    partes = [
        requerimento.etapa,
        requerimento.situacao_inss,
        *((e.pk, e.situacao, e.prazo) for e in exigencias),
        *(item.retrato for item in agenda),
        *((a.pk, a.situacao, a.visto_em) for a in avisos),
        comprovante and (comprovante.pk, comprovante.situacao),
        *((linha.quando, linha.frase) for linha in linhas[:1]),
    ]
    return hashlib.sha256(repr(partes).encode()).hexdigest()[:16]


def quadro(usuario: Usuario) -> QuerySet[Exigencia]:
    """The open exigências that this person reaches, most urgent first."""
    abertas = [SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA, SituacaoExigencia.RESPONDENDO]
    return _com_o_caso(usuario).filter(situacao__in=abertas).order_by("prazo", "pk")


def do_periodo(usuario: Usuario, recorte: Recorte, causa: str | None) -> QuerySet[Exigencia]:
    """Those that arrived then and there, open or closed, newest first: what the daily counts counted.

    `causa` None: of any cause; "": of none.
    """
    linhas = recorte.do_lugar(_com_o_caso(usuario), "requerimento__")
    linhas = recorte.dos_dias(linhas, "criado_em", "requerimento__")
    if causa is not None:
        linhas = linhas.filter(causa=causa)
    return linhas.order_by("-criado_em", "-pk")


def _com_o_caso(usuario: Usuario) -> QuerySet[Exigencia]:
    return Exigencia.objects.visiveis_para(usuario).select_related(
        "requerimento__pessoa", "requerimento__servico", "requerimento__municipio", "requerimento__atendente"
    )


def envio_da(exigencia: Exigencia) -> tuple[Envio | None, SituacaoDoTrabalho | None]:
    """The last delivery of the answer and, while it is on its way, how the work on it goes."""
    envio = exigencia.envios.prefetch_related("partes").order_by("-criado_em", "-pk").first()
    if envio is None or envio.estado not in {SituacaoEnvio.MONTANDO, SituacaoEnvio.NA_FILA}:
        return envio, None
    tipo = MONTAR if envio.estado == SituacaoEnvio.MONTANDO else TRANSMITIR
    return envio, situacao_de(f"{tipo}:{envio.pk}")


def visita_em_curso(pessoa_id: int, usuario: Usuario) -> Atendimento | None:
    """The visit in which this person is at the table now: where an appeal would be opened."""
    visitas = Atendimento.objects.visiveis_para(usuario).filter(pessoa=pessoa_id)
    return visitas.filter(situacao=SituacaoAtendimento.EM_ATENDIMENTO).first()
