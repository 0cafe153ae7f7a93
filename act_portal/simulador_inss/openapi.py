"""OpenAPI description of the pretend INSS. The contract tests hold the server to it."""

from __future__ import annotations

from typing import Any

from act_portal.simulador_inss.regras import MAXIMO_ANEXOS, NATUREZAS, REPRESENTANTES
from act_portal.simulador_inss.situacoes import (
    EstadoAgendamento,
    EstadoExigencia,
    Resultado,
    Situacao,
    TipoAgendamento,
)

Esquema = dict[str, Any]


def texto(maximo: int | None = None, **outros: Any) -> Esquema:
    return {"type": "string", **({"maxLength": maximo} if maximo else {}), **outros}


def objeto(campos: dict[str, Esquema], opcionais: tuple[str, ...] = ()) -> Esquema:
    return {
        "type": "object",
        "properties": campos,
        "required": [campo for campo in campos if campo not in opcionais],
    }


def lista(itens: Esquema, **outros: Any) -> Esquema:
    return {"type": "array", "items": itens, **outros}


def ou_nulo(esquema: Esquema) -> Esquema:
    return {"anyOf": [esquema, {"type": "null"}]}


def ref(nome: str) -> Esquema:
    return {"$ref": f"#/components/schemas/{nome}"}


MOMENTO = texto(format="date-time")
DIA = texto(format="date")
PROTOCOLO = texto(pattern="^[0-9]{8,11}$")
CPF = texto(pattern="^[0-9]{11}$")
VAGA = texto(40, minLength=1)
PREENCHIDO: Esquema = {"type": "string", "minLength": 1, "maxLength": 200}

