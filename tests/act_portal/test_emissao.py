from __future__ import annotations

import errno
import hashlib
import io
import re
from pathlib import Path

import pikepdf
import pytest
from celery.signals import worker_process_init
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.template import engines
from django.test.utils import CaptureQueriesContext

from act_portal.auditoria.models import Evento
from act_portal.emissao import conteudo, modelos, render, servicos, trabalhos
from act_portal.emissao.models import Documento, Impressao
from act_portal.emissao.situacoes import CAMINHOS, Situacao
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UsuarioFabrica, com_papel

FOLHA = """<!DOCTYPE html><html lang="pt-BR"><head><title>{{ titulo }}</title></head>
<body class="papel"><h1>{{ titulo }}</h1><p>{{ titular_nome }}</p><p>Código {{ codigo_verificacao }}</p></body>
</html>"""


@pytest.fixture(autouse=True)
def modelo_de_teste(monkeypatch, settings, tmp_path):
    (tmp_path / "ensaio.html").write_text(FOLHA)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    monkeypatch.setattr(modelos, "MODELOS", dict(modelos.MODELOS))
    yield modelos.registrar_modelo(
        modelos.Modelo(codigo="ensaio", versao="1", titulo="Papel de ensaio", template="ensaio.html")
    )
    engines.__dict__.pop("templates", None)


@pytest.fixture
def municipio(db):
    return MunicipioFabrica()


@pytest.fixture
def autor(municipio):
    return com_papel("atendente", municipio)


def pedir(municipio, autor=None, **dados) -> Documento:
    return servicos.pedir("ensaio", {"titular_nome": "Maria", **dados}, municipio=municipio, autor=autor)


def emitir(municipio, autor=None, **dados) -> Documento:
    documento = pedir(municipio, autor, **dados)
    saidas.executar(Saida.objects.get(chave=f"emissao.renderizar:{documento.pk}").pk)
    documento.refresh_from_db()
    return documento


def test_papel_pedido_vira_pdf_marcado_e_arquivavel(municipio, autor):
    documento = emitir(municipio, autor)

    assert documento.situacao == Situacao.EMITIDO
    with documento.pdf.open("rb") as arquivo, pikepdf.open(arquivo) as pdf:
        assert documento.paginas == len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "pt-BR"
        xmp = pdf.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["dc:title"] == "Papel de ensaio"
    eventos = Evento.objects.filter(corrente=municipio.pk).order_by("numero")
    assert list(eventos.values_list("acao", flat=True)) == ["emissao.pedir", "emissao.emitir"]


def test_mesmos_dados_mesmo_hash_e_um_valor_mudado_outro_hash(municipio):
    um, igual, outro = (
        pedir(municipio, a=1, b="é"),
        pedir(municipio, b="é", a=1),
        pedir(municipio, a=1, b="e"),
    )

    assert um.hash_conteudo == igual.hash_conteudo != outro.hash_conteudo
    assert um.codigo != igual.codigo


def test_mesmo_html_mesmos_bytes():
    html = '<html lang="pt-BR"><title>a</title><body class="papel"><h1>ação</h1><p><b>Maria</b></p>'

    assert render.renderizar(html) == render.renderizar(html)


def test_html_em_nome_sai_como_texto(municipio):
    documento = pedir(municipio, titular_nome='<img src="file:///etc/passwd"><script>alert(1)</script>')

    html = conteudo.montar_html(documento)

    assert "<img" not in html.split("</h1>")[1]
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "pedaco",
    [
        '<img src="file:///etc/hostname">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<style>@import url("file:///etc/hostname");</style>',
        '<style>body { background: url("file:///etc/hostname") }</style>',
        '<object data="file:///etc/hostname"></object>',
        '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage href=%22file:///etc/hostname%22/%3E%3C/svg%3E">',
    ],
)
def test_modelo_que_pede_disco_ou_rede_nao_e_desenhado(pedaco):
    with pytest.raises(render.ModeloQuerSair):
        render.renderizar(f'<html lang="pt-BR"><title>a</title><body class="papel"><p>a</p>{pedaco}')


