import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import act_portal.arquivos.models
import requerimentos.models.requerimento


class Migration(migrations.Migration):
    replaces = [
        ("requerimentos", "0001_initial"),
        ("requerimentos", "0002_rascunho_da_resposta"),
        ("requerimentos", "0003_fichas"),
        ("requerimentos", "0004_mandato"),
        ("requerimentos", "0005_agenda"),
        ("requerimentos", "0006_papeis_da_ficha"),
        ("requerimentos", "0007_triagem"),
        ("requerimentos", "0008_pedido_repetido"),
        ("requerimentos", "0009_pagina_mantida"),
        ("requerimentos", "0010_consertos"),
        ("requerimentos", "0011_retorno_dos_assinados"),
        ("requerimentos", "0012_papeis_que_faltavam"),
        ("requerimentos", "0013_celular"),
        ("requerimentos", "0014_renuncia_do_municipio"),
        ("requerimentos", "0015_fe_do_atendente"),
        ("requerimentos", "0016_papel_alheio"),
        ("requerimentos", "0017_celular_da_exigencia"),
        ("requerimentos", "0018_revogacao_em_parte"),
        ("requerimentos", "0019_codigos_lidos"),
        ("requerimentos", "0020_ler_o_que_ja_estava"),
        ("requerimentos", "0021_recolhidas"),
        ("requerimentos", "0022_retorno_da_exigencia"),
        ("requerimentos", "0023_recorrer_ate"),
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
            name="PacoteVersao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=40, verbose_name="código do pacote")),
                ("versao", models.CharField(max_length=16, verbose_name="versão (hash do conteúdo)")),
                ("dados", models.JSONField(verbose_name="conteúdo")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
            ],
            options={
                "verbose_name": "versão de pacote de perguntas",
                "verbose_name_plural": "versões de pacotes de perguntas",
                "ordering": ["codigo", "criado_em"],
                "constraints": [models.UniqueConstraint(fields=("codigo", "versao"), name="pacote_versao_unica")],
            },
        ),
        migrations.CreateModel(
            name="Pessoa",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome_civil", models.CharField(max_length=120, verbose_name="nome civil")),
                ("nome_social", models.CharField(blank=True, max_length=120, verbose_name="nome social")),
                ("nome_busca", models.CharField(editable=False, max_length=250)),
                ("cpf", models.CharField(max_length=11, verbose_name="CPF")),
                ("nascimento", models.DateField(verbose_name="data de nascimento")),
                (
                    "sexo",
                    models.CharField(
                        choices=[("F", "Feminino"), ("M", "Masculino")], max_length=1, verbose_name="sexo"
                    ),
                ),
                ("mae", models.CharField(blank=True, max_length=120, verbose_name="nome da mãe")),
                (
                    "estado_civil",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solteiro", "Solteiro(a)"),
                            ("casado", "Casado(a)"),
                            ("viuvo", "Viúvo(a)"),
                            ("divorciado", "Divorciado(a)"),
                            ("separado", "Separado(a)"),
                            ("uniao", "União estável"),
                        ],
                        max_length=10,
                        verbose_name="estado civil",
                    ),
                ),
                ("nacionalidade", models.CharField(blank=True, max_length=40, verbose_name="nacionalidade")),
                ("profissao", models.CharField(blank=True, max_length=60, verbose_name="profissão")),
                (
                    "documento_tipo",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cin", "Carteira de Identidade Nacional (CIN)"),
                            ("rg", "RG"),
                            ("cnh", "CNH"),
                            ("ctps", "Carteira de trabalho"),
                            ("crnm", "CRNM (pessoa estrangeira)"),
                            ("certidao", "Certidão de nascimento"),
                            ("outro", "Outro documento oficial"),
                        ],
                        max_length=8,
                        verbose_name="documento de identidade",
                    ),
                ),
                ("documento_numero", models.CharField(blank=True, max_length=30, verbose_name="número do documento")),
                ("documento_orgao", models.CharField(blank=True, max_length=30, verbose_name="órgão emissor e UF")),
                ("cep", models.CharField(blank=True, max_length=8, verbose_name="CEP")),
                (
                    "endereco",
                    models.CharField(blank=True, max_length=150, verbose_name="rua, número ou ponto de referência"),
                ),
                ("bairro", models.CharField(blank=True, max_length=80, verbose_name="bairro ou comunidade")),
                (
                    "assina",
                    models.CharField(
                        choices=[
                            ("sim", "Assina o próprio nome"),
                            ("nao_alfabetizada", "Não sabe ler ou escrever"),
                            ("impedimento", "Não consegue assinar agora"),
                        ],
                        default="sim",
                        max_length=16,
                        verbose_name="assina?",
                    ),
                ),
                (
                    "canal",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("whatsapp", "WhatsApp"),
                            ("balcao", "Só no balcão"),
                        ],
                        default="balcao",
                        max_length=8,
                        verbose_name="como quer ser avisada",
                    ),
                ),
                ("ficticia", models.BooleanField(default=False, editable=False, verbose_name="dados fictícios")),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                (
                    "cidade",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.municipio",
                        verbose_name="cidade onde mora",
                    ),
                ),
                (
                    "municipio",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.municipio",
                        verbose_name="município do balcão",
                    ),
                ),
            ],
            options={
                "verbose_name": "pessoa",
                "verbose_name_plural": "pessoas",
                "ordering": ["nome_busca", "pk"],
                "indexes": [models.Index(fields=["municipio", "nome_busca"], name="pessoa_por_nome")],
                "constraints": [
                    models.UniqueConstraint(fields=("municipio", "cpf"), name="pessoa_cpf_unico_no_municipio")
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicoVersao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=60, verbose_name="código do serviço")),
                ("versao", models.CharField(max_length=64, verbose_name="versão (hash do conteúdo)")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("dados", models.JSONField(verbose_name="conteúdo")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
            ],
            options={
                "verbose_name": "versão de serviço",
                "verbose_name_plural": "versões de serviço",
                "ordering": ["codigo", "criado_em"],
                "constraints": [models.UniqueConstraint(fields=("codigo", "versao"), name="servico_versao_unica")],
            },
        ),
        migrations.CreateModel(
            name="Obito",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("em", models.DateField(verbose_name="data do óbito")),
                (
                    "documento",
                    models.CharField(
                        max_length=120, verbose_name="certidão de óbito (matrícula, ou cartório, livro e folha)"
                    ),
                ),
                (
                    "criado_em",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="registrado em"
                    ),
                ),
                ("desfeito_em", models.DateTimeField(blank=True, null=True, verbose_name="desfeito em")),
                ("desfeito_motivo", models.CharField(blank=True, max_length=300, verbose_name="por que foi desfeito")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem registrou",
                    ),
                ),
                (
                    "desfeito_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem desfez",
                    ),
                ),
                (
                    "pessoa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="obitos",
                        to="requerimentos.pessoa",
                        verbose_name="pessoa",
                    ),
                ),
            ],
            options={
                "verbose_name": "óbito",
                "verbose_name_plural": "óbitos",
                "ordering": ["-criado_em", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("desfeito_em__isnull", True)),
                        fields=("pessoa",),
                        name="obito_um_por_pessoa",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("desfeito_em__isnull", True),
                            models.Q(("desfeito_por__isnull", False), models.Q(("desfeito_motivo", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="obito_desfeito_tem_quem_e_por_que",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.CharField(max_length=11, verbose_name="NIT")),
                (
                    "pessoa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nits",
                        to="requerimentos.pessoa",
                        verbose_name="pessoa",
                    ),
                ),
            ],
            options={
                "verbose_name": "NIT",
                "verbose_name_plural": "NITs",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("pessoa", "numero"), name="nit_unico_na_pessoa")],
            },
        ),
        migrations.CreateModel(
            name="Contato",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("celular", "Celular"),
                            ("email", "E-mail"),
                            ("telefone", "Telefone fixo"),
                            ("whatsapp", "WhatsApp"),
                        ],
                        max_length=8,
                        verbose_name="tipo",
                    ),
                ),
                ("valor", models.CharField(max_length=120, verbose_name="número ou e-mail")),
                (
                    "de_quem",
                    models.CharField(
                        choices=[
                            ("proprio", "Da própria pessoa"),
                            ("familiar", "De familiar"),
                            ("recado", "Para recado"),
                        ],
                        default="proprio",
                        max_length=8,
                        verbose_name="de quem é",
                    ),
                ),
                ("nome_recado", models.CharField(blank=True, max_length=80, verbose_name="falar com")),
                (
                    "pessoa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contatos",
                        to="requerimentos.pessoa",
                        verbose_name="pessoa",
                    ),
                ),
            ],
            options={
                "verbose_name": "contato",
                "verbose_name_plural": "contatos",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("pessoa", "tipo", "valor"), name="contato_unico_na_pessoa")
                ],
            },
        ),
        migrations.CreateModel(
            name="Atendimento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("dia", models.DateField(verbose_name="dia, no fuso do município")),
                ("senha", models.CharField(max_length=6, verbose_name="senha")),
                (
                    "prioridade",
                    models.CharField(
                        choices=[
                            ("80", "80 anos ou mais"),
                            ("60", "60 a 79 anos"),
                            ("deficiencia", "Pessoa com deficiência ou autismo (TEA)"),
                            ("gestante", "Gestante, lactante ou com criança de colo"),
                            ("mobilidade", "Mobilidade reduzida ou pessoa obesa"),
                            ("doador", "Doador(a) de sangue (prova de até 120 dias)"),
                            ("nenhuma", "Sem prioridade"),
                        ],
                        max_length=11,
                        verbose_name="prioridade",
                    ),
                ),
                (
                    "motivo",
                    models.CharField(
                        choices=[
                            ("nao_sabe", "Ainda não sei: orientar"),
                            ("pedir", "Pedir um benefício ou serviço"),
                            ("exigencia", "Cumprir exigência"),
                            ("saber", "Saber do pedido"),
                            ("resultado", "Receber o resultado"),
                            ("outro", "Outro assunto"),
                        ],
                        max_length=9,
                        verbose_name="o que veio fazer",
                    ),
                ),
                ("ajuda", models.CharField(blank=True, max_length=120, verbose_name="ajuda de que precisa")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("aguardando", "Aguardando"),
                            ("chamado", "Chamado"),
                            ("em_atendimento", "Em atendimento"),
                            ("ausente", "Não compareceu"),
                            ("concluido", "Concluído"),
                        ],
                        default="aguardando",
                        max_length=14,
                        verbose_name="situação",
                    ),
                ),
                ("chegada_em", models.DateTimeField(default=django.utils.timezone.now, verbose_name="chegada")),
                ("chamado_em", models.DateTimeField(blank=True, null=True, verbose_name="chamado em")),
                ("chamadas", models.PositiveSmallIntegerField(default=0, verbose_name="chamadas")),
                ("iniciado_em", models.DateTimeField(blank=True, null=True, verbose_name="iniciado em")),
                ("encerrado_em", models.DateTimeField(blank=True, null=True, verbose_name="encerrado em")),
                (
                    "desfecho",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pedido", "Abriu pedido"),
                            ("andamento", "Andou um pedido que já existia"),
                            ("orientacao", "Só orientação"),
                            ("encaminhado", "Encaminhado a outro lugar"),
                        ],
                        max_length=11,
                        verbose_name="desfecho",
                    ),
                ),
                ("orientacao", models.TextField(blank=True, verbose_name="orientação dada")),
                (
                    "atendente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="atendente",
                    ),
                ),
                (
                    "balcao",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="atendimentos",
                        to="territorio.balcao",
                        verbose_name="balcão",
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
                    "pessoa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="atendimentos",
                        to="requerimentos.pessoa",
                        verbose_name="pessoa",
                    ),
                ),
            ],
            options={
                "verbose_name": "atendimento",
                "verbose_name_plural": "atendimentos",
                "ordering": ["chegada_em", "pk"],
                "indexes": [models.Index(fields=["balcao", "dia", "situacao"], name="atendimento_fila")],
                "constraints": [
                    models.UniqueConstraint(fields=("balcao", "dia", "senha"), name="atendimento_senha_unica_no_dia"),
                    models.UniqueConstraint(
                        condition=models.Q(("situacao__in", ["aguardando", "chamado", "em_atendimento"])),
                        fields=("balcao", "dia", "pessoa"),
                        name="atendimento_um_aberto_por_pessoa",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "concluido"), _negated=True),
                            models.Q(models.Q(("desfecho", ""), _negated=True), ("encerrado_em__isnull", False)),
                            _connector="OR",
                        ),
                        name="atendimento_concluido_tem_desfecho",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representante",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("pai_mae", "Pai ou mãe"),
                            ("tutor", "Tutor(a)"),
                            ("curador", "Curador(a)"),
                            ("guardiao", "Guardião(ã)"),
                            ("adm_provisorio", "Administrador(a) provisório(a)"),
                            ("dirigente", "Dirigente de entidade de acolhimento"),
                            ("procurador", "Procurador(a)"),
                        ],
                        max_length=14,
                        verbose_name="quem é",
                    ),
                ),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("cpf", models.CharField(max_length=11, verbose_name="CPF")),
                ("documento", models.CharField(max_length=60, verbose_name="documento de identidade")),
                ("endereco", models.CharField(blank=True, max_length=200, verbose_name="endereço")),
                ("telefone", models.CharField(blank=True, max_length=20, verbose_name="telefone")),
                ("titulo", models.CharField(max_length=120, verbose_name="documento que prova a representação")),
                ("titulo_data", models.DateField(blank=True, null=True, verbose_name="data do documento")),
                ("processo", models.CharField(blank=True, max_length=40, verbose_name="número do processo")),
                ("juizo", models.CharField(blank=True, max_length=120, verbose_name="juízo (vara e comarca)")),
                ("validade", models.DateField(blank=True, null=True, verbose_name="válido até")),
                ("limites", models.TextField(blank=True, verbose_name="limites fixados na decisão")),
                ("parentesco", models.CharField(blank=True, max_length=40, verbose_name="parentesco")),
                (
                    "procuracao_forma",
                    models.CharField(
                        blank=True,
                        choices=[("publica", "Pública"), ("particular", "Particular")],
                        max_length=10,
                        verbose_name="forma da procuração",
                    ),
                ),
                (
                    "procuracao_cartorio",
                    models.CharField(blank=True, max_length=120, verbose_name="cartório, livro e folha"),
                ),
                (
                    "procuracao_substabelece",
                    models.BooleanField(blank=True, null=True, verbose_name="pode substabelecer?"),
                ),
                ("procuracao_oab", models.CharField(blank=True, max_length=20, verbose_name="OAB")),
                ("encerrado_em", models.DateField(blank=True, null=True, verbose_name="deixou de valer em")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                (
                    "pessoa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representantes",
                        to="requerimentos.pessoa",
                        verbose_name="pessoa",
                    ),
                ),
            ],
            options={
                "verbose_name": "representante",
                "verbose_name_plural": "representantes",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("encerrado_em__isnull", True)),
                        fields=("pessoa", "cpf", "tipo"),
                        name="representante_unico_por_tipo",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Requerimento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("servico_codigo", models.CharField(max_length=60, verbose_name="código do serviço")),
                (
                    "etapa",
                    models.CharField(
                        choices=[
                            ("preparo", "Em preparo"),
                            ("na_fila", "Na fila para o INSS"),
                            ("devolvido", "Devolvido para corrigir"),
                            ("acompanhando", "Com o INSS"),
                            ("exigencia", "Exigência aberta"),
                            ("resultado", "Resultado para entregar"),
                            ("entregue", "Resultado entregue"),
                            ("cancelado", "Cancelado"),
                        ],
                        default="preparo",
                        max_length=12,
                        verbose_name="etapa",
                    ),
                ),
                ("etapa_motivo", models.CharField(blank=True, max_length=500, verbose_name="motivo da etapa")),
                (
                    "quem_assina",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("titular", "A própria pessoa"),
                            ("rogo", "Alguém assina a rogo, com duas testemunhas"),
                            ("representante", "Representante legal ou procurador"),
                        ],
                        max_length=13,
                        verbose_name="quem assina",
                    ),
                ),
                ("rogo", models.JSONField(blank=True, default=dict, verbose_name="quem assina a rogo e testemunhas")),
                ("respostas", models.JSONField(blank=True, default=dict, verbose_name="respostas")),
                ("incompleto", models.BooleanField(default=False, verbose_name="enviado incompleto a pedido")),
                (
                    "incompleto_motivo",
                    models.CharField(blank=True, max_length=300, verbose_name="por que vai incompleto"),
                ),
                ("repetido_motivo", models.CharField(blank=True, max_length=300, verbose_name="por que pede de novo")),
                ("protocolo", models.CharField(blank=True, max_length=11, verbose_name="protocolo do INSS")),
                ("der", models.DateField(blank=True, null=True, verbose_name="data de entrada no INSS")),
                ("protocolado_em", models.DateTimeField(blank=True, null=True, verbose_name="protocolado em")),
                ("unidade_analise", models.CharField(blank=True, max_length=120, verbose_name="unidade que analisa")),
                (
                    "segredo",
                    models.CharField(
                        default=requerimentos.models.requerimento.novo_segredo, editable=False, max_length=64
                    ),
                ),
                (
                    "situacao_inss",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("PENDENTE", "Pendente"),
                            ("EM_ANALISE", "Em análise"),
                            ("CUMPRIMENTO_DE_EXIGENCIA", "Exigência"),
                            ("CONCLUIDA", "Concluída"),
                            ("CANCELADA", "Cancelada"),
                        ],
                        max_length=24,
                        verbose_name="situação no INSS",
                    ),
                ),
                ("situacao_desde", models.DateTimeField(blank=True, null=True, verbose_name="nesta situação desde")),
                ("inss_visto_em", models.DateTimeField(blank=True, null=True, verbose_name="INSS consultado em")),
                (
                    "inss_versao",
                    models.PositiveBigIntegerField(default=0, editable=False, verbose_name="versão no INSS"),
                ),
                (
                    "inss_falha",
                    models.CharField(blank=True, max_length=200, verbose_name="por que a última consulta falhou"),
                ),
                (
                    "proxima_consulta_em",
                    models.DateTimeField(blank=True, null=True, verbose_name="próxima consulta ao INSS"),
                ),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                ("encerrado_em", models.DateTimeField(blank=True, null=True, verbose_name="encerrado em")),
                (
                    "atendente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="atendente responsável",
                    ),
                ),
                (
                    "atendimento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requerimentos",
                        to="requerimentos.atendimento",
                        verbose_name="atendimento",
                    ),
                ),
                (
                    "balcao",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requerimentos",
                        to="territorio.balcao",
                        verbose_name="balcão",
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
                    "municipio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territorio.municipio",
                        verbose_name="município",
                    ),
                ),
                (
                    "pessoa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requerimentos",
                        to="requerimentos.pessoa",
                        verbose_name="pessoa",
                    ),
                ),
                (
                    "representante",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requerimentos.representante",
                        verbose_name="representante",
                    ),
                ),
                (
                    "servico",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requerimentos",
                        to="requerimentos.servicoversao",
                        verbose_name="serviço",
                    ),
                ),
            ],
            options={
                "verbose_name": "requerimento",
                "verbose_name_plural": "requerimentos",
                "ordering": ["-criado_em", "-pk"],
                "indexes": [
                    models.Index(fields=["municipio", "etapa", "-criado_em", "-id"], name="requerimento_lista"),
                    models.Index(fields=["municipio", "-criado_em", "-id"], name="requerimento_lista_toda"),
                    models.Index(
                        condition=models.Q(("proxima_consulta_em__isnull", False)),
                        fields=["proxima_consulta_em"],
                        name="requerimento_a_consultar",
                    ),
                    models.Index(fields=["pessoa", "servico_codigo"], name="requerimento_repetido"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("protocolo", ""), _negated=True),
                        fields=("protocolo",),
                        name="requerimento_protocolo_unico",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "etapa__in",
                                [
                                    "preparo",
                                    "na_fila",
                                    "devolvido",
                                    "acompanhando",
                                    "exigencia",
                                    "resultado",
                                    "entregue",
                                    "cancelado",
                                ],
                            )
                        ),
                        name="requerimento_etapa_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("etapa__in", ["preparo", "na_fila", "devolvido", "cancelado"]),
                            models.Q(
                                models.Q(("protocolo", ""), _negated=True),
                                ("der__isnull", False),
                                ("protocolado_em__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="requerimento_com_inss_tem_protocolo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quem_assina", "representante"), _negated=True),
                            ("representante__isnull", False),
                            _connector="OR",
                        ),
                        name="requerimento_representante_conforme_quem_assina",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("incompleto", False), models.Q(("incompleto_motivo", ""), _negated=True), _connector="OR"
                        ),
                        name="requerimento_incompleto_tem_motivo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Triagem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("respostas", models.JSONField(blank=True, default=dict, verbose_name="respostas")),
                ("versao", models.PositiveIntegerField(default=0, editable=False, verbose_name="versão")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                (
                    "atendimento",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="triagem",
                        to="requerimentos.atendimento",
                        verbose_name="atendimento",
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
                    "folha",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="folha de orientação",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversa de triagem",
                "verbose_name_plural": "conversas de triagem",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Agendamento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero_inss", models.CharField(max_length=40, verbose_name="número no INSS")),
                (
                    "tipo",
                    models.CharField(
                        choices=[("pericia", "Perícia médica"), ("avaliacao_social", "Avaliação social")],
                        max_length=16,
                        verbose_name="tipo",
                    ),
                ),
                ("quando", models.DateTimeField(verbose_name="dia e hora")),
                ("unidade", models.CharField(max_length=120, verbose_name="unidade")),
                ("endereco", models.CharField(blank=True, max_length=200, verbose_name="endereço")),
                ("ibge", models.CharField(blank=True, max_length=7, verbose_name="código IBGE da cidade da unidade")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("AGENDADO", "Agendado"),
                            ("REMARCADO", "Remarcado"),
                            ("CUMPRIDO", "Cumprido"),
                            ("CANCELADO", "Cancelado"),
                            ("FALTOU", "Não compareceu"),
                        ],
                        max_length=9,
                        verbose_name="situação",
                    ),
                ),
                (
                    "remarcacao",
                    models.BooleanField(default=False, verbose_name="veio de remarcação pedida pela pessoa"),
                ),
                (
                    "inss_versao",
                    models.PositiveBigIntegerField(default=0, editable=False, verbose_name="versão no INSS"),
                ),
                ("acompanhante", models.BooleanField(default=False, verbose_name="vai com acompanhante")),
                ("transporte", models.BooleanField(default=False, verbose_name="precisa de transporte")),
                (
                    "comprovante",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="comprovante",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agendamentos",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "agendamento",
                "verbose_name_plural": "agendamentos",
                "ordering": ["quando", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("situacao", "AGENDADO")), fields=["quando"], name="agendamento_a_vir"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("requerimento", "numero_inss"), name="agendamento_um_por_numero")
                ],
            },
        ),
        migrations.CreateModel(
            name="Conjunto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.PositiveSmallIntegerField(verbose_name="número")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("fazendo", "Sendo feito"),
                            ("pronto", "Pronto para assinar"),
                            ("substituido", "Substituído"),
                        ],
                        default="fazendo",
                        max_length=11,
                        verbose_name="situação",
                    ),
                ),
                ("base", models.CharField(max_length=64, verbose_name="hash do que foi impresso")),
                ("motivo", models.CharField(blank=True, max_length=200, verbose_name="por que foi substituído")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("pronto_em", models.DateTimeField(blank=True, null=True, verbose_name="pronto em")),
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
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conjuntos",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "conjunto de papéis",
                "verbose_name_plural": "conjuntos de papéis",
                "ordering": ["requerimento", "-numero"],
                "constraints": [
                    models.UniqueConstraint(fields=("requerimento", "numero"), name="conjunto_numero_unico"),
                    models.UniqueConstraint(
                        condition=models.Q(("situacao__in", ["fazendo", "pronto"])),
                        fields=("requerimento",),
                        name="conjunto_um_vigente",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exigencia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("numero_inss", models.CharField(max_length=40, verbose_name="número no INSS")),
                ("texto", models.TextField(verbose_name="o que o INSS pediu")),
                ("causa", models.CharField(blank=True, max_length=40, verbose_name="causa")),
                ("emitida_em", models.DateField(verbose_name="emitida em")),
                ("ciencia_em", models.DateField(verbose_name="ciência em")),
                ("ciencia_presumida", models.BooleanField(default=True, verbose_name="ciência presumida")),
                ("prazo_inss", models.DateField(blank=True, null=True, verbose_name="último dia informado pelo INSS")),
                ("prazo", models.DateField(verbose_name="último dia")),
                ("prazo_base", models.CharField(max_length=200, verbose_name="base do prazo")),
                ("prorrogada_em", models.DateTimeField(blank=True, null=True, verbose_name="prorrogação pedida em")),
                (
                    "prorrogacao_motivo",
                    models.CharField(blank=True, max_length=300, verbose_name="por que precisa de mais prazo"),
                ),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("aberta", "Aberta"),
                            ("respondendo", "Resposta na fila"),
                            ("cumprida", "Cumprida"),
                            ("vencida", "Prazo vencido"),
                            ("encerrada", "Encerrada pelo INSS"),
                        ],
                        default="aberta",
                        max_length=11,
                        verbose_name="situação",
                    ),
                ),
                ("resposta", models.TextField(blank=True, verbose_name="resposta")),
                ("respondida_em", models.DateTimeField(blank=True, null=True, verbose_name="respondida em")),
                ("rascunho", models.TextField(blank=True, verbose_name="resposta em preparo")),
                ("rascunho_em", models.DateTimeField(blank=True, null=True, verbose_name="escrita em")),
                ("versao", models.PositiveIntegerField(default=1, editable=False, verbose_name="versão da resposta")),
                ("encerrada_em", models.DateTimeField(blank=True, null=True, verbose_name="encerrada em")),
                (
                    "criado_em",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="recebida no portal em"
                    ),
                ),
                (
                    "rascunho_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="escrita por",
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
                        verbose_name="respondida por",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exigencias",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "exigência",
                "verbose_name_plural": "exigências",
                "ordering": ["prazo", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("situacao__in", ["aberta", "vencida"])),
                        fields=["situacao", "prazo"],
                        name="exigencia_por_prazo",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("requerimento", "numero_inss"), name="exigencia_uma_por_numero"),
                    models.CheckConstraint(
                        condition=models.Q(("prazo__gt", models.F("ciencia_em"))),
                        name="exigencia_prazo_depois_da_ciencia",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "cumprida"), _negated=True),
                            ("encerrada_em__isnull", False),
                            _connector="OR",
                        ),
                        name="exigencia_cumprida_tem_data",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ficha",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=40, verbose_name="código do pacote")),
                (
                    "pacote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requerimentos.pacoteversao",
                        verbose_name="versão do pacote",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fichas",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "ficha",
                "verbose_name_plural": "fichas",
                "ordering": ["requerimento", "codigo"],
                "constraints": [
                    models.UniqueConstraint(fields=("requerimento", "codigo"), name="ficha_uma_por_pacote")
                ],
            },
        ),
        migrations.CreateModel(
            name="Comprovante",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comprovantes",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "comprovante",
                "verbose_name_plural": "comprovantes",
                "ordering": ["-criado_em", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Aviso",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assunto",
                    models.CharField(
                        choices=[
                            ("protocolado", "Pedido recebido pelo INSS"),
                            ("analise", "Pedido em análise"),
                            ("exigencia", "O INSS pediu documentos"),
                            ("prazo", "O prazo está acabando"),
                            ("vencida", "O prazo acabou"),
                            ("respondida", "Resposta entregue ao INSS"),
                            ("resultado", "Saiu o resultado"),
                            ("cancelado", "Pedido cancelado"),
                            ("agendamento", "Perícia ou avaliação marcada"),
                            ("lembrete", "A perícia ou avaliação está chegando"),
                            ("desmarcado", "Perícia ou avaliação desmarcada"),
                            ("falta", "O INSS registrou falta"),
                            ("renuncia", "O município não cuida mais deste pedido"),
                        ],
                        max_length=11,
                        verbose_name="assunto",
                    ),
                ),
                ("canal", models.CharField(max_length=8, verbose_name="canal")),
                (
                    "situacao",
                    models.CharField(
                        choices=[("pendente", "Na fila"), ("enviado", "Enviado"), ("falhou", "Não foi entregue")],
                        default="pendente",
                        max_length=8,
                        verbose_name="situação",
                    ),
                ),
                ("falha", models.CharField(blank=True, max_length=200, verbose_name="por que não foi entregue")),
                ("chave", models.CharField(max_length=120, unique=True, verbose_name="chave")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("enviado_em", models.DateTimeField(blank=True, null=True, verbose_name="enviado em")),
                ("visto_em", models.DateTimeField(blank=True, null=True, verbose_name="falha vista pelo balcão em")),
                (
                    "contato",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="requerimentos.contato",
                        verbose_name="contato",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="avisos",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "aviso",
                "verbose_name_plural": "avisos",
                "ordering": ["-criado_em", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("situacao", "falhou")),
                        fields=["situacao", "visto_em"],
                        name="aviso_nao_entregue",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Resultado",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("deferido", "Deferido"),
                            ("parcial", "Deferido em parte"),
                            ("indeferido", "Indeferido"),
                            ("arquivado", "Arquivado sem análise"),
                            ("desistencia", "Desistência"),
                        ],
                        max_length=11,
                        verbose_name="resultado",
                    ),
                ),
                ("motivos", models.JSONField(blank=True, default=list, verbose_name="motivos")),
                ("texto", models.TextField(blank=True, verbose_name="o que o INSS escreveu")),
                ("beneficio", models.CharField(blank=True, max_length=10, verbose_name="número do benefício")),
                ("decidido_em", models.DateField(verbose_name="decidido em")),
                (
                    "recebido_em",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="chegou ao portal em"),
                ),
                ("ciencia_em", models.DateField(blank=True, null=True, verbose_name="ciência da pessoa em")),
                ("recorrer_ate", models.DateField(blank=True, null=True, verbose_name="dia que se diz para o recurso")),
                ("prazo_recurso", models.DateField(blank=True, null=True, verbose_name="último dia para recurso")),
                ("prazo_base", models.CharField(blank=True, max_length=200, verbose_name="base do prazo")),
                (
                    "carta",
                    models.FileField(
                        blank=True,
                        max_length=120,
                        upload_to=act_portal.arquivos.models.nome_inventado,
                        verbose_name="carta do INSS",
                    ),
                ),
                ("carta_sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 da carta")),
                ("entregue_em", models.DateTimeField(blank=True, null=True, verbose_name="entregue em")),
                ("entregue_a", models.CharField(blank=True, max_length=120, verbose_name="entregue a")),
                ("entregue_como", models.CharField(blank=True, max_length=40, verbose_name="como foi entregue")),
                (
                    "entregue_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entregue por",
                    ),
                ),
                (
                    "prova",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="prova da entrega",
                    ),
                ),
                (
                    "requerimento",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resultado",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "resultado",
                "verbose_name_plural": "resultados",
                "ordering": ["-recebido_em"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entregue_em__isnull", True),
                            models.Q(models.Q(("entregue_a", ""), _negated=True), ("entregue_por__isnull", False)),
                            _connector="OR",
                        ),
                        name="resultado_entregue_tem_quem",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Envio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("chave", models.CharField(max_length=60, unique=True, verbose_name="chave de idempotência")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("montando", "Montando os arquivos"),
                            ("na_fila", "Na fila"),
                            ("recebido", "Recebido pelo INSS"),
                            ("recusado", "Recusado pelo INSS"),
                        ],
                        default="montando",
                        max_length=9,
                        verbose_name="situação",
                    ),
                ),
                ("pacote", models.JSONField(default=dict, verbose_name="o que é enviado, congelado")),
                ("falha", models.CharField(blank=True, max_length=300, verbose_name="última falha, em palavras")),
                ("motivos", models.JSONField(blank=True, default=list, verbose_name="motivos da recusa")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("encerrado_em", models.DateTimeField(blank=True, null=True, verbose_name="encerrado em")),
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
                    "exigencia",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="envios",
                        to="requerimentos.exigencia",
                        verbose_name="exigência",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="envios",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "envio",
                "verbose_name_plural": "envios",
                "ordering": ["-criado_em", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("situacao__in", ["montando", "na_fila"])),
                        fields=("requerimento",),
                        name="envio_um_aberto_por_requerimento",
                    )
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
                            ("termo-representacao", "Termo de representação e de responsabilidade"),
                            ("autorizacao-dados", "Autorização de acesso e uso de dados"),
                            ("requerimento-servico", "Termo de requerimento"),
                            ("autodeclaracao-rural", "Autodeclaração do segurado especial"),
                            ("declaracao-bpc", "Declaração do grupo familiar e da renda"),
                            ("razoes-recurso", "Razões do recurso"),
                            ("declaracao-acumulacao", "Declaração de benefício em outro regime"),
                            ("declaracao-desistencia", "Declaração de desistência"),
                            ("termo-salario-familia", "Termo de responsabilidade do salário-família"),
                        ],
                        max_length=24,
                        verbose_name="papel",
                    ),
                ),
                ("assinado_em", models.DateTimeField(blank=True, null=True, verbose_name="recebido assinado em")),
                (
                    "assinado_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem recebeu",
                    ),
                ),
                (
                    "conjunto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papeis",
                        to="requerimentos.conjunto",
                        verbose_name="conjunto",
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
            ],
            options={
                "verbose_name": "papel",
                "verbose_name_plural": "papéis",
                "ordering": ["conjunto", "pk"],
                "constraints": [models.UniqueConstraint(fields=("conjunto", "especie"), name="papel_um_por_especie")],
            },
        ),
        migrations.CreateModel(
            name="Marcacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chave",
                    models.CharField(
                        default=uuid.uuid4,
                        editable=False,
                        max_length=60,
                        unique=True,
                        verbose_name="chave de idempotência",
                    ),
                ),
                (
                    "ato",
                    models.CharField(
                        choices=[("marcar", "Marcar"), ("remarcar", "Remarcar"), ("desmarcar", "Desmarcar")],
                        max_length=9,
                        verbose_name="ato",
                    ),
                ),
                (
                    "tipo",
                    models.CharField(
                        choices=[("pericia", "Perícia médica"), ("avaliacao_social", "Avaliação social")],
                        max_length=16,
                        verbose_name="tipo",
                    ),
                ),
                ("vaga", models.CharField(blank=True, max_length=40, verbose_name="vaga")),
                ("quando", models.DateTimeField(blank=True, null=True, verbose_name="dia e hora")),
                ("unidade", models.CharField(blank=True, max_length=120, verbose_name="unidade")),
                ("acompanhante", models.BooleanField(default=False, verbose_name="vai com acompanhante")),
                ("transporte", models.BooleanField(default=False, verbose_name="precisa de transporte")),
                ("motivo", models.CharField(blank=True, max_length=200, verbose_name="motivo")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("na_fila", "Pedindo ao INSS"),
                            ("feita", "Feita"),
                            ("recusada", "Recusada pelo INSS"),
                        ],
                        default="na_fila",
                        max_length=8,
                        verbose_name="situação",
                    ),
                ),
                ("falha", models.CharField(blank=True, max_length=300, verbose_name="última falha, em palavras")),
                ("motivos", models.JSONField(blank=True, default=list, verbose_name="motivos da recusa")),
                ("oferta", models.JSONField(blank=True, default=dict, verbose_name="horário oferecido em troca")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("encerrado_em", models.DateTimeField(blank=True, null=True, verbose_name="encerrado em")),
                (
                    "agendamento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marcacoes",
                        to="requerimentos.agendamento",
                        verbose_name="agendamento mexido",
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
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marcacoes",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "marcação",
                "verbose_name_plural": "marcações",
                "ordering": ["-criado_em", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "na_fila")),
                        fields=("requerimento", "tipo"),
                        name="marcacao_uma_aberta_por_tipo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agendamento__isnull", True),
                                ("ato", "marcar"),
                                ("quando__isnull", False),
                                models.Q(("vaga", ""), _negated=True),
                            ),
                            models.Q(
                                ("agendamento__isnull", False),
                                ("ato", "remarcar"),
                                ("quando__isnull", False),
                                models.Q(("vaga", ""), _negated=True),
                            ),
                            models.Q(("agendamento__isnull", False), ("ato", "desmarcar"), ("vaga", "")),
                            _connector="OR",
                        ),
                        name="marcacao_conforme_o_ato",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Celular",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("chave_sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256 da chave")),
                (
                    "dono_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 do segredo do celular"),
                ),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("vale_ate", models.DateTimeField(verbose_name="vale até")),
                ("ligado_em", models.DateTimeField(blank=True, null=True, verbose_name="ligado em")),
                ("desligado_em", models.DateTimeField(blank=True, null=True, verbose_name="desligado em")),
                ("fotos", models.PositiveIntegerField(default=0, verbose_name="fotos enviadas")),
                (
                    "arquivos",
                    models.ManyToManyField(blank=True, related_name="+", to="arquivos.arquivo", verbose_name="fotos"),
                ),
                (
                    "vinculo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.vinculo",
                        verbose_name="em nome de quem envia",
                    ),
                ),
                (
                    "exigencia",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="celulares",
                        to="requerimentos.exigencia",
                        verbose_name="exigência",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="celulares",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "celular",
                "verbose_name_plural": "celulares",
                "ordering": ["-criado_em", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dono_sha256", ""), ("ligado_em__isnull", True)),
                            models.Q(("ligado_em__isnull", False), models.Q(("dono_sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="celular_ligado_tem_dono",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Retorno",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(editable=False, unique=True, verbose_name="código do envio")),
                ("vaga", models.CharField(blank=True, max_length=60, verbose_name="vaga onde foi posto")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("lido_em", models.DateTimeField(blank=True, null=True, verbose_name="códigos lidos em")),
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
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="autor",
                    ),
                ),
                (
                    "exigencia",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requerimentos.exigencia",
                        verbose_name="exigência",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retornos",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "retorno de papéis",
                "verbose_name_plural": "retornos de papéis",
                "ordering": ["criado_em", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PaginaDaFicha",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secao", models.CharField(max_length=40, verbose_name="seção")),
                ("dados", models.JSONField(blank=True, default=dict, verbose_name="respostas")),
                ("versao", models.PositiveIntegerField(default=0, editable=False, verbose_name="versão")),
                ("janela", models.CharField(blank=True, editable=False, max_length=36, verbose_name="janela")),
                (
                    "alterado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="alterado em"),
                ),
                (
                    "editado_por",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="editado por",
                    ),
                ),
                (
                    "ficha",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paginas",
                        to="requerimentos.ficha",
                        verbose_name="ficha",
                    ),
                ),
            ],
            options={
                "verbose_name": "página da ficha",
                "verbose_name_plural": "páginas da ficha",
                "ordering": ["ficha", "pk"],
                "constraints": [models.UniqueConstraint(fields=("ficha", "secao"), name="ficha_uma_pagina_por_secao")],
            },
        ),
        migrations.CreateModel(
            name="ParteEnviada",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordem", models.PositiveSmallIntegerField(verbose_name="ordem")),
                ("vaga", models.CharField(max_length=60, verbose_name="vaga")),
                ("natureza", models.CharField(blank=True, max_length=9, verbose_name="natureza")),
                ("nome", models.CharField(max_length=150, verbose_name="nome")),
                (
                    "conteudo",
                    models.FileField(
                        max_length=120, upload_to=act_portal.arquivos.models.nome_inventado, verbose_name="conteúdo"
                    ),
                ),
                ("bytes", models.PositiveIntegerField(verbose_name="tamanho em bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("paginas", models.PositiveSmallIntegerField(verbose_name="páginas")),
                (
                    "envio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partes",
                        to="requerimentos.envio",
                        verbose_name="envio",
                    ),
                ),
            ],
            options={
                "verbose_name": "parte enviada",
                "verbose_name_plural": "partes enviadas",
                "ordering": ["envio", "ordem"],
                "constraints": [models.UniqueConstraint(fields=("envio", "ordem"), name="parte_ordem_unica")],
            },
        ),
        migrations.CreateModel(
            name="Peca",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("vaga", models.CharField(max_length=60, verbose_name="vaga")),
                (
                    "natureza",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("original", "Digitalizado do original"),
                            ("simples", "Cópia simples"),
                            ("terceiros", "Cópia autenticada por outro"),
                        ],
                        max_length=9,
                        verbose_name="o que é",
                    ),
                ),
                ("ordem", models.PositiveIntegerField(default=0, verbose_name="ordem na vaga")),
                ("titular", models.CharField(blank=True, max_length=120, verbose_name="em nome de quem")),
                ("periodo_de", models.DateField(blank=True, null=True, verbose_name="de")),
                ("periodo_ate", models.DateField(blank=True, null=True, verbose_name="até")),
                (
                    "conferido_em",
                    models.DateTimeField(blank=True, null=True, verbose_name="conferido com o original em"),
                ),
                ("conferido_folhas", models.JSONField(blank=True, default=list, verbose_name="folhas conferidas")),
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
                    "criado_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem juntou",
                    ),
                ),
                (
                    "exigencia",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pecas",
                        to="requerimentos.exigencia",
                        verbose_name="exigência",
                    ),
                ),
                (
                    "papel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pecas",
                        to="requerimentos.papel",
                        verbose_name="papel que voltou assinado",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pecas",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "peça",
                "verbose_name_plural": "peças",
                "ordering": ["requerimento", "vaga", "ordem", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("removida_em__isnull", True)),
                        fields=["requerimento", "vaga", "ordem"],
                        name="peca_viva",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conferido_em__isnull", True), ("conferido_por__isnull", True)),
                            models.Q(("conferido_em__isnull", False), ("conferido_por__isnull", False)),
                            _connector="OR",
                        ),
                        name="peca_conferida_tem_quem",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("periodo_ate__isnull", True), ("periodo_de__isnull", True)),
                            models.Q(("periodo_ate__gte", models.F("periodo_de")), ("periodo_de__isnull", False)),
                            _connector="OR",
                        ),
                        name="peca_periodo_em_ordem",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revogacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "renuncia",
                    models.CharField(blank=True, max_length=300, verbose_name="por que o município renunciou"),
                ),
                ("em", models.DateTimeField(default=django.utils.timezone.now, verbose_name="revogado em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem recebeu",
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
                        verbose_name="papel da revogação ou renúncia",
                    ),
                ),
                (
                    "requerimento",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revogacao",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
                (
                    "termo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requerimentos.papel",
                        verbose_name="termo revogado",
                    ),
                ),
            ],
            options={
                "verbose_name": "revogação",
                "verbose_name_plural": "revogações",
                "ordering": ["-em", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("documento__isnull", False), models.Q(("renuncia", ""), _negated=True), _connector="OR"
                        ),
                        name="revogacao_da_pessoa_tem_papel_renuncia_tem_motivo",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RevogacaoParcial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ato",
                    models.CharField(
                        choices=[
                            ("agenda", "Marcar e remarcar perícia e avaliação social"),
                            ("exigencia", "Responder exigências"),
                            ("recurso", "Apresentar recurso"),
                            ("avisos", "Mandar avisos deste pedido"),
                        ],
                        max_length=9,
                        verbose_name="o que foi revogado",
                    ),
                ),
                ("em", models.DateTimeField(default=django.utils.timezone.now, verbose_name="revogado em")),
                (
                    "autor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem recebeu",
                    ),
                ),
                (
                    "documento",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="emissao.documento",
                        verbose_name="papel da revogação",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revogacoes_parciais",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
                (
                    "termo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requerimentos.papel",
                        verbose_name="termo revogado em parte",
                    ),
                ),
            ],
            options={
                "verbose_name": "revogação em parte",
                "verbose_name_plural": "revogações em parte",
                "ordering": ["em", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("requerimento", "ato"), name="revogacao_parcial_uma_por_ato"),
                    models.CheckConstraint(
                        condition=models.Q(("ato__in", ["agenda", "exigencia", "recurso", "avisos"])),
                        name="revogacao_parcial_de_ato_conhecido",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pagina",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("ordem", models.PositiveIntegerField(verbose_name="ordem")),
                ("giro", models.PositiveSmallIntegerField(default=0, verbose_name="giro em graus")),
                (
                    "mantida_por_que",
                    models.CharField(blank=True, max_length=200, verbose_name="por que fica apesar do defeito"),
                ),
                ("removida_em", models.DateTimeField(blank=True, null=True, verbose_name="removida em")),
                ("recolhida_em", models.DateTimeField(blank=True, null=True, verbose_name="recolhida à bandeja em")),
                (
                    "folha",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.folha",
                        verbose_name="folha",
                    ),
                ),
                (
                    "peca",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paginas",
                        to="requerimentos.peca",
                        verbose_name="peça",
                    ),
                ),
            ],
            options={
                "verbose_name": "página",
                "verbose_name_plural": "páginas",
                "ordering": ["peca", "ordem", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giro__in", [0, 90, 180, 270])), name="pagina_giro_reto"
                    ),
                    models.UniqueConstraint(fields=("peca", "folha"), name="pagina_uma_por_folha"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recolhida_em__isnull", True), ("removida_em__isnull", False), _connector="OR"
                        ),
                        name="pagina_recolhida_saiu",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ressalva",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vaga", models.CharField(max_length=60, verbose_name="vaga")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("ausente", "Ausente"),
                            ("ilegivel", "Ilegível"),
                            ("invalido", "Inválido"),
                            ("vencido", "Vencido"),
                            ("de_outra", "De outra pessoa"),
                        ],
                        max_length=8,
                        verbose_name="estado",
                    ),
                ),
                ("trazer", models.CharField(max_length=200, verbose_name="o que trazer")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                ("retirada_em", models.DateTimeField(blank=True, null=True, verbose_name="retirada em")),
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
                    "peca",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ressalvas",
                        to="requerimentos.peca",
                        verbose_name="peça",
                    ),
                ),
                (
                    "requerimento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ressalvas",
                        to="requerimentos.requerimento",
                        verbose_name="requerimento",
                    ),
                ),
            ],
            options={
                "verbose_name": "ressalva",
                "verbose_name_plural": "ressalvas",
                "ordering": ["requerimento", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("estado", "ausente"), ("peca__isnull", True)),
                            models.Q(
                                ("estado__in", ["ilegivel", "invalido", "vencido", "de_outra"]), ("peca__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="ressalva_estado_conhecido",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("trazer", ""), _negated=True), name="ressalva_diz_o_que_trazer"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("peca__isnull", False), ("retirada_em__isnull", True)),
                        fields=("peca",),
                        name="ressalva_uma_por_peca",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("peca__isnull", True), ("retirada_em__isnull", True)),
                        fields=("requerimento", "vaga"),
                        name="ressalva_uma_por_vaga",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FolhaDevolvida",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="código")),
                ("numero", models.PositiveSmallIntegerField(default=0, verbose_name="número da folha no papel")),
                ("giro", models.PositiveSmallIntegerField(default=0, verbose_name="giro em graus")),
                (
                    "situacao",
                    models.CharField(
                        choices=[("bandeja", "Na bandeja"), ("na_vaga", "Na vaga"), ("fora", "Descartada")],
                        default="bandeja",
                        max_length=8,
                        verbose_name="situação",
                    ),
                ),
                (
                    "motivo",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ilegivel", "Não deu para ler o código do rodapé"),
                            ("duas", "Há dois papéis na mesma imagem"),
                            ("de_fora", "Não é um papel que volta assinado"),
                            ("alheio", "O código não é de um papel deste município"),
                            ("outro", "É papel de outro pedido"),
                            ("antiga", "É de uma versão antiga do papel, que não vale mais"),
                            ("repetida", "Esta folha já está na vaga"),
                            ("sem_numero", "O código não diz qual é a folha"),
                            ("sem_vaga", "Este pedido não tem vaga para este papel"),
                            ("fechado", "O pedido já não recebe documentos"),
                        ],
                        max_length=11,
                        verbose_name="por que está na bandeja",
                    ),
                ),
                ("resolvida_em", models.DateTimeField(blank=True, null=True, verbose_name="resolvida em")),
                (
                    "folha",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.folha",
                        verbose_name="folha",
                    ),
                ),
                (
                    "resolvida_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="resolvida por",
                    ),
                ),
                (
                    "pagina",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requerimentos.pagina",
                        verbose_name="página",
                    ),
                ),
                (
                    "papel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folhas_devolvidas",
                        to="requerimentos.papel",
                        verbose_name="papel",
                    ),
                ),
                (
                    "retorno",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folhas",
                        to="requerimentos.retorno",
                        verbose_name="retorno",
                    ),
                ),
            ],
            options={
                "verbose_name": "folha devolvida",
                "verbose_name_plural": "folhas devolvidas",
                "ordering": ["retorno", "folha"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("situacao", "bandeja")), fields=["retorno"], name="folha_na_bandeja"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "na_vaga"), _negated=True), ("pagina__isnull", False), _connector="OR"
                        ),
                        name="folha_na_vaga_tem_pagina",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "bandeja"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="folha_na_bandeja_tem_motivo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conserto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("giro_antes", models.PositiveSmallIntegerField(default=0, verbose_name="giro de antes")),
                ("receita", models.JSONField(blank=True, default=dict, verbose_name="receita")),
                ("automatico", models.BooleanField(default=False, verbose_name="pelo portal")),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("pedido", "Consertando"),
                            ("feito", "Consertada"),
                            ("falhou", "Não deu para consertar"),
                            ("desfeito", "Desfeito"),
                        ],
                        default="feito",
                        max_length=8,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=300, verbose_name="por que não deu")),
                (
                    "criado_em",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="criado em"),
                ),
                (
                    "de",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.folha",
                        verbose_name="folha de antes",
                    ),
                ),
                (
                    "para",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="arquivos.folha",
                        verbose_name="folha de depois",
                    ),
                ),
                (
                    "pedido_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quem pediu",
                    ),
                ),
                (
                    "pagina",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consertos",
                        to="requerimentos.pagina",
                        verbose_name="página",
                    ),
                ),
            ],
            options={
                "verbose_name": "conserto",
                "verbose_name_plural": "consertos",
                "ordering": ["pagina", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("situacao__in", ["pedido", "feito", "falhou", "desfeito"])),
                        name="conserto_situacao_conhecida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situacao", "feito"), _negated=True), ("para__isnull", False), _connector="OR"
                        ),
                        name="conserto_feito_tem_folha",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "pedido")), fields=("pagina",), name="conserto_um_de_cada_vez"
                    ),
                ],
            },
        ),
    ]
