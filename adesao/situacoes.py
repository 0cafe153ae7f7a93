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
    PORTAL = "portal", "portal"


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


class SituacaoAcordo(ComCaminhos):
    """An agreement, from its number to its end. Nothing here moves by a timer alone."""

    A_PUBLICAR = "a_publicar", "Para assinar e publicar"
    CANCELADO = "cancelado", "Não assinado"
    PREPARACAO = "preparacao", "Em preparação"
    OPERACAO = "operacao", "Em operação"
    SUSPENSO = "suspenso", "Suspenso"
    DENUNCIADO = "denunciado", "Em denúncia"
    ENCERRADO = "encerrado", "Encerrado"

    @property
    def vivo(self) -> bool:
        """Published and not ended."""
        return self not in {SituacaoAcordo.A_PUBLICAR, SituacaoAcordo.CANCELADO, SituacaoAcordo.ENCERRADO}


class SituacaoAnterior(ComCaminhos):
    """An agreement of before the portal, on the way into it."""

    REGISTRADO = "registrado", "Para outra pessoa conferir"
    CONFIRMADO = "confirmado", "Confirmado"
    DEVOLVIDO = "devolvido", "Para corrigir"


class SituacaoHabilitacao(ComCaminhos):
    """Somebody of the town on the way to an account, and back."""

    FALTA = "falta", "Falta comprovar"
    ABERTA = "aberta", "Acesso aberto"
    FECHADA = "fechada", "Acesso fechado"
    DESLIGADA = "desligada", "Desligada"


class SituacaoComprovacao(ComCaminhos):
    """What was sent to prove one requirement."""

    ENVIADA = "enviada", "Para o INSS conferir"
    CONFIRMADA = "confirmada", "Confirmada"
    RECUSADA = "recusada", "Recusada"
    SUBSTITUIDA = "substituida", "Substituída"


class SituacaoNotificacao(ComCaminhos):
    """A formal notice to a town under agreement."""

    EMITIDA = "emitida", "Esperando o município"
    RESPONDIDA = "respondida", "Para o INSS avaliar"
    ACOLHIDA = "acolhida", "Resolvida"
    NAO_ACOLHIDA = "nao_acolhida", "Não resolvida"
    CANCELADA = "cancelada", "Cancelada"


class SituacaoProrrogacao(ComCaminhos):
    """A renewal: the agreement in force lasts longer."""

    PEDIDA = "pedida", "Para o INSS decidir"
    APROVADA = "aprovada", "Para o município assinar"
    ASSINADA = "assinada", "Para o INSS assinar e publicar"
    EFETIVADA = "efetivada", "Em vigor"
    RECUSADA = "recusada", "Não aprovada"
    DESISTIDA = "desistida", "Desistida"


class SituacaoEncerramento(ComCaminhos):
    """The paper that closes an agreement that has ended."""

    EMITIDO = "emitido", "Para o município assinar"
    ASSINADO = "assinado", "Para o INSS assinar"
    JUNTADO = "juntado", "Assinado"


class Nivel(TextChoices):
    """How an agreement stands in one indicator."""

    EM_ORDEM = "em_ordem", "Em ordem"
    ATENCAO = "atencao", "Atenção"
    IRREGULAR = "irregular", "Irregular"
    SEM_DADOS = "sem_dados", "Sem dados"

    @property
    def tom(self) -> str:
        return {"em_ordem": "sucesso", "atencao": "atencao", "irregular": "perigo"}.get(self.value, "")


S, T, P, A = Situacao, SituacaoItem, SituacaoSolicitacao, SituacaoAcordo
H, C, N, R = SituacaoHabilitacao, SituacaoComprovacao, SituacaoNotificacao, SituacaoProrrogacao
F, B = SituacaoEncerramento, SituacaoAnterior


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


@dataclass(frozen=True)
class PassoDoAcordo:
    """One move of an agreement, as `Passo` is one of an adhesion."""

    verbo: str
    nome: str
    de: tuple[SituacaoAcordo, ...]
    para: SituacaoAcordo
    quem: tuple[Quem, ...]


