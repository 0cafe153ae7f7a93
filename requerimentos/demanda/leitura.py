"""Parse and check the catalogue's files; mistakes are told by `act_portal.catalogos.folha`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import CODIGO, ErroDoCatalogo, Folha
from act_portal.territorio.texto import normalizar
from requerimentos.demanda import valores
from requerimentos.demanda.servico import Acordo, Analise, Condicao, Pat, Recorre, Servico, Vaga

MODOS = {"requerer", "orientar", "regra"}
QUANDO = {"sempre", "opcional", "se"}
PEDE = {"titular", "periodo"}
ACORDO = {"permitido", "duvidoso", "nao"}
NUMERO = re.compile(r"\d+")
# Nothing is sent without these three, signed.
ASSINADOS = ("termo-representacao", "requerimento-servico", "autorizacao-dados")


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
    medidas: Mapping[str, str]
    na_ficha: Mapping[str, str]

    def contam(self, fato: str) -> list[str]:
        """The packs that tell a fact or measure."""
        return self.na_ficha.get(fato, "").split(", ")


@dataclass(frozen=True)
class Comum:
    """Slots and conditions that several services share, by id. `folha`: the file that they come from."""

    condicoes: Mapping[str, Condicao]
    vagas: Mapping[str, Vaga]
    folha: Folha


def ler_vocabulario(arquivo: Path) -> Vocabulario:
    folha = Folha(arquivo)
    nomes = {f.name for f in fields(Vocabulario)}
    if faltam := nomes - set(folha.dados):
        raise folha.erro(f"falta a lista {', '.join(sorted(faltam))}.")
    for nome in folha.dados:
        if nome not in nomes:
            raise folha.erro(f"não conheço a lista “{nome}”.", nome)
        for palavra, texto in folha.tabela(nome).items():
            if not isinstance(texto, str) or not texto.strip():
                raise folha.erro(f"“{palavra}” precisa de um texto, entre aspas.", palavra, nome)
    return Vocabulario(**{nome: folha.dados[nome] for nome in nomes})


def ler_comum(arquivo: Path, vocabulario: Vocabulario) -> Comum:
    folha = Folha(arquivo)
    for nome in folha.dados.keys() - {"condicao", "vaga"}:
        raise folha.erro(f"não conheço a chave “{nome}”.", nome)
    return Comum(
        {c.id: c for c in _blocos(folha, "condicao", Condicao, _conferir_condicao, vocabulario)},
        {v.id: v for v in _blocos(folha, "vaga", Vaga, _conferir_vaga, vocabulario)},
        folha,
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
    for nome, classe in (("pat", Pat), ("acordo", Acordo), ("analise", Analise), ("recorre", Recorre)):
        if nome in dados:
            dados[nome] = folha.bloco(classe, folha.tabela(nome), nome)
    servico: Servico = folha.instanciar(Servico, dados)
    _conferir_palavras(folha, servico, vocabulario)
    for palavra, fato in servico.perguntas_se.items():
        if palavra not in servico.perguntas or fato not in vocabulario.fatos:
            raise folha.erro(f"“{palavra}” depende de um fato do vocabulário e está em “perguntas”.", "perguntas_se")
    _conferir_numeros(folha, servico)
    _conferir_modo(folha, servico)
    _conferir_caminhos(folha, servico)
    if servico.codigo != arquivo.stem:
        raise folha.erro(f"o código “{servico.codigo}” precisa ser o nome do arquivo.", "codigo")
    return servico


def _blocos(folha: Folha, tabela: str, classe: type[Any], conferir: Callable[..., None], voc: Vocabulario) -> list[Any]:
    lidos: list[Any] = []
    for indice, dados in enumerate(folha.blocos(tabela)):
        bloco = folha.bloco(classe, dados, tabela, indice)
        if any(outro.id == bloco.id for outro in lidos):
            raise folha.erro(f"“{bloco.id}” aparece duas vezes.", "id", tabela, indice)
        conferir(folha, indice, bloco, voc)
        lidos.append(bloco)
    return lidos


def _escolher(folha: Folha, chave: str, proprias: Mapping[str, Any], comuns: Mapping[str, Any]) -> tuple[Any, ...]:
    ids = folha.dados.get(chave, [])
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        raise folha.erro(f"“{chave}” é uma lista de textos.", chave)
    for id in ids:
        if id not in proprias and id not in comuns:
            raise folha.erro(f"“{id}” não está neste arquivo nem em _comum.toml.", chave, palavra=id)
    if repetidos := {id for id in ids if ids.count(id) > 1}:
        raise folha.erro(f"“{min(repetidos)}” aparece duas vezes.", chave, palavra=min(repetidos))
    if esquecidas := set(proprias) - set(ids):
        raise folha.erro(f"“{min(esquecidas)}” foi descrita e não está na lista “{chave}”.", chave)
    return tuple(proprias.get(id) or comuns[id] for id in ids)


# The service as a whole


def _conferir_palavras(folha: Folha, servico: Servico, voc: Vocabulario) -> None:
    for chave, aceitos in (
        ("grupo", voc.grupos), ("modo", MODOS), ("papel_grupo", voc.papel_grupos),
        ("papel_clientela", voc.papel_clientelas), ("dados", voc.dados), ("perguntas", voc.perguntas),
        ("formularios", voc.formularios), ("agendamentos", voc.agendamentos), ("canais", voc.canais),
    ):  # fmt: skip
        usados = getattr(servico, chave)
        for palavra in usados if isinstance(usados, tuple) else [usados]:
            if palavra not in aceitos:
                frase = f"“{palavra}” não serve em “{chave}”; use {', '.join(sorted(aceitos))}."
                raise folha.erro(frase, chave, palavra=palavra)
    if not CODIGO.fullmatch(servico.codigo):
        raise folha.erro("o código leva só letras minúsculas sem acento, números e hífen.", "codigo")
    if servico.acordo.situacao not in ACORDO:
        frase = f"situação “{servico.acordo.situacao}” não existe; use {', '.join(sorted(ACORDO))}."
        raise folha.erro(frase, "situacao", "acordo")
    for chave in ("perguntas", "formularios", "agendamentos", "canais", "dados", "sinonimos"):
        vistas: set[str] = set()
        for palavra in getattr(servico, chave):
            if normalizar(palavra) in vistas:
                raise folha.erro(f"“{palavra}” aparece duas vezes em “{chave}”.", chave, palavra=palavra)
            vistas.add(normalizar(palavra))


def _conferir_numeros(folha: Folha, servico: Servico) -> None:
    espera = servico.espera_novo_pedido
    if espera and not valores.tem_numero(espera):
        raise folha.erro(f"“{espera}” não está em valores.toml.", "espera_novo_pedido")
    if servico.pat.codigo and not NUMERO.fullmatch(servico.pat.codigo):
        raise folha.erro("o código no Portal de Atendimento só tem números.", "codigo", "pat")
    for especie in servico.especies:
        if not re.fullmatch(r"\d\d", especie):
            raise folha.erro(f"a espécie “{especie}” tem dois números.", "especies", palavra=especie)
    if servico.analise.dias is not None and servico.analise.dias < 1:
        raise folha.erro("o prazo de análise é de um dia ou mais.", "dias", "analise")
    if servico.vigente_de and servico.vigente_ate and servico.vigente_ate < servico.vigente_de:
        raise folha.erro("a vigência termina antes de começar.", "vigente_ate")
    # Numbers of the day go only where a day is known: in the text of a condition.
    for chave in ("nome", "descricao", "quem_pode", "sinonimos", "aonde", "avisos"):
        textos = getattr(servico, chave)
        for texto in textos if isinstance(textos, tuple) else (textos,):
            if "{" in texto or "}" in texto:
                raise folha.erro(f"“{chave}” não leva valores entre chaves {{ }}.", chave, palavra=texto)


def _conferir_modo(folha: Folha, servico: Servico) -> None:
    if servico.modo == "orientar" and not servico.aonde:
        raise folha.erro("quem só orienta diz em “aonde” para onde mandar a pessoa.", "modo")
    if servico.modo != "orientar" and servico.aonde:
        raise folha.erro("“aonde” é só de quem orienta.", "aonde")
    if (servico.modo == "regra") != bool(servico.pedido_como):
        raise folha.erro('“pedido_como” vai quando, e só quando, modo = "regra".', "modo")
    if not servico.pedivel:
        if servico.vagas:
            raise folha.erro("quem não é pedido aqui não tem vagas.", "vagas")
        return
    papeis = {vaga.papel for vaga in servico.vagas}
    for papel in ASSINADOS:
        if papel not in papeis:
            raise folha.erro(f"falta a vaga do papel assinado “{papel}”.", "vagas")


def _conferir_caminhos(folha: Folha, servico: Servico) -> None:
    usados = {condicao.caminho for condicao in servico.condicoes} - {""}
    if sem_nome := usados - set(servico.caminhos):
        raise folha.erro(f"o caminho “{min(sem_nome)}” não está em [caminhos].", "condicoes")
    if sem_uso := set(servico.caminhos) - usados:
        raise folha.erro(f"nenhuma condição usa o caminho “{min(sem_uso)}”.", min(sem_uso), "caminhos")


# Blocks


def _conferir_condicao(folha: Folha, indice: int, condicao: Condicao, voc: Vocabulario) -> None:
    if condicao.tipo not in voc.tipos_condicao:
        raise folha.erro(f"tipo “{condicao.tipo}” não existe.", "tipo", "condicao", indice)
    try:
        chaves = valores.chaves_de(condicao.texto)
    except ValueError as erro:
        raise folha.erro("há uma chave { ou } sem par no texto.", "texto", "condicao", indice) from erro
    for chave in chaves:
        if not valores.existe(chave):
            raise folha.erro(f"“{chave}” não está em valores.toml.", "texto", "condicao", indice)
    if condicao.regra and condicao.tipo == "informacao":
        raise folha.erro("o que é só informação não tem regra.", "regra", "condicao", indice)
    if frase := _erro_na_regra(condicao.regra, voc):
        raise folha.erro(frase, "regra", "condicao", indice)


def _conferir_vaga(folha: Folha, indice: int, vaga: Vaga, voc: Vocabulario) -> None:
    def erro(frase: str, chave: str) -> ErroDoCatalogo:
        return folha.erro(frase, chave, "vaga", indice)

    if vaga.caixa not in voc.caixas:
        raise erro(f"a caixa “{vaga.caixa}” não existe; use {', '.join(voc.caixas)}.", "caixa")
    if vaga.papel and vaga.papel not in voc.papeis:
        raise erro(f"o papel “{vaga.papel}” não existe; use {', '.join(voc.papeis)}.", "papel")
    if set(vaga.pede) - PEDE:
        raise erro(f"“pede” traz só {' e '.join(sorted(PEDE))}.", "pede")
    _conferir_quando(erro, vaga, voc)
    if "{" in vaga.nome + vaga.ajuda + vaga.se_texto:
        raise erro("o texto de uma vaga não leva valores entre chaves { }.", "nome")


def _conferir_quando(erro: Callable[[str, str], ErroDoCatalogo], vaga: Vaga, voc: Vocabulario) -> None:
    if vaga.quando not in QUANDO:
        raise erro(f"“quando” é um destes: {', '.join(sorted(QUANDO))}.", "quando")
    if (vaga.quando == "se") != bool(vaga.se):
        raise erro('“se” traz os fatos quando, e só quando, quando = "se".', "quando")
    for fato in vaga.se:
        if fato not in voc.fatos:
            raise erro(f"o fato “{fato}” não está no vocabulário.", "se")
    if vaga.se and not vaga.se_texto:
        raise erro("escreva em “se_texto” a condição como as pessoas a leem.", "se")


# Rules: what is wrong with the part that a machine checks, or an empty text


def _erro_na_regra(regra: Mapping[str, Any], voc: Vocabulario) -> str:
    if not regra:
        return ""
    if len(regra) != 1 or set(regra) - set(REGRAS):
        return f"a regra tem uma chave só, entre {', '.join(sorted(REGRAS))}."
    [(nome, conteudo)] = regra.items()
    return REGRAS[nome](conteudo, voc)


def _anos_e_meses(conteudo: Any, voc: Vocabulario) -> str:
    certa = isinstance(conteudo, dict) and set(conteudo) == {"F", "M"}
    certa = certa and all(isinstance(i, list) and [type(n) for n in i] == [int, int] for i in conteudo.values())
    return "" if certa else "a idade e o tempo se escrevem { F = [anos, meses], M = [anos, meses] }."


def _na_reforma(conteudo: Any, voc: Vocabulario) -> str:
    certa = isinstance(conteudo, dict) and len(conteudo) == 1 and set(conteudo) <= {"mais_de", "ao_menos"}
    if not certa:
        return "use { mais_de = ... } ou { ao_menos = ... }."
    return _anos_e_meses(next(iter(conteudo.values())), voc)


def _pedagio(conteudo: Any, voc: Vocabulario) -> str:
    certa = isinstance(conteudo, dict) and set(conteudo) == {"percentual", "tempo"}
    if not certa or type(conteudo["percentual"]) is not int:
        return "o pedágio se escreve { percentual = 50, tempo = { F = [anos, meses], M = [anos, meses] } }."
    return _anos_e_meses(conteudo["tempo"], voc)


def _chave_de(existe: Callable[[str], bool], o_que: str) -> Callable[[Any, Vocabulario], str]:
    def conferir(conteudo: Any, voc: Vocabulario) -> str:
        certo = isinstance(conteudo, str) and existe(conteudo)
        return "" if certo else f"“{conteudo}” não está em valores.toml{o_que}."

    return conferir


def _fato(conteudo: Any, voc: Vocabulario) -> str:
    certo = isinstance(conteudo, str) and conteudo in voc.fatos
    return "" if certo else f"o fato “{conteudo}” não está no vocabulário."


REGRAS: dict[str, Callable[[Any, Vocabulario], str]] = {
    "idade": _anos_e_meses,
    "tempo": _anos_e_meses,
    "tempo_somado": _anos_e_meses,
    "na_reforma": _na_reforma,
    "pedagio": _pedagio,
    "tabela_idade": _chave_de(valores.tem_idades, " como tabela de idades"),
    "pontos": _chave_de(valores.tem_pontos, " como tabela de pontos"),
    "renda_ate": _chave_de(valores.tem_numero, " como número"),
    "cadunico": _chave_de(valores.tem_numero, " como número"),
    "fato": _fato,
}
