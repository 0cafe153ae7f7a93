from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.regras import (
    QUEM_DECIDE,
    Estado,
    Fatos,
    PedidoAnterior,
    Tom,
    avisos_da_pessoa,
    bom_saber,
    elegibilidade,
    separar,
    vagas_exigidas,
)
from requerimentos.demanda.tempo import data_da_idade, decorrido, em_dias

HOJE = date(2026, 11, 22)
FATOS = sorted(carregar().vocabulario.fatos)
DATAS = st.dates(date(1900, 1, 1), date(2026, 11, 22))


def servico(codigo):
    return carregar().servico(codigo)


def parecer(codigo, condicao, fatos, hoje=HOJE):
    return next(p for p in elegibilidade(servico(codigo), fatos, hoje) if p.condicao.id == condicao)


def avisos(codigo, fatos, hoje=HOJE):
    return {a.codigo: a for a in avisos_da_pessoa(servico(codigo), fatos, hoje)}


def vaga(codigo, id, **marcas):
    return next(v for v in vagas_exigidas(servico(codigo), Fatos(marcas=marcas)) if v.vaga.id == id)


pessoas = st.builds(
    Fatos,
    nascimento=st.none() | DATAS,
    sexo=st.sampled_from(["", "F", "M"]),
    marcas=st.dictionaries(st.sampled_from(FATOS), st.booleans()),
    cadunico_em=st.none() | DATAS,
    renda_por_pessoa=st.none() | st.decimals(0, 10**6, places=2),
    contribuicao=st.none() | st.integers(0, em_dias(70)),
    contribuicao_na_reforma=st.none() | st.integers(0, em_dias(70)),
    pedidos=st.lists(
        st.builds(
            PedidoAnterior,
            servico_codigo=st.sampled_from([s.codigo for s in carregar()]),
            decidido_em=st.none() | DATAS,
            ciencia_em=st.none() | DATAS,
        ),
        max_size=3,
    ).map(tuple),
)


# Eligibility


@pytest.mark.parametrize(
    ("codigo", "condicao", "sexo", "anos"),
    [
        ("aposentadoria-idade-urbana", "regra_permanente", "F", 62),
        ("aposentadoria-idade-urbana", "regra_permanente", "M", 65),
        ("aposentadoria-idade-rural", "idade_rural", "F", 55),
        ("aposentadoria-idade-rural", "idade_rural", "M", 60),
        ("bpc-idoso", "idade_65", "", 65),
    ],
)
def test_idade_na_vespera_no_dia_e_no_dia_seguinte(codigo, condicao, sexo, anos):
    for atraso, estado in ((1, Estado.NAO), (0, Estado.OK), (-1, Estado.OK)):
        nascimento = date(HOJE.year - anos, HOJE.month, HOJE.day) + timedelta(days=atraso)
        achado = parecer(codigo, condicao, Fatos(nascimento=nascimento, sexo=sexo))
        assert achado.estado == estado
        assert (achado.quando is None) == (estado == Estado.OK)


def test_diz_o_mes_em_que_completa_a_idade_e_que_quem_decide_e_o_inss():
    achado = parecer("aposentadoria-idade-urbana", "regra_permanente", Fatos(nascimento=date(1965, 3, 8), sexo="F"))

    assert achado.frase == f"Completa 62 anos em 03/2027. {QUEM_DECIDE}"
    assert achado.quando == date(2027, 3, 8)


@pytest.mark.parametrize(("dias", "dito"), [(1, "%d/%m/%Y"), (60, "%d/%m/%Y"), (61, "%m/%Y")])
def test_de_quem_completa_a_idade_logo_diz_o_dia(dias, dito):
    completa = HOJE + timedelta(days=dias)
    fatos = Fatos(nascimento=completa.replace(year=completa.year - 62), sexo="F")

    achado = parecer("aposentadoria-idade-urbana", "regra_permanente", fatos)

    assert f"Completa 62 anos em {completa.strftime(dito)}. " in achado.frase


