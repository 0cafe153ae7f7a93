"""The guided identification, pure: answers, what the record tells and a day in; the next question or services out.

The answers are walked from the first question on, always in the order of the file: what no longer fits the path is left
aside, not lost, so going back and changing an answer never mixes two stories. Nothing here decides: INSS decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from act_portal.territorio.regras import Calendario, Canal, prazo_recurso
from requerimentos.demanda import tempo, valores
from requerimentos.demanda.catalogo import Catalogo
from requerimentos.demanda.fatos import Aviso, Caminho, Estado, Fatos, Parecer, VagaExigida
from requerimentos.demanda.regras import avisos_da_pessoa, elegibilidade, separar, vagas_exigidas
from requerimentos.demanda.servico import Condicao, Servico
from requerimentos.demanda.triagem.roteiro import BIOMETRIA, Opcao, Pergunta, Quando, Roteiro, Tipo
from requerimentos.demanda.verificadores import QUEM_DECIDE

MAXIMO_DE_PESSOAS = 40
CENTAVO = Decimal("0.01")
# The holidays of the whole country alone.
NACIONAL = Calendario()
# What `Fatos` holds besides marks, by the key of the answer.
CAMPO_DA_MEDIDA = {
    "cadunico_em": "cadunico_em",
    "renda_por_pessoa": "renda_por_pessoa",
    "tempo_contribuicao": "contribuicao",
    "tempo_somado": "tempo_somado",
    "tempo_na_reforma": "contribuicao_na_reforma",
}
IDAS = {"cadunico_sem_data": "CRAS", "cadunico_vencido": "CRAS", "cadunico_quase": "CRAS"}


class Lugar(StrEnum):
    """Where a service stands in the result, in this order."""

    CABE = "cabe"
    # Asked of the employer, who pays; INSS only for some.
    EMPRESA = "empresa"
    # Nothing against it, but a number or fact that the rule compares is not known yet.
    FALTA_SABER = "falta_saber"
    ORIENTAR = "orientar"
    AINDA_NAO = "ainda_nao"
    NAO_CABE = "nao_cabe"


@dataclass(frozen=True)
class Conversa:
    """The path walked: valid answers in order, what they say, and the question to ask now (None: there is a result)."""

    dadas: Mapping[str, Any]
    fatos: Fatos
    proxima: Pergunta | None
    ditas: Mapping[str, Parecer | bool] = field(default_factory=dict)
    passos: tuple[str, ...] = ()

    @property
    def terminou(self) -> bool:
        return self.proxima is None


@dataclass(frozen=True)
class Indicacao:
    """One service: why (`sim`), why not (`nao`), what is not known yet (`falta`), and since when it would be met."""

    servico: Servico
    pedido: Servico
    lugar: Lugar
    empresa: str
    sim: tuple[Parecer, ...]
    nao: tuple[Parecer, ...]
    falta: tuple[Parecer, ...]
    caminho: Caminho | None
    outros_caminhos: tuple[Caminho, ...]
    quando: date | None
    em_breve: bool
    avisos: tuple[Aviso, ...]
    idas: tuple[Ida, ...]
    vagas: tuple[VagaExigida, ...]

    @property
    def prepara(self) -> bool:
        """It is, or soon will be, time to gather papers and run errands for it."""
        return self.em_breve or self.lugar in {Lugar.EMPRESA, Lugar.CABE, Lugar.FALTA_SABER}

    @property
    def levar(self) -> tuple[VagaExigida, ...]:
        """What the person brings: our own papers are printed at the desk."""
        return tuple(v for v in self.vagas if not v.vaga.papel and v.obrigatoria is not False)


@dataclass(frozen=True)
class Ida:
    """Where to go before asking, and why."""

    aonde: str
    texto: str
    base: str = ""


@dataclass(frozen=True)
class Resultado:
    indicacoes: tuple[Indicacao, ...]
    passos: tuple[str, ...]

    def em(self, lugar: Lugar) -> list[Indicacao]:
        return [indicacao for indicacao in self.indicacoes if indicacao.lugar == lugar]

    @property
    def idas(self) -> list[Ida]:
        """Each place once, of the services that may be asked for now or soon."""
        return list(dict.fromkeys(ida for indicacao in self.indicacoes if indicacao.prepara for ida in indicacao.idas))


# The path


def conversar(
    roteiro: Roteiro,
    respostas: Mapping[str, Any],
    base: Fatos,
    hoje: date,
    catalogo: Catalogo,
    calendario: Calendario = NACIONAL,
) -> Conversa:
    """Walk `respostas` over `base` (what the record tells). Answers that do not fit, or cannot be read, are skipped.

    `calendario`: the working days of where the conversation is held, for the terms that it tells.
    """
    dadas = _derivadas(roteiro, base, hoje, catalogo)
    conversa = Conversa({}, base, None)
    for pergunta in roteiro.perguntas:
        if not _cabe(pergunta.quando, dadas):
            continue
        resposta = respostas.get(pergunta.id)
        if resposta is not None and valida(pergunta, resposta, hoje):
            # Whoever answers what the record knows says it anew: it is asked as if it were not known.
            if not _necessaria(pergunta, roteiro, dadas, _esquecer(conversa, pergunta), hoje, catalogo):
                continue
            dadas[pergunta.id] = resposta
            conversa = _ouvir(conversa, pergunta, resposta, roteiro, hoje, calendario)
            continue
        if pergunta.se_couber and len(conversa.dadas) >= roteiro.limite:
            continue
        if _necessaria(pergunta, roteiro, dadas, conversa, hoje, catalogo):
            return replace(conversa, proxima=pergunta)
    return conversa


def _derivadas(roteiro: Roteiro, base: Fatos, hoje: date, catalogo: Catalogo) -> dict[str, Any]:
    com_idade = [catalogo.servico(candidato.codigo) for candidato in roteiro.candidatos if candidato.perto]
    ditas = {
        "menor": base.sabe("menor"),
        "tem_pedido": base.pedidos,
        "perto_da_idade": any(_idade_perto(servico, base, roteiro.perto, hoje) for servico in com_idade),
        "idosa": _idade_perto(catalogo.servico(roteiro.idosa), base, 0, hoje),
    }
    return {nome: "sim" if vale else "nao" for nome, vale in ditas.items()}


def _cabe(quando: Quando, dadas: Mapping[str, Any]) -> bool:
    """Any of the lines, each with all of its answers; none at all is always."""
    linhas = (all(dadas.get(id) in aceitas for id, aceitas in linha.items()) for linha in quando)
    return not quando or any(linhas)


def _necessaria(
    pergunta: Pergunta, roteiro: Roteiro, dadas: Mapping[str, Any], conversa: Conversa, hoje: date, catalogo: Catalogo
) -> bool:
    if not pergunta.precisa:
        return True
    faltas: set[str] = set()
    for servico in em_jogo(roteiro, dadas, conversa.fatos, hoje, catalogo):
        faltas |= _o_que_falta(servico, conversa, hoje, catalogo, roteiro.perto)
        if faltas & set(pergunta.precisa):
            return True
    return False


def _esquecer(conversa: Conversa, pergunta: Pergunta) -> Conversa:
    fatos = conversa.fatos
    marcas = {fato: dito for fato, dito in fatos.marcas.items() if fato not in pergunta.fatos}
    medida = {CAMPO_DA_MEDIDA[pergunta.medida]: None} if pergunta.medida else {}
    return replace(conversa, fatos=replace(fatos, marcas=marcas, **medida))  # type: ignore[arg-type]


def _ouvir(
    conversa: Conversa, pergunta: Pergunta, resposta: Any, roteiro: Roteiro, hoje: date, calendario: Calendario
) -> Conversa:
    opcao = pergunta.opcao(resposta)
    fatos, ditas, passos = conversa.fatos, dict(conversa.ditas), conversa.passos
    if opcao is not None:
        fatos = replace(fatos, marcas={**fatos.marcas, **opcao.fatos})
        ditas |= {id: _por_descobrir(dito) if isinstance(dito, str) else dito for id, dito in opcao.condicoes.items()}
        passos += opcao.passos
    if pergunta.medida and (medida := medir(pergunta, resposta, opcao)) is not None:
        fatos = _com_medida(fatos, pergunta.medida, medida, roteiro, hoje)
    if pergunta.prazo and opcao is None:
        ditas |= _do_prazo(pergunta, date.fromisoformat(resposta), hoje, calendario)
    return Conversa({**conversa.dadas, pergunta.id: resposta}, fatos, None, ditas, passos)


def _com_medida(fatos: Fatos, chave: str, medida: Any, roteiro: Roteiro, hoje: date) -> Fatos:
    fatos = replace(fatos, **{CAMPO_DA_MEDIDA[chave]: medida})
    if chave == "tempo_contribuicao" and medida > tempo.decorrido(roteiro.reforma, hoje):
        # More time than there was since the reform: part of it came before.
        return replace(fatos, marcas={**fatos.marcas, "filiado_antes_ec103": True})
    return fatos


def _por_descobrir(frase: str) -> Parecer:
    """What has to be found out before the service can be said to fit, in the words of the question."""
    return Parecer(condicao=_QUALQUER, estado=Estado.FALTA_SABER, frase=frase, decisiva=True)


def _do_prazo(pergunta: Pergunta, inicio: date, hoje: date, calendario: Calendario) -> dict[str, Any]:
    """What the term that runs from `inicio` says of its conditions: `quando` is its last day."""
    fim = _ultimo_dia(pergunta.prazo, inicio, hoje, calendario)
    if fim is None:
        return {}
    if hoje <= fim:
        dito = Parecer(condicao=_QUALQUER, estado=Estado.OK, frase=f"O prazo vai até {fim:%d/%m/%Y}.", quando=fim)
    else:
        ditas = (f"O prazo acabou em {fim:%d/%m/%Y}.", pergunta.prazo.get("passou", ""), QUEM_DECIDE)
        frase = " ".join(filter(None, ditas))
        dito = Parecer(condicao=_QUALQUER, estado=Estado.NAO, frase=frase)
    return dict.fromkeys(pergunta.prazo["condicoes"], dito)


def _ultimo_dia(prazo: Mapping[str, Any], inicio: date, hoje: date, calendario: Calendario) -> date | None:
    """By the rule of today, also for what happened before it: the page of the request counts so too."""
    if prazo.get("recurso"):
        return prazo_recurso(inicio, Canal.PRESENCIAL, calendario=calendario, conhecida_em=inicio).fim
    try:
        pedido = valores.valor(str(prazo["valor"]), hoje)
    except LookupError:
        return None
    quantos = int(pedido.valor)
    if pedido.unidade == "dias":
        return inicio + timedelta(days=quantos)
    return tempo.data_da_idade(inicio, *((quantos, 0) if pedido.unidade == "anos" else (0, quantos)))


# Stands for whichever condition is spoken of.
_QUALQUER = Condicao(id="", texto="", tipo="tempo")


# Answers


def valida(pergunta: Pergunta, resposta: Any, hoje: date) -> bool:
    """True for an option of the question, or for a typed answer that can be read."""
    if isinstance(resposta, str) and pergunta.opcao(resposta):
        return True
    try:
        if pergunta.tipo == Tipo.DATA:
            return date.fromisoformat(resposta) <= hoje
        if pergunta.tipo == Tipo.TEMPO:
            return tempo.ler(resposta) >= 0
        return pergunta.tipo == Tipo.RENDA and por_pessoa(resposta) >= 0
    except (AttributeError, InvalidOperation, KeyError, TypeError, ValueError):
        return False


def medir(pergunta: Pergunta, resposta: Any, opcao: Opcao | None) -> Any:
    """The number or day of an answer in the unit of `Fatos`; None when the person does not know."""
    if opcao is not None:
        if not opcao.valor:
            return None
        return Decimal(opcao.valor) if pergunta.tipo == Tipo.RENDA else tempo.ler(opcao.valor)
    if pergunta.tipo == Tipo.DATA:
        return date.fromisoformat(resposta)
    return tempo.ler(resposta) if pergunta.tipo == Tipo.TEMPO else por_pessoa(resposta)


def por_pessoa(resposta: Mapping[str, Any]) -> Decimal:
    """Income per head, to the cent. Part of a cent counts as a cent: rounding never brings a home under the limit."""
    pessoas, total = int(resposta["pessoas"]), Decimal(str(resposta["total"]))
    if not 1 <= pessoas <= MAXIMO_DE_PESSOAS or not total.is_finite() or total < 0:
        raise ValueError("Confira quantas pessoas moram na casa e o total.")
    return (total / pessoas).quantize(CENTAVO, rounding=ROUND_CEILING)


def para_o_pedido(roteiro: Roteiro, conversa: Conversa, perguntadas: Iterable[str]) -> dict[str, Any]:
    """The answers that a request which asks `perguntadas` begins with, in its own keys and JSON-safe.

    Only what was said in this conversation, about facts and numbers: never a declaration, never what only the record
    told.
    """
    ditas: dict[str, Any] = {}
    for id, resposta in conversa.dadas.items():
        pergunta = roteiro.pergunta(id)
        if pergunta is None:
            continue
        opcao = pergunta.opcao(resposta)
        ditas |= opcao.fatos if opcao else {}
        medida = medir(pergunta, resposta, opcao) if pergunta.medida else None
        if medida is not None:
            ditas[pergunta.medida] = _em_texto(medida)
    return {chave: ditas[chave] for chave in perguntadas if chave in ditas}


def _em_texto(medida: Any) -> str:
    if isinstance(medida, date):
        return medida.isoformat()
    return f"{medida:.2f}" if isinstance(medida, Decimal) else tempo.por_extenso(medida)


# Services


def em_jogo(roteiro: Roteiro, dadas: Mapping[str, Any], fatos: Fatos, hoje: date, catalogo: Catalogo) -> list[Servico]:
    """The services that the answers bring in and that exist on `hoje`, in the order of the file."""
    achados = []
    for candidato in roteiro.candidatos:
        servico = catalogo.servico(candidato.codigo)
        trazido = bool(candidato.quando) and _cabe(candidato.quando, dadas)
        perto = bool(candidato.perto) and _cabe(candidato.perto, dadas)
        if servico.vigente(hoje) and (trazido or (perto and _idade_perto(servico, fatos, roteiro.perto, hoje))):
            achados.append(servico)
    return achados


def _idade_perto(servico: Servico, fatos: Fatos, meses: int, hoje: date) -> bool:
    """Whether the age that some way of the service asks is complete, or will be within `meses`."""
    idades = [p for p in elegibilidade(servico, fatos, hoje) if p.condicao.pede_idade]
    return any(p.estado == Estado.OK or _vem_logo(p, meses, hoje) for p in idades)


def _vem_logo(parecer: Parecer, meses: int, hoje: date) -> bool:
    return parecer.quando is not None and parecer.quando <= tempo.data_da_idade(hoje, 0, meses)


def indicar(roteiro: Roteiro, conversa: Conversa, base: Fatos, hoje: date, catalogo: Catalogo) -> Resultado:
    """Every service in play with why and why not: first what fits, then what only needs time, then what does not."""
    dadas = {**_derivadas(roteiro, base, hoje, catalogo), **conversa.dadas}
    empresas = {c.codigo: c.empresa for c in roteiro.candidatos if c.na_empresa and _cabe(c.na_empresa, dadas)}
    achadas = [
        _indicacao(s, conversa, hoje, catalogo, empresas.get(s.codigo, ""), roteiro.perto)
        for s in em_jogo(roteiro, dadas, base, hoje, catalogo)
    ]
    ordem = list(Lugar)
    achadas.sort(key=lambda i: (ordem.index(i.lugar), (i.lugar == Lugar.AINDA_NAO and i.quando) or date.min))
    return Resultado(tuple(achadas), tuple(dict.fromkeys(conversa.passos)))


def _opinioes(servico: Servico, conversa: Conversa, hoje: date) -> tuple[list[Parecer], list[Caminho]]:
    """The opinions of the catalogue, completed by what was said of conditions that no machine checks."""
    return separar(servico, [_completar(p, conversa, hoje) for p in elegibilidade(servico, conversa.fatos, hoje)])


def _completar(parecer: Parecer, conversa: Conversa, hoje: date) -> Parecer:
    dito = conversa.ditas.get(parecer.condicao.id)
    if dito is None or parecer.estado != Estado.FALTA_SABER:
        return parecer
    if isinstance(dito, Parecer):
        return replace(dito, condicao=parecer.condicao)
    texto = valores.preencher(parecer.condicao.texto, hoje)
    if dito:
        return replace(parecer, estado=Estado.OK, frase=f"Pelo que foi dito: {texto}")
    return replace(parecer, estado=Estado.NAO, frase=f"Pelo que foi dito, não cumpre: {texto} {QUEM_DECIDE}")


def _remediavel(parecer: Parecer) -> bool:
    """What an errand settles (CRAS, CIN) puts no service aside."""
    regra = parecer.condicao.regra
    return "cadunico" in regra or regra.get("fato") == BIOMETRIA


def _barra(parecer: Parecer) -> bool:
    return parecer.estado == Estado.NAO and not _remediavel(parecer)


def _o_que_falta(servico: Servico, conversa: Conversa, hoje: date, catalogo: Catalogo, perto: int) -> set[str]:
    """What a service that may still fit would have to know, in the words of `precisa`. An age that comes within `perto`
    months puts nothing aside: who waits for it wants to know of the rest.
    """

    def afasta(parecer: Parecer) -> bool:
        return _barra(parecer) and not (parecer.condicao.pede_idade and _vem_logo(parecer, perto, hoje))

    comuns, caminhos = _opinioes(servico, conversa, hoje)
    vivos = [caminho for caminho in caminhos if not any(map(afasta, caminho.pareceres))]
    if any(map(afasta, comuns)) or (caminhos and not vivos):
        return set()
    if not any(caminho.estado == Estado.OK for caminho in vivos):
        comuns = [*comuns, *(parecer for caminho in vivos for parecer in caminho.pareceres)]
    faltas = {alvo for parecer in comuns if parecer.estado == Estado.FALTA_SABER for alvo in _alvos(parecer.condicao)}
    pedido = catalogo.pedido_por(servico.codigo)
    return faltas | ({BIOMETRIA} if pedido.pede_biometria and conversa.fatos.sabe(BIOMETRIA) is None else set())


def _alvos(condicao: Condicao) -> set[str]:
    alvos = {f"condicao:{condicao.id}"}
    for nome, conteudo in condicao.regra.items():
        alvos.add(f"fato:{conteudo}" if nome == "fato" else nome)
    return alvos


def _indicacao(
    servico: Servico, conversa: Conversa, hoje: date, catalogo: Catalogo, empresa: str, perto: int
) -> Indicacao:
    pedido = catalogo.pedido_por(servico.codigo)
    comuns, caminhos = _opinioes(servico, conversa, hoje)
    melhores = sorted(caminhos, key=_do_melhor)
    melhor = melhores[0] if melhores else None
    todos = [*comuns, *(melhor.pareceres if melhor else ())]
    barram = [parecer for parecer in todos if _barra(parecer)]
    dias = [parecer.quando for parecer in barram]
    quando = None if None in dias else max(filter(None, dias), default=None)
    avisos = avisos_da_pessoa(pedido, conversa.fatos, hoje)
    return Indicacao(
        servico=servico,
        pedido=pedido,
        lugar=_lugar(servico, todos, quando, empresa),
        empresa=empresa,
        sim=tuple(p for p in todos if p.estado == Estado.OK),
        nao=tuple(p for p in todos if p.estado == Estado.NAO),
        falta=tuple(p for p in todos if p.estado == Estado.FALTA_SABER),
        caminho=melhor,
        outros_caminhos=tuple(melhores[1:]),
        quando=quando,
        em_breve=not servico.orientar and quando is not None and quando <= tempo.data_da_idade(hoje, 0, perto),
        avisos=tuple(a for a in avisos if a.codigo not in IDAS and not _pede_cin(a, conversa.fatos)),
        idas=tuple(_idas(avisos, conversa)),
        vagas=tuple(vagas_exigidas(pedido.em(hoje), conversa.fatos)),
    )


def _lugar(servico: Servico, pareceres: list[Parecer], quando: date | None, empresa: str) -> Lugar:
    if servico.orientar:
        return Lugar.ORIENTAR
    if any(map(_barra, pareceres)):
        return Lugar.AINDA_NAO if quando else Lugar.NAO_CABE
    if empresa:
        return Lugar.EMPRESA
    return Lugar.FALTA_SABER if any(map(_por_saber, pareceres)) else Lugar.CABE


def _por_saber(parecer: Parecer) -> bool:
    """What the rule compares and nobody told yet: without it nothing combines. What only a person can check stays told
    beside the service.
    """
    if parecer.estado != Estado.FALTA_SABER or _remediavel(parecer):
        return False
    return parecer.decisiva or bool(parecer.condicao.regra)


def _do_melhor(caminho: Caminho) -> tuple[int, date, int, int]:
    """The best of alternative ways first: nothing against it, then the one that time brings soonest; of two alike, the
    one of which less is to be found out, and more is known.
    """
    barram = [parecer for parecer in caminho.pareceres if _barra(parecer)]
    faltam = sum(parecer.estado == Estado.FALTA_SABER for parecer in caminho.pareceres)
    sabem = -sum(parecer.estado == Estado.OK for parecer in caminho.pareceres)
    if not barram:
        return (0 if caminho.estado == Estado.OK else 1), date.min, faltam, sabem
    if any(parecer.quando is None for parecer in barram):
        return 3, date.max, faltam, sabem
    return 2, max(filter(None, (parecer.quando for parecer in barram))), faltam, sabem


def _pede_cin(aviso: Aviso, fatos: Fatos) -> bool:
    return aviso.codigo == BIOMETRIA and fatos.sabe(BIOMETRIA) is False


def _idas(avisos: Iterable[Aviso], conversa: Conversa) -> list[Ida]:
    idas = []
    for aviso in avisos:
        if aviso.codigo in IDAS:
            texto = aviso.texto
            if aviso.codigo == "cadunico_sem_data":
                tem = conversa.ditas.get("cadunico_24") is not False
                texto = "Confira a data do CadÚnico." if tem else "Faça o CadÚnico antes de pedir."
            idas.append(Ida("CRAS", texto, aviso.base))
        elif _pede_cin(aviso, conversa.fatos):
            idas.append(Ida("Posto de identificação (CIN)", aviso.texto, aviso.base))
    return idas
