"""The states of an adhesion and of its items, and who moves them. No ORM, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from act_portal.estados import CAMINHOS, PASSOS, TONS, ComCaminhos


class Instrumento(TextChoices):
    ACT = "act", "Acordo de Cooperação Técnica"
    TERMO = "termo_adesao", "Termo de Adesão"
    COOPERACAO = "acordo_cooperacao", "Acordo de Cooperação"


class Regime(TextChoices):
    """How the town's own servants are insured: it decides which certificate proves regularity."""

    RGPS = "rgps", "Só o Regime Geral (RGPS)"
    RPPS = "rpps", "Regime próprio (RPPS)"
    RPPS_EXTINCAO = "rpps_extincao", "Regime próprio em extinção"


class Parte(TextChoices):
    """Who has to act now."""

    MUNICIPIO = "municipio", "Com o município"
    INSS = "inss", "Com o INSS"


class Quem(TextChoices):
    """Who makes a move."""

    GESTOR = "gestor", "município"
    ANALISTA = "analista", "analista"
    AUTORIDADE = "autoridade", "autoridade"


class Situacao(ComCaminhos):
    """An adhesion, from the first form to the agreement in force."""

    RASCUNHO = "rascunho", "Em preenchimento"
    ENVIADO = "enviado", "Recebido pelo INSS"
    EM_ANALISE = "em_analise", "Em análise"
    DEVOLVIDO = "devolvido", "Devolvido para corrigir"
    INSTRUIDO = "instruido", "Para decisão"
    ASSINATURA = "assinatura", "Para o município assinar"
    CONFERENCIA = "conferencia", "Para o INSS assinar"
    ASSINADO = "assinado", "Para publicar"
    VIGENTE = "vigente", "Acordo em vigor"
    INDEFERIDO = "indeferido", "Não aprovado"
    DESISTIDO = "desistido", "Encerrado pelo município"
    ARQUIVADO = "arquivado", "Arquivado"

    @property
    def com_quem(self) -> Parte | None:
        """Who has it; None before it was sent and after it ended, when no clock runs."""
        return COM_QUEM.get(self)


class SituacaoItem(ComCaminhos):
    """One item of the checklist."""

    FALTA = "falta", "Falta"
    PRONTO = "pronto", "Pronto"
    ACEITO = "aceito", "Aceito"
    DEVOLVIDO = "devolvido", "Devolvido"
    REABERTO = "reaberto", "Reaberto"
    DISPENSADO = "dispensado", "Não se aplica"


class SituacaoSolicitacao(ComCaminhos):
    """A request for the first account of a town."""

    A_CONFIRMAR = "a_confirmar", "À espera da confirmação do e-mail"
    PENDENTE = "pendente", "Para o INSS decidir"
    APROVADA = "aprovada", "Aprovada"
    RECUSADA = "recusada", "Recusada"


S, T, P = Situacao, SituacaoItem, SituacaoSolicitacao


@dataclass(frozen=True)
class Passo:
    """One move of an adhesion: its verb (the service's name), from where, to where, and who may make it."""

    verbo: str
    nome: str
    de: tuple[Situacao, ...]
    para: Situacao
    quem: tuple[Quem, ...]

    @property
    def frase(self) -> str:
        return f"{' ou '.join(quem.label for quem in self.quem)} {self.nome}"


PASSOS_DA_ADESAO = (
    Passo("enviar", "envia", (S.RASCUNHO,), S.ENVIADO, (Quem.GESTOR,)),
    Passo("tomar", "toma", (S.ENVIADO,), S.EM_ANALISE, (Quem.ANALISTA,)),
    Passo("devolver", "devolve itens", (S.EM_ANALISE,), S.DEVOLVIDO, (Quem.ANALISTA,)),
    Passo("reenviar", "responde", (S.DEVOLVIDO,), S.EM_ANALISE, (Quem.GESTOR,)),
    Passo("instruir", "dá o parecer", (S.EM_ANALISE,), S.INSTRUIDO, (Quem.ANALISTA,)),
    Passo("aprovar", "aprova", (S.INSTRUIDO,), S.ASSINATURA, (Quem.AUTORIDADE,)),
    Passo("indeferir", "não aprova", (S.INSTRUIDO,), S.INDEFERIDO, (Quem.AUTORIDADE,)),
    Passo(
        "retomar",
        "volta à análise",
        (S.INSTRUIDO, S.ASSINATURA, S.CONFERENCIA),
        S.EM_ANALISE,
        (Quem.AUTORIDADE,),
    ),
    Passo("reconsiderar", "reconsidera", (S.INDEFERIDO,), S.EM_ANALISE, (Quem.AUTORIDADE,)),
    Passo("assinar_municipio", "envia assinado", (S.ASSINATURA,), S.CONFERENCIA, (Quem.GESTOR,)),
    Passo("recusar_assinatura", "recusa a assinatura", (S.CONFERENCIA,), S.ASSINATURA, (Quem.ANALISTA,)),
    Passo("assinar_inss", "junta a assinatura do INSS", (S.CONFERENCIA,), S.ASSINADO, (Quem.ANALISTA, Quem.AUTORIDADE)),
    Passo("publicar", "registra a publicação", (S.ASSINADO,), S.VIGENTE, (Quem.ANALISTA,)),
    Passo(
        "desistir",
        "desiste",
        (S.RASCUNHO, S.ENVIADO, S.EM_ANALISE, S.DEVOLVIDO, S.ASSINATURA),
        S.DESISTIDO,
        (Quem.GESTOR,),
    ),
    Passo("arquivar", "arquiva", (S.DEVOLVIDO, S.ASSINATURA), S.ARQUIVADO, (Quem.ANALISTA,)),
    Passo("desarquivar", "desarquiva", (S.ARQUIVADO,), S.EM_ANALISE, (Quem.ANALISTA,)),
)
POR_VERBO = {passo.verbo: passo for passo in PASSOS_DA_ADESAO}

