"""The screens of the follow-up: what the clerk reads and does there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Acesso
from act_portal.auditoria.servicos import registrar
from requerimentos.acompanhamento import servicos
from requerimentos.models import Agendamento, Peca
from requerimentos.situacoes import Etapa, SituacaoExigencia
from tests.act_portal.arquivos_fabricados import enviado, pdf, pdf_em_bytes
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import (
    AgendamentoFabrica,
    AtendimentoFabrica,
    AvisoFabrica,
    ExigenciaFabrica,
    RequerimentoFabrica,
    ResultadoFabrica,
)
from tests.requerimentos.tarefas_do_inss import em_exigencia

pytestmark = pytest.mark.django_db


@pytest.fixture
def exigencia():
    return ExigenciaFabrica()


def entrar(client, usuario):
    client.force_login(usuario)
    return client


def pagina(client, nome, *args):
    resposta = client.get(reverse(f"requerimentos:{nome}", args=args))
    assert resposta.status_code == 200
    return resposta.content.decode()


def enviar(client, nome, *args, **dados):
    return client.post(reverse(f"requerimentos:{nome}", args=args), dados)


def test_acompanhamento_mostra_as_duas_situacoes_e_a_linha_do_tempo_em_palavras(client):
    requerimento = RequerimentoFabrica(protocolado=True)
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))
    entrar(client, requerimento.atendente)

    texto = pagina(client, "acompanhamento", requerimento.codigo)

    assert "Consultado às" in texto
    assert "Exigência aberta" in texto
    assert "O INSS pediu documentos" in texto
    assert "exigencia.recebida" not in texto
    assert Acesso.objects.filter(acao="abriu o pedido", alvo_id=str(requerimento.pk)).count() == 1


def test_a_pagina_que_pergunta_sozinha_so_e_redesenhada_inteira_quando_algo_mudou(client):
    requerimento = RequerimentoFabrica(protocolado=True)
    entrar(client, requerimento.atendente)
    endereco = re.search(r'hx-get="([^"]*)"', pagina(client, "acompanhamento", requerimento.codigo))[1]

    igual = client.get(endereco, headers={"hx-request": "true"})
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))
    mudou = client.get(endereco, headers={"hx-request": "true"})

    assert "HX-Retarget" not in igual
    assert (mudou["HX-Retarget"], mudou["HX-Reselect"]) == ("#conteudo", "#conteudo")
    assert 'id="conteudo"' in mudou.text
    assert "O INSS pediu documentos" in mudou.text


@pytest.mark.parametrize("o_que", ["aviso", "comprovante", "agendamento"])
def test_tudo_o_que_a_pagina_mostra_conta_para_redesenhar(client, fila_anotada, o_que):
    requerimento = RequerimentoFabrica(protocolado=True)
    aviso, marcado = AvisoFabrica(requerimento=requerimento), AgendamentoFabrica(requerimento=requerimento)
    papel = servicos.guardar_comprovante(requerimento.pk)
    entrar(client, requerimento.atendente)
    endereco = re.search(r'hx-get="([^"]*)"', pagina(client, "acompanhamento", requerimento.codigo))[1]

    if o_que == "aviso":
        type(aviso).objects.update(situacao="falhou", falha="Não existe.")
    elif o_que == "comprovante":
        type(papel).objects.update(situacao="emitido", pdf="x", sha256="0" * 64, emitido_em=now())
    else:
        type(marcado).objects.update(situacao="CANCELADO")

    assert client.get(endereco, headers={"hx-request": "true"})["HX-Retarget"] == "#conteudo"


def test_so_o_agendamento_que_vale_aparece_como_futuro_e_o_remarcado_fica_riscado(client):
    requerimento = AgendamentoFabrica(quando=now() + timedelta(days=20)).requerimento
    AgendamentoFabrica(requerimento=requerimento, situacao=Agendamento.Situacao.REMARCADO)
    entrar(client, requerimento.atendente)

    texto = pagina(client, "acompanhamento", requerimento.codigo)

    assert texto.count("Faltar pode encerrar o pedido") == 1
    assert texto.count("<s>") == 1


def test_falha_do_inss_e_dita_e_o_botao_tem_limite(client, fila_anotada):
    requerimento = RequerimentoFabrica(protocolado=True, inss_falha="O INSS está em manutenção.")
    entrar(client, requerimento.atendente)
    assert "O INSS está em manutenção." in pagina(client, "acompanhamento", requerimento.codigo)

    situacoes = [enviar(client, "consultar-agora", requerimento.codigo).status_code for _ in range(4)]

    assert situacoes == [302, 302, 302, 429]


def test_aviso_que_falhou_some_do_painel_depois_de_avisar_de_outro_jeito(client):
    aviso = AvisoFabrica(situacao="falhou", falha="O e-mail não existe.")
    entrar(client, aviso.requerimento.atendente)
    assert "O e-mail não existe." in client.get(reverse("telas:painel")).content.decode()

    enviar(client, "aviso-visto", aviso.pk)

    assert "O e-mail não existe." not in client.get(reverse("telas:painel")).content.decode()


def test_o_aviso_enviado_diz_por_onde_como_se_fala(client):
    aviso = AvisoFabrica(situacao="enviado", enviado_em=now())
    entrar(client, aviso.requerimento.atendente)

    assert "Enviado por e-mail em" in pagina(client, "acompanhamento", aviso.requerimento.codigo)


def test_a_linha_do_tempo_curta_conta_uma_vez_o_que_se_repetiu_e_o_historico_conta_tudo(client):
    requerimento = RequerimentoFabrica(protocolado=True)
    for _ in range(3):
        registrar(
            "peca.juntada", municipio=requerimento.municipio, autor=requerimento.atendente, alvo=requerimento
        )  # fmt: skip
    entrar(client, requerimento.atendente)

    curta = pagina(client, "acompanhamento", requerimento.codigo)

    assert curta.count("Juntou um documento") == 1
    assert "(3 vezes)" in curta
    assert pagina(client, "historico", requerimento.codigo).count("Juntou um documento") == 3


def test_quadro_poe_o_prazo_mais_curto_primeiro_e_nao_mostra_outra_cidade(client, exigencia):
    ExigenciaFabrica(
        requerimento__atendimento__balcao=exigencia.requerimento.balcao,
        prazo=localdate() + timedelta(days=1),
        texto="A mais urgente.",
    )
    ExigenciaFabrica(texto="De outra cidade.")
    entrar(client, exigencia.requerimento.atendente)

    texto = pagina(client, "exigencias")

    assert texto.index("A mais urgente.") < texto.index(exigencia.texto)
    assert "De outra cidade." not in texto


def test_quadro_custa_o_mesmo_com_uma_ou_com_dez(client, exigencia, django_assert_max_num_queries):
    for _ in range(9):
        ExigenciaFabrica(requerimento__atendimento__balcao=exigencia.requerimento.balcao)
    entrar(client, exigencia.requerimento.atendente)

    with django_assert_max_num_queries(12):
        pagina(client, "exigencias")


def test_documento_da_resposta_entra_na_exigencia_e_nao_no_pedido(client, exigencia, fila_na_hora):
    entrar(client, exigencia.requerimento.atendente)
    certidao = enviado(pdf_em_bytes(pdf()), "certidao.pdf")

    client.post(
        reverse("requerimentos:juntar", args=[exigencia.requerimento.codigo]),
        {"vaga": "resposta-exigencia", "exigencia": str(exigencia.codigo), "arquivos": certidao},
    )

    assert Peca.objects.get().exigencia == exigencia
    assert "certidao.pdf" in pagina(client, "exigencia", exigencia.codigo)


def test_resposta_vazia_volta_com_a_frase_e_a_boa_segue(client, exigencia, fila_anotada):
    entrar(client, exigencia.requerimento.atendente)

    vazia = enviar(client, "responder-exigencia", exigencia.codigo, texto="", acao="responder")
    boa = enviar(client, "responder-exigencia", exigencia.codigo, texto="Segue.", acao="responder")

    assert (vazia.status_code, boa.status_code) == (422, 302)
    assert "Escreva uma resposta ou junte um documento." in vazia.content.decode()
    exigencia.refresh_from_db()
    assert exigencia.estado == SituacaoExigencia.RESPONDENDO
    assert "a caminho do INSS" in pagina(client, "exigencia", exigencia.codigo)


def test_sem_documentos_leva_a_declaracao(client, exigencia, fila_anotada):
    entrar(client, exigencia.requerimento.atendente)

    enviar(client, "responder-exigencia", exigencia.codigo, texto="", acao="sem-documentos")

    exigencia.refresh_from_db()
    assert exigencia.resposta == servicos.SEM_DOCUMENTOS


def test_pedir_mais_prazo_diz_que_o_inss_precisa_ser_avisado(client, exigencia):
    entrar(client, exigencia.requerimento.atendente)

    resposta = client.post(
        reverse("requerimentos:prorrogar-exigencia", args=[exigencia.codigo]), {"motivo": "Cartório."}, follow=True
    )

    assert "Meu INSS ou pelo 135" in resposta.content.decode()


def test_resultado_negado_mostra_motivo_recurso_com_dia_da_semana_e_entrega(client, fila_anotada):
    resultado = ResultadoFabrica()
    requerimento = resultado.requerimento
    entrar(client, requerimento.atendente)
    texto = pagina(client, "resultado", requerimento.codigo)
    assert "Renda acima do limite." in texto
    assert "-feira, " in texto or "sábado, " in texto or "domingo, " in texto

    enviar(client, "entregar-resultado", requerimento.codigo, a_quem="Benedita", como="No balcão, em papel")

    requerimento.refresh_from_db()
    assert requerimento.etapa == Etapa.ENTREGUE
    assert "está sendo feito" in pagina(client, "resultado", requerimento.codigo)


@pytest.mark.parametrize(
    ("negado", "diz", "cala"),
    [
        ("aposentadoria-idade-rural", "/recurso-ordinario/", "/recurso-especial/"),
        ("recurso-ordinario", "/recurso-especial/", "/recurso-ordinario/"),
        ("recurso-especial", "não sabe se ainda cabe algo contra a decisão da Câmara", "pode recorrer até"),
    ],
)
def test_de_cada_negativa_o_resultado_leva_ao_recurso_que_cabe(client, negado, diz, cala):
    caso = ResultadoFabrica(requerimento__servico_codigo=negado).requerimento
    entrar(client, caso.atendente)

    corpo = pagina(client, "resultado", caso.codigo)

    assert diz in corpo
    assert cala not in corpo


def test_carta_sai_como_arquivo_que_o_navegador_nao_abre_e_fica_anotada(client):
    resultado = ResultadoFabrica()
    resultado.carta.save("carta", ContentFile(b"%PDF-1.4 carta"))
    entrar(client, resultado.requerimento.atendente)

    resposta = client.get(reverse("requerimentos:carta", args=[resultado.requerimento.codigo]))

    assert resposta.getvalue() == b"%PDF-1.4 carta"
    assert resposta["Content-Disposition"].startswith("attachment")
    assert Acesso.objects.filter(acao="baixou a carta").count() == 1


def test_comprovante_ainda_no_forno_volta_com_recado(client, fila_anotada):
    requerimento = RequerimentoFabrica(protocolado=True)
    servicos.guardar_comprovante(requerimento.pk)
    entrar(client, requerimento.atendente)

    resposta = client.get(reverse("requerimentos:comprovante", args=[requerimento.codigo]), follow=True)

    assert "ainda está sendo feito" in resposta.content.decode()


def test_painel_do_atendente_traz_fila_prazo_resultado_e_rascunho(client, exigencia):
    balcao, atendente = exigencia.requerimento.balcao, exigencia.requerimento.atendente
    AtendimentoFabrica(balcao=balcao, situacao="aguardando", atendente=None, pessoa__nome_civil="Quem Espera")
    ResultadoFabrica(
        requerimento=RequerimentoFabrica(
            decidido=True, atendimento__balcao=balcao, atendimento__pessoa__nome_civil="Quem Ganhou"
        )
    )
    RequerimentoFabrica(
        atendimento__balcao=balcao, atendimento__atendente=atendente, atendimento__pessoa__nome_civil="Quem Prepara"
    )
    entrar(client, atendente)

    texto = client.get(reverse("telas:painel")).content.decode()

    for pedaco in ("Quem Espera", "Chamar agora", exigencia.texto[:30], "Quem Ganhou", "Quem Prepara"):
        assert pedaco in texto


def test_painel_do_analista_tem_numeros_da_regiao_e_nenhum_nome(client, exigencia):
    analista = com_papel("analista_inss", exigencia.requerimento.municipio.unidade)
    ExigenciaFabrica()
    entrar(client, analista)

    texto = client.get(reverse("telas:painel")).content.decode()

    assert exigencia.requerimento.municipio.nome in texto
    assert exigencia.requerimento.pessoa.nome not in texto
    assert '<span class="numero__valor">1</span><span class="numero__nome">em exigência' in texto


def test_menu_conta_a_fila_e_as_exigencias(client, exigencia):
    entrar(client, exigencia.requerimento.atendente)

    texto = pagina(client, "exigencias")

    assert "Recepção" in texto
    assert 'class="nav__conta"' in texto
