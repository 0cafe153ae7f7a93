"""Parse and check the catalogue's files. Every mistake is told with file, line and a sentence that says what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from requerimentos.demanda import valores
from requerimentos.demanda.servico import DATAS, Acordo, Analise, Condicao, Pat, Servico, Vaga

GRAUS = {"verificado", "secundario", "nao_verificado"}
MODOS = {"requerer", "orientar"}
QUANDO = {"sempre", "opcional", "se"}
ACORDO = {"permitido", "duvidoso", "nao"}
REGRAS = {"idade", "tabela_idade", "renda_ate", "cadunico", "fato"}
CODIGO = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ErroDoCatalogo(Exception):
    """A mistake in a file of the catalogue: `arquivo:linha: frase`."""

    def __init__(self, arquivo: Path, linha: int, frase: str) -> None:
        super().__init__(f"{arquivo.name}:{linha}: {frase}")
        self.arquivo, self.linha, self.frase = arquivo, linha, frase


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


class Folha:
    """One file: its data, and the way back from a key to its line."""

    def __init__(self, arquivo: Path) -> None:
        self.arquivo = arquivo
        self.texto = arquivo.read_text(encoding="utf-8")
        try:
            self.dados = tomllib.loads(self.texto, parse_float=Decimal)
        except tomllib.TOMLDecodeError as erro:
            achado = re.search(r"at line (\d+)", str(erro))
            linha = int(achado[1]) if achado else self.texto.count("\n") + 1
            raise ErroDoCatalogo(arquivo, linha, f"o texto não é TOML válido ({erro}).") from erro

    def erro(self, frase: str, chave: str = "", tabela: str = "", indice: int = 0) -> ErroDoCatalogo:
        return ErroDoCatalogo(self.arquivo, self._linha(chave, tabela, indice), frase)

    def _linha(self, chave: str, tabela: str, indice: int) -> int:
        """The line of `chave` inside the `indice`-th block `[[tabela]]` (or `[tabela]`), else that of the block."""
        linhas = self.texto.splitlines()
        cabecalhos = (
            [n for n, x in enumerate(linhas) if x.strip() in {f"[[{tabela}]]", f"[{tabela}]"}] if tabela else []
        )
        inicio = cabecalhos[indice] if indice < len(cabecalhos) else -1
        for n in range(inicio + 1, len(linhas)):
            if linhas[n].startswith("[") and not linhas[n].startswith(f"[{tabela}."):
                break
            if chave and re.match(rf"{re.escape(chave)}\s*=", linhas[n]):
                return n + 1
        return max(inicio, 0) + 1


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
            dados[nome] = _bloco(folha, nome, 0, dados[nome], classe)
    _conferir_servico(folha, vocabulario)
    servico = _instanciar(folha, Servico, dados)
    if servico.codigo != arquivo.stem:
        raise folha.erro(f"o código “{servico.codigo}” precisa ser o nome do arquivo.", "codigo")
    return servico


def _blocos(folha: Folha, tabela: str, classe: type[Any], conferir: Callable[..., None], voc: Vocabulario) -> list[Any]:
    lidos: list[Any] = []
    for indice, dados in enumerate(folha.dados.get(tabela, [])):
        bloco = _bloco(folha, tabela, indice, dados, classe)
        if any(outro.id == bloco.id for outro in lidos):
            raise folha.erro(f"“{bloco.id}” aparece duas vezes.", "id", tabela, indice)
        conferir(folha, indice, bloco, voc)
        lidos.append(bloco)
    return lidos


def _bloco(folha: Folha, tabela: str, indice: int, dados: Mapping[str, Any], classe: type[Any]) -> Any:
    bloco = _instanciar(folha, classe, dados, tabela, indice)
    if bloco.grau not in GRAUS:
        raise folha.erro(f"grau “{bloco.grau}” não existe; use {', '.join(sorted(GRAUS))}.", "grau", tabela, indice)
    if bloco.grau == "verificado" and not bloco.norma:
        raise folha.erro("o que está verificado diz a norma.", "grau", tabela, indice)
    if bloco.vigente_de and bloco.vigente_ate and bloco.vigente_ate < bloco.vigente_de:
        raise folha.erro("a vigência termina antes de começar.", "vigente_ate", tabela, indice)
    return bloco


def _instanciar(folha: Folha, classe: type[Any], dados: Mapping[str, Any], tabela: str = "", indice: int = 0) -> Any:
    campos = {f.name: f for f in fields(classe)}
    for chave, valor in dados.items():
        if chave not in campos:
            raise folha.erro(f"não conheço a chave “{chave}”.", chave, tabela, indice)
        _conferir_tipo(folha, chave, valor, tabela, indice, str(campos[chave].type))
    for nome, campo in campos.items():
        if campo.default is MISSING and campo.default_factory is MISSING and nome not in dados:
            raise folha.erro(f"falta a chave “{nome}”.", "", tabela, indice)
    return classe(**{k: tuple(v) if isinstance(v, list) else v for k, v in dados.items()})


def _conferir_tipo(folha: Folha, chave: str, valor: Any, tabela: str, indice: int, anotacao: str) -> None:
    if chave in DATAS:
        if not isinstance(valor, date):
            raise folha.erro(f"“{chave}” é uma data, sem aspas: 2026-11-22.", chave, tabela, indice)
    elif anotacao == "str" and not isinstance(valor, str):
        raise folha.erro(f"“{chave}” é um texto, entre aspas.", chave, tabela, indice)
    elif anotacao == "tuple[str, ...]" and not (isinstance(valor, list) and all(isinstance(v, str) for v in valor)):
        raise folha.erro(f"“{chave}” é uma lista de textos.", chave, tabela, indice)


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
