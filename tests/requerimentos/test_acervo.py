"""The pages of the catalogue: every rule with its source, the versions, and what is still to be checked."""

from __future__ import annotations

import shlex
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio
from requerimentos.demanda import catalogo as modulo
from requerimentos.demanda import servicos
from requerimentos.demanda.acervo import consultas
from requerimentos.demanda.acervo.regras import Mudanca, em_palavras, mudancas
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import vagas_do
from requerimentos.demanda.servico import Servico
from requerimentos.models import ServicoVersao
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel
from tests.requerimentos.catalogo_copiado import copiar, estragar
from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db
NOVA_VAGA = """
[[vaga]]
id = "motivo_da_copia"
nome = "Motivo da cópia"
caixa = "outros_documentos"
quando = "sempre"
conferido_em = 2026-12-01
grau = "nao_verificado"
"""


@pytest.fixture
def leitor(client):
    client.force_login(com_papel("administrador"))
    return client


@pytest.fixture
def mudado(tmp_path, monkeypatch):
    """The files change: copies of cases ask for one more document."""
    pasta = copiar(tmp_path)
    arquivo = pasta / "copia-processo.toml"
    estragar(pasta, arquivo.name, '  "procuracao",\n', '  "procuracao",\n  "motivo_da_copia",\n')
    arquivo.write_text(arquivo.read_text() + NOVA_VAGA)

    def mudar():
        novo = modulo.carregar(pasta)
        monkeypatch.setattr(servicos, "carregar", lambda: novo)
        return novo

    return mudar


# Versions


def test_guardar_o_catalogo_pode_repetir_e_so_guarda_o_que_mudou(mudado):
    assert len(servicos.guardar_catalogo()) == len(carregar())
    assert servicos.guardar_catalogo() == []

    novo = mudado()

    assert servicos.guardar_catalogo() == ["copia-processo"]
    assert ServicoVersao.objects.count() == len(carregar()) + 1
    assert ServicoVersao.objects.filter(versao=novo.servico("copia-processo").versao).exists()
    assert [e.dados["servicos"] for e in Evento.objects.filter(acao="catalogo.guardado")][-1] == ["copia-processo"]


def test_comando_guarda_e_diz_o_que_mudou(capsys):
    call_command("catalogo", guardar=True)
    call_command("catalogo", guardar=True)

    primeira, segunda = capsys.readouterr().out.splitlines()
    assert f"{len(carregar())} com versão nova" in primeira
    assert segunda.endswith("nada mudou.")


def test_o_pedido_fica_com_a_versao_em_que_comecou(mudado):
    antigo = RequerimentoFabrica(servico_codigo="copia-processo")
    novo_catalogo = mudado()

    atendimento = AtendimentoFabrica()
    novo = servicos.abrir(atendimento.pk, "copia-processo", autor=atendimento.atendente, codigo=atendimento.codigo)

    antigo.refresh_from_db()
    assert "motivo_da_copia" not in {v.vaga.id for v in vagas_do(antigo)}
    assert "motivo_da_copia" in {v.vaga.id for v in vagas_do(novo)}
    assert antigo.servico.versao == carregar().servico("copia-processo").versao
    assert novo.servico.versao == novo_catalogo.servico("copia-processo").versao


def test_servico_fora_da_vigencia_nao_se_abre(tmp_path, monkeypatch):
    pasta = copiar(tmp_path)
    estragar(pasta, "ctc.toml", "conferido_em = 2026-11-22", "vigente_ate = 2026-11-22\nconferido_em = 2026-11-22")
    monkeypatch.setattr(servicos, "carregar", lambda: modulo.carregar(pasta))
    atendimento = AtendimentoFabrica()

    with pytest.raises(ErroDeDominio, match="não existe nesta data"):
        servicos.abrir(atendimento.pk, "ctc", autor=atendimento.atendente, codigo=atendimento.codigo)


def test_vaga_que_ja_nao_valia_quando_o_pedido_comecou_nao_e_pedida():
    pedido = RequerimentoFabrica(servico_codigo="salario-maternidade-rural")
    dados = pedido.servico.dados
    for vaga in dados["vagas"]:
        if vaga["id"] == "prova_rural":
            vaga["vigente_ate"] = "2020-01-01"
    ServicoVersao.objects.filter(pk=pedido.servico_id).update(dados=dados)
    pedido.refresh_from_db()

    ids = {v.vaga.id for v in vagas_do(pedido)}
    assert "autodeclaracao_rural" in ids and "prova_rural" not in ids


# What changed


