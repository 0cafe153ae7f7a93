from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.territorio import carga, consultas, servicos
from act_portal.territorio.campos import CampoMunicipio
from act_portal.territorio.consultas import procurar_municipios
from act_portal.territorio.models import Balcao, ContatoUnidade, Feriado, Municipio, UnidadeInss
from act_portal.territorio.situacoes import CAMINHOS, SituacaoBalcao
from tests.fabricas import BalcaoFabrica, EntidadeFabrica, MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


def acordo_vigente():
    return EntidadeFabrica(acordo_inicio=date(2020, 1, 1), acordo_fim=date(2099, 1, 1))


# The load


def test_carga_traz_todos_os_municipios_e_a_segunda_vez_nao_muda_nada(capsys, django_assert_max_num_queries):
    primeira = carga.carregar()
    eventos = Evento.objects.count()
    call_command("carregar_territorio")

    assert Municipio.objects.count() == primeira.municipios_novos == primeira.ligacoes == 5571
    assert "nada mudou" in capsys.readouterr().out
    assert Evento.objects.count() == eventos, "carga sem mudança não deixa evento"
    with django_assert_max_num_queries(80):
        carga.carregar()


def test_carga_poe_o_municipio_sob_a_unidade_mais_proxima_que_se_conhece():
    carga.carregar()

    montes_claros = Municipio.objects.select_related("unidade__acima").get(pk="3143302")
    assert montes_claros.unidade.codigo == "GEXMOC"
    assert montes_claros.unidade.acima.codigo == "SRSE2"
    assert Municipio.objects.get(nome="Lima Duarte").unidade.codigo == "SRSE2"


def test_carga_conserta_o_fato_mudado_e_respeita_o_que_a_equipe_escolheu():
    carga.carregar()
    minha = UnidadeFabrica(acima=UnidadeInss.objects.get(codigo="SRSE2"))
    Municipio.objects.filter(pk="3138609").update(nome="Outro nome", unidade=minha)
    ContatoUnidade.objects.filter(email="srse2@inss.gov.br").update(telefone="(31) 0000-0000")

    mudancas = carga.carregar()

    lima_duarte = Municipio.objects.get(pk="3138609")
    assert (mudancas.municipios_alterados, lima_duarte.nome, lima_duarte.unidade) == (1, "Lima Duarte", minha)
    assert ContatoUnidade.objects.get(email="srse2@inss.gov.br").telefone == "(31) 0000-0000"


def test_municipio_que_muda_de_nome_ainda_se_acha_pelo_antigo():
    carga.carregar()
    Municipio.objects.filter(pk="3138609").update(nome="Vila do Ipê", nome_busca="vila do ipe")

    carga.carregar()

    for achados in (procurar_municipios("vila do ipê"), [CampoMunicipio().clean("Vila do Ipê/MG")]):
        assert [str(m) for m in achados] == ["Lima Duarte/MG"]
    # A name that comes back is no old one.
    Municipio.objects.filter(pk="3138609").update(nome="Lima", nome_busca="lima", nomes_antigos="|lima duarte|")
    carga.carregar()
    assert Municipio.objects.get(pk="3138609").nomes_antigos == "|lima|"


def test_todo_fuso_do_arquivo_existe_nesta_maquina():
    for municipio in carga._ler(carga.PASTA / "municipios.csv"):
        assert municipio.fuso.key == municipio.fuso_horario


# The tree


def test_mudar_uma_unidade_de_lugar_leva_todas_as_de_baixo():
    norte, sul = UnidadeFabrica(tipo="sr"), UnidadeFabrica(tipo="sr")
    gerencia = UnidadeFabrica(acima=norte)
    agencia = UnidadeFabrica(tipo="aps", acima=gerencia)

    gerencia.acima = sul
    gerencia.save()

    agencia.refresh_from_db()
    assert agencia.caminho == f"/{sul.pk}/{gerencia.pk}/{agencia.pk}/"


