"""A list of properties as CSV: each good line enters, each bad one is told with its line and what to do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
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
    leitor = _leitor(texto)
    unidades = {u.codigo.upper(): u for u in UnidadeInss.objects.all()}
    vistos: dict[str, int] = {}
    for dados in leitor:
        n = leitor.line_num
        if not any((valor or "").strip() for nome, valor in dados.items() if nome):
            continue
        codigo = (dados.get("codigo") or "").strip()
        if codigo in vistos:
            yield Linha(n, codigo, "recusado", f"O código já está na linha {vistos[codigo]}. Deixe um só.")
            continue
        vistos[codigo] = n
        yield _uma(n, codigo, dados, unidades, autor)


def _leitor(texto: str) -> csv.DictReader:
    primeira = texto.splitlines()[0] if texto.strip() else ""
    leitor = csv.DictReader(io.StringIO(texto), delimiter=";" if ";" in primeira else ",")
    leitor.fieldnames = [nome.strip().lower() for nome in leitor.fieldnames or []]
    if faltam := sorted(OBRIGATORIAS - set(leitor.fieldnames)):
        raise ErroDeDominio(f"A primeira linha precisa ter os nomes das colunas. Falta: {', '.join(faltam)}.")
    if estranhas := sorted(set(leitor.fieldnames) - set(COLUNAS) - {""}):
        raise ErroDeDominio(f"Não conhecemos estas colunas: {', '.join(estranhas)}. Use o modelo da página.")
    if texto.count("\n") > MAXIMO_LINHAS:
        raise ErroDeDominio(f"O arquivo passa de {MAXIMO_LINHAS} linhas. Divida a lista em arquivos menores.")
    return leitor


def _uma(n: int, codigo: str, dados: Mapping[str, Any], unidades: Mapping[str, UnidadeInss], autor: Usuario) -> Linha:
    if None in dados:
        return Linha(n, codigo, "recusado", "A linha tem colunas demais. Confira os pontos e vírgulas.")
    operacional = SIM.get((dados.get("operacional") or "").strip().lower())
    if operacional is None:
        return Linha(n, codigo, "recusado", "Em “operacional”, escreva sim ou não.")
    unidade = unidades.get((dados.get("unidade") or "").strip().upper())
    if unidade is None:
        return Linha(n, codigo, "recusado", "Não achamos a unidade do INSS com este código.")
    valores = {**dados, "operacional": "sim" if operacional else "nao", "unidade": unidade.pk}
    form = ImovelForm(valores, usuario=autor)
    if not form.is_valid():
        return Linha(n, codigo, "recusado", _erros(form))
    limpos = dict(form.cleaned_data)
    limpos.pop("versao")
    try:
        return _guardar(n, limpos.pop("codigo"), limpos, autor)
    except ErroDeDominio as erro:
        return Linha(n, codigo, "recusado", str(erro))


def _guardar(n: int, codigo: str, limpos: dict[str, Any], autor: Usuario) -> Linha:
    existente = Imovel.objects.filter(codigo=codigo).first()
    if existente is None:
        servicos.cadastrar(codigo, limpos, autor=autor)
        return Linha(n, codigo, "criado")
    if not Imovel.objects.visiveis_para(autor).filter(pk=existente.pk).exists():
        return Linha(n, codigo, "recusado", "Este código já é de um imóvel de outra unidade.")
    mudado = servicos.corrigir(existente.pk, limpos, autor=autor)
    return Linha(n, codigo, "mudado" if mudado.versao != existente.versao else "igual")


def _erros(form: ImovelForm) -> str:
    return " ".join(
        f"{form.fields[nome].label if nome in form.fields else 'Linha'}: {' '.join(map(str, erros))}"
        for nome, erros in form.errors.items()
    )