def test_endereco_relativo_nao_le_o_disco(tmp_path, monkeypatch):
    (tmp_path / "segredo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SEGREDO</text></svg>')
    monkeypatch.chdir(tmp_path)
    base = '<html lang="pt-BR"><title>a</title><body class="papel"><p>a</p>{}'

    assert render.renderizar(base.format('<img src="segredo.svg">')) == render.renderizar(base.format('<img src="">'))


def test_revogado_antes_de_desenhado_nunca_sai(municipio, autor):
    documento = pedir(municipio)
    servicos.revogar(documento.pk, motivo="nome errado", autor=autor)

    saidas.executar(Saida.objects.get().pk)

    documento.refresh_from_db()
    assert (documento.situacao, documento.pdf.name) == (Situacao.REVOGADO, "")
    assert Saida.objects.get().estado == Saida.Estado.FEITA


def test_revogado_enquanto_se_desenha_nao_sai_nem_deixa_arquivo(municipio, autor, monkeypatch):
    documento = pedir(municipio)
    guardados: list[str] = []
    salvar = default_storage.save

    desenhar = render.desenhar

    def revogar_no_meio(html: str, codigo: str) -> tuple[bytes, int]:
        servicos.revogar(documento.pk, motivo="nome errado", autor=autor)
        return desenhar(html, codigo)

    monkeypatch.setattr(render, "desenhar", revogar_no_meio)
    monkeypatch.setattr(default_storage, "save", lambda *a: guardados.append(salvar(*a)) or guardados[-1])
    saidas.executar(Saida.objects.get().pk)

    documento.refresh_from_db()
    assert (documento.situacao, documento.pdf.name) == (Situacao.REVOGADO, "")
    assert Saida.objects.get().estado == Saida.Estado.FEITA
    assert guardados
    assert not default_storage.exists(guardados[0])


def test_disco_cheio_nao_deixa_meio_papel_e_tenta_de_novo(municipio, monkeypatch):
    documento = pedir(municipio)
    antes = set(Path(default_storage.location).rglob("*/*"))

    def encher(nome, conteudo, max_length=None):
        default_storage._save(nome, ContentFile(b"%PDF meio"))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", encher)
    saidas.executar(Saida.objects.get().pk)

    promessa = Saida.objects.get()
    documento.refresh_from_db()
    assert documento.situacao == Situacao.PEDIDO
    assert (promessa.estado, promessa.falhas) == (Saida.Estado.PENDENTE, 0)
    assert "cheio" in promessa.erro
    assert set(Path(default_storage.location).rglob("*/*")) == antes


def test_revogar_varios_pula_o_que_ja_nao_vale_e_trava_tudo_antes_da_trilha(municipio, autor):
    valido, revogado, por_fazer = emitir(municipio), emitir(municipio), pedir(municipio)
    servicos.revogar(revogado.pk, motivo="antes", autor=autor)

    with CaptureQueriesContext(connection) as consultas:
        servicos.revogar_varios([valido.pk, revogado.pk, por_fazer.pk], motivo="conjunto novo", autor=autor)

    motivos = Documento.objects.order_by("pk").values_list("situacao", "motivo")
    assert list(motivos) == [("revogado", "conjunto novo"), ("revogado", "antes"), ("revogado", "conjunto novo")]
    tabelas = [c["sql"] for c in consultas if c["sql"].startswith("SELECT")]
    lidos = [n for n, sql in enumerate(tabelas) if 'FROM "emissao_documento"' in sql]
    trilha = [n for n, sql in enumerate(tabelas) if 'FROM "auditoria_corrente"' in sql]
    assert lidos
    assert max(lidos) < min(trilha)


def test_papeis_que_nao_se_conseguem_ler_dao_uma_frase(municipio):
    documento = emitir(municipio)
    default_storage.delete(documento.pdf.name)

    with pytest.raises(ErroDeDominio, match="Espere um minuto"):
        servicos.juntar([documento])


def test_entrega_dobrada_desenha_uma_vez_e_promete_o_seguinte_uma_vez(municipio, monkeypatch):
    feitos: list[int] = []
    monkeypatch.setitem(saidas.TRATADORES, "ensaio.depois", lambda saida: feitos.append(saida.carga["documento"]))
    documento = servicos.pedir("ensaio", {}, municipio=municipio, autor=None, depois="ensaio.depois")
    promessa = Saida.objects.get()

    trabalhos.desenhar(promessa)
    primeiro = Documento.objects.get().sha256
    trabalhos.desenhar(promessa)

    assert Documento.objects.get().sha256 == primeiro
    assert Saida.objects.filter(tipo="ensaio.depois").count() == 1
    saidas.executar(Saida.objects.get(tipo="ensaio.depois").pk)
    assert feitos == [documento.pk]


def test_trabalho_seguinte_desconhecido_e_erro_na_hora_de_pedir(municipio):
    with pytest.raises(LookupError):
        servicos.pedir("ensaio", {}, municipio=municipio, autor=None, depois="ninguem.sabe")


def test_substituir_emite_outro_e_tira_o_valor_do_primeiro(municipio, autor):
    antigo = emitir(municipio)

    novo = servicos.substituir(antigo.pk, {"titular_nome": "Mariana"}, motivo="nome errado", autor=autor)

    antigo.refresh_from_db()
    assert (antigo.situacao, antigo.substituido_por) == (Situacao.SUBSTITUIDO, novo)
    assert (novo.situacao, novo.dados) == (Situacao.PEDIDO, {"titular_nome": "Mariana"})
    with pytest.raises(TransicaoInvalida):
        servicos.revogar(antigo.pk, motivo="de novo", autor=autor)


@pytest.mark.django_db(transaction=True)
def test_dois_substituem_o_mesmo_papel_e_so_um_consegue():
    municipio, autor = MunicipioFabrica(), UsuarioFabrica()
    antigo = pedir(municipio)

    fins = correr(lambda n: servicos.substituir(antigo.pk, {"n": n}, motivo="x", autor=autor), [1, 2, 3])

    assert sorted(type(fim).__name__ for fim in fins) == ["Documento", "TransicaoInvalida", "TransicaoInvalida"]
    assert Documento.objects.exclude(pk=antigo.pk).count() == 1


def test_toda_situacao_tem_caminho_e_todo_caminho_chega_a_um_fim():
    assert set(CAMINHOS) == set(Situacao)
    for origem in Situacao:
        assert origem.final or any(destino.final for destino in CAMINHOS[origem])


def test_versao_mais_nova_em_vigor_e_a_que_se_usa_e_a_antiga_continua_conhecida(municipio):
    antigo = pedir(municipio)
    modelos.registrar_modelo(
        modelos.Modelo(codigo="ensaio", versao="10", titulo="Papel de ensaio", template="ensaio.html")
    )
    modelos.registrar_modelo(
        modelos.Modelo(codigo="ensaio", versao="9", titulo="Papel de ensaio", template="ensaio.html")
    )

    novo = pedir(municipio)

    assert (antigo.versao, novo.versao) == ("1", "10")
    assert "Maria" in conteudo.montar_html(antigo)


def test_hash_muda_quando_o_texto_de_uma_parte_do_modelo_muda(modelo_de_teste, tmp_path):
    (tmp_path / "ensaio.html").write_text(FOLHA + '{% include "parte.html" %}')
    (tmp_path / "parte.html").write_text("um")
    for carregador in engines["django"].engine.template_loaders:
        carregador.reset()
    antes = modelo_de_teste.sha256()

    (tmp_path / "parte.html").write_text("dois")
    for carregador in engines["django"].engine.template_loaders:
        carregador.reset()

    assert modelo_de_teste.sha256() != antes


def test_modelo_trocado_entre_o_pedido_e_o_desenho_entra_no_hash_do_que_foi_desenhado(municipio, tmp_path):
    documento = pedir(municipio)
    pedido = documento.hash_conteudo
    (tmp_path / "ensaio.html").write_text(FOLHA.replace("Código", "Código:"))
    for carregador in engines["django"].engine.template_loaders:
        carregador.reset()

    saidas.executar(Saida.objects.get().pk)

    documento.refresh_from_db()
    assert documento.hash_conteudo == conteudo.hash_do_documento(documento) != pedido


def test_codigo_e_longo_sem_letras_que_se_confundem_e_aceita_ser_digitado_de_qualquer_jeito():
    codigo = conteudo.novo_codigo()

    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}", codigo)
    assert conteudo.normalizar_codigo(f" {codigo.lower().replace('-', ' ')} ") == codigo
    assert conteudo.normalizar_codigo("0000-0000-0000") == ""
    assert conteudo.normalizar_codigo("A" * 5000) == ""


