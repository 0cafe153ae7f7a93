from datetime import timedelta

from django.db import migrations

# Clause 12 as every agreement was signed so far.
DIAS_SEM_NOVOS = 15


def marcar(apps, schema_editor):
    """Agreements that were already under notice: their last days without new requests."""
    Entidade = apps.get_model("territorio", "Entidade")
    denunciados = apps.get_model("adesao", "Acordo").objects.filter(situacao="denunciado", termina_em__isnull=False)
    for municipio, termina_em in denunciados.values_list("municipio", "termina_em"):
        desde = termina_em - timedelta(days=DIAS_SEM_NOVOS - 1)
        Entidade.objects.filter(municipio=municipio).update(sem_novos_desde=desde)


class Migration(migrations.Migration):
    dependencies = [
        ("adesao", "0015_nacionalidade"),
        ("territorio", "0005_sem_pedidos_novos"),
    ]

    operations = [migrations.RunPython(marcar, migrations.RunPython.noop)]
