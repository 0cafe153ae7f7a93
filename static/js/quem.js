// Who is signed in at this browser, for all of its tabs. When that is no longer who opened this page, the page is left;
// or it is covered, when something was typed in it or still waits to be sent, and goes on when that person is back.
"use strict";

window.Quem = (() => {
  const tampa = document.getElementById("coberta");
  if (!tampa) return null;
  const { pessoa, dono, chave, entrada, inicio } = tampa.dataset;
  const TITULO = document.title;
  const AQUI = "portal-quem";
  const SAINDO = `saindo-${pessoa}`;
  const OLHAR_MS = 30000;
  const COBERTA_MS = 3000;
  // Until then somebody who signs out is still signed in, to the portal.
  const SAIDA_MS = 15000;
  const seguram = [];
  let estado = "";
  let saida = 0;
  let foco = null;
  let perguntando = null;
  // What lies under the cover is in no document: neither the page nor its inspector holds any of it.
  let tirado = null;

  const achar = (seletor) => [document, ...(tirado ? tirado.partes : [])].flatMap((onde) => [...onde.querySelectorAll(seletor)]);

  function trocarToken(token) {
    for (const campo of achar("input[name=csrfmiddlewaretoken]")) campo.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  // Answers the key of the queue; throws "linha", "sessao" (nobody is signed in) or "outra" (somebody else is).
  async function conectar() {
    let resposta;
    try {
      resposta = await window.Remessa.pedir({ token: "" }, chave);
    } catch (erro) {
      throw new Error(erro.message === "porta" ? "sessao" : erro.message);
    }
    const dados = resposta.corpo;
    if (!dados || !dados.pessoa) throw new Error("sessao");
    if (dados.pessoa !== pessoa) throw new Error("outra");
    trocarToken(dados.token);
    return dados;
  }

  // --- Covered, and back ------------------------------------------------------------------------------------------
  // Who is looked for may be in the address, too.
  const ENDERECO = () => (tirado ? tirado.endereco : location.pathname + location.search + location.hash);
  function esvaziar() {
    if (tampa.hidden || tirado) return;
    const marcados = [...document.querySelectorAll("input:checked")];
    const partes = [document.createDocumentFragment(), document.createDocumentFragment()];
    tirado = { partes, marcados, endereco: ENDERECO(), passado: history.state, x: scrollX, y: scrollY };
    while (tampa.previousSibling) partes[0].prepend(tampa.previousSibling);
    while (tampa.nextSibling) partes[1].append(tampa.nextSibling);
    if (location.search) history.replaceState(history.state, "", location.pathname);
  }

  function repor() {
    if (!tirado) return;
    const { partes, marcados, endereco, passado, x, y } = tirado;
    tirado = null;
    tampa.before(partes[0]);
    tampa.after(partes[1]);
    // Out of their form, buttons of one name take each other for neighbours.
    for (const campo of marcados) campo.checked = true;
    history.replaceState(passado, "", endereco);
    scrollTo(x, y);
  }

  const pausa = (ms) => new Promise((passou) => { setTimeout(passou, ms); });
  // `antes`: what still has to be saved out of the page.
  function cobrir(porque, antes = null) {
    if (!estado) {
      foco = document.activeElement;
      for (const aberto of document.querySelectorAll("dialog[open]")) aberto.close();
      document.title = tampa.dataset.titulo;
      document.body.classList.add("coberta");
      tampa.hidden = false;
    }
    // The scripts of the page look for their parts before it is all there.
    const inteira = new Promise((pronta) => {
      if (document.readyState === "complete") pronta();
      else addEventListener("load", () => setTimeout(pronta), { once: true });
    });
    if (antes || document.readyState !== "complete") Promise.allSettled([Promise.race([antes, pausa(4000)]), inteira]).then(esvaziar);
    else esvaziar();
    if (estado === porque) return;
    estado = porque;
    for (const parte of tampa.querySelectorAll("[data-quando]")) parte.hidden = parte.dataset.quando !== porque;
    if (porque !== "conferindo") tampa.focus();
  }

  function descobrir() {
    if (!estado) return;
    estado = "";
    repor();
    tampa.hidden = true;
    document.body.classList.remove("coberta");
    document.title = TITULO;
    if (foco && foco.isConnected) foco.focus();
    document.dispatchEvent(new CustomEvent("quem:voltou"));
    // What asked by itself for news fell silent at the first refusal.
    for (const um of document.querySelectorAll("[hx-get]:is([hx-trigger*='load delay'], [hx-trigger*='every'])")) {
      window.htmx.ajax("GET", um.getAttribute("hx-get"), {
        source: um, target: um.getAttribute("hx-target") || um, swap: um.getAttribute("hx-swap"), select: um.getAttribute("hx-select"),
      });
    }
  }

  function foiMexido(campo) {
    if (campo.type === "hidden") return false;
    if (campo.type === "checkbox" || campo.type === "radio") return campo.checked !== campo.defaultChecked;
    if (campo.type === "file") return campo.files.length > 0;
    if (campo.options) return campo.selectedIndex !== Math.max(0, [...campo.options].findIndex((opcao) => opcao.defaultSelected));
    return campo.value !== campo.defaultValue;
  }
  const naoPodeIr = () => seguram.some((segura) => segura()) || achar("main :is(input, select, textarea):not(dialog *)").some(foiMexido);

  // By address and not reload(), which would offer to send a form again. The case of one is no business of the other.
  const partir = (porque) => location.replace(porque === "outra" ? inicio : ENDERECO().split("#")[0]);

  // `voltou`: a kept copy of a page that was left, in which nobody is writing any more.
  async function perguntar(voltou) {
    try {
      await conectar();
      if (Date.now() > saida) descobrir();
    } catch ({ message }) {
      if (message === "linha") return;
      if (voltou || !naoPodeIr()) { cobrir("conferindo"); partir(message); } else cobrir(message);
    }
  }
  function conferir(voltou = false) {
    perguntando ??= perguntar(voltou).finally(() => { perguntando = null; });
    return perguntando;
  }

  // --- The other tabs ---------------------------------------------------------------------------------------------
  function avisar(recado) {
    try { localStorage.setItem(AQUI, `${recado} ${Date.now()}`); } catch { /* private window: each tab finds out by itself */ }
  }
  const recado = () => { try { return (localStorage.getItem(AQUI) || "").split(" ")[0]; } catch { return ""; } };

  // One tab leaves for all: it waits for the lock that the others hold while they save.
  const comTrava = (mode, fazer) => (navigator.locks ? navigator.locks.request("portal-guardando", { mode }, fazer) : fazer());
  async function guardarDigitado() {
    const esperas = [];
    document.dispatchEvent(new CustomEvent("quem:guardar", { detail: esperas }));
    await Promise.allSettled(esperas);
  }
  async function sair() {
    avisar(SAINDO);
    await Promise.race([pausa(4000), Promise.all([guardarDigitado(), pausa(150).then(() => comTrava("exclusive", () => null))])]);
  }

  addEventListener("storage", ({ key }) => {
    if (key !== AQUI) return;
    if (recado() === SAINDO) {
      // What waited here of this person was given up in the tab where they leave.
      saida = Date.now() + SAIDA_MS;
      cobrir("conferindo", comTrava("shared", guardarDigitado));
      document.dispatchEvent(new CustomEvent("quem:saiu"));
    } else {
      saida = 0;
      if (estado || recado() !== pessoa) conferir();
    }
  });
  // Somebody may have come while this tab slept.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (![pessoa, ""].includes(recado())) cobrir("conferindo");
    conferir();
  });
  // Back and Forward show a kept copy, perhaps to the next person at a shared computer.
  const deVolta = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  addEventListener("pageshow", (evento) => {
    if (!evento.persisted && !deVolta) return;
    cobrir("conferindo");
    conferir(true);
  });
  // The sign-in page is no news for a part of this one. What was sent by hand is parked and comes back after signing in.
  document.addEventListener("htmx:beforeOnLoad", (evento) => {
    const { xhr, target, requestConfig } = evento.detail;
    const porta = new URL(xhr.responseURL, location.href).pathname === entrada;
    const parado = xhr.status === 401 && requestConfig?.triggeringEvent?.isTrusted && target?.id !== "vagas";
    if (parado || !(porta || xhr.status === 401)) return;
    evento.preventDefault();
    conferir();
  });

  if (!document.hidden && !deVolta) avisar(pessoa);
  setInterval(() => { if (estado) conferir(); }, COBERTA_MS);
  setInterval(() => { if (!estado && !document.hidden) conferir(); }, OLHAR_MS);

  return { dono, conectar, conferir, cobrir, sair, segurar: (segura) => { seguram.push(segura); }, coberta: () => Boolean(estado) };
})();
