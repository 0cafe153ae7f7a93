from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.timezone import now
from validate_docbr import CPF

from act_portal.emissao.conteudo import congelar
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.perguntas import perguntas_do
from requerimentos.models import Pessoa, Requerimento
from requerimentos.papeis import servicos
from requerimentos.papeis.consultas import conjunto_vigente, estado_dos_papeis
from requerimentos.papeis.preenchimento import FORA_DA_BASE, conteudos
from requerimentos.situacoes import SituacaoConjunto
from tests.corridas import correr
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import RepresentanteFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db
Quem = Requerimento.QuemAssina


def respondido(**campos):
    servico = campos.pop("servico_codigo", "bpc-idoso")
    respostas = {p.chave: True for p in perguntas_do(carregar().servico(servico)) if p.tipo == "sim_nao"}
    return RequerimentoFabrica(servico_codigo=servico, respostas=respostas, **campos)


@pytest.fixture
def pedido():
    return respondido(quem_assina=Quem.TITULAR)


def de_novo(pedido):
    """As the next request of the page would read it."""
    return Requerimento.objects.get(pk=pedido.pk)


def fazer(pedido, autor=None):
    return servicos.fazer_conjunto(pedido.pk, autor=autor or pedido.atendente)


def emitir(papel):
    """As if the worker had drawn this paper."""
    Documento.objects.filter(pk=papel.documento_id).update(
        situacao=SituacaoDocumento.EMITIDO, pdf="papel.pdf", sha256="0" * 64, emitido_em=now()
    )
    servicos.conferir_conjunto(papel.documento_id)


def feito(pedido):
    """A set made and printed, without drawing anything."""
    conjunto = fazer(pedido)
    for papel in conjunto.papeis.all():
        emitir(papel)
    conjunto.refresh_from_db()
    return conjunto


def escolher(pedido, quem, **outros):
    return servicos.escolher_quem_assina(pedido.pk, quem=quem, autor=pedido.atendente, versao=pedido.versao, **outros)


def tres_pessoas(**outros):
    dados = {}
    for prefixo in ("rogo", "test1", "test2"):
        dados |= {
            f"{prefixo}_nome": f"Pessoa {prefixo}",
            f"{prefixo}_cpf": CPF().generate(),
            f"{prefixo}_documento": "RG 1",
            f"{prefixo}_nascimento": "1980-01-01",
        }
    return {**dados, **outros}


# --- Who signs ----------------------------------------------------------------------------------------------------
def test_a_leitura_em_voz_alta_fica_guardada_para_quem_quer_que_assine(pedido):
    escolher(pedido, Quem.TITULAR, rogo={"lido_em_voz_alta": True})

    dados = conteudos(de_novo(pedido), pedido.atendente)
    assert all(papel["lido_em_voz_alta"] is True for papel in dados.values())


def test_menor_de_16_nao_assina_nem_a_rogo_e_a_mae_assina(pedido):
    pedido.pessoa.nascimento = hoje_em(pedido.municipio) - timedelta(days=10 * 365)
    pedido.pessoa.save()
    mae = RepresentanteFabrica(pessoa=pedido.pessoa)

    for quem in (Quem.TITULAR, Quem.ROGO):
        with pytest.raises(ErroDeDominio, match="menos de 16 anos"):
            escolher(pedido, quem, rogo=tres_pessoas())
    assert escolher(pedido, Quem.REPRESENTANTE, representante_id=mae.pk).representante == mae


def test_com_16_anos_assina_sozinho_e_o_papel_diz_a_idade(pedido):
    pedido.pessoa.nascimento = hoje_em(pedido.municipio).replace(year=hoje_em(pedido.municipio).year - 16)
    pedido.pessoa.save()

    escolher(pedido, Quem.TITULAR)

    papel = conteudos(de_novo(pedido), pedido.atendente)["termo-representacao"]
    assert (papel["quem_assina"], papel["idade_titular"]) == ("jovem_16_17", 16)


