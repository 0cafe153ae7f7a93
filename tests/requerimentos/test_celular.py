"""A borrowed telephone: one code, one owner, some minutes, one case; and it opens nothing else."""

from __future__ import annotations

import hashlib
import logging
import re
import uuid
from datetime import timedelta
from random import Random

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from PIL import ImageFilter

from act_portal.arquivos import remessas
from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio
from bench._mesa import fotografar as fotografar_na_mesa
from requerimentos.digitalizacao.celular import no_celular, servicos
from requerimentos.digitalizacao.celular.consultas import ASSINADOS
from requerimentos.digitalizacao.conserto import servicos as consertos
from requerimentos.digitalizacao.consultas import VAGA_DA_EXIGENCIA
from requerimentos.models import Celular, Exigencia, Papel, Pessoa, Requerimento
from requerimentos.situacoes import Etapa, SituacaoExigencia
from tests.acesso.base import Cenario, montar
from tests.act_portal.arquivos_fabricados import em_bytes, foto
from tests.corridas import correr
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, com_papel
from tests.requerimentos.escaneadas import folha, folha_com, papeis_impressos
from tests.requerimentos.fabricas import AtendimentoFabrica, ExigenciaFabrica, RequerimentoFabrica
from tests.requerimentos.fabricas_envio import pedido_sem_documentos
from tests.test_acesso import CASOS

pytestmark = pytest.mark.django_db(transaction=True)
FOTO = em_bytes(foto(300, 400))


@pytest.fixture
def ana():
    return com_papel("atendente", MunicipioFabrica())


@pytest.fixture
def pedido(ana) -> Requerimento:
    visita = AtendimentoFabrica(balcao=BalcaoFabrica(entidade__municipio=ana.vinculo.municipio))
    return RequerimentoFabrica(atendimento=visita)


@pytest.fixture
def mesa(ana) -> Client:
    mesa = Client()
    mesa.force_login(ana)
    return mesa


def ligado(pedido: Requerimento, ana, exigencia: Exigencia | None = None) -> tuple[Client, Celular]:
    celular, chave = servicos.oferecer(pedido.pk, autor=ana, exigencia_id=exigencia.pk if exigencia else None)
    telefone = Client()
    assert telefone.post("/celular/", {"chave": chave}).headers["Location"] == "/celular/fotos/"
    assert telefone.get("/celular/fotos/").status_code == 200
    return telefone, celular


def fotografar(telefone: Client, pedido: Requerimento, *, vaga: str = "", foto: bytes = FOTO):
    enviada = SimpleUploadedFile("foto.jpg", foto, "image/jpeg")
    vaga = vaga or pedido.servico.dados["vagas"][0]["id"]
    dados = {"vaga": vaga, "arquivos": enviada, "codigo": str(uuid.uuid4())}
    return telefone.post("/celular/fotos/juntar/", dados, headers={"accept": "application/json"})


def test_o_primeiro_celular_fica_com_o_codigo_e_o_segundo_ouve_o_que_fazer(pedido, ana, caplog):
    caplog.set_level(logging.DEBUG)
    celular, chave = servicos.oferecer(pedido.pk, autor=ana)
    primeiro, segundo = Client(), Client()

    resposta = primeiro.post("/celular/", {"chave": chave})
    assert resposta.headers["Location"] == "/celular/fotos/"
    biscoito = resposta.cookies[no_celular.COOKIE]
    assert (biscoito["httponly"], biscoito["samesite"], biscoito["path"]) == (True, "Strict", "/")
    assert primeiro.post("/celular/", {"chave": chave}).status_code == 302, "o mesmo celular, outra vez"
    recusa = segundo.post("/celular/", {"chave": chave})
    assert recusa.status_code == 403
    assert "Este código já foi usado por outro celular. Peça outro código no balcão." in recusa.content.decode()
    assert segundo.get("/celular/fotos/").status_code == 403
    # Neither secret lies in the database, in the log, or in what a page tells to another.
    guardado = str(Celular.objects.values().get(pk=celular.pk)) + str(list(Evento.objects.values()))
    assert chave not in guardado + caplog.text and biscoito.value not in guardado + caplog.text
    assert primeiro.get("/celular/").headers["Referrer-Policy"] == "same-origin"
    assert primeiro.get("/celular/fotos/").headers["Permissions-Policy"].startswith("camera=()")


