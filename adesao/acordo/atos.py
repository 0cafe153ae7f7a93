"""Every act on an agreement in force: its form, its service, and when its card is on the page, for both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adesao import permissoes
from adesao.acordo import forms
from adesao.acordo.servicos import operacao
from adesao.models import Acordo
from adesao.situacoes import Quem, SituacaoAcordo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

A = SituacaoAcordo


class Cena:
    """One agreement before one person."""

    def __init__(self, acordo: Acordo, usuario: Usuario) -> None:
        self.acordo, self.usuario, self.estado = acordo, usuario, acordo.estado
        processo = acordo.processo
        self.gestor = permissoes.age_como(usuario, processo, Quem.GESTOR)
        self.analista = permissoes.age_como(usuario, processo, Quem.ANALISTA)
        self.autoridade = permissoes.age_como(usuario, processo, Quem.AUTORIDADE)

    @property
    def inss(self) -> bool:
        return self.analista or self.autoridade

    @property
    def por_confirmar(self) -> bool:
        pontos = self.acordo.processo.pontos.vivos()
        return self.estado in {A.PREPARACAO, A.OPERACAO} and pontos.filter(confirmado_em__isnull=True).exists()


@dataclass(frozen=True)
class Ato:
    """As those of the review (`adesao.analise.atos`), over an agreement."""

    slug: str
    titulo: str
    feito: str
    form: type[forms.AtoDoAcordoForm]
    servico: Callable[..., Any]
    quando: Callable[[Cena], bool]
    explica: str = ""
    principal: bool = False
    com_arquivo: bool = False


ATOS = {
    ato.slug: ato
    for ato in (
        Ato(
            "confirmar-estrutura",
            "Confirmar a estrutura de um ponto",
            "Estrutura confirmada. O balcão abre com a primeira pessoa habilitada.",
            forms.ConfirmarPontoForm,
            operacao.confirmar_ponto,
            lambda c: c.analista and c.por_confirmar,
            "Sala, equipamento, internet e acessibilidade estão lá como o município declarou.",
            principal=True,
        ),
    )
}
