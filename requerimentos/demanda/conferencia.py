"""What only the files together can show: names that meet, services that point to others, values that always exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from act_portal.catalogos.folha import ErroDoCatalogo, Folha
from requerimentos.demanda import valores
from requerimentos.demanda.leitura import Comum
from requerimentos.demanda.servico import DO_INSS, Condicao, Servico

# Rules whose content is the key of a dated value or table.
POR_CHAVE = {"tabela_idade", "pontos", "renda_ate", "cadunico"}


def conferir(pasta: Path, servicos: Iterable[Servico], comum: Comum) -> None:
    """Raises ErroDoCatalogo at the first mistake."""
    por_codigo = {servico.codigo: servico for servico in servicos}
    nomes: dict[str, str] = {}
    for servico in por_codigo.values():
        if servico.nome in nomes:
            raise _erro(pasta, servico, f"o nome é o mesmo de {nomes[servico.nome]}.toml.", "nome")
        nomes[servico.nome] = servico.codigo
        alvo = por_codigo.get(servico.pedido_como)
        if servico.pedido_como and (alvo is None or not alvo.pedivel):
            raise _erro(pasta, servico, f"“{servico.pedido_como}” não é um serviço que se pede.", "pedido_como")
        if servico.recorre.de:
            _conferir_recurso(pasta, servico, por_codigo)
        for condicao in servico.condicoes:
            _conferir_valores(pasta, servico, condicao, comum)
    _conferir_uso(comum, por_codigo.values())


def _conferir_recurso(pasta: Path, servico: Servico, por_codigo: Mapping[str, Servico]) -> None:
    de = servico.recorre.de
    if de != DO_INSS and (de not in por_codigo or not por_codigo[de].recorre.de):
        frase = f"“{de}” não é um recurso do catálogo; use “{DO_INSS}” ou o código do recurso que se perdeu."
        raise _erro(pasta, servico, frase, "de", "recorre")
    outro = next((o for o in por_codigo.values() if o is not servico and o.recorre.de == de), None)
    if outro:
        raise _erro(pasta, servico, f"já há um recurso contra “{de}”: {outro.codigo}.", "de", "recorre")


def chaves_da(condicao: Condicao) -> list[str]:
    """Keys of the dated values that a condition names, in its text and in its rule."""
    da_regra = [str(conteudo) for nome, conteudo in condicao.regra.items() if nome in POR_CHAVE]
    return list(dict.fromkeys([*valores.chaves_de(condicao.texto), *da_regra]))


def _conferir_valores(pasta: Path, servico: Servico, condicao: Condicao, comum: Comum) -> None:
    """From the day the condition begins to the day it was checked, each value that it names has a row.

    What comes after that day nobody can know: there the text says that the value is still to be checked.
    """
    conferido_em = condicao.conferido_em or servico.conferido_em
    de = condicao.vigente_de or servico.vigente_de or conferido_em
    ate = max(min(condicao.vigente_ate or conferido_em, conferido_em), de)
    for chave in chaves_da(condicao):
        if valores.ler().valores.get(chave) and chave not in valores.ler().nomes:
            raise _erro_da(pasta, servico, condicao, comum, f"“{chave}” não tem nome em [nomes], de valores.toml.")
        if dia := valores.descoberto(chave, de, ate):
            frase = f"“{condicao.id}” vale em {dia:%d/%m/%Y} e “{chave}” não tem valor nesse dia em valores.toml."
            raise _erro_da(pasta, servico, condicao, comum, frase)


def _erro_da(pasta: Path, servico: Servico, condicao: Condicao, comum: Comum, frase: str) -> ErroDoCatalogo:
    propria = condicao.id not in comum.condicoes or comum.condicoes[condicao.id] is not condicao
    folha = _folha(pasta, servico) if propria else comum.folha
    ids = [bloco["id"] for bloco in folha.blocos("condicao")]
    return folha.erro(frase, "texto", "condicao", ids.index(condicao.id))


def _conferir_uso(comum: Comum, servicos: Iterable[Servico]) -> None:
    usadas = {("condicao", c.id) for s in servicos for c in s.condicoes}
    usadas |= {("vaga", v.id) for s in servicos for v in s.vagas}
    for tabela in ("condicao", "vaga"):
        for indice, bloco in enumerate(comum.folha.blocos(tabela)):
            if (tabela, bloco["id"]) not in usadas:
                raise comum.folha.erro(f"nenhum serviço usa “{bloco['id']}”.", "id", tabela, indice)


def _folha(pasta: Path, servico: Servico) -> Folha:
    return Folha(pasta / f"{servico.codigo}.toml")


def _erro(pasta: Path, servico: Servico, frase: str, chave: str, tabela: str = "") -> ErroDoCatalogo:
    return _folha(pasta, servico).erro(frase, chave, tabela)
