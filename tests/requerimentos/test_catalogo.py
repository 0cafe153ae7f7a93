from __future__ import annotations

import json
import shutil
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from requerimentos.demanda import catalogo as modulo
from requerimentos.demanda import valores
from requerimentos.demanda.catalogo import PASTA, ErroDoCatalogo, carregar
from requerimentos.demanda.servico import Servico
from requerimentos.models import Papel, ServicoVersao

HOJE = date(2026, 11, 22)
OBRIGATORIOS = {
    "aposentadoria-idade-urbana", "aposentadoria-idade-rural", "aposentadoria-tempo-contribuicao", "bpc-idoso",
    "bpc-pcd", "auxilio-incapacidade-temporaria", "pensao-morte-urbana", "pensao-morte-rural",
    "salario-maternidade-urbano", "salario-maternidade-rural", "auxilio-reclusao-urbano", "ctc", "atualizar-cadastro",
    "atualizar-vinculos", "copia-processo", "revisao", "recurso-ordinario", "certidao-inexistencia-dependentes",
    "seguro-defeso",
}  # fmt: skip


@pytest.fixture
def pasta(tmp_path):
    """A copy of the catalogue that a test may spoil."""
    return shutil.copytree(PASTA, tmp_path / "catalogo")


def estragar(pasta, arquivo, antes, depois):
    caminho = pasta / arquivo
    texto = caminho.read_text(encoding="utf-8")
    assert antes in texto
    caminho.write_text(texto.replace(antes, depois, 1), encoding="utf-8")
    return texto[: texto.index(antes)].count("\n") + 1


def test_o_catalogo_tem_os_servicos_do_balcao():
    assert {s.codigo for s in carregar()} >= OBRIGATORIOS


def test_todo_servico_pedido_pelo_balcao_leva_os_papeis_e_a_identidade():
    for servico in carregar():
        caixas = {v.caixa for v in servico.vagas if v.quando == "sempre"}
        papeis = {v.papel for v in servico.vagas if v.papel}
        assert servico.orientar or {"termo_representacao", "id_interessado"} <= caixas, servico.codigo
        assert servico.orientar or papeis == set(Papel.Especie.values), servico.codigo


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


# Search


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        ("roca", "aposentadoria-idade-rural"), ("VIÚVA", "pensao-morte-urbana"), ("auxilio doenca",
        "auxilio-incapacidade-temporaria"), ("loas deficiencia", "bpc-pcd"), ("pescador", "seguro-defeso"),
        ("idade urbana", "aposentadoria-idade-urbana"), ("nasceu", "salario-maternidade-urbano"),
    ],
)  # fmt: skip
def test_busca_sem_acento_acha_pelo_nome_pela_descricao_e_pelo_jeito_de_dizer(texto, codigo):
    assert codigo in [s.codigo for s in carregar().buscar(texto)]


def test_busca_poe_primeiro_quem_tem_a_palavra_no_nome():
    achados = carregar().buscar("pensão")

    assert [s.codigo for s in achados[:2]] == ["pensao-morte-rural", "pensao-morte-urbana"]


def test_busca_vazia_traz_tudo_e_busca_sem_sentido_nada():
    assert len(carregar().buscar("  ")) == len(carregar())
    assert carregar().buscar("zzz") == []


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
    estragar(pasta, "_comum.toml", "180 contribuições mensais", "180 meses de contribuição")

    mudaram = {s.codigo for s in carregar() if s.versao != carregar(pasta).servico(s.codigo).versao}

    assert mudaram == {"aposentadoria-idade-urbana", "aposentadoria-tempo-contribuicao"}


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


# Mistakes


@pytest.mark.parametrize(
    ("arquivo", "antes", "depois", "frase"),
    [
        ("ctc.toml", 'grupo = "servico"', 'grupo = "servicos"', "não serve em “grupo”"),
        ("ctc.toml", 'modo = "requerer"', 'modo = "pedir"', "não serve em “modo”"),
        ("ctc.toml", 'codigo = "ctc"', 'codigo = "certidao"', "nome do arquivo"),
        ("ctc.toml", 'codigo = "ctc"', 'codigo = "CTC 1"', "letras minúsculas"),
        ("ctc.toml", "conferido_em = 2026-11-22", 'conferido_em = "ontem"', "é uma data"),
        ("ctc.toml", "descricao = ", "descrisao = ", "não conheço a chave “descrisao”"),
        ("ctc.toml", 'id = "sem_dobro"', 'id = "complemento_ctc"', "aparece duas vezes"),
        ("ctc.toml", 'id = "sem_dobro"', 'id = "outra"', "“sem_dobro” não está neste arquivo"),
        ("ctc.toml", 'caixa = "outros_documentos"', 'caixa = "gaveta"', "a caixa “gaveta” não existe"),
        ("ctc.toml", 'se = ["ja_tem_ctc"]', 'se = ["ja_teve"]', "o fato “ja_teve” não está"),
        ("ctc.toml", 'quando = "se"', 'quando = "opcional"', "quando, e só quando"),
        ("ctc.toml", 'grau = "verificado"', 'grau = "certo"', "grau “certo” não existe"),
        ("ctc.toml", 'situacao = "permitido"', 'situacao = "talvez"', "situação “talvez” não existe"),
        ("ctc.toml", 'papel_grupo = "outro"', "papel_grupo = outro", "não é TOML válido"),
        ("bpc-idoso.toml", "F = [65, 0]", "F = 65", "a idade se escreve"),
        ("_comum.toml", "{um_quarto_salario_minimo}", "{um_terco}", "“um_terco” não está em valores.toml"),
        ("_comum.toml", 'cadunico = "cadunico_validade"', 'cadunico = "nunca"', "“nunca” não está em valores.toml"),
    ],
)
def test_erro_num_arquivo_para_a_carga_com_arquivo_linha_e_frase(pasta, arquivo, antes, depois, frase):
    linha = estragar(pasta, arquivo, antes, depois)

    with pytest.raises(ErroDoCatalogo) as erro:
        carregar(pasta)

    assert frase in erro.value.frase
    assert str(erro.value).startswith(f"{arquivo}:")
    if "não está neste arquivo" not in frase:
        assert erro.value.linha == linha


def test_falta_de_chave_aponta_o_bloco(pasta):
    estragar(pasta, "ctc.toml", 'caixa = "outros_documentos"\n', "")

    with pytest.raises(ErroDoCatalogo, match=r"ctc\.toml:\d+: falta a chave “caixa”") as erro:
        carregar(pasta)

    assert (pasta / "ctc.toml").read_text().splitlines()[erro.value.linha - 1] == "[[vaga]]"


def test_condicao_descrita_e_esquecida_na_lista_e_erro(pasta):
    estragar(pasta, "copia-processo.toml", 'condicoes = ["sigilo"]', "condicoes = []")

    with pytest.raises(ErroDoCatalogo, match="“sigilo” foi descrita"):
        carregar(pasta)


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


def test_nenhum_numero_do_ano_esta_escrito_no_texto_das_condicoes():
    for servico in carregar():
        for condicao in servico.condicoes:
            assert "R$" not in condicao.texto, f"{servico.codigo}: {condicao.id}"
            assert "em 2026" not in condicao.texto, f"{servico.codigo}: {condicao.id}"


# Command


def test_comando_mostra_o_catalogo_do_dia(capsys):
    call_command("catalogo", "--em", "2026-11-22")

    saida = capsys.readouterr().out
    assert "R$ 405,25" in saida
    assert f"{len(carregar())} serviços em 22/11/2026." in saida


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
