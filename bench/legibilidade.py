"""The verdict on pages, measured on a labelled set made here: false accept and false reject of each defect.

Rendered documents are spoilt by one thing at a time, by so much that a reader would send them back, or so little that
nobody should notice; what lies between is a matter of taste and is left out. Thresholds were set on seed 1 only.

    python bench/legibilidade.py [PAGES_PER_LABEL] [SEED]
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from act_portal.arquivos.folhas import com_conserto, em_pe, folha_pronta
from bench._mesa import fotografar

A4 = (1240, 1754)
FONTES = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSansCondensed.ttf", "DejaVuSansMono.ttf")
PALAVRAS = """
Requerimento benefício aposentadoria pensão segurado instituto previdência social carteira trabalho declaração
contribuição certidão nascimento casamento residência comprovante município atividade rural período documento
original cópia conforme assinatura requerente dependente filho cônjuge data pedido exigência prazo recurso
de da do em para com que não por uma os as ao pela qual quando já foi são número página Maria José Antônio Joana
""".split()  # noqa: SIM905 - a list of words reads better so
Estrago = Callable[[Image.Image, random.Random], Image.Image]


def documento(
    sorte: random.Random, *, ponto: float | None = None, margem: int | None = None, linhas: list[str] | None = None
) -> Image.Image:
    """A page of prose and fields at 150 DPI: 8 to 13 points, margins of 6 to 22 mm. `linhas` receives what it says."""
    ponto = ponto or sorte.uniform(8, 13)
    margem = margem if margem is not None else sorte.randint(36, 130)
    corpo = round(ponto * 150 / 72)
    fonte = ImageFont.truetype(sorte.choice(FONTES), corpo)
    papel = Image.new("RGB", A4, (255, 255, 255))
    desenho = ImageDraw.Draw(papel)
    tinta = tuple([sorte.randint(0, 60)] * 3)
    if sorte.random() < 0.6:
        titulo = ImageFont.truetype(sorte.choice(FONTES), corpo * 2)
        desenho.text((margem + 40, margem), "Declaração do segurado", font=titulo, fill=tinta)
    y, fim = margem + corpo * 3, A4[1] - margem - corpo * 2 - sorte.choice([0, 0, 500])
    while y < fim:
        if sorte.random() < 0.08:
            y += corpo * 2
            continue
        linha = ""
        while fonte.getlength(f"{linha} Requerimento") < A4[0] - 2 * margem:
            linha += (" " if linha else "") + sorte.choice([*PALAVRAS, str(sorte.randint(0, 99999))])
        desenho.text((margem, y), linha, font=fonte, fill=tinta)
        if linhas is not None:
            linhas.append(linha)
        y += round(corpo * sorte.uniform(1.3, 1.6))
    if sorte.random() < 0.3:
        desenho.rectangle((margem, margem + corpo * 2, A4[0] - margem, A4[1] - margem), outline=tinta, width=2)
    return papel


def tabela(sorte: random.Random) -> Image.Image:
    """A ruled page of 3 to 8 columns, many of its squares empty: a statement, a payslip."""
    corpo, margem = round(sorte.uniform(8, 12) * 150 / 72), sorte.randint(36, 100)
    fonte = ImageFont.truetype(sorte.choice(FONTES), corpo)
    papel = Image.new("RGB", A4, (255, 255, 255))
    desenho = ImageDraw.Draw(papel)
    tinta, risco = tuple([sorte.randint(0, 60)] * 3), tuple([sorte.choice([0, 90, 150])] * 3)
    colunas, altura, grossura = sorte.randint(3, 8), round(corpo * sorte.uniform(1.5, 2.2)), sorte.choice([1, 2, 3])
    largura = (A4[0] - 2 * margem) / colunas
    desenho.text((margem + 20, margem), "Demonstrativo de contribuições", font=fonte, fill=tinta)
    topo = y = margem + corpo * 3
    while y < A4[1] - margem - altura:
        desenho.line((margem, y, A4[0] - margem, y), fill=risco, width=grossura)
        for coluna in range(colunas):
            palavra = sorte.choice(PALAVRAS) if sorte.random() < 0.6 else str(sorte.randint(0, 99999))
            if fonte.getlength(palavra) < largura - 8:
                lugar = (margem + coluna * largura + 5, y + (altura - corpo) // 2)
                desenho.text(lugar, palavra, font=fonte, fill=tinta)
        y += altura
    desenho.line((margem, y, A4[0] - margem, y), fill=risco, width=grossura)
    for coluna in range(colunas + 1):
        desenho.line((margem + coluna * largura, topo, margem + coluna * largura, y), fill=risco, width=grossura)
    return papel


def duas_colunas(sorte: random.Random) -> Image.Image:
    """A page of prose in two columns, 4 to 12 mm apart: a bulletin, a contract."""
    ponto, margem = sorte.uniform(8, 11), sorte.randint(50, 110)
    corpo, meio_vao = round(ponto * 150 / 72), sorte.randint(12, 36)
    fonte = ImageFont.truetype(sorte.choice(FONTES), corpo)
    papel = Image.new("RGB", A4, (255, 255, 255))
    desenho = ImageDraw.Draw(papel)
    tinta = tuple([sorte.randint(0, 60)] * 3)
    for x, limite in ((margem, A4[0] // 2 - meio_vao), (A4[0] // 2 + meio_vao, A4[0] - margem)):
        y = margem + corpo * 3
        while y < A4[1] - margem - corpo * 2:
            linha = ""
            while fonte.getlength(f"{linha} contribuição") < limite - x:
                linha += (" " if linha else "") + sorte.choice(PALAVRAS)
            desenho.text((x, y), linha, font=fonte, fill=tinta)
            y += round(corpo * sorte.choice([1.4, 1.4, 1.4, 2.4]))
    return papel


def na_mesa(folha: Image.Image, sorte: random.Random) -> Image.Image:
    """The sheet as a phone sees it on a table of planed wood to rustic boards, before any repair."""
    foto, _ = fotografar(folha, sorte, veios=sorte.uniform(20, 250))
    return em_pe(foto)


def veredito(imagem: Image.Image) -> set[str]:
    """The codes of what the clerk is told: a sheet found on a table is judged as cut out of the photo."""
    folha = com_conserto(folha_pronta(imagem), imagem, "foto", lambda _: imagem)
    return {defeito["codigo"] for defeito in (folha.consertada or folha).defeitos}


def em_foto(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """Paper that is not white, lit from one side, with the grain of a sensor: a fair photo."""
    papel = sorte.uniform(170, 225)
    declive = np.linspace(1, sorte.uniform(0.8, 1.0), imagem.width)[None, :, None]
    pontos = np.asarray(imagem, np.float32) * papel / 255 * declive
    pontos += np.random.default_rng(sorte.randrange(2**32)).normal(0, sorte.uniform(1, 5), pontos.shape)
    return Image.fromarray(np.clip(pontos, 0, 255).astype(np.uint8))


def formulario(sorte: random.Random) -> Image.Image:
    """An old form on tinted paper, filled in by hand: little print, and writing that stands no way in particular."""
    papel = Image.new("RGB", A4, (240, 236, 222))
    desenho = ImageDraw.Draw(papel)
    fonte = ImageFont.truetype(sorte.choice(FONTES), round(8 * 150 / 72))
    for y in range(210, 1560, 75):
        desenho.line((130, y + 45, A4[0] - 130, y + 45), fill=(90, 100, 150), width=2)
        desenho.text(
            (130, y), sorte.choice(("Empregador", "CNPJ", "Rua", "Município", "Cargo")), font=fonte, fill=(60, 70, 120)
        )
        fase = sorte.uniform(0, 6)
        letra = [(500 + t, y + 25 + 13 * np.sin(t / 8.5 + fase) * np.cos(t / 20 + fase)) for t in range(0, 450, 3)]
        desenho.line(letra, fill=(20, 25, 70), width=3)
    return papel


def carteira(sorte: random.Random, lugar: tuple[int, int] | None = None) -> Image.Image:
    """An identity card of tinted paper, with a face, on the white lid of a scanner."""
    papel = Image.new("RGB", A4, (253, 253, 252))
    desenho = ImageDraw.Draw(papel)
    x, y = lugar or (sorte.randint(60, 600), sorte.randint(60, 1200))
    desenho.rectangle((x, y, x + 502, y + 360), fill=(205, 225, 205), outline=(80, 120, 90), width=2)
    desenho.rectangle((x + 20, y + 70, x + 165, y + 260), fill=(120, 100, 90))
    desenho.ellipse((x + 50, y + 95, x + 135, y + 210), fill=(210, 170, 140))
    titulo, fonte = (ImageFont.truetype("DejaVuSans.ttf", round(p * 150 / 72)) for p in (7.5, 6.5))
    desenho.text((x + 15, y + 10), "REPÚBLICA FEDERATIVA DO BRASIL", font=titulo, fill=(20, 60, 40))
    for i, linha in enumerate(("NOME  MARIA DAS DORES", "FILIAÇÃO  JOÃO PEREIRA", "ANA DAS DORES", "NASC 14/08/1961")):
        desenho.text((x + 185, y + 65 + i * 50), linha, font=fonte, fill=(10, 10, 10))
    return papel


def borrado(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return imagem.filter(ImageFilter.GaussianBlur(sorte.uniform(2.6, 6)))


def tremido(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """A hand that moved: a straight smear of 9 to 18 pixels."""
    quanto = sorte.randint(9, 18)
    pontos = np.asarray(imagem, np.float32)
    eixo = sorte.choice([0, 1])
    soma = sum(np.roll(pontos, passo, axis=eixo) for passo in range(quanto))
    return Image.fromarray((soma / quanto).astype(np.uint8))


def tabela_borrada(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return sorte.choice([borrado, tremido])(tabela(sorte), sorte)


def tremido_na_mesa(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return sorte.choice([borrado, tremido])(na_mesa(imagem, sorte), sorte)


def borrado_num_canto(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    mascara = Image.new("L", imagem.size, 0)
    # The lower half of a short letter is empty: nothing there to blur.
    x, y = sorte.choice([0, imagem.width // 2]), sorte.choice([0, imagem.height // 3])
    ImageDraw.Draw(mascara).rectangle((x, y, x + imagem.width // 2, y + imagem.height // 2), fill=255)
    mascara = mascara.filter(ImageFilter.GaussianBlur(40))
    return Image.composite(imagem.filter(ImageFilter.GaussianBlur(sorte.uniform(3.2, 6))), imagem, mascara)


def borrado_num_pedaco(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """A few lines at one side, blurred beyond guessing: the lens was dirty, or the sheet curled."""
    x, y = sorte.choice([0, imagem.width * 5 // 8]), imagem.height * sorte.choice([2, 4, 6]) // 16
    mascara = Image.new("L", imagem.size, 0)
    ImageDraw.Draw(mascara).rectangle((x, y, x + imagem.width * 3 // 8, y + imagem.height // 4), fill=255)
    mascara = mascara.filter(ImageFilter.GaussianBlur(25))
    return Image.composite(imagem.filter(ImageFilter.GaussianBlur(sorte.uniform(4.5, 6))), imagem, mascara)


def escurecido(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """The paper ends at a grey of 25 to 85."""
    foto = em_foto(imagem, sorte)
    papel = float(np.percentile(np.asarray(foto.convert("L")), 80))
    gama = np.log(sorte.uniform(25, 85) / 255) / np.log(papel / 255)
    return foto.point(lambda v: round(255 * (v / 255) ** gama))


def com_clarao(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    foto = em_foto(imagem, sorte)
    raio = sorte.randint(150, 330)
    x, y = sorte.randint(raio, A4[0] - raio), sorte.randint(raio, A4[1] - raio)
    mascara = Image.new("L", foto.size, 0)
    ImageDraw.Draw(mascara).ellipse((x - raio, y - raio, x + raio, y + raio), fill=255)
    return Image.composite(Image.new("RGB", foto.size, "white"), foto, mascara.filter(ImageFilter.GaussianBlur(35)))


def cortado(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """Cut through the text on one side, as when the sheet stuck out of the picture."""
    tinta = np.asarray(imagem.convert("L")) < 128
    colunas, linhas = np.flatnonzero(tinta.sum(0) > 8), np.flatnonzero(tinta.sum(1) > 150)
    quanto = sorte.randint(25, 110)
    lado = sorte.randrange(4)
    x0, y0, x1, y1 = 0, 0, *imagem.size
    if lado == 0:
        x0 = int(colunas[0]) + quanto
    elif lado == 1:
        y0 = int(linhas[min(quanto, len(linhas) - 1)])
    elif lado == 2:
        x1 = int(colunas[-1]) - quanto - 60
    else:
        y1 = int(linhas[-min(quanto, len(linhas))])
    return imagem.crop((x0, y0, x1, y1))


def em_branco(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """Paper with dust on it."""
    papel = em_foto(Image.new("RGB", A4, "white"), sorte)
    desenho = ImageDraw.Draw(papel)
    for _ in range(sorte.randint(0, 12)):
        x, y = sorte.randint(0, A4[0]), sorte.randint(0, A4[1])
        desenho.ellipse((x, y, x + 3, y + 3), fill=(90, 90, 90))
    return papel


def furado(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """An empty sheet out of a binder."""
    papel = Image.new("RGB", A4, (250, 250, 250))
    x, raio = sorte.randint(45, 90), sorte.randint(14, 20)
    for y in (sorte.randint(700, 800), sorte.randint(1100, 1300)):
        ImageDraw.Draw(papel).ellipse((x - raio, y - raio, x + raio, y + raio), fill=(60, 60, 60))
    return papel


def carteira_cortada(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """A card that sticks out of the glass at one side; no letter lies on the cut."""
    lado = sorte.choice(["esquerda", "baixo"])
    x, y = sorte.randint(150, 500), sorte.randint(250, 1000)
    # 60 to 75 pixels of it are lost on the left: half of the face.
    return carteira(sorte, (-sorte.randint(60, 75), y) if lado == "esquerda" else (x, A4[1] - sorte.randint(275, 300)))


def carteira_no_canto(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """Laid against the marks of the glass, as the scanner's lid says: it touches two edges and is whole."""
    return carteira(sorte, (sorte.choice([0, A4[0] - 503]), sorte.choice([0, A4[1] - 361])))


