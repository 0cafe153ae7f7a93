"""What the citizen reads: every situation says where the request is, what to do and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from requerimentos.consulta.regras import (
    PROTOCOLO_IMPOSSIVEL,
    Andamento,
    ExigenciaVista,
    Leitura,
    ler,
    normalizar_protocolo,
)
from requerimentos.situacoes import Etapa, SituacaoExigencia, SituacaoInss, TipoResultado

HOJE = date(2026, 11, 24)
QUINTA = date(2026, 11, 26)


def tudo(leitura: Leitura) -> str:
    return " ".join([leitura.selo, leitura.titulo, leitura.faltam, *leitura.frases, *leitura.fazer])


def exigencia(situacao: str, prazo: date = QUINTA, causa: str = "", **campos) -> Andamento:
    return Andamento(
        SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA,
        Etapa.EXIGENCIA,
        exigencias=(ExigenciaVista(situacao, prazo, causa, **campos),),
    )


def decidido(resultado: str, **campos) -> Andamento:
    return Andamento(SituacaoInss.CONCLUIDA, Etapa.RESULTADO, resultado=resultado, **campos)


@pytest.mark.parametrize("situacao", ["", *SituacaoInss.values])
@pytest.mark.parametrize("resultado", ["", *TipoResultado.values])
def test_toda_situacao_tem_frase_inteira_e_nenhuma_sigla(situacao, resultado):
    leitura = ler(Andamento(situacao, resultado=resultado), HOJE)

    assert leitura.selo and leitura.titulo and leitura.frases
    for termo in ("DER", "PAT", "CRPS", "eferid", "requerente", "CUMPRIMENTO", "CONCLU"):
        assert termo not in tudo(leitura)


def test_concluida_sem_resultado_nao_diz_que_foi_aprovada():
    leitura = ler(decidido(""), HOJE)

    assert "Terminar não quer dizer que o pedido foi aprovado" in tudo(leitura)
    assert leitura.tom != "sucesso"


@pytest.mark.parametrize(
    ("tipo", "selo", "tom"),
    [
        ("deferido", "Aprovado", "sucesso"),
        ("parcial", "Aprovado em parte", "atencao"),
        ("indeferido", "Não aprovado", "perigo"),
        ("arquivado", "Arquivado sem análise", "atencao"),
        ("desistencia", "Encerrado por desistência", ""),
    ],
)
def test_cada_resultado_tem_a_sua_palavra(tipo, selo, tom):
    leitura = ler(decidido(tipo), HOJE)

    assert (leitura.selo, leitura.tom) == (selo, tom)


def test_so_o_deferido_e_verde():
    verdes = {t for t in TipoResultado.values if ler(decidido(t), HOJE).tom == "sucesso"}

    assert verdes == {"deferido"}


def test_resultado_antigo_nao_aparece_quando_o_inss_reabre_a_analise():
    assert ler(Andamento(SituacaoInss.EM_ANALISE, resultado="indeferido"), HOJE).selo == "Em análise"


@pytest.mark.parametrize("tipo", ["indeferido", "parcial"])
def test_recurso_com_o_dia_e_quantos_faltam(tipo):
    leitura = ler(decidido(tipo, recorrer_ate=QUINTA, prazo_recurso=QUINTA + timedelta(days=5)), HOJE)

    assert "recurso até quinta-feira, 26 de novembro de 2026" in tudo(leitura)
    assert (leitura.ate, leitura.faltam) == (QUINTA, "Para pedir recurso: faltam 2 dias.")


def test_entre_a_conta_curta_e_a_longa_manda_logo_ao_balcao():
    leitura = ler(decidido("indeferido", recorrer_ate=HOJE - timedelta(days=1), prazo_recurso=QUINTA), HOJE)

    assert "Vá logo ao balcão: o recurso talvez ainda possa ser pedido até quinta-feira, 26" in tudo(leitura)
    assert leitura.ate is None


def test_recurso_vencido_diz_que_terminou_e_nao_manda_recorrer():
    ontem = HOJE - timedelta(days=1)
    leitura = ler(decidido("indeferido", recorrer_ate=ontem, prazo_recurso=ontem), HOJE)

    assert "O prazo para recurso terminou em segunda-feira, 23 de novembro de 2026." in leitura.frases
    assert "pode pedir recurso" not in tudo(leitura)


@pytest.mark.parametrize("tipo", ["deferido", "arquivado", "desistencia"])
def test_sem_recurso_nao_se_fala_dele(tipo):
    assert "recurso" not in tudo(ler(decidido(tipo, recorrer_ate=QUINTA, prazo_recurso=QUINTA), HOJE))


def test_quem_ja_recebeu_a_decisao_nao_e_mandado_buscar():
    assert "por escrito" in " ".join(ler(decidido("deferido"), HOJE).fazer)
    assert "Vá ao balcão" not in tudo(ler(decidido("deferido", entregue=True), HOJE))


def test_exigencia_diz_o_que_levar_onde_e_ate_que_dia():
    leitura = ler(exigencia(SituacaoExigencia.ABERTA, causa="residencia"), HOJE)

    assert leitura.titulo == "Leve ao balcão o que o INSS pediu até quinta-feira, 26 de novembro de 2026"
    assert "um papel sobre o seu endereço" in tudo(leitura)
    assert leitura.faltam == "Faltam 2 dias."


@pytest.mark.parametrize("causa", ["saude", "outra", "", "desconhecida"])
def test_pedido_de_saude_nao_se_distingue_dos_outros(causa):
    leitura = ler(exigencia(SituacaoExigencia.ABERTA, causa=causa), HOJE)

    assert "O INSS pediu documentos ou informações" in tudo(leitura)
    for palavra in ("laudo", "médic", "saúde", "saude", "exame"):
        assert palavra not in tudo(leitura)


@pytest.mark.parametrize(
    ("dias", "faltam"), [(0, "O último dia é hoje."), (1, "Falta 1 dia."), (30, "Faltam 30 dias.")]
)
def test_conta_os_dias_em_palavras(dias, faltam):
    assert ler(exigencia("aberta", HOJE + timedelta(days=dias)), HOJE).faltam == faltam


@pytest.mark.parametrize("situacao", ["aberta", "vencida"])
def test_prazo_que_passou_ontem_e_vencido_mesmo_antes_da_ronda(situacao):
    leitura = ler(exigencia(situacao, HOJE - timedelta(days=1)), HOJE)

    assert leitura.selo == "Prazo vencido"
    assert "o quanto antes" in tudo(leitura)
    assert leitura.ate is None


def test_quem_ja_pediu_mais_dias_nao_ouve_que_pode_pedir_de_novo():
    assert "mais dias uma vez" in tudo(ler(exigencia("aberta"), HOJE))
    assert "mais dias uma vez" not in tudo(ler(exigencia("aberta", prorrogada=True), HOJE))


@pytest.mark.parametrize(
    ("situacao", "selo"), [("respondendo", "Resposta a caminho"), ("cumprida", "Resposta entregue")]
)
def test_resposta_dada_nao_manda_levar_nada(situacao, selo):
    leitura = ler(exigencia(situacao, HOJE - timedelta(days=3)), HOJE)

    assert (leitura.selo, leitura.fazer) == (selo, ())


def test_de_duas_exigencias_vale_o_prazo_que_vence_primeiro():
    andamento = Andamento(
        SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA,
        exigencias=(
            ExigenciaVista("aberta", QUINTA + timedelta(days=9)),
            ExigenciaVista("aberta", QUINTA),
            ExigenciaVista("cumprida", HOJE),
        ),
    )

    leitura = ler(andamento, HOJE)

    assert leitura.ate == QUINTA
    assert "2 pedidos" in tudo(leitura)


def test_exigencia_que_ainda_nao_chegou_ao_portal_manda_falar_logo():
    assert "Fale logo com o balcão" in tudo(ler(Andamento(SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA), HOJE))


def test_cancelado_no_balcao_vale_mais_que_a_situacao_antiga():
    assert ler(Andamento(SituacaoInss.EM_ANALISE, Etapa.CANCELADO), HOJE).selo == "Cancelado"


@pytest.mark.parametrize(
    ("digitado", "limpo"),
    [
        ("1029384756", "1029384756"),
        (" 1.029.384-756 ", "1029384756"),
        ("1O29384756", "1029384756"),
        ("l029384756", "1029384756"),
        *((ruim, PROTOCOLO_IMPOSSIVEL) for ruim in ("", " ", "-", "abc", "١٢٣٤", "1" * 12, "1" * 90, "1' OR 1=1", "%")),
    ],
)
def test_protocolo_digitado(digitado, limpo):
    assert normalizar_protocolo(digitado) == limpo
