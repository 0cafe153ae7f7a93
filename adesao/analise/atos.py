"""Every act of INSS on a process: its form, its service, and when its card is on the page.

The services decide who may do what; the table only keeps buttons that would be refused out of sight.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from adesao import permissoes
from adesao.analise.forms import analise as forms
from adesao.analise.forms import decisao as forms_de_decisao
from adesao.analise.forms.base import AtoForm
from adesao.analise.servicos import assinatura, decisao, distribuicao, exportacao, processo
from adesao.analise.servicos import itens as servicos_de_itens
from adesao.analise.servicos.assinatura import outro_signatario
from adesao.analise.servicos.comum import quem_instruiu
from adesao.models import Acordo, Assinatura, Leitura, Processo
from adesao.situacoes import Quem, Situacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

S = Situacao


class Cena:
    """One process before one person of INSS: what the table asks, each part read once."""

    def __init__(self, processo: Processo, usuario: Usuario) -> None:
        self.processo, self.usuario = processo, usuario
        self.estado = processo.estado
        self.analista = permissoes.age_como(usuario, processo, Quem.ANALISTA)
        self.autoridade = permissoes.age_como(usuario, processo, Quem.AUTORIDADE)
        self.meu = self.analista and processo.responsavel_id == usuario.pk

    @property
    def analisando(self) -> bool:
        return self.meu and self.estado == S.EM_ANALISE

    @cached_property
    def leitura(self) -> Leitura | None:
        return self.processo.leituras.select_related("leitor").filter(feita_em=None, desfeita_em=None).first()

    @cached_property
    def instruiu(self) -> bool:
        return self.usuario.pk in quem_instruiu(self.processo)

    @property
    def decide(self) -> bool:
        return self.autoridade and self.estado == S.INSTRUIDO and not self.instruiu

    @cached_property
    def acordo(self) -> Acordo | None:
        return Acordo.objects.filter(processo=self.processo).prefetch_related("assinaturas__arquivo").first()

    @cached_property
    def do_municipio(self) -> Assinatura | None:
        if self.acordo is None:
            return None
        vivas = self.acordo.assinaturas.select_related("arquivo").filter(substituida_em=None)
        return vivas.filter(parte=Assinatura.Parte.MUNICIPIO).first()

    @cached_property
    def outro_signatario(self) -> str:
        return outro_signatario(self.do_municipio) if self.do_municipio else ""

    @property
    def municipio_conferido(self) -> bool:
        return self.do_municipio is not None and self.do_municipio.resultado == Assinatura.Resultado.VALIDA


@dataclass(frozen=True)
class Ato:
    """`principal`: what the person came for, open on the page; the others are folded. `feito`: said afterwards."""

    slug: str
    titulo: str
    feito: str
    form: type[AtoForm]
    servico: Callable[..., Any]
    quando: Callable[[Cena], bool]
    explica: str = ""
    principal: bool = False
    # The service takes the uploaded file as its second argument.
    com_arquivo: bool = False


def _enviavel(cena: Cena) -> bool:
    return (cena.analista or cena.autoridade) and cena.estado in distribuicao.DISTRIBUIVEIS


ATOS = {
    ato.slug: ato
    for ato in (
        Ato(
            "tomar",
            "Tomar o pedido",
            "O pedido está com você.",
            forms.TomarForm,
            distribuicao.tomar,
            lambda c: c.analista and c.processo.responsavel_id is None and c.estado in distribuicao.DISTRIBUIVEIS,
            "Quem toma confere os itens e dá o parecer.",
            principal=True,
        ),
        Ato(
            "ler",
            "Segunda leitura",
            "Leitura guardada.",
            forms.LerForm,
            distribuicao.ler,
            lambda c: c.analista and c.leitura is not None and c.leitura.leitor_id == c.usuario.pk,
            "Veja os itens e diga se concorda com a conferência.",
            principal=True,
        ),
        Ato(
            "devolver",
            "Devolver ao município",
            "Devolvido. O município foi avisado.",
            forms.DevolverForm,
            processo.devolver,
            lambda c: c.analisando,
            "Vão de uma vez todos os itens devolvidos, reabertos e pedidos agora.",
            principal=True,
        ),
        Ato(
            "parecer",
            "Dar o parecer",
            "Parecer guardado. O pedido espera a decisão da autoridade.",
            forms.ParecerForm,
            processo.instruir,
            lambda c: c.analisando,
            "Depois dele, quem decide é a autoridade, que nunca é quem instruiu.",
            principal=True,
        ),
        Ato(
            "aprovar",
            "Aprovar",
            "Aprovado. O acordo foi numerado e o município foi avisado para assinar.",
            forms_de_decisao.AprovarForm,
            decisao.aprovar,
            lambda c: c.decide,
            "O portal numera o acordo e faz o papel que as partes assinam.",
            principal=True,
        ),
        Ato(
            "indeferir",
            "Não aprovar",
            "Decisão guardada. O município foi avisado.",
            forms_de_decisao.IndeferirForm,
            decisao.indeferir,
            lambda c: c.decide,
        ),
        Ato(
            "conferir-assinatura",
            "A assinatura do município é válida",
            "Conferência guardada.",
            forms_de_decisao.ConferirAssinaturaForm,
            assinatura.conferir_assinatura,
            lambda c: (c.analista or c.autoridade) and c.estado == S.CONFERENCIA and not c.municipio_conferido,
            principal=True,
        ),
        Ato(
            "assinar",
            "Juntar o acordo assinado pelo INSS",
            "Acordo assinado pelas duas partes. Falta publicar.",
            forms_de_decisao.AssinarInssForm,
            assinatura.assinar_inss,
            lambda c: (c.analista or c.autoridade) and c.estado == S.CONFERENCIA and c.municipio_conferido,
            "Assine o mesmo PDF que o município assinou. O arquivo final traz as duas assinaturas.",
            principal=True,
            com_arquivo=True,
        ),
        Ato(
            "recusar-assinatura",
            "Devolver a assinatura",
            "Devolvido ao município para assinar de novo.",
            forms_de_decisao.RecusarAssinaturaForm,
            assinatura.recusar_assinatura,
            lambda c: c.analista and c.estado == S.CONFERENCIA,
        ),
        Ato(
            "publicar",
            "Registrar a publicação",
            "O acordo está em vigor. O balcão já traz o número e as datas dele.",
            forms_de_decisao.PublicarForm,
            assinatura.publicar,
            lambda c: c.analista and c.estado == S.ASSINADO,
            "O acordo começa no dia da publicação do extrato e já nasce com data de fim.",
            principal=True,
        ),
        Ato(
            "reconsiderar",
            "Reconsiderar",
            "O pedido voltou à análise.",
            forms.ReconsiderarForm,
            decisao.reconsiderar,
            lambda c: c.autoridade and c.estado == S.INDEFERIDO,
        ),
        Ato(
            "desarquivar",
            "Desarquivar",
            "O pedido voltou à análise e está com você.",
            forms.DesarquivarForm,
            processo.desarquivar,
            lambda c: c.analista and c.estado == S.ARQUIVADO,
            principal=True,
        ),
        Ato(
            "pedir-documento",
            "Pedir mais um documento",
            "Documento pedido. Ele vai ao município na próxima devolução.",
            forms.PedirDocumentoForm,
            servicos_de_itens.pedir_documento,
            lambda c: c.analisando,
        ),
        Ato(
            "servicos",
            "Mudar os serviços",
            "Lista guardada. O município aceita de novo a minuta e o plano.",
            forms.ServicosForm,
            processo.mudar_servicos,
            lambda c: c.analisando,
            "A minuta e o plano mudam junto, e o município precisa aceitar de novo.",
        ),
        Ato(
            "regime",
            "Corrigir o regime de previdência",
            "Regime corrigido. A lista de documentos mudou.",
            forms.RegimeForm,
            processo.corrigir_regime,
            lambda c: c.analisando,
            "Muda a certidão que se pede.",
        ),
        Ato(
            "pedir-leitura",
            "Pedir segunda leitura",
            "Leitura pedida.",
            forms.PedirLeituraForm,
            distribuicao.pedir_leitura,
            lambda c: c.analisando and c.leitura is None,
        ),
        Ato(
            "dispensar-leitura",
            "Seguir sem a segunda leitura",
            "Leitura dispensada.",
            forms.DispensarLeituraForm,
            distribuicao.dispensar_leitura,
            lambda c: c.analisando and c.leitura is not None,
        ),
        Ato(
            "sei",
            "Número do processo no SEI",
            "Número guardado.",
            forms.SeiForm,
            processo.numerar_sei,
            lambda c: c.analista or c.autoridade,
        ),
        Ato(
            "repassar",
            "Passar a outra pessoa",
            "Feito.",
            forms.RepassarForm,
            distribuicao.repassar,
            lambda c: _enviavel(c) and c.processo.responsavel_id is not None and (c.meu or c.autoridade),
        ),
        Ato(
            "encaminhar",
            "Mandar a outra unidade",
            "O pedido está na outra unidade.",
            forms.EncaminharForm,
            distribuicao.encaminhar,
            _enviavel,
        ),
        Ato(
            "retomar",
            "Voltar à análise",
            "O pedido voltou à análise.",
            forms.RetomarForm,
            decisao.retomar,
            lambda c: c.autoridade and c.estado in {S.INSTRUIDO, S.ASSINATURA, S.CONFERENCIA},
            "O que já foi assinado deixa de valer.",
        ),
        Ato(
            "arquivar",
            "Arquivar",
            "Arquivado. O município foi avisado.",
            forms.ArquivarForm,
            processo.arquivar,
            lambda c: c.analista and c.estado in {S.DEVOLVIDO, S.ASSINATURA},
            "Para o pedido que o município deixou de responder. Dá para desarquivar.",
        ),
        Ato(
            "servicos-do-acordo",
            "Mudar os serviços do acordo",
            "Lista guardada no histórico do acordo.",
            forms.ServicosDoAcordoForm,
            assinatura.mudar_servicos_do_acordo,
            lambda c: (c.analista or c.autoridade) and c.estado == S.VIGENTE,
            "Sem termo aditivo: a mudança fica registrada, com o motivo.",
        ),
        Ato(
            "exportar",
            "Baixar o processo inteiro",
            "Pacote pedido. Ele aparece aqui quando ficar pronto.",
            forms.ExportarForm,
            exportacao.exportar,
            lambda c: c.analista or c.autoridade,
            "Um ZIP com a lista de conferência, os documentos e os papéis, numerados para o SEI.",
        ),
    )
}