ESQUEMAS: dict[str, Esquema] = {
    "Erro": objeto({"erro": texto(), "motivos": lista(ref("Motivo"))}),
    "Motivo": objeto({"codigo": texto(), "mensagem": texto(), "campo": texto()}),
    "Anexo": objeto({"sha256": texto(), "bytes": {"type": "integer"}, "tipo": texto()}),
    "AnexoDoPedido": objeto(
        {
            "slot": texto(60, minLength=1),
            "nome": PREENCHIDO,
            "sha256": texto(pattern="^[0-9a-f]{64}$"),
            "bytes": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
            "paginas": {"type": "integer", "minimum": 1, "maximum": 10_000},
            "natureza": {"enum": list(NATUREZAS)},
        }
    ),
    "Pedido": objeto(
        {
            "codigoServico": texto(60, minLength=1, description="Código de /api/servicos."),
            "codigoPat": texto(20, description="Código numérico do PAT, quando conhecido."),
            "requerente": objeto(
                {
                    "cpf": CPF,
                    "nome": PREENCHIDO,
                    "nomeSocial": texto(200),
                    "nascimento": DIA,
                    "contatos": lista(objeto({"tipo": texto(30, minLength=1), "valor": texto(254, minLength=1)})),
                },
                ("nomeSocial", "contatos"),
            ),
            "municipio": objeto({"ibge": texto(pattern="^[0-9]{7}$"), "nome": PREENCHIDO, "uf": texto(2, minLength=2)}),
            "entidade": objeto({"cnpj": texto(14), "nome": PREENCHIDO}, ("cnpj",)),
            "representante": ou_nulo(objeto({"tipo": {"enum": list(REPRESENTANTES)}, "cpf": CPF, "nome": PREENCHIDO})),
            "respostas": {"type": "object"},
            "anexos": lista(ref("AnexoDoPedido"), maxItems=MAXIMO_ANEXOS),
        },
        ("codigoPat", "representante", "respostas", "anexos"),
    ),
    "Unidade": objeto({"codigo": texto(), "nome": texto(), "endereco": texto()}),
    "Agendamento": objeto(
        {
            "protocolo": PROTOCOLO,
            "tipo": {"enum": TipoAgendamento.values},
            "situacao": {"enum": EstadoAgendamento.values},
            "dataHora": MOMENTO,
            "unidade": texto(),
            "endereco": texto(),
            "municipio": texto(description="Código do IBGE da cidade da unidade."),
            "remarcacao": {"type": "boolean", "description": "Veio de remarcação pedida pela pessoa."},
        }
    ),
    "Unidades": objeto(
        {
            "unidades": lista(
                objeto(
                    {"codigo": texto(), "nome": texto(), "endereco": texto(), "municipio": texto(pattern="^[0-9]{7}$")}
                )
            )
        }
    ),
    "Vagas": objeto(
        {
            "vagas": lista(
                objeto({"id": VAGA, "unidade": texto(), "tipo": {"enum": TipoAgendamento.values}, "dataHora": MOMENTO})
            )
        }
    ),
    "Marcacao": objeto({"tipo": {"enum": TipoAgendamento.values}, "vaga": VAGA}),
    "Remarcacao": objeto({"vaga": VAGA}),
    "Desmarcacao": objeto({"motivo": texto(2000)}, ("motivo",)),
    "Marcada": objeto({"agendamento": ref("Agendamento"), "tarefa": ref("Tarefa")}),
    "Exigencia": objeto(
        {
            "id": texto(),
            "texto": texto(),
            "situacao": {"enum": EstadoExigencia.values},
            "dataEmissao": MOMENTO,
            "prazo": DIA,
            "dataCumprimento": ou_nulo(MOMENTO),
        }
    ),
    "Decisao": objeto(
        {
            "resultado": {"enum": Resultado.values},
            "motivos": lista(texto()),
            "texto": texto(),
            "nb": texto(),
            "especie": texto(),
            "data": DIA,
            "prazoRecurso": ou_nulo(DIA),
            "carta": texto(),
        }
    ),
    "Recibo": objeto(
        {
            "protocolo": PROTOCOLO,
            "situacao": {"enum": Situacao.values},
            "dataEntradaRequerimento": MOMENTO,
            "unidade": ref("Unidade"),
            "agendamentos": lista(ref("Agendamento")),
        }
    ),
    "Tarefa": objeto(
        {
            "protocolo": PROTOCOLO,
            "servico": objeto({"codigo": texto(), "nome": texto()}),
            "situacao": {"enum": Situacao.values},
            "dataEntradaRequerimento": MOMENTO,
            "dataUltimaAtualizacao": MOMENTO,
            "versao": {"type": "integer"},
            "unidade": ref("Unidade"),
            "exigencias": lista(ref("Exigencia")),
            "decisao": ou_nulo(ref("Decisao")),
            "agendamentos": lista(ref("Agendamento")),
        }
    ),
    "Mudancas": objeto({"itens": lista(ref("Tarefa")), "cursor": texto(), "haMais": {"type": "boolean"}}),
    "Cumprimento": objeto(
        {"texto": texto(10_000), "anexos": lista(ref("AnexoDoPedido"), maxItems=MAXIMO_ANEXOS)}, ("texto", "anexos")
    ),
    "ExigenciaCumprida": objeto(
        {"protocolo": PROTOCOLO, "situacao": {"enum": Situacao.values}, "exigencia": ref("Exigencia")}
    ),
    "Cancelamento": objeto({"motivo": texto(2000)}, ("motivo",)),
    "Cancelada": objeto({"protocolo": PROTOCOLO, "situacao": {"enum": Situacao.values}}),
    "Servicos": objeto(
        {
            "servicos": lista(
                objeto(
                    {
                        "codigo": texto(),
                        "nome": texto(),
                        "pat": texto(),
                        "sigla": texto(),
                        "habilitado": {"type": "boolean"},
                        "obrigatorios": lista(texto()),
                        "agendamentos": lista({"enum": TipoAgendamento.values}),
                    }
                )
            ),
            "caixas": {"type": "object", "additionalProperties": texto()},
        }
    ),
    "Sistema": objeto({"situacao": texto(), "tarefas": {"type": "integer"}, "ultimaAtualizacao": ou_nulo(MOMENTO)}),
}

