"""From the scanned pages to the files that leave, and from the request to what INSS is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings

from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.montagem import NaoCabe, Parte, montar
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.servico import Servico
from requerimentos.digitalizacao.consultas import documentos
from requerimentos.envio.inss import AnexoInss, ContatoInss, Natureza, PedidoInss, RepresentanteInss
from requerimentos.envio.nomes import padroes
from requerimentos.fichas.pat import respostas_no_pat
from requerimentos.models import Envio, Pagina, ParteEnviada, Peca, Requerimento

NATUREZA_NO_INSS: dict[str, Natureza] = {
    Peca.Natureza.ORIGINAL: "original",
    Peca.Natureza.SIMPLES: "copia_simples",
    Peca.Natureza.TERCEIROS: "copia_autenticada",
}
CAIXA_DA_EXIGENCIA = "outros_documentos"


def montar_partes(envio: Envio) -> Iterator[tuple[str, str, Parte]]:
    """(slot, nature, part) of every file that leaves, each inside INSS's limit, in the order of the slots."""
    requerimento = envio.requerimento
    limites = limites_em(hoje_em(requerimento.municipio))
    achados = documentos(requerimento, envio.exigencia)
    apertar = achados.bytes > limites.requerimento_bytes
    nomes = {vaga["id"]: vaga["nome"] for vaga in requerimento.servico.dados["vagas"]}
    ordem = {vaga: i for i, vaga in enumerate(nomes)}
    pecas = sorted(
        (p for p in achados.todas if p.paginas),
        key=lambda p: (ordem.get(p.peca.vaga, len(ordem)), p.peca.vaga, p.peca.natureza, p.peca.ordem, p.peca.pk),
    )
    for (vaga, natureza), grupo in groupby(pecas, key=lambda p: (p.peca.vaga, p.peca.natureza)):
        folhas = [(_ler(pagina), pagina.giro) for item in grupo for pagina in item.paginas]
        nome = nome_base(requerimento, vaga, natureza)
        try:
            partes = montar(folhas, nome_base=nome, limite_bytes=limites.arquivo_bytes, apertar=apertar)
        except NaoCabe as erro:
            raise NaoCabe(f"Em “{nomes.get(vaga, 'resposta')}”: {erro}") from erro
        for parte in partes:
            yield vaga, natureza, parte


def nome_base(requerimento: Requerimento, vaga: str, natureza: str) -> str:
    pessoa = requerimento.pessoa
    return padroes()[settings.NOME_DOS_ARQUIVOS].nome(pessoa.nome_civil, pessoa.cpf, natureza, vaga)


def pedido_de(requerimento: Requerimento) -> PedidoInss:
    """What INSS is told of the request, without its files."""
    pessoa, entidade = requerimento.pessoa, requerimento.balcao.entidade
    servico = Servico.de_dados(requerimento.servico.dados)
    representante = None
    if requerimento.representante:
        tipo = "procurador" if requerimento.representante.procurador else "representante_legal"
        representante = RepresentanteInss(tipo, requerimento.representante.cpf, requerimento.representante.nome)  # type: ignore[arg-type]
    return PedidoInss(
        servico=requerimento.servico_codigo,
        servico_pat=servico.pat.codigo,
        cpf=pessoa.cpf,
        nome=pessoa.nome_civil,
        nome_social=pessoa.nome_social,
        nascimento=pessoa.nascimento,
        municipio_ibge=requerimento.municipio.pk,
        municipio_nome=requerimento.municipio.nome,
        uf=requerimento.municipio.uf,
        entidade_nome=entidade.nome,
        entidade_cnpj=entidade.cnpj,
        contatos=tuple(ContatoInss(c.tipo, c.valor) for c in pessoa.contatos.all()),
        representante=representante,
        respostas={**requerimento.respostas, "formularios": respostas_no_pat(requerimento)},
        anexos=(),
    )


def pedido_guardado(pacote: dict[str, Any], anexos: tuple[AnexoInss, ...]) -> PedidoInss:
    """The very request that was frozen, with its files: every attempt tells INSS the same."""
    dados = dict(pacote)
    dados["nascimento"] = date.fromisoformat(dados["nascimento"])
    dados["contatos"] = tuple(ContatoInss(**c) for c in dados["contatos"])
    dados["representante"] = RepresentanteInss(**dados["representante"]) if dados["representante"] else None
    dados["anexos"] = anexos
    return PedidoInss(**dados)


def anexos_de(envio: Envio) -> tuple[AnexoInss, ...]:
    caixas = {vaga["id"]: vaga["caixa"] for vaga in envio.requerimento.servico.dados["vagas"]}
    return tuple(_anexo(parte, caixas.get(parte.vaga, CAIXA_DA_EXIGENCIA)) for parte in envio.partes.all())


def _anexo(parte: ParteEnviada, caixa: str) -> AnexoInss:
    return AnexoInss(
        slot=caixa,
        nome=parte.nome,
        sha256=parte.sha256,
        bytes=parte.bytes,
        paginas=parte.paginas,
        natureza=NATUREZA_NO_INSS[parte.natureza],
    )


def _ler(pagina: Pagina) -> bytes:
    with pagina.folha.pdf.open("rb") as arquivo:
        return arquivo.read()
