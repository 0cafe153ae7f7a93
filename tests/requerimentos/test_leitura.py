"""A mistake in a file of the catalogue stops the load, and says where it is and what to do."""

from __future__ import annotations

import re
from datetime import date

import pytest

from requerimentos.demanda import valores
from requerimentos.demanda.catalogo import PASTA, ErroDoCatalogo, carregar
from tests.requerimentos.catalogo_copiado import copiar, estragar

DIA = "conferido_em = 2026-11-22"


@pytest.fixture
def pasta(tmp_path):
    return copiar(tmp_path)


def erro_de(pasta) -> ErroDoCatalogo:
    with pytest.raises(ErroDoCatalogo) as erro:
        carregar(pasta)
    return erro.value


# One change of one line: the load stops at that very line
NA_LINHA = [
    # Keys
    ("ctc.toml", "descricao = ", "descrisao = ", "não conheço a chave “descrisao”"),
    ("ctc.toml", 'id = "sem_dobro"', 'id = "complemento_ctc"', "aparece duas vezes"),
    # Types
    ("ctc.toml", DIA, 'conferido_em = "ontem"', "é uma data"),
    ("ctc.toml", DIA, "conferido_em = 2026-11-22T10:00:00", "é uma data"),
    ("ctc.toml", DIA, "conferido_em = 20261122", "é uma data"),
    ("ctc.toml", 'grupo = "servico"', "grupo = 3", "“grupo” é um texto"),
    ("ctc.toml", 'quem_pode = ["', 'quem_pode = [1, "', "“quem_pode” é uma lista de textos"),
    ("copia-processo.toml", 'avisos = ["', 'avisos = [" ", "', "“avisos” é uma lista de textos"),
    ("copia-processo.toml", "cabe_recurso = false", 'cabe_recurso = "não"', "é true ou false"),
    ("bpc-idoso.toml", "dias = 90", 'dias = "90"', "é um número inteiro"),
    ("bpc-idoso.toml", "dias = 90", "dias = true", "é um número inteiro"),
    ("bpc-idoso.toml", "dias = 90", "dias = 0", "um dia ou mais"),
    ("bpc-idoso.toml", "regra = { idade", 'regra = "idade"\n# {', "se escreve entre chaves"),
    ("ctc.toml", 'nome = "Certidão de Tempo de Contribuição (CTC)"', 'nome = ""', "falta a chave “nome”"),
    # Words
    ("ctc.toml", 'grupo = "servico"', 'grupo = "servicos"', "não serve em “grupo”"),
    ("ctc.toml", 'modo = "requerer"', 'modo = "pedir"', "não serve em “modo”"),
    ("ctc.toml", 'papel_grupo = "outro"', 'papel_grupo = "nenhum"', "não serve em “papel_grupo”"),
    ("ctc.toml", '"tempo_especial"', '"tempo_ruim"', "não serve em “perguntas”"),
    ("ctc.toml", '"meu_inss"', '"telefone"', "não serve em “canais”"),
    ("bpc-pcd.toml", '"avaliacao_social"', '"visita"', "não serve em “agendamentos”"),
    ("ctc.toml", 'dados = ["identificacao"', 'dados = ["senha"', "não serve em “dados”"),
    ("ctc.toml", 'codigo = "ctc"', 'codigo = "certidao"', "nome do arquivo"),
    ("ctc.toml", 'codigo = "ctc"', 'codigo = "CTC 1"', "letras minúsculas"),
    ("ctc.toml", 'caixa = "outros_documentos"', 'caixa = "gaveta"', "a caixa “gaveta” não existe"),
    ("ctc.toml", 'se = ["ja_tem_ctc"]', 'se = ["ja_teve"]', "o fato “ja_teve” não está"),
    ("ctc.toml", 'quando = "se"', 'quando = "opcional"', "quando, e só quando"),
    ("ctc.toml", 'quando = "se"', 'quando = "nunca"', "“quando” é um destes"),
    ("ctc.toml", 'grau = "verificado"', 'grau = "certo"', "grau “certo” não existe"),
    ("ctc.toml", 'situacao = "permitido"', 'situacao = "talvez"', "situação “talvez” não existe"),
    ("bpc-idoso.toml", 'tipo = "idade"', 'tipo = "anos"', "tipo “anos” não existe"),
    ("bpc-idoso.toml", '"88"', '"88-A"', "dois números"),
    ("bpc-idoso.toml", 'codigo = "1657"', 'codigo = "TBAI"', "só tem números"),
    ("_comum.toml", 'papel = "autorizacao-dados"', 'papel = "lgpd"', "o papel “lgpd” não existe"),
    # Lists
    ("ctc.toml", '  "carnes",', '  "carnes",\n  "carnes",', "“carnes” aparece duas vezes"),
    ("bpc-portuario-avulso.toml", '"cais", "ogmo"', '"cais", "CÁIS"', "“CÁIS” aparece duas vezes"),
    ("bpc-idoso.toml", '["act_pat"', '["act_pat", "act_pat"', "“act_pat” aparece duas vezes"),
    ("ctc.toml", '  "orgao_destino",', '  "orgao_destin",', "“orgao_destin” não está neste arquivo"),
    # Sources and dates
    ("seguro-defeso.toml", "vigente_de = 2025-11-01", "vigente_de = 2025-11-01\nvigente_ate = 2020-01-01", "antes de"),
    # Rules
    ("bpc-idoso.toml", "F = [65, 0]", "F = 65", "a idade e o tempo se escrevem"),
    ("bpc-idoso.toml", "F = [65, 0]", "F = [65]", "a idade e o tempo se escrevem"),
    ("bpc-idoso.toml", "F = [65, 0]", 'F = ["65", 0]', "a idade e o tempo se escrevem"),
    ("bpc-idoso.toml", "{ idade = ", "{ altura = ", "a regra tem uma chave só"),
    ("bpc-idoso.toml", "{ idade = ", "{ fato = 1, idade = ", "a regra tem uma chave só"),
    ("bpc-pcd.toml", '{ fato = "impedimento_2_anos" }', '{ fato = "impedido" }', "o fato “impedido” não está"),
    ("bpc-pcd.toml", '{ fato = "impedimento_2_anos" }', "{ fato = [1] }", "não está no vocabulário"),
    ("_comum.toml", '{ pontos = "pontos_geral" }', '{ pontos = "salario_minimo" }', "como tabela de pontos"),
    ("_comum.toml", '{ pontos = "pontos_geral" }', '{ pontos = "idade_transicao_art18" }', "como tabela de pontos"),
    (
        "_comum.toml",
        '{ tabela_idade = "idade_minima_progressiva" }',
        '{ tabela_idade = "pontos_geral" }',
        "como tabela de idades",
    ),
    ("_comum.toml", "percentual = 50", 'percentual = "50"', "o pedágio se escreve"),
    ("_comum.toml", "{ percentual = 50, ", "{ ", "o pedágio se escreve"),
    ("_comum.toml", "{ mais_de = ", "{ menos_de = ", "use { mais_de = ... }"),
    ("_comum.toml", 'cadunico = "cadunico_validade"', 'cadunico = "nunca"', "“nunca” não está em valores.toml"),
    ("_comum.toml", 'cadunico = "cadunico_validade"', 'cadunico = "biometria_etapa"', "como número"),
    (
        "ctc.toml",
        'tipo = "informacao"',
        'tipo = "informacao"\nregra = { fato = "obito" }',
        "informação não tem regra",
    ),
    # Values
    ("_comum.toml", "{um_quarto_salario_minimo}", "{um_terco}", "“um_terco” não está em valores.toml"),
    ("_comum.toml", "{um_quarto_salario_minimo}", "{um_quarto", "sem par"),
    ("ctc.toml", 'descricao = "Documento', 'descricao = "{salario_minimo} Documento', "não leva valores"),
    ("ctc.toml", 'avisos = [\n  "', 'avisos = [\n  "{teto_rgps} ', "não leva valores"),
    ("bpc-idoso.toml", 'espera_novo_pedido = "', 'espera_novo_pedido = "x', "não está em valores.toml"),
    # How the service is dealt with
    ("seguro-defeso.toml", "aonde = [", "canais_antigos = [", "não conheço a chave"),
    ("ctc.toml", 'modo = "requerer"', 'modo = "orientar"', "para onde mandar a pessoa"),
    ("ctc.toml", 'modo = "requerer"', 'modo = "regra"', "“pedido_como” vai quando"),
    ("aposentadoria-tc-pontos.toml", 'pedido_como = "', 'pedido_como = "x', "não é um serviço que se pede"),
    (
        "aposentadoria-tc-pontos.toml",
        'pedido_como = "aposentadoria-tempo-contribuicao"',
        'pedido_como = "seguro-defeso"',
        "não é um serviço que se pede",
    ),
    # TOML itself
    ("ctc.toml", 'papel_grupo = "outro"', "papel_grupo = outro", "não é TOML válido"),
    ("ctc.toml", 'modo = "requerer"', 'modo = "requerer"\nmodo = "orientar"', "não é TOML válido"),
    ("ctc.toml", "[acordo]\n", "[acordos]\n", "não conheço a chave “acordos”"),
    # The vocabulary
    ("_vocabulario.toml", 'idade = "Idade"', "idade = 1", "precisa de um texto"),
    ("_vocabulario.toml", "[medidas]", "[medida]", "falta a lista medidas"),
    ("_vocabulario.toml", "[medidas]", '[outras]\na = "b"\n\n[medidas]', "não conheço a lista “outras”"),
    ("_comum.toml", "[[condicao]]", "[[condicoes]]", "não conheço a chave “condicoes”"),
]


