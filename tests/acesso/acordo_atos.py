"""Every act on an agreement in force, where it is possible: what is typed and who of the region may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from act_portal.emissao import servicos as emissao
from act_portal.territorio.models import Entidade
from adesao.models import Acordo, Conferencia, Encerramento, Habilitacao, Notificacao, Prorrogacao
from adesao.papeis.modelos import codigo_de
from tests.acesso.adesao import HOJE, cena
from tests.acesso.base import Cenario
from tests.adesao.fabricas import ArquivoFabrica, pdf_assinado

Argumentos = Callable[[Cenario], dict]


def do_acordo(c: Cenario) -> Habilitacao:
    """An agreement in force in `cenario.municipio`, with one person on the way."""
    argumentos = cena("vigente", "")(c)
    pessoa = Habilitacao.objects.select_related("acordo").filter(acordo__processo__codigo=argumentos["codigo"]).first()
    assert pessoa
    return pessoa


def no_estado(ato: str, situacao: str, notificacao: str = "", prorrogacao: str = "", termo: str = "") -> Argumentos:
    """The agreement where `ato` is possible, written straight into the rows."""

    def argumentos(c: Cenario) -> dict:
        acordo = do_acordo(c).acordo
        quem = acordo.processo.criado_por
        dias = -1 if ato == "encerrar" else 200
        datas = {"inicio": localdate() - timedelta(days=300), "fim": localdate() + timedelta(days=dias)}
        termina = {"termina_em": localdate() + timedelta(days=30)} if situacao == "denunciado" else {}
        fim = {"encerrado_em": localdate(), "causa_do_fim": "prazo"} if situacao == "encerrado" else {}
        Acordo.objects.filter(pk=acordo.pk).update(situacao=situacao, **datas, **termina, **fim)
        Entidade.objects.create(
            municipio=c.municipio, cnpj=acordo.processo.cnpj, acordo_inicio=datas["inicio"], acordo_fim=datas["fim"]
        )
        if situacao == "denunciado":
            dele = c.quem.startswith("gestor")
            acordo.atos.create(verbo="denunciar", texto="T", autor=quem, nome="N", do_municipio=dele)
        if notificacao:
            _notificada(acordo, notificacao)
        if prorrogacao:
            aditivo = emissao.pedir(codigo_de("aditivo"), {}, municipio=acordo.municipio, autor=quem)
            Prorrogacao.objects.create(
                acordo=acordo, meses=12, justificativa="J", pedida_por=quem, situacao=prorrogacao, decidida_em=now(),
                fim_anterior=datas["fim"], novo_fim=datas["fim"] + timedelta(days=365), documento=aditivo,
                arquivo=ArquivoFabrica(municipio=acordo.municipio) if prorrogacao == "assinada" else None,
            )  # fmt: skip
        if termo:
            _com_termo(acordo, termo)
        return {"codigo": acordo.processo.codigo, "ato": ato}

    return argumentos


def _com_termo(acordo: Acordo, situacao: str) -> None:
    """The closing term, in one of its states."""
    quem = acordo.processo.criado_por
    documento = emissao.pedir(codigo_de("encerramento"), {}, municipio=acordo.municipio, autor=quem)
    arquivo = ArquivoFabrica(municipio=acordo.municipio) if situacao == "assinado" else None
    Encerramento.objects.create(
        acordo=acordo, situacao=situacao, casos_abertos=0, exigencias_abertas=0, avisos_enviados=0, destino_casos="D",
        dados_destino="A", documento=documento, autor=quem, nome="N", arquivo=arquivo,
        sha256="0" * 64 if arquivo else "",
    )  # fmt: skip


def _notificada(acordo: Acordo, situacao: str) -> None:
    resposta = {"resposta": "R", "respondida_em": now()} if situacao == "respondida" else {}
    Notificacao.objects.create(
        acordo=acordo, numero="9", fatos="F", providencias="P", prazo=localdate(), situacao=situacao,
        autor=acordo.processo.criado_por, nome="N", avaliacao="A" if situacao == "nao_acolhida" else "", **resposta,
    )  # fmt: skip


def da_notificacao(**mais: Any) -> Argumentos:
    return lambda c: {"notificacao": Notificacao.objects.latest("pk").pk, **mais}


def documento_enviado(c: Cenario) -> dict:
    argumentos = no_estado("avaliar-documento", "operacao")(c)
    acordo = Acordo.objects.get(processo__codigo=argumentos["codigo"])
    acordo.conferencias.create(
        documento="mandato", em=localdate(), ate=localdate(), texto="X", enviada_por=acordo.processo.criado_por,
        arquivo=ArquivoFabrica(municipio=c.municipio),
    )  # fmt: skip
    return argumentos


def sempre(**dados: Any) -> Argumentos:
    return lambda c: dados


def _documento(c: Cenario) -> dict:
    """Each side brings its own."""
    codigo = "sag" if c.quem.startswith(("analista", "autoridade")) else "acessos"
    return {"documento": codigo, "em": HOJE, "texto": "Conferido."}


def das_duas_partes() -> dict:
    """The first party's file is no signed paper here, so a person's word says that this one goes on from it."""
    return {"arquivo": pdf_assinado(2), "assinado_em": HOJE, "declaracao": "É o mesmo papel."}


def _dia(dias: int) -> str:
    return f"{localdate() + timedelta(days=dias):%Y-%m-%d}"


TERMO = {
    "casos_abertos": "0", "exigencias_abertas": "0", "avisos_enviados": "0", "destino_casos": "D", "dados_destino": "A",
}  # fmt: skip
DECISAO = {"texto": "Motivo.", "competencia": "Portaria 1"}
GESTOR, ANALISTA, AUTORIDADE = "gestor", "analista_da_regiao", "autoridade_da_regiao"

ATOS_POSSIVEIS: tuple[tuple[Argumentos, Argumentos, tuple[str, ...]], ...] = (
    (
        no_estado("notificar", "operacao"),
        sempre(indicadores_falhos=["esvaziado"], fatos="F", providencias="P", prazo=_dia(30)),
        (ANALISTA, AUTORIDADE),
    ),
    (no_estado("responder", "operacao", "emitida"), da_notificacao(texto="R"), (GESTOR,)),
    (
        no_estado("avaliar", "operacao", "respondida"),
        da_notificacao(resolvida="sim", texto="T"),
        (ANALISTA, AUTORIDADE),
    ),
    (no_estado("suspender", "operacao", "nao_acolhida"), sempre(**DECISAO), (AUTORIDADE,)),
    (no_estado("reintegrar", "suspenso"), sempre(**DECISAO), (AUTORIDADE,)),
    (no_estado("rescindir", "operacao", "nao_acolhida"), sempre(**DECISAO), (AUTORIDADE,)),
    (no_estado("denunciar", "operacao"), sempre(termina_em=_dia(40), texto="T"), (GESTOR, AUTORIDADE)),
    (no_estado("retratar", "denunciado"), sempre(texto="T"), (GESTOR, AUTORIDADE)),
    (no_estado("encerrar", "operacao"), sempre(texto="T"), (ANALISTA, AUTORIDADE)),
    (no_estado("pedir-prorrogacao", "operacao"), sempre(meses="12", justificativa="J"), (GESTOR,)),
    (
        no_estado("decidir-prorrogacao", "operacao", prorrogacao="pedida"),
        sempre(aprova="nao", **DECISAO),
        (AUTORIDADE,),
    ),
    (
        no_estado("assinar-aditivo", "operacao", prorrogacao="aprovada"),
        lambda c: {"arquivo": pdf_assinado(), "assinado_em": HOJE},
        (GESTOR,),
    ),
    (
        no_estado("efetivar", "operacao", prorrogacao="assinada"),
        lambda c: {**das_duas_partes(), "dou_data": HOJE, "dou_pagina": "3, 1"},
        (ANALISTA,),
    ),
    (no_estado("desistir-prorrogacao", "operacao", prorrogacao="pedida"), sempre(), (GESTOR,)),
    (no_estado("encerramento", "encerrado"), sempre(**TERMO), (ANALISTA, AUTORIDADE)),
    (no_estado("refazer-encerramento", "encerrado", termo="assinado"), sempre(**TERMO), (ANALISTA, AUTORIDADE)),
    (
        no_estado("assinar-encerramento", "encerrado", termo="emitido"),
        lambda c: {"arquivo": pdf_assinado(), "assinado_em": HOJE},
        (GESTOR,),
    ),
    (
        no_estado("juntar-encerramento", "encerrado", termo="assinado"),
        lambda c: das_duas_partes(),
        (ANALISTA, AUTORIDADE),
    ),
    (no_estado("documento", "operacao"), _documento, (GESTOR, ANALISTA)),
    (
        documento_enviado,
        lambda c: {"conferencia": Conferencia.objects.latest("pk").pk, "aceita": "sim"},
        (ANALISTA,),
    ),
)


def arquivo(c: Cenario) -> dict:
    argumentos = documento_enviado(c)
    return {"codigo": argumentos["codigo"], "de": "documento", "pk": Conferencia.objects.latest("pk").pk}