def test_o_codigo_sem_o_segredo_o_pedido_enviado_e_o_excesso_nao_passam(pedido, ana, monkeypatch):
    telefone, celular = ligado(pedido, ana)
    with pytest.raises(servicos.CelularQueNaoVale, match="não está ligado"):
        servicos.do_dono(celular.codigo, "outro segredo")

    monkeypatch.setattr(servicos, "LIGADOS_POR_PEDIDO", 1)
    with pytest.raises(ErroDeDominio, match="celulares demais"):
        servicos.oferecer(pedido.pk, autor=ana)
    monkeypatch.setattr(no_celular, "LIGACOES", 1)
    resposta = Client().post("/celular/", {"chave": "x"})
    assert (resposta.status_code, "Espere alguns minutos" in resposta.content.decode()) == (429, True)

    Requerimento.objects.filter(pk=pedido.pk).update(etapa=Etapa.NA_FILA)
    resposta = telefone.get("/celular/fotos/")
    assert (resposta.status_code, "já foi enviado" in resposta.content.decode()) == (403, True)


def test_de_dois_celulares_ao_mesmo_tempo_um_fica_com_o_codigo(pedido, ana):
    _, chave = servicos.oferecer(pedido.pk, autor=ana)

    def ligar(_n: int) -> bool:
        try:
            return bool(servicos.ligar(chave))
        except servicos.CelularQueNaoVale:
            return False

    assert sorted(correr(ligar, range(4))) == [False, False, False, True]


def test_a_foto_entra_na_vaga_em_pedacos_e_aparece_na_mesa(pedido, ana, mesa):
    telefone, _ = ligado(pedido, ana)
    codigo, vaga = uuid.uuid4(), pedido.servico.dados["vagas"][0]["id"]
    antes = mesa.get(reverse("requerimentos:celulares", args=[pedido.codigo]), headers={"hx-request": "true"})
    retrato = antes.context["retrato"]
    promessa = {"codigo": codigo, "nome": "foto.jpg", "bytes": len(FOTO), "sha256": hashlib.sha256(FOTO).hexdigest()}

    assert telefone.post("/celular/remessas/", promessa).json() == {"recebidos": 0, "entregue": False}
    tipo, inicio = "application/octet-stream", {"upload-offset": "0"}
    telefone.post(f"/celular/remessas/{codigo}/", FOTO, tipo, headers=inicio)
    final = {"vaga": vaga, "remessa": codigo}
    resposta = telefone.post("/celular/fotos/juntar/", final, headers={"accept": "application/json"})

    assert resposta.json() == {"recusas": [], "tentar": False}
    peca = pedido.pecas.get()
    assert (peca.vaga, peca.criado_por, peca.codigo) == (vaga, ana, codigo)
    eventos = ["celular.oferecido", "celular.ligado", "peca.juntada", "celular.fotografou"]
    assert set(eventos) <= set(Evento.objects.filter(autor=ana).values_list("acao", flat=True))
    vista = mesa.get(
        reverse("requerimentos:celulares", args=[pedido.codigo]), {"visto": retrato}, headers={"hx-request": "true"}
    )
    assert "1 foto recebida" in vista.content.decode() and "celular-mudou" in vista.headers["HX-Trigger"]
    depois = mesa.get(
        reverse("requerimentos:celulares", args=[pedido.codigo]),
        {"visto": vista.context["retrato"]},
        headers={"hx-request": "true"},
    )
    assert depois.status_code == 204


def test_um_celular_nao_mexe_no_envio_da_mesa_nem_no_de_outro(pedido, ana, mesa):
    um, _ = ligado(pedido, ana)
    outro, _ = ligado(pedido, ana)
    da_mesa, do_outro = uuid.uuid4(), uuid.uuid4()
    remessas.abrir(da_mesa, usuario=ana, nome="a.jpg", tamanho=9, sha256=hashlib.sha256().hexdigest())
    promessa = {"codigo": do_outro, "nome": "b.jpg", "bytes": 9, "sha256": hashlib.sha256().hexdigest()}
    assert outro.post("/celular/remessas/", promessa).status_code == 200

    for alheia in (da_mesa, do_outro):
        assert um.get(f"/celular/remessas/{alheia}/").status_code == 404
        assert um.post(f"/celular/remessas/{alheia}/desistir/").status_code == 404
        assert um.post("/celular/fotos/juntar/", {"vaga": "x", "remessa": alheia}).status_code == 404
    assert mesa.get(f"/envios/{do_outro}/").status_code == 404


