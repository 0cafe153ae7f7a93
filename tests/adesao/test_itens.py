"""Files, fields and answers of one item."""

from __future__ import annotations

from datetime import timedelta

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils.timezone import localdate

from act_portal.arquivos import deposito
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Arquivo
from act_portal.auditoria.models import Acesso
from act_portal.erros import ErroDeDominio
from adesao.models import Item, Peca, Processo
from adesao.pedido.servicos import itens as servicos
from adesao.publico.autoavaliacao import guardar
from adesao.situacoes import Situacao, SituacaoItem
from tests.act_portal.arquivos_fabricados import em_bytes, enviado, foto, pdf, pdf_em_bytes
from tests.adesao.fabricas import PecaFabrica, ProcessoFabrica, completar_item
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def processo() -> Processo:
    return ProcessoFabrica()


@pytest.fixture
def gestor(processo):
    return processo.criado_por


def item_de(processo: Processo, codigo: str) -> Item:
    return processo.itens.get(codigo=codigo)


def endereco(processo: Processo, codigo: str, final: str = "") -> str:
    return f"/adesao/{processo.codigo}/itens/{codigo}/{final}"


# --- Files --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fila_na_hora")
def test_documento_enviado_deixa_o_item_pronto(client, processo, gestor, django_capture_on_commit_callbacks):
    client.force_login(gestor)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(endereco(processo, "lei-criacao", "juntar/"), {"arquivos": [enviado(pdf_em_bytes(pdf()))]})

    assert item_de(processo, "lei-criacao").estado == SituacaoItem.PRONTO
    pagina = client.get(endereco(processo, "lei-criacao")).content.decode()
    assert "documento.pdf" in pagina
    assert "Este item está completo" in pagina


def test_arquivo_com_senha_e_recusado_com_o_que_fazer(client, processo, gestor):
    client.force_login(gestor)
    trancado = pdf_em_bytes(pdf(), encryption=pikepdf.Encryption(user="abre", owner="dono"))

    pagina = client.post(endereco(processo, "lei-criacao", "juntar/"), {"arquivos": [enviado(trancado)]}, follow=True)

    assert "senha" in pagina.content.decode()
    assert not Peca.objects.exists()


@pytest.mark.usefixtures("fila_na_hora")
def test_foto_de_um_documento_entra_com_aviso(client, processo, gestor, django_capture_on_commit_callbacks):
    client.force_login(gestor)
    imagem = enviado(em_bytes(foto()), "lei.jpg")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(endereco(processo, "lei-criacao", "juntar/"), {"arquivos": [imagem]})

    assert Peca.objects.get().arquivo.situacao == Arquivo.Situacao.PRONTO


def test_arquivo_que_nao_e_documento_e_recusado(processo, gestor):
    with pytest.raises(ArquivoRecusado):
        servicos.juntar(item_de(processo, "lei-criacao").pk, enviado(b"MZ virus", "lei.exe"), autor=gestor)


def test_item_com_arquivo_recusado_nao_fica_pronto(processo):
    item = item_de(processo, "lei-criacao")
    peca = PecaFabrica(item=item)
    Arquivo.objects.filter(pk=peca.arquivo_id).update(situacao=Arquivo.Situacao.RECUSADO, motivo="Não abriu.")

    servicos.reavaliar(processo)

    item.refresh_from_db()
    assert item.estado == SituacaoItem.FALTA


def test_tirar_e_trazer_de_volta_nao_apaga_nada(processo, gestor):
    item = item_de(processo, "lei-criacao")
    peca = PecaFabrica(item=item)
    servicos.reavaliar(processo)

    servicos.tirar(peca.pk, autor=gestor)
    item.refresh_from_db()
    assert item.estado == SituacaoItem.FALTA

    servicos.devolver(peca.pk, autor=gestor)
    item.refresh_from_db()
    assert item.estado == SituacaoItem.PRONTO
    assert Peca.objects.count() == 1


def test_o_mesmo_envio_duas_vezes_e_um_documento_so(processo, gestor):
    item = item_de(processo, "lei-criacao")
    peca = servicos.juntar(item.pk, enviado(pdf_em_bytes(pdf())), autor=gestor)

    assert servicos.juntar(item.pk, enviado(pdf_em_bytes(pdf())), autor=gestor, codigo=peca.codigo) == peca
    assert Arquivo.objects.count() == 1


@pytest.mark.parametrize("situacao", [s for s in Situacao if s not in {Situacao.RASCUNHO, Situacao.DEVOLVIDO}])
def test_fora_da_vez_do_municipio_nada_entra(client, situacao):
    processo = ProcessoFabrica(situacao=situacao)
    client.force_login(processo.criado_por)

    pagina = client.post(
        endereco(processo, "lei-criacao", "juntar/"), {"arquivos": [enviado(pdf_em_bytes(pdf()))]}, follow=True
    )

    assert "não muda mais por aqui" in pagina.content.decode()
    assert not Arquivo.objects.exists()