def test_quem_nao_sabe_assinar_precisa_de_alguem_a_rogo(pedido):
    pedido.pessoa.assina = Pessoa.Assina.NAO_ALFABETIZADA
    pedido.pessoa.save()

    with pytest.raises(ErroDeDominio, match="não assina"):
        escolher(pedido, Quem.TITULAR)
    escolher(pedido, Quem.ROGO, rogo=tres_pessoas())

    papel = conteudos(de_novo(pedido), pedido.atendente)["termo-representacao"]
    assert (papel["rogo_motivo"], papel["lido_em_voz_alta"]) == ("nao_alfabetizado", True)


def test_testemunha_nao_e_o_atendente_nem_menor_nem_a_mesma_pessoa(pedido):
    um = CPF().generate()
    casos = [
        (tres_pessoas(test1_cpf=pedido.atendente.cpf), "1ª testemunha é o seu"),
        (tres_pessoas(test1_cpf=pedido.pessoa.cpf), "mesmo da própria pessoa"),
        (tres_pessoas(test1_cpf=um, test2_cpf=um), "2ª testemunha é o mesmo da 1ª testemunha"),
        (tres_pessoas(test2_nascimento=f"{date.today().year - 17}-12-31"), "A 2ª testemunha precisa ter 18 anos"),
        (tres_pessoas(test2_nome=""), "Complete os dados da 2ª testemunha"),
    ]
    for dados, frase in casos:
        with pytest.raises(ErroDeDominio, match=frase):
            escolher(pedido, Quem.ROGO, rogo=dados)


def test_procurador_so_serve_se_puder_substabelecer(pedido):
    sem = RepresentanteFabrica(pessoa=pedido.pessoa, tipo="procurador", procuracao_substabelece=False)
    com = RepresentanteFabrica(pessoa=pedido.pessoa, tipo="procurador", procuracao_substabelece=True)

    with pytest.raises(ErroDeDominio, match="substabelecer"):
        escolher(pedido, Quem.REPRESENTANTE, representante_id=sem.pk)
    assert escolher(pedido, Quem.REPRESENTANTE, representante_id=com.pk).representante == com


def test_representante_de_outra_pessoa_vencido_ou_encerrado_nao_assina(pedido):
    ontem = hoje_em(pedido.municipio) - timedelta(days=1)
    for quem in (
        RepresentanteFabrica(),
        RepresentanteFabrica(pessoa=pedido.pessoa, validade=ontem),
        RepresentanteFabrica(pessoa=pedido.pessoa, encerrado_em=ontem),
    ):
        with pytest.raises(ErroDeDominio):
            escolher(pedido, Quem.REPRESENTANTE, representante_id=quem.pk)


def test_o_segundo_a_dizer_quem_assina_sabe_quem_mudou(pedido):
    ana = com_papel("atendente", pedido.municipio, nome="Ana")
    servicos.escolher_quem_assina(pedido.pk, quem=Quem.TITULAR, autor=ana, versao=1)

    with pytest.raises(OutroChegouAntes, match=r"^Ana mudou"):
        escolher(pedido, Quem.TITULAR)


# --- The set ------------------------------------------------------------------------------------------------------
def test_o_conjunto_tem_os_tres_papeis_e_clique_duplo_e_um_so(pedido):
    primeiro = fazer(pedido)

    assert fazer(pedido) == primeiro
    assert primeiro.papeis.count() == 3


@pytest.mark.django_db(transaction=True)
def test_dois_cliques_ao_mesmo_tempo_fazem_um_conjunto():
    pedido = respondido(quem_assina=Quem.TITULAR)

    feitos = correr(lambda _: fazer(pedido).pk, [1, 2])

    assert len(set(feitos)) == 1


