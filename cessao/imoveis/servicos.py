"""Keep the catalogue: put in, correct, divide, take off. What was lent or asked for is never erased."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localtime, now

from act_portal.arquivos.servicos import receber
from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.territorio.consultas import hoje_em
from cessao import permissoes, reservas
from cessao.avisos import avisar_logistica, avisar_requerente
from cessao.consultas import problema_do_espaco
from cessao.models import Espaco, Imagem, Imovel, Pedido
from cessao.regras import abaixo_de, area_que_sobra
from cessao.situacoes import Natureza

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

INTEIRO = "Imóvel inteiro"
# What the form and the CSV fill in.
CAMPOS = (
    "nome", "natureza", "operacional", "matricula", "cartorio", "endereco", "cep", "municipio", "unidade", "area_m2",
    "descricao", "acessibilidade", "custo_mensal", "custos", "seguranca",
)  # fmt: skip


def travar(imovel_id: int) -> Imovel:
    """The property, held until the end of the transaction: whoever divides or lends its spaces comes through here."""
    return (
        Imovel.objects.select_for_update(of=("self",)).select_related("municipio", "unidade").get(pk=imovel_id)
    )  # fmt: skip


@transaction.atomic
def cadastrar(codigo: str, dados: Mapping[str, Any], *, autor: Usuario) -> Imovel:
    """A new property; one that is not in use can be lent whole, so it begins with that space."""
    permissoes.exigir_logistica(autor, dados["unidade"])
    if Imovel.objects.filter(codigo=codigo).exists():
        raise ErroDeDominio(f"Já existe um imóvel com o código {codigo}. Abra o que existe, ou use outro código.")
    imovel = Imovel.objects.create(codigo=codigo, editado_por=autor, **{nome: dados[nome] for nome in CAMPOS})
    if imovel.natureza != Natureza.EM_USO:
        Espaco.objects.create(imovel=imovel, nome=INTEIRO, area_m2=imovel.area_m2)
    _anotar("cessao.imovel_cadastrado", imovel, autor)
    return imovel


@transaction.atomic
def corrigir(imovel_id: int, dados: Mapping[str, Any], *, versao: int | None = None, autor: Usuario) -> Imovel:
    """Change what `dados` says otherwise. `versao`: what was on the page; None for a list, which rules over all."""
    imovel = travar(imovel_id)
    permissoes.exigir_logistica(autor, imovel.unidade)
    if versao is not None and versao != imovel.versao:
        quando = localtime(imovel.alterado_em, imovel.municipio.fuso)
        raise OutroChegouAntes(
            f"{imovel.editado_por or 'Outra pessoa'} mudou este imóvel em {quando:%d/%m às %H:%M}, depois que você "
            "abriu a página. Nada foi salvo por cima. Confira o que mudou e salve de novo."
        )
    mudam = [nome for nome in CAMPOS if nome in dados and getattr(imovel, nome) != dados[nome]]
    if not mudam:
        return imovel
    if "unidade" in mudam:
        permissoes.exigir_logistica(autor, dados["unidade"])
    if "area_m2" in mudam:
        _exigir_que_caiba(imovel, dados["area_m2"])
    antes = _problemas(imovel)
    for nome in mudam:
        setattr(imovel, nome, dados[nome])
    imovel.versao += 1
    imovel.editado_por, imovel.alterado_em = autor, now()
    imovel.save(update_fields=[*mudam, "versao", "editado_por", "alterado_em"])
    evento = _anotar("cessao.imovel_corrigido", imovel, autor, campos=mudam)
    _avisar_quem_pediu(imovel, antes, evento)
    return imovel


def _exigir_que_caiba(imovel: Imovel, area: Decimal) -> None:
    maiores = imovel.espacos.filter(retirado_em=None, dentro_de=None)
    inteiro = maiores.filter(nome=INTEIRO).first()
    if inteiro and maiores.count() == 1:
        _exigir_partes_dentro(inteiro, area)
        reservas.exigir_mudanca(inteiro, None, area, hoje_em(imovel.municipio))
        inteiro.area_m2 = area
        inteiro.save(update_fields=["area_m2"])
    elif area_que_sobra(area, maiores.values_list("area_m2", flat=True)) < 0:
        raise ErroDeDominio("Os espaços cadastrados somam mais que esta área. Corrija os espaços antes.")


@transaction.atomic
def retirar(imovel_id: int, *, motivo: str, autor: Usuario) -> Imovel:
    """Take a property off the catalogue. Whoever asked for it is not forgotten: open requests go on and are told."""
    imovel = travar(imovel_id)
    permissoes.exigir_logistica(autor, imovel.unidade)
    if imovel.retirado_em is None:
        motivo = " ".join(motivo.split())[:300]
        if not motivo:
            raise ErroDeDominio("Escreva por que o imóvel sai do catálogo.")
        antes = _problemas(imovel)
        imovel.retirado_em, imovel.retirado_motivo = now(), motivo
        _avisar_quem_pediu(imovel, antes, _salvar_retirada(imovel, autor, "cessao.imovel_retirado"))
    return imovel


@transaction.atomic
def repor(imovel_id: int, *, autor: Usuario) -> Imovel:
    imovel = travar(imovel_id)
    permissoes.exigir_logistica(autor, imovel.unidade)
    if imovel.retirado_em is not None:
        imovel.retirado_em, imovel.retirado_motivo = None, ""
        _salvar_retirada(imovel, autor, "cessao.imovel_reposto")
    return imovel


def _salvar_retirada(imovel: Imovel, autor: Usuario, acao: str) -> Evento:
    imovel.versao += 1
    imovel.editado_por, imovel.alterado_em = autor, now()
    imovel.save(update_fields=["retirado_em", "retirado_motivo", "versao", "editado_por", "alterado_em"])
    return _anotar(acao, imovel, autor)


def _problemas(imovel: Imovel) -> dict[Pedido, str]:
    """Each open request for a space of the property, and why it does not fit any more."""
    abertos = Pedido.objects.abertos().filter(espaco__imovel=imovel)
    return {pedido: problema_do_espaco(pedido) for pedido in abertos.select_related("espaco__imovel", "municipio")}


def _avisar_quem_pediu(imovel: Imovel, antes: Mapping[Pedido, str], evento: Evento) -> None:
    """Who asked hears of what stops the request, once, and so does who reviews it."""
    for pedido, problema in _problemas(imovel).items():
        if problema and not antes.get(pedido):
            avisar_requerente(pedido, "espaco_mudou", chave=f"{evento.pk}:{pedido.pk}")
            if pedido.responsavel_id:
                avisar_logistica(pedido, "espaco_mudou", chave=f"{evento.pk}:{pedido.pk}")


# --- Spaces -------------------------------------------------------------------------------------------------------


@transaction.atomic
def guardar_espaco(imovel_id: int, dados: Mapping[str, Any], *, espaco_id: int | None = None, autor: Usuario) -> Espaco:
    """A space of the property, new or corrected; `dados`: name, area, the larger space, description, days.

    What contains it must hold it: areas of parts never add up to more than the whole, and no space contains itself.
    """
    imovel = travar(imovel_id)
    permissoes.exigir_logistica(autor, imovel.unidade)
    espaco = imovel.espacos.get(pk=espaco_id) if espaco_id else Espaco(imovel=imovel)
    maior: Espaco | None = dados["dentro_de"]
    _exigir_nome_livre(imovel, espaco, dados["nome"])
    if maior is not None:
        _exigir_que_contenha(imovel, espaco, maior)
    _exigir_lugar(imovel, espaco, maior, dados["area_m2"])
    if espaco.pk:
        _exigir_partes_dentro(espaco, dados["area_m2"])
        reservas.exigir_mudanca(espaco, maior, dados["area_m2"], hoje_em(imovel.municipio))
    antes = _problemas(imovel)
    for nome in ("nome", "area_m2", "dentro_de", "descricao", "disponivel_de", "disponivel_ate"):
        setattr(espaco, nome, dados[nome])
    espaco.save()
    reservas.acompanhar(imovel, hoje_em(imovel.municipio))
    _avisar_quem_pediu(imovel, antes, _anotar("cessao.espaco_guardado", imovel, autor, espaco=espaco.pk))
    return espaco


def _exigir_nome_livre(imovel: Imovel, espaco: Espaco, nome: str) -> None:
    if imovel.espacos.filter(nome=nome, retirado_em=None).exclude(pk=espaco.pk).exists():
        raise ErroDeDominio(f"Este imóvel já tem um espaço chamado “{nome}”. Dê outro nome.")


def _exigir_que_contenha(imovel: Imovel, espaco: Espaco, maior: Espaco) -> None:
    dentro_de = dict(imovel.espacos.values_list("pk", "dentro_de"))
    if maior.pk not in dentro_de or maior.retirado_em is not None:
        raise ErroDeDominio("O espaço maior é de outro imóvel, ou já saiu do catálogo. Escolha outro.")
    if espaco.pk and maior.pk in abaixo_de(espaco.pk, dentro_de):
        raise ErroDeDominio("Um espaço não pode fazer parte de si mesmo nem de uma parte sua.")


def _exigir_lugar(imovel: Imovel, espaco: Espaco, maior: Espaco | None, area: Decimal) -> None:
    irmaos = imovel.espacos.filter(dentro_de=maior, retirado_em=None).exclude(pk=espaco.pk)
    total = maior.area_m2 if maior else imovel.area_m2
    sobra = area_que_sobra(total, irmaos.values_list("area_m2", flat=True))
    if area > sobra:
        onde = f"de “{maior.nome}”" if maior else "do imóvel"
        numero = f"{max(sobra, Decimal(0)):.2f}".replace(".", ",")
        raise ErroDeDominio(f"Sobram {numero} m² {onde}. Diminua a área, ou corrija os outros espaços antes.")


def _exigir_partes_dentro(espaco: Espaco, area: Decimal) -> None:
    partes = espaco.partes.filter(retirado_em=None).values_list("area_m2", flat=True)
    if area_que_sobra(area, partes) < 0:
        raise ErroDeDominio(f"As partes de “{espaco.nome}” somam mais que esta área. Corrija as partes antes.")


@transaction.atomic
def retirar_espaco(espaco_id: int, *, motivo: str, autor: Usuario) -> Espaco:
    espaco = Espaco.objects.get(pk=espaco_id)
    imovel = travar(espaco.imovel_id)
    permissoes.exigir_logistica(autor, imovel.unidade)
    if not motivo.strip():
        raise ErroDeDominio("Escreva por que o espaço sai do catálogo.")
    reservas.exigir_sem_cessao(espaco, hoje_em(imovel.municipio))
    if espaco.partes.filter(retirado_em=None).exists():
        raise ErroDeDominio("Este espaço tem partes no catálogo. Retire as partes, ou mude-as de lugar, antes.")
    antes = _problemas(imovel)
    espaco.retirado_em, espaco.retirado_motivo = now(), " ".join(motivo.split())[:300]
    espaco.save(update_fields=["retirado_em", "retirado_motivo"])
    _avisar_quem_pediu(imovel, antes, _anotar("cessao.espaco_retirado", imovel, autor, espaco=espaco.pk))
    return espaco


# --- Pictures -----------------------------------------------------------------------------------------------------


def juntar_imagem(
    imovel_id: int, enviado: UploadedFile, *, tipo: str, legenda: str, espaco: Espaco | None = None, autor: Usuario
) -> Imagem:
    """A photo or a plan. Call it outside `atomic()`: the bytes are stored before their row."""
    with transaction.atomic():
        imovel = travar(imovel_id)
        permissoes.exigir_logistica(autor, imovel.unidade)
    arquivo = receber(enviado, municipio=imovel.municipio, usuario=autor)
    with transaction.atomic():
        imagem = Imagem.objects.create(
            imovel=imovel, espaco=espaco, tipo=tipo, legenda=legenda, arquivo=arquivo, criado_por=autor
        )
        _anotar("cessao.imagem_posta", imovel, autor, imagem=imagem.pk)
    return imagem


@transaction.atomic
def tirar_imagem(imagem_id: int, *, autor: Usuario) -> None:
    imagem = Imagem.objects.select_related("imovel__unidade", "imovel__municipio").get(pk=imagem_id)
    permissoes.exigir_logistica(autor, imagem.imovel.unidade)
    if imagem.removida_em is None:
        imagem.removida_em = now()
        imagem.save(update_fields=["removida_em"])
        _anotar("cessao.imagem_tirada", imagem.imovel, autor, imagem=imagem.pk)


def _anotar(acao: str, imovel: Imovel, autor: Usuario, **dados: Any) -> Evento:
    return registrar(acao, municipio=imovel.municipio, autor=autor, alvo=imovel, **dados)
