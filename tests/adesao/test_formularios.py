"""The long forms, the points and the people: nothing typed is lost, and two who type at once are told."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from adesao.consultas import linha_do_tempo
from adesao.demonstracao import exemplos
from adesao.formularios import leitura
from adesao.models import Formulario, Processo
from adesao.pedido.servicos import formularios as servicos
from adesao.situacoes import Situacao
from tests.adesao.fabricas import ProcessoFabrica
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db
Tipo = Formulario.Tipo
COMPLETO = exemplos.municipio("Serra do Ipê", mandato_fim=localdate() + timedelta(days=700))


@pytest.fixture
def processo() -> Processo:
    return ProcessoFabrica()


@pytest.fixture
def gestor(processo):
    return processo.criado_por


def endereco(processo: Processo, final: str = "", tipo: str = "municipio") -> str:
    return f"/adesao/{processo.codigo}/formulario/{tipo}/{final}"


def test_o_historico_diz_qual_formulario_foi_salvo(processo, gestor):
    servicos.salvar_formulario(processo.pk, Tipo.PLANO, {}, versao=0, pagina="", autor=gestor)

    [linha] = [li for li in linha_do_tempo(processo, do_inss=False) if li.frase == "Salvou um formulário"]
    assert linha.detalhe == "Plano de trabalho"


# --- Saving -------------------------------------------------------------------------------------------------------


def test_formulario_pela_metade_fica_guardado_e_diz_o_que_falta(client, processo, gestor):
    client.force_login(gestor)

    resposta = client.post(endereco(processo), {"nome": "Município de Serra do Ipê", "versao": "0"})

    assert resposta.status_code == 422
    assert "está guardado. Veja abaixo o que ainda falta" in resposta.content.decode()
    assert processo.formularios.get().dados["nome"] == "Município de Serra do Ipê"
    assert 'value="Município de Serra do Ipê"' in client.get(endereco(processo)).content.decode()


def test_formulario_completo_segue_para_o_passo_seguinte(client, processo, gestor):
    client.force_login(gestor)

    assert client.post(endereco(processo), COMPLETO)["Location"].endswith("/pontos/")
    assert leitura.completo(processo, Tipo.MUNICIPIO)


@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"nome": "Câmara Municipal de Serra do Ipê"}, "O acordo é com o município"),
        ({"rl_mandato_fim": "31/12/2020"}, "já acabou. Informe quem está no cargo agora"),
        ({"rl_cpf": "111.111.111-11"}, "não conferem"),
        ({"cep": "123"}, "8 números"),
        ({"email": "sem-arroba"}, "e-mail"),
        ({"rl_nome": ""}, "Falta preencher"),
    ],
)
def test_cada_engano_do_formulario_diz_o_que_fazer_e_fica_guardado(client, processo, gestor, campos, frase):
    client.force_login(gestor)

    resposta = client.post(endereco(processo), {**COMPLETO, **campos})

    assert resposta.status_code == 422
    (nome, valor), *_ = campos.items()
    assert any(frase in erro for erro in resposta.context["form"].errors[nome]), resposta.context["form"].errors
    assert processo.formularios.get().dados[nome] == valor


def test_um_nul_ou_um_texto_enorme_nao_derruba(client, processo, gestor):
    client.force_login(gestor)

    resposta = client.post(endereco(processo), {**COMPLETO, "area": "Se\0cretaria", "rl_ato": "x" * 100_000})

    assert resposta.status_code == 422
    assert processo.formularios.get().dados["area"] == "Secretaria"


def test_marcar_todos_os_servicos_nao_marca_os_duvidosos(client, processo, gestor):
    client.force_login(gestor)

    client.post(endereco(processo, tipo="oficio"), {**exemplos.oficio(), "servicos_0": [], "todos": "1"})

    processo.refresh_from_db()
    assert "salario-maternidade-rural" in processo.servicos
    assert "pensao-zika" not in processo.servicos


def test_o_plano_comeca_com_uma_proposta(client, processo, gestor):
    client.force_login(gestor)

    assert "Queda do sistema do INSS" in client.get(endereco(processo, tipo="plano")).content.decode()


def test_etapas_fora_de_ordem_sao_ditas(client, processo, gestor):
    client.force_login(gestor)

    resposta = client.post(endereco(processo, tipo="plano"), {**exemplos.plano(), "e2": "10"})

    assert "As etapas estão fora de ordem" in resposta.content.decode()


# --- The page saves by itself -------------------------------------------------------------------------------------


def test_o_rascunho_guarda_sem_julgar_e_sem_encher_a_trilha(client, processo, gestor):
    client.force_login(gestor)
    antes = Evento.objects.count()

    resposta = client.post(endereco(processo, "rascunho/"), {"nome": "Munic", "versao": "0", "pagina": "p1"})

    assert "Guardado às" in resposta.content.decode()
    assert 'id="versao" value="1"' in resposta.content.decode()
    assert processo.formularios.get().dados["nome"] == "Munic"
    assert Evento.objects.count() == antes


def test_o_que_a_pagina_guardou_sozinha_nao_briga_com_o_botao_dela(client, processo, gestor):
    client.force_login(gestor)
    pagina = str(uuid.uuid4())
    client.post(endereco(processo, "rascunho/"), {"nome": "Munic", "versao": "0", "pagina": pagina})

    resposta = client.post(endereco(processo), {**COMPLETO, "versao": "0", "pagina": pagina})

    assert resposta.status_code == 302


def test_rascunho_atrasado_da_mesma_pagina_nao_apaga_o_mais_novo(processo, gestor):
    for versao, nome in ((0, "novo"), (0, "velho")):
        servicos.guardar_rascunho(processo.pk, Tipo.MUNICIPIO, {"nome": nome}, versao=versao, pagina="p", autor=gestor)

    assert processo.formularios.get().dados == {"nome": "novo"}


# --- Two at once --------------------------------------------------------------------------------------------------


def test_dois_gestores_no_mesmo_formulario_sao_avisados(client, processo, gestor):
    outra = com_papel("gestor", processo.municipio, nome="Outra Fictícia")
    client.force_login(outra)
    client.post(endereco(processo), {**COMPLETO, "versao": "0", "pagina": "dela"})
    client.force_login(gestor)

    resposta = client.post(endereco(processo), {**COMPLETO, "area": "Gabinete", "versao": "0", "pagina": "minha"})

    pagina = resposta.content.decode()
    assert resposta.status_code == 422
    assert "Outra Fictícia mudou isto" in pagina
    assert "diferente do seu" in pagina
    assert 'value="Gabinete"' in pagina
    assert processo.formularios.get().dados["area"] == "Secretaria de Administração"
    # Saved again, with what is stored now in view, it goes.
    versao = str(processo.formularios.get().versao)
    dados = {**COMPLETO, "area": "Gabinete", "versao": versao, "pagina": "minha"}
    assert client.post(endereco(processo), dados).status_code == 302
    assert processo.formularios.get().dados["area"] == "Gabinete"


def test_o_rascunho_tambem_avisa_que_outro_salvou(client, processo, gestor):
    servicos.salvar_formulario(processo.pk, Tipo.MUNICIPIO, COMPLETO, versao=0, pagina="dela", autor=gestor)
    client.force_login(gestor)

    resposta = client.post(endereco(processo, "rascunho/"), {"nome": "X", "versao": "0", "pagina": "minha"})

    assert resposta.status_code == 422
    assert "mudou isto" in resposta.content.decode()
    assert processo.formularios.get().dados["nome"] == COMPLETO["nome"]


def test_depois_do_envio_o_formulario_nao_muda(client, processo, gestor):
    Processo.objects.filter(pk=processo.pk).update(situacao=Situacao.ENVIADO, enviado_em="2026-11-01T12:00Z")
    client.force_login(gestor)

    resposta = client.post(endereco(processo), COMPLETO)

    assert resposta.status_code == 422
    assert "não muda mais por aqui" in resposta.content.decode()
    assert not processo.formularios.exists()


# --- Points and people --------------------------------------------------------------------------------------------


def dados_do_ponto(**mais) -> dict:
    ponto = exemplos.ponto()
    estrutura = {nome: "" if valor is None else valor for nome, valor in ponto.pop("estrutura").items()}
    return {**ponto, **estrutura, **mais}


def test_ponto_e_cadastrado_com_a_sua_estrutura(client, processo, gestor):
    client.force_login(gestor)

    resposta = client.post(f"/adesao/{processo.codigo}/pontos/novo/", dados_do_ponto())

    assert resposta.status_code == 302, resposta.context["form"].errors
    assert processo.pontos.get().estrutura["scanner_dpi"] == 300


def test_acessibilidade_incompleta_pede_o_prazo(client, processo, gestor):
    client.force_login(gestor)

    resposta = client.post(f"/adesao/{processo.codigo}/pontos/novo/", dados_do_ponto(acess_banheiro="nao"))

    assert resposta.status_code == 422
    assert "Diga até quando o município completa" in resposta.content.decode()


def test_dois_pontos_com_o_mesmo_nome_sao_recusados(processo, gestor):
    servicos.salvar_ponto(processo.pk, exemplos.ponto(), autor=gestor)

    with pytest.raises(ErroDeDominio, match="Já há um ponto com este nome"):
        servicos.salvar_ponto(processo.pk, exemplos.ponto(), autor=gestor)


def test_ponto_salvo_por_outro_e_dito_e_o_digitado_fica(client, processo, gestor):
    ponto = servicos.salvar_ponto(processo.pk, exemplos.ponto(), autor=gestor)
    servicos.salvar_ponto(processo.pk, exemplos.ponto("Novo nome"), ponto_id=ponto.pk, versao=1, autor=gestor)
    client.force_login(gestor)

    resposta = client.post(f"/adesao/{processo.codigo}/pontos/{ponto.codigo}/", dados_do_ponto(nome="Meu", versao="1"))

    assert resposta.status_code == 422
    assert 'value="Meu"' in resposta.content.decode()
    assert processo.pontos.get().nome == "Novo nome"


def test_ponto_com_gente_nao_sai(processo, gestor):
    ponto = servicos.salvar_ponto(processo.pk, exemplos.ponto(), autor=gestor)
    pessoa = servicos.salvar_representante(processo.pk, {**exemplos.PESSOAS[0], "ponto": ponto}, autor=gestor)

    with pytest.raises(ErroDeDominio, match="Há gente indicada"):
        servicos.tirar_ponto(processo.pk, ponto.pk, autor=gestor)
    servicos.tirar_representante(processo.pk, pessoa.pk, autor=gestor)
    servicos.tirar_ponto(processo.pk, ponto.pk, autor=gestor)
    assert not processo.pontos.vivos().exists()


@pytest.mark.parametrize(
    ("igual", "frase"), [("email", "Este e-mail já é de outra pessoa"), ("cpf", "Esta pessoa já foi indicada")]
)
def test_pessoa_repetida_e_recusada(processo, gestor, igual, frase):
    primeira, segunda = exemplos.PESSOAS
    servicos.salvar_representante(processo.pk, primeira, autor=gestor)

    with pytest.raises(ErroDeDominio, match=frase):
        servicos.salvar_representante(processo.pk, {**segunda, igual: primeira[igual]}, autor=gestor)


def test_pessoa_salva_por_outro_e_dita(processo, gestor):
    pessoa = servicos.salvar_representante(processo.pk, exemplos.PESSOAS[0], autor=gestor)
    servicos.salvar_representante(processo.pk, exemplos.PESSOAS[0], pessoa_id=pessoa.pk, versao=1, autor=gestor)

    with pytest.raises(OutroChegouAntes):
        servicos.salvar_representante(processo.pk, exemplos.PESSOAS[0], pessoa_id=pessoa.pk, versao=1, autor=gestor)


def test_a_pagina_das_pessoas_diz_quem_falta(client, processo, gestor):
    servicos.salvar_representante(processo.pk, exemplos.PESSOAS[1], autor=gestor)
    client.force_login(gestor)

    assert (
        "Cadastrador externo (cuida dos acessos)" in client.get(f"/adesao/{processo.codigo}/pessoas/").content.decode()
    )


def test_quem_le_ve_o_dia_como_se_escreve_no_brasil():
    """The browser sends the year first; a draft may hold what is no day."""
    for digitado, lido in (("2028-12-31", "31/12/2028"), ("31/12/2028", "31/12/2028"), ("fim de 2028", "fim de 2028")):
        linha = Formulario(tipo="municipio", dados={**COMPLETO, "rl_mandato_fim": digitado})
        assert ("Fim do mandato", lido) in leitura.perguntas(linha)
