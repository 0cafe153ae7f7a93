"""The papers of the desk. A change of wording after release is a new version, never an edit of an old one."""

from __future__ import annotations

from act_portal.emissao.modelos import Modelo, registrar_modelo

TERMO_REPRESENTACAO = "termo-representacao"
AUTORIZACAO_DADOS = "autorizacao-dados"
REQUERIMENTO_SERVICO = "requerimento-servico"
COMPROVANTE = "comprovante"
COMPROVANTE_AGENDAMENTO = "comprovante-agendamento"
TERMO_ENTREGA = "termo-entrega"
ORIENTACAO = "orientacao"
# The filled packs: one drawing, many titles.
AUTODECLARACAO_RURAL = "autodeclaracao-rural"
DECLARACAO_BPC = "declaracao-bpc"
RAZOES_RECURSO = "razoes-recurso"
DECLARACAO_ACUMULACAO = "declaracao-acumulacao"
DECLARACAO_DESISTENCIA = "declaracao-desistencia"
TERMO_SALARIO_FAMILIA = "termo-salario-familia"
REVOGACAO = "revogacao-termo"
RENUNCIA = "renuncia-termo"

MODELOS = (
    Modelo(
        codigo=TERMO_REPRESENTACAO,
        versao="1",
        titulo="Termo de Representação e Autorização de Acesso a Informações Previdenciárias",
        template="papeis/termo_representacao.html",
    ),
    Modelo(
        codigo=AUTORIZACAO_DADOS,
        versao="1",
        titulo="Autorização de acesso e informação sobre o uso dos seus dados",
        template="papeis/v1/autorizacao_dados.html",
    ),
    Modelo(
        codigo=AUTORIZACAO_DADOS,
        versao="2",
        titulo="Autorização de acesso e informação sobre o uso dos seus dados",
        template="papeis/autorizacao_dados.html",
    ),
    Modelo(
        codigo=REQUERIMENTO_SERVICO,
        versao="1",
        titulo="Requerimento de serviço ou benefício ao INSS",
        template="papeis/v1/requerimento_servico.html",
    ),
    Modelo(
        codigo=REQUERIMENTO_SERVICO,
        versao="2",
        titulo="Requerimento de serviço ou benefício ao INSS",
        template="papeis/v2/requerimento_servico.html",
    ),
    Modelo(
        codigo=REQUERIMENTO_SERVICO,
        versao="3",
        titulo="Requerimento de serviço ou benefício ao INSS",
        template="papeis/v3/requerimento_servico.html",
    ),
    Modelo(
        codigo=REQUERIMENTO_SERVICO,
        versao="4",
        titulo="Requerimento de serviço ou benefício ao INSS",
        template="papeis/requerimento_servico.html",
    ),
    Modelo(codigo=COMPROVANTE, versao="1", titulo="Seu pedido", template="papeis/v1/comprovante.html"),
    Modelo(codigo=COMPROVANTE, versao="2", titulo="Seu pedido", template="papeis/v2/comprovante.html"),
    Modelo(codigo=COMPROVANTE, versao="3", titulo="Seu pedido", template="papeis/comprovante.html"),
    Modelo(
        codigo=COMPROVANTE_AGENDAMENTO,
        versao="1",
        titulo="Sua data no INSS",
        template="papeis/comprovante_agendamento.html",
    ),
    Modelo(codigo=ORIENTACAO, versao="1", titulo="Orientação do seu atendimento", template="papeis/v1/orientacao.html"),
    Modelo(codigo=ORIENTACAO, versao="2", titulo="Orientação do seu atendimento", template="papeis/v2/orientacao.html"),
    Modelo(codigo=ORIENTACAO, versao="3", titulo="Orientação do seu atendimento", template="papeis/orientacao.html"),
    Modelo(
        codigo=TERMO_ENTREGA,
        versao="1",
        titulo="Termo de entrega do resultado",
        template="papeis/termo_entrega.html",
    ),
    Modelo(
        codigo=AUTODECLARACAO_RURAL, versao="1", titulo="Autodeclaração do segurado especial",
        template="papeis/ficha.html",
    ),
    Modelo(
        codigo=AUTODECLARACAO_RURAL, versao="2", titulo="Autodeclaração do segurado especial",
        template="papeis/autodeclaracao_rural.html",
    ),
    Modelo(
        codigo=DECLARACAO_BPC, versao="1",
        titulo="Declaração do grupo familiar e da renda – Benefício de Prestação Continuada",
        template="papeis/ficha.html",
    ),
    Modelo(
        codigo=RAZOES_RECURSO, versao="1", titulo="Recurso ao Conselho de Recursos da Previdência Social",
        template="papeis/ficha.html",
    ),
    Modelo(
        codigo=DECLARACAO_ACUMULACAO, versao="1", titulo="Declaração de benefício em outro regime de previdência",
        template="papeis/ficha.html",
    ),
    Modelo(
        codigo=DECLARACAO_DESISTENCIA, versao="1", titulo="Declaração de desistência", template="papeis/ficha.html",
    ),
    Modelo(
        codigo=TERMO_SALARIO_FAMILIA, versao="1", titulo="Termo de responsabilidade do salário-família",
        template="papeis/ficha.html",
    ),
    Modelo(
        codigo=REVOGACAO,
        versao="1",
        titulo="Revogação do termo de representação",
        template="papeis/v1/revogacao_termo.html",
    ),
    Modelo(
        codigo=REVOGACAO,
        versao="2",
        titulo="Revogação do termo de representação",
        template="papeis/revogacao_termo.html",
    ),
    Modelo(
        codigo=RENUNCIA,
        versao="1",
        titulo="Renúncia do município ao termo de representação",
        template="papeis/renuncia_termo.html",
    ),
)  # fmt: skip


def registrar() -> None:
    for modelo in MODELOS:
        registrar_modelo(modelo)
