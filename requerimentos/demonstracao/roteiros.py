"""Which requests each town has: every stage, every situation of INSS, every kind of result."""

from __future__ import annotations

from datetime import date, timedelta

from act_portal.territorio.regras import Calendario
from requerimentos.demonstracao import pessoas
from requerimentos.demonstracao.historias import Data, Roteiro

# How many drawings come first when the worker starts.
EM_DESTAQUE = 30
ORIENTACOES = (
    "Explicado como criar a conta gov.br e acompanhar pelo Meu INSS.",
    "Falta completar a idade: voltar no mês do aniversário.",
    "Encaminhada ao CRAS para atualizar o CadÚnico antes de pedir.",
    "Informado que a revisão corre pelo 135.",
    "Explicado que o pedido pode ser feito sem todos os documentos.",
)
PEDE_RESIDENCIA = "Apresentar comprovante de residência atualizado ou declaração."
PEDE_RURAL = "Apresentar autodeclaração do segurado rural preenchida e assinada."
PEDE_IDENTIDADE = "Apresentar documento de identidade legível, frente e verso."
SEM_CARENCIA = "Não foi comprovada a carência exigida."
PERICIA, AVALIACAO = "PERICIA_MEDICA", "AVALIACAO_SOCIAL"
RENDA = "A renda da família passa do limite do benefício."


def roteiros(hoje: date, calendario: Calendario) -> list[tuple[int, Roteiro]]:
    """(person, what happened), for one town."""
    amanha = calendario.proximo_dia_util(hoje + timedelta(days=1))
    R = Roteiro
    rural, urbana = "aposentadoria-idade-rural", "aposentadoria-idade-urbana"
    materno, pcd, idoso = "salario-maternidade-rural", "bpc-pcd", "bpc-idoso"
    doenca, pensao = "auxilio-incapacidade-temporaria", "pensao-morte-rural"
    vitrine = [
        # On the desk today.
        (20, R(urbana, 0, "aberto")),
        (21, R(rural, 0, "respondido")),
        (pessoas.ROGO, R(rural, 0, "papeis")),
        (22, R(materno, 0, "documentos")),
        (23, R("ctc", 2, "desistido")),
        # On their way.
        (pessoas.PROCURADO, R(urbana, 1, "na_fila")),
        (24, R("atualizar-vinculos", 3, "devolvido")),
        (25, R("copia-processo", 1)),
        # With INSS.
        (pessoas.CRIANCA, R(pcd, 9, analise=2, datas=(Data(PERICIA, 6), Data(AVALIACAO, 12)))),
        (
            pessoas.CURATELADO,
            R(
                pcd, 26, analise=4,
                datas=(
                    Data(PERICIA, -5, "REMARCADO"), Data(AVALIACAO, -3, "CUMPRIDO"), Data(PERICIA, 8, remarcacao=True),
                ),
            ),
        ),
        (26, R(doenca, 6, datas=(Data(PERICIA, 3),))),
        (pessoas.SOCIAL, R(urbana, 34, analise=6, exigencia=(PEDE_IDENTIDADE, amanha), exigencia_em=12)),
        (27, R(rural, 70, analise=5, exigencia=(PEDE_RURAL, hoje - timedelta(days=4)), exigencia_em=20)),
        (28, R(materno, 20, analise=3, exigencia=(PEDE_RESIDENCIA, hoje + timedelta(days=24)), exigencia_em=14)),
        (
            29,
            R(
                pensao, 45, analise=4, exigencia=(PEDE_RESIDENCIA, hoje + timedelta(days=5)), exigencia_em=12,
                respondida=30,
            ),
        ),
        (30, R("revisao", 60, cancelada=20)),
        # Decided, to be handed over.
        (pessoas.NOVENTA, R(idoso, 48, analise=5, decisao=46, tipo="deferido")),
        (31, R(pcd, 75, analise=6, decisao=70, tipo="indeferido", motivos=(RENDA,))),
        (pessoas.SEM_EMAIL, R(materno, 40, analise=3, decisao=37, tipo="deferido")),
        (32, R(urbana, 90, analise=9, decisao=84, tipo="parcial", motivos=(SEM_CARENCIA,), aviso_falhou=True)),
        # Handed over.
        (33, R(rural, 118, analise=7, decisao=50, tipo="deferido", entregue=53)),
        (34, R(urbana, 112, analise=10, decisao=61, tipo="indeferido", motivos=(SEM_CARENCIA,), entregue=64)),
        (35, R(doenca, 100, analise=2, decisao=30, tipo="deferido", entregue=33)),
        (36, R("certidao-inexistencia-dependentes", 85, decisao=6, tipo="deferido", entregue=8)),
        (37, R("recurso-ordinario", 110, analise=12, decisao=80, tipo="desistencia", entregue=82)),
        (
            38,
            R(
                idoso, 105, analise=8, exigencia=(PEDE_RESIDENCIA, hoje - timedelta(days=60)), exigencia_em=15,
                decisao=60, tipo="arquivado", motivos=("A exigência não foi cumprida no prazo.",), entregue=66,
            ),
        ),
    ]  # fmt: skip
    outros = [
        (39 + n, R(servico, dias, analise=3 + n % 4, decisao=decisao, tipo="deferido" if decisao else ""))
        for n, (servico, dias, decisao) in enumerate(
            (
                (materno, 12, None), (rural, 15, None), (urbana, 18, None), ("atualizar-cadastro", 5, None),
                (pensao, 30, None), (doenca, 22, None), (idoso, 52, None), ("pensao-morte-urbana", 64, None),
                ("auxilio-reclusao-urbano", 58, None), ("salario-maternidade-urbano", 28, 24),
            )
        )
    ]  # fmt: skip
    # The one who missed the examination: `outros` are plain requests, numbered from 39.
    faltou = (44, R(doenca, 22, analise=3, datas=(Data(PERICIA, -2, "FALTOU"),)))
    return [*vitrine, *(faltou if numero == faltou[0] else (numero, feito) for numero, feito in outros)]


# Sex ("" when it does not matter) and ages of who asks for each service, for the people without a story of their own.
PERFIS = {
    "aposentadoria-idade-rural": ("F", 56, 66),
    "aposentadoria-idade-urbana": ("F", 63, 70),
    "salario-maternidade-rural": ("F", 22, 36),
    "salario-maternidade-urbano": ("F", 22, 36),
    "bpc-idoso": ("", 66, 82),
    "bpc-pcd": ("", 25, 55),
    "auxilio-incapacidade-temporaria": ("", 28, 56),
    "pensao-morte-rural": ("F", 45, 70),
    "pensao-morte-urbana": ("F", 45, 70),
    "auxilio-reclusao-urbano": ("F", 25, 45),
}
COM_IDADE_PROPRIA = {pessoas.NOVENTA, pessoas.CRIANCA, pessoas.CURATELADO}


def vestir(fichas: list[pessoas.Ficha], pedidos: list[tuple[int, Roteiro]], hoje: date) -> None:
    """Give each person the age and sex of what they ask for."""
    for numero, roteiro in pedidos:
        if numero in COM_IDADE_PROPRIA or roteiro.servico not in PERFIS:
            continue
        sexo, de, ate = PERFIS[roteiro.servico]
        pessoas.dar_perfil(fichas[numero], sexo, de + numero * 7 % (ate - de + 1), hoje)
