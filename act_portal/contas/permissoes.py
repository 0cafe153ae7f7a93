"""Who may do what with whose access."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from act_portal.erros import ErroDeDominio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario, Vinculo
    from act_portal.territorio.models import UnidadeInss

View = Callable[..., HttpResponseBase]
# Roles that a municipal manager gives and takes.
DO_MUNICIPIO = frozenset({"atendente", "gestor"})
# Roles bound to a unit of INSS.
DO_INSS = frozenset({"analista_inss", "autoridade_inss", "logistica_inss"})


def exige_papel(*papeis: str) -> Callable[[View], View]:
    """Under `@login_required`: 403 for those whose active role is none of `papeis`."""

    def decorar(view: View) -> View:
        @wraps(view)
        def conferida(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            vinculo = getattr(request.user, "vinculo", None)
            if vinculo is None or vinculo.papel not in papeis:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return conferida

    return decorar


def sem_papel(view: View) -> View:
    """Mark a page that a signed-in person reaches before picking a role or setting up the second factor."""
    view.sem_papel = True  # type: ignore[attr-defined]
    return view


def falta_segundo_fator(usuario: Any) -> bool:
    """The active role demands a second factor and this session was not opened with one."""
    vinculo = usuario.vinculo
    return (
        vinculo is not None
        and vinculo.papel in settings.SEGUNDO_FATOR_OBRIGATORIO
        and not getattr(usuario, "otp_device", None)
    )


def pode_usar_painel_tecnico(usuario: Any) -> bool:
    """Django admin: administrators only, with the second factor when it is required."""
    vinculo = getattr(usuario, "vinculo", None)
    return bool(
        usuario.is_active
        and usuario.is_staff
        and vinculo
        and vinculo.papel == "administrador"
        and not falta_segundo_fator(usuario)
    )


def papeis_que_concede(autor: Usuario) -> frozenset[str]:
    vinculo = autor.vinculo
    if vinculo is None:
        return frozenset()
    if vinculo.papel == "administrador":
        return DO_MUNICIPIO | DO_INSS | {"administrador"}
    return DO_MUNICIPIO if vinculo.papel == "gestor" else frozenset()


def pode_gerir_vinculo(autor: Usuario, vinculo: Vinculo) -> bool:
    """A manager touches only links of clerks and managers of the own town."""
    ativo = autor.vinculo
    if ativo is None or vinculo.papel not in papeis_que_concede(autor):
        return False
    return ativo.papel == "administrador" or vinculo.municipio_id == ativo.municipio_id


def pode_abrir_gestor(autor: Usuario, unidade: UnidadeInss | None) -> bool:
    """The analyst or the authority whose unit answers for the town gives it its manager; `unidade`: the town's."""
    ativo = autor.vinculo
    if ativo is None or unidade is None or ativo.papel not in {"analista_inss", "autoridade_inss"}:
        return False
    return ativo.alcanca_unidade(unidade)


def pode_gerir_conta(autor: Usuario, alvo: Usuario, hoje: date) -> bool:
    """The whole account: a manager only when no link of it reaches beyond the own town."""
    ativo = autor.vinculo
    if ativo is None or autor.pk == alvo.pk:
        return False
    if ativo.papel == "administrador":
        return True
    if ativo.papel != "gestor" or alvo.is_staff:
        return False
    return all(pode_gerir_vinculo(autor, vinculo) for vinculo in alvo.vinculos.abertos(hoje))


def pode_reativar(autor: Usuario, alvo: Usuario, hoje: date) -> bool:
    """What an administrator closed, only an administrator opens."""
    administra = autor.vinculo is not None and autor.vinculo.papel == "administrador"
    return pode_gerir_conta(autor, alvo, hoje) and (administra or not alvo.so_administrador_reativa)


def exigir_isento(usuario: Usuario, municipio_id: str) -> None:
    """Nobody of INSS reviews the town for which they act, or once acted."""
    # An invitation that was not taken up proves nothing: a town could send one to keep somebody away.
    do_municipio = usuario.vinculos.filter(municipio=municipio_id, papel__in=DO_MUNICIPIO, por_aceitar=False)
    if do_municipio.exists():
        raise ErroDeDominio("Você já atuou por este município no portal. Outra pessoa do INSS precisa fazer isto.")
