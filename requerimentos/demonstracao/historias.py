"""What happened to each person, told as generators: each `yield` is the moment of what comes after it.

`correr` interleaves all stories by time, so the trail, the tickets and the counts come out in the order of real life.
"""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Usuario
from act_portal.demonstracao.lugares import BELO_VALE, JABOTICATUBAS
from act_portal.demonstracao.numeros import cpf_de
from act_portal.demonstracao.relogio import relogio_em
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Balcao
from requerimentos.acompanhamento import servicos as acompanhamento
from requerimentos.agenda import servicos as agenda
from requerimentos.avisos import servicos as avisos
from requerimentos.demanda import servicos as demanda
from requerimentos.demanda.consultas import servico_do, vagas_do
from requerimentos.demanda.perguntas import Tipo, perguntas_do
from requerimentos.demanda.servico import Vaga
from requerimentos.demonstracao import direto, fichas
from requerimentos.demonstracao.pessoas import Ficha
from requerimentos.digitalizacao.consultas import VAGA_DA_EXIGENCIA
from requerimentos.envio import servicos as envio
from requerimentos.envio.inss import AgendamentoInss, DecisaoInss, ExigenciaInss, MotivoInss, Recibo, Tarefa
from requerimentos.envio.pacote import nome_base, pedido_de
from requerimentos.models import Atendimento, Aviso, Envio, Exigencia, Pagina, Pessoa, Requerimento
from requerimentos.papeis import servicos as papeis
from requerimentos.recepcao import servicos as recepcao
from requerimentos.situacoes import SituacaoAviso

Historia = Generator[datetime, None, None]
PRESENCIAL = "No balcão, em mãos"
SEXTA = 4
# Units of the pretend INSS: neither town has one.
ONDE_SE_EXAMINA = {JABOTICATUBAS: ("3167202", "Sete Lagoas"), BELO_VALE: ("3118007", "Congonhas")}


def correr(historias: Iterable[Historia], ate: datetime) -> None:
    """Tell all stories together, each step with the clock at its own moment and none after `ate`."""
    fila: list[tuple[datetime, int, Historia]] = []
    for ordem, historia in enumerate(historias):
        if (momento := next(historia, None)) is not None:
            heapq.heappush(fila, (momento, ordem, historia))
    while fila:
        momento, ordem, historia = heapq.heappop(fila)
        with relogio_em(min(momento, ate)):
            seguinte = next(historia, None)
            escoar()
        if seguinte is not None:
            heapq.heappush(fila, (max(seguinte, momento), ordem, historia))


def escoar() -> None:
    """Notices count as delivered without a message leaving, and receipts are asked for; drawing waits.

    Only those of invented people: here the clock is wrong for everybody else.
    """
    inventadas = Requerimento.objects.filter(pessoa__ficticia=True)
    for aviso in Aviso.objects.filter(situacao=SituacaoAviso.PENDENTE, requerimento__in=inventadas):
        avisos.marcar_enviado(aviso.pk)
        direto.quitar(Saida.objects.filter(chave=f"{avisos.AVISAR}:{aviso.pk}"))
    for saida in Saida.objects.filter(tipo=envio.COMPROVANTE, estado=Saida.Estado.PENDENTE):
        if inventadas.filter(pk=saida.carga["requerimento"]).exists():
            saidas.executar(saida.pk)
    for saida in Saida.objects.filter(tipo=agenda.COMPROVANTE, estado=Saida.Estado.PENDENTE):
        if inventadas.filter(agendamentos=saida.carga["agendamento"]).exists():
            saidas.executar(saida.pk)


# What the invented people answer yes to; to everything else they say no.
DIZ_SIM = frozenset(
    {
        "acompanha_eletronico", "ainda_trabalha_rural", "atos_agendamento", "atos_recurso",
        "biometria", "contribuiu_por_conta", "filiado_antes_ec103", "impedimento_2_anos", "obito",
        "parto_ocorrido", "pede_conjuge", "reafirmar_der", "regime_fechado",
    }
)  # fmt: skip


# Of those already with INSS, the services whose packs are worth opening.
COM_FICHA = frozenset({"bpc-pcd", "bpc-idoso"})


@dataclass
class Mesa:
    """A desk and who works at it."""

    balcao: Balcao
    atendentes: list[Usuario]
    folhas: dict[str, Arquivo]
    proximo_protocolo: int
    pessoas: dict[int, Pessoa] = field(default_factory=dict)

    def protocolo(self) -> str:
        self.proximo_protocolo += 1
        return str(self.proximo_protocolo)


