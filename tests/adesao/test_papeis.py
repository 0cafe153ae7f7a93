"""The papers that the portal makes for the town, and the acceptance of two of them."""

from __future__ import annotations

import dataclasses

import pytest

from act_portal.emissao import modelos
from act_portal.emissao.conteudo import montar_html
from act_portal.emissao.models import Documento
from act_portal.emissao.render import desenhar
from act_portal.erros import ErroDeDominio
from adesao.models import Aceite, Formulario, Papel, Processo
from adesao.papeis.consultas import vigente
from adesao.papeis.preenchimento import Material, conteudo
from adesao.pedido.servicos import papeis as servicos
from adesao.pedido.servicos.formularios import salvar_formulario
from adesao.situacoes import SituacaoItem
from tests.adesao.fabricas import ProcessoFabrica, emitir, preencher, pronto_para_enviar

pytestmark = pytest.mark.django_db
E = Papel.Especie


@pytest.fixture
def processo() -> Processo:
    processo = ProcessoFabrica()
    preencher(processo)
    return processo


def aceitar(processo: Processo, texto: Aceite.Texto = Aceite.Texto.MINUTA) -> Aceite:
    servicos.fazer(processo.pk, E(texto), autor=processo.criado_por)
    emitir(processo)
    papel = vigente(processo, E(texto))
    return servicos.aceitar(processo.pk, texto, papel_id=papel.pk, autor=processo.criado_por)


def mudar(processo: Processo, tipo: str, **campos) -> None:
    linha = processo.formularios.get(tipo=tipo)
    dados = {**linha.dados, **campos}
    salvar_formulario(
        processo.pk, Formulario.Tipo(tipo), dados, versao=linha.versao, pagina="p", autor=processo.criado_por
    )


@pytest.mark.parametrize("especie", [E.OFICIO, E.ESTRUTURA, E.INDICACAO, E.MINUTA, E.PLANO])
def test_cada_papel_se_desenha_com_o_que_foi_preenchido(processo, especie):
    papel = servicos.fazer(processo.pk, especie, autor=processo.criado_por)

    html = montar_html(papel.documento)

    assert f"Município de {processo.municipio.nome}" in html
    assert "None" not in html
    assert desenhar(html)[0].startswith(b"%PDF")


def test_o_mesmo_papel_pedido_duas_vezes_e_um_so(processo):
    for _ in range(2):
        servicos.fazer(processo.pk, E.OFICIO, autor=processo.criado_por)

    assert Documento.objects.count() == 1


def test_sem_formulario_completo_o_papel_diz_o_que_completar():
    processo = ProcessoFabrica()

    with pytest.raises(ErroDeDominio, match=r"Complete “O município.*Cadastre pelo menos um ponto"):
        servicos.fazer(processo.pk, E.OFICIO, autor=processo.criado_por)


def test_indicacao_sem_cadastrador_diz_quem_falta(processo):
    processo.representantes.filter(papel="cadastrador").delete()

    with pytest.raises(ErroDeDominio, match="quem vai cuidar dos acessos"):
        servicos.fazer(processo.pk, E.INDICACAO, autor=processo.criado_por)


def test_renomear_o_municipio_desatualiza_o_papel(processo):
    antes = Material(processo).base(E.OFICIO)
    processo.municipio.nome = "Outro Nome"
    processo.municipio.save()

    assert Material(processo).base(E.OFICIO) != antes


def test_o_dia_de_hoje_nao_desatualiza_o_papel(processo, monkeypatch):
    antes = Material(processo).base(E.OFICIO)
    assert conteudo(Material(processo), E.OFICIO)["data_documento"]
    monkeypatch.setattr("adesao.papeis.preenchimento.hoje_em", lambda m: __import__("datetime").date(2027, 1, 1))

    assert Material(processo).base(E.OFICIO) == antes


def test_papel_desatualizado_e_feito_de_novo_e_o_antigo_perde_o_valor(processo):
    antigo = servicos.fazer(processo.pk, E.OFICIO, autor=processo.criado_por)
    mudar(processo, "oficio", numero="099/2026")

    novo = servicos.fazer(processo.pk, E.OFICIO, autor=processo.criado_por)

    antigo.refresh_from_db()
    assert antigo.substituido_em is not None
    assert antigo.documento.situacao == "substituido"
    assert vigente(processo, E.OFICIO) == novo


# --- Acceptance ---------------------------------------------------------------------------------------------------


def test_o_aceite_guarda_quem_quando_por_quem_e_que_versao(processo):
    aceite = aceitar(processo)

    documento = aceite.papel.documento
    assert (aceite.autor, aceite.em_nome_de) == (processo.criado_por, "Anselmo Torres Fictício")
    assert (aceite.versao, aceite.modelo_sha256) == (documento.versao, documento.modelo_sha256)


def test_nao_se_aceita_papel_que_ainda_nao_foi_feito(processo):
    papel = servicos.fazer(processo.pk, E.MINUTA, autor=processo.criado_por)

    with pytest.raises(ErroDeDominio, match="ainda está sendo feito"):
        servicos.aceitar(processo.pk, Aceite.Texto.MINUTA, papel_id=papel.pk, autor=processo.criado_por)


def test_nao_se_aceita_texto_que_mudou_depois_de_aberto(processo):
    papel = servicos.fazer(processo.pk, E.MINUTA, autor=processo.criado_por)
    emitir(processo)
    mudar(processo, "municipio", gestor_nome="Outra Fictícia")

    with pytest.raises(ErroDeDominio, match="O texto mudou depois que você abriu"):
        servicos.aceitar(processo.pk, Aceite.Texto.MINUTA, papel_id=papel.pk, autor=processo.criado_por)


def test_aceitar_duas_vezes_e_um_aceite(processo):
    assert aceitar(processo) == aceitar(processo)


def test_mudar_o_plano_pede_o_aceite_de_novo():
    processo = pronto_para_enviar()
    assert processo.itens.get(codigo="aceite-minuta-plano").estado == SituacaoItem.PRONTO

    mudar(processo, "plano", alvo_espera="20")

    assert processo.itens.get(codigo="aceite-minuta-plano").estado == SituacaoItem.FALTA
    # The minute says nothing of the targets.
    assert Material(processo).base(E.MINUTA) == vigente(processo, E.MINUTA).base


def test_modelo_novo_pede_o_aceite_de_novo_e_nao_um_oficio_novo(monkeypatch):
    processo = pronto_para_enviar()
    original = modelos.vigente

    def com_outra_versao(codigo, em):
        modelo = original(codigo, em)
        novo = dataclasses.replace(modelo, versao="2")
        return novo if codigo in {"adesao-minuta", "adesao-oficio"} else modelo

    monkeypatch.setattr(modelos, "vigente", com_outra_versao)
    monkeypatch.setattr(modelos.Modelo, "sha256", lambda m: f"{m.codigo}{m.versao}")

    assert Material(processo).base(E.MINUTA) != vigente(processo, E.MINUTA).base
    assert Material(processo).base(E.OFICIO) == vigente(processo, E.OFICIO).base


def test_sem_marcar_que_leu_nada_e_aceito(client, processo):
    papel = servicos.fazer(processo.pk, E.MINUTA, autor=processo.criado_por)
    emitir(processo)
    client.force_login(processo.criado_por)

    pagina = client.post(f"/adesao/{processo.codigo}/papeis/minuta/aceitar/", {"papel": papel.pk}, follow=True)

    assert "Marque que leu o texto antes de aceitar" in pagina.content.decode()
    assert not Aceite.objects.exists()
