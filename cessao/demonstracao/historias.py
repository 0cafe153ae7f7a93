"""Tell the stories: every step by the real service, as of the day on which it happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate, now

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Usuario
from act_portal.demonstracao import imagens
from act_portal.demonstracao.assinaturas import assinado
from act_portal.demonstracao.contas import CONTAS_DA_CESSAO, criar_contas
from act_portal.demonstracao.relogio import relogio_em
from act_portal.emissao.models import Documento
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from cessao.analise import obras as das_obras
from cessao.analise import servicos as analise
from cessao.analise import vistoria
from cessao.avisos import AVISAR
from cessao.demonstracao import fotos
from cessao.models import Aditivo, Espaco, Foto, Papel, Peca, Pedido, Termo, Vistoria
from cessao.ocupacao.servicos import assinatura, desocupacao, prorrogacao, saida, vistorias
from cessao.pedido import obras
from cessao.pedido import servicos as pedidos
from cessao.regras import parte_da_area
from cessao.servicos import mover_item
from cessao.situacoes import SituacaoItem

PRECISA = tuple(f"{quem}@exemplo.invalid" for quem in ("carla", "fabio", "otavio", "nadia"))
COMPETENCIA = "Portaria nº 1, de 05/01/2026 (dados fictícios)"
HA_MAIS_TEMPO = 420
OBRAS = (
    ("Divisória leve entre a espera e o atendimento", "sim", "Desmontar os painéis, presos por pressão", 2),
    ("Balcão de alvenaria na recepção", "reparo", "Quebrar o balcão e refazer o piso", 10),
)
VISTO = (
    ("Recepção", "piso", "bom", "Cerâmica inteira."),
    ("Recepção", "paredes", "bom", "Pintura recente."),
    ("Sala de atendimento", "eletrica", "regular", "Duas tomadas soltas."),
)
AMBIENTES = ("Recepção", "Sala de atendimento")


@dataclass(frozen=True)
class Historia:
    """`passos`: how many days ago, and what happened. `comeca`: the first day asked for, in days ago; less than zero is
    still to come.
    """

    gestor: str
    orgao: str
    cnpj: str
    imovel: str
    espaco: str
    passos: tuple[tuple[int, str], ...]
    comeca: int = -15
    meses: int = 12
    uso: str = "ponto de apoio ao INSS Digital"
    tipo: str = "nova"


@dataclass
class Contador:
    """One story and who acts in it."""

    historia: Historia
    contas: dict[str, Usuario]
    folha: Arquivo
    pedido: Pedido = field(init=False)

    def contar(self, agora: datetime) -> None:
        for dias, passo in self.historia.passos:
            with relogio_em(agora - timedelta(days=dias)):
                getattr(self, passo)()

    @property
    def gestor(self) -> Usuario:
        return self.contas[self.historia.gestor]

    @property
    def otavio(self) -> Usuario:
        return self.contas["otavio"]

    @property
    def termo(self) -> Termo:
        return Termo.objects.get(pedido=self.pedido)

    # --- The request ---

    def comecar(self) -> None:
        historia = self.historia
        espaco = Espaco.objects.select_related("imovel").get(imovel__codigo=historia.imovel, nome=historia.espaco)
        vinculo = self.gestor.vinculo
        assert vinculo and vinculo.municipio  # noqa: S101 - the demonstration made them managers
        self.pedido = pedidos.comecar(
            espaco.pk,
            {
                "tipo": historia.tipo, "orgao": f"{historia.orgao} (dados fictícios)", "cnpj": historia.cnpj,
                "esfera": "municipal", "rl_nome": "Prefeita Fictícia", "rl_cpf": "52998224725", "rl_cargo": "Prefeita",
                "rl_ato": "Diploma fictício", "fiscal_nome": self.gestor.nome, "fiscal_cargo": self.gestor.cargo,
                "contato": "(31) 3000-0100",
                "finalidade": "previdenciaria", "dificulta_devolucao": False, "uso": historia.uso,
                "plano": "Atender e digitalizar pedidos de quem mora longe da agência.", "publico_mes": 200,
                "horario": "Segunda a sexta, 8h às 17h", "equipe": 3, "area_m2": espaco.area_m2,
                "inicio": self.hoje - timedelta(days=historia.comeca), "meses": historia.meses,
                "despesas": "Energia e água, na proporção da área.",
                "rateio_percentual": parte_da_area(espaco.area_m2, espaco.imovel.area_m2), "rateio_motivo": "",
                "oficio_numero": f"{self.hoje:%m}/{self.hoje:%Y}",
                "cronograma": "Mudança na semana das chaves. Revisão no sexto mês. Devolução no último dia do prazo.",
                "bens": "Duas mesas, quatro cadeiras, um computador e um digitalizador.",
                "riscos": "Fila na entrada comum: senha e horário marcado. Seguro contra incêndio pelo município.",
                "devolucao": "Vazio, limpo e pintado, em 10 dias.",
                "ocupado_desde": localdate() - timedelta(days=300) if historia.tipo == "regularizacao" else None,
                "balcao": None,
            },
            municipio=vinculo.municipio,
            autor=self.gestor,
        )  # fmt: skip

    @property
    def hoje(self) -> Any:
        """The day of whoever looks at the demonstration, whatever day the story is in."""
        dias = next(dias for dias, passo in self.historia.passos if passo == "comecar")
        return localdate() + timedelta(days=dias)

    def pedir_obras(self) -> None:
        for descricao, desfaz, como, dias in OBRAS:
            obras.por(self.pedido.pk, descricao=descricao, desfaz=desfaz, como=como, dias=dias, autor=self.gestor)

    def julgar_obras(self) -> None:
        """The first one is good; the other is told why not."""
        primeira, segunda = self.pedido.obras.vivas()
        das_obras.julgar(primeira.pk, decisao="aceita", desfaz="sim", autor=self.otavio)
        motivo = "O piso da sala é novo, e o reparo não o deixa como está."
        das_obras.julgar(segunda.pk, decisao="recusada", desfaz="nao", motivo=motivo, autor=self.otavio)

    def enviar(self) -> None:
        for item in self.pedido.itens.exclude(situacao=SituacaoItem.DISPENSADO):
            Peca.objects.create(item=item, arquivo=self.folha, criado_por=self.gestor)
            mover_item(item, SituacaoItem.PRONTO)
        pedidos.enviar(self.pedido.pk, autor=self.gestor)

    def tomar(self) -> None:
        analise.tomar(self.pedido.pk, autor=self.otavio)

    def aceitar_dois(self) -> None:
        self._aceitar(2)

    def aceitar_tudo(self) -> None:
        self._aceitar(None)

    def _aceitar(self, quantos: int | None) -> None:
        for item in self.pedido.itens.filter(situacao=SituacaoItem.PRONTO)[:quantos]:
            analise.julgar_item(item.pk, decisao="aceito", autor=self.otavio)

    def vistoriar_o_lugar(self) -> None:
        """Three elements, one of them with its photo."""
        for ambiente, elemento, estado, visto in VISTO:
            foto = fotos.do_ambiente(ambiente, localdate()) if elemento == "paredes" else None
            achado = vistoria.por(
                self.pedido.pk, foto, ambiente=ambiente, elemento=elemento, estado=estado, descricao=visto,
                autor=self.otavio,
            )  # fmt: skip
            if foto:
                saidas.executar(Saida.objects.get(chave=f"normalizar:{achado.arquivo_id}").pk)

    def opinar(self) -> None:
        self._opinar("favoravel", "O espaço está livre, o INSS não prevê usá-lo, e o uso aproxima o segurado.")

    def opinar_contra(self) -> None:
        self._opinar("desfavoravel", "O INSS vai reabrir ali a sala de perícia.")

    def _opinar(self, conclusao: str, texto: str) -> None:
        self.aceitar_tudo()
        self.vistoriar_o_lugar()
        visto = {
            "dia": localdate(), "dispensavel": True, "uso_previsto": False, "previdenciaria": True,
            "dificulta_devolucao": False, "achados": "Salas secas, com energia e rede. Pintura recente.",
            "rateio": "Energia e água, na proporção da área.", "acompanhante": self.gestor.nome,
            "medidores": "energia 04512, água 00873",
        }  # fmt: skip
        analise.numerar_sei(self.pedido.pk, numero=f"35014.{self.pedido.pk:06d}/2026-00", autor=self.otavio)
        analise.opinar(self.pedido.pk, conclusao=conclusao, texto=texto, vistoria=visto, autor=self.otavio)

    def manifestar(self) -> None:
        self._manifestar("favoravel")

    def manifestar_contra(self) -> None:
        self._manifestar("desfavoravel")

    def _manifestar(self, conclusao: str) -> None:
        texto = "De acordo com o parecer."
        analise.manifestar(self.pedido.pk, conclusao=conclusao, texto=texto, autor=self.contas["nadia"])

    def aprovar(self) -> None:
        pedido = Pedido.objects.get(pk=self.pedido.pk)
        analise.aprovar(
            pedido.pk, texto="Acolho o parecer.", competencia=COMPETENCIA, inicio=pedido.inicio, meses=pedido.meses,
            autor=self.contas["olivia"],
        )  # fmt: skip

    def indeferir(self) -> None:
        texto = "O INSS precisa da sala, e quem a ocupa não tem termo."
        analise.indeferir(self.pedido.pk, texto=texto, competencia=COMPETENCIA, autor=self.contas["olivia"])

    def avisar_saida(self) -> None:
        texto = "O pedido de regularização não foi aprovado. Retire os móveis e devolva as chaves à logística."
        desocupacao.avisar(self.pedido.pk, texto=texto, autor=self.otavio)

    def ver_a_saida(self) -> None:
        desocupacao.vigiar()

    def assinar(self) -> None:
        self._assinar(None)

    def publicar(self) -> None:
        self._assinar_inss(None)
        self._publicar(None, "120")

    def _papel(self, aditivo: Aditivo | None) -> Documento:
        especie, referencia = (Papel.Especie.ADITIVO, str(aditivo.pk)) if aditivo else (Papel.Especie.TERMO, "")
        return self.pedido.papeis.get(especie=especie, referencia=referencia, substituido_em=None).documento

    def _assinar(self, aditivo: Aditivo | None) -> None:
        dados = _assinatura("Prefeita Fictícia", "Prefeita") | _de(aditivo)
        assinatura.assinar(self.pedido.pk, assinado(self._papel(aditivo)), autor=self.gestor, **dados)

    def _assinar_inss(self, aditivo: Aditivo | None) -> None:
        diretora = self.contas["olivia"]
        dados = _assinatura(diretora.nome, diretora.cargo) | {"conferido_em": localdate()} | _de(aditivo)
        assinatura.assinar_inss(self.pedido.pk, assinado(self._papel(aditivo), 2), autor=self.otavio, **dados)

    def _publicar(self, aditivo: Aditivo | None, pagina: str) -> None:
        assinatura.publicar(
            self.pedido.pk, dou_data=localdate(), dou_secao="3", dou_pagina=pagina, autor=self.otavio, **_de(aditivo)
        )  # fmt: skip

    # --- The occupation ---

    def entregar(self) -> None:
        feita = self._vistoriar("entrega", medidores="Energia 04512, água 00873")
        vistorias.assinar(feita.pk, aceite="pleno", autor=self.gestor)

    def _vistoriar(self, tipo: str, **mais: Any) -> Vistoria:
        """With a photo of each room; on a return, the same view again."""
        dados = {
            "dia": localdate(), "presentes": f"{self.otavio.nome} e {self.gestor.nome}", "medidores": "", "chaves": 3,
            "conforme": True, "contas": "", **mais,
        }  # fmt: skip
        aberta = vistorias.abrir(self.termo.pk, tipo=tipo, dados=dados, autor=self.otavio)
        volta = tipo == "devolucao"
        for n, nome in enumerate(AMBIENTES):
            estado, visto = ("regular", "Mancha de umidade na parede.") if volta and n else ("bom", "")
            ambiente = vistorias.guardar_ambiente(
                aberta.pk, nome=nome, estado=estado, descricao=visto, autor=self.otavio
            )
            par = Foto.objects.filter(ambiente=ambiente.antes).first() if ambiente.antes else None
            foto = vistorias.juntar_foto(
                ambiente.pk, fotos.do_ambiente(nome, localdate(), manchada=bool(visto)),
                par_id=par.pk if par else None, autor=self.otavio,
            )  # fmt: skip
            saidas.executar(Saida.objects.get(chave=f"normalizar:{foto.arquivo_id}").pk)
        if volta:
            vistorias.anotar_dano(
                aberta.pk, onde=AMBIENTES[-1], descricao="Mancha de umidade na parede.", quem="cessionario",
                valor=Decimal(350), ate=localdate() + timedelta(days=30), autor=self.otavio,
            )  # fmt: skip
        return vistorias.fechar(aberta.pk, autor=self.otavio)

    def notificar(self) -> None:
        texto = "Há uma máquina de lanches de terceiro na recepção. Retire."
        saida.notificar(self.termo.pk, texto=texto, autor=self.otavio)

    def responder(self) -> None:
        saida.responder(self.termo.pk, texto="A máquina foi retirada no mesmo dia.", autor=self.gestor)

    def acolher(self) -> None:
        saida.acolher(self.termo.pk, texto="Conferido: a máquina saiu.", autor=self.otavio)

    def revogar(self) -> None:
        texto = "O INSS precisa do espaço para o arquivo central da gerência."
        saida.revogar(self.termo.pk, texto=texto, competencia=COMPETENCIA, autor=self.contas["nadia"])

    def prorrogar(self) -> None:
        prorrogacao.pedir(self.termo.pk, meses=3, justificativa="O ponto segue atendendo.", autor=self.gestor)

    def aprovar_prorrogacao(self) -> None:
        aditivo = self._aditivo
        prorrogacao.opinar(aditivo.pk, conclusao="favoravel", texto="O uso segue o plano.", autor=self.otavio)
        prorrogacao.aprovar(
            aditivo.pk, texto="Acolho o parecer.", competencia=COMPETENCIA, autor=self.contas["olivia"]
        )  # fmt: skip

    @property
    def _aditivo(self) -> Aditivo:
        return self.termo.aditivos.latest("pk")

    def assinar_prorrogacao(self) -> None:
        self._assinar(self._aditivo)
        self._assinar_inss(self._aditivo)

    def publicar_prorrogacao(self) -> None:
        self._publicar(self._aditivo, "98")

    def ver_o_prazo(self) -> None:
        saida.rever(self.termo.pk)

    def cobrar(self) -> None:
        texto = "O prazo terminou e a sala continua ocupada. Devolva o espaço e as chaves."
        desocupacao.cobrar_do_termo(self.termo.pk, texto=texto, autor=self.otavio)

    def devolver(self) -> None:
        feita = self._vistoriar("devolucao", contas="Energia e água quitadas")
        ressalva = "A mancha vem do telhado, e não do uso."
        vistorias.assinar(feita.pk, aceite="ressalva", ressalva=ressalva, autor=self.gestor)
        saida.encerrar(self.termo.pk, chaves=3, autor=self.otavio)


JABO, BELO = ("carla", "Prefeitura de Jaboticatubas", "99000101000120"), (
    "fabio", "Prefeitura de Belo Vale", "99000202000109",
)  # fmt: skip


def _ate_as_chaves(dias: int, *, com_obras: bool = False) -> tuple[tuple[int, str], ...]:
    """The usual way, with the keys handed over `dias` ago."""
    passos = (
        (30, "comecar"), (29, "pedir_obras"), (28, "enviar"), (25, "tomar"), (21, "julgar_obras"), (20, "opinar"),
        (15, "manifestar"), (12, "aprovar"), (8, "assinar"), (4, "publicar"), (0, "entregar"),
    )  # fmt: skip
    return tuple((dias + n, passo) for n, passo in passos if com_obras or not passo.endswith("_obras"))


HISTORIAS = (
    # A draft, two requests for one room, and the same room under review.
    Historia(*JABO, "DEMO-01", "Sala 3", ((0, "comecar"),)),
    Historia(
        *BELO, "DEMO-02", "Térreo",
        ((9, "comecar"), (9, "pedir_obras"), (8, "enviar"), (6, "tomar"), (5, "aceitar_dois")),
    ),
    Historia(*JABO, "DEMO-02", "Térreo", ((7, "comecar"), (4, "enviar"))),
    # In use; ending within 60 days, with an extension to be signed; overdue; taken back, with notice; given back.
    Historia(
        *JABO, "DEMO-05", "Ala sul",
        (*_ate_as_chaves(200, com_obras=True), (40, "notificar"), (35, "responder"), (30, "acolher")),
        comeca=200, meses=24,
    ),
    Historia(
        *BELO, "DEMO-05", "Ala leste", (*_ate_as_chaves(315), (20, "prorrogar"), (10, "aprovar_prorrogacao")),
        comeca=315,
    ),
    # Extended and published, and extended again: signed, to be published.
    Historia(
        *JABO, "DEMO-05", "Sala de reuniões",
        (
            *_ate_as_chaves(330), (110, "prorrogar"), (100, "aprovar_prorrogacao"), (95, "assinar_prorrogacao"),
            (90, "publicar_prorrogacao"), (20, "prorrogar"), (10, "aprovar_prorrogacao"), (2, "assinar_prorrogacao"),
        ),
        comeca=330,
    ),
    Historia(
        *JABO, "DEMO-05", "Ala oeste", (*_ate_as_chaves(215), (1, "ver_o_prazo"), (0, "cobrar")), comeca=215, meses=6
    ),
    Historia(*JABO, "DEMO-05", "Arquivo", (*_ate_as_chaves(160), (10, "revogar")), comeca=160, meses=24),
    Historia(*BELO, "DEMO-05", "Ala norte", (*_ate_as_chaves(300), (25, "devolver")), comeca=300),
    # Was inside before asking, was not approved, was told to leave and did not.
    Historia(
        *BELO, "DEMO-01", "Sala 4",
        (
            (90, "comecar"), (88, "enviar"), (85, "tomar"), (80, "opinar_contra"), (75, "manifestar_contra"),
            (70, "indeferir"), (45, "avisar_saida"), (5, "ver_a_saida"),
        ),
        uso="guarda de móveis da prefeitura", tipo="regularizacao",
    ),
)  # fmt: skip


def criar() -> None:
    agora = now()
    antes = Saida.objects.aggregate(ultima=Max("pk"))["ultima"] or 0
    with relogio_em(agora - timedelta(days=HA_MAIS_TEMPO)):
        criar_contas(localdate(), CONTAS_DA_CESSAO)
        emails = (*PRECISA, *(conta.email for conta in CONTAS_DA_CESSAO))
        contas = {u.email.partition("@")[0]: _como(u) for u in Usuario.objects.filter(email__in=emails)}
        folhas = {}
        for quem in ("carla", "fabio"):
            vinculo = contas[quem].vinculo
            assert vinculo and vinculo.municipio  # noqa: S101 - the demonstration made them managers
            folhas[quem] = imagens.preparar(vinculo.municipio, contas[quem])["outro"]
    for historia in HISTORIAS:
        Contador(historia, contas, folhas[historia.gestor]).contar(agora)
    daqui = Saida.objects.filter(pk__gt=antes, estado=Saida.Estado.PENDENTE)
    # The e-mails of the story were read long ago; papers are made when the portal runs.
    daqui.filter(tipo=AVISAR).update(estado=Saida.Estado.FEITA, feita_em=agora)
    daqui.update(proxima_em=agora, criada_em=agora)


def _como(usuario: Usuario) -> Usuario:
    """The same person, in the only role that the demonstration gave them."""
    usuario.vinculo = usuario.vinculos.select_related("municipio", "unidade").get()
    return usuario


def _de(aditivo: Aditivo | None) -> dict[str, int]:
    return {"aditivo_id": aditivo.pk} if aditivo else {}


def _assinatura(nome: str, cargo: str) -> dict[str, Any]:
    return {"assinado_em": localdate(), "signatario": nome, "signatario_cargo": cargo, "nivel": "avancada"}
