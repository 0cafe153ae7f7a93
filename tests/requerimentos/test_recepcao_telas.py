from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import now

from act_portal.auditoria.models import Acesso
from act_portal.territorio.consultas import hoje_em
from requerimentos.models import Atendimento, Pessoa, Representante, Requerimento
from requerimentos.situacoes import Etapa, Prioridade, SituacaoAtendimento
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, PessoaFabrica, RepresentanteFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db
CPF = "52998224725"


@pytest.fixture
def balcao():
    return BalcaoFabrica(nome="Balcão Central")


@pytest.fixture
def ana(balcao, client):
    usuario = com_papel("atendente", balcao.municipio, nome="Ana")
    client.force_login(usuario)
    return usuario


def cadastro(**outros):
    return {
        "nome_civil": "João Fictício", "cpf": CPF, "nascimento": "1950-05-05", "sexo": "M", "canal": "balcao",
        "assina": "sim", "cidade_nome": "", "cidade_uf": "", **outros,
    }  # fmt: skip


def procurar(client, texto, rota="requerimentos:recepcao", **mais):
    return client.post(reverse(rota), {"q": texto, **mais}, follow=True)


# --- Search -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rota", ["requerimentos:recepcao", "requerimentos:lista"])
@pytest.mark.parametrize("texto", ["529.982.247-25", "Benedita", "1234567890"])
def test_o_que_se_procura_nunca_vai_para_o_endereco(client, ana, rota, texto):
    resposta = client.post(reverse(rota), {"q": texto})

    assert resposta.status_code == 302
    assert texto not in resposta.url
    assert client.get(resposta.url).context["texto" if rota.endswith("recepcao") else "filtros"]


def test_voltar_a_busca_mostra_os_mesmos_achados_sem_mandar_de_novo(client, ana, balcao):
    PessoaFabrica(municipio=balcao.municipio, nome_civil="José Araújo Ítalo")
    endereco = client.post(reverse("requerimentos:recepcao"), {"q": "araujo italo"}).url

    for _ in range(2):
        assert "José Araújo Ítalo" in client.get(endereco).text


def test_a_busca_de_uma_sessao_nao_vale_em_outra(client, ana, balcao):
    endereco = client.post(reverse("requerimentos:recepcao"), {"q": "Benedita"}).url
    client.force_login(com_papel("atendente", balcao.municipio))
    client.session.flush()
    client.force_login(com_papel("atendente", balcao.municipio))

    assert client.get(endereco).context["texto"] == ""


def test_cpf_e_protocolo_de_uma_pessoa_so_abrem_o_cadastro_na_hora(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio, cpf=CPF)
    atendimento = AtendimentoFabrica(balcao=balcao, pessoa=pessoa)
    RequerimentoFabrica(
        atendimento=atendimento,
        etapa=Etapa.ACOMPANHANDO,
        protocolo="1234567890",
        der=hoje_em(balcao.municipio),
        protocolado_em=now(),
    )

    for texto in ("529.982.247-25", CPF, "1234567890"):
        resposta = client.post(reverse("requerimentos:recepcao"), {"q": texto})
        assert resposta.url == reverse("requerimentos:pessoa", args=[pessoa.pk])


def test_quem_e_de_outra_cidade_nao_aparece(client, ana):
    PessoaFabrica(nome_civil="Pessoa Vizinha", cpf=CPF)

    assert "Ninguém encontrado" in procurar(client, "vizinha").text
    assert "Ninguém encontrado" in procurar(client, CPF).text


def test_cadastrar_quem_nao_se_achou_ja_vem_com_o_que_se_procurou(client, ana):
    codigo = client.post(reverse("requerimentos:recepcao"), {"q": CPF}).url.partition("busca=")[2]

    pagina = client.get(reverse("requerimentos:cadastrar"), {"busca": codigo})

    assert pagina.context["form"]["cpf"].value() == "529.982.247-25"


