"""Builders of the ground floor. Invented people and towns only."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from django.utils.timezone import localdate
from factory.django import DjangoModelFactory
from validate_docbr import CNPJ, CPF

from act_portal.contas.models import Usuario, Vinculo
from act_portal.territorio.models import Balcao, Entidade, Municipio, UnidadeInss


class UnidadeFabrica(DjangoModelFactory):
    class Meta:
        model = UnidadeInss
        skip_postgeneration_save = True

    tipo = UnidadeInss.Tipo.GERENCIA
    codigo = factory.Sequence(lambda n: f"T{n:06d}")
    nome = factory.Sequence(lambda n: f"Gerência de Teste {n}")


class MunicipioFabrica(DjangoModelFactory):
    class Meta:
        model = Municipio

    codigo_ibge = factory.Sequence(lambda n: f"99{n:05d}")
    nome = factory.Sequence(lambda n: f"Serra do Teste {n}")
    uf = "MG"
    latitude = -19.9
    longitude = -43.9
    fuso_horario = "America/Sao_Paulo"
    unidade = factory.SubFactory(UnidadeFabrica)


class EntidadeFabrica(DjangoModelFactory):
    class Meta:
        model = Entidade

    municipio = factory.SubFactory(MunicipioFabrica)
    nome = factory.LazyAttribute(lambda e: f"Município de {e.municipio.nome}")
    cnpj = factory.LazyFunction(lambda: CNPJ().generate())
    endereco = "Praça da Matriz, 1, Centro"
    telefone = "3133330000"
    email = "prefeitura@exemplo.invalid"
    encarregado = "Ouvidoria municipal"
    encarregado_contato = "ouvidoria@exemplo.invalid"
    acordo_numero = "999/2026"
    acordo_processo = "35014.000000/2026-00"
    acordo_inicio = date(2026, 1, 5)
    acordo_fim = date(2031, 1, 5)


class BalcaoFabrica(DjangoModelFactory):
    class Meta:
        model = Balcao

    entidade = factory.SubFactory(EntidadeFabrica)
    municipio = factory.SelfAttribute("entidade.municipio")
    nome = factory.Sequence(lambda n: f"Balcão Central {n}")
    endereco = "Rua das Flores, 10, Centro"
    horario = "Segunda a sexta, das 8h às 17h"
    situacao = Balcao.Situacao.ABERTO


class UsuarioFabrica(DjangoModelFactory):
    class Meta:
        model = Usuario

    email = factory.Sequence(lambda n: f"pessoa{n}@exemplo.invalid")
    nome = factory.Sequence(lambda n: f"Pessoa de Teste {n}")
    cpf = factory.LazyFunction(lambda: CPF().generate())
    matricula = factory.Sequence(lambda n: f"{n:05d}")
    cargo = "Agente administrativo"
    tcms_em = factory.LazyFunction(lambda: localdate() - timedelta(days=100))
    password = factory.django.Password("senha-de-teste-123")


def com_papel(papel: str, lugar: Municipio | UnidadeInss | None = None, **campos) -> Usuario:
    """A user with one current link: `com_papel("atendente", municipio)`, `com_papel("analista_inss", unidade)`."""
    usuario = UsuarioFabrica(**campos)
    Vinculo.objects.create(
        usuario=usuario,
        papel=papel,
        municipio=lugar if isinstance(lugar, Municipio) else None,
        unidade=lugar if isinstance(lugar, UnidadeInss) else None,
        inicio=localdate() - timedelta(days=30),
    )
    return usuario