def miudo(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return documento(sorte, ponto=sorte.uniform(3, 4.6))


def de_cabeca(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return imagem.transpose(Image.Transpose.ROTATE_180)


def de_lado(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return imagem.transpose(sorte.choice([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270]))


def dois(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    """Two cards on a table, or on the white lid of a scanner."""
    mesa = sorte.choice([(70, 55, 45), (40, 60, 90), (255, 255, 255)])
    papel = Image.new("RGB", A4, mesa)
    for y in (sorte.randint(80, 160), sorte.randint(900, 1000)):
        cartao = documento(sorte, ponto=8, margem=40).crop((0, 100, 900, 680))
        cor = (205, 222, 205) if mesa[0] == 255 else (235, 235, 230)
        cartao = Image.composite(Image.new("RGB", cartao.size, cor), cartao, cartao.convert("L").point(lambda v: v))
        papel.paste(cartao, (sorte.randint(60, 260), y))
    return torto(papel, sorte, fundo=mesa)


def torto(imagem: Image.Image, sorte: random.Random, fundo: tuple[int, int, int] = (255, 255, 255)) -> Image.Image:
    graus = sorte.uniform(-2.5, 2.5)
    return imagem.rotate(graus, Image.Resampling.BICUBIC, fillcolor=fundo)


def com_ruido(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    ruido = np.random.default_rng(sorte.randrange(2**32)).normal(0, sorte.uniform(4, 14), (*A4[::-1], 1))
    return Image.fromarray(np.clip(np.asarray(imagem, np.float32) + ruido, 0, 255).astype(np.uint8))


def em_jpeg_fraco(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    saida = io.BytesIO()
    imagem.save(saida, "JPEG", quality=sorte.randint(25, 60))
    return Image.open(saida).convert("RGB")


def um_pouco_borrado(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return imagem.filter(ImageFilter.GaussianBlur(sorte.uniform(0.3, 1.0)))


def um_pouco_escuro(imagem: Image.Image, sorte: random.Random) -> Image.Image:
    return em_foto(imagem, sorte).point(lambda v: round(255 * (v / 255) ** 1.35))


RUINS: dict[str, list[Estrago]] = {
    "tremida": [borrado, tremido, borrado_num_canto, borrado_num_pedaco, tabela_borrada, tremido_na_mesa],
    "escura": [escurecido],
    "clarao": [com_clarao],
    "cortada": [cortado, carteira_cortada],
    "branco": [em_branco, furado],
    "miuda": [miudo],
    "cabeca": [de_cabeca],
    "lado": [de_lado],
    "dois": [dois],
}
BONS: dict[str, Estrago] = {
    "clean": lambda imagem, sorte: imagem,
    "fair photo": em_foto,
    "skew to 2.5 degrees": torto,
    "noise to 14": com_ruido,
    "JPEG 25 to 60": em_jpeg_fraco,
    "blur to 1 px": um_pouco_borrado,
    "gamma 1.35": um_pouco_escuro,
    "large letters": lambda imagem, sorte: documento(
        sorte, ponto=sorte.uniform(14, 30), margem=sorte.randint(100, 220)
    ),
    "form by hand": lambda imagem, sorte: formulario(sorte),
    "identity card": lambda imagem, sorte: carteira(sorte),
    "card at the corner": carteira_no_canto,
}
FOTOS: dict[str, Estrago] = {
    "sheet on a table": lambda imagem, sorte: na_mesa(documento(sorte, ponto=sorte.uniform(9.5, 13)), sorte),
    "two columns": lambda imagem, sorte: duas_colunas(sorte),
    "two columns, fair photo": lambda imagem, sorte: em_foto(duas_colunas(sorte), sorte),
}
TABELAS: dict[str, Estrago] = {
    "ruled table": lambda imagem, sorte: tabela(sorte),
    "table, fair photo": lambda imagem, sorte: em_foto(tabela(sorte), sorte),
    "table, skew": lambda imagem, sorte: torto(tabela(sorte), sorte),
    "table, JPEG 25 to 60": lambda imagem, sorte: em_jpeg_fraco(tabela(sorte), sorte),
}


def medir(por_rotulo: int, semente: int) -> tuple[dict[str, float], dict[str, float], dict[str, float], float]:
    """False accept by defect, false reject by defect, any reject by kind of good page, milliseconds a page."""
    aceitos, recusados, por_tipo, tempos = {}, dict.fromkeys(RUINS, 0), {}, []

    def codigos(imagem: Image.Image) -> set[str]:
        inicio = time.perf_counter()
        achados = veredito(imagem)
        tempos.append(time.perf_counter() - inicio)
        return achados

    for codigo, estragos in RUINS.items():
        passaram = 0
        for vez in range(por_rotulo):
            sorte = random.Random(f"{semente}/{codigo}/{vez}")  # noqa: S311 - pictures, not secrets
            ruim = estragos[vez % len(estragos)](documento(sorte), sorte)
            passaram += codigo not in codigos(ruim)
        aceitos[codigo] = passaram / por_rotulo
    total = 0
    for tipo, jeito in (BONS | TABELAS | FOTOS).items():
        errados = 0
        for vez in range(por_rotulo):
            sorte = random.Random(f"{semente}/{tipo}/{vez}")  # noqa: S311
            achados = codigos(jeito(documento(sorte), sorte))
            errados += bool(achados)
            total += 1
            for codigo in achados:
                recusados[codigo] += 1
        por_tipo[tipo] = errados / por_rotulo
    return aceitos, {c: n / total for c, n in recusados.items()}, por_tipo, 1000 * sum(tempos) / len(tempos)


def principal() -> None:
    por_rotulo = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    semente = int(sys.argv[2]) if len(sys.argv) > 2 else 2026
    aceitos, recusados, por_tipo, ms = medir(por_rotulo, semente)
    bons = por_rotulo * len(BONS | TABELAS | FOTOS)
    print(f"seed {semente}: {por_rotulo} spoilt pages a defect, {bons} good pages, {ms:.0f} ms a page")
    print(f"{'defect':<12} {'false accept':>13} {'false reject':>13}   goal <= 5 % each")
    for codigo in RUINS:
        veredito = "ok" if max(aceitos[codigo], recusados[codigo]) <= 0.05 else "ACIMA DA META"
        print(f"{codigo:<12} {aceitos[codigo]:12.1%} {recusados[codigo]:12.1%}    {veredito}")
    for tipo, errados in por_tipo.items():
        print(f"good pages, {tipo:<22} any defect found: {errados:.1%}")


if __name__ == "__main__":
    principal()
