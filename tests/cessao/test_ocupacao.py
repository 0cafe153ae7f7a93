"""From the keys to the keys back: extension, misuse, revocation, overstay, return."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from PIL import Image

from act_portal.arquivos.models import Arquivo
from act_portal.emissao.conteudo import montar_html
from act_portal.emissao.render import desenhar
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.models import Saida
from cessao import leis
from cessao.analise import servicos as analise
from cessao.consultas import linha_do_tempo
from cessao.fotos import dia_da_foto
from cessao.models import Aditivo, Papel, Pedido, Reserva, Termo
from cessao.ocupacao import consultas, mapas
from cessao.ocupacao.servicos import desocupacao, prorrogacao, saida, vistorias
from cessao.publico.consultas import livres_em
from cessao.situacoes import Ocupacao, SituacaoAditivo
from tests.cessao.fabricas import (
    DECISAO,
    aprovado,
    assinar_aditivo,
    dados_da_vistoria,
    foto_direta,
    ocupado,
    para_decisao,
    prorrogar,
    publicado,
    sala,
    vistoriar,
)

pytestmark = pytest.mark.django_db
HOJE = localdate()


def _terminar_em(termo: Termo, fim) -> Termo:
    """As if time had gone."""
    Reserva.objects.filter(termo=termo).update(inicio=fim - timedelta(days=360), fim=fim)
    Termo.objects.filter(pk=termo.pk).update(inicio=fim - timedelta(days=360), fim=fim)
    return Termo.objects.get(pk=termo.pk)


def _devolver(termo: Termo, elenco, *, voltam: int | None = None, **mais) -> Termo:
    vistoria = vistoriar(termo, "devolucao", elenco, **mais)
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)
    return saida.encerrar(termo.pk, chaves=vistoria.chaves if voltam is None else voltam, autor=elenco.logistica)


def test_prorroga_uma_vez_e_devolve():
    termo, elenco = ocupado()
    fim = termo.fim
    assinar_aditivo(prorrogar(termo, elenco), elenco)
    termo.refresh_from_db()

    assert termo.meses == 18
    assert termo.fim > fim
    encerrado = _devolver(termo, elenco)
    assert encerrado.estado == Ocupacao.ENCERRADO
    assert not Reserva.objects.filter(liberada_em=None, fim__gt=HOJE).exists()
    assert termo.pedido.papeis.filter(especie="encerramento").exists()
    historia = " ".join(linha.detalhe for linha in linha_do_tempo(termo.pedido, do_inss=True))
    assert "de “Em uso” para “Devolvido e encerrado”" in historia
    assert "_" not in historia


@pytest.mark.parametrize(("meses", "frase"), [(13, "passaria de 24 meses"), (0, "quantos meses")])
def test_prorrogacao_fica_dentro_do_limite(meses, frase):
    termo, _ = ocupado()
    with pytest.raises(ErroDeDominio, match=frase):
        prorrogacao.pedir(termo.pk, meses=meses, justificativa="X", autor=termo.pedido.criado_por)


def test_termo_no_limite_diz_que_nao_cabe_prorrogacao_e_o_que_fazer(client):
    termo, _ = ocupado(meses=24)
    gestor = termo.pedido.criado_por
    with pytest.raises(ErroDeDominio, match=r"passaria de 24 meses somados\..+faça um pedido novo"):
        prorrogacao.pedir(termo.pk, meses=1, justificativa="X", autor=gestor)

    client.force_login(gestor)
    tela = client.get(termo.get_absolute_url()).content.decode()
    assert "Não cabe: o prazo já chega ao limite." in tela
    assert "Limite de 24 meses somados. IN PRES/INSS 132/2022 (conferir norma vigente)." in tela
    assert f"/cessao/pedir/{termo.espaco.codigo}/" in tela
    assert "Pedir prorrogação" not in tela
    papel = termo.pedido.papeis.get(especie="termo").documento
    html = montar_html(papel)
    assert "o limite de 24 meses somados: depois dele, só por novo pedido" in html
    assert "prorrogáveis" not in html


def test_antes_do_limite_a_tela_diz_quantos_meses_cabem_e_ate_quando_pedir(client):
    termo, _ = ocupado(meses=23)
    client.force_login(termo.pedido.criado_por)
    tela = client.get(termo.get_absolute_url()).content.decode()
    assert f"Cabe até 1 mês a mais. Peça até {termo.fim - timedelta(days=60):%d/%m/%Y}." in tela
    assert "Até 1 mês: o limite é de 24 meses somados." in tela
    _terminar_em(termo, HOJE + timedelta(days=10))
    assert "A antecedência do termo passou" in client.get(termo.get_absolute_url()).content.decode()


def test_o_limite_e_dado_com_vigencia(client, tmp_path, monkeypatch):
    """An ordinance that allows more from a day on is a new row, and the old one ends: no code changes."""
    texto = (leis.PASTA / "parametros.toml").read_text()
    antes, marca, depois = texto.partition('chave = "prazo_total_meses"\nvalor = 24\n')
    assert marca
    novo = f"""{antes}{marca}vigente_ate = {HOJE - timedelta(days=1)}
