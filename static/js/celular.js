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
  const nomear = () => { form.dataset.rotulo = vaga.selectedOptions.length ? vaga.selectedOptions[0].textContent : ""; };
  vaga.addEventListener("change", nomear);
  nomear();
})();
