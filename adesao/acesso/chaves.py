"""The link that confirms the e-mail of whoever asks for an account: signed, dated, and dead after its use."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from adesao.models import Solicitacao
from adesao.situacoes import SituacaoSolicitacao

VALIDADE = timedelta(days=3)
_SAL = "adesao.acesso"


def nova(solicitacao: Solicitacao) -> str:
    return signing.dumps([solicitacao.pk, _marca(solicitacao)], salt=_SAL)


def conferir(chave: str) -> Solicitacao | None:
    """The request that `chave` confirms, or None when it is forged, late or already used."""
    try:
        pk, marca = signing.loads(chave, salt=_SAL, max_age=VALIDADE)
    except (signing.BadSignature, ValueError):
        return None
    a_confirmar = Solicitacao.objects.filter(pk=pk, situacao=SituacaoSolicitacao.A_CONFIRMAR)
    solicitacao = a_confirmar.select_related("municipio").first()
    return solicitacao if solicitacao and constant_time_compare(marca, _marca(solicitacao)) else None


def _marca(solicitacao: Solicitacao) -> str:
    dados = f"{solicitacao.codigo}|{solicitacao.email}|{solicitacao.municipio_id}"
    return salted_hmac(_SAL, dados, algorithm="sha256").hexdigest()[:32]
