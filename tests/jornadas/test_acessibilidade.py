"""Every page by axe, on a narrow telephone, and by who has no mouse. Seen on the demonstration's data."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from act_portal.demonstracao.contas import SENHA
from act_portal.demonstracao.lugares import JABOTICATUBAS
from tests.jornadas.balcao import Balcao
from tests.jornadas.portal import Portal

LARGO, ESTREITO = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
GRAVES = {"serious", "critical"}
PUBLICAS = (
    "/", "/entrar/", "/esqueci-a-senha/", "/consulta/", "/conferir/", "/ajuda/", "/ajuda/primeiros-passos/",
    "/ajuda/digitalizacao/", "/ajuda/privacidade/", "/onde-ser-atendido/", "/onde-ser-atendido/?uf=MG",
    "/onde-ser-atendido/?q=agua+branca", f"/onde-ser-atendido/{JABOTICATUBAS}/", "/onde-ser-atendido/3106200/",
    "/adesao/", "/adesao/posso-aderir/", "/adesao/fale-com-o-inss/?q=jaboticatubas", "/ajuda/posso-aderir/",
    "/cessao/", "/cessao/?uf=MG&livre=1", "/cessao/?q=nada-disto", "/cessao/imovel/DEMO-05/",
    "/cessao/posso-pedir/?imovel=reserva&esfera=municipal&finalidade=outra", "/ajuda/cessao-pedido/",
)  # fmt: skip
DO_ATENDENTE = (
    "/painel/", "/minha-conta/", "/requerimentos/", "/requerimentos/recepcao/", "/requerimentos/recepcao/?q=maria",
    "/requerimentos/recepcao/nova-pessoa/", "/requerimentos/fila/", "/requerimentos/exigencias/",
)  # fmt: skip
# One service of each kind: asked for, with several ways, only told, a rule of another, a doubtful agreement.
SERVICOS = (
    "bpc-pcd", "aposentadoria-tempo-contribuicao", "seguro-defeso", "aposentadoria-tc-pontos", "salario-familia",
)  # fmt: skip
DO_CATALOGO = (
    "/requerimentos/catalogo/", "/requerimentos/catalogo/?q=nada-disto", "/requerimentos/catalogo/a-conferir/",
    *(f"/requerimentos/catalogo/servicos/{servico}/" for servico in SERVICOS),
)  # fmt: skip
# Where each stage of a request has something of its own to show.
DA_ETAPA = {
    "preparo": ("demanda", "formularios", "documentos", "conferencia"),
    "na_fila": ("envio",),
    "devolvido": ("conferencia", "envio"),
    "acompanhando": ("envio", "acompanhamento", "historico"),
    "exigencia": ("acompanhamento",),
    "resultado": ("acompanhamento", "resultado"),
    "entregue": ("resultado",),
    "cancelado": ("acompanhamento",),
}
# Nobody has the patience for more.
TABS = 60


def problemas(janela: Page, enderecos: Iterable[str]) -> list[str]:
    """What axe finds at both sizes and what sticks out of the telephone, by page."""
    achados = []
    for endereco in enderecos:
        janela.set_viewport_size(LARGO)
        resposta = janela.goto(endereco)
        assert resposta and resposta.ok, f"{endereco}: {resposta and resposta.status}"
        achados += [f"{endereco} {graves}" for graves in axe(janela)]
        janela.set_viewport_size(ESTREITO)
        sobra = janela.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if sobra > 0:
            achados.append(f"{endereco} passa {sobra} px da largura do telefone")
        achados += [f"{endereco} no telefone: {graves}" for graves in axe(janela)]
    return achados


def axe(janela: Page) -> list[str]:
    violacoes = Axe().run(janela).response["violations"]
    return [f"{v['id']}: {[no['html'][:160] for no in v['nodes'][:3]]}" for v in violacoes if v["impact"] in GRAVES]


def entrar(janela: Page, quem: str) -> None:
    Balcao(janela).entrar(f"{quem}@exemplo.invalid")


def test_paginas_de_quem_nao_entra(vitrine: Page):
    assert problemas(vitrine, PUBLICAS) == []


def test_paginas_do_atendente(vitrine: Page, demonstracao: Portal):
    entrar(vitrine, "ana")
    assert problemas(vitrine, [*DO_ATENDENTE, *da_recepcao(demonstracao)]) == []


@pytest.mark.parametrize("etapa", DA_ETAPA)
def test_paginas_do_pedido(vitrine: Page, demonstracao: Portal, etapa: str):
    entrar(vitrine, "ana")
    assert problemas(vitrine, do_pedido(demonstracao, etapa)) == []


@pytest.mark.parametrize(
    ("quem", "enderecos"),
    [
        ("carla", ("/painel/", "/requerimentos/", "/equipe/", "/equipe/convidar/", "/auditoria/acessos/")),
        ("gilda", ("/painel/", "/requerimentos/", "/requerimentos/exigencias/")),
        ("ivone", ("/painel/", "/saidas/", "/equipe/", "/auditoria/", *DO_CATALOGO)),
        ("joana", ("/papel/",)),
    ],
)  # fmt: skip
def test_paginas_de_quem_acompanha(vitrine: Page, quem: str, enderecos: tuple[str, ...]):
    entrar(vitrine, quem)
    assert problemas(vitrine, enderecos) == []


@pytest.mark.parametrize(
    ("quem", "enderecos"),
    [
        ("carla", ("/cessao/pedidos/", "/cessao/cessoes/?quais=todas")),
        ("otavio", ("/cessao/pedidos/", "/cessao/cessoes/", "/cessao/regiao/", "/cessao/catalogo/",
                    "/cessao/catalogo/importar/", "/cessao/catalogo/imovel/DEMO-05/")),
    ],
)  # fmt: skip
def test_paginas_da_cessao(vitrine: Page, demonstracao: Portal, quem: str, enderecos: tuple[str, ...]):
    entrar(vitrine, quem)
    assert problemas(vitrine, [*enderecos, *da_cessao(demonstracao, JABOTICATUBAS, rascunhos=quem == "carla")]) == []


def da_cessao(portal: Portal, municipio: str, *, rascunhos: bool) -> list[str]:
    """Each request of the town, its term and its inspections. INSS has no page for what was not sent."""
    sql = "SELECT p.codigo, t.id FROM cessao_pedido p LEFT JOIN cessao_termo t ON t.pedido_id = p.id "
    sql += "WHERE p.municipio_id = ? AND (? OR p.enviado_em IS NOT NULL)"
    pedidos = portal.ler(sql, municipio, rascunhos)
    sql = "SELECT v.codigo FROM cessao_vistoria v JOIN cessao_termo t ON t.id = v.termo_id "
    sql += "JOIN cessao_pedido p ON p.id = t.pedido_id WHERE p.municipio_id = ?"
    vistorias = [uuid.UUID(str(codigo)) for (codigo,) in portal.ler(sql, municipio)]
    assert vistorias
    return [
        *(f"/cessao/pedidos/{uuid.UUID(str(codigo))}/" for codigo, _ in pedidos),
        *(f"/cessao/cessoes/{uuid.UUID(str(codigo))}/" for codigo, termo in pedidos if termo),
        *(f"/cessao/vistorias/{codigo}/" for codigo in vistorias),
    ]


def do_pedido(portal: Portal, etapa: str) -> list[str]:
    """The newest and the oldest of the stage: they differ in what was asked and what was answered."""
    sql = "SELECT codigo FROM requerimentos_requerimento WHERE municipio_id = ? AND etapa = ? ORDER BY criado_em"
    codigos = [uuid.UUID(str(codigo)) for (codigo,) in portal.ler(sql, JABOTICATUBAS, etapa)]
    assert codigos, f"a demonstração não tem pedido em {etapa}"
    enderecos = [f"/requerimentos/{c}/{p}/" for c in {codigos[0], codigos[-1]} for p in DA_ETAPA[etapa]]
    if etapa == "exigencia":
        sql = "SELECT e.codigo FROM requerimentos_exigencia e JOIN requerimentos_requerimento r "
        sql += "ON r.id = e.requerimento_id WHERE r.municipio_id = ? AND r.etapa = ?"
        abertas = portal.ler(sql, JABOTICATUBAS, etapa)
        enderecos += [f"/requerimentos/exigencias/{uuid.UUID(str(codigo))}/" for (codigo,) in abertas[:2]]
    return sorted(enderecos)


def da_recepcao(portal: Portal) -> list[str]:
    sql = "SELECT codigo, pessoa_id, situacao FROM requerimentos_atendimento WHERE municipio_id = ? ORDER BY chegada_em"
    visitas = portal.ler(sql, JABOTICATUBAS)
    ultima = {situacao: (uuid.UUID(str(codigo)), pessoa) for codigo, pessoa, situacao in visitas}
    enderecos = []
    for codigo, pessoa in ultima.values():
        enderecos += [f"/requerimentos/atendimentos/{codigo}/", f"/requerimentos/pessoas/{pessoa}/"]
    no_guiche, _ = ultima["em_atendimento"]
    servicos = f"/requerimentos/atendimentos/{no_guiche}/servicos/"
    enderecos += [servicos, f"{servicos}?q=roça", *(f"{servicos}{servico}/" for servico in SERVICOS)]
    esperando, pessoa = ultima["aguardando"]
    enderecos += [f"/requerimentos/atendimentos/{esperando}/senha/"]
    return [*enderecos, *(f"/requerimentos/pessoas/{pessoa}/{p}/" for p in ("alterar", "representante"))]


def test_so_com_o_teclado_da_porta_ao_servico_da_primeira_pessoa(vitrine: Page):
    vitrine.goto("/entrar/")
    tab_ate(vitrine, vitrine.get_by_label("E-mail"))
    vitrine.keyboard.type("bruno@exemplo.invalid")
    tab_ate(vitrine, vitrine.get_by_label("Senha do portal"))
    vitrine.keyboard.type(SENHA)
    vitrine.keyboard.press("Enter")
    vitrine.wait_for_url("**/painel/")

    tab_ate(vitrine, vitrine.get_by_role("navigation").get_by_role("link", name=re.compile("^Fila")))
    vitrine.keyboard.press("Enter")
    vitrine.wait_for_url("**/requerimentos/fila/")
    tab_ate(vitrine, vitrine.get_by_role("button", name="Chamar a próxima pessoa"))
    vitrine.keyboard.press("Enter")
    # Only who called may begin.
    comecar = vitrine.get_by_role("button", name="Começar")
    expect(comecar).to_have_count(1)
    tab_ate(vitrine, comecar)
    vitrine.keyboard.press("Enter")
    vitrine.wait_for_url("**/requerimentos/atendimentos/*/")
    expect(vitrine.get_by_role("heading", level=1)).to_be_visible()

    tab_ate(vitrine, vitrine.get_by_role("link", name="Escolher o serviço"))
    vitrine.keyboard.press("Enter")
    vitrine.wait_for_url("**/servicos/")
    # The browser gives the field its focus at the first frame, which may come after the page has loaded.
    expect(vitrine.get_by_label("Serviço", exact=True)).to_be_focused()
    vitrine.keyboard.type("roca")
    vitrine.keyboard.press("Enter")
    vitrine.wait_for_url("**/servicos/?q=roca")
    tab_ate(vitrine, vitrine.get_by_role("link", name="Aposentadoria por Idade Rural"))
    vitrine.keyboard.press("Enter")
    expect(vitrine.get_by_role("heading", level=1)).to_have_text("Aposentadoria por Idade Rural")


def tab_ate(janela: Page, alvo: Locator) -> None:
    """Forward from where the focus is, which must be seen at each stop."""
    for _ in range(TABS):
        if alvo.evaluate("alvo => alvo === document.activeElement"):
            return
        janela.keyboard.press("Tab")
        visivel = janela.evaluate(
            "() => { const e = document.activeElement; if (e === document.body) return true;"
            " const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
        )
        assert visivel, f"o foco não aparece em {janela.evaluate('document.activeElement.outerHTML.slice(0, 160)')}"
    raise AssertionError(f"o teclado não chega a {alvo}")
