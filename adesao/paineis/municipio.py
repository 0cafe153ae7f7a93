"""The numbers of one town, for its manager and for INSS of its region: only daily counts, never a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from act_portal.contagens import consultas as contagens
from act_portal.contagens.consultas import Ponto, Total
from act_portal.graficos import Barra
from act_portal.telas.navegacao import endereco
from act_portal.territorio.models import Municipio
from act_portal.territorio.regras import somar_meses
from adesao.models import Habilitacao
from adesao.paineis import nomes
from adesao.paineis.quadros import Linha, Quadro

DIA = 86400


@dataclass(frozen=True)
class Recorte:
    """Which town, which desk (None: all), from and to which day."""

    municipio: Municipio
    inicio: date
    fim: date
    balcao_id: int | None = None

    @classmethod
    def dos_meses(cls, municipio: Municipio, hoje: date, meses: int, balcao_id: int | None = None) -> Recorte:
        """The month that runs and the `meses - 1` before it."""
        return cls(municipio, somar_meses(hoje.replace(day=1), 1 - meses), hoje, balcao_id)

    def serie(self, fato: str) -> list[Ponto]:
        """Every month, those in which nothing happened too."""
        achados = {
            p.dia: p
            for p in contagens.serie(
                fato, municipios=[self.municipio.pk], inicio=self.inicio, fim=self.fim, balcao_id=self.balcao_id,
                por_mes=True,
            )
        }  # fmt: skip
        meses, mes = [], self.inicio
        while mes <= self.fim:
            meses.append(achados.get(mes, Ponto(mes, 0, 0)))
            mes = somar_meses(mes, 1)
        return meses

    def por_chave(self, fato: str) -> dict[str, Total]:
        return contagens.por_chave(
            fato, municipios=[self.municipio.pk], inicio=self.inicio, fim=self.fim, balcao_id=self.balcao_id
        )


def quadros(recorte: Recorte, *, com_elos: bool) -> list[Quadro]:
    """`com_elos`: whoever looks also reaches the cases, and a number opens into their list."""
    return [
        _por_mes("pedidos-por-mes", "Pedidos enviados ao INSS, por mês", recorte.serie("protocolado")),
        _por_nome(
            "pedidos-por-servico", "Pedidos enviados, por serviço", "Serviço", recorte.por_chave("protocolado"),
            nomes.servico, _lista("servico") if com_elos else _sem_elo,
        ),
        _tempo(
            "da-chegada-ao-envio", "Da chegada da pessoa ao envio do pedido", recorte.serie("protocolado"), "dias", DIA
        ),
        _por_nome(
            "exigencias", "Exigências do INSS, pela causa", "Causa", recorte.por_chave("exigencia"), nomes.causa,
            _tela("requerimentos:exigencias") if com_elos else _sem_elo,
        ),
        _por_nome(
            "resultados", "Resultados", "Resultado", recorte.por_chave("resultado"), nomes.resultado,
            _etapa("resultado") if com_elos else _sem_elo,
        ),
        _tempo("espera", "Espera na fila do balcão", recorte.serie("espera"), "minutos", 60),
        _por_mes("chegadas", "Pessoas que chegaram ao balcão, por mês", recorte.serie("chegada")),
        _pessoas(recorte.municipio),
    ]  # fmt: skip


# --- Each table ---------------------------------------------------------------------------------------------------


def _mes(dia: date) -> str:
    return f"{nomes.MESES[dia.month - 1]}/{dia:%y}"


def _por_mes(slug: str, titulo: str, pontos: Sequence[Ponto]) -> Quadro:
    return Quadro(
        slug=slug,
        titulo=titulo,
        colunas=["Mês", "Quantos"],
        linhas=[Linha([_mes(p.dia), p.quantidade]) for p in pontos],
        barras=[Barra(_mes(p.dia), p.quantidade) for p in pontos],
        no_tempo=True,
    )


def _tempo(slug: str, titulo: str, pontos: Sequence[Ponto], unidade: str, segundos: int) -> Quadro:
    """Means, of the months in which something was measured."""
    medias = [(p, round((p.media or 0) / segundos)) for p in pontos]
    return Quadro(
        slug=slug,
        titulo=f"{titulo}, média em {unidade}",
        colunas=["Mês", f"Média em {unidade}", "Quantos"],
        linhas=[Linha([_mes(p.dia), media if p.quantidade else None, p.quantidade]) for p, media in medias],
        barras=[Barra(_mes(p.dia), media, str(media) if p.quantidade else "–") for p, media in medias],
        no_tempo=True,
    )


def _por_nome(
    slug: str,
    titulo: str,
    coluna: str,
    totais: dict[str, Total],
    nome: Callable[[str], str],
    elo: Callable[[str], str],
) -> Quadro:
    soma = sum(t.quantidade for t in totais.values())
    return Quadro(
        slug=slug,
        titulo=titulo,
        colunas=[coluna, "Quantos", "Parte do total (%)"],
        linhas=[
            Linha([nome(chave), t.quantidade, round(100 * t.quantidade / soma) if soma else 0], elo(chave))
            for chave, t in totais.items()
        ],
        barras=[Barra(nome(chave), t.quantidade) for chave, t in list(totais.items())[:12]],
    )


def _pessoas(municipio: Municipio) -> Quadro:
    vivas = Habilitacao.objects.vivas().filter(acordo__municipio=municipio).select_related("representante")
    return Quadro(
        slug="pessoas",
        titulo="Pessoas do acordo",
        colunas=["Nome", "Papel", "Acesso", "Até"],
        linhas=[
            Linha(
                [str(h), h.representante.get_papel_display(), h.get_situacao_display(), h.acesso_ate],
                reverse("adesao:habilitacao", args=[h.codigo]),
            )
            for h in vivas
        ],
    )


# --- Where a number leads -----------------------------------------------------------------------------------------


def _sem_elo(chave: str) -> str:
    return ""


def _lista(filtro: str) -> Callable[[str], str]:
    base = endereco("requerimentos:lista")
    return lambda chave: f"{base}?{urlencode({filtro: chave})}" if base else ""


def _etapa(etapa: str) -> Callable[[str], str]:
    base = endereco("requerimentos:lista")
    return lambda chave: f"{base}?{urlencode({'etapa': etapa})}" if base else ""


def _tela(nome: str) -> Callable[[str], str]:
    base = endereco(nome)
    return lambda chave: base
