"""What an item still lacks, and what is wrong with a certificate. Pure: the day is an argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from act_portal.datas import problema_do_dia
from act_portal.telas import formatos
from act_portal.territorio.texto import normalizar
from adesao.checklist.requisito import Requisito
from adesao.regras import alheio

FOTOS_ANTES = "envie primeiro as fotos, que também entram nele."
OUTRO_DOCUMENTO = "Envie o de quem assina agora. Se ainda é o mesmo, tire o arquivo e traga de volta."
NOME_DIFERENTE = "O nome na certidão, “{nome}”, não traz “{municipio}”. Confira se ela é deste município."
FOTO = "{nomes}: se é foto de celular, o INSS costuma devolver. Digitalize o documento inteiro, em 150 DPI."
# Days before the end of a certificate on which the town hears of it, the last first.
MARCOS = (10, 30, 60)
ROTULOS = {
    "especie": "o tipo da certidão",
    "numero": "o número ou código de controle",
    "emitido_em": "o dia da emissão",
    "valido_ate": "até quando vale",
    "origem": "como foi emitida",
    "titular_cnpj": "o CNPJ que aparece nela",
    "titular_nome": "o nome que aparece nela",
    "mandato_fim": "o fim do mandato",
}
# What a document may prove of who signs for the town, by the field of the form that says it.
PROVADOS = {
    "rl_nome": "o nome",
    "rl_cpf": "o CPF",
    "rl_documento": "o documento de identidade",
    "rl_cargo": "o cargo",
    "rl_mandato_fim": "o fim do mandato",
}


@dataclass(frozen=True)
class Problema:
    """What is wrong with one field, in words that say what to do."""

    campo: str
    frase: str


@dataclass(frozen=True)
class Mandato:
    """`fim`: as the form of the town says; `maximo`: the last day that it may have."""

    fim: date | None = None
    maximo: date | None = None


@dataclass(frozen=True, kw_only=True)
class Fatos:
    """What is known of an item: its files, its fields, its paper and the acceptances."""

    campos: Mapping[str, Any] = field(default_factory=dict)
    arquivos: int = 0
    preparando: int = 0
    recusados: int = 0
    # Ready, but of a paper that was made again since.
    antigos: int = 0
    # "", "feito", "desatualizado": the paper that the portal makes for it.
    papel: str = ""
    aceites_que_faltam: tuple[str, ...] = ()
    # Names of `PROVADOS` that say something else since the files came.
    mudaram: tuple[str, ...] = ()


def problemas(
    requisito: Requisito, campos: Mapping[str, Any], *, cnpj: str, hoje: date, mandato: Mandato | None = None
) -> list[Problema]:
    """Everything wrong with the filled fields; what is empty is told by `faltas`. `cnpj`: that of the town hall."""
    pedidos = {nome: campos.get(nome) for nome in requisito.campos}
    return [
        *_da_especie(requisito, pedidos.get("especie") or ""),
        *_das_datas(requisito, pedidos.get("emitido_em"), pedidos.get("valido_ate"), hoje),
        *_do_titular(pedidos.get("titular_cnpj") or "", pedidos.get("titular_nome") or "", cnpj),
        *_do_mandato(pedidos.get("mandato_fim"), hoje, mandato or Mandato()),
    ]


def _da_especie(requisito: Requisito, codigo: str) -> list[Problema]:
    especie = requisito.especie(codigo)
    return [Problema("especie", especie.frase)] if especie and not especie.aceita else []


TROCADAS = "A validade vem antes da emissão. Confira as duas datas."


def trocadas(emissao: date | None, validade: date | None) -> bool:
    """Two days that cannot both be of one certificate: not even kept as a draft."""
    return bool(emissao and validade and validade < emissao)


def _das_datas(requisito: Requisito, emissao: date | None, validade: date | None, hoje: date) -> list[Problema]:
    achados = []
    if emissao and emissao > hoje:
        achados.append(Problema("emitido_em", "A emissão é de um dia que ainda não chegou. Confira a data."))
    if validade and validade < hoje:
        achados.append(Problema("valido_ate", f"Esta certidão venceu em {validade:%d/%m/%Y}. Emita outra e envie."))
    if trocadas(emissao, validade):
        achados.append(Problema("valido_ate", TROCADAS))
    elif emissao and validade and requisito.validade_dias and (validade - emissao).days > requisito.validade_dias:
        achados.append(
            Problema(
                "valido_ate",
                f"Entre a emissão e a validade há mais de {requisito.validade_dias} dias. Confira as duas datas.",
            )
        )
    return achados


def _do_titular(titular_cnpj: str, titular_nome: str, cnpj: str) -> list[Problema]:
    achados = []
    if titular_cnpj and titular_cnpj != cnpj:
        filial = titular_cnpj[:8] == cnpj[:8]
        frase = "é de uma filial" if filial else "não é o da prefeitura"
        achados.append(
            Problema(
                "titular_cnpj",
                f"O CNPJ {formatos.cnpj(titular_cnpj)} {frase}. A certidão precisa ser do {formatos.cnpj(cnpj)}.",
            )
        )
    if titular_nome and (de_quem := alheio(normalizar(titular_nome))):
        frase = f"Pelo nome, a certidão é {de_quem}, e não do município. Emita com o CNPJ da prefeitura."
        achados.append(Problema("titular_nome", frase))
    return achados


def _do_mandato(fim: date | None, hoje: date, mandato: Mandato) -> list[Problema]:
    frase = ""
    if fim and fim < hoje:
        frase = f"Este mandato acabou em {fim:%d/%m/%Y}. Envie o documento do mandato atual."
    elif fim and mandato.fim and fim != mandato.fim:
        frase = (
            f"Em “O município e quem o representa” o mandato vai até {mandato.fim:%d/%m/%Y}, e aqui até "
            f"{fim:%d/%m/%Y}. Corrija onde estiver errado."
        )
    else:
        frase = problema_do_dia("O fim do mandato", fim, ate=mandato.maximo)
    return [Problema("mandato_fim", frase)] if frase else []


def faltas(requisito: Requisito, fatos: Fatos) -> list[str]:
    """What the town still has to do for this item, one sentence each; empty when it is complete."""
    frases = []
    com_fotos = requisito.papel == "estrutura"
    vazios = [ROTULOS[nome] for nome in requisito.campos if not fatos.campos.get(nome)]
    if requisito.papel and not fatos.papel:
        frases.append("Faça o papel no portal." if not com_fotos else f"Faça o papel no portal: {FOTOS_ANTES}")
    elif fatos.papel == "desatualizado":
        mudou = "O que você preencheu ou as fotos mudaram" if com_fotos else "O que você preencheu mudou"
        frases.append(f"{mudou} depois que o papel foi feito. Faça o papel de novo.")
    frases += [f"Falta aceitar: {texto}." for texto in fatos.aceites_que_faltam]
    if vazios:
        frases.append(f"Preencha {enumerar(vazios)}.")
    if fatos.mudaram:
        frases.append(f"{quem_assina_mudou(fatos.mudaram)} {OUTRO_DOCUMENTO}")
    if fatos.recusados:
        frases.append("Há arquivo que não serviu: tire-o e envie outro.")
    if fatos.preparando:
        frases.append("Espere as páginas ficarem prontas.")
    elif fatos.arquivos < requisito.minimo:
        frases.append(_falta_arquivo(requisito, fatos))
    return frases


def _falta_arquivo(requisito: Requisito, fatos: Fatos) -> str:
    if requisito.tipo == "fotos":
        return f"Envie pelo menos {requisito.minimo} fotos (há {fatos.arquivos})."
    if requisito.papel:
        antes = "O arquivo enviado é de antes do papel que vale agora. " if fatos.antigos else ""
        return f"{antes}Envie o papel assinado."
    return "Envie o documento."


def quem_assina_mudou(mudaram: Sequence[str]) -> str:
    """Why a document of who signs proves nothing any more: `mudaram` are names of `PROVADOS`."""
    return f"Depois deste documento mudou {enumerar([PROVADOS[nome] for nome in mudaram])} de quem assina."


def que_mudou(provado: Mapping[str, str], agora: Mapping[str, str]) -> tuple[str, ...]:
    """Which of the facts proved then are others now; what was still empty, then or now, is no change."""
    # PostgreSQL gives the names of a JSON back in an order of its own.
    return tuple(n for n in PROVADOS if provado.get(n) and agora.get(n) and agora[n] != provado[n])


def enumerar(partes: list[str]) -> str:
    return partes[0] if len(partes) == 1 else f"{', '.join(partes[:-1])} e {partes[-1]}"


def avisos(
    requisito: Requisito, campos: Mapping[str, Any], *, municipio: str, imagens: Sequence[str], hoje: date
) -> list[str]:
    """What does not stop the item and deserves a look, for both sides. `imagens`: the files that may be photos."""
    nome = campos.get("titular_nome") or ""
    fotos = imagens if "foto" in requisito.motivos else ()
    frases = [
        aviso_de_validade(campos.get("valido_ate"), hoje),
        NOME_DIFERENTE.format(nome=nome, municipio=municipio) if outro_nome(nome, municipio) else "",
        FOTO.format(nomes=enumerar([f"“{foto}”" for foto in dict.fromkeys(fotos)])) if fotos else "",
    ]
    return [frase for frase in frases if frase]


def outro_nome(nome: str, municipio: str) -> bool:
    """The name on the certificate does not hold that of the town: another one's, or an old or short form of it."""
    return bool(nome) and f" {normalizar(municipio)} " not in f" {normalizar(nome)} "


def aviso_de_validade(validade: date | None, hoje: date) -> str:
    """The warning that a certificate comes to its end, or ""."""
    if validade is None or validade < hoje:
        return ""
    dias = (validade - hoje).days
    if dias == 0:
        return "Vence hoje: amanhã este item reabre. Emita outra certidão agora."
    if dias > MARCOS[-1]:
        return ""
    return f"Vence em {dias} dia{'s' if dias > 1 else ''}, no dia {validade:%d/%m/%Y}. Vá emitindo outra."


def marco(validade: date, hoje: date) -> int | None:
    """Which of the warnings (60, 30, 10 days) is due on `hoje`: the tightest reached; None when none is."""
    dias = (validade - hoje).days
    if dias < 0:
        return None
    return next((m for m in MARCOS if dias <= m), None)
