"""Who signs, in every combination and on every paper: the table against what is really drawn, and against the rules."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from requerimentos.acompanhamento.preenchimento import comprovante
from requerimentos.models import Requerimento
from requerimentos.papeis import modelos, quadro, servicos
from requerimentos.papeis.preenchimento import conteudos
from requerimentos.papeis.quadro import Bloco
from requerimentos.papeis.regras import assinantes_do_rogo, problemas_do_rogo
from requerimentos.recepcao import servicos as recepcao
from requerimentos.recepcao.regras import QuemRepresenta, aviso_da_validade, problemas_da_representacao
from tests.fabricas import com_papel
from tests.requerimentos import papeis as exemplos
from tests.requerimentos.fabricas import AtendimentoFabrica, RepresentanteFabrica, RequerimentoFabrica
from tests.requerimentos.fabricas_envio import pedido_sem_documentos
from tests.requerimentos.test_papeis_modelos import EXEMPLOS, html

HOJE = date(2026, 11, 27)
Quem = Requerimento.QuemAssina
ASSISTIDO = {"assistente_nome": "Rosana Dias", "assistente_cpf": "98765432100", "assistente_vinculo": "mãe"}
DADOS_DE = {
    "titular": {},
    "rogo": exemplos.rogo(),
    **{quem: exemplos.representante(quem) for quem in quadro.LEGAL},
    "procurador": exemplos.procurador(),
    "jovem_16_17": {"quem_assina": "jovem_16_17", "idade_titular": 17},
    "jovem_16_17_assistido": {"quem_assina": "jovem_16_17", "idade_titular": 17, **ASSISTIDO},
}
# The name that stands under each line, in the examples.
NOME_NO_BLOCO = {
    Bloco.TITULAR: "Maria Aparecida dos Santos Oliveira",
    Bloco.ROGO: "José Pereira Lima",
    Bloco.TESTEMUNHA_1: "Ana Paula Reis",
    Bloco.TESTEMUNHA_2: "Pedro Rocha",
    Bloco.REPRESENTANTE: "Joana Lima",
    Bloco.PROCURADOR: "Paulo Braga",
    Bloco.ASSISTENTE: "Rosana Dias",
    Bloco.AGENTE: "Carla Souza",
}


def linhas_de_assinatura(feito: str) -> list[str]:
    """The bold name under each line to sign, in the order of the paper."""
    return [re.sub(r"<[^>]+>", "", b) for b in re.findall(r'class="risco"></div>.*?<b>(.*?)</b>', feito, re.DOTALL)]


# --- The table, cell by cell --------------------------------------------------------------------------------------
def test_todo_papel_do_balcao_esta_no_quadro():
    assert {m.codigo for m in modelos.MODELOS} == quadro.COM_AGENTE.keys() | quadro.NAO_SE_ASSINA
    assert quadro.DO_CIDADAO.keys() == DADOS_DE.keys()


@pytest.mark.parametrize("quem", quadro.DO_CIDADAO)
@pytest.mark.parametrize("papel", sorted(EXEMPLOS))
def test_cada_papel_traz_as_linhas_do_quadro_e_nenhuma_outra(papel, quem):
    if papel in quadro.NAO_SE_ASSINA:
        assert quadro.lado(papel, quem).blocos == ()
        assert 'class="risco"' not in html(papel, EXEMPLOS[papel][0]())
        return

    feito = html(papel, EXEMPLOS[papel][0](**DADOS_DE[quem]))

    esperados = sorted(NOME_NO_BLOCO[bloco] for bloco in quadro.lado(papel, quem).blocos)
    assert sorted(linhas_de_assinatura(feito)) == esperados


@pytest.mark.parametrize("quem", quadro.DO_CIDADAO)
@pytest.mark.parametrize("papel", sorted(quadro.COM_AGENTE))
def test_nome_civil_em_todo_papel_do_inss_e_o_social_ao_lado(papel, quem):
    dados = EXEMPLOS[papel][0](**{**DADOS_DE[quem], "titular_nome_social": "Marina Alves"})

    feito = html(papel, dados)

    assert "Maria Aparecida dos Santos Oliveira" in feito
    assert "Marina Alves" in feito


@pytest.mark.django_db
def test_o_que_a_pessoa_leva_tem_so_o_nome_social_e_o_do_inss_o_civil():
    pedido = RequerimentoFabrica(
        protocolado=True, atendimento__pessoa__nome_civil="João Fictício", atendimento__pessoa__nome_social="Joana"
    )

    assert comprovante(pedido)["nome_tratamento"] == "Joana"
    assert "João" not in str(comprovante(pedido))
    for dados in conteudos(pedido, pedido.atendente).values():
        assert (dados["titular_nome"], dados["titular_nome_social"]) == ("João Fictício", "Joana")


# --- Titles: running, not yet, over, never ------------------------------------------------------------------------
def titulo(**campos) -> QuemRepresenta:
    return QuemRepresenta(**{"nome": "Joana", "tipo": "curador", **campos})


@pytest.mark.parametrize(
    ("campos", "idade", "frase"),
    [
        ({"validade": HOJE - timedelta(days=1)}, 40, "venceu em 26/11/2026"),
        ({"validade": HOJE}, 40, ""),
        ({"validade": HOJE + timedelta(days=1)}, 40, ""),
        ({"titulo_data": HOJE + timedelta(days=1)}, 40, "só vale a partir de 28/11/2026"),
        ({"titulo_data": HOJE}, 40, ""),
        ({"tipo": "pai_mae"}, 17, ""),
        ({"tipo": "pai_mae"}, 18, "Com 18 anos ou mais"),
        ({"tipo": "tutor"}, 18, "Com 18 anos ou mais"),
        ({"tipo": "guardiao"}, 18, "Com 18 anos ou mais"),
        ({"tipo": "dirigente"}, 18, "Com 18 anos ou mais"),
        ({"tipo": "curador"}, 18, ""),
        ({"tipo": "adm_provisorio"}, 40, "tem prazo"),
        ({"tipo": "adm_provisorio", "titulo_data": date(2026, 8, 31), "validade": date(2027, 2, 28)}, 40, ""),
        ({"tipo": "adm_provisorio", "titulo_data": date(2026, 8, 31), "validade": date(2027, 3, 1)}, 40, "seis meses"),
        (
            {"tipo": "adm_provisorio", "titulo_data": date(2026, 8, 31), "validade": date(2027, 3, 1), "processo": "1"},
            40,
            "",
        ),
        ({"tipo": "procurador"}, 40, ""),
        ({"tipo": "procurador", "do_acordo": True}, 40, "nunca como procurador particular"),
        ({"tipo": "curador", "do_acordo": True}, 40, ""),
    ],
)
def test_titulo_que_nao_serve_diz_por_que(campos, idade, frase):
    problemas = problemas_da_representacao(titulo(**campos), idade_titular=idade, hoje=HOJE)

    assert (frase in " ".join(problemas)) if frase else problemas == []


@pytest.mark.parametrize(
    ("dias", "frase"), [(-1, ""), (0, "vence hoje"), (1, "vence em 28/11/2026"), (30, "vence em"), (31, "")]
)
def test_avisa_quando_o_titulo_esta_perto_do_fim(dias, frase):
    aviso = aviso_da_validade(titulo(validade=HOJE + timedelta(days=dias)), hoje=HOJE)

    assert (frase in aviso) if frase else not aviso


@given(
    tipo=st.sampled_from([*quadro.LEGAL, "procurador"]),
    idade=st.integers(0, 110),
    inicio=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    fim=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    do_acordo=st.booleans(),
)
def test_nenhuma_combinacao_de_titulo_quebra_a_regra(tipo, idade, inicio, fim, do_acordo):
    quem = titulo(tipo=tipo, titulo_data=inicio, validade=fim, do_acordo=do_acordo)

    problemas = problemas_da_representacao(quem, idade_titular=idade, hoje=HOJE)

    if (fim and fim < HOJE) or (inicio and inicio > HOJE) or (do_acordo and tipo == "procurador"):
        assert problemas
    assert all(frase.endswith((".", ").")) for frase in problemas)


def test_mil_rogos_ao_acaso_nunca_aceitam_cpf_repetido_nem_menor():
    sorte = random.Random(7)  # noqa: S311
    cpfs = [f"{n:011d}" for n in range(7)]  # titular, agente, representante and four others
    for _ in range(1000):
        tres = {}
        for prefixo in ("rogo", "test1", "test2"):
            tres[f"{prefixo}_cpf"] = sorte.choice(cpfs)
            tres[f"{prefixo}_nascimento"] = f"{sorte.choice([1980, 2008, 2009])}-11-27"
        usados = [tres[f"{p}_cpf"] for p in ("rogo", "test1", "test2")]
        certo = len({*usados, *cpfs[:3]}) == 6 and all("2009" not in str(v) for v in tres.values())

        problemas = problemas_do_rogo(
            assinantes_do_rogo(tres), titular_cpf=cpfs[0], agente_cpf=cpfs[1], hoje=HOJE, representantes=[cpfs[2]]
        )

        assert (problemas == []) == certo


# --- In the services ----------------------------------------------------------------------------------------------
def escolher(pedido, **campos):
    pedido.refresh_from_db()
    return servicos.escolher_quem_assina(pedido.pk, autor=pedido.atendente, versao=pedido.versao, **campos)


@pytest.mark.django_db
@pytest.mark.parametrize("papel", ["atendente", "gestor"])
def test_quem_trabalha_no_balcao_nao_e_procurador_particular(papel):
    pedido = pedido_sem_documentos()
    colega = com_papel(papel, pedido.municipio)
    dados = {
        "tipo": "procurador", "nome": "Colega", "cpf": colega.cpf, "documento": "RG 1", "titulo": "Procuração",
        "titulo_data": date(2026, 1, 2), "procuracao_forma": "publica", "procuracao_substabelece": True,
    }  # fmt: skip

    with pytest.raises(ErroDeDominio, match=r"art\. 532"):
        recepcao.juntar_representante(pedido.pessoa_id, dados, autor=pedido.atendente)

    antes = RepresentanteFabrica(pessoa=pedido.pessoa, tipo="procurador", cpf=colega.cpf, procuracao_substabelece=True)
    with pytest.raises(ErroDeDominio, match="nunca como procurador particular"):
        escolher(pedido, quem=Quem.REPRESENTANTE, representante_id=antes.pk)


@pytest.mark.django_db
def test_atendente_que_e_curador_nao_recebe_o_papel_que_assina():
    pedido = pedido_sem_documentos()
    curador = RepresentanteFabrica(pessoa=pedido.pessoa, tipo="curador", cpf=pedido.atendente.cpf)

    with pytest.raises(ErroDeDominio, match="Peça a outro atendente"):
        escolher(pedido, quem=Quem.REPRESENTANTE, representante_id=curador.pk)


@pytest.mark.django_db
def test_titulo_que_venceu_depois_da_escolha_impede_os_papeis():
    pedido = pedido_sem_documentos()
    curador = RepresentanteFabrica(pessoa=pedido.pessoa, tipo="curador")
    escolher(pedido, quem=Quem.REPRESENTANTE, representante_id=curador.pk)
    curador.validade = hoje_em(pedido.municipio) - timedelta(days=1)
    curador.save()

    with pytest.raises(ErroDeDominio, match="venceu em"):
        servicos.fazer_conjunto(pedido.pk, autor=pedido.atendente)


@pytest.fixture
def jovem():
    hoje = hoje_em(RequerimentoFabrica().municipio)
    return pedido_sem_documentos(atendimento__pessoa__nascimento=hoje - timedelta(days=365 * 17))


@pytest.mark.django_db
def test_jovem_assina_sozinho_ou_com_a_mae_junto(jovem):
    mae = RepresentanteFabrica(pessoa=jovem.pessoa, parentesco="mãe")

    sozinho = conteudos(escolher(jovem, quem=Quem.TITULAR), jovem.atendente)
    junto = conteudos(escolher(jovem, quem=Quem.TITULAR, rogo={"assistente": mae.pk}), jovem.atendente)

    for dados in sozinho.values():
        assert (dados["quem_assina"], dados.get("assistente_nome")) == ("jovem_16_17", None)
    for dados in junto.values():
        assert (dados["assistente_nome"], dados["assistente_vinculo"]) == ("Joana Fictícia", "mãe")


@pytest.mark.django_db
def test_quem_assina_junto_e_da_familia_e_so_ate_os_dezoito(jovem):
    procurador = RepresentanteFabrica(pessoa=jovem.pessoa, tipo="procurador", procuracao_substabelece=True)
    with pytest.raises(ErroDeDominio, match="pai, a mãe, o tutor ou o guardião"):
        escolher(jovem, quem=Quem.TITULAR, rogo={"assistente": procurador.pk})

    mae = RepresentanteFabrica(pessoa=jovem.pessoa)
    escolher(jovem, quem=Quem.TITULAR, rogo={"assistente": mae.pk})
    jovem.pessoa.nascimento = hoje_em(jovem.municipio) - timedelta(days=366 * 18)
    jovem.pessoa.save()
    with pytest.raises(ErroDeDominio, match="16 ou 17 anos"):
        servicos.fazer_conjunto(jovem.pk, autor=jovem.atendente)


@pytest.mark.django_db
def test_nada_vem_respondido_por_quem_chega_nem_por_quem_representa(client):
    atendimento = AtendimentoFabrica()
    client.force_login(atendimento.atendente)
    representar = reverse("requerimentos:representar", args=[atendimento.pessoa_id])

    nova = client.get(reverse("requerimentos:cadastrar")).context["form"]
    mae = client.get(f"{representar}?tipo=pai_mae").context["form"]

    assert not nova["assina"].value()
    assert not mae["titulo"].value() and "certidão de nascimento" in mae["titulo"].help_text
