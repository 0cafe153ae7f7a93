"""What the portal needs from INSS, in the portal's words. Which INSS answers is a setting (`INSS_ADAPTADOR`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO, Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

Situacao = Literal["PENDENTE", "EM_ANALISE", "CUMPRIMENTO_DE_EXIGENCIA", "CONCLUIDA", "CANCELADA"]
Resultado = Literal["deferido", "indeferido", "parcial", "arquivado", "desistencia"]
Natureza = Literal["original", "copia_simples", "copia_autenticada"]


# --- Going out ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class AnexoInss:
    """One file as INSS is to file it. Its bytes go before, with `enviar_anexo`."""

    slot: str
    nome: str
    sha256: str
    bytes: int
    paginas: int
    natureza: Natureza


@dataclass(frozen=True)
class ContatoInss:
    tipo: str
    valor: str


@dataclass(frozen=True)
class RepresentanteInss:
    tipo: Literal["representante_legal", "procurador"]
    cpf: str
    nome: str


@dataclass(frozen=True)
class PedidoInss:
    """A request. CPF and CNPJ unmasked; `servico` is the code of the catalogue, `servico_pat` its number in PAT."""

    servico: str
    cpf: str
    nome: str
    nascimento: date
    municipio_ibge: str
    municipio_nome: str
    uf: str
    entidade_nome: str
    anexos: Sequence[AnexoInss]
    entidade_cnpj: str = ""
    servico_pat: str = ""
    nome_social: str = ""
    contatos: Sequence[ContatoInss] = ()
    representante: RepresentanteInss | None = None
    respostas: Mapping[str, Any] = field(default_factory=dict)


# --- Coming back --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class AgendamentoInss:
    protocolo: str
    tipo: str  # PERICIA_MEDICA, AVALIACAO_SOCIAL
    situacao: str  # AGENDADO, REMARCADO, CUMPRIDO, CANCELADO, FALTOU
    quando: datetime
    unidade: str
    endereco: str
    municipio: str = ""  # IBGE code of the town of the unit
    remarcacao: bool = False  # it came from a change of date that the person asked for


@dataclass(frozen=True)
class UnidadeDeExame:
    codigo: str
    nome: str
    endereco: str
    municipio: str  # IBGE code


@dataclass(frozen=True)
class VagaInss:
    """A free hour. It is the person's only after `marcar`."""

    id: str
    unidade: str  # code
    quando: datetime


@dataclass(frozen=True)
class Recibo:
    protocolo: str
    situacao: Situacao
    entrada_em: datetime
    unidade: str
    agendamentos: tuple[AgendamentoInss, ...]


@dataclass(frozen=True)
class ExigenciaInss:
    id: str
    texto: str
    situacao: str  # ABERTA, CUMPRIDA, ENCERRADA
    emitida_em: datetime
    prazo: date
    cumprida_em: datetime | None


@dataclass(frozen=True)
class DecisaoInss:
    resultado: Resultado
    motivos: tuple[str, ...]
    texto: str
    nb: str
    especie: str
    data: date
    prazo_recurso: date | None


@dataclass(frozen=True)
class Tarefa:
    protocolo: str
    situacao: Situacao
    entrada_em: datetime
    atualizada_em: datetime
    versao: int
    unidade: str
    exigencias: tuple[ExigenciaInss, ...]
    decisao: DecisaoInss | None
    agendamentos: tuple[AgendamentoInss, ...]


@dataclass(frozen=True)
class Marcada:
    """What became of one appointment, and the task as it stood right after."""

    agendamento: AgendamentoInss
    tarefa: Tarefa


@dataclass(frozen=True)
class Mudancas:
    """Tasks that changed after a cursor, oldest first. `cursor` is what to ask with next time."""

    tarefas: tuple[Tarefa, ...]
    cursor: str
    ha_mais: bool


@dataclass(frozen=True)
class MotivoInss:
    codigo: str
    mensagem: str
    campo: str = ""


# --- Going wrong --------------------------------------------------------------------------------------------------
class ErroDoInss(Exception):
    """Its text is a finished sentence, without personal data."""


class InssRecusou(ErroDoInss):
    """INSS understood and said no: sending the same again is useless. `motivos` says what to correct."""

    def __init__(self, motivos: Iterable[MotivoInss]) -> None:
        self.motivos = tuple(motivos)
        super().__init__(" ".join(motivo.mensagem for motivo in self.motivos) or "O INSS não aceitou.")

    def tem(self, codigo: str) -> bool:
        return any(motivo.codigo == codigo for motivo in self.motivos)


class InssForaDoAr(ErroDoInss):
    """No usable answer. It may have been written or not: repeat with the same key, after `espera` if INSS gave one."""

    def __init__(self, motivo: str, espera: timedelta | None = None) -> None:
        super().__init__(motivo)
        self.motivo = motivo
        self.espera = espera


class InssConflito(ErroDoInss):
    """The key was already used with another content: a fault of the portal, repeating does not help."""

    def __init__(self) -> None:
        super().__init__("O INSS já recebeu outro conteúdo com esta mesma chave de envio.")


class Inss(Protocol):
    """Every method raises `InssRecusou`, `InssForaDoAr` or `InssConflito`, and nothing else."""

    def enviar_anexo(self, sha256: str, leitor: BinaryIO) -> None:
        """Stores one part; `leitor` is read only when INSS does not have it yet. Repeating is safe."""

    def requerer(self, chave_idempotencia: str, pedido: PedidoInss) -> Recibo:
        """Files the request once for the key. Repeating it gives the same receipt."""

    def consultar(self, protocolo: str) -> Tarefa: ...

    def mudancas(self, desde: str = "0") -> Mudancas: ...

    def cumprir_exigencia(
        self, chave_idempotencia: str, protocolo: str, exigencia_id: str, texto: str, anexos: Sequence[AnexoInss]
    ) -> Situacao:
        """Answers an exigência once for the key. Returns the situation of the task after it."""

    def cancelar(self, chave_idempotencia: str, protocolo: str, motivo: str = "") -> Situacao: ...

    def unidades_de_exame(self) -> tuple[UnidadeDeExame, ...]: ...

    def vagas(self, tipo: str, unidades: Sequence[str]) -> tuple[VagaInss, ...]:
        """The next free hours for `tipo` in the units of these codes."""

    def marcar(self, chave_idempotencia: str, protocolo: str, tipo: str, vaga: str) -> Marcada:
        """Takes an hour once for the key. `vaga_tomada`: somebody else has it."""

    def remarcar(self, chave_idempotencia: str, protocolo: str, numero: str, vaga: str) -> Marcada:
        """Leaves the appointment `numero` for another hour: one act, so the person never stands without either."""

    def desmarcar(self, chave_idempotencia: str, protocolo: str, numero: str, motivo: str = "") -> Marcada: ...

    def carta(self, protocolo: str) -> bytes:
        """The decision letter, a PDF."""


def inss() -> Inss:
    """The INSS of this installation."""
    adaptador: Inss = import_string(settings.INSS_ADAPTADOR)()
    return adaptador
