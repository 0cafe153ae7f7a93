"""The desk: the town's clerks work; for everybody else the case does not exist, and for INSS not until it is sent.

Here nothing was sent yet: what the analyst of the region reaches afterwards is in `test_quem_so_le.py`.
"""

from __future__ import annotations

import uuid

from django.utils.timezone import now

from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.servicos import guardar_versao
from requerimentos.models import Atendimento, Celular, FolhaDevolvida, Pessoa, Representante, Requerimento, Retorno
from requerimentos.papeis.servicos import fazer_conjunto
from tests.acesso.base import TABELA_DE_CASOS, Caso, Cenario, equipe, get, papeis, post, so_da_cidade
from tests.fabricas import BalcaoFabrica
from tests.requerimentos.fabricas import AtendimentoFabrica, PessoaFabrica, RepresentanteFabrica, RequerimentoFabrica
from tests.requerimentos.fabricas_envio import peca_pronta, pedido_sem_documentos


def _atendimento_daqui(c: Cenario) -> Atendimento:
    return AtendimentoFabrica(balcao=BalcaoFabrica(entidade__municipio=c.municipio))


def _requerimento_daqui(c: Cenario) -> Requerimento:
    return RequerimentoFabrica(atendimento=_atendimento_daqui(c))


def _pessoa(c: Cenario) -> dict:
    pessoa: Pessoa = PessoaFabrica(municipio=c.municipio)
    return {"pk": pessoa.pk}


def _representante(c: Cenario) -> dict:
    representante: Representante = RepresentanteFabrica(pessoa__municipio=c.municipio)
    return {"pk": representante.pk}


def _atendimento(c: Cenario) -> dict:
    return {"codigo": _atendimento_daqui(c).codigo}


def _conversa(c: Cenario) -> dict:
    return {"codigo": _atendimento_daqui(c).codigo, "pergunta": "assunto"}


def _servico(c: Cenario) -> dict:
    return {"codigo": _atendimento_daqui(c).codigo, "servico_codigo": "salario-maternidade-rural"}


def _no_catalogo(c: Cenario) -> dict:
    return {"servico_codigo": "ctc"}


def _duas_versoes(c: Cenario) -> dict:
    versao = guardar_versao(carregar().servico("ctc")).versao
    return {"de": versao, "para": versao}


def _requerimento(c: Cenario) -> dict:
    return {"codigo": _requerimento_daqui(c).codigo}


def _papel(c: Cenario) -> dict:
    """Still to be drawn, so whoever may see it is sent back to its page."""
    requerimento = pedido_sem_documentos(atendimento=_atendimento_daqui(c))
    fazer_conjunto(requerimento.pk, autor=requerimento.atendente)
    return {"codigo": requerimento.codigo, "especie": "termo-representacao"}


def _sem_papel(c: Cenario) -> dict:
    return {"codigo": _requerimento_daqui(c).codigo, "especie": "termo-representacao"}


def _peca(c: Cenario) -> dict:
    return {"codigo": peca_pronta(_requerimento_daqui(c), "termo_representacao").codigo}


def _pagina_da_ficha(c: Cenario) -> dict:
    return _requerimento(c) | {"pacote": "processo_anterior", "secao": "pedido"}


def _pagina(c: Cenario) -> dict:
    pagina = peca_pronta(_requerimento_daqui(c), "termo_representacao").paginas.get()
    return {"codigo": pagina.codigo}


def _na_bandeja(c: Cenario) -> dict:
    requerimento = _requerimento_daqui(c)
    folha = peca_pronta(requerimento, "termo_representacao").paginas.get().folha
    retorno = Retorno.objects.create(
        codigo=folha.arquivo.codigo, requerimento=requerimento, arquivo=folha.arquivo, autor=requerimento.atendente
    )
    return {"codigo": FolhaDevolvida.objects.create(retorno=retorno, folha=folha, motivo="ilegivel").codigo}


def _celular(c: Cenario) -> dict:
    requerimento = _requerimento_daqui(c)
    vinculo = c.colega.vinculos.get()
    celular = Celular.objects.create(
        requerimento=requerimento, vinculo=vinculo, chave_sha256=uuid.uuid4().hex, vale_ate=now()
    )
    return {"codigo": celular.codigo}


def _balcao_aberto(c: Cenario) -> dict:
    BalcaoFabrica(entidade__municipio=c.municipio)
    return {}


def _pessoa_no_balcao(c: Cenario) -> dict:
    return _balcao_aberto(c) | _pessoa(c)


def ve(situacao: int = 200, args=_requerimento) -> Caso:
    return get(so_da_cidade(situacao), args=args)


def faz(situacao: int, args=_requerimento) -> Caso:
    return post(so_da_cidade(situacao), args=args)


LEITORES = ("gestor", "analista_da_regiao", "analista_de_outra_regiao", "administrador")
SEM_PEDIDOS = ("autoridade_da_regiao", "logistica_da_regiao", "administrador")
BALCAO = ("atendente", "atendente_de_outra_cidade", "gestor")

