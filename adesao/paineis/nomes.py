"""The keys of the daily counts in words. The desk's own tables are its own: the keys are the contract."""

from __future__ import annotations

from adesao.checklist.catalogo import servicos

CAUSAS = {
    "procuracao": "Procuração ou representação",
    "cadunico": "CadÚnico",
    "biometria": "Biometria",
    "rural": "Prova de trabalho rural ou pesca",
    "saude": "Laudo ou exame",
    "vinculo": "Vínculos e contribuições",
    "estado_civil": "Certidões de estado civil",
    "residencia": "Comprovante de endereço",
    "identificacao": "Documento de identificação",
    "outra": "Outra causa",
    "": "Sem causa anotada",
}
RESULTADOS = {
    "deferido": "Deferido",
    "parcial": "Deferido em parte",
    "indeferido": "Indeferido",
    "arquivado": "Arquivado sem análise",
    "desistencia": "Desistência",
}
MESES = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"]


def servico(codigo: str) -> str:
    achados = servicos().escolhidos([codigo])
    return achados[0].nome if achados else codigo.replace("-", " ").capitalize()


def causa(chave: str) -> str:
    return CAUSAS.get(chave, chave.replace("_", " ").capitalize())


def resultado(chave: str) -> str:
    return RESULTADOS.get(chave, chave.capitalize())
