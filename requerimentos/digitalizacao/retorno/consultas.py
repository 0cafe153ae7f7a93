"""Signed papers as the screens show them: how many pages are back, and what waits in the tray."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Usuario
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from requerimentos.digitalizacao.retorno.regras import Dono, PapelVisto, faltam, frase_do_que_falta
from requerimentos.models import Comprovante, Exigencia, FolhaDevolvida, Papel, Requerimento, Retorno
from requerimentos.papeis.consultas import conjunto_vigente, estado_dos_papeis
from requerimentos.situacoes import MotivoDaBandeja, SituacaoConjunto, SituacaoFolha

NA_TELA, DESCARTADAS = 100, 20


@dataclass(frozen=True)
class PapelNaTela:
    """One printed paper and how many of its pages came back by the scanner."""

    papel: Papel
    paginas: int
    arquivadas: frozenset[int]

    @property
    def faltam(self) -> list[int]:
        return faltam(self.paginas, self.arquivadas)

    @property
    def frase(self) -> str:
        return frase_do_que_falta(self.faltam)

    @property
    def completo(self) -> bool:
        return not self.faltam

    @property
    def comecado(self) -> bool:
        return bool(self.arquivadas)


@dataclass(frozen=True)
class RetornoNaTela:
    """What the box "Papéis assinados" of a case shows."""

    papeis: list[PapelNaTela]
    na_bandeja: list[FolhaDevolvida]
    # Put in a slot that was not theirs, and taken to the right one.
    mudadas: list[FolhaDevolvida]
    lendo: int
    recusados: list[Arquivo]

    @property
    def faltas(self) -> list[str]:
        """Papers of which only a part came back."""
        return [f"{papel.papel}: {papel.frase}" for papel in self.papeis if papel.comecado and not papel.completo]


def retorno_do(requerimento: Requerimento) -> RetornoNaTela | None:
    """None while there is no paper in force to come back."""
    conjunto = conjunto_vigente(requerimento)
    retornos = list(requerimento.retornos.filter(exigencia=None).select_related("arquivo"))
    if (conjunto is None or conjunto.estado != SituacaoConjunto.PRONTO) and not retornos:
        return None
    papeis = list(conjunto.papeis.all()) if conjunto else []
    voltaram = arquivadas_de([papel.pk for papel in papeis])
    folhas = _de(retornos) if retornos else []
    return RetornoNaTela(
        [PapelNaTela(papel, papel.documento.paginas, frozenset(voltaram[papel.pk])) for papel in papeis],
        [folha for folha in folhas if folha.situacao == SituacaoFolha.BANDEJA],
        [f for f in folhas if f.pagina and f.retorno.vaga not in {"", f.pagina.peca.vaga}],
        sum(1 for r in retornos if r.lido_em is None),
        [r.arquivo for r in retornos if r.arquivo.situacao == Arquivo.Situacao.RECUSADO],
    )


def _de(retornos: Collection[Retorno]) -> QuerySet[FolhaDevolvida]:
    """What is in the tray, and what went from a slot into another."""
    achadas = FolhaDevolvida.objects.filter(retorno__in=retornos)
    mudadas = achadas.na_vaga().exclude(retorno__vaga="")
    return (
        (achadas.na_bandeja() | mudadas)
        .select_related("folha", "papel", "retorno__arquivo", "pagina__peca")
        .order_by("pk")
    )


def na_bandeja_da_resposta(exigencia: Exigencia) -> QuerySet[FolhaDevolvida]:
    """Pages that were put among the documents of this very answer and may not leave in it."""
    achadas = FolhaDevolvida.objects.na_bandeja().filter(retorno__exigencia=exigencia)
    return achadas.select_related("folha", "retorno__arquivo").order_by("pk")


def ha_papeis_a_voltar(requerimento: Requerimento) -> bool:
    conjunto = conjunto_vigente(requerimento)
    return conjunto is not None and conjunto.estado == SituacaoConjunto.PRONTO


def arquivadas_de(papeis: Collection[int]) -> dict[int, set[int]]:
    """The pages of each paper that are in a slot now."""
    voltaram: dict[int, set[int]] = defaultdict(set)
    if papeis:
        for papel, numero in FolhaDevolvida.objects.na_vaga().filter(papel__in=papeis).values_list("papel", "numero"):
            voltaram[papel].add(numero)
    return voltaram


def papeis_por_codigo(codigos: Collection[str], requerimento: Requerimento) -> dict[str, PapelVisto]:
    """The papers of the town that these codes name; of another town's paper nothing is known here."""
    achados = Papel.objects.filter(
        documento__codigo__in=codigos, conjunto__requerimento__municipio=requerimento.municipio_id
    ).select_related("documento", "conjunto")
    vagas = {vaga["papel"]: vaga["id"] for vaga in requerimento.servico.dados["vagas"] if vaga.get("papel")}
    velhos = estado_dos_papeis(requerimento).estado == "velhos"
    return {
        papel.documento.codigo: PapelVisto(
            papel.pk,
            papel.conjunto.requerimento_id,
            papel.documento.paginas,
            not velhos
            and papel.documento.situacao == SituacaoDocumento.EMITIDO
            and papel.conjunto.estado == SituacaoConjunto.PRONTO,
            vagas.get(papel.especie, ""),
        )
        for papel in achados
    }