PASSOS_DO_ACORDO = (
    PassoDoAcordo("publicar", "registra a publicação", (A.A_PUBLICAR,), A.PREPARACAO, (Quem.ANALISTA,)),
    PassoDoAcordo("cancelar", "desiste ou arquiva", (A.A_PUBLICAR,), A.CANCELADO, (Quem.GESTOR, Quem.ANALISTA)),
    PassoDoAcordo("renumerar", "aprova de novo", (A.CANCELADO,), A.A_PUBLICAR, (Quem.AUTORIDADE,)),
    PassoDoAcordo("entrar_em_operacao", "vê tudo pronto", (A.PREPARACAO,), A.OPERACAO, (Quem.PORTAL,)),
    PassoDoAcordo("suspender", "suspende", (A.OPERACAO,), A.SUSPENSO, (Quem.AUTORIDADE,)),
    PassoDoAcordo("reintegrar", "reintegra", (A.SUSPENSO,), A.OPERACAO, (Quem.AUTORIDADE,)),
    PassoDoAcordo(
        "denunciar", "denuncia", (A.PREPARACAO, A.OPERACAO, A.SUSPENSO), A.DENUNCIADO, (Quem.GESTOR, Quem.AUTORIDADE)
    ),
    PassoDoAcordo("retratar", "volta atrás", (A.DENUNCIADO,), A.PREPARACAO, (Quem.GESTOR, Quem.AUTORIDADE)),
    PassoDoAcordo(
        "rescindir", "rescinde", (A.PREPARACAO, A.OPERACAO, A.SUSPENSO, A.DENUNCIADO), A.ENCERRADO, (Quem.AUTORIDADE,)
    ),
    PassoDoAcordo(
        "encerrar",
        "registra o fim",
        (A.PREPARACAO, A.OPERACAO, A.SUSPENSO, A.DENUNCIADO),
        A.ENCERRADO,
        (Quem.ANALISTA, Quem.AUTORIDADE),
    ),
)
PASSO_DO_ACORDO = {passo.verbo: passo for passo in PASSOS_DO_ACORDO}

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
    S.VIGENTE: "O acordo segue na página dele: pessoas, capacitação e abertura do balcão.",
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
    SituacaoAcordo: {de: frozenset(p.para for p in PASSOS_DO_ACORDO if de in p.de) for de in SituacaoAcordo},
    SituacaoHabilitacao: {
        H.FALTA: frozenset({H.ABERTA, H.DESLIGADA}),
        H.ABERTA: frozenset({H.FECHADA, H.DESLIGADA}),
        H.FECHADA: frozenset({H.ABERTA, H.DESLIGADA}),
        # Whoever comes back is indicated again, and signs again.
        H.DESLIGADA: frozenset(),
    },
    SituacaoComprovacao: {
        C.ENVIADA: frozenset({C.CONFIRMADA, C.RECUSADA, C.SUBSTITUIDA}),
        C.CONFIRMADA: frozenset({C.RECUSADA, C.SUBSTITUIDA}),
        C.RECUSADA: frozenset(),
        C.SUBSTITUIDA: frozenset(),
    },
    SituacaoNotificacao: {
        N.EMITIDA: frozenset({N.RESPONDIDA, N.ACOLHIDA, N.NAO_ACOLHIDA, N.CANCELADA}),
        N.RESPONDIDA: frozenset({N.ACOLHIDA, N.NAO_ACOLHIDA, N.CANCELADA}),
        N.ACOLHIDA: frozenset(),
        N.NAO_ACOLHIDA: frozenset({N.ACOLHIDA}),
        N.CANCELADA: frozenset(),
    },
    SituacaoProrrogacao: {
        R.PEDIDA: frozenset({R.APROVADA, R.RECUSADA, R.DESISTIDA}),
        R.APROVADA: frozenset({R.ASSINADA, R.DESISTIDA}),
        R.ASSINADA: frozenset({R.EFETIVADA, R.APROVADA, R.DESISTIDA}),
        R.EFETIVADA: frozenset(),
        R.RECUSADA: frozenset(),
        R.DESISTIDA: frozenset(),
    },
    SituacaoEncerramento: {
        # Made again, whoever had signed signs the new text.
        F.EMITIDO: frozenset({F.ASSINADO, F.JUNTADO}),
        F.ASSINADO: frozenset({F.EMITIDO, F.JUNTADO}),
        F.JUNTADO: frozenset(),
    },
    SituacaoAnterior: {
        B.REGISTRADO: frozenset({B.CONFIRMADO, B.DEVOLVIDO}),
        B.CONFIRMADO: frozenset(),
        B.DEVOLVIDO: frozenset({B.REGISTRADO}),
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
PASSOS[SituacaoAcordo] = {
    (de, para): [
        f"{' ou '.join(quem.label for quem in p.quem)} {p.nome}"
        for p in PASSOS_DO_ACORDO
        if de in p.de and p.para == para
    ]
    for de in SituacaoAcordo
    for para in de.caminhos
}
TONS |= {
    SituacaoAcordo: {
        A.A_PUBLICAR: "andamento",
        A.PREPARACAO: "andamento",
        A.OPERACAO: "sucesso",
        A.SUSPENSO: "perigo",
        A.DENUNCIADO: "atencao",
    },
    SituacaoHabilitacao: {H.FALTA: "atencao", H.ABERTA: "sucesso", H.FECHADA: "perigo"},
    SituacaoNotificacao: {
        N.EMITIDA: "atencao",
        N.RESPONDIDA: "andamento",
        N.ACOLHIDA: "sucesso",
        N.NAO_ACOLHIDA: "perigo",
    },
    SituacaoProrrogacao: {
        R.PEDIDA: "andamento",
        R.APROVADA: "atencao",
        R.ASSINADA: "andamento",
        R.EFETIVADA: "sucesso",
        R.RECUSADA: "perigo",
    },
    SituacaoEncerramento: {F.EMITIDO: "atencao", F.ASSINADO: "andamento", F.JUNTADO: "sucesso"},
    SituacaoComprovacao: {C.ENVIADA: "andamento", C.CONFIRMADA: "sucesso", C.RECUSADA: "perigo"},
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
    SituacaoAnterior: {B.REGISTRADO: "andamento", B.CONFIRMADO: "sucesso", B.DEVOLVIDO: "atencao"},
    SituacaoSolicitacao: {P.PENDENTE: "andamento", P.APROVADA: "sucesso", P.RECUSADA: "perigo"},
}
