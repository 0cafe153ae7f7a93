"""The end of the powers: taken back or by death. After it nothing acts, nothing leaves, everything can be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.contagens.servicos import conferir as conferir_contagens
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from requerimentos.acompanhamento.servicos.sincronia import sincronizar
from requerimentos.demanda import servicos as demanda
from requerimentos.envio import servicos as envio
from requerimentos.envio.consultas import MONTAR, TRANSMITIR
from requerimentos.mandato import regras, servicos
from requerimentos.mandato.consultas import MandatoEncerrado, fim_do_mandato
from requerimentos.models import Aviso, Obito, Papel, Requerimento, Revogacao, RevogacaoParcial
from requerimentos.papeis.servicos import conferir_conjunto, fazer_conjunto
from requerimentos.recepcao import servicos as recepcao
from requerimentos.situacoes import Etapa, SituacaoEnvio, SituacaoExigencia
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, com_papel
from tests.requerimentos.fabricas import (
    ExigenciaFabrica,
    PessoaFabrica,
    RepresentanteFabrica,
    RequerimentoFabrica,
)
from tests.requerimentos.fabricas_envio import pedido_completo, pedido_sem_documentos

pytestmark = pytest.mark.django_db
CERTIDAO = "Matrícula 123456 01 55 2026 4 00001 001 0000001 00 (dados fictícios)"


def com_termo(pedido: Requerimento) -> Requerimento:
    """Its papers made and received signed."""
    conjunto = fazer_conjunto(pedido.pk, autor=pedido.atendente)
    Papel.objects.filter(conjunto=conjunto).update(assinado_em=now(), assinado_por=pedido.atendente)
    Documento.objects.filter(pk__in=conjunto.papeis.values("documento")).update(
        situacao=SituacaoDocumento.EMITIDO, pdf="papel.pdf", sha256="0" * 64, emitido_em=now()
    )
    conferir_conjunto(conjunto.papeis.latest("pk").documento_id)
    return pedido


def assinado(**campos) -> Requerimento:
    return com_termo(pedido_sem_documentos(**campos))


def revogar(pedido: Requerimento, **campos):
    return servicos.revogar(pedido.pk, **{"quem": "titular", "autor": pedido.atendente, **campos})


def revogado(**campos) -> Requerimento:
    pedido = assinado(**campos)
    revogar(pedido)
    return Requerimento.objects.get(pk=pedido.pk)


def morrer(pessoa, autor) -> Obito:
    return servicos.registrar_obito(pessoa.pk, em=date(2026, 1, 2), documento=CERTIDAO, autor=autor)


# --- Rules --------------------------------------------------------------------------------------------------------
HOJE = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("em", "frase"),
    [
        (HOJE + timedelta(days=1), "futuro"),
        (HOJE, ""),
        (HOJE - timedelta(days=1), ""),
        (date(1960, 5, 3), ""),
        (date(1960, 5, 2), "anterior ao nascimento"),
    ],
)
def test_data_do_obito_fica_entre_o_nascimento_e_hoje(em, frase):
    problema = regras.problema_do_obito(em=em, nascimento=date(1960, 5, 3), hoje=HOJE)

    assert (frase in problema) if frase else not problema


# --- Revocation ---------------------------------------------------------------------------------------------------
def com_o_inss(**campos) -> Requerimento:
    """Signed, with every power that is asked for, and already under analysis."""
    pedido = pedido_sem_documentos(**campos)
    pedido.respostas |= {"atos_agendamento": True, "atos_recurso": True}
    pedido.save(update_fields=["respostas"])
    com_termo(pedido)
    Requerimento.objects.filter(pk=pedido.pk).update(
        etapa=Etapa.ACOMPANHANDO, protocolo=f"{pedido.pk:010d}", der=date(2026, 11, 2), protocolado_em=now(),
        proxima_consulta_em=now(), situacao_inss="EM_ANALISE",
    )  # fmt: skip
    return Requerimento.objects.get(pk=pedido.pk)


def revogar_so(pedido: Requerimento, ato: str, **campos) -> RevogacaoParcial:
    dados = {"quem": "titular", "autor": pedido.atendente, **campos}
    return servicos.revogar_ato(pedido.pk, ato=RevogacaoParcial.Ato(ato), **dados)


def revogado_em_parte(**campos) -> Requerimento:
    pedido = com_o_inss(**campos)
    revogar_so(pedido, "agenda")
    return pedido


def documento_do(pedido: Requerimento, especie: str):
    return Papel.objects.filter(conjunto__requerimento=pedido, especie=especie).latest("pk").documento


def test_as_listas_dizem_ao_lado_da_etapa_que_a_representacao_foi_revogada(client):
    pedido = com_o_inss()
    client.force_login(pedido.atendente)
    paginas = [reverse("requerimentos:lista"), reverse("requerimentos:pessoa", args=[pedido.pessoa_id])]
    for pagina in paginas:
        assert "Representação revogada" not in client.get(pagina).content.decode()

    revogar(pedido)

    for pagina in paginas:
        texto = client.get(pagina).content.decode()
        assert texto.count("Representação revogada") == 1
        assert str(pedido.estado.label) in texto


def test_revogar_tira_o_valor_do_termo_e_faz_o_papel(client):
    pedido = com_o_inss()

    feita = revogar(pedido)

    antigo = documento_do(pedido, Papel.Especie.REPRESENTACAO)
    pedido.refresh_from_db()
    assert antigo.situacao == SituacaoDocumento.REVOGADO
    assert documento_do(pedido, Papel.Especie.DADOS).situacao == SituacaoDocumento.REVOGADO
    assert documento_do(pedido, Papel.Especie.REQUERIMENTO).situacao == SituacaoDocumento.EMITIDO
    assert feita.documento.modelo == "revogacao-termo"
    assert feita.documento.dados["termo_codigo"] == antigo.codigo
    assert (pedido.etapa, pedido.proxima_consulta_em) == (Etapa.ACOMPANHANDO, None)
    assert Evento.objects.filter(acao="mandato.revogado", alvo_id=str(pedido.pk)).count() == 1
    assert "Revogado" in client.get(reverse("emissao:conferir"), {"c": antigo.codigo}).text


def test_o_gestor_renuncia_pelo_municipio_com_motivo_e_ninguem_mais_age(client):
    pedido = com_o_inss()
    gestor = com_papel("gestor", pedido.municipio)
    endereco = reverse("requerimentos:mandato-renuncia", args=[pedido.codigo])
    with pytest.raises(PermissionDenied):
        servicos.renunciar(pedido.pk, motivo="Conflito de interesse.", autor=pedido.atendente)
    client.force_login(gestor)
    assert client.post(endereco, {"motivo": " ", "ciente": "on"}).status_code == 422
    assert client.post(endereco, {"motivo": "Conflito de interesse."}).status_code == 422

    assert client.post(endereco, {"motivo": "Conflito de interesse.", "ciente": "on"}).status_code == 302

    pedido = Requerimento.objects.get(pk=pedido.pk)
    assert "renunciou à representação" in fim_do_mandato(pedido)
    assert pedido.proxima_consulta_em is None
    assert documento_do(pedido, Papel.Especie.REPRESENTACAO).situacao == SituacaoDocumento.REVOGADO
    assert "Conflito de interesse." in client.get(reverse("requerimentos:mandato", args=[pedido.codigo])).text
    lista = client.get(reverse("requerimentos:lista")).text
    assert "Município renunciou" in lista
    assert "Representação revogada" not in lista


def test_revogar_duas_vezes_e_uma_revogacao_so():
    pedido = com_o_inss()

    assert revogar(pedido) == revogar(pedido)
    assert Revogacao.objects.count() == 1


def test_revogar_sem_termo_assinado_manda_para_a_desistencia():
    pedido = pedido_sem_documentos()

    with pytest.raises(ErroDeDominio, match="use a desistência"):
        revogar(pedido)


def test_pedido_que_nao_saiu_e_cancelado_com_a_revogacao():
    pedido = assinado()

    revogar(pedido)

    pedido.refresh_from_db()
    assert (pedido.etapa, pedido.etapa_motivo) == (Etapa.CANCELADO, servicos.MOTIVO_DA_REVOGACAO)
    assert [d for d in conferir_contagens() if "desistido" in str(d)] == []


def test_quem_assina_a_revogacao_pode_ser_outra_pessoa_e_o_pedido_guarda_quem_assinou():
    pedido = com_o_inss()
    curador = RepresentanteFabrica(
        pessoa=pedido.pessoa, tipo="curador", titulo_data=date(2025, 1, 1), processo="1", juizo="Vara", limites="todos"
    )

    feita = revogar(pedido, quem="representante", representante_id=curador.pk)

    pedido.refresh_from_db()
    assert feita.documento.dados["quem_assina"] == "curador"
    assert pedido.quem_assina == "titular"


def test_so_o_balcao_da_cidade_revoga():
    pedido = com_o_inss()

    with pytest.raises(PermissionDenied):
        revogar(pedido, autor=com_papel("atendente", MunicipioFabrica()))


def test_depois_da_revogacao_o_inss_nao_e_ouvido_nem_a_pessoa_avisada():
    pedido = com_o_inss()
    pedido.pessoa.canal = "email"
    pedido.pessoa.save()
    revogar(pedido)
    pedido.refresh_from_db()

    class Resposta:
        protocolo, versao = pedido.protocolo, 99

    assert sincronizar(pedido.pk, Resposta()) is False  # type: ignore[arg-type]
    assert Aviso.objects.filter(requerimento=pedido).count() == 0


# --- Death --------------------------------------------------------------------------------------------------------
def test_obito_para_todos_os_pedidos_da_pessoa_e_diz_o_caminho():
    preparo = assinado()
    la = com_o_inss(atendimento=preparo.atendimento)
    Requerimento.objects.filter(pk=la.pk).update(pessoa=preparo.pessoa)

    morrer(preparo.pessoa, preparo.atendente)

    preparo.refresh_from_db()
    la.refresh_from_db()
    assert preparo.etapa == Etapa.CANCELADO
    assert (la.etapa, la.proxima_consulta_em) == (Etapa.ACOMPANHANDO, None)
    for pedido in (preparo, la):
        assert "pensão por morte no próprio cadastro" in fim_do_mandato(pedido)


def test_obito_sem_certidao_ou_no_futuro_e_recusado():
    pessoa = PessoaFabrica()
    autor = com_papel("atendente", pessoa.municipio)

    with pytest.raises(ErroDeDominio, match="certidão"):
        servicos.registrar_obito(pessoa.pk, em=date(2026, 1, 2), documento=" ", autor=autor)
    with pytest.raises(ErroDeDominio, match="futuro"):
        servicos.registrar_obito(pessoa.pk, em=date(2126, 1, 2), documento=CERTIDAO, autor=autor)


def test_so_o_gestor_desfaz_o_obito_e_o_inss_volta_a_ser_ouvido():
    pedido = com_o_inss()
    morrer(pedido.pessoa, pedido.atendente)

    with pytest.raises(PermissionDenied):
        servicos.desfazer_obito(pedido.pessoa_id, motivo="Era outra pessoa.", autor=pedido.atendente)
    gestor = com_papel("gestor", pedido.municipio)
    with pytest.raises(ErroDeDominio, match="por que"):
        servicos.desfazer_obito(pedido.pessoa_id, motivo=" ", autor=gestor)
    servicos.desfazer_obito(pedido.pessoa_id, motivo="Era outra pessoa.", autor=gestor)

    pedido.refresh_from_db()
    assert pedido.proxima_consulta_em is not None
    assert fim_do_mandato(pedido) == ""
    assert Obito.objects.get().desfeito_por == gestor


def test_dependente_com_cadastro_proprio_pede_a_pensao():
    pedido = com_o_inss()
    morrer(pedido.pessoa, pedido.atendente)
    viuvo = RequerimentoFabrica(servico_codigo="pensao-morte-urbana", atendimento__balcao=pedido.balcao)

    assert fim_do_mandato(viuvo) == ""
    demanda.responder(viuvo.pk, {"obito": True}, autor=viuvo.atendente, versao=1)


def test_servicos_da_pessoa_recusam_depois_do_obito():
    pedido = com_o_inss()
    autor, pessoa = pedido.atendente, pedido.pessoa
    morrer(pessoa, autor)

    with pytest.raises(MandatoEncerrado):
        recepcao.dar_senha(pessoa.pk, balcao=pedido.balcao, prioridade="nenhuma", motivo="pedir", autor=autor)
    with pytest.raises(MandatoEncerrado):
        recepcao.juntar_representante(pessoa.pk, {"cpf": "1", "tipo": "tutor"}, autor=autor)
    with pytest.raises(MandatoEncerrado):
        recepcao.alterar_pessoa(pessoa.pk, {}, autor=autor, versao=1, nits=[], contatos=[])


# --- What was on its way ------------------------------------------------------------------------------------------
class InssQueNaoPodeSerChamado:
    def __getattr__(self, nome):
        raise AssertionError(f"O INSS foi chamado ({nome}) depois do fim do mandato.")


def trabalhar(chave: str) -> None:
    Saida.objects.filter(chave=chave, estado="pendente").update(proxima_em=now() - timedelta(seconds=1))
    saidas.executar(Saida.objects.get(chave=chave).pk)


@pytest.mark.parametrize("fim", ["revogacao", "obito"])
def test_envio_na_fila_nao_sai_depois_do_fim(monkeypatch, fim):
    monkeypatch.setattr("requerimentos.envio.trabalhos.inss", InssQueNaoPodeSerChamado)
    pedido = com_termo(pedido_completo())
    saindo = envio.enviar(pedido.pk, autor=pedido.atendente)
    revogar(pedido) if fim == "revogacao" else morrer(pedido.pessoa, pedido.atendente)

    trabalhar(f"{MONTAR}:{saindo.pk}")

    saindo.refresh_from_db()
    pedido.refresh_from_db()
    assert saindo.situacao == SituacaoEnvio.RECUSADO
    assert saindo.motivos[0]["codigo"] == "mandato"
    assert (pedido.etapa, pedido.protocolo) == (Etapa.CANCELADO, "")
    assert Evento.objects.filter(acao="mandato.envio_parado").count() == 1


def test_envio_que_ja_tentou_diz_que_pode_ter_chegado(monkeypatch):
    monkeypatch.setattr("requerimentos.envio.trabalhos.inss", InssQueNaoPodeSerChamado)
    pedido = com_termo(pedido_completo())
    saindo = envio.enviar(pedido.pk, autor=pedido.atendente)
    envio.congelar(saindo.pk, [], None)
    envio.anotar_falha(saindo.pk, "O INSS não respondeu.")
    revogar(pedido)

    trabalhar(f"{TRANSMITIR}:{saindo.pk}")

    pedido.refresh_from_db()
    assert pedido.etapa == Etapa.CANCELADO
    assert envio.TALVEZ_TENHA_CHEGADO in pedido.etapa_motivo


def test_resposta_de_exigencia_na_fila_volta_sem_sair(monkeypatch):
    monkeypatch.setattr("requerimentos.envio.trabalhos.inss", InssQueNaoPodeSerChamado)
    exigencia = ExigenciaFabrica()
    pedido = exigencia.requerimento
    saindo = envio.enviar_resposta(exigencia.pk, texto="Segue.", autor=pedido.atendente)
    revogar(pedido)

    trabalhar(f"{MONTAR}:{saindo.pk}")

    exigencia.refresh_from_db()
    saindo.refresh_from_db()
    assert saindo.situacao == SituacaoEnvio.RECUSADO
    assert saindo.nao_saiu
    assert exigencia.situacao == SituacaoExigencia.ABERTA


@pytest.mark.django_db(transaction=True)
def test_revogacao_contra_envio_um_dos_dois_vem_primeiro_e_nada_sai_depois():
    for _ in range(5):
        pedido = com_termo(pedido_completo())

        def mandar(verbo, pedido=pedido):
            if verbo == "enviar":
                return envio.enviar(pedido.pk, autor=pedido.atendente)
            return revogar(pedido)

        fins = correr(mandar, ["enviar", "revogar"])

        assert isinstance(fins[1], Revogacao)
        pedido.refresh_from_db()
        if isinstance(fins[0], ErroDeDominio):
            assert pedido.etapa == Etapa.CANCELADO
        else:
            assert not envio.pode_sair(fins[0].pk)
            pedido.refresh_from_db()
            assert (pedido.etapa, pedido.protocolo) == (Etapa.CANCELADO, "")


# --- Pages --------------------------------------------------------------------------------------------------------
def test_pagina_do_mandato_revoga_e_depois_nada_oferece():
    pedido = com_o_inss()
    client = Client()
    client.force_login(pedido.atendente)
    endereco = reverse("requerimentos:mandato", args=[pedido.codigo])

    antes = client.get(endereco).text
    campos = {"versao": pedido.versao, "quem": "titular", "alcance": "total"}
    sem_ciencia = client.post(endereco, campos)
    depois = client.post(endereco, {**campos, "ciente": "on"}, follow=True).text

    assert "apresentar o requerimento e os documentos" in antes
    assert sem_ciencia.status_code == 422
    assert "Termo revogado" in depois
    assert "A pessoa quer revogar" not in depois
    for pagina in ("formularios", "documentos", "acompanhamento", "historico"):
        texto = client.get(reverse(f"requerimentos:{pagina}", args=[pedido.codigo])).text
        assert "Ninguém mais age neste pedido" in texto


def test_pagina_do_obito_registra_e_o_gestor_desfaz():
    pedido = com_o_inss()
    client = Client()
    client.force_login(pedido.atendente)
    endereco = reverse("requerimentos:obito", args=[pedido.pessoa_id])

    client.get(endereco)
    pagina = client.post(endereco, {"em": "2026-01-02", "documento": CERTIDAO, "ciente": "on"}, follow=True).text
    assert "Óbito registrado" in pagina
    assert reverse("requerimentos:dar-senha", args=[pedido.pessoa_id]) not in pagina

    client.force_login(com_papel("gestor", pedido.municipio))
    desfazer = reverse("requerimentos:desfazer-obito", args=[pedido.pessoa_id])
    assert client.post(desfazer, {"motivo": ""}).status_code == 422
    assert (
        "Óbito registrado" not in client.post(desfazer, {"motivo": "Outra pessoa."}, follow=True).text.split("<h1>")[1]
    )


@pytest.mark.django_db
def test_de_termo_revogado_ninguem_manda_fazer_os_papeis_de_novo(client):
    pedido = revogado()
    client.force_login(pedido.atendente)

    pagina = client.get(reverse("requerimentos:imprimir-papeis", args=[pedido.codigo]), follow=True).content.decode()

    assert "Faça os papéis" not in pagina
    assert "revog" in pagina
