"""Request, term, papers and days change together; who refused does not judge; what comes back is what went out."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate
from PIL import Image

from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio
from cessao.analise import servicos as analise
from cessao.models import Foto, Papel, Pedido, Termo
from cessao.ocupacao import consultas
from cessao.ocupacao.servicos import saida, vistorias
from cessao.pedido import servicos as pedidos
from cessao.situacoes import Ocupacao
from tests.cessao.fabricas import (
    DECISAO,
    aprovado,
    dados_da_vistoria,
    ocupado,
    para_decisao,
    publicado,
    vistoriar,
)

pytestmark = pytest.mark.django_db
HOJE = localdate()


def test_o_termo_nao_comeca_antes_da_aprovacao():
    pedido, elenco = para_decisao()

    with pytest.raises(ErroDeDominio, match="O início já passou"):
        analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE - timedelta(days=1), meses=12, autor=elenco.diretor)


# --- States together ----------------------------------------------------------------------------------------------


def _desistir(pedido, elenco):
    pedidos.desistir(pedido.pk, motivo="Mudou de ideia.", autor=pedido.criado_por)


def _retomar(pedido, elenco):
    analise.retomar(pedido.pk, texto="Falta documento.", autor=elenco.superintendente)


def _arquivar(pedido, elenco):
    analise.arquivar(pedido.pk, texto="Sem resposta.", autor=elenco.logistica)


@pytest.mark.parametrize("ato", [_desistir, _retomar, _arquivar])
def test_o_termo_fica_sem_efeito_com_o_pedido(ato):
    pedido, elenco = aprovado()
    Documento.objects.update(situacao="emitido", emitido_em=pedido.criado_em, pdf="x", sha256="0" * 64)

    ato(pedido, elenco)

    termo = Termo.objects.get(pedido=pedido)
    assert termo.estado == Ocupacao.CANCELADO
    assert termo not in consultas.lista(elenco.logistica, HOJE)
    assert not termo.reservas.filter(liberada_em=None).exists()
    assert pedido.papeis.get(especie="termo").documento.situacao == "revogado"


def test_aprovado_outra_vez_o_termo_volta_com_o_mesmo_numero():
    pedido, elenco = aprovado()
    numero = pedido.termo.numero
    _retomar(pedido, elenco)
    analise.opinar(
        pedido.pk, conclusao="desfavoravel", texto="Falta.", autor=elenco.logistica,
        vistoria={"dia": HOJE, "dispensavel": True, "uso_previsto": False, "previdenciaria": True,
                  "dificulta_devolucao": False, "achados": "Igual.", "rateio": ""},
    )  # fmt: skip
    pedido.decisoes.filter(ato="parecer").update(conclusao="favoravel")
    analise.manifestar(pedido.pk, conclusao="favoravel", texto="De acordo.", autor=elenco.superintendente)

    analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=6, autor=elenco.diretor)

    termo = Termo.objects.get(pedido=pedido)
    assert (termo.estado, termo.numero, termo.meses) == (Ocupacao.PREPARO, numero, 6)
    assert termo.reservas.filter(liberada_em=None).count() == 1
    assert pedido.papeis.get(especie="termo", substituido_em=None).documento.situacao == "pedido"


# --- Revocation ---------------------------------------------------------------------------------------------------


def test_a_retomada_tem_papel_e_vale_no_calendario_pelo_dia_de_devolver(client):
    cedo, elenco = ocupado()
    ate = HOJE + timedelta(days=40)

    saida.revogar(cedo.pk, **DECISAO, devolver_ate=ate, autor=elenco.superintendente)

    cedo.refresh_from_db()
    assert cedo.dias_para_o_fim(HOJE) == 40
    papel = cedo.pedido.papeis.get(especie=Papel.Especie.REVOGACAO)
    assert papel.documento.dados["devolver_ate"] == ate.isoformat()
    assert papel.documento.dados["revogacao"]["competencia"] == DECISAO["competencia"]
    assert cedo in consultas.lista(elenco.logistica, HOJE, quais="terminando")
    client.force_login(elenco.logistica)
    pagina = client.get("/cessao/cessoes/").text
    assert f"{ate:%d/%m/%Y}" in pagina
    assert "faltam 40 dias" in pagina
    assert f"{cedo.fim:%d/%m/%Y}" not in pagina


def test_devolver_depois_do_fim_e_recusado_e_nao_cortado():
    termo, elenco = ocupado()

    with pytest.raises(ErroDeDominio, match="A cessão termina antes, em"):
        saida.revogar(
            termo.pk, **DECISAO, devolver_ate=termo.fim + timedelta(days=1), autor=elenco.superintendente
        )  # fmt: skip
    assert Termo.objects.get(pk=termo.pk).estado == Ocupacao.OCUPADO


# --- Who judges ---------------------------------------------------------------------------------------------------


def test_quem_nao_aprovou_nao_julga_o_recurso_de_nenhum_jeito(client):
    pedido, elenco = para_decisao()
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)
    pedidos.recorrer(pedido.pk, texto="A sala é para o INSS Digital.", autor=pedido.criado_por)

    with pytest.raises(ErroDeDominio, match="Quem não aprovou não julga"):
        analise.prover(pedido.pk, texto="Pensei melhor.", autor=elenco.diretor)
    with pytest.raises(ErroDeDominio, match="Quem não aprovou não julga"):
        analise.manter(pedido.pk, **DECISAO, autor=elenco.diretor)
    client.force_login(elenco.diretor)
    pagina = client.get(pedido.get_absolute_url()).text
    assert "Acolher o recurso" not in pagina
    assert "Manter a decisão" not in pagina
    assert "O recurso é de outra pessoa" in pagina
    client.force_login(elenco.outro_diretor)
    pagina = client.get(pedido.get_absolute_url()).text
    assert "Acolher o recurso" in pagina
    assert "Manter a decisão" in pagina
    analise.prover(pedido.pk, texto="Tem razão.", autor=elenco.outro_diretor)
    assert Pedido.objects.get(pk=pedido.pk).situacao == "em_analise"


# --- Back again ---------------------------------------------------------------------------------------------------


def _devolvido(termo, elenco):
    vistoria = vistoriar(termo, "devolucao", elenco)
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)


def test_nao_voltam_mais_chaves_do_que_foram():
    termo, elenco = ocupado()
    _devolvido(termo, elenco)

    with pytest.raises(ErroDeDominio, match="Foram entregues 2 chaves: não voltam 99"):
        saida.encerrar(termo.pk, chaves=99, autor=elenco.logistica)


def test_terminada_a_cessao_o_codigo_do_termo_diz_que_nao_vale(client):
    termo, elenco = ocupado()
    documento = termo.pedido.papeis.get(especie="termo").documento
    _devolvido(termo, elenco)

    saida.encerrar(termo.pk, chaves=2, autor=elenco.logistica)

    documento.refresh_from_db()
    assert documento.situacao == "revogado"
    assert "está valendo" not in client.get(f"/conferir/{documento.codigo}/", follow=True).text


def test_quem_e_do_caso_ainda_le_o_termo_que_terminou(client):
    termo, elenco = ocupado()
    papel = termo.pedido.papeis.get(especie="termo")
    _devolvido(termo, elenco)
    saida.encerrar(termo.pk, chaves=2, autor=elenco.logistica)
    client.force_login(elenco.logistica)

    pagina = client.get(termo.get_absolute_url()).text
    baixado = client.get(reverse("cessao:papel", args=[termo.pedido.codigo, papel.pk]))

    assert "Sem valor" in pagina
    assert baixado.status_code == 200


def test_sem_efeito_antes_das_chaves_o_termo_perde_o_valor():
    termo, elenco = publicado()

    saida.cancelar(termo.pk, texto="Ninguém veio.", autor=elenco.logistica)

    assert termo.pedido.papeis.get(especie="termo").documento.situacao == "revogado"


@pytest.mark.parametrize("arquivo", [b"%PDF-1.4\n%teste\n", b"ola, isto e um texto", b"\x00\x01\x02"])
def test_so_foto_entra_na_vistoria(arquivo):
    termo, elenco = publicado()
    vistoria = vistorias.abrir(termo.pk, tipo="entrega", dados=dados_da_vistoria(), autor=elenco.logistica)
    ambiente = vistorias.guardar_ambiente(vistoria.pk, nome="Sala", estado="bom", autor=elenco.logistica)

    with pytest.raises(ErroDeDominio, match="Isto não é uma foto"):
        vistorias.juntar_foto(ambiente.pk, SimpleUploadedFile("sala.pdf", arquivo), autor=elenco.logistica)

    bytes_da_foto = io.BytesIO()
    Image.new("RGB", (900, 900), "white").save(bytes_da_foto, "JPEG")
    foto = SimpleUploadedFile("sala.jpg", bytes_da_foto.getvalue())
    vistorias.juntar_foto(ambiente.pk, foto, autor=elenco.logistica)
    assert Foto.objects.count() == 1
