"""From an indicated person to an open account, and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from act_portal.contas.models import Usuario, Vinculo
from act_portal.contas.servicos import convidar
from act_portal.demonstracao.relogio import relogio_em
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Balcao
from adesao.acordo.servicos.operacao import confirmar_ponto
from adesao.habilitacao.catalogo import comprovante, pedidos_a
from adesao.habilitacao.regras import Prova, Regras, pendencias
from adesao.habilitacao.servicos import fichas, provas
from adesao.habilitacao.servicos.acesso import avisar_fins, pendencias_de, rever_acessos, uma
from adesao.models import Acordo, Comprovacao, Habilitacao
from adesao.situacoes import SituacaoAcordo, SituacaoHabilitacao
from tests.adesao.fabricas import comprovar, comprovar_e_confirmar, pdf_assinado, vigente_hoje
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db
H = SituacaoHabilitacao
HOJE = localdate()


@pytest.fixture
def vigente():
    processo, inss = vigente_hoje()
    return processo.acordo, inss, processo.criado_por


def pessoa(acordo: Acordo, papel: str = "atendente") -> Habilitacao:
    return acordo.habilitacoes.get(representante__papel=papel)


def test_a_publicacao_abre_a_ficha_de_quem_foi_indicado(vigente):
    acordo, *_ = vigente

    assert acordo.estado == SituacaoAcordo.PREPARACAO
    assert acordo.habilitacoes.count() == 2
    assert len(pendencias_de(uma(pessoa(acordo).pk), HOJE)) == 6


def test_o_acesso_so_abre_com_o_ultimo_item_e_abre_sozinho(vigente):
    acordo, inss, gestor = vigente
    ficha = pessoa(acordo)
    comprovar(ficha, gestor)
    enviadas = list(ficha.comprovacoes.order_by("pk"))
    for enviada in enviadas[:-1]:
        provas.confirmar(enviada.pk, autor=inss.analista)
    assert not Usuario.objects.filter(email=ficha.representante.email).exists()

    provas.confirmar(enviadas[-1].pk, autor=inss.analista)

    ficha.refresh_from_db()
    usuario = Usuario.objects.get(email=ficha.representante.email)
    assert ficha.estado == H.ABERTA
    assert ficha.vinculo.papel == "atendente"
    assert ficha.vinculo.municipio == acordo.municipio
    # The day on which the certificate ends is the last day of the account, whatever any job does.
    assert ficha.vinculo.fim == ficha.acesso_ate == HOJE + timedelta(days=75)
    assert usuario.tcms_em == HOJE
    assert usuario.cpf == ficha.representante.cpf
    assert Saida.objects.filter(tipo="contas.enviar_convite", carga__vinculo=ficha.vinculo_id).count() == 1


def test_o_balcao_abre_com_a_estrutura_e_a_primeira_pessoa_em_qualquer_ordem(vigente):
    acordo, inss, gestor = vigente
    ponto = acordo.processo.pontos.get()

    confirmar_ponto(acordo.pk, ponto=ponto, em=HOJE, texto="Visita.", autor=inss.analista)
    assert not Balcao.objects.exists()
    comprovar_e_confirmar(pessoa(acordo), gestor, inss)

    acordo.refresh_from_db()
    balcao = Balcao.objects.get()
    assert acordo.estado == SituacaoAcordo.OPERACAO
    assert acordo.em_operacao_desde == HOJE
    assert balcao.situacao == "aberto"
    assert balcao.municipio == acordo.municipio
    ponto.refresh_from_db()
    assert ponto.balcao == balcao


def test_pessoa_primeiro_e_estrutura_depois(vigente, client):
    acordo, inss, gestor = vigente
    comprovar_e_confirmar(pessoa(acordo), gestor, inss)

    confirmar_ponto(acordo.pk, ponto=acordo.processo.pontos.get(), em=HOJE, texto="Fotos.", autor=inss.analista)

    assert Acordo.objects.get().estado == SituacaoAcordo.OPERACAO
    assert "Sala do Cidadão" in client.get(f"/onde-ser-atendido/{acordo.municipio_id}/").content.decode()


def test_estrutura_conferida_antes_do_pedido_nao_abre_o_balcao(vigente):
    acordo, inss, _ = vigente
    processo = acordo.processo
    processo.enviado_em = now()
    processo.save(update_fields=["enviado_em"])

    with pytest.raises(ErroDeDominio, match="antes de o município enviar o pedido"):
        confirmar_ponto(
            acordo.pk, ponto=processo.pontos.get(), em=HOJE - timedelta(days=1), texto="V.", autor=inss.analista
        )


def test_curso_feito_antes_do_pedido_e_dito_a_quem_confere(vigente, client):
    acordo, inss, gestor = vigente
    ficha = pessoa(acordo)
    provas.enviar(
        ficha.pk, "capacitacao", arquivo=pdf_assinado(), em=date(2020, 1, 1), texto="Curso", horas=20, autor=gestor
    )
    client.force_login(inss.analista)

    assert "curso é de antes do pedido" in client.get(f"/adesao/habilitacoes/{ficha.codigo}/").content.decode()


def test_o_que_espera_o_inss_nao_se_conta_como_falta_do_municipio(vigente, client):
    acordo, _, gestor = vigente
    comprovar(pessoa(acordo), gestor, so=("capacitacao", "tcms", "seguranca", "aceite", "certificado"))
    client.force_login(gestor)

    texto = client.get(f"/adesao/{acordo.processo.codigo}/acordo/").content.decode()

    assert "Falta: Acesso no GERID. E 5 com o INSS, para conferir." in texto

    comprovar(pessoa(acordo), gestor, so=("gerid",))

    texto = client.get(f"/adesao/{acordo.processo.codigo}/acordo/").content.decode()
    assert "Tudo enviado: 6 com o INSS, para conferir." in texto


def test_o_que_acaba_fecha_o_acesso_na_noite_e_na_porta(vigente):
    acordo, inss, gestor = vigente
    ficha = comprovar_e_confirmar(pessoa(acordo), gestor, inss)
    ontem = HOJE - timedelta(days=1)
    ficha.comprovacoes.filter(requisito="certificado", situacao="confirmada").update(ate=ontem)
    Habilitacao.objects.filter(pk=ficha.pk).update(acesso_ate=ontem)
    Vinculo.objects.filter(pk=ficha.vinculo_id).update(inicio=ontem, fim=ontem)
    # Before any job, the link itself has ended.
    assert Usuario.objects.get(email=ficha.representante.email).vinculo is None

    assert rever_acessos() == 1

    ficha = uma(ficha.pk)
    assert ficha.estado == H.FECHADA
    assert "Certificado digital A3: acabou" in ficha.motivo
    # The manager, who reads and answers open cases, stays.
    assert Usuario.objects.get(pk=gestor.pk).vinculo is not None


def test_comprovar_de_novo_reabre(vigente):
    acordo, inss, gestor = vigente
    ficha = comprovar_e_confirmar(pessoa(acordo), gestor, inss)
    certificado = ficha.comprovacoes.get(requisito="certificado", situacao="confirmada")
    provas.recusar(certificado.pk, motivo="É de outra pessoa.", autor=inss.analista)
    assert uma(ficha.pk).estado == H.FECHADA

    comprovar(ficha, gestor, so=("certificado",))
    provas.confirmar(ficha.comprovacoes.get(situacao="enviada").pk, autor=inss.analista)

    ficha = uma(ficha.pk)
    assert ficha.estado == H.ABERTA
    assert ficha.vinculo.encerrado_em is None


def test_o_enviado_nao_derruba_o_confirmado_ate_ser_confirmado(vigente):
    acordo, inss, gestor = vigente
    ficha = comprovar_e_confirmar(pessoa(acordo), gestor, inss)

    comprovar(ficha, gestor, so=("certificado",))

    assert uma(ficha.pk).estado == H.ABERTA
    assert set(ficha.comprovacoes.filter(requisito="certificado").values_list("situacao", flat=True)) == {
        "confirmada",
        "enviada",
    }


def test_avisa_60_30_e_10_dias_antes_uma_vez_cada(vigente):
    acordo, inss, gestor = vigente
    ficha = comprovar_e_confirmar(pessoa(acordo), gestor, inss)
    Saida.objects.filter(tipo="adesao.avisar").delete()

    # It ends in 75 days.
    for passados, total in ((14, 0), (15, 1), (16, 1), (45, 2), (65, 3), (66, 3)):
        with relogio_em(now() + timedelta(days=passados)):
            avisar_fins()
            avisar_fins()
        assert Saida.objects.filter(tipo="adesao.avisar").count() == total, passados
    assert ficha.acesso_ate == HOJE + timedelta(days=75)


def test_quem_sai_perde_o_acesso_na_hora_e_pode_voltar_como_outra_ficha(vigente):
    acordo, inss, gestor = vigente
    ficha = comprovar_e_confirmar(pessoa(acordo), gestor, inss)

    fichas.desligar(ficha.pk, motivo="Mudou de secretaria.", autor=gestor)

    ficha = uma(ficha.pk)
    assert ficha.estado == H.DESLIGADA
    assert ficha.vinculo.encerrado_em is not None
    dela = ficha.representante
    campos = {n: getattr(dela, n) for n in ("nome", "cpf", "matricula", "cargo", "vinculo", "papel", "email")}
    nova = fichas.indicar(acordo.pk, {**campos, "acesso_em_outra": False}, autor=gestor)
    assert nova.estado == H.FALTA


def test_email_de_outra_pessoa_e_recusado(vigente):
    acordo, _, gestor = vigente
    campos = {"nome": "Outra", "cpf": "39053344705", "papel": "atendente", "acesso_em_outra": False}

    for email in (pessoa(acordo).representante.email, gestor.email):
        with pytest.raises(ErroDeDominio, match="já é de outra pessoa"):
            fichas.indicar(acordo.pk, {**campos, "email": email}, autor=gestor)


def test_onde_ha_acordo_ninguem_abre_atendente_a_mao(vigente):
    acordo, _, gestor = vigente

    with pytest.raises(ErroDeDominio, match="abre pela página do acordo"):
        convidar(
            autor=gestor, email="a@exemplo.invalid", nome="A", papel="atendente", lugar=acordo.municipio, inicio=HOJE
        )
    assert convidar(
        autor=gestor, email="b@exemplo.invalid", nome="B", papel="gestor", lugar=acordo.municipio, inicio=HOJE
    ).pk


def test_acesso_encerrado_a_mao_na_equipe_nao_reabre_sozinho(vigente):
    acordo, inss, gestor = vigente
    ficha = comprovar_e_confirmar(pessoa(acordo), gestor, inss)
    Vinculo.objects.filter(pk=ficha.vinculo_id).update(encerrado_em=ficha.situacao_desde)

    for _ in range(2):
        rever_acessos()

    ficha = uma(ficha.pk)
    assert ficha.estado == H.FECHADA
    assert "O gestor encerrou" in ficha.motivo


@pytest.mark.parametrize(
    ("requisito", "dados", "frase"),
    [
        ("certificado", {"em": 0, "ate": 0, "texto": "X"}, "Termina hoje"),
        ("certificado", {"em": 0, "ate": -1, "texto": "X"}, "fim vem antes do começo"),
        ("certificado", {"em": 0, "texto": "X"}, "Preencha: vale até"),
        ("tcms", {"em": -1}, "só vale assinado de"),
        ("tcms", {"em": 1}, "ainda não chegou"),
        ("tcms", {"em": 0}, "Envie o arquivo"),
        ("capacitacao", {"em": 0, "texto": "Curso", "horas": 1}, "pelo menos 20 horas. Aqui está 1 hora"),
        ("outro", {"em": 0}, "não é pedido a esta pessoa"),
    ],
)
def test_comprovante_ruim_e_recusado_com_o_que_fazer(vigente, requisito, dados, frase):
    acordo, _, gestor = vigente
    dados = dados | {campo: HOJE + timedelta(days=dados[campo]) for campo in {"em", "ate"} & dados.keys()}

    with pytest.raises(ErroDeDominio, match=frase):
        provas.enviar(pessoa(acordo).pk, requisito, autor=gestor, **dados)
    assert not Comprovacao.objects.exists()


def test_menos_horas_que_o_parametro_nao_bastam():
    curso = comprovante("capacitacao")
    regras = Regras(hoje=HOJE, desde=HOJE, fim=HOJE, horas_minimas=20)

    assert pendencias([curso], {"capacitacao": Prova(HOJE, horas=19)}, regras) == [
        "Capacitação: são pelo menos 20 horas. Aqui estão 19 horas."
    ]
    assert pendencias([curso], {"capacitacao": Prova(HOJE, horas=20)}, regras) == []


def test_o_termo_de_antes_da_prorrogacao_deixa_de_valer():
    termo = comprovante("aceite")
    regras = Regras(hoje=HOJE, desde=HOJE, fim=HOJE + timedelta(days=9), horas_minimas=0)

    (frase,) = pendencias([termo], {"aceite": Prova(HOJE - timedelta(days=1))}, regras)

    assert "assina de novo" in frase


def test_a_pagina_da_pessoa_guarda_o_que_foi_digitado_e_diz_o_erro(vigente, client):
    acordo, _, gestor = vigente
    client.force_login(gestor)
    ficha = pessoa(acordo)

    dados = {"texto": "Autoridade X, 99", "em": f"{HOJE:%Y-%m-%d}", "ate": f"{HOJE:%Y-%m-%d}"}
    resposta = client.post(f"/adesao/habilitacoes/{ficha.codigo}/certificado/enviar/", dados)

    texto = resposta.content.decode()
    assert resposta.status_code == 422
    assert "Termina hoje" in texto
    assert 'value="Autoridade X, 99"' in texto


def test_as_paginas_dos_dois_lados_abrem_e_o_caminho_inteiro_e_por_elas(vigente, client):
    acordo, inss, gestor = vigente
    ficha = pessoa(acordo)
    endereco = f"/adesao/habilitacoes/{ficha.codigo}/"
    for requisito in ("capacitacao", "tcms", "seguranca", "aceite", "certificado", "gerid"):
        client.force_login(gestor)
        if comprovante(requisito).papel:
            assert client.post(f"{endereco}{requisito}/fazer/").status_code == 302
        dados = {"em": f"{HOJE:%Y-%m-%d}", "ate": f"{HOJE + timedelta(days=90):%Y-%m-%d}", "texto": "X", "horas": "20"}
        if "arquivo" in comprovante(requisito).campos:
            termo = ficha.termos.filter(requisito=requisito).first()
            dados["arquivo"] = pdf_assinado(documento=termo.documento if termo else None)
        assert client.post(f"{endereco}{requisito}/enviar/", dados).status_code == 302, requisito
        client.force_login(inss.analista)
        assert client.get(endereco).status_code == 200
        enviada = ficha.comprovacoes.get(requisito=requisito, situacao="enviada")
        assert client.post(f"/adesao/comprovacoes/{enviada.codigo}/confirmar/").status_code == 302
    ficha.refresh_from_db()
    assert ficha.estado == H.ABERTA
    for quem in (gestor, inss.analista, inss.autoridade):
        client.force_login(quem)
        assert client.get(f"/adesao/{acordo.processo.codigo}/acordo/").status_code == 200
        assert client.get(endereco).status_code == 200


def test_quem_e_a_propria_pessoa_nao_se_confere(vigente):
    acordo, _, gestor = vigente
    ficha = pessoa(acordo)
    comprovar(ficha, gestor, so=("certificado",))
    eu = com_papel("analista_inss", acordo.processo.unidade, cpf=ficha.representante.cpf)

    with pytest.raises(ErroDeDominio, match="Esta pessoa é você"):
        provas.confirmar(ficha.comprovacoes.get().pk, autor=eu)


def test_todo_papel_com_acesso_tem_o_que_comprovar():
    assert {p.codigo for p in pedidos_a("cadastrador", HOJE)} >= {"tcms", "seguranca", "aceite", "capacitacao"}
