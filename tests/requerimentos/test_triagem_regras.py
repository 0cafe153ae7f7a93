"""The conversation walked: every path, every kind of person, every border."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from act_portal.catalogos.folha import ErroDoCatalogo
from act_portal.territorio.regras import Calendario
from requerimentos.demanda import catalogo
from requerimentos.demanda.fatos import Fatos, PedidoAnterior
from requerimentos.demanda.tempo import data_da_idade
from requerimentos.demanda.triagem import roteiro
from requerimentos.demanda.triagem.regras import (
    Lugar,
    Resultado,
    conversar,
    em_jogo,
    indicar,
    para_o_pedido,
    por_pessoa,
    valida,
)
from requerimentos.demanda.triagem.roteiro import ARQUIVO, Pergunta, Tipo

HOJE = date(2026, 11, 27)
ROTEIRO, CATALOGO = roteiro.carregar(), catalogo.carregar()
# One of each kind that makes a difference to what is asked next; the options of the question are added.
DIGITADAS: dict[str, list[Any]] = {
    "tempo": ["16 anos", "36 anos"],
    "tempo_somado": ["16 anos"],
    "tempo_pcd": ["36 anos"],
    "tempo_antes": ["34 anos"],
    "renda": [{"pessoas": 4, "total": "1000.00"}, {"pessoas": 1, "total": "9000.00"}],
    "cadunico": ["2026-01-10"],
    "nasceu_em": ["2026-10-01"],
    "soube_em": ["2026-11-20"],
}
# A child, an adult, and who has the age of every rule: the borders of age are below.
QUEM = ((10, "F"), (40, "M"), (66, "F"))


def pessoa(anos: int = 40, sexo: str = "F", *, dias: int = 0, **campos: Any) -> Fatos:
    """Somebody who completes `anos` on HOJE, or `dias` days later."""
    nascimento = date(HOJE.year - anos, HOJE.month, HOJE.day) + timedelta(days=dias)
    campos.setdefault("marcas", {"menor": anos < 18 or (anos == 18 and dias > 0)})
    return Fatos(nascimento=nascimento, sexo=sexo, **campos)


def andar(base: Fatos, respostas: Mapping[str, Any], hoje: date = HOJE):
    return conversar(ROTEIRO, respostas, base, hoje, CATALOGO)


def resultado(base: Fatos, respostas: Mapping[str, Any], hoje: date = HOJE) -> Resultado:
    return indicar(ROTEIRO, andar(base, respostas, hoje), base, hoje, CATALOGO)


def lugares(achado: Resultado) -> dict[str, Lugar]:
    return {i.servico.codigo: i.lugar for i in achado.indicacoes}


def respostas_de(pergunta: Pergunta) -> list[Any]:
    return [*(opcao.id for opcao in pergunta.opcoes), *DIGITADAS.get(pergunta.id, [])]


def caminhos(base: Fatos, dadas: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Every finished conversation of this person."""
    dadas = dadas or {}
    conversa = andar(base, dadas)
    if conversa.proxima is None:
        yield dadas
        return
    for resposta in respostas_de(conversa.proxima):
        yield from caminhos(base, {**dadas, conversa.proxima.id: resposta})


@cache
def conversas_de(anos: int, sexo: str) -> list[dict[str, Any]]:
    return list(caminhos(pessoa(anos, sexo)))


@pytest.mark.parametrize(("anos", "sexo"), QUEM)
def test_todo_caminho_acaba_em_no_maximo_oito_perguntas_e_num_resultado(anos, sexo):
    base, conversas = pessoa(anos, sexo), conversas_de(anos, sexo)
    for respostas in conversas:
        assert len(respostas) <= ROTEIRO.limite, respostas
    for respostas in conversas[::5]:
        conversa = andar(base, respostas)
        assert list(conversa.dadas) == list(respostas), "o caminho não é o que foi respondido"
        achado = indicar(ROTEIRO, conversa, base, HOJE, CATALOGO)
        # On this day the father's leave does not exist yet, and its option says what to do.
        assert achado.indicacoes or achado.passos, respostas
        assert all(i.servico.vigente(HOJE) for i in achado.indicacoes)
    assert len(conversas) > 100


