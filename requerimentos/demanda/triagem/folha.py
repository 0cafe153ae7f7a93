"""From a conversation to what the person takes home: the sheet (`papeis.contrato`) and the text kept with the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from requerimentos.demanda.fatos import Parecer
from requerimentos.demanda.triagem.consultas import Andamento
from requerimentos.demanda.triagem.forms import em_palavras
from requerimentos.demanda.triagem.regras import Indicacao, Lugar, Resultado

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# What INSS itself finds out stays on the screen of the clerk: on paper only what the person can do something about.
LINHAS_POR_CAMINHO = 6


def conteudo(atual: Andamento, agente: Usuario) -> dict[str, Any]:
    """The sheet of this conversation. `atual.atendimento` comes with `balcao__entidade`."""
    atendimento, achado = atual.atendimento, atual.indicar()
    entidade, balcao = atendimento.balcao.entidade, atendimento.balcao
    return {
        "entidade_nome": entidade.nome,
        "entidade_cnpj": entidade.cnpj,
        "entidade_endereco": entidade.endereco,
        "entidade_telefone": entidade.telefone,
        "entidade_email": entidade.email,
        "ponto_nome": balcao.nome,
        "ponto_endereco": balcao.endereco,
        "ponto_municipio": atendimento.municipio.nome,
        "ponto_uf": atendimento.municipio.uf,
        "ponto_horario": balcao.horario,
        "act_tipo": entidade.get_acordo_tipo_display(),
        "act_numero_ano": entidade.acordo_numero,
        "act_processo_sei": entidade.acordo_processo,
        "act_fim": entidade.acordo_fim,
        "nome_tratamento": atendimento.pessoa.nome,
        "assunto": _assunto(atual),
        "data_da_conversa": atendimento.dia,
        "caminhos": [_caminho(indicacao) for indicacao in achado.indicacoes],
        "antes": [f"{ida.aonde}: {ida.texto}" for ida in achado.idas],
        "passos": list(achado.passos),
        "agente_nome": agente.nome,
    }


def resumo(achado: Resultado) -> str:
    """What is kept with the visit, one line each: what to do first, then each service and where it stands."""
    linhas = [*achado.passos, *(f"{ida.aonde}: {ida.texto}" for ida in achado.idas)]
    for indicacao in achado.indicacoes:
        if indicacao.lugar == Lugar.ORIENTAR:
            linhas.append(f"{indicacao.servico.nome}: {' '.join(indicacao.servico.aonde)}")
        elif indicacao.lugar == Lugar.EMPRESA:
            linhas.append(f"{indicacao.servico.nome}: {indicacao.empresa}")
        elif indicacao.lugar == Lugar.CABE:
            linhas.append(f"{indicacao.servico.nome}: combina com o que foi dito.")
        elif indicacao.lugar == Lugar.FALTA_SABER:
            linhas.append(f"{indicacao.servico.nome}: pode caber, falta saber o que a regra pede.")
        else:
            linhas.append(f"{indicacao.servico.nome}: {' '.join(p.frase for p in indicacao.nao)}")
    return "\n".join(linhas)


def _assunto(atual: Andamento) -> str:
    pergunta = atual.roteiro.perguntas[0]
    resposta = atual.conversa.dadas.get(pergunta.id)
    return em_palavras(pergunta, resposta) if resposta else "Orientação"


def _caminho(indicacao: Indicacao) -> dict[str, Any]:
    return {
        "nome": indicacao.servico.nome,
        "lugar": str(indicacao.lugar),
        "sim": _frases(indicacao.sim),
        "nao": _frases(indicacao.nao),
        "falta": [] if indicacao.lugar == Lugar.NAO_CABE else _a_conferir(indicacao.falta),
        "levar": [v.vaga.nome for v in indicacao.levar if v.obrigatoria] if indicacao.prepara else [],
        "aonde": [indicacao.empresa] if indicacao.lugar == Lugar.EMPRESA else list(indicacao.servico.aonde),
    }


def _a_conferir(pareceres: tuple[Parecer, ...]) -> list[str]:
    """What the clerk is told to ask, said to the person."""
    return [f"A conferir: {frase.removeprefix('Confira com a pessoa: ')}" for frase in _frases(pareceres)]


def _frases(pareceres: tuple[Parecer, ...]) -> list[str]:
    return [parecer.frase for parecer in pareceres][:LINHAS_POR_CAMINHO]
