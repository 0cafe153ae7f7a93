"""Builders of the desk: invented people, visits and requests of the real catalogue."""

from __future__ import annotations

from datetime import date

import factory
from django.utils.timezone import now
from factory.django import DjangoModelFactory
from validate_docbr import CPF

from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.servicos import guardar_versao
from requerimentos.models import Atendimento, Pessoa, Representante, Requerimento
from requerimentos.situacoes import Prioridade, SituacaoAtendimento
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, com_papel


class PessoaFabrica(DjangoModelFactory):
    """An adult with all that the papers need."""

    class Meta:
        model = Pessoa

    municipio = factory.SubFactory(MunicipioFabrica)
    nome_civil = factory.Sequence(lambda n: f"Benedita Fictícia {n}")
    cpf = factory.LazyFunction(lambda: CPF().generate())
    nascimento = date(1975, 3, 14)
    sexo = Pessoa.Sexo.FEMININO
    mae = "Maria Fictícia"
    documento_tipo = Pessoa.TipoDocumento.RG
    documento_numero = "MG-12.345.678"
    documento_orgao = "SSP/MG"
    endereco = "Rua das Acácias, 20"
    bairro = "Centro"
    cidade = factory.SelfAttribute("municipio")
    ficticia = True


class RepresentanteFabrica(DjangoModelFactory):
    """The mother of the person."""

    class Meta:
        model = Representante

    pessoa = factory.SubFactory(PessoaFabrica)
    tipo = Representante.Tipo.PAI_MAE
    nome = "Joana Fictícia"
    cpf = factory.LazyFunction(lambda: CPF().generate())
    documento = "RG 11.222.333 SSP/MG"
    endereco = "Rua das Acácias, 20, Centro"
    titulo = "Certidão de nascimento"


class AtendimentoFabrica(DjangoModelFactory):
    """A visit of today, with a clerk, at the desk of the town. For another state pass `situacao` and moments."""

    class Meta:
        model = Atendimento

    pessoa = factory.SubFactory(PessoaFabrica, municipio=factory.SelfAttribute("..balcao.municipio"))
    balcao = factory.SubFactory(BalcaoFabrica)
    municipio = factory.SelfAttribute("balcao.municipio")
    dia = factory.LazyAttribute(lambda a: hoje_em(a.municipio))
    senha = factory.Sequence(lambda n: f"N{n + 1:03d}")
    prioridade = Prioridade.NENHUMA
    motivo = Atendimento.Motivo.PEDIR
    situacao = SituacaoAtendimento.EM_ATENDIMENTO
    atendente = factory.LazyAttribute(lambda a: com_papel("atendente", a.municipio))
    iniciado_em = factory.LazyFunction(now)


class RequerimentoFabrica(DjangoModelFactory):
    """A request just opened, of a service of the catalogue: `RequerimentoFabrica(servico_codigo="bpc-idoso")`."""

    class Meta:
        model = Requerimento

    servico_codigo = "salario-maternidade-rural"
    atendimento = factory.SubFactory(AtendimentoFabrica)
    balcao = factory.SelfAttribute("atendimento.balcao")
    municipio = factory.SelfAttribute("balcao.municipio")
    pessoa = factory.SelfAttribute("atendimento.pessoa")
    atendente = factory.SelfAttribute("atendimento.atendente")
    editado_por = factory.SelfAttribute("atendente")
    servico = factory.LazyAttribute(lambda r: guardar_versao(carregar().servico(r.servico_codigo)))