def test_unidade_nao_fica_abaixo_de_si_mesma():
    cima = UnidadeFabrica()
    cima.acima = UnidadeFabrica(acima=UnidadeFabrica(acima=cima))

    with pytest.raises(ValidationError, match="abaixo de si mesma"):
        cima.clean()


# The calendar


def test_calendario_junta_os_feriados_do_estado_e_do_municipio_numa_consulta(django_assert_num_queries):
    municipio, vizinho = MunicipioFabrica(uf="BA"), MunicipioFabrica(uf="BA")
    Feriado.objects.create(data=date(2026, 7, 2), nome="Independência da Bahia", uf="BA")
    Feriado.objects.create(data=date(2026, 8, 18), nome="Aniversário", municipio=municipio)
    Feriado.objects.create(data=date(2026, 8, 19), nome="Festa do vizinho", municipio=vizinho)
    Feriado.objects.create(data=date(2026, 7, 9), nome="De outro estado", uf="SP")
    Feriado.objects.create(data=date(2027, 8, 18), nome="Do ano seguinte", municipio=municipio)

    with django_assert_num_queries(1):
        calendario = consultas.calendario_de(municipio, [2026])

    assert set(calendario.locais) == {date(2026, 7, 2), date(2026, 8, 18)}
    assert not calendario.dia_util(date(2026, 12, 25))


def test_o_banco_recusa_o_mesmo_feriado_duas_vezes():
    municipio = MunicipioFabrica()
    Feriado.objects.create(data=date(2026, 8, 18), nome="Aniversário", municipio=municipio)

    with pytest.raises(IntegrityError):
        Feriado.objects.create(data=date(2026, 8, 18), nome="Aniversário", municipio=municipio)


@pytest.mark.parametrize(
    ("fuso", "dia"),
    [("America/Rio_Branco", date(2026, 3, 9)), ("America/Sao_Paulo", date(2026, 3, 10)),
     ("America/Noronha", date(2026, 3, 10))],
)  # fmt: skip
def test_hoje_e_o_dia_no_relogio_do_municipio(monkeypatch, fuso, dia):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 3, 10, 4, 30, tzinfo=UTC))

    assert consultas.hoje_em(MunicipioFabrica.build(fuso_horario=fuso, unidade=None)) == dia


# The desk


@pytest.mark.parametrize("origem", SituacaoBalcao)
@pytest.mark.parametrize("destino", [s for s in SituacaoBalcao if s != SituacaoBalcao.PREPARO])
def test_balcao_so_anda_pelos_caminhos_da_tabela(origem, destino):
    balcao = BalcaoFabrica(entidade=acordo_vigente(), situacao=origem)
    mudar = {
        SituacaoBalcao.ABERTO: lambda: servicos.abrir_balcao(balcao.pk, autor=None),
        SituacaoBalcao.SUSPENSO: lambda: servicos.suspender_balcao(balcao.pk, autor=None, motivo="Sem internet"),
        SituacaoBalcao.FECHADO: lambda: servicos.fechar_balcao(balcao.pk, autor=None, motivo="Mudou de rua"),
    }[destino]

    if destino in CAMINHOS[origem]:
        mudar()
        esperada = destino
    else:
        with pytest.raises(TransicaoInvalida):
            mudar()
        esperada = origem

    balcao.refresh_from_db()
    assert balcao.situacao == esperada


def test_toda_situacao_do_balcao_tem_saida():
    assert all(CAMINHOS[situacao] for situacao in SituacaoBalcao)


def test_suspender_guarda_o_motivo_deixa_rastro_e_tira_o_balcao_dos_abertos():
    balcao = BalcaoFabrica()
    gestor = com_papel("gestor", balcao.municipio)

    servicos.suspender_balcao(balcao.pk, autor=gestor, motivo="  Obra   na sala ")

    balcao.refresh_from_db()
    evento = Evento.objects.get(acao="territorio.balcao_suspenso")
    assert balcao.situacao_motivo == "Obra na sala"
    assert balcao not in Balcao.objects.abertos()
    assert (evento.autor, evento.corrente, evento.dados) == (gestor, balcao.municipio_id, {"de": "aberto"})


