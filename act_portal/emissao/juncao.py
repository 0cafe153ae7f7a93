"""Several tagged PDFs as one, without losing what screen readers need."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name


def juntar_pdfs(pdfs: Sequence[bytes]) -> bytes:
    """`pdfs` one after the other. Structure trees are joined, and the archive marks of the first one are kept.

    Raises ValueError when there is none to join.
    """
    if not pdfs:
        raise ValueError("Nada para juntar.")
    if len(pdfs) == 1:
        return pdfs[0]
    with pikepdf.open(io.BytesIO(pdfs[0])) as junto:
        for pdf in pdfs[1:]:
            with pikepdf.open(io.BytesIO(pdf)) as outro:
                _acrescentar(junto, outro)
        saida = io.BytesIO()
        junto.save(saida, deterministic_id=True)
    return saida.getvalue()


def _acrescentar(junto: pikepdf.Pdf, outro: pikepdf.Pdf) -> None:
    raiz, vinda = junto.Root.StructTreeRoot, outro.Root.StructTreeRoot
    salto = _proxima_chave(raiz)
    primeira = len(junto.pages)
    # Pages first: the copied tree then points at the pages that are already here.
    junto.pages.extend(outro.pages)
    for pagina in list(junto.pages)[primeira:]:
        _saltar(pagina.obj, salto)
    copia = junto.copy_foreign(vinda if vinda.is_indirect else outro.make_indirect(vinda))
    for filho in _filhos(copia):
        filho.P = raiz
    raiz.K = Array([*_filhos(raiz), *_filhos(copia)])
    nums = list(copia.ParentTree.Nums)
    deslocados = [numero + salto if i % 2 == 0 else numero for i, numero in enumerate(nums)]
    raiz.ParentTree.Nums = Array([*raiz.ParentTree.Nums, *deslocados])
    raiz.ParentTreeNextKey = salto + _proxima_chave(copia)
    if Name.RoleMap in copia:
        papeis = raiz.get(Name.RoleMap, Dictionary())
        for nome, alvo in copia.RoleMap.items():
            papeis[nome] = alvo
        raiz.RoleMap = papeis


def _filhos(raiz: pikepdf.Object) -> list[pikepdf.Object]:
    filhos = raiz.K
    return list(filhos) if isinstance(filhos, Array) else [filhos]


def _proxima_chave(raiz: pikepdf.Object) -> int:
    chaves = [int(numero) for numero in list(raiz.ParentTree.Nums)[::2]]
    return max(chaves, default=-1) + 1


def _saltar(pagina: pikepdf.Object, salto: int) -> None:
    """Renumber what this page and its links look up in the shared parent tree."""
    if Name.StructParents in pagina:
        pagina.StructParents = int(pagina.StructParents) + salto
    for nota in pagina.get(Name.Annots, []):
        if Name.StructParent in nota:
            nota.StructParent = int(nota.StructParent) + salto
