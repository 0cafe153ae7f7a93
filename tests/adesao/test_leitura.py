"""The second reading: who is told, who may give the opinion after it, and what the opinion answers."""

from __future__ import annotations

import pytest

from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from adesao import pendencias
from adesao.analise.servicos import distribuicao
from adesao.analise.servicos import processo as servicos
from adesao.avisos.servicos import AVISAR
from adesao.models import Decisao, Processo
from adesao.situacoes import Situacao
from tests.adesao.fabricas import conferido_inteiro
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db


def test_segunda_leitura_segura_o_parecer_ate_voltar():
    processo, inss = conferido_inteiro()
    leitora = com_papel("analista_inss", processo.unidade)
    distribuicao.pedir_leitura(processo.pk, leitor=leitora, autor=inss.analista)
    with pytest.raises(ErroDeDominio, match="A segunda leitura ainda não voltou"):
        servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)
    with pytest.raises(ErroDeDominio, match="com o que você não concorda"):
        distribuicao.ler(processo.pk, concorda=False, autor=leitora)

    distribuicao.ler(processo.pk, concorda=True, autor=leitora)

    servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)
    assert Processo.objects.get().estado == Situacao.INSTRUIDO


def test_quem_leu_nao_da_o_parecer_e_quem_discorda_tem_resposta():
    processo, inss = conferido_inteiro()
    leitora = com_papel("analista_inss", processo.unidade, nome="Lia Leitora")
    distribuicao.pedir_leitura(processo.pk, leitor=leitora, autor=inss.analista)
    distribuicao.ler(processo.pk, concorda=False, observacao="Falta a última folha da lei.", autor=leitora)

    with pytest.raises(ErroDeDominio, match="não concordou"):
        servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)
    distribuicao.repassar(processo.pk, para=leitora, autor=inss.analista)
    with pytest.raises(ErroDeDominio, match="o parecer é de outra pessoa"):
        servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", resposta="Veio.", autor=leitora)
    distribuicao.repassar(processo.pk, para=inss.analista, autor=leitora)
    servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", resposta="A folha veio.", autor=inss.analista)

    texto = Decisao.objects.get(tipo="parecer").texto
    assert "Segunda leitura de Lia Leitora" in texto
    assert "não concorda. Falta a última folha da lei. Resposta: A folha veio." in texto


def test_a_leitura_espera_no_painel_de_quem_le_e_volta_como_aviso():
    processo, inss = conferido_inteiro()
    leitora = com_papel("analista_inss", processo.unidade)
    distribuicao.pedir_leitura(processo.pk, leitor=leitora, autor=inss.analista)

    achadas = {e.nome: e.href for e in pendencias.do_analista(leitora)}
    assert "de_quem=leituras" in achadas["segunda leitura pedida a você"]
    assert not any("leitura" in e.nome for e in pendencias.do_analista(inss.analista))
    distribuicao.ler(processo.pk, concorda=True, autor=leitora)

    assert not any("leitura" in e.nome for e in pendencias.do_analista(leitora))
    assert Saida.objects.filter(chave__startswith=f"{AVISAR}:leitura_feita").exists()


def test_a_resposta_a_leitura_so_se_pede_a_quem_ouviu_que_nao(client):
    processo, inss = conferido_inteiro()
    leitora = com_papel("analista_inss", processo.unidade)
    pagina = f"/adesao/{processo.codigo}/analise/"
    client.force_login(inss.analista)
    assert "Resposta à segunda leitura" not in client.get(pagina).content.decode()
    distribuicao.pedir_leitura(processo.pk, leitor=leitora, autor=inss.analista)
    distribuicao.ler(processo.pk, concorda=False, observacao="Falta a folha.", autor=leitora)

    assert "não concordou: Falta a folha." in client.get(pagina).content.decode()


def test_so_le_quem_foi_pedido_e_dispensar_segue_sem_ela():
    processo, inss = conferido_inteiro()
    leitora = com_papel("analista_inss", processo.unidade)
    distribuicao.pedir_leitura(processo.pk, leitor=leitora, autor=inss.analista)
    with pytest.raises(ErroDeDominio, match="Não há leitura pedida a você"):
        distribuicao.ler(processo.pk, concorda=True, autor=com_papel("analista_inss", processo.unidade))

    distribuicao.dispensar_leitura(processo.pk, autor=inss.analista)

    servicos.instruir(processo.pk, conclusao="favoravel", texto="Ok.", autor=inss.analista)
