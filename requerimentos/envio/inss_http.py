"""INSS behind HTTP and JSON. Nothing of a body is ever logged: requests carry health and family data.

Whatever is not exactly the contract (a login page, half a JSON, a redirect, a missing field) is INSS out of order, not
an error of the portal: the caller waits and repeats with the same key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, BinaryIO, TypeVar, get_args
from urllib.parse import quote

import httpx
from django.conf import settings
from django.utils import timezone

from requerimentos.envio.inss import (
    AgendamentoInss,
    AnexoInss,
    DecisaoInss,
    ExigenciaInss,
    InssConflito,
    InssForaDoAr,
    InssRecusou,
    Marcada,
    MotivoInss,
    Mudancas,
    PedidoInss,
    Recibo,
    Resultado,
    Situacao,
    Tarefa,
    UnidadeDeExame,
    VagaInss,
)

Json = Mapping[str, Any]
T = TypeVar("T")
ESTRANHA = "O INSS respondeu de um jeito que o portal não entende."
MAXIMA_ESPERA = timedelta(hours=6)
NA_TELA_SEGUNDOS = 6.0
RECUSAS = {400, 404, 413, 422}


@lru_cache(maxsize=8)
def _cliente(endereco: str, token: str, espera_segundos: float) -> httpx.Client:
    """One client (and one TLS context) for each configuration; httpx clients are safe between threads."""
    return httpx.Client(
        base_url=endereco,
        headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
        timeout=httpx.Timeout(espera_segundos, connect=min(5.0, espera_segundos)),
        # A connection serves one call: on a kept one, an answer sent twice is read as the answer to the next call,
        # that is, one citizen's task in place of another's.
        limits=httpx.Limits(max_keepalive_connections=0),
        follow_redirects=False,
        # A proxy set for the shell of the machine is not meant for citizens' papers.
        trust_env=False,
    )


class InssHttp:
    def __init__(self) -> None:
        self._http = _cliente(settings.INSS_ENDERECO, settings.INSS_TOKEN, settings.INSS_ESPERA_SEGUNDOS)
        # What a page asks for while somebody waits in front of it.
        self._na_tela = min(NA_TELA_SEGUNDOS, settings.INSS_ESPERA_SEGUNDOS)

    # --- The contract -------------------------------------------------------------------------------------------
    def enviar_anexo(self, sha256: str, leitor: BinaryIO) -> None:
        if self._ja_chegou(sha256):
            return
        dados = self._json(
            "PUT", f"/api/anexos/{sha256}", content=leitor.read(), headers={"Content-Type": "application/octet-stream"}
        )
        if dados.get("sha256") != sha256:
            raise InssForaDoAr(ESTRANHA)

    def _ja_chegou(self, sha256: str) -> bool:
        try:
            dados = self._json("GET", f"/api/anexos/{sha256}")
        except InssRecusou as recusa:
            if recusa.tem("nao_encontrado"):
                return False
            raise
        return dados.get("sha256") == sha256

    def requerer(self, chave_idempotencia: str, pedido: PedidoInss) -> Recibo:
        dados = self._json("POST", "/api/requerimentos", json=_pedido(pedido), headers=_chave(chave_idempotencia))
        return _lido(_recibo, dados)

    def consultar(self, protocolo: str) -> Tarefa:
        tarefa = _lido(_tarefa, self._json("GET", _endereco(protocolo)))
        if tarefa.protocolo != protocolo:
            raise InssForaDoAr(ESTRANHA)
        return tarefa

    def mudancas(self, desde: str = "0") -> Mudancas:
        return _lido(_mudancas, self._json("GET", "/api/requerimentos", params={"desde": desde}))

    def cumprir_exigencia(
        self, chave_idempotencia: str, protocolo: str, exigencia_id: str, texto: str, anexos: Sequence[AnexoInss]
    ) -> Situacao:
        dados = self._json(
            "POST",
            _endereco(protocolo, "exigencias", exigencia_id, "cumprimento"),
            json={"texto": texto, "anexos": [_anexo(anexo) for anexo in anexos]},
            headers=_chave(chave_idempotencia),
        )
        return _lido(_situacao, dados)

    def cancelar(self, chave_idempotencia: str, protocolo: str, motivo: str = "") -> Situacao:
        dados = self._json(
            "POST",
            _endereco(protocolo, "cancelamento"),
            json={"motivo": motivo},
            headers=_chave(chave_idempotencia),
        )
        return _lido(_situacao, dados)

    def unidades_de_exame(self) -> tuple[UnidadeDeExame, ...]:
        dados = self._json("GET", "/api/unidades", timeout=self._na_tela)
        return _lido(lambda d: tuple(_unidade_de_exame(linha) for linha in d["unidades"]), dados)

    def vagas(self, tipo: str, unidades: Sequence[str]) -> tuple[VagaInss, ...]:
        parametros = {"tipo": tipo, "unidades": ",".join(unidades)}
        dados = self._json("GET", "/api/vagas", params=parametros, timeout=self._na_tela)
        return _lido(lambda d: tuple(_vaga(linha) for linha in d["vagas"]), dados)

    def marcar(self, chave_idempotencia: str, protocolo: str, tipo: str, vaga: str) -> Marcada:
        return self._marcar(chave_idempotencia, _endereco(protocolo, "agendamentos"), {"tipo": tipo, "vaga": vaga})

    def remarcar(self, chave_idempotencia: str, protocolo: str, numero: str, vaga: str) -> Marcada:
        caminho = _endereco(protocolo, "agendamentos", numero, "remarcacao")
        return self._marcar(chave_idempotencia, caminho, {"vaga": vaga})

    def desmarcar(self, chave_idempotencia: str, protocolo: str, numero: str, motivo: str = "") -> Marcada:
        caminho = _endereco(protocolo, "agendamentos", numero, "desmarcacao")
        return self._marcar(chave_idempotencia, caminho, {"motivo": motivo})

    def _marcar(self, chave: str, caminho: str, corpo: Json) -> Marcada:
        dados = self._json("POST", caminho, json=corpo, headers=_chave(chave))
        return _lido(lambda d: Marcada(_agendamento(d["agendamento"]), _tarefa(d["tarefa"])), dados)

    def carta(self, protocolo: str) -> bytes:
        resposta = self._chamar("GET", _endereco(protocolo, "carta"), headers={"Accept": "application/pdf"})
        if not resposta.content.startswith(b"%PDF-"):
            raise InssForaDoAr("O INSS não mandou a carta em PDF.")
        return resposta.content

    # --- The wire -----------------------------------------------------------------------------------------------
    def _json(self, metodo: str, caminho: str, **opcoes: Any) -> Json:
        return _objeto(self._chamar(metodo, caminho, **opcoes))

    def _chamar(self, metodo: str, caminho: str, **opcoes: Any) -> httpx.Response:
        """Sends, and returns only an answer of success."""
        try:
            resposta = self._http.request(metodo, caminho, **opcoes)
        except httpx.TimeoutException:
            raise InssForaDoAr("O INSS demorou demais para responder.") from None
        except httpx.ConnectError:
            raise InssForaDoAr("Não foi possível falar com o INSS.") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise InssForaDoAr("A conexão com o INSS caiu no meio.") from None
        if resposta.status_code in {200, 201}:
            return resposta
        raise _erro(resposta)


def _erro(resposta: httpx.Response) -> Exception:
    status = resposta.status_code
    if status == 409:
        return InssConflito()
    if status in RECUSAS and (motivos := _motivos(resposta)):
        return InssRecusou(motivos)
    if status in {401, 403}:
        return InssForaDoAr("O INSS não aceitou a credencial do portal. Avise o administrador.")
    if status == 429:
        return InssForaDoAr("O INSS pediu para esperar: recebeu chamadas demais.", _espera(resposta))
    if status == 503:
        return InssForaDoAr("O INSS está em manutenção.", _espera(resposta))
    if status >= 500:
        return InssForaDoAr("O INSS teve um erro interno.", _espera(resposta))
    return InssForaDoAr(ESTRANHA)


def _motivos(resposta: httpx.Response) -> list[MotivoInss]:
    """The reasons of a refusal; none when the answer did not come from INSS (a proxy's 404, for one)."""
    try:
        dados = _objeto(resposta)
    except InssForaDoAr:
        return []
    linhas = dados.get("motivos")
    frase = dados.get("erro")
    motivos = [
        MotivoInss(str(linha.get("codigo", "")), str(linha.get("mensagem", "")), str(linha.get("campo", "")))
        for linha in (linhas if isinstance(linhas, list) else [])
        if isinstance(linha, dict)
    ]
    if not motivos and isinstance(frase, str) and isinstance(linhas, list):
        motivos = [MotivoInss("recusado", frase)]
    return motivos


def _espera(resposta: httpx.Response) -> timedelta | None:
    """Retry-After in seconds or as a date, within reason."""
    bruto = resposta.headers.get("Retry-After", "").strip()
    try:
        if bruto.isdecimal():
            espera = timedelta(seconds=int(bruto[:9]))
        else:
            espera = parsedate_to_datetime(bruto) - timezone.now()
    except (ValueError, TypeError):
        return None
    return max(timedelta(), min(espera, MAXIMA_ESPERA))


def _objeto(resposta: httpx.Response) -> Json:
    try:
        dados = resposta.json()
    except (ValueError, RecursionError):
        raise InssForaDoAr(ESTRANHA) from None
    if not isinstance(dados, dict):
        raise InssForaDoAr(ESTRANHA)
    return dados


def _endereco(*partes: str) -> str:
    """A path below the requests; identifiers came from outside, so they are quoted."""
    return "/".join(["/api/requerimentos", *(quote(parte, safe="") for parte in partes)])


# --- Portal to wire -----------------------------------------------------------------------------------------------
def _chave(chave: str) -> dict[str, str]:
    return {"Idempotency-Key": chave}


def _anexo(anexo: AnexoInss) -> dict[str, Any]:
    return {
        "slot": anexo.slot,
        "nome": anexo.nome,
        "sha256": anexo.sha256,
        "bytes": anexo.bytes,
        "paginas": anexo.paginas,
        "natureza": anexo.natureza,
    }


def _pedido(pedido: PedidoInss) -> dict[str, Any]:
    representante = pedido.representante
    return {
        "codigoServico": pedido.servico,
        "codigoPat": pedido.servico_pat,
        "requerente": {
            "cpf": pedido.cpf,
            "nome": pedido.nome,
            "nomeSocial": pedido.nome_social,
            "nascimento": pedido.nascimento.isoformat(),
            "contatos": [{"tipo": contato.tipo, "valor": contato.valor} for contato in pedido.contatos],
        },
        "municipio": {"ibge": pedido.municipio_ibge, "nome": pedido.municipio_nome, "uf": pedido.uf},
        "entidade": {"cnpj": pedido.entidade_cnpj, "nome": pedido.entidade_nome},
        "representante": (
            {"tipo": representante.tipo, "cpf": representante.cpf, "nome": representante.nome}
            if representante
            else None
        ),
        "respostas": dict(pedido.respostas),
        "anexos": [_anexo(anexo) for anexo in pedido.anexos],
    }


# --- Wire to portal -----------------------------------------------------------------------------------------------
def _lido(leitor: Callable[[Json], T], dados: Json) -> T:
    """Reads an answer; one that lacks a field or has another shape is INSS out of order."""
    try:
        return leitor(dados)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise InssForaDoAr(ESTRANHA) from None


def _texto(dados: Json, campo: str) -> str:
    valor = dados[campo]
    if not isinstance(valor, str):
        raise TypeError(campo)
    return valor


def _protocolo(dados: Json) -> str:
    protocolo = _texto(dados, "protocolo")
    if not (8 <= len(protocolo) <= 11 and protocolo.isascii() and protocolo.isdigit()):
        raise ValueError("protocolo")
    return protocolo


def _momento(dados: Json, campo: str) -> datetime:
    momento = datetime.fromisoformat(_texto(dados, campo))
    if timezone.is_naive(momento):
        raise ValueError(campo)
    return momento


def _situacao(dados: Json) -> Situacao:
    situacao = dados["situacao"]
    if situacao not in get_args(Situacao):
        raise ValueError("situacao")
    valida: Situacao = situacao
    return valida


def _resultado(dados: Json) -> Resultado:
    resultado = dados["resultado"]
    if resultado not in get_args(Resultado):
        raise ValueError("resultado")
    valido: Resultado = resultado
    return valido


def _agendamentos(dados: Json) -> tuple[AgendamentoInss, ...]:
    return tuple(_agendamento(linha) for linha in dados["agendamentos"])


def _agendamento(linha: Json) -> AgendamentoInss:
    return AgendamentoInss(
        protocolo=_texto(linha, "protocolo"),
        tipo=_texto(linha, "tipo"),
        situacao=_texto(linha, "situacao"),
        quando=_momento(linha, "dataHora"),
        unidade=_texto(linha, "unidade"),
        endereco=_texto(linha, "endereco"),
        municipio=_texto(linha, "municipio"),
        remarcacao=linha["remarcacao"] is True,
    )


def _unidade_de_exame(linha: Json) -> UnidadeDeExame:
    return UnidadeDeExame(*(_texto(linha, campo) for campo in ("codigo", "nome", "endereco", "municipio")))


def _vaga(linha: Json) -> VagaInss:
    return VagaInss(id=_texto(linha, "id"), unidade=_texto(linha, "unidade"), quando=_momento(linha, "dataHora"))


def _exigencia(linha: Json) -> ExigenciaInss:
    return ExigenciaInss(
        id=_texto(linha, "id"),
        texto=_texto(linha, "texto"),
        situacao=_texto(linha, "situacao"),
        emitida_em=_momento(linha, "dataEmissao"),
        prazo=date.fromisoformat(_texto(linha, "prazo")),
        cumprida_em=_momento(linha, "dataCumprimento") if linha["dataCumprimento"] else None,
    )


def _decisao(linha: Json | None) -> DecisaoInss | None:
    if linha is None:
        return None
    motivos = linha["motivos"]
    if not isinstance(motivos, list) or not all(isinstance(motivo, str) for motivo in motivos):
        raise TypeError("motivos")
    return DecisaoInss(
        resultado=_resultado(linha),
        motivos=tuple(motivos),
        texto=_texto(linha, "texto"),
        nb=_texto(linha, "nb"),
        especie=_texto(linha, "especie"),
        data=date.fromisoformat(_texto(linha, "data")),
        prazo_recurso=date.fromisoformat(_texto(linha, "prazoRecurso")) if linha["prazoRecurso"] else None,
    )


def _recibo(dados: Json) -> Recibo:
    return Recibo(
        protocolo=_protocolo(dados),
        situacao=_situacao(dados),
        entrada_em=_momento(dados, "dataEntradaRequerimento"),
        unidade=_texto(dados["unidade"], "nome"),
        agendamentos=_agendamentos(dados),
    )


def _tarefa(dados: Json) -> Tarefa:
    return Tarefa(
        protocolo=_protocolo(dados),
        situacao=_situacao(dados),
        entrada_em=_momento(dados, "dataEntradaRequerimento"),
        atualizada_em=_momento(dados, "dataUltimaAtualizacao"),
        versao=int(dados["versao"]),
        unidade=_texto(dados["unidade"], "nome"),
        exigencias=tuple(_exigencia(linha) for linha in dados["exigencias"]),
        decisao=_decisao(dados["decisao"]),
        agendamentos=_agendamentos(dados),
    )


def _mudancas(dados: Json) -> Mudancas:
    return Mudancas(
        tarefas=tuple(_tarefa(linha) for linha in dados["itens"]),
        cursor=_texto(dados, "cursor"),
        ha_mais=dados["haMais"] is True,
    )