def test_tabela_que_sobe_e_seguida_ate_a_pessoa_alcancar():
    # Turns 57 on 2021-02-01, when the rule already asks 57; turning it in 2020-12 the rule asked 56 and a half.
    def mulher(nascimento, hoje):
        return parecer("aposentadoria-tempo-contribuicao", "idade_ano", Fatos(nascimento=nascimento, sexo="F"), hoje)

    assert mulher(date(1964, 2, 1), date(2021, 1, 31)).quando == date(2021, 2, 1)
    assert mulher(date(1964, 2, 1), date(2021, 2, 1)).estado == Estado.OK
    # In 2026 it asks 59 and a half; who turns that in January 2027 waits for the 60 of that year.
    tarde = mulher(date(1967, 7, 10), date(2026, 11, 22))
    assert (tarde.estado, tarde.quando) == (Estado.NAO, date(2027, 7, 10))
    assert "60 anos" in tarde.frase


def test_sem_nascimento_ou_sem_sexo_falta_saber():
    sem_data = parecer("aposentadoria-idade-urbana", "regra_permanente", Fatos(sexo="F"))
    sem_sexo = parecer("aposentadoria-idade-urbana", "regra_permanente", Fatos(nascimento=date(1950, 1, 1)))

    assert (sem_data.estado, sem_sexo.estado) == (Estado.FALTA_SABER, Estado.FALTA_SABER)
    assert "data de nascimento" in sem_data.frase
    assert "sexo" in sem_sexo.frase


@pytest.mark.parametrize(
    ("renda", "estado"),
    [(None, Estado.FALTA_SABER), (Decimal("405.25"), Estado.OK), (Decimal("405.26"), Estado.NAO)],
)
def test_renda_por_pessoa_ate_um_quarto_do_minimo_do_dia(renda, estado):
    achado = parecer("bpc-idoso", "renda_bpc", Fatos(renda_por_pessoa=renda))

    assert achado.estado == estado
    assert "R$ 405,25" in achado.frase


def test_cadunico_vale_24_meses():
    def em(dia):
        return parecer("bpc-pcd", "cadunico_24", Fatos(cadunico_em=dia)).estado

    assert em(date(2024, 11, 22)) == Estado.OK
    assert em(date(2024, 11, 21)) == Estado.NAO
    assert em(None) == Estado.FALTA_SABER


@given(pessoas, st.sampled_from(list(carregar())), st.dates(date(2015, 1, 1), date(2045, 12, 31)))
def test_qualquer_pessoa_em_qualquer_dia_recebe_uma_resposta_so_e_nenhuma_regra_fora_da_vigencia(fatos, s, hoje):
    lista = elegibilidade(s, fatos, hoje)

    assert lista == elegibilidade(s, fatos, hoje)
    informam = [c for c, _ in bom_saber(s, hoje)]
    assert [p.condicao for p in lista] == [c for c in s.condicoes if c.vigente(hoje) and c not in informam]
    comuns, caminhos = separar(s, lista)
    assert sorted(map(id, lista)) == sorted(map(id, [*comuns, *(p for caminho in caminhos for p in caminho.pareceres)]))
    assert all(QUEM_DECIDE in p.frase for p in lista if p.estado == Estado.NAO)
    assert all(p.quando is None or p.quando > hoje for p in lista)
    assert all(a.texto for a in avisos_da_pessoa(s, fatos, hoje))
    assert [v.vaga for v in vagas_exigidas(s, fatos)] == list(s.vagas)


# Contribution time, points and the tolls of EC 103/2019


def de_tempo(condicao, hoje=HOJE, codigo="aposentadoria-tempo-contribuicao", **fatos):
    return parecer(codigo, condicao, Fatos(**{"sexo": "F", "nascimento": date(1966, 5, 10), **fatos}), hoje)


@pytest.mark.parametrize(("sexo", "anos"), [("F", 30), ("M", 35)])
def test_tempo_de_contribuicao_na_vespera_no_dia_e_no_dia_seguinte(sexo, anos):
    for dias, estado in ((-1, Estado.NAO), (0, Estado.OK), (1, Estado.OK)):
        achado = de_tempo("tempo_30_35", sexo=sexo, contribuicao=em_dias(anos) + dias)
        assert achado.estado == estado
    falta_um = de_tempo("tempo_30_35", sexo=sexo, contribuicao=em_dias(anos) - 1)
    assert falta_um.quando == HOJE + timedelta(days=1)
    assert falta_um.frase.endswith(
        f"a regra pede mais 1 dia. Se continuar a contribuir, completa em 11/2026. {QUEM_DECIDE}"
    )


