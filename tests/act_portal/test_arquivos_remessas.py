"""Uploads in pieces: a dropped line costs one piece, a broken promise becomes no file, limits fail closed."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils.timezone import now

from act_portal.arquivos import deposito, remessas, tarefas
from act_portal.arquivos.limites import tecnicos
from act_portal.arquivos.models import Pedaco, Remessa
from act_portal.contas.models import Usuario
from act_portal.erros import ErroDeDominio
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db(transaction=True)
CONTEUDO = bytes(range(256)) * 40
RAIZ = "/envios/"


@pytest.fixture
def ana() -> Usuario:
    return com_papel("atendente", MunicipioFabrica())


@pytest.fixture
def navegador(ana) -> Client:
    navegador = Client()
    navegador.force_login(ana)
    return navegador


def comecar(quem: Usuario, conteudo: bytes = CONTEUDO, **mudancas) -> Remessa:
    promessa = {"tamanho": len(conteudo), "sha256": hashlib.sha256(conteudo).hexdigest(), "nome": "rg.jpg"}
    return remessas.abrir(mudancas.pop("codigo", None) or uuid.uuid4(), usuario=quem, **(promessa | mudancas))


def mandar(navegador: Client, remessa: Remessa, inicio: int, conteudo: bytes):
    return navegador.post(
        f"{RAIZ}{remessa.codigo}/", conteudo, "application/octet-stream", headers={"upload-offset": str(inicio)}
    )


def guardados() -> set[str]:
    return {str(nome) for nome in Pedaco.objects.values_list("conteudo", flat=True) if default_storage.exists(nome)}


def test_o_arquivo_chega_em_pedacos_e_sai_inteiro(navegador, ana):
    remessa = comecar(ana)

    assert mandar(navegador, remessa, 0, CONTEUDO[:4000]).json() == {"recebidos": 4000}
    assert navegador.get(f"{RAIZ}{remessa.codigo}/").json() == {"recebidos": 4000, "entregue": False}
    assert comecar(ana, codigo=remessa.codigo).recebidos == 4000, "quem volta continua de onde parou"
    assert mandar(navegador, remessa, 4000, CONTEUDO[4000:]).json() == {"recebidos": len(CONTEUDO)}

    remessa.refresh_from_db()
    with remessas.inteira(remessa) as inteiro:
        assert (inteiro.name, inteiro.size, inteiro.read()) == ("rg.jpg", len(CONTEUDO), CONTEUDO)
    pedacos = guardados()
    assert len(pedacos) == 2
    remessas.entregue(remessa)
    assert not any(default_storage.exists(nome) for nome in pedacos)


def test_pedaco_fora_do_lugar_nao_entra_e_ouve_onde_continuar(navegador, ana):
    remessa = comecar(ana)
    mandar(navegador, remessa, 0, CONTEUDO[:100])

    for inicio in (0, 50, 101):
        resposta = mandar(navegador, remessa, inicio, CONTEUDO[inicio : inicio + 10])
        assert (resposta.status_code, resposta.json()) == (409, {"recebidos": 100})

    assert len(guardados()) == Pedaco.objects.count() == 1


@pytest.mark.parametrize("inicio", ["", "-1", "1_0", "²", "x", "9" * 30])
def test_inicio_que_nao_e_numero_ganha_uma_frase(navegador, ana, inicio):
    remessa = comecar(ana)

    resposta = navegador.post(
        f"{RAIZ}{remessa.codigo}/", b"x", "application/octet-stream", headers={"upload-offset": inicio}
    )

    assert resposta.status_code == 422
    assert "escolha o arquivo de novo" in resposta.json()["recusas"][0]


def test_pedaco_vazio_grande_demais_ou_alem_do_fim_nao_entra(navegador, ana, monkeypatch):
    monkeypatch.setattr(remessas, "tecnicos", lambda: replace(tecnicos(), pedaco_bytes=1000))
    remessa = comecar(ana, CONTEUDO[:1500])

    assert mandar(navegador, remessa, 0, b"").status_code == 422
    assert mandar(navegador, remessa, 0, CONTEUDO[:1001]).status_code == 422
    assert mandar(navegador, remessa, 0, CONTEUDO[:1000]).status_code == 200
    assert mandar(navegador, remessa, 1000, CONTEUDO[:501]).status_code == 422
    assert mandar(navegador, remessa, 1000, b"x" * 3_000_000).status_code == 422
    assert Pedaco.objects.count() == 1


def test_o_que_chegou_diferente_comeca_de_novo_e_nao_vira_arquivo(ana):
    remessa = comecar(ana, sha256="0" * 64)
    remessas.receber_pedaco(remessa, inicio=0, conteudo=CONTEUDO)
    remessa.refresh_from_db()

    with pytest.raises(ErroDeDominio, match="diferente"), remessas.inteira(remessa):
        pytest.fail("abriu")

    remessa.refresh_from_db()
    assert (remessa.recebidos, Pedaco.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "dados",
    [
        {},
        {"codigo": "x", "bytes": "9", "sha256": "0" * 64},
        {"codigo": str(uuid.uuid4()), "bytes": "nove", "sha256": "0" * 64},
        {"codigo": str(uuid.uuid4()), "bytes": "0", "sha256": "0" * 64},
        {"codigo": str(uuid.uuid4()), "bytes": "9", "sha256": "0" * 63},
        {"codigo": str(uuid.uuid4()), "bytes": "99000000000", "sha256": "0" * 64},
    ],
)
def test_promessa_que_nao_serve_ganha_uma_frase(navegador, dados):
    resposta = navegador.post(RAIZ, dados)

    assert resposta.status_code == 422
    assert resposta.json()["recusas"][0].endswith(".")
    assert not Remessa.objects.exists()


def test_o_codigo_de_outra_pessoa_ou_de_outra_promessa_nao_se_aproveita(navegador, ana):
    de_bia = comecar(com_papel("atendente", MunicipioFabrica()))
    minha = comecar(ana)

    for remessa, tamanho in ((de_bia, de_bia.bytes), (minha, 5)):
        dados = {"codigo": str(remessa.codigo), "bytes": tamanho, "sha256": remessa.sha256}
        assert navegador.post(RAIZ, dados).status_code == 422


def test_pela_metade_so_cabem_alguns_e_quem_termina_ou_desiste_abre_lugar(navegador, ana, monkeypatch):
    monkeypatch.setattr(remessas, "tecnicos", lambda: replace(tecnicos(), remessas_abertas=2))
    primeira, segunda = comecar(ana), comecar(ana)

    with pytest.raises(ErroDeDominio, match="pela metade"):
        comecar(ana)
    assert comecar(ana, codigo=primeira.codigo) == primeira, "continuar não é começar"
    navegador.post(f"{RAIZ}{primeira.codigo}/desistir/")
    terceira = comecar(ana)
    remessas.entregue(segunda)

    assert comecar(ana) != terceira


def test_dois_comecos_ao_mesmo_tempo_nao_passam_do_limite(ana, monkeypatch):
    monkeypatch.setattr(remessas, "tecnicos", lambda: replace(tecnicos(), remessas_abertas=1))

    def um(_: int) -> None:
        try:
            comecar(ana)
        except ErroDeDominio:
            return

    correr(um, range(4))

    assert Remessa.objects.count() == 1


def test_o_mesmo_pedaco_duas_vezes_ao_mesmo_tempo_entra_uma(ana):
    remessa = comecar(ana)

    def um(_: int) -> None:
        try:
            remessas.receber_pedaco(Remessa.objects.get(pk=remessa.pk), inicio=0, conteudo=CONTEUDO[:500])
        except remessas.ForaDeOrdem:
            return

    correr(um, range(3))

    remessa.refresh_from_db()
    assert (remessa.recebidos, len(guardados())) == (500, 1)


def test_aberturas_demais_em_uma_hora_esperam(navegador, monkeypatch):
    monkeypatch.setattr("act_portal.arquivos.fila.POR_HORA", 1)

    assert [navegador.post(RAIZ).status_code for _ in range(2)] == [422, 429]


def test_deposito_fora_do_ar_diz_para_tentar_depois(navegador, ana, monkeypatch):
    remessa = comecar(ana)

    def falhar(conteudo):
        raise deposito.DepositoIndisponivel

    monkeypatch.setattr(deposito, "guardar", falhar)
    resposta = mandar(navegador, remessa, 0, CONTEUDO)

    assert (resposta.status_code, resposta.json()["tentar"]) == (422, True)


def test_o_que_ninguem_continuou_e_apagado_com_os_pedacos(ana):
    velha, nova = comecar(ana), comecar(ana)
    remessas.receber_pedaco(velha, inicio=0, conteudo=CONTEUDO)
    [nome] = guardados()
    Remessa.objects.filter(pk=velha.pk).update(mexida_em=now() - timedelta(hours=tecnicos().remessa_horas, minutes=1))

    tarefas.limpar_remessas()

    assert list(Remessa.objects.all()) == [nova]
    assert not default_storage.exists(nome)


def test_a_chave_da_fila_e_de_cada_um_e_muda_com_a_senha(navegador, ana):
    bia = Client()
    bia.force_login(com_papel("atendente", MunicipioFabrica()))

    resposta = navegador.get(f"{RAIZ}chave/")
    minha = resposta.json()
    assert "no-store" in resposta["Cache-Control"]
    assert navegador.get(f"{RAIZ}chave/").json()["chave"] == minha["chave"]
    assert not {minha["chave"], minha["dono"]} & set(bia.get(f"{RAIZ}chave/").json().values())

    ana.set_password("outra senha comprida")
    ana.save()
    navegador.force_login(ana)
    assert navegador.get(f"{RAIZ}chave/").json()["chave"] != minha["chave"]
