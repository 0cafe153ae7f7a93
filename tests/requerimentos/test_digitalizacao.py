"""The documents screen, with real uploads: each bad file gets one sentence, the good ones beside it are kept."""

from __future__ import annotations

import errno
import hashlib
import re
import struct
import uuid
import zlib
from dataclasses import replace

import pikepdf
import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from django.urls import reverse

from act_portal.arquivos import remessas
from act_portal.arquivos import servicos as arquivos
from act_portal.arquivos.limites import tecnicos
from act_portal.arquivos.models import Arquivo, Folha, Remessa
from act_portal.auditoria.models import Evento
from act_portal.contas.models import Usuario
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao import servicos
from requerimentos.digitalizacao.consultas import documentos
from requerimentos.digitalizacao.retorno import servicos as retorno
from requerimentos.digitalizacao.retorno.leitura import Leitura
from requerimentos.models import Pagina, Peca, Requerimento
from requerimentos.situacoes import Etapa
from tests.act_portal.arquivos_fabricados import em_bytes, enviado, foto, pdf, pdf_em_bytes
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, com_papel
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fabricas_envio import peca_pronta

pytestmark = pytest.mark.django_db(transaction=True)
VAGA = "documento_identidade"
OUTRA = "termo_representacao"
BOM = pdf_em_bytes(pdf())


@pytest.fixture
def pedido() -> Requerimento:
    return RequerimentoFabrica(servico_codigo="bpc-idoso")


@pytest.fixture
def navegador(pedido) -> Client:
    return navegador_de(pedido.atendente)


def navegador_de(usuario: Usuario) -> Client:
    navegador = Client()
    navegador.force_login(usuario)
    return navegador


def juntar(navegador: Client, pedido: Requerimento, *enviados, json: bool = True, **campos):
    cabecalhos = {"accept": "application/json"} if json else {}
    dados = {"vaga": VAGA, "arquivos": list(enviados), **campos}
    return navegador.post(reverse("requerimentos:juntar", args=[pedido.codigo]), dados, headers=cabecalhos)


def mexer(navegador: Client, alvo: Peca | Pagina, **campos):
    nome = "peca" if isinstance(alvo, Peca) else "pagina"
    return navegador.post(reverse(f"requerimentos:{nome}", args=[alvo.codigo]), campos)


