"""Each service asks what its own request is about, and nothing that belongs to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.perguntas import perguntas_do
from requerimentos.fichas import servicos
from requerimentos.fichas.catalogo import pacotes, pacotes_do
from requerimentos.fichas.consultas import contexto_de, fichas_do
from requerimentos.fichas.dependentes import dia_do_fato
from requerimentos.fichas.no_requerimento import do_requerimento
from requerimentos.fichas.regras import Respostas
from requerimentos.models import Papel
from requerimentos.papeis import preenchimento
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import preencher
from tests.requerimentos.test_fichas_outras import CONTEXTO, HOJE, lido

ADOTOU = "Adoção ou guarda para adoção"
DE_BENEFICIO = [
    "acrescimo-25", "alterar-local-forma-pagamento", "atualizar-procurador-representante", "isencao-ir",
    "pagamento-nao-recebido", "prorrogar-auxilio", "reativar-beneficio", "reativar-bpc-cadunico",
    "renovar-declaracao-carcere", "salario-familia",
]  # fmt: skip


def perguntas_de(servico: str) -> set[tuple[str, str]]:
    return {(p.codigo, q.id) for p in pacotes_do(carregar().servico(servico)) for q in p.perguntas}


@pytest.mark.parametrize("servico", ["isencao-ir", "acrescimo-25", "auxilio-acidente"])
def test_de_quem_nao_esta_afastado_nao_se_pergunta_o_afastamento(servico):
    perguntas = perguntas_de(servico)

    assert {("incapacidade", "parou_em"), ("incapacidade", "dias")}.isdisjoint(perguntas)
    assert {("pericia", "laudo_em"), ("pericia", "locomove")} <= perguntas


@pytest.mark.parametrize("servico", DE_BENEFICIO)
def test_pedido_sobre_um_beneficio_pergunta_qual(servico):
    assert {("beneficio_do_pedido", "qual"), ("beneficio_do_pedido", "numero")} <= perguntas_de(servico)


@pytest.mark.parametrize(
    ("servico", "pergunta"),
    [
        ("atualizar-cadastro", ("correcao", "certo")),
        ("acertos-pericia", ("correcao", "certo")),
        ("pagamento-nao-recebido", ("beneficio_parado", "motivo")),
        ("reativar-beneficio", ("beneficio_parado", "motivo")),
        ("atualizar-procurador-representante", ("quem_age", "cpf")),
        ("pensao-feminicidio", ("falecido", "nome")),
        ("certidao-inexistencia-dependentes", ("falecido", "parentesco")),
        ("facultativo-baixa-renda", ("meses_do_pedido", "quais")),
        ("complementacao-contribuicao", ("meses_do_pedido", "quais")),
        ("suspender-bpc-pcd-trabalho", ("vinculo_urbano", "teve")),
    ],
)
def test_o_pedido_diz_ao_inss_o_que_quer(servico, pergunta):
    assert pergunta in perguntas_de(servico)


@pytest.mark.parametrize(
    "servico", ["certidao-inexistencia-dependentes", "valor-ate-obito", "certidao-pis-fgts", "pensao-feminicidio"]
)
def test_so_a_pensao_por_morte_pergunta_como_morreu_e_fala_do_prazo_dela(servico):
    assert {("obito", "causa"), ("obito", "situacao")}.isdisjoint(perguntas_de(servico))
    assert ("bpc_renda_e_gastos", "tem_gastos") not in perguntas_de(servico)
    ha_muito = (HOJE - timedelta(days=400)).isoformat()
    dados = {"nome": "Zé", "quando": ha_muito, "parentesco": "Irmão"}
    assert not lido("falecido", {"falecido": dados}, CONTEXTO).problemas


@pytest.mark.django_db
@pytest.mark.parametrize(("herda", "paginas"), [(True, 1), (False, 0), (None, 0)])
def test_quem_saca_o_que_e_seu_nao_diz_quem_morreu(herda, paginas):
    pedido = RequerimentoFabrica(servico_codigo="certidao-pis-fgts", respostas={"saque_por_morte": herda})

    assert [f.pacote.codigo for f in fichas_do(pedido)].count("falecido") == paginas


@pytest.mark.django_db
def test_quem_morreu_e_o_fato_do_requerimento_tambem_fora_da_pensao():
    pedido = RequerimentoFabrica(servico_codigo="certidao-inexistencia-dependentes")
    preencher(pedido)

    ditos = do_requerimento(pedido, carregar().servico(pedido.servico_codigo))

    assert ditos["fato_tipo"] == "Óbito" and ditos["outra_pessoa_nome"] == "Texto fictício"
    assert not any(c["rotulo"] == "Data da morte" for c in ditos["complementos"])


@pytest.mark.parametrize("codigo", ["beneficio_parado", "falecido"])
def test_o_fim_nao_vem_antes_do_comeco(codigo):
    [secao] = pacotes()[codigo].secoes
    ordem = next(c.de for c in pacotes()[codigo].conferencias if c.regra == "ordem_das_datas")
    datas = {ordem["antes"]: "2026-05-02", ordem["depois"]: "2026-05-01"}

    assert any("Confira as duas datas" in p.frase for p in lido(codigo, {secao.id: datas}, CONTEXTO).impedem)


@pytest.mark.parametrize(("evento", "avisa"), [("Parto", True), ("Adoção ou guarda para adoção", False)])
def test_a_adocao_nao_se_pede_a_empresa(evento, avisa):
    dados = {"evento": evento, "trabalho": "Trabalhava com carteira"}
    avisos = [p.frase for p in lido("maternidade", {"evento": dados}, CONTEXTO).problemas if p.tom == "aviso"]

    assert any("recebe pela empresa" in frase for frase in avisos) is avisa


@pytest.mark.parametrize(
    ("dias", "invalido", "avisa"), [(-1, "nao", False), (0, "nao", True), (1, "nao", True), (1, "sim", False)]
)
def test_salario_familia_de_filho_que_ja_fez_14_anos(dias, invalido, avisa):
    nascimento = date(HOJE.year - 14, HOJE.month, HOJE.day) - timedelta(days=dias)
    filho = {"nome": "Rui", "nascimento": nascimento.isoformat(), "invalido": invalido, "parentesco": "Filho(a)"}
    avisos = [p.frase for p in lido("filhos", {"filhos": {"filhos": [filho]}}, CONTEXTO).problemas if p.tom == "aviso"]

    assert any("Rui já fez 14 anos" in frase for frase in avisos) is avisa


@pytest.mark.parametrize(("cpf", "avisa"), [(CONTEXTO.cpf, False), ("39053344705", True), ("", False)])
def test_quem_pede_a_pensao_tambem_esta_na_lista(cpf, avisa):
    lista = {"dependentes": {"dependentes": [{"nome": "Zé", "cpf": cpf}]}}

    achados = [p.frase for p in lido("dependentes", lista, CONTEXTO).problemas if p.tom == "aviso"]

    assert any("não está na lista" in frase for frase in achados) is avisa


@pytest.mark.parametrize("servico", [s for s in carregar() if s.pedivel], ids=lambda s: s.codigo)
def test_so_autoriza_marcar_pericia_onde_ha_pericia_ou_avaliacao(servico):
    chaves = {p.chave for p in perguntas_do(servico)}

    assert ("atos_agendamento" in chaves) is bool(servico.agendamentos)


MORREU = {"nome": "Tião Fictício", "cpf": "39053344705", "quando": "2026-05-02"}


@pytest.mark.django_db
def test_a_declaracao_rural_da_pensao_traz_quem_morreu_da_pagina_anterior(client):
    pedido = RequerimentoFabrica(servico_codigo="pensao-morte-rural")
    servicos.guardar(pedido.pk, "obito", "obito", MORREU, versao=0, janela="", autor=pedido.atendente)
    client.force_login(pedido.atendente)

    resposta = client.get(
        reverse("requerimentos:pagina-da-ficha", args=[pedido.codigo, "autodeclaracao_rural", "segurado"])
    )

    form = resposta.context["form"]
    assert form["instituidor_nome"].value() == "Tião Fictício" and form["instituidor_obito"].value() == "2026-05-02"
    assert "em “Pessoa que morreu”" in resposta.text


@pytest.mark.parametrize(("pacote", "pergunta"), [("obito", "quando"), ("falecido", "quando"), ("prisao", "preso_em")])
def test_a_idade_dos_dependentes_se_conta_no_dia_do_fato(pacote, pergunta):
    dia = date(2026, 5, 2)
    outras = {pacote: Respostas(soltas={pergunta: dia})}

    assert dia_do_fato(replace(CONTEXTO, outras=outras)) == dia


@pytest.mark.parametrize(("morte", "cpf", "erros"), [("02", MORREU["cpf"], 0), ("03", "11144477735", 2), ("02", "", 0)])
def test_a_declaracao_rural_nao_contradiz_a_pagina_de_quem_morreu(morte, cpf, erros):
    outras = {"obito": Respostas(soltas={"cpf": MORREU["cpf"], "quando": date(2026, 5, 2)})}
    dados = {"sobre_si": "nao", "instituidor_cpf": cpf, "instituidor_obito": f"2026-05-{morte}"}

    lida = lido("autodeclaracao_rural", {"segurado": dados}, replace(CONTEXTO, outras=outras))

    assert sum("da página de quem morreu" in p.frase for p in lida.impedem) == erros


def test_o_parto_dito_na_ficha_nao_se_pergunta_de_novo_mas_o_caso_antigo_fica_como_comecou():
    servico = carregar().servico("salario-maternidade-rural")
    antiga = tuple(
        replace(c, regra={"fato": "evento_maternidade"}) if c.regra.get("fato") == "houve_maternidade" else c
        for c in servico.condicoes
    )

    assert "houve_maternidade" not in {p.chave for p in perguntas_do(servico)}
    assert "evento_maternidade" in {p.chave for p in perguntas_do(replace(servico, condicoes=antiga))}


SO_DE_BENEFICIO = {"reafirmar_der", "aceita_outro_beneficio"}


@pytest.mark.django_db
@pytest.mark.parametrize(("servico", "fora"), [("ctc", SO_DE_BENEFICIO), ("bpc-pcd", set())])
def test_o_requerimento_sabe_o_que_nao_se_perguntou_e_o_que_foi_assinado_nao_envelhece(servico, fora, monkeypatch):
    pedido = RequerimentoFabrica(servico_codigo=servico)
    dados = preenchimento.conteudos(pedido, pedido.atendente)[Papel.Especie.REQUERIMENTO]
    antes = preenchimento.base(pedido, pedido.atendente)

    sem = {k: v for k, v in dados.items() if k != "nao_perguntadas"}
    monkeypatch.setattr(preenchimento, "_requerimento", lambda *a: sem)

    assert SO_DE_BENEFICIO & set(dados["nao_perguntadas"]) == fora
    assert preenchimento.base(pedido, pedido.atendente) == antes


@pytest.mark.parametrize(
    ("pacote", "secao", "pergunta", "frase"),
    [
        ("cadunico", "cadunico", "cras_em", "se a pessoa já foi ao CRAS"),
        ("maternidade", "evento", "previsto", "O dia previsto já passou"),
        ("quem_age", "quem", "ate", "Esse prazo já acabou"),
    ],
)
@pytest.mark.parametrize(("dias", "avisa"), [(-1, True), (0, False), (1, False)])
def test_dia_que_ia_chegar_e_ja_passou(pacote, secao, pergunta, frase, dias, avisa):
    dados = {pergunta: (HOJE + timedelta(days=dias)).isoformat(), "evento": "Ainda vai nascer", "o_que": "Cadastrar"}

    avisos = [p.frase for p in lido(pacote, {secao: dados}, CONTEXTO).problemas if p.tom == "aviso"]

    assert any(frase in dito for dito in avisos) is avisa


@pytest.mark.parametrize(
    ("evento", "sexo", "avisa"), [("Parto", "M", True), ("Parto", "F", False), (ADOTOU, "M", False)]
)
def test_parto_de_quem_esta_no_cadastro_como_homem(evento, sexo, avisa):
    lida = lido("maternidade", {"evento": {"evento": evento}}, replace(CONTEXTO, sexo=sexo))

    assert any("no lugar da mãe segurada" in p.frase for p in lida.problemas) is avisa


@pytest.mark.django_db
def test_o_contexto_da_ficha_sabe_o_sexo_do_cadastro():
    pedido = RequerimentoFabrica(servico_codigo="salario-maternidade-rural")

    assert contexto_de(pedido).sexo == pedido.pessoa.sexo != ""


@pytest.mark.parametrize(
    ("parentesco", "civil", "avisa"),
    [
        ("Cônjuge", "Solteiro", True),
        ("Cônjuge", "Casado", False),
        ("Companheiro(a)", "União Estável", False),
        ("Companheiro(a)", "Casado", False),
        ("Companheiro(a)", "Solteiro", True),
        ("Filho(a)", "Solteiro", False),
    ],
)
def test_o_par_de_quem_pede_nao_e_solteiro(parentesco, civil, avisa):
    casa = {
        "familia": {"mora_sozinha": "nao", "familia": [{"nome": "Zé", "parentesco": parentesco, "estado_civil": civil}]}
    }

    avisos = [p.frase for p in lido("bpc_grupo_familiar", casa, CONTEXTO).problemas if p.tom == "aviso"]

    assert any("Confira o parentesco" in frase for frase in avisos) is avisa


@pytest.mark.parametrize(("o_que", "pergunta"), [("Cadastrar", True), ("Tirar", False)])
def test_de_quem_deixa_de_agir_nao_se_pergunta_por_que_recebe(o_que, pergunta):
    lida = lido("quem_age", {"quem": {"o_que": o_que, "tipo": "Procurador(a)"}}, CONTEXTO)

    assert ("motivo" in {p.pergunta for p in lida.impedem if p.falta}) is pergunta
