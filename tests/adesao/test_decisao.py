"""The decision: by who is competent and never by who instructed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from act_portal.contas.models import Usuario, Vinculo
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from adesao.analise.servicos import assinatura, decisao, distribuicao
from adesao.analise.servicos import processo as servicos
from adesao.models import Acordo, Decisao, Papel, Processo
from adesao.papeis.consultas import vigente
from adesao.pedido.servicos import processo as servicos_do_pedido
from adesao.situacoes import Situacao, SituacaoItem
from tests.adesao.fabricas import (
    APROVACAO,
    ProcessoFabrica,
    aprovado,
    assinado_pelo_municipio,
    conferido_inteiro,
    dados_da_assinatura,
    emitir,
    instruido,
    pdf_assinado,
)
from tests.corridas import correr
from tests.fabricas import UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db
E = Papel.Especie
NEGATIVA = {"texto": "Não há estrutura.", "competencia": "Portaria 1/2026"}


def com_os_dois_papeis(usuario: Usuario, papel: str) -> Usuario:
    """The same person, now acting in another role at the same unit."""
    unidade = usuario.vinculos.get().unidade
    Vinculo.objects.create(usuario=usuario, papel=papel, unidade=unidade, inicio=localdate() - timedelta(days=1))
    usuario = Usuario.objects.get(pk=usuario.pk)
    usuario.vinculo = usuario.vinculos.get(papel=papel)
    return usuario


# --- Who decides --------------------------------------------------------------------------------------------------


def test_quem_deu_o_parecer_nao_aprova():
    processo, inss = instruido()
    analista = com_os_dois_papeis(inss.analista, "autoridade_inss")

    for servico in (decisao.aprovar, decisao.indeferir):
        with pytest.raises(ErroDeDominio, match="Quem instrui não decide"):
            servico(processo.pk, **APROVACAO, autor=analista)


def test_quem_conferiu_um_item_e_passou_adiante_tambem_nao_aprova():
    processo, inss = conferido_inteiro()
    primeira = inss.analista
    segunda = com_papel("analista_inss", processo.unidade)
    distribuicao.repassar(processo.pk, para=segunda, autor=primeira)
    servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=segunda)

    with pytest.raises(ErroDeDominio, match="Quem instrui não decide"):
        decisao.aprovar(processo.pk, **APROVACAO, autor=com_os_dois_papeis(primeira, "autoridade_inss"))


def test_analista_nao_aprova():
    processo, _ = instruido()

    with pytest.raises(PermissionDenied):
        decisao.aprovar(processo.pk, **APROVACAO, autor=com_papel("analista_inss", processo.unidade))


def test_autoridade_de_outra_regiao_nao_aprova():
    processo, _ = instruido()

    with pytest.raises(PermissionDenied):
        decisao.aprovar(processo.pk, **APROVACAO, autor=com_papel("autoridade_inss", UnidadeFabrica()))


def test_sem_cargo_e_matricula_ninguem_aprova():
    processo, inss = instruido()
    Usuario.objects.filter(pk=inss.autoridade.pk).update(cargo="")

    with pytest.raises(ErroDeDominio, match="preencha seu cargo e sua matrícula"):
        decisao.aprovar(processo.pk, **APROVACAO, autor=Usuario.objects.get(pk=inss.autoridade.pk))
    assert not Acordo.objects.exists()


# --- Approve ------------------------------------------------------------------------------------------------------


def test_aprovar_guarda_quem_numera_e_faz_os_papeis(fila_na_hora, django_capture_on_commit_callbacks):
    processo, inss = instruido()

    with django_capture_on_commit_callbacks(execute=True):
        decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)

    processo.refresh_from_db()
    feita = Decisao.objects.get(tipo="aprovacao")
    assert processo.estado == Situacao.ASSINATURA
    assert (feita.nome, feita.cargo, feita.matricula, feita.competencia) == (
        inss.autoridade.nome, inss.autoridade.cargo, inss.autoridade.matricula, "Portaria 1/2026",
    )  # fmt: skip
    assert processo.acordo.numero == f"001/{localdate().year}"
    assert vigente(processo, E.DECISAO).documento.dados["acordo_numero"] == processo.acordo.numero
    assert mail.outbox[-1].to == [processo.criado_por.email]


def test_o_acordo_para_assinar_diz_o_mesmo_que_o_municipio_aceitou():
    processo, _ = aprovado()

    dados = vigente(processo, E.INSTRUMENTO).documento.dados
    aceito = vigente(processo, E.MINUTA).documento.dados
    fora = {"data_documento", "pontos", "processo_sei"}
    assert {nome: dados[nome] for nome in aceito if nome not in fora} == {
        nome: aceito[nome] for nome in aceito if nome not in fora
    }
    assert dados["inss_autoridade"]["competencia"] == "Portaria 1/2026"
    assert dados["pontos"][0]["horario"] == "8h às 12h e 13h às 17h"


def test_dois_acordos_do_mesmo_ano_tem_numeros_seguidos():
    primeiro, _ = aprovado()
    segundo, _ = aprovado(cnpj="11222333000181")

    assert [a.numero[:3] for a in Acordo.objects.order_by("pk")] == ["001", "002"]
    assert primeiro.acordo != segundo.acordo


@pytest.mark.django_db(transaction=True)
def test_corrida_de_duas_aprovacoes_nunca_repete_o_numero():
    feitos = [instruido(), instruido(cnpj="11222333000181")]

    correr(lambda par: decisao.aprovar(par[0].pk, **APROVACAO, autor=par[1].autoridade), feitos)

    assert sorted(Acordo.objects.values_list("numero", flat=True)) == [
        f"001/{localdate().year}", f"002/{localdate().year}",
    ]  # fmt: skip


def test_aprovar_duas_vezes_aprova_uma():
    processo, inss = aprovado()

    with pytest.raises(TransicaoInvalida):
        decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)
    assert Acordo.objects.count() == 1


def test_certidao_que_venceu_entre_o_parecer_e_a_decisao_segura_a_aprovacao():
    processo, inss = instruido()
    processo.itens.filter(codigo="regularidade-federal").update(valido_ate=localdate() - timedelta(days=1))

    with pytest.raises(ErroDeDominio, match="Depois do parecer, abriu de novo: Certidão de débitos federais"):
        decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)


def test_parecer_desfavoravel_nao_se_aprova():
    processo, inss = conferido_inteiro()
    servicos.instruir(processo.pk, conclusao="desfavoravel", texto="Não.", autor=inss.analista)

    with pytest.raises(ErroDeDominio, match="O parecer é desfavorável"):
        decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)


def test_sem_numero_do_sei_nao_se_aprova():
    """What both sign, and the extract, name the process."""
    processo, inss = instruido()
    Processo.objects.filter(pk=processo.pk).update(processo_sei="")

    with pytest.raises(ErroDeDominio, match="Guarde antes o número do processo no SEI"):
        decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)
    assert not Acordo.objects.exists()

    servicos.numerar_sei(processo.pk, numero="35014.000001/2026-00", autor=inss.autoridade)
    decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)
    assert vigente(processo, E.INSTRUMENTO).documento.dados["processo_sei"] == "35014.000001/2026-00"


def test_a_condicao_do_parecer_vai_para_a_decisao():
    processo, inss = conferido_inteiro()
    servicos.instruir(
        processo.pk, conclusao="condicao", texto="Ok.", condicoes="Rampa em 60 dias.", autor=inss.analista
    )

    decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)

    assert vigente(processo, E.DECISAO).documento.dados["decisao"]["condicoes"] == "Rampa em 60 dias."


# --- Refuse, take back --------------------------------------------------------------------------------------------


def test_nao_aprovar_explica_e_libera_o_municipio():
    processo, inss = instruido()

    decisao.indeferir(processo.pk, **NEGATIVA, autor=inss.autoridade)

    processo.refresh_from_db()
    assert (processo.estado, processo.motivo) == (Situacao.INDEFERIDO, "Não há estrutura.")
    assert vigente(processo, E.DECISAO).documento.dados["aprova"] is False
    novo = servicos_do_pedido.comecar(
        processo.municipio, instrumento="act", regime="rgps", cnpj=processo.cnpj, autor=processo.criado_por
    )
    with pytest.raises(ErroDeDominio, match="já começou outro pedido"):
        decisao.reconsiderar(processo.pk, texto="Erro nosso.", autor=inss.autoridade)
    servicos_do_pedido.desistir(novo.pk, motivo="Seguimos pelo outro.", autor=processo.criado_por)
    decisao.reconsiderar(processo.pk, texto="Erro nosso.", autor=inss.autoridade)
    assert Processo.objects.get(pk=processo.pk).estado == Situacao.EM_ANALISE


def test_indeferir_pedido_que_nem_formulario_completo_tem_faz_o_papel():
    processo = ProcessoFabrica(situacao=Situacao.EM_ANALISE)
    analista = com_papel("analista_inss", processo.unidade)
    Processo.objects.filter(pk=processo.pk).update(responsavel=analista)
    servicos.instruir(processo.pk, conclusao="desfavoravel", texto="Incompleto.", autor=analista)

    decisao.indeferir(processo.pk, **NEGATIVA, autor=com_papel("autoridade_inss", processo.unidade))

    assert processo.municipio.nome in vigente(processo, E.DECISAO).documento.dados["municipio_nome"]


def test_voltar_a_analise_tira_o_valor_do_acordo_e_da_assinatura():
    processo, inss = assinado_pelo_municipio()
    numero, instrumento = processo.acordo.numero, vigente(processo, E.INSTRUMENTO)

    decisao.retomar(processo.pk, texto="A certidão venceu.", autor=inss.autoridade)

    assert Documento.objects.get(pk=instrumento.documento_id).situacao == "revogado"
    assert vigente(processo, E.INSTRUMENTO) is None
    assert not processo.acordo.assinaturas.filter(substituida_em=None).exists()
    # The same number serves when it is approved again.
    servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)
    decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)
    emitir(processo)
    assert Acordo.objects.get().numero == numero
    assinatura.assinar_municipio(processo.pk, pdf_assinado(), **dados_da_assinatura(), autor=processo.criado_por)


def test_voltar_a_analise_com_certidao_vencida_reabre_o_item():
    processo, inss = aprovado()
    processo.itens.filter(codigo="regularidade-federal").update(valido_ate=localdate() - timedelta(days=1))

    decisao.retomar(processo.pk, texto="A certidão venceu.", autor=inss.autoridade)

    assert processo.itens.get(codigo="regularidade-federal").estado == SituacaoItem.REABERTO
    servicos.devolver(processo.pk, autor=inss.analista)
    assert processo.itens.get(codigo="regularidade-federal").rodada == 1


def test_arquivar_para_de_contar_o_numero_e_desarquivar_o_traz_de_volta():
    processo, inss = aprovado()

    servicos.arquivar(processo.pk, texto="Não assinou.", autor=inss.analista)
    assert Acordo.objects.get().encerrado_em == localdate()

    servicos.desarquivar(processo.pk, texto="Voltou.", autor=inss.analista)
    servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)
    decisao.aprovar(processo.pk, **APROVACAO, autor=inss.autoridade)
    assert Acordo.objects.get().encerrado_em is None
