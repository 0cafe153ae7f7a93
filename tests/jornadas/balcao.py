"""What a clerk does on the screens, in the clerk's words. Only roles and labels: the markup may change."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from act_portal.demonstracao.contas import SENHA
from tests.jornadas.portal import RAIZ, Portal
from tests.simulador import cpf_novo

# Beside the checkout; where it is not, the pages are generated.
AMOSTRAS = [pdf for pasta in RAIZ.parents for pdf in sorted((pasta / "shared" / "samples").glob("*.pdf"))]
# Work done elsewhere (papers, pages, INSS) may take this long on a busy machine.
DEMORA = 60_000
# The number of a ticket, in the heading of its page.
SENHA_DA_FILA = re.compile(r"[A-Z]\d{3}")
SEGUIR_DOS_PAPEIS = re.compile("^(Salvar e fazer os papéis|Continuar)")
# What a page of the packs takes, by the kind of the question.
DA_FICHA = {
    "dinheiro": "1,00", "medida": "1,00", "inteiro": "1", "cnpj": "29979036000140", "cep": "30130000",
    "telefone": "31987654321",
}  # fmt: skip
# Everything seen and still empty: the last of several, the first of a list. Answers how many it filled.
PREENCHER = """(form, { textos, cpfs }) => {
  let feitos = 0;
  let dia = Date.UTC(2001, 0, 1);
  const avisar = (campo) => {
    for (const nome of ["input", "change"]) campo.dispatchEvent(new Event(nome, { bubbles: true }));
    feitos += 1;
  };
  const vista = (campo) => campo.checkVisibility();
  for (const grupo of form.querySelectorAll("fieldset.campo")) {
    const marcas = [...grupo.querySelectorAll("input[type=radio], input[type=checkbox]")];
    if (!marcas.length || !vista(grupo) || marcas.some((marca) => marca.checked)) continue;
    marcas.at(-1).checked = true;
    avisar(marcas.at(-1));
  }
  for (const lista of form.querySelectorAll("select")) {
    if (lista.value || !vista(lista)) continue;
    lista.selectedIndex = 1;
    avisar(lista);
  }
  for (const campo of form.querySelectorAll("input[data-tipo], textarea")) {
    const tipo = campo.dataset.tipo || "";
    if (["sim_nao", "opcao", "varias"].includes(tipo) || campo.value || !vista(campo)) continue;
    dia += 40 * 24 * 3600 * 1000;
    const data = new Date(dia).toISOString().slice(0, 10);
    campo.value = tipo === "data" ? data : tipo === "cpf" ? cpfs.shift() : textos[tipo] || "Texto fictício";
    avisar(campo);
  }
  return feitos;
}"""
VERSO_EXIF = 6  # the camera was held sideways


def fotografia(titulo: str, *, deitada: bool = False) -> dict[str, Any]:
    """A photographed page; `deitada` says in EXIF, as cameras do, that it must be turned to stand upright."""
    foto = Image.new("RGB", (1200, 1600), (240, 238, 230))
    lapis = ImageDraw.Draw(foto)
    for n in range(30):
        lapis.rectangle((100, 120 + n * 46, 1100 - (n * 71) % 500, 138 + n * 46), fill=(30, 30, 40))
    lapis.text((100, 60), titulo, fill=(0, 0, 0))
    exif = Image.Exif()
    if deitada:
        foto = foto.rotate(90, expand=True)
        exif[0x0112] = VERSO_EXIF
    saida = io.BytesIO()
    foto.save(saida, "JPEG", quality=85, exif=exif)
    return {"name": f"{titulo}.jpg", "mimeType": "image/jpeg", "buffer": saida.getvalue()}


def papel_digitalizado(n: int) -> dict[str, Any]:
    """A scanned PDF: a real one of the samples, else a generated one."""
    if AMOSTRAS:
        amostra = AMOSTRAS[n % len(AMOSTRAS)]
        return {"name": amostra.name, "mimeType": "application/pdf", "buffer": amostra.read_bytes()}
    saida = io.BytesIO()
    Image.new("RGB", (1240, 1754), (250, 250, 245)).save(saida, "PDF", resolution=150)
    return {"name": f"digitalizado-{n}.pdf", "mimeType": "application/pdf", "buffer": saida.getvalue()}


class Balcao:
    def __init__(self, pagina: Page) -> None:
        self.pagina = pagina

    # --- Small gestures -----------------------------------------------------------------------------------------
    def campo(self, rotulo: str) -> Locator:
        return self.pagina.get_by_label(re.compile(f"^{re.escape(rotulo)}")).first

    def preencher(self, **campos: str) -> None:
        for rotulo, valor in campos.items():
            self.campo(rotulo.replace("_", " ")).fill(valor)

    def escolher(self, rotulo: str, opcao: str) -> None:
        """In a list or among radio buttons, whichever the page has."""
        nome = re.compile(f"^{re.escape(rotulo)}")
        lista = self.pagina.get_by_role("combobox", name=nome)
        grupo = self.pagina.get_by_role("radiogroup", name=nome).or_(self.pagina.get_by_role("group", name=nome))
        # count() does not wait, and the page may still be on its way.
        lista.or_(grupo).first.wait_for(state="attached")
        if lista.count():
            lista.first.select_option(label=opcao)
        else:
            grupo.first.get_by_label(re.compile(f"^{re.escape(opcao)}")).first.check()

    def apertar(self, nome: str) -> None:
        self.pagina.get_by_role("button", name=nome).first.click()

    def seguir(self, nome: str) -> None:
        self.pagina.get_by_role("link", name=nome).first.click()

    def ir(self, pagina: str) -> None:
        """To a page of the case that is open."""
        base = re.sub(r"(/requerimentos/[0-9a-f-]{36}/).*", r"\1", self.pagina.url)
        self.pagina.goto(f"{base}{pagina}/")

    # --- The path -----------------------------------------------------------------------------------------------
    def entrar(self, email: str = "ana@exemplo.invalid") -> None:
        self.pagina.goto("/entrar/")
        self.campo("E-mail").fill(email)
        self.campo("Senha do portal").fill(SENHA)
        self.apertar("Entrar")
        # Who has several roles says first which one.
        self.pagina.wait_for_url(re.compile("/(painel|papel)/"))

    def receber(self, cpf: str, nome: str, *, assina: str = "Assina o próprio nome") -> None:
        """A person nobody knows yet: search, register, ticket, call, begin."""
        pagina = self.pagina
        pagina.goto("/requerimentos/recepcao/")
        self.campo("CPF, nome ou protocolo").fill(cpf)
        self.apertar("Procurar")
        self.seguir("Cadastrar pessoa nova")
        self.campo("Nome civil").fill(nome)
        self.campo("CPF").fill(cpf)
        self.campo("Data de nascimento").fill("1961-05-20" if self._usa_calendario() else "20/05/1961")
        self.escolher("Sexo", "Feminino")
        self.campo("Nome da mãe").fill("Maria de Jesus Fictícia")
        self.escolher("Documento de identidade", "RG")
        self.campo("Número do documento").fill("MG-12.345.678")
        self.campo("Órgão emissor").fill("PC/MG")
        self.campo("Rua, número").fill("Rua das Acácias, 20")
        self.campo("Bairro").fill("Centro")
        self.campo("E-mail").fill(f"cidada.{cpf}@exemplo.invalid")
        self.escolher("Como quer ser avisada", "E-mail")
        self.escolher("Assina", assina)
        self.apertar("Salvar cadastro")
        expect(pagina.get_by_role("heading", level=1)).to_contain_text(nome)

    def _usa_calendario(self) -> bool:
        return self.campo("Data de nascimento").get_attribute("type") == "date"

    def chamar(self) -> None:
        """Ticket, queue, call, table."""
        pagina = self.pagina
        self.escolher("O que veio fazer", "Pedir um benefício ou serviço")
        pagina.get_by_role("button", name="Dar senha").click()
        titulo = pagina.get_by_role("heading", level=1)
        # The heading of the page that is being left has no number.
        expect(titulo).to_have_text(SENHA_DA_FILA)
        senha = SENHA_DA_FILA.search(titulo.inner_text())
        assert senha
        pagina.goto("/requerimentos/fila/")
        pagina.get_by_role("button", name=f"Chamar senha {senha[0]}").click()
        pagina.get_by_role("button", name=f"Começar senha {senha[0]}").click()

    def na_mesa(self, portal: Portal, nome: str) -> str:
        """Goes on with a visit that `preparar` began; the CPF of who sits at the table."""
        sql = (
            "SELECT a.codigo, p.cpf FROM requerimentos_atendimento a JOIN requerimentos_pessoa p ON p.id = a.pessoa_id"
        )
        [(codigo, cpf)] = portal.ler(f"{sql} WHERE p.nome_civil = ?", nome)
        self.pagina.goto(f"/requerimentos/atendimentos/{uuid.UUID(str(codigo))}/")
        return str(cpf)

    def abrir_pedido(self, procura: str, servico: str) -> None:
        self.seguir("Escolher o serviço")
        self.campo("Serviço").fill(procura)
        self.apertar("Procurar")
        self.seguir(servico)
        self.apertar("Abrir pedido")
        self.pagina.wait_for_url(re.compile("/demanda/"))

    def nos_documentos(self, nome: str) -> Balcao:
        """On the documents page of a new request."""
        self.entrar()
        self.receber(cpf_novo(), nome)
        self.chamar()
        self.abrir_pedido("roça", "Aposentadoria por Idade Rural")
        self.ir("documentos")
        return self

    def responder_tudo(self, sim: str = "^$") -> None:
        """Every question of the screen, each with its last answer: no; those that `sim` finds get their first."""
        pagina = self.pagina
        grupos = pagina.get_by_role("radiogroup").or_(
            pagina.get_by_role("group").filter(has=pagina.get_by_role("radio"))
        )
        for grupo in grupos.all():
            opcoes = grupo.get_by_role("radio")
            (opcoes.first if re.search(sim, grupo.inner_text(), re.IGNORECASE) else opcoes.last).check()
        for lista in pagina.get_by_role("main").get_by_role("combobox").filter(visible=True).all():
            lista.select_option(index=1)
        for campo in pagina.get_by_role("main").locator("input[type=date]").filter(visible=True).all():
            campo.fill("2026-06-01")
        self.apertar("Salvar e continuar")
        pagina.wait_for_url(re.compile("/ficha/"))
        self.preencher_ficha()
        self.seguir("Ir para os papéis")
        pagina.wait_for_url(re.compile("/formularios/"))

    def preencher_ficha(self) -> None:
        """Every page of the packs, with whatever each question takes; lists get their first item when they need one."""
        pagina = self.pagina
        seguir = re.compile("^(Começar|Continuar):")
        while (proxima := pagina.get_by_role("link", name=seguir)).count():
            proxima.click()
            pagina.wait_for_url(re.compile("/ficha/.+/.+/"))
            while not re.search("/ficha/$", pagina.url):
                self.preencher_pagina_da_ficha()

    def preencher_pagina_da_ficha(self) -> None:
        """What is seen and still empty, a first item in each list that needs one; then on."""
        pagina = self.pagina
        for _ in range(8):
            self._preencher_o_que_se_ve()
            vazias = pagina.locator("[data-minimo]:visible").filter(has_not=pagina.locator("fieldset.grupo"))
            if not vazias.count():
                break
            vazias.first.get_by_role("button", name=re.compile("^Acrescentar ")).click()
            pagina.wait_for_url(re.compile("#item-"))
            # The next one may leave from the same address.
            pagina.goto(pagina.url.partition("#")[0])
        aqui = pagina.url
        pagina.get_by_role("button", name="Salvar e continuar").last.click()
        pagina.wait_for_url(lambda url: url != aqui)

    def _preencher_o_que_se_ve(self) -> None:
        """In one go and as if typed; each answer may bring more questions."""
        form = self.pagina.locator("form[data-ficha]")
        while form.evaluate(PREENCHER, {"textos": DA_FICHA, "cpfs": [cpf_novo() for _ in range(20)]}):
            pass

    def fazer_papeis(self) -> None:
        """Who signs, then the three papers, which appear without anybody loading the page again."""
        pagina = self.pagina
        grupo = pagina.get_by_role("radiogroup", name="Quem assina?").or_(
            pagina.get_by_role("group", name="Quem assina?", exact=True)
        )
        grupo.first.get_by_role("radio").first.check()
        pagina.get_by_role("button", name=SEGUIR_DOS_PAPEIS).click()

    def a_rogo(self) -> None:
        """Somebody signs for who cannot, before two witnesses."""
        pagina = self.pagina
        pagina.get_by_role("radio", name="Outra pessoa assina a rogo").check()
        pagina.get_by_role("button", name=SEGUIR_DOS_PAPEIS).click()
        for n, quem in enumerate(("Quem assina a rogo", "1ª testemunha", "2ª testemunha")):
            parte = pagina.get_by_role("group", name=quem).first
            parte.get_by_label(re.compile("^Nome")).fill(f"Testemunha {n} Fictícia")
            parte.get_by_label(re.compile("^CPF")).fill(cpf_novo())
            parte.get_by_label(re.compile("^Documento")).fill(f"RG MG-1{n}.222.333")
            nascimento = parte.get_by_label(re.compile("^(Data de n|N)ascimento"))
            nascimento.fill("1980-01-10" if nascimento.get_attribute("type") == "date" else "10/01/1980")
        pagina.get_by_role("button", name=SEGUIR_DOS_PAPEIS).click()

    def esperar_papeis(self) -> None:
        expect(self.pagina.get_by_role("button", name="Marcar como assinados")).to_be_visible(timeout=DEMORA)

    def marcar_assinados(self) -> None:
        for papel in self.pagina.get_by_role("main").get_by_role("checkbox").all():
            papel.check()
        self.apertar("Marcar como assinados")
        expect(self.pagina.get_by_role("link", name="Digitalizar os documentos")).to_be_visible()

    def digitalizar(self) -> None:
        """Something in every slot that lacks it, all at once: a scanned PDF, and pages photographed with the telephone
        turned.
        """
        self.ir("documentos")
        faltam = self.pagina.locator("details").filter(has=self.pagina.get_by_text("Falta", exact=True))
        arquivos = []
        for n, vaga in enumerate(faltam.evaluate_all("vagas => vagas.map((vaga) => vaga.id)")):
            arquivo = papel_digitalizado(0) if n == 0 else fotografia(f"foto {n}", deitada=n % 2 == 1)
            self._mandar(self.pagina.locator(f"#{vaga}"), arquivo)
            arquivos.append(arquivo["name"])
        self._esperar_paginas(arquivos)
        expect(faltam).to_have_count(0)
        self.declarar_tudo()

    def declarar_tudo(self) -> None:
        """Say of every document that it was scanned from the original."""
        pagina = self.pagina
        sem = pagina.locator("details").filter(has=pagina.get_by_text("Diga se é original ou cópia"))
        # Slots still gain pages while earlier ones are declared, so the count may rise before it falls.
        while sem.count():
            botao = pagina.locator('[id^="natureza-"][id$="-original"][aria-pressed="false"]').first
            nome = botao.get_attribute("id")
            botao.click()
            expect(pagina.locator(f"#{nome}")).to_have_attribute("aria-pressed", "true", timeout=DEMORA)

    def juntar(self, vaga: Locator, arquivo: dict[str, Any]) -> None:
        """Upload one file and wait for its pages."""
        self._mandar(vaga, arquivo)
        self._esperar_paginas([arquivo["name"]])

    def _mandar(self, vaga: Locator, arquivo: dict[str, Any]) -> None:
        vaga.locator("input[type=file]").set_input_files([arquivo])
        # With scripts the choice is enough.
        if (botao := vaga.get_by_role("button", name="Enviar arquivos")).is_visible():
            botao.click()

    def _esperar_paginas(self, nomes: list[str]) -> None:
        for nome in nomes:
            expect(self.pagina.get_by_role("region", name=nome)).to_be_visible(timeout=DEMORA)
        expect(self.pagina.get_by_text("As páginas estão sendo preparadas")).to_have_count(0, timeout=DEMORA)

    def enviar(self) -> None:
        self.ir("conferencia")
        self.apertar("Enviar ao INSS")

    def esperar_protocolo(self) -> str:
        """It appears by itself."""
        recebido = self.pagina.get_by_role("heading", name="Recebido pelo INSS")
        expect(recebido).to_be_visible(timeout=DEMORA)
        texto = self.pagina.get_by_role("main").inner_text()
        achado = re.search(r"Protocolo\s+([\d.]+)", texto, re.IGNORECASE)
        assert achado, texto
        return achado[1].replace(".", "")
