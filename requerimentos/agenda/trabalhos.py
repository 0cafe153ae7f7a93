"""Outbox handlers of the agenda. Each may run any number of times."""

from __future__ import annotations

from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from act_portal.suporte import suporte
from requerimentos.agenda import consultas, servicos
from requerimentos.agenda.regras import VAGA_PERDIDA
from requerimentos.envio.inss import ErroDoInss, InssConflito, InssForaDoAr, InssRecusou, Marcada, MotivoInss, inss
from requerimentos.models import Agendamento, Marcacao


@tratador(servicos.MARCAR)
def marcar(saida: Saida) -> None:
    """One act under one key: a lost answer is asked for again, and the hour is taken once."""
    marcacao = Marcacao.objects.select_related(
        "agendamento", "requerimento__pessoa__cidade", "requerimento__municipio"
    ).get(pk=saida.carga["marcacao"])
    if not servicos.pode_sair(marcacao.pk):
        return
    try:
        marcada = _pedir(marcacao)
    except InssRecusou as erro:
        perdeu = any(motivo.codigo in VAGA_PERDIDA for motivo in erro.motivos)
        servicos.registrar_recusa(marcacao.pk, erro.motivos, _oferta(marcacao) if perdeu else {})
    except InssConflito as erro:
        frase = f"{erro} Avise {suporte()} antes de marcar de novo."
        servicos.registrar_recusa(marcacao.pk, [MotivoInss("conflito", frase)], {})
    except InssForaDoAr as erro:
        servicos.anotar_falha(marcacao.pk, erro.motivo)
        # An outage of INSS is nobody's failure here: however long it lasts, the row is never buried for it.
        raise TentarDepois(erro.motivo, erro.espera or saida.espera_da_vez) from erro
    else:
        servicos.registrar_marcada(marcacao.pk, marcada)


def _pedir(marcacao: Marcacao) -> Marcada:
    canal, protocolo = inss(), marcacao.requerimento.protocolo
    if marcacao.agendamento is None:
        tipo = servicos.TIPO_NO_INSS[Agendamento.Tipo(marcacao.tipo)]
        return canal.marcar(marcacao.chave, protocolo, tipo, marcacao.vaga)
    numero = marcacao.agendamento.numero_inss
    if marcacao.ato == Marcacao.Ato.REMARCAR:
        return canal.remarcar(marcacao.chave, protocolo, numero, marcacao.vaga)
    return canal.desmarcar(marcacao.chave, protocolo, numero, marcacao.motivo)


def _oferta(marcacao: Marcacao) -> dict[str, str]:
    """The next hour to offer: in the same unit, else in the nearest; none when INSS does not say."""
    try:
        ofertas = consultas.ofertas(marcacao.requerimento, Agendamento.Tipo(marcacao.tipo))
    except ErroDoInss:
        return {}
    com_vaga = sorted((o for o in ofertas if o.vagas), key=lambda o: o.unidade.nome != marcacao.unidade)
    if not com_vaga:
        return {}
    unidade, vaga = com_vaga[0].unidade, com_vaga[0].vagas[0]
    return {"vaga": vaga.id, "quando": vaga.quando.isoformat(), "unidade": unidade.nome}


@tratador(servicos.COMPROVANTE)
def comprovante(saida: Saida) -> None:
    servicos.guardar_comprovante(saida.carga["agendamento"])
