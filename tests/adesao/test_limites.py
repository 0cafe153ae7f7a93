"""Days that nobody would type on purpose, and a notice that should not have been sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.datas import problema_do_dia
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from adesao.acordo.servicos import notificacao
from adesao.analise.servicos import itens as da_analise
from adesao.analise.servicos import processo as do_inss
from adesao.checklist.catalogo import checklist
from adesao.checklist.regras import Mandato, problemas
from adesao.formularios.leitura import conferido
from adesao.habilitacao.catalogo import comprovante
from adesao.habilitacao.regras import problema_da_data
from adesao.indicadores.catalogo import conferivel
from adesao.indicadores.servicos import _exigir_datas
from adesao.models import Formulario, Ponto
from adesao.pedido.forms.ponto import PontoForm
from adesao.situacoes import SituacaoNotificacao
from tests.adesao.fabricas import conferido_inteiro, em_analise, em_operacao
from tests.adesao.test_formularios import dados_do_ponto

pytestmark = pytest.mark.django_db
NUNCA = date(9999, 12, 31)
HOJE = date(2026, 11, 28)


def test_a_frase_diz_os_dois_lados():
    assert problema_do_dia("O prazo", NUNCA, de=HOJE, ate=HOJE + timedelta(days=2)) == (
        "O prazo fica entre 28/11/2026 e 30/11/2026. Confira o dia, o mês e o ano."
    )
    assert "não vem antes de 28/11/2026" in problema_do_dia("O prazo", date(1990, 1, 1), de=HOJE)
    assert problema_do_dia("O prazo", HOJE, de=HOJE, ate=HOJE) == ""


def test_notificacao_nao_tem_prazo_sem_fim_e_a_enviada_por_engano_se_cancela():
    processo, inss = em_operacao()
    acordo = processo.acordo
    dados = {"indicadores_falhos": ["esvaziado"], "fatos": "Nada.", "providencias": "Divulgar."}

    with pytest.raises(ErroDeDominio, match="O prazo fica entre"):
        notificacao.notificar(acordo.pk, **dados, prazo=NUNCA, autor=inss.analista)
    feita = notificacao.notificar(acordo.pk, **dados, prazo=localdate() + timedelta(days=30), autor=inss.analista)
    with pytest.raises(ErroDeDominio, match="por que a notificação é cancelada"):
        notificacao.cancelar(acordo.pk, notificacao=feita.pk, texto=" ", autor=inss.analista)
    cancelada = notificacao.cancelar(acordo.pk, notificacao=feita.pk, texto="Era outro município.", autor=inss.analista)

    assert cancelada.estado == SituacaoNotificacao.CANCELADA
    assert inss.analista.nome in cancelada.avaliador
    cancelada.documento.refresh_from_db()
    assert cancelada.documento.situacao == "revogado"
    with pytest.raises(TransicaoInvalida):
        notificacao.avaliar(acordo.pk, notificacao=feita.pk, resolvida=True, texto="Foi.", autor=inss.analista)


def test_devolucao_nao_tem_prazo_sem_fim():
    processo, inss = em_analise()
    item = processo.itens.get(codigo="lei-criacao")
    da_analise.devolver(item.pk, motivo="ilegivel", texto="Envie de novo.", autor=inss.analista)

    with pytest.raises(ErroDeDominio, match="O prazo fica entre"):
        do_inss.devolver(processo.pk, prazo=NUNCA, parcial=True, autor=inss.analista)


@pytest.mark.parametrize(
    ("em", "onde", "frase"),
    [
        (date(1990, 1, 1), "https://x.invalid", "O dia em que você conferiu fica entre"),
        (None, "https://x.invalid", "em que dia você conferiu"),
        ("hoje", "", "Diga onde você conferiu"),
    ],
)
def test_conferencia_do_item_diz_quando_e_onde(em, onde, frase):
    processo, inss = em_analise()
    item = processo.itens.get(codigo="regularidade-federal")
    dia = localdate() if em == "hoje" else em

    with pytest.raises(ErroDeDominio, match=frase):
        da_analise.aceitar(item.pk, verificado_em=dia, verificado_onde=onde, autor=inss.analista)


def test_mandato_sem_fim_e_mandato_diferente_do_passo_1():
    requisito = checklist().requisito("poderes-representante")

    def frases(fim, mandato):
        return [p.frase for p in problemas(requisito, {"mandato_fim": fim}, cnpj="", hoje=HOJE, mandato=mandato)]

    assert "não passa de 28/11/2030" in frases(NUNCA, Mandato(None, date(2030, 11, 28)))[0]
    diferente = frases(date(2027, 1, 1), Mandato(date(2028, 12, 31), date(2030, 11, 28)))
    assert "o mandato vai até 31/12/2028, e aqui até 01/01/2027" in diferente[0]
    assert frases(date(2028, 12, 31), Mandato(date(2028, 12, 31), date(2030, 11, 28))) == []


def test_mandato_diferente_do_formulario_nao_e_aceito():
    processo, inss = em_analise()
    item = processo.itens.get(codigo="poderes-representante")
    processo.itens.filter(pk=item.pk).update(mandato_fim=localdate() + timedelta(days=10))

    with pytest.raises(ErroDeDominio, match="o mandato vai até"):
        da_analise.aceitar(item.pk, autor=inss.analista)


def test_formulario_do_municipio_recusa_mandato_sem_fim():
    processo, _ = conferido_inteiro()
    linha = Formulario.objects.get(processo=processo, tipo="municipio")
    for digitado, frase in (("31/12/2099", "O fim do mandato não passa de"), ("31/12/9999", "você escreveu 9999")):
        linha.dados |= {"rl_mandato_fim": digitado}
        assert frase in conferido(linha).errors["rl_mandato_fim"][0]


@pytest.mark.parametrize(
    ("codigo", "em", "ate", "frase"),
    [
        ("certificado", HOJE, NUNCA, "“Vale até” não passa de 28/11/2031"),
        ("gerid", HOJE, NUNCA, "“A autorização vai até” não passa de"),
        ("capacitacao", date(1950, 1, 1), None, "“Concluída em” fica entre 28/11/2016 e 28/11/2026"),
        ("certificado", HOJE, date(2029, 11, 28), ""),
    ],
)
def test_comprovantes_de_uma_pessoa(codigo, em, ate, frase):
    assert problema_da_data(comprovante(codigo), em, ate, HOJE).startswith(frase)


def test_documento_do_acordo_nao_vale_para_sempre():
    with pytest.raises(ErroDeDominio, match="não passa de 28/11/2030"):
        _exigir_datas(conferivel("mandato"), HOJE, NUNCA, HOJE)


@pytest.mark.parametrize("nome", ["data_pronta", "acess_prazo"])
@pytest.mark.parametrize("dia", [date(2020, 1, 1), date(2099, 1, 1)])
def test_ponto_fica_pronto_num_dia_que_vem(nome, dia):
    form = PontoForm(dados_do_ponto(**{nome: f"{dia:%d/%m/%Y}"}), instance=Ponto())

    assert "Este dia fica entre" in form.errors[nome][0]
