"""Make the papers of the town, and accept the minute and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from act_portal.auditoria.servicos import registrar
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio
from adesao.formularios.leitura import completo, conferido, guardado
from adesao.models import Aceite, Formulario, Papel, Processo
from adesao.papeis.consultas import item_do_papel, vigente
from adesao.papeis.preenchimento import FORMULARIOS_DE, Incompleto, Material, base_de, conteudo
from adesao.papeis.servicos import MUDOU, guardar, perder
from adesao.pedido.servicos.itens import reavaliar
from adesao.servicos import travar_para_editar

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

E = Papel.Especie


@transaction.atomic
def fazer(processo_id: int, especie: Papel.Especie, *, autor: Usuario) -> Papel:
    """Make one of the town's papers. A double click finds the paper just asked for."""
    processo = travar_para_editar(processo_id, autor=autor)
    _exigir_aberto(processo, especie)
    if frases := _faltas(processo, especie):
        raise ErroDeDominio(" ".join(frases))
    try:
        dados = conteudo(Material(processo), especie)
    except Incompleto as erro:
        raise ErroDeDominio(f"Complete antes: {erro}.") from erro
    papel = guardar(processo, especie, dados, base=base_de(processo, especie, dados), autor=autor)
    reavaliar(processo)
    return papel


@transaction.atomic
def aceitar(processo_id: int, texto: Aceite.Texto, *, papel_id: int, ressalvas: str = "", autor: Usuario) -> Aceite:
    """The manager accepts, for who signs, the very paper that was on the screen."""
    processo = travar_para_editar(processo_id, autor=autor)
    especie = E(texto)
    _exigir_aberto(processo, especie)
    papel = vigente(processo, especie)
    if papel is None or papel.pk != papel_id or papel.base != Material(processo).base(especie):
        raise ErroDeDominio("O texto mudou depois que você abriu. Faça o papel de novo, leia e aceite.")
    if papel.documento.situacao != SituacaoDocumento.EMITIDO:
        raise ErroDeDominio("O papel ainda está sendo feito. Espere alguns segundos, leia e aceite.")
    valido = processo.aceites.filter(texto=texto, perdido_em__isnull=True).first()
    if valido and valido.papel_id == papel.pk:
        return valido
    if valido:
        perder(valido, MUDOU)
    aceite = Aceite.objects.create(
        processo=processo,
        texto=texto,
        papel=papel,
        versao=papel.documento.versao,
        modelo_sha256=papel.documento.modelo_sha256,
        base=papel.base,
        em_nome_de=conferido(guardado(processo, Formulario.Tipo.MUNICIPIO)).data["rl_nome"],
        ressalvas=" ".join(ressalvas.split()),
        autor=autor,
        nome=autor.nome,
        cargo=autor.cargo,
    )
    reavaliar(processo)
    registrar(
        "adesao.aceite", municipio=processo.municipio, autor=autor, alvo=processo, texto=texto, versao=aceite.versao,
        hash_conteudo=papel.documento.hash_conteudo,
    )  # fmt: skip
    return aceite


def _exigir_aberto(processo: Processo, especie: Papel.Especie) -> None:
    """A paper of an item that INSS has accepted is not made again: its code would stop counting."""
    item = item_do_papel(processo, especie)
    if item is None:
        raise ErroDeDominio("Este papel não é pedido ao seu município.")
    if not item.aberto_ao_municipio:
        raise ErroDeDominio(f"O item “{item.nome}” está em “{item.estado.label}”: este papel não muda mais.")


def _faltas(processo: Processo, especie: Papel.Especie) -> list[str]:
    """What a paper may not go without, told as where to mend it."""
    frases = [f"Complete “{tipo.label}”." for tipo in FORMULARIOS_DE[especie] if not completo(processo, tipo)]
    if especie in {E.OFICIO, E.ESTRUTURA, E.MINUTA, E.PLANO} and not processo.pontos.vivos().exists():
        frases.append("Cadastre pelo menos um ponto de atendimento.")
    if especie == E.INDICACAO:
        frases += _faltas_das_pessoas(processo)
    if especie == E.ACEITE and Material(processo).aceites_que_faltam:
        frases.append("Aceite antes a minuta e o plano de trabalho.")
    return frases


def _faltas_das_pessoas(processo: Processo) -> list[str]:
    papeis = set(processo.representantes.vivos().values_list("papel", flat=True))
    if not papeis:
        return ["Cadastre as pessoas que vão atuar no acordo."]
    frases = []
    if "cadastrador" not in papeis:
        frases.append("Indique quem vai cuidar dos acessos (cadastrador externo).")
    if "atendente" not in papeis:
        frases.append("Indique pelo menos uma pessoa para atender.")
    return frases
