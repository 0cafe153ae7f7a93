"""What a town's manager and the people of INSS do on the screens of the adhesion. Only roles and labels."""

from __future__ import annotations

import email
import quopri
import re
from datetime import date, timedelta
from email.message import Message
from typing import Any

from playwright.sync_api import Locator, Page, expect

from act_portal.arquivos.pdf_minimo import pagina_com_jpeg
from act_portal.demonstracao import imagens
from act_portal.demonstracao.assinaturas import assinar_bytes
from act_portal.demonstracao.contas import SENHA
from tests.jornadas.portal import Portal

ELO = re.compile(r"https?://\S+\?chave=\S+")


def assinado(nome: str = "assinado.pdf") -> dict[str, Any]:
    """A PDF with what a signature leaves in it."""
    folha = pagina_com_jpeg(imagens.desenhar("Papel assinado"), imagens.LARGURA, imagens.ALTURA)
    return {"name": nome, "mimeType": "application/pdf", "buffer": folha + b"\n% /ByteRange [0 1 2 3]\n"}


def dia(dias: int = 0) -> str:
    return f"{date.today() + timedelta(days=dias):%Y-%m-%d}"


DAS_DUAS_PARTES = ("adesao-instrumento", "adesao-aditivo", "adesao-encerramento", "cessao-termo", "cessao-aditivo",
                   "cessao-encerramento")  # fmt: skip


class Sala:
    """One window, where people sign in and out."""

    def __init__(self, pagina: Page, portal: Portal) -> None:
        self.pagina, self.portal = pagina, portal

    def entrar(self, quem: str) -> None:
        """Whoever was in leaves first."""
        self.pagina.context.clear_cookies()
        self.pagina.goto("/entrar/")
        self.pagina.get_by_label("E-mail").fill(quem if "@" in quem else f"{quem}@exemplo.invalid")
        self.pagina.get_by_label("Senha do portal").fill(SENHA)
        self.pagina.get_by_role("button", name="Entrar").click()
        self.pagina.wait_for_url(re.compile("/(painel|papel)/"))

    def processo_de(self, nome: str) -> str:
        """The code of the newest application of a town, as the database knows it."""
        sql = (
            "SELECT p.codigo FROM adesao_processo p JOIN territorio_municipio m ON m.codigo_ibge = p.municipio_id "
            "WHERE m.nome = ? ORDER BY p.id DESC"
        )
        codigo = str(self.portal.ler(sql, nome)[0][0])
        return codigo if "-" in codigo else re.sub(r"(.{8})(.{4})(.{4})(.{4})(.{12})", r"\1-\2-\3-\4-\5", codigo)

    def analise(self, nome: str) -> None:
        self.pagina.goto(f"/adesao/{self.processo_de(nome)}/analise/")

    def acordo(self, nome: str) -> None:
        self.pagina.goto(f"/adesao/{self.processo_de(nome)}/acordo/")

    def cartao(self, titulo: str) -> Locator:
        """The card of an act; one that is folded opens."""
        dobrado = self.pagina.locator("details").filter(
            has=self.pagina.locator("summary", has_text=re.compile(rf"^\s*{re.escape(titulo)}"))
        )
        aberto = self.pagina.get_by_role("region", name=titulo, exact=True)
        # The page that a link leads to may still be on its way.
        dobrado.or_(aberto).first.wait_for(state="attached")
        if dobrado.count():
            if not dobrado.first.get_attribute("open"):
                dobrado.first.locator("summary").click()
            return dobrado.first
        return aberto.first

    def agir(self, titulo: str, botao: str, *, arquivo: bool = False, **campos: str) -> None:
        """Fill in the form of an act by its labels and press its button."""
        cartao = self.cartao(titulo)
        for rotulo, valor in campos.items():
            preencher(cartao, rotulo.replace("_", " "), valor)
        if arquivo:
            # The other party signed before INSS does.
            cartao.locator("input[type=file]").set_input_files(
                self.papel_assinado(2 if titulo.startswith(("Juntar", "Registrar")) else 1)
            )
        cartao.get_by_role("button", name=botao).click()

    def papel_assinado(self, quantas: int, *modelos: str) -> dict[str, Any]:
        """The newest paper of `modelos`, as the portal made it, signed so many times; without them, of both sides."""
        nomes = ", ".join(f"'{modelo}'" for modelo in modelos or DAS_DUAS_PARTES)
        sql = f"SELECT pdf FROM emissao_documento WHERE modelo IN ({nomes}) ORDER BY id DESC LIMIT 1"  # noqa: S608
        pdf = self.portal.esperar("o papel para assinar", lambda: self.portal.ler(sql)[0][0])
        papel = (self.portal.pasta / "arquivos" / pdf).read_bytes()
        return {"name": "assinado.pdf", "mimeType": "application/pdf", "buffer": assinar_bytes(papel, quantas).read()}

    def feito(self, frase: str) -> None:
        expect(self.pagina.get_by_text(frase).first).to_be_visible()

    def convite_para(self, endereco: str) -> str:
        """The address in the newest e-mail to `endereco` that carries one."""
        pasta = self.portal.pasta / "avisos" / "email"

        def achar() -> str:
            for arquivo in sorted(pasta.glob("*"), key=lambda a: a.stat().st_mtime, reverse=True):
                for mensagem in _mensagens(arquivo.read_bytes()):
                    corpo = quopri.decodestring(str(mensagem.get_payload()).encode()).decode("utf-8", "replace")
                    if endereco in str(mensagem["To"]) and (elo := ELO.search(corpo)):
                        return elo[0]
            return ""

        return str(self.portal.esperar("o convite", achar))


def _mensagens(conteudo: bytes) -> list[Message]:
    """Each file holds the messages of one connection, a line of dashes after each."""
    return [email.message_from_bytes(parte.strip()) for parte in re.split(rb"\n-{70,}\n", conteudo) if parte.strip()]


def preencher(onde: Locator, rotulo: str, valor: str) -> None:
    """A field, a list, a choice or a mark, whichever has this label."""
    nome = re.compile(f"^{re.escape(rotulo)}")
    grupo = onde.get_by_role("radiogroup", name=nome).or_(onde.get_by_role("group", name=nome))
    campo = onde.get_by_label(nome).first
    # count() does not wait: asked of the page that is being left, it takes a choice for a field.
    grupo.or_(campo).first.wait_for(state="attached")
    if grupo.count():
        for opcao in valor.split("|"):
            grupo.first.get_by_label(re.compile(f"^{re.escape(opcao)}")).first.check()
        return
    if campo.evaluate("e => e.tagName") == "SELECT":
        campo.select_option(label=valor)
    elif campo.get_attribute("type") == "checkbox":
        campo.check()
    else:
        campo.fill(valor)
