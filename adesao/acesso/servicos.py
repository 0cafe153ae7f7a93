"""The first account of a town: asked for, confirmed by e-mail, decided by INSS. The only writer of its status."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.contas.servicos import abrir_gestor
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.servicos import prometer
from act_portal.territorio.consultas import unidade_responsavel
from act_portal.territorio.models import Entidade, Municipio
from adesao.models import Solicitacao
from adesao.permissoes import exigir_isento
from adesao.situacoes import SituacaoSolicitacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

CONFIRMAR = "adesao.confirmar_email"
AVISAR = "adesao.avisar_solicitacao"
NAO_CONFIRMADA_FICA = timedelta(days=7)
USADO = "Este endereço já foi usado. Se o INSS ainda não respondeu, espere: a resposta vai por e-mail."


@transaction.atomic
def solicitar(
    *, municipio: Municipio, cnpj: str, nome: str, cpf: str, cargo: str, email: str, telefone: str
) -> Solicitacao:
    """Keep the request and promise the e-mail. A known and an unknown address cost and answer the same.

    It leaves no trail yet: anybody may type anything here, and only who has the e-mail goes on.
    """
    unidade = unidade_responsavel(municipio)
    if unidade is None:
        raise ErroDeDominio("Nenhuma unidade do INSS responde por este município ainda. Ligue 135.")
    if Entidade.objects.filter(cnpj=cnpj).exclude(municipio=municipio).exists():
        raise ErroDeDominio("Este CNPJ é o da prefeitura de outro município. Confira no cartão do CNPJ.")
    solicitacao = Solicitacao.objects.create(
        municipio=municipio,
        unidade=unidade,
        cnpj=cnpj,
        nome=nome,
        cpf=cpf,
        cargo=cargo,
        email=email.lower(),
        telefone=telefone,
    )
    prometer(CONFIRMAR, chave=f"{CONFIRMAR}:{solicitacao.pk}", solicitacao=solicitacao.pk)
    return solicitacao


def confirmar(solicitacao: Solicitacao, enviado: UploadedFile) -> Solicitacao:
    """Whoever has the e-mail sends the proof, and the request goes to INSS. Raises ArquivoRecusado and then nothing
    changed. Call it outside `atomic()`: the bytes are stored before the row that names them.
    """
    arquivo = receber(enviado, municipio=solicitacao.municipio, usuario=None)
    with transaction.atomic():
        solicitacao = _travar(solicitacao.pk)
        if solicitacao.estado != SituacaoSolicitacao.A_CONFIRMAR:
            raise TransicaoInvalida(USADO)
        _mover(solicitacao, SituacaoSolicitacao.PENDENTE, prova=arquivo, confirmada_em=now())
        registrar("adesao.acesso_pedido", municipio=solicitacao.municipio, autor=None, alvo=solicitacao)
    return solicitacao


@transaction.atomic
def aprovar(solicitacao_id: int, *, autor: Usuario) -> Solicitacao:
    """The person becomes manager of the town, and hears of it by the invitation."""
    solicitacao = _travar_para_decidir(solicitacao_id, autor)
    vinculo = abrir_gestor(
        autor=autor,
        municipio=solicitacao.municipio,
        email=solicitacao.email,
        nome=solicitacao.nome,
        cpf=solicitacao.cpf,
        cargo=solicitacao.cargo,
    )
    _decidir(solicitacao, SituacaoSolicitacao.APROVADA, autor, vinculo=vinculo)
    return solicitacao


@transaction.atomic
def recusar(solicitacao_id: int, *, motivo: str, autor: Usuario) -> Solicitacao:
    solicitacao = _travar_para_decidir(solicitacao_id, autor)
    motivo = " ".join(motivo.split())
    if not motivo:
        raise ErroDeDominio("Escreva o motivo: a pessoa lê e sabe o que corrigir.")
    _decidir(solicitacao, SituacaoSolicitacao.RECUSADA, autor, motivo=motivo)
    prometer(AVISAR, chave=f"{AVISAR}:{solicitacao.pk}", solicitacao=solicitacao.pk)
    return solicitacao


def apagar_nao_confirmadas() -> int:
    """What nobody confirmed may be somebody else's name and CPF: it is not kept. Returns how many."""
    velhas = Solicitacao.objects.filter(
        situacao=SituacaoSolicitacao.A_CONFIRMAR, criada_em__lt=now() - NAO_CONFIRMADA_FICA
    )
    return velhas.delete()[0]


def _travar(solicitacao_id: int) -> Solicitacao:
    travadas = Solicitacao.objects.select_for_update(of=("self",)).select_related("municipio__unidade", "unidade")
    return travadas.get(pk=solicitacao_id)


def _travar_para_decidir(solicitacao_id: int, autor: Usuario) -> Solicitacao:
    solicitacao = _travar(solicitacao_id)
    if not Solicitacao.objects.visiveis_para(autor).filter(pk=solicitacao.pk).exists():
        raise PermissionDenied
    if solicitacao.estado != SituacaoSolicitacao.PENDENTE:
        raise TransicaoInvalida(f"Este pedido já está em “{solicitacao.estado.label}”. Atualize a página.")
    exigir_isento(autor, solicitacao.municipio_id)
    if solicitacao.email == autor.email or (autor.cpf and solicitacao.cpf == autor.cpf):
        raise ErroDeDominio("Este pedido é seu. Outra pessoa do INSS precisa decidir.")
    return solicitacao


def _decidir(solicitacao: Solicitacao, destino: SituacaoSolicitacao, autor: Usuario, **campos: Any) -> None:
    quem = de_quem_decide(autor)
    _mover(
        solicitacao,
        destino,
        decidida_em=now(),
        decidida_por=autor,
        decisor_nome=quem.nome,
        decisor_cargo=quem.cargo,
        decisor_matricula=quem.matricula,
        **campos,
    )
    registrar(f"adesao.acesso_{destino}", municipio=solicitacao.municipio, autor=autor, alvo=solicitacao)


def _mover(solicitacao: Solicitacao, destino: SituacaoSolicitacao, **campos: Any) -> None:
    if not solicitacao.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"Este pedido já está em “{solicitacao.estado.label}”. Atualize a página.")
    solicitacao.situacao = destino
    for nome, valor in campos.items():
        setattr(solicitacao, nome, valor)
    solicitacao.save(update_fields=["situacao", *campos])
