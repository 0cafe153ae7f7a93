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