@pytest.mark.parametrize(
    ("estrago", "frase"),
    [
        (lambda p: setattr(p, "quem_assina", ""), "Diga antes quem assina"),
        (lambda p: setattr(p, "respostas", {}), "Responda antes"),
        (lambda p: setattr(p.pessoa, "documento_numero", ""), "documento de identidade"),
        (lambda p: (setattr(p.pessoa, "endereco", ""), setattr(p.pessoa, "bairro", "")), "endereço"),
        (lambda p: setattr(p.pessoa, "cidade", None), "endereço"),
        (lambda p: setattr(p.atendente, "tcms_em", None), "TCMS"),
        (lambda p: setattr(p.pessoa, "assina", "impedimento"), "não assina"),
    ],
)
def test_papel_incompleto_nao_sai_e_a_frase_diz_o_que_falta(pedido, estrago, frase):
    estrago(pedido)
    for linha in (pedido, pedido.pessoa, pedido.atendente):
        linha.save()

    with pytest.raises(ErroDeDominio, match=frase):
        fazer(pedido)


def test_representante_que_venceu_depois_de_escolhido_nao_sai_no_papel(pedido):
    mae = RepresentanteFabrica(pessoa=pedido.pessoa, tipo="curador")
    escolher(pedido, Quem.REPRESENTANTE, representante_id=mae.pk)
    mae.validade = hoje_em(pedido.municipio) - timedelta(days=1)
    mae.save()

    with pytest.raises(ErroDeDominio, match="venceu em"):
        fazer(pedido)


@pytest.mark.parametrize("papel", ["atendente", "gestor"])
@pytest.mark.parametrize("campo", ["rogo_cpf", "test1_cpf", "test2_cpf"])
def test_quem_trabalha_no_balcao_nao_assina_a_rogo_nem_e_testemunha(pedido, papel, campo):
    colega = com_papel(papel, pedido.municipio)

    with pytest.raises(ErroDeDominio, match="trabalha no balcão"):
        escolher(pedido, Quem.ROGO, rogo=tres_pessoas(**{campo: colega.cpf}))


def test_a_testemunha_que_veio_trabalhar_no_balcao_nao_sai_em_papel_novo(pedido):
    tres = tres_pessoas()
    escolher(pedido, Quem.ROGO, rogo=tres)
    colega = com_papel("atendente", pedido.municipio)
    colega.cpf = tres["test1_cpf"]
    colega.save()

    with pytest.raises(ErroDeDominio, match="trabalha no balcão"):
        fazer(pedido)
    with pytest.raises(ErroDeDominio, match="é o seu"):
        fazer(pedido, colega)


def test_na_roca_sem_rua_o_papel_traz_comunidade_cidade_e_cep(pedido):
    pedido.pessoa.endereco, pedido.pessoa.bairro, pedido.pessoa.cep = "", "Comunidade do Açude", "35830000"
    pedido.pessoa.save()

    for papel in ("termo-representacao", "requerimento-servico"):
        dados = conteudos(de_novo(pedido), pedido.atendente)[papel]
        feito = " ".join(render_to_string(f"papeis/{papel.replace('-', '_')}.html", congelar(dados)).split())
        assert "Comunidade do Açude" in feito
        assert ", Comunidade" not in feito.replace("residente em Comunidade", "")
        assert "35830-000" in feito
    assert fazer(pedido).papeis.count() == 3


def test_papel_pronto_so_quando_os_tres_estao(pedido):
    conjunto = fazer(pedido)
    primeiro, *outros = conjunto.papeis.all()

    def estado_depois_de(papel):
        emitir(papel)
        conjunto.refresh_from_db()
        return conjunto.estado

    assert estado_depois_de(primeiro) == SituacaoConjunto.FAZENDO
    assert [estado_depois_de(p) for p in outros] == [SituacaoConjunto.FAZENDO, SituacaoConjunto.PRONTO]


# --- Old or still good --------------------------------------------------------------------------------------------
def mudar(pedido, o_que, **campos):
    alvo = {
        "pessoa": pedido.pessoa,
        "atendente": pedido.atendente,
        "entidade": pedido.balcao.entidade,
        "balcao": pedido.balcao,
    }[o_que]
    for nome, valor in campos.items():
        setattr(alvo, nome, valor)
    alvo.save()


