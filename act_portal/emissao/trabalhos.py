"""Draw the promised paper: outside the transaction, checked again inside it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from act_portal.arquivos import deposito
from act_portal.emissao import conteudo, modelos, render, servicos
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao
from act_portal.erros import FalhaDefinitiva
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador


@tratador("emissao.renderizar")
def desenhar(saida: Saida) -> None:
    documento = Documento.objects.select_related("municipio").filter(pk=saida.carga["documento"]).first()
    if documento is None:
        raise FalhaDefinitiva("O papel pedido não existe.")
    if documento.situacao != Situacao.PEDIDO:
        return  # drawn by an earlier attempt, or revoked meanwhile
    modelo_sha256 = modelos.obter(documento.modelo, documento.versao).sha256()
    pdf, paginas = render.desenhar(conteudo.montar_html(documento), documento.codigo)
    try:
        nome = deposito.guardar(pdf)
    except deposito.DepositoIndisponivel as erro:
        raise TentarDepois("O lugar onde os papéis ficam está cheio ou não responde.", timedelta(minutes=1)) from erro
    emitido = False
    try:
        emitido = servicos.emitir(
            documento.pk, pdf=nome, sha256=hashlib.sha256(pdf).hexdigest(), paginas=paginas, modelo_sha256=modelo_sha256
        )
    finally:
        if not emitido:  # revoked while it was being drawn, or the database refused: leave no orphan with data in it
            deposito.esquecer([nome])
