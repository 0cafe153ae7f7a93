"""Signed papers scanned back: keep the file, file each page by its code, or put it in the tray. The only writer of
`FolhaDevolvida.situacao`.

A page with a code goes into the request that the code names, never into the one it was dropped on because it was
dropped there. So does a coded page among the documents of a slot.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo, Folha
from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.servicos import prometer
from requerimentos.digitalizacao.retorno import consultas, regras
from requerimentos.digitalizacao.retorno.leitura import Leitura
from requerimentos.digitalizacao.servicos import proxima_ordem, recebe_documentos
from requerimentos.mandato.consultas import fim_do_mandato
from requerimentos.models import Conserto, FolhaDevolvida, Pagina, Papel, Peca, Requerimento, Retorno
from requerimentos.papeis.servicos import marcar_assinados
from requerimentos.servicos import travar, travar_para_editar
from requerimentos.situacoes import MotivoDaBandeja, SituacaoFolha

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

LER = "requerimentos.ler_retorno"


def receber_retorno(
    requerimento_id: int, *, enviado: UploadedFile, autor: Usuario, codigo: uuid.UUID | None = None
) -> Retorno:
    """Keep one file of signed papers. Call it outside `atomic()`. Raises ArquivoRecusado with what to do."""
    codigo = codigo or uuid.uuid4()
    with transaction.atomic():
        requerimento = travar_para_editar(requerimento_id, autor=autor)
        if repetido := Retorno.objects.filter(codigo=codigo).first():
            if repetido.requerimento_id != requerimento.pk:
                raise ErroDeDominio("Este arquivo já foi enviado em outro pedido. Atualize a página e escolha de novo.")
            return repetido
    arquivo = receber(enviado, municipio=requerimento.municipio, usuario=autor, depois=LER, codigo=codigo, reparar=True)
    return _guardar(requerimento_id, arquivo, autor=autor, codigo=codigo)


@transaction.atomic
def _guardar(requerimento_id: int, arquivo: Arquivo, *, autor: Usuario, codigo: uuid.UUID) -> Retorno:
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    retorno, novo = Retorno.objects.get_or_create(
        arquivo=arquivo, defaults={"codigo": codigo, "requerimento": requerimento, "autor": autor}
    )
    if novo:
        registrar(
            "retorno.recebido", municipio=requerimento.municipio, autor=autor, alvo=requerimento, retorno=retorno.pk
        )
        # The worker may have made the pages before this row was there to be told.
        prometer(LER, chave=f"{LER}:retorno:{retorno.pk}", arquivo=arquivo.pk)
    return retorno


@transaction.atomic
def arquivar(retorno_id: int, leituras: list[Leitura]) -> None:
    """Put each page where its code says, once. Papers of which all pages are back count as received signed."""
    retorno = Retorno.objects.select_related("autor").get(pk=retorno_id)
    requerimento = travar(retorno.requerimento_id)
    if Retorno.objects.filter(pk=retorno_id, lido_em__isnull=True).update(lido_em=now()) == 0:
        return
    _devolver(retorno, requerimento, _Pilha(requerimento, leituras), leituras)


@transaction.atomic
def paginar(arquivo_id: int, leituras: list[Leitura]) -> None:
    """The pages of a file that was put in a slot, once. They stay there, but for the papers that the portal printed:
    one of this request goes to its own slot, one of another request to the tray with the reason. Of pages that are in
    a slot already, a repair may have made the code clear: what is of another request goes to the tray then.
    """
    nas_vagas = Pagina.objects.filter(folha__arquivo=arquivo_id, recolhida_em=None)
    for pedido in sorted(set(nas_vagas.values_list("peca__requerimento", flat=True))):
        _recolher_alheias(travar(pedido), arquivo_id)
    peca = Peca.objects.filter(arquivo=arquivo_id).order_by("pk").first()
    if peca is None:
        return
    requerimento = travar(peca.requerimento_id)
    feitas = Pagina.objects.filter(folha__arquivo=arquivo_id).exists()
    if feitas or Retorno.objects.filter(arquivo=arquivo_id).exists():
        return
    peca = Peca.objects.select_related("arquivo", "criado_por").get(pk=peca.pk)
    pilha = _Pilha(requerimento, leituras, na_resposta=peca.exigencia_id is not None)
    saem = [leitura for leitura in leituras if not pilha.fica(leitura)]
    folhas = Folha.objects.select_related("origem").in_bulk([leitura.folha for leitura in leituras])
    for leitura in leituras:
        if leitura not in saem:
            folha = folhas[leitura.folha]
            _por(folha, peca, leitura)
    if not saem:
        return
    retorno = Retorno.objects.create(
        codigo=peca.arquivo.codigo, requerimento=requerimento, arquivo=peca.arquivo, vaga=peca.vaga,
        exigencia_id=peca.exigencia_id, autor=peca.criado_por, lido_em=now(),
    )  # fmt: skip
    _devolver(retorno, requerimento, pilha, saem)
    if len(saem) == len(leituras):
        peca.removida_em = now()
        peca.save(update_fields=["removida_em"])


def _recolher_alheias(requerimento: Requerimento, arquivo_id: int) -> None:
    """Pages of this file whose codes say that they are of another request: out of the slot and its bin, to the tray."""
    paginas = {
        pagina.folha_id: pagina
        for pagina in Pagina.objects.filter(
            folha__arquivo=arquivo_id, peca__requerimento=requerimento, recolhida_em=None
        ).select_related("folha__arquivo", "folha__origem", "peca__exigencia", "peca__criado_por")
        if recebe_documentos(requerimento, pagina.peca.exigencia)
    }
    leituras = [Leitura(folha, tuple(pagina.textos), pagina.giro) for folha, pagina in paginas.items()]
    pilha = _Pilha(requerimento, leituras)
    for leitura in leituras:
        if pilha.alheia(leitura):
            _recolher(paginas[leitura.folha], requerimento, pilha, leitura)


def _recolher(pagina: Pagina, requerimento: Requerimento, pilha: _Pilha, leitura: Leitura) -> None:
    peca, papel, para = pagina.peca, pilha.papel(leitura), pilha.destino(leitura)
    retorno, _ = Retorno.objects.get_or_create(
        arquivo=pagina.folha.arquivo,
        defaults={
            "codigo": pagina.folha.arquivo.codigo, "requerimento": requerimento, "vaga": peca.vaga,
            "exigencia": peca.exigencia, "autor": peca.criado_por, "lido_em": now(),
        },
    )  # fmt: skip
    # The file may have been dropped on another request, from where a clerk put this page here: blocked, it stays.
    if retorno.requerimento_id != requerimento.pk:
        return
    devolvida = FolhaDevolvida.objects.filter(pagina=pagina).first() or FolhaDevolvida(retorno=retorno)
    devolvida.folha, devolvida.pagina = pagina.folha, pagina
    devolvida.situacao, devolvida.motivo, devolvida.numero = SituacaoFolha.BANDEJA, para.motivo or "", para.numero
    devolvida.papel_id, devolvida.giro = papel.pk if papel else None, leitura.giro
    devolvida.resolvida_em = devolvida.resolvida_por = None
    devolvida.save()
    pagina.recolhida_em = pagina.removida_em = now()
    pagina.save(update_fields=["recolhida_em", "removida_em"])
    if not peca.paginas.filter(recolhida_em=None).exists():
        Peca.objects.filter(pk=peca.pk, removida_em=None).update(removida_em=now())
    registrar("pagina.recolhida", municipio=requerimento.municipio, autor=None, alvo=requerimento, pagina=pagina.pk)


def _por(folha: Folha, peca: Peca, leitura: Leitura) -> None:
    """In the slot, upright when our code says how; somebody else's code says nothing of that."""
    nosso = bool(regras.codigos_nossos(leitura.textos))
    giro = leitura.giro if nosso else 0
    antes = (giro + folha.receita.get("giro", 0)) % 360 if nosso else 0
    _mostrar(folha, Pagina.objects.create(peca=peca, folha=folha, ordem=folha.ordem, giro=giro), giro_antes=antes)


