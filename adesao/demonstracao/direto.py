"""The only place where the demonstration writes rows past the services, and why each time.

What a service would do slowly (drawing, decoding) is taken as done; constraints hold as ever.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import localdate, now

from act_portal.arquivos.models import Arquivo, Folha
from act_portal.contas.models import Usuario
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Municipio
from act_portal.territorio.texto import normalizar
from adesao.avisos.servicos import AVISAR
from adesao.models import Aceite, Comprovacao, Habilitacao, Item, Papel, Peca, Processo, Solicitacao
from adesao.papeis.consultas import vigente
from adesao.papeis.preenchimento import Material, base_de, conteudo
from adesao.papeis.servicos import guardar
from adesao.situacoes import SituacaoSolicitacao

E = Papel.Especie
# The paper is drawn later, by the worker: nobody could have signed it.
SEM_ASSINADOR = "Folha de exemplo no lugar do papel assinado (dados fictícios)."
CERTIDAO = {"crp": {"origem": "administrativa"}, "regularidade-federal": {"especie": "cnd"}}


def fazer_papel(processo: Processo, especie: Papel.Especie, gestor: Usuario) -> Papel:
    """What the service does, without judging the whole list each time."""
    dados = conteudo(Material(processo), especie)
    return guardar(processo, especie, dados, base=base_de(processo, especie, dados), autor=gestor)


def aceitar(processo: Processo, texto: Aceite.Texto, gestor: Usuario) -> Aceite:
    """The town accepted before the worker has drawn the paper: it draws it when the portal starts."""
    papel = vigente(processo, E(texto))
    assert papel is not None  # noqa: S101 - just made
    return Aceite.objects.create(
        processo=processo,
        texto=texto,
        papel=papel,
        versao=papel.documento.versao,
        modelo_sha256=papel.documento.modelo_sha256,
        base=papel.base,
        em_nome_de=papel.documento.dados["rl_nome"],
        autor=gestor,
        nome=gestor.nome,
        cargo=gestor.cargo,
    )


def fazer_papeis(processo: Processo, gestor: Usuario) -> None:
    """All that the portal makes for the town, accepted and ready to be signed."""
    for especie in (E.OFICIO, E.ESTRUTURA, E.INDICACAO, E.MINUTA, E.PLANO):
        fazer_papel(processo, especie, gestor)
    for texto in Aceite.Texto:
        aceitar(processo, texto, gestor)
    fazer_papel(processo, E.ACEITE, gestor)


def preencher_item(item: Item, *, valido_ate: date | None = None) -> None:
    """What a good certificate or document says of itself."""
    processo = item.processo
    requisito = processo.checklist.checklist.requisito(item.codigo)
    if requisito is None or not requisito.campos:
        return
    hoje = localdate()
    valores = {
        "numero": "A1B2.C3D4.E5F6",
        "emitido_em": hoje - timedelta(days=10),
        "valido_ate": valido_ate or hoje + timedelta(days=160),
        "titular_cnpj": processo.cnpj,
        "titular_nome": f"Município de {processo.municipio.nome}",
        "mandato_fim": Material(processo).municipio.get("rl_mandato_fim") or hoje + timedelta(days=700),
        **CERTIDAO.get(item.codigo, {}),
    }
    for nome in requisito.campos:
        setattr(item, nome, valores[nome])
    item.save()


def juntar(item: Item, modelo: Arquivo, gestor: Usuario) -> Peca:
    """One more file with the bytes and pages of `modelo`, which went through the whole pipeline once."""
    copia = _copiar(modelo, item.processo.municipio, f"{item.codigo}.jpg", gestor)
    Folha.objects.bulk_create(
        Folha(
            arquivo=copia, ordem=f.ordem, pdf=f.pdf.name, miniatura=f.miniatura.name, bytes=f.bytes, sha256=f.sha256,
            dpi=f.dpi,
        )
        for f in modelo.folhas.all()
    )  # fmt: skip
    requisito = item.processo.checklist.checklist.requisito(item.codigo)
    papel = vigente(item.processo, E(requisito.papel)) if requisito and requisito.papel else None
    declaracao = SEM_ASSINADOR if papel else ""
    return Peca.objects.create(item=item, arquivo=copia, papel=papel, declaracao=declaracao, criado_por=gestor)


def enviar_termo(habilitacao: Habilitacao, requisito: str, modelo: Arquivo, gestor: Usuario) -> Comprovacao:
    """A term that came back: drawing one for each person would take most of the time of the whole story."""
    return Comprovacao.objects.create(
        habilitacao=habilitacao,
        requisito=requisito,
        arquivo=_copiar(modelo, habilitacao.acordo.municipio, f"{requisito}.jpg", gestor),
        declaracao=SEM_ASSINADOR,
        em=localdate(),
        enviada_por=gestor,
    )


def _copiar(modelo: Arquivo, municipio: Municipio, nome: str, quem: Usuario | None) -> Arquivo:
    return Arquivo.objects.create(
        municipio=municipio,
        nome_original=nome,
        tipo=modelo.tipo,
        bytes=modelo.bytes,
        sha256=modelo.sha256,
        original=modelo.original.name,
        situacao=Arquivo.Situacao.PRONTO,
        enviado_por=quem,
    )


def pedir_acesso(municipio: Municipio, modelo: Arquivo, *, nome: str, cpf: str, cnpj: str) -> Solicitacao:
    """A request for the first account whose e-mail was confirmed: there is no mailbox to click in."""
    prova = _copiar(modelo, municipio, "portaria-de-nomeacao.jpg", None)
    assert municipio.unidade is not None  # noqa: S101 - linked by the demonstration
    return Solicitacao.objects.create(
        municipio=municipio,
        unidade=municipio.unidade,
        cnpj=cnpj,
        nome=nome,
        cpf=cpf,
        cargo="Secretária de administração",
        email=f"{normalizar(nome).replace(' ', '.')}@exemplo.invalid",
        telefone="3130000000",
        prova=prova,
        situacao=SituacaoSolicitacao.PENDENTE,
        confirmada_em=now(),
    )


def deixar_para_o_trabalhador(antes: int) -> None:
    """E-mails of the story were read long ago; papers and pages are made when the portal runs, bit by bit."""
    daqui = Saida.objects.filter(pk__gt=antes, estado=Saida.Estado.PENDENTE)
    daqui.filter(tipo=AVISAR).update(estado=Saida.Estado.FEITA, feita_em=now())
    for n, pk in enumerate(daqui.exclude(tipo=AVISAR).order_by("-pk").values_list("pk", flat=True)):
        Saida.objects.filter(pk=pk).update(proxima_em=now() + timedelta(seconds=20 + 2 * n), criada_em=now())
