from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("adesao", "0004_do_acordo_ao_balcao")]

    operations = [
        migrations.AddConstraint(
            model_name="acordo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "situacao__in",
                        ["a_publicar", "cancelado", "preparacao", "operacao", "suspenso", "denunciado", "encerrado"],
                    )
                ),
                name="acordo_situacao_conhecida",
            ),
        ),
        migrations.AddConstraint(
            model_name="acordo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("encerrado_em__isnull", False),
                        ("situacao", "encerrado"),
                        models.Q(("causa_do_fim", ""), _negated=True),
                    ),
                    models.Q(("causa_do_fim", ""), ("encerrado_em__isnull", False), ("situacao", "cancelado")),
                    models.Q(
                        models.Q(("situacao__in", ["encerrado", "cancelado"]), _negated=True),
                        ("causa_do_fim", ""),
                        ("encerrado_em__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="acordo_encerrado_tem_data_e_causa",
            ),
        ),
        migrations.AddConstraint(
            model_name="acordo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("situacao__in", ["a_publicar", "cancelado", "encerrado"]),
                    ("inicio__isnull", False),
                    _connector="OR",
                ),
                name="acordo_vivo_foi_publicado",
            ),
        ),
    ]
