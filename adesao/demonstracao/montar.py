"""Tell the stories: every step by the real service, as of the day on which it happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, now

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.pdf_minimo import pagina_com_jpeg
from act_portal.auditoria.models import PORTAL, Evento
from act_portal.auditoria.servicos import registrar
from act_portal.contas.models import Usuario, Vinculo
from act_portal.demonstracao import imagens
from act_portal.demonstracao.assinaturas import assinado, assinar_bytes
from act_portal.demonstracao.contas import CONTAS, CONTAS_DA_ADESAO, criar_contas
from act_portal.demonstracao.lugares import GERENCIA
from act_portal.demonstracao.numeros import cnpj_de, cpf_de
from act_portal.demonstracao.relogio import relogio_em
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Entidade, Municipio, UnidadeInss
from adesao.acesso import servicos as acesso
from adesao.acordo.servicos import encerramento, notificacao, prorrogacao, supervisao
from adesao.acordo.servicos.operacao import confirmar_ponto
from adesao.analise.servicos import assinatura, decisao, distribuicao
from adesao.analise.servicos import itens as itens_do_inss
from adesao.analise.servicos import processo as do_inss
from adesao.anteriores import servicos as anteriores
from adesao.demonstracao import direto, exemplos
from adesao.demonstracao.historias import ANTERIORES, HISTORIAS, Historia
from adesao.habilitacao.catalogo import pedidos_a
from adesao.habilitacao.servicos import fichas, provas
from adesao.indicadores.servicos import medir_todos
from adesao.models import AcordoAnterior, Comprovacao, Formulario, GuardaChuva, Habilitacao, Papel, Processo
from adesao.pedido.servicos import formularios, itens
from adesao.pedido.servicos import processo as do_municipio
from adesao.situacoes import Instrumento, SituacaoItem

CRIADA = "demonstracao.adesao_criada"
DIAS = 400
DO_INSS = ("gilda@exemplo.invalid", "paula@exemplo.invalid", "mario@exemplo.invalid")
PEDEM_ACESSO = (("3135704", "Zélia Fictícia"), ("3127206", "Vera Fictícia"))


def _competencia() -> str:
    return f"Portaria nº 1, de 05/01/{localdate().year - 1} (dados fictícios)"


def existe() -> bool:
    return Evento.objects.filter(corrente=PORTAL, acao=CRIADA).exists()


def criar() -> None:
    """All or nothing. Refuses in production and wherever one of the towns already has an adhesion of its own."""
    if settings.PRODUCAO or not settings.DADOS_FICTICIOS:
        raise ErroDeDominio("A demonstração só existe fora da produção, com DADOS_FICTICIOS ligado.")
    with transaction.atomic():
        _criar(now())


def _criar(agora: datetime) -> None:
    codigos = [*(h.municipio for h in HISTORIAS), *(codigo for codigo, _ in PEDEM_ACESSO)]
    if Processo.objects.filter(municipio__in=codigos).exists():
        raise ErroDeDominio("Um dos municípios da demonstração já tem adesão. Ela não mexe no que não é dela.")
    antes = Saida.objects.aggregate(ultima=Max("pk"))["ultima"] or 0
    Municipio.objects.filter(pk__in=codigos).update(unidade=UnidadeInss.objects.get(codigo=GERENCIA))
    with relogio_em(agora - timedelta(days=DIAS)):
        contas = criar_contas(localdate(), [c for c in CONTAS if c.email in DO_INSS] + list(CONTAS_DA_ADESAO))
        folhas = imagens.preparar(Municipio.objects.get(pk=codigos[0]), contas["renata"])
    guarda_chuva = _guarda_chuva(localdate())
    for n, historia in enumerate(HISTORIAS):
        Contador(historia, contas, folhas["outro"], guarda_chuva, cnpj=cnpj_de(99_001_000 + n)).contar(agora)
    for historia in ANTERIORES:
        if entidade := Entidade.objects.filter(municipio=historia.municipio).first():
            gestores = Usuario.objects.filter(vinculos__municipio=historia.municipio, vinculos__papel="gestor")
            dela = {**contas, **{u.email: u for u in gestores}}
            Contador(historia, dela, folhas["outro"], guarda_chuva, cnpj=entidade.cnpj).contar(agora)
    _pedidos_de_acesso(contas, folhas["outro"], agora)
    direto.deixar_para_o_trabalhador(antes)
    registrar(CRIADA, municipio=None, autor=None, municipios=codigos)


def _guarda_chuva(hoje: date) -> GuardaChuva:
    return GuardaChuva.objects.get_or_create(
        numero="900/2025",
        defaults={
            "entidade": "Associação de Municípios (dados fictícios)",
            "inicio": hoje - timedelta(days=400),
            "fim": hoje + timedelta(days=1400),
            "ufs": "MG",
        },
    )[0]


def _pedidos_de_acesso(contas: dict[str, Usuario], folha: Arquivo, agora: datetime) -> None:
    for n, (codigo, nome) in enumerate(PEDEM_ACESSO):
        with relogio_em(agora - timedelta(days=3 + n)):
            pedido = direto.pedir_acesso(
                Municipio.objects.select_related("unidade").get(pk=codigo),
                folha,
                nome=nome,
                cpf=cpf_de(910_000_000 + n * 137),
                cnpj=cnpj_de(99_002_000 + n),
            )
    with relogio_em(agora - timedelta(days=1)):
        motivo = "A portaria é de outra pessoa. Envie a sua."
        acesso.recusar(pedido.pk, motivo=motivo, autor=_como(contas["gilda"]))


def _como(usuario: Usuario) -> Usuario:
    """The same person, in the only role that the demonstration gave them."""
    usuario.vinculo = usuario.vinculos.select_related("municipio", "unidade").get()
    return usuario


class Contador:
    """One story: a town, its manager, who reviews and who decides."""

    def __init__(
        self,
        historia: Historia,
        contas: dict[str, Usuario],
        folha: Arquivo,
        guarda_chuva: GuardaChuva,
        *,
        cnpj: str,
    ) -> None:
        self.historia, self.folha, self.guarda_chuva, self.cnpj = historia, folha, guarda_chuva, cnpj
        self.municipio = Municipio.objects.select_related("unidade").get(pk=historia.municipio)
        self.gestor = _como(next(u for u in contas.values() if self._e_gestor(u)))
        self.analista, self.colega = _como(contas["gilda"]), _como(contas["paula"])
        self.autoridade = _como(contas["mario"])

    def _e_gestor(self, usuario: Usuario) -> bool:
        return usuario.vinculos.filter(municipio=self.historia.municipio).exists()

    def contar(self, agora: datetime) -> None:
        for dias, passo in self.historia.passos:
            with relogio_em(agora - timedelta(days=dias)):
                getattr(self, passo)()

    @property
    def processo(self) -> Processo:
        """As it is now."""
        return Processo.objects.select_related("municipio", "unidade", "checklist").get(municipio=self.municipio)

    @property
    def pk(self) -> int:
        return self.processo.pk

    # --- The town ---

    def comecar(self) -> None:
        termo = self.historia.instrumento == Instrumento.TERMO
        do_municipio.comecar(
            self.municipio,
            instrumento=self.historia.instrumento,
            regime=self.historia.regime,
            cnpj=self.cnpj,
            guarda_chuva=self.guarda_chuva if termo else None,
            autor=self.gestor,
        )

    def preencher(self) -> None:
        processo = self.processo
        mandato = date(localdate().year + 2, 12, 31)
        for tipo, dados in exemplos.formularios(self.municipio.nome, mandato_fim=mandato).items():
            formularios.salvar_formulario(
                processo.pk, Formulario.Tipo(tipo), dados, versao=0, pagina="demonstracao", autor=self.gestor
            )
        ponto = formularios.salvar_ponto(processo.pk, exemplos.ponto(), autor=self.gestor)
        for n, pessoa in enumerate(exemplos.PESSOAS):
            # Nobody attends in two towns.
            antes, _, depois = pessoa["email"].partition("@")
            so_daqui = {
                "email": f"{antes}.{self.municipio.pk}@{depois}",
                "cpf": cpf_de(920_000_000 + int(self.municipio.pk) % 100_000 * 10 + n),
            }
            formularios.salvar_representante(processo.pk, {**pessoa, **so_daqui, "ponto": ponto}, autor=self.gestor)

    def comecar_documentos(self) -> None:
        self._juntar("lei-criacao", "regularidade-federal")

    def completar(self, valido_ate: date | None = None) -> None:
        processo = self.processo
        # The declaration of structure prints the photographs.
        self._juntar("fotos-local")
        direto.fazer_papeis(processo, self.gestor)
        faltam = processo.itens.filter(situacao=SituacaoItem.FALTA).values_list("codigo", flat=True)
        self._juntar(*faltam, valido_ate=valido_ate)

    def completar_quase_vencida(self) -> None:
        # Some days after today, which is ten days after this one.
        self.completar(localdate() + timedelta(days=18))

    def _juntar(self, *codigos: str, valido_ate: date | None = None) -> None:
        processo = self.processo
        for item in processo.itens.filter(codigo__in=codigos):
            item.processo = processo
            requisito = processo.checklist.checklist.requisito(item.codigo)
            for _ in range(requisito.minimo if requisito else 1):
                direto.juntar(item, self.folha, self.gestor)
            direto.preencher_item(item, valido_ate=valido_ate)
        itens.reavaliar(processo)

    def enviar(self) -> None:
        do_municipio.enviar(self.pk, autor=self.gestor)

    def responder_um(self) -> None:
        self._responder(1)

    def responder(self) -> None:
        self._responder(9)
        do_municipio.reenviar(self.pk, autor=self.gestor)

    def _responder(self, quantos: int) -> None:
        processo = self.processo
        for item in [i for i in processo.itens.order_by("ordem") if i.aberto_ao_municipio][:quantos]:
            self._juntar(item.codigo)
            itens.responder(item.pk, texto="Digitalizado de novo.", autor=self.gestor)

    def desistir(self) -> None:
        do_municipio.desistir(self.pk, motivo="A prefeitura vai montar a equipe antes.", autor=self.gestor)

    def assinar_municipio(self) -> None:
        dados = self._assinatura("Anselmo Torres Fictício", "Prefeito Municipal")
        assinatura.assinar_municipio(self.pk, assinado(self._instrumento()), autor=self.gestor, **dados)

    def _instrumento(self) -> Documento:
        return self.processo.papeis.get(especie=Papel.Especie.INSTRUMENTO, substituido_em=None).documento

    def _aditivo(self) -> Documento:
        feita = self.processo.acordo.prorrogacoes.get(documento__isnull=False)
        assert feita.documento  # noqa: S101 - it was approved
        return feita.documento

    def _assinatura(self, nome: str, cargo: str) -> dict[str, Any]:
        return {"assinado_em": localdate(), "signatario": nome, "signatario_cargo": cargo, "nivel": "avancada"}

    # --- INSS ---

    def tomar(self) -> None:
        distribuicao.tomar(self.pk, autor=self.analista)

    def aceitar_tudo(self) -> None:
        self._aceitar(None)

    def aceitar_metade(self) -> None:
        self._aceitar(5)

    def _aceitar(self, quantos: int | None) -> None:
        for item in self.processo.itens.filter(situacao=SituacaoItem.PRONTO).order_by("ordem")[:quantos]:
            itens_do_inss.aceitar(item.pk, verificado_em=localdate(), autor=self.analista)

    def pedir_leitura(self) -> None:
        distribuicao.pedir_leitura(self.pk, leitor=self.colega, autor=self.analista)

    def devolver_dois(self) -> None:
        for codigo, motivo, texto in (
            ("lei-criacao", "folhas_faltando", "Envie as seis folhas da lei."),
            ("poderes-representante", "posse_falta", "Junte a ata de posse."),
        ):
            item = self.processo.itens.get(codigo=codigo)
            itens_do_inss.devolver(item.pk, motivo=motivo, texto=texto, autor=self.analista)
        itens_do_inss.pedir_documento(
            self.pk, nome="Planta da sala", motivo="Falta ver a saída de emergência.", autor=self.analista
        )
        do_inss.devolver(self.pk, prazo=localdate() + timedelta(days=30), autor=self.analista)

    def dar_parecer(self) -> None:
        texto = "Há interesse das duas partes, a estrutura é suficiente e os documentos conferem."
        do_inss.numerar_sei(self.pk, numero=f"35014.{self.pk:06d}/{localdate().year}-00", autor=self.analista)
        do_inss.instruir(self.pk, conclusao="favoravel", texto=texto, autor=self.analista)

    def dar_parecer_contra(self) -> None:
        texto = "O ponto fica a 300 metros de uma agência que atende sem fila."
        do_inss.instruir(self.pk, conclusao="desfavoravel", texto=texto, autor=self.analista)

    def aprovar(self) -> None:
        decisao.aprovar(self.pk, texto="Acolho o parecer.", competencia=_competencia(), autor=self.autoridade)

    def indeferir(self) -> None:
        texto = "Acolho o parecer: falta interesse público neste local."
        decisao.indeferir(self.pk, texto=texto, competencia=_competencia(), autor=self.autoridade)

    def conferir(self) -> None:
        assinatura.conferir_assinatura(self.pk, conferido_em=localdate(), autor=self.analista)

    def assinar_inss(self) -> None:
        dados = self._assinatura(self.autoridade.nome, self.autoridade.cargo)
        arquivo = assinado(self._instrumento(), 2)
        assinatura.assinar_inss(self.pk, arquivo, conferido_em=localdate(), autor=self.analista, **dados)

    def publicar(self) -> None:
        assinatura.publicar(self.pk, dou_data=localdate(), dou_secao="3", dou_pagina="120", autor=self.analista)

    # --- An agreement of before the portal ---

    def registrar_anterior(self) -> None:
        entidade = Entidade.objects.get(municipio=self.municipio)
        mandato = date(localdate().year + 2, 12, 31)
        prefeitura = exemplos.municipio(self.municipio.nome, mandato_fim=mandato) | {
            nome: getattr(entidade, nome)
            for nome in ("nome", "endereco", "telefone", "email", "encarregado", "encarregado_contato")
        }
        anteriores.registrar(
            _digitalizado("Acordo assinado"), municipio=self.municipio, instrumento=Instrumento.ACT, guarda_chuva=None,
            regime=self.historia.regime, cnpj=self.cnpj, numero=entidade.acordo_numero,
            processo_sei=entidade.acordo_processo, assinado_em=entidade.acordo_inicio - timedelta(days=12),
            dou_data=entidade.acordo_inicio, dou_secao="3", dou_pagina="98", inicio=entidade.acordo_inicio,
            fim=entidade.acordo_fim, servicos=exemplos.todos_os_servicos(), prefeitura=prefeitura, ponto={},
            autor=self.analista,
        )  # fmt: skip

    def confirmar_anterior(self) -> None:
        feito = AcordoAnterior.objects.get(municipio=self.municipio)
        anteriores.confirmar(feito.pk, autor=self.colega)

    def indicar_quem_atende(self) -> None:
        """The clerks who work there already: their accounts go on under the agreement."""
        acordo = self.processo.acordo
        papeis = Vinculo.objects.filter(municipio=self.municipio, papel=Vinculo.Papel.ATENDENTE)
        for n, vinculo in enumerate(papeis.select_related("usuario").order_by("pk")):
            pessoa = vinculo.usuario
            campos = {
                "nome": pessoa.nome, "cpf": pessoa.cpf, "matricula": pessoa.matricula, "cargo": pessoa.cargo,
                "vinculo": "efetivo", "papel": "atendente" if n else "cadastrador", "email": pessoa.email,
                "ponto": None, "acesso_em_outra": False,
            }  # fmt: skip
            fichas.indicar(acordo.pk, campos, autor=self.gestor)

    # --- The agreement in force ---

    def comprovar(self) -> None:
        """Every proof of everybody, by the town."""
        for habilitacao in Habilitacao.objects.filter(acordo__processo=self.processo):
            self._comprovar(habilitacao)

    def comprovar_mais_uma(self) -> None:
        """One more person, who has only taken the course."""
        acordo = self.processo.acordo
        nova = fichas.indicar(acordo.pk, {**exemplos.MAIS_UMA, "ponto": None}, autor=self.gestor)
        self._comprovar(nova, so=("capacitacao", "tcms"))

    def _comprovar(self, habilitacao: Habilitacao, so: tuple[str, ...] = ()) -> None:
        hoje = localdate()
        valores = {"em": hoje, "ate": hoje + timedelta(days=340), "horas": 20}
        textos = {"capacitacao": "Curso INSS Digital (dados fictícios)", "certificado": "Autoridade fictícia, A1B2"}
        for pedido in pedidos_a(habilitacao.representante.papel, hoje):
            if so and pedido.codigo not in so:
                continue
            dados: dict[str, Any] = {n: v for n, v in valores.items() if n in pedido.campos}
            if "texto" in pedido.campos:
                dados["texto"] = textos.get(pedido.codigo, "Representante")
            if pedido.papel:
                direto.enviar_termo(habilitacao, pedido.codigo, self.folha, self.gestor)
                continue
            arquivo = _comprovante() if "arquivo" in pedido.campos else None
            provas.enviar(habilitacao.pk, pedido.codigo, arquivo=arquivo, autor=self.gestor, **dados)

    def confirmar(self) -> None:
        for enviada in Comprovacao.objects.filter(habilitacao__acordo__processo=self.processo).order_by("pk"):
            provas.confirmar(enviada.pk, autor=self.analista)

    def confirmar_ponto(self) -> None:
        processo = self.processo
        for ponto in processo.pontos.vivos():
            confirmar_ponto(
                processo.acordo.pk, ponto=ponto, em=localdate(), texto="Visita ao local.", autor=self.analista
            )

    def notificar(self) -> None:
        notificacao.notificar(
            self.processo.acordo.pk,
            indicadores_falhos=["divulgacao", "acessos"],
            fatos="O balcão não aparece no site da prefeitura, e a lista de acessos não foi revista.",
            providencias="Divulgar o endereço e o horário, e rever a lista de acessos.",
            prazo=localdate() + timedelta(days=30),
            autor=self.analista,
        )

    def responder_notificacao(self) -> None:
        acordo = self.processo.acordo
        notificacao.responder(
            acordo.pk,
            notificacao=acordo.notificacoes.get().pk,
            texto="O site já mostra o balcão. A lista de acessos foi revista hoje.",
            autor=self.gestor,
        )

    # --- Renewal and end ---

    def pedir_prorrogacao(self) -> None:
        texto = "O balcão atende bem e a procura continua."
        prorrogacao.pedir(self.processo.acordo.pk, meses=12, justificativa=texto, autor=self.gestor)

    def aprovar_prorrogacao(self) -> None:
        prorrogacao.decidir(
            self.processo.acordo.pk, aprova=True, texto="Continua o interesse.", competencia=_competencia(),
            autor=self.autoridade,
        )  # fmt: skip

    def assinar_aditivo(self) -> None:
        arquivo = assinado(self._aditivo())
        prorrogacao.assinar(self.processo.acordo.pk, arquivo, assinado_em=localdate(), autor=self.gestor)

    def publicar_aditivo(self) -> None:
        hoje = localdate()
        prorrogacao.efetivar(
            self.processo.acordo.pk, assinado(self._aditivo(), 2), assinado_em=hoje, dou_data=hoje,
            dou_pagina="3, página 98", autor=self.analista,
        )  # fmt: skip

    def denunciar(self) -> None:
        supervisao.denunciar(
            self.processo.acordo.pk,
            termina_em=localdate() + timedelta(days=120),
            texto="A prefeitura mudou de prédio e não tem mais equipe para o balcão.",
            autor=self.gestor,
        )

    def encerrar(self) -> None:
        supervisao.encerrar(
            self.processo.acordo.pk, texto="Passou o prazo do aviso da denúncia.", autor=self.autoridade
        )

    def fazer_encerramento(self) -> None:
        encerramento.fazer(
            self.processo.acordo.pk,
            # What the desk's counts of this town say.
            casos_abertos=0,
            exigencias_abertas=0,
            avisos_enviados=0,
            destino_casos="Não ficou caso em andamento.",
            dados_destino="Papéis ao arquivo municipal; os acessos do portal foram fechados.",
            guarda_ate=localdate() + timedelta(days=5 * 365),
            pendencias="Devolver as placas do balcão.",
            autor=self.autoridade,
        )

    def assinar_encerramento(self) -> None:
        acordo = self.processo.acordo
        arquivo = assinado(acordo.encerramento.documento)
        encerramento.assinar(acordo.pk, arquivo, assinado_em=localdate(), autor=self.gestor)

    def medir(self) -> None:
        medir_todos()

    def arquivar(self) -> None:
        do_inss.arquivar(self.pk, texto="Sem resposta depois de dois contatos.", autor=self.analista)


def _comprovante() -> SimpleUploadedFile:
    """A page that a person signed."""
    return assinar_bytes(_pagina("Termo assinado"))


def _digitalizado(titulo: str) -> SimpleUploadedFile:
    """A page signed by hand and scanned."""
    return SimpleUploadedFile("acordo-assinado.pdf", _pagina(titulo), "application/pdf")


def _pagina(titulo: str) -> bytes:
    return pagina_com_jpeg(imagens.desenhar(titulo), imagens.LARGURA, imagens.ALTURA)
