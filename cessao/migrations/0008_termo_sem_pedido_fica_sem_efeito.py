"""Terms left "in signature" by a request that was withdrawn, put aside or sent back to the analysis."""

from django.db import migrations


def desfazer(apps, schema_editor):
    em_assinatura = ["assinatura", "conferencia", "assinado"]
    orfaos = apps.get_model("cessao", "Termo").objects.filter(situacao="preparo")
    orfaos.exclude(pedido__situacao__in=em_assinatura).update(
        situacao="cancelado", motivo="O pedido saiu da assinatura antes da publicação."
    )


class Migration(migrations.Migration):
    dependencies = [("cessao", "0007_vencimento_e_aviso_de_retomada")]

    operations = [migrations.RunPython(desfazer, migrations.RunPython.noop)]
