"""The packs (`catalogo/*.toml`): read once a process, every mistake told with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import Folha
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.servico import Servico
from requerimentos.fichas.conferencias import REGRAS
from requerimentos.fichas.pacote import Bloco, Conferencia, Pacote, Pergunta, Secao, Tipo, Tom

PASTA = Path(__file__).parent / "catalogo"
TABELAS = ("secao", "bloco", "pergunta", "conferencia")


@cache
def pacotes(pasta: Path = PASTA) -> Mapping[str, Pacote]:
    """Every pack by code. Raises ErroDoCatalogo."""
    return {arquivo.stem: ler_pacote(arquivo) for arquivo in sorted(pasta.glob("*.toml"))}


def pacotes_do(servico: Servico) -> list[Pacote]:
    """The packs that a service asks for, in its own order, as they stand today."""
    todos = pacotes()
    return [todos[palavra] for palavra in servico.perguntas if palavra in todos]


def ler_pacote(arquivo: Path) -> Pacote:
    folha = Folha(arquivo)
    cabeca = {chave: valor for chave, valor in folha.dados.items() if chave not in TABELAS}
    secoes = _blocos(folha, "secao", Secao)
    blocos = _blocos(folha, "bloco", Bloco)
    perguntas = _blocos(folha, "pergunta", Pergunta)
    # A check was looked at with its pack, unless it says otherwise.
    olhada = {"conferido_em": cabeca["conferido_em"]} if "conferido_em" in cabeca else {}
    conferencias = [
        folha.bloco(Conferencia, {**olhada, **dados}, "conferencia", n)
        for n, dados in enumerate(folha.blocos("conferencia"))
    ]
    pacote: Pacote = folha.bloco(
        Pacote,
        {**cabeca, "secoes": secoes, "blocos": blocos, "perguntas": perguntas, "conferencias": conferencias},
    )
    if pacote.codigo != arquivo.stem:
        raise folha.erro(f"o código “{pacote.codigo}” precisa ser o nome do arquivo.", "codigo")
    if pacote.codigo not in carregar().vocabulario.perguntas:
        raise folha.erro(f"“{pacote.codigo}” não está em [perguntas] de _vocabulario.toml.", "codigo")
    _conferir(folha, pacote)
    return pacote


def _blocos(folha: Folha, tabela: str, classe: type[Any]) -> list[Any]:
    lidos: list[Any] = []
    for indice, dados in enumerate(folha.blocos(tabela)):
        lido = folha.instanciar(classe, dados, tabela, indice)
        if any(outro.id == lido.id and getattr(outro, "bloco", "") == getattr(lido, "bloco", "") for outro in lidos):
            raise folha.erro(f"“{lido.id}” aparece duas vezes.", "id", tabela, indice)
        lidos.append(lido)
    return lidos


def _conferir(folha: Folha, pacote: Pacote) -> None:
    if not pacote.secoes:
        raise folha.erro("o pacote precisa de pelo menos uma [[secao]].")
    blocos = {b.id: b for b in pacote.blocos}
    _conferir_onde(folha, pacote)
    for indice, pergunta in enumerate(pacote.perguntas):
        if frase := _erro_na_pergunta(pergunta, blocos):
            raise folha.erro(frase, "id", "pergunta", indice)
    for indice, conferencia in enumerate(pacote.conferencias):
        if conferencia.regra not in REGRAS:
            raise folha.erro(f"a regra “{conferencia.regra}” não existe.", "regra", "conferencia", indice)
        if conferencia.tom not in set(Tom):
            raise folha.erro(f"“tom” é um destes: {', '.join(Tom)}.", "tom", "conferencia", indice)
        if conferencia.bloco and conferencia.bloco not in blocos:
            raise folha.erro(f"o bloco “{conferencia.bloco}” não existe.", "bloco", "conferencia", indice)


def _conferir_onde(folha: Folha, pacote: Pacote) -> None:
    """Everything lies on a page of the pack, and every `se` speaks of a question that it can see."""
    secoes, soltas = {s.id for s in pacote.secoes}, {p.id for p in pacote.perguntas if not p.bloco}
    tabelas: list[tuple[str, tuple[Any, ...]]] = [
        ("secao", pacote.secoes), ("bloco", pacote.blocos), ("pergunta", pacote.perguntas),
        ("conferencia", pacote.conferencias),
    ]  # fmt: skip
    for tabela, partes in tabelas:
        for indice, parte in enumerate(partes):
            if tabela != "secao" and parte.secao not in secoes:
                raise folha.erro(f"a seção “{parte.secao}” não existe.", "secao", tabela, indice)
            do_item = {p.id for p in pacote.do_bloco(parte.bloco)} if getattr(parte, "bloco", "") else set()
            if sobra := set(getattr(parte, "se", ())) - soltas - do_item:
                raise folha.erro(f"“se” fala de “{min(sobra)}”, que não é pergunta daqui.", "se", tabela, indice)


def _erro_na_pergunta(pergunta: Pergunta, blocos: Mapping[str, Bloco]) -> str:
    if pergunta.tipo not in set(Tipo):
        return f"o tipo “{pergunta.tipo}” não existe; use {', '.join(Tipo)}."
    if bool(pergunta.opcoes) != (pergunta.tipo in {Tipo.OPCAO, Tipo.VARIAS}):
        return "“opcoes” vai quando, e só quando, o tipo é opcao ou varias."
    if pergunta.bloco and (pergunta.bloco not in blocos or blocos[pergunta.bloco].secao != pergunta.secao):
        return f"o bloco “{pergunta.bloco}” não existe nesta seção."
    return ""