RECUSAS = {
    "400": "O pedido não está na forma certa.",
    "401": "Falta a credencial.",
    "404": "O INSS não conhece este protocolo ou item.",
    "409": "Chave de idempotência já usada com outro conteúdo.",
    "413": "O envio é grande demais.",
    "422": "O INSS não aceitou; os motivos dizem por quê.",
}
TEMPORARIAS = {
    "429": "Chamadas demais; tente depois do tempo de Retry-After.",
    "503": "Sistema em manutenção; tente depois do tempo de Retry-After.",
}


def json_de(nome: str) -> dict[str, Any]:
    return {"application/json": {"schema": ref(nome)}}


def operacao(resumo: str, texto_longo: str, sucesso: dict[str, str], recusas: str = "", **outros: Any) -> Esquema:
    respostas: dict[str, Any] = {
        status: {"description": "Feito." if status == "201" else "Pronto.", "content": json_de(nome)}
        for status, nome in sucesso.items()
    }
    for status in ["401", *recusas.split()]:
        respostas[status] = {"description": RECUSAS[status], "content": json_de("Erro")}
    for status, frase in TEMPORARIAS.items():
        respostas[status] = {"description": frase}
    return {"summary": resumo, "description": texto_longo, "responses": respostas, **outros}


def no_caminho(nome: str, padrao: str) -> Esquema:
    return {"name": nome, "in": "path", "required": True, "schema": texto(pattern=padrao)}


def na_busca(nome: str, frase: str, maximo: int, minimo: int = 0) -> Esquema:
    esquema = {"type": "integer", "minimum": minimo, "maximum": maximo}
    return {"name": nome, "in": "query", "description": frase, "schema": esquema}


CHAVE: Esquema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Uma chave por ato. A mesma chave com o mesmo conteúdo recebe a mesma resposta, sem repetir o ato.",
    "schema": texto(pattern="^[A-Za-z0-9._:-]{8,100}$"),
}
NO_PROTOCOLO = no_caminho("protocolo", "^[0-9]{8,11}$")
NO_AGENDAMENTO = no_caminho("numero", "^[0-9]{8,11}$")


def corpo(nome: str) -> Esquema:
    return {"required": True, "content": json_de(nome)}


