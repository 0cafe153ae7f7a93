"""One account an e-mail and one open role of a kind: held by the database, said in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.migrations import AddConstraint, RunPython
from django.db.models import F
from django.utils.timezone import localdate, now

from act_portal.contas import servicos
from act_portal.contas.models import Usuario, Vinculo, VinculoQuerySet
from act_portal.erros import ErroDeDominio
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, UsuarioFabrica, com_papel

pytestmark = pytest.mark.django_db

MIGRACAO = import_module("act_portal.contas.migrations.0002_um_email_e_um_papel_aberto").Migration
UM_EMAIL, UM_PAPEL = (operacao.constraint for operacao in MIGRACAO.operations if isinstance(operacao, AddConstraint))


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
def sem_as_travas(transactional_db) -> Iterator[None]:
    """The tables as the first migration left them: nothing holds one account an e-mail, nor one role of a kind."""
    travar(False)
    yield
    Vinculo.objects.all().delete()
    Usuario.objects.all().delete()
    if UM_PAPEL.name not in connection.introspection.get_constraints(connection.cursor(), Vinculo._meta.db_table):
        travar(True)


def travar(sim: bool) -> None:
    with connection.schema_editor() as editor:
        (editor.add_constraint if sim else editor.remove_constraint)(Vinculo, UM_PAPEL)
        if connection.vendor != "sqlite":
            (editor.add_constraint if sim else editor.remove_constraint)(Usuario, UM_EMAIL)
    if connection.vendor == "sqlite":
        # It can only draw the whole table again, with all that hangs on it; so it looks away, then at every row.
        connection.cursor().execute(f"PRAGMA ignore_check_constraints = {'OFF' if sim else 'ON'}")
        if sim:
            Usuario.objects.update(email=F("email"))


def migrar() -> None:
    """What the migration does, in its order: data first, then the constraints that the data must bear."""
    for operacao in MIGRACAO.operations:
        if isinstance(operacao, RunPython):
            operacao.code(apps, None)
    travar(True)


@pytest.mark.django_db(transaction=True)
def test_a_migracao_fecha_a_conta_repetida_que_ninguem_abria(sem_as_travas):
    usada = Usuario.objects.create(email="ana@exemplo.invalid", nome="Ana")
    morta = Usuario.objects.create(email="Ana@exemplo.invalid", nome="Ana")
    sozinha = Usuario.objects.create(email="BIA@exemplo.invalid", nome="Bia")
    Vinculo.objects.create(usuario=morta, papel="administrador")

    migrar()

    estado = {u.pk: (u.email, u.is_active) for u in Usuario.objects.all()}
    assert estado == {
        usada.pk: ("ana@exemplo.invalid", True),
        morta.pk: (f"repetida-{morta.pk}@conta.invalid", False),
        sozinha.pk: ("bia@exemplo.invalid", True),
    }
    assert Vinculo.objects.get(usuario=morta.pk).encerrado_em is not None


@pytest.mark.django_db(transaction=True)
def test_a_migracao_deixa_o_papel_ja_aceito_e_encerra_os_iguais(sem_as_travas):
    ana = Usuario.objects.create(email="ana@exemplo.invalid", nome="Ana")
    por_aceitar = Vinculo.objects.create(usuario=ana, papel="administrador", por_aceitar=True)
    aceito = Vinculo.objects.create(usuario=ana, papel="administrador")
    de_novo = Vinculo.objects.create(usuario=ana, papel="administrador")

    migrar()

    abertos = Vinculo.objects.filter(encerrado_em=None)
    assert list(abertos.values_list("pk", flat=True)) == [aceito.pk]
    assert Vinculo.objects.filter(pk__in=[por_aceitar.pk, de_novo.pk]).exclude(encerrado_em=None).count() == 2
