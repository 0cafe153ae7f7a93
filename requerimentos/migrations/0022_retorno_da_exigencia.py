"""Of which exigência's answer a file was, whose pages went to the tray."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def dizer_de_qual(apps, schema_editor):
    Retorno = apps.get_model("requerimentos", "Retorno")
    Peca = apps.get_model("requerimentos", "Peca")
    da_resposta = Peca.objects.filter(
        arquivo=OuterRef("arquivo"), requerimento=OuterRef("requerimento"), exigencia__isnull=False
    ).order_by("pk")
    Retorno.objects.filter(vaga="resposta-exigencia").update(exigencia=Subquery(da_resposta.values("exigencia")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("requerimentos", "0021_recolhidas"),
    ]

    operations = [
        migrations.AddField(
            model_name="retorno",
            name="exigencia",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="requerimentos.exigencia",
                verbose_name="exigência",
            ),
        ),
        migrations.RunPython(dizer_de_qual, migrations.RunPython.noop, elidable=True),
    ]