def test_mudancas_dizem_o_que_entrou_saiu_e_mudou(tmp_path):
    pasta = copiar(tmp_path)
    estragar(pasta, "ctc.toml", 'texto = "Nada conta em dobro', 'texto = "Nada conta mesmo em dobro')
    estragar(pasta, "ctc.toml", '  "orgao_destino",\n', "")
    arquivo = pasta / "ctc.toml"
    texto = arquivo.read_text()
    a, b = texto.index('[[vaga]]\nid = "orgao_destino"'), texto.index('[[vaga]]\nid = "ctc_anterior"')
    arquivo.write_text(texto[:a] + texto[b:])
    estragar(pasta, "ctc.toml", 'situacao = "permitido"', 'situacao = "duvidoso"')
    estragar(pasta, "ctc.toml", '"concursado"', '"concursada"')

    lista = mudancas(carregar().servico("ctc"), modulo.carregar(pasta).servico("ctc"))

    assert {m.onde for m in lista} == {
        "Jeitos de dizer",
        "Cabimento no acordo: situação",
        "Condição “sem_dobro”: texto",
        "Vaga “orgao_destino”",
    }
    assert Mudanca("Cabimento no acordo: situação", "permitido", "duvidoso") in lista
    assert Mudanca("Vaga “orgao_destino”", "Nome e CNPJ do órgão que vai receber, cargo e períodos", "") in lista


def test_mudar_so_a_ordem_tambem_se_ve(tmp_path):
    pasta = copiar(tmp_path)
    estragar(pasta, "ctc.toml", '"complemento_ctc", "sem_dobro"', '"sem_dobro", "complemento_ctc"')

    [mudanca] = mudancas(carregar().servico("ctc"), modulo.carregar(pasta).servico("ctc"))

    assert mudanca.onde == "Condição: ordem"


def test_versao_igual_nao_tem_mudanca_e_instantaneo_antigo_tambem_se_compara():
    servico = carregar().servico("bpc-pcd")
    antigo = {chave: valor for chave, valor in servico.como_dados().items() if chave not in {"caminhos", "aonde"}}

    assert mudancas(servico, servico) == []
    assert mudancas(Servico.de_dados(antigo), servico) == []


@pytest.mark.parametrize("servico", list(carregar()), ids=lambda s: s.codigo)
def test_toda_regra_se_diz_em_palavras(servico):
    for condicao in servico.condicoes:
        dita = em_palavras(condicao.regra, carregar().vocabulario)
        assert bool(dita) == bool(condicao.regra)
        assert "{" not in dita and "_" not in dita, dita


# Pages


def test_lista_mostra_todos_e_acha_pelo_jeito_de_dizer(leitor):
    inteira = leitor.get(reverse("requerimentos:catalogo"))
    achada = leitor.get(reverse("requerimentos:catalogo"), {"q": "loas"})

    vigentes = carregar().vigentes(localdate())
    assert f"{len(vigentes)} serviços" in inteira.text
    assert all(reverse("requerimentos:catalogo-servico", args=[s.codigo]) in inteira.text for s in vigentes)
    assert "bpc-idoso" in achada.text and "ctc" not in achada.text


@pytest.mark.parametrize(
    ("filtro", "tem", "nao_tem"),
    [
        ({"estado": "orientar"}, "seguro-defeso", "servicos/ctc/"),
        ({"estado": "regra"}, "aposentadoria-tc-pontos", "servicos/ctc/"),
        ({"estado": "duvidoso"}, "salario-familia", "servicos/ctc/"),
        ({"grupo": "beneficio_assistencial"}, "bpc-pcd", "servicos/ctc/"),
        ({"em": "2027-01-01"}, "salario-paternidade", "nenhum"),
    ],
)
def test_lista_se_filtra_por_grupo_modo_acordo_e_dia(leitor, filtro, tem, nao_tem):
    pagina = leitor.get(reverse("requerimentos:catalogo"), filtro).text

    assert tem in pagina and nao_tem not in pagina


def test_dia_que_nao_existe_avisa_e_mostra_o_de_hoje(leitor):
    for rota, args in (("catalogo", []), ("catalogo-servico", ["ctc"])):
        resposta = leitor.get(reverse(f"requerimentos:{rota}", args=args), {"em": "31/02/2026"})
        assert resposta.status_code == 422
        assert "Certidão de Tempo de Contribuição" in resposta.text


@pytest.mark.parametrize("servico", list(carregar()), ids=lambda s: s.codigo)
def test_a_pagina_de_cada_servico_mostra_tudo_com_fonte_e_marca(leitor, servico):
    dia = servico.vigente_de or localdate()
    pagina = leitor.get(reverse("requerimentos:catalogo-servico", args=[servico.codigo]), {"em": dia.isoformat()})

    texto = pagina.text
    assert pagina.status_code == 200
    assert texto.lower().count("conferir norma vigente") >= len(servico.em(dia).a_conferir()) - bool(servico.pat.grau)
    for parte in [*servico.em(dia).vagas, *servico.em(dia).condicoes]:
        assert parte.fonte.replace("&", "&amp;") in texto


def test_pagina_do_servico_como_era_num_dia(leitor):
    def em(dia):
        endereco = reverse("requerimentos:catalogo-servico", args=["salario-maternidade-rural"])
        return leitor.get(endereco, {"em": dia}).text

    assert "10 meses de contribuição" in em("2024-04-04") and "não se pede carência" not in em("2024-04-04")
    assert "10 meses de contribuição" not in em("2024-04-05") and "não se pede carência" in em("2024-04-05")


