"""The review: who has the process, item by item, the return, the opinion."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.contas.models import Usuario, Vinculo
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from adesao.analise.servicos import distribuicao, itens
from adesao.analise.servicos import processo as servicos
from adesao.consultas import linha_do_tempo
from adesao.models import Anotacao, Decisao, Item, Processo
from adesao.papeis.consultas import vigente
from adesao.pedido.servicos import itens as servicos_do_municipio
from adesao.pedido.servicos import processo as servicos_do_pedido
from adesao.situacoes import Situacao, SituacaoItem
from tests.adesao.fabricas import (
    PecaFabrica,
    ProcessoFabrica,
    SolicitacaoFabrica,
    conferido_inteiro,
    em_analise,
    instruido,
    pronto_para_enviar,
)
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


def item_de(processo: Processo, codigo: str) -> Item:
    return processo.itens.get(codigo=codigo)


# --- Who has it ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_corrida_de_dois_analistas_deixa_um_responsavel():
    processo = pronto_para_enviar()
    servicos_do_pedido.enviar(processo.pk, autor=processo.criado_por)
    analistas = [com_papel("analista_inss", processo.unidade) for _ in range(2)]

    fins = correr(lambda quem: distribuicao.tomar(processo.pk, autor=quem), analistas)

    processo.refresh_from_db()
    assert processo.estado == Situacao.EM_ANALISE
    assert [str(f) for f in fins if isinstance(f, Exception)] == [
        f"{processo.responsavel} já está com este pedido. Peça que passe para você."
    ]


def test_tomar_o_que_ja_e_meu_nao_faz_nada():
    processo, inss = em_analise()
    antes = Evento.objects.count()

    distribuicao.tomar(processo.pk, autor=inss.analista)

    assert Evento.objects.count() == antes


def test_so_o_responsavel_decide_os_itens():
    processo, _ = em_analise()
    outro = com_papel("analista_inss", processo.unidade)

    with pytest.raises(ErroDeDominio, match="Este pedido está com"):
        itens.aceitar(item_de(processo, "lei-criacao").pk, autor=outro)


def test_quem_ja_atuou_pelo_municipio_nao_analisa():
    processo = pronto_para_enviar()
    servicos_do_pedido.enviar(processo.pk, autor=processo.criado_por)
    analista = com_papel("analista_inss", processo.unidade)
    hoje = localdate()
    Vinculo.objects.create(usuario=analista, papel="gestor", municipio=processo.municipio, inicio=hoje, fim=hoje)
    analista = Usuario.objects.get(pk=analista.pk)
    analista.vinculo = analista.vinculos.get(papel="analista_inss")

    with pytest.raises(ErroDeDominio, match="Você já atuou por este município"):
        distribuicao.tomar(processo.pk, autor=analista)


def test_de_outra_regiao_ninguem_toma():
    processo = pronto_para_enviar()
    servicos_do_pedido.enviar(processo.pk, autor=processo.criado_por)

    with pytest.raises(PermissionDenied):
        distribuicao.tomar(processo.pk, autor=com_papel("analista_inss", UnidadeFabrica()))


def test_passar_a_um_colega_avisa_o_colega(fila_na_hora, django_capture_on_commit_callbacks):
    processo, inss = em_analise()
    colega = com_papel("analista_inss", processo.unidade)

    with django_capture_on_commit_callbacks(execute=True):
        distribuicao.repassar(processo.pk, para=colega, autor=inss.analista)

    processo.refresh_from_db()
    assert processo.responsavel == colega
    assert mail.outbox[-1].to == [colega.email]


def test_passar_a_quem_nao_analisa_ali_e_recusado():
    processo, inss = em_analise()

    for alguem in (com_papel("analista_inss", UnidadeFabrica()), com_papel("gestor", MunicipioFabrica())):
        with pytest.raises(ErroDeDominio, match="não analisa os pedidos desta unidade"):
            distribuicao.repassar(processo.pk, para=alguem, autor=inss.analista)


def test_a_autoridade_tira_o_pedido_de_quem_esta_fora():
    processo, inss = em_analise()

    distribuicao.repassar(processo.pk, para=None, autor=inss.autoridade)

    processo.refresh_from_db()
    assert processo.responsavel is None
    with pytest.raises(ErroDeDominio, match="Ninguém está com este pedido"):
        itens.aceitar(item_de(processo, "lei-criacao").pk, autor=inss.analista)


def test_mandar_a_outra_unidade_muda_quem_ve():
    sr = UnidadeFabrica(tipo="sr")
    processo, inss = em_analise(municipio=MunicipioFabrica(unidade=UnidadeFabrica(acima=sr)))
    vizinha = UnidadeFabrica(acima=sr)

    distribuicao.encaminhar(processo.pk, unidade=vizinha, motivo="Mutirão.", autor=inss.analista)

    assert not Processo.objects.visiveis_para(inss.analista).exists()
    assert Processo.objects.visiveis_para(com_papel("analista_inss", vizinha)).get().responsavel is None


def test_a_unidade_de_outra_regiao_nao_recebe():
    processo, inss = em_analise()

    with pytest.raises(ErroDeDominio, match="não pode ir para essa unidade"):
        distribuicao.encaminhar(processo.pk, unidade=UnidadeFabrica(), motivo="X", autor=inss.analista)


# --- Item by item -------------------------------------------------------------------------------------------------


def test_aceitar_guarda_quem_quando_e_onde():
    processo, inss = em_analise()
    certidao = item_de(processo, "regularidade-federal")

    itens.aceitar(certidao.pk, verificado_em=localdate(), autor=inss.analista)

    certidao.refresh_from_db()
    anotacao = certidao.anotacoes.get()
    assert certidao.estado == SituacaoItem.ACEITO
    assert certidao.verificado_onde.startswith("https://solucoes.receita.fazenda.gov.br")
    assert (anotacao.nome, anotacao.cargo, anotacao.matricula) == (
        inss.analista.nome, inss.analista.cargo, inss.analista.matricula,
    )  # fmt: skip


def test_sem_cargo_e_matricula_ninguem_decide():
    processo, inss = em_analise()
    Usuario.objects.filter(pk=inss.analista.pk).update(matricula="")
    analista = Usuario.objects.get(pk=inss.analista.pk)

    with pytest.raises(ErroDeDominio, match="preencha seu cargo e sua matrícula"):
        itens.aceitar(item_de(processo, "lei-criacao").pk, autor=analista)


@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"valido_ate": localdate() - timedelta(days=1)}, "venceu em"),
        ({"titular_cnpj": "11222333000181"}, "não é o da prefeitura"),
        ({"titular_nome": "Câmara Municipal"}, "é da Câmara"),
        ({"numero": ""}, "Preencha o número"),
    ],
)
def test_certidao_que_nao_serve_nao_e_aceita(campos, frase):
    processo, inss = em_analise()
    certidao = item_de(processo, "regularidade-federal")
    Item.objects.filter(pk=certidao.pk).update(**campos)

    with pytest.raises(ErroDeDominio, match=frase):
        itens.aceitar(certidao.pk, verificado_em=localdate(), autor=inss.analista)


def test_certidao_que_vence_hoje_e_aceita():
    processo, inss = em_analise()
    certidao = item_de(processo, "regularidade-federal")
    Item.objects.filter(pk=certidao.pk).update(valido_ate=localdate())

    assert itens.aceitar(certidao.pk, verificado_em=localdate(), autor=inss.analista).estado == SituacaoItem.ACEITO


def test_conferencia_sem_data_ou_no_futuro_e_recusada():
    processo, inss = em_analise()
    certidao = item_de(processo, "regularidade-federal")

    with pytest.raises(ErroDeDominio, match="em que dia você conferiu"):
        itens.aceitar(certidao.pk, autor=inss.analista)
    with pytest.raises(ErroDeDominio, match="fica entre"):
        itens.aceitar(certidao.pk, verificado_em=localdate() + timedelta(days=2), autor=inss.analista)


@pytest.mark.parametrize(("motivo", "texto"), [("inventado", "X"), ("ilegivel", "   ")])
def test_devolver_item_pede_motivo_da_lista_e_frase(motivo, texto):
    processo, inss = em_analise()

    with pytest.raises(ErroDeDominio):
        itens.devolver(item_de(processo, "lei-criacao").pk, motivo=motivo, texto=texto, autor=inss.analista)


def test_desfazer_volta_o_item_para_conferir():
    processo, inss = em_analise()
    item = item_de(processo, "lei-criacao")
    itens.dispensar(item.pk, texto="Criado antes de 1988.", autor=inss.analista)

    itens.desfazer(item.pk, autor=inss.analista)

    item.refresh_from_db()
    assert (item.estado, item.decidido_por) == (SituacaoItem.PRONTO, None)


def test_item_dispensado_por_quem_analisa_nao_volta_com_a_troca_de_regime():
    processo, inss = em_analise()
    item = item_de(processo, "lei-criacao")
    itens.dispensar(item.pk, texto="Já arquivada.", autor=inss.analista)

    servicos.corrigir_regime(processo.pk, regime="rpps", autor=inss.analista)

    item.refresh_from_db()
    assert item.estado == SituacaoItem.DISPENSADO
    assert item_de(processo, "crp").estado == SituacaoItem.FALTA
    assert item_de(processo, "regularidade-federal").estado == SituacaoItem.DISPENSADO


# --- The return ---------------------------------------------------------------------------------------------------


def devolver_item(processo, inss, codigo="lei-criacao", texto="Envie a lei inteira.") -> Item:
    return itens.devolver(item_de(processo, codigo).pk, motivo="ilegivel", texto=texto, autor=inss.analista)


def test_o_municipio_so_sabe_da_devolucao_quando_o_processo_volta(client):
    processo, inss = em_analise()
    devolver_item(processo, inss)
    client.force_login(processo.criado_por)
    assert "Envie a lei inteira" not in client.get(f"/adesao/{processo.codigo}/itens/lei-criacao/").content.decode()

    servicos.devolver(processo.pk, parcial=True, autor=inss.analista)

    pagina = client.get(f"/adesao/{processo.codigo}/itens/lei-criacao/").content.decode()
    assert "Envie a lei inteira" in pagina
    assert inss.analista.nome in pagina


def test_devolver_com_itens_por_ver_diz_quais():
    processo, inss = em_analise()
    devolver_item(processo, inss)

    with pytest.raises(ErroDeDominio, match="Ainda não conferido: Ofício de manifestação"):
        servicos.devolver(processo.pk, autor=inss.analista)


def test_devolver_sem_nada_para_devolver_e_recusado():
    processo, inss = conferido_inteiro()

    with pytest.raises(ErroDeDominio, match="Nenhum item para devolver"):
        servicos.devolver(processo.pk, autor=inss.analista)


def test_o_municipio_ve_so_o_que_esta_aberto_e_responde_item_por_item(
    client, fila_na_hora, django_capture_on_commit_callbacks
):
    processo, inss = conferido_inteiro()
    for codigo in ("lei-criacao", "documento-representante"):
        devolver_item(processo, inss, codigo)
    with django_capture_on_commit_callbacks(execute=True):
        servicos.devolver(processo.pk, prazo=localdate() + timedelta(days=30), autor=inss.analista)
    assert mail.outbox[-1].to == [processo.criado_por.email]
    processo.refresh_from_db()
    abertos = {item.codigo for item in processo.itens.all() if item.aberto_ao_municipio}
    assert abertos == {"lei-criacao", "documento-representante"}

    for codigo in abertos:
        item = item_de(processo, codigo)
        PecaFabrica(item=item)
        servicos_do_municipio.responder(item.pk, texto="Trocado.", autor=processo.criado_por)
    servicos_do_pedido.reenviar(processo.pk, autor=processo.criado_por)

    processo.refresh_from_db()
    assert processo.estado == Situacao.EM_ANALISE
    assert {i.codigo for i in processo.itens.filter(situacao=SituacaoItem.PRONTO)} == abertos
    assert processo.itens.filter(situacao=SituacaoItem.ACEITO).count() == 7


def test_motivo_que_o_analista_desfez_nunca_chega_ao_municipio():
    processo, inss = conferido_inteiro()
    primeiro = devolver_item(processo, inss, texto="Frase trocada.")
    itens.desfazer(primeiro.pk, autor=inss.analista)
    itens.aceitar(primeiro.pk, verificado_em=localdate(), autor=inss.analista)
    devolver_item(processo, inss, "documento-representante")

    servicos.devolver(processo.pk, autor=inss.analista)

    assert not Anotacao.objects.get(texto="Frase trocada.").publicada_em


def test_prazo_no_passado_e_recusado():
    processo, inss = conferido_inteiro()
    devolver_item(processo, inss)

    with pytest.raises(ErroDeDominio, match="O prazo fica entre"):
        servicos.devolver(processo.pk, prazo=localdate(), autor=inss.analista)


def test_documento_pedido_vai_com_o_motivo_na_devolucao(client):
    processo, inss = conferido_inteiro()
    itens.pedir_documento(processo.pk, codigo="cndt", motivo="Há ação em curso.", autor=inss.analista)
    itens.pedir_documento(processo.pk, nome="Planta do local", motivo="Falta ver a saída.", autor=inss.analista)

    servicos.devolver(processo.pk, autor=inss.analista)

    client.force_login(processo.criado_por)
    pagina = client.get(f"/adesao/{processo.codigo}/").content.decode()
    assert "Certidão de débitos trabalhistas" in pagina
    assert "Planta do local" in pagina
    assert "Falta ver a saída." in client.get(f"/adesao/{processo.codigo}/itens/extra-1/").content.decode()


def test_o_mesmo_documento_nao_se_pede_duas_vezes():
    processo, inss = em_analise()
    itens.pedir_documento(processo.pk, codigo="cndt", motivo="X", autor=inss.analista)

    with pytest.raises(ErroDeDominio, match="já está na lista"):
        itens.pedir_documento(processo.pk, codigo="cndt", motivo="X", autor=inss.analista)


def test_o_municipio_nao_le_no_historico_como_o_inss_trabalha():
    processo, inss = conferido_inteiro()
    devolver_item(processo, inss)
    servicos.devolver(processo.pk, autor=inss.analista)

    do_municipio = [linha.frase for linha in linha_do_tempo(processo, do_inss=False)]
    do_inss = [linha.frase for linha in linha_do_tempo(processo, do_inss=True)]

    assert "Devolveu itens ao município" in do_municipio
    assert "Aceitou um item" not in do_municipio
    assert "Aceitou um item" in do_inss


# --- Services, file, reading --------------------------------------------------------------------------------------


def test_mudar_os_servicos_pede_o_aceite_de_novo():
    processo, inss = conferido_inteiro()

    servicos.mudar_servicos(
        processo.pk, servicos=processo.servicos[:3], texto="Só os que a equipe domina.", autor=inss.analista
    )

    assert item_de(processo, "aceite-minuta-plano").estado == SituacaoItem.REABERTO
    assert item_de(processo, "oficio-manifestacao").estado == SituacaoItem.ACEITO
    assert Decisao.objects.get(tipo="servicos").texto == "Só os que a equipe domina."


def test_arquivar_e_desarquivar_guardam_o_motivo():
    processo, inss = conferido_inteiro()
    devolver_item(processo, inss)
    servicos.devolver(processo.pk, autor=inss.analista)

    servicos.arquivar(processo.pk, texto="Sem resposta.", autor=inss.analista)
    servicos.desarquivar(processo.pk, texto="O município voltou.", autor=inss.analista)

    processo.refresh_from_db()
    assert processo.estado == Situacao.EM_ANALISE
    assert [d.tipo for d in processo.decisoes.all()] == ["arquivamento", "desarquivamento"]


def test_desarquivar_quando_ja_ha_outro_pedido_e_recusado():
    processo, inss = conferido_inteiro()
    devolver_item(processo, inss)
    servicos.devolver(processo.pk, autor=inss.analista)
    servicos.arquivar(processo.pk, texto="Sem resposta.", autor=inss.analista)
    servicos_do_pedido.comecar(
        processo.municipio, instrumento="act", regime="rgps", cnpj=processo.cnpj, autor=processo.criado_por
    )

    with pytest.raises(ErroDeDominio, match="já começou outro pedido"):
        servicos.desarquivar(processo.pk, texto="X", autor=inss.analista)


# --- The opinion --------------------------------------------------------------------------------------------------


def test_parecer_favoravel_precisa_de_todos_os_itens():
    processo, inss = em_analise()

    with pytest.raises(ErroDeDominio, match="todos os itens resolvidos"):
        servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)


def test_parecer_desfavoravel_aceita_itens_abertos():
    processo, inss = em_analise()

    servicos.instruir(processo.pk, conclusao="desfavoravel", texto="Sem estrutura.", autor=inss.analista)

    assert Processo.objects.get().estado == Situacao.INSTRUIDO


def test_parecer_com_condicao_diz_a_condicao():
    processo, inss = conferido_inteiro()

    with pytest.raises(ErroDeDominio, match="Escreva as condições"):
        servicos.instruir(processo.pk, conclusao="condicao", texto="Ok.", autor=inss.analista)


def test_certidao_que_venceu_depois_de_aceita_segura_o_parecer():
    processo, inss = conferido_inteiro()
    processo.itens.filter(codigo="regularidade-federal").update(valido_ate=localdate() - timedelta(days=1))

    with pytest.raises(ErroDeDominio, match="Falta: Certidão de débitos federais"):
        servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)


def test_o_parecer_avisa_a_autoridade_mais_perto_e_faz_o_papel(fila_na_hora, django_capture_on_commit_callbacks):
    sr = UnidadeFabrica(tipo="sr")
    processo, inss = conferido_inteiro(municipio=MunicipioFabrica(unidade=UnidadeFabrica(acima=sr)))
    inss.autoridade.vinculos.update(fim=localdate() - timedelta(days=1))
    da_sr = com_papel("autoridade_inss", sr)

    with django_capture_on_commit_callbacks(execute=True):
        servicos.instruir(processo.pk, conclusao="favoravel", texto="Tudo conferido.", autor=inss.analista)

    assert mail.outbox[-1].to == [da_sr.email]
    papel = vigente(processo, "parecer")
    assert papel.documento.dados["parecer"]["matricula"] == inss.analista.matricula
    assert [i["situacao"] for i in papel.documento.dados["itens"]] == ["atende"] * 9


def test_depois_do_parecer_o_analista_nao_mexe_mais():
    processo, inss = instruido()

    with pytest.raises(TransicaoInvalida):
        itens.aceitar(item_de(processo, "lei-criacao").pk, autor=inss.analista)


def test_quem_confere_ve_o_cnpj_que_outro_usa_ou_que_mudou_desde_o_acesso(client):
    processo, inss = em_analise()
    client.force_login(inss.analista)
    pagina = f"/adesao/{processo.codigo}/analise/"
    assert "Confira o CNPJ" not in client.get(pagina).content.decode()

    outro = ProcessoFabrica(cnpj=processo.cnpj)
    assert f"também está em pedido de {outro.municipio}" in client.get(pagina).content.decode()

    Processo.objects.filter(pk=outro.pk).update(cnpj="99000202000109")
    SolicitacaoFabrica(
        municipio=processo.municipio, cnpj="11222333000181", situacao="aprovada", decidida_em=processo.enviado_em,
        decidida_por=inss.analista, decisor_nome="Gilda",
    )  # fmt: skip
    texto = client.get(pagina).content.decode()
    assert "O acesso do gestor foi aprovado com o CNPJ 11.222.333/0001-81" in texto
    assert "Cidadão ou sistema" not in texto
