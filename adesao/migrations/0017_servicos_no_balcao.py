from django.db import migrations

VIVOS = ["preparacao", "operacao", "suspenso", "denunciado"]


def levar(apps, schema_editor):
    """What each agreement in force authorises, so that its desk knows it too."""
    Entidade = apps.get_model("territorio", "Entidade")
    for acordo in apps.get_model("adesao", "Acordo").objects.filter(situacao__in=VIVOS):
        codigos = sorted(acordo.servicos.filter(ate__isnull=True).values_list("codigo", flat=True))
        if codigos:
            Entidade.objects.filter(municipio=acordo.municipio_id).update(servicos=codigos)


class Migration(migrations.Migration):
    dependencies = [
        ("adesao", "0016_denuncias_em_curso"),
        ("territorio", "0006_servicos_autorizados"),
    ]

    operations = [migrations.RunPython(levar, migrations.RunPython.noop)]
