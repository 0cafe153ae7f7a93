"""Lets the log of accesses find the people of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from act_portal.auditoria.titulares import Cadastro, Titular
from act_portal.auditoria.titulares import registrar as registrar_cadastro
from requerimentos.models import Pessoa
from requerimentos.recepcao import consultas

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def procurar(usuario: Usuario, texto: str) -> list[Titular]:
    return [_titular(pessoa) for pessoa in consultas.procurar(usuario, texto)]


def achar(usuario: Usuario, pk: int) -> Titular | None:
    pessoa = Pessoa.objects.visiveis_para(usuario).filter(pk=pk).first()
    return _titular(pessoa) if pessoa else None


def _titular(pessoa: Pessoa) -> Titular:
    return Titular(pessoa, pessoa.nome, pessoa.cpf, pessoa.nascimento)


def registrar() -> None:
    registrar_cadastro(Cadastro(procurar, achar, consultas.MAXIMO_DE_ACHADOS))
