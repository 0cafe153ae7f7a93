"""Who signs, the set of papers, and its return with signatures. The only writer of a set's status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.emissao import servicos as emissao
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.consultas import perguntas_abertas
from requerimentos.models import Conjunto, Papel, Representante, Requerimento
from requerimentos.papeis import regras
from requerimentos.papeis.consultas import assistentes_de, conjunto_vigente, problemas_do_rogo, representantes_vigentes
from requerimentos.papeis.preenchimento import base, conteudos
from requerimentos.recepcao.consultas import problemas_de
from requerimentos.servicos import marcar_edicao, travar, travar_para_editar
from requerimentos.situacoes import SituacaoConjunto

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

PAPEL_PRONTO = "requerimentos.papel_pronto"


@transaction.atomic
def escolher_quem_assina(
    requerimento_id: int,
    *,
    quem: str,
    autor: Usuario,
    versao: int,
    representante_id: int | None = None,
    rogo: dict[str, Any] | None = None,
) -> Requerimento:
    """Record who signs. `rogo` (JSON-safe) holds the keys `rogo_*`, `test1_*` and `test2_*` of the papers, and
    `lido_em_voz_alta`, which holds for whoever signs.
    """
    requerimento = travar_para_editar(requerimento_id, autor=autor, versao=versao)
    por_quem_assina(requerimento, quem=quem, representante_id=representante_id, rogo=rogo or {}, autor=autor)
    marcar_edicao(requerimento, autor=autor, campos=["quem_assina", "representante", "rogo"])
    registrar("requerimento.quem_assina", municipio=requerimento.municipio, autor=autor, alvo=requerimento, quem=quem)
    return requerimento


def por_quem_assina(
    requerimento: Requerimento, *, quem: str, representante_id: int | None, rogo: dict[str, Any], autor: Usuario
) -> None:
    """Put who signs on `requerimento`, without saving, or raise with the reason why they may not."""
    pessoa, hoje = requerimento.pessoa, hoje_em(requerimento.municipio)
    problema = regras.problema_de_quem_assina(quem=quem, idade_titular=pessoa.idade_em(hoje), assina=pessoa.assina)
    if problema:
        raise ErroDeDominio(problema)
    a_rogo = quem == Requerimento.QuemAssina.ROGO
    representante = None
    if quem == Requerimento.QuemAssina.REPRESENTANTE:
        representante = _representante(requerimento, representante_id, autor)
    if a_rogo:
        _exigir([*regras.faltas_do_rogo(rogo), *_problemas_do_rogo(requerimento, rogo, autor)])
    requerimento.quem_assina = quem
    requerimento.representante = representante
    if a_rogo:
        requerimento.rogo = rogo
        return
    junto = rogo.get("assistente") if quem == Requerimento.QuemAssina.TITULAR else None
    lido = {k: v for k, v in rogo.items() if k == "lido_em_voz_alta"}
    requerimento.rogo = {**lido, **_assistente(requerimento, junto)}


@transaction.atomic
def fazer_conjunto(requerimento_id: int, *, autor: Usuario) -> Conjunto:
    """Promise a new set of the three papers; the one in force is replaced. A double click finds the set just asked."""
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    _exigir_completo(requerimento, autor)
    agora = base(requerimento, autor)
    vigente = conjunto_vigente(requerimento)
    if vigente and vigente.base == agora and vigente.estado == SituacaoConjunto.FAZENDO:
        return vigente
    if vigente:
        motivo = "O pedido mudou." if vigente.base != agora else "Nova impressão pedida."
        _substituir(vigente, motivo=motivo, autor=autor)
    conjunto = Conjunto.objects.create(
        requerimento=requerimento, numero=requerimento.conjuntos.count() + 1, base=agora, autor=autor
    )
    for especie, dados in conteudos(requerimento, autor).items():
        documento = emissao.pedir(
            especie.value, dados, municipio=requerimento.municipio, autor=autor, depois=PAPEL_PRONTO
        )
        Papel.objects.create(conjunto=conjunto, especie=especie, documento=documento)
    registrar(
        "papeis.pedidos", municipio=requerimento.municipio, autor=autor, alvo=requerimento, conjunto=conjunto.numero
    )
    return conjunto


@transaction.atomic
def conferir_conjunto(documento_id: int) -> None:
    """A paper is ready: when it was the last of its set, the set is ready to print. Safe to repeat."""
    papel = Papel.objects.select_related("conjunto").filter(documento=documento_id).first()
    if papel is None:
        return
    travar(papel.conjunto.requerimento_id)
    conjunto = Conjunto.objects.select_for_update().get(pk=papel.conjunto_id)
    if conjunto.estado != SituacaoConjunto.FAZENDO:
        return
    if conjunto.papeis.exclude(documento__situacao=SituacaoDocumento.EMITIDO).exists():
        return
    _mover(conjunto, SituacaoConjunto.PRONTO, pronto_em=now())


@transaction.atomic
def receber_assinados(requerimento_id: int, especies: list[str], *, autor: Usuario) -> Conjunto:
    """The clerk holds these papers signed. Marking twice changes nothing; unmarked ones stay as they are."""
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    conjunto = conjunto_vigente(requerimento)
    if conjunto is None or conjunto.estado != SituacaoConjunto.PRONTO:
        raise ErroDeDominio("Faça os papéis antes de receber as assinaturas.")
    if conjunto.base != base(requerimento, conjunto.autor):
        raise ErroDeDominio("O pedido mudou depois da impressão. Faça os papéis de novo: os assinados não valem mais.")
    marcar_assinados(requerimento, especies, autor=autor)
    return conjunto


def marcar_assinados(requerimento: Requerimento, especies: list[str], *, autor: Usuario) -> None:
    """Of a locked request whose set is in force and up to date: whoever calls has looked."""
    vigentes = Papel.objects.filter(conjunto__requerimento=requerimento, conjunto__situacao=SituacaoConjunto.PRONTO)
    recebidos = vigentes.filter(especie__in=especies, assinado_em__isnull=True)
    quantos = recebidos.update(assinado_em=now(), assinado_por=autor)
    if quantos:
        registrar("papeis.assinados", municipio=requerimento.municipio, autor=autor, alvo=requerimento, quantos=quantos)


def _exigir_completo(requerimento: Requerimento, autor: Usuario) -> None:
    """What a paper may not go without; each lack is one sentence that says where to mend it."""
    pessoa = requerimento.pessoa
    faltas = []
    if not requerimento.quem_assina:
        faltas.append("Diga antes quem assina.")
    if perguntas_abertas(requerimento):
        faltas.append("Responda antes todas as perguntas da etapa Demanda.")
    if not (pessoa.documento_tipo and pessoa.documento_numero):
        faltas.append("Complete o documento de identidade no cadastro da pessoa.")
    if not (pessoa.onde and pessoa.cidade_id):
        faltas.append("Complete o endereço no cadastro da pessoa.")
    if autor.tcms_em is None:
        faltas.append("Falta registrar o seu termo de sigilo (TCMS). Fale com o gestor do município.")
    # Looked at again: since the choice a birthday, the end of a power of attorney or another clerk may have come.
    hoje = hoje_em(requerimento.municipio)
    if requerimento.quem_assina:
        faltas.append(
            regras.problema_de_quem_assina(
                quem=requerimento.quem_assina, idade_titular=pessoa.idade_em(hoje), assina=pessoa.assina
            )
        )
    if requerimento.representante:
        faltas.extend(_problemas_do_representante(requerimento, requerimento.representante, autor))
    if requerimento.rogo.get("assistente_nome"):
        faltas.append(regras.problema_do_assistente(idade_titular=pessoa.idade_em(hoje)))
    if requerimento.quem_assina == Requerimento.QuemAssina.ROGO:
        faltas.extend(_problemas_do_rogo(requerimento, requerimento.rogo, autor))
    _exigir(faltas)


def _exigir(problemas: list[str]) -> None:
    if ditos := [problema for problema in problemas if problema]:
        raise ErroDeDominio(" ".join(ditos))


def _problemas_do_rogo(requerimento: Requerimento, dados: dict[str, Any], autor: Usuario) -> list[str]:
    hoje = hoje_em(requerimento.municipio)
    return problemas_do_rogo(requerimento, dados, agente_cpf=autor.cpf, hoje=hoje)


def _problemas_do_representante(requerimento: Requerimento, representante: Representante, autor: Usuario) -> list[str]:
    problemas = [
        regras.problema_do_agente(nome=representante.nome, cpf=representante.cpf, agente_cpf=autor.cpf),
        regras.problema_do_procurador(
            procurador=representante.procurador, substabelece=representante.procuracao_substabelece
        ),
    ]
    if representante.encerrado_em:
        problemas.append(f"{representante.nome} não representa mais esta pessoa. Diga de novo quem assina.")
        return problemas
    hoje = hoje_em(requerimento.municipio)
    return problemas + problemas_de(representante, pessoa=requerimento.pessoa, hoje=hoje)


def _assistente(requerimento: Requerimento, pk: Any) -> dict[str, Any]:
    """Who signs beside somebody of 16 or 17, aware and in agreement, without representing: the keys of the papers."""
    if not pk:
        return {}
    quem = assistentes_de(requerimento.pessoa).filter(pk=pk).first()
    if quem is None:
        raise ErroDeDominio("Quem assina junto é o pai, a mãe, o tutor ou o guardião que está no cadastro.")
    hoje = hoje_em(requerimento.municipio)
    _exigir([regras.problema_do_assistente(idade_titular=requerimento.pessoa.idade_em(hoje))])
    _exigir(problemas_de(quem, pessoa=requerimento.pessoa, hoje=hoje))
    return {
        "assistente": quem.pk,
        "assistente_nome": quem.nome,
        "assistente_cpf": quem.cpf,
        "assistente_vinculo": (quem.parentesco or quem.get_tipo_display()).lower(),
    }


def _representante(requerimento: Requerimento, representante_id: int | None, autor: Usuario) -> Representante:
    representante = representantes_vigentes(requerimento.pessoa).filter(pk=representante_id or 0).first()
    if representante is None:
        raise ErroDeDominio("Escolha quem representa. Se a pessoa não está na lista, cadastre antes.")
    _exigir(_problemas_do_representante(requerimento, representante, autor))
    return representante


def _substituir(conjunto: Conjunto, *, motivo: str, autor: Usuario) -> None:
    """The old papers lose their value; their codes say so to whoever checks them."""
    emissao.revogar_varios(conjunto.papeis.values_list("documento_id", flat=True), motivo=motivo, autor=autor)
    _mover(conjunto, SituacaoConjunto.SUBSTITUIDO, motivo=motivo)


def _mover(conjunto: Conjunto, destino: SituacaoConjunto, **campos: Any) -> None:
    if not conjunto.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"Estes papéis estão em “{conjunto.estado.label}”. Atualize a página.")
    conjunto.situacao = destino
    for nome, valor in campos.items():
        setattr(conjunto, nome, valor)
    conjunto.save(update_fields=["situacao", *campos])
