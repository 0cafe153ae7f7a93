"""Signed outside, checked by a person, published; and what the agreement authorises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.auditoria.models import Evento
from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.territorio.models import Entidade
from act_portal.territorio.regras import somar_meses
from adesao.analise.papeis import fazer
from adesao.analise.servicos import assinatura as servicos
from adesao.models import Acordo, Assinatura, GuardaChuva, Papel, Processo
from adesao.papeis.consultas import vigente
from adesao.situacoes import Situacao
from tests.act_portal.arquivos_fabricados import em_bytes, foto, pdf, pdf_em_bytes
from tests.adesao.fabricas import (
    aprovado,
    assinado,
    assinado_pelo_municipio,
    dados_da_assinatura,
    pdf_assinado,
    vigente_hoje,
)

pytestmark = pytest.mark.django_db
HOJE = localdate()


def assinar(processo: Processo, arquivo=None, **dados) -> Processo:
    return servicos.assinar_municipio(
        processo.pk, arquivo or pdf_assinado(), **dados_da_assinatura(**dados), autor=processo.criado_por
    )


def assinar_inss(processo: Processo, inss, **dados) -> Processo:
    dados = dados_da_assinatura(conferido_em=localdate(), **dados)
    return servicos.assinar_inss(processo.pk, pdf_assinado(2), **dados, autor=inss.analista)


# --- The town signs -----------------------------------------------------------------------------------------------


def test_o_pdf_assinado_fica_como_veio_com_o_seu_resumo():
    processo, _ = assinado_pelo_municipio()

    feita = Assinatura.objects.get()
    with feita.arquivo.original.open() as guardado:
        assert guardado.read() == pdf_assinado().read()
    assert feita.sha256 == feita.arquivo.sha256
    assert processo.estado == Situacao.CONFERENCIA


@pytest.mark.parametrize(
    ("arquivo", "frase"),
    [
        (SimpleUploadedFile("a.pdf", pdf_em_bytes(pdf())), "não tem assinatura eletrônica"),
        (SimpleUploadedFile("a.jpg", em_bytes(foto())), "Foto ou digitalização não serve"),
    ],
)
def test_arquivo_sem_assinatura_e_recusado_com_o_que_fazer(arquivo, frase):
    processo, _ = aprovado()

    with pytest.raises(ErroDeDominio, match=frase):
        assinar(processo, arquivo)
    assert Processo.objects.get().estado == Situacao.ASSINATURA


def test_arquivo_vazio_e_recusado():
    processo, _ = aprovado()

    with pytest.raises(ArquivoRecusado, match="vazio"):
        assinar(processo, SimpleUploadedFile("a.pdf", b""))


def test_data_de_assinatura_antes_do_aceite_e_recusada():
    processo, _ = aprovado()

    with pytest.raises(ErroDeDominio, match="assinado antes do aceite e da aprovação"):
        assinar(processo, assinado_em=localdate() - timedelta(days=1))


def test_data_de_assinatura_no_futuro_e_recusada():
    processo, _ = aprovado()

    with pytest.raises(ErroDeDominio, match="ainda não chegou"):
        assinar(processo, assinado_em=localdate() + timedelta(days=1))


def test_assinar_antes_da_aprovacao_ou_duas_vezes_e_recusado():
    processo, _ = assinado_pelo_municipio()

    with pytest.raises(TransicaoInvalida):
        assinar(processo)
    assert Assinatura.objects.count() == 1


def test_a_pagina_de_assinar_guarda_o_que_foi_digitado(client):
    processo, _ = aprovado()
    client.force_login(processo.criado_por)

    dados = {**dados_da_assinatura(signatario="Vice Fictícia"), "arquivo": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}
    resposta = client.post(f"/adesao/{processo.codigo}/assinar/", dados)

    assert resposta.status_code == 422
    assert "não tem assinatura eletrônica" in resposta.content.decode()
    assert 'value="Vice Fictícia"' in resposta.content.decode()


# --- INSS checks --------------------------------------------------------------------------------------------------


def test_conferir_guarda_quem_quando_e_o_resultado():
    processo, inss = assinado_pelo_municipio()

    servicos.conferir_assinatura(processo.pk, conferido_em=localdate(), autor=inss.analista)

    feita = Assinatura.objects.get()
    assert (feita.resultado, feita.conferido_por, feita.conferente_matricula) == (
        "valida", inss.analista, inss.analista.matricula,
    )  # fmt: skip


def test_conferencia_antes_da_assinatura_e_recusada():
    processo, inss = assinado_pelo_municipio()

    with pytest.raises(ErroDeDominio, match="entre o da assinatura e hoje"):
        servicos.conferir_assinatura(processo.pk, conferido_em=localdate() - timedelta(days=3), autor=inss.analista)


def test_assinatura_que_nao_serve_volta_e_fica_guardada(client):
    processo, inss = assinado_pelo_municipio()

    servicos.recusar_assinatura(
        processo.pk, resultado="invalida", conferido_em=localdate(), observacao="Falta a do prefeito.",
        autor=inss.analista,
    )  # fmt: skip

    processo.refresh_from_db()
    assert processo.estado == Situacao.ASSINATURA
    client.force_login(processo.criado_por)
    assert "Falta a do prefeito." in client.get(f"/adesao/{processo.codigo}/").content.decode()
    assinar(processo)
    assert Assinatura.objects.count() == 2
    assert Assinatura.objects.get(substituida_em=None).resultado == ""


def test_inss_so_assina_depois_de_conferir_o_municipio():
    processo, inss = assinado_pelo_municipio()

    with pytest.raises(ErroDeDominio, match="Confira antes a assinatura do município"):
        assinar_inss(processo, inss)


def test_inss_nao_assina_com_data_antes_do_municipio():
    processo, inss = assinado_pelo_municipio()
    servicos.conferir_assinatura(processo.pk, conferido_em=localdate(), autor=inss.analista)

    with pytest.raises(ErroDeDominio, match="assinado antes do aceite"):
        assinar_inss(processo, inss, assinado_em=localdate() - timedelta(days=1))


def test_certidao_vencida_depois_da_aprovacao_segura_a_assinatura_do_inss():
    processo, inss = assinado_pelo_municipio()
    servicos.conferir_assinatura(processo.pk, conferido_em=localdate(), autor=inss.analista)
    processo.itens.filter(codigo="regularidade-federal").update(valido_ate=localdate() - timedelta(days=1))

    with pytest.raises(ErroDeDominio, match="Venceu depois da aprovação: Certidão de débitos federais"):
        assinar_inss(processo, inss)


# --- Publication --------------------------------------------------------------------------------------------------


def publicar(processo: Processo, inss, **dados) -> Processo:
    dados = {"dou_data": localdate(), "dou_secao": "3", "dou_pagina": "120", **dados}
    return servicos.publicar(processo.pk, **dados, autor=inss.analista)


def test_publicado_o_acordo_vale_sessenta_meses_e_o_balcao_ja_o_traz():
    processo, _ = vigente_hoje()

    acordo = processo.acordo
    assert (acordo.inicio, acordo.fim) == (HOJE, somar_meses(HOJE, 60) - timedelta(days=1))
    assert set(acordo.servicos.values_list("codigo", flat=True)) == set(processo.servicos)
    entidade = Entidade.objects.get(municipio=processo.municipio)
    assert (entidade.acordo_numero, entidade.acordo_fim, entidade.cnpj) == (acordo.numero, acordo.fim, processo.cnpj)
    assert entidade.servicos == sorted(processo.servicos)
    assert processo.estado == Situacao.VIGENTE


def test_o_extrato_traz_as_partes_e_nenhum_cpf():
    processo, _ = assinado()

    dados = vigente(processo, Papel.Especie.EXTRATO).documento.dados
    assert dados["act_numero"] == processo.acordo.numero
    assert dados["signatarios"][1] == {"nome": "Anselmo Torres Fictício", "cargo": "Prefeito"}


def test_o_extrato_do_termo_de_adesao_diz_ate_quando_vai_o_acordo_principal():
    processo, _ = assinado()
    guarda = GuardaChuva.objects.create(
        numero="10/2024", entidade="Associação Fictícia", inicio=HOJE, fim=HOJE + timedelta(days=500)
    )
    sem = montar_html(vigente(processo, Papel.Especie.EXTRATO).documento)
    processo.acordo.guarda_chuva = guarda
    processo.acordo.save(update_fields=["guarda_chuva"])

    com = montar_html(fazer(processo, Papel.Especie.EXTRATO, autor=processo.criado_por).documento)

    assert "acordo principal" not in sem
    assert f"limitada à do acordo principal, que vai até {guarda.fim:%d/%m/%Y}. DATA" in com


@pytest.mark.parametrize("dias", [-1, 1])
def test_publicacao_antes_da_assinatura_ou_no_futuro_e_recusada(dias):
    processo, inss = assinado()

    with pytest.raises(ErroDeDominio, match="entre a assinatura do INSS"):
        publicar(processo, inss, dou_data=localdate() + timedelta(days=dias))


@pytest.mark.parametrize("pagina", ["abc", "0", "12345", "p. 3x"])
def test_pagina_do_diario_que_nao_e_numero_e_recusada(client, pagina):
    processo, inss = assinado()
    client.force_login(inss.analista)

    with pytest.raises(ErroDeDominio, match="número da página"):
        publicar(processo, inss, dou_pagina=pagina)
    assert publicar(processo, inss, dou_pagina=" 120 ").acordo.dou_pagina == "120"


def test_publicar_depois_do_fim_do_acordo_principal_e_recusado():
    hoje = localdate()
    guarda = GuardaChuva.objects.create(
        numero="10/2024", entidade="Associação Fictícia", inicio=hoje - timedelta(days=400), fim=hoje
    )
    processo, inss = assinado(instrumento="termo_adesao", guarda_chuva=guarda)

    with pytest.raises(ErroDeDominio, match="acordo principal acaba"):
        publicar(processo, inss)


def test_o_termo_de_adesao_termina_com_o_acordo_principal():
    fim = localdate() + timedelta(days=400)
    guarda = GuardaChuva.objects.create(
        numero="10/2024", entidade="Associação Fictícia", inicio=localdate() - timedelta(days=400), fim=fim
    )

    processo, _ = vigente_hoje(instrumento="termo_adesao", guarda_chuva=guarda)

    assert processo.acordo.fim == fim
    assert Entidade.objects.get().acordo_tipo == Entidade.TipoAcordo.ADESAO


def test_o_fim_de_mes_curto_nao_estoura():
    assert somar_meses(date(2024, 2, 29), 60) == date(2029, 2, 28)
    assert somar_meses(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert somar_meses(date(2026, 1, 15), 60) == date(2031, 1, 15)


# --- Services of an agreement in force ----------------------------------------------------------------------------


def test_mudar_os_servicos_e_um_ato_registrado_e_nada_se_apaga():
    processo, inss = vigente_hoje()
    sai, *ficam = processo.servicos

    servicos.mudar_servicos_do_acordo(
        processo.pk, servicos=[*ficam, "pensao-zika"], texto="A equipe mudou.", autor=inss.analista
    )

    acordo = Acordo.objects.get()
    antigo = acordo.servicos.get(codigo=sai)
    assert (antigo.ate, antigo.motivo_fim, antigo.excluido_por) == (localdate(), "A equipe mudou.", inss.analista)
    assert acordo.servicos.get(codigo="pensao-zika").ate is None
    assert Entidade.objects.get().servicos == sorted([*ficam, "pensao-zika"])
    assert Evento.objects.get(acao="adesao.servicos_do_acordo").dados["saem"] == [sai]


def test_servico_que_saiu_pode_voltar():
    processo, inss = vigente_hoje()
    sai, *ficam = processo.servicos
    servicos.mudar_servicos_do_acordo(processo.pk, servicos=ficam, texto="Sai.", autor=inss.analista)

    servicos.mudar_servicos_do_acordo(processo.pk, servicos=[sai, *ficam], texto="Volta.", autor=inss.analista)

    assert Acordo.objects.get().servicos.filter(codigo=sai).count() == 2


@pytest.mark.parametrize(("escolhidos", "frase"), [([], "pelo menos um"), (None, "é a mesma")])
def test_lista_vazia_ou_igual_e_recusada(escolhidos, frase):
    processo, inss = vigente_hoje()

    with pytest.raises(ErroDeDominio, match=frase):
        servicos.mudar_servicos_do_acordo(
            processo.pk, servicos=processo.servicos if escolhidos is None else [], texto="X", autor=inss.analista
        )


def test_o_municipio_com_prova_do_vinculo_entra_no_termo():
    guarda = GuardaChuva.objects.create(
        numero="10/2024", entidade="Associação Fictícia", inicio=HOJE, fim=HOJE + timedelta(days=400)
    )
    processo, _ = aprovado(instrumento="termo_adesao", guarda_chuva=guarda)

    assert processo.itens.filter(codigo="vinculo-guarda-chuva").exists()
    assert "adere" in _texto_do(processo)
    assert "<h1>Termo de Adesão</h1>" in _texto_do(processo)


def _texto_do(processo: Processo) -> str:
    return montar_html(vigente(processo, Papel.Especie.INSTRUMENTO).documento)
