from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from requerimentos.demanda import catalogo as modulo
from requerimentos.demanda import valores
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.servico import Servico
from requerimentos.models import ServicoVersao
from tests.requerimentos.catalogo_copiado import copiar, estragar

HOJE = date(2026, 11, 22)
# What the agreement knows, by how the desk deals with it.
ORIENTADOS = {
    "cat", "consignado-bloqueio", "cumprimento-exigencia", "extratos", "inscricao-rgps", "mensalidade-associativa",
    "pensao-hanseniase", "pensao-zika", "prova-de-vida", "remarcar-pericia-avaliacao", "salario-paternidade",
    "seguro-defeso",
}  # fmt: skip
REGRAS_DE_TEMPO = {f"aposentadoria-tc-{r}" for r in ("pontos", "idade-progressiva", "pedagio-50", "pedagio-100")}
PEDIDOS = {
    "acertos-pericia", "acrescimo-25", "alterar-local-forma-pagamento", "aposentadoria-especial",
    "aposentadoria-hibrida",
    "aposentadoria-idade-rural", "aposentadoria-idade-urbana", "aposentadoria-incapacidade-permanente",
    "aposentadoria-pcd-idade", "aposentadoria-pcd-tempo", "aposentadoria-professor", "aposentadoria-tempo-contribuicao",
    "atualizar-cadastro", "atualizar-procurador-representante", "atualizar-vinculos", "auxilio-acidente",
    "auxilio-incapacidade-temporaria", "auxilio-inclusao", "auxilio-reclusao-rural", "auxilio-reclusao-urbano",
    "bpc-idoso", "bpc-pcd", "bpc-portuario-avulso", "certidao-inexistencia-dependentes", "certidao-pis-fgts",
    "complementacao-contribuicao", "copia-processo", "ctc", "desistencia", "facultativo-baixa-renda", "isencao-ir",
    "pagamento-nao-recebido", "pensao-feminicidio", "pensao-morte-rural", "pensao-morte-urbana", "pensao-talidomida",
    "prorrogar-auxilio", "reativar-beneficio", "reativar-bpc-cadunico", "recurso-especial", "recurso-ordinario",
    "renovar-declaracao-carcere", "revisao", "revisao-ctc", "salario-familia", "salario-maternidade-rural",
    "salario-maternidade-urbano", "suspender-bpc-pcd-trabalho", "valor-ate-obito",
}  # fmt: skip


@pytest.fixture
def pasta(tmp_path):
    return copiar(tmp_path)


def test_o_catalogo_tem_os_servicos_do_acordo_e_so_eles():
    por_modo = {modo: {s.codigo for s in carregar() if s.modo == modo} for modo in ("requerer", "orientar", "regra")}

    assert por_modo == {"requerer": PEDIDOS, "orientar": ORIENTADOS, "regra": REGRAS_DE_TEMPO}


def test_todo_servico_pedido_pelo_balcao_leva_os_papeis_e_a_identidade():
    for servico in carregar():
        caixas = {v.caixa for v in servico.vagas if v.quando == "sempre"}
        papeis = {v.papel for v in servico.vagas if v.papel}
        assert not servico.pedivel or {"termo_representacao", "id_interessado"} <= caixas, servico.codigo
        assert not servico.pedivel or papeis >= {"termo-representacao", "requerimento-servico", "autorizacao-dados"}


def test_tudo_tem_dia_de_conferencia_e_o_verificado_tem_norma():
    for servico in carregar():
        for nome, parte in servico.partes():
            assert parte.conferido_em, f"{servico.codigo}: {nome}"
            assert parte.norma or parte.grau != "verificado", f"{servico.codigo}: {nome}"


def test_quem_so_orienta_diz_aonde_ir_e_nao_abre_pedido():
    for codigo in ORIENTADOS:
        servico = carregar().servico(codigo)
        assert servico.aonde and not servico.vagas and not servico.pedivel


def test_cada_regra_de_transicao_e_pedida_como_o_servico_inteiro():
    inteiro = carregar().servico("aposentadoria-tempo-contribuicao")

    assert set(inteiro.caminhos) == {"pontos", "idade", "pedagio_50", "pedagio_100", "adquirido"}
    for codigo in REGRAS_DE_TEMPO:
        regra = carregar().servico(codigo)
        assert carregar().pedido_por(codigo) is inteiro
        assert set(regra.caminhos) < set(inteiro.caminhos)


