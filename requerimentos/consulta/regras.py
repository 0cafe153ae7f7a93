"""What to tell the citizen about a request, in plain words. Pure functions over plain values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from act_portal.telas.formatos import data_longa
from requerimentos.situacoes import Etapa, SituacaoExigencia, SituacaoInss, TipoResultado

MAIOR_DIGITADO = 60
# No protocol is like this one, so that a malformed one costs the same search as an unknown one.
PROTOCOLO_IMPOSSIVEL = "-"
_PARECIDAS = str.maketrans("OoIiLl", "001111", " .-/\t\u00a0\u2013\u2014")

# What INSS asks for, as far as a stranger looking over the shoulder may read it: "saude" is missing on purpose.
PEDIDOS = {
    "procuracao": "um papel sobre quem representa você",
    "cadunico": "um papel ou uma atualização do CadÚnico",
    "biometria": "o cadastro da sua digital ou do seu rosto (biometria)",
    "rural": "um papel sobre o trabalho no campo ou na pesca",
    "vinculo": "um papel sobre o seu trabalho ou as suas contribuições",
    "estado_civil": "uma certidão",
    "residencia": "um papel sobre o seu endereço",
    "identificacao": "um documento de identificação",
}


@dataclass(frozen=True)
class ExigenciaVista:
    situacao: str
    prazo: date
    causa: str = ""
    prorrogada: bool = False


@dataclass(frozen=True)
class Andamento:
    """What the portal knows of a filed request, without anything that names a person."""

    situacao: str
    etapa: str = Etapa.ACOMPANHANDO
    resultado: str = ""
    entregue: bool = False
    recorrer_ate: date | None = None
    prazo_recurso: date | None = None
    exigencias: tuple[ExigenciaVista, ...] = ()


@dataclass(frozen=True)
class Leitura:
    """`selo`: the situation in a few words. `titulo`: what matters most, as a sentence. `ate`: the last day to act."""

    selo: str
    titulo: str
    tom: str = "andamento"
    frases: tuple[str, ...] = ()
    fazer: tuple[str, ...] = ()
    ate: date | None = None
    faltam: str = ""


def normalizar_protocolo(digitado: str) -> str:
    """Digits only, read past the mask and past letters that look like digits."""
    limpo = digitado.translate(_PARECIDAS) if len(digitado) <= MAIOR_DIGITADO else ""
    return limpo if re.fullmatch(r"[0-9]{1,11}", limpo) else PROTOCOLO_IMPOSSIVEL


def ler(andamento: Andamento, hoje: date) -> Leitura:
    """The request as its owner should read it on `hoje` (the day in the município)."""
    if andamento.etapa == Etapa.CANCELADO:
        return _cancelada(andamento, hoje)
    return _LEITURAS.get(andamento.situacao, _pendente)(andamento, hoje)


def _pendente(andamento: Andamento, hoje: date) -> Leitura:
    return Leitura(
        "Na fila do INSS",
        "O INSS recebeu o seu pedido",
        frases=("O pedido está na fila e ainda não começou a ser analisado.", _NADA_A_FAZER),
    )


def _em_analise(andamento: Andamento, hoje: date) -> Leitura:
    return Leitura(
        "Em análise",
        "O INSS está analisando o seu pedido",
        frases=("Quem decide é o INSS, não a prefeitura.", _NADA_A_FAZER),
    )


def _exigencia(andamento: Andamento, hoje: date) -> Leitura:
    abertas = [e for e in andamento.exigencias if e.situacao in {SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA}]
    if abertas:
        return _exigencia_aberta(min(abertas, key=lambda e: e.prazo), len(abertas), hoje)
    if any(e.situacao == SituacaoExigencia.RESPONDENDO for e in andamento.exigencias):
        return Leitura(
            "Resposta a caminho",
            "O balcão está enviando a sua resposta ao INSS",
            frases=("Você já entregou o que o INSS pediu.", _NADA_A_FAZER),
        )
    if any(e.situacao == SituacaoExigencia.CUMPRIDA for e in andamento.exigencias):
        return Leitura(
            "Resposta entregue",
            "A sua resposta já está com o INSS",
            frases=("Agora o INSS volta a analisar o pedido.", _NADA_A_FAZER),
        )
    return Leitura(
        "O INSS pediu algo",
        "O INSS pediu mais alguma coisa",
        tom="atencao",
        frases=("O balcão ainda está buscando o que foi pedido e o prazo.",),
        fazer=("Fale logo com o balcão. Há um prazo para responder.",),
    )


def _exigencia_aberta(primeira: ExigenciaVista, quantas: int, hoje: date) -> Leitura:
    coisa = PEDIDOS.get(primeira.causa, "")
    pediu = f"O INSS pediu {coisa}." if coisa else "O INSS pediu documentos ou informações para continuar a análise."
    if quantas > 1:
        pediu = f"O INSS fez {quantas} pedidos. O prazo abaixo é o do primeiro que vence."
    dia = data_longa(primeira.prazo)
    if primeira.prazo < hoje:
        return Leitura(
            "Prazo vencido",
            f"O prazo para responder ao INSS terminou em {dia}",
            tom="perigo",
            frases=(pediu, "O INSS pode decidir só com o que já tem, ou arquivar o pedido."),
            fazer=("Vá ao balcão o quanto antes. Lá dizem o que ainda dá para fazer.",),
        )
    fazer = [
        "Fale com o balcão para saber exatamente o que levar.",
        "Leve ao balcão o que foi pedido e o seu documento com foto.",
        "O balcão envia ao INSS. Você não precisa ir a uma agência para isso.",
    ]
    if not primeira.prorrogada:
        fazer.append("Não vai dar tempo? Vá mesmo assim, antes do prazo: dá para pedir mais dias uma vez.")
    return Leitura(
        "O INSS pediu documentos",
        f"Leve ao balcão o que o INSS pediu até {dia}",
        tom="atencao",
        frases=(pediu, "Depois desse dia o INSS pode decidir só com o que já tem, ou arquivar o pedido."),
        fazer=tuple(fazer),
        ate=primeira.prazo,
        faltam=_faltam(primeira.prazo, hoje),
    )


def _concluida(andamento: Andamento, hoje: date) -> Leitura:
    leitura = _RESULTADOS.get(andamento.resultado, _SEM_RESULTADO)
    if andamento.resultado and not andamento.entregue:
        leitura = replace(leitura, fazer=(_BUSCAR_CARTA, *leitura.fazer))
    if andamento.resultado not in {TipoResultado.INDEFERIDO, TipoResultado.PARCIAL}:
        return leitura
    return _com_recurso(leitura, andamento.recorrer_ate, andamento.prazo_recurso, hoje)


def _com_recurso(leitura: Leitura, recorrer_ate: date | None, prazo: date | None, hoje: date) -> Leitura:
    """`recorrer_ate`: the day to keep to. From then to `prazo` the norms may still allow it: only the desk can tell."""
    if recorrer_ate is None or prazo is None:
        aviso = "Não concorda? Você pode pedir recurso, e há um prazo. Pergunte no balcão até que dia."
        return replace(leitura, fazer=(*leitura.fazer, aviso))
    if prazo < hoje:
        return replace(leitura, frases=(*leitura.frases, f"O prazo para recurso terminou em {data_longa(prazo)}."))
    if recorrer_ate < hoje:
        aviso = f"Não concorda? Vá logo ao balcão: o recurso talvez ainda possa ser pedido até {data_longa(prazo)}."
        return replace(leitura, fazer=(*leitura.fazer, aviso))
    aviso = f"Não concorda? Você pode pedir recurso até {data_longa(recorrer_ate)}. O balcão ajuda."
    return replace(
        leitura,
        fazer=(*leitura.fazer, aviso),
        ate=recorrer_ate,
        faltam=f"Para pedir recurso: {_faltam(recorrer_ate, hoje).lower()}",
    )


def _cancelada(andamento: Andamento, hoje: date) -> Leitura:
    return Leitura(
        "Cancelado",
        "O seu pedido foi cancelado",
        tom="",
        frases=("O INSS não vai mais analisar este pedido.",),
        fazer=("Não foi você que pediu para cancelar? Fale com o balcão ou ligue 135.",),
    )


def _faltam(prazo: date, hoje: date) -> str:
    dias = (prazo - hoje).days
    if dias == 0:
        return "O último dia é hoje."
    return "Falta 1 dia." if dias == 1 else f"Faltam {dias} dias."


_NADA_A_FAZER = "Você não precisa fazer nada agora."
_BUSCAR_CARTA = "Vá ao balcão com o seu documento com foto para receber a decisão por escrito."
_SEM_RESULTADO = Leitura(
    "Análise terminada",
    "O INSS terminou de analisar o seu pedido",
    frases=("Terminar não quer dizer que o pedido foi aprovado. A decisão ainda não chegou ao balcão.",),
    fazer=("Veja a decisão no Meu INSS, ligue 135 ou consulte aqui de novo amanhã.",),
)
_RESULTADOS: dict[str, Leitura] = {
    TipoResultado.DEFERIDO: Leitura(
        "Aprovado",
        "O INSS aprovou o seu pedido",
        tom="sucesso",
        frases=("Os detalhes estão na decisão por escrito e no Meu INSS.",),
    ),
    TipoResultado.PARCIAL: Leitura(
        "Aprovado em parte",
        "O INSS aprovou uma parte do seu pedido",
        tom="atencao",
        frases=("A decisão por escrito diz o que foi aprovado, o que não foi e por quê.",),
    ),
    TipoResultado.INDEFERIDO: Leitura(
        "Não aprovado",
        "O INSS não aprovou o seu pedido",
        tom="perigo",
        frases=("A decisão por escrito diz o motivo.",),
    ),
    TipoResultado.ARQUIVADO: Leitura(
        "Arquivado sem análise",
        "O INSS arquivou o seu pedido sem analisar",
        tom="atencao",
        frases=("O INSS não disse sim nem não. Em geral, faltou alguma resposta dentro do prazo.",),
        fazer=("Fale com o balcão para ver se é o caso de fazer um pedido novo.",),
    ),
    TipoResultado.DESISTENCIA: Leitura(
        "Encerrado por desistência",
        "O seu pedido foi encerrado por desistência",
        tom="",
        frases=("O INSS não vai mais analisar este pedido.",),
        fazer=("Não foi você que desistiu? Fale com o balcão ou ligue 135.",),
    ),
}
_LEITURAS: dict[str, Callable[[Andamento, date], Leitura]] = {
    SituacaoInss.PENDENTE: _pendente,
    SituacaoInss.EM_ANALISE: _em_analise,
    SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA: _exigencia,
    SituacaoInss.CONCLUIDA: _concluida,
    SituacaoInss.CANCELADA: _cancelada,
}
