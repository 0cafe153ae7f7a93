"""What the ficha tells decides the slots; sums and warnings that the norm asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from requerimentos.demanda import valores
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import por_decidir, vagas_do
from requerimentos.demanda.perguntas import perguntas_do
from requerimentos.fichas import servicos
from requerimentos.fichas.bpc import descontos
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.consultas import fichas_do
from requerimentos.fichas.fatos import fatos
from requerimentos.fichas.forms import PaginaForm
from requerimentos.fichas.papel import papeis_do
from requerimentos.fichas.regras import Contexto
from requerimentos.fichas.resumo import resumo
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import lido, respostas_completas

HOJE = date(2026, 11, 27)
CONTEXTO = Contexto(hoje=HOJE, numero=valores.numero)


def guardar(pedido, pacote: str, secao: str, dados: dict) -> None:
    servicos.guardar(pedido.pk, pacote, secao, dados, versao=0, janela="", autor=pedido.atendente)
    pedido.refresh_from_db()


def exigidas(pedido) -> dict[str, bool | None]:
    return {v.vaga.id: v.obrigatoria for v in vagas_do(pedido)}


def dependente(parentesco: str, nascimento: str = "1980-01-01", pede: str = "sim", **mais: str) -> dict[str, str]:
    return {
        "nome": f"{parentesco} Fictício",
        "nascimento": nascimento,
        "parentesco": parentesco,
        "tambem_requer": pede,
        **mais,
    }


@pytest.mark.django_db
def test_os_dependentes_da_ficha_pedem_a_certidao_mesmo_se_antes_foi_dito_nao():
    pedido = RequerimentoFabrica(
        servico_codigo="pensao-morte-rural", respostas={"pede_conjuge": False, "pede_filho": False}
    )

    lista = [dependente("Cônjuge"), dependente("Filho(a)", "2016-05-01"), dependente("Pai ou mãe", "1950-01-01")]
    guardar(pedido, "dependentes", "dependentes", {"dependentes": lista})
    assert exigidas(pedido)["prova_uniao"] is exigidas(pedido)["prova_filhos"] is True

    outra = RequerimentoFabrica(servico_codigo="pensao-morte-rural", respostas={"pede_conjuge": True})
    guardar(
        outra,
        "dependentes",
        "dependentes",
        {"dependentes": [dependente("Pai ou mãe"), dependente("Cônjuge", pede="nao")]},
    )
    assert exigidas(outra)["prova_uniao"] is exigidas(outra)["prova_filhos"] is False


@pytest.mark.django_db
def test_o_gasto_da_ficha_pede_a_prova_e_o_que_se_apaga_volta_a_nao_ser_dito():
    pedido = RequerimentoFabrica(servico_codigo="bpc-idoso", respostas={"desconta_saude": False})
    gasto = {"categoria": "Medicamentos", "valor_mensal": "300,00", "continuo": "sim", "negado": "sim"}

    guardar(
        pedido, "bpc_renda_e_gastos", "gastos", {"tem_gastos": "sim", "gastos": [gasto], "aceita_valor_medio": "nao"}
    )
    assert exigidas(pedido)["gasto_saude"] is exigidas(pedido)["recibos"] is True
    assert exigidas(pedido)["centro_dia"] is False

    servicos.guardar(
        pedido.pk, "bpc_renda_e_gastos", "gastos", {"tem_gastos": "nao"}, versao=1, janela="", autor=pedido.atendente
    )
    pedido.refresh_from_db()
    assert exigidas(pedido)["gasto_saude"] is exigidas(pedido)["recibos"] is False
    servicos.guardar(pedido.pk, "bpc_renda_e_gastos", "gastos", {}, versao=2, janela="", autor=pedido.atendente)
    pedido.refresh_from_db()
    assert exigidas(pedido)["gasto_saude"] is None


PARTO, ABORTO, ADOCAO = "Parto", "Aborto não criminoso", "Adoção ou guarda para adoção"


@pytest.mark.parametrize(
    ("servico", "pacote", "secao", "dados", "fato", "dito"),
    [
        ("salario-maternidade-rural", "maternidade", "evento", {"evento": PARTO}, "internacao", None),
        (
            "salario-maternidade-rural", "maternidade", "evento", {"evento": PARTO, "internacao": "sim"},
            "internacao", True,
        ),
        ("salario-maternidade-rural", "maternidade", "evento", {"evento": ABORTO}, "internacao", False),
        ("salario-maternidade-rural", "maternidade", "evento", {"evento": PARTO}, "atestado_maternidade", None),
        (
            "salario-maternidade-rural", "maternidade", "evento", {"evento": PARTO, "repouso": "nao"},
            "atestado_maternidade", False,
        ),
        (
            "salario-maternidade-rural", "maternidade", "evento", {"evento": PARTO, "repouso": "sim"},
            "atestado_maternidade", True,
        ),
        ("salario-maternidade-rural", "maternidade", "evento", {"evento": ABORTO}, "atestado_maternidade", True),
        ("salario-maternidade-rural", "maternidade", "evento", {"evento": ADOCAO}, "atestado_maternidade", False),
        ("pensao-morte-rural", "outro_regime", "regime", {"teve": "nao"}, "beneficio_outro_regime", False),
        (
            "pensao-morte-rural", "outro_regime", "regime", {"teve": "sim", "recebe": "nao"},
            "beneficio_outro_regime", None,
        ),
        (
            "pensao-morte-rural", "outro_regime", "regime", {"teve": "sim", "recebe": "nao", "pediu": "sim"},
            "beneficio_outro_regime", True,
        ),
        (
            "pensao-morte-rural", "outro_regime", "regime", {"teve": "sim", "recebe": "nao", "pediu": "nao"},
            "beneficio_outro_regime", False,
        ),
        ("aposentadoria-idade-urbana", "vinculo_urbano", "vinculos", {"teve": "nao"}, "emprego_fora_cnis", False),
        (
            "aposentadoria-idade-urbana", "vinculo_urbano", "vinculos", {"teve": "sim", "cnis_certo": "nao"},
            "emprego_fora_cnis", True,
        ),
        (
            "auxilio-incapacidade-temporaria", "incapacidade", "incapacidade", {"dias": "15"},
            "afastado_mais_15_dias", False,
        ),
        (
            "auxilio-incapacidade-temporaria", "incapacidade", "incapacidade", {"dias": "16"},
            "afastado_mais_15_dias", True,
        ),
        ("auxilio-reclusao-urbano", "prisao", "prisao", {"regime": "Prisão provisória"}, "regime_fechado", True),
        ("auxilio-reclusao-urbano", "prisao", "prisao", {"regime": "Semiaberto"}, "regime_fechado", False),
        ("pensao-morte-urbana", "obito", "obito", {"causa": "Outro acidente ou violência"}, "obito", True),
        ("pensao-morte-urbana", "obito", "obito", {"nome": "Zé"}, "obito", None),
        ("salario-maternidade-rural", "maternidade", "evento", {"evento": ABORTO}, "houve_maternidade", True),
        (
            "salario-maternidade-rural", "maternidade", "evento", {"evento": "Ainda vai nascer"},
            "houve_maternidade", None,
        ),
        ("aposentadoria-idade-urbana", "outro_regime", "regime", {"teve": "sim"}, "teve_outro_regime", True),
        ("aposentadoria-idade-urbana", "outro_regime", "regime", {"teve": "nao"}, "teve_outro_regime", False),
        ("certidao-inexistencia-dependentes", "falecido", "falecido", {"quando": "2026-01-02"}, "obito", True),
        ("certidao-inexistencia-dependentes", "falecido", "falecido", {"nome": "Zé"}, "obito", None),
        (
            "bpc-idoso", "beneficio_anterior", "beneficio", {"recebe": "Recebe do INSS"}, "recebe_beneficio_inss", True,
        ),
        (
            "bpc-idoso", "beneficio_anterior", "beneficio", {"recebe": "Recebe de outro órgão"},
            "recebe_beneficio_inss", False,
        ),
        ("pensao-morte-rural", "outro_regime", "regime", {"teve": "nao"}, "recebe_outro_regime", False),
        (
            "pensao-morte-rural", "outro_regime", "regime", {"teve": "sim", "recebe": "sim"},
            "recebe_outro_regime", True,
        ),
        ("recurso-ordinario", "recurso", "razoes", {"acao_judicial": "sim"}, "acao_judicial_mesmo_tema", True),
        ("recurso-ordinario", "recurso", "razoes", {"acao_judicial": "nao"}, "acao_judicial_mesmo_tema", False),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_o_que_a_ficha_pergunta_as_perguntas_curtas_nao_repetem(servico, pacote, secao, dados, fato, dito):
    pedido = RequerimentoFabrica(servico_codigo=servico, respostas={fato: not dito})
    assert fato not in {p.chave for p in perguntas_do(carregar().servico(servico))}

    guardar(pedido, pacote, secao, dados)

    assert pedido.respostas.get(fato) is dito


def test_toda_resposta_de_como_a_pessoa_morreu_conta_a_morte():
    [fato] = [um for um in fatos() if (um.fato, um.pacote) == ("obito", "obito")]
    [pergunta] = [p for p in pacotes()["obito"].perguntas if p.id == "causa"]

    assert set(fato.se["causa"]) == set(pergunta.opcoes)


@pytest.mark.parametrize("codigo", ["bpc-idoso", "bpc-pcd", "pensao-morte-urbana", "auxilio-incapacidade-temporaria"])
def test_as_perguntas_do_pedido_nao_repetem_a_ficha(codigo):
    chaves = {p.chave for p in perguntas_do(carregar().servico(codigo))}

    assert chaves.isdisjoint(
        {"pede_conjuge", "pede_filho", "desconta_saude", "desconta_centro_dia", "cadunico_em", "renda_por_pessoa"}
    )
    assert "acidente_trabalho" not in chaves and "incapaz" in chaves


@pytest.mark.django_db
def test_pergunta_em_branco_que_decide_documento_e_contada():
    pedido = RequerimentoFabrica(servico_codigo="bpc-idoso")

    assert por_decidir(pedido) == 2
    pedido.respostas = {"incapaz": False, "sem_biometria": True}
    assert por_decidir(pedido) == 0


@pytest.mark.django_db
def test_quem_adoece_na_roca_tem_a_autodeclaracao_e_a_prova_e_quem_e_da_cidade_nao():
    pedido = RequerimentoFabrica(servico_codigo="auxilio-incapacidade-temporaria")
    assert "autodeclaracao_rural" not in [f.pacote.codigo for f in fichas_do(pedido)]

    guardar(
        pedido,
        "atividade_rural",
        "rural",
        {"como": "Por conta própria ou com a família", "ainda": "sim", "cidade": "nao"},
    )
    assert "autodeclaracao_rural" in [f.pacote.codigo for f in fichas_do(pedido)]
    vagas = exigidas(pedido)
    assert vagas["autodeclaracao_se_especial"] is vagas["prova_rural_se_especial"] is True
    assert "autodeclaracao-rural" in {papel.especie for papel in papeis_do(carregar().servico(pedido.servico_codigo))}

    urbano = RequerimentoFabrica(servico_codigo="auxilio-incapacidade-temporaria")
    guardar(urbano, "atividade_rural", "rural", {"como": "Nunca trabalhou no campo nem na pesca"})
    assert exigidas(urbano)["prova_rural_se_especial"] is False
    [rural] = [f for f in fichas_do(urbano) if f.pacote.codigo == "atividade_rural"]
    assert rural.lida.completa and "autodeclaracao_rural" not in [f.pacote.codigo for f in fichas_do(urbano)]


# The deduction of BPC

CASA = {
    "familia": {"mora_sozinha": "nao", "familia": [{
        "nome": "João Fictício", "cpf": "529.982.247-25", "nascimento": "1950-01-01", "parentesco": "Cônjuge",
        "estado_civil": "Casado", "mesmo_teto": "sim", "no_cadunico": "sim", "renda_salario": "810,51",
        "renda_propria": "0", "renda_beneficio": "0", "renda_pensao": "0", "renda_outra": "0",
    }]},
    "renda": dict.fromkeys(("renda_salario", "renda_propria", "renda_beneficio", "renda_pensao", "renda_outra"), "0"),
}  # fmt: skip
REMEDIO = {
    "categoria": "Medicamentos",
    "valor_mensal": "300,00",
    "continuo": "sim",
    "negado": "sim",
    "receita_ou_laudo": "sim",
}


def conta(hoje: date = HOJE, medio: str = "sim", **mudado: str) -> list[str]:
    contexto = Contexto(hoje=hoje, numero=valores.numero)
    familia = lido("bpc_grupo_familiar", CASA, contexto)
    contexto = Contexto(hoje=hoje, numero=valores.numero, outras={"bpc_grupo_familiar": familia.respostas})
    gastos = {"tem_gastos": "sim", "aceita_valor_medio": medio, "gastos": [{**REMEDIO, **mudado}], "suas_negado": "nao"}
    lida = lido("bpc_renda_e_gastos", {"moradia": {"onde_mora": "Residência"}, "gastos": gastos}, contexto)
    return [p.frase for p in lida.problemas if p.tom == "conta"]


def test_o_desconto_pela_tabela_do_dia_mostra_antes_e_depois_com_a_fonte():
    [frase] = conta()

    assert "405,26" in frase or "405,25" in frase
    assert "R$ 56,00" in frase and "R$ 377,26" in frase.replace("377,25", "377,26") and "R$ 405,25" in frase
    assert "quem calcula e decide é o INSS" in frase and "45/2026" in frase


@pytest.mark.parametrize(("dia", "tabela"), [(date(2026, 9, 29), "R$ 45,00"), (date(2026, 9, 30), "R$ 56,00")])
def test_a_tabela_e_a_do_dia(dia, tabela):
    assert tabela in conta(dia)[0]


def test_gasto_provado_conta_inteiro_e_o_que_o_sus_nao_negou_nao_conta():
    assert "R$ 300,00" in conta(medio="nao")[0]
    assert conta(negado="nao") == conta(continuo="nao") == []


def test_a_tabela_vale_uma_vez_por_especie_de_gasto():
    gastos = {"tem_gastos": "sim", "aceita_valor_medio": "sim", "gastos": [REMEDIO, REMEDIO]}
    lida = lido("bpc_renda_e_gastos", {"gastos": gastos}, CONTEXTO)
    [regra] = [c for c in lida.pacote.conferencias if c.regra == "renda_com_descontos"]

    assert descontos(lida.respostas, regra, CONTEXTO) == {"Medicamentos": Decimal("56.00")}


# A question that is not asked is neither missing nor printed


@pytest.mark.parametrize(("beneficio", "pergunta"), [("0", False), ("0,01", True), ("1.621,00", True)])
def test_so_quem_tem_beneficio_diz_se_ele_fica_fora_da_conta(beneficio, pergunta):
    familia = {"mora_sozinha": "nao", "familia": [{**CASA["familia"]["familia"][0], "renda_beneficio": beneficio}]}
    lida = lido("bpc_grupo_familiar", {**CASA, "familia": familia}, CONTEXTO)

    assert [p.pergunta for p in lida.impedem] == (["beneficio_fora"] if pergunta else [])
    [ditas] = resumo(lida)[0].listas[0].itens
    assert ("beneficio_fora" in {d.pergunta.id for d in ditas}) is pergunta
    [bloco] = PaginaForm(lida=lida, secao="familia", cru=familia).blocos()
    assert '{"familia-0-renda_beneficio": {"mais_de": 0}}' in {c.se for c in bloco.itens[0]}


# Warnings


@pytest.mark.parametrize(
    ("dias", "frase"),
    [("15", "mais de 15 dias"), ("16", ""), ("90", ""), ("91", "até 90 dias")],
)
def test_dias_de_afastamento_nas_bordas(dias, frase):
    dados = {"incapacidade": {"dias": dias, "parou_em": "2026-11-01", "atestado_em": "2026-11-01"}}
    avisos = [p.frase for p in lido("incapacidade", dados, CONTEXTO).problemas if p.tom == "aviso"]

    assert len(avisos) == bool(frase) and all(frase in aviso for aviso in avisos)


def test_sem_a_excecao_vale_o_limite_de_30_dias():
    contexto = Contexto(hoje=date(2027, 9, 21), numero=valores.numero)
    [aviso] = [
        p.texto for p in lido("incapacidade", {"incapacidade": {"dias": "31"}}, contexto).problemas if p.tom == "aviso"
    ]

    assert "até 30 dias" in aviso


@pytest.mark.parametrize(("atestado", "avisa"), [("2026-10-31", True), ("2026-11-01", False), ("2026-11-02", False)])
def test_atestado_de_antes_de_parar(atestado, avisa):
    dados = {"incapacidade": {"parou_em": "2026-11-01", "atestado_em": atestado}}
    avisos = [p.frase for p in lido("incapacidade", dados, CONTEXTO).problemas if p.tom == "aviso"]

    assert bool(avisos) is avisa and all("conferir norma vigente" in aviso for aviso in avisos)


@pytest.mark.parametrize(
    ("nascimento", "pede", "quem", "avisa"),
    [
        ("2010-11-28", "sim", "", True), ("2010-11-27", "sim", "", False), ("2010-11-28", "nao", "", False),
        ("2010-11-28", "sim", "A mãe, Maria Fictícia", False),
    ],
)  # fmt: skip
def test_menor_de_16_que_pede_diz_quem_age_por_ele(nascimento, pede, quem, avisa):
    lista = [dependente("Filho(a)", nascimento, pede, quem_representa=quem)]
    lida = lido("dependentes", {"dependentes": {"dependentes": lista}}, CONTEXTO)

    assert any("quem age por ele" in p.texto for p in lida.problemas) is avisa


@pytest.mark.parametrize("codigo", ["incapacidade", "dependentes", "bpc_renda_e_gastos", "atividade_rural"])
def test_os_avisos_nao_impedem(codigo):
    cru = respostas_completas(pacotes()[codigo], CONTEXTO)

    assert lido(codigo, cru, CONTEXTO).completa
