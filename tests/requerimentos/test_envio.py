"""Sending to a real (pretend) INSS: never half sent, never twice, always told as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.timezone import now

from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.orfaos import apagar_orfaos
from act_portal.contagens.models import ContagemDiaria
from act_portal.erros import ErroDeDominio
from act_portal.saidas import servicos as saidas
from act_portal.saidas import tarefas
from act_portal.saidas.models import Saida
from act_portal.territorio.consultas import hoje_em
from requerimentos.digitalizacao.regras import COMPRIME_ANTES, por_assunto
from requerimentos.envio import pacote, servicos, trabalhos
from requerimentos.envio.consultas import MONTAR, TRANSMITIR, andamento_do_envio, fotografar
from requerimentos.envio.regras import SEM_ANTIVIRUS, Fotografia, VagaVista, o_que_falta, pode_enviar
from requerimentos.models import Envio, ParteEnviada, Peca, Requerimento
from requerimentos.papeis.preenchimento import base
from requerimentos.situacoes import Etapa, SituacaoEnvio
from tests.act_portal.clamd_falso import clamd
from tests.corridas import correr
from tests.requerimentos.fabricas_envio import FOLHA, peca_pronta, pedido_completo
from tests.simulador import Simulador

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def deposito_proprio(settings, tmp_path):
    """Files of this test only, so that they can be counted."""
    proprio = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": proprio}


@pytest.fixture
def inss(simulador: Simulador, settings) -> Simulador:
    simulador.usar(settings, espera_segundos=2)
    return simulador


@pytest.fixture
def pedido(inss):
    return pedido_completo()


FALHAS = ["derrubar_antes", "derrubar_depois", "erro_500", "pedido_repetido", "resposta_duplicada", "lento"]


def enviar(pedido) -> Envio:
    return servicos.enviar(pedido.pk, autor=pedido.atendente)


def trabalhar(envio: Envio, vezes: int = 1) -> None:
    """What the worker does, waits included."""
    for tipo in (MONTAR, *[TRANSMITIR] * vezes):
        saida = Saida.objects.filter(chave=f"{tipo}:{envio.pk}").first()
        if saida is not None:
            Saida.objects.filter(pk=saida.pk, estado="pendente").update(proxima_em=now() - timedelta(seconds=1))
            saidas.executar(saida.pk)


def guardados() -> int:
    def contar(pasta: str) -> int:
        pastas, nomes = default_storage.listdir(pasta)
        return len(nomes) + sum(contar(f"{pasta}/{filha}" if pasta else filha) for filha in pastas)

    return contar("")


def conferir_entregue(pedido, inss: Simulador) -> None:
    """One request here and there, one protocol, one set of parts."""
    pedido.refresh_from_db()
    tarefas_la = inss.recebidas(pedido.pessoa.cpf)
    assert [tarefa["protocolo"] for tarefa in tarefas_la] == [pedido.protocolo]
    assert pedido.etapa == Etapa.ACOMPANHANDO
    assert pedido.der is not None
    recebido = pedido.envios.get(situacao=SituacaoEnvio.RECEBIDO)
    assert len(tarefas_la[0]["anexos"]) == recebido.partes.count() == 3
    assert ContagemDiaria.objects.get(fato="protocolado", balcao=pedido.balcao).quantidade == 1


# --- The good path and what may repeat ---------------------------------------------------------------------------
def test_pedido_completo_chega_ao_inss_com_protocolo_e_arquivos(pedido, inss, fila_na_hora):
    enviar(pedido)

    conferir_entregue(pedido, inss)


def test_o_segundo_clique_acha_o_mesmo_envio(pedido, fila_anotada):
    assert enviar(pedido) == enviar(pedido)
    assert Saida.objects.filter(tipo=MONTAR).count() == 1


def test_dois_cliques_ao_mesmo_tempo_sao_um_envio(pedido, fila_anotada):
    envios = correr(lambda _: enviar(pedido).pk, range(4))

    assert len(set(envios)) == 1, envios
    assert Envio.objects.count() == 1


def test_quem_nao_atende_nao_envia(pedido, fila_anotada):
    outro = pedido_completo().atendente

    with pytest.raises(PermissionDenied):
        servicos.enviar(pedido.pk, autor=outro)


@pytest.mark.parametrize("falha", FALHAS)
@pytest.mark.parametrize("operacao", ["requerer", "anexo"])
def test_inss_falha_e_depois_recebe_uma_vez_so(pedido, inss, fila_anotada, falha, operacao):
    inss.falha(falha, operacao=operacao, segundos=4)
    envio = enviar(pedido)

    trabalhar(envio)
    envio.refresh_from_db()
    if envio.situacao == SituacaoEnvio.NA_FILA:
        assert envio.falha
        assert andamento_do_envio(pedido).proxima_em is not None
    trabalhar(envio, vezes=2)

    conferir_entregue(pedido, inss)


def test_manutencao_diz_quando_volta_e_o_portal_espera_ate_la(pedido, inss, fila_anotada):
    inss.falha("manutencao", operacao="requerer", segundos=600)
    envio = enviar(pedido)

    trabalhar(envio)

    saida = Saida.objects.get(chave=f"{TRANSMITIR}:{envio.pk}")
    assert saida.proxima_em > now() + timedelta(minutes=9)
    assert saida.falhas == 0
    trabalhar(envio)
    conferir_entregue(pedido, inss)


def test_inss_fora_do_ar_por_dias_nao_enterra_o_pedido(pedido, inss, fila_anotada):
    inss.falha("erro_500", vezes=0, por_segundos=0, porcento=100)
    envio = enviar(pedido)

    trabalhar(envio, vezes=len(Saida.ESPERAS) + 3)

    saida = Saida.objects.get(chave=f"{TRANSMITIR}:{envio.pk}")
    assert saida.estado == Saida.Estado.PENDENTE
    assert timedelta(minutes=50) < saida.proxima_em - now() <= timedelta(hours=1)
    inss.limpar()
    trabalhar(envio)
    conferir_entregue(pedido, inss)


def mudar_cnpj(pedido, cnpj: str) -> None:
    """Another CNPJ of the town hall, on papers printed after it."""
    pedido.balcao.entidade.cnpj = cnpj
    pedido.balcao.entidade.save()
    pedido.conjuntos.update(base=base(Requerimento.objects.get(pk=pedido.pk), pedido.atendente))


def test_recusa_volta_ao_balcao_com_os_motivos_e_o_novo_envio_tem_outra_chave(pedido, inss, fila_na_hora):
    certo = pedido.balcao.entidade.cnpj
    mudar_cnpj(pedido, "11111111111111")

    envio = enviar(pedido)

    pedido.refresh_from_db()
    envio.refresh_from_db()
    assert (pedido.etapa, envio.situacao) == (Etapa.DEVOLVIDO, SituacaoEnvio.RECUSADO)
    assert "CNPJ" in pedido.etapa_motivo
    assert not envio.nao_saiu
    assert ContagemDiaria.objects.get(fato="devolvido").quantidade == 1
    mudar_cnpj(pedido, certo)
    assert enviar(pedido).chave != envio.chave
    conferir_entregue(pedido, inss)


def test_conflito_de_chave_volta_ao_balcao_e_manda_avisar(pedido, inss, fila_anotada):
    envio = enviar(pedido)
    trabalhar(envio, vezes=0)
    outro = pedido_completo()
    outro_envio = enviar(outro)
    trabalhar(outro_envio, vezes=0)
    Envio.objects.filter(pk=outro_envio.pk).update(chave="x")
    Envio.objects.filter(pk=envio.pk).update(chave=f"repetida-{pedido.pessoa.cpf}")
    trabalhar(envio)
    Envio.objects.filter(pk=envio.pk).update(chave="y")
    Envio.objects.filter(pk=outro_envio.pk).update(chave=f"repetida-{pedido.pessoa.cpf}")

    trabalhar(outro_envio)

    outro.refresh_from_db()
    assert outro.etapa == Etapa.DEVOLVIDO
    assert "Avise quem cuida do portal" in outro.etapa_motivo


# --- Assembling ---------------------------------------------------------------------------------------------------
def test_montar_duas_vezes_e_um_so_jogo_de_partes_e_nenhuma_sobra(pedido, fila_anotada):
    envio = enviar(pedido)
    antes = guardados()
    saida = Saida.objects.get(chave=f"{MONTAR}:{envio.pk}")

    assert correr(trabalhos.montar, [saida] * 3) == [None] * 3
    assert ParteEnviada.objects.filter(envio=envio).count() == 3
    assert guardados() == antes + 3


def test_morte_no_meio_da_montagem_so_deixa_o_que_a_faxina_acha(pedido, fila_anotada, monkeypatch):
    class Morte(BaseException):
        pass

    envio = enviar(pedido)
    antes = guardados()
    monkeypatch.setattr("act_portal.arquivos.deposito.esquecer", lambda nomes: None)
    monkeypatch.setattr(servicos, "congelar", lambda *a: (_ for _ in ()).throw(Morte))
    with pytest.raises(Morte):
        trabalhar(envio)
    monkeypatch.undo()
    assert guardados() == antes + 3

    Saida.objects.update(estado="pendente", reservada_ate=None)
    monkeypatch.setattr(tarefas.cumprir, "apply_async", lambda *a, **k: None)
    trabalhar(envio, vezes=0)

    assert apagar_orfaos(idade=timedelta()) == 3
    assert guardados() == antes + 3
    assert ParteEnviada.objects.filter(envio=envio).count() == 3


def test_pagina_que_nao_cabe_devolve_o_pedido_dizendo_onde(pedido, fila_na_hora, monkeypatch):
    def nao_cabe(*args, **kwargs):
        raise pacote.NaoCabe("A página 2 não cabe em 5000 kB nem comprimida. Digitalize-a de novo em 150 DPI.")

    monkeypatch.setattr(pacote, "montar", nao_cabe)
    antes = guardados()

    envio = enviar(pedido)

    pedido.refresh_from_db()
    envio.refresh_from_db()
    assert pedido.etapa == Etapa.DEVOLVIDO
    assert envio.nao_saiu
    assert "Termo de representação" in pedido.etapa_motivo
    assert "A página 2 não cabe" in pedido.etapa_motivo
    assert guardados() == antes
    assert Peca.objects.vivas().filter(requerimento=pedido).count() == 3


def test_o_mesmo_defeito_em_muitas_paginas_e_uma_frase_so():
    ditos = [(numero, "Letras tremidas.") for numero in (1, 2, 3, 5)] + [(4, "Em branco.")]

    assert por_assunto("a.pdf", ditos) == ["a.pdf, páginas 1 a 3 e 5: Letras tremidas.", "a.pdf, página 4: Em branco."]
    assert por_assunto("a.pdf", [(1, "x"), (2, "x")]) == ["a.pdf, páginas 1 e 2: x"]


def test_soma_que_passa_um_pouco_do_limite_e_comprimida_antes_de_sair(pedido, fila_na_hora, monkeypatch):
    """The portal fits what is good to the rules by itself: only what no compression could save is sent back to mend."""
    soma = fotografar(pedido).bytes
    apertados = []

    def montar(*args, apertar, **campos):
        apertados.append(apertar)
        return pacote_montar(*args, apertar=apertar, **campos)

    pacote_montar = pacote.montar
    monkeypatch.setattr(pacote, "montar", montar)
    for limite, impede, avisa in ((soma, False, False), (soma // 2 - 1, True, False), (soma - 1, False, True)):
        no_dia = replace(limites_em(hoje_em(pedido.municipio)), requerimento_bytes=limite)
        for modulo in ("envio.consultas", "envio.pacote"):
            monkeypatch.setattr(f"requerimentos.{modulo}.limites_em", lambda dia, no_dia=no_dia: no_dia)
        foto = fotografar(pedido)
        assert any("passam do limite" in falta.texto for falta in o_que_falta(foto)) is impede
        assert (foto.sobre_o_tamanho == COMPRIME_ANTES) is avisa
    enviar(pedido)
    assert apertados and all(apertados)


def test_antivirus_fora_do_ar_nao_e_questao_de_segundos(pedido):
    peca = peca_pronta(pedido, "documento_identidade")
    peca.paginas.all().delete()
    Arquivo.objects.filter(pk=peca.arquivo_id).update(situacao="recebido", exame=Arquivo.Exame.ESPERA)

    [falta] = [falta for falta in o_que_falta(fotografar(pedido)) if falta.pagina == "documentos"]

    assert falta.texto == SEM_ANTIVIRUS and falta.impede


def test_soma_acima_do_limite_devolve_o_pedido_e_nada_se_perde(pedido, fila_na_hora, monkeypatch):
    monkeypatch.setattr("requerimentos.envio.trabalhos._limite_bytes", lambda envio: 100)
    antes = guardados()

    enviar(pedido)

    pedido.refresh_from_db()
    assert pedido.etapa == Etapa.DEVOLVIDO
    assert "passam do limite" in pedido.etapa_motivo
    assert guardados() == antes
    assert not ParteEnviada.objects.exists()


def test_disco_cheio_na_montagem_tenta_depois_e_nao_deixa_sobras(pedido, inss, fila_anotada, monkeypatch):
    envio = enviar(pedido)
    antes = guardados()
    salvar = FileSystemStorage.save
    feitas = []

    def encher(self, nome, conteudo, **opcoes):
        feitas.append(nome)
        if len(feitas) > 2:
            raise OSError(28, "No space left on device")
        return salvar(self, nome, conteudo, **opcoes)

    monkeypatch.setattr(FileSystemStorage, "save", encher)
    trabalhar(envio)
    monkeypatch.undo()
    monkeypatch.setattr(tarefas.cumprir, "apply_async", lambda *a, **k: None)

    envio.refresh_from_db()
    assert envio.situacao == SituacaoEnvio.MONTANDO
    assert "ler ou guardar" in envio.falha
    assert guardados() == antes
    trabalhar(envio)
    envio.refresh_from_db()
    assert envio.situacao != SituacaoEnvio.MONTANDO


def test_fila_sem_broker_nao_impede_o_envio(pedido, monkeypatch):
    def sem_broker(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(tarefas.cumprir, "apply_async", sem_broker)

    envio = enviar(pedido)

    assert Saida.objects.get(chave=f"{MONTAR}:{envio.pk}").estado == Saida.Estado.PENDENTE
    pedido.refresh_from_db()
    assert pedido.etapa == Etapa.NA_FILA


def test_envios_de_um_mesmo_municipio_ao_mesmo_tempo_nao_se_travam(inss, fila_na_hora):
    primeiro = pedido_completo()
    pedidos = [primeiro] + [pedido_completo(atendimento__balcao=primeiro.balcao) for _ in range(3)]

    fins = correr(lambda pedido: enviar(pedido).pk, pedidos)

    assert all(isinstance(fim, int) for fim in fins), fins
    assert Saida.objects.filter(tipo=TRANSMITIR).exclude(estado="feita").count() == 0
    assert ContagemDiaria.objects.get(fato="protocolado", balcao=primeiro.balcao).quantidade == 4


# --- What may leave -----------------------------------------------------------------------------------------------
def test_documento_que_falta_impede_e_o_pedido_expresso_libera(inss, fila_anotada):
    pedido = pedido_completo("aposentadoria-idade-rural")
    dispensaveis = [v.id for v in fotografar(pedido).vagas if v.obrigatoria and v.dispensavel]
    Peca.objects.filter(requerimento=pedido, vaga__in=dispensaveis).update(removida_em=now())

    with pytest.raises(ErroDeDominio, match="Falta o documento"):
        enviar(pedido)
    servicos.enviar(pedido.pk, autor=pedido.atendente, incompleto_motivo="A pessoa não tem. " * 40)

    pedido.refresh_from_db()
    assert pedido.incompleto
    assert len(pedido.incompleto_motivo) <= 300


def test_sem_termo_de_representacao_nem_o_pedido_expresso_envia(pedido, fila_anotada):
    Peca.objects.filter(requerimento=pedido, vaga="termo_representacao").update(removida_em=now())

    with pytest.raises(ErroDeDominio, match="Termo de representação"):
        servicos.enviar(pedido.pk, autor=pedido.atendente, incompleto_motivo="A pessoa não quis.")


def test_documento_sem_natureza_nao_sai(pedido, fila_anotada):
    peca_pronta(pedido, "documento_identidade", natureza="")

    with pytest.raises(ErroDeDominio, match="original ou cópia em 1 documento"):
        enviar(pedido)


def test_faltas_em_ordem_e_so_dispensavel_vai_incompleto():
    dispensavel = VagaVista("recibos", "Recibos", True, 0)
    foto = Fotografia(quem_assina="titular", papeis="prontos", vagas=(dispensavel,))

    faltas = o_que_falta(foto)

    assert [f.texto for f in faltas] == ["Falta o documento: Recibos."]
    assert pode_enviar(faltas, incompleto=True)
    assert not pode_enviar(faltas, incompleto=False)


def test_nada_sai_sem_exame_enquanto_ha_antivirus(pedido, inss, fila_anotada, settings, tmp_path_factory):
    pasta = tmp_path_factory.mktemp("clamd")
    # A page that came from a file of its own, as the signed papers that are scanned back.
    vaga = pedido.pecas.first()
    de_outro = peca_pronta(pedido, vaga.vaga, conteudo=FOLHA + b"% outro arquivo\n")
    de_outro.paginas.update(peca=vaga, ordem=9)
    de_outro.delete()
    envio = enviar(pedido)
    settings.ANTIVIRUS = f"unix:{pasta}/clamd"

    trabalhar(envio)

    envio.refresh_from_db()
    assert envio.partes.count() == 0
    assert "antivírus não responde" in Saida.objects.get(chave=f"{MONTAR}:{envio.pk}").erro

    with clamd(pasta) as servidor:
        trabalhar(envio)

    pedido.refresh_from_db()
    assert pedido.protocolo
    assert len(servidor.vistos) == pedido.pecas.count() + 1
