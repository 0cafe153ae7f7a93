import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import act_portal.arquivos.models


class Migration(migrations.Migration):
    replaces = [
        ("adesao", "0001_initial"),
        ("adesao", "0002_pagina_do_formulario"),
        ("adesao", "0003_mudanca_de_unidade"),
        ("adesao", "0004_do_acordo_ao_balcao"),
        ("adesao", "0005_limites_do_acordo"),
        ("adesao", "0006_acompanhamento"),
        ("adesao", "0007_encerramento"),
        ("adesao", "0008_termo_assinado"),
        ("adesao", "0009_medicao_por_acordo"),
        ("adesao", "0010_assinado_reconhecido"),
        ("adesao", "0011_acordo_anterior"),
        ("adesao", "0012_papel_assinado_reconhecido"),
        ("adesao", "0013_notificacao_cancelada"),
        ("adesao", "0014_fatos_provados"),
        ("adesao", "0015_nacionalidade"),
    ]

    initial = True

    dependencies = [
        ("arquivos", "0009_imagem_digitalizada"),
        ("contas", "0003_papeis_autoridade_e_logistica"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("emissao", "0002_impressao_de_papeis_juntos"),
        ("territorio", "0004_nomes_antigos"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChecklistVersao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versao", models.CharField(max_length=16, unique=True, verbose_name="versão (hash do conteúdo)")),
                ("dados", models.JSONField(verbose_name="conteúdo")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
            ],
            options={
                "verbose_name": "versão da lista de conferência",
                "verbose_name_plural": "versões da lista de conferência",
                "ordering": ["criado_em"],
            },
        ),
        migrations.CreateModel(
            name="Sequencia",
            fields=[
                ("nome", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="série")),
                ("valor", models.PositiveIntegerField(default=0, verbose_name="último número")),
            ],
            options={
                "verbose_name": "sequência",
                "verbose_name_plural": "sequências",
                "ordering": ["nome"],
            },
        ),
        migrations.CreateModel(
            name="GuardaChuva",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.CharField(max_length=30, unique=True, verbose_name="número")),
                ("entidade", models.CharField(max_length=160, verbose_name="entidade que assinou")),
                ("inicio", models.DateField(verbose_name="início")),
                ("fim", models.DateField(verbose_name="fim")),
                (
                    "ufs",
                    models.CharField(
                        blank=True,
                        help_text="Siglas com espaço; vazio: todas.",
                        max_length=80,
                        verbose_name="UFs que podem aderir",
                    ),
                ),
            ],
            options={
                "verbose_name": "acordo guarda-chuva",
                "verbose_name_plural": "acordos guarda-chuva",
                "ordering": ["entidade"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fim__gt", models.F("inicio"))), name="guarda_chuva_fim_depois_do_inicio"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Solicitacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("cnpj", models.CharField(max_length=14, verbose_name="CNPJ da prefeitura")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cpf", models.CharField(max_length=11, verbose_name="CPF")),
                ("cargo", models.CharField(max_length=80, verbose_name="cargo")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("telefone", models.CharField(max_length=11, verbose_name="telefone")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("a_confirmar", "À espera da confirmação do e-mail"),
                            ("pendente", "Para o INSS decidir"),
                            ("aprovada", "Aprovada"),
                            ("recusada", "Recusada"),
                        ],
                        default="a_confirmar",
                        max_length=11,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=600, verbose_name="motivo da recusa")),
                (
                    "criada_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criada em"),
                ),
                ("confirmada_em", models.DateTimeField(blank=True, null=True, verbose_name="e-mail confirmado em")),
                ("decidida_em", models.DateTimeField(blank=True, null=True, verbose_name="decidida em")),
                ("decisor_nome", models.CharField(blank=True, max_length=120, verbose_name="nome de quem decidiu")),
                ("decisor_cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo de quem decidiu")),
                (
                    "decisor_matricula",
                    models.CharField(blank=True, max_length=30, verbose_name="matrícula de quem decidiu"),
                ),
                (
                    "decidida_por",
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
                    "municipio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.municipio",
                        verbose_name="município",
                    ),
                ),
                (
                    "prova",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="prova do vínculo",
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
                (
                    "vinculo",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.vinculo",
                        verbose_name="acesso dado",
                    ),
                ),
            ],
            options={
                "verbose_name": "solicitação de acesso",
                "verbose_name_plural": "solicitações de acesso",
                "ordering": ["criada_em", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("situacao__in", ["a_confirmar", "pendente", "aprovada", "recusada"])),
                        name="solicitacao_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmada_em__isnull", True), ("prova__isnull", False), _connector="OR"),
                        name="solicitacao_confirmada_tem_prova",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decidida_em__isnull", True), ("situacao__in", ["a_confirmar", "pendente"])),
                            models.Q(
                                ("decidida_em__isnull", False),
                                ("decidida_por__isnull", False),
                                ("situacao__in", ["aprovada", "recusada"]),
                                models.Q(("decisor_nome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="solicitacao_decidida_diz_quem",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "recusada"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="solicitacao_recusada_tem_motivo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Processo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "objeto",
                    models.CharField(
                        choices=[("inss_digital", "Atendimento do INSS Digital pelo município")],
                        default="inss_digital",
                        max_length=20,
                        verbose_name="objeto",
                    ),
                ),
                (
                    "instrumento",
                    models.CharField(
                        choices=[
                            ("act", "Acordo de Cooperação Técnica"),
                            ("termo_adesao", "Termo de Adesão"),
                            ("acordo_cooperacao", "Acordo de Cooperação"),
                        ],
                        default="act",
                        max_length=17,
                        verbose_name="instrumento",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rgps", "Só o Regime Geral (RGPS)"),
                            ("rpps", "Regime próprio (RPPS)"),
                            ("rpps_extincao", "Regime próprio em extinção"),
                        ],
                        max_length=13,
                        verbose_name="regime de previdência",
                    ),
                ),
                ("cnpj", models.CharField(max_length=14, verbose_name="CNPJ da prefeitura")),
                ("servicos", models.JSONField(blank=True, default=list, verbose_name="serviços")),
                ("processo_sei", models.CharField(blank=True, max_length=30, verbose_name="processo SEI")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("rascunho", "Em preenchimento"),
                            ("enviado", "Recebido pelo INSS"),
                            ("em_analise", "Em análise"),
                            ("devolvido", "Devolvido para corrigir"),
                            ("instruido", "Para decisão"),
                            ("assinatura", "Para o município assinar"),
                            ("conferencia", "Para o INSS assinar"),
                            ("assinado", "Para publicar"),
                            ("vigente", "Acordo em vigor"),
                            ("indeferido", "Não aprovado"),
                            ("desistido", "Encerrado pelo município"),
                            ("arquivado", "Arquivado"),
                        ],
                        default="rascunho",
                        max_length=11,
                        verbose_name="situação",
                    ),
                ),
                (
                    "situacao_desde",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nesta situação desde"),
                ),
                ("motivo", models.CharField(blank=True, max_length=1000, verbose_name="motivo da situação")),
                ("rodada", models.PositiveSmallIntegerField(default=0, verbose_name="rodada")),
                ("prazo", models.DateField(blank=True, null=True, verbose_name="prazo sugerido para responder")),
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
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="adesao.checklistversao",
                        verbose_name="lista de conferência",
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
                    "guarda_chuva",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="adesao.guardachuva",
                        verbose_name="acordo principal",
                    ),
                ),
                (
                    "municipio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adesoes",
                        to="territorio.municipio",
                        verbose_name="município",
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
                "verbose_name": "adesão",
                "verbose_name_plural": "adesões",
                "ordering": ["-criado_em", "-pk"],
                "indexes": [models.Index(fields=["unidade", "situacao", "situacao_desde"], name="adesao_fila")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "situacao__in",
                                [
                                    "assinado",
                                    "assinatura",
                                    "conferencia",
                                    "devolvido",
                                    "em_analise",
                                    "enviado",
                                    "instruido",
                                    "rascunho",
                                ],
                            )
                        ),
                        fields=("municipio", "objeto"),
                        name="adesao_uma_aberta_por_objeto",
                        violation_error_message="O município já tem um pedido aberto para o mesmo objeto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "situacao__in",
                                [
                                    "rascunho",
                                    "enviado",
                                    "em_analise",
                                    "devolvido",
                                    "instruido",
                                    "assinatura",
                                    "conferencia",
                                    "assinado",
                                    "vigente",
                                    "indeferido",
                                    "desistido",
                                    "arquivado",
                                ],
                            )
                        ),
                        name="adesao_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instrumento", "termo_adesao"), _negated=True),
                            ("guarda_chuva__isnull", False),
                            _connector="OR",
                        ),
                        name="adesao_termo_tem_guarda_chuva",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situacao__in", ["rascunho", "desistido"]), ("enviado_em__isnull", False), _connector="OR"
                        ),
                        name="adesao_enviada_tem_data",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Acordo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "objeto",
                    models.CharField(
                        choices=[("inss_digital", "Atendimento do INSS Digital pelo município")],
                        max_length=20,
                        verbose_name="objeto",
                    ),
                ),
                (
                    "instrumento",
                    models.CharField(
                        choices=[
                            ("act", "Acordo de Cooperação Técnica"),
                            ("termo_adesao", "Termo de Adesão"),
                            ("acordo_cooperacao", "Acordo de Cooperação"),
                        ],
                        max_length=17,
                        verbose_name="instrumento",
                    ),
                ),
                ("numero", models.CharField(max_length=12, unique=True, verbose_name="número")),
                (
                    "alcance",
                    models.CharField(
                        choices=[
                            ("municipal", "Municipal"),
                            ("gex", "Gerência-Executiva"),
                            ("uf", "Estadual"),
                            ("nacional", "Nacional"),
                        ],
                        default="municipal",
                        max_length=9,
                        verbose_name="alcance",
                    ),
                ),
                ("aprovado_em", models.DateField(verbose_name="aprovado em")),
                ("dou_data", models.DateField(blank=True, null=True, verbose_name="data no Diário Oficial")),
                ("dou_secao", models.CharField(blank=True, max_length=3, verbose_name="seção")),
                ("dou_pagina", models.CharField(blank=True, max_length=10, verbose_name="página")),
                ("inicio", models.DateField(blank=True, null=True, verbose_name="início")),
                ("fim", models.DateField(blank=True, null=True, verbose_name="fim")),
                ("prorrogado_em", models.DateField(blank=True, null=True, verbose_name="prorrogado em")),
                ("encerrado_em", models.DateField(blank=True, null=True, verbose_name="encerrado em")),
                (
                    "causa_do_fim",
                    models.CharField(
                        blank=True,
                        choices=[("prazo", "Fim do prazo"), ("denuncia", "Denúncia"), ("rescisao", "Rescisão")],
                        max_length=8,
                        verbose_name="causa do fim",
                    ),
                ),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("a_publicar", "Para assinar e publicar"),
                            ("cancelado", "Não assinado"),
                            ("preparacao", "Em preparação"),
                            ("operacao", "Em operação"),
                            ("suspenso", "Suspenso"),
                            ("denunciado", "Em denúncia"),
                            ("encerrado", "Encerrado"),
                        ],
                        default="a_publicar",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                (
                    "situacao_desde",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nesta situação desde"),
                ),
                ("motivo", models.CharField(blank=True, max_length=1000, verbose_name="motivo da situação")),
                ("termina_em", models.DateField(blank=True, null=True, verbose_name="termina em")),
                ("em_operacao_desde", models.DateField(blank=True, null=True, verbose_name="em operação desde")),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
                (
                    "municipio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acordos",
                        to="territorio.municipio",
                        verbose_name="município",
                    ),
                ),
                (
                    "guarda_chuva",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acordos",
                        to="adesao.guardachuva",
                        verbose_name="acordo principal",
                    ),
                ),
                (
                    "processo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acordo",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "acordo",
                "verbose_name_plural": "acordos",
                "ordering": ["-aprovado_em", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("encerrado_em__isnull", True)),
                        fields=("municipio", "objeto"),
                        name="acordo_um_por_objeto",
                        violation_error_message="O município já tem um acordo para o mesmo objeto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dou_data__isnull", True),
                                ("dou_pagina", ""),
                                ("dou_secao", ""),
                                ("fim__isnull", True),
                                ("inicio__isnull", True),
                            ),
                            models.Q(
                                ("dou_data__isnull", False),
                                ("fim__isnull", False),
                                ("inicio__isnull", False),
                                models.Q(("dou_secao", ""), _negated=True),
                                models.Q(("dou_pagina", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="acordo_publicado_tem_tudo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "situacao__in",
                                [
                                    "a_publicar",
                                    "cancelado",
                                    "preparacao",
                                    "operacao",
                                    "suspenso",
                                    "denunciado",
                                    "encerrado",
                                ],
                            )
                        ),
                        name="acordo_situacao_conhecida",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situacao__in", ["a_publicar", "cancelado", "encerrado"]),
                            ("inicio__isnull", False),
                            _connector="OR",
                        ),
                        name="acordo_vivo_foi_publicado",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fim__isnull", True), ("fim__gt", models.F("inicio")), _connector="OR"),
                        name="acordo_tem_fim_depois_do_inicio",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=60, verbose_name="requisito")),
                ("nome", models.CharField(max_length=160, verbose_name="nome")),
                ("ordem", models.PositiveSmallIntegerField(verbose_name="ordem")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("falta", "Falta"),
                            ("pronto", "Pronto"),
                            ("aceito", "Aceito"),
                            ("devolvido", "Devolvido"),
                            ("reaberto", "Reaberto"),
                            ("dispensado", "Não se aplica"),
                        ],
                        default="falta",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=600, verbose_name="motivo da situação")),
                ("rodada", models.PositiveSmallIntegerField(default=0, verbose_name="rodada em que se responde")),
                ("pedido_motivo", models.CharField(blank=True, max_length=600, verbose_name="por que foi pedido")),
                ("especie", models.CharField(blank=True, max_length=20, verbose_name="tipo da certidão")),
                ("numero", models.CharField(blank=True, max_length=60, verbose_name="número ou código de controle")),
                ("emitido_em", models.DateField(blank=True, null=True, verbose_name="emissão")),
                ("valido_ate", models.DateField(blank=True, null=True, verbose_name="validade")),
                (
                    "origem",
                    models.CharField(
                        blank=True,
                        choices=[("administrativa", "Emitida normalmente"), ("judicial", "Por ordem judicial")],
                        max_length=14,
                        verbose_name="como foi emitida",
                    ),
                ),
                ("titular_cnpj", models.CharField(blank=True, max_length=14, verbose_name="CNPJ na certidão")),
                ("titular_nome", models.CharField(blank=True, max_length=160, verbose_name="nome na certidão")),
                ("mandato_fim", models.DateField(blank=True, null=True, verbose_name="fim do mandato")),
                ("provado", models.JSONField(blank=True, default=dict, verbose_name="o que os arquivos provam")),
                ("verificado_em", models.DateField(blank=True, null=True, verbose_name="verificado em")),
                ("verificado_onde", models.CharField(blank=True, max_length=300, verbose_name="onde foi verificado")),
                (
                    "decidido_por",
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
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="itens",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "item da adesão",
                "verbose_name_plural": "itens da adesão",
                "ordering": ["processo", "ordem", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("valido_ate__isnull", False)),
                        fields=["valido_ate"],
                        name="item_por_validade",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("processo", "codigo"), name="item_um_por_requisito"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situacao__in", ["falta", "pronto", "aceito", "devolvido", "reaberto", "dispensado"])
                        ),
                        name="item_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao__in", ["devolvido", "reaberto", "dispensado"]), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="item_devolvido_tem_motivo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valido_ate__isnull", True),
                            ("emitido_em__isnull", True),
                            ("valido_ate__gte", models.F("emitido_em")),
                            _connector="OR",
                        ),
                        name="item_validade_depois_da_emissao",
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
                            ("oficio", "Ofício de manifestação de interesse"),
                            ("estrutura", "Declaração de estrutura mínima"),
                            ("indicacao", "Indicação de representantes"),
                            ("minuta", "Minuta do acordo"),
                            ("plano", "Plano de trabalho"),
                            ("aceite", "Declaração de aceite"),
                            ("parecer", "Parecer e lista de conferência"),
                            ("decisao", "Decisão"),
                            ("instrumento", "Acordo para assinar"),
                            ("extrato", "Extrato para publicação"),
                            ("conferencia", "Lista de conferência"),
                        ],
                        max_length=12,
                        verbose_name="papel",
                    ),
                ),
                ("base", models.CharField(max_length=64, verbose_name="hash do que diz")),
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
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papeis",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "papel da adesão",
                "verbose_name_plural": "papéis da adesão",
                "ordering": ["processo", "especie", "-criado_em"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("substituido_em__isnull", True)),
                        fields=("processo", "especie"),
                        name="papel_um_vigente",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ponto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versao", models.PositiveIntegerField(default=0, editable=False, verbose_name="versão")),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("nome", models.CharField(max_length=80, verbose_name="nome")),
                ("endereco", models.CharField(max_length=200, verbose_name="endereço")),
                ("cep", models.CharField(max_length=8, verbose_name="CEP")),
                ("telefone", models.CharField(blank=True, max_length=11, verbose_name="telefone")),
                ("dias", models.CharField(max_length=60, verbose_name="dias")),
                ("horario", models.CharField(max_length=60, verbose_name="horário")),
                ("estrutura", models.JSONField(blank=True, default=dict, verbose_name="estrutura")),
                ("confirmado_em", models.DateField(blank=True, null=True, verbose_name="estrutura confirmada em")),
                ("confirmacao", models.CharField(blank=True, max_length=600, verbose_name="como foi confirmada")),
                ("removido_em", models.DateTimeField(blank=True, null=True, verbose_name="removido em")),
                (
                    "balcao",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.balcao",
                        verbose_name="balcão aberto",
                    ),
                ),
                (
                    "confirmado_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem confirmou",
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
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pontos",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "ponto de atendimento",
                "verbose_name_plural": "pontos de atendimento",
                "ordering": ["processo", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removido_em__isnull", True)),
                        fields=("processo", "nome"),
                        name="ponto_nome_unico",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leitura",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pedida_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="pedida em"),
                ),
                ("concorda", models.BooleanField(null=True, verbose_name="concorda")),
                ("observacao", models.CharField(blank=True, max_length=1000, verbose_name="observação")),
                ("feita_em", models.DateTimeField(blank=True, null=True, verbose_name="feita em")),
                ("desfeita_em", models.DateTimeField(blank=True, null=True, verbose_name="desfeita em")),
                (
                    "leitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem lê",
                    ),
                ),
                (
                    "pedida_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pediu",
                    ),
                ),
                (
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leituras",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "segunda leitura",
                "verbose_name_plural": "segundas leituras",
                "ordering": ["processo", "pedida_em"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("desfeita_em__isnull", True), ("feita_em__isnull", True)),
                        fields=("processo",),
                        name="leitura_uma_pendente",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concorda__isnull", True), ("feita_em__isnull", True)),
                            models.Q(("concorda__isnull", False), ("feita_em__isnull", False)),
                            _connector="OR",
                        ),
                        name="leitura_feita_diz_se_concorda",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concorda", False), _negated=True),
                            models.Q(("observacao", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="leitura_discorda_com_motivo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Formulario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versao", models.PositiveIntegerField(default=0, editable=False, verbose_name="versão")),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("municipio", "O município e quem o representa"),
                            ("oficio", "O que o município quer"),
                            ("plano", "Plano de trabalho"),
                        ],
                        max_length=10,
                        verbose_name="formulário",
                    ),
                ),
                ("dados", models.JSONField(blank=True, default=dict, verbose_name="respostas")),
                ("pagina", models.CharField(blank=True, editable=False, max_length=36, verbose_name="página")),
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
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="formularios",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "formulário da adesão",
                "verbose_name_plural": "formulários da adesão",
                "ordering": ["processo", "tipo"],
                "constraints": [models.UniqueConstraint(fields=("processo", "tipo"), name="formulario_um_por_tipo")],
            },
        ),
        migrations.CreateModel(
            name="Exportacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "pedida_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="pedida em"),
                ),
                (
                    "arquivo",
                    models.FileField(
                        blank=True,
                        max_length=120,
                        upload_to=act_portal.arquivos.models.nome_inventado,
                        verbose_name="arquivo",
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("bytes", models.PositiveBigIntegerField(default=0, verbose_name="tamanho em bytes")),
                ("pronta_em", models.DateTimeField(blank=True, null=True, verbose_name="pronta em")),
                ("apagada_em", models.DateTimeField(blank=True, null=True, verbose_name="apagada em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pediu",
                    ),
                ),
                (
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exportacoes",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "exportação",
                "verbose_name_plural": "exportações",
                "ordering": ["-pedida_em"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pronta_em__isnull", True),
                            ("apagada_em__isnull", False),
                            models.Q(models.Q(("arquivo", ""), _negated=True), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="exportacao_pronta_tem_arquivo",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decisao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("parecer", "Parecer"),
                            ("aprovacao", "Aprovação"),
                            ("indeferimento", "Não aprovação"),
                            ("retomada", "Volta à análise"),
                            ("reconsideracao", "Reconsideração"),
                            ("arquivamento", "Arquivamento"),
                            ("desarquivamento", "Desarquivamento"),
                            ("servicos", "Mudança dos serviços"),
                            ("encaminhamento", "Mudança de unidade"),
                        ],
                        max_length=15,
                        verbose_name="tipo",
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
                ("competencia", models.CharField(blank=True, max_length=200, verbose_name="ato que dá competência")),
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
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisoes",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "decisão",
                "verbose_name_plural": "decisões",
                "ordering": ["processo", "em", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nome", ""), _negated=True),
                            models.Q(("cargo", ""), _negated=True),
                            models.Q(("matricula", ""), _negated=True),
                            models.Q(("texto", ""), _negated=True),
                        ),
                        name="decisao_diz_quem",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tipo", "parecer"), ("conclusao", ""), _connector="XOR"),
                        name="decisao_parecer_tem_conclusao",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AcordoAnterior",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "instrumento",
                    models.CharField(
                        choices=[
                            ("act", "Acordo de Cooperação Técnica"),
                            ("termo_adesao", "Termo de Adesão"),
                            ("acordo_cooperacao", "Acordo de Cooperação"),
                        ],
                        max_length=17,
                        verbose_name="instrumento",
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("rgps", "Só o Regime Geral (RGPS)"),
                            ("rpps", "Regime próprio (RPPS)"),
                            ("rpps_extincao", "Regime próprio em extinção"),
                        ],
                        max_length=13,
                        verbose_name="regime de previdência",
                    ),
                ),
                ("cnpj", models.CharField(max_length=14, verbose_name="CNPJ da prefeitura")),
                ("numero", models.CharField(max_length=12, verbose_name="número")),
                ("processo_sei", models.CharField(blank=True, max_length=30, verbose_name="processo SEI")),
                ("assinado_em", models.DateField(verbose_name="assinado em")),
                ("dou_data", models.DateField(verbose_name="data no Diário Oficial")),
                ("dou_secao", models.CharField(max_length=3, verbose_name="seção")),
                ("dou_pagina", models.CharField(max_length=10, verbose_name="página")),
                ("inicio", models.DateField(verbose_name="início")),
                ("fim", models.DateField(verbose_name="fim")),
                ("servicos", models.JSONField(verbose_name="serviços")),
                ("prefeitura", models.JSONField(verbose_name="a prefeitura e os responsáveis")),
                ("ponto", models.JSONField(blank=True, default=dict, verbose_name="ponto de atendimento")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("registrado", "Para outra pessoa conferir"),
                            ("confirmado", "Confirmado"),
                            ("devolvido", "Para corrigir"),
                        ],
                        default="registrado",
                        max_length=10,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=600, verbose_name="motivo da devolução")),
                (
                    "registrado_em",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registrado em"
                    ),
                ),
                ("decidido_em", models.DateTimeField(blank=True, null=True, verbose_name="conferido em")),
                ("decisor_nome", models.CharField(blank=True, max_length=120, verbose_name="nome de quem conferiu")),
                ("decisor_cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo de quem conferiu")),
                (
                    "decisor_matricula",
                    models.CharField(blank=True, max_length=30, verbose_name="matrícula de quem conferiu"),
                ),
                (
                    "arquivo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="acordo assinado",
                    ),
                ),
                (
                    "decidido_por",
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
                    "municipio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.municipio",
                        verbose_name="município",
                    ),
                ),
                (
                    "registrado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem registrou",
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
                (
                    "guarda_chuva",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="adesao.guardachuva",
                        verbose_name="acordo principal",
                    ),
                ),
                (
                    "processo",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anterior",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "acordo anterior ao portal",
                "verbose_name_plural": "acordos anteriores ao portal",
                "ordering": ["registrado_em", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "registrado")),
                        fields=("municipio",),
                        name="anterior_um_por_conferir",
                        violation_error_message="Já há um acordo deste município esperando a segunda pessoa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("situacao__in", ["registrado", "confirmado", "devolvido"])),
                        name="anterior_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decidido_em__isnull", True),
                                ("decidido_por__isnull", True),
                                ("situacao", "registrado"),
                            ),
                            models.Q(
                                models.Q(("situacao", "registrado"), _negated=True),
                                ("decidido_em__isnull", False),
                                ("decidido_por__isnull", False),
                                models.Q(("decidido_por", models.F("registrado_por")), _negated=True),
                                models.Q(("decisor_nome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="anterior_decidido_por_outra_pessoa",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("processo__isnull", False), ("situacao", "confirmado")),
                            models.Q(models.Q(("situacao", "confirmado"), _negated=True), ("processo__isnull", True)),
                            _connector="OR",
                        ),
                        name="anterior_confirmado_tem_adesao",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "devolvido"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="anterior_devolvido_tem_motivo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fim__gt", models.F("inicio"))), name="anterior_fim_depois_do_inicio"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Encerramento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(blank=True, max_length=30, verbose_name="matrícula")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("emitido", "Para o município assinar"),
                            ("assinado", "Para o INSS assinar"),
                            ("juntado", "Assinado"),
                        ],
                        default="emitido",
                        max_length=8,
                        verbose_name="situação",
                    ),
                ),
                ("casos_abertos", models.PositiveIntegerField(verbose_name="casos em andamento")),
                ("exigencias_abertas", models.PositiveIntegerField(verbose_name="exigências com prazo")),
                ("avisos_enviados", models.PositiveIntegerField(verbose_name="pessoas avisadas")),
                ("destino_casos", models.CharField(max_length=600, verbose_name="destino dos casos")),
                ("dados_destino", models.CharField(max_length=600, verbose_name="destino dos dados e documentos")),
                ("guarda_ate", models.DateField(blank=True, null=True, verbose_name="guarda até")),
                ("pendencias", models.CharField(blank=True, max_length=2000, verbose_name="pendências")),
                ("novo_instrumento", models.CharField(blank=True, max_length=160, verbose_name="novo instrumento")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 do termo assinado")),
                ("assinado_em", models.DateField(blank=True, null=True, verbose_name="assinado em")),
                (
                    "sem_municipio",
                    models.CharField(blank=True, max_length=600, verbose_name="por que sem a assinatura do município"),
                ),
                (
                    "acordo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="encerramento",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
                (
                    "arquivo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="termo assinado",
                    ),
                ),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="autor",
                    ),
                ),
                (
                    "documento",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="termo",
                    ),
                ),
            ],
            options={
                "verbose_name": "termo de encerramento",
                "verbose_name_plural": "termos de encerramento",
                "ordering": ["acordo"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arquivo__isnull", True), ("situacao", "emitido")),
                            models.Q(
                                ("arquivo__isnull", False),
                                ("situacao__in", ["assinado", "juntado"]),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="encerramento_assinado_tem_arquivo",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Anotacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("aceite", "Aceito"),
                            ("devolucao", "Devolvido"),
                            ("dispensa", "Não se aplica"),
                            ("pedido", "Pedido pelo INSS"),
                            ("reabertura", "Reaberto"),
                            ("resposta", "Resposta do município"),
                        ],
                        max_length=10,
                        verbose_name="tipo",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=30, verbose_name="motivo")),
                ("texto", models.CharField(blank=True, max_length=600, verbose_name="texto")),
                ("nome", models.CharField(blank=True, max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(blank=True, max_length=30, verbose_name="matrícula")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                ("publicada_em", models.DateTimeField(blank=True, null=True, verbose_name="mostrada ao município em")),
                (
                    "autor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="autor",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anotacoes",
                        to="adesao.item",
                        verbose_name="item",
                    ),
                ),
            ],
            options={
                "verbose_name": "anotação do item",
                "verbose_name_plural": "anotações do item",
                "ordering": ["item", "em", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tipo__in", ["resposta", "reabertura"]),
                            models.Q(
                                models.Q(("nome", ""), _negated=True),
                                models.Q(("cargo", ""), _negated=True),
                                models.Q(("matricula", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="anotacao_do_inss_tem_quem",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tipo", "devolucao"), _negated=True),
                            models.Q(models.Q(("motivo", ""), _negated=True), models.Q(("texto", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="anotacao_de_devolucao_tem_motivo_e_frase",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Medicao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicador", models.CharField(max_length=20, verbose_name="indicador")),
                (
                    "nivel",
                    models.CharField(
                        choices=[
                            ("em_ordem", "Em ordem"),
                            ("atencao", "Atenção"),
                            ("irregular", "Irregular"),
                            ("sem_dados", "Sem dados"),
                        ],
                        max_length=9,
                        verbose_name="nível",
                    ),
                ),
                ("valor", models.CharField(blank=True, max_length=40, verbose_name="valor")),
                ("frase", models.CharField(max_length=300, verbose_name="o que foi visto")),
                ("desde", models.DateField(verbose_name="desde")),
                ("medida_em", models.DateField(verbose_name="medida em")),
                ("ate", models.DateField(blank=True, null=True, verbose_name="até")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="medicoes",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
            ],
            options={
                "verbose_name": "medição",
                "verbose_name_plural": "medições",
                "ordering": ["acordo", "indicador", "-desde"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ate__isnull", True)),
                        fields=["nivel", "acordo", "indicador"],
                        name="medicao_atual",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ate__isnull", True)),
                        fields=("acordo", "indicador"),
                        name="medicao_uma_atual",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notificacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(blank=True, max_length=30, verbose_name="matrícula")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("numero", models.CharField(max_length=12, unique=True, verbose_name="número")),
                ("indicadores", models.JSONField(default=list, verbose_name="indicadores")),
                ("fatos", models.CharField(max_length=3000, verbose_name="o que foi verificado")),
                ("providencias", models.CharField(max_length=2000, verbose_name="o que se pede")),
                ("prazo", models.DateField(verbose_name="prazo")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("emitida", "Esperando o município"),
                            ("respondida", "Para o INSS avaliar"),
                            ("acolhida", "Resolvida"),
                            ("nao_acolhida", "Não resolvida"),
                            ("cancelada", "Cancelada"),
                        ],
                        default="emitida",
                        max_length=12,
                        verbose_name="situação",
                    ),
                ),
                ("resposta", models.CharField(blank=True, max_length=3000, verbose_name="resposta")),
                ("respondida_em", models.DateTimeField(blank=True, null=True, verbose_name="respondida em")),
                ("avaliacao", models.CharField(blank=True, max_length=2000, verbose_name="avaliação")),
                ("avaliada_em", models.DateTimeField(blank=True, null=True, verbose_name="avaliada em")),
                ("avaliador", models.CharField(blank=True, max_length=250, verbose_name="quem avaliou")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notificacoes",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="autor",
                    ),
                ),
                (
                    "documento",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="papel",
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
                    "resposta_arquivo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="anexo da resposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "notificação",
                "verbose_name_plural": "notificações",
                "ordering": ["acordo", "-em", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "respondida"), _negated=True),
                            models.Q(models.Q(("resposta", ""), _negated=True), ("respondida_em__isnull", False)),
                            _connector="OR",
                        ),
                        name="notificacao_respondida_tem_resposta",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao__in", ["acolhida", "nao_acolhida", "cancelada"]), _negated=True),
                            models.Q(("avaliacao", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notificacao_avaliada_diz_por_que",
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
                ("declaracao", models.CharField(blank=True, max_length=600, verbose_name="por que é o mesmo papel")),
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
                        to="adesao.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "papel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assinados",
                        to="adesao.papel",
                        verbose_name="papel assinado",
                    ),
                ),
            ],
            options={
                "verbose_name": "documento da adesão",
                "verbose_name_plural": "documentos da adesão",
                "ordering": ["item", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("removida_em__isnull", True)), fields=["item"], name="adesao_peca_viva"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Aceite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "texto",
                    models.CharField(
                        choices=[("minuta", "Minuta do acordo"), ("plano", "Plano de trabalho")],
                        max_length=6,
                        verbose_name="texto",
                    ),
                ),
                ("versao", models.CharField(max_length=20, verbose_name="versão do modelo")),
                ("modelo_sha256", models.CharField(max_length=64, verbose_name="SHA-256 do modelo")),
                ("base", models.CharField(max_length=64, verbose_name="hash do que diz")),
                ("em_nome_de", models.CharField(max_length=160, verbose_name="em nome de")),
                ("ressalvas", models.CharField(blank=True, max_length=1000, verbose_name="ressalvas")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                ("perdido_em", models.DateTimeField(blank=True, null=True, verbose_name="perdeu o valor em")),
                ("perdido_motivo", models.CharField(blank=True, max_length=300, verbose_name="por que perdeu o valor")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem aceitou",
                    ),
                ),
                (
                    "papel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="adesao.papel",
                        verbose_name="papel aceito",
                    ),
                ),
                (
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aceites",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "aceite",
                "verbose_name_plural": "aceites",
                "ordering": ["processo", "texto", "-em"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("perdido_em__isnull", True)),
                        fields=("processo", "texto"),
                        name="aceite_um_valido_por_texto",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Prorrogacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("meses", models.PositiveSmallIntegerField(verbose_name="meses a mais")),
                ("justificativa", models.CharField(max_length=2000, verbose_name="justificativa")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("pedida", "Para o INSS decidir"),
                            ("aprovada", "Para o município assinar"),
                            ("assinada", "Para o INSS assinar e publicar"),
                            ("efetivada", "Em vigor"),
                            ("recusada", "Não aprovada"),
                            ("desistida", "Desistida"),
                        ],
                        default="pedida",
                        max_length=9,
                        verbose_name="situação",
                    ),
                ),
                (
                    "pedida_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="pedida em"),
                ),
                ("decisao", models.CharField(blank=True, max_length=2000, verbose_name="decisão")),
                ("competencia", models.CharField(blank=True, max_length=200, verbose_name="ato que dá competência")),
                ("decidida_em", models.DateTimeField(blank=True, null=True, verbose_name="decidida em")),
                ("decisor_nome", models.CharField(blank=True, max_length=120, verbose_name="nome de quem decidiu")),
                ("decisor_cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo de quem decidiu")),
                (
                    "decisor_matricula",
                    models.CharField(blank=True, max_length=30, verbose_name="matrícula de quem decidiu"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 do termo assinado")),
                ("assinado_em", models.DateField(blank=True, null=True, verbose_name="assinado em")),
                ("dou_data", models.DateField(blank=True, null=True, verbose_name="data no Diário Oficial")),
                ("dou_pagina", models.CharField(blank=True, max_length=30, verbose_name="seção e página")),
                ("fim_anterior", models.DateField(blank=True, null=True, verbose_name="fim anterior")),
                ("novo_fim", models.DateField(blank=True, null=True, verbose_name="novo fim")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prorrogacoes",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
                (
                    "arquivo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="termo assinado",
                    ),
                ),
                (
                    "documento",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="termo aditivo",
                    ),
                ),
                (
                    "pedida_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pediu",
                    ),
                ),
            ],
            options={
                "verbose_name": "prorrogação",
                "verbose_name_plural": "prorrogações",
                "ordering": ["acordo", "-pedida_em", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("situacao__in", ["pedida", "aprovada", "assinada"])),
                        fields=("acordo",),
                        name="prorrogacao_uma_aberta",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "efetivada"), _negated=True),
                            models.Q(("dou_data__isnull", False), ("novo_fim__isnull", False)),
                            _connector="OR",
                        ),
                        name="prorrogacao_efetivada_tem_tudo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representante",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versao", models.PositiveIntegerField(default=0, editable=False, verbose_name="versão")),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("nome_social", models.CharField(blank=True, max_length=120, verbose_name="nome social")),
                ("cpf", models.CharField(max_length=11, verbose_name="CPF")),
                ("matricula", models.CharField(max_length=30, verbose_name="matrícula")),
                ("cargo", models.CharField(max_length=80, verbose_name="cargo")),
                ("nacionalidade", models.CharField(blank=True, max_length=40, verbose_name="nacionalidade")),
                (
                    "vinculo",
                    models.CharField(
                        choices=[
                            ("efetivo", "Servidor efetivo"),
                            ("comissionado", "Cargo em comissão"),
                            ("outro", "Outro vínculo"),
                        ],
                        max_length=12,
                        verbose_name="vínculo",
                    ),
                ),
                ("lotacao", models.CharField(blank=True, max_length=120, verbose_name="onde trabalha")),
                (
                    "papel",
                    models.CharField(
                        choices=[
                            ("gestor", "Gestor do acordo"),
                            ("cadastrador", "Cadastrador externo (cuida dos acessos)"),
                            ("atendente", "Representante (atende e faz os pedidos)"),
                        ],
                        max_length=11,
                        verbose_name="papel no acordo",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail individual")),
                ("celular", models.CharField(blank=True, max_length=11, verbose_name="celular")),
                ("acesso_em_outra", models.BooleanField(verbose_name="já tem acesso por outra entidade")),
                ("removido_em", models.DateTimeField(blank=True, null=True, verbose_name="removido em")),
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
                    "ponto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representantes",
                        to="adesao.ponto",
                        verbose_name="ponto",
                    ),
                ),
                (
                    "processo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representantes",
                        to="adesao.processo",
                        verbose_name="adesão",
                    ),
                ),
            ],
            options={
                "verbose_name": "representante indicado",
                "verbose_name_plural": "representantes indicados",
                "ordering": ["processo", "nome"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removido_em__isnull", True)),
                        fields=("processo", "email"),
                        name="representante_email_so_seu",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removido_em__isnull", True)),
                        fields=("processo", "cpf"),
                        name="representante_uma_vez",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicoAutorizado",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=60, verbose_name="serviço")),
                ("nome", models.CharField(max_length=160, verbose_name="nome")),
                ("desde", models.DateField(verbose_name="desde")),
                ("ate", models.DateField(blank=True, null=True, verbose_name="até")),
                ("motivo_fim", models.CharField(blank=True, max_length=300, verbose_name="por que saiu")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="servicos",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
                (
                    "excluido_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem excluiu",
                    ),
                ),
                (
                    "incluido_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem incluiu",
                    ),
                ),
            ],
            options={
                "verbose_name": "serviço autorizado",
                "verbose_name_plural": "serviços autorizados",
                "ordering": ["acordo", "nome", "desde"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ate__isnull", True)),
                        fields=("acordo", "codigo"),
                        name="servico_autorizado_uma_vez",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ate__isnull", True), ("ate__gte", models.F("desde")), _connector="OR"),
                        name="servico_autorizado_fim_depois",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assinatura",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "parte",
                    models.CharField(
                        choices=[("municipio", "Município"), ("inss", "INSS")], max_length=9, verbose_name="parte"
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
                ("conferente_nome", models.CharField(blank=True, max_length=120, verbose_name="nome de quem conferiu")),
                (
                    "conferente_cargo",
                    models.CharField(blank=True, max_length=80, verbose_name="cargo de quem conferiu"),
                ),
                (
                    "conferente_matricula",
                    models.CharField(blank=True, max_length=30, verbose_name="matrícula de quem conferiu"),
                ),
                ("observacao", models.CharField(blank=True, max_length=600, verbose_name="observação")),
                ("declaracao", models.CharField(blank=True, max_length=600, verbose_name="por que é o mesmo papel")),
                ("substituida_em", models.DateTimeField(blank=True, null=True, verbose_name="substituída em")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assinaturas",
                        to="adesao.acordo",
                        verbose_name="acordo",
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
            ],
            options={
                "verbose_name": "assinatura",
                "verbose_name_plural": "assinaturas",
                "ordering": ["acordo", "enviado_em", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("substituida_em__isnull", True)),
                        fields=("acordo", "parte"),
                        name="assinatura_uma_por_parte",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("conferido_em__isnull", True), ("conferido_por__isnull", True), ("resultado", "")
                            ),
                            models.Q(
                                models.Q(("resultado", ""), _negated=True),
                                ("conferido_em__isnull", False),
                                ("conferido_por__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assinatura_conferida_diz_quem_e_quando",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AtoDoAcordo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cargo", models.CharField(blank=True, max_length=80, verbose_name="cargo")),
                ("matricula", models.CharField(blank=True, max_length=30, verbose_name="matrícula")),
                ("em", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="em")),
                ("verbo", models.CharField(max_length=20, verbose_name="ato")),
                ("texto", models.CharField(max_length=3000, verbose_name="motivo")),
                ("competencia", models.CharField(blank=True, max_length=200, verbose_name="ato que dá competência")),
                ("do_municipio", models.BooleanField(default=False, verbose_name="do município")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="atos",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="autor",
                    ),
                ),
            ],
            options={
                "verbose_name": "ato do acordo",
                "verbose_name_plural": "atos do acordo",
                "ordering": ["acordo", "em", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("texto", ""), _negated=True), name="ato_do_acordo_tem_motivo"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conferencia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("documento", models.CharField(max_length=40, verbose_name="documento")),
                ("em", models.DateField(verbose_name="dia")),
                ("ate", models.DateField(blank=True, null=True, verbose_name="vale até")),
                ("texto", models.CharField(max_length=300, verbose_name="número ou observação")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("enviada", "Para o INSS conferir"),
                            ("confirmada", "Confirmada"),
                            ("recusada", "Recusada"),
                            ("substituida", "Substituída"),
                        ],
                        default="enviada",
                        max_length=11,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=600, verbose_name="motivo")),
                (
                    "enviada_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="enviada em"),
                ),
                ("conferente", models.CharField(blank=True, max_length=250, verbose_name="quem conferiu")),
                ("conferida_em", models.DateTimeField(blank=True, null=True, verbose_name="conferida em")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferencias",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
                (
                    "arquivo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="arquivo",
                    ),
                ),
                (
                    "enviada_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem enviou",
                    ),
                ),
            ],
            options={
                "verbose_name": "conferência",
                "verbose_name_plural": "conferências",
                "ordering": ["acordo", "documento", "-enviada_em", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "confirmada")),
                        fields=("acordo", "documento"),
                        name="conferencia_uma_confirmada",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "enviada")),
                        fields=("acordo", "documento"),
                        name="conferencia_uma_enviada",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Habilitacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("falta", "Falta comprovar"),
                            ("aberta", "Acesso aberto"),
                            ("fechada", "Acesso fechado"),
                            ("desligada", "Desligada"),
                        ],
                        default="falta",
                        max_length=9,
                        verbose_name="situação",
                    ),
                ),
                (
                    "situacao_desde",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nesta situação desde"),
                ),
                ("motivo", models.CharField(blank=True, max_length=300, verbose_name="motivo da situação")),
                ("acesso_ate", models.DateField(blank=True, null=True, verbose_name="acesso até")),
                (
                    "acordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitacoes",
                        to="adesao.acordo",
                        verbose_name="acordo",
                    ),
                ),
                (
                    "vinculo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.vinculo",
                        verbose_name="acesso dado",
                    ),
                ),
                (
                    "representante",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitacao",
                        to="adesao.representante",
                        verbose_name="representante",
                    ),
                ),
            ],
            options={
                "verbose_name": "habilitação",
                "verbose_name_plural": "habilitações",
                "ordering": ["acordo", "representante__nome", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("situacao", "aberta")), fields=["acesso_ate"], name="habilitacao_fim"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("situacao__in", ["falta", "aberta", "fechada", "desligada"])),
                        name="habilitacao_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "aberta"), _negated=True),
                            models.Q(("acesso_ate__isnull", False), ("vinculo__isnull", False)),
                            _connector="OR",
                        ),
                        name="habilitacao_aberta_tem_acesso_com_fim",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermoAssinado",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("do_municipio", models.BooleanField(verbose_name="enviado pelo município")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("assinado_em", models.DateField(verbose_name="assinado em")),
                ("declaracao", models.CharField(blank=True, max_length=600, verbose_name="por que é o mesmo papel")),
                (
                    "enviado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="enviado em"),
                ),
                (
                    "arquivo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="arquivo",
                    ),
                ),
                (
                    "encerramento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assinados",
                        to="adesao.encerramento",
                        verbose_name="encerramento",
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
                    "prorrogacao",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assinados",
                        to="adesao.prorrogacao",
                        verbose_name="prorrogação",
                    ),
                ),
            ],
            options={
                "verbose_name": "termo assinado",
                "verbose_name_plural": "termos assinados",
                "ordering": ["enviado_em", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("encerramento__isnull", True), ("prorrogacao__isnull", False)),
                            models.Q(("encerramento__isnull", False), ("prorrogacao__isnull", True)),
                            _connector="OR",
                        ),
                        name="termo_assinado_de_um_so",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comprovacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("requisito", models.CharField(max_length=40, verbose_name="requisito")),
                ("em", models.DateField(verbose_name="dia")),
                ("ate", models.DateField(blank=True, null=True, verbose_name="vale até")),
                ("texto", models.CharField(blank=True, max_length=160, verbose_name="descrição")),
                ("horas", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="horas")),
                ("declaracao", models.CharField(blank=True, max_length=600, verbose_name="por que é o mesmo papel")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("enviada", "Para o INSS conferir"),
                            ("confirmada", "Confirmada"),
                            ("recusada", "Recusada"),
                            ("substituida", "Substituída"),
                        ],
                        default="enviada",
                        max_length=11,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=600, verbose_name="motivo")),
                (
                    "enviada_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="enviada em"),
                ),
                ("conferida_em", models.DateTimeField(blank=True, null=True, verbose_name="conferida em")),
                ("conferente_nome", models.CharField(blank=True, max_length=120, verbose_name="nome de quem conferiu")),
                (
                    "conferente_cargo",
                    models.CharField(blank=True, max_length=80, verbose_name="cargo de quem conferiu"),
                ),
                (
                    "conferente_matricula",
                    models.CharField(blank=True, max_length=30, verbose_name="matrícula de quem conferiu"),
                ),
                (
                    "arquivo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.arquivo",
                        verbose_name="arquivo",
                    ),
                ),
                (
                    "conferida_por",
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
                    "enviada_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem enviou",
                    ),
                ),
                (
                    "habilitacao",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comprovacoes",
                        to="adesao.habilitacao",
                        verbose_name="habilitação",
                    ),
                ),
            ],
            options={
                "verbose_name": "comprovação",
                "verbose_name_plural": "comprovações",
                "ordering": ["habilitacao", "requisito", "-enviada_em", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "confirmada")),
                        fields=("habilitacao", "requisito"),
                        name="comprovacao_uma_confirmada",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "enviada")),
                        fields=("habilitacao", "requisito"),
                        name="comprovacao_uma_enviada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao__in", ["confirmada", "recusada"]), _negated=True),
                            models.Q(("conferida_em__isnull", False), ("conferida_por__isnull", False)),
                            _connector="OR",
                        ),
                        name="comprovacao_conferida_diz_quem",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Termo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requisito", models.CharField(max_length=40, verbose_name="requisito")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
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
                    "habilitacao",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="termos",
                        to="adesao.habilitacao",
                        verbose_name="habilitação",
                    ),
                ),
            ],
            options={
                "verbose_name": "termo",
                "verbose_name_plural": "termos",
                "ordering": ["habilitacao", "requisito", "-criado_em", "-pk"],
            },
        ),
    ]
