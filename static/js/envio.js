// Ways into the queue: chosen, dropped or pasted files go into the slot at once. Without scripts, or where the browser
// cannot keep and check files (no TLS), the form posts as usual.
"use strict";

(() => {
  if (!window.Cofre.disponivel) return;
  const formDe = (evento) => evento.target.closest && evento.target.closest("form[data-envio]");

  document.addEventListener("change", (evento) => {
    const form = formDe(evento);
    if (!form || evento.target.type !== "file" || !evento.target.files.length) return;
    window.Fila.por(form, evento.target.files);
    evento.target.value = "";
  });
  document.addEventListener("submit", (evento) => { if (formDe(evento)) evento.preventDefault(); });
  for (const nome of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(nome, (evento) => {
      const form = formDe(evento);
      if (!form) return;
      form.classList.toggle("envio--solta", nome === "dragover");
      if (nome === "dragover") evento.preventDefault();
      if (nome === "drop" && evento.dataTransfer.files.length) {
        evento.preventDefault();
        window.Fila.por(form, evento.dataTransfer.files);
      }
    });
  }

  // A session that ended must not sweep the chosen files off the screen with a sign-in page.
  document.addEventListener("htmx:beforeOnLoad", (evento) => {
    const { xhr, target } = evento.detail;
    if (!target || target.id !== "vagas" || (xhr.status === 200 && xhr.responseText.includes('id="vagas"'))) return;
    if (xhr.status !== 200 && xhr.status !== 401) return;
    evento.preventDefault();
    if (target.querySelector("[data-sessao]")) return;
    const recado = document.createElement("div");
    recado.className = "aviso aviso--atencao";
    recado.dataset.sessao = "";
    recado.setAttribute("role", "alert");
    const porta = document.createElement("a");
    porta.href = "/entrar/";
    porta.target = "_blank";
    porta.rel = "noopener";
    porta.textContent = "Entre de novo em outra aba";
    const frase = document.createElement("p");
    frase.append("Sua sessão terminou. ", porta, " e continue aqui: os arquivos guardados não se perdem, e os que faltam enviar continuam na lista.");
    recado.append(frase);
    target.querySelector(".pilha").prepend(recado);
  });

  // The button is only for those without scripts.
  const arrumar = () => {
    for (const botao of document.querySelectorAll("form[data-envio] button[type=submit]")) botao.hidden = true;
  };
  document.addEventListener("htmx:afterSettle", arrumar);
  arrumar();
})();