def test_suspender_sem_motivo_e_recusado():
    balcao = BalcaoFabrica()

    with pytest.raises(ErroDeDominio, match="motivo"):
        servicos.suspender_balcao(balcao.pk, autor=None, motivo="  ")


def test_balcao_nao_abre_fora_do_acordo():
    entidade = EntidadeFabrica(acordo_inicio=date(2015, 1, 1), acordo_fim=date(2020, 1, 1))
    balcao = BalcaoFabrica(entidade=entidade, situacao="suspenso")

    with pytest.raises(ErroDeDominio, match="01/01/2020"):
        servicos.abrir_balcao(balcao.pk, autor=None)


def test_atendente_e_gestor_de_outra_cidade_nao_mexem_no_balcao():
    balcao = BalcaoFabrica()

    for usuario in (com_papel("atendente", balcao.municipio), com_papel("gestor", MunicipioFabrica())):
        with pytest.raises(PermissionDenied):
            servicos.fechar_balcao(balcao.pk, autor=usuario, motivo="Teste")


def test_analista_da_regiao_fecha_o_balcao():
    balcao = BalcaoFabrica()
    analista = com_papel("analista_inss", balcao.municipio.unidade)

    assert servicos.fechar_balcao(balcao.pk, autor=analista, motivo="Fim do acordo").situacao == "fechado"


# The admin


@pytest.mark.parametrize("modelo", ["unidadeinss", "feriado", "municipio", "balcao", "entidade"])
def test_painel_tecnico_lista_e_abre_cada_registro(modelo, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    balcao = BalcaoFabrica()
    Feriado.objects.create(data=date(2026, 8, 18), nome="Aniversário", municipio=balcao.municipio)
    chave = {
        "unidadeinss": balcao.municipio.unidade_id,
        "feriado": Feriado.objects.get().pk,
        "municipio": balcao.municipio_id,
        "balcao": balcao.pk,
        "entidade": balcao.entidade_id,
    }[modelo]
    navegador = Client()
    navegador.force_login(
        com_papel("administrador", is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    assert navegador.get(f"/admin/territorio/{modelo}/?q=teste").status_code == 200
    assert navegador.get(f"/admin/territorio/{modelo}/{chave}/change/").status_code == 200


@pytest.mark.django_db
def test_o_que_se_edita_no_painel_tecnico_entra_na_trilha(client):
    administrador = com_papel("administrador", is_staff=True, is_superuser=True)
    de, para = UnidadeFabrica(nome="Gerência A"), UnidadeFabrica(nome="Gerência B")
    municipio = MunicipioFabrica(unidade=de)
    client.force_login(administrador)

    client.post(f"/admin/territorio/municipio/{municipio.pk}/change/", {"unidade": para.pk})
    client.post("/admin/territorio/feriado/add/", {"data": "2026-12-08", "nome": "Padroeira", "uf": "MG"})
    feriado = Feriado.objects.get()
    client.post(f"/admin/territorio/feriado/{feriado.pk}/delete/", {"post": "yes"})

    municipio.refresh_from_db()
    assert municipio.unidade == para
    eventos = Evento.objects.filter(acao__startswith="territorio.cadastro").order_by("numero")
    assert [(e.acao.removeprefix("territorio.cadastro_"), e.alvo_id, e.autor) for e in eventos] == [
        ("alterado", municipio.pk, administrador),
        ("criado", str(feriado.pk), administrador),
        ("apagado", str(feriado.pk), administrador),
    ]
    assert len(eventos[0].dados["campos"]) == 1


@pytest.mark.django_db
def test_no_painel_tecnico_nao_se_apaga_em_lote(client):
    client.force_login(com_papel("administrador", is_staff=True, is_superuser=True))
    feriado = Feriado.objects.create(data=date(2026, 12, 8), nome="Padroeira", uf="MG")

    client.post(
        "/admin/territorio/feriado/", {"action": "delete_selected", "_selected_action": feriado.pk, "post": "yes"}
    )

    assert Feriado.objects.filter(pk=feriado.pk).exists()
