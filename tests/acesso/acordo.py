"""The agreement in force: the town's managers prove and ask, the analyst confirms, the authority decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import localdate

from adesao.models import Comprovacao, Habilitacao
from tests.acesso.acordo_atos import ATOS_POSSIVEIS, arquivo, do_acordo
from tests.acesso.adesao import HOJE, do_gestor, dos_dois
from tests.acesso.base import TABELA_DE_CASOS, Cenario, get, papeis, post
from tests.adesao.fabricas import ArquivoFabrica


def com_acordo(c: Cenario) -> dict:
    return {"codigo": do_acordo(c).acordo.processo.codigo}


def com_ato(ato: str) -> Callable[[Cenario], dict]:
    return lambda c: {**com_acordo(c), "ato": ato}


def _pessoa(c: Cenario) -> dict:
    return {"codigo": do_acordo(c).codigo}


def _requisito(c: Cenario) -> dict:
    return {**_pessoa(c), "requisito": "tcms"}


def _comprovacao(c: Cenario) -> dict:
    pessoa = do_acordo(c)
    enviado = ArquivoFabrica(municipio=c.municipio)
    feita = Comprovacao.objects.create(
        habilitacao=pessoa, requisito="tcms", em=localdate(), arquivo=enviado,
        enviada_por=pessoa.acordo.processo.criado_por,
    )  # fmt: skip
    return {"codigo": feita.codigo}


def _ponto(c: Cenario) -> dict:
    # Of the only town of the region with an agreement.
    return {
        "ponto": Habilitacao.objects.latest("pk").acordo.processo.pontos.get().pk,
        "em": HOJE,
        "texto": "Visita.",
    }


CERTIFICADO = {"em": HOJE, "ate": f"{localdate() + timedelta(days=90):%Y-%m-%d}", "texto": "X"}


def _do_inss_de(situacao: int) -> dict:
    """Of INSS only the analyst; the town sees the page and does not act."""
    return papeis(
        situacao, "analista_da_regiao", outros=404, autoridade_da_regiao=403, gestor=403, gestor_de_outra_cidade=404,
        analista_de_outra_regiao=404, autoridade_de_outra_regiao=404,
    )  # fmt: skip


TABELA: TABELA_DE_CASOS = {
    "adesao:meu-acordo": [get(papeis(302, "gestor", gestor_de_outra_cidade=302))],
    "adesao:acordo": [get(dos_dois(200), args=com_acordo)],
    "adesao:agir-acordo": [
        post(_do_inss_de(302), args=com_ato("confirmar-estrutura"), dados=_ponto),
        post(dos_dois(422), args=com_ato("confirmar-estrutura")),
        post(dos_dois(404), args=com_ato("nao-existe")),
        *(
            post(dos_dois(403) | dict.fromkeys(quem, 302), args=args, dados=dados)
            for args, dados, quem in ATOS_POSSIVEIS
        ),
    ],
    "adesao:arquivo-do-acordo": [
        get(dos_dois(200), args=arquivo),
        get(dos_dois(404), args=lambda c: {**com_acordo(c), "de": "outra", "pk": 1}),
    ],
    "adesao:indicar": [get(do_gestor(200), args=com_acordo), post(do_gestor(422), args=com_acordo)],
    "adesao:habilitacao": [get(dos_dois(200), args=_pessoa)],
    "adesao:enviar-comprovacao": [
        post(do_gestor(302), args=lambda c: {**_pessoa(c), "requisito": "certificado"}, dados=lambda c: CERTIFICADO),
        post(do_gestor(422), args=_requisito),
    ],
    "adesao:fazer-termo": [post(do_gestor(302), args=_requisito)],
    "adesao:termo": [get(dos_dois(404), args=_requisito)],
    "adesao:desligar": [
        post(do_gestor(302, analista_da_regiao=302), args=_pessoa, dados=lambda c: {"motivo": "Saiu."})
    ],
    "adesao:abrir-comprovacao": [get(dos_dois(200), args=_comprovacao)],
    "adesao:confirmar-comprovacao": [post(_do_inss_de(302), args=_comprovacao)],
    "adesao:recusar-comprovacao": [
        post(_do_inss_de(302), args=_comprovacao, dados=lambda c: {"motivo": "Ilegível."}),
        post(_do_inss_de(422), args=_comprovacao),
    ],
}


def _numeros(c: Cenario) -> dict:
    return {"codigo_ibge": c.municipio.pk}


def _dos_numeros(situacao: int) -> dict:
    """The town's manager and INSS above it; for all others the page does not exist."""
    fora = {"analista_de_outra_regiao": 404, "autoridade_de_outra_regiao": 404, "gestor_de_outra_cidade": 404}
    return papeis(situacao, "gestor", "analista_da_regiao", "autoridade_da_regiao", outros=404, **fora)


REGIAO = papeis(
    200, "analista_da_regiao", "analista_de_outra_regiao", "autoridade_da_regiao", autoridade_de_outra_regiao=200
)
TABELA |= {
    "adesao:meus-numeros": [get(papeis(302, "gestor", gestor_de_outra_cidade=302))],
    "adesao:numeros": [get(_dos_numeros(200), args=_numeros)],
    "adesao:exportar-numeros": [
        get(_dos_numeros(200), args=lambda c: {**_numeros(c), "quadro": "pessoas", "formato": "csv"})
    ],
    "adesao:regiao": [get(REGIAO)],
    "adesao:exportar-regiao": [get(REGIAO, args=lambda c: {"quadro": "acordos", "formato": "xlsx"})],
}