def test_pontos_mudam_com_o_ano_do_pedido():
    # On 31 December 2026 a woman needs 93 points, on 1 January 2027 94.
    def pontos(hoje, falta):
        nascimento = date(1966, 5, 10)
        contribuido = em_dias(93) - decorrido(nascimento, hoje) - falta
        return de_tempo("pontos", hoje, nascimento=nascimento, contribuicao=contribuido)

    vespera, dia = date(2026, 12, 31), date(2027, 1, 1)
    assert [pontos(vespera, falta).estado for falta in (1, 0, -1)] == [Estado.NAO, Estado.OK, Estado.OK]
    assert [pontos(dia, falta).estado for falta in (0, -359, -360)] == [Estado.NAO, Estado.NAO, Estado.OK]
    assert "somam 93 pontos; a regra pede 93 hoje" in pontos(vespera, 0).frase
    assert "somam 93 pontos; a regra pede 94 hoje" in pontos(dia, 0).frase


def test_pontos_dizem_quando_chega_se_continuar_a_contribuir():
    # Two points a year are gained while the rule asks for one more.
    falta_um_ponto = em_dias(93) - decorrido(date(1966, 5, 10), HOJE) - em_dias(1)
    achado = de_tempo("pontos", contribuicao=falta_um_ponto)

    assert achado.quando is not None
    assert "Se continuar a contribuir" in achado.frase
    na_vespera, no_dia = (
        de_tempo("pontos", dia, contribuicao=falta_um_ponto + decorrido(HOJE, dia))
        for dia in (achado.quando - timedelta(days=1), achado.quando)
    )
    assert (na_vespera.estado, no_dia.estado) == (Estado.NAO, Estado.OK)


def test_depois_do_ultimo_ano_da_tabela_os_pontos_param_de_subir():
    nascimento = date(1970, 1, 1)
    for hoje in (date(2033, 1, 1), date(2040, 6, 1)):
        cheio = em_dias(100) - decorrido(nascimento, hoje)
        assert de_tempo("pontos", hoje, nascimento=nascimento, contribuicao=cheio).estado == Estado.OK
        assert de_tempo("pontos", hoje, nascimento=nascimento, contribuicao=cheio - 1).estado == Estado.NAO


@pytest.mark.parametrize(("sexo", "anos"), [("F", 28), ("M", 33)])
def test_pedagio_de_50_e_so_de_quem_tinha_mais_que_o_limite_na_reforma(sexo, anos):
    estados = [
        de_tempo("tempo_2019", sexo=sexo, contribuicao_na_reforma=em_dias(anos) + dias).estado for dias in (-1, 0, 1)
    ]

    assert estados == [Estado.NAO, Estado.NAO, Estado.OK]
    assert de_tempo("tempo_2019", sexo=sexo, contribuicao_na_reforma=em_dias(anos)).quando is None


@pytest.mark.parametrize(("sexo", "anos"), [("F", 30), ("M", 35)])
def test_direito_adquirido_vale_para_quem_completou_no_proprio_dia(sexo, anos):
    estados = [
        de_tempo("adquirido_30_35", sexo=sexo, contribuicao_na_reforma=em_dias(anos) + dias).estado
        for dias in (-1, 0, 1)
    ]

    assert estados == [Estado.NAO, Estado.OK, Estado.OK]


@pytest.mark.parametrize(("condicao", "inteiro"), [("pedagio_50", em_dias(30, 9)), ("pedagio_100", em_dias(31, 6))])
def test_pedagio_na_vespera_no_dia_e_no_dia_seguinte(condicao, inteiro):
    # A year and a half was missing on the day of the reform.
    estados = [
        de_tempo(condicao, contribuicao_na_reforma=em_dias(28, 6), contribuicao=inteiro + dias).estado
        for dias in (-1, 0, 1)
    ]

    assert estados == [Estado.NAO, Estado.OK, Estado.OK]


def test_sem_o_tempo_ou_sem_o_sexo_falta_saber():
    assert "Falta o tempo de contribuição" in de_tempo("tempo_30_35").frase
    assert "Falta o tempo de contribuição" in de_tempo("pontos").frase
    assert "que tinha na reforma" in de_tempo("tempo_2019").frase
    assert "que tinha na reforma" in de_tempo("pedagio_50", contribuicao=em_dias(30)).frase
    for condicao in ("tempo_30_35", "pontos", "tempo_2019", "pedagio_50"):
        tempo = {"contribuicao": em_dias(30), "contribuicao_na_reforma": em_dias(20)}
        achado = de_tempo(condicao, sexo="", **tempo)
        assert (achado.estado, "Falta o sexo" in achado.frase) == (Estado.FALTA_SABER, True), condicao


