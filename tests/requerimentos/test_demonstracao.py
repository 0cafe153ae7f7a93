"""The demonstration: made once for this file's long test, because making it takes seconds."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils.timezone import localdate, localtime, now

from act_portal.auditoria.conferencia import conferir as conferir_trilha
from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import conferir as conferir_contagens
from act_portal.contas.models import Usuario
from act_portal.demonstracao import imagens
from act_portal.demonstracao.contas import UNIDADES
from act_portal.demonstracao.lugares import BELO_VALE, JABOTICATUBAS
from act_portal.demonstracao.relogio import relogio_em
from act_portal.saidas.models import Saida
from act_portal.territorio.consultas import calendario_de, hoje_em
from act_portal.territorio.models import Balcao, Municipio
from requerimentos.acompanhamento import ronda
from requerimentos.demanda.triagem.consultas import andamento
from requerimentos.demonstracao import inss, montar
from requerimentos.demonstracao.renovar import RENOVADA, renovar
from requerimentos.envio.servicos import TRANSMITIR
from requerimentos.fichas.consultas import fichas_do
from requerimentos.models import (
    Atendimento,
    Aviso,
    Conserto,
    Exigencia,
    FolhaDevolvida,
    Pagina,
    Papel,
    Pessoa,
    Requerimento,
    Resultado,
    Revogacao,
    RevogacaoParcial,
    Triagem,
)
from requerimentos.situacoes import (
    Etapa,
    MotivoDaBandeja,
    SituacaoAtendimento,
    SituacaoAviso,
    SituacaoExigencia,
    SituacaoInss,
    TipoResultado,
)
from tests.fabricas import EntidadeFabrica, MunicipioFabrica, UnidadeFabrica
from tests.requerimentos.fabricas import AtendimentoFabrica, AvisoFabrica, PessoaFabrica, RequerimentoFabrica


@pytest.fixture
def territorio(db) -> None:
    for codigo in UNIDADES:
        UnidadeFabrica(codigo=codigo)
    MunicipioFabrica(codigo_ibge=JABOTICATUBAS, nome="Jaboticatubas")
    MunicipioFabrica(codigo_ibge=BELO_VALE, nome="Belo Vale")


def retrato() -> dict:
    """What a poll of INSS could change."""
    return {
        "pedidos": list(Requerimento.objects.order_by("pk").values_list("etapa", "situacao_inss", "unidade_analise")),
        "exigencias": list(Exigencia.objects.order_by("pk").values_list("situacao", "prazo", "prazo_inss")),
        "resultados": list(Resultado.objects.order_by("pk").values_list("tipo", "beneficio", "decidido_em")),
        "avisos": Aviso.objects.count(),
    }


def conferir_fichas() -> None:
    """Packs answered, one left half way for whoever goes on tomorrow, and papers made of those that are complete."""
    com_ficha = Requerimento.objects.filter(etapa=Etapa.PREPARO, fichas__isnull=False).distinct()
    abertas = {pedido: fichas_do(pedido) for pedido in com_ficha}
    completas = [all(ficha.lida.completa for ficha in fichas) for fichas in abertas.values()]
    assert any(completas)
    assert not all(completas)
    erros = [p for fichas in abertas.values() for ficha in fichas for p in ficha.lida.impedem if not p.falta]
    assert erros == []
    assert {"autodeclaracao-rural", "declaracao-bpc"} <= set(Papel.objects.values_list("especie", flat=True))


def assert_recepcao(municipio: str) -> None:
    """Who waits, visits that a conversation ended with a sheet, and one whose conversation opened a request."""
    fila = Atendimento.objects.filter(municipio=municipio, dia=localtime().date()).na_fila()
    assert len(set(fila.values_list("prioridade", flat=True))) >= 4
    conversas = Triagem.objects.filter(atendimento__municipio=municipio)
    folhas = conversas.filter(folha__isnull=False, atendimento__desfecho="orientacao")
    assert {c.respostas["assunto"] for c in folhas} == {"defeso", "idade"}
    assert conversas.filter(atendimento__requerimentos__servico_codigo="bpc-idoso").exists()
    assert_conversa_pela_metade(municipio)


def assert_conversa_pela_metade(municipio: str) -> None:
    """One of today, begun and not finished, that whoever opens the visit goes on with."""
    [parada] = Triagem.objects.filter(
        atendimento__municipio=municipio, folha=None, atendimento__dia=localtime().date(),
        atendimento__situacao="em_atendimento", atendimento__requerimentos=None,
    )  # fmt: skip
    atual = andamento(parada.atendimento)
    assert (len(atual.conversa.dadas) >= 2, atual.conversa.terminou) == (True, False)


def conferir_fotos(municipio: str) -> None:
    """A page hard to read, a page put right and a page in the tray, in one case."""
    [tremida] = [
        p for p in Pagina.objects.filter(peca__requerimento__municipio=municipio).select_related("folha") if p.defeitos
    ]
    assert tremida.defeitos[0]["texto"].startswith("Letras tremidas no canto de baixo")
    pedido = tremida.peca.requerimento
    assert Conserto.objects.filter(pagina__peca__requerimento=pedido, automatico=True, situacao="feito").exists()
    [solta] = FolhaDevolvida.objects.na_bandeja().filter(retorno__requerimento__municipio=municipio)
    assert (solta.retorno.requerimento, solta.causa) == (pedido, MotivoDaBandeja.ILEGIVEL)


def conferir_horas_da_agenda() -> None:
    """The desk books while the person is there: minutes after INSS took the request, never on another day."""
    anotadas = Evento.objects.filter(acao="agenda.como_vai").values_list("alvo_id", "criado_em")
    entradas = dict(Requerimento.objects.values_list("pk", "protocolado_em"))
    assert anotadas
    for pedido, momento in anotadas:
        assert timedelta(0) < momento - entradas[int(pedido)] <= timedelta(minutes=15), pedido


def test_demonstracao_tem_de_tudo_e_o_inss_de_treino_concorda(territorio, simulador, settings):
    simulador.usar(settings)

    call_command("demonstracao", stdout=StringIO())

    for municipio in (JABOTICATUBAS, BELO_VALE):
        pedidos = Requerimento.objects.filter(municipio=municipio)
        assert set(pedidos.values_list("etapa", flat=True)) == set(Etapa.values)
        assert set(pedidos.values_list("situacao_inss", flat=True)) == {*SituacaoInss.values, ""}
        resultados = Resultado.objects.filter(requerimento__municipio=municipio)
        assert set(resultados.values_list("tipo", flat=True)) == set(TipoResultado.values)
        exigencias = Exigencia.objects.filter(requerimento__municipio=municipio)
        assert {SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA, SituacaoExigencia.CUMPRIDA} <= set(
            exigencias.values_list("situacao", flat=True)
        )
        assert Pessoa.objects.filter(municipio=municipio).count() == 60
        conferir_fotos(municipio)
        assert_recepcao(municipio)
    passados = Requerimento.objects.exclude(etapa=Etapa.PREPARO).exclude(etapa=Etapa.CANCELADO, protocolo="")
    assert passados.count() > 50
    for pedido in passados:
        papeis = Papel.objects.filter(conjunto__requerimento=pedido)
        assinados = set(papeis.filter(assinado_em__isnull=False).values_list("especie", flat=True))
        assert assinados >= {"termo-representacao", "autorizacao-dados", "requerimento-servico"}, pedido
        assert assinados == set(papeis.values_list("especie", flat=True)), pedido
        nome = pedido.pessoa.nome_civil
        assert {papel.documento.dados["titular_nome"] for papel in papeis.select_related("documento")} == {nome}
        assert all(envio.partes.exists() for envio in pedido.envios.all()), pedido
        assert pedido.envios.exists()
    conferir_fichas()
    conferir_horas_da_agenda()
    assert set(Revogacao.objects.values_list("requerimento__municipio", flat=True)) == {JABOTICATUBAS, BELO_VALE}
    assert Revogacao.objects.exclude(renuncia="").get().documento.modelo == "renuncia-termo"
    parciais = RevogacaoParcial.objects.values_list("requerimento__municipio", "ato")
    assert set(parciais) == {(JABOTICATUBAS, "agenda"), (BELO_VALE, "agenda")}
    assert not Pessoa.objects.filter(ficticia=False).exists()
    assert Aviso.objects.filter(situacao=SituacaoAviso.FALHOU).exists()
    assert not Aviso.objects.filter(situacao=SituacaoAviso.PENDENTE).exists()
    assert conferir_trilha().quebras == []
    assert conferir_contagens() == []
    # Nothing is late: the portal is healthy from its first second.
    assert not Saida.objects.atrasadas(now() - timedelta(minutes=1)).exists()
    # And the queue for INSS stays to be seen for a while.
    esperam = Saida.objects.filter(tipo=TRANSMITIR, estado=Saida.Estado.PENDENTE)
    assert [saida.proxima_em > now() + timedelta(hours=2) for saida in esperam] == [True, True]
    momentos = list(
        Evento.objects.filter(corrente=JABOTICATUBAS).order_by("numero").values_list("criado_em", flat=True)
    )
    assert momentos == sorted(momentos)

    antes = retrato(), Usuario.objects.count()
    call_command("demonstracao", stdout=StringIO())
    assert (retrato(), Usuario.objects.count()) == antes

    assert inss.plantar() == Requerimento.objects.exclude(protocolo="").count()
    assert inss.plantar() == 0, "o que o INSS já tem não é contado de novo"
    vivos = Requerimento.objects.filter(proxima_consulta_em__isnull=False)
    vivos.update(proxima_consulta_em=now())
    assert ronda.consultar_vencidos(lote=200) == vivos.count() > 0
    assert not Requerimento.objects.exclude(inss_falha="").exists()
    assert retrato() == antes[0], "a primeira consulta não muda nada"


def test_num_dia_seguinte_a_demonstracao_ganha_um_dia_e_o_resto_fica_como_esta(
    territorio, simulador, settings, monkeypatch
):
    simulador.usar(settings)
    # The pretend INSS is one for all tests, and knows the other demonstration by its numbers.
    for modulo in ("montar", "renovar"):
        numeros = {JABOTICATUBAS: 73_000_000, BELO_VALE: 74_000_000}
        monkeypatch.setattr(f"requerimentos.demonstracao.{modulo}.PROTOCOLOS", numeros)
    call_command("demonstracao", stdout=StringIO())
    inss.plantar()
    # Somebody who is not invented works at the same desk.
    de_verdade = RequerimentoFabrica(atendimento=_visita_de_verdade(), protocolado=True)
    aviso = AvisoFabrica(requerimento=de_verdade)
    antes = {e.pk: (e.acao, e.criado_em) for e in Evento.objects.all()}
    pedidos = set(Requerimento.objects.values_list("pk", flat=True))
    # What the builders of these tests leave uncounted.
    sem_conta = conferir_contagens()
    depois = (localtime() + timedelta(days=3)).replace(hour=15, minute=0)

    with relogio_em(depois):
        dito = StringIO()
        call_command("demonstracao", stdout=dito)
        assert "ganhou mais um dia" in dito.getvalue()
        novos = Requerimento.objects.exclude(pk__in=pedidos)
        for municipio in Municipio.objects.filter(pk__in=[JABOTICATUBAS, BELO_VALE]):
            hoje = hoje_em(municipio)
            fila = Atendimento.objects.filter(municipio=municipio, dia=hoje).na_fila()
            assert len(set(fila.values_list("prioridade", flat=True))) >= 4
            chegadas = fila.order_by("chegada_em").values_list("chegada_em", flat=True)
            assert depois - chegadas[0] > timedelta(minutes=30), "a fila vem da última hora"
            momentos = list(
                Evento.objects.filter(corrente=municipio.pk).order_by("numero").values_list("criado_em", flat=True)
            )
            assert momentos == sorted(momentos)
            de_hoje = novos.filter(municipio=municipio)
            assert set(de_hoje.values_list("etapa", flat=True)) == {Etapa.PREPARO, Etapa.ACOMPANHANDO}
            sem_fim = Atendimento.objects.filter(municipio=municipio, dia__lt=hoje, pessoa__ficticia=True)
            assert not sem_fim.filter(situacao__in=["aguardando", "chamado", "em_atendimento"]).exists()
        assert all(novo.pessoa.ficticia for novo in novos.select_related("pessoa"))
        assert not Saida.objects.atrasadas(depois - timedelta(minutes=1)).filter(criada_em__gte=depois).exists()

        assert inss.plantar() == novos.exclude(protocolo="").count() == 2
        assert inss.exigir_para_amanha() == 2
        ronda.consultar_vencidos(lote=200)
        for municipio in Municipio.objects.filter(pk__in=[JABOTICATUBAS, BELO_VALE]):
            amanha = calendario_de(municipio).proximo_dia_util(hoje_em(municipio) + timedelta(days=1))
            abertas = Exigencia.objects.filter(requerimento__municipio=municipio, situacao=SituacaoExigencia.ABERTA)
            assert abertas.filter(prazo=amanha).exists()
        assert inss.exigir_para_amanha() == 0

        # Again on the same day nothing happens.
        eventos = Evento.objects.count()
        call_command("demonstracao", stdout=StringIO())
        assert Evento.objects.count() == eventos

    assert {e.pk: (e.acao, e.criado_em) for e in Evento.objects.filter(pk__in=antes)} == antes
    aviso.refresh_from_db()
    assert aviso.situacao == SituacaoAviso.PENDENTE
    assert de_verdade.atendimento.situacao == SituacaoAtendimento.EM_ATENDIMENTO
    assert conferir_trilha().quebras == []
    assert conferir_contagens() == sem_conta


def _visita_de_verdade() -> Atendimento:
    balcao = Balcao.objects.get(municipio=JABOTICATUBAS)
    pessoa = PessoaFabrica(municipio=balcao.municipio, ficticia=False)
    return AtendimentoFabrica(balcao=balcao, pessoa=pessoa, senha="X001")


def test_sem_o_balcao_ou_os_atendentes_a_demonstracao_nao_ganha_nada_e_o_portal_comeca(territorio):
    with relogio_em(now() - timedelta(days=1)):
        balcoes = montar.criar_balcoes(localdate())
        usuarios = montar.criar_contas(localdate())
        imagens.preparar(balcoes[JABOTICATUBAS].municipio, usuarios["ana"])
        registrar(montar.CRIADA, municipio=None, autor=None)
    for balcao in balcoes.values():
        PessoaFabrica.create_batch(10, municipio=balcao.municipio)
    Balcao.objects.filter(municipio=JABOTICATUBAS).update(situacao=Balcao.Situacao.SUSPENSO)
    Usuario.objects.filter(email="daniel@exemplo.invalid").update(is_active=False)
    Usuario.objects.filter(email="elisa@exemplo.invalid").update(tcms_em=None)

    call_command("demonstracao", stdout=StringIO())

    assert Evento.objects.filter(acao=RENOVADA).exists()
    assert not Requerimento.objects.exists()
    assert not Atendimento.objects.exists()
    Usuario.objects.filter(email="elisa@exemplo.invalid").update(tcms_em=localdate())
    with relogio_em(now() + timedelta(days=1)):
        assert renovar()
    assert set(Requerimento.objects.values_list("municipio", flat=True)) == {BELO_VALE}


def test_contas_saem_com_a_senha(territorio):
    with relogio_em(now() - timedelta(days=90)):
        montar.criar_balcoes(localdate())
        montar.criar_contas(localdate())
    saida = StringIO()

    call_command("demonstracao", contas=True, stdout=saida)

    assert "demonstracao-123" in saida.getvalue()
    assert "ana@exemplo.invalid" in saida.getvalue()
    assert "(conta desativada)" in saida.getvalue()
    assert Usuario.objects.get(email="ana@exemplo.invalid").check_password("demonstracao-123")
    assert Usuario.objects.annotate(n=Count("vinculos")).filter(n=2).count() == 1
    # With the mark of staff alone the technical panel opens, and every table in it answers 403.
    assert Usuario.objects.get(email="ivone@exemplo.invalid").is_superuser


def test_sem_dados_ficticios_nada_e_criado(territorio, settings):
    settings.DADOS_FICTICIOS = False

    with pytest.raises(CommandError, match="fora da produção"):
        call_command("demonstracao", stdout=StringIO())

    assert not Usuario.objects.exists()


def test_municipio_que_ja_tem_entidade_fica_como_esta(territorio):
    EntidadeFabrica(municipio=Municipio.objects.get(pk=JABOTICATUBAS), nome="Prefeitura de verdade")

    with pytest.raises(CommandError, match="já tem uma entidade"):
        call_command("demonstracao", stdout=StringIO())

    assert not Usuario.objects.exists()
    assert not montar.existe()


def test_relogio_anda_so_dentro_do_bloco():
    ontem = now() - timedelta(days=1)

    with relogio_em(ontem):
        assert now() == ontem
        assert localtime() == ontem

    assert now() - ontem > timedelta(hours=23)