def test_todo_servico_do_catalogo_sai_de_alguma_conversa():
    trazidos = {candidato.codigo for candidato in ROTEIRO.candidatos}

    assert [s.codigo for s in CATALOGO if s.modo != "regra" and s.codigo not in trazidos] == []
    for candidato in ROTEIRO.candidatos:
        for linha in (*candidato.quando, *candidato.perto):
            dadas = {id: aceitas[0] for id, aceitas in linha.items()}
            dia = CATALOGO.servico(candidato.codigo).vigente_de or HOJE
            assert candidato.codigo in [s.codigo for s in em_jogo(ROTEIRO, dadas, pessoa(66), dia, CATALOGO)]


def test_toda_pergunta_e_feita_a_alguem():
    feitas = {id for quem in QUEM for respostas in conversas_de(*quem) for id in respostas}

    assert [p.id for p in ROTEIRO.perguntas if p.id not in feitas] == []


def test_o_servico_so_existe_dentro_da_vigencia():
    respostas = {"assunto": "nasceu", "nasceu_como": "pai", "antes": "nunca"}
    comeco = CATALOGO.servico("salario-paternidade").vigente_de
    assert comeco

    assert lugares(resultado(pessoa(), respostas, comeco - timedelta(days=1))) == {}
    assert lugares(resultado(pessoa(), respostas, comeco)) == {"salario-paternidade": Lugar.ORIENTAR}


DA_IDADE = [
    ("bpc-idoso", 65, "F", {"assunto": "idade", "onde": "nunca", "renda": "nada"}),
    ("bpc-idoso", 65, "M", {"assunto": "necessidade", "onde": "nunca", "impedimento": "nao", "renda": "nada"}),
    ("aposentadoria-idade-rural", 55, "F", {"assunto": "idade", "onde": "roca"}),
    ("aposentadoria-idade-rural", 60, "M", {"assunto": "idade", "onde": "roca"}),
    ("aposentadoria-idade-urbana", 62, "F", {"assunto": "idade", "onde": "cidade", "tempo": "16 anos"}),
    ("aposentadoria-idade-urbana", 65, "M", {"assunto": "idade", "onde": "cidade", "tempo": "21 anos"}),
    ("aposentadoria-hibrida", 62, "F", {"assunto": "idade", "onde": "ambos", "tempo_somado": "16 anos"}),
    ("aposentadoria-hibrida", 65, "M", {"assunto": "idade", "onde": "ambos", "tempo_somado": "21 anos"}),
    ("aposentadoria-pcd-idade", 55, "F", {"assunto": "deficiencia", "origem": "outra", "contribuiu": "mais"}),
    ("aposentadoria-pcd-idade", 60, "M", {"assunto": "deficiencia", "origem": "outra", "contribuiu": "mais"}),
    ("bpc-portuario-avulso", 60, "M", {"assunto": "idade", "onde": "cidade", "tempo": "nunca", "trabalho": "porto"}),
]


@pytest.mark.parametrize(("codigo", "anos", "sexo", "respostas"), DA_IDADE)
def test_um_dia_antes_no_dia_e_um_dia_depois_da_idade(codigo, anos, sexo, respostas):
    completo = {
        "tempo_pcd": "16 anos",
        "ainda_na_roca": "sim",
        "anos_de_roca": "sim",
        "trabalho": "nenhum",
        **respostas,
    }
    vespera, no_dia, depois = (resultado(pessoa(anos, sexo, dias=d), completo) for d in (1, 0, -1))

    [faltando] = [i for i in vespera.indicacoes if i.servico.codigo == codigo]
    assert faltando.lugar == Lugar.AINDA_NAO
    assert faltando.quando == HOJE + timedelta(days=1)
    assert any("11/2026" in parecer.frase for parecer in faltando.nao)
    assert lugares(no_dia)[codigo] == lugares(depois)[codigo] == Lugar.CABE


