"""What the notice, the amendment and the closing term say."""

from __future__ import annotations

from typing import Any

from act_portal.contas.models import Vinculo
from act_portal.territorio.consultas import hoje_em
from adesao.acordo.resultados import resultados, total
from adesao.analise.papeis import comum_do_inss
from adesao.checklist.catalogo import parametro
from adesao.indicadores.catalogo import indicador
from adesao.models import Acordo, AtoDoAcordo, Encerramento, Formulario, Notificacao, Prorrogacao
from adesao.papeis.preenchimento import Incompleto, Material
from adesao.situacoes import SituacaoHabilitacao


def _comum(acordo: Acordo) -> dict[str, Any]:
    return {
        **comum_do_inss(acordo.processo),
        "act_tipo": acordo.get_instrumento_display(),
        "act_numero_ano": acordo.numero,
        "codigo_caso": f"acordo {acordo.numero}",
    }


def da_notificacao(notificacao: Notificacao) -> dict[str, Any]:
    achados = [indicador(codigo) for codigo in notificacao.indicadores]
    return {
        **_comum(notificacao.acordo),
        "numero": notificacao.numero,
        "motivos": [{"inciso": i.inciso, "nome": i.nome} for i in achados],
        "fatos": _com_ponto(notificacao.fatos),
        "providencias": _com_ponto(notificacao.providencias),
        "prazo": notificacao.prazo,
        "quem": {"nome": notificacao.nome, "cargo": notificacao.cargo, "matricula": notificacao.matricula},
    }


def do_aditivo(feita: Prorrogacao) -> dict[str, Any]:
    acordo = feita.acordo
    ordem = acordo.prorrogacoes.filter(situacao="efetivada").count() + 1
    return {
        **_comum(acordo),
        "ordem": ordem,
        "meses": feita.meses,
        "fim_atual": feita.fim_anterior,
        "novo_fim": feita.novo_fim,
        "pedida_em": feita.pedida_em.astimezone(acordo.municipio.fuso).date(),
        "justificativa": feita.justificativa,
        "dias_renovar": parametro("dias_renovar_termos", hoje_em(acordo.municipio)).valor,
        "quem": {
            "nome": feita.decisor_nome,
            "cargo": feita.decisor_cargo,
            "matricula": feita.decisor_matricula,
            "unidade": acordo.processo.unidade.nome,
        },
    }


def do_encerramento(termo: Encerramento) -> dict[str, Any]:
    """`termo` as it will be kept; only an authority's name goes under the line of INSS."""
    acordo = termo.acordo
    ato = acordo.atos.filter(verbo__in=["rescindir", "encerrar"]).order_by("em", "pk").last()
    efeito = acordo.encerrado_em
    assert efeito  # noqa: S101 - it has ended
    inicio = acordo.em_operacao_desde or acordo.inicio or efeito
    autoridade = termo.autor.vinculo is not None and termo.autor.vinculo.papel == Vinculo.Papel.AUTORIDADE
    return {
        **_comum(acordo),
        "causa": acordo.get_causa_do_fim_display(),
        "causa_documento": _documento_da_causa(acordo, ato),
        "rescisao": acordo.causa_do_fim == Acordo.Causa.RESCISAO,
        "data_efeito": efeito,
        "publicado_em": acordo.dou_data,
        "inicio": acordo.inicio,
        "em_operacao_desde": acordo.em_operacao_desde,
        "requerimentos": total(acordo, "protocolado", inicio, efeito),
        "resultados": resultados(acordo, efeito),
        "casos_abertos": termo.casos_abertos,
        "exigencias_abertas": termo.exigencias_abertas,
        "avisos_enviados": termo.avisos_enviados,
        "destino_casos": _com_ponto(termo.destino_casos),
        "dados_destino": _com_ponto(termo.dados_destino),
        "guarda_ate": termo.guarda_ate,
        "acessos_qtd": acordo.habilitacoes.filter(situacao=SituacaoHabilitacao.FECHADA).count(),
        "aps_referencia": _aps(acordo),
        "pendencias": [linha.strip() for linha in termo.pendencias.splitlines() if linha.strip()],
        "novo_instrumento": termo.novo_instrumento,
        "quem": {"nome": termo.nome, "cargo": termo.cargo, "matricula": termo.matricula} if autoridade else None,
    }


def _documento_da_causa(acordo: Acordo, ato: AtoDoAcordo | None) -> str:
    """What the end rests upon, with its day."""
    dia = acordo.municipio.fuso
    if acordo.causa_do_fim == Acordo.Causa.PRAZO:
        return f"vigência até {acordo.fim:%d/%m/%Y}"
    if acordo.causa_do_fim == Acordo.Causa.DENUNCIA:
        denuncia = acordo.atos.filter(verbo="denunciar").order_by("em", "pk").last()
        quem = "do município" if denuncia and denuncia.do_municipio else "do INSS"
        return f"denúncia {quem} de {denuncia.em.astimezone(dia):%d/%m/%Y}" if denuncia else ""
    return f"decisão de {ato.em.astimezone(dia):%d/%m/%Y}, {ato.competencia}" if ato else ""


def _com_ponto(texto: str) -> str:
    return texto if texto.endswith((".", "!", "?")) else f"{texto}."


def _aps(acordo: Acordo) -> str:
    try:
        return str(Material(acordo.processo).formulario(Formulario.Tipo.OFICIO)["aps_referencia"] or "")
    except Incompleto:
        return ""
