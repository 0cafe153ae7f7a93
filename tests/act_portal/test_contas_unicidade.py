"""One account an e-mail and one open role of a kind: held by the database, said in a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localdate, now

from act_portal.contas import servicos
from act_portal.contas.models import Usuario, Vinculo, VinculoQuerySet
from act_portal.erros import ErroDeDominio
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, UsuarioFabrica, com_papel

pytestmark = pytest.mark.django_db

ANTES, DEPOIS = "0001_initial", "0002_um_email_e_um_papel_aberto"


def convidar(autor: Usuario, email: str, **campos) -> Vinculo:
    lugar = campos.pop("lugar", autor.vinculos.get().municipio)
    return servicos.convidar(
        autor=autor, email=email, nome="Nova", papel="atendente", lugar=lugar, inicio=localdate(), **campos
    )


def lugares() -> list[tuple[str, dict]]:
    return [
        ("atendente", {"municipio": MunicipioFabrica()}),
        ("analista_inss", {"unidade": UnidadeFabrica()}),
        ("administrador", {}),
    ]


@pytest.mark.parametrize("qual", [0, 1, 2])
@pytest.mark.parametrize("fim", [None, timedelta(days=30)])
def test_o_banco_recusa_dois_papeis_abertos_iguais(qual, fim):
    papel, lugar = lugares()[qual]
    campos = {"usuario": UsuarioFabrica(), "papel": papel, "fim": fim and localdate() + fim, **lugar}
    Vinculo.objects.create(**campos)

    with pytest.raises(IntegrityError, match="vinculo_aberto_unico"):
        Vinculo.objects.create(**campos)


def test_papel_encerrado_ou_com_outro_fim_nao_impede_um_novo():
    papel, lugar = lugares()[0]
    campos = {"usuario": UsuarioFabrica(), "papel": papel, **lugar}
    Vinculo.objects.create(**campos, encerrado_em=now())
    Vinculo.objects.create(**campos, fim=localdate())

    assert Vinculo.objects.create(**campos, inicio=localdate() + timedelta(days=1)).pk


def test_o_banco_recusa_email_com_maiusculas():
    with pytest.raises(IntegrityError, match="usuario_email_em_minusculas"):
        UsuarioFabrica(email="Ana@exemplo.invalid")


def test_convite_com_outra_caixa_de_letra_acha_a_mesma_conta():
    gestor = com_papel("gestor", MunicipioFabrica())
    convidar(gestor, "ana@exemplo.invalid")

    with pytest.raises(ErroDeDominio, match="já tem este papel"):
        convidar(gestor, "ANA@Exemplo.INVALID")

    assert Usuario.objects.filter(email__iexact="ana@exemplo.invalid").count() == 1


def test_papel_que_so_o_banco_percebeu_repetido_tem_a_mesma_frase(monkeypatch):
    gestor = com_papel("gestor", MunicipioFabrica())
    convidar(gestor, "ana@exemplo.invalid")
    monkeypatch.setattr(VinculoQuerySet, "abertos", lambda vinculos, hoje: vinculos.none())

    with pytest.raises(ErroDeDominio, match="já tem este papel"):
        convidar(gestor, "ana@exemplo.invalid")

    assert Vinculo.objects.filter(usuario__email="ana@exemplo.invalid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_pessoa_nova_convidada_por_varios_ao_mesmo_tempo_tem_um_papel_em_cada_lugar():
    um, outro = MunicipioFabrica(), MunicipioFabrica()
    gestores = [com_papel("gestor", municipio) for municipio in (um, outro, outro, outro)]

    correr(lambda gestor: convidar(gestor, "ana@exemplo.invalid"), gestores)

    papeis = Vinculo.objects.filter(usuario__email="ana@exemplo.invalid").order_by("municipio")
    assert list(papeis.values_list("municipio", flat=True)) == sorted([um.pk, outro.pk])


@pytest.fixture
def banco_de_antes():
    """The tables as the first migration left them; afterwards as they are now."""
    antigo = MigrationExecutor(connection).migrate([("contas", ANTES)]).apps
    yield antigo.get_model("contas", "Usuario"), antigo.get_model("contas", "Vinculo")
    # Going back also took away the tables of whoever builds on contas: every app comes forward again.
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def migrar() -> None:
    MigrationExecutor(connection).migrate([("contas", DEPOIS)])


@pytest.mark.django_db(transaction=True)
def test_a_migracao_fecha_a_conta_repetida_que_ninguem_abria(banco_de_antes):
    antigo_usuario, antigo_vinculo = banco_de_antes
    usada = antigo_usuario.objects.create(email="ana@exemplo.invalid", nome="Ana")
    morta = antigo_usuario.objects.create(email="Ana@exemplo.invalid", nome="Ana")
    sozinha = antigo_usuario.objects.create(email="BIA@exemplo.invalid", nome="Bia")
    antigo_vinculo.objects.create(usuario=morta, papel="administrador")

    migrar()

    estado = {u.pk: (u.email, u.is_active) for u in Usuario.objects.all()}
    assert estado == {
        usada.pk: ("ana@exemplo.invalid", True),
        morta.pk: (f"repetida-{morta.pk}@conta.invalid", False),
        sozinha.pk: ("bia@exemplo.invalid", True),
    }
    assert Vinculo.objects.get(usuario=morta.pk).encerrado_em is not None


@pytest.mark.django_db(transaction=True)
def test_a_migracao_deixa_o_papel_ja_aceito_e_encerra_os_iguais(banco_de_antes):
    antigo_usuario, antigo_vinculo = banco_de_antes
    ana = antigo_usuario.objects.create(email="ana@exemplo.invalid", nome="Ana")
    por_aceitar = antigo_vinculo.objects.create(usuario=ana, papel="administrador", por_aceitar=True)
    aceito = antigo_vinculo.objects.create(usuario=ana, papel="administrador")
    de_novo = antigo_vinculo.objects.create(usuario=ana, papel="administrador")

    migrar()

    abertos = Vinculo.objects.filter(encerrado_em=None)
    assert list(abertos.values_list("pk", flat=True)) == [aceito.pk]
    assert Vinculo.objects.filter(pk__in=[por_aceitar.pk, de_novo.pk]).exclude(encerrado_em=None).count() == 2