def test_completa_62_anos_em_03_2027():
    base = Fatos(nascimento=date(1965, 3, 14), sexo="F", marcas={"menor": False})
    respostas = {"assunto": "idade", "onde": "cidade", "tempo": "16 anos", "trabalho": "nenhum"}

    [urbana] = [i for i in resultado(base, respostas).indicacoes if i.servico.codigo == "aposentadoria-idade-urbana"]

    assert urbana.lugar == Lugar.AINDA_NAO
    assert "Completa 62 anos em 03/2027" in " ".join(parecer.frase for parecer in urbana.nao)
    assert urbana.quando == date(2027, 3, 14)


@pytest.mark.parametrize(
    ("total", "lugar"),
    [("1620.99", Lugar.CABE), ("1621.00", Lugar.CABE), ("1621.01", Lugar.NAO_CABE)],
)
def test_um_centavo_abaixo_igual_e_um_centavo_acima_da_renda(total, lugar):
    respostas = {"assunto": "necessidade", "onde": "nunca", "renda": {"pessoas": 4, "total": total}}

    assert lugares(resultado(pessoa(70), respostas))["bpc-idoso"] == lugar


def test_a_renda_por_pessoa_nunca_arredonda_para_baixo_do_limite():
    assert por_pessoa({"pessoas": 3, "total": "1000.00"}) == Decimal("333.34")
    assert por_pessoa({"pessoas": 4, "total": "1621.00"}) == Decimal("405.25")


@pytest.mark.parametrize(("passou", "tem"), [(0, True), (1, False)])
def test_o_cadunico_vence_no_dia_seguinte_e_manda_ao_cras_sem_tirar_o_servico(passou, tem):
    em = data_da_idade(HOJE, -2) - timedelta(days=passou)
    respostas = {"assunto": "idade", "onde": "nunca", "renda": "nada", "cadunico": em.isoformat()}

    achado = resultado(pessoa(70), respostas)

    assert lugares(achado)["bpc-idoso"] == Lugar.CABE
    assert [ida.aonde for ida in achado.idas] == ["CRAS"]
    assert ("venceu" in achado.idas[0].texto) is not tem


def test_sem_cadunico_e_sem_biometria_diz_aonde_ir_antes():
    respostas = {"assunto": "idade", "onde": "nunca", "renda": "nada", "cadunico": "nao_tem", "biometria": "nao"}

    achado = resultado(pessoa(70), respostas)

    assert lugares(achado)["bpc-idoso"] == Lugar.CABE
    assert [ida.aonde for ida in achado.idas] == ["CRAS", "Posto de identificação (CIN)"]
    [bpc] = achado.indicacoes
    assert bpc.nao[0].frase.startswith("Pelo que foi dito, não cumpre: CadÚnico atualizado nos últimos 24 meses")


def test_o_que_a_renda_ja_afasta_nao_pergunta_o_cadunico():
    conversa = andar(pessoa(70), {"assunto": "idade", "onde": "nunca", "renda": {"pessoas": 1, "total": "9000"}})

    assert conversa.proxima is None or conversa.proxima.id not in {"cadunico", "renda"}


def test_o_que_o_cadastro_ja_sabe_nao_se_pergunta_mas_se_corrige():
    sabido = pessoa(70, cadunico_em=date(2026, 1, 1), marcas={"menor": False, "biometria": True})
    respostas: dict[str, Any] = {"assunto": "idade", "onde": "nunca", "renda": "nada"}

    conversa = andar(sabido, respostas)
    assert conversa.proxima and conversa.proxima.id == "antes"
    corrigida = andar(sabido, {**respostas, "cadunico": "2020-01-01"})
    assert corrigida.fatos.cadunico_em == date(2020, 1, 1)
    assert list(corrigida.dadas)[-1] == "cadunico"