def test_na_devolucao_so_entra_o_que_foi_devolvido(processo, gestor):
    Processo.objects.filter(pk=processo.pk).update(
        situacao=Situacao.DEVOLVIDO, rodada=F("rodada") + 1, enviado_em="2026-11-01T12:00Z"
    )
    processo.itens.filter(codigo="lei-criacao").update(situacao=SituacaoItem.DEVOLVIDO, motivo="Ilegível.", rodada=1)

    servicos.juntar(item_de(processo, "lei-criacao").pk, enviado(pdf_em_bytes(pdf())), autor=gestor)
    with pytest.raises(ErroDeDominio, match="não muda agora"):
        servicos.juntar(item_de(processo, "documento-representante").pk, enviado(pdf_em_bytes(pdf())), autor=gestor)


def test_quem_abre_um_documento_fica_anotado(client, processo):
    Processo.objects.filter(pk=processo.pk).update(situacao=Situacao.ENVIADO, enviado_em="2026-11-01T12:00Z")
    peca = PecaFabrica(item=item_de(processo, "lei-criacao"))
    client.force_login(com_papel("analista_inss", processo.unidade))

    assert client.get(f"/adesao/pecas/{peca.codigo}/arquivo/").status_code == 200
    assert Acesso.objects.filter(acao="abriu um documento da adesão", alvo_id=str(peca.pk)).exists()


# --- Fields of a certificate --------------------------------------------------------------------------------------


def certidao(**campos) -> dict:
    hoje = localdate()
    return {
        "especie": "cnd",
        "numero": "A1B2",
        "emitido_em": f"{hoje - timedelta(days=10):%d/%m/%Y}",
        "valido_ate": f"{hoje + timedelta(days=100):%d/%m/%Y}",
        "titular_cnpj": "99000101000120",
        "titular_nome": "Município de Serra do Ipê",
        **campos,
    }


def test_certidao_boa_e_guardada(client, processo, gestor):
    client.force_login(gestor)

    assert client.post(endereco(processo, "regularidade-federal"), certidao()).status_code == 302
    assert item_de(processo, "regularidade-federal").especie == "cnd"


def test_certidao_que_nao_serve_fica_guardada_e_dita(client, processo, gestor):
    client.force_login(gestor)
    PecaFabrica(item=item_de(processo, "regularidade-federal"))

    resposta = client.post(endereco(processo, "regularidade-federal"), certidao(especie="cpd"))

    assert resposta.status_code == 422
    assert "não serve. Regularize ou parcele" in resposta.content.decode()
    item = item_de(processo, "regularidade-federal")
    assert (item.especie, item.estado) == ("cpd", SituacaoItem.FALTA)


def test_data_que_nao_existe_e_dita_e_o_resto_fica_na_tela(client, processo, gestor):
    client.force_login(gestor)

    resposta = client.post(endereco(processo, "regularidade-federal"), certidao(valido_ate="31/02/2027"))

    assert resposta.status_code == 422
    assert 'value="A1B2"' in resposta.content.decode()


def test_certidao_perto_do_fim_avisa_na_lista(client, processo, gestor):
    item = item_de(processo, "regularidade-federal")
    completar_item(item, valido_ate=localdate() + timedelta(days=5))
    client.force_login(gestor)

    assert "Vence em 5 dias" in client.get(f"/adesao/{processo.codigo}/").content.decode()


# --- Scope --------------------------------------------------------------------------------------------------------


def test_miniatura_de_outra_cidade_nao_existe(client, processo, gestor):
    peca = PecaFabrica(item=item_de(processo, "lei-criacao"))
    nome = deposito.guardar(ContentFile(b"miniatura"))
    folha = peca.arquivo.folhas.create(ordem=1, pdf=nome, miniatura=nome, bytes=9, sha256="0" * 64)

    for quem, situacao in ((gestor, 200), (com_papel("gestor", ProcessoFabrica().municipio), 404)):
        client.force_login(quem)
        assert client.get(f"/adesao/folhas/{folha.codigo}/").status_code == situacao


def test_a_autoavaliacao_preenche_a_certidao_a_vista_e_so_enquanto_nada_foi_escrito(client, processo, gestor):
    fim = f"{localdate() + timedelta(days=90):%Y-%m-%d}"
    client.force_login(gestor)
    sessao = client.session
    respostas = {"municipio": processo.municipio_id, "certidao": "cnd", "certidao_fim": fim, "regime": "rgps"}
    guardar(sessao, respostas, hoje=localdate())
    sessao.save()
    endereco = f"/adesao/{processo.codigo}/itens/regularidade-federal/"

    antes = client.get(endereco).content.decode()
    processo.itens.filter(codigo="regularidade-federal").update(numero="1")
    depois = client.get(endereco).content.decode()

    assert "Veio do que você respondeu" in antes
    assert fim in antes
    assert "Veio do que você respondeu" not in depois
