"""A borrowed telephone: one code, one owner, some minutes, one case; and it opens nothing else."""

from __future__ import annotations

import hashlib
import logging
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from act_portal.arquivos import remessas
from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.celular import no_celular, servicos
from requerimentos.models import Celular, Pessoa, Requerimento
from requerimentos.situacoes import Etapa
from tests.acesso.base import Cenario, montar
from tests.act_portal.arquivos_fabricados import em_bytes, foto
from tests.corridas import correr
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica
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


def ligado(pedido: Requerimento, ana) -> tuple[Client, Celular]:
    celular, chave = servicos.oferecer(pedido.pk, autor=ana)
    telefone = Client()
    assert telefone.post("/celular/", {"chave": chave}).headers["Location"] == "/celular/fotos/"
    assert telefone.get("/celular/fotos/").status_code == 200
    return telefone, celular


def fotografar(telefone: Client, pedido: Requerimento, codigo: uuid.UUID | None = None):
    vaga = pedido.servico.dados["vagas"][0]["id"]
    enviada = SimpleUploadedFile("foto.jpg", FOTO, "image/jpeg")
    dados = {"vaga": vaga, "arquivos": enviada, "codigo": str(codigo or uuid.uuid4())}
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