def test_quem_ja_tem_pedido_nao_responde_se_ja_pediu_e_ve_o_aviso():
    base = pessoa(70, pedidos=(PedidoAnterior(servico_codigo="bpc-idoso", protocolo="123"),))
    respostas = {"assunto": "idade", "onde": "nunca", "renda": "nada", "cadunico": "nao_sei", "biometria": "sim"}

    assert andar(base, respostas).proxima is None
    [bpc] = [i for i in resultado(base, respostas).indicacoes if i.servico.codigo == "bpc-idoso"]
    assert [aviso.codigo for aviso in bpc.avisos] == ["pedido_em_andamento"]


def test_voltar_e_mudar_deixa_de_lado_sem_perder():
    antes = {"assunto": "morreu", "morreu_quer": "pensao", "parentesco": "filho", "falecido": "roca"}
    mudada = {**antes, "assunto": "preso"}

    conversa = andar(pessoa(), mudada)

    assert list(conversa.dadas) == ["assunto"]
    assert conversa.fatos.sabe("obito") is None
    assert list(andar(pessoa(), {**mudada, "assunto": "morreu"}).dadas) == list(antes)


def test_o_seguro_defeso_acaba_numa_pergunta_e_so_orienta():
    achado = resultado(pessoa(), {"assunto": "defeso"})

    assert andar(pessoa(), {"assunto": "defeso"}).terminou
    assert lugares(achado) == {"seguro-defeso": Lugar.ORIENTAR}


@pytest.mark.parametrize(("dias", "lugar"), [(30, Lugar.CABE), (31, Lugar.NAO_CABE)])
def test_o_prazo_do_recurso_no_ultimo_dia_e_no_seguinte(dias, lugar):
    respostas = {"assunto": "ja_pediu", "pedido": "negado", "soube_em": (HOJE - timedelta(days=dias)).isoformat()}

    assert lugares(resultado(pessoa(), respostas))["recurso-ordinario"] == lugar


DOENTE_COM_NEGATIVA = {
    "assunto": "doenca", "doenca_como": "longa", "vinculo": "carteira", "impedimento": "nao", "biometria": "sim",
    "antes": "negado",
}  # fmt: skip


@pytest.mark.parametrize(
    ("ditas", "servico"),
    [
        ({"assunto": "ja_pediu", "pedido": "negado", "soube_em": "nao_sei"}, "recurso-ordinario"),
        ({"assunto": "ja_pediu", "pedido": "junta", "soube_em": "nao_sei"}, "recurso-especial"),
        ({**DOENTE_COM_NEGATIVA, "soube_em": "nao_sei"}, "recurso-ordinario"),
    ],
)
def test_sem_o_dia_da_decisao_o_recurso_depende(ditas, servico):
    [recurso] = [i for i in resultado(pessoa(), ditas).indicacoes if i.servico.codigo == servico]

    assert recurso.lugar == Lugar.FALTA_SABER
    assert any(p.frase.startswith("Descubra o dia em que a pessoa soube") for p in recurso.falta)


@pytest.mark.parametrize(
    ("recebe", "renda", "lugar"),
    [
        ("sim", "sim", Lugar.CABE),
        ("sim", "nao_sei", Lugar.FALTA_SABER),
        ("nao_sei", "sim", Lugar.FALTA_SABER),
        ("sim", "nao", Lugar.NAO_CABE),
        ("nao", "sim", Lugar.NAO_CABE),
        ("trabalha", "sim", Lugar.EMPRESA),
    ],
)
def test_salario_familia_de_quem_recebe_depende_do_beneficio_e_da_renda(recebe, renda, lugar):
    ditas = {"assunto": "recebe", "recebe_que": "filhos", "filhos_recebe": recebe, "filhos_renda": renda}

    assert andar(pessoa(), ditas).terminou
    assert lugares(resultado(pessoa(), ditas))["salario-familia"] == lugar


