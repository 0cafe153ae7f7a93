// Keys for the tools of a page: only while the focus is among them, so that no letter typed elsewhere does anything.
"use strict";

document.addEventListener("keydown", (evento) => {
  if (evento.ctrlKey || evento.altKey || evento.metaKey || evento.target.matches("input, select, textarea")) return;
  const grupo = evento.target.closest("[data-atalhos]");
  const tecla = evento.key.toLowerCase();
  const botao = grupo && [...grupo.querySelectorAll("[data-atalho]")].find((b) => b.dataset.atalho === tecla);
  if (!botao) return;
  evento.preventDefault();
  botao.click();
});

// A tool that has nothing to do keeps the focus, so that a key pressed twice does not reach its neighbour.
document.addEventListener("click", (evento) => {
  if (evento.target.closest("[aria-disabled=true]")) evento.preventDefault();
}, true);

// A tool that answers with another page takes the focus along, else each key would begin with a walk back to the tools.
// When it is gone, with the last thing to undo, its group has the focus: there the keys work, and Enter does nothing.
(() => {
  const GUARDADA = "ferramenta";
  const focar = (...ids) => ids.map((id) => document.getElementById(id)).find(Boolean)?.focus();

  document.addEventListener("submit", ({ submitter, target }) => {
    const grupo = submitter && submitter.closest("[data-atalhos]");
    const volta = grupo ? [submitter.id, grupo.id] : [target.dataset.focoDepois];
    if (volta[0] && !target.matches("[hx-post]")) sessionStorage.setItem(GUARDADA, [location.pathname, ...volta].join(" "));
  });
  const [aqui, ...ids] = (sessionStorage.getItem(GUARDADA) || "").split(" ");
  sessionStorage.removeItem(GUARDADA);
  const errado = document.querySelector("main [aria-invalid=true]");
  if (aqui === location.pathname && errado) errado.focus();
  else if (aqui === location.pathname) focar(...ids);

  let antes = [];
  document.addEventListener("htmx:beforeSwap", () => {
    const usada = document.activeElement;
    const grupo = usada.closest("[data-atalhos]");
    antes = grupo ? [usada.id, grupo.id] : [];
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (document.activeElement === document.body) focar(...antes);
  });
})();