def test_tempo_igual_para_os_dois_dispensa_o_sexo():
    achado = de_tempo("tempo_transicao", codigo="aposentadoria-idade-urbana", sexo="", contribuicao=em_dias(15))

    assert achado.estado == Estado.OK


@pytest.mark.parametrize(("codigo", "condicao", "pontos"), [("aposentadoria-professor", "prof_pontos", 88)])
def test_professor_tem_a_sua_tabela_de_pontos(codigo, condicao, pontos):
    nascimento = date(1970, 1, 1)
    cheio = em_dias(pontos) - decorrido(nascimento, HOJE)

    assert de_tempo(condicao, codigo=codigo, nascimento=nascimento, contribuicao=cheio).estado == Estado.OK
    assert de_tempo(condicao, codigo=codigo, nascimento=nascimento, contribuicao=cheio - 1).estado == Estado.NAO


@given(
    st.dates(date(1945, 1, 1), date(1985, 12, 31)),
    st.sampled_from(["F", "M"]),
    st.integers(0, em_dias(45)),
    st.dates(date(2019, 11, 13), date(2040, 12, 31)),
)
def test_o_dia_prometido_pelos_pontos_e_o_primeiro_em_que_a_regra_se_cumpre(nascimento, sexo, contribuido, hoje):
    achado = de_tempo("pontos", hoje, nascimento=nascimento, sexo=sexo, contribuicao=contribuido)
    if achado.quando is None:
        return

    def no_dia(dia):
        depois = contribuido + decorrido(hoje, dia)
        return de_tempo("pontos", dia, nascimento=nascimento, sexo=sexo, contribuicao=depois).estado

    assert no_dia(achado.quando) == Estado.OK
    assert no_dia(achado.quando - timedelta(days=1)) == Estado.NAO


# Ways: one is enough


def caminhos(codigo, fatos, hoje=HOJE):
    achado = servico(codigo)
    return {c.id: c.estado for c in separar(achado, elegibilidade(achado, fatos, hoje))[1]}


def test_basta_um_dos_caminhos_e_cada_um_tem_o_seu_estado():
    mulher = Fatos(
        nascimento=data_da_idade(HOJE, -60),
        sexo="F",
        contribuicao=em_dias(31),
        contribuicao_na_reforma=em_dias(24),
        marcas={"filiado_antes_ec103": True},
    )

    assert caminhos("aposentadoria-tempo-contribuicao", mulher) == {
        "pontos": Estado.NAO,
        "idade": Estado.OK,
        "pedagio_50": Estado.NAO,
        "pedagio_100": Estado.NAO,
        "adquirido": Estado.NAO,
    }


def test_caminho_com_algo_por_saber_ainda_nao_e_sim_nem_nao():
    mulher = Fatos(nascimento=data_da_idade(HOJE, -63), sexo="F")

    assert caminhos("aposentadoria-idade-urbana", mulher) == {
        "permanente": Estado.FALTA_SABER,
        "transicao": Estado.FALTA_SABER,
    }


def test_caminho_com_um_nao_e_nao_mesmo_com_algo_por_saber():
    nova = Fatos(nascimento=data_da_idade(HOJE, -40), sexo="F")

    assert set(caminhos("aposentadoria-idade-urbana", nova).values()) == {Estado.NAO}


def test_o_que_e_so_bom_saber_nao_se_pergunta():
    pensao = servico("pensao-morte-urbana")
    ids = [c.id for c, _ in bom_saber(pensao, HOJE)]

    assert "duracao_conjuge" in ids and "valor_cotas" in ids
    assert not set(ids) & {p.condicao.id for p in elegibilidade(pensao, Fatos(), HOJE)}
    [texto] = [texto for c, texto in bom_saber(pensao, HOJE) if c.id == "prazo_pedido"]
    assert "180 dias" in texto and "90 dias" in texto


# Warnings


def test_pedido_igual_em_andamento_impede_e_vem_primeiro():
    fatos = Fatos(
        nascimento=date(1950, 1, 1),
        pedidos=(PedidoAnterior(servico_codigo="bpc-idoso", protocolo="1234567890"),),
    )
    lista = avisos_da_pessoa(servico("bpc-idoso"), fatos, HOJE)

    assert (lista[0].codigo, lista[0].tom) == ("pedido_em_andamento", Tom.IMPEDE)
    assert "1234567890" in lista[0].texto
    assert "pedido_em_andamento" not in avisos("bpc-pcd", fatos)


