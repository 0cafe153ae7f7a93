"""What the page of an agreement shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from adesao.habilitacao.servicos.acesso import pendencias_de
from adesao.indicadores.catalogo import Indicador, conferiveis, indicadores
from adesao.models import Acordo, Comprovacao, Conferencia, Decisao, Habilitacao, Medicao
from adesao.situacoes import Nivel, SituacaoComprovacao, SituacaoHabilitacao


@dataclass(frozen=True)
class PessoaNaTela:
    """`faltam`: what the town still has to do; `com_inss`: how many proofs wait for INSS."""

    habilitacao: Habilitacao
    faltam: list[str]
    com_inss: int = 0

    @property
    def resumo(self) -> str:
        partes = self.faltam[:1]
        if len(self.faltam) > 1:
            partes.append(f"E mais {len(self.faltam) - 1}.")
        if self.com_inss:
            inicio = "E" if partes else "Tudo enviado:"
            partes.append(f"{inicio} {self.com_inss} com o INSS, para conferir.")
        return " ".join(partes)


def pessoas(acordo: Acordo, hoje: date) -> list[PessoaNaTela]:
    """Everybody under the agreement, with what keeps each account closed; who left comes last."""
    linhas = acordo.habilitacoes.select_related("representante__ponto", "vinculo", "acordo__municipio")
    enviadas: dict[int, set[str]] = defaultdict(set)
    de_todos = Comprovacao.objects.filter(habilitacao__acordo=acordo, situacao=SituacaoComprovacao.ENVIADA)
    for habilitacao_id, requisito in de_todos.values_list("habilitacao", "requisito"):
        enviadas[habilitacao_id].add(requisito)
    todas = [
        PessoaNaTela(h, [])
        if h.situacao == SituacaoHabilitacao.DESLIGADA
        else PessoaNaTela(h, pendencias_de(h, hoje, menos=enviadas[h.pk]), len(enviadas[h.pk]))
        for h in linhas
    ]
    return sorted(todas, key=lambda p: p.habilitacao.situacao == SituacaoHabilitacao.DESLIGADA)


@dataclass(frozen=True)
class IndicadorNaTela:
    indicador: Indicador
    medicao: Medicao | None

    @property
    def nivel(self) -> Nivel:
        return Nivel(self.medicao.nivel) if self.medicao else Nivel.SEM_DADOS


def indicadores_na_tela(acordo: Acordo) -> list[IndicadorNaTela]:
    """All ten, in the order of the norm, as the last night measured them."""
    atuais = {m.indicador: m for m in acordo.medicoes.filter(ate__isnull=True)}
    return [IndicadorNaTela(i, atuais.get(i.codigo)) for i in indicadores()]


@dataclass(frozen=True)
class DocumentoNaTela:
    nome: str
    linha: Conferencia


def documentos_na_tela(acordo: Acordo) -> list[DocumentoNaTela]:
    """What counts and what waits; what was replaced stays in the process and out of the page."""
    linhas = acordo.conferencias.exclude(situacao=SituacaoComprovacao.SUBSTITUIDA).select_related("arquivo")
    nomes = {c.codigo: c.nome for c in conferiveis()}
    return [DocumentoNaTela(nomes.get(linha.documento, linha.documento), linha) for linha in linhas]


def condicoes(acordo: Acordo) -> str:
    """Those under which INSS approved the agreement; "" when there are none."""
    aprovacao = acordo.processo.decisoes.filter(tipo=Decisao.Tipo.APROVACAO).order_by("em", "pk").last()
    return aprovacao.condicoes if aprovacao else ""


def passos(acordo: Acordo, pessoas_na_tela: list[PessoaNaTela], pontos: list[Any]) -> list[tuple[str, bool]]:
    """What is left until the desk opens, in order: (sentence, done)."""
    abertas = any(p.habilitacao.situacao == SituacaoHabilitacao.ABERTA for p in pessoas_na_tela)
    return [
        ("Acordo assinado e publicado", True),
        ("Pelo menos uma pessoa com tudo comprovado e o acesso aberto", abertas),
        ("Estrutura de pelo menos um ponto confirmada pelo INSS", any(p.confirmado_em for p in pontos)),
    ]
