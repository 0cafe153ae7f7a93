"""Who occupies a space without a term after the request to regularise it ended, and who stays after the end of one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from cessao import tarefas
from cessao.analise import servicos as analise
from cessao.models import Desocupacao, Pedido, Termo
from cessao.ocupacao.servicos import desocupacao, saida, vistorias
from cessao.pedido import servicos
from cessao.publico.consultas import livres_em
from tests.cessao.fabricas import (
    DECISAO,
    Elenco,
    EspacoFabrica,
    aprovado,
    enviado,
    ocupado,
    para_decisao,
    publicado,
    rascunho,
    sala,
    vistoriar,
)
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate()
HA_UM_MES = HOJE - timedelta(days=30)
OCUPADO = {"tipo": "regularizacao", "ocupado_desde": HOJE - timedelta(days=400)}


def avisos(qual: str) -> set[int]:
    return {s.carga["usuario"] for s in Saida.objects.filter(tipo="cessao.avisar") if s.carga["qual"] == qual}


def _texto(pedido: Pedido, especie: str) -> str:
    papel = pedido.papeis.filter(especie=especie, substituido_em=None).latest("pk")
    return " ".join(montar_html(papel.documento).split())


def _recusado(espaco=None, elenco=None, **mais) -> tuple[Pedido, Elenco]:
    pedido, elenco = para_decisao(espaco, elenco, **OCUPADO | mais)
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)
    return Pedido.objects.get(pk=pedido.pk), elenco


def _sem_recurso(espaco=None, elenco=None, **mais) -> tuple[Pedido, Elenco]:
    """Refused a month ago: nobody appealed in time."""
    pedido, elenco = _recusado(espaco, elenco, **mais)
    Pedido.objects.filter(pk=pedido.pk).update(situacao_desde=pedido.situacao_desde - timedelta(days=30))
    return Pedido.objects.get(pk=pedido.pk), elenco


def _estado(pedido: Pedido) -> str:
    return Desocupacao.objects.get(pedido=pedido).situacao


# --- Without a term -----------------------------------------------------------------------------------------------


def test_pedido_novo_recusado_nao_deixa_ninguem_dentro():
    pedido, elenco = para_decisao()
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)

    assert not Desocupacao.objects.exists()


def test_regularizacao_recusada_espera_o_recurso_e_depois_alguem_avisa_quem_ocupa(client):
    pedido, elenco = _recusado()
    assert _estado(pedido) == "a_avisar"
    assert elenco.logistica.pk in avisos("sem_termo")
    with pytest.raises(ErroDeDominio, match=r"Cabe recurso até .* depois desse dia"):
        desocupacao.avisar(pedido.pk, texto="Saia.", autor=elenco.logistica)

    pedido, elenco = _sem_recurso()
    with pytest.raises(ErroDeDominio, match="vai pelo menos até"):
        desocupacao.avisar(pedido.pk, texto="Saia.", sair_ate=HOJE + timedelta(days=3), autor=elenco.logistica)
    with pytest.raises(PermissionDenied):
        desocupacao.avisar(pedido.pk, texto="Saia.", autor=pedido.criado_por)
    desocupacao.avisar(pedido.pk, texto="Retire os móveis da sala.", autor=elenco.logistica)

    assert _estado(pedido) == "avisado"
    assert pedido.criado_por_id in avisos("desocupar")
    aviso = _texto(pedido, "saida")
    assert "AVISO PARA DESOCUPAR" in aviso
    assert "Retire os móveis da sala." in aviso
    assert "sem termo (não aprovado)" in aviso
    assert "conferir norma vigente" in aviso
    client.force_login(pedido.criado_por)
    tela = client.get(pedido.get_absolute_url()).text
    assert "Avisado para sair" in tela
    assert f"{HOJE + timedelta(days=30):%d/%m/%Y}" in tela


def test_quem_nao_sai_vence_a_vista_da_regiao_e_e_cobrado_ate_sair(client):
    pedido, elenco = _sem_recurso()
    desocupacao.avisar(pedido.pk, texto="Saia.", autor=elenco.logistica)
    tarefas.vigiar()
    assert _estado(pedido) == "avisado"
    Desocupacao.objects.update(sair_ate=HOJE - timedelta(days=1))
    tarefas.vigiar()
    tarefas.vigiar()

    assert _estado(pedido) == "vencido"
    assert pedido.criado_por_id in avisos("desocupacao_vencida")
    for quem in (elenco.logistica, elenco.superintendente):
        client.force_login(quem)
        assert "ocupação sem termo" in client.get("/painel/").text
        assert pedido.orgao in client.get("/cessao/pedidos/?etapa=sem-termo").text
        regiao = client.get("/cessao/regiao/")
        assert regiao.context["total"]["sem_termo"] == 1
        da_unidade = f"/cessao/pedidos/?etapa=sem-termo&amp;unidade={pedido.espaco.imovel.unidade.codigo}"
        assert f'<a href="{da_unidade}">1</a>' in regiao.text
        lista = client.get(da_unidade.replace("&amp;", "&"))
        assert [p.pk for p in lista.context["pagina"]] == [pedido.pk]
        assert str(pedido.espaco.imovel.unidade) in lista.text

    desocupacao.cobrar(pedido.pk, texto="O prazo passou.", autor=elenco.superintendente)
    assert pedido.avisos_de_saida.count() == 2
    assert pedido.criado_por_id in avisos("cobrar")
    with pytest.raises(ErroDeDominio, match="ainda não chegou"):
        desocupacao.desocupar(pedido.pk, dia=HOJE + timedelta(days=1), texto="Vazia.", autor=elenco.logistica)
    desocupacao.desocupar(pedido.pk, dia=HOJE, texto="Vazia, 2 chaves.", autor=elenco.logistica)
    assert _estado(pedido) == "desocupado"
    client.force_login(elenco.logistica)
    assert pedido.orgao not in client.get("/cessao/pedidos/?etapa=sem-termo").text


def test_recurso_acolhido_tira_o_efeito_e_outra_recusa_o_devolve():
    pedido, elenco = _recusado()
    servicos.recorrer(pedido.pk, texto="Reveja.", autor=pedido.criado_por)
    with pytest.raises(ErroDeDominio, match="recurso ainda não foi julgado"):
        desocupacao.avisar(pedido.pk, texto="Saia.", autor=elenco.logistica)
    analise.prover(pedido.pk, texto="Tem razão.", autor=elenco.outro_diretor)
    assert _estado(pedido) == "sem_efeito"

    analise.opinar(
        pedido.pk, conclusao="favoravel", texto="X",
        vistoria={"dia": HOJE, "dispensavel": True, "uso_previsto": False, "previdenciaria": True,
                  "dificulta_devolucao": False, "achados": "X", "rateio": ""},
        autor=elenco.logistica,
    )  # fmt: skip
    analise.manifestar(pedido.pk, conclusao="favoravel", texto="X", autor=elenco.superintendente)
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)
    assert _estado(pedido) == "a_avisar"


def test_recurso_negado_ja_deixa_avisar_e_desistencia_e_arquivo_tambem_deixam_alguem_dentro():
    pedido, elenco = _recusado()
    servicos.recorrer(pedido.pk, texto="Reveja.", autor=pedido.criado_por)
    analise.manter(pedido.pk, **DECISAO, autor=elenco.outro_diretor)
    desocupacao.avisar(pedido.pk, texto="Saia.", autor=elenco.superintendente)
    assert _estado(pedido) == "avisado"

    rascunho_so = rascunho(**OCUPADO)
    servicos.desistir(rascunho_so.pk, motivo="X", autor=rascunho_so.criado_por)
    desistido = enviado(**OCUPADO)
    servicos.desistir(desistido.pk, motivo="X", autor=desistido.criado_por)
    assert set(Desocupacao.objects.values_list("pedido", flat=True)) == {pedido.pk, desistido.pk}


def test_termo_de_regularizacao_sem_efeito_tambem_deixa_quem_ja_ocupava():
    termo, elenco = publicado(**OCUPADO)
    saida.cancelar(termo.pk, texto="Não assinou a vistoria.", autor=elenco.logistica)
    assert _estado(termo.pedido) == "a_avisar"
    desocupacao.avisar(termo.pedido_id, texto="Saia.", autor=elenco.logistica)

    assert "sem termo (termo sem efeito)" in _texto(termo.pedido, "saida")


def test_outro_pedido_aprovado_do_mesmo_orgao_encerra_a_ocupacao_sem_termo():
    espaco = sala()
    elenco = Elenco(espaco)
    gestor = com_papel("gestor", espaco.imovel.municipio)
    pedido, _ = _sem_recurso(espaco, elenco, gestor=gestor)
    Pedido.objects.filter(pk=pedido.pk).update(situacao="negado")
    aprovado(espaco, elenco, gestor=gestor, **OCUPADO)

    assert _estado(pedido) == "sem_efeito"


def test_ninguem_recebe_as_chaves_de_um_espaco_ocupado_sem_termo():
    espaco = sala()
    elenco = Elenco(espaco)
    pedido, _ = _sem_recurso(espaco, elenco, cnpj="99000202000109")
    Pedido.objects.filter(pk=pedido.pk).update(situacao="negado")
    outro = com_papel("gestor", MunicipioFabrica(unidade=espaco.imovel.unidade))
    termo, _ = publicado(espaco, elenco, gestor=outro)
    vistoria = vistoriar(termo, "entrega", elenco)

    with pytest.raises(ErroDeDominio, match="ainda é ocupado, sem termo, por Prefeitura Fictícia"):
        vistorias.assinar(vistoria.pk, aceite="pleno", autor=outro)
    desocupacao.desocupar(pedido.pk, dia=HOJE, texto="Vazia.", autor=elenco.logistica)
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=outro)


def test_espaco_ocupado_sem_termo_nao_e_livre_nem_o_que_o_contem_ou_esta_nele(client):
    andar = sala(nome="Andar", area_m2=100)
    meio = EspacoFabrica(imovel=andar.imovel, nome="Meio", area_m2=60, dentro_de=andar)
    sala_do_meio = EspacoFabrica(imovel=andar.imovel, nome="Sala do meio", area_m2=40, dentro_de=meio)
    vizinha = EspacoFabrica(imovel=andar.imovel, nome="Vizinha", area_m2=40, dentro_de=andar)
    fora = EspacoFabrica(imovel=andar.imovel, nome="Fora", area_m2=40)
    assert set(livres_em(HOJE)) == {andar, meio, sala_do_meio, vizinha, fora}

    elenco = Elenco(andar)
    pedido, _ = _recusado(meio, elenco)
    assert set(livres_em(HOJE)) == {vizinha, fora}
    pagina = client.get(andar.imovel.get_absolute_url())
    assert {e.nome for e, livre, _ in pagina.context["espacos"] if livre} == {"Vizinha", "Fora"}
    client.force_login(elenco.logistica)
    assert client.get("/cessao/regiao/").context["total"]["livres"] == 2
    Pedido.objects.filter(pk=pedido.pk).update(situacao="negado")
    desocupacao.desocupar(pedido.pk, dia=HOJE, texto="Vazia.", autor=elenco.logistica)
    assert set(livres_em(HOJE)) == {andar, meio, sala_do_meio, vizinha, fora}

    _recusado(andar, elenco)
    assert set(livres_em(HOJE)) == {fora}


# --- After the end ------------------------------------------------------------------------------------------------


def test_quem_fica_depois_do_fim_recebe_aviso_escrito_por_uma_pessoa(client):
    termo, elenco = ocupado()
    with pytest.raises(ErroDeDominio, match="só se cobra a devolução depois do prazo"):
        desocupacao.cobrar_do_termo(termo.pk, texto="Devolva.", autor=elenco.logistica)
    Termo.objects.filter(pk=termo.pk).update(situacao="vencido", inicio=HA_UM_MES, fim=HOJE - timedelta(days=1))

    client.force_login(elenco.superintendente)
    endereco = termo.get_absolute_url()
    assert "Cobrar a devolução" in client.get(endereco).text
    assert client.post(f"{endereco}fazer/cobrar/", {"texto": "Devolva a sala e as chaves."}).status_code == 302

    assert Termo.objects.get(pk=termo.pk).situacao == "vencido"
    assert termo.pedido.criado_por_id in avisos("cobrar")
    aviso = _texto(termo.pedido, "saida")
    assert f"TCOU Nº {termo.numero}" in aviso
    assert "O prazo da cessão terminou" in aviso
    client.force_login(termo.pedido.criado_por)
    tela = client.get(endereco).text
    assert "Devolva a sala e as chaves." in tela
    assert "Cobrar a devolução" not in tela


# --- The one that was not chosen ----------------------------------------------------------------------------------


def test_quem_nao_foi_escolhido_sabe_no_mesmo_dia(client):
    espaco = sala()
    elenco = Elenco(espaco)
    outra = enviado(
        espaco, gestor=com_papel("gestor", MunicipioFabrica(unidade=espaco.imovel.unidade)), orgao="Prefeitura Vizinha"
    )
    outros_dias = enviado(
        espaco, gestor=com_papel("gestor", MunicipioFabrica(unidade=espaco.imovel.unidade)),
        inicio=HOJE + timedelta(days=500),
    )  # fmt: skip
    pedido, _ = para_decisao(espaco, elenco)
    client.force_login(outra.criado_por)
    assert "Outro pedido foi escolhido" not in client.get(outra.get_absolute_url()).text
    analise.aprovar(
        pedido.pk, **DECISAO, inicio=pedido.inicio, meses=12, escolha="Atende mais gente.", autor=elenco.diretor
    )

    assert avisos("outro_escolhido") == {outra.criado_por_id}
    tela = client.get(outra.get_absolute_url()).text
    assert "Outro pedido foi escolhido" in tela
    assert "Prefeitura Fictícia" not in tela
    client.force_login(outros_dias.criado_por)
    assert "Outro pedido foi escolhido" not in client.get(outros_dias.get_absolute_url()).text
