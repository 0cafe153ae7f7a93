// Shows a question only when the answers before it ask for it. Without scripts every question stays on the page, and
// what does not apply is not asked for. Saving by itself is the form's own (htmx); here only what was typed a moment
// before the page is left.
"use strict";

(() => {
  const form = document.querySelector("form[data-ficha]");
  if (!form) return;

  const respostas = (nome) => [...form.querySelectorAll(`[name="${CSS.escape(nome)}"]`)]
    .filter((campo) => !["radio", "checkbox"].includes(campo.type) || campo.checked)
    .map((campo) => campo.value);

  const numero = (texto) => Number(texto.replace(/\./g, "").replace(",", "."));
  const serve = (dada, aceitas) => Array.isArray(aceitas) ? aceitas.includes(dada) : numero(dada) > aceitas.mais_de;

  function mostrar() {
    for (const parte of form.querySelectorAll("[data-se]")) {
      const se = Object.entries(JSON.parse(parte.dataset.se));
      // A question of another page was answered there: the server left out what it excludes.
      parte.hidden = se.some(([nome, aceitas]) =>
        form.querySelector(`[name="${CSS.escape(nome)}"]`) && !respostas(nome).some((dada) => serve(dada, aceitas)));
    }
  }

  form.addEventListener("input", mostrar);
  form.addEventListener("change", mostrar);
  mostrar();

  const sozinha = form.getAttribute("hx-post");
  if (!sozinha) return;
  let mexido = false;
  let aCaminho = false;
  const mexer = () => { mexido = true; };
  form.addEventListener("input", mexer);
  form.addEventListener("change", mexer);
  form.addEventListener("htmx:beforeRequest", () => {
    mexido = false;
    aCaminho = true;
  });
  form.addEventListener("htmx:afterRequest", (evento) => {
    aCaminho = false;
    if (!evento.detail.successful) mexido = true;
  });
  form.addEventListener("submit", () => { mexido = false; });
  document.addEventListener("quem:guardar", ({ detail }) => {
    if (!mexido && !aCaminho) return;
    detail.push(new Promise((guardada) => { form.addEventListener("htmx:afterRequest", guardada, { once: true }); }));
    if (mexido) form.dispatchEvent(new Event("change"));
  });
  addEventListener("pagehide", () => {
    if (!mexido) return;
    const dados = new URLSearchParams(new FormData(form));
    // One still on its way will have made the next version.
    if (aCaminho) dados.set("_versao", Number(dados.get("_versao")) + 1);
    fetch(sozinha, { method: "POST", keepalive: true, body: dados });
  });
})();