def desligar(celular, ana, mesa):
    mesa.post(reverse("requerimentos:desligar-celular", args=[celular.codigo]))


def vencer(celular, ana, mesa):
    Celular.objects.filter(pk=celular.pk).update(vale_ate=now() - timedelta(seconds=1))


def sair(celular, ana, mesa):
    mesa.post(reverse("contas:sair"))


def perder_o_papel(celular, ana, mesa):
    ana.vinculos.update(encerrado_em=now())


@pytest.mark.parametrize(
    ("acabar", "frase"),
    [
        (desligar, "O balcão desligou este código. Peça outro código no balcão."),
        (vencer, "O tempo deste código acabou. Peça outro código no balcão."),
        (sair, "O balcão desligou este código. Peça outro código no balcão."),
        (perder_o_papel, "Quem fez este código não atende mais no balcão. Peça outro código no balcão."),
    ],
)
def test_desligado_o_celular_nao_manda_mais_nada(pedido, ana, mesa, acabar, frase):
    telefone, celular = ligado(pedido, ana)
    assert fotografar(telefone, pedido).json()["recusas"] == []

    acabar(celular, ana, mesa)

    assert fotografar(telefone, pedido).status_code == 403
    pagina = telefone.get("/celular/fotos/")
    assert (pagina.status_code, pedido.pecas.count()) == (403, 1)
    assert frase in pagina.content.decode()
    # What still waited on it is lost with its page.
    assert "ainda não dizia “enviado”" in pagina.content.decode()
    assert "enviado" not in Client().get("/celular/fotos/").content.decode()


def test_as_fotos_renovam_o_tempo_ate_o_teto_e_um_codigo_novo_mata_o_que_espera(pedido, ana):
    _, celular = ligado(pedido, ana)
    Celular.objects.filter(pk=celular.pk).update(vale_ate=now() + timedelta(seconds=5))
    servicos.renovar(celular)
    celular.refresh_from_db()
    assert celular.vale_ate > now() + settings.CELULAR_VALE - timedelta(seconds=30)
    celular.criado_em = now() - 5 * settings.CELULAR_VALE
    servicos.renovar(celular)
    assert Celular.objects.get(pk=celular.pk).vale_ate == celular.vale_ate, "o teto"

    _, velha = servicos.oferecer(pedido.pk, autor=ana)
    servicos.oferecer(pedido.pk, autor=ana)
    with pytest.raises(servicos.CelularQueNaoVale, match="desligou"):
        servicos.ligar(velha)


def test_a_pagina_do_celular_nao_diz_de_quem_e_o_pedido(pedido, ana):
    Pessoa.objects.filter(pk=pedido.pessoa_id).update(nome_civil="Quitéria Segredo Fictícia", cpf="52998224725")
    telefone, _ = ligado(pedido, ana)

    html = telefone.get("/celular/fotos/").content.decode()

    assert "Tirar foto" in html
    escondidos = ["Quitéria", "Segredo", "52998224725", str(pedido.codigo), ana.nome, "/requerimentos/", "/painel/"]
    assert [texto for texto in escondidos if texto in html] == []


def test_com_o_biscoito_do_celular_nenhuma_outra_rota_se_abre(pedido, ana):
    telefone, _ = ligado(pedido, ana)
    cenario: Cenario = montar()
    cenario.quem = "anonimo"
    abertas = []
    for rota, _n, caso in CASOS:
        if not rota.startswith(("requerimentos:", "arquivos:")) or caso.metodo != "GET":
            continue
        with transaction.atomic():
            argumentos = dict(caso.args(cenario))
            # The very case of the telephone, where the route is of a case.
            proprios = [argumentos] + ([{"codigo": pedido.codigo}] if argumentos.keys() == {"codigo"} else [])
            for kwargs in proprios:
                resposta = telefone.get(reverse(rota, kwargs=kwargs))
                if not (resposta.status_code == 302 and resposta.headers["Location"].startswith("/entrar/")):
                    abertas.append((rota, resposta.status_code))
            transaction.set_rollback(True)

    assert abertas == []


