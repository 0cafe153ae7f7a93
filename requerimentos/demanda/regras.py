"""What the catalogue means for one person, pure: a service, the facts known and a day in; sentences out.

Nothing here decides: it tells the clerk what the rule asks and what is still unknown. INSS decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from act_portal.catalogos.fonte import CONFERIR
from requerimentos.demanda import valores
from requerimentos.demanda.servico import Condicao, Servico, Vaga
from requerimentos.demanda.valores import Tabela, ano_e_meses

QUEM_DECIDE = "Quem decide é o INSS."
MAIORIDADE = 18
ASSINA_SOZINHO = 16
DISPENSA_BIOMETRIA = 80
MESES_AVISO_CADUNICO = 2


class Estado(StrEnum):
    OK = "ok"
    NAO = "nao"
    FALTA_SABER = "falta_saber"


class Tom(StrEnum):
    INFO = "info"
    ATENCAO = "atencao"
    IMPEDE = "impede"


@dataclass(frozen=True, kw_only=True)
class PedidoAnterior:
    """A request of the same person that the portal knows. `decidido_em` is empty while it runs."""

    servico_codigo: str
    protocolo: str = ""
    decidido_em: date | None = None
    ciencia_em: date | None = None


@dataclass(frozen=True, kw_only=True)
class Fatos:
    """What is known of the person and the case. `marcas` holds words of the vocabulary: true, false or absent."""

    nascimento: date | None = None
    sexo: str = ""
    marcas: Mapping[str, bool] = field(default_factory=dict)
    cadunico_em: date | None = None
    renda_por_pessoa: Decimal | None = None
    pedidos: tuple[PedidoAnterior, ...] = ()

    def sabe(self, fato: str) -> bool | None:
        """True, False, or None when nobody asked yet."""
        return self.marcas.get(fato)


@dataclass(frozen=True, kw_only=True)
class Parecer:
    """How one condition stands. `quando` is the day on which it will be met, when a date alone is missing."""

    condicao: Condicao
    estado: Estado
    frase: str
    quando: date | None = None


@dataclass(frozen=True, kw_only=True)
class Aviso:
    """Something to tell before opening the request. `base` is the norm, as it is shown."""

    codigo: str
    tom: Tom
    texto: str
    base: str = ""


@dataclass(frozen=True, kw_only=True)
class VagaExigida:
    """A slot in this case: `obrigatoria` true, false, or None while the fact that decides is unknown."""

    vaga: Vaga
    obrigatoria: bool | None
    motivo: str


def data_da_idade(nascimento: date, anos: int, meses: int = 0) -> date:
    """The day on which somebody completes the age. Born on a day that the month lacks: the first of the next month."""
    total = nascimento.year * 12 + nascimento.month - 1 + anos * 12 + meses
    ano, mes = divmod(total, 12)
    try:
        return date(ano, mes + 1, nascimento.day)
    except ValueError:
        return date(ano + (mes + 1) // 12, (mes + 1) % 12 + 1, 1)


def idade(nascimento: date, hoje: date) -> int:
    """Whole years of age on `hoje` (never below zero)."""
    anos = hoje.year - nascimento.year
    return max(anos - (hoje < data_da_idade(nascimento, anos)), 0)


# Eligibility


def elegibilidade(servico: Servico, fatos: Fatos, hoje: date) -> list[Parecer]:
    """One opinion for each condition in force on `hoje`, in the order of the catalogue."""
    return [_parecer(condicao, fatos, hoje) for condicao in servico.condicoes if condicao.vigente(hoje)]


def _parecer(condicao: Condicao, fatos: Fatos, hoje: date) -> Parecer:
    texto = valores.preencher(condicao.texto, hoje)
    if not condicao.regra:
        return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=f"Confira com a pessoa: {texto}")
    [(nome, conteudo)] = condicao.regra.items()
    return VERIFICADORES[nome](condicao, conteudo, texto, fatos, hoje)


def _por_idade(condicao: Condicao, conteudo: Mapping[str, list[int]], texto: str, fatos: Fatos, hoje: date) -> Parecer:
    igual = conteudo["F"] == conteudo["M"]
    if falta := _falta_idade(fatos, precisa_sexo=not igual):
        return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=f"{falta} {texto}")
    anos, meses = conteudo["F" if igual else fatos.sexo]
    return _parecer_de_idade(condicao, (anos, meses), _nascimento(fatos), hoje)


def _por_tabela(condicao: Condicao, chave: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if falta := _falta_idade(fatos, precisa_sexo=True):
        return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=f"{falta} {texto}")
    achado = _quando_alcanca(valores.tabela(chave), fatos.sexo, _nascimento(fatos), hoje)
    if achado is None:
        return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=f"A tabela não chega a este ano. {texto}")
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
    for linha in tabela.linhas:
        pedida = linha.de(sexo)
        anos, meses = pedida if isinstance(pedida, tuple) else (pedida, 0)
        if linha.vigente_ate is not None and linha.vigente_ate < hoje:
            continue
        dia = max(data_da_idade(nascimento, anos, meses), linha.vigente_de)
        if linha.vigente_ate is None or dia <= linha.vigente_ate:
            return dia, (anos, meses)
    return None


def _parecer_de_idade(
    condicao: Condicao, pedida: tuple[int, int], nascimento: date, hoje: date, quando: date | None = None
) -> Parecer:
    quando = quando or data_da_idade(nascimento, *pedida)
    if quando <= hoje:
        frase = f"Tem {idade(nascimento, hoje)} anos; a regra pede {ano_e_meses(pedida)}."
        return Parecer(condicao=condicao, estado=Estado.OK, frase=frase)
    frase = f"Completa {ano_e_meses(pedida)} em {quando:%m/%Y}. {QUEM_DECIDE}"
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase, quando=quando)


def _por_renda(condicao: Condicao, chave: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    renda = fatos.renda_por_pessoa
    if renda is None:
        return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=f"Falta a renda da casa. {texto}")
    limite = valores.valor(chave, hoje).valor
    if isinstance(limite, Decimal) and renda <= limite:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=f"Pela renda informada, dentro do limite. {texto}")
    frase = f"Pela renda informada, acima do limite; há gastos que se descontam. {texto} {QUEM_DECIDE}"
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase)


def _por_cadunico(condicao: Condicao, chave: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    if fatos.cadunico_em is None:
        return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=f"Falta a data do CadÚnico. {texto}")
    vence = _vencimento_cadunico(chave, fatos.cadunico_em, hoje)
    if hoje <= vence:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=f"CadÚnico em dia até {vence:%d/%m/%Y}.")
    frase = f"CadÚnico vencido desde {vence:%d/%m/%Y}: atualize no CRAS antes. {QUEM_DECIDE}"
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=frase)


def _por_fato(condicao: Condicao, fato: str, texto: str, fatos: Fatos, hoje: date) -> Parecer:
    resposta = fatos.sabe(fato)
    if resposta is None:
        return Parecer(condicao=condicao, estado=Estado.FALTA_SABER, frase=f"Pergunte à pessoa: {texto}")
    if resposta:
        return Parecer(condicao=condicao, estado=Estado.OK, frase=texto)
    return Parecer(condicao=condicao, estado=Estado.NAO, frase=f"Pelo que foi dito, não cumpre: {texto} {QUEM_DECIDE}")


VERIFICADORES: dict[str, Callable[..., Parecer]] = {
    "idade": _por_idade,
    "tabela_idade": _por_tabela,
    "renda_ate": _por_renda,
    "cadunico": _por_cadunico,
    "fato": _por_fato,
}


# Warnings for this person


def avisos_da_pessoa(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    """What to tell this person before opening the request; the gravest first."""
    avisos = [*_avisos_de_pedido(servico, fatos, hoje), *_avisos_de_idade(fatos, hoje)]
    avisos += [*_avisos_de_cadunico(servico, fatos, hoje), *_avisos_de_biometria(servico, fatos, hoje)]
    return sorted(avisos, key=lambda aviso: list(Tom)[::-1].index(aviso.tom))


def _avisos_de_pedido(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    avisos = []
    for pedido in (p for p in fatos.pedidos if p.servico_codigo == servico.codigo):
        protocolo = f" (protocolo {pedido.protocolo})" if pedido.protocolo else ""
        if pedido.decidido_em is None:
            texto = f"Já há um pedido deste serviço em andamento{protocolo}. Acompanhe esse em vez de abrir outro."
            avisos.append(Aviso(codigo="pedido_em_andamento", tom=Tom.IMPEDE, texto=texto))
        elif servico.espera_novo_pedido and (aviso := _aviso_de_espera(servico, pedido, protocolo, hoje)):
            avisos.append(aviso)
    return avisos


def _aviso_de_espera(servico: Servico, pedido: PedidoAnterior, protocolo: str, hoje: date) -> Aviso | None:
    decidido_em = pedido.decidido_em or hoje
    conhecido_em = pedido.ciencia_em or decidido_em
    try:
        espera = valores.valor(servico.espera_novo_pedido, decidido_em)
    except LookupError:
        return None
    livre = conhecido_em + timedelta(days=int(espera.valor))
    if hoje > livre:
        return None
    texto = (
        f"Este serviço foi decidido em {decidido_em:%d/%m/%Y}{protocolo} e o prazo de {espera.exibir} ainda corre. "
        f"Até {livre:%d/%m/%Y} o caminho é o recurso, se a pessoa não concorda; depois, um pedido novo."
    )
    return Aviso(codigo="decidido_ha_pouco", tom=Tom.IMPEDE, texto=texto, base=espera.base)


def _avisos_de_idade(fatos: Fatos, hoje: date) -> list[Aviso]:
    if fatos.nascimento is None:
        texto = "Falta a data de nascimento: complete o cadastro antes de escolher o serviço."
        return [Aviso(codigo="sem_nascimento", tom=Tom.ATENCAO, texto=texto)]
    anos = idade(fatos.nascimento, hoje)
    if anos < ASSINA_SOZINHO:
        texto = "Tem menos de 16 anos: quem assina é o pai, a mãe ou outro representante legal."
        return [Aviso(codigo="menor_de_16", tom=Tom.ATENCAO, texto=texto, base="IN PRES/INSS 128/2022, art. 527")]
    if anos < MAIORIDADE:
        texto = "Tem 16 ou 17 anos: pode assinar, mas confira se o INSS pede o representante legal junto."
        return [Aviso(codigo="menor_de_18", tom=Tom.ATENCAO, texto=texto, base=CONFERIR.capitalize())]
    return []


def _vencimento_cadunico(chave: str, atualizado_em: date, hoje: date) -> date:
    return data_da_idade(atualizado_em, 0, int(valores.valor(chave, hoje).valor))


def _avisos_de_cadunico(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    condicao = next((c for c in servico.condicoes if "cadunico" in c.regra and c.vigente(hoje)), None)
    if condicao is None:
        return []
    chave = condicao.regra["cadunico"]
    if fatos.cadunico_em is None:
        texto = "Pergunte quando o CadÚnico foi atualizado. Sem CadÚnico em dia, passe antes no CRAS."
        return [Aviso(codigo="cadunico_sem_data", tom=Tom.ATENCAO, texto=texto, base=condicao.base)]
    vence = _vencimento_cadunico(chave, fatos.cadunico_em, hoje)
    if vence < hoje:
        texto = f"O CadÚnico venceu em {vence:%d/%m/%Y}. Atualize no CRAS antes de pedir."
        return [Aviso(codigo="cadunico_vencido", tom=Tom.ATENCAO, texto=texto, base=condicao.base)]
    if vence <= data_da_idade(hoje, 0, MESES_AVISO_CADUNICO):
        texto = f"O CadÚnico vence em {vence:%d/%m/%Y}: é melhor atualizar no CRAS já."
        return [Aviso(codigo="cadunico_quase", tom=Tom.INFO, texto=texto, base=condicao.base)]
    return []


def _avisos_de_biometria(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    if not servico.pede_biometria or fatos.sabe("biometria"):
        return []
    try:
        etapa = valores.valor("biometria_etapa", hoje)
    except LookupError:
        return []
    if fatos.nascimento is not None and idade(fatos.nascimento, hoje) >= DISPENSA_BIOMETRIA:
        texto = "Tem 80 anos ou mais: as notícias citam dispensa da biometria. Confirme com o INSS."
        return [Aviso(codigo="biometria_dispensa", tom=Tom.INFO, texto=texto, base=etapa.base)]
    if fatos.sabe("biometria") is None:
        inicio = "Pergunte se a pessoa tem biometria na CIN, na CNH ou no título de eleitor."
    else:
        inicio = "A pessoa diz não ter biometria: oriente a tirar a CIN; sem ela o pedido pode ficar parado."
    return [Aviso(codigo="biometria", tom=Tom.ATENCAO, texto=f"{inicio} {etapa.exibir}", base=etapa.base)]


# Documents


def vagas_exigidas(servico: Servico, fatos: Fatos) -> list[VagaExigida]:
    """Every slot of the service, in order, and whether this case has to fill it and why."""
    return [_vaga_exigida(vaga, fatos) for vaga in servico.vagas]


def _vaga_exigida(vaga: Vaga, fatos: Fatos) -> VagaExigida:
    if vaga.quando == "sempre":
        return VagaExigida(vaga=vaga, obrigatoria=True, motivo="Obrigatório.")
    if vaga.quando == "opcional":
        return VagaExigida(vaga=vaga, obrigatoria=False, motivo="Se tiver.")
    respostas = [fatos.sabe(fato) for fato in vaga.se]
    if True in respostas:
        return VagaExigida(vaga=vaga, obrigatoria=True, motivo=f"Obrigatório porque {vaga.se_texto}.")
    obrigatoria = None if None in respostas else False
    return VagaExigida(vaga=vaga, obrigatoria=obrigatoria, motivo=f"Obrigatório só se {vaga.se_texto}.")
