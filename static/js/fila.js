// The queue of files: one line on the screen for each, sent one after the other, gone on with by itself after a dropped
// line, a closed lid or an ended session. On the pages of a case each file stands in its slot; elsewhere in `#fila`.
"use strict";

window.Fila = (() => {
  const ESPERA_MS = [1000, 3000, 8000, 15000, 30000];
  const SESSAO_MS = 15000;
  const RAIZ = document.body.dataset.fila || "";
  const VENCEU = "Esperou mais de um dia e foi apagado deste computador. Escolha o arquivo de novo.";
  const itens = [];
  const falta = (item) => !["enviado", "falhou"].includes(item.estado);
  let ligacao = null;
  let cofre = null;
  let andando = false;
  let acordar = () => {};

  // --- Who we are to the portal -----------------------------------------------------------------------------------
  const chaveDoForm = (form) => form.querySelector("input[name=csrfmiddlewaretoken]").value;

  // Throws as `Quem.conectar`.
  async function conectar() {
    const dados = await Quem.conectar();
    ligacao = { raiz: RAIZ, ...dados };
    if (!cofre && Cofre.disponivel) cofre = await Cofre.abrir(dados).catch(() => null);
  }

  // A telephone that only takes pictures has no key: its files wait in memory.
  const daPagina = (form) => ({ raiz: form.dataset.fila, token: chaveDoForm(form), pedaco: Number(form.dataset.pedaco) });

  // --- One line for each file -------------------------------------------------------------------------------------
  const elemento = (nome, classe, texto = "") => Object.assign(document.createElement(nome), { className: classe, textContent: texto });

  function dizer(frase) {
    const voz = document.querySelector("[data-fila-voz]");
    if (voz) voz.textContent = frase;
  }

  function botao(item, rotulo, fazer) {
    const novo = elemento("button", "botao botao--simples", rotulo);
    novo.type = "button";
    novo.append(elemento("span", "oculto", ` ${item.nome}`));
    novo.addEventListener("click", fazer);
    item.acoes.append(novo);
  }

  function desenhar(item) {
    item.linha = Object.assign(elemento("li", "arquivo"), { id: `envio-${item.id}` });
    item.meta = elemento("span", "arquivo__meta");
    item.barra = elemento("progress", "");
    item.acoes = elemento("span", "acoes");
    item.barra.max = 100;
    item.barra.value = 0;
    item.barra.setAttribute("aria-label", `Envio de ${item.nome}`);
    const texto = elemento("span", "");
    // Where all photos stand in one list, each says which document it is.
    const nome = item.ligacao && item.rotulo ? `${item.rotulo}: ${item.nome}` : item.nome;
    texto.append(elemento("span", "arquivo__nome", nome), item.meta);
    item.linha.append(texto, item.acoes, item.barra);
    colocar(item);
  }

  function formDe(item) {
    return [...document.querySelectorAll("form[data-envio]")].find((form) => lugarDe(form) === item.lugar);
  }

  // In its slot when the slot is on this page, else where every page shows what is on its way.
  function colocar(item) {
    const form = formDe(item);
    const geral = document.getElementById("fila");
    const lista = form ? form.querySelector("[data-envio-lista]") : geral && geral.querySelector("ul");
    if (!lista) return;
    if (!form && geral.hidden) geral.hidden = false;
    if (!form && !item.elo) {
      item.elo = elemento("a", "arquivo__meta", item.rotulo ? `de “${item.rotulo}”: abrir` : "abrir a página");
      item.elo.href = item.pagina;
      item.meta.before(item.elo);
    }
    lista.append(item.linha);
  }

  // What was refused is told again to whoever comes back to its field.
  function amarrar(form) {
    const campo = form && form.querySelector("input[type=file]");
    if (!campo) return;
    const falhas = [...form.querySelectorAll(".arquivo--erro")].map((linha) => linha.id);
    campo.dataset.ajuda ??= campo.getAttribute("aria-describedby") || "";
    campo.setAttribute("aria-describedby", [campo.dataset.ajuda, ...falhas].join(" ").trim());
    if (falhas.length) campo.setAttribute("aria-invalid", "true");
    else campo.removeAttribute("aria-invalid");
  }

  const ESTADOS = {
    esperando: "esperando", enviando: "enviando", enviado: "enviado", falhou: "falhou",
    linha: "a internet caiu: continua sozinho quando ela voltar", sessao: "espera você entrar de novo",
    outra: "espera por quem escolheu o arquivo",
  };

  function passar(item, estado, frase = ESTADOS[estado]) {
    const onde = estado === "esperando" && item.rotulo ? `, em “${item.rotulo}”` : "";
    if (item.estado !== estado) dizer(`${item.nome}${onde}: ${frase}`);
    item.estado = estado;
    item.meta.textContent = frase;
    item.linha.classList.toggle("arquivo--erro", estado === "falhou");
    item.linha.classList.toggle("arquivo--feito", estado === "enviado");
    item.linha.toggleAttribute("data-enviado", estado === "enviado");
    item.barra.hidden = ["enviado", "falhou"].includes(estado);
    item.acoes.replaceChildren();
    if (estado === "linha" || estado === "sessao") botao(item, "Tentar agora", () => acordar());
    if (estado === "falhou" && item.tentar) {
      botao(item, "Tentar de novo", () => { passar(item, "esperando"); andar(); });
    }
    if (["falhou", "esperando", "outra"].includes(estado)) botao(item, "Tirar da lista", () => tirar(item));
    amarrar(item.linha.closest("form"));
  }

  function avancar(item, parte) {
    const cento = Math.floor(parte * 100);
    item.barra.value = cento;
    item.meta.textContent = parte < 1 ? `enviando ${cento} %` : "conferindo";
  }

  // --- In and out of the queue ------------------------------------------------------------------------------------
  function novoCodigo() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  async function resumo(bytes) {
    const sha = await crypto.subtle.digest("SHA-256", bytes);
    return [...new Uint8Array(sha)].map((b) => b.toString(16).padStart(2, "0")).join("");
  }

  // Whatever was copied or photographed is called image.png or image.jpg: the hour tells one from the other.
  function nomear(bytes, comeco, n = 0) {
    const hora = new Date().toLocaleTimeString("pt-BR").replaceAll(":", "");
    const tipo = (bytes.type.split("/")[1] || "png").replace("jpeg", "jpg");
    return new File([bytes], `${comeco}-${hora}${n ? `-${n + 1}` : ""}.${tipo}`, { type: bytes.type });
  }

  function camposDe(form) {
    const campos = [...form.querySelectorAll("input[type=hidden], select")].filter((c) => !["csrfmiddlewaretoken", "lote"].includes(c.name));
    return Object.fromEntries(campos.map((campo) => [campo.name, campo.value]));
  }

  const lugarDe = (form) => JSON.stringify([form.getAttribute("action"), camposDe(form)]);

  // Keep it here until it arrives. Where the browser does not keep, it waits in memory and leaving the page asks first.
  async function conservar(item) {
    const bytes = await item.arquivo.arrayBuffer();
    item.sha256 = await resumo(bytes);
    if (!cofre) return;
    const { nome, sha256, acao, campos, lugar, rotulo, pagina } = item;
    await cofre.guardar(item.id, { nome, sha256, acao, campos, lugar, rotulo, pagina }, bytes);
    item.guardado = true;
  }

  async function por(form, arquivos) {
    const maximo = Number(form.dataset.maximo) || Infinity;
    const novos = [...arquivos].map((arquivo) => ({
      id: novoCodigo(), arquivo, nome: arquivo.name, acao: form.getAttribute("action"), campos: camposDe(form),
      lugar: lugarDe(form), rotulo: form.dataset.rotulo || "", pagina: location.pathname, faltas: 0, chegou: 0,
      ligacao: form.dataset.fila ? daPagina(form) : null,
    }));
    for (const item of novos) {
      itens.push(item);
      desenhar(item);
      if (item.arquivo.size > maximo) {
        const mega = (bytes) => Math.ceil(bytes / 1000000);
        passar(item, "falhou", `O arquivo tem ${mega(item.arquivo.size)} MB e o máximo é ${mega(maximo)} MB. Digitalize em 150 DPI ou envie em partes.`);
      } else {
        passar(item, "esperando");
      }
    }
    if (!form.dataset.fila && !ligacao) await conectar().catch(() => null);
    for (const item of novos.filter((i) => i.estado === "esperando")) {
      await conservar(item).catch(() => null);
      andar();
    }
  }

  async function tirar(item) {
    const form = item.linha.closest("form");
    itens.splice(itens.indexOf(item), 1);
    item.linha.remove();
    amarrar(form);
    const geral = document.getElementById("fila");
    if (geral) geral.hidden = !geral.querySelector("li");
    if (item.guardado) await cofre.tirar(item.id).catch(() => null);
    const onde = item.ligacao || ligacao;
    if (onde) await Remessa.desistir(onde, item.id);
  }

  // --- Sending ----------------------------------------------------------------------------------------------------
  // One tab sends at a time: two would only share the same weak line.
  const comTrava = (fazer) => (navigator.locks ? navigator.locks.request("portal-fila", fazer) : fazer());

  async function andar() {
    if (andando) return;
    andando = true;
    try {
      for (let item; (item = itens.find((i) => i.estado === "esperando")); ) await levar(item);
    } finally {
      andando = false;
    }
  }

  async function levar(item) {
    try {
      const fim = await comTrava(() => umaTentativa(item));
      item.faltas = 0;
      await concluir(item, fim);
    } catch (erro) {
      if (!ESTADOS[erro.message]) throw erro;
      passar(item, erro.message);
      // Somebody else, or nobody: the page goes under its cover, and comes back with who chose the file.
      if (erro.message !== "linha") Quem.conferir();
      await esperar(erro.message === "linha" ? ESPERA_MS[Math.min(item.faltas, ESPERA_MS.length - 1)] : SESSAO_MS);
      item.faltas += 1;
      // Somebody may have taken it off the list meanwhile.
      if (itens.includes(item)) passar(item, "esperando");
    }
  }

  async function umaTentativa(item) {
    if (!item.ligacao && (!ligacao || item.faltas)) await conectar();
    const arquivo = item.arquivo || (await doCofre(item));
    if (!arquivo) return { recusas: [] };
    if (!item.sha256) item.sha256 = await resumo(await arquivo.arrayBuffer());
    passar(item, "enviando");
    const mandar = () => Remessa.enviar(item.ligacao || ligacao, item, arquivo, (parte) => {
      // A line that carries something between two cuts is worth trying again at once.
      if (parte > item.chegou) item.faltas = 0;
      item.chegou = parte;
      avancar(item, parte);
    });
    try {
      return await mandar();
    } catch (erro) {
      if (erro.message !== "porta") throw erro;
      if (item.ligacao) return { recusas: ["O celular não está mais ligado a este pedido. Peça outro código no balcão."] };
      await conectar();
    }
    try {
      return await mandar();
    } catch (erro) {
      if (erro.message !== "porta") throw erro;
      return { recusas: ["O portal não aceitou o envio: este pedido não recebe mais documentos, ou seu papel mudou. Atualize a página."], tentar: true };
    }
  }

  // Not there any more: another tab has sent it.
  async function doCofre(item) {
    const bytes = cofre && (await cofre.corpo(item.id));
    return bytes ? new Blob([bytes]) : null;
  }

  async function concluir(item, { recusas, tentar }) {
    item.tentar = tentar;
    if (recusas.length) passar(item, "falhou", recusas.join(" "));
    else passar(item, "enviado");
    if (item.guardado && !(recusas.length && tentar)) {
      await cofre.tirar(item.id).catch(() => null);
      item.guardado = false;
    }
    if (recusas.length) return;
    item.arquivo = null;
    document.dispatchEvent(new CustomEvent("fila:enviado"));
    redesenhar();
  }

  // Only this part is drawn again: what is typed beside it stays.
  function redesenhar() {
    const vagas = document.getElementById("vagas");
    if (vagas && window.htmx) window.htmx.trigger(vagas, "atualizar");
  }

  function esperar(ms) {
    return new Promise((passou) => {
      const eventos = [[window, "online"], [window, "focus"], [document, "visibilitychange"]];
      const pronto = () => {
        clearTimeout(relogio);
        for (const [onde, nome] of eventos) onde.removeEventListener(nome, pronto);
        passou();
      };
      const relogio = setTimeout(pronto, ms);
      for (const [onde, nome] of eventos) onde.addEventListener(nome, pronto);
      acordar = pronto;
    });
  }

  // --- What another page, or another day, left behind -------------------------------------------------------------
  async function retomar() {
    if (!RAIZ || !(await Cofre.achar(Quem.dono)).length) return;
    await conectar();
    for (const ficha of cofre ? await cofre.fichas() : []) {
      if (itens.some((item) => item.id === ficha.id)) continue;
      const item = { ...ficha, guardado: true, faltas: 0, chegou: 0 };
      itens.push(item);
      desenhar(item);
      if (item.venceu) passar(item, "falhou", VENCEU);
      else passar(item, "esperando");
    }
    andar();
  }

  // Before signing out. Those in other tabs count: they are kept in the same place. False: the person stays.
  async function largar() {
    const guardados = (await Cofre.achar(Quem.dono).catch(() => [])).filter(({ venceu }) => !venceu);
    const faltam = new Set([...guardados, ...itens.filter(falta)].map(({ id }) => id)).size;
    const frase = `${faltam} arquivo${faltam > 1 ? "s" : ""} da fila ainda não ${faltam > 1 ? "chegaram" : "chegou"} ao portal. Se você sair agora, ${faltam > 1 ? "são apagados" : "é apagado"} deste computador.`;
    if (faltam && !window.confirm(frase)) return false;
    const limite = new Promise((passou) => { setTimeout(passou, 1500); });
    await Promise.race([Cofre.apagar(Quem.dono), limite]).catch(() => null);
    esquecer();
    return true;
  }

  function esquecer() {
    for (const item of itens.splice(0)) item.linha.remove();
  }

  document.addEventListener("htmx:beforeRequest", (evento) => {
    if (evento.detail.elt.id !== "vagas") return;
    for (const item of itens) item.pedido = item.estado === "enviado";
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const item of [...itens]) {
      // What is now shown as a document needs no line.
      if (item.estado === "enviado" && item.pedido) { item.linha.remove(); itens.splice(itens.indexOf(item), 1); }
      else if (!item.linha.isConnected) colocar(item);
    }
    // What arrived while a drawing was under way is not in it, and the wish for another went with the old element.
    if (itens.some((item) => item.estado === "enviado")) redesenhar();
  });
  window.addEventListener("beforeunload", (evento) => {
    if (itens.some((item) => !item.guardado && falta(item))) evento.preventDefault();
  });
  document.addEventListener("quem:saiu", esquecer);
  document.addEventListener("quem:voltou", () => {
    // Drawn while the page was under its cover.
    for (const item of itens) if (!item.linha.isConnected) colocar(item);
    acordar();
  });
  if (RAIZ) Quem.segurar(() => itens.some(falta));
  retomar().catch(() => null);

  return { por, nomear, largar };
})();