# --- Registering --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("cpf", "52998224724", "Os números deste CPF não conferem"),
        ("nits", "12345678901", "Os números deste NIT não conferem"),
        ("nascimento", "2999-01-01", "Esta data ainda não chegou"),
        ("cidade_nome", "Cidade Que Não Há", "Não achamos esta cidade"),
        ("canal", "email", "Escreva o e-mail ou"),
        ("canal", "sms", "Escreva o celular ou"),
        ("canal", "whatsapp", "Escreva o WhatsApp ou"),
        ("canal", "", "Escolha uma das opções"),
        ("whatsapp_mesmo", "on", "Escreva o celular que tem WhatsApp"),
    ],
)
def test_erro_no_cadastro_diz_o_que_fazer_e_guarda_o_que_foi_digitado(client, ana, campo, valor, frase):
    resposta = client.post(reverse("requerimentos:cadastrar"), cadastro(**{campo: valor}))

    assert resposta.status_code == 422
    assert frase in resposta.text
    assert "João Fictício" in resposta.text
    assert not Pessoa.objects.exists()


def test_cpf_repetido_leva_ao_cadastro_que_existe(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio, cpf=CPF)

    resposta = client.post(reverse("requerimentos:cadastrar"), cadastro(), follow=True)

    assert resposta.redirect_chain[-1][0] == reverse("requerimentos:pessoa", args=[pessoa.pk])
    assert "já está no cadastro" in resposta.text


def test_um_celular_com_whatsapp_se_escreve_uma_vez(client, ana):
    client.post(
        reverse("requerimentos:cadastrar"),
        cadastro(celular_valor="38999990000", whatsapp_mesmo="on", canal="whatsapp"),
    )

    contatos = Pessoa.objects.get().contatos.values_list("tipo", "valor")
    assert set(contatos) == {("celular", "38999990000"), ("whatsapp", "38999990000")}


def test_crianca_cadastrada_leva_a_pergunta_de_quem_age_por_ela(client, ana, balcao):
    hoje = hoje_em(balcao.municipio)

    resposta = client.post(reverse("requerimentos:cadastrar"), cadastro(nascimento=f"{hoje.year - 10}-01-01"))

    pessoa = Pessoa.objects.get()
    assert resposta.url == reverse("requerimentos:representar", args=[pessoa.pk])
    assert "Quem age por esta criança?" in client.get(reverse("requerimentos:pessoa", args=[pessoa.pk])).text


def test_quem_salva_depois_ve_o_que_o_outro_guardou_e_salva_na_segunda_vez(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio, cpf=CPF, mae="Mãe Antiga")
    endereco = reverse("requerimentos:alterar-pessoa", args=[pessoa.pk])
    Pessoa.objects.filter(pk=pessoa.pk).update(mae="Mãe do Outro", versao=2)

    resposta = client.post(endereco, cadastro(versao=1, mae="Mãe Minha"))

    assert resposta.status_code == 422
    assert "Mãe do Outro" in resposta.text
    assert "Mãe Minha" in resposta.text
    assert Pessoa.objects.get().mae == "Mãe do Outro"

    versao = resposta.context["form"]["versao"].value()
    assert client.post(endereco, cadastro(versao=versao, mae="Mãe Minha")).status_code == 302
    assert Pessoa.objects.get().mae == "Mãe Minha"