# --- The answer to an exigência, and signed papers ----------------------------------------------------------------
@pytest.fixture
def exigencia(ana) -> Exigencia:
    visita = AtendimentoFabrica(balcao=BalcaoFabrica(entidade__municipio=ana.vinculo.municipio))
    return ExigenciaFabrica(requerimento=RequerimentoFabrica(atendimento=visita, em_exigencia=True))


def da_exigencia(mesa: Client, exigencia: Exigencia, **dados: str):
    rota = reverse("requerimentos:celulares", args=[exigencia.requerimento.codigo])
    return mesa.post(rota, {"exigencia": exigencia.codigo, **dados})


def test_o_celular_da_exigencia_so_junta_na_resposta_dela(exigencia, ana, mesa):
    pedido = exigencia.requerimento
    telefone, celular = ligado(pedido, ana, exigencia)
    pagina = telefone.get("/celular/fotos/")
    assert [nome for _, nome in pagina.context["lugares"]] == ["Documentos da resposta"]

    assert fotografar(telefone, pedido, vaga=VAGA_DA_EXIGENCIA).json()["recusas"] == []
    assert "não tem esta vaga" in fotografar(telefone, pedido).json()["recusas"][0]
    assert "não tem esta vaga" in fotografar(telefone, pedido, vaga=ASSINADOS).json()["recusas"][0]

    peca = pedido.pecas.get()
    assert (peca.exigencia, peca.vaga, peca.criado_por) == (exigencia, VAGA_DA_EXIGENCIA, ana)
    rota = reverse("requerimentos:celulares", args=[pedido.codigo])
    lista = mesa.get(rota, {"exigencia": exigencia.codigo}, headers={"hx-request": "true"}).content.decode()
    assert "1 foto recebida" in lista and f"exigencia={exigencia.codigo}" in lista
    assert "foto recebida" not in mesa.get(rota, headers={"hx-request": "true"}).content.decode()
    volta = mesa.post(reverse("requerimentos:desligar-celular", args=[celular.codigo]))
    assert volta["Location"] == reverse("requerimentos:exigencia", args=[exigencia.codigo])


def test_respondida_a_exigencia_o_celular_dela_se_desliga(exigencia, ana):
    pedido = exigencia.requerimento
    telefone, _ = ligado(pedido, ana, exigencia)
    Exigencia.objects.filter(pk=exigencia.pk).update(situacao=SituacaoExigencia.RESPONDENDO)

    recusa = telefone.get("/celular/fotos/")
    assert (recusa.status_code, "não recebe mais documentos" in recusa.content.decode()) == (403, True)
    with pytest.raises(ErroDeDominio, match="os documentos não mudam mais"):
        servicos.oferecer(pedido.pk, autor=ana, exigencia_id=exigencia.pk)


def test_sem_scripts_o_codigo_tem_a_sua_pagina_e_o_texto_da_resposta_vai_junto(exigencia, ana, mesa):
    pedido = exigencia.requerimento

    resposta = da_exigencia(mesa, exigencia, texto="Segue a certidão.", versao="1", antes="x")

    html = resposta.content.decode()
    assert "Código QR" in html and reverse("requerimentos:exigencia", args=[exigencia.codigo]) in html
    exigencia.refresh_from_db()
    assert exigencia.rascunho == "Segue a certidão."
    alheia = ExigenciaFabrica()
    assert (
        mesa.post(reverse("requerimentos:celulares", args=[pedido.codigo]), {"exigencia": alheia.codigo}).status_code
        == 404
    )


def test_o_papel_assinado_fotografado_acha_a_sua_vaga(fila_na_hora):
    pedido = pedido_sem_documentos()
    pedido.conjuntos.all().delete()
    ana = pedido.atendente
    telefone, _ = ligado(pedido, ana)
    assert ASSINADOS not in dict(telefone.get("/celular/fotos/").context["lugares"]), "ainda não há papéis"
    papel: Papel = papeis_impressos(pedido).papeis.get(especie="termo-representacao")
    html = telefone.get("/celular/fotos/").content.decode()
    assert "Papéis assinados (cada folha acha a sua vaga)" in html

    # On a table, from an angle and upside down: it is straightened, and its code still tells where it goes.
    tirada, _ = fotografar_na_mesa(folha(papel).rotate(180), Random(1), largura=2000, altura=2660)  # noqa: S311

    recusas = fotografar(telefone, pedido, vaga=ASSINADOS, foto=em_bytes(tirada)).json()["recusas"]

    assert recusas == []
    assert [(p.vaga, p.papel) for p in pedido.pecas.all()] == [("termo_representacao", papel)]
    [pagina] = pedido.pecas.get().paginas.all()
    assert "folha recortada e endireitada" in pagina.conserto.em_palavras
    assert (pagina.folha.receita.get("giro", 0) + pagina.giro) % 360 == 180
    consertos.desfazer(pagina.pk, autor=ana)
    pagina.refresh_from_db()
    assert (pagina.folha.origem, pagina.giro) == (None, 180)
    assert Celular.objects.get(requerimento=pedido).fotos == 1
    assert "retorno" in Evento.objects.filter(acao="celular.fotografou").latest("pk").dados


