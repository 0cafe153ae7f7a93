// Compares a local PDF with the fingerprint on the page. The file is read here and never sent anywhere.
(() => {
  "use strict";
  const esperado = document.getElementById("esperado");
  const campo = document.getElementById("arquivo");
  const resposta = document.getElementById("resposta");
  // crypto.subtle exists only over https (or localhost); without it the page explains the command line.
  if (!esperado || !campo || !window.crypto || !window.crypto.subtle) return;
  document.getElementById("escolher").hidden = false;

  campo.addEventListener("change", async () => {
    resposta.textContent = "";
    const arquivo = campo.files[0];
    if (!arquivo) return;
    try {
      const resumo = await window.crypto.subtle.digest("SHA-256", await arquivo.arrayBuffer());
      const achado = Array.from(new Uint8Array(resumo), (b) => b.toString(16).padStart(2, "0")).join("");
      resposta.textContent = achado === esperado.textContent.trim() ? resposta.dataset.igual : resposta.dataset.diferente;
    } catch {
      resposta.textContent = resposta.dataset.falhou;
    }
  });
})();
