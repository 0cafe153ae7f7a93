"""Parse and check the files of the checklist; mistakes are told by `act_portal.catalogos.folha`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from act_portal.catalogos.folha import CODIGO, ErroDoCatalogo, Folha
from adesao.checklist.regras import PROVADOS
from adesao.checklist.requisito import Checklist, Especie, Requisito
from adesao.situacoes import Instrumento, Regime

TIPOS = ("papel", "documento", "certidao", "fotos", "aceite")
# What a certificate or a document says of itself; each is a column of the item.
CAMPOS = ("especie", "numero", "emitido_em", "valido_ate", "origem", "titular_cnpj", "titular_nome", "mandato_fim")
PAPEIS = ("oficio", "estrutura", "indicacao", "aceite")
COM_PAPEL = {"papel", "aceite"}


def ler_checklist(pasta: Path) -> Checklist:
    """All items of `pasta`. Raises ErroDoCatalogo with file, line and what is wrong."""
    motivos = _ler_motivos(pasta / "_motivos.toml")
    requisitos = [
        _ler_requisito(arquivo, motivos) for arquivo in sorted(pasta.glob("*.toml")) if not arquivo.name.startswith("_")
    ]
    return Checklist(requisitos=tuple(sorted(requisitos, key=lambda r: (r.ordem, r.codigo))), motivos=motivos)


def _ler_motivos(arquivo: Path) -> Mapping[str, str]:
    folha = Folha(arquivo)
    for codigo, texto in folha.dados.items():
        if not isinstance(texto, str) or not texto.strip():
            raise folha.erro(f"o motivo “{codigo}” é um texto, entre aspas.", codigo)
    if "outro" not in folha.dados:
        raise folha.erro("falta o motivo “outro”.")
    return folha.dados


def _ler_requisito(arquivo: Path, motivos: Mapping[str, str]) -> Requisito:
    folha = Folha(arquivo)
    dados = dict(folha.dados)
    especies = [folha.instanciar(Especie, e, "especie", n) for n, e in enumerate(dados.pop("especie", []))]
    for n, especie in enumerate(especies):
        if not especie.aceita and not especie.frase:
            raise folha.erro("o que não serve diz por quê, em “frase”.", "aceita", "especie", n)
    requisito = folha.bloco(Requisito, {**dados, "especies": especies})
    if requisito.codigo != arquivo.stem:
        raise folha.erro(f"o código “{requisito.codigo}” precisa ser o nome do arquivo.", "codigo")
    if not CODIGO.fullmatch(requisito.codigo):
        raise folha.erro("o código leva só letras minúsculas sem acento, números e hífen.", "codigo")
    _conferir_palavras(folha, requisito, motivos)
    _conferir_combinacoes(folha, requisito)
    return requisito


def _conferir_palavras(folha: Folha, requisito: Requisito, motivos: Mapping[str, str]) -> None:
    for chave, usadas, aceitas in (
        ("tipo", (requisito.tipo,), TIPOS),
        ("papel", (requisito.papel,) if requisito.papel else (), PAPEIS),
        ("campos", requisito.campos, CAMPOS),
        ("prova", requisito.prova, tuple(PROVADOS)),
        ("regimes", requisito.regimes, Regime.values),
        ("instrumentos", requisito.instrumentos, Instrumento.values),
        ("motivos", requisito.motivos, tuple(motivos)),
    ):
        for palavra in usadas:
            if palavra not in aceitas:
                raise folha.erro(f"“{palavra}” não serve em “{chave}”; use {', '.join(aceitas)}.", chave)


def _conferir_combinacoes(folha: Folha, requisito: Requisito) -> None:
    if bool(requisito.papel) != (requisito.tipo in COM_PAPEL):
        raise folha.erro("“papel” diz o papel que o portal faz: só nos tipos papel e aceite, e sempre neles.", "papel")
    if ("especie" in requisito.campos) != bool(requisito.especies):
        raise folha.erro("o campo “especie” vem com os blocos [[especie]], e eles com o campo.", "campos")
    if requisito.tipo == "certidao" and "valido_ate" not in requisito.campos:
        raise folha.erro("uma certidão diz até quando vale: ponha “valido_ate” em “campos”.", "campos")
    if requisito.validade_dias and "emitido_em" not in requisito.campos:
        raise folha.erro("“validade_dias” conta de “emitido_em”: ponha esse campo em “campos”.", "validade_dias")
    if requisito.minimo < 1:
        raise folha.erro("“minimo” é pelo menos 1.", "minimo")


__all__ = ["CAMPOS", "PAPEIS", "TIPOS", "ErroDoCatalogo", "ler_checklist"]
