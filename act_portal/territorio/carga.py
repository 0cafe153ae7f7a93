"""Load the facts of `dados/` into the database: again and again with the same result, telling what changed.

The files rule over what they state (names, coordinates, the tree). What the town or the administrator fills in stays:
a contact is never overwritten, and a município leaves its unit only for one below it.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from act_portal.auditoria.servicos import registrar
from act_portal.territorio.models import ContatoUnidade, Municipio, UnidadeInss
from act_portal.territorio.texto import normalizar

PASTA = Path(__file__).parent / "dados"
LOTE = 500
# Units that answer for the town where they have their seat.
DAS_CIDADES = {UnidadeInss.Tipo.GERENCIA, UnidadeInss.Tipo.AGENCIA}


@dataclass
class Mudancas:
    """What one load did. `versao` names the content of the files."""

    versao: str
    municipios_novos: int = 0
    municipios_alterados: int = 0
    unidades_novas: int = 0
    unidades_alteradas: int = 0
    contatos_novos: int = 0
    ligacoes: int = 0

    @property
    def houve(self) -> bool:
        return any(valor for chave, valor in asdict(self).items() if chave != "versao")


@transaction.atomic
def carregar(pasta: Path = PASTA) -> Mudancas:
    municipios, unidades = pasta / "municipios.csv", pasta / "unidades.toml"
    mudancas = Mudancas(hashlib.sha256(municipios.read_bytes() + unidades.read_bytes()).hexdigest()[:12])
    linhas = tomllib.loads(unidades.read_text(encoding="utf-8"))["unidade"]
    _municipios(_ler(municipios), mudancas)
    _unidades(linhas, mudancas)
    _ligar(linhas, mudancas)
    if mudancas.houve:
        registrar("territorio.carregado", municipio=None, autor=None, **asdict(mudancas))
    return mudancas


def _ler(arquivo: Path) -> Iterable[Municipio]:
    with arquivo.open(encoding="utf-8", newline="") as aberto:
        for linha in csv.DictReader(aberto):
            yield Municipio(
                codigo_ibge=linha["codigo_ibge"],
                nome=linha["nome"],
                nome_busca=normalizar(linha["nome"]),
                uf=linha["uf"],
                latitude=float(linha["latitude"]),
                longitude=float(linha["longitude"]),
                fuso_horario=linha["fuso_horario"],
                ddd=linha["ddd"],
                capital=linha["capital"] == "1",
            )


CAMPOS = ["nome", "nome_busca", "uf", "latitude", "longitude", "fuso_horario", "ddd", "capital"]


def _municipios(lidos: Iterable[Municipio], mudancas: Mudancas) -> None:
    atuais = {m.pk: m for m in Municipio.objects.all()}
    novos, alterados = [], []
    for municipio in lidos:
        atual = atuais.get(municipio.pk)
        if atual is None:
            novos.append(municipio)
        elif any(getattr(atual, campo) != getattr(municipio, campo) for campo in CAMPOS):
            municipio.nomes_antigos = _nomes_antigos(atual, municipio)
            alterados.append(municipio)
    Municipio.objects.bulk_create(novos, batch_size=LOTE)
    Municipio.objects.bulk_update(alterados, [*CAMPOS, "nomes_antigos"], batch_size=LOTE)
    mudancas.municipios_novos, mudancas.municipios_alterados = len(novos), len(alterados)


def _nomes_antigos(antes: Municipio, agora: Municipio) -> str:
    nomes = [nome for nome in antes.nomes_antigos.split("|") if nome and nome != agora.nome_busca]
    if antes.nome_busca != agora.nome_busca and antes.nome_busca not in nomes:
        nomes.append(antes.nome_busca)
    return f"|{'|'.join(nomes)}|" if nomes else ""


def _unidades(linhas: list[dict[str, Any]], mudancas: Mudancas) -> None:
    """A row comes after the one it names in `acima`."""
    atuais = {u.codigo: u for u in UnidadeInss.objects.all()}
    for linha in linhas:
        campos = {
            "tipo": linha["tipo"],
            "nome": linha["nome"],
            "acima_id": atuais[linha["acima"]].pk if "acima" in linha else None,
            "municipio_id": linha.get("sede"),
            "fonte": linha["fonte"],
            "grau": linha["grau"],
        }
        unidade = atuais.get(linha["codigo"])
        if unidade is None:
            unidade = atuais[linha["codigo"]] = UnidadeInss.objects.create(codigo=linha["codigo"], **campos)
            mudancas.unidades_novas += 1
        elif any(getattr(unidade, campo) != valor for campo, valor in campos.items()):
            for campo, valor in campos.items():
                setattr(unidade, campo, valor)
            unidade.save(update_fields=list(campos))
            mudancas.unidades_alteradas += 1
        for contato in linha.get("contato", []):
            _, novo = ContatoUnidade.objects.get_or_create(
                unidade=unidade, setor=contato["setor"], defaults={k: v for k, v in contato.items() if k != "setor"}
            )
            mudancas.contatos_novos += novo


def _ligar(linhas: list[dict[str, Any]], mudancas: Mudancas) -> None:
    """Put each município under the nearest unit known; the state's first, then the one that has its seat there."""
    unidades = {u.codigo: u for u in UnidadeInss.objects.all()}
    antes = dict(Municipio.objects.values_list("pk", "unidade"))
    for linha in linhas:
        unidade = unidades[linha["codigo"]]
        if ufs := linha.get("ufs"):
            _ligar_a(unidade, Municipio.objects.filter(uf__in=ufs))
    for linha in linhas:
        unidade = unidades[linha["codigo"]]
        if unidade.tipo in DAS_CIDADES and "sede" in linha:
            _ligar_a(unidade, Municipio.objects.filter(pk=linha["sede"]))
    # Not the sum of the updates: a seat moves twice in the first load.
    depois = Municipio.objects.values_list("pk", "unidade")
    mudancas.ligacoes = sum(antes[pk] != unidade for pk, unidade in depois)


def _ligar_a(unidade: UnidadeInss, municipios: models.QuerySet[Municipio]) -> None:
    acima = [int(pk) for pk in unidade.caminho.strip("/").split("/")[:-1]]
    municipios.filter(models.Q(unidade__isnull=True) | models.Q(unidade__in=acima)).update(unidade=unidade)
