"""The HTTP border that the portal talks to: JSON in, JSON out, nobody without the token."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from act_portal.simulador_inss import agenda, agendamentos, anexos, carta, catalogo, servicos
from act_portal.simulador_inss.apresentacao import momento, tarefa_json, unidade_json, vaga_json
from act_portal.simulador_inss.models import Anexo, Tarefa
from act_portal.simulador_inss.nucleo import Conflito, Recusa
from act_portal.simulador_inss.regras import Motivo
from act_portal.simulador_inss.situacoes import TipoAgendamento

MAXIMO_CURSOR = 2**62
LIMITE = 100
MAXIMO_UNIDADES = 20
View = Callable[..., HttpResponse]


class PedidoRuim(Exception):
    """The request is not even in the right form; the text says what is wrong."""


def erro(status: int, frase: str, motivos: list[Motivo] | None = None) -> JsonResponse:
    return JsonResponse({"erro": frase, "motivos": [motivo.json() for motivo in motivos or []]}, status=status)


def autorizado(request: HttpRequest) -> bool:
    esquema, _, token = request.headers.get("Authorization", "").partition(" ")
    return esquema.lower() == "bearer" and constant_time_compare(token.strip(), settings.INSS_TOKEN)


def api(*metodos: str) -> Callable[[View], View]:
    """Border of a JSON view: token, method, and every domain error turned into its status."""

    def decorar(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def borda(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not autorizado(request):
                resposta = erro(401, "Falta a credencial, ou ela não vale.")
                resposta["WWW-Authenticate"] = "Bearer"
                return resposta
            if request.method not in metodos:
                resposta = erro(405, "Este endereço não aceita este método.")
                resposta["Allow"] = ", ".join(metodos)
                return resposta
            return _traduzir(lambda: view(request, *args, **kwargs))

        return borda

    return decorar


def _traduzir(responder: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return responder()
    except PedidoRuim as falha:
        return erro(400, str(falha))
    except ObjectDoesNotExist:
        return erro(404, "Não existe.", [Motivo("nao_encontrado", "O INSS não conhece este protocolo ou item.")])
    except Conflito:
        return erro(409, "Esta chave de idempotência já foi usada com outro conteúdo.")
    except Recusa as recusa:
        return erro(422, "O INSS não aceitou.", recusa.motivos)
    except RequestDataTooBig:
        return erro(413, "O envio é grande demais.", [Motivo("arquivo_grande", "O arquivo passa de 5 MB.")])


# --- Reading a request --------------------------------------------------------------------------------------------
def corpo_json(request: HttpRequest) -> dict[str, Any]:
    def recusar_constante(nome: str) -> None:
        raise ValueError(nome)

    try:
        corpo = json.loads(request.body, parse_constant=recusar_constante)
        texto = json.dumps(corpo, ensure_ascii=False)
        # Half surrogates and NUL are legal JSON that no database keeps.
        texto.encode()
    except (ValueError, RecursionError):
        raise PedidoRuim("O corpo não é um JSON válido.") from None
    if not isinstance(corpo, dict) or "\\u0000" in texto:
        raise PedidoRuim("O corpo é um objeto JSON sem o caractere nulo.")
    return corpo


def chave_de(request: HttpRequest) -> str:
    chave = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(r"[A-Za-z0-9._:-]{8,100}", chave, re.ASCII):
        raise PedidoRuim("Falta o cabeçalho Idempotency-Key, com 8 a 100 letras, números ou . _ : -")
    return chave


def inteiro_de(parametros: Mapping[str, str], nome: str, padrao: int, minimo: int, maximo: int) -> int:
    bruto = parametros.get(nome, str(padrao))
    if not re.fullmatch(r"\d{1,19}", bruto, re.ASCII) or not minimo <= int(bruto) <= maximo:
        raise PedidoRuim(f"O parâmetro {nome} é um número inteiro de {minimo} a {maximo}.")
    return int(bruto)


def recusar_estranhos(request: HttpRequest, conhecidos: set[str]) -> None:
    if estranhos := request.GET.keys() - conhecidos:
        raise PedidoRuim(f"Parâmetros que não existem aqui: {', '.join(sorted(estranhos)) or '(sem nome)'}.")


# --- Views --------------------------------------------------------------------------------------------------------
@api("GET", "PUT")
def anexo(request: HttpRequest, sha256: str) -> HttpResponse:
    """GET asks if a part is already there, PUT stores it: after a dropped line only what is missing goes again."""
    if request.method == "GET":
        guardado, novo = Anexo.objects.get(sha256=sha256), False
    else:
        guardado, novo = anexos.guardar(sha256, request.body)
    dados = {"sha256": guardado.sha256, "bytes": guardado.bytes, "tipo": guardado.tipo}
    return JsonResponse(dados, status=201 if novo else 200)


@api("GET", "POST")
def requerimentos(request: HttpRequest) -> HttpResponse:
    """POST files a request once for its key; GET lists what changed after a cursor."""
    if request.method == "GET":
        return _mudancas(request)
    recibo, novo = servicos.requerer(chave_de(request), corpo_json(request))
    return JsonResponse(recibo, status=201 if novo else 200)


def _mudancas(request: HttpRequest) -> HttpResponse:
    recusar_estranhos(request, {"desde", "limite"})
    desde = inteiro_de(request.GET, "desde", 0, 0, MAXIMO_CURSOR)
    limite = inteiro_de(request.GET, "limite", LIMITE, 1, LIMITE)
    servicos.andar()
    linhas = list(Tarefa.objects.filter(versao__gt=desde).order_by("versao").para_mostrar()[: limite + 1])
    mostradas = linhas[:limite]
    return JsonResponse(
        {
            "itens": [tarefa_json(tarefa) for tarefa in mostradas],
            "cursor": str(mostradas[-1].versao if mostradas else desde),
            "haMais": len(linhas) > limite,
        }
    )


@api("GET")
def requerimento(request: HttpRequest, protocolo: str) -> HttpResponse:
    servicos.andar()
    return JsonResponse(tarefa_json(Tarefa.objects.para_mostrar().get(protocolo=protocolo)))


@api("POST")
def cumprimento(request: HttpRequest, protocolo: str, codigo: str) -> HttpResponse:
    resposta, novo = servicos.cumprir_exigencia(chave_de(request), protocolo, codigo, corpo_json(request))
    return JsonResponse(resposta, status=201 if novo else 200)


@api("POST")
def cancelamento(request: HttpRequest, protocolo: str) -> HttpResponse:
    resposta, novo = servicos.cancelar(chave_de(request), protocolo, corpo_json(request))
    return JsonResponse(resposta, status=201 if novo else 200)


@api("GET")
def unidades(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"unidades": [unidade_json(unidade) for unidade in agenda.unidades().values()]})


@api("GET")
def vagas(request: HttpRequest) -> HttpResponse:
    """The next free hours for `tipo` in each of `unidades` (codes, with commas between)."""
    recusar_estranhos(request, {"tipo", "unidades"})
    tipo, codigos = request.GET.get("tipo", ""), request.GET.get("unidades", "").split(",")
    if tipo not in TipoAgendamento.values:
        raise PedidoRuim(f"O parâmetro tipo é um destes: {', '.join(TipoAgendamento.values)}.")
    if not 1 <= len(codigos) <= MAXIMO_UNIDADES or not all(re.fullmatch(r"T\d{7}", c, re.ASCII) for c in codigos):
        raise PedidoRuim(f"O parâmetro unidades leva de 1 a {MAXIMO_UNIDADES} códigos, com vírgula entre eles.")
    hoje = timezone.localdate()
    pedidas = [unidade for codigo in dict.fromkeys(codigos) if (unidade := agenda.unidades().get(codigo))]
    livres = [vaga for unidade in pedidas for vaga in agendamentos.vagas_livres(unidade, tipo, hoje)]
    return JsonResponse({"vagas": [vaga_json(vaga) for vaga in livres]})


@api("POST")
def marcacao(request: HttpRequest, protocolo: str) -> HttpResponse:
    resposta, novo = agendamentos.marcar(chave_de(request), protocolo, corpo_json(request))
    return JsonResponse(resposta, status=201 if novo else 200)


@api("POST")
def remarcacao(request: HttpRequest, protocolo: str, numero: str) -> HttpResponse:
    resposta, novo = agendamentos.remarcar(chave_de(request), protocolo, numero, corpo_json(request))
    return JsonResponse(resposta, status=201 if novo else 200)


@api("POST")
def desmarcacao(request: HttpRequest, protocolo: str, numero: str) -> HttpResponse:
    resposta, novo = agendamentos.desmarcar(chave_de(request), protocolo, numero, corpo_json(request))
    return JsonResponse(resposta, status=201 if novo else 200)


@api("GET")
def carta_da_decisao(request: HttpRequest, protocolo: str) -> HttpResponse:
    """The letter in PDF. Before the decision it does not exist."""
    tarefa = Tarefa.objects.get(protocolo=protocolo, decidida_em__isnull=False)
    resposta = HttpResponse(carta.carta(tarefa), content_type="application/pdf")
    resposta["Content-Disposition"] = f'attachment; filename="carta-{tarefa.protocolo}.pdf"'
    resposta["Cache-Control"] = "private, no-store"
    return resposta


@api("GET")
def lista_de_servicos(request: HttpRequest) -> HttpResponse:
    itens = [
        {
            "codigo": servico.codigo,
            "nome": servico.nome,
            "pat": servico.pat,
            "sigla": servico.sigla,
            "habilitado": servico.habilitado,
            "obrigatorios": list(servico.obrigatorios),
            "agendamentos": [tipo.upper() for tipo in servico.agendamentos],
        }
        for servico in catalogo.servicos().values()
    ]
    return JsonResponse({"servicos": itens, "caixas": catalogo.caixas()})


@api("GET")
def situacao_do_sistema(request: HttpRequest) -> HttpResponse:
    ultima = Tarefa.objects.order_by("-versao").first()
    return JsonResponse(
        {
            "situacao": "no_ar",
            "tarefas": Tarefa.objects.count(),
            "ultimaAtualizacao": momento(ultima.atualizada_em) if ultima else None,
        }
    )


def nao_achado(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith(("/api/", "/_")):
        return erro(404, "Este endereço não existe.")
    return render(request, "simulador_inss/nao_achado.html", status=404)