def test_o_que_o_outro_guardou_se_le_como_gente_escreve(client, ana, balcao):
    pessoa = PessoaFabrica(
        municipio=balcao.municipio, cpf=CPF, nascimento=date(1961, 5, 1), cep="35830000", documento_tipo="cin",
        canal="sms", versao=2,
    )  # fmt: skip
    pessoa.contatos.create(tipo="celular", valor="31970000045")
    pessoa.nits.create(numero="12061840541")
    outra = MunicipioFabrica(nome="Outra Cidade", uf="MG")

    resposta = client.post(
        reverse("requerimentos:alterar-pessoa", args=[pessoa.pk]),
        cadastro(versao=1, documento_tipo="rg", cidade_nome=outra.nome, cidade_uf="MG"),
    )

    guardado = dict(resposta.context["guardado"])
    assert guardado["Data de nascimento"] == "01/05/1961"
    assert guardado["CEP"] == "35830-000"
    assert guardado["Documento de identidade"] == "Carteira de Identidade Nacional (CIN)"
    assert guardado["Como quer ser avisada"] == "SMS"
    assert guardado["Celular"] == "(31) 97000-0045"
    assert guardado["NIT, PIS, PASEP ou NIS"] == "120.61840.54-1"
    assert guardado["Cidade onde mora"] == str(pessoa.cidade)
    assert "01/05/1961" in resposta.text


@pytest.mark.parametrize(
    ("campos", "mostra"),
    [
        ({"endereco": "", "bairro": "Açude", "cep": "35830000"}, "Açude · {cidade} · CEP\N{NO-BREAK SPACE}35830-000"),
        ({"endereco": "", "bairro": "", "cep": "35830000"}, "{cidade} · CEP\N{NO-BREAK SPACE}35830-000"),
        ({"endereco": "Rua A, 1", "bairro": "Centro", "cep": ""}, "Rua A, 1, Centro · {cidade}"),
        ({"endereco": "", "bairro": "", "cidade": None}, "Não informado"),
    ],
)
def test_do_endereco_se_mostra_tudo_o_que_se_sabe(client, ana, balcao, campos, mostra):
    pessoa = PessoaFabrica(municipio=balcao.municipio, **campos)

    pagina = client.get(reverse("requerimentos:pessoa", args=[pessoa.pk])).text

    assert f"<dt>Endereço</dt><dd>{mostra.format(cidade=balcao.municipio)}</dd>" in pagina


def test_o_nome_social_chama_e_o_civil_fica_a_vista(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio, nome_civil="João Fictício", nome_social="Joana Fictícia")

    pagina = client.get(reverse("requerimentos:pessoa", args=[pessoa.pk])).text

    assert "<h1>Joana Fictícia</h1>" in pagina
    assert "João Fictício" in pagina


def test_abrir_o_cadastro_fica_anotado(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio)

    client.get(reverse("requerimentos:pessoa", args=[pessoa.pk]))

    assert Acesso.objects.get().titular_id == pessoa.pk


# --- Who acts for the person --------------------------------------------------------------------------------------
def test_cada_tipo_de_representante_so_pergunta_o_que_ele_prova(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio)
    endereco = reverse("requerimentos:representar", args=[pessoa.pk])

    def campos(tipo):
        return set(client.get(endereco, {"tipo": tipo}).context["form"].fields)

    assert "processo" not in campos("pai_mae")
    assert {"processo", "limites"} <= campos("curador")
    assert {"procuracao_substabelece"} <= campos("procurador")
    assert "limites" not in campos("procurador")


def test_representante_com_documento_vencido_ou_sem_prova_nao_entra(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio)
    endereco = f"{reverse('requerimentos:representar', args=[pessoa.pk])}?tipo=curador"

    resposta = client.post(
        endereco, {"nome": "Rita", "cpf": CPF, "documento": "RG 1", "titulo": "Termo", "validade": "2020-01-01"}
    )

    assert resposta.status_code == 422
    assert {"validade", "processo", "juizo", "limites", "titulo_data"} <= set(resposta.context["form"].errors)
    assert not Representante.objects.exists()


def test_corrigir_quem_representa_muda_a_mesma_linha(client, ana, balcao):
    mae = RepresentanteFabrica(pessoa__municipio=balcao.municipio)

    client.post(
        reverse("requerimentos:alterar-representante", args=[mae.pk]),
        {"nome": "Joana Corrigida", "documento": "RG 2", "titulo": "Certidão de nascimento"},
    )

    assert list(Representante.objects.values_list("pk", "nome")) == [(mae.pk, "Joana Corrigida")]