class _Pilha:
    """The pages of one file, and the papers that their codes name. Made under the lock of the request."""

    def __init__(self, requerimento: Requerimento, leituras: list[Leitura], *, na_resposta: bool = False) -> None:
        self.requerimento, self.na_resposta = requerimento, na_resposta
        self.codigos = {leitura.folha: regras.codigo_da_pagina(leitura.textos) for leitura in leituras}
        lidos = {c.codigo for leitura in leituras for c in regras.codigos_nossos(leitura.textos)}
        self.papeis = consultas.papeis_por_codigo(lidos, requerimento) if lidos else {}
        self.donos = consultas.donos_dos_codigos(lidos)
        self.arquivadas = consultas.arquivadas_de([papel.pk for papel in self.papeis.values()])
        self.aberto = requerimento.editavel and not fim_do_mandato(requerimento)

    def papel(self, leitura: Leitura) -> regras.PapelVisto | None:
        codigo = self.codigos[leitura.folha]
        return None if isinstance(codigo, MotivoDaBandeja) else self.papeis.get(codigo.codigo)

    def destino(self, leitura: Leitura) -> regras.Destino:
        codigo, papel = self.codigos[leitura.folha], self.papel(leitura)
        if isinstance(codigo, MotivoDaBandeja):
            return regras.Destino(codigo)
        ja = self.arquivadas[papel.pk] if papel else ()
        return regras.destino(codigo, papel, requerimento=self.requerimento.pk, aberto=self.aberto, arquivadas=ja)

    def fica(self, leitura: Leitura) -> bool:
        """Whether a page that was put in a slot stays there."""
        if self.alheia(leitura):
            return False
        return self.papel(leitura) is None or regras.fica_na_vaga(self.destino(leitura), na_resposta=self.na_resposta)

    def alheia(self, leitura: Leitura) -> bool:
        """Whether a code on the page says that it may not be in a slot of this request."""
        return any(self._alheio(codigo) for codigo in regras.codigos_nossos(leitura.textos))

    def _alheio(self, codigo: regras.CodigoDaFolha) -> bool:
        dono, aqui = self.donos.get(codigo.codigo), self.requerimento
        return regras.e_alheio(codigo, dono, requerimento=aqui.pk, pessoa=aqui.pessoa_id)