def test_servico_do_ano_que_vem_ainda_nao_esta_entre_os_vigentes():
    def tem(dia):
        return "salario-paternidade" in {s.codigo for s in carregar().vigentes(dia)}

    assert (tem(date(2026, 12, 31)), tem(date(2027, 1, 1))) == (False, True)


def test_todo_servico_cabe_nas_colunas_que_guardam_a_versao():
    for servico in carregar():
        assert len(servico.codigo) <= ServicoVersao._meta.get_field("codigo").max_length
        assert len(servico.nome) <= ServicoVersao._meta.get_field("nome").max_length
        assert all(len(v.id) <= 60 for v in servico.vagas)


def test_o_que_nao_foi_verificado_sai_com_a_marca_de_conferir():
    partes = [p for s in carregar() for p in (*s.condicoes, *s.vagas)]
    assert partes
    for parte in partes:
        assert ("conferir norma vigente" in parte.base.lower()) == (parte.grau != "verificado")


def test_base_casa_cada_norma_com_o_seu_artigo():
    [condicao] = [c for c in carregar().servico("aposentadoria-idade-rural").condicoes if c.id == "idade_rural"]

    assert condicao.base == "IN 128/2022, art. 256; Lei 8.213/1991, art. 48, § 1º"


def test_seguro_defeso_so_orienta():
    servico = carregar().servico("seguro-defeso")

    assert servico.orientar
    assert servico.acordo.situacao == "nao"
    assert not servico.vagas


# Versions


def test_o_instantaneo_passa_pelo_json_e_volta_igual():
    for servico in carregar():
        assert Servico.de_dados(json.loads(json.dumps(servico.como_dados()))) == servico


def test_versao_muda_com_o_conteudo_e_so_com_ele(pasta):
    antes = carregar()
    estragar(pasta, "copia-processo.toml", "Cópia do processo no INSS", "Cópia de um processo no INSS")
    depois = carregar(pasta)

    assert {s.codigo for s in antes if s.versao != depois.servico(s.codigo).versao} == {"copia-processo"}


def test_mudar_o_que_e_comum_muda_a_versao_de_quem_usa(pasta):
    estragar(pasta, "_comum.toml", "180 meses de contribuição", "180 contribuições mensais")

    mudaram = {s.codigo for s in carregar() if s.versao != carregar(pasta).servico(s.codigo).versao}

    assert mudaram == {s.codigo for s in carregar() if any(c.id == "carencia_180" for c in s.condicoes)}
    assert mudaram >= {"aposentadoria-idade-urbana", "aposentadoria-tempo-contribuicao"}


def test_instantaneo_de_outra_epoca_abre_mesmo_com_chave_desconhecida():
    dados = carregar().servico("ctc").como_dados() | {"chave_antiga": 1}

    assert Servico.de_dados(dados).codigo == "ctc"


def test_pedir_versao_que_nao_e_a_de_hoje_ou_codigo_de_fora_e_erro():
    servico = carregar().servico("ctc")

    assert carregar().servico("ctc", servico.versao) is servico
    with pytest.raises(LookupError, match="versão abc"):
        carregar().servico("ctc", "abc")
    with pytest.raises(LookupError, match="fora do catálogo"):
        carregar().servico("nada")


def test_no_dia_pedido_so_ficam_as_condicoes_que_valiam():
    def ids(dia):
        return {c.id for c in carregar().em(dia).servico("salario-maternidade-rural").condicoes}

    assert "car_antiga_sm" in ids(date(2024, 4, 4)) and "sem_carencia_sm" not in ids(date(2024, 4, 4))
    assert "car_antiga_sm" not in ids(date(2024, 4, 5)) and "sem_carencia_sm" in ids(date(2024, 4, 5))


def test_ninguem_conferiu_ha_um_ano():
    assert carregar().vencidos(HOJE) == []
    assert len(carregar().vencidos(date(2027, 11, 23))) == len(carregar())


# Values


@pytest.mark.parametrize(
    ("dia", "esperado"),
    [(date(2025, 12, 31), Decimal(1518)), (date(2026, 1, 1), Decimal(1621)), (date(2020, 1, 31), Decimal(1039))],
)
def test_salario_minimo_do_dia(dia, esperado):
    assert valores.valor("salario_minimo", dia).valor == esperado


