"""Every act on a request, of both sides."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from act_portal.territorio.consultas import hoje_em
from cessao import permissoes
from cessao.analise import servicos as analise
from cessao.analise import vistoria
from cessao.atos import Ato, indexar
from cessao.models import Desocupacao, Pedido
from cessao.ocupacao.servicos import assinatura, desocupacao
from cessao.pedido import forms, obras, servicos
from cessao.situacoes import DA_DESOCUPACAO, DO_PEDIDO, Quem, Situacao, SituacaoDesocupacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

S = Situacao


class Cena:
    """One request before one person: what the table asks, each part read once."""

    def __init__(self, pedido: Pedido, usuario: Usuario) -> None:
        self.pedido, self.usuario = pedido, usuario
        self.estado = pedido.estado
        self.requerente = permissoes.age_como(usuario, pedido, Quem.REQUERENTE)
        self.logistica = permissoes.age_como(usuario, pedido, Quem.LOGISTICA)
        self.superintendencia = permissoes.age_como(usuario, pedido, Quem.SUPERINTENDENCIA)
        self.diretoria = permissoes.age_como(usuario, pedido, Quem.DIRETORIA)
        self.inss = self.logistica or self.superintendencia or self.diretoria
        self.registrou = pedido.criado_por_id == usuario.pk

    @property
    def analisa(self) -> bool:
        return self.logistica and not self.registrou and self.estado == S.EM_ANALISE and self.meu

    @property
    def julga_obras(self) -> bool:
        return self.analisa or self.decide

    @property
    def ve_julgamento(self) -> bool:
        """Who asks reads what was said of each work when the request comes back, or once it was decided."""
        return self.inss or self.estado not in {S.ENVIADO, S.EM_ANALISE, S.SUPERINTENDENCIA, S.DIRETORIA}

    @property
    def meu(self) -> bool:
        return self.pedido.responsavel_id == self.usuario.pk

    @cached_property
    def opinou(self) -> bool:
        return self.usuario.pk in permissoes.quem_opinou(self.pedido)

    @property
    def decide(self) -> bool:
        return self.diretoria and self.estado == S.DIRETORIA and not self.opinou

    @cached_property
    def recusou(self) -> bool:
        return self.estado == S.RECURSO and self.usuario.pk == permissoes.quem_recusou(self.pedido)

    @property
    def cabe_recurso(self) -> bool:
        return hoje_em(self.pedido.municipio) <= servicos.recorrer_ate(self.pedido)

    @property
    def julga(self) -> bool:
        return self.diretoria and self.estado == S.RECURSO and not self.opinou and not self.recusou

    @cached_property
    def desocupacao(self) -> Desocupacao | None:
        """Of who is inside without a term."""
        return Desocupacao.objects.filter(pedido=self.pedido).first()

    @cached_property
    def espera_o_recurso(self) -> str:
        """Why who occupies is not told to leave yet."""
        return desocupacao.problema_do_recurso(self.pedido, hoje_em(self.pedido.municipio))

    def cabe_na_desocupacao(self, verbo: str) -> bool:
        aberta = self.desocupacao
        return bool(aberta and aberta.estado in DA_DESOCUPACAO[verbo].de and (self.logistica or self.superintendencia))

    def pode(self, verbo: str) -> bool:
        passo = DO_PEDIDO[verbo]
        lados = {
            Quem.REQUERENTE: self.requerente,
            Quem.LOGISTICA: self.logistica,
            Quem.SUPERINTENDENCIA: self.superintendencia,
            Quem.DIRETORIA: self.diretoria,
        }
        return self.estado in passo.de and any(lados.get(quem) for quem in passo.quem)


ATOS = indexar(
    [
        Ato("oficio", "Fazer o ofício e o plano de uso", "O portal está fazendo o ofício. Baixe em “Papéis”, assine e "
            "envie em “Documentos”.", forms.OficioForm, servicos.fazer_oficio,
            lambda c: c.requerente and c.pedido.editavel,
            "O texto sai do que está no pedido. Se o pedido mudar depois, o texto muda: assine o novo.",
            principal=True),
        Ato("adaptacao", "Pedir uma adaptação", "Adaptação na lista.", forms.ObraForm, obras.por,
            lambda c: c.requerente and c.pedido.editavel,
            "Uma de cada vez, só o que dá para desfazer. O INSS aceita ou recusa cada uma."),
        Ato("enviar", "Enviar ao INSS", "Pedido enviado ao INSS.", forms.EnviarForm, servicos.enviar,
            lambda c: c.pode("enviar"), "O portal confere o que falta.", principal=True),
        Ato("reenviar", "Enviar a resposta", "Resposta enviada.", forms.ReenviarForm, servicos.reenviar,
            lambda c: c.pode("reenviar"), principal=True),
        Ato("tomar", "Tomar o pedido", "O pedido está com você.", forms.TomarForm, analise.tomar,
            lambda c: c.pode("tomar") and not c.registrou, "Quem toma confere os documentos e dá o parecer.",
            principal=True),
        Ato("assumir", "Assumir o pedido", "O pedido está com você.", forms.AssumirForm, analise.assumir,
            lambda c: c.logistica and not c.registrou and c.pedido.responsavel_id is None
            and c.estado in {S.EM_ANALISE, S.DEVOLVIDO}, principal=True),
        Ato("item-vistoria", "Item da vistoria", "Item na vistoria.", forms.AchadoForm, vistoria.por,
            lambda c: c.analisa, "Um de cada vez, com a foto. O parecer favorável precisa de ao menos um.",
            principal=True, com_arquivo=True),
        Ato("parecer", "Dar o parecer", "Parecer guardado. O pedido foi à Superintendência.", forms.OpinarForm,
            analise.opinar, lambda c: c.analisa, "Com o que a vistoria achou. Quem opina não decide.", principal=True),
        Ato("devolver", "Devolver para corrigir", "Devolvido. Quem pediu foi avisado.", forms.DevolverForm,
            analise.devolver, lambda c: c.analisa, "Vão de uma vez os documentos devolvidos e os que faltam."),
        Ato("cnpj-publico", "Aceitar o CNPJ recusado", "O CNPJ voltou a ser aceito.", forms.TextoForm,
            analise.desmarcar_cnpj,
            lambda c: c.pedido.cnpj_privado and (c.logistica or c.superintendencia) and not c.registrou,
            "Quando se vê que o órgão é público. Escreva o que mostra isso."),
        Ato("manifestar", "Manifestação da Superintendência", "O pedido foi à DIROFL.", forms.ManifestarForm,
            analise.manifestar, lambda c: c.pode("manifestar") and not c.opinou, principal=True),
        Ato("aprovar", "Aprovar", "Aprovado. O termo foi numerado e quem pediu foi avisado para assinar.",
            forms.AprovarForm, analise.aprovar, lambda c: c.decide, "O portal guarda os dias do espaço e faz o termo.",
            principal=True),
        Ato("indeferir", "Não aprovar", "Decisão guardada. Quem pediu foi avisado.", forms.DecisaoForm,
            analise.indeferir, lambda c: c.decide),
        Ato("recorrer", "Recorrer da decisão", "Recurso enviado.", forms.RecorrerForm, servicos.recorrer,
            lambda c: c.pode("recorrer") and c.cabe_recurso, principal=True),
        Ato("prover", "Acolher o recurso", "O pedido voltou à análise.", forms.TextoForm, analise.prover,
            lambda c: c.julga, principal=True),
        Ato("manter", "Manter a decisão", "Recurso julgado. Quem pediu foi avisado.", forms.DecisaoForm,
            analise.manter, lambda c: c.julga, "Quem não aprovou não julga o recurso."),
        Ato("assinar", "Enviar o termo assinado", "Termo enviado. O INSS confere e assina.", forms.AssinarForm,
            assinatura.assinar, lambda c: c.pode("assinar"),
            "Baixe o termo, assine com gov.br prata ou ouro, ou certificado digital, e envie o PDF.", principal=True,
            com_arquivo=True),
        Ato("assinar-inss", "Juntar o termo assinado pelo INSS", "Termo assinado pelas duas partes. Falta publicar.",
            forms.AssinarInssForm, assinatura.assinar_inss, lambda c: c.pode("assinar_inss"),
            "Assine o mesmo PDF. O arquivo final traz as duas assinaturas.", principal=True, com_arquivo=True),
        Ato("recusar-assinatura", "Devolver a assinatura", "Devolvido para assinar de novo.",
            forms.RecusarAssinaturaForm, assinatura.recusar_assinatura, lambda c: c.pode("recusar_assinatura")),
        Ato("publicar", "Registrar a publicação", "Publicado. Marque a vistoria de entrega das chaves.",
            forms.PublicarForm, assinatura.publicar, lambda c: c.pode("publicar"), principal=True),
        Ato("avisar-saida", "Avisar quem ocupa para sair", "Aviso feito. Quem ocupa foi avisado.",
            forms.AvisoDeSaidaForm, desocupacao.avisar,
            lambda c: c.cabe_na_desocupacao("avisar") and not c.espera_o_recurso,
            "O pedido de regularização acabou sem termo, e o espaço continua ocupado.", principal=True),
        Ato("cobrar-saida", "Cobrar de quem não saiu", "Aviso feito. Quem ocupa foi avisado.", forms.CobrarForm,
            desocupacao.cobrar, lambda c: (c.logistica or c.superintendencia) and c.desocupacao
            and c.desocupacao.estado == SituacaoDesocupacao.VENCIDO, principal=True),
        Ato("desocupado", "Registrar que o espaço foi desocupado", "Saída registrada.", forms.DesocupadoForm,
            desocupacao.desocupar, lambda c: c.cabe_na_desocupacao("desocupar")),
        Ato("desarquivar", "Desarquivar", "O pedido voltou à análise e está com você.", forms.TextoForm,
            analise.desarquivar, lambda c: c.pode("desarquivar") and not c.registrou, principal=True),
        Ato("retomar", "Voltar à análise", "O pedido voltou à análise.", forms.TextoForm, analise.retomar,
            lambda c: c.pode("retomar"), "O que já foi assinado deixa de valer."),
        Ato("soltar", "Soltar o pedido", "Outra pessoa pode assumir.", forms.SoltarForm, analise.soltar,
            lambda c: c.pedido.responsavel_id and c.estado in {S.EM_ANALISE, S.DEVOLVIDO}
            and (c.meu or c.superintendencia)),
        Ato("arquivar", "Arquivar", "Arquivado. Quem pediu foi avisado.", forms.TextoForm, analise.arquivar,
            lambda c: c.pode("arquivar"), "Para o pedido que ninguém mais responde. Dá para desarquivar."),
        Ato("sei", "Número do processo no SEI", "Número guardado.", forms.SeiForm, analise.numerar_sei,
            lambda c: c.inss and c.estado != S.RASCUNHO),
        Ato("desistir", "Desistir do pedido", "Pedido encerrado.", forms.DesistirForm, servicos.desistir,
            lambda c: c.pode("desistir")),
    ]
)  # fmt: skip