def _devolver(retorno: Retorno, requerimento: Requerimento, pilha: _Pilha, leituras: list[Leitura]) -> None:
    """Each page into the slot that its code names, or into the tray."""
    tocados: set[int] = set()
    for leitura in leituras:
        papel, para = pilha.papel(leitura), pilha.destino(leitura)
        devolvida = FolhaDevolvida(
            retorno=retorno, folha_id=leitura.folha, giro=leitura.giro, numero=para.numero, motivo=para.motivo or "",
            papel_id=papel.pk if papel else None,
        )  # fmt: skip
        if papel and not para.motivo:
            _na_vaga(devolvida, requerimento, vaga=papel.vaga, autor=retorno.autor)
            pilha.arquivadas[papel.pk].add(para.numero)
            tocados.add(papel.pk)
        devolvida.save()
    _receber_completos(requerimento, tocados, autor=retorno.autor)
    na_bandeja = retorno.folhas.na_bandeja().count()
    registrar(
        "retorno.lido", municipio=requerimento.municipio, autor=retorno.autor, alvo=requerimento, retorno=retorno.pk,
        folhas=len(leituras), na_bandeja=na_bandeja,
    )  # fmt: skip


@transaction.atomic
def por_na_vaga(folha_id: int, *, vaga: str, autor: Usuario) -> FolhaDevolvida:
    """The clerk read what the machine could not: the page goes into a slot of the request where it was dropped.

    Refused for a page whose code names another request, or a paper that lost its value.
    """
    devolvida, requerimento = _travar_na_bandeja(folha_id, autor)
    if devolvida.causa not in consultas.A_MAO:
        raise _recusa(MotivoDaBandeja(devolvida.motivo))
    if vaga not in {v["id"] for v in requerimento.servico.dados["vagas"]}:
        raise ErroDeDominio("Este serviço não tem esta vaga. Escolha uma das vagas da lista.")
    return _resolver(devolvida, requerimento, vaga=vaga, autor=autor)


