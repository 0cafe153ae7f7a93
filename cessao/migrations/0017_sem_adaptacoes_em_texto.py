from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cessao", "0016_adaptacoes_em_linhas")]

    operations = [migrations.RemoveField(model_name="pedido", name="obras_em_texto")]
