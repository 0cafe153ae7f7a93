"""What people send wrong, late, or two at once: one clear sentence each, nothing changes, nothing typed is lost."""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.arquivos.models import Arquivo
from act_portal.erros import ErroDeDominio
from act_portal.territorio import carga
from act_portal.territorio.models import Municipio
from adesao.models import Peca, Processo
from adesao.pedido.servicos.itens import preencher
from adesao.situacoes import Situacao, SituacaoItem
from tests.act_portal.arquivos_fabricados import enviado, pdf, pdf_em_bytes
from tests.adesao.fabricas import CNPJ_DA_PREFEITURA, ProcessoFabrica, aprovado, devolvido, em_analise, vigente_hoje
from tests.adesao.test_itens import certidao, endereco, item_de
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


def test_certidao_de_outro_municipio_e_dita_com_os_dois_cnpj_e_fica_guardada(client):
    processo = ProcessoFabrica()
    client.force_login(processo.criado_por)

    resposta = client.post(endereco(processo, "regularidade-federal"), certidao(titular_cnpj="11.222.333/0001-81"))

    assert resposta.status_code == 422
    assert resposta.context["form"].errors["titular_cnpj"] == [
        "O CNPJ 11.222.333/0001-81 não é o da prefeitura. A certidão precisa ser do 99.000.101/0001-20."
    ]
    item = item_de(processo, "regularidade-federal")
    assert (item.titular_cnpj, item.estado) == ("11222333000181", SituacaoItem.FALTA)


def test_dois_gestores_na_mesma_certidao_e_nada_se_perde(client):
    processo = ProcessoFabrica()
    pagina = endereco(processo, "regularidade-federal")
    client.force_login(processo.criado_por)
    visto = client.get(pagina).context["form"]["visto"].value()
    client.force_login(com_papel("gestor", processo.municipio))
    assert client.post(pagina, certidao(numero="DELA", visto=visto)).status_code == 302

    client.force_login(processo.criado_por)
    resposta = client.post(pagina, certidao(numero="MINHA", visto=visto))

    texto = resposta.content.decode()
    assert (resposta.status_code, item_de(processo, "regularidade-federal").numero) == (422, "DELA")
    assert "Outra pessoa mudou estes dados" in texto
    assert "<dd>DELA</dd>" in texto
    assert 'value="MINHA"' in texto
    # Saved again, with what is kept in view, it goes.
    novo = resposta.context["form"]["visto"].value()
    assert client.post(pagina, certidao(numero="MINHA", visto=novo)).status_code == 302


def test_depois_da_aprovacao_nada_entra_e_o_digitado_fica_na_tela(client):
    processo, inss = aprovado()
    pecas = Peca.objects.count()
    arquivos = Arquivo.objects.count()
    client.force_login(processo.criado_por)
    envio = {"arquivos": [enviado(pdf_em_bytes(pdf()))]}

    juntado = client.post(endereco(processo, "lei-criacao", "juntar/"), envio, follow=True).content.decode()
    campos = client.post(endereco(processo, "regularidade-federal"), certidao(numero="TARDE")).content.decode()
    recado = client.post(endereco(processo, "lei-criacao", "responder/"), {"texto": "Recado atrasado"})
    client.force_login(inss.analista)
    decisao = client.post(
        f"/adesao/{processo.codigo}/analise/itens/lei-criacao/",
        {"decisao": "devolver", "motivo": "ilegivel", "texto": "Folha 2 cortada"},
    ).content.decode()

    frase = "Este pedido está em “Para o município assinar” e não muda mais por aqui."
    assert frase in juntado
    assert frase in campos
    assert 'value="TARDE"' in campos
    assert frase in recado.content.decode()
    assert "Recado atrasado" in recado.content.decode()
    assert "Folha 2 cortada" in decisao
    assert (Peca.objects.count(), Arquivo.objects.count()) == (pecas, arquivos)
    assert item_de(processo, "lei-criacao").estado == SituacaoItem.ACEITO


def test_o_aceite_recusado_devolve_as_ressalvas_escritas(client):
    processo = devolvido("aceite-minuta-plano")
    client.force_login(processo.criado_por)

    aceitar = f"/adesao/{processo.codigo}/papeis/minuta/aceitar/"
    resposta = client.post(aceitar, {"ressalvas": "Cláusula 4"}, follow=True)

    assert "Marque que leu o texto antes de aceitar. Você tinha escrito: “Cláusula 4”" in resposta.content.decode()