@dataclass
class Visita:
    """One arrival: who, when, and how long things take."""

    numero: int
    ficha: Ficha | None  # None: somebody that the desk knows already
    chegada: datetime
    espera: timedelta
    conversa: timedelta
    autor: Usuario
    prioridade: str = "nenhuma"
    motivo: str = Atendimento.Motivo.PEDIR


# --- Reception ----------------------------------------------------------------------------------------------------
def chegar(mesa: Mesa, visita: Visita) -> Atendimento:
    pessoa = mesa.pessoas.get(visita.numero) or _cadastrar(mesa, visita)
    return recepcao.dar_senha(
        pessoa.pk,
        balcao=mesa.balcao,
        prioridade=visita.prioridade,
        motivo=visita.motivo,
        autor=visita.autor,
        codigo=uuid.uuid4(),
    )


def _cadastrar(mesa: Mesa, visita: Visita) -> Pessoa:
    ficha = visita.ficha
    if ficha is None:
        raise LookupError(f"Ninguém no lugar {visita.numero} da demonstração.")
    pessoa = recepcao.cadastrar_pessoa(
        ficha.dados, municipio=mesa.balcao.municipio, autor=visita.autor, nits=ficha.nits, contatos=ficha.contatos
    )
    direto.marcar_ficticia(pessoa)
    if ficha.representante:
        recepcao.juntar_representante(pessoa.pk, ficha.representante, autor=visita.autor)
    mesa.pessoas[visita.numero] = pessoa
    return pessoa


def orientacao(mesa: Mesa, visita: Visita, texto: str, desfecho: str = Atendimento.Desfecho.ORIENTACAO) -> Historia:
    """A visit that ends in words."""
    yield visita.chegada
    atendimento = chegar(mesa, visita)
    yield visita.chegada + visita.espera
    recepcao.chamar(atendimento.pk, autor=visita.autor)
    recepcao.iniciar(atendimento.pk, autor=visita.autor)
    yield visita.chegada + visita.espera + visita.conversa
    recepcao.concluir(atendimento.pk, autor=visita.autor, desfecho=desfecho, orientacao=texto)


def faltou(mesa: Mesa, visita: Visita) -> Historia:
    yield visita.chegada
    atendimento = chegar(mesa, visita)
    yield visita.chegada + visita.espera
    recepcao.chamar(atendimento.pk, autor=visita.autor)
    yield visita.chegada + visita.espera + timedelta(minutes=6)
    recepcao.ausentar(atendimento.pk, autor=visita.autor)


def na_fila(mesa: Mesa, visita: Visita, *, chamada: bool = False) -> Historia:
    """Still waiting today; `chamada`: on the way to the table."""
    yield visita.chegada
    atendimento = chegar(mesa, visita)
    if chamada:
        yield visita.chegada + visita.espera
        recepcao.chamar(atendimento.pk, autor=visita.autor)


# --- The request --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Data:
    """An examination or assessment, `dias` from today, and what became of it by now."""

    tipo: str
    dias: int
    situacao: str = "AGENDADO"
    remarcacao: bool = False


@dataclass(frozen=True)
class Roteiro:
    """How far a request goes. Days are counted from the day it was filed; `None` means that it never came to that."""

    servico: str
    dias: int  # how long ago the person came; 0: today
    para: str = "inss"  # aberto, respondido, papeis, documentos, desistido, na_fila, devolvido, inss
    analise: int | None = None
    datas: tuple[Data, ...] = ()
    exigencia: tuple[str, date] | None = None
    exigencia_em: int = 0
    respondida: int | None = None
    decisao: int | None = None
    tipo: str = ""
    motivos: tuple[str, ...] = ()
    entregue: int | None = None
    cancelada: int | None = None
    aviso_falhou: bool = False


Antes = Callable[[Atendimento, Visita, str], None]
NUNCA = datetime(2000, 1, 1, tzinfo=UTC)
NADA_NO_INSS = Tarefa("", "PENDENTE", NUNCA, NUNCA, 0, "", (), None, ())


@dataclass
class _Caso:
    mesa: Mesa
    visita: Visita
    roteiro: Roteiro
    requerimento: Requerimento
    tarefa: Tarefa = NADA_NO_INSS

    @property
    def autor(self) -> Usuario:
        return self.visita.autor

    def reler(self) -> Requerimento:
        self.requerimento = Requerimento.objects.select_related(
            "municipio", "balcao__entidade", "pessoa", "servico", "representante", "atendente"
        ).get(pk=self.requerimento.pk)
        return self.requerimento


