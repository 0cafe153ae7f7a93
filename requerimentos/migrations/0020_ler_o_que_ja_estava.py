"""Pages that were in a slot before codes were read everywhere: those that may still leave are read by the worker."""

from django.db import migrations

AINDA_SAEM = ("preparo", "devolvido", "na_fila", "exigencia")


def prometer_leitura(apps, schema_editor):
    Folha = apps.get_model("arquivos", "Folha")
    Pagina = apps.get_model("requerimentos", "Pagina")
    Saida = apps.get_model("saidas", "Saida")
    abertas = Pagina.objects.filter(peca__requerimento__etapa__in=AINDA_SAEM)
    Folha.objects.exclude(arquivo__in=abertas.values("folha__arquivo")).update(codigos=[])
    for arquivo in abertas.order_by().values_list("folha__arquivo", flat=True).distinct().iterator():
        tipo = "requerimentos.paginar"
        Saida.objects.get_or_create(
            chave=f"{tipo}:migracao:{arquivo}", defaults={"tipo": tipo, "carga": {"arquivo": arquivo}}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("requerimentos", "0019_codigos_lidos"),
        ("saidas", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(prometer_leitura, migrations.RunPython.noop, elidable=True),
    ]