@pytest.fixture
def dados_novos(tmp_path):
    """The territory data with the rows that a test adds or changes."""
    shutil.copy(carga.PASTA / "unidades.toml", tmp_path)

    def gravar(*linhas: dict) -> object:
        campos = ["codigo_ibge", *(c for c in carga.CAMPOS if c != "nome_busca")]
        with (tmp_path / "municipios.csv").open("w", encoding="utf-8", newline="") as aberto:
            escritor = csv.DictWriter(aberto, campos)
            escritor.writeheader()
            escritor.writerows(linhas)
        return tmp_path

    return gravar


def linha(municipio: Municipio, **mais) -> dict:
    return {
        "codigo_ibge": municipio.pk,
        **{campo: getattr(municipio, campo) for campo in carga.CAMPOS if campo != "nome_busca"},
        "capital": "0",
        **mais,
    }


def test_municipio_que_muda_de_nome_guarda_pedido_acordo_e_balcao(client, dados_novos, monkeypatch):
    processo, inss = vigente_hoje()
    pedido, _ = em_analise(municipio=MunicipioFabrica(), cnpj="99000101000201")
    novos = [linha(p.municipio, nome=f"Novo Nome {p.pk}") for p in (processo, pedido)]
    monkeypatch.setattr(carga, "_unidades", lambda *_: None)
    monkeypatch.setattr(carga, "_ligar", lambda *_: None)

    carga.carregar(dados_novos(*novos))

    assert Processo.objects.get(pk=processo.pk).acordo.estado.vivo
    assert Processo.objects.get(pk=pedido.pk).estado == Situacao.EM_ANALISE
    for p in (processo, pedido):
        client.force_login(p.criado_por)
        assert f"Novo Nome {p.pk}" in client.get(f"/adesao/{p.codigo}/").content.decode()
    client.force_login(inss.analista)
    assert f"Novo Nome {processo.pk}" in client.get(f"/adesao/{processo.codigo}/analise/").content.decode()


def test_municipio_novo_sem_linha_de_regiao_tem_frase_e_saida(client):
    """Nobody answers for it yet: not in the map's file, no unit above it."""
    novo = MunicipioFabrica(nome="Vila Nova de Teste", uf="MT", unidade=None)
    gestor = com_papel("gestor", novo)

    regiao = client.get("/adesao/fale-com-o-inss/", {"cidade": novo.pk})
    onde = client.get(f"/onde-ser-atendido/{novo.pk}/")
    client.force_login(gestor)
    dados = {"instrumento": "act", "regime": "rgps", "cnpj": CNPJ_DA_PREFEITURA}
    pedido = client.post("/adesao/pedido/", dados)

    assert (regiao.status_code, onde.status_code) == (200, 200)
    assert "Vila Nova de Teste" in regiao.content.decode()
    assert "135" in regiao.content.decode()
    assert pedido.status_code == 422
    assert "Nenhuma unidade do INSS responde por este município ainda. Ligue 135." in pedido.content.decode()


@pytest.mark.parametrize(("item", "regime"), [("regularidade-federal", "rgps"), ("crp", "rpps")])
def test_certidao_com_as_duas_datas_trocadas_e_dita_no_campo(client, item, regime):
    processo = ProcessoFabrica(regime=regime)
    client.force_login(processo.criado_por)
    hoje = localdate()
    datas = {
        "emitido_em": f"{hoje - timedelta(days=7):%d/%m/%Y}",
        "valido_ate": f"{hoje - timedelta(days=17):%d/%m/%Y}",
    }

    resposta = client.post(endereco(processo, item), certidao(origem="administrativa", **datas))

    assert resposta.status_code == 422
    assert resposta.context["form"].errors["valido_ate"] == ["A validade vem antes da emissão. Confira as duas datas."]
    assert item_de(processo, item).valido_ate is None
    with pytest.raises(ErroDeDominio, match="antes da emissão"):
        preencher(
            item_de(processo, item).pk,
            {"emitido_em": hoje, "valido_ate": hoje - timedelta(days=1)},
            autor=processo.criado_por,
        )
