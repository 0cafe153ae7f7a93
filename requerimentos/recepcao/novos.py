"""What the agreement of the town lets the desk begin: its services, and until when. What is open goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from act_portal.erros import ErroDeDominio
from act_portal.territorio.models import Entidade

CONTINUA = "Os pedidos já abertos podem ser enviados, e as exigências e os resultados continuam."
FORA_DO_ACORDO = (
    "O acordo do seu município com o INSS não inclui este serviço. Oriente a pessoa a pedir pelo 135, pelo Meu INSS ou "
    "em outro ponto de atendimento. Se ele deveria estar no acordo, avise o gestor: o INSS pode incluir."
)
# What goes on the person's sheet.
AONDE = (
    "Ligue 135, de segunda a sábado, das 7h às 22h (horário de Brasília). A ligação é de graça.",
    "Ou use o Meu INSS, no site ou no aplicativo.",
    "Ou vá a outro ponto de atendimento: veja em “Onde ser atendido”, na página inicial deste portal.",
)


@dataclass(frozen=True)
class FimDosNovos:
    """From `desde` on the town opens no new request; `chegou`: that day has come."""

    desde: date
    chegou: bool

    @property
    def texto(self) -> str:
        if self.chegou:
            return (
                f"Desde {self.desde:%d/%m/%Y} este município não abre pedidos novos: o acordo com o INSS está nos "
                "últimos dias. Oriente a pessoa a pedir pelo 135, pelo Meu INSS ou em outro ponto de atendimento. "
                f"{CONTINUA}"
            )
        return (
            f"A partir de {self.desde:%d/%m/%Y} este município não abre pedidos novos: o acordo com o INSS vai acabar. "
            f"Até a véspera, tudo igual. Depois: {CONTINUA[0].lower()}{CONTINUA[1:]}"
        )


def fim_dos_novos(entidade: Entidade, hoje: date) -> FimDosNovos | None:
    """None while the agreement is under no notice to end."""
    if entidade.sem_novos_desde is None:
        return None
    return FimDosNovos(entidade.sem_novos_desde, not entidade.abre_novos(hoje))


def por_que_nao_abre(entidade: Entidade, servico: str, hoje: date) -> str:
    """Why a request for this service does not begin here on this day, or ""."""
    fim = fim_dos_novos(entidade, hoje)
    if fim and fim.chegou:
        return fim.texto
    return "" if entidade.autoriza(servico) else FORA_DO_ACORDO


def exigir_que_abra(entidade_id: int, servico: str, hoje: date) -> None:
    """Reads the row as it stands now: inside the transaction that opens the request."""
    if problema := por_que_nao_abre(Entidade.objects.get(pk=entidade_id), servico, hoje):
        raise ErroDeDominio(problema)


def exigir_autorizado(entidade_id: int, servico: str) -> None:
    """Of a request that is open already: only that the agreement has the service."""
    if not Entidade.objects.get(pk=entidade_id).autoriza(servico):
        raise ErroDeDominio(FORA_DO_ACORDO)