TABELA: TABELA_DE_CASOS = {
    # Who reaches nobody's case is told where the own work is.
    "requerimentos:lista": [get(equipe(200)), post(equipe(302, **dict.fromkeys(SEM_PEDIDOS, 200)))],
    "requerimentos:caso": [ve(302)],
    "requerimentos:historico": [ve()],
    "requerimentos:recepcao": [get(equipe(200)), post(equipe(302, **dict.fromkeys(SEM_PEDIDOS, 200)))],
    "requerimentos:balcao": [
        get(papeis(409, *BALCAO), args=_balcao_aberto),
        post(papeis(302, *BALCAO), args=_balcao_aberto),
    ],
    "requerimentos:cadastrar": [
        get(papeis(200, *BALCAO, atendente_de_outra_cidade=409), args=_balcao_aberto),
        post(papeis(422, *BALCAO, atendente_de_outra_cidade=409), args=_balcao_aberto),
    ],
    "requerimentos:fila": [get(papeis(200, *BALCAO, atendente_de_outra_cidade=409), args=_balcao_aberto)],
    "requerimentos:proximo-da-fila": [post(papeis(302, *BALCAO, atendente_de_outra_cidade=409), args=_balcao_aberto)],
    "requerimentos:pessoa": [ve(args=_pessoa)],
    "requerimentos:alterar-pessoa": [get(so_da_cidade(200), args=_pessoa), faz(422, _pessoa)],
    "requerimentos:representar": [get(so_da_cidade(200), args=_pessoa), faz(200, _pessoa)],
    "requerimentos:alterar-representante": [
        get(so_da_cidade(200), args=_representante),
        faz(422, _representante),
    ],
    "requerimentos:dar-senha": [faz(422, _pessoa_no_balcao)],
    "requerimentos:encerrar-representacao": [faz(302, _representante)],
    "requerimentos:atendimento": [ve(args=_atendimento)],
    "requerimentos:senha": [ve(args=_atendimento)],
    "requerimentos:andar": [faz(302, _atendimento)],
    "requerimentos:concluir": [faz(422, _atendimento)],
    "requerimentos:orientacao": [ve(args=_atendimento)],
    # Between a clerk and the person at the desk; who looks from outside sees what came of it.
    "requerimentos:conversa": [ve(302, _atendimento)],
    "requerimentos:conversa-pergunta": [
        get(so_da_cidade(200), args=_conversa),
        faz(422, _conversa),
    ],
    "requerimentos:conversa-folha": [get(so_da_cidade(404), args=_atendimento), faz(302, _atendimento)],
    "requerimentos:conversa-concluir": [faz(302, _atendimento)],
    "requerimentos:conversa-resultado": [get(so_da_cidade(302), args=_atendimento)],
    "requerimentos:escolher": [ve(args=_atendimento)],
    "requerimentos:servico": [ve(args=_servico)],
    "requerimentos:abrir": [faz(302, _servico)],
    "requerimentos:demanda": [ve(), faz(422)],
    "requerimentos:catalogo": [get(papeis(200, *LEITORES))],
    "requerimentos:catalogo-a-conferir": [get(papeis(200, *LEITORES))],
    "requerimentos:catalogo-servico": [get(papeis(200, *LEITORES), args=_no_catalogo)],
    "requerimentos:catalogo-mudancas": [get(papeis(200, *LEITORES), args=_no_catalogo, dados=_duas_versoes)],
    "requerimentos:trocar-servico": [faz(302)],
    "requerimentos:desistir": [faz(302)],
    "requerimentos:formularios": [ve(), faz(422)],
    "requerimentos:ficha": [ve()],
    "requerimentos:pagina-da-ficha": [ve(args=_pagina_da_ficha), faz(422, _pagina_da_ficha)],
    "requerimentos:guardar-pagina-da-ficha": [faz(200, _pagina_da_ficha)],
    "requerimentos:rogo": [ve(), faz(422)],
    "requerimentos:estado-dos-papeis": [ve()],
    "requerimentos:fazer-papeis": [faz(302)],
    "requerimentos:assinados": [faz(302)],
    "requerimentos:imprimir-papeis": [ve(302)],
    "requerimentos:imprimir-um-papel": [ve(302, _papel), get(so_da_cidade(404), args=_sem_papel)],
    "requerimentos:documentos": [ve()],
    "requerimentos:celulares": [ve(302), faz(200)],
    "requerimentos:desligar-celular": [faz(302, _celular)],
    "requerimentos:vagas": [ve()],
    "requerimentos:juntar": [faz(302)],
    "requerimentos:declarar-vaga": [faz(302)],
    "requerimentos:marcar-ausente": [faz(302)],
    "requerimentos:o-que-trazer": [ve()],
    "requerimentos:peca": [faz(302, _peca)],
    "requerimentos:pagina": [faz(302, _pagina)],
    "requerimentos:conserto": [ve(args=_pagina), faz(302, _pagina)],
    "requerimentos:conserto-veio": [ve(args=_pagina)],
    "requerimentos:conserto-ficou": [ve(args=_pagina)],
    "requerimentos:miniatura": [ve(args=_pagina)],
    "requerimentos:ver-pagina": [ve(args=_pagina)],
    "requerimentos:juntar-assinados": [faz(302)],
    "requerimentos:bandeja": [get(equipe(200))],
    "requerimentos:resolver-folha": [faz(302, _na_bandeja)],
    "requerimentos:miniatura-da-bandeja": [ve(args=_na_bandeja)],
    "requerimentos:ver-folha": [ve(args=_na_bandeja)],
    "requerimentos:conferencia": [ve()],
    "requerimentos:enviar": [faz(302)],
    "requerimentos:envio": [ve()],
    "requerimentos:tentar-envio": [faz(302)],
    "requerimentos:andamento": [ve()],
}
