"""What the pages of the catalogue show: the services, their versions, and what somebody still has to check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from act_portal.catalogos.fonte import VERIFICADO, Fonte
from requerimentos.demanda import valores
from requerimentos.demanda.catalogo import UM_ANO, Catalogo
from requerimentos.demanda.conferencia import chaves_da
from requerimentos.demanda.servico import Analise, Condicao, Pat, Servico, Vaga
from requerimentos.models import Requerimento, ServicoVersao


@dataclass(frozen=True)
class Linha:
    servico: Servico
    a_conferir: int


def lista(catalogo: Catalogo, dia: date, *, texto: str = "", grupo: str = "", estado: str = "") -> list[Linha]:
    """The services in force on `dia`; `estado`: "requerer", "orientar", "regra", "duvidoso" or "conferir"."""
    linhas = [Linha(s.em(dia), len(s.em(dia).a_conferir())) for s in catalogo.buscar(texto) if s.vigente(dia)]
    filtros = {
        "": lambda linha: True,
        "duvidoso": lambda linha: linha.servico.acordo.situacao == "duvidoso",
        "conferir": lambda linha: linha.a_conferir > 0,
    }
    passa = filtros.get(estado, lambda linha: linha.servico.modo == estado)
    return [linha for linha in linhas if passa(linha) and grupo in {"", linha.servico.grupo}]


def versoes(codigo: str) -> QuerySet[ServicoVersao]:
    """Every version ever kept of a service, the newest first, each with `usada`: some request began under it."""
    usada = Exists(Requerimento.objects.filter(servico=OuterRef("pk")))
    return ServicoVersao.objects.filter(codigo=codigo).annotate(usada=usada).order_by("-criado_em", "-pk")


@dataclass
class Pendencia:
    """A part of the catalogue, written once, and the services where it stands."""

    nome: str
    texto: str
    fonte: Fonte
    servicos: list[Servico] = field(default_factory=list)


def por_verificar(catalogo: Catalogo) -> list[Pendencia]:
    """What nobody has read in the norm itself. What services share is told once."""
    return _juntar(catalogo, lambda fonte: fonte.grau != VERIFICADO)


def sem_conferir_ha_um_ano(catalogo: Catalogo, hoje: date) -> list[Pendencia]:
    """What was last looked at more than a year before `hoje`."""
    return _juntar(catalogo, lambda fonte: fonte.conferido_em is not None and fonte.conferido_em + UM_ANO < hoje)


def _juntar(catalogo: Iterable[Servico], entra: Callable[[Fonte], bool]) -> list[Pendencia]:
    achadas: dict[tuple[str, ...], Pendencia] = {}
    for servico in catalogo:
        for nome, parte in servico.partes():
            if entra(parte):
                texto = next((str(t) for c in ("texto", "nome", "motivo") if (t := getattr(parte, c, ""))), "")
                chave = (nome, texto, parte.base, parte.fonte)
                achadas.setdefault(chave, Pendencia(_o_que_e(parte), texto, parte)).servicos.append(servico)
    return sorted(achadas.values(), key=lambda p: (p.fonte.grau != "nao_verificado", -len(p.servicos)))


def _o_que_e(parte: Fonte) -> str:
    nomes = {Condicao: "Condição", Vaga: "Documento", Pat: "Sigla ou código", Analise: "Prazo de análise"}
    return nomes.get(type(parte), "Cabimento no acordo")


@dataclass(frozen=True)
class ValorPendente:
    nome: str
    exibir: str
    fonte: Fonte
    motivo: str


def valores_pendentes(catalogo: Catalogo, hoje: date) -> list[ValorPendente]:
    """Dated values in use that nobody read in the norm, that end soon, or that are a year old."""
    usados = {chave for s in catalogo for c in s.condicoes for chave in chaves_da(c)}
    usados |= {s.espera_novo_pedido for s in catalogo if s.espera_novo_pedido}
    pendentes = []
    for chave in sorted(usados & set(valores.ler().valores)):
        vigentes = [linha for linha in valores.ler().valores[chave] if linha.vigente(hoje)]
        if not vigentes:
            ultima = valores.ler().valores[chave][-1]
            pendentes.append(ValorPendente(_nome(chave), ultima.exibir, ultima, "sem valor para hoje"))
        for linha in vigentes[-1:]:
            if motivo := _motivo(linha, hoje):
                pendentes.append(ValorPendente(_nome(chave), linha.exibir, linha, motivo))
    return pendentes


def _nome(chave: str) -> str:
    return valores.ler().nomes[chave]


def _motivo(linha: valores.Valor, hoje: date) -> str:
    if linha.grau != VERIFICADO:
        return "não foi lido na norma"
    if linha.conferido_em and linha.conferido_em + UM_ANO < hoje:
        return "não é conferido há um ano"
    if linha.unidade == "BRL" and linha.vigente_de and linha.vigente_de.year < hoje.year:
        return "é do ano passado"
    return "acaba em breve" if linha.vigente_ate and linha.vigente_ate < hoje + timedelta(days=90) else ""