def pedido(mesa: Mesa, visita: Visita, roteiro: Roteiro, *, antes: Antes | None = None) -> Historia:
    """A visit that opens a request, and whatever became of it. `antes`: what is said before."""
    yield visita.chegada
    atendimento = chegar(mesa, visita)
    yield visita.chegada + visita.espera
    recepcao.chamar(atendimento.pk, autor=visita.autor)
    recepcao.iniciar(atendimento.pk, autor=visita.autor)
    abertura = visita.chegada + visita.espera + timedelta(minutes=4)
    yield abertura
    if antes:
        antes(atendimento, visita, roteiro.servico)
    requerimento = demanda.abrir(
        atendimento.pk, roteiro.servico, autor=visita.autor, codigo=uuid.uuid4(), excecao="A pessoa insiste."
    )  # fmt: skip
    caso = _Caso(mesa, visita, roteiro, requerimento)
    if roteiro.para != "aberto":
        yield from _preparar(caso, abertura)
    yield abertura + visita.conversa
    if roteiro.dias:
        recepcao.concluir(atendimento.pk, autor=visita.autor, desfecho=Atendimento.Desfecho.PEDIDO)
    if roteiro.para in {"na_fila", "devolvido", "inss"}:
        yield from _enviar(caso, abertura + visita.conversa)


def _preparar(caso: _Caso, abertura: datetime) -> Historia:
    yield abertura + timedelta(minutes=3)
    _responder(caso)
    if caso.roteiro.para == "desistido":
        yield abertura + timedelta(minutes=8)
        demanda.desistir(caso.requerimento.pk, motivo="A pessoa preferiu esperar completar a idade.", autor=caso.autor)
        return
    if caso.roteiro.para == "respondido":
        fichas.preencher(caso.requerimento, autor=caso.autor, metade=True)
        return
    if caso.roteiro.para != "inss" or caso.roteiro.servico in COM_FICHA:
        fichas.preencher(caso.requerimento, autor=caso.autor)
    yield abertura + timedelta(minutes=5)
    conjunto = papeis.fazer_conjunto(caso.requerimento.pk, autor=caso.autor)
    if caso.roteiro.para == "papeis":
        return
    yield abertura + timedelta(minutes=9)
    direto.assinar_papeis(conjunto, caso.autor)
    _juntar_documentos(caso)


def _responder(caso: _Caso) -> None:
    requerimento = caso.reler()
    respostas: dict[str, Any] = {}
    for pergunta in perguntas_do(servico_do(requerimento)):
        respostas[pergunta.chave] = {
            Tipo.SIM_NAO: pergunta.chave in DIZ_SIM,
            Tipo.DATA: (caso.visita.chegada.date() - timedelta(days=200)).isoformat(),
            Tipo.DINHEIRO: "320.00",
            Tipo.TEMPO: "18 anos e 4 meses",
        }[pergunta.tipo]
    requerimento = demanda.responder(requerimento.pk, respostas, autor=caso.autor, versao=requerimento.versao)
    pessoa = requerimento.pessoa
    quem, representante, rogo = Requerimento.QuemAssina.TITULAR, pessoa.representantes.first(), {}
    if representante:
        quem = Requerimento.QuemAssina.REPRESENTANTE
    elif pessoa.assina != Pessoa.Assina.SIM:
        quem, rogo = Requerimento.QuemAssina.ROGO, _testemunhas(pessoa)
    papeis.escolher_quem_assina(
        requerimento.pk,
        quem=quem,
        autor=caso.autor,
        versao=requerimento.versao,
        representante_id=representante.pk if representante else None,
        rogo=rogo,
    )
    caso.reler()


def _testemunhas(pessoa: Pessoa) -> dict[str, Any]:
    base = int(pessoa.cpf[:9]) + 50
    dados: dict[str, Any] = {"rogo_vinculo": "filha", "lido_em_voz_alta": True}
    nomes = ("Lúcia Pereira Fictícia", "Paulo Ribeiro Fictício", "Sandra Alves Fictícia")
    for n, (prefixo, nome) in enumerate(zip(("rogo", "test1", "test2"), nomes, strict=True)):
        dados |= {
            f"{prefixo}_nome": nome,
            f"{prefixo}_cpf": cpf_de(base + n),
            f"{prefixo}_documento": f"RG MG-1{n}.444.555",
            f"{prefixo}_nascimento": f"19{70 + n}-05-20",
        }
    return dados