def test_depois_de_salvar_volta_a_pagina_do_portal_e_nunca_a_outro_lugar(client, ana, balcao):
    mae = RepresentanteFabrica(pessoa__municipio=balcao.municipio)
    endereco = reverse("requerimentos:alterar-representante", args=[mae.pk])
    dados = {"nome": "Joana", "documento": "RG 2", "titulo": "Certidão"}

    assert client.post(endereco, {**dados, "next": "/requerimentos/"}).url == "/requerimentos/"
    for fora in ("https://exemplo.invalid/", "//exemplo.invalid/"):
        assert client.post(endereco, {**dados, "next": fora}).url.startswith("/requerimentos/pessoas/")


# --- Desk, ticket, queue ------------------------------------------------------------------------------------------
def test_sem_balcao_aberto_a_tela_diz_por_que_e_a_quem_falar(client, ana, balcao):
    balcao.situacao, balcao.situacao_motivo = "suspenso", "Reforma do prédio"
    balcao.save()

    resposta = client.get(reverse("requerimentos:fila"))

    assert resposta.status_code == 409
    assert "gestor municipal" in resposta.text
    assert "Reforma do prédio" in resposta.text


def test_com_dois_balcoes_abertos_o_atendente_diz_em_qual_esta(client, ana, balcao):
    outro = BalcaoFabrica(entidade=balcao.entidade, nome="Balcão da Vila")
    assert client.get(reverse("requerimentos:fila")).status_code == 409

    client.post(reverse("requerimentos:balcao"), {"balcao": outro.pk, "next": reverse("requerimentos:fila")})

    pagina = client.get(reverse("requerimentos:fila"))
    assert pagina.context["balcao"] == outro
    assert "Balcão da Vila" in pagina.text


def test_balcao_de_outra_cidade_nao_se_escolhe(client, ana, balcao):
    BalcaoFabrica(entidade=balcao.entidade)

    client.post(reverse("requerimentos:balcao"), {"balcao": BalcaoFabrica().pk})

    assert client.get(reverse("requerimentos:fila")).status_code == 409


def test_a_senha_nao_mostra_nome_nem_cpf_nem_o_motivo_da_prioridade(client, ana, balcao):
    atendimento = AtendimentoFabrica(
        balcao=balcao, senha="P003", prioridade=Prioridade.DEFICIENCIA, situacao=SituacaoAtendimento.AGUARDANDO
    )

    pagina = client.get(reverse("requerimentos:senha", args=[atendimento.codigo])).text
    cupom = pagina[pagina.index('<div class="cupom">') : pagina.index('<div class="acoes nao-imprime">')]

    assert "P003" in cupom
    assert atendimento.pessoa.nome not in cupom
    assert atendimento.pessoa.cpf not in cupom
    assert "deficiência" not in cupom


def test_dar_senha_e_atender_na_hora_e_um_clique(client, ana, balcao):
    pessoa = PessoaFabrica(municipio=balcao.municipio)
    dados = {"codigo": "6f1a1c1e-0000-4000-8000-000000000001", "prioridade": "nenhuma", "motivo": "pedir"}

    resposta = client.post(reverse("requerimentos:dar-senha", args=[pessoa.pk]), {**dados, "atender": "1"})

    atendimento = Atendimento.objects.get()
    assert resposta.url == reverse("requerimentos:atendimento", args=[atendimento.codigo])
    assert (atendimento.situacao, atendimento.atendente) == (SituacaoAtendimento.EM_ATENDIMENTO, ana)


