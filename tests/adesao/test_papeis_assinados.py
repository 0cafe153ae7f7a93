"""What the portal makes and the town signs comes back as that very paper, signed, or with a person's word for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.arquivos.models import Arquivo
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from adesao.acordo.servicos import encerramento, prorrogacao, supervisao
from adesao.habilitacao.servicos import provas
from adesao.models import Comprovacao, Formulario, Papel, Peca, Processo, Representante
from adesao.papeis.consultas import vigente
from adesao.pedido.consultas import um_item
from adesao.pedido.servicos import itens, papeis
from adesao.situacoes import SituacaoItem
from tests.act_portal.arquivos_fabricados import enviado, pdf, pdf_em_bytes
from tests.adesao.fabricas import ProcessoFabrica, em_operacao, pdf_assinado, preencher, vigente_hoje

pytestmark = pytest.mark.django_db
OFICIO = Papel.Especie.OFICIO
PALAVRA = "O assinador regravou o arquivo."


@pytest.fixture
def processo() -> Processo:
    processo = ProcessoFabrica()
    preencher(processo)
    return processo


@pytest.fixture
def item(processo):
    return processo.itens.get(codigo="oficio-manifestacao")


def sem_assinatura():
    return enviado(pdf_em_bytes(pdf()))


def de_outro_papel():
    """Signed, and of something else."""
    return pdf_assinado(documento=None)


def lido(processo, item):
    """As if the worker had made every page ready."""
    Arquivo.objects.update(situacao="pronto")
    itens.reavaliar(Processo.objects.get(pk=processo.pk))
    item.refresh_from_db()
    return item


def test_so_o_papel_do_portal_assinado_deixa_o_item_pronto(processo, item):
    gestor = processo.criado_por
    estranho = de_outro_papel()
    with pytest.raises(ErroDeDominio, match="Faça antes o papel"):
        itens.juntar(item.pk, sem_assinatura(), autor=gestor)
    papel = papeis.fazer(processo.pk, OFICIO, autor=gestor)
    o_papel = pdf_assinado(documento=papel.documento)
    with pytest.raises(ErroDeDominio, match="não tem assinatura eletrônica"):
        itens.juntar(item.pk, sem_assinatura(), autor=gestor, declaracao=PALAVRA)
    with pytest.raises(ErroDeDominio, match="não reconheceu"):
        itens.juntar(item.pk, estranho, autor=gestor)
    assert not Peca.objects.exists()

    peca = itens.juntar(item.pk, o_papel, autor=gestor)

    assert (peca.papel_id, peca.declaracao) == (papel.pk, "")
    assert lido(processo, item).estado == SituacaoItem.PRONTO


def test_o_que_o_portal_nao_reconhece_entra_com_a_palavra_de_quem_envia(processo, item, client):
    gestor, estranho = processo.criado_por, de_outro_papel()
    papel = papeis.fazer(processo.pk, OFICIO, autor=gestor)
    pdf_assinado(documento=papel.documento)
    endereco = f"/adesao/{processo.codigo}/itens/{item.codigo}/"
    client.force_login(gestor)
    recusada = client.post(f"{endereco}juntar/", {"arquivos": sem_assinatura(), "declaracao": PALAVRA})
    assert recusada.status_code == 422
    assert "não tem assinatura eletrônica" in recusada.content.decode()
    assert PALAVRA in recusada.content.decode()

    resposta = client.post(f"{endereco}juntar/", {"arquivos": estranho, "declaracao": PALAVRA})

    assert resposta.status_code == 302
    assert Peca.objects.get().declaracao == PALAVRA
    assert f"Quem enviou disse: {PALAVRA}" in client.get(endereco).content.decode()


def test_feito_de_novo_o_papel_pede_outra_assinatura(processo, item):
    gestor = processo.criado_por
    papel = papeis.fazer(processo.pk, OFICIO, autor=gestor)
    itens.juntar(item.pk, pdf_assinado(documento=papel.documento), autor=gestor)
    formulario = Formulario.objects.get(processo=processo, tipo="oficio")
    formulario.dados["populacao"] = "10000"
    formulario.save()

    papeis.fazer(processo.pk, OFICIO, autor=gestor)

    assert lido(processo, item).estado == SituacaoItem.FALTA
    faltas = um_item(Processo.objects.get(pk=processo.pk), item, localdate()).faltas
    assert faltas == ["O arquivo enviado é de antes do papel que vale agora. Envie o papel assinado."]


def no_meio(monkeypatch, modulo, fazer) -> None:
    """While the signed file is being stored, `fazer` happens."""
    de_verdade = modulo.receber_assinado

    def receber(*args, **kwargs):
        guardado = de_verdade(*args, **kwargs)
        fazer()
        return guardado

    monkeypatch.setattr(modulo, "receber_assinado", receber)


def test_o_papel_do_item_muda_enquanto_o_arquivo_chega(processo, item, monkeypatch):
    gestor = processo.criado_por
    papel = papeis.fazer(processo.pk, OFICIO, autor=gestor)

    def muda():
        formulario = Formulario.objects.get(processo=processo, tipo="oficio")
        formulario.dados["populacao"] = "10000"
        formulario.save()
        papeis.fazer(processo.pk, OFICIO, autor=gestor)

    no_meio(monkeypatch, itens, muda)
    with pytest.raises(TransicaoInvalida, match="mudou enquanto o arquivo chegava"):
        itens.juntar(item.pk, pdf_assinado(documento=papel.documento), autor=gestor)
    assert vigente(processo, OFICIO).pk != papel.pk
    assert not Peca.objects.exists()


def test_o_termo_de_uma_pessoa_e_o_que_o_portal_fez(monkeypatch):
    processo, _ = vigente_hoje()
    gestor, estranho = processo.criado_por, de_outro_papel()
    ficha = processo.acordo.habilitacoes.get(representante__papel=Representante.Papel.ATENDENTE)

    def enviar(arquivo, **mais):
        return provas.enviar(ficha.pk, "tcms", arquivo=arquivo, em=localdate(), autor=gestor, **mais)

    with pytest.raises(ErroDeDominio, match="Faça antes o papel"):
        enviar(sem_assinatura())
    termo = provas.fazer_termo(ficha.pk, "tcms", autor=gestor)
    o_termo = pdf_assinado(documento=termo.documento)
    with pytest.raises(ErroDeDominio, match="não tem assinatura eletrônica"):
        enviar(sem_assinatura(), declaracao=PALAVRA)
    with pytest.raises(ErroDeDominio, match="não reconheceu"):
        enviar(estranho)
    assert enviar(o_termo).declaracao == ""
    estranho.seek(0)
    assert enviar(estranho, declaracao=PALAVRA).declaracao == PALAVRA
    antes = Comprovacao.objects.count()
    no_meio(monkeypatch, provas, lambda: provas.fazer_termo(ficha.pk, "tcms", autor=gestor))
    o_termo.seek(0)
    with pytest.raises(TransicaoInvalida, match="mudou enquanto o arquivo chegava"):
        enviar(o_termo)
    assert Comprovacao.objects.count() == antes


ENCERRAMENTO = {
    "casos_abertos": 0, "exigencias_abertas": 0, "avisos_enviados": 0, "destino_casos": "Seguem.",
    "dados_destino": "Arquivo.",
}  # fmt: skip


def test_o_termo_de_encerramento_muda_enquanto_o_arquivo_chega(monkeypatch):
    processo, inss = em_operacao()
    acordo, gestor = processo.acordo, processo.criado_por
    acordo.inicio, acordo.fim = localdate() - timedelta(days=30), localdate() - timedelta(days=1)
    acordo.save(update_fields=["inicio", "fim"])
    supervisao.encerrar(acordo.pk, texto="Passou o prazo.", autor=inss.autoridade)
    encerramento.fazer(acordo.pk, autor=inss.autoridade, **ENCERRAMENTO)

    def muda():
        encerramento.fazer(acordo.pk, autor=inss.autoridade, **ENCERRAMENTO | {"casos_abertos": 1})

    for assinar, quem, mais in (
        (encerramento.assinar, gestor, {}),
        (encerramento.juntar, inss.autoridade, {"sem_municipio": "Recusou."}),
    ):
        with monkeypatch.context() as trocado, pytest.raises(TransicaoInvalida, match="mudou enquanto"):
            no_meio(trocado, encerramento, muda)
            assinar(acordo.pk, pdf_assinado(), assinado_em=localdate(), autor=quem, **mais)
    assert acordo.encerramento.situacao == "emitido"


def test_o_termo_aditivo_muda_enquanto_o_arquivo_chega(monkeypatch):
    processo, inss = em_operacao()
    acordo, gestor = processo.acordo, processo.criado_por

    def aprovar():
        prorrogacao.pedir(acordo.pk, meses=12, justificativa="Procura.", autor=gestor)
        prorrogacao.decidir(acordo.pk, aprova=True, texto="Sim.", competencia="Portaria 1", autor=inss.autoridade)

    def muda():
        prorrogacao.desistir(acordo.pk, autor=gestor)
        aprovar()

    aprovar()
    no_meio(monkeypatch, prorrogacao, muda)
    with pytest.raises(TransicaoInvalida, match="mudou enquanto"):
        prorrogacao.assinar(acordo.pk, pdf_assinado(), assinado_em=localdate(), autor=gestor)
