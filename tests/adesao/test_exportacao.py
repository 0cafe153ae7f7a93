"""The whole process in one ZIP, for SEI."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.timezone import localdate, now

from act_portal.arquivos import deposito
from act_portal.emissao.conteudo import montar_html
from act_portal.emissao.models import Documento
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from adesao.acordo.servicos import encerramento, notificacao, prorrogacao, supervisao
from adesao.analise.servicos import exportacao as servicos
from adesao.models import Exportacao, Papel, Processo
from adesao.papeis.consultas import vigente
from tests.adesao.fabricas import PDF, assinado_pelo_municipio, em_analise, em_operacao, emitir, pdf_assinado
from tests.fabricas import UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


def pronta(processo: Processo, autor) -> Exportacao:
    pedida = servicos.exportar(processo.pk, autor=autor)
    emitir(processo)
    saidas.executar(Saida.objects.get(tipo=servicos.EXPORTAR).pk)
    pedida.refresh_from_db()
    return pedida


def conteudo(exportacao: Exportacao) -> dict[str, bytes]:
    with exportacao.arquivo.open() as aberto, zipfile.ZipFile(aberto) as pacote:
        return {nome: pacote.read(nome) for nome in pacote.namelist()}


def test_o_pacote_traz_tudo_numerado_com_indice_que_confere():
    processo, inss = assinado_pelo_municipio()

    arquivos = conteudo(pronta(processo, inss.analista))

    nomes = list(arquivos)
    assert nomes[:3] == ["001_portal-conferencia.pdf", "002_portal-parecer.pdf", "003_portal-decisao.pdf"]
    assert "004_oficio-manifestacao.pdf" in nomes
    assert nomes[-4].endswith("_acordo-assinado-municipio.pdf")
    assert all(nome.isascii() for nome in nomes)
    linhas = list(csv.reader(io.StringIO(arquivos["indice.csv"].decode("utf-8-sig")), delimiter=";"))[1:]
    assert [linha[0] for linha in linhas] == nomes[:-3]
    assinado = next(linha for linha in linhas if "assinado" in linha[0])
    assert hashlib.sha256(arquivos[assinado[0]]).hexdigest() == assinado[3]
    assert "Aprovou a adesão" in arquivos["historico.csv"].decode()
    assert "dados pessoais" in arquivos["LEIA-ME.txt"].decode()


def _desenhar() -> None:
    todos = Documento.objects.filter(situacao="pedido")
    todos.update(situacao="emitido", pdf=deposito.guardar(ContentFile(PDF)), sha256="0" * 64, emitido_em=now())


def test_depois_do_fim_o_pacote_traz_a_vida_inteira_do_acordo():
    """One walk through everything that an agreement leaves: people, notice, renewal, end."""
    processo, inss = em_operacao()
    acordo, gestor, hoje = processo.acordo, processo.criado_por, localdate()
    prorrogacao.pedir(acordo.pk, meses=12, justificativa="Deu certo.", autor=gestor)
    prorrogacao.decidir(acordo.pk, aprova=True, texto="Sim.", competencia="Portaria 1", autor=inss.autoridade)
    prorrogacao.assinar(acordo.pk, pdf_assinado(), assinado_em=hoje, autor=gestor)
    aviso = notificacao.notificar(
        acordo.pk, indicadores_falhos=["esvaziado"], fatos="Nenhum pedido.", providencias="Divulgar.",
        prazo=hoje + timedelta(days=30), autor=inss.analista,
    )  # fmt: skip
    notificacao.responder(acordo.pk, pdf_assinado(), notificacao=aviso.pk, texto="Falta gente.", autor=gestor)
    notificacao.avaliar(acordo.pk, notificacao=aviso.pk, resolvida=False, texto="Persiste.", autor=inss.analista)
    supervisao.rescindir(acordo.pk, texto="Sem equipe.", competencia="Portaria 1", autor=inss.autoridade)
    for casos in (1, 0):
        encerramento.fazer(
            acordo.pk, casos_abertos=casos, exigencias_abertas=0, avisos_enviados=0, destino_casos="Nenhum.",
            dados_destino="Arquivo.", autor=inss.autoridade,
        )  # fmt: skip
        _desenhar()
        encerramento.assinar(acordo.pk, pdf_assinado(), assinado_em=hoje, autor=gestor)
    encerramento.juntar(acordo.pk, pdf_assinado(2), assinado_em=hoje, autor=inss.autoridade)
    feita = servicos.exportar(processo.pk, autor=inss.analista)
    lista = " ".join(montar_html(vigente(processo, Papel.Especie.CONFERENCIA).documento).split())
    _desenhar()

    saidas.executar(Saida.objects.get(tipo=servicos.EXPORTAR).pk)

    feita.refresh_from_db()
    arquivos = conteudo(feita)
    nomes = [nome.split("_", 1)[-1] for nome in arquivos]
    # What each side signed stays, and the closing term as it was before it was made again.
    assert nomes.count("termo-de-encerramento.pdf") == 2
    assert nomes.count("termo-de-encerramento-assinado.pdf") == 3
    indice = arquivos[next(nome for nome in arquivos if "indice" in nome)].decode()
    assert (indice.count("assinado pelo município em"), indice.count("assinado pelas duas partes em")) == (3, 1)
    for nome in ("pessoa-tcms.pdf", "pessoa-capacitacao.pdf", "notificacao.pdf", "notificacao-resposta.pdf",
                 "termo-aditivo.pdf", "termo-aditivo-assinado.pdf", "termo-de-encerramento.pdf",
                 "termo-de-encerramento-assinado.pdf"):  # fmt: skip
        assert nome in nomes
    assert "Situação: Encerrado" in arquivos["LEIA-ME.txt"].decode()
    assert "Acordo em vigor" not in lista
    assert "Rescindiu o acordo" in arquivos["historico.csv"].decode()
    for trecho in ("Nenhum pedido.", "Falta gente.", "Persiste.", "Deu certo.", "Sem equipe.", "Rescinde"):
        assert trecho in lista


def test_espera_os_papeis_que_ainda_estao_sendo_feitos():
    processo, inss = em_analise()
    pedida = servicos.exportar(processo.pk, autor=inss.analista)

    saidas.executar(Saida.objects.get(tipo=servicos.EXPORTAR).pk)

    pedida.refresh_from_db()
    assert pedida.pronta_em is None
    assert "Ainda está sendo feito" in Saida.objects.get(tipo=servicos.EXPORTAR).erro


def test_clique_duplo_e_um_pacote_so():
    processo, inss = em_analise()

    assert servicos.exportar(processo.pk, autor=inss.analista) == servicos.exportar(processo.pk, autor=inss.analista)


def test_o_pacote_e_so_do_inss_da_regiao(client):
    processo, inss = em_analise()
    feita = pronta(processo, inss.analista)

    for quem, situacao in (
        (inss.autoridade, 200),
        (processo.criado_por, 403),
        (com_papel("analista_inss", UnidadeFabrica()), 404),
    ):
        client.force_login(quem)
        resposta = client.get(f"/adesao/exportacoes/{feita.codigo}/")
        assert resposta.status_code == situacao
        assert resposta.getvalue()


def test_depois_de_sete_dias_o_arquivo_some_e_o_registro_fica(client):
    processo, inss = em_analise()
    feita = pronta(processo, inss.analista)
    nome = feita.arquivo.name
    Exportacao.objects.filter(pk=feita.pk).update(pronta_em=now() - timedelta(days=8))

    servicos.apagar_antigas()

    assert not default_storage.exists(nome)
    assert Exportacao.objects.get().apagada_em is not None
    client.force_login(inss.analista)
    assert client.get(f"/adesao/exportacoes/{feita.codigo}/").status_code == 404


def test_texto_que_comeca_como_formula_nao_roda_na_planilha():
    assert servicos.em_csv(["a"], [["=SOMA(1)"], [""], ["texto"]]).splitlines()[1:] == ["'=SOMA(1)", '""', "texto"]
