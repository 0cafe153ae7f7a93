"""The desk after the request left: its own file, because the follow-up has so many addresses."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from act_portal.emissao.models import Documento
from requerimentos.acompanhamento.servicos import guardar_comprovante
from requerimentos.models import Requerimento
from tests.acesso.base import TABELA_DE_CASOS, Caso, Cenario, da_cidade, equipe, get, post
from tests.fabricas import BalcaoFabrica
from tests.requerimentos.fabricas import AvisoFabrica, ExigenciaFabrica, RequerimentoFabrica, ResultadoFabrica


def _daqui(c: Cenario, **campos: Any) -> Requerimento:
    balcao = BalcaoFabrica(entidade__municipio=c.municipio)
    requerimento: Requerimento = RequerimentoFabrica(atendimento__balcao=balcao, **campos)
    return requerimento


def _protocolado(c: Cenario) -> dict:
    return {"codigo": _daqui(c, protocolado=True).codigo}


def _com_comprovante(c: Cenario) -> dict:
    requerimento = _daqui(c, protocolado=True)
    documento = guardar_comprovante(requerimento.pk)
    assert documento
    _imprimir(documento)
    return {"codigo": requerimento.codigo}


def _decidido(c: Cenario) -> dict:
    resultado = ResultadoFabrica(requerimento=_daqui(c, decidido=True))
    resultado.carta.save("carta", ContentFile(b"%PDF-1.4"))
    return {"codigo": resultado.requerimento.codigo}


def _entregue(c: Cenario) -> dict:
    requerimento = _daqui(c, decidido=True)
    documento = guardar_comprovante(requerimento.pk)
    assert documento
    _imprimir(documento)
    ResultadoFabrica(requerimento=requerimento, prova=documento)
    return {"codigo": requerimento.codigo}


def _imprimir(documento: Documento) -> None:
    """As if the worker had drawn it."""
    documento.pdf.save("papel", ContentFile(b"%PDF-1.4"), save=False)
    Documento.objects.filter(pk=documento.pk).update(
        situacao="emitido", pdf=documento.pdf.name, sha256="0" * 64, emitido_em=documento.pedido_em
    )


def _exigencia(c: Cenario) -> dict:
    return {"codigo": ExigenciaFabrica(requerimento=_daqui(c, em_exigencia=True)).codigo}


def _aviso(c: Cenario) -> dict:
    aviso = AvisoFabrica(requerimento=_daqui(c, protocolado=True), situacao="falhou", falha="x")
    return {"pk": aviso.pk}


def ve(args=_protocolado) -> Caso:
    return get(da_cidade(200), args=args)


def faz(situacao: int, args=_protocolado, **dados: str) -> Caso:
    return post(da_cidade(situacao, analista_da_regiao=403), args=args, dados=lambda c: dados)


TABELA: TABELA_DE_CASOS = {
    "requerimentos:acompanhamento": [ve()],
    "requerimentos:consultar-agora": [faz(302)],
    "requerimentos:aviso-visto": [faz(302, _aviso)],
    "requerimentos:comprovante": [ve(_com_comprovante), get(da_cidade(404), args=_protocolado)],
    "requerimentos:trocar-chave": [faz(302)],
    "requerimentos:exigencias": [get(equipe(200))],
    "requerimentos:exigencia": [ve(_exigencia)],
    "requerimentos:guardar-resposta": [faz(302, _exigencia, texto="Segue.")],
    "requerimentos:responder-exigencia": [faz(302, _exigencia, texto="Segue."), faz(422, _exigencia)],
    "requerimentos:ciencia-exigencia": [faz(422, _exigencia)],
    "requerimentos:prorrogar-exigencia": [faz(422, _exigencia), faz(302, _exigencia, motivo="O cartório atrasou.")],
    "requerimentos:resultado": [ve(), ve(_decidido)],
    "requerimentos:entregar-resultado": [
        faz(422, _decidido),
        faz(302, _decidido, a_quem="Benedita", como="No balcão, em papel"),
    ],
    "requerimentos:carta": [ve(_decidido), get(da_cidade(404), args=_protocolado)],
    "requerimentos:termo-entrega": [ve(_entregue), get(da_cidade(404), args=_decidido)],
}
