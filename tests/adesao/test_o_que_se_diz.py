"""What the pages, the papers and the answers tell to whoever signs, decides, answers and counts."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.arquivos.models import Arquivo
from act_portal.emissao.conteudo import montar_html
from act_portal.erros import ErroDeDominio
from act_portal.publicacao import exigir_sei
from act_portal.territorio.models import ContatoUnidade, UnidadeInss
from adesao import pendencias
from adesao.acordo.servicos import notificacao, prorrogacao, supervisao
from adesao.analise.servicos import assinatura
from adesao.analise.servicos import itens as da_analise
from adesao.checklist.catalogo import servicos as servicos_possiveis
from adesao.habilitacao.catalogo import comprovante
from adesao.habilitacao.papeis import conteudo
from adesao.indicadores.servicos import medir_todos
from adesao.models import Acordo, Habilitacao, Medicao, Processo
from adesao.paineis import regiao
from adesao.papeis.consultas import vigente
from adesao.pedido.servicos import itens as servicos
from adesao.situacoes import Nivel, SituacaoAcordo, SituacaoItem
from tests.act_portal.arquivos_fabricados import enviado, pdf, pdf_em_bytes
from tests.act_portal.test_emissao_certificados import PESSOA
from tests.act_portal.test_emissao_certificados import assinatura as certificados
from tests.adesao.fabricas import (
    ProcessoFabrica,
    aprovado,
    comprovar_e_confirmar,
    dados_da_assinatura,
    devolvido,
    em_operacao,
    pdf_assinado,
    vigente_hoje,
)
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


# --- Who signed ---------------------------------------------------------------------------------------------------


def test_outra_pessoa_assina_o_acordo_e_os_dois_lados_leem(client):
    processo, inss = aprovado()
    client.force_login(processo.criado_por)
    dados = dados_da_assinatura(signatario="Vice Fictício", arquivo=pdf_assinado(), assinado_em=f"{localdate()}")

    pagina = client.post(f"/adesao/{processo.codigo}/assinar/", dados, follow=True).content.decode()
    assert "Quem assinou, Vice Fictício, não é quem representa o município no acordo, Anselmo" in pagina
    client.force_login(inss.analista)
    assert "Vice Fictício, não é quem representa" in client.get(f"/adesao/{processo.codigo}/analise/").content.decode()
    with pytest.raises(ErroDeDominio, match="por que a assinatura serve"):
        assinatura.conferir_assinatura(processo.pk, conferido_em=localdate(), autor=inss.analista)
    dita = {"observacao": "Portaria de delegação no SEI.", "conferido_em": localdate()}
    assert assinatura.conferir_assinatura(processo.pk, **dita, autor=inss.analista).resultado == "valida"


# --- Renewal ------------------------------------------------------------------------------------------------------


def test_prorrogacao_com_irregularidade_pede_o_motivo_a_autoridade(client):
    processo, inss = em_operacao()
    acordo = processo.acordo
    hoje = localdate()
    Medicao.objects.filter(acordo=acordo).delete()
    for codigo in ("esvaziado", "fiscal"):
        Medicao.objects.create(
            acordo=acordo, indicador=codigo, nivel="irregular", frase="Falhou.", desde=hoje, medida_em=hoje
        )
    prorrogacao.pedir(acordo.pk, meses=12, justificativa="Continua preciso.", autor=processo.criado_por)
    decisao = {"aprova": True, "texto": "Aprovo.", "competencia": "Portaria 1/2026", "autor": inss.autoridade}
    client.force_login(inss.autoridade)

    pagina = client.get(f"/adesao/{processo.codigo}/acordo/").content.decode()
    assert "há 2 de 10 itens irregulares no acompanhamento" in pagina
    with pytest.raises(ErroDeDominio, match="Escreva por que aprova assim mesmo"):
        prorrogacao.decidir(acordo.pk, **decisao)
    feita = prorrogacao.decidir(acordo.pk, **decisao, apesar="As certidões saem esta semana.")

    assert "regularidade comprovada" in feita.decisao
    assert "As certidões saem esta semana." in feita.decisao


def test_prorrogacao_diz_o_que_ninguem_conferiu():
    processo, inss = em_operacao()
    acordo, hoje = processo.acordo, localdate()
    Medicao.objects.filter(acordo=acordo).delete()
    for codigo in ("previdenciaria", "atendimento"):
        Medicao.objects.create(
            acordo=acordo, indicador=codigo, nivel="sem_dados", frase="Ainda não.", desde=hoje, medida_em=hoje
        )
    prorrogacao.pedir(acordo.pk, meses=12, justificativa="Continua preciso.", autor=processo.criado_por)

    with pytest.raises(
        ErroDeDominio, match=r"cláusula 9ª\)\. Ainda não conferido: Regularidade previdenciária\. Escreva"
    ):
        prorrogacao.decidir(
            acordo.pk, aprova=True, texto="Aprovo.", competencia="Portaria 1/2026", autor=inss.autoridade
        )


def test_o_fim_que_se_mostra_e_o_que_vale_agora(client):
    processo, inss = em_operacao()
    acordo, fica = processo.acordo, localdate() + timedelta(days=40)
    supervisao.denunciar(acordo.pk, termina_em=fica, texto="Sem equipe.", autor=processo.criado_por)
    client.force_login(inss.analista)

    assert f" a {fica:%d/%m/%Y} ·" in client.get(f"/adesao/{processo.codigo}/acordo/").content.decode()
    assert f'"Vale até">{fica:%d/%m/%Y}<' in client.get("/adesao/regiao/").content.decode()


def test_as_condicoes_da_aprovacao_seguem_com_o_acordo(client):
    processo, inss = vigente_hoje()
    processo.decisoes.filter(tipo="aprovacao").update(condicoes="Sinalizar a rampa antes de abrir.")
    for quem in (inss.analista, processo.criado_por):
        client.force_login(quem)
        pagina = client.get(f"/adesao/{processo.codigo}/acordo/").content.decode()
        assert "Aprovado com condição" in pagina
        assert "Condições da aprovação</dt><dd>Sinalizar a rampa antes de abrir." in pagina


def test_do_acordo_rescindido_nao_se_avalia_de_novo_a_notificacao(client):
    processo, inss = em_operacao()
    acordo = processo.acordo
    feita = notificacao.notificar(
        acordo.pk, indicadores_falhos=["esvaziado"], fatos="Nada.", providencias="Divulgar.",
        prazo=localdate() + timedelta(days=30), autor=inss.analista,
    )  # fmt: skip
    notificacao.responder(acordo.pk, notificacao=feita.pk, texto="Já vai.", autor=processo.criado_por)
    notificacao.avaliar(acordo.pk, notificacao=feita.pk, resolvida=False, texto="Nada mudou.", autor=inss.analista)
    client.force_login(inss.analista)
    pagina = f"/adesao/{processo.codigo}/acordo/"
    assert "Avaliar uma notificação" in client.get(pagina).content.decode()
    supervisao.rescindir(acordo.pk, texto="Não resolveu.", competencia="Portaria 1/2026", autor=inss.autoridade)

    assert "Avaliar uma notificação" not in client.get(pagina).content.decode()


# --- Notice -------------------------------------------------------------------------------------------------------


def test_so_entra_na_notificacao_o_que_se_mediu_do_que_foi_marcado():
    processo, inss = em_operacao()
    acordo, hoje = processo.acordo, localdate()
    Medicao.objects.filter(acordo=acordo).delete()
    for codigo, frase in (("esvaziado", "Nada em três meses."), ("fiscal", "CND vencida.")):
        Medicao.objects.create(
            acordo=acordo, indicador=codigo, nivel="irregular", frase=frase, desde=hoje, medida_em=hoje
        )

    feita = notificacao.notificar(
        acordo.pk, indicadores_falhos=["esvaziado"], fatos="Visto em visita", providencias="Retomar o atendimento",
        prazo=hoje + timedelta(days=30), autor=inss.analista,
    )  # fmt: skip

    assert feita.fatos == "Nada em três meses. Visto em visita"
    assert "Retomar o atendimento. Ou uma justificativa" in montar_html(feita.documento)


# --- The region ---------------------------------------------------------------------------------------------------


def test_cada_numero_da_regiao_e_o_tamanho_da_lista_que_ele_abre(client):
    processo, inss = vigente_hoje()
    for ficha in Habilitacao.objects.filter(acordo=processo.acordo):
        comprovar_e_confirmar(ficha, processo.criado_por, inss)
    Habilitacao.objects.update(acesso_ate=localdate() + timedelta(days=5))
    client.force_login(inss.analista)

    perto = [n for n in regiao.numeros(inss.analista, regiao.Filtros(), localdate()) if "60 dias" in n.nome]

    assert Habilitacao.objects.filter(situacao="aberta").count() == 2
    assert [n.valor for n in perto] == [1]
    assert "Acordos (1)" in client.get(perto[0].href.partition("#")[0]).content.decode()


def test_cada_nivel_de_um_indicador_abre_a_sua_lista(client):
    processo, inss = vigente_hoje()
    medir_todos()
    medicoes = Medicao.objects.filter(acordo=processo.acordo, ate__isnull=True)
    niveis = [n.value for n in Nivel]
    for n, medicao in enumerate(medicoes.order_by("indicador")):
        medicoes.filter(pk=medicao.pk).update(nivel=niveis[n % len(niveis)])
    client.force_login(inss.analista)

    quadro = next(q for q in client.get(reverse("adesao:regiao")).context["quadros"] if q.slug == "indicadores")
    numeros = [par for linha in quadro.linhas for par in zip(linha.celulas[1:], linha.elos[1:], strict=True)]

    assert sorted({valor for valor, _ in numeros}) == [0, 1]
    for valor, elo in numeros:
        assert client.get(elo.partition("#")[0]).context["pagina"].paginator.count == valor


def test_acordo_encerrado_nao_conta_nos_indicadores(client):
    """Nobody measures it any more: the last measurement stays as it was."""
    processo, inss = vigente_hoje()
    medir_todos()
    Medicao.objects.filter(indicador="esvaziado").update(nivel=Nivel.IRREGULAR)
    client.force_login(inss.analista)

    fim = {"situacao": SituacaoAcordo.ENCERRADO, "encerrado_em": localdate(), "causa_do_fim": Acordo.Causa.PRAZO}
    for mudam, quantos in (({"situacao": SituacaoAcordo.OPERACAO}, 1), (fim, 0)):
        Acordo.objects.filter(processo=processo).update(**mudam)
        esvaziados = next(
            n for n in regiao.numeros(inss.analista, regiao.Filtros(), localdate()) if n.nome == "Esvaziados"
        )
        lista = client.get(esvaziados.href.partition("#")[0]).context["pagina"]
        assert (esvaziados.valor, lista.paginator.count) == (quantos, quantos)


def test_acordo_sem_medicao_diz_sem_dados(client):
    processo, inss = vigente_hoje()
    Medicao.objects.all().delete()
    client.force_login(inss.analista)

    pagina = client.get(reverse("adesao:regiao")).content.decode()

    assert "Sem dados</td>" in pagina
    assert "0 de 10" not in pagina
    assert processo.municipio.nome in pagina


# --- Papers -------------------------------------------------------------------------------------------------------


def test_o_plano_traz_o_endereco_e_o_contato_da_unidade_e_o_parecer_tem_numero():
    municipio = MunicipioFabrica()
    UnidadeInss.objects.filter(pk=municipio.unidade_id).update(endereco="Rua da Unidade, 5")
    municipio.unidade.refresh_from_db()
    ContatoUnidade.objects.create(
        unidade=municipio.unidade, setor="Acordos", telefone="(31) 3333-0000", email="acordos@x.invalid"
    )

    processo, _ = aprovado(municipio=municipio)

    plano = montar_html(vigente(processo, "plano").documento)
    assert "Rua da Unidade, 5" in plano
    assert "Acordos: (31) 3333-0000, acordos@x.invalid" in plano
    assert "o da unidade responsável" not in plano
    assert "<td>a designar</td>" in plano
    assert f"Parecer nº 1</b> – adesão {processo.pk}" in montar_html(vigente(processo, "parecer").documento)


@pytest.mark.parametrize("numero", ["123", "35014.000000/2026", "", "99"])
def test_numero_do_sei_e_inteiro(numero):
    with pytest.raises(ErroDeDominio, match="número inteiro"):
        exigir_sei(numero)
    assert exigir_sei(" 35014.000000/2026-00 ") == "35014.000000/2026-00"


# --- The town -----------------------------------------------------------------------------------------------------


def test_gestor_novo_e_levado_a_adesao():
    municipio = MunicipioFabrica()
    gestor = com_papel("gestor", municipio)

    assert [(e.nome, e.href) for e in pendencias.do_gestor(gestor)] == [
        ("adesão para começar", reverse("adesao:pedido"))
    ]
    ProcessoFabrica(municipio=municipio, criado_por=gestor)
    assert [e.nome for e in pendencias.do_gestor(gestor)] == ["adesão em preenchimento"]


def test_o_resumo_de_erros_conta_so_o_que_falta(client):
    processo = ProcessoFabrica()
    client.force_login(processo.criado_por)

    resposta = client.post(f"/adesao/{processo.codigo}/formulario/plano/", {"diagnostico": "Longe."})

    frases = [f for erros in resposta.context["form"].errors.values() for f in erros]
    assert f"Falta acertar {len(frases)} coisas" in resposta.content.decode()
    assert not resposta.context["form"].non_field_errors()
    assert "está guardado" in resposta.content.decode()


def test_item_devolvido_nao_se_responde_sem_nada_novo():
    processo = devolvido()
    item = processo.itens.get(codigo="lei-criacao")
    analista = processo.responsavel
    Processo.objects.filter(pk=processo.pk).update(situacao="em_analise")
    da_analise.devolver(item.pk, motivo="ilegivel", texto="Envie de novo.", autor=analista)
    Processo.objects.filter(pk=processo.pk).update(situacao="devolvido")
    processo.itens.filter(pk=item.pk).update(rodada=1)

    with pytest.raises(ErroDeDominio, match="Nada mudou neste item"):
        servicos.responder(item.pk, texto=" ", autor=processo.criado_por)
    servicos.responder(item.pk, texto="A folha está legível: veja de novo.", autor=processo.criado_por)

    item.refresh_from_db()
    assert item.estado == SituacaoItem.PRONTO


def test_o_mesmo_arquivo_nao_entra_duas_vezes_num_item():
    processo = ProcessoFabrica()
    item = processo.itens.get(codigo="lei-criacao")
    papel = pdf_em_bytes(pdf(), deterministic_id=True)
    servicos.juntar(item.pk, enviado(papel), autor=processo.criado_por)

    with pytest.raises(ErroDeDominio, match="já está neste item"):
        servicos.juntar(item.pk, enviado(papel), autor=processo.criado_por)


def test_confirmar_a_estrutura_diz_se_o_balcao_abriu(client):
    processo, inss = vigente_hoje()
    comprovar_e_confirmar(processo.acordo.habilitacoes.get(representante__papel="atendente"), processo.criado_por, inss)
    client.force_login(inss.analista)
    dados = {"ponto": processo.pontos.get().pk, "em": f"{localdate()}", "texto": "Visita."}

    pagina = client.post(f"/adesao/{processo.codigo}/acordo/atos/confirmar-estrutura/", dados, follow=True)

    assert "Estrutura confirmada. O balcão está aberto." in pagina.content.decode()


def com_certificado(conteudo: bytes) -> SimpleUploadedFile:
    """The same PDF, with one signature more, whose certificate says whose it is."""
    dela = f"\n% <{certificados(PESSOA).hex()}>".encode()
    fim = len(conteudo) + len(dela)
    conteudo += dela + f" /ByteRange [0 {len(conteudo) + 3} {fim} 9]\n".encode()
    return SimpleUploadedFile("assinado.pdf", conteudo, "application/pdf")


def test_quem_confere_le_de_quem_e_o_certificado_que_assinou(client):
    processo, inss = aprovado()
    papel = com_certificado(pdf_assinado().read())
    assinatura.assinar_municipio(processo.pk, papel, **dados_da_assinatura(), autor=processo.criado_por)
    client.force_login(inss.analista)

    pagina = client.get(f"/adesao/{processo.codigo}/analise/").content.decode()

    assert "Pelo certificado, assinou: ANSELMO TORRES FICTÍCIO." in pagina


def test_o_dono_do_certificado_se_le_no_aditivo_e_no_termo_de_encerramento(client):
    processo, inss = em_operacao()
    acordo, hoje, gestor = processo.acordo, localdate(), processo.criado_por
    Medicao.objects.filter(acordo=acordo).delete()
    prorrogacao.pedir(acordo.pk, meses=12, justificativa="Continua preciso.", autor=gestor)
    prorrogacao.decidir(acordo.pk, aprova=True, texto="Ok.", competencia="Portaria 1/2026", autor=inss.autoridade)
    prorrogacao.assinar(acordo.pk, com_certificado(pdf_assinado().read()), assinado_em=hoje, autor=gestor)
    client.force_login(inss.analista)
    pagina = f"/adesao/{processo.codigo}/acordo/"

    assert client.get(pagina).content.decode().count("Pelo certificado, assinou: ANSELMO TORRES FICTÍCIO.") == 1
    Arquivo.objects.update(avisos=[])
    call_command("ler_certificados", stdout=StringIO())
    call_command("ler_certificados", stdout=(saida := StringIO()))

    assert client.get(pagina).content.decode().count("Pelo certificado, assinou: ANSELMO TORRES FICTÍCIO.") == 1
    assert saida.getvalue() == "Certificados lidos: 0.\n"


def test_os_servicos_a_perguntar_se_contam_a_parte_e_a_pagina_diz_por_que_os_numeros_sao_outros(client):
    pagina = client.get("/adesao/").content.decode()

    for nome, lista in servicos_possiveis().por_grupo():
        duvidosos = sum(s.duvidoso for s in lista)
        assert f"<summary>{nome} ({len(lista) - duvidosos}, e {duvidosos} a perguntar ao INSS)" in pagina
    assert "conta só o que os balcões já pedem hoje" in pagina


def test_a_nacionalidade_vai_no_tcms_e_quem_nao_disse_nao_ve_lacuna():
    pessoa = vigente_hoje()[0].representantes.first()
    habilitacao = Habilitacao.objects.get(representante=pessoa)
    assert conteudo(habilitacao, comprovante("tcms"))["agente_nacionalidade"] == "brasileira"
    dados = {"agente_nome": "Ione Fictícia", "agente_cpf": "52998224725"}

    def escrito(**mais):
        return render_to_string("papeis/adesao/tcms.html", {**dados, **mais})

    assert "Ione Fictícia</b>, de nacionalidade brasileira, CPF" in escrito(agente_nacionalidade="brasileira")
    assert "Ione Fictícia</b>, CPF" in escrito(agente_nacionalidade="")
