"""The slots of a request as the screen shows them, in a constant number of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from act_portal.arquivos.limites import tecnicos
from act_portal.arquivos.models import Arquivo
from requerimentos.demanda.regras import VagaExigida
from requerimentos.digitalizacao.regras import por_assunto
from requerimentos.digitalizacao.retorno.paginas import marcar
from requerimentos.models import Exigencia, Pagina, Peca, Requerimento, Ressalva

# On the buttons; the full word is in `Peca.Natureza`.
NATUREZAS = (
    (Peca.Natureza.ORIGINAL, "Original"),
    (Peca.Natureza.SIMPLES, "Cópia simples"),
    (Peca.Natureza.TERCEIROS, "Cópia autenticada"),
)
VAGA_DA_EXIGENCIA, DA_RESPOSTA = Exigencia.VAGA, "Documentos da resposta"
MAXIMO_DE_REPETIDAS, REPETIDAS_NA_TELA = 100, 3


@dataclass
class PecaNaTela:
    peca: Peca
    paginas: list[Pagina]
    tiradas: list[Pagina]
    # Other requests of the town that hold the very same file.
    tambem_em: list[Requerimento] = field(default_factory=list)
    # The document of this same request that holds the very same file, and came before.
    repete: PecaNaTela | None = None
    nome_da_vaga: str = ""
    fora_da_epoca: str = ""
    # Whose it is and from when, as it was typed and refused, with the reason in `erro`.
    digitado: dict[str, Any] | None = None
    # Why the reason to keep one of its pages was not taken: `pagina`, `erro`, `por_que`.
    motivo_recusado: dict[str, Any] | None = None

    @property
    def preparando(self) -> bool:
        """Being made ready, or ready with its pages still to be handed over: the outbox does one after the other."""
        situacao = self.peca.arquivo.situacao
        sem_paginas = not self.paginas and not self.tiradas
        if any(pagina.consertando or not pagina.lida for pagina in self.paginas):
            return True
        return situacao == Arquivo.Situacao.RECEBIDO or (situacao == Arquivo.Situacao.PRONTO and sem_paginas)

    @property
    def recusada(self) -> bool:
        return self.peca.arquivo.situacao == Arquivo.Situacao.RECUSADO

    @property
    def conferida(self) -> bool:
        """The clerk compared the pages that are there now with the original, these and no others."""
        folhas = sorted(p.folha_id for p in self.paginas)
        return self.peca.conferido_em is not None and bool(folhas) and folhas == self.peca.conferido_folhas

    @property
    def conferencia_caiu(self) -> bool:
        return self.peca.conferido_em is not None and not self.conferida

    @property
    def ressalva(self) -> Ressalva | None:
        return next(iter(self.peca.ressalvas.all()), None)

    @property
    def frase_da_ressalva(self) -> str:
        return self.ressalva.frase(self.nome_da_vaga) if self.ressalva else ""

    @property
    def bytes(self) -> int:
        return sum(p.folha.bytes for p in self.paginas)

    @property
    def alheias(self) -> list[str]:
        """Pages that may not leave in this request, each with what to do."""
        return self._dos_codigos(alheia=True)

    @property
    def duvidosas(self) -> list[str]:
        """Pages whose code, or the lack of one, is worth a look."""
        return self._dos_codigos(alheia=False)

    def _dos_codigos(self, *, alheia: bool) -> list[str]:
        return por_assunto(
            self.peca.nome,
            [
                (numero, pagina.aviso_do_codigo)
                for numero, pagina in enumerate(self.paginas, start=1)
                if pagina.aviso_do_codigo and pagina.alheia == alheia
            ],
        )

    @property
    def dificeis(self) -> list[str]:
        """What the clerk should do about each page that is hard to read and was not kept for a reason."""
        return por_assunto(
            self.peca.nome,
            [
                (numero, pagina.defeitos[0]["texto"])
                for numero, pagina in enumerate(self.paginas, start=1)
                if pagina.defeitos and not pagina.mantida_por_que
            ],
        )


@dataclass
class Documentos:
    """All documents of a request (or of the answer to one exigência), by slot."""

    por_vaga: dict[str, list[PecaNaTela]] = field(default_factory=lambda: defaultdict(list))
    lixeira: list[Peca] = field(default_factory=list)
    # Of the slots for which nothing was brought.
    ausencias: dict[str, Ressalva] = field(default_factory=dict)

    @property
    def todas(self) -> list[PecaNaTela]:
        return [p for pecas in self.por_vaga.values() for p in pecas]

    @property
    def preparando(self) -> bool:
        return any(p.preparando for p in self.todas)

    @property
    def bytes(self) -> int:
        return sum(p.bytes for p in self.todas)

    @property
    def paginas(self) -> int:
        return sum(len(p.paginas) for p in self.todas)


@dataclass
class VagaNaTela:
    """One slot with what is in it. `motivo` says why this case needs it or not."""

    id: str
    nome: str
    pecas: list[PecaNaTela]
    ajuda: str = ""
    motivo: str = ""
    obrigatoria: bool = False
    pede: tuple[str, ...] = ()
    marcada: Ressalva | None = None
    # The portal makes the paper of this slot: nobody has it at home.
    do_portal: bool = False

    @property
    def paginas(self) -> int:
        return sum(len(p.paginas) for p in self.pecas)

    @property
    def ausencia(self) -> Ressalva | None:
        """What the person was asked to bring, while the slot is empty."""
        return None if self.paginas or self.preparando else self.marcada

    @property
    def ressalvas(self) -> list[Ressalva]:
        return [p.ressalva for p in self.pecas if p.ressalva]

    @property
    def a_trazer(self) -> list[str]:
        """One sentence for each thing that the person has to bring, in the words of its state."""
        frases = [ressalva.frase(self.nome) for ressalva in self.ressalvas]
        if self.ausencia:
            return [*frases, self.ausencia.frase(self.nome)]
        if self.obrigatoria and not self.paginas and not self.preparando:
            return [*frases, f"Falta o documento: {self.nome}."]
        return frases

    @property
    def bytes(self) -> int:
        return sum(p.bytes for p in self.pecas)

    @property
    def preparando(self) -> bool:
        return any(p.preparando for p in self.pecas)

    @property
    def recusada(self) -> bool:
        return any(p.recusada for p in self.pecas)

    @property
    def sem_natureza(self) -> int:
        return sum(1 for p in self.pecas if not p.recusada and not p.peca.natureza)

    @property
    def tom(self) -> str:
        """The part of the class name that colours the slot."""
        if self.recusada or self.ressalvas or (self.obrigatoria and not self.paginas and not self.preparando):
            return "falta"
        if self.preparando or (self.paginas and self.sem_natureza):
            return "atencao"
        return "completa" if self.paginas else ""


def vaga_da_resposta(docs: Documentos) -> VagaNaTela:
    """The only slot of an answer to an exigência."""
    return VagaNaTela(
        VAGA_DA_EXIGENCIA,
        DA_RESPOSTA,
        docs.por_vaga.get(VAGA_DA_EXIGENCIA, []),
        ajuda="Junte só o que o INSS pediu. O que já foi enviado com o pedido não precisa ir de novo.",
    )


def para_juntar() -> dict[str, Any]:
    """What the template of a slot needs besides the slot. Without scripts, the same form sent twice is one set."""
    return {"naturezas": NATUREZAS, "maximo_bytes": tecnicos().envio_bytes, "lote": uuid.uuid4()}


def vagas_na_tela(exigidas: list[VagaExigida], docs: Documentos) -> list[VagaNaTela]:
    for exigida in exigidas:
        for item in docs.por_vaga.get(exigida.vaga.id, []):
            item.nome_da_vaga = exigida.vaga.nome
    return [
        VagaNaTela(
            exigida.vaga.id,
            exigida.vaga.nome,
            docs.por_vaga.get(exigida.vaga.id, []),
            exigida.vaga.ajuda,
            exigida.motivo,
            bool(exigida.obrigatoria),
            exigida.vaga.pede,
            docs.ausencias.get(exigida.vaga.id),
            bool(exigida.vaga.papel),
        )
        for exigida in exigidas
    ]


def para_trazer_de_casa(vagas: list[VagaNaTela]) -> list[str]:
    return [frase for vaga in vagas if not vaga.do_portal for frase in vaga.a_trazer]


def documentos(requerimento: Requerimento, exigencia: Exigencia | None = None) -> Documentos:
    """Five queries, whatever the number of slots, documents and pages; some more when there are codes on the pages."""
    paginas = (
        Pagina.objects.filter(recolhida_em=None)
        .select_related("folha__origem")
        .prefetch_related("consertos")
        .order_by("ordem", "pk")
    )
    pecas = (
        Peca.objects.filter(requerimento=requerimento, exigencia=exigencia)
        .select_related("arquivo", "criado_por", "papel__conjunto", "conferido_por")
        .prefetch_related(
            Prefetch("paginas", queryset=paginas),
            Prefetch("ressalvas", queryset=Ressalva.objects.abertas().select_related("peca__arquivo", "peca__papel")),
        )
        .order_by("vaga", "ordem", "pk")
    )
    achados = Documentos()
    if exigencia is None:
        achados.ausencias = {r.vaga: r for r in requerimento.ressalvas.abertas().filter(peca=None)}
    for peca in pecas:
        todas = list(peca.paginas.all())
        if peca.removida_em:
            # A document whose pages all went to another slot has nothing to give back.
            if todas or peca.arquivo.situacao != Arquivo.Situacao.PRONTO:
                achados.lixeira.append(peca)
            continue
        achados.por_vaga[peca.vaga].append(
            PecaNaTela(
                peca,
                [p for p in todas if p.removida_em is None],
                [p for p in todas if p.removida_em is not None],
            )
        )
    marcar(requerimento, [(item.peca, item.paginas) for item in achados.todas])
    return achados


def marcar_repetidas(requerimento: Requerimento, docs: Documentos) -> None:
    """Put on each document where else the very same file (SHA-256) is: in this request, in others of the town.

    One query. Of a request of somebody else only the number shows: it may be a mistake of the pile on the scanner.
    """
    resumos = {p.peca.arquivo.sha256 for p in docs.todas}
    if not resumos:
        return
    outras = (
        Peca.objects.vivas()
        .filter(
            arquivo__municipio=requerimento.municipio_id,
            arquivo__sha256__in=resumos,
            requerimento__municipio=requerimento.municipio_id,
        )
        .exclude(requerimento=requerimento)
        .select_related("arquivo", "requerimento__servico")
        .order_by("-requerimento__criado_em", "-requerimento")
    )
    onde: dict[str, dict[int, Requerimento]] = defaultdict(dict)
    for peca in outras[:MAXIMO_DE_REPETIDAS]:
        onde[peca.arquivo.sha256][peca.requerimento_id] = peca.requerimento
    primeiras: dict[str, PecaNaTela] = {}
    for item in sorted(docs.todas, key=lambda um: um.peca.arquivo_id):
        primeira = primeiras.setdefault(item.peca.arquivo.sha256, item)
        # The pages of one file may lie in several slots: that is no second file.
        item.repete = primeira if primeira.peca.arquivo_id != item.peca.arquivo_id else None
        item.tambem_em = list(onde[item.peca.arquivo.sha256].values())[:REPETIDAS_NA_TELA]