nome = "Prazo somado até ontem"
conferido_em = 2026-11-22

[[parametro]]
chave = "prazo_total_meses"
valor = 48
vigente_de = {HOJE}
{depois}"""
    (tmp_path / "parametros.toml").write_text(novo)
    lidos = leis.parametros(tmp_path)
    monkeypatch.setattr(leis, "parametros", lambda: lidos)

    assert leis.prazos(HOJE - timedelta(days=1)) == (24, 24)
    assert leis.prazos(HOJE) == (24, 48)
    termo, elenco = ocupado(meses=24)
    client.force_login(termo.pedido.criado_por)
    assert "Cabem até 24 meses a mais." in client.get(termo.get_absolute_url()).content.decode()
    formulario = client.get(f"/cessao/pedir/{termo.espaco.codigo}/?esfera=municipal&finalidade=previdenciaria")
    assert "Depois dá para pedir prorrogação de até 24 meses: ao todo, 48 meses." in formulario.content.decode()
    assinar_aditivo(prorrogar(termo, elenco, 24), elenco)
    assert Termo.objects.get(pk=termo.pk).meses == 48


def test_prorrogacao_pedida_depois_do_fim():
    termo, _ = ocupado()
    _terminar_em(termo, HOJE - timedelta(days=1))
    for _ in range(2):
        with pytest.raises(ErroDeDominio, match="prazo já terminou"):
            prorrogacao.pedir(termo.pk, meses=1, justificativa="X", autor=termo.pedido.criado_por)
        saida.rever(termo.pk)


def test_prorrogacao_nao_assinada_a_tempo_solta_os_dias():
    termo, elenco = ocupado()
    aditivo = prorrogar(termo, elenco)
    Aditivo.objects.filter(pk=aditivo.pk).update(fim_anterior=HOJE - timedelta(days=1))
    Termo.objects.filter(pk=termo.pk).update(inicio=HOJE - timedelta(days=9), fim=HOJE - timedelta(days=1))
    saida.rever(termo.pk)

    aditivo.refresh_from_db()
    assert aditivo.estado == SituacaoAditivo.CADUCO
    assert Termo.objects.get(pk=termo.pk).estado == Ocupacao.VENCIDO


def test_quem_opinou_na_prorrogacao_nao_a_aprova_e_os_dias_ficam_guardados():
    espaco = sala()
    termo, elenco = ocupado(espaco)
    prorrogar(termo, elenco)
    with pytest.raises(ErroDeDominio, match="já está cedido"):
        aprovado(espaco, elenco, inicio=termo.fim + timedelta(days=2), meses=3)


def test_vencida_e_estado_proprio_e_nunca_prorroga_sozinha():
    espaco = sala()
    termo, elenco = ocupado(espaco)
    fim = HOJE - timedelta(days=1)
    _terminar_em(termo, fim)
    assert saida.rever(termo.pk).estado == Ocupacao.VENCIDO
    assert saida.rever(termo.pk).estado == Ocupacao.VENCIDO
    assert Termo.objects.get(pk=termo.pk).fim == fim
    assert [u.vencidos for u in consultas.panorama(elenco.logistica, HOJE)] == [1]
    with pytest.raises(ErroDeDominio, match="ainda não foi devolvido"):
        aprovado(espaco, elenco, inicio=HOJE, meses=3)
    assert _devolver(Termo.objects.get(pk=termo.pk), elenco).motivo.startswith("Devolvido depois do prazo")


def test_quem_nao_devolveu_segura_o_espaco_mesmo_antes_de_a_noite_ver():
    espaco = sala()
    termo, elenco = ocupado(espaco)
    _terminar_em(termo, HOJE - timedelta(days=1))
    pedido, _ = para_decisao(espaco, elenco, inicio=HOJE, meses=3)
    decisao = {**DECISAO, "inicio": HOJE, "meses": 3, "autor": elenco.diretor}
    with pytest.raises(ErroDeDominio, match=f"ainda não foi devolvido.+{termo.numero}"):
        analise.aprovar(pedido.pk, **decisao)
    assert espaco not in livres_em(HOJE)
    _devolver(Termo.objects.get(pk=termo.pk), elenco)
    assert espaco in livres_em(HOJE)
    assert analise.aprovar(pedido.pk, **decisao).termo


def test_o_termo_do_que_o_inss_registrou_nao_e_da_cidade():
    termo, elenco = ocupado()
    gestor = termo.pedido.criado_por
    assert Termo.objects.visiveis_para(gestor).get() == termo

    Pedido.objects.filter(pk=termo.pedido_id).update(pelo_inss=True)

    assert not Termo.objects.visiveis_para(gestor).exists()
    assert Termo.objects.visiveis_para(elenco.logistica).get() == termo


def test_quem_o_inss_mandou_sair_atrasa_desde_o_dia_seguinte_ao_prazo():
    termo, _ = ocupado()
    for prazo, atrasa in ((HOJE, False), (HOJE - timedelta(days=1), True)):
        Termo.objects.filter(pk=termo.pk).update(situacao=Ocupacao.RETOMADA, devolver_ate=prazo)
        assert Termo.objects.atrasados(HOJE).filter(pk=termo.pk).exists() == atrasa


@pytest.mark.parametrize(
    ("passou", "tipos", "escolhida"),
    [(None, ["entrega"], ""), (False, ["periodica", "devolucao"], ""), (True, ["periodica", "devolucao"], "devolucao")],
    ids=["antes das chaves", "em uso", "vencida"],
)
def test_so_se_oferece_a_vistoria_que_cabe(client, passou, tipos, escolhida):
    termo, elenco = publicado()[:2] if passou is None else ocupado()
    if passou:
        _terminar_em(termo, HOJE - timedelta(days=1))
        saida.rever(termo.pk)
    client.force_login(elenco.logistica)

    html = client.get(f"/cessao/cessoes/{termo.pedido.codigo}/").content.decode()

    assert re.findall(r'<option value="(entrega|periodica|devolucao)"', html) == tipos
    assert re.findall(r'<option value="(\w+)" selected', html) == [escolhida] * bool(escolhida)
    menu = client.get(f"/cessao/vistorias/{vistoriar(termo, tipos[-1], elenco).codigo}/").content.decode()
    assert re.search(r'<a[^>]*href="/cessao/cessoes/"[^>]*aria-current', menu)


@pytest.mark.parametrize(("faltam", "avisos"), [(181, 0), (180, 1), (60, 1), (0, 1)])
def test_avisos_do_fim_uma_vez_cada(faltam, avisos):
    termo, _ = ocupado()
    _terminar_em(termo, HOJE + timedelta(days=faltam))
    for _ in range(2):
        saida.rever(termo.pk)

    assert Saida.objects.filter(chave__startswith="cessao.avisar:fim:").count() == avisos


def test_uso_irregular_resposta_e_retomada_com_aviso():
    termo, elenco = ocupado()
    saida.notificar(termo.pk, texto="Lanchonete na sala.", autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="prazo de resposta"):
        saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)
    saida.responder(termo.pk, texto="Saiu.", autor=termo.pedido.criado_por)
    with pytest.raises(ErroDeDominio, match="aviso de retomada"):
        saida.revogar(termo.pk, **DECISAO, devolver_ate=HOJE, autor=elenco.superintendente)
    retomado = saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)

    assert retomado.devolver_ate == HOJE + timedelta(days=30)
    assert termo.ocorrencias.get().desfecho == "revogado"
    with pytest.raises(TransicaoInvalida):
        saida.revogar(termo.pk, **DECISAO, autor=elenco.diretor)
    assert _devolver(retomado, elenco).estado == Ocupacao.ENCERRADO


def test_retomada_nao_devolvida_vence():
    termo, elenco = ocupado()
    saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)
    Termo.objects.filter(pk=termo.pk).update(devolver_ate=HOJE - timedelta(days=1))
    assert saida.rever(termo.pk).estado == Ocupacao.VENCIDO


def test_notificacao_acolhida():
    termo, elenco = ocupado()
    saida.notificar(termo.pk, texto="X", autor=elenco.logistica)
    assert saida.acolher(termo.pk, texto="Resolvido.", autor=elenco.logistica).estado == Ocupacao.OCUPADO


def test_devolucao_compara_foto_por_foto():
    termo, elenco = ocupado()
    vistoria = vistorias.abrir(termo.pk, tipo="devolucao", dados=dados_da_vistoria(), autor=elenco.logistica)
    ambiente = vistoria.ambientes.get(nome="Sala")
    vistorias.guardar_ambiente(vistoria.pk, nome="Sala", estado="ruim", autor=elenco.logistica)
    foto_direta(ambiente)
    with pytest.raises(ErroDeDominio, match="repetir 1 foto da entrega em “Sala”"):
        vistorias.fechar(vistoria.pk, autor=elenco.logistica)
    par = ambiente.antes.fotos.get()
    foto_direta(ambiente, par=par)
    vistorias.fechar(vistoria.pk, autor=elenco.logistica)
    ((_, pares),) = consultas.comparacao(vistoria)
    assert (pares[0][0], pares[0][1].par_id) == (par, par.pk)


def test_vistoria_nao_fecha_com_foto_por_preparar_ou_recusada(client):
    termo, elenco = publicado()
    vistoria = vistorias.abrir(termo.pk, tipo="entrega", dados=dados_da_vistoria(), autor=elenco.logistica)
    ambiente = vistorias.guardar_ambiente(vistoria.pk, nome="Sala", estado="bom", autor=elenco.logistica)
    foto_direta(ambiente)
    espera, ruim = (vistorias.juntar_foto(ambiente.pk, _jpeg(), autor=elenco.logistica) for _ in range(2))
    with pytest.raises(ErroDeDominio, match="preparar 2 fotos de “Sala”"):
        vistorias.fechar(vistoria.pk, autor=elenco.logistica)
    Arquivo.objects.filter(pk=espera.arquivo_id).update(situacao="pronto")
    Arquivo.objects.filter(pk=ruim.arquivo_id).update(situacao="recusado", motivo="A foto veio cortada.")
    with pytest.raises(ErroDeDominio, match="tirar de “Sala” 1 foto que não serve e"):
        vistorias.fechar(vistoria.pk, autor=elenco.logistica)
    client.force_login(elenco.logistica)
    tela = client.get(f"/cessao/vistorias/{vistoria.codigo}/").content.decode()
    assert "A foto veio cortada." in tela
    assert f'src="/cessao/fotos/{ruim.codigo}/"' not in tela
    vistorias.tirar_foto(ruim.pk, autor=elenco.logistica)
    assert vistorias.fechar(vistoria.pk, autor=elenco.logistica).fechada_em


def test_chave_que_falta_e_anotada():
    termo, elenco = ocupado()
    vistoria = vistoriar(termo, "devolucao", elenco, chaves=1)
    with pytest.raises(ErroDeDominio, match="faça a vistoria de devolução"):
        saida.encerrar(termo.pk, chaves=1, autor=elenco.logistica)
    vistorias.assinar(vistoria.pk, aceite="pleno", autor=termo.pedido.criado_por)
    with pytest.raises(ErroDeDominio, match="entregues 2 chaves"):
        saida.encerrar(termo.pk, chaves=1, autor=elenco.logistica)


@pytest.mark.parametrize("chaves", [0, 2])
def test_as_chaves_que_voltam_sao_as_que_a_vistoria_assinada_diz(chaves):
    termo, elenco = ocupado()

    with pytest.raises(ErroDeDominio, match=rf"já assinada: 1\. Aqui: {chaves}\. Confira"):
        _devolver(termo, elenco, chaves=1, dano="Falta uma chave.", voltam=chaves)

    assert Termo.objects.get(pk=termo.pk).estado != Ocupacao.ENCERRADO


def test_recusa_em_assinar_so_na_devolucao_e_com_testemunhas():
    termo, elenco = publicado()
    entrega = vistoriar(termo, "entrega", elenco)
    with pytest.raises(ErroDeDominio, match="chaves não são entregues"):
        vistorias.anotar_recusa(entrega.pk, testemunhas="A e B", autor=elenco.logistica)
    vistorias.assinar(entrega.pk, aceite="ressalva", ressalva="Porta range.", autor=termo.pedido.criado_por)
    final = vistoriar(Termo.objects.get(pk=termo.pk), "devolucao", elenco)
    vistorias.anotar_recusa(final.pk, testemunhas="A, RG 1; B, RG 2", autor=elenco.logistica)
    assert saida.encerrar(termo.pk, chaves=2, autor=elenco.logistica).estado == Ocupacao.ENCERRADO


def _jpeg(tirada_em: str = "", lados: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    imagem, saida_ = Image.new("RGB", lados, "white"), io.BytesIO()
    exif = Image.Exif()
    if tirada_em:
        exif.get_ifd(0x8769)[0x9003] = tirada_em
    imagem.save(saida_, "JPEG", exif=exif)
    return SimpleUploadedFile("foto.jpg", saida_.getvalue(), "image/jpeg")


@pytest.mark.parametrize(
    ("texto", "dia"),
    [("", None), ("lixo", None), ("2026:11:20 10:00:00", date(2026, 11, 20))],
)
def test_dia_da_foto(texto, dia):
    assert dia_da_foto(_jpeg(texto)) == dia


def test_foto_de_antes_do_pedido_nao_entra_e_a_sem_data_entra_marcada():
    termo, elenco = publicado()
    vistoria = vistorias.abrir(termo.pk, tipo="entrega", dados=dados_da_vistoria(), autor=elenco.logistica)
    ambiente = vistorias.guardar_ambiente(vistoria.pk, nome="Sala", estado="bom", autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="antes do pedido"):
        vistorias.juntar_foto(ambiente.pk, _jpeg("2020:01:02 10:00:00"), autor=elenco.logistica)
    with pytest.raises(ErroDeDominio, match="depois da vistoria"):
        vistorias.juntar_foto(ambiente.pk, _jpeg("2099:01:02 10:00:00"), autor=elenco.logistica)
    assert vistorias.juntar_foto(ambiente.pk, _jpeg(), autor=elenco.logistica).tirada_em is None


@pytest.mark.parametrize("lados", [(1, 1), (4000, 239)])
def test_foto_em_que_nao_se_ve_o_lugar_nao_entra(lados):
    termo, elenco = publicado()
    vistoria = vistorias.abrir(termo.pk, tipo="entrega", dados=dados_da_vistoria(), autor=elenco.logistica)
    ambiente = vistorias.guardar_ambiente(vistoria.pk, nome="Sala", estado="bom", autor=elenco.logistica)

    with pytest.raises(ErroDeDominio, match=rf"só {lados[0]} × {lados[1]} pixels"):
        vistorias.juntar_foto(ambiente.pk, _jpeg(lados=lados), autor=elenco.logistica)


def test_telas_da_ocupacao_abrem_em_consultas_contadas(client, django_assert_max_num_queries):
    termo, elenco = ocupado()
    for _ in range(6):
        ocupado(sala(imovel__unidade=termo.espaco.imovel.unidade))
    client.force_login(elenco.logistica)
    with django_assert_max_num_queries(16):
        assert client.get("/cessao/cessoes/").status_code == 200
    with django_assert_max_num_queries(16):
        assert client.get("/cessao/regiao/").status_code == 200
    csv = client.get("/cessao/cessoes/exportar.csv?quais=todas").content.decode()
    assert csv.count("\r\n") >= 2
    assert termo.numero in csv
    cabeca, linha = client.get("/cessao/regiao/exportar.csv").content.decode("utf-8-sig").splitlines()
    unidade = dict(zip(cabeca.split(";"), linha.split(";"), strict=True))
    assert (unidade["unidade"], unidade["espaços"]) == (termo.espaco.imovel.unidade.nome, "7")
    assert (unidade["livres"], unidade["em uso"], unidade["sem termo"]) == ("0", "7", "0")
    for endereco in (termo.get_absolute_url(), termo.pedido.get_absolute_url()):
        assert client.get(endereco).status_code == 200


@pytest.mark.parametrize(
    ("faltam", "frase"),
    [
        (2, "faltam 2 dias"),
        (1, "falta 1 dia<"),
        (0, "termina hoje"),
        (-1, "passou há 1 dia<"),
        (-9, "passou há 9 dias"),
    ],
)
def test_o_fim_em_palavras_na_lista_e_na_tela(client, faltam, frase):
    termo, elenco = ocupado()
    _terminar_em(termo, HOJE + timedelta(days=faltam))
    client.force_login(elenco.logistica)
    for endereco in (termo.get_absolute_url(), "/cessao/cessoes/"):
        assert frase in re.sub(r"\s+<", "<", client.get(endereco).content.decode())


def test_o_que_foi_devolvido_nao_se_conta_como_atraso(client):
    termo, elenco = ocupado()
    _devolver(termo, elenco)
    client.force_login(elenco.logistica)
    assert f"devolvido em {HOJE:%d/%m/%Y}" in client.get("/cessao/cessoes/?quais=todas").content.decode()


def _unidade(n: int, *, vencidos: int = 0, sem_termo: int = 0, uf: str = "") -> consultas.NoMapa:
    unidade = consultas.Unidade(
        codigo=f"U{n}", nome=f"Gerência {n}", imoveis=2, espacos=2, livres=1, ocupados=1, terminando=0,
        vencidos=vencidos, sem_termo=sem_termo, rateio=Decimal(0),
    )  # fmt: skip
    return consultas.NoMapa(unidade, f"Cidade {n}", uf or ("MG", "SP")[n % 2], -19 - n / 100, -44 - n / 100)


@pytest.mark.parametrize(
    ("linhas", "marcas", "nuvens"),
    [
        ([_unidade(n, uf="MG") for n in range(200)], 200, None),
        ([_unidade(n) for n in range(20)], 20, 0),
        ([_unidade(n, vencidos=n < 2, sem_termo=n == 2) for n in range(200)], 3, 1),
        ([_unidade(n, vencidos=1) for n in range(200)], 0, 2),
    ],
)
def test_mapa_de_muitas_unidades_e_um_desenho_so_com_as_vencidas_a_vista(linhas, marcas, nuvens):
    mapa = mapas.da_regiao(linhas)
    assert len(mapa.marcas) == marcas
    assert nuvens is None or len(mapa.nuvens) == nuvens
    if nuvens:
        assert {m.tom for m in mapa.marcas} <= {"suspenso"}
        assert [n.classe for n in mapa.nuvens][1:] in ([], ["mapa__pontos mapa__pontos--suspenso"])


# --- The papers ---------------------------------------------------------------------------------------------------


def test_cada_papel_da_vida_do_termo_se_desenha_sem_lacuna():
    termo, elenco = ocupado()
    saida.notificar(termo.pk, texto="Lanchonete na sala.", autor=elenco.logistica)
    saida.acolher(termo.pk, texto="Resolvido.", autor=elenco.logistica)
    assinar_aditivo(prorrogar(termo, elenco), elenco)
    saida.revogar(termo.pk, **DECISAO, autor=elenco.superintendente)
    Termo.objects.filter(pk=termo.pk).update(situacao="vencido")
    desocupacao.cobrar_do_termo(termo.pk, texto="Devolva.", autor=elenco.logistica)
    _devolver(termo, elenco)

    papeis = Papel.objects.select_related("documento__municipio")
    assert {papel.especie for papel in papeis} == set(Papel.Especie.values)
    for papel in papeis:
        html = montar_html(papel.documento)
        assert "None" not in html, papel.especie
        assert "pelo inss" not in html, papel.especie
        assert desenhar(html)[0].startswith(b"%PDF"), papel.especie
