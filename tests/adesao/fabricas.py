"""Builders of the adhesion: invented municipal staff, real checklist."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.timezone import localdate, now
from factory.django import DjangoModelFactory
from validate_docbr import CPF

from act_portal.arquivos import deposito
from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Usuario
from act_portal.demonstracao.assinaturas import assinar_bytes
from act_portal.emissao.models import Documento
from adesao.acordo.servicos.operacao import confirmar_ponto
from adesao.analise.servicos import assinatura, decisao, distribuicao
from adesao.analise.servicos import itens as servicos_da_analise
from adesao.analise.servicos import processo as servicos_do_inss
from adesao.demonstracao import direto, exemplos
from adesao.formularios.leitura import conferido
from adesao.habilitacao.catalogo import pedidos_a
from adesao.habilitacao.servicos import provas
from adesao.habilitacao.servicos.acesso import uma
from adesao.models import Formulario, Habilitacao, Item, Papel, Peca, Ponto, Processo, Representante, Solicitacao
from adesao.papeis.consultas import vigente
from adesao.pedido.servicos import itens as servicos_de_itens
from adesao.pedido.servicos import processo as servicos
from adesao.situacoes import Situacao, SituacaoItem, SituacaoSolicitacao
from tests.act_portal.arquivos_fabricados import pdf, pdf_em_bytes
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
    form = conferido(Formulario.objects.get(processo=processo, tipo="oficio"))
    assert form.is_valid()
    processo.servicos = form.cleaned_data["servicos"]
    processo.save(update_fields=["servicos"])
    ponto = Ponto.objects.create(processo=processo, **exemplos.ponto())
    for pessoa in exemplos.PESSOAS:
        Representante.objects.create(processo=processo, ponto=ponto, **pessoa)


@transaction.atomic
def completar(processo: Processo, gestor: Usuario | None = None) -> None:
    """Make every open item of a filled in process ready: papers, acceptances, files, fields."""
    gestor = gestor or processo.criado_por
    direto.fazer_papeis(processo, gestor)
    emitir(processo)
    for item in processo.itens.select_related("processo__checklist", "processo__municipio").em_aberto():
        completar_item(item, gestor=gestor)
    servicos_de_itens.reavaliar(processo)


def completar_item(item: Item, *, gestor: Usuario | None = None, valido_ate: date | None = None) -> None:
    """The files that it needs and, of a certificate, what it says."""
    requisito = item.processo.checklist.checklist.requisito(item.codigo)
    papel = vigente(item.processo, Papel.Especie(requisito.papel)) if requisito and requisito.papel else None
    for _ in range(requisito.minimo if requisito else 1):
        PecaFabrica(item=item, papel=papel, criado_por=gestor or item.processo.criado_por)
    direto.preencher_item(item, valido_ate=valido_ate)


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


# --- With INSS ----------------------------------------------------------------------------------------------------


class Inss:
    """The people of the unit of a process: one who reviews, one who decides."""

    def __init__(self, processo: Processo) -> None:
        self.analista = com_papel("analista_inss", processo.unidade)
        self.autoridade = com_papel("autoridade_inss", processo.unidade)


def em_analise(**campos) -> tuple[Processo, Inss]:
    processo = pronto_para_enviar(**campos)
    inss = Inss(processo)
    servicos.enviar(processo.pk, autor=processo.criado_por)
    distribuicao.tomar(processo.pk, autor=inss.analista)
    return Processo.objects.get(pk=processo.pk), inss


def conferido_inteiro(**campos) -> tuple[Processo, Inss]:
    """Every item accepted, one by one."""
    processo, inss = em_analise(**campos)
    for item in processo.itens.em_aberto():
        servicos_da_analise.aceitar(item.pk, verificado_em=localdate(), autor=inss.analista)
    servicos_do_inss.numerar_sei(processo.pk, numero="35014.000001/2026-00", autor=inss.analista)
    return processo, inss


def instruido(**campos) -> tuple[Processo, Inss]:
    processo, inss = conferido_inteiro(**campos)
    servicos_do_inss.instruir(processo.pk, conclusao="favoravel", texto="Tudo conferido.", autor=inss.analista)
    return Processo.objects.get(pk=processo.pk), inss


APROVACAO = {"texto": "Acolho o parecer.", "competencia": "Portaria 1/2026"}


def aprovado(**campos) -> tuple[Processo, Inss]:
    processo, inss = instruido(**campos)
    decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)
    emitir(processo)
    return Processo.objects.get(pk=processo.pk), inss


PARA_ASSINAR = (
    "adesao-instrumento", "adesao-aditivo", "adesao-encerramento", "cessao-termo", "cessao-aditivo",
    "cessao-encerramento",
)  # fmt: skip


def pdf_assinado(quantas: int = 1, documento: Documento | None = None) -> SimpleUploadedFile:
    """The newest paper that waits for signatures, or `documento`, signed so many times; drawn by nobody.

    Where no paper waits, any page. No validator would say that the signatures are good.
    """
    documento = documento or Documento.objects.filter(modelo__in=PARA_ASSINAR).order_by("pk").last()
    if documento is None:
        return assinar_bytes(pdf_em_bytes(pdf(), deterministic_id=True), quantas)
    papel = pdf_em_bytes(pdf(texto=documento.codigo), deterministic_id=True)
    Documento.objects.filter(pk=documento.pk, situacao__in=["pedido", "emitido"]).update(
        situacao="emitido", pdf=deposito.guardar(ContentFile(papel)), sha256="0" * 64, emitido_em=now()
    )
    return assinar_bytes(papel, quantas)


def dados_da_assinatura(**mais) -> dict:
    return {
        "assinado_em": localdate(),
        "signatario": "Anselmo Torres Fictício",
        "signatario_cargo": "Prefeito",
        "nivel": "avancada",
        **mais,
    }


def assinado_pelo_municipio(**campos) -> tuple[Processo, Inss]:
    processo, inss = aprovado(**campos)
    assinatura.assinar_municipio(processo.pk, pdf_assinado(), **dados_da_assinatura(), autor=processo.criado_por)
    return Processo.objects.get(pk=processo.pk), inss


def assinado(**campos) -> tuple[Processo, Inss]:
    processo, inss = assinado_pelo_municipio(**campos)
    assinatura.conferir_assinatura(processo.pk, conferido_em=localdate(), autor=inss.analista)
    dados = dados_da_assinatura(conferido_em=localdate())
    assinatura.assinar_inss(processo.pk, pdf_assinado(2), **dados, autor=inss.analista)
    return Processo.objects.get(pk=processo.pk), inss


def vigente_hoje(**campos) -> tuple[Processo, Inss]:
    processo, inss = assinado(**campos)
    assinatura.publicar(processo.pk, dou_data=localdate(), dou_secao="3", dou_pagina="120", autor=inss.analista)
    return Processo.objects.get(pk=processo.pk), inss


def comprovar(habilitacao: Habilitacao, gestor: Usuario, so: tuple[str, ...] = ()) -> None:
    """The town sends every proof of one person, or those of `so`."""
    hoje = localdate()
    valores = {"em": hoje, "ate": hoje + timedelta(days=75), "horas": 20, "texto": "Descrição fictícia"}
    for pedido in pedidos_a(habilitacao.representante.papel, hoje):
        if not so or pedido.codigo in so:
            dados = {nome: valor for nome, valor in valores.items() if nome in pedido.campos}
            termo = provas.fazer_termo(habilitacao.pk, pedido.codigo, autor=gestor) if pedido.papel else None
            arquivo = pdf_assinado(documento=termo.documento if termo else None) if "arquivo" in pedido.campos else None
            provas.enviar(habilitacao.pk, pedido.codigo, arquivo=arquivo, autor=gestor, **dados)


def comprovar_e_confirmar(habilitacao: Habilitacao, gestor: Usuario, inss: Inss) -> Habilitacao:
    comprovar(habilitacao, gestor)
    for enviada in habilitacao.comprovacoes.filter(situacao="enviada"):
        provas.confirmar(enviada.pk, autor=inss.analista)
    return uma(habilitacao.pk)


def em_operacao(**campos) -> tuple[Processo, Inss]:
    """The desk is open: one clerk enabled, the structure confirmed."""
    processo, inss = vigente_hoje(**campos)
    acordo = processo.acordo
    comprovar_e_confirmar(acordo.habilitacoes.get(representante__papel="atendente"), processo.criado_por, inss)
    confirmar_ponto(acordo.pk, ponto=processo.pontos.get(), em=localdate(), texto="Visita.", autor=inss.analista)
    return Processo.objects.get(pk=processo.pk), inss
