"""What an agreement reached, beside what its plan promised: only what the daily counts know."""

from __future__ import annotations

from datetime import date

from act_portal.contagens import consultas as contagens
from act_portal.territorio.regras import somar_meses
from adesao.models import Acordo, Formulario
from adesao.papeis.preenchimento import Incompleto, Material

FORA_DO_PORTAL = "não medido pelo portal"
SAIRAM = ("resultado", "cancelado")
EXIGENCIAS = ("exigencia", "exigencia_cumprida", "exigencia_vencida")


def resultados(acordo: Acordo, fim: date) -> list[dict[str, str]]:
    """Target and result of each goal of the work plan that is a number, over the whole life of the agreement."""
    alvos = _alvos(acordo)
    inicio = acordo.em_operacao_desde or acordo.inicio or fim
    meses, com_pedido = _meses(acordo, inicio, fim)
    pedidos = total(acordo, "protocolado", inicio, fim)
    exigencias = total(acordo, "exigencia", inicio, fim)
    no_prazo = total(acordo, "exigencia_cumprida", inicio, fim)
    vencidas = total(acordo, "exigencia_vencida", inicio, fim)
    espera = contagens.total("espera", municipios=[acordo.municipio_id], inicio=inicio, fim=fim)
    return [
        _linha("Operação contínua (meses com pedido)", "todo mês", f"{com_pedido} de {meses} meses"),
        _linha(
            "Pedidos com exigência",
            f"no máximo {alvos['alvo_exigencia']}%, por documento faltante ou ilegível" if alvos else "",
            _parte(exigencias, pedidos, "todas as causas"),
        ),
        _linha(
            "Exigências respondidas no prazo",
            f"pelo menos {alvos['alvo_exig_prazo']}%" if alvos else "",
            _parte(no_prazo, no_prazo + vencidas),
        ),
        _linha(
            "Espera até a chamada",
            f"no máximo {alvos['alvo_espera']} minutos" if alvos else "",
            "sem espera registrada" if espera.media is None else f"média de {round(espera.media / 60)} minutos",
        ),
        _linha(
            "Notas 4 e 5 na pesquisa", f"pelo menos {alvos['alvo_satisfacao']}%" if alvos else "", FORA_DO_PORTAL
        ),
    ]  # fmt: skip


def em_aberto(acordo: Acordo, hoje: date) -> dict[str, int]:
    """Cases and exigências that the counts leave open: a proposal, which a person corrects."""
    inicio = acordo.inicio or hoje
    n = {fato: total(acordo, fato, inicio, hoje) for fato in (*SAIRAM, "protocolado", *EXIGENCIAS)}
    casos = n["protocolado"] - sum(n[fato] for fato in SAIRAM)
    abertas = n["exigencia"] - n["exigencia_cumprida"] - n["exigencia_vencida"]
    return {"casos_abertos": max(0, casos), "exigencias_abertas": max(0, abertas)}


def total(acordo: Acordo, fato: str, inicio: date, fim: date) -> int:
    return contagens.total(fato, municipios=[acordo.municipio_id], inicio=inicio, fim=fim).quantidade


def _alvos(acordo: Acordo) -> dict[str, int]:
    try:
        return Material(acordo.processo).formulario(Formulario.Tipo.PLANO)
    except Incompleto:
        return {}


def _meses(acordo: Acordo, inicio: date, fim: date) -> tuple[int, int]:
    """Whole and begun months of operation, and those in which something was filed."""
    pontos = contagens.serie("protocolado", municipios=[acordo.municipio_id], inicio=inicio, fim=fim, por_mes=True)
    mes, meses = inicio.replace(day=1), 0
    while mes <= fim:
        mes, meses = somar_meses(mes, 1), meses + 1
    return meses, sum(p.quantidade > 0 for p in pontos)


def _parte(quantos: int, de: int, nota: str = "") -> str:
    if not de:
        return "nenhum caso"
    return f"{round(100 * quantos / de)}% ({quantos} de {de}{', ' + nota if nota else ''})"


def _linha(meta: str, alvo: str, alcancado: str) -> dict[str, str]:
    return {"meta": meta, "alvo": alvo or "plano sem alvo", "alcancado": alcancado}
