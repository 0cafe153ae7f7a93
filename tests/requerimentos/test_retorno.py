"""Signed papers scanned back: each page files itself by its code or waits in the tray; none enters another case."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from act_portal.auditoria.models import Evento
from act_portal.emissao.folhas import CodigoDaFolha
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.retorno import servicos
from requerimentos.digitalizacao.retorno.consultas import retorno_do
from requerimentos.digitalizacao.retorno.regras import (
    Destino,
    PapelVisto,
    codigo_da_pagina,
    destino,
    frase_do_que_falta,
)
from requerimentos.models import FolhaDevolvida, Pagina, Papel, Requerimento
from requerimentos.papeis.servicos import fazer_conjunto
from requerimentos.situacoes import MotivoDaBandeja as Motivo
from requerimentos.situacoes import SituacaoFolha
from tests.fabricas import MunicipioFabrica, com_papel
from tests.requerimentos.escaneadas import em_pdf, folha, folha_com, papeis_impressos, suja, virada
from tests.requerimentos.fabricas_envio import pedido_sem_documentos

pytestmark = pytest.mark.django_db(transaction=True)
TERMO, DADOS, PEDIR = "termo-representacao", "autorizacao-dados", "requerimento-servico"


# --- What a code says, and where the page goes --------------------------------------------------------------------
A, B = "K7PM2XQA9TBD", "Z3PM2XQA9TBD"


@pytest.mark.parametrize(
    ("textos", "esperado"),
    [
        ([f"{A}.2.3"], CodigoDaFolha("K7PM-2XQA-9TBD", 2, 3)),
        ([f"{A}.1.3", "http://x/conferir/?c=K7PM-2XQA-9TBD"], CodigoDaFolha("K7PM-2XQA-9TBD", 1, 3)),
        # The foot was cut off: the head knows that it is the first page.
        (["http://x/conferir/?c=K7PM-2XQA-9TBD", "00020126pix"], CodigoDaFolha("K7PM-2XQA-9TBD", 1)),
        ([], Motivo.ILEGIVEL),
        (["00020126pix"], Motivo.DE_FORA),
        ([f"{A}.1.3", f"{B}.1.1"], Motivo.DUAS),
        ([f"{A}.1.3", f"{A}.2.3"], Motivo.DUAS),
    ],
)
def test_o_que_os_codigos_de_uma_imagem_dizem(textos, esperado):
    assert codigo_da_pagina(textos) == esperado


def visto(**mudancas) -> PapelVisto:
    return PapelVisto(**{"pk": 1, "requerimento": 7, "paginas": 3, "vale": True, "vaga": "termo", **mudancas})


@pytest.mark.parametrize(
    ("pagina", "papel", "aberto", "esperado"),
    [
        (2, visto(), True, Destino(None, 2)),
        (1, visto(), True, Destino(Motivo.REPETIDA, 1)),
        (2, None, True, Destino(Motivo.ALHEIO)),
        # Of another request, whatever else is true of it.
        (2, visto(requerimento=8, vale=False, vaga=""), False, Destino(Motivo.OUTRO, 2)),
        (2, visto(vale=False), True, Destino(Motivo.ANTIGA, 2)),
        (2, visto(vaga=""), True, Destino(Motivo.SEM_VAGA, 2)),
        (2, visto(), False, Destino(Motivo.FECHADO, 2)),
        (0, visto(), True, Destino(Motivo.SEM_NUMERO)),
        (0, visto(paginas=1, pk=2), True, Destino(Motivo.REPETIDA, 1)),
        (4, visto(), True, Destino(Motivo.ILEGIVEL)),
    ],
)
def test_para_onde_vai_a_folha(pagina, papel, aberto, esperado):
    codigo = CodigoDaFolha("K7PM-2XQA-9TBD", pagina)

    assert destino(codigo, papel, requerimento=7, aberto=aberto, arquivadas={1}) == esperado


def test_a_frase_conta_as_folhas_que_faltam():
    frases = [frase_do_que_falta(numeros) for numeros in ([], [2], [2, 3], [1, 2, 5])]

    assert frases == ["", "Falta a folha 2.", "Faltam as folhas 2 e 3.", "Faltam as folhas 1, 2 e 5."]


# --- The whole way, with pictures ---------------------------------------------------------------------------------
@pytest.fixture
def pedido(fila_anotada) -> Requerimento:
    return sem_papeis()


def sem_papeis(**campos) -> Requerimento:
    requerimento = pedido_sem_documentos(**campos)
    requerimento.conjuntos.all().delete()
    return requerimento


def navegador_de(usuario) -> Client:
    navegador = Client()
    navegador.force_login(usuario)
    return navegador


def devolver(pedido: Requerimento, *arquivos) -> None:
    resposta = navegador_de(pedido.atendente).post(
        reverse("requerimentos:juntar-assinados", args=[pedido.codigo]), {"arquivos": list(arquivos)}
    )
    assert resposta.status_code == 302
    assert resposta["Location"].endswith("#assinados")


def resolver(quem, alvo: FolhaDevolvida, **dados):
    return navegador_de(quem).post(reverse("requerimentos:resolver-folha", args=[alvo.codigo]), dados, follow=True)


def na_vaga(pedido: Requerimento, vaga: str) -> list[tuple[int, int]]:
    paginas = Pagina.objects.filter(peca__requerimento=pedido, peca__vaga=vaga, removida_em=None).order_by("ordem")
    return list(paginas.values_list("ordem", "giro"))


def motivos(pedido: Requerimento) -> list[str]:
    return sorted(
        FolhaDevolvida.objects.na_bandeja().filter(retorno__requerimento=pedido).values_list("motivo", flat=True)
    )


def test_pilha_misturada_virada_e_torta_vai_cada_folha_para_a_sua_vaga(pedido, fila_na_hora):
    outro = sem_papeis(atendimento__balcao=pedido.balcao)
    papeis = {p.especie: p for p in papeis_impressos(pedido, {PEDIR: 3}).papeis.all()}
    alheio = papeis_impressos(outro).papeis.get(especie=TERMO)

    devolver(
        pedido,
        em_pdf(
            virada(folha(papeis[PEDIR], 3), 180),
            folha(alheio),
            suja(virada(folha(papeis[TERMO]), 5)),
            virada(folha(papeis[PEDIR], 1), -90),
            folha_com(""),
        ),
        em_pdf(folha(papeis[TERMO]), folha_com("00020126pix"), nome="resto.pdf"),
    )

    assert na_vaga(pedido, "termo_representacao") == [(1, 0)]
    # In the order of their numbers, and upright, whatever the order of the pile.
    assert na_vaga(pedido, "requerimento_assinado") == [(1, 270), (3, 180)]
    assert motivos(pedido) == ["de_fora", "ilegivel", "outro", "repetida"]
    [termo, pedir, dados] = [papeis[e] for e in (TERMO, PEDIR, DADOS)]
    for papel in (termo, pedir, dados):
        papel.refresh_from_db()
    # Only the paper that is whole counts as signed.
    assert [bool(p.assinado_em) for p in (termo, pedir, dados)] == [True, False, False]
    assert retorno_do(pedido).faltas == ["Termo de requerimento: Falta a folha 2."]
    # Nothing of the other person is in this case, and their own case waits for a clerk.
    assert not Pagina.objects.filter(peca__requerimento=outro).exists()
    assert not pedido.pecas.exclude(papel__in=[termo, pedir]).exists()
    assert Evento.objects.filter(acao="retorno.lido").latest("pk").dados["folhas"] == 2

    devolver(pedido, em_pdf(folha(papeis[PEDIR], 2)))

    pedir.refresh_from_db()
    assert na_vaga(pedido, "requerimento_assinado") == [(1, 270), (2, 0), (3, 180)]
    assert pedir.assinado_em
    assert retorno_do(pedido).faltas == []
    tela = navegador_de(pedido.atendente).get(reverse("requerimentos:documentos", args=[pedido.codigo]))
    assert "3 de 3 folhas" in tela.text


def test_papel_de_versao_antiga_ou_feito_de_novo_fica_na_bandeja(pedido, fila_na_hora):
    antigo = papeis_impressos(pedido).papeis.get(especie=TERMO)
    papeis_impressos(pedido)

    devolver(pedido, em_pdf(folha(antigo)))

    [na_bandeja] = FolhaDevolvida.objects.na_bandeja()
    assert na_bandeja.causa == Motivo.ANTIGA
    # Not even by hand.
    with pytest.raises(ErroDeDominio, match="versão antiga"):
        servicos.por_na_vaga(na_bandeja.pk, vaga="termo_representacao", autor=pedido.atendente)
    assert not pedido.pecas.exists()


@pytest.fixture
def bandeja(pedido, fila_na_hora) -> dict[str, FolhaDevolvida]:
    """One page of each kind that a clerk can resolve."""
    outro = sem_papeis(atendimento__balcao=pedido.balcao)
    meu = papeis_impressos(pedido).papeis.get(especie=TERMO)
    alheio = papeis_impressos(outro).papeis.get(especie=TERMO)
    devolver(pedido, em_pdf(folha(meu), folha(meu), folha(alheio), folha_com("")))
    return {f.motivo: f for f in FolhaDevolvida.objects.na_bandeja()}


def test_o_que_a_maquina_nao_leu_a_pessoa_poe_na_vaga(pedido, bandeja):
    resposta = resolver(pedido.atendente, bandeja["ilegivel"], acao="por", vaga="documento_identidade")

    assert "A folha foi para a vaga." in resposta.text
    assert na_vaga(pedido, "documento_identidade") == [(4, 0)]
    # What kind of document it is, nobody said yet.
    assert pedido.pecas.get(vaga="documento_identidade").natureza == ""
    assert "já está como" in resolver(pedido.atendente, bandeja["ilegivel"], acao="descartar").text


def test_o_papel_de_outro_so_entra_no_pedido_dele(pedido, bandeja):
    alheia = bandeja["outro"]
    dono = alheia.papel.conjunto.requerimento
    assert dono.pessoa.nome in navegador_de(pedido.atendente).get(reverse("requerimentos:bandeja")).text

    resolver(pedido.atendente, alheia, acao="por", vaga="termo_representacao")
    assert [f.situacao for f in FolhaDevolvida.objects.filter(pk=alheia.pk)] == [SituacaoFolha.BANDEJA]
    resolver(pedido.atendente, alheia, acao="dono")

    assert na_vaga(dono, "termo_representacao") == [(1, 0)]
    assert na_vaga(pedido, "termo_representacao") == [(1, 0)]
    assert Papel.objects.get(pk=alheia.papel_id).assinado_em


def test_a_imagem_melhor_toma_o_lugar_e_a_antiga_vai_para_a_lixeira(pedido, bandeja):
    repetida = bandeja["repetida"]

    resolver(pedido.atendente, repetida, acao="trocar")

    repetida.refresh_from_db()
    assert repetida.pagina.removida_em is None
    assert Pagina.objects.filter(peca__requerimento=pedido, removida_em__isnull=False).count() == 1
    assert len(na_vaga(pedido, "termo_representacao")) == 1


def test_a_folha_descartada_por_engano_volta_para_a_bandeja(pedido, bandeja):
    folha = bandeja["ilegivel"]
    assert "Descartadas" not in navegador_de(pedido.atendente).get(reverse("requerimentos:bandeja")).text
    assert "Descartadas (1)" in resolver(pedido.atendente, folha, acao="descartar").text

    assert "voltou para a bandeja" in resolver(pedido.atendente, folha, acao="recuperar").text
    folha.refresh_from_db()
    assert (folha.situacao, folha.motivo, folha.resolvida_por) == (SituacaoFolha.BANDEJA, "ilegivel", None)
    assert "já está como" in resolver(pedido.atendente, folha, acao="recuperar").text


def test_o_papel_de_outra_cidade_nao_entra_nem_a_mao(pedido, fila_na_hora):
    de_longe = papeis_impressos(sem_papeis()).papeis.get(especie=TERMO)
    devolver(pedido, em_pdf(folha(de_longe)))
    devolvida = FolhaDevolvida.objects.na_bandeja().get(retorno__requerimento=pedido)
    assert (devolvida.motivo, devolvida.papel) == ("alheio", None)

    resposta = resolver(pedido.atendente, devolvida, acao="por", vaga="documento_identidade")

    assert "O código não é de um papel deste município" in resposta.text
    assert na_vaga(pedido, "documento_identidade") == []


def test_a_bandeja_de_outra_cidade_nao_existe(pedido, bandeja):
    de_fora = com_papel("atendente", MunicipioFabrica())

    for rota in ("ver-folha", "miniatura-da-bandeja"):
        endereco = reverse(f"requerimentos:{rota}", args=[bandeja["outro"].codigo])
        assert navegador_de(de_fora).get(endereco).status_code == 404
    assert resolver(de_fora, bandeja["ilegivel"], acao="descartar").status_code == 404
    assert "bandeja está vazia" in navegador_de(de_fora).get(reverse("requerimentos:bandeja")).text


def test_pagina_tirada_da_vaga_volta_a_faltar(pedido, bandeja):
    Pagina.objects.filter(peca__requerimento=pedido).update(removida_em=pedido.criado_em)

    termo = next(p for p in retorno_do(pedido).papeis if p.papel.especie == TERMO)
    assert termo.faltam == [1]


def test_papeis_refeitos_enquanto_o_arquivo_era_lido_nao_entram(pedido, fila_anotada, request):
    antigo = papeis_impressos(pedido).papeis.get(especie=TERMO)
    devolver(pedido, em_pdf(folha(antigo)))
    fazer_conjunto(pedido.pk, autor=pedido.atendente)

    request.getfixturevalue("fila_na_hora")
    from act_portal.saidas.tarefas import varrer

    varrer()

    assert motivos(pedido) == ["antiga"]
