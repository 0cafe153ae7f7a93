"""The first account of a town: asked for by anybody, confirmed by e-mail, decided by the region."""

from __future__ import annotations

import re
from datetime import timedelta

import pikepdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Arquivo
from act_portal.auditoria.models import Acesso, Evento
from act_portal.contas.models import Usuario, Vinculo
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.models import Saida
from act_portal.telas.formatos import cnpj as com_mascara
from adesao.acesso import chaves, servicos, views
from adesao.models import Solicitacao
from adesao.regras import DonoDoCnpj, alheio, problema_do_cnpj, problema_do_dono
from adesao.situacoes import SituacaoSolicitacao
from tests.act_portal.arquivos_fabricados import pdf, pdf_em_bytes
from tests.adesao.fabricas import CNPJ_DA_PREFEITURA, SolicitacaoFabrica
from tests.corridas import correr
from tests.fabricas import EntidadeFabrica, MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db

PEDIR, CONFIRMAR = "/adesao/acesso/", "/adesao/acesso/confirmar/"


@pytest.fixture
def municipio():
    return MunicipioFabrica(nome="Serra do Ipê", uf="MG")


@pytest.fixture
def analista(municipio) -> Usuario:
    return com_papel("analista_inss", municipio.unidade)


def pedido(**campos) -> dict:
    return {
        "municipio": "Serra do Ipê/MG",
        "cnpj": com_mascara(CNPJ_DA_PREFEITURA),
        "dono": "prefeitura",
        "nome": "Servidora Fictícia",
        "cpf": "111.444.777-35",
        "cargo": "Secretária",
        "email": "Servidora@exemplo.invalid",
        "telefone": "(31) 3333-0000",
        **campos,
    }