def test_conjunto_junto_continua_marcado_e_cada_pagina_acha_a_sua_estrutura(municipio):
    um, dois = emitir(municipio), emitir(municipio, titular_nome="João")

    junto = servicos.juntar([um, dois])

    with pikepdf.open(io.BytesIO(junto)) as pdf:
        raiz = pdf.Root.StructTreeRoot
        assert len(pdf.pages) == 2
        assert len(raiz.K) == 2
        chaves = [int(p.obj.StructParents) for p in pdf.pages]
        nums = {
            int(raiz.ParentTree.Nums[i]): raiz.ParentTree.Nums[i + 1] for i in range(0, len(raiz.ParentTree.Nums), 2)
        }
        assert len(set(chaves)) == 2
        for pagina, chave in zip(pdf.pages, chaves, strict=True):
            assert {e.Pg.objgen for e in nums[chave]} == {pagina.obj.objgen}


def test_a_impressao_digital_do_conjunto_fica_guardada_uma_vez(municipio):
    papeis = [emitir(municipio), emitir(municipio, titular_nome="João")]

    junto = servicos.juntar(papeis)

    assert servicos.juntar(papeis) == junto, "o mesmo conjunto tem sempre os mesmos bytes"
    impressao = Impressao.objects.get()
    assert impressao.sha256 == hashlib.sha256(junto).hexdigest()
    assert set(impressao.documentos.all()) == set(papeis)


