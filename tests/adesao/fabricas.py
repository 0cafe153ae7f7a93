"""Builders of the adhesion: invented municipal staff, real checklist."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils.timezone import localdate, now
from factory.django import DjangoModelFactory
from validate_docbr import CPF

from act_portal.arquivos import deposito
from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Usuario
from act_portal.emissao.models import Documento
from adesao.demonstracao import exemplos
from adesao.models import Aceite, Formulario, Item, Papel, Peca, Ponto, Processo, Representante, Solicitacao
from adesao.papeis.consultas import vigente
from adesao.pedido.consultas import itens
from adesao.pedido.servicos import itens as servicos_de_itens
from adesao.pedido.servicos import papeis as servicos_de_papeis
from adesao.pedido.servicos import processo as servicos
from adesao.situacoes import Situacao, SituacaoItem, SituacaoSolicitacao
from tests.fabricas import MunicipioFabrica, com_papel

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


class ProcessoFabrica(DjangoModelFactory):
    """An adhesion with its checklist, in any state: `ProcessoFabrica(situacao="em_analise")`."""

    class Meta:
        model = Processo
        skip_postgeneration_save = True

    municipio = factory.SubFactory(MunicipioFabrica)
    unidade = factory.SelfAttribute("municipio.unidade")
    regime = "rgps"
    cnpj = CNPJ_DA_PREFEITURA
    checklist = factory.LazyFunction(servicos.versao_de_hoje)
    criado_por = factory.LazyAttribute(lambda p: com_papel("gestor", p.municipio))
    editado_por = factory.SelfAttribute("criado_por")
    enviado_em = factory.LazyAttribute(lambda p: None if p.situacao in {"rascunho", "desistido"} else now())
    situacao = Situacao.RASCUNHO

    @factory.post_generation
    def com_itens(self, create, extracted, **kwargs):
        servicos_de_itens.criar_itens(self)


def preencher(processo: Processo) -> None:
    """Complete forms, one point, the two people that the agreement needs."""
    formularios = exemplos.formularios(processo.municipio.nome, mandato_fim=localdate() + timedelta(days=700))
    for tipo, dados in formularios.items():
        Formulario.objects.create(processo=processo, tipo=tipo, dados=dados, versao=1)
    form = servicos_de_papeis.conferido(Formulario.objects.get(processo=processo, tipo="oficio"))
    assert form.is_valid()
    processo.servicos = form.cleaned_data["servicos"]
    processo.save(update_fields=["servicos"])
    ponto = Ponto.objects.create(processo=processo, **exemplos.ponto())
    for pessoa in exemplos.PESSOAS:
        Representante.objects.create(processo=processo, ponto=ponto, **pessoa)


CERTIDAO = {"crp": {"origem": "administrativa"}, "regularidade-federal": {"especie": "cnd"}}


def completar(processo: Processo, gestor: Usuario | None = None) -> None:
    """Make every open item of a filled in process ready: papers, acceptances, files, fields."""
    gestor = gestor or processo.criado_por
    E = Papel.Especie
    for especie in (E.OFICIO, E.ESTRUTURA, E.INDICACAO, E.MINUTA, E.PLANO):
        servicos_de_papeis.fazer(processo.pk, especie, autor=gestor)
    emitir(processo)
    for texto in Aceite.Texto:
        papel = vigente(processo, E(texto))
        servicos_de_papeis.aceitar(processo.pk, texto, papel_id=papel.pk, autor=gestor)
    servicos_de_papeis.fazer(processo.pk, E.ACEITE, autor=gestor)
    emitir(processo)
    for linha in itens(processo, localdate()):
        if linha.item.aberto_ao_municipio:
            completar_item(linha.item, gestor=gestor)
    servicos_de_itens.reavaliar(processo)


def completar_item(item: Item, *, gestor: Usuario | None = None, valido_ate: date | None = None) -> None:
    """The files that it needs and, of a certificate, what it says."""
    processo = item.processo
    requisito = processo.checklist.checklist.requisito(item.codigo)
    for _ in range(requisito.minimo if requisito else 1):
        PecaFabrica(item=item, criado_por=gestor or processo.criado_por)
    if requisito is None or not requisito.campos:
        return
    hoje = localdate()
    valores = {
        "numero": "A1B2.C3D4",
        "emitido_em": hoje - timedelta(days=10),
        "valido_ate": valido_ate or hoje + timedelta(days=100),
        "titular_cnpj": processo.cnpj,
        "titular_nome": f"Município de {processo.municipio.nome}",
        "mandato_fim": hoje + timedelta(days=700),
        **CERTIDAO.get(item.codigo, {}),
    }
    for nome in requisito.campos:
        setattr(item, nome, valores[nome])
    item.save()


class PecaFabrica(DjangoModelFactory):
    class Meta:
        model = Peca

    item = factory.SubFactory(ProcessoFabrica)
    arquivo = factory.SubFactory(ArquivoFabrica, municipio=factory.SelfAttribute("..item.processo.municipio"))
    criado_por = factory.SelfAttribute("item.processo.criado_por")


def emitir(processo: Processo) -> None:
    """As if the worker had drawn every paper of the process."""
    pedidos = Documento.objects.filter(pk__in=processo.papeis.values("documento"), situacao="pedido")
    pedidos.update(situacao="emitido", pdf=deposito.guardar(ContentFile(PDF)), sha256="0" * 64, emitido_em=now())


def pronto_para_enviar(**campos) -> Processo:
    processo = ProcessoFabrica(**campos)
    preencher(processo)
    completar(processo)
    return Processo.objects.get(pk=processo.pk)


def devolvido(*codigos: str) -> Processo:
    """As the review leaves it: the returned items open in a new round, the others accepted."""
    processo = pronto_para_enviar()
    servicos.enviar(processo.pk, autor=processo.criado_por)
    processo.itens.exclude(codigo__in=codigos).update(situacao=SituacaoItem.ACEITO)
    processo.itens.filter(codigo__in=codigos).update(
        situacao=SituacaoItem.DEVOLVIDO, motivo="Não dá para ler.", rodada=1
    )
    analista = com_papel("analista_inss", processo.unidade)
    Processo.objects.filter(pk=processo.pk).update(
        situacao=Situacao.DEVOLVIDO, rodada=1, responsavel=analista, prazo=localdate() + timedelta(days=30)
    )
    return Processo.objects.get(pk=processo.pk)
