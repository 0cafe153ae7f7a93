"""Outbox handler: read the codes of a file of signed papers, outside any transaction, and file its pages."""

from __future__ import annotations

from act_portal.arquivos import caixa
from act_portal.arquivos.deposito import falhas
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Folha
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from requerimentos.digitalizacao.retorno import servicos
from requerimentos.digitalizacao.retorno.consultas import a_ler
from requerimentos.digitalizacao.retorno.servicos import Leitura

# A page whose process stopped this often is taken for the cause: a person looks at it.
MORTES_TOLERADAS = 3


@tratador(servicos.LER)
def ler_retorno(saida: Saida) -> None:
    retorno = a_ler(saida.carga["arquivo"])
    if retorno is None:
        return
    insistir = saida.tentativas <= MORTES_TOLERADAS
    consertadas = {folha.origem_id: folha for folha in retorno.arquivo.folhas.filter(origem__isnull=False)}
    folhas = retorno.arquivo.folhas.como_vieram().order_by("ordem")
    servicos.arquivar(retorno.pk, [_a_melhor(f, consertadas.get(f.pk), insistir=insistir) for f in folhas])


def _a_melhor(folha: Folha, consertada: Folha | None, *, insistir: bool) -> Leitura:
    """A sheet photographed on a table goes in straightened, unless that lost its code."""
    if consertada is None:
        return _ler(folha, insistir=insistir)
    leitura = _ler(consertada, insistir=insistir)
    return leitura if leitura.textos else _ler(folha, insistir=insistir)


def _ler(folha: Folha, *, insistir: bool) -> Leitura:
    try:
        with folha.pdf.open("rb") as pdf:
            codigos = caixa.ler_codigos(pdf.read())
    except ArquivoRecusado:
        codigos = []
    except falhas() as erro:
        raise TentarDepois("O lugar onde os arquivos ficam não responde.") from erro
    except caixa.CaixaMorreu as erro:
        if insistir:
            raise TentarDepois("O processo que lê as páginas parou no meio.") from erro
        codigos = []
    return Leitura(folha.pk, tuple(codigo["texto"] for codigo in codigos), codigos[0]["giro"] if codigos else 0)
