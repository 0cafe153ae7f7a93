// Ways into the queue: chosen, dropped or pasted files go into the slot at once. Without scripts, or where the browser
// cannot keep and check files (no TLS), the form posts as usual.
"use strict";

(() => {
  if (!window.Cofre.disponivel) return;
  const formDe = (evento) => evento.target.closest && evento.target.closest("form[data-envio]");

  document.addEventListener("change", (evento) => {
    const form = formDe(evento);
    if (!form || evento.target.type !== "file" || !evento.target.files.length) return;
    const escolhidos = [...evento.target.files];
    window.Fila.por(form, form.dataset.nome ? escolhidos.map((um, n) => window.Fila.nomear(um, form.dataset.nome, n)) : escolhidos);
    evento.target.value = "";
  });
  document.addEventListener("submit", (evento) => { if (formDe(evento)) evento.preventDefault(); });
  const daVaga = (alvo) => {
    const vaga = alvo.closest && alvo.closest(".vaga, .envio");
    return vaga && (vaga.matches("form[data-envio]") ? vaga : vaga.querySelector("form[data-envio]"));
  };
  const por = (form, arquivos) => {
    const vaga = form.closest("details");
    if (vaga) vaga.open = true;
    window.Fila.por(form, arquivos);
  };

  // --- Asked: nobody finds a page again that went into some slot by itself -------------------------------------------
  const dialogo = document.getElementById("onde");
  const semVaga = [];

  function perguntar(arquivos) {
    const forms = [...document.querySelectorAll("form[data-envio]")];
    if (!dialogo || forms.length < 2) {
      if (forms.length) por(forms[0], arquivos);
      return;
    }
    semVaga.push(...arquivos);
    const [texto, lista] = [dialogo.querySelector("#arquivos-onde"), dialogo.querySelector("select")];
    texto.textContent = semVaga.map((um) => um.name).join(", ");
    lista.replaceChildren(new Option("Escolha o documento", ""), ...forms.map((form) => new Option(form.dataset.rotulo, form.id)));
    if (!dialogo.open) dialogo.showModal();
    lista.focus();
  }

  if (dialogo) {
    const lista = dialogo.querySelector("select");
    dialogo.querySelector("[data-onde-juntar]").addEventListener("click", () => {
      if (lista.reportValidity()) dialogo.close(lista.value);
    });
    dialogo.querySelector("[data-onde-nao]").addEventListener("click", () => dialogo.close(""));
    dialogo.addEventListener("close", () => {
      const arquivos = semVaga.splice(0);
      const form = document.getElementById(dialogo.returnValue);
      dialogo.returnValue = "";
      if (!form) return;
      por(form, arquivos);
      form.scrollIntoView({ block: "nearest" });
    });
  }

  // --- Dropped: on a slot it goes into it, beside all of them it asks ------------------------------------------------
  let solta = null;
  const realcar = (form) => {
    if (solta) solta.classList.remove("envio--solta");
    solta = form;
    if (form) form.classList.add("envio--solta");
  };
  for (const nome of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(nome, (evento) => {
      if (!evento.dataTransfer || !evento.dataTransfer.types.includes("Files")) return;
      const form = daVaga(evento.target);
      realcar(nome === "dragover" ? form : null);
      if (nome === "dragleave") return;
      evento.preventDefault();
      const arquivos = [...evento.dataTransfer.files];
      if (nome === "dragover") evento.dataTransfer.dropEffect = document.querySelector("form[data-envio]") ? "copy" : "none";
      else if (arquivos.length && form) por(form, arquivos);
      else if (arquivos.length) perguntar(arquivos);
    });
  }

  // --- Pasted: into the slot that was touched last, else it asks -----------------------------------------------------
  let tocada = "";
  for (const nome of ["pointerdown", "focusin"]) {
    document.addEventListener(nome, ({ target }) => {
      // The page itself takes the focus when an empty place is clicked.
      if (nome === "focusin" && target.matches("main, body")) return;
      const form = daVaga(target);
      tocada = form ? form.id : "";
    });
  }

  document.addEventListener("paste", (evento) => {
    const arquivos = [...evento.clipboardData.files];
    const escrevendo = evento.target.closest && evento.target.closest("input:not([type=file]), textarea");
    // A text editor copies a picture of its text too: where somebody writes, the text is meant.
    if (!arquivos.length || !document.querySelector("form[data-envio]") || (escrevendo && evento.clipboardData.types.includes("text/plain"))) return;
    evento.preventDefault();
    const nomeados = arquivos.map((um, n) => (um.name && um.name !== "image.png" ? um : window.Fila.nomear(um, "colado", n)));
    const form = document.getElementById(tocada);
    if (!form) { perguntar(nomeados); return; }
    por(form, nomeados);
    form.scrollIntoView({ block: "nearest" });
  });

  // The slots are drawn again at every moment: what somebody opened stays open. What is typed there is preserved.
  let abertas = [];
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    abertas = [...detail.target.querySelectorAll("details[id][open]")].map((um) => um.id);
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of abertas.splice(0)) {
      const aberta = document.getElementById(id);
      if (aberta) aberta.open = true;
    }
  });

  // The button is only for those without scripts.
  const arrumar = () => {
    for (const botao of document.querySelectorAll("form[data-envio] button[type=submit]")) botao.hidden = true;
  };
  document.addEventListener("htmx:afterSettle", arrumar);
  arrumar();
})();
