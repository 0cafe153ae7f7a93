"""The code of a printed paper is read whatever way the page came in: no paper of another request leaves in this one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from act_portal.arquivos.models import Folha
from act_portal.emissao.folhas import CodigoDaFolha, escrever
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import executar, prometer
from act_portal.saidas.tarefas import varrer
from act_portal.territorio.consultas import hoje_em
from requerimentos.digitalizacao.consultas import VAGA_DA_EXIGENCIA, documentos
from requerimentos.digitalizacao.retorno.consultas import retorno_do
from requerimentos.digitalizacao.retorno.paginas import DE_OUTRO, SEM_CODIGO
from requerimentos.digitalizacao.retorno.regras import Dono, e_alheio
from requerimentos.digitalizacao.servicos import PAGINAR, devolver, devolver_peca, juntar, tirar_peca
from requerimentos.envio import servicos as envio
from requerimentos.envio.consultas import MONTAR, fotografar
from requerimentos.models import FolhaDevolvida, Pagina, Papel, Peca, Requerimento, Retorno
from requerimentos.situacoes import Etapa, SituacaoEnvio, SituacaoInss
from tests.requerimentos.escaneadas import em_pdf, folha, folha_com, papeis_impressos, suja, virada
from tests.requerimentos.fabricas import ExigenciaFabrica
from tests.requerimentos.fabricas_envio import pedido_completo, pedido_sem_documentos

pytestmark = pytest.mark.django_db(transaction=True)
TERMO, VAGA, DO_TERMO = "termo-representacao", "documento_identidade", "termo_representacao"
CODIGO = "K7PM-2XQA-9TBD"


@pytest.mark.parametrize(
    ("codigo", "dono", "esperado"),
    [
        (CodigoDaFolha(CODIGO, 1, 2), Dono(7, 1, TERMO), False),
        # Another request, of the same person even.
        (CodigoDaFolha(CODIGO, 1, 2), Dono(8, 1, TERMO), True),
        # A receipt of the same person proves something here; of somebody else it does not.
        (CodigoDaFolha(CODIGO, 1, 2), Dono(8, 1), False),
        (CodigoDaFolha(CODIGO, 1, 2), Dono(8, 2), True),
        # No paper that this portal knows; an address that only looks like ours is nobody's paper.
        (CodigoDaFolha(CODIGO, 1, 2), None, True),
        (CodigoDaFolha(CODIGO, 1), None, False),
    ],
)
def test_de_quem_e_o_papel_do_codigo(codigo, dono, esperado):
    assert e_alheio(codigo, dono, requerimento=7, pessoa=1) is esperado


def com_papeis(pedido: Requerimento) -> Papel:
    pedido.conjuntos.all().delete()
    return papeis_impressos(pedido).papeis.get(especie=TERMO)


@pytest.fixture
def pedido(fila_anotada) -> Requerimento:
    return pedido_sem_documentos()


@pytest.fixture
def alheio(pedido) -> Papel:
    return com_papeis(pedido_sem_documentos(atendimento__balcao=pedido.balcao))


@pytest.fixture
def navegador(pedido) -> Client:
    navegador = Client()
    navegador.force_login(pedido.atendente)
    return navegador


def por(navegador: Client, pedido: Requerimento, *arquivos, **campos) -> None:
    resposta = navegador.post(
        reverse("requerimentos:juntar", args=[pedido.codigo]),
        {"vaga": VAGA, "arquivos": list(arquivos), **campos},
        headers={"accept": "application/json"},
    )
    assert resposta.status_code == 200, resposta.text


def protocolar(pedido: Requerimento, etapa: Etapa) -> None:
    Requerimento.objects.filter(pk=pedido.pk).update(
        etapa=etapa, protocolo="1000000777", der=hoje_em(pedido.municipio), protocolado_em=now(),
        situacao_inss=SituacaoInss.PENDENTE, situacao_desde=now(),
    )  # fmt: skip


def nas_vagas(pedido: Requerimento) -> list[tuple[str, int]]:
    paginas = Pagina.objects.filter(peca__requerimento=pedido, removida_em=None, peca__removida_em=None)
    return sorted(paginas.values_list("peca__vaga", "ordem"))


def test_papel_de_outro_posto_numa_vaga_fica_na_bandeja_com_o_que_fazer(pedido, alheio, navegador, fila_na_hora):
    por(navegador, pedido, em_pdf(folha_com(""), suja(virada(folha(alheio), 183)), nome="pilha.pdf"))

    assert nas_vagas(pedido) == [(VAGA, 1)]
    [presa] = FolhaDevolvida.objects.na_bandeja()
    assert (presa.causa, presa.papel, presa.retorno.requerimento) == ("outro", alheio, pedido)
    tela = navegador.get(reverse("requerimentos:documentos", args=[pedido.codigo])).text
    assert "É papel de outro pedido" in tela
    assert "Página 2 de pilha.pdf ficou na" in tela
    assert "não vai para o INSS" in tela

    navegador.post(reverse("requerimentos:resolver-folha", args=[presa.codigo]), {"acao": "dono"})

    dono = alheio.conjunto.requerimento
    assert nas_vagas(dono) == [(DO_TERMO, 1)]
    assert nas_vagas(pedido) == [(VAGA, 1)]


def test_arquivo_todo_de_outro_nao_deixa_a_vaga_esperando(pedido, alheio, navegador, fila_na_hora):
    por(navegador, pedido, em_pdf(folha(alheio)))

    assert nas_vagas(pedido) == []
    assert not documentos(pedido).preparando
    assert not fotografar(pedido).preparando
    assert FolhaDevolvida.objects.na_bandeja().count() == 1


def test_papel_deste_pedido_na_vaga_errada_vai_para_a_certa_e_a_tela_diz(pedido, navegador, fila_na_hora):
    meu = com_papeis(pedido)

    por(navegador, pedido, em_pdf(folha(meu), nome="termo.pdf"))

    assert nas_vagas(pedido) == [(DO_TERMO, 1)]
    meu.refresh_from_db()
    assert meu.assinado_em
    tela = navegador.get(reverse("requerimentos:documentos", args=[pedido.codigo])).text
    assert "Página 1 de termo.pdf" in tela
    assert "o portal a pôs na vaga dele" in tela
    # Once more: the page is there already, and the better picture may take its place.
    por(navegador, pedido, em_pdf(folha(meu)))
    assert nas_vagas(pedido) == [(DO_TERMO, 1)]
    assert FolhaDevolvida.objects.na_bandeja().get().causa == "repetida"


def test_na_resposta_a_exigencia_fica_o_papel_deste_pedido_e_nunca_o_de_outro(pedido, alheio, navegador, fila_na_hora):
    meu = com_papeis(pedido)
    protocolar(pedido, Etapa.EXIGENCIA)
    exigencia = ExigenciaFabrica(requerimento=pedido)

    por(navegador, pedido, em_pdf(folha(meu), folha(alheio)), exigencia=str(exigencia.codigo))

    assert nas_vagas(pedido) == [(VAGA_DA_EXIGENCIA, 1)]
    assert FolhaDevolvida.objects.na_bandeja().get().causa == "outro"
    tela = navegador.get(reverse("requerimentos:exigencia", args=[exigencia.codigo])).text
    assert "É papel de outro pedido" in tela
    # The next exigência of the same request has nothing to do with it.
    nova = ExigenciaFabrica(requerimento=pedido, numero_inss="2")
    assert "É papel de outro pedido" not in navegador.get(reverse("requerimentos:exigencia", args=[nova.codigo])).text
    assert retorno_do(pedido) is None or retorno_do(pedido).na_bandeja == []


def test_a_bandeja_de_antes_diz_de_qual_exigencia_e(pedido, alheio, navegador, fila_na_hora):
    protocolar(pedido, Etapa.EXIGENCIA)
    exigencia = ExigenciaFabrica(requerimento=pedido)
    por(navegador, pedido, em_pdf(folha(alheio)), exigencia=str(exigencia.codigo))
    Retorno.objects.update(exigencia=None)
    migracao = __import__("requerimentos.migrations.0022_retorno_da_exigencia", fromlist=["dizer_de_qual"])

    migracao.dizer_de_qual(apps, None)

    assert Retorno.objects.get().exigencia == exigencia


def test_a_leitura_que_acaba_depois_do_botao_de_enviar(fila_anotada):
    """The button comes while the code is still unread: nothing leaves before the answer, nor that page after it."""
    pedido = pedido_completo()
    alheio = com_papeis(pedido_sem_documentos(atendimento__balcao=pedido.balcao))
    peca = juntar(pedido.pk, vaga=VAGA, enviado=em_pdf(folha(alheio)), autor=pedido.atendente)

    with pytest.raises(ErroDeDominio, match="sendo preparadas"):
        envio.enviar(pedido.pk, autor=pedido.atendente)
    # Out and in again does not get past it.
    tirar_peca(peca.pk, autor=pedido.atendente)
    devolver_peca(peca.pk, autor=pedido.atendente)
    with pytest.raises(ErroDeDominio, match="sendo preparadas"):
        envio.enviar(pedido.pk, autor=pedido.atendente)

    varrer()
    for saida in Saida.objects.exclude(estado=Saida.Estado.FEITA).exclude(tipo=MONTAR):
        executar(saida.pk)

    assert not Pagina.objects.filter(peca=peca).exists()
    assert FolhaDevolvida.objects.na_bandeja().get().causa == "outro"
    assert envio.enviar(pedido.pk, autor=pedido.atendente).estado == SituacaoEnvio.MONTANDO


def marcar_folha(pedido: Requerimento, vaga: str, codigos: list | None) -> None:
    Folha.objects.filter(
        pk__in=Pagina.objects.filter(peca__requerimento=pedido, peca__vaga=vaga).values("folha")
    ).update(codigos=codigos)


def codigo_inteiro(papel: Papel) -> list[dict]:
    return [{"texto": escrever(papel.documento.codigo, 1, papel.documento.paginas), "giro": 0}]


def paginar_de_novo(arquivo_id: int) -> None:
    with transaction.atomic():
        prometer(PAGINAR, chave=f"{PAGINAR}:outra-vez:{arquivo_id}", arquivo=arquivo_id)


def codigo_de(papel: Papel) -> list[dict]:
    return [{"texto": papel.documento.codigo, "giro": 0}]


def test_ultima_porta_pagina_com_codigo_alheio_ou_nao_lido_nao_sai(fila_anotada):
    pedido = pedido_completo()
    alheio = com_papeis(pedido_sem_documentos(atendimento__balcao=pedido.balcao))
    vaga = next(v.id for v in fotografar(pedido).vagas if v.paginas and v.id != DO_TERMO)

    marcar_folha(pedido, vaga, None)
    with pytest.raises(ErroDeDominio, match="sendo preparadas"):
        envio.enviar(pedido.pk, autor=pedido.atendente)
    marcar_folha(pedido, vaga, codigo_de(alheio))
    with pytest.raises(ErroDeDominio, match="papel de outro pedido"):
        envio.enviar(pedido.pk, autor=pedido.atendente, incompleto_motivo="quer assim")

    # And what was promised before the code was known stops where the files are made.
    marcar_folha(pedido, vaga, [])
    aberto = envio.enviar(pedido.pk, autor=pedido.atendente)
    marcar_folha(pedido, vaga, codigo_de(alheio))
    executar(Saida.objects.get(tipo=MONTAR).pk)
    aberto.refresh_from_db()
    assert aberto.estado == SituacaoEnvio.RECUSADO
    assert DE_OUTRO in aberto.motivos[0]["mensagem"]
    assert not aberto.partes.exists()

    # Back at the desk, the page does not block its slot: it waits in the tray, with what to do.
    [saida] = promessas(f"{PAGINAR}:devolvido:")
    executar(saida.pk)
    assert vaga not in {lugar[0] for lugar in nas_vagas(pedido)}
    assert [f.retorno.requerimento for f in FolhaDevolvida.objects.na_bandeja()] == [pedido]
    assert not fotografar(pedido).alheias


def test_envio_espera_pelo_codigo_de_uma_pagina_que_ninguem_leu(fila_anotada):
    pedido = pedido_completo()
    aberto = envio.enviar(pedido.pk, autor=pedido.atendente)
    marcar_folha(pedido, DO_TERMO, None)

    executar(Saida.objects.get(tipo=MONTAR).pk)

    aberto.refresh_from_db()
    assert aberto.estado == SituacaoEnvio.MONTANDO
    assert "não foi lido" in Saida.objects.get(tipo=MONTAR).erro


def test_folha_sem_codigo_na_vaga_de_um_papel_do_portal_avisa_e_nao_impede(fila_anotada):
    pedido = pedido_completo()

    [aviso] = [texto for texto in fotografar(pedido).avisos if SEM_CODIGO in texto and "papel.pdf" in texto][:1]

    assert aviso == f"papel.pdf, página 1: {SEM_CODIGO}"
    navegador = Client()
    navegador.force_login(pedido.atendente)
    assert SEM_CODIGO in navegador.get(reverse("requerimentos:documentos", args=[pedido.codigo])).text
    assert envio.enviar(pedido.pk, autor=pedido.atendente)


def test_papel_posto_a_mao_na_vaga_errada_e_avisado(fila_anotada):
    pedido = pedido_completo()
    meu = com_papeis(pedido)
    vaga = next(v.id for v in fotografar(pedido).vagas if v.paginas and v.id != DO_TERMO)
    marcar_folha(pedido, vaga, codigo_de(meu))

    assert any("é o papel de “" in texto for texto in fotografar(pedido).avisos)


def test_o_que_ja_estava_nas_vagas_e_lido_depois_da_atualizacao(fila_anotada):
    aberto, fechado = pedido_completo(), pedido_completo()
    protocolar(fechado, Etapa.ACOMPANHANDO)
    Folha.objects.update(codigos=None)
    migracao = __import__("requerimentos.migrations.0020_ler_o_que_ja_estava", fromlist=["prometer_leitura"])

    migracao.prometer_leitura(apps, None)
    for saida in Saida.objects.filter(chave__contains=":migracao:"):
        executar(saida.pk)

    assert (
        Saida.objects.filter(chave__contains=":migracao:").count() == Peca.objects.filter(requerimento=aberto).count()
    )
    assert not Folha.objects.filter(codigos__isnull=True).exists()


def promessas(inicio: str) -> list[Saida]:
    return list(Saida.objects.filter(chave__startswith=inicio).exclude(estado=Saida.Estado.FEITA))


def test_pagina_de_outro_so_lida_depois_do_conserto_vai_para_a_bandeja(pedido, alheio, navegador, fila_na_hora):
    """The photo leaned too far for its code to be read; cut and turned by hand, it says whose paper it is."""
    por(navegador, pedido, em_pdf(folha_com(""), folha_com(""), nome="pilha.pdf"))
    veio = Pagina.objects.filter(peca__requerimento=pedido).order_by("ordem").last()
    # What the camera took; the reading found nothing on it when it came.
    outra = juntar(alheio.conjunto.requerimento.pk, vaga=VAGA, enviado=em_pdf(folha(alheio)), autor=pedido.atendente)
    com_o_codigo = Folha.objects.get(arquivo=outra.arquivo)
    Folha.objects.filter(pk=veio.folha_id).update(pdf=com_o_codigo.pdf.name)
    conserto = reverse("requerimentos:conserto", args=[veio.codigo])

    navegador.post(conserto, {"acao": "direita"})

    assert nas_vagas(pedido) == [(VAGA, 1)]
    presa = FolhaDevolvida.objects.na_bandeja().get(retorno__requerimento=pedido)
    assert (presa.causa, presa.papel, presa.pagina, presa.retorno.vaga) == ("outro", alheio, veio, VAGA)
    assert presa.folha.receita["giro"] == 90, "vai a imagem consertada"
    resposta = navegador.get(conserto, follow=True)
    assert resposta.redirect_chain == [(reverse("requerimentos:documentos", args=[pedido.codigo]), 302)]
    assert "A página saiu da vaga e está na bandeja. É papel de outro pedido, pelo código do rodapé." in resposta.text
    assert "Página 2 de pilha.pdf ficou na" in resposta.text
    assert not fotografar(pedido).alheias, "nada mais impede o envio"
    for rota in ("miniatura", "ver-pagina", "conserto-veio"):
        assert navegador.get(reverse(f"requerimentos:{rota}", args=[veio.codigo])).status_code == 404
    # Nobody brings it back into this request.
    with pytest.raises(ErroDeDominio, match="foi para a bandeja"):
        devolver(veio.pk, autor=pedido.atendente)

    navegador.post(reverse("requerimentos:resolver-folha", args=[presa.codigo]), {"acao": "dono"})

    assert (DO_TERMO, 1) in nas_vagas(alheio.conjunto.requerimento)
    assert nas_vagas(pedido) == [(VAGA, 1)]


def test_folha_posta_a_mao_que_se_revela_de_outro_volta_para_a_bandeja(pedido, alheio, navegador, fila_na_hora):
    navegador.post(
        reverse("requerimentos:juntar-assinados", args=[pedido.codigo]), {"arquivos": [em_pdf(folha_com(""))]}
    )
    posta = FolhaDevolvida.objects.na_bandeja().get()
    navegador.post(reverse("requerimentos:resolver-folha", args=[posta.codigo]), {"acao": "por", "vaga": VAGA})
    assert nas_vagas(pedido) == [(VAGA, 1)]

    marcar_folha(pedido, VAGA, codigo_inteiro(alheio))
    paginar_de_novo(posta.folha.arquivo_id)

    posta.refresh_from_db()
    assert (posta.situacao, posta.motivo, posta.papel, posta.resolvida_por) == ("bandeja", "outro", alheio, None)
    assert nas_vagas(pedido) == []
    docs = documentos(pedido)
    assert (docs.todas, docs.lixeira, docs.preparando) == ([], [], False)


def test_o_que_ja_estava_marcado_nas_vagas_vai_para_a_bandeja_depois_da_atualizacao(fila_anotada):
    aberto, na_fila = pedido_completo(), pedido_completo()
    alheio = com_papeis(pedido_sem_documentos(atendimento__balcao=aberto.balcao))
    vaga = next(v.id for v in fotografar(aberto).vagas if v.paginas and v.id != DO_TERMO)
    for pedido in (aberto, na_fila):
        marcar_folha(pedido, vaga, codigo_inteiro(alheio))
    Requerimento.objects.filter(pk=na_fila.pk).update(etapa=Etapa.NA_FILA)
    antes = nas_vagas(aberto)
    migracao = __import__("requerimentos.migrations.0021_recolhidas", fromlist=["prometer_de_novo"])

    migracao.prometer_de_novo(apps, None)
    feitas = promessas("requerimentos.paginar:recolher:")
    a_caminho = Pagina.objects.get(peca__requerimento=na_fila, peca__vaga=vaga)
    paginar_de_novo(a_caminho.folha.arquivo_id)
    for saida in [*feitas, *promessas("requerimentos.paginar:outra-vez:")]:
        executar(saida.pk)

    assert len(feitas) == 1, "só o que tem código e ainda muda"
    assert nas_vagas(aberto) == [lugar for lugar in antes if lugar[0] != vaga]
    # What is on its way is for the last gate, which says so to whoever sent it: nothing leaves a delivery silently.
    assert vaga in {lugar[0] for lugar in nas_vagas(na_fila)}
    assert [f.retorno.requerimento for f in FolhaDevolvida.objects.na_bandeja()] == [aberto]