def test_o_celular_pergunta_de_que_documento_e_a_foto(pedido, ana):
    telefone, _ = ligado(pedido, ana)
    assert '<option value="">Escolha o documento</option>' in telefone.get("/celular/fotos/").text


def test_a_pagina_do_celular_desligado_deixa_de_oferecer_a_camera(pedido, ana):
    telefone, celular = ligado(pedido, ana)
    servicos.desligar(celular.pk, autor=ana)

    resposta = telefone.get(VEREDITOS, headers={"HX-Request": "true"})

    assert resposta["HX-Refresh"] == "true"


# --- What the telephone hears of its photos -----------------------------------------------------------------------
VEREDITOS = "/celular/fotos/vereditos/"


def tremida() -> bytes:
    """A page that nobody can read."""
    return em_bytes(folha_com("").filter(ImageFilter.GaussianBlur(6)))


def test_o_celular_ouve_o_que_ha_com_cada_foto_sua_e_nada_mais_do_caso(pedido, ana, fila_na_hora):
    telefone, celular = ligado(pedido, ana)
    outro_telefone, _ = ligado(pedido, ana)
    alheio = papeis_impressos(sem_papeis_ainda(pedido)).papeis.first()

    for foto_tirada in (tremida(), em_bytes(folha_com("")), em_bytes(folha(alheio))):
        assert fotografar(telefone, pedido, foto=foto_tirada).status_code == 200

    resposta = telefone.get(VEREDITOS)
    texto = resposta.text
    assert "no-store" in resposta["Cache-Control"]
    assert re.findall(r"Foto \d", texto) == ["Foto 3", "Foto 2", "Foto 1"]
    assert texto.index("É papel de outro pedido. Mostre esta folha") < texto.index("Dá para ler.")
    assert texto.index("Dá para ler.") < texto.index("fotografe de novo")
    for segredo in (pedido.pessoa.nome, alheio.conjunto.requerimento.pessoa.nome, str(pedido.codigo), "foto.jpg"):
        assert segredo not in texto
    # No news costs no drawing, and asking is not using.
    [retrato] = re.findall(r"visto=(\w+)", texto)
    ate = Celular.objects.get(pk=celular.pk).vale_ate
    assert telefone.get(f"{VEREDITOS}?visto={retrato}").status_code == 204
    assert Celular.objects.get(pk=celular.pk).vale_ate == ate
    assert "Foto" not in outro_telefone.get(VEREDITOS).text


def sem_papeis_ainda(vizinho: Requerimento) -> Requerimento:
    pedido = pedido_sem_documentos(atendimento__balcao=vizinho.balcao)
    pedido.conjuntos.all().delete()
    return pedido


def test_foto_que_ainda_nao_foi_lida_ou_nao_serve_diz_isso_no_celular(pedido, ana, fila_anotada):
    telefone, celular = ligado(pedido, ana)
    fotografar(telefone, pedido)
    assert "O portal está conferindo" in telefone.get(VEREDITOS).text

    celular.arquivos.update(situacao="recusado", motivo="A imagem está danificada. Fotografe de novo.")

    assert "A imagem está danificada. Fotografe de novo." in telefone.get(VEREDITOS).text
    servicos.desligar(celular.pk, autor=ana)
    assert telefone.get(VEREDITOS).status_code == 403


def test_a_pergunta_das_fotos_custa_o_mesmo_com_muitas(pedido, ana, fila_anotada, django_assert_max_num_queries):
    telefone, _ = ligado(pedido, ana)
    for _ in range(3):
        fotografar(telefone, pedido)

    with django_assert_max_num_queries(12):
        assert telefone.get(VEREDITOS).text.count("Foto ") == 3
