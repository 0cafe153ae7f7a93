"""An agreement signed before the portal: registered by one person, confirmed by another, watched as any other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.contas.models import Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Balcao, Entidade
from adesao.acordo.servicos.supervisao import suspender
from adesao.analise.papeis import comum_do_inss
from adesao.analise.servicos.decisao import _proximo_numero
from adesao.analise.servicos.partes import partes
from adesao.anteriores import servicos
from adesao.demonstracao import exemplos
from adesao.models import Acordo, AcordoAnterior, Processo
from adesao.situacoes import SituacaoAcordo
from adesao.tarefas import vigiar
from tests.act_portal.arquivos_fabricados import pdf, pdf_em_bytes
from tests.adesao.fabricas import CNPJ_DA_PREFEITURA, ProcessoFabrica
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


def hoje():
    return localdate()


def enviado() -> SimpleUploadedFile:
    return SimpleUploadedFile("acordo.pdf", pdf_em_bytes(pdf()), "application/pdf")


def dados(municipio, **mais) -> dict:
    dia = hoje() - timedelta(days=400)
    return {
        "municipio": municipio,
        "instrumento": "act",
        "guarda_chuva": None,
        "regime": "rgps",
        "cnpj": CNPJ_DA_PREFEITURA,
        "numero": "007/2025",
        "processo_sei": "35014.000007/2025-00",
        "assinado_em": dia - timedelta(days=10),
        "dou_data": dia,
        "dou_secao": "3",
        "dou_pagina": "98",
        "inicio": dia,
        "fim": hoje() + timedelta(days=59),
        "servicos": exemplos.servicos_sem_duvida()[:2],
        "prefeitura": exemplos.municipio(municipio.nome, mandato_fim=hoje() + timedelta(days=700)),
        "ponto": {
            "nome": "Sala",
            "endereco": "Rua A, 1",
            "cep": "35830000",
            "telefone": "",
            "dias": "Seg",
            "horario": "8h",
        },
        **mais,
    }  # fmt: skip


@pytest.fixture
def cidade():
    municipio = MunicipioFabrica()
    com_papel("gestor", municipio)
    return municipio


@pytest.fixture
def analista(cidade):
    return com_papel("analista_inss", cidade.unidade)


@pytest.fixture
def colega(cidade):
    return com_papel("analista_inss", cidade.unidade)


def registrado(cidade, analista, **mais) -> AcordoAnterior:
    return servicos.registrar(enviado(), autor=analista, **dados(cidade, **mais))


def test_confirmado_por_outra_pessoa_o_acordo_e_acompanhado_como_os_outros(cidade, analista, colega):
    feito = registrado(cidade, analista)
    assert not Acordo.objects.filter(municipio=cidade).exists()

    processo = servicos.confirmar(feito.pk, autor=colega)

    acordo = processo.acordo
    assert (acordo.numero, acordo.situacao, acordo.fim) == ("007/2025", "preparacao", feito.fim)
    assert list(acordo.servicos.values_list("desde", flat=True)) == [feito.inicio] * 2
    entidade = Entidade.objects.get(municipio=cidade)
    assert (entidade.acordo_numero, entidade.servicos) == ("007/2025", sorted(feito.servicos))
    assert processo.pontos.get().nome == "Sala"
    assert acordo.medicoes.filter(ate__isnull=True).count() == 10
    assert "acordo-anterior" in partes(processo)[0].nome
    acoes = set(Evento.objects.filter(corrente=cidade.pk).values_list("acao", flat=True))
    assert {"adesao.anterior_registrado", "adesao.anterior_confirmado", "adesao.anterior_em_vigor"} <= acoes
    vigiar()
    assert Saida.objects.filter(chave__contains=f"fim-do-acordo:{acordo.pk}:{acordo.fim:%Y%m%d}:60").exists()


def test_ninguem_confirma_o_que_registrou(cidade, analista):
    feito = registrado(cidade, analista)

    for fazer in (servicos.confirmar, lambda pk, autor: servicos.devolver(pk, motivo="X", autor=autor)):
        with pytest.raises(ErroDeDominio, match="Foi você quem registrou"):
            fazer(feito.pk, autor=analista)
    with pytest.raises(IntegrityError), transaction.atomic():
        AcordoAnterior.objects.filter(pk=feito.pk).update(
            situacao="devolvido", motivo="X", decidido_por=analista, decidido_em=feito.registrado_em, decisor_nome="N"
        )


def test_quem_ja_atuou_pelo_municipio_nao_confirma(cidade, analista):
    feito = registrado(cidade, analista)
    de_la = com_papel("analista_inss", cidade.unidade)
    ontem = hoje() - timedelta(days=1)
    Vinculo.objects.create(usuario=de_la, papel="atendente", municipio=cidade, inicio=ontem, fim=ontem)

    with pytest.raises(ErroDeDominio, match="já atuou por este município"):
        servicos.confirmar(feito.pk, autor=de_la)


def test_de_outra_regiao_ninguem_registra_nem_confirma(cidade, analista):
    de_fora = com_papel("analista_inss", MunicipioFabrica().unidade)
    feito = registrado(cidade, analista)

    with pytest.raises(PermissionDenied):
        servicos.confirmar(feito.pk, autor=de_fora)
    with pytest.raises(ErroDeDominio, match="outra unidade"):
        registrado(cidade, de_fora)
    with pytest.raises(PermissionDenied):
        registrado(cidade, com_papel("autoridade_inss", cidade.unidade))


def test_os_balcoes_que_ja_atendem_sao_do_acordo(cidade, analista, colega):
    entidade = Entidade.objects.create(
        municipio=cidade, nome="Prefeitura", cnpj=CNPJ_DA_PREFEITURA, acordo_numero="007/2025",
        acordo_inicio=hoje() - timedelta(days=400), acordo_fim=hoje() + timedelta(days=59),
    )  # fmt: skip
    balcao = BalcaoFabrica(municipio=cidade, entidade=entidade, situacao="aberto")
    feito = registrado(cidade, analista, ponto={})

    processo = servicos.confirmar(feito.pk, autor=colega)

    acordo = processo.acordo
    assert (acordo.situacao, acordo.em_operacao_desde) == (SituacaoAcordo.OPERACAO, feito.inicio)
    assert processo.pontos.get().balcao == balcao
    suspender(
        acordo.pk, texto="Risco.", competencia="Portaria 1", cautelar=True,
        autor=com_papel("autoridade_inss", cidade.unidade),
    )  # fmt: skip
    assert Balcao.objects.get(pk=balcao.pk).situacao == "suspenso"


def test_o_que_volta_e_corrigido_e_conferido_de_novo(cidade, analista, colega):
    feito = registrado(cidade, analista)
    servicos.devolver(feito.pk, motivo="A página é 99.", autor=colega)

    corrigido = servicos.corrigir(feito.pk, autor=analista, **dados(cidade, dou_pagina="99"))

    assert (corrigido.situacao, corrigido.dou_pagina, corrigido.motivo) == ("registrado", "99", "")
    assert corrigido.arquivo_id == feito.arquivo_id
    assert servicos.confirmar(feito.pk, autor=colega).acordo.dou_pagina == "99"
    with pytest.raises(ErroDeDominio, match="já tem no portal"):
        servicos.corrigir(feito.pk, autor=colega, **dados(cidade, numero="008/2025"))


@pytest.mark.parametrize(
    ("mudanca", "frase"),
    [
        ({"numero": "0101/2026"}, "três algarismos"),
        ({"numero": "7/2025"}, "três algarismos"),
        ({"dou_pagina": "p. 9"}, "número da página"),
        ({"fim": localdate() - timedelta(days=1)}, "já acabou"),
        ({"inicio": localdate() + timedelta(days=1)}, "já começou"),
        ({"dou_data": localdate() - timedelta(days=500)}, "depois da assinatura"),
        ({"servicos": ["nao-existe"]}, "pelo menos um serviço"),
        ({"ponto": {}}, "ponto de atendimento"),
    ],
)
def test_o_que_o_papel_nao_pode_dizer_nao_entra(cidade, analista, mudanca, frase):
    with pytest.raises(ErroDeDominio, match=frase):
        registrado(cidade, analista, **mudanca)
    assert not AcordoAnterior.objects.exists()


def test_so_pdf(cidade, analista):
    foto = SimpleUploadedFile("acordo.jpg", b"\xff\xd8\xff", "image/jpeg")

    with pytest.raises(ErroDeDominio, match="em PDF"):
        servicos.registrar(foto, autor=analista, **dados(cidade))


def test_o_que_o_digitalizador_escreve_antes_do_pdf_nao_atrapalha(cidade, analista):
    papel = SimpleUploadedFile("acordo.pdf", b"@PJL SET JOB\n" + pdf_em_bytes(pdf()), "application/pdf")
    assert servicos.registrar(papel, autor=analista, **dados(cidade)).arquivo.tipo == "application/pdf"


def test_um_municipio_nao_tem_dois(cidade, analista, colega):
    feito = registrado(cidade, analista)
    with pytest.raises(ErroDeDominio, match="esperando outra pessoa"):
        registrado(cidade, colega)
    pedido = ProcessoFabrica(municipio=cidade, cnpj="99000202000109")
    with pytest.raises(ErroDeDominio, match="pedido aberto"):
        servicos.confirmar(feito.pk, autor=colega)
    Processo.objects.filter(pk=pedido.pk).update(situacao="desistido")
    servicos.confirmar(feito.pk, autor=colega)
    with pytest.raises(ErroDeDominio, match="já tem no portal"):
        registrado(cidade, colega, numero="008/2025")
    assert Processo.objects.filter(municipio=cidade, situacao="vigente").count() == 1


def test_o_numero_e_de_um_acordo_so(cidade, analista, colega):
    ano = hoje().year
    servicos.confirmar(registrado(cidade, analista, numero=f"001/{ano}").pk, autor=colega)
    outra = MunicipioFabrica()
    with pytest.raises(ErroDeDominio, match="já é de outro acordo"):
        registrado(outra, com_papel("analista_inss", outra.unidade), numero=f"001/{ano}", cnpj="99000202000109")

    assert _proximo_numero(ano) == f"002/{ano}"


def test_com_o_mandato_vencido_os_papeis_ainda_dizem_quem_e_o_municipio(cidade, analista, colega):
    prefeitura = exemplos.municipio(cidade.nome, mandato_fim=hoje() - timedelta(days=1))

    processo = servicos.confirmar(registrado(cidade, analista, prefeitura=prefeitura).pk, autor=colega)

    assert comum_do_inss(processo)["rl_nome"] == prefeitura["rl_nome"]


@pytest.mark.parametrize(("falta", "status"), [("suplente", 302), ("encarregado", 422)])
def test_papel_antigo_pode_nao_dizer_o_suplente_mas_o_encarregado_o_cidadao_le(client, cidade, analista, falta, status):
    prefeitura = exemplos.municipio(cidade.nome, mandato_fim=hoje() + timedelta(days=700)) | {falta: ""}
    acordo = {n: v for n, v in dados(cidade).items() if n not in {"prefeitura", "ponto", "servicos", "guarda_chuva"}}
    ponto = {f"ponto_{nome}": valor for nome, valor in dados(cidade)["ponto"].items()}
    client.force_login(analista)
    digitado = {**prefeitura, **acordo, **ponto, "servicos_0": ["salario-maternidade-rural"], "municipio": cidade.pk}

    resposta = client.post("/adesao/anteriores/novo/", {**digitado, "arquivo": enviado()})

    assert resposta.status_code == status
    assert AcordoAnterior.objects.exists() is (status == 302)


def test_o_anterior_sem_suplente_entra_em_vigor(cidade, analista, colega):
    prefeitura = exemplos.municipio(cidade.nome, mandato_fim=hoje() + timedelta(days=700)) | {"suplente": ""}

    processo = servicos.confirmar(registrado(cidade, analista, prefeitura=prefeitura).pk, autor=colega)

    assert comum_do_inss(processo)["suplente"] == ""


def test_pelas_paginas(client, cidade, analista, colega):
    com_lista = {"servicos_0": ["salario-maternidade-rural"]}
    prefeitura = exemplos.municipio(cidade.nome, mandato_fim=hoje() + timedelta(days=700))
    ponto = {"ponto_nome": "Sala", "ponto_endereco": "Rua A", "ponto_cep": "35831-111", "ponto_dias": "Seg",
             "ponto_horario": "8h"}  # fmt: skip
    acordo = {n: v for n, v in dados(cidade).items() if n not in {"prefeitura", "ponto", "servicos", "guarda_chuva"}}
    client.force_login(analista)
    assert client.get("/adesao/anteriores/novo/").status_code == 200
    digitado = {**prefeitura, **acordo, **com_lista, "municipio": cidade.pk}
    sem_ponto = client.post("/adesao/anteriores/novo/", {**digitado, "arquivo": enviado()})
    assert sem_ponto.status_code == 422
    assert "ainda não tem balcão" in sem_ponto.content.decode()
    assert client.post("/adesao/anteriores/novo/", {**digitado, **ponto, "arquivo": enviado()}).status_code == 302
    assert "anterior ao portal para conferir" not in client.get("/painel/").content.decode()
    pagina = f"/adesao/anteriores/{AcordoAnterior.objects.get().codigo}/"
    assert "Foi você quem registrou" in client.get(pagina).content.decode()
    client.force_login(colega)
    assert "Acordos anteriores ao portal (1 para conferir)" in client.get("/adesao/fila/").content.decode()
    assert client.get("/adesao/anteriores/").status_code == 200
    assert "acordo anterior ao portal para conferir" in client.get("/painel/").content.decode()
    a_conferir = client.get(pagina).content.decode()
    assert "Tudo confere com o papel" in a_conferir
    assert "<dd>35831-111</dd>" in a_conferir
    assert client.post(f"{pagina}devolver/", {"motivo": "O fim é outro."}).status_code == 302
    client.force_login(analista)
    assert "O fim é outro." in client.get(f"{pagina}corrigir/").content.decode()
    assert client.post(f"{pagina}corrigir/", {**digitado, **ponto}).status_code == 302
    client.force_login(colega)
    destino = client.post(f"{pagina}confirmar/").headers["Location"]
    tela = client.get(destino).content.decode()
    assert "Assinado antes do portal" in tela
    assert client.get(destino.replace("/acordo/", "/analise/")).status_code == 200
    assert client.get(f"{pagina}arquivo/").status_code == 200
