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
  // --- Dropped: anywhere on the slot. What falls beside all slots is not opened by the browser in place of the page ----
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
      if (nome === "dragover") evento.dataTransfer.dropEffect = form ? "copy" : "none";
      else if (form && evento.dataTransfer.files.length) por(form, evento.dataTransfer.files);
    });
  }

  // --- Pasted: into the slot that was touched last, else into the first that still lacks something -----------------
  let tocada = "";
  for (const nome of ["pointerdown", "focusin"]) {
    document.addEventListener(nome, ({ target }) => {
      // The page itself takes the focus when an empty place is clicked.
      if (nome === "focusin" && target.matches("main, body")) return;
      const form = daVaga(target);
      tocada = form ? form.id : "";
    });
  }
  const procurar = (...onde) => onde.map((seletor) => document.querySelector(seletor)).find(Boolean);
  const paraColar = () => document.getElementById(tocada)
    || procurar(".vaga--falta form[data-envio]", ".vaga form[data-envio]", "form[data-envio]");

  document.addEventListener("paste", (evento) => {
    const arquivos = [...evento.clipboardData.files];
    const escrevendo = evento.target.closest && evento.target.closest("input:not([type=file]), textarea");
    const form = arquivos.length && paraColar();
    // A text editor copies a picture of its text too: where somebody writes, the text is meant.
    if (!form || (escrevendo && evento.clipboardData.types.includes("text/plain"))) return;
    evento.preventDefault();
    por(form, arquivos.map((um, n) => (um.name && um.name !== "image.png" ? um : window.Fila.nomear(um, "colado", n))));
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
