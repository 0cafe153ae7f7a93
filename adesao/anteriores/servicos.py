"""Bring in an agreement signed before the portal: one person registers it, another compares and confirms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from act_portal.arquivos import tipos
from act_portal.arquivos.inspecao import conferir_tamanho
from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.auditoria.servicos import registrar as anotar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.contas.models import Vinculo
from act_portal.datas import exigir_dia
from act_portal.emissao.assinados import dito_pelo_certificado
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.publicacao import exigir_numero, exigir_pagina
from act_portal.territorio.consultas import hoje_em, unidade_responsavel
from act_portal.territorio.models import Balcao, Municipio, UnidadeInss
from act_portal.territorio.regras import somar_meses
from act_portal.territorio.servicos import registrar_acordo
from act_portal.territorio.situacoes import SituacaoBalcao
from adesao.acordo.servicos.comum import mover_acordo
from adesao.analise.servicos.assinatura import autorizar_servicos, firmado
from adesao.avisos.servicos import avisar_municipio
from adesao.checklist.catalogo import parametro
from adesao.checklist.catalogo import servicos as servicos_possiveis
from adesao.indicadores.servicos import medir_um
from adesao.models import Acordo, AcordoAnterior, Formulario, Ponto, Processo
from adesao.models.processo import DO_INSS
from adesao.pedido.servicos.processo import exigir_cnpj, versao_de_hoje
from adesao.permissoes import exigir_isento
from adesao.situacoes import Situacao, SituacaoAcordo, SituacaoAnterior

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

B = SituacaoAnterior
JA_HA = "Já há um acordo deste município registrado, esperando outra pessoa conferir."
ACABOU = "Este acordo já acabou: não há o que acompanhar. O município pede outro pelo portal."


def registrar(enviado: UploadedFile, *, municipio: Municipio, autor: Usuario, **dados: Any) -> AcordoAnterior:
    """Keep what the papers say, until another person confirms. Call it outside `atomic()`.

    `dados`: the columns of `AcordoAnterior` that the form asks for.
    """
    unidade = _exigir_da_regiao(municipio, autor)
    dados = _conferidos(municipio, dados)
    arquivo = _receber(enviado, municipio, autor)
    try:
        with transaction.atomic():
            Municipio.objects.select_for_update().get(pk=municipio.pk)
            _exigir_livre(municipio, dados)
            feito = AcordoAnterior.objects.create(
                municipio=municipio, unidade=unidade, arquivo=arquivo, registrado_por=autor, **dados
            )
            anotar("adesao.anterior_registrado", municipio=municipio, autor=autor, alvo=feito, sha256=arquivo.sha256)
    except IntegrityError as erro:
        raise ErroDeDominio(JA_HA) from erro
    return feito


def corrigir(
    anterior_id: int, enviado: UploadedFile | None = None, *, municipio: Municipio, autor: Usuario, **dados: Any
) -> AcordoAnterior:
    """Register again what came back; without another file, the one that was sent stays. Call it outside `atomic()`."""
    _exigir_da_regiao(municipio, autor)
    dados = _conferidos(municipio, dados)
    arquivo = _receber(enviado, municipio, autor) if enviado else None
    with transaction.atomic():
        feito = _travar(anterior_id, autor)
        if feito.municipio_id != municipio.pk:
            raise ErroDeDominio(f"Este registro é de {feito.municipio}. Para outro município, comece outro.")
        _exigir_livre(municipio, dados)
        for nome, valor in dados.items():
            setattr(feito, nome, valor)
        feito.arquivo = arquivo or feito.arquivo
        feito.registrado_por, feito.registrado_em = autor, now()
        feito.decidido_por, feito.decidido_em, feito.motivo = None, None, ""
        feito.decisor_nome = feito.decisor_cargo = feito.decisor_matricula = ""
        _mover(feito, B.REGISTRADO)
        anotar("adesao.anterior_registrado", municipio=municipio, autor=autor, alvo=feito, sha256=feito.arquivo.sha256)
    return feito


@transaction.atomic
def devolver(anterior_id: int, *, motivo: str, autor: Usuario) -> AcordoAnterior:
    """What was typed is not what the papers say."""
    feito = _travar(anterior_id, autor)
    motivo = " ".join(motivo.split())
    if not motivo:
        raise ErroDeDominio("Escreva o que está diferente do papel.")
    _exigir_outra_pessoa(feito, autor)
    feito.motivo = motivo[:600]
    _decidir(feito, B.DEVOLVIDO, autor)
    return feito


@transaction.atomic
def confirmar(anterior_id: int, *, autor: Usuario) -> Processo:
    """From now on the agreement is watched as any other, and its open desks belong to it."""
    feito = _travar(anterior_id, autor)
    _exigir_outra_pessoa(feito, autor)
    municipio = Municipio.objects.select_for_update().get(pk=feito.municipio_id)
    _exigir_livre(municipio, {"numero": feito.numero, "cnpj": feito.cnpj, "fim": feito.fim})
    processo = Processo.objects.create(
        municipio=municipio, unidade=feito.unidade, instrumento=feito.instrumento, guarda_chuva=feito.guarda_chuva,
        regime=feito.regime, cnpj=feito.cnpj, checklist=versao_de_hoje(), servicos=feito.servicos,
        processo_sei=feito.processo_sei, situacao=Situacao.VIGENTE, responsavel=feito.registrado_por,
        criado_por=feito.registrado_por, editado_por=autor, enviado_em=feito.registrado_em, encerrado_em=now(),
    )  # fmt: skip
    Formulario.objects.create(
        processo=processo, tipo=Formulario.Tipo.MUNICIPIO, dados=feito.prefeitura, versao=1,
        editado_por=feito.registrado_por,
    )  # fmt: skip
    acordo = Acordo.objects.create(
        processo=processo, municipio=municipio, objeto=processo.objeto, instrumento=feito.instrumento,
        guarda_chuva=feito.guarda_chuva, numero=feito.numero, aprovado_em=feito.assinado_em, dou_data=feito.dou_data,
        dou_secao=feito.dou_secao, dou_pagina=feito.dou_pagina, inicio=feito.inicio, fim=feito.fim,
        situacao=SituacaoAcordo.PREPARACAO,
    )  # fmt: skip
    autorizar_servicos(acordo, feito.servicos, autor=feito.registrado_por)
    registrar_acordo(municipio.pk, firmado(processo, acordo), autor=autor)
    feito.processo = processo
    _decidir(feito, B.CONFIRMADO, autor)
    _dar_pontos(feito, acordo, autor)
    medir_um(acordo)
    # In the story of each: the page of the request has no other.
    anotar("adesao.anterior_em_vigor", municipio=municipio, autor=autor, alvo=processo)
    evento = anotar("adesao.anterior_em_vigor", municipio=municipio, autor=autor, alvo=acordo)
    avisar_municipio(processo, "anterior_confirmado", chave=str(evento.pk))
    return processo


def _dar_pontos(feito: AcordoAnterior, acordo: Acordo, autor: Usuario) -> None:
    """The desks that work already are points of the agreement; without any, the one of the form, to be confirmed."""
    balcoes = list(Balcao.objects.filter(municipio=feito.municipio).order_by("pk"))
    hoje = hoje_em(feito.municipio)
    for balcao in balcoes:
        Ponto.objects.create(
            processo=acordo.processo, nome=balcao.nome, endereco=balcao.endereco, cep=balcao.cep,
            telefone=balcao.telefone[:11], horario=balcao.horario[:60], balcao=balcao, confirmado_em=hoje,
            confirmado_por=autor, confirmacao="Já atendia quando o acordo foi registrado no portal.",
        )  # fmt: skip
    if not balcoes:
        Ponto.objects.create(processo=acordo.processo, **feito.ponto)
    if any(balcao.situacao == SituacaoBalcao.ABERTO for balcao in balcoes):
        mover_acordo(acordo, "entrar_em_operacao", autor=None, em_operacao_desde=feito.inicio)


# --- What is required ---------------------------------------------------------------------------------------------


def _conferidos(municipio: Municipio, dados: dict[str, Any]) -> dict[str, Any]:
    """The same, as they are kept."""
    hoje = hoje_em(municipio)
    dados = {**dados, "numero": exigir_numero(dados["numero"]), "dou_pagina": exigir_pagina(dados["dou_pagina"])}
    _exigir_datas(dados["assinado_em"], dados["dou_data"], dados["inicio"], dados["fim"], hoje)
    dados["servicos"] = [s.codigo for s in servicos_possiveis().escolhidos(dados["servicos"])]
    if not dados["servicos"]:
        raise ErroDeDominio("Marque pelo menos um serviço.")
    if not dados["ponto"] and not Balcao.objects.filter(municipio=municipio).exists():
        raise ErroDeDominio("Este município ainda não tem balcão no portal: preencha o ponto de atendimento.")
    return dados


def _exigir_datas(assinado_em: date, dou_data: date, inicio: date, fim: date, hoje: date) -> None:
    if not assinado_em <= dou_data <= hoje:
        raise ErroDeDominio("A publicação vem depois da assinatura e até hoje. Confira as duas datas no papel.")
    if not assinado_em <= inicio <= hoje:
        raise ErroDeDominio("O acordo começa no dia da assinatura ou depois, e já começou. Confira a data.")
    if fim < hoje:
        raise ErroDeDominio(ACABOU)
    if fim <= inicio:
        raise ErroDeDominio("O fim vem depois do início. Confira as duas datas.")
    # One extension, at the most, was published before this one ended.
    exigir_dia("O fim", fim, ate=somar_meses(hoje, 2 * parametro("vigencia_meses", hoje).valor))


def _exigir_livre(municipio: Municipio, dados: dict[str, Any]) -> None:
    """One town never has two for the same object; one number is of one agreement."""
    if Processo.objects.abertos().filter(municipio=municipio).exists():
        raise ErroDeDominio("O município tem um pedido aberto no portal. Ele precisa desistir do pedido antes.")
    if vivo := Acordo.objects.filter(municipio=municipio, encerrado_em__isnull=True).first():
        raise ErroDeDominio(f"O município já tem no portal o {vivo}.")
    if Acordo.objects.filter(numero=dados["numero"]).exists():
        raise ErroDeDominio(f"O número {dados['numero']} já é de outro acordo. Confira no papel.")
    if dados["fim"] < hoje_em(municipio):
        raise ErroDeDominio(ACABOU)
    exigir_cnpj(municipio, dados["cnpj"])


def _exigir_da_regiao(municipio: Municipio, autor: Usuario) -> UnidadeInss:
    vinculo, unidade = autor.vinculo, unidade_responsavel(municipio)
    if vinculo is None or vinculo.papel != Vinculo.Papel.ANALISTA:
        raise PermissionDenied
    if unidade is None or not vinculo.alcanca_unidade(unidade):
        raise ErroDeDominio(f"{municipio} é de outra unidade do INSS. Quem registra é ela.")
    exigir_isento(autor, municipio.pk)
    return unidade


def _exigir_outra_pessoa(feito: AcordoAnterior, autor: Usuario) -> None:
    if feito.registrado_por_id == autor.pk:
        raise ErroDeDominio("Foi você quem registrou. Outra pessoa precisa conferir com o papel.")


def _receber(enviado: UploadedFile, municipio: Municipio, autor: Usuario) -> Arquivo:
    conferir_tamanho(enviado.size or 0)
    conteudo = enviado.read()
    enviado.seek(0)
    tipo = tipos.reconhecer(conteudo[: tipos.COMECO_BYTES])
    if tipo != tipos.PDF:
        raise ErroDeDominio("Envie o acordo assinado em PDF. Papel assinado à mão: digitalize em PDF.")
    return receber(enviado, municipio=municipio, usuario=autor, avisos=dito_pelo_certificado(conteudo))


def _travar(anterior_id: int, autor: Usuario) -> AcordoAnterior:
    feito = (
        AcordoAnterior.objects.select_for_update(of=("self",))
        .select_related("municipio", "unidade", "guarda_chuva", "arquivo", "registrado_por")
        .get(pk=anterior_id)
    )
    vinculo = autor.vinculo
    if vinculo is None or vinculo.papel not in DO_INSS or not vinculo.alcanca_unidade(feito.unidade):
        raise PermissionDenied
    exigir_isento(autor, feito.municipio_id)
    return feito


def _decidir(feito: AcordoAnterior, destino: B, autor: Usuario) -> None:
    quem = de_quem_decide(autor)
    feito.decidido_por, feito.decidido_em = autor, now()
    feito.decisor_nome, feito.decisor_cargo, feito.decisor_matricula = quem.nome, quem.cargo, quem.matricula
    _mover(feito, destino)
    anotar(f"adesao.anterior_{destino}", municipio=feito.municipio, autor=autor, alvo=feito)


def _mover(feito: AcordoAnterior, destino: B) -> None:
    if not feito.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"Este registro já está em “{feito.estado.label}”. Atualize a página.")
    feito.situacao = destino
    feito.save()
