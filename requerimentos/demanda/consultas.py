"""Gather from the database the facts that `regras` reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils.timezone import localdate

from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Municipio
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.perguntas import abertas, decidem_papel
from requerimentos.demanda.regras import MAIORIDADE, Fatos, PedidoAnterior, VagaExigida, idade, vagas_exigidas
from requerimentos.demanda.servico import Servico
from requerimentos.demanda.tempo import ler
from requerimentos.models import Atendimento, Pessoa, Representante, Requerimento, RevogacaoParcial
from requerimentos.situacoes import Etapa


def fatos_da_pessoa(pessoa: Pessoa, hoje: date, *, exceto: int | None = None, fora: Atendimento | None = None) -> Fatos:
    """What the record and the person's requests tell before any question. `exceto`: the request being looked at;
    `fora`: the visit whose requests do not count.

    Requests come only from the person's own row, so only from their own município.
    """
    outros = Requerimento.objects.filter(pessoa=pessoa).exclude(etapa=Etapa.CANCELADO)
    if exceto is not None:
        outros = outros.exclude(pk=exceto)
    if fora is not None:
        outros = outros.exclude(atendimento=fora)
    sem_recurso = RevogacaoParcial.objects.filter(requerimento=OuterRef("pk"), ato=RevogacaoParcial.Ato.RECURSO)
    pedidos = outros.annotate(sem_recurso_em=Subquery(sem_recurso.values("em")[:1])).values_list(
        "servico_codigo", "protocolo", "resultado__decidido_em", "resultado__ciencia_em", "servico__dados__especies",
        "servico__dados__espera_novo_pedido", "servico__nome", "codigo",
        "sem_recurso_em", "resultado__recorrer_ate", "resultado__prazo_recurso",
    )  # fmt: skip
    return Fatos(
        nascimento=pessoa.nascimento,
        sexo=pessoa.sexo,
        marcas={"menor": idade(pessoa.nascimento, hoje) < MAIORIDADE},
        pedidos=tuple(
            PedidoAnterior(
                servico_codigo=servico,
                protocolo=protocolo,
                decidido_em=decisao,
                ciencia_em=ciencia,
                recorrer_ate=curto,
                recurso_ate=ate,
                recurso_revogado_em=localdate(sem_recurso, pessoa.municipio.fuso) if sem_recurso else None,
                especies=tuple(especies or ()) if espera else (),
                nome=nome,
                codigo=str(codigo),
            )
            for servico, protocolo, decisao, ciencia, especies, espera, nome, codigo, sem_recurso, curto, ate in pedidos
        ),
    )


def fatos_do_requerimento(requerimento: Requerimento, hoje: date) -> Fatos:
    """The person's facts, who signs, and the answers given: in `respostas`, keys of the catalogue's vocabulary of facts
    (true or false), `cadunico_em` (ISO date), `renda_por_pessoa` (text with a decimal point), `tempo_contribuicao`,
    `tempo_somado` and `tempo_na_reforma` (years, months and days in words).
    """
    fatos = fatos_da_pessoa(requerimento.pessoa, hoje, exceto=requerimento.pk)
    respostas = requerimento.respostas
    conhecidos = carregar().vocabulario.fatos
    ditos = {k: v for k, v in respostas.items() if k in conhecidos and isinstance(v, bool)}
    return replace(
        fatos,
        marcas={**ditos, **fatos.marcas, **_quem_assina(requerimento)},
        cadunico_em=_data(respostas.get("cadunico_em")),
        renda_por_pessoa=_decimal(respostas.get("renda_por_pessoa")),
        contribuicao=_tempo(respostas.get("tempo_contribuicao")),
        tempo_somado=_tempo(respostas.get("tempo_somado")),
        contribuicao_na_reforma=_tempo(respostas.get("tempo_na_reforma")),
    )


def _quem_assina(requerimento: Requerimento) -> dict[str, bool]:
    if not requerimento.quem_assina:
        return {}
    representante = requerimento.representante
    procurador = representante is not None and representante.tipo == Representante.Tipo.PROCURADOR
    return {
        "rogo": requerimento.quem_assina == Requerimento.QuemAssina.ROGO,
        "procurador": procurador,
        "representante_legal": representante is not None and not procurador,
    }


def _data(valor: Any) -> date | None:
    try:
        return date.fromisoformat(valor)
    except (TypeError, ValueError):
        return None


def _tempo(valor: Any) -> int | None:
    try:
        return ler(valor)
    except (AttributeError, ValueError):
        return None


def _decimal(valor: Any) -> Decimal | None:
    try:
        numero = Decimal(str(valor))
    except InvalidOperation:
        return None
    return numero if numero.is_finite() and numero >= 0 else None


def servico_do(requerimento: Requerimento) -> Servico:
    """The service as it stood when the request began."""
    return Servico.de_dados(requerimento.servico.dados)


def vagas_do(requerimento: Requerimento) -> list[VagaExigida]:
    """The slots that were in force when the request began, with what this case makes of each."""
    fatos = fatos_do_requerimento(requerimento, hoje_em(requerimento.municipio))
    aberto_em = localdate(requerimento.criado_em, requerimento.municipio.fuso)
    return vagas_exigidas(servico_do(requerimento).em(aberto_em), fatos)


def perguntas_abertas(requerimento: Requerimento) -> int:
    return len(abertas(servico_do(requerimento), requerimento.respostas))


def por_decidir(requerimento: Requerimento) -> int:
    """Short questions still blank on which a mandatory document depends."""
    return len(decidem_papel(servico_do(requerimento), requerimento.respostas))


def mais_pedidos(municipio: Municipio, quantos: int = 6) -> list[str]:
    """Codes of the services that this município asked for most, for the top of the list."""
    contados = Requerimento.objects.filter(municipio=municipio).values("servico_codigo").annotate(n=Count("pk"))
    return [linha["servico_codigo"] for linha in contados.order_by("-n", "servico_codigo")[:quantos]]
