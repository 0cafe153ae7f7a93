"""The words and the states of the cession, and who moves them. No ORM, no HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from act_portal.estados import CAMINHOS, PASSOS, TONS, ComCaminhos

# The directorate of INSS that looks after property.
DIRETORIA = "DIROFL"


class Natureza(TextChoices):
    """How INSS has an operational property."""

    RESERVA = "reserva", "Reserva técnica"
    EM_USO = "em_uso", "Em uso pelo INSS"
    TERRENO = "terreno", "Terreno sem construção"


class Esfera(TextChoices):
    """Whose body asks. The last one never may, and learns it before any paper."""

    FEDERAL_UNIAO = "federal_uniao", "Federal, custeado pelo orçamento da União"
    FEDERAL_OUTRO = "federal_outro", "Federal, com outra fonte de recursos"
    ESTADUAL = "estadual", "Estadual ou distrital"
    MUNICIPAL = "municipal", "Municipal"
    PRIVADA = "privada", "Empresa, associação ou outra entidade privada"


class Finalidade(TextChoices):
    PREVIDENCIARIA = "previdenciaria", "Ligada ou auxiliar à previdência e aos segurados"
    OUTRA = "outra", "Outro interesse público"


class Pessoa(TextChoices):
    """What who asks says of itself: only the first one may."""

    PUBLICA = "publica", "Órgão ou entidade pública"
    PRIVADA = "privada", "Empresa, associação ou outra entidade privada"


class Devolucao(TextChoices):
    """Why INSS gives a request back."""

    CORRIGIR = "corrigir", "Há o que corrigir"
    PRIVADA = "privada", "Quem pede não é órgão ou entidade pública"


class Resposta(TextChoices):
    """What the table of eligibility says."""

    SIM = "sim", "Sim"
    DEPENDE = "depende", "Depende"
    NAO = "nao", "Não"

    @property
    def tom(self) -> str:
        return {"sim": "sucesso", "depende": "atencao", "nao": "perigo"}[self]


class Tipo(TextChoices):
    NOVA = "nova", "Cessão nova"
    REGULARIZACAO = "regularizacao", "Regularização de ocupação que já existe"


class Quem(TextChoices):
    """Who makes a move. For a body without an account the logistics that took its papers in stands at its place."""

    REQUERENTE = "requerente", "requerente"
    LOGISTICA = "logistica", "logística"
    SUPERINTENDENCIA = "superintendencia", "Superintendência"
    DIRETORIA = "diretoria", "DIROFL"
    PORTAL = "portal", "o portal"


class Situacao(ComCaminhos):
    """A request, from the first form to the published term."""

    RASCUNHO = "rascunho", "Em preenchimento"
    ENVIADO = "enviado", "Recebido pelo INSS"
    EM_ANALISE = "em_analise", "Em análise da logística"
    DEVOLVIDO = "devolvido", "Devolvido para corrigir"
    SUPERINTENDENCIA = "superintendencia", "Com a Superintendência"
    DIRETORIA = "diretoria", "Com a DIROFL para decisão"
    INDEFERIDO = "indeferido", "Não aprovado"
    RECURSO = "recurso", "Recurso em análise"
    ASSINATURA = "assinatura", "Para o órgão assinar"
    CONFERENCIA = "conferencia", "Para o INSS assinar"
    ASSINADO = "assinado", "Para publicar"
    CEDIDO = "cedido", "Cessão publicada"
    NEGADO = "negado", "Não aprovado, com recurso julgado"
    DESISTIDO = "desistido", "Encerrado por quem pediu"
    ARQUIVADO = "arquivado", "Arquivado"


class SituacaoItem(ComCaminhos):
    """One document of a request."""

    FALTA = "falta", "Falta"
    PRONTO = "pronto", "Enviado"
    ACEITO = "aceito", "Aceito"
    DEVOLVIDO = "devolvido", "Devolvido"
    DISPENSADO = "dispensado", "Não se aplica"


class Desfaz(TextChoices):
    """Whether a work in the space can be undone."""

    SIM = "sim", "Sim, sem deixar marca"
    REPARO = "reparo", "Sim, com reparo no fim"
    NAO = "nao", "Não"


class SituacaoObra(ComCaminhos):
    """One work wanted in the space, from the request to the decision."""

    PEDIDA = "pedida", "Para decidir"
    ACEITA = "aceita", "Aceita"
    RECUSADA = "recusada", "Recusada"


class Ocupacao(ComCaminhos):
    """A space in the hands of who took it, from the term being signed to the keys given back."""

    PREPARO = "preparo", "Termo em assinatura"
    A_ENTREGAR = "a_entregar", "Para entregar as chaves"
    OCUPADO = "ocupado", "Em uso"
    NOTIFICADO = "notificado", "Notificado por uso irregular"
    RETOMADA = "retomada", "Para devolver"
    VENCIDO = "vencido", "Ocupação vencida"
    ENCERRADO = "encerrado", "Devolvido e encerrado"
    CANCELADO = "cancelado", "Sem efeito"


class SituacaoEncerramento(ComCaminhos):
    """The closing paper, signed outside and given back, as the term was. What it closes is closed without it."""

    ASSINATURA = "assinatura", "Para o órgão assinar"
    CONFERENCIA = "conferencia", "Para o INSS assinar"
    ASSINADO = "assinado", "Assinado pelas duas partes"
    SO_INSS = "so_inss", "Assinado só pelo INSS"


class SituacaoDesocupacao(ComCaminhos):
    """Who occupies a space without a term, after the request to regularise it ended without one."""

    A_AVISAR = "a_avisar", "Para avisar quem ocupa"
    AVISADO = "avisado", "Avisado para sair"
    VENCIDO = "vencido", "Não saiu no prazo"
    DESOCUPADO = "desocupado", "Desocupado"
    SEM_EFEITO = "sem_efeito", "Sem efeito"


class SituacaoAditivo(ComCaminhos):
    """An extension, asked before the end and signed before the end. Signed, its days count; then it is published."""

    PEDIDO = "pedido", "Pedida"
    INSTRUIDO = "instruido", "Para decisão"
    ASSINATURA = "assinatura", "Para assinar"
    CONFERENCIA = "conferencia", "Para o INSS assinar"
    ASSINADO = "assinado", "Assinada, para publicar"
    VIGENTE = "vigente", "Em vigor"
    NEGADO = "negado", "Não aprovada"
    CADUCO = "caduco", "Sem efeito: não foi assinada a tempo"


@dataclass(frozen=True)
class Passo:
    """One move: its verb (the service's name), from where, to where, and who may make it."""

    verbo: str
    nome: str
    de: tuple[Any, ...]
    para: Any
    quem: tuple[Quem, ...]

    @property
    def frase(self) -> str:
        return f"{' ou '.join(quem.label for quem in self.quem)} {self.nome}"


S, T, B, U, A, Q = Situacao, SituacaoItem, SituacaoObra, Ocupacao, SituacaoAditivo, Quem
D, E = SituacaoDesocupacao, SituacaoEncerramento

PASSOS_DO_PEDIDO = (
    Passo("enviar", "envia", (S.RASCUNHO,), S.ENVIADO, (Q.REQUERENTE,)),
    Passo("tomar", "toma", (S.ENVIADO,), S.EM_ANALISE, (Q.LOGISTICA,)),
    Passo("devolver", "devolve itens", (S.EM_ANALISE,), S.DEVOLVIDO, (Q.LOGISTICA,)),
    Passo("reenviar", "responde", (S.DEVOLVIDO,), S.EM_ANALISE, (Q.REQUERENTE,)),
    Passo("opinar", "dá o parecer", (S.EM_ANALISE,), S.SUPERINTENDENCIA, (Q.LOGISTICA,)),
    Passo("manifestar", "manifesta-se", (S.SUPERINTENDENCIA,), S.DIRETORIA, (Q.SUPERINTENDENCIA,)),
    Passo(
        "retomar",
        "volta à análise",
        (S.SUPERINTENDENCIA, S.DIRETORIA, S.ASSINATURA, S.CONFERENCIA),
        S.EM_ANALISE,
        (Q.SUPERINTENDENCIA, Q.DIRETORIA),
    ),
    Passo("aprovar", "aprova", (S.DIRETORIA,), S.ASSINATURA, (Q.DIRETORIA,)),
    Passo("indeferir", "não aprova", (S.DIRETORIA,), S.INDEFERIDO, (Q.DIRETORIA,)),
    Passo("recorrer", "recorre", (S.INDEFERIDO,), S.RECURSO, (Q.REQUERENTE,)),
    Passo("prover", "acolhe o recurso", (S.RECURSO,), S.EM_ANALISE, (Q.DIRETORIA,)),
    Passo("manter", "mantém a decisão", (S.RECURSO,), S.NEGADO, (Q.DIRETORIA,)),
    Passo("assinar", "envia assinado", (S.ASSINATURA,), S.CONFERENCIA, (Q.REQUERENTE,)),
    Passo("recusar_assinatura", "recusa a assinatura", (S.CONFERENCIA,), S.ASSINATURA, (Q.LOGISTICA,)),
    Passo("assinar_inss", "junta a assinatura do INSS", (S.CONFERENCIA,), S.ASSINADO, (Q.LOGISTICA, Q.DIRETORIA)),
    Passo("publicar", "registra a publicação", (S.ASSINADO,), S.CEDIDO, (Q.LOGISTICA,)),
    Passo(
        "desistir",
        "desiste",
        (S.RASCUNHO, S.ENVIADO, S.EM_ANALISE, S.DEVOLVIDO, S.SUPERINTENDENCIA, S.DIRETORIA, S.ASSINATURA),
        S.DESISTIDO,
        (Q.REQUERENTE,),
    ),
    Passo("arquivar", "arquiva", (S.DEVOLVIDO, S.ASSINATURA), S.ARQUIVADO, (Q.LOGISTICA,)),
    Passo("desarquivar", "desarquiva", (S.ARQUIVADO,), S.EM_ANALISE, (Q.LOGISTICA,)),
)
PASSOS_DA_OCUPACAO = (
    Passo("liberar", "publica o termo", (U.PREPARO,), U.A_ENTREGAR, (Q.LOGISTICA,)),
    Passo(
        "desfazer",
        "desiste, arquiva ou volta à análise",
        (U.PREPARO,),
        U.CANCELADO,
        (Q.REQUERENTE, Q.LOGISTICA, Q.SUPERINTENDENCIA, Q.DIRETORIA),
    ),
    Passo("refazer", "aprova outra vez", (U.CANCELADO,), U.PREPARO, (Q.DIRETORIA,)),
    Passo("cancelar", "deixa sem efeito", (U.A_ENTREGAR,), U.CANCELADO, (Q.REQUERENTE, Q.LOGISTICA, Q.DIRETORIA)),
    Passo("entregar", "recebe as chaves", (U.A_ENTREGAR,), U.OCUPADO, (Q.REQUERENTE,)),
    Passo("notificar", "notifica uso irregular", (U.OCUPADO,), U.NOTIFICADO, (Q.LOGISTICA,)),
    Passo("acolher", "acolhe a resposta", (U.NOTIFICADO,), U.OCUPADO, (Q.LOGISTICA,)),
    Passo("revogar", "retoma com aviso", (U.OCUPADO, U.NOTIFICADO), U.RETOMADA, (Q.SUPERINTENDENCIA, Q.DIRETORIA)),
    Passo("devolver_antes", "avisa que vai sair", (U.OCUPADO, U.NOTIFICADO), U.RETOMADA, (Q.REQUERENTE,)),
    Passo("vencer", "vê o prazo passar", (U.OCUPADO, U.NOTIFICADO, U.RETOMADA), U.VENCIDO, (Q.PORTAL,)),
    Passo(
        "encerrar",
        "recebe o espaço e as chaves",
        (U.OCUPADO, U.NOTIFICADO, U.RETOMADA, U.VENCIDO),
        U.ENCERRADO,
        (Q.LOGISTICA,),
    ),
)
PASSOS_DO_ADITIVO = (
    Passo("opinar", "opina", (A.PEDIDO,), A.INSTRUIDO, (Q.LOGISTICA,)),
    Passo("aprovar", "aprova", (A.INSTRUIDO,), A.ASSINATURA, (Q.DIRETORIA,)),
    Passo("negar", "não aprova", (A.INSTRUIDO,), A.NEGADO, (Q.DIRETORIA,)),
    Passo("assinar", "envia assinado", (A.ASSINATURA,), A.CONFERENCIA, (Q.REQUERENTE,)),
    Passo("recusar_assinatura", "recusa a assinatura", (A.CONFERENCIA,), A.ASSINATURA, (Q.LOGISTICA,)),
    Passo("assinar_inss", "junta a assinatura do INSS", (A.CONFERENCIA,), A.ASSINADO, (Q.LOGISTICA, Q.DIRETORIA)),
    Passo("publicar", "registra a publicação", (A.ASSINADO,), A.VIGENTE, (Q.LOGISTICA,)),
    Passo("caducar", "vê o fim chegar", (A.PEDIDO, A.INSTRUIDO, A.ASSINATURA, A.CONFERENCIA), A.CADUCO, (Q.PORTAL,)),
)
PASSOS_DO_ENCERRAMENTO = (
    Passo("assinar", "envia assinado", (E.ASSINATURA,), E.CONFERENCIA, (Q.REQUERENTE,)),
    Passo("recusar_assinatura", "recusa a assinatura", (E.CONFERENCIA,), E.ASSINATURA, (Q.LOGISTICA,)),
    Passo("trocar_quem_assina", "troca quem assina pelo INSS", (E.CONFERENCIA,), E.ASSINATURA, (Q.LOGISTICA,)),
    Passo("assinar_inss", "junta a assinatura do INSS", (E.CONFERENCIA,), E.ASSINADO, (Q.LOGISTICA, Q.DIRETORIA)),
    Passo("assinar_so_inss", "assina sem o órgão", (E.ASSINATURA,), E.SO_INSS, (Q.LOGISTICA, Q.DIRETORIA)),
)
PASSOS_DA_DESOCUPACAO = (
    Passo("avisar", "avisa para sair", (D.A_AVISAR,), D.AVISADO, (Q.LOGISTICA, Q.SUPERINTENDENCIA)),
    Passo("vencer", "vê o prazo passar", (D.AVISADO,), D.VENCIDO, (Q.PORTAL,)),
    Passo(
        "desocupar",
        "vê o espaço vazio",
        (D.A_AVISAR, D.AVISADO, D.VENCIDO),
        D.DESOCUPADO,
        (Q.LOGISTICA, Q.SUPERINTENDENCIA),
    ),
    Passo(
        "anular",
        "volta o pedido à análise ou aprova outro do órgão",
        (D.A_AVISAR, D.AVISADO, D.VENCIDO),
        D.SEM_EFEITO,
        (Q.LOGISTICA, Q.DIRETORIA),
    ),
    Passo("reabrir", "deixa o pedido sem termo outra vez", (D.SEM_EFEITO,), D.A_AVISAR, (Q.LOGISTICA, Q.DIRETORIA)),
)
DO_PEDIDO = {passo.verbo: passo for passo in PASSOS_DO_PEDIDO}
DA_OCUPACAO = {passo.verbo: passo for passo in PASSOS_DA_OCUPACAO}
DO_ENCERRAMENTO = {passo.verbo: passo for passo in PASSOS_DO_ENCERRAMENTO}
DA_DESOCUPACAO = {passo.verbo: passo for passo in PASSOS_DA_DESOCUPACAO}
DO_ADITIVO = {passo.verbo: passo for passo in PASSOS_DO_ADITIVO}

# Where who asks may change the form and the documents.
COM_O_REQUERENTE = frozenset({S.RASCUNHO, S.DEVOLVIDO})
# Still on its way to a term.
ABERTOS = frozenset(
    {S.RASCUNHO, S.ENVIADO, S.EM_ANALISE, S.DEVOLVIDO, S.SUPERINTENDENCIA, S.DIRETORIA, S.RECURSO, S.ASSINATURA,
     S.CONFERENCIA, S.ASSINADO}
)  # fmt: skip
COM_O_INSS = (
    S.ENVIADO, S.EM_ANALISE, S.SUPERINTENDENCIA, S.DIRETORIA, S.RECURSO, S.CONFERENCIA, S.ASSINADO,
)  # fmt: skip
# Somebody holds the keys.
OCUPANDO = frozenset({U.OCUPADO, U.NOTIFICADO, U.RETOMADA, U.VENCIDO})
# Somebody is inside without a term.
SEM_TERMO = (D.A_AVISAR, D.AVISADO, D.VENCIDO)
# An extension may be asked for: not before the keys.
PRORROGAVEIS = frozenset({U.OCUPADO})
ADITIVO_ABERTO = frozenset({A.PEDIDO, A.INSTRUIDO, A.ASSINATURA, A.CONFERENCIA})
# Approved: its paper has a number.
ADITIVO_NUMERADO = frozenset({A.ASSINATURA, A.CONFERENCIA, A.ASSINADO, A.VIGENTE})


def _caminhos(tipo: type[ComCaminhos], passos: Sequence[Passo]) -> dict[Any, frozenset[Any]]:
    return {de: frozenset(p.para for p in passos if de in p.de) for de in tipo}


def _nomes(tipo: type[ComCaminhos], passos: Sequence[Passo]) -> dict[tuple[Any, Any], list[str]]:
    return {
        (de, para): [p.frase for p in passos if de in p.de and p.para == para] for de in tipo for para in de.caminhos
    }


CAMINHOS |= {
    Situacao: _caminhos(Situacao, PASSOS_DO_PEDIDO),
    SituacaoItem: {
        T.FALTA: frozenset({T.PRONTO, T.DEVOLVIDO, T.DISPENSADO}),
        T.PRONTO: frozenset({T.FALTA, T.ACEITO, T.DEVOLVIDO, T.DISPENSADO}),
        T.ACEITO: frozenset({T.DEVOLVIDO, T.DISPENSADO}),
        T.DEVOLVIDO: frozenset({T.PRONTO, T.ACEITO, T.DISPENSADO}),
        T.DISPENSADO: frozenset({T.FALTA, T.PRONTO, T.DEVOLVIDO}),
    },
    SituacaoObra: {
        B.PEDIDA: frozenset({B.ACEITA, B.RECUSADA}),
        B.ACEITA: frozenset({B.RECUSADA}),
        B.RECUSADA: frozenset({B.ACEITA}),
    },
    Ocupacao: _caminhos(Ocupacao, PASSOS_DA_OCUPACAO),
    SituacaoEncerramento: _caminhos(SituacaoEncerramento, PASSOS_DO_ENCERRAMENTO),
    SituacaoDesocupacao: _caminhos(SituacaoDesocupacao, PASSOS_DA_DESOCUPACAO),
    SituacaoAditivo: _caminhos(SituacaoAditivo, PASSOS_DO_ADITIVO),
}
PASSOS[Situacao] = _nomes(Situacao, PASSOS_DO_PEDIDO)
PASSOS[Ocupacao] = _nomes(Ocupacao, PASSOS_DA_OCUPACAO)
PASSOS[SituacaoEncerramento] = _nomes(SituacaoEncerramento, PASSOS_DO_ENCERRAMENTO)
PASSOS[SituacaoDesocupacao] = _nomes(SituacaoDesocupacao, PASSOS_DA_DESOCUPACAO)
PASSOS[SituacaoAditivo] = _nomes(SituacaoAditivo, PASSOS_DO_ADITIVO)
TONS |= {
    Situacao: {
        S.RASCUNHO: "andamento", S.ENVIADO: "andamento", S.EM_ANALISE: "andamento", S.DEVOLVIDO: "atencao",
        S.SUPERINTENDENCIA: "andamento", S.DIRETORIA: "andamento", S.INDEFERIDO: "perigo", S.RECURSO: "andamento",
        S.ASSINATURA: "atencao", S.CONFERENCIA: "andamento", S.ASSINADO: "andamento", S.CEDIDO: "sucesso",
        S.NEGADO: "perigo",
    },
    SituacaoItem: {T.FALTA: "atencao", T.PRONTO: "andamento", T.ACEITO: "sucesso", T.DEVOLVIDO: "perigo"},
    SituacaoObra: {B.PEDIDA: "atencao", B.ACEITA: "sucesso", B.RECUSADA: "perigo"},
    Ocupacao: {
        U.PREPARO: "andamento", U.A_ENTREGAR: "atencao", U.OCUPADO: "sucesso", U.NOTIFICADO: "perigo",
        U.RETOMADA: "atencao", U.VENCIDO: "perigo",
    },
    SituacaoEncerramento: {
        E.ASSINATURA: "atencao", E.CONFERENCIA: "andamento", E.ASSINADO: "sucesso", E.SO_INSS: "sucesso",
    },
    SituacaoDesocupacao: {D.A_AVISAR: "atencao", D.AVISADO: "atencao", D.VENCIDO: "perigo", D.DESOCUPADO: "sucesso"},
    SituacaoAditivo: {
        A.PEDIDO: "andamento", A.INSTRUIDO: "andamento", A.ASSINATURA: "atencao", A.CONFERENCIA: "andamento",
        A.ASSINADO: "andamento", A.VIGENTE: "sucesso", A.NEGADO: "perigo", A.CADUCO: "perigo",
    },
}  # fmt: skip
