"""The verbs of the follow-up, by what they act on. Callers import them from here."""

from requerimentos.acompanhamento.servicos.comprovante import guardar_carta, guardar_comprovante, trocar_chave
from requerimentos.acompanhamento.servicos.entrega import entregar_resultado
from requerimentos.acompanhamento.servicos.exigencias import (
    SEM_DOCUMENTOS,
    dar_ciencia,
    declarar_sem_documentos,
    pedir_prorrogacao,
    responder,
)
from requerimentos.acompanhamento.servicos.prazos import lembrar_prazos, vencer_exigencias
from requerimentos.acompanhamento.servicos.sincronia import CARTA, sincronizar

__all__ = [
    "CARTA",
    "SEM_DOCUMENTOS",
    "dar_ciencia",
    "declarar_sem_documentos",
    "entregar_resultado",
    "guardar_carta",
    "guardar_comprovante",
    "lembrar_prazos",
    "pedir_prorrogacao",
    "responder",
    "sincronizar",
    "trocar_chave",
    "vencer_exigencias",
]
