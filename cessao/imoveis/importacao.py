"""A list of properties or spaces as CSV: each good line enters, each bad one is told with its line and what to do."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from act_portal.auditoria.servicos import registrar
from act_portal.contas.permissoes import DO_INSS
from act_portal.erros import ErroDeDominio
from act_portal.planilhas import sem_marca
from cessao.imoveis.listas import DosEspacos, DosImoveis, Linha, Lista
from cessao.models import Importacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

MAXIMO_BYTES = 2_000_000
MAXIMO_LINHAS = 5_000
# How many lines one row may take: a text of 2,000 letters with breaks.
MAXIMO_DE_UM = 100
QUEBRA = re.compile(r"\r\n|\n|\r")
ASPAS = (
    "Há aspas abertas nesta linha que não se fecham, ou fora do lugar. Feche as aspas, ou tire-as. As outras linhas "
    "foram lidas uma a uma."
)


def ler(bruto: bytes) -> str:
    """The text of the file, in UTF-8 or as Windows writes it. Raises ErroDeDominio with what to do."""
    if len(bruto) > MAXIMO_BYTES:
        raise ErroDeDominio("O arquivo passa de 2 MB. Divida a lista em arquivos menores.")
    try:
        texto = bruto.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = bruto.decode("cp1252", errors="replace")
    if "\0" in texto:
        raise ErroDeDominio("Este arquivo não é CSV. Na planilha, use “Salvar como” e escolha CSV.")
    return texto


@transaction.atomic
def importar(nome: str, texto: str, *, autor: Usuario) -> Importacao:
    """Bring the list in. The file and the report are kept; sent again, the same file changes nothing."""
    vinculo = autor.vinculo
    if vinculo is None or vinculo.papel not in DO_INSS:
        raise ErroDeDominio("Só a logística do INSS importa imóveis.")
    importacao = Importacao.objects.create(nome_original=nome[:160], texto=texto, autor=autor)
    importacao.linhas = [asdict(linha) for linha in _linhas(texto, autor)]
    importacao.save(update_fields=["linhas"])
    contas = {r: importacao.quantos(r) for r in ("criado", "mudado", "igual", "recusado")}
    registrar("cessao.importada", municipio=None, autor=autor, alvo=importacao, **contas)
    return importacao


def _linhas(texto: str, autor: Usuario) -> Iterator[Linha]:
    tipo, colunas, linhas, separador = _cabeca(texto)
    lista = tipo(autor)
    vistos: dict[str, int] = {}
    for n, valores in _registros(linhas, separador, len(colunas)):
        if isinstance(valores, str):
            yield Linha(n, linhas[n - 1].split(separador)[0].strip(' "')[:30], "recusado", valores)
            continue
        if not any(valor.strip() for valor in valores):
            continue
        dados = dict.fromkeys(colunas, "") | dict(zip(colunas, map(sem_marca, valores), strict=False))
        chave = lista.chave(dados)
        if len(valores) != len(colunas):
            yield Linha(n, chave, "recusado", _contagem(len(valores), len(colunas)))
            continue
        if chave in vistos:
            yield Linha(n, chave, "recusado", f"{lista.repetida} já está na linha {vistos[chave]}. Deixe um só.")
            continue
        vistos[chave] = n
        try:
            yield Linha(n, chave, *lista.guardar(dados))
        except ErroDeDominio as erro:
            yield Linha(n, chave, "recusado", str(erro))


def _cabeca(texto: str) -> tuple[type[Lista], list[str], list[str], str]:
    """Which list this is, the names of its columns, every line of the file and what parts its cells."""
    linhas = QUEBRA.split(texto)
    separador = ";" if ";" in linhas[0] else ","
    colunas = [nome.strip().lower() for nome in next(csv.reader(linhas[:1], delimiter=separador), [])]
    # Only a list of spaces says of which property each line is.
    tipo = DosEspacos if "imovel" in colunas else DosImoveis
    if faltam := sorted(tipo.obrigatorias - set(colunas)):
        raise ErroDeDominio(f"A primeira linha precisa ter os nomes das colunas. Falta: {', '.join(faltam)}.")
    if estranhas := sorted(set(colunas) - set(tipo.colunas) - {""}):
        raise ErroDeDominio(f"Não conhecemos estas colunas: {', '.join(estranhas)}. Use o modelo da página.")
    if repetidas := sorted({nome for nome in colunas if nome and colunas.count(nome) > 1}):
        raise ErroDeDominio(f"Há colunas repetidas: {', '.join(repetidas)}. Deixe uma só de cada.")
    if len(linhas) > MAXIMO_LINHAS + 1:
        raise ErroDeDominio(f"O arquivo passa de {MAXIMO_LINHAS} linhas. Divida a lista em arquivos menores.")
    return tipo, colunas, linhas, separador


def _registros(linhas: list[str], separador: str, quantas: int) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the line on which it begins: its cells, or the sentence that refuses the line.

    A quote that is not closed takes no other line with it: only a text that closes its quotes in the right column goes
    on to the lines below.
    """
    n = 1
    while n < len(linhas):
        for quantas_linhas in range(1, MAXIMO_DE_UM + 1):
            pedaco = "\n".join(linhas[n : n + quantas_linhas])
            if pedaco.count('"') % 2:
                continue
            celulas = _celulas(pedaco, separador)
            if celulas is not None and (quantas_linhas == 1 or len(celulas) == quantas):
                yield n + 1, celulas
                n += quantas_linhas
            else:
                yield n + 1, ASPAS
                n += 1
            break
        else:
            yield n + 1, ASPAS
            n += 1


def _celulas(pedaco: str, separador: str) -> list[str] | None:
    try:
        lidas = list(csv.reader(io.StringIO(pedaco, newline=""), delimiter=separador, strict=True))
    except csv.Error:
        return None
    return lidas[0] if lidas else []


def _contagem(tem: int, quantas: int) -> str:
    sobra = "demais" if tem > quantas else "de menos"
    return f"A linha tem colunas {sobra}: são {quantas} e vieram {tem}. Confira os separadores."
