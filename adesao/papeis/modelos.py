"""The papers of the adhesion. A change of wording after release is a new version, never an edit of an old one."""

from __future__ import annotations

from act_portal.emissao.fotos import fotos_do_papel
from act_portal.emissao.modelos import Modelo, registrar_modelo
from adesao.models import Papel

MODELOS = (
    Modelo(
        codigo="adesao-oficio",
        versao="1",
        titulo="Ofício de manifestação de interesse",
        template="papeis/adesao/oficio.html",
    ),
    Modelo(
        codigo="adesao-estrutura",
        versao="1",
        titulo="Declaração de estrutura mínima",
        template="papeis/adesao/estrutura.html",
        recursos=fotos_do_papel,
    ),
    Modelo(
        codigo="adesao-indicacao",
        versao="1",
        titulo="Indicação de representantes",
        template="papeis/adesao/indicacao.html",
    ),
    Modelo(
        codigo="adesao-minuta",
        versao="1",
        titulo="Minuta do acordo",
        template="papeis/adesao/minuta.html",
    ),
    Modelo(
        codigo="adesao-plano",
        versao="1",
        titulo="Plano de trabalho",
        template="papeis/adesao/plano.html",
    ),
    Modelo(
        codigo="adesao-aceite",
        versao="1",
        titulo="Declaração de aceite da minuta e do plano de trabalho",
        template="papeis/adesao/aceite.html",
    ),
    Modelo(codigo="adesao-parecer", versao="1", titulo="Parecer técnico", template="papeis/adesao/parecer.html"),
    Modelo(codigo="adesao-decisao", versao="1", titulo="Decisão", template="papeis/adesao/decisao.html"),
    Modelo(
        codigo="adesao-instrumento",
        versao="1",
        titulo="Acordo",
        template="papeis/adesao/instrumento.html",
    ),
    Modelo(
        codigo="adesao-extrato",
        versao="1",
        titulo="Extrato para publicação",
        template="papeis/adesao/extrato.html",
    ),
    Modelo(
        codigo="adesao-conferencia",
        versao="1",
        titulo="Lista de conferência",
        template="papeis/adesao/conferencia.html",
    ),
    Modelo(
        codigo="adesao-tcms",
        versao="1",
        titulo="Termo de Compromisso e de Manutenção de Sigilo",
        template="papeis/adesao/tcms.html",
    ),
    Modelo(
        codigo="adesao-seguranca",
        versao="1",
        titulo="Termo de ciência: segurança no dia a dia",
        template="papeis/adesao/seguranca.html",
    ),
    Modelo(
        codigo="adesao-termo-aceite",
        versao="1",
        titulo="Termo de aceite ao acordo",
        template="papeis/adesao/termo_aceite.html",
    ),
    Modelo(codigo="adesao-notificacao", versao="1", titulo="Notificação", template="papeis/adesao/notificacao.html"),
    Modelo(codigo="adesao-aditivo", versao="1", titulo="Termo aditivo", template="papeis/adesao/aditivo.html"),
    Modelo(
        codigo="adesao-encerramento",
        versao="1",
        titulo="Termo de encerramento",
        template="papeis/adesao/encerramento.html",
    ),
)


def codigo_de(especie: Papel.Especie | str) -> str:
    return f"adesao-{especie}"


def registrar() -> None:
    for modelo in MODELOS:
        registrar_modelo(modelo)