def _juntar_documentos(caso: _Caso) -> None:
    """A page in each mandatory slot; a request left at the documents lacks the last one."""
    exigidas = [v.vaga for v in vagas_do(caso.reler()) if v.obrigatoria]
    if caso.roteiro.para == "documentos":
        exigidas = exigidas[:-1]
    folhas = [(vaga.id, caso.mesa.folhas[_tipo_de_folha(vaga)]) for vaga in exigidas]
    direto.juntar_paginas(caso.requerimento, folhas, caso.autor)


def _tipo_de_folha(vaga: Vaga) -> str:
    if "residencia" in vaga.id:
        return "residencia"
    return {"termo_representacao": "termo", "id_interessado": "identidade"}.get(vaga.caixa, "outro")


# --- INSS ---------------------------------------------------------------------------------------------------------
def _enviar(caso: _Caso, quando: datetime) -> Historia:
    envio_ = direto.abrir_envio(caso.reler(), caso.autor)
    envio.congelar(envio_.pk, _partes(caso.requerimento), pedido_de(caso.requerimento))
    if caso.roteiro.para == "na_fila":
        envio.anotar_falha(envio_.pk, "O INSS está em manutenção.")
        direto.deixar_envio_esperando(envio_)
        return
    direto.quitar(Saida.objects.filter(chave=f"{envio.TRANSMITIR}:{envio_.pk}"))
    yield quando + timedelta(seconds=50)
    if caso.roteiro.para == "devolvido":
        motivo = MotivoInss("documento_ilegivel", "O documento de identidade está ilegível. Digitalize de novo.", "")
        envio.registrar_recusa(envio_.pk, [motivo])
        return
    yield from _acompanhar(caso, envio_, quando + timedelta(seconds=50))


def _partes(requerimento: Requerimento, exigencia: Exigencia | None = None) -> list[dict[str, Any]]:
    """The pages as they are: each is already inside INSS's limits."""
    paginas = (
        Pagina.objects.filter(peca__requerimento=requerimento, peca__exigencia=exigencia)
        .select_related("peca", "folha")
        .order_by("pk")
    )
    return [
        {
            "vaga": p.peca.vaga,
            "natureza": p.peca.natureza,
            "nome": f"{nome_base(requerimento, p.peca.vaga, p.peca.natureza)}.pdf",
            "conteudo": p.folha.pdf.name,
            "bytes": p.folha.bytes,
            "sha256": p.folha.sha256,
            "paginas": 1,
        }
        for p in paginas
    ]


def _acompanhar(caso: _Caso, envio_: Envio, entrada: datetime) -> Historia:
    protocolo, roteiro = caso.mesa.protocolo(), caso.roteiro
    unidade = f"Agência da Previdência Social {caso.requerimento.municipio.nome} (treinamento)"
    envio.registrar_protocolo(envio_.pk, Recibo(protocolo, "PENDENTE", entrada, unidade, ()))
    if roteiro.aviso_falhou:
        for aviso in caso.requerimento.avisos.filter(situacao=SituacaoAviso.PENDENTE):
            avisos.marcar_falha(aviso.pk, "O e-mail da pessoa não aceita mensagens. Confira o endereço.")
    caso.tarefa = Tarefa(protocolo, "PENDENTE", entrada, entrada, 0, unidade, (), None, ())
    if roteiro.datas:
        # Still in the same visit: the desk books before the person leaves.
        yield entrada + timedelta(minutes=10)
        _agendar(caso, protocolo)
    if roteiro.analise is not None:
        yield (momento := _dia(entrada, roteiro.analise))
        _contar(caso, momento, situacao="EM_ANALISE")
    if any(d.situacao != "AGENDADO" for d in roteiro.datas):
        yield _dia(entrada, roteiro.dias - 1)
        _passar_das_datas(caso, protocolo)
    if roteiro.exigencia is not None:
        yield from _exigir(caso, entrada, roteiro.exigencia)
    if roteiro.cancelada is not None:
        yield (momento := _dia(entrada, roteiro.cancelada))
        _contar(caso, momento, situacao="CANCELADA")
    if roteiro.decisao is not None:
        yield from _decidir(caso, entrada, roteiro.decisao)


def _dia(entrada: datetime, dias: int) -> datetime:
    """`dias` after, a little later in the day."""
    return entrada + timedelta(days=dias, minutes=17 * (dias % 7) + 5)


