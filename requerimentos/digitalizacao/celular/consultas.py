"""The telephones of a case, as the desk sees them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.emissao.conteudo import qr
from requerimentos.demanda.consultas import vagas_do
from requerimentos.digitalizacao.consultas import DA_RESPOSTA, VAGA_DA_EXIGENCIA
from requerimentos.digitalizacao.retorno.consultas import ha_papeis_a_voltar
from requerimentos.models import Celular, Exigencia, FolhaDevolvida, Pagina, Requerimento
from requerimentos.situacoes import SituacaoCelular

NA_TELA = 6
# No slot of any service is called this: each page finds its own by its code.
ASSINADOS = "papeis-assinados"
FOTOS_NA_TELA = 20
LENDO = "Chegou. O portal está conferindo se dá para ler."
BOA = "Dá para ler."
NA_BANDEJA = "Mostre esta folha a quem está no balcão."
LOCAIS = {"localhost", "127.0.0.1", "::1"}


def na_mesa(requerimento: Requerimento, exigencia: Exigencia | None = None) -> dict[str, Any]:
    """The last telephones of the request, or of one exigência, with their state.

    `retrato` changes whenever what the page shows of them would change.
    """
    agora = now()
    todos = requerimento.celulares.filter(exigencia=exigencia)
    celulares = [(celular, celular.em(agora)) for celular in todos[:NA_TELA]]
    # What ended without a single photo is of no use to anybody.
    celulares = [
        (celular, estado)
        for celular, estado in celulares
        if celular.fotos or estado in {SituacaoCelular.ESPERANDO, SituacaoCelular.LIGADO}
    ]
    return {
        "celulares": celulares,
        "celular_esperado": any(estado == SituacaoCelular.ESPERANDO for _, estado in celulares),
        "celular_vivo": any(estado in {SituacaoCelular.ESPERANDO, SituacaoCelular.LIGADO} for _, estado in celulares),
        "retrato": ".".join(f"{celular.pk}-{estado}-{celular.fotos}" for celular, estado in celulares),
    }


def lugares(celular: Celular) -> list[tuple[str, str]]:
    """Where the photos of this telephone may go: all that it is told of the case."""
    if celular.exigencia_id:
        return [(VAGA_DA_EXIGENCIA, DA_RESPOSTA)]
    vagas = [(exigida.vaga.id, exigida.vaga.nome) for exigida in vagas_do(celular.requerimento)]
    return [*vagas, (ASSINADOS, "Papéis assinados")] if ha_papeis_a_voltar(celular.requerimento) else vagas


def codigo_para_o_celular(celular: Celular, chave: str) -> dict[str, Any]:
    """The QR code. The key is in the fragment of the address: no server, log or Referer ever sees it."""
    endereco = f"{settings.ENDERECO_PUBLICO}{reverse('celular:abrir')}#{chave}"
    so_aqui = urlsplit(settings.ENDERECO_PUBLICO).hostname in LOCAIS
    return {
        "codigo_qr": qr(endereco),
        "minutos": settings.CELULAR_MINUTOS,
        "endereco_local": endereco if so_aqui else "",
    }


@dataclass(frozen=True)
class FotoNoCelular:
    """What became of one photo, said to who took it. `tom`: "feito", "erro", or empty while nobody knows."""

    numero: int
    frases: list[str]
    tom: str = ""


def vereditos(celular: Celular) -> list[FotoNoCelular]:
    """The last photos of this telephone, newest first: of the case only whether they can be read."""
    arquivos = list(celular.arquivos.prefetch_related("folhas").order_by("pk"))
    paginas = Pagina.objects.filter(folha__arquivo__in=arquivos, recolhida_em=None).select_related("folha")
    devolvidas = FolhaDevolvida.objects.na_bandeja().filter(folha__arquivo__in=arquivos).select_related("folha")
    postas, paradas = list(paginas), list(devolvidas)
    fotos = [
        _veredito(
            numero,
            arquivo,
            [pagina for pagina in postas if pagina.folha.arquivo_id == arquivo.pk],
            [folha for folha in paradas if folha.folha.arquivo_id == arquivo.pk],
        )
        for numero, arquivo in enumerate(arquivos, start=1)
    ]
    return fotos[: -FOTOS_NA_TELA - 1 : -1]


def retrato_das(fotos: list[FotoNoCelular]) -> str:
    """Changes whenever something else is to be said of the photos."""
    return hashlib.sha256(repr(fotos).encode()).hexdigest()[:16]


def _veredito(numero: int, arquivo: Arquivo, paginas: list[Pagina], devolvidas: list[FolhaDevolvida]) -> FotoNoCelular:
    if arquivo.situacao == Arquivo.Situacao.RECUSADO:
        return FotoNoCelular(numero, [arquivo.motivo], "erro")
    frases = [f"{folha.causa.label}. {NA_BANDEJA}" for folha in devolvidas if folha.causa]
    frases += [defeito["texto"] for pagina in paginas for defeito in pagina.defeitos]
    frases += [defeito["texto"] for folha in devolvidas for defeito in folha.folha.defeitos]
    if frases:
        return FotoNoCelular(numero, frases, "erro")
    return FotoNoCelular(numero, [BOA], "feito") if paginas else FotoNoCelular(numero, [LENDO])
