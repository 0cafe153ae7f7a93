"""What the codes on the pages in the slots say against their being there: the last look before anything leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from requerimentos.digitalizacao.retorno.consultas import donos_dos_codigos
from requerimentos.digitalizacao.retorno.regras import codigos_nossos, e_alheio
from requerimentos.models import Pagina, Peca, Requerimento

DE_OUTRO = (
    "Pelo código do rodapé, é papel de outro pedido e não pode ir neste. Tire a página e ponha o papel no pedido dele."
)
SEM_CODIGO = "Não achamos o código do papel nesta folha: confira se é o papel certo."


def marcar(requerimento: Requerimento, pecas: Sequence[tuple[Peca, list[Pagina]]]) -> None:
    """Write on each page what there is to say (`Pagina.aviso_do_codigo`, `Pagina.alheia`). No query without codes."""
    if not pecas:
        return
    codigos = {pagina.pk: codigos_nossos(pagina.textos) for _, paginas in pecas for pagina in paginas}
    donos = donos_dos_codigos({codigo.codigo for achados in codigos.values() for codigo in achados})
    vagas: list[dict[str, Any]] = requerimento.servico.dados["vagas"]
    de_papel = {vaga["papel"]: vaga for vaga in vagas if vaga.get("papel")}
    impressas = {vaga["id"] for vaga in de_papel.values()}
    for peca, paginas in pecas:
        for pagina in paginas:
            nossos = codigos[pagina.pk]
            pagina.alheia = any(
                e_alheio(c, donos.get(c.codigo), requerimento=requerimento.pk, pessoa=requerimento.pessoa_id)
                for c in nossos
            )
            if pagina.alheia:
                pagina.aviso_do_codigo = DE_OUTRO
            elif peca.exigencia_id is None and pagina.lida:
                papeis = [donos[c.codigo].especie for c in nossos if c.codigo in donos]
                certas = [de_papel[especie] for especie in papeis if especie in de_papel]
                pagina.aviso_do_codigo = _da_vaga(peca.vaga, certas, impressa=peca.vaga in impressas)


def _da_vaga(vaga: str, certas: list[dict[str, Any]], *, impressa: bool) -> str:
    if not certas:
        return SEM_CODIGO if impressa else ""
    if vaga in {certa["id"] for certa in certas}:
        return ""
    return f"Pelo código do rodapé, é o papel de “{certas[0]['nome']}”. Use “Outra vaga” para pôr a página lá."