COM_QUEM = {
    S.ENVIADO: Parte.INSS,
    S.EM_ANALISE: Parte.INSS,
    S.DEVOLVIDO: Parte.MUNICIPIO,
    S.INSTRUIDO: Parte.INSS,
    S.ASSINATURA: Parte.MUNICIPIO,
    S.CONFERENCIA: Parte.INSS,
    S.ASSINADO: Parte.INSS,
}
# Where the town may change forms and items.
NO_MUNICIPIO = frozenset({S.RASCUNHO, S.DEVOLVIDO})
# Until here a certificate that ends, or a text that changes, opens its item again.
ANTES_DA_APROVACAO = frozenset({S.RASCUNHO, S.ENVIADO, S.EM_ANALISE, S.DEVOLVIDO, S.INSTRUIDO})
# While one of these lasts, the town has no other for the same object.
ABERTAS = frozenset(
    {S.RASCUNHO, S.ENVIADO, S.EM_ANALISE, S.DEVOLVIDO, S.INSTRUIDO, S.ASSINATURA, S.CONFERENCIA, S.ASSINADO}
)
# What is left to do after an end.
DEPOIS_DO_FIM = {
    S.VIGENTE: "O acordo segue daqui em diante com a capacitação e a abertura do balcão.",
    S.DESISTIDO: "O município pode começar um pedido novo quando quiser.",
}

CAMINHOS |= {
    Situacao: {de: frozenset(p.para for p in PASSOS_DA_ADESAO if de in p.de) for de in Situacao},
    SituacaoItem: {
        T.FALTA: frozenset({T.PRONTO, T.DEVOLVIDO, T.DISPENSADO}),
        T.PRONTO: frozenset({T.FALTA, T.ACEITO, T.DEVOLVIDO, T.DISPENSADO, T.REABERTO}),
        T.ACEITO: frozenset({T.PRONTO, T.DEVOLVIDO, T.REABERTO, T.DISPENSADO}),
        T.DEVOLVIDO: frozenset({T.PRONTO, T.ACEITO, T.DISPENSADO}),
        T.REABERTO: frozenset({T.PRONTO, T.DEVOLVIDO, T.DISPENSADO}),
        T.DISPENSADO: frozenset({T.FALTA, T.PRONTO, T.DEVOLVIDO}),
    },
    SituacaoSolicitacao: {
        P.A_CONFIRMAR: frozenset({P.PENDENTE}),
        P.PENDENTE: frozenset({P.APROVADA, P.RECUSADA}),
        P.APROVADA: frozenset(),
        # Whoever was refused asks again.
        P.RECUSADA: frozenset(),
    },
}
PASSOS[Situacao] = {
    (de, para): [
        f"{' ou '.join(quem.label for quem in p.quem)} {p.nome}"
        for p in PASSOS_DA_ADESAO
        if de in p.de and p.para == para
    ]
    for de in Situacao
    for para in de.caminhos
}
TONS |= {
    Situacao: {
        S.RASCUNHO: "andamento",
        S.ENVIADO: "andamento",
        S.EM_ANALISE: "andamento",
        S.DEVOLVIDO: "atencao",
        S.INSTRUIDO: "andamento",
        S.ASSINATURA: "atencao",
        S.CONFERENCIA: "andamento",
        S.ASSINADO: "andamento",
        S.VIGENTE: "sucesso",
        S.INDEFERIDO: "perigo",
    },
    SituacaoItem: {
        T.FALTA: "atencao",
        T.PRONTO: "andamento",
        T.ACEITO: "sucesso",
        T.DEVOLVIDO: "perigo",
        T.REABERTO: "perigo",
    },
    SituacaoSolicitacao: {P.PENDENTE: "andamento", P.APROVADA: "sucesso", P.RECUSADA: "perigo"},
}
