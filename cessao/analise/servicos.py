"""INSS reviews: documents, technical opinion with inspection, Superintendência, DIROFL. Nobody decides on what they
said themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao import leis, permissoes, regras, reservas, sem_termo
from cessao.analise.obras import exigir_julgadas
from cessao.analise.travas import travar_para_analisar
from cessao.analise.vistoria import exigir_vistoriado, itens
from cessao.avisos import avisar_diretoria, avisar_requerente, avisar_superintendencia
from cessao.consultas import concorrentes
from cessao.models import Decisao, Item, Pedido, Termo
from cessao.papeis.servicos import fazer
from cessao.pedido.quem import e_de_municipio
from cessao.pedido.servicos import desfazer_termo, exigir_no_catalogo
from cessao.servicos import (
    anotar,
    decidir,
    exigir_condicoes,
    exigir_texto,
    mover,
    mover_item,
    mover_termo,
    proximo_numero,
    travar_do_inss,
    travar_para,
)
from cessao.situacoes import Devolucao, Ocupacao, Quem, Situacao, SituacaoItem, SituacaoObra

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Ato, Conclusao = Decisao.Ato, Decisao.Conclusao
SEM_COMPETENCIA = "Escreva o ato que dá a você competência para decidir. Exemplo: portaria, número e data."
E_PRIVADA = (
    "O CNPJ é de empresa ou entidade privada, e só instituição pública pede: corrija o CNPJ, ou desista e deixe o "
    "órgão público que vai responder pelo espaço pedir."
)
RESOLVIDOS = frozenset({SituacaoItem.ACEITO, SituacaoItem.DISPENSADO})


@transaction.atomic
def tomar(pedido_id: int, *, autor: Usuario) -> Pedido:
    """Become who reviews. Taking what is already one's own does nothing; what is another's is refused."""
    pedido = travar_do_inss(pedido_id, Quem.LOGISTICA, autor=autor)
    if pedido.responsavel_id == autor.pk:
        return pedido
    if pedido.responsavel_id:
        raise ErroDeDominio(f"{pedido.responsavel} já está com este pedido. Peça que passe para você.")
    permissoes.exigir_que_nao_pediu(autor, pedido)
    mover(pedido, "tomar", autor=autor, responsavel=autor)
    return pedido


@transaction.atomic
def soltar(pedido_id: int, *, autor: Usuario) -> Pedido:
    """Leave the request to a colleague; the Superintendência may take it from who is away."""
    pedido = travar_do_inss(pedido_id, Quem.LOGISTICA, Quem.SUPERINTENDENCIA, autor=autor)
    if pedido.responsavel_id is None or pedido.estado not in {Situacao.EM_ANALISE, Situacao.DEVOLVIDO}:
        raise ErroDeDominio("Ninguém está com este pedido agora.")
    if pedido.responsavel_id != autor.pk and not permissoes.age_como(autor, pedido, Quem.SUPERINTENDENCIA):
        raise ErroDeDominio(f"Este pedido está com {pedido.responsavel}. Só essa pessoa ou a Superintendência solta.")
    pedido.responsavel = None
    pedido.versao += 1
    pedido.save(update_fields=["responsavel", "versao"])
    anotar("cessao.solto", pedido, autor)
    return pedido


@transaction.atomic
def assumir(pedido_id: int, *, autor: Usuario) -> Pedido:
    """Take a request under review that nobody has."""
    pedido = travar_do_inss(pedido_id, Quem.LOGISTICA, autor=autor)
    if pedido.responsavel_id or pedido.estado not in {Situacao.EM_ANALISE, Situacao.DEVOLVIDO}:
        raise ErroDeDominio("Este pedido já está com alguém, ou não está em análise. Atualize a página.")
    permissoes.exigir_que_nao_pediu(autor, pedido)
    pedido.responsavel = autor
    pedido.versao += 1
    pedido.save(update_fields=["responsavel", "versao"])
    anotar("cessao.assumido", pedido, autor)
    return pedido


# --- Documents ----------------------------------------------------------------------------------------------------


@transaction.atomic
def julgar_item(item_id: int, *, decisao: str, motivo: str = "", autor: Usuario) -> Item:
    """`decisao`: aceito, devolvido or dispensado; the last two say why, in words for who asks."""
    pedido = travar_para_analisar(Item.objects.values_list("pedido_id", flat=True).get(pk=item_id), None, autor)
    item = Item.objects.get(pk=item_id)
    item.pedido = pedido
    destino = SituacaoItem(decisao)
    if destino not in {SituacaoItem.ACEITO, SituacaoItem.DEVOLVIDO, SituacaoItem.DISPENSADO}:
        raise ErroDeDominio("Escolha aceitar, devolver ou marcar que não se aplica.")
    if destino == SituacaoItem.DISPENSADO and item.exigencia.minimo:
        raise ErroDeDominio(f"“{item}” é mínimo do INSS e não se dispensa. Aceite, ou devolva dizendo o que falta.")
    if destino == SituacaoItem.DISPENSADO and leis.para_decidir(item.codigo):
        raise ErroDeDominio(f"“{item}” é anexo do termo e não se dispensa. Aceite, ou devolva dizendo o que falta.")
    if destino == SituacaoItem.ACEITO and not item.pecas.filter(removida_em=None).exists():
        raise ErroDeDominio("Não há arquivo neste documento. Devolva, ou marque que não se aplica.")
    if destino == SituacaoItem.ACEITO:
        motivo = ""
    else:
        motivo = exigir_texto(motivo, "Escreva em uma frase o que corrigir, ou por que não se aplica.")
    mover_item(item, destino, motivo=motivo)
    anotar(f"cessao.item_{destino}", pedido, autor, item=item.codigo)
    return item


@transaction.atomic
def devolver(
    pedido_id: int, *, recado: str = "", prazo: date | None = None, codigo: str = Devolucao.CORRIGIR, autor: Usuario
) -> Pedido:
    """Give all that is wrong back at once; only those documents, and the form, open again.

    `codigo`: `privada` when who asks is a private body, whose CNPJ is refused from then on.
    """
    pedido = travar_para_analisar(pedido_id, "devolver", autor)
    itens = list(pedido.itens.all())
    voltam = [item for item in itens if item.estado in {SituacaoItem.DEVOLVIDO, SituacaoItem.FALTA}]
    recado = " ".join(recado.split())
    campos: dict[str, Any] = {}
    if codigo == Devolucao.PRIVADA:
        if e_de_municipio(pedido.cnpj):
            raise ErroDeDominio("Este CNPJ é o de um município com acordo: é de órgão público. Escolha outro motivo.")
        campos["cnpj_privado"] = pedido.cnpj
        recado = f"{E_PRIVADA} {recado}".strip()
    recado = recado[:1000]
    if not voltam and not recado:
        raise ErroDeDominio("Nada para devolver. Devolva um documento, ou escreva o que corrigir no pedido.")
    if prazo and prazo <= hoje_em(pedido.municipio):
        raise ErroDeDominio("O prazo precisa ser depois de hoje.")
    if prazo and (frase := regras.problema_do_prazo_de_resposta(prazo, hoje_em(pedido.municipio))):
        raise ErroDeDominio(frase)
    rodada = pedido.rodada + 1
    for item in voltam:
        item.rodada = rodada
        item.save(update_fields=["rodada"])
    evento = mover(pedido, "devolver", autor=autor, motivo=recado, rodada=rodada, prazo=prazo, **campos)
    avisar_requerente(pedido, "devolver", chave=str(evento.pk))
    return pedido


@transaction.atomic
def desmarcar_cnpj(pedido_id: int, *, texto: str, autor: Usuario) -> Pedido:
    """The CNPJ turned out to be of a public body: it is accepted again."""
    pedido = travar_do_inss(pedido_id, Quem.LOGISTICA, Quem.SUPERINTENDENCIA, autor=autor)
    permissoes.exigir_que_nao_pediu(autor, pedido)
    texto = exigir_texto(texto, "Escreva o que mostra que o órgão é público.", 1000)
    if not pedido.cnpj_privado:
        raise ErroDeDominio("O CNPJ deste pedido não está recusado. Atualize a página.")
    pedido.cnpj_privado = ""
    pedido.versao += 1
    pedido.save(update_fields=["cnpj_privado", "versao"])
    anotar("cessao.cnpj_aceito", pedido, autor, motivo=texto)
    return pedido


# --- Opinions and decisions ---------------------------------------------------------------------------------------


@transaction.atomic
def opinar(
    pedido_id: int, *, conclusao: str, texto: str, vistoria: Mapping[str, Any], condicoes: str = "", autor: Usuario
) -> Pedido:
    """The technical opinion with what the inspection found. A favourable one needs every minimum document settled."""
    pedido = travar_para_analisar(pedido_id, "opinar", autor)
    texto = exigir_texto(texto, "Escreva a análise do pedido.", 4000)
    condicoes = exigir_condicoes(conclusao, condicoes, "Escreva as condições do parecer.")
    if conclusao != Conclusao.DESFAVORAVEL:
        _exigir_documentos(pedido)
        exigir_julgadas(pedido)
        exigir_vistoriado(pedido)
        _exigir_enquadramento(pedido, vistoria)
    if vistoria["dia"] > hoje_em(pedido.municipio):
        raise ErroDeDominio("A vistoria ainda não aconteceu. Confira a data.")
    guardada = {nome: valor.isoformat() if isinstance(valor, date) else valor for nome, valor in vistoria.items()}
    guardada["itens"] = itens(pedido)
    decidir(
        pedido, Ato.PARECER, texto, autor=autor, conclusao=conclusao, condicoes=condicoes, vistoria=guardada
    )  # fmt: skip
    fazer(pedido, "parecer", autor=autor)
    evento = mover(pedido, "opinar", autor=autor)
    avisar_superintendencia(pedido, "opinar", chave=str(evento.pk))
    return pedido


def _exigir_documentos(pedido: Pedido) -> None:
    abertos = [str(i) for i in pedido.itens.all() if i.estado not in RESOLVIDOS and i.exigencia.minimo]
    # What the papers go with, in a request from before it was asked so too.
    abertos += [str(i) for i in _sem_o_que_decide(pedido) if str(i) not in abertos]
    pendentes = [str(i) for i in pedido.itens.all() if i.estado == SituacaoItem.DEVOLVIDO]
    if falta := [*abertos, *(p for p in pendentes if p not in abertos)]:
        raise ErroDeDominio(f"Um parecer favorável precisa destes documentos aceitos: {'; '.join(falta)}.")


def _sem_o_que_decide(pedido: Pedido) -> list[Item]:
    return [i for i in pedido.itens.all() if leis.para_decidir(i.codigo) and i.estado != SituacaoItem.ACEITO]


def _exigir_enquadramento(pedido: Pedido, vistoria: Mapping[str, Any]) -> None:
    """What the inspection answers must agree with art. 2º."""
    natureza = pedido.espaco.imovel.natureza
    frases = (
        ("O INSS prevê usar o espaço.", vistoria["uso_previsto"]),
        ("O espaço não é dispensável (art. 2º, II).", natureza == "em_uso" and not vistoria["dispensavel"]),
        (
            f"O uso dificulta a devolução{' (art. 2º, § 1º)' if natureza == 'terreno' else ''}.",
            vistoria["dificulta_devolucao"],
        ),
        (
            "A atividade não é ligada à previdência, e o pedido se apoia nisso.",
            pedido.finalidade == "previdenciaria" and natureza != "terreno" and not vistoria["previdenciaria"]
            and pedido.esfera != "federal_uniao",
        ),
    )  # fmt: skip
    if contra := [frase for frase, vale in frases if vale]:
        raise ErroDeDominio(f"Com estas respostas o parecer não é favorável: {' '.join(contra)}")


@transaction.atomic
def manifestar(pedido_id: int, *, conclusao: str, texto: str, condicoes: str = "", autor: Usuario) -> Pedido:
    pedido = travar_para("manifestar", pedido_id, autor=autor)
    permissoes.exigir_outra_pessoa(autor, pedido)
    texto = exigir_texto(texto, "Escreva a manifestação.", 3000)
    condicoes = exigir_condicoes(conclusao, condicoes, "Escreva as condições da manifestação.")
    decidir(pedido, Ato.MANIFESTACAO, texto, autor=autor, conclusao=conclusao, condicoes=condicoes)
    evento = mover(pedido, "manifestar", autor=autor)
    avisar_diretoria(pedido, "manifestar", chave=str(evento.pk))
    return pedido


@transaction.atomic
def retomar(pedido_id: int, *, texto: str, autor: Usuario) -> Pedido:
    """Back to the analysis: what was signed loses its value, and the days kept for it are free."""
    pedido = travar_para("retomar", pedido_id, autor=autor)
    texto = exigir_texto(texto, "Escreva por que o pedido volta.", 1000)
    decidir(pedido, Ato.RETOMADA, texto, autor=autor)
    desfazer_termo(pedido, motivo="O pedido voltou à análise.", autor=autor)
    evento = mover(pedido, "retomar", autor=autor, motivo=texto)
    avisar_requerente(pedido, "retomar", chave=str(evento.pk))
    return pedido


@transaction.atomic
def aprovar(
    pedido_id: int,
    *,
    texto: str,
    competencia: str,
    inicio: date,
    meses: int,
    condicoes: str = "",
    escolha: str = "",
    fiscal: str = "",
    autor: Usuario,
) -> Pedido:
    """Approve: number the term, keep the days of the space for it, make the papers. Two approvers at once: the second
    finds it done. With another request for the space, `escolha` says why this one. `fiscal`: who inspects for INSS;
    empty, who gave the opinion.
    """
    pedido = travar_para("aprovar", pedido_id, autor=autor)
    permissoes.exigir_outra_pessoa(autor, pedido)
    hoje = hoje_em(pedido.municipio)
    _exigir_prazo(pedido, inicio, meses, hoje)
    fim = regras.fim_do_prazo(inicio, meses)
    condicoes = " ".join(condicoes.split())[:2000]
    _exigir_pareceres(pedido, condicoes)
    _exigir_o_que_decide(pedido)
    # From here on nobody divides, cuts or takes off what is being lent.
    reservas.travar_imovel(pedido.espaco)
    pedido.espaco.refresh_from_db()
    exigir_no_catalogo(pedido.espaco)
    # The space may have been divided since it was asked for.
    if frase := regras.problema_da_area(pedido.area_m2, pedido.espaco.area_m2):
        raise ErroDeDominio(f"O pedido é de {regras.metros(pedido.area_m2)} m². {frase}")
    if frase := regras.problema_da_janela(inicio, fim, pedido.espaco.disponivel_de, pedido.espaco.disponivel_ate):
        raise ErroDeDominio(frase)
    escolha = " ".join(escolha.split())[:2000]
    outros = concorrentes(pedido, inicio, fim)
    if not escolha and outros:
        raise ErroDeDominio("Outro órgão pediu o mesmo espaço. Escreva por que este e não o outro.")
    decidir(
        pedido, Ato.APROVACAO, exigir_texto(texto, "Escreva o fundamento da decisão.", 3000), autor=autor,
        competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200), condicoes=condicoes,
        escolha=escolha,
    )  # fmt: skip
    _fazer_termo(pedido, inicio, fim, meses, fiscal=fiscal, autor=autor)
    sem_termo.anular_as_do_orgao(pedido, autor=autor)
    for especie in ("decisao", "termo"):
        fazer(pedido, especie, autor=autor)
    evento = mover(pedido, "aprovar", autor=autor)
    recusadas = pedido.obras.vivas().filter(situacao=SituacaoObra.RECUSADA).exists()
    for outro in outros:
        avisar_requerente(outro, "outro_escolhido", chave=f"{evento.pk}:{outro.pk}")
    avisar_requerente(pedido, "aprovar_sem_obra" if recusadas else "aprovar", chave=str(evento.pk))
    return pedido


def _exigir_prazo(pedido: Pedido, inicio: date, meses: int, hoje: date) -> None:
    if frase := regras.problema_do_prazo(meses, *leis.prazos(hoje)):
        raise ErroDeDominio(frase)
    if inicio < hoje:
        raise ErroDeDominio("O início já passou, e o termo vale daqui para a frente: escolha hoje ou um dia depois.")
    if frase := regras.problema_do_inicio(inicio, hoje, regularizacao=False):
        raise ErroDeDominio(frase)
    if meses > pedido.meses:
        raise ErroDeDominio(
            f"O pedido e os pareceres são de {regras.em_meses(pedido.meses)}: aprove esse prazo, ou um menor."
        )


def _exigir_o_que_decide(pedido: Pedido) -> None:
    """What the term goes with: the sketch, and each work judged."""
    if falta := [str(i) for i in _sem_o_que_decide(pedido)]:
        raise ErroDeDominio(f"Falta, para o termo: {'; '.join(falta)}. Volte o pedido à análise, para pedir.")
    exigir_julgadas(pedido)


def _exigir_pareceres(pedido: Pedido, condicoes: str) -> None:
    parecer = pedido.decisoes.filter(ato=Ato.PARECER).latest("em", "pk")
    if parecer.conclusao == Conclusao.DESFAVORAVEL:
        raise ErroDeDominio("O parecer é desfavorável. Não aprove, ou volte o pedido à análise com o que falta.")
    manifestacao = pedido.decisoes.filter(ato=Ato.MANIFESTACAO).latest("em", "pk")
    for nome, decisao in (("O parecer", parecer), ("A Superintendência", manifestacao)):
        exigir_condicoes(
            decisao.conclusao, condicoes, f"{nome} põe condições. Escreva as que valem: saem na decisão e no termo."
        )


def condicoes_sugeridas(pedido: Pedido) -> str:
    """What the opinions ask for, the logistics first."""
    opinioes = (pedido.ultima_decisao(Ato.PARECER), pedido.ultima_decisao(Ato.MANIFESTACAO))
    escritas = [o.condicoes for o in opinioes if o and o.condicoes]
    return "; ".join([*(uma.rstrip(" .;") for uma in escritas[:-1]), *escritas[-1:]])


def fiscal_sugerido(pedido: Pedido) -> str:
    """Who knows the place for INSS: whoever gave the opinion."""
    parecer = pedido.ultima_decisao(Ato.PARECER)
    return f"{parecer.nome}, {parecer.cargo}, matrícula {parecer.matricula}" if parecer else ""


def _fazer_termo(pedido: Pedido, inicio: date, fim: date, meses: int, *, fiscal: str, autor: Usuario) -> Termo:
    """The number is given once: a request approved again keeps it."""
    hoje = hoje_em(pedido.municipio)
    campos: dict[str, Any] = {
        "inicio": inicio,
        "fim": fim,
        "meses": meses,
        "area_m2": pedido.area_m2,
        "aprovado_em": hoje,
    }
    campos["fiscal_inss"] = " ".join(fiscal.split())[:240] or fiscal_sugerido(pedido)
    termo = Termo.objects.filter(pedido=pedido).first()
    if termo is None:
        termo = Termo(pedido=pedido, espaco=pedido.espaco, numero=proximo_numero("tcou", hoje.year), **campos)
    for nome, valor in campos.items():
        setattr(termo, nome, valor)
    termo.save()
    # The locked row and this one are the same request.
    pedido.termo = termo
    termo.pedido = pedido
    if termo.estado == Ocupacao.CANCELADO:
        mover_termo(termo, "refazer", autor=autor)
    reservas.reservar(termo, inicio, fim)
    return termo


@transaction.atomic
def indeferir(pedido_id: int, *, texto: str, competencia: str, autor: Usuario) -> Pedido:
    pedido = travar_para("indeferir", pedido_id, autor=autor)
    permissoes.exigir_outra_pessoa(autor, pedido)
    texto = exigir_texto(texto, "Escreva o fundamento da decisão.", 3000)
    decidir(
        pedido, Ato.INDEFERIMENTO, texto, autor=autor, competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200)
    )  # fmt: skip
    fazer(pedido, "decisao", autor=autor)
    evento = mover(pedido, "indeferir", autor=autor, motivo=texto)
    sem_termo.abrir(pedido, autor=autor)
    avisar_requerente(pedido, "indeferir", chave=str(evento.pk))
    return pedido


@transaction.atomic
def prover(pedido_id: int, *, texto: str, autor: Usuario) -> Pedido:
    """The appeal is right: the request goes back to the analysis. Who refused does not judge it, either way."""
    pedido = travar_para("prover", pedido_id, autor=autor)
    permissoes.exigir_que_julgue(autor, pedido)
    texto = exigir_texto(texto, "Escreva por que o recurso é acolhido.", 1000)
    decidir(pedido, Ato.RETOMADA, texto, autor=autor)
    evento = mover(pedido, "prover", autor=autor, motivo=texto)
    sem_termo.anular(pedido, motivo="O recurso foi acolhido.", autor=autor)
    avisar_requerente(pedido, "prover", chave=str(evento.pk))
    return pedido


@transaction.atomic
def manter(pedido_id: int, *, texto: str, competencia: str, autor: Usuario) -> Pedido:
    """The refusal stands. Who refused does not judge the appeal against it."""
    pedido = travar_para("manter", pedido_id, autor=autor)
    permissoes.exigir_que_julgue(autor, pedido)
    texto = exigir_texto(texto, "Escreva por que a decisão é mantida.", 3000)
    decidir(pedido, Ato.RECURSO, texto, autor=autor, competencia=exigir_texto(competencia, SEM_COMPETENCIA, 200))
    fazer(pedido, "decisao", autor=autor)
    evento = mover(pedido, "manter", autor=autor, motivo=texto)
    avisar_requerente(pedido, "manter", chave=str(evento.pk))
    return pedido


@transaction.atomic
def arquivar(pedido_id: int, *, texto: str, autor: Usuario) -> Pedido:
    """Put aside what nobody answers any more. It comes back by `desarquivar`."""
    pedido = travar_para("arquivar", pedido_id, autor=autor)
    texto = exigir_texto(texto, "Escreva por que o pedido é arquivado.", 1000)
    decidir(pedido, Ato.ARQUIVAMENTO, texto, autor=autor)
    desfazer_termo(pedido, motivo="O pedido foi arquivado.", autor=autor)
    evento = mover(pedido, "arquivar", autor=autor, motivo=texto)
    sem_termo.abrir(pedido, autor=autor)
    avisar_requerente(pedido, "arquivar", chave=str(evento.pk))
    return pedido


@transaction.atomic
def desarquivar(pedido_id: int, *, texto: str, autor: Usuario) -> Pedido:
    pedido = travar_para("desarquivar", pedido_id, autor=autor)
    permissoes.exigir_que_nao_pediu(autor, pedido)
    texto = exigir_texto(texto, "Escreva por que o pedido é desarquivado.", 1000)
    decidir(pedido, Ato.DESARQUIVAMENTO, texto, autor=autor)
    evento = mover(pedido, "desarquivar", autor=autor, responsavel=autor)
    sem_termo.anular(pedido, motivo="O pedido voltou à análise.", autor=autor)
    avisar_requerente(pedido, "desarquivar", chave=str(evento.pk))
    return pedido


@transaction.atomic
def numerar_sei(pedido_id: int, *, numero: str, autor: Usuario) -> Pedido:
    quem = (Quem.LOGISTICA, Quem.SUPERINTENDENCIA, Quem.DIRETORIA)
    pedido = travar_do_inss(pedido_id, *quem, autor=autor)
    numero = exigir_texto(numero, "Escreva o número do processo no SEI.", 30)
    if pedido.processo_sei != numero:
        pedido.processo_sei = numero
        pedido.versao += 1
        pedido.save(update_fields=["processo_sei", "versao"])
        anotar("cessao.sei", pedido, autor)
    return pedido
