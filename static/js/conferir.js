// Compares a local PDF with the fingerprints on the page: of the paper, and of the files that join it with others. The file is read here and never sent anywhere.
(() => {
  "use strict";
  const esperados = [...document.querySelectorAll("[data-igual]")];
  const campo = document.getElementById("arquivo");
  const resposta = document.getElementById("resposta");
  // crypto.subtle exists only over https (or localhost); without it the page explains the command line.
  if (!esperados.length || !campo || !window.crypto || !window.crypto.subtle) return;
  document.getElementById("escolher").hidden = false;

  campo.addEventListener("change", async () => {
    resposta.textContent = "";
    const arquivo = campo.files[0];
    if (!arquivo) return;
    try {
      const resumo = await window.crypto.subtle.digest("SHA-256", await arquivo.arrayBuffer());
      const achado = Array.from(new Uint8Array(resumo), (b) => b.toString(16).padStart(2, "0")).join("");
      const igual = esperados.find((esperado) => esperado.textContent.trim() === achado);
      resposta.textContent = igual ? igual.dataset.igual : resposta.dataset.diferente;
    } catch {
      resposta.textContent = resposta.dataset.falhou;
    }
  });
})();
