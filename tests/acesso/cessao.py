"""Cession of property: a public catalogue, kept by the logistics of INSS."""

from __future__ import annotations

from act_portal.arquivos import deposito
from cessao.models import Imagem, Imovel, Importacao
from tests.acesso.base import TABELA_DE_CASOS, Cenario, Esperado, get, papeis, post, publico
from tests.adesao.fabricas import ArquivoFabrica
from tests.cessao.fabricas import EspacoFabrica, ImovelFabrica, dados_do_imovel

DE_FORA = {"autoridade_de_outra_regiao": 404, "logistica_de_outra_regiao": 404, "gestor_de_outra_cidade": 403}


def do_inss(situacao: int, **exceto: int) -> Esperado:
    """A page about a property of the region: of another region it does not exist."""
    quem = ("autoridade_da_regiao", "logistica_da_regiao", "superintendente", "dirofl")
    return papeis(situacao, *quem, **DE_FORA) | exceto


def da_logistica(situacao: int, **exceto: int) -> Esperado:
    outros = {"autoridade_de_outra_regiao": 403, "superintendente": 403, "dirofl": 403}
    return papeis(situacao, "logistica_da_regiao", **DE_FORA | outros) | exceto


TODO_INSS = papeis(
    200, *("autoridade_da_regiao", "logistica_da_regiao", "superintendente", "dirofl", "autoridade_de_outra_regiao"),
    "logistica_de_outra_regiao",
)  # fmt: skip
TODA_LOGISTICA = papeis(200, "logistica_da_regiao", "logistica_de_outra_regiao", superintendente=403, dirofl=403)


def _imovel(c: Cenario, **campos) -> Imovel:
    return ImovelFabrica(municipio=c.municipio, **campos)


def ficha(c: Cenario, **mais: object) -> dict:
    return {"codigo": _imovel(c).codigo, **mais}


def _espaco(c: Cenario) -> dict:
    espaco = EspacoFabrica(imovel__municipio=c.municipio)
    return {"codigo": espaco.imovel.codigo, "espaco": espaco.codigo}


def _imagem(c: Cenario, tipo: str, **campos) -> dict:
    imovel = _imovel(c, **campos)
    arquivo = ArquivoFabrica(municipio=c.municipio)
    nome = deposito.guardar(b"miniatura")
    arquivo.folhas.create(ordem=1, pdf=nome, miniatura=nome, bytes=9, sha256="0" * 64)
    quem = c.pessoas["logistica_da_regiao"]
    return {
        "codigo": Imagem.objects.create(imovel=imovel, tipo=tipo, legenda="X", arquivo=arquivo, criado_por=quem).codigo
    }


def _importacao(c: Cenario) -> dict:
    return {"codigo": Importacao.objects.create(nome_original="x.csv", autor=c.pessoas["logistica_da_regiao"]).codigo}


def _dados(c: Cenario) -> dict:
    return dados_do_imovel(ImovelFabrica.build(municipio=c.municipio, unidade=c.regiao, codigo="NOVO-1"))


SO_EM_CASA = {"logistica_de_outra_regiao": 404}

TABELA: TABELA_DE_CASOS = {
    "cessao:inicio": [get(publico(200)), get(publico(200), dados=lambda c: {"q": "x" * 300, "uf": "ZZ"})],
    "cessao:imovel": [
        get(publico(200), args=ficha),
        get(publico(404), args=lambda c: {"codigo": _imovel(c, operacional=False).codigo}),
    ],
    "cessao:imagem": [
        get(publico(200), args=lambda c: _imagem(c, "foto")),
        get(publico(200) | {"anonimo": 404}, args=lambda c: _imagem(c, "planta")),
        get(
            publico(404) | {"autoridade_da_regiao": 200, "logistica_da_regiao": 200, "dirofl": 200},
            args=lambda c: _imagem(c, "foto", operacional=False),
        ),
    ],
    "cessao:catalogo": [get(TODO_INSS)],
    "cessao:imovel-novo": [
        get(TODA_LOGISTICA),
        # The unit of another region is not among the choices.
        post(papeis(302, "logistica_da_regiao", logistica_de_outra_regiao=422, superintendente=403), dados=_dados),
    ],
    "cessao:importar": [
        get(TODA_LOGISTICA),
        post(papeis(422, "logistica_da_regiao", "logistica_de_outra_regiao", superintendente=403)),
    ],
    "cessao:importar-modelo": [get(TODA_LOGISTICA)],
    "cessao:importacao": [get(papeis(200, "logistica_da_regiao", **SO_EM_CASA), args=_importacao)],
    "cessao:exportar": [
        get(TODO_INSS, args=lambda c: {"formato": "csv"}),
        get(TODO_INSS, args=lambda c: {"formato": "xlsx"}),
        get(papeis(404, *(q for q, s in TODO_INSS.items() if s == 200)), args=lambda c: {"formato": "pdf"}),
    ],
    "cessao:ficha": [get(do_inss(200), args=ficha)],
    "cessao:imovel-corrigir": [get(da_logistica(200), args=ficha), post(da_logistica(422), args=ficha)],
    "cessao:espaco-novo": [get(da_logistica(200), args=ficha), post(da_logistica(422), args=ficha)],
    "cessao:espaco": [get(da_logistica(200), args=_espaco), post(da_logistica(422), args=_espaco)],
    "cessao:imovel-agir": [
        post(da_logistica(302), args=lambda c: ficha(c, ato="retirar"), dados=lambda c: {"motivo": "X"}),
        post(da_logistica(302), args=lambda c: ficha(c, ato="repor")),
        post(da_logistica(422), args=lambda c: ficha(c, ato="imagem")),
        post(da_logistica(404), args=lambda c: ficha(c, ato="tirar-imagem")),
        post(da_logistica(404), args=lambda c: ficha(c, ato="retirar-espaco")),
        post(da_logistica(404), args=lambda c: ficha(c, ato="outro")),
    ],
}  # fmt: skip
