from __future__ import annotations

import smtplib

from django.template.loader import render_to_string

from act_portal.erros import FalhaDefinitiva
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from requerimentos.avisos import servicos
from requerimentos.avisos.canais import CANAIS, SemEntrega
from requerimentos.mandato.consultas import Ato, atos_revogados
from requerimentos.models import Aviso
from requerimentos.situacoes import SituacaoAviso

# After some hours the desk must know, even if the provider comes back later.
TENTATIVAS_ATE_AVISAR_O_BALCAO = 8


@tratador(servicos.AVISAR)
def avisar(saida: Saida) -> None:
    aviso = Aviso.objects.select_related(
        "requerimento__balcao", "requerimento__municipio", "requerimento__pessoa", "contato"
    ).get(pk=saida.carga["aviso"])
    if aviso.situacao != SituacaoAviso.PENDENTE:
        return
    if aviso.contato is None:
        servicos.marcar_falha(aviso.pk, "O contato foi apagado do cadastro.")
        return
    if Ato.AVISOS in atos_revogados(aviso.requerimento):
        servicos.marcar_falha(aviso.pk, "A pessoa não quer mais avisos deste pedido. Conte a ela no balcão.")
        return
    texto = texto_do_aviso(aviso)
    try:
        CANAIS[aviso.canal](aviso.contato.valor, aviso.get_assunto_display(), texto, f"aviso:{aviso.pk}")
    except SemEntrega as erro:
        # The desk's business from here on, not the administrators': the work itself is done.
        servicos.marcar_falha(aviso.pk, str(erro))
        return
    except (smtplib.SMTPException, OSError) as erro:
        if saida.tentativas >= TENTATIVAS_ATE_AVISAR_O_BALCAO:
            servicos.marcar_falha(aviso.pk, "O serviço de mensagens não respondeu por horas.")
            raise FalhaDefinitiva("O serviço de mensagens não respondeu por horas.") from erro
        raise TentarDepois("O serviço de mensagens não respondeu.") from erro
    servicos.marcar_enviado(aviso.pk)


def texto_do_aviso(aviso: Aviso) -> str:
    """Plain words, no personal data beyond the protocol, and no link: the papers say that notices have none."""
    return render_to_string(
        f"requerimentos/avisos/{aviso.assunto}.txt",
        {
            "protocolo": aviso.requerimento.protocolo,
            "balcao": aviso.requerimento.balcao,
        },
    ).strip()