@transaction.atomic
def por_no_dono(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    """A paper of another request goes to that request, when it may still receive it; the code is judged again there."""
    devolvida, _ = _travar_na_bandeja(folha_id, autor, editar=False)
    papel = devolvida.papel
    if devolvida.causa != MotivoDaBandeja.OUTRO or papel is None:
        raise ErroDeDominio("Esta folha não é de outro pedido.")
    dono = travar_para_editar(papel.conjunto.requerimento_id, autor=autor)
    visto = consultas.papeis_por_codigo([papel.documento.codigo], dono)[papel.documento.codigo]
    ja = consultas.arquivadas_de([papel.pk])[papel.pk]
    codigo = regras.CodigoDaFolha(papel.documento.codigo, devolvida.numero)
    para = regras.destino(codigo, visto, requerimento=dono.pk, aberto=True, arquivadas=ja)
    if para.motivo:
        raise ErroDeDominio(f"No pedido dele: {para.motivo.label}.")
    return _resolver(devolvida, dono, vaga=visto.vaga, autor=autor)


@transaction.atomic
def trocar(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    """This picture of the page instead of the one in the slot, which goes to the bin of the request."""
    devolvida, requerimento = _travar_na_bandeja(folha_id, autor)
    if devolvida.causa != MotivoDaBandeja.REPETIDA or devolvida.papel is None:
        raise ErroDeDominio("Não há outra imagem desta folha para trocar.")
    antigas = FolhaDevolvida.objects.na_vaga().filter(papel=devolvida.papel, numero=devolvida.numero)
    Pagina.objects.filter(pk__in=antigas.values_list("pagina", flat=True)).update(removida_em=now())
    visto = consultas.papeis_por_codigo([devolvida.papel.documento.codigo], requerimento)
    papel = visto[devolvida.papel.documento.codigo]
    if not papel.vale or not papel.vaga:
        raise _recusa(MotivoDaBandeja.ANTIGA)
    return _resolver(devolvida, requerimento, vaga=papel.vaga, autor=autor)


@transaction.atomic
def descartar(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    devolvida, requerimento = _travar_na_bandeja(folha_id, autor, editar=False)
    return _encerrar(devolvida, SituacaoFolha.FORA, requerimento, autor)


@transaction.atomic
def recuperar(folha_id: int, *, autor: Usuario) -> FolhaDevolvida:
    """What was discarded goes back to the tray, for the reason that it was there for."""
    requerimento = travar(FolhaDevolvida.objects.values_list("retorno__requerimento", flat=True).get(pk=folha_id))
    devolvida = FolhaDevolvida.objects.get(pk=folha_id)
    if devolvida.estado != SituacaoFolha.FORA:
        raise TransicaoInvalida(f"Esta folha já está como “{devolvida.estado.label}”. Atualize a página.")
    devolvida.situacao, devolvida.resolvida_em, devolvida.resolvida_por = SituacaoFolha.BANDEJA, None, None
    devolvida.save(update_fields=["situacao", "resolvida_em", "resolvida_por"])
    registrar(
        "retorno.recuperada", municipio=requerimento.municipio, autor=autor, alvo=requerimento, folha=devolvida.pk
    )
    return devolvida


def _recusa(motivo: MotivoDaBandeja) -> ErroDeDominio:
    return ErroDeDominio(f"{motivo.label}. {motivo.conselho}")


def _resolver(devolvida: FolhaDevolvida, destino: Requerimento, *, vaga: str, autor: Usuario) -> FolhaDevolvida:
    _na_vaga(devolvida, destino, vaga=vaga, autor=autor)
    _encerrar(devolvida, SituacaoFolha.NA_VAGA, destino, autor)
    if devolvida.papel_id and devolvida.numero:
        _receber_completos(destino, {devolvida.papel_id}, autor=autor)
    return devolvida


def _encerrar(
    devolvida: FolhaDevolvida, destino: SituacaoFolha, requerimento: Requerimento, autor: Usuario
) -> FolhaDevolvida:
    devolvida.situacao, devolvida.resolvida_em, devolvida.resolvida_por = destino, now(), autor
    devolvida.save(update_fields=["situacao", "pagina", "resolvida_em", "resolvida_por"])
    registrar(
        f"retorno.{destino}", municipio=requerimento.municipio, autor=autor, alvo=requerimento, folha=devolvida.pk
    )
    return devolvida


def _na_vaga(devolvida: FolhaDevolvida, requerimento: Requerimento, *, vaga: str, autor: Usuario) -> None:
    """Make the page of the request. Pages of one paper form one document, in the order of their numbers."""
    papel_id = devolvida.papel_id if devolvida.numero else None
    folha = Folha.objects.select_related("arquivo", "origem").get(pk=devolvida.folha_id)
    irmas = Peca.objects.vivas().filter(requerimento=requerimento, exigencia=None, vaga=vaga, papel=papel_id)
    peca = irmas.first() if papel_id else irmas.filter(arquivo=folha.arquivo).first()
    if peca is None:
        peca = Peca.objects.create(
            requerimento=requerimento, vaga=vaga, arquivo=folha.arquivo, papel_id=papel_id,
            # Printed here and signed: what was scanned is the original itself. Anything else the clerk says.
            natureza=Peca.Natureza.ORIGINAL if papel_id else "",
            ordem=proxima_ordem(requerimento, vaga), criado_por=autor,
        )  # fmt: skip
    devolvida.pagina = Pagina.objects.create(
        peca=peca, folha=folha, ordem=devolvida.numero or folha.ordem, giro=devolvida.giro
    )
    antes = (devolvida.giro + folha.receita.get("giro", 0)) % 360
    _mostrar(folha, devolvida.pagina, giro_antes=antes)
    devolvida.situacao = SituacaoFolha.NA_VAGA


def _mostrar(folha: Folha, pagina: Pagina, *, giro_antes: int) -> None:
    """A page that came in already repaired: the repair can be taken back."""
    if folha.origem:
        Conserto.objects.create(
            pagina=pagina, de=folha.origem, para=folha, giro_antes=giro_antes, receita=folha.receita, automatico=True
        )


def _receber_completos(requerimento: Requerimento, papeis: set[int], *, autor: Usuario) -> None:
    voltaram = consultas.arquivadas_de(papeis)
    completos = [
        papel.especie
        for papel in Papel.objects.filter(pk__in=papeis).select_related("documento")
        if not regras.faltam(papel.documento.paginas, voltaram[papel.pk])
    ]
    if completos:
        marcar_assinados(requerimento, completos, autor=autor)


def _travar_na_bandeja(folha_id: int, autor: Usuario, *, editar: bool = True) -> tuple[FolhaDevolvida, Requerimento]:
    pedido = FolhaDevolvida.objects.values_list("retorno__requerimento", flat=True).get(pk=folha_id)
    requerimento = travar_para_editar(pedido, autor=autor) if editar else travar(pedido)
    devolvida = FolhaDevolvida.objects.select_related("papel__conjunto", "papel__documento").get(pk=folha_id)
    if devolvida.estado != SituacaoFolha.BANDEJA:
        raise TransicaoInvalida(f"Esta folha já está como “{devolvida.estado.label}”. Atualize a página.")
    return devolvida, requerimento
