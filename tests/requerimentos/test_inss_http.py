from __future__ import annotations

import hashlib
import io
from datetime import date, timedelta
from typing import Any

import pytest

from requerimentos.envio.inss import (
    AnexoInss,
    ContatoInss,
    InssConflito,
    InssForaDoAr,
    InssRecusou,
    PedidoInss,
    RepresentanteInss,
    inss,
)
from tests.simulador import Simulador, cpf_novo


@pytest.fixture
def cliente(simulador: Simulador, settings):
    simulador.usar(settings)
    return inss()


def papel(texto: str = "papel", slot: str = "id_interessado") -> tuple[AnexoInss, bytes]:
    conteudo = b"%PDF-1.4\n" + texto.encode()
    anexo = AnexoInss(slot, f"{slot}.pdf", hashlib.sha256(conteudo).hexdigest(), len(conteudo), 1, "original")
    return anexo, conteudo


def pedido(**mudancas: Any) -> PedidoInss:
    campos: dict[str, Any] = {
        "servico": "bpc-idoso",
        "cpf": cpf_novo(),
        "nome": "Maria de Teste",
        "nascimento": date(1955, 3, 2),
        "municipio_ibge": "3550308",
        "municipio_nome": "São Paulo",
        "uf": "SP",
        "entidade_nome": "Prefeitura de Teste",
        "contatos": (ContatoInss("celular", "11999990000"),),
        "anexos": tuple(papel(slot=slot)[0] for slot in ("termo_representacao", "id_interessado")),
    }
    return PedidoInss(**(campos | mudancas))


def mandar_papeis(cliente) -> None:
    anexo, conteudo = papel()
    cliente.enviar_anexo(anexo.sha256, io.BytesIO(conteudo))


def requerer(cliente, **mudancas: Any):
    mandar_papeis(cliente)
    completo = pedido(**mudancas)
    return cliente.requerer(f"chave-{completo.cpf}", completo)


def motivos(recusa: pytest.ExceptionInfo[InssRecusou]) -> set[str]:
    return {motivo.codigo for motivo in recusa.value.motivos}


# --- The good path ------------------------------------------------------------------------------------------------
def test_requerer_devolve_protocolo_e_data_de_entrada(cliente):
    recibo = requerer(cliente)

    assert len(recibo.protocolo) == 10
    assert recibo.situacao == "PENDENTE"
    assert recibo.entrada_em.tzinfo is not None
    assert "São Paulo" in recibo.unidade


def test_a_mesma_chave_devolve_o_mesmo_recibo_e_um_so_requerimento(cliente, simulador):
    mandar_papeis(cliente)
    um = pedido()

    primeiro = cliente.requerer(f"chave-{um.cpf}", um)
    segundo = cliente.requerer(f"chave-{um.cpf}", um)

    assert primeiro == segundo
    assert len(simulador.recebidas(um.cpf)) == 1


def test_a_mesma_chave_com_outro_conteudo_e_conflito(cliente):
    mandar_papeis(cliente)
    um = pedido()
    cliente.requerer(f"chave-{um.cpf}", um)

    with pytest.raises(InssConflito):
        cliente.requerer(f"chave-{um.cpf}", pedido())


def test_bpc_da_pessoa_com_deficiencia_nasce_com_pericia_e_avaliacao(cliente):
    anexos = tuple(papel(slot=s)[0] for s in ("termo_representacao", "id_interessado", "documento_medico"))

    recibo = requerer(cliente, servico="bpc-pcd", anexos=anexos)

    assert {a.tipo for a in recibo.agendamentos} == {"PERICIA_MEDICA", "AVALIACAO_SOCIAL"}


def test_exigencia_cumprimento_decisao_e_carta(cliente, simulador):
    protocolo = requerer(cliente).protocolo
    simulador.exigir(protocolo, "Mande o RG.", dias=10)

    tarefa = cliente.consultar(protocolo)
    assert tarefa.situacao == "CUMPRIMENTO_DE_EXIGENCIA"
    assert tarefa.exigencias[0].texto == "Mande o RG."

    anexo, _ = papel()
    for _vez in range(2):
        situacao = cliente.cumprir_exigencia(f"cumpre-{protocolo}", protocolo, "E1", "Segue o RG.", [anexo])
        assert situacao == "EM_ANALISE"
    assert len(next(t for t in simulador.recebidas() if t["protocolo"] == protocolo)["anexos"]) == 3

    simulador.decidir(protocolo, "indeferido", motivos=["Renda acima do limite."])
    decisao = cliente.consultar(protocolo).decisao
    assert decisao is not None
    assert decisao.resultado == "indeferido"
    assert decisao.motivos == ("Renda acima do limite.",)
    assert decisao.prazo_recurso == decisao.data + timedelta(days=30)
    assert cliente.carta(protocolo).startswith(b"%PDF-")