def test_feriado_do_municipio_conta_no_prazo_dito():
    segunda = date(2026, 11, 30)
    ditas = {"assunto": "ja_pediu", "pedido": "negado", "soube_em": (segunda - timedelta(days=30)).isoformat()}
    local = Calendario(locais={segunda: "Padroeira"})

    assert conversar(ROTEIRO, ditas, pessoa(), HOJE, CATALOGO).ditas["prazo_rec"].quando == segunda
    assert conversar(ROTEIRO, ditas, pessoa(), HOJE, CATALOGO, local).ditas["prazo_rec"].quando == date(2026, 12, 1)


def test_prazo_que_acaba_no_fim_de_semana_vai_ao_dia_util():
    sabado = date(2026, 11, 28)
    respostas = {"assunto": "ja_pediu", "pedido": "negado", "soube_em": (sabado - timedelta(days=30)).isoformat()}

    assert lugares(resultado(pessoa(), respostas, date(2026, 11, 30)))["recurso-ordinario"] == Lugar.CABE
    assert lugares(resultado(pessoa(), respostas, date(2026, 12, 1)))["recurso-ordinario"] == Lugar.NAO_CABE


def test_o_dia_dito_conta_tambem_quando_e_mais_velho_que_a_regra():
    recurso = {"assunto": "ja_pediu", "pedido": "negado", "soube_em": "2015-01-01"}
    parto = {"assunto": "nasceu", "nasceu_como": "parto", "vinculo": "roca", "nasceu_em": "2020-03-10"}

    ditos = {}
    for respostas in (recurso, parto):
        ditos |= {i.servico.codigo: (i.lugar, i.nao) for i in resultado(pessoa(), respostas).indicacoes}

    lugar, [nao] = ditos["recurso-ordinario"]
    # 31/01/2015 was a Saturday: the day that the page of the appeal tells.
    assert (lugar, nao.frase[:30]) == (Lugar.NAO_CABE, "O prazo acabou em 02/02/2015. ")
    assert "um pedido novo" in nao.frase and "recorrer assim mesmo" in nao.frase
    lugar, [nao] = ditos["salario-maternidade-rural"]
    assert (lugar, nao.frase[:29]) == (Lugar.NAO_CABE, "O prazo acabou em 09/03/2025.")


@pytest.mark.parametrize(
    ("anos", "perguntadas", "brotam"),
    [
        (70, {"onde", "ainda_na_roca", "anos_de_roca"}, {"aposentadoria-idade-rural", "bpc-idoso"}),
        (55, {"onde", "ainda_na_roca", "anos_de_roca", "impedimento"}, {"aposentadoria-idade-rural", "bpc-pcd"}),
        (40, {"impedimento"}, {"bpc-idoso", "bpc-pcd"}),
    ],
)
def test_falta_dinheiro_pergunta_do_trabalho_a_quem_tem_idade_e_do_impedimento_a_quem_nao_tem(
    anos, perguntadas, brotam
):
    ditas = {"assunto": "necessidade", "onde": "roca", "ainda_na_roca": "sim", "anos_de_roca": "sim"}
    ditas |= {"impedimento": "nao_sei", "renda": "nada", "cadunico": "nao_tem", "biometria": "sim", "antes": "nunca"}
    conversa = andar(pessoa(anos), ditas)

    assert conversa.terminou
    assert set(conversa.dadas) & {"onde", "ainda_na_roca", "anos_de_roca", "impedimento"} == perguntadas
    assert brotam <= set(lugares(resultado(pessoa(anos), ditas)))
    assert ("bpc-pcd" in lugares(resultado(pessoa(anos), ditas))) is (anos < 65)


