// Keeps the text of an answer while it is written: at each pause, and when the page is left. Without scripts every button
// of the page carries the text along. What another person wrote meanwhile is never written over: the line below says so.
"use strict";

(() => {
  const form = document.querySelector("form[data-rascunho]");
  if (!form) return;
  const PAUSA_MS = 1200;
  const DE_NOVO_MS = 10000;
  const texto = form.elements.texto;
  const estado = document.getElementById("estado-do-texto");
  const SESSAO = "O texto ainda não foi guardado: a sessão terminou.";
  const QUEDA = "A internet caiu: o texto ainda não foi guardado. O portal tenta de novo sozinho.";
  // On a weak line somebody may have written before this arrived.
  let guardado = texto.defaultValue;
  let relogio = 0;
  let aCaminho = null;
  let parado = false;

  // Covered, the session has ended or is somebody else's: what is written here is not theirs to save. It goes when its
  // writer is back.
  const coberta = () => Boolean(window.Quem) && window.Quem.coberta();

  // `adiante`: leaving with one still on its way, which will have made the next version.
  const mandar = (escrito, adiante = 0) => fetch(form.dataset.rascunho, {
    method: "POST",
    keepalive: true,
    headers: { Accept: "application/json" },
    body: new URLSearchParams({
      texto: escrito,
      versao: Number(form.elements.versao.value) + adiante,
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    }),
  });

  // Answers how long to wait before looking again.
  async function levar(escrito) {
    let resposta = await mandar(escrito);
    if (resposta.status === 403) {
      // The key may have changed because somebody else signed in: theirs would save this text under their name.
      await window.Quem.conferir();
      if (coberta()) return DE_NOVO_MS;
      await window.renovarChave();
      resposta = await mandar(escrito);
    }
    // The sign-in page comes as a redirect or as a refusal.
    if (resposta.status === 401 || resposta.redirected) {
      estado.textContent = SESSAO;
      window.Quem.conferir();
      return DE_NOVO_MS;
    }
    const dados = await resposta.json();
    if (resposta.status === 409) {
      parado = true;
      estado.textContent = `${dados.recado} O seu texto continua aqui: aperte “Guardar o texto” para comparar.`;
    } else {
      form.elements.versao.value = dados.versao;
      form.elements.antes.value = dados.antes;
      guardado = escrito;
      estado.textContent = dados.estado;
    }
    return PAUSA_MS;
  }

  async function guardar(saindo = false) {
    if (coberta() && !saindo) return;
    if (aCaminho || parado || texto.value === guardado) return;
    aCaminho = levar(texto.value).catch(() => {
      estado.textContent = QUEDA;
      return DE_NOVO_MS;
    });
    const espera = await aCaminho;
    aCaminho = null;
    clearTimeout(relogio);
    relogio = setTimeout(() => guardar(), espera);
  }

  const escreveu = () => {
    clearTimeout(relogio);
    relogio = setTimeout(() => guardar(), PAUSA_MS);
  };
  texto.addEventListener("input", escreveu);
  escreveu();
  document.addEventListener("quem:guardar", ({ detail }) => detail.push(Promise.resolve(aCaminho).then(() => guardar(true))));
  document.addEventListener("quem:voltou", () => guardar());
  // Whatever is pressed carries the text: what is on its way arrives first, so that it does not look like another's.
  form.addEventListener("submit", async (evento) => {
    const viagem = aCaminho;
    if (viagem) {
      evento.preventDefault();
      await viagem;
      form.requestSubmit(evento.submitter);
    } else {
      parado = true;
    }
  });
  addEventListener("pagehide", () => {
    if (!parado && !coberta() && texto.value !== guardado) mandar(texto.value, aCaminho ? 1 : 0);
  });
  addEventListener("pageshow", (evento) => { if (evento.persisted) parado = false; });
})();
