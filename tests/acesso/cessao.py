"""Cession of property: a public catalogue, kept by the logistics of INSS."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate, now

from act_portal.arquivos import deposito
from cessao.models import Desocupacao, Imagem, Imovel, Importacao, Papel, Peca, Pedido, Termo, Vistoria
from cessao.ocupacao.servicos import saida, vistorias
from tests.acesso.base import TABELA_DE_CASOS, Caso, Cenario, Esperado, get, papeis, post, publico
from tests.adesao.fabricas import ArquivoFabrica
from tests.cessao.fabricas import (
    Elenco,
    EspacoFabrica,
    ImovelFabrica,
    aprovado,
    assinar_aditivo,
    dados_do_imovel,
    em_analise,
    enviado,
    ocupado,
    prorrogar,
    rascunho,
    vistoriar,
)

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


# --- Requests and occupations: the town that asks, INSS of the region ------------------------------------------------
LADOS = papeis(
    200, *("gestor", "gestor_de_outra_cidade", "logistica_da_regiao", "logistica_de_outra_regiao"),
    *("autoridade_da_regiao", "autoridade_de_outra_regiao", "superintendente", "dirofl"),
)  # fmt: skip


def dos_dois(situacao: int, **exceto: int) -> Esperado:
    """What who asks and INSS of the region see alike; another town and another region know nothing of it."""
    quem = ("gestor", "logistica_da_regiao", "autoridade_da_regiao", "superintendente", "dirofl")
    de_fora = {
        "gestor_de_outra_cidade": 404,
        "logistica_de_outra_regiao": 404,
        "autoridade_de_outra_regiao": 404,
    }
    return papeis(situacao, *quem, outros=404, **de_fora) | exceto


def so(situacao: int, *quem: str, **exceto: int) -> Esperado:
    """An act of `quem`: the others of both sides are known and refused, strangers know nothing."""
    return dos_dois(403) | dict.fromkeys(quem, situacao) | exceto


def _sala(c: Cenario):
    return EspacoFabrica(imovel__municipio=c.municipio)


def pedido(c: Cenario, fazer=enviado, **mais) -> dict:
    feito = fazer(_sala(c))
    alvo = feito[0] if isinstance(feito, tuple) else feito
    return {"codigo": alvo.codigo, **mais}


def _peca(c: Cenario) -> dict:
    return {"codigo": Peca.objects.filter(item__pedido__codigo=pedido(c)["codigo"]).first().codigo}


def _papel(c: Cenario) -> dict:
    codigo = pedido(c)["codigo"]
    return {"codigo": codigo, "papel": Papel.objects.get(pedido__codigo=codigo).pk}


def _assinado(c: Cenario) -> dict:
    termo = _termo(c)
    return {"codigo": termo.pedido.codigo, "assinatura": termo.assinaturas.first().pk}


def _em_analise_de_quem_pede(c: Cenario) -> dict:
    feito, _ = em_analise(_sala(c))
    Pedido.objects.filter(pk=feito.pk).update(responsavel=c.eu)
    return {"codigo": feito.codigo, "item": "oficio"}


def _obra(c: Cenario) -> dict:
    feito = rascunho(_sala(c), obras=["Divisória"])
    Pedido.objects.filter(pk=feito.pk).update(situacao="devolvido", enviado_em=now())
    return {"codigo": feito.codigo, "obra": feito.obras.get().pk}


def _obra_de_quem_analisa(c: Cenario) -> dict:
    feito, _ = em_analise(_sala(c), obras=["Divisória"])
    Pedido.objects.filter(pk=feito.pk).update(responsavel=c.eu)
    return {"codigo": feito.codigo, "obra": feito.obras.get().pk}


def _achado(c: Cenario, *, fim: bool = False) -> dict:
    feito, _ = em_analise(_sala(c))
    arquivo = ArquivoFabrica(municipio=c.municipio)
    nome = deposito.guardar(b"miniatura")
    arquivo.folhas.create(ordem=1, pdf=nome, miniatura=nome, bytes=9, sha256="0" * 64)
    feito.achados.update(arquivo=arquivo)
    if fim:
        Pedido.objects.filter(pk=feito.pk).update(encerrado_em=now())
    return {"codigo": feito.codigo, "achado": feito.achados.get().codigo}


def _achado_de_quem_analisa(c: Cenario) -> dict:
    feito, _ = em_analise(_sala(c))
    Pedido.objects.filter(pk=feito.pk).update(responsavel=c.eu)
    return {"codigo": feito.codigo, "achado": feito.achados.get().codigo}


def _sem_termo(c: Cenario, **mais) -> dict:
    """Refused, the appeal judged, and still inside."""
    feito = enviado(_sala(c), tipo="regularizacao", ocupado_desde=localdate() - timedelta(days=90))
    Pedido.objects.filter(pk=feito.pk).update(situacao="negado", encerrado_em=now())
    Desocupacao.objects.create(pedido=feito)
    return {"codigo": feito.codigo, **mais}


def _vencido(c: Cenario, **mais) -> dict:
    feito = _termo(c)
    Termo.objects.filter(pk=feito.pk).update(situacao="vencido")
    return {"codigo": feito.pedido.codigo, **mais}


def _retomado(c: Cenario, **mais) -> dict:
    feito, elenco = ocupado(_sala(c))
    saida.revogar(feito.pk, texto="X", competencia="Y", autor=elenco.superintendente)
    return {"codigo": feito.pedido.codigo, **mais}


def _encerrado(c: Cenario, **mais) -> dict:
    feito, elenco = ocupado(_sala(c))
    final = vistoriar(feito, "devolucao", elenco)
    vistorias.assinar(final.pk, aceite="pleno", autor=feito.pedido.criado_por)
    saida.encerrar(feito.pk, chaves=2, autor=elenco.logistica)
    return {"codigo": feito.pedido.codigo, **mais}


def _termo(c: Cenario):
    return ocupado(_sala(c))[0]


def termo(c: Cenario, **mais) -> dict:
    return {"codigo": _termo(c).pedido.codigo, **mais}


def _prorrogado(c: Cenario, **mais) -> dict:
    feito, elenco = ocupado(_sala(c))
    assinar_aditivo(prorrogar(feito, elenco), elenco)
    return {"codigo": feito.pedido.codigo, **mais}


def _vistoria(c: Cenario) -> Vistoria:
    feito = _termo(c)
    return vistoriar(feito, "periodica", Elenco(feito.espaco))


def vistoria(c: Cenario, **mais) -> dict:
    return {"codigo": _vistoria(c).codigo, **mais}


def _ambiente(c: Cenario) -> dict:
    feita = _vistoria(c)
    return {"codigo": feita.codigo, "ambiente": feita.ambientes.first().pk}


def _dano(c: Cenario) -> dict:
    feita = _vistoria(c)
    return {"codigo": feita.codigo, "dano": feita.danos.create(descricao="Porta quebrada.").pk}


def _exportacao() -> list[Caso]:
    ninguem = papeis(404, *(quem for quem, resposta in TODO_INSS.items() if resposta == 200))
    return [
        get(TODO_INSS, args=lambda c: {"formato": "csv"}),
        get(TODO_INSS, args=lambda c: {"formato": "xlsx"}),
        get(ninguem, args=lambda c: {"formato": "pdf"}),
    ]


def _foto(c: Cenario) -> dict:
    foto = _vistoria(c).ambientes.first().fotos.first()
    nome = deposito.guardar(b"miniatura")
    foto.arquivo.folhas.create(ordem=1, pdf=nome, miniatura=nome, bytes=9, sha256="0" * 64)
    return {"codigo": foto.codigo}


JULGAR = {"logistica_da_regiao": 302, "logistica_de_outra_regiao": 404, "autoridade_de_outra_regiao": 404}
EDITAR = {"gestor": 200, "gestor_de_outra_cidade": 404, "logistica_da_regiao": 404, "logistica_de_outra_regiao": 404}
RASCUNHO = dos_dois(404) | {"gestor": 200}
QUEM_PEDE = {"gestor": 200, "gestor_de_outra_cidade": 200, "logistica_da_regiao": 200, "logistica_de_outra_regiao": 404}
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
    "cessao:importar-modelo-espacos": [get(TODA_LOGISTICA)],
    "cessao:importacao": [get(papeis(200, "logistica_da_regiao", **SO_EM_CASA), args=_importacao)],
    "cessao:exportar": [
        get(TODO_INSS, args=lambda c: {"formato": "csv"}),
        get(TODO_INSS, args=lambda c: {"formato": "xlsx"}),
        get(papeis(404, *(q for q, s in TODO_INSS.items() if s == 200)), args=lambda c: {"formato": "pdf"}),
    ],
    "cessao:exportar-espacos": [
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
    "cessao:posso-pedir": [
        get(publico(200)),
        get(publico(200), dados=lambda c: {"imovel": "reserva", "esfera": "privada", "finalidade": "outra"}),
    ],
    "cessao:pedidos": [get(LADOS)],
    "cessao:pedir": [
        get(papeis(403) | QUEM_PEDE, args=lambda c: {"espaco": _sala(c).codigo}),
        post(
            papeis(403) | QUEM_PEDE | {"gestor": 422, "gestor_de_outra_cidade": 422, "logistica_da_regiao": 422},
            args=lambda c: {"espaco": _sala(c).codigo},
        ),
    ],
    "cessao:pedido": [get(dos_dois(200), args=pedido), get(RASCUNHO, args=lambda c: pedido(c, rascunho))],
    "cessao:pedido-editar": [
        get(papeis(403, "gestor", outros=403) | EDITAR, args=lambda c: pedido(c, rascunho)),
        post(papeis(403, outros=403) | EDITAR | {"gestor": 422}, args=lambda c: pedido(c, rascunho)),
    ],
    "cessao:agir": [
        post(so(302, "gestor"), args=lambda c: pedido(c, ato="desistir"), dados=lambda c: {"motivo": "X"}),
        post(so(302, "logistica_da_regiao"), args=lambda c: pedido(c, ato="tomar")),
        post(
            so(422, "superintendente", "dirofl"), args=lambda c: pedido(c, ato="retomar"),
            dados=lambda c: {"texto": "X"},
        ),
        post(so(422, "dirofl"), args=lambda c: pedido(c, aprovado, ato="manter"),
             dados=lambda c: {"texto": "X", "competencia": "Y"}),
        post(dos_dois(404), args=lambda c: pedido(c, ato="outro")),
        post(
            so(302, "logistica_da_regiao", "superintendente"), args=lambda c: _sem_termo(c, ato="avisar-saida"),
            dados=lambda c: {"texto": "Saia."},
        ),
        post(
            so(302, "logistica_da_regiao", "superintendente"), args=lambda c: _sem_termo(c, ato="desocupado"),
            dados=lambda c: {"dia": localdate().isoformat(), "texto": "Vazia."},
        ),
    ],
    "cessao:item": [
        get(dos_dois(200), args=lambda c: pedido(c, item="oficio")),
        post(so(302, "gestor"), args=lambda c: pedido(c, item="oficio")),
    ],
    "cessao:julgar": [
        post(
            papeis(403, "superintendente", "dirofl") | JULGAR,
            args=_em_analise_de_quem_pede, dados=lambda c: {"decisao": "aceito"},
        ),
    ],
    "cessao:peca": [get(dos_dois(200), args=_peca)],
    "cessao:tirar-peca": [post(so(302, "gestor"), args=_peca)],
    "cessao:julgar-obra": [
        post(
            papeis(403, "superintendente", "dirofl") | JULGAR,
            args=_obra_de_quem_analisa, dados=lambda c: {"decisao": "aceita", "desfaz": "sim"},
        ),
    ],
    "cessao:tirar-obra": [post(so(302, "gestor"), args=_obra)],
    # With the opinion: the town reads it once it was decided.
    "cessao:foto-do-parecer": [
        get(dos_dois(200) | {"gestor": 404, "autoridade_da_regiao": 404}, args=_achado),
        get(dos_dois(200), args=lambda c: _achado(c, fim=True)),
    ],
    "cessao:tirar-achado": [
        post(
            papeis(403, "logistica_da_regiao") | JULGAR | {"autoridade_de_outra_regiao": 403},
            args=_achado_de_quem_analisa,
        ),
    ],
    # Still being drawn: back to the request, with a word.
    "cessao:papel": [get(dos_dois(302), args=_papel)],
    "cessao:assinado": [get(dos_dois(200), args=_assinado)],
    "cessao:cessoes": [get(LADOS)],
    "cessao:termo": [get(dos_dois(200), args=termo), get(dos_dois(404), args=pedido)],
    "cessao:termo-agir": [
        post(
            so(302, "gestor"), args=lambda c: termo(c, ato="prorrogar"),
            dados=lambda c: {"meses": "6", "justificativa": "X"},
        ),
        post(so(302, "logistica_da_regiao"), args=lambda c: termo(c, ato="notificar"), dados=lambda c: {"texto": "X"}),
        post(
            so(302, "superintendente", "dirofl"), args=lambda c: termo(c, ato="revogar"),
            dados=lambda c: {"texto": "X", "competencia": "Y"},
        ),
        post(
            so(302, "logistica_da_regiao", "superintendente"), args=lambda c: _vencido(c, ato="cobrar"),
            dados=lambda c: {"texto": "Devolva."},
        ),
        post(
            so(302, "logistica_da_regiao"), args=lambda c: _retomado(c, ato="publicar-retomada"),
            dados=lambda c: {"dou_data": localdate().isoformat(), "dou_secao": "3", "dou_pagina": "98"},
        ),
        post(
            so(302, "logistica_da_regiao"), args=lambda c: _encerrado(c, ato="trocar-quem-assina"),
            dados=lambda c: {"assina": c.pessoas["superintendente"].pk},
        ),
        # A file is missing: said to who may send it, and to those who sign for INSS.
        post(dos_dois(422), args=lambda c: _encerrado(c, ato="assinar-encerramento")),
        post(
            so(302, "logistica_da_regiao"), args=lambda c: _prorrogado(c, ato="publicar-prorrogacao"),
            dados=lambda c: {"dou_data": localdate().isoformat(), "dou_secao": "3", "dou_pagina": "98"},
        ),
        post(dos_dois(404), args=lambda c: termo(c, ato="outro")),
    ],
    "cessao:vistoria": [get(dos_dois(200), args=vistoria)],
    "cessao:vistoria-agir": [
        post(so(302, "gestor"), args=lambda c: vistoria(c, ato="assinar"), dados=lambda c: {"aceite": "pleno"}),
        post(so(302, "logistica_da_regiao"), args=lambda c: vistoria(c, ato="desfazer")),
        post(dos_dois(404), args=lambda c: vistoria(c, ato="outro")),
    ],
    "cessao:fotos": [post(dos_dois(302), args=_ambiente)],
    "cessao:tirar-ambiente": [post(so(302, "logistica_da_regiao"), args=_ambiente)],
    "cessao:tirar-dano": [post(so(302, "logistica_da_regiao"), args=_dano)],
    "cessao:foto": [get(dos_dois(200), args=_foto)],
    "cessao:tirar-foto": [post(so(302, "logistica_da_regiao"), args=_foto)],
    "cessao:regiao": [get(TODO_INSS)],
    "cessao:regiao-exportar": _exportacao(),
    "cessao:cessoes-exportar": _exportacao(),
}  # fmt: skip