@pytest.mark.parametrize(
    ("onde", "codigos"),
    [
        ("cidade", {"pensao-morte-urbana"}),
        ("roca", {"pensao-morte-rural"}),
        ("nao_sei", {"pensao-morte-rural", "pensao-morte-urbana"}),
    ],
)
def test_da_pensao_de_quem_era_aposentado_se_pergunta_se_era_da_roca(onde, codigos):
    ditas = {"assunto": "morreu", "morreu_quer": "pensao", "parentesco": "conjuge", "falecido": "recebia"}

    assert andar(pessoa(60), ditas).proxima.id == "falecido_onde"
    assert set(lugares(resultado(pessoa(60), {**ditas, "falecido_onde": onde}))) == codigos


@pytest.mark.parametrize(("como", "lugar"), [("parto", Lugar.CABE), ("gravidez", Lugar.FALTA_SABER)])
def test_de_quem_tem_carteira_a_empresa_vem_primeiro(como, lugar):
    # By own account it is as before: one who is still pregnant has had no birth yet.
    ditas = {"assunto": "nasceu", "nasceu_como": como, "vinculo": "carteira", "nasceu_em": "2026-11-01"}
    achado = resultado(pessoa(), ditas)

    assert set(lugares(achado).values()) == {Lugar.EMPRESA}
    assert all("pede" in i.empresa for i in achado.indicacoes)
    conta = resultado(pessoa(), {**ditas, "vinculo": "conta"})
    assert lugares(conta)["salario-maternidade-urbano"] == lugar


def test_o_que_cabe_no_balcao_vem_antes_do_que_se_pede_a_empresa():
    ditas = {"assunto": "nasceu", "nasceu_como": "adocao", "vinculo": "carteira", "nasceu_em": "2026-11-01"}

    maternidade, familia = resultado(pessoa(), ditas).indicacoes

    assert (maternidade.servico.codigo, maternidade.lugar) == ("salario-maternidade-urbano", Lugar.CABE)
    assert (familia.servico.codigo, familia.lugar) == ("salario-familia", Lugar.EMPRESA)


def test_negado_dito_no_fim_pergunta_o_dia_e_traz_o_recurso():
    ditas = dict(DOENTE_COM_NEGATIVA)

    assert andar(pessoa(), ditas).proxima.id == "soube_em"
    ditas["soube_em"] = (HOJE - timedelta(days=40)).isoformat()
    [recurso] = [i for i in resultado(pessoa(), ditas).indicacoes if i.servico.codigo == "recurso-ordinario"]
    assert recurso.lugar == Lugar.NAO_CABE and "O prazo acabou em 17/11/2026" in recurso.nao[0].frase


def test_so_fatos_e_numeros_ditos_vao_para_o_pedido():
    base = pessoa(70, marcas={"menor": False, "biometria": True})
    respostas = {
        "assunto": "idade",
        "onde": "nunca",
        "renda": {"pessoas": 3, "total": "1000.00"},
        "cadunico": "2026-01-10",
        "antes": "negado",
    }
    chaves = ["biometria", "renda_por_pessoa", "cadunico_em", "recebe_beneficio_inss", "reafirmar_der"]

    assert para_o_pedido(ROTEIRO, andar(base, respostas), chaves) == {
        "renda_por_pessoa": "333.34",
        "cadunico_em": "2026-01-10",
    }


# Random people


def _resposta(pergunta: Pergunta) -> st.SearchStrategy[Any]:
    opcoes: st.SearchStrategy[Any] = st.sampled_from([opcao.id for opcao in pergunta.opcoes])
    digitada: dict[str, st.SearchStrategy[Any]] = {
        Tipo.DATA: st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(date.isoformat),
        Tipo.TEMPO: st.integers(0, 60).map(lambda anos: f"{anos} anos"),
        Tipo.RENDA: st.fixed_dictionaries(
            {"pessoas": st.integers(0, 50), "total": st.decimals(-1, 99999, places=2).map(str)}
        ),
    }
    # And what a broken browser or an older release may have left behind.
    lixo = st.one_of(st.none(), st.text(max_size=9), st.integers(), st.lists(st.integers(), max_size=2))
    return st.one_of(opcoes, digitada.get(pergunta.tipo, opcoes), lixo)


