"""The decision letter: a small PDF written by hand, for the simulator needs no layout engine."""

from __future__ import annotations

import textwrap

from django.utils import timezone

from act_portal.simulador_inss.models import Tarefa
from act_portal.simulador_inss.situacoes import Resultado

LINHAS_POR_PAGINA = 52


def carta(tarefa: Tarefa) -> bytes:
    """The letter of a concluded task."""
    if tarefa.decidida_em is None:
        raise ValueError("A task without a decision has no letter.")
    linhas = [
        "INSTITUTO NACIONAL DO SEGURO SOCIAL (simulador de treinamento, sem valor)",
        "",
        "COMUNICAÇÃO DE DECISÃO",
        "",
        f"Protocolo: {tarefa.protocolo}",
        f"Serviço: {tarefa.servico_nome}",
        f"Requerente: {tarefa.nome}",
        f"Data de entrada do requerimento: {timezone.localdate(tarefa.entrada_em):%d/%m/%Y}",
        f"Data da decisão: {timezone.localdate(tarefa.decidida_em):%d/%m/%Y}",
        f"Resultado: {Resultado(tarefa.resultado).label}",
        *([f"Número do benefício: {tarefa.nb}"] if tarefa.nb else []),
        "",
        tarefa.despacho,
        *(["", "Motivos:"] if tarefa.motivos else []),
        *(f"- {motivo}" for motivo in tarefa.motivos),
    ]
    if tarefa.prazo_recurso:
        linhas += ["", f"Desta decisão cabe recurso até {tarefa.prazo_recurso:%d/%m/%Y}."]
    return pdf([parte for linha in linhas for parte in textwrap.wrap(linha, 88) or [""]])


def pdf(linhas: list[str]) -> bytes:
    """Plain A4 pages of text in Helvetica."""
    paginas = [linhas[n : n + LINHAS_POR_PAGINA] for n in range(0, len(linhas), LINHAS_POR_PAGINA)] or [[]]
    objetos: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objetos.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    filhos = []
    for pagina in paginas:
        texto = b"BT /F1 11 Tf 14 TL 56 780 Td " + b" ".join(b"(%s) Tj T*" % _literal(linha) for linha in pagina)
        conteudo = texto + b" ET"
        objetos.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(conteudo), conteudo))
        objetos.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objetos)
        )
        filhos.append(b"%d 0 R" % len(objetos))
    objetos[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(filhos), len(filhos))
    return _montar(objetos)


def _literal(texto: str) -> bytes:
    bruto = texto.encode("cp1252", errors="replace")
    return bruto.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _montar(objetos: list[bytes]) -> bytes:
    saida = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    posicoes = []
    for numero, objeto in enumerate(objetos, start=1):
        posicoes.append(len(saida))
        saida += b"%d 0 obj\n%s\nendobj\n" % (numero, objeto)
    tabela = len(saida)
    saida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    saida += b"".join(b"%010d 00000 n \n" % posicao for posicao in posicoes)
    saida += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objetos) + 1, tabela)
    return bytes(saida)