@pytest.mark.parametrize(("arquivo", "antes", "depois", "frase"), NA_LINHA)
def test_erro_num_arquivo_para_a_carga_com_arquivo_linha_e_frase(pasta, arquivo, antes, depois, frase):
    linha = estragar(pasta, arquivo, antes, depois)

    erro = erro_de(pasta)

    assert frase in erro.frase
    assert re.match(rf"{re.escape(arquivo)}:\d+: ", str(erro))
    if "falta a lista" not in frase:
        assert erro.linha - linha in {0, 1}, erro


def test_falta_de_chave_aponta_o_bloco(pasta):
    estragar(pasta, "ctc.toml", 'caixa = "outros_documentos"\n', "")

    erro = erro_de(pasta)

    assert "falta a chave “caixa”" in erro.frase
    assert (pasta / "ctc.toml").read_text().splitlines()[erro.linha - 1] == "[[vaga]]"


def test_condicao_descrita_e_esquecida_na_lista_e_erro(pasta):
    estragar(pasta, "copia-processo.toml", 'condicoes = ["sigilo"]', "condicoes = []")

    assert "“sigilo” foi descrita" in erro_de(pasta).frase


def test_o_que_tem_fonte_diz_o_dia_em_que_foi_conferido(pasta):
    estragar(pasta, "copia-processo.toml", '2023 a 2025"\nconferido_em = 2026-11-22\n', '2023 a 2025"\n')

    erro = erro_de(pasta)

    assert "falta a chave “conferido_em”" in erro.frase
    assert (pasta / "copia-processo.toml").read_text().splitlines()[erro.linha - 1] == "[acordo]"


