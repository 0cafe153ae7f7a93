"""Builders of the adhesion: invented municipal staff, real checklist."""

from __future__ import annotations

import factory
from django.core.files.base import ContentFile
from django.utils.timezone import now
from factory.django import DjangoModelFactory
from validate_docbr import CPF

from act_portal.arquivos import deposito
from act_portal.arquivos.models import Arquivo
from adesao.models import Solicitacao
from adesao.situacoes import SituacaoSolicitacao
from tests.fabricas import MunicipioFabrica

PDF = b"%PDF-1.4\n%teste\n"
CNPJ_DA_PREFEITURA = "99000101000120"


class ArquivoFabrica(DjangoModelFactory):
    """A file that the worker has made ready."""

    class Meta:
        model = Arquivo

    municipio = factory.SubFactory(MunicipioFabrica)
    nome_original = factory.Sequence(lambda n: f"papel{n}.pdf")
    tipo = "application/pdf"
    bytes = len(PDF)
    sha256 = "0" * 64
    original = factory.LazyFunction(lambda: deposito.guardar(ContentFile(PDF)))
    situacao = Arquivo.Situacao.PRONTO


class SolicitacaoFabrica(DjangoModelFactory):
    """One that was confirmed and waits for INSS. `a_confirmar=True`: not yet."""

    class Meta:
        model = Solicitacao

    class Params:
        a_confirmar = factory.Trait(situacao=SituacaoSolicitacao.A_CONFIRMAR, confirmada_em=None, prova=None)

    municipio = factory.SubFactory(MunicipioFabrica)
    unidade = factory.SelfAttribute("municipio.unidade")
    cnpj = CNPJ_DA_PREFEITURA
    nome = factory.Sequence(lambda n: f"Servidora Fictícia {n}")
    cpf = factory.LazyFunction(lambda: CPF().generate())
    cargo = "Secretária de administração"
    email = factory.Sequence(lambda n: f"servidora{n}@exemplo.invalid")
    telefone = "3133330000"
    prova = factory.SubFactory(ArquivoFabrica, municipio=factory.SelfAttribute("..municipio"))
    situacao = SituacaoSolicitacao.PENDENTE
    confirmada_em = factory.LazyFunction(now)
