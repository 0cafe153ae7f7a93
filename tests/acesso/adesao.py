"""Adhesion of towns: the public asks, the town's managers fill in, INSS of the region reviews and decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from act_portal.arquivos import deposito
from act_portal.emissao import servicos as emissao
from adesao.habilitacao.servicos.fichas import abrir_fichas
from adesao.models import Acordo, Assinatura, Formulario, Papel, Peca, Processo
from adesao.papeis.modelos import codigo_de
from adesao.papeis.servicos import guardar
from adesao.situacoes import Situacao
from tests.acesso.base import TABELA_DE_CASOS, Cenario, Esperado, get, papeis, post, publico
from tests.adesao.fabricas import (
    ArquivoFabrica,
    PecaFabrica,
    ProcessoFabrica,
    SolicitacaoFabrica,
    emitir,
    pdf_assinado,
    preencher,
)
from tests.fabricas import EntidadeFabrica, com_papel

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
    """Given back, with every item settled."""
    processo = _processo(c, Situacao.DEVOLVIDO)
    processo.itens.update(situacao="dispensado", motivo="Não se aplica.")
    return {"codigo": processo.codigo}


# --- With INSS: whoever asks has the process, so that only the role decides -----------------------------------------
S = Situacao
ACEITO = {"decisao": "aceitar", "verificado_em": f"{localdate():%Y-%m-%d}"}


def _com_quem_pede(c: Cenario, processo: Processo) -> Processo:
    Processo.objects.filter(pk=processo.pk).update(responsavel=c.eu)
    return processo


def _em_analise(c: Cenario) -> dict:
    processo = _com_quem_pede(c, _processo(c, Situacao.EM_ANALISE))
    lei = processo.itens.get(codigo="lei-criacao")
    PecaFabrica(item=lei)
    processo.itens.filter(pk=lei.pk).update(situacao="pronto")
    return {"codigo": processo.codigo, "item": "lei-criacao"}


def cena(situacao: str, ato: str, *, meu: bool = True) -> Callable[[Cenario], dict]:
    """A process of `cenario.municipio` at the point where `ato` is possible, written straight into the rows."""

    def argumentos(c: Cenario) -> dict:
        processo = _processo(c, situacao)
        Processo.objects.filter(pk=processo.pk).update(processo_sei="35014.000001/2026-00")
        preencher(processo)
        processo.itens.update(situacao="dispensado", motivo="Não se aplica.")
        _acordo(processo)
        if meu:
            _com_quem_pede(c, processo)
        return {"codigo": processo.codigo, "ato": ato}

    return argumentos


def _com_balcao(monta: Callable[[Cenario], dict]) -> Callable[[Cenario], dict]:
    """The desk follows the services of the agreement."""

    def argumentos(c: Cenario) -> dict:
        EntidadeFabrica(municipio=c.municipio)
        return monta(c)

    return argumentos


def _acordo(processo: Processo) -> None:
    """The opinion, the approval and the agreement, by people who are not in the table."""
    quem = processo.criado_por
    assina = {"autor": quem, "nome": "N", "cargo": "C", "matricula": "1", "texto": "T", "unidade": processo.unidade}
    processo.decisoes.create(tipo="parecer", conclusao="favoravel", **assina)
    processo.decisoes.create(tipo="aprovacao", competencia="Portaria 1", **assina)
    if processo.estado in {S.ASSINATURA, S.CONFERENCIA, S.ASSINADO, S.VIGENTE}:
        em_vigor = {
            "situacao": "preparacao", "dou_data": localdate(), "dou_secao": "3", "dou_pagina": "1",
            "inicio": localdate(), "fim": localdate() + timedelta(days=9),
        } if processo.estado == S.VIGENTE else {}  # fmt: skip
        acordo = Acordo.objects.create(
            processo=processo, municipio=processo.municipio, objeto=processo.objeto, instrumento="act",
            numero="001/2026", aprovado_em=localdate(), **em_vigor,
        )  # fmt: skip
        abrir_fichas(acordo)
        instrumento = emissao.pedir(codigo_de("instrumento"), {}, municipio=processo.municipio, autor=quem)
        processo.papeis.create(especie="instrumento", documento=instrumento, base="0" * 64, autor=quem)
        for parte in ("municipio", "inss") if processo.estado == S.ASSINADO else ("municipio",):
            assinar_direto(processo, parte)


def assinar_direto(processo: Processo, parte: str) -> Assinatura:
    conferida = {"resultado": "valida", "conferido_em": localdate(), "conferido_por": processo.criado_por}
    return Assinatura.objects.create(
        acordo=processo.acordo, parte=parte, arquivo=ArquivoFabrica(municipio=processo.municipio), sha256="0" * 64,
        assinado_em=localdate(), signatario="N", signatario_cargo="C", nivel="avancada",
        enviado_por=processo.criado_por, **conferida,
    )  # fmt: skip


def _com_devolvido(c: Cenario) -> dict:
    argumentos = cena(S.EM_ANALISE, "devolver")(c)
    processo = Processo.objects.get(codigo=argumentos["codigo"])
    processo.itens.filter(codigo="lei-criacao").update(situacao="devolvido")
    return argumentos


def _com_leitura(c: Cenario) -> dict:
    processo = _processo(c, S.EM_ANALISE)
    processo.leituras.create(leitor=c.eu or processo.criado_por, pedida_por=processo.criado_por)
    return {"codigo": processo.codigo, "ato": "ler"}


def _com_leitura_pedida(c: Cenario) -> dict:
    argumentos = _com_leitura(c)
    _com_quem_pede(c, Processo.objects.get(codigo=argumentos["codigo"]))
    return {**argumentos, "ato": "dispensar-leitura"}


def _exportacao(c: Cenario) -> dict:
    processo = _processo(c)
    nome = deposito.guardar(b"PK")
    feita = processo.exportacoes.create(
        autor=processo.criado_por, arquivo=nome, sha256="0" * 64, bytes=2, pronta_em=now()
    )
    return {"codigo": feita.codigo}


def _assinado(c: Cenario) -> dict:
    argumentos = cena(S.CONFERENCIA, "")(c)
    feita = Assinatura.objects.get(acordo__processo__codigo=argumentos["codigo"])
    return {"codigo": argumentos["codigo"], "assinatura": feita.pk}


def _colega_do_inss(c: Cenario) -> dict:
    return {"leitor": com_papel("analista_inss", c.regiao).pk}


HOJE = f"{localdate():%Y-%m-%d}"
SO_ANALISTA, SO_AUTORIDADE = {"autoridade_da_regiao": 403}, {"analista_da_regiao": 403}
DECISAO = {"texto": "Fundamento.", "competencia": "Portaria 1/2026"}
ASSINADO = {"assinado_em": HOJE, "signatario": "X", "signatario_cargo": "Y", "nivel": "avancada"}
OUTROS_SERVICOS = {"servicos_0": ["salario-maternidade-rural"], "texto": "Só este."}


def sempre(dados: dict) -> Callable[[Cenario], dict]:
    return lambda c: dados


# Every act of INSS, at the point where it is possible: (process, what is typed, who of the region may not).
ATOS_POSSIVEIS: dict[str, tuple[Callable[[Cenario], dict], Callable[[Cenario], dict], dict[str, int]]] = {
    "tomar": (cena(S.ENVIADO, "tomar", meu=False), sempre({}), SO_ANALISTA),
    "ler": (_com_leitura, sempre({"concorda": "sim"}), SO_ANALISTA),
    "dispensar-leitura": (_com_leitura_pedida, sempre({}), SO_ANALISTA),
    "pedir-leitura": (cena(S.EM_ANALISE, "pedir-leitura"), _colega_do_inss, SO_ANALISTA),
    "devolver": (_com_devolvido, lambda c: {"prazo": _amanha()}, SO_ANALISTA),
    "parecer": (cena(S.EM_ANALISE, "parecer"), sempre({"conclusao": "favoravel", "texto": "X"}), SO_ANALISTA),
    "pedir-documento": (
        cena(S.EM_ANALISE, "pedir-documento"),
        sempre({"codigo": "cndt", "motivo": "X"}),
        SO_ANALISTA,
    ),
    "servicos": (cena(S.EM_ANALISE, "servicos"), sempre(OUTROS_SERVICOS), SO_ANALISTA),
    "regime": (cena(S.EM_ANALISE, "regime"), sempre({"regime": "rpps"}), SO_ANALISTA),
    "aprovar": (cena(S.INSTRUIDO, "aprovar", meu=False), sempre(DECISAO), SO_AUTORIDADE),
    "indeferir": (cena(S.INSTRUIDO, "indeferir", meu=False), sempre(DECISAO), SO_AUTORIDADE),
    "retomar": (cena(S.INSTRUIDO, "retomar"), sempre({"texto": "X"}), SO_AUTORIDADE),
    "reconsiderar": (cena(S.INDEFERIDO, "reconsiderar"), sempre({"texto": "X"}), SO_AUTORIDADE),
    "arquivar": (cena(S.DEVOLVIDO, "arquivar"), sempre({"texto": "X"}), SO_ANALISTA),
    "desarquivar": (cena(S.ARQUIVADO, "desarquivar"), sempre({"texto": "X"}), SO_ANALISTA),
    "conferir-assinatura": (
        cena(S.CONFERENCIA, "conferir-assinatura"),
        sempre({"observacao": "Há delegação.", "conferido_em": HOJE}),
        {},
    ),
    "recusar-assinatura": (
        cena(S.CONFERENCIA, "recusar-assinatura"),
        sempre({"resultado": "invalida", "conferido_em": HOJE, "observacao": "X"}),
        SO_ANALISTA,
    ),
    "assinar": (
        cena(S.CONFERENCIA, "assinar"),
        lambda c: {**ASSINADO, "conferido_em": HOJE, "arquivo": pdf_assinado(2), "declaracao": "É o mesmo papel."},
        {},
    ),
    "publicar": (
        cena(S.ASSINADO, "publicar"),
        sempre({"dou_data": HOJE, "dou_secao": "3", "dou_pagina": "1"}),
        SO_ANALISTA,
    ),
    "servicos-do-acordo": (_com_balcao(cena(S.VIGENTE, "servicos-do-acordo")), sempre(OUTROS_SERVICOS), {}),
    "repassar": (cena(S.EM_ANALISE, "repassar"), sempre({"para": ""}), {}),
    "encaminhar": (
        cena(S.EM_ANALISE, "encaminhar"),
        lambda c: {"unidade": c.regiao.acima_id, "motivo": "X"},
        {},
    ),
    "sei": (cena(S.ENVIADO, "sei"), sempre({"numero": "35014.000000/2026-00"}), {}),
    "exportar": (cena(S.ENVIADO, "exportar"), sempre({}), {}),
}


def _amanha() -> str:
    return f"{localdate() + timedelta(days=1):%Y-%m-%d}"


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
    "adesao:processo": [
        # INSS goes to its own page of the same process.
        get(do_gestor(200, analista_da_regiao=302, autoridade_da_regiao=302), args=com()),
        get(RASCUNHO, args=com(Situacao.RASCUNHO)),
    ],
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
        get(do_gestor(404, analista_da_regiao=200, autoridade_da_regiao=200), args=com_papel_feito("parecer")),
    ],
    "adesao:fila": [get(papeis(200, *INSS, autoridade_de_outra_regiao=200))],
    "adesao:analise": [get(do_inss(200), args=com()), get(do_inss(404), args=com(Situacao.RASCUNHO))],
    "adesao:preenchido": [get(do_inss(200), args=com())],
    "adesao:analise-item": [
        get(do_inss(200), args=com(item="lei-criacao")),
        get(do_inss(404), args=com(item="nao-existe")),
        post(do_inss(422), args=com(item="lei-criacao")),
        # Of the two, only who analyses decides an item.
        post(do_inss(302, autoridade_da_regiao=403), args=_em_analise, dados=lambda c: ACEITO),
    ],
    "adesao:desfazer-item": [
        post(do_inss(302, autoridade_da_regiao=403), args=lambda c: {**_em_analise(c), "item": "lei-criacao"})
    ],
    "adesao:agir": [
        *(post(do_inss(302, **so), args=cena, dados=dados) for cena, dados, so in ATOS_POSSIVEIS.values()),
        post(do_inss(422), args=com(ato="devolver")),
        post(do_inss(404), args=com(ato="nao-existe")),
    ],
    "adesao:exportacao": [get(do_inss(200), args=_exportacao)],
    "adesao:assinar": [
        get(do_gestor(200), args=com(Situacao.ASSINATURA)),
        post(do_gestor(422), args=com(Situacao.ASSINATURA)),
    ],
    "adesao:assinado": [get(dos_dois(200), args=_assinado)],
    "adesao:fazer-papel": [post(do_gestor(302), args=com(especie="oficio"))],
    "adesao:aceitar": [post(do_gestor(302), args=com(especie="minuta"), dados=lambda c: {"li": "1"})],
    "adesao:peca": [
        post(do_gestor(302), args=lambda c: {"codigo": _peca(c).codigo}, dados=lambda c: {"acao": "tirar"})
    ],
    "adesao:abrir-peca": [get(dos_dois(200), args=lambda c: {"codigo": _peca(c).codigo})],
    "adesao:miniatura": [get(dos_dois(200), args=_folha)],
}
