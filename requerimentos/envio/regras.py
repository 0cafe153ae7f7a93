"""What is missing before a request may leave. Pure functions over plain values.

Source: Decreto 3.048/1999, art. 176 (an incomplete request may not be refused), Portaria DIRBEN/INSS 993/2022, art. 15
(wording of Portaria 1.314/2025): identification and a signed, dated request naming the service (conferir norma
vigente).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from requerimentos.digitalizacao.regras import NAO_CABE, sobre_o_tamanho


def segundos_ate_o_envio(chegada: datetime, envio: datetime) -> int:
    """From the person's arrival to the protocol of INSS: the measure of the daily count of requests sent."""
    return max(0, int((envio - chegada).total_seconds()))


@dataclass(frozen=True)
class VagaVista:
    """A slot as it stands: `dispensavel` is False where INSS's own system takes nothing without it."""

    id: str
    nome: str
    obrigatoria: bool
    paginas: int
    dispensavel: bool = True
    # What is to be brought, in one sentence each; `boas`: pages of documents that nobody found wrong.
    a_trazer: tuple[str, ...] = ()
    boas: int | None = None


@dataclass(frozen=True)
class PaginaDaFicha:
    """A page of the packs with something to mend: how much is not answered, how much contradicts itself."""

    onde: str
    titulo: str
    faltam: int = 0
    erros: int = 0


SEM_ANTIVIRUS = (
    "O antivírus não responde. Os arquivos estão guardados e o portal tenta de novo sozinho: volte em minutos."
)


@dataclass(frozen=True, kw_only=True)
class Arquivos:
    """The files as they stand. `recusados` holds names, `sem_natureza` how many nobody called original or copy.

    `alheias` says of each page with the code of another request's paper what to do.
    """

    preparando: int = 0
    # Of those, how many wait for a scanner that is down: that is no matter of seconds.
    sem_antivirus: int = 0
    recusados: tuple[str, ...] = ()
    alheias: tuple[str, ...] = ()
    sem_natureza: int = 0
    bytes: int = 0
    limite_bytes: int = 0

    @property
    def sobre_o_tamanho(self) -> str:
        return sobre_o_tamanho(self.bytes, self.limite_bytes)


@dataclass(frozen=True, kw_only=True)
class FotografiaDaResposta(Arquivos):
    """What the check of an answer to an exigência looks at."""

    texto: str = ""
    paginas: int = 0


@dataclass(frozen=True, kw_only=True)
class Fotografia(Arquivos):
    """Everything that the check of a request looks at, as plain values."""

    quem_assina: str = ""
    perguntas_abertas: int = 0
    por_decidir: int = 0
    fichas: tuple[PaginaDaFicha, ...] = ()
    # Worth telling before sending; nothing stops for them.
    avisos: tuple[str, ...] = ()
    papeis: str = "faltam"  # faltam, fazendo, velhos, prontos
    papeis_sem_assinatura: tuple[str, ...] = ()
    vagas: tuple[VagaVista, ...] = ()
    # Documents from outside the time that was declared: the sentence, the slot, and whether it stops the request.
    fora_da_epoca: tuple[tuple[str, str, bool], ...] = ()

    @property
    def vagas_com_paginas(self) -> list[VagaVista]:
        return [vaga for vaga in self.vagas if vaga.paginas]


@dataclass(frozen=True)
class Falta:
    """One thing missing, in words, and where to mend it. `impede`: nothing may be sent without it."""

    texto: str
    pagina: str
    ancora: str = ""
    impede: bool = True


def o_que_falta(foto: Fotografia) -> list[Falta]:
    """In the order of the clerk's own steps; empty when the request is complete."""
    return [*_das_respostas(foto), *_dos_papeis(foto), *_dos_documentos(foto)]


