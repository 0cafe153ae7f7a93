"""The whole way of a request, its refusals and returns, and the bad input of each step."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from act_portal.contas.models import Vinculo
from act_portal.demonstracao.assinaturas import assinar_bytes
from act_portal.erros import ErroDeDominio, OutroChegouAntes, TransicaoInvalida
from cessao.analise import servicos as analise
from cessao.consultas import concorrencia, concorrentes
from cessao.imoveis import servicos as imoveis
from cessao.models import Espaco, Papel, Pedido, Reserva, Termo
from cessao.ocupacao.servicos import assinatura, vistorias
from cessao.pedido import servicos
from cessao.situacoes import Natureza, Ocupacao, Situacao
from tests.act_portal.arquivos_fabricados import pdf, pdf_em_bytes
from tests.adesao.fabricas import pdf_assinado
from tests.cessao.fabricas import (
    DECISAO,
    VISTORIA,
    Elenco,
    EspacoFabrica,
    aprovado,
    arquivar_direto,
    dados_da_assinatura,
    dados_do_inss,
    dados_do_pedido,
    em_analise,
    enviado,
    ocupado,
    para_decisao,
    publicado,
    rascunho,
    sala,
    vistoriar,
)
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate()


def test_do_pedido_as_chaves_com_os_papeis_de_cada_passo():
    termo, _ = ocupado()

    assert termo.estado == Ocupacao.OCUPADO
    assert termo.numero.endswith(f"/{HOJE.year}")
    assert termo.chaves_entregues == 2
    feitos = set(termo.pedido.papeis.values_list("especie", flat=True))
    assert feitos == {"solicitacao", "parecer", "decisao", "termo", "extrato", "vistoria"}
    assert Reserva.objects.filter(termo=termo, liberada_em=None).count() == 1


# --- Before any paper ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mais", "frase"),
    [
        ({"esfera": "privada"}, "Só instituição pública pede"),
        ({"finalidade": "outra"}, "O que seria um sim"),
        ({"area_m2": Decimal(41)}, "O espaço tem 40 m²"),
        ({"meses": 25}, "até 24 meses"),
        ({"meses": 0}, "O fim ficaria antes do começo"),
        ({"inicio": -1}, "O início já passou"),
        ({"esfera": "estadual"}, "entrega o ofício à logística"),
        ({"tipo": "regularizacao"}, "desde quando"),
        ({"ocupado_desde": -90}, "só para regularizar"),
    ],
)
def test_pedido_que_nao_serve_diz_o_que_fazer_antes_de_qualquer_papel(mais, frase):
    em_dias = {"inicio", "ocupado_desde"} & mais.keys()
    mais = mais | {campo: HOJE + timedelta(days=mais[campo]) for campo in em_dias}
    with pytest.raises(ErroDeDominio, match=frase):
        rascunho(**mais)
    assert not Pedido.objects.exists()


def test_escola_pede_reserva_tecnica_e_aprende_por_que_nao():
    espaco = EspacoFabrica(imovel__natureza=Natureza.RESERVA)

    with pytest.raises(ErroDeDominio, match=r"Escola.*O que seria um sim.*INSS Digital"):
        rascunho(espaco, finalidade="outra", uso="escola de música")


def test_imovel_nao_operacional_nunca():
    with pytest.raises(ErroDeDominio, match="não operacional"):
        rascunho(sala(imovel__operacional=False))


def test_terreno_so_quando_nada_dificulta_a_devolucao():
    terreno = sala(imovel__natureza=Natureza.TERRENO)

    with pytest.raises(ErroDeDominio, match="se desfaz"):
        rascunho(terreno, dificulta_devolucao=True)
    assert rascunho(terreno).estado == Situacao.RASCUNHO


def test_espaco_fora_da_janela_ou_do_catalogo():
    ate = sala(disponivel_ate=HOJE + timedelta(days=100))
    with pytest.raises(ErroDeDominio, match="só está disponível até"):
        rascunho(ate)
    imovel = ate.imovel
    imoveis.retirar(imovel.pk, motivo="Vai a leilão", autor=com_papel("logistica_inss", imovel.unidade))
    ate.refresh_from_db()
    with pytest.raises(ErroDeDominio, match="Vai a leilão"):
        rascunho(ate)


def test_o_banco_nao_guarda_pedido_enviado_de_privado():
    pedido = enviado()
    with pytest.raises(IntegrityError, match="nao_e_de_privado"), transaction.atomic():
        Pedido.objects.filter(pk=pedido.pk).update(esfera="privada")


def test_duplo_clique_acha_o_mesmo_pedido():
    espaco = sala()
    gestor = com_papel("gestor", espaco.imovel.municipio)
    args = {"municipio": espaco.imovel.municipio, "autor": gestor, "codigo": "7b0f1a51-23d5-4b2c-9b55-4d3fbc3dd111"}

    um = servicos.comecar(espaco.pk, dados_do_pedido(espaco), **args)
    dois = servicos.comecar(espaco.pk, dados_do_pedido(espaco), **args)

    assert um.pk == dois.pk


def test_quem_salva_depois_do_outro_nao_perde_o_do_outro():
    pedido = rascunho()
    dados = dados_do_pedido(pedido.espaco)
    servicos.editar(pedido.pk, {**dados, "uso": "A"}, versao=1, autor=pedido.criado_por)

    with pytest.raises(OutroChegouAntes):
        servicos.editar(pedido.pk, {**dados, "uso": "B"}, versao=1, autor=pedido.criado_por)


def test_enviar_sem_os_documentos_minimos_conta_o_que_falta():
    pedido = rascunho(plano="")

    with pytest.raises(ErroDeDominio, match=r"plano de uso; Ofício com o pedido"):
        servicos.enviar(pedido.pk, autor=pedido.criado_por)


def test_regularizacao_pede_os_seus_documentos():
    pedido = rascunho(tipo="regularizacao", ocupado_desde=HOJE - timedelta(days=900))

    assert pedido.itens.filter(codigo="fotos-da-ocupacao").exists()


def test_retirado_do_catalogo_com_pedido_aberto_segue_mas_nao_se_aprova():
    pedido, elenco = para_decisao()
    imoveis.retirar(pedido.espaco.imovel_id, motivo="Obra urgente", autor=elenco.logistica)

    with pytest.raises(ErroDeDominio, match="Obra urgente"):
        analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=12, autor=elenco.diretor)
    assert Pedido.objects.get(pk=pedido.pk).estado == Situacao.DIRETORIA


# --- Analysis -----------------------------------------------------------------------------------------------------


def test_devolucao_por_item_e_resposta():
    pedido, elenco = em_analise()
    pedido.itens.update(situacao="pronto")
    item = pedido.itens.get(codigo="oficio")
    analise.julgar_item(item.pk, decisao="devolvido", motivo="Falta assinar.", autor=elenco.logistica)
    analise.devolver(pedido.pk, autor=elenco.logistica)

    with pytest.raises(ErroDeDominio, match="Ofício"):
        servicos.reenviar(pedido.pk, autor=pedido.criado_por)
    with pytest.raises(ErroDeDominio, match="já foi conferido"):
        servicos.tirar(pedido.itens.get(codigo="croqui").pecas.first().pk, autor=pedido.criado_por)
    pedido.itens.filter(pk=item.pk).update(situacao="pronto")
    assert servicos.reenviar(pedido.pk, autor=pedido.criado_por).estado == Situacao.EM_ANALISE


def test_pedido_que_muda_depois_da_devolucao_pede_o_oficio_assinado_de_novo():
    pedido, elenco = em_analise()
    pedido.itens.update(situacao="pronto")
    for codigo, decisao in (("croqui", "devolvido"), ("oficio", "aceito")):
        item = pedido.itens.get(codigo=codigo)
        analise.julgar_item(item.pk, decisao=decisao, motivo="Sem cotas.", autor=elenco.logistica)
    analise.devolver(pedido.pk, autor=elenco.logistica)
    pedido.itens.filter(codigo="croqui").update(situacao="pronto")
    versao = Pedido.objects.get(pk=pedido.pk).versao
    dados = dados_do_pedido(pedido.espaco, horario="Só à tarde")

    servicos.editar(pedido.pk, dados, versao=versao, autor=pedido.criado_por)

    oficio = Pedido.objects.get(pk=pedido.pk).itens.get(codigo="oficio")
    assert (oficio.situacao, oficio.aberto) == ("devolvido", True)
    with pytest.raises(ErroDeDominio, match="Ofício"):
        servicos.reenviar(pedido.pk, autor=pedido.criado_por)


@pytest.mark.parametrize(("em_dias", "meses", "frase"), [(0, 13, "de 12 meses"), (800, 12, "longe demais")])
def test_nao_se_aprova_mais_do_que_se_pediu(em_dias, meses, frase):
    pedido, elenco = para_decisao()

    with pytest.raises(ErroDeDominio, match=frase):
        analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE + timedelta(days=em_dias), meses=meses, autor=elenco.diretor)


def test_parecer_favoravel_precisa_dos_documentos_e_do_enquadramento():
    pedido, elenco = em_analise()
    contra = {**VISTORIA, "dispensavel": False}
    with pytest.raises(ErroDeDominio, match="não é dispensável"):
        analise.opinar(pedido.pk, conclusao="favoravel", texto="X", vistoria=contra, autor=elenco.logistica)
    pedido.itens.filter(codigo="oficio").update(situacao="pronto")
    with pytest.raises(ErroDeDominio, match="Ofício"):
        analise.opinar(pedido.pk, conclusao="favoravel", texto="X", vistoria=VISTORIA, autor=elenco.logistica)
    analise.opinar(pedido.pk, conclusao="desfavoravel", texto="X", vistoria=contra, autor=elenco.logistica)


def test_ninguem_decide_sobre_o_que_disse():
    pedido, elenco = em_analise()
    duplo = elenco.logistica
    Vinculo.objects.create(usuario=duplo, papel="autoridade_inss", unidade=elenco.superintendente.vinculo.unidade)
    analise.opinar(pedido.pk, conclusao="favoravel", texto="X", vistoria=VISTORIA, autor=duplo)
    duplo.vinculo = duplo.vinculos.get(papel="autoridade_inss")

    with pytest.raises(ErroDeDominio, match="Quem opina não decide"):
        analise.manifestar(pedido.pk, conclusao="favoravel", texto="X", autor=duplo)


def test_quem_registrou_pelo_orgao_nao_analisa():
    espaco = sala()
    elenco = Elenco(espaco)
    pedido = servicos.comecar(
        espaco.pk, dados_do_pedido(espaco, esfera="federal_uniao", finalidade="outra"),
        municipio=espaco.imovel.municipio, autor=elenco.colega,
    )  # fmt: skip
    arquivar_direto(pedido)
    servicos.enviar(pedido.pk, autor=elenco.colega)

    with pytest.raises(ErroDeDominio, match="registrou este pedido"):
        analise.tomar(pedido.pk, autor=elenco.colega)
    assert analise.tomar(pedido.pk, autor=elenco.logistica).responsavel == elenco.logistica


def test_cada_um_na_sua_vez_e_na_sua_regiao():
    pedido, elenco = em_analise()
    de_fora = Elenco(sala())

    for intruso in (de_fora.logistica, elenco.superintendente, pedido.criado_por):
        with pytest.raises(PermissionDenied):
            analise.opinar(pedido.pk, conclusao="favoravel", texto="X", vistoria=VISTORIA, autor=intruso)
    with pytest.raises(ErroDeDominio, match="está com"):
        analise.opinar(pedido.pk, conclusao="favoravel", texto="X", vistoria=VISTORIA, autor=elenco.colega)
    with pytest.raises(PermissionDenied):
        analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=12, autor=elenco.superintendente)


def test_recusa_recurso_e_decisao_de_outra_pessoa():
    pedido, elenco = para_decisao()
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)
    servicos.recorrer(pedido.pk, texto="A sala está vazia.", autor=pedido.criado_por)

    with pytest.raises(ErroDeDominio, match="Quem não aprovou não julga"):
        analise.manter(pedido.pk, **DECISAO, autor=elenco.diretor)
    analise.manter(pedido.pk, **DECISAO, autor=elenco.outro_diretor)
    assert Pedido.objects.get(pk=pedido.pk).estado == Situacao.NEGADO


def test_recurso_fora_do_prazo():
    pedido, elenco = para_decisao()
    analise.indeferir(pedido.pk, **DECISAO, autor=elenco.diretor)
    Pedido.objects.filter(pk=pedido.pk).update(situacao_desde=now() - timedelta(days=12))

    with pytest.raises(ErroDeDominio, match="prazo de recurso terminou"):
        servicos.recorrer(pedido.pk, texto="X", autor=pedido.criado_por)


def test_retomado_depois_de_aprovado_solta_os_dias_e_guarda_o_numero():
    pedido, elenco = aprovado()
    numero = pedido.termo.numero
    analise.retomar(pedido.pk, texto="Faltou ver a rampa.", autor=elenco.superintendente)

    assert not Reserva.objects.filter(liberada_em=None).exists()
    pedido.itens.exclude(situacao="dispensado").update(situacao="aceito")
    analise.opinar(pedido.pk, conclusao="favoravel", texto="X", vistoria=VISTORIA, autor=elenco.logistica)
    analise.manifestar(pedido.pk, conclusao="favoravel", texto="X", autor=elenco.superintendente)
    analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=6, autor=elenco.diretor)
    termo = Termo.objects.get(pedido=pedido)
    assert (termo.numero, termo.meses) == (numero, 6)


def test_o_segundo_que_aprova_ve_que_ja_foi_feito():
    pedido, elenco = para_decisao()
    analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=12, autor=elenco.diretor)

    with pytest.raises(TransicaoInvalida, match="Para o órgão assinar"):
        analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=12, autor=elenco.outro_diretor)


# --- Two requests for one space -----------------------------------------------------------------------------------


def test_dois_pedem_a_mesma_sala_os_dois_sao_vistos_e_a_decisao_diz_por_que():
    espaco = sala()
    elenco = Elenco(espaco)
    um, _ = para_decisao(espaco, elenco)
    outro = enviado(espaco, gestor=com_papel("gestor", MunicipioFabrica(unidade=espaco.imovel.unidade)))

    assert [p.pk for p in concorrencia(um, elenco.diretor).visiveis] == [outro.pk]
    assert concorrencia(um, um.criado_por).outros == 1
    assert concorrencia(um, um.criado_por).visiveis == []
    with pytest.raises(ErroDeDominio, match="por que este e não o outro"):
        analise.aprovar(um.pk, **DECISAO, inicio=HOJE, meses=12, autor=elenco.diretor)
    analise.aprovar(um.pk, **DECISAO, inicio=HOJE, meses=12, escolha="Chegou antes.", autor=elenco.diretor)
    assert um.decisoes.latest("em").escolha == "Chegou antes."


def test_espaco_cedido_nao_se_cede_de_novo_nem_inteiro_nem_em_parte():
    andar = sala(nome="Andar", area_m2=80)
    parte = EspacoFabrica(imovel=andar.imovel, dentro_de=andar, area_m2=20)
    elenco = Elenco(andar)
    aprovado(parte, elenco)
    maior, _ = para_decisao(andar, elenco)

    assert {p.espaco_id for p in concorrentes(maior)} == {parte.pk}
    with pytest.raises(ErroDeDominio, match="já está cedido"):
        analise.aprovar(maior.pk, **DECISAO, inicio=HOJE, meses=1, escolha="X", autor=elenco.diretor)
    depois = HOJE + timedelta(days=400)
    analise.aprovar(maior.pk, **DECISAO, inicio=depois, meses=1, autor=elenco.diretor)
    assert Reserva.objects.filter(termo__pedido=maior).count() == 2


def test_espaco_cedido_que_passa_a_ser_parte_de_outro():
    andar = sala(nome="Andar", area_m2=80)
    solta = EspacoFabrica(imovel=andar.imovel, area_m2=20)
    elenco = Elenco(andar)
    termo = Termo.objects.get(pedido=aprovado(andar, elenco)[0])
    dados = {"nome": solta.nome, "area_m2": Decimal(20), "dentro_de": andar, "descricao": "", "disponivel_de": None,
             "disponivel_ate": None}  # fmt: skip

    aberto = enviado(solta)
    imoveis.guardar_espaco(andar.imovel_id, dados, espaco_id=solta.pk, autor=elenco.logistica)

    assert Reserva.objects.filter(termo=termo, espaco=solta, liberada_em=None).exists()
    assert concorrentes(aberto) != []
    aprovada_sala = EspacoFabrica(imovel=andar.imovel, area_m2=20)
    aprovado(aprovada_sala, elenco)
    with pytest.raises(ErroDeDominio, match="não pode fazer parte do outro"):
        imoveis.guardar_espaco(
            andar.imovel_id, {**dados, "nome": aprovada_sala.nome}, espaco_id=aprovada_sala.pk, autor=elenco.logistica
        )
    with pytest.raises(ErroDeDominio, match="cedido até"):
        imoveis.retirar_espaco(aprovada_sala.pk, motivo="X", autor=elenco.logistica)


def test_sala_pedida_que_passa_a_ser_parte_de_outra_ou_encolhe():
    solta = sala(nome="Sala", area_m2=30)
    andar = EspacoFabrica(imovel=solta.imovel, nome="Andar", area_m2=80)
    pedido, elenco = para_decisao(solta)
    do_andar, _ = para_decisao(andar, elenco)
    decisao = {**DECISAO, "inicio": HOJE, "meses": 12, "autor": elenco.diretor}
    Espaco.objects.filter(pk=solta.pk).update(dentro_de=andar, area_m2=20)
    assert [p.pk for p in concorrentes(Pedido.objects.get(pk=pedido.pk))] == [do_andar.pk]
    with pytest.raises(ErroDeDominio, match=r"O pedido é de 30 m²\. O espaço tem 20 m²"):
        analise.aprovar(pedido.pk, **decisao)
    Espaco.objects.filter(pk=solta.pk).update(area_m2=30)
    analise.aprovar(do_andar.pk, **decisao, escolha="Usa o andar inteiro.")
    with pytest.raises(ErroDeDominio, match="já está cedido"):
        analise.aprovar(pedido.pk, **decisao, escolha="Chegou antes.")


def test_o_banco_recusa_sozinho_duas_reservas_do_mesmo_dia():
    pedido, _ = aprovado()
    termo = Termo.objects.get(pedido=pedido)
    linha = {"espaco": termo.espaco, "termo": termo}
    with pytest.raises(IntegrityError, match="reserva_nunca_duas_vezes"), transaction.atomic():
        Reserva.objects.create(**linha, inicio=termo.fim, fim=termo.fim)
    outra = Reserva.objects.create(**linha, inicio=termo.fim + timedelta(days=1), fim=termo.fim + timedelta(days=9))
    with pytest.raises(IntegrityError, match="reserva_nunca_duas_vezes"), transaction.atomic():
        Reserva.objects.filter(pk=outra.pk).update(inicio=termo.fim)


# --- Signatures ---------------------------------------------------------------------------------------------------


def test_assinatura_recusada_volta_e_fica_guardada():
    pedido, elenco = aprovado()
    assinatura.assinar(pedido.pk, pdf_assinado(), **dados_da_assinatura(), autor=pedido.criado_por)
    dados = {"resultado": "invalida", "conferido_em": HOJE, "observacao": "Assine com gov.br prata."}
    recusada = assinatura.recusar_assinatura(pedido.pk, **dados, autor=elenco.logistica)

    assert recusada.substituida_em
    assert Pedido.objects.get(pk=pedido.pk).estado == Situacao.ASSINATURA


def test_desistir_depois_de_aprovado_solta_os_dias():
    pedido, _ = aprovado()
    servicos.desistir(pedido.pk, motivo="Achamos outra sala.", autor=pedido.criado_por)

    assert not Reserva.objects.filter(liberada_em=None).exists()


def test_publicacao_antes_da_assinatura_nao_entra():
    pedido, elenco = aprovado()
    assinatura.assinar(pedido.pk, pdf_assinado(), **dados_da_assinatura(), autor=pedido.criado_por)
    dados = dados_do_inss("termo", pedido)
    assinatura.assinar_inss(pedido.pk, pdf_assinado(2), **dados, autor=elenco.logistica)

    with pytest.raises(ErroDeDominio, match="entre a assinatura"):
        assinatura.publicar(
            pedido.pk, dou_data=HOJE - timedelta(days=1), dou_secao="3", dou_pagina="1", autor=elenco.logistica
        )


def test_ninguem_entra_antes_de_o_outro_sair():
    espaco = sala()
    antigo, elenco = ocupado(espaco, meses=1)
    novo, _ = publicado(espaco, elenco, inicio=antigo.fim + timedelta(days=1))
    # As if a month had gone: the first one is over and still inside.
    for termo, inicio, fim in (
        (antigo, HOJE - timedelta(days=40), HOJE - timedelta(days=1)), (novo, HOJE, novo.fim),
    ):  # fmt: skip
        Reserva.objects.filter(termo=termo).update(inicio=inicio, fim=fim)
        Termo.objects.filter(pk=termo.pk).update(inicio=inicio, fim=fim)
    vistoria = vistoriar(novo, "entrega", elenco)

    with pytest.raises(ErroDeDominio, match="ainda não foi devolvido"):
        vistorias.assinar(vistoria.pk, aceite="pleno", autor=novo.pedido.criado_por)


def test_papeis_saem_com_o_texto_do_pedido():
    pedido, _ = aprovado()
    termo = pedido.papeis.get(especie=Papel.Especie.TERMO).documento

    assert termo.dados["autorizadas"] == []
    assert termo.dados["prazo_total_meses"] == 24
    assert termo.modelo == "cessao-termo"


def test_outro_pdf_assinado_nao_e_o_termo(client):
    """Nor from the town, nor from INSS; with a person's word it enters, and both sides read it."""
    pedido, elenco = aprovado()
    pdf_assinado()
    outro = assinar_bytes(pdf_em_bytes(pdf(texto="Outro texto")))

    with pytest.raises(ErroDeDominio, match="não reconheceu neste PDF o papel que fez"):
        assinatura.assinar(pedido.pk, outro, **dados_da_assinatura(), autor=pedido.criado_por)
    assert Pedido.objects.get(pk=pedido.pk).situacao == "assinatura"
    outro.seek(0)
    dados = dados_da_assinatura(declaracao="O assinador da prefeitura regravou o arquivo.")
    assinatura.assinar(pedido.pk, outro, **dados, autor=pedido.criado_por)
    conferida = dados_do_inss("termo", pedido)
    for arquivo, frase in ((pdf_assinado(), "das duas partes"), (pdf_assinado(2), "que a outra parte assinou")):
        with pytest.raises(ErroDeDominio, match=frase):
            assinatura.assinar_inss(pedido.pk, arquivo, **conferida, autor=elenco.logistica)

    client.force_login(elenco.logistica)
    pagina = client.get(pedido.get_absolute_url()).text
    assert "O portal não reconheceu o papel neste arquivo" in pagina
    assert "O assinador da prefeitura regravou o arquivo." in pagina
