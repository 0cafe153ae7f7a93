from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from requerimentos import consultas
from requerimentos.models import Envio, Exigencia, Requerimento
from requerimentos.situacoes import Etapa
from tests.fabricas import BalcaoFabrica, com_papel
from tests.requerimentos.fabricas import (
    AtendimentoFabrica,
    ExigenciaFabrica,
    PessoaFabrica,
    RequerimentoFabrica,
    ResultadoFabrica,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def atendimento():
    return AtendimentoFabrica(balcao=BalcaoFabrica())


@pytest.fixture
def ana(atendimento):
    return com_papel("atendente", atendimento.municipio)


def pedidos(atendimento, quantos, **campos):
    return RequerimentoFabrica.create_batch(quantos, atendimento=atendimento, **campos)


def achados(usuario, **filtros):
    return consultas.lista(usuario, consultas.Filtros(**filtros)).linhas


def test_a_lista_custa_as_mesmas_consultas_com_um_pedido_ou_com_quarenta(
    client, ana, atendimento, django_assert_max_num_queries
):
    client.force_login(ana)
    pedidos(atendimento, 1)
    client.get(reverse("requerimentos:lista"))
    with django_assert_max_num_queries(30) as com_um:
        client.get(reverse("requerimentos:lista"))
    pedidos(atendimento, 40)

    with django_assert_max_num_queries(30) as com_quarenta:
        pagina = client.get(reverse("requerimentos:lista"))

    assert len(pagina.context["pagina"].linhas) == consultas.POR_PAGINA
    assert len(com_quarenta) == len(com_um)


def test_as_paginas_passam_por_todos_sem_repetir_ate_com_a_mesma_hora(ana, atendimento):
    hora = now() - timedelta(days=1)
    todos = {p.pk for p in pedidos(atendimento, 60, criado_em=hora)}
    vistos: list[int] = []
    cursor = ""

    while True:
        pagina = consultas.lista(ana, consultas.Filtros(), cursor=cursor)
        vistos += [linha.pk for linha in pagina.linhas]
        cursor = pagina.proxima
        if not cursor:
            break

    assert sorted(vistos) == sorted(todos)
    assert len(vistos) == 60


@pytest.mark.parametrize("cursor", ["lixo", "2026-01-01_1", "_", "2026-01-01T00:00:00+00:00_x"])
def test_cursor_estragado_mostra_a_primeira_pagina(ana, atendimento, cursor):
    pedidos(atendimento, 1)

    assert len(consultas.lista(ana, consultas.Filtros(), cursor=cursor).linhas) == 1


def test_filtra_por_servico_etapa_e_dono(ana, atendimento):
    ctc = RequerimentoFabrica(atendimento=atendimento, servico_codigo="ctc")
    meu = RequerimentoFabrica(atendimento=atendimento, atendente=ana)
    cancelado = RequerimentoFabrica(atendimento=atendimento, etapa=Etapa.CANCELADO)

    assert achados(ana, servico="ctc") == [ctc]
    assert achados(ana, so_meus=True) == [meu]
    assert achados(ana, etapa="cancelado") == [cancelado]
    assert cancelado not in achados(ana, abertos=True)


def test_acha_por_nome_sem_acento_cpf_e_protocolo(ana, atendimento):
    pessoa = PessoaFabrica(municipio=atendimento.municipio, nome_civil="José Araújo", nome_social="Zélia Araújo")
    seu = RequerimentoFabrica(
        atendimento=AtendimentoFabrica(balcao=atendimento.balcao, pessoa=pessoa),
        etapa=Etapa.ACOMPANHANDO,
        protocolo="1234567890",
        der=localdate(),
        protocolado_em=now(),
    )
    pedidos(atendimento, 2)

    for texto in ("jose araujo", "zelia", pessoa.cpf, "1234567890"):
        assert achados(ana, texto=texto) == [seu]


def test_pedido_de_outra_cidade_nao_aparece_nem_por_cpf(ana):
    alheio = RequerimentoFabrica()

    assert achados(ana) == []
    assert achados(ana, texto=alheio.pessoa.cpf) == []
    assert Requerimento.objects.count() == 1


def test_procurar_guarda_os_outros_filtros_no_endereco_e_o_texto_nao(client, ana, atendimento):
    client.force_login(ana)

    resposta = client.post(reverse("requerimentos:lista"), {"q": "Benedita", "servico": "ctc", "meus": "1"})

    assert "servico=ctc" in resposta.url
    assert "meus=1" in resposta.url
    assert "Benedita" not in resposta.url
    filtros = client.get(resposta.url).context["filtros"]
    assert (filtros.texto, filtros.servico, filtros.so_meus) == ("Benedita", "ctc", True)


@pytest.mark.parametrize("muitas", [1, 200])
def test_nome_comum_e_nome_raro_acham_o_mesmo_do_mais_novo_para_o_mais_antigo(ana, atendimento, monkeypatch, muitas):
    monkeypatch.setattr(consultas, "MUITAS", muitas)
    maria = PessoaFabrica(municipio=atendimento.municipio, nome_civil="Maria da Conceição Silva")
    outra = PessoaFabrica(municipio=atendimento.municipio, nome_civil="Antônia", nome_social="Maria Conceicao")
    esperados = [pedidos(atendimento, 1, pessoa=pessoa)[0].pk for pessoa in (maria, outra, maria)]
    pedidos(atendimento, 2)
    RequerimentoFabrica(atendimento__pessoa__nome_civil="Maria da Conceição de outra cidade")

    assert [linha.pk for linha in achados(ana, texto="conceição maria")] == esperados[::-1]


def test_numero_acha_por_protocolo_ou_cpf_e_nunca_rascunho_de_outra_pessoa(ana, atendimento):
    protocolado, rascunho = pedidos(atendimento, 1, protocolado=True) + pedidos(atendimento, 1)

    assert [p.pk for p in achados(ana, texto=protocolado.protocolo)] == [protocolado.pk]
    assert {p.pk for p in achados(ana, texto=protocolado.pessoa.cpf)} == {protocolado.pk, rascunho.pk}
    assert achados(ana, texto="0") == []
    assert achados(com_papel("atendente", BalcaoFabrica().municipio), texto=protocolado.protocolo) == []


def test_o_numero_do_painel_e_a_lista_que_ele_abre_sao_os_mesmos(client, ana, atendimento):
    """Town, desk, days, fact and key: each leaves out what is not of the number."""
    hoje = localdate()
    outro = AtendimentoFabrica(balcao=BalcaoFabrica(entidade=atendimento.balcao.entidade))
    meu, velho, _ = (
        ResultadoFabrica(
            requerimento=RequerimentoFabrica(atendimento=visita, decidido=True),
            tipo="deferido",
            recebido_em=now() - timedelta(days=dias),
        )
        for visita, dias in ((atendimento, 0), (atendimento, 90), (outro, 0))
    )
    ResultadoFabrica(requerimento=RequerimentoFabrica(atendimento=atendimento, decidido=True), tipo="indeferido")
    for resultado, dias in ((meu, 0), (velho, 90)):
        Envio.objects.create(
            requerimento=resultado.requerimento,
            situacao="recebido",
            encerrado_em=now() - timedelta(days=dias),
            chave=f"e{resultado.pk}",
            autor=ana,
        )
    lugar = f"municipio={atendimento.municipio_id}&balcao={atendimento.balcao_id}"
    dias = f"de={hoje - timedelta(days=30)}&ate={hoje}"
    client.force_login(ana)

    def abertos(consulta: str) -> tuple[set[int], int | None]:
        pagina = client.get(f"{reverse('requerimentos:lista')}?{consulta}").context["pagina"]
        return {linha.pk for linha in pagina.linhas}, pagina.total

    assert abertos(f"fato=resultado&resultado=deferido&{lugar}&{dias}") == ({meu.requerimento_id}, 1)
    assert abertos(f"fato=protocolado&{lugar}&{dias}") == ({meu.requerimento_id}, 1)
    municipio = f"municipio={atendimento.municipio_id}"
    assert abertos(f"fato=resultado&resultado=deferido&{municipio}&{dias}")[1] == 2
    assert abertos(f"fato=resultado&resultado=deferido&de={hoje - timedelta(days=30)}")[1] == 2
    assert abertos(f"fato=resultado&resultado=deferido&{municipio}")[1] == 3
    estranhos = ("municipio=x", "municipio=9999999", "balcao=99999999999", "de=2026-13-01", "ate=0001-01-01", "fato=x")
    for estranho in estranhos:
        assert client.get(f"{reverse('requerimentos:lista')}?{estranho}").status_code == 200


def test_a_causa_do_painel_abre_as_exigencias_dela_abertas_ou_nao(client, ana, atendimento):
    casos = [RequerimentoFabrica(atendimento=atendimento, em_exigencia=True) for _ in range(4)]
    dela = ExigenciaFabrica(requerimento=casos[0], causa="rural")
    ExigenciaFabrica(requerimento=casos[1], causa="biometria")
    ExigenciaFabrica(requerimento=casos[2], causa="rural", criado_em=now() - timedelta(days=200))
    encerrada = ExigenciaFabrica(requerimento=casos[3], causa="rural")
    Exigencia.objects.filter(pk=encerrada.pk).update(situacao="cumprida", encerrada_em=now())
    client.force_login(ana)
    dias = f"de={localdate() - timedelta(days=30)}&ate={localdate()}"

    pagina = client.get(
        f"{reverse('requerimentos:exigencias')}?causa=rural&municipio={atendimento.municipio_id}&{dias}"
    )

    assert {linha.pk for linha, _ in pagina.context["linhas"]} == {dela.pk, encerrada.pk}
    assert pagina.context["total"] == 2
    assert client.get(reverse("requerimentos:exigencias")).context["total"] is None