def _contar(caso: _Caso, momento: datetime, **muda: Any) -> None:
    """INSS tells the portal how the task is now."""
    caso.tarefa = replace(caso.tarefa, atualizada_em=momento, **muda)
    acompanhamento.sincronizar(caso.requerimento.pk, caso.tarefa)


def _agendar(caso: _Caso, protocolo: str) -> None:
    """The dates as INSS gave them first: those of today's list, each before whatever became of it."""
    primeiras = [d for d in caso.roteiro.datas if not d.remarcacao]
    _contar(caso, caso.visita.chegada, agendamentos=tuple(_data(caso, protocolo, d, "AGENDADO") for d in primeiras))
    for agendamento in caso.requerimento.agendamentos.all():
        agenda.dizer_como_vai(
            agendamento.pk, acompanhante=True, transporte=caso.roteiro.dias % 2 == 1, autor=caso.autor
        )


def _data(caso: _Caso, protocolo: str, data: Data, situacao: str) -> AgendamentoInss:
    numero = caso.roteiro.datas.index(data)
    dia = caso.visita.chegada + timedelta(days=caso.roteiro.dias + data.dias)
    quando = datetime.combine(_util(dia.date()), time(9 + 2 * numero, 20), caso.requerimento.municipio.fuso)
    ibge, cidade = ONDE_SE_EXAMINA[caso.requerimento.municipio_id]
    return AgendamentoInss(
        f"{6 + numero}{protocolo[1:]}", data.tipo, situacao, quando,
        f"Agência da Previdência Social {cidade} (treinamento)", f"Praça do Treinamento, 100, {cidade}-MG",
        ibge, data.remarcacao,
    )  # fmt: skip


def _util(dia: date) -> date:
    while dia.weekday() > SEXTA:
        dia += timedelta(days=1)
    return dia


def _passar_das_datas(caso: _Caso, protocolo: str) -> None:
    """What became of them by now."""
    datas = tuple(_data(caso, protocolo, d, d.situacao) for d in caso.roteiro.datas)
    _contar(caso, caso.tarefa.atualizada_em, agendamentos=datas)


def _exigir(caso: _Caso, entrada: datetime, pedida: tuple[str, date]) -> Historia:
    roteiro = caso.roteiro
    texto, prazo = pedida
    yield (emissao := _dia(entrada, roteiro.exigencia_em))
    aberta = ExigenciaInss("E1", texto, "ABERTA", emissao, prazo, None)
    _contar(caso, emissao, situacao="CUMPRIMENTO_DE_EXIGENCIA", exigencias=(aberta,))
    if roteiro.respondida is None:
        return
    yield (momento := _dia(entrada, roteiro.respondida))
    exigencia = caso.requerimento.exigencias.get()
    direto.juntar_paginas(caso.reler(), [(VAGA_DA_EXIGENCIA, caso.mesa.folhas["outro"])], caso.autor, exigencia)
    resposta = acompanhamento.responder(exigencia.pk, texto="A pessoa trouxe o que faltava.", autor=caso.autor)
    envio.congelar(resposta.pk, _partes(caso.requerimento, exigencia), None)
    fim = Saida.objects.filter(chave__in=[f"{envio.MONTAR}:{resposta.pk}", f"{envio.TRANSMITIR}:{resposta.pk}"])
    direto.quitar(fim)
    yield momento + timedelta(minutes=1)
    envio.registrar_resposta(resposta.pk, "EM_ANALISE")
    cumprida = replace(aberta, situacao="CUMPRIDA", cumprida_em=momento)
    _contar(caso, momento, situacao="EM_ANALISE", exigencias=(cumprida,))


def _decidir(caso: _Caso, entrada: datetime, dias: int) -> Historia:
    roteiro = caso.roteiro
    yield (momento := _dia(entrada, dias))
    concedido = caso.requerimento.servico.dados["especies"] and roteiro.tipo in {"deferido", "parcial"}
    nb = f"7{caso.requerimento.pk:09d}" if concedido else ""
    dia = momento.astimezone(caso.requerimento.municipio.fuso).date()
    decisao = DecisaoInss(roteiro.tipo, roteiro.motivos, "", nb, "", dia, None)  # type: ignore[arg-type]
    _contar(caso, momento, situacao="CONCLUIDA", decisao=decisao)
    if roteiro.entregue is None:
        return
    yield _dia(entrada, roteiro.entregue)
    acompanhamento.entregar_resultado(
        caso.requerimento.pk, a_quem=caso.requerimento.pessoa.nome, como=PRESENCIAL, autor=caso.autor
    )
