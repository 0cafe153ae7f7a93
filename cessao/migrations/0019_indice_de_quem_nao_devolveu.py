from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cessao", "0018_encerramento_retomada_e_vistoria_do_parecer")]

    operations = [
        migrations.RemoveIndex(model_name="termo", name="termo_por_fim"),
        migrations.AddIndex(
            model_name="termo",
            index=models.Index(fields=["situacao", "fim", "devolver_ate"], name="termo_por_fim"),
        ),
    ]
