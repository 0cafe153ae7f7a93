"""Reception: register people, give tickets, run the queue."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime, now

from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import contar
from act_portal.erros import ErroDeDominio, OutroChegouAntes, TransicaoInvalida
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Balcao, Municipio
from requerimentos import permissoes
from requerimentos.mandato.consultas import exigir_vida
from requerimentos.models import Atendimento, Contato, Nit, Pessoa, Representante
from requerimentos.recepcao import consultas, regras
from requerimentos.situacoes import SituacaoAtendimento as S

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

CAMPOS_DA_PESSOA = [
    "nome_civil", "nome_social", "nascimento", "sexo", "mae", "estado_civil", "nacionalidade", "profissao",
    "documento_tipo", "documento_numero", "documento_orgao", "cep", "endereco", "bairro", "cidade", "assina", "canal",
]  # fmt: skip


ABERTOS = [S.AGUARDANDO, S.CHAMADO, S.EM_ATENDIMENTO]


class PessoaJaCadastrada(ErroDeDominio):
    """The CPF is in the register: the clerk goes on with that person instead of doubling it."""

    def __init__(self, pessoa: Pessoa) -> None:
        super().__init__(f"Este CPF já está no cadastro, em nome de {pessoa.nome}. Continue com esse cadastro.")
        self.pessoa = pessoa


# --- People -------------------------------------------------------------------------------------------------------


@transaction.atomic
def cadastrar_pessoa(
    dados: dict[str, Any], *, municipio: Municipio, autor: Usuario, nits: list[str], contatos: list[dict[str, str]]
) -> Pessoa:
    """Register somebody in `municipio`. The same CPF again raises `PessoaJaCadastrada`, also in a race."""
    permissoes.exigir_atendente(autor, municipio)
    # The insert decides, not a look before it: two clerks may press the button together.
    pessoa, nova = Pessoa.objects.get_or_create(
        municipio=municipio, cpf=dados["cpf"], defaults={c: dados[c] for c in CAMPOS_DA_PESSOA if c in dados}
    )
    if not nova:
        raise PessoaJaCadastrada(pessoa)
    _guardar_numeros(pessoa, nits, contatos)
    registrar("pessoa.cadastrada", municipio=municipio, autor=autor, alvo=pessoa)
    return pessoa


@transaction.atomic
def alterar_pessoa(
    pessoa_id: int,
    dados: dict[str, Any],
    *,
    autor: Usuario,
    versao: int,
    nits: list[str],
    contatos: list[dict[str, str]],
) -> Pessoa:
    pessoa = Pessoa.objects.select_for_update().get(pk=pessoa_id)
    permissoes.exigir_atendente(autor, pessoa.municipio_id)
    exigir_vida(pessoa_id)
    if pessoa.versao != versao:
        quando = localtime(pessoa.alterado_em, pessoa.municipio.fuso)
        raise OutroChegouAntes(
            f"{_quem_mudou(pessoa)} mudou este cadastro em {quando:%d/%m às %H:%M}, depois que você abriu a página. "
            "Nada foi salvo por cima. Confira o que mudou e salve de novo."
        )
    mudou = [c for c in CAMPOS_DA_PESSOA if c in dados and getattr(pessoa, c) != dados[c]]
    for campo in mudou:
        setattr(pessoa, campo, dados[campo])
    pessoa.versao += 1
    pessoa.alterado_em = now()
    pessoa.save(update_fields=[*mudou, "versao", "alterado_em"])
    _guardar_numeros(pessoa, nits, contatos)
    registrar("pessoa.alterada", municipio=pessoa.municipio, autor=autor, alvo=pessoa, campos=mudou)
    return pessoa


def _quem_mudou(pessoa: Pessoa) -> str:
    """The author of the last event about this person: the trail knows, so the row need not."""
    eventos = Evento.objects.filter(alvo_tipo=pessoa._meta.label_lower, alvo_id=str(pessoa.pk), acao="pessoa.alterada")
    ultimo = eventos.select_related("autor").order_by("numero").last()
    return str(ultimo.autor) if ultimo and ultimo.autor else "Outra pessoa"


def _guardar_numeros(pessoa: Pessoa, nits: list[str], contatos: list[dict[str, str]]) -> None:
    pessoa.nits.exclude(numero__in=nits).delete()
    for numero in nits:
        Nit.objects.get_or_create(pessoa=pessoa, numero=numero)
    ficam = []
    for contato in contatos:
        guardado, _ = Contato.objects.update_or_create(
            pessoa=pessoa,
            tipo=contato["tipo"],
            valor=contato["valor"],
            defaults={"de_quem": contato["de_quem"], "nome_recado": contato["nome_recado"]},
        )
        ficam.append(guardado.pk)
    pessoa.contatos.exclude(pk__in=ficam).delete()


@transaction.atomic
def juntar_representante(pessoa_id: int, dados: dict[str, Any], *, autor: Usuario) -> Representante:
    """Add who acts for the person. The same CPF by the same title is one row, brought up to date."""
    pessoa = Pessoa.objects.select_for_update().get(pk=pessoa_id)
    permissoes.exigir_atendente(autor, pessoa.municipio_id)
    exigir_vida(pessoa_id)
    if dados["cpf"] == pessoa.cpf:
        raise ErroDeDominio("O CPF é o da própria pessoa. Escreva o CPF de quem a representa.")
    hoje = hoje_em(pessoa.municipio)
    if problemas := consultas.problemas_de(Representante(**dados), pessoa=pessoa, hoje=hoje):
        raise ErroDeDominio(" ".join(problemas))
    chave = {"pessoa": pessoa, "cpf": dados["cpf"], "tipo": dados["tipo"], "encerrado_em": None}
    resto = {nome: valor for nome, valor in dados.items() if nome not in {"cpf", "tipo"}}
    representante, _ = Representante.objects.update_or_create(**chave, defaults=resto)
    registrar("representante.juntado", municipio=pessoa.municipio, autor=autor, alvo=pessoa, tipo=dados["tipo"])
    return representante


@transaction.atomic
def encerrar_representante(representante_id: int, *, autor: Usuario, em: date) -> None:
    representante = Representante.objects.select_for_update().select_related("pessoa").get(pk=representante_id)
    permissoes.exigir_atendente(autor, representante.pessoa.municipio_id)
    representante.encerrado_em = em
    representante.save(update_fields=["encerrado_em"])
    registrar(
        "representante.encerrado",
        municipio=representante.pessoa.municipio,
        autor=autor,
        alvo=representante.pessoa,
        tipo=representante.tipo,
    )


# --- Tickets and queue --------------------------------------------------------------------------------------------


@transaction.atomic
def dar_senha(
    pessoa_id: int,
    *,
    balcao: Balcao,
    prioridade: str,
    motivo: str,
    autor: Usuario,
    ajuda: str = "",
    codigo: uuid.UUID | None = None,
) -> Atendimento:
    """The ticket of a visit. `codigo` comes with the form, so a double click is one ticket.

    Somebody who is already waiting at this desk today gets the ticket they have.
    """
    pessoa = Pessoa.objects.get(pk=pessoa_id)
    permissoes.exigir_atendente(autor, pessoa.municipio_id)
    exigir_vida(pessoa_id)
    # The desk's row is the counter's lock: numbers have no repeat and no gap.
    balcao = Balcao.objects.select_for_update(of=("self",)).select_related("municipio").get(pk=balcao.pk)
    if balcao.situacao != Balcao.Situacao.ABERTO or balcao.municipio_id != pessoa.municipio_id:
        raise ErroDeDominio("Este balcão não está aberto. Fale com o gestor do município.")
    hoje = hoje_em(balcao.municipio)
    ja_tem = Atendimento.objects.filter(balcao=balcao, dia=hoje, pessoa=pessoa, situacao__in=ABERTOS).first()
    repetido = Atendimento.objects.filter(codigo=codigo, pessoa=pessoa).first() if codigo else None
    if ja_tem or repetido:
        return ja_tem or repetido  # type: ignore[return-value]
    final = regras.prioridade_final(Atendimento.Prioridade(prioridade), pessoa.nascimento, hoje)
    letra = regras.letra_da_senha(final)
    numero = Atendimento.objects.filter(balcao=balcao, dia=hoje, senha__startswith=letra).count() + 1
    atendimento = Atendimento.objects.create(
        codigo=codigo or uuid.uuid4(),
        municipio=balcao.municipio,
        balcao=balcao,
        pessoa=pessoa,
        dia=hoje,
        senha=f"{letra}{numero:03d}",
        prioridade=final,
        motivo=motivo,
        ajuda=ajuda,
    )
    registrar("atendimento.senha", municipio=balcao.municipio, autor=autor, alvo=atendimento, prioridade=final)
    contar("chegada", balcao=balcao, dia=hoje, chave=final)
    return atendimento


@transaction.atomic
def chamar(atendimento_id: int, *, autor: Usuario, vez: int | None = None) -> Atendimento:
    """Call, or call again. `vez` is how many calls the page showed: a double click on it is one call."""
    atendimento = _travar(atendimento_id, autor)
    _exigir_sem_outro(atendimento, autor)
    if atendimento.estado == S.EM_ATENDIMENTO or (vez is not None and vez != atendimento.chamadas):
        return atendimento
    return _chamar(atendimento, autor)


@transaction.atomic
def chamar_proximo(balcao: Balcao, *, autor: Usuario) -> Atendimento | None:
    """Call whoever the law puts first; None when nobody waits. Two clerks together call two people."""
    permissoes.exigir_atendente(autor, balcao.municipio_id)
    balcao = Balcao.objects.select_for_update(of=("self",)).select_related("municipio").get(pk=balcao.pk)
    fila = consultas.fila(balcao, hoje_em(balcao.municipio))
    return _chamar(_travar(fila[0][0].pk, autor), autor) if fila else None


def _chamar(atendimento: Atendimento, autor: Usuario) -> Atendimento:
    if atendimento.estado != S.CHAMADO:
        _mover(atendimento, S.CHAMADO, autor=autor, atendente=autor, chamado_em=now())
    atendimento.chamadas += 1
    atendimento.save(update_fields=["chamadas"])
    return atendimento


@transaction.atomic
def iniciar(atendimento_id: int, *, autor: Usuario) -> Atendimento:
    """The person is at the desk. A second click is harmless; a second clerk is told who came first."""
    atendimento = _travar(atendimento_id, autor)
    _exigir_sem_outro(atendimento, autor)
    if atendimento.estado == S.EM_ATENDIMENTO:
        return atendimento
    _mover(atendimento, S.EM_ATENDIMENTO, autor=autor, atendente=autor, iniciado_em=now())
    _contar_espera(atendimento, 1)
    return atendimento


@transaction.atomic
def ausentar(atendimento_id: int, *, autor: Usuario) -> Atendimento:
    atendimento = _travar(atendimento_id, autor)
    _exigir_sem_outro(atendimento, autor)
    if atendimento.estado != S.AUSENTE:
        _mover(atendimento, S.AUSENTE, autor=autor)
    return atendimento


@transaction.atomic
def devolver_a_fila(atendimento_id: int, *, autor: Usuario) -> Atendimento:
    """Back to the queue, in the place that the arrival gives: being called away costs nobody their turn."""
    atendimento = _travar(atendimento_id, autor)
    _exigir_sem_outro(atendimento, autor)
    if atendimento.estado == S.AGUARDANDO:
        return atendimento
    comecou = atendimento.estado == S.EM_ATENDIMENTO
    if comecou:
        _contar_espera(atendimento, -1)
    _mover(atendimento, S.AGUARDANDO, autor=autor, atendente=None, **({"iniciado_em": None} if comecou else {}))
    return atendimento


@transaction.atomic
def concluir(atendimento_id: int, *, autor: Usuario, desfecho: str, orientacao: str = "") -> Atendimento:
    atendimento = _travar(atendimento_id, autor)
    if atendimento.estado == S.CONCLUIDO:
        return atendimento
    _exigir_sem_outro(atendimento, autor)
    _mover(atendimento, S.CONCLUIDO, autor=autor, desfecho=desfecho, orientacao=orientacao.strip(), encerrado_em=now())
    contar("atendimento", balcao=atendimento.balcao, dia=atendimento.dia, chave=desfecho)
    return atendimento


def _travar(atendimento_id: int, autor: Usuario) -> Atendimento:
    atendimento = (
        Atendimento.objects.select_for_update(of=("self",))
        .select_related("municipio", "balcao", "atendente", "pessoa")
        .get(pk=atendimento_id)
    )
    permissoes.exigir_atendente(autor, atendimento.municipio_id)
    return atendimento


def _exigir_sem_outro(atendimento: Atendimento, autor: Usuario) -> None:
    """Whoever called a person is the one who goes on with them. The manager may take over: somebody went home."""
    vinculo = autor.vinculo
    gestor = vinculo is not None and vinculo.papel == vinculo.Papel.GESTOR
    if gestor or atendimento.estado not in {S.CHAMADO, S.EM_ATENDIMENTO}:
        return
    if atendimento.atendente_id in {autor.pk, None}:
        return
    quando = atendimento.iniciado_em or atendimento.chamado_em or atendimento.chegada_em
    hora = localtime(quando, atendimento.municipio.fuso)
    raise OutroChegouAntes(f"{atendimento.atendente} já está com a senha {atendimento.senha} desde as {hora:%H:%M}.")


def _contar_espera(atendimento: Atendimento, sinal: int) -> None:
    """Add the wait that has just ended (or take it back, when the person returns to the queue)."""
    espera = regras.espera_em_segundos(atendimento.chegada_em, atendimento.iniciado_em)  # type: ignore[arg-type]
    contar(
        "espera",
        balcao=atendimento.balcao,
        dia=atendimento.dia,
        chave=atendimento.prioridade,
        quantidade=sinal,
        soma=sinal * espera,
    )


def _tem_outra_senha(atendimento: Atendimento) -> bool:
    do_dia = Atendimento.objects.filter(balcao=atendimento.balcao_id, dia=atendimento.dia, pessoa=atendimento.pessoa_id)
    return do_dia.filter(situacao__in=ABERTOS).exclude(pk=atendimento.pk).exists()


def _mover(atendimento: Atendimento, destino: S, *, autor: Usuario, **campos: Any) -> None:
    origem = atendimento.estado
    if not origem.pode_ir_para(destino):
        raise TransicaoInvalida(
            f"A senha {atendimento.senha} está em “{origem.label}” e isto não dá mais. Atualize a fila."
        )
    if origem == S.AUSENTE and _tem_outra_senha(atendimento):
        raise ErroDeDominio(f"{atendimento.pessoa} já pegou outra senha hoje. Chame pela senha nova.")
    atendimento.situacao = destino
    for nome, valor in campos.items():
        setattr(atendimento, nome, valor)
    atendimento.save(update_fields=["situacao", *campos])
    registrar(f"atendimento.{destino}", municipio=atendimento.municipio, autor=autor, alvo=atendimento, de=origem)