@pytest.mark.parametrize(
    ("o_que", "campos"),
    [
        ("pessoa", {"sexo": "M"}),
        ("entidade", {"email": "outro@exemplo.invalid"}),
        ("balcao", {"horario": "Só de manhã"}),
        ("atendente", {"email": "novo@exemplo.invalid"}),
    ],
)
def test_o_que_nenhum_papel_imprime_nao_envelhece_os_papeis(pedido, o_que, campos):
    feito(pedido)

    mudar(pedido, o_que, **campos)

    assert estado_dos_papeis(de_novo(pedido)).estado == "prontos"


@pytest.mark.parametrize(
    ("o_que", "campos"),
    [
        ("pessoa", {"nome_social": "Outro Nome"}),
        ("pessoa", {"mae": "Outra Mãe"}),
        ("pessoa", {"canal": "sms"}),
        ("entidade", {"telefone": "3130000000"}),
        ("balcao", {"endereco": "Outra Rua, 1"}),
        ("atendente", {"cargo": "Outro cargo"}),
    ],
)
def test_o_que_um_papel_imprime_envelhece_os_papeis(pedido, o_que, campos):
    feito(pedido)

    mudar(pedido, o_que, **campos)

    assert estado_dos_papeis(de_novo(pedido)).estado == "velhos"


def test_os_papeis_que_outro_atendente_fez_valem_pelo_nome_dele(pedido):
    bia = com_papel("atendente", pedido.municipio, nome="Bia")
    fazer(pedido, bia)

    mudar(pedido, "atendente", cargo="Outro cargo")
    assert estado_dos_papeis(de_novo(pedido)).estado == "fazendo"

    bia.matricula = "999"
    bia.save()
    assert estado_dos_papeis(de_novo(pedido)).estado == "velhos"


def test_fazer_aniversario_de_adulto_nao_envelhece_os_papeis(pedido, monkeypatch):
    feito(pedido)
    daqui_a_um_ano = hoje_em(pedido.municipio) + timedelta(days=370)

    monkeypatch.setattr("requerimentos.papeis.preenchimento.hoje_em", lambda municipio: daqui_a_um_ano)

    assert estado_dos_papeis(de_novo(pedido)).estado == "prontos"


def test_todo_campo_que_conta_para_envelhecer_aparece_em_algum_papel():
    """Otherwise a change that no paper shows would ask for new signatures."""
    lidas: set[str] = set()
    todas: set[str] = set()
    for variante in _variantes():
        for especie, dados in conteudos(variante, variante.atendente).items():
            congelados = {chave: congelar(valor) for chave, valor in dados.items()}
            textos = {chave for chave, valor in congelados.items() if isinstance(valor, str) and valor}
            modelo = f"papeis/{especie.replace('-', '_')}.html"
            inteiro = render_to_string(modelo, congelados)
            lidas |= {c for c in textos if render_to_string(modelo, {**congelados, c: "2001-02-03"}) != inteiro}
            todas |= textos

    # A reason has two wordings, and any word but the first gives the second.
    assert todas - lidas - FORA_DA_BASE == {"rogo_motivo"}
    assert lidas & FORA_DA_BASE == {"data_assinatura"}


def _variantes():
    titular = respondido(quem_assina=Quem.TITULAR)
    yield titular
    yield respondido(quem_assina=Quem.ROGO, rogo=tres_pessoas())
    curador = RepresentanteFabrica(
        tipo="curador",
        titulo="Termo de curatela",
        titulo_data=date(2026, 1, 1),
        processo="1",
        juizo="1ª Vara",
        validade=date(2030, 1, 1),
        limites="Receber benefício",
        telefone="3133334444",
        pessoa=titular.pessoa,
    )
    procurador = RepresentanteFabrica(
        tipo="procurador",
        procuracao_forma="publica",
        procuracao_cartorio="2º Ofício",
        procuracao_oab="MG 1",
        titulo_data=date(2026, 1, 1),
        validade=date(2030, 1, 1),
        procuracao_substabelece=True,
        pessoa=titular.pessoa,
    )
    for quem in (curador, procurador):
        yield respondido(quem_assina=Quem.REPRESENTANTE, representante=quem)


# --- The documents named on the request ----------------------------------------------------------------------------
def nomeados(pedido):
    documentos = conteudos(de_novo(pedido), pedido.atendente)["requerimento-servico"]["documentos"]
    return {d["nome"]: d["se_tiver"] for d in documentos}


