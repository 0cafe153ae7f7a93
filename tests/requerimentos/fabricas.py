"""Builders of the desk: invented people, visits and requests of the real catalogue."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from django.utils.timezone import localdate, now
from factory.django import DjangoModelFactory
from validate_docbr import CPF

from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.servicos import guardar_versao
from requerimentos.models import (
    Agendamento,
    Atendimento,
    Aviso,
    Contato,
    Exigencia,
    Pessoa,
    Representante,
    Requerimento,
    Resultado,
)
from requerimentos.situacoes import Etapa, Prioridade, SituacaoAtendimento, SituacaoInss
from tests.fabricas import BalcaoFabrica, MunicipioFabrica, com_papel


class PessoaFabrica(DjangoModelFactory):
    """An adult with all that the papers need."""

    class Meta:
        model = Pessoa
        skip_postgeneration_save = True

    class Params:
        # Asked to be told by e-mail, and left an address.
        com_email = factory.Trait(
            canal=Pessoa.Canal.EMAIL,
            email=factory.RelatedFactory("tests.requerimentos.fabricas.ContatoFabrica", factory_related_name="pessoa"),
        )

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


class ContatoFabrica(DjangoModelFactory):
    class Meta:
        model = Contato

    pessoa = factory.SubFactory(PessoaFabrica)
    tipo = Contato.Tipo.EMAIL
    valor = factory.Sequence(lambda n: f"benedita{n}@exemplo.invalid")


class RepresentanteFabrica(DjangoModelFactory):
    """The mother of a child."""

    class Meta:
        model = Representante

    pessoa = factory.SubFactory(PessoaFabrica, nascimento=date(2018, 3, 14))
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
    """A request just opened, of a service of the catalogue: `RequerimentoFabrica(servico_codigo="bpc-idoso")`.

    Further on: `devolvido=True`, `protocolado=True`, `em_exigencia=True`, `decidido=True`.
    """

    class Meta:
        model = Requerimento

    class Params:
        com_protocolo = factory.Trait(
            protocolo=factory.Sequence(lambda n: f"{1_000_000_000 + n}"),
            der=factory.LazyAttribute(lambda r: hoje_em(r.municipio)),
            protocolado_em=factory.LazyFunction(now),
            unidade_analise="Central de Análise de Teste",
            situacao_inss=SituacaoInss.PENDENTE,
            situacao_desde=factory.LazyFunction(now),
            proxima_consulta_em=factory.LazyFunction(now),
            quem_assina=Requerimento.QuemAssina.TITULAR,
            atendimento__pessoa__com_email=True,
        )
        devolvido = factory.Trait(etapa=Etapa.DEVOLVIDO, etapa_motivo="Falta o documento.")
        protocolado = factory.Trait(com_protocolo=True, etapa=Etapa.ACOMPANHANDO)
        em_exigencia = factory.Trait(
            com_protocolo=True, etapa=Etapa.EXIGENCIA, situacao_inss=SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA
        )
        decidido = factory.Trait(com_protocolo=True, etapa=Etapa.RESULTADO, situacao_inss=SituacaoInss.CONCLUIDA)

    servico_codigo = "salario-maternidade-rural"
    atendimento = factory.SubFactory(AtendimentoFabrica)
    balcao = factory.SelfAttribute("atendimento.balcao")
    municipio = factory.SelfAttribute("balcao.municipio")
    pessoa = factory.SelfAttribute("atendimento.pessoa")
    atendente = factory.SelfAttribute("atendimento.atendente")
    editado_por = factory.SelfAttribute("atendente")
    servico = factory.LazyAttribute(lambda r: guardar_versao(carregar().servico(r.servico_codigo)))


class ExigenciaFabrica(DjangoModelFactory):
    """An open one; `prazo` may be given (the other dates follow from it)."""

    class Meta:
        model = Exigencia

    requerimento = factory.SubFactory(RequerimentoFabrica, em_exigencia=True)
    numero_inss = factory.Sequence(lambda n: f"{n}")
    texto = "Apresentar certidão de casamento atualizada."
    causa = "estado_civil"
    prazo = factory.LazyFunction(lambda: localdate() + timedelta(days=20))
    emitida_em = factory.LazyAttribute(lambda e: e.prazo - timedelta(days=30))
    ciencia_em = factory.LazyAttribute(lambda e: e.emitida_em + timedelta(days=1))
    prazo_base = "Portaria DIRBEN/INSS 993/2022, art. 75 (conferir norma vigente)"
    # Old enough to be reminded of: on the day of arrival the first notice has just left.
    criado_em = factory.LazyFunction(lambda: now() - timedelta(days=3))


class ResultadoFabrica(DjangoModelFactory):
    class Meta:
        model = Resultado

    requerimento = factory.SubFactory(RequerimentoFabrica, decidido=True)
    tipo = "indeferido"
    motivos = ["Renda acima do limite."]
    decidido_em = factory.LazyFunction(localdate)
    recorrer_ate = factory.LazyAttribute(lambda r: r.decidido_em + timedelta(days=30))
    prazo_recurso = factory.LazyAttribute(lambda r: r.decidido_em + timedelta(days=35))
    prazo_base = "IN PRES/INSS 128/2022, art. 580"


class AvisoFabrica(DjangoModelFactory):
    class Meta:
        model = Aviso

    requerimento = factory.SubFactory(RequerimentoFabrica, protocolado=True)
    assunto = Aviso.Assunto.PROTOCOLADO
    canal = Pessoa.Canal.EMAIL
    contato = factory.LazyAttribute(lambda a: a.requerimento.pessoa.contatos.first())
    chave = factory.Sequence(lambda n: f"teste:{n}")


class AgendamentoFabrica(DjangoModelFactory):
    class Meta:
        model = Agendamento

    requerimento = factory.SubFactory(RequerimentoFabrica, protocolado=True)
    numero_inss = factory.Sequence(lambda n: f"{2_000_000_000 + n}")
    tipo = Agendamento.Tipo.PERICIA
    quando = factory.LazyFunction(lambda: now() + timedelta(days=10))
    unidade = "APS Serra do Teste"
    endereco = "Rua da Agência, 1"
    situacao = Agendamento.Situacao.AGENDADO
