"""What the clerk vouches for: compared with the original, whose and from when, what is wrong and what to bring."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from act_portal.auditoria.models import Evento
from act_portal.emissao import folhas
from act_portal.erros import ErroDeDominio
from requerimentos.acompanhamento.preenchimento import _enviado
from requerimentos.digitalizacao import servicos as paginas
from requerimentos.digitalizacao.consultas import VAGA_DA_EXIGENCIA, documentos
from requerimentos.digitalizacao.fe import servicos
from requerimentos.digitalizacao.retorno.leitura import Leitura
from requerimentos.digitalizacao.retorno.servicos import arquivar
from requerimentos.envio.consultas import fotografar
from requerimentos.envio.regras import o_que_falta, pode_enviar
from requerimentos.fichas.consultas import fichas_do
from requerimentos.models import Pagina, Peca, Requerimento, Ressalva, Retorno
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel
from tests.requerimentos.escaneadas import papeis_impressos
from tests.requerimentos.fabricas import ExigenciaFabrica, RequerimentoFabrica
from tests.requerimentos.fabricas_envio import peca_pronta, pedido_completo, pedido_sem_documentos

pytestmark = pytest.mark.django_db
VAGA = "documento_identidade"


@pytest.fixture
def pedido() -> Requerimento:
    return RequerimentoFabrica(servico_codigo="bpc-idoso")


def na_tela(peca: Peca):
    return next(item for item in documentos(peca.requerimento, peca.exigencia).todas if item.peca.pk == peca.pk)


def navegador_de(pedido: Requerimento) -> Client:
    navegador = Client()
    navegador.force_login(pedido.atendente)
    return navegador


def pagina_de(pedido: Requerimento, nome: str = "documentos") -> str:
    return navegador_de(pedido).get(reverse(f"requerimentos:{nome}", args=[pedido.codigo])).content.decode()


@pytest.mark.motores
def test_conferencia_vale_para_as_paginas_conferidas_e_cai_com_qualquer_outra(pedido):
    peca = peca_pronta(pedido, VAGA, paginas=2)
    servicos.conferir(peca.pk, autor=pedido.atendente)
    [primeira, segunda] = peca.paginas.all()
    paginas.girar(primeira.pk, autor=pedido.atendente)
    assert na_tela(peca).conferida
    evento = Evento.objects.get(acao="peca.conferida")
    assert evento.autor == pedido.atendente
    assert evento.dados["folhas"] == sorted(p.folha.sha256 for p in peca.paginas.all())
    assert "Conferido com o original" in pagina_de(pedido)

    paginas.tirar(segunda.pk, autor=pedido.atendente)
    assert na_tela(peca).conferencia_caiu
    paginas.devolver(segunda.pk, autor=pedido.atendente)
    assert na_tela(peca).conferida
    # A repair puts another sheet in the place of the page.
    Pagina.objects.filter(pk=segunda.pk).update(folha=peca_pronta(pedido, "outra").paginas.get().folha)
    assert na_tela(peca).conferencia_caiu
    assert "Confira de novo" in pagina_de(pedido)
    servicos.desconferir(peca.pk, autor=pedido.atendente)
    assert not na_tela(peca).conferencia_caiu


def test_so_confere_quem_atende_o_caso_e_depois_de_dizer_o_que_e(pedido):
    peca = peca_pronta(pedido, VAGA, natureza="")
    with pytest.raises(ErroDeDominio, match="original, cópia simples"):
        servicos.conferir(peca.pk, autor=pedido.atendente)
    paginas.declarar(peca.pk, natureza="simples", autor=pedido.atendente)
    for outro in (com_papel("atendente", MunicipioFabrica()), com_papel("analista_inss", UnidadeFabrica())):
        with pytest.raises(PermissionDenied):
            servicos.conferir(peca.pk, autor=outro)
    with pytest.raises(IntegrityError), transaction.atomic():
        Peca.objects.filter(pk=peca.pk).update(conferido_por=pedido.atendente)


def test_outra_palavra_sobre_o_papel_desfaz_a_conferencia(pedido):
    peca = peca_pronta(pedido, VAGA, natureza="simples")
    servicos.conferir(peca.pk, autor=pedido.atendente)
    paginas.declarar(peca.pk, natureza="original", autor=pedido.atendente)
    assert Peca.objects.get(pk=peca.pk).conferido_em is None


def test_o_comprovante_diz_o_que_foi_conferido(pedido):
    servicos.conferir(peca_pronta(pedido, VAGA).pk, autor=pedido.atendente)
    peca_pronta(pedido, VAGA)
    [linha] = _enviado(pedido)["enviados"]
    assert (linha["documentos"], linha["conferidos"]) == (2, 1)


def test_papel_assinado_que_voltou_e_original_mas_ninguem_o_conferiu():
    pedido = pedido_sem_documentos()
    pedido.conjuntos.all().delete()
    papel = papeis_impressos(pedido).papeis.first()
    folha = peca_pronta(pedido, "outra").paginas.get().folha
    retorno = Retorno.objects.create(
        codigo=folha.arquivo.codigo, requerimento=pedido, arquivo=folha.arquivo, autor=pedido.atendente
    )
    papel.documento.refresh_from_db()
    texto = folhas.escrever(papel.documento.codigo, 1, papel.documento.paginas)
    arquivar(retorno.pk, [Leitura(folha=folha.pk, textos=(texto,))])
    peca = Peca.objects.get(papel=papel)
    assert peca.natureza == Peca.Natureza.ORIGINAL
    assert peca.conferido_em is None


@pytest.mark.motores
@pytest.mark.parametrize(
    ("estado", "comeco"),
    [
        ("ilegivel", "Não dá para ler “papel.pdf”"),
        ("invalido", "Não vale para este pedido: “papel.pdf”"),
        ("vencido", "Passou da validade: “papel.pdf”"),
        ("de_outra", "É de outra pessoa: “papel.pdf”"),
    ],
)
def test_documento_que_nao_serve_para_o_pedido_com_as_suas_palavras(estado, comeco):
    pedido = pedido_completo()
    peca = pedido.pecas.get(vaga=VAGA)
    assert o_que_falta(fotografar(pedido)) == []
    servicos.ressalvar(peca.pk, estado=estado, trazer="a CNH nova", autor=pedido.atendente)

    [falta] = o_que_falta(fotografar(pedido))
    assert falta.texto.startswith(comeco)
    assert falta.texto.endswith("Trazer: a CNH nova.")
    assert falta.impede and not pode_enviar([falta], incompleto=True)
    for nome in ("documentos", "o-que-trazer", "conferencia"):
        assert falta.texto in pagina_de(pedido, nome)

    # A good one beside it: the person may choose to send.
    peca_pronta(pedido, VAGA)
    assert not o_que_falta(fotografar(pedido))[0].impede
    servicos.tirar_ressalva(peca.pk, autor=pedido.atendente)
    assert o_que_falta(fotografar(pedido)) == []


@pytest.mark.motores
def test_ausente_diz_o_que_trazer_enquanto_a_vaga_esta_vazia():
    pedido = pedido_completo()
    peca = pedido.pecas.get(vaga=VAGA)
    paginas.tirar_peca(peca.pk, autor=pedido.atendente)
    servicos.faltou(pedido.pk, vaga=VAGA, trazer="RG ou CNH", autor=pedido.atendente)
    servicos.faltou(pedido.pk, vaga=VAGA, trazer="", autor=pedido.atendente)
    [falta] = o_que_falta(fotografar(pedido))
    assert falta.texto.startswith("Falta o documento: ") and falta.texto.endswith("Trazer: este documento.")
    assert Ressalva.objects.abertas().count() == 1
    assert falta.texto in pagina_de(pedido, "o-que-trazer")
    paginas.devolver_peca(peca.pk, autor=pedido.atendente)
    assert o_que_falta(fotografar(pedido)) == []


def test_pagina_em_conserto_espera_e_a_palavra_nova_toma_o_lugar_da_velha(pedido):
    peca = peca_pronta(pedido, VAGA)
    conserto = peca.paginas.get().consertos.create(de=peca.paginas.get().folha, situacao="pedido")
    with pytest.raises(ErroDeDominio, match="ainda não estão prontas"):
        servicos.conferir(peca.pk, autor=pedido.atendente)
    conserto.delete()
    assert servicos.conferir(peca.pk, autor=pedido.atendente).conferido_em

    for estado in ("ilegivel", "vencido"):
        servicos.ressalvar(peca.pk, estado=estado, trazer="", autor=pedido.atendente)
    assert na_tela(peca).ressalva.estado == "vencido"


def test_a_folha_de_casa_nao_pede_o_papel_que_o_portal_faz():
    folha = pagina_de(pedido_sem_documentos(), "o-que-trazer")

    assert "Falta o documento: Documento com foto" in folha
    assert "Termo de" not in folha


def test_com_scripts_o_erro_do_periodo_fica_junto_dos_campos_ate_servir():
    pedido = pedido_completo("aposentadoria-idade-rural")
    peca = pedido.pecas.get(vaga="prova_rural")
    navegador, parte = navegador_de(pedido), {"HX-Request": "true"}
    vagas, alvo = (
        reverse("requerimentos:vagas", args=[pedido.codigo]),
        reverse("requerimentos:peca", args=[peca.codigo]),
    )
    frase = "O fim do período vem antes do começo. Confira as duas datas."

    def dizer(**campos):
        return navegador.post(alvo, {"acao": "identificar", **campos}, headers=parte, follow=True).text

    # The slots are drawn again and again while files are made ready.
    for pagina in (dizer(de="2015-05-01", ate="2010-01-01"), navegador.get(vagas, headers=parte).text):
        assert pagina.count(frase) == 1
        assert f'id="erro-identificar-{peca.pk}" role="alert">{frase}' in pagina
    assert frase not in dizer(de="2010-05-01", ate="2015-01-01")


def test_papel_rural_de_fora_da_epoca_recebe_o_mesmo_aviso_da_ficha():
    pedido = pedido_completo("aposentadoria-idade-rural")
    peca = pedido.pecas.get(vaga="prova_rural")
    navegador = navegador_de(pedido)
    alvo = reverse("requerimentos:peca", args=[peca.codigo])

    def dizer(**campos):
        return navegador.post(alvo, {"acao": "identificar", "titular": "Marido", **campos}, follow=True)

    assert "diga em nome de quem é ou de que época" in " ".join(fotografar(pedido).avisos)
    recusa = dizer(de="2001-02-01", ate="2001-01-01").content.decode()
    assert "fim do período vem antes" in recusa
    # Without scripts the page is drawn anew: what was typed is there, tied to the reason, and only this once.
    for digitado in ('value="Marido"', 'value="2001-02-01"', 'value="2001-01-01"'):
        assert f'{digitado} aria-describedby="erro-identificar-{peca.pk}"' in recusa
    assert (
        'value="Marido"'
        not in navegador.get(reverse("requerimentos:documentos", args=[pedido.codigo])).content.decode()
    )
    assert "não é da época de nenhum período" in dizer(de="1901-01-01").content.decode()
    [falta] = o_que_falta(fotografar(pedido))
    assert "não é da época de nenhum período" in falta.texto and falta.impede

    inicio = _um_periodo(pedido)
    # From before the period until inside it: it tells of it too.
    resposta = dizer(de="1901-01-01", ate=inicio.isoformat()).content.decode()
    assert "não é da época" not in resposta
    resposta = dizer(de=inicio.isoformat()).content.decode()
    assert "Em nome de Marido" in resposta and "não é da época" not in resposta
    assert o_que_falta(fotografar(pedido)) == []


def _um_periodo(pedido: Requerimento) -> date:
    [ficha] = [f for f in fichas_do(pedido) if f.pacote.codigo == "autodeclaracao_rural"]
    return ficha.lida.respostas.blocos["periodos"][0]["inicio"]


def test_na_resposta_o_portal_avisa_da_pagina_dificil_e_fica_assim_leva_o_texto(pedido):
    exigencia = ExigenciaFabrica(requerimento=pedido)
    peca = peca_pronta(pedido, VAGA_DA_EXIGENCIA)
    peca.exigencia = exigencia
    peca.save()
    pagina = peca.paginas.get()
    pagina.folha.defeitos = [{"codigo": "tremida", "texto": "Letras tremidas: fotografe de novo."}]
    pagina.folha.save()
    navegador = navegador_de(pedido)
    tela = reverse("requerimentos:exigencia", args=[exigencia.codigo])
    aviso = "papel.pdf, página 1: Letras tremidas"
    antes = navegador.get(tela).content.decode()
    assert aviso in antes
    assert f'name="por_que-{pagina.pk}" form="resposta"' in antes

    # Without scripts the whole form of the answer goes along with the button.
    navegador.post(
        reverse("requerimentos:pagina", args=[pagina.codigo]),
        {
            "acao": "manter",
            f"por_que-{pagina.pk}": "O papel é assim",
            "texto": "Segue a certidão.",
            "versao": exigencia.versao,
            "antes": "x",
        },
    )
    exigencia.refresh_from_db()
    pagina.refresh_from_db()
    assert exigencia.rascunho == "Segue a certidão."
    assert pagina.mantida_por_que == "O papel é assim"
    assert aviso not in navegador.get(tela).content.decode()
