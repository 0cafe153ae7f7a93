"""An agreement in force: noticed, answered, suspended, reinstated, denounced, renewed, ended. Always by a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from act_portal.contas.models import Usuario
from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.models import Saida
from act_portal.territorio.consultas import acordo_em_vigor
from act_portal.territorio.models import Balcao, Entidade
from act_portal.territorio.regras import somar_meses
from adesao.acordo.servicos import encerramento, notificacao, prorrogacao, supervisao
from adesao.habilitacao.servicos.acesso import reavaliar, uma
from adesao.models import Acordo, Processo
from adesao.pedido.servicos import processo as do_municipio
from adesao.situacoes import SituacaoAcordo, SituacaoNotificacao
from adesao.tarefas import vigiar
from tests.adesao.fabricas import comprovar, em_operacao, pdf_assinado
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db
A = SituacaoAcordo
COMPETENCIA = {"competencia": "Portaria 1/2026"}


def hoje():
    return localdate()


@pytest.fixture
def operando():
    processo, inss = em_operacao()
    return processo.acordo, inss, processo.criado_por


def ler(acordo: Acordo) -> Acordo:
    return Acordo.objects.get(pk=acordo.pk)


def notificar(acordo, inss, **mais):
    dados = {
        "indicadores_falhos": ["esvaziado"],
        "fatos": "Nenhum pedido de agosto a outubro.",
        "providencias": "Divulgar o balcão.",
        "prazo": hoje() + timedelta(days=30),
        **mais,
    }
    return notificacao.notificar(acordo.pk, autor=inss.analista, **dados)


def nao_resolvida(acordo, inss, gestor):
    feita = notificar(acordo, inss)
    notificacao.responder(acordo.pk, notificacao=feita.pk, texto="Ainda não.", autor=gestor)
    return notificacao.avaliar(
        acordo.pk, notificacao=feita.pk, resolvida=False, texto="Nada mudou.", autor=inss.analista
    )


# --- Notice -------------------------------------------------------------------------------------------------------


def test_a_notificacao_sai_numerada_com_papel_e_o_municipio_responde(operando):
    acordo, inss, gestor = operando

    feita = notificar(acordo, inss)
    notificacao.responder(acordo.pk, notificacao=feita.pk, texto="Fizemos divulgação no rádio.", autor=gestor)
    avaliada = notificacao.avaliar(
        acordo.pk, notificacao=feita.pk, resolvida=True, texto="Vieram dez pedidos.", autor=inss.autoridade
    )

    assert feita.numero.endswith(f"/{hoje().year}")
    texto = montar_html(feita.documento)
    assert "Nenhum pedido de agosto a outubro" in texto
    assert "não podem ser prejudicados" in texto
    assert avaliada.estado == SituacaoNotificacao.ACOLHIDA
    assert ler(acordo).estado == A.OPERACAO


def test_silencio_so_conta_depois_do_prazo(operando):
    acordo, inss, _ = operando
    feita = notificar(acordo, inss)

    with pytest.raises(ErroDeDominio, match="ainda tem prazo"):
        notificacao.avaliar(acordo.pk, notificacao=feita.pk, resolvida=False, texto="X", autor=inss.analista)
    type(feita).objects.update(prazo=hoje() - timedelta(days=1))
    assert notificacao.avaliar(acordo.pk, notificacao=feita.pk, resolvida=False, texto="X", autor=inss.analista)


def test_nada_se_suspende_sem_notificar_e_ouvir(operando):
    acordo, inss, _ = operando

    for verbo in (supervisao.suspender, supervisao.rescindir):
        with pytest.raises((ErroDeDominio, TransicaoInvalida), match="precisa ser notificado"):
            verbo(acordo.pk, texto="X", autor=inss.autoridade, **COMPETENCIA)
    assert ler(acordo).estado == A.OPERACAO


def test_a_noite_nao_suspende_nem_encerra_nada_sozinha(operando):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)
    passado = hoje() - timedelta(days=400)
    Acordo.objects.filter(pk=acordo.pk).update(
        inicio=passado, fim=hoje() - timedelta(days=1), em_operacao_desde=passado
    )

    vigiar()

    assert ler(acordo).estado == A.OPERACAO
    assert Balcao.objects.get().situacao == "aberto"
    # Both sides are told once that it has come to its end.
    vigiar()
    for qual in ("acordo_vencido", "acordo_passou_do_fim"):
        assert Saida.objects.filter(tipo="adesao.avisar", carga__qual=qual).count() == 1


# --- Suspended: nothing new, nothing stranded -----------------------------------------------------------------------


def test_suspender_fecha_o_balcao_a_novos_e_mantem_quem_atende(operando):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)

    supervisao.suspender(acordo.pk, texto="Três meses sem pedido.", autor=inss.autoridade, **COMPETENCIA)

    ficha = acordo.habilitacoes.get(representante__papel="atendente")
    assert ler(acordo).estado == A.SUSPENSO
    assert Balcao.objects.get().situacao == "suspenso"
    reavaliar(uma(ficha.pk))
    atendente = Usuario.objects.get(email=ficha.representante.email)
    assert atendente.vinculo is not None
    ato = acordo.atos.get()
    assert (ato.nome, ato.matricula, ato.competencia) == (
        inss.autoridade.nome, inss.autoridade.matricula, "Portaria 1/2026",
    )  # fmt: skip

    supervisao.reintegrar(acordo.pk, texto="Voltou a atender.", autor=inss.autoridade, **COMPETENCIA)
    assert ler(acordo).estado == A.OPERACAO
    assert Balcao.objects.get().situacao == "aberto"


def test_suspenso_a_pagina_diz_o_que_o_acesso_aberto_ainda_faz(operando, client):
    acordo, inss, gestor = operando
    client.force_login(gestor)
    pagina = f"/adesao/{acordo.processo.codigo}/acordo/"
    assert "Pedido novo não abre" not in client.get(pagina).content.decode()

    supervisao.suspender(acordo.pk, texto="Risco.", cautelar=True, autor=inss.autoridade, **COMPETENCIA)

    assert "Pedido novo não abre" in client.get(pagina).content.decode()


def test_suspenso_nenhum_acesso_novo_abre(operando):
    acordo, inss, gestor = operando
    supervisao.suspender(acordo.pk, texto="Vazamento.", cautelar=True, autor=inss.autoridade, **COMPETENCIA)
    outra = acordo.habilitacoes.get(representante__papel="cadastrador")
    comprovar(outra, gestor)
    outra.comprovacoes.update(situacao="confirmada", conferida_por=inss.analista, conferida_em=outra.situacao_desde)

    reavaliar(uma(outra.pk))

    assert uma(outra.pk).situacao == "falta"


@pytest.mark.parametrize("verbo", [supervisao.suspender, supervisao.rescindir])
def test_so_a_autoridade_da_regiao_suspende_ou_rescinde(operando, verbo):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)

    for quem in (inss.analista, gestor):
        with pytest.raises(PermissionDenied):
            verbo(acordo.pk, texto="X", autor=quem, **COMPETENCIA)


# --- The end --------------------------------------------------------------------------------------------------------


def test_denuncia_respeita_o_aviso_e_so_quem_denunciou_volta_atras(operando):
    acordo, inss, gestor = operando

    with pytest.raises(ErroDeDominio, match="aviso é de 30 dias"):
        supervisao.denunciar(acordo.pk, termina_em=hoje() + timedelta(days=29), texto="Sem gente.", autor=gestor)
    fim = hoje() + timedelta(days=30)
    supervisao.denunciar(acordo.pk, termina_em=fim, texto="Sem gente.", autor=gestor)

    ficha = acordo.habilitacoes.get(representante__papel="atendente")
    assert ler(acordo).estado == A.DENUNCIADO
    assert Balcao.objects.get().situacao == "aberto"
    assert uma(ficha.pk).acesso_ate == fim
    with pytest.raises(ErroDeDominio, match="Só quem denunciou"):
        supervisao.retratar(acordo.pk, texto="X", autor=inss.autoridade)
    supervisao.retratar(acordo.pk, texto="Contratamos.", autor=gestor)
    assert ler(acordo).estado == A.OPERACAO
    assert uma(ficha.pk).acesso_ate == hoje() + timedelta(days=75)


def test_denuncia_de_suspenso_retirada_volta_a_suspenso(operando):
    acordo, inss, gestor = operando
    supervisao.suspender(acordo.pk, texto="Risco.", cautelar=True, autor=inss.autoridade, **COMPETENCIA)
    supervisao.denunciar(acordo.pk, termina_em=hoje() + timedelta(days=30), texto="X", autor=gestor)

    supervisao.retratar(acordo.pk, texto="Y", autor=gestor)

    assert ler(acordo).estado == A.SUSPENSO
    assert ler(acordo).motivo == "Risco. A suspensão é de antes da denúncia e continua."
    assert Balcao.objects.get().situacao == "suspenso"


def test_rescindir_fecha_tudo_e_deixa_o_gestor_e_um_acordo_novo_comecar(operando):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)

    supervisao.rescindir(acordo.pk, texto="Cobrança de cidadão.", autor=inss.autoridade, **COMPETENCIA)

    ficha = acordo.habilitacoes.get(representante__papel="atendente")
    lido = ler(acordo)
    assert (lido.estado, lido.causa_do_fim, lido.encerrado_em) == (A.ENCERRADO, "rescisao", hoje())
    assert Balcao.objects.get().situacao == "fechado"
    assert uma(ficha.pk).situacao == "fechada"
    assert Usuario.objects.get(email=ficha.representante.email).vinculo is None
    assert Usuario.objects.get(pk=gestor.pk).vinculo is not None
    # The papers of the desk say the new end, and from the day after another application may begin.
    assert acordo_em_vigor(acordo.municipio, hoje() + timedelta(days=2)) is None
    Entidade.objects.update(acordo_inicio=hoje() - timedelta(days=9), acordo_fim=hoje() - timedelta(days=1))
    novo = do_municipio.comecar(
        acordo.municipio, instrumento="act", regime="rgps", cnpj=acordo.processo.cnpj, autor=gestor
    )
    assert Processo.objects.get(pk=novo.pk).estado == "rascunho"


def test_o_fim_do_prazo_e_registrado_por_gente_e_nunca_antes(operando):
    acordo, inss, _ = operando

    with pytest.raises(ErroDeDominio, match="só por denúncia ou rescisão"):
        supervisao.encerrar(acordo.pk, texto="Acabou.", autor=inss.analista)
    passado = hoje() - timedelta(days=400)
    Acordo.objects.filter(pk=acordo.pk).update(inicio=passado, fim=hoje() - timedelta(days=1))
    supervisao.encerrar(acordo.pk, texto="Acabou.", autor=inss.analista)

    # It ended on its last day, not on the one on which somebody wrote it down.
    lido = ler(acordo)
    assert (lido.causa_do_fim, lido.encerrado_em) == ("prazo", hoje() - timedelta(days=1))


def test_passado_o_ultimo_dia_a_pagina_diz_e_so_resta_registrar_o_fim(operando, client):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)
    ontem = hoje() - timedelta(days=1)
    Acordo.objects.filter(pk=acordo.pk).update(inicio=hoje() - timedelta(days=400), fim=ontem)

    for quem, atos in ((gestor, set()), (inss.analista, {"encerrar"}), (inss.autoridade, {"encerrar"})):
        client.force_login(quem)
        pagina = client.get(f"/adesao/{acordo.processo.codigo}/acordo/").content.decode()
        assert f"O último dia foi {ontem:%d/%m/%Y}" in pagina
        ofertas = {ato for ato in ("encerrar", "suspender", "denunciar") if f"/acordo/atos/{ato}/" in pagina}
        assert ofertas == atos
    with pytest.raises(ErroDeDominio, match="Só resta registrar o fim"):
        supervisao.suspender(acordo.pk, texto="X", autor=inss.autoridade, **COMPETENCIA)


def test_a_denuncia_acaba_no_dia_que_disse_mesmo_registrada_depois(operando):
    acordo, inss, gestor = operando
    supervisao.denunciar(acordo.pk, termina_em=hoje() + timedelta(days=120), texto="Sem equipe.", autor=gestor)
    passado = {"inicio": hoje() - timedelta(days=400), "termina_em": hoje() - timedelta(days=9)}
    Acordo.objects.filter(pk=acordo.pk).update(**passado)
    Entidade.objects.update(acordo_inicio=passado["inicio"])

    supervisao.encerrar(acordo.pk, texto="Acabou.", autor=inss.autoridade)

    lido = ler(acordo)
    assert (lido.causa_do_fim, lido.encerrado_em) == ("denuncia", passado["termina_em"])
    assert Entidade.objects.get().acordo_fim == passado["termina_em"]
    termo = encerramento.fazer(acordo.pk, autor=inss.autoridade, **TERMO)
    assert f"o mais tardar em {passado['termina_em']:%d/%m/%Y}" in montar_html(termo.documento)


# --- Renewal --------------------------------------------------------------------------------------------------------


def renovar(acordo, inss, gestor, meses=24, apesar=""):
    prorrogacao.pedir(acordo.pk, meses=meses, justificativa="Deu certo.", autor=gestor)
    decisao = {"aprova": True, "texto": "De acordo.", "apesar": apesar, **COMPETENCIA}
    prorrogacao.decidir(acordo.pk, autor=inss.autoridade, **decisao)
    prorrogacao.assinar(acordo.pk, pdf_assinado(), assinado_em=hoje(), autor=gestor)
    return prorrogacao.efetivar(
        acordo.pk, pdf_assinado(2), assinado_em=hoje(), dou_data=hoje(), dou_pagina="3, 99", autor=inss.analista
    )


def test_a_prorrogacao_muda_o_fim_e_pede_os_termos_de_novo_com_prazo(operando):
    acordo, inss, gestor = operando
    # The agreement began long ago: the terms are of its first day.
    ontem = hoje() - timedelta(days=1)
    Acordo.objects.filter(pk=acordo.pk).update(inicio=ontem)
    ficha = acordo.habilitacoes.get(representante__papel="atendente")
    ficha.comprovacoes.filter(requisito__in=["tcms", "seguranca", "aceite"]).update(em=ontem)
    fim = acordo.fim

    feita = renovar(acordo, inss, gestor)

    assert "de" in montar_html(feita.documento)
    assert ler(acordo).fim == somar_meses(fim, 24) == Entidade.objects.get().acordo_fim
    assert uma(ficha.pk).situacao == "aberta"
    assert uma(ficha.pk).acesso_ate == hoje() + timedelta(days=30)
    assert ler(acordo).estado == A.OPERACAO


def test_acordo_vencido_nao_se_prorroga(operando):
    acordo, _, gestor = operando
    Acordo.objects.filter(pk=acordo.pk).update(inicio=hoje() - timedelta(days=9), fim=hoje() - timedelta(days=1))

    with pytest.raises(ErroDeDominio, match="vencido não se prorroga"):
        prorrogacao.pedir(acordo.pk, meses=12, justificativa="X", autor=gestor)


def test_uma_prorrogacao_por_vez_e_da_para_desistir(operando):
    acordo, inss, gestor = operando
    prorrogacao.pedir(acordo.pk, meses=12, justificativa="X", autor=gestor)

    with pytest.raises(ErroDeDominio, match="Já há um pedido"):
        prorrogacao.pedir(acordo.pk, meses=12, justificativa="X", autor=gestor)
    prorrogacao.desistir(acordo.pk, autor=gestor)
    prorrogacao.pedir(acordo.pk, meses=12, justificativa="X", autor=gestor)
    prorrogacao.decidir(acordo.pk, aprova=False, texto="Não.", autor=inss.autoridade, **COMPETENCIA)
    with pytest.raises(TransicaoInvalida):
        prorrogacao.assinar(acordo.pk, pdf_assinado(), assinado_em=hoje(), autor=gestor)


def test_as_paginas_mostram_tudo_dos_dois_lados(operando, client):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)
    renovar(acordo, inss, gestor, apesar="A resposta chega esta semana.")
    supervisao.suspender(acordo.pk, texto="Motivo da suspensão.", autor=inss.autoridade, **COMPETENCIA)
    endereco = f"/adesao/{acordo.processo.codigo}/acordo/"

    for quem in (gestor, inss.analista, inss.autoridade):
        client.force_login(quem)
        texto = client.get(endereco).content.decode()
        assert "Motivo da suspensão." in texto
        assert "Nada mudou." in texto
        assert "Prorrogação por 24 meses" in texto


def test_o_ato_recusado_volta_com_o_que_foi_digitado(operando, client):
    acordo, inss, _ = operando
    client.force_login(inss.autoridade)

    dados = {"texto": "Motivo que escrevi", "competencia": "Portaria 1"}
    resposta = client.post(f"/adesao/{acordo.processo.codigo}/acordo/atos/suspender/", dados)

    assert resposta.status_code == 422
    assert "precisa ser notificado" in resposta.content.decode()
    assert "Motivo que escrevi" in resposta.content.decode()


# --- The closing term -----------------------------------------------------------------------------------------------

TERMO = {
    "casos_abertos": 3,
    "exigencias_abertas": 1,
    "avisos_enviados": 2,
    "destino_casos": "O gestor acompanha até o fim",
    "dados_destino": "Arquivo da prefeitura",
    "pendencias": "Devolver as chaves: prefeitura, 31/12\n\nAvisar dois cidadãos: INSS",
}


@pytest.fixture
def encerrado(operando):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)
    supervisao.rescindir(acordo.pk, texto="Cobrança de cidadão.", autor=inss.autoridade, **COMPETENCIA)
    return acordo, inss, gestor


def test_o_termo_de_encerramento_diz_tudo_e_as_partes_assinam(encerrado, client):
    acordo, inss, gestor = encerrado

    termo = encerramento.fazer(acordo.pk, autor=inss.autoridade, **TERMO)

    texto = " ".join(montar_html(termo.documento).split())
    for trecho in ("por rescisão (decisão de", "Casos em andamento: 3", "1 acesso encerrado", "Devolver as chaves",
                   "Espera até a chamada", "no máximo 30 minutos", "EXTRATO DE RESCISÃO", inss.autoridade.nome,
                   "O gestor acompanha até o fim."):  # fmt: skip
        assert trecho in texto
    with pytest.raises(PermissionDenied):
        encerramento.juntar(acordo.pk, pdf_assinado(), assinado_em=hoje(), autor=gestor)
    encerramento.assinar(acordo.pk, pdf_assinado(), assinado_em=hoje(), autor=gestor)
    for quem, pagina in ((inss.analista, "acordo/"), (gestor, "acordo/"), (gestor, "")):
        client.force_login(quem)
        vista = client.get(f"/adesao/{acordo.processo.codigo}/{pagina}")
        assert vista.status_code == 200
        assert "Encerrado" in vista.content.decode()
    juntado = encerramento.juntar(acordo.pk, pdf_assinado(2), assinado_em=hoje(), autor=inss.analista)
    assert (juntado.situacao, len(juntado.sha256)) == ("juntado", 64)
    with pytest.raises(TransicaoInvalida, match="já está assinado"):
        encerramento.fazer(acordo.pk, autor=inss.autoridade, **TERMO)


def test_sem_a_assinatura_do_municipio_so_com_o_motivo_e_refeito_todos_assinam_de_novo(encerrado):
    acordo, inss, gestor = encerrado
    encerramento.fazer(acordo.pk, autor=inss.analista, **TERMO)
    encerramento.assinar(acordo.pk, pdf_assinado(), assinado_em=hoje(), autor=gestor)

    refeito = encerramento.fazer(acordo.pk, autor=inss.analista, **{**TERMO, "casos_abertos": 2})

    assert (refeito.situacao, refeito.arquivo, refeito.documento.situacao) == ("emitido", None, "pedido")
    # An analyst makes the paper; who signs for INSS is the authority.
    assert "Autoridade competente do INSS" in montar_html(refeito.documento)
    with pytest.raises(ErroDeDominio, match="ainda não assinou"):
        encerramento.juntar(acordo.pk, pdf_assinado(), assinado_em=hoje(), autor=inss.autoridade)
    with pytest.raises(ErroDeDominio, match="A assinatura fica entre"):
        encerramento.assinar(acordo.pk, pdf_assinado(), assinado_em=hoje() - timedelta(days=1), autor=gestor)
    juntado = encerramento.juntar(
        acordo.pk, pdf_assinado(), assinado_em=hoje(), sem_municipio="Recusou.", autor=inss.autoridade
    )
    assert juntado.sem_municipio == "Recusou."


def test_antes_do_fim_nao_ha_termo_de_encerramento(operando):
    acordo, inss, _ = operando

    with pytest.raises(ErroDeDominio, match="vem depois do fim"):
        encerramento.fazer(acordo.pk, autor=inss.autoridade, **TERMO)


def test_reintegrar_nao_abre_o_balcao_que_parou_por_outro_motivo(operando):
    acordo, inss, _ = operando
    outro = Balcao.objects.get(municipio=acordo.municipio)
    Balcao.objects.filter(pk=outro.pk).update(situacao="suspenso", situacao_motivo="Obra na sala.")
    supervisao.suspender(acordo.pk, texto="Risco.", cautelar=True, autor=inss.autoridade, **COMPETENCIA)

    supervisao.reintegrar(acordo.pk, texto="Sem risco.", autor=inss.autoridade, **COMPETENCIA)

    outro.refresh_from_db()
    assert (ler(acordo).estado, outro.situacao) == (A.OPERACAO, "suspenso")


def test_o_fim_da_denuncia_tambem_e_avisado(operando):
    acordo, _, gestor = operando
    supervisao.denunciar(acordo.pk, termina_em=hoje() + timedelta(days=120), texto="Sem equipe.", autor=gestor)
    assert ler(acordo).fim > hoje() + timedelta(days=400)
    Acordo.objects.filter(pk=acordo.pk).update(termina_em=hoje() + timedelta(days=9))

    vigiar()

    ultimo_dia = f"{hoje() + timedelta(days=9):%Y%m%d}"
    assert Saida.objects.filter(chave__contains=f"fim-do-acordo:{acordo.pk}:{ultimo_dia}:10").exists()
    Acordo.objects.filter(pk=acordo.pk).update(termina_em=hoje() - timedelta(days=1))
    vigiar()
    assert Saida.objects.filter(chave__contains=f"vencido:{acordo.pk}:").exists()


def test_no_fim_ninguem_atende_e_nada_fica_pedido(operando):
    acordo, inss, gestor = operando
    de_antes = com_papel("atendente", acordo.municipio)
    prorrogacao.pedir(acordo.pk, meses=12, justificativa="Procura.", autor=gestor)
    nao_resolvida(acordo, inss, gestor)

    supervisao.rescindir(acordo.pk, texto="Cobrança.", autor=inss.autoridade, **COMPETENCIA)

    assert not Usuario.objects.get(pk=de_antes.pk).vinculo
    assert Usuario.objects.get(pk=gestor.pk).vinculo
    assert list(acordo.prorrogacoes.values_list("situacao", flat=True)) == ["desistida"]


def test_reintegrado_so_outra_notificacao_suspende_de_novo(operando):
    acordo, inss, gestor = operando
    nao_resolvida(acordo, inss, gestor)
    supervisao.suspender(acordo.pk, texto="Nada mudou.", autor=inss.autoridade, **COMPETENCIA)

    supervisao.reintegrar(acordo.pk, texto="Voltou a atender.", autor=inss.autoridade, **COMPETENCIA)

    assert acordo.notificacoes.get().situacao == SituacaoNotificacao.ACOLHIDA
    for suspende in (supervisao.suspender, supervisao.rescindir):
        with pytest.raises(ErroDeDominio, match="precisa ser notificado"):
            suspende(acordo.pk, texto="De novo.", autor=inss.autoridade, **COMPETENCIA)
