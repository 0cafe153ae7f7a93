"""Agreements of before the portal: the analyst of the region registers, another person of INSS there confirms."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate, now

from adesao.demonstracao import exemplos
from adesao.models import AcordoAnterior
from tests.acesso.adesao import do_inss
from tests.acesso.base import TABELA_DE_CASOS, Cenario, get, papeis, post
from tests.adesao.fabricas import CNPJ_DA_PREFEITURA, ArquivoFabrica
from tests.fabricas import com_papel

SO_QUEM_REGISTRA = ("analista_da_regiao", "analista_de_outra_regiao")
INSS = (*SO_QUEM_REGISTRA, "autoridade_da_regiao")


def _registrado(c: Cenario, **mais) -> AcordoAnterior:
    dia = localdate() - timedelta(days=30)
    return AcordoAnterior.objects.create(
        municipio=c.municipio, unidade=c.regiao, instrumento="act", regime="rgps", cnpj=CNPJ_DA_PREFEITURA,
        numero="007/2026", assinado_em=dia, dou_data=dia, dou_secao="3", dou_pagina="9", inicio=dia,
        fim=localdate() + timedelta(days=90), servicos=exemplos.servicos_sem_duvida()[:1],
        prefeitura=exemplos.municipio(c.municipio.nome, mandato_fim=localdate()),
        ponto={"nome": "Sala", "endereco": "R", "cep": "35830000", "telefone": "", "dias": "Seg", "horario": "8h"},
        arquivo=ArquivoFabrica(municipio=c.municipio), registrado_por=com_papel("analista_inss", c.regiao), **mais,
    )  # fmt: skip


def _para_conferir(c: Cenario) -> dict:
    return {"codigo": _registrado(c).codigo}


def _para_corrigir(c: Cenario) -> dict:
    outra = com_papel("analista_inss", c.regiao)
    decidido = {"decidido_por": outra, "decidido_em": now(), "decisor_nome": "N", "motivo": "M"}
    return {"codigo": _registrado(c, situacao="devolvido", **decidido).codigo}


def _so_analista(situacao: int) -> dict:
    return do_inss(situacao, autoridade_da_regiao=403, autoridade_de_outra_regiao=403)


TABELA: TABELA_DE_CASOS = {
    "adesao:anteriores": [get(papeis(200, *INSS))],
    "adesao:novo-anterior": [
        get(papeis(200, *SO_QUEM_REGISTRA)),
        post(papeis(422, *SO_QUEM_REGISTRA)),
    ],
    "adesao:anterior": [get(do_inss(200), args=_para_conferir)],
    "adesao:corrigir-anterior": [
        get(_so_analista(200), args=_para_corrigir),
        post(_so_analista(422), args=_para_corrigir),
    ],
    "adesao:confirmar-anterior": [post(do_inss(302), args=_para_conferir)],
    "adesao:devolver-anterior": [
        post(do_inss(302), args=_para_conferir, dados=lambda c: {"motivo": "O fim é outro."}),
        post(do_inss(422), args=_para_conferir),
    ],
    "adesao:arquivo-do-anterior": [
        get(
            papeis(200, "analista_da_regiao", "autoridade_da_regiao", outros=404)
            | {"autoridade_de_outra_regiao": 404, "gestor_de_outra_cidade": 404},
            args=_para_conferir,
        )
    ],
}
