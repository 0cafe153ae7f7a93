"""One address and one registration, one person: the INSS sends the password there, so nobody else may read it."""

from __future__ import annotations

import re
from functools import cache

from django.db.models import QuerySet

from act_portal.catalogos.folha import Folha
from act_portal.contas.models import Usuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.texto import normalizar
from adesao.checklist.catalogo import PASTA
from adesao.models import Formulario, Habilitacao, Processo, Representante
from adesao.situacoes import ABERTAS, Situacao

DE_OUTRA = "Este e-mail já é de outra pessoa. Cada uma precisa de um e-mail só dela."
MATRICULA_DE_OUTRA = "Esta matrícula já é de outra pessoa indicada. Confira no crachá ou no contracheque."
DA_PREFEITURA = "Este e-mail é o da prefeitura. Cada pessoa precisa de um e-mail só dela."


@cache
def setores() -> frozenset[str]:
    return frozenset(Folha(PASTA / "_emails.toml").dados["setores"])


def problema_do_setor(email: str) -> str:
    """Why an address is not of one person, by how it begins, or ""."""
    comeco = next(iter(re.split(r"[._\-\d@+]+", normalizar(email))), "")
    if comeco not in setores():
        return ""
    return f"Um e-mail que começa por “{comeco}” é de um setor, e mais gente lê. Use um e-mail só da pessoa."


def exigir_email_so_seu(email: str, processo: Processo, *, cpf: str, nome: str) -> None:
    """Nobody else, in any town, has this address: not the town hall, not who was indicated, not who has an account."""
    if problema := problema_do_setor(email):
        raise ErroDeDominio(problema)
    municipio = Formulario.objects.filter(processo=processo, tipo=Formulario.Tipo.MUNICIPIO).first()
    if municipio and str(municipio.dados.get("email") or "").strip().lower() == email.lower():
        raise ErroDeDominio(DA_PREFEITURA)
    indicados = Representante.objects.vivos().filter(email__iexact=email).exclude(cpf=cpf)
    em_curso = indicados.filter(processo__situacao__in=[*ABERTAS, Situacao.VIGENTE])
    # Whoever left keeps the row; the link to the agreement says that the person has gone.
    desligados = Habilitacao.objects.exclude(pk__in=Habilitacao.objects.vivas()).values("representante")
    if em_curso.exclude(pk__in=desligados).exists():
        raise ErroDeDominio(DE_OUTRA)
    conta = Usuario.objects.filter(email=email.lower()).first()
    # Some accounts have no CPF: then the name tells.
    if conta and (conta.cpf != cpf if conta.cpf else normalizar(conta.nome) != normalizar(nome)):
        raise ErroDeDominio(DE_OUTRA)


def exigir_matricula_so_sua(matricula: str, outros: QuerySet[Representante]) -> None:
    """`outros`: everybody else whom the town indicates."""
    if normalizar(matricula) in {normalizar(outra) for outra in outros.values_list("matricula", flat=True)}:
        raise ErroDeDominio(MATRICULA_DE_OUTRA)
