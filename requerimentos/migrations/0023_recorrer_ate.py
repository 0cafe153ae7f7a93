"""The day to keep to for an appeal, once worked out at each look; local holidays could only make it later."""

from django.db import migrations, models

from act_portal.territorio.regras import Calendario, prazo_recurso


def contar(apps, schema_editor):
    Resultado = apps.get_model("requerimentos", "Resultado")
    for resultado in Resultado.objects.filter(prazo_recurso__isnull=False).iterator():
        prazo = prazo_recurso(resultado.decidido_em, calendario=Calendario(), conhecida_em=resultado.ciencia_em)
        resultado.recorrer_ate = min(prazo.alerta, resultado.prazo_recurso)
        resultado.save(update_fields=["recorrer_ate"])


class Migration(migrations.Migration):
    dependencies = [("requerimentos", "0022_retorno_da_exigencia")]

    operations = [
        migrations.AddField(
            model_name="resultado",
            name="recorrer_ate",
            field=models.DateField(blank=True, null=True, verbose_name="dia que se diz para o recurso"),
        ),
        migrations.RunPython(contar, migrations.RunPython.noop),
    ]
