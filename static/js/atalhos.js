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
  const voltaDe = (botao, usado) => [botao.id, usado && botao.dataset.focoDepois, botao.closest("[data-atalhos]")?.id].filter(Boolean);

  document.addEventListener("submit", ({ submitter, target }) => {
    const volta = submitter && submitter.closest("[data-atalhos]") ? voltaDe(submitter, true) : [target.dataset.focoDepois];
    if (volta[0] && !target.matches("[hx-post]")) sessionStorage.setItem(GUARDADA, [location.pathname, ...volta].join(" "));
  });
  const [aqui, ...ids] = (sessionStorage.getItem(GUARDADA) || "").split(" ");
  sessionStorage.removeItem(GUARDADA);
  const errado = document.querySelector("main [aria-invalid=true]");
  if (aqui === location.pathname && errado) errado.focus();
  else if (aqui === location.pathname) focar(...ids);

  // Drawn again without another page, nothing tells who does not see it what was done, and what is gone loses the focus.
  const voz = document.querySelector("[data-fila-voz]");
  let antes = [];
  let feito = "";
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const usado = detail.requestConfig?.triggeringEvent?.submitter;
    antes = usado || document.activeElement.closest("[data-atalhos]") ? voltaDe(usado || document.activeElement, usado) : [];
    feito = (usado && usado.dataset.feito) || "";
    if (feito && voz) voz.textContent = "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (document.activeElement === document.body) focar(...antes);
    // A refusal is read from its own notice.
    if (feito && voz && !document.querySelector("#vagas .recados")) voz.textContent = feito;
    feito = "";
  });
})();
