"""The pages of the agenda: choosing an hour in three clicks, the case, the list, the card."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now

from requerimentos.agenda import servicos
from requerimentos.agenda.consultas import no_caso
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.servicos import guardar_versao
from requerimentos.models import Agendamento, Ficha, Marcacao, PaginaDaFicha
from requerimentos.situacoes import SituacaoMarcacao
from tests.fabricas import com_papel
from tests.requerimentos.agenda import PERICIA, cidades, escolha, marcado, marcar, pedido_no_inss, trabalhar
from tests.requerimentos.fabricas import AgendamentoFabrica, AvisoFabrica, RequerimentoFabrica
from tests.simulador import Simulador

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inss(simulador: Simulador, settings) -> Simulador:
    simulador.usar(settings, espera_segundos=5)
    cidades()
    return simulador


@pytest.fixture
def pedido(inss, client):
    feito = pedido_no_inss(inss)
    client.force_login(feito.atendente)
    return feito


def texto(resposta) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", resposta.content.decode()))


def acompanhamento(pedido) -> str:
    return reverse("requerimentos:acompanhamento", args=[pedido.codigo])


def horarios(pedido, tipo=PERICIA) -> str:
    return reverse("requerimentos:horarios", args=[pedido.codigo, tipo])


def test_tres_cliques_da_tela_do_pedido_a_data_marcada(client, pedido):
    assert horarios(pedido) in client.get(acompanhamento(pedido)).content.decode()
    pagina = client.get(horarios(pedido))
    valores = re.findall(r'name="horario" value="([^"]+)"', pagina.content.decode())

    resposta = client.post(horarios(pedido), {"horario": valores[0], "transporte": "on"}, follow=True)

    assert "Na fila do INSS" in texto(resposta)
    trabalhar()
    depois = texto(client.get(acompanhamento(pedido)))
    assert "Precisa de transporte" in depois
    assert "Pode ser remarcada até" in depois


def test_com_data_marcada_a_tela_nao_oferece_horarios_e_leva_a_data(client, pedido):
    marcado(pedido)

    resposta = client.get(horarios(pedido), follow=True)

    assert resposta.redirect_chain[-1][0] == acompanhamento(pedido)
    assert "O INSS já marcou perícia" in texto(resposta) and "acompanhante ou precisa de transporte" in texto(resposta)


def test_o_que_a_ficha_disse_de_como_a_pessoa_vai_vem_marcado_na_primeira_data(client, pedido):
    def marcados() -> list[str]:
        return re.findall(r'<input type="checkbox"[^>]*name="(\w+)" checked', client.get(horarios(pedido)).text)

    assert marcados() == []

    dados = {"precisa_apoio": "sim", "apoio": ["Transporte", "Acompanhante"]}
    versao = guardar_versao(pacotes()["deficiencia"])
    ficha = Ficha.objects.create(requerimento=pedido, codigo="deficiencia", pacote=versao)
    PaginaDaFicha.objects.create(ficha=ficha, secao="deficiencia", dados=dados, editado_por=pedido.atendente)

    assert marcados() == ["acompanhante", "transporte"]
    assert "Dito na ficha: confirme com a pessoa." in client.get(horarios(pedido)).text


@pytest.mark.parametrize(("marca", "levou"), [("transporte", True), ("acompanhante", True), ("", False)])
def test_data_que_o_inss_pos_antes_guarda_o_que_foi_marcado_ao_lado_do_horario(client, pedido, marca, levou):
    valor = re.search(r'name="horario" value="([^"]+)"', client.get(horarios(pedido)).text)
    data = AgendamentoFabrica(requerimento=pedido, acompanhante=False)

    resposta = client.post(horarios(pedido), {"horario": valor[1], marca: "on"}, follow=True)

    data.refresh_from_db()
    assert (data.acompanhante, data.transporte) == (marca == "acompanhante", marca == "transporte")
    assert ("nela ficou guardado como a pessoa vai" in texto(resposta)) is levou
    assert not Marcacao.objects.exists()


def test_servico_sem_pericia_nao_tem_pagina_de_horarios(client, inss):
    sem = pedido_no_inss(inss, "aposentadoria-idade-rural")
    client.force_login(sem.atendente)

    assert client.get(horarios(sem)).status_code == client.post(horarios(sem), {}).status_code == 404


def test_horario_de_outro_pedido_ou_mexido_nao_entra(client, inss, pedido):
    alheio = pedido_no_inss(inss)
    from requerimentos.agenda.escolhas import assinar

    for valor in (assinar(alheio, escolha(alheio)), "mexido", ""):
        resposta = client.post(horarios(pedido), {"horario": valor})
        assert resposta.status_code == 422
    assert not Marcacao.objects.exists()


def test_inss_fora_do_ar_a_tela_diz_e_deixa_tentar_de_novo(client, inss, pedido):
    inss.falha("manutencao", operacao="vagas")

    resposta = client.get(horarios(pedido))

    assert resposta.status_code == 200
    assert "O INSS está em manutenção." in texto(resposta)
    assert "Tentar de novo" in texto(resposta)


def test_na_fila_com_falha_diz_que_nada_se_perdeu(client, inss, pedido):
    qual = escolha(pedido)
    inss.falha("manutencao", operacao="marcar", vezes=2)
    marcacao = marcar(pedido, qual)
    trabalhar()

    pagina = texto(client.get(acompanhamento(pedido)))
    assert "nada se perdeu" in pagina
    client.post(reverse("requerimentos:tentar-marcar", args=[pedido.codigo, marcacao.pk]))
    assert "Tentar agora" in pagina


def test_quem_perdeu_a_vaga_marca_a_seguinte_com_um_clique(client, inss, pedido):
    qual = escolha(pedido)
    marcado(pedido_no_inss(inss))
    marcar(pedido, qual, acompanhante=True)
    trabalhar()

    pagina = client.get(acompanhamento(pedido)).content.decode()
    assert "Outra pessoa acabou de pegar este horário" in pagina
    valor = re.search(r'name="horario" value="([^"]+)"', pagina)
    client.post(horarios(pedido), {"horario": valor[1], "acompanhante": "on"})
    trabalhar()

    agendamento = pedido.agendamentos.get()
    assert (agendamento.vale, agendamento.acompanhante) == (True, True)


def test_data_remarcada_nunca_aparece_como_valida_nem_se_imprime(client, inss, pedido):
    antigo = marcado(pedido)
    servicos.pedir_remarcacao(
        antigo.pk, escolha(pedido), acompanhante=False, transporte=False, autor=pedido.atendente
    )  # fmt: skip
    trabalhar()

    pagina = client.get(acompanhamento(pedido)).content.decode()
    assert f"<s>{antigo.momento:%d/%m/%Y %H:%M}</s>" in pagina
    assert "Já foi remarcada uma vez" in pagina
    do_antigo = reverse("requerimentos:comprovante-da-data", args=[pedido.codigo, antigo.pk])
    assert client.get(do_antigo).status_code == 404


def test_termo_sem_o_poder_de_marcar_nao_marca(client, pedido):
    pedido.respostas = {"atos_agendamento": False}
    pedido.save(update_fields=["respostas"])

    assert "não autorizou o município" in texto(client.get(horarios(pedido)))


def test_agenda_mostra_so_o_que_vale_e_vem_do_municipio(client):
    meu = AgendamentoFabrica(transporte=True)
    AgendamentoFabrica()
    velho = AgendamentoFabrica(requerimento=meu.requerimento, situacao=Agendamento.Situacao.REMARCADO)
    client.force_login(meu.requerimento.atendente)

    pagina = client.get(reverse("requerimentos:agenda"))

    assert [a.pk for a in pagina.context["pagina"]] == [meu.pk]
    assert velho.pk not in [a.pk for a in pagina.context["pagina"]]


def test_agenda_diz_o_que_a_pessoa_pediu_ao_inss_na_ficha(client):
    meu = AgendamentoFabrica()
    dados = {"precisa_apoio": "sim", "apoio": ["Transporte", "Intérprete de Libras", "Não consegue sair de casa"]}
    versao = guardar_versao(pacotes()["deficiencia"])
    ficha = Ficha.objects.create(requerimento=meu.requerimento, codigo="deficiencia", pacote=versao)
    quem = meu.requerimento.atendente
    client.force_login(quem)
    assert "dito na ficha" not in texto(client.get(reverse("requerimentos:agenda")))

    PaginaDaFicha.objects.create(ficha=ficha, secao="deficiencia", dados=dados, editado_por=quem)

    pagina = texto(client.get(reverse("requerimentos:agenda")))
    assert "Intérprete de Libras (dito na ficha)" in pagina and "Não consegue sair de casa (dito na ficha)" in pagina
    assert "Transporte (dito na ficha)" not in pagina


def test_o_que_a_ficha_pede_ao_inss_esta_na_pagina_do_pedido_e_na_de_escolher_a_hora(client, pedido):
    assert "A ficha pede ao INSS" not in texto(client.get(acompanhamento(pedido)))
    versao = guardar_versao(pacotes()["deficiencia"])
    ficha = Ficha.objects.create(requerimento=pedido, codigo="deficiencia", pacote=versao)
    dados = {"precisa_apoio": "sim", "apoio": ["Acompanhante", "Intérprete de Libras", "Não consegue sair de casa"]}
    PaginaDaFicha.objects.create(ficha=ficha, secao="deficiencia", dados=dados, editado_por=pedido.atendente)

    for endereco in (acompanhamento(pedido), horarios(pedido)):
        frase = "A ficha pede ao INSS: Intérprete de Libras; Não consegue sair de casa. Confirme no 135 antes do dia."
        assert frase in texto(client.get(endereco))


def test_de_quem_nada_se_anotou_a_agenda_nao_diz_que_vai_so(client):
    """INSS books by itself: nobody asked yet whether somebody goes along."""
    meu = AgendamentoFabrica(acompanhante=False, transporte=False)
    client.force_login(meu.requerimento.atendente)

    pagina = texto(client.get(reverse("requerimentos:agenda")))

    assert "Nada anotado" in pagina and "conta própria" not in pagina


@pytest.mark.parametrize("ve", [False, True])
def test_so_o_administrador_ve_que_ninguem_leu_na_norma_quando_se_remarca(ve):
    linha = AgendamentoFabrica(requerimento__servico_codigo="auxilio-incapacidade-temporaria")
    [item] = [i for i in no_caso(linha.requerimento) if i.atual]
    usuario = com_papel("administrador") if ve else linha.requerimento.atendente
    contexto = {"agenda": [item], "requerimento": linha.requerimento, "user": usuario, "atende": True}

    for nao_remarca in ("", "Já foi remarcada uma vez, que é o que a regra permite (Conferir norma vigente)."):
        item.nao_remarca = nao_remarca
        pagina = render_to_string("requerimentos/agenda/_no_caso.html", contexto)
        assert ("Conferir norma vigente" in pagina) is ve
        assert "()" not in pagina


@pytest.mark.parametrize(
    ("filtro", "acha"),
    [
        ({"quando": "hoje"}, False),
        ({"quando": "semana"}, True),
        ({"quando": "passados"}, False),
        ({"quando": "faltas"}, False),
        ({"tipo": "avaliacao_social"}, False),
        ({"tipo": "pericia", "ida": "transporte"}, True),
        ({"ida": "acompanhante"}, False),
        ({"ida": ["transporte", "acompanhante"]}, False),
        ({"quando": "x", "tipo": "y", "ida": "z"}, True),
    ],
)
def test_filtros_da_agenda(client, filtro, acha):
    meu = AgendamentoFabrica(transporte=True, quando=now() + timedelta(days=3))
    client.force_login(meu.requerimento.atendente)

    pagina = client.get(reverse("requerimentos:agenda"), filtro)

    assert bool(pagina.context["pagina"].object_list) == acha


def test_a_agenda_conta_a_semana_as_faltas_e_quem_nenhum_lembrete_alcancou(client):
    meu = AgendamentoFabrica(quando=now() + timedelta(days=3))
    pedido = meu.requerimento
    lembrado = AgendamentoFabrica(requerimento=pedido, quando=now() + timedelta(days=4))
    AgendamentoFabrica(requerimento=pedido, quando=now() + timedelta(days=30))
    AgendamentoFabrica(requerimento=pedido, situacao=Agendamento.Situacao.FALTOU, quando=now() - timedelta(days=2))
    AvisoFabrica(requerimento=pedido, assunto="lembrete", situacao="enviado", chave=f"lembrete:{lembrado.pk}:x:7")
    AvisoFabrica(requerimento=pedido, assunto="lembrete", situacao="falhou", chave=f"lembrete:{meu.pk}:x:7")
    client.force_login(pedido.atendente)

    pagina = client.get(reverse("requerimentos:agenda"), {"quando": "lembrar"})

    assert pagina.context["quantos"] == {"semana": 2, "lembrar": 1, "faltas": 1}
    assert [a.pk for a in pagina.context["pagina"]] == [meu.pk]


def test_agenda_tem_consultas_constantes(client, django_assert_max_num_queries):
    meu = AgendamentoFabrica()
    client.force_login(meu.requerimento.atendente)
    for n in range(20):
        AgendamentoFabrica(requerimento=meu.requerimento, quando=now() + timedelta(days=n + 1))

    with django_assert_max_num_queries(19):
        client.get(reverse("requerimentos:agenda"))


def test_painel_mostra_as_proximas_e_as_faltas(client):
    meu = AgendamentoFabrica(quando=now() + timedelta(days=3))
    AgendamentoFabrica(
        requerimento=RequerimentoFabrica(protocolado=True, atendimento=meu.requerimento.atendimento),
        quando=now() - timedelta(days=1),
        situacao=Agendamento.Situacao.FALTOU,
    )
    client.force_login(meu.requerimento.atendente)

    painel = texto(client.get(reverse("telas:painel")))

    assert "Perícias e avaliações em 7 dias" in painel
    assert "1 falta de pedido aberto" in painel


def test_de_outro_municipio_nao_existe(client, inss, pedido):
    client.force_login(com_papel("atendente", pedido_no_inss(inss).municipio))

    assert client.get(horarios(pedido)).status_code == 404
    assert client.post(horarios(pedido), {}).status_code == 404


def test_segundo_envio_da_tela_nao_marca_duas_vezes(client, pedido):
    pagina = client.get(horarios(pedido)).content.decode()
    valor = re.search(r'name="horario" value="([^"]+)"', pagina)[1]

    client.post(horarios(pedido), {"horario": valor})
    client.post(horarios(pedido), {"horario": valor})
    trabalhar()
    client.post(horarios(pedido), {"horario": valor})

    assert Marcacao.objects.filter(situacao=SituacaoMarcacao.FEITA).count() == 1
    assert Marcacao.objects.count() == 1
