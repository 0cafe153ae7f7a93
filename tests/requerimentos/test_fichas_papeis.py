"""The papers of the packs: in the official order, only when the pack is complete, part of the set."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from requerimentos.demanda.catalogo import carregar
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.consultas import contexto_de
from requerimentos.fichas.leitura import ler_pacote
from requerimentos.fichas.papel import conteudo, papeis, papeis_do
from requerimentos.models import Conjunto, PaginaDaFicha, Papel
from requerimentos.papeis import servicos
from requerimentos.papeis.preenchimento import base, conteudos
from tests.requerimentos import papeis as exemplos
from tests.requerimentos import papeis_da_ficha
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fabricas_envio import pedido_sem_documentos
from tests.requerimentos.fichas_preenchidas import respostas_completas
from tests.requerimentos.test_papeis_modelos import html, paginas, texto

AUTO = "autodeclaracao-rural"


def test_autodeclaracao_na_ordem_do_anexo_com_rubrica_e_o_que_foi_declarado():
    feito = texto(AUTO, papeis_da_ficha.autodeclaracao())

    titulos = [
        "1. Quem trabalhou", "2. Períodos de trabalho", "3. Grupo familiar", "4. Terra", "5. O que produz",
        "6. Ajuda de outras pessoas", "7. Outra atividade ou renda", "8. Documentos que ajudam", "Declaro que",
    ]  # fmt: skip
    posicoes = [feito.index(titulo) for titulo in titulos]
    assert posicoes == sorted(posicoes)
    assert "01/02/1980" in feito
    assert "Sítio Boa Vista 1" in feito
    assert "Cedeu parte da terra? ☐ sim ☒ não" in feito
    assert "☒ Rural ☐ Pesca artesanal ☐ Extrativismo vegetal" in feito


def test_periodo_que_continua_diz_ate_hoje_e_nenhuma_celula_fica_em_branco():
    feito = papeis_da_ficha.autodeclaracao(2, aberto=True)

    [lista] = feito["partes"][1]["listas"]
    assert [linha[1] for linha in lista["tabelas"][0]["linhas"]] == ["31/12/1982", "até hoje"]
    assert not re.search(r"<td>\s*</td>", html(AUTO, feito).split("<h2>")[2])


@pytest.mark.parametrize("variante", ["Rural", "Pesca artesanal", "Extrativismo vegetal"])
def test_titulo_traz_a_variante_e_o_que_e_do_anexo_traz_o_seu_numero(variante):
    feito = texto(AUTO, papeis_da_ficha.autodeclaracao(variante=variante))

    assert f"Autodeclaração do segurado especial – {variante}" in feito
    numeros = {"Rural": ["4.1", "5.1", "5.2"], "Pesca artesanal": ["4.2", "5.1"], "Extrativismo vegetal": ["5.1"]}
    for numero in [*numeros[variante], "7.1", "7.2", "7.3", "7.4", "9."]:
        assert re.search(rf"{re.escape(numero)} [A-ZÀ-Ý]", feito), numero
    for secao in (["4.1"], ["5.1", "5.2"], ["7.1", "7.2", "7.3", "7.4"]):
        lugares = [feito.index(f"{numero} ") for numero in secao if numero in numeros[variante] or secao[0] == "7.1"]
        assert lugares == sorted(lugares)
    assert feito.index("5. O que produz") < feito.index("5.1 ") < feito.index("6. Ajuda de outras pessoas")
    assert "norma vigente" not in feito
    for nota in ("Condições: proprietário", "formam outro grupo", "até 120 dias de trabalho por ano"):
        assert nota in feito


@pytest.mark.parametrize("variante", ["Rural", "Pesca artesanal", "Extrativismo vegetal"])
def test_tudo_o_que_comecou_e_nao_acabou_diz_ate_hoje(variante):
    """The page says “Em branco: até hoje.”, so the signed paper says it too."""
    pacote = pacotes()["autodeclaracao_rural"]
    em_aberto = {(p.bloco, p.secao) for p in pacote.perguntas if p.ajuda == "Em branco: até hoje."}
    assert len(em_aberto) == 10
    secoes = {s.id: s for s in pacote.secoes}
    cru = respostas_completas(
        pacote,
        papeis_da_ficha.CONTEXTO,
        sim=frozenset(p.id for p in pacote.perguntas if p.tipo == "sim_nao"),
        dadas={
            "segurado": {"variante": variante},
            "pesca": {"modo": "Embarcado", "apoio": [{}]},
            "rendas": {"especificas": [{}], "rendas_familia": [{}]},
        },
    )
    lida = ler_pacote(pacote, cru, papeis_da_ficha.CONTEXTO)
    feito = conteudo(next(p for p in papeis() if p.especie == AUTO), [lida])

    fins = {
        lista["titulo"].split(" ", 1)[-1] if lista.get("numerada") else lista["titulo"]: tabela["linhas"][0][
            tabela["colunas"].index("Até")
        ]
        for parte in feito["partes"]
        for lista in parte["listas"]
        for tabela in lista["tabelas"]
        if "Até" in tabela["colunas"]
    }
    esperados = {
        b.titulo
        for b in pacote.blocos
        if (b.id, b.secao) in em_aberto
        and secoes[b.secao].se.get("variante", variante) == variante
        and (b.id != "ipi" or variante == "Rural")
    }
    assert set(fins) == esperados
    assert set(fins.values()) == {"até hoje"}


def test_a_rogo_os_tres_rubricam_cada_folha():
    assert 'rubricada-a-rogo"' in html(AUTO, papeis_da_ficha.autodeclaracao(**exemplos.rogo()))
    assert 'rubricada"' in html(AUTO, papeis_da_ficha.autodeclaracao())


def test_a_versao_velha_do_papel_continua_saindo():
    assert "Autodeclaração do segurado especial" in texto(AUTO, papeis_da_ficha.autodeclaracao(), versao="1")


def test_lista_vazia_diz_nada_a_declarar_e_facultativo_vazio_some():
    feito = texto(AUTO, papeis_da_ficha.autodeclaracao())

    assert "Rendas que a lei permite: nada a declarar." in feito
    assert "Onde nasceu" not in feito


def test_mesma_numeracao_nas_tabelas_partidas_do_bpc_e_a_conta():
    feito = papeis_da_ficha.declaracao_bpc(pessoas=3)

    [lista] = feito["partes"][0]["listas"]
    quem, renda = (tabela["colunas"] for tabela in lista["tabelas"])
    assert quem == [
        "Nome", "CPF", "Nascimento", "Parentesco", "Estado civil", "Conta para o BPC", "Mesma casa", "No CadÚnico",
    ]  # fmt: skip
    assert renda[:3] == ["Carteira", "Conta própria", "Benefício"] and renda[-1] == "Soma"
    assert lista["tabelas"][1]["linhas"][0][-1].startswith("R$")
    assert {len(t["linhas"]) for t in lista["tabelas"]} == {3}
    assert "É uma conta de balcão" in texto("declaracao-bpc", feito)
    assert not any("conferir norma vigente" in conta for conta in feito["contas"])


@pytest.mark.parametrize(
    ("modelo", "dados", "folhas"),
    [
        (AUTO, papeis_da_ficha.autodeclaracao(1), [1]),
        (AUTO, papeis_da_ficha.autodeclaracao(), [2]),
        (AUTO, papeis_da_ficha.autodeclaracao(12, 6), range(2, 5)),
        ("declaracao-bpc", papeis_da_ficha.declaracao_bpc(), range(1, 3)),
        ("declaracao-bpc", papeis_da_ficha.declaracao_bpc(8), range(1, 3)),
        ("razoes-recurso", papeis_da_ficha.recurso(), range(1, 3)),
        ("declaracao-acumulacao", papeis_da_ficha.acumulacao(), [1]),
        ("declaracao-desistencia", papeis_da_ficha.desistencia(), [1]),
        ("termo-salario-familia", papeis_da_ficha.salario_familia(8), [1]),
    ],
)
def test_cabe_nas_folhas_combinadas(modelo, dados, folhas):
    assert paginas(modelo, dados) in folhas


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("codigo", "especie"),
    [
        ("aposentadoria-idade-rural", Papel.Especie.AUTODECLARACAO),
        ("bpc-idoso", Papel.Especie.GRUPO_FAMILIAR),
        ("recurso-ordinario", Papel.Especie.RECURSO),
        ("recurso-especial", Papel.Especie.RECURSO),
        ("desistencia", Papel.Especie.DESISTENCIA),
        ("salario-familia", Papel.Especie.SALARIO_FAMILIA),
    ],
)
def test_o_papel_da_ficha_so_entra_no_conjunto_com_a_ficha_completa(codigo, especie):
    vazio = RequerimentoFabrica(servico_codigo=codigo)
    assert especie not in conteudos(vazio, vazio.atendente)

    cheio = pedido_sem_documentos(codigo)
    dados = conteudos(cheio, cheio.atendente)[especie]
    assert dados["titular_cpf"] == cheio.pessoa.cpf
    assert dados["servico_nome"] == cheio.servico.nome


@pytest.mark.django_db
def test_declaracao_de_outro_regime_so_de_quem_recebe_ou_pediu_e_o_recurso_especial_fala_a_camara():
    pensao = pedido_sem_documentos("pensao-morte-urbana")
    assert Papel.Especie.ACUMULACAO not in conteudos(pensao, pensao.atendente)

    pensao.respostas["beneficio_outro_regime"] = True
    assert Papel.Especie.ACUMULACAO in conteudos(pensao, pensao.atendente)

    especial = pedido_sem_documentos("recurso-especial")
    assert (
        "Câmara de Julgamento"
        in conteudos(especial, especial.atendente)[Papel.Especie.RECURSO]["partes"][-1]["campos"][0]["rotulo"]
    )


@pytest.mark.django_db
def test_mudar_a_ficha_depois_da_impressao_envelhece_os_papeis_e_mudar_o_que_nao_sai_nao(django_assert_num_queries):
    pedido = pedido_sem_documentos("bpc-idoso")
    antes = base(pedido, pedido.atendente)

    sem_lugar = pedido.fichas.get(codigo="processo_anterior").paginas.get()
    sem_lugar.dados = {"ja_pediu": "nao", "como_acabou": "Foi negado"}
    sem_lugar.save()
    assert base(pedido, pedido.atendente) == antes

    no_complemento = pedido.fichas.get(codigo="processo_anterior").paginas.get()
    no_complemento.dados = {"ja_pediu": "sim", "como_acabou": "Foi negado"}
    no_complemento.save()
    assert (depois := base(pedido, pedido.atendente)) != antes

    dentro = pedido.fichas.get(codigo="bolsa_familia").paginas.get()
    dentro.dados = {"saida_voluntaria": "Não"}
    dentro.save()
    assert base(pedido, pedido.atendente) != depois


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("codigo", "ditos"),
    [
        ("ctc", ["Para onde vai a certidão.", "Órgão que vai receber a certidão: Texto fictício",
                 "O órgão é: Municipal", "Período 1: De: 01/01/2001, Até: 10/02/2001, Empregador: Texto fictício"]),
        ("revisao", ["O que está errado. Número do benefício", "O que está errado, e por quê: Texto fictício"]),
        ("copia-processo", ["Para que quer a cópia: Recorrer", "O processo é: Da própria pessoa"]),
        ("auxilio-reclusao-urbano", ["Regime: Fechado", "Dependente 1:"]),
        ("auxilio-incapacidade-temporaria", ["Data do atestado: ", "Foi por causa do trabalho? ☐ sim ☒ não"]),
        ("bpc-idoso", ["“Declaração do grupo familiar e da renda” integra este requerimento."]),
    ],
)  # fmt: skip
def test_o_requerimento_diz_o_que_a_pessoa_pede_e_nao_repete_o_que_tem_papel_ou_lugar(codigo, ditos):
    """Signed, it must say what INSS is asked for: which certificate, which file, which mistake."""
    pedido = pedido_sem_documentos(codigo)

    dados = conteudos(pedido, pedido.atendente)[Papel.Especie.REQUERIMENTO]
    feito = texto("requerimento-servico", dados)

    for dito in ditos:
        assert dito in feito
    assert "Não há." not in feito.split("5. Complemento")[1]
    complemento = feito.split("5. Complemento")[1].split("6. Documentos")[0]
    for fora in ("Preso desde", "Nome de quem está preso", "Quem mora na casa", "None"):
        assert fora not in complemento
    assert paginas("requerimento-servico", dados) == 1


@pytest.mark.django_db
def test_ficha_pela_metade_nao_entra_no_requerimento():
    pedido = pedido_sem_documentos("ctc")
    pagina = pedido.fichas.get(codigo="ctc").paginas.get()
    del pagina.dados["orgao"]
    pagina.save()

    assert "Para onde vai" not in texto(
        "requerimento-servico", conteudos(pedido, pedido.atendente)[Papel.Especie.REQUERIMENTO]
    )


@pytest.mark.django_db
def test_a_tela_dos_papeis_pede_a_ficha_completa_antes_de_imprimir(client):
    pedido = pedido_sem_documentos("ctc")
    client.force_login(pedido.atendente)
    endereco = reverse("requerimentos:formularios", args=[pedido.codigo])
    assert "Complete a ficha antes" not in client.get(endereco).text

    pagina = pedido.fichas.get(codigo="ctc").paginas.get()
    del pagina.dados["orgao"]
    pagina.save()

    assert "Complete a ficha antes" in client.get(endereco).text


@pytest.mark.django_db
def test_o_conjunto_do_bpc_tem_quatro_papeis():
    pedido = pedido_sem_documentos("bpc-idoso")
    Conjunto.objects.all().delete()

    conjunto = servicos.fazer_conjunto(pedido.pk, autor=pedido.atendente)

    assert {p.especie for p in conjunto.papeis.all()} == {
        "termo-representacao", "autorizacao-dados", "requerimento-servico", "declaracao-bpc",
    }  # fmt: skip
    assert re.fullmatch(r"[0-9a-f]{64}", conjunto.base)


def test_pedido_de_antes_das_perguntas_nao_ganha_o_papel_delas():
    servico = carregar().servico("desistencia")
    assert [papel.especie for papel in papeis_do(servico)] == ["declaracao-desistencia"]

    assert papeis_do(replace(servico, perguntas=("identificacao",))) == []


TRES = [
    {
        "nome": nome, "cpf": cpf, "nascimento": nascimento, "parentesco": parentesco, "invalido": "nao",
        "tambem_requer": "sim",
    }
    for nome, cpf, nascimento, parentesco in (
        ("Rosa Fictícia", "11144477735", "1970-01-01", "Cônjuge"),
        ("João Fictício", "52998224725", "2015-05-05", "Filho(a)"),
        ("Ana Fictícia", "39053344705", "2019-07-01", "Filho(a)"),
    )
]  # fmt: skip


@pytest.mark.django_db
def test_o_requerimento_da_pensao_diz_quem_morreu_e_cada_dependente():
    pedido = pedido_sem_documentos("pensao-morte-urbana")
    pagina = PaginaDaFicha.objects.get(ficha__requerimento=pedido, secao="dependentes")
    dadas = {"dependentes": {"dependentes": [dict(quem) for quem in TRES]}}
    pagina.dados = respostas_completas(pacotes()["dependentes"], contexto_de(pedido), dadas=dadas)["dependentes"]
    pagina.save()

    dados = conteudos(pedido, pedido.atendente)[Papel.Especie.REQUERIMENTO]

    feito = texto("requerimento-servico", dados)
    assert "2. Fato que dá origem ao pedido. Óbito em" in feito
    for nome, cpf in (("Rosa", "111.444.777-35"), ("João", "529.982.247-25"), ("Ana", "390.533.447-05")):
        assert f"{nome} Fictíci" in feito
        assert cpf in feito
    assert feito.count("também requer: ☒ sim") == 3


@pytest.mark.django_db
def test_o_requerimento_da_maternidade_diz_o_fato_e_o_de_ctc_nao_tem():
    materno = pedido_sem_documentos("salario-maternidade-rural")
    ctc = pedido_sem_documentos("ctc")

    dito = conteudos(materno, materno.atendente)[Papel.Especie.REQUERIMENTO]

    assert dito["fato_tipo"] == "Parto"
    assert dito["fato_data"]
    assert "fato_tipo" not in conteudos(ctc, ctc.atendente)[Papel.Especie.REQUERIMENTO]