def test_pagina_do_servico_lista_as_versoes_e_compara(leitor, mudado):
    RequerimentoFabrica(servico_codigo="copia-processo")
    usada = ServicoVersao.objects.get(codigo="copia-processo")
    mudado()
    servicos.guardar_catalogo()
    nova = ServicoVersao.objects.exclude(pk=usada.pk).get(codigo="copia-processo")

    pagina = leitor.get(reverse("requerimentos:catalogo-servico", args=["copia-processo"])).text
    comparada = leitor.get(
        reverse("requerimentos:catalogo-mudancas", args=["copia-processo"]),
        {"de": usada.versao, "para": nova.versao},
    ).text

    assert usada.versao in pagina and nova.versao in pagina
    assert "Há pedidos nesta versão" in pagina and "Nenhum pedido" in pagina
    assert "Motivo da cópia" in comparada and "não havia" in comparada


@pytest.mark.parametrize("parametros", [{}, {"de": "x", "para": "y"}, {"de": "0000000000000000"}])
def test_comparar_versao_que_nao_ha_nao_existe(leitor, parametros):
    endereco = reverse("requerimentos:catalogo-mudancas", args=["ctc"])

    assert leitor.get(endereco, parametros).status_code == 404


def test_servico_que_nao_ha_nao_existe(leitor):
    assert leitor.get(reverse("requerimentos:catalogo-servico", args=["nada"])).status_code == 404


# To be checked


def test_por_verificar_junta_o_que_os_servicos_tem_em_comum():
    pendencias = consultas.por_verificar(carregar())

    [termo] = [p for p in pendencias if p.texto == "Termo de representação assinado"]
    assert len(termo.servicos) == len([s for s in carregar() if s.pedivel])
    assert all(p.fonte.grau != "verificado" for p in pendencias)
    ditas = {(s.codigo, p.texto) for p in pendencias for s in p.servicos}
    for servico in carregar():
        faltam = [c.texto for c in servico.condicoes if c.grau != "verificado"]
        assert {(servico.codigo, texto) for texto in faltam} <= ditas


def test_um_ano_depois_tudo_volta_a_pedir_conferencia():
    catalogo = carregar()

    assert consultas.sem_conferir_ha_um_ano(catalogo, date(2027, 11, 22)) == []
    assert len(consultas.sem_conferir_ha_um_ano(catalogo, date(2027, 11, 23))) > len(consultas.por_verificar(catalogo))


def test_numeros_do_ano_passado_e_sem_valor_aparecem():
    def em(dia):
        return {p.nome: p.motivo for p in consultas.valores_pendentes(carregar(), dia)}

    assert "Um quarto do salário mínimo" not in em(date(2026, 11, 26))
    assert em(date(2027, 1, 1))["Um quarto do salário mínimo"] == "é do ano passado"
    assert em(date(2027, 9, 20))["Atestmed: afastamento somado, na exceção em vigor"] == "acaba em breve"
    assert em(date(2027, 9, 21))["Atestmed: afastamento somado, na exceção em vigor"] == "sem valor para hoje"


def test_pagina_do_que_falta_conferir(leitor):
    pagina = leitor.get(reverse("requerimentos:catalogo-a-conferir")).text

    assert "Tudo foi conferido" in pagina or "Olhado em" in pagina
    assert "Direito adquirido" not in pagina
    assert "Ter completado 30 anos de contribuição" in pagina
    assert "Não verificado" in pagina


def test_paginas_do_catalogo_custam_poucas_consultas(leitor, django_assert_max_num_queries):
    leitor.get(reverse("requerimentos:catalogo"))
    for rota, args in (("catalogo", []), ("catalogo-a-conferir", []), ("catalogo-servico", ["bpc-pcd"])):
        with django_assert_max_num_queries(6):
            leitor.get(reverse(f"requerimentos:{rota}", args=args))


def test_o_catalogo_esta_no_menu_de_quem_cuida_dele(client):
    pessoas = [
        (com_papel("administrador"), True),
        (com_papel("analista_inss", UnidadeFabrica()), True),
        (com_papel("atendente", MunicipioFabrica()), False),
    ]
    for pessoa, tem in pessoas:
        client.force_login(pessoa)
        assert (reverse("requerimentos:catalogo") in client.get(reverse("telas:painel")).text) == tem


def test_quem_le_so_o_comeco_nao_ve_erro():
    """`catalogo | head`: the reader closes the pipe before the end."""
    comando = f"{shlex.quote(sys.executable)} {shlex.quote(str(settings.RAIZ / 'manage.py'))} catalogo | head -n 1"
    feito = subprocess.run(comando, shell=True, capture_output=True, text=True, check=True)  # noqa: S602

    assert feito.stdout.count("\n") == 1
    assert "Traceback" not in feito.stderr
