"""Adhesion of towns: the public asks, the town's managers fill in, INSS of the region reviews and decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from act_portal.arquivos import deposito
from adesao.models import Formulario, Papel, Peca, Processo
from adesao.papeis.servicos import guardar
from adesao.situacoes import Situacao
from tests.acesso.base import TABELA_DE_CASOS, Cenario, Esperado, get, papeis, post, publico
from tests.adesao.fabricas import PecaFabrica, ProcessoFabrica, SolicitacaoFabrica, emitir, pronto_para_enviar

INSS = ("analista_da_regiao", "analista_de_outra_regiao", "autoridade_da_regiao")


def _solicitacao(c: Cenario) -> dict:
    return {"codigo": SolicitacaoFabrica(municipio=c.municipio).codigo}


def do_inss(situacao: int, **exceto: int) -> Esperado:
    """A page about `cenario.municipio` for INSS: of another region it does not exist; the town is no reader of it."""
    de_fora = {"analista_de_outra_regiao": 404, "autoridade_de_outra_regiao": 404, "gestor_de_outra_cidade": 403}
    return papeis(situacao, "analista_da_regiao", "autoridade_da_regiao", **de_fora) | exceto


def do_gestor(situacao: int, **exceto: int) -> Esperado:
    """A page of the town's own, of a process that INSS sees too and does not fill in."""
    de_fora = {"analista_de_outra_regiao": 404, "autoridade_de_outra_regiao": 404, "gestor_de_outra_cidade": 404}
    ve = {"analista_da_regiao": 403, "autoridade_da_regiao": 403}
    return papeis(situacao, "gestor", outros=404, **de_fora) | ve | exceto


def dos_dois(situacao: int, **exceto: int) -> Esperado:
    """What the town and INSS of the region see alike."""
    return do_gestor(situacao, analista_da_regiao=situacao, autoridade_da_regiao=situacao) | exceto


def _processo(c: Cenario, situacao: str = Situacao.ENVIADO) -> Processo:
    return ProcessoFabrica(municipio=c.municipio, situacao=situacao)


def com(situacao: str = Situacao.DEVOLVIDO, **mais: Any) -> Callable[[Cenario], dict]:
    """The arguments of a route about one process of `cenario.municipio`."""
    return lambda c: {"codigo": _processo(c, situacao).codigo, **mais}


def _com_ponto(c: Cenario) -> dict:
    processo = _processo(c)
    return {"codigo": processo.codigo, "ponto": processo.pontos.create(nome="Sala", cep="35830000").codigo}


def _com_pessoa(c: Cenario) -> dict:
    processo = _processo(c)
    pessoa = processo.representantes.create(nome="Fictícia", cpf="52998224725", acesso_em_outra=False)
    return {"codigo": processo.codigo, "pessoa": pessoa.codigo}


def _peca(c: Cenario) -> Peca:
    return PecaFabrica(item=_processo(c).itens.get(codigo="lei-criacao"))


def _folha(c: Cenario) -> dict:
    nome = deposito.guardar(b"miniatura")
    dados = {"ordem": 1, "pdf": nome, "miniatura": nome, "bytes": 9, "sha256": "0" * 64}
    return {"codigo": _peca(c).arquivo.folhas.create(**dados).codigo}


def com_papel_feito(especie: str) -> Callable[[Cenario], dict]:
    def montar(c: Cenario) -> dict:
        processo = _processo(c)
        guardar(processo, Papel.Especie(especie), {}, base="x", autor=processo.criado_por)
        emitir(processo)
        return {"codigo": processo.codigo, "especie": especie}

    return montar


def _pronto(c: Cenario) -> dict:
    """Sent once and given back, so that INSS of the region sees it: everything is ready again."""
    processo = pronto_para_enviar(municipio=c.municipio)
    Processo.objects.filter(pk=processo.pk).update(situacao=Situacao.DEVOLVIDO, enviado_em="2026-11-01T12:00Z")
    return {"codigo": processo.codigo}


RASCUNHO = do_gestor(200, analista_da_regiao=404, autoridade_da_regiao=404)

