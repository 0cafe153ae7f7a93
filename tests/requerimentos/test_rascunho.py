"""The text of an answer to an exigência before it is sent: kept by every button, and never written over another's."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Evento
from act_portal.contas import sessao
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from requerimentos.acompanhamento import servicos
from requerimentos.digitalizacao.servicos import guardar_rascunho
from requerimentos.models import Exigencia
from requerimentos.situacoes import SituacaoExigencia
from tests.act_portal.arquivos_fabricados import enviado, pdf, pdf_em_bytes
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import ExigenciaFabrica
from tests.requerimentos.fabricas_envio import peca_pronta

pytestmark = pytest.mark.django_db
BOM = pdf_em_bytes(pdf())


@pytest.fixture
def exigencia() -> Exigencia:
    return ExigenciaFabrica()


@pytest.fixture
def ana(exigencia):
    exigencia.requerimento.atendente.nome = "Ana"
    exigencia.requerimento.atendente.save()
    return exigencia.requerimento.atendente


@pytest.fixture
def bruno(exigencia):
    return com_papel("atendente", exigencia.requerimento.municipio, nome="Bruno")


def guardar(exigencia, texto, autor, versao=1):
    return guardar_rascunho(exigencia.pk, texto=texto, versao=versao, autor=autor)


class SemScript:
    """A browser without scripts, on the page of one exigência: whatever is pressed sends the fields of the form."""

    def __init__(self, usuario, exigencia) -> None:
        self.client, self.exigencia = Client(), exigencia
        self.client.force_login(usuario)
        self.abrir()

    def abrir(self):
        self.pagina = self.client.get(reverse("requerimentos:exigencia", args=[self.exigencia.codigo]))
        self.campos = {
            nome: valor
            for nome, valor in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self._formulario())
            if nome != "csrfmiddlewaretoken"
        }
        return self

    def _formulario(self) -> str:
        achado = re.search(r'<form class="pilha" id="resposta".*?</form>', self.pagina.text, re.DOTALL)
        return achado[0] if achado else ""

    def texto(self) -> str:
        achado = re.search(r"<textarea[^>]*name=\"texto\"[^>]*>\s*(.*?)</textarea>", self._formulario(), re.DOTALL)
        assert achado
        return achado[1]

    def apertar(self, rota, *args, texto=None, **botao):
        dados = {**self.campos, "texto": self.texto() if texto is None else texto, **botao}
        endereco = reverse(f"requerimentos:{rota}", args=args or [self.exigencia.codigo])
        assert f'action="{endereco}"' in self.pagina.text, "o botão está na página"
        self.resposta = self.client.post(endereco, dados)
        return self.abrir()


# --- Keeping ------------------------------------------------------------------------------------------------------
def test_quem_abre_depois_ve_o_texto_quem_escreveu_e_quando(exigencia, ana, bruno):
    guardar(exigencia, "Segue a certidão.", ana)

    pagina = SemScript(bruno, exigencia)

    assert pagina.texto() == "Segue a certidão."
    assert re.search(r"Escrito por Ana e guardado em \d\d/\d\d/\d{4}, \d\d:\d\d", pagina.pagina.text)


def test_o_segundo_a_escrever_sabe_quem_mudou_e_nada_e_salvo_por_cima(exigencia, ana, bruno):
    guardar(exigencia, "Texto da Ana.", ana)

    with pytest.raises(OutroChegouAntes, match=r"^Ana mudou o texto da resposta em \d\d/\d\d às \d\d:\d\d"):
        guardar(exigencia, "Texto do Bruno.", bruno)

    exigencia.refresh_from_db()
    assert exigencia.rascunho == "Texto da Ana."


def test_a_trilha_sabe_uma_vez_de_cada_um_que_escreve(exigencia, ana, bruno):
    for versao, (texto, autor) in enumerate([("a", ana), ("ab", ana), ("abc", bruno), ("abcd", bruno)], start=1):
        guardar(exigencia, texto, autor, versao)

    eventos = Evento.objects.filter(acao="exigencia.rascunho").order_by("numero")
    assert [evento.autor for evento in eventos] == [ana, bruno]


def test_enviar_tira_o_rascunho_e_exigencia_respondida_nao_recebe_outro(exigencia, ana, fila_anotada):
    guardado = guardar(exigencia, "Segue.", ana)

    servicos.responder(exigencia.pk, texto="Segue.", autor=ana, versao=guardado.versao)

    exigencia.refresh_from_db()
    assert (exigencia.resposta, exigencia.rascunho, exigencia.rascunho_por) == ("Segue.", "", None)
    with pytest.raises(ErroDeDominio, match="não recebe mais resposta"):
        guardar(exigencia, "Outra coisa.", ana, exigencia.versao)


def test_texto_apagado_de_proposito_nao_volta_a_ser_o_que_o_inss_recusou(exigencia, ana):
    Exigencia.objects.filter(pk=exigencia.pk).update(resposta="O que foi recusado.")

    assert SemScript(ana, exigencia).texto() == "O que foi recusado."
    guardar(exigencia, "", ana)
    assert SemScript(ana, exigencia).texto() == ""


# --- Without scripts ----------------------------------------------------------------------------------------------
@pytest.fixture
def peca(exigencia):
    """A document in the answer, and another, neither of them called original or copy yet."""
    for _ in range(2):
        peca = peca_pronta(exigencia.requerimento, "resposta-exigencia", paginas=2, natureza="")
        peca.exigencia = exigencia
        peca.save()
    return peca


BOTOES = {
    "guardar o texto": lambda p, peca: p.apertar("guardar-resposta", texto="Meu texto"),
    "enviar arquivos": lambda p, peca: p.apertar(
        "juntar", peca.requerimento.codigo, texto="Meu texto", arquivos=enviado(BOM, "a.pdf")
    ),
    "girar": lambda p, peca: p.apertar("pagina", peca.paginas.first().codigo, texto="Meu texto", acao="girar"),
    "tirar": lambda p, peca: p.apertar("peca", peca.codigo, texto="Meu texto", acao="tirar"),
    "original": lambda p, peca: p.apertar("peca", peca.codigo, texto="Meu texto", natureza="original"),
    "todos originais": lambda p, peca: p.apertar(
        "declarar-vaga", peca.requerimento.codigo, texto="Meu texto", natureza="original"
    ),
    "soube hoje": lambda p, peca: p.apertar("ciencia-exigencia", texto="Meu texto", em=localdate().isoformat()),
    "data errada": lambda p, peca: p.apertar("ciencia-exigencia", texto="Meu texto", em="1999-01-01"),
    "mais prazo": lambda p, peca: p.apertar("prorrogar-exigencia", texto="Meu texto", motivo="O cartório atrasou."),
    "enviar cedo demais": lambda p, peca: p.apertar("responder-exigencia", texto="Meu texto", acao="responder"),
}


@pytest.mark.parametrize("botao", BOTOES)
def test_sem_script_todo_botao_da_pagina_leva_o_texto(exigencia, ana, peca, botao):
    pagina = SemScript(ana, exigencia)

    BOTOES[botao](pagina, peca)

    exigencia.refresh_from_db()
    assert (exigencia.rascunho, exigencia.rascunho_por) == ("Meu texto", ana)
    assert pagina.texto() == "Meu texto"


@pytest.mark.parametrize("botao", ["original", "girar", "enviar arquivos", "soube hoje"])
def test_o_botao_faz_o_seu_e_o_texto_dos_dois_fica_a_vista(exigencia, ana, bruno, peca, botao):
    pagina = SemScript(bruno, exigencia)
    guardar(exigencia, "Texto da Ana.", ana)

    BOTOES[botao](pagina, peca)

    assert pagina.texto() == "Meu texto"
    assert dict(pagina.pagina.context["guardado"]) == {"Resposta ao INSS": "Texto da Ana."}
    assert "Ana mudou o texto da resposta" in pagina.pagina.text
    exigencia.refresh_from_db()
    peca.refresh_from_db()
    assert exigencia.rascunho == "Texto da Ana."
    feito = {
        "original": lambda: peca.natureza == "original",
        "girar": lambda: peca.paginas.first().giro == 90,
        "enviar arquivos": lambda: exigencia.pecas.count() == 3,
        "soube hoje": lambda: Evento.objects.filter(acao="exigencia.ciencia").exists(),
    }
    assert feito[botao]()

    pagina.apertar("guardar-resposta", texto="Os dois juntos.")
    exigencia.refresh_from_db()
    assert (exigencia.rascunho, exigencia.rascunho_por) == ("Os dois juntos.", bruno)


def test_quem_so_girou_uma_pagina_nao_mexe_no_texto_que_o_outro_escreveu(exigencia, ana, bruno, peca):
    pagina = SemScript(bruno, exigencia)
    guardar(exigencia, "Texto da Ana.", ana)

    pagina.apertar("pagina", peca.paginas.first().codigo, acao="girar")

    assert pagina.texto() == "Texto da Ana."
    assert "mudou o texto" not in pagina.pagina.text


def test_ninguem_envia_por_cima_do_texto_que_nao_viu(exigencia, ana, bruno, fila_anotada):
    guardar(exigencia, "Versão um.", ana)
    pagina = SemScript(bruno, exigencia)
    guardar(exigencia, "Versão dois.", ana, versao=2)

    pagina.apertar("responder-exigencia", acao="responder")

    exigencia.refresh_from_db()
    assert exigencia.estado == SituacaoExigencia.ABERTA
    assert (pagina.texto(), dict(pagina.pagina.context["guardado"])) == (
        "Versão um.",
        {"Resposta ao INSS": "Versão dois."},
    )

    pagina.apertar("responder-exigencia", acao="responder")
    exigencia.refresh_from_db()
    assert exigencia.resposta == "Versão um."


@pytest.mark.parametrize("acao", ["responder", "sem-documentos"])
def test_dois_cliques_em_enviar_sao_um_envio_e_nenhum_erro(exigencia, ana, fila_anotada, acao):
    pagina = SemScript(ana, exigencia)
    dados = {**pagina.campos, "texto": "Segue.", "acao": acao}
    endereco = reverse("requerimentos:responder-exigencia", args=[exigencia.codigo])

    for _ in range(2):
        ultima = pagina.client.post(endereco, dados, follow=True)

    assert exigencia.envios.count() == 1
    assert "A resposta está a caminho do INSS" in ultima.text
    assert "Texto que não foi enviado" not in ultima.text


def test_o_texto_de_quem_chegou_depois_do_envio_continua_a_vista(exigencia, ana, bruno, fila_anotada):
    pagina = SemScript(bruno, exigencia)
    servicos.responder(exigencia.pk, texto="Texto da Ana.", autor=ana)

    dados = {**pagina.campos, "texto": "Texto do Bruno.", "acao": "responder"}
    resposta = pagina.client.post(
        reverse("requerimentos:responder-exigencia", args=[exigencia.codigo]), dados, follow=True
    )

    assert "Ana já mandou outra resposta" in resposta.text
    assert "Texto que não foi enviado" in resposta.text
    assert "Texto do Bruno." in resposta.text


def test_o_texto_de_quem_chegou_depois_de_cumprida_continua_a_vista(exigencia, ana, bruno, fila_anotada):
    pagina = SemScript(bruno, exigencia)
    servicos.responder(exigencia.pk, texto="Texto da Ana.", autor=ana)
    Exigencia.objects.filter(pk=exigencia.pk).update(situacao=SituacaoExigencia.CUMPRIDA, encerrada_em=now())

    dados = {**pagina.campos, "texto": "Texto do Bruno.", "acao": "responder"}
    resposta = pagina.client.post(
        reverse("requerimentos:responder-exigencia", args=[exigencia.codigo]), dados, follow=True
    )

    assert "Esta exigência está em" in resposta.text
    assert "Texto que não foi enviado" in resposta.text
    assert "Texto do Bruno." in resposta.text


# --- By itself, with scripts --------------------------------------------------------------------------------------
def test_a_pagina_guarda_sozinha_e_diz_a_hora_ou_quem_mudou(exigencia, ana, bruno):
    pagina = SemScript(ana, exigencia)
    endereco = reverse("requerimentos:guardar-resposta", args=[exigencia.codigo])

    def sozinha(texto):
        dados = {"texto": texto, "versao": pagina.campos["versao"]}
        return pagina.client.post(endereco, dados, headers={"accept": "application/json"})

    primeira = sozinha("Seg")
    assert primeira.status_code == 200
    assert re.match(r"Guardado às \d\d:\d\d", primeira.json()["estado"])
    pagina.campos["versao"] = primeira.json()["versao"]
    assert sozinha("Segue").json()["versao"] == 3

    guardar(exigencia, "Texto do Bruno.", bruno, versao=3)
    recusada = sozinha("Segue a")
    assert recusada.status_code == 409
    assert recusada.json()["recado"].startswith("Bruno mudou o texto da resposta")


# --- The session ended --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("com_arquivo", [False, True])
def test_o_texto_que_chegou_depois_da_sessao_volta_para_quem_digitou(exigencia, ana, com_arquivo):
    pagina = SemScript(ana, exigencia)
    aberta = pagina.client.session
    aberta[sessao.VISTO_EM] = 1
    aberta.save()
    dados = {**pagina.campos, "texto": "Quase perdido."}

    if com_arquivo:
        rota, args = "juntar", [exigencia.requerimento.codigo]
        pagina.client.post(
            reverse(f"requerimentos:{rota}", args=args), {**dados, "arquivos": enviado(BOM, "a.pdf")}
        )  # fmt: skip
    else:
        rota, args = "guardar-resposta", [exigencia.codigo]
        pagina.client.post(
            reverse(f"requerimentos:{rota}", args=args),
            urlencode(dados),
            content_type="application/x-www-form-urlencoded",
        )
    entrada = {"email": ana.email, "senha": "senha-de-teste-123"}
    assert pagina.client.post(reverse("contas:entrar"), entrada)["Location"] == reverse("contas:retomar")
    volta = pagina.client.get(reverse("contas:retomar"))

    assert "<dt>Texto</dt><dd>Quase perdido.</dd>" in volta.text
    assert volta.text.count("<dt>") == 1, "só o que a pessoa digitou"
    campos = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', volta.text))
    pagina.client.post(reverse(f"requerimentos:{rota}", args=args), campos)
    exigencia.refresh_from_db()
    assert exigencia.rascunho == "Quase perdido."