def prova(conteudo: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("portaria.pdf", pdf_em_bytes(pdf()) if conteudo is None else conteudo)


def com_senha() -> bytes:
    return pdf_em_bytes(pdf(), encryption=pikepdf.Encryption(user="abre", owner="dono"))


def link_do_email() -> str:
    return re.search(r"http://localhost:\d+(/adesao/acesso/confirmar/\S+)", str(mail.outbox[-1].body))[1]


# --- The whole path -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("municipio", "fila_na_hora")
def test_do_pedido_publico_a_conta_de_gestor(client, analista, municipio, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(PEDIR, pedido())["Location"] == f"{PEDIR}?enviado=1"
    assert mail.outbox[0].to == ["servidora@exemplo.invalid"]
    link = link_do_email()

    pagina = client.get(link, follow=True)
    assert "Servidora Fictícia" in pagina.content.decode()
    assert "chave" not in pagina.redirect_chain[0][0]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(CONFIRMAR, {"prova": prova()})["Location"] == f"{CONFIRMAR}?feito=1"

    outro = Client()
    outro.force_login(analista)
    solicitacao = Solicitacao.objects.get()
    assert "Servidora Fictícia" in outro.get("/adesao/acessos/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        outro.post(f"/adesao/acessos/{solicitacao.codigo}/aprovar/")

    vinculo = Vinculo.objects.get(papel="gestor")
    assert (vinculo.municipio, vinculo.usuario.email) == (municipio, "servidora@exemplo.invalid")
    assert "Para criar a sua senha" in str(mail.outbox[-1].body)
    solicitacao.refresh_from_db()
    assert (solicitacao.vinculo, solicitacao.decisor_nome, solicitacao.decisor_matricula) == (
        vinculo, analista.nome, analista.matricula,
    )  # fmt: skip


# --- Asking -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("campos", "campo", "frase"),
    [
        ({"municipio": "Lugar Nenhum"}, "municipio", "Não achamos este nome de município"),
        ({"cnpj": "99.000.101/0001-21"}, "cnpj", "não conferem"),
        ({"cnpj": "99.000.101/0002-00"}, "cnpj", "é de uma filial"),
        ({"dono": "camara"}, "cnpj", "o CNPJ da Câmara não serve"),
        ({"dono": "fundo"}, "cnpj", "o CNPJ de um fundo ou instituto não serve"),
        ({"cpf": "111.111.111-11"}, "cpf", "não conferem"),
        ({"email": "sem-arroba"}, "email", "Confira o e-mail"),
        ({"telefone": "123"}, "telefone", "DDD"),
    ],
)
def test_cada_erro_do_pedido_diz_o_que_fazer_e_guarda_o_digitado(client, municipio, campos, campo, frase):
    resposta = client.post(PEDIR, pedido(**campos))

    assert resposta.status_code == 422
    assert any(frase in erro for erro in resposta.context["form"].errors[campo])
    assert "Servidora Fictícia" in resposta.content.decode()
    assert not Solicitacao.objects.exists()


def test_cnpj_com_letras_tambem_serve(client, municipio):
    assert client.post(PEDIR, pedido(cnpj="12.ABC.345/0001-88")).status_code == 302


def test_cnpj_de_outra_prefeitura_e_dito(client, municipio):
    EntidadeFabrica(cnpj=CNPJ_DA_PREFEITURA)

    resposta = client.post(PEDIR, pedido())

    assert resposta.status_code == 422
    assert "prefeitura de outro município" in resposta.content.decode()


def test_a_resposta_e_a_mesma_para_e_mail_com_e_sem_conta(client, municipio):
    com_papel("gestor", municipio, email="servidora@exemplo.invalid")

    com_conta = client.post(PEDIR, pedido())
    sem_conta = client.post(PEDIR, pedido(email="outra@exemplo.invalid"))

    assert (com_conta.status_code, com_conta["Location"]) == (sem_conta.status_code, sem_conta["Location"])
    assert Saida.objects.filter(tipo=servicos.CONFIRMAR).count() == 2


def test_a_saida_e_a_trilha_nao_levam_o_que_foi_digitado(client, municipio):
    client.post(PEDIR, pedido())

    assert not Evento.objects.filter(corrente=municipio.pk).exists()
    for saida in Saida.objects.all():
        assert "servidora" not in f"{saida.chave} {saida.carga}".lower()


@pytest.mark.parametrize(
    ("limite", "muda"),
    [
        ("POR_ENDERECO", {"email": "b@exemplo.invalid", "municipio": "Outra Serra/MG"}),
        ("POR_EMAIL", {"municipio": "Outra Serra/MG"}),
        ("POR_MUNICIPIO", {"email": "b@exemplo.invalid"}),
    ],
)
def test_cada_limite_fecha_sozinho(client, municipio, monkeypatch, limite, muda):
    MunicipioFabrica(nome="Outra Serra", uf="MG")
    for nome in ("POR_ENDERECO", "POR_EMAIL", "POR_MUNICIPIO"):
        monkeypatch.setattr(views, nome, 1 if nome == limite else 100)
    assert client.post(PEDIR, pedido()).status_code == 302

    resposta = client.post(PEDIR, pedido(**muda))

    assert resposta.status_code == 429
    assert int(resposta["Retry-After"]) > 0


def test_municipio_sem_unidade_chega_a_superintendencia_do_estado(client):
    sr = UnidadeFabrica(tipo="sr")
    MunicipioFabrica(uf="MT", unidade=sr)
    novo = MunicipioFabrica(nome="Boa Esperança do Norte", uf="MT", unidade=None)

    client.post(PEDIR, pedido(municipio="Boa Esperança do Norte"))

    solicitacao = Solicitacao.objects.get()
    assert (solicitacao.municipio, solicitacao.unidade) == (novo, sr)
    servicos.confirmar(solicitacao, prova())
    da_sr = com_papel("analista_inss", sr)
    assert list(Solicitacao.objects.visiveis_para(da_sr)) == [solicitacao]
    assert servicos.aprovar(solicitacao.pk, autor=da_sr).vinculo.municipio == novo


def test_portal_sem_unidade_diz_a_quem_ligar(client):
    MunicipioFabrica(nome="Serra do Ipê", uf="MG", unidade=None)

    assert "Ligue 135" in client.post(PEDIR, pedido()).content.decode()


def test_o_que_ninguem_confirmou_se_apaga():
    velha = SolicitacaoFabrica(a_confirmar=True, criada_em=now() - timedelta(days=8))
    nova, pendente = SolicitacaoFabrica(a_confirmar=True), SolicitacaoFabrica(criada_em=now() - timedelta(days=90))

    assert servicos.apagar_nao_confirmadas() == 1

    assert set(Solicitacao.objects.all()) == {nova, pendente}
    assert not Solicitacao.objects.filter(pk=velha.pk).exists()


# --- The link -----------------------------------------------------------------------------------------------------


def test_o_link_vale_uma_vez_so():
    solicitacao = SolicitacaoFabrica(a_confirmar=True)
    chave = chaves.nova(solicitacao)
    assert chaves.conferir(chave) == solicitacao

    servicos.confirmar(solicitacao, prova())

    assert chaves.conferir(chave) is None


def test_o_link_forjado_de_outro_ou_vencido_nao_abre(monkeypatch):
    uma, outra = SolicitacaoFabrica(a_confirmar=True), SolicitacaoFabrica(a_confirmar=True)
    chave = chaves.nova(uma)
    assert chaves.conferir(chave[:-1] + ("a" if chave[-1] != "a" else "b")) is None
    Solicitacao.objects.filter(pk=uma.pk).update(email="trocado@exemplo.invalid")
    assert chaves.conferir(chave) is None

    monkeypatch.setattr(chaves, "VALIDADE", timedelta(seconds=-1))

    assert chaves.conferir(chaves.nova(outra)) is None


def test_olhar_o_link_nao_o_gasta(client):
    solicitacao = SolicitacaoFabrica(a_confirmar=True)
    link = f"{CONFIRMAR}?chave={chaves.nova(solicitacao)}"

    for _ in range(3):
        assert client.head(link).status_code == 302
        assert client.get(link, follow=True).status_code == 200

    solicitacao.refresh_from_db()
    assert solicitacao.estado == SituacaoSolicitacao.A_CONFIRMAR


@pytest.mark.parametrize(("conteudo", "frase"), [(b"", "vazio"), (b"MZ programa", "não é PDF"), (None, "pede senha")])
def test_prova_que_nao_abre_e_dita_e_o_link_continua_valendo(client, conteudo, frase):
    solicitacao = SolicitacaoFabrica(a_confirmar=True)
    client.get(f"{CONFIRMAR}?chave={chaves.nova(solicitacao)}")

    resposta = client.post(CONFIRMAR, {"prova": prova(com_senha() if conteudo is None else conteudo)})

    assert resposta.status_code == 422
    assert any(frase in erro for erro in resposta.context["form"].errors["prova"])
    assert not Arquivo.objects.exists()
    assert client.post(CONFIRMAR, {"prova": prova()}).status_code == 302


def test_sem_prova_nao_ha_confirmacao(client):
    client.get(f"{CONFIRMAR}?chave={chaves.nova(SolicitacaoFabrica(a_confirmar=True))}")

    assert "Escolha um arquivo" in client.post(CONFIRMAR, {}).content.decode()


def test_dois_cliques_ao_mesmo_tempo_confirmam_uma_vez():
    solicitacao = SolicitacaoFabrica(a_confirmar=True)
    servicos.confirmar(solicitacao, prova())

    with pytest.raises(TransicaoInvalida, match="já foi usado"):
        servicos.confirmar(solicitacao, prova())


# --- Deciding -----------------------------------------------------------------------------------------------------


def test_recusa_leva_o_motivo_por_e_mail(client, analista, municipio, fila_na_hora, django_capture_on_commit_callbacks):
    solicitacao = SolicitacaoFabrica(municipio=municipio)
    client.force_login(analista)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/adesao/acessos/{solicitacao.codigo}/recusar/", {"motivo": "A portaria é de 2019."})

    solicitacao.refresh_from_db()
    assert (solicitacao.estado, solicitacao.motivo) == (SituacaoSolicitacao.RECUSADA, "A portaria é de 2019.")
    assert "A portaria é de 2019." in str(mail.outbox[-1].body)
    assert not Vinculo.objects.filter(papel="gestor").exists()


def test_recusa_sem_motivo_nao_vale(analista, municipio):
    with pytest.raises(ErroDeDominio, match="Escreva o motivo"):
        servicos.recusar(SolicitacaoFabrica(municipio=municipio).pk, motivo="  ", autor=analista)


def test_quem_ja_atuou_pelo_municipio_nao_decide(analista, municipio):
    solicitacao = SolicitacaoFabrica(municipio=municipio)
    antigo = Vinculo.objects.create(usuario=analista, papel="atendente", municipio=municipio, encerrado_em=now())

    with pytest.raises(ErroDeDominio, match="já atuou por este município"):
        servicos.aprovar(solicitacao.pk, autor=analista)

    # An invitation that nobody took up keeps nobody away.
    antigo.por_aceitar = True
    antigo.save(update_fields=["por_aceitar"])
    assert servicos.aprovar(solicitacao.pk, autor=analista).vinculo


@pytest.mark.parametrize("igual", ["email", "cpf"])
def test_ninguem_aprova_o_proprio_pedido(analista, municipio, igual):
    solicitacao = SolicitacaoFabrica(municipio=municipio, **{igual: getattr(analista, igual)})

    with pytest.raises(ErroDeDominio, match="Este pedido é seu"):
        servicos.aprovar(solicitacao.pk, autor=analista)


def test_sem_cargo_e_matricula_nao_se_decide(client, municipio):
    sem_cargo = com_papel("analista_inss", municipio.unidade, cargo="")
    solicitacao = SolicitacaoFabrica(municipio=municipio)
    client.force_login(sem_cargo)

    resposta = client.post(f"/adesao/acessos/{solicitacao.codigo}/aprovar/")

    assert resposta.status_code == 422
    assert "preencha seu cargo e sua matrícula" in resposta.content.decode()
    assert not Vinculo.objects.filter(papel="gestor").exists()


@pytest.mark.django_db(transaction=True)
def test_de_dois_que_decidem_juntos_so_um_decide():
    solicitacao = SolicitacaoFabrica()
    analistas = [com_papel("analista_inss", solicitacao.unidade) for _ in range(2)]

    def decidir(autor: Usuario):
        return servicos.aprovar(solicitacao.pk, autor=autor)

    fins = correr(decidir, analistas)

    assert sorted(type(fim).__name__ for fim in fins) == ["Solicitacao", "TransicaoInvalida"]
    assert Vinculo.objects.filter(papel="gestor").count() == 1


def test_abrir_o_pedido_deixa_registro_de_acesso(client, analista, municipio):
    client.force_login(analista)

    client.get(f"/adesao/acessos/{SolicitacaoFabrica(municipio=municipio).codigo}/")

    assert Acesso.objects.filter(usuario=analista, acao="abriu o pedido de acesso", municipio=municipio).count() == 1


def test_pedido_nao_confirmado_nao_aparece_a_ninguem(client, analista, municipio):
    solicitacao = SolicitacaoFabrica(municipio=municipio, a_confirmar=True)
    client.force_login(analista)

    assert client.get(f"/adesao/acessos/{solicitacao.codigo}/").status_code == 404
    assert solicitacao.nome not in client.get("/adesao/acessos/").content.decode()


# --- The rules ----------------------------------------------------------------------------------------------------


def test_a_matriz_e_a_filial_se_conhecem_pelo_0001():
    assert problema_do_cnpj("99000101000120") == ""
    assert "filial" in problema_do_cnpj("99000101000201")


def test_so_o_cnpj_da_prefeitura_serve():
    assert problema_do_dono(DonoDoCnpj.PREFEITURA) == ""
    assert all(problema_do_dono(dono) for dono in DonoDoCnpj if dono != DonoDoCnpj.PREFEITURA)


@pytest.mark.parametrize(
    ("nome", "esperado"),
    [
        ("municipio de serra do ipe", ""),
        ("prefeitura municipal de campo do funda", ""),
        ("camara municipal de serra do ipe", "da Câmara"),
        ("fundo municipal de saude", "de um fundo"),
        ("instituto de previdencia dos servidores", "do instituto de previdência"),
    ],
)
def test_o_nome_na_certidao_conta_de_quem_ela_e(nome, esperado):
    assert alheio(nome) == esperado


def test_arquivo_recusado_e_erro_de_dominio():
    assert issubclass(ArquivoRecusado, ErroDeDominio)
