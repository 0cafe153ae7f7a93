// Signing out: first what was typed goes to the portal, and the files of who leaves go away; then all tabs are closed to
// the next person. Files of others stay as they lie, encrypted, for who chose them.
"use strict";

document.addEventListener("submit", async (evento) => {
  const form = evento.target.closest("form[data-sair]");
  if (!form) return;
  evento.preventDefault();
  if (form.dataset.saindo || !(await window.Fila.largar())) return;
  form.dataset.saindo = "1";
  await window.Quem.sair();
  form.submit();
});
