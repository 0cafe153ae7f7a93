"""Which town stands where, and the steps that brought it there, in days before today."""

from __future__ import annotations

from dataclasses import dataclass

from act_portal.demonstracao.lugares import BELO_VALE, JABOTICATUBAS

Passos = tuple[tuple[int, str], ...]
PRONTO = ((62, "comecar"), (60, "preencher"), (57, "completar"), (56, "enviar"))
CONFERIDO = (*PRONTO, (52, "tomar"), (45, "aceitar_tudo"))
DECIDIDO = (*CONFERIDO, (40, "dar_parecer"), (35, "aprovar"))


@dataclass(frozen=True)
class Historia:
    municipio: str
    regime: str
    passos: Passos
    instrumento: str = "act"


HISTORIAS = (
    # Being filled in: half of the forms, one certificate.
    Historia("3154804", "rgps", ((6, "comecar"), (5, "preencher"), (4, "comecar_documentos"))),
    # Just received; its certificate ends soon.
    Historia("3136603", "rpps", ((14, "comecar"), (12, "preencher"), (10, "completar_quase_vencida"), (9, "enviar"))),
    # Under review, half looked at, with a colleague asked to read.
    Historia(
        "3105004", "rpps",
        ((34, "comecar"), (30, "preencher"), (26, "completar"), (25, "enviar"), (21, "tomar"), (8, "aceitar_metade")),
    ),
    Historia("3168309", "rgps", (*CONFERIDO[:-1], (12, "aceitar_tudo"), (3, "pedir_leitura"))),
    # Returned with two items and one more document, the first already answered.
    Historia(
        "3159001", "rgps",
        (*CONFERIDO, (20, "devolver_dois"), (4, "responder_um")),
    ),
    Historia("3142304", "rpps_extincao", (*CONFERIDO, (11, "devolver_dois"), (9, "responder"), (7, "aceitar_tudo"),
                                          (5, "dar_parecer"))),
    Historia("3153905", "rgps", (*DECIDIDO,)),
    Historia("3108107", "rgps", (*DECIDIDO, (6, "assinar_municipio")), instrumento="termo_adesao"),
    Historia("3120607", "rpps", (*DECIDIDO, (20, "assinar_municipio"), (15, "conferir"), (10, "assinar_inss"))),
    Historia("3155306", "rgps", (*DECIDIDO, (30, "assinar_municipio"), (28, "conferir"), (25, "assinar_inss"),
                                 (18, "publicar"))),
    # In force for a while: people trained and enabled, the desk open; one more person still on the way.
    # Open for months and asleep: nobody files anything.
    Historia("3125903", "rgps", (*(((d + 300), p) for d, p in DECIDIDO), (326, "assinar_municipio"), (324, "conferir"),
                                 (322, "assinar_inss"), (318, "publicar"), (310, "comprovar"), (306, "confirmar"),
                                 (304, "confirmar_ponto"), (1, "medir"))),
    Historia("3140159", "rgps", (*(((d + 40), p) for d, p in DECIDIDO), (66, "assinar_municipio"), (64, "conferir"),
                                 (62, "assinar_inss"), (58, "publicar"), (50, "comprovar"), (46, "confirmar"),
                                 (44, "confirmar_ponto"), (12, "notificar"), (4, "responder_notificacao"),
                                 (3, "comprovar_mais_uma"), (1, "medir"))),
    # Denounced by the town, ended, the closing term signed by the town and waiting for INSS; renewed once before.
    Historia("3117876", "rgps", (*(((d + 300), p) for d, p in DECIDIDO), (326, "assinar_municipio"), (324, "conferir"),
                                 (322, "assinar_inss"), (318, "publicar"), (310, "comprovar"), (306, "confirmar"),
                                 (304, "confirmar_ponto"), (220, "pedir_prorrogacao"), (215, "aprovar_prorrogacao"),
                                 (210, "assinar_aditivo"), (200, "publicar_aditivo"), (150, "denunciar"),
                                 (20, "encerrar"), (10, "fazer_encerramento"), (6, "assinar_encerramento"))),
    Historia("3150406", "rgps", (*CONFERIDO, (30, "dar_parecer_contra"), (24, "indeferir"))),
    Historia("3132206", "rgps", (*PRONTO, (30, "desistir"))),
    Historia("3109006", "rpps", (*CONFERIDO, (44, "devolver_dois"), (8, "arquivar"))),
)  # fmt: skip

# Where the desk of the demonstration works already, under an agreement that was signed before the portal.
ANTERIORES = tuple(
    Historia(codigo, "rgps", ((120, "registrar_anterior"), (118, "confirmar_anterior"), (110, "indicar_quem_atende"),
                              (108, "comprovar"), (104, "confirmar"), (1, "medir")))
    for codigo in (JABOTICATUBAS, BELO_VALE)
)  # fmt: skip
