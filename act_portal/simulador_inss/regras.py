"""What INSS checks before it takes a request. Pure functions; what is refused comes back as reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from act_portal.simulador_inss.catalogo import Servico

MAXIMO_ARQUIVO_BYTES = 5 * 1024 * 1024
MAXIMO_PEDIDO_BYTES = 50 * 1024 * 1024
MAXIMO_ANEXOS = 200
ULTIMO_ANO = 2999
NATUREZAS = ("original", "copia_simples", "copia_autenticada")
REPRESENTANTES = ("representante_legal", "procurador")
ASSINATURAS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"BM", "image/bmp"),
)


@dataclass(frozen=True)
class Motivo:
    codigo: str
    mensagem: str
    campo: str = ""

    def json(self) -> dict[str, str]:
        return asdict(self)


@dataclass
class Leitura:
    """Reads a JSON body of unknown shape and collects what is wrong with it."""

    corpo: Mapping[str, Any]
    motivos: list[Motivo] = field(default_factory=list)
    prefixo: str = ""

    def recusar(self, codigo: str, mensagem: str, campo: str) -> None:
        self.motivos.append(Motivo(codigo, mensagem, f"{self.prefixo}{campo}"))

    def texto(self, campo: str, *, maximo: int = 200, obrigatorio: bool = True) -> str:
        valor = self.corpo.get(campo, "")
        if not isinstance(valor, str) or len(valor) > maximo:
            self.recusar("formato", f"Este campo é um texto de até {maximo} letras.", campo)
            return ""
        if obrigatorio and not valor.strip():
            self.recusar("obrigatorio", "Falta preencher este campo.", campo)
        return valor.strip()

    def inteiro(self, campo: str, minimo: int, maximo: int) -> int:
        valor = self.corpo.get(campo)
        if isinstance(valor, bool) or not isinstance(valor, int) or not minimo <= valor <= maximo:
            self.recusar("formato", f"Este campo é um número inteiro de {minimo} a {maximo}.", campo)
            return minimo
        return valor

    def dia(self, campo: str) -> date | None:
        texto = self.texto(campo, maximo=10)
        if not texto:
            return None
        try:
            # fromisoformat also takes week dates and basic format; the contract is AAAA-MM-DD.
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", texto, re.ASCII):
                raise ValueError
            dia = date.fromisoformat(texto)
            # Near the end of the calendar no term can be added to a date.
            if dia.year > ULTIMO_ANO:
                raise ValueError
            return dia
        except ValueError:
            self.recusar("formato", "Escreva a data como AAAA-MM-DD.", campo)
            return None

    def objeto(self, campo: str, *, obrigatorio: bool = True) -> Leitura | None:
        valor = self.corpo.get(campo)
        if valor is None and not obrigatorio:
            return None
        if not isinstance(valor, dict):
            self.recusar("formato", "Este campo é um grupo de campos.", campo)
            return None
        return Leitura(valor, self.motivos, f"{self.prefixo}{campo}.")

    def lista(self, campo: str, maximo: int) -> list[Leitura]:
        valor = self.corpo.get(campo, [])
        if not isinstance(valor, list) or len(valor) > maximo:
            self.recusar("formato", f"Este campo é uma lista de até {maximo} itens.", campo)
            return []
        itens = []
        for n, item in enumerate(valor):
            if isinstance(item, dict):
                itens.append(Leitura(item, self.motivos, f"{self.prefixo}{campo}[{n}]."))
            else:
                self.recusar("formato", "Cada item é um grupo de campos.", f"{campo}[{n}]")
        return itens


@dataclass(frozen=True)
class AnexoPedido:
    slot: str
    nome: str
    sha256: str
    bytes: int
    paginas: int
    natureza: str


@dataclass(frozen=True)
class Pedido:
    servico: str
    cpf: str
    nome: str
    nascimento: date | None
    municipio_nome: str
    municipio_ibge: str
    uf: str
    representante: str
    anexos: tuple[AnexoPedido, ...]


def diz_algo(texto: str) -> bool:
    """Blanks, characters that nobody sees and lone points are not a reason that a citizen could answer."""
    return any(letra.isalnum() for letra in texto)


def tipo_do_conteudo(comeco: bytes) -> str:
    """Media type by the first bytes, or "" for a type that PAT does not take."""
    if b"%PDF-" in comeco[:1024]:
        return "application/pdf"
    return next((tipo for marca, tipo in ASSINATURAS if comeco.startswith(marca)), "")


def cpf_confere(cpf: str) -> bool:
    if not re.fullmatch(r"\d{11}", cpf, re.ASCII) or len(set(cpf)) == 1:
        return False
    numeros = [int(letra) for letra in cpf]
    for tamanho in (9, 10):
        soma = sum(n * (tamanho + 1 - casa) for casa, n in enumerate(numeros[:tamanho]))
        if soma * 10 % 11 % 10 != numeros[tamanho]:
            return False
    return True


def cnpj_confere(cnpj: str) -> bool:
    """CNPJ with letters (since July 2026): a character is worth its ASCII code less 48."""
    if not re.fullmatch(r"[0-9A-Z]{12}\d{2}", cnpj, re.ASCII) or len(set(cnpj)) == 1:
        return False
    valores = [ord(letra) - 48 for letra in cnpj]
    for tamanho in (12, 13):
        pesos = [2 + (tamanho - 1 - casa) % 8 for casa in range(tamanho)]
        resto = sum(v * p for v, p in zip(valores, pesos, strict=False)) % 11
        if valores[tamanho] != (0 if resto < 2 else 11 - resto):
            return False
    return True


def ler_pedido(corpo: Mapping[str, Any], hoje: date) -> tuple[Pedido, list[Motivo]]:
    """The request as INSS understands it, and what is wrong with its shape and its digits."""
    leitura = Leitura(corpo)
    servico = leitura.texto("codigoServico", maximo=60)
    cpf = nome = ""
    nascimento = None
    if requerente := leitura.objeto("requerente"):
        cpf = _cpf(requerente)
        nome = requerente.texto("nome")
        nascimento = requerente.dia("nascimento")
        if nascimento and nascimento > hoje:
            requerente.recusar("nascimento_futuro", "A data de nascimento está no futuro.", "nascimento")
        _ler_contatos(requerente)
    municipio = leitura.objeto("municipio")
    ibge = municipio_nome = uf = ""
    if municipio:
        ibge, uf = municipio.texto("ibge", maximo=7), municipio.texto("uf", maximo=2)
        municipio_nome = municipio.texto("nome")
        if ibge and not re.fullmatch(r"\d{7}", ibge, re.ASCII):
            municipio.recusar("formato", "O código do IBGE tem 7 números.", "ibge")
    _ler_entidade(leitura)
    representante = _ler_representante(leitura)
    if not isinstance(corpo.get("respostas", {}), dict):
        leitura.recusar("formato", "As respostas são um grupo de campos.", "respostas")
    anexos = ler_anexos(leitura)
    pedido = Pedido(servico, cpf, nome, nascimento, municipio_nome, ibge, uf, representante, anexos)
    return pedido, leitura.motivos


def _cpf(leitura: Leitura) -> str:
    cpf = leitura.texto("cpf", maximo=11)
    if cpf and not cpf_confere(cpf):
        leitura.recusar("cpf_invalido", "Este CPF não existe: os números de controle não conferem.", "cpf")
    return cpf


def _ler_contatos(requerente: Leitura) -> None:
    for contato in requerente.lista("contatos", 20):
        contato.texto("tipo", maximo=30)
        contato.texto("valor", maximo=254)


def _ler_entidade(leitura: Leitura) -> None:
    if entidade := leitura.objeto("entidade"):
        entidade.texto("nome")
        cnpj = entidade.texto("cnpj", maximo=14, obrigatorio=False)
        if cnpj and not cnpj_confere(cnpj):
            entidade.recusar("cnpj_invalido", "O CNPJ da entidade não confere.", "cnpj")


def _ler_representante(leitura: Leitura) -> str:
    representante = leitura.objeto("representante", obrigatorio=False)
    if representante is None:
        return ""
    tipo = representante.texto("tipo", maximo=30)
    if tipo and tipo not in REPRESENTANTES:
        representante.recusar("formato", f"O tipo é um destes: {', '.join(REPRESENTANTES)}.", "tipo")
    representante.texto("nome")
    _cpf(representante)
    return tipo


def ler_anexos(leitura: Leitura) -> tuple[AnexoPedido, ...]:
    anexos = []
    for item in leitura.lista("anexos", MAXIMO_ANEXOS):
        anexo = AnexoPedido(
            slot=item.texto("slot", maximo=60),
            nome=item.texto("nome"),
            sha256=item.texto("sha256", maximo=64),
            bytes=item.inteiro("bytes", 1, 2**31 - 1),
            paginas=item.inteiro("paginas", 1, 10_000),
            natureza=item.texto("natureza", maximo=20),
        )
        if anexo.natureza and anexo.natureza not in NATUREZAS:
            item.recusar("formato", f"A natureza é uma destas: {', '.join(NATUREZAS)}.", "natureza")
        anexos.append(anexo)
    return tuple(anexos)


def conferir_servico(pedido: Pedido, servico: Servico | None, caixas: Mapping[str, str]) -> list[Motivo]:
    if servico is None:
        return [Motivo("servico_desconhecido", "Este código de serviço não existe.", "codigoServico")]
    if not servico.habilitado:
        return [
            Motivo("servico_nao_habilitado", "Este serviço não é aberto às entidades conveniadas.", "codigoServico")
        ]
    exigidas = list(servico.obrigatorios)
    if pedido.representante == "representante_legal":
        exigidas += ["representacao_legal", "id_representante_legal"]
    if pedido.representante == "procurador":
        exigidas += ["id_procurador"]
    presentes = {anexo.slot for anexo in pedido.anexos}
    return [
        Motivo("documento_obrigatorio", f"Falta o documento: {caixas.get(slot, slot)}.", f"anexos.{slot}")
        for slot in dict.fromkeys(exigidas)
        if slot not in presentes
    ]


def conferir_anexos(
    anexos: tuple[AnexoPedido, ...], guardados: Mapping[str, int], caixas: Mapping[str, str]
) -> list[Motivo]:
    """`guardados`: size in bytes of each part already received, by hash."""
    motivos = []
    for n, anexo in enumerate(anexos):
        campo = f"anexos[{n}]"
        if anexo.slot not in caixas:
            motivos.append(Motivo("caixa_desconhecida", "Esta caixa de documento não existe.", f"{campo}.slot"))
        if anexo.sha256 not in guardados:
            motivos.append(Motivo("anexo_ausente", "Este arquivo não foi recebido. Envie de novo.", f"{campo}.sha256"))
        elif guardados[anexo.sha256] != anexo.bytes:
            motivos.append(Motivo("tamanho_difere", "O tamanho não é o do arquivo recebido.", f"{campo}.bytes"))
        if anexo.bytes > MAXIMO_ARQUIVO_BYTES:
            motivos.append(Motivo("arquivo_grande", "O arquivo passa de 5 MB.", f"{campo}.bytes"))
    if sum(anexo.bytes for anexo in anexos) > MAXIMO_PEDIDO_BYTES:
        motivos.append(Motivo("pedido_grande", "Os arquivos juntos passam de 50 MB.", "anexos"))
    return motivos
