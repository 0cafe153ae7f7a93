"""The numbers of one town, for its manager and for INSS of its region: only daily counts, never a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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

UNIDADES = (("dias", 86400), ("horas", 3600), ("minutos", 60))
# A chart of more bars than this cannot be read: the last one adds up what is left, and the table has all.
BARRAS = 12


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
    listas = Listas(recorte, com_elos=com_elos)
    return [
        _por_mes("pedidos-por-mes", "Pedidos enviados ao INSS, por mês", recorte.serie("protocolado"), listas.do_mes),
        _por_nome(
            "pedidos-por-servico", "Pedidos enviados, por serviço", "Serviço", recorte.por_chave("protocolado"),
            nomes.servico, lambda chave: listas.pedidos(fato="protocolado", servico=chave),
        ),
        _tempo("da-chegada-ao-envio", "Da chegada da pessoa ao envio do pedido", recorte.serie("protocolado")),
        _por_nome(
            "exigencias", "Exigências do INSS, pela causa", "Causa", recorte.por_chave("exigencia"), nomes.causa,
            lambda chave: listas.exigencias(causa=chave),
        ),
        _por_nome(
            "resultados", "Resultados", "Resultado", recorte.por_chave("resultado"), nomes.resultado,
            lambda chave: listas.pedidos(fato="resultado", resultado=chave),
        ),
        _tempo("espera", "Espera na fila do balcão", recorte.serie("espera")),
        _por_mes("chegadas", "Pessoas que chegaram ao balcão, por mês", recorte.serie("chegada")),
        _pessoas(recorte.municipio),
    ]  # fmt: skip


# --- Each table ---------------------------------------------------------------------------------------------------


def _mes(dia: date) -> str:
    return f"{nomes.MESES[dia.month - 1]}/{dia:%y}"


def _sem_elo(mes: date) -> str:
    return ""


def _por_mes(slug: str, titulo: str, pontos: Sequence[Ponto], elo: Callable[[date], str] = _sem_elo) -> Quadro:
    elos = {p.dia: elo(p.dia) if p.quantidade else "" for p in pontos}
    return Quadro(
        slug=slug,
        titulo=titulo,
        colunas=["Mês", "Quantos"],
        linhas=[Linha([_mes(p.dia), p.quantidade], elos[p.dia]) for p in pontos],
        barras=[Barra(_mes(p.dia), p.quantidade, href=elos[p.dia]) for p in pontos],
        no_tempo=True,
    )


def _tempo(slug: str, titulo: str, pontos: Sequence[Ponto]) -> Quadro:
    """Means, of the months in which something was measured, in the unit in which the longest can be read."""
    maior = max((p.media or 0 for p in pontos), default=0)
    unidade, segundos = next(((u, s) for u, s in UNIDADES if maior >= s), UNIDADES[-1])
    medias = [(p, round((p.media or 0) / segundos)) for p in pontos]
    return Quadro(
        slug=slug,
        titulo=f"{titulo}, média em {unidade}",
        colunas=["Mês", f"Média em {unidade}", "Quantos"],
        linhas=[Linha([_mes(p.dia), media if p.quantidade else None, p.quantidade]) for p, media in medias],
        barras=[Barra(_mes(p.dia), media, str(media) if p.quantidade else "–") for p, media in medias],
        no_tempo=True,
        vazio=not any(p.quantidade for p in pontos),
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
        barras=_as_maiores([Barra(nome(chave), t.quantidade, href=elo(chave)) for chave, t in totais.items()]),
    )


def _as_maiores(todas: list[Barra]) -> list[Barra]:
    if len(todas) <= BARRAS:
        return todas
    resto = todas[BARRAS - 1 :]
    return [*todas[: BARRAS - 1], Barra(f"Os outros {len(resto)}", sum(b.valor for b in resto))]


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


@dataclass(frozen=True)
class Listas:
    """The desk's lists of the same town, desk and days. No address for whoever does not reach the cases."""

    recorte: Recorte
    com_elos: bool

    def pedidos(self, **filtros: str) -> str:
        return self._endereco("requerimentos:lista", self.recorte.inicio, self.recorte.fim, filtros)

    def do_mes(self, mes: date) -> str:
        fim = min(somar_meses(mes, 1) - timedelta(days=1), self.recorte.fim)
        return self._endereco("requerimentos:lista", mes, fim, {"fato": "protocolado"})

    def exigencias(self, **filtros: str) -> str:
        return self._endereco("requerimentos:exigencias", self.recorte.inicio, self.recorte.fim, filtros)

    def _endereco(self, rota: str, de: date, ate: date, filtros: dict[str, str]) -> str:
        base = endereco(rota) if self.com_elos else ""
        balcao = {"balcao": str(self.recorte.balcao_id)} if self.recorte.balcao_id else {}
        lugar = {"municipio": self.recorte.municipio.pk, **balcao, "de": f"{de}", "ate": f"{ate}"}
        return f"{base}?{urlencode(filtros | lugar)}" if base else ""
