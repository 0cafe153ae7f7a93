from django.db import migrations

from cessao.migrations._reserva_nunca_duas_vezes import criar, desfazer


class Migration(migrations.Migration):
    dependencies = [("cessao", "0002_pedido_termo_e_vistoria")]

    operations = [migrations.RunPython(criar, desfazer)]
