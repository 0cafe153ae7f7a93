"""Notices: promised with the fact, delivered by the chosen channel, and shown when nobody got them."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction

from act_portal.erros import FalhaDefinitiva, TransicaoInvalida
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois
from requerimentos.avisos import canais, servicos, trabalhos
from requerimentos.models import Aviso, Contato, Pessoa
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import AvisoFabrica, ContatoFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db


@pytest.fixture
def requerimento():
    return RequerimentoFabrica(protocolado=True)


def avisar(requerimento, chave="teste:1", assunto=Aviso.Assunto.RESULTADO):
    with transaction.atomic():
        return servicos.avisar(requerimento, assunto, chave=chave)


def entregar(aviso, tentativas=1):
    trabalhos.avisar(Saida(tipo=servicos.AVISAR, carga={"aviso": aviso.pk}, tentativas=tentativas))
    aviso.refresh_from_db()


def test_a_mesma_chave_e_um_so_aviso_e_um_so_trabalho(requerimento):
    assert avisar(requerimento).pk == avisar(requerimento).pk

    assert Saida.objects.filter(tipo=servicos.AVISAR).count() == 1


def test_quem_quer_saber_so_no_balcao_nao_e_avisado(requerimento):
    requerimento.pessoa.canal = Pessoa.Canal.BALCAO

    assert avisar(requerimento) is None


def test_sem_contato_do_canal_o_aviso_nasce_falho_para_o_balcao_ver(requerimento):
    Contato.objects.all().delete()

    aviso = avisar(requerimento)

    assert (aviso.situacao, aviso.falha) == ("falhou", "O cadastro não tem e-mail da pessoa.")
    assert not Saida.objects.filter(tipo=servicos.AVISAR).exists()


@pytest.mark.parametrize("assunto", Aviso.Assunto.values)
def test_todo_aviso_diz_o_protocolo_e_mais_nada_da_pessoa(requerimento, assunto):
    aviso = avisar(requerimento, assunto=assunto)

    entregar(aviso)

    (mensagem,) = mail.outbox
    inteiro = f"{mensagem.subject}\n{mensagem.body}"
    assert requerimento.protocolo in mensagem.body
    assert "gratuito" in mensagem.body
    for segredo in (requerimento.pessoa.nome_civil, requerimento.pessoa.cpf, requerimento.servico.nome):
        assert segredo not in inteiro
    assert aviso.situacao == "enviado"
    assert aviso.enviado_em is not None


def test_entrega_repetida_manda_uma_mensagem_so(requerimento):
    aviso = avisar(requerimento)

    entregar(aviso)
    entregar(aviso)

    assert len(mail.outbox) == 1


def test_a_mesma_mensagem_tem_sempre_o_mesmo_identificador(requerimento):
    aviso = avisar(requerimento)
    entregar(aviso)
    Aviso.objects.update(situacao="pendente")

    entregar(aviso)

    um, dois = (m.message()["Message-ID"] for m in mail.outbox)
    assert um == dois


def test_contato_apagado_antes_da_entrega_e_falha_que_o_balcao_ve(requerimento):
    aviso = avisar(requerimento)
    Contato.objects.all().delete()

    entregar(aviso)

    assert (aviso.situacao, aviso.falha) == ("falhou", "O contato foi apagado do cadastro.")


def test_destinatario_recusado_nao_e_tentado_de_novo(requerimento, monkeypatch):
    def recusar(self):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(canais.EmailMessage, "send", recusar)
    aviso = avisar(requerimento)

    entregar(aviso)

    aviso.refresh_from_db()
    assert (aviso.situacao, aviso.falha) == ("falhou", "O e-mail da pessoa não aceita mensagens. Confira o endereço.")


@pytest.mark.parametrize("erro", [smtplib.SMTPServerDisconnected("x"), ConnectionRefusedError("x")])
def test_servidor_fora_do_ar_tenta_de_novo_e_so_depois_de_horas_conta_ao_balcao(requerimento, monkeypatch, erro):
    def cair(self):
        raise erro

    monkeypatch.setattr(canais.EmailMessage, "send", cair)
    aviso = avisar(requerimento)

    with pytest.raises(TentarDepois):
        entregar(aviso)
    aviso.refresh_from_db()
    assert aviso.situacao == "pendente"
    with pytest.raises(FalhaDefinitiva):
        entregar(aviso, tentativas=trabalhos.TENTATIVAS_ATE_AVISAR_O_BALCAO)

    aviso.refresh_from_db()
    assert (aviso.situacao, aviso.falha) == ("falhou", "O serviço de mensagens não respondeu por horas.")


@pytest.mark.parametrize(
    ("canal", "tipo"), [(Pessoa.Canal.SMS, Contato.Tipo.CELULAR), (Pessoa.Canal.WHATSAPP, Contato.Tipo.WHATSAPP)]
)
def test_sms_e_whatsapp_sem_servico_so_registram_e_o_balcao_sabe(requerimento, caplog, canal, tipo):
    contato = ContatoFabrica(pessoa=requerimento.pessoa, tipo=tipo, valor="31999990000")
    requerimento.pessoa.canal = canal
    aviso = avisar(requerimento)

    with caplog.at_level("INFO"):
        entregar(aviso)

    assert "aviso_registrado" in caplog.text
    assert contato.valor not in caplog.text
    aviso.refresh_from_db()
    assert aviso.situacao == "falhou"
    assert "não tem serviço de SMS" in aviso.falha


def test_balcao_diz_que_avisou_de_outro_jeito_uma_vez(requerimento):
    aviso = AvisoFabrica(requerimento=requerimento, situacao="falhou", falha="x")

    servicos.marcar_visto(aviso.pk, autor=requerimento.atendente)
    aviso.refresh_from_db()
    visto = aviso.visto_em
    servicos.marcar_visto(aviso.pk, autor=requerimento.atendente)

    aviso.refresh_from_db()
    assert aviso.visto_em == visto is not None


def test_quem_nao_e_do_balcao_nao_marca_visto(requerimento):
    aviso = AvisoFabrica(requerimento=requerimento, situacao="falhou", falha="x")

    with pytest.raises(PermissionDenied):
        servicos.marcar_visto(aviso.pk, autor=com_papel("analista_inss", requerimento.municipio.unidade))


def test_aviso_enviado_nao_volta_a_falhar(requerimento):
    aviso = AvisoFabrica(requerimento=requerimento, situacao="enviado")

    with pytest.raises(TransicaoInvalida):
        servicos.marcar_falha(aviso.pk, "tarde")