def test_conjunto_com_papel_por_fazer_ou_revogado_nao_se_imprime(municipio, autor):
    pronto, pedido, revogado = emitir(municipio), pedir(municipio), emitir(municipio)
    servicos.revogar(revogado.pk, motivo="x", autor=autor)
    revogado.refresh_from_db()

    for outro in (pedido, revogado):
        with pytest.raises(ErroDeDominio):
            servicos.juntar([pronto, outro])


def test_papel_pedido_em_transacao_desfeita_nao_deixa_nada(municipio):
    with pytest.raises(RuntimeError), transaction.atomic():
        pedir(municipio)
        raise RuntimeError

    assert not Documento.objects.exists()
    assert not Saida.objects.exists()


def test_cada_um_ve_os_papeis_do_seu_municipio(municipio, autor):
    documento = pedir(municipio)
    de_fora = com_papel("atendente", MunicipioFabrica())

    assert list(Documento.objects.visiveis_para(autor)) == [documento]
    assert not Documento.objects.visiveis_para(de_fora).exists()


def test_trabalhador_aquece_antes_do_primeiro_papel_e_sobe_mesmo_que_o_ensaio_falhe(monkeypatch, caplog):
    feitos: list[str] = []

    def falhar() -> None:
        feitos.append("ensaio")
        raise OSError("sem biblioteca")

    monkeypatch.setattr(render, "aquecer", falhar)
    worker_process_init.send(sender=None)

    assert feitos == ["ensaio"]
    assert "aquecimento_falhou" in caplog.text
