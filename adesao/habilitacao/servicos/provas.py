"""What the town sends to prove each requirement, and what INSS says of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.emissao import servicos as emissao
from act_portal.emissao.assinados import Assinado, exigir_o_mesmo, receber_assinado
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.territorio.consultas import hoje_em
from adesao import permissoes
from adesao.avisos.servicos import avisar_municipio, avisar_pessoa
from adesao.checklist.catalogo import parametro
from adesao.habilitacao.catalogo import Comprovante, pedidos_a
from adesao.habilitacao.papeis import conteudo
from adesao.habilitacao.regras import problema_da_data, problema_das_horas
from adesao.habilitacao.servicos.acesso import reavaliar, travar_pessoa, uma
from adesao.models import Comprovacao, Habilitacao, Termo
from adesao.papeis.modelos import codigo_de
from adesao.situacoes import Quem, SituacaoComprovacao, SituacaoHabilitacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

C = SituacaoComprovacao


@transaction.atomic
def fazer_termo(habilitacao_id: int, requisito: str, *, autor: Usuario) -> Termo:
    """The paper that the person signs outside. An earlier one loses its value."""
    habilitacao = travar_pessoa(habilitacao_id)
    _exigir_do_municipio(habilitacao, autor)
    pedido = _pedido(habilitacao, requisito)
    if not pedido.papel:
        raise ErroDeDominio("Este item não tem papel para assinar.")
    dados = conteudo(habilitacao, pedido)
    antigo = habilitacao.termos.filter(requisito=requisito).first()
    if antigo and antigo.documento.situacao in {"pedido", "emitido"}:
        documento = emissao.substituir(antigo.documento_id, dados, motivo="Feito de novo.", autor=autor)
    else:
        documento = emissao.pedir(codigo_de(pedido.papel), dados, municipio=habilitacao.acordo.municipio, autor=autor)
    return Termo.objects.create(habilitacao=habilitacao, requisito=requisito, documento=documento)


def enviar(
    habilitacao_id: int,
    requisito: str,
    *,
    arquivo: UploadedFile | None = None,
    declaracao: str = "",
    autor: Usuario,
    **dados: Any,
) -> Comprovacao:
    """Send one proof for INSS to confirm; the confirmed one goes on counting. Call it outside `atomic()`.

    `dados`: em, ate, texto, horas, as far as the requirement asks for them. A term that the portal makes comes back
    signed (`receber_assinado`, with its `declaracao`).
    """
    habilitacao = uma(habilitacao_id)
    pedido = _conferir_envio(habilitacao, requisito, autor, **dados)
    if "arquivo" in pedido.campos and arquivo is None:
        raise ErroDeDominio("Envie o arquivo.")
    municipio, guardado, papel = habilitacao.acordo.municipio, None, None
    if arquivo and pedido.papel:
        papel = _papel_para_assinar(habilitacao, pedido)
        guardado = receber_assinado(arquivo, documento=papel, municipio=municipio, usuario=autor, declaracao=declaracao)
    elif arquivo:
        guardado = Assinado(receber(arquivo, municipio=municipio, usuario=autor), declaracao="")
    return _enviar(habilitacao_id, pedido, guardado, papel, autor, **dados)


def _papel_para_assinar(habilitacao: Habilitacao, pedido: Comprovante) -> Documento:
    """The last term made for the person."""
    termo = habilitacao.termos.select_related("documento").filter(requisito=pedido.codigo).first()
    if termo is None:
        raise ErroDeDominio("Faça antes o papel no portal. Depois baixe, a pessoa assina, e você envia esse arquivo.")
    return termo.documento


def _conferir_envio(
    habilitacao: Habilitacao,
    requisito: str,
    autor: Usuario,
    *,
    em: date,
    ate: date | None = None,
    horas: int | None = None,
    **_: Any,
) -> Comprovante:
    _exigir_do_municipio(habilitacao, autor)
    pedido, acordo = _pedido(habilitacao, requisito), habilitacao.acordo
    hoje = hoje_em(acordo.municipio)
    minimas = parametro("capacitacao_horas", hoje).valor
    if frase := problema_da_data(pedido, em, ate, hoje) or problema_das_horas(pedido, horas, minimas):
        raise ErroDeDominio(frase)
    desde = acordo.prorrogado_em or acordo.inicio
    if pedido.do_acordo and desde and em < desde:
        raise ErroDeDominio(f"Este termo é deste acordo: só vale assinado de {desde:%d/%m/%Y} em diante.")
    return pedido


@transaction.atomic
def _enviar(
    habilitacao_id: int,
    pedido: Comprovante,
    recebido: Assinado | None,
    papel: Documento | None,
    autor: Usuario,
    **dados: Any,
) -> Comprovacao:
    habilitacao = travar_pessoa(habilitacao_id)
    _exigir_do_municipio(habilitacao, autor)
    if papel:
        exigir_o_mesmo(_papel_para_assinar(habilitacao, pedido), papel)
    if recebido:
        dados |= {"arquivo": recebido.arquivo, "declaracao": recebido.declaracao}
    habilitacao.comprovacoes.filter(requisito=pedido.codigo, situacao=C.ENVIADA).update(situacao=C.SUBSTITUIDA)
    enviada = Comprovacao.objects.create(habilitacao=habilitacao, requisito=pedido.codigo, enviada_por=autor, **dados)
    evento = _anotar("adesao.comprovacao_enviada", enviada, autor)
    processo = habilitacao.acordo.processo
    avisar_pessoa(processo, processo.responsavel, "comprovacao_enviada", chave=str(evento.pk))
    return enviada


def _exigir_do_municipio(habilitacao: Habilitacao, autor: Usuario) -> None:
    permissoes.exigir(autor, habilitacao.acordo.processo, Quem.GESTOR)
    if habilitacao.estado == SituacaoHabilitacao.DESLIGADA or not habilitacao.acordo.estado.vivo:
        raise ErroDeDominio("Esta pessoa já não atua neste acordo.")


def _pedido(habilitacao: Habilitacao, requisito: str) -> Comprovante:
    hoje = hoje_em(habilitacao.acordo.municipio)
    for pedido in pedidos_a(habilitacao.representante.papel, hoje):
        if pedido.codigo == requisito:
            return pedido
    raise ErroDeDominio("Este item não é pedido a esta pessoa.")


@transaction.atomic
def confirmar(comprovacao_id: int, *, autor: Usuario) -> Comprovacao:
    """INSS accepts the proof. When it was the last one, the account opens here and now."""
    comprovacao, habilitacao = _travar_do_inss(comprovacao_id, autor)
    if comprovacao.estado != C.ENVIADA:
        raise TransicaoInvalida(f"Isto já está “{comprovacao.estado.label}”. Atualize a página.")
    pedido = _pedido(habilitacao, comprovacao.requisito)
    hoje = hoje_em(habilitacao.acordo.municipio)
    minimas = parametro("capacitacao_horas", hoje).valor
    frase = problema_da_data(pedido, comprovacao.em, comprovacao.ate, hoje) or problema_das_horas(
        pedido, comprovacao.horas, minimas
    )
    if frase:
        raise ErroDeDominio(f"{frase} Recuse, para o município enviar outro.")
    if comprovacao.arquivo and comprovacao.arquivo.situacao == Arquivo.Situacao.RECUSADO:
        raise ErroDeDominio("O arquivo não serviu: o portal não conseguiu ler. Recuse, para o município enviar outro.")
    anteriores = habilitacao.comprovacoes.filter(requisito=comprovacao.requisito, situacao=C.CONFIRMADA)
    anteriores.update(situacao=C.SUBSTITUIDA)
    _conferida(comprovacao, C.CONFIRMADA, "", autor)
    _anotar("adesao.comprovacao_confirmada", comprovacao, autor)
    reavaliar(habilitacao, autor=autor)
    return comprovacao


@transaction.atomic
def recusar(comprovacao_id: int, *, motivo: str, autor: Usuario) -> Comprovacao:
    """INSS refuses what was sent, or what had been confirmed by mistake; then the account may close."""
    comprovacao, habilitacao = _travar_do_inss(comprovacao_id, autor)
    motivo = " ".join(motivo.split())
    if not motivo:
        raise ErroDeDominio("Escreva o que o município precisa fazer.")
    if not comprovacao.estado.pode_ir_para(C.RECUSADA):
        raise TransicaoInvalida(f"Isto já está “{comprovacao.estado.label}”. Atualize a página.")
    _conferida(comprovacao, C.RECUSADA, motivo[:600], autor)
    evento = _anotar("adesao.comprovacao_recusada", comprovacao, autor)
    avisar_municipio(habilitacao.acordo.processo, "comprovacao_recusada", chave=str(evento.pk))
    reavaliar(habilitacao, autor=autor)
    return comprovacao


def _travar_do_inss(comprovacao_id: int, autor: Usuario) -> tuple[Comprovacao, Habilitacao]:
    habilitacao = travar_pessoa(Comprovacao.objects.values_list("habilitacao", flat=True).get(pk=comprovacao_id))
    permissoes.exigir(autor, habilitacao.acordo.processo, Quem.ANALISTA)
    if habilitacao.representante.cpf and habilitacao.representante.cpf == autor.cpf:
        raise ErroDeDominio("Esta pessoa é você. Outra pessoa do INSS precisa conferir.")
    return Comprovacao.objects.select_related("arquivo").get(pk=comprovacao_id), habilitacao


def _conferida(comprovacao: Comprovacao, destino: C, motivo: str, autor: Usuario) -> None:
    quem = de_quem_decide(autor)
    comprovacao.situacao, comprovacao.motivo = destino, motivo
    comprovacao.conferida_por, comprovacao.conferida_em = autor, now()
    comprovacao.conferente_nome, comprovacao.conferente_cargo = quem.nome, quem.cargo
    comprovacao.conferente_matricula = quem.matricula
    comprovacao.save(
        update_fields=[
            "situacao", "motivo", "conferida_por", "conferida_em", "conferente_nome", "conferente_cargo",
            "conferente_matricula",
        ]
    )  # fmt: skip


def _anotar(acao: str, comprovacao: Comprovacao, autor: Usuario) -> Any:
    acordo = comprovacao.habilitacao.acordo
    return registrar(
        acao,
        municipio=acordo.municipio,
        autor=autor,
        alvo=acordo,
        habilitacao=comprovacao.habilitacao_id,
        requisito=comprovacao.requisito,
    )