def test_a_fila_custa_as_mesmas_consultas_com_uma_pessoa_ou_com_dez(client, ana, balcao, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def consultas():
        with CaptureQueriesContext(
            connection,
        ) as contadas:
            client.get(reverse("requerimentos:fila"))
        return len(contadas)

    AtendimentoFabrica(balcao=balcao, situacao=SituacaoAtendimento.AGUARDANDO)
    consultas()
    uma = consultas()
    AtendimentoFabrica.create_batch(9, balcao=balcao, situacao=SituacaoAtendimento.AGUARDANDO)

    assert consultas() == uma


def test_a_fila_pedida_pelo_htmx_vem_sem_a_pagina(client, ana):
    parte = client.get(reverse("requerimentos:fila"), headers={"HX-Request": "true"}).text

    assert parte.lstrip().startswith('<div class="pilha" id="fila-de-espera"')
    assert "<html" not in parte


def test_os_nomes_de_lugar_da_pagina_da_fila_sao_unicos(client, ana):
    nomes = re.findall(r'\sid="([^"]+)"', client.get(reverse("requerimentos:fila")).text)

    assert sorted(nome for nome in set(nomes) if nomes.count(nome) > 1) == []


def test_orientacao_sem_texto_nao_conclui_e_a_folha_diz_o_direito(client, ana, balcao):
    atendimento = AtendimentoFabrica(balcao=balcao, atendente=ana)
    endereco = reverse("requerimentos:concluir", args=[atendimento.codigo])

    assert client.post(endereco, {"desfecho": "orientacao"}).status_code == 422
    folha = client.post(endereco, {"desfecho": "orientacao", "orientacao": "Trazer o CadÚnico."}, follow=True).text

    assert "Trazer o CadÚnico." in folha
    assert "mesmo faltando documento" in folha


def test_quem_ja_tem_senha_nao_ve_outro_formulario_de_senha(client, ana, balcao):
    atendimento = AtendimentoFabrica(balcao=balcao, situacao=SituacaoAtendimento.AGUARDANDO, senha="N042")

    pagina = client.get(reverse("requerimentos:pessoa", args=[atendimento.pessoa_id])).text

    assert "Senha N042" in pagina
    assert reverse("requerimentos:dar-senha", args=[atendimento.pessoa_id]) not in pagina


# --- Demand and papers, as pages ----------------------------------------------------------------------------------
def test_clique_duplo_em_abrir_pedido_leva_ao_mesmo_pedido(client, ana, balcao):
    atendimento = AtendimentoFabrica(balcao=balcao, atendente=ana)
    endereco = reverse("requerimentos:abrir", args=[atendimento.codigo, "salario-maternidade-rural"])
    codigo = client.get(
        reverse("requerimentos:servico", args=[atendimento.codigo, "salario-maternidade-rural"])
    ).context["codigo_novo"]

    idas = {client.post(endereco, {"codigo": codigo}).url for _ in range(2)}

    assert idas == {reverse("requerimentos:demanda", args=[codigo])}
    assert Requerimento.objects.count() == 1


def test_seguro_defeso_so_se_orienta(client, ana, balcao):
    atendimento = AtendimentoFabrica(balcao=balcao, atendente=ana)

    pagina = client.get(reverse("requerimentos:servico", args=[atendimento.codigo, "seguro-defeso"])).text

    assert "não é pedido aqui" in pagina
    assert "Abrir pedido" not in pagina


def test_servico_desconhecido_nao_existe(client, ana, balcao):
    atendimento = AtendimentoFabrica(balcao=balcao, atendente=ana)

    endereco = reverse("requerimentos:servico", args=[atendimento.codigo, "nao-ha"])
    assert client.get(endereco).status_code == 404


def test_resposta_que_falta_fica_guardada_e_a_tela_diz_qual(client, ana, balcao):
    pedido = RequerimentoFabrica(atendimento=AtendimentoFabrica(balcao=balcao, atendente=ana))
    endereco = reverse("requerimentos:demanda", args=[pedido.codigo])

    resposta = client.post(endereco, {"versao": 1, "recebe_beneficio_inss": "nao"}, follow=True)

    pedido.refresh_from_db()
    assert pedido.respostas == {"recebe_beneficio_inss": False}
    assert "Há processo na Justiça sobre este mesmo assunto?" in resposta.text


@pytest.mark.parametrize(("escrita", "guardada"), [("1.234,5", "1234.50"), ("R$ 150", "150.00"), ("1.500", "1500.00")])
def test_dinheiro_se_escreve_como_no_brasil(client, ana, balcao, escrita, guardada):
    pedido = RequerimentoFabrica(
        servico_codigo="pensao-feminicidio", atendimento=AtendimentoFabrica(balcao=balcao, atendente=ana)
    )
    endereco = reverse("requerimentos:demanda", args=[pedido.codigo])

    client.post(endereco, {"versao": 1, "renda_por_pessoa": escrita})

    pedido.refresh_from_db()
    assert pedido.respostas["renda_por_pessoa"] == guardada
    assert client.get(endereco).context["form"]["renda_por_pessoa"].value() == guardada.replace(".", ",")


def test_a_resposta_que_o_outro_guardou_se_le_como_gente_escreve(client, ana, balcao):
    pedido = RequerimentoFabrica(
        servico_codigo="bpc-idoso",
        atendimento=AtendimentoFabrica(balcao=balcao, atendente=ana),
        respostas={"cadunico_em": "2026-05-01", "renda_por_pessoa": "1234.56", "recebe_beneficio_inss": True},
        versao=2,
    )
    # Without the packs that tell them, the date and the income are asked here.
    pedido.servico.dados["perguntas"] = ["identificacao"]
    pedido.servico.save()

    resposta = client.post(
        reverse("requerimentos:demanda", args=[pedido.codigo]),
        {"versao": 1, "recebe_beneficio_inss": "nao", "recebe_outro_regime": "sim"},
    )

    assert dict(resposta.context["guardado"]) == {
        "Quando o CadÚnico foi atualizado?": "01/05/2026",
        "Qual é a renda da casa por pessoa, por mês?": "R$ 1.234,56",
        "A pessoa já recebe benefício do INSS?": "Sim",
        "Recebe benefício de outro regime (prefeitura, estado, militar)?": "não respondida",
    }
    assert "01/05/2026" in resposta.text


def test_so_se_oferece_quem_pode_assinar_e_se_diz_por_que_os_outros_nao(client, ana, balcao):
    pedido = RequerimentoFabrica(atendimento=AtendimentoFabrica(balcao=balcao, atendente=ana))
    pedido.pessoa.assina = "nao_alfabetizada"
    pedido.pessoa.save()
    RepresentanteFabrica(pessoa=pedido.pessoa, tipo="procurador", procuracao_substabelece=False)

    form = client.get(reverse("requerimentos:formularios", args=[pedido.codigo])).context["form"]

    assert [valor for valor, _ in form.fields["quem"].choices] == ["rogo"]
    assert any("substabelecer" in frase for frase in form.impedidos)


def test_agente_sem_tcms_e_avisado_antes_de_tentar(client, ana, balcao):
    pedido = RequerimentoFabrica(atendimento=AtendimentoFabrica(balcao=balcao, atendente=ana))
    ana.tcms_em = None
    ana.save()

    assert "TCMS" in client.get(reverse("requerimentos:formularios", args=[pedido.codigo])).text


def test_rogo_com_erro_guarda_o_que_foi_digitado(client, ana, balcao):
    pedido = RequerimentoFabrica(atendimento=AtendimentoFabrica(balcao=balcao, atendente=ana))

    resposta = client.post(
        reverse("requerimentos:rogo", args=[pedido.codigo]),
        {"versao": 1, "rogo_nome": "Vizinha Fictícia", "rogo_cpf": ana.cpf, "rogo_nascimento": "1980-01-01"},
    )

    assert resposta.status_code == 422
    assert "Vizinha Fictícia" in resposta.text
    assert "O CPF de quem assina a rogo é o seu" in resposta.text
