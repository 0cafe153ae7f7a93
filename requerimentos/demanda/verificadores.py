"""How each kind of rule of the catalogue is checked, pure: condition, content, text of the day, facts and day in; one
opinion out. `leitura.REGRAS` says how each kind is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from requerimentos.demanda import tempo, valores
from requerimentos.demanda.fatos import Estado, Fatos, Parecer
from requerimentos.demanda.servico import Condicao
from requerimentos.demanda.tempo import data_da_idade, idade
from requerimentos.demanda.valores import Linha, Tabela, ano_e_meses

QUEM_DECIDE = "Quem decide é o INSS."
# Years beyond which no day is looked for.
MAIS_LONGE = 60
PERTO = timedelta(days=60)


def falta_saber(condicao: Condicao, frase: str) -> Parecer:
    return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=frase)


def _por_idade(condicao: Condicao, conteudo: Mapping[str, list[int]], texto: str, fatos: Fatos, hoje: date) -> Parecer:
    igual = conteudo["F"] == conteudo["M"]
    if falta := _falta_idade(fatos, precisa_sexo=not igual):
        return falta_saber(condicao, f"{falta} {texto}")
    anos, meses = conteudo["F" if igual else fatos.sexo]
    return _parecer_de_idade(condicao, (anos, meses), _nascimento(fatos), hoje)


def _por_tabela(condicao: Condicao, chave: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if falta := _falta_idade(fatos, precisa_sexo=True):
        return falta_saber(condicao, f"{falta} {texto}")
    achado = _quando_alcanca(valores.tabela(chave), fatos.sexo, _nascimento(fatos), hoje)
    if achado is None:
        return falta_saber(condicao, f"A tabela não chega a este ano. {texto}")
    return _parecer_de_idade(condicao, achado[1], _nascimento(fatos), hoje, achado[0])


def _nascimento(fatos: Fatos) -> date:
    if fatos.nascimento is None:
        raise ValueError("Sem data de nascimento não há idade.")
    return fatos.nascimento


def _falta_idade(fatos: Fatos, *, precisa_sexo: bool) -> str:
    if fatos.nascimento is None:
        return "Falta a data de nascimento."
    return "Falta o sexo no cadastro." if precisa_sexo and fatos.sexo not in {"F", "M"} else ""


def _quando_alcanca(tabela: Tabela, sexo: str, nascimento: date, hoje: date) -> tuple[date, tuple[int, int]] | None:
    """The first day from `hoje` on when the age of that year is complete, and that age. The age asked may be rising."""
    for linha in _de_hoje_em_diante(tabela, hoje):
        pedida = linha.de(sexo)
        anos, meses = pedida if isinstance(pedida, tuple) else (pedida, 0)
        dia = max(data_da_idade(nascimento, anos, meses), linha.vigente_de)
        if linha.vigente_ate is None or dia <= linha.vigente_ate:
            return dia, (anos, meses)
    return None


def _de_hoje_em_diante(tabela: Tabela, hoje: date) -> list[Linha]:
    return [linha for linha in tabela.linhas if linha.vigente_ate is None or linha.vigente_ate >= hoje]


def _quando(dia: date, hoje: date) -> str:
    """A month says enough of a far day; of a near one, the person needs to know when to come back."""
    return f"{dia:%d/%m/%Y}" if dia <= hoje + PERTO else f"{dia:%m/%Y}"


def _parecer_de_idade(
    condicao: Condicao, pedida: tuple[int, int], nascimento: date, hoje: date, quando: date | None = None
) -> Parecer:
    quando = quando or data_da_idade(nascimento, *pedida)
    if quando <= hoje:
        frase = f"Tem {idade(nascimento, hoje)} anos; a regra pede {ano_e_meses(pedida)}."
        return Parecer(condicao=condicao, estado=Estado.OK, frase=frase)
    frase = f"Completa {ano_e_meses(pedida)} em {_quando(quando, hoje)}. {QUEM_DECIDE}"
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase, quando=quando)


def _por_tempo(condicao: Condicao, conteudo: Mapping[str, list[int]], texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if fatos.contribuicao is None:
        return falta_saber(condicao, f"Falta o tempo de contribuição. {texto}")
    if (exigido := _exigido(conteudo, fatos)) is None:
        return falta_saber(condicao, f"Falta o sexo no cadastro. {texto}")
    return _parecer_de_tempo(condicao, exigido, fatos.contribuicao, hoje)


def _por_soma(condicao: Condicao, conteudo: Mapping[str, list[int]], texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if fatos.tempo_somado is None:
        return falta_saber(condicao, f"Falta o tempo de roça e de cidade, somado. {texto}")
    if (exigido := _exigido(conteudo, fatos)) is None:
        return falta_saber(condicao, f"Falta o sexo no cadastro. {texto}")
    return _parecer_de_tempo(condicao, exigido, fatos.tempo_somado, hoje, "somando roça e cidade")


def _exigido(conteudo: Mapping[str, list[int]], fatos: Fatos) -> int | None:
    """The time asked of this person, or None when it depends on a sex that is not known."""
    if conteudo["F"] != conteudo["M"] and fatos.sexo not in {"F", "M"}:
        return None
    return tempo.em_dias(*conteudo[fatos.sexo if fatos.sexo in {"F", "M"} else "F"])


def _parecer_de_tempo(
    condicao: Condicao, exigido: int, contribuido: int, hoje: date, de_que: str = "de contribuição"
) -> Parecer:
    tem = tempo.por_extenso(contribuido)
    if contribuido >= exigido:
        frase = f"Tem {tem} {de_que}; a regra pede {tempo.por_extenso(exigido)}."
        return Parecer(condicao=condicao, estado=Estado.OK, frase=frase)
    ate = data_da_idade(hoje, MAIS_LONGE)
    quando = tempo.primeiro_dia(_chega(lambda dia: contribuido + tempo.decorrido(hoje, dia), exigido), hoje, ate)
    falta = tempo.por_extenso(exigido - contribuido)
    frase = f"Tem {tem} {de_que}; a regra pede mais {falta}. {_se_continuar(quando)}"
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase, quando=quando)


def _chega(soma: Callable[[date], int], alvo: int) -> Callable[[date], bool]:
    return lambda dia: soma(dia) >= alvo


def _se_continuar(quando: date | None) -> str:
    return f"Se continuar a contribuir, completa em {quando:%m/%Y}. {QUEM_DECIDE}" if quando else QUEM_DECIDE


def _por_pontos(condicao: Condicao, chave: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if falta := _falta_idade(fatos, precisa_sexo=True):
        return falta_saber(condicao, f"{falta} {texto}")
    if fatos.contribuicao is None:
        return falta_saber(condicao, f"Falta o tempo de contribuição. {texto}")
    nascimento, contribuido, tabela = _nascimento(fatos), fatos.contribuicao, valores.tabela(chave)
    linha = tabela.em(hoje)
    if linha is None:
        return falta_saber(condicao, f"A tabela não chega a este ano. {texto}")

    def soma(dia: date) -> int:
        return tempo.decorrido(nascimento, dia) + contribuido + tempo.decorrido(hoje, dia)

    conta = f"Idade e contribuição somam {soma(hoje) // tempo.ANO} pontos; a regra pede {linha.de(fatos.sexo)} hoje."
    quando = _quando_soma(soma, tabela, fatos.sexo, hoje)
    if quando == hoje:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=conta)
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=f"{conta} {_se_continuar(quando)}", quando=quando)


def _quando_soma(soma: Callable[[date], int], tabela: Tabela, sexo: str, hoje: date) -> date | None:
    """The first day from `hoje` on when the sum reaches the points of that day. The points asked may be rising."""
    for linha in _de_hoje_em_diante(tabela, hoje):
        pedidos = linha.de(sexo)
        alvo = tempo.em_dias(*pedidos) if isinstance(pedidos, tuple) else tempo.em_dias(pedidos)
        de, ate = max(hoje, linha.vigente_de), linha.vigente_ate or data_da_idade(hoje, MAIS_LONGE)
        if dia := tempo.primeiro_dia(_chega(soma, alvo), de, ate):
            return dia
    return None


def _por_reforma(condicao: Condicao, conteudo: Mapping[str, Any], texto: str, fatos: Fatos, hoje: date) -> Parecer:
    [(como, pedido)] = conteudo.items()
    exigido = _exigido(pedido, fatos)
    if fatos.contribuicao_na_reforma is None:
        if exigido is not None and fatos.contribuicao is not None and fatos.contribuicao < exigido:
            # Who has less than that today had no more of it then.
            frase = f"Tem {tempo.por_extenso(fatos.contribuicao)} hoje. {texto} {QUEM_DECIDE}"
            return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase)
        return falta_saber(condicao, f"Falta o tempo de contribuição que tinha na reforma. {texto}")
    if exigido is None:
        return falta_saber(condicao, f"Falta o sexo no cadastro. {texto}")
    tinha = fatos.contribuicao_na_reforma
    cumpre = tinha > exigido if como == "mais_de" else tinha >= exigido
    palavra = "mais de " if como == "mais_de" else ""
    frase = f"Na reforma tinha {tempo.por_extenso(tinha)}; a regra pede {palavra}{tempo.por_extenso(exigido)}."
    if cumpre:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=frase)
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=f"{frase} {QUEM_DECIDE}")


def _por_pedagio(condicao: Condicao, conteudo: Mapping[str, Any], texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if fatos.contribuicao is None or fatos.contribuicao_na_reforma is None:
        return falta_saber(condicao, f"Falta o tempo de contribuição de hoje e o que tinha na reforma. {texto}")
    if (exigido := _exigido(conteudo["tempo"], fatos)) is None:
        return falta_saber(condicao, f"Falta o sexo no cadastro. {texto}")
    inteiro = tempo.com_pedagio(exigido, fatos.contribuicao_na_reforma, conteudo["percentual"])
    return _parecer_de_tempo(condicao, inteiro, fatos.contribuicao, hoje)


def _por_renda(condicao: Condicao, chave: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    renda = fatos.renda_por_pessoa
    if renda is None:
        return falta_saber(condicao, f"Falta a renda da casa. {texto}")
    limite = valores.numero(chave, hoje)
    if limite is None:
        return falta_saber(condicao, f"Não há valor conferido para este dia. {texto}")
    if renda <= limite:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=f"Pela renda informada, dentro do limite. {texto}")
    frase = f"Pela renda informada, acima do limite. {texto} {QUEM_DECIDE}"
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase)


def _por_cadunico(condicao: Condicao, chave: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if fatos.cadunico_em is None:
        return falta_saber(condicao, f"Falta a data do CadÚnico. {texto}")
    vence = vencimento_do_cadunico(chave, fatos.cadunico_em, hoje)
    if vence is None:
        return falta_saber(condicao, f"Não há prazo conferido para este dia. {texto}")
    if hoje <= vence:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=f"CadÚnico em dia até {vence:%d/%m/%Y}.")
    frase = f"CadÚnico vencido desde {vence:%d/%m/%Y}: atualize no CRAS antes. {QUEM_DECIDE}"
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase)


def _por_fato(condicao: Condicao, fato: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    resposta = fatos.sabe(fato)
    if resposta is None:
        return falta_saber(condicao, f"Pergunte à pessoa: {texto}")
    if resposta:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=texto)
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=f"Pelo que foi dito, não cumpre: {texto} {QUEM_DECIDE}")


def vencimento_do_cadunico(chave: str, atualizado_em: date, hoje: date) -> date | None:
    """The last day on which an update of `atualizado_em` is good, or None when nobody knows for how long it is."""
    meses = valores.numero(chave, hoje)
    return None if meses is None else data_da_idade(atualizado_em, 0, int(meses))


VERIFICADORES: dict[str, Callable[..., Parecer]] = {
    "idade": _por_idade,
    "tabela_idade": _por_tabela,
    "tempo": _por_tempo,
    "tempo_somado": _por_soma,
    "pontos": _por_pontos,
    "na_reforma": _por_reforma,
    "pedagio": _por_pedagio,
    "renda_ate": _por_renda,
    "cadunico": _por_cadunico,
    "fato": _por_fato,
}