CAMINHOS: dict[str, dict[str, Any]] = {
    "/api/anexos/{sha256}": {
        "parameters": [no_caminho("sha256", "^[0-9a-f]{64}$")],
        "get": operacao(
            "Perguntar se um arquivo já chegou", "Evita mandar duas vezes em linha fraca.", {"200": "Anexo"}, "404"
        ),
        "put": operacao(
            "Mandar um arquivo",
            "O endereço leva o SHA-256 do conteúdo. PDF, PNG, JPEG ou BMP de até 5 MB. Repetir não muda nada.",
            {"200": "Anexo", "201": "Anexo"},
            "413 422",
            requestBody={
                "required": True,
                "content": {"application/octet-stream": {"schema": texto(format="binary")}},
            },
        ),
    },
    "/api/requerimentos": {
        "get": operacao(
            "Listar o que mudou",
            "Tarefas que mudaram depois do cursor, da mais antiga à mais nova. Guarde o cursor para a próxima vez.",
            {"200": "Mudancas"},
            "400",
            parameters=[
                na_busca("desde", "Cursor da resposta anterior; 0 para o começo.", 2**62),
                na_busca("limite", "Quantas tarefas por vez.", 100, 1),
            ],
        ),
        "post": operacao(
            "Requerer",
            "Os arquivos vão antes, por /api/anexos. A resposta traz o protocolo e a data de entrada.",
            {"200": "Recibo", "201": "Recibo"},
            "400 409 413 422",
            parameters=[CHAVE],
            requestBody=corpo("Pedido"),
        ),
    },
    "/api/requerimentos/{protocolo}": {
        "parameters": [NO_PROTOCOLO],
        "get": operacao("Consultar", "Situação, exigências, decisão e agendamentos.", {"200": "Tarefa"}, "404"),
    },
    "/api/requerimentos/{protocolo}/exigencias/{id}/cumprimento": {
        "parameters": [NO_PROTOCOLO, no_caminho("id", "^E[0-9]{1,4}$")],
        "post": operacao(
            "Cumprir uma exigência",
            "Uma resposta escrita, documentos, ou os dois.",
            {"200": "ExigenciaCumprida", "201": "ExigenciaCumprida"},
            "400 404 409 413 422",
            parameters=[CHAVE],
            requestBody=corpo("Cumprimento"),
        ),
    },
    "/api/requerimentos/{protocolo}/cancelamento": {
        "parameters": [NO_PROTOCOLO],
        "post": operacao(
            "Cancelar",
            "Só antes da decisão.",
            {"200": "Cancelada", "201": "Cancelada"},
            "400 404 409 413 422",
            parameters=[CHAVE],
            requestBody=corpo("Cancelamento"),
        ),
    },
    "/api/unidades": {
        "get": operacao("Listar as unidades", "As que fazem perícia e avaliação social.", {"200": "Unidades"})
    },
    "/api/vagas": {
        "get": operacao(
            "Listar horários livres",
            "Os próximos de cada unidade pedida. Um horário só é da pessoa depois de marcado.",
            {"200": "Vagas"},
            "400",
            parameters=[
                {"name": "tipo", "in": "query", "required": True, "schema": {"enum": TipoAgendamento.values}},
                {
                    "name": "unidades",
                    "in": "query",
                    "required": True,
                    "description": "De 1 a 20 códigos, com vírgula entre eles.",
                    "schema": texto(pattern="^T[0-9]{7}(,T[0-9]{7}){0,19}$"),
                },
            ],
        ),
    },
    "/api/requerimentos/{protocolo}/agendamentos": {
        "parameters": [NO_PROTOCOLO],
        "post": operacao(
            "Marcar perícia ou avaliação social",
            "Um horário de /api/vagas. Se outra pessoa chegou antes, a recusa é vaga_tomada.",
            {"200": "Marcada", "201": "Marcada"},
            "400 404 409 413 422",
            parameters=[CHAVE],
            requestBody=corpo("Marcacao"),
        ),
    },
    "/api/requerimentos/{protocolo}/agendamentos/{numero}/remarcacao": {
        "parameters": [NO_PROTOCOLO, NO_AGENDAMENTO],
        "post": operacao(
            "Remarcar",
            "Uma vez, até sete dias depois da data. O antigo fica REMARCADO e não vale mais.",
            {"200": "Marcada", "201": "Marcada"},
            "400 404 409 413 422",
            parameters=[CHAVE],
            requestBody=corpo("Remarcacao"),
        ),
    },
    "/api/requerimentos/{protocolo}/agendamentos/{numero}/desmarcacao": {
        "parameters": [NO_PROTOCOLO, NO_AGENDAMENTO],
        "post": operacao(
            "Desmarcar",
            "O horário volta a ficar livre.",
            {"200": "Marcada", "201": "Marcada"},
            "400 404 409 413 422",
            parameters=[CHAVE],
            requestBody=corpo("Desmarcacao"),
        ),
    },
    "/api/requerimentos/{protocolo}/carta": {
        "parameters": [NO_PROTOCOLO],
        "get": operacao("Baixar a carta da decisão", "Um PDF, depois da decisão.", {}, "404"),
    },
    "/api/servicos": {
        "get": operacao("Listar os serviços", "Códigos, caixas e documentos obrigatórios.", {"200": "Servicos"})
    },
    "/api/situacao": {"get": operacao("Saber se o sistema está no ar", "", {"200": "Sistema"})},
}
CAMINHOS["/api/requerimentos/{protocolo}/carta"]["get"]["responses"]["200"] = {
    "description": "A carta.",
    "content": {"application/pdf": {"schema": texto(format="binary")}},
}

DESCRICAO: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Simulador do INSS",
        "version": "1.0.0",
        "description": "Um INSS de mentira para treinar e testar. Nada do que entra aqui chega ao INSS.",
    },
    "servers": [{"url": "/"}],
    "security": [{"token": []}],
    "paths": CAMINHOS,
    "components": {"schemas": ESQUEMAS, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
}
