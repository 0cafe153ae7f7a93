"""The conversation at the desk: kept per visit, carried into the request, shown to nobody else."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from act_portal.auditoria.models import Acesso, Evento
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import executar
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Feriado
from act_portal.territorio.regras import Calendario, prazo_recurso
from requerimentos.demanda.servicos import abrir
from requerimentos.demanda.triagem import roteiro, servicos
from requerimentos.demanda.triagem.consultas import andamento
from requerimentos.demanda.triagem.forms import em_palavras
from requerimentos.models import Atendimento, Pessoa, Triagem
from requerimentos.situacoes import SituacaoAtendimento
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db
DO_BPC = [
    ("assunto", {"resposta": "idade"}),
    ("onde", {"resposta": "nunca"}),
    ("renda", {"pessoas": "3", "total": "1.000,00"}),
    ("cadunico", {"resposta": "2026-01-10"}),
    ("biometria", {"resposta": "nao"}),
    ("antes", {"resposta": "nunca"}),
]


@pytest.fixture
def atendimento() -> Atendimento:
    achado: Atendimento = AtendimentoFabrica(pessoa__sexo=Pessoa.Sexo.FEMININO)
    achado.pessoa.nascimento = hoje_em(achado.municipio) - timedelta(days=70 * 366)
    achado.pessoa.save(update_fields=["nascimento"])
    return achado


@pytest.fixture
def cliente(client, atendimento):
    client.force_login(atendimento.atendente)
    return client


def endereco(atendimento: Atendimento, nome: str = "conversa", **partes: str) -> str:
    return reverse(f"requerimentos:{nome}", kwargs={"codigo": atendimento.codigo, **partes})


def responder(cliente, atendimento, pergunta: str, dados: dict, versao: int = 0):
    return cliente.post(endereco(atendimento, "conversa-pergunta", pergunta=pergunta), {"versao": versao, **dados})


def conversar(cliente, atendimento, respostas=DO_BPC) -> None:
    for pergunta, dados in respostas:
        onde = cliente.get(endereco(atendimento))
        assert onde.url == endereco(atendimento, "conversa-pergunta", pergunta=pergunta)
        assert cliente.get(onde.url).status_code == 200
        assert responder(cliente, atendimento, pergunta, dados).status_code == 302


def test_uma_pergunta_por_vez_ate_o_resultado(cliente, atendimento):
    conversar(cliente, atendimento)

    assert cliente.get(endereco(atendimento)).url == endereco(atendimento, "conversa-resultado")
    pagina = cliente.get(endereco(atendimento, "conversa-resultado")).content.decode()

    assert "Benefício Assistencial à Pessoa Idosa (BPC)" in pagina
    assert "Combina com as respostas" in pagina
    assert "Posto de identificação (CIN)" in pagina
    assert "Quem decide é o INSS" in pagina
    assert "art. 20" in pagina and "conferir norma vigente" not in pagina.lower()
    assert "R$ 333,34 por pessoa" in pagina.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("pergunta", "antes", "dita", "frase"),
    [
        ("soube_em", {"assunto": "ja_pediu", "pedido": "negado"}, "1950-01-01", "este dia é anterior"),
        ("tempo", {"assunto": "idade", "onde": "cidade"}, "99 anos", "não pode ter mais tempo do que isso"),
    ],
)
def test_o_que_nao_pode_ser_desta_pessoa_nao_e_aceito(cliente, atendimento, pergunta, antes, dita, frase):
    conversar(cliente, atendimento, [(id, {"resposta": resposta}) for id, resposta in antes.items()])

    resposta = responder(cliente, atendimento, pergunta, {"resposta": dita})

    assert resposta.status_code == 422
    assert frase in resposta.text


def test_dinheiro_negativo_se_diz_em_palavras_e_o_centavo_que_sobra_se_explica(cliente, atendimento):
    conversar(cliente, atendimento, DO_BPC[:2])

    resposta = responder(cliente, atendimento, "renda", {"pessoas": "3", "total": "-50"})

    assert "Escreva o valor sem sinal de menos." in resposta.text
    assert em_palavras(roteiro.carregar().pergunta("renda"), {"pessoas": 3, "total": "1621.00"}).endswith(
        "540,34 por pessoa (o centavo que sobra conta inteiro)"
    )


def test_o_pedido_comeca_com_o_que_foi_dito_e_sem_declaracao(cliente, atendimento):
    conversar(cliente, atendimento)

    cliente.post(endereco(atendimento, "abrir", servico_codigo="bpc-idoso"), {"codigo": str(uuid.uuid4())})

    [pedido] = atendimento.requerimentos.all()
    assert pedido.respostas == {"biometria": False, "cadunico_em": "2026-01-10", "renda_por_pessoa": "333.34"}


def test_outro_atendente_continua_de_onde_parou(cliente, atendimento, client):
    conversar(cliente, atendimento, DO_BPC[:3])
    colega = com_papel("atendente", atendimento.municipio)
    client.force_login(colega)

    seguinte = client.get(endereco(atendimento))
    assert seguinte.url == endereco(atendimento, "conversa-pergunta", pergunta="cadunico")
    assert "Nunca trabalhou fora de casa nem contribuiu" in client.get(seguinte.url).content.decode()


def test_voltar_mostra_a_resposta_e_mudar_nao_perde_as_outras(cliente, atendimento):
    conversar(cliente, atendimento)

    pagina = cliente.get(endereco(atendimento, "conversa-pergunta", pergunta="renda")).content.decode()
    assert 'value="3"' in pagina and 'value="1000,00"' in pagina
    assert endereco(atendimento, "conversa-pergunta", pergunta="onde") in pagina

    responder(cliente, atendimento, "assunto", {"resposta": "defeso"})
    assert (
        "Ministério do Trabalho e Emprego" in cliente.get(endereco(atendimento, "conversa-resultado")).content.decode()
    )
    responder(cliente, atendimento, "assunto", {"resposta": "idade"})
    assert cliente.get(endereco(atendimento)).url == endereco(atendimento, "conversa-resultado")


@pytest.mark.parametrize(
    ("pergunta", "dados", "frase"),
    [
        ("assunto", {}, "Escolha uma resposta"),
        ("assunto", {"resposta": "lua"}, "Escolha uma resposta"),
        ("renda", {"pessoas": "0", "total": "10"}, "campo__erro"),
        ("renda", {"pessoas": "muitas", "total": "x"}, "campo__erro"),
        ("cadunico", {"resposta": "31/02/2026"}, "campo__erro"),
        ("cadunico", {"resposta": "2100-01-01"}, "ainda não chegou"),
        ("tempo", {"resposta": "faz tempo"}, "anos, meses e dias"),
    ],
)
def test_resposta_ruim_recebe_uma_frase_e_nada_se_guarda(cliente, atendimento, pergunta, dados, frase):
    resposta = responder(cliente, atendimento, pergunta, dados)

    assert resposta.status_code == 422
    assert frase in resposta.content.decode()
    assert not Triagem.objects.exists()


@pytest.mark.parametrize("pergunta", ["cadunico", "renda", "tempo"])
def test_nao_sabe_vale_mesmo_com_o_campo_pela_metade(cliente, atendimento, pergunta):
    responder(cliente, atendimento, pergunta, {"resposta": "xx", "pessoas": "x", "opcao": "nao_sei"})

    assert Triagem.objects.get().respostas == {pergunta: "nao_sei"}


def test_pergunta_que_nao_existe_e_404_e_fora_do_caminho_leva_a_certa(cliente, atendimento):
    assert cliente.get(endereco(atendimento, "conversa-pergunta", pergunta="lua")).status_code == 404
    fora = cliente.get(endereco(atendimento, "conversa-pergunta", pergunta="regime"))
    assert fora.url == endereco(atendimento, "conversa-pergunta", pergunta="assunto")


def test_a_conversa_e_so_desta_visita(cliente, atendimento):
    conversar(cliente, atendimento)
    outra = AtendimentoFabrica(balcao=atendimento.balcao, pessoa=AtendimentoFabrica(balcao=atendimento.balcao).pessoa,
                               situacao=SituacaoAtendimento.AUSENTE)  # fmt: skip

    assert andamento(outra).conversa.dadas == {}
    pagina = cliente.get(endereco(outra, "conversa-resultado")).content.decode()
    assert "333,34" not in pagina and atendimento.pessoa.nome not in pagina


def test_o_que_um_pedido_anterior_disse_nao_se_pergunta_de_novo(atendimento):
    RequerimentoFabrica(
        atendimento__pessoa=atendimento.pessoa,
        atendimento__balcao=atendimento.balcao,
        atendimento__situacao=SituacaoAtendimento.AUSENTE,
        servico_codigo="ctc",
        respostas={"cadunico_em": "2026-02-01", "biometria": True, "obito": True},
    )

    atual = andamento(atendimento)

    assert atual.base.cadunico_em == date(2026, 2, 1)
    assert atual.base.sabe("biometria") is True and atual.base.sabe("obito") is None
    assert atual.sabidas == {"cadunico": "01/02/2026", "biometria": "Sim"}


def test_o_mesmo_outra_vez_e_uma_resposta_so_e_a_trilha_nao_conta_o_que_foi_dito(atendimento):
    quem = atendimento.atendente
    for _ in range(2):
        servicos.responder(atendimento.pk, "assunto", "doenca", autor=quem, versao=0)

    [evento] = Evento.objects.filter(acao="triagem.respondida")
    assert evento.dados == {"pergunta": "assunto"}
    assert Triagem.objects.get().versao == 1


def test_quem_chega_depois_ve_a_resposta_do_outro_antes_de_mudar(cliente, atendimento):
    colega = com_papel("atendente", atendimento.municipio)
    servicos.responder(atendimento.pk, "assunto", "doenca", autor=colega, versao=0)

    resposta = responder(cliente, atendimento, "assunto", {"resposta": "idade"})
    pagina = resposta.content.decode()
    assert resposta.status_code == 422
    assert "Outra pessoa respondeu antes" in pagina and "Doença ou acidente" in pagina
    assert Triagem.objects.get().respostas == {"assunto": "doenca"}

    assert responder(cliente, atendimento, "assunto", {"resposta": "idade"}, versao=1).status_code == 302
    with pytest.raises(OutroChegouAntes):
        servicos.responder(atendimento.pk, "assunto", "preso", autor=colega, versao=1)


def test_visita_terminada_guarda_a_conversa_como_esta(cliente, atendimento):
    conversar(cliente, atendimento, DO_BPC[:2])
    Atendimento.objects.filter(pk=atendimento.pk).update(situacao=SituacaoAtendimento.AGUARDANDO)

    assert responder(cliente, atendimento, "assunto", {"resposta": "preso"}).status_code == 302
    with pytest.raises(ErroDeDominio):
        servicos.responder(atendimento.pk, "assunto", "preso", autor=atendimento.atendente, versao=9)
    assert Triagem.objects.get().respostas["assunto"] == "idade"
    pagina = cliente.get(endereco(atendimento, "conversa-resultado")).content.decode()
    assert "A conversa não chegou ao fim" in pagina and "Abrir este pedido" not in pagina


def test_quem_olha_fica_anotado(cliente, atendimento):
    cliente.get(endereco(atendimento))

    assert Acesso.objects.filter(acao="abriu a conversa", titular_id=atendimento.pessoa_id).count() == 1


def test_pedido_sem_conversa_comeca_em_branco(atendimento):
    pedido = abrir(atendimento.pk, "bpc-idoso", autor=atendimento.atendente, codigo=uuid.uuid4())

    assert pedido.respostas == {}


def test_a_conversa_de_uma_visita_custa_poucas_consultas(atendimento, django_assert_num_queries):
    servicos.responder(atendimento.pk, "assunto", "idade", autor=atendimento.atendente, versao=0)
    achado = Atendimento.objects.select_related("pessoa", "municipio").get(pk=atendimento.pk)

    with django_assert_num_queries(4):
        andamento(achado).indicar()


def test_feriado_do_municipio_entra_no_prazo_da_conversa(atendimento):
    hoje = hoje_em(atendimento.municipio)
    soube = hoje - timedelta(days=1)
    fim = prazo_recurso(soube, calendario=Calendario(), conhecida_em=soube).fim
    Feriado.objects.create(municipio=atendimento.municipio, data=fim, nome="Padroeira")
    for n, (id, dita) in enumerate({"assunto": "ja_pediu", "pedido": "negado", "soube_em": soube.isoformat()}.items()):
        servicos.responder(atendimento.pk, id, dita, autor=atendimento.atendente, versao=n)

    assert andamento(atendimento).conversa.ditas["prazo_rec"].quando > fim


def concluida(atendimento: Atendimento) -> Atendimento:
    quem = atendimento.atendente
    servicos.responder(atendimento.pk, "assunto", "defeso", autor=quem, versao=0)
    servicos.concluir(atendimento.pk, autor=quem)
    return Atendimento.objects.get(pk=atendimento.pk)


def test_o_seguro_defeso_termina_como_orientacao_com_folha(cliente, atendimento):
    responder(cliente, atendimento, "assunto", {"resposta": "defeso"})

    cliente.post(endereco(atendimento, "conversa-concluir"))

    atendimento.refresh_from_db()
    assert (atendimento.situacao, atendimento.desfecho) == ("concluido", "orientacao")
    assert "Carteira de Trabalho Digital" in atendimento.orientacao
    folha = Triagem.objects.get().folha
    assert folha and [c["lugar"] for c in folha.dados["caminhos"]] == ["orientar"]
    assert atendimento.pessoa.cpf not in str(folha.dados)
    pagina = cliente.get(endereco(atendimento, "conversa-resultado")).content.decode()
    assert "A folha está sendo feita" in pagina and "Concluir só com orientação" not in pagina


def test_a_folha_pronta_se_imprime_e_quem_imprime_fica_anotado(cliente, atendimento):
    trabalho = Saida.objects.filter(tipo="emissao.renderizar")
    concluida(atendimento)
    executar(trabalho.get().pk)

    resposta = cliente.get(endereco(atendimento, "conversa-folha"))

    assert b"".join(resposta.streaming_content if resposta.streaming else [resposta.content]).startswith(b"%PDF")
    assert Acesso.objects.filter(acao="imprimiu a folha de orientação").exists()


def test_a_mesma_conversa_e_uma_folha_so_e_a_que_mudou_substitui(atendimento):
    quem = atendimento.atendente
    servicos.responder(atendimento.pk, "assunto", "defeso", autor=quem, versao=0)
    primeira = servicos.guardar_folha(atendimento.pk, autor=quem)
    assert servicos.guardar_folha(atendimento.pk, autor=quem) == primeira

    servicos.responder(atendimento.pk, "assunto", "documento", autor=quem, versao=1)
    servicos.responder(atendimento.pk, "documento", "extrato", autor=quem, versao=2)
    segunda = servicos.guardar_folha(atendimento.pk, autor=quem)

    primeira.refresh_from_db()
    assert (primeira.situacao, primeira.substituido_por) == ("substituido", segunda)
    assert Evento.objects.filter(acao="triagem.folha").count() == 2


def test_conversa_pela_metade_nao_termina_a_visita(atendimento):
    servicos.responder(atendimento.pk, "assunto", "idade", autor=atendimento.atendente, versao=0)

    with pytest.raises(ErroDeDominio, match="ainda não terminou"):
        servicos.concluir(atendimento.pk, autor=atendimento.atendente)
    atendimento.refresh_from_db()
    assert atendimento.situacao == SituacaoAtendimento.EM_ATENDIMENTO


def test_sem_folha_nao_ha_o_que_imprimir(cliente, atendimento):
    assert cliente.get(endereco(atendimento, "conversa-folha")).status_code == 404