@pytest.mark.parametrize(("dias", "avisa"), [(0, True), (30, True), (31, False)])
def test_pedido_decidido_ha_menos_de_trinta_dias_aponta_o_recurso(dias, avisa):
    pedido = PedidoAnterior(servico_codigo="bpc-idoso", decidido_em=HOJE - timedelta(days=dias))
    aviso = avisos("bpc-idoso", Fatos(pedidos=(pedido,))).get("decidido_ha_pouco")

    assert (aviso is not None) == avisa
    if aviso:
        assert "recurso" in aviso.texto
        assert "576-A" in aviso.base


def test_o_prazo_conta_da_ciencia_quando_ela_e_conhecida():
    pedido = PedidoAnterior(
        servico_codigo="bpc-idoso", decidido_em=HOJE - timedelta(days=40), ciencia_em=HOJE - timedelta(days=10)
    )

    assert "decidido_ha_pouco" in avisos("bpc-idoso", Fatos(pedidos=(pedido,)))


def test_revisao_nao_espera():
    pedido = PedidoAnterior(servico_codigo="revisao", decidido_em=HOJE)

    assert "decidido_ha_pouco" not in avisos("revisao", Fatos(pedidos=(pedido,)))


@pytest.mark.parametrize(
    ("atualizado", "codigo"),
    [
        (None, "cadunico_sem_data"),
        (date(2024, 11, 21), "cadunico_vencido"),
        (date(2024, 12, 30), "cadunico_quase"),
        (date(2026, 1, 1), None),
    ],
)
def test_aviso_de_cadunico_so_para_quem_precisa_dele(atualizado, codigo):
    dados = {c for c in avisos("bpc-idoso", Fatos(cadunico_em=atualizado)) if c.startswith("cadunico")}

    assert dados == ({codigo} if codigo else set())
    assert not [c for c in avisos("ctc", Fatos(cadunico_em=atualizado)) if c.startswith("cadunico")]


def test_biometria_segue_as_datas_e_diz_para_conferir():
    codigo = "aposentadoria-idade-urbana"
    nascimento = date(1960, 1, 1)

    assert "biometria" not in avisos(codigo, Fatos(nascimento=nascimento), date(2025, 11, 20))
    aviso = avisos(codigo, Fatos(nascimento=nascimento, marcas={"biometria": False}))["biometria"]
    assert "CIN" in aviso.texto
    assert "conferir norma vigente" in aviso.base
    assert "biometria" not in avisos(codigo, Fatos(nascimento=nascimento, marcas={"biometria": True}))
    assert "biometria_dispensa" in avisos(codigo, Fatos(nascimento=date(1940, 1, 1)))
    assert "biometria" not in avisos("copia-processo", Fatos(nascimento=nascimento))


@pytest.mark.parametrize(
    ("anos", "codigo"), [(15, "menor_de_16"), (16, "menor_de_18"), (17, "menor_de_18"), (18, None)]
)
def test_aviso_de_menor(anos, codigo):
    achados = set(avisos("atualizar-cadastro", Fatos(nascimento=date(HOJE.year - anos, HOJE.month, HOJE.day))))

    assert achados & {"menor_de_16", "menor_de_18"} == ({codigo} if codigo else set())


# Slots


def test_vaga_condicional_fica_em_aberto_ate_se_saber():
    assert vaga("ctc", "procuracao").obrigatoria is None
    assert vaga("ctc", "procuracao", procurador=True).obrigatoria is True
    assert vaga("ctc", "procuracao", procurador=False).obrigatoria is False


def test_basta_um_dos_fatos_para_exigir_e_todos_para_dispensar():
    assert vaga("ctc", "representacao_legal", menor=True).obrigatoria is True
    assert vaga("ctc", "representacao_legal", menor=False).obrigatoria is None
    dispensa = vaga("ctc", "representacao_legal", menor=False, incapaz=False, representante_legal=False)
    assert dispensa.obrigatoria is False


def test_motivo_diz_por_que():
    assert vaga("ctc", "procuracao", procurador=True).motivo == "Obrigatório porque há procurador particular."
    assert vaga("ctc", "procuracao").motivo == "Obrigatório só se há procurador particular."
    assert vaga("ctc", "autorizacao_dados").obrigatoria is False
