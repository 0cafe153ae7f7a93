"""A list of properties as CSV: each good line enters, each bad one is told with its line and what to do."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from act_portal.auditoria.servicos import registrar
from act_portal.contas.permissoes import DO_INSS
from act_portal.erros import ErroDeDominio
from act_portal.territorio.models import UnidadeInss
from cessao.imoveis import servicos
from cessao.imoveis.forms import ImovelForm
from cessao.models import Imovel, Importacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

COLUNAS = (
    "codigo", "nome", "natureza", "operacional", "matricula", "cartorio", "endereco", "cep", "municipio", "unidade",
    "area_m2", "descricao", "acessibilidade", "custo_mensal", "custos", "seguranca",
)  # fmt: skip
OBRIGATORIAS = frozenset({"codigo", "nome", "natureza", "endereco", "municipio", "unidade", "area_m2"})
MAXIMO_BYTES = 2_000_000
MAXIMO_LINHAS = 5_000
# How many lines one property may take: a text of 2,000 letters with breaks.
MAXIMO_DE_UM = 100
QUEBRA = re.compile(r"\r\n|\n|\r")
ASPAS = (
    "Há aspas abertas nesta linha que não se fecham, ou fora do lugar. Feche as aspas, ou tire-as. As outras linhas "
    "foram lidas uma a uma."
)
SIM = {"": True, "sim": True, "s": True, "1": True, "nao": False, "não": False, "n": False, "0": False}


@dataclass(frozen=True)
class Linha:
    """What became of one line of the file; `linha` as a spreadsheet numbers it."""

    linha: int
    codigo: str
    resultado: str
    frase: str = ""


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
    colunas, linhas, separador = _cabeca(texto)
    unidades = {u.codigo.upper(): u for u in UnidadeInss.objects.all()}
    vistos: dict[str, int] = {}
    for n, valores in _registros(linhas, separador, len(colunas)):
        if isinstance(valores, str):
            yield Linha(n, linhas[n - 1].split(separador)[0].strip(' "')[:30], "recusado", valores)
            continue
        if not any(valor.strip() for valor in valores):
            continue
        dados = dict(zip(colunas, valores, strict=False))
        codigo = dados["codigo"].strip()
        if len(valores) != len(colunas):
            yield Linha(n, codigo, "recusado", _contagem(len(valores), len(colunas)))
        elif codigo in vistos:
            yield Linha(n, codigo, "recusado", f"O código já está na linha {vistos[codigo]}. Deixe um só.")
        else:
            vistos[codigo] = n
            yield _uma(n, codigo, dados, unidades, autor)


def _cabeca(texto: str) -> tuple[list[str], list[str], str]:
    """The names of the columns, every line of the file and what parts its cells."""
    linhas = QUEBRA.split(texto)
    separador = ";" if ";" in linhas[0] else ","
    colunas = [nome.strip().lower() for nome in next(csv.reader(linhas[:1], delimiter=separador), [])]
    if faltam := sorted(OBRIGATORIAS - set(colunas)):
        raise ErroDeDominio(f"A primeira linha precisa ter os nomes das colunas. Falta: {', '.join(faltam)}.")
    if estranhas := sorted(set(colunas) - set(COLUNAS) - {""}):
        raise ErroDeDominio(f"Não conhecemos estas colunas: {', '.join(estranhas)}. Use o modelo da página.")
    if repetidas := sorted({nome for nome in colunas if nome and colunas.count(nome) > 1}):
        raise ErroDeDominio(f"Há colunas repetidas: {', '.join(repetidas)}. Deixe uma só de cada.")
    if len(linhas) > MAXIMO_LINHAS + 1:
        raise ErroDeDominio(f"O arquivo passa de {MAXIMO_LINHAS} linhas. Divida a lista em arquivos menores.")
    return colunas, linhas, separador


def _registros(linhas: list[str], separador: str, quantas: int) -> Iterator[tuple[int, list[str] | str]]:
    """Each property with the line on which it begins: its cells, or the sentence that refuses the line.

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


def _uma(n: int, codigo: str, dados: Mapping[str, str], unidades: Mapping[str, UnidadeInss], autor: Usuario) -> Linha:
    operacional = SIM.get(dados.get("operacional", "").strip().lower())
    if operacional is None:
        return Linha(n, codigo, "recusado", "Em “operacional”, escreva sim ou não.")
    unidade = unidades.get(dados["unidade"].strip().upper())
    if unidade is None:
        return Linha(n, codigo, "recusado", "Não achamos a unidade do INSS com este código.")
    valores = {**dados, "operacional": "sim" if operacional else "nao", "unidade": unidade.pk}
    form = ImovelForm(valores, usuario=autor)
    if not form.is_valid():
        return Linha(n, codigo, "recusado", _erros(form))
    limpos = dict(form.cleaned_data)
    limpos.pop("versao")
    try:
        return _guardar(n, limpos.pop("codigo"), limpos, set(dados), autor)
    except ErroDeDominio as erro:
        return Linha(n, codigo, "recusado", str(erro))


def _guardar(n: int, codigo: str, limpos: dict[str, Any], colunas: set[str], autor: Usuario) -> Linha:
    """A column that the file has not says nothing of the property; an empty cell of one that it has clears it."""
    existente = Imovel.objects.select_related("municipio", "unidade").filter(codigo=codigo).first()
    if existente is None:
        servicos.cadastrar(codigo, limpos, autor=autor)
        return Linha(n, codigo, "criado")
    if not Imovel.objects.visiveis_para(autor).filter(pk=existente.pk).exists():
        return Linha(n, codigo, "recusado", "Este código já é de um imóvel de outra unidade.")
    ditos = {nome: valor for nome, valor in limpos.items() if nome in colunas}
    mudado = servicos.corrigir(existente.pk, ditos, autor=autor)
    if mudado.versao == existente.versao:
        return Linha(n, codigo, "igual")
    return Linha(n, codigo, "mudado", _mudancas(existente, ditos))


def _mudancas(antes: Imovel, ditos: Mapping[str, Any]) -> str:
    mudam = [(nome, getattr(antes, nome), valor) for nome, valor in ditos.items() if getattr(antes, nome) != valor]
    rotulos = {campo.name: campo.verbose_name for campo in Imovel._meta.fields}
    frases = [f"{rotulos[nome]}: de {_em_palavras(era)} para {_em_palavras(e)}" for nome, era, e in mudam]
    return f"Mudou {'; '.join(frases)}."


def _em_palavras(valor: Any) -> str:
    if valor is None or valor == "":
        return "vazio"
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    texto = f"{valor:.2f}".replace(".", ",") if isinstance(valor, Decimal) else str(valor)
    return f"“{texto if len(texto) <= 80 else texto[:79] + '…'}”"


def _erros(form: ImovelForm) -> str:
    return " ".join(
        f"{form.fields[nome].label if nome in form.fields else 'Linha'}: {' '.join(map(str, erros))}"
        for nome, erros in form.errors.items()
    )
