"""What was text becomes rows. Apart from the tables: PostgreSQL alters none whose rows were just written."""

from django.db import migrations

# A term that was made authorised what the request asked for.
JA_NO_TERMO = "Autorizada no termo, de quando as adaptações não tinham decisão uma a uma."
ACABARAM = ("indeferido", "negado", "desistido", "arquivado")


def em_linhas(apps, schema_editor):
    Obra, Pedido, Termo = (apps.get_model("cessao", nome) for nome in ("Obra", "Pedido", "Termo"))
    com_termo = set(Termo.objects.exclude(situacao="cancelado").values_list("pedido_id", flat=True))
    Obra.objects.bulk_create(
        [
            Obra(
                pedido_id=pk, descricao=" ".join(texto.split())[:1000],
                **({"situacao": "aceita", "motivo": JA_NO_TERMO} if pk in com_termo else {}),
            )
            for pk, texto in Pedido.objects.exclude(obras_em_texto="").values_list("pk", "obras_em_texto").iterator()
            if texto.strip()
        ],
        batch_size=500,
    )  # fmt: skip


def de_volta(apps, schema_editor):
    Obra, Pedido = apps.get_model("cessao", "Obra"), apps.get_model("cessao", "Pedido")
    for pedido in Pedido.objects.filter(obras__isnull=False).distinct():
        vivas = Obra.objects.filter(pedido=pedido, tirada_em=None).order_by("pk")
        pedido.obras_em_texto = "; ".join(vivas.values_list("descricao", flat=True))[:1000]
        pedido.save(update_fields=["obras_em_texto"])


def quem_ficou(apps, schema_editor):
    """Who asked to regularise an occupation and got no term is still inside, as far as anybody knows."""
    Desocupacao, Pedido = apps.get_model("cessao", "Desocupacao"), apps.get_model("cessao", "Pedido")
    pedidos = Pedido.objects.filter(tipo="regularizacao", situacao__in=ACABARAM, enviado_em__isnull=False)
    Desocupacao.objects.bulk_create([Desocupacao(pedido_id=pk) for pk in pedidos.values_list("pk", flat=True)])


class Migration(migrations.Migration):
    dependencies = [("cessao", "0015_adaptacoes_plano_e_saida")]

    operations = [
        migrations.RunPython(em_linhas, de_volta),
        migrations.RunPython(quem_ficou, migrations.RunPython.noop),
    ]
