"""Works wanted in the space: one row each, only what can be undone, accepted or refused one by one."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.models import Saida
from cessao.analise import obras as das_obras
from cessao.analise import servicos as analise
from cessao.models import Obra, Papel, Pedido
from cessao.pedido import obras, servicos
from tests.cessao.fabricas import DECISAO, VISTORIA, em_analise, enviado, para_decisao, rascunho

pytestmark = pytest.mark.django_db
BOA = {"descricao": "Divisória leve", "desfaz": "sim", "como": "Desmontar os painéis.", "dias": 2}
DUAS = ("Divisória leve", "Balcão de alvenaria")


def _texto(pedido: Pedido, especie: str) -> str:
    papel = pedido.papeis.filter(especie=especie, substituido_em=None).latest("pk")
    return " ".join(montar_html(papel.documento).split())


def _julgar(pedido: Pedido, elenco) -> None:
    divisoria, balcao = pedido.obras.vivas()
    das_obras.julgar(divisoria.pk, decisao="aceita", desfaz="sim", autor=elenco.logistica)
    motivo = "O piso não volta como era."
    das_obras.julgar(balcao.pk, decisao="recusada", desfaz="nao", motivo=motivo, autor=elenco.logistica)


def _opinar(pedido: Pedido, elenco, conclusao: str = "favoravel") -> None:
    analise.opinar(pedido.pk, conclusao=conclusao, texto="Cabe.", vistoria=VISTORIA, autor=elenco.logistica)


def test_o_que_nao_se_desfaz_nao_entra_e_o_texto_diz_o_que_seria_um_sim():
    pedido = rascunho()

    with pytest.raises(ErroDeDominio, match=r"só se faz obra que se desfaz\. O que seria um sim: divisória leve"):
        obras.por(pedido.pk, **{**BOA, "desfaz": "nao"}, autor=pedido.criado_por)
    with pytest.raises(ErroDeDominio, match="como a adaptação se desfaz"):
        obras.por(pedido.pk, **{**BOA, "como": "  "}, autor=pedido.criado_por)
    obras.por(pedido.pk, **BOA, autor=pedido.criado_por)
    with pytest.raises(ErroDeDominio, match="já está na lista"):
        obras.por(pedido.pk, **BOA, autor=pedido.criado_por)
    assert Obra.objects.count() == 1


def test_a_obra_muda_o_oficio_e_depois_do_envio_ja_nao_muda():
    pedido = rascunho()
    servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)
    obra = obras.por(pedido.pk, **BOA, autor=pedido.criado_por)
    assert "Desmontar os painéis" in _texto(pedido, "solicitacao")
    obras.tirar(obra.pk, autor=pedido.criado_por)
    assert "Nenhuma. Nenhuma obra começa" in _texto(pedido, "solicitacao")
    assert Obra.objects.get().tirada_em

    pedido = enviado()
    with pytest.raises(ErroDeDominio, match="não muda mais por aqui"):
        obras.por(pedido.pk, **BOA, autor=pedido.criado_por)


def test_o_parecer_favoravel_espera_que_cada_obra_seja_julgada():
    pedido, elenco = em_analise(obras=DUAS)

    with pytest.raises(ErroDeDominio, match="cada adaptação pedida: “Divisória leve”; “Balcão de alvenaria”"):
        _opinar(pedido, elenco)
    _julgar(pedido, elenco)
    _opinar(pedido, elenco)

    parecer = _texto(pedido, "parecer")
    assert "<td><b>Aceita</b></td>" in parecer
    assert "<td><b>Recusada</b></td><td>O piso não volta como era</td>" in parecer


def test_recusa_tem_motivo_e_o_que_nao_se_desfaz_nao_se_aceita():
    pedido, elenco = em_analise(obras=DUAS[:1])
    obra = pedido.obras.get()

    with pytest.raises(ErroDeDominio, match="por que a adaptação é recusada"):
        das_obras.julgar(obra.pk, decisao="recusada", desfaz="sim", autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="Só se aceita obra que se desfaz"):
        das_obras.julgar(obra.pk, decisao="aceita", desfaz="nao", autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match=f"está com {elenco.logistica}. Peça que passe"):
        das_obras.julgar(obra.pk, decisao="aceita", desfaz="sim", autor=elenco.colega)
    with pytest.raises(PermissionDenied):
        das_obras.julgar(obra.pk, decisao="aceita", desfaz="sim", autor=pedido.criado_por)


def test_so_a_aceita_vai_para_o_termo_e_a_recusada_e_dita_a_quem_pediu(client):
    pedido, elenco = em_analise(obras=DUAS)
    _julgar(pedido, elenco)
    _opinar(pedido, elenco)
    client.force_login(pedido.criado_por)
    antes = client.get(pedido.get_absolute_url()).text
    assert "Balcão de alvenaria" in antes
    assert "O piso não volta" not in antes

    analise.manifestar(pedido.pk, conclusao="favoravel", texto="De acordo.", autor=elenco.superintendente)
    analise.aprovar(pedido.pk, **DECISAO, inicio=pedido.inicio, meses=12, autor=elenco.diretor)

    pedido = Pedido.objects.get(pk=pedido.pk)
    termo, decisao = _texto(pedido, "termo"), _texto(pedido, "decisao")
    assert "Ficam autorizadas, as do quadro, e nenhuma outra." in termo
    assert "Divisória leve" in termo
    assert "Balcão" not in termo
    assert "Balcão de alvenaria" in decisao
    assert "O piso não volta como era" in decisao
    depois = client.get(pedido.get_absolute_url()).text
    assert "<small>Desfaz? Não</small><small>O piso não volta como era.</small>" in depois
    assert [s.carga["qual"] for s in Saida.objects.filter(tipo="cessao.avisar", carga__qual__startswith="aprovar")] == [
        "aprovar_sem_obra"
    ]


def test_quem_decide_pode_mudar_o_que_a_logistica_disse_e_quem_opinou_nao():
    pedido, elenco = em_analise(obras=DUAS)
    _julgar(pedido, elenco)
    _opinar(pedido, elenco)
    analise.manifestar(pedido.pk, conclusao="favoravel", texto="De acordo.", autor=elenco.superintendente)
    divisoria, _ = pedido.obras.vivas()

    with pytest.raises(PermissionDenied):
        das_obras.julgar(divisoria.pk, decisao="recusada", desfaz="sim", motivo="Não.", autor=elenco.logistica)
    motivo = "Tapa a saída de emergência."
    das_obras.julgar(divisoria.pk, decisao="recusada", desfaz="sim", motivo=motivo, autor=elenco.diretor)
    analise.aprovar(pedido.pk, **DECISAO, inicio=pedido.inicio, meses=12, autor=elenco.outro_diretor)

    assert "Nenhuma fica autorizada por este termo." in _texto(Pedido.objects.get(pk=pedido.pk), "termo")
    with pytest.raises(TransicaoInvalida):
        das_obras.julgar(divisoria.pk, decisao="aceita", desfaz="sim", autor=elenco.diretor)


def test_obra_que_sobrou_sem_julgamento_espera_na_decisao():
    """As in a request that was on its way when each work got its row."""
    pedido, elenco = para_decisao()
    obra = Obra.objects.create(pedido=pedido, descricao="Pintar a sala.")

    with pytest.raises(ErroDeDominio, match="aceite ou recuse cada adaptação"):
        analise.aprovar(pedido.pk, **DECISAO, inicio=pedido.inicio, meses=12, autor=elenco.diretor)
    das_obras.julgar(obra.pk, decisao="aceita", desfaz="sim", autor=elenco.diretor)
    analise.aprovar(pedido.pk, **DECISAO, inicio=pedido.inicio, meses=12, autor=elenco.diretor)


def test_as_telas_pedem_julgam_e_tiram(client):
    pedido = rascunho()
    client.force_login(pedido.criado_por)
    endereco = pedido.get_absolute_url()
    nao = client.post(f"{endereco}fazer/adaptacao/", {**BOA, "desfaz": "nao"})
    assert nao.status_code == 422
    assert "O que seria um sim" in nao.text
    client.post(f"{endereco}fazer/adaptacao/", BOA)
    client.post(f"{endereco}fazer/adaptacao/", {**BOA, "descricao": "Pintura"})
    divisoria, pintura = pedido.obras.vivas()
    assert client.post(f"{endereco}adaptacoes/{pintura.pk}/tirar/").status_code == 302
    assert list(pedido.obras.vivas()) == [divisoria]

    pedido, elenco = em_analise(obras=DUAS[:1])
    endereco, obra = pedido.get_absolute_url(), pedido.obras.get()
    client.force_login(elenco.logistica)
    assert "Decidir" in client.get(endereco).text
    client.post(f"{endereco}adaptacoes/{obra.pk}/julgar/", {"desfaz": "sim", "decisao": "recusada"}, follow=True)
    assert pedido.obras.get().situacao == "pedida"
    client.post(f"{endereco}adaptacoes/{obra.pk}/julgar/", {"desfaz": "sim", "decisao": "aceita"})
    assert pedido.obras.get().situacao == "aceita"
    client.force_login(pedido.criado_por)
    assert client.post(f"{endereco}adaptacoes/{obra.pk}/tirar/", follow=True).status_code == 200
    assert pedido.obras.vivas().count() == 1


# --- The sketch ---------------------------------------------------------------------------------------------------


def test_sem_o_croqui_aceito_nao_ha_parecer_favoravel_nem_aprovacao():
    pedido, elenco = em_analise()
    croqui = pedido.itens.get(codigo="croqui")
    pedido.itens.filter(pk=croqui.pk).update(situacao="falta")

    with pytest.raises(ErroDeDominio, match=r"anexo do termo e não se dispensa"):
        analise.julgar_item(croqui.pk, decisao="dispensado", motivo="x", autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="documentos aceitos: Croqui do espaço"):
        _opinar(pedido, elenco)
    _opinar(pedido, elenco, "desfavoravel")

    pedido, elenco = para_decisao()
    pedido.itens.filter(codigo="croqui").update(situacao="dispensado", motivo="De antes.")
    with pytest.raises(ErroDeDominio, match="Falta, para o termo: Croqui do espaço"):
        analise.aprovar(pedido.pk, **DECISAO, inicio=pedido.inicio, meses=12, autor=elenco.diretor)


# --- The letter and the plan --------------------------------------------------------------------------------------


def test_o_oficio_tem_numero_cronograma_bens_e_riscos_e_espera_por_eles():
    pedido = rascunho(oficio_numero="", cronograma="", riscos="")
    with pytest.raises(ErroDeDominio, match="número do ofício; cronograma; riscos e seguro"):
        servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)

    pedido = rascunho(oficio_numero="77/2026", bens="Duas mesas.", cronograma="Mudança em maio.")
    servicos.fazer_oficio(pedido.pk, autor=pedido.criado_por)
    texto = _texto(pedido, Papel.Especie.SOLICITACAO)
    for parte in ("Ofício nº 77/2026 – Solicitação", "Duas mesas.", "Mudança em maio.", "Seguro contra incêndio."):
        assert parte in texto
