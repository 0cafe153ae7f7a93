// Print buttons work only with scripts; without them the browser's own menu prints.
for (const botao of document.querySelectorAll("[data-imprimir]")) {
  botao.hidden = false;
  botao.addEventListener("click", () => window.print());
}
