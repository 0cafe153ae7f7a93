"""The public page: enough to trust a paper, nothing about the person in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from act_portal.auditoria.models import Acesso, Evento
from act_portal.emissao import conteudo, views
from act_portal.emissao.models import Documento, Impressao
from act_portal.emissao.situacoes import Situacao
from tests.fabricas import MunicipioFabrica

pytestmark = pytest.mark.django_db
PESSOAL = {"titular_nome": "Maria Aparecida", "titular_cpf": "11144477735", "rogo_nome": "José Pereira"}


def documento(situacao: str = Situacao.EMITIDO, **campos) -> Documento:
    emitido = situacao != Situacao.PEDIDO
    return Documento.objects.create(
        **{
            "codigo": conteudo.novo_codigo(),
            "modelo": "termo-representacao",
            "versao": "1",
            "municipio": MunicipioFabrica(),
            "dados": PESSOAL,
            "modelo_sha256": "a" * 64,
            "hash_conteudo": "b" * 64,
            "situacao": situacao,
            "motivo": "nome errado de Maria Aparecida" if situacao in {"revogado", "substituido"} else "",
            "pdf": "ab/abc" if emitido else "",
            "sha256": "c" * 64 if emitido else "",
            "paginas": 2,
            "emitido_em": now() if emitido else None,
            "encerrado_em": now() if situacao in {"revogado", "substituido"} else None,
            **campos,
        }
    )


def conferir(client, codigo: str):
    return client.get(reverse("emissao:conferir"), {"c": codigo})


@pytest.mark.parametrize(
    ("situacao", "frase"),
    [
        (Situacao.EMITIDO, "está valendo"),
        (Situacao.SUBSTITUIDO, "foi trocado por outro"),
        (Situacao.REVOGADO, "perdeu o valor"),
    ],
)
def test_diz_o_que_e_de_onde_de_quando_e_se_vale_sem_dizer_de_quem(client, situacao, frase):
    achado = documento(situacao)

    pagina = conferir(client, achado.codigo)

    texto = pagina.content.decode()
    assert pagina.status_code == 200
    for esperado in (frase, "Termo de Representação", achado.municipio.nome, achado.sha256, achado.hash_conteudo):
        assert esperado in texto
    for segredo in ("Maria", "Aparecida", "111.444", "11144477735", "José", "nome errado"):
        assert segredo not in texto
    assert "no-store" in pagina["Cache-Control"]


def test_o_conjunto_se_confere_pelo_codigo_de_qualquer_papel_dele(client):
    papeis, de_fora = [documento(), documento(), documento()], documento()
    impressao = Impressao.objects.create(sha256="d" * 64)
    impressao.documentos.set(papeis)

    paginas = [conferir(client, papel.codigo).content.decode() for papel in papeis]

    for pagina in paginas:
        assert "que junta os 3 papéis" in pagina
        assert f'data-igual="É igual. Este arquivo junta os 3 papéis que o portal emitiu.">{"d" * 64}<' in pagina
    assert "d" * 64 not in conferir(client, de_fora.codigo).content.decode()


def test_conjunto_com_papel_que_perdeu_o_valor_diz_isso_em_todos(client):
    valido = documento()
    impressao = Impressao.objects.create(sha256="d" * 64)
    impressao.documentos.set([valido, documento(Situacao.REVOGADO)])

    pagina = conferir(client, valido.codigo).content.decode()

    assert "está valendo" in pagina
    assert f'mas há papel dele que não vale mais.">{"d" * 64}<' in pagina


def test_codigo_digitado_em_minusculas_e_sem_tracos_e_achado(client):
    achado = documento()

    assert conferir(client, achado.codigo.lower().replace("-", "")).status_code == 200


def test_desconhecido_mal_escrito_e_ainda_nao_emitido_tem_a_mesma_resposta(client):
    por_fazer, revogado_antes = documento(Situacao.PEDIDO), documento(Situacao.REVOGADO, emitido_em=None, pdf="")
    codigos = [por_fazer.codigo, revogado_antes.codigo, conteudo.novo_codigo(), "0OIL", "<script>alert(1)</script>"]

    respostas = [conferir(client, codigo) for codigo in codigos]

    assert {r.status_code for r in respostas} == {404}
    corpos = {r.content.decode().replace(codigo, "X") for r, codigo in zip(respostas[:4], codigos, strict=False)}
    assert len(corpos) == 1
    assert "<script>alert" not in respostas[4].content.decode()


def test_pagina_sem_codigo_so_mostra_a_pergunta_e_nao_gasta_a_cota(client, monkeypatch):
    monkeypatch.setattr(views, "MAXIMO", 0)

    pagina = client.get(reverse("emissao:conferir"))

    assert pagina.status_code == 200
    assert "Código de verificação" in pagina.content.decode()


def test_depois_do_limite_ninguem_confere_nem_codigo_certo(client, monkeypatch):
    monkeypatch.setattr(views, "MAXIMO", 2)
    achado = documento()

    respostas = [conferir(client, achado.codigo) for _ in range(3)]

    assert [resposta.status_code for resposta in respostas] == [200, 200, 429]
    assert respostas[-1]["Retry-After"] == str(int(views.JANELA.total_seconds()))
    assert achado.sha256 not in conferir(client, achado.codigo).content.decode()


def test_sem_contador_ninguem_passa(client, monkeypatch):
    def quebrar(*_args, **_kwargs):
        raise RuntimeError("banco fora")

    monkeypatch.setattr(views, "consumir", quebrar)

    with pytest.raises(RuntimeError):
        conferir(client, documento().codigo)


def test_conferir_nao_muda_nada_e_nao_aceita_post(client):
    achado = documento()
    antes = Documento.objects.values().get()

    conferir(client, achado.codigo)

    assert Documento.objects.values().get() == antes
    assert not Evento.objects.exists()
    assert not Acesso.objects.exists()
    assert client.post(reverse("emissao:conferir"), {"c": achado.codigo}).status_code == 405


def test_modelo_que_ja_nao_existe_continua_conferivel(client):
    achado = documento(modelo="papel-antigo", versao="7")

    pagina = conferir(client, achado.codigo)

    assert pagina.status_code == 200
    assert "papel-antigo" in pagina.content.decode()


def test_o_dia_e_o_que_esta_impresso_no_papel_ainda_que_o_pdf_tenha_saido_depois(client):
    achado = documento(pedido_em=datetime(2026, 11, 18, 15, 0, tzinfo=UTC))

    assert "<dt>Emitido em</dt><dd>18/11/2026</dd>" in conferir(client, achado.codigo).text
