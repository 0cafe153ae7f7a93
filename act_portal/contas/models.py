"""People who log in and the time-bounded links that say for whom they act."""

from __future__ import annotations

from datetime import date
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.utils.timezone import localdate, now

from act_portal.territorio.models import Municipio, UnidadeInss


class UsuarioQuerySet(models.QuerySet["Usuario"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """Whose access `usuario` may look at: a manager, everybody who has or had a role in the town and took it up."""
        return self.filter(pk__in=Vinculo.objects.visiveis_para(usuario).filter(por_aceitar=False).values("usuario"))


class UsuarioManager(BaseUserManager["Usuario"].from_queryset(UsuarioQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **campos) -> Usuario:
        usuario = self.model(email=self.normalize_email(email).lower(), **campos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario

    def get_by_natural_key(self, username: str | None) -> Usuario:
        return self.get(email=(username or "").lower())


class Usuario(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in by e-mail. What they may see comes from the active `Vinculo`, never from this row."""

    email = models.EmailField("e-mail", unique=True)
    nome = models.CharField("nome", max_length=120)
    cpf = models.CharField("CPF", max_length=11, blank=True)
    matricula = models.CharField("matrícula", max_length=30, blank=True)
    cargo = models.CharField("cargo", max_length=80, blank=True)
    tcms_em = models.DateField("TCMS assinado em", null=True, blank=True)
    is_active = models.BooleanField("ativo", default=True)
    # An account that an administrator closed: a manager cannot open it again.
    so_administrador_reativa = models.BooleanField("só o administrador reativa", default=False)
    is_staff = models.BooleanField("usa o painel técnico", default=False)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    objects = UsuarioManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["nome"]

    class Meta:
        verbose_name = "usuário"
        verbose_name_plural = "usuários"
        ordering = ["nome"]
        constraints = [
            # With the unique column: one account an address, however it was typed.
            models.CheckConstraint(name="usuario_email_em_minusculas", condition=Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return self.nome or self.email

    @property
    def vinculo(self) -> Vinculo | None:
        """The role in use now: the one picked in the session (set by the middleware), else the only current one."""
        if not self.is_active:
            return None
        if "_vinculo" not in self.__dict__:
            vigentes = list(self.vinculos.vigentes(localdate()).select_related("municipio", "unidade")[:2])
            self._vinculo = vigentes[0] if len(vigentes) == 1 else None
        return self._vinculo

    @vinculo.setter
    def vinculo(self, vinculo: Vinculo | None) -> None:
        self._vinculo = vinculo


class VinculoQuerySet(models.QuerySet["Vinculo"]):
    def vigentes(self, hoje: date) -> Self:
        """In force now, held by somebody whose account is open."""
        return self.abertos(hoje).filter(inicio__lte=hoje, usuario__is_active=True)

    def abertos(self, hoje: date) -> Self:
        """Not ended: in force or still to begin."""
        return self.filter(Q(fim__isnull=True) | Q(fim__gte=hoje), encerrado_em__isnull=True)

    def visiveis_para(self, usuario: Usuario) -> Self:
        """A manager reaches clerks and managers of the own town; an administrator, everybody; others, nobody."""
        vinculo = usuario.vinculo
        if vinculo is None:
            return self.none()
        if vinculo.papel == Vinculo.Papel.ADMINISTRADOR:
            return self
        if vinculo.papel == Vinculo.Papel.GESTOR:
            return self.filter(municipio=vinculo.municipio_id)
        return self.none()


class Vinculo(models.Model):
    """user × role × municipality or INSS unit, from a day to a day."""

    class Papel(models.TextChoices):
        ATENDENTE = "atendente", "Atendente"
        GESTOR = "gestor", "Gestor municipal"
        ANALISTA = "analista_inss", "Analista INSS"
        # Decides on agreements for the unit and all below; never on what the same person instructed.
        AUTORIDADE = "autoridade_inss", "Autoridade INSS"
        LOGISTICA = "logistica_inss", "Logística INSS"
        ADMINISTRADOR = "administrador", "Administrador"

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="vinculos", verbose_name="usuário"
    )
    papel = models.CharField("papel", max_length=15, choices=Papel)
    municipio = models.ForeignKey(
        Municipio, models.PROTECT, null=True, blank=True, related_name="vinculos", verbose_name="município"
    )
    unidade = models.ForeignKey(
        UnidadeInss, models.PROTECT, null=True, blank=True, related_name="vinculos", verbose_name="unidade do INSS"
    )
    inicio = models.DateField("início", default=localdate)
    fim = models.DateField("fim", null=True, blank=True)
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)
    # Given to somebody who already had an account and has not used it yet: until then the e-mail typed by who invited
    # must not tell whose it is.
    por_aceitar = models.BooleanField("por aceitar", default=False)

    objects = VinculoQuerySet.as_manager()

    class Meta:
        verbose_name = "vínculo"
        verbose_name_plural = "vínculos"
        ordering = ["usuario", "papel"]
        constraints = [
            models.CheckConstraint(
                name="vinculo_lugar_conforme_o_papel",
                condition=Q(papel__in=["atendente", "gestor"], municipio__isnull=False, unidade__isnull=True)
                | Q(
                    papel__in=["analista_inss", "autoridade_inss", "logistica_inss"],
                    municipio__isnull=True,
                    unidade__isnull=False,
                )
                | Q(papel="administrador", municipio__isnull=True, unidade__isnull=True),
            ),
            models.CheckConstraint(
                name="vinculo_fim_depois_do_inicio", condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio"))
            ),
            # A role that a later one follows has another last day.
            models.UniqueConstraint(
                "usuario",
                "papel",
                Coalesce("municipio", Value("")),
                Coalesce("unidade", Value(0)),
                Coalesce("fim", Value(date.max)),
                name="vinculo_aberto_unico",
                condition=Q(encerrado_em__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_papel_display()} · {self.municipio or self.unidade or 'Portal'}"

    def aberto(self, hoje: date) -> bool:
        return self.encerrado_em is None and (self.fim is None or self.fim >= hoje)

    @property
    def fuso(self) -> ZoneInfo | None:
        """The clock of the place; None, the portal's own, for who works for all of it."""
        lugar = self.municipio or (self.unidade.municipio if self.unidade else None)
        return lugar.fuso if lugar else None

    def alcance(self, campo: str = "municipio") -> Q:
        """The filter "rows of citizens' cases whose `campo` (a path to a Municipio) this link reaches".

        Clerk and manager: their município. INSS analyst: every município that the unit answers for. All others: none,
        because deciding on agreements, looking after property or running the portal needs nobody's case.
        """
        if self.papel in {self.Papel.ATENDENTE, self.Papel.GESTOR}:
            return Q(**{campo: self.municipio_id})
        if self.papel == self.Papel.ANALISTA:
            return self.alcance_da_unidade("unidade" if campo == "pk" else f"{campo}__unidade")
        return Q(pk__in=[])

    def alcance_da_unidade(self, campo: str = "unidade") -> Q:
        """The filter "rows whose `campo` (a path to a UnidadeInss) is the link's unit or stands below it".

        A unit of the Direção Central answers for the whole country, towns that stand under no unit included.
        """
        if self.unidade is None:
            return Q(pk__in=[])
        if self.unidade.nacional:
            return Q()
        # A unit without its path would be the beginning of every path.
        if not self.unidade.caminho:
            return Q(pk__in=[])
        return Q(**{f"{campo}__caminho__startswith": self.unidade.caminho})

    def alcanca_unidade(self, unidade: UnidadeInss) -> bool:
        """`alcance_da_unidade` for one unit at hand."""
        minha = self.unidade
        if minha is None:
            return False
        return minha.nacional or bool(minha.caminho and unidade.caminho.startswith(minha.caminho))
