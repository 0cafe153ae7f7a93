"""Pages that a repair, or an older version, left in a slot although they are of another request: to the tray."""

from django.db import migrations, models
from django.db.models import Q

AINDA_MUDAM = ("preparo", "devolvido", "exigencia")


def prometer_de_novo(apps, schema_editor):
    Pagina = apps.get_model("requerimentos", "Pagina")
    Saida = apps.get_model("saidas", "Saida")
    do_original = Q(folha__origem__isnull=False) & ~Q(folha__origem__codigos=[])
    com_codigo = Pagina.objects.filter(peca__requerimento__etapa__in=AINDA_MUDAM).filter(
        ~Q(folha__codigos=[]) | do_original
    )
    for arquivo in com_codigo.order_by().values_list("folha__arquivo", flat=True).distinct().iterator():
        tipo = "requerimentos.paginar"
        Saida.objects.get_or_create(
            chave=f"{tipo}:recolher:{arquivo}", defaults={"tipo": tipo, "carga": {"arquivo": arquivo}}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("requerimentos", "0020_ler_o_que_ja_estava"),
        ("saidas", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="pagina",
            name="recolhida_em",
            field=models.DateTimeField(blank=True, null=True, verbose_name="recolhida à bandeja em"),
        ),
        migrations.AddConstraint(
            model_name="pagina",
            constraint=models.CheckConstraint(
                condition=models.Q(("recolhida_em__isnull", True), ("removida_em__isnull", False), _connector="OR"),
                name="pagina_recolhida_saiu",
            ),
        ),
        migrations.RunPython(prometer_de_novo, migrations.RunPython.noop, elidable=True),
    ]
