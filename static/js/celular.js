// On the borrowed telephone: hand over the key that came in the address, and say of each photo which document it is.
"use strict";

(() => {
  const ligar = document.querySelector("form[data-ligar]");
  if (ligar) {
    const chave = window.location.hash.slice(1);
    // The key is used up: it need not stay in the history of somebody's telephone.
    window.history.replaceState(null, "", window.location.pathname);
    if (chave) {
      ligar.elements.chave.value = chave;
      ligar.submit();
    } else {
      ligar.querySelector("[data-ligar-voz]").textContent = "Falta o código. Aponte a câmera do celular para o código que está na tela do balcão.";
    }
    return;
  }
  const form = document.getElementById("fotografar");
  const vaga = form.elements.vaga;
  const erro = form.querySelector("[data-vaga-erro]");
  const reclamar = (falta) => {
    erro.hidden = !falta;
    if (falta) vaga.setAttribute("aria-invalid", "true");
    else vaga.removeAttribute("aria-invalid");
  };
  const nomear = () => {
    form.dataset.rotulo = vaga.value ? vaga.selectedOptions[0].textContent : "";
    if (vaga.value) reclamar(false);
  };
  vaga.addEventListener("change", nomear);
  nomear();
  // Nobody finds a page again that went to the first document of the list by itself.
  form.elements.arquivos.addEventListener("click", (evento) => {
    if (vaga.value) return;
    evento.preventDefault();
    reclamar(true);
    vaga.focus();
  });
})();