def test_um_quarto_e_sempre_um_quarto():
    for ano in range(2019, 2027):
        dia = date(ano, 6, 15)
        minimo = valores.valor("salario_minimo", dia).valor
        assert valores.valor("um_quarto_salario_minimo", dia).valor == minimo / 4


def test_valor_de_antes_da_primeira_linha_nao_e_inventado():
    with pytest.raises(LookupError, match="01/01/1990"):
        valores.valor("salario_minimo", date(1990, 1, 1))


def test_valores_se_escrevem_como_se_leem():
    assert valores.valor("salario_minimo", HOJE).exibir == "R$ 1.621,00"
    assert valores.valor("cadunico_validade", HOJE).exibir == "24 meses"
    assert (
        valores.preencher("{pontos_geral.mulher} e {idade_minima_progressiva.homem}", HOJE) == "93 e 64 anos e 6 meses"
    )
    assert valores.preencher("{salario_minimo}", date(1990, 1, 1)) == "(valor a conferir)"


def test_nenhum_numero_do_ano_esta_escrito_nos_textos():
    for servico in carregar():
        textos = [c.texto for c in servico.condicoes] + [v.ajuda + v.nome for v in servico.vagas]
        for texto in [servico.descricao, *servico.quem_pode, *servico.avisos, *servico.aonde, *textos]:
            assert "R$" not in texto and "em 2026" not in texto, f"{servico.codigo}: {texto}"


def test_todo_valor_citado_existe_no_dia_em_que_foi_conferido():
    for servico in carregar():
        for condicao in servico.em(HOJE).condicoes:
            assert "(valor a conferir)" not in valores.preencher(condicao.texto, HOJE), condicao.id


# Command


def test_comando_mostra_o_catalogo_do_dia(capsys):
    call_command("catalogo", "--em", "2026-11-22")

    saida = capsys.readouterr().out
    assert "R$ 405,25" in saida
    assert f"{len(carregar().vigentes(date(2026, 11, 22)))} serviços em 22/11/2026." in saida
    assert "Salário-Paternidade" not in saida
    assert "  * Documentos novos: opcional (IN PRES/INSS 128/2022, art. 582)" in saida
    assert "  * Carta com a decisão: obrigatório (Conferir norma vigente)" in saida


@pytest.mark.parametrize(("dia", "existe"), [("2025-10-31", False), ("2025-11-01", True)])
def test_o_servico_que_mudou_de_casa_diz_desde_quando(capsys, dia, existe):
    call_command("catalogo", "--em", dia)

    linhas = [linha for linha in capsys.readouterr().out.splitlines() if "[seguro-defeso," in linha]
    assert [linha.endswith(", desde 01/11/2025") for linha in linhas] == [True] * existe


CONDICAO_SEM_NOME = """
[[condicao]]
id = "sem_nome"
texto = "Passar de {afastamento_incapacidade} parado."
tipo = "outro"
norma = "Lei 8.213/1991"
conferido_em = 2026-11-22
grau = "verificado"
"""


def test_todo_numero_que_um_servico_usa_tem_nome(pasta):
    texto = (pasta / "ctc.toml").read_text() + CONDICAO_SEM_NOME
    (pasta / "ctc.toml").write_text(texto.replace("condicoes = [", 'condicoes = ["sem_nome", ', 1))

    with pytest.raises(modulo.ErroDoCatalogo, match="“afastamento_incapacidade” não tem nome"):
        modulo.carregar(pasta)


def test_comando_em_json_da_a_versao_do_arquivo_em_qualquer_dia(capsys):
    call_command("catalogo", "--json", "--em", "2024-04-04")

    lido = {s["codigo"]: s for s in json.loads(capsys.readouterr().out)}
    assert lido["salario-maternidade-rural"]["versao"] == carregar().servico("salario-maternidade-rural").versao
    assert {f.name for f in fields(Servico)} <= set(lido["ctc"])


def test_comando_diz_onde_esta_o_erro(pasta, monkeypatch):
    estragar(pasta, "ctc.toml", 'modo = "requerer"', 'modo = "pedir"')
    monkeypatch.setattr("requerimentos.management.commands.catalogo.carregar", lambda: modulo.carregar(pasta))

    with pytest.raises(CommandError, match=r"ctc\.toml:4: “pedir”"):
        call_command("catalogo")