def test_o_requerimento_nomeia_o_que_o_servico_e_as_respostas_pedem_e_nunca_os_proprios_papeis():
    pedido = respondido(servico_codigo="recurso-ordinario", quem_assina=Quem.TITULAR)
    pedido.respostas = dict.fromkeys(pedido.respostas, False)
    pedido.save()

    assert nomeados(pedido) == {
        "Documento com foto e CPF da pessoa": False,
        "Carta com a decisão": False,
        "Documentos novos": True,
    }


def test_resposta_que_pede_outro_documento_muda_a_lista_e_envelhece_os_papeis():
    pedido = respondido(servico_codigo="salario-maternidade-rural", quem_assina=Quem.TITULAR)
    pedido.respostas["adocao"] = False
    pedido.save()
    feito(pedido)
    antes = set(nomeados(pedido))

    pedido.respostas["adocao"] = True
    pedido.save()

    assert len(set(nomeados(pedido)) - antes) == 1
    assert estado_dos_papeis(de_novo(pedido)).estado == "velhos"


# --- Replacing and signing ----------------------------------------------------------------------------------------
def test_papeis_feitos_de_novo_revogam_os_antigos(pedido):
    antigo = feito(pedido)
    mudar(pedido, "pessoa", mae="Outra Mãe")

    novo = fazer(pedido)

    antigo.refresh_from_db()
    assert (novo.numero, antigo.situacao) == (2, SituacaoConjunto.SUBSTITUIDO)
    assert {p.documento.situacao for p in antigo.papeis.all()} == {SituacaoDocumento.REVOGADO}
    assert conjunto_vigente(pedido) == novo


def test_assinado_vale_uma_vez_e_so_o_que_se_marcou(pedido):
    feito(pedido)
    servicos.receber_assinados(pedido.pk, ["termo-representacao"], autor=pedido.atendente)
    quando = conjunto_vigente(pedido).papeis.get(especie="termo-representacao").assinado_em

    servicos.receber_assinados(pedido.pk, ["termo-representacao"], autor=pedido.atendente)

    papeis = {p.especie: p.assinado_em for p in conjunto_vigente(pedido).papeis.all()}
    assert papeis == {"termo-representacao": quando, "autorizacao-dados": None, "requerimento-servico": None}


def test_papel_velho_ou_ainda_por_fazer_nao_se_recebe_assinado(pedido):
    with pytest.raises(ErroDeDominio, match="Faça os papéis"):
        servicos.receber_assinados(pedido.pk, ["termo-representacao"], autor=pedido.atendente)
    feito(pedido)
    mudar(pedido, "pessoa", mae="Outra Mãe")

    with pytest.raises(ErroDeDominio, match="de novo"):
        servicos.receber_assinados(pedido.pk, ["termo-representacao"], autor=pedido.atendente)


def test_o_papel_so_responde_o_que_a_pessoa_respondeu():
    pedido = RequerimentoFabrica(
        servico_codigo="aposentadoria-tempo-contribuicao", respostas={"tempo_contribuicao": "18 anos"}
    )

    dados = conteudos(pedido, pedido.atendente)
    requerimento, avisos = dados["requerimento-servico"], dados["autorizacao-dados"]

    perguntas = {r["pergunta"]: r for r in requerimento["respostas"]}
    assert perguntas["Quanto tempo de contribuição a pessoa tem hoje?"]["texto"] == "18 anos"
    assert perguntas["Quanto tempo de contribuição tinha em 13/11/2019?"]["texto"] == "não respondida"
    assert requerimento["reafirmar_der"] is None
    assert avisos["aviso_ligacao"] is None


def test_o_dinheiro_sai_no_papel_como_se_escreve():
    pedido = RequerimentoFabrica(servico_codigo="pensao-feminicidio", respostas={"renda_por_pessoa": "1234.56"})

    respostas = conteudos(pedido, pedido.atendente)["requerimento-servico"]["respostas"]

    assert "R$ 1.234,56" in [r.get("texto") for r in respostas]