def donos_dos_codigos(codigos: Collection[str]) -> dict[str, Dono]:
    """Whose papers and receipts these codes name, in any town: only to tell what belongs here from what does not."""
    if not codigos:
        return {}
    papeis = Papel.objects.filter(documento__codigo__in=codigos).values_list(
        "documento__codigo", "conjunto__requerimento", "conjunto__requerimento__pessoa", "especie"
    )
    achados = {codigo: Dono(pedido, pessoa, especie) for codigo, pedido, pessoa, especie in papeis}
    if resto := set(codigos) - set(achados):
        recibos = Comprovante.objects.filter(documento__codigo__in=resto).values_list(
            "documento__codigo", "requerimento", "requerimento__pessoa"
        )
        achados |= {codigo: Dono(pedido, pessoa) for codigo, pedido, pessoa in recibos}
    return achados


def na_bandeja(usuario: Usuario) -> QuerySet[FolhaDevolvida]:
    """What could not be filed, by desk, oldest first."""
    return (
        FolhaDevolvida.objects.visiveis_para(usuario)
        .na_bandeja()
        .select_related(
            "folha",
            "papel__conjunto__requerimento__pessoa",
            "retorno__arquivo",
            "retorno__requerimento__pessoa",
            "retorno__requerimento__servico",
            "retorno__requerimento__balcao",
            "retorno__requerimento__municipio",
        )
        .order_by("retorno__requerimento__balcao__nome", "retorno__requerimento", "pk")
    )


def descartadas(usuario: Usuario) -> QuerySet[FolhaDevolvida]:
    """The last pages thrown out of the tray, newest first: a slip of the hand can be taken back."""
    return (
        FolhaDevolvida.objects.visiveis_para(usuario)
        .filter(situacao=SituacaoFolha.FORA)
        .select_related(
            "folha",
            "retorno__arquivo",
            "retorno__requerimento__pessoa",
            "retorno__requerimento__municipio",
            "resolvida_por",
        )
        .order_by("-resolvida_em", "-pk")[:DESCARTADAS]
    )


@dataclass(frozen=True)
class NaBandeja:
    """One page in the tray, with what a clerk may do with it."""

    folha: FolhaDevolvida
    # Slots of the case where it was dropped; none for a page that must not go there.
    vagas: list[tuple[str, str]]

    @property
    def pedido(self) -> Requerimento:
        return self.folha.retorno.requerimento

    @property
    def dono(self) -> Requerimento | None:
        """The request that the paper belongs to, when that is another one."""
        outro = self.folha.causa == MotivoDaBandeja.OUTRO and self.folha.papel
        return outro.conjunto.requerimento if outro else None

    @property
    def troca(self) -> bool:
        return self.folha.causa == MotivoDaBandeja.REPETIDA and self.pedido.editavel


A_MAO = {
    MotivoDaBandeja.ILEGIVEL,
    MotivoDaBandeja.DE_FORA,
    MotivoDaBandeja.SEM_NUMERO,
    MotivoDaBandeja.SEM_VAGA,
}


def com_acoes(folha: FolhaDevolvida) -> NaBandeja:
    pedido = folha.retorno.requerimento
    if folha.causa not in A_MAO or not pedido.editavel:
        return NaBandeja(folha, [])
    return NaBandeja(folha, [(vaga["id"], vaga["nome"]) for vaga in pedido.servico.dados["vagas"]])


def a_ler(arquivo_id: int) -> Retorno | None:
    """The drop of this file, while its codes were not read."""
    return (
        Retorno.objects.filter(arquivo=arquivo_id, lido_em__isnull=True)
        .exclude(arquivo__situacao=Arquivo.Situacao.RECEBIDO)
        .select_related("arquivo")
        .first()
    )


def a_paginar(arquivo_id: int) -> Arquivo | None:
    """The file whose pages are made; their codes may still be unread."""
    return Arquivo.objects.filter(pk=arquivo_id, situacao=Arquivo.Situacao.PRONTO).first()
