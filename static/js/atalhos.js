// Keys for the tools of a page: only while the focus is among them, so that no letter typed elsewhere does anything.
"use strict";

document.addEventListener("keydown", (evento) => {
  if (evento.ctrlKey || evento.altKey || evento.metaKey || evento.target.matches("input, select, textarea")) return;
  const grupo = evento.target.closest("[data-atalhos]");
  const tecla = evento.key.toLowerCase();
  const botao = grupo && [...grupo.querySelectorAll("[data-atalho]")].find((b) => b.dataset.atalho === tecla && !b.disabled);
  if (!botao) return;
  evento.preventDefault();
  botao.click();
});

// A tool that answers with another page takes the focus along, else each key would begin with a walk back to the tools.
document.addEventListener("submit", (evento) => {
  if (evento.submitter && evento.target.matches("[data-atalhos]:not([hx-post])")) sessionStorage.setItem("ferramenta", `${location.pathname} ${evento.submitter.id}`);
});
(() => {
  const [aqui, id] = (sessionStorage.getItem("ferramenta") || "").split(" ");
  sessionStorage.removeItem("ferramenta");
  const usada = aqui === location.pathname && document.getElementById(id);
  if (usada) (usada.disabled ? usada.closest("[data-atalhos]").querySelector("button:enabled") : usada)?.focus();
})();
