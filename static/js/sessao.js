// Warns before an idle session ends, and keeps it alive while somebody is typing. Nothing typed is stored here.
(() => {
  "use strict";
  const dialogo = document.getElementById("sessao");
  if (!dialogo) return;
  const perguntar = () => fetch(dialogo.dataset.continuar, {
    method: "POST", redirect: "manual", headers: { "X-CSRFToken": dialogo.dataset.token },
  });

  // Back and Forward show a kept copy, perhaps to the next person at a shared computer. The token changes at each
  // sign-in, so 204 means that whoever opened this page is still signed in; then what was typed stays as it was.
  const conferirDono = async () => {
    document.body.hidden = true;
    const resposta = await perguntar().catch(() => null);
    if (!resposta) setTimeout(conferirDono, 3000);
    else if (resposta.status === 204) document.body.hidden = false;
    // By address and not reload(), which would offer to send a form again.
    else location.replace(location.pathname + location.search);
  };
  addEventListener("pageshow", (e) => {
    const caminho = performance.getEntriesByType("navigation")[0];
    if (e.persisted || (caminho && caminho.type === "back_forward")) conferirDono();
  });

  // A page that asks by itself, for news of the queue or of INSS, is no sign that somebody is there.
  document.addEventListener("htmx:configRequest", (e) => {
    if (!e.detail.triggeringEvent?.isTrusted) e.detail.headers["X-Segundo-Plano"] = "1";
  });

  if (!dialogo.showModal) return;
  const OCIOSA = Number(dialogo.dataset.ociosa) * 1000;
  const AVISO = Math.min(120000, OCIOSA / 2);
  const resta = dialogo.querySelector("[data-resta]");
  const botao = dialogo.querySelector("[data-continuo]");
  // Only a moment goes to localStorage: the tabs of one browser share one session.
  const CHAVE = "portal-sessao-tocada";
  let tocada = Date.now();
  let mexeu = false;

  const marcar = () => {
    tocada = Date.now();
    try { localStorage.setItem(CHAVE, String(tocada)); } catch { /* private window: each tab counts alone */ }
  };
  const ultima = () => {
    try { return Math.max(tocada, Number(localStorage.getItem(CHAVE)) || 0); } catch { return tocada; }
  };
  const continuar = async () => {
    mexeu = false;
    try {
      const resposta = await perguntar();
      if (resposta.status === 204) { marcar(); return true; }
    } catch { /* the network is down: try again at the next tick */ }
    return false;
  };
  const tempo = (ms) => {
    const s = Math.max(0, Math.ceil(ms / 1000));
    return s >= 60 ? `${Math.ceil(s / 60)} ${s > 60 ? "minutos" : "minuto"}` : `${s} ${s === 1 ? "segundo" : "segundos"}`;
  };
  const acabou = () => {
    document.getElementById("sessao-titulo").textContent = "Sua sessão terminou";
    dialogo.querySelector("p").textContent =
      "Quando você salvar ou abrir outra tela, o portal pede sua senha. O que estiver preenchido volta depois que você entrar, para conferir e enviar.";
    botao.textContent = "Entendi";
  };
  const olhar = () => {
    const falta = ultima() + OCIOSA - Date.now();
    if (falta > AVISO) {
      if (dialogo.open && botao.textContent === "Continuar") dialogo.close();
      if (mexeu && Date.now() - ultima() > OCIOSA / 4) continuar();
      return;
    }
    if (falta <= 0) { if (dialogo.open) acabou(); return; }
    if (mexeu && !dialogo.open) { continuar(); return; }
    resta.textContent = tempo(falta);
    if (!dialogo.open) dialogo.showModal();
  };

  marcar();
  for (const gesto of ["keydown", "input", "pointerdown"]) {
    document.addEventListener(gesto, () => { mexeu = true; }, { passive: true });
  }
  // Answers to what the person did count as use; a page that polls by itself does not.
  document.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.successful && e.detail.requestConfig?.triggeringEvent?.isTrusted) marcar();
  });
  botao.addEventListener("click", async () => {
    if (ultima() + OCIOSA > Date.now() && !(await continuar())) acabou(); else dialogo.close();
  });
  dialogo.addEventListener("cancel", () => { continuar(); });
  setInterval(olhar, Math.min(5000, OCIOSA / 6));
})();
