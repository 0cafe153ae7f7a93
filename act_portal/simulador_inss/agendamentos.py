"""Examinations: free hours, booking, rescheduling, giving up, and what a trainer records of the day itself.

One hour, one person: the database holds it. Whoever writes takes the lock of the task and then the counter of versions,
so two who want the same hour stand in a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from act_portal.simulador_inss import agenda, catalogo
from act_portal.simulador_inss.agenda import Unidade, Vaga
from act_portal.simulador_inss.apresentacao import agendamento_json, tarefa_json
from act_portal.simulador_inss.models import Agendamento, Tarefa
from act_portal.simulador_inss.nucleo import Recusa, novo_protocolo, tocar, travar, uma_vez
from act_portal.simulador_inss.regras import Leitura, Motivo
from act_portal.simulador_inss.situacoes import OCUPAM, EstadoAgendamento, TipoAgendamento

E = EstadoAgendamento
POR_UNIDADE = 12
ENCERRADO = "Este pedido já terminou no INSS: não há mais o que marcar."


# --- Free hours ---------------------------------------------------------------------------------------------------
def vagas_livres(unidade: Unidade, tipo: str, hoje: date, quantas: int = POR_UNIDADE) -> list[Vaga]:
    """The next free hours of a unit."""
    tomadas = set(_tomadas(hoje).filter(vaga__startswith=f"{unidade.codigo}-").values_list("vaga", flat=True))
    return list(islice((vaga for vaga in agenda.vagas_de(unidade, tipo, hoje) if vaga.id not in tomadas), quantas))


def _tomadas(hoje: date):
    comeco = timezone.make_aware(datetime.combine(hoje, datetime.min.time()))
    return Agendamento.objects.filter(estado__in=OCUPAM, quando__gte=comeco).exclude(vaga="")


def nascer(tarefa: Tarefa, tipos: Iterable[str], *, ibge: str, uf: str, hoje: date) -> None:
    """The dates that a request is born with: the first free hour of each kind in the unit that answers for the town."""
    unidade = agenda.unidade_de(ibge, uf)
    for tipo in tipos:
        livres = vagas_livres(unidade, tipo, hoje, 1)
        if livres:
            _criar(tarefa, livres[0])


# --- What the person asks for -------------------------------------------------------------------------------------
def marcar(chave: str, protocolo: str, corpo: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    return uma_vez(chave, f"marcar:{protocolo}", corpo, lambda: _marcar(protocolo, corpo))


def _marcar(protocolo: str, corpo: Mapping[str, Any]) -> dict[str, Any]:
    tarefa = _em_curso(protocolo)
    leitura = Leitura(corpo)
    tipo, vaga = leitura.texto("tipo", maximo=20), leitura.texto("vaga", maximo=40)
    if tipo and tipo not in TipoAgendamento.values:
        leitura.recusar("formato", f"O tipo é um destes: {', '.join(TipoAgendamento.values)}.", "tipo")
    if leitura.motivos:
        raise Recusa(*leitura.motivos)
    servico = catalogo.servicos().get(tarefa.servico)
    if servico is None or tipo.lower() not in servico.agendamentos:
        raise Recusa(Motivo("servico_sem_agendamento", "Este serviço não tem este agendamento.", "tipo"))
    if tarefa.agendamentos.filter(tipo=tipo, estado=E.AGENDADO).exists():
        raise Recusa(Motivo("ja_marcado", "Este pedido já tem este agendamento marcado.", "tipo"))
    tocar(tarefa)
    return _resposta(tarefa, _criar(tarefa, _livre(vaga, tipo)))


def remarcar(chave: str, protocolo: str, numero: str, corpo: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    return uma_vez(chave, f"remarcar:{protocolo}:{numero}", corpo, lambda: _remarcar(protocolo, numero, corpo))


def _remarcar(protocolo: str, numero: str, corpo: Mapping[str, Any]) -> dict[str, Any]:
    tarefa = _em_curso(protocolo)
    antigo = tarefa.agendamentos.get(protocolo=numero)
    leitura = Leitura(corpo)
    vaga = leitura.texto("vaga", maximo=40)
    if leitura.motivos:
        raise Recusa(*leitura.motivos)
    if antigo.estado not in {E.AGENDADO, E.FALTOU}:
        raise Recusa(Motivo("agendamento_inativo", "Este agendamento não está ativo.", "agendamento"))
    if tarefa.agendamentos.filter(tipo=antigo.tipo, remarcacao=True).count() >= agenda.REMARCACOES:
        raise Recusa(Motivo("ja_remarcado", "Este agendamento já foi remarcado uma vez.", "agendamento"))
    if timezone.localdate() > timezone.localdate(antigo.quando) + timedelta(days=agenda.REMARCAR_ATE_DIAS):
        raise Recusa(Motivo("prazo_de_remarcar", "O prazo para remarcar já passou.", "agendamento"))
    tocar(tarefa)
    escolhida = _livre(vaga, antigo.tipo)
    antigo.estado = E.REMARCADO
    antigo.save(update_fields=["estado"])
    return _resposta(tarefa, _criar(tarefa, escolhida, remarcacao=True))


def desmarcar(chave: str, protocolo: str, numero: str, corpo: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    return uma_vez(chave, f"desmarcar:{protocolo}:{numero}", corpo, lambda: _desmarcar(protocolo, numero, corpo))


def _desmarcar(protocolo: str, numero: str, corpo: Mapping[str, Any]) -> dict[str, Any]:
    tarefa = travar(protocolo)
    agendamento = tarefa.agendamentos.get(protocolo=numero)
    leitura = Leitura(corpo)
    leitura.texto("motivo", maximo=2000, obrigatorio=False)
    if leitura.motivos:
        raise Recusa(*leitura.motivos)
    _registrar(tarefa, agendamento, E.CANCELADO)
    return _resposta(tarefa, agendamento)


# --- What INSS does -----------------------------------------------------------------------------------------------
@transaction.atomic
def agendar(
    protocolo: str, tipo: str, quando: datetime, *, numero: str = "", unidade: str = "", remarcacao: bool = False
) -> Agendamento:
    """Books at any hour, as INSS itself may; an active one of the kind becomes REMARCADO. A `numero` books once.

    `unidade`: a code, that of the task when empty. `remarcacao` is for demonstrations: as if the person had asked.
    """
    tarefa = travar(protocolo)
    if numero and (marcado := tarefa.agendamentos.filter(protocolo=numero).first()):
        return marcado
    tarefa.agendamentos.filter(tipo=tipo, estado=E.AGENDADO).update(estado=E.REMARCADO)
    outra = agenda.unidades().get(unidade)
    lugar = {"codigo": outra.codigo, "nome": outra.nome, "endereco": outra.endereco} if outra else tarefa.unidade
    agendamento = Agendamento.objects.create(
        tarefa=tarefa,
        protocolo=numero or novo_protocolo(),
        tipo=TipoAgendamento(tipo),
        quando=quando,
        unidade=lugar.get("nome", ""),
        endereco=lugar.get("endereco", ""),
        ibge=lugar.get("codigo", "")[1:],
        remarcacao=remarcacao,
    )
    tocar(tarefa)
    return agendamento


@transaction.atomic
def registrar(protocolo: str, numero: str, estado: EstadoAgendamento) -> None:
    """The person came (CUMPRIDO), did not come (FALTOU), or the unit took the hour back (CANCELADO)."""
    tarefa = travar(protocolo)
    agendamento = tarefa.agendamentos.filter(protocolo=numero).first()
    if agendamento is None:
        raise Agendamento.DoesNotExist
    _registrar(tarefa, agendamento, estado)


def _registrar(tarefa: Tarefa, agendamento: Agendamento, estado: EstadoAgendamento) -> None:
    if agendamento.estado != E.AGENDADO:
        raise Recusa(Motivo("agendamento_inativo", "Este agendamento não está ativo.", "agendamento"))
    agendamento.estado = estado
    agendamento.save(update_fields=["estado"])
    tocar(tarefa)


# --- Tools --------------------------------------------------------------------------------------------------------
def _em_curso(protocolo: str) -> Tarefa:
    tarefa = travar(protocolo)
    if tarefa.estado.final:
        raise Recusa(Motivo("situacao_nao_permite", ENCERRADO, "situacao"))
    return tarefa


def _livre(identificador: str, tipo: str) -> Vaga:
    escolhida = agenda.vaga(identificador, tipo, timezone.localdate())
    if escolhida is None:
        raise Recusa(Motivo("vaga_desconhecida", "Este horário não existe ou já passou.", "vaga"))
    if Agendamento.objects.filter(estado__in=OCUPAM, vaga=escolhida.id).exists():
        raise Recusa(Motivo("vaga_tomada", "Outra pessoa acabou de pegar este horário.", "vaga"))
    return escolhida


def _criar(tarefa: Tarefa, vaga: Vaga, *, remarcacao: bool = False) -> Agendamento:
    return Agendamento.objects.create(
        tarefa=tarefa,
        protocolo=novo_protocolo(),
        tipo=vaga.tipo,
        quando=vaga.quando,
        unidade=vaga.unidade.nome,
        endereco=vaga.unidade.endereco,
        ibge=vaga.unidade.ibge,
        vaga=vaga.id,
        remarcacao=remarcacao,
    )


def _resposta(tarefa: Tarefa, agendamento: Agendamento) -> dict[str, Any]:
    atual = Tarefa.objects.para_mostrar().get(pk=tarefa.pk)
    return {"agendamento": agendamento_json(agendamento), "tarefa": tarefa_json(atual)}