def test_deferimento_de_beneficio_traz_nb_e_especie(cliente, simulador):
    protocolo = requerer(cliente).protocolo

    simulador.decidir(protocolo, "deferido")

    decisao = cliente.consultar(protocolo).decisao
    assert (len(decisao.nb), decisao.especie, decisao.prazo_recurso) == (10, "88", None)


def test_mudancas_desde_um_cursor_traz_so_o_que_mudou(cliente, simulador):
    protocolo = requerer(cliente).protocolo
    cursor = "0"
    while (pagina := cliente.mudancas(cursor)).ha_mais:
        cursor = pagina.cursor
    assert cliente.mudancas(pagina.cursor).tarefas == ()

    simulador.analisar(protocolo)

    assert [t.protocolo for t in cliente.mudancas(pagina.cursor).tarefas] == [protocolo]


def test_cancelar(cliente):
    protocolo = requerer(cliente).protocolo

    assert cliente.cancelar(f"cancela-{protocolo}", protocolo, "A pessoa desistiu.") == "CANCELADA"
    with pytest.raises(InssRecusou) as recusa:
        cliente.cancelar(f"cancela-outra-{protocolo}", protocolo)
    assert motivos(recusa) == {"situacao_nao_permite"}


def test_remarcar_deixa_o_agendamento_antigo_como_remarcado(cliente, simulador):
    protocolo = requerer(cliente).protocolo
    simulador.agendar(protocolo, "PERICIA_MEDICA", "2026-12-10T09:00")
    simulador.agendar(protocolo, "PERICIA_MEDICA", "2026-12-17T14:30")

    assert [a.situacao for a in cliente.consultar(protocolo).agendamentos] == ["REMARCADO", "AGENDADO"]


# --- Refusals -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mudanca", "codigo"),
    [
        ({"cpf": "11111111111"}, "cpf_invalido"),
        ({"cpf": "12345678901"}, "cpf_invalido"),
        ({"nascimento": date(2999, 1, 1)}, "nascimento_futuro"),
        ({"servico": "nao-existe"}, "servico_desconhecido"),
        ({"servico": "seguro-defeso"}, "servico_nao_habilitado"),
        ({"anexos": ()}, "documento_obrigatorio"),
        ({"entidade_cnpj": "11111111111111"}, "cnpj_invalido"),
        ({"anexos": (papel(slot="inventada")[0],)}, "caixa_desconhecida"),
        ({"representante": RepresentanteInss("procurador", "11144477735", "Ana")}, "documento_obrigatorio"),
        ({"anexos": (AnexoInss("id_interessado", "a.pdf", "a" * 64, 10, 1, "original"),)}, "anexo_ausente"),
        ({"anexos": (AnexoInss("id_interessado", "a.pdf", "a" * 64, 6_000_000, 1, "original"),)}, "arquivo_grande"),
        ({"anexos": (AnexoInss("id_interessado", "a.pdf", "a" * 64, 5_000_000, 1, "original"),) * 11}, "pedido_grande"),
    ],
)
def test_inss_recusa_com_o_motivo(cliente, mudanca, codigo):
    with pytest.raises(InssRecusou) as recusa:
        requerer(cliente, **mudanca)

    assert codigo in motivos(recusa)


def test_cnpj_com_letras_e_aceito(cliente):
    assert requerer(cliente, entidade_cnpj="12ABC34501DE35").situacao == "PENDENTE"


def test_recusa_nao_gasta_a_chave(cliente):
    mandar_papeis(cliente)
    certo = pedido()
    chave = f"chave-{certo.cpf}"
    with pytest.raises(InssRecusou):
        cliente.requerer(chave, pedido(anexos=()))

    assert cliente.requerer(chave, certo).situacao == "PENDENTE"


def test_mesmo_servico_em_curso_ou_negado_ha_pouco_e_recusado(cliente, simulador):
    um = pedido()
    mandar_papeis(cliente)
    protocolo = cliente.requerer(f"chave-{um.cpf}", um).protocolo
    with pytest.raises(InssRecusou) as em_curso:
        cliente.requerer(f"outra-{um.cpf}", um)

    simulador.decidir(protocolo, "indeferido", motivos=["Renda."])
    with pytest.raises(InssRecusou) as negado:
        cliente.requerer(f"mais-uma-{um.cpf}", um)

    assert motivos(em_curso) == {"pedido_em_curso"}
    assert motivos(negado) == {"prazo_de_recurso_aberto"}


@pytest.mark.parametrize(
    ("conteudo", "codigo"),
    [
        (b"", "arquivo_vazio"),
        (b"#!/bin/sh\n", "tipo_nao_aceito"),
        (b"GIF89a", "tipo_nao_aceito"),
        (b"%PDF-" + bytes(5 * 1024 * 1024), "arquivo_grande"),
        (b"%PDF-" + bytes(9 * 1024 * 1024), "arquivo_grande"),
    ],
)
def test_arquivo_fora_da_regra_e_recusado(cliente, conteudo, codigo):
    with pytest.raises(InssRecusou) as recusa:
        cliente.enviar_anexo(hashlib.sha256(conteudo).hexdigest(), io.BytesIO(conteudo))

    assert motivos(recusa) == {codigo}