# --- Bad input ----------------------------------------------------------------------------------------------------
def png_de(largura: int, altura: int) -> bytes:
    """A header that claims a size; nothing behind it is ever decoded."""

    def pedaco(tipo: bytes, dados: bytes) -> bytes:
        return struct.pack(">I", len(dados)) + tipo + dados + struct.pack(">I", zlib.crc32(tipo + dados))

    cabeca = struct.pack(">IIBBBBB", largura, altura, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + pedaco(b"IHDR", cabeca) + pedaco(b"IDAT", zlib.compress(b"\0")) + pedaco(b"IEND", b"")


def com_senha() -> bytes:
    return pdf_em_bytes(pdf(), encryption=pikepdf.Encryption(user="segredo", owner="dono"))


def animada() -> bytes:
    quadros = [foto(200, 300), foto(200, 300).rotate(180)]
    return em_bytes(quadros[0], "GIF", save_all=True, append_images=quadros[1:])


RUINS = {
    "vazio": (b"", "arquivo está vazio"),
    "corrompido": (BOM[: len(BOM) // 4], "danificado"),
    "com senha": (com_senha(), "pede senha"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "programa em texto"),
    "200 polegadas": (pdf_em_bytes(pdf(medida=(14_400, 14_400))), "mede 508 cm"),
    "600 paginas": (pdf_em_bytes(pdf(paginas=600)), "600 páginas"),
    "bomba de pontos": (png_de(60_000, 60_000), "grande demais"),
    "animada": (animada(), "animada"),
}


@pytest.mark.parametrize("caso", RUINS)
def test_arquivo_ruim_ganha_uma_frase_e_os_outros_ficam(navegador, pedido, fila_anotada, caso):
    conteudo, frase = RUINS[caso]

    resposta = juntar(
        navegador, pedido, enviado(BOM, "bom.pdf"), enviado(conteudo, "ruim.pdf"), enviado(BOM, "fim.pdf")
    )

    assert resposta.status_code == 422
    [recusa] = resposta.json()["recusas"]
    assert frase in recusa
    assert not resposta.json()["tentar"]
    assert sorted(pedido.pecas.values_list("arquivo__nome_original", flat=True)) == ["bom.pdf", "fim.pdf"]


def test_arquivo_grande_demais_ganha_uma_frase(navegador, pedido, fila_anotada, monkeypatch):
    monkeypatch.setattr("act_portal.arquivos.inspecao.tecnicos", lambda: tecnicos_com(envio_bytes=1000))

    resposta = juntar(navegador, pedido, enviado(b"x" * 2000, "grande.pdf"))

    assert resposta.status_code == 422
    assert "o máximo é" in resposta.json()["recusas"][0]


def tecnicos_com(**mudancas):
    return replace(tecnicos(), **mudancas)


def tiff() -> bytes:
    quadros = [foto(300, 420) for _ in range(3)]
    return em_bytes(quadros[0], "TIFF", save_all=True, append_images=quadros[1:])


BONS = {
    "CMYK": (em_bytes(foto(300, 420, "CMYK")), 1),
    "16 bits": (em_bytes(foto(300, 420, "L").convert("I").convert("I;16"), "PNG"), 1),
    "TIFF de 3 páginas": (tiff(), 3),
    "PDF": (pdf_em_bytes(pdf(paginas=2)), 2),
}


@pytest.mark.parametrize("caso", BONS)
def test_arquivo_incomum_vira_paginas(navegador, pedido, fila_na_hora, caso):
    conteudo, paginas = BONS[caso]

    assert juntar(navegador, pedido, enviado(conteudo, "folha")).status_code == 200

    assert Pagina.objects.filter(peca__requerimento=pedido).count() == paginas
    tela = navegador.get(reverse("requerimentos:documentos", args=[pedido.codigo])).content.decode()
    assert f"Página {paginas} de {paginas}" in tela


def mandar_em_pedacos(quem: Usuario, conteudo: bytes = BOM, nome: str = "rg.pdf") -> Remessa:
    sha256 = hashlib.sha256(conteudo).hexdigest()
    remessa = remessas.abrir(uuid.uuid4(), usuario=quem, nome=nome, tamanho=len(conteudo), sha256=sha256)
    remessas.receber_pedaco(remessa, inicio=0, conteudo=conteudo)
    return remessa


def test_o_que_chegou_em_pedacos_entra_na_vaga_uma_vez_so(navegador, pedido, fila_anotada):
    remessa = mandar_em_pedacos(pedido.atendente)

    respostas = [juntar(navegador, pedido, remessa=remessa.codigo) for _ in range(2)]

    assert [r.json() for r in respostas] == [{"recusas": [], "tentar": False}] * 2
    peca = pedido.pecas.get()
    assert (peca.codigo, peca.vaga, peca.arquivo.nome_original) == (remessa.codigo, VAGA, "rg.pdf")
    assert not remessa.pedacos.exists()


def test_remessa_que_nao_serve_ou_nao_chegou_inteira_ganha_uma_frase(navegador, pedido, fila_anotada):
    ruim = mandar_em_pedacos(pedido.atendente, b"#!/bin/sh\n", "virus.pdf")
    metade = remessas.abrir(uuid.uuid4(), usuario=pedido.atendente, nome="a", tamanho=9, sha256="0" * 64)

    recusada, incompleta = (juntar(navegador, pedido, remessa=r.codigo) for r in (ruim, metade))

    assert (recusada.status_code, recusada.json()["tentar"]) == (422, False)
    assert (incompleta.status_code, incompleta.json()["tentar"]) == (422, True)
    assert list(Remessa.objects.all()) == [metade]
    assert not pedido.pecas.exists()


def test_remessa_de_outra_pessoa_nao_entra(navegador, pedido, fila_anotada):
    de_bia = mandar_em_pedacos(com_papel("atendente", pedido.municipio))

    assert juntar(navegador, pedido, remessa=de_bia.codigo).status_code == 404
    assert not pedido.pecas.exists()


def test_disco_cheio_ganha_uma_frase_e_o_mesmo_arquivo_entra_depois(navegador, pedido, fila_anotada, monkeypatch):
    def cheio(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", cheio)
    codigo = str(uuid.uuid4())

    resposta = juntar(navegador, pedido, enviado(BOM), codigo=codigo)

    assert resposta.status_code == 422
    assert "Não há mais espaço" in resposta.json()["recusas"][0]
    assert resposta.json()["tentar"]
    assert not Arquivo.objects.exists()
    monkeypatch.undo()
    assert juntar(navegador, pedido, enviado(BOM), codigo=codigo).status_code == 200


def test_sem_scripts_a_recusa_aparece_na_pagina_e_os_bons_ficam(navegador, pedido, fila_anotada):
    resposta = juntar(navegador, pedido, enviado(b"#!/bin/sh\n", "conta.pdf"), enviado(BOM, "rg.pdf"), json=False)

    tela = navegador.get(resposta["Location"]).content.decode()
    assert "“conta.pdf” não foi guardado." in tela
    assert "1 arquivo guardado." in tela
    assert "#" not in resposta["Location"], "the refusal is read at the top"


def test_sem_arquivo_nenhum_diz_para_escolher(navegador, pedido):
    resposta = juntar(navegador, pedido)

    assert resposta.status_code == 422
    assert resposta.json()["recusas"] == ["Escolha um arquivo antes de enviar."]


# --- The same file again ------------------------------------------------------------------------------------------
def test_o_mesmo_codigo_de_novo_e_o_mesmo_documento(navegador, pedido, fila_anotada):
    codigo = str(uuid.uuid4())

    for _ in range(2):
        assert juntar(navegador, pedido, enviado(BOM), codigo=codigo).status_code == 200

    assert pedido.pecas.count() == 1


def test_o_mesmo_formulario_sem_scripts_duas_vezes_e_um_conjunto_so(navegador, pedido, fila_anotada):
    lote = str(uuid.uuid4())

    for _ in range(2):
        juntar(navegador, pedido, enviado(BOM, "a.pdf"), enviado(BOM, "b.pdf"), lote=lote, json=False)
    juntar(navegador, pedido, enviado(BOM, "c.pdf"), lote=lote, json=False)

    assert sorted(pedido.pecas.values_list("arquivo__nome_original", flat=True)) == ["a.pdf", "b.pdf", "c.pdf"]


def test_codigo_de_outro_pedido_nao_vale_neste(navegador, pedido, fila_anotada):
    outro = RequerimentoFabrica(atendimento__balcao=pedido.balcao, atendimento__atendente=pedido.atendente)
    codigo = uuid.uuid4()
    servicos.juntar(outro.pk, vaga=OUTRA, enviado=enviado(BOM), autor=pedido.atendente, codigo=codigo)

    resposta = juntar(navegador, pedido, enviado(BOM), codigo=str(codigo))

    assert resposta.status_code == 422
    assert "outro pedido" in resposta.json()["recusas"][0]


def test_paginas_nao_dobram_quando_o_trabalhador_chega_junto(pedido, fila_anotada):
    peca = servicos.juntar(pedido.pk, vaga=VAGA, enviado=enviado(BOM), autor=pedido.atendente)
    folha = arquivos.FolhaGuardada("aa/bb", "aa/cc", 10, "0" * 64, 150)
    assert arquivos.aprontar(peca.arquivo_id, [folha], [])

    lida = Leitura(Folha.objects.get(arquivo=peca.arquivo_id).pk, ())

    assert correr(lambda arquivo: retorno.paginar(arquivo, [lida]), [peca.arquivo_id] * 4) == [None] * 4

    assert peca.paginas.count() == 1


# --- Pages --------------------------------------------------------------------------------------------------------
@pytest.fixture
def peca(pedido) -> Peca:
    return peca_pronta(pedido, VAGA, paginas=3, natureza="")


def ordem(peca: Peca) -> list[int]:
    return list(peca.paginas.filter(removida_em=None).order_by("ordem", "pk").values_list("folha__ordem", flat=True))


def test_cada_giro_se_desfaz_na_lista_e_o_motivo_da_pagina_fica(navegador, pedido, peca):
    pagina = peca.paginas.first()
    Pagina.objects.filter(pk=pagina.pk).update(mantida_por_que="o papel é assim")
    tela = reverse("requerimentos:documentos", args=[pedido.codigo])
    assert "Desfazer" not in navegador.get(tela).text
    for _ in range(2):
        mexer(navegador, pagina, acao="girar")
    assert 'Desfazer<span class="oculto"> o giro da página 1</span>' in navegador.get(tela).text

    giros = []
    for _ in range(3):
        mexer(navegador, pagina, acao="desfazer")
        pagina.refresh_from_db()
        giros.append(pagina.giro)

    assert giros == [90, 0, 0]
    assert pagina.mantida_por_que == "o papel é assim"
    assert "Desfazer" not in navegador.get(tela).text
    assert Evento.objects.filter(acao="pagina.giro_desfeito").count() == 2


def test_girar_quatro_vezes_volta_ao_comeco(navegador, peca):
    pagina = peca.paginas.first()
    giros = []
    for _ in range(4):
        mexer(navegador, pagina, acao="girar")
        pagina.refresh_from_db()
        giros.append(pagina.giro)

    assert giros == [90, 180, 270, 0]


def test_reordenar_pula_as_paginas_tiradas(navegador, peca):
    _, dois, tres = peca.paginas.order_by("ordem")
    mexer(navegador, dois, acao="tirar")

    mexer(navegador, tres, acao="subir")

    assert ordem(peca) == [3, 1]
    mexer(navegador, dois, acao="devolver")
    assert sorted(ordem(peca)) == [1, 2, 3]


def test_pagina_vai_para_outra_vaga_e_volta_para_a_irma(navegador, pedido, peca):
    um, dois, _ = peca.paginas.order_by("ordem")

    mexer(navegador, um, acao="mudar", vaga=OUTRA)
    mexer(navegador, dois, acao="mudar", vaga=OUTRA)

    nova = pedido.pecas.get(vaga=OUTRA)
    assert (ordem(nova), ordem(peca)) == ([1, 2], [3])
    mexer(navegador, um, acao="mudar", vaga="vaga-inventada")
    assert ordem(nova) == [1, 2]


def test_documento_muda_de_vaga_vai_para_a_lixeira_e_volta(navegador, pedido, peca):
    mexer(navegador, peca, acao="mudar", vaga=OUTRA)
    mexer(navegador, peca, acao="tirar")

    docs = documentos(pedido)
    assert (docs.lixeira, docs.todas) == ([peca], [])
    mexer(navegador, peca, acao="devolver")
    assert [p.peca.vaga for p in documentos(pedido).todas] == [OUTRA]


def test_declarar_a_vaga_so_muda_os_que_ninguem_declarou(navegador, pedido, peca):
    dita = peca_pronta(pedido, VAGA, natureza="simples")
    endereco = reverse("requerimentos:declarar-vaga", args=[pedido.codigo])

    navegador.post(endereco, {"vaga": VAGA, "natureza": "original"})

    naturezas = dict(pedido.pecas.values_list("pk", "natureza"))
    assert naturezas == {peca.pk: "original", dita.pk: "simples"}
    assert mexer(navegador, peca, acao="declarar", natureza="inventada").status_code == 302
    peca.refresh_from_db()
    assert peca.natureza == "original"


def test_depois_de_enviado_nada_muda(navegador, pedido, peca):
    Requerimento.objects.filter(pk=pedido.pk).update(etapa=Etapa.NA_FILA)

    mexer(navegador, peca.paginas.first(), acao="girar")
    resposta = juntar(navegador, pedido, enviado(BOM))

    assert peca.paginas.first().giro == 0
    assert resposta.status_code == 422
    with pytest.raises(ErroDeDominio, match="já foi enviado"):
        servicos.tirar_peca(peca.pk, autor=pedido.atendente)


def test_a_tela_custa_o_mesmo_com_uma_ou_muitas_paginas(navegador, pedido, peca, django_assert_max_num_queries):
    for _ in range(4):
        peca_pronta(pedido, OUTRA, paginas=5)
    endereco = reverse("requerimentos:documentos", args=[pedido.codigo])
    navegador.get(endereco)

    with django_assert_max_num_queries(20):
        tela = navegador.get(endereco).content.decode()

    assert tela.count('class="folha-mini ') == 23


def test_so_a_pagina_que_fotografa_pede_a_camera(navegador, pedido):
    politica = {
        rota: navegador.get(reverse(f"requerimentos:{rota}", args=[pedido.codigo])).headers["Permissions-Policy"]
        for rota in ("documentos", "historico")
    }

    fora = "microphone=(), geolocation=()"
    assert politica == {"documentos": f"camera=(self), {fora}", "historico": f"camera=(), {fora}"}


# --- Other people's documents -------------------------------------------------------------------------------------
@pytest.mark.parametrize("rota", ["miniatura", "ver-pagina", "pagina", "peca"])
def test_documento_de_outra_cidade_nao_existe(peca, rota):
    de_fora = navegador_de(com_papel("atendente", MunicipioFabrica()))
    alvo = peca if rota == "peca" else peca.paginas.first()
    endereco = reverse(f"requerimentos:{rota}", args=[alvo.codigo])

    resposta = (
        de_fora.get(endereco) if rota in {"miniatura", "ver-pagina"} else de_fora.post(endereco, {"acao": "girar"})
    )

    assert resposta.status_code == 404


def test_pagina_dificil_de_ler_fica_com_motivo_e_o_motivo_fica_no_historico(navegador, pedido, peca):
    pagina = peca.paginas.get(ordem=1)
    tremida = {"codigo": "tremida", "onde": "", "texto": "Letras tremidas: fotografe de novo."}
    Folha.objects.filter(pk=pagina.folha_id).update(defeitos=[tremida])
    tela = reverse("requerimentos:documentos", args=[pedido.codigo])

    assert "Letras tremidas: fotografe de novo." in navegador.get(tela).text
    assert len(documentos(pedido).todas[0].dificeis) == 1

    mexer(navegador, pagina, acao="manter", por_que="  ")
    recusada = navegador.get(tela).text
    campo = re.search(rf'<input[^>]*id="manter-{pagina.pk}"[^>]*>', recusada)
    assert campo
    assert f'aria-describedby="erro-manter-{pagina.pk}" aria-invalid="true"' in campo[0]
    assert f'id="erro-manter-{pagina.pk}" role="alert">Escreva por que a página fica' in recusada
    assert recusada.count("Escreva por que a página fica") == 1
    assert "Escreva por que" not in navegador.get(tela).text, "uma vez só"
    # The slots are drawn again and again: there it stands until a reason is taken.
    de_htmx = {"HX-Request": "true"}
    acao = reverse("requerimentos:pagina", args=[pagina.codigo])
    navegador.post(acao, {"acao": "manter", "por_que": "x" * 201}, headers=de_htmx)
    for _ in range(2):
        parte = navegador.get(reverse("requerimentos:vagas", args=[pedido.codigo]), headers=de_htmx).text
        assert "O motivo passa de 200 letras" in parte
        assert "x" * 201 in parte

    mexer(navegador, pagina, acao="manter", por_que="o papel original está apagado")
    assert "Fica assim: o papel original está apagado" in navegador.get(tela).text
    assert documentos(pedido).todas[0].dificeis == []
    assert Evento.objects.filter(acao="pagina.mantida").count() == 1
    assert Evento.objects.get(acao="pagina.mantida").dados["defeitos"] == "tremida"


@pytest.mark.parametrize(("giro", "codigo"), [(180, "cabeca"), (90, "lado"), (270, "lado")])
def test_virar_a_pagina_tira_o_aviso_de_pagina_virada(peca, giro, codigo):
    pagina = peca.paginas.get(ordem=1)
    pagina.folha.defeitos = [{"codigo": codigo, "onde": "", "texto": "Gire."}]

    assert len(pagina.defeitos) == 1
    pagina.giro = giro
    assert pagina.defeitos == []
