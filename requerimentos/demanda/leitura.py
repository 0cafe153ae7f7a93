"""Parse and check the catalogue's files; mistakes are told by `act_portal.catalogos.folha`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import CODIGO, ErroDoCatalogo, Folha
from requerimentos.demanda import valores
from requerimentos.demanda.servico import Acordo, Analise, Condicao, Pat, Servico, Vaga

MODOS = {"requerer", "orientar"}
QUANDO = {"sempre", "opcional", "se"}
ACORDO = {"permitido", "duvidoso", "nao"}
REGRAS = {"idade", "tabela_idade", "renda_ate", "cadunico", "fato"}


@dataclass(frozen=True)
class Vocabulario:
    """The closed lists that the files may use, each word with its text for people (`_vocabulario.toml`)."""

    grupos: Mapping[str, str]
    papel_grupos: Mapping[str, str]
    papel_clientelas: Mapping[str, str]
    dados: Mapping[str, str]
    caixas: Mapping[str, str]
    papeis: Mapping[str, str]
    perguntas: Mapping[str, str]
    formularios: Mapping[str, str]
    agendamentos: Mapping[str, str]
    canais: Mapping[str, str]
    tipos_condicao: Mapping[str, str]
    fatos: Mapping[str, str]


@dataclass(frozen=True)
class Comum:
    """Slots and conditions that several services share, by id."""

    condicoes: Mapping[str, Condicao]
    vagas: Mapping[str, Vaga]


def ler_vocabulario(arquivo: Path) -> Vocabulario:
    folha = Folha(arquivo)
    nomes = {f.name for f in fields(Vocabulario)}
    if faltam := nomes - set(folha.dados):
        raise folha.erro(f"falta a lista {', '.join(sorted(faltam))}.")
    return Vocabulario(**{nome: folha.dados[nome] for nome in nomes})


def ler_comum(arquivo: Path, vocabulario: Vocabulario) -> Comum:
    folha = Folha(arquivo)
    return Comum(
        {c.id: c for c in _blocos(folha, "condicao", Condicao, _conferir_condicao, vocabulario)},
        {v.id: v for v in _blocos(folha, "vaga", Vaga, _conferir_vaga, vocabulario)},
    )


def ler_servico(arquivo: Path, vocabulario: Vocabulario, comum: Comum) -> Servico:
    """One service. Its lists `condicoes` and `vagas` give the order; an id is a block of the file or a shared one."""
    folha = Folha(arquivo)
    dados = dict(folha.dados)
    condicoes = {c.id: c for c in _blocos(folha, "condicao", Condicao, _conferir_condicao, vocabulario)}
    vagas = {v.id: v for v in _blocos(folha, "vaga", Vaga, _conferir_vaga, vocabulario)}
    dados.pop("condicao", None)
    dados.pop("vaga", None)
    dados["condicoes"] = _escolher(folha, "condicoes", condicoes, comum.condicoes)
    dados["vagas"] = _escolher(folha, "vagas", vagas, comum.vagas)
    for nome, classe in (("pat", Pat), ("acordo", Acordo), ("analise", Analise)):
        if nome in dados:
            dados[nome] = folha.bloco(classe, dados[nome], nome)
    _conferir_servico(folha, vocabulario)
    servico = folha.instanciar(Servico, dados)
    if servico.codigo != arquivo.stem:
        raise folha.erro(f"o código “{servico.codigo}” precisa ser o nome do arquivo.", "codigo")
    return servico


def _blocos(folha: Folha, tabela: str, classe: type[Any], conferir: Callable[..., None], voc: Vocabulario) -> list[Any]:
    lidos: list[Any] = []
    for indice, dados in enumerate(folha.dados.get(tabela, [])):
        bloco = folha.bloco(classe, dados, tabela, indice)
        if any(outro.id == bloco.id for outro in lidos):
            raise folha.erro(f"“{bloco.id}” aparece duas vezes.", "id", tabela, indice)
        conferir(folha, indice, bloco, voc)
        lidos.append(bloco)
    return lidos


def _escolher(folha: Folha, chave: str, proprias: Mapping[str, Any], comuns: Mapping[str, Any]) -> tuple[Any, ...]:
    ids = folha.dados.get(chave, [])
    for id in ids:
        if id not in proprias and id not in comuns:
            raise folha.erro(f"“{id}” não está neste arquivo nem em _comum.toml.", chave)
    if repetidos := {id for id in ids if ids.count(id) > 1}:
        raise folha.erro(f"“{min(repetidos)}” aparece duas vezes.", chave)
    if esquecidas := set(proprias) - set(ids):
        raise folha.erro(f"“{min(esquecidas)}” foi descrita e não está na lista “{chave}”.", chave)
    return tuple(proprias.get(id) or comuns[id] for id in ids)


def _conferir_servico(folha: Folha, voc: Vocabulario) -> None:
    dados = folha.dados
    for chave, aceitos in (
        ("grupo", voc.grupos), ("modo", MODOS), ("papel_grupo", voc.papel_grupos),
        ("papel_clientela", voc.papel_clientelas), ("dados", voc.dados), ("perguntas", voc.perguntas),
        ("formularios", voc.formularios), ("agendamentos", voc.agendamentos), ("canais", voc.canais),
    ):  # fmt: skip
        usados = dados.get(chave, [])
        for palavra in usados if isinstance(usados, list) else [usados]:
            if palavra not in aceitos:
                raise folha.erro(f"“{palavra}” não serve em “{chave}”; use {', '.join(aceitos)}.", chave)
    if not CODIGO.fullmatch(str(dados.get("codigo", ""))):
        raise folha.erro("o código leva só letras minúsculas sem acento, números e hífen.", "codigo")
    situacao = dados.get("acordo", {}).get("situacao")
    if situacao is not None and situacao not in ACORDO:
        raise folha.erro(f"situação “{situacao}” não existe; use {', '.join(sorted(ACORDO))}.", "situacao", "acordo")
    espera = dados.get("espera_novo_pedido")
    if espera and not valores.existe(espera):
        raise folha.erro(f"“{espera}” não está em valores.toml.", "espera_novo_pedido")


def _conferir_condicao(folha: Folha, indice: int, condicao: Condicao, voc: Vocabulario) -> None:
    if condicao.tipo not in voc.tipos_condicao:
        raise folha.erro(f"tipo “{condicao.tipo}” não existe.", "tipo", "condicao", indice)
    try:
        desconhecidas = [chave for chave in valores.chaves_de(condicao.texto) if not valores.existe(chave)]
    except ValueError as erro:
        raise folha.erro("há uma chave { ou } sem par no texto.", "texto", "condicao", indice) from erro
    if desconhecidas:
        raise folha.erro(f"“{desconhecidas[0]}” não está em valores.toml.", "texto", "condicao", indice)
    if frase := _erro_na_regra(condicao.regra, voc):
        raise folha.erro(frase, "regra", "condicao", indice)


def _erro_na_regra(regra: Mapping[str, Any], voc: Vocabulario) -> str:
    """What is wrong with the part that a machine checks, or an empty text."""
    if not regra:
        return ""
    if len(regra) != 1 or set(regra) - REGRAS:
        return f"a regra tem uma chave só, entre {', '.join(sorted(REGRAS))}."
    [(nome, conteudo)] = regra.items()
    if nome == "idade":
        certa = isinstance(conteudo, dict) and set(conteudo) == {"F", "M"}
        certa = certa and all(isinstance(i, list) and len(i) == 2 for i in conteudo.values())
        return "" if certa else "a idade se escreve { F = [anos, meses], M = [anos, meses] }."
    if nome == "fato":
        return "" if conteudo in voc.fatos else f"o fato “{conteudo}” não está no vocabulário."
    return "" if valores.existe(str(conteudo)) else f"“{conteudo}” não está em valores.toml."


def _conferir_vaga(folha: Folha, indice: int, vaga: Vaga, voc: Vocabulario) -> None:
    def erro(frase: str, chave: str) -> ErroDoCatalogo:
        return folha.erro(frase, chave, "vaga", indice)

    if vaga.caixa not in voc.caixas:
        raise erro(f"a caixa “{vaga.caixa}” não existe; use {', '.join(voc.caixas)}.", "caixa")
    if vaga.papel and vaga.papel not in voc.papeis:
        raise erro(f"o papel “{vaga.papel}” não existe; use {', '.join(voc.papeis)}.", "papel")
    if vaga.quando not in QUANDO:
        raise erro(f"“quando” é um destes: {', '.join(sorted(QUANDO))}.", "quando")
    if (vaga.quando == "se") != bool(vaga.se):
        raise erro('“se” traz os fatos quando, e só quando, quando = "se".', "quando")
    for fato in vaga.se:
        if fato not in voc.fatos:
            raise erro(f"o fato “{fato}” não está no vocabulário.", "se")
    if vaga.se and not vaga.se_texto:
        raise erro("escreva em “se_texto” a condição como as pessoas a leem.", "se")
