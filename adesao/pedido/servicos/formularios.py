"""Forms kept as drafts, points of service, people indicated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio
from adesao.emails import DE_OUTRA, exigir_email_so_seu, exigir_matricula_so_sua
from adesao.formularios.leitura import conferido, guardado
from adesao.models import Formulario, Ponto, Processo, Representante
from adesao.pedido.servicos.itens import reavaliar
from adesao.servicos import exigir_versao, marcar_edicao, travar_para_editar

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def guardar_rascunho(
    processo_id: int, tipo: Formulario.Tipo, dados: Mapping[str, Any], *, versao: int, pagina: str, autor: Usuario
) -> Formulario:
    """What the page saves by itself while somebody types: no judgement, and no trail for each pause.

    A save of this same page that is already older than another one of it is dropped.
    """
    processo = travar_para_editar(processo_id, autor=autor)
    linha = guardado(processo, tipo)
    if linha.versao != versao:
        if linha.pagina == pagina:
            return linha
        exigir_versao(linha, versao, processo.municipio.fuso)
    if linha.dados != dados:
        _guardar(linha, dados, pagina, autor)
    return linha


@transaction.atomic
def salvar_formulario(
    processo_id: int, tipo: Formulario.Tipo, dados: Mapping[str, Any], *, versao: int, pagina: str, autor: Usuario
) -> Formulario:
    """Keep the form, complete or not, and judge again what depends on it."""
    processo = travar_para_editar(processo_id, autor=autor)
    linha = guardado(processo, tipo)
    if linha.pagina != pagina or not pagina:
        exigir_versao(linha, versao, processo.municipio.fuso)
    _guardar(linha, dados, pagina, autor)
    _levar_servicos(processo, linha)
    reavaliar(processo)
    registrar(
        "adesao.formulario_salvo", municipio=processo.municipio, autor=autor, alvo=processo, formulario=tipo.value
    )
    return linha


def _guardar(linha: Formulario, dados: Mapping[str, Any], pagina: str, autor: Usuario) -> None:
    linha.dados, linha.pagina = dict(dados), pagina
    if linha.pk is None:
        linha.save()
    marcar_edicao(linha, autor=autor, campos=["dados", "pagina"])


def _levar_servicos(processo: Processo, linha: Formulario) -> None:
    """The services of the letter are those of the agreement, until whoever reviews changes them."""
    if linha.tipo != Formulario.Tipo.OFICIO:
        return
    form = conferido(linha)
    form.is_valid()
    escolhidos = form.cleaned_data.get("servicos", [])
    if processo.servicos != escolhidos:
        processo.servicos = escolhidos
        processo.save(update_fields=["servicos"])


# --- Points and people --------------------------------------------------------------------------------------------


@transaction.atomic
def salvar_ponto(
    processo_id: int, campos: Mapping[str, Any], *, ponto_id: int | None = None, versao: int = 0, autor: Usuario
) -> Ponto:
    processo = travar_para_editar(processo_id, autor=autor)
    ponto = processo.pontos.vivos().get(pk=ponto_id) if ponto_id else Ponto(processo=processo)
    if processo.pontos.vivos().exclude(pk=ponto_id or 0).filter(nome=campos["nome"]).exists():
        raise ErroDeDominio("Já há um ponto com este nome. Use outro.")
    _salvar(ponto, campos, versao, processo, autor)
    registrar("adesao.ponto_salvo", municipio=processo.municipio, autor=autor, alvo=processo, ponto=ponto.pk)
    return ponto


@transaction.atomic
def tirar_ponto(processo_id: int, ponto_id: int, *, autor: Usuario) -> None:
    processo = travar_para_editar(processo_id, autor=autor)
    ponto = processo.pontos.vivos().get(pk=ponto_id)
    if ponto.representantes.vivos().exists():
        raise ErroDeDominio("Há gente indicada para este ponto. Mude o ponto dessas pessoas antes.")
    _tirar(ponto, processo, autor)
    registrar("adesao.ponto_tirado", municipio=processo.municipio, autor=autor, alvo=processo, ponto=ponto.pk)


@transaction.atomic
def salvar_representante(
    processo_id: int, campos: Mapping[str, Any], *, pessoa_id: int | None = None, versao: int = 0, autor: Usuario
) -> Representante:
    """One person, whose CPF and registration nobody else of the same application has, and whose e-mail nobody has."""
    processo = travar_para_editar(processo_id, autor=autor)
    outros = processo.representantes.vivos().exclude(pk=pessoa_id or 0)
    pessoa = processo.representantes.vivos().get(pk=pessoa_id) if pessoa_id else Representante(processo=processo)
    if outros.filter(email=campos["email"]).exists():
        raise ErroDeDominio(DE_OUTRA)
    if outros.filter(cpf=campos["cpf"]).exists():
        raise ErroDeDominio("Esta pessoa já foi indicada. Abra o nome dela na lista para mudar.")
    exigir_email_so_seu(campos["email"], processo, cpf=campos["cpf"], nome=campos["nome"])
    exigir_matricula_so_sua(campos["matricula"], outros)
    _salvar(pessoa, campos, versao, processo, autor)
    registrar("adesao.pessoa_salva", municipio=processo.municipio, autor=autor, alvo=processo, pessoa=pessoa.pk)
    return pessoa


@transaction.atomic
def tirar_representante(processo_id: int, pessoa_id: int, *, autor: Usuario) -> None:
    processo = travar_para_editar(processo_id, autor=autor)
    _tirar(processo.representantes.vivos().get(pk=pessoa_id), processo, autor)
    registrar("adesao.pessoa_tirada", municipio=processo.municipio, autor=autor, alvo=processo, pessoa=pessoa_id)


def _salvar(
    linha: Ponto | Representante, campos: Mapping[str, Any], versao: int, processo: Processo, autor: Usuario
) -> None:
    if linha.pk:
        exigir_versao(linha, versao, processo.municipio.fuso)
    for nome, valor in campos.items():
        setattr(linha, nome, valor)
    if linha.pk is None:
        linha.save()
    marcar_edicao(linha, autor=autor, campos=list(campos))
    reavaliar(processo)


def _tirar(linha: Ponto | Representante, processo: Processo, autor: Usuario) -> None:
    linha.removido_em = now()
    marcar_edicao(linha, autor=autor, campos=["removido_em"])
    reavaliar(processo)
