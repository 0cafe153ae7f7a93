"""How an agreement stands in each indicator: facts in, a level and a sentence out (Portaria 1.074/2022, art. 1º)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from act_portal.territorio.regras import somar_meses
from adesao.indicadores.catalogo import Conferivel
from adesao.situacoes import Nivel

# Within these days of its end a proof asks for attention.
PERTO_DIAS = 60


@dataclass(frozen=True)
class Limites:
    """Counts, percentages and minutes that INSS may change."""

    esvaziado_meses: int
    esvaziado_carencia_meses: int
    qualidade_minimo: int
    exigencia_pct: int
    indeferido_pct: int
    espera_minutos: int


@dataclass(frozen=True, kw_only=True)
class Fatos:
    """What is known of one agreement. Months are their first day; sums cover the last six months.

    `provas`: the last day of each thing checked, None when it does not end; what was never checked is not there.
    """

    hoje: date
    em_operacao_desde: date | None = None
    protocolados_por_mes: Mapping[date, int] = field(default_factory=dict)
    protocolados: int = 0
    exigencias: int = 0
    resultados: int = 0
    negados: int = 0
    esperas: int = 0
    espera_segundos: int = 0
    conferiveis: tuple[Conferivel, ...] = ()
    provas: Mapping[str, date | None] = field(default_factory=dict)
    fim_do_principal: date | None = None
    acessos_abertos: int = 0


@dataclass(frozen=True)
class Medida:
    nivel: Nivel
    frase: str
    valor: str = ""


def medir(codigo: str, fatos: Fatos, limites: Limites) -> Medida:
    """The level of one of the ten indicators. Raises KeyError for an unknown one."""
    return REGRAS[codigo](fatos, limites)


def meses_antes(hoje: date, quantos: int) -> list[date]:
    """The first days of the `quantos` whole months before that of `hoje`, the last first."""
    primeiro = hoje.replace(day=1)
    return [somar_meses(primeiro, -n) for n in range(1, quantos + 1)]


# --- What is checked outside --------------------------------------------------------------------------------------


def _das_provas(indicador: str) -> Callable[[Fatos, Limites], Medida]:
    def regra(fatos: Fatos, limites: Limites) -> Medida:
        pedidos = [c for c in fatos.conferiveis if c.indicador == indicador]
        faltam = [c for c in pedidos if c.exigida and c.codigo not in fatos.provas]
        dados = [(c, fatos.provas[c.codigo]) for c in pedidos if c.codigo in fatos.provas]
        vencidos = [(c, fim) for c, fim in dados if fim and fim < fatos.hoje]
        perto = [(c, fim) for c, fim in dados if fim and 0 <= (fim - fatos.hoje).days <= PERTO_DIAS]
        if not pedidos:
            return Medida(Nivel.EM_ORDEM, "Não se aplica a este município.")
        if vencidos:
            return Medida(
                Nivel.IRREGULAR, "; ".join(f"{c.nome}: venceu em {fim:%d/%m/%Y}" for c, fim in vencidos) + "."
            )
        if faltam:
            return Medida(Nivel.SEM_DADOS, f"Ainda não conferido: {'; '.join(c.nome for c in faltam)}.")
        if perto:
            return Medida(Nivel.ATENCAO, "; ".join(f"{c.nome}: vale até {fim:%d/%m/%Y}" for c, fim in perto) + ".")
        return Medida(Nivel.EM_ORDEM, "Conferido e em dia.")

    return regra


def _vinculo(fatos: Fatos, limites: Limites) -> Medida:
    if fatos.fim_do_principal and fatos.fim_do_principal < fatos.hoje:
        return Medida(Nivel.IRREGULAR, f"O acordo principal acabou em {fatos.fim_do_principal:%d/%m/%Y}.")
    return _das_provas("vinculo")(fatos, limites)


def _acessos(fatos: Fatos, limites: Limites) -> Medida:
    if fatos.em_operacao_desde and not fatos.acessos_abertos:
        return Medida(Nivel.IRREGULAR, "Ninguém tem acesso aberto para atender.", "0")
    medida = _das_provas("acessos")(fatos, limites)
    return Medida(medida.nivel, medida.frase, str(fatos.acessos_abertos))


# --- What the desk counts -----------------------------------------------------------------------------------------


def _esvaziado(fatos: Fatos, limites: Limites) -> Medida:
    """No request in three months in a row, after the opening and its grace."""
    if fatos.em_operacao_desde is None:
        return Medida(Nivel.SEM_DADOS, "O balcão ainda não abriu.")
    # Only whole months that began when the grace was over count.
    conta_de = somar_meses(fatos.em_operacao_desde, limites.esvaziado_carencia_meses)
    vazios = 0
    for mes in meses_antes(fatos.hoje, limites.esvaziado_meses):
        if mes < conta_de or fatos.protocolados_por_mes.get(mes, 0):
            break
        vazios += 1
    if vazios >= limites.esvaziado_meses:
        return Medida(Nivel.IRREGULAR, f"Nenhum pedido protocolado em {vazios} meses seguidos.", str(vazios))
    # The month that runs counts in favour.
    if vazios and not fatos.protocolados_por_mes.get(fatos.hoje.replace(day=1), 0):
        plural = "mês inteiro" if vazios == 1 else "meses inteiros"
        return Medida(Nivel.ATENCAO, f"Nenhum pedido protocolado em {vazios} {plural}.", str(vazios))
    return Medida(Nivel.EM_ORDEM, "O balcão protocola pedidos.", str(vazios))


def _requerimentos(fatos: Fatos, limites: Limites) -> Medida:
    if fatos.protocolados < limites.qualidade_minimo:
        return Medida(Nivel.SEM_DADOS, "Ainda há poucos pedidos para julgar.", str(fatos.protocolados))
    exigencias = round(100 * fatos.exigencias / fatos.protocolados)
    negados = round(100 * fatos.negados / fatos.resultados) if fatos.resultados >= limites.qualidade_minimo else 0
    frase = f"{exigencias} exigências por 100 pedidos; {negados} negados ou arquivados por 100 resultados."
    pior = max(exigencias / limites.exigencia_pct, negados / limites.indeferido_pct)
    return Medida(_nivel(pior), frase, f"{exigencias}%")


def _atendimento(fatos: Fatos, limites: Limites) -> Medida:
    if fatos.esperas < limites.qualidade_minimo:
        return Medida(Nivel.SEM_DADOS, "Ainda há poucos atendimentos para julgar.", str(fatos.esperas))
    minutos = round(fatos.espera_segundos / fatos.esperas / 60)
    frase = f"Espera média de {minutos} minutos na fila, nos últimos seis meses."
    return Medida(_nivel(minutos / limites.espera_minutos), frase, f"{minutos} min")


def _nivel(parte_do_limite: float) -> Nivel:
    """Wrong from the limit on; attention from four fifths of it."""
    if parte_do_limite >= 1:
        return Nivel.IRREGULAR
    return Nivel.ATENCAO if parte_do_limite >= 0.8 else Nivel.EM_ORDEM


REGRAS: dict[str, Callable[[Fatos, Limites], Medida]] = {
    "cadastro": _das_provas("cadastro"),
    "esvaziado": _esvaziado,
    "divulgacao": _das_provas("divulgacao"),
    "fiscal": _das_provas("fiscal"),
    "previdenciaria": _das_provas("previdenciaria"),
    "representante": _das_provas("representante"),
    "vinculo": _vinculo,
    "requerimentos": _requerimentos,
    "atendimento": _atendimento,
    "acessos": _acessos,
}
