"""Every act on an agreement in force: its form, its service, and when its card is on the page, for both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from act_portal.territorio.consultas import hoje_em
from adesao import permissoes
from adesao.acordo import forms
from adesao.acordo.servicos import encerramento, notificacao, operacao, prorrogacao, supervisao
from adesao.indicadores import servicos as indicadores
from adesao.models import Acordo, Encerramento
from adesao.situacoes import (
    Quem,
    SituacaoAcordo,
    SituacaoComprovacao,
    SituacaoEncerramento,
    SituacaoNotificacao,
    SituacaoProrrogacao,
)

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

A, N, R, F = SituacaoAcordo, SituacaoNotificacao, SituacaoProrrogacao, SituacaoEncerramento
DENUNCIAVEIS = {A.PREPARACAO, A.OPERACAO, A.SUSPENSO}


class Cena:
    """One agreement before one person."""

    def __init__(self, acordo: Acordo, usuario: Usuario) -> None:
        self.acordo, self.usuario, self.estado = acordo, usuario, acordo.estado
        processo = acordo.processo
        self.gestor = permissoes.age_como(usuario, processo, Quem.GESTOR)
        self.analista = permissoes.age_como(usuario, processo, Quem.ANALISTA)
        self.autoridade = permissoes.age_como(usuario, processo, Quem.AUTORIDADE)

    @property
    def inss(self) -> bool:
        return self.analista or self.autoridade

    @property
    def por_confirmar(self) -> bool:
        pontos = self.acordo.processo.pontos.vivos()
        return self.estado in {A.PREPARACAO, A.OPERACAO} and pontos.filter(confirmado_em__isnull=True).exists()

    @property
    def vivo(self) -> bool:
        return self.estado.vivo

    @cached_property
    def notificacoes(self) -> set[str]:
        return set(self.acordo.notificacoes.values_list("situacao", flat=True))

    @property
    def por_avaliar(self) -> bool:
        """What an agreement ended for is not judged again."""
        abertas = {N.EMITIDA, N.RESPONDIDA} | ({N.NAO_ACOLHIDA} if self.vivo else set())
        return self.inss and bool(self.notificacoes & abertas)

    @cached_property
    def prorrogacao(self) -> str:
        """The state of the renewal that is open, or ""."""
        return next(
            iter(self.acordo.prorrogacoes.filter(situacao__in=prorrogacao.ABERTAS).values_list("situacao", flat=True)),
            "",
        )

    @cached_property
    def vencido(self) -> bool:
        return self.acordo.vencido(hoje_em(self.acordo.municipio))

    @property
    def passou_do_fim(self) -> str:
        return (
            f"O último dia foi {self.acordo.ate:%d/%m/%Y} e falta o INSS registrar o fim. Quem atende já não entra. "
            "O gestor do município continua a ver os pedidos abertos e a responder às exigências."
        )

    @cached_property
    def sem_novos(self) -> str:
        """What a notice to end means for new requests, or ""."""
        entidade = getattr(self.acordo.municipio, "entidade", None)
        if self.estado != A.DENUNCIADO or self.vencido or entidade is None or entidade.sem_novos_desde is None:
            return ""
        abre = entidade.abre_novos(hoje_em(self.acordo.municipio))
        quando = "A partir de" if abre else "Desde"
        return (
            f"{quando} {entidade.sem_novos_desde:%d/%m/%Y} o balcão não abre pedidos novos (cláusula 12). Os já "
            f"abertos podem ser enviados, e as exigências continuam, até o último dia: {self.acordo.ate:%d/%m/%Y}."
        )

    @cached_property
    def termo(self) -> Encerramento | None:
        """The closing term, once it was made."""
        feitos = Encerramento.objects.select_related("documento", "arquivo").prefetch_related("assinados__arquivo")
        return feitos.filter(acordo=self.acordo).first()

    @property
    def termo_por_fazer(self) -> bool:
        return self.inss and self.estado == A.ENCERRADO and self.termo is None

    def termo_em(self, *em: SituacaoEncerramento) -> bool:
        return self.termo is not None and self.termo.estado in em

    @cached_property
    def ha_documento(self) -> bool:
        return self.acordo.conferencias.filter(situacao=SituacaoComprovacao.ENVIADA).exists()

    @cached_property
    def denunciou(self) -> bool:
        """The side of who looks is the one that denounced."""
        ultima = self.acordo.atos.filter(verbo="denunciar").order_by("em", "pk").last()
        return ultima is not None and ultima.do_municipio == self.gestor

    @property
    def pode_suspender(self) -> bool:
        return self.autoridade and self.estado == A.OPERACAO and not self.vencido

    @property
    def pode_rescindir(self) -> bool:
        return self.autoridade and self.vivo and N.NAO_ACOLHIDA in self.notificacoes


@dataclass(frozen=True)
class Ato:
    """As those of the review (`adesao.analise.atos`), over an agreement."""

    slug: str
    titulo: str
    # A sentence, or what makes one of the service's answer.
    feito: str | Callable[[Any], str]
    form: type[forms.AtoDoAcordoForm]
    servico: Callable[..., Any]
    quando: Callable[[Cena], bool]
    explica: str = ""
    principal: bool = False
    com_arquivo: bool = False


ATOS = {
    ato.slug: ato
    for ato in (
        Ato(
            "confirmar-estrutura",
            "Confirmar a estrutura de um ponto",
            lambda acordo: (
                "Estrutura confirmada. O balcão "
                + ("está aberto." if acordo.estado == A.OPERACAO else "abre com a primeira pessoa habilitada.")
            ),
            forms.ConfirmarPontoForm,
            operacao.confirmar_ponto,
            lambda c: c.analista and c.por_confirmar,
            "Sala, equipamento, internet e acessibilidade estão lá como o município declarou.",
            principal=True,
        ),
        Ato(
            "responder",
            "Responder à notificação",
            "Resposta enviada ao INSS.",
            forms.ResponderForm,
            notificacao.responder,
            lambda c: c.gestor and N.EMITIDA in c.notificacoes,
            "Diga o que foi feito, ou por que a falha não existe. Depois do prazo a resposta ainda é lida.",
            principal=True,
            com_arquivo=True,
        ),
        Ato(
            "avaliar",
            "Avaliar uma notificação",
            "Avaliação guardada. O município foi avisado.",
            forms.AvaliarForm,
            notificacao.avaliar,
            lambda c: c.por_avaliar,
            "Sem resposta, só depois do prazo. A que não foi resolvida permite suspender ou rescindir.",
            principal=True,
        ),
        Ato(
            "avaliar-documento",
            "Conferir um documento enviado",
            "Conferência guardada.",
            forms.AvaliarDocumentoForm,
            indicadores.avaliar,
            lambda c: c.analista and c.ha_documento,
            principal=True,
        ),
        Ato(
            "assinar-aditivo",
            "Assinar a prorrogação",
            "Termo aditivo enviado. O INSS confere, assina e publica.",
            forms.AssinarAditivoForm,
            prorrogacao.assinar,
            lambda c: c.gestor and c.prorrogacao == R.APROVADA,
            "Baixe o termo aditivo, assine fora do portal e envie o PDF.",
            principal=True,
            com_arquivo=True,
        ),
        Ato(
            "decidir-prorrogacao",
            "Decidir a prorrogação",
            "Decisão guardada. O município foi avisado.",
            forms.DecidirProrrogacaoForm,
            prorrogacao.decidir,
            lambda c: c.autoridade and c.prorrogacao == R.PEDIDA,
            "Aprovada, o portal faz o termo aditivo que as partes assinam.",
            principal=True,
        ),
        Ato(
            "efetivar",
            "Registrar a prorrogação publicada",
            "Prorrogação registrada. As pessoas assinam os termos de novo.",
            forms.EfetivarForm,
            prorrogacao.efetivar,
            lambda c: c.analista and c.prorrogacao == R.ASSINADA,
            "O INSS assina antes do fim do acordo e publica o extrato.",
            principal=True,
            com_arquivo=True,
        ),
        Ato(
            "encerrar",
            "Registrar o fim do acordo",
            "Fim registrado. O balcão fechou.",
            forms.MotivoForm,
            supervisao.encerrar,
            lambda c: c.inss and c.vencido,
            "O último dia passou. O gestor do município continua a ver os pedidos abertos.",
            principal=True,
        ),
        Ato(
            "encerramento",
            "Fazer o termo de encerramento",
            "Termo feito. O município foi avisado para assinar.",
            forms.EncerramentoForm,
            encerramento.fazer,
            lambda c: c.termo_por_fazer,
            "Resultados, casos, acessos, dados e pendências, no papel que as partes assinam.",
            principal=True,
        ),
        Ato(
            "assinar-encerramento",
            "Assinar o termo de encerramento",
            "Termo enviado. O INSS assina e junta.",
            forms.AssinarEncerramentoForm,
            encerramento.assinar,
            lambda c: c.gestor and c.termo_em(F.EMITIDO),
            "Baixe o termo, assine fora do portal e envie o PDF.",
            principal=True,
            com_arquivo=True,
        ),
        Ato(
            "juntar-encerramento",
            "Juntar o termo de encerramento assinado",
            "Termo juntado. O município foi avisado.",
            forms.JuntarEncerramentoForm,
            encerramento.juntar,
            lambda c: c.inss and c.termo_em(F.EMITIDO, F.ASSINADO),
            "O INSS assina por último. Na rescisão, a recusa do município não impede os efeitos.",
            principal=True,
            com_arquivo=True,
        ),
        Ato(
            "refazer-encerramento",
            "Fazer o termo de encerramento de novo",
            "Termo refeito. O município foi avisado para assinar o novo.",
            forms.EncerramentoForm,
            encerramento.fazer,
            lambda c: c.inss and c.termo_em(F.EMITIDO, F.ASSINADO),
            "Só para corrigir. O termo anterior perde o valor, e quem já assinou assina o novo.",
        ),
        Ato(
            "documento",
            "Guardar um documento",
            "Guardado.",
            forms.DocumentoForm,
            indicadores.enviar,
            lambda c: c.vivo and (c.gestor or c.analista),
            "Certidão renovada, mandato novo, cadastro conferido, acessos revistos.",
            com_arquivo=True,
        ),
        Ato(
            "notificar",
            "Notificar o município",
            "Notificação enviada.",
            forms.NotificarForm,
            notificacao.notificar,
            lambda c: c.inss and c.vivo,
            "O município recebe o aviso, com o prazo, e responde por aqui.",
        ),
        Ato(
            "cancelar-notificacao",
            "Cancelar uma notificação",
            "Notificação cancelada. O município foi avisado.",
            forms.CancelarNotificacaoForm,
            notificacao.cancelar,
            lambda c: c.inss and bool(c.notificacoes & {N.EMITIDA, N.RESPONDIDA}),
            "Para a que saiu por engano. Ela e o motivo ficam no processo, e o papel perde o valor.",
        ),
        Ato(
            "suspender",
            "Suspender novos pedidos",
            "Acordo suspenso. O município foi avisado.",
            forms.SuspenderForm,
            supervisao.suspender,
            lambda c: c.pode_suspender,
            "O balcão não abre pedidos novos. Ver e responder aos que já existem continua possível.",
        ),
        Ato(
            "reintegrar",
            "Reintegrar",
            "Acordo reintegrado. O balcão recebe de novo.",
            forms.ReintegrarForm,
            supervisao.reintegrar,
            lambda c: c.autoridade and c.estado == A.SUSPENSO and not c.vencido,
            principal=True,
        ),
        Ato(
            "rescindir",
            "Rescindir",
            "Acordo rescindido.",
            forms.RescindirForm,
            supervisao.rescindir,
            lambda c: c.pode_rescindir,
            "Depois de notificação não resolvida. O balcão fecha e os acessos de quem atende acabam.",
        ),
        Ato(
            "pedir-prorrogacao",
            "Pedir a prorrogação",
            "Pedido enviado ao INSS.",
            forms.PedirProrrogacaoForm,
            prorrogacao.pedir,
            lambda c: c.gestor and c.estado in prorrogacao.PRORROGAVEIS and not c.prorrogacao and not c.vencido,
            "O acordo continua com o mesmo número. A prorrogação sai antes do último dia.",
        ),
        Ato(
            "desistir-prorrogacao",
            "Desistir da prorrogação",
            "Pedido de prorrogação encerrado.",
            forms.SemCamposForm,
            prorrogacao.desistir,
            lambda c: c.gestor and bool(c.prorrogacao),
        ),
        Ato(
            "denunciar",
            "Denunciar o acordo",
            "Denúncia registrada. As duas partes foram avisadas.",
            forms.DenunciarForm,
            supervisao.denunciar,
            lambda c: (c.gestor or c.autoridade) and c.estado in DENUNCIAVEIS and not c.vencido,
            "Uma das partes quer sair. Até o último dia o que está aberto continua.",
        ),
        Ato(
            "retratar",
            "Voltar atrás na denúncia",
            "Denúncia retirada.",
            forms.MotivoForm,
            supervisao.retratar,
            lambda c: c.estado == A.DENUNCIADO and c.denunciou and not c.vencido,
        ),
    )
}
