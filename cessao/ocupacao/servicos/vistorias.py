"""Inspections: rooms and photos, closed by INSS, signed by who has the space. Delivery gives the keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.contas.identificacao import de_quem_decide
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao import regras, reservas
from cessao.avisos import avisar_logistica, avisar_requerente
from cessao.fotos import dia_da_foto, exigir_dia, exigir_foto
from cessao.models import Ambiente, Dano, Desocupacao, Foto, Termo, Vistoria
from cessao.ocupacao.servicos.comum import travar_do_termo
from cessao.papeis.servicos import fazer
from cessao.servicos import anotar, exigir_texto, mover_termo
from cessao.situacoes import OCUPANDO, Ocupacao, Quem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Tipo, Aceite = Vistoria.Tipo, Vistoria.Aceite
CAMPOS = ("dia", "presentes", "medidores", "chaves", "conforme", "contas")
QUANDO = {
    Tipo.ENTREGA: frozenset({Ocupacao.A_ENTREGAR}),
    Tipo.PERIODICA: OCUPANDO,
    Tipo.DEVOLUCAO: OCUPANDO,
}


@transaction.atomic
def abrir(termo_id: int, *, tipo: str, dados: Mapping[str, Any], autor: Usuario) -> Vistoria:
    """Begin an inspection; a return begins with the rooms of the delivery, to be compared with them."""
    termo = travar_do_termo(termo_id, Quem.LOGISTICA, autor=autor)
    quando = Tipo(tipo)
    if termo.estado not in QUANDO[quando]:
        raise ErroDeDominio(f"A cessão está em “{termo.estado.label}”: não é hora desta vistoria.")
    if termo.vistorias.filter(assinada_em=None, desfeita_em=None).exists():
        raise ErroDeDominio("Há uma vistoria por terminar. Termine, ou desfaça, antes de abrir outra.")
    _exigir_dia(termo, quando, dados["dia"])
    quem = de_quem_decide(autor)
    vistoria = Vistoria.objects.create(
        termo=termo, tipo=quando, feita_por=autor, nome=quem.nome, cargo=quem.cargo, matricula=quem.matricula,
        **{nome: dados[nome] for nome in CAMPOS},
    )  # fmt: skip
    if quando != Tipo.ENTREGA and (entrega := da_entrega(termo)):
        for antes in entrega.ambientes.all():
            Ambiente.objects.create(vistoria=vistoria, nome=antes.nome, antes=antes)
    anotar("cessao.vistoria_aberta", termo.pedido, autor, vistoria=vistoria.pk, tipo=quando)
    return vistoria


def _exigir_dia(termo: Termo, tipo: Vistoria.Tipo, dia: date) -> None:
    if dia > hoje_em(termo.pedido.municipio):
        raise ErroDeDominio("A vistoria ainda não aconteceu. Confira a data.")
    if termo.dou_data and dia < termo.dou_data:
        raise ErroDeDominio(f"A vistoria fica depois da publicação do termo ({termo.dou_data:%d/%m/%Y}).")
    if tipo == Tipo.ENTREGA and dia > termo.fim:
        raise ErroDeDominio("O prazo da cessão já terminou: não se entregam as chaves.")


def da_entrega(termo: Termo) -> Vistoria | None:
    entregas = termo.vistorias.filter(tipo=Tipo.ENTREGA, assinada_em__isnull=False).exclude(aceite=Aceite.NAO_QUIS)
    return entregas.order_by("dia", "pk").last()


def _travar(vistoria_id: int, autor: Usuario, *quem: Quem) -> Vistoria:
    termo = travar_do_termo(Vistoria.objects.values_list("termo_id", flat=True).get(pk=vistoria_id), *quem, autor=autor)
    vistoria = Vistoria.objects.get(pk=vistoria_id)
    vistoria.termo = termo
    return vistoria


def _travar_aberta(vistoria_id: int, autor: Usuario) -> Vistoria:
    vistoria = _travar(vistoria_id, autor, Quem.LOGISTICA)
    if not vistoria.aberta:
        raise ErroDeDominio("Esta vistoria já foi fechada e não muda mais.")
    return vistoria


@transaction.atomic
def corrigir(vistoria_id: int, *, dados: Mapping[str, Any], autor: Usuario) -> Vistoria:
    vistoria = _travar_aberta(vistoria_id, autor)
    _exigir_dia(vistoria.termo, Tipo(vistoria.tipo), dados["dia"])
    for nome in CAMPOS:
        setattr(vistoria, nome, dados[nome])
    vistoria.save(update_fields=list(CAMPOS))
    anotar("cessao.vistoria_corrigida", vistoria.termo.pedido, autor, vistoria=vistoria.pk)
    return vistoria


@transaction.atomic
def guardar_ambiente(vistoria_id: int, *, nome: str, estado: str, descricao: str = "", autor: Usuario) -> Ambiente:
    """A room with its state; said again, it is corrected."""
    vistoria = _travar_aberta(vistoria_id, autor)
    nome = exigir_texto(nome, "Diga o nome do ambiente.", 80)
    ambiente, _ = Ambiente.objects.get_or_create(vistoria=vistoria, nome=nome)
    ambiente.estado, ambiente.descricao = estado, " ".join(descricao.split())[:600]
    ambiente.save(update_fields=["estado", "descricao"])
    anotar("cessao.ambiente_guardado", vistoria.termo.pedido, autor, ambiente=ambiente.pk)
    return ambiente


@transaction.atomic
def tirar_ambiente(ambiente_id: int, *, autor: Usuario) -> None:
    """A room put in by mistake, before any photo. Those of the delivery stay until the return."""
    ambiente = _travar_ambiente(ambiente_id, autor)
    if ambiente.antes_id or ambiente.fotos.exists():
        raise ErroDeDominio("Este ambiente é da entrega, ou já teve foto: fica na vistoria. Corrija o estado dele.")
    anotar("cessao.ambiente_tirado", ambiente.vistoria.termo.pedido, autor, ambiente=ambiente.pk)
    ambiente.delete()


@transaction.atomic
def anotar_dano(
    vistoria_id: int,
    *,
    descricao: str,
    onde: str = "",
    quem: str,
    valor: Decimal | None = None,
    ate: date | None = None,
    autor: Usuario,
) -> Dano:
    """What was found broken, missing or changed, and who answers for it until when."""
    vistoria = _travar_aberta(vistoria_id, autor)
    if vistoria.tipo == Tipo.ENTREGA:
        raise ErroDeDominio("Na entrega, o estado de cada ambiente já diz o que se viu. Anote ali.")
    if frase := regras.problema_do_dano(quem=quem, ate=ate, dia=vistoria.dia):
        raise ErroDeDominio(frase)
    dano = Dano.objects.create(
        vistoria=vistoria, descricao=exigir_texto(descricao, "Escreva o que se viu.", 600), onde=onde[:80], quem=quem,
        valor=valor, ate=ate,
    )  # fmt: skip
    anotar("cessao.dano_anotado", vistoria.termo.pedido, autor, dano=dano.pk)
    return dano


@transaction.atomic
def tirar_dano(dano_id: int, *, autor: Usuario) -> None:
    vistoria = _travar_aberta(Dano.objects.values_list("vistoria_id", flat=True).get(pk=dano_id), autor)
    anotar("cessao.dano_tirado", vistoria.termo.pedido, autor, dano=dano_id)
    Dano.objects.filter(pk=dano_id).delete()


def juntar_foto(ambiente_id: int, enviado: UploadedFile, *, par_id: int | None = None, autor: Usuario) -> Foto:
    """A photo of a room; `par_id`: that of the delivery which it repeats. One older than the request is refused; one
    without a date is kept and marked so. Call it outside `atomic()`.
    """
    exigir_foto(enviado)
    tirada_em = dia_da_foto(enviado)
    with transaction.atomic():
        ambiente = _travar_ambiente(ambiente_id, autor)
        vistoria = ambiente.vistoria
        pedido = vistoria.termo.pedido
        exigir_dia(tirada_em, pedido, ate=vistoria.dia)
        par = Foto.objects.get(pk=par_id, ambiente=ambiente.antes_id, removida_em=None) if par_id else None
    arquivo = receber(enviado, municipio=pedido.municipio, usuario=autor)
    with transaction.atomic():
        ambiente = _travar_ambiente(ambiente_id, autor)
        foto = Foto.objects.create(ambiente=ambiente, arquivo=arquivo, tirada_em=tirada_em, par=par, criado_por=autor)
        anotar("cessao.foto_posta", pedido, autor, foto=foto.pk, com_data=tirada_em is not None)
    return foto


def _travar_ambiente(ambiente_id: int, autor: Usuario) -> Ambiente:
    vistoria = _travar_aberta(Ambiente.objects.values_list("vistoria_id", flat=True).get(pk=ambiente_id), autor)
    ambiente = Ambiente.objects.get(pk=ambiente_id)
    ambiente.vistoria = vistoria
    return ambiente


@transaction.atomic
def tirar_foto(foto_id: int, *, autor: Usuario) -> None:
    ambiente = _travar_ambiente(Foto.objects.values_list("ambiente_id", flat=True).get(pk=foto_id), autor)
    foto = Foto.objects.get(pk=foto_id)
    if foto.removida_em is None:
        foto.removida_em = now()
        foto.save(update_fields=["removida_em"])
        anotar("cessao.foto_tirada", ambiente.vistoria.termo.pedido, autor, foto=foto.pk)


def faltas(vistoria: Vistoria) -> list[str]:
    """What keeps the inspection from being closed, in words."""
    ambientes = list(vistoria.ambientes.prefetch_related("fotos__arquivo", "antes__fotos"))
    if not ambientes:
        return ["pelo menos um ambiente"]
    frases = [f"o estado de “{a.nome}”" for a in ambientes if not a.estado]
    for ambiente in ambientes:
        vivas = [f for f in ambiente.fotos.all() if f.removida_em is None]
        frases += _fotos_sem_pagina(ambiente, vivas)
        if not vivas and vistoria.tipo != Tipo.PERIODICA:
            frases.append(f"foto de “{ambiente.nome}”")
        elif vistoria.tipo == Tipo.DEVOLUCAO and ambiente.antes:
            pares = {f.par_id for f in vivas}
            if sem := [f for f in ambiente.antes.fotos.all() if f.removida_em is None and f.pk not in pares]:
                frases.append(f"repetir {_fotos(len(sem))} da entrega em “{ambiente.nome}”")
    if vistoria.tipo == Tipo.PERIODICA and vistoria.conforme is None:
        frases.append("dizer em “Corrigir os dados” se o uso segue o plano")
    return frases


def _fotos(quantas: int) -> str:
    return "1 foto" if quantas == 1 else f"{quantas} fotos"


def _fotos_sem_pagina(ambiente: Ambiente, vivas: list[Foto]) -> list[str]:
    """The paper of the inspection shows pages: a photo without one would be missing from it."""
    situacoes = [f.arquivo.situacao for f in vivas]
    frases = []
    if recusadas := situacoes.count(Arquivo.Situacao.RECUSADO):
        serve = "serve" if recusadas == 1 else "servem"
        frases.append(f"tirar de “{ambiente.nome}” {_fotos(recusadas)} que não {serve} e enviar de novo")
    if esperando := situacoes.count(Arquivo.Situacao.RECEBIDO):
        frases.append(f"o portal preparar {_fotos(esperando)} de “{ambiente.nome}”: atualize a página em instantes")
    return frases


@transaction.atomic
def fechar(vistoria_id: int, *, autor: Usuario) -> Vistoria:
    """INSS signs: rooms and photos stay as they are, and who has the space is asked to sign."""
    vistoria = _travar_aberta(vistoria_id, autor)
    if falta := faltas(vistoria):
        raise ErroDeDominio(f"Antes de fechar, falta: {'; '.join(falta)}.")
    vistoria.fechada_em = now()
    vistoria.save(update_fields=["fechada_em"])
    fazer(vistoria.termo.pedido, "vistoria", autor=autor, sobre=vistoria)
    evento = anotar("cessao.vistoria_fechada", vistoria.termo.pedido, autor, vistoria=vistoria.pk)
    avisar_requerente(vistoria.termo.pedido, "vistoria", chave=str(evento.pk))
    return vistoria


@transaction.atomic
def desfazer(vistoria_id: int, *, autor: Usuario) -> Vistoria:
    """An inspection that nobody signed yet and that was a mistake: kept, without value."""
    vistoria = _travar(vistoria_id, autor, Quem.LOGISTICA)
    if vistoria.assinada_em:
        raise ErroDeDominio("Esta vistoria já foi assinada pelos dois lados.")
    if vistoria.desfeita_em is None:
        vistoria.desfeita_em = now()
        vistoria.save(update_fields=["desfeita_em"])
        anotar("cessao.vistoria_desfeita", vistoria.termo.pedido, autor, vistoria=vistoria.pk)
    return vistoria


@transaction.atomic
def assinar(vistoria_id: int, *, aceite: str, ressalva: str = "", autor: Usuario) -> Vistoria:
    """Who has the space signs. On delivery the keys change hands in the same moment."""
    vistoria = _travar(vistoria_id, autor, Quem.REQUERENTE)
    if not vistoria.por_assinar:
        raise ErroDeDominio("Não há o que assinar nesta vistoria agora. Atualize a página.")
    if autor.pk == vistoria.feita_por_id:
        raise ErroDeDominio("Quem fez a vistoria não assina pelo órgão. Outra pessoa registra a assinatura dele.")
    if aceite == Aceite.RECUSADO:
        raise ErroDeDominio("A recusa é anotada pelo INSS, com duas testemunhas.")
    if aceite == Aceite.NAO_QUIS and vistoria.tipo != Tipo.ENTREGA:
        raise ErroDeDominio("Só na entrega se recusa o espaço. Assine, com ressalva se for o caso.")
    if aceite == Aceite.PLENO:
        ressalva = ""
    else:
        frase = "Escreva por que não recebe o espaço." if aceite == Aceite.NAO_QUIS else "Escreva a ressalva."
        ressalva = exigir_texto(ressalva, frase, 1000)
    return _assinada(vistoria, Aceite(aceite), ressalva, autor)


@transaction.atomic
def anotar_recusa(vistoria_id: int, *, testemunhas: str, autor: Usuario) -> Vistoria:
    """Who has the space did not sign: noted with two witnesses. Nobody is given keys that they did not sign for."""
    vistoria = _travar(vistoria_id, autor, Quem.LOGISTICA)
    if not vistoria.por_assinar:
        raise ErroDeDominio("Não há o que assinar nesta vistoria agora. Atualize a página.")
    if vistoria.tipo == Tipo.ENTREGA:
        raise ErroDeDominio("Sem a assinatura de quem recebe, as chaves não são entregues. Desfaça a vistoria.")
    testemunhas = exigir_texto(testemunhas, "Escreva nome e documento das duas testemunhas.", 1000)
    return _assinada(vistoria, Aceite.RECUSADO, testemunhas, autor)


def _assinada(vistoria: Vistoria, aceite: Vistoria.Aceite, ressalva: str, autor: Usuario) -> Vistoria:
    vistoria.aceite, vistoria.ressalva = aceite, ressalva
    vistoria.assinada_por, vistoria.assinada_em = autor, now()
    vistoria.save(update_fields=["aceite", "ressalva", "assinada_por", "assinada_em"])
    termo, pedido = vistoria.termo, vistoria.termo.pedido
    if vistoria.tipo == Tipo.ENTREGA and aceite != Aceite.NAO_QUIS:
        _exigir_que_comecou(termo)
        _exigir_desocupado(termo)
        mover_termo(termo, "entregar", autor=autor, chaves_entregues=vistoria.chaves)
    fazer(pedido, "vistoria", autor=autor, sobre=vistoria)
    evento = anotar("cessao.vistoria_assinada", pedido, autor, vistoria=vistoria.pk, aceite=aceite)
    aviso = "entrega_recusada" if aceite == Aceite.NAO_QUIS else "vistoria_assinada"
    avisar_logistica(pedido, aviso, chave=str(evento.pk))
    return vistoria


def _exigir_que_comecou(termo: Termo) -> None:
    if hoje_em(termo.pedido.municipio) < termo.inicio:
        raise ErroDeDominio(f"A cessão começa em {termo.inicio:%d/%m/%Y}. Receba as chaves a partir desse dia.")


def _exigir_desocupado(termo: Termo) -> None:
    """Nobody is let into a space that somebody else still holds."""
    tocados = regras.tocados_por(termo.espaco_id, reservas.arvore(termo.espaco.imovel_id))
    outros = Termo.objects.ocupando().filter(espaco__in=tocados).exclude(pk=termo.pk)
    if outro := outros.first():
        raise ErroDeDominio(f"O espaço ainda não foi devolvido por quem estava ({outro}). Espere a devolução.")
    sem_termo = Desocupacao.objects.abertas().filter(pedido__espaco__in=tocados).exclude(pedido=termo.pedido_id)
    if ocupante := sem_termo.select_related("pedido").first():
        raise ErroDeDominio(f"O espaço ainda é ocupado, sem termo, por {ocupante.pedido.orgao}. Espere a saída.")