def test_o_que_esta_verificado_diz_a_norma(pasta):
    estragar(pasta, "copia-processo.toml", 'norma = "IN 128/2022"\n', "")

    erro = erro_de(pasta)

    assert "o que está verificado diz a norma" in erro.frase
    assert (pasta / "copia-processo.toml").read_text().splitlines()[erro.linha - 1] == 'grau = "verificado"'


def test_quem_e_pedido_aqui_nao_manda_a_outro_lugar(pasta):
    estragar(pasta, "seguro-defeso.toml", 'modo = "orientar"', 'modo = "requerer"')

    assert "“aonde” é só de quem orienta" in erro_de(pasta).frase


def test_arquivo_vazio_e_arquivo_que_nao_e_utf8_tem_cada_um_a_sua_frase(pasta):
    (pasta / "ctc.toml").write_bytes(b"")
    assert str(erro_de(pasta)) == "ctc.toml:1: o arquivo está vazio."

    latim = (PASTA / "ctc.toml").read_text(encoding="utf-8").encode("latin-1", "replace")
    (pasta / "ctc.toml").write_bytes(latim)
    carregar.cache_clear()
    erro = erro_de(pasta)
    assert "UTF-8" in erro.frase
    assert erro.linha == 2  # the first accent of the file


def test_sem_um_dos_tres_papeis_assinados_o_servico_nao_carrega(pasta):
    estragar(pasta, "ctc.toml", '  "autorizacao_dados",\n', "")

    erro = erro_de(pasta)

    assert "falta a vaga do papel assinado “autorizacao-dados”" in erro.frase
    assert (pasta / "ctc.toml").read_text().splitlines()[erro.linha - 1] == "vagas = ["


def test_quem_so_orienta_nao_tem_vagas(pasta):
    estragar(pasta, "seguro-defeso.toml", "condicoes = ", 'vagas = ["documento_identidade"]\ncondicoes = ')

    assert "não tem vagas" in erro_de(pasta).frase


def test_dois_servicos_com_o_mesmo_nome_e_erro(pasta):
    linha = estragar(
        pasta, "revisao.toml", "Revisão - Entidade Conveniada", "Revisão de Certidão de Tempo de Contribuição"
    )

    erro = erro_de(pasta)

    assert "o nome é o mesmo de revisao-ctc.toml" in erro.frase
    assert (erro.arquivo.name, erro.linha) == ("revisao.toml", linha)


def test_o_que_e_comum_e_ninguem_usa_e_erro(pasta):
    for arquivo in pasta.glob("[a-z]*.toml"):
        arquivo.write_text(arquivo.read_text().replace('  "relatorio_internacao",\n', ""))

    erro = erro_de(pasta)

    assert "nenhum serviço usa “relatorio_internacao”" in erro.frase
    assert (pasta / "_comum.toml").read_text().splitlines()[erro.linha - 1] == 'id = "relatorio_internacao"'


