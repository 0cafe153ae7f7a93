"""Gather the conversation of a visit and what the record already tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from act_portal.territorio.consultas import calendario_de, hoje_em
from requerimentos.demanda import catalogo
from requerimentos.demanda.consultas import fatos_da_pessoa
from requerimentos.demanda.fatos import Fatos
from requerimentos.demanda.perguntas import AUTORIZACOES, da_ficha, perguntas_do
from requerimentos.demanda.servico import Servico
from requerimentos.demanda.triagem import regras, roteiro
from requerimentos.demanda.triagem.regras import Conversa, Resultado
from requerimentos.demanda.triagem.roteiro import Pergunta, Roteiro
from requerimentos.models import Atendimento, Pessoa, Requerimento, Triagem
from requerimentos.situacoes import Etapa

# Once true, they stay true: said in an earlier request, they are not asked again.
PERMANENTES = ("biometria", "filiado_antes_ec103")


@dataclass(frozen=True)
class Andamento:
    """Where the conversation of a visit stands on `hoje`. `base`: what the record told before any question."""

    atendimento: Atendimento
    roteiro: Roteiro
    respostas: dict[str, Any]
    versao: int
    triagem: Triagem | None
    base: Fatos
    conversa: Conversa
    hoje: date

    def anterior(self, pergunta: Pergunta) -> str:
        """The id of the question asked before this one, or an empty text."""
        ids = list(self.conversa.dadas)
        posicao = ids.index(pergunta.id) if pergunta.id in ids else len(ids)
        return ids[posicao - 1] if posicao else ""

    def no_caminho(self, pergunta: Pergunta) -> bool:
        """Asked now, answered already, or known from the record and open to correction."""
        return pergunta == self.conversa.proxima or pergunta.id in self.conversa.dadas or pergunta.id in self.sabidas

    @property
    def sabidas(self) -> dict[str, str]:
        """Questions that the record answers, with the answer in words."""
        ditas = {}
        if self.base.cadunico_em:
            ditas["cadunico"] = f"{self.base.cadunico_em:%d/%m/%Y}"
        for pergunta in self.roteiro.perguntas:
            for opcao in pergunta.opcoes:
                if opcao.fatos and all(self.base.sabe(f) is dito for f, dito in opcao.fatos.items()):
                    ditas[pergunta.id] = opcao.texto
        return {id: texto for id, texto in ditas.items() if id not in self.conversa.dadas}

    def indicar(self) -> Resultado:
        return regras.indicar(self.roteiro, self.conversa, self.base, self.hoje, catalogo.carregar())


def andamento(atendimento: Atendimento, *, como_foi: bool = False) -> Andamento:
    """`atendimento` comes with `pessoa` and `municipio`. Four queries.

    `como_foi`: as it went before this visit opened any request, for those requests to ask what was answered.
    """
    hoje = hoje_em(atendimento.municipio)
    triagem = Triagem.objects.filter(atendimento=atendimento).select_related("folha").first()
    respostas = triagem.respostas if triagem else {}
    base = base_da_pessoa(atendimento.pessoa, hoje, fora=atendimento if como_foi else None)
    perguntas = roteiro.carregar()
    return Andamento(
        atendimento=atendimento,
        roteiro=perguntas,
        respostas=respostas,
        versao=triagem.versao if triagem else 0,
        triagem=triagem,
        base=base,
        conversa=regras.conversar(
            perguntas, respostas, base, hoje, catalogo.carregar(), calendario_de(atendimento.municipio)
        ),
        hoje=hoje,
    )


def base_da_pessoa(pessoa: Pessoa, hoje: date, *, fora: Atendimento | None = None) -> Fatos:
    """The record, and what was said in earlier requests and lasts: the date of CadÚnico and some facts.

    `fora`: the visit whose requests do not count.
    """
    fatos = fatos_da_pessoa(pessoa, hoje, fora=fora)
    pedidos = Requerimento.objects.filter(pessoa=pessoa).exclude(etapa=Etapa.CANCELADO).order_by("criado_em", "pk")
    if fora is not None:
        pedidos = pedidos.exclude(atendimento=fora)
    marcas, cadunico_em = dict(fatos.marcas), None
    for respostas in pedidos.values_list("respostas", flat=True):
        marcas |= {fato: True for fato in PERMANENTES if respostas.get(fato) is True}
        cadunico_em = _dia(respostas.get("cadunico_em"), hoje) or cadunico_em
    return replace(fatos, marcas=marcas, cadunico_em=cadunico_em)


def _dia(texto: Any, hoje: date) -> date | None:
    try:
        dia = date.fromisoformat(texto)
    except (TypeError, ValueError):
        return None
    return dia if dia <= hoje else None


def respostas_para(servico: Servico, atendimento: Atendimento | None) -> dict[str, Any]:
    """What a request of `servico` opened in this visit begins with: facts and numbers said, never a declaration."""
    if atendimento is None or not Triagem.objects.filter(atendimento=atendimento).exists():
        return {}
    return fatos_ditos(servico, andamento(atendimento, como_foi=True))


def fatos_ditos(servico: Servico, atual: Andamento) -> dict[str, Any]:
    chaves = [p.chave for p in perguntas_do(servico) if not p.declara and p not in AUTORIZACOES]
    chaves += da_ficha(servico)
    return regras.para_o_pedido(atual.roteiro, atual.conversa, chaves)