def test_arquivo_que_chega_diferente_e_recusado(cliente):
    with pytest.raises(InssRecusou) as recusa:
        cliente.enviar_anexo("0" * 64, io.BytesIO(b"%PDF-1.4"))

    assert motivos(recusa) == {"sha256_difere"}


def test_arquivo_que_ja_chegou_nao_e_lido_de_novo(cliente):
    anexo, conteudo = papel("uma vez só")
    cliente.enviar_anexo(anexo.sha256, io.BytesIO(conteudo))
    leitor = io.BytesIO(conteudo)

    cliente.enviar_anexo(anexo.sha256, leitor)

    assert leitor.tell() == 0


def test_protocolo_que_o_inss_nao_conhece(cliente):
    with pytest.raises(InssRecusou) as recusa:
        cliente.consultar("0000000001")

    assert motivos(recusa) == {"nao_encontrado"}


def test_sem_decisao_nao_ha_carta(cliente):
    protocolo = requerer(cliente).protocolo

    with pytest.raises(InssRecusou):
        cliente.carta(protocolo)


# --- Faults -------------------------------------------------------------------------------------------------------
FALHAS = [
    "lento",
    "erro_500",
    "derrubar_antes",
    "derrubar_depois",
    "manutencao",
    "muitas_chamadas",
    "pagina_html",
    "json_quebrado",
    "redirecionar",
]


@pytest.mark.parametrize("tipo", FALHAS)
def test_depois_de_qualquer_falha_repetir_da_um_so_requerimento(simulador, settings, tipo):
    simulador.usar(settings, espera_segundos=0.8)
    cliente = inss()
    mandar_papeis(cliente)
    um = pedido()
    chave = f"chave-{um.cpf}"
    simulador.falha(tipo, operacao="requerer", segundos=1)

    with pytest.raises(InssForaDoAr) as queda:
        cliente.requerer(chave, um)
    gravou = len(simulador.recebidas(um.cpf))
    simulador.usar(settings)
    recibo = inss().requerer(chave, um)

    assert str(queda.value).endswith(".")
    if tipo != "lento":
        assert gravou == (1 if tipo == "derrubar_depois" else 0)
    assert [t["protocolo"] for t in simulador.recebidas(um.cpf)] == [recibo.protocolo]


@pytest.mark.parametrize("tipo", ["pedido_repetido", "resposta_duplicada"])
def test_repeticao_na_linha_nao_dobra_o_requerimento(cliente, simulador, tipo):
    mandar_papeis(cliente)
    um = pedido()
    simulador.falha(tipo, operacao="requerer")

    recibo = cliente.requerer(f"chave-{um.cpf}", um)

    assert [t["protocolo"] for t in simulador.recebidas(um.cpf)] == [recibo.protocolo]
    assert cliente.consultar(recibo.protocolo).protocolo == recibo.protocolo


@pytest.mark.parametrize("tipo", [f for f in FALHAS if f != "lento"])
def test_falha_ao_mandar_arquivo_consultar_listar_e_baixar_a_carta(cliente, simulador, tipo):
    protocolo = requerer(cliente).protocolo
    simulador.decidir(protocolo, "deferido")
    anexo, conteudo = papel(f"arquivo novo {tipo}")
    chamadas = {
        "anexo": lambda: cliente.enviar_anexo(anexo.sha256, io.BytesIO(conteudo)),
        "consultar": lambda: cliente.consultar(protocolo),
        "mudancas": lambda: cliente.mudancas(),
        "carta": lambda: cliente.carta(protocolo),
    }

    for operacao, chamar in chamadas.items():
        simulador.falha(tipo, operacao=operacao)
        with pytest.raises(InssForaDoAr):
            chamar()
        chamar()


@pytest.mark.parametrize("tipo", ["manutencao", "muitas_chamadas"])
def test_o_tempo_pedido_pelo_inss_chega_a_quem_chama(cliente, simulador, tipo):
    simulador.falha(tipo, segundos=90)

    with pytest.raises(InssForaDoAr) as queda:
        cliente.mudancas()

    assert queda.value.espera == timedelta(seconds=90)


def test_credencial_errada_e_passageira_e_avisa(simulador, settings):
    simulador.usar(settings)
    settings.INSS_TOKEN = "outro"

    with pytest.raises(InssForaDoAr, match="credencial"):
        inss().mudancas()


def test_inss_desligado(settings, simulador):
    simulador.usar(settings)
    settings.INSS_ENDERECO = "http://127.0.0.1:9"

    with pytest.raises(InssForaDoAr, match="falar com o INSS"):
        inss().mudancas()
