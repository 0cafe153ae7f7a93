"""One account an e-mail, in whatever letters; one open role of a kind in a place.

Sign-in always looked for small letters: an address kept in any other way belonged to an account that nobody could open.
"""

import datetime

import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models
from django.utils.timezone import now


def corrigir_emails(apps, schema_editor):
    """Small letters; where that address is taken, the account that nobody could open is closed, and nothing is deleted."""
    Usuario = apps.get_model("contas", "Usuario")
    Vinculo = apps.get_model("contas", "Vinculo")
    for usuario in Usuario.objects.exclude(email=django.db.models.functions.text.Lower("email")).order_by("pk"):
        email = usuario.email.lower()
        if Usuario.objects.filter(email=email).exists():
            email = f"repetida-{usuario.pk}@conta.invalid"
            usuario.is_active, usuario.so_administrador_reativa = False, True
            Vinculo.objects.filter(usuario=usuario, encerrado_em=None).update(encerrado_em=now())
        usuario.email = email
        usuario.save(update_fields=["email", "is_active", "so_administrador_reativa"])


def encerrar_papeis_repetidos(apps, schema_editor):
    """Of equal open roles the one already taken up stays, or the first one; the others end now."""
    Vinculo = apps.get_model("contas", "Vinculo")
    vistos, repetidos = set(), []
    for vinculo in Vinculo.objects.filter(encerrado_em=None).order_by("por_aceitar", "inicio", "pk"):
        papel = (vinculo.usuario_id, vinculo.papel, vinculo.municipio_id, vinculo.unidade_id, vinculo.fim)
        if papel in vistos:
            repetidos.append(vinculo.pk)
        vistos.add(papel)
    Vinculo.objects.filter(pk__in=repetidos).update(encerrado_em=now())


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contas", "0001_initial"),
        ("territorio", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(corrigir_emails, migrations.RunPython.noop),
        migrations.RunPython(encerrar_papeis_repetidos, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="usuario",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="usuario_email_em_minusculas",
            ),
        ),
        migrations.AddConstraint(
            model_name="vinculo",
            constraint=models.UniqueConstraint(
                models.F("usuario"),
                models.F("papel"),
                django.db.models.functions.comparison.Coalesce("municipio", models.Value("")),
                django.db.models.functions.comparison.Coalesce("unidade", models.Value(0)),
                django.db.models.functions.comparison.Coalesce("fim", models.Value(datetime.date(9999, 12, 31))),
                condition=models.Q(("encerrado_em__isnull", True)),
                name="vinculo_aberto_unico",
            ),
        ),
    ]
