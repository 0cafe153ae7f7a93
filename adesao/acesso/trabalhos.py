"""E-mails to whoever asks for the first account of a town. The key is made here: no secret lies in the outbox."""

from __future__ import annotations

from act_portal import correio
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from adesao.acesso import chaves, servicos
from adesao.models import Solicitacao
from adesao.situacoes import SituacaoSolicitacao


@tratador(servicos.CONFIRMAR)
def confirmar_email(saida: Saida) -> None:
    solicitacao = _achar(saida)
    if solicitacao is None or solicitacao.estado != SituacaoSolicitacao.A_CONFIRMAR:
        return
    contexto = {
        "solicitacao": solicitacao,
        "link": correio.endereco("adesao:confirmar-acesso", chave=chaves.nova(solicitacao)),
        "dias": chaves.VALIDADE.days,
    }
    correio.enviar(
        saida, solicitacao.email, "Confirme seu e-mail no Portal ACT", "adesao/email/confirmar.txt", contexto
    )


@tratador(servicos.AVISAR)
def avisar_solicitacao(saida: Saida) -> None:
    solicitacao = _achar(saida)
    if solicitacao is None:
        return
    contexto = {"solicitacao": solicitacao, "link": correio.endereco("adesao:pedir-acesso")}
    correio.enviar(
        saida, solicitacao.email, "Seu pedido de acesso ao Portal ACT", "adesao/email/acesso_recusado.txt", contexto
    )


def _achar(saida: Saida) -> Solicitacao | None:
    """None when it was never confirmed and has been cleaned away meanwhile."""
    return Solicitacao.objects.select_related("municipio", "unidade").filter(pk=saida.carga["solicitacao"]).first()