CONVERSAS = st.fixed_dictionaries({}, optional={p.id: _resposta(p) for p in ROTEIRO.perguntas})
PESSOAS = st.builds(
    Fatos,
    nascimento=st.none() | st.dates(date(1900, 1, 1), HOJE),
    sexo=st.sampled_from(["F", "M", ""]),
    marcas=st.fixed_dictionaries({}, optional={"menor": st.booleans(), "biometria": st.booleans()}),
    cadunico_em=st.none() | st.dates(date(2000, 1, 1), HOJE),
    pedidos=st.just(()) | st.just((PedidoAnterior(servico_codigo="bpc-idoso"),)),
)


@settings(max_examples=150)
@given(base=PESSOAS, respostas=CONVERSAS, hoje=st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_pessoas_ao_acaso_nunca_quebram_nem_recebem_duas_respostas(base, respostas, hoje):
    primeira, segunda = (conversar(ROTEIRO, respostas, base, hoje, CATALOGO) for _ in range(2))
    assert primeira == segunda
    um, outro = (indicar(ROTEIRO, c, base, hoje, CATALOGO) for c in (primeira, segunda))

    assert um == outro
    assert len({i.servico.codigo for i in um.indicacoes}) == len(um.indicacoes)
    assert all(i.servico.vigente(hoje) and all(p.condicao.vigente(hoje) for p in i.sim) for i in um.indicacoes)
    assert all(i.quando is None or i.quando > hoje for i in um.indicacoes)
    assert all(valida(ROTEIRO.pergunta(id), resposta, hoje) for id, resposta in primeira.dadas.items())
    # The order of what was stored is of no consequence.
    assert conversar(ROTEIRO, dict(reversed(respostas.items())), base, hoje, CATALOGO) == primeira


# The file


@pytest.mark.parametrize(
    ("de", "para", "frase"),
    [
        ("limite = 8", 'limite = "8"', "número inteiro"),
        ("reforma = 2019-11-13", 'reforma = "2019"', "data"),
        ('onde = ["cidade"]', 'onde = ["lua"]', "não é resposta"),
        ('quando = [{ assunto = ["idade"] }]', 'quando = [{ biometria = ["sim"] }]', "antes desta"),
        ('precisa = ["renda_ate"]', 'precisa = ["palpite"]', "nenhuma regra precisa"),
        ("carencia_rural = true", "carencia_lunar = true", "não está no catálogo"),
        ("{ ainda_trabalha_rural = true }", "{ voa = true }", "não está no vocabulário"),
        ('codigo = "seguro-defeso"', 'codigo = "seguro-lua"', "não está no catálogo"),
        ('codigo = "seguro-defeso"', 'codigo = "aposentadoria-tc-pontos"', "regra de outro serviço"),
        ('medida = "renda_por_pessoa"', 'medida = "cadunico_em"', "não existe"),
        ('id = "onde"', 'id = "assunto"', "duas vezes"),
        ("{limite_baixa_renda_reclusao_salario_familia}", "{limite_da_lua}", "valores.toml"),
        ("salario_maternidade_prazo_para_pedir", "prazo_da_lua", "o prazo se escreve"),
        ("recurso = true", "recurso = 30", "o prazo se escreve"),
    ],
)
def test_erro_no_arquivo_diz_o_que_e_onde(tmp_path, de, para, frase):
    texto = ARQUIVO.read_text()
    assert de in texto
    copia = tmp_path / "roteiro.toml"
    copia.write_text(texto.replace(de, para, 1))

    with pytest.raises(ErroDoCatalogo, match=rf"roteiro\.toml:\d+: .*{frase}"):
        roteiro.carregar(copia)