TABELA: TABELA_DE_CASOS = {
    "adesao:inicio": [get(publico(200))],
    "adesao:pedir-acesso": [get(publico(200)), post(publico(422))],
    "adesao:confirmar-acesso": [
        get(publico(410)),
        get(publico(410), dados=lambda c: {"chave": "forjada"}),
        post(publico(410)),
    ],
    "adesao:acessos": [get(papeis(200, *INSS, autoridade_de_outra_regiao=200))],
    "adesao:acesso": [get(do_inss(200), args=_solicitacao)],
    "adesao:aprovar-acesso": [post(do_inss(302), args=_solicitacao)],
    "adesao:recusar-acesso": [
        post(do_inss(302), args=_solicitacao, dados=lambda c: {"motivo": "Falta a portaria."}),
        post(do_inss(422), args=_solicitacao),
    ],
    "adesao:prova-do-acesso": [get(do_inss(200), args=_solicitacao)],
    "adesao:pedido": [
        get(papeis(200, "gestor", gestor_de_outra_cidade=200)),
        post(papeis(422, "gestor")),
    ],
    "adesao:processo": [get(do_gestor(200), args=com()), get(RASCUNHO, args=com(Situacao.RASCUNHO))],
    "adesao:tipo": [
        get(do_gestor(200), args=com()),
        get(RASCUNHO, args=com(Situacao.RASCUNHO)),
        post(do_gestor(422), args=com()),
    ],
    # A refused move answers 302 with the reason on the page: what changes is who may ask for it.
    "adesao:enviar": [post(do_gestor(302), args=com())],
    "adesao:reenviar": [post(do_gestor(302), args=_pronto)],
    "adesao:desistir": [post(do_gestor(302), args=com(), dados=lambda c: {"motivo": "Sem servidores."})],
    "adesao:historico": [get(dos_dois(200), args=com())],
    "adesao:formulario": [
        *(get(do_gestor(200), args=com(tipo=tipo.value)) for tipo in Formulario.Tipo),
        post(do_gestor(422), args=com(tipo="municipio")),
        get(do_gestor(404), args=com(tipo="outro")),
    ],
    "adesao:rascunho": [post(do_gestor(200), args=com(tipo="municipio"), dados=lambda c: {"versao": "0"})],
    "adesao:pontos": [get(do_gestor(200), args=com())],
    "adesao:ponto-novo": [get(do_gestor(200), args=com()), post(do_gestor(422), args=com())],
    "adesao:ponto": [get(do_gestor(200), args=_com_ponto), post(do_gestor(422), args=_com_ponto)],
    "adesao:tirar-ponto": [post(do_gestor(302), args=_com_ponto)],
    "adesao:pessoas": [get(do_gestor(200), args=com())],
    "adesao:pessoa-nova": [get(do_gestor(200), args=com()), post(do_gestor(422), args=com())],
    "adesao:pessoa": [get(do_gestor(200), args=_com_pessoa), post(do_gestor(422), args=_com_pessoa)],
    "adesao:tirar-pessoa": [post(do_gestor(302), args=_com_pessoa)],
    "adesao:item": [
        get(do_gestor(200), args=com(item="lei-criacao")),
        get(do_gestor(404), args=com(item="nao-existe")),
        post(do_gestor(422), args=com(item="regularidade-federal")),
    ],
    "adesao:item-partes": [get(do_gestor(200), args=com(item="lei-criacao"))],
    "adesao:juntar": [post(do_gestor(302), args=com(item="lei-criacao"))],
    "adesao:responder": [post(do_gestor(422), args=com(item="lei-criacao"))],
    "adesao:papel": [
        get(dos_dois(200), args=com_papel_feito("minuta")),
        get(dos_dois(404), args=com(especie="minuta")),
    ],
    "adesao:fazer-papel": [post(do_gestor(302), args=com(especie="oficio"))],
    "adesao:aceitar": [post(do_gestor(302), args=com(especie="minuta"), dados=lambda c: {"li": "1"})],
    "adesao:peca": [
        post(do_gestor(302), args=lambda c: {"codigo": _peca(c).codigo}, dados=lambda c: {"acao": "tirar"})
    ],
    "adesao:abrir-peca": [get(dos_dois(200), args=lambda c: {"codigo": _peca(c).codigo})],
    "adesao:miniatura": [get(dos_dois(200), args=_folha)],
}
