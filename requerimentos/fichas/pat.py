"""The packs as INSS is told of them: questions and options in the words of its own desk system (PAT)."""

from __future__ import annotations

from typing import Any

from requerimentos.fichas.consultas import fichas_do
from requerimentos.fichas.resumo import Dita, resumo
from requerimentos.models import Requerimento


def respostas_no_pat(requerimento: Requerimento) -> list[dict[str, Any]]:
    """[{codigo, nome, versao, paginas: [{titulo, respostas: [{pergunta, resposta}], listas: [{titulo, itens}]}]}].

    Only what somebody answered goes: nothing is said for the person.
    """
    return [
        {
            "codigo": ficha.pacote.codigo,
            "nome": ficha.pacote.nome,
            "versao": ficha.pacote.versao,
            "paginas": [
                {
                    "titulo": parte.titulo,
                    "respostas": _respostas(parte.ditas),
                    "listas": [
                        {"titulo": lista.titulo, "itens": [_respostas(item) for item in lista.itens]}
                        for lista in parte.listas
                    ],
                }
                for parte in resumo(ficha.lida)
            ],
        }
        for ficha in fichas_do(requerimento)
        if ficha.paginas
    ]


def _respostas(ditas: tuple[Dita, ...]) -> list[dict[str, str]]:
    return [{"pergunta": d.pergunta.texto, "resposta": d.resposta} for d in ditas if d.resposta]
