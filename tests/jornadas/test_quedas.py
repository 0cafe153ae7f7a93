"""The path while everything that can fall falls: in the end one request, one protocol, one set of papers."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.jornadas.balcao import DEMORA, Balcao
from tests.jornadas.portal import Portal
from tests.simulador import Simulador, cpf_novo

PAPEIS = ("termo-representacao", "autorizacao-dados", "requerimento-servico", "autodeclaracao-rural")


def test_o_que_cai_no_meio_sai_uma_vez_so(janela: Page, portal: Portal, simulador: Simulador):
    balcao, cpf = Balcao(janela), cpf_novo()
    balcao.entrar()
    balcao.receber(cpf, "Raimunda das Quedas Fictícia")
    balcao.chamar()
    balcao.abrir_pedido("roça", "Aposentadoria por Idade Rural")
    balcao.responder_tudo()

    with portal.matar_durante("emissao.renderizar"):
        balcao.fazer_papeis()
    assert [(conjunto, especie) for conjunto, especie, *_ in papeis(portal, cpf)] == [
        ("fazendo", especie) for especie in PAPEIS
    ]
    expect(janela.get_by_text("O serviço que faz os papéis está parado")).to_be_visible(timeout=DEMORA)
    portal.ligar_trabalhador()
    balcao.esperar_papeis()

    balcao.marcar_assinados()
    balcao.digitalizar()
    # The first answer is lost after INSS wrote; the worker dies at the second attempt.
    simulador.falha("derrubar_depois", operacao="requerer")
    simulador.falha("lento", operacao="requerer", segundos=4)
    with portal.matar_durante("requerimentos.transmitir", tentativa=2):
        balcao.enviar()
    assert protocolos(portal, cpf) == [""]
    expect(janela.get_by_text("O serviço que envia está parado")).to_be_visible(timeout=DEMORA)
    portal.ligar_trabalhador()
    protocolo = balcao.esperar_protocolo()

    recebidas = simulador.recebidas(cpf)
    assert [tarefa["protocolo"] for tarefa in recebidas] == [protocolo]
    assert protocolos(portal, cpf) == [protocolo]
    feitos = papeis(portal, cpf)
    assert sorted(especie for _, especie, *_ in feitos) == sorted(PAPEIS)
    assert {(conjunto, papel) for conjunto, _, papel in feitos} == {("pronto", "emitido")}
    enviadas = partes(portal, cpf)
    assert [situacao for situacao, _ in enviadas] == ["recebido"] * len(enviadas)
    assert sorted(anexo["sha256"] for anexo in recebidas[0]["anexos"]) == sorted(sha for _, sha in enviadas)
    assert portal.ler("SELECT tipo FROM saidas_saida WHERE estado = 'morta'") == []


def protocolos(portal: Portal, cpf: str) -> list[str]:
    """One for each request of the person."""
    sql = (
        "SELECT r.protocolo FROM requerimentos_requerimento r "
        "JOIN requerimentos_pessoa p ON p.id = r.pessoa_id WHERE p.cpf = ?"
    )
    return [protocolo for (protocolo,) in portal.ler(sql, cpf)]


def papeis(portal: Portal, cpf: str) -> list[tuple]:
    """Of every set that was ever made: (state of the set, kind, state of the paper)."""
    sql = (
        "SELECT c.situacao, k.especie, d.situacao FROM requerimentos_papel k "
        "JOIN emissao_documento d ON d.id = k.documento_id JOIN requerimentos_conjunto c ON c.id = k.conjunto_id "
        "JOIN requerimentos_requerimento r ON r.id = c.requerimento_id "
        "JOIN requerimentos_pessoa p ON p.id = r.pessoa_id WHERE p.cpf = ? ORDER BY k.id"
    )
    return portal.ler(sql, cpf)


def partes(portal: Portal, cpf: str) -> list[tuple]:
    """Of every delivery that was ever begun: (state of the delivery, hash of the file)."""
    sql = (
        "SELECT e.situacao, f.sha256 FROM requerimentos_envio e "
        "LEFT JOIN requerimentos_parteenviada f ON e.id = f.envio_id "
        "JOIN requerimentos_requerimento r ON r.id = e.requerimento_id "
        "JOIN requerimentos_pessoa p ON p.id = r.pessoa_id WHERE p.cpf = ?"
    )
    return portal.ler(sql, cpf)
