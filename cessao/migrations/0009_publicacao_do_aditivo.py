"""Extensions are published as terms are: those in force are still to be."""

from django.conf import settings
from django.db import migrations, models


def por_publicar(apps, schema_editor):
    apps.get_model("cessao", "Aditivo").objects.filter(situacao="vigente").update(situacao="assinado")


class Migration(migrations.Migration):
    dependencies = [
        ("cessao", "0008_termo_sem_pedido_fica_sem_efeito"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="aditivo",
            name="dou_data",
            field=models.DateField(blank=True, null=True, verbose_name="publicado em"),
        ),
        migrations.AddField(
            model_name="aditivo",
            name="dou_pagina",
            field=models.CharField(blank=True, max_length=10, verbose_name="página"),
        ),
        migrations.AddField(
            model_name="aditivo",
            name="dou_secao",
            field=models.CharField(blank=True, max_length=3, verbose_name="seção"),
        ),
        migrations.AlterField(
            model_name="aditivo",
            name="situacao",
            field=models.CharField(
                choices=[
                    ("pedido", "Pedida"),
                    ("instruido", "Para decisão"),
                    ("assinatura", "Para assinar"),
                    ("conferencia", "Para o INSS assinar"),
                    ("assinado", "Assinada, para publicar"),
                    ("vigente", "Em vigor"),
                    ("negado", "Não aprovada"),
                    ("caduco", "Sem efeito: não foi assinada a tempo"),
                ],
                default="pedido",
                max_length=11,
                verbose_name="situação",
            ),
        ),
        migrations.RunPython(por_publicar, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="aditivo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("situacao", "vigente"), _negated=True), ("dou_data__isnull", False), _connector="OR"
                ),
                name="aditivo_vigente_foi_publicado",
            ),
        ),
    ]
