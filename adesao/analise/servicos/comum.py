"""What the acts of INSS share: who may work on the process, who signs the act, its trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import Identificacao, de_quem_decide
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from adesao import permissoes
from adesao.models import Anotacao, Decisao, Item, Processo
from adesao.servicos import travar
from adesao.situacoes import Quem, Situacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def travar_para_analisar(processo_id: int, *, autor: Usuario) -> Processo:
    """Lock a process under review, when `autor` is who has taken it."""
    processo = travar(processo_id)
    permissoes.exigir(autor, processo, Quem.ANALISTA)
    exigir_em_analise(processo)
    exigir_responsavel(processo, autor)
    return processo


def travar_do_inss(processo_id: int, *quem: Quem, autor: Usuario) -> Processo:
    processo = travar(processo_id)
    permissoes.exigir(autor, processo, *quem)
    return processo


def exigir_em_analise(processo: Processo) -> None:
    if processo.estado != Situacao.EM_ANALISE:
        raise TransicaoInvalida(
            f"Este pedido está em “{processo.estado.label}”, e isto só se faz em análise. Atualize a página."
        )


def exigir_responsavel(processo: Processo, autor: Usuario) -> None:
    if processo.responsavel_id is None:
        raise ErroDeDominio("Ninguém está com este pedido. Aperte “Tomar” antes.")
    if processo.responsavel_id != autor.pk:
        raise ErroDeDominio(f"Este pedido está com {processo.responsavel}. Peça que passe para você.")


def exigir_texto(texto: str, frase: str, maximo: int = 600) -> str:
    """Kept in one line, as the papers print it."""
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio(frase)
    return texto[:maximo]


def decidir(
    processo: Processo, tipo: Decisao.Tipo, texto: str, *, autor: Usuario, **campos: Any
) -> tuple[Decisao, Identificacao]:
    """Keep one act with who decided as they are today."""
    quem = de_quem_decide(autor)
    unidade = autor.vinculo.unidade if autor.vinculo else None
    decisao = Decisao.objects.create(
        processo=processo,
        tipo=tipo,
        texto=texto,
        autor=autor,
        nome=quem.nome,
        cargo=quem.cargo,
        matricula=quem.matricula,
        unidade=unidade or processo.unidade,
        **campos,
    )
    return decisao, quem


def anotar_item(item: Item, tipo: Anotacao.Tipo, *, autor: Usuario, motivo: str = "", texto: str = "") -> Anotacao:
    """A decision of INSS on an item. A return is shown to the town only when the whole process goes back."""
    quem = de_quem_decide(autor)
    return Anotacao.objects.create(
        item=item, tipo=tipo, motivo=motivo, texto=texto, autor=autor,
        nome=quem.nome, cargo=quem.cargo, matricula=quem.matricula,
    )  # fmt: skip


def anotar(acao: str, processo: Processo, autor: Usuario, **dados: Any) -> None:
    registrar(acao, municipio=processo.municipio, autor=autor, alvo=processo, **dados)


def quem_instruiu(processo: Processo) -> set[int]:
    """Everybody who gave an opinion on the process or decided on one of its items: they never approve it."""
    pareceres = processo.decisoes.filter(tipo=Decisao.Tipo.PARECER).values_list("autor", flat=True)
    dos_itens = Anotacao.objects.filter(item__processo=processo).exclude(tipo=Anotacao.Tipo.RESPOSTA)
    return {*pareceres, *dos_itens.exclude(autor=None).values_list("autor", flat=True)} | {processo.responsavel_id or 0}
