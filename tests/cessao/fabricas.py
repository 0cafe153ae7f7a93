"""Builders of the cession. Invented properties and people only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import factory
from django.utils.timezone import localdate
from factory.django import DjangoModelFactory

from act_portal.contas.models import Usuario
from act_portal.territorio.models import UnidadeInss
from cessao.analise import servicos as analise
from cessao.models import Achado, Aditivo, Ambiente, Espaco, Foto, Imovel, Peca, Pedido, Termo, Vistoria
from cessao.ocupacao.servicos import assinatura, prorrogacao, vistorias
from cessao.pedido import servicos as pedidos
from cessao.pedido.obras import por
from cessao.situacoes import Natureza
from tests.adesao.fabricas import ArquivoFabrica, pdf_assinado
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel


class ImovelFabrica(DjangoModelFactory):
    class Meta:
        model = Imovel

    codigo = factory.Sequence(lambda n: f"MG-{n:04d}")
    nome = factory.Sequence(lambda n: f"Prédio de Teste {n}")
    natureza = Natureza.RESERVA
    endereco = "Rua do Teste, 10, Centro"
    municipio = factory.SubFactory(MunicipioFabrica)
    unidade = factory.SelfAttribute("municipio.unidade")
    area_m2 = Decimal("400.00")
    custo_mensal = Decimal("1000.00")
    seguranca = "Alarme na porta dos fundos."


class EspacoFabrica(DjangoModelFactory):
    class Meta:
        model = Espaco

    imovel = factory.SubFactory(ImovelFabrica, natureza=Natureza.EM_USO)
    nome = factory.Sequence(lambda n: f"Sala {n}")
    area_m2 = Decimal("40.00")


def dados_do_imovel(imovel: Imovel, **mais) -> dict:
    """What the form of this property sends."""
    return {
        "codigo": imovel.codigo, "nome": imovel.nome, "natureza": imovel.natureza, "operacional": "sim",
        "endereco": imovel.endereco, "municipio": imovel.municipio_id, "unidade": imovel.unidade_id,
        "area_m2": str(imovel.area_m2).replace(".", ","), "versao": imovel.versao, **mais,
    }  # fmt: skip


# --- Requests -----------------------------------------------------------------------------------------------------


def dados_do_pedido(espaco: Espaco, **mais) -> dict:
    """What the services take: a town that wants a room for its INSS Digital point."""
    return {
        "tipo": "nova", "orgao": "Prefeitura Fictícia", "cnpj": "99000101000120", "esfera": "municipal",
        "rl_nome": "Anselmo Torres Fictício", "rl_cpf": "52998224725", "rl_cargo": "Prefeito", "rl_ato": "Diploma 1",
        "fiscal_nome": "Rita Fictícia", "fiscal_cargo": "Coordenadora", "contato": "3133330000",
        "finalidade": "previdenciaria", "dificulta_devolucao": False,
        "uso": "ponto de apoio ao INSS Digital", "plano": "Atender e digitalizar pedidos.", "publico_mes": 200,
        "horario": "Segunda a sexta, 8h às 17h", "equipe": 3, "area_m2": min(espaco.area_m2, Decimal(30)),
        "inicio": localdate(), "meses": 12, "despesas": "Energia e água, na proporção da área.",
        "rateio_percentual": None, "rateio_motivo": "", "oficio_numero": "12/2026", "bens": "",
        "cronograma": "Mudança no dia das chaves; devolução no fim.", "riscos": "Seguro contra incêndio.",
        "devolucao": "Vazio e pintado, em 10 dias.", "ocupado_desde": None, "balcao": None, **mais,
    }  # fmt: skip


VISTORIA: dict = {
    "dia": date(2026, 1, 2), "dispensavel": True, "uso_previsto": False, "previdenciaria": True,
    "dificulta_devolucao": False, "achados": "Sala em bom estado.", "rateio": "",
}  # fmt: skip
DECISAO = {"texto": "Acolho o parecer.", "competencia": "Portaria 1/2026"}


class Elenco:
    """The people around the property of `espaco`: its logistics (two), superintendent and directors (two)."""

    def __init__(self, espaco: Espaco) -> None:
        unidade = espaco.imovel.unidade
        sr = unidade.acima or unidade
        self.logistica = com_papel("logistica_inss", unidade)
        self.colega = com_papel("logistica_inss", unidade)
        self.superintendente = com_papel("autoridade_inss", sr)
        diretoria = UnidadeInss.objects.filter(codigo="DIROFL").first()
        diretoria = diretoria or UnidadeFabrica(tipo="dir", codigo="DIROFL")
        self.diretor = com_papel("autoridade_inss", diretoria)
        self.outro_diretor = com_papel("autoridade_inss", diretoria)


def sala(**mais) -> Espaco:
    """A room in a building in use, under a superintendence."""
    unidade = UnidadeFabrica(acima=UnidadeFabrica(tipo="sr"))
    return EspacoFabrica(imovel__municipio=MunicipioFabrica(unidade=unidade), **mais)


def arquivar_direto(pedido: Pedido) -> None:
    """A file in every document, as if who asks had sent it."""
    for item in pedido.itens.exclude(situacao="dispensado"):
        Peca.objects.create(item=item, arquivo=ArquivoFabrica(municipio=pedido.municipio), criado_por=pedido.criado_por)
        pedido.itens.filter(pk=item.pk).update(situacao="pronto")


def rascunho(
    espaco: Espaco | None = None, *, gestor: Usuario | None = None, obras: Sequence[str] = (), **mais
) -> Pedido:
    """`obras`: works wanted, that can be undone."""
    espaco = espaco or sala()
    municipio = (gestor.vinculo.municipio if gestor and gestor.vinculo else None) or espaco.imovel.municipio
    gestor = gestor or com_papel("gestor", municipio)
    pedido = pedidos.comecar(espaco.pk, dados_do_pedido(espaco, **mais), municipio=municipio, autor=gestor)
    for obra in obras:
        por(pedido.pk, descricao=obra, desfaz="sim", como="Desmontar.", dias=2, autor=gestor)
    return Pedido.objects.get(pk=pedido.pk) if obras else pedido


def enviado(espaco: Espaco | None = None, **mais) -> Pedido:
    pedido = rascunho(espaco, **mais)
    arquivar_direto(pedido)
    return pedidos.enviar(pedido.pk, autor=pedido.criado_por)


def em_analise(espaco: Espaco | None = None, elenco: Elenco | None = None, **mais) -> tuple[Pedido, Elenco]:
    pedido = enviado(espaco, **mais)
    elenco = elenco or Elenco(pedido.espaco)
    analise.tomar(pedido.pk, autor=elenco.logistica)
    pedido.itens.exclude(situacao="dispensado").update(situacao="aceito")
    Achado.objects.create(pedido=pedido, ambiente="Sala", elemento="piso", estado="bom", criado_por=elenco.logistica)
    return Pedido.objects.get(pk=pedido.pk), elenco


def para_decisao(espaco: Espaco | None = None, elenco: Elenco | None = None, **mais) -> tuple[Pedido, Elenco]:
    pedido, elenco = em_analise(espaco, elenco, **mais)
    vistoria = {**VISTORIA, "dia": localdate(), "previdenciaria": pedido.finalidade == "previdenciaria"}
    analise.opinar(pedido.pk, conclusao="favoravel", texto="De acordo.", vistoria=vistoria, autor=elenco.logistica)
    analise.manifestar(pedido.pk, conclusao="favoravel", texto="De acordo.", autor=elenco.superintendente)
    return Pedido.objects.get(pk=pedido.pk), elenco


def aprovado(espaco: Espaco | None = None, elenco: Elenco | None = None, **mais) -> tuple[Pedido, Elenco]:
    pedido, elenco = para_decisao(espaco, elenco, **mais)
    analise.aprovar(pedido.pk, **DECISAO, inicio=pedido.inicio, meses=pedido.meses, autor=elenco.diretor)
    return Pedido.objects.get(pk=pedido.pk), elenco


def dados_da_assinatura(**mais) -> dict:
    return {
        "assinado_em": localdate(), "signatario": "Anselmo Fictício", "signatario_cargo": "Prefeito",
        "nivel": "avancada", **mais,
    }  # fmt: skip


def dados_do_inss(papel: str, pedido: Pedido, **mais) -> dict:
    """The signature of INSS is of who the paper says."""
    documento = pedido.papeis.filter(especie=papel, substituido_em=None).latest("pk").documento
    quem = documento.dados["autoridade"]
    return dados_da_assinatura(
        conferido_em=localdate(), signatario=quem["nome"], signatario_cargo=quem["cargo"], **mais
    )  # fmt: skip


def publicado(espaco: Espaco | None = None, elenco: Elenco | None = None, **mais) -> tuple[Termo, Elenco]:
    pedido, elenco = aprovado(espaco, elenco, **mais)
    quem = elenco.colega if pedido.pelo_inss else pedido.criado_por
    assinatura.assinar(pedido.pk, pdf_assinado(), **dados_da_assinatura(), autor=quem)
    dados = dados_do_inss("termo", pedido)
    assinatura.assinar_inss(pedido.pk, pdf_assinado(2), **dados, autor=elenco.logistica)
    assinatura.publicar(pedido.pk, dou_data=localdate(), dou_secao="3", dou_pagina="9", autor=elenco.logistica)
    return Termo.objects.get(pedido=pedido), elenco


def dados_da_vistoria(**mais) -> dict:
    return {
        "dia": localdate(), "presentes": "As duas partes", "medidores": "", "chaves": 2, "conforme": True,
        "contas": "", **mais,
    }  # fmt: skip


def foto_direta(ambiente: Ambiente, *, par: Foto | None = None) -> Foto:
    arquivo = ArquivoFabrica(municipio=ambiente.vistoria.termo.pedido.municipio)
    return Foto.objects.create(
        ambiente=ambiente, arquivo=arquivo, tirada_em=localdate(), par=par, criado_por=ambiente.vistoria.feita_por
    )


def vistoriar(termo: Termo, tipo: str, elenco: Elenco, *, dano: str = "", **mais) -> Vistoria:
    """An inspection closed by INSS: one room with a photo (on a return, its pair)."""
    vistoria = vistorias.abrir(termo.pk, tipo=tipo, dados=dados_da_vistoria(**mais), autor=elenco.logistica)
    vistorias.guardar_ambiente(vistoria.pk, nome="Sala", estado="bom", autor=elenco.logistica)
    for ambiente in vistoria.ambientes.all():
        antes = list(ambiente.antes.fotos.all()) if ambiente.antes else [None]
        for par in antes:
            foto_direta(ambiente, par=par)
    if dano:
        vistorias.anotar_dano(vistoria.pk, descricao=dano, quem="apurar", autor=elenco.logistica)
    return vistorias.fechar(vistoria.pk, autor=elenco.logistica)


def ocupado(espaco: Espaco | None = None, elenco: Elenco | None = None, **mais) -> tuple[Termo, Elenco]:
    termo, elenco = publicado(espaco, elenco, **mais)
    vistoria = vistoriar(termo, "entrega", elenco)
    quem = elenco.colega if termo.pedido.pelo_inss else termo.pedido.criado_por
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=quem)
    return Termo.objects.get(pk=termo.pk), elenco


def prorrogar(termo: Termo, elenco, meses: int = 6) -> Aditivo:
    gestor = termo.pedido.criado_por
    aditivo = prorrogacao.pedir(termo.pk, meses=meses, justificativa="Mais tempo.", autor=gestor)
    prorrogacao.opinar(aditivo.pk, conclusao="favoravel", texto="De acordo.", autor=elenco.logistica)
    return prorrogacao.aprovar(aditivo.pk, **DECISAO, autor=elenco.diretor)


def assinar_aditivo(aditivo: Aditivo, elenco) -> None:
    pedido = aditivo.termo.pedido
    assinatura.assinar(
        pedido.pk, pdf_assinado(), **dados_da_assinatura(), aditivo_id=aditivo.pk, autor=pedido.criado_por
    )
    dados = dados_do_inss("aditivo", pedido)
    assinatura.assinar_inss(pedido.pk, pdf_assinado(2), **dados, aditivo_id=aditivo.pk, autor=elenco.logistica)
