"""The papers that INSS makes of a process: what they say, and asking for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from act_portal.territorio.consultas import hoje_em
from adesao import consultas
from adesao.analise.conferencia import do_acordo
from adesao.checklist.catalogo import parametro
from adesao.models import Acordo, Anotacao, Assinatura, Decisao, Item, Papel, Processo
from adesao.papeis.preenchimento import (
    PARAMETROS_DA_MINUTA,
    Material,
    base_de,
    comum,
    conteudo,
    lista_de_servicos,
    parametros,
)
from adesao.papeis.servicos import guardar
from adesao.pedido.consultas import requisito_de
from adesao.situacoes import SituacaoItem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Dados = dict[str, Any]
E, Tipo = Papel.Especie, Decisao.Tipo
OBJETO = (
    "divulgação do INSS Digital, orientação ao cidadão e apresentação de requerimentos de serviços previdenciários e "
    "assistenciais"
)
FUNDAMENTO = (
    "Lei nº 14.133/2021, art. 184; Decreto nº 11.531/2023, arts. 24 e 25; Portaria SEGES/MGI nº 3.506/2025; Portaria "
    "PRES/INSS nº 1.538/2022"
)
# How the decision on an item is written in the list.
ATENDE = {
    SituacaoItem.ACEITO: "atende",
    SituacaoItem.DISPENSADO: "não se aplica",
    SituacaoItem.DEVOLVIDO: "não atende",
    SituacaoItem.REABERTO: "não atende",
    SituacaoItem.FALTA: "falta",
    SituacaoItem.PRONTO: "não conferido",
}


def fazer(processo: Processo, especie: Papel.Especie, *, autor: Usuario) -> Papel:
    """Ask for one of the papers of INSS of a locked process, as it stands now."""
    dados = {**comum_do_inss(processo), **MONTADORES[especie](processo)}
    return guardar(processo, especie, dados, base=base_de(processo, especie, dados), autor=autor)


def comum_do_inss(processo: Processo) -> Dados:
    """The parties, as the papers of INSS name them."""
    return comum(processo, Material(processo).municipio)


def _conferencia(processo: Processo) -> Dados:
    relogio = consultas.relogio(processo)
    return {
        "itens": [_linha(item, processo) for item in _itens(processo)],
        "devolucoes": _devolucoes(processo),
        "recebido": _dia(processo, processo.enviado_em),
        "dias_inss": relogio.inss,
        "dias_municipio": relogio.municipio,
        "situacao": processo.como_esta.label,
        "decisoes": [_decisao(processo, d) for d in processo.decisoes.all()],
        "checklist_versao": processo.checklist.versao,
        "respostas": _respostas(processo),
        "acordo": do_acordo(processo),
    }


def _itens(processo: Processo) -> list[Item]:
    return list(processo.itens.prefetch_related("anotacoes").order_by("ordem", "pk"))


def _linha(item: Item, processo: Processo) -> Dados:
    requisito = requisito_de(item, processo)
    do_inss = [a for a in item.anotacoes.all() if a.tipo not in {Anotacao.Tipo.RESPOSTA, Anotacao.Tipo.PEDIDO}]
    ultima = do_inss[-1] if do_inss else None
    especie = requisito.especie(item.especie)
    return {
        "codigo": item.codigo,
        "nome": item.nome,
        "base": requisito.base,
        "situacao": ATENDE[item.estado],
        "numero": " ".join(parte for parte in (especie.nome if especie else "", item.numero) if parte),
        "origem": item.get_origem_display(),
        "emitido_em": item.emitido_em,
        "valido_ate": item.valido_ate,
        "verificado_em": item.verificado_em,
        "verificado_onde": item.verificado_onde,
        "observacao": item.motivo or (ultima.texto if ultima else ""),
        "quem": f"{ultima.nome}, {ultima.cargo}, matrícula {ultima.matricula}" if ultima and ultima.matricula else "",
        "em": _dia(processo, ultima.em) if ultima else None,
    }


def _devolucoes(processo: Processo) -> list[Dados]:
    feitas = Anotacao.objects.filter(
        item__processo=processo, tipo=Anotacao.Tipo.DEVOLUCAO, publicada_em__isnull=False
    ).select_related("item")
    return [
        {"em": _dia(processo, a.publicada_em), "item": a.item.nome, "texto": a.texto}
        for a in feitas.order_by("publicada_em", "pk")
    ]


def _respostas(processo: Processo) -> list[Dados]:
    feitas = Anotacao.objects.filter(item__processo=processo, tipo=Anotacao.Tipo.RESPOSTA).select_related("item")
    return [
        {"em": _dia(processo, a.em), "item": a.item.nome, "texto": a.texto}
        for a in feitas.exclude(texto="").order_by("em", "pk")
    ]


def _decisao(processo: Processo, decisao: Decisao) -> Dados:
    return {
        "tipo": decisao.get_tipo_display(),
        "conclusao": decisao.get_conclusao_display(),
        "texto": decisao.texto,
        "condicoes": decisao.condicoes,
        "nome": decisao.nome,
        "cargo": decisao.cargo,
        "matricula": decisao.matricula,
        "unidade": decisao.unidade.nome,
        "competencia": decisao.competencia,
        "em": _dia(processo, decisao.em),
    }


def _parecer(processo: Processo) -> Dados:
    minuta = processo.aceites.filter(texto="minuta", perdido_em__isnull=True).first()
    return {
        **_conferencia(processo),
        "numero_do_parecer": processo.decisoes.filter(tipo=Tipo.PARECER).count(),
        "parecer": _ultima(processo, Tipo.PARECER),
        "minuta_versao": minuta.versao if minuta else "",
        "n_servicos": len(processo.servicos),
        "n_pontos": processo.pontos.vivos().count(),
    }


def _decisao_do_processo(processo: Processo) -> Dados:
    decisao = processo.decisoes.filter(tipo__in=[Tipo.APROVACAO, Tipo.INDEFERIMENTO]).latest("em", "pk")
    acordo = Acordo.objects.filter(processo=processo).first()
    return {
        "decisao": _decisao(processo, decisao),
        "aprova": decisao.tipo == Tipo.APROVACAO,
        "parecer": _ultima(processo, Tipo.PARECER),
        "acordo_numero": acordo.numero if acordo and decisao.tipo == Tipo.APROVACAO else "",
        "alcance": acordo.get_alcance_display() if acordo else "",
        "recurso_dias": parametro("recurso_dias", hoje_em(processo.municipio)).valor,
        "servicos": lista_de_servicos(processo.servicos),
    }


def _ultima(processo: Processo, tipo: Decisao.Tipo) -> Dados:
    return _decisao(processo, processo.decisoes.filter(tipo=tipo).latest("em", "pk"))


def _instrumento(processo: Processo) -> Dados:
    """The very minute and plan that the town accepted, with number and who approved."""
    material = Material(processo)
    aprovacao = _ultima(processo, Tipo.APROVACAO)
    acordo = processo.acordo
    return {
        # The points of the plan say more than those of the minute.
        **conteudo(material, E.MINUTA),
        **conteudo(material, E.PLANO),
        "act_numero": acordo.numero,
        "inss_autoridade": {nome: aprovacao[nome] for nome in ("nome", "cargo", "matricula", "competencia")},
        **parametros(processo, *PARAMETROS_DA_MINUTA, "capacitacao_horas"),
    }


def _extrato(processo: Processo) -> Dados:
    acordo = processo.acordo
    assinaturas = {a.parte: a for a in acordo.assinaturas.filter(substituida_em__isnull=True)}
    partes = (Assinatura.Parte.INSS, Assinatura.Parte.MUNICIPIO)
    return {
        "act_numero": acordo.numero,
        "objeto": OBJETO,
        "fundamento": FUNDAMENTO,
        "data_assinatura": max(a.assinado_em for a in assinaturas.values()),
        "signatarios": [
            {"nome": assinaturas[parte].signatario, "cargo": assinaturas[parte].signatario_cargo} for parte in partes
        ],
        "principal_ate": acordo.guarda_chuva.fim if acordo.guarda_chuva else None,
        **parametros(processo, "vigencia_meses"),
    }


def _dia(processo: Processo, momento: Any) -> Any:
    return momento.astimezone(processo.municipio.fuso).date() if momento else None


MONTADORES = {
    E.CONFERENCIA: _conferencia,
    E.PARECER: _parecer,
    E.DECISAO: _decisao_do_processo,
    E.INSTRUMENTO: _instrumento,
    E.EXTRATO: _extrato,
}
