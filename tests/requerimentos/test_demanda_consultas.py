from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.timezone import now

from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import fatos_da_pessoa, fatos_do_requerimento
from requerimentos.demanda.regras import PedidoAnterior
from requerimentos.models import Pessoa, Representante, Requerimento, Resultado, ServicoVersao
from requerimentos.situacoes import Etapa
from tests.fabricas import BalcaoFabrica, com_papel

pytestmark = pytest.mark.django_db
HOJE = date(2026, 11, 22)


@pytest.fixture
def pessoa():
    balcao = BalcaoFabrica()
    return Pessoa.objects.create(
        municipio=balcao.municipio,
        nome_civil="Pessoa Fictícia",
        cpf="11144477735",
        nascimento=date(2008, 11, 23),
        sexo="F",
    )


def pedido(pessoa, codigo="ctc", **campos):
    servico = carregar().servico(codigo)
    versao, _ = ServicoVersao.objects.get_or_create(
        codigo=servico.codigo, versao=servico.versao, defaults={"nome": servico.nome, "dados": servico.como_dados()}
    )
    return Requerimento.objects.create(
        municipio=pessoa.municipio,
        balcao=pessoa.municipio.balcoes.get(),
        pessoa=pessoa,
        servico=versao,
        servico_codigo=codigo,
        atendente=com_papel("atendente", pessoa.municipio),
        **campos,
    )


def test_a_versao_guardada_no_banco_volta_a_ser_o_mesmo_servico(pessoa):
    guardada = ServicoVersao.objects.get(pk=pedido(pessoa, "bpc-pcd").servico_id)

    assert type(carregar().servico("ctc")).de_dados(guardada.dados) == carregar().servico("bpc-pcd")


def test_fatos_da_pessoa_trazem_idade_e_pedidos_que_nao_foram_cancelados(pessoa, django_assert_num_queries):
    decidido = pedido(pessoa, protocolo="1234567890", der=HOJE, protocolado_em=now(), etapa=Etapa.RESULTADO)
    Resultado.objects.create(requerimento=decidido, tipo="indeferido", decidido_em=date(2026, 11, 1))
    pedido(pessoa, "revisao", etapa=Etapa.CANCELADO)
    atual = pedido(pessoa, "bpc-pcd")

    with django_assert_num_queries(1):
        fatos = fatos_da_pessoa(pessoa, HOJE, exceto=atual.pk)

    assert fatos.marcas == {"menor": True}
    assert fatos_da_pessoa(pessoa, date(2026, 11, 23)).marcas == {"menor": False}
    assert fatos.pedidos == (
        PedidoAnterior(servico_codigo="ctc", protocolo="1234567890", decidido_em=date(2026, 11, 1)),
    )


def test_respostas_viram_fatos_e_o_que_nao_e_do_vocabulario_fica_de_fora(pessoa):
    requerimento = pedido(
        pessoa,
        respostas={
            "adocao": True, "obito": "talvez", "inventado": True, "menor": False,
            "cadunico_em": "2026-01-02", "renda_por_pessoa": "405.25",
        },
    )  # fmt: skip

    fatos = fatos_do_requerimento(requerimento, HOJE)

    assert fatos.marcas == {"adocao": True, "menor": True}
    assert (fatos.cadunico_em, fatos.renda_por_pessoa) == (date(2026, 1, 2), Decimal("405.25"))


@pytest.mark.parametrize("ruim", ["", "ontem", None, 3, [], "NaN", "-1"])
def test_resposta_malformada_conta_como_nao_respondida(pessoa, ruim):
    fatos = fatos_do_requerimento(
        pedido(pessoa, respostas={"cadunico_em": ruim, "renda_por_pessoa": ruim if ruim != 3 else "x"}), HOJE
    )

    assert (fatos.cadunico_em, fatos.renda_por_pessoa) == (None, None)


@pytest.mark.parametrize(
    ("quem", "tipo", "verdadeiro"),
    [
        ("titular", "", None),
        ("rogo", "", "rogo"),
        ("representante", "pai_mae", "representante_legal"),
        ("representante", "procurador", "procurador"),
    ],
)
def test_quem_assina_decide_os_documentos_de_quem_representa(pessoa, quem, tipo, verdadeiro):
    representante = None
    if tipo:
        representante = Representante.objects.create(
            pessoa=pessoa, tipo=tipo, nome="Representante Fictício", cpf="12345678909", documento="RG 1", titulo="Papel"
        )
    requerimento = pedido(pessoa, quem_assina=quem, representante=representante)

    marcas = fatos_do_requerimento(requerimento, HOJE).marcas

    assert {k for k in ("rogo", "representante_legal", "procurador") if marcas[k]} == ({verdadeiro} - {None})
