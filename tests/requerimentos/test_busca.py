"""The clerk writes what the person said; the service comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requerimentos.demanda.catalogo import carregar


def codigos(texto):
    return [s.codigo for s in carregar().buscar(texto)]


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        ("roca", "aposentadoria-idade-rural"), ("VIÚVA", "pensao-morte-urbana"),
        ("auxilio doenca", "auxilio-incapacidade-temporaria"), ("loas deficiencia", "bpc-pcd"),
        ("pescador", "seguro-defeso"), ("idade urbana", "aposentadoria-idade-urbana"),
        ("nasceu", "salario-maternidade-rural"), ("encostar", "auxilio-incapacidade-temporaria"),
        ("aposentadoria da roça", "aposentadoria-idade-rural"), ("meu marido foi preso", "auxilio-reclusao-urbano"),
        ("negaram meu benefício", "recurso-ordinario"), ("trocar de banco", "alterar-local-forma-pagamento"),
        ("quanto falta para aposentar", "aposentadoria-tempo-contribuicao"),
        ("dona de casa", "facultativo-baixa-renda"),
        ("carta com exigência", "cumprimento-exigencia"), ("invalidez", "aposentadoria-incapacidade-permanente"),
        ("autista", "bpc-pcd"), ("empréstimo", "consignado-bloqueio"), ("velhice", "aposentadoria-idade-urbana"),
    ],
)  # fmt: skip
def test_o_jeito_de_dizer_acha_o_servico_entre_os_dois_primeiros(texto, codigo):
    assert codigo in codigos(texto)[:2]


def test_frase_inteira_acha_pelo_que_ela_tem_de_importante():
    achados = codigos("minha mãe não consegue mais trabalhar na roça")

    assert {"auxilio-incapacidade-temporaria", "aposentadoria-idade-rural"} <= set(achados[:4])


@pytest.mark.parametrize(
    ("errada", "certa"),
    [
        ("pençao", "pensão"), ("apozentadoria", "aposentadoria"), ("rcoa", "roça"), ("viuvva", "viúva"),
        ("maternidad", "maternidade"), ("defezo", "defeso"), ("deficiensia", "deficiência"),
    ],
)  # fmt: skip
def test_um_erro_de_digitacao_acha_o_mesmo_servico_primeiro(errada, certa):
    assert codigos(errada)[0] == codigos(certa)[0]


def test_acha_pela_sigla_e_pelo_codigo_do_portal_de_atendimento():
    assert codigos("TAR")[0] == "aposentadoria-idade-rural"
    assert codigos("1655") == ["bpc-pcd"]


def test_quem_tem_a_palavra_no_nome_vem_antes_de_quem_a_tem_na_descricao():
    assert codigos("pensão")[:2] == ["pensao-morte-rural", "pensao-morte-urbana"]


def test_busca_vazia_traz_tudo_e_busca_sem_sentido_nada():
    assert len(codigos("  ")) == len(carregar())
    assert codigos("zzz") == []


def test_todo_servico_se_acha_pelo_nome_e_por_cada_jeito_de_dizer():
    for servico in carregar():
        assert servico.codigo == codigos(servico.nome)[0], servico.nome
        for dito in servico.sinonimos:
            assert servico.codigo in codigos(dito), f"{servico.codigo}: {dito}"


@given(st.text(max_size=80))
def test_nenhum_texto_quebra_a_busca(texto):
    assert len(carregar().buscar(texto)) <= len(carregar())