def test_caminho_sem_nome_e_nome_sem_caminho_sao_erros(pasta):
    estragar(pasta, "aposentadoria-especial.toml", 'caminho = "adquirido"', 'caminho = "perdido"')
    assert "o caminho “perdido” não está em [caminhos]" in erro_de(pasta).frase

    estragar(pasta, "aposentadoria-especial.toml", 'caminho = "perdido"\n', "")
    carregar.cache_clear()
    erro = erro_de(pasta)
    assert "nenhuma condição usa o caminho “adquirido”" in erro.frase
    assert 'adquirido = "' in (pasta / "aposentadoria-especial.toml").read_text().splitlines()[erro.linha - 1]


def test_valor_que_nao_cobre_a_vigencia_da_condicao_e_erro(pasta):
    estragar(pasta, "_comum.toml", "vigente_de = 2021-06-23", "vigente_de = 2018-06-23")

    erro = erro_de(pasta)

    assert "“renda_bpc” vale em 23/06/2018 e “um_quarto_salario_minimo” não tem valor nesse dia" in erro.frase
    assert "Renda da casa" in (pasta / "_comum.toml").read_text().splitlines()[erro.linha - 1]


def test_condicao_que_comeca_depois_de_conferida_precisa_do_valor_no_primeiro_dia(pasta):
    estragar(
        pasta,
        "auxilio-incapacidade-temporaria.toml",
        "vigente_de = 2026-03-24\nvigente_ate = 2027-09-20",
        "vigente_de = 2027-09-21",
    )

    assert "vale em 21/09/2027 e “atestmed_limite_total_excecao” não tem valor" in erro_de(pasta).frase


# Dated values


ERROS_DE_VALOR = [
    ("valor = 998.00", "valor = true", "é um número ou um texto"),
    ("valor = 998.00", "valor = [998]", "é um número ou um texto"),
    ("valor = 998.00\n", "", "falta a chave “valor”"),
    ('chave = "salario_minimo"\n', "", "falta a chave “chave”"),
    ('unidade = "BRL"', "unidade = 1", "“unidade” é um texto"),
    ("vigente_de = 2019-01-01", 'vigente_de = "2019"', "é uma data"),
    ("vigente_ate = 2019-12-31", "vigente_ate = 2018-12-31", "antes de começar"),
    ("conferido_em = 2026-11-22\n", "", "falta a chave “conferido_em”"),
    ('grau = "nao_verificado"', 'grau = "memoria"', "grau “memoria” não existe"),
    ("[[valor]]", "[[valores]]", "não conheço a chave “valores”"),
    ("vigente_ate = 2019-12-31, mulher = 86", "vigente_ate = 2019-12-30, mulher = 86", "não emenda com a anterior"),
    (
        "2033-01-01, mulher = 100",
        "2033-01-01, vigente_ate = 2040-01-01, mulher = 100",
        "a última linha",
    ),
    ("mulher = 86", 'mulher = "86"', "são pontos, ou [anos, meses]"),
    ("mulher = 86", "mulher = [56, 0, 1]", "são pontos, ou [anos, meses]"),
    ("mulher = 86", "moca = 86", "não conheço a chave “moca”"),
    ('chave = "pontos_geral"', 'chave = "salario_minimo"', "aparece duas vezes"),
]


@pytest.mark.parametrize(("antes", "depois", "frase"), ERROS_DE_VALOR)
def test_erro_em_valores_diz_arquivo_linha_e_frase(tmp_path, antes, depois, frase):
    copia = tmp_path / "valores.toml"
    texto = valores.ARQUIVO.read_text(encoding="utf-8")
    assert antes in texto
    copia.write_text(texto.replace(antes, depois, 1), encoding="utf-8")

    with pytest.raises(ErroDoCatalogo) as erro:
        valores.ler(copia)

    assert frase in erro.value.frase
    assert re.match(r"valores\.toml:\d+: ", str(erro.value))


def test_cada_valor_cobre_do_primeiro_ao_ultimo_dia_sem_buraco():
    for chave, linhas in valores.ler().valores.items():
        if linhas[0].vigente_de and linhas[-1].vigente_ate is None:
            assert valores.descoberto(chave, linhas[0].vigente_de, date(2026, 11, 22)) is None, chave
    assert valores.descoberto("salario_minimo", date(2018, 12, 31), date(2026, 1, 1)) == date(2018, 12, 31)
    assert valores.descoberto("atestmed_limite_total_excecao", date(2026, 4, 1), date(2028, 1, 1)) == date(2027, 9, 21)
