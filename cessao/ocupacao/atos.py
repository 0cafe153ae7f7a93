"""Every act on an occupation, on its open extension and on an inspection, of both sides."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao.atos import Ato, indexar
from cessao.models import Aditivo, Retomada, Termo, Vistoria
from cessao.ocupacao import consultas, forms
from cessao.ocupacao.servicos import assinatura, desocupacao, encerramento, prorrogacao, saida, vistorias
from cessao.pedido import forms as do_pedido
from cessao.pedido.atos import Cena as CenaDoPedido
from cessao.situacoes import (
    ADITIVO_ABERTO,
    DA_OCUPACAO,
    DO_ADITIVO,
    DO_ENCERRAMENTO,
    OCUPANDO,
    Ocupacao,
    Quem,
    SituacaoEncerramento,
)

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

U = Ocupacao


class Cena(CenaDoPedido):
    """One cession before one person."""

    def __init__(self, termo: Termo, usuario: Usuario) -> None:
        super().__init__(termo.pedido, usuario)
        self.termo, self.ocupacao = termo, termo.estado

    def _lados(self) -> dict[Quem, bool]:
        return {
            Quem.REQUERENTE: self.requerente,
            Quem.LOGISTICA: self.logistica,
            Quem.SUPERINTENDENCIA: self.superintendencia,
            Quem.DIRETORIA: self.diretoria,
        }

    def cabe(self, verbo: str) -> bool:
        passo, lados = DA_OCUPACAO[verbo], self._lados()
        return self.ocupacao in passo.de and any(lados.get(quem) for quem in passo.quem)

    def cabe_no_aditivo(self, verbo: str) -> bool:
        passo, lados = DO_ADITIVO[verbo], self._lados()
        return any(a.estado in passo.de for a in self.aditivos) and any(lados.get(quem) for quem in passo.quem)

    def cabe_no_encerramento(self, verbo: str) -> bool:
        passo, lados = DO_ENCERRAMENTO[verbo], self._lados()
        return self.termo.estado_do_encerramento in passo.de and any(lados.get(quem) for quem in passo.quem)

    @cached_property
    def retomada(self) -> Retomada | None:
        return Retomada.objects.filter(termo=self.termo).first()

    @cached_property
    def aditivos(self) -> list[Aditivo]:
        """The newest first."""
        return list(self.termo.aditivos.order_by("-pk"))

    @cached_property
    def prorrogacao(self) -> consultas.Prorrogacao | None:
        """Whether an extension may be asked for, while none is under way."""
        if any(a.estado in ADITIVO_ABERTO for a in self.aditivos):
            return None
        return consultas.prorrogacao(self.termo, hoje_em(self.pedido.municipio))

    @cached_property
    def vistoria(self) -> Vistoria | None:
        """The one that is not done yet."""
        return self.termo.vistorias.filter(assinada_em=None, desfeita_em=None).first()

    @cached_property
    def final_assinada(self) -> bool:
        return self.termo.vistorias.filter(tipo=Vistoria.Tipo.DEVOLUCAO, assinada_em__isnull=False).exists()


def _do_aditivo(servico: Any) -> Any:
    """A service of the extension that is where its verb takes it from, called with the term."""

    def chamar(termo_id: int, *arquivo: Any, autor: Usuario, **dados: Any) -> Any:
        de = DO_ADITIVO[servico.__name__].de
        aditivo = Aditivo.objects.filter(termo=termo_id, situacao__in=de).order_by("pk").first()
        if aditivo is None:
            raise ErroDeDominio("Não há prorrogação em andamento. Atualize a página.")
        if servico.__module__ == assinatura.__name__:
            pedido_id = Termo.objects.values_list("pedido_id", flat=True).get(pk=termo_id)
            return servico(pedido_id, *arquivo, aditivo_id=aditivo.pk, autor=autor, **dados)
        return servico(aditivo.pk, autor=autor, **dados)

    return chamar


def _do_encerramento(servico: Any, **sobre: Any) -> Any:
    """A service of the signatures, for the closing paper of the term."""

    def chamar(termo_id: int, *arquivo: Any, autor: Usuario, **dados: Any) -> Any:
        pedido_id = Termo.objects.values_list("pedido_id", flat=True).get(pk=termo_id)
        return servico(pedido_id, *arquivo, autor=autor, **sobre, **dados)

    return chamar


ATOS = indexar(
    [
        Ato("encerrar", "Receber o espaço e encerrar", "Cessão encerrada. O termo de encerramento foi feito.",
            forms.EncerrarForm, saida.encerrar, lambda c: c.cabe("encerrar") and c.final_assinada, principal=True),
        Ato("assinar-encerramento", "Enviar o encerramento assinado", "Encerramento enviado. O INSS confere e assina.",
            do_pedido.AssinarForm, _do_encerramento(assinatura.assinar, encerramento=True),
            lambda c: c.cabe_no_encerramento("assinar"),
            "Baixe o termo de encerramento em Papéis, assine com gov.br prata ou ouro, ou certificado digital.",
            principal=True, com_arquivo=True),
        Ato("assinar-inss-encerramento", "Juntar o encerramento assinado pelo INSS",
            "O encerramento tem as duas assinaturas.", forms.AssinarEncerramentoInssForm,
            _do_encerramento(assinatura.assinar_inss, encerramento=True),
            lambda c: c.cabe_no_encerramento("assinar_inss"),
            "Assine o mesmo PDF que o órgão enviou.", principal=True, com_arquivo=True),
        Ato("recusar-encerramento", "Devolver a assinatura do encerramento", "Devolvido para assinar de novo.",
            do_pedido.RecusarAssinaturaForm, _do_encerramento(assinatura.recusar_assinatura, encerramento=True),
            lambda c: c.cabe_no_encerramento("recusar_assinatura")),
        Ato("assinar-so-inss", "Juntar o encerramento sem o órgão", "O encerramento tem a assinatura do INSS.",
            forms.AssinarSoInssForm, _do_encerramento(assinatura.assinar_so_inss),
            lambda c: c.cabe_no_encerramento("assinar_so_inss"),
            "Quando o órgão não assina. O fim da cessão vale do mesmo jeito.", com_arquivo=True),
        Ato("trocar-quem-assina", "Trocar quem assina pelo INSS", "Termo refeito. O órgão foi avisado.",
            forms.TrocarQuemAssinaForm, encerramento.trocar_quem_assina,
            lambda c: c.logistica and c.termo.estado_do_encerramento
            in {SituacaoEncerramento.ASSINATURA, SituacaoEncerramento.CONFERENCIA},
            "O que já foi assinado deixa de valer."),
        Ato("extrato-retomada", "Fazer o extrato da retomada", "Extrato em “Papéis”. Falta publicar.",
            forms.ExtratoForm, saida.fazer_extrato, lambda c: c.logistica and saida.sem_extrato(c.termo),
            "Esta retomada é de antes de o portal fazer o extrato.", principal=True),
        Ato("publicar-retomada", "Registrar a publicação da retomada", "Publicação registrada.",
            do_pedido.PublicarForm, saida.publicar_retomada,
            lambda c: c.logistica and c.retomada and not c.retomada.publicacao,
            "O extrato da retomada está em Papéis.", principal=True),
        Ato("responder", "Responder à notificação", "Resposta enviada.", forms.RespostaForm, saida.responder,
            lambda c: c.requerente and c.ocupacao == U.NOTIFICADO, principal=True),
        Ato("acolher", "Acolher a resposta", "Notificação encerrada.", do_pedido.TextoForm, saida.acolher,
            lambda c: c.cabe("acolher"), principal=True),
        Ato("prorrogar", "Pedir prorrogação", "Prorrogação pedida.", forms.ProrrogarForm, prorrogacao.pedir,
            lambda c: c.requerente and c.prorrogacao and c.prorrogacao.resta,
            "Peça antes do fim. Ela só vale assinada antes do fim."),
        Ato("opinar-prorrogacao", "Parecer da prorrogação", "Parecer guardado.", forms.OpinarAditivoForm,
            _do_aditivo(prorrogacao.opinar), lambda c: c.cabe_no_aditivo("opinar"), principal=True),
        Ato("aprovar-prorrogacao", "Aprovar a prorrogação", "Aprovada. Quem ocupa foi avisado para assinar.",
            forms.AprovarAditivoForm, _do_aditivo(prorrogacao.aprovar), lambda c: c.cabe_no_aditivo("aprovar"),
            principal=True),
        Ato("negar-prorrogacao", "Não aprovar a prorrogação", "Decisão guardada.", do_pedido.DecisaoForm,
            _do_aditivo(prorrogacao.negar), lambda c: c.cabe_no_aditivo("negar")),
        Ato("assinar-prorrogacao", "Enviar o aditivo assinado", "Aditivo enviado.", do_pedido.AssinarForm,
            _do_aditivo(assinatura.assinar), lambda c: c.cabe_no_aditivo("assinar"), principal=True, com_arquivo=True),
        Ato("assinar-inss-prorrogacao", "Juntar o aditivo assinado pelo INSS", "O novo fim vale. Falta publicar.",
            do_pedido.AssinarInssForm, _do_aditivo(assinatura.assinar_inss),
            lambda c: c.cabe_no_aditivo("assinar_inss"), principal=True, com_arquivo=True),
        Ato("publicar-prorrogacao", "Registrar a publicação da prorrogação", "Publicada.", do_pedido.PublicarForm,
            _do_aditivo(assinatura.publicar), lambda c: c.cabe_no_aditivo("publicar"),
            "O extrato do aditivo está em Papéis.", principal=True),
        Ato("recusar-prorrogacao", "Devolver a assinatura do aditivo", "Devolvido para assinar de novo.",
            do_pedido.RecusarAssinaturaForm, _do_aditivo(assinatura.recusar_assinatura),
            lambda c: c.cabe_no_aditivo("recusar_assinatura")),
        Ato("vistoria", "Abrir vistoria", "Vistoria aberta. Ponha os ambientes e as fotos.", forms.VistoriaForm,
            vistorias.abrir, lambda c: c.logistica and not c.vistoria and c.ocupacao in {U.A_ENTREGAR, *OCUPANDO},
            "De entrega, periódica ou de devolução, com fotos de cada ambiente.", principal=True),
        Ato("cobrar", "Cobrar a devolução", "Aviso feito. Quem ocupa foi avisado.", do_pedido.CobrarForm,
            desocupacao.cobrar_do_termo,
            lambda c: c.ocupacao == U.VENCIDO and (c.logistica or c.superintendencia),
            "O portal faz o aviso para desocupar e manda o e-mail.", principal=True),
        Ato("notificar", "Notificar uso irregular", "Notificado.", forms.NotificarForm, saida.notificar,
            lambda c: c.cabe("notificar")),
        Ato("revogar", "Retomar o espaço", "Quem ocupa foi avisado.", forms.RevogarForm, saida.revogar,
            lambda c: c.cabe("revogar"), "Com motivo de interesse público e aviso."),
        Ato("sair", "Avisar que vai sair", "O INSS foi avisado. Ele marca a vistoria de devolução.", forms.SairForm,
            saida.devolver_antes, lambda c: c.cabe("devolver_antes")),
        Ato("cancelar", "Deixar o termo sem efeito", "O termo ficou sem efeito.", do_pedido.TextoForm, saida.cancelar,
            lambda c: c.cabe("cancelar") and c.ocupacao == U.A_ENTREGAR, "Só antes da entrega das chaves."),
    ]
)  # fmt: skip


class CenaDaVistoria:
    """One inspection before one person."""

    def __init__(self, vistoria: Vistoria, usuario: Usuario) -> None:
        self.vistoria = vistoria
        self.do_termo = Cena(vistoria.termo, usuario)
        self.monta = self.do_termo.logistica and vistoria.aberta
        self.fiz = vistoria.feita_por_id == usuario.pk


DA_VISTORIA = indexar(
    [
        Ato("ambiente", "Ambiente", "Ambiente guardado.", forms.AmbienteForm, vistorias.guardar_ambiente,
            lambda c: c.monta, "Ponha cada ambiente, e depois as fotos dele.", principal=True),
        Ato("dano", "Dano ou diferença", "Anotado.", forms.DanoForm, vistorias.anotar_dano,
            lambda c: c.monta and c.vistoria.tipo != Vistoria.Tipo.ENTREGA,
            "Um de cada vez, com quem responde e até quando. O termo de encerramento repete.", principal=True),
        Ato("fechar", "Fechar e assinar pelo INSS", "Fechada. Quem ocupa foi avisado para assinar.", forms.FecharForm,
            vistorias.fechar, lambda c: c.monta, "Depois disto, ambientes e fotos não mudam.", principal=True),
        Ato("assinar", "Assinar a vistoria", "Vistoria assinada.", forms.AssinarVistoriaForm, vistorias.assinar,
            lambda c: c.do_termo.requerente and c.vistoria.por_assinar and not c.fiz,
            "Confira cada foto antes. Na entrega, ao assinar você recebe as chaves.", principal=True),
        Ato("corrigir", "Corrigir os dados", "Guardado.", forms.CorrigirVistoriaForm, vistorias.corrigir,
            lambda c: c.monta),
        Ato("recusa", "Anotar que não quis assinar", "Anotado.", forms.RecusaForm, vistorias.anotar_recusa,
            lambda c: c.do_termo.logistica and c.vistoria.por_assinar and c.vistoria.tipo != Vistoria.Tipo.ENTREGA),
        Ato("desfazer", "Desfazer a vistoria", "Desfeita. Ela fica guardada, sem valor.", forms.DesfazerForm,
            vistorias.desfazer,
            lambda c: c.do_termo.logistica and not c.vistoria.assinada_em and not c.vistoria.desfeita_em),
    ]
)  # fmt: skip
