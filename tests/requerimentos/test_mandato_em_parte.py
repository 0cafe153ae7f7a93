"""One act taken out of the term: nothing does it any more, by any route, and all the rest goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.emissao import servicos as emissao
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from requerimentos.agenda import servicos as agenda
from requerimentos.avisos import servicos as avisos
from requerimentos.avisos import trabalhos
from requerimentos.demanda import servicos as demanda
from requerimentos.envio import servicos as envio
from requerimentos.envio.consultas import MONTAR
from requerimentos.mandato import servicos
from requerimentos.mandato.consultas import AtoRevogado, MandatoEncerrado
from requerimentos.models import Aviso, Marcacao, Papel, Pessoa, Requerimento, RevogacaoParcial
from requerimentos.situacoes import Etapa, SituacaoEnvio, SituacaoExigencia, SituacaoMarcacao
from tests.acesso.base import Cenario, montar
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, com_papel
from tests.requerimentos.fabricas import (
    AgendamentoFabrica,
    ContatoFabrica,
    ExigenciaFabrica,
    RepresentanteFabrica,
    ResultadoFabrica,
)
from tests.requerimentos.test_mandato import assinado, com_o_inss, documento_do, revogado, revogar, revogar_so
from tests.requerimentos.test_mandato_rotas import acoes, retrato

pytestmark = pytest.mark.django_db
Ato = RevogacaoParcial.Ato
FRASE = "revogou em"


# --- The act of revoking ------------------------------------------------------------------------------------------
def test_revogar_uma_parte_faz_o_papel_e_deixa_o_termo_valendo():
    pedido = com_o_inss()

    feita = revogar_so(pedido, "agenda")

    pedido.refresh_from_db()
    assert (feita.documento.modelo, feita.documento.versao) == ("revogacao-termo", "2")
    assert feita.documento.dados["alcance"] == "agenda"
    assert feita.documento.dados["termo_codigo"] == documento_do(pedido, Papel.Especie.REPRESENTACAO).codigo
    assert documento_do(pedido, Papel.Especie.REPRESENTACAO).situacao == SituacaoDocumento.EMITIDO
    assert (pedido.etapa, pedido.proxima_consulta_em is None) == (Etapa.ACOMPANHANDO, False)
    assert Evento.objects.filter(acao="mandato.revogado_em_parte", alvo_id=str(pedido.pk)).count() == 1


def test_a_mesma_parte_duas_vezes_e_uma_linha_so_e_duas_partes_sao_duas():
    pedido = com_o_inss()

    assert revogar_so(pedido, "agenda") == revogar_so(pedido, "agenda")
    revogar_so(pedido, "exigencia")

    assert set(pedido.revogacoes_parciais.values_list("ato", flat=True)) == {"agenda", "exigencia"}


def test_so_se_revoga_o_que_o_termo_tem_depois_do_envio_e_antes_do_fim():
    with pytest.raises(ErroDeDominio, match="ainda não saiu do balcão"):
        revogar_so(assinado(), "agenda")
    sem_recurso = com_o_inss()
    termo = documento_do(sem_recurso, Papel.Especie.REPRESENTACAO)
    termo.dados["atos_recurso"] = False
    termo.save(update_fields=["dados"])
    with pytest.raises(ErroDeDominio, match="não está no termo"):
        revogar_so(sem_recurso, "recurso")
    de_todo = com_o_inss()
    revogar(de_todo)
    with pytest.raises(MandatoEncerrado):
        revogar_so(de_todo, "agenda")


def test_quem_so_ouve_no_balcao_nao_tem_avisos_a_revogar():
    pedido = com_o_inss()
    Pessoa.objects.filter(pk=pedido.pessoa_id).update(canal=Pessoa.Canal.BALCAO)

    with pytest.raises(ErroDeDominio, match="não está no termo"):
        revogar_so(pedido, "avisos")


def test_so_o_balcao_da_cidade_recebe_a_revogacao_e_quem_representa_pode_assinar():
    pedido = com_o_inss()
    curador = RepresentanteFabrica(
        pessoa=pedido.pessoa, tipo="curador", titulo_data=now().date() - timedelta(days=300), processo="1",
        juizo="Vara", limites="todos",
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        revogar_so(pedido, "agenda", autor=com_papel("atendente", MunicipioFabrica()))

    feita = revogar_so(pedido, "agenda", quem="representante", representante_id=curador.pk)

    pedido.refresh_from_db()
    assert feita.documento.dados["quem_assina"] == "curador"
    assert pedido.quem_assina == "titular"


def test_depois_de_uma_parte_ainda_se_revoga_o_todo():
    pedido = com_o_inss()
    revogar_so(pedido, "agenda")

    assert revogar(pedido).documento.dados["alcance"] == "total"


# --- Every acting route, with and without the part ----------------------------------------------------------------
DA_PARTE: dict[str, set[str]] = {
    "agenda": {
        "requerimentos:horarios", "requerimentos:remarcar", "requerimentos:desmarcar", "requerimentos:tentar-marcar",
    },
    "exigencia": {
        "requerimentos:guardar-resposta", "requerimentos:responder-exigencia", "requerimentos:ciencia-exigencia",
        "requerimentos:prorrogar-exigencia",
    },
}  # fmt: skip
# A booking is refused before that for what the table sends: the choice is of another request.
VEM_ANTES = {"requerimentos:horarios", "requerimentos:remarcar"}


@pytest.fixture
def cenario() -> Cenario:
    feito = montar()
    feito.quem = "gestor"
    return feito


def tirar_de_todos(ato: str, autor) -> None:
    for pedido in Requerimento.objects.select_related("municipio"):
        documento = emissao.pedir("revogacao-termo", {}, municipio=pedido.municipio, autor=autor)
        RevogacaoParcial.objects.create(requerimento=pedido, ato=ato, documento=documento, autor=autor)


def agir(rota, caso, args, cenario) -> tuple[int, str, bool]:
    cliente = Client()
    cliente.force_login(cenario.eu)
    antes = retrato()
    resposta = cliente.post(reverse(rota, kwargs=args), dict(caso.dados(cenario)), follow=True)
    return resposta.status_code, resposta.text, retrato() != antes


CASOS = [(rota, caso, ato) for rota, caso in acoes() for ato in DA_PARTE]


@pytest.mark.parametrize(("rota", "caso", "ato"), CASOS, ids=[f"{rota}-{ato}" for rota, _, ato in CASOS])
def test_so_as_rotas_da_parte_param(rota, caso, ato, cenario):
    args = dict(caso.args(cenario))
    with transaction.atomic():
        como_era = agir(rota, caso, args, cenario)
        transaction.set_rollback(True)
    tirar_de_todos(ato, cenario.eu)

    situacao, texto, agiu = agir(rota, caso, args, cenario)

    if rota not in DA_PARTE[ato]:
        assert (situacao, agiu) == (como_era[0], como_era[2]), f"{rota} mudou com a revogação de {ato}"
        return
    assert not agiu, f"{rota} agiu com {ato} revogado"
    assert FRASE in texto
    if rota not in VEM_ANTES:
        assert situacao in {200, 409, 422}


# --- What was on its way, and what comes later --------------------------------------------------------------------
class InssQueNaoPodeSerChamado:
    def __getattr__(self, nome):
        raise AssertionError(f"O INSS foi chamado ({nome}) depois da revogação.")


def trabalhar(chave: str) -> None:
    Saida.objects.filter(chave=chave, estado="pendente").update(proxima_em=now() - timedelta(seconds=1))
    saidas.executar(Saida.objects.get(chave=chave).pk)


def com_data() -> Requerimento:
    pedido = com_o_inss(servico_codigo="bpc-pcd")
    AgendamentoFabrica(requerimento=pedido)
    return pedido


def test_marcacao_na_fila_nao_chega_ao_inss_e_a_data_que_ha_fica(monkeypatch):
    monkeypatch.setattr("requerimentos.agenda.trabalhos.inss", InssQueNaoPodeSerChamado)
    pedido = com_data()
    data = pedido.agendamentos.get()
    marcacao = agenda.pedir_desmarcacao(data.pk, motivo="Vai viajar.", autor=pedido.atendente)
    revogar_so(pedido, "agenda")

    trabalhar(agenda.chave_do_trabalho(marcacao))

    marcacao.refresh_from_db()
    data.refresh_from_db()
    assert marcacao.situacao == SituacaoMarcacao.RECUSADA
    assert FRASE in marcacao.motivos[0]["mensagem"]
    assert data.vale


def test_servicos_da_agenda_recusam_e_quem_leva_a_pessoa_continua_a_cuidar_da_ida():
    pedido = com_data()
    data = pedido.agendamentos.get()
    escolha = agenda.Escolha(agenda.DO_CATALOGO["pericia_medica"], "v", now() + timedelta(days=9), "APS")
    revogar_so(pedido, "agenda")
    como = {"acompanhante": False, "transporte": True, "autor": pedido.atendente}

    for verbo in (
        lambda: agenda.pedir_marcacao(pedido.pk, escolha, **como),
        lambda: agenda.pedir_remarcacao(data.pk, escolha, **como),
        lambda: agenda.pedir_desmarcacao(data.pk, motivo="Não vai.", autor=pedido.atendente),
    ):
        with pytest.raises(AtoRevogado):
            verbo()
    assert agenda.dizer_como_vai(data.pk, **como).transporte
    assert Marcacao.objects.count() == 0


def test_resposta_de_exigencia_na_fila_volta_sem_sair(monkeypatch):
    monkeypatch.setattr("requerimentos.envio.trabalhos.inss", InssQueNaoPodeSerChamado)
    exigencia = ExigenciaFabrica()
    pedido = exigencia.requerimento
    saindo = envio.enviar_resposta(exigencia.pk, texto="Segue.", autor=pedido.atendente)
    revogar_so(pedido, "exigencia")

    trabalhar(f"{MONTAR}:{saindo.pk}")

    exigencia.refresh_from_db()
    saindo.refresh_from_db()
    assert (saindo.situacao, saindo.nao_saiu) == (SituacaoEnvio.RECUSADO, True)
    assert exigencia.situacao == SituacaoExigencia.ABERTA
    with pytest.raises(AtoRevogado):
        envio.enviar_resposta(exigencia.pk, texto="Segue.", autor=pedido.atendente)


@pytest.mark.django_db(transaction=True)
def test_resposta_contra_revogacao_um_dos_dois_vem_primeiro_e_nada_sai_depois():
    for _ in range(5):
        exigencia = ExigenciaFabrica()
        pedido = exigencia.requerimento

        def mandar(verbo, exigencia=exigencia, pedido=pedido):
            if verbo == "responder":
                return envio.enviar_resposta(exigencia.pk, texto="Segue.", autor=pedido.atendente)
            return revogar_so(pedido, "exigencia")

        respondida, feita = correr(mandar, ["responder", "revogar"])

        assert isinstance(feita, RevogacaoParcial)
        assert isinstance(respondida, ErroDeDominio) or not envio.pode_sair(respondida.pk)


def test_avisos_revogados_nao_se_prometem_e_o_que_esperava_nao_sai(mailoutbox):
    pedido = com_o_inss()
    Pessoa.objects.filter(pk=pedido.pessoa_id).update(canal=Pessoa.Canal.EMAIL)
    pedido.pessoa.refresh_from_db()
    ContatoFabrica(pessoa=pedido.pessoa, tipo="email", valor="pessoa@exemplo.invalid")
    with transaction.atomic():
        esperando = avisos.avisar(pedido, Aviso.Assunto.ANALISE, chave="a:1")
    revogar_so(pedido, "avisos")

    with transaction.atomic():
        assert avisos.avisar(pedido, Aviso.Assunto.RESULTADO, chave="a:2") is None
    trabalhos.avisar(Saida(tipo=avisos.AVISAR, carga={"aviso": esperando.pk}, tentativas=1))

    esperando.refresh_from_db()
    assert (esperando.situacao, mailoutbox) == ("falhou", [])
    assert "não quer mais avisos" in esperando.falha


# --- The appeal ---------------------------------------------------------------------------------------------------
def test_recurso_revogado_some_do_resultado_e_so_se_abre_dizendo_por_que(client):
    pedido = com_o_inss()
    ResultadoFabrica(requerimento=pedido, tipo="indeferido")
    Requerimento.objects.filter(pk=pedido.pk).update(etapa=Etapa.RESULTADO)
    visita = pedido.atendimento
    client.force_login(pedido.atendente)
    pagina = reverse("requerimentos:resultado", args=[pedido.codigo])
    assert "Ver o recurso" in client.get(pagina).text
    revogar_so(pedido, "recurso")

    depois = client.get(pagina).text
    assert "Ver o recurso" not in depois
    assert FRASE in depois
    codigo = "0b8f4a3e-3f6e-4c57-9a06-0d4d6f0f0001"
    with pytest.raises(ErroDeDominio, match="o poder de recorrer"):
        demanda.abrir(visita.pk, "recurso-ordinario", autor=pedido.atendente, codigo=codigo)
    dito = demanda.abrir(
        visita.pk,
        "recurso-ordinario",
        autor=pedido.atendente,
        codigo=codigo,
        excecao="Mudou de ideia e pede o recurso.",
    )
    assert dito.repetido_motivo == "Mudou de ideia e pede o recurso."
    demanda.abrir(visita.pk, "copia-processo", autor=pedido.atendente, codigo="0b8f4a3e-3f6e-4c57-9a06-0d4d6f0f0002")


# --- Pages --------------------------------------------------------------------------------------------------------
def test_a_pagina_pergunta_o_que_revogar_e_depois_diz_o_que_ficou(client):
    pedido = com_data()
    client.force_login(pedido.atendente)
    pagina = reverse("requerimentos:mandato", args=[pedido.codigo])
    campos = {"versao": pedido.versao, "quem": "titular", "ciente": "on"}

    antes = client.get(pagina).text
    sem_dizer = client.post(pagina, campos)
    depois = client.post(pagina, {**campos, "alcance": "agenda"}, follow=True).text

    assert "checked" not in antes.split("O que a pessoa quer revogar?")[1].split("</fieldset>")[0]
    assert (sem_dizer.status_code, RevogacaoParcial.objects.count()) == (422, 1)
    assert "Revogado só isto: marcar e remarcar perícia" in depois
    assert 'value="agenda"' not in depois
    assert 'value="total"' in depois
    assert "Revogado em parte" in client.get(reverse("requerimentos:acompanhamento", args=[pedido.codigo])).text


def test_a_rogo_a_parte_escolhida_segue_para_a_pagina_das_tres_pessoas(client):
    pedido = com_o_inss()
    Pessoa.objects.filter(pk=pedido.pessoa_id).update(assina=Pessoa.Assina.NAO_ALFABETIZADA)
    client.force_login(pedido.atendente)
    pagina = reverse("requerimentos:mandato", args=[pedido.codigo])

    resposta = client.post(
        pagina, {"versao": pedido.versao, "quem": "rogo", "ciente": "on", "alcance": "exigencia"}, follow=True
    )

    assert "Só isto: responder exigências." in resposta.text
    assert 'name="alcance" value="exigencia"' in resposta.text


def test_revogado_por_inteiro_nao_oferece_parte(client):
    pedido = revogado()
    client.force_login(pedido.atendente)

    assert "O que a pessoa quer revogar?" not in client.get(reverse("requerimentos:mandato", args=[pedido.codigo])).text


# --- The town gives the powers up ---------------------------------------------------------------------------------
def test_a_renuncia_faz_o_papel_e_avisa_a_pessoa_uma_vez_so(mailoutbox):
    pedido = com_o_inss()
    pedido.pessoa.contatos.update_or_create(tipo="email", defaults={"valor": "pessoa@exemplo.invalid"})
    Pessoa.objects.filter(pk=pedido.pessoa_id).update(canal=Pessoa.Canal.EMAIL)
    gestor = com_papel("gestor", pedido.municipio)

    feita = servicos.renunciar(pedido.pk, motivo="Conflito de interesse.", autor=gestor)
    servicos.renunciar(pedido.pk, motivo="De novo.", autor=gestor)

    assert (feita.documento.modelo, feita.documento.dados["motivo"]) == ("renuncia-termo", "Conflito de interesse.")
    aviso = Aviso.objects.get(requerimento=pedido)
    assert aviso.assunto == Aviso.Assunto.RENUNCIA
    trabalhos.avisar(Saida(tipo=avisos.AVISAR, carga={"aviso": aviso.pk}, tentativas=1))
    [carta] = mailoutbox
    assert pedido.protocolo in carta.body
    assert "Meu INSS" in carta.body
    for dado in (pedido.pessoa.nome, pedido.pessoa.cpf, "Conflito de interesse", pedido.servico.nome):
        assert dado not in carta.body


def test_a_renuncia_do_que_nao_saiu_avisa_sem_protocolo():
    pedido = assinado()
    Pessoa.objects.filter(pk=pedido.pessoa_id).update(canal=Pessoa.Canal.EMAIL)

    servicos.renunciar(pedido.pk, motivo="Conflito.", autor=com_papel("gestor", pedido.municipio))

    texto = trabalhos.texto_do_aviso(Aviso.objects.get(requerimento=pedido))
    assert "ainda não tinha saído do balcão" in texto
    assert "comprovante" not in texto