def _das_respostas(foto: Fotografia) -> list[Falta]:
    faltas = []
    if foto.perguntas_abertas:
        plural = "s" if foto.perguntas_abertas > 1 else ""
        faltas.append(Falta(f"Falta responder {foto.perguntas_abertas} pergunta{plural} do serviço.", "demanda"))
    if foto.por_decidir:
        quantas = "1 pergunta que decide" if foto.por_decidir == 1 else f"{foto.por_decidir} perguntas que decidem"
        faltas.append(Falta(f"Falta responder {quantas} que documento é preciso.", "demanda", impede=False))
    faltas += [_da_ficha(pagina) for pagina in foto.fichas]
    if not foto.quem_assina:
        faltas.append(Falta("Diga quem assina os papéis.", "formularios"))
    return faltas


def _da_ficha(pagina: PaginaDaFicha) -> Falta:
    """What nobody answered may go without, like any incomplete request; what contradicts itself is mended first."""
    if pagina.erros:
        return Falta(f"Corrija a página “{pagina.titulo}” da ficha.", pagina.onde)
    quanto = f"{pagina.faltam} resposta" + ("s" if pagina.faltam > 1 else "")
    verbo = "Faltam" if pagina.faltam > 1 else "Falta"
    return Falta(f"{verbo} {quanto} na página “{pagina.titulo}” da ficha.", pagina.onde, impede=False)


def _dos_papeis(foto: Fotografia) -> list[Falta]:
    frases = {
        "faltam": "Faça os papéis e peça as assinaturas.",
        "fazendo": "Os papéis ainda estão sendo feitos. Espere alguns segundos.",
        "velhos": "Algo mudou depois da impressão. Faça os papéis de novo e peça novas assinaturas.",
    }
    if foto.papeis in frases:
        return [Falta(frases[foto.papeis], "formularios")]
    return [
        Falta(f"Marque como assinado: {nome}.", "formularios", "assinaturas") for nome in foto.papeis_sem_assinatura
    ]


def _dos_documentos(foto: Fotografia) -> list[Falta]:
    faltas = []
    for vaga in foto.vagas:
        if not vaga.obrigatoria:
            continue
        frases = vaga.a_trazer or (() if vaga.paginas else (f"Falta o documento: {vaga.nome}.",))
        boas = vaga.paginas if vaga.boas is None else vaga.boas
        impede = not vaga.dispensavel and not boas
        faltas += [Falta(frase, "documentos", f"vaga-{vaga.id}", impede=impede) for frase in frases]
    faltas += [Falta(texto, "documentos", f"vaga-{vaga}", impede) for texto, vaga, impede in foto.fora_da_epoca]
    return faltas + _dos_arquivos(foto)


def _dos_arquivos(foto: Arquivos) -> list[Falta]:
    """What is wrong with the files that are there; the same for a request and for the answer to an exigência."""
    faltas = []
    if foto.sem_antivirus:
        faltas.append(Falta(SEM_ANTIVIRUS, "documentos"))
    elif foto.preparando:
        faltas.append(Falta("Há páginas sendo preparadas. Espere alguns segundos.", "documentos"))
    faltas += [Falta(f"Troque ou tire o arquivo que não serviu: {nome}.", "documentos") for nome in foto.recusados]
    faltas += [Falta(frase, "documentos") for frase in foto.alheias]
    if foto.sem_natureza:
        plural = "s" if foto.sem_natureza > 1 else ""
        faltas.append(Falta(f"Diga se é original ou cópia em {foto.sem_natureza} documento{plural}.", "documentos"))
    if foto.limite_bytes and foto.sobre_o_tamanho == NAO_CABE:
        faltas.append(Falta(NAO_CABE, "documentos"))
    return faltas


def o_que_falta_na_resposta(foto: FotografiaDaResposta) -> list[Falta]:
    """Before the answer to an exigência may leave: something to say or to show, and nothing half done."""
    vazia = [] if foto.texto or foto.paginas else [Falta("Escreva uma resposta ou junte um documento.", "exigencia")]
    return vazia + _dos_arquivos(foto)


def pode_enviar(faltas: list[Falta], *, incompleto: bool) -> bool:
    """Complete, or lacking only what the law lets go incomplete, by the stated wish of the person."""
    return not faltas or (incompleto and not any(falta.impede for falta in faltas))
