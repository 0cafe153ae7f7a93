"""Who signs for the town changes after INSS accepted the documents that prove who it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.erros import ErroDeDominio
from adesao.models import Formulario, Processo
from adesao.pedido.servicos import formularios
from adesao.pedido.servicos import itens as servicos
from adesao.pedido.servicos.vigilia import rever
from adesao.situacoes import SituacaoItem
from tests.act_portal.arquivos_fabricados import enviado, pdf, pdf_em_bytes
from tests.adesao.fabricas import devolvido, pronto_para_enviar

pytestmark = pytest.mark.django_db
DOCUMENTO, PODERES = "documento-representante", "poderes-representante"
OUTRA = {"rl_nome": "Beatriz Nova Fictícia", "rl_cpf": "529.982.247-25", "rl_documento": "RG MG-11.111.111 SSP/MG"}


def mudar(processo: Processo, **campos) -> None:
    linha = Formulario.objects.get(processo=processo, tipo="municipio")
    formularios.salvar_formulario(
        processo.pk, Formulario.Tipo.MUNICIPIO, {**linha.dados, **campos}, versao=linha.versao, pagina="",
        autor=processo.criado_por,
    )  # fmt: skip


def estado(processo: Processo, codigo: str) -> SituacaoItem:
    return processo.itens.get(codigo=codigo).estado


def test_outra_pessoa_assina_e_os_documentos_dela_sao_pedidos_de_novo():
    processo = devolvido("lei-criacao")

    mudar(processo, **OUTRA)

    for codigo in (DOCUMENTO, PODERES):
        item = processo.itens.get(codigo=codigo)
        assert item.estado == SituacaoItem.REABERTO
        assert "Depois deste documento mudou o nome" in item.motivo
        assert item.aberto_ao_municipio
    assert "o CPF e o documento de identidade de quem assina" in processo.itens.get(codigo=DOCUMENTO).motivo


def test_mandato_mais_longo_pede_so_o_documento_dos_poderes():
    processo = devolvido("lei-criacao")

    mudar(processo, rl_mandato_fim=f"{localdate() + timedelta(days=900):%d/%m/%Y}")

    assert estado(processo, PODERES) == SituacaoItem.REABERTO
    assert estado(processo, DOCUMENTO) == SituacaoItem.ACEITO


def test_o_que_nao_e_de_quem_assina_nao_reabre_documento():
    processo = devolvido("lei-criacao")

    mudar(processo, telefone="(31) 3333-9999")

    assert estado(processo, PODERES) == estado(processo, DOCUMENTO) == SituacaoItem.ACEITO


def test_o_reaberto_so_se_responde_com_o_documento_novo():
    processo = devolvido("lei-criacao")
    mudar(processo, **OUTRA)
    item = processo.itens.get(codigo=DOCUMENTO)

    with pytest.raises(ErroDeDominio, match="Envie o de quem assina agora"):
        servicos.responder(item.pk, texto="Pronto.", autor=processo.criado_por)
    peca = servicos.juntar(item.pk, enviado(pdf_em_bytes(pdf())), autor=processo.criado_por)
    peca.arquivo.situacao = "pronto"
    peca.arquivo.save(update_fields=["situacao"])
    servicos.responder(item.pk, texto="", autor=processo.criado_por)

    assert estado(processo, DOCUMENTO) == SituacaoItem.PRONTO


def test_antes_do_envio_o_item_deixa_de_estar_pronto():
    processo = pronto_para_enviar()
    assert estado(processo, DOCUMENTO) == SituacaoItem.PRONTO

    mudar(processo, **OUTRA)

    assert estado(processo, DOCUMENTO) == SituacaoItem.FALTA


def test_nome_escrito_com_outras_maiusculas_e_o_mesmo():
    processo = devolvido("lei-criacao")

    mudar(processo, rl_nome="ANSELMO TORRES FICTICIO")

    assert estado(processo, DOCUMENTO) == SituacaoItem.ACEITO


def test_reaberto_que_voltou_a_ser_como_era_diz_so_para_responder(client):
    processo = devolvido("lei-criacao")
    antes = Formulario.objects.get(processo=processo, tipo="municipio").dados
    mudar(processo, **OUTRA)
    mudar(processo, **antes)
    client.force_login(processo.criado_por)

    for codigo in (DOCUMENTO, "oficio-manifestacao"):
        pagina = client.get(f"/adesao/{processo.codigo}/itens/{codigo}/").content.decode()
        assert "O que mudou já está certo" in pagina
        assert "Faça o papel de novo" not in pagina.partition("Conversa sobre este item")[0]


# --- Applications of before ---------------------------------------------------------------------------------------


def de_antes(processo: Processo) -> Processo:
    """As one that began when the list did not say what documents prove, and nothing was kept of it."""
    lista = processo.checklist
    for requisito in lista.dados["requisitos"]:
        requisito.pop("prova", None)
    lista.save()
    processo.itens.update(provado={})
    return Processo.objects.get(pk=processo.pk)


def test_pedido_de_antes_tambem_e_comparado_depois_da_primeira_noite():
    processo = de_antes(devolvido("lei-criacao"))

    rever()
    assert estado(processo, DOCUMENTO) == estado(processo, PODERES) == SituacaoItem.ACEITO
    assert rever() == 0
    mudar(processo, **OUTRA)

    assert estado(processo, DOCUMENTO) == estado(processo, PODERES) == SituacaoItem.REABERTO
