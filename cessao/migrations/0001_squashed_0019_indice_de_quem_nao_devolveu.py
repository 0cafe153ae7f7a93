import uuid

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from cessao.migrations._reserva_nunca_duas_vezes import criar, desfazer


class Migration(migrations.Migration):
    replaces = [
        ("cessao", "0001_catalogo_de_imoveis"),
        ("cessao", "0002_pedido_termo_e_vistoria"),
        ("cessao", "0003_reserva_nunca_duas_vezes"),
        ("cessao", "0004_calendario_de_todos_os_termos"),
        ("cessao", "0005_reservas_por_dia_e_pedidos_por_etapa"),
        ("cessao", "0006_assinado_reconhecido"),
        ("cessao", "0007_vencimento_e_aviso_de_retomada"),
        ("cessao", "0008_termo_sem_pedido_fica_sem_efeito"),
        ("cessao", "0009_publicacao_do_aditivo"),
        ("cessao", "0010_cnpj_de_entidade_privada"),
        ("cessao", "0011_numero_do_aditivo"),
        ("cessao", "0012_rateio_e_fiscal"),
        ("cessao", "0013_danos_em_linhas"),
        ("cessao", "0014_entrega_que_nao_se_recebe"),
        ("cessao", "0015_adaptacoes_plano_e_saida"),
        ("cessao", "0016_adaptacoes_em_linhas"),
        ("cessao", "0017_sem_adaptacoes_em_texto"),
        ("cessao", "0018_encerramento_retomada_e_vistoria_do_parecer"),
        ("cessao", "0019_indice_de_quem_nao_devolveu"),
    ]

    initial = True

    dependencies = [
        ("arquivos", "0009_imagem_digitalizada"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("emissao", "0002_impressao_de_papeis_juntos"),
        ("territorio", "0004_nomes_antigos"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sequencia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome", models.CharField(max_length=40, unique=True, verbose_name="nome")),
                ("valor", models.PositiveIntegerField(default=0, verbose_name="último número")),
            ],
            options={
                "verbose_name": "sequência da cessão",
                "verbose_name_plural": "sequências da cessão",
                "ordering": ["nome"],
            },
        ),
        migrations.CreateModel(
            name="Imovel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=30, unique=True, verbose_name="código")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                (
                    "natureza",
                    models.CharField(
                        choices=[
                            ("reserva", "Reserva técnica"),
                            ("em_uso", "Em uso pelo INSS"),
                            ("terreno", "Terreno sem construção"),
                        ],
                        max_length=8,
                        verbose_name="como está",
                    ),
                ),
                ("operacional", models.BooleanField(default=True, verbose_name="operacional")),
                ("matricula", models.CharField(blank=True, max_length=40, verbose_name="matrícula no cartório")),
                ("cartorio", models.CharField(blank=True, max_length=120, verbose_name="cartório")),
                ("endereco", models.CharField(max_length=200, verbose_name="endereço")),
                ("cep", models.CharField(blank=True, max_length=8, verbose_name="CEP")),
                ("area_m2", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="área em m²")),
                ("descricao", models.TextField(blank=True, max_length=2000, verbose_name="descrição")),
                ("acessibilidade", models.CharField(blank=True, max_length=300, verbose_name="acessibilidade")),
                (
                    "custo_mensal",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="custo mensal em reais"
                    ),
                ),
                ("custos", models.CharField(blank=True, max_length=300, verbose_name="o que entra no custo")),
                ("seguranca", models.TextField(blank=True, max_length=2000, verbose_name="segurança e acesso")),
                ("retirado_em", models.DateTimeField(blank=True, null=True, verbose_name="retirado do catálogo em")),
                (
                    "retirado_motivo",
                    models.CharField(blank=True, max_length=300, verbose_name="por que saiu do catálogo"),
                ),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                (
                    "editado_por",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="editado por",
                    ),
                ),
                (
                    "municipio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.municipio",
                        verbose_name="município",
                    ),
                ),
                (
                    "unidade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.unidadeinss",
                        verbose_name="unidade responsável",
                    ),
                ),
            ],
            options={
                "verbose_name": "imóvel",
                "verbose_name_plural": "imóveis",
                "ordering": ["municipio__nome_busca", "nome", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("operacional", True), ("retirado_em", None)),
                        fields=["municipio", "nome"],
                        name="imovel_publico",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("natureza__in", ["reserva", "em_uso", "terreno"])),
                        name="imovel_natureza_conhecida",
                    ),
                    models.CheckConstraint(condition=models.Q(("area_m2__gt", 0)), name="imovel_tem_area"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retirado_em__isnull", True),
                            models.Q(("retirado_motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="imovel_retirado_diz_por_que",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Importacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("nome_original", models.CharField(max_length=160, verbose_name="nome do arquivo")),
                ("texto", models.TextField(verbose_name="o arquivo")),
                ("linhas", models.JSONField(default=list, verbose_name="relatório")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem trouxe",
                    ),
                ),
            ],
            options={
                "verbose_name": "importação de imóveis",
                "verbose_name_plural": "importações de imóveis",
                "ordering": ["-em", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Espaco",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("area_m2", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="área em m²")),
                ("descricao", models.CharField(blank=True, max_length=600, verbose_name="descrição")),
                ("disponivel_de", models.DateField(blank=True, null=True, verbose_name="disponível a partir de")),
                ("disponivel_ate", models.DateField(blank=True, null=True, verbose_name="disponível até")),
                ("retirado_em", models.DateTimeField(blank=True, null=True, verbose_name="retirado em")),
                ("retirado_motivo", models.CharField(blank=True, max_length=300, verbose_name="por que saiu")),
                (
                    "dentro_de",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partes",
                        to="cessao.espaco",
                        verbose_name="faz parte de",
                    ),
                ),
                (
                    "imovel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="espacos",
                        to="cessao.imovel",
                        verbose_name="imóvel",
                    ),
                ),
            ],
            options={
                "verbose_name": "espaço",
                "verbose_name_plural": "espaços",
                "ordering": ["imovel", "nome", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retirado_em__isnull", True)),
                        fields=("imovel", "nome"),
                        name="espaco_nome_unico_no_imovel",
                    ),
                    models.CheckConstraint(condition=models.Q(("area_m2__gt", 0)), name="espaco_tem_area"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disponivel_de", None),
                            ("disponivel_ate", None),
                            ("disponivel_ate__gte", models.F("disponivel_de")),
                            _connector="OR",
                        ),
                        name="espaco_disponivel_em_ordem",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dentro_de", models.F("pk")), _negated=True), name="espaco_nao_contem_a_si"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Imagem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "tipo",
                    models.CharField(
                        choices=[("foto", "Foto"), ("planta", "Planta baixa")], max_length=6, verbose_name="tipo"
                    ),
                ),
                ("legenda", models.CharField(max_length=160, verbose_name="legenda")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("removida_em", models.DateTimeField(blank=True, null=True, verbose_name="removida em")),
                (
                    "arquivo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="arquivo",
                    ),
                ),
                (
                    "criado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pôs",
                    ),
                ),
                (
                    "espaco",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imagens",
                        to="cessao.espaco",
                        verbose_name="espaço",
                    ),
                ),
                (
                    "imovel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imagens",
                        to="cessao.imovel",
                        verbose_name="imóvel",
                    ),
                ),
            ],
            options={
                "verbose_name": "imagem do imóvel",
                "verbose_name_plural": "imagens do imóvel",
                "ordering": ["imovel", "tipo", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Pedido",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "tipo",
                    models.CharField(
                        choices=[("nova", "Cessão nova"), ("regularizacao", "Regularização de ocupação que já existe")],
                        default="nova",
                        max_length=13,
                        verbose_name="tipo",
                    ),
                ),
                ("pelo_inss", models.BooleanField(default=False, verbose_name="registrado pelo INSS")),
                ("orgao", models.CharField(max_length=160, verbose_name="órgão ou entidade")),
                ("cnpj", models.CharField(max_length=14, verbose_name="CNPJ")),
                ("cnpj_privado", models.CharField(blank=True, max_length=14, verbose_name="CNPJ de entidade privada")),
                (
                    "esfera",
                    models.CharField(
                        choices=[
                            ("federal_uniao", "Federal, custeado pelo orçamento da União"),
                            ("federal_outro", "Federal, com outra fonte de recursos"),
                            ("estadual", "Estadual ou distrital"),
                            ("municipal", "Municipal"),
                            ("privada", "Empresa, associação ou outra entidade privada"),
                        ],
                        max_length=13,
                        verbose_name="esfera",
                    ),
                ),
                ("rl_nome", models.CharField(blank=True, max_length=120, verbose_name="quem assina pelo órgão")),
                ("rl_cpf", models.CharField(blank=True, max_length=11, verbose_name="CPF de quem assina")),
                ("rl_cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo de quem assina")),
                ("rl_ato", models.CharField(blank=True, max_length=160, verbose_name="ato que dá poderes")),
                ("fiscal_nome", models.CharField(blank=True, max_length=120, verbose_name="fiscal do órgão")),
                ("fiscal_cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo do fiscal")),
                ("contato", models.CharField(blank=True, max_length=160, verbose_name="responsável e contato")),
                (
                    "finalidade",
                    models.CharField(
                        choices=[
                            ("previdenciaria", "Ligada ou auxiliar à previdência e aos segurados"),
                            ("outra", "Outro interesse público"),
                        ],
                        max_length=14,
                        verbose_name="finalidade",
                    ),
                ),
                ("dificulta_devolucao", models.BooleanField(default=False, verbose_name="o uso dificulta a devolução")),
                ("uso", models.CharField(max_length=200, verbose_name="o que vai funcionar")),
                ("plano", models.TextField(blank=True, max_length=4000, verbose_name="plano de uso")),
                (
                    "publico_mes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="atendimentos por mês"),
                ),
                ("horario", models.CharField(blank=True, max_length=120, verbose_name="dias e horário")),
                ("equipe", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pessoas na equipe")),
                ("area_m2", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="área pedida em m²")),
                ("inicio", models.DateField(verbose_name="início")),
                ("meses", models.PositiveSmallIntegerField(verbose_name="prazo em meses")),
                ("despesas", models.TextField(blank=True, max_length=1000, verbose_name="despesas: quem paga o quê")),
                (
                    "rateio_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="parte das despesas comuns, em %",
                    ),
                ),
                (
                    "rateio_motivo",
                    models.CharField(blank=True, max_length=300, verbose_name="por que a parte não é a da área"),
                ),
                ("oficio_numero", models.CharField(blank=True, max_length=30, verbose_name="número do ofício")),
                ("cronograma", models.TextField(blank=True, max_length=2000, verbose_name="cronograma")),
                ("bens", models.TextField(blank=True, max_length=2000, verbose_name="bens que o órgão leva")),
                ("riscos", models.TextField(blank=True, max_length=2000, verbose_name="riscos e seguro")),
                ("devolucao", models.CharField(blank=True, max_length=500, verbose_name="como o espaço volta")),
                ("ocupado_desde", models.DateField(blank=True, null=True, verbose_name="ocupado desde")),
                ("enquadramento", models.JSONField(blank=True, default=dict, verbose_name="enquadramento")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("rascunho", "Em preenchimento"),
                            ("enviado", "Recebido pelo INSS"),
                            ("em_analise", "Em análise da logística"),
                            ("devolvido", "Devolvido para corrigir"),
                            ("superintendencia", "Com a Superintendência"),
                            ("diretoria", "Com a DIROFL para decisão"),
                            ("indeferido", "Não aprovado"),
                            ("recurso", "Recurso em análise"),
                            ("assinatura", "Para o órgão assinar"),
                            ("conferencia", "Para o INSS assinar"),
                            ("assinado", "Para publicar"),
                            ("cedido", "Cessão publicada"),
                            ("negado", "Não aprovado, com recurso julgado"),
                            ("desistido", "Encerrado por quem pediu"),
                            ("arquivado", "Arquivado"),
                        ],
                        default="rascunho",
                        max_length=16,
                        verbose_name="situação",
                    ),
                ),
                (
                    "situacao_desde",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nesta situação desde"),
                ),
                ("motivo", models.CharField(blank=True, max_length=1000, verbose_name="motivo da situação")),
                ("rodada", models.PositiveSmallIntegerField(default=0, verbose_name="rodada")),
                ("prazo", models.DateField(blank=True, null=True, verbose_name="prazo para responder")),
                ("processo_sei", models.CharField(blank=True, max_length=30, verbose_name="processo SEI")),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                ("enviado_em", models.DateTimeField(blank=True, null=True, verbose_name="enviado em")),
                ("encerrado_em", models.DateTimeField(blank=True, null=True, verbose_name="encerrado em")),
                (
                    "balcao",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.balcao",
                        verbose_name="ponto de atendimento do acordo",
                    ),
                ),
                (
                    "criado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem começou",
                    ),
                ),
                (
                    "editado_por",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="editado por",
                    ),
                ),
                (
                    "espaco",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pedidos",
                        to="cessao.espaco",
                        verbose_name="espaço",
                    ),
                ),
                (
                    "municipio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.municipio",
                        verbose_name="município de quem pede",
                    ),
                ),
                (
                    "responsavel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsável",
                    ),
                ),
                (
                    "unidade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.unidadeinss",
                        verbose_name="unidade do INSS",
                    ),
                ),
            ],
            options={
                "verbose_name": "pedido de cessão",
                "verbose_name_plural": "pedidos de cessão",
                "ordering": ["-criado_em", "-pk"],
                "indexes": [
                    models.Index(fields=["unidade", "situacao", "situacao_desde"], name="cessao_fila"),
                    models.Index(fields=["situacao", "unidade"], name="cessao_por_etapa"),
                    models.Index(
                        condition=models.Q(("cnpj_privado", ""), _negated=True),
                        fields=["cnpj_privado"],
                        name="cessao_cnpj_privado",
                    ),
                    models.Index(fields=["espaco", "situacao"], name="cessao_por_espaco"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "situacao__in",
                                [
                                    "rascunho",
                                    "enviado",
                                    "em_analise",
                                    "devolvido",
                                    "superintendencia",
                                    "diretoria",
                                    "indeferido",
                                    "recurso",
                                    "assinatura",
                                    "conferencia",
                                    "assinado",
                                    "cedido",
                                    "negado",
                                    "desistido",
                                    "arquivado",
                                ],
                            )
                        ),
                        name="cessao_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("esfera", "privada"), _negated=True),
                            ("situacao__in", ["rascunho", "desistido"]),
                            _connector="OR",
                        ),
                        name="cessao_nao_e_de_privado",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area_m2__gt", 0), ("meses__gt", 0)), name="cessao_tem_area_e_prazo"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situacao__in", ["rascunho", "desistido"]), ("enviado_em__isnull", False), _connector="OR"
                        ),
                        name="cessao_enviada_tem_data",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tipo", "regularizacao"), _negated=True),
                            ("ocupado_desde__isnull", False),
                            ("situacao__in", ["rascunho", "desistido"]),
                            _connector="OR",
                        ),
                        name="cessao_regularizacao_diz_desde_quando",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=60, verbose_name="requisito")),
                ("ordem", models.PositiveSmallIntegerField(verbose_name="ordem")),
                ("requisito", models.JSONField(verbose_name="o que se pede")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("falta", "Falta"),
                            ("pronto", "Enviado"),
                            ("aceito", "Aceito"),
                            ("devolvido", "Devolvido"),
                            ("dispensado", "Não se aplica"),
                        ],
                        default="falta",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=600, verbose_name="motivo da situação")),
                ("rodada", models.PositiveSmallIntegerField(default=0, verbose_name="rodada em que se responde")),
                (
                    "pedido",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="itens",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "documento do pedido",
                "verbose_name_plural": "documentos do pedido",
                "ordering": ["pedido", "ordem", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("pedido", "codigo"), name="cessao_item_um_por_requisito"),
                    models.CheckConstraint(
                        condition=models.Q(("situacao__in", ["falta", "pronto", "aceito", "devolvido", "dispensado"])),
                        name="cessao_item_situacao",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao__in", ["devolvido", "dispensado"]), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cessao_item_devolvido_tem_motivo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Papel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "especie",
                    models.CharField(
                        choices=[
                            ("solicitacao", "Ofício e plano de uso"),
                            ("parecer", "Parecer técnico e vistoria"),
                            ("decisao", "Decisão"),
                            ("termo", "Termo de Cessão de Ocupação e Uso"),
                            ("extrato", "Extrato para publicação"),
                            ("aditivo", "Termo aditivo"),
                            ("vistoria", "Termo de vistoria"),
                            ("notificacao", "Notificação"),
                            ("revogacao", "Aviso de retomada"),
                            ("retomada", "Extrato da retomada"),
                            ("saida", "Aviso para desocupar"),
                            ("encerramento", "Termo de encerramento"),
                        ],
                        max_length=12,
                        verbose_name="papel",
                    ),
                ),
                ("referencia", models.CharField(blank=True, max_length=20, verbose_name="sobre")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("substituido_em", models.DateTimeField(blank=True, null=True, verbose_name="substituído em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem fez",
                    ),
                ),
                (
                    "documento",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="documento",
                    ),
                ),
                (
                    "pedido",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papeis",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "papel da cessão",
                "verbose_name_plural": "papéis da cessão",
                "ordering": ["pedido", "especie", "-criado_em"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("substituido_em__isnull", True)),
                        fields=("pedido", "especie", "referencia"),
                        name="cessao_papel_um_vigente",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Obra",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("descricao", models.CharField(max_length=1000, verbose_name="o que se quer fazer")),
                (
                    "desfaz",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sim", "Sim, sem deixar marca"),
                            ("reparo", "Sim, com reparo no fim"),
                            ("nao", "Não"),
                        ],
                        max_length=6,
                        verbose_name="dá para desfazer",
                    ),
                ),
                ("como", models.CharField(blank=True, max_length=300, verbose_name="como se desfaz")),
                ("dias", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="dias de obra")),
                (
                    "situacao",
                    models.CharField(
                        choices=[("pedida", "Para decidir"), ("aceita", "Aceita"), ("recusada", "Recusada")],
                        default="pedida",
                        max_length=8,
                        verbose_name="situação",
                    ),
                ),
                (
                    "inss_desfaz",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sim", "Sim, sem deixar marca"),
                            ("reparo", "Sim, com reparo no fim"),
                            ("nao", "Não"),
                        ],
                        max_length=6,
                        verbose_name="dá para desfazer, segundo o INSS",
                    ),
                ),
                (
                    "motivo",
                    models.CharField(blank=True, max_length=600, verbose_name="por que não, ou em que condição"),
                ),
                (
                    "criada_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="pedida em"),
                ),
                ("tirada_em", models.DateTimeField(blank=True, null=True, verbose_name="tirada em")),
                (
                    "julgada_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem decidiu",
                    ),
                ),
                (
                    "pedido",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="obras",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "adaptação pedida",
                "verbose_name_plural": "adaptações pedidas",
                "ordering": ["pedido", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("situacao__in", ["pedida", "aceita", "recusada"])),
                        name="cessao_obra_situacao",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "recusada"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cessao_obra_recusada_diz_por_que",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "aceita"), _negated=True),
                            models.Q(("inss_desfaz", "nao"), _negated=True),
                            _connector="OR",
                        ),
                        name="cessao_obra_aceita_se_desfaz",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Desocupacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("a_avisar", "Para avisar quem ocupa"),
                            ("avisado", "Avisado para sair"),
                            ("vencido", "Não saiu no prazo"),
                            ("desocupado", "Desocupado"),
                            ("sem_efeito", "Sem efeito"),
                        ],
                        default="a_avisar",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                (
                    "situacao_desde",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nesta situação desde"),
                ),
                ("motivo", models.CharField(blank=True, max_length=1000, verbose_name="motivo da situação")),
                ("sair_ate", models.DateField(blank=True, null=True, verbose_name="sair até")),
                ("desocupado_em", models.DateField(blank=True, null=True, verbose_name="desocupado em")),
                (
                    "pedido",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desocupacao",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "ocupação sem termo",
                "verbose_name_plural": "ocupações sem termo",
                "ordering": ["situacao_desde", "pk"],
                "indexes": [models.Index(fields=["situacao", "sair_ate"], name="desocupacao_aberta")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situacao__in", ["a_avisar", "avisado", "vencido", "desocupado", "sem_efeito"])
                        ),
                        name="desocupacao_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao__in", ["avisado", "vencido"]), _negated=True),
                            ("sair_ate__isnull", False),
                            _connector="OR",
                        ),
                        name="desocupacao_avisada_tem_dia",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("desocupado_em__isnull", False), ("situacao", "desocupado")),
                            models.Q(
                                models.Q(("situacao", "desocupado"), _negated=True), ("desocupado_em__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="desocupacao_feita_tem_dia",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decisao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ato",
                    models.CharField(
                        choices=[
                            ("parecer", "Parecer da logística"),
                            ("manifestacao", "Manifestação da Superintendência"),
                            ("aprovacao", "Aprovação"),
                            ("indeferimento", "Não aprovação"),
                            ("retomada", "Volta à análise"),
                            ("recurso", "Decisão do recurso"),
                            ("arquivamento", "Arquivamento"),
                            ("desarquivamento", "Desarquivamento"),
                            ("aditivo", "Parecer sobre a prorrogação"),
                            ("prorrogacao", "Decisão da prorrogação"),
                            ("revogacao", "Retomada do espaço"),
                        ],
                        max_length=15,
                        verbose_name="ato",
                    ),
                ),
                (
                    "conclusao",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favoravel", "Favorável"),
                            ("condicao", "Favorável, com condição"),
                            ("desfavoravel", "Desfavorável"),
                        ],
                        max_length=12,
                        verbose_name="conclusão",
                    ),
                ),
                ("texto", models.TextField(verbose_name="fundamento")),
                ("condicoes", models.TextField(blank=True, verbose_name="condições")),
                ("escolha", models.TextField(blank=True, verbose_name="por que este pedido e não o outro")),
                ("competencia", models.CharField(blank=True, max_length=200, verbose_name="ato que dá competência")),
                ("vistoria", models.JSONField(blank=True, default=dict, verbose_name="vistoria")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(max_length=30, verbose_name="matrícula")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem decidiu",
                    ),
                ),
                (
                    "unidade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.unidadeinss",
                        verbose_name="unidade",
                    ),
                ),
                (
                    "pedido",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisoes",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "decisão da cessão",
                "verbose_name_plural": "decisões da cessão",
                "ordering": ["pedido", "em", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nome", ""), _negated=True),
                            models.Q(("cargo", ""), _negated=True),
                            models.Q(("matricula", ""), _negated=True),
                            models.Q(("texto", ""), _negated=True),
                        ),
                        name="cessao_decisao_diz_quem",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AvisoDeSaida",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("texto", models.TextField(max_length=2000, verbose_name="o que se pede")),
                ("sair_ate", models.DateField(verbose_name="sair até")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(max_length=30, verbose_name="matrícula")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem avisou",
                    ),
                ),
                (
                    "pedido",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="avisos_de_saida",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "aviso para desocupar",
                "verbose_name_plural": "avisos para desocupar",
                "ordering": ["pedido", "-em", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Achado",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("ambiente", models.CharField(max_length=80, verbose_name="ambiente")),
                (
                    "elemento",
                    models.CharField(
                        choices=[
                            ("estrutura", "Estrutura"),
                            ("cobertura", "Cobertura"),
                            ("piso", "Piso"),
                            ("paredes", "Paredes e pintura"),
                            ("forro", "Forro"),
                            ("portas", "Portas e fechaduras"),
                            ("janelas", "Janelas e vidros"),
                            ("eletrica", "Elétrica"),
                            ("hidraulica", "Hidráulica e louças"),
                            ("ar", "Ar-condicionado"),
                            ("incendio", "Incêndio"),
                            ("acessibilidade", "Acessibilidade"),
                            ("fachada", "Fachada"),
                            ("muros", "Muros"),
                            ("outro", "Outro"),
                        ],
                        max_length=14,
                        verbose_name="elemento",
                    ),
                ),
                (
                    "estado",
                    models.CharField(
                        choices=[("bom", "Bom"), ("regular", "Regular"), ("ruim", "Ruim"), ("nao_ha", "Não há")],
                        max_length=7,
                        verbose_name="estado",
                    ),
                ),
                ("descricao", models.CharField(blank=True, max_length=600, verbose_name="o que se vê")),
                ("tirada_em", models.DateField(blank=True, null=True, verbose_name="foto tirada em")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("tirado_em", models.DateTimeField(blank=True, null=True, verbose_name="tirado em")),
                (
                    "arquivo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="foto",
                    ),
                ),
                (
                    "criado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pôs",
                    ),
                ),
                (
                    "pedido",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="achados",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "item da vistoria do parecer",
                "verbose_name_plural": "itens da vistoria do parecer",
                "ordering": ["pedido", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tirado_em", None), models.Q(("elemento", "outro"), _negated=True)),
                        fields=("pedido", "ambiente", "elemento"),
                        name="cessao_achado_uma_vez",
                        violation_error_message="Este elemento deste ambiente já está na lista.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Termo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dou_data", models.DateField(blank=True, null=True, verbose_name="publicado em")),
                ("dou_secao", models.CharField(blank=True, max_length=3, verbose_name="seção")),
                ("dou_pagina", models.CharField(blank=True, max_length=10, verbose_name="página")),
                ("numero", models.CharField(max_length=20, unique=True, verbose_name="número")),
                ("inicio", models.DateField(verbose_name="início")),
                ("fim", models.DateField(verbose_name="fim")),
                ("meses", models.PositiveSmallIntegerField(verbose_name="prazo somado em meses")),
                ("area_m2", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="área em m²")),
                ("aprovado_em", models.DateField(verbose_name="aprovado em")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("preparo", "Termo em assinatura"),
                            ("a_entregar", "Para entregar as chaves"),
                            ("ocupado", "Em uso"),
                            ("notificado", "Notificado por uso irregular"),
                            ("retomada", "Para devolver"),
                            ("vencido", "Ocupação vencida"),
                            ("encerrado", "Devolvido e encerrado"),
                            ("cancelado", "Sem efeito"),
                        ],
                        default="preparo",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                (
                    "situacao_desde",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nesta situação desde"),
                ),
                ("motivo", models.CharField(blank=True, max_length=1000, verbose_name="motivo da situação")),
                ("devolver_ate", models.DateField(blank=True, null=True, verbose_name="devolver até")),
                ("encerrado_em", models.DateField(blank=True, null=True, verbose_name="devolvido em")),
                ("chaves_entregues", models.PositiveSmallIntegerField(default=0, verbose_name="chaves entregues")),
                ("chaves_devolvidas", models.PositiveSmallIntegerField(default=0, verbose_name="chaves devolvidas")),
                ("fiscal_inss", models.CharField(blank=True, max_length=240, verbose_name="fiscal pelo INSS")),
                (
                    "encerramento",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("assinatura", "Para o órgão assinar"),
                            ("conferencia", "Para o INSS assinar"),
                            ("assinado", "Assinado pelas duas partes"),
                            ("so_inss", "Assinado só pelo INSS"),
                        ],
                        max_length=11,
                        verbose_name="assinatura do encerramento",
                    ),
                ),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
                (
                    "assina_encerramento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem assina o encerramento pelo INSS",
                    ),
                ),
                (
                    "espaco",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="termos",
                        to="cessao.espaco",
                        verbose_name="espaço",
                    ),
                ),
                (
                    "pedido",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="termo",
                        to="cessao.pedido",
                        verbose_name="pedido",
                    ),
                ),
            ],
            options={
                "verbose_name": "termo de cessão",
                "verbose_name_plural": "termos de cessão",
                "ordering": ["fim", "pk"],
                "indexes": [
                    models.Index(fields=["situacao", "fim", "devolver_ate"], name="termo_por_fim"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("devolver_ate", "fim"),
                        models.F("id"),
                        name="termo_todos_por_vencimento",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "situacao__in",
                                [
                                    "preparo",
                                    "a_entregar",
                                    "ocupado",
                                    "notificado",
                                    "retomada",
                                    "vencido",
                                    "encerrado",
                                    "cancelado",
                                ],
                            )
                        ),
                        name="termo_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("encerramento", ""), ("situacao", "encerrado"), _connector="OR"),
                        name="termo_encerramento_e_do_encerrado",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fim__gte", models.F("inicio"))), name="termo_fim_depois_do_inicio"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("encerrado_em__isnull", False), ("situacao", "encerrado")),
                            models.Q(
                                models.Q(("situacao", "encerrado"), _negated=True), ("encerrado_em__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="termo_encerrado_tem_data",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situacao__in", ["preparo", "cancelado"]), ("dou_data__isnull", False), _connector="OR"
                        ),
                        name="termo_ocupado_foi_publicado",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Aditivo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dou_data", models.DateField(blank=True, null=True, verbose_name="publicado em")),
                ("dou_secao", models.CharField(blank=True, max_length=3, verbose_name="seção")),
                ("dou_pagina", models.CharField(blank=True, max_length=10, verbose_name="página")),
                ("ordem", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="número")),
                ("meses", models.PositiveSmallIntegerField(verbose_name="meses a mais")),
                ("fim_anterior", models.DateField(verbose_name="fim antes")),
                ("novo_fim", models.DateField(verbose_name="novo fim")),
                ("justificativa", models.CharField(max_length=1000, verbose_name="por que prorrogar")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("pedido", "Pedida"),
                            ("instruido", "Para decisão"),
                            ("assinatura", "Para assinar"),
                            ("conferencia", "Para o INSS assinar"),
                            ("assinado", "Assinada, para publicar"),
                            ("vigente", "Em vigor"),
                            ("negado", "Não aprovada"),
                            ("caduco", "Sem efeito: não foi assinada a tempo"),
                        ],
                        default="pedido",
                        max_length=11,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=1000, verbose_name="motivo da situação")),
                ("condicoes", models.TextField(blank=True, max_length=2000, verbose_name="condições")),
                ("pedido_em", models.DateField(verbose_name="pedido em")),
                (
                    "pedido_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pediu",
                    ),
                ),
                (
                    "termo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aditivos",
                        to="cessao.termo",
                        verbose_name="termo",
                    ),
                ),
            ],
            options={
                "verbose_name": "termo aditivo",
                "verbose_name_plural": "termos aditivos",
                "ordering": ["termo", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("termo", "ordem"), name="aditivo_ordem_unica"),
                    models.UniqueConstraint(
                        condition=models.Q(("situacao__in", ["assinatura", "conferencia", "instruido", "pedido"])),
                        fields=("termo",),
                        name="aditivo_um_aberto",
                        violation_error_message="Já há uma prorrogação em andamento.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ordem__isnull", False),
                                ("situacao__in", ["assinado", "assinatura", "conferencia", "vigente"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("situacao__in", ["assinado", "assinatura", "conferencia", "vigente"]),
                                    _negated=True,
                                ),
                                ("ordem__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="aditivo_numerado_da_aprovacao_em_diante",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("novo_fim__gt", models.F("fim_anterior"))), name="aditivo_vai_para_a_frente"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "vigente"), _negated=True),
                            ("dou_data__isnull", False),
                            _connector="OR",
                        ),
                        name="aditivo_vigente_foi_publicado",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Peca",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("removida_em", models.DateTimeField(blank=True, null=True, verbose_name="removida em")),
                (
                    "arquivo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="arquivo",
                    ),
                ),
                (
                    "criado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem enviou",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pecas",
                        to="cessao.item",
                        verbose_name="documento",
                    ),
                ),
            ],
            options={
                "verbose_name": "arquivo do pedido",
                "verbose_name_plural": "arquivos do pedido",
                "ordering": ["item", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Retomada",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dou_data", models.DateField(blank=True, null=True, verbose_name="publicado em")),
                ("dou_secao", models.CharField(blank=True, max_length=3, verbose_name="seção")),
                ("dou_pagina", models.CharField(blank=True, max_length=10, verbose_name="página")),
                (
                    "termo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retomada",
                        to="cessao.termo",
                        verbose_name="termo",
                    ),
                ),
            ],
            options={
                "verbose_name": "publicação da retomada",
                "verbose_name_plural": "publicações das retomadas",
                "ordering": ["termo"],
            },
        ),
        migrations.CreateModel(
            name="Reserva",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inicio", models.DateField(verbose_name="de")),
                ("fim", models.DateField(verbose_name="até")),
                ("liberada_em", models.DateTimeField(blank=True, null=True, verbose_name="liberada em")),
                (
                    "espaco",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservas",
                        to="cessao.espaco",
                        verbose_name="espaço",
                    ),
                ),
                (
                    "termo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservas",
                        to="cessao.termo",
                        verbose_name="termo",
                    ),
                ),
            ],
            options={
                "verbose_name": "reserva de espaço",
                "verbose_name_plural": "reservas de espaço",
                "ordering": ["espaco", "inicio", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("liberada_em", None)),
                        fields=["espaco", "inicio", "fim"],
                        name="reserva_viva",
                    ),
                    models.Index(
                        condition=models.Q(("liberada_em", None)),
                        fields=["fim", "inicio", "espaco"],
                        name="reserva_por_dia",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fim__gte", models.F("inicio"))), name="reserva_fim_depois_do_inicio"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ocorrencia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("texto", models.TextField(max_length=2000, verbose_name="o que foi visto e o que corrigir")),
                ("prazo", models.DateField(verbose_name="responder até")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(max_length=30, verbose_name="matrícula")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                ("resposta", models.TextField(blank=True, max_length=2000, verbose_name="resposta")),
                ("respondida_em", models.DateTimeField(blank=True, null=True, verbose_name="respondida em")),
                (
                    "desfecho",
                    models.CharField(
                        blank=True,
                        choices=[("acolhida", "Resposta acolhida"), ("revogado", "Espaço retomado")],
                        max_length=8,
                        verbose_name="desfecho",
                    ),
                ),
                ("desfecho_texto", models.CharField(blank=True, max_length=1000, verbose_name="por quê")),
                ("encerrada_em", models.DateTimeField(blank=True, null=True, verbose_name="encerrada em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem notificou",
                    ),
                ),
                (
                    "respondida_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem respondeu",
                    ),
                ),
                (
                    "termo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ocorrencias",
                        to="cessao.termo",
                        verbose_name="termo",
                    ),
                ),
            ],
            options={
                "verbose_name": "notificação de uso irregular",
                "verbose_name_plural": "notificações de uso irregular",
                "ordering": ["termo", "-em"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("desfecho", "")), fields=("termo",), name="ocorrencia_uma_aberta"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("desfecho", ""), ("encerrada_em", None)),
                            models.Q(models.Q(("desfecho", ""), _negated=True), ("encerrada_em__isnull", False)),
                            _connector="OR",
                        ),
                        name="ocorrencia_encerrada_tem_desfecho",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vistoria",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "tipo",
                    models.CharField(
                        choices=[("entrega", "Entrega"), ("periodica", "Periódica"), ("devolucao", "Devolução")],
                        max_length=9,
                        verbose_name="tipo",
                    ),
                ),
                ("dia", models.DateField(verbose_name="dia da vistoria")),
                ("presentes", models.CharField(max_length=300, verbose_name="quem estava presente")),
                ("medidores", models.CharField(blank=True, max_length=300, verbose_name="leitura dos medidores")),
                ("chaves", models.PositiveSmallIntegerField(default=0, verbose_name="chaves e controles")),
                ("conforme", models.BooleanField(null=True, verbose_name="o uso segue o plano")),
                ("contas", models.CharField(blank=True, max_length=300, verbose_name="contas e despesas")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(max_length=30, verbose_name="matrícula")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("fechada_em", models.DateTimeField(blank=True, null=True, verbose_name="fechada em")),
                (
                    "aceite",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pleno", "De acordo"),
                            ("ressalva", "De acordo, com ressalva"),
                            ("recusado", "Recusou-se a assinar"),
                            ("nao_quis", "Não recebeu o espaço"),
                        ],
                        max_length=8,
                        verbose_name="assinatura de quem ocupa",
                    ),
                ),
                ("ressalva", models.TextField(blank=True, max_length=1000, verbose_name="ressalva ou testemunhas")),
                ("assinada_em", models.DateTimeField(blank=True, null=True, verbose_name="assinada em")),
                ("desfeita_em", models.DateTimeField(blank=True, null=True, verbose_name="desfeita em")),
                (
                    "assinada_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem assinou",
                    ),
                ),
                (
                    "feita_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem fez",
                    ),
                ),
                (
                    "termo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vistorias",
                        to="cessao.termo",
                        verbose_name="termo",
                    ),
                ),
            ],
            options={
                "verbose_name": "vistoria",
                "verbose_name_plural": "vistorias",
                "ordering": ["termo", "dia", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("assinada_em", None), ("desfeita_em", None)),
                        fields=("termo",),
                        name="vistoria_uma_aberta",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aceite", ""), ("assinada_em", None), ("assinada_por", None)),
                            models.Q(
                                ("assinada_em__isnull", False),
                                ("assinada_por__isnull", False),
                                ("fechada_em__isnull", False),
                                models.Q(("aceite", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="vistoria_assinada_diz_como",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aceite__in", ["ressalva", "recusado", "nao_quis"]), _negated=True),
                            models.Q(("ressalva", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="vistoria_ressalva_escrita",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ambiente",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome", models.CharField(max_length=80, verbose_name="ambiente")),
                (
                    "estado",
                    models.CharField(
                        blank=True,
                        choices=[("bom", "Bom"), ("regular", "Regular"), ("ruim", "Ruim")],
                        max_length=7,
                        verbose_name="estado",
                    ),
                ),
                ("descricao", models.CharField(blank=True, max_length=600, verbose_name="o que se vê")),
                (
                    "antes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="depois",
                        to="cessao.ambiente",
                        verbose_name="na entrega",
                    ),
                ),
                (
                    "vistoria",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ambientes",
                        to="cessao.vistoria",
                        verbose_name="vistoria",
                    ),
                ),
            ],
            options={
                "verbose_name": "ambiente vistoriado",
                "verbose_name_plural": "ambientes vistoriados",
                "ordering": ["vistoria", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("vistoria", "nome"), name="ambiente_uma_vez_na_vistoria")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assinatura",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("encerramento", models.BooleanField(default=False, verbose_name="do encerramento")),
                (
                    "parte",
                    models.CharField(
                        choices=[("requerente", "Cessionário"), ("inss", "INSS")], max_length=10, verbose_name="parte"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 do PDF assinado")),
                ("assinado_em", models.DateField(verbose_name="assinado em")),
                ("signatario", models.CharField(max_length=120, verbose_name="quem assinou")),
                ("signatario_cargo", models.CharField(max_length=80, verbose_name="cargo")),
                (
                    "nivel",
                    models.CharField(
                        choices=[
                            ("avancada", "Avançada (gov.br prata ou ouro)"),
                            ("qualificada", "Qualificada (ICP-Brasil)"),
                        ],
                        max_length=11,
                        verbose_name="nível",
                    ),
                ),
                (
                    "enviado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="enviado em"),
                ),
                (
                    "resultado",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("valida", "Assinatura válida"),
                            ("invalida", "Assinatura inválida"),
                            ("indeterminada", "O validador não reconheceu"),
                        ],
                        max_length=13,
                        verbose_name="resultado da conferência",
                    ),
                ),
                ("conferido_em", models.DateField(blank=True, null=True, verbose_name="conferido no validador em")),
                ("observacao", models.CharField(blank=True, max_length=600, verbose_name="observação")),
                ("declaracao", models.CharField(blank=True, max_length=600, verbose_name="por que é o mesmo papel")),
                ("substituida_em", models.DateTimeField(blank=True, null=True, verbose_name="substituída em")),
                (
                    "aditivo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assinaturas",
                        to="cessao.aditivo",
                        verbose_name="aditivo",
                    ),
                ),
                (
                    "arquivo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="PDF assinado",
                    ),
                ),
                (
                    "conferido_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem conferiu",
                    ),
                ),
                (
                    "enviado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem enviou",
                    ),
                ),
                (
                    "termo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assinaturas",
                        to="cessao.termo",
                        verbose_name="termo",
                    ),
                ),
            ],
            options={
                "verbose_name": "assinatura da cessão",
                "verbose_name_plural": "assinaturas da cessão",
                "ordering": ["termo", "enviado_em", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("aditivo", None), ("encerramento", False), ("substituida_em", None)),
                        fields=("termo", "parte"),
                        name="cessao_assinatura_uma_do_termo",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("encerramento", True), ("substituida_em", None)),
                        fields=("termo", "parte"),
                        name="cessao_assinatura_uma_do_encerramento",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("encerramento", False), ("aditivo", None), _connector="OR"),
                        name="cessao_assinatura_de_um_papel_so",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("aditivo__isnull", False), ("substituida_em", None)),
                        fields=("aditivo", "parte"),
                        name="cessao_assinatura_uma_do_aditivo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conferido_em", None), ("conferido_por", None), ("resultado", "")),
                            models.Q(
                                models.Q(("resultado", ""), _negated=True),
                                ("conferido_em__isnull", False),
                                ("conferido_por__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cessao_assinatura_conferida",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dano",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("onde", models.CharField(blank=True, max_length=80, verbose_name="onde")),
                ("descricao", models.TextField(max_length=2000, verbose_name="o que se viu")),
                (
                    "quem",
                    models.CharField(
                        choices=[("cessionario", "Quem ocupa"), ("inss", "INSS"), ("apurar", "A apurar")],
                        default="apurar",
                        max_length=11,
                        verbose_name="quem responde",
                    ),
                ),
                (
                    "valor",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="valor estimado em reais"
                    ),
                ),
                ("ate", models.DateField(blank=True, null=True, verbose_name="reparar até")),
                (
                    "vistoria",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="danos",
                        to="cessao.vistoria",
                        verbose_name="vistoria",
                    ),
                ),
            ],
            options={
                "verbose_name": "dano ou diferença",
                "verbose_name_plural": "danos e diferenças",
                "ordering": ["vistoria", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quem", "apurar"), ("ate__isnull", False), _connector="OR"),
                        name="dano_de_alguem_tem_prazo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valor", None), ("valor__gte", 0), _connector="OR"),
                        name="dano_valor_nao_negativo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Foto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("tirada_em", models.DateField(blank=True, null=True, verbose_name="tirada em")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("removida_em", models.DateTimeField(blank=True, null=True, verbose_name="removida em")),
                (
                    "ambiente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fotos",
                        to="cessao.ambiente",
                        verbose_name="ambiente",
                    ),
                ),
                (
                    "arquivo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="arquivo",
                    ),
                ),
                (
                    "criado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pôs",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparadas",
                        to="cessao.foto",
                        verbose_name="foto da entrega",
                    ),
                ),
            ],
            options={
                "verbose_name": "foto da vistoria",
                "verbose_name_plural": "fotos da vistoria",
                "ordering": ["ambiente", "pk"],
            },
        ),
        migrations.RunPython(criar, desfazer),
    ]
